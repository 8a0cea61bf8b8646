//! The decisions that are listed, as the rows of their table, and the ballots on them.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;
use plenary_analysis::table::{Cell, MISSING, Table};
use plenary_bodies::Reference;
use plenary_dataset::{DecisionRow, decision_rows, decisions_table};
use plenary_types::{Agreement, BodyId, Choice, Date, Mark, Participant, many, thousands};
use plenary_validation::{Config, Validator};

use super::super::{DecisionSettings, SelectedDecisions, select_decisions};
use super::VoteVerdict;
use super::columns::Line;
use crate::{Error, Input, Refusal};

/// The decisions that are listed, and the ballots on them.
pub(super) struct FoundVotes {
    /// A row for each decision, in the columns of the table of decisions of a dataset.
    pub(super) decisions: Table,
    /// The ballots, those of a decision together, by participant.
    pub(super) ballots: Vec<FoundBallot>,
    /// The day of each decision, else the first that it can be.
    days: Vec<Option<NaiveDate>>,
    reference: Arc<Reference>,
    /// What participants without a code are called by the sources; the first, where they print several names.
    printed: HashMap<Participant, String>,
    groups: Arc<[String]>,
    scheme: Option<String>,
    /// Whether only the ballots of some are selected.
    is_of_some: bool,
    /// Whether some decisions with a list have no day.
    pub(super) has_undated: bool,
    pub(super) metadata: Vec<(&'static str, String)>,
    pub(super) warnings: Vec<String>,
    pub(super) beside: Vec<PathBuf>,
}

/// A ballot that is listed.
#[derive(Clone, Copy, Debug)]
pub(super) struct FoundBallot {
    /// The row of its decision.
    pub(super) decision: usize,
    pub(super) who: Participant,
    pub(super) choice: Choice,
    pub(super) intended: Option<Choice>,
    pub(super) mark: Option<Mark>,
    /// The place of its groups among the labels.
    pub(super) group: u32,
}

/// What is found, before it is told in words.
pub(super) struct Parts<'a> {
    pub(super) decisions: Table,
    pub(super) days: Vec<Option<NaiveDate>>,
    /// How many decisions have a list of ballots.
    pub(super) listed: usize,
    /// How many of these have no day.
    pub(super) undated: usize,
    pub(super) ballots: Vec<FoundBallot>,
    pub(super) printed: HashMap<Participant, String>,
    pub(super) labels: Labels,
    pub(super) is_of_some: bool,
    /// Whether only the ballots of members of the groups are selected.
    pub(super) only_members: bool,
    pub(super) bodies: &'a [BodyId],
    pub(super) reference: Arc<Reference>,
    pub(super) scheme: Option<String>,
    pub(super) metadata: Vec<(&'static str, String)>,
    pub(super) warnings: Vec<String>,
    pub(super) beside: Vec<PathBuf>,
}

impl FoundVotes {
    /// Reads what is selected of some inputs, with ballots where they are wanted.
    pub(super) fn read<I: Into<Input>>(
        inputs: impl IntoIterator<Item = I>,
        settings: &DecisionSettings,
        with_ballots: bool,
    ) -> Result<Self, Error> {
        let inputs: Vec<Input> = inputs.into_iter().map(Into::into).collect();
        #[cfg(feature = "parquet")]
        if let Some(stored) = super::stored::read(&inputs, settings, with_ballots) {
            return Ok(stored);
        }
        Self::of_documents(inputs, settings, with_ballots)
    }

    /// The same, of the records of the inputs.
    pub(super) fn of_documents(
        inputs: Vec<Input>,
        settings: &DecisionSettings,
        with_ballots: bool,
    ) -> Result<Self, Error> {
        let selected = select_decisions(inputs, settings)?;
        let rows = judged(&selected);
        let mut days = Vec::with_capacity(rows.len());
        let mut ballots = Vec::new();
        let mut printed = HashMap::new();
        let mut labels = Labels::default();
        let mut listed = 0;
        for (at, of) in selected.decisions.iter().enumerate() {
            let decision = of.decision();
            days.push(decision.date.and_then(Date::first));
            listed += usize::from(of.is_listed());
            if !with_ballots {
                continue;
            }
            let start = ballots.len();
            for ballot in selected.ballots(of) {
                if ballot.who.code().is_none()
                    && let Some(name) = ballot.entry.name.as_ref().or(ballot.entry.code.as_ref())
                {
                    printed
                        .entry(ballot.who)
                        .or_insert_with(|| name.to_string());
                }
                ballots.push(FoundBallot {
                    decision: at,
                    who: ballot.who,
                    choice: ballot.choice,
                    intended: ballot.intended,
                    mark: ballot.mark,
                    group: labels.place(ballot.groups, selected.groups.names()),
                });
            }
            if let Some(own) = ballots.get_mut(start..) {
                own.sort_by_key(|ballot: &FoundBallot| ballot.who);
            }
        }
        Ok(Self::of_parts(Parts {
            decisions: decisions_table(&rows),
            days,
            listed,
            undated: selected.undated(),
            ballots,
            printed,
            labels,
            is_of_some: selected.is_of_some(),
            only_members: selected.only_members(),
            bodies: &selected.bodies,
            reference: selected.reference,
            scheme: selected.scheme,
            metadata: selected.metadata,
            warnings: selected.warnings,
            beside: selected.beside,
        }))
    }

    pub(super) fn of_parts(parts: Parts<'_>) -> Self {
        let mut metadata = parts.metadata;
        let counts = format!(
            "{}, {} of them with a list of ballots",
            many(parts.decisions.len() as u64, "decision"),
            thousands(parts.listed as u64)
        );
        metadata.push(("counts", counts));
        metadata.extend(confirmed(&parts.reference, parts.bodies));
        let mut warnings = parts.warnings;
        if parts.undated > 0 && parts.only_members {
            warnings.push(format!(
                "the ballots on {} without a day are left out: who was a member is not known",
                many(parts.undated as u64, "decision")
            ));
        }
        Self {
            decisions: parts.decisions,
            ballots: parts.ballots,
            days: parts.days,
            printed: parts.printed,
            groups: parts.labels.texts.into(),
            is_of_some: parts.is_of_some,
            has_undated: parts.undated > 0,
            reference: parts.reference,
            scheme: parts.scheme,
            metadata,
            warnings,
            beside: parts.beside,
        }
    }

    /// Keeps the decisions with one of these verdicts; all where none is named.
    pub(super) fn keep_verdicts(&mut self, verdicts: &[VoteVerdict]) -> Result<(), Refusal> {
        if verdicts.is_empty() {
            return Ok(());
        }
        let words: Vec<&str> = verdicts.iter().map(|verdict| verdict.as_str()).collect();
        let is_kept = |row: &usize| {
            let verdict = self.text(*row, "verdict");
            verdict.is_some_and(|verdict| words.contains(&verdict))
        };
        let rows: Vec<usize> = (0..self.decisions.len()).filter(is_kept).collect();
        let words = words.join(", ");
        if rows.is_empty() {
            let reason = format!("no selected decision has the verdict {words}");
            let refusal = Refusal::new(reason).with_help("widen the selection");
            return Err(refusal.by_setting(["verdict"]));
        }
        let place: HashMap<usize, usize> = rows.iter().copied().zip(0..).collect();
        let columns = self.decisions.columns().iter();
        self.decisions = Table::new(columns.map(|column| column.rows(&rows)).collect());
        self.days = rows.iter().map(|row| self.day(*row)).collect();
        self.ballots
            .retain_mut(|ballot| match place.get(&ballot.decision) {
                Some(place) => {
                    ballot.decision = *place;
                    true
                }
                None => false,
            });
        let kept = format!("{words}: {}", many(rows.len() as u64, "decision"));
        self.metadata.push(("verdict", kept));
        Ok(())
    }

    /// The decisions that are listed: those on which somebody who is selected has a ballot, where only some are.
    pub(super) fn listed_decisions(&self) -> impl Iterator<Item = usize> + use<> {
        let all = 0..self.decisions.len();
        let mut has_ballot = vec![!self.is_of_some; self.decisions.len()];
        for ballot in self.ballots.iter().filter(|_| self.is_of_some) {
            if let Some(has_ballot) = has_ballot.get_mut(ballot.decision) {
                *has_ballot = true;
            }
        }
        all.zip(has_ballot)
            .filter_map(|(at, has)| has.then_some(at))
    }

    pub(super) fn ballot(&self, line: &Line) -> Option<&FoundBallot> {
        self.ballots.get(line.ballot?)
    }

    /// The day of a decision, else the first that it can be.
    pub(super) fn day(&self, decision: usize) -> Option<NaiveDate> {
        self.days.get(decision).copied().flatten()
    }

    /// What a participant is called: in English on the day, else as printed.
    pub(super) fn name_of(&self, who: Participant, day: Option<NaiveDate>) -> String {
        let printed = self.printed.get(&who);
        let known = match who.code() {
            Some(_) => self.reference.name_on(who, day),
            None => printed
                .map(String::as_str)
                .or_else(|| self.reference.name_on(who, day)),
        };
        known.unwrap_or(who.identifier()).to_owned()
    }

    /// What groups are called.
    pub(super) fn group_labels(&self) -> Arc<[String]> {
        Arc::clone(&self.groups)
    }

    /// Which groups the column of groups has, in words.
    pub(super) fn grouped_by(&self) -> String {
        let scheme = self.scheme.as_deref().unwrap_or("of one's own");
        format!("{scheme}, of the day of each decision")
    }

    /// The text of a column of a decision.
    pub(super) fn text(&self, decision: usize, column: &str) -> Option<&str> {
        match self.decisions.column(column)?.cell(decision) {
            Cell::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Texts for the groups of ballots.
#[derive(Default)]
pub(super) struct Labels {
    of_groups: BTreeMap<Vec<usize>, u32>,
    texts: Vec<String>,
}

impl Labels {
    pub(super) fn place(&mut self, groups: &[usize], names: &[String]) -> u32 {
        if groups.is_empty() {
            return MISSING;
        }
        if let Some(place) = self.of_groups.get(groups) {
            return *place;
        }
        let texts = groups.iter().filter_map(|at| names.get(*at));
        let texts: Vec<&str> = texts.map(String::as_str).collect();
        self.texts.push(texts.join("|"));
        let place = u32::try_from(self.texts.len() - 1).unwrap_or(MISSING);
        self.of_groups.insert(groups.to_vec(), place);
        place
    }
}

/// The rows of the decisions, with the verdict of each.
fn judged(selected: &SelectedDecisions) -> Vec<DecisionRow> {
    let validator =
        Validator::new(Config::default()).with_reference(Arc::clone(&selected.reference));
    let mut rows: Vec<DecisionRow> = Vec::with_capacity(selected.decisions.len());
    // The rows of the record that was judged last.
    let mut last: Option<(*const Agreement, Vec<DecisionRow>)> = None;
    for decision in &selected.decisions {
        let record = Arc::as_ptr(&decision.agreement);
        let place = u32::try_from(decision.record).unwrap_or(u32::MAX);
        if last.as_ref().is_none_or(|(known, _)| *known != record) {
            let rows = decision_rows(place, &decision.agreement, &validator);
            last = Some((record, rows));
        }
        let known = last.iter().flat_map(|(_, rows)| rows);
        let mut known = known.filter(|row| row.act as usize == decision.act);
        let row = known.next();
        debug_assert!(row.is_some(), "each decision of a record has a row");
        rows.extend(row.cloned());
    }
    rows
}

/// Until when the members of bodies are confirmed.
fn confirmed(reference: &Reference, bodies: &[BodyId]) -> Option<(&'static str, String)> {
    let known = bodies.iter().filter_map(|id| {
        let until = reference.body(id.as_str())?.confirmed_until()?;
        Some(format!("{id} until {until}"))
    });
    let known: Vec<String> = known.collect();
    (!known.is_empty()).then(|| ("members confirmed", known.join(", ")))
}
