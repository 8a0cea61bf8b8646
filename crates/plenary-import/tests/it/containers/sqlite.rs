//! SQLite.

use std::fs;
use std::path::Path;

use plenary_import::{Options, read, read_text};
use rusqlite::{Connection, ToSql};

use super::{Rows, compact, library, refused, same_as_csv, voeten};

fn fill(connection: &Connection, table: &str, rows: &Rows) {
    let [header, rows @ ..] = rows.as_slice() else {
        panic!("a header")
    };
    let columns: Vec<String> = header.iter().map(|name| format!("\"{name}\"")).collect();
    connection
        .execute(
            &format!("CREATE TABLE \"{table}\" ({})", columns.join(",")),
            [],
        )
        .unwrap();
    let marks = vec!["?"; header.len()].join(",");
    let mut insert = connection
        .prepare(&format!("INSERT INTO \"{table}\" VALUES ({marks})"))
        .unwrap();
    for row in rows {
        let value = |field: &String| -> Box<dyn ToSql> {
            match (field.as_str(), field.parse::<i32>()) {
                ("", _) => Box::new(rusqlite::types::Null),
                (_, Ok(number)) => Box::new(f64::from(number)),
                _ => Box::new(field.clone()),
            }
        };
        let values: Vec<_> = row.iter().map(value).collect();
        let values: Vec<&dyn ToSql> = values.iter().map(AsRef::as_ref).collect();
        insert.execute(values.as_slice()).unwrap();
    }
}

fn database(path: &Path, sql: &str) {
    let connection = Connection::open(path).unwrap();
    connection.execute_batch(sql).unwrap();
    fill(&connection, "votes", &voeten());
}

#[test]
fn a_table_in_a_database_is_read_as_the_same_csv() {
    let folder = tempfile::tempdir().unwrap();
    for (at, rows) in [Some(library()), Some(voeten()), compact()]
        .into_iter()
        .flatten()
        .enumerate()
    {
        let path = folder.path().join(format!("{at}.db"));
        let connection = Connection::open(&path).unwrap();
        fill(&connection, "roll calls", &rows);
        connection.close().unwrap();
        same_as_csv(&rows, &fs::read(&path).unwrap(), "roll calls", -1);
    }
}

#[test]
fn nothing_is_written_and_a_log_is_not_overlooked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("votes.sqlite");
    database(&path, "PRAGMA journal_mode = WAL;");
    assert!(!folder.path().join("votes.sqlite-wal").exists());
    let before = fs::read(&path).unwrap();
    assert_eq!(before[18], 2, "written with a log");
    let import = read(&path, &Options::default().lenient()).unwrap();
    assert_eq!(import.summary().format, "voeten-csv");
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);

    let open = Connection::open(&path).unwrap();
    open.execute("DELETE FROM votes WHERE rcid = 4", [])
        .unwrap();
    assert!(
        refused(&path).to_string().contains("votes.sqlite-wal"),
        "{}",
        refused(&path)
    );
}

#[test]
fn one_of_several_tables_is_chosen_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("several.db");
    database(
        &path,
        "CREATE TABLE \"a \"\"b\"\"\" (x, y BLOB); INSERT INTO \"a \"\"b\"\"\" VALUES (0.5, x'00ff');\
                     CREATE VIEW seen AS SELECT x FROM \"a \"\"b\"\"\"; CREATE VIRTUAL TABLE words USING fts5(word);",
    );
    let error = refused(&path).to_string();
    assert!(
        error
            .contains("which table is meant? It has 3: `a \"b\"` (1 x 2), `seen`, `votes` (5 x 9)"),
        "{error}"
    );
    let text = |table: &str| read_text(format!("{}#{table}", path.display())).unwrap();
    assert_eq!(text("a \"b\""), "x,y\n0.5,\n");
    assert_eq!(text("seen"), "x\n0.5\n");
}

#[test]
fn a_hostile_schema_does_nothing_but_fail() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hostile.db");
    database(&path, "CREATE VIEW loads AS SELECT load_extension('x');");
    let refused = |table: &str| refused(format!("{}#{table}", path.display())).to_string();
    assert!(
        refused("loads").contains("cannot be read"),
        "{}",
        refused("loads")
    );

    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    assert!(
        refused("votes").contains("cannot be read"),
        "{}",
        refused("votes")
    );
}
