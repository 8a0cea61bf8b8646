//! The two small tables beside `unvotes`: roll calls and issues.

use std::collections::HashMap;

use plenary_types::Place;

use crate::csv::layout::Role::Shared;
use crate::format::{Format, Spec, column};
use crate::input::Input;
use crate::record::{Import, Options};
use crate::{ImportError, Rejected};

pub(crate) const ROLL_CALLS: Spec = Spec {
    format: Format::UnvotesRollCallsCsv,
    columns: &[
        column("rcid", &[], Shared, true),
        column("session", &[], Shared, true),
        column("date", &[], Shared, true),
        column("unres", &[], Shared, true),
        column("importantvote", &["important"], Shared, false),
        column("amend", &[], Shared, false),
        column("para", &[], Shared, false),
        column("short", &[], Shared, false),
        column("descr", &[], Shared, false),
    ],
};

pub(crate) const ISSUES: Spec = Spec {
    format: Format::UnvotesIssuesCsv,
    columns: &[
        column("rcid", &[], Shared, true),
        column("short_name", &[], Shared, true),
        column("issue", &[], Shared, true),
    ],
};

/// What the two tables say, by roll call.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tables {
    pub(crate) roll_calls_path: Option<String>,
    pub(crate) roll_calls: HashMap<Box<str>, RollCall>,
    pub(crate) issues: HashMap<Box<str>, Vec<String>>,
}

/// One row of the table of roll calls.
#[derive(Clone, Debug)]
pub(crate) struct RollCall {
    pub(crate) line: u64,
    values: Vec<(&'static str, Box<str>)>,
}

impl RollCall {
    pub(crate) fn get(&self, column: &str) -> &str {
        let value = self.values.iter().find(|(name, _)| *name == column);
        value.map_or("", |(_, value)| value)
    }
}

/// Reads one of the two tables into `tables`, and accounts for its rows.
pub(crate) fn read_side_table(
    input: &Input,
    spec: &Spec,
    why: &str,
    options: &Options,
    tables: &mut Tables,
) -> Result<Import, ImportError> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(input.reader()?);
    let failed = |error: csv::Error| broken(input, &error);
    let printed = reader.headers().map_err(failed)?.clone();
    let known: Vec<Option<&'static str>> = printed
        .iter()
        .map(|name| {
            spec.columns
                .iter()
                .find(|c| c.name == name.trim())
                .map(|c| c.name)
        })
        .collect();
    let mut rejected = Vec::new();
    let mut rows = 0;
    for row in reader.records() {
        let row = match row {
            Ok(row) => row,
            Err(error) if options.lenient => {
                rows += 1;
                rejected.push(rejection(&broken(input, &error)));
                continue;
            }
            Err(error) => return Err(failed(error)),
        };
        rows += 1;
        let line = row.position().map_or(0, csv::Position::line);
        let values: Vec<(&'static str, Box<str>)> = known
            .iter()
            .zip(&row)
            .filter_map(|(known, value)| Some(((*known)?, value.into())))
            .collect();
        let call = RollCall { line, values };
        let rcid: Box<str> = call.get("rcid").trim().into();
        if row.len() != printed.len() || rcid.is_empty() {
            rejected.push(Rejected {
                place: Place {
                    path: Some(input.path.clone()),
                    line: Some(line),
                    column: None,
                    field: rcid.is_empty().then(|| "rcid".to_owned()),
                },
                value: row
                    .iter()
                    .collect::<Vec<_>>()
                    .join(",")
                    .chars()
                    .take(80)
                    .collect(),
                reason: format!(
                    "the row has {} fields, the header {}",
                    row.len(),
                    printed.len()
                ),
                help: "quote fields that hold the separator or a line break".to_owned(),
            });
            continue;
        }
        if spec.format == Format::UnvotesIssuesCsv {
            tables
                .issues
                .entry(rcid)
                .or_default()
                .push(call.get("issue").to_owned());
        } else {
            tables.roll_calls.insert(rcid, call);
        }
    }
    if spec.format == Format::UnvotesRollCallsCsv {
        tables.roll_calls_path = Some(input.path.clone());
    }
    let mut import = Import::of_records(&input.path, spec.format, why, Vec::new(), rejected);
    import.summary.rows = rows;
    import.summary.used = rows - import.summary.rejected;
    Ok(import)
}

fn rejection(error: &ImportError) -> Rejected {
    Rejected {
        place: error.place(),
        value: String::new(),
        reason: error.to_string(),
        help: error.help(),
    }
}

fn broken(input: &Input, error: &csv::Error) -> ImportError {
    let line = error.position().map(csv::Position::line);
    match error.kind() {
        csv::ErrorKind::Utf8 { .. } => ImportError::Utf8 {
            path: input.path.clone(),
            line: line.unwrap_or(0),
            column: 1,
        },
        csv::ErrorKind::Io(inner) => {
            input.error(std::io::Error::new(inner.kind(), inner.to_string()))
        }
        _ => ImportError::Syntax {
            place: Box::new(Place {
                path: Some(input.path.clone()),
                line,
                ..Place::default()
            }),
            reason: error.to_string(),
            help: "mend the row".to_owned(),
        },
    }
}
