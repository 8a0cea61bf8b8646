//! A [`Table`] as a SQLite database.

use std::io::{self, Write};

use plenary_analysis::table::{Cell, Column, Table, Values};
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, MAIN_DB, ToSql, params_from_iter};

use super::{Form, WriteError};

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
