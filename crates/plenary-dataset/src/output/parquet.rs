//! A [`Table`] as a Parquet file.

use std::io::Write;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use parquet::basic::{
    Compression, ConvertedType, LogicalType, Repetition, Type as Physical, ZstdLevel,
};
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type,
};
use parquet::errors::Result;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;
use plenary_analysis::table::{Column, Table, Values};

use crate::tables::DatasetTable;

/// The level of zstd: what it saves above this costs more time than it is worth.
const LEVEL: i32 = 6;

/// Writes one row group, with dictionaries; texts as UTF-8 strings, days as dates, every column nullable but whole counts.
pub(super) fn write(table: &Table, out: impl Write + Send) -> Result<()> {
    let metadata = table.metadata().iter().cloned();
    write_with(table, |_| true, metadata.collect(), out)
}

/// Writes a table of a dataset, with what it is, and of which documents it was made.
pub(crate) fn write_table(
    table: &DatasetTable,
    documents: &str,
    out: impl Write + Send,
) -> Result<()> {
    let is_nullable = |column: &Column| table.is_nullable(column);
    let metadata = [
        ("plenary", env!("CARGO_PKG_VERSION")),
        ("table", table.schema.name),
        ("description", table.schema.description),
        ("documents", documents),
    ];
    let metadata = metadata.map(|(key, value)| (key.to_owned(), value.to_owned()));
    write_with(&table.table, is_nullable, metadata.to_vec(), out)
}

fn write_with(
    table: &Table,
    is_nullable: impl Fn(&Column) -> bool,
    metadata: Vec<(String, String)>,
    out: impl Write + Send,
) -> Result<()> {
    /// Rows of a page and of a dictionary: what repeats is found within one page, so that a page of all rows is the smallest.
    const ROWS_OF_A_PAGE: usize = 1 << 20;
    const BYTES_OF_A_PAGE: usize = 8 << 20;
    let metadata = metadata
        .into_iter()
        .map(|(key, value)| KeyValue::new(key, value))
        .collect();
    let properties = WriterProperties::builder()
        .set_key_value_metadata(Some(metadata))
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(LEVEL)?))
        .set_max_row_group_row_count(None)
        .set_data_page_row_count_limit(ROWS_OF_A_PAGE)
        .set_data_page_size_limit(BYTES_OF_A_PAGE)
        .set_dictionary_page_size_limit(BYTES_OF_A_PAGE)
        .build();
    let schema = schema(table, is_nullable)?;
    let mut file = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?;
    let mut group = file.next_row_group()?;
    for column in table.columns() {
        let Some(mut writer) = group.next_column()? else {
            break;
        };
        write_column(column, table.len(), &mut writer)?;
        writer.close()?;
    }
    group.close()?;
    file.close()?;
    Ok(())
}

fn write_column(
    column: &Column,
    rows: usize,
    writer: &mut SerializedColumnWriter<'_>,
) -> Result<()> {
    match column.values() {
        Values::Labels(labels, codes) => {
            let labels: Vec<ByteArray> = labels
                .iter()
                .map(|label| ByteArray::from(&**label))
                .collect();
            let texts = codes.iter().map(|&code| labels.get(code as usize).cloned());
            write_values::<ByteArrayType>(texts.take(rows), writer)
        }
        Values::Counts(counts) => {
            let counts = counts.get(..rows).unwrap_or(counts);
            writer
                .typed::<Int64Type>()
                .write_batch(counts, None, None)?;
            Ok(())
        }
        Values::Integers(integers) => {
            write_values::<Int32Type>(integers.iter().copied().take(rows), writer)
        }
        Values::Floats(floats) => {
            let numbers = floats
                .iter()
                .map(|number| Some(*number).filter(|n| !n.is_nan()));
            write_values::<DoubleType>(numbers.take(rows), writer)
        }
        Values::Dates(dates) => {
            let days = dates.iter().map(|date| date.map(days_since_1970));
            write_values::<Int32Type>(days.take(rows), writer)
        }
        Values::Flags(flags) => write_values::<BoolType>(flags.iter().copied().take(rows), writer),
        // A kind of column that this form does not know is refused by the schema.
        _ => Ok(()),
    }
}

/// Writes values of which some may be missing.
fn write_values<T: DataType>(
    values: impl Iterator<Item = Option<T::T>>,
    writer: &mut SerializedColumnWriter<'_>,
) -> Result<()> {
    let mut levels = Vec::new();
    let present: Vec<T::T> = values
        .inspect(|value| levels.push(i16::from(value.is_some())))
        .flatten()
        .collect();
    writer
        .typed::<T>()
        .write_batch(&present, Some(&levels), None)?;
    Ok(())
}

fn days_since_1970(date: NaiveDate) -> i32 {
    /// The day before 1 January of year 1 is day 0 of chrono.
    const EPOCH: i32 = 719_163;
    date.num_days_from_ce() - EPOCH
}

fn schema(table: &Table, is_nullable: impl Fn(&Column) -> bool) -> Result<Type> {
    let fields = table
        .columns()
        .iter()
        .map(|column| field(column, is_nullable(column)).map(Arc::new));
    Type::group_type_builder("table")
        .with_fields(fields.collect::<Result<_>>()?)
        .build()
}

fn field(column: &Column, is_nullable: bool) -> Result<Type> {
    let of = |physical| Type::primitive_type_builder(column.name(), physical);
    let repetition = match is_nullable {
        true => Repetition::OPTIONAL,
        false => Repetition::REQUIRED,
    };
    let optional = |physical| of(physical).with_repetition(repetition);
    match column.values() {
        Values::Labels(..) => optional(Physical::BYTE_ARRAY)
            .with_logical_type(Some(LogicalType::String))
            .with_converted_type(ConvertedType::UTF8)
            .build(),
        Values::Counts(_) => of(Physical::INT64)
            .with_repetition(Repetition::REQUIRED)
            .build(),
        Values::Integers(_) => optional(Physical::INT32).build(),
        Values::Floats(_) => optional(Physical::DOUBLE).build(),
        Values::Dates(_) => optional(Physical::INT32)
            .with_logical_type(Some(LogicalType::Date))
            .with_converted_type(ConvertedType::DATE)
            .build(),
        Values::Flags(_) => optional(Physical::BOOLEAN).build(),
        _ => Err(parquet::errors::ParquetError::NYI(format!(
            "the column `{}` is of a kind that Parquet is not written of",
            column.name()
        ))),
    }
}
