//! `plenary treaty`: when a treaty entered into force, and who its parties are on a day.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;
use plenary::TreatySettings;
use plenary::decisions::{Clause, Others, Period};
use plenary::types::{BodyId, Participant, ParticipantError};

use super::input::{self, DateArgs, Progress, ReferenceArgs};
use super::treaty_page;
use crate::exit::{Exit, Failure, Result};
use crate::output::{Format, Output, warn_all};

#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Args {
    /// A participant table of the UN Treaty Collection, another table of acts, a document or dataset with treaties, or the number or name of a treaty
    #[arg(value_name = "FILE|ID")]
    treaty: String,
    /// The body whose members a clause means that asks for a share of them, such as african-union; `plenary bodies` lists them
    #[arg(long, value_name = "BODY")]
    body: Option<BodyId>,
    /// The day on which to list the parties; by default today
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    on: Option<NaiveDate>,
    /// The entry-into-force clause, such as "20 instruments; 30 days"; by default the one that is known
    #[arg(long, value_name = "CLAUSE")]
    in_force_when: Option<String>,
    /// The notice of a withdrawal whose day of effect is not on record, such as "6 months"; by default the treaty's, where
    /// that is known
    #[arg(long, value_name = "PERIOD")]
    notice: Option<Period>,
    /// Ignore these participants
    #[arg(long, value_name = "CODE,…", value_delimiter = ',')]
    exclude: Vec<String>,
    /// Acts that the table does not carry: a CSV with the columns `participant`, `action` and `date`, or another table
    #[arg(long, value_name = "FILE")]
    acts: Vec<PathBuf>,
    /// Weights that the clause names: a CSV with a column `code` and columns of numbers
    #[arg(long, value_name = "CSV")]
    weights: Vec<PathBuf>,
    /// Which treaty of the file: its number, symbol or title; for a participant table, the number that its name does not say
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// How to read a table of acts in no known format: a mapping file
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// Use the table alone, without the acts that come with the program
    #[arg(long)]
    table_only: bool,
    #[command(flatten)]
    dates: DateArgs,
    #[command(flatten)]
    reference: ReferenceArgs,
    /// Output format
    #[arg(long, default_value = "human")]
    pub(super) format: Format,
}

const AFTER: &str = "\
Clauses: 20 instruments; 30 days | 60 instruments; first day of the month after 60 days | 40 instruments; first day of \
month 6 after | 55 instruments; at least 55% of emissions; 30 days | all of Annex2; 180 days | … ; not before 2 years \
after opening | … ; including organisations

Signatories and contracting participants are counted as of the last act, parties as of --on. Organisations are among \
them, but their instruments do not add to a count unless the clause says so. Acts that come with the program are used \
only where a table cannot show them, and counted apart: states that no longer exist, a first consent of a participant \
that came back, withdrawals that are kept in footnotes.

Exit codes: 0 clean, 1 rows could not be used or name nobody, 2 unusable input, nothing usable in it, or an unknown \
treaty.";

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let mut settings = TreatySettings::default();
    settings.reference = args.reference.reference()?;
    settings.body.clone_from(&args.body);
    settings.on = args.on;
    settings.clause = args.in_force_when.as_deref().map(clause).transpose()?;
    settings.notice = args.notice;
    settings.excluded = excluded(&args.exclude)?;
    settings.acts.clone_from(&args.acts);
    settings.weights = plenary::read_weights(&args.weights, Others::Nothing)?;
    settings.id.clone_from(&args.id);
    settings.table_only = args.table_only;
    let mapping = args.mapping.as_deref().map(input::mapping);
    settings.mapping = mapping.transpose()?.map(Arc::new);
    settings.dates.clone_from(&args.dates.form);
    let progress = Progress::new(output);
    settings.progress = progress.callback();
    let answer = progress.cleared(|| plenary::treaty(&args.treaty, &settings))?;
    warn_all(&answer.warnings, output);
    match args.format {
        Format::Json => output.json(&answer)?,
        Format::Human => treaty_page::print(&answer, output)?,
    }
    Ok(
        if answer.rejected.is_empty() && answer.unresolved.is_empty() {
            Exit::Clean
        } else {
            Exit::Findings
        },
    )
}

/// Participants by their codes and names, and by their kind and identifier.
fn excluded(texts: &[String]) -> Result<Vec<Participant>> {
    let each = texts.iter().map(|text| match text.contains(':') {
        true => text.trim().parse().map_err(|error: ParticipantError| {
            Failure::new(format!("--exclude: {error}"))
                .with_help("write it as the answer names it, such as `org:river-bank`")
        }),
        false => {
            let codes = input::participants(std::slice::from_ref(text))?;
            let who = codes.first().copied();
            who.ok_or_else(|| Failure::new("--exclude: a participant is missing"))
        }
    });
    each.collect()
}

/// The clause of a treaty on the command line.
pub(super) fn clause(text: &str) -> Result<Clause> {
    text.parse().map_err(|error| {
        Failure::new(format!(
            "`{text}` is not an entry-into-force clause: {error}"
        ))
        .with_help("a clause reads like \"20 instruments; 30 days\": see `plenary treaty --help`")
    })
}
