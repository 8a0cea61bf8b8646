//! A treaty for a reader: what is known comes first, then what follows from it.

use std::io::{self, Write};

use chrono::NaiveDate;
use plenary::treaties::{
    BuiltInReport, Completion, Counts, Entry, OpenReason, OpenWithdrawal, PartiesOn, Report,
};
use plenary::types::{StateCode, TreatyAction};

use super::Answer;
use crate::exit::Result;
use crate::output::{BOLD, DIM, ERROR, GOOD, Output, PLAIN, WARNING, line};

/// What limits an answer, in words.
pub(super) fn caveats(report: &Report, on: NaiveDate) -> Vec<String> {
    let mut caveats = Vec::new();
    if let Some(extract) = &report.extract {
        caveats.push(format!(
            "the acts that come with the program are an extract ({extract}): signatories and contracting participants are those of the extract alone"
        ));
    }
    match report.acts_known_until {
        Some(until) if report.beyond_known_acts => caveats.push(format!(
            "acts are known until {until}; whatever was done between then and {on} does not show"
        )),
        None => caveats.push("no act has a date, so nothing is known of any day".to_owned()),
        Some(_) => {}
    }
    let parties = report.parties_on.as_ref();
    if parties.is_some_and(|parties| parties.by_official_date) {
        caveats.push("the parties are those since the official day of entry into force, to which the acts do not lead".to_owned());
    }
    if report.parties_on.is_none() {
        caveats.push(format!(
            "whether the treaty was in force on {on} cannot be told, so no parties are listed"
        ));
    }
    caveats.extend(report.open_withdrawals.iter().map(open_withdrawal));
    caveats
}

fn open_withdrawal(open: &OpenWithdrawal) -> String {
    let OpenWithdrawal {
        state,
        notice,
        stated,
        reason,
        ..
    } = open;
    let stated = stated.map_or(String::new(), |day| {
        format!(", said to take effect on {day}")
    });
    match reason {
        OpenReason::NotAdmitted => format!(
            "{state} gave notice of withdrawal on {notice}{stated}, but the treaty has no withdrawal clause and admits none: it stays a party (VCLT Art. 56(1))"
        ),
        _ => format!(
            "{state} gave notice of withdrawal on {notice}; whether and when it took effect is undetermined, because the treaty's notice is not on record (say it with --notice)"
        ),
    }
}

pub(super) fn print(answer: &Answer, output: &Output) -> Result<()> {
    let report = &answer.report;
    let mut out = output.stdout();
    let id = report.id.as_ref().filter(|id| **id != report.title);
    let id = id.map_or(String::new(), |id| format!(" ({id})"));
    line(&mut out, &[(BOLD, &report.title), (PLAIN, &id)])?;
    basis(report, &mut out)?;
    for caveat in &answer.caveats {
        let caveat = format!(": {caveat}");
        line(&mut out, &[(WARNING, &"  note"), (PLAIN, &caveat)])?;
    }
    if let Some(clause) = &report.clause {
        plain(&mut out, format!("  enters into force with: {clause}"))?;
    }
    entry(report, &mut out)?;
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
            &[(WARNING, &"    the acts do not lead to it"), (PLAIN, &text)],
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
    Ok(out.flush()?)
}

/// What the answer rests on: the source and what came with the program, counted apart.
fn basis(report: &Report, out: &mut impl Write) -> Result<()> {
    let until = report.acts_known_until;
    let until = until.map_or(String::new(), |until| format!("; acts known until {until}"));
    match (&report.from_source, &report.built_in) {
        (Some(source), built_in) => {
            plain(out, format!("  from the table: {}{until}", counts(source)))?;
            if let Some(built_in) = built_in {
                plain(out, format!("  built in: {}", added(built_in)))?;
            }
        }
        (None, Some(built_in)) => {
            let what = match &report.extract {
                Some(_) => "  built in, an extract: ",
                None => "  built in: ",
            };
            let (acts, signatories, contracting) =
                (built_in.acts, report.signatories, report.contracting);
            let text = format!(
                "{what}{acts} acts; {signatories} signatories, {contracting} contracting{until}"
            );
            plain(out, text)?;
        }
        (None, None) => writeln!(out, "  no acts")?,
    }
    Ok(())
}

fn counts(counts: &Counts) -> String {
    format!(
        "{} acts; {} signatories, {} contracting",
        counts.acts, counts.signatories, counts.contracting
    )
}

/// The acts that were added, by reason.
fn added(built_in: &BuiltInReport) -> String {
    let mut parts = Vec::new();
    if !built_in.vanished.is_empty() {
        parts.push(format!(
            "states that have no row in a table: {}",
            codes(&built_in.vanished)
        ));
    }
    let acts = |acts: &[TreatyAction]| {
        let acts = acts.iter().map(|act| {
            let date = act.date.map_or(String::new(), |date| format!(" of {date}"));
            let effect = act
                .effective
                .map_or(String::new(), |day| format!(" with effect from {day}"));
            format!("{} {}{date}{effect}", act.participant, act.kind)
        });
        acts.collect::<Vec<_>>().join(", ")
    };
    if !built_in.earlier.is_empty() {
        let earlier = acts(&built_in.earlier);
        parts.push(format!(
            "earlier acts that the table cannot show: {earlier}"
        ));
    }
    if !built_in.withdrawals.is_empty() {
        let withdrawals = acts(&built_in.withdrawals);
        parts.push(format!(
            "withdrawals that tables keep in footnotes: {withdrawals}"
        ));
    }
    let plural = if built_in.acts == 1 { "act" } else { "acts" };
    format!("{} {plural}; {}", built_in.acts, parts.join("; "))
}

fn plain(out: &mut impl Write, text: String) -> io::Result<()> {
    line(out, &[(PLAIN, &text)])
}

fn entry(report: &Report, out: &mut impl Write) -> Result<()> {
    if let (Some(day), Some(completion)) = (report.entry_into_force, &report.completed_by) {
        in_force(report, day, completion, out)?;
    } else if report.between.is_some() {
        between(report, out)?;
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
            "  entry into force not known: say how with --in-force-when \"20 instruments; 30 days\""
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
    day: NaiveDate,
    completion: &Completion,
    out: &mut impl Write,
) -> Result<()> {
    writeln!(
        out,
        "  {GOOD}in force since {day}{GOOD:#}: {}",
        completed(completion)
    )?;
    if !report.possible_absentees.is_empty() {
        let states = codes(&report.possible_absentees);
        writeln!(
            out,
            "    {WARNING}unless {states} consented before{WARNING:#}: its acts leave no trace in the table; supply them with --acts"
        )?;
    }
    Ok(())
}

/// An entry into force that depends on something.
fn between(report: &Report, out: &mut impl Write) -> Result<()> {
    let between = report.between.as_ref();
    let bound = |entry: Option<&Entry>| {
        entry.map_or("not in force".to_owned(), |entry| {
            format!("{}, {}", entry.day, completed(&entry.completed_by))
        })
    };
    let earliest = bound(between.and_then(|between| between.earliest.as_ref()));
    let latest = bound(between.and_then(|between| between.latest.as_ref()));
    if report.depends_on.is_empty() {
        let vague = codes(&report.vague);
        writeln!(
            out,
            "  {WARNING}the day is not known: the acts of {vague} are not dated to the day, or end at an unknown time{WARNING:#}"
        )?;
    } else {
        let missing = codes(&report.depends_on);
        writeln!(
            out,
            "  {WARNING}the day depends on acts that the table does not carry{WARNING:#}: {missing}"
        )?;
    }
    writeln!(out, "    earliest: {earliest}")?;
    writeln!(out, "    latest: {latest}")?;
    if !report.depends_on.is_empty() {
        writeln!(out, "    supply them with --acts")?;
    }
    Ok(())
}

fn parties(report: &Report, parties: &PartiesOn, out: &mut impl Write) -> Result<()> {
    let all = if parties.binds_all_members {
        ": it binds all Members of the United Nations"
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
        succession.effective <= parties.date
            && parties.date < succession.notified
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
        date,
        ordinal,
        same_day,
    } = completion;
    let with = if same_day.is_empty() {
        String::new()
    } else {
        format!(", on one day with {}", codes(same_day))
    };
    format!("completed by {state} on {date}, instrument {ordinal}{with}")
}

fn codes(codes: &[StateCode]) -> String {
    let codes: Vec<_> = codes.iter().map(ToString::to_string).collect();
    codes.join(", ")
}

/// Codes, twenty a line.
fn wrapped(codes: &[StateCode]) -> impl Iterator<Item = String> {
    codes.chunks(20).map(|line| {
        line.iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(" ")
    })
}
