//! [`Fit`]: how the votes of each member in a session fit those of the sessions beside it.

use std::ops::Range;

use rayon::prelude::*;

use super::exchange::{self, Exchange};
use super::history::History;
use super::outlier::{self, Outlier};
use super::thresholds::MOST_MEMBERS;
use super::window::Counted;

/// Into how many pieces the sessions are divided for each thread, and how many sessions are in a piece at least: those beside
/// a piece are counted with it.
const PIECES: usize = 4;
const SHORTEST: usize = 4;

/// Members that do not fit into a session by the votes of those beside it: exchanged with another, or unlike themselves.
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
        let votes: Vec<_> = sessions.iter().map(|(_, votes)| votes.len()).collect();
        let pieces = pieces(&votes, rayon::current_num_threads() * PIECES);
        let found: Vec<_> = pieces
            .into_par_iter()
            .flat_map_iter(|piece| {
                let mut counted = Counted::of(&sessions);
                piece.filter_map(move |at| {
                    let window = counted.window(at)?;
                    Some((exchange::find(&window), outlier::find(&window)))
                })
            })
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

/// Divides sessions, given by their numbers of votes, into at most `most` pieces of about as many votes each.
fn pieces(votes: &[usize], most: usize) -> Vec<Range<usize>> {
    let all: usize = votes.iter().sum();
    let (mut start, mut passed, mut pieces) = (0, 0, Vec::new());
    for (at, votes) in (1..).zip(votes) {
        passed += votes;
        let share = all * (pieces.len() + 1) / most.max(1);
        if at - start >= SHORTEST && passed >= share {
            pieces.push(start..at);
            start = at;
        }
    }
    if start < votes.len() {
        pieces.push(start..votes.len());
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_have_equal_shares_of_the_votes_and_several_sessions() {
        for (votes, most, expected) in [
            (&[][..], 4, &[][..]),
            (&[5; 3], 4, &[3]),
            (&[5; 16], 4, &[4, 4, 4, 4]),
            (&[5; 32], 4, &[8, 8, 8, 8]),
            (&[5; 16], 1, &[16]),
            (&[5; 16], 100, &[4, 4, 4, 4]),
            (&[1, 1, 1, 1, 1, 1, 1, 1, 9, 9], 2, &[9, 1]),
            (&[90, 1, 1, 1, 1, 1, 1, 1, 1], 3, &[4, 4, 1]),
            (&[0; 10], 2, &[4, 4, 2]),
        ] {
            let pieces = pieces(votes, most);
            let lengths: Vec<_> = pieces.iter().map(ExactSizeIterator::len).collect();
            assert_eq!(lengths, expected, "{votes:?} {most}");
            assert!(pieces.into_iter().flatten().eq(0..votes.len()));
        }
    }
}
