//! Changes to the lists of recorded votes.

use std::sync::Arc;

use plenary_types::{Act, Agreement, Ballots, Choice, Roll, RollEntry};

/// Changes the lists of the decisions of an agreement, ballot by ballot: `change` gets the place on the list, who is there and the
/// choice; `None` takes the ballot out.
///
/// ```
/// use plenary_types::Choice;
///
/// let mut history = plenary_testing::SimulatedHistory::new(7, 50, 1, 1).agreements();
/// plenary_testing::relist(&mut history[0], |place, entry, _| (place < 3).then_some((entry, Choice::Yes)));
/// let (_, decision) = history[0].principal_decision().unwrap();
/// assert_eq!(decision.ballots.as_ref().unwrap().tally().yes, 3);
/// ```
pub fn relist(
    agreement: &mut Agreement,
    change: impl Fn(usize, RollEntry, Choice) -> Option<(RollEntry, Choice)>,
) {
    for act in &mut agreement.acts {
        let Act::Decision(decision) = act else {
            continue;
        };
        let Some(ballots) = &decision.ballots else {
            continue;
        };
        let kept = ballots
            .iter()
            .enumerate()
            .filter_map(|(place, ballot)| change(place, ballot.entry.clone(), ballot.choice));
        let (entries, choices): (Vec<_>, Vec<_>) = kept.unzip();
        let ballots = Ballots::new(Arc::new(Roll::new(entries)), choices);
        debug_assert!(ballots.is_ok(), "every entry comes with its choice");
        decision.ballots = ballots.ok();
    }
}

/// The same votes in a source that has no rows for absent members: its lists are partial.
#[must_use]
pub fn without_absent(mut agreements: Vec<Agreement>) -> Vec<Agreement> {
    for agreement in &mut agreements {
        relist(agreement, |_, entry, choice| {
            (choice != Choice::NonVoting).then_some((entry, choice))
        });
        for act in &mut agreement.acts {
            if let Act::Decision(decision) = act {
                decision.partial = true;
            }
        }
    }
    agreements
}
