//! [`ParticipantHistory`]: what one participant's acts come to, before one asks whether the treaty is in force.

use chrono::NaiveDate;
use plenary_types::{ActionKind, Date, Participant, StateCode, TreatyAction};

use crate::practice::{Inheritance, end_of_author, is_counted};
use crate::treaty::{Notice, Treaty};

/// Which of the days an act can have been done on is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Consents as late, and their ends as early as the source allows: whoever is bound so is certainly bound.
    Fewest,
    /// Consents as early, and their ends as late as the source allows: whoever is not bound so is certainly not.
    Most,
}

impl Reading {
    /// The day of an act that binds.
    fn begins(self, date: Date) -> NaiveDate {
        match self {
            Self::Fewest => date.latest(),
            Self::Most => date.earliest(),
        }
    }

    /// The day of an act that ends something.
    fn ends(self, date: Date) -> NaiveDate {
        match self {
            Self::Fewest => date.earliest(),
            Self::Most => date.latest(),
        }
    }
}

/// The acts of one participant, as spans of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ParticipantHistory {
    pub(crate) signed: Option<NaiveDate>,
    pub(crate) consents: Vec<Consent>,
    pub(crate) provisional: Vec<Stretch>,
    pub(crate) suspended: Vec<Stretch>,
    /// Notices of withdrawal that did not, or not certainly, end a consent.
    pub(crate) notices: Vec<OpenNotice>,
    /// The days on which the state that acted ended: one, unless another took its code.
    ends: Vec<NaiveDate>,
    /// An end that is on record as an act.
    extinct: Option<NaiveDate>,
}

/// A consent to be bound, from the act to the day on which it no longer binds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Consent {
    /// The day of the deposit, or of the notification of a succession.
    pub(crate) given: NaiveDate,
    /// The same, no more precise than the source.
    pub(crate) stated: Date,
    /// The first day from which it can bind: that of the deposit, or the date of succession.
    pub(crate) from: NaiveDate,
    pub(crate) kind: ActionKind,
    /// The day from which it counts, where the source says so.
    pub(crate) effective: Option<NaiveDate>,
    /// The day on which a withdrawal ended it.
    pub(crate) ends: Option<NaiveDate>,
    /// The day from which a withdrawal takes it out of a count.
    counted_until: Option<NaiveDate>,
    /// The day on which its author ended. The instrument still counts.
    gone: Option<NaiveDate>,
    /// Whether it counts as an instrument.
    counts: bool,
    /// Withdrawn, on a day that the source does not give.
    pub(crate) ends_unknown: bool,
    /// What a succession continues.
    pub(crate) inherited: Option<Inherited>,
}

/// What is known of a succession.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Inherited {
    pub(crate) predecessors: Vec<StateCode>,
    /// Those of them that were states of their own, not codes under which an instrument may be found.
    pub(crate) named: Vec<StateCode>,
    /// The date of effect, no more precise than the source.
    pub(crate) effective: Option<Date>,
    pub(crate) newly_independent: bool,
    pub(crate) from_depositary: bool,
}

/// A notice of withdrawal that did not, or not certainly, end a consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OpenNotice {
    pub(crate) notice: Date,
    /// The treaty admits no withdrawal; otherwise nothing says how long the notice runs.
    pub(crate) not_admitted: bool,
    /// The day of effect that the source states all the same.
    pub(crate) stated: Option<Date>,
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
    /// Whether it binds on a day, if the treaty is in force.
    pub(crate) fn holds_on(&self, day: NaiveDate) -> bool {
        let before = |end: Option<NaiveDate>| end.is_none_or(|end| day < end);
        self.from <= day && before(self.ends) && before(self.gone)
    }

    /// Whether it is one of the instruments that the clause counts. That its author has ended since does not matter.
    fn is_counted_on(&self, day: NaiveDate) -> bool {
        let withdrawn = self.counted_until.is_some_and(|end| end <= day);
        self.counts && self.given <= day && !withdrawn
    }

    /// The day until which the operation is suspended because the successor had not notified.
    pub(crate) fn is_suspended_on(&self, day: NaiveDate) -> bool {
        let waits = self.inherited.as_ref().is_some_and(|i| i.newly_independent);
        waits && day < self.given
    }
}

/// The last day of which the source tells.
fn told_until(treaty: &Treaty) -> Option<NaiveDate> {
    let dates = treaty.actions.iter().filter_map(|action| action.date);
    treaty.told_until.or(dates.map(Date::latest).max())
}

impl ParticipantHistory {
    pub(crate) fn new(treaty: &Treaty, code: Participant, reading: Reading) -> Self {
        let mut acts: Vec<&TreatyAction> = treaty
            .actions
            .iter()
            .filter(|action| action.participant == code && action.is_own())
            .collect();
        acts.sort_by_key(|action| (action.date.is_none(), action.date));
        let mut history = Self::default();
        for (index, action) in acts.iter().enumerate() {
            let later = acts.get(index + 1..).unwrap_or_default();
            history.take(action, later, treaty, reading);
        }
        history.close(code);
        history
    }

    fn take(
        &mut self,
        action: &TreatyAction,
        later: &[&TreatyAction],
        treaty: &Treaty,
        reading: Reading,
    ) {
        let joins = action.kind.is_consent() || action.kind.is_signature();
        let undated = || Date::between(None, told_until(treaty).map(Date::day)).ok();
        let Some(date) = action.date.or_else(|| undated().filter(|_| joins)) else {
            return self.take_undated(action, treaty, reading);
        };
        let day = reading.begins(date);
        let effect = action.effective.map_or(day, |date| reading.begins(date));
        match action.kind {
            ActionKind::Withdrawal => self.withdraw(action, date, later, treaty, reading),
            ActionKind::Extinction => self.extinct = self.extinct.or(Some(effect)),
            ActionKind::ProvisionalApplication => open(&mut self.provisional, effect),
            ActionKind::EndOfProvisionalApplication => end(&mut self.provisional, effect),
            ActionKind::Suspension => open(&mut self.suspended, effect),
            ActionKind::Resumption => end(&mut self.suspended, effect),
            kind if kind.is_consent() => self.consent(action, date, treaty, reading),
            kind if kind.is_signature() => self.signed = self.signed.or(Some(day)),
            _ => {}
        }
    }

    /// Withdrawn on a day that the source does not give: certainly by the last day of which it tells.
    fn take_undated(&mut self, action: &TreatyAction, treaty: &Treaty, reading: Reading) {
        if action.kind == ActionKind::Withdrawal
            && let Some(last) = self.consents.last_mut()
        {
            let after = told_until(treaty)
                .map_or(last.given, |told| told.max(last.given))
                .succ_opt();
            last.ends_unknown = true;
            last.counted_until = last.counted_until.or(after);
            last.ends = last.ends.or(match reading {
                Reading::Fewest => Some(last.from),
                Reading::Most => after,
            });
        }
    }

    fn consent(&mut self, action: &TreatyAction, stated: Date, treaty: &Treaty, reading: Reading) {
        let given = reading.begins(stated);
        let code = action.participant;
        if action.kind.is_signature() {
            self.signed = self.signed.or(Some(given));
        }
        let gone = end_of_author(code, given);
        if gone.is_some_and(|gone| gone <= given) {
            self.ends.extend(gone);
            return;
        }
        let holds = |last: &Consent| last.holds_on(given);
        if self.consents.last().is_some_and(holds) {
            return;
        }
        let effective = action.effective.map(|date| reading.begins(date));
        let inheritance = (action.kind == ActionKind::Succession)
            .then(|| Some(Inheritance::new(treaty.depositary(), code.code()?, given)))
            .flatten();
        let date = inheritance.as_ref().and_then(|i| effective.or(i.date));
        let stands = |i: &Inheritance| {
            let acted = |code: &StateCode| treaty.has_consent((*code).into());
            i.predecessors.iter().any(acted)
        };
        let second =
            inheritance.as_ref().is_some_and(stands) && !is_counted(treaty.id.as_deref(), code);
        self.consents.push(Consent {
            given,
            stated,
            from: date.unwrap_or(given),
            kind: action.kind,
            effective,
            ends: None,
            counted_until: None,
            gone,
            counts: !second,
            ends_unknown: false,
            inherited: inheritance.map(|i| Inherited {
                predecessors: i.predecessors,
                named: i.named,
                effective: action.effective.or(i.date.map(Date::day)),
                newly_independent: i.newly_independent,
                from_depositary: i.from_depositary && action.effective.is_none(),
            }),
        });
    }

    /// A withdrawal takes effect at the end of its notice, unless it is taken back before (Art. 68).
    fn withdraw(
        &mut self,
        action: &TreatyAction,
        date: Date,
        later: &[&TreatyAction],
        treaty: &Treaty,
        reading: Reading,
    ) {
        let notice = reading.ends(date);
        let stated = action.effective.map(|date| reading.ends(date));
        let revoked = |end: Option<NaiveDate>| {
            later.iter().any(|act| {
                let in_time = |date: Date| end.is_none_or(|end| reading.begins(date) < end);
                act.kind == ActionKind::WithdrawalRevoked && act.date.is_some_and(in_time)
            })
        };
        let Some(last) = self
            .consents
            .last_mut()
            .filter(|last| last.ends.is_none() || last.ends_unknown)
        else {
            return;
        };
        let open = |not_admitted| OpenNotice {
            notice: date,
            not_admitted,
            stated: action.effective,
        };
        let end = match (treaty.notice, stated) {
            (Some(Notice::None), stated) if !treaty.is_on_record(action) => {
                if !revoked(stated) {
                    self.notices.push(open(true));
                }
                return;
            }
            (_, Some(stated)) => Some(stated),
            (Some(Notice::After(delay)), None) => delay.after(notice),
            (_, None) => None,
        };
        if revoked(end) {
            return;
        }
        match end {
            Some(end) => {
                last.ends = Some(end.max(last.from));
                last.counted_until = Some(end.max(last.given));
            }
            None => {
                self.notices.push(open(false));
                if reading == Reading::Fewest {
                    last.ends = Some(notice.max(last.from));
                    last.counted_until = Some(notice.max(last.given));
                }
            }
        }
        last.ends_unknown = false;
    }

    /// A state that has ended is no party any more; what it deposited stays deposited.
    fn close(&mut self, code: Participant) {
        if let Some(extinct) = self.extinct {
            self.consents.retain(|consent| consent.given < extinct);
            for consent in &mut self.consents {
                consent.gone = Some(consent.gone.map_or(extinct, |gone| gone.min(extinct)));
            }
            self.signed = self.signed.filter(|signed| *signed < extinct);
        }
        let extinct = self.extinct;
        let end_of = |day: NaiveDate| {
            [extinct, end_of_author(code, day)]
                .into_iter()
                .flatten()
                .min()
        };
        for stretches in [&mut self.provisional, &mut self.suspended] {
            for stretch in stretches.iter_mut() {
                if let Some(end) = end_of(stretch.from) {
                    stretch.to = Some(stretch.to.map_or(end, |to| to.min(end)));
                }
            }
            stretches.retain(|stretch| stretch.to.is_none_or(|to| stretch.from < to));
        }
        let starts = self.consents.iter().map(|consent| consent.given);
        let starts = starts.chain(self.signed);
        let starts = starts.chain(self.provisional.iter().map(|stretch| stretch.from));
        let ends: Vec<_> = starts.filter_map(end_of).chain(extinct).collect();
        self.ends.extend(ends);
        self.ends.sort_unstable();
        self.ends.dedup();
    }

    /// Whether the state that acted has ended by a day, and no other has acted under its code since.
    pub(crate) fn is_extinct_on(&self, day: NaiveDate) -> bool {
        let Some(end) = self.ends.iter().copied().filter(|end| *end <= day).max() else {
            return false;
        };
        let since = |from: NaiveDate| end <= from && from <= day;
        let acted = self.consents.iter().any(|consent| since(consent.from))
            || self.signed.is_some_and(since)
            || self.provisional.iter().any(|stretch| since(stretch.from));
        !acted
    }

    /// Whether the end of the state that signed has come by a day.
    pub(crate) fn signatory_is_gone_on(&self, day: NaiveDate) -> bool {
        let since = |signed: NaiveDate| self.ends.iter().any(|end| signed < *end && *end <= day);
        self.signed.is_some_and(since)
    }

    /// The consent that holds on a day.
    pub(crate) fn consent_on(&self, day: NaiveDate) -> Option<&Consent> {
        self.consents.iter().find(|consent| consent.holds_on(day))
    }

    /// The instrument that counts on a day.
    pub(crate) fn instrument_on(&self, day: NaiveDate) -> Option<&Consent> {
        let mut consents = self.consents.iter();
        consents.find(|consent| consent.is_counted_on(day))
    }

    pub(crate) fn is_provisional_on(&self, day: NaiveDate) -> bool {
        self.provisional.iter().any(|stretch| stretch.contains(day))
    }

    pub(crate) fn is_suspended_on(&self, day: NaiveDate) -> bool {
        self.suspended.iter().any(|stretch| stretch.contains(day))
    }

    /// The days on which the count can change.
    pub(crate) fn counting_days(&self) -> impl Iterator<Item = NaiveDate> + '_ {
        let consents = self.consents.iter();
        consents
            .flat_map(|c| [Some(c.given), c.counted_until])
            .flatten()
    }

    /// Every day on which something changes.
    pub(crate) fn turns(&self) -> impl Iterator<Item = NaiveDate> + '_ {
        let consents = self
            .consents
            .iter()
            .flat_map(|c| [Some(c.given), Some(c.from), c.ends, c.counted_until]);
        let stretches = self
            .provisional
            .iter()
            .chain(&self.suspended)
            .flat_map(|s| [Some(s.from), s.to]);
        consents
            .chain(stretches)
            .chain([self.signed])
            .flatten()
            .chain(self.ends.iter().copied())
    }

    /// The days on which acts were done, not those of their effect.
    pub(crate) fn acted(&self) -> impl Iterator<Item = NaiveDate> + '_ {
        let consents = self.consents.iter().map(|consent| consent.given);
        let provisional = self.provisional.iter().map(|stretch| stretch.from);
        consents.chain(provisional).chain(self.signed)
    }
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
