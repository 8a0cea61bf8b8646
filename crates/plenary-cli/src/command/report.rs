//! `plenary report`: a page of a record, to send to a colleague or to print.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use plenary::{Account, Input, ReportSettings, ReportedPage};
use plenary_report::{Browser, Drawing, ReportError, ReportOptions, Templates};

use super::input::{Progress, ReadingArgs};
use super::{destination, show};
use crate::exit::{Exit, Failure, Result};
use crate::output::{Output, warn_all};

#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Args {
    /// What the page is about: a symbol, title, identifier or number of an agreement; a file with one; a dataset or a file with several
    #[arg(value_name = "WHAT")]
    what: String,
    /// The dataset folder or file that holds the symbol; without one, the built-in Compact
    #[arg(short, long, value_name = "PATH")]
    dataset: Option<PathBuf>,
    /// Write to a file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The form of the page; without it, the one that the name of the file asks for
    #[arg(long)]
    format: Option<Form>,
    /// A folder with templates, a style sheet, a script or texts in place of those that come with plenary
    #[arg(long, value_name = "DIR")]
    template: Option<PathBuf>,
    /// What to leave out of the page of a dataset: estimating ideal points takes most of the time
    #[arg(long, value_name = "PART", value_delimiter = ',')]
    without: Vec<Part>,
    /// Show at most N findings of a dataset, most severe first; all are counted
    #[arg(long, value_name = "N", default_value_t = ReportSettings::default().most_findings)]
    limit: usize,
    /// In the CSV files of the page, put an apostrophe before what a spreadsheet would take for a formula
    #[arg(long)]
    escape_formulas: bool,
    /// The browser that draws a PDF or a PNG; without it, the first Chromium, Chrome or Edge that is installed
    #[arg(long, value_name = "PROGRAM")]
    browser: Option<PathBuf>,
    #[command(flatten)]
    reading: ReadingArgs,
}

const AFTER: &str = "\
The page is one file: it needs no network, prints, and works without scripts except for sorting and filtering.

  plenary report A/RES/73/195 -o compact.html
  plenary report A/RES/66/253 --dataset un/ -o vote.html
  plenary report council.txt -o vote.pdf
  plenary report un/ -o un.html --without ideal

Exit codes: 0 clean, 1 findings at error level or a contradicted claim, 2 unusable input or arguments.";

/// A part of the page of a dataset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Ideal points over time
    Ideal,
}

/// The form of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// One file of HTML
    Html,
    /// A PDF, drawn by an installed browser (with --output)
    Pdf,
    /// A picture, drawn by an installed browser (with --output)
    Png,
}

impl Form {
    /// The form that the ending of a file asks for.
    fn of_file(path: &Path) -> Option<Self> {
        Self::from_str(path.extension()?.to_str()?, true).ok()
    }

    const fn drawing(self) -> Option<Drawing> {
        match self {
            Self::Html => None,
            Self::Pdf => Some(Drawing::Pdf),
            Self::Png => Some(Drawing::Png),
        }
    }
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let path = args.output.as_deref();
    let form = args.format.or_else(|| path.and_then(Form::of_file));
    let drawing = form.and_then(Form::drawing);
    if drawing.is_some() && path.is_none() {
        return Err(Failure::new("a PDF or a picture needs a file").with_help("add --output FILE"));
    }
    let browser = match drawing {
        Some(form) => Some((browser(args)?, form)),
        None => None,
    };
    destination::check(path)?;
    let mut options = ReportOptions::default();
    if let Some(folder) = &args.template {
        destination::reading(folder)?;
        options.templates = Templates::with_folder(folder).map_err(|error| failed(&error))?;
    }
    options.escape_formulas = args.escape_formulas;
    let (found, exit) = found(args, output)?;
    let html = plenary_report::html(&found, &options).map_err(|error| failed(&error))?;
    let bytes = match browser {
        Some((browser, form)) => browser.draw(&html, form).map_err(|error| failed(&error))?,
        None => html.into_bytes(),
    };
    destination::write(path, output, |out| Ok(out.write_all(&bytes)?))?;
    Ok(exit)
}

/// The browser that draws.
fn browser(args: &Args) -> Result<Browser> {
    let found = args.browser.clone().map(Browser::at).or_else(Browser::find);
    found.ok_or_else(|| {
        Failure::new("no browser is installed that draws a PDF or a picture").with_help(
            "install Chromium or Chrome, name its program with --browser, or write the page as HTML and print it from any browser",
        )
    })
}

fn failed(error: &ReportError) -> Failure {
    let failure = Failure::new(error.to_string());
    match error.help() {
        Some(help) => failure.with_help(help),
        None => failure,
    }
}

/// What the page is about, and how clean it is.
fn found(args: &Args, output: &Output) -> Result<(plenary::Reported, Exit)> {
    let (input, symbol) = match &args.dataset {
        Some(dataset) => (Some(dataset.as_path()), Some(args.what.clone())),
        None if show::names_an_input(&args.what) => (Some(Path::new(&args.what)), None),
        None => (None, Some(args.what.clone())),
    };
    if let Some(path) = input {
        destination::reading(path)?;
    }
    let progress = Progress::new(output);
    let mut settings = ReportSettings::default();
    settings.reading = args.reading.settings(input, &progress)?;
    settings.symbol = symbol;
    settings.most_findings = args.limit;
    settings.with_ideal = !args.without.contains(&Part::Ideal);
    let read = input.map_or_else(Input::compact, Input::from);
    let reported = progress.cleared(|| plenary::report(read, &settings))?;
    warn_all(&reported.warnings, output);
    show::warn_of_rejected(&reported.input, output);
    let is_clean = match &reported.page {
        ReportedPage::Agreements(found) if !found.accounts.is_empty() => {
            found.accounts.iter().all(Account::is_clean)
        }
        ReportedPage::Agreements(found) => {
            return Err(show::unknown_symbol(
                &args.what,
                args.dataset.is_some(),
                found,
            ));
        }
        ReportedPage::Dataset(page) => page.checked.errors == 0,
        _ => true,
    };
    let exit = match is_clean {
        true => Exit::Clean,
        false => Exit::Findings,
    };
    Ok((reported, exit))
}
