//! Workflow commands of GitHub Actions: an annotation a finding.

use std::io::{self, Write};

use plenary_types::{Finding, Severity};

use super::Writer;
use crate::{Report, Shown, Unusable};

pub(super) static WRITER: Github = Github;

pub(super) struct Github;

impl Writer for Github {
    fn name(&self) -> &'static str {
        "github"
    }

    fn summary(&self) -> &'static str {
        "Annotations of GitHub Actions"
    }

    fn escapes_control_characters(&self) -> bool {
        false
    }

    fn write(&self, report: &Report, shown: Shown<'_>, out: &mut dyn Write) -> io::Result<()> {
        for Unusable { path, message, .. } in &report.unusable {
            writeln!(out, "::error file={}::{}", property(path), data(message))?;
        }
        for finding in shown.iter() {
            writeln!(out, "{}", annotation(&finding))?;
        }
        out.flush()
    }
}

fn annotation(finding: &Finding) -> String {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let place = &finding.place;
    let mut properties: Vec<String> = Vec::new();
    properties.extend(
        place
            .path
            .as_ref()
            .map(|path| format!("file={}", property(path))),
    );
    properties.extend(place.line.map(|line| format!("line={line}")));
    properties.extend(place.column.map(|column| format!("col={column}")));
    properties.push(format!("title={}", property(&finding.check)));
    format!(
        "::{command} {}::{}",
        properties.join(","),
        data(&finding.sentence())
    )
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use plenary_types::Place;

    #[test]
    fn what_would_end_a_command_is_escaped() {
        let finding = Finding::new("tally-sum", Severity::Note, "100 % of\nit")
            .with_record("A/RES/73/195")
            .with_place(Place {
                path: Some("a,b:c.csv".into()),
                line: Some(3),
                ..Place::default()
            })
            .with_expected(5);
        assert_eq!(
            annotation(&finding),
            "::notice file=a%2Cb%3Ac.csv,line=3,title=tally-sum::A/RES/73/195: 100 %25 of%0Ait (expected 5)"
        );
    }
}
