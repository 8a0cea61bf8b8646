use std::collections::BTreeMap;

use plenary_bodies::Reference;
use plenary_types::{BodyId, Date, Decision, Field, Locus, Severity, Tally};

use crate::{Check, DatasetCheck, DatasetFindings, Example, Mark, RecordFacts, Run};

pub(crate) static CHECK: Check = Check {
    name: "short-roll",
    summary: "a list that leaves out absent members is far shorter than the others of its session",
    severity: Severity::Warning,
    why: "A source without rows for absent members gives no list that could be held against the membership: any length is \
          possible. But attendance does not fall to a quarter for one vote. Where a list has fewer than a quarter of \
          the votes that are usual in its session, and fewer than a quarter of the members took a position, most of it \
          was lost. Complete lists are judged by truncated-roll.",
    sources: &[
        "United Nations General Assembly Voting Data: roll calls 5689 (56/139), two votes, and 5893 (66/33), four votes",
    ],
    example: Example::Native {
        fails: r#"[{"symbols": ["A/RES/56/130"], "acts": [{"act": "decision", "body": "unga", "session": "56", "date": "2001-12-19", "partial": true, "ballots": {"yes": ["ARG", "AUS", "AUT", "BEL", "BRA", "CAN", "CHL", "CHN", "CUB", "DNK", "EGY", "FRA"]}}]},
 {"symbols": ["A/RES/56/131"], "acts": [{"act": "decision", "body": "unga", "session": "56", "date": "2001-12-19", "partial": true, "ballots": {"yes": ["ARG", "AUS", "AUT", "BEL", "BRA", "CAN", "CHL", "CHN", "CUB", "DNK", "EGY", "FRA"]}}]},
 {"symbols": ["A/RES/56/132"], "acts": [{"act": "decision", "body": "unga", "session": "56", "date": "2001-12-19", "partial": true, "ballots": {"yes": ["ARG", "AUS", "AUT", "BEL", "BRA", "CAN", "CHL", "CHN", "CUB", "DNK", "EGY", "FRA"]}}]},
 {"symbols": ["A/RES/56/133"], "acts": [{"act": "decision", "body": "unga", "session": "56", "date": "2001-12-19", "partial": true, "ballots": {"yes": ["ARG", "AUS", "AUT", "BEL", "BRA", "CAN", "CHL", "CHN", "CUB", "DNK", "EGY", "FRA"]}}]},
 {"symbols": ["A/RES/56/134"], "acts": [{"act": "decision", "body": "unga", "session": "56", "date": "2001-12-19", "partial": true, "ballots": {"yes": ["ARG", "AUS", "AUT", "BEL", "BRA", "CAN", "CHL", "CHN", "CUB", "DNK", "EGY", "FRA"]}}]},
 {"symbols": ["A/RES/56/135"], "acts": [{"act": "decision", "body": "unga", "session": "56", "date": "2001-12-19", "partial": true, "ballots": {"yes": ["ARG", "AUS", "AUT", "BEL", "BRA", "CAN", "CHL", "CHN", "CUB", "DNK", "EGY", "FRA"]}}]},
 {"symbols": ["A/RES/56/136"], "acts": [{"act": "decision", "body": "unga", "session": "56", "date": "2001-12-19", "partial": true, "ballots": {"yes": ["ARG", "AUS", "AUT", "BEL", "BRA", "CAN", "CHL", "CHN", "CUB", "DNK", "EGY", "FRA"]}}]},
 {"symbols": ["A/RES/56/137"], "acts": [{"act": "decision", "body": "unga", "session": "56", "date": "2001-12-19", "partial": true, "ballots": {"yes": ["ARG", "AUS", "AUT", "BEL", "BRA", "CAN", "CHL", "CHN", "CUB", "DNK", "EGY", "FRA"]}}]},
 {"symbols": ["A/RES/56/138"], "acts": [{"act": "decision", "body": "unga", "session": "56", "date": "2001-12-19", "partial": true, "ballots": {"yes": ["ARG", "AUS", "AUT", "BEL", "BRA", "CAN", "CHL", "CHN", "CUB", "DNK", "EGY", "FRA"]}}]},
 {"symbols": ["A/RES/56/139"], "acts": [{"act": "decision", "body": "unga", "session": "56", "date": "2001-12-19", "partial": true, "ballots": {"yes": ["ARG", "AUS"]}}]}]"#,
        mended: r#"[{"symbols": ["A/RES/56/130"], "acts": [{"act": "decision", "body": "unga", "session": "56", "date": "2001-12-19", "partial": true, "ballots": {"yes": ["ARG", "AUS", "AUT", "BEL", "BRA", "CAN", "CHL", "CHN", "CUB", "DNK", "EGY", "FRA"]}}]},
 {"symbols": ["A/RES/56/131"], "acts": [{"act": "decision", "body": "unga", "session": "56", "date": "2001-12-19", "partial": true, "ballots": {"yes": ["ARG", "AUS", "AUT", "BEL", "BRA", "CAN", "CHL", "CHN", "CUB", "DNK", "EGY", "FRA"]}}]},
 {"symbols": ["A/RES/56/132"], "acts": [{"act": "decision", "body": "unga", "session": "56", "date": "2001-12-19", "partial": true, "ballots": {"yes": ["ARG", "AUS", "AUT", "BEL", "BRA", "CAN", "CHL", "CHN", "CUB", "DNK", "EGY", "FRA"]}}]},
 {"symbols": ["A/RES/56/133"], "acts": [{"act": "decision", "body": "unga", "session": "56", "date": "2001-12-19", "partial": true, "ballots": {"yes": ["ARG", "AUS", "AUT", "BEL", "BRA", "CAN", "CHL", "CHN", "CUB", "DNK", "EGY", "FRA"]}}]},
 {"symbols": ["A/RES/56/134"], "acts": [{"act": "decision", "body": "unga", "session": "56", "date": "2001-12-19", "partial": true, "ballots": {"yes": ["ARG", "AUS", "AUT", "BEL", "BRA", "CAN", "CHL", "CHN", "CUB", "DNK", "EGY", "FRA"]}}]},
 {"symbols": ["A/RES/56/135"], "acts": [{"act": "decision", "body": "unga", "session": "56", "date": "2001-12-19", "partial": true, "ballots": {"yes": ["ARG", "AUS", "AUT", "BEL", "BRA", "CAN", "CHL", "CHN", "CUB", "DNK", "EGY", "FRA"]}}]},
 {"symbols": ["A/RES/56/136"], "acts": [{"act": "decision", "body": "unga", "session": "56", "date": "2001-12-19", "partial": true, "ballots": {"yes": ["ARG", "AUS", "AUT", "BEL", "BRA", "CAN", "CHL", "CHN", "CUB", "DNK", "EGY", "FRA"]}}]},
 {"symbols": ["A/RES/56/137"], "acts": [{"act": "decision", "body": "unga", "session": "56", "date": "2001-12-19", "partial": true, "ballots": {"yes": ["ARG", "AUS", "AUT", "BEL", "BRA", "CAN", "CHL", "CHN", "CUB", "DNK", "EGY", "FRA"]}}]},
 {"symbols": ["A/RES/56/138"], "acts": [{"act": "decision", "body": "unga", "session": "56", "date": "2001-12-19", "partial": true, "ballots": {"yes": ["ARG", "AUS", "AUT", "BEL", "BRA", "CAN", "CHL", "CHN", "CUB", "DNK", "EGY", "FRA"]}}]},
 {"symbols": ["A/RES/56/139"], "acts": [{"act": "decision", "body": "unga", "session": "56", "date": "2001-12-19", "partial": true, "ballots": {"yes": ["ARG", "AUS", "AUT", "BEL", "BRA", "CAN", "CHL", "CHN", "CUB", "DNK", "EGY", "FRA"]}}]}]"#,
    },
    waive: "Waive it for an extract that was made on purpose.",
    run: Run::Dataset(&|| Box::new(Short::default())),
};

/// Sessions with fewer votes than these tell nothing.
const FEWEST_VOTES: usize = 10;
/// In a body of fewer members a list of a few says nothing.
const LARGE: u32 = 40;
/// A list is short when it has fewer than one in so many.
const PART: u32 = 4;

/// The lengths of the lists of each session, and the lists that are short beside the membership.
#[derive(Default)]
struct Short {
    sessions: BTreeMap<(BodyId, plenary_types::Session), Session>,
}

#[derive(Default)]
struct Session {
    cast: Vec<u32>,
    short: Vec<(u32, Mark)>,
}

impl DatasetCheck for Short {
    fn add(&mut self, record: &RecordFacts<'_>) {
        for (act, decision) in record.agreement.decisions() {
            let (Some(session), Some(body), Some(cast)) =
                (decision.session, &decision.body, cast(decision))
            else {
                continue;
            };
            let members = members(record.reference, decision);
            let Some(members) = members.filter(|members| *members >= LARGE) else {
                continue;
            };
            let session = self.sessions.entry((body.clone(), session)).or_default();
            session.cast.push(cast);
            if cast < members / PART {
                let mark = record.mark(Locus::of_act(act, Field::Ballots));
                session.short.push((cast, mark));
            }
        }
    }

    fn finish(self: Box<Self>, out: &mut DatasetFindings) {
        for ((_, number), mut session) in self.sessions {
            if session.cast.len() < FEWEST_VOTES {
                continue;
            }
            let middle = session.cast.len() / 2;
            let (_, &mut usual, _) = session.cast.select_nth_unstable(middle);
            for (cast, mark) in session
                .short
                .iter()
                .filter(|(cast, _)| *cast < usual / PART)
            {
                let votes = if *cast == 1 { "vote" } else { "votes" };
                out.report(Some(mark), "hardly any vote of the list is left")
                    .expected(format!("about {usual}, as is usual in session {number}"))
                    .found(format!("{cast} {votes} on {}", mark.record()))
                    .help("take the list from the record of the meeting, or leave the vote out")
                    .subjects([number]);
            }
        }
    }
}

/// How many took a position, in a vote whose list leaves out who did not.
fn cast(decision: &Decision) -> Option<u32> {
    let ballots = decision.ballots.as_ref()?;
    let tally: Tally = ballots.tally();
    decision
        .partial
        .then_some(tally.yes + tally.no + tally.abstain)
}

/// How many members the body has on the first day of the date, where its members are on record by name.
fn members(reference: &Reference, decision: &Decision) -> Option<u32> {
    let body = reference.body(decision.body.as_ref()?.as_str())?;
    let day = decision.date.map(Date::earliest)?;
    body.count_on(day)
}
