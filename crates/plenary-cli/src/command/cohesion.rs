//! `plenary cohesion`: how far groups of states vote together.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use plenary::analysis::Grouping;
use plenary::analysis::cohesion::{Absences, Abstentions, CohesionOptions, Treatment};
use plenary::analysis::table::Table;
use plenary::states::Groups;
use plenary::{Codes, CohesionSettings, CohesionTable};

use super::destination;
use super::input::Progress;
use super::results::{TableFormat, Target};
use super::selecting::{self, Selecting};
use crate::exit::{Exit, Failure, Result};
use crate::output::{BOLD, DIM, Output, PLAIN, line, warn_all};

#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Args {
    #[command(flatten)]
    selecting: Selecting,
    /// What is averaged over together
    #[arg(long, default_value = "year", value_parser = selecting::grouping())]
    by: Grouping,
    /// `regional` for the five regional groups, a scheme of the reference data, a group that a body names, or a CSV
    /// `group,member,from,to` of groups of one's own; by default those by which the votes of the body are shown
    #[arg(long, value_name = "NAME|CSV")]
    group: Option<String>,
    /// Only these groups
    #[arg(long, value_name = "GROUP,…", value_delimiter = ',')]
    only: Vec<String>,
    /// What is told
    #[arg(long, default_value = "groups")]
    table: What,
    /// What an abstention counts as
    #[arg(long, value_name = "HOW", default_value = "own")]
    abstentions: Abstaining,
    /// What an absence counts as
    #[arg(long, value_name = "HOW", default_value = "left-out")]
    absences: Absent,
    /// Count a vote for a group only if at least N of its members made a choice
    #[arg(long, value_name = "N", default_value_t = CohesionOptions::default().minimum)]
    least: u32,
    /// The form of the table
    #[arg(long, default_value = "human")]
    pub(super) format: Format,
    /// Write to a file
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

const AFTER: &str = "\
Groups are those of the day of each vote. Votes whose day is not known are left out and counted.

  plenary cohesion votes.csv --by session --format csv
  plenary cohesion votes.csv --group eu.csv --table members";

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// The cohesion of each group: Rice, agreement index, Attinà
    Groups,
    /// The likeness of each pair of groups
    Pairs,
    /// The loyalty of each member of each group
    Members,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Abstaining {
    /// A third choice, which Rice's measures leave out
    Own,
    /// Nothing
    LeftOut,
    /// A vote against
    Against,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Absent {
    /// Nothing
    LeftOut,
    /// An abstention
    Abstention,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Human,
    /// CSV; its metadata goes to stderr, and with --output beside the file
    Csv,
    /// One JSON document
    Json,
    /// A Parquet file (with --output)
    Parquet,
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let path = args.output.as_deref();
    let target = |format| Target::new(format, path, &[]).map(Some);
    let target = match args.format {
        Format::Human => destination::check(path).map(|()| None)?,
        Format::Csv => target(TableFormat::Csv)?,
        Format::Json => target(TableFormat::Json)?,
        Format::Parquet => target(TableFormat::Parquet)?,
    };
    let progress = Progress::new(output);
    let mut settings = CohesionSettings::default();
    settings.votes = args.selecting.settings(Codes::Iso3, &progress)?;
    settings.by = args.by;
    match &args.group {
        Some(name) if is_file(name) => settings.groups = Some(groups(name, output)?),
        name => settings.scheme.clone_from(name),
    }
    settings.only.clone_from(&args.only);
    settings.table = match args.table {
        What::Groups => CohesionTable::Groups,
        What::Pairs => CohesionTable::Pairs,
        What::Members => CohesionTable::Members,
    };
    settings.options = options(args);
    let found = progress.cleared(|| plenary::cohesion(&args.selecting.paths, &settings))?;
    warn_all(&found.warnings, output);
    destination::reading_all(&found.beside)?;
    if let Some(refusal) = found.refused {
        return Err(plenary::Error::from(refusal).into());
    }
    match target {
        Some(target) => target.write(&found.table, &found, output)?,
        None => destination::write_text(path, output, |out| print(&found.table, out))?,
    }
    Ok(Exit::Clean)
}

/// Whether a text names a file and not groups: one that is there, or is written like one.
fn is_file(name: &str) -> bool {
    let path = Path::new(name);
    let is_there = path.exists() && !path.is_dir();
    name == "-" || is_there || path.extension().is_some() || path.components().count() > 1
}

/// Groups of one's own.
fn groups(name: &str, output: &Output) -> Result<Groups> {
    destination::reading(Path::new(name))?;
    let list = plenary::read_whole_member_list(name).map_err(|error| {
        let takes = "--group takes `regional` or a CSV with the columns group and member";
        match error {
            plenary::Error::Refused(_) => Failure::from(error),
            _ => Failure::from(error).with_help(takes),
        }
    })?;
    warn_all(&list.notes, output);
    Ok(list.groups)
}

fn options(args: &Args) -> CohesionOptions {
    let treatment = Treatment {
        abstentions: match args.abstentions {
            Abstaining::Own => Abstentions::Own,
            Abstaining::LeftOut => Abstentions::LeftOut,
            Abstaining::Against => Abstentions::Against,
        },
        absences: match args.absences {
            Absent::LeftOut => Absences::LeftOut,
            Absent::Abstention => Absences::Abstentions,
        },
    };
    CohesionOptions::default()
        .with_treatment(treatment)
        .with_minimum(args.least)
}

/// The table in columns, then its metadata.
fn print(table: &Table, out: &mut dyn Write) -> Result<()> {
    let mut csv = Vec::new();
    table.write_csv(&mut csv)?;
    let mut rows = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(&*csv);
    let rows: Vec<Vec<String>> = rows
        .records()
        .map(|row| Ok(row?.iter().map(shortened).collect()))
        .collect::<Result<_>>()?;
    let columns = rows.first().map_or(0, Vec::len);
    let cells = |column: usize| rows.iter().filter_map(move |row| row.get(column));
    let is_number = |cell: &String| cell.is_empty() || cell.parse::<f64>().is_ok();
    let shape = |column: usize| {
        let width = cells(column).map(|cell| cell.chars().count()).max();
        (width.unwrap_or(0), cells(column).skip(1).all(is_number))
    };
    let shapes: Vec<(usize, bool)> = (0..columns).map(shape).collect();
    for (place, row) in rows.iter().enumerate() {
        let aligned = row.iter().zip(&shapes).map(|(cell, (width, right))| {
            if *right {
                format!("{cell:>width$}")
            } else {
                format!("{cell:<width$}")
            }
        });
        let text = aligned.collect::<Vec<_>>().join("  ");
        let style = if place == 0 { BOLD } else { PLAIN };
        line(out, &[(style, &text.trim_end())])?;
    }
    writeln!(out)?;
    for (key, value) in table.metadata() {
        line(out, &[(DIM, &format!("{key}: {value}"))])?;
    }
    Ok(())
}

/// Fractions with four digits.
fn shortened(cell: &str) -> String {
    match cell.parse::<f64>() {
        Ok(number) if cell.contains('.') => format!("{number:.4}"),
        _ => cell.to_owned(),
    }
}
