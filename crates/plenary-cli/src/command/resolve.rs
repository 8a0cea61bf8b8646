//! `plenary resolve`: from names and codes to states.

use std::fmt::Display;
use std::io::{self, BufRead, Write};

use plenary::types::Date;
use plenary::{Answer, Candidate, NameSystem, ResolveSettings, Resolved, resolve};

use crate::exit::{Exit, Result};
use crate::output::{BOLD, DIM, Format, GOOD, Output, PLAIN, WARNING, line};

#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Args {
    /// The names; one a line on standard input when there is none
    names: Vec<String>,
    /// The date on which the states are meant: YYYY-MM-DD, YYYY-MM or YYYY
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// The codes to answer with
    #[arg(long, value_name = "SYSTEM", default_value = "iso3")]
    to: Answer,
    /// What the input is: `any` is a name, or else a three-letter code in capitals
    #[arg(long, value_name = "SYSTEM", default_value = "any")]
    from: NameSystem,
    /// Each input is a list of names in prose, such as the sponsors of a draft
    #[arg(long)]
    split: bool,
    /// Output format; `json` is one object a line
    #[arg(long, default_value = "human")]
    pub(super) format: Format,
}

const AFTER_HELP: &str = "\
Systems: iso2, iso3, numeric, iso3166-3, m49, cow, cow-letters, gw, undl; also `name`.
A missing value such as NA is never a state, unless --from iso2 says that it is Namibia's code.

Exit codes: 0 all names are known, 1 a name is unknown or may mean several, 2 unusable arguments.";

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let mut settings = ResolveSettings::default();
    settings.on = args.on;
    settings.from = args.from;
    settings.to = args.to;
    settings.split = args.split;
    let mut out = output.stdout();
    let mut all_known = true;
    let mut answer = |input: &str, out: &mut dyn Write| {
        for resolved in resolve(input, &settings) {
            all_known &= resolved.is_known();
            print(&resolved, args.format, out)?;
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

fn print(answer: &Resolved<'_>, format: Format, out: &mut dyn Write) -> Result<()> {
    match format {
        Format::Json => {
            serde_json::to_writer(&mut *out, answer).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        Format::Human => human(answer, out)?,
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
