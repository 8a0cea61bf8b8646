//! Whether the files of a dataset are still those that were written: their bytes, hashes and rows.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use plenary_types::{Finding, Invariant, Place};
use sha2::{Digest, Sha256};

use super::tables::{Row, TABLES, TableInfo, Tables};
use crate::check::ReaderCheck;
use crate::record::Record;

/// The algorithm of the hashes that are written, as a descriptor names it before each.
const ALGORITHM: &str = "sha256:";

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

/// What a file is.
pub(super) struct Measured {
    bytes: u64,
    hash: String,
}

impl Recorded {
    /// Whether there is anything to verify without counting rows.
    pub(super) const fn is_of_bytes(&self) -> bool {
        self.bytes.is_some() || self.hash.is_some()
    }

    /// The hash, where it is of the algorithm that is computed here.
    fn known_hash(&self) -> Option<&str> {
        let hash = self.hash.as_deref()?;
        hash.starts_with(ALGORITHM).then_some(hash)
    }
}

/// Reads a file through; nothing where it is not there.
pub(super) fn measure(path: &Path) -> io::Result<Option<Measured>> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut hashed = Hashed::new(io::sink());
    let mut chunk = vec![0; 1 << 16];
    loop {
        match file.read(&mut chunk)? {
            0 => return Ok(Some(hashed.measured())),
            read => hashed.write_all(
                chunk
                    .get(..read)
                    .invariant("no more was read than asked for"),
            )?,
        }
    }
}

/// A writer that hashes what goes through it.
pub(super) struct Hashed<W> {
    pub(super) out: W,
    hash: Sha256,
    bytes: u64,
}

impl<W> Hashed<W> {
    pub(super) fn new(out: W) -> Self {
        Self {
            out,
            hash: Sha256::new(),
            bytes: 0,
        }
    }

    fn measured(self) -> Measured {
        let digits = self.hash.finalize();
        let hash = digits.iter().fold(ALGORITHM.to_owned(), |hash, byte| {
            hash + &format!("{byte:02x}")
        });
        Measured {
            bytes: self.bytes,
            hash,
        }
    }

    /// What a descriptor records of it.
    pub(super) fn into_recorded(self, rows: u64) -> Recorded {
        let measured = self.measured();
        Recorded {
            bytes: Some(measured.bytes),
            hash: Some(measured.hash),
            rows: Some(rows),
            derived_from: None,
        }
    }
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hash.update(
            bytes
                .get(..written)
                .invariant("no more was written than given"),
        );
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// What is wrong with a file, if it is not the one that was written. Its rows are compared where its bytes are right.
pub(super) fn changed(
    path: &Path,
    recorded: &Recorded,
    measured: Option<&Measured>,
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

/// Where a table does not agree with the documents, at its first row that does not.
pub(super) fn disagreement(
    table: &TableInfo,
    path: &Path,
    records: &[Record],
) -> io::Result<Option<Finding>> {
    let [decisions, ballots, _] = &TABLES;
    let mut compared = Compared::open(path)?;
    if !table.header().map(str::as_bytes).eq(compared.header.iter()) {
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
        finding.help = Some("write the dataset again from its documents".to_owned());
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
