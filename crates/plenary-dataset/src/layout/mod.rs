//! A dataset on disk: documents, the tables that are derived from them, and a descriptor of both.

mod csv;
mod descriptor;
mod edition;
mod occupied;
mod pages;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use plenary_import::citation::Work;
use plenary_import::files::{FileHash, Hashed, OutputFolder};
use plenary_import::{DatasetInput, ImportError, ReferenceFiles, in_order, reference_folder};
use plenary_types::{Agreement, Source};
use plenary_validation::Validator;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use uuid::Uuid;

pub(crate) use descriptor::DESCRIPTOR;
pub use edition::{Edition, UnknownEdition};

use crate::tables::{DatasetTable, Derived, Gathering};
use descriptor::{Package, Resource};
use occupied::refuse_occupied;

/// What a dataset says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DatasetInfo {
    /// A short name: lower-case letters, digits and hyphens.
    pub name: String,
    /// A title for people.
    pub title: Option<String>,
    /// Where its records come from.
    pub sources: Vec<Source>,
    /// The files that it was made of.
    pub inputs: Vec<DatasetInput>,
    /// The command that made it, without paths.
    pub command: Option<String>,
    /// What of the inputs is not in it, in sentences.
    pub left_out: Vec<String>,
    /// The reference data that it carries: folders of files, each above those before it.
    pub reference: Vec<ReferenceFiles>,
}

/// How a dataset is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct WriteSettings {
    /// The form of the tables.
    pub edition: Edition,
    /// Whether another dataset in the folder is replaced; it is there until the new one is whole.
    pub replaces: bool,
}

impl WriteSettings {
    /// The same, in an edition.
    #[must_use]
    pub const fn with_edition(mut self, edition: Edition) -> Self {
        self.edition = edition;
        self
    }

    /// The same, replacing a dataset.
    #[must_use]
    pub const fn replacing(mut self) -> Self {
        self.replaces = true;
        self
    }
}

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WrittenDataset {
    /// How many agreements.
    pub records: u32,
    /// How many identifiers several agreements share.
    pub shared_ids: usize,
    /// How many findings the checks have in them.
    pub findings: usize,
}

/// Writes a dataset folder; it is complete or absent. Agreements without an identifier get theirs. They are asked for by their places,
/// from several threads.
///
/// ```
/// use plenary_dataset::{DatasetInfo, WriteSettings, write_dataset};
/// use plenary_validation::Validator;
///
/// let agreement: plenary_types::Agreement = serde_json::from_str(r#"{"symbols": ["A/RES/73/195"], "acts": [
///     {"act": "decision", "date": "2018-12-19", "ballots": {"yes": ["PER", "FRA"], "no": ["HUN"]}}]}"#)?;
/// let folder = tempfile::tempdir()?;
/// let info = DatasetInfo { name: "votes".to_owned(), ..DatasetInfo::default() };
/// let (settings, validator) = (WriteSettings::default(), Validator::default());
/// write_dataset(folder.path().join("votes"), &info, settings, &validator, 1, |_| Some(agreement.clone()))?;
/// assert!(folder.path().join("votes/datapackage.json").is_file());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`ImportError::Io`] when the folder holds anything that would be lost, or cannot be written.
pub fn write_dataset(
    folder: impl AsRef<Path>,
    info: &DatasetInfo,
    settings: WriteSettings,
    validator: &Validator,
    count: usize,
    agreement_at: impl Fn(usize) -> Option<Agreement> + Sync,
) -> Result<WrittenDataset, ImportError> {
    let folder = folder.as_ref();
    let written = refuse_occupied(folder, settings.replaces).and_then(|()| {
        let build = OutputFolder::create(folder)?;
        let written = fill(&build, info, settings, validator, count, agreement_at)?;
        build.finish(settings.replaces)?;
        Ok(written)
    });
    written.map_err(ImportError::io(folder.display().to_string()))
}

/// How many agreements one thread works on at a time, and how many times so many are begun for each thread.
const BATCH: usize = 64;
const AHEAD: usize = 4;

/// An agreement, its document, and what is derived from it.
struct Piece {
    agreement: Agreement,
    document: Vec<u8>,
    derived: Derived,
}

fn fill(
    folder: &OutputFolder,
    info: &DatasetInfo,
    settings: WriteSettings,
    validator: &Validator,
    count: usize,
    agreement_at: impl Fn(usize) -> Option<Agreement> + Sync,
) -> io::Result<WrittenDataset> {
    let edition = settings.edition;
    let mut documents = Documents::begin(folder, edition)?;
    let mut gathering = Gathering::new(validator);
    let mut ids: FxHashMap<Uuid, u32> = FxHashMap::default();
    let mut record = 0;
    let mut failed = None;
    let make = |start: usize| {
        let places = start..count.min(start + BATCH);
        let pieces = places.filter_map(&agreement_at).map(|mut agreement| {
            agreement.id = agreement.id.or_else(|| agreement.derived_id());
            let document = serde_json::to_vec(&agreement);
            Ok(Piece {
                derived: Derived::new(&agreement, validator),
                document: document.map_err(io::Error::from)?,
                agreement,
            })
        });
        pieces.collect::<io::Result<Vec<Piece>>>()
    };
    let mut take = |pieces: io::Result<Vec<Piece>>| -> io::Result<Vec<Agreement>> {
        let mut left = Vec::new();
        for piece in pieces? {
            record += 1;
            documents.add(&piece.document)?;
            if let Some(id) = piece.agreement.id {
                *ids.entry(id).or_default() += 1;
            }
            gathering.add(record, &piece.agreement, piece.derived);
            left.push(piece.agreement);
        }
        Ok(left)
    };
    let starts = (0..count).step_by(BATCH);
    in_order(
        starts,
        rayon::current_num_threads() * AHEAD,
        make,
        |pieces| {
            if failed.is_some() {
                return None;
            }
            take(pieces).map_err(|error| failed = Some(error)).ok()
        },
    );
    if let Some(error) = failed {
        return Err(error);
    }
    let tables = gathering.into_tables(validator.reference());
    let documents = documents.finish(record)?;
    let findings = tables.iter().find(|table| table.schema.name == "findings");
    let written = WrittenDataset {
        records: record,
        shared_ids: ids.values().filter(|times| **times > 1).count(),
        findings: findings.map_or(0, |found| found.table.len()),
    };
    let hash = documents.hash().to_owned();
    let mut resources = vec![documents];
    resources.extend(write_tables(folder, info, edition, &tables, &hash)?);
    resources.extend(write_reference(folder, &info.reference)?);
    let mut package = Package::new(info, resources);
    let work = Work::from_datapackage(&serde_json::to_value(&package)?);
    package.add(pages::write(folder, info, edition, &tables, &work, &hash)?);
    package.write(folder)?;
    Ok(written)
}

/// The documents, one a line.
struct Documents {
    out: DocumentsOut,
    path: &'static str,
}

enum DocumentsOut {
    Plain(BufWriter<Hashed<File>>),
    #[cfg(feature = "parquet")]
    Packed(zstd::Encoder<'static, BufWriter<Hashed<File>>>),
}

impl Documents {
    fn begin(folder: &OutputFolder, edition: Edition) -> io::Result<Self> {
        let path = edition.documents();
        let out = BufWriter::with_capacity(1 << 16, Hashed::new(folder.file(path)?));
        let out = match edition.packs_documents() {
            #[cfg(feature = "parquet")]
            true => {
                /// The level of zstd: a higher one takes several times as long.
                const LEVEL: i32 = 3;
                DocumentsOut::Packed(zstd::Encoder::new(out, LEVEL)?)
            }
            _ => DocumentsOut::Plain(out),
        };
        Ok(Self { out, path })
    }

    #[cfg_attr(
        not(feature = "parquet"),
        expect(
            clippy::infallible_destructuring_match,
            reason = "without Parquet there is one form"
        )
    )]
    fn add(&mut self, document: &[u8]) -> io::Result<()> {
        let out: &mut dyn Write = match &mut self.out {
            DocumentsOut::Plain(out) => out,
            #[cfg(feature = "parquet")]
            DocumentsOut::Packed(out) => out,
        };
        out.write_all(document)?;
        out.write_all(b"\n")
    }

    #[cfg_attr(
        not(feature = "parquet"),
        expect(
            clippy::infallible_destructuring_match,
            reason = "without Parquet there is one form"
        )
    )]
    fn finish(self, count: u32) -> io::Result<Resource> {
        let out = match self.out {
            DocumentsOut::Plain(out) => out,
            #[cfg(feature = "parquet")]
            DocumentsOut::Packed(out) => out.finish()?,
        };
        let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok(Resource::documents(self.path, synced(file)?, count))
    }
}

/// Brings a file to the disk; returns what is recorded of it.
fn synced(file: Hashed<File>) -> io::Result<FileHash> {
    let (file, content) = file.finish();
    file.sync_all()?;
    Ok(content)
}

fn write_tables(
    folder: &OutputFolder,
    info: &DatasetInfo,
    edition: Edition,
    tables: &[DatasetTable],
    documents: &str,
) -> io::Result<Vec<Resource>> {
    #[cfg(feature = "sqlite")]
    if edition == Edition::Sqlite {
        let path = format!("{}.sqlite", info.database());
        let mut file = Hashed::new(folder.file(&path)?);
        crate::output::sqlite::write_database(tables, info, &mut file)?;
        return Ok(vec![Resource::database(
            &path,
            synced(file)?,
            tables,
            documents,
        )]);
    }
    let _ = info;
    let write = |table: &DatasetTable| {
        let path = format!("{}.{}", table.schema.name, edition.ending());
        let mut file = Hashed::new(folder.file(&path)?);
        edition.write_table(table, documents, &mut file)?;
        Ok(Resource::table(
            edition,
            table,
            &path,
            synced(file)?,
            documents,
        ))
    };
    tables.par_iter().map(write).collect()
}

/// Writes the reference data that the dataset carries.
fn write_reference(folder: &OutputFolder, layers: &[ReferenceFiles]) -> io::Result<Vec<Resource>> {
    let mut resources = Vec::new();
    for (number, files) in (1..).zip(layers) {
        for (name, text) in files {
            let path = format!("{}/{name}", reference_folder(number));
            let mut file = Hashed::new(folder.file_within(&path)?);
            file.write_all(text.as_bytes())?;
            resources.push(Resource::reference(&path, synced(file)?));
        }
    }
    Ok(resources)
}

impl DatasetInfo {
    /// What its database is called.
    #[cfg(feature = "sqlite")]
    fn database(&self) -> &str {
        match &*self.name {
            "" => "tables",
            name => name,
        }
    }
}
