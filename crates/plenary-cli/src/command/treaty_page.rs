//! A treaty for a reader: what is known comes first, then what follows from it.

use std::io::{self, Write};

use plenary::TreatyReport;
use plenary::page::{StatusLine, Tone};

use crate::exit::Result;
use crate::output::{BOLD, DIM, ERROR, GOOD, Output, PLAIN, WARNING, line};

pub(super) fn print(answer: &TreatyReport, output: &Output) -> Result<()> {
    let report = &answer.report;
    let mut out = output.stdout();
    let id = report.id.as_ref().filter(|id| **id != report.title);
    let id = id.map_or(String::new(), |id| format!(" ({id})"));
    line(&mut out, &[(BOLD, &report.title), (PLAIN, &id)])?;
    status(&answer.status_lines(), &mut out)?;
    Ok(out.flush()?)
}

/// Codes in a line.
const CODES: usize = 20;

/// What is known of a treaty and what follows from it, without its title.
pub(crate) fn status(lines: &[StatusLine], out: &mut impl Write) -> io::Result<()> {
    for of_status in lines {
        let style = match of_status.tone {
            Tone::Good => GOOD,
            Tone::Caution => WARNING,
            Tone::Bad => ERROR,
            _ => PLAIN,
        };
        let indent = "  ".repeat(of_status.depth);
        let (head, text) = (&of_status.head, &of_status.text);
        line(out, &[(PLAIN, &indent), (style, head), (PLAIN, text)])?;
        for codes in of_status.codes.chunks(CODES) {
            let codes = codes.join(" ");
            line(out, &[(PLAIN, &"    "), (DIM, &codes)])?;
        }
    }
    Ok(())
}
