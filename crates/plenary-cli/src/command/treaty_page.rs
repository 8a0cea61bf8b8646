//! A treaty for a reader: what is known comes first, then what follows from it.

use std::io::{self, Write};

use chrono::NaiveDate;
use plenary::TreatyReport;
use plenary::treaties::{Completion, Counts, Entry, PartiesOn, Report};
use plenary::types::Participant;

use crate::exit::Result;
use crate::output::{BOLD, DIM, ERROR, GOOD, Output, PLAIN, WARNING, line};

pub(super) fn print(answer: &TreatyReport, output: &Output) -> Result<()> {
    let report = &answer.report;
    let mut out = output.stdout();
    let id = report.id.as_ref().filter(|id| **id != report.title);
    let id = id.map_or(String::new(), |id| format!(" ({id})"));
    line(&mut out, &[(BOLD, &report.title), (PLAIN, &id)])?;
    status(answer, &mut out)?;
    Ok(out.flush()?)
}

/// What is known of a treaty and what follows from it, without its title.
pub(crate) fn status(answer: &TreatyReport, mut out: &mut impl Write) -> Result<()> {
    let report = &answer.report;
    basis(report, answer.origin, &mut out)?;
    for caveat in &answer.caveats {
        let caveat = format!(": {caveat}");
        line(&mut out, &[(WARNING, &"  note"), (PLAIN, &caveat)])?;
    }
    if let Some(clause) = &report.clause {
        let origin = report.clause_origin.as_ref();
        let origin = origin.map_or(String::new(), |origin| format!(" ({origin})"));
        plain(
            &mut out,
            format!("  enters into force with: {clause}{origin}"),
        )?;
    }
    entry(report, answer.origin, &mut out)?;
    if let Some(official) = report.official {
        let same = report.entry_into_force == Some(official);
        let text = if same {
            format!("  official day of entry into force: {official}, the same")
        } else {
            format!("  official day of entry into force: {official}")
        };
        plain(&mut out, text)?;
    }
    if let Some(difference) = &report.difference {
        let text = format!(": {} ({})", difference.text, difference.reason);
        line(
            &mut out,
            &[(WARNING, &"    why the acts give another"), (PLAIN, &text)],
        )?;
    }
    if let Some(on) = &report.parties_on {
        parties(report, on, &mut out)?;
    }
    if !report.uncertain.is_empty() {
        let uncertain = codes(&report.uncertain);
        writeln!(
            out,
            "  {WARNING}withdrawn on a day that the source does not give{WARNING:#}: {uncertain}"
        )?;
    }
    for rejected in &answer.rejected {
        let rejected = format!(": {rejected}");
        line(&mut out, &[(ERROR, &"  not used"), (PLAIN, &rejected)])?;
    }
    Ok(())
}

/// What the answer rests on: the source and what came with the program, counted apart.
fn basis(report: &Report, origin: &str, out: &mut impl Write) -> Result<()> {
    let until = report.acts_known_until;
    let until = until.map_or(String::new(), |until| format!("; acts known until {until}"));
    match (&report.from_source, &report.built_in) {
        (Some(source), built_in) => {
            plain(
                out,
                format!("  from {origin}: {}{until}", counts(source, report)),
            )?;
            if let Some(built_in) = built_in {
                plain(out, format!("  built in: {}", built_in))?;
            }
        }
        (None, Some(built_in)) => {
            let what = match &report.extract {
                Some(_) => "  built in, an extract: ",
                None => "  built in: ",
            };
            let text = format!(
                "{what}{}; {}{until}",
                plural(built_in.acts, "act", "acts"),
                come_to(report.signatories, report.contracting, report)
            );
            plain(out, text)?;
        }
        (None, None) if report.supplied.is_none() => writeln!(out, "  no acts")?,
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
        plain(out, format!("  supplied with --acts: {acts} of {of}{only}"))?;
    }
    Ok(())
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

fn plain(out: &mut impl Write, text: String) -> io::Result<()> {
    line(out, &[(PLAIN, &text)])
}

fn entry(report: &Report, origin: &str, out: &mut impl Write) -> Result<()> {
    if let (Some(day), Some(completion)) = (report.entry_into_force, &report.completed_by) {
        in_force(report, origin, (day, completion), out)?;
    } else if report.between.is_some() {
        between(report, origin, out)?;
    } else if let Some(evaluation) = &report.evaluation {
        let by = match report.official {
            Some(_) => " by these acts",
            None => "",
        };
        writeln!(out, "  {ERROR}not in force{by}{ERROR:#}")?;
        for reason in evaluation.reasons.to_string().lines() {
            plain(out, format!("    {reason}"))?;
        }
    } else if report.clause.is_none() {
        writeln!(
            out,
            "  entry into force not known: `plenary treaty --in-force-when \"20 instruments; 30 days\"` says how"
        )?;
    } else {
        let missing = format!(": missing {}", report.missing.join("; "));
        let what = "  entry into force undetermined";
        line(out, &[(WARNING, &what), (PLAIN, &missing)])?;
    }
    Ok(())
}

fn in_force(
    report: &Report,
    origin: &str,
    (day, completion): (NaiveDate, &Completion),
    out: &mut impl Write,
) -> Result<()> {
    writeln!(
        out,
        "  {GOOD}in force since {day}{GOOD:#}: {}",
        completed(completion)
    )?;
    if !report.unrecorded_parties.is_empty() {
        let states = and(&report.unrecorded_parties);
        let its = match report.unrecorded_parties.len() {
            1 => "its",
            _ => "their",
        };
        writeln!(
            out,
            "    {WARNING}earlier if {states} had consented by then{WARNING:#}: {origin} does not show {its} acts (`plenary treaty --acts` takes them)"
        )?;
    }
    Ok(())
}

/// An entry into force that depends on something.
fn between(report: &Report, origin: &str, out: &mut impl Write) -> Result<()> {
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
        writeln!(out, "  {WARNING}{since}{WARNING:#}")?;
    } else {
        let missing = codes(&report.depends_on);
        writeln!(
            out,
            "  {WARNING}the day depends on acts that {origin} does not carry{WARNING:#}: {missing}"
        )?;
    }
    writeln!(out, "    earliest: {earliest}")?;
    writeln!(out, "    latest: {latest}")?;
    if !report.depends_on.is_empty() {
        writeln!(out, "    `plenary treaty --acts` takes them")?;
    }
    Ok(())
}

fn parties(report: &Report, parties: &PartiesOn, out: &mut impl Write) -> Result<()> {
    let all = if parties.binds_all_members {
        ": it binds all members, whether or not they ratified it"
    } else {
        ""
    };
    writeln!(out, "  parties on {}: {}{all}", parties.date, parties.count)?;
    for codes in wrapped(&parties.members) {
        writeln!(out, "    {DIM}{codes}{DIM:#}")?;
    }
    if !parties.undetermined.is_empty() {
        let open = codes(&parties.undetermined);
        writeln!(
            out,
            "    {WARNING}undetermined whether a party{WARNING:#}: {open}"
        )?;
    }
    let later = report.successions.iter().filter(|succession| {
        succession.effective.latest() <= parties.date
            && parties.date < succession.notified.latest()
            && parties.members.contains(&succession.state)
    });
    for succession in later {
        let waits = if succession.suspended {
            "; operation suspended until then"
        } else {
            ""
        };
        writeln!(
            out,
            "    {} by a succession of {} that it notified on {}{waits}",
            succession.state, succession.effective, succession.notified
        )?;
    }
    Ok(())
}

fn completed(completion: &Completion) -> String {
    let Completion {
        state,
        stated,
        ordinal,
        same_day,
        ..
    } = completion;
    let with = if same_day.is_empty() {
        String::new()
    } else {
        format!(", on one day with {}", codes(same_day))
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

/// Codes, twenty a line.
fn wrapped(codes: &[Participant]) -> impl Iterator<Item = String> {
    codes.chunks(20).map(|line| {
        line.iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(" ")
    })
}
