//! An output of your own, from the report of a check to the text that another program reads.

use std::io::{self, Write};

use plenary::{Input, Report, Settings, Shown, Writer, check, writers};

/// The output: what it is called, what it is, and the function that writes.
static WRITER: Quickfix = Quickfix;

/// A line for each finding, as editors read lists of errors.
struct Quickfix;

impl Writer for Quickfix {
    fn name(&self) -> &'static str {
        "quickfix"
    }

    fn summary(&self) -> &'static str {
        "Lines for the error list of an editor"
    }

    fn write(&self, report: &Report, shown: Shown<'_>, out: &mut dyn Write) -> io::Result<()> {
        for input in &report.unusable {
            writeln!(out, "{}: {}", input.path, input.message)?;
        }
        for finding in shown.iter() {
            writeln!(out, "{}: {}", finding.place, finding.sentence())?;
        }
        Ok(())
    }
}

pub(crate) fn main() -> io::Result<()> {
    // In this crate the registration is one line in `src/output/mod.rs`; in yours it is this one.
    let writers = [writers(), &[&WRITER]].concat();

    let vote = "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,total_yes\n\
                1,PER,PERU,Y,2018-12-19,73,A/RES/73/195,2\n";
    let report = check([Input::bytes("votes.csv", vote)], &Settings::default());
    let mut outputs = Vec::new();
    for writer in writers {
        let mut text = Vec::new();
        writer.write(&report, report.findings.most_severe(Some(1)), &mut text)?;
        outputs.push((writer.name(), String::from_utf8_lossy(&text).into_owned()));
    }
    let (name, text) = &outputs[outputs.len() - 1];
    assert_eq!(*name, "quickfix");
    assert!(
        text.starts_with("votes.csv:2: total_yes: A/RES/73/195: "),
        "{text}"
    );
    assert!(
        outputs
            .iter()
            .all(|(_, text)| text.contains("A/RES/73/195"))
    );
    Ok(())
}
