use std::collections::BTreeSet;

use plenary_bodies::CountedRound;
use plenary_types::{Contest, Date, ElectionRecord, Field, Participant, Round, Severity};

use crate::{Check, Example, Findings, RecordCx, Report, Run};

pub(crate) static CHECK: Check = Check {
    name: "election-mismatch",
    summary: "the votes of an election do not elect whom the record calls elected, or its rounds contradict each other",
    severity: Severity::Error,
    why: "Who has the majority that the rule asks for is elected, as long as seats are left, and nobody else. A ballot has as many names as seats are to be filled, so that the votes cannot be more than the ballots times the seats. Where a round fills not all seats, the next one is restricted to those with most votes, twice as many as seats are left; votes for others do not count in it. \
          Nobody is elected to two seats of an election, nor after a withdrawal. There are no more ballots than electors, rounds follow each other in time, \
          and none is held when all seats are filled. The first round is open to anybody: one that is restricted lacks the round before it, which is a warning.",
    sources: &["Rules of procedure of the General Assembly, rules 92 to 94"],
    example: Example::Native {
        fails: r#"{"title": "Election of a member of the Security Council", "acts": [{"act": "election", "body": "unga", "kind": "sc-election", "contests": [{"seats": 1, "rounds": [{"date": "2020-06-17", "valid": 192, "votes": {"KEN": 113, "DJI": 78}, "elected": ["KEN"]}]}]}]}"#,
        mended: r#"{"title": "Election of a member of the Security Council", "acts": [{"act": "election", "body": "unga", "kind": "sc-election", "contests": [{"seats": 1, "rounds": [{"date": "2020-06-17", "valid": 192, "votes": {"KEN": 113, "DJI": 78}}]}]}]}"#,
    },
    waive: "Waive it where the body elected by another rule than the one of the kind: better, state that `rule`.",
    run: Run::Record(&run),
};

fn run(cx: &RecordCx<'_, '_>, out: &mut Findings<'_>) {
    for (act, election) in cx.agreement.elections() {
        let mut seated = BTreeSet::new();
        for (at, contest) in election.contests.iter().enumerate() {
            let counted = cx.reference.library().count_contest(election, contest);
            let mut of_contest = OfContest {
                act,
                at,
                election,
                out,
            };
            of_contest.seats(contest);
            of_contest.twice(contest, &mut seated);
            of_contest.withdrawn(contest);
            of_contest.order(contest, &counted);
            of_contest.rounds(contest, &counted);
        }
    }
}

struct OfContest<'o, 'f, 'a> {
    act: usize,
    at: usize,
    election: &'a ElectionRecord,
    out: &'o mut Findings<'f>,
}

impl OfContest<'_, '_, '_> {
    fn report(
        &mut self,
        round: Option<(usize, &Round)>,
        message: &str,
        expected: String,
        found: String,
        who: impl IntoIterator<Item = Participant>,
    ) {
        self.report_as(Severity::Error, round, message, expected, found, who);
    }

    fn report_as(
        &mut self,
        severity: Severity,
        round: Option<(usize, &Round)>,
        message: &str,
        expected: String,
        found: String,
        who: impl IntoIterator<Item = Participant>,
    ) -> Report<'_> {
        let place = match round {
            Some((at, _)) => format!("round {}: ", at + 1),
            None => String::new(),
        };
        let codes = who.into_iter().filter_map(Participant::code);
        let date = round.and_then(|(_, round)| round.date);
        let field = Field::Contest(self.at);
        let report = self
            .out
            .report(Some(self.act), field, format!("{place}{message}"));
        let report = report.severity(severity).expected(expected).found(found);
        let report = report.subjects(codes);
        report.subjects(date.or_else(|| self.election.date()))
    }

    fn seats(&mut self, contest: &Contest) {
        let elected: BTreeSet<Participant> = contest.elected().collect();
        if elected.len() > contest.seats as usize {
            self.report(
                None,
                "more are elected than there are seats",
                format!("at most {}", contest.seats),
                format!("{}: {}", elected.len(), listed(&elected)),
                elected.iter().copied(),
            );
        }
    }

    /// Whether somebody is elected who has a seat of the election already. Of two contests that is a warning: they may be of two offices.
    fn twice(&mut self, contest: &Contest, seated: &mut BTreeSet<Participant>) {
        let mut here = BTreeSet::new();
        for (at, round) in contest.rounds.iter().enumerate() {
            for who in &round.elected {
                let again = !here.insert(*who);
                if !again && !seated.contains(who) {
                    continue;
                }
                let (severity, before) = match again {
                    true => (Severity::Error, "in this contest"),
                    false => (Severity::Warning, "in another contest of the election"),
                };
                self.report_as(
                    severity,
                    Some((at, round)),
                    "somebody is elected to a second seat",
                    "each elected once".to_owned(),
                    format!("{who}, who was elected {before} already"),
                    [*who],
                );
            }
        }
        seated.extend(here);
    }

    /// Whether somebody is elected who has withdrawn. To withdraw in a later round may mean that the seat was declined, a warning.
    fn withdrawn(&mut self, contest: &Contest) {
        let mut told = BTreeSet::new();
        for (left, round) in contest.rounds.iter().enumerate() {
            for who in &round.withdrawn {
                let elected = |round: &Round| round.elected.contains(who);
                let Some(at) = contest.rounds.iter().position(elected) else {
                    continue;
                };
                if !told.insert(*who) {
                    continue;
                }
                let severity = match left <= at {
                    true => Severity::Error,
                    false => Severity::Warning,
                };
                self.report_as(
                    severity,
                    Some((left, round)),
                    "somebody who withdrew is elected",
                    "either a withdrawal or an election".to_owned(),
                    format!("{who}, elected in round {}", at + 1),
                    [*who],
                );
            }
        }
    }

    /// Whether the rounds follow each other in time, and each of them from the one before it.
    fn order(&mut self, contest: &Contest, counted: &[CountedRound]) {
        let mut before: Option<(usize, Date)> = None;
        for (at, (round, counted)) in contest.rounds.iter().zip(counted).enumerate() {
            let this = Some((at, round));
            if let (Some((earlier, last)), Some(date)) = (before, round.date)
                && date.latest() < last.earliest()
            {
                self.report_as(
                    Severity::Error,
                    this,
                    "the round is dated before an earlier one",
                    format!("{last} or later, as round {}", earlier + 1),
                    date.to_string(),
                    [],
                )
                .subjects([last]);
            }
            before = round.date.map(|date| (at, date)).or(before);
            if at > 0 && counted.seats == 0 && contest.seats > 0 {
                let filled = contest.elected().collect::<BTreeSet<_>>();
                self.report(
                    this,
                    "the round is held although no seat is left",
                    format!("at most {at} rounds"),
                    format!("all seats filled before, by {}", listed(&filled)),
                    filled.iter().copied(),
                );
            }
            if at == 0 && !round.restricted_to.is_empty() {
                self.report_as(
                    Severity::Warning,
                    this,
                    "the first round is restricted, so that the round before it is missing",
                    "a first round in which anybody may be voted for".to_owned(),
                    format!("votes for {} alone", listed(&round.restricted_to)),
                    round.restricted_to.iter().copied(),
                );
            }
            if *round == Round::default() && contest.rounds.len() > at + 1 {
                self.report_as(
                    Severity::Warning,
                    this,
                    "nothing is recorded of the round, although others follow it",
                    "its date, votes or ballots".to_owned(),
                    "an empty round".to_owned(),
                    [],
                );
            }
        }
    }

    fn rounds(&mut self, contest: &Contest, counted: &[CountedRound]) {
        let mut before: Option<(&Round, &CountedRound)> = None;
        for (at, (round, counted)) in contest.rounds.iter().zip(counted).enumerate() {
            self.votes(at, round, counted);
            self.elected(at, round, counted);
            self.restriction(at, round, before);
            before = Some((round, counted));
        }
    }

    /// Whether there are as many votes as the ballots can hold, and only for those to whom the round is restricted.
    fn votes(&mut self, at: usize, round: &Round, counted: &CountedRound) {
        let this = Some((at, round));
        self.ballots(at, round, counted);
        if let Some(valid) = round.valid {
            let more = round.votes.iter().filter(|(_, votes)| **votes > valid);
            for (who, votes) in more {
                self.report(
                    this,
                    "a candidate has more votes than there are ballots",
                    format!("at most {valid} votes for each"),
                    format!("{votes} votes for {who}"),
                    [*who],
                );
            }
        }
        let cast: u64 = round.votes.values().map(|votes| u64::from(*votes)).sum();
        let most = round
            .valid
            .map(|valid| u64::from(valid) * u64::from(counted.seats));
        if most.is_some_and(|most| cast > most) {
            self.report(
                this,
                "there are more votes than the ballots can hold",
                format!(
                    "at most {} votes: a ballot has as many names as seats are left",
                    most.unwrap_or_default()
                ),
                format!("{cast} votes"),
                [],
            );
        }
        let outside = |who: &&Participant| !round.restricted_to.contains(who);
        let outside: Vec<Participant> = round.votes.keys().filter(outside).copied().collect();
        if !round.restricted_to.is_empty() && !outside.is_empty() {
            self.report(
                this,
                "a candidate has votes to whom the round was not restricted",
                format!("votes for {}", listed(&round.restricted_to)),
                format!("votes for {}", listed(&outside)),
                outside.iter().chain(&round.restricted_to).copied(),
            );
        }
    }

    /// Whether there are no more ballots than electors. Where only those without a name make them too many, they may have been counted
    /// among the valid ones, a warning.
    fn ballots(&mut self, at: usize, round: &Round, counted: &CountedRound) {
        let Some(electors) = counted.electors else {
            return;
        };
        let number = |ballots: Option<u32>| u64::from(ballots.unwrap_or_default());
        let marked = number(round.valid) + number(round.invalid);
        let all = marked + number(round.abstain);
        let severity = match u64::from(electors) {
            electors if marked > electors => Severity::Error,
            electors if all > electors => Severity::Warning,
            _ => return,
        };
        let source = match round.electors {
            Some(_) => "",
            None => ", the members of the body on the day",
        };
        self.report_as(
            severity,
            Some((at, round)),
            "there are more ballots than electors",
            format!("at most {electors} ballots{source}"),
            format!("{all} ballots"),
            [],
        );
    }

    /// Whether those are elected who have what the rule asks for.
    fn elected(&mut self, at: usize, round: &Round, counted: &CountedRound) {
        let Ok(outcome) = &counted.outcome else {
            return;
        };
        let stated: BTreeSet<Participant> = round.elected.iter().copied().collect();
        let tied: BTreeSet<Participant> = outcome.tied.iter().copied().collect();
        let by_votes: BTreeSet<Participant> = outcome.elected.iter().copied().collect();
        // Of those with equal votes a lot may have elected some.
        let without_lot: BTreeSet<Participant> = stated.difference(&tied).copied().collect();
        if without_lot == by_votes {
            return;
        }
        let needed = match counted.needed {
            Some(needed) => format!("{needed} votes needed"),
            None => "no number of votes would do".to_owned(),
        };
        let words = |who: &BTreeSet<Participant>| match who.is_empty() {
            true => "nobody".to_owned(),
            false => listed(who),
        };
        self.report(
            Some((at, round)),
            "those elected are not those with the majority",
            format!(
                "{} elected: {needed} of {}",
                words(&by_votes),
                round.valid.unwrap_or_default()
            ),
            format!("{} elected", words(&stated)),
            by_votes.iter().chain(&stated).copied(),
        );
    }

    /// Whether the round is restricted to those whom the one before it leaves. It need not be restricted at all: after three rounds
    /// anybody may be voted for again.
    fn restriction(&mut self, at: usize, round: &Round, before: Option<(&Round, &CountedRound)>) {
        let Some((last, Ok(outcome))) = before.map(|(last, counted)| (last, &counted.outcome))
        else {
            return;
        };
        let tied = outcome.tied.iter();
        let left = outcome.next_ballot.iter().chain(tied);
        let left: BTreeSet<Participant> = left
            .filter(|who| !last.withdrawn.contains(who) && !last.elected.contains(who))
            .copied()
            .collect();
        let stated: BTreeSet<Participant> = round.restricted_to.iter().copied().collect();
        if stated.is_empty() || left.is_empty() || stated == left {
            return;
        }
        self.report(
            Some((at, round)),
            "the round is not restricted to those with most votes in the one before it",
            listed(&left),
            listed(&stated),
            left.iter().chain(&stated).copied(),
        );
    }
}

/// Participants in the order of their texts.
fn listed<'p>(who: impl IntoIterator<Item = &'p Participant>) -> String {
    let mut who: Vec<&str> = who.into_iter().map(|who| who.as_str()).collect();
    who.sort_unstable();
    who.join(", ")
}
