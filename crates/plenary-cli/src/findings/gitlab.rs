//! The report of GitLab Code Quality: an array with an object for each finding.

use std::io::Write;

use plenary::types::{Finding, Severity};
use plenary::{Report, Shown, Unusable};
use serde_json::{Value, json};

use super::sarif::Fingerprints;
use crate::exit::Result;
use crate::output::Output;

pub(super) fn print(report: &Report, shown: Shown<'_>, output: &Output) -> Result<()> {
    let mut out = output.raw();
    let mut prints = Fingerprints::new(shown.iter());
    let mut comma = "\n";
    write!(out, "[")?;
    for input in &report.unusable {
        write!(out, "{comma}{}", unusable(input))?;
        comma = ",\n";
    }
    for finding in shown.iter() {
        write!(out, "{comma}{}", issue(&finding, &prints.of(&finding)))?;
        comma = ",\n";
    }
    writeln!(out, "\n]")?;
    Ok(out.flush()?)
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
