//! Voeten's roll-call file: one row a state and roll call.

use std::borrow::Cow;

use chrono::NaiveDate;
use plenary_types::{Agreement, Ballots, Field, Finding, Session, Source, Total};

use super::fields::{Fields, agreement};
use super::voters;
use crate::csv::layout::Role::{Choice, Shared, Who};
use crate::csv::table::{LongFormat, Vote};
use crate::format::{Format, Spec, column};
use crate::names::{Identified, Printed};

pub(crate) const SPEC: Spec = Spec {
    format: Format::VoetenCsv,
    columns: &[
        column("rcid", &[], Shared, true),
        column("ccode", &[], Who, true),
        column("vote", &[], Choice, true),
        column("session", &[], Shared, false),
        column("member", &[], Who, false),
        column("Country", &[], Who, false),
        column("Countryname", &["Country_name"], Who, false),
        column("year", &[], Shared, false),
        column("yes", &[], Shared, false),
        column("no", &[], Shared, false),
        column("abstain", &[], Shared, false),
        column("importantvote", &["important"], Shared, false),
        column("date", &[], Shared, false),
        column("unres", &["resid"], Shared, false),
        column("amend", &[], Shared, false),
        column("para", &[], Shared, false),
        column("short", &[], Shared, false),
        column("descr", &[], Shared, false),
        column("me", &[], Shared, false),
        column("nu", &[], Shared, false),
        column("di", &[], Shared, false),
        column("hr", &[], Shared, false),
        column("co", &[], Shared, false),
        column("ec", &[], Shared, false),
    ],
};

/// The issues that the data set marks, by their columns.
pub(super) const ISSUES: [(&str, &str); 6] = [
    ("me", "Palestinian conflict"),
    ("nu", "Nuclear weapons and nuclear material"),
    ("di", "Arms control and disarmament"),
    ("hr", "Human rights"),
    ("co", "Colonialism"),
    ("ec", "Economic development"),
];

/// Reads Voeten's file.
#[derive(Debug)]
pub(crate) struct Voeten {
    /// Where number and name stand among the columns on who voted.
    pub(crate) number: Option<usize>,
    pub(crate) name: Option<usize>,
    /// Set when the file has no rows for states that did not vote.
    pub(crate) partial: bool,
}

struct Row<'a, 'b> {
    vote: &'a Vote<'b>,
    findings: Vec<Finding>,
}

impl Fields for Row<'_, '_> {
    fn get(&self, column: &str) -> Cow<'_, str> {
        self.vote.get(column)
    }

    fn unreadable(&mut self, column: &str, message: String, help: &str) {
        self.findings
            .push(self.vote.unreadable(column, message, help));
    }
}

impl LongFormat for Voeten {
    fn agreement(&self, vote: &Vote<'_>, ballots: Ballots) -> (Agreement, Vec<Finding>) {
        let rcid = vote.get("rcid").into_owned();
        let marked = |column: &str| matches!(&*vote.get(column), "1" | "1.0");
        let subjects = ISSUES.iter().filter(|(column, _)| marked(column));
        let subjects = subjects.map(|(_, issue)| (*issue).to_owned()).collect();
        let source = Source {
            title: "United Nations General Assembly Voting Data".to_owned(),
            publisher: Some("Erik Voeten, Anton Strezhnev, Michael Bailey".to_owned()),
            record: Some(rcid.clone()),
            url: Some("https://doi.org/10.7910/DVN/LEJUQZ".to_owned()),
            ..Source::default()
        };
        let mut row = Row {
            vote,
            findings: Vec::new(),
        };
        let agreement = agreement(&rcid, &mut row, subjects, source, ballots, self.partial);
        (agreement, row.findings)
    }

    fn column(&self, field: Field) -> Option<&'static str> {
        rollcall_column(field).or(match field {
            Field::Choice(_) | Field::Ballots => Some("vote"),
            Field::Name(_) => Some("ccode"),
            Field::Announced(Total::Yes) => Some("yes"),
            Field::Announced(Total::No) => Some("no"),
            Field::Announced(Total::Abstain) => Some("abstain"),
            _ => None,
        })
    }

    fn day(&self, vote: &Vote<'_>) -> Option<NaiveDate> {
        day(&vote.get("date"), &vote.get("session"))
    }

    fn printed<'a>(&self, values: &'a [Box<str>]) -> Printed<'a> {
        let value = |at: Option<usize>| at.and_then(|at| values.get(at)).map_or("", |v| v);
        Printed {
            code: value(self.number),
            name: value(self.name),
        }
    }

    fn identify(&self, values: &[Box<str>], on: Option<NaiveDate>) -> Identified {
        let printed = self.printed(values);
        voters::of_voeten(printed.code, printed.name, on)
    }

    fn changes(&self, values: &[Box<str>]) -> Vec<NaiveDate> {
        voters::changes(values)
    }
}

/// The column of a field of the roll call.
pub(super) const fn rollcall_column(field: Field) -> Option<&'static str> {
    Some(match field {
        Field::Title => "short",
        Field::Symbol(_) | Field::Outcome => "unres",
        Field::Source(_) | Field::Id => "rcid",
        Field::Date => "date",
        Field::Session => "session",
        _ => return None,
    })
}

/// The day on which voters are identified: that of the roll call, else one in the midst of the session.
pub(super) fn day(date: &str, session: &str) -> Option<NaiveDate> {
    crate::texts::day_for_names(date).or_else(|| {
        let session: Session = session.trim().trim_end_matches(".0").parse().ok()?;
        NaiveDate::from_ymd_opt(session.opening_year()?, 11, 30)
    })
}
