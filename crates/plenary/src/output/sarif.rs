//! SARIF 2.1.0 (OASIS Static Analysis Results Interchange Format), as code scanning reads it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::Path;

use plenary_types::{Finding, Severity};
use plenary_validation::page;
use serde_json::{Value, json};

use super::Writer;
use super::fingerprint::Fingerprints;
use crate::{Report, Shown, Unusable, catalogue};

pub(super) static WRITER: Sarif = Sarif;

pub(super) struct Sarif;

impl Writer for Sarif {
    fn name(&self) -> &'static str {
        "sarif"
    }

    fn summary(&self) -> &'static str {
        "SARIF 2.1.0, for code scanning"
    }

    /// A line for each result: they are not kept.
    fn write(&self, report: &Report, shown: Shown<'_>, out: &mut dyn Write) -> io::Result<()> {
        let waived = report.waived.iter();
        let mut names: BTreeSet<_> = shown.checks();
        names.extend(waived.flat_map(|waived| waived.findings.most_severe(None).checks()));
        let rules: BTreeMap<&str, usize> = names
            .iter()
            .enumerate()
            .map(|(at, name)| (&**name, at))
            .collect();
        let frame = serde_json::to_string_pretty(&frame(report, &rules))?;
        let (before, after) = frame.split_once(RESULTS).unwrap_or((&frame, ""));
        debug_assert!(!after.is_empty(), "the log has a place for its results");
        let mut results = Results {
            rules: &rules,
            prints: Fingerprints::default(),
        };
        write!(out, "{before}\"results\": [")?;
        let mut comma = "\n";
        for finding in shown.iter() {
            write!(out, "{comma}{}", results.of(&finding))?;
            comma = ",\n";
        }
        for waived in &report.waived {
            for finding in waived.findings.iter() {
                let result = results.suppressed(&finding, &waived.reason);
                write!(out, "{comma}{result}")?;
                comma = ",\n";
            }
        }
        writeln!(out, "]{after}")?;
        out.flush()
    }
}

/// What stands for the results in the log that is written round them. No text holds it: a quote in a text is escaped.
const RESULTS: &str = "\"results\": []";

/// The log without its results.
fn frame(report: &Report, rules: &BTreeMap<&str, usize>) -> Value {
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "plenary",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules.keys().map(|name| rule(name)).collect::<Vec<_>>(),
            }},
            "invocations": [invocation(&report.unusable)],
            "columnKind": "unicodeCodePoints",
            "results": [],
        }],
    })
}

/// Whether every input could be used, and if not, why not.
fn invocation(unusable: &[Unusable]) -> Value {
    let mut invocation = json!({"executionSuccessful": unusable.is_empty()});
    if !unusable.is_empty() {
        let notification = |input: &Unusable| {
            json!({
                "level": "error",
                "message": {"text": input.message},
                "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(&input.path)}}}],
            })
        };
        invocation["toolExecutionNotifications"] = unusable.iter().map(notification).collect();
    }
    invocation
}

fn rule(name: &str) -> Value {
    let Some(check) = catalogue().find(name) else {
        return json!({"id": name});
    };
    let page_of = format!(
        "{}/blob/main/docs/checks/{name}.md",
        env!("CARGO_PKG_REPOSITORY")
    );
    json!({
        "id": check.name,
        "shortDescription": {"text": check.summary},
        "fullDescription": {"text": check.why},
        "helpUri": page_of,
        "help": {"text": format!("{}\n\n{}", check.why, check.waive), "markdown": page(check)},
        "defaultConfiguration": {"level": level(check.severity)},
        "properties": {
            "tags": [check.run.scope()],
            "precision": precision(check.severity),
            "problem.severity": problem(check.severity),
        },
    })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// How seldom a finding is a false alarm, in the words of code scanning.
const fn precision(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "very-high",
        Severity::Warning => "high",
        Severity::Note => "medium",
    }
}

/// How much it matters, in the words of code scanning.
const fn problem(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "recommendation",
    }
}

/// Makes results of findings, and tells equal ones apart by counting them.
struct Results<'a> {
    rules: &'a BTreeMap<&'a str, usize>,
    prints: Fingerprints,
}

impl Results<'_> {
    fn of(&mut self, finding: &Finding) -> Value {
        let mut result = json!({
            "ruleId": finding.check,
            "ruleIndex": self.rules.get(&*finding.check),
            "level": level(finding.severity),
            "message": {"text": finding.sentence()},
            "partialFingerprints": {"primaryLocationLineHash": self.prints.of(finding)},
        });
        if let Some(location) = location(finding) {
            result["locations"] = json!([location]);
        }
        if !finding.subjects.is_empty() {
            result["properties"] = json!({"subjects": finding.subjects});
        }
        result
    }

    /// A waived finding is a result that somebody has accepted, with the reason.
    fn suppressed(&mut self, finding: &Finding, reason: &str) -> Value {
        let mut result = self.of(finding);
        result["suppressions"] = json!([{
            "kind": "external",
            "status": "accepted",
            "justification": reason,
        }]);
        result
    }
}

fn location(finding: &Finding) -> Option<Value> {
    let place = &finding.place;
    let mut location = json!({});
    if let Some(path) = &place.path {
        location["physicalLocation"] = json!({"artifactLocation": {"uri": uri(path)}});
        if let Some(line) = place.line.filter(|line| *line > 0) {
            let mut region = json!({"startLine": line});
            if let Some(column) = place.column.filter(|column| *column > 0) {
                region["startColumn"] = json!(column);
            }
            location["physicalLocation"]["region"] = region;
        }
    }
    if let Some(field) = &place.field {
        location["logicalLocations"] = json!([{"fullyQualifiedName": field, "kind": "member"}]);
    }
    location
        .as_object()
        .is_some_and(|map| !map.is_empty())
        .then_some(location)
}

/// A path as a URI (RFC 3986): relative where it lies in the working directory, else with the scheme `file`.
fn uri(path: &str) -> String {
    let here = std::env::current_dir().ok();
    let inside = here.and_then(|here| Path::new(path).strip_prefix(here).ok()?.to_str());
    match inside {
        Some(inside) => escaped(inside),
        None if path.starts_with('/') => format!("file://{}", escaped(path)),
        None if Path::new(path).is_absolute() => format!("file:///{}", escaped(path)),
        None => escaped(path.strip_prefix("./").unwrap_or(path)),
    }
}

/// Everything outside the unreserved characters is escaped.
fn escaped(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(byte.into())
            }
            b'\\' => uri.push('/'),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use plenary_types::Place;

    fn finding(line: Option<u64>) -> Finding {
        Finding::new("tally-mismatch", Severity::Error, "the totals differ").with_place(Place {
            path: Some("my votes/ga é.csv".into()),
            line,
            column: None,
            field: Some("total_yes".into()),
        })
    }

    fn log_of(findings: &[Finding]) -> Value {
        let mut report = Report::default();
        report.findings.take(&mut findings.to_vec());
        let mut text = Vec::new();
        let shown = report.findings.most_severe(None);
        WRITER.write(&report, shown, &mut text).unwrap();
        serde_json::from_slice(&text).unwrap()
    }

    #[test]
    fn a_result_points_to_its_rule_and_place() {
        let log = log_of(&[finding(Some(2))]);
        let run = &log["runs"][0];
        assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "tally-mismatch");
        let location = &run["results"][0]["locations"][0];
        assert_eq!(
            location["physicalLocation"]["artifactLocation"]["uri"],
            "my%20votes/ga%20%C3%A9.csv"
        );
        assert_eq!(location["physicalLocation"]["region"]["startLine"], 2);
        assert_eq!(
            location["logicalLocations"][0]["fullyQualifiedName"],
            "total_yes"
        );
    }

    #[test]
    fn a_finding_keeps_its_fingerprint_when_its_line_moves_and_equal_ones_are_numbered() {
        let print = |log: &Value, at: usize| {
            let result = &log["runs"][0]["results"][at];
            let print = &result["partialFingerprints"]["primaryLocationLineHash"];
            print.as_str().unwrap().to_owned()
        };
        let (first, moved) = (log_of(&[finding(Some(2))]), log_of(&[finding(Some(9))]));
        assert_eq!(print(&first, 0), print(&moved, 0));
        let twice = log_of(&[finding(Some(2)), finding(Some(9))]);
        assert_eq!(print(&twice, 0), print(&first, 0));
        assert_ne!(print(&twice, 0), print(&twice, 1));
        let mut other = finding(Some(2));
        other.found = Some("3".into());
        assert_ne!(print(&log_of(&[other]), 0), print(&first, 0));
    }

    #[test]
    fn a_line_that_is_not_known_is_no_region() {
        let log = log_of(&[finding(None), finding(Some(0))]);
        for at in 0..2 {
            let place = &log["runs"][0]["results"][at]["locations"][0]["physicalLocation"];
            assert_eq!(place.get("region"), None);
        }
    }

    #[test]
    fn paths_outside_the_working_directory_have_a_scheme() {
        assert_eq!(uri("/data/ga votes.csv"), "file:///data/ga%20votes.csv");
        assert_eq!(uri("./ga.csv"), "ga.csv");
        let inside = std::env::current_dir().unwrap().join("ga.csv");
        assert_eq!(uri(inside.to_str().unwrap()), "ga.csv");
    }

    #[test]
    fn a_check_without_a_page_is_a_rule_too() {
        assert_eq!(
            rule("rejected-row-of-the-future"),
            json!({"id": "rejected-row-of-the-future"})
        );
    }
}
