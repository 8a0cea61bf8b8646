//! [`Waiver`]: findings that somebody accepts.

use chrono::NaiveDate;
use plenary_types::{Citation, Finding, Place};

/// Findings that somebody has looked at and accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The check whose findings are accepted.
    pub check: String,
    /// The record, by its symbol in any spelling; without it, every record.
    pub record: Option<Citation>,
    /// The field as the finding names it; without it, every field.
    pub field: Option<String>,
    /// The file, by its name or the end of its path; without it, every file.
    pub path: Option<String>,
    /// The line of the file; without it, every line.
    pub line: Option<u64>,
    /// Words that stand in what the finding found: a member and a session, where one record stands for a whole session.
    pub found: Option<String>,
    /// Why they are accepted.
    pub reason: String,
    /// The first day on which the waiver no longer holds.
    pub expires: Option<NaiveDate>,
}

impl Waiver {
    /// Whether it accepts a finding, as long as it holds.
    pub(crate) fn matches(&self, finding: &Finding) -> bool {
        let of_record = || match (&self.record, &finding.record) {
            (Some(_), Some(record)) => self.is_of(record),
            (waived, _) => waived.is_none(),
        };
        let has_found = |words: &String| {
            let found = finding.found.as_deref();
            found.is_some_and(|found| found.contains(words.as_str()))
        };
        self.check == finding.check
            && self.stands_at(&finding.place)
            && self.found.as_ref().is_none_or(has_found)
            && of_record()
    }

    fn stands_at(&self, place: &Place) -> bool {
        let in_file = |wanted: &String| {
            let path = place.path.as_deref().map(std::path::Path::new);
            path.is_some_and(|path| path.ends_with(wanted))
        };
        (self.field.is_none() || self.field == place.field)
            && (self.line.is_none() || self.line == place.line)
            && self.path.as_ref().is_none_or(in_file)
    }

    /// Whether it is about the record of this label, in any spelling of its symbol.
    pub(crate) fn is_of(&self, record: &str) -> bool {
        let Some(own) = &self.record else {
            return false;
        };
        own.as_str() == record || own.normal() == Citation::new(record).normal()
    }

    /// Whether it no longer holds on a day; where none is known it does.
    pub(crate) fn has_expired(&self, today: Option<NaiveDate>) -> bool {
        matches!((self.expires, today), (Some(end), Some(today)) if end <= today)
    }
}
