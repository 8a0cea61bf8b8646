//! `plenary cite`: how to cite plenary, a source, a dataset, or a figure or table.

use std::path::{Path, PathBuf};

use plenary::import::citation::CitationStyle;
use plenary::import::file_and_table;

use super::destination;
use super::selecting::words;
use crate::exit::{Exit, Result};
use crate::output::Output;

#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Args {
    /// A dataset folder, a file of a known format, a figure or table that plenary wrote, or the name of a format or of a source; without it,
    /// plenary itself
    #[arg(value_name = "WHAT")]
    what: Option<String>,
    /// How the citation is written
    #[arg(long = "as", value_name = "STYLE", default_value = "text", value_parser = words::<CitationStyle>(STYLES))]
    style: CitationStyle,
    /// Write to a file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

const STYLES: &[(&str, &str)] = &[
    ("text", "In words, one line for each work"),
    ("bibtex", "Entries for BibTeX"),
    ("cff", "A file CITATION.cff"),
];

const AFTER: &str = "\
What no source that was read confirms is marked unverified: check it before you publish.

  plenary cite votes.csv
  plenary cite un/ --as bibtex -o un.bib
  plenary cite voeten --as cff";

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let path = args.output.as_deref();
    destination::check(path)?;
    let what = args.what.as_deref();
    if let Some(input) = what.map(|what| file_and_table(Path::new(what)).0)
        && input.is_file()
    {
        destination::reading(&input)?;
    }
    let cited = plenary::cite(what)?;
    output.remark(&format!("the citation rests on {}", cited.basis));
    destination::write_text(path, output, |out| {
        Ok(out.write_all(cited.write(args.style).as_bytes())?)
    })?;
    Ok(Exit::Clean)
}
