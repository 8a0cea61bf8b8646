//! `plenary check`: recognise, import, validate.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, NaiveDate};
use plenary::import::{self, Import, Options};
use plenary::types::{Finding, Severity};
use plenary::validation::{Config, DatasetChecker, Validator};

use super::input;
use crate::exit::{Exit, Failure, Result};
use crate::findings::{self, Checked, Counts, Extent, Format, Input};
use crate::fix;
use crate::output::Output;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Files and dataset folders; without one, the built-in Global Compact
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The form of the result
    #[arg(long, default_value = "human")]
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
    /// Print at most so many findings; all are counted
    #[arg(long, value_name = "N")]
    max_findings: Option<usize>,
    /// Print every finding, not one a cause
    #[arg(long)]
    all: bool,
    /// The configuration; by default the plenary.toml beside the data or in a folder above it
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// How to read tables of no known format: a mapping file
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// Go on after rows that cannot be used; they are reported as warnings
    #[arg(long)]
    lenient: bool,
    /// Write a copy of each table (NAME.fixed.csv) with vote letters, symbols and whole numbers written as usual; no vote,
    /// state or total is changed
    #[arg(long)]
    fix: bool,
    /// With --fix: change the file itself
    #[arg(long, requires = "fix")]
    in_place: bool,
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let config = configuration(args)?;
    let least = least(&args.severity)?;
    let validator = Validator::new(config);
    let mut checked = Checked {
        inputs: Vec::new(),
        findings: Vec::new(),
        counts: Counts::default(),
    };
    let mut unusable = false;
    if args.paths.is_empty() {
        check_compact(&validator, &mut checked)?;
    }
    for path in &args.paths {
        match import(path, args, output) {
            Ok(import) => check(&import, &validator, args.lenient, &mut checked),
            Err(failure) => {
                output.error(&failure);
                unusable = true;
            }
        }
    }
    if args.fix {
        fix_all(args, output)?;
    }
    checked.findings.extend(validator.idle_waivers());
    checked.findings.retain(|finding| finding.severity >= least);
    checked.counts = Counts::of(&checked.findings);
    if !unusable || !checked.inputs.is_empty() {
        let extent = Extent {
            most: args.max_findings,
            all: args.all,
        };
        findings::print(&checked, args.format, extent, output)?;
    }
    Ok(match (unusable, checked.counts.errors) {
        (true, _) => Exit::Unusable,
        (_, 0) => Exit::Clean,
        _ => Exit::Findings,
    })
}

/// Mends what can be mended and says so on stderr: the result itself is of the files as they were.
fn fix_all(args: &Args, output: &Output) -> Result<()> {
    for path in args.paths.iter().filter(|path| path.is_file()) {
        match fix::fix(path, args.in_place) {
            Ok((_, changes)) if changes.is_empty() => {
                eprintln!("{}: nothing to fix", path.display())
            }
            Ok((target, changes)) => {
                changes.list(&mut std::io::stderr())?;
                eprintln!("written to {}", target.display());
            }
            Err(failure) => output.error(&failure),
        }
    }
    Ok(())
}

fn import(path: &Path, args: &Args, output: &Output) -> Result<Import> {
    let mut options = if args.lenient {
        Options::default().lenient()
    } else {
        Options::default()
    };
    if let Some(path) = &args.mapping {
        options = options.with_mapping(input::mapping(path)?);
    }
    input::read(path, &options, output)
}

/// Checks every record of an input, then the input as a whole.
fn check(import: &Import, validator: &Validator, lenient: bool, checked: &mut Checked) {
    let config = validator.config();
    let mut dataset = DatasetChecker::new(config);
    let severity = if lenient {
        Severity::Warning
    } else {
        Severity::Error
    };
    let rejected = import.rejected().iter().map(|row| row.to_finding(severity));
    let of_reader = rejected.chain(import.findings().iter().cloned());
    let mut found: Vec<Finding> = of_reader.filter_map(|f| config.judge(f)).collect();
    import.in_parallel(
        |record| {
            let of_reader = record.findings.iter().cloned();
            let mut found: Vec<Finding> = of_reader.filter_map(|f| config.judge(f)).collect();
            found.extend(validator.check(&record.agreement, &*record.origin));
            (record, found)
        },
        |(record, of_record)| {
            found.extend(of_record);
            dataset.add(&record.agreement, &record.origin);
        },
    );
    found.extend(dataset.finish());
    for finding in &mut found {
        finding
            .place
            .path
            .get_or_insert_with(|| import.summary().path.clone());
    }
    checked.inputs.push(Input::from(import.summary()));
    checked.findings.append(&mut found);
}

fn check_compact(validator: &Validator, checked: &mut Checked) -> Result<()> {
    let name = "built-in: fixtures/global-compact/agreements/a-res-73-195.json";
    let import = import::read_bytes(
        name,
        plenary::GLOBAL_COMPACT_JSON.as_bytes(),
        &Options::default(),
    )?;
    check(&import, validator, false, checked);
    Ok(())
}

/// The configuration of a run: the file, then what the command line says.
fn configuration(args: &Args) -> Result<Config> {
    let file = match &args.config {
        Some(path) => Some(path.clone()),
        None => args.paths.iter().find_map(|path| beside(path)),
    };
    let mut config = match file {
        Some(path) => read_configuration(&path)?,
        None => Config::default(),
    };
    if let Some(today) = today() {
        config = config.on(today);
    }
    if !args.select.is_empty() {
        config = config.select(args.select.iter().map(String::as_str))?;
    }
    config = config.ignore(args.ignore.iter().map(String::as_str))?;
    for setting in &args.severity {
        if let Some((check, level)) = setting.split_once('=') {
            config = config.with_severity(check, level_of(level)?)?;
        }
    }
    Ok(config)
}

/// The day in the calendar of Greenwich; `None` when the clock is before 1970.
fn today() -> Option<NaiveDate> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    let seconds = i64::try_from(since.as_secs()).ok()?;
    DateTime::from_timestamp(seconds, 0).map(|now| now.date_naive())
}

fn read_configuration(path: &Path) -> Result<Config> {
    let named =
        |error: &dyn std::fmt::Display| Failure::new(format!("{}: {error}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| named(&error))?;
    Config::from_toml(&text).map_err(|error| named(&error))
}

/// The `plenary.toml` beside the data, or in the nearest folder above that has one.
fn beside(path: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(path).ok()?;
    let folders = absolute.ancestors();
    folders
        .map(|folder| folder.join("plenary.toml"))
        .find(|file| file.is_file())
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
        Failure::new(format!("`{text}` is no level"))
            .with_help("levels are `note`, `warning` and `error`")
    })
}
