//! `plenary template`: a file to start from.

use std::io::Write;

use chrono::NaiveDate;
use plenary::types::BodyId;

use super::input::ReferenceArgs;
use crate::exit::{Exit, Failure, Result};
use crate::output::Output;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The symbol of the resolution, such as A/RES/73/195
    #[arg(default_value = "")]
    symbol: String,
    /// The day of the vote; the members listed are those of this day
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    date: Option<NaiveDate>,
    /// Who votes; the default body of the reference data if not given, the General Assembly in that which comes with the program
    #[arg(long)]
    body: Option<BodyId>,
    #[command(flatten)]
    reference: ReferenceArgs,
    /// A mapping file instead: how to read a table that is in no known format. With the name of a format that is a mapping, that one
    #[arg(long, value_name = "FORMAT", conflicts_with_all = ["symbol", "date", "body"])]
    mapping: Option<Option<String>>,
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let mut out = output.stdout();
    if let Some(format) = &args.mapping {
        let text = match format {
            None => plenary::import::Mapping::template(),
            Some(format) => plenary::import::shipped_mapping(format).ok_or_else(|| {
                Failure::new(format!("no format `{format}` is a mapping")).with_help(format!(
                    "those are {}",
                    plenary::import::shipped_mappings()
                        .collect::<Vec<_>>()
                        .join(", ")
                ))
            })?,
        };
        out.write_all(text.as_bytes())?;
    } else {
        let today = || Ok(plenary::today()?);
        let day = args.date.map_or_else(today, Ok);
        let day = day.map_err(|failure: Failure| failure.with_help("give the day with --date"))?;
        let text = plenary::template(
            &*args.reference.reference()?,
            &args.symbol,
            args.body.as_ref(),
            day,
        )?;
        out.write_all(text.as_bytes())?;
    }
    out.flush()?;
    Ok(Exit::Clean)
}
