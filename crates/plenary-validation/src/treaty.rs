//! The acts of the participants of a treaty, and their order.

mod rests;

use std::collections::BTreeMap;

use plenary_types::{Act, ActionKind, Agreement, Date, Participant, Severity, TreatyAction};

pub(crate) use rests::{each_repeated, each_unfounded};

/// Hands over the acts of each participant for itself, with their places, in order of their dates; acts without one come first.
pub(crate) fn each_participant(
    agreement: &Agreement,
    mut look: impl FnMut(Participant, &[(usize, &TreatyAction)]),
) {
    if !agreement
        .acts
        .iter()
        .any(|act| matches!(act, Act::Action(_)))
    {
        return;
    }
    let mut actions: BTreeMap<Participant, Vec<(usize, &TreatyAction)>> = BTreeMap::new();
    for (at, act) in agreement.acts.iter().enumerate() {
        if let Act::Action(action) = act
            && action.is_own()
        {
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

/// The consent by which a participant is bound, act by act.
#[derive(Default)]
pub(crate) struct Bond {
    holds: Option<ActionKind>,
    /// The consent that a withdrawal ended, and when that took effect.
    ended: Option<(ActionKind, Option<Date>)>,
}

impl Bond {
    /// Takes the next act, in order of the dates; gives the consent that an act of consent finds in place.
    pub(crate) fn take(&mut self, action: &TreatyAction) -> Option<ActionKind> {
        match action.kind {
            ActionKind::Withdrawal => {
                let ended = self.holds.take().map(|kind| (kind, action.effective));
                self.ended = ended.or(self.ended);
            }
            ActionKind::WithdrawalRevoked => self.revoke(action.date),
            ActionKind::Extinction => *self = Self::default(),
            kind if kind.is_consent() => return self.holds.replace(kind),
            _ => {}
        }
        None
    }

    /// Takes a withdrawal back, which has to be done before it takes effect.
    fn revoke(&mut self, date: Option<Date>) {
        let late = |effect: Date| date.is_some_and(|date| effect.certainly_before(date));
        let ended = self.ended.filter(|(_, effect)| !effect.is_some_and(late));
        self.holds = self.holds.or(ended.map(|(kind, _)| kind));
    }

    /// Whether the participant was bound and withdrew.
    pub(crate) const fn has_ended(&self) -> bool {
        self.holds.is_none() && self.ended.is_some()
    }
}

/// What the day is called on which a withdrawal takes effect.
const EFFECT: &str = "effect of the withdrawal";

/// The acts of one participant, with their places.
type Acts<'a> = &'a [(usize, &'a TreatyAction)];

/// What a participant did, or what came of it, and when.
#[derive(Clone, Copy)]
pub(crate) struct Moment {
    pub(crate) what: &'static str,
    pub(crate) date: Date,
    /// The place of the act.
    pub(crate) at: usize,
}

/// Two moments in the life of one participant, of which the later one is dated before the earlier one.
pub(crate) struct Disorder {
    /// What it does too early.
    pub(crate) what: &'static str,
    pub(crate) severity: Severity,
    /// What has to come first.
    pub(crate) before: Moment,
    /// What has to follow.
    pub(crate) after: Moment,
}

impl Disorder {
    fn of(
        what: &'static str,
        severity: Severity,
        before: Option<Moment>,
        after: Option<Moment>,
    ) -> Option<Self> {
        let (before, after) = before.zip(after)?;
        let disorder = after.date.certainly_before(before.date);
        disorder.then_some(Self {
            what,
            severity,
            before,
            after,
        })
    }
}

/// Hands over what a participant certainly did in the wrong order.
pub(crate) fn each_disorder(agreement: &Agreement, mut look: impl FnMut(Participant, &Disorder)) {
    each_participant(agreement, |participant, actions| {
        let orders = [consent(actions), withdrawal(actions)];
        let effects = actions.iter().map(|act| effect(act, actions));
        let endings = [
            revocation(actions),
            late_revocation(actions),
            provisional_end(actions),
            resumption(actions),
        ];
        let disorders = orders.into_iter().chain(effects).chain(endings);
        for disorder in disorders.flatten() {
            look(participant, &disorder);
        }
    });
}

/// Consent that confirms a signature, before the signature. A participant that withdrew in between may have come back.
fn consent(actions: Acts<'_>) -> Option<Disorder> {
    let subject_to_consent = |kind: ActionKind| kind.is_signature() && !kind.is_consent();
    let signature = first(actions, subject_to_consent, soonest);
    let consent = first(actions, confirms, |action| action.date);
    let withdrew = |(signature, consent): (Moment, Moment)| {
        let between = |date| consent.date <= date && date <= signature.date;
        let withdrawals = actions.iter().filter(|(_, a)| is_withdrawal(a.kind));
        withdrawals.filter_map(|(_, a)| a.date).any(between)
    };
    let back = signature.zip(consent).is_some_and(withdrew);
    let consent = consent.filter(|_| !back);
    Disorder::of(
        "consents before it signs",
        Severity::Error,
        signature,
        consent,
    )
}

fn withdrawal(actions: Acts<'_>) -> Option<Disorder> {
    let notice = first(actions, is_withdrawal, |action| action.date);
    let what = "withdraws before it consents";
    Disorder::of(what, Severity::Error, first_bond(actions), notice)
}

/// A withdrawal that takes effect before the consent, or else before its own notice; unlike the first, the parties may agree
/// to the second.
fn effect((at, action): &(usize, &TreatyAction), actions: Acts<'_>) -> Option<Disorder> {
    if !is_withdrawal(action.kind) {
        return None;
    }
    let moment = |what, date| Moment {
        what,
        date,
        at: *at,
    };
    let effect = moment(EFFECT, action.effective?);
    let notice = action.date.map(|date| moment("withdrawal", date));
    let early = |bond: Moment| notice.is_some_and(|n| n.date.certainly_before(bond.date));
    let bond = first_bond(actions).filter(|bond| !early(*bond));
    let what = "withdraws with effect before it consents";
    let before_consent = Disorder::of(what, Severity::Error, bond, Some(effect));
    before_consent.or_else(|| {
        let what = "withdraws with effect before its notice";
        Disorder::of(what, Severity::Warning, notice, Some(effect))
    })
}

fn revocation(actions: Acts<'_>) -> Option<Disorder> {
    let withdrawal = first(actions, is_withdrawal, |action| action.date);
    let revocation = first(actions, is_revocation, |action| action.date);
    let what = "revokes a withdrawal before it withdraws";
    Disorder::of(what, Severity::Error, withdrawal, revocation)
}

/// A revocation when every withdrawal has taken effect, after which there is nothing left to revoke.
fn late_revocation(actions: Acts<'_>) -> Option<Disorder> {
    let revocation = first(actions, is_revocation, |action| action.date);
    let effects = moments(actions, is_withdrawal, |action| action.effective)?;
    let last = effects.into_iter().max_by_key(|effect| effect.date);
    let last = last.map(|effect| Moment {
        what: EFFECT,
        ..effect
    });
    let what = "revokes a withdrawal that has taken effect";
    Disorder::of(what, Severity::Warning, revocation, last)
}

/// The first end of a suspension before the first beginning. An earlier suspension may not be on record.
fn resumption(actions: Acts<'_>) -> Option<Disorder> {
    let begins = |kind| kind == ActionKind::Suspension;
    let ends = |kind| kind == ActionKind::Resumption;
    let resumption = first(actions, ends, latest);
    let what = "ends a suspension before it begins";
    let suspension = first(actions, begins, soonest);
    Disorder::of(what, Severity::Warning, suspension, resumption)
}

/// The last end of provisional application before the first beginning. A notice that the treaty will not be applied
/// provisionally is recorded as such an end, and a participant may change its mind.
fn provisional_end(actions: Acts<'_>) -> Option<Disorder> {
    let begins = |kind| kind == ActionKind::ProvisionalApplication;
    let ends = |kind| kind == ActionKind::EndOfProvisionalApplication;
    let last = moments(actions, ends, latest);
    let last = last?.into_iter().max_by_key(|moment| moment.date);
    let what = "ends provisional application before it begins it";
    Disorder::of(what, Severity::Note, first(actions, begins, soonest), last)
}

/// The first act that can bind, so that there is something to withdraw from.
fn first_bond(actions: Acts<'_>) -> Option<Moment> {
    first(actions, binds, |action| action.date)
}

fn first(
    actions: Acts<'_>,
    wanted: impl Fn(ActionKind) -> bool,
    when: impl Fn(&TreatyAction) -> Option<Date>,
) -> Option<Moment> {
    let moments = moments(actions, wanted, when)?;
    moments.into_iter().min_by_key(|moment| moment.date)
}

/// When the acts of a kind were done; nothing where one has no date, which may be any.
fn moments(
    actions: Acts<'_>,
    wanted: impl Fn(ActionKind) -> bool,
    when: impl Fn(&TreatyAction) -> Option<Date>,
) -> Option<Vec<Moment>> {
    let acts = actions.iter().filter(|(_, action)| wanted(action.kind));
    let moment = |(at, action): &(usize, &TreatyAction)| {
        Some(Moment {
            what: noun(action.kind),
            date: when(action)?,
            at: *at,
        })
    };
    acts.map(moment).collect()
}

/// What an act is called in a sentence.
pub(crate) const fn noun(kind: ActionKind) -> &'static str {
    match kind {
        ActionKind::SignatureAdReferendum => "signature ad referendum",
        ActionKind::SuccessionToSignature => "succession to signature",
        ActionKind::DefinitiveSignature => "definitive signature",
        ActionKind::FormalConfirmation => "formal confirmation",
        ActionKind::ConsentToBeBound => "consent to be bound",
        ActionKind::SimplifiedProcedure => "simplified procedure",
        ActionKind::ProvisionalApplication => "provisional application",
        ActionKind::EndOfProvisionalApplication => "end of provisional application",
        ActionKind::WithdrawalRevoked => "revocation",
        kind => kind.as_str(),
    }
}

/// The day of an act or that of its effect, whichever comes first: a succession counts from that of the State.
fn soonest(action: &TreatyAction) -> Option<Date> {
    let effect = action.effective.or(action.date);
    action.date.min(effect)
}

/// The day of an act or that of its effect, whichever comes last.
fn latest(action: &TreatyAction) -> Option<Date> {
    action.date.max(action.effective)
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
        Act::Action(action) if action.kind.is_consent() && action.is_own() => {
            Some((at, action.date))
        }
        _ => None,
    });
    let dated: Option<Vec<_>> = consents.map(|(at, date)| Some((date?, at))).collect();
    let (date, at) = dated?.into_iter().min()?;
    Some((at, date))
}

fn is_withdrawal(kind: ActionKind) -> bool {
    kind == ActionKind::Withdrawal
}

fn is_revocation(kind: ActionKind) -> bool {
    kind == ActionKind::WithdrawalRevoked
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
