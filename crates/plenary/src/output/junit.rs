//! JUnit's XML, as servers of continuous integration read it: a suite for each input, a failure for each finding.

use std::collections::BTreeMap;
use std::io::{self, Write};

use plenary_types::{Finding, marked};

use super::Writer;
use crate::{FindingLog, Report, Shown, Unusable};

pub(super) static WRITER: Junit = Junit;

pub(super) struct Junit;

impl Writer for Junit {
    fn name(&self) -> &'static str {
        "junit"
    }

    fn summary(&self) -> &'static str {
        "JUnit's XML, for servers of continuous integration"
    }

    fn write(&self, report: &Report, shown: Shown<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut suites: BTreeMap<String, Suite<'_>> = BTreeMap::new();
        for input in &report.inputs {
            suites.entry(input.path.clone()).or_default();
        }
        for unusable in &report.unusable {
            let suite = suites.entry(unusable.path.clone()).or_default();
            suite.unusable.push(unusable);
        }
        for finding in shown.iter() {
            let suite = suites.entry(file(&finding)).or_default();
            suite.findings.take(&mut vec![finding]);
        }
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        let errors: usize = suites.values().map(|suite| suite.unusable.len()).sum();
        let tests: usize = suites.values().map(Suite::tests).sum();
        writeln!(
            out,
            "<testsuites name=\"plenary check\" tests=\"{tests}\" failures=\"{}\" errors=\"{errors}\">",
            shown.len()
        )?;
        for (name, suite) in &suites {
            writeln!(
                out,
                "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\">",
                escaped(name),
                suite.tests(),
                suite.findings.len(),
                suite.unusable.len()
            )?;
            for unusable in &suite.unusable {
                let message = escaped(&unusable.message);
                writeln!(
                    out,
                    "    <testcase name=\"reading\" classname=\"plenary\"><error message=\"{message}\"/></testcase>"
                )?;
            }
            for finding in suite.findings.iter() {
                writeln!(out, "    {}", case(&finding))?;
            }
            if suite.findings.is_empty() && suite.unusable.is_empty() {
                writeln!(
                    out,
                    "    <testcase name=\"nothing found\" classname=\"plenary\"/>"
                )?;
            }
            writeln!(out, "  </testsuite>")?;
        }
        writeln!(out, "</testsuites>")?;
        out.flush()
    }
}

/// What was found in one input.
#[derive(Default)]
struct Suite<'r> {
    findings: FindingLog,
    unusable: Vec<&'r Unusable>,
}

impl Suite<'_> {
    /// An input without a finding is one test that passed.
    fn tests(&self) -> usize {
        (self.findings.len() + self.unusable.len()).max(1)
    }
}

fn file(finding: &Finding) -> String {
    finding.place.path.clone().unwrap_or_default()
}

fn case(finding: &Finding) -> String {
    let place = &finding.place;
    let line = place
        .line
        .map(|line| format!(" line=\"{line}\""))
        .unwrap_or_default();
    let path = place.path.as_deref();
    let path = path
        .map(|path| format!(" file=\"{}\"", escaped(path)))
        .unwrap_or_default();
    let about = [finding.record.as_deref(), place.field.as_deref()];
    let about: Vec<_> = about.into_iter().flatten().collect();
    let name = match about.is_empty() {
        true => finding.check.to_string(),
        false => about.join(", "),
    };
    let help = finding.help.as_deref().unwrap_or_default();
    format!(
        "<testcase name=\"{}\" classname=\"{}\"{path}{line}><failure type=\"{}\" message=\"{}\">{}</failure></testcase>",
        escaped(&name),
        escaped(&finding.check),
        finding.severity,
        escaped(&finding.sentence()),
        escaped(help),
    )
}

/// A text inside a document of XML: what XML cannot hold stands as a sign.
fn escaped(text: &str) -> String {
    let text = marked(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use plenary_types::{Place, Severity};

    use super::*;

    #[test]
    fn what_xml_cannot_hold_stands_as_a_sign() {
        assert_eq!(escaped("a\0<b> & \"c\""), "a␀&lt;b&gt; &amp; &quot;c&quot;");
    }

    #[test]
    fn a_finding_is_a_failure_of_its_file_and_its_check() {
        let finding = Finding::new("tally-mismatch", Severity::Error, "totals differ")
            .with_record("A/RES/73/195")
            .with_place(Place {
                path: Some("votes.csv".into()),
                line: Some(12),
                ..Place::default()
            })
            .with_expected(152)
            .with_found(151)
            .with_help("compare them");
        assert_eq!(
            case(&finding),
            "<testcase name=\"A/RES/73/195\" classname=\"tally-mismatch\" file=\"votes.csv\" line=\"12\">\
             <failure type=\"error\" message=\"A/RES/73/195: totals differ (expected 152, found 151)\">compare them</failure></testcase>"
        );
    }
}
