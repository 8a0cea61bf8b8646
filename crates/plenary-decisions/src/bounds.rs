//! What is known of a count or a weight: its least and its greatest possible value.

use plenary_types::{Choice, StateCode};

use crate::facts::{Others, Table};
use crate::requirement::{Base, Side};
use crate::scope::Scope;
use crate::standing::Standing;

/// The least and the greatest that a number can be; no greatest when nothing bounds it.
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
}

/// A set of choices: yes, no, abstaining, not voting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Choices(u8);

const COUNTED: [Choice; 4] = [Choice::Yes, Choice::No, Choice::Abstain, Choice::NonVoting];

impl Choices {
    const ALL: Self = Self(0b1111);

    pub(crate) const fn has(self, choice: Choice) -> bool {
        self.0 & (1 << choice as u8) != 0
    }

    const fn are_told_by_counts(self) -> bool {
        !self.has(Choice::NonVoting)
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

impl From<Base> for Choices {
    fn from(base: Base) -> Self {
        match base {
            Base::Members => Self::ALL,
            Base::Voting => Self(0b0011),
            Base::Present => Self(0b0111),
        }
    }
}

/// How many members in scope made one of the choices.
pub(crate) fn heads(standing: &Standing<'_>, scope: &Scope<'_>, choices: Choices) -> Bounds {
    match scope {
        Scope::All => everybody(standing, choices),
        Scope::Only { codes, seats } => some(standing, codes, *seats, choices),
        Scope::Except(out) => {
            let seats = u32::try_from(out.len()).unwrap_or(u32::MAX);
            let all = everybody(standing, choices);
            if standing.counts_only {
                all.minus(some(standing, out, seats, choices))
            } else {
                Bounds::exactly((all.low - listed(standing, out, choices)).max(0))
            }
        }
    }
}

fn everybody(standing: &Standing<'_>, choices: Choices) -> Bounds {
    let counted: i128 = COUNTED
        .into_iter()
        .filter(|choice| choices.has(*choice))
        .map(|choice| i128::from(standing.tally.get(choice)))
        .sum();
    let told = choices.are_told_by_counts() || standing.members.is_some();
    Bounds {
        low: counted,
        high: told.then_some(counted),
    }
}

/// How many of the codes are on the list with one of the choices.
fn listed(standing: &Standing<'_>, codes: &[StateCode], choices: Choices) -> i128 {
    let found = codes
        .iter()
        .filter_map(|code| listed_choice(standing, *code));
    found.filter(|choice| choices.has(*choice)).map(|_| 1).sum()
}

fn listed_choice(standing: &Standing<'_>, code: StateCode) -> Option<Choice> {
    let found = standing.known.binary_search_by_key(&code, |(c, _)| *c);
    found
        .ok()
        .and_then(|i| standing.known.get(i))
        .map(|(_, choice)| *choice)
}

fn some(standing: &Standing<'_>, codes: &[StateCode], seats: u32, choices: Choices) -> Bounds {
    let named = codes
        .iter()
        .filter_map(|code| listed_choice(standing, *code));
    let (mut on_list, mut matching) = (0i128, 0i128);
    for choice in named {
        on_list += 1;
        matching += i128::from(choices.has(choice));
    }
    let unnamed = (i128::from(seats) - on_list).max(0);
    if !standing.counts_only {
        let silent = if choices.has(Choice::NonVoting) {
            unnamed
        } else {
            0
        };
        return Bounds::exactly(matching + silent);
    }
    if choices == Choices::ALL {
        return Bounds::exactly(matching + unnamed);
    }
    let (left, outside) = unknown_ballots(standing, choices, unnamed);
    Bounds {
        low: matching + outside.map_or(0, |outside| (left.low - outside).max(0)),
        high: Some(matching + left.high.map_or(unnamed, |left| left.min(unnamed))),
    }
}

/// Ballots of these choices whose owner is not known, and the members outside the group to whom they
/// may belong.
fn unknown_ballots(
    standing: &Standing<'_>,
    choices: Choices,
    unnamed: i128,
) -> (Bounds, Option<i128>) {
    let named = standing
        .known
        .iter()
        .filter(|(_, choice)| choices.has(*choice))
        .count();
    let left = everybody(standing, choices).minus(Bounds::exactly(named as i128));
    let members = standing.members.map(i128::from);
    let outside = members.map(|m| (m - standing.known.len() as i128 - unnamed).max(0));
    (left, outside)
}

/// The weight of the members in scope that made one of the choices, and the members whose weight is
/// missing.
pub(crate) fn weight(
    standing: &Standing<'_>,
    scope: &Scope<'_>,
    choices: Choices,
    table: &Table,
) -> (Bounds, Vec<StateCode>) {
    if standing.counts_only && choices != Choices::ALL {
        let bounds = weight_of_counts(standing, scope, choices, table);
        let missing = without_weight(standing, scope, choices, table);
        let high = bounds.high.filter(|_| missing.is_empty());
        return (Bounds { high, ..bounds }, missing);
    }
    let rest = choices.has(Choice::NonVoting) && !table.lists_all();
    match scope {
        Scope::All if rest => rest_of_total(standing, scope, &[], choices, table),
        Scope::Except(out) if rest => rest_of_total(standing, scope, out, choices, table),
        _ => sum_of_listed(standing, scope, choices, table),
    }
}

/// The weights of those who made one of the choices. A member without a ballot did not vote.
fn sum_of_listed(
    standing: &Standing<'_>,
    scope: &Scope<'_>,
    choices: Choices,
    table: &Table,
) -> (Bounds, Vec<StateCode>) {
    let chose = |code| listed_choice(standing, code).unwrap_or(Choice::NonVoting);
    let meant = |(code, _): &&(StateCode, u128)| scope.contains(*code) && choices.has(chose(*code));
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
    out: &[StateCode],
    choices: Choices,
    table: &Table,
) -> (Bounds, Vec<StateCode>) {
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
) -> Vec<StateCode> {
    let unlisted = |code: &StateCode| table.weight(*code).is_none();
    let known = standing.known.iter();
    let meant = known.filter(|(code, choice)| choices.has(*choice) && scope.contains(*code));
    let mut missing: Vec<_> = meant.map(|(code, _)| *code).filter(unlisted).collect();
    if let Scope::Only { codes, seats } = scope
        && choices.has(Choice::NonVoting)
    {
        let silent = |code: &StateCode| listed_choice(standing, *code).is_none();
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
    let mut pool: Vec<i128> = table
        .weights()
        .iter()
        .filter(|(code, _)| scope.contains(*code) && listed_choice(standing, *code).is_none())
        .map(|(_, weight)| signed(*weight))
        .collect();
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
