//! The table of votes of `unvotes`: one row a state that voted yes, no or abstained.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::NaiveDate;
use plenary_types::{Agreement, Ballots, Field, Finding, Place, Severity, Source};

use super::fields::{Fields, agreement};
use super::table::{RollCall, Tables};
use super::voeten::{day, rollcall_column};
use super::voters;
use crate::ReaderCheck;
use crate::check::note;
use crate::csv::layout::Role::{Choice, Shared, Who};
use crate::csv::table::{LongFormat, Vote};
use crate::format::{Format, Spec, column};
use crate::names::{Identified, Printed};

pub(crate) const SPEC: Spec = Spec {
    format: Format::UnvotesCsv,
    columns: &[
        column("rcid", &[], Shared, true),
        column("country", &[], Who, true),
        column("country_code", &[], Who, false),
        column("vote", &[], Choice, true),
    ],
};

/// Reads `unvotes`, with the other two tables where they are at hand.
#[derive(Debug)]
pub(crate) struct Unvotes {
    /// Where code and name stand among the columns on who voted.
    pub(crate) code: Option<usize>,
    pub(crate) name: Option<usize>,
    pub(crate) tables: Arc<Tables>,
}

struct Row<'a> {
    tables: &'a Tables,
    roll_call: Option<&'a RollCall>,
    findings: Vec<Finding>,
}

impl Fields for Row<'_> {
    fn get(&self, column: &str) -> Cow<'_, str> {
        Cow::Borrowed(self.roll_call.map_or("", |call| call.get(column)))
    }

    fn unreadable(&mut self, column: &str, message: String, help: &str) {
        let place = Place {
            path: self.tables.roll_calls_path.clone(),
            line: self.roll_call.map(|call| call.line),
            column: None,
            field: Some(column.to_owned()),
        };
        let mut finding = note(ReaderCheck::UnreadableField, message, place);
        finding.found = Some(self.get(column).into_owned());
        finding.help = Some(help.to_owned());
        self.findings.push(finding);
    }
}

impl LongFormat for Unvotes {
    fn agreement(&self, vote: &Vote<'_>, ballots: Ballots) -> (Agreement, Vec<Finding>) {
        let rcid = vote.get("rcid").into_owned();
        let roll_call = self.tables.roll_calls.get(&*rcid);
        let issues = self.tables.issues.get(&*rcid).into_iter().flatten();
        let subjects = issues.map(|issue| issue.name.clone()).collect();
        let source = Source {
            title: "unvotes: United Nations General Assembly Voting Data".to_owned(),
            publisher: Some("David Robinson, after Erik Voeten".to_owned()),
            record: Some(rcid.clone()),
            ..Source::default()
        };
        let mut row = Row {
            tables: &self.tables,
            roll_call,
            findings: Vec::new(),
        };
        if roll_call.is_none() && self.tables.roll_calls_path.is_some() {
            let message = "the table of roll calls has no row for this vote";
            row.findings.push(vote.finding(
                ReaderCheck::NoRollCall,
                Severity::Warning,
                "rcid",
                message,
            ));
        }
        let agreement = agreement(&rcid, &mut row, subjects, source, ballots, true);
        (agreement, row.findings)
    }

    fn column(&self, field: Field) -> Option<&'static str> {
        match field {
            Field::Choice(_) | Field::Ballots => Some("vote"),
            Field::Name(_) => Some("country"),
            other => rollcall_column(other),
        }
    }

    fn place(&self, rcid: &str, field: Field) -> Option<Place> {
        let column = rollcall_column(field).filter(|column| *column != "rcid")?;
        Some(Place {
            path: self.tables.roll_calls_path.clone(),
            line: Some(self.tables.roll_calls.get(rcid)?.line),
            column: None,
            field: Some(column.to_owned()),
        })
    }

    fn day(&self, vote: &Vote<'_>) -> Option<NaiveDate> {
        let roll_call = self.tables.roll_calls.get(&*vote.get("rcid"))?;
        day(roll_call.get("date"), roll_call.get("session"))
    }

    fn printed<'a>(&self, values: &'a [Box<str>]) -> Printed<'a> {
        let value = |at: Option<usize>| at.and_then(|at| values.get(at)).map_or("", |v| v);
        Printed {
            code: value(self.code),
            name: value(self.name),
        }
    }

    fn identify(&self, values: &[Box<str>], on: Option<NaiveDate>) -> Identified {
        let printed = self.printed(values);
        voters::of_unvotes(printed.code, printed.name, on)
    }

    fn changes(&self, values: &[Box<str>]) -> Vec<NaiveDate> {
        voters::changes(values)
    }
}
