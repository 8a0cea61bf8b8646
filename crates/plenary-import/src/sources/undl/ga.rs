//! General Assembly voting data, one row a ballot (the layouts of 2024, 2025 and 2026), and a column a country.

use chrono::NaiveDate;
use plenary_states::{MatchKind, Resolver};
use plenary_types::{Agreement, Ballots, BodyId, Field, Finding};

use super::vote::{self, KEY, PUBLISHER, WORDS};
use crate::check::ReaderCheck;
use crate::csv::choices::{Reading, Words};
use crate::csv::columns::Content::{Choice, Number, Symbol, Text, Voter};
use crate::csv::columns::{Column, Content, column, columns_of, names_of};
use crate::csv::header::Header;
use crate::csv::import::{of_table, of_whole};
use crate::csv::layout::{Layout, Role};
use crate::csv::long::Long;
use crate::csv::table::{BallotColumns, LongFormat, Table, Vote, VoterColumns};
use crate::csv::wide;
use crate::error::ImportError;
use crate::fields::Fields;
use crate::format::{Fit, Format, Reader, Recognise};
use crate::input::Input;
use crate::names::{self, Identified};
use crate::record::Import;
use crate::spelling::Spelling;

/// One row a ballot.
pub(crate) static FORMAT: Format = Format::new(
    "undl-ga-csv",
    "votes of the General Assembly, one row per ballot",
    Recognise::Columns,
    Reader::File(read),
)
.with_publisher(PUBLISHER)
.with_page("undl-ga")
.with_scope()
.with_columns(COLUMNS)
.with_words(WORDS);

/// One row a resolution and a column a country.
pub(crate) static WIDE: Format = Format::new(
    "undl-ga-wide-csv",
    "votes of the General Assembly, one row per resolution and one column per country",
    Recognise::Header(recognise_wide),
    Reader::File(read_wide),
)
.with_publisher(PUBLISHER)
.with_page("undl-ga")
.with_scope()
.with_spelling(wide_spelling);

const COLUMNS: &[Column] = &[
    column("undl_id", &[], Text, false),
    column("ms_code", &["ms_codes"], Voter, false),
    column("ms_name", &["ms_names"], Voter, true),
    column("ms_vote", &["ms_votes"], Choice, true),
    column("date", &[], Text, true),
    column("session", &[], Number, false),
    column("resolution", &["resolutions"], Symbol, true),
    column("draft", &["drafts"], Text, false),
    column("committee_report", &["committee_reports"], Text, false),
    column("meeting", &["meetings"], Symbol, false),
    column("title", &["titles"], Text, false),
    column("agenda_title", &["agenda_titles", "agenda"], Text, false),
    column("subjects", &["subject"], Text, false),
    column("vote_note", &["vote_notes"], Text, false),
    column("modality", &[], Text, false),
    column("total_yes", &["yes"], Number, false),
    column("total_no", &["no"], Number, false),
    column("total_abstentions", &["abstentions"], Number, false),
    column("total_non_voting", &["non-voting"], Number, false),
    column("total_ms", &["total-voting"], Number, false),
    column("undl_link", &[], Text, false),
];

/// Reads the layouts of one row a ballot.
fn read(input: &Input) -> Result<Import, ImportError> {
    let long = Long::read(input, COLUMNS, KEY, FORMAT.words())?;
    let format = Assembly {
        voter: long.voter("ms_code", "ms_name"),
        wide: false,
    };
    long.import(Box::new(format))
}

/// Fewer columns with the names of states may be a coincidence.
const LEAST_STATES: usize = 3;

/// A table of votes with a column a country.
fn recognise_wide(headings: &[Box<str>]) -> Fit {
    let columns = names_of(COLUMNS, headings);
    let has = |name: &str| columns.contains(&Some(name));
    let unknown = headings
        .iter()
        .zip(&columns)
        .filter(|(_, known)| known.is_none());
    let states = unknown
        .filter(|(heading, _)| names::is_state(heading))
        .count();
    if !(has("resolution") && has("date")) || has("ms_vote") || states < LEAST_STATES {
        return Fit::None;
    }
    Fit::Full(format!(
        "it has a resolution and a date a row, and {states} columns are headed by states"
    ))
}

/// The columns of a wide table hold what those of a long one do, and the votes of states.
fn wide_spelling(text: &str) -> Option<Spelling> {
    Spelling::by_header(text, FORMAT.words(), |header| {
        let known = columns_of(COLUMNS, &header.columns).into_iter();
        let columns = known.zip(header.columns.iter());
        columns
            .map(|(known, heading)| match known {
                Some(column) => Some(column.content),
                None => names::is_state(heading).then_some(Content::Choice),
            })
            .collect()
    })
}

/// Reads the layout of one row a resolution and a column a country.
fn read_wide(input: &Input) -> Result<Import, ImportError> {
    let header = Header::of(input)?;
    let known = names_of(COLUMNS, &header.columns);
    let words = FORMAT.words();
    // A heading that nobody knows, over votes: a name that is mistyped or that no table of states has.
    let is_voter = |at: usize, heading: &str| {
        names::is_state(heading)
            || (!heading.is_empty() && are_votes(&words, &header.beginning_of(input, at)))
    };
    let columns = known.iter().zip(header.columns.iter()).enumerate();
    let roles: Vec<Role> = columns
        .map(|(at, (known, heading))| match known {
            Some(_) => Role::Shared,
            None if is_voter(at, heading) => Role::Choice,
            None => Role::Ignored,
        })
        .collect();
    let at = |name: &&str| known.iter().position(|known| *known == Some(*name));
    let layout = Layout {
        delimiter: header.delimiter,
        key: ["undl_id", "resolution"].iter().filter_map(at).collect(),
        instead: Vec::new(),
        roles,
        words,
    };
    let (scan, voters) = wide::scan(input, &header, &layout)?;
    let shown = |role: &Role| (*role != Role::Ignored).then_some("");
    let shown: Vec<Option<&'static str>> = layout.roles.iter().map(shown).collect();
    let mut whole = of_whole(input, &header, &shown, &scan)?;
    let format = Box::new(Assembly {
        voter: VoterColumns::default(),
        wide: true,
    });
    let mut table = Table::new(
        &input.path,
        header,
        layout,
        known,
        scan,
        format,
        input.dates.clone(),
    )?;
    table.ballots = BallotColumns::Voters(voters);
    whole.findings.extend(table.of_a_later_time());
    Ok(of_table(table, whole))
}

/// Whether the cells of a column are votes: at least one is, and every other is blank or one too.
fn are_votes(words: &Words, cells: &[String]) -> bool {
    let is_vote = |cell: &String| {
        matches!(
            words.read(cell),
            Some(Reading::Plain(_) | Reading::Sloppy(_))
        )
    };
    let mut filled = cells.iter().filter(|cell| !cell.is_empty()).peekable();
    filled.peek().is_some() && filled.all(is_vote)
}

/// Reads the votes of the General Assembly.
#[derive(Debug)]
struct Assembly {
    voter: VoterColumns,
    /// Set for the layout with a column a country.
    wide: bool,
}

impl LongFormat for Assembly {
    fn agreement(&self, vote: &mut Vote<'_>, ballots: Ballots) -> Agreement {
        let mut decision = vote::decision(vote, BodyId::UNGA);
        decision.session = vote.session("session");
        decision.agenda = vote.text("agenda_title");
        if self.wide {
            let ambiguous = ambiguous(vote, &ballots, self.day(vote));
            vote.findings.extend(ambiguous);
        }
        decision.ballots = Some(ballots).filter(|list| !list.is_empty());
        vote::agreement(vote, "title", vote::ASSEMBLY, decision)
    }

    fn column(&self, field: Field) -> Option<&'static str> {
        vote::column(field)
    }

    fn identify(&self, values: &[Box<str>], on: Option<NaiveDate>) -> Identified {
        match (self.wide, values) {
            (true, [heading]) => names::on_its_seat(names::identify_text(heading, on), heading, on),
            _ => names::identify(self.printed(values), on),
        }
    }

    fn changes(&self, values: &[Box<str>]) -> Vec<NaiveDate> {
        let texts = values.iter().map(|value| &**value);
        match self.wide {
            true => names::changes_of_seats(texts),
            false => names::changes(texts),
        }
    }

    fn day(&self, vote: &Vote<'_>) -> Option<NaiveDate> {
        vote::day(vote)
    }

    fn voter(&self) -> VoterColumns {
        self.voter
    }
}

/// A finding for each heading that two states bore on the day of the vote: nobody can say which is meant.
fn ambiguous(vote: &Vote<'_>, ballots: &Ballots, on: Option<NaiveDate>) -> Vec<Finding> {
    let unknown = ballots
        .iter()
        .enumerate()
        .filter(|(_, ballot)| ballot.entry.state().is_none());
    let finding = |(at, ballot): (usize, plenary_types::Ballot<'_>)| {
        let heading = ballot.entry.name.as_deref()?;
        if Resolver::new().on(on).find(heading).1 != MatchKind::Ambiguous {
            return None;
        }
        let check = ReaderCheck::UnreadableField;
        let message = "two states bore this name on the day of the vote";
        let mut finding = vote.of_ballot(check, check.severity(), at, "", message);
        finding.place.field = Some(heading.to_owned());
        finding.help = Some("head the column by the code of the state that is meant".to_owned());
        Some(finding)
    };
    unknown.filter_map(finding).collect()
}
