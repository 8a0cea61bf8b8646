//! A [`Table`] as a SQLite database.

use std::io::{self, Write};

use plenary_analysis::table::{Cell, Column, Table, Values};
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, MAIN_DB, ToSql, params_from_iter};

use super::{Form, WriteError};
use crate::layout::DatasetInfo;
use crate::tables::DatasetTable;

/// SQLite takes no more columns of a table.
const MOST_COLUMNS: usize = 2000;

/// Writes a database of two tables: the table under its name, and `metadata` with its keys and values.
pub(super) fn write(table: &Table, name: &str, mut out: impl Write) -> Result<(), WriteError> {
    if table.columns().len() > MOST_COLUMNS {
        return Err(WriteError::TooLarge {
            form: Form::Sqlite,
            reason: format!(
                "{} columns, of which it takes {MOST_COLUMNS}",
                table.columns().len()
            ),
        });
    }
    let mut database = filled(table, name).map_err(io::Error::other)?;
    let bytes = database.serialize(MAIN_DB).map_err(io::Error::other)?;
    Ok(out.write_all(&bytes)?)
}

fn filled(table: &Table, name: &str) -> rusqlite::Result<Connection> {
    let mut database = Connection::open_in_memory()?;
    let transaction = database.transaction()?;
    create(&transaction, name, table)?;
    insert(&transaction, name, table)?;
    transaction.execute_batch(
        "CREATE TABLE \"metadata\" (\"key\" TEXT NOT NULL, \"value\" TEXT NOT NULL)",
    )?;
    for (key, value) in table.metadata() {
        transaction.execute("INSERT INTO \"metadata\" VALUES (?, ?)", [key, value])?;
    }
    transaction.commit()?;
    Ok(database)
}

/// What is often asked for: the rows of a vote, of a participant, of a day.
const INDICES: [(&str, &[&str]); 12] = [
    ("decisions", &["date"]),
    ("decisions", &["session"]),
    ("decisions", &["symbol"]),
    ("ballots", &["record", "act"]),
    ("ballots", &["participant"]),
    ("acts", &["participant"]),
    ("statements", &["participant"]),
    ("names", &["participant"]),
    ("codes", &["participant"]),
    ("memberships", &["participant"]),
    ("groups", &["participant"]),
    ("findings", &["record"]),
];

/// The tables joined as an analyst wants them: a row for each ballot, and one for each act of a participant.
const VIEWS: &str = r#"
CREATE VIEW "votes" AS
SELECT b."record", b."act", d."date", d."date_text", d."year", d."body", d."session", d."symbol", d."title", d."agenda", d."subjects",
  d."issue", d."scope", d."question", b."participant",
  coalesce((SELECT n."name" FROM "names" n WHERE n."participant" = b."participant" AND n."language" = 'en' AND n."kind" = 'short'
    AND (n."from" IS NULL OR n."from" <= d."date") AND (n."to" IS NULL OR d."date" < n."to")), p."name") AS "name",
  b."name" AS "printed", b."choice", p."kind", p."iso2", p."iso3", p."m49", p."cow", p."gw",
  d."outcome", d."counted_yes", d."counted_no", d."counted_abstain", d."margin", d."rule", d."verdict", d."url"
FROM "ballots" b
JOIN "decisions" d ON d."record" = b."record" AND d."act" = b."act"
LEFT JOIN "participants" p ON p."participant" = b."participant";
CREATE VIEW "treaty_acts" AS
SELECT a."record", a."act", g."title", g."symbol", a."participant", p."name", a."action", a."date", a."date_text", a."effective",
  a."on_behalf_of", a."towards", a."note"
FROM "acts" a
JOIN "agreements" g ON g."record" = a."record"
LEFT JOIN "participants" p ON p."participant" = a."participant";
"#;

/// Writes a database of the tables of a dataset, with their keys, indices and views, and of what the dataset says about itself.
pub(crate) fn write_database(
    tables: &[DatasetTable],
    info: &DatasetInfo,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut database = database(tables, info).map_err(io::Error::other)?;
    let bytes = database.serialize(MAIN_DB).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

fn database(tables: &[DatasetTable], info: &DatasetInfo) -> rusqlite::Result<Connection> {
    let mut database = Connection::open_in_memory()?;
    let transaction = database.transaction()?;
    for table in tables {
        create_with_keys(&transaction, table)?;
        insert(&transaction, table.schema.name, &table.table)?;
    }
    for (table, columns) in INDICES {
        let on = names(columns);
        let index = quoted(&format!("{table}_by_{}", columns.join("_")));
        let table = quoted(table);
        transaction.execute_batch(&format!("CREATE INDEX {index} ON {table} ({on})"))?;
    }
    transaction.execute_batch(VIEWS)?;
    transaction.execute_batch(
        "CREATE TABLE \"metadata\" (\"key\" TEXT NOT NULL, \"value\" TEXT NOT NULL)",
    )?;
    let version = env!("CARGO_PKG_VERSION").to_owned();
    let command = info.command.clone();
    let facts = [
        ("plenary", Some(version)),
        ("name", Some(info.name.clone())),
        ("command", command),
    ];
    for (key, value) in facts {
        if let Some(value) = value {
            transaction.execute("INSERT INTO \"metadata\" VALUES (?, ?)", [key, &*value])?;
        }
    }
    transaction.commit()?;
    database.execute_batch("ANALYZE")?;
    Ok(database)
}

/// Makes a table of a dataset.
fn create_with_keys(database: &Connection, all: &DatasetTable) -> rusqlite::Result<()> {
    let (schema, table) = (all.schema, &all.table);
    let columns = table.columns().iter().map(|column| {
        let required = match all.is_nullable(column) {
            true => "",
            false => " NOT NULL",
        };
        format!("{} {}{required}", quoted(column.name()), kind(column))
    });
    let mut parts: Vec<String> = columns.collect();
    if !schema.primary_key.is_empty() {
        parts.push(format!("PRIMARY KEY ({})", names(schema.primary_key)));
    }
    for key in schema.foreign_keys {
        let (columns, other) = (names(key.columns), quoted(key.table));
        parts.push(format!(
            "FOREIGN KEY ({columns}) REFERENCES {other} ({columns})"
        ));
    }
    let (name, parts) = (quoted(schema.name), parts.join(", "));
    database.execute_batch(&format!("CREATE TABLE {name} ({parts})"))
}

/// Names of columns, as SQL lists them.
fn names(columns: &[&str]) -> String {
    let names: Vec<_> = columns.iter().map(|name| quoted(name)).collect();
    names.join(", ")
}

/// A name as SQL quotes it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Makes a table with the columns of another.
fn create(database: &Connection, name: &str, table: &Table) -> rusqlite::Result<()> {
    let columns = table.columns().iter().map(|column| {
        let name = quoted(column.name());
        format!("{name} {}", kind(column))
    });
    let columns: Vec<_> = columns.collect();
    let statement = format!("CREATE TABLE {} ({})", quoted(name), columns.join(", "));
    database.execute_batch(&statement)
}

/// The type of a column. SQLite has no days and no yes or no: days are texts, YYYY-MM-DD, and yes is 1.
fn kind(column: &Column) -> &'static str {
    match column.values() {
        Values::Counts(_) | Values::Integers(_) | Values::Flags(_) => "INTEGER",
        Values::Floats(_) => "REAL",
        _ => "TEXT",
    }
}

fn insert(database: &Connection, name: &str, table: &Table) -> rusqlite::Result<()> {
    let places = vec!["?"; table.columns().len()].join(", ");
    let mut statement =
        database.prepare(&format!("INSERT INTO {} VALUES ({places})", quoted(name)))?;
    for row in 0..table.len() {
        let cells = table.columns().iter().map(|column| Sql(column.cell(row)));
        statement.execute(params_from_iter(cells))?;
    }
    Ok(())
}

/// A value as SQLite has it.
struct Sql<'t>(Cell<'t>);

impl ToSql for Sql<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            Cell::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Cell::Integer(number) => number.into(),
            Cell::Number(number) => number.into(),
            Cell::Date(date) => ToSqlOutput::Owned(Value::Text(date.to_string())),
            Cell::Flag(flag) => flag.into(),
            _ => ToSqlOutput::Owned(Value::Null),
        })
    }
}
