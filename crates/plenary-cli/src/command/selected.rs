//! What the commands of analysis share: the votes they are about, and the forms of their tables.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use plenary::analysis::ideal::{TableRows, is_ballot_table, read_votes};
use plenary::analysis::table::Table;
use plenary::analysis::{Added, Questions, Selection, Votes};
use plenary::import::Options;
use plenary::states::{self, CodeSystem};
use plenary::types::{BodyId, Date, Session, StateCode};

use super::{destination, input};
use crate::exit::{Failure, Result};
use crate::output::Output;

/// The votes that a command is about.
#[derive(clap::Args)]
pub(crate) struct Selecting {
    /// Files and datasets with ballots, in any of the known formats; or a table `ccode,session,rcid,vote`
    #[arg(value_name = "FILE", required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// Only votes of this body, such as unga or unsc
    #[arg(long, help_heading = "Selection")]
    body: Option<BodyId>,
    /// Only votes from this day, month or year on
    #[arg(long, value_name = "DATE", help_heading = "Selection")]
    from: Option<Date>,
    /// Only votes until this day, month or year
    #[arg(long, value_name = "DATE", help_heading = "Selection")]
    to: Option<Date>,
    /// Only these sessions: 73, ES-11
    #[arg(
        long,
        value_name = "SESSION,…",
        value_delimiter = ',',
        help_heading = "Selection"
    )]
    session: Vec<Session>,
    /// Only votes with this text in a subject
    #[arg(long, value_name = "TEXT", help_heading = "Selection")]
    subject: Option<String>,
    /// Only votes whose symbol begins so: A/RES/73/
    #[arg(long, value_name = "BEGINNING", help_heading = "Selection")]
    symbol: Option<String>,
    /// Only votes that the source marks as important (the list of the United States Department of State)
    #[arg(long, help_heading = "Selection")]
    important: bool,
    /// Which questions: votes on paragraphs, amendments and motions repeat their resolution
    #[arg(long, default_value = "whole", help_heading = "Selection")]
    questions: Which,
    /// Go on after rows that cannot be used
    #[arg(long, help_heading = "Selection")]
    lenient: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Which {
    /// Whole texts only
    Whole,
    /// All of them
    All,
}

/// The form of a table.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    /// A row a line; what there is to know about it goes to stderr, and with --output beside the file
    Csv,
    /// One JSON document
    Json,
    /// A Parquet file (with --output)
    Parquet,
}

/// How states are named.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Codes {
    /// As the votes have them: ISO 3166-1 alpha-3 at the time, or what the table has
    Iso3,
    /// Correlates of War numbers, in columns named as its data sets name them
    Cow,
}

/// Votes that were read.
pub(crate) struct Selected {
    pub(crate) votes: Votes,
    /// What is said of them in the output.
    pub(crate) metadata: Vec<(&'static str, String)>,
}

impl Selecting {
    /// What is selected, with the states that a command names.
    pub(crate) fn selection(&self, states: &[StateCode]) -> Selection {
        Selection {
            body: self.body.clone(),
            from: self.from,
            to: self.to,
            sessions: self.session.clone(),
            subject: self.subject.clone(),
            symbol: self.symbol.clone(),
            states: states.to_vec(),
            important: self.important,
            questions: match self.questions {
                Which::Whole => Questions::WholeTexts,
                Which::All => Questions::All,
            },
        }
    }

    /// Reads the votes.
    pub(crate) fn read(&self, states: &[StateCode], output: &Output) -> Result<Selected> {
        let selection = self.selection(states);
        let mut selected = Selected {
            votes: Votes::default(),
            metadata: Vec::new(),
        };
        let mut added = Added::default();
        let mut tables = false;
        for path in &self.paths {
            if let Some(table) = ballot_table(path)? {
                tables = true;
                self.read_table(path, table, &selection, &mut selected.votes)?;
            } else {
                added += self.read_records(path, &selection, &mut selected.votes, output)?;
            }
        }
        self.check(&selected.votes, added)?;
        let about = if tables {
            "every vote of the table".to_owned()
        } else {
            selection.to_string()
        };
        selected.metadata.push(("votes", about));
        let counts = format!(
            "{} votes, {} ballots cast",
            selected.votes.len(),
            selected.votes.cast()
        );
        selected.metadata.push(("counts", counts));
        self.warn(&selected.votes, added, output);
        Ok(selected)
    }

    /// A table of ballots alone has nothing that votes could be selected by.
    pub(crate) fn refuse_selecting(&self, path: &Path, selection: &Selection) -> Result<()> {
        let plain = Selection {
            states: selection.states.clone(),
            ..Selection::default()
        };
        if *selection != plain {
            return Err(Failure::new(format!(
                "{}: a table of the columns ccode, session, rcid and vote says nothing that votes could be selected by",
                path.display()
            ))
            .with_help("select its rows beforehand, or use a source with dates and symbols"));
        }
        Ok(())
    }

    fn read_table(
        &self,
        path: &Path,
        table: Box<dyn Read>,
        selection: &Selection,
        votes: &mut Votes,
    ) -> Result<TableRows> {
        self.refuse_selecting(path, selection)?;
        read_votes(table, votes).map_err(|error| input::in_file(path, &error))
    }

    fn read_records(
        &self,
        path: &Path,
        selection: &Selection,
        votes: &mut Votes,
        output: &Output,
    ) -> Result<Added> {
        let options = if self.lenient {
            Options::default().lenient()
        } else {
            Options::default()
        };
        let mut import = input::read(path, &options, output)?;
        if !self.lenient {
            import = import.complete()?;
        }
        let mut added = Added::default();
        for record in import.records() {
            added += votes.add_agreement(&record.agreement, selection);
        }
        Ok(added)
    }

    fn check(&self, votes: &Votes, added: Added) -> Result<()> {
        if !votes.is_empty() {
            return Ok(());
        }
        Err(
            Failure::new("no vote with ballots is selected").with_help(match added.seen {
                0 => "the input has no ballots: use recorded votes",
                _ => "widen --from, --to, --session, --symbol, --subject, --body or --questions",
            }),
        )
    }

    fn warn(&self, votes: &Votes, added: Added, output: &Output) {
        if let Some((vote, state)) = votes.repeated().first() {
            output.warn(
                &format!(
                    "{} ballots of states that are on a list twice are left out (the first: {state} in {vote})",
                    votes.repeated().len()
                ),
            );
        }
        if added.unresolved > 0 {
            output.warn(&format!(
                "{} ballots of voters that could not be resolved are left out",
                added.unresolved
            ));
        }
    }
}

/// The table, when the file is one with the columns ccode, session, rcid and vote and no dates.
pub(crate) fn ballot_table(path: &Path) -> Result<Option<Box<dyn Read>>> {
    if path.is_dir() {
        return Ok(None);
    }
    let mut head = Vec::new();
    let opened = open(path)?;
    opened
        .take(4096)
        .read_to_end(&mut head)
        .map_err(|error| input::in_file(path, &error))?;
    let line = head.split(|&byte| byte == b'\n').next().unwrap_or(&[]);
    let dated = String::from_utf8_lossy(line)
        .to_ascii_lowercase()
        .contains("date");
    Ok(if is_ballot_table(&head) && !dated {
        Some(open(path)?)
    } else {
        None
    })
}

/// A file, decompressed when it begins as Zstandard does.
pub(crate) fn open(path: &Path) -> Result<Box<dyn Read>> {
    let file = || File::open(path).map_err(|error| input::in_file(path, &error));
    let mut magic = [0; 4];
    let compressed = file()?.read_exact(&mut magic).is_ok() && magic == [0x28, 0xb5, 0x2f, 0xfd];
    if compressed {
        let decoder = zstd::Decoder::new(file()?).map_err(|error| input::in_file(path, &error))?;
        Ok(Box::new(decoder))
    } else {
        Ok(Box::new(file()?))
    }
}

/// Writes a table; CSV has no room for what there is to know about it, which goes to stderr and, with a file, beside it.
pub(crate) fn write(
    table: &Table,
    json: impl FnOnce(&mut dyn Write) -> Result<()>,
    format: TableFormat,
    path: Option<&Path>,
    output: &Output,
) -> Result<()> {
    match format {
        TableFormat::Json => destination::write(path, output, json)?,
        TableFormat::Csv => {
            destination::write(path, output, |out| Ok(table.write_csv(out)?))?;
            if let Some(path) = path {
                let mut name = path.as_os_str().to_owned();
                name.push(".metadata.json");
                let about: serde_json::Map<_, _> = table
                    .metadata()
                    .iter()
                    .map(|(key, value)| (key.clone(), value.clone().into()))
                    .collect();
                destination::write(Some(Path::new(&name)), output, |out| {
                    Ok(serde_json::to_writer_pretty(out, &about).map_err(std::io::Error::from)?)
                })?;
            }
            say_metadata(table, output);
        }
        TableFormat::Parquet => {
            let Some(path) = path else {
                return Err(
                    Failure::new("a Parquet file needs a name").with_help("add --output FILE")
                );
            };
            let mut bytes = Vec::new();
            table.write_parquet(&mut bytes)?;
            destination::write(Some(path), output, |out| Ok(out.write_all(&bytes)?))?;
        }
    }
    Ok(())
}

fn say_metadata(table: &Table, output: &Output) {
    for (key, value) in table.metadata() {
        output.remark(&format!("{key}: {value}"));
    }
}

/// Writes a picture.
pub(crate) fn write_svg(svg: &str, path: &Path, output: &Output) -> Result<()> {
    destination::write(Some(path), output, |out| Ok(out.write_all(svg.as_bytes())?))
}

/// States that a command names, by code or name. Labels of tables that are no codes are left as they are.
pub(crate) fn states(texts: &[String]) -> Result<Vec<StateCode>> {
    texts.iter().map(|text| input::state(text)).collect()
}

/// The name of a state in an output, in a year (for codes that changed hands); what has no such code keeps its label.
pub(crate) fn label(state: &str, codes: Codes, year: Option<i32>) -> String {
    let cow = || {
        let entity = states::entity(state.parse().ok()?)?;
        let day = year.and_then(|year| chrono::NaiveDate::from_ymd_opt(year, 12, 31));
        entity
            .code_in(CodeSystem::Cow, day)
            .or_else(|| entity.code_in(CodeSystem::Cow, None))
    };
    match codes {
        Codes::Iso3 => state.to_owned(),
        Codes::Cow => cow().map_or_else(|| state.to_owned(), str::to_owned),
    }
}
