//! The acts of each participant of a treaty.

use std::collections::BTreeMap;

use plenary_types::{Act, Agreement, StateCode, TreatyAction};

/// Hands over the acts of each participant, with their places, in order of their dates; acts without one come first.
pub(crate) fn each_participant(
    agreement: &Agreement,
    mut look: impl FnMut(StateCode, &[(usize, &TreatyAction)]),
) {
    if !agreement
        .acts
        .iter()
        .any(|act| matches!(act, Act::Action(_)))
    {
        return;
    }
    let mut actions: BTreeMap<StateCode, Vec<(usize, &TreatyAction)>> = BTreeMap::new();
    for (at, act) in agreement.acts.iter().enumerate() {
        if let Act::Action(action) = act {
            actions
                .entry(action.participant)
                .or_default()
                .push((at, action));
        }
    }
    for (participant, mut actions) in actions {
        actions.sort_by_key(|(_, action)| action.date);
        look(participant, &actions);
    }
}
