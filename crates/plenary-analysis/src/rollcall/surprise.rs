//! Surprise: how unlikely each ballot was under a model.

use plenary_types::Choice;
use serde::Serialize;

/// How surprising the ballots of a roll call are under a model.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Surprise<S> {
    /// Every ballot that the model speaks about, the most surprising first.
    pub ballots: Vec<BallotSurprise<S>>,
    /// The mean of their surprise, in bits.
    pub mean: f64,
    /// What the model expects this mean to be (the mean entropy of its probabilities), in bits. A mean far
    /// above it says that something moved this vote that the model does not know.
    pub expected: f64,
}

/// One ballot.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct BallotSurprise<S> {
    /// Whose ballot.
    pub state: S,
    /// What it was.
    pub choice: Choice,
    /// The probability that the model gave it.
    pub probability: f64,
    /// Its surprise in bits, `-log2` of the probability; infinite for what the model held impossible.
    pub bits: f64,
}

/// The surprise of each ballot (Shannon 1948, *Bell System Technical Journal* 27): minus the binary
/// logarithm of the probability of the choice made, so that an even chance of two is one bit.
///
/// `probabilities` gives those of yes, abstaining and no, in this order, as
/// [`ItemEstimate::probabilities`](crate::ideal::ItemEstimate::probabilities) does; ballots for which it
/// has none, and absences, are left out.
///
/// ```
/// use plenary_analysis::rollcall::surprise;
/// use plenary_types::Choice::{No, NonVoting, Yes};
///
/// let ballots = [("FRA", Yes), ("CZE", No), ("TLS", NonVoting)];
/// let found = surprise(ballots, |state| match *state {
///     "FRA" => Some([0.5, 0.25, 0.25]),
///     _ => Some([0.75, 0.125, 0.125]),
/// });
/// // 1/8 is three bits, 1/2 is one.
/// assert_eq!((found.ballots[0].state, found.ballots[0].bits), ("CZE", 3.0));
/// assert_eq!(found.mean, 2.0);
/// ```
#[must_use]
pub fn surprise<S>(
    ballots: impl IntoIterator<Item = (S, Choice)>,
    probabilities: impl Fn(&S) -> Option<[f64; 3]>,
) -> Surprise<S> {
    let mut found = Vec::new();
    let mut expected = 0.0;
    for (state, choice) in ballots {
        let Some([yes, abstain, no]) = probabilities(&state) else {
            continue;
        };
        let probability = match choice {
            Choice::Yes => yes,
            Choice::Abstain => abstain,
            Choice::No => no,
            Choice::NonVoting | Choice::NotEligible => continue,
        };
        expected += [yes, abstain, no].into_iter().map(entropy).sum::<f64>();
        found.push(BallotSurprise {
            state,
            choice,
            probability,
            bits: -probability.log2(),
        });
    }
    let n = found.len().max(1) as f64;
    let mean = found.iter().map(|ballot| ballot.bits).sum::<f64>() / n;
    found.sort_by(|left, right| right.bits.total_cmp(&left.bits));
    Surprise {
        ballots: found,
        mean,
        expected: expected / n,
    }
}

fn entropy(probability: f64) -> f64 {
    if probability > 0.0 {
        -probability * probability.log2()
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_model_held_impossible_surprises_without_end_and_certainty_not_at_all() {
        let ballots = [("A", Choice::Yes), ("B", Choice::No)];
        let found = surprise(ballots, |_| Some([1.0, 0.0, 0.0]));
        assert_eq!(found.ballots[0].state, "B");
        assert_eq!(found.ballots[0].bits, f64::INFINITY);
        assert_eq!(found.ballots[1].bits, 0.0);
        assert_eq!(found.expected, 0.0);
    }

    #[test]
    fn the_mean_surprise_of_ballots_drawn_from_the_model_is_what_it_expects() {
        // 8 ballots that occur exactly as often as the model says.
        let choices = [
            Choice::Yes,
            Choice::Yes,
            Choice::Yes,
            Choice::Yes,
            Choice::Abstain,
            Choice::Abstain,
            Choice::No,
            Choice::No,
        ];
        let found = surprise((0..8).zip(choices), |_| Some([0.5, 0.25, 0.25]));
        assert!((found.mean - found.expected).abs() < 1e-15);
        assert_eq!(found.expected, 1.5);
    }

    #[test]
    fn no_ballots_are_no_surprise() {
        let found = surprise([("A", Choice::NonVoting)], |_| Some([0.5, 0.0, 0.5]));
        assert_eq!(
            (found.ballots.len(), found.mean, found.expected),
            (0, 0.0, 0.0)
        );
    }
}
