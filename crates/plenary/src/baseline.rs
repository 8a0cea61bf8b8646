//! [`Baseline`]: findings that are known already, so that a run reports what is new.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use plenary_types::Finding;
use serde::{Deserialize, Serialize};

use crate::Error;

/// Findings that are known already: a run with them reports only what is new ([`Settings::baseline`](crate::Settings::baseline)).
///
/// A finding is known by its check, the name of its file, its record, its field, its message and what was found: it stays known
/// when lines move or the folder is another. As many as are in the baseline are known; one more of the same is new.
///
/// ```
/// use plenary::{Baseline, Input, Settings, check};
///
/// let settings = Settings::default();
/// let vote = r#"{"acts": [{"act": "decision", "body": "unga", "date": "2018-12-19", "announced": {"yes": 200}}]}"#;
/// let input = || Input::bytes("vote.json", vote);
/// let known = Baseline::new(check([input()], &settings).findings.iter());
/// assert!(!known.is_empty());
/// let report = check([input()], &settings.with_baseline(known.clone()));
/// assert!(report.findings.is_empty());
/// assert_eq!(report.counts.known, known.len());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline(BTreeMap<Known, usize>);

/// What a finding is known by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    check: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    record: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    message: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    found: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Line {
    #[serde(flatten)]
    known: Known,
    times: usize,
}

impl Known {
    fn new(finding: &Finding) -> Self {
        let mut finding = finding.clone();
        finding.shorten();
        let path = finding.place.path.as_deref();
        let name = path.map(|path| path.rsplit(['/', '\\']).next().unwrap_or(path));
        Self {
            check: finding.check.into_owned(),
            file: name.map(str::to_owned),
            record: finding.record,
            field: finding.place.field,
            message: finding.message,
            found: finding.found,
        }
    }
}

impl Baseline {
    /// These findings.
    #[must_use]
    pub fn new(findings: impl IntoIterator<Item = Finding>) -> Self {
        let mut known = BTreeMap::new();
        for finding in findings {
            *known.entry(Known::new(&finding)).or_insert(0) += 1;
        }
        Self(known)
    }

    /// How many findings it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.values().sum()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Reads what [`Baseline::write`] wrote.
    ///
    /// # Errors
    ///
    /// [`Error`] when the file cannot be read, or a line of it is not of that form.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let text = std::fs::read_to_string(path).map_err(|source| Error::Unreadable {
            path: path.to_owned(),
            source,
        })?;
        let mut known = BTreeMap::new();
        for (line, text) in (1u64..).zip(text.lines()) {
            let read: Line = serde_json::from_str(text).map_err(|source| Error::Baseline {
                path: path.to_owned(),
                line,
                source,
            })?;
            *known.entry(read.known).or_insert(0) += read.times;
        }
        Ok(Self(known))
    }

    /// Writes it: a JSON object a line, sorted, so that a new version differs only where the findings do.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        for (known, times) in &self.0 {
            let line = Line {
                known: known.clone(),
                times: *times,
            };
            serde_json::to_writer(&mut *out, &line)?;
            out.write_all(b"\n")?;
        }
        out.flush()
    }
}

/// The findings of a baseline that did not come yet in this run, taken out from several threads at once.
#[derive(Debug, Default)]
pub(crate) struct Expected(Option<Mutex<BTreeMap<Known, usize>>>);

impl Expected {
    pub(crate) fn new(baseline: Option<&Baseline>) -> Self {
        Self(baseline.map(|baseline| Mutex::new(baseline.0.clone())))
    }

    /// Whether the finding is new: one that is expected is expected once less.
    pub(crate) fn is_new(&self, finding: &Finding) -> bool {
        let Some(expected) = &self.0 else { return true };
        let known = Known::new(finding);
        let mut expected = expected.lock().unwrap_or_else(PoisonError::into_inner);
        match expected.get_mut(&known) {
            Some(times) if *times > 0 => {
                *times -= 1;
                false
            }
            _ => true,
        }
    }

    /// How many did not come.
    pub(crate) fn left(&self) -> usize {
        self.0.as_ref().map_or(0, |expected| {
            let expected = expected.lock().unwrap_or_else(PoisonError::into_inner);
            expected.values().sum()
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use plenary_types::{Place, Severity};

    use super::*;

    fn finding(path: &str, line: u64, found: &str) -> Finding {
        Finding::new("tally-mismatch", Severity::Error, "the totals differ")
            .with_record("A/RES/73/195")
            .with_place(Place {
                path: Some(path.into()),
                line: Some(line),
                ..Place::default()
            })
            .with_found(found)
    }

    #[test]
    fn a_finding_stays_known_when_its_line_or_its_folder_is_another() {
        let baseline = Baseline::new([
            finding("a/votes.csv", 2, "1"),
            finding("a/votes.csv", 9, "1"),
        ]);
        assert_eq!(baseline.len(), 2);
        let expected = Expected::new(Some(&baseline));
        assert!(expected.is_new(&finding("votes.csv", 2, "2")));
        assert!(expected.is_new(&finding("others.csv", 2, "1")));
        assert!(!expected.is_new(&finding("votes.csv", 5, "1")));
        assert!(!expected.is_new(&finding("b\\votes.csv", 6, "1")));
        // One more of the same is new.
        assert!(expected.is_new(&finding("votes.csv", 7, "1")));
        assert_eq!(expected.left(), 0);
    }

    #[test]
    fn what_is_written_is_read_again_and_a_broken_line_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("baseline.jsonl");
        let baseline = Baseline::new([finding("votes.csv", 2, "1"), finding("votes.csv", 3, "2")]);
        let mut text = Vec::new();
        baseline.write(&mut text).unwrap();
        std::fs::write(&path, &text).unwrap();
        assert_eq!(Baseline::read(&path).unwrap(), baseline);
        text.extend_from_slice(b"{\"check\": 1}\n");
        std::fs::write(&path, &text).unwrap();
        let error = Baseline::read(&path).unwrap_err();
        assert!(matches!(error, Error::Baseline { line: 3, .. }), "{error}");
    }
}
