//! Findings for people: one paragraph a cause, with the source line of the first, at most a screen.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use anstyle::Style;
use plenary::import::source_lines;
use plenary::types::{Finding, Severity};
use plenary::validation::{Pattern, patterns};

use super::screen::{Group, Screen, listed};
use super::{Checked, Extent};
use crate::exit::Result;
use crate::output::{BOLD, DIM, ERROR, GOOD, NOTE, Output, WARNING};
use crate::table::fields;

pub(super) fn print(
    checked: &Checked,
    shown: &[Finding],
    extent: Extent,
    output: &Output,
) -> Result<()> {
    let mut out = output.stdout();
    let patterns = patterns(shown);
    if extent.all {
        everything(&mut out, &patterns)?;
    } else {
        screen(&mut out, &Screen::new(&patterns))?;
    }
    account(&mut out, checked)?;
    Ok(out.flush()?)
}

fn everything(out: &mut impl Write, patterns: &[Pattern<'_>]) -> Result<()> {
    let sources = Sources::read(patterns.iter().flat_map(|p| examples(p, true)));
    for pattern in patterns {
        paragraph(out, pattern, &sources, true)?;
    }
    Ok(())
}

fn screen(out: &mut impl Write, screen: &Screen<'_, '_>) -> Result<()> {
    for pattern in screen.briefs {
        brief(out, pattern, screen.roomy)?;
    }
    if !screen.briefs.is_empty() {
        writeln!(out)?;
    }
    let sources = Sources::read(screen.paragraphs.iter().flat_map(|p| examples(p, false)));
    for pattern in screen.paragraphs {
        paragraph(out, pattern, &sources, false)?;
    }
    for group in &screen.lines {
        line(out, group)?;
    }
    let causes: usize = screen.hidden.iter().map(|g| g.patterns.len()).sum();
    if causes > 0 {
        let findings = screen.hidden.iter().map(Group::findings).sum();
        writeln!(
            out,
            "{DIM}… and {} in {}{DIM:#}",
            many(findings, "finding"),
            many(causes, "more cause")
        )?;
    }
    if !screen.lines.is_empty() {
        writeln!(out)?;
    }
    Ok(())
}

/// What concerns a dataset: the heading, what was found, and where there is room the place and what to do.
fn brief(out: &mut impl Write, pattern: &Pattern<'_>, roomy: bool) -> Result<()> {
    heading(out, pattern.severity, pattern.check, pattern.message)?;
    match pattern.len() {
        1 => writeln!(out)?,
        n => writeln!(out, "{DIM}  {}{DIM:#}", many(n, "time"))?,
    }
    if let Some(first) = pattern.findings.first().filter(|_| roomy) {
        place(out, first)?;
    }
    for row in listed(pattern) {
        writeln!(out, "   {row}")?;
    }
    match pattern.findings.first().and_then(|f| f.help.as_ref()) {
        Some(help) if roomy => writeln!(out, "   {DIM}={DIM:#} {GOOD}help{GOOD:#}: {help}")?,
        _ => {}
    }
    Ok(())
}

const fn style(severity: Severity) -> Style {
    match severity {
        Severity::Error => ERROR,
        Severity::Warning => WARNING,
        Severity::Note => NOTE,
    }
}

fn examples<'a>(pattern: &Pattern<'a>, all: bool) -> impl Iterator<Item = &'a Finding> + use<'a> {
    let most = if all { usize::MAX } else { 1 };
    pattern.findings.clone().into_iter().take(most)
}

fn heading(out: &mut impl Write, severity: Severity, check: &str, message: &str) -> Result<()> {
    let color = style(severity);
    write!(
        out,
        "{color}{severity}[{check}]{color:#}{BOLD}: {message}{BOLD:#}"
    )?;
    Ok(())
}

fn paragraph(
    out: &mut impl Write,
    pattern: &Pattern<'_>,
    sources: &Sources,
    all: bool,
) -> Result<()> {
    heading(out, pattern.severity, pattern.check, pattern.message)?;
    writeln!(out)?;
    for finding in examples(pattern, all) {
        place(out, finding)?;
        if let Some((line, text)) = sources.line(finding) {
            excerpt(
                out,
                line,
                text,
                sources.span(finding, text),
                style(finding.severity),
            )?;
        }
        values(out, finding)?;
    }
    if !all && pattern.len() > 1 {
        writeln!(out, "   {DIM}={DIM:#} {}", others(pattern))?;
    }
    if let Some(help) = pattern.findings.first().and_then(|f| f.help.as_ref()) {
        writeln!(out, "   {DIM}={DIM:#} {GOOD}help{GOOD:#}: {help}")?;
    }
    writeln!(out)?;
    Ok(())
}

fn place(out: &mut impl Write, finding: &Finding) -> Result<()> {
    let place = &finding.place;
    let mut at = place.path.clone().unwrap_or_default();
    for number in [place.line, place.column].into_iter().flatten() {
        at.push_str(&format!(":{number}"));
    }
    let what: Vec<&str> = [finding.record.as_deref(), place.field.as_deref()]
        .into_iter()
        .flatten()
        .collect();
    let arrow = if at.is_empty() { "  -->" } else { "  --> " };
    writeln!(out, "{DIM}{arrow}{DIM:#}{at}  {}", what.join(", "))?;
    Ok(())
}

fn values(out: &mut impl Write, finding: &Finding) -> Result<()> {
    for (label, value) in [("expected", &finding.expected), ("found", &finding.found)] {
        if let Some(value) = value {
            writeln!(out, "   {DIM}={DIM:#} {label}: {value}")?;
        }
    }
    Ok(())
}

/// The count, and two examples besides the one that is shown.
fn others(pattern: &Pattern<'_>) -> String {
    let label = |finding: &&Finding| {
        let line = finding
            .place
            .line
            .map(|line| format!(" (line {line})"))
            .unwrap_or_default();
        finding
            .record
            .as_ref()
            .map(|record| format!("{record}{line}"))
    };
    let mut named: Vec<_> = pattern.findings.iter().skip(1).filter_map(label).collect();
    let first = pattern.findings.first().and_then(label);
    named.dedup();
    named.retain(|name| Some(name) != first.as_ref());
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
    let record = first.and_then(|f| f.record.as_deref()).unwrap_or_default();
    match (group.findings(), group.patterns.len()) {
        (1, _) => writeln!(out, "{DIM}  {record}{DIM:#}")?,
        (_, 1) => writeln!(out, "{DIM}  {}, first {record}{DIM:#}", group.count())?,
        _ => writeln!(out, "{DIM}  {}{DIM:#}", group.count())?,
    }
    Ok(())
}

fn account(out: &mut impl Write, checked: &Checked) -> Result<()> {
    for input in &checked.inputs {
        let rejected = match input.rejected {
            0 => String::new(),
            n => format!(", {} rejected", thousands(n)),
        };
        writeln!(
            out,
            "{}: {}, {} used{rejected}; {}, {}",
            input.path,
            many64(input.rows, "row"),
            thousands(input.used),
            many64(input.records, "record"),
            many64(input.ballots, "ballot"),
        )?;
    }
    let counts = checked.counts;
    let waived = match counts.waived {
        0 => String::new(),
        n => format!("; {} waived", thousands(n as u64)),
    };
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
    if let Some(check) = checked
        .findings
        .iter()
        .max_by_key(|f| f.severity)
        .map(|f| &f.check)
    {
        writeln!(
            out,
            "{DIM}--all shows every finding with its place; plenary explain {check} says why{DIM:#}"
        )?;
    }
    Ok(())
}

fn many(n: usize, one: &str) -> String {
    many64(n as u64, one)
}

fn many64(n: u64, one: &str) -> String {
    format!("{} {one}{}", thousands(n), if n == 1 { "" } else { "s" })
}

pub(super) fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The lines that are shown, and the header of each table they come from.
struct Sources(BTreeMap<String, BTreeMap<u64, String>>);

impl Sources {
    /// Reads the lines of these findings; a file that cannot be read again has none.
    fn read<'a>(findings: impl Iterator<Item = &'a Finding>) -> Self {
        let mut wanted: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
        for finding in findings {
            if let (Some(path), Some(line)) = (&finding.place.path, finding.place.line) {
                wanted.entry(path.clone()).or_default().extend([1, line]);
            }
        }
        let read = |(path, lines): (String, BTreeSet<u64>)| {
            let found = source_lines(&path, &lines).ok()?;
            Some((path, found))
        };
        Self(wanted.into_iter().filter_map(read).collect())
    }

    fn line(&self, finding: &Finding) -> Option<(u64, &str)> {
        let line = finding.place.line?;
        let text = self.0.get(finding.place.path.as_ref()?)?.get(&line)?;
        Some((line, text))
    }

    /// The characters of the line that the finding is about: its field, else from its column on.
    fn span(&self, finding: &Finding, text: &str) -> Option<(usize, usize)> {
        let place = &finding.place;
        if let Some(column) = place.column.and_then(|column| usize::try_from(column).ok()) {
            let start = column.saturating_sub(1);
            return Some((start, start + token(text, start)));
        }
        let header = self.0.get(place.path.as_ref()?)?.get(&1)?;
        let delimiter = [',', ';', '\t']
            .into_iter()
            .max_by_key(|d| header.matches(*d).count())?;
        let name = place.field.as_deref()?;
        let names = fields(header.trim_start_matches('\u{feff}'), delimiter);
        let at = names
            .iter()
            .position(|(_, _, field)| field.trim_matches('"') == name)?;
        let (start, end, _) = *fields(text, delimiter).get(at)?;
        Some((start, end.max(start + 1)))
    }
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
    style: Style,
) -> Result<()> {
    const WIDTH: usize = 88;
    const BEFORE: usize = 30;
    let (start, end) = span.unwrap_or((0, 0));
    let from = if text.chars().count() <= WIDTH {
        0
    } else {
        start.saturating_sub(BEFORE)
    };
    let clean = |c: char| if c.is_control() { ' ' } else { c };
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
    if span.is_some() && start >= from && start < from + WIDTH {
        let indent = " ".repeat(start - from + open.chars().count());
        let length = end.min(from + WIDTH).saturating_sub(start).max(1);
        writeln!(
            out,
            "{DIM} {gutter} |{DIM:#} {indent}{style}{}{style:#}",
            "^".repeat(length)
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_field_is_one_field() {
        let cells = fields(r#"1,"a, b",,c"#, ',');
        let texts: Vec<_> = cells
            .iter()
            .map(|(from, to, text)| (*from, *to, text.as_str()))
            .collect();
        assert_eq!(
            texts,
            [(0, 1, "1"), (2, 8, "\"a, b\""), (9, 9, ""), (10, 11, "c")]
        );
    }

    #[test]
    fn numbers_are_grouped_by_thousands() {
        for (n, text) in [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (959_474, "959,474"),
        ] {
            assert_eq!(thousands(n), text);
        }
    }

    #[test]
    fn the_caret_covers_the_value() {
        assert_eq!(token(r#"  "yes": 152, "no": 5"#, 9), 3);
        assert_eq!(token(r#"["CZE", "HUN"]"#, 1), 5);
    }
}
