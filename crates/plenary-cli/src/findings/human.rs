//! Findings for people: one paragraph a cause, with the source line of the first, at most a screen.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;

use anstyle::Style;
use plenary::import::{file_and_table, header_row, placed_fields, source_lines, unquoted};
use plenary::types::{Finding, Place, Severity};
use plenary::validation::{Causes, DecisionCounts, Pattern};
use plenary::{Report, Shown};

use super::screen::{Group, Screen, listed};
use super::{Extent, Sorted, tell};
use crate::exit::Result;
use crate::output::{
    BOLD, DIM, ERROR, GOOD, NOTE, Output, WARNING, many, many64, sign, thousands, visible,
};

pub(super) fn print(
    checked: &Report,
    shown: Shown<'_>,
    extent: Extent,
    output: &Output,
) -> Result<()> {
    let mut out = output.stdout();
    // One screen shows a few findings of each cause; the others need only be counted.
    if extent.all {
        everything(&mut out, &Sorted::of(shown.iter()))?;
    } else {
        let mut causes = Causes::keeping(KEPT, plenary::catalogue().clone()).at_most(CAUSES);
        shown.iter().for_each(|finding| {
            causes.add(finding);
        });
        screen(&mut out, &Screen::new(&causes.patterns()))?;
    }
    account(&mut out, checked, shown.len(), extent)?;
    Ok(out.flush()?)
}

/// The number of causes of one check above which a screen cannot name them.
const CAUSES: usize = 4096;

/// The number of findings of one cause above which a screen cannot name them.
const KEPT: usize = 64;

/// How many findings have their source lines read at once; each batch reads the files from the start.
const AT_ONCE: usize = 1 << 15;

/// Every finding under the heading of its cause.
fn everything(out: &mut impl Write, sorted: &Sorted) -> Result<()> {
    let patterns = sorted.causes.placed();
    let mut findings = patterns.iter().flat_map(|(place, pattern)| {
        let of_cause = sorted.of_cause(*place);
        of_cause.map(move |finding| (*place, pattern, finding))
    });
    let mut open: Option<(usize, &Pattern<'_>)> = None;
    loop {
        let some: Vec<_> = findings.by_ref().take(AT_ONCE).collect();
        if some.is_empty() {
            break;
        }
        let sources = Sources::read(some.iter().map(|(.., finding)| finding));
        for (place, pattern, finding) in &some {
            if open.is_none_or(|(open, _)| open != *place) {
                if let Some((_, done)) = open.replace((*place, pattern)) {
                    end(out, done)?;
                }
                heading(out, pattern.severity, pattern.check, pattern.message)?;
                writeln!(out)?;
            }
            example(out, finding, &sources)?;
        }
    }
    match open {
        Some((_, done)) => end(out, done),
        None => Ok(()),
    }
}

fn screen(out: &mut impl Write, screen: &Screen<'_, '_>) -> Result<()> {
    let sources = Sources::read(screen.paragraphs.iter().filter_map(|p| first(p)));
    briefs(out, &screen.head, screen)?;
    for pattern in &screen.paragraphs {
        match screen.dense {
            true => dense(out, pattern, &sources)?,
            false => paragraph(out, pattern, &sources)?,
        }
    }
    if screen.dense {
        writeln!(out)?;
    }
    briefs(out, &screen.tail, screen)?;
    for group in &screen.lines {
        line(out, group)?;
    }
    hidden(out, &screen.hidden)?;
    if !screen.lines.is_empty() {
        writeln!(out)?;
    }
    Ok(())
}

fn briefs(out: &mut impl Write, briefs: &[&Pattern<'_>], screen: &Screen<'_, '_>) -> Result<()> {
    for pattern in briefs {
        brief(out, pattern, screen.roomy)?;
    }
    if !briefs.is_empty() {
        writeln!(out)?;
    }
    Ok(())
}

/// What has no room, by how much it is and the checks that found it.
fn hidden(out: &mut impl Write, groups: &[Group<'_, '_>]) -> Result<()> {
    const NAMED: usize = 3;
    let causes: usize = groups.iter().map(|g| g.patterns.len()).sum();
    if causes == 0 {
        return Ok(());
    }
    let findings = groups.iter().map(Group::findings).sum();
    let mut names: Vec<&str> = groups.iter().map(Group::check).take(NAMED).collect();
    names.extend((groups.len() > NAMED).then_some("…"));
    writeln!(
        out,
        "{DIM}… and {} in {}: {}{DIM:#}",
        many(findings, "finding"),
        many(causes, "more cause"),
        names.join(", ")
    )?;
    Ok(())
}

/// What concerns a dataset: the heading, what was found, and where there is room the place and what to do.
fn brief(out: &mut impl Write, pattern: &Pattern<'_>, roomy: bool) -> Result<()> {
    heading(out, pattern.severity, pattern.check, pattern.message)?;
    times(out, pattern)?;
    if let Some(first) = pattern.findings.first().filter(|_| roomy) {
        place(out, first)?;
    }
    for row in listed(pattern) {
        writeln!(out, "   {row}")?;
    }
    match pattern.findings.first().and_then(|f| f.help.as_ref()) {
        Some(help) if roomy => help_line(out, help)?,
        _ => {}
    }
    Ok(())
}

/// How often, behind a heading.
fn times(out: &mut impl Write, pattern: &Pattern<'_>) -> Result<()> {
    match pattern.len() {
        1 => writeln!(out)?,
        n => writeln!(out, "{DIM}  {}{DIM:#}", many(n, "time"))?,
    }
    Ok(())
}

fn help_line(out: &mut impl Write, help: &str) -> Result<()> {
    writeln!(
        out,
        "   {DIM}={DIM:#} {GOOD}help{GOOD:#}: {}",
        visible(help)
    )?;
    Ok(())
}

/// A cause in four lines: the heading, the first place, its line, and under the field what is wrong with it.
fn dense(out: &mut impl Write, pattern: &Pattern<'_>, sources: &Sources) -> Result<()> {
    heading(out, pattern.severity, pattern.check, pattern.message)?;
    times(out, pattern)?;
    let Some(finding) = pattern.findings.first() else {
        return Ok(());
    };
    place(out, finding)?;
    let said = said(finding);
    match sources.line(finding) {
        Some((line, text)) => excerpt(
            out,
            line,
            text,
            sources.span(finding, text),
            (style(finding.severity), &said),
        ),
        None if said.is_empty() => Ok(()),
        None => Ok(writeln!(out, "   {DIM}={DIM:#} {said}")?),
    }
}

/// What was expected and found, in a line.
fn said(finding: &Finding) -> String {
    let part = |label: &str, value: &Option<String>| {
        value.as_ref().map(|v| format!("{label} {}", visible(v)))
    };
    let parts = [
        part("expected", &finding.expected),
        part("found", &finding.found),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(", ")
}

const fn style(severity: Severity) -> Style {
    match severity {
        Severity::Error => ERROR,
        Severity::Warning => WARNING,
        Severity::Note => NOTE,
    }
}

fn first<'a>(pattern: &Pattern<'a>) -> Option<&'a Finding> {
    pattern.findings.first().copied()
}

fn heading(out: &mut impl Write, severity: Severity, check: &str, message: &str) -> Result<()> {
    let color = style(severity);
    write!(
        out,
        "{color}{severity}[{check}]{color:#}{BOLD}: {}{BOLD:#}",
        visible(message)
    )?;
    Ok(())
}

fn paragraph(out: &mut impl Write, pattern: &Pattern<'_>, sources: &Sources) -> Result<()> {
    heading(out, pattern.severity, pattern.check, pattern.message)?;
    writeln!(out)?;
    if let Some(finding) = first(pattern) {
        example(out, finding, sources)?;
    }
    if pattern.len() > 1 {
        writeln!(out, "   {DIM}={DIM:#} {}", others(pattern))?;
    }
    end(out, pattern)
}

/// A finding with its place, its line and its values.
fn example(out: &mut impl Write, finding: &Finding, sources: &Sources) -> Result<()> {
    place(out, finding)?;
    if let Some((line, text)) = sources.line(finding) {
        excerpt(
            out,
            line,
            text,
            sources.span(finding, text),
            (style(finding.severity), ""),
        )?;
    }
    values(out, finding)
}

/// What to do, and an empty line.
fn end(out: &mut impl Write, pattern: &Pattern<'_>) -> Result<()> {
    if let Some(help) = first(pattern).and_then(|f| f.help.as_ref()) {
        help_line(out, help)?;
    }
    writeln!(out)?;
    Ok(())
}

fn place(out: &mut impl Write, finding: &Finding) -> Result<()> {
    let what: Vec<&str> = [finding.record.as_deref(), finding.place.field.as_deref()]
        .into_iter()
        .flatten()
        .collect();
    let (at, what) = (spot(&finding.place), what.join(", "));
    let arrow = if at.is_empty() { "  -->" } else { "  --> " };
    writeln!(out, "{DIM}{arrow}{DIM:#}{at}  {}", visible(&what))?;
    Ok(())
}

/// File, line and column, as far as they are known.
fn spot(place: &Place) -> String {
    let mut at = visible(place.path.as_deref().unwrap_or_default()).into_owned();
    for number in [place.line, place.column].into_iter().flatten() {
        at.push_str(&format!(":{number}"));
    }
    at
}

fn values(out: &mut impl Write, finding: &Finding) -> Result<()> {
    for (label, value) in [("expected", &finding.expected), ("found", &finding.found)] {
        if let Some(value) = value {
            writeln!(out, "   {DIM}={DIM:#} {label}: {}", visible(value))?;
        }
    }
    Ok(())
}

/// The count, and two examples besides the one that is shown.
fn others(pattern: &Pattern<'_>) -> String {
    let mut named: Vec<_> = pattern
        .findings
        .iter()
        .skip(1)
        .map(|f| whereabouts(f))
        .collect();
    let first = pattern.findings.first().map(|f| whereabouts(f));
    named.dedup();
    named.retain(|name| !name.is_empty() && Some(name) != first.as_ref());
    named.truncate(2);
    match named.is_empty() {
        true => format!("{} in all", many(pattern.len(), "time")),
        false => format!(
            "{} in all; also {}",
            many(pattern.len(), "time"),
            named.join(", ")
        ),
    }
}

fn line(out: &mut impl Write, group: &Group<'_, '_>) -> Result<()> {
    heading(out, group.severity(), group.check(), group.message())?;
    let first = group.patterns.first().and_then(|p| p.findings.first());
    let first = first.map_or_else(String::new, |first| whereabouts(first));
    match (group.findings(), group.patterns.len()) {
        (1, _) => writeln!(out, "{DIM}  {first}{DIM:#}")?,
        (_, 1) => writeln!(out, "{DIM}  {}, first {first}{DIM:#}", group.count())?,
        _ => writeln!(out, "{DIM}  {}{DIM:#}", visible(&group.count()))?,
    }
    Ok(())
}

/// The record of a finding and its line; its file, when it is of no record.
fn whereabouts(finding: &Finding) -> String {
    let place = &finding.place;
    match (&finding.record, place.line) {
        (Some(record), Some(line)) => format!("{} (line {line})", visible(record)),
        (Some(record), None) => visible(record).into_owned(),
        (None, _) => spot(place),
    }
}

/// How many decisions have a verdict; why the others have none stands among the findings.
fn decisions(out: &mut impl Write, counts: &DecisionCounts) -> Result<()> {
    if counts.total == 0 {
        return Ok(());
    }
    let assumed = match counts.assumed {
        0 => String::new(),
        n if n == counts.decided => " by the usual rule of the body, which is assumed".to_owned(),
        n => format!(
            ", {} of them by the usual rule of the body, which is assumed",
            thousands(n)
        ),
    };
    let style = if counts.undecidable > 0 {
        WARNING
    } else {
        Style::new()
    };
    writeln!(
        out,
        "{}: {} decided{assumed}; {style}{} undecidable{style:#}",
        many64(counts.total, "decision"),
        thousands(counts.decided),
        thousands(counts.undecidable),
    )?;
    Ok(())
}

/// So many inputs are accounted for by name; more would take the screen.
const INPUTS: usize = 8;

/// The inputs, what they were taken for and why, and how many findings there are.
fn account(out: &mut impl Write, checked: &Report, shown: usize, extent: Extent) -> Result<()> {
    let named = if extent.all { usize::MAX } else { INPUTS };
    for input in checked.inputs.iter().take(named) {
        tell(input, out)?;
    }
    if let Some(more) = checked.inputs.len().checked_sub(named).filter(|n| *n > 0) {
        writeln!(out, "{DIM}… and {}{DIM:#}", many(more, "more input"))?;
    }
    decisions(out, &checked.decisions)?;
    if !checked.reference.is_empty() {
        let layers = checked.reference.join(", ");
        writeln!(out, "{DIM}reference data: {}{DIM:#}", visible(&layers))?;
    }
    let counts = checked.counts;
    let mut waived = String::new();
    for (count, what) in [
        (counts.waived, "waived"),
        (counts.known, "known from the baseline"),
        (
            counts.gone,
            "of the baseline not found again: write it anew",
        ),
    ] {
        if count > 0 {
            waived.push_str(&format!("; {} {what}", thousands(count as u64)));
        }
    }
    if checked.findings.is_empty() {
        writeln!(out, "{GOOD}nothing found{GOOD:#}{waived}")?;
        return Ok(());
    }
    let part = |n: usize, one: &str, style: Style| match n {
        0 => format!("0 {one}s"),
        n => format!("{style}{}{style:#}", many(n, one)),
    };
    writeln!(
        out,
        "{}, {}, {}{waived}",
        part(counts.errors, "error", ERROR),
        part(counts.warnings, "warning", WARNING),
        part(counts.notes, "note", NOTE),
    )?;
    if shown < checked.findings.len() {
        writeln!(
            out,
            "{DIM}{} of {} shown: --max-findings leaves out the rest{DIM:#}",
            thousands(shown as u64),
            many(checked.findings.len(), "finding"),
        )?;
    }
    if let Some(check) = checked
        .findings
        .iter()
        .max_by_key(|f| f.severity)
        .map(|f| f.check)
    {
        let all = match extent.all {
            true => "",
            false => "--all shows every finding with its place; ",
        };
        writeln!(out, "{DIM}{all}plenary explain {check} says why{DIM:#}")?;
    }
    Ok(())
}

/// Among so many first lines of a file its header is looked for.
const HEAD: u64 = 8;

/// The lines that are shown, and the first of each file that they come from.
struct Sources(BTreeMap<String, BTreeMap<u64, String>>);

impl Sources {
    /// Reads the lines of these findings; a file that cannot be read again has none.
    fn read<'a>(findings: impl Iterator<Item = &'a Finding>) -> Self {
        let mut wanted: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
        for finding in findings {
            if let (Some(path), Some(line)) = (&finding.place.path, finding.place.line) {
                wanted
                    .entry(path.clone())
                    .or_default()
                    .extend((1..=HEAD).chain([line]));
            }
        }
        let read = |(path, lines): (String, BTreeSet<u64>)| {
            // A pipe gives its bytes once: opening it again would wait for a writer that never comes.
            let again = file_and_table(Path::new(&path)).0.is_file();
            let found = again.then(|| source_lines(&path, &lines).ok())??;
            Some((path, found))
        };
        Self(wanted.into_iter().filter_map(read).collect())
    }

    fn line(&self, finding: &Finding) -> Option<(u64, &str)> {
        let line = finding.place.line?;
        let text = self.0.get(finding.place.path.as_ref()?)?.get(&line)?;
        Some((line, text))
    }

    /// The characters of the line that the finding is about: the field at its column, else the field of its name.
    fn span(&self, finding: &Finding, text: &str) -> Option<(usize, usize)> {
        let place = &finding.place;
        let lines = self.0.get(place.path.as_ref()?)?;
        let head: Vec<&str> = lines
            .range(..=HEAD)
            .map(|(_, line)| line.as_str())
            .collect();
        let head = head.join("\n");
        let (at, separator) = header_row(&head);
        let first = head.get(at..)?.lines().next()?;
        let is_document = first.trim_start().starts_with(['{', '[', '<']);
        let column = place.column.and_then(|column| usize::try_from(column).ok());
        match column.map(|column| column.saturating_sub(1)) {
            Some(start) if is_document => Some((start, start + token(text, start))),
            Some(start) => Some(field_at(text, first, separator, start)),
            None => field_named(text, first, separator, place.field.as_deref()?),
        }
    }
}

/// From a place in a row to the end of the field there. A table that a person typed begins with facts, so that its
/// separator is that of the row.
fn field_at(text: &str, first: &str, separator: char, start: usize) -> (usize, usize) {
    let separator = match placed_fields(first, separator).len() {
        1 => header_row(text).1,
        _ => separator,
    };
    let cells = placed_fields(text, separator);
    let cell = cells.iter().find(|(_, end, _)| start < *end);
    (start, cell.map_or(start + 1, |(_, end, _)| *end))
}

/// The field of a row that stands under this name in the header.
fn field_named(text: &str, header: &str, separator: char, name: &str) -> Option<(usize, usize)> {
    let names = placed_fields(header, separator);
    let at = names
        .iter()
        .position(|(_, _, field)| unquoted(field) == name)?;
    let (start, end, _) = *placed_fields(text, separator).get(at)?;
    Some((start, end.max(start + 1)))
}

/// The length of the value at a place of a JSON document: a text, a number, a word.
fn token(text: &str, start: usize) -> usize {
    let rest: Vec<char> = text.chars().skip(start).collect();
    let length = match rest.first() {
        Some('"') => rest
            .iter()
            .skip(1)
            .position(|c| *c == '"')
            .map_or(rest.len(), |end| end + 2),
        _ => rest
            .iter()
            .position(|c| matches!(c, ',' | ' ' | ']' | '}'))
            .unwrap_or(rest.len()),
    };
    length.max(1)
}

/// The line with a caret under the part in question; a long line is cut to what is round it.
fn excerpt(
    out: &mut impl Write,
    line: u64,
    text: &str,
    span: Option<(usize, usize)>,
    (style, label): (Style, &str),
) -> Result<()> {
    const WIDTH: usize = 88;
    const BEFORE: usize = 30;
    let (start, end) = span.unwrap_or((0, 0));
    let from = if text.chars().count() <= WIDTH {
        0
    } else {
        start.saturating_sub(BEFORE)
    };
    let clean = |c: char| if c == '\t' { ' ' } else { sign(c) };
    let cut: String = text.chars().skip(from).take(WIDTH).map(clean).collect();
    let (open, close) = (
        if from > 0 { "…" } else { "" },
        if text.chars().count() > from + WIDTH {
            "…"
        } else {
            ""
        },
    );
    let number = line.to_string();
    let gutter = " ".repeat(number.len());
    writeln!(out, "{DIM} {number} |{DIM:#} {open}{cut}{close}")?;
    let label = if label.is_empty() {
        String::new()
    } else {
        format!(" {label}")
    };
    if span.is_some() && start >= from && start < from + WIDTH {
        let indent = " ".repeat(start - from + open.chars().count());
        let length = end.min(from + WIDTH).saturating_sub(start).max(1);
        let carets = "^".repeat(length);
        writeln!(
            out,
            "{DIM} {gutter} |{DIM:#} {indent}{style}{carets}{style:#}{label}"
        )?;
    } else if !label.is_empty() {
        writeln!(out, "{DIM} {gutter} ={DIM:#}{label}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_ends_with_the_field_whatever_separates_it() {
        let header = "id;state;vote;title";
        assert_eq!(field_at("1;PER;Q;\"a; b\"", header, ';', 6), (6, 7));
        assert_eq!(field_at("1;PER;Q;\"a; b\"", header, ';', 8), (8, 14));
        let tabs = "id\tstate\tvote\ttitle";
        assert_eq!(field_at("1\tPER\tQ, or N\tx", tabs, '\t', 6), (6, 13));
        assert_eq!(field_at("HUN;perhaps", "title: a test", ',', 4), (4, 11));
        let named = |text, header, separator| field_named(text, header, separator, "vote");
        assert_eq!(named("1;PER;Q;x", header, ';'), Some((6, 7)));
        assert_eq!(named("1,,x", "id,\"vote\",title", ','), Some((2, 3)));
        assert_eq!(named("1", header, ';'), None);
    }

    #[test]
    fn the_caret_covers_the_value() {
        assert_eq!(token(r#"  "yes": 152, "no": 5"#, 9), 3);
        assert_eq!(token(r#"["CZE", "HUN"]"#, 1), 5);
    }
}
