//! [`Fit`]: how the votes of each member in a session fit those of the sessions beside it.

use rayon::prelude::*;

use super::agreement::Agreements;
use super::exchange::{self, Exchange};
use super::history::{History, SessionVotes};
use super::outlier::{self, Outlier};

/// Fewer votes than these of a member, in a session or beside it, tell nothing.
pub(super) const FEWEST_VOTES: u16 = 10;
/// Fewer members than these have no company.
pub(super) const FEWEST_MEMBERS: usize = 30;
/// More members than these no Assembly has: such a table is not worth the memory of all its pairs.
const MOST_MEMBERS: usize = 500;
/// Sessions further away than this are not beside.
const NEAR: u16 = 2;

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
        if history.states().len() > MOST_MEMBERS {
            return Self::default();
        }
        let sessions: Vec<_> = history.sessions().collect();
        let counted: Vec<_> = sessions
            .par_iter()
            .map(|(_, votes)| Agreements::of(votes))
            .collect();
        let found: Vec<_> = (0..sessions.len())
            .into_par_iter()
            .filter_map(|at| Window::of(at, &sessions, &counted))
            .map(|window| (exchange::find(&window), outlier::find(&window)))
            .collect();
        let (exchanges, outliers): (Vec<_>, Vec<_>) = found.into_iter().unzip();
        let exchanges = exchange::strongest(exchanges.concat());
        let mut outliers = outliers.concat();
        outliers.retain(|outlier| !exchanges.iter().any(|e| e.explains(outlier)));
        Self {
            exchanges,
            outliers,
        }
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

impl<'a> Window<'a> {
    /// The nearest session on each side; where there is none on one side, two on the other.
    fn of(
        at: usize,
        sessions: &[(u16, &'a SessionVotes)],
        counted: &'a [Agreements],
    ) -> Option<Self> {
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
        let beside = chosen.iter().filter_map(|place| sessions.get(*place));
        let usual = match *chosen.as_slice() {
            [one] => counted.get(one)?.clone(),
            [one, other] => counted.get(one)?.plus(counted.get(other)?),
            _ => return None,
        };
        Some(Self {
            session,
            votes,
            beside: beside.map(|(_, votes)| *votes).collect(),
            sides: match *chosen.as_slice() {
                [before, after] if two_sided => Some([counted.get(before)?, counted.get(after)?]),
                _ => None,
            },
            now: counted.get(at)?,
            usual,
        })
    }

    /// The columns of members with so many votes in the session and enough beside it; none where they are too few to have company.
    pub(super) fn members(&self, fewest: u16) -> Vec<usize> {
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
