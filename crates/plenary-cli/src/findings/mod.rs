//! The forms in which findings are given.

mod human;
mod screen;
mod sorted;

use std::io::Write;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use plenary::import::Summary;
use plenary::{Report, Writer, writers};

use sorted::Sorted;

use crate::exit::Result;
use crate::output::{DIM, Output, many64, thousands, visible};

/// The form of a list of findings: for people, or one of the outputs of the library.
#[derive(Clone, Copy)]
pub(crate) enum Format {
    Human,
    Written(&'static dyn Writer),
}

impl Format {
    /// The forms that `--format` knows.
    pub(crate) fn parser() -> impl TypedValueParser<Value = Self> {
        let human =
            PossibleValue::new("human").help("For people: grouped by cause, with the source line");
        let written = writers().iter();
        let written =
            written.map(|writer| PossibleValue::new(writer.name()).help(writer.summary()));
        PossibleValuesParser::new(std::iter::once(human).chain(written)).map(|name| {
            let writer = writers().iter().find(|writer| writer.name() == name);
            writer.map_or(Self::Human, |writer| Self::Written(*writer))
        })
    }

    /// Whether a program reads it that needs to know from it why nothing was checked.
    pub(crate) fn is_document(self) -> bool {
        matches!(self, Self::Written(writer) if writer.tells_unusable())
    }
}

/// Says in a line what an input was taken for and why, and what came of its rows.
pub(crate) fn tell(input: &Summary, out: &mut impl Write) -> Result<()> {
    let rejected = match input.rejected {
        0 => String::new(),
        n => format!(", {} rejected", thousands(n)),
    };
    writeln!(
        out,
        "{}: {} {DIM}({}){DIM:#}; {}, {} used{rejected}; {}, {}",
        visible(&input.path),
        input.format,
        visible(&input.why),
        many64(input.rows, "row"),
        thousands(input.used),
        many64(input.records, "record"),
        many64(input.ballots, "ballot"),
    )?;
    Ok(())
}

/// How much to print.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Extent {
    /// At most so many findings, in every form.
    pub(crate) most: Option<usize>,
    /// Every finding for itself, where people read.
    pub(crate) all: bool,
}

/// Prints what was found.
pub(crate) fn print(
    checked: &Report,
    format: Format,
    extent: Extent,
    output: &Output,
) -> Result<()> {
    let shown = checked.findings.most_severe(extent.most);
    match format {
        // Why nothing could be used was said where it happened.
        Format::Human if checked.inputs.is_empty() => Ok(()),
        Format::Human => human::print(checked, shown, extent, output),
        Format::Written(writer) if writer.escapes_control_characters() => {
            Ok(writer.write(checked, shown, &mut output.raw())?)
        }
        Format::Written(writer) => Ok(writer.write(checked, shown, &mut output.stdout())?),
    }
}
