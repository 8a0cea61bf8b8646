//! Outputs of a report: one file and one line in the catalogue each.

mod csv;
mod fingerprint;
mod github;
mod gitlab;
mod json;
mod junit;
mod sarif;

use std::io::{self, Write};

use crate::{Report, Shown};

/// A form in which findings are written for other programs.
///
/// Those that come with the crate are in [`writers`]. One of your own is one value beside them:
///
/// ```
/// use std::io::{self, Write};
///
/// use plenary::{Input, Report, Settings, Shown, Writer, check, writers};
///
/// /// Lines for the error list of an editor.
/// struct Quickfix;
///
/// impl Writer for Quickfix {
///     fn name(&self) -> &'static str {
///         "quickfix"
///     }
///
///     fn summary(&self) -> &'static str {
///         "Lines for the error list of an editor"
///     }
///
///     fn write(&self, _: &Report, shown: Shown<'_>, out: &mut dyn Write) -> io::Result<()> {
///         shown.iter().try_for_each(|finding| writeln!(out, "{}: {}", finding.place, finding.message))
///     }
/// }
///
/// let all = [writers(), &[&Quickfix]].concat();
/// let vote = r#"{"acts": [{"act": "decision", "body": "unga", "date": "2018-12-19", "announced": {"yes": 200}}]}"#;
/// let report = check([Input::bytes("vote.json", vote)], &Settings::default());
/// let mut text = Vec::new();
/// let quickfix = all.iter().find(|writer| writer.name() == "quickfix").unwrap();
/// quickfix.write(&report, report.findings.most_severe(None), &mut text)?;
/// assert!(text.starts_with(b"vote.json:1:"));
/// # Ok::<(), io::Error>(())
/// ```
pub trait Writer: Send + Sync {
    /// Its name on the command line: `sarif`.
    fn name(&self) -> &'static str;

    /// What it is, in a line of help.
    fn summary(&self) -> &'static str;

    /// Whether it says which inputs could not be used, so that it is written even where nothing could be checked.
    fn tells_unusable(&self) -> bool {
        true
    }

    /// Whether it escapes control characters, so that nothing of an input can steer the terminal to which it is written.
    fn escapes_control_characters(&self) -> bool {
        true
    }

    /// Writes the findings that are shown, and what else of a report has room in this form.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    fn write(&self, report: &Report, shown: Shown<'_>, out: &mut dyn Write) -> io::Result<()>;
}

/// The outputs that come with the crate.
///
/// ```
/// let names: Vec<_> = plenary::writers().iter().map(|writer| writer.name()).collect();
/// assert_eq!(names, ["json", "sarif", "github", "junit", "gitlab", "csv"]);
/// ```
#[must_use]
pub fn writers() -> &'static [&'static dyn Writer] {
    &WRITERS
}

static WRITERS: [&dyn Writer; 6] = [
    &json::WRITER,
    &sarif::WRITER,
    &github::WRITER,
    &junit::WRITER,
    &gitlab::WRITER,
    &csv::WRITER,
];
