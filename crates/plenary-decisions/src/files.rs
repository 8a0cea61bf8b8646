//! Ballots and weights from CSV files.

use plenary_types::{Choice, StateCode};

use crate::facts::{Facts, Others, Table, TableError};
use crate::name::Name;

/// Why a file of ballots or weights cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FileError {
    /// Not CSV, or not text.
    #[error("not a CSV file in UTF-8: {0}")]
    Csv(#[from] csv::Error),
    /// There is nothing in it.
    #[error("there are no rows")]
    Empty,
    /// A column is missing.
    #[error("there is no column {expected}")]
    Column {
        /// What is expected.
        expected: &'static str,
    },
    /// One of several columns of weights has a heading that cannot be called by name.
    #[error("the heading `{found}` cannot name a table: rename it, for example `voting-power`")]
    Heading {
        /// The heading.
        found: String,
    },
    /// A cell holds something else than it should.
    #[error("line {line}, {field}: `{value}` {reason}")]
    Cell {
        /// The line, counted from 1.
        line: u64,
        /// The column.
        field: String,
        /// What is in the cell.
        value: String,
        /// Why that cannot be used.
        reason: &'static str,
    },
    /// The weights are no table.
    #[error(transparent)]
    Table(#[from] TableError),
}

const CODES: [&str; 14] = [
    "code",
    "state",
    "member",
    "participant",
    "country",
    "iso3",
    "iso3c",
    "iso",
    "ms_code",
    "country_code",
    "name",
    "ms_name",
    "country_name",
    "voter",
];
const CHOICES: [&str; 6] = ["choice", "vote", "ballot", "ms_vote", "position", "cast"];

/// Reads ballots: a CSV with a column of members (`code`, `state`, `member`, `ms_code`, …) and a column of choices
/// (`choice`, `vote`, `ms_vote`, …); without a heading, codes and choices. `resolve` turns a name into a code; codes need none.
///
/// ```
/// use plenary_decisions::{ballots_from_csv, Standing};
///
/// let ballots = ballots_from_csv("code,vote\nFRA,yes\nRUS,No\nIND,A\n", |_| None)?;
/// assert_eq!(Standing::try_of_ballots(ballots)?.tally().to_string(), "1-1-1");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`FileError`] with the line and the column, when the file is not of that form.
pub fn ballots_from_csv(
    text: &str,
    resolve: impl Fn(&str) -> Option<StateCode>,
) -> Result<Vec<(StateCode, Choice)>, FileError> {
    let mut file = File::open(text)?;
    let member = file.column(&CODES).ok_or(FileError::Column {
        expected: "`code` of members",
    })?;
    let choice = file.column(&CHOICES).ok_or(FileError::Column {
        expected: "`choice` of ballots",
    })?;
    let mut ballots = Vec::new();
    while let Some(row) = file.next()? {
        let cast = row.cell(choice);
        let cast = choice_of(cast).ok_or_else(|| {
            row.fault(
                "choice",
                cast,
                "is no choice: expected `yes`, `no`, `abstain` or `non-voting`",
            )
        })?;
        ballots.push((row.member(member, &resolve)?, cast));
    }
    if ballots.is_empty() {
        Err(FileError::Empty)
    } else {
        Ok(ballots)
    }
}

/// A choice in the spellings of the sources: words, and the letters of the United Nations' tables.
fn choice_of(text: &str) -> Option<Choice> {
    let word = text.trim().to_ascii_lowercase();
    Some(match word.as_str() {
        "y" | "yes" | "for" | "in favour" | "in favor" | "aye" => Choice::Yes,
        "n" | "no" | "against" | "nay" => Choice::No,
        "a" | "abstain" | "abstaining" | "abstained" | "abstention" => Choice::Abstain,
        "" | "x" | "nv" | "non-voting" | "not voting" | "absent" => Choice::NonVoting,
        "not-eligible" | "not eligible" | "9" => Choice::NotEligible,
        _ => return None,
    })
}

/// Reads weights: a CSV with a column of members and one or more columns of numbers, each a table named by its heading. A
/// file with one column of weights stands for any table that a requirement names. A row `TOTAL` gives a total that also
/// covers members without a row.
///
/// ```
/// use plenary_decisions::{weights_from_csv, Others};
///
/// let facts = weights_from_csv("code,population\nDEU,83.5\nMLT,0.5\n", Others::Unknown, |_| None)?;
/// let table = facts.table(&"population".parse()?).unwrap();
/// assert_eq!(table.print(table.total()), "84");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`FileError`] with the line and the column, when the file is not of that form.
pub fn weights_from_csv(
    text: &str,
    others: Others,
    resolve: impl Fn(&str) -> Option<StateCode>,
) -> Result<Facts, FileError> {
    let mut file = File::open(text)?;
    let member = file.column(&CODES).unwrap_or(0);
    let columns: Vec<usize> = (0..file.headers.len())
        .filter(|c| *c != member && !file.is_label(*c))
        .collect();
    let mut weights: Vec<Vec<(StateCode, String)>> = vec![Vec::new(); columns.len()];
    let mut totals: Vec<Option<String>> = vec![None; columns.len()];
    while let Some(row) = file.next()? {
        let is_total = row.cell(member).eq_ignore_ascii_case("total");
        let code = if is_total {
            None
        } else {
            Some(row.member(member, &resolve)?)
        };
        for (place, column) in columns.iter().enumerate() {
            let number = plain_number(row.cell(*column));
            match code {
                _ if number.is_empty() => {}
                Some(code) => weights
                    .get_mut(place)
                    .map_or((), |w| w.push((code, number))),
                None => totals
                    .get_mut(place)
                    .map_or((), |total| *total = Some(number)),
            }
        }
    }
    file.tables(&columns, &weights, &totals, others)
}

/// A number without separators of thousands or a sign of per cent.
fn plain_number(text: &str) -> String {
    text.trim()
        .trim_end_matches('%')
        .trim_end()
        .replace([',', '_', ' '], "")
}

struct File<'t> {
    reader: csv::Reader<&'t [u8]>,
    headers: csv::StringRecord,
}

struct Row {
    record: csv::StringRecord,
}

impl<'t> File<'t> {
    fn open(text: &'t str) -> Result<Self, FileError> {
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let headers = reader.headers()?.clone();
        let first: Option<StateCode> = headers.get(0).and_then(|cell| cell.parse().ok());
        if first.is_none() {
            return Ok(Self { reader, headers });
        }
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        Ok(Self {
            reader,
            headers: ["code", "choice"].as_slice().into(),
        })
    }

    /// The first column that has one of the names; names are in order of preference.
    fn column(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| {
            self.headers
                .iter()
                .position(|h| h.eq_ignore_ascii_case(name))
        })
    }

    /// Whether a column names members or is a note, so that it holds no weights.
    fn is_label(&self, column: usize) -> bool {
        let header = self.headers.get(column).unwrap_or_default();
        let labels = CODES.iter().chain(&["source", "note", "notes"]);
        header.is_empty()
            || labels
                .into_iter()
                .any(|label| header.eq_ignore_ascii_case(label))
    }

    fn next(&mut self) -> Result<Option<Row>, FileError> {
        let record = self.reader.records().next().transpose()?;
        Ok(record.map(|record| Row { record }))
    }

    fn tables(
        &self,
        columns: &[usize],
        weights: &[Vec<(StateCode, String)>],
        totals: &[Option<String>],
        others: Others,
    ) -> Result<Facts, FileError> {
        let mut facts = Facts::default();
        for ((column, weights), total) in columns.iter().zip(weights).zip(totals) {
            if weights.is_empty() {
                continue;
            }
            let table = Table::parse(
                weights
                    .iter()
                    .map(|(code, weight)| (*code, weight.as_str())),
            )?;
            let table = match total {
                Some(total) => table.with_total(total)?,
                None => table,
            };
            let table = table.with_others(others);
            if columns.len() == 1 {
                facts.set_any_table(table.clone());
            }
            let header = self
                .headers
                .get(*column)
                .unwrap_or_default()
                .replace(' ', "-");
            match header.parse::<Name>() {
                Ok(name) => facts.add_table(name, table),
                Err(_) if columns.len() == 1 => {}
                Err(_) => return Err(FileError::Heading { found: header }),
            }
        }
        let found = facts.tables().next().is_some() || columns.len() == 1;
        if weights.iter().all(Vec::is_empty) || !found {
            return Err(FileError::Column {
                expected: "of weights, named by its heading",
            });
        }
        Ok(facts)
    }
}

impl Row {
    fn cell(&self, column: usize) -> &str {
        self.record.get(column).unwrap_or_default()
    }

    fn member(
        &self,
        column: usize,
        resolve: &impl Fn(&str) -> Option<StateCode>,
    ) -> Result<StateCode, FileError> {
        let name = self.cell(column);
        let code = name.parse().ok().or_else(|| resolve(name));
        code.ok_or_else(|| self.fault("member", name, "is no member that is known by this name"))
    }

    fn fault(&self, field: &str, value: &str, reason: &'static str) -> FileError {
        let line = self.record.position().map_or(0, csv::Position::line);
        FileError::Cell {
            line,
            field: field.to_owned(),
            value: value.to_owned(),
            reason,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_choice_is_read() {
        for (choice, spellings) in [
            (Choice::Yes, "y|Yes|FOR|in favour|in favor|aye"),
            (Choice::No, "N|no|against|Nay"),
            (Choice::Abstain, "A|abstain|abstaining|abstained|Abstention"),
            (Choice::NonVoting, "|x|NV|non-voting|not voting|absent| "),
            (Choice::NotEligible, "not-eligible|Not eligible|9"),
        ] {
            for spelling in spellings.split('|') {
                assert_eq!(choice_of(spelling), Some(choice), "{spelling}");
            }
        }
        assert_eq!(choice_of("perhaps"), None);
    }

    fn tables(csv: &str) -> Result<Vec<(String, u128)>, FileError> {
        let facts = weights_from_csv(csv, Others::Unknown, |_| None)?;
        let tables = facts.tables();
        Ok(tables.map(|(n, t)| (n.to_string(), t.total())).collect())
    }

    #[test]
    fn columns_of_names_and_notes_hold_no_weights() {
        for csv in [
            "code,name,population,source,notes,\nDEU,Germany,83,Eurostat,none,x\n",
            "Country_Name,population,ISO3\nGermany,83,DEU\n",
            "iso3,NOTE,population\nDEU,see below,83\n",
        ] {
            assert_eq!(tables(csv).unwrap(), [("population".to_owned(), 83)]);
        }
    }

    #[test]
    fn a_heading_has_to_name_a_table_only_where_there_are_several() {
        let any = |csv: &str| {
            let facts = weights_from_csv(csv, Others::Unknown, |_| None).unwrap();
            let name: Name = "anything".parse().unwrap();
            facts.table(&name).map(Table::total)
        };
        assert_eq!(any("code,%\nDEU,83\n"), Some(83));
        assert_eq!(any("code,aa,bb\nDEU,83,84\n"), None);
        assert!(matches!(
            tables("code,%,population\nDEU,83,84\n"),
            Err(FileError::Heading { found }) if found == "%"
        ));
        // An empty column needs no name.
        assert_eq!(
            tables("code,%,population\nDEU,,84\n").unwrap(),
            [("population".to_owned(), 84)]
        );
        for nothing in ["code,aa,bb\nDEU,,\n", "code,aa\nDEU,\n", "code,aa\n"] {
            assert!(
                matches!(tables(nothing), Err(FileError::Column { .. })),
                "{nothing}"
            );
        }
    }
}
