//! The forms in which findings are given.

mod csv;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod sarif;
mod screen;
mod sorted;

use std::io::Write;

use clap::ValueEnum;
use plenary::Report;
use plenary::import::Summary;

use sorted::Sorted;

use crate::exit::Result;
use crate::output::{DIM, Output, many64, thousands, visible};

/// The form of a list of findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: grouped by cause, with the source line
    #[default]
    Human,
    /// One JSON object: inputs, findings, summary (docs/schema/check.schema.json)
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// JUnit's XML, for servers of continuous integration
    Junit,
    /// GitLab Code Quality
    Gitlab,
    /// One line a finding
    Csv,
}

impl Format {
    /// Whether a program reads it that needs to know from it why nothing was checked.
    pub(crate) const fn is_document(self) -> bool {
        !matches!(self, Self::Human | Self::Csv)
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
        Format::Json => json::print(checked, shown, output),
        Format::Sarif => sarif::print(checked, shown, output),
        Format::Github => github::print(checked, shown, output),
        Format::Junit => junit::print(checked, shown, output),
        Format::Gitlab => gitlab::print(checked, shown, output),
        Format::Csv => csv::print(shown, output),
    }
}
