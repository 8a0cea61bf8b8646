//! One agreement as a page for people.

mod treaty;

use std::fmt::Write;

use chrono::NaiveDate;
use plenary::decisions::{Answer, Reason, Verdict};
use plenary::states::name_on;
use plenary::types::{
    Act, Agreement, Ballot, Ballots, Choice, Claim, Decision, ElectionRecord, LegalForce, Mode,
    Participant, Round, Scope, Severity, TakingPart, Tally,
};
use plenary::validation::{ClaimStanding, source_words};
use plenary::{Account, DecisionAccount, ElectionAccount, RoundAccount};
use unicode_normalization::UnicodeNormalization;

use crate::output::{BOLD, DIM, ERROR, GOOD, WARNING, many, visible};

const WIDTH: usize = 96;

/// The page of an agreement, with styles for a terminal.
pub(crate) fn page(account: &Account) -> String {
    let mut page = Page::default();
    page.heading(&account.agreement);
    page.acts(account);
    page.treaty(account);
    page.relations(account);
    page.provisions(&account.agreement);
    page.claims(account);
    page.sources(&account.agreement, &account.reference);
    page.verdict(account);
    page.text
}

#[derive(Default)]
struct Page {
    text: String,
}

impl Page {
    fn line(&mut self, text: impl AsRef<str>) {
        self.text.push_str(text.as_ref().trim_end());
        self.text.push('\n');
    }

    fn title(&mut self, text: &str) {
        self.line(format!("\n{BOLD}{text}{BOLD:#}"));
    }

    /// A paragraph behind a label, wrapped, with a hanging indent under it.
    fn paragraph(&mut self, label: &str, text: &str) {
        let indent = label.chars().count() + 4;
        let mut line = format!("  {label}  ");
        let mut length = indent;
        for word in text.split_whitespace().map(visible) {
            let word_length = word.chars().count();
            if length > indent && length + 1 + word_length > WIDTH {
                self.line(&line);
                line = " ".repeat(indent);
                length = indent;
            }
            if length > indent {
                line.push(' ');
                length += 1;
            }
            line.push_str(&word);
            length += word_length;
        }
        self.line(line);
    }

    fn heading(&mut self, agreement: &Agreement) {
        let title = match agreement.title.is_empty() {
            true => agreement.label(),
            false => &agreement.title,
        };
        self.line(format!("{BOLD}{}{BOLD:#}", visible(title)));
        let mut facts: Vec<String> = agreement.symbols.iter().map(ToString::to_string).collect();
        facts.push(agreement.kind.as_str().to_owned());
        facts.extend(agreement.legal_force.map(|force| match force {
            LegalForce::NonBinding => "not legally binding".to_owned(),
            _ => "legally binding".to_owned(),
        }));
        self.line(format!("{DIM}{}{DIM:#}", visible(&facts.join(" · "))));
        if !agreement.subjects.is_empty() {
            self.line("");
            self.paragraph("subjects  ", &agreement.subjects.join("; "));
        }
    }

    fn acts(&mut self, account: &Account) {
        let mut decisions = account.decisions.iter();
        let mut elections = account.elections.iter();
        let mut in_steps = false;
        let mut decided_before = false;
        for act in &account.agreement.acts {
            match act {
                Act::Decision(decision) => {
                    in_steps = false;
                    decided_before = true;
                    if let Some(decided) = decisions.next() {
                        self.decision(decision, decided);
                    }
                }
                Act::Election(election) => {
                    in_steps = false;
                    decided_before = true;
                    if let Some(counted) = elections.next() {
                        self.election(election, counted);
                    }
                }
                Act::Step(step) => {
                    if !in_steps {
                        self.title(if decided_before {
                            "Since then"
                        } else {
                            "On the way"
                        });
                        in_steps = true;
                    }
                    let symbol = step.symbol.as_ref().map(|s| format!(" ({s})"));
                    let text = format!("{}{}", step.what, symbol.unwrap_or_default());
                    self.paragraph(&step.date.to_string(), &text);
                }
                _ => {}
            }
        }
    }

    fn decision(&mut self, decision: &Decision, decided: &DecisionAccount) {
        self.title(&decision_title(decision, decided.body.as_deref()));
        self.paragraph(&date(decision), &circumstances(decision));
        if let Some(agenda) = &decision.agenda {
            self.paragraph("agenda    ", agenda);
        }
        self.rests_on(decision);
        for note in &decision.notes {
            self.paragraph("          ", note);
        }
        for figure in &decision.reported {
            let text = format!(
                "{} {} by report ({}); no vote was counted",
                figure.value, figure.of, figure.source
            );
            self.paragraph("          ", &text);
        }
        if let Some(tally) = decided.tally {
            self.line("");
            self.line(counts(tally, all_of(decision)));
        } else if let Some(announced) = announced(decision) {
            self.line("");
            self.line(announced);
        }
        if let Some(evaluation) = &decided.evaluation {
            self.line("");
            self.reasons(evaluation.verdict, decided, &evaluation.reasons);
        }
        let undecided = decided.undecided.as_ref();
        if let Some(reason) = undecided {
            self.line("");
            self.line(format!(
                "  {WARNING}undecided{WARNING:#}: {}",
                visible(reason)
            ));
        }
        self.groups(decided, all_of(decision));
        if let Some(ballots) = &decision.ballots {
            self.names(decision, ballots);
            self.marks(decision, ballots);
            self.intended(decision, ballots);
        }
    }

    /// What a decision rests on beside its votes.
    fn rests_on(&mut self, decision: &Decision) {
        let kind = decision.question.kind.as_ref();
        let kind = kind.map(|kind| format!("kind of question: {kind}"));
        let with = decision.with.iter();
        let with = with.map(|(organ, decision)| format!("in {organ}: {decision}"));
        let taking_part = match &decision.taking_part {
            everybody if everybody.is_everybody() => None,
            TakingPart::Group(group) => Some(format!("taking part: the members of {group}")),
            listed => Some(format!("taking part: {}", labels(listed.listed()))),
        };
        let chair = decision.chair.map(|chair| match chair.participant {
            Some(who) => format!("the chair ({}): {}", who.identifier(), chair.choice),
            None => format!("the chair: {}", chair.choice),
        });
        let attending = decision.attending.map(|n| format!("attending: {n}"));
        let objections = decision.objections.as_deref().map(|who| match who {
            [] => "nobody objected".to_owned(),
            who => format!("objections: {}", labels(who)),
        });
        let facts = kind.into_iter().chain(with).chain(taking_part);
        for fact in facts.chain(chair).chain(attending).chain(objections) {
            self.paragraph("          ", &fact);
        }
    }

    /// The rounds of an election, each with what the rule makes of it.
    fn election(&mut self, election: &ElectionRecord, counted: &ElectionAccount) {
        let [by, to] = [("by", &counted.by), ("to", &counted.to)].map(|(word, body)| {
            let name = body.as_deref().map(visible);
            name.map_or_else(String::new, |name| format!(" {word} {name}"))
        });
        self.title(&format!("Election{by}{to}"));
        if let Some(term) = election.term {
            let end = term
                .to
                .map_or_else(String::new, |to| format!(" until {to}"));
            self.paragraph("term      ", &format!("from {}{end}", term.from));
        }
        for note in &election.notes {
            self.paragraph("          ", note);
        }
        for (contest, rounds) in election.contests.iter().zip(&counted.contests) {
            self.line("");
            let group = contest
                .group
                .as_ref()
                .map(|group| format!(", {}", visible(group)));
            let seats = many(contest.seats as usize, "seat");
            self.line(format!(
                "  {BOLD}{seats}{}{BOLD:#}",
                group.unwrap_or_default()
            ));
            for ((number, round), counted) in (1..).zip(&contest.rounds).zip(rounds) {
                self.round(number, round, counted);
            }
        }
    }

    fn round(&mut self, number: usize, round: &Round, counted: &RoundAccount) {
        let date = round
            .date
            .map_or_else(|| "no date   ".to_owned(), |date| format!("{date:<10}"));
        let label = format!("round {number}, {date}");
        let mut votes: Vec<(u32, &str)> = round
            .votes
            .iter()
            .map(|(who, n)| (*n, who.as_str()))
            .collect();
        votes.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        let votes: Vec<String> = votes.iter().map(|(n, who)| format!("{who} {n}")).collect();
        let valid = round
            .valid
            .map(|n| format!(" of {}", many(n as usize, "valid ballot")));
        self.paragraph(
            &label,
            &format!("{}{}", votes.join(", "), valid.unwrap_or_default()),
        );
        let indent = " ".repeat(label.chars().count());
        if !round.restricted_to.is_empty() {
            self.paragraph(
                &indent,
                &format!("restricted to {}", labels(&round.restricted_to)),
            );
        }
        let elected = match round.elected.as_slice() {
            [] => "nobody elected, by the record".to_owned(),
            elected => format!("elected, by the record: {}", labels(elected)),
        };
        self.paragraph(&indent, &elected);
        let words = match (&counted.outcome, &counted.uncounted) {
            (Some(outcome), _) => {
                let needed = counted.needed.map(|n| format!("{n} votes needed; "));
                let elected = match outcome.elected.as_slice() {
                    [] => "nobody has them".to_owned(),
                    elected => format!("{} elected", labels(elected)),
                };
                let tied = match outcome.tied.as_slice() {
                    [] => String::new(),
                    tied => format!("; tied: {}", labels(tied)),
                };
                format!("by the rule: {}{elected}{tied}", needed.unwrap_or_default())
            }
            (None, Some(reason)) => format!("not counted: {reason}"),
            (None, None) => return,
        };
        self.paragraph(&indent, &words);
    }

    /// What a source says of ballots beside the choice.
    fn marks(&mut self, decision: &Decision, ballots: &Ballots) {
        let day = decision.date.map(plenary::types::Date::earliest);
        let marked = ballots.iter().filter_map(|ballot| {
            let mark = ballot.mark?;
            Some(format!(
                "{}: {mark}, counted as {}",
                name_of(ballot, day),
                ballot.choice
            ))
        });
        let marked: Vec<_> = marked.collect();
        if !marked.is_empty() {
            self.line("");
            self.paragraph("beside the choice", &format!("{}.", marked.join("; ")));
        }
    }

    /// What delegations said afterwards that they had meant to vote: it changes no result.
    fn intended(&mut self, decision: &Decision, ballots: &Ballots) {
        let day = decision.date.map(plenary::types::Date::earliest);
        let intended = ballots.iter().filter_map(|ballot| {
            let later = ballot.intended_later?;
            Some(format!(
                "{}: {later} instead of {}",
                name_of(ballot, day),
                ballot.choice
            ))
        });
        let intended: Vec<_> = intended.collect();
        if !intended.is_empty() {
            self.line("");
            let text = format!(
                "{}. The result is that of the votes cast.",
                intended.join("; ")
            );
            self.paragraph("said later that they had intended", &text);
        }
    }

    fn reasons(&mut self, verdict: Verdict, decided: &DecisionAccount, reasons: &Reason) {
        let (style, word) = match verdict {
            Verdict::Adopted => (GOOD, "adopted"),
            Verdict::Rejected => (ERROR, "rejected"),
            _ => (WARNING, "undetermined"),
        };
        let sentence = visible(&reasons.sentence);
        self.line(format!("  {style}{word}{style:#}: {sentence}"));
        self.parts(reasons, 0);
        self.rule(decided);
    }

    /// The reasons under a reason, those under them further in.
    fn parts(&mut self, reasons: &Reason, depth: usize) {
        for part in &reasons.parts {
            let answer = match part.answer {
                Answer::Met => "met:",
                Answer::NotMet => "not met:",
                Answer::Unknown => "unknown:",
            };
            let indent = "  ".repeat(depth);
            self.paragraph(&format!("  {indent}{answer:>8}"), &part.sentence);
            self.parts(part, depth + 1);
        }
    }

    /// The rule, what states it, the rules that may have applied instead, and the number of members it counts with.
    fn rule(&mut self, decided: &DecisionAccount) {
        let rule = visible(decided.rule.as_deref().unwrap_or_default());
        self.line(format!("  {DIM}by the rule: {rule}{DIM:#}"));
        if let Some(ground) = &decided.ground {
            self.paragraph("           ", ground);
        }
        for alternative in &decided.alternatives {
            // "Rejected" is the word for what came of a question; of a rule that may not have applied it would mislead.
            let word = match alternative.verdict {
                Verdict::Adopted => "adopted",
                Verdict::Rejected => "not adopted",
                Verdict::Undetermined => "undetermined",
            };
            let then = match alternative.changes {
                true => format!("the verdict would be: {word}"),
                false => "the verdict would be the same".to_owned(),
            };
            let text = format!("{}; {then}", alternative.title);
            self.paragraph("otherwise by:", &text);
        }
        if let Some(base) = decided.base {
            let from = base.from.words();
            self.line(format!("  {DIM}members: {}, {from}{DIM:#}", base.members));
        }
        if !decided.left_out.is_empty() {
            let codes: Vec<_> = decided.left_out.iter().map(ToString::to_string).collect();
            self.paragraph("not counted:", &codes.join(", "));
        }
    }

    fn groups(&mut self, decided: &DecisionAccount, all: &str) {
        if decided.groups.is_empty() {
            return;
        }
        self.line("");
        let header = ["yes", "no", "abstaining", "not voting", all];
        let scheme = decided.grouped_by.as_deref().unwrap_or("group");
        let by = match scheme.ends_with("-regional") {
            true => "by regional group".to_owned(),
            false => format!("by {}", visible(scheme)),
        };
        self.line(format!("  {DIM}{}{DIM:#}", row(&by, header)));
        for group in &decided.groups {
            self.line(format!("  {}", row(&group.group, cells(group.tally))));
        }
        if let Some(tally) = decided.tally {
            self.line(format!("  {BOLD}{}{BOLD:#}", row("total", cells(tally))));
        }
    }

    fn names(&mut self, decision: &Decision, ballots: &Ballots) {
        for (choice, label) in [
            (Choice::No, "against"),
            (Choice::Abstain, "abstaining"),
            (Choice::NonVoting, "not voting"),
            (Choice::NotEligible, "not eligible"),
            (Choice::Yes, "in favour"),
        ] {
            let names = names_of(decision, ballots, choice);
            if !names.is_empty() {
                self.line("");
                let label = format!("{label} ({})", names.len());
                let comma = if names.iter().any(|name| name.contains(',')) {
                    "; "
                } else {
                    ", "
                };
                self.paragraph(&format!("{label:<16}"), &format!("{}.", names.join(comma)));
            }
        }
    }

    fn provisions(&mut self, agreement: &Agreement) {
        for (title, provisions) in [
            ("objectives", &agreement.objectives),
            ("guiding principles", &agreement.principles),
        ] {
            if provisions.is_empty() {
                continue;
            }
            self.title(&format!("{} {title}, in our own words", provisions.len()));
            let doubt = |unverified| if unverified { " (unverified)" } else { "" };
            let list = provisions
                .iter()
                .map(|p| format!("{} {}{}", p.number, p.label, doubt(p.unverified)));
            self.paragraph("", &list.collect::<Vec<_>>().join(" · "));
        }
    }

    fn claims(&mut self, account: &Account) {
        if account.claims.is_empty() {
            return;
        }
        self.title("What is claimed, and what the record says");
        let mut by = None;
        for (claim, Claim { source, .. }) in account.claims.iter().zip(&account.agreement.claims) {
            if by != Some(source) {
                self.paragraph("by", &source_words(source));
                by = Some(source);
            }
            let text = &claim.text;
            match &claim.judgement.standing {
                ClaimStanding::Corroborated { by } => {
                    let text = format!("{text} (not in the record; so do say: {})", by.join("; "));
                    self.paragraph("corroborated ", &text);
                }
                ClaimStanding::Inexact { holds, but } => {
                    let text = format!("{text} (holds: {holds}; but {but})");
                    self.paragraph("inexact      ", &text);
                }
                ClaimStanding::Unsupported { reason } => {
                    self.paragraph("unsupported  ", &format!("{text} ({reason})"));
                }
                ClaimStanding::Contradicted { record, .. } => {
                    self.paragraph("CONTRADICTED ", &format!("{text} The record: {record}."));
                }
                ClaimStanding::NotCheckable { reason } => {
                    self.paragraph("not checkable", &format!("{text} ({reason})"));
                }
                _ => self.paragraph("holds        ", text),
            }
            for evidence in &claim.judgement.evidence {
                self.paragraph("             ", &format!("– {evidence}"));
            }
        }
    }

    fn sources(&mut self, agreement: &Agreement, reference: &[String]) {
        if agreement.sources.is_empty() && reference.is_empty() {
            return;
        }
        self.title("Sources");
        for source in &agreement.sources {
            let parts = [&source.publisher, &source.record, &source.url];
            let mut text = source.title.clone();
            for part in parts.into_iter().flatten() {
                text.push_str(&format!(", {part}"));
            }
            self.paragraph("-", &text);
        }
        if !reference.is_empty() {
            self.paragraph("-", &format!("reference data: {}", reference.join(", ")));
        }
    }

    fn verdict(&mut self, account: &Account) {
        self.line("");
        for finding in &account.findings {
            let text = format!(
                "{}[{}]: {}",
                finding.severity, finding.check, finding.message
            );
            let values = match (&finding.expected, &finding.found) {
                (Some(expected), Some(found)) => format!(" (expected {expected}, found {found})"),
                _ => String::new(),
            };
            self.paragraph("", &format!("{text}{values}"));
        }
        let claims = account.claim_counts();
        let contradicted = claims.contradicted;
        let errors = count(account, Severity::Error);
        let (style, word) = match (errors, contradicted) {
            (0, 0) if outcome_contradicted(account) => (ERROR, "the record does not add up"),
            (0, 0) if account.decides_something() => (GOOD, "the record adds up"),
            (0, 0) if account.decisions.is_empty() => (GOOD, "nothing found"),
            (0, 0) => (
                WARNING,
                "nothing was decided, so nothing shows whether the record adds up",
            ),
            _ => (ERROR, "the record does not add up"),
        };
        let mut line = format!("{style}{word}{style:#}: {}, ", many(errors, "error"));
        let (warnings, notes) = (
            count(account, Severity::Warning),
            count(account, Severity::Note),
        );
        let (warnings, notes) = (many(warnings, "warning"), many(notes, "note"));
        let _ = write!(line, "{warnings}, {notes}");
        if !account.claims.is_empty() {
            let _ = write!(
                line,
                "; of {} claims {} hold, {} are corroborated, {} inexact, {} unsupported, {contradicted} contradicted, \
                 {} not checkable",
                account.claims.len(),
                claims.confirmed,
                claims.corroborated,
                claims.inexact,
                claims.unsupported,
                claims.not_checkable,
            );
        }
        self.line(line);
    }
}

/// Whether a verdict contradicts the outcome that is on record.
fn outcome_contradicted(account: &Account) -> bool {
    let recorded = account
        .agreement
        .decisions()
        .map(|(_, decision)| decision.outcome);
    let decided = account.decisions.iter();
    let outcomes = recorded
        .zip(decided.clone())
        .map(|(recorded, decided)| decided.outcome_means.or(recorded));
    let verdicts = decided.map(|decided| decided.evaluation.as_ref());
    outcomes.zip(verdicts).any(|(outcome, evaluation)| {
        let pair = outcome.zip(evaluation);
        pair.is_some_and(|(outcome, evaluation)| evaluation.verdict.contradicts(outcome))
    })
}

/// The announced totals, where no list was counted.
fn announced(decision: &Decision) -> Option<String> {
    let totals = &decision.announced;
    let (yes, no) = (totals.yes?, totals.no?);
    let mut text = format!("  {BOLD}announced: yes {yes}   no {no}");
    for (label, value) in [
        ("abstaining", totals.abstain),
        ("not voting", totals.non_voting),
        ("members", totals.members),
    ] {
        if let Some(value) = value {
            text.push_str(&format!("   {label} {value}"));
        }
    }
    text.push_str(&format!("{BOLD:#}"));
    Some(text)
}

fn count(account: &Account, severity: Severity) -> usize {
    account
        .findings
        .iter()
        .filter(|f| f.severity == severity)
        .count()
}

/// Participants, as they are written.
fn labels(who: &[Participant]) -> String {
    let who: Vec<&str> = who.iter().map(|who| who.as_str()).collect();
    who.join(", ")
}

fn decision_title(decision: &Decision, body: Option<&str>) -> String {
    let how = match decision.mode {
        Mode::WithoutVote => "Adopted without a vote".into(),
        Mode::Secret => "Decided by secret ballot".into(),
        Mode::NonRecorded => "Decided by a non-recorded vote".into(),
        Mode::ShowOfHands => "Decided by a show of hands".into(),
        Mode::Written => "Decided by written procedure".into(),
        Mode::Silence => "Decided by silence".into(),
        Mode::Recorded => "Decided by a recorded vote".into(),
        other => format!("Decided in another way ({})", visible(other.as_str())),
    };
    match body {
        Some(body) => format!("{how}: {}{}", visible(body), scope(decision)),
        None => format!("{how}{}", scope(decision)),
    }
}

/// What was put to the body, where it was not the whole text, with the words of the record for it.
fn scope(decision: &Decision) -> String {
    let what = match decision.question.scope {
        Scope::Paragraph => "a paragraph or another part",
        Scope::Amendment => "an amendment",
        Scope::Motion => "a motion",
        _ => return String::new(),
    };
    match &decision.question.text {
        Some(text) => format!(", on {what}: {}", visible(text)),
        None => format!(", on {what}"),
    }
}

fn date(decision: &Decision) -> String {
    decision
        .date
        .map_or_else(|| "no date   ".to_owned(), |date| format!("{date:<10}"))
}

fn circumstances(decision: &Decision) -> String {
    let mut parts: Vec<String> = decision.symbol.iter().map(ToString::to_string).collect();
    parts.extend(decision.session.map(|session| format!("session {session}")));
    parts.extend(
        decision
            .meeting
            .as_ref()
            .map(|meeting| format!("meeting {meeting}")),
    );
    let report = decision.committee_report.as_ref();
    parts.extend(report.map(|report| format!("committee report {report}")));
    parts.extend(decision.drafts.iter().map(|draft| format!("draft {draft}")));
    parts.join(", ")
}

/// What those on the list are together.
const fn all_of(decision: &Decision) -> &'static str {
    if decision.partial {
        "listed"
    } else {
        "members"
    }
}

fn counts(tally: Tally, all: &str) -> String {
    let counted = counted(tally);
    format!(
        "  {BOLD}yes {}   no {}   abstaining {}   not voting {}   {all} {counted}{BOLD:#}",
        tally.yes, tally.no, tally.abstain, tally.non_voting
    )
}

fn row<T: std::fmt::Display>(label: &str, cells: [T; 5]) -> String {
    let [yes, no, abstaining, not_voting, members] = cells;
    format!("{label:<30}{yes:>6}{no:>6}{abstaining:>12}{not_voting:>12}{members:>9}")
}

fn cells(tally: Tally) -> [u64; 5] {
    let [yes, no, abstain, non_voting] = choices(tally);
    [yes, no, abstain, non_voting, counted(tally)]
}

fn choices(tally: Tally) -> [u64; 4] {
    [tally.yes, tally.no, tally.abstain, tally.non_voting].map(u64::from)
}

/// How many all choices are together; more than 32 bits hold, where a record says so.
fn counted(tally: Tally) -> u64 {
    choices(tally).iter().sum()
}

/// The names of those who made a choice, as they were called on the day.
fn names_of(decision: &Decision, ballots: &Ballots, choice: Choice) -> Vec<String> {
    let day = decision.date.map(plenary::types::Date::earliest);
    let mut names: Vec<String> = ballots
        .iter()
        .filter(|b| b.choice == choice)
        .map(|ballot| name_of(ballot, day))
        .collect();
    names.sort_by_cached_key(|name| name.nfd().filter(char::is_ascii).collect::<String>());
    names
}

/// The name of a voter, as it was called on the day.
fn name_of(ballot: Ballot<'_>, day: Option<NaiveDate>) -> String {
    let known = ballot.entry.state().zip(day);
    let known = known.and_then(|(state, day)| name_on(state, day));
    let known = known.map(|name| name.strip_suffix(" (the)").unwrap_or(name));
    known.map_or_else(|| ballot.entry.label(), str::to_owned)
}
