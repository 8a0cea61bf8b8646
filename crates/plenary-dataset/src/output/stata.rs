//! A [`Table`] as a data set of Stata.

use std::collections::{BTreeMap, HashSet};
use std::io::{self, Cursor, Write};

use chrono::NaiveDate;
use dta::stata::dta::byte_order::ByteOrder;
use dta::stata::dta::dta_error::DtaError;
use dta::stata::dta::dta_writer::DtaWriter;
use dta::stata::dta::header::Header;
use dta::stata::dta::long_string_table::LongStringTable;
use dta::stata::dta::release::Release;
use dta::stata::dta::schema::Schema;
use dta::stata::dta::value::Value;
use dta::stata::dta::variable::Variable;
use dta::stata::dta::variable_type::VariableType;
use dta::stata::missing_value::MissingValue;
use dta::stata::stata_byte::StataByte;
use dta::stata::stata_double::StataDouble;
use dta::stata::stata_long::StataLong;
use plenary_analysis::table::{Cell, Column, Table, Values};

use super::{Form, WriteError};

/// Stata/MP takes more, but not by the release of the format that Stata 14 reads.
const MOST_COLUMNS: usize = 32_767;
/// The longest text of a fixed length, in bytes.
const LONGEST_FIXED: usize = 2045;
/// Longer texts are stored once each where that takes less room.
const SHORT: usize = 80;
/// The greatest number of 32 bits that is not a missing value.
const GREATEST_LONG: i64 = 2_147_483_620;
/// The greatest whole number below which a double holds each.
const GREATEST_DOUBLE: i64 = 1 << 53;
/// What a name and a label hold, in characters.
const LONGEST_NAME: usize = 32;
const LONGEST_LABEL: usize = 80;

/// Writes a data set of release 118, which Stata 14 and later read. What a column is called in the table is its label where Stata takes no such
/// name. A missing text is an empty one: Stata has no other.
pub(super) fn write(table: &Table, name: &str, mut out: impl Write) -> Result<(), WriteError> {
    let columns = table.columns();
    if columns.len() > MOST_COLUMNS {
        return Err(too_large(format!(
            "{} columns, of which it takes {MOST_COLUMNS}",
            columns.len()
        )));
    }
    let kinds = columns.iter().map(|column| Kind::of(column, table.len()));
    let kinds = kinds.collect::<Result<Vec<_>, _>>()?;
    let file = filled(table, name, &kinds).map_err(|error| match error {
        DtaError::Io { source, .. } => source,
        error => io::Error::other(error),
    })?;
    Ok(out.write_all(&file)?)
}

fn too_large(reason: String) -> WriteError {
    WriteError::TooLarge {
        form: Form::Stata,
        reason,
    }
}

/// How a column is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Byte,
    Long,
    Double,
    Date,
    Fixed(u16),
    Shared,
}

impl Kind {
    fn of(column: &Column, rows: usize) -> Result<Self, WriteError> {
        let fits = |greatest: i64| {
            let whole = (0..rows).filter_map(|row| match column.cell(row) {
                Cell::Integer(number) => Some(number),
                _ => None,
            });
            let mut whole = whole;
            whole.all(|number| (-greatest..=greatest).contains(&number))
        };
        Ok(match column.values() {
            Values::Flags(_) => Self::Byte,
            Values::Dates(_) => Self::Date,
            Values::Floats(_) => Self::Double,
            Values::Counts(_) | Values::Integers(_) if fits(GREATEST_LONG) => Self::Long,
            Values::Counts(_) | Values::Integers(_) if fits(GREATEST_DOUBLE) => Self::Double,
            Values::Counts(_) | Values::Integers(_) => {
                let name = column.name();
                return Err(too_large(format!("a number of the column `{name}`")));
            }
            _ => Self::of_texts(column, rows)?,
        })
    }

    fn of_texts(column: &Column, rows: usize) -> Result<Self, WriteError> {
        let texts = (0..rows).filter_map(|row| match column.cell(row) {
            Cell::Text(text) => Some(text),
            _ => None,
        });
        let texts: HashSet<&str> = texts.collect();
        if texts.iter().any(|text| text.contains('\0')) {
            let name = column.name();
            return Err(too_large(format!(
                "a text of the column `{name}` with the character of number 0"
            )));
        }
        let longest = texts.iter().map(|text| text.len()).max().unwrap_or(0);
        let shared = 8 * rows + texts.iter().map(|text| text.len() + 21).sum::<usize>();
        let is_shared = longest > LONGEST_FIXED || (longest > SHORT && shared < longest * rows);
        Ok(match u16::try_from(longest.max(1)) {
            Ok(length) if !is_shared => Self::Fixed(length),
            _ => Self::Shared,
        })
    }

    const fn stored(self) -> VariableType {
        match self {
            Self::Byte => VariableType::Byte,
            Self::Long | Self::Date => VariableType::Long,
            Self::Double => VariableType::Double,
            Self::Fixed(length) => VariableType::FixedString(length),
            Self::Shared => VariableType::LongString,
        }
    }

    fn format(self) -> String {
        match self {
            Self::Byte => "%8.0g".to_owned(),
            Self::Long => "%12.0g".to_owned(),
            Self::Double => "%10.0g".to_owned(),
            Self::Date => "%tdCCYY-NN-DD".to_owned(),
            Self::Fixed(length) => format!("%-{}s", length.clamp(9, 40)),
            Self::Shared => "%-40s".to_owned(),
        }
    }
}

fn filled(table: &Table, name: &str, kinds: &[Kind]) -> Result<Vec<u8>, DtaError> {
    let header = Header::builder(Release::V118, ByteOrder::LittleEndian)
        .dataset_label(name.chars().take(LONGEST_LABEL).collect::<String>())
        .build();
    let columns = table.columns();
    let names = names(columns.iter().map(Column::name));
    let variables = columns.iter().zip(kinds).zip(names);
    let variables = variables.map(|((column, kind), name)| {
        let label: String = column.name().chars().take(LONGEST_LABEL).collect();
        let label = if label == name { String::new() } else { label };
        Variable::builder(kind.stored(), name)
            .format(kind.format())
            .label(label)
    });
    let schema = Schema::builder().variables(variables.collect()).build()?;
    let mut bytes = Cursor::new(Vec::new());
    let mut records = DtaWriter::new()
        .from_writer(&mut bytes)
        .write_header(header)?
        .write_schema(schema)?
        .into_record_writer()?;
    let mut shared = LongStringTable::for_writing();
    for row in 0..table.len() {
        let cells = (1u32..).zip(columns).zip(kinds);
        let values: Vec<Value<'_>> = cells
            .map(|((at, column), kind)| value(column.cell(row), *kind, (at, row), &mut shared))
            .collect();
        records.write_record(&values)?;
    }
    let mut long = records.into_long_string_writer()?;
    long.write_long_string_table(&shared)?;
    long.into_value_label_writer()?.finish()?;
    Ok(bytes.into_inner())
}

/// A value as Stata has it, at a column, from 1, and a row, from 0.
fn value<'t>(
    cell: Cell<'t>,
    kind: Kind,
    (column, row): (u32, usize),
    shared: &mut LongStringTable,
) -> Value<'t> {
    let text = match cell {
        Cell::Text(text) => text,
        _ => "",
    };
    match kind {
        Kind::Byte => Value::Byte(match cell {
            Cell::Flag(flag) => StataByte::Present(flag.into()),
            _ => StataByte::Missing(MissingValue::System),
        }),
        Kind::Long => Value::Long(match cell {
            Cell::Integer(number) => i32::try_from(number).map_or(NONE, StataLong::Present),
            _ => NONE,
        }),
        Kind::Date => Value::Long(match cell {
            Cell::Date(date) => StataLong::Present(days_since_1960(date)),
            _ => NONE,
        }),
        Kind::Double => Value::Double(match cell {
            Cell::Number(number) if number.is_finite() => StataDouble::Present(number),
            #[expect(clippy::cast_precision_loss, reason = "greater ones are refused")]
            Cell::Integer(number) => StataDouble::Present(number as f64),
            _ => StataDouble::Missing(MissingValue::System),
        }),
        Kind::Fixed(_) => Value::string(text),
        // The place 0, 0 is that of an empty text, which is not stored.
        Kind::Shared if text.is_empty() => {
            let mut places = LongStringTable::for_reading();
            Value::LongStringRef(places.get_or_insert(0, 0, text))
        }
        Kind::Shared => {
            // The text ends with a zero, which the crate does not write.
            let ended = format!("{text}\0");
            Value::LongStringRef(shared.get_or_insert(column, row as u64 + 1, ended.as_str()))
        }
    }
}

const NONE: StataLong = StataLong::Missing(MissingValue::System);

fn days_since_1960(date: NaiveDate) -> i32 {
    /// The day before 1 January of year 1 is day 0 of chrono.
    const EPOCH: i32 = 715_510;
    chrono::Datelike::num_days_from_ce(&date) - EPOCH
}

/// Words that Stata takes for no name.
const RESERVED: &[&str] = &[
    "_all", "_b", "byte", "_coef", "_cons", "double", "float", "if", "in", "int", "long", "_n",
    "_N", "_pi", "_pred", "_rc", "_skip", "strL", "using", "with", "str", "alias", "_r", "_se",
    "_pc", "_merge", "_dta",
];

/// Names of columns as Stata takes them: letters of ASCII, digits and underscores, at most 32, each once.
fn names<'n>(columns: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut taken: BTreeMap<String, u32> = BTreeMap::new();
    let mut names: Vec<String> = Vec::new();
    for column in columns {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
        let mut name: String = column.chars().map(plain).take(LONGEST_NAME).collect();
        let is_string_type = name
            .strip_prefix("str")
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()));
        let is_reserved = RESERVED.contains(&&*name) || is_string_type;
        if name.is_empty() || is_reserved || name.starts_with(|c: char| c.is_ascii_digit()) {
            name.insert(0, 'v');
            name.truncate(LONGEST_NAME);
        }
        let first = name.clone();
        while taken.contains_key(&name) {
            let times = taken.entry(first.clone()).or_insert(1);
            *times += 1;
            let ending = format!("_{times}");
            name = first.chars().take(LONGEST_NAME - ending.len()).collect();
            name.push_str(&ending);
        }
        taken.insert(name.clone(), 1);
        names.push(name);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_such_as_stata_takes_and_each_is_there_once() {
        let long = "x".repeat(40);
        let columns = [
            "A/RES/73/195",
            "A_RES_73_195",
            "2018",
            "int",
            "str5",
            "",
            &long,
            &long,
        ];
        let found = names(columns.into_iter());
        let cut = "x".repeat(32);
        let second = format!("{}_2", "x".repeat(30));
        let expected = [
            "A_RES_73_195",
            "A_RES_73_195_2",
            "v2018",
            "vint",
            "vstr5",
            "v",
            &cut,
            &second,
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_long_text_that_is_repeated_is_stored_once() {
        let title = "A title of a resolution ".repeat(10);
        let column = |rows: usize| Column::labels("title", vec![title.clone(); rows]);
        assert_eq!(Kind::of(&column(1), 1).unwrap(), Kind::Fixed(240));
        assert_eq!(Kind::of(&column(10), 10).unwrap(), Kind::Shared);
        let longest = Column::labels("title", ["x".repeat(2046)]);
        assert_eq!(Kind::of(&longest, 1).unwrap(), Kind::Shared);
        let code = Column::labels("iso3", vec!["FRA"; 10]);
        assert_eq!(Kind::of(&code, 10).unwrap(), Kind::Fixed(3));
    }

    #[test]
    fn whole_numbers_beyond_32_bits_are_doubles() {
        let kind = |number: i64| Kind::of(&Column::counts("n", [number]), 1);
        assert_eq!(kind(GREATEST_LONG).unwrap(), Kind::Long);
        assert_eq!(kind(GREATEST_LONG + 1).unwrap(), Kind::Double);
        assert!(kind(i64::MAX).is_err());
    }
}
