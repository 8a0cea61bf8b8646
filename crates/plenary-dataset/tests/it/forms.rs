use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use dta::stata::dta::dta_reader::DtaReader;
use dta::stata::dta::long_string_table::LongStringTable;
use dta::stata::dta::variable_type::VariableType;
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
    assert_eq!(rows[2][4], Field::Date(-44_305));
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
fn a_data_set_of_stata_has_types_days_and_missing_values() {
    let read = |bytes: Vec<u8>| {
        let header = DtaReader::new()
            .from_reader(Cursor::new(bytes))
            .read_header();
        let schema = header.unwrap().read_schema().unwrap();
        let mut characteristics = schema;
        characteristics.skip_to_end().unwrap();
        let mut records = characteristics.into_record_reader().unwrap();
        let names: Vec<(String, String, VariableType)> = records
            .schema()
            .variables()
            .iter()
            .map(|v| {
                (
                    v.name().to_owned(),
                    v.format().to_owned(),
                    v.variable_type(),
                )
            })
            .collect();
        let mut rows = Vec::new();
        while let Some(record) = records.read_record().unwrap() {
            rows.push(
                record
                    .values()
                    .iter()
                    .map(|v| format!("{v:?}"))
                    .collect::<Vec<_>>(),
            );
        }
        let mut long = records.into_long_string_reader().unwrap();
        let mut shared = LongStringTable::for_reading();
        long.read_remaining_into(&mut shared).unwrap();
        (names, rows, shared)
    };
    let (columns, rows, _) = read(written(Form::Stata));
    let kinds: Vec<_> = columns
        .iter()
        .map(|(name, _, kind)| (&**name, *kind))
        .collect();
    assert_eq!(
        kinds,
        [
            ("name", VariableType::FixedString(14)),
            ("n", VariableType::Long),
            ("session", VariableType::Long),
            ("share", VariableType::Double),
            ("date", VariableType::Long),
            ("passed", VariableType::Byte),
        ]
    );
    assert_eq!(columns[4].1, "%tdCCYY-NN-DD");
    assert_eq!(rows[0][4], "Long(Present(21537))", "days since 1960");
    assert_eq!(rows[2][4], "Long(Present(-40652))");
    assert_eq!(rows[0][0], "String(\"Côte d'Ivoire\")");
    assert_eq!(rows[1][2], "Long(Missing(System))");
    assert_eq!(rows[1][5], "Byte(Missing(System))");
    let long = "A long title, which several rows have: ".repeat(60);
    let titles = [Some(long.clone()), None, Some(long.clone())];
    let table = Table::new(vec![Column::texts("title of the text", titles)]);
    let mut bytes = Vec::new();
    Form::Stata.write(&table, "votes", &mut bytes).unwrap();
    let (columns, rows, shared) = read(bytes);
    assert_eq!(columns[0].0, "title_of_the_text");
    assert_eq!(rows[0], rows[2], "stored once");
    let texts: Vec<_> = shared.iter().map(|text| text.data().to_vec()).collect();
    assert_eq!(
        texts,
        [format!("{long}\0").into_bytes()],
        "with the zero that ends it"
    );
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
