//! General Assembly voting data, one row a ballot: the layouts of 2024, 2025 and 2026.

use chrono::NaiveDate;
use plenary_states::{MatchKind, Resolver};
use plenary_types::{Agreement, Ballots, BodyId, Field, Finding, Total};

use super::vote;
use crate::ReaderCheck;
use crate::csv::layout::Role::{Choice, Shared, Who};
use crate::csv::table::{LongFormat, Vote};
use crate::format::{Format, Spec, column};
use crate::names::{self, Identified, Printed};
use crate::texts::{WRITE_SESSION, session};

pub(crate) const SPEC: Spec = Spec {
    format: Format::UndlGaCsv,
    columns: &[
        column("undl_id", &[], Shared, false),
        column("ms_code", &["ms_codes"], Who, false),
        column("ms_name", &["ms_names"], Who, true),
        column("ms_vote", &["ms_votes"], Choice, true),
        column("date", &[], Shared, true),
        column("session", &[], Shared, false),
        column("resolution", &["resolutions"], Shared, true),
        column("draft", &["drafts"], Shared, false),
        column("committee_report", &["committee_reports"], Shared, false),
        column("meeting", &["meetings"], Shared, false),
        column("title", &["titles"], Shared, false),
        column("agenda_title", &["agenda_titles", "agenda"], Shared, false),
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

/// Reads the votes of the General Assembly.
#[derive(Debug)]
pub(crate) struct Assembly {
    /// Where the code and the name stand among the columns on who voted.
    pub(crate) code: Option<usize>,
    pub(crate) name: Option<usize>,
    /// Set for the layout with a column a country.
    pub(crate) wide: bool,
}

impl LongFormat for Assembly {
    fn agreement(&self, vote: &Vote<'_>, ballots: Ballots) -> (Agreement, Vec<Finding>) {
        let mut findings = Vec::new();
        let mut decision = vote::decision(vote, BodyId::UNGA, &mut findings);
        decision.session = vote.read("session", WRITE_SESSION, session, &mut findings);
        decision.agenda = vote.some("agenda_title").map(Into::into);
        if self.wide {
            findings.extend(ambiguous(vote, &ballots, self.day(vote)));
        }
        decision.ballots = Some(ballots).filter(|list| !list.is_empty());
        let agreement = vote::agreement(vote, "title", vote::ASSEMBLY, decision);
        (agreement, findings)
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

    fn printed<'a>(&self, values: &'a [Box<str>]) -> Printed<'a> {
        vote::printed(values, self.code, self.name)
    }
}

/// A finding for each heading that two states bore on the day of the vote: nobody can say which is meant.
fn ambiguous(vote: &Vote<'_>, ballots: &Ballots, on: Option<NaiveDate>) -> Vec<Finding> {
    let unknown = ballots
        .iter()
        .enumerate()
        .filter(|(_, ballot)| ballot.entry.state.is_none());
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

/// The column that a field is read from.
pub(super) const fn total_column(total: Total) -> &'static str {
    match total {
        Total::Yes => "total_yes",
        Total::No => "total_no",
        Total::Abstain => "total_abstentions",
        Total::NonVoting => "total_non_voting",
        Total::Members => "total_ms",
    }
}
