//! Tables and views of SQLite, read from a copy in memory: nothing is written, and no journal appears beside the file.
//!
//! The database is read in defensive mode: its schema is not trusted, its triggers do not run, and what a view computes is
//! bounded.

use std::io::Cursor;
use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode};

use super::text::{TableText, number};
use super::{Found, Listed, Remark, broken, choose, one_of};
use crate::error::ImportError;

const WHAT: &str = "the database";

/// Where the header says how the file is written: 2 for a log beside it.
const WRITTEN: [usize; 2] = [18, 19];

/// So many steps of a thousand instructions are taken for one table.
const MOST_STEPS: u32 = 1_000_000;

/// Reads a table or a view.
pub(super) fn read(
    path: &str,
    mut bytes: Vec<u8>,
    file: Option<&Path>,
    wanted: Option<&str>,
) -> Result<Found, ImportError> {
    refuse_log(path, file)?;
    // A database in memory has no log.
    for at in WRITTEN {
        if let Some(byte) = bytes.get_mut(at).filter(|byte| **byte == 2) {
            *byte = 1;
        }
    }
    let failed = |error: rusqlite::Error| match error.sqlite_error_code() {
        Some(ErrorCode::OperationInterrupted) => {
            broken(path, WHAT, "a view of it takes too long to compute")
        }
        _ => broken(path, WHAT, error),
    };
    let connection = open(bytes, MOST_STEPS).map_err(failed)?;
    let tables = tables(&connection).map_err(failed)?;
    let listed: Vec<Listed> = tables.iter().map(|table| table.listed.clone()).collect();
    let mut own = (0..).zip(&tables).filter(|(_, table)| !table.is_view);
    let default = match (own.next(), own.next()) {
        (Some((at, _)), None) => Some(at),
        _ => None,
    };
    let at = choose(path, "table", &listed, wanted, default)?;
    let name = listed
        .get(at)
        .map(|table| table.name.clone())
        .unwrap_or_default();
    let note = one_of("table", at, &listed);
    let mut found = rows(path, &connection, &name, &failed)?;
    found.note = note;
    Ok(found)
}

/// Refuses a database of which part is in a log that lies beside it.
fn refuse_log(path: &str, file: Option<&Path>) -> Result<(), ImportError> {
    let Some(file) = file else { return Ok(()) };
    let mut log = file.as_os_str().to_owned();
    log.push("-wal");
    let about = std::fs::metadata(&log);
    match about.is_ok_and(|about| about.len() > 0) {
        false => Ok(()),
        true => Err(ImportError::syntax(
            plenary_types::Place::new(path),
            format!(
                "part of the database is in `{}`, which is not read",
                Path::new(&log).display()
            ),
            "close the program that has it open, or run `sqlite3 FILE 'PRAGMA wal_checkpoint(TRUNCATE)'`",
        )),
    }
}

fn open(bytes: Vec<u8>, most_steps: u32) -> Result<Connection, rusqlite::Error> {
    let mut connection = Connection::open_in_memory()?;
    for (what, is_on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
    ] {
        connection.set_db_config(what, is_on)?;
    }
    let size = bytes.len();
    connection.deserialize_read_exact("main", Cursor::new(bytes), size, true)?;
    let mut steps = 0_u32;
    let is_over = move || {
        steps = steps.saturating_add(1);
        steps > most_steps
    };
    connection.progress_handler(1000, Some(is_over))?;
    Ok(connection)
}

struct Table {
    listed: Listed,
    is_view: bool,
}

/// Tables are counted for a choice as long as there are no more.
const MOST_COUNTED: usize = 20;

/// The tables and views by their names; those of SQLite itself and virtual ones are none.
fn tables(connection: &Connection) -> Result<Vec<Table>, rusqlite::Error> {
    let mut statement = connection.prepare(
        "SELECT name, type, ncol FROM pragma_table_list \
         WHERE schema = 'main' AND type IN ('table', 'view') AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name",
    )?;
    let rows = statement.query_map([], |row| {
        let (name, kind): (String, String) = (row.get(0)?, row.get(1)?);
        Ok((name, kind == "view", row.get::<_, i64>(2)?))
    })?;
    let found: Vec<_> = rows.collect::<Result<_, _>>()?;
    let is_counted = found.len() <= MOST_COUNTED && found.len() > 1;
    let table = |(name, is_view, columns): (String, bool, i64)| {
        let count = || {
            let count = format!("SELECT count(*) FROM {}", quoted(&name));
            connection
                .query_row(&count, [], |row| row.get::<_, i64>(0))
                .ok()
        };
        let rows = (is_counted && !is_view).then(count).flatten();
        Table {
            is_view,
            listed: Listed {
                size: rows.map(|rows| (rows.unsigned_abs(), columns.unsigned_abs())),
                name,
            },
        }
    };
    Ok(found.into_iter().map(table).collect())
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The columns of a table or a view, as `SELECT *` has them. The crate panics where it is asked for a name that is not UTF-8.
fn columns(
    path: &str,
    connection: &Connection,
    name: &str,
    failed: &dyn Fn(rusqlite::Error) -> ImportError,
) -> Result<Vec<String>, ImportError> {
    let query = "SELECT name FROM pragma_table_xinfo(?1) WHERE hidden <> 1 ORDER BY cid";
    let mut statement = connection.prepare(query).map_err(failed)?;
    let mut rows = statement.query([name]).map_err(failed)?;
    let mut columns = Vec::new();
    while let Some(row) = rows.next().map_err(failed)? {
        let name = row.get_ref(0).map_err(failed)?.as_bytes_or_null();
        let name = name
            .ok()
            .flatten()
            .and_then(|name| std::str::from_utf8(name).ok());
        let name = name.ok_or_else(|| broken(path, WHAT, "the name of a column is not UTF-8"))?;
        columns.push(name.to_owned());
    }
    Ok(columns)
}

fn rows(
    path: &str,
    connection: &Connection,
    name: &str,
    failed: &dyn Fn(rusqlite::Error) -> ImportError,
) -> Result<Found, ImportError> {
    let query = format!("SELECT * FROM {}", quoted(name));
    let mut statement = connection.prepare(&query).map_err(failed)?;
    let header = columns(path, connection, name, failed)?;
    if header.len() != statement.column_count() {
        return Err(broken(
            path,
            WHAT,
            "its columns are not those of its schema",
        ));
    }
    let mut table = TableText::new(path);
    table.push(0, &header)?;
    let mut blobs = vec![(0_u64, 0_u64); header.len()];
    let mut rows = statement.query([]).map_err(failed)?;
    let mut fields: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(row) = rows.next().map_err(failed)? {
        at += 1;
        fields.clear();
        for (column, blobs) in blobs.iter_mut().enumerate() {
            fields.push(match row.get_ref(column).map_err(failed)? {
                ValueRef::Null => String::new(),
                ValueRef::Integer(value) => value.to_string(),
                ValueRef::Real(value) => number(value),
                ValueRef::Text(text) => match std::str::from_utf8(text) {
                    Ok(text) => text.to_owned(),
                    Err(_) => {
                        return Err(broken(
                            path,
                            WHAT,
                            format!("a text in row {at} is not UTF-8"),
                        ));
                    }
                },
                ValueRef::Blob(_) => {
                    let (first, count) = blobs;
                    *first = if *count == 0 { at } else { *first };
                    *count += 1;
                    String::new()
                }
            });
        }
        table.push(at, &fields)?;
    }
    let remarks = header
        .iter()
        .zip(&blobs)
        .filter(|(_, (_, count))| *count > 0);
    let remarks = remarks.map(|(field, (row, count))| Remark {
        row: *row,
        field: field.clone(),
        found: None,
        message: match count {
            1 => "the field holds bytes and no text; it is read as empty".to_owned(),
            _ => format!("{count} fields of the column hold bytes and no text, the first here; they are read as empty"),
        },
        help: "keep the value as text",
    });
    Ok(Found {
        name: name.to_owned(),
        remarks: remarks.collect(),
        text: table,
        note: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_without_an_end_is_stopped() {
        let mut own = Connection::open_in_memory().unwrap();
        let sql = "CREATE VIEW endless AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) \
                   SELECT count(*) FROM n";
        own.execute(sql, []).unwrap();
        let bytes = own.serialize("main").unwrap().to_vec();
        let connection = open(bytes, 100).unwrap();
        let failed = |error: rusqlite::Error| broken("in", WHAT, error);
        let error = rows("in", &connection, "endless", &failed).err().unwrap();
        assert!(error.to_string().contains("interrupted"), "{error}");
    }
}
