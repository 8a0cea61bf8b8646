//! The two small tables beside `unvotes`: roll calls and issues.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use plenary_types::Place;

use crate::csv::header::Header;
use crate::csv::layout::Role::Shared;
use crate::error::syntax;
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
    let Some(header) = Header::read(&input.head, input.whole) else {
        return Err(syntax(
            &input.path,
            1,
            "the header cannot be taken apart",
            "mend its quotes",
        ));
    };
    let columns = spec.columns_of(&header);
    let known: Vec<_> = columns.iter().map(|c| c.map(|c| c.name)).collect();
    let mut side = Side {
        input,
        issues: spec.format == Format::UnvotesIssuesCsv,
        tables,
        rejected: Vec::new(),
    };
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .delimiter(header.delimiter)
        .from_reader(input.reader()?);
    let mut rows = 0;
    for row in reader.records() {
        rows += 1;
        match row {
            Ok(row) => side.row(&row, &known),
            Err(error) if options.lenient && !error.is_io_error() => {
                side.rejected.push(rejection(&broken(input, &error)));
            }
            Err(error) => return Err(broken(input, &error)),
        }
    }
    let rejected = side.rejected;
    if spec.format == Format::UnvotesRollCallsCsv {
        tables.roll_calls_path = Some(input.path.clone());
    }
    let mut import = Import::of_records(&input.path, spec.format, why, Vec::new(), rejected);
    import.findings = header.odd_columns(input, &known).collect();
    import.summary.rows = rows;
    import.summary.used = rows - import.summary.rejected;
    Ok(import)
}

/// One of the tables while it is read.
struct Side<'a> {
    input: &'a Input,
    issues: bool,
    tables: &'a mut Tables,
    rejected: Vec<Rejected>,
}

impl Side<'_> {
    fn row(&mut self, row: &csv::StringRecord, known: &[Option<&'static str>]) {
        let line = row.position().map_or(0, csv::Position::line);
        if row.len() != known.len() {
            let reason = format!(
                "the row has {} fields, the header {}",
                row.len(),
                known.len()
            );
            let help = "quote fields that hold the separator or a line break";
            return self.reject(line, None, row, &reason, help);
        }
        let values = known
            .iter()
            .zip(row)
            .filter_map(|(known, value)| Some(((*known)?, value.trim().into())));
        let call = RollCall {
            line,
            values: values.collect(),
        };
        let rcid: Box<str> = call.get("rcid").into();
        if rcid.is_empty() {
            let reason = "the row does not say of which roll call it is";
            return self.reject(line, Some("rcid"), row, reason, "fill in `rcid`");
        }
        if self.issues {
            let issue = call.get("issue").to_owned();
            return self.tables.issues.entry(rcid).or_default().push(issue);
        }
        match self.tables.roll_calls.entry(rcid) {
            Entry::Vacant(place) => {
                place.insert(call);
            }
            Entry::Occupied(first) => {
                let first = first.get().line;
                let reason = format!("this roll call is in line {first} already");
                self.reject(line, Some("rcid"), row, &reason, "keep one of the two rows");
            }
        }
    }

    fn reject(
        &mut self,
        line: u64,
        field: Option<&str>,
        row: &csv::StringRecord,
        reason: &str,
        help: &str,
    ) {
        let whole: Vec<&str> = row.iter().collect();
        self.rejected.push(Rejected {
            place: Place {
                path: Some(self.input.path.clone()),
                line: Some(line),
                column: None,
                field: field.map(ToOwned::to_owned),
            },
            value: whole.join(",").chars().take(80).collect(),
            reason: reason.to_owned(),
            help: help.to_owned(),
        });
    }
}

fn rejection(error: &ImportError) -> Rejected {
    Rejected {
        place: error.place(),
        value: String::new(),
        reason: "the row is not UTF-8".to_owned(),
        help: error.help(),
    }
}

fn broken(input: &Input, error: &csv::Error) -> ImportError {
    let line = error.position().map_or(0, csv::Position::line);
    match error.kind() {
        csv::ErrorKind::Utf8 { err, .. } => ImportError::Utf8 {
            path: input.path.clone(),
            line,
            column: err.valid_up_to() as u64 + 1,
        },
        csv::ErrorKind::Io(inner) => {
            input.error(std::io::Error::new(inner.kind(), inner.to_string()))
        }
        _ => syntax(&input.path, line, &error.to_string(), "mend the row"),
    }
}
