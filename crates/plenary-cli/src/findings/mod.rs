//! The forms in which findings are given.

mod csv;
mod github;
mod human;
mod json;
mod sarif;
mod screen;
mod store;

use std::io::Write;
use std::path::Path;

use clap::ValueEnum;
use plenary::import::Summary;
use plenary::types::Finding;
use plenary::validation::DecisionCounts;
use serde::Serialize;

pub(crate) use store::{Bundle, Found};
use store::{Shown, Sorted};

use crate::exit::{Failure, Result};
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
    /// One line a finding
    Csv,
}

impl Format {
    /// Whether a program reads it that needs to know from it why nothing was checked.
    pub(crate) const fn is_document(self) -> bool {
        matches!(self, Self::Json | Self::Sarif | Self::Github)
    }
}

/// What a check of some inputs came to.
#[derive(Default)]
pub(crate) struct Checked {
    pub(crate) inputs: Vec<Summary>,
    pub(crate) findings: Found,
    /// What waivers accept, by their order.
    pub(crate) waived: Vec<Waived>,
    /// The inputs that could not be used.
    pub(crate) unusable: Vec<Unusable>,
    pub(crate) counts: Counts,
    /// How many decisions have a verdict, and why the others have none.
    pub(crate) decisions: DecisionCounts,
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

/// What one waiver accepts.
#[derive(Debug)]
pub(crate) struct Waived {
    pub(crate) reason: String,
    pub(crate) findings: Found,
}

/// An input that could not be used, and why.
#[derive(Debug, Serialize)]
pub(crate) struct Unusable {
    pub(crate) path: String,
    pub(crate) message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) help: Option<String>,
}

impl Unusable {
    pub(crate) fn new(path: &Path, failure: &Failure) -> Self {
        Self {
            path: path.display().to_string(),
            message: failure.to_string(),
            help: failure.help().map(str::to_owned),
        }
    }
}

/// How many findings there are, by severity, and how many are waived.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Counts {
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    pub(crate) notes: usize,
    pub(crate) waived: usize,
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
    checked: &Checked,
    format: Format,
    extent: Extent,
    output: &Output,
) -> Result<()> {
    let shown = Shown::new(&checked.findings, extent.most);
    match format {
        // Why nothing could be used was said where it happened.
        Format::Human if checked.inputs.is_empty() => Ok(()),
        Format::Human => human::print(checked, shown, extent, output),
        Format::Json => json::print(checked, shown, output),
        Format::Sarif => sarif::print(checked, shown, output),
        Format::Github => github::print(checked, shown, output),
        Format::Csv => csv::print(shown, output),
    }
}

/// A finding in one line, for forms that have no other place for its parts.
fn sentence(finding: &Finding) -> String {
    let record = finding
        .record
        .as_ref()
        .map(|record| format!("{record}: "))
        .unwrap_or_default();
    let values = match (&finding.expected, &finding.found) {
        (Some(expected), Some(found)) => format!(" (expected {expected}, found {found})"),
        (Some(expected), None) => format!(" (expected {expected})"),
        (None, Some(found)) => format!(" (found {found})"),
        (None, None) => String::new(),
    };
    format!("{record}{}{values}", finding.message)
}
