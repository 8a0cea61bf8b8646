//! Whether the files of a dataset are still those that were written: their bytes, hashes and rows.

use std::fs::File;
use std::io;
use std::path::Path;

use plenary_types::{Finding, Place};

use super::tables::{Row, TABLES, TableInfo, Tables};
use crate::check::ReaderCheck;
use crate::files::{FileHash, HASH_ALGORITHM};
use crate::record::Record;

/// What a descriptor records of a file.
#[derive(Clone, Debug, Default)]
pub(super) struct Recorded {
    pub(super) bytes: Option<u64>,
    /// With its algorithm.
    pub(super) hash: Option<String>,
    pub(super) rows: Option<u64>,
    /// The hash of the documents that a table was made of.
    pub(super) derived_from: Option<String>,
}

impl Recorded {
    /// Whether there is anything to verify without counting rows.
    pub(super) const fn is_of_bytes(&self) -> bool {
        self.bytes.is_some() || self.hash.is_some()
    }

    /// The hash, where it is of the algorithm that is computed here.
    fn known_hash(&self) -> Option<&str> {
        let hash = self.hash.as_deref()?;
        hash.starts_with(HASH_ALGORITHM).then_some(hash)
    }
}

/// Reads a file through; nothing where it is not there.
pub(super) fn measure(path: &Path) -> io::Result<Option<FileHash>> {
    match FileHash::read(path) {
        Ok(measured) => Ok(Some(measured)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// What is wrong with a file, if it is not the one that was written. Its rows are compared where its bytes are right.
pub(super) fn changed(
    path: &Path,
    recorded: &Recorded,
    measured: Option<&FileHash>,
    rows: Option<u64>,
) -> Option<Finding> {
    let finding = |what: String, expected: String, found: String| {
        let mut finding =
            ReaderCheck::ResourceChanged.finding(what, Place::new(path.display().to_string()));
        (finding.expected, finding.found) = (Some(expected), Some(found));
        finding.help = Some("write the dataset again, or get a whole copy of it".to_owned());
        Some(finding)
    };
    let Some(measured) = measured else {
        return finding(
            "a file of the dataset is missing".to_owned(),
            "a file".to_owned(),
            "nothing".to_owned(),
        );
    };
    if let Some(bytes) = recorded.bytes.filter(|bytes| *bytes != measured.bytes) {
        let what = match measured.bytes < bytes {
            true => "the file is shorter than `datapackage.json` records",
            false => "the file is longer than `datapackage.json` records",
        };
        let size = |bytes: u64| format!("{bytes} bytes");
        return finding(what.to_owned(), size(bytes), size(measured.bytes));
    }
    if let Some(hash) = recorded.known_hash().filter(|hash| *hash != measured.hash) {
        let what = "the file is not the one of which `datapackage.json` records the hash";
        return finding(what.to_owned(), hash.to_owned(), measured.hash.clone());
    }
    let (recorded, rows) = (recorded.rows?, rows?);
    if recorded == rows {
        return None;
    }
    let what = "the file has another number of rows than `datapackage.json` records";
    finding(what.to_owned(), recorded.to_string(), rows.to_string())
}

/// Whether a table is known to be made of these documents without comparing them.
pub(super) fn is_vouched(table: &Recorded, documents: &Recorded) -> bool {
    table.known_hash().is_some()
        && documents.known_hash().is_some()
        && table.derived_from.as_deref() == documents.known_hash()
}

/// That a file was made of other documents, where the descriptor records of which.
pub(super) fn made_of_others(
    path: &Path,
    file: &Recorded,
    documents: &Recorded,
) -> Option<Finding> {
    let (made_of, found) = (file.derived_from.as_deref()?, documents.known_hash()?);
    if made_of == found || !made_of.starts_with(HASH_ALGORITHM) {
        return None;
    }
    let what = "the file was made of other documents than those of the dataset";
    let place = Place::new(path.display().to_string());
    let mut finding = ReaderCheck::TablesDisagree.finding(what, place);
    (finding.expected, finding.found) = (Some(found.to_owned()), Some(made_of.to_owned()));
    finding.help = Some(WRITE_AGAIN.to_owned());
    Some(finding)
}

const WRITE_AGAIN: &str = "write the dataset again from its documents";

/// Where a table does not agree with the documents, at its first row that does not.
pub(super) fn disagreement(
    table: &TableInfo,
    path: &Path,
    records: &[Record],
) -> io::Result<Option<Finding>> {
    let [decisions, ballots, _] = &TABLES;
    let mut compared = Compared::open(path)?;
    let heading = table.columns.iter().map(|name| name.as_bytes());
    if !heading.eq(compared.header.iter()) {
        // Another table of the same name.
        return Ok(None);
    }
    let agreements = records.iter().map(|record| &record.agreement);
    if table.name == decisions.name {
        Tables::new(&mut compared, &mut (), &mut ()).add_all(agreements)?;
    } else if table.name == ballots.name {
        Tables::new(&mut (), &mut compared, &mut ()).add_all(agreements)?;
    } else {
        Tables::new(&mut (), &mut (), &mut compared).add_all(agreements)?;
    }
    Ok(compared.end()?.map(|(line, what)| {
        let mut finding = ReaderCheck::TablesDisagree
            .finding(what, Place::new(path.display().to_string()).with_line(line));
        finding.help = Some(WRITE_AGAIN.to_owned());
        finding
    }))
}

/// A table whose rows are compared with those that it should have.
struct Compared {
    rows: csv::Reader<File>,
    header: csv::ByteRecord,
    row: csv::ByteRecord,
    first: Option<(u64, &'static str)>,
}

impl Compared {
    fn open(path: &Path) -> io::Result<Self> {
        let mut rows = csv::ReaderBuilder::new()
            .flexible(true)
            .from_path(path)
            .map_err(io::Error::other)?;
        Ok(Self {
            header: rows.byte_headers().map_err(io::Error::other)?.clone(),
            rows,
            row: csv::ByteRecord::new(),
            first: None,
        })
    }

    fn next(&mut self) -> io::Result<bool> {
        self.rows
            .read_byte_record(&mut self.row)
            .map_err(io::Error::other)
    }

    fn line(&self) -> u64 {
        let place = self.row.position().unwrap_or(self.rows.position());
        place.line()
    }

    fn end(mut self) -> io::Result<Option<(u64, &'static str)>> {
        if self.first.is_none() && self.next()? {
            let line = self.line();
            self.first = Some((line, "the table has rows that the documents do not have"));
        }
        Ok(self.first)
    }
}

impl Row for &mut Compared {
    fn row(&mut self, fields: &[&[u8]]) -> io::Result<()> {
        if self.first.is_some() {
            return Ok(());
        }
        if !self.next()? {
            let line = self.rows.position().line();
            self.first = Some((line, "the table ends before the documents do"));
        } else if !fields.iter().copied().eq(self.row.iter()) {
            let line = self.line();
            self.first = Some((line, "the row is not the one of the documents"));
        }
        Ok(())
    }
}
