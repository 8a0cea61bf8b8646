//! Security Council voting data, one row a ballot.

use chrono::NaiveDate;
use plenary_types::{
    Agreement, Ballots, BodyId, Field, Finding, Mode, Nature, Outcome, Series, Severity, StateCode,
};

use super::vote;
use crate::ReaderCheck;
use crate::csv::layout::Role::{Choice, Shared, Who};
use crate::csv::table::{LongFormat, Vote};
use crate::format::{Format, Spec, column};
use crate::names::Printed;
use crate::texts::{has_contrary, listed, totals_of_list};

pub(crate) const SPEC: Spec = Spec {
    format: Format::UndlScCsv,
    columns: &[
        column("undl_id", &[], Shared, false),
        column("ms_code", &["ms_codes"], Who, false),
        column("ms_name", &["ms_names"], Who, true),
        column("permanent_member", &[], Who, true),
        column("ms_vote", &["ms_votes"], Choice, true),
        column("date", &[], Shared, true),
        column("resolution", &["resolutions"], Shared, true),
        column("draft", &["drafts"], Shared, false),
        column("meeting", &["meetings"], Shared, false),
        column("description", &["title"], Shared, false),
        column("agenda", &["agenda_title", "agenda_titles"], Shared, false),
        column("subjects", &["subject"], Shared, false),
        column("vote_note", &["vote_notes"], Shared, false),
        column("modality", &[], Shared, false),
        column("total_yes", &["yes"], Shared, false),
        column("total_no", &["no"], Shared, false),
        column("total_abstentions", &["abstentions"], Shared, false),
        column("total_non_voting", &["non-voting"], Shared, false),
        column("total_ms", &["total-voting"], Shared, false),
        column("undl_link", &[], Shared, false),
    ],
};

const SOURCE: &str = "UN Digital Library, Security Council voting data";

/// Reads the votes of the Security Council.
#[derive(Debug)]
pub(crate) struct Council {
    /// Where the code, the name and the status stand among the columns on who voted.
    pub(crate) code: Option<usize>,
    pub(crate) name: Option<usize>,
    pub(crate) permanent: Option<usize>,
}

impl LongFormat for Council {
    fn agreement(&self, vote: &Vote<'_>, ballots: Ballots) -> (Agreement, Vec<Finding>) {
        let mut findings = Vec::new();
        let mut decision = vote::decision(vote, BodyId::UNSC, &mut findings);
        decision.agenda = vote.some("agenda").map(Into::into);
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
            findings.extend(without_vote(vote, has_contrary(&ballots, &totals)));
            decision.notes.extend(listed(&ballots));
            decision.notes.extend(totals_of_list(&totals));
        } else {
            decision.ballots = Some(ballots);
        }
        findings.extend(self.statuses(vote));
        (
            vote::agreement(vote, "description", SOURCE, decision),
            findings,
        )
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

    fn printed<'a>(&self, values: &'a [Box<str>]) -> Printed<'a> {
        vote::printed(values, self.code, self.name)
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
            if entry.state.is_some_and(|state| is(state) != says) {
                let found = format!("{printed} for {}", entry.label());
                findings.push(wrong_status(vote, ballot, says, found).with_subjects(entry.state));
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
