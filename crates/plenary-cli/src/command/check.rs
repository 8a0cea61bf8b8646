//! `plenary check`: recognise, import, validate.

use std::io::Write;
use std::path::{Path, PathBuf};

use plenary::import;
use plenary::types::Severity;
use plenary::validation::ConfigError;
use plenary::{Baseline, Fixed, Input, Report, Settings, Unusable, configuration_of};

use super::destination;
use super::input::{self, DateArgs, DayArgs, Progress, ReferenceArgs};
use crate::exit::{Exit, Failure, Result, with_options};
use crate::findings::{self, Extent, Format};
use crate::output::{Output, many64, visible, warn_all};

const AFTER: &str = "\
Levels: an error cannot be true, a warning is almost surely wrong, a note is worth a look. `plenary rules` lists the \
checks, `plenary explain CHECK` says why one fires and how to waive it.

Several inputs are the pieces of one dataset: a record that is in two of them is found twice. Check two sources of the \
same votes one by one, and compare them with `plenary compare`.

Exit codes: 0 clean, 1 findings at error level, 2 unusable input or arguments.";

#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Args {
    /// Files and dataset folders; without one, the built-in Global Compact
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Output format
    #[arg(long, default_value = "human", value_parser = Format::parser())]
    format: Format,
    /// Run these checks only
    #[arg(long, value_name = "CHECK", value_delimiter = ',')]
    select: Vec<String>,
    /// Do not run these checks
    #[arg(long, value_name = "CHECK", value_delimiter = ',')]
    ignore: Vec<String>,
    /// Report nothing below this level, or give a check another level: `warning`, `missing-member=error`
    #[arg(long, value_name = "LEVEL|CHECK=LEVEL", value_delimiter = ',')]
    severity: Vec<String>,
    /// Show at most N findings, most severe first; all are counted
    #[arg(long, value_name = "N")]
    max_findings: Option<usize>,
    /// Show every finding instead of one per cause
    #[arg(long)]
    all: bool,
    /// The configuration; by default the plenary.toml beside the data or in a folder above it
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    reference: ReferenceArgs,
    /// Report only findings that are not in this file
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write all findings into a file for --baseline, and end with 0 where every input can be used
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    write_baseline: Option<PathBuf>,
    /// How to read tables of no known format: a mapping file
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    #[command(flatten)]
    dates: DateArgs,
    #[command(flatten)]
    day: DayArgs,
    /// Go on after rows that cannot be used; they are reported as warnings
    #[arg(long)]
    lenient: bool,
    /// Write a copy of each table (NAME.fixed.csv) with votes, symbols and whole numbers written as usual; no vote, state
    /// or total is changed
    #[arg(long)]
    fix: bool,
    /// With --fix: change the file itself
    #[arg(long, requires = "fix")]
    in_place: bool,
}

fn settings(args: &Args, output: &Output) -> std::result::Result<Settings, (PathBuf, Failure)> {
    let of_arguments = || PathBuf::from("command line");
    let file = match &args.config {
        Some(named) => Some(named.clone()),
        None => configuration_of(&args.paths).map_err(|e| (of_arguments(), e.into()))?,
    };
    let place = || file.clone().unwrap_or_else(of_arguments);
    if let Some(file) = &file {
        destination::reading(file).map_err(|failure| (place(), failure))?;
    }
    let settings = args.reference.settings(file.clone(), &args.paths);
    let settings = settings.map_err(|failure| (place(), failure))?;
    let mut settings =
        with_arguments(settings, args, output).map_err(|failure| (place(), failure))?;
    settings.least = Some(least(&args.severity).map_err(|failure| (of_arguments(), failure))?);
    settings.lenient = args.lenient;
    settings.dates.clone_from(&args.dates.form);
    settings.day = args.day.day;
    if let Some(path) = &args.baseline {
        destination::reading(path).map_err(|failure| (path.clone(), failure))?;
        let baseline = Baseline::read(path).map_err(|e| (path.clone(), e.into()))?;
        settings = settings.with_baseline(baseline);
    }
    match &args.mapping {
        Some(path) => {
            let mapping = input::mapping(path).map_err(|failure| (path.clone(), failure))?;
            Ok(settings.with_mapping(mapping))
        }
        None => Ok(settings),
    }
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let settings = match settings(args, output) {
        Ok(settings) => settings,
        Err((place, failure)) if args.format.is_document() => {
            return unusable(&place, &failure, args.format, output);
        }
        Err((_, failure)) => return Err(failure),
    };
    destination::check(args.write_baseline.as_deref())?;
    let mut options = import::Options::default();
    options.mapping.clone_from(&settings.mapping);
    options.dates.clone_from(&settings.dates);
    options.day = settings.day;
    let report = report(args, settings, output)?;
    warn_all(&report.warnings, output);
    for input in &report.unusable {
        output.error(&Failure::of_unusable(input));
    }
    let extent = Extent {
        most: args.max_findings,
        all: args.all,
    };
    let is_asked = output.hand_over(|| report.findings.most_severe(extent.most).table());
    findings::print(&report, args.format, extent, output)?;
    if let Some(path) = &args.write_baseline {
        destination::reading_all(&report.beside)?;
        let baseline = Baseline::new(report.findings.iter());
        destination::write(Some(path), output, |mut out| Ok(baseline.write(&mut out)?))?;
    }
    let mut usable = report.unusable.is_empty();
    for input in report.inputs.iter().filter(|_| args.fix) {
        usable &= fix(
            Path::new(&input.path),
            input.format,
            &options,
            args.in_place,
            output,
        )?;
    }
    let exit = match (usable, report.counts.errors) {
        (false, _) => Exit::Unusable,
        (_, 0) => Exit::Clean,
        _ if args.write_baseline.is_some() => Exit::Clean,
        _ => Exit::Findings,
    };
    if !is_asked {
        // The process ends here: its findings need not be freed one by one.
        std::mem::forget(report);
    }
    Ok(exit)
}

fn report(args: &Args, mut settings: Settings, output: &Output) -> Result<Report> {
    if args.paths.is_empty() {
        return Ok(plenary::check([Input::compact()], &settings));
    }
    destination::reading_all(&args.paths)?;
    let progress = Progress::new(output);
    settings.progress = progress.callback();
    let mut report = progress.cleared(|| plenary::check(&args.paths, &settings));
    for input in &mut report.unusable {
        let settings = std::mem::take(&mut input.settings);
        input.help = input.help.take().map(|help| with_options(help, &settings));
    }
    Ok(report)
}

/// Says in the form that was asked for, and on stderr, why nothing was checked.
fn unusable(place: &Path, failure: &Failure, format: Format, output: &Output) -> Result {
    output.error(failure);
    let mut report = Report::default();
    let place = place.display().to_string();
    let help = failure.help().map(str::to_owned);
    report
        .unusable
        .push(Unusable::new(place, failure.to_string(), help));
    let extent = Extent {
        most: None,
        all: false,
    };
    findings::print(&report, format, extent, output)?;
    Ok(Exit::Unusable)
}

/// Fixes what can be fixed and says so on stderr: the result itself is of the file as it was. Whether it could be done.
fn fix(
    path: &Path,
    format: &str,
    options: &import::Options,
    in_place: bool,
    output: &Output,
) -> Result<bool> {
    match plenary::fix(path, format, options, in_place) {
        Ok(fixed) => {
            let mut text = Vec::new();
            print_fixed(path, &fixed, &mut text)?;
            output.aside(&String::from_utf8_lossy(&text));
        }
        Err(error) => {
            output.error(&error.into());
            return Ok(false);
        }
    }
    Ok(true)
}

/// Lists every change once, with its number and first line, and where it was written.
fn print_fixed(path: &Path, fixed: &Fixed, out: &mut impl Write) -> Result<()> {
    let path = path.display().to_string();
    if fixed.changes.is_empty() {
        return Ok(writeln!(out, "{}: nothing to fix", visible(&path))?);
    }
    for change in &fixed.changes {
        writeln!(
            out,
            "fixed {}: `{}` is now `{}`, {}, first on line {}",
            visible(&change.column),
            visible(&change.from),
            visible(&change.to),
            many64(change.times, "time"),
            change.first_line,
        )?;
    }
    let written = match fixed.was_there {
        true => "written before, to",
        false => "written to",
    };
    let target = fixed.target.display().to_string();
    Ok(writeln!(out, "{written} {}", visible(&target))?)
}

/// The settings with what the command line says beside the file.
fn with_arguments(mut settings: Settings, args: &Args, output: &Output) -> Result<Settings> {
    let mut config = settings.config;
    match plenary::today() {
        Ok(today) => config = config.on(today),
        Err(error) => output.warn(&format!("{error}; no waiver expires")),
    }
    if !args.select.is_empty() {
        let names = args.select.iter().map(String::as_str);
        config = config.select(names).map_err(of_checks)?;
    }
    let names = args.ignore.iter().map(String::as_str);
    config = config.ignore(names).map_err(of_checks)?;
    for setting in &args.severity {
        if let Some((check, level)) = setting.split_once('=') {
            config = config
                .with_severity(check, level_of(level)?)
                .map_err(of_checks)?;
        }
    }
    settings.config = config;
    Ok(settings)
}

fn of_checks(error: ConfigError) -> Failure {
    Failure::from(error).with_help("`plenary rules` lists the checks")
}

fn least(settings: &[String]) -> Result<Severity> {
    let mut levels = settings.iter().filter(|setting| !setting.contains('='));
    levels
        .next_back()
        .map_or(Ok(Severity::Note), |level| level_of(level))
}

fn level_of(text: &str) -> Result<Severity> {
    let levels = [Severity::Note, Severity::Warning, Severity::Error];
    let found = levels.into_iter().find(|level| level.as_str() == text);
    found.ok_or_else(|| {
        Failure::new(format!(
            "unknown severity `{text}` (expected `note`, `warning` or `error`)"
        ))
        .with_help("use `--severity warning`, or `--severity CHECK=note` for one check")
    })
}
