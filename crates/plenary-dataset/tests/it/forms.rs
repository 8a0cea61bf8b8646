use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use plenary_analysis::table::{Column, Table};
use plenary_dataset::{Form, WriteError};
use rusqlite::{Connection, MAIN_DB};

fn table() -> Table {
    let day = |text: &str| text.parse().ok();
    Table::new(vec![
        Column::texts("name", [Some("Côte d'Ivoire"), None, Some("=1+1")]),
        Column::counts("n", [1, -2, 3]),
        Column::integers("session", [Some(73), None, Some(-1)]),
        Column::floats("share", [Some(0.5), None, Some(1.0)]),
        Column::dates("date", [day("2018-12-19"), None, day("1848-09-12")]),
        Column::flags("passed", [Some(true), None, Some(false)]),
    ])
    .with("rests on", "a test")
}

fn written(form: Form) -> Vec<u8> {
    let mut bytes = Vec::new();
    form.write(&table(), "votes", &mut bytes).unwrap();
    bytes
}

#[test]
fn text_forms_leave_missing_values_empty_or_null() {
    let csv = String::from_utf8(written(Form::Csv)).unwrap();
    assert_eq!(
        csv,
        "name,n,session,share,date,passed\nCôte d'Ivoire,1,73,0.5,2018-12-19,true\n,-2,,,,\n=1+1,3,-1,1,1848-09-12,false\n"
    );
    let lines = String::from_utf8(written(Form::JsonLines)).unwrap();
    assert_eq!(
        lines.lines().nth(1),
        Some(r#"{"name":null,"n":-2,"session":null,"share":null,"date":null,"passed":null}"#)
    );
    assert_eq!(lines.lines().count(), 3);
    let json: serde_json::Value = serde_json::from_slice(&written(Form::Json)).unwrap();
    assert_eq!(json["metadata"]["rests on"], "a test");
    assert_eq!(json["rows"][0]["session"], 73);
}

#[test]
fn parquet_has_types_nulls_and_metadata() {
    let file = SerializedFileReader::new(bytes::Bytes::from(written(Form::Parquet))).unwrap();
    let about = file
        .metadata()
        .file_metadata()
        .key_value_metadata()
        .unwrap();
    assert_eq!(about[0].key, "rests on");
    let rows: Vec<Vec<Field>> = file
        .get_row_iter(None)
        .unwrap()
        .map(|row| {
            row.unwrap()
                .get_column_iter()
                .map(|(_, field)| field.clone())
                .collect()
        })
        .collect();
    assert_eq!(
        rows[0],
        [
            Field::Str("Côte d'Ivoire".to_owned()),
            Field::Long(1),
            Field::Int(73),
            Field::Double(0.5),
            Field::Date(17_884),
            Field::Bool(true)
        ]
    );
    assert_eq!(rows[1][0], Field::Null);
    assert!(rows[1][2..].iter().all(|field| *field == Field::Null));
    assert_eq!(rows[2][4], Field::Date(-44_306));
}

#[test]
fn sqlite_has_the_table_and_its_metadata() {
    let mut database = Connection::open_in_memory().unwrap();
    let bytes = written(Form::Sqlite);
    database
        .deserialize_read_exact(MAIN_DB, &*bytes, bytes.len(), true)
        .unwrap();
    let row = |sql: &str| {
        database
            .query_row(sql, [], |row| row.get::<_, String>(0))
            .unwrap()
    };
    assert_eq!(
        row("select date from votes where session = 73 and passed"),
        "2018-12-19"
    );
    assert_eq!(
        row("select count(*) || '' from votes where name is null"),
        "1"
    );
    assert_eq!(
        row("select value from metadata where key = 'rests on'"),
        "a test"
    );
}

#[test]
fn a_workbook_has_texts_as_texts_and_days_as_days() {
    let mut book = Xlsx::new(Cursor::new(written(Form::Xlsx))).unwrap();
    let sheet = book.worksheet_range("votes").unwrap();
    assert_eq!(sheet.get((3, 0)), Some(&Data::String("=1+1".to_owned())));
    assert_eq!(sheet.get((2, 0)), Some(&Data::Empty));
    assert!(matches!(sheet.get((1, 4)), Some(Data::DateTime(_))));
    assert_eq!(
        sheet.get((3, 4)),
        Some(&Data::String("1848-09-12".to_owned()))
    );
    let about = book.worksheet_range("metadata").unwrap();
    assert_eq!(about.get((0, 1)), Some(&Data::String("a test".to_owned())));
}

#[test]
fn a_text_too_long_for_excel_is_refused_with_its_reason() {
    let long = Table::new(vec![Column::labels("title", ["x".repeat(32_768)])]);
    let error = Form::Xlsx.write(&long, "votes", Vec::new()).unwrap_err();
    assert!(
        matches!(
            error,
            WriteError::TooLarge {
                form: Form::Xlsx,
                ..
            }
        ),
        "{error}"
    );
}
