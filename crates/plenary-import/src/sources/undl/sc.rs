//! Security Council voting data, one row a ballot.

use chrono::NaiveDate;
use plenary_types::{
    Agreement, Ballots, BodyId, Field, Finding, Mode, Nature, Outcome, Series, Severity, StateCode,
};

use super::vote::{self, KEY, PUBLISHER, WORDS};
use crate::check::ReaderCheck;
use crate::csv::columns::Content::{Choice, Number, Symbol, Text, Voter};
use crate::csv::columns::{Column, column};
use crate::csv::long::Long;
use crate::csv::table::{LongFormat, Vote, VoterColumns};
use crate::error::ImportError;
use crate::fields::Fields;
use crate::format::{Format, Reader, Recognise};
use crate::input::Input;
use crate::record::Import;
use crate::texts::{has_contrary, listed, totals_of_list};

pub(crate) static FORMAT: Format = Format::new(
    "undl-sc-csv",
    "votes of the Security Council, one row per ballot",
    Recognise::Columns,
    Reader::File(read),
)
.with_publisher(PUBLISHER)
.with_page("undl-sc")
.with_scope()
.with_columns(COLUMNS)
.with_words(WORDS);

const COLUMNS: &[Column] = &[
    column("undl_id", &[], Text, false),
    column("ms_code", &["ms_codes"], Voter, false),
    column("ms_name", &["ms_names"], Voter, true),
    column("permanent_member", &[], Voter, true),
    column("ms_vote", &["ms_votes"], Choice, true),
    column("date", &[], Text, true),
    column("resolution", &["resolutions"], Symbol, true),
    column("draft", &["drafts"], Text, false),
    column("meeting", &["meetings"], Symbol, false),
    column("description", &["title"], Text, false),
    column("agenda", &["agenda_title", "agenda_titles"], Text, false),
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

const SOURCE: &str = "UN Digital Library, Security Council voting data";

fn read(input: &Input) -> Result<Import, ImportError> {
    let long = Long::read(input, COLUMNS, KEY, FORMAT.words())?;
    let format = Council {
        voter: long.voter("ms_code", "ms_name"),
        permanent: long.among_who("permanent_member"),
    };
    long.import(Box::new(format))
}

/// Reads the votes of the Security Council.
#[derive(Debug)]
struct Council {
    voter: VoterColumns,
    /// Where the status stands among the columns on who voted.
    permanent: Option<usize>,
}

impl LongFormat for Council {
    fn agreement(&self, vote: &mut Vote<'_>, ballots: Ballots) -> Agreement {
        let mut decision = vote::decision(vote, BodyId::UNSC);
        decision.agenda = vote.text("agenda");
        let series = decision
            .symbol
            .as_ref()
            .and_then(|s| s.symbol())
            .map(|s| s.series());
        if series == Some(Series::Resolution) {
            decision.outcome = Some(Outcome::Adopted);
        }
        if ["modality", "vote_note"]
            .iter()
            .any(|c| vote.get(c).to_lowercase().contains("procedural"))
        {
            decision.question.nature = Some(Nature::Procedural);
        }
        if decision.mode == Mode::WithoutVote {
            let totals = std::mem::take(&mut decision.announced);
            let contrary = without_vote(vote, has_contrary(&ballots, &totals));
            vote.findings.extend(contrary);
            decision.notes.extend(listed(&ballots));
            decision.notes.extend(totals_of_list(&totals));
        } else {
            decision.ballots = Some(ballots);
        }
        let statuses = self.statuses(vote);
        vote.findings.extend(statuses);
        vote::agreement(vote, "description", SOURCE, decision)
    }

    fn has_ballots(&self, vote: &Vote<'_>) -> bool {
        vote::mode_of(vote) != Mode::WithoutVote
    }

    fn column(&self, field: Field) -> Option<&'static str> {
        match field {
            Field::Title => Some("description"),
            Field::Session | Field::CommitteeReport => None,
            other => vote::column(other),
        }
    }

    fn day(&self, vote: &Vote<'_>) -> Option<NaiveDate> {
        vote::day(vote)
    }

    fn voter(&self) -> VoterColumns {
        self.voter
    }
}

/// Where no vote was taken the Library records `Y` for all, and totals to match: a list of members, not ballots.
fn without_vote(vote: &Vote<'_>, contrary: bool) -> Option<Finding> {
    contrary.then(|| {
        let message = "adopted without a vote, yet some are recorded against or abstaining";
        vote.finding(
            ReaderCheck::BallotsWithoutVote,
            Severity::Error,
            "modality",
            message,
        )
    })
}

impl Council {
    /// The five permanent members are those of Article 23 of the Charter, under any name of their seat.
    fn statuses(&self, vote: &Vote<'_>) -> Vec<Finding> {
        let Some(column) = self.permanent else {
            return Vec::new();
        };
        let mut findings = Vec::new();
        for (ballot, values) in vote.names().enumerate() {
            let printed = values.get(column).map_or("", |v| v.trim());
            let says = match printed.to_ascii_lowercase().as_str() {
                "true" | "1" | "yes" | "p" => true,
                "false" | "0" | "no" | "r" => false,
                "" => continue,
                _ => {
                    findings.push(no_status(vote, ballot, printed));
                    continue;
                }
            };
            let entry = self.identify(values, self.day(vote)).entry;
            let is = |state: StateCode| PERMANENT.iter().any(|p| *p == &state.to_bytes());
            if entry.state().is_some_and(|state| is(state) != says) {
                let found = format!("{printed} for {}", entry.label());
                findings.push(wrong_status(vote, ballot, says, found).with_subjects(entry.state()));
            }
        }
        findings
    }
}

fn wrong_status(vote: &Vote<'_>, ballot: usize, says: bool, found: String) -> Finding {
    let (message, expected) = match says {
        true => (
            "a member that is not permanent is marked as permanent",
            "`False`",
        ),
        false => ("a permanent member is marked as not permanent", "`True`"),
    };
    let check = ReaderCheck::PermanentMember;
    Finding {
        expected: Some(expected.to_owned()),
        found: Some(found),
        help: Some(format!("the permanent members are {FIVE}")),
        ..vote.of_ballot(check, check.severity(), ballot, "permanent_member", message)
    }
}

fn no_status(vote: &Vote<'_>, ballot: usize, printed: &str) -> Finding {
    let check = ReaderCheck::UnreadableField;
    let message = "this does not say whether the member is permanent";
    Finding {
        expected: Some("`True` or `False`".to_owned()),
        found: Some(printed.to_owned()),
        help: Some("write `True` for a permanent member and `False` for any other".to_owned()),
        ..vote.of_ballot(check, check.severity(), ballot, "permanent_member", message)
    }
}

const FIVE: &str = "China, France, the Russian Federation (before it, the Soviet Union), the United Kingdom and the United States";

const PERMANENT: [&[u8; 3]; 6] = [b"CHN", b"FRA", b"SUN", b"RUS", b"GBR", b"USA"];
