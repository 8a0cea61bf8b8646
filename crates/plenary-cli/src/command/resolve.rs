//! `plenary resolve`: from names and codes to states, one by one or a column of a table.

use std::fmt::Display;
use std::io::{self, BufRead, Write};
use std::path::PathBuf;

use clap::builder::TypedValueParser;
use plenary::import::Encoding;
use plenary::types::{BodyId, Date};
use plenary::{
    Answer, Candidate, Input, NameSystem, ResolveSettings, ResolveTableSettings, Resolved,
    YearReading, resolve,
};

use super::destination;
use super::input::{DateArgs, ReferenceArgs};
use super::resolve_report;
use super::results::{ResultArgs, TableFormat, Target};
use super::selecting::words;
use crate::exit::{Exit, Failure, Result};
use crate::output::{BOLD, DIM, GOOD, Output, PLAIN, WARNING, line, warn_all};

#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Args {
    /// The names; one a line on standard input when there is none
    #[arg(conflicts_with = "csv")]
    names: Vec<String>,
    /// The date on which the states are meant: YYYY-MM-DD, YYYY-MM or YYYY; with --date-column that of the rows without one
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// The codes to answer with; several with --csv
    #[arg(
        long,
        value_name = "SYSTEM,…",
        default_value = "iso3",
        value_delimiter = ','
    )]
    to: Vec<Answer>,
    /// What the input is: `any` is a name, or else a three-letter code in capitals
    #[arg(long, value_name = "SYSTEM", default_value = "any")]
    from: NameSystem,
    /// Each input is a list of names in prose, such as the sponsors of a draft
    #[arg(long, conflicts_with = "csv")]
    split: bool,
    #[command(flatten)]
    table: TableArgs,
    #[command(flatten)]
    pub(super) results: ResultArgs,
}

/// A table of which a column is resolved.
#[derive(clap::Args)]
#[command(next_help_heading = "Tables")]
struct TableArgs {
    /// Add codes to a table: CSV in any encoding, a spreadsheet, Parquet, Stata or any other table; FILE#TABLE names one of several,
    /// `-` is the standard input
    #[arg(long, value_name = "FILE", requires = "column")]
    csv: Option<PathBuf>,
    /// The column of names or codes
    #[arg(long, value_name = "HEADING", requires = "csv")]
    column: Option<String>,
    /// The column of days, months or years on which they are meant
    #[arg(long, value_name = "HEADING", requires = "csv")]
    date_column: Option<String>,
    /// Which day of a year or a month counts
    #[arg(
        long,
        value_name = "WHICH",
        default_value = "whole",
        value_parser = year_as(),
        requires = "csv"
    )]
    year_as: YearReading,
    /// What the names of the added columns begin with
    #[arg(long, value_name = "TEXT", default_value = "", requires = "csv")]
    prefix: String,
    /// The body whose seats the column `seat` is about (see `plenary bodies`); without it, unga
    #[arg(long, value_name = "BODY", requires = "csv")]
    body: Option<BodyId>,
    /// How lines are encoded that are not UTF-8: windows-1252, latin-1 or mac-roman; without it, windows-1252
    #[arg(long, value_name = "ENCODING", requires = "csv")]
    encoding: Option<Encoding>,
    /// Leave out rows that cannot be taken apart
    #[arg(long, requires = "csv")]
    lenient: bool,
    #[command(flatten)]
    dates: DateArgs,
    #[command(flatten)]
    reference: ReferenceArgs,
}

/// Which day of a year or a month counts; `--year-as`.
fn year_as() -> impl TypedValueParser<Value = YearReading> {
    words(&[
        (
            "whole",
            "All of them: what changes within it is not certain",
        ),
        ("first-day", "The first"),
        ("last-day", "The last"),
    ])
}

const AFTER_HELP: &str = "\
Systems: iso2, iso3, numeric, iso3166-3, m49, cow, cow-letters, gw, undl; also `name`.
A missing value such as NA is never a state, unless --from iso2 says that it is Namibia's code.

With --csv the table keeps its rows and columns, and gets one column for each system of --to, then `match` (exact, alias, folded; \
ambiguous, changes-within, not-existing-then, unknown, missing, no-date, unreadable-date), `kind` (state, territory, organisation) and \
`seat`. A row that is not certain has no code. What did not match, and keys that are one state, are listed on stderr.

  plenary resolve --csv panel.csv --column ccode --date-column year --from cow --to iso3,name

Without --csv the format `json` is one object a line.

Exit codes: 0 all names or rows are known, 1 one is unknown or may mean several, 2 unusable arguments or table.";

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    if let Some(path) = &args.table.csv {
        return table(path, args, output);
    }
    let [to] = args.to[..] else {
        let failure = Failure::new("several systems for one answer");
        return Err(failure.with_help("name one system, or give a table with --csv"));
    };
    let Some(as_json) = args.results.as_json() else {
        let failure = Failure::new("names are answered as text or as JSON");
        let help = "use --format human or json, without --output; tables are given with --csv";
        return Err(failure.with_help(help));
    };
    let mut settings = ResolveSettings::default();
    settings.on = args.on;
    settings.from = args.from;
    settings.to = to;
    settings.split = args.split;
    let mut out = output.stdout();
    let mut all_known = true;
    let mut answer = |input: &str, out: &mut dyn Write| {
        for resolved in resolve(input, &settings) {
            all_known &= resolved.is_known();
            print(&resolved, as_json, out)?;
        }
        Ok(())
    };
    if args.names.is_empty() {
        each_line(&mut out, &mut answer)?;
    }
    for name in &args.names {
        answer(name, &mut out)?;
    }
    out.flush()?;
    Ok(if all_known {
        Exit::Clean
    } else {
        Exit::Findings
    })
}

/// Adds codes to a table.
fn table(path: &std::path::Path, args: &Args, output: &Output) -> Result {
    destination::reading(&plenary::import::file_and_table(path).0)?;
    let target = Target::new(&args.results, TableFormat::Csv, &[])?;
    let of = &args.table;
    let mut settings = ResolveTableSettings::default();
    settings.reference = of.reference.reference()?;
    settings.column = of.column.clone().unwrap_or_default();
    settings.date_column.clone_from(&of.date_column);
    settings.on = args.on;
    settings.year_as = of.year_as;
    settings.from = args.from;
    settings.to.clone_from(&args.to);
    settings.prefix.clone_from(&of.prefix);
    settings.body.clone_from(&of.body);
    settings.dates.clone_from(&of.dates.form);
    settings.encoding = of.encoding;
    settings.lenient = of.lenient;
    let found = plenary::resolve_table(&Input::from(path), &settings)?;
    warn_all(&found.warnings, output);
    target.write(&found.table, "resolved", &found, output)?;
    resolve_report::print(&found, output);
    Ok(match found.report.unmatched + found.report.left_out {
        0 => Exit::Clean,
        _ => Exit::Findings,
    })
}

/// Hands on the lines of standard input as they come, and lets the answers out whenever it has to wait for
/// more. A byte that is no UTF-8 spoils its line only.
fn each_line(
    out: &mut dyn Write,
    mut take: impl FnMut(&str, &mut dyn Write) -> Result<()>,
) -> Result<()> {
    let mut input = io::BufReader::new(io::stdin().lock());
    let mut line = Vec::new();
    let mut first = true;
    while input.read_until(b'\n', &mut line)? > 0 {
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_end_matches(['\n', '\r']);
        take(
            if first {
                text.trim_start_matches('\u{feff}')
            } else {
                text
            },
            out,
        )?;
        if input.buffer().is_empty() {
            out.flush()?;
        }
        first = false;
        line.clear();
    }
    Ok(())
}

fn print(answer: &Resolved<'_>, as_json: bool, out: &mut dyn Write) -> Result<()> {
    match as_json {
        true => {
            serde_json::to_writer(&mut *out, answer).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        false => human(answer, out)?,
    }
    Ok(())
}

fn human(answer: &Resolved<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Resolved { input, how, .. } = answer;
    let input: (_, &dyn Display) = (PLAIN, &format!(" {input} "));
    match (&answer.code, answer.entity) {
        (Some(code), Some(entity)) => {
            let why = format!("({how}: {entity})");
            line(out, &[(GOOD, &format!("{code:<4}")), input, (DIM, &why)])
        }
        (None, Some(entity)) => {
            let why = format!("({how}: {entity}, which has no such code)");
            line(out, &[(WARNING, &"-"), (PLAIN, &"   "), input, (DIM, &why)])
        }
        _ => {
            let why = format!("({how})");
            line(out, &[(WARNING, &"?"), (PLAIN, &"   "), input, (DIM, &why)])?;
            for Candidate { code, why, .. } in &answer.candidates {
                let why = format!(" {why}");
                line(out, &[(PLAIN, &"       "), (BOLD, code), (PLAIN, &why)])?;
            }
            Ok(())
        }
    }
}
