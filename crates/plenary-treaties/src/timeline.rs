//! [`Timeline`]: a treaty day by day.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use plenary_decisions::{Clause, Evaluation, Standing, Verdict, evaluate, verdict};
use plenary_types::{ActionKind, Choice, Span, StateCode};
use serde::Serialize;

use crate::Treaty;
use crate::career::{Career, Consent};
use crate::vanished::{self, Vanished};

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
    /// The treaty is in force for it (Art. 2(1)(g)).
    Party,
    /// It is a party for which the operation of the treaty is suspended.
    Suspended,
    /// It was bound and no longer is.
    Withdrawn,
    /// It no longer exists.
    Extinct,
}

/// When a treaty entered into force, as far as its participants' acts tell.
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
    /// It depends on acts that the source does not carry: those of states that no longer exist.
    Depends {
        /// The states whose acts are missing.
        on: Vec<StateCode>,
        /// The day if they had consented from the beginning.
        earliest: Option<Entry>,
        /// The day if they had not consented before.
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
pub struct Completion {
    /// Whose it was. Of several on one day, the one with which the requirement is first met in the order of the source.
    pub state: StateCode,
    /// The day of the deposit.
    pub date: NaiveDate,
    /// Which of the counted instruments it was: the twentieth, the sixtieth.
    pub ordinal: usize,
    /// The others deposited on the same day and counted, in the order of the source.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub same_day: Vec<StateCode>,
}

/// A withdrawal of which neither the source nor the treaty says when it takes effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AssumedEnd {
    /// Who withdrew.
    pub state: StateCode,
    /// The day of its notice.
    pub notice: NaiveDate,
    /// The day on which its consent is assumed to end: twelve months later.
    pub end: NaiveDate,
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
    /// In the order of the source.
    careers: Vec<(StateCode, Career)>,
    places: BTreeMap<StateCode, usize>,
    entry_into_force: EntryIntoForce,
}

impl<'t> Timeline<'t> {
    /// Reads the acts of a treaty and works out its entry into force.
    #[must_use]
    pub fn new(treaty: &'t Treaty) -> Self {
        let mut careers: Vec<(StateCode, Career)> = Vec::new();
        let mut places = BTreeMap::new();
        for code in treaty.actions.iter().map(|action| action.participant) {
            if !treaty.excluded.contains(&code) && !places.contains_key(&code) {
                places.insert(code, careers.len());
                careers.push((code, Career::of(treaty, code)));
            }
        }
        let mut timeline = Self {
            treaty,
            careers,
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
    pub fn status(&self, code: StateCode, day: NaiveDate) -> Status {
        self.career(code)
            .map_or(Status::None, |career| self.status_of(career, day))
    }

    fn career(&self, code: StateCode) -> Option<&Career> {
        let place = self.places.get(&code)?;
        self.careers.get(*place).map(|(_, career)| career)
    }

    fn status_of(&self, career: &Career, day: NaiveDate) -> Status {
        if career.extinct.is_some_and(|extinct| extinct <= day) {
            return Status::Extinct;
        }
        if let Some(consent) = career.consent_on(day) {
            return match self.party_from(consent) {
                Some(from) if from <= day && career.is_suspended_on(day) => Status::Suspended,
                Some(from) if from <= day => Status::Party,
                _ if career.is_provisional_on(day) => Status::Provisional,
                _ => Status::Contracting,
            };
        }
        if career.is_provisional_on(day) {
            Status::Provisional
        } else if career
            .consents
            .iter()
            .any(|consent| consent.ends.is_some_and(|end| end <= day))
        {
            Status::Withdrawn
        } else if career.signed.is_some_and(|signed| signed <= day) {
            Status::Signatory
        } else {
            Status::None
        }
    }

    /// The day from which a consent makes its author a party.
    ///
    /// For those whose act helped to bring the treaty into force, the day on which it did; for others their own
    /// delay; for a successor the day from which its succession counts.
    fn party_from(&self, consent: Consent) -> Option<NaiveDate> {
        let in_force = self.certain_entry()?;
        let own = if consent.kind == ActionKind::Succession {
            consent.effective.unwrap_or(consent.given)
        } else if consent.given <= in_force.completed_by.date {
            in_force.day
        } else {
            let delayed = self.treaty.later_delay().after(consent.given)?;
            consent.effective.unwrap_or(delayed)
        };
        Some(own.max(in_force.day))
    }

    /// An entry into force that has certainly happened by then: where it depends on missing acts, the latest.
    const fn certain_entry(&self) -> Option<&Entry> {
        match &self.entry_into_force {
            EntryIntoForce::On(entry) => Some(entry),
            EntryIntoForce::Depends {
                latest: Some(entry),
                ..
            } => Some(entry),
            _ => None,
        }
    }

    /// Whether it can be told who is a party on a day.
    #[must_use]
    pub fn tells_parties_on(&self, day: NaiveDate) -> bool {
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

    /// The parties on a day, sorted.
    #[must_use]
    pub fn parties_on(&self, day: NaiveDate) -> Vec<StateCode> {
        self.select(|career| {
            let status = self.status_of(career, day);
            matches!(status, Status::Party | Status::Suspended)
        })
    }

    /// Those whose consent holds on a day, parties or not, sorted.
    #[must_use]
    pub fn contracting_on(&self, day: NaiveDate) -> Vec<StateCode> {
        self.select(|career| career.consent_on(day).is_some())
    }

    /// Those that signed by a day and still exist, whatever they did since, sorted.
    #[must_use]
    pub fn signatories_on(&self, day: NaiveDate) -> Vec<StateCode> {
        let signed = |career: &Career| career.signed.is_some_and(|signed| signed <= day);
        let gone = |career: &Career| career.extinct.is_some_and(|extinct| extinct <= day);
        self.select(|career| signed(career) && !gone(career))
    }

    /// Those that have withdrawn on a day that the source does not give: their status after their consent is open.
    #[must_use]
    pub fn uncertain(&self) -> Vec<StateCode> {
        self.select(|career| {
            career
                .consents
                .last()
                .is_some_and(|consent| consent.ends_unknown)
        })
    }

    /// The withdrawals whose day of effect is assumed, because neither the source nor the treaty gives it (Vienna
    /// Convention on the Law of Treaties, Art. 56(2)), sorted. Every other answer rests on these days too.
    #[must_use]
    pub fn assumed_ends(&self) -> Vec<AssumedEnd> {
        let careers = self.careers.iter();
        let consents = careers.flat_map(|(code, career)| {
            let consents = career.consents.iter();
            consents.map(|consent| (*code, *consent))
        });
        let mut ends: Vec<_> = consents
            .filter_map(|(state, consent)| {
                Some(AssumedEnd {
                    state,
                    notice: consent.assumed_after?,
                    end: consent.ends?,
                })
            })
            .collect();
        ends.sort_unstable_by_key(|end| (end.state, end.end));
        ends
    }

    fn select(&self, wanted: impl Fn(&Career) -> bool) -> Vec<StateCode> {
        let mut codes: Vec<_> = self
            .careers
            .iter()
            .filter(|(_, career)| wanted(career))
            .map(|(code, _)| *code)
            .collect();
        codes.sort_unstable();
        codes
    }

    /// The statuses of a participant over time: spans that follow each other without a gap, from its first act.
    #[must_use]
    pub fn history(&self, code: StateCode) -> Vec<(Span, Status)> {
        let Some(career) = self.career(code) else {
            return Vec::new();
        };
        let parties = career
            .consents
            .iter()
            .filter_map(|consent| self.party_from(*consent));
        let mut turns: Vec<_> = career.turns().chain(parties).collect();
        turns.sort_unstable();
        turns.dedup();
        let mut history: Vec<(Span, Status)> = Vec::new();
        for day in turns {
            let status = self.status_of(career, day);
            match history.last_mut() {
                Some((_, last)) if *last == status => continue,
                Some((span, _)) => span.to = Some(day),
                None if status == Status::None => continue,
                None => {}
            }
            history.push((
                Span {
                    from: day,
                    to: None,
                },
                status,
            ));
        }
        history
    }

    /// How the requirement of the clause stands on a day; nothing without a clause.
    #[must_use]
    pub fn evaluate_on(&self, day: NaiveDate) -> Option<Evaluation> {
        let clause = self.treaty.clause.as_ref()?;
        let standing = self.standing(self.ballots(clause, day, &[]), day);
        Some(evaluate(&clause.requirement, &standing))
    }

    fn find_entry(&self) -> EntryIntoForce {
        let Some(clause) = &self.treaty.clause else {
            return EntryIntoForce::NoClause;
        };
        let known = self.first_met(clause, &[]);
        let missing = self.missing_predecessors();
        if !missing.is_empty() {
            let latest = known.as_ref().ok().cloned().flatten();
            if day(self.assuming(clause, &missing).as_ref()) != day(latest.as_ref()) {
                let missing: Vec<_> = missing.into_iter().chain(self.without_trace()).collect();
                let on = missing.iter().map(|state| state.code).collect();
                return EntryIntoForce::Depends {
                    on,
                    earliest: self.assuming(clause, &missing),
                    latest,
                };
            }
        }
        match known {
            Ok(Some(entry)) => EntryIntoForce::On(entry),
            Ok(None) => self.not_yet(),
            Err(missing) => EntryIntoForce::Undetermined { missing },
        }
    }

    /// The entry into force if some had consented from the beginning.
    fn assuming(&self, clause: &Clause, states: &[&Vanished]) -> Option<Entry> {
        self.first_met(clause, states).ok().flatten()
    }

    /// States without a trace in the source whose consent, if there was one, would have brought the entry into force
    /// forward. Empty where the acts of such states are known.
    #[must_use]
    pub fn possible_absentees(&self) -> Vec<StateCode> {
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
            .map(|state| state.code)
            .collect()
    }

    /// The states whose acts leave no trace, unless they are here.
    fn without_trace(&self) -> impl Iterator<Item = &'static Vanished> {
        let traceless =
            |state: &&Vanished| state.successors.is_empty() && state.code.to_bytes() != *b"YMD";
        self.absent().filter(traceless)
    }

    /// Vanished states that can have acted while the treaty was open, and of which there is no act here.
    fn absent(&self) -> impl Iterator<Item = &'static Vanished> {
        let turns = self.careers.iter().flat_map(|(_, career)| career.turns());
        let first = turns.chain(self.treaty.opened).min();
        vanished::all()
            .iter()
            .filter(|state| !self.places.contains_key(&state.code))
            .filter(move |state| first.is_some_and(|first| first < state.acted_until))
    }

    fn not_yet(&self) -> EntryIntoForce {
        let last = self
            .careers
            .iter()
            .flat_map(|(_, career)| career.turns())
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
            self.career(*code).is_some_and(|career| {
                career
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
    /// that cannot be told. `assumed` consented from the beginning for as long as they existed.
    fn first_met(
        &self,
        clause: &Clause,
        assumed: &[&Vanished],
    ) -> Result<Option<Entry>, Vec<String>> {
        let mut days: Vec<_> = self
            .careers
            .iter()
            .flat_map(|(_, career)| career.consents.iter().flat_map(|c| [Some(c.given), c.ends]))
            .flatten()
            .collect();
        days.sort_unstable();
        days.dedup();
        for day in days {
            let standing = self.standing(self.ballots(clause, day, assumed), day);
            match verdict(&clause.requirement, &standing) {
                Verdict::Adopted => return Ok(self.entry_of(clause, day, assumed)),
                Verdict::Undetermined => {
                    let evaluation = evaluate(&clause.requirement, &standing);
                    return Err(evaluation
                        .missing()
                        .into_iter()
                        .map(ToOwned::to_owned)
                        .collect());
                }
                Verdict::Rejected => {}
            }
        }
        Ok(None)
    }

    /// Everybody's position on a day: yes with a consent that holds, otherwise not voting for signatories.
    fn ballots(
        &self,
        clause: &Clause,
        day: NaiveDate,
        assumed: &[&Vanished],
    ) -> Vec<(StateCode, Choice)> {
        let counted = self
            .careers
            .iter()
            .filter(|(code, _)| self.counts(clause, *code));
        let mut ballots: Vec<_> = counted
            .filter_map(|(code, career)| match career.consent_on(day) {
                Some(_) => Some((*code, Choice::Yes)),
                None => career
                    .signed
                    .is_some()
                    .then_some((*code, Choice::NonVoting)),
            })
            .collect();
        let existed = assumed.iter().filter(|state| state.counted_on(day));
        ballots.extend(existed.map(|state| (state.code, Choice::Yes)));
        ballots
    }

    /// The standing of the treaty, with the number of members where it is known.
    fn standing(&self, ballots: Vec<(StateCode, Choice)>, day: NaiveDate) -> Standing<'_> {
        let standing = Standing::of_ballots(ballots).with_facts(&self.treaty.facts);
        match self.treaty.members_on(day) {
            Some(members) => standing.clone().with_members(members).unwrap_or(standing),
            None => standing,
        }
    }

    fn counts(&self, clause: &Clause, code: StateCode) -> bool {
        clause.organisations || !self.treaty.organisations.contains(&code)
    }

    fn entry_of(&self, clause: &Clause, met: NaiveDate, assumed: &[&Vanished]) -> Option<Entry> {
        let effect = clause.delay.after(met)?;
        let earliest = clause
            .not_before
            .and_then(|limit| limit.day(self.treaty.opened));
        let day = earliest.map_or(effect, |earliest| earliest.max(effect));
        Some(Entry {
            day,
            completed_by: self.completion(clause, met, assumed)?,
        })
    }

    /// Adds the instruments of the day one by one until the requirement is met.
    fn completion(
        &self,
        clause: &Clause,
        met: NaiveDate,
        assumed: &[&Vanished],
    ) -> Option<Completion> {
        let given_then = |career: &Career| career.consent_on(met).is_some_and(|c| c.given == met);
        let of_day: Vec<StateCode> = self
            .careers
            .iter()
            .filter(|(code, career)| self.counts(clause, *code) && given_then(career))
            .map(|(code, _)| *code)
            .collect();
        let mut ballots = self.ballots(clause, met, assumed);
        let yes =
            |ballots: &[(StateCode, Choice)]| ballots.iter().filter(|b| b.1 == Choice::Yes).count();
        let before = yes(&ballots) - of_day.len();
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
            if verdict(&clause.requirement, &standing) == Verdict::Adopted
                || index + 1 == of_day.len()
            {
                let same_day = of_day
                    .iter()
                    .copied()
                    .filter(|other| other != state)
                    .collect();
                return Some(Completion {
                    state: *state,
                    date: met,
                    ordinal: before + index + 1,
                    same_day,
                });
            }
        }
        None
    }
}

fn day(entry: Option<&Entry>) -> Option<NaiveDate> {
    entry.map(|entry| entry.day)
}
