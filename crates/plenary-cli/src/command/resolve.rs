//! `plenary resolve`: from names and codes to states.

use std::fmt::Display;
use std::io::{self, BufRead, Write};

use plenary::states::{CodeSystem, Resolution, Resolver, entity, name_on, split_names};
use plenary::types::{Date, StateCode};
use serde::Serialize;

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
    to: Target,
    /// What the input is: `any` is a name, or else a three-letter code in capitals
    #[arg(long, value_name = "SYSTEM", default_value = "any")]
    from: Source,
    /// Each input is a list of names in prose, such as the sponsors of a draft
    #[arg(long)]
    split: bool,
    /// The form of the result; `json` is one object a line
    #[arg(long, default_value = "human")]
    format: Format,
}

const AFTER_HELP: &str = "\
Systems: iso2, iso3, numeric, iso3166-3, m49, cow, cow-letters, gw, undl; also `name`.
A missing value such as NA is never a state, unless --from iso2 says that it is Namibia's code.

Exit codes: 0 all names are known, 1 a name is unknown or may mean several, 2 unusable arguments.";

#[derive(Clone, Copy)]
enum Target {
    Name,
    Code(CodeSystem),
}

#[derive(Clone, Copy)]
enum Source {
    Any,
    Name,
    Code(CodeSystem),
}

impl std::str::FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
        match text {
            "name" => Ok(Self::Name),
            system => system
                .parse()
                .map(Self::Code)
                .map_err(|_| unknown_system(text, "name")),
        }
    }
}

impl std::str::FromStr for Source {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
        match text {
            "any" => Ok(Self::Any),
            "name" => Ok(Self::Name),
            system => system
                .parse()
                .map(Self::Code)
                .map_err(|_| unknown_system(text, "any, name")),
        }
    }
}

fn unknown_system(text: &str, words: &str) -> String {
    let systems = CodeSystem::ALL.map(CodeSystem::as_str).join(", ");
    format!("`{text}` is none of {words}, {systems}")
}

/// One answer, as it is written to JSON.
#[derive(Serialize)]
struct Answer<'a> {
    input: &'a str,
    code: Option<String>,
    entity: Option<&'static str>,
    how: &'static str,
    candidates: Vec<Reason>,
}

#[derive(Serialize)]
struct Reason {
    code: StateCode,
    why: String,
}

impl Args {
    /// Whether stdout is to hold one JSON document.
    pub(super) fn prints_json(&self) -> bool {
        self.format == Format::Json
    }
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let mut out = output.stdout();
    let mut all_known = true;
    if args.names.is_empty() {
        each_line(&mut out, |line, out| {
            all_known &= answer(line, args, out)?;
            Ok(())
        })?;
    }
    for name in &args.names {
        all_known &= answer(name, args, &mut out)?;
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
fn each_line<W: Write>(
    out: &mut W,
    mut take: impl FnMut(&str, &mut W) -> Result<()>,
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

/// Answers one input; whether every name in it means somebody. A blank line asks for nobody.
fn answer(input: &str, args: &Args, out: &mut impl Write) -> Result<bool> {
    if !args.split {
        return print(input, args, out);
    }
    let names = split_names(input, args.on.map(Date::latest));
    let mut all_known = true;
    for listed in names {
        all_known &= print(listed.text, args, out)?;
    }
    Ok(all_known)
}

fn print(input: &str, args: &Args, out: &mut impl Write) -> Result<bool> {
    let found = find(input, args);
    let known = found.code.is_some() || input.trim().is_empty();
    let answer = Answer {
        input,
        code: found.code.and_then(|code| converted(code, args)),
        entity: found.code.and_then(|code| name(code, args.on)),
        how: found.kind.as_str(),
        candidates: found
            .candidates
            .iter()
            .map(|c| Reason {
                code: c.code,
                why: c.reason.to_string(),
            })
            .collect(),
    };
    match args.format {
        Format::Json => {
            serde_json::to_writer(&mut *out, &answer).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        Format::Human => human(&answer, out)?,
    }
    Ok(known)
}

fn find(input: &str, args: &Args) -> Resolution {
    let on_last_day = Resolver::new().on(args.on.map(Date::latest));
    let resolver = match (args.from, args.on) {
        (Source::Any, Some(date)) => Resolver::new().names_or_codes().within(date),
        (Source::Any, None) => Resolver::new().names_or_codes(),
        (Source::Name, _) => on_last_day,
        (Source::Code(system), _) => on_last_day.codes(system),
    };
    resolver.explain(input)
}

fn converted(code: StateCode, args: &Args) -> Option<String> {
    let text = match args.to {
        Target::Name => return name(code, args.on).map(str::to_owned),
        Target::Code(CodeSystem::Iso3) => return Some(code.to_string()),
        Target::Code(system) => entity(code)?.code_in(system, args.on.map(Date::latest)),
    };
    text.map(str::to_owned)
}

fn name(code: StateCode, on: Option<Date>) -> Option<&'static str> {
    match on {
        Some(date) => name_on(code, date.latest()),
        None => entity(code).map(|e| e.label()),
    }
}

fn human(answer: &Answer<'_>, out: &mut impl Write) -> io::Result<()> {
    let Answer { input, how, .. } = answer;
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
            for Reason { code, why } in &answer.candidates {
                let why = format!(" {why}");
                line(out, &[(PLAIN, &"       "), (BOLD, code), (PLAIN, &why)])?;
            }
            Ok(())
        }
    }
}
