//! [`StoredTables`]: the tables of a dataset on disk, read without its documents.

use std::fs;
use std::io;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Component, Path, PathBuf};

use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, DataType};
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use plenary_analysis::table::{Column, MISSING, Table};
use plenary_import::files::FileHash;
use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::schema::{ColumnKind, ColumnSchema, TABLES, TableSchema};

/// The tables of a dataset that is as it was written: each file has the hash that its descriptor records, and each table was made of the
/// documents that lie beside it.
#[derive(Clone, Debug)]
pub struct StoredTables {
    version: Option<String>,
    tables: Vec<Stored>,
}

#[derive(Clone, Debug)]
struct Stored {
    schema: &'static TableSchema,
    path: PathBuf,
    rows: u64,
}

/// Why a table of a dataset is not read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoredError {
    /// The folder is not a dataset.
    #[error("{}: not a dataset: no `{}` that can be read in the folder", path.display(), crate::layout::DESCRIPTOR)]
    NoDataset {
        /// The folder.
        path: PathBuf,
    },
    /// The dataset has no such table, or not as Parquet.
    #[error("there is no table `{name}` as Parquet in the dataset")]
    NoTable {
        /// Its name.
        name: String,
    },
    /// The table has no such column.
    #[error("the table `{table}` has no column `{column}`")]
    NoColumn {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// The file is not one that plenary wrote.
    #[error("{}: the table cannot be read: {reason}", path.display())]
    Broken {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// It could not be read.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

#[derive(Deserialize)]
struct Descriptor {
    #[serde(default)]
    plenary: Made,
    #[serde(default)]
    resources: Vec<Resource>,
}

#[derive(Default, Deserialize)]
struct Made {
    #[serde(default)]
    version: Option<String>,
}

#[derive(Deserialize)]
struct Resource {
    #[serde(default)]
    name: String,
    #[serde(default)]
    path: serde_json::Value,
    #[serde(default)]
    format: serde_json::Value,
    #[serde(default)]
    hash: Option<String>,
    #[serde(default)]
    rows: Option<u64>,
    #[serde(default, rename = "derivedFrom")]
    derived_from: Option<String>,
}

/// The longest descriptor that is read.
const LONGEST: u64 = 64 << 20;

impl Descriptor {
    /// `None` if the folder is not a dataset.
    fn read(folder: &Path) -> io::Result<Option<Self>> {
        let path = folder.join(crate::layout::DESCRIPTOR);
        if !path.is_file() || fs::metadata(&path)?.len() > LONGEST {
            return Ok(None);
        }
        Ok(serde_json::from_slice(&fs::read(&path)?).ok())
    }
}

impl StoredTables {
    /// The tables of a dataset in a folder; none where the folder is no dataset, its documents or one of the tables of these names are not as
    /// they were written, or a table was made of other documents. Other files are not looked at.
    ///
    /// # Errors
    ///
    /// What the system says of a file that cannot be read.
    pub fn open(folder: impl AsRef<Path>, names: &[&str]) -> io::Result<Option<Self>> {
        let folder = folder.as_ref();
        let Some(Descriptor { plenary, resources }) = Descriptor::read(folder)? else {
            return Ok(None);
        };
        let file = |resource: &Resource| {
            let path = Path::new(resource.path.as_str()?);
            let is_inside = path.components().all(|c| matches!(c, Component::Normal(_)));
            let path = folder.join(path);
            (is_inside && path.is_file()).then_some(path)
        };
        // The files that hold documents are those that are made of nothing else, beside reference data.
        let is_source = |resource: &&Resource| {
            let path = resource.path.as_str().unwrap_or_default();
            resource.derived_from.is_none() && holds_documents(path)
        };
        let mut documents = resources.iter().filter(is_source);
        let (Some(documents), None) = (documents.next(), documents.next()) else {
            return Ok(None);
        };
        let is_as_written = |resource: &Resource| {
            let Some((path, hash)) = file(resource).zip(resource.hash.as_ref()) else {
                return Ok::<_, io::Error>(false);
            };
            Ok(FileHash::read(path)?.hash == *hash)
        };
        if !is_as_written(documents)? {
            return Ok(None);
        }
        let mut tables = Vec::new();
        for name in names {
            let mut named = resources.iter().filter(|resource| resource.name == *name);
            let (Some(table), None) = (named.next(), named.next()) else {
                return Ok(None);
            };
            let known = TableSchema::named(name).zip(file(table)).zip(table.rows);
            let is_made = table.derived_from == documents.hash;
            let Some(((schema, path), rows)) =
                known.filter(|_| is_made && table.format == "parquet")
            else {
                return Ok(None);
            };
            if !is_as_written(table)? {
                return Ok(None);
            }
            tables.push(Stored { schema, path, rows });
        }
        Ok(Some(Self {
            version: plenary.version,
            tables,
        }))
    }

    /// The names of the tables that a dataset has as Parquet, in their usual order. Whether they are as they were written is not looked at.
    ///
    /// # Errors
    ///
    /// [`StoredError`] if the folder is not a dataset or its descriptor cannot be read.
    pub fn listed(folder: impl AsRef<Path>) -> Result<Vec<&'static str>, StoredError> {
        let folder = folder.as_ref();
        let descriptor = Descriptor::read(folder).map_err(|source| StoredError::Io {
            path: folder.to_owned(),
            source,
        })?;
        let descriptor = descriptor.ok_or_else(|| StoredError::NoDataset {
            path: folder.to_owned(),
        })?;
        let is_listed = |table: &&TableSchema| {
            let mut resources = descriptor.resources.iter();
            resources.any(|known| known.name == table.name && known.format == "parquet")
        };
        let tables = TABLES.iter().copied().filter(is_listed);
        Ok(tables.map(|table| table.name).collect())
    }

    /// The version of plenary that wrote the dataset, where it says so.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// How many rows a table has.
    #[must_use]
    pub fn rows(&self, name: &str) -> Option<usize> {
        let table = self.tables.iter().find(|table| table.schema.name == name)?;
        usize::try_from(table.rows).ok()
    }

    /// Whether a table has a column: some are left out where no row has a value.
    ///
    /// # Errors
    ///
    /// [`StoredError`] where the table cannot be read.
    pub fn has_column(&self, name: &str, column: &str) -> Result<bool, StoredError> {
        let (_, reader) = self.reader(name)?;
        Ok(place_of(&reader, column).is_some())
    }

    /// Columns of a table, in the order in which they are named, of a part of its rows or of all.
    ///
    /// # Errors
    ///
    /// [`StoredError`] where there is no such table or column, or the file cannot be read.
    pub fn read(
        &self,
        name: &str,
        columns: &[&str],
        rows: Option<Range<usize>>,
    ) -> Result<Table, StoredError> {
        let (stored, reader) = self.reader(name)?;
        let mut read = Vec::new();
        for column in columns {
            let mut known = stored.schema.columns.iter();
            let place = place_of(&reader, column);
            let known = known.find(|known| known.name == *column).zip(place);
            let (schema, place) = known.ok_or_else(|| StoredError::NoColumn {
                table: name.to_owned(),
                column: (*column).to_owned(),
            })?;
            let rows = rows.clone().unwrap_or(0..usize::MAX);
            // The crate gives no word that it does not panic where a file lies about itself.
            let column = catch_unwind(AssertUnwindSafe(|| {
                read_column(&reader, place, schema, rows)
            }));
            let broken = |reason: String| StoredError::Broken {
                path: stored.path.clone(),
                reason,
            };
            let column = column.map_err(|_| broken("it contradicts itself".to_owned()))?;
            read.push(column.map_err(|error| broken(error.to_string()))?);
        }
        Ok(Table::new(read))
    }

    fn reader(&self, name: &str) -> Result<(&Stored, SerializedFileReader<fs::File>), StoredError> {
        let mut tables = self.tables.iter();
        let stored = tables.find(|table| table.schema.name == name);
        let stored = stored.ok_or_else(|| StoredError::NoTable {
            name: name.to_owned(),
        })?;
        let file = fs::File::open(&stored.path).map_err(|source| StoredError::Io {
            path: stored.path.clone(),
            source,
        })?;
        let reader = catch_unwind(|| SerializedFileReader::new(file));
        let broken = |reason: String| StoredError::Broken {
            path: stored.path.clone(),
            reason,
        };
        let reader = reader.map_err(|_| broken("it contradicts itself".to_owned()))?;
        Ok((stored, reader.map_err(|error| broken(error.to_string()))?))
    }
}

/// Whether a file of that name holds documents, packed or not.
fn holds_documents(path: &str) -> bool {
    let mut packed = [".gz", ".zst"].iter();
    let plain = packed
        .find_map(|end| path.strip_suffix(end))
        .unwrap_or(path);
    let mut endings = [".json", ".jsonl", ".ndjson"].iter();
    endings.any(|end| plain.ends_with(end))
}

/// Reads columns of a table of a dataset, whose documents and whose table have to be as they were written.
///
/// # Errors
///
/// [`StoredError`] where there is no such table or column, it was changed, or the file cannot be read.
pub fn read_table(
    folder: impl AsRef<Path>,
    name: &str,
    columns: &[&str],
) -> Result<Table, StoredError> {
    let folder = folder.as_ref();
    let tables = StoredTables::open(folder, &[name]).map_err(|source| StoredError::Io {
        path: folder.to_owned(),
        source,
    })?;
    let tables = tables.ok_or_else(|| StoredError::NoTable {
        name: name.to_owned(),
    })?;
    tables.read(name, columns, None)
}

/// The place of a column in a file.
fn place_of(reader: &SerializedFileReader<fs::File>, column: &str) -> Option<usize> {
    let schema = reader.metadata().file_metadata().schema_descr();
    schema
        .columns()
        .iter()
        .position(|known| known.name() == column)
}

fn read_column(
    reader: &SerializedFileReader<fs::File>,
    place: usize,
    schema: &ColumnSchema,
    rows: Range<usize>,
) -> Result<Column, ParquetError> {
    let mut values = Grown::new(schema.kind);
    let mut first = 0;
    for at in 0..reader.num_row_groups() {
        let group = reader.get_row_group(at)?;
        let in_group = usize::try_from(group.metadata().num_rows()).unwrap_or(0);
        let from = rows.start.clamp(first, first + in_group) - first;
        let to = rows.end.clamp(first, first + in_group) - first;
        first += in_group;
        if from < to {
            values.read(group.get_column_reader(place)?, from..to)?;
        }
    }
    values.into_column(schema.name)
}

/// The values of a column so far.
enum Grown {
    Integers(Vec<Option<i32>>),
    Dates(Vec<Option<i32>>),
    Flags(Vec<Option<bool>>),
    Texts(GrownTexts),
}

#[derive(Default)]
struct GrownTexts {
    places: FxHashMap<String, u32>,
    /// The codes of texts by the place of their bytes in memory: those of a dictionary are shared.
    by_address: FxHashMap<(usize, usize), u32>,
    /// What holds the bytes of these places.
    held: Vec<ByteArray>,
    labels: Vec<String>,
    codes: Vec<u32>,
}

impl Grown {
    fn new(kind: ColumnKind) -> Self {
        match kind {
            ColumnKind::Integer => Self::Integers(Vec::new()),
            ColumnKind::Date => Self::Dates(Vec::new()),
            ColumnKind::Flag => Self::Flags(Vec::new()),
            ColumnKind::Text => Self::Texts(GrownTexts::default()),
        }
    }

    fn read(&mut self, column: ColumnReader, rows: Range<usize>) -> Result<(), ParquetError> {
        match (self, column) {
            (Self::Integers(all) | Self::Dates(all), ColumnReader::Int32ColumnReader(reader)) => {
                read_values(reader, rows, |value| all.push(value.copied()))
            }
            (Self::Flags(all), ColumnReader::BoolColumnReader(reader)) => {
                read_values(reader, rows, |value| all.push(value.copied()))
            }
            (Self::Texts(all), ColumnReader::ByteArrayColumnReader(reader)) => {
                let mut failed = None;
                read_values(reader, rows, |value: Option<&ByteArray>| {
                    if let Err(error) = all.push(value) {
                        failed.get_or_insert(error);
                    }
                })?;
                failed.map_or(Ok(()), Err)
            }
            _ => Err(ParquetError::General(
                "a column has values of another kind than the table has".to_owned(),
            )),
        }
    }

    fn into_column(self, name: &str) -> Result<Column, ParquetError> {
        /// The day before 1 January of year 1 is day 0 of chrono.
        const EPOCH: i32 = 719_163;
        Ok(match self {
            Self::Integers(all) => Column::integers(name, all),
            Self::Flags(all) => Column::flags(name, all),
            Self::Dates(all) => {
                let day = |days: i32| {
                    let day = days.checked_add(EPOCH);
                    day.and_then(chrono::NaiveDate::from_num_days_from_ce_opt)
                };
                Column::dates(name, all.into_iter().map(|days| day(days?)))
            }
            Self::Texts(all) => Column::coded(name, all.labels.into(), all.codes),
        })
    }
}

impl GrownTexts {
    fn push(&mut self, value: Option<&ByteArray>) -> Result<(), ParquetError> {
        let Some(value) = value else {
            self.codes.push(MISSING);
            return Ok(());
        };
        let address = (value.data().as_ptr().addr(), value.len());
        if let Some(code) = self.by_address.get(&address) {
            self.codes.push(*code);
            return Ok(());
        }
        let text = value.as_utf8()?;
        let code = match self.places.get(text) {
            Some(code) => *code,
            None => {
                let code = u32::try_from(self.labels.len()).unwrap_or(MISSING);
                self.places.insert(text.to_owned(), code);
                self.labels.push(text.to_owned());
                code
            }
        };
        self.by_address.insert(address, code);
        self.held.push(value.clone());
        self.codes.push(code);
        Ok(())
    }
}

/// Hands on the values of rows of a column, nothing for a missing one.
fn read_values<T: DataType>(
    mut reader: ColumnReaderImpl<T>,
    rows: Range<usize>,
    mut take: impl FnMut(Option<&T::T>),
) -> Result<(), ParquetError> {
    /// Rows that are decoded at once.
    const CHUNK: usize = 1 << 16;
    let mut left = rows.len();
    reader.skip_records(rows.start)?;
    let (mut values, mut levels) = (Vec::new(), Vec::new());
    while left > 0 {
        values.clear();
        levels.clear();
        let (records, found, _) =
            reader.read_records(left.min(CHUNK), Some(&mut levels), None, &mut values)?;
        if records == 0 {
            let reason = "it has fewer rows than it says".to_owned();
            return Err(ParquetError::General(reason));
        }
        left -= records.min(left);
        if levels.is_empty() {
            // A column of which every row has a value.
            values
                .iter()
                .take(found)
                .for_each(|value| take(Some(value)));
            continue;
        }
        let mut values = values.iter();
        for level in &levels {
            take(if *level > 0 { values.next() } else { None });
        }
    }
    Ok(())
}
