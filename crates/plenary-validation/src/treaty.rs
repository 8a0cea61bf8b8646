//! The acts of the participants of a treaty, and their order.

use std::collections::BTreeMap;

use plenary_types::{Act, ActionKind, Agreement, Date, StateCode, TreatyAction};

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

/// Two acts of one participant of which the later one is dated before the earlier one.
pub(crate) struct Disorder {
    pub(crate) participant: StateCode,
    /// What it does too early.
    pub(crate) what: &'static str,
    /// The act that has to come first.
    pub(crate) before: (ActionKind, Date),
    /// The act that has to follow, and its place.
    pub(crate) after: (ActionKind, Date),
    pub(crate) at: usize,
}

/// Hands over each pair of acts of one participant that is certainly in the wrong order: consent that confirms a
/// signature before the signature, withdrawal before any consent.
pub(crate) fn each_disorder(agreement: &Agreement, mut look: impl FnMut(&Disorder)) {
    each_participant(agreement, |participant, actions| {
        let first = |wanted: fn(ActionKind) -> bool| {
            actions
                .iter()
                .filter(|(_, action)| wanted(action.kind))
                .min_by_key(|(_, action)| action.date)
        };
        let signature = first(|kind| kind == ActionKind::Signature);
        let consent = first(confirms);
        let withdrawal = first(|kind| kind == ActionKind::Withdrawal);
        let any_consent = first(ActionKind::is_consent);
        let pairs = [
            (signature, consent, "consents before it signs"),
            (any_consent, withdrawal, "withdraws before it consents"),
        ];
        for (earlier, later, what) in pairs {
            let dated = |act: Option<&(usize, &TreatyAction)>| {
                let (at, action) = act?;
                Some((*at, action.kind, action.date?))
            };
            let (Some((_, first, before)), Some((at, second, after))) =
                (dated(earlier), dated(later))
            else {
                continue;
            };
            if after.certainly_before(before) {
                look(&Disorder {
                    participant,
                    what,
                    before: (first, before),
                    after: (second, after),
                    at,
                });
            }
        }
    });
}

/// Consent that confirms a signature: accession and succession need none.
const fn confirms(kind: ActionKind) -> bool {
    matches!(
        kind,
        ActionKind::Ratification | ActionKind::Acceptance | ActionKind::Approval
    )
}

/// The place and date of the first consent; nothing where a consent has no date, which may be the first.
pub(crate) fn first_consent(agreement: &Agreement) -> Option<(usize, Date)> {
    let consents = agreement.acts.iter().enumerate();
    let consents = consents.filter_map(|(at, act)| match act {
        Act::Action(action) if action.kind.is_consent() => Some((at, action.date)),
        _ => None,
    });
    let dated: Option<Vec<_>> = consents.map(|(at, date)| Some((date?, at))).collect();
    let (date, at) = dated?.into_iter().min()?;
    Some((at, date))
}

/// Hands over each withdrawal of a participant of which no consent is on record.
pub(crate) fn each_withdrawal_without_consent(
    agreement: &Agreement,
    mut look: impl FnMut(StateCode, usize, &TreatyAction),
) {
    each_participant(agreement, |participant, actions| {
        if actions.iter().any(|(_, action)| binds(action.kind)) {
            return;
        }
        let withdrawal =
            |(_, action): &&(usize, &TreatyAction)| action.kind == ActionKind::Withdrawal;
        if let Some((at, action)) = actions.iter().find(withdrawal) {
            look(participant, *at, action);
        }
    });
}

/// Whether an act can bind, so that there is something to withdraw from.
const fn binds(kind: ActionKind) -> bool {
    kind.is_consent()
        || matches!(
            kind,
            ActionKind::Participation
                | ActionKind::ProvisionalApplication
                | ActionKind::Extension
                | ActionKind::Notification
        )
}
