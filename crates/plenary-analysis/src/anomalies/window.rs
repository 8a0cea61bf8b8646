//! [`Window`]: a session and those beside it, with the agreements of their members.

use std::collections::BTreeMap;

use super::agreement::Agreements;
use super::history::SessionVotes;
use super::thresholds::{FEWEST_MEMBERS, FEWEST_VOTES, NEAR};

/// Sessions that are looked at one after the other, with the agreements of those near the last one.
pub(super) struct Counted<'a> {
    sessions: &'a [(u16, &'a SessionVotes)],
    known: BTreeMap<usize, Agreements>,
}

impl<'a> Counted<'a> {
    pub(super) const fn of(sessions: &'a [(u16, &'a SessionVotes)]) -> Self {
        Self {
            sessions,
            known: BTreeMap::new(),
        }
    }

    /// A session with those beside it, if there are any: the nearest on each side; where there is none on one side, two on
    /// the other.
    pub(super) fn window(&mut self, at: usize) -> Option<Window<'_>> {
        let (session, votes) = *self.sessions.get(at)?;
        let useful = |place: &usize| {
            self.sessions.get(*place).is_some_and(|(other, votes)| {
                other.abs_diff(session) <= NEAR && votes.len() >= FEWEST_VOTES as usize
            })
        };
        let near = usize::from(NEAR);
        let before = (at.saturating_sub(near)..at).rev();
        let before: Vec<usize> = before.filter(useful).collect();
        let after: Vec<usize> = (at + 1..=at + near).filter(useful).collect();
        let two_sided = !before.is_empty() && !after.is_empty();
        let most = if two_sided { 1 } else { 2 };
        let chosen: Vec<usize> = [&before, &after]
            .iter()
            .flat_map(|side| side.iter().take(most).copied())
            .collect();
        if chosen.is_empty() {
            return None;
        }
        self.known.retain(|place, _| place.abs_diff(at) <= near);
        for place in chosen.iter().chain([&at]) {
            let (_, votes) = self.sessions.get(*place)?;
            let known = self.known.entry(*place);
            known.or_insert_with(|| Agreements::of(votes));
        }
        let counted = |place: &usize| self.known.get(place);
        let usual = match chosen.as_slice() {
            [one, other] => counted(one)?.plus(counted(other)?),
            _ => counted(chosen.first()?)?.clone(),
        };
        let beside = chosen.iter().filter_map(|place| self.sessions.get(*place));
        Some(Window {
            session,
            votes,
            beside: beside.map(|(_, votes)| *votes).collect(),
            sides: match chosen.as_slice() {
                [before, after] if two_sided => Some([counted(before)?, counted(after)?]),
                _ => None,
            },
            now: counted(&at)?,
            usual,
        })
    }
}

/// A session and those beside it.
pub(super) struct Window<'a> {
    pub(super) session: u16,
    pub(super) votes: &'a SessionVotes,
    pub(super) beside: Vec<&'a SessionVotes>,
    pub(super) now: &'a Agreements,
    /// The sessions before and after, where there is one of each.
    pub(super) sides: Option<[&'a Agreements; 2]>,
    /// The sessions beside together.
    pub(super) usual: Agreements,
}

impl Window<'_> {
    /// The columns of members with so many votes in the session and enough beside it; none where they are too few to have company.
    pub(super) fn members(&self, fewest: u32) -> Vec<usize> {
        let enough = |column: &usize| {
            self.now.cast(*column) >= fewest && self.usual.cast(*column) >= FEWEST_VOTES
        };
        let mut columns: Vec<usize> = (0..self.now.width()).filter(enough).collect();
        if columns.len() < FEWEST_MEMBERS {
            columns.clear();
        }
        columns
    }

    /// Whether a member voted in the session before and in the one after.
    pub(super) fn is_two_sided(&self, column: usize) -> bool {
        let voted = |side: &&Agreements| side.cast(column) >= FEWEST_VOTES;
        self.sides.is_some_and(|sides| sides.iter().all(voted))
    }
}

/// The middle of some values; 0 of none.
pub(super) fn median(mut values: Vec<f32>) -> f32 {
    let middle = values.len() / 2;
    if values.is_empty() {
        return 0.0;
    }
    let (_, median, _) = values.select_nth_unstable_by(middle, f32::total_cmp);
    *median
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A session of so many votes, in which the first member takes part in some and all others in all.
    fn session(votes: usize, members: usize, of_first: usize) -> SessionVotes {
        let row = |vote| {
            let mut row = vec![0u8; members];
            if vote >= of_first {
                row[0] = 3;
            }
            row
        };
        let rows: Vec<Vec<u8>> = (0..votes).map(row).collect();
        let slices: Vec<&[u8]> = rows.iter().map(Vec::as_slice).collect();
        SessionVotes::of_rows(&slices)
    }

    /// What is beside each session, told by its number of votes: `11 12` on both sides, `11+12` on one.
    fn beside(sessions: &[(u16, usize)]) -> Vec<String> {
        let votes: Vec<_> = sessions.iter().map(|(_, n)| session(*n, 2, *n)).collect();
        let numbered = sessions.iter().zip(&votes);
        let numbered: Vec<_> = numbered.map(|((n, _), votes)| (*n, votes)).collect();
        let mut counted = Counted::of(&numbered);
        let of = |at| {
            let Some(window) = counted.window(at) else {
                return "nothing".to_owned();
            };
            assert_eq!(window.session, sessions[at].0);
            assert_eq!(window.votes.len(), sessions[at].1);
            assert_eq!(window.now.cast(1) as usize, sessions[at].1);
            let lengths: Vec<_> = window.beside.iter().map(|votes| votes.len()).collect();
            assert_eq!(window.usual.cast(1) as usize, lengths.iter().sum::<usize>());
            if let Some(sides) = window.sides {
                assert_eq!(sides.map(|side| side.cast(1) as usize).as_slice(), lengths);
            }
            let join = if window.sides.is_some() { " " } else { "+" };
            let lengths: Vec<_> = lengths.iter().map(ToString::to_string).collect();
            lengths.join(join)
        };
        (0..sessions.len()).map(of).collect()
    }

    #[test]
    fn the_nearest_sessions_on_both_sides_are_beside_else_two_on_one() {
        for (sessions, expected) in [
            (&[(50, 10)][..], &["nothing"][..]),
            (&[(50, 10), (51, 11)], &["11", "10"]),
            (
                &[(50, 10), (51, 11), (52, 12)],
                &["11+12", "10 12", "11+10"],
            ),
            (
                &[(50, 10), (51, 11), (52, 12), (53, 13), (54, 14)],
                &["11+12", "10 12", "11 13", "12 14", "13+12"],
            ),
            // Two sessions away is near, three is not; nine votes tell nothing.
            (&[(50, 10), (52, 12)], &["12", "10"]),
            (&[(50, 10), (53, 13)], &["nothing", "nothing"]),
            (&[(50, 10), (51, 9), (52, 12)], &["12", "10 12", "10"]),
        ] {
            assert_eq!(beside(sessions), expected, "{sessions:?}");
        }
    }

    /// The columns of a session of thirty votes with so many members, the first of which votes in some of the session and of
    /// those before and after it; and whether this one is on both sides.
    fn columns(
        members: usize,
        [before, now, after]: [usize; 3],
        fewest: u32,
    ) -> (Vec<usize>, bool) {
        let votes = [before, now, after].map(|of_first| session(30, members, of_first));
        let [before, now, after] = &votes;
        let sessions = [(50, before), (51, now), (52, after)];
        let mut counted = Counted::of(&sessions);
        let window = counted.window(1).unwrap();
        (window.members(fewest), window.is_two_sided(0))
    }

    #[test]
    fn members_are_compared_when_they_voted_often_enough_and_have_company() {
        let all = |from: usize, to: usize| (from..to).collect::<Vec<_>>();
        for (members, votes, fewest, expected) in [
            (30, [30, 30, 30], 10, (all(0, 30), true)),
            (29, [30, 30, 30], 10, (Vec::new(), true)),
            (31, [30, 10, 30], 10, (all(0, 31), true)),
            (31, [30, 9, 30], 10, (all(1, 31), true)),
            (31, [30, 14, 30], 15, (all(1, 31), true)),
            (30, [30, 9, 30], 10, (Vec::new(), true)),
            (31, [5, 30, 5], 10, (all(0, 31), false)),
            (31, [5, 30, 4], 10, (all(1, 31), false)),
            (31, [10, 30, 9], 10, (all(0, 31), false)),
            (31, [9, 30, 10], 10, (all(0, 31), false)),
            (31, [10, 30, 10], 10, (all(0, 31), true)),
        ] {
            assert_eq!(
                columns(members, votes, fewest),
                expected,
                "{members} {votes:?}"
            );
        }
    }

    #[test]
    fn the_middle_of_an_even_number_is_the_upper_one() {
        assert_eq!(median(Vec::new()), 0.0);
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(vec![4.0, 1.0, 3.0, 2.0]), 3.0);
    }
}
