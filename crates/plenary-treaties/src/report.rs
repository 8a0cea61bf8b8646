//! [`Report`]: a treaty's state on a day, as the command prints it.

use chrono::NaiveDate;
use plenary_decisions::Evaluation;
use plenary_types::StateCode;
use serde::Serialize;

use crate::Treaty;
use crate::timeline::{AssumedEnd, Completion, Entry, EntryIntoForce, Timeline};

/// A treaty's state: its acts counted, its entry into force, its parties on a day.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Its number, when it is known.
    pub id: Option<String>,
    /// Its title.
    pub title: String,
    /// How many acts the source holds.
    pub actions: usize,
    /// How many participants that still exist have signed, whatever they did since.
    pub signatories: usize,
    /// How many participants' consent to be bound holds now, organisations among them.
    pub contracting: usize,
    /// The clause that was evaluated.
    pub clause: Option<String>,
    /// The day of entry into force, when it is certain.
    pub entry_into_force: Option<NaiveDate>,
    /// The instrument that completed the requirement, when that is certain.
    pub completed_by: Option<Completion>,
    /// Who is a party on the day asked about; nothing when that cannot be told.
    pub parties_on: Option<PartiesOn>,
    /// Participants whose acts count for nothing here, because one asked for it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub excluded: Vec<StateCode>,
    /// Organisations among the participants; their instruments do not add to a count unless the clause says so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub organisations: Vec<StateCode>,
    /// States that no longer exist and whose acts were added to those of the source.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<StateCode>,
    /// States that no longer exist, whose acts the source does not carry and on which the date depends.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub depends_on: Vec<StateCode>,
    /// The entry into force if those had consented from the beginning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub earliest: Option<Entry>,
    /// The entry into force if they had not consented before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest: Option<Entry>,
    /// States without a trace in the source; if one of them consented, the date would be earlier.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub possible_absentees: Vec<StateCode>,
    /// What would have to be known to evaluate the clause.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// Why the requirement is not met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evaluation: Option<Evaluation>,
    /// Participants that have withdrawn on a day that the source does not give.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub uncertain: Vec<StateCode>,
    /// Withdrawals of which nothing says when they take effect, with the day that is assumed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub assumed_ends: Vec<AssumedEnd>,
}

/// The parties on a day.
#[derive(Clone, Debug, Serialize)]
pub struct PartiesOn {
    /// The day.
    pub date: NaiveDate,
    /// How many there are.
    pub count: usize,
    /// Their codes, sorted.
    pub members: Vec<StateCode>,
}

impl Report {
    /// Reports on a treaty on a day. `actions` and `added` describe the source: how many acts it held, and for whom
    /// acts were added to it.
    #[must_use]
    pub fn new(treaty: &Treaty, on: NaiveDate, actions: usize, added: Vec<StateCode>) -> Self {
        let timeline = Timeline::new(treaty);
        let members = timeline.parties_on(on);
        let parties = PartiesOn {
            date: on,
            count: members.len(),
            members,
        };
        let mut report = Self {
            id: treaty.id.clone(),
            title: treaty.title.clone(),
            actions,
            signatories: timeline.signatories_on(NaiveDate::MAX).len(),
            contracting: timeline.contracting_on(NaiveDate::MAX).len(),
            clause: treaty.clause.as_ref().map(ToString::to_string),
            entry_into_force: timeline.entry().map(|entry| entry.day),
            completed_by: timeline.entry().map(|entry| entry.completed_by.clone()),
            parties_on: timeline.tells_parties_on(on).then_some(parties),
            excluded: treaty.excluded.clone(),
            organisations: treaty.organisations.clone(),
            added,
            depends_on: Vec::new(),
            earliest: None,
            latest: None,
            possible_absentees: timeline.possible_absentees(),
            missing: Vec::new(),
            evaluation: None,
            uncertain: timeline.uncertain(),
            assumed_ends: timeline.assumed_ends(),
        };
        report.explain(timeline.entry_into_force());
        report
    }

    fn explain(&mut self, entry_into_force: &EntryIntoForce) {
        match entry_into_force {
            EntryIntoForce::Depends {
                on,
                earliest,
                latest,
            } => {
                self.depends_on.clone_from(on);
                self.earliest.clone_from(earliest);
                self.latest.clone_from(latest);
            }
            EntryIntoForce::Undetermined { missing } => self.missing.clone_from(missing),
            EntryIntoForce::NotYet { evaluation } => self.evaluation = Some(evaluation.clone()),
            _ => {}
        }
    }
}
