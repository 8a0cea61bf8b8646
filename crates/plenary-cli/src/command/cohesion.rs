//! `plenary cohesion`: how far groups of states vote together.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use plenary::analysis::Grouping;
use plenary::analysis::cohesion::{
    Absences, Abstentions, Cohesion, Groups, Options, Treatment, cohesion,
};
use plenary::analysis::table::Table;
use plenary::types::StateCode;

use super::destination;
use super::results::{TableFormat, Target};
use super::selected::{self, Codes, Selecting};
use crate::exit::{Exit, Failure, Result};
use crate::output::{BOLD, DIM, Output, PLAIN, line};

#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Args {
    #[command(flatten)]
    selecting: Selecting,
    /// What is averaged over together
    #[arg(long, default_value = "year", value_parser = selected::grouping())]
    by: Grouping,
    /// `regional` for the five regional groups, or a CSV `group,member,from,to` of groups of one's own
    #[arg(long, value_name = "regional|CSV", default_value = "regional")]
    group: String,
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
    /// A vote counts for a group when at least so many of its members made a choice
    #[arg(long, value_name = "N", default_value_t = Options::default().minimum)]
    least: u32,
    /// The form of the table
    #[arg(long, default_value = "human")]
    format: Format,
    /// Write to a file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
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
enum Format {
    /// For people
    Human,
    /// A row a line; what there is to know about it goes to stderr, and with --output beside the file
    Csv,
    /// One JSON document
    Json,
    /// A Parquet file (with --output)
    Parquet,
}

impl Args {
    /// Whether stdout is to hold one JSON document.
    pub(super) fn prints_json(&self) -> bool {
        self.format == Format::Json && self.output.is_none()
    }
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
    let (groups, codes) = groups(args)?;
    let selected = args.selecting.read(&[], Codes::Iso3, output)?;
    let matrix = selected.votes.matrix(args.by);
    let found = cohesion(&matrix, &groups, &options(args));
    let mut table = table(&found, args.table);
    for (key, value) in &selected.metadata {
        table = table.with(key, value.clone());
    }
    if !matrix.unplaced().is_empty() {
        let left_out = matrix.unplaced().len().to_string();
        table = table.with("votes without a date or session left out", left_out);
    }
    let in_votes = |code: &String| matrix.states().contains(code);
    let codes = codes.iter().map(ToString::to_string);
    let absent: Vec<_> = codes.filter(|code| !in_votes(code)).collect();
    if !absent.is_empty() {
        table = table.with(
            "members of the groups in no selected vote",
            absent.join(", "),
        );
    }
    if table.is_empty() {
        return Err(nothing(&found));
    }
    let Some(target) = target else {
        destination::write_text(path, output, |out| print(&table, out))?;
        return Ok(Exit::Clean);
    };
    let json = |out: &mut dyn Write| {
        serde_json::to_writer(&mut *out, &table).map_err(std::io::Error::from)?;
        Ok(out.write_all(b"\n")?)
    };
    target.write(&table, json, output)?;
    Ok(Exit::Clean)
}

/// The groups, and of groups of one's own everybody who is in one of them on some day.
fn groups(args: &Args) -> Result<(Groups, Vec<StateCode>)> {
    let only = |groups: Groups| {
        if args.only.is_empty() {
            Ok(groups)
        } else {
            groups.only(args.only.iter().map(String::as_str))
        }
    };
    if args.group == "regional" {
        return Ok((only(Groups::regional())?, Vec::new()));
    }
    destination::reading(Path::new(&args.group))?;
    let read = plenary::read_groups(Path::new(&args.group)).map_err(|error| {
        Failure::from(error)
            .with_help("--group takes `regional` or a CSV with the columns group and member")
    })?;
    let groups = only(Groups::own(read.clone()))?;
    let names = groups.names().iter();
    let mut codes: Vec<_> = names.flat_map(|name| read.members(name)).collect();
    codes.sort_unstable();
    codes.dedup();
    Ok((groups, codes))
}

const fn options(args: &Args) -> Options {
    Options {
        treatment: Treatment {
            abstentions: match args.abstentions {
                Abstaining::Own => Abstentions::Own,
                Abstaining::LeftOut => Abstentions::LeftOut,
                Abstaining::Against => Abstentions::Against,
            },
            absences: match args.absences {
                Absent::LeftOut => Absences::LeftOut,
                Absent::Abstention => Absences::Abstentions,
            },
        },
        minimum: args.least,
    }
}

fn table(found: &Cohesion, what: What) -> Table {
    match what {
        What::Groups => found.group_table(),
        What::Pairs => found.pair_table(),
        What::Members => found.member_table(),
    }
}

fn nothing(found: &Cohesion) -> Failure {
    if found.undated.is_empty() {
        Failure::new("no member of these groups voted in the selected votes")
            .with_help("check the codes and the days of the groups, or lower --least")
    } else {
        Failure::new("the votes have no dates, so that nobody's group is known")
            .with_help("use a source with dates")
    }
}

/// The table in columns, then what there is to know about it.
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
