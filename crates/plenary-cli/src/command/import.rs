//! `plenary import`: files to a dataset folder.

use std::io::Write;
use std::path::PathBuf;

use plenary::import::{self, DatasetInfo, Import, Options};
use plenary::types::Source;

use super::input;
use crate::exit::{Exit, Failure, Result};
use crate::output::{Format, Output};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Files and dataset folders, in any of the known formats
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// The folder to write: complete or absent
    #[arg(short, long, value_name = "DATASET")]
    output: PathBuf,
    /// How to read tables of no known format: a mapping file
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// Go on after rows that cannot be used; each is reported
    #[arg(long)]
    lenient: bool,
    /// The form of the account
    #[arg(long, default_value = "human")]
    format: Format,
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let mut options = Options::default();
    options.lenient = args.lenient;
    if let Some(path) = &args.mapping {
        options = options.with_mapping(input::mapping(path)?);
    }
    let mut imports = Vec::new();
    for path in &args.paths {
        imports.push(input::read(path, &options, output)?);
    }
    account(&imports, args, output)?;
    let rejected: u64 = imports.iter().map(|import| import.summary().rejected).sum();
    if rejected > 0 && !args.lenient {
        return Err(
            Failure::new(format!("{rejected} rows rejected; nothing was written"))
                .with_help("mend these rows, or use --lenient to go on without them"),
        );
    }
    let agreements = imports.iter().flat_map(|import| import.records());
    import::write_dataset(
        &args.output,
        &info(args, &imports),
        agreements.map(|record| record.agreement),
    )
    .map_err(|error| {
        let help = error.help();
        Failure::from(error).with_help(help)
    })?;
    Ok(Exit::Clean)
}

/// The name of the dataset is that of its folder; its sources are the inputs.
fn info(args: &Args, imports: &[Import]) -> DatasetInfo {
    let folder = args
        .output
        .file_name()
        .unwrap_or_default()
        .to_string_lossy();
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '-'
        }
    };
    let source = |import: &Import| Source {
        title: format!("{} ({})", import.summary().path, import.summary().format),
        ..Source::default()
    };
    DatasetInfo {
        name: folder.chars().map(plain).collect(),
        title: None,
        sources: imports.iter().map(source).collect(),
    }
}

fn account(imports: &[Import], args: &Args, output: &Output) -> Result<()> {
    if args.format == Format::Json {
        let summaries: Vec<_> = imports.iter().map(Import::summary).collect();
        let rejected: Vec<_> = imports
            .iter()
            .flat_map(|import| import.rejected())
            .map(|row| row.to_finding(plenary::types::Severity::Warning))
            .collect();
        return output.json(&serde_json::json!({
            "output": args.output.display().to_string(),
            "inputs": summaries,
            "rejected": rejected,
        }));
    }
    let mut out = output.stdout();
    for import in imports {
        let account = import.summary();
        writeln!(
            out,
            "{}: {} ({}), {} rows: {} used, {} rejected; {} records, {} ballots",
            account.path,
            account.format,
            account.why,
            account.rows,
            account.used,
            account.rejected,
            account.records,
            account.ballots,
        )?;
        for row in import.rejected() {
            writeln!(out, "  rejected: {row}; {}", row.help)?;
        }
        for finding in import.findings() {
            writeln!(out, "  {}: {}", finding.severity, finding.message)?;
        }
    }
    Ok(())
}
