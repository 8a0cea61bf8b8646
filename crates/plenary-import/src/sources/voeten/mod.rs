//! Erik Voeten's roll calls of the General Assembly: one row a state and roll call.

mod descriptions;
pub(super) mod fields;
pub(super) mod voters;

use chrono::NaiveDate;
use plenary_tables::DateForm;
use plenary_types::{
    Agreement, Ballots, Choice, Field, Finding, Issue, Place, Session, Source, Total,
};

use crate::check::ReaderCheck;
use crate::csv::columns::Content::{Choice as Chosen, Number, Text, Voter};
use crate::csv::columns::{Column, column};
use crate::csv::long::Long;
use crate::csv::table::{LongFormat, Undated, Vote, VoterColumns};
use crate::error::ImportError;
use crate::fields::Fields;
use crate::format::{Format, Reader, Recognise};
use crate::input::Input;
use crate::names::Identified;
use crate::record::Import;
use fields::agreement;

pub(crate) use descriptions::DESCRIPTIONS;

pub(crate) static FORMAT: Format = Format::new(
    "voeten-csv",
    "United Nations General Assembly Voting Data",
    Recognise::Columns,
    Reader::File(read),
)
.with_publisher(PUBLISHER)
.with_page("voeten")
.with_scope()
.with_columns(COLUMNS)
.with_words(WORDS);

const PUBLISHER: &str = "Erik Voeten, Anton Strezhnev, Michael Bailey";

const COLUMNS: &[Column] = &[
    column("rcid", &[], Text, true),
    column("ccode", &[], Voter, true),
    column("vote", &[], Chosen, true),
    column("session", &[], Number, false),
    column("member", &[], Voter, false),
    column("Country", &[], Voter, false),
    column("Countryname", &["Country_name"], Voter, false),
    column("year", &[], Text, false),
    column("yes", &[], Number, false),
    column("no", &[], Number, false),
    column("abstain", &[], Number, false),
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

/// The numbers of the codebook: 1 yes, 2 abstain, 3 no, 8 absent, 9 not a member.
const WORDS: &[(&str, Choice)] = &[
    ("1", Choice::Yes),
    ("2", Choice::Abstain),
    ("3", Choice::No),
    ("8", Choice::NonVoting),
    ("9", Choice::NotEligible),
];

fn read(input: &Input) -> Result<Import, ImportError> {
    let mut long = Long::read(input, COLUMNS, ("rcid", &[]), FORMAT.words())?;
    let mut groups = long.scan.groups.iter();
    let partial = !groups.any(|group| group.choices.contains(&Choice::NonVoting));
    if partial {
        long.findings().push(left_out(input));
    }
    let names = ["Countryname", "Country"];
    let format = Voeten {
        voter: VoterColumns {
            code: long.among_who("ccode"),
            name: names.iter().find_map(|name| long.among_who(name)),
        },
        partial,
    };
    long.import(Box::new(format))
}

/// That a source has rows for those only who voted, said once for each input.
pub(super) fn left_out(input: &Input) -> Finding {
    let message = "this source has no rows for states that were absent or not members: its tallies cannot be compared with the membership";
    ReaderCheck::SourceLeavesOut.finding(message, Place::new(&input.path))
}

/// Reads Voeten's file.
#[derive(Debug)]
struct Voeten {
    voter: VoterColumns,
    /// Set when the file has no rows for states that did not vote.
    partial: bool,
}

/// The agreement of a roll call, with its ballots where a table has them.
fn of_roll_call(vote: &mut Vote<'_>, ballots: Option<Ballots>, partial: bool) -> Agreement {
    let rcid = vote.get("rcid").into_owned();
    let mark = |issue: &Issue| vote.get(issue.code());
    let is_set = |issue: &Issue| matches!(&*mark(issue), "1" | "1.0");
    let subjects = Issue::ALL.into_iter().filter(is_set);
    let subjects = subjects.map(|issue| issue.name().to_owned()).collect();
    // A vote that nobody has coded yet has `NA` or nothing in all of the columns.
    let codes_issues = Issue::ALL
        .iter()
        .any(|issue| !matches!(&*mark(issue), "" | "NA"));
    let source = Source {
        title: FORMAT.title().to_owned(),
        publisher: Some(PUBLISHER.to_owned()),
        record: Some(rcid.clone()),
        url: Some("https://doi.org/10.7910/DVN/LEJUQZ".to_owned()),
        codes_issues,
        ..Source::default()
    };
    agreement(&rcid, vote, subjects, source, ballots, partial)
}

impl LongFormat for Voeten {
    fn agreement(&self, vote: &mut Vote<'_>, ballots: Ballots) -> Agreement {
        of_roll_call(vote, Some(ballots), self.partial)
    }

    fn column(&self, field: Field) -> Option<&'static str> {
        rollcall_column(field)
            .or(total_column(field))
            .or(match field {
                Field::Choice(_) | Field::Ballots => Some("vote"),
                Field::Name(_) => Some("ccode"),
                _ => None,
            })
    }

    fn day(&self, vote: &Vote<'_>) -> Option<NaiveDate> {
        day(&vote.get("date"), vote.dates(), &vote.get("session"))
    }

    /// Where there is no date, the year stands in.
    fn undated(&self, vote: &Vote<'_>) -> Option<Undated> {
        let has_year = vote.has("year") && !matches!(&*vote.get("year"), "" | "NA");
        let date = vote.get("date");
        let undated = vote
            .has("date")
            .then(|| Undated::of(&date, |text| vote.dates().read(text).is_ok()));
        undated.flatten().filter(|_| !has_year)
    }

    /// The dates of `UNVotesPublished` are those of an American spreadsheet.
    fn published_dates(&self) -> Option<DateForm> {
        Some(DateForm::MONTH_FIRST)
    }

    fn voter(&self) -> VoterColumns {
        self.voter
    }

    fn identify(&self, values: &[Box<str>], on: Option<NaiveDate>) -> Identified {
        let printed = self.printed(values);
        voters::of_voeten(printed.code, printed.name, on)
    }

    fn changes(&self, values: &[Box<str>]) -> Vec<NaiveDate> {
        voters::changes(values)
    }
}

/// The column of a total.
const fn total_column(field: Field) -> Option<&'static str> {
    match field {
        Field::Announced(Total::Yes) => Some("yes"),
        Field::Announced(Total::No) => Some("no"),
        Field::Announced(Total::Abstain) => Some("abstain"),
        _ => None,
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
pub(super) fn day(date: &str, dates: &DateForm, session: &str) -> Option<NaiveDate> {
    crate::texts::day_for_names(date, dates).or_else(|| {
        let session: Session = session.trim().trim_end_matches(".0").parse().ok()?;
        NaiveDate::from_ymd_opt(session.opening_year()?, 11, 30)
    })
}
