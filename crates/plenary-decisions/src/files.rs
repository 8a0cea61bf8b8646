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

/// Why a cell is not a choice.
const NO_VOTE: &str =
    "is not a recognised vote (expected `yes`, `no`, `abstain`, `non-voting` or `not-eligible`)";

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
const NAMES: [&str; 3] = ["name", "ms_name", "country_name"];
const LIBRARY_VOTE: &str = "ms_vote";
const CHOICES: [&str; 7] = [
    "choice",
    "vote",
    "ballot",
    LIBRARY_VOTE,
    "ms_votes",
    "position",
    "cast",
];

/// Reads ballots: a CSV with a column of members (`code`, `state`, `member`, `ms_code`, …) and a column of choices
/// (`choice`, `vote`, `ms_vote`, …); without a heading, codes and choices. Lines of the form `key: value` and comments may stand
/// above, as in a table that `plenary template` wrote. Choices are the words of [`Choice::from_word`]. `resolve` turns a name
/// into a code; codes need none.
///
/// ```
/// use plenary_decisions::{ballots_from_csv, Standing};
///
/// let ballots = ballots_from_csv("code,vote\nFRA,yes\nRUS,No\nIND,A\n", |_| None)?;
/// assert_eq!(Standing::try_from_ballots(ballots)?.tally().to_string(), "1-1-1");
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
    let name = file.column(&NAMES);
    let heading = file.headers.get(choice).unwrap_or_default().to_owned();
    let mut ballots = Vec::new();
    while let Some(row) = file.next()? {
        let cast = row.cell(choice);
        let cast = choice_of(cast, &heading).ok_or_else(|| row.fault("choice", cast, NO_VOTE))?;
        let who = match name {
            Some(name) if row.cell(member).is_empty() => name,
            _ => member,
        };
        ballots.push((row.member(who, &resolve)?, cast));
    }
    if ballots.is_empty() {
        Err(FileError::Empty)
    } else {
        Ok(ballots)
    }
}

/// What a cell says. Only the Library's column `ms_vote` leaves members that did not vote blank: everywhere else a vote is
/// missing there.
fn choice_of(cell: &str, heading: &str) -> Option<Choice> {
    let is_blank = cell.is_empty() && is_named(heading, LIBRARY_VOTE);
    Choice::from_word(cell).or(is_blank.then_some(Choice::NonVoting))
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
    /// How many lines of facts stand above the table.
    lines_above: u64,
}

struct Row {
    record: csv::StringRecord,
    lines_above: u64,
}

/// Whether a heading is a name, but for capitals and for spaces, hyphens and underscores.
fn is_named(heading: &str, name: &str) -> bool {
    fn plain(text: &str) -> impl Iterator<Item = char> + '_ {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase)
    }
    plain(heading).eq(plain(name))
}

/// The separator of a table: the one of comma, semicolon and tab that its first line has most of.
fn separator(table: &str) -> u8 {
    let first = table.lines().next().unwrap_or_default();
    let number = |separator: u8| first.bytes().filter(|b| *b == separator).count();
    let others = [b';', b'\t'].into_iter();
    let best = others.max_by_key(|separator| number(*separator));
    best.filter(|best| number(*best) > number(b','))
        .unwrap_or(b',')
}

/// The table below comments, blank lines and facts of the form `key: value`, and how many lines these are.
fn below_facts(text: &str) -> (&str, u64) {
    let (mut rest, mut above) = (text, 0);
    while let Some((line, next)) = rest.split_once('\n') {
        let bare = line.trim().trim_matches('"');
        let is_blank = bare.trim_matches([',', ';', '\t', ' ']).is_empty();
        if !(is_blank || bare.starts_with('#') || is_fact(bare)) {
            break;
        }
        rest = next;
        above += 1;
    }
    (rest, above)
}

/// The facts of the form `key: value` above a table of ballots, such as `plenary template` writes; those without a value are
/// left out.
///
/// ```
/// let text = "# A vote\nbody: unsc\nsession: \n\ncode,vote\nFRA,yes\n";
/// let facts: Vec<_> = plenary_decisions::facts_above(text).collect();
/// assert_eq!(facts, [("body", "unsc")]);
/// ```
pub fn facts_above(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let text = text.trim_start_matches('\u{feff}');
    let (table, _) = below_facts(text);
    let above = text.strip_suffix(table).unwrap_or_default();
    let lines = above.lines().map(|line| line.trim().trim_matches('"'));
    let facts = lines.filter(|line| is_fact(line));
    let facts = facts.filter_map(|line| line.split_once(':'));
    facts.filter_map(|(key, value)| {
        let value = value.trim_end_matches([',', ';', '\t', ' ']).trim_start();
        (!value.is_empty()).then(|| (key.trim(), value))
    })
}

/// Whether a line is a fact of the form `key: value`: its key is a word, which no row of a table begins with.
fn is_fact(line: &str) -> bool {
    let is_key = |c: char| c.is_ascii_alphabetic() || matches!(c, '-' | '_' | ' ');
    line.split_once(':')
        .is_some_and(|(key, _)| !key.is_empty() && key.chars().all(is_key))
}

impl<'t> File<'t> {
    fn open(text: &'t str) -> Result<Self, FileError> {
        let text = text.trim_start_matches('\u{feff}');
        let (table, lines_above) = below_facts(text);
        let delimiter = separator(table);
        let reader = |has_headers| {
            csv::ReaderBuilder::new()
                .has_headers(has_headers)
                .delimiter(delimiter)
                .trim(csv::Trim::All)
                .from_reader(table.as_bytes())
        };
        let mut headed = reader(true);
        let headers = headed.headers()?.clone();
        let first: Option<StateCode> = headers.get(0).and_then(|cell| cell.parse().ok());
        let (reader, headers) = match first {
            None => (headed, headers),
            Some(_) => (reader(false), ["code", "choice"].as_slice().into()),
        };
        Ok(Self {
            reader,
            headers,
            lines_above,
        })
    }

    /// The first column that has one of the names; names are in order of preference.
    fn column(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| {
            self.headers
                .iter()
                .position(|heading| is_named(heading, name))
        })
    }

    /// Whether a column names members or is a note, so that it holds no weights.
    fn is_label(&self, column: usize) -> bool {
        let header = self.headers.get(column).unwrap_or_default();
        let labels = CODES.iter().chain(&["source", "note", "notes"]);
        header.is_empty() || labels.into_iter().any(|label| is_named(header, label))
    }

    fn next(&mut self) -> Result<Option<Row>, FileError> {
        let record = self.reader.records().next().transpose()?;
        let lines_above = self.lines_above;
        Ok(record.map(|record| Row {
            record,
            lines_above,
        }))
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
        let line = self.record.position().map_or(0, csv::Position::line) + self.lines_above;
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

    fn ballots(text: &str) -> Result<Vec<(String, Choice)>, FileError> {
        let resolve = |name: &str| (name == "Peru").then(|| "PER".parse().unwrap());
        let ballots = ballots_from_csv(text, resolve)?;
        Ok(ballots
            .into_iter()
            .map(|(code, choice)| (code.to_string(), choice))
            .collect())
    }

    #[test]
    fn a_table_is_read_below_the_facts_that_a_template_has_above_it() {
        let two = [
            ("FRA".to_owned(), Choice::Yes),
            ("PER".to_owned(), Choice::Abstain),
        ];
        for text in [
            "code,choice\nFRA,yes\nPER,abstained\n",
            "FRA,aye\nPER,A\n",
            "# A vote.\r\ntitle: one, two\r\nyes: \r\n\r\nstate,name,vote\r\nFRA,France,Y\r\nPER,Peru,abstention\r\n",
            "state;name;vote\nFRA;France;in favour\n;Peru;abstaining\n",
            "\u{feff}\"body: unga\",,\n,,\nMS Code,MS Name,MS Vote\nFRA,FRANCE,Y\n,Peru,a\n",
        ] {
            assert_eq!(ballots(text).unwrap(), two, "{text}");
        }
    }

    #[test]
    fn what_is_not_a_vote_is_refused_with_its_line() {
        for (text, at) in [
            ("code,choice\nFRA,perhaps\n", 2),
            ("code,choice\nFRA,9\n", 2),
            ("code,choice\nFRA,yes\nPER,\n", 3),
            ("title: x\n\nstate,name,vote\nFRA,France,\n", 4),
        ] {
            let error = ballots(text).unwrap_err();
            assert!(
                matches!(&error, FileError::Cell { line, field, .. } if *line == at && field == "choice"),
                "{error}"
            );
        }
        let blank = ballots("ms_code,ms_vote\nFRA,\n").unwrap();
        assert_eq!(blank, [("FRA".to_owned(), Choice::NonVoting)]);
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
