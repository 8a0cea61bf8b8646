//! The descriptor of a dataset: a Data Package, version 2.

use std::io::{self, Write};

use plenary_import::DatasetInput;
use plenary_import::citation::work_of_source;
use plenary_import::files::{FileHash, OutputFolder};
use plenary_types::Source;
use serde::{Serialize, Serializer};

use super::DatasetInfo;
use super::edition::Edition;
use crate::schema::{ColumnKind, ForeignKey};
use crate::tables::DatasetTable;

pub(crate) const DESCRIPTOR: &str = "datapackage.json";
const PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";

#[derive(Serialize)]
pub(super) struct Package<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sources: Vec<WrittenSource<'a>>,
    /// What it was made by, and of what.
    plenary: Made<'a>,
    resources: Vec<Resource>,
}

#[derive(Serialize)]
struct Made<'a> {
    version: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    command: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    inputs: Vec<WrittenInput<'a>>,
    #[serde(rename = "leftOut", skip_serializing_if = "<[_]>::is_empty")]
    left_out: &'a [String],
}

#[derive(Serialize)]
struct WrittenInput<'a> {
    name: &'a str,
    format: &'a str,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    content: Option<&'a FileHash>,
}

#[derive(Serialize)]
struct WrittenSource<'a> {
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retrieved: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    licence: Option<String>,
}

impl<'a> From<&'a Source> for WrittenSource<'a> {
    fn from(source: &'a Source) -> Self {
        Self {
            title: &source.title,
            path: source.url.as_deref(),
            publisher: source.publisher.as_deref(),
            published: source.published.map(|date| date.to_string()),
            retrieved: source.retrieved.map(|date| date.to_string()),
            licence: source
                .licence
                .clone()
                .or_else(|| work_of_source(source).licence),
        }
    }
}

impl<'a> From<&'a DatasetInput> for WrittenInput<'a> {
    fn from(input: &'a DatasetInput) -> Self {
        Self {
            name: &input.name,
            format: &input.format,
            content: input.content.as_ref(),
        }
    }
}

impl<'a> Package<'a> {
    pub(super) fn new(info: &'a DatasetInfo, resources: Vec<Resource>) -> Self {
        Self {
            schema: PROFILE,
            name: &info.name,
            title: info.title.as_deref(),
            sources: info.sources.iter().map(WrittenSource::from).collect(),
            plenary: Made {
                version: env!("CARGO_PKG_VERSION"),
                command: info.command.as_deref(),
                inputs: info.inputs.iter().map(WrittenInput::from).collect(),
                left_out: &info.left_out,
            },
            resources,
        }
    }

    /// Adds files.
    pub(super) fn add(&mut self, resources: Vec<Resource>) {
        self.resources.extend(resources);
    }

    pub(super) fn write(&self, folder: &OutputFolder) -> io::Result<()> {
        let mut file = folder.file(DESCRIPTOR)?;
        let mut text = serde_json::to_vec_pretty(self)?;
        text.push(b'\n');
        file.write_all(&text)?;
        file.sync_all()
    }
}

/// A file of a dataset.
#[derive(Serialize)]
pub(super) struct Resource {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'static str>,
    path: String,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    format: &'static str,
    mediatype: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<u64>,
    /// The bytes of a table that is no text: other programs compare `bytes` with what they read of text.
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<u64>,
    hash: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<u64>,
    /// How many documents it holds: `rows` are those of tables, which other programs count.
    #[serde(skip_serializing_if = "Option::is_none")]
    records: Option<u64>,
    /// The hash of the documents that it was made of.
    #[serde(rename = "derivedFrom", skip_serializing_if = "Option::is_none")]
    derived_from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<Schema>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tables: Vec<TableOfDatabase>,
}

/// A table of a database.
#[derive(Serialize)]
struct TableOfDatabase {
    name: &'static str,
    description: &'static str,
    rows: u64,
    schema: Schema,
}

impl Resource {
    fn new(name: &str, path: &str, content: FileHash) -> Self {
        Self {
            name: name.to_owned(),
            description: None,
            path: path.to_owned(),
            kind: None,
            format: "",
            mediatype: "",
            encoding: Some("utf-8"),
            bytes: Some(content.bytes),
            size: None,
            hash: content.hash,
            rows: None,
            records: None,
            derived_from: None,
            schema: None,
            tables: Vec::new(),
        }
    }

    /// The hash of its bytes.
    pub(super) fn hash(&self) -> &str {
        &self.hash
    }

    pub(super) fn documents(path: &str, content: FileHash, count: u32) -> Self {
        Self {
            description: Some("the agreements, one JSON document a line"),
            // No table: other programs would read it as one.
            kind: Some("file"),
            format: "jsonl",
            mediatype: "application/jsonl",
            records: Some(count.into()),
            ..Self::new("documents", path, content)
        }
    }

    pub(super) fn table(
        edition: Edition,
        table: &DatasetTable,
        path: &str,
        content: FileHash,
        documents: &str,
    ) -> Self {
        let is_text = edition == Edition::Csv;
        let bytes = content.bytes;
        Self {
            bytes: is_text.then_some(bytes),
            size: (!is_text).then_some(bytes),
            description: Some(table.schema.description),
            kind: Some("table"),
            format: edition.ending(),
            mediatype: edition.media_type(),
            encoding: is_text.then_some("utf-8"),
            rows: Some(table.table.len() as u64),
            derived_from: Some(documents.to_owned()),
            schema: Some(Schema::new(table, edition)),
            ..Self::new(table.schema.name, path, content)
        }
    }

    #[cfg(feature = "sqlite")]
    pub(super) fn database(
        path: &str,
        content: FileHash,
        tables: &[DatasetTable],
        documents: &str,
    ) -> Self {
        let tables = tables.iter().map(|table| TableOfDatabase {
            name: table.schema.name,
            description: table.schema.description,
            rows: table.table.len() as u64,
            schema: Schema::new(table, Edition::Sqlite),
        });
        Self {
            description: Some("the tables, as a database"),
            format: Edition::Sqlite.ending(),
            mediatype: Edition::Sqlite.media_type(),
            encoding: None,
            derived_from: Some(documents.to_owned()),
            tables: tables.collect(),
            ..Self::new("tables", path, content)
        }
    }

    pub(super) fn reference(path: &str, content: FileHash) -> Self {
        let is_csv = path.ends_with(".csv");
        let plain = |c: char| match c {
            'a'..='z' | '0'..='9' => c,
            _ => '-',
        };
        let name: String = path.chars().map(plain).collect();
        let (format, mediatype) = match is_csv {
            true => ("csv", "text/csv"),
            false => ("toml", "application/toml"),
        };
        Self {
            format,
            mediatype,
            ..Self::new(&name, path, content)
        }
    }

    /// A page for people.
    pub(super) fn page(
        name: &str,
        path: &str,
        (format, mediatype): (&'static str, &'static str),
        content: FileHash,
        documents: &str,
    ) -> Self {
        Self {
            format,
            mediatype,
            derived_from: Some(documents.to_owned()),
            ..Self::new(name, path, content)
        }
    }
}

/// A table as a descriptor describes it (Table Schema).
#[derive(Serialize)]
struct Schema {
    fields: Vec<Field>,
    #[serde(rename = "missingValues")]
    missing_values: [&'static str; 1],
    #[serde(rename = "primaryKey", skip_serializing_if = "<[_]>::is_empty")]
    primary_key: &'static [&'static str],
    #[serde(
        rename = "foreignKeys",
        skip_serializing_if = "<[_]>::is_empty",
        serialize_with = "foreign_keys"
    )]
    foreign_keys: &'static [ForeignKey],
}

#[derive(Serialize)]
struct Field {
    name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    description: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    constraints: Option<Constraints>,
    #[serde(rename = "missingValues", skip_serializing_if = "Option::is_none")]
    missing_values: Option<[&'static str; 2]>,
}

/// Whether pandas has a missing value for not a number, as it has in columns of whole numbers that are not read from text.
fn is_nan(kind: ColumnKind, edition: Edition) -> bool {
    kind == ColumnKind::Integer && edition != Edition::Csv
}

#[derive(Serialize)]
struct Constraints {
    required: bool,
}

impl Schema {
    /// Its columns as they are. Only an empty cell is missing: `NA` is a value.
    fn new(table: &DatasetTable, edition: Edition) -> Self {
        let columns = table.schema.columns.iter().filter_map(|column| {
            let mut columns = table.table.columns().iter();
            let found = columns.find(|found| found.name() == column.name)?;
            Some((column, table.is_nullable(found)))
        });
        let fields = columns.map(|(column, is_nullable)| Field {
            name: column.name,
            kind: column.kind.as_str(),
            description: column.description,
            constraints: (!is_nullable).then_some(Constraints { required: true }),
            missing_values: is_nan(column.kind, edition).then_some(["", "nan"]),
        });
        Self {
            fields: fields.collect(),
            missing_values: [""],
            primary_key: table.schema.primary_key,
            foreign_keys: table.schema.foreign_keys,
        }
    }
}

fn foreign_keys<S: Serializer>(
    keys: &&'static [ForeignKey],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Written {
        fields: &'static [&'static str],
        reference: Reference,
    }
    #[derive(Serialize)]
    struct Reference {
        resource: &'static str,
        fields: &'static [&'static str],
    }
    serializer.collect_seq(keys.iter().map(|key| Written {
        fields: key.columns,
        reference: Reference {
            resource: key.table,
            fields: key.columns,
        },
    }))
}
