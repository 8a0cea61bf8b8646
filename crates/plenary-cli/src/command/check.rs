//! `plenary check`: recognise, import, validate.

use std::path::{Path, PathBuf};

use plenary::import::{self, Import, Options};
use plenary::types::{Finding, Severity};
use plenary::validation::{Config, ConfigError, DatasetChecker, Validator, explained_by};

use super::{configuration, input};
use crate::exit::{Exit, Failure, Result};
use crate::findings::{self, Bundle, Checked, Extent, Format, Found, Unusable};
use crate::fix;
use crate::output::Output;

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
    /// Print at most so many findings, the weightiest; all are counted
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
    /// Write a copy of each table (NAME.fixed.csv) with votes, symbols and whole numbers written as usual; no vote, state
    /// or total is changed
    #[arg(long)]
    fix: bool,
    /// With --fix: change the file itself
    #[arg(long, requires = "fix")]
    in_place: bool,
}

/// What governs a run: the file of the configuration, what it and the command line say, and the lowest level.
struct Governed {
    file: Option<PathBuf>,
    config: Config,
    least: Severity,
}

fn govern(args: &Args, output: &Output) -> std::result::Result<Governed, (PathBuf, Failure)> {
    let of_arguments = || PathBuf::from("command line");
    let named = || args.config.clone().unwrap_or_else(of_arguments);
    let file = configuration::file(args.config.as_deref(), &args.paths)
        .map_err(|failure| (named(), failure))?;
    let place = || file.clone().unwrap_or_else(of_arguments);
    let config =
        configuration(args, file.as_deref(), output).map_err(|failure| (place(), failure))?;
    let least = least(&args.severity).map_err(|failure| (of_arguments(), failure))?;
    Ok(Governed {
        file,
        config,
        least,
    })
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let Governed {
        file,
        config,
        least,
    } = match govern(args, output) {
        Ok(governed) => governed,
        Err((place, failure)) if args.format.is_document() => {
            return unusable(&place, &failure, args.format, output);
        }
        Err((_, failure)) => return Err(failure),
    };
    let validator = Validator::new(config);
    let mut checked = Checked {
        findings: Found::at_least(least),
        ..Checked::default()
    };
    let mut dataset = DatasetChecker::new(&validator);
    if args.paths.is_empty() {
        check_compact(&validator, &mut dataset, &mut checked)?;
    }
    let mut tables = Vec::new();
    let mut last: Option<Import> = None;
    for path in &args.paths {
        match import(path, args, output) {
            Ok(import) => {
                check(
                    &import,
                    &validator,
                    args.lenient,
                    &mut dataset,
                    &mut checked,
                );
                tables.push((path, import.summary().format));
                // A table is tens of thousands of pieces: one makes room for the next, and nothing waits for that.
                if let Some(before) = last.replace(import) {
                    rayon::spawn(move || drop(before));
                }
            }
            Err(failure) => {
                output.error(&failure);
                checked.unusable.push(Unusable::new(path, &failure));
            }
        }
    }
    judge_dataset(dataset, &mut checked);
    conclude(&validator, file.as_deref(), least, &mut checked);
    let extent = Extent {
        most: args.max_findings,
        all: args.all,
    };
    findings::print(&checked, args.format, extent, output)?;
    let mut usable = checked.unusable.is_empty();
    for (path, format) in tables.into_iter().filter(|_| args.fix) {
        usable &= fix(path, format, args, output)?;
    }
    let exit = match (usable, checked.counts.errors) {
        (false, _) => Exit::Unusable,
        (_, 0) => Exit::Clean,
        _ => Exit::Findings,
    };
    // The process ends here: its findings and its last table need not be freed one by one.
    std::mem::forget((checked, last));
    Ok(exit)
}

/// Says in the form that was asked for, and on stderr, why nothing was checked.
fn unusable(place: &Path, failure: &Failure, format: Format, output: &Output) -> Result {
    output.error(failure);
    let checked = Checked {
        unusable: vec![Unusable::new(place, failure)],
        ..Checked::default()
    };
    let extent = Extent {
        most: None,
        all: false,
    };
    findings::print(&checked, format, extent, output)?;
    Ok(Exit::Unusable)
}

/// Adds the waivers of this configuration that nothing needed, and counts what is not below the level that is asked for.
fn conclude(validator: &Validator, file: Option<&Path>, least: Severity, checked: &mut Checked) {
    let mut of_configuration = validator.idle_waivers();
    of_configuration.extend(validator.unknown_defaults());
    for finding in &mut of_configuration {
        finding.place.path = file.map(configuration::shown).or(finding.place.path.take());
    }
    checked.findings.take(&mut of_configuration);
    checked.decisions = validator.decision_counts();
    checked.waived = validator.waived();
    let waived = &mut checked.waived;
    waived.retain(|waived| waived.finding.severity >= least);
    checked.counts = checked.findings.counts();
    checked.counts.waived = checked.waived.len();
}

/// Mends what can be mended and says so on stderr: the result itself is of the file as it was. Whether it could be done.
fn fix(path: &Path, format: import::Format, args: &Args, output: &Output) -> Result<bool> {
    let mapping = args.mapping.as_deref().map(input::mapping).transpose()?;
    match fix::fix(path, format, mapping.as_ref(), args.in_place) {
        Ok(fixed) => fixed.tell(path, &mut std::io::stderr())?,
        Err(failure) => {
            output.error(&failure);
            return Ok(false);
        }
    }
    Ok(true)
}

fn import(path: &Path, args: &Args, output: &Output) -> Result<Import> {
    let mut options = Options::default();
    options.lenient = args.lenient;
    if let Some(path) = &args.mapping {
        options = options.with_mapping(input::mapping(path)?);
    }
    input::read(path, &options, output)
}

/// Checks every record of an input, and shows each to the checks of the dataset.
fn check(
    import: &Import,
    validator: &Validator,
    lenient: bool,
    dataset: &mut DatasetChecker<'_>,
    checked: &mut Checked,
) {
    let severity = if lenient {
        Severity::Warning
    } else {
        Severity::Error
    };
    let rejected = import.rejected().iter().map(|row| row.to_finding(severity));
    let of_reader = rejected.chain(import.findings().iter().cloned());
    let path = &import.summary().path;
    let all = &mut checked.findings;
    all.take(&mut at(path, judged(validator, of_reader)));
    let least = all.least();
    import.in_parallel(
        |record| {
            let mut found = judged(validator, record.findings.iter().cloned());
            found.extend(validator.check_read(
                &record.agreement,
                &*record.origin,
                &record.findings,
            ));
            (record, Bundle::new(at(path, found), least))
        },
        |(record, of_record)| {
            all.append(&of_record);
            dataset.add(&record.agreement, &record.origin);
            (record, of_record)
        },
    );
    all.take(&mut at(path, validator.undecided()));
    checked.inputs.push(import.summary().clone());
}

/// What all the inputs together show. What is said of no place in particular is said of the only input.
fn judge_dataset(dataset: DatasetChecker<'_>, checked: &mut Checked) {
    let mut found = dataset.finish();
    if let [input] = checked.inputs.as_slice() {
        found = at(&input.path, found);
    }
    let explained: Vec<_> = found
        .iter()
        .flat_map(|f| explained_by(&f.check).iter().copied())
        .collect();
    checked.findings.leave_out(explained);
    checked.findings.take(&mut found);
}

/// Findings in this file, where they do not say in which.
fn at(path: &str, mut findings: Vec<Finding>) -> Vec<Finding> {
    for finding in &mut findings {
        let own = &mut finding.place.path;
        own.get_or_insert_with(|| path.to_owned());
    }
    findings
}

/// Findings as the configuration has them: without those that it leaves out or waives.
fn judged(validator: &Validator, findings: impl Iterator<Item = Finding>) -> Vec<Finding> {
    findings
        .filter_map(|finding| validator.judge(finding))
        .collect()
}

fn check_compact(
    validator: &Validator,
    dataset: &mut DatasetChecker<'_>,
    checked: &mut Checked,
) -> Result<()> {
    let name = "built-in: fixtures/global-compact/agreements/a-res-73-195.json";
    let import = import::read_bytes(
        name,
        plenary::GLOBAL_COMPACT_JSON.as_bytes(),
        &Options::default(),
    )?;
    check(&import, validator, false, dataset, checked);
    Ok(())
}

/// The configuration of a run: the file, then what the command line says.
fn configuration(args: &Args, file: Option<&Path>, output: &Output) -> Result<Config> {
    let mut config = match file {
        Some(path) => configuration::read(path)?,
        None => Config::default(),
    };
    match input::today() {
        Ok(today) => config = config.on(today),
        Err(failure) => output.warn(&format!("{failure}; no waiver expires")),
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
    Ok(config)
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
        Failure::new(format!("`{text}` is no level"))
            .with_help("levels are `note`, `warning` and `error`")
    })
}
