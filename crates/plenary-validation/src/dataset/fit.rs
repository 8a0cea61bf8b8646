//! [`Fit`]: how the votes of each member in a session fit those of the sessions beside it.

use std::collections::HashMap;

use plenary_types::Choice;
use rayon::prelude::*;

use super::agreement::Agreements;
use super::history::{History, SessionVotes, UNLISTED};
use super::seat::{Odds, Surroundings, cast, company, whole};

/// Fewer votes than these of a member, in a session or beside it, tell nothing.
const FEWEST_VOTES: u16 = 10;
/// Fewer members than these have no company.
const FEWEST_MEMBERS: usize = 30;
/// By how much the agreement of a member with its company falls before anybody looks closer, beyond the fall of the median
/// member: as a share, in multiples of what is usual in the session, and at how many at most.
const FALL: f32 = 0.03;
const FALL_IN_SPREADS: f32 = 1.5;
const LOOKED_AT: usize = 16;
/// The evidence by a rough model at which a pair is worth the full one, and how many pairs are.
const ROUGHLY: f32 = 8.0;
const PAIRS: usize = 8;
/// The evidence for an exchange that is asked for, as a logarithm of odds: in all, where a member voted on one side of the
/// session only, and for each vote on which the two differ; and over one of the two being an outlier. And the share of these
/// votes that may speak against it.
const EVIDENCE: f32 = 22.0;
const EVIDENCE_ONE_SIDED: f32 = 40.0;
const EVIDENCE_A_VOTE: f32 = 1.2;
const OVER_OUTLIER: f32 = 4.0;
const AGAINST: f32 = 0.18;
/// An outlier is so far from itself in each of the sessions beside, in shares of the votes, in multiples of what is usual for
/// members and of how far these two sessions are from each other; and it voted so often.
const FAR: f32 = 0.18;
const FAR_IN_USUAL: f32 = 3.0;
const FAR_IN_BESIDE: f32 = 1.6;
const FEWEST_OF_OUTLIER: u16 = 15;

/// Members that do not fit into a session.
#[derive(Debug, Default)]
pub(crate) struct Fit {
    /// Pairs that fit exchanged, by session.
    pub(crate) exchanges: Vec<Exchange>,
    /// Members that fit no more, and fit again in the next session, by session; none of an exchange.
    pub(crate) outliers: Vec<Outlier>,
}

impl Fit {
    pub(crate) fn of(history: &History) -> Self {
        let members = history.states().len();
        let sessions: Vec<_> = history.sessions().collect();
        let counted: Vec<_> = sessions
            .par_iter()
            .map(|(_, votes)| Agreements::of(votes, members))
            .collect();
        let found: Vec<_> = (0..sessions.len())
            .into_par_iter()
            .filter_map(|at| Window::of(at, &sessions, &counted))
            .map(|window| window.misfits())
            .collect();
        let (exchanges, outliers): (Vec<_>, Vec<_>) = found.into_iter().unzip();
        let exchanges = strongest(exchanges.concat());
        let mut outliers = outliers.concat();
        outliers.retain(|outlier| !exchanges.iter().any(|e| e.explains(outlier)));
        Self {
            exchanges,
            outliers,
        }
    }
}

/// A member that for one session votes unlike itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outlier {
    pub(crate) session: u16,
    pub(crate) column: usize,
    /// How far its agreement with the other members is from that in the nearer of the sessions beside, as a share of the votes.
    pub(crate) distance: f32,
    /// The same for the median member.
    pub(crate) usual: f32,
}

/// Two columns that fit better exchanged.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Exchange {
    pub(crate) session: u16,
    pub(crate) a: usize,
    pub(crate) b: usize,
    pub(crate) evidence: Evidence,
}

/// What the votes on which two members differ say for an exchange, as logarithms of odds.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Evidence {
    /// Against the votes as they stand.
    weight: f32,
    /// Against the one, and against the other, voting like nobody, and its partner as it stands: what looks like half of an
    /// exchange is an outlier.
    over_outlier: [f32; 2],
    pub(crate) votes: u16,
    pub(crate) for_it: u16,
    against: u16,
}

impl Exchange {
    /// Whether the outlier is one of the two, or misled by their exchange in a session beside.
    fn explains(&self, outlier: &Outlier) -> bool {
        [self.a, self.b].contains(&outlier.column) && self.session.abs_diff(outlier.session) <= 1
    }
}

impl Evidence {
    /// Takes in a vote on which the two differ: what they cast, how likely each choice was of each of them, and of the
    /// Assembly as a whole.
    fn differ(&mut self, (by_a, by_b): (usize, usize), of_a: &Odds, of_b: &Odds, whole: &Odds) {
        let exchanged = p(of_a, by_b) * p(of_b, by_a);
        let odds = (exchanged / (p(of_a, by_a) * p(of_b, by_b))).ln();
        self.weight += odds;
        let outliers = [
            p(whole, by_a) * p(of_b, by_b),
            p(of_a, by_a) * p(whole, by_b),
        ];
        self.over(outliers.map(|outlier| (exchanged / outlier).ln()));
        self.votes += 1;
        self.for_it += u16::from(odds > 0.3);
        self.against += u16::from(odds < -0.3);
    }

    /// Takes in how much better than the whole Assembly the models of the two foretell votes on which they agree: an
    /// outlier fits nowhere, one of an exchange would fit here too.
    fn over(&mut self, weights: [f32; 2]) {
        for (sum, weight) in self.over_outlier.iter_mut().zip(weights) {
            *sum += weight;
        }
    }

    fn convinces(&self, two_sided: bool) -> bool {
        let asked = if two_sided {
            EVIDENCE
        } else {
            EVIDENCE_ONE_SIDED
        };
        let votes = f32::from(self.votes);
        self.weight > asked
            && self.weight > EVIDENCE_A_VOTE * votes
            && self
                .over_outlier
                .iter()
                .all(|weight| *weight > OVER_OUTLIER)
            && f32::from(self.against) <= AGAINST * votes
    }

    /// Whether a rough model is reason enough for a full one.
    fn interests(&self) -> bool {
        self.over_outlier.iter().all(|weight| *weight > 0.0)
    }
}

/// The probability of a choice.
fn p(odds: &Odds, choice: usize) -> f32 {
    odds.get(choice).copied().unwrap_or(1.0)
}

/// A member is exchanged with one other at most, and an exchange misleads about the sessions beside it: of the exchanges
/// of a member in a session and those beside it the one with the most evidence is kept.
fn strongest(mut exchanges: Vec<Exchange>) -> Vec<Exchange> {
    exchanges.sort_by(|a, b| b.evidence.weight.total_cmp(&a.evidence.weight));
    let mut kept: Vec<Exchange> = Vec::new();
    for exchange in exchanges {
        let clash = |other: &Exchange| {
            let shared = [other.a, other.b]
                .iter()
                .any(|column| [exchange.a, exchange.b].contains(column));
            shared && other.session.abs_diff(exchange.session) <= 1
        };
        if !kept.iter().any(clash) {
            kept.push(exchange);
        }
    }
    kept.sort_by_key(|exchange| exchange.session);
    kept
}

/// A session and those beside it.
struct Window<'a> {
    session: u16,
    votes: &'a SessionVotes,
    beside: Vec<&'a SessionVotes>,
    now: &'a Agreements,
    /// The sessions before and after, where there is one of each.
    sides: Option<[&'a Agreements; 2]>,
    agreements: Agreements,
}

impl<'a> Window<'a> {
    /// The nearest session on each side; where there is none on one side, two on the other.
    fn of(
        at: usize,
        sessions: &[(u16, &'a SessionVotes)],
        counted: &'a [Agreements],
    ) -> Option<Self> {
        const NEAR: u16 = 2;
        let (session, votes) = *sessions.get(at)?;
        let useful = |place: &usize| {
            sessions.get(*place).is_some_and(|(other, votes)| {
                other.abs_diff(session) <= NEAR && votes.len() >= usize::from(FEWEST_VOTES)
            })
        };
        let before: Vec<usize> = (at.saturating_sub(2)..at).rev().filter(useful).collect();
        let after: Vec<usize> = (at + 1..at + 3).filter(useful).collect();
        let two_sided = !before.is_empty() && !after.is_empty();
        let most = if two_sided { 1 } else { 2 };
        let chosen: Vec<usize> = [&before, &after]
            .iter()
            .flat_map(|side| side.iter().take(most).copied())
            .collect();
        let mut agreements = counted.get(*chosen.first()?)?.clone();
        for place in chosen.iter().skip(1) {
            agreements = agreements.plus(counted.get(*place)?);
        }
        Some(Self {
            session,
            votes,
            beside: chosen
                .iter()
                .filter_map(|place| sessions.get(*place).map(|(_, votes)| *votes))
                .collect(),
            sides: match chosen.as_slice() {
                [before, after] if two_sided => Some([counted.get(*before)?, counted.get(*after)?]),
                _ => None,
            },
            now: counted.get(at)?,
            agreements,
        })
    }

    /// The exchanges and the outliers of the session.
    fn misfits(&self) -> (Vec<Exchange>, Vec<Outlier>) {
        let members = Member::all(self);
        (self.exchanges(&members), self.outliers(&members))
    }

    /// Members that leave their company in the session, and are back in the next.
    fn outliers(&self, members: &[Member]) -> Vec<Outlier> {
        let Some([before, after]) = self.sides else {
            return Vec::new();
        };
        let enough = |m: &&Member| {
            self.now.both(m.column, m.column) >= FEWEST_OF_OUTLIER && self.is_two_sided(m)
        };
        let columns: Vec<usize> = members.iter().filter(enough).map(|m| m.column).collect();
        if columns.len() < FEWEST_MEMBERS {
            return Vec::new();
        }
        let to_before = distances(self.now, before, &columns);
        let to_after = distances(self.now, after, &columns);
        let between = distances(before, after, &columns);
        let nearer: Vec<f32> = to_before
            .iter()
            .zip(&to_after)
            .map(|(before, after)| before.min(*after))
            .collect();
        let usual = median(nearer.clone());
        let asked = FAR.max(FAR_IN_USUAL * usual);
        columns
            .iter()
            .zip(nearer.into_iter().zip(between))
            .filter(|(_, (distance, between))| {
                *distance > asked && *distance > FAR_IN_BESIDE * between
            })
            .map(|(column, (distance, _))| Outlier {
                session: self.session,
                column: *column,
                distance,
                usual,
            })
            .collect()
    }

    /// Whether the member voted in the session before and in the one after.
    fn is_two_sided(&self, member: &Member) -> bool {
        let voted = |side: &&Agreements| side.both(member.column, member.column) >= FEWEST_VOTES;
        self.sides.is_some_and(|sides| sides.iter().all(voted))
    }

    fn exchanges(&self, members: &[Member]) -> Vec<Exchange> {
        let pairs = self.suspects(members);
        if pairs.is_empty() {
            return Vec::new();
        }
        let surroundings = Surroundings::of(self.votes, &self.beside);
        let mut models = Models {
            surroundings: &surroundings,
            known: HashMap::new(),
        };
        let mut exchanges = Vec::new();
        for (x, y) in pairs {
            let (Some(a), Some(b)) = (members.get(x), members.get(y)) else {
                continue;
            };
            let evidence = self.evidence(a, b, &mut models);
            if evidence.convinces(self.is_two_sided(a) && self.is_two_sided(b)) {
                exchanges.push(Exchange {
                    session: self.session,
                    a: a.column,
                    b: b.column,
                    evidence,
                });
            }
        }
        exchanges
    }

    /// Pairs that fit better exchanged by a rough model, one of them out of its usual company.
    fn suspects(&self, members: &[Member]) -> Vec<(usize, usize)> {
        let falls: Vec<f32> = members.iter().map(|m| m.fall).collect();
        let (usual, spread) = spread(&falls);
        let asked = usual + FALL.max(FALL_IN_SPREADS * spread);
        let mut fallen: Vec<usize> = (0..members.len())
            .filter(|x| members.get(*x).is_some_and(|m| m.fall > asked))
            .collect();
        let fall = |x: &usize| members.get(*x).map_or(0.0, |m| m.fall);
        fallen.sort_by(|x, y| fall(y).total_cmp(&fall(x)));
        fallen.truncate(LOOKED_AT);
        if fallen.is_empty() {
            return Vec::new();
        }
        let whole: Vec<Odds> = (0..self.votes.len())
            .map(|vote| whole(self.votes.row(vote)))
            .collect();
        let rough: Vec<Rough> = members
            .iter()
            .map(|m| Rough::of(self.votes, m, &whole))
            .collect();
        let mut pairs = Vec::new();
        for &x in &fallen {
            for y in (0..members.len()).filter(|y| !(fallen.contains(y) && *y <= x)) {
                let (Some(a), Some(b)) = (rough.get(x), rough.get(y)) else {
                    continue;
                };
                let weight = a.weight(b);
                if weight > ROUGHLY && a.evidence(b, &whole).interests() {
                    pairs.push((weight, (x, y)));
                }
            }
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
        pairs.truncate(PAIRS);
        pairs.into_iter().map(|(_, pair)| pair).collect()
    }

    fn evidence(&self, a: &Member, b: &Member, models: &mut Models<'_>) -> Evidence {
        let of_a = models.of(a, b);
        let of_b = models.of(b, a);
        let mut evidence = Evidence::default();
        let odds = of_a.iter().zip(&of_b).zip(models.surroundings.whole());
        for (vote, ((of_a, of_b), whole)) in odds.enumerate() {
            let row = self.votes.row(vote);
            let (Some(by_a), Some(by_b)) = (cast(row, a.column), cast(row, b.column)) else {
                continue;
            };
            if by_a == by_b {
                evidence.over([of_a, of_b].map(|odds| (p(odds, by_a) / p(whole, by_a)).ln()));
            } else {
                evidence.differ((by_a, by_b), of_a, of_b, whole);
            }
        }
        evidence
    }
}

/// The models of the members that have been asked for.
struct Models<'a> {
    surroundings: &'a Surroundings<'a>,
    known: HashMap<usize, Vec<Odds>>,
}

impl Models<'_> {
    /// The model of a member; a suspect does not speak for the one it may be exchanged with.
    fn of(&mut self, member: &Member, suspect: &Member) -> Vec<Odds> {
        if member.company.contains(&suspect.column) {
            let others: Vec<usize> = member
                .company
                .iter()
                .copied()
                .filter(|c| *c != suspect.column)
                .collect();
            return self.surroundings.model(member.column, &others);
        }
        let model = || self.surroundings.model(member.column, &member.company);
        self.known
            .entry(member.column)
            .or_insert_with(model)
            .clone()
    }
}

/// A member, and how it fits into the session.
struct Member {
    column: usize,
    company: Vec<usize>,
    /// How often it agrees with one of its company in the sessions beside.
    loyalty: f32,
    /// By how much less it does so in the session.
    fall: f32,
}

impl Member {
    fn all(window: &Window<'_>) -> Vec<Self> {
        let enough = |c: &usize| {
            window.now.both(*c, *c) >= FEWEST_VOTES
                && window.agreements.both(*c, *c) >= FEWEST_VOTES
        };
        let columns: Vec<usize> = (0..window.now.members()).filter(enough).collect();
        if columns.len() < FEWEST_MEMBERS {
            return Vec::new();
        }
        let member = |column: &usize| Self::of(*column, &columns, window);
        columns.iter().map(member).collect()
    }

    fn of(column: usize, columns: &[usize], window: &Window<'_>) -> Self {
        let company = company(column, columns, &window.agreements, FEWEST_VOTES);
        let mut member = Self {
            column,
            company,
            loyalty: 0.0,
            fall: 0.0,
        };
        member.loyalty = member.agreement(&window.agreements);
        member.fall = member.loyalty - member.agreement(window.now);
        member
    }

    /// How often it agrees with one of its company.
    fn agreement(&self, of: &Agreements) -> f32 {
        let rates = self
            .company
            .iter()
            .map(|other| of.rate(self.column, *other));
        rates.sum::<f32>() / self.company.len().max(1) as f32
    }
}

/// A member's choices, and how likely its company makes each: enough to see which pairs are worth a model.
struct Rough {
    choices: Vec<u8>,
    odds: Vec<Odds>,
    /// How much better than the whole Assembly its company foretells each of its votes, and all of them.
    fits: Vec<f32>,
    fit: f32,
}

impl Rough {
    fn of(votes: &SessionVotes, member: &Member, whole: &[Odds]) -> Self {
        const EACH: u8 = 10;
        let odds = |vote: usize| {
            let row = votes.row(vote);
            // In tenths of a vote: bytes are counted faster than fractions.
            let mut counts = [1u8; 3];
            for other in &member.company {
                let choice = row.get(*other).copied().unwrap_or(UNLISTED);
                for (count, own) in counts.iter_mut().zip(0u8..) {
                    *count += EACH * u8::from(choice == own);
                }
            }
            let counts = counts.map(f32::from);
            let all: f32 = counts.iter().sum();
            let even = (1.0 - member.loyalty) / 3.0;
            counts.map(|n| member.loyalty / all * n + even)
        };
        let odds: Vec<Odds> = (0..votes.len()).map(odds).collect();
        let choices: Vec<u8> = votes.column(member.column).collect();
        let fit = |((choice, odds), whole): ((&u8, &Odds), &Odds)| {
            let choice = usize::from(*choice);
            (p(odds, choice) / p(whole, choice)).ln()
        };
        let fits: Vec<f32> = choices.iter().zip(&odds).zip(whole).map(fit).collect();
        Self {
            fit: fits.iter().sum(),
            choices,
            odds,
            fits,
        }
    }

    /// The votes on which the two differ: the place, the choices, and the odds of each.
    fn differing<'r>(
        &'r self,
        other: &'r Self,
    ) -> impl Iterator<Item = (usize, (usize, usize), &'r Odds, &'r Odds)> {
        let choices = self.choices.iter().zip(&other.choices).enumerate();
        let odds = self.odds.iter().zip(&other.odds);
        choices
            .zip(odds)
            .filter_map(|((vote, (by_a, by_b)), (of_a, of_b))| {
                let differ = by_a != by_b && (*by_a).max(*by_b) <= Choice::Abstain as u8;
                let choices = (usize::from(*by_a), usize::from(*by_b));
                differ.then_some((vote, choices, of_a, of_b))
            })
    }

    /// The evidence against the votes as they stand, with few logarithms.
    fn weight(&self, other: &Self) -> f32 {
        let (mut odds, mut weight) = (1.0f32, 0.0f32);
        for (_, (by_a, by_b), of_a, of_b) in self.differing(other) {
            odds *= p(of_a, by_b) * p(of_b, by_a) / (p(of_a, by_a) * p(of_b, by_b));
            if !(1e-20..1e20).contains(&odds) {
                weight += odds.ln();
                odds = 1.0;
            }
        }
        weight + odds.ln()
    }

    fn evidence(&self, other: &Self, whole: &[Odds]) -> Evidence {
        let mut evidence = Evidence::default();
        evidence.over([self.fit, other.fit]);
        for (vote, choices, of_a, of_b) in self.differing(other) {
            let fit = |of: &Self| of.fits.get(vote).copied().unwrap_or(0.0);
            evidence.over([-fit(self), -fit(other)]);
            if let Some(whole) = whole.get(vote) {
                evidence.differ(choices, of_a, of_b, whole);
            }
        }
        evidence
    }
}

/// How far the agreement of each member with all the others is in one session from that in another (root of the mean
/// square), when what changed for everybody is taken out: some sessions divide the Assembly more than others.
fn distances(one: &Agreements, other: &Agreements, columns: &[usize]) -> Vec<f32> {
    let changes: Vec<Vec<f32>> = columns
        .iter()
        .map(|a| {
            let (one, other) = (one.rates_of(*a), other.rates_of(*a));
            let change = |b: &usize| one.get(*b).zip(other.get(*b)).map_or(0.0, |(x, y)| x - y);
            columns.iter().map(change).collect()
        })
        .collect();
    let count = columns.len().max(1) as f32;
    let mut common = vec![0.0f32; columns.len()];
    for row in &changes {
        for (sum, change) in common.iter_mut().zip(row) {
            *sum += change / count;
        }
    }
    let square = |row: &Vec<f32>| {
        let squares = row
            .iter()
            .zip(&common)
            .map(|(x, usual)| (x - usual) * (x - usual));
        (squares.sum::<f32>() / count).sqrt()
    };
    changes.iter().map(square).collect()
}

/// The median, and how far values are from it as a rule (the median distance, scaled to a standard deviation).
fn spread(values: &[f32]) -> (f32, f32) {
    let usual = median(values.to_vec());
    let distances = values.iter().map(|value| (value - usual).abs()).collect();
    (usual, 1.48 * median(distances))
}

fn median(mut values: Vec<f32>) -> f32 {
    let middle = values.len() / 2;
    if values.is_empty() {
        return 0.0;
    }
    let (_, median, _) = values.select_nth_unstable_by(middle, f32::total_cmp);
    *median
}
