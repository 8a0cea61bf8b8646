//! What is known of a count or a weight: its least and its greatest possible value.

use plenary_types::{Choice, Participant, Tally};

use crate::facts::{Others, Table};
use crate::position::Scope;
use crate::requirement::{Base, Side};
use crate::standing::Standing;

/// The least and the greatest that a count or a weight can be; no greatest when nothing bounds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub(crate) low: i128,
    pub(crate) high: Option<i128>,
}

impl Bounds {
    pub(crate) const fn exactly(n: i128) -> Self {
        Self {
            low: n,
            high: Some(n),
        }
    }

    pub(crate) fn exact(self) -> Option<i128> {
        self.high.filter(|high| *high == self.low)
    }

    fn minus(self, other: Self) -> Self {
        Self {
            low: other.high.map_or(0, |high| (self.low - high).max(0)),
            high: self.high.map(|high| (high - other.low).max(0)),
        }
    }

    /// The bounds of what lies within either.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            low: self.low.min(other.low),
            high: greater(self.high, other.high),
        }
    }
}

/// The least and the greatest that a difference can be, either of which nothing may bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Extent {
    pub(crate) low: Option<i128>,
    pub(crate) high: Option<i128>,
}

impl Extent {
    /// The extent of what lies within either.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            low: self.low.zip(other.low).map(|(a, b)| a.min(b)),
            high: greater(self.high, other.high),
        }
    }
}

fn greater(one: Option<i128>, other: Option<i128>) -> Option<i128> {
    one.zip(other).map(|(a, b)| a.max(b))
}

/// A set of choices: yes, no, abstaining, not voting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Choices(u8);

/// The choices of a member.
pub(crate) const COUNTED: [Choice; 4] =
    [Choice::Yes, Choice::No, Choice::Abstain, Choice::NonVoting];

impl Choices {
    const ALL: Self = Self(0b1111);

    pub(crate) const fn has(self, choice: Choice) -> bool {
        self.0 & (1 << choice as u8) != 0
    }
}

impl Choices {
    const fn within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }
}

impl From<Side> for Choices {
    fn from(side: Side) -> Self {
        Self(match side {
            Side::InFavour => 0b0001,
            Side::Against => 0b0010,
            Side::Abstaining => 0b0100,
            Side::NotInFavour => 0b1110,
            Side::NotAgainst => 0b1101,
            Side::Voting => 0b0011,
            Side::Present => 0b0111,
        })
    }
}

impl Choices {
    /// The choices of those in a base; nothing for those who attended, as that is no choice.
    pub(crate) const fn of_base(base: Base) -> Option<Self> {
        match base {
            Base::Members => Some(Self::ALL),
            Base::Voting => Some(Self(0b0011)),
            Base::Present => Some(Self(0b0111)),
            Base::Attending => None,
        }
    }
}

/// How many of those in scope attended: at least who voted or abstained. The number on record is that of everybody; where more
/// voted or abstained than it says, it is wrong and nothing is known.
pub(crate) fn attending(standing: &Standing<'_>, scope: &Scope<'_>) -> Bounds {
    let voted = heads(standing, scope, Choices::from(Side::Present));
    let stated = standing
        .attending
        .map(i128::from)
        .filter(|stated| matches!(scope, Scope::All) && voted.low <= *stated);
    match stated {
        Some(stated) => Bounds::exactly(stated),
        None => Bounds {
            low: voted.low,
            high: None,
        },
    }
}

/// What each choice of a member adds to a sum over members.
#[derive(Clone, Copy)]
struct Worth([i128; 4]);

impl Worth {
    fn of(worth: impl Fn(Choice) -> i128) -> Self {
        Self(COUNTED.map(worth))
    }

    const fn get(self, choice: Choice) -> i128 {
        match choice {
            Choice::Yes => self.0[0],
            Choice::No => self.0[1],
            Choice::Abstain => self.0[2],
            Choice::NonVoting => self.0[3],
            Choice::NotEligible => 0,
        }
    }

    fn sum(self, tally: Tally) -> i128 {
        let sums = COUNTED
            .into_iter()
            .map(|choice| i128::from(tally.get(choice)) * self.get(choice));
        sums.sum()
    }

    fn of_listed(self, standing: &Standing<'_>, codes: &[Participant]) -> i128 {
        let found = codes
            .iter()
            .filter_map(|code| listed_choice(standing, *code));
        found.map(|choice| self.get(choice)).sum()
    }
}

/// How many members in scope made one of the choices.
pub(crate) fn heads(standing: &Standing<'_>, scope: &Scope<'_>, choices: Choices) -> Bounds {
    let counted = extent(
        standing,
        scope,
        Worth::of(|choice| i128::from(choices.has(choice))),
    );
    Bounds {
        low: counted.low.unwrap_or(0).max(0),
        high: counted.high.map(|high| high.max(0)),
    }
}

/// By how much the members of a side, times `d`, are more than those of a base, times `n`: in all cases, and on which side of
/// zero in those with somebody in the base. Both numbers are of the same votes: an extreme of the difference need not have an
/// extreme of either.
pub(crate) fn heads_beyond_share(
    standing: &Standing<'_>,
    scope: &Scope<'_>,
    (side, d): (Choices, i128),
    (base, n): (Choices, i128),
) -> (Extent, Extent) {
    // Of the cases in which the difference is extreme, the one with the largest base.
    let steps = |more: i128| {
        let worth = Worth::of(|choice| {
            let of_base = i128::from(base.has(choice));
            STEP * (d * i128::from(side.has(choice)) - n * of_base) + more * of_base
        });
        extent(standing, scope, worth)
    };
    let (low, high) = (steps(-1).low, steps(1).high);
    let all = Extent {
        low: low.map(|low| -(-low).div_euclid(STEP)),
        high: high.map(|high| high.div_euclid(STEP)),
    };
    // Where nobody is counted beside the base, the difference is nothing where the base is.
    let nobody = |steps: Option<i128>| {
        side.within(base) && steps.is_some_and(|steps| steps.rem_euclid(STEP) == 0)
    };
    let of_somebody = Extent {
        low: if nobody(low) { Some(1) } else { all.low },
        high: if nobody(high) { Some(-1) } else { all.high },
    };
    (all, of_somebody)
}

/// More than there are members, so that a difference in steps of this leaves room for a number of them.
const STEP: i128 = 1 << 40;

/// The least and the greatest sum over the members in scope.
fn extent(standing: &Standing<'_>, scope: &Scope<'_>, worth: Worth) -> Extent {
    match scope {
        Scope::All => everybody(standing, worth),
        Scope::Only { codes, seats } => some(standing, codes, *seats, worth),
        Scope::Except(out) => all_but(standing, out, worth),
    }
}

fn everybody(standing: &Standing<'_>, worth: Worth) -> Extent {
    let counted = worth.sum(standing.tally);
    let silent = worth.get(Choice::NonVoting);
    let known = standing.members.is_some();
    Extent {
        low: (known || silent >= 0).then_some(counted),
        high: (known || silent <= 0).then_some(counted),
    }
}

fn some(standing: &Standing<'_>, codes: &[Participant], seats: u32, worth: Worth) -> Extent {
    let named = worth.of_listed(standing, codes);
    let unnamed = unnamed(standing, codes, seats);
    let mut pool = Pool::of(standing, worth);
    // Whoever of the group is not among those counted did not vote.
    let silent = if standing.counts_every_member() {
        (unnamed - pool.size()).max(0)
    } else {
        unnamed
    };
    pool.add(silent, worth.get(Choice::NonVoting));
    let (least, greatest) = pool.extremes(unnamed);
    Extent {
        low: Some(named + least),
        high: Some(named + greatest),
    }
}

fn all_but(standing: &Standing<'_>, out: &[Participant], worth: Worth) -> Extent {
    let all = everybody(standing, worth);
    let named = worth.of_listed(standing, out);
    let unnamed = unnamed(standing, out, u32::MAX);
    let mut pool = Pool::of(standing, worth);
    // Those who are not among the members counted take nothing away.
    if !standing.counts_every_member() {
        pool.add(unnamed, 0);
    }
    let (least, greatest) = pool.extremes(unnamed);
    Extent {
        low: all.low.map(|low| low - named - greatest),
        high: all.high.map(|high| high - named - least),
    }
}

/// How many of a group are not listed.
fn unnamed(standing: &Standing<'_>, codes: &[Participant], seats: u32) -> i128 {
    let on_list = codes
        .iter()
        .filter(|code| listed_choice(standing, **code).is_some())
        .count();
    let seats = codes.len().min(seats as usize);
    seats.saturating_sub(on_list) as i128
}

/// Members whose names are not known: how many there are of each worth.
struct Pool([(i128, i128); 5]);

impl Pool {
    /// With counts: those counted without a name. With ballots: those whose ballots are open.
    fn of(standing: &Standing<'_>, worth: Worth) -> Self {
        let named: Tally = if standing.counts_only {
            standing.known.iter().map(|(_, choice)| *choice).collect()
        } else {
            Tally::default()
        };
        let count =
            |choice| {
                let count =
                    if standing.counts_only {
                        i128::from(standing.tally.get(choice)) - i128::from(named.get(choice))
                    } else {
                        i128::from(standing.unnamed.map_or(0, |(chosen, count)| {
                            if chosen == choice { count } else { 0 }
                        }))
                    };
                (count.max(0), worth.get(choice))
            };
        let [yes, no, abstain, non_voting] = COUNTED.map(count);
        Self([yes, no, abstain, non_voting, (0, 0)])
    }

    /// With others beside those counted, all of one worth.
    fn add(&mut self, count: i128, worth: i128) {
        self.0[4] = (count, worth);
    }

    fn size(&self) -> i128 {
        self.0.iter().map(|(count, _)| count).sum()
    }

    /// The least and the greatest worth of so many of them, or of all when there are fewer.
    fn extremes(mut self, size: i128) -> (i128, i128) {
        self.0.sort_unstable_by_key(|(_, worth)| *worth);
        (taken(self.0.iter(), size), taken(self.0.iter().rev(), size))
    }
}

fn taken<'p>(pool: impl Iterator<Item = &'p (i128, i128)>, mut size: i128) -> i128 {
    let mut sum = 0;
    for (count, worth) in pool {
        let taken = size.min(*count);
        sum += taken * worth;
        size -= taken;
    }
    sum
}

fn listed_choice(standing: &Standing<'_>, code: Participant) -> Option<Choice> {
    let found = standing.known.binary_search_by_key(&code, |(c, _)| *c);
    found
        .ok()
        .and_then(|i| standing.known.get(i))
        .map(|(_, choice)| *choice)
}

/// The weight of the members in scope that made one of the choices, and the members whose weight is
/// missing.
pub(crate) fn weight(
    standing: &Standing<'_>,
    scope: &Scope<'_>,
    choices: Choices,
    table: &Table,
) -> (Bounds, Vec<Participant>) {
    if standing.counts_only && choices != Choices::ALL {
        let bounds = weight_of_counts(standing, scope, choices, table);
        let missing = without_weight(standing, scope, choices, table);
        let high = bounds.high.filter(|_| missing.is_empty());
        return (Bounds { high, ..bounds }, missing);
    }
    let rest = choices.has(Choice::NonVoting) && !table.lists_all();
    let (bounds, missing) = match scope {
        Scope::All if rest => rest_of_total(standing, scope, &[], choices, table),
        Scope::Except(out) if rest => rest_of_total(standing, scope, out, choices, table),
        _ => sum_of_listed(standing, scope, choices, table),
    };
    let bounds = match standing.unnamed {
        Some((chosen, count)) => {
            with_unnamed(standing, scope, choices, table, bounds, (chosen, count))
        }
        None => bounds,
    };
    (bounds, missing)
}

/// Bounds that take for silent whoever is not listed, with the ballots of members whose names are not known: the heaviest
/// may have cast them.
fn with_unnamed(
    standing: &Standing<'_>,
    scope: &Scope<'_>,
    choices: Choices,
    table: &Table,
    silent: Bounds,
    (chosen, count): (Choice, u32),
) -> Bounds {
    let (now, before) = (choices.has(chosen), choices.has(Choice::NonVoting));
    if now == before {
        return silent;
    }
    let most = match scope {
        Scope::Only { codes, seats } => unnamed(standing, codes, *seats).min(count.into()),
        _ => count.into(),
    };
    let mut pool = unlisted_weights(standing, scope, table);
    pool.sort_unstable();
    let heaviest: i128 = pool.iter().rev().take(most as usize).sum();
    // What the total covers beside the weights may be the weight of one of them.
    let covered: i128 = table.weights().iter().map(|(_, w)| signed(*w)).sum();
    let change = heaviest + signed(table.total()) - covered;
    if before {
        return Bounds {
            low: (silent.low - change).max(0),
            ..silent
        };
    }
    let on_list = |code: &Participant| table.weight(*code).is_some();
    let listed = standing
        .known
        .iter()
        .map(|(code, _)| code)
        .filter(|code| on_list(code));
    let with_weight = listed.count() + unlisted_weights(standing, &Scope::All, table).len();
    let told = most == 0
        || table.others() == Others::Nothing
        || !table.lists_all()
        || standing
            .members
            .is_some_and(|members| members as usize <= with_weight);
    Bounds {
        low: silent.low,
        high: silent.high.filter(|_| told).map(|high| high + change),
    }
}

/// The weights of those in scope of whom no ballot is known by name.
fn unlisted_weights(standing: &Standing<'_>, scope: &Scope<'_>, table: &Table) -> Vec<i128> {
    let weights = table.weights().iter();
    let unlisted = weights
        .filter(|(code, _)| scope.contains(*code) && listed_choice(standing, *code).is_none());
    unlisted.map(|(_, weight)| signed(*weight)).collect()
}

/// The weights of those who made one of the choices. A member without a ballot did not vote.
fn sum_of_listed(
    standing: &Standing<'_>,
    scope: &Scope<'_>,
    choices: Choices,
    table: &Table,
) -> (Bounds, Vec<Participant>) {
    let chose = |code| listed_choice(standing, code).unwrap_or(Choice::NonVoting);
    let meant =
        |(code, _): &&(Participant, u128)| scope.contains(*code) && choices.has(chose(*code));
    let low = table.weights().iter().filter(meant);
    let low = low.map(|(_, weight)| signed(*weight)).sum();
    let missing = without_weight(standing, scope, choices, table);
    let high = missing.is_empty().then_some(low);
    (Bounds { low, high }, missing)
}

/// What the others leave of a total that covers members whom the table does not list.
fn rest_of_total(
    standing: &Standing<'_>,
    scope: &Scope<'_>,
    out: &[Participant],
    choices: Choices,
    table: &Table,
) -> (Bounds, Vec<Participant>) {
    let known = standing.known.iter();
    let others = known.filter(|(code, choice)| !choices.has(*choice) && scope.contains(*code));
    let others = || others.clone().map(|(code, _)| code).chain(out).copied();
    let taken: i128 = others()
        .filter_map(|code| table.weight(code))
        .map(signed)
        .sum();
    let rest = signed(table.total()) - taken;
    let missing: Vec<_> = others()
        .filter(|code| table.weight(*code).is_none())
        .collect();
    let low = if missing.is_empty() {
        rest
    } else {
        sum_of_listed(standing, scope, choices, table).0.low
    };
    let high = Some(rest);
    (Bounds { low, high }, missing)
}

/// Those who made one of the choices and have no weight.
fn without_weight(
    standing: &Standing<'_>,
    scope: &Scope<'_>,
    choices: Choices,
    table: &Table,
) -> Vec<Participant> {
    let unlisted = |code: &Participant| table.weight(*code).is_none();
    let known = standing.known.iter();
    let meant = known.filter(|(code, choice)| choices.has(*choice) && scope.contains(*code));
    let mut missing: Vec<_> = meant.map(|(code, _)| *code).filter(unlisted).collect();
    if let Scope::Only { codes, seats } = scope
        && choices.has(Choice::NonVoting)
    {
        let silent = |code: &Participant| listed_choice(standing, *code).is_none();
        let silent: Vec<_> = codes
            .iter()
            .copied()
            .filter(unlisted)
            .filter(silent)
            .collect();
        // Where several codes stand for one seat, the table need not list them all.
        if codes.len() - silent.len() < *seats as usize {
            missing.extend(silent);
        }
    }
    missing
}

/// With counts alone, the heaviest or the lightest members may be the ones.
fn weight_of_counts(
    standing: &Standing<'_>,
    scope: &Scope<'_>,
    choices: Choices,
    table: &Table,
) -> Bounds {
    let in_scope = || {
        standing
            .known
            .iter()
            .filter(|(code, _)| scope.contains(*code))
    };
    let named = || in_scope().filter(|(_, choice)| choices.has(*choice));
    let named_weight: i128 = named()
        .filter_map(|(code, _)| table.weight(*code))
        .map(signed)
        .sum();
    let unnamed = heads(standing, scope, choices).minus(Bounds::exactly(named().count() as i128));
    let mut pool = unlisted_weights(standing, scope, table);
    pool.sort_unstable();
    let accounted = (in_scope().count() + pool.len()) as i128;
    let unlisted = unlisted(standing, scope, table, accounted);
    let fewest = unlisted.map_or(0, |unlisted| (unnamed.low - unlisted).max(0));
    let lightest: i128 = pool.iter().take(fewest as usize).sum();
    let most = unnamed.high.map_or(pool.len(), |high| high as usize);
    let told = unlisted == Some(0) || unnamed.high == Some(0) || table.others() == Others::Nothing;
    Bounds {
        low: named_weight + lightest,
        high: told.then(|| named_weight + pool.iter().rev().take(most).sum::<i128>()),
    }
}

/// How many members in scope there may be beside those of known ballot or weight; `None` when nothing bounds them.
fn unlisted(
    standing: &Standing<'_>,
    scope: &Scope<'_>,
    table: &Table,
    accounted: i128,
) -> Option<i128> {
    let members = heads(standing, scope, Choices::ALL);
    if let Some(members) = members.high {
        return Some((members - accounted).max(0));
    }
    // Where nobody says how many members there are, it is those of the table, unless the counts show others.
    let listed = table.lists_all() && table.others() == Others::Unknown;
    (listed && members.low <= accounted).then_some(0)
}

/// Weights are far below the limit of the signed type: tables see to that.
const fn signed(weight: u128) -> i128 {
    weight as i128
}
