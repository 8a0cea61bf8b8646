//! `plenary power`: voting power in a body under its real rule.

use std::io::Write;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::ValueEnum;
use plenary::analysis::power::{Estimate, Exactness, PowerOptions};
use plenary::types::{BodyId, Participant};
use plenary::{PowerIndex, PowerReport, PowerSettings};

use super::input::ReferenceArgs;
use super::{destination, input, rule};
use crate::exit::{Exit, Result};
use crate::output::{BOLD, DIM, Output};

#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Args {
    /// A rule of the library (see `plenary decide --list`), or a requirement such as "at least 2/3 of members"
    #[arg(long)]
    rule: String,
    /// The day; by default today, or the last day of a rule that no longer holds
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    on: Option<NaiveDate>,
    /// The members: codes or names; by default those of the rule's body on the day
    #[arg(
        long,
        value_name = "CODE,…",
        value_delimiter = ',',
        conflicts_with = "body"
    )]
    members: Vec<String>,
    /// The body whose members decide, such as `unga` or `unsc`
    #[arg(long)]
    body: Option<BodyId>,
    #[command(flatten)]
    reference: ReferenceArgs,
    /// Weights: a CSV with a column `code` and columns of numbers, named by their headings; without --members,
    /// its codes are the members
    #[arg(long, value_name = "CSV")]
    weights: Vec<PathBuf>,
    /// A group that the rule names: Participants=DEU,FRA,…
    #[arg(long, value_name = "NAME=CODE,…")]
    group: Vec<String>,
    /// The members of another organ that the rule names: conference=DEU,FRA,…
    #[arg(long = "in", value_name = "ORGAN=CODE,…")]
    organs: Vec<String>,
    /// Which index
    #[arg(long, default_value = "both")]
    index: Index,
    /// Exactly, by sampling, or exactly where that takes seconds
    #[arg(long, default_value = "auto")]
    method: Way,
    /// How many coalitions or orders to sample; if not given, a million, or fewer of more than a thousand members
    #[arg(long, value_name = "N")]
    samples: Option<u64>,
    /// The seed of the random numbers
    #[arg(long, value_name = "N", default_value_t = PowerOptions::default().seed)]
    seed: u64,
    /// Output format
    #[arg(long, default_value = "human")]
    pub(super) format: Format,
    /// Write to a file
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

const AFTER: &str = "\
A coalition decides when the rule is met with its members in favour and everybody else against: nobody abstains or is \
absent. Sampled numbers come with intervals of 95 %.

Codes from QMA to QZZ are seats whose holders are not on record.";

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Index {
    /// Banzhaf's, absolute and normalised
    Banzhaf,
    /// Shapley and Shubik's
    Shapley,
    /// Both
    Both,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Way {
    Auto,
    Exact,
    Sample,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people: members of equal power together, the most powerful first
    Human,
    /// CSV, one row per member
    Csv,
    /// One JSON document
    Json,
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    destination::check(args.output.as_deref())?;
    let report = plenary::power(&args.rule, &settings(args)?)?;
    output.hand_over(|| report.table());
    let path = args.output.as_deref();
    match args.format {
        Format::Human => destination::write_text(path, output, |out| print(&report, out))?,
        Format::Csv => {
            destination::write(path, output, |out| Ok(report.table().write_csv(out)?))?
        }
        Format::Json => destination::write(path, output, |out| {
            serde_json::to_writer_pretty(&mut *out, &report).map_err(std::io::Error::from)?;
            Ok(writeln!(out)?)
        })?,
    }
    if args.format == Format::Csv {
        for note in report.metadata.notes() {
            output.remark(&note);
        }
    }
    Ok(Exit::Clean)
}

fn settings(args: &Args) -> Result<PowerSettings> {
    let mut settings = PowerSettings::default();
    settings.reference = args.reference.reference()?;
    settings.on = args.on;
    settings.members = input::participants(&args.members)?;
    settings.body = args.body.clone();
    settings.facts = rule::facts(&args.weights, &args.group)?;
    let organs = args.organs.iter();
    let organs = organs.map(|text| rule::members(text, "--in conference=DEU,FRA"));
    settings.organs = organs.collect::<Result<_>>()?;
    settings.banzhaf = args.index != Index::Shapley;
    settings.shapley_shubik = args.index != Index::Banzhaf;
    let options = PowerOptions::default()
        .with_exactness(match args.method {
            Way::Auto => Exactness::Auto,
            Way::Exact => Exactness::Exact,
            Way::Sample => Exactness::Sample,
        })
        .with_seed(args.seed);
    settings.options = match args.samples {
        Some(samples) => options.with_samples(samples),
        None => options,
    };
    Ok(settings)
}

/// Members of equal power together, the most powerful first.
fn print(report: &PowerReport, out: &mut dyn Write) -> Result<()> {
    let (requirement, members) = (&report.requirement, report.members);
    if let Some(title) = &report.title {
        writeln!(out, "{BOLD}{title}{BOLD:#}")?;
        let on = report.on;
        writeln!(out, "{DIM}{requirement} on {on}, {members} members{DIM:#}")?;
    } else {
        writeln!(out, "{BOLD}{requirement}{BOLD:#}")?;
        writeln!(out, "{DIM}{members} members{DIM:#}")?;
    }
    let columns = report.metadata.indices();
    write!(out, "\n{:>4}", "")?;
    for (name, ..) in &columns {
        write!(out, "  {:>16}", name.replace('_', " "))?;
    }
    writeln!(out, "  members")?;
    for (members, values) in by_power(report, &columns) {
        write!(out, "{:>4}", members.len())?;
        for value in values {
            write!(out, "  {:>16}", shown(&value))?;
        }
        writeln!(out, "  {}", list(report, members))?;
    }
    writeln!(out)?;
    if let Some(adoption) = &report.adoption {
        writeln!(
            out,
            "a vote at random is won with a chance of {}",
            shown(adoption)
        )?;
    }
    for note in report.metadata.notes() {
        writeln!(out, "{DIM}{note}{DIM:#}")?;
    }
    Ok(())
}

type Line<'r> = (&'r [Participant], Vec<Estimate>);

fn by_power<'r>(report: &'r PowerReport, columns: &[PowerIndex]) -> Vec<Line<'r>> {
    let of = |code: &Participant| report.powers.iter().find(|member| member.state == *code);
    let line = |members: &'r Vec<Participant>| {
        let first = members.first().and_then(of)?;
        let values = columns.iter().filter_map(|(.., value)| value(first));
        Some((members.as_slice(), values.collect()))
    };
    let mut lines: Vec<Line<'_>> = report.alike.iter().filter_map(line).collect();
    let power = |line: &Line<'_>| line.1.first().map_or(0.0, |estimate| estimate.value);
    lines.sort_by(|left, right| power(right).total_cmp(&power(left)));
    lines
}

fn shown(estimate: &Estimate) -> String {
    let value = match estimate.value {
        small if small > 0.0 && small < 1e-4 => format!("{small:.3e}"),
        value => format!("{value:.6}"),
    };
    match (estimate.upper - estimate.lower) / 2.0 {
        half if half > 0.0 => format!("{value} ±{half:.0e}"),
        _ => value,
    }
}

/// The first of some members: states by their codes, others by their names.
fn list(report: &PowerReport, members: &[Participant]) -> String {
    const MOST: usize = 12;
    let called = |who: &Participant| {
        let mut powers = report.powers.iter();
        let mut name = || powers.find(|member| member.state == *who)?.name.clone();
        match who.code() {
            Some(_) => who.to_string(),
            None => name().unwrap_or_else(|| who.to_string()),
        }
    };
    let names: Vec<_> = members.iter().take(MOST).map(called).collect();
    let more = if members.len() > MOST { " …" } else { "" };
    let is_of_codes = members.iter().all(|who| who.code().is_some());
    format!("{}{more}", names.join(if is_of_codes { " " } else { ", " }))
}
