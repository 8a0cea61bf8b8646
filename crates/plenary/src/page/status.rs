//! What is known of a treaty and what follows from it, line by line.

use chrono::NaiveDate;
use plenary_treaties::{Completion, Counts, Entry, PartiesOn, Report};
use plenary_types::Participant;
use serde::Serialize;

use crate::TreatyReport;

/// A line on the status of a treaty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct StatusLine {
    /// How far it is under the lines before it.
    pub depth: usize,
    /// How its head is meant.
    pub tone: Tone,
    /// What comes first: of what it tells.
    pub head: String,
    /// What is said of that.
    pub text: String,
    /// Codes that follow it.
    pub codes: Vec<String>,
}

/// How the head of a line is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Tone {
    /// Like any text.
    Plain,
    /// Something holds.
    Good,
    /// Something limits the answer.
    Caution,
    /// Something does not hold, or cannot be used.
    Bad,
}

impl StatusLine {
    fn new(depth: usize, tone: Tone, head: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            depth,
            tone,
            head: head.into(),
            text: text.into(),
            codes: Vec::new(),
        }
    }

    fn plain(depth: usize, text: impl Into<String>) -> Self {
        Self::new(depth, Tone::Plain, text, "")
    }

    fn caution(depth: usize, head: impl Into<String>, text: impl Into<String>) -> Self {
        Self::new(depth, Tone::Caution, head, text)
    }
}

/// What is known comes first, then what follows from it.
pub(crate) fn lines(answer: &TreatyReport) -> Vec<StatusLine> {
    let report = &answer.report;
    let mut lines = basis(report, answer.origin);
    for caveat in &answer.caveats {
        lines.push(StatusLine::caution(1, "note", format!(": {caveat}")));
    }
    if let Some(clause) = &report.clause {
        let origin = report.clause_origin.as_ref();
        let origin = origin.map_or(String::new(), |origin| format!(" ({origin})"));
        let text = format!("enters into force with: {clause}{origin}");
        lines.push(StatusLine::plain(1, text));
    }
    lines.extend(entry(report, answer.origin));
    if let Some(official) = report.official {
        let same = match report.entry_into_force == Some(official) {
            true => ", the same",
            false => "",
        };
        let text = format!("official day of entry into force: {official}{same}");
        lines.push(StatusLine::plain(1, text));
    }
    if let Some(difference) = &report.difference {
        let text = format!(": {} ({})", difference.text, difference.reason);
        lines.push(StatusLine::caution(2, "why the acts give another", text));
    }
    if let Some(on) = &report.parties_on {
        lines.extend(parties(report, on));
    }
    if !report.uncertain.is_empty() {
        let head = "withdrawn on a day that the source does not give";
        let text = format!(": {}", codes(&report.uncertain));
        lines.push(StatusLine::caution(1, head, text));
    }
    for rejected in &answer.rejected {
        let text = format!(": {rejected}");
        lines.push(StatusLine::new(1, Tone::Bad, "not used", text));
    }
    lines
}

/// What the answer rests on: the source and what came with the program, counted apart.
fn basis(report: &Report, origin: &str) -> Vec<StatusLine> {
    let mut lines = Vec::new();
    let until = report.acts_known_until;
    let until = until.map_or(String::new(), |until| format!("; acts known until {until}"));
    match (&report.from_source, &report.built_in) {
        (Some(source), built_in) => {
            let text = format!("from {origin}: {}{until}", counts(source, report));
            lines.push(StatusLine::plain(1, text));
            if let Some(built_in) = built_in {
                lines.push(StatusLine::plain(1, format!("built in: {built_in}")));
            }
        }
        (None, Some(built_in)) => {
            let what = match &report.extract {
                Some(_) => "built in, an extract: ",
                None => "built in: ",
            };
            let text = format!(
                "{what}{}; {}{until}",
                plural(built_in.acts, "act", "acts"),
                come_to(report.signatories, report.contracting, report)
            );
            lines.push(StatusLine::plain(1, text));
        }
        (None, None) if report.supplied.is_none() => lines.push(StatusLine::plain(1, "no acts")),
        (None, None) => {}
    }
    if let Some(supplied) = &report.supplied {
        let acts = plural(supplied.acts, "act", "acts");
        let of = codes(&supplied.participants);
        let only = match (&report.from_source, &report.built_in) {
            (None, None) => format!(
                "; {}{until}",
                come_to(report.signatories, report.contracting, report)
            ),
            _ => String::new(),
        };
        let text = format!("supplied with --acts: {acts} of {of}{only}");
        lines.push(StatusLine::plain(1, text));
    }
    lines
}

fn counts(counts: &Counts, report: &Report) -> String {
    let acts = plural(counts.acts, "act", "acts");
    let come_to = come_to(counts.signatories, counts.contracting, report);
    format!("{acts}; {come_to}")
}

/// The signatories, definitive signatures among them, and those that have consented.
fn come_to(signatories: usize, contracting: usize, report: &Report) -> String {
    let definitive = match report.definitive_signatures {
        0 => String::new(),
        count => {
            format!(" (definitive signatures, which need no ratification, among them: {count})")
        }
    };
    let open = match report.contracting_undetermined.as_slice() {
        [] => String::new(),
        open => format!(" (whether still so is undetermined: {})", codes(open)),
    };
    let signatories = plural(signatories, "signatory", "signatories");
    format!("{signatories}{definitive}, {contracting} contracting{open}")
}

fn plural(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

fn entry(report: &Report, origin: &str) -> Vec<StatusLine> {
    if let (Some(day), Some(completion)) = (report.entry_into_force, &report.completed_by) {
        return in_force(report, origin, day, completion);
    }
    if report.between.is_some() {
        return between(report, origin);
    }
    if let Some(evaluation) = &report.evaluation {
        let by = match report.official {
            Some(_) => " by these acts",
            None => "",
        };
        let head = format!("not in force{by}");
        let mut lines = vec![StatusLine::new(1, Tone::Bad, head, "")];
        let reasons = evaluation.reasons.to_string();
        lines.extend(reasons.lines().map(|reason| StatusLine::plain(2, reason)));
        return lines;
    }
    if report.clause.is_none() {
        return vec![StatusLine::plain(
            1,
            "entry into force not known: `plenary treaty --in-force-when \"20 instruments; 30 days\"` says how",
        )];
    }
    let missing = format!(": missing {}", report.missing.join("; "));
    let head = "entry into force undetermined";
    vec![StatusLine::caution(1, head, missing)]
}

fn in_force(
    report: &Report,
    origin: &str,
    day: NaiveDate,
    completion: &Completion,
) -> Vec<StatusLine> {
    let head = format!("in force since {day}");
    let text = format!(": {}", completed(completion));
    let mut lines = vec![StatusLine::new(1, Tone::Good, head, text)];
    if !report.unrecorded_parties.is_empty() {
        let states = and(&report.unrecorded_parties);
        let its = match report.unrecorded_parties.len() {
            1 => "its",
            _ => "their",
        };
        let head = format!("earlier if {states} had consented by then");
        let text =
            format!(": {origin} does not show {its} acts (`plenary treaty --acts` takes them)");
        lines.push(StatusLine::caution(2, head, text));
    }
    lines
}

/// An entry into force that depends on something.
fn between(report: &Report, origin: &str) -> Vec<StatusLine> {
    let between = report.between.as_ref();
    let bound = |entry: Option<&Entry>| {
        entry.map_or("not in force".to_owned(), |entry| {
            format!("{}, {}", entry.day, completed(&entry.completed_by))
        })
    };
    let earliest = match between {
        Some(between) if between.no_first_day => "not known".to_owned(),
        _ => bound(between.and_then(|between| between.earliest.as_ref())),
    };
    let latest = bound(between.and_then(|between| between.latest.as_ref()));
    let mut lines = Vec::new();
    if report.depends_on.is_empty() {
        let acted = match report.vague.len() {
            1 => "acted on a day that is not known exactly",
            _ => "acted on days that are not known exactly",
        };
        let since = match (report.earliest, report.latest) {
            (Some(earliest), Some(latest)) => format!(
                "in force since a day between {earliest} and {latest}: {} {acted}",
                and(&report.vague)
            ),
            _ => format!("the day is not known: {} {acted}", and(&report.vague)),
        };
        lines.push(StatusLine::caution(1, since, ""));
    } else {
        let head = format!("the day depends on acts that {origin} does not carry");
        let text = format!(": {}", codes(&report.depends_on));
        lines.push(StatusLine::caution(1, head, text));
    }
    lines.push(StatusLine::plain(2, format!("earliest: {earliest}")));
    lines.push(StatusLine::plain(2, format!("latest: {latest}")));
    if !report.depends_on.is_empty() {
        lines.push(StatusLine::plain(2, "`plenary treaty --acts` takes them"));
    }
    lines
}

fn parties(report: &Report, parties: &PartiesOn) -> Vec<StatusLine> {
    let all = match parties.binds_all_members {
        true => ": it binds all members, whether or not they ratified it",
        false => "",
    };
    let text = format!("parties on {}: {}{all}", parties.date, parties.count);
    let mut line = StatusLine::plain(1, text);
    line.codes = parties.members.iter().map(ToString::to_string).collect();
    let mut lines = vec![line];
    if !parties.undetermined.is_empty() {
        let text = format!(": {}", codes(&parties.undetermined));
        lines.push(StatusLine::caution(2, "undetermined whether a party", text));
    }
    let later = report.successions.iter().filter(|succession| {
        succession.effective.latest() <= parties.date
            && parties.date < succession.notified.latest()
            && parties.members.contains(&succession.state)
    });
    for succession in later {
        let waits = match succession.suspended {
            true => "; operation suspended until then",
            false => "",
        };
        let text = format!(
            "{} by a succession of {} that it notified on {}{waits}",
            succession.state, succession.effective, succession.notified
        );
        lines.push(StatusLine::plain(2, text));
    }
    lines
}

fn completed(completion: &Completion) -> String {
    let Completion {
        state,
        stated,
        ordinal,
        same_day,
        ..
    } = completion;
    let with = match same_day.is_empty() {
        true => String::new(),
        false => format!(", on one day with {}", codes(same_day)),
    };
    let date = match stated {
        Some(date) => format!(" {}", date.in_a_sentence()),
        None => ", whose act is not on record".to_owned(),
    };
    format!("completed by {state}{date}, instrument {ordinal}{with}")
}

/// Codes in a sentence: the last one after `and`.
fn and(states: &[Participant]) -> String {
    match states {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", codes(first)),
        states => codes(states),
    }
}

fn codes(codes: &[Participant]) -> String {
    let codes: Vec<_> = codes.iter().map(ToString::to_string).collect();
    codes.join(", ")
}
