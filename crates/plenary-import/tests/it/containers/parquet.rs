//! Parquet.

use std::fs;
use std::sync::Arc;

use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use plenary_import::{Options, read, read_text};

use super::{Rows, compact, library, refused, same_as_csv, voeten};

/// The rows as nullable columns: whole numbers in eight bytes, days as such, all others as text.
fn written(rows: &Rows, compression: Compression) -> Vec<u8> {
    let [header, rows @ ..] = rows.as_slice() else {
        panic!("a header")
    };
    let values = |column: usize| rows.iter().map(move |row| row[column].as_str());
    let filled = |column: usize| values(column).filter(|value| !value.is_empty());
    let is_whole = |column: usize| filled(column).all(|value| value.parse::<i64>().is_ok());
    let is_day =
        |column: usize| filled(column).all(|value| value.parse::<chrono::NaiveDate>().is_ok());
    let fields: String = (0..header.len())
        .map(|at| match (is_whole(at), is_day(at)) {
            (true, _) => format!("optional int64 {};", header[at]),
            (_, true) => format!("optional int32 {} (DATE);", header[at]),
            _ => format!("optional binary {} (UTF8);", header[at]),
        })
        .collect();
    let schema = Arc::new(parse_message_type(&format!("message schema {{ {fields} }}")).unwrap());
    let properties = WriterProperties::builder()
        .set_compression(compression)
        .build();
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties)).unwrap();
    // Two groups of rows.
    for part in rows.chunks(rows.len().div_ceil(2)) {
        let mut group = writer.next_row_group().unwrap();
        for at in 0..header.len() {
            let values: Vec<&str> = part.iter().map(|row| row[at].as_str()).collect();
            let levels: Vec<i16> = values
                .iter()
                .map(|value| i16::from(!value.is_empty()))
                .collect();
            let filled = values.iter().filter(|value| !value.is_empty());
            let mut column = group.next_column().unwrap().unwrap();
            match (is_whole(at), is_day(at)) {
                (true, _) => {
                    let values: Vec<i64> = filled.map(|value| value.parse().unwrap()).collect();
                    column
                        .typed::<Int64Type>()
                        .write_batch(&values, Some(&levels), None)
                        .unwrap();
                }
                (_, true) => {
                    let since = chrono::NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
                    let day = |value: &&str| {
                        let days = value.parse::<chrono::NaiveDate>().unwrap() - since;
                        i32::try_from(days.num_days()).unwrap()
                    };
                    let values: Vec<i32> = filled.map(day).collect();
                    column
                        .typed::<Int32Type>()
                        .write_batch(&values, Some(&levels), None)
                        .unwrap();
                }
                _ => {
                    let values: Vec<ByteArray> =
                        filled.map(|value| ByteArray::from(*value)).collect();
                    column
                        .typed::<ByteArrayType>()
                        .write_batch(&values, Some(&levels), None)
                        .unwrap();
                }
            }
            column.close().unwrap();
        }
        group.close().unwrap();
    }
    writer.into_inner().unwrap()
}

#[test]
fn a_table_in_parquet_is_read_as_the_same_csv() {
    let codecs = [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::GZIP(Default::default()),
        Compression::ZSTD(ZstdLevel::default()),
    ];
    let tables = [Some(library()), Some(voeten()), compact()];
    for (rows, codec) in tables
        .into_iter()
        .flatten()
        .zip(codecs.into_iter().cycle().skip(1))
    {
        same_as_csv(&rows, &written(&rows, codec), "rows", -1);
    }
    for codec in codecs {
        same_as_csv(&voeten(), &written(&voeten(), codec), "rows", -1);
    }
}

#[test]
fn times_and_nested_columns_are_what_they_are_said_to_be() {
    let schema = "message schema { required int64 at (TIMESTAMP(NANOS, false)); required double number; \
                  optional group list (LIST) { repeated group list { optional int32 element; } } }";
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Default::default()).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    let (day, hour) = (1_545_177_600_000_000_000_i64, 3_600_000_000_000);
    column
        .typed::<Int64Type>()
        .write_batch(&[day, day + hour], None, None)
        .unwrap();
    column.close().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column
        .typed::<DoubleType>()
        .write_batch(&[1946.0, f64::NAN], None, None)
        .unwrap();
    column.close().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column
        .typed::<Int32Type>()
        .write_batch(&[1, 2], Some(&[3, 3]), Some(&[0, 0]))
        .unwrap();
    column.close().unwrap();
    group.close().unwrap();
    let bytes = writer.into_inner().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("times.parquet");
    fs::write(&path, bytes).unwrap();
    assert_eq!(
        read_text(&path).unwrap(),
        "at,number\n2018-12-19,1946\n2018-12-19T01:00:00,\n"
    );
}

#[test]
fn a_file_that_is_cut_short_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cut.parquet");
    let whole = written(&voeten(), Compression::SNAPPY);
    for end in [8, whole.len() / 2, whole.len() - 1] {
        fs::write(&path, &whole[..end]).unwrap();
        assert!(
            refused(&path)
                .to_string()
                .contains("the Parquet file cannot be read"),
            "{}",
            refused(&path)
        );
    }
    fs::write(&path, whole).unwrap();
    assert!(read(format!("{}#other", path.display()), &Options::default()).is_err());
}
