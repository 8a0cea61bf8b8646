//! Spreadsheets.

use std::fs;
use std::path::PathBuf;

use plenary_import::{ImportError, Options, file_and_table, read, read_text, source_lines};
use plenary_testing::shared;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

use crate::fixtures::fixture;

use super::{Rows, compact, library, refused, same_as_csv, strings, voeten};

/// Writes the rows as a person has them in a sheet: numbers as numbers, days as days.
fn fill(sheet: &mut Worksheet, rows: &Rows, (top, left): (u32, u16)) {
    let day = Format::new().set_num_format("dd.mm.yyyy");
    for (row, fields) in (top..).zip(rows) {
        for (column, field) in (left..).zip(fields) {
            let number = field.parse::<f64>();
            match (number, ExcelDateTime::parse_from_str(field)) {
                _ if field.is_empty() => continue,
                (Ok(number), _) => sheet.write_number(row, column, number),
                (_, Ok(date)) if field.len() == 10 => {
                    sheet.write_datetime_with_format(row, column, &date, &day)
                }
                _ => sheet.write_string(row, column, field),
            }
            .unwrap();
        }
    }
}

fn workbook(sheets: &[(&str, &Rows)]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, rows) in sheets {
        fill(
            workbook.add_worksheet().set_name(*name).unwrap(),
            rows,
            (0, 0),
        );
    }
    workbook.save_to_buffer().unwrap()
}

#[test]
fn a_table_in_a_workbook_is_read_as_the_same_csv() {
    for rows in [Some(library()), Some(voeten()), compact()]
        .into_iter()
        .flatten()
    {
        same_as_csv(&rows, &workbook(&[("votes", &rows)]), "votes", 0);
    }
}

#[test]
fn rows_are_those_of_the_sheet_wherever_the_table_begins() {
    let mut book = Workbook::new();
    fill(
        book.add_worksheet().set_name("votes").unwrap(),
        &library(),
        (4, 2),
    );
    same_as_csv(&library(), &book.save_to_buffer().unwrap(), "votes", 4);
}

#[test]
fn sheets_of_other_programs_are_read_as_the_same_csv() {
    for name in ["voeten.xlsx", "voeten.xls", "voeten.ods"] {
        let bytes = fs::read(fixture("containers").join(name)).unwrap();
        same_as_csv(&voeten(), &bytes, "votes", 0);
    }
}

/// A file of two sheets, of which the first is hidden, one with `#` in its name.
fn written() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("votes.xlsx");
    let mut book = Workbook::new();
    book.add_worksheet()
        .set_name("notes")
        .unwrap()
        .set_hidden(true)
        .write_string(0, 0, "a note")
        .unwrap();
    fill(
        book.add_worksheet()
            .set_name("votes")
            .unwrap()
            .set_active(true),
        &voeten(),
        (0, 0),
    );
    fill(
        book.add_worksheet().set_name("a #2").unwrap(),
        &library(),
        (0, 0),
    );
    book.save(&path).unwrap();
    (folder, path)
}

#[test]
fn a_sheet_is_chosen_by_its_name_and_the_first_that_is_seen_without_one() {
    let (folder, path) = written();
    let summary = |path: &str| {
        let import = read(path, &Options::default().lenient()).unwrap();
        (
            import.summary().path.clone(),
            import.summary().format,
            import.summary().why.clone(),
        )
    };
    let path = path.to_str().unwrap();
    let (shown, format, why) = summary(path);
    assert_eq!((shown, format), (format!("{path}#votes"), "voeten-csv"));
    assert!(
        why.ends_with("; sheet `votes`, one of 3, beside `notes`, `a #2`"),
        "{why}"
    );
    let (shown, format, _) = summary(&format!("{path}#a #2"));
    assert_eq!((shown, format), (format!("{path}#a #2"), "undl-ga-csv"));

    let error = refused(format!("{path}#Votes"));
    assert!(
        error
            .to_string()
            .contains("unknown sheet `Votes` (expected one of `notes`, `votes`, `a #2`)"),
        "{error}"
    );
    assert!(
        error.help().ends_with(&format!("`{path}#votes`")),
        "{}",
        error.help()
    );
    let error = refused(format!("{path}#notes"));
    assert!(matches!(error, ImportError::Unrecognised { .. }));
    let others = format!(
        "this is sheet `notes`, one of 3, beside `votes`, `a #2`: name another as `{path}#NAME`"
    );
    assert!(error.to_string().contains(&others), "{error}");

    // A path that is there is that, whatever is in its name.
    let odd = folder.path().join("votes.xlsx#votes");
    fs::copy(path, &odd).unwrap();
    assert_eq!(file_and_table(&odd), (odd.clone(), None));
    assert_eq!(
        summary(odd.to_str().unwrap()).0,
        format!("{}#votes", odd.display())
    );
}

#[test]
fn the_rows_that_findings_are_about_can_be_shown() {
    let (_folder, path) = written();
    let path = format!("{}#a #2", path.display());
    let lines = source_lines(&path, &[1, 3, 8].into()).unwrap();
    assert!(
        lines[&1].starts_with("\"undl_id\"") || lines[&1].starts_with("undl_id"),
        "{lines:?}"
    );
    assert!(lines[&3].starts_with("1,HUN,"), "{lines:?}");
    assert!(lines[&8].starts_with(",,,Y,"), "{lines:?}");
}

#[test]
fn a_side_table_in_a_sheet_has_a_line_for_each_row() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("groups.xlsx");
    let rows = [["group", "member"], ["a\nb", "FRA"], ["c", "PER"]]
        .map(|row| strings(&row))
        .to_vec();
    let mut book = Workbook::new();
    fill(book.add_worksheet(), &rows, (2, 1));
    book.save(&path).unwrap();
    assert_eq!(
        read_text(&path).unwrap(),
        "\n\ngroup,member\n\"a b\",FRA\nc,PER\n"
    );
}

#[test]
fn errors_and_formulas_without_a_value_are_findings() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    fill(sheet, &voeten(), (0, 0));
    sheet
        .write_formula(3, 6, Formula::new("NA()").set_result("#N/A"))
        .unwrap();
    sheet
        .write_formula(4, 6, Formula::new("1/0").set_result("#DIV/0!"))
        .unwrap();
    sheet
        .write_formula(1, 7, Formula::new("1").set_result("1"))
        .unwrap();
    let import = plenary_import::read_bytes(
        "in",
        &book.save_to_buffer().unwrap(),
        &Options::default().lenient(),
    )
    .unwrap();
    let found: Vec<_> = import
        .findings()
        .iter()
        .filter(|finding| finding.found.as_deref() == Some("#N/A"))
        .collect();
    let [finding] = found.as_slice() else {
        panic!("{:?}", import.findings())
    };
    assert_eq!(finding.place.to_string(), "in#Sheet1:4: yes");
    assert!(
        finding
            .message
            .starts_with("2 cells of the column hold errors"),
        "{}",
        finding.message
    );
}

#[test]
fn what_is_no_spreadsheet_or_is_broken_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("votes.xlsx");
    let whole = workbook(&[("votes", &voeten())]);
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let error = refused(&path);
    assert!(error.to_string().contains("cannot be read"), "{error}");

    fs::write(&path, b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0").unwrap();
    assert!(
        refused(&path).to_string().contains("zero bytes"),
        "{}",
        refused(&path)
    );

    fs::write(
        &path,
        "undl_id,ms_name,ms_vote,date,resolution\n1,PERU,Y,2018-12-19,A/RES/73/1\n",
    )
    .unwrap();
    let error = refused(format!("{}#Sheet1", path.display()));
    assert!(
        error.to_string().contains("the file holds one table"),
        "{error}"
    );
    assert!(
        error.help().contains("without `#Sheet1`"),
        "{}",
        error.help()
    );
}

#[test]
fn a_sheet_of_the_bundestag_is_the_csv_that_was_written_of_it() {
    let Some(sheet) = shared("others/bundestag_20201126_3.xlsx") else {
        return;
    };
    let csv = sheet.with_extension("csv");
    let text = read_text(&sheet).unwrap();
    let written = fs::read_to_string(csv).unwrap();
    let rows = |text: &str| -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        reader
            .records()
            .map(|row| row.unwrap().iter().map(str::to_owned).collect())
            .collect()
    };
    let (text, written) = (rows(&text), rows(&written));
    assert_eq!(text.len(), 710);
    for (row, other) in text.iter().zip(&written) {
        assert_eq!(row, other);
    }
    let ones = |heading: &str| {
        let column = text[0].iter().position(|name| name == heading).unwrap();
        text.iter().filter(|row| row[column] == "1").count()
    };
    let counts = ["ja", "nein", "Enthaltung", "ungültig", "nichtabgegeben"].map(ones);
    assert_eq!(counts, [570, 72, 3, 0, 64]);
}
