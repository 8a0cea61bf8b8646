//! A [`Table`] as a Parquet file.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{ConvertedType, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::Result;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use crate::table::{ColumnValues, Table};

impl Table {
    /// Writes Parquet: one row group, texts as UTF-8 strings, whole numbers as 64-bit integers, numbers as doubles with
    /// nulls, and its metadata as key-value metadata of the file.
    ///
    /// # Errors
    ///
    /// What the Parquet writer or `out` reports.
    pub fn write_parquet(&self, out: impl Write + Send) -> io::Result<()> {
        write(self, out).map_err(io::Error::other)
    }
}

fn write(table: &Table, out: impl Write + Send) -> Result<()> {
    let metadata = table
        .metadata()
        .iter()
        .map(|(key, value)| KeyValue::new(key.clone(), value.clone()))
        .collect();
    let properties = WriterProperties::builder()
        .set_key_value_metadata(Some(metadata))
        .build();
    let mut file = SerializedFileWriter::new(out, Arc::new(schema(table)?), Arc::new(properties))?;
    let mut group = file.next_row_group()?;
    for (_, values) in table.parquet_columns() {
        let Some(mut column) = group.next_column()? else {
            break;
        };
        match values {
            ColumnValues::Texts(texts) => {
                let bytes: Vec<ByteArray> = texts.into_iter().map(ByteArray::from).collect();
                column
                    .typed::<ByteArrayType>()
                    .write_batch(&bytes, None, None)?;
            }
            ColumnValues::Integers(integers) => {
                column
                    .typed::<Int64Type>()
                    .write_batch(integers, None, None)?;
            }
            ColumnValues::Doubles(doubles) => {
                let present: Vec<f64> = doubles.iter().copied().filter(|x| !x.is_nan()).collect();
                let levels: Vec<i16> = doubles.iter().map(|x| i16::from(!x.is_nan())).collect();
                column
                    .typed::<DoubleType>()
                    .write_batch(&present, Some(&levels), None)?;
            }
        }
        column.close()?;
    }
    group.close()?;
    file.close()?;
    Ok(())
}

fn schema(table: &Table) -> Result<Type> {
    let fields = table
        .parquet_columns()
        .map(|(name, values)| {
            let field = match values {
                ColumnValues::Texts(_) => Type::primitive_type_builder(name, Physical::BYTE_ARRAY)
                    .with_logical_type(Some(LogicalType::String))
                    .with_converted_type(ConvertedType::UTF8)
                    .with_repetition(Repetition::REQUIRED),
                ColumnValues::Integers(_) => Type::primitive_type_builder(name, Physical::INT64)
                    .with_repetition(Repetition::REQUIRED),
                ColumnValues::Doubles(_) => Type::primitive_type_builder(name, Physical::DOUBLE)
                    .with_repetition(Repetition::OPTIONAL),
            };
            Ok(Arc::new(field.build()?))
        })
        .collect::<Result<Vec<_>>>()?;
    Type::group_type_builder("table")
        .with_fields(fields)
        .build()
}
