//! The tables of the `unvotes` package, which were made from Voeten's file: votes, of states that voted yes, no or abstained, and
//! beside them roll calls and issues.

mod side;

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use plenary_tables::DateForm;
use plenary_types::{Agreement, Ballots, Choice, Field, Finding, Place, Severity, Source};

use super::voeten::fields::agreement;
use super::voeten::{day, left_out, rollcall_column, voters};
use crate::check::ReaderCheck;
use crate::csv::columns::Content::{Choice as Chosen, Text, Voter};
use crate::csv::columns::{Column, column};
use crate::csv::long::Long;
use crate::csv::table::{LongFormat, Undated, Vote, VoterColumns};
use crate::error::ImportError;
use crate::fields::Fields;
use crate::format::{Format, Reader, Recognise};
use crate::input::Input;
use crate::names::Identified;
use crate::record::Import;
use side::{PUBLISHER, RollCall, Tables, read_side_table};

pub(crate) use side::{ISSUES, ROLL_CALLS};

pub(crate) static FORMAT: Format = Format::new(
    "unvotes-csv",
    "unvotes: United Nations General Assembly Voting Data",
    Recognise::Columns,
    Reader::File(read),
)
.with_publisher(PUBLISHER)
.with_page("unvotes")
.with_scope()
.with_columns(COLUMNS)
.with_words(WORDS)
.with_folder(votes_in);

const COLUMNS: &[Column] = &[
    column("rcid", &[], Text, true),
    column("country", &[], Voter, true),
    column("country_code", &[], Voter, false),
    column("vote", &[], Chosen, true),
];

const WORDS: &[(&str, Choice)] = &[
    ("yes", Choice::Yes),
    ("no", Choice::No),
    ("abstain", Choice::Abstain),
];

/// Reads the votes, with the other two tables where they lie beside it. The rows of all are accounted for together.
fn read(input: &Input) -> Result<Import, ImportError> {
    let mut tables = Tables::default();
    let mut companions = Vec::new();
    for (name, format) in [("roll_calls", &ROLL_CALLS), ("issues", &ISSUES)] {
        let Some(path) = input.file().and_then(|file| beside(file, name)) else {
            continue;
        };
        let beside = input.open_beside(&path)?;
        let read = read_side_table(&beside, format, &mut tables);
        let companion = match &beside.container {
            None => read?,
            Some(container) => {
                let read = read.map_err(|error| container.placement.error(error))?;
                tables.place_rows(format, &container.placement);
                container.account_for(read)
            }
        };
        companions.push((path, companion));
    }
    let mut long = Long::read(input, COLUMNS, ("rcid", &[]), FORMAT.words())?;
    long.findings().push(left_out(input));
    long.findings().extend(not_beside(input, &tables));
    let votes = long.of_votes("rcid").collect();
    let without_votes = tables.without_votes(&votes);
    long.findings().extend(without_votes);
    let format = Unvotes {
        voter: long.voter("country_code", "country"),
        tables: Arc::new(tables),
    };
    let mut import = long.import(Box::new(format))?;
    for (path, companion) in companions {
        import.account_for(path, companion);
    }
    Ok(import)
}

/// That tables do not lie beside the votes, and what these lack without them.
fn not_beside(input: &Input, tables: &Tables) -> Option<Finding> {
    let (message, files) = match (&tables.roll_calls_path, &tables.issues_path) {
        (Some(_), Some(_)) => return None,
        (Some(_), None) => (
            "no table `issues` lies beside it: its votes have no subjects",
            "`issues.csv`",
        ),
        (None, Some(_)) => (
            "no table `roll_calls` lies beside it: its votes have no dates, sessions, symbols or titles",
            "`roll_calls.csv`",
        ),
        (None, None) => (
            "neither `roll_calls` nor `issues` lies beside it: its votes have no dates, sessions, symbols, titles or subjects",
            "`roll_calls.csv` and `issues.csv`",
        ),
    };
    let help = format!(
        "put {files} of the same edition into its folder, and name the folder or this file"
    );
    Some(Finding {
        help: Some(help),
        ..ReaderCheck::NoRollCall.finding(message, Place::new(&input.path))
    })
}

/// The votes in a folder of the three tables.
fn votes_in(folder: &Path) -> Option<PathBuf> {
    beside(&folder.join("unvotes"), "unvotes")
}

/// A table of this name in the folder of another, in any of the packings; of the package's own data files beside one of them.
fn beside(path: &Path, name: &str) -> Option<PathBuf> {
    let folder = path.parent()?;
    let is_of_package = path.extension().is_some_and(|end| end == "rda");
    let of_package = match name {
        "issues" => "un_roll_call_issues.rda".to_owned(),
        _ => format!("un_{name}.rda"),
    };
    let ends = ["csv", "csv.gz", "csv.zst"].iter();
    let names = ends.map(|end| format!("{name}.{end}"));
    let mut names = names.chain(is_of_package.then_some(of_package));
    names.find_map(|name| Some(folder.join(name)).filter(|path| path.is_file()))
}

/// Reads `unvotes`, with the other two tables where they are at hand.
#[derive(Debug)]
struct Unvotes {
    voter: VoterColumns,
    tables: Arc<Tables>,
}

struct Row<'a> {
    tables: &'a Tables,
    roll_call: Option<&'a RollCall>,
    findings: Vec<Finding>,
}

impl Fields for Row<'_> {
    fn dates(&self) -> &DateForm {
        &self.tables.dates
    }

    fn get(&self, column: &str) -> Cow<'_, str> {
        Cow::Borrowed(self.roll_call.map_or("", |call| call.get(column)))
    }

    fn unreadable(&mut self, column: &str, message: String, help: &str) {
        let place = Place {
            path: self.tables.roll_calls_path.clone(),
            line: self.roll_call.map(|call| call.line),
            ..Place::default()
        };
        let place = place.with_field(column);
        let mut finding = ReaderCheck::UnreadableField.finding(message, place);
        finding.found = Some(self.get(column).into_owned());
        finding.help = Some(help.to_owned());
        self.findings.push(finding);
    }
}

impl LongFormat for Unvotes {
    fn agreement(&self, vote: &mut Vote<'_>, ballots: Ballots) -> Agreement {
        let rcid = vote.get("rcid").into_owned();
        let roll_call = self.tables.roll_calls.get(&*rcid);
        let issues = self.tables.issues.get(&*rcid).into_iter().flatten();
        let subjects = issues.map(|issue| issue.name.clone()).collect();
        let source = Source {
            title: FORMAT.title().to_owned(),
            publisher: Some(PUBLISHER.to_owned()),
            record: Some(rcid.clone()),
            codes_issues: self.tables.issues_path.is_some(),
            ..Source::default()
        };
        let mut row = Row {
            tables: &self.tables,
            roll_call,
            findings: Vec::new(),
        };
        if roll_call.is_none() && self.tables.roll_calls_path.is_some() {
            let message = "the table of roll calls has no row for this vote";
            let check = ReaderCheck::NoRollCall;
            let finding = vote.finding(check, Severity::Warning, "rcid", message);
            vote.findings.push(finding);
        }
        let agreement = agreement(&rcid, &mut row, subjects, source, Some(ballots), true);
        vote.findings.append(&mut row.findings);
        agreement
    }

    fn column(&self, field: Field) -> Option<&'static str> {
        match field {
            Field::Choice(_) | Field::Ballots => Some("vote"),
            Field::Name(_) => Some("country"),
            other => rollcall_column(other),
        }
    }

    fn place(&self, vote: &Vote<'_>, field: Field) -> Option<Place> {
        let column = rollcall_column(field).filter(|column| *column != "rcid")?;
        let line = self.tables.roll_calls.get(&*vote.get("rcid"))?.line;
        let path = self.tables.roll_calls_path.as_ref()?;
        Some(Place::new(path).with_line(line).with_field(column))
    }

    fn undated(&self, vote: &Vote<'_>) -> Option<Undated> {
        let roll_call = self.tables.roll_calls.get(&*vote.get("rcid"))?;
        let dates = &self.tables.dates;
        Undated::of(roll_call.get("date"), |text| dates.read(text).is_ok())
    }

    fn day(&self, vote: &Vote<'_>) -> Option<NaiveDate> {
        let roll_call = self.tables.roll_calls.get(&*vote.get("rcid"))?;
        let dates = &self.tables.dates;
        day(roll_call.get("date"), dates, roll_call.get("session"))
    }

    fn voter(&self) -> VoterColumns {
        self.voter
    }

    fn identify(&self, values: &[Box<str>], on: Option<NaiveDate>) -> Identified {
        let printed = self.printed(values);
        voters::of_unvotes(printed.code, printed.name, on)
    }

    fn changes(&self, values: &[Box<str>]) -> Vec<NaiveDate> {
        voters::changes(values)
    }
}
