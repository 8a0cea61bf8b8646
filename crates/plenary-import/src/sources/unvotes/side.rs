//! The two small tables beside `unvotes`: roll calls and issues.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use plenary_tables::{DateForm, Row};
use plenary_types::{Finding, Place};

use crate::check::ReaderCheck;
use crate::containers::Placement;
use crate::csv::columns::Content::{Number, Text};
use crate::csv::columns::column;
use crate::csv::dates;
use crate::csv::header::Header;
use crate::csv::row::excerpt;
use crate::error::{ImportError, Rejected, no_rows};
use crate::format::{Format, Reader, Recognise};
use crate::input::{Input, Limit};
use crate::record::Import;

/// The tables beside the votes are read whole: they have a row or two for each vote.
const LONGEST: Limit = Limit {
    mebibytes: 64,
    of: "a table of roll calls or issues",
    help: "these tables are small: check that this is the file that is meant",
};

pub(super) const PUBLISHER: &str = "David Robinson, after Erik Voeten";

pub(crate) static ROLL_CALLS: Format = Format::new(
    "unvotes-roll-calls-csv",
    "roll calls of unvotes",
    Recognise::Columns,
    Reader::File(|input| read_alone(input, &ROLL_CALLS)),
)
.with_publisher(PUBLISHER)
.with_page("unvotes")
.with_columns(&[
    column("rcid", &[], Text, true),
    column("session", &[], Number, true),
    column("date", &[], Text, true),
    column("unres", &[], Text, true),
    column("importantvote", &["important"], Text, false),
    column("amend", &[], Text, false),
    column("para", &[], Text, false),
    column("short", &[], Text, false),
    column("descr", &[], Text, false),
]);

pub(crate) static ISSUES: Format = Format::new(
    "unvotes-issues-csv",
    "issues of the roll calls of unvotes",
    Recognise::Columns,
    Reader::File(|input| read_alone(input, &ISSUES)),
)
.with_publisher(PUBLISHER)
.with_page("unvotes")
.with_columns(&[
    column("rcid", &[], Text, true),
    column("short_name", &[], Text, true),
    column("issue", &[], Text, true),
]);

/// Reads one of the tables alone.
fn read_alone(input: &Input, format: &Format) -> Result<Import, ImportError> {
    let import = read_side_table(input, format, &mut Tables::default())?;
    match import.summary().rows {
        0 => Err(no_rows(&input.path)),
        _ => Ok(import),
    }
}

/// What the two tables say, by roll call.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tables {
    pub(crate) roll_calls_path: Option<String>,
    pub(crate) roll_calls: HashMap<Box<str>, RollCall>,
    /// How the dates of the roll calls are written.
    pub(crate) dates: DateForm,
    pub(crate) issues_path: Option<String>,
    pub(crate) issues: HashMap<Box<str>, Vec<Issue>>,
}

/// One row of the table of issues.
#[derive(Clone, Debug)]
pub(crate) struct Issue {
    pub(crate) line: u64,
    pub(crate) name: String,
}

impl Tables {
    /// Notes the rows of a container where the lines of its text were noted.
    pub(super) fn place_rows(&mut self, format: &Format, placement: &Placement) {
        let place = |line: &mut u64| *line = placement.row_of(*line).unwrap_or(*line);
        if format.name() == ISSUES.name() {
            let issues = self.issues.values_mut().flatten();
            issues.for_each(|issue| place(&mut issue.line));
        } else {
            let calls = self.roll_calls.values_mut();
            calls.for_each(|call| place(&mut call.line));
        }
    }

    /// A finding for each row of a roll call that has no vote: it is in no record.
    pub(crate) fn without_votes(&self, votes: &HashSet<String>) -> Vec<Finding> {
        let calls = self.roll_calls.iter().map(|(rcid, call)| (rcid, call.line));
        let issues = self.issues.iter();
        let issues = issues.flat_map(|(rcid, of)| of.iter().map(move |issue| (rcid, issue.line)));
        let of_table = |path: &Option<String>, rows: Vec<(&Box<str>, u64)>| {
            let without = rows
                .into_iter()
                .filter(|(rcid, _)| !votes.contains(&***rcid));
            let mut without: Vec<(u64, &str)> =
                without.map(|(rcid, line)| (line, &**rcid)).collect();
            without.sort_unstable();
            let finding = |(line, rcid): (u64, &str)| without_vote(path.clone(), line, rcid);
            without.into_iter().map(finding).collect::<Vec<_>>()
        };
        let mut findings = of_table(&self.roll_calls_path, calls.collect());
        findings.extend(of_table(&self.issues_path, issues.collect()));
        findings
    }
}

fn without_vote(path: Option<String>, line: u64, rcid: &str) -> Finding {
    let place = Place {
        path,
        ..Place::default()
    };
    let place = place.with_line(line).with_field("rcid");
    let message = "no ballot of this roll call was read; the row is in no record";
    let mut finding = ReaderCheck::NoRollCall.finding(message.to_owned(), place);
    finding.found = Some(rcid.to_owned());
    finding.help = Some("add or mend its ballots in the table of votes".to_owned());
    finding
}

/// One row of the table of roll calls.
#[derive(Clone, Debug)]
pub(crate) struct RollCall {
    pub(crate) line: u64,
    values: Vec<(&'static str, Box<str>)>,
}

impl RollCall {
    pub(crate) fn get(&self, column: &str) -> &str {
        let value = self.values.iter().find(|(name, _)| *name == column);
        value.map_or("", |(_, value)| value)
    }
}

/// Reads one of the two tables into `tables`, and accounts for its rows.
pub(super) fn read_side_table(
    input: &Input,
    format: &Format,
    tables: &mut Tables,
) -> Result<Import, ImportError> {
    let header = Header::of(input)?;
    let known = format.columns_among(&header.columns);
    let text = input.bytes_up_to(LONGEST)?;
    let issues = format.name() == ISSUES.name();
    let path = match issues {
        true => &mut tables.issues_path,
        false => &mut tables.roll_calls_path,
    };
    *path = Some(input.path.clone());
    let mut side = Side {
        input,
        issues,
        tables,
    };
    let (read, rejected) = header.each_row(input, &text, |row| side.row(row, &known))?;
    let mut account = header.account(input, &known);
    if !issues {
        let calls = tables.roll_calls.values();
        let mut printed: Vec<(u64, &str)> =
            calls.map(|call| (call.line, call.get("date"))).collect();
        printed.sort_unstable();
        tables.dates = dates::settle(&input.path, input.dates.as_ref(), None, "date", printed)?;
        account += &dates::account(&tables.dates);
    }
    let findings = header.odd_columns(input, &known).collect();
    let import = Import::from_rows(&input.path, Vec::new(), rejected, read);
    Ok(import.with_findings(findings).with_remarks(&account))
}

/// One of the tables while it is read.
struct Side<'a> {
    input: &'a Input,
    issues: bool,
    tables: &'a mut Tables,
}

impl Side<'_> {
    /// Keeps a row, or says why it cannot.
    fn row(&mut self, row: &Row<'_>, known: &[Option<&'static str>]) -> Option<Rejected> {
        let values = known
            .iter()
            .zip(row.values())
            .filter_map(|(known, value)| Some(((*known)?, value.into())));
        let line = row.line;
        let call = RollCall {
            line,
            values: values.collect(),
        };
        let rcid: Box<str> = call.get("rcid").into();
        if rcid.is_empty() {
            let reason = "the row does not say of which roll call it is";
            return Some(self.rejection(row, reason, "fill in `rcid`"));
        }
        if self.issues {
            let name = call.get("issue").to_owned();
            let issue = Issue { line, name };
            self.tables.issues.entry(rcid).or_default().push(issue);
            return None;
        }
        match self.tables.roll_calls.entry(rcid) {
            Entry::Vacant(place) => {
                place.insert(call);
                None
            }
            Entry::Occupied(first) => {
                let first = first.get().line;
                let reason = format!("this roll call is in line {first} already");
                Some(self.rejection(row, &reason, "keep one of the two rows"))
            }
        }
    }

    /// That of a row for its number of the roll call.
    fn rejection(&self, row: &Row<'_>, reason: &str, help: &str) -> Rejected {
        Rejected {
            place: Place::new(&self.input.path)
                .with_line(row.line)
                .with_field("rcid"),
            value: excerpt(row.whole().as_bytes()),
            reason: reason.to_owned(),
            help: help.to_owned(),
            record: None,
        }
    }
}
