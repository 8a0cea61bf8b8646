//! `plenary compare`: what two sources of the same votes differ in.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use clap::ValueEnum;
use plenary::Settings;
use plenary::compare::{Comparison, Difference, DifferenceKind, Side};

use super::input::{self, DateArgs, DayArgs, Progress, ReferenceArgs};
use crate::exit::{Exit, Result};
use crate::output::{BOLD, DIM, GOOD, Output, WARNING, many, many64, visible, warn_all};

#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Args {
    /// A file or dataset folder
    #[arg(value_name = "A")]
    a: PathBuf,
    /// Another source of the same votes
    #[arg(value_name = "B")]
    b: PathBuf,
    /// Output format; JSON is described in docs/schema/compare.schema.json
    #[arg(long, default_value = "human")]
    pub(super) format: Format,
    /// Print every difference that belongs to no pattern, not the first of each kind
    #[arg(long)]
    all: bool,
    /// Go on after rows that cannot be used
    #[arg(long)]
    lenient: bool,
    #[command(flatten)]
    dates: DateArgs,
    #[command(flatten)]
    day: DayArgs,
    /// Read tables of no known format by this mapping file
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    #[command(flatten)]
    reference: ReferenceArgs,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people: patterns, then the rest by kind
    Human,
    /// One row per difference
    Csv,
    /// One JSON document
    Json,
}

const AFTER: &str = "\
Votes are matched by symbol, roll calls of persons by number, then by date and meeting, then by their ballots. Differences that have one cause are told \
once, as a pattern; CSV and JSON list them all.

Exit codes: 0 the sources agree, 1 they differ, 2 unusable input or arguments, or an input without a vote.";

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let mut settings = Settings::default();
    settings.lenient = args.lenient;
    settings.dates.clone_from(&args.dates.form);
    settings.day = args.day.day;
    settings.reference = args.reference.of_inputs([&args.a, &args.b])?;
    settings.mapping = args
        .mapping
        .as_deref()
        .map(input::mapping)
        .transpose()?
        .map(Arc::new);
    let progress = Progress::new(output);
    settings.progress = progress.callback();
    let compared = progress.cleared(|| plenary::compare(&args.a, &args.b, &settings))?;
    warn_all(&compared.warnings, output);
    output.hand_over(|| compared.table());
    let comparison = &compared.comparison;
    match args.format {
        Format::Json => output.json(&compared)?,
        Format::Csv => compared.table().write_csv(output.raw())?,
        Format::Human => {
            let mut out = output.stdout();
            page(comparison, args.all, &mut out)?;
            out.flush()?;
        }
    }
    Ok(match comparison.is_equal() {
        true => Exit::Clean,
        false => Exit::Findings,
    })
}

/// So many differences of a kind are printed unless all are asked for.
const FIRST: usize = 5;

fn page(comparison: &Comparison, all: bool, out: &mut impl Write) -> Result<()> {
    let matched = comparison.matched;
    side('a', &comparison.a, out)?;
    side('b', &comparison.b, out)?;
    writeln!(
        out,
        "{BOLD}{} in both{BOLD:#}: {} matched by symbol, {}{} by date and meeting, {} by their ballots",
        many(matched.total(), "vote"),
        matched.symbol,
        match matched.number {
            0 => String::new(),
            number => format!("{number} by number, "),
        },
        matched.meeting,
        matched.ballots
    )?;
    let [in_a, in_b] = [comparison.a.ambiguous, comparison.b.ambiguous];
    if in_a + in_b > 0 {
        writeln!(
            out,
            "{WARNING}not matched: ambiguous{WARNING:#}: {} of a and {} of b are as much like one vote of their day as another",
            many(in_a, "vote"),
            many(in_b, "vote")
        )?;
    }
    let [in_a, in_b] = [comparison.a.strangers, comparison.b.strangers];
    if in_a + in_b > 0 {
        writeln!(
            out,
            "{WARNING}not compared{WARNING:#}: {} of a and {} of b are on no list of the other source, where they may have another name",
            many(in_a, "voter"),
            many(in_b, "voter")
        )?;
    }
    if comparison.is_equal() {
        writeln!(out, "\n{GOOD}no differences{GOOD:#}")?;
        return Ok(());
    }
    if !comparison.patterns.is_empty() {
        writeln!(out, "\n{BOLD}patterns{BOLD:#}")?;
    }
    for pattern in &comparison.patterns {
        let count = pattern.differences;
        writeln!(
            out,
            "  {} {DIM}({}){DIM:#}",
            visible(&pattern.message),
            many(count, "difference")
        )?;
    }
    for (kind, heading) in HEADINGS {
        let of_kind: Vec<&Difference> = comparison
            .unexplained()
            .filter(|d| d.kind == kind)
            .collect();
        differences(heading, &of_kind, all, out)?;
    }
    Ok(())
}

const HEADINGS: [(DifferenceKind, &str); 16] = [
    (
        DifferenceKind::Vote,
        "quite another vote under the same symbol",
    ),
    (DifferenceKind::Ballot, "ballots"),
    (DifferenceKind::Tally, "totals"),
    (DifferenceKind::Date, "dates"),
    (DifferenceKind::Symbol, "symbols"),
    (DifferenceKind::Name, "names of no known state"),
    (DifferenceKind::Session, "sessions"),
    (DifferenceKind::Meeting, "meetings"),
    (DifferenceKind::Title, "titles"),
    (DifferenceKind::Agenda, "agenda items"),
    (DifferenceKind::Subjects, "subjects"),
    (DifferenceKind::Drafts, "drafts"),
    (DifferenceKind::CommitteeReport, "committee reports"),
    (DifferenceKind::Notes, "notes"),
    (DifferenceKind::OnlyInA, "only in a"),
    (DifferenceKind::OnlyInB, "only in b"),
];

fn side(letter: char, side: &Side, out: &mut impl Write) -> Result<()> {
    let Side {
        path,
        votes,
        rejected,
        ..
    } = side;
    let count = many(*votes, "vote");
    write!(out, "{letter}: {} {DIM}({count}){DIM:#}", visible(path))?;
    if *rejected > 0 {
        let advice = "`plenary check` names them";
        write!(
            out,
            " {WARNING}{} not used{WARNING:#}: {advice}",
            many64(*rejected, "row")
        )?;
    }
    Ok(writeln!(out)?)
}

fn differences(
    heading: &str,
    of_kind: &[&Difference],
    all: bool,
    out: &mut impl Write,
) -> Result<()> {
    let count = of_kind.len();
    if count == 0 {
        return Ok(());
    }
    writeln!(out, "\n{BOLD}{heading}{BOLD:#} {DIM}({count}){DIM:#}")?;
    let shown = if all { count } else { FIRST };
    for difference in of_kind.iter().take(shown) {
        let text = difference.to_string();
        writeln!(out, "  {}{}", visible(&text), lines(difference))?;
    }
    if count > shown {
        writeln!(out, "  {DIM}… and {} more: --all{DIM:#}", count - shown)?;
    }
    Ok(())
}

/// Where a difference stands in the two files.
fn lines(difference: &Difference) -> String {
    let line = |letter: char, sight: &Option<plenary::compare::Sight>| {
        let line = sight.as_ref()?.line?;
        Some(format!("{letter}:{line}"))
    };
    let places: Vec<String> = [line('a', &difference.a), line('b', &difference.b)]
        .into_iter()
        .flatten()
        .collect();
    match places.as_slice() {
        [] => String::new(),
        places => format!(" {DIM}[{}]{DIM:#}", places.join(" ")),
    }
}
