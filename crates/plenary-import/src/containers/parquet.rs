//! Parquet: columns of one value a row. Structures, lists and maps are left out, and that is said.

use std::panic::{AssertUnwindSafe, catch_unwind};

use parquet::basic::{Compression, LogicalType, TimeUnit, Type as Physical};
use parquet::data_type::{ByteArray, Decimal};
use parquet::file::reader::{ChunkReader, FileReader};
use parquet::file::serialized_reader::SerializedFileReader;
use parquet::record::Field;
use parquet::schema::types::Type;

use plenary_types::Place;

use super::text::{TableText, day_since_1970, number, since_1970, time, truth};
use super::{Found, LONGEST, Remark, broken, only};
use crate::error::ImportError;

const WHAT: &str = "the Parquet file";

/// What is called the table of a file that has one.
const NAME: &str = "rows";

const CONTRADICTS: &str = "it contradicts itself";

/// Reads the rows.
///
/// The crate gives no word that it does not panic where a file lies about itself: a panic of its own is an error about the file.
pub(super) fn read(path: &str, bytes: Vec<u8>, wanted: Option<&str>) -> Result<Found, ImportError> {
    only(path, wanted, NAME)?;
    let bytes = bytes::Bytes::from(bytes);
    let read = catch_unwind(AssertUnwindSafe(|| rows(path, bytes)));
    read.unwrap_or_else(|_| Err(broken(path, WHAT, CONTRADICTS)))
}

/// The keys and values that a file carries beside its rows.
pub(super) fn metadata(path: &str, bytes: Vec<u8>) -> Result<Vec<(String, String)>, ImportError> {
    let bytes = bytes::Bytes::from(bytes);
    let read = catch_unwind(AssertUnwindSafe(|| {
        let reader = SerializedFileReader::new(bytes)?;
        let pairs = reader.metadata().file_metadata().key_value_metadata();
        let pairs = pairs.into_iter().flatten();
        let pairs = pairs.filter_map(|pair| Some((pair.key.clone(), pair.value.clone()?)));
        Ok(pairs.collect())
    }));
    match read {
        Ok(read) => read.map_err(|error: parquet::errors::ParquetError| broken(path, WHAT, error)),
        Err(_) => Err(broken(path, WHAT, CONTRADICTS)),
    }
}

/// Whether columns that are compressed so are read: those for which this build has the code.
const fn is_read(packing: Compression) -> bool {
    matches!(
        packing,
        Compression::UNCOMPRESSED
            | Compression::SNAPPY
            | Compression::GZIP(_)
            | Compression::ZSTD(_)
    )
}

/// A timestamp in nanoseconds is a plain number to the reader of rows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    Nanoseconds,
}

fn rows(path: &str, bytes: impl ChunkReader + 'static) -> Result<Found, ImportError> {
    let failed = |error: parquet::errors::ParquetError| broken(path, WHAT, error);
    let reader = SerializedFileReader::new(bytes).map_err(failed)?;
    let metadata = reader.metadata();
    // Such a place makes the crate panic, and a panic prints lines that are no message.
    let mut columns = metadata
        .row_groups()
        .iter()
        .flat_map(|group| group.columns());
    let lies = |place: Option<i64>| place.is_some_and(|place| place < 0);
    if columns.any(|column| {
        lies(Some(column.compressed_size()))
            || lies(Some(column.data_page_offset()))
            || lies(column.dictionary_page_offset())
    }) {
        return Err(broken(path, WHAT, CONTRADICTS));
    }
    let groups = metadata.row_groups().iter();
    let mut packings = groups
        .flat_map(|group| group.columns())
        .map(|column| column.compression());
    if let Some(packing) = packings.find(|packing| !is_read(*packing)) {
        return Err(ImportError::syntax(
            Place::new(path),
            format!(
                "{WHAT} cannot be read: its columns are compressed as {packing}, which is not read"
            ),
            "write it again with `snappy`, `gzip` or `zstd`, or without compression",
        ));
    }
    let sizes = metadata
        .row_groups()
        .iter()
        .map(|group| group.total_byte_size().max(0).unsigned_abs());
    if sizes.fold(0_u64, u64::saturating_add) > LONGEST.bytes() {
        return Err(LONGEST.exceeded(path));
    }
    let root = metadata.file_metadata().schema();
    let (flat, nested): (Vec<_>, Vec<_>) = root.get_fields().iter().cloned().partition(|field| {
        let repeats = field.get_basic_info().has_repetition()
            && field.get_basic_info().repetition() == parquet::basic::Repetition::REPEATED;
        field.is_primitive() && !repeats
    });
    let header: Vec<&str> = flat.iter().map(|field| field.name()).collect();
    let kinds: Vec<Kind> = flat.iter().map(|field| kind(field)).collect();
    let remarks = nested.iter().map(|field| Remark {
        row: 0,
        field: field.name().to_owned(),
        found: None,
        message: "the column holds no one value a row, but a list or a structure; it is left out"
            .to_owned(),
        help: "write each value to a column of its own",
    });
    let mut table = TableText::new(path);
    table.push(0, &header)?;
    let projection = Type::group_type_builder(root.name())
        .with_fields(flat.clone())
        .build()
        .map_err(failed)?;
    let rows = reader.get_row_iter(Some(projection)).map_err(failed)?;
    let mut fields: Vec<String> = Vec::new();
    for (number, row) in (1..).zip(rows) {
        let row = row.map_err(failed)?;
        fields.clear();
        for ((_, field), kind) in row.get_column_iter().zip(&kinds) {
            let text = text_of(field, *kind);
            fields.push(
                text.ok_or_else(|| broken(path, WHAT, "a value of it is no text, number or day"))?,
            );
        }
        table.push(number, &fields)?;
    }
    Ok(Found {
        name: NAME.to_owned(),
        text: table,
        remarks: remarks.collect(),
        note: None,
    })
}

fn kind(field: &Type) -> Kind {
    let is_nanoseconds = matches!(
        field.get_basic_info().logical_type_ref(),
        Some(LogicalType::Timestamp(time)) if time.unit == TimeUnit::NANOS
    );
    match is_nanoseconds && field.get_physical_type() == Physical::INT64 {
        true => Kind::Nanoseconds,
        false => Kind::Plain,
    }
}

/// A value as text; nothing for one that is not of one piece, or bytes that are no text.
fn text_of(field: &Field, kind: Kind) -> Option<String> {
    Some(match field {
        Field::Null => String::new(),
        Field::Bool(value) => truth(*value).to_owned(),
        Field::Byte(value) => value.to_string(),
        Field::Short(value) => value.to_string(),
        Field::Int(value) => value.to_string(),
        Field::Long(value) if kind == Kind::Nanoseconds => {
            time(since_1970(value.div_euclid(1000))?, "")
        }
        Field::Long(value) => value.to_string(),
        Field::UByte(value) => value.to_string(),
        Field::UShort(value) => value.to_string(),
        Field::UInt(value) => value.to_string(),
        Field::ULong(value) => value.to_string(),
        Field::Float16(value) => number(value.to_f64()),
        // The shortest number that is this one in four bytes.
        Field::Float(value) => value.to_string().parse().map(number).ok()?,
        Field::Double(value) => number(*value),
        Field::Decimal(value) => decimal(value)?,
        Field::Str(text) => text.clone(),
        Field::Bytes(bytes) => bytes_as_text(bytes)?,
        Field::Date(days) => day_since_1970((*days).into())?,
        Field::TimeMillis(value) => clock(i64::from(*value).checked_mul(1000)?)?,
        Field::TimeMicros(value) => clock(*value)?,
        Field::TimestampMillis(value) => time(since_1970(value.checked_mul(1000)?)?, ""),
        Field::TimestampMicros(value) => time(since_1970(*value)?, ""),
        Field::Group(_) | Field::ListInternal(_) | Field::MapInternal(_) => return None,
    })
}

fn bytes_as_text(bytes: &ByteArray) -> Option<String> {
    std::str::from_utf8(bytes.data()).ok().map(str::to_owned)
}

/// A time of a day.
fn clock(microseconds: i64) -> Option<String> {
    let at = since_1970(microseconds)?;
    Some(at.format("%H:%M:%S%.f").to_string())
}

/// A whole number in bytes, with a point before so many of its digits.
fn decimal(value: &Decimal) -> Option<String> {
    let scale = usize::try_from(value.scale()).ok()?;
    let bytes = value.data();
    let sign = bytes.first().is_some_and(|first| first & 0x80 != 0);
    if bytes.len() > 16 || scale > 38 {
        return None;
    }
    let fill = if sign { 0xff } else { 0 };
    let mut whole = [fill; 16];
    whole.get_mut(16 - bytes.len()..)?.copy_from_slice(bytes);
    let whole = i128::from_be_bytes(whole);
    let digits = format!("{:0>width$}", whole.unsigned_abs(), width = scale + 1);
    let (units, rest) = digits.split_at_checked(digits.len() - scale)?;
    let rest = rest.trim_end_matches('0');
    let sign = if whole < 0 { "-" } else { "" };
    Some(match rest {
        "" => format!("{sign}{units}"),
        rest => format!("{sign}{units}.{rest}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_have_their_point_and_no_zeros_behind() {
        let text = |value: i32, scale| decimal(&Decimal::from_i32(value, 9, scale));
        assert_eq!(text(12_300, 2).as_deref(), Some("123"));
        assert_eq!(text(-5, 3).as_deref(), Some("-0.005"));
        assert_eq!(text(150, 1).as_deref(), Some("15"));
        assert_eq!(text(155, 1).as_deref(), Some("15.5"));
    }
}
