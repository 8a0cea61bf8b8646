//! Acts that rest on another one: a withdrawal on a consent, a revocation on a withdrawal, the end of a suspension on its start.

use plenary_types::{ActionKind, Agreement, Date, Participant, TreatyAction};

use super::{binds, each_participant, is_revocation, is_withdrawal};

/// A kind of act that rests on another one, and what to say where that is not on record.
pub(crate) struct Rests {
    kind: ActionKind,
    ground: fn(ActionKind) -> bool,
    /// What a participant does without the other act.
    pub(crate) what: &'static str,
    /// What has to be on record before it.
    pub(crate) expected: &'static str,
    /// What to ask.
    pub(crate) help: &'static str,
}

const RESTS: [Rests; 3] = [
    Rests {
        kind: ActionKind::Withdrawal,
        ground: binds,
        what: "withdraws without having consented",
        expected: "a consent before its withdrawal",
        help: "is the consent missing, or is it under the name of a predecessor?",
    },
    Rests {
        kind: ActionKind::WithdrawalRevoked,
        ground: is_withdrawal,
        what: "revokes a withdrawal that is not on record",
        expected: "a withdrawal before its revocation",
        help: "is the withdrawal missing, or was it another one that was revoked?",
    },
    Rests {
        kind: ActionKind::Resumption,
        ground: |kind| matches!(kind, ActionKind::Suspension),
        what: "ends a suspension that is not on record",
        expected: "a suspension before its end",
        help: "is the suspension missing, or is the act another one?",
    },
];

/// Hands over the first act of each kind of which a participant has none that it could rest on.
pub(crate) fn each_unfounded(
    agreement: &Agreement,
    mut look: impl FnMut(Participant, &Rests, usize, &TreatyAction),
) {
    each_participant(agreement, |participant, actions| {
        for rests in &RESTS {
            let founded = actions.iter().any(|(_, a)| (rests.ground)(a.kind));
            let first = actions.iter().find(|(_, a)| a.kind == rests.kind);
            if let (false, Some((at, action))) = (founded, first) {
                look(participant, rests, *at, action);
            }
        }
    });
}

/// A kind of act that cannot be done twice with nothing in between.
pub(crate) struct Repeats {
    /// What is done.
    pub(crate) kind: ActionKind,
    between: fn(ActionKind) -> bool,
    /// The same of a participant, in words.
    pub(crate) what: &'static str,
    /// What has to be on record between the two.
    pub(crate) expected: &'static str,
}

const REPEATS: [Repeats; 2] = [
    Repeats {
        kind: ActionKind::Withdrawal,
        between: |kind| binds(kind) || is_revocation(kind),
        what: "withdraws twice",
        expected: "a consent or a revocation",
    },
    Repeats {
        kind: ActionKind::WithdrawalRevoked,
        between: is_withdrawal,
        what: "revokes a withdrawal twice",
        expected: "a withdrawal",
    },
];

/// Hands over each act that repeats the one before it, with the dates of both, where nothing on record can have been done
/// in between.
pub(crate) fn each_repeated(
    agreement: &Agreement,
    mut look: impl FnMut(Participant, &Repeats, usize, [Date; 2]),
) {
    each_participant(agreement, |participant, actions| {
        for repeats in &REPEATS {
            let alike = actions.iter().filter(|(_, a)| a.kind == repeats.kind);
            let alike: Vec<_> = alike.filter_map(|(at, a)| Some((*at, a.date?))).collect();
            for (&(_, first), &(at, second)) in alike.iter().zip(alike.iter().skip(1)) {
                let mut others = actions.iter().filter(|(_, a)| (repeats.between)(a.kind));
                if others.all(|(_, other)| is_apart(other.date, [first, second])) {
                    look(participant, repeats, at, [first, second]);
                }
            }
        }
    });
}

/// Whether an act was certainly done before two days, or after them; one without a date may have been done in between.
fn is_apart(date: Option<Date>, days: [Date; 2]) -> bool {
    date.is_some_and(|date| {
        let before = days.iter().all(|day| date.certainly_before(*day));
        before || days.iter().all(|day| day.certainly_before(date))
    })
}
