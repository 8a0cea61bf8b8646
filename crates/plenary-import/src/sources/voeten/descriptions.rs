//! Voeten's descriptions of roll calls: one row a roll call, with its totals and without ballots.

use chrono::NaiveDate;
use plenary_tables::DateForm;
use plenary_types::{Agreement, Ballots, Field};

use super::{PUBLISHER, day, of_roll_call, rollcall_column, total_column};
use crate::csv::columns::Content::{Number, Text};
use crate::csv::columns::{Column, column, names_of};
use crate::csv::header::Header;
use crate::csv::import::{of_table, of_whole};
use crate::csv::layout::{Layout, Role};
use crate::csv::table::{LongFormat, Table, Vote, VoterColumns};
use crate::csv::wide;
use crate::error::ImportError;
use crate::fields::Fields;
use crate::format::{Fit, Format, Reader, Recognise};
use crate::input::Input;
use crate::record::Import;

/// A table of roll calls that has their totals is one of votes, and none that only lies beside votes.
pub(crate) static DESCRIPTIONS: Format = Format::new(
    "voeten-descriptions-csv",
    "descriptions of roll calls of the United Nations General Assembly: facts and totals",
    Recognise::Header(recognise),
    Reader::File(read),
)
.with_publisher(PUBLISHER)
.with_page("voeten")
.with_scope()
.with_columns(COLUMNS);

const COLUMNS: &[Column] = &[
    column("rcid", &[], Text, true),
    column("yes", &[], Number, true),
    column("no", &[], Number, true),
    column("abstain", &[], Number, true),
    column("session", &[], Number, false),
    column("importantvote", &["important"], Text, false),
    column("date", &[], Text, false),
    column("unres", &["resid"], Text, false),
    column("amend", &[], Text, false),
    column("para", &[], Text, false),
    column("short", &[], Text, false),
    column("descr", &[], Text, false),
    column("me", &[], Text, false),
    column("nu", &[], Text, false),
    column("di", &[], Text, false),
    column("hr", &[], Text, false),
    column("co", &[], Text, false),
    column("ec", &[], Text, false),
];

/// A table with a row a ballot has `ccode` or `vote`, too.
fn recognise(headings: &[Box<str>]) -> Fit {
    let known = names_of(COLUMNS, headings);
    let has = |name: &str| known.contains(&Some(name));
    let is_of_ballots = names_of(super::COLUMNS, headings)
        .iter()
        .any(|known| matches!(known, Some("ccode" | "vote")));
    let needed = ["rcid", "yes", "no", "abstain"];
    let has_date = has("date") || has("session");
    if is_of_ballots || !has_date || !needed.into_iter().all(has) {
        return Fit::None;
    }
    let count = known.iter().flatten().count();
    Fit::Full(format!(
        "{count} of its {} columns are those of this format",
        headings.len()
    ))
}

fn read(input: &Input) -> Result<Import, ImportError> {
    let header = Header::of(input)?;
    let known = names_of(COLUMNS, &header.columns);
    let role = |known: &Option<&str>| match known {
        Some(_) => Role::Shared,
        None => Role::Ignored,
    };
    let layout = Layout {
        delimiter: header.delimiter,
        key: known
            .iter()
            .position(|known| *known == Some("rcid"))
            .into_iter()
            .collect(),
        instead: Vec::new(),
        roles: known.iter().map(role).collect(),
        words: DESCRIPTIONS.words(),
    };
    let (scan, _) = wide::scan(input, &header, &layout)?;
    let mut whole = of_whole(input, &header, &known, &scan)?;
    let dates = input.dates.clone();
    let format = Box::new(Descriptions);
    let table = Table::new(&input.path, header, layout, known, scan, format, dates)?;
    whole.findings.extend(table.votes_again(&["rcid"]));
    Ok(of_table(table, whole))
}

/// Reads descriptions of roll calls.
#[derive(Debug)]
struct Descriptions;

impl LongFormat for Descriptions {
    fn agreement(&self, vote: &mut Vote<'_>, ballots: Ballots) -> Agreement {
        debug_assert!(ballots.is_empty(), "no column is a voter");
        of_roll_call(vote, None, false)
    }

    fn has_ballots(&self, _vote: &Vote<'_>) -> bool {
        false
    }

    fn column(&self, field: Field) -> Option<&'static str> {
        rollcall_column(field).or(total_column(field))
    }

    fn day(&self, vote: &Vote<'_>) -> Option<NaiveDate> {
        day(&vote.get("date"), vote.dates(), &vote.get("session"))
    }

    /// As in the file of ballots, which was made with it.
    fn published_dates(&self) -> Option<DateForm> {
        Some(DateForm::MONTH_FIRST)
    }

    fn voter(&self) -> VoterColumns {
        VoterColumns::default()
    }
}
