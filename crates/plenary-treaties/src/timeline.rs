//! [`Timeline`]: a treaty day by day.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use plenary_bodies::Roster;
use plenary_decisions::requirement::{Base, Comparison, GroupRef, Measure, Quantity};
use plenary_decisions::{Clause, Evaluation, Requirement, Standing, Verdict, evaluate, verdict};
use plenary_types::{ActionKind, Choice, Date, Participant, StateCode};
use serde::Serialize;

use crate::Treaty;
use crate::history::{Consent, ParticipantHistory, Reading};
use crate::practice::{self, Trace, Vanished};

/// What a participant is to a treaty on a day. Exactly one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Status {
    /// It has done nothing.
    None,
    /// It has signed, and not yet consented.
    Signatory,
    /// It applies the treaty provisionally (Art. 25).
    Provisional,
    /// It has consented to be bound; the treaty is not in force for it (Art. 2(1)(f)).
    Contracting,
    /// It has consented to be bound; nothing says whether the treaty is in force.
    Consented,
    /// The treaty is in force for it (Art. 2(1)(g)).
    Party,
    /// It is a party for which the operation of the treaty is suspended.
    Suspended,
    /// It was bound and no longer is.
    Withdrawn,
    /// It no longer exists.
    Extinct,
    /// Whether it is bound on that day cannot be told from what is known.
    Undetermined,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 10] = [
        Self::None,
        Self::Signatory,
        Self::Provisional,
        Self::Contracting,
        Self::Consented,
        Self::Party,
        Self::Suspended,
        Self::Withdrawn,
        Self::Extinct,
        Self::Undetermined,
    ];

    /// The word for it, such as `party`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Signatory => "signatory",
            Self::Provisional => "provisional",
            Self::Contracting => "contracting",
            Self::Consented => "consented",
            Self::Party => "party",
            Self::Suspended => "suspended",
            Self::Withdrawn => "withdrawn",
            Self::Extinct => "extinct",
            Self::Undetermined => "undetermined",
        }
    }
}

impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

/// Why a word is not a [`Status`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown status `{found}` (expected {})", statuses())]
pub struct StatusError {
    /// The word that was refused.
    pub found: String,
}

fn statuses() -> String {
    Status::ALL.map(|status| format!("`{status}`")).join(", ")
}

impl std::str::FromStr for Status {
    type Err = StatusError;

    fn from_str(text: &str) -> Result<Self, StatusError> {
        let mut all = Self::ALL.into_iter();
        let found = all.find(|status| status.as_str() == text);
        found.ok_or_else(|| StatusError {
            found: text.to_owned(),
        })
    }
}

/// When a treaty entered into force, as far as its participants' acts show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "answer")]
#[non_exhaustive]
pub enum EntryIntoForce {
    /// It entered, or will enter, into force on that day.
    On(Entry),
    /// Its requirement is not met.
    NotYet {
        /// Why not, as of the last act.
        evaluation: Evaluation,
    },
    /// It lies between two days.
    Depends {
        /// The states that no longer exist, whose acts the source does not carry and would settle it.
        on: Vec<Participant>,
        /// Participants whose acts the source does not date to the day, or whose withdrawal has no known effect.
        vague: Vec<Participant>,
        /// The first day on which it can have been: [`NaiveDate::MIN`] where an act that counts has no first day. Nothing if it need
        /// not be in force at all.
        earliest: Option<Entry>,
        /// The last day; nothing if it need not be in force at all.
        latest: Option<Entry>,
    },
    /// The requirement cannot be evaluated.
    Undetermined {
        /// What would have to be known.
        missing: Vec<String>,
    },
    /// There is no clause to evaluate.
    NoClause,
}

/// An entry into force and the instrument that completed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The first day on which the treaty is in force.
    pub day: NaiveDate,
    /// The instrument with which the requirement was first met.
    pub completed_by: Completion,
}

/// The instrument that completed a requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Completion {
    /// Whose it was. Of several on one day, the one with which the requirement is first met in the order of the source.
    pub state: Participant,
    /// The day of the deposit, or the bound of it that was used.
    #[serde(skip)]
    pub date: NaiveDate,
    /// The date of the deposit, no more precise than the source; nothing where the source lacks the act.
    #[serde(rename = "date")]
    pub stated: Option<Date>,
    /// Which of the counted instruments it was: the twentieth, the sixtieth.
    pub ordinal: usize,
    /// The others deposited on the same day and counted, in the order of the source.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub same_day: Vec<Participant>,
}

/// A notice of withdrawal that did not, or not certainly, end a participation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct OpenWithdrawal {
    /// Who gave notice.
    pub state: Participant,
    /// The date of the notice, no more precise than the source.
    pub notice: Date,
    /// The date of effect that the source states all the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stated: Option<Date>,
    /// Why it did not certainly end the participation.
    pub reason: OpenReason,
}

/// Why a notice of withdrawal did not certainly end a participation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum OpenReason {
    /// The treaty admits no withdrawal: the participant stays a party (Vienna Convention on the Law of Treaties, Art. 56(1)).
    NotAdmitted,
    /// Nothing says when a notice takes effect, or whether the treaty admits one.
    NoticeUnknown,
}

/// A succession, with both its dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Succeeded {
    /// The successor.
    pub state: Participant,
    /// The states whose participation it can continue.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub predecessors: Vec<Participant>,
    /// The date of the notification, no more precise than the source.
    pub notified: Date,
    /// The date of succession, from which it is a party if the treaty is in force by then.
    pub effective: Date,
    /// Whether the day of effect is the depositary's; otherwise it is stated with the act, or the day on which the state
    /// came into being.
    pub from_depositary: bool,
    /// Whether the operation of the treaty is suspended until the notification, as for a newly independent State.
    pub suspended: bool,
}

/// A treaty, ready to be asked about any day.
///
/// ```
/// use plenary_treaties::{Status, Timeline, Treaty};
/// use plenary_types::{ActionKind, TreatyAction};
///
/// let act = |state: &str, day: &str| {
///     TreatyAction::new(state.parse().unwrap(), ActionKind::Ratification, day.parse().unwrap())
/// };
/// let treaty = Treaty {
///     clause: Some("2 instruments; 30 days".parse()?),
///     actions: vec![act("NOR", "2000-01-01"), act("SWE", "2000-02-01"), act("FIN", "2001-01-01")],
///     ..Treaty::default()
/// };
/// let timeline = Timeline::new(&treaty);
/// let entry = timeline.entry().unwrap();
/// assert_eq!(entry.day.to_string(), "2000-03-02");
/// assert_eq!(entry.completed_by.state.to_string(), "SWE");
/// let parties = timeline.parties_on("2000-12-31".parse().unwrap());
/// assert_eq!(parties.len(), 2);
/// assert_eq!(timeline.status("FIN".parse()?, "2001-01-30".parse().unwrap()), Status::Contracting);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Timeline<'t> {
    treaty: &'t Treaty,
    /// In the order of the source, each act as late as it can have been.
    histories: Vec<(Participant, ParticipantHistory)>,
    /// The same, each act as early as it can have been, where that makes a difference.
    soonest: Option<Vec<(Participant, ParticipantHistory)>>,
    places: BTreeMap<Participant, usize>,
    entry_into_force: EntryIntoForce,
}

/// From when there are parties.
#[derive(Clone, Copy)]
pub(crate) struct InForce {
    pub(crate) day: NaiveDate,
    /// The day of the instrument that completed the requirement, where it is known.
    completed: Option<NaiveDate>,
}

/// A state that is taken to have consented on a day, although its act is not here.
#[derive(Clone, Copy)]
struct Assumed {
    state: Participant,
    on: NaiveDate,
}

/// The states with a consent on the last day of each: that they consented is certain where a successor continues it.
fn on_the_last_day(states: &[&Vanished]) -> Vec<Assumed> {
    let assumed = |state: &&Vanished| Assumed {
        state: state.code.into(),
        on: state.until.pred_opt().unwrap_or(state.until),
    };
    states.iter().map(assumed).collect()
}

impl<'t> Timeline<'t> {
    /// Reads the acts of a treaty and works out its entry into force.
    #[must_use]
    pub fn new(treaty: &'t Treaty) -> Self {
        let mut histories: Vec<(Participant, ParticipantHistory)> = Vec::new();
        let mut soonest = Vec::new();
        let mut places = BTreeMap::new();
        let of_another_kind = treaty.of_another_kind();
        let counts_for_nothing =
            |code| treaty.excluded.contains(&code) || of_another_kind.contains(&code);
        for code in treaty.actions.iter().map(|action| action.participant) {
            if !counts_for_nothing(code) && !places.contains_key(&code) {
                places.insert(code, histories.len());
                histories.push((code, ParticipantHistory::new(treaty, code, Reading::Fewest)));
                soonest.push((code, ParticipantHistory::new(treaty, code, Reading::Most)));
            }
        }
        let mut timeline = Self {
            treaty,
            soonest: Some(soonest).filter(|soonest| *soonest != histories),
            histories,
            places,
            entry_into_force: EntryIntoForce::NoClause,
        };
        timeline.entry_into_force = timeline.find_entry();
        timeline
    }

    /// When the treaty entered into force.
    #[must_use]
    pub const fn entry_into_force(&self) -> &EntryIntoForce {
        &self.entry_into_force
    }

    /// The entry into force, when it is certain.
    #[must_use]
    pub const fn entry(&self) -> Option<&Entry> {
        match &self.entry_into_force {
            EntryIntoForce::On(entry) => Some(entry),
            _ => None,
        }
    }

    /// What a participant is to the treaty on a day.
    #[must_use]
    pub fn status(&self, code: Participant, day: NaiveDate) -> Status {
        let status = self.places.get(&code);
        let status = status.map_or(Status::None, |place| self.status_at(*place, day));
        match status {
            Status::Suspended => status,
            _ if self.binds_on(day) && self.is_member(code, day) => Status::Party,
            // Whoever is no Member is not bound by what its Members agreed.
            Status::Party | Status::Undetermined if self.binds_on(day) => Status::Contracting,
            status => status,
        }
    }

    /// Whether the treaty is in force on a day and binds all members of the body.
    #[must_use]
    pub fn binds_on(&self, day: NaiveDate) -> bool {
        let in_force = || {
            let entry = self.in_force(Reading::Fewest);
            entry.is_some_and(|entry| entry.day <= day)
        };
        self.treaty.binds_members && in_force()
    }

    fn histories(&self, reading: Reading) -> &[(Participant, ParticipantHistory)] {
        match (reading, &self.soonest) {
            (Reading::Most, Some(soonest)) => soonest,
            _ => &self.histories,
        }
    }

    /// The treaty.
    pub(crate) const fn treaty(&self) -> &'t Treaty {
        self.treaty
    }

    /// Those whose acts count.
    pub(crate) fn acting(&self) -> impl Iterator<Item = Participant> {
        self.places.keys().copied()
    }

    /// The acts of a participant by both readings.
    pub(crate) fn both_histories(
        &self,
        who: Participant,
    ) -> Option<(&ParticipantHistory, &ParticipantHistory)> {
        let place = *self.places.get(&who)?;
        let of = |reading| Some(&self.histories(reading).get(place)?.1);
        Some((of(Reading::Fewest)?, of(Reading::Most)?))
    }

    /// The statuses of a participant on a day by both readings.
    pub(crate) fn statuses(&self, who: Participant, day: NaiveDate) -> [Status; 2] {
        let place = self.places.get(&who);
        [Reading::Fewest, Reading::Most]
            .map(|reading| place.map_or(Status::None, |place| self.status_by(*place, day, reading)))
    }

    fn status_at(&self, place: usize, day: NaiveDate) -> Status {
        let fewest = self.status_by(place, day, Reading::Fewest);
        if fewest == self.status_by(place, day, Reading::Most) {
            fewest
        } else {
            Status::Undetermined
        }
    }

    fn status_by(&self, place: usize, day: NaiveDate, reading: Reading) -> Status {
        let history = self.histories(reading).get(place);
        history.map_or(Status::None, |(_, history)| {
            self.status_of(history, day, reading)
        })
    }

    fn history_of(&self, code: Participant) -> Option<&ParticipantHistory> {
        let place = self.places.get(&code)?;
        self.histories.get(*place).map(|(_, history)| history)
    }

    fn status_of(&self, history: &ParticipantHistory, day: NaiveDate, reading: Reading) -> Status {
        if let Some(consent) = history.consent_on(day) {
            let waits = history.is_suspended_on(day) || consent.is_suspended_on(day);
            return match self.party_from(consent, reading) {
                Some(from) if from <= day && waits => Status::Suspended,
                Some(from) if from <= day => Status::Party,
                _ if history.is_provisional_on(day) => Status::Provisional,
                _ if !self.knows_entry() => Status::Consented,
                _ => Status::Contracting,
            };
        }
        if history.is_extinct_on(day) {
            return Status::Extinct;
        }
        if history.is_provisional_on(day) {
            Status::Provisional
        } else if history
            .consents
            .iter()
            .any(|consent| consent.ends.is_some_and(|end| end <= day))
        {
            Status::Withdrawn
        } else if history.signed.is_some_and(|signed| signed <= day) {
            Status::Signatory
        } else {
            Status::None
        }
    }

    /// The day from which a consent makes its author a party.
    ///
    /// For those whose act helped to bring the treaty into force, the day on which it did; for others their own
    /// delay; for a successor the date of succession (Vienna Convention on Succession of States in respect of Treaties,
    /// Art. 23(1)). The day of effect that is on record goes before both: an instrument establishes consent, and counts, from its
    /// deposit (Vienna Convention on the Law of Treaties, Art. 16), but where it says that its author is bound from a later day, the
    /// treaty is not in force for it before (Art. 24(3)).
    pub(crate) fn party_from(&self, consent: &Consent, reading: Reading) -> Option<NaiveDate> {
        let in_force = self.in_force(reading)?;
        let own = if consent.kind == ActionKind::Succession {
            consent.from
        } else if let Some(effective) = consent.effective {
            effective
        } else if self.helped(consent, in_force) {
            in_force.day
        } else {
            self.treaty.later_delay().after(consent.given)?
        };
        Some(own.max(in_force.day))
    }

    /// Whether a consent was given before the requirement was met. Where only the official day is known, the instruments
    /// that were deposited the delay before it were.
    fn helped(&self, consent: &Consent, in_force: InForce) -> bool {
        match (in_force.completed, &self.treaty.clause) {
            (Some(completed), _) => consent.given <= completed,
            (None, Some(clause)) => {
                let effect = clause.delay.after(consent.given);
                effect.is_some_and(|effect| effect <= in_force.day)
            }
            (None, None) => consent.given <= in_force.day,
        }
    }

    /// From when there are parties: the day that the acts lead to, or the official one where they do not lead to it.
    pub(crate) fn in_force(&self, reading: Reading) -> Option<InForce> {
        let of = |entry: &Entry| InForce {
            day: entry.day,
            completed: Some(entry.completed_by.date),
        };
        let computed = match (&self.entry_into_force, reading) {
            (EntryIntoForce::On(entry), _) => Some(of(entry)),
            (EntryIntoForce::Depends { latest, .. }, Reading::Fewest) => latest.as_ref().map(of),
            (EntryIntoForce::Depends { earliest, .. }, Reading::Most) => earliest.as_ref().map(of),
            _ => None,
        };
        match self.treaty.in_force {
            Some(official) => computed
                .filter(|computed| computed.day == official)
                .or(Some(InForce {
                    day: official,
                    completed: None,
                })),
            None => computed,
        }
    }

    /// Whether the parties are those since the official day of entry into force, to which the acts do not lead.
    #[must_use]
    pub fn rests_on_official_date(&self) -> bool {
        let computed = self.entry().map(|entry| entry.day);
        self.treaty.in_force.is_some() && self.treaty.in_force != computed
    }

    /// Whether it can be told who is a party on a day.
    #[must_use]
    pub fn is_determinate_on(&self, day: NaiveDate) -> bool {
        if self.treaty.in_force.is_some() {
            return true;
        }
        match &self.entry_into_force {
            EntryIntoForce::On(_) | EntryIntoForce::NotYet { .. } => true,
            EntryIntoForce::Depends {
                earliest, latest, ..
            } => {
                latest.as_ref().is_some_and(|entry| entry.day <= day)
                    || earliest.as_ref().is_some_and(|entry| day < entry.day)
            }
            _ => false,
        }
    }

    /// Who sits over time in the body that the treaty is of.
    pub(crate) fn roster(&self) -> Option<&Roster> {
        self.treaty.body.as_ref()?.roster()
    }

    /// Whether a participant is a member of the body that the treaty is of, on a day.
    fn is_member(&self, who: Participant, day: NaiveDate) -> bool {
        let members = self.roster().and_then(|roster| roster.known_on(day));
        members.is_some_and(|epoch| epoch.is_member(who))
    }

    /// The parties on a day, sorted: those that certainly are. A treaty that binds all members of a body has them all.
    #[must_use]
    pub fn parties_on(&self, day: NaiveDate) -> Vec<Participant> {
        if self.binds_on(day) {
            let members = self.roster().and_then(|roster| roster.known_on(day));
            return members.map_or_else(Vec::new, |epoch| epoch.members().to_vec());
        }
        self.by_readings(day, |fewest, most| is_party(fewest) && is_party(most))
    }

    /// The parties for which the operation of the treaty is suspended on a day, sorted.
    #[must_use]
    pub fn suspended_on(&self, day: NaiveDate) -> Vec<Participant> {
        self.with_status(day, |status| status == Status::Suspended)
    }

    /// Those of which it cannot be told whether they are parties on a day, sorted.
    #[must_use]
    pub fn undetermined_on(&self, day: NaiveDate) -> Vec<Participant> {
        if self.binds_on(day) {
            return Vec::new();
        }
        self.by_readings(day, |fewest, most| is_party(fewest) != is_party(most))
    }

    /// Those whose statuses on a day, by the fewest and by the most that the acts allow, are such, sorted.
    fn by_readings(
        &self,
        day: NaiveDate,
        wanted: impl Fn(Status, Status) -> bool,
    ) -> Vec<Participant> {
        let places = self.places.iter();
        let of = |place: usize, reading| self.status_by(place, day, reading);
        places
            .filter(|(_, place)| wanted(of(**place, Reading::Fewest), of(**place, Reading::Most)))
            .map(|(code, _)| *code)
            .collect()
    }

    fn with_status(&self, day: NaiveDate, wanted: impl Fn(Status) -> bool) -> Vec<Participant> {
        let codes = self.places.iter();
        codes
            .filter(|(_, place)| wanted(self.status_at(**place, day)))
            .map(|(code, _)| *code)
            .collect()
    }

    /// Those whose consent holds on a day, parties or not, sorted.
    #[must_use]
    pub fn contracting_on(&self, day: NaiveDate) -> Vec<Participant> {
        self.select(|history| history.consent_on(day).is_some())
    }

    /// Those of which it cannot be told whether their consent still holds on a day, sorted: a notice of withdrawal whose
    /// effect is not known, or acts without a day. They are not among [`Timeline::contracting_on`].
    #[must_use]
    pub fn perhaps_contracting_on(&self, day: NaiveDate) -> Vec<Participant> {
        let certain = self.contracting_on(day);
        let holds =
            |(_, history): &&(Participant, ParticipantHistory)| history.consent_on(day).is_some();
        let most = self.histories(Reading::Most).iter().filter(holds);
        let mut perhaps: Vec<_> = most
            .map(|(code, _)| *code)
            .filter(|code| !certain.contains(code))
            .collect();
        perhaps.sort_unstable();
        perhaps
    }

    /// Those that signed by a day and still exist, whatever they did since, sorted.
    #[must_use]
    pub fn signatories_on(&self, day: NaiveDate) -> Vec<Participant> {
        let signed =
            |history: &ParticipantHistory| history.signed.is_some_and(|signed| signed <= day);
        self.select(|history| signed(history) && !history.signatory_is_gone_on(day))
    }

    /// Those that have withdrawn on a day that the source does not give: their status after their consent is open.
    #[must_use]
    pub fn uncertain(&self) -> Vec<Participant> {
        self.select(|history| {
            history
                .consents
                .last()
                .is_some_and(|consent| consent.ends_unknown)
        })
    }

    /// The notices of withdrawal that did not, or not certainly, end a participation, sorted.
    #[must_use]
    pub fn open_withdrawals(&self) -> Vec<OpenWithdrawal> {
        let histories = self.histories.iter();
        let notices = histories.flat_map(|(code, history)| {
            let notices = history.notices.iter();
            notices.map(|open| OpenWithdrawal {
                state: *code,
                notice: open.notice,
                stated: open.stated,
                reason: if open.not_admitted {
                    OpenReason::NotAdmitted
                } else {
                    OpenReason::NoticeUnknown
                },
            })
        });
        let mut notices: Vec<_> = notices.collect();
        notices.sort_unstable_by_key(|open| (open.state, open.notice));
        notices
    }

    /// The successions, with both their dates, sorted.
    #[must_use]
    pub fn successions(&self) -> Vec<Succeeded> {
        let histories = self.histories.iter();
        let consents = histories.flat_map(|(code, history)| {
            let consents = history.consents.iter();
            consents.filter_map(|consent| {
                let inherited = consent.inherited.as_ref()?;
                Some(Succeeded {
                    state: *code,
                    predecessors: inherited.named.iter().map(|code| (*code).into()).collect(),
                    notified: consent.stated,
                    effective: inherited.effective.unwrap_or(consent.stated),
                    from_depositary: inherited.from_depositary,
                    suspended: inherited.newly_independent && consent.from < consent.given,
                })
            })
        });
        let mut successions: Vec<_> = consents.collect();
        successions.sort_unstable_by_key(|succession| (succession.state, succession.notified));
        successions
    }

    fn select(&self, wanted: impl Fn(&ParticipantHistory) -> bool) -> Vec<Participant> {
        let mut codes: Vec<_> = self
            .histories
            .iter()
            .filter(|(_, history)| wanted(history))
            .map(|(code, _)| *code)
            .collect();
        codes.sort_unstable();
        codes
    }

    /// How the requirement of the clause stands on a day; nothing without a clause.
    #[must_use]
    pub fn evaluate_on(&self, day: NaiveDate) -> Option<Evaluation> {
        let requirement = self.requirement(self.treaty.clause.as_ref()?);
        let standing = self.standing(self.ballots(day, &[], Reading::Fewest), day);
        Some(evaluate(&requirement, &standing))
    }

    fn find_entry(&self) -> EntryIntoForce {
        let Some(clause) = &self.treaty.clause else {
            return EntryIntoForce::NoClause;
        };
        if asks_for_members(clause) && self.roster().is_none() {
            let missing = vec![MEMBERS_UNKNOWN.to_owned()];
            return EntryIntoForce::Undetermined { missing };
        }
        let missing = self.missing_predecessors();
        let late = self.first_met(clause, &on_the_last_day(&missing), Reading::Fewest);
        let late = match late {
            Ok(late) => late,
            Err(missing) => return EntryIntoForce::Undetermined { missing },
        };
        let assuming = |states: &[&Vanished], reading| {
            let met = self.first_met(clause, &self.since_the_beginning(states), reading);
            met.ok().flatten()
        };
        let depends = !missing.is_empty()
            && day(assuming(&missing, Reading::Fewest).as_ref()) != day(late.as_ref());
        let missing: Vec<_> = match depends {
            true => missing.into_iter().chain(self.without_trace()).collect(),
            false => missing,
        };
        let early = match self.soonest {
            None if !depends => late.clone(),
            _ => assuming(&missing, Reading::Most),
        };
        if day(early.as_ref()) != day(late.as_ref()) {
            let on = missing.iter().filter(|_| depends);
            return EntryIntoForce::Depends {
                on: on.map(|state| state.code.into()).collect(),
                vague: self.vague(),
                earliest: early,
                latest: late,
            };
        }
        late.map_or_else(|| self.not_yet(), EntryIntoForce::On)
    }

    /// The participants whose acts can have been done on several days, sorted.
    fn vague(&self) -> Vec<Participant> {
        let Some(soonest) = &self.soonest else {
            return Vec::new();
        };
        debug_assert_eq!(self.histories.len(), soonest.len(), "one reading each");
        let pairs = self.histories.iter().zip(soonest);
        let differ =
            pairs.filter(|((_, one), (_, other))| one.counting_days().ne(other.counting_days()));
        let mut codes: Vec<_> = differ.map(|((code, _), _)| *code).collect();
        codes.sort_unstable();
        codes
    }

    /// The entry into force if some had consented from the beginning.
    fn assuming(&self, clause: &Clause, states: &[&Vanished]) -> Option<Entry> {
        let met = self.first_met(clause, &self.since_the_beginning(states), Reading::Fewest);
        met.ok().flatten()
    }

    /// States without a trace in the source whose consent, if there was one, would have brought the entry into force
    /// forward. Empty where the acts of such states are known.
    #[must_use]
    pub fn unrecorded_parties(&self) -> Vec<Participant> {
        let (Some(clause), Some(entry), false) = (
            &self.treaty.clause,
            self.entry(),
            self.treaty.vanished_known,
        ) else {
            return Vec::new();
        };
        let sooner =
            |state: &&Vanished| day(self.assuming(clause, &[*state]).as_ref()) != Some(entry.day);
        self.without_trace()
            .filter(sooner)
            .map(|state| state.code.into())
            .collect()
    }

    /// The states with a consent on the first day on which they can have given it.
    fn since_the_beginning(&self, states: &[&Vanished]) -> Vec<Assumed> {
        let first = self.first_day();
        let assumed = |state: &&Vanished| {
            let last = state.until.pred_opt().unwrap_or(state.until);
            let opened = first.map_or(last, |first| first.min(last));
            Assumed {
                state: state.code.into(),
                on: state.from.map_or(opened, |from| from.max(opened)),
            }
        };
        states.iter().map(assumed).collect()
    }

    /// The first day on which somebody acted, or could.
    fn first_day(&self) -> Option<NaiveDate> {
        let acted = self
            .histories
            .iter()
            .flat_map(|(_, history)| history.acted());
        acted.chain(self.treaty.opened).min()
    }

    /// The states whose acts leave no trace, unless they are here.
    fn without_trace(&self) -> impl Iterator<Item = &'static Vanished> {
        self.absent().filter(|state| state.trace == Trace::None)
    }

    /// Vanished states that can have acted while the treaty was open, and of which there is no act here.
    fn absent(&self) -> impl Iterator<Item = &'static Vanished> {
        let first = self.first_day();
        practice::vanished()
            .iter()
            .filter(|state| !self.places.contains_key(&state.code.into()))
            .filter(|state| !self.treaty.excluded.contains(&state.code.into()))
            .filter(move |state| first.is_some_and(|first| first < state.until))
    }

    fn not_yet(&self) -> EntryIntoForce {
        let last = self
            .histories
            .iter()
            .flat_map(|(_, history)| history.turns())
            .max();
        let evaluation = last
            .or(self.treaty.opened)
            .and_then(|day| self.evaluate_on(day));
        evaluation.map_or(EntryIntoForce::NoClause, |evaluation| {
            EntryIntoForce::NotYet { evaluation }
        })
    }

    /// Vanished states that must have consented, since a successor continues their participation, and whose
    /// acts are not here.
    fn missing_predecessors(&self) -> Vec<&'static Vanished> {
        let succeeded = |code: &StateCode| {
            self.history_of((*code).into()).is_some_and(|history| {
                history
                    .consents
                    .iter()
                    .any(|consent| consent.kind == ActionKind::Succession)
            })
        };
        self.absent()
            .filter(|state| state.successors.iter().any(succeeded))
            .collect()
    }

    /// The day on which the requirement is first met, and the entry into force that follows; what is missing if
    /// that cannot be told. `assumed` consented although their acts are not here.
    fn first_met(
        &self,
        clause: &Clause,
        assumed: &[Assumed],
        reading: Reading,
    ) -> Result<Option<Entry>, Vec<String>> {
        let histories = self.histories(reading).iter();
        let mut days: Vec<_> = histories
            .flat_map(|(_, history)| history.counting_days())
            .chain(assumed.iter().map(|assumed| assumed.on))
            .collect();
        days.sort_unstable();
        days.dedup();
        let requirement = self.requirement(clause);
        for day in days {
            let standing = self.standing(self.ballots(day, assumed, reading), day);
            match verdict(&requirement, &standing) {
                Verdict::Adopted => return Ok(self.entry_of(clause, day, assumed, reading)),
                Verdict::Undetermined => {
                    let evaluation = evaluate(&requirement, &standing);
                    let missing = evaluation.missing().into_iter();
                    return Err(missing.map(ToOwned::to_owned).collect());
                }
                Verdict::Rejected => {}
            }
        }
        Ok(None)
    }

    /// Whether an instrument adds to no number: that of an organisation, unless the clause says so, and that of whoever is of a kind
    /// that no party can be of.
    fn is_apart(&self, who: Participant, clause: &Clause) -> bool {
        let is_organisation = || self.treaty.organisations.contains(&who);
        !self.treaty.can_be_party(who) || (!clause.organisations && is_organisation())
    }

    /// The requirement as it is counted here: an organisation that a group names counts in that group, and in a
    /// comparison of no group only where the clause says so.
    fn requirement(&self, clause: &Clause) -> Requirement {
        let named = self.named_apart(clause);
        if named.is_empty() {
            clause.requirement.clone()
        } else {
            without(&clause.requirement, &named)
        }
    }

    /// Those among the participants that add to no number and that a group of the clause names, sorted.
    fn named_apart(&self, clause: &Clause) -> Vec<Participant> {
        let mut named = self.treaty.named_by(clause);
        named.retain(|who| self.is_apart(*who, clause) && self.places.contains_key(who));
        named
    }

    /// Whether a participant's instrument is counted: those of organisations where the clause includes or names them, those of whoever
    /// is of a kind that no party can be of where it names them.
    fn counts(&self, code: Participant) -> bool {
        let Some(clause) = &self.treaty.clause else {
            return true;
        };
        !self.is_apart(code, clause) || self.named_apart(clause).contains(&code)
    }

    /// Everybody's position on a day: yes with an instrument that counts, otherwise not voting for signatories.
    fn ballots(
        &self,
        day: NaiveDate,
        assumed: &[Assumed],
        reading: Reading,
    ) -> Vec<(Participant, Choice)> {
        let histories = self.histories(reading).iter();
        // Lists have the instrument of a seat that was passed on under the code of whoever holds it today. A treaty that binds all
        // members is open to them alone, and its list may have one of them under a code of its own (China's seat until 1971).
        let roster = self
            .roster()
            .filter(|roster| !self.treaty.binds_members && roster.known_on(day).is_some());
        let is_outside =
            |who| roster.is_some_and(|roster| roster.seat_holder_on(who, day).is_none());
        let mut ballots: Vec<_> = histories
            .filter(|(code, _)| self.counts(*code) && !is_outside(*code))
            .filter_map(|(code, history)| match history.instrument_on(day) {
                Some(_) => Some((*code, Choice::Yes)),
                None => history
                    .signed
                    .is_some()
                    .then_some((*code, Choice::NonVoting)),
            })
            .collect();
        let counted = assumed.iter().filter(|assumed| assumed.on <= day);
        ballots.extend(counted.map(|assumed| (assumed.state, Choice::Yes)));
        ballots
    }

    /// The standing of the treaty, with the number of members where it is known.
    fn standing(&self, ballots: Vec<(Participant, Choice)>, day: NaiveDate) -> Standing<'_> {
        let standing = Standing::from_ballots(ballots).with_facts(&self.treaty.facts);
        match self.treaty.members_on(day) {
            Some(members) => standing.clone().with_members(members).unwrap_or(standing),
            None if self.treaty.body.is_some() => standing.without_members(),
            None => standing,
        }
    }

    fn entry_of(
        &self,
        clause: &Clause,
        met: NaiveDate,
        assumed: &[Assumed],
        reading: Reading,
    ) -> Option<Entry> {
        // Without a last day nothing is certain; without a first day it can have been at any time.
        let effect = match met {
            NaiveDate::MAX => return None,
            NaiveDate::MIN => met,
            met => clause.delay.after(met)?,
        };
        let earliest = clause
            .not_before
            .and_then(|limit| limit.day(self.treaty.opened));
        let day = earliest.map_or(effect, |earliest| earliest.max(effect));
        Some(Entry {
            day,
            completed_by: self.completion(clause, met, assumed, reading)?,
        })
    }

    /// Adds the instruments of the day one by one until the requirement is met.
    fn completion(
        &self,
        clause: &Clause,
        met: NaiveDate,
        assumed: &[Assumed],
        reading: Reading,
    ) -> Option<Completion> {
        let requirement = self.requirement(clause);
        let is_apart = |code: &Participant| self.is_apart(*code, clause);
        let given_then = |history: &ParticipantHistory| {
            history.instrument_on(met).is_some_and(|c| c.given == met)
        };
        let histories = self.histories(reading).iter();
        let of_day = histories
            .filter(|(code, history)| self.counts(*code) && given_then(history))
            .map(|(code, _)| *code);
        let mut of_day: Vec<Participant> = of_day.collect();
        // What is on record completes the requirement, rather than what is taken for given.
        if of_day.is_empty() {
            let then = assumed.iter().filter(|assumed| assumed.on == met);
            of_day.extend(then.map(|assumed| assumed.state));
        }
        let mut ballots = self.ballots(met, assumed, reading);
        for ballot in ballots
            .iter_mut()
            .filter(|ballot| of_day.contains(&ballot.0))
        {
            ballot.1 = Choice::NonVoting;
        }
        for (index, state) in of_day.iter().enumerate() {
            for ballot in ballots.iter_mut().filter(|ballot| ballot.0 == *state) {
                ballot.1 = Choice::Yes;
            }
            let standing = self.standing(ballots.clone(), met);
            if verdict(&requirement, &standing) == Verdict::Adopted || index + 1 == of_day.len() {
                let same_day = of_day
                    .iter()
                    .copied()
                    .filter(|other| other != state && !is_apart(other))
                    .collect();
                let counted = ballots
                    .iter()
                    .filter(|ballot| ballot.1 == Choice::Yes && !is_apart(&ballot.0));
                let mut histories = self.histories(reading).iter();
                let history = histories.find(|(code, _)| code == state);
                let act = history.and_then(|(_, history)| history.instrument_on(met));
                return Some(Completion {
                    state: *state,
                    date: met,
                    stated: act.map(|consent| consent.stated),
                    ordinal: counted.count(),
                    same_day,
                });
            }
        }
        None
    }
}

pub(crate) const fn is_party(status: Status) -> bool {
    matches!(status, Status::Party | Status::Suspended)
}

fn day(entry: Option<&Entry>) -> Option<NaiveDate> {
    entry.map(|entry| entry.day)
}

/// What is missing where a clause counts the members of a body whose roster is not known.
const MEMBERS_UNKNOWN: &str = "the members of the body that the clause means";

/// Whether the clause asks for a share of the members of a body.
pub(crate) fn asks_for_members(clause: &Clause) -> bool {
    let share = |comparison: &Comparison| {
        comparison.group.is_none()
            && matches!(comparison.quantity, Quantity::Share(_, Base::Members))
            && matches!(comparison.measure, Measure::Heads(_))
    };
    clause.requirement.comparisons().any(share)
}

/// Hands over every group that a requirement names.
pub(crate) fn each_group(requirement: &Requirement, look: &mut impl FnMut(&GroupRef)) {
    match requirement {
        Requirement::Compare(comparison) => comparison.group.iter().for_each(look),
        Requirement::All(parts) | Requirement::Any(parts) => {
            for part in parts {
                each_group(part, look);
            }
        }
        Requirement::Among(group, part) => {
            look(group);
            each_group(part, look);
        }
        Requirement::Not(part)
        | Requirement::Without(_, part)
        | Requirement::After(_, part)
        | Requirement::Should(part) => each_group(part, look),
        _ => {}
    }
}

/// The same requirement, where comparisons of no group leave some participants out.
fn without(requirement: &Requirement, codes: &[Participant]) -> Requirement {
    let all = |parts: &[Requirement]| parts.iter().map(|part| without(part, codes)).collect();
    let boxed = |part: &Requirement| Box::new(without(part, codes));
    match requirement {
        Requirement::Compare(comparison) if comparison.group.is_none() => Requirement::Without(
            GroupRef::listed(codes.iter().copied()),
            Box::new(requirement.clone()),
        ),
        Requirement::All(parts) => Requirement::All(all(parts)),
        Requirement::Any(parts) => Requirement::Any(all(parts)),
        Requirement::Not(part) => Requirement::Not(boxed(part)),
        Requirement::Without(group, part) => Requirement::Without(group.clone(), boxed(part)),
        Requirement::After(period, part) => Requirement::After(*period, boxed(part)),
        other => other.clone(),
    }
}
