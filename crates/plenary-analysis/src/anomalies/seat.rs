//! What a seat would have voted: a model of each member from the sessions beside one.

use plenary_types::Choice;

use super::agreement::{Agreements, rate};
use super::history::SessionVotes;
use super::thresholds::{COMPANY, EVEN, LEAST, PRIOR, REMEMBERED, ROUNDS, SIMILAR, WHOLE};
use crate::kernel::{Alike, Likeness};
use crate::level::{Kernel, Level};
use crate::planes::{ByRow, Planes};

/// Probabilities of yes, no and abstaining.
pub(crate) type Probabilities = [f32; 3];

/// A session and those beside it, with what the models of all seats share.
#[derive(Debug)]
pub(crate) struct Surroundings<'a> {
    now: Questions<'a>,
    beside: Vec<Questions<'a>>,
}

/// A question of a session beside, and how alike it is: session, vote, likeness.
type Similar = (usize, usize, f32);

/// The votes of a session, and how the Assembly as a whole voted.
#[derive(Debug)]
struct Questions<'a> {
    votes: &'a SessionVotes,
    whole: Vec<Probabilities>,
    planes: Planes,
    similar: Vec<Vec<Similar>>,
}

impl<'a> Questions<'a> {
    fn of(votes: &'a SessionVotes) -> Self {
        Self {
            votes,
            whole: (0..votes.len())
                .map(|vote| whole(votes.row(vote)))
                .collect(),
            planes: Level::detect().run(ByRow {
                table: votes.rows(),
                width: votes.width(),
            }),
            similar: Vec::new(),
        }
    }

    /// For each question the most similar ones of the sessions beside, without those of its own session where there are others.
    fn most_similar(&self, own: Option<usize>, beside: &[Questions<'_>]) -> Vec<Vec<Similar>> {
        let numbered = beside.iter().enumerate();
        let others: Vec<_> = numbered
            .filter(|(at, _)| own != Some(*at) || beside.len() == 1)
            .collect();
        let level = Level::detect();
        let mut counts = [Vec::new(), Vec::new()];
        let mut ranks: Vec<Rank> = Vec::new();
        let of_question = |vote: usize| {
            ranks.clear();
            let mut first = 0;
            for (at, other) in &others {
                let (planes, rows) = (&other.planes, other.planes.rows());
                for count in &mut counts {
                    count.resize(planes.stride(), 0);
                }
                level.run(Alike {
                    own: (&self.planes, vote),
                    planes,
                    others: 0..rows,
                    likeness: Likeness::Same,
                    counts: &mut counts,
                });
                let [both, same] = &counts;
                level.run(Ranks {
                    same: &same[..rows],
                    both: &both[..rows],
                    first,
                    ranks: &mut ranks,
                });
                if own == Some(*at) {
                    ranks.swap_remove(first as usize + vote);
                }
                first += rows as u32;
            }
            let most_alike = |a: &Rank, b: &Rank| b.cmp(a);
            if ranks.len() > REMEMBERED {
                ranks.select_nth_unstable_by(REMEMBERED, most_alike);
                ranks.truncate(REMEMBERED);
            }
            ranks.sort_unstable_by(most_alike);
            ranks.iter().filter_map(|rank| rank.of(&others)).collect()
        };
        (0..self.votes.len()).map(of_question).collect()
    }
}

/// A question among those of several sessions, in the order of likeness: how alike it is, as bits, and above all the
/// questions that follow it, so that the first of equals comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rank(u64);

impl Rank {
    fn of(self, sessions: &[(usize, &Questions<'_>)]) -> Option<Similar> {
        let likeness = f32::from_bits((self.0 >> 32) as u32);
        let mut place = !(self.0 as u32) as usize;
        sessions.iter().find_map(|(at, questions)| {
            let rows = questions.planes.rows();
            let found = (place < rows).then_some((*at, place, likeness));
            place = place.saturating_sub(rows);
            found
        })
    }
}

impl<'a> Surroundings<'a> {
    pub(crate) fn of(now: &'a SessionVotes, beside: &[&'a SessionVotes]) -> Self {
        let mut now = Questions::of(now);
        let mut beside: Vec<_> = beside.iter().map(|votes| Questions::of(votes)).collect();
        now.similar = now.most_similar(None, &beside);
        for at in 0..beside.len() {
            let similar = beside
                .get(at)
                .map(|questions| questions.most_similar(Some(at), &beside));
            if let (Some(questions), Some(similar)) = (beside.get_mut(at), similar) {
                questions.similar = similar;
            }
        }
        Self { now, beside }
    }

    /// How the Assembly as a whole voted in each question of the session.
    pub(crate) fn whole(&self) -> &[Probabilities] {
        &self.now.whole
    }

    /// The probabilities of what a seat votes in each question of the session.
    ///
    /// Three voices are heard: the members that usually vote with it, what it did itself in the most similar
    /// questions of the sessions beside, and the Assembly as a whole. How much each of them counts is found from how well it
    /// foretold the votes of the seat in the sessions beside.
    pub(crate) fn model(&self, seat: usize, company: &[usize]) -> Vec<Probabilities> {
        let weights = self.weights(seat, company);
        let mixed = |vote: usize| {
            let voices = self.voices(&self.now, vote, seat, company);
            let mut chances = [0.0f32; 3];
            for (voice, weight) in voices.iter().zip(weights) {
                for (sum, p) in chances.iter_mut().zip(voice) {
                    *sum += weight * p;
                }
            }
            chances.map(|p| p.max(LEAST))
        };
        (0..self.now.votes.len()).map(mixed).collect()
    }

    /// The weights of the voices, by expectation and maximisation.
    fn weights(&self, seat: usize, company: &[usize]) -> [f32; 3] {
        let mut foretold: Vec<[f32; 3]> = Vec::new();
        for questions in &self.beside {
            for vote in 0..questions.votes.len() {
                let Some(choice) = cast(questions.votes.row(vote), seat) else {
                    continue;
                };
                let voices = self.voices(questions, vote, seat, company);
                foretold.push(voices.map(|chances| chances[choice]));
            }
        }
        let mut weights = [1.0 / 3.0; 3];
        for _ in 0..ROUNDS {
            let mut sums = PRIOR;
            for chances in &foretold {
                let parts: [f32; 3] = std::array::from_fn(|k| part(&weights, k) * part(chances, k));
                let all: f32 = parts.iter().sum();
                for (sum, share) in sums.iter_mut().zip(parts) {
                    *sum += share / all.max(f32::MIN_POSITIVE);
                }
            }
            let all: f32 = sums.iter().sum();
            weights = sums.map(|sum| sum / all);
        }
        weights
    }

    /// What company, the whole and similar questions say of a question.
    fn voices(
        &self,
        of: &Questions<'_>,
        vote: usize,
        seat: usize,
        company: &[usize],
    ) -> [Probabilities; 3] {
        let whole = of.whole[vote];
        let row = of.votes.row(vote);
        let mut counts = [0.0f32; 3];
        for choice in company.iter().filter_map(|other| cast(row, *other)) {
            add(&mut counts, choice, 1.0);
        }
        let similar = self.similar(of, vote, seat);
        [blend(counts, whole), whole, blend(similar, whole)]
    }

    /// What the seat did in the questions most like this one, each by how alike it is.
    fn similar(&self, of: &Questions<'_>, vote: usize, seat: usize) -> Probabilities {
        let questions = &of.similar[vote];
        let done = questions.iter().filter_map(|(at, place, likeness)| {
            let row = self.beside.get(*at)?.votes.row(*place);
            Some((cast(row, seat)?, *likeness))
        });
        let mut counts = [0.0f32; 3];
        for (choice, likeness) in done.take(SIMILAR) {
            add(&mut counts, choice, likeness.powi(8));
        }
        counts
    }
}

/// Appends the ranks of questions that were compared, numbered from `first`.
struct Ranks<'a> {
    same: &'a [u32],
    both: &'a [u32],
    first: u32,
    ranks: &'a mut Vec<Rank>,
}

impl Kernel for Ranks<'_> {
    type Output = ();

    #[inline(always)]
    fn run<const FUSED: bool>(self) {
        let counted = self.same.iter().zip(self.both).zip(self.first..);
        self.ranks.extend(counted.map(|((same, both), index)| {
            let likeness = rate(*same, *both);
            Rank(u64::from(likeness.to_bits()) << 32 | u64::from(!index))
        }));
    }
}

/// Those who voted most like a member in the sessions beside, in no order.
pub(crate) fn company(
    seat: usize,
    columns: &[usize],
    beside: &Agreements,
    fewest: u32,
) -> Vec<usize> {
    let mut others: Vec<(f32, usize)> = columns
        .iter()
        .filter(|other| **other != seat && beside.both(seat, **other) >= fewest)
        .map(|other| (beside.rate(seat, *other), *other))
        .collect();
    let most_alike = |a: &(f32, usize), b: &(f32, usize)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
    if others.len() > COMPANY {
        others.select_nth_unstable_by(COMPANY, most_alike);
        others.truncate(COMPANY);
    }
    others.into_iter().map(|(_, other)| other).collect()
}

/// The choice of a member that took a position.
pub(crate) fn cast(row: &[u8], column: usize) -> Option<usize> {
    let choice = row.get(column).copied()?;
    (choice <= Choice::Abstain as u8).then_some(usize::from(choice))
}

fn add(counts: &mut Probabilities, choice: usize, weight: f32) {
    if let Some(count) = counts.get_mut(choice) {
        *count += weight;
    }
}

fn part(of: &[f32; 3], place: usize) -> f32 {
    of[place]
}

fn blend(counts: Probabilities, whole: Probabilities) -> Probabilities {
    let all: f32 = counts.iter().sum::<f32>() + WHOLE;
    std::array::from_fn(|k| (part(&counts, k) + WHOLE * part(&whole, k)) / all)
}

/// How the Assembly voted, a part of it spread evenly.
pub(crate) fn whole(row: &[u8]) -> Probabilities {
    let [yes, no, abstain] = counted(row).map(|count| 0.5 + count as f32);
    let all = yes + no + abstain;
    [yes, no, abstain].map(|count| (1.0 - EVEN) * count / all + EVEN / 3.0)
}

/// How many chose yes, no, and to abstain.
fn counted(row: &[u8]) -> [u32; 3] {
    let mut counts = [0; 3];
    // A byte counts so many without a carry.
    for part in row.chunks(usize::from(u8::MAX)) {
        for (count, own) in counts
            .iter_mut()
            .zip([Choice::Yes, Choice::No, Choice::Abstain])
        {
            let equal = part.iter().map(|choice| u8::from(*choice == own as u8));
            *count += u32::from(equal.sum::<u8>());
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anomalies::history::UNLISTED;

    const YES: u8 = Choice::Yes as u8;
    const NO: u8 = Choice::No as u8;
    const ABSTAIN: u8 = Choice::Abstain as u8;
    const ABSENT: u8 = Choice::NonVoting as u8;

    fn session(rows: &[Vec<u8>]) -> SessionVotes {
        let slices: Vec<&[u8]> = rows.iter().map(Vec::as_slice).collect();
        SessionVotes::of_rows(&slices)
    }

    fn close(a: Probabilities, b: Probabilities) -> bool {
        a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-5)
    }

    #[test]
    fn the_assembly_votes_by_its_counts_and_a_part_of_it_evenly() {
        let chances = whole(&[YES, YES, YES, NO, ABSENT, UNLISTED]);
        // Half a vote for each choice: 3.5, 1.5 and 0.5 of 5.5, of which seven tenths count.
        let expected = [3.5, 1.5, 0.5].map(|votes| 0.7 * votes / 5.5 + 0.1);
        assert!(close(chances, expected), "{chances:?}");
        assert!(close(whole(&[]), [1.0 / 3.0; 3]));
    }

    #[test]
    fn the_assembly_counts_for_a_little_beside_those_who_are_asked() {
        let chances = blend([2.0, 1.0, 0.0], [0.5, 0.2, 0.3]);
        assert!(
            close(chances, [2.15 / 3.3, 1.06 / 3.3, 0.09 / 3.3]),
            "{chances:?}"
        );
        assert!(close(blend([0.0; 3], [0.5, 0.2, 0.3]), [0.5, 0.2, 0.3]));
    }

    #[test]
    fn only_who_takes_a_position_has_cast_a_vote() {
        let row = [YES, NO, ABSTAIN, ABSENT, UNLISTED];
        let cast = [0, 1, 2, 3, 4, 5].map(|column| cast(&row, column));
        assert_eq!(cast, [Some(0), Some(1), Some(2), None, None, None]);
    }

    #[test]
    fn the_company_of_a_member_are_the_twenty_that_vote_most_like_it() {
        // Each member differs from the first in as many of sixty votes as its column says; two hardly vote.
        let row = |vote: usize| {
            let choice = |member: usize| match member {
                5 if vote >= 10 => ABSENT,
                6 if vote >= 9 => ABSENT,
                5 | 6 => YES,
                _ if vote < member => NO,
                _ => YES,
            };
            (0..28).map(choice).collect::<Vec<u8>>()
        };
        let rows: Vec<_> = (0..60).map(row).collect();
        let counted = Agreements::of(&session(&rows));
        let of = |columns: &[usize]| {
            let mut company = company(0, columns, &counted, 10);
            company.sort_unstable();
            company
        };
        let all: Vec<usize> = (0..28).collect();
        let nearest = (1..=21).filter(|member| *member != 6).collect::<Vec<_>>();
        assert_eq!(of(&all), nearest);
        assert_eq!(of(&all[..22]), nearest);
        assert_eq!(of(&[0, 3, 27, 6]), [3, 27]);
    }

    /// Questions on which so many of ten members, from the first on, vote yes and the others no.
    fn questions(divisions: &[usize]) -> SessionVotes {
        let row = |yes: &usize| (0..10).map(|m| if m < *yes { YES } else { NO }).collect();
        session(&divisions.iter().map(row).collect::<Vec<_>>())
    }

    #[test]
    fn the_questions_most_alike_are_those_of_the_other_sessions() {
        let (now, before, after) = (questions(&[3]), questions(&[9, 3, 4]), questions(&[2, 8]));
        let both = Surroundings::of(&now, &[&before, &after]);
        let alike = |same: u32| rate(same, 10);
        assert_eq!(
            both.now.similar[0],
            [
                (0, 1, alike(10)),
                (0, 2, alike(9)),
                (1, 0, alike(9)),
                (1, 1, alike(5)),
                (0, 0, alike(4))
            ]
        );
        assert_eq!(
            both.beside[0].similar[0],
            [(1, 1, alike(9)), (1, 0, alike(3))]
        );
        assert_eq!(
            both.beside[1].similar[0],
            [(0, 1, alike(9)), (0, 2, alike(8)), (0, 0, alike(3))]
        );
        // With no other session, a question is compared with the others of its own.
        let one = Surroundings::of(&now, &[&before]);
        assert_eq!(
            one.beside[0].similar[1],
            [(0, 2, alike(9)), (0, 0, alike(4))]
        );
        // Of many, the twenty-four most alike are remembered.
        let many: Vec<usize> = (0..40).map(|n| n % 10).collect();
        let many = questions(&many);
        let similar = &Surroundings::of(&now, &[&many]).now.similar[0];
        assert_eq!(similar.len(), 24);
        assert!(similar.windows(2).all(|pair| pair[0].2 >= pair[1].2));
        assert!(similar[..4].iter().all(|(_, place, _)| place % 10 == 3));
        let just_as_many = questions(&[5; 24]);
        let similar = &Surroundings::of(&now, &[&just_as_many]).now.similar[0];
        assert_eq!(similar.len(), 24);
    }

    #[test]
    fn what_a_seat_did_in_eight_like_questions_counts_by_how_alike_they_are() {
        let (now, before) = (questions(&[3]), questions(&[2, 4, 6]));
        let surroundings = Surroundings::of(&now, &[&before]);
        // Member 3 votes no with two in favour, and yes with four and six.
        let counts = surroundings.similar(&surroundings.now, 0, 3);
        let [near, far] = [9, 7].map(|same| rate(same, 10).powi(8));
        assert!(close(counts, [near + far, near, 0.0]), "{counts:?}");
        let before = questions(&[3; 12]);
        let surroundings = Surroundings::of(&now, &[&before]);
        let counts = surroundings.similar(&surroundings.now, 0, 3);
        assert!(
            close(counts, [0.0, 8.0 * rate(10, 10).powi(8), 0.0]),
            "{counts:?}"
        );
    }

    #[test]
    fn the_three_voices_are_company_the_assembly_and_like_questions() {
        let (now, before) = (questions(&[3, 8]), questions(&[3, 8, 5]));
        let surroundings = Surroundings::of(&now, &[&before]);
        let voices = surroundings.voices(&surroundings.now, 0, 4, &[0, 1, 9]);
        let all = whole(now.row(0));
        assert!(close(voices[0], blend([2.0, 1.0, 0.0], all)));
        assert!(close(voices[1], all));
        assert!(close(
            voices[2],
            blend(surroundings.similar(&surroundings.now, 0, 4), all)
        ));
    }

    #[test]
    fn voices_count_by_how_well_they_foretold_the_seat() {
        // A seat that nobody asked has the weights that speak beforehand.
        let (now, before) = (questions(&[3, 8]), questions(&[3, 8, 5, 6]));
        let surroundings = Surroundings::of(&now, &[&before]);
        assert!(close(surroundings.weights(99, &[0]), [0.8, 0.1, 0.1]));
        for company in [&[0, 1, 2][..], &[9], &[3, 4, 6, 7]] {
            let weights = surroundings.weights(5, company);
            // At rest the weights are the prior and the shares of the votes that they explain.
            let mut shares = PRIOR.map(f64::from);
            for vote in 0..before.len() {
                let choice = cast(before.row(vote), 5).unwrap();
                let voices = surroundings.voices(&surroundings.beside[0], vote, 5, company);
                let parts: Vec<f64> = (0..3)
                    .map(|k| f64::from(weights[k] * voices[k][choice]))
                    .collect();
                let all: f64 = parts.iter().sum();
                for (share, part) in shares.iter_mut().zip(&parts) {
                    *share += part / all;
                }
            }
            for (weight, share) in weights.iter().zip(shares) {
                assert!(
                    (f64::from(*weight) - share / 14.0).abs() < 0.01,
                    "{weights:?} {shares:?}"
                );
            }
            let model = surroundings.model(5, company);
            assert_eq!(model.len(), now.len());
            for (vote, chances) in model.iter().enumerate() {
                let voices = surroundings.voices(&surroundings.now, vote, 5, company);
                let mixed = std::array::from_fn(|choice| {
                    let parts = (0..3).map(|k| weights[k] * voices[k][choice]);
                    parts.sum::<f32>().max(LEAST)
                });
                assert!(close(*chances, mixed), "{chances:?} {mixed:?}");
            }
        }
    }
}
