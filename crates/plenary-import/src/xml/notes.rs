//! [`Notes`]: where the parts of a record that is being read stand, and what is odd about it.

use plenary_types::{Agreement, Date, Field, Finding, Place, Severity};

use super::tree::Element;
use crate::check::ReaderCheck;
use crate::error::Rejected;
use crate::fields::{WRITE_COUNT, WRITE_DATE};
use crate::origin::Places;
use crate::record::Record;
use crate::texts;

/// What is noted of a record while it is read.
pub(crate) struct Notes<'a> {
    path: &'a str,
    pub(crate) places: Places,
    findings: Vec<Finding>,
}

impl<'a> Notes<'a> {
    /// Those of a record that begins on this line.
    pub(crate) fn new(path: &'a str, line: u64) -> Self {
        Self {
            path,
            places: Places::new(path, line),
            findings: Vec::new(),
        }
    }

    /// Notes where a part stands.
    pub(crate) fn part(&mut self, part: Field, element: &Element, name: &str) {
        self.places.note(part, element.line, name);
    }

    fn push(
        &mut self,
        check: ReaderCheck,
        (line, field): (u64, &str),
        message: &str,
        of: impl FnOnce(Finding) -> Finding,
    ) {
        let place = Place::new(self.path).with_line(line).with_field(field);
        self.findings.push(of(check.finding(message, place)));
    }

    /// That a value cannot be read.
    pub(crate) fn unreadable(&mut self, at: (u64, &str), message: &str, found: &str, help: &str) {
        let of = |finding: Finding| with_found(finding, found).with_help(help);
        self.push(ReaderCheck::UnreadableField, at, message, of);
    }

    /// That a value cannot be read which nothing rests on.
    pub(crate) fn unclear(&mut self, at: (u64, &str), message: &str, found: &str, help: &str) {
        let of = |finding: Finding| Finding {
            severity: Severity::Warning,
            ..with_found(finding, found).with_help(help)
        };
        self.push(ReaderCheck::UnreadableField, at, message, of);
    }

    /// That the source says two things of one, of which the first is kept.
    pub(crate) fn contrary(&mut self, at: (u64, &str), message: &str, first: &str, other: &str) {
        let of = |finding: Finding| {
            let finding = finding.with_expected(first).with_found(other);
            finding.with_help("keep the one that is right")
        };
        self.push(ReaderCheck::RowsDisagree, at, message, of);
    }

    /// A count in an attribute of an element.
    pub(crate) fn count(&mut self, part: Field, element: &Element, name: &str) -> Option<u32> {
        let text = element.attribute(name)?;
        self.part(part, element, name);
        let count = texts::count(text);
        count
            .map_err(|message| self.unreadable((element.line, name), &message, text, WRITE_COUNT))
            .ok()
    }

    /// A day in an attribute of an element, perhaps with a time or a zone behind it.
    pub(crate) fn day(&mut self, element: &Element, name: &str) -> Option<Date> {
        let text = element.attribute(name)?;
        let day = day(text);
        match &day {
            Some(_) => self.part(Field::Date, element, name),
            None => {
                let message = format!("`{text}` is not a day");
                self.unreadable((element.line, name), &message, text, WRITE_DATE);
            }
        }
        day
    }

    /// The record.
    pub(crate) fn finish(self, agreement: Agreement) -> Record {
        Record::new(agreement, self.places, self.findings)
    }
}

fn with_found(finding: Finding, found: &str) -> Finding {
    match found {
        "" => finding,
        found => finding.with_found(found),
    }
}

/// The day of a timestamp: `2024-04-24`, `2024-04-24 12:24:12`, `2024-04-24T12:24:12.000+02:00`, `2024-04-24+02:00`.
pub(crate) fn day(text: &str) -> Option<Date> {
    let (day, rest) = text.split_at_checked(10)?;
    let is_time = |rest: &str| {
        let clock = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | '-' | 'Z');
        rest.is_empty()
            || (rest.starts_with(['T', ' ', '+', '-', 'Z']) && rest.chars().skip(1).all(clock))
    };
    let day: Date = day.parse().ok()?;
    (day.as_day().is_some() && is_time(rest)).then_some(day)
}

/// A record that cannot be used.
pub(crate) fn rejected(
    path: &str,
    (line, field): (u64, &str),
    value: &str,
    reason: &str,
    help: &str,
) -> Rejected {
    Rejected {
        place: Place::new(path).with_line(line).with_field(field),
        value: value.chars().take(80).collect(),
        reason: reason.to_owned(),
        help: help.to_owned(),
        record: None,
    }
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn the_day_of_a_timestamp_is_read_whatever_stands_behind_it() {
        for (text, read) in [
            ("2024-04-24", true),
            ("2024-04-24 12:24:12", true),
            ("2024-04-24T12:24:12.000+02:00", true),
            ("2024-04-24+02:00", true),
            ("2024-04-24 at noon", false),
            ("2024-04-31", false),
            ("2024-04", false),
            ("24/04/2024", false),
            ("", false),
            ("2024-04-2é", false),
        ] {
            assert_eq!(day(text).is_some(), read, "{text}");
        }
    }
}
