//! SARIF 2.1.0 (OASIS Static Analysis Results Interchange Format).

use std::collections::BTreeMap;

use plenary::types::{Finding, Severity};
use plenary::validation::{find, page};
use serde_json::{Value, json};

use crate::exit::Result;
use crate::output::Output;

pub(super) fn print(shown: &[Finding], output: &Output) -> Result<()> {
    output.json(&log(shown))
}

fn log(findings: &[Finding]) -> Value {
    let mut rules: BTreeMap<&str, usize> = findings.iter().map(|f| (&*f.check, 0)).collect();
    for (index, place) in rules.values_mut().enumerate() {
        *place = index;
    }
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "plenary",
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules.keys().map(|name| rule(name)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": findings.iter().map(|f| result(f, &rules)).collect::<Vec<_>>(),
        }],
    })
}

fn rule(name: &str) -> Value {
    let Some(check) = find(name) else {
        return json!({"id": name});
    };
    json!({
        "id": check.name,
        "shortDescription": {"text": check.summary},
        "fullDescription": {"text": check.why},
        "help": {"text": check.waive, "markdown": page(check)},
        "defaultConfiguration": {"level": level(check.severity)},
    })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn result(finding: &Finding, rules: &BTreeMap<&str, usize>) -> Value {
    let mut result = json!({
        "ruleId": finding.check,
        "ruleIndex": rules.get(&*finding.check),
        "level": level(finding.severity),
        "message": {"text": super::sentence(finding)},
    });
    if let Some(location) = location(finding) {
        result["locations"] = json!([location]);
    }
    result
}

fn location(finding: &Finding) -> Option<Value> {
    let place = &finding.place;
    let mut location = json!({});
    if let Some(path) = &place.path {
        location["physicalLocation"] = json!({"artifactLocation": {"uri": uri(path)}});
        if let Some(line) = place.line {
            let mut region = json!({"startLine": line});
            if let Some(column) = place.column {
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

/// A path as a relative reference (RFC 3986): everything outside the unreserved characters is escaped.
fn uri(path: &str) -> String {
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
    use plenary::types::Place;

    #[test]
    fn a_result_points_to_its_rule_and_place() {
        let finding = Finding {
            check: "tally-mismatch".into(),
            severity: Severity::Error,
            message: "the totals differ".into(),
            record: None,
            place: Place {
                path: Some("my votes/ga é.csv".into()),
                line: Some(2),
                column: None,
                field: Some("total_yes".into()),
            },
            expected: None,
            found: None,
            help: None,
        };
        let log = log(&[finding]);
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
    fn a_check_without_a_page_is_a_rule_too() {
        assert_eq!(
            rule("rejected-row-of-the-future"),
            json!({"id": "rejected-row-of-the-future"})
        );
    }
}
