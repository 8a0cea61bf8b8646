//! `plenary show`: one agreement as a page, or all records of it.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use plenary::Account;
use plenary::import::{Options, Record};
use plenary::types::{Agreement, BodyId, Citation, NoOrigin, Origin, Scope, Series, Severity};
use plenary::validation::Validator;

use super::input;
use crate::exit::{Exit, Failure, Result};
use crate::output::{BOLD, DIM, Format, Output, many64, visible};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The agreement's symbol, such as A/RES/73/195 or "217 A (III)"
    symbol: String,
    /// The dataset folder or file that holds it; without one, the built-in Compact
    #[arg(short, long, value_name = "PATH")]
    dataset: Option<PathBuf>,
    /// The configuration; by default the plenary.toml beside the data or in a folder above it
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The form of the result; JSON is described in docs/schema/show.schema.json
    #[arg(long, default_value = "human")]
    format: Format,
}

impl Args {
    /// Whether stdout is to hold one JSON document.
    pub(super) fn prints_json(&self) -> bool {
        self.format == Format::Json
    }
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let Some(dataset) = &args.dataset else {
        let compact = plenary::global_compact()?;
        let wanted = Citation::new(&args.symbol);
        let numbered = resolution_number(&args.symbol)
            .is_some_and(|number| resolutions(&compact, number).next().is_some());
        if !is_called(&compact, &wanted) && !numbered {
            return Err(unknown(&args.symbol).with_help(
                "nearest: A/RES/73/195, the built-in Compact; \
                name the dataset or file that holds another agreement with --dataset PATH",
            ));
        }
        let validator = validator(args)?;
        let account = account(&compact, &NoOrigin, &validator);
        return print(&args.symbol, &[account], args.format, output);
    };
    let validator = validator(args)?;
    let records = find(&args.symbol, dataset, output)?;
    let accounts = records
        .iter()
        .map(|record| account(&record.agreement, &*record.origin, &validator));
    print(
        &args.symbol,
        &accounts.collect::<Vec<_>>(),
        args.format,
        output,
    )
}

/// The account of a record, with what `check` says of its decisions and of the configuration.
fn account<'a>(
    agreement: &'a Agreement,
    origin: &dyn Origin,
    validator: &Validator,
) -> Account<'a> {
    let mut account = Account::of(agreement, origin, validator);
    account.findings.extend(validator.undecided());
    account.findings.extend(validator.unknown_defaults());
    account
}

/// The run of the checks, by the configuration that governs the data.
fn validator(args: &Args) -> Result<Validator> {
    let settings = input::settings(args.config.as_deref(), &args.dataset)?;
    Ok(Validator::new(settings.config))
}

/// Prints the only record as it is, and several as a list that begins with their number.
fn print(symbol: &str, accounts: &[Account<'_>], format: Format, output: &Output) -> Result {
    match (format, accounts) {
        (Format::Json, [only]) => output.json(only)?,
        (Format::Json, several) => output.json(&several)?,
        (Format::Human, [only]) => page(only, output)?,
        (Format::Human, several) => pages(symbol, several, output)?,
    }
    let findings = accounts.iter().any(|a| exit(a) == Exit::Findings);
    Ok(if findings {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

/// One page after the other, each headed by its place and by what was decided in it.
fn pages(symbol: &str, accounts: &[Account<'_>], output: &Output) -> Result<()> {
    let mut out = output.stdout();
    let count = accounts.len();
    let symbol = visible(symbol);
    writeln!(
        out,
        "{BOLD}{count} records have the symbol {symbol}{BOLD:#}"
    )?;
    for (account, place) in accounts.iter().zip(1..) {
        let mut scopes: Vec<_> = account.decisions.iter().map(|d| scope(d.scope)).collect();
        scopes.dedup();
        let scopes = if scopes.is_empty() {
            String::new()
        } else {
            format!(": {}", scopes.join(", "))
        };
        writeln!(out, "\n{DIM}record {place} of {count}{scopes}{DIM:#}\n")?;
        out.write_all(crate::page::page(account).as_bytes())?;
    }
    Ok(out.flush()?)
}

const fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Whole => "the whole proposal",
        Scope::Paragraph => "a paragraph or another part",
        Scope::Amendment => "an amendment",
        Scope::Motion => "a motion",
        _ => "another question",
    }
}

/// How many symbols are suggested.
const SUGGESTIONS: usize = 3;

/// All records of that symbol; of a bare number those of the resolution with that number, where there is one only.
fn find(symbol: &str, dataset: &Path, output: &Output) -> Result<Vec<Record>> {
    let wanted = Citation::new(symbol);
    let import = input::read_whole(dataset, &Options::default().lenient(), output)?;
    let rejected = import.summary().rejected;
    if rejected > 0 {
        let rows = many64(rejected, "row");
        output.remark(&format!(
            "note: {rows} of the input could not be used: `plenary check` says which"
        ));
    }
    let mut nearest = Nearest::new(symbol);
    let mut found = Vec::new();
    let number = resolution_number(symbol);
    let (mut numbered, mut symbols) = (Vec::new(), BTreeSet::new());
    for record in import.records() {
        if is_called(&record.agreement, &wanted) {
            found.push(record);
        } else if found.is_empty() {
            documents(&record.agreement).for_each(|document| nearest.offer(document));
            let Some(number) = number else { continue };
            let others = symbols.len();
            let of_number = resolutions(&record.agreement, number);
            symbols.extend(of_number.map(|document| document.normal().to_owned()));
            // Those of several symbols are listed and not shown.
            if symbols.len() == 1 && resolutions(&record.agreement, number).next().is_some() {
                numbered.push(record);
            } else if symbols.len() > others {
                numbered.clear();
            }
        }
    }
    if found.is_empty() && symbols.len() == 1 {
        return Ok(numbered);
    }
    if found.is_empty() {
        let symbols: Vec<_> = symbols.iter().map(|symbol| visible(symbol)).collect();
        let near = nearest.symbols();
        let help = match (&*symbols, &*near) {
            ([_, ..], _) => format!("resolutions with this number: {}", listed(&symbols)),
            (_, []) => {
                "`plenary check PATH` says which format was read and how many records".to_owned()
            }
            (_, near) => format!("nearest: {}", near.join(", ")),
        };
        return Err(unknown(symbol).with_help(help));
    }
    Ok(found)
}

/// The first of several symbols.
fn listed(symbols: &[Cow<'_, str>]) -> String {
    const MOST: usize = 12;
    let shown = symbols.get(..MOST).unwrap_or(symbols).join(", ");
    match symbols.len().saturating_sub(MOST) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// The number of a resolution that is asked for without its body: `217`, `resolution 462`, `Res. 1325`.
fn resolution_number(text: &str) -> Option<u32> {
    let text = text.trim().to_ascii_lowercase();
    let number = ["resolution", "res.", "res"]
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .unwrap_or(&text)
        .trim();
    let figures = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    figures.then(|| number.parse().ok())?
}

/// The resolutions with a number among the symbols of an agreement.
fn resolutions(agreement: &Agreement, number: u32) -> impl Iterator<Item = &Citation> {
    documents(agreement).filter(move |document| {
        let of_council = council(document).map(|(number, _)| number);
        let symbol = document.symbol();
        let of_series = symbol.filter(|symbol| symbol.series() == Series::Resolution);
        of_council.or_else(|| of_series?.number()) == Some(number)
    })
}

fn unknown(symbol: &str) -> Failure {
    Failure::new(format!("no agreement has the symbol `{}`", visible(symbol)))
}

/// The symbols that are nearest to one that is not there.
struct Nearest {
    wanted: String,
    /// How far they are, and the symbols.
    found: Vec<(usize, String)>,
}

impl Nearest {
    fn new(wanted: &str) -> Self {
        Self {
            wanted: plain(Citation::new(wanted).normal()),
            found: Vec::new(),
        }
    }

    fn offer(&mut self, document: &Citation) {
        let symbol = document.normal();
        let mut other = plain(symbol);
        // Where no year was asked for, `S/RES/242(1967)` is as near as its number.
        if !self.wanted.contains('(') {
            other.truncate(other.find('(').unwrap_or(other.len()));
        }
        let length = self.wanted.chars().count();
        let most = (length / 2).max(2);
        if other.chars().count().abs_diff(length) > most {
            return;
        }
        let apart = strsim::damerau_levenshtein(&self.wanted, &other);
        let worst = self
            .found
            .last()
            .filter(|_| self.found.len() == SUGGESTIONS);
        if apart > most || worst.is_some_and(|(other, _)| *other <= apart) {
            return;
        }
        if !self.found.iter().any(|(_, known)| known == symbol) {
            self.found.push((apart, symbol.to_owned()));
            self.found.sort();
            self.found.truncate(SUGGESTIONS);
        }
    }

    fn symbols(&self) -> Vec<String> {
        let symbols = self.found.iter();
        symbols
            .map(|(_, symbol)| visible(symbol).into_owned())
            .collect()
    }
}

/// The capitals, figures and strokes of a symbol.
fn plain(symbol: &str) -> String {
    let letters = symbol.chars().filter(|c| !c.is_whitespace());
    letters.take(LONGEST).flat_map(char::to_uppercase).collect()
}

/// Letters of a symbol that are compared at most.
const LONGEST: usize = 60;

/// Whether an agreement, or a decision or draft of it, has the symbol.
fn is_called(agreement: &Agreement, wanted: &Citation) -> bool {
    documents(agreement)
        .any(|document| document == wanted || council_number(document, wanted).is_some())
}

/// The symbols of an agreement and of its decisions and drafts.
fn documents(agreement: &Agreement) -> impl Iterator<Item = &Citation> {
    let decisions = agreement.decisions();
    let of_decisions = decisions.flat_map(|(_, d)| d.symbol.iter().chain(&d.drafts));
    agreement.symbols.iter().chain(of_decisions)
}

/// The number of the Security Council's resolution that two texts cite, one of them without its year. Those resolutions are
/// numbered through, so that the number says which is meant.
fn council_number(one: &Citation, other: &Citation) -> Option<u32> {
    let ((number, year), (same, other_year)) = (council(one)?, council(other)?);
    (number == same && (year.is_none() || other_year.is_none())).then_some(number)
}

fn council(citation: &Citation) -> Option<(u32, Option<u16>)> {
    if let Some(symbol) = citation.symbol() {
        let resolution =
            symbol.body() == Some(BodyId::UNSC) && symbol.series() == Series::Resolution;
        return resolution.then(|| symbol.number().map(|n| (n, symbol.year())))?;
    }
    let text = plain(citation.as_str());
    let number = text.strip_prefix("S/RES/")?;
    let figures = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    figures.then(|| number.parse().ok())?.map(|n| (n, None))
}

/// Prints the page of an agreement.
pub(crate) fn page(account: &Account<'_>, output: &Output) -> Result<()> {
    let mut out = output.stdout();
    out.write_all(crate::page::page(account).as_bytes())?;
    Ok(out.flush()?)
}

/// How a command ends that has shown this.
pub(crate) fn exit(account: &Account<'_>) -> Exit {
    let contradicted = account.claim_counts().contradicted;
    let error = account
        .findings
        .iter()
        .any(|f| f.severity == Severity::Error);
    if error || contradicted > 0 {
        Exit::Findings
    } else {
        Exit::Clean
    }
}
