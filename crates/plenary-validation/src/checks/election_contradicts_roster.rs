use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use plenary_bodies::Body;
use plenary_types::{ElectionRecord, Field, Participant, Severity, Term};

use crate::{Check, Example, Findings, RecordCx, Run, reference};

pub(crate) static CHECK: Check = Check {
    name: "election-contradicts-roster",
    summary: "an election does not fit the membership of the body that it fills",
    severity: Severity::Warning,
    why: "Who is elected takes its seat when the term begins, so the roster of the body has it on that day; who never sat was not elected, or the \
          term is another. A candidate has to be a member of the body to whose members the seats are open. Where the law of the body \
          limits how many terms may follow each other, a member whose time is full cannot be elected at once again, no more seats are filled than fall vacant, \
          and nobody is elected for longer than a term. The \
          body that elects is the one that the law names. An elected participant that is not on a roster that lists of votes confirm is an \
          error; a roster that ends before the term tells nothing.",
    sources: &[
        "Charter Art. 23(1) and (2): the Assembly elects to the Security Council, for two years, and not at once again",
        "A/RES/60/251, para. 7: terms in the Human Rights Council",
    ],
    example: Example::Native {
        fails: r#"{"title": "Election of a member of the Security Council", "acts": [{"act": "election", "body": "unga", "kind": "sc-election", "to": "unsc", "term": "2021-01-01/2023-01-01",
  "contests": [{"seats": 1, "rounds": [{"date": "2020-06-18", "valid": 191, "votes": {"KEN": 62, "DJI": 129}, "elected": ["DJI"]}]}]}]}"#,
        mended: r#"{"title": "Election of a member of the Security Council", "acts": [{"act": "election", "body": "unga", "kind": "sc-election", "to": "unsc", "term": "2021-01-01/2023-01-01",
  "contests": [{"seats": 1, "rounds": [{"date": "2020-06-18", "valid": 191, "votes": {"KEN": 129, "DJI": 62}, "elected": ["KEN"]}]}]}]}"#,
    },
    waive: "Waive it for one who was elected and gave up the seat before the term began.",
    run: Run::Record(&run),
};

fn run(cx: &RecordCx<'_, '_>, out: &mut Findings<'_>) {
    for (act, election) in cx.agreement.elections() {
        let to = election.to.as_ref();
        let Some(body) = to.and_then(|to| cx.reference.body(to.as_str())) else {
            continue;
        };
        let mut filled = Filled {
            cx,
            act,
            election,
            body,
            out,
        };
        filled.electors();
        filled.candidates();
        if let Some(term) = election.term {
            filled.seated(term);
            filled.again(term);
            filled.length(term);
            filled.vacancies(term);
        }
    }
}

/// A body that an election fills.
struct Filled<'o, 'f, 'r, 'a> {
    cx: &'r RecordCx<'r, 'a>,
    act: usize,
    election: &'a ElectionRecord,
    body: &'r Body,
    out: &'o mut Findings<'f>,
}

impl Filled<'_, '_, '_, '_> {
    fn called(&self, who: Participant, day: NaiveDate) -> String {
        reference::called(self.cx.reference, who, Some(day))
    }

    /// Whether the body that elected is the one that has to.
    fn electors(&mut self) {
        let (Some(by), Some(elected_by)) = (&self.election.body, self.body.elected_by()) else {
            return;
        };
        if by != elected_by {
            let message = format!("the {} is elected by another body", self.body.name());
            self.out
                .report(Some(self.act), Field::Body, message)
                .expected(elected_by)
                .found(by)
                .help("is this the election by one of two organs, or another body's?");
        }
    }

    /// Whether who stood or was elected is a member of the body in which everybody who sits here has to sit.
    fn candidates(&mut self) {
        let Some(parent) = self.cx.reference.parent_of(self.body) else {
            return;
        };
        for (at, contest) in self.election.contests.iter().enumerate() {
            let mut told = BTreeSet::new();
            for round in &contest.rounds {
                let date = round.date.or_else(|| self.election.date());
                let Some(whole) = date.and_then(|date| parent.electorate(date)) else {
                    continue;
                };
                let stood = round.votes.keys().chain(&round.elected);
                for who in stood.filter(|who| !whole.may_list(**who)) {
                    if !told.insert(*who) {
                        continue;
                    }
                    let day = date.map(plenary_types::Date::latest);
                    let name = reference::called(self.cx.reference, *who, day);
                    let message = format!(
                        "{name} stood for election and was no member of the {}",
                        parent.name()
                    );
                    self.out
                        .report(Some(self.act), Field::Contest(at), message)
                        .expected(format!("a member of the {}", parent.name()))
                        .found(who)
                        .subjects([*who])
                        .subjects(date);
                }
            }
        }
    }

    /// Whether those who were elected sit when their term begins.
    fn seated(&mut self, term: Term) {
        let Some(members) = self.body.members_on(term.from) else {
            return;
        };
        let severity = match self.body.is_confirmed_on(term.from) {
            true => Severity::Error,
            false => Severity::Warning,
        };
        for (at, contest) in self.election.contests.iter().enumerate() {
            for who in contest.elected().filter(|who| !members.contains(who)) {
                let message = format!(
                    "{} was elected, and was no member of the {} when the term began",
                    self.called(who, term.from),
                    self.body.name()
                );
                self.out
                    .report(Some(self.act), Field::Contest(at), message)
                    .severity(severity)
                    .expected(format!("one of those who sit there since {}", term.from))
                    .found(who)
                    .help("was it elected for this term, and did it take the seat?")
                    .subjects([who])
                    .subjects([term.from]);
            }
        }
    }

    /// Whether somebody is elected whose terms are used up: who sits without a break for as long as may be, until the term begins.
    fn again(&mut self, term: Term) {
        let Some((limit, years)) = self.limit() else {
            return;
        };
        let (Some(roster), Some(eve)) = (self.body.roster(), term.from.pred_opt()) else {
            return;
        };
        for (at, contest) in self.election.contests.iter().enumerate() {
            for who in contest.elected() {
                let rows = || roster.rows_of(who).filter(|row| row.status.is_membership());
                let mut since = term.from;
                // Terms that follow each other may stand in several rows.
                while let Some(row) = rows()
                    .find(|row| row.span.from < since && row.span.to.is_none_or(|to| to >= since))
                {
                    since = row.span.from;
                }
                let Some(full) = years_before(term.from, limit.saturating_mul(years)) else {
                    continue;
                };
                if since > full || self.body.is_member(who, eve) != Some(true) {
                    continue;
                }
                let message = format!(
                    "{} cannot be elected again at once",
                    self.called(who, term.from)
                );
                self.out
                    .report(Some(self.act), Field::Contest(at), message)
                    .expected(match limit {
                        1 => "one who does not sit already".to_owned(),
                        limit => format!(
                            "no more than {limit} terms of {years} years that follow each other"
                        ),
                    })
                    .found(format!("{who}, a member since {since}"))
                    .subjects([who])
                    .subjects([term.from, since]);
            }
        }
    }

    /// How many terms may follow each other, and of how many years each is.
    fn limit(&self) -> Option<(u32, u32)> {
        let terms = self.body.terms()?;
        Some((terms.consecutive?, terms.years))
    }

    /// Whether the term is no longer than the law of the body says.
    fn length(&mut self, term: Term) {
        let (Some(terms), Some(to)) = (self.body.terms(), term.to) else {
            return;
        };
        if years_before(to, terms.years).is_some_and(|begin| begin > term.from) {
            self.out
                .report(
                    Some(self.act),
                    Field::Whole,
                    "the term is longer than one of the body",
                )
                .expected(format!("{} years", terms.years))
                .found(format!("{} to {to}", term.from))
                .subjects([term.from, to]);
        }
    }

    /// Whether no more seats are filled than members begin to sit. Where members may be elected again at once, a roster does not tell
    /// that a new term begins.
    fn vacancies(&mut self, term: Term) {
        if self.limit().is_none_or(|(limit, _)| limit != 1) {
            return;
        }
        let Some(roster) = self
            .body
            .roster()
            .filter(|roster| roster.known_on(term.from).is_some())
        else {
            return;
        };
        let begin = |row: &&plenary_bodies::RosterRow| {
            row.status.is_membership() && row.span.from == term.from
        };
        let vacant = roster.rows().iter().filter(begin).count();
        let seats = self
            .election
            .contests
            .iter()
            .map(|contest| u64::from(contest.seats));
        let seats: u64 = seats.sum();
        if seats > vacant as u64 {
            self.out
                .report(
                    Some(self.act),
                    Field::Whole,
                    "more seats are filled than fall vacant",
                )
                .expected(format!(
                    "at most {vacant}, as many as sit since {}",
                    term.from
                ))
                .found(seats)
                .subjects([term.from]);
        }
    }
}

/// The day so many years earlier; of 29 February the first of March.
fn years_before(day: NaiveDate, years: u32) -> Option<NaiveDate> {
    let year = day.year().checked_sub(i32::try_from(years).ok()?)?;
    let same = NaiveDate::from_ymd_opt(year, day.month(), day.day());
    same.or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))
}
