//! Reading a table of `data/`, with the place of whatever is wrong in it.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

/// What is wrong with the data, and where.
#[derive(Debug)]
pub(crate) struct Fault(pub(crate) String);

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One row: its fields by column name, and where it stands.
pub(crate) struct Row {
    fields: BTreeMap<String, String>,
    place: String,
}

/// A day as the tables write it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Day {
    pub(crate) year: i32,
    pub(crate) month: u32,
    pub(crate) day: u32,
}

impl Row {
    pub(crate) fn fault(&self, what: impl fmt::Display) -> Fault {
        Fault(format!("{}: {what}", self.place))
    }

    pub(crate) fn text(&self, column: &str) -> Result<&str, Fault> {
        let field = self.fields.get(column).map(String::as_str);
        field.ok_or_else(|| self.fault(format_args!("no column `{column}`")))
    }

    /// A state code: three capitals.
    pub(crate) fn code(&self, column: &str) -> Result<String, Fault> {
        let text = self.text(column)?;
        if text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase()) {
            Ok(text.to_owned())
        } else {
            Err(self.fault(format_args!("{column}: `{text}` is not a code")))
        }
    }

    /// A day, or nothing when the field is empty.
    pub(crate) fn day(&self, column: &str) -> Result<Option<Day>, Fault> {
        let text = self.text(column)?;
        if text.is_empty() {
            return Ok(None);
        }
        let fault = || self.fault(format_args!("{column}: `{text}` is not a day"));
        let mut parts = text.split('-').map(|part| part.parse::<u32>().ok());
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(Some(year)), Some(Some(month)), Some(Some(day)), None) => Ok(Some(Day {
                year: i32::try_from(year).map_err(|_| fault())?,
                month,
                day,
            })),
            _ => Err(fault()),
        }
    }

    /// The half-open span of the columns `from` and `to`.
    pub(crate) fn span(&self) -> Result<(Option<Day>, Option<Day>), Fault> {
        let (from, to) = (self.day("from")?, self.day("to")?);
        match (from, to) {
            (Some(from), Some(to)) if to <= from => {
                Err(self.fault("the span is empty or backwards"))
            }
            span => Ok(span),
        }
    }
}

/// All rows of `data/<name>.csv`.
pub(crate) fn read(name: &str) -> Result<Vec<Row>, Fault> {
    let path = Path::new("data").join(name).with_extension("csv");
    let fault = |error: csv::Error| Fault(format!("{}: {error}", path.display()));
    let mut reader = csv::Reader::from_path(&path).map_err(fault)?;
    let headers = reader.headers().map_err(fault)?.clone();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(fault)?;
        let position = record.position();
        let position =
            position.ok_or_else(|| Fault(format!("{}: a row has no line", path.display())))?;
        let line = position.line();
        let fields = headers
            .iter()
            .zip(&record)
            .map(|(h, f)| (h.to_owned(), f.to_owned()));
        rows.push(Row {
            fields: fields.collect(),
            place: format!("{}:{line}", path.display()),
        });
    }
    Ok(rows)
}
