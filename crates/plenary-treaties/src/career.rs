//! [`Career`]: what one participant's acts come to, before one asks whether the treaty is in force.

use chrono::NaiveDate;
use plenary_types::{ActionKind, Date, StateCode, TreatyAction};

use crate::Treaty;

/// The acts of one participant, as spans of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Career {
    pub(crate) signed: Option<NaiveDate>,
    pub(crate) consents: Vec<Consent>,
    pub(crate) provisional: Vec<Stretch>,
    pub(crate) suspended: Vec<Stretch>,
    pub(crate) extinct: Option<NaiveDate>,
}

/// A consent to be bound, from the act to the day on which it no longer binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Consent {
    pub(crate) given: NaiveDate,
    pub(crate) kind: ActionKind,
    /// The day from which it counts, where the source says so.
    pub(crate) effective: Option<NaiveDate>,
    pub(crate) ends: Option<NaiveDate>,
    /// Withdrawn, on a day that the source does not give.
    pub(crate) ends_unknown: bool,
    /// The notice of the withdrawal, where nothing says how long after it the end comes.
    pub(crate) assumed_after: Option<NaiveDate>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) from: NaiveDate,
    pub(crate) to: Option<NaiveDate>,
}

impl Stretch {
    pub(crate) fn contains(self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }
}

impl Consent {
    pub(crate) fn holds_on(self, day: NaiveDate) -> bool {
        self.given <= day && self.ends.is_none_or(|end| day < end)
    }
}

impl Career {
    pub(crate) fn of(treaty: &Treaty, code: StateCode) -> Self {
        let mut acts: Vec<&TreatyAction> = treaty
            .actions
            .iter()
            .filter(|action| action.participant == code)
            .collect();
        acts.sort_by_key(|action| (action.date.is_none(), action.date.map(known)));
        let mut career = Self::default();
        for (index, action) in acts.iter().enumerate() {
            career.take(action, acts.get(index + 1..).unwrap_or_default(), treaty);
        }
        career.close();
        career
    }

    fn take(&mut self, action: &TreatyAction, later: &[&TreatyAction], treaty: &Treaty) {
        let Some(day) = action.date.map(known) else {
            return self.take_undated(action, treaty);
        };
        match action.kind {
            ActionKind::Withdrawal => self.withdraw(action, day, later, treaty),
            ActionKind::Extinction => self.extinct = self.extinct.or(Some(effect(action, day))),
            ActionKind::ProvisionalApplication => open(&mut self.provisional, effect(action, day)),
            ActionKind::EndOfProvisionalApplication => {
                end(&mut self.provisional, effect(action, day))
            }
            ActionKind::Suspension => open(&mut self.suspended, effect(action, day)),
            ActionKind::Resumption => end(&mut self.suspended, effect(action, day)),
            kind if kind.is_consent() => self.consent(action, kind, day),
            kind if kind.is_signature() => self.signed = self.signed.or(Some(day)),
            _ => {}
        }
    }

    /// Withdrawn on a day that the source does not give: certainly by the last day of which it tells.
    fn take_undated(&mut self, action: &TreatyAction, treaty: &Treaty) {
        if action.kind == ActionKind::Withdrawal
            && let Some(last) = self.consents.last_mut()
        {
            let told = treaty
                .actions
                .iter()
                .filter_map(|action| action.date.map(known))
                .max();
            let after = told
                .map_or(last.given, |told| told.max(last.given))
                .succ_opt();
            last.ends_unknown = true;
            last.ends = last.ends.or(after);
        }
    }

    fn consent(&mut self, action: &TreatyAction, kind: ActionKind, given: NaiveDate) {
        if kind.is_signature() {
            self.signed = self.signed.or(Some(given));
        }
        if self
            .consents
            .last()
            .is_some_and(|last| last.holds_on(given))
        {
            return;
        }
        let effective = action.effective.map(known);
        self.consents.push(Consent {
            given,
            kind,
            effective,
            ends: None,
            ends_unknown: false,
            assumed_after: None,
        });
    }

    /// A withdrawal takes effect at the end of its notice, unless it is taken back before (Art. 68).
    fn withdraw(
        &mut self,
        action: &TreatyAction,
        notice: NaiveDate,
        later: &[&TreatyAction],
        treaty: &Treaty,
    ) {
        let stated = action.effective.map(known);
        let Some(end) = stated.or_else(|| treaty.notice().after(notice)) else {
            return;
        };
        let revoked = later.iter().any(|act| {
            act.kind == ActionKind::WithdrawalRevoked
                && act.date.is_some_and(|date| known(date) < end)
        });
        if let Some(last) = self
            .consents
            .last_mut()
            .filter(|last| last.ends.is_none() && !revoked)
        {
            last.ends = Some(end.max(last.given));
            let assumed = stated.is_none() && treaty.notice.is_none();
            last.assumed_after = assumed.then_some(notice);
        }
    }

    /// Nothing outlives its participant.
    fn close(&mut self) {
        let Some(extinct) = self.extinct else { return };
        self.consents.retain(|consent| consent.given < extinct);
        for consent in &mut self.consents {
            let end = consent.ends.filter(|end| *end < extinct);
            consent.assumed_after = consent.assumed_after.filter(|_| end.is_some());
            consent.ends = end.or(Some(extinct));
        }
        for stretches in [&mut self.provisional, &mut self.suspended] {
            stretches.retain(|stretch| stretch.from < extinct);
            for stretch in stretches {
                stretch.to = Some(stretch.to.map_or(extinct, |to| to.min(extinct)));
            }
        }
        self.signed = self.signed.filter(|signed| *signed < extinct);
    }

    /// The consent that holds on a day.
    pub(crate) fn consent_on(&self, day: NaiveDate) -> Option<Consent> {
        self.consents
            .iter()
            .copied()
            .find(|consent| consent.holds_on(day))
    }

    pub(crate) fn is_provisional_on(&self, day: NaiveDate) -> bool {
        self.provisional.iter().any(|stretch| stretch.contains(day))
    }

    pub(crate) fn is_suspended_on(&self, day: NaiveDate) -> bool {
        self.suspended.iter().any(|stretch| stretch.contains(day))
    }

    /// Every day on which something changes.
    pub(crate) fn turns(&self) -> impl Iterator<Item = NaiveDate> + '_ {
        let consents = self.consents.iter().flat_map(|c| [Some(c.given), c.ends]);
        let stretches = self
            .provisional
            .iter()
            .chain(&self.suspended)
            .flat_map(|s| [Some(s.from), s.to]);
        consents
            .chain(stretches)
            .chain([self.signed, self.extinct])
            .flatten()
    }
}

/// An imprecise date counts from its last possible day: nobody is bound before it is certain.
fn known(date: Date) -> NaiveDate {
    date.latest()
}

fn effect(action: &TreatyAction, day: NaiveDate) -> NaiveDate {
    action.effective.map_or(day, known)
}

fn open(stretches: &mut Vec<Stretch>, from: NaiveDate) {
    if stretches.last().is_none_or(|last| last.to.is_some()) {
        stretches.push(Stretch { from, to: None });
    }
}

fn end(stretches: &mut [Stretch], to: NaiveDate) {
    if let Some(last) = stretches.last_mut().filter(|last| last.to.is_none()) {
        last.to = Some(to.max(last.from));
    }
}
