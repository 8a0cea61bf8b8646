//! Pairs of members that for one session vote like each other.
//!
//! Three sieves, each finer and dearer than the one before: members whose agreement with the others changed more than that of
//! most; pairs of them that turned round what tells them apart; what their company tells of each vote. What passes is
//! weighed with the full model of a seat.

use std::collections::HashMap;

use super::history::{SessionVotes, UNLISTED};
use super::outlier::Outlier;
use super::profile::{Profiles, Turn, distances};
use super::seat::{Probabilities, Surroundings, cast, company, whole};
use super::thresholds::{
    AGAINST, EVIDENCE, EVIDENCE_A_VOTE, EVIDENCE_ONE_SIDED, EXACTNESS, EXTENT, FEWEST_VOTES,
    LOOKED_AT, OVER_OUTLIER, ROUGHLY, TELLING,
};
use super::window::{Window, median};

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
    pub(super) fn explains(&self, outlier: &Outlier) -> bool {
        [self.a, self.b].contains(&outlier.column) && self.session.abs_diff(outlier.session) <= 1
    }
}

impl Evidence {
    /// What the votes of two members say, by how likely each choice was of the one, of the other, and of the Assembly as a
    /// whole.
    fn of(
        votes: &SessionVotes,
        [a, b]: [&Member; 2],
        odds: impl Fn(usize) -> Option<[Probabilities; 3]>,
    ) -> Self {
        let mut evidence = Self::default();
        for vote in 0..votes.len() {
            let row = votes.row(vote);
            let choices = cast(row, a.column).zip(cast(row, b.column));
            let Some(((by_a, by_b), [of_a, of_b, whole])) = choices.zip(odds(vote)) else {
                continue;
            };
            if by_a == by_b {
                evidence.over([of_a, of_b].map(|odds| (p(&odds, by_a) / p(&whole, by_a)).ln()));
            } else {
                evidence.differ((by_a, by_b), &of_a, &of_b, &whole);
            }
        }
        evidence
    }

    /// Takes in a vote on which the two differ: what they cast, how likely each choice was of each of them, and of the
    /// Assembly as a whole.
    fn differ(
        &mut self,
        (by_a, by_b): (usize, usize),
        of_a: &Probabilities,
        of_b: &Probabilities,
        whole: &Probabilities,
    ) {
        let exchanged = p(of_a, by_b) * p(of_b, by_a);
        let odds = (exchanged / (p(of_a, by_a) * p(of_b, by_b))).ln();
        self.weight += odds;
        let outliers = [
            p(whole, by_a) * p(of_b, by_b),
            p(of_a, by_a) * p(whole, by_b),
        ];
        self.over(outliers.map(|outlier| (exchanged / outlier).ln()));
        self.votes += 1;
        self.for_it += u16::from(odds > TELLING);
        self.against += u16::from(odds < -TELLING);
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
fn p(odds: &Probabilities, choice: usize) -> f32 {
    odds[choice]
}

/// A member is exchanged with one other at most, and an exchange misleads about the sessions beside it: of the exchanges
/// of a member in a session and those beside it the one with the most evidence is kept.
pub(super) fn strongest(mut exchanges: Vec<Exchange>) -> Vec<Exchange> {
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

/// The pairs of a session that fit exchanged.
pub(super) fn find(window: &Window<'_>) -> Vec<Exchange> {
    let columns = window.members(FEWEST_VOTES);
    let suspects = suspects(window, &columns);
    if suspects.is_empty() {
        return Vec::new();
    }
    let surroundings = Surroundings::of(window.votes, &window.beside);
    let mut models = Models {
        surroundings: &surroundings,
        known: HashMap::new(),
    };
    let convicted = |[a, b]: &[Member; 2]| {
        let (of_a, of_b) = (models.of(a, b), models.of(b, a));
        let whole = surroundings.whole();
        let evidence = Evidence::of(window.votes, [a, b], |vote| {
            Some([*of_a.get(vote)?, *of_b.get(vote)?, *whole.get(vote)?])
        });
        let two_sided = window.is_two_sided(a.column) && window.is_two_sided(b.column);
        evidence.convinces(two_sided).then_some(Exchange {
            session: window.session,
            a: a.column,
            b: b.column,
            evidence,
        })
    };
    suspects.iter().filter_map(convicted).collect()
}

/// Pairs that fit better exchanged by a rough model.
fn suspects(window: &Window<'_>, columns: &[usize]) -> Vec<[Member; 2]> {
    let mut known: HashMap<usize, Member> = HashMap::new();
    let mut member = |column: usize| {
        let member = known.entry(column);
        let of = || Member::of(column, columns, window);
        member.or_insert_with(of).clone()
    };
    let pairs = candidates(window, columns).into_iter();
    let pairs = pairs.map(|(a, b)| [a, b].map(&mut member));
    let interests = |[a, b]: &[Member; 2]| {
        let rough = |vote: usize| {
            let row = window.votes.row(vote);
            Some([a.odds(row), b.odds(row), whole(row)])
        };
        roughly(window.votes, a, b) > ROUGHLY
            && Evidence::of(window.votes, [a, b], rough).interests()
    };
    pairs.filter(interests).collect()
}

/// The evidence of a rough model against the votes as they stand, with few logarithms.
fn roughly(votes: &SessionVotes, a: &Member, b: &Member) -> f32 {
    let (mut odds, mut weight) = (1.0f32, 0.0f32);
    for row in (0..votes.len()).map(|vote| votes.row(vote)) {
        let choices = cast(row, a.column).zip(cast(row, b.column));
        let Some((by_a, by_b)) = choices.filter(|(by_a, by_b)| by_a != by_b) else {
            continue;
        };
        let (of_a, of_b) = (a.odds(row), b.odds(row));
        odds *= p(&of_a, by_b) * p(&of_b, by_a) / (p(&of_a, by_a) * p(&of_b, by_b));
        if !(1e-20..1e20).contains(&odds) {
            weight += odds.ln();
            odds = 1.0;
        }
    }
    weight + odds.ln()
}

/// Pairs of columns, both of members whose profile moved more than most, that turned round what tells them apart.
fn candidates(window: &Window<'_>, columns: &[usize]) -> Vec<(usize, usize)> {
    let distances = distances(window.now, &window.usual, columns);
    let usual = median(distances.clone());
    let moved = columns.iter().zip(distances);
    let moved = moved.filter(|(_, distance)| *distance > usual);
    let moved: Vec<usize> = moved.map(|(column, _)| *column).collect();
    let profiles = Profiles::of(window.now, &window.usual, &moved, columns);
    let turns = profiles.turns(EXTENT).into_iter();
    let exact = turns.filter(|(_, turn)| turn.exactness > EXACTNESS);
    let pair = |((x, y), turn): ((usize, usize), Turn)| {
        let columns = (*moved.get(x)?, *moved.get(y)?);
        Some((turn.extent * turn.exactness, columns))
    };
    let mut pairs: Vec<_> = exact.filter_map(pair).collect();
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
    pairs.truncate(LOOKED_AT);
    pairs.into_iter().map(|(_, pair)| pair).collect()
}

/// The models of the members that have been asked for.
struct Models<'a> {
    surroundings: &'a Surroundings<'a>,
    known: HashMap<usize, Vec<Probabilities>>,
}

impl Models<'_> {
    /// The model of a member; a suspect does not speak for the one it may be exchanged with.
    fn of(&mut self, member: &Member, suspect: &Member) -> Vec<Probabilities> {
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

/// A member, and whom it agrees with in the sessions beside.
#[derive(Clone)]
struct Member {
    column: usize,
    company: Vec<usize>,
    /// How often it agrees with one of them there.
    loyalty: f32,
}

impl Member {
    fn of(column: usize, columns: &[usize], window: &Window<'_>) -> Self {
        let company = company(column, columns, &window.usual, FEWEST_VOTES);
        let rates = company
            .iter()
            .map(|other| window.usual.rate(column, *other));
        Self {
            column,
            loyalty: rates.sum::<f32>() / company.len().max(1) as f32,
            company,
        }
    }

    /// How likely its company makes each choice in a vote: enough to see which pairs are worth a model.
    fn odds(&self, row: &[u8]) -> Probabilities {
        const EACH: u8 = 10;
        // In tenths of a vote: bytes are counted faster than fractions.
        let mut counts = [1u8; 3];
        for other in &self.company {
            let choice = row.get(*other).copied().unwrap_or(UNLISTED);
            for (count, own) in counts.iter_mut().zip(0u8..) {
                *count += EACH * u8::from(choice == own);
            }
        }
        let counts = counts.map(f32::from);
        let share = self.loyalty / counts.iter().sum::<f32>();
        let even = (1.0 - self.loyalty) / 3.0;
        counts.map(|count| share * count + even)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anomalies::agreement::Agreements;

    const YES: usize = 0;
    const NO: usize = 1;

    fn near(a: f32, b: f32) -> bool {
        (a - b).abs() < 1e-3 * b.abs().max(1.0)
    }

    #[test]
    fn a_vote_that_each_would_have_cast_for_the_other_speaks_for_an_exchange() {
        // The one voted yes and its company no; the other voted no and its company yes.
        let (of_a, of_b, whole) = ([0.1, 0.8, 0.1], [0.7, 0.2, 0.1], [0.5, 0.4, 0.1]);
        let mut evidence = Evidence::default();
        evidence.differ((YES, NO), &of_a, &of_b, &whole);
        assert!(near(evidence.weight, (0.56f32 / 0.02).ln()), "{evidence:?}");
        let [over_a, over_b] = evidence.over_outlier;
        assert!(near(over_a, (0.56f32 / 0.1).ln()), "{evidence:?}");
        assert!(near(over_b, (0.56f32 / 0.04).ln()), "{evidence:?}");
        assert_eq!(
            (evidence.votes, evidence.for_it, evidence.against),
            (1, 1, 0)
        );
        // The same votes of the other two speak as much against it.
        evidence.differ((NO, YES), &of_a, &of_b, &whole);
        assert!(near(evidence.weight, 0.0), "{evidence:?}");
        assert_eq!(
            (evidence.votes, evidence.for_it, evidence.against),
            (2, 1, 1)
        );
        evidence.differ((YES, NO), &whole, &whole, &whole);
        assert_eq!(
            (evidence.votes, evidence.for_it, evidence.against),
            (3, 1, 1)
        );
        evidence.over([1.0, -2.0]);
        let [sum_a, sum_b] = evidence.over_outlier;
        let voted = [0.56f32 / 0.1, 0.56f32 / 0.04].map(f32::ln);
        let turned = [0.02f32 / (0.4 * 0.7), 0.02f32 / (0.8 * 0.5)].map(f32::ln);
        assert!(near(sum_a, voted[0] + turned[0] + 1.0), "{evidence:?}");
        assert!(near(sum_b, voted[1] + turned[1] - 2.0), "{evidence:?}");
    }

    #[test]
    fn an_exchange_needs_weight_in_all_and_a_vote_and_few_votes_against_it() {
        let evidence = |weight, over_outlier, votes, against| Evidence {
            weight,
            over_outlier,
            votes,
            for_it: votes - against,
            against,
        };
        let (over, sides) = ([4.1, 4.1], [true, true]);
        for (evidence, expected) in [
            (evidence(22.1, over, 10, 1), [true, false]),
            (evidence(22.0, over, 10, 1), [false, false]),
            (evidence(40.1, over, 10, 1), sides),
            (evidence(40.0, over, 10, 1), [true, false]),
            (evidence(60.1, over, 50, 9), sides),
            (evidence(59.9, over, 50, 9), [false, false]),
            (evidence(60.1, over, 50, 10), [false, false]),
            (evidence(60.1, [4.1, 4.0], 50, 9), [false, false]),
            (evidence(60.1, [4.0, 4.1], 50, 9), [false, false]),
        ] {
            let found = [evidence.convinces(true), evidence.convinces(false)];
            assert_eq!(found, expected, "{evidence:?}");
        }
        for (over, expected) in [
            ([0.1, 0.1], true),
            ([0.0, 0.1], false),
            ([0.1, -0.1], false),
        ] {
            assert_eq!(
                evidence(30.0, over, 10, 1).interests(),
                expected,
                "{over:?}"
            );
        }
    }

    #[test]
    fn of_the_exchanges_of_a_member_near_each_other_the_strongest_is_kept() {
        let exchange = |(session, a, b, weight): (u16, usize, usize, f32)| Exchange {
            session,
            a,
            b,
            evidence: Evidence {
                weight,
                ..Evidence::default()
            },
        };
        let kept = |given: &[(u16, usize, usize, f32)]| {
            let kept = strongest(given.iter().copied().map(exchange).collect());
            let told = kept.iter().map(|e| (e.session, e.a, e.b));
            told.collect::<Vec<_>>()
        };
        // The same member in the same session or one beside it.
        assert_eq!(kept(&[(50, 1, 2, 30.0), (50, 2, 3, 40.0)]), [(50, 2, 3)]);
        assert_eq!(kept(&[(50, 1, 2, 40.0), (51, 3, 1, 30.0)]), [(50, 1, 2)]);
        // Others, and sessions further away.
        assert_eq!(
            kept(&[(52, 2, 1, 30.0), (50, 1, 2, 40.0), (50, 3, 4, 20.0)]),
            [(50, 1, 2), (50, 3, 4), (52, 2, 1)]
        );
        // What is not kept does not displace others.
        assert_eq!(
            kept(&[(50, 1, 2, 40.0), (51, 2, 3, 30.0), (52, 3, 4, 20.0)]),
            [(50, 1, 2), (52, 3, 4)]
        );
    }

    #[test]
    fn an_exchange_explains_outliers_of_its_members_in_its_session_and_beside() {
        let exchange = Exchange {
            session: 50,
            a: 1,
            b: 2,
            evidence: Evidence::default(),
        };
        for (session, column, expected) in [
            (50, 1, true),
            (49, 2, true),
            (51, 2, true),
            (52, 2, false),
            (48, 1, false),
            (50, 3, false),
        ] {
            let outlier = Outlier {
                session,
                column,
                distance: 0.3,
                usual: 0.1,
            };
            assert_eq!(exchange.explains(&outlier), expected, "{session} {column}");
        }
    }

    const MEMBERS: usize = 36;
    const VOTES: usize = 60;

    /// A session in which three blocs of twelve vote on sixty questions, each member with its own few exceptions, and in
    /// which two members may have each other's votes.
    fn session(number: usize, exchanged: Option<(usize, usize)>) -> SessionVotes {
        let row = |vote: usize| {
            let choice = |member: usize| {
                let bloc = member / 12;
                let own = (7 * vote + 5 * number) % 3 == bloc || (vote + number) % 5 == bloc;
                let exception = (11 * vote + 17 * member + 3 * number).is_multiple_of(29);
                u8::from(own != exception)
            };
            let mut row: Vec<u8> = (0..MEMBERS).map(choice).collect();
            if let Some((a, b)) = exchanged {
                row.swap(a, b);
            }
            row
        };
        let rows: Vec<_> = (0..VOTES).map(row).collect();
        let slices: Vec<&[u8]> = rows.iter().map(Vec::as_slice).collect();
        SessionVotes::of_rows(&slices)
    }

    /// Looks at the middle one of three sessions, with the columns of all members.
    fn look<T>(exchanged: Option<(usize, usize)>, look: impl Fn(&Window<'_>, &[usize]) -> T) -> T {
        let votes = [session(1, None), session(2, exchanged), session(3, None)];
        let [before, now, after] = votes.each_ref().map(Agreements::of);
        let window = Window {
            session: 51,
            votes: &votes[1],
            beside: vec![&votes[0], &votes[2]],
            now: &now,
            usual: before.plus(&after),
            sides: Some([&before, &after]),
        };
        let columns: Vec<usize> = (0..MEMBERS).collect();
        look(&window, &columns)
    }

    #[test]
    fn two_members_with_each_others_votes_are_found_and_nobody_else() {
        let found = |exchanged| look(exchanged, |window, _| find(window));
        assert!(found(None).is_empty());
        for (a, b) in [(0, 12), (13, 30), (5, 35)] {
            let exchanges = found(Some((a, b)));
            let [exchange] = exchanges[..] else {
                panic!("{exchanges:?}");
            };
            assert_eq!(exchange.session, 51);
            assert_eq!(
                (exchange.a.min(exchange.b), exchange.a.max(exchange.b)),
                (a, b)
            );
            // Every vote on which the two differ is looked at, and nearly every one speaks for it.
            let votes = session(2, None);
            let differing = (0..VOTES).filter(|vote| votes.row(*vote)[a] != votes.row(*vote)[b]);
            let evidence = exchange.evidence;
            assert_eq!(usize::from(evidence.votes), differing.count());
            assert!(evidence.for_it + evidence.against <= evidence.votes);
            assert!(10 * evidence.for_it >= 9 * evidence.votes, "{evidence:?}");
        }
        // Within a bloc hardly anything tells two members apart.
        assert!(found(Some((2, 3))).is_empty());
    }

    #[test]
    fn only_pairs_that_turned_round_what_tells_them_apart_are_looked_at() {
        let suspected = |window: &Window<'_>, columns: &[usize]| -> Vec<_> {
            let suspects = suspects(window, columns);
            let columns = suspects.iter().map(|[a, b]| (a.column, b.column));
            columns.collect()
        };
        look(Some((0, 12)), |window, columns| {
            assert_eq!(candidates(window, columns).first(), Some(&(12, 0)));
            assert_eq!(suspected(window, columns), [(12, 0)]);
        });
        look(None, |window, columns| {
            assert_eq!(suspected(window, columns), []);
        });
    }

    #[test]
    fn a_rough_model_weighs_as_the_sum_of_its_votes() {
        look(Some((0, 12)), |window, columns| {
            let member = |column| {
                let member = Member::of(column, columns, window);
                assert!(member.company.iter().all(|other| columns.contains(other)));
                let rates = member.company.iter().map(|c| window.usual.rate(column, *c));
                assert!(near(member.loyalty, rates.sum::<f32>() / 20.0));
                member
            };
            for (a, b) in [(0, 12), (0, 30), (1, 2), (20, 13)] {
                let (a, b) = (member(a), member(b));
                let odds = |vote| {
                    let row = window.votes.row(vote);
                    [a.odds(row), b.odds(row), whole(row)]
                };
                let evidence = Evidence::of(window.votes, [&a, &b], |vote| Some(odds(vote)));
                let roughly = roughly(window.votes, &a, &b);
                assert!(near(roughly, evidence.weight), "{evidence:?}");
                let (mut weight, mut votes, mut over) = (0.0, 0, [0.0, 0.0]);
                for vote in 0..VOTES {
                    let row = window.votes.row(vote);
                    let (by_a, by_b) = (usize::from(row[a.column]), usize::from(row[b.column]));
                    let [of_a, of_b, whole] = odds(vote);
                    assert!(near(of_a.iter().sum(), 1.0) && near(of_b.iter().sum(), 1.0));
                    if by_a == by_b {
                        over[0] += (of_a[by_a] / whole[by_a]).ln();
                        over[1] += (of_b[by_b] / whole[by_b]).ln();
                    } else {
                        let exchanged = of_a[by_b] * of_b[by_a];
                        weight += (exchanged / (of_a[by_a] * of_b[by_b])).ln();
                        over[0] += (exchanged / (whole[by_a] * of_b[by_b])).ln();
                        over[1] += (exchanged / (of_a[by_a] * whole[by_b])).ln();
                        votes += 1;
                    }
                }
                assert!(near(evidence.weight, weight), "{evidence:?} {weight}");
                assert_eq!(evidence.votes, votes);
                for (found, over) in evidence.over_outlier.iter().zip(over) {
                    assert!(near(*found, over), "{evidence:?} {over}");
                }
            }
        });
    }

    #[test]
    fn votes_in_which_one_took_no_position_say_nothing() {
        let rows: [&[u8]; 4] = [&[0, 3], &[3, 1], &[0], &[3, 3]];
        let votes = SessionVotes::of_rows(&rows);
        let member = |column| Member {
            column,
            company: Vec::new(),
            loyalty: 0.5,
        };
        let (a, b) = (member(0), member(1));
        assert_eq!(roughly(&votes, &a, &b), 0.0);
        let odds = [[0.2, 0.7, 0.1]; 3];
        let evidence = Evidence::of(&votes, [&a, &b], |_| Some(odds));
        assert_eq!(
            (evidence.votes, evidence.over_outlier),
            (0, [0.0; 2]),
            "{evidence:?}"
        );
    }

    #[test]
    fn the_company_of_a_member_foretells_its_votes_by_their_shares() {
        // Nine of ten members of the company vote yes.
        let mut row = vec![0u8; 11];
        row[10] = 1;
        let member = Member {
            column: 0,
            company: (1..11).collect(),
            loyalty: 0.7,
        };
        let odds = member.odds(&row);
        let expected = [91.0, 11.0, 1.0].map(|votes| 0.7 * votes / 103.0 + 0.1);
        for (found, expected) in odds.iter().zip(expected) {
            assert!(near(*found, expected), "{odds:?}");
        }
    }

    #[test]
    fn a_suspect_does_not_speak_for_the_one_it_may_be_exchanged_with() {
        look(Some((0, 12)), |window, columns| {
            let surroundings = Surroundings::of(window.votes, &window.beside);
            let mut models = Models {
                surroundings: &surroundings,
                known: HashMap::new(),
            };
            let of = |column| Member::of(column, columns, window);
            let member = of(0);
            let other = *member.company.first().unwrap();
            let stranger = columns
                .iter()
                .find(|c| **c != 0 && !member.company.contains(c));
            let all = surroundings.model(0, &member.company);
            let without: Vec<usize> = member
                .company
                .iter()
                .copied()
                .filter(|c| *c != other)
                .collect();
            let without = surroundings.model(0, &without);
            assert_ne!(all, without);
            assert_eq!(models.of(&member, &of(*stranger.unwrap())), all);
            assert_eq!(models.of(&member, &of(other)), without);
        });
    }
}
