//! The report of GitLab Code Quality: an array with an object for each finding.

use std::io::{self, Write};

use plenary_types::{Finding, Severity};
use serde_json::{Value, json};

use super::Writer;
use super::fingerprint::Fingerprints;
use crate::{Report, Shown, Unusable};

pub(super) static WRITER: Gitlab = Gitlab;

pub(super) struct Gitlab;

impl Writer for Gitlab {
    fn name(&self) -> &'static str {
        "gitlab"
    }

    fn summary(&self) -> &'static str {
        "GitLab Code Quality"
    }

    fn write(&self, report: &Report, shown: Shown<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut prints = Fingerprints::default();
        let unusable = report.unusable.iter().map(unusable);
        let issues = shown
            .iter()
            .map(|finding| issue(&finding, &prints.of(&finding)));
        let mut comma = "\n";
        write!(out, "[")?;
        for entry in unusable.chain(issues) {
            write!(out, "{comma}{entry}")?;
            comma = ",\n";
        }
        writeln!(out, "\n]")?;
        out.flush()
    }
}

fn issue(finding: &Finding, fingerprint: &str) -> Value {
    json!({
        "description": finding.sentence(),
        "check_name": finding.check,
        "fingerprint": fingerprint,
        "severity": level(finding.severity),
        "location": {
            "path": finding.place.path.as_deref().unwrap_or_default(),
            "lines": {"begin": finding.place.line.unwrap_or(1).max(1)},
        },
    })
}

fn unusable(input: &Unusable) -> Value {
    json!({
        "description": input.message,
        "check_name": "unusable-input",
        "fingerprint": format!("unusable-input:{}", input.path),
        "severity": "blocker",
        "location": {"path": input.path, "lines": {"begin": 1}},
    })
}

/// The level in the words of GitLab.
const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Note => "info",
    }
}
