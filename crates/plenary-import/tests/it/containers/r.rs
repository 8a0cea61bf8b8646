//! Data frames of R. The files were written by R: see `tests/fixtures/containers/README.md`.

use std::fs;
use std::path::PathBuf;

use plenary_import::{Options, read, read_text};
use plenary_types::{Field, Locus};

use super::{refused, same_as_csv, voeten};
use crate::fixtures::fixture;

fn file(name: &str) -> PathBuf {
    fixture("containers").join(name)
}

#[test]
fn a_data_frame_is_read_as_the_same_csv() {
    for (name, table) in [
        ("voeten.rds", "object"),
        ("voeten_version2.rds", "object"),
        ("voeten_xz.rds", "object"),
        ("voeten_bzip2.rda", "votes"),
    ] {
        let bytes = fs::read(file(name)).unwrap();
        same_as_csv(&voeten(), &bytes, table, -1);
    }
}

#[test]
fn one_of_several_data_frames_is_chosen_by_its_name() {
    let path = file("several.RData");
    let error = refused(&path);
    let expected = "which data frame is meant? It has 3: `votes` (5 x 9), `kinds` (4 x 10), `nested$inner` (2 x 1)";
    assert!(error.to_string().contains(expected), "{error}");
    assert!(
        error.help().ends_with("several.RData#votes`"),
        "{}",
        error.help()
    );

    let import = read(
        format!("{}#votes", path.display()),
        &Options::default().lenient(),
    )
    .unwrap();
    assert_eq!(import.summary().format, "voeten-csv");
    assert!(
        import
            .summary()
            .why
            .ends_with("data frame `votes`, one of 3, beside `kinds`, `nested$inner`"),
        "{}",
        import.summary().why
    );
    let nested = read_text(format!("{}#nested$inner", path.display())).unwrap();
    assert_eq!(nested, "a\n1\n2\n");
}

#[test]
fn every_kind_of_column_is_written_as_r_means_it() {
    let text = read_text(format!("{}#kinds", file("several.RData").display())).unwrap();
    let expected = "\
row.names,logical,integer,real,text,factor,date,time,elsewhere,latin,sequence\n\
a,TRUE,1,1946,x,no,1946-01-01,2018-12-19,2018-12-19T05:00:00Z[America/New_York],Türkiye,1\n\
b,FALSE,-2,0.5,\"y, \"\"z\"\"\",yes,2018-12-19,2018-12-19T15:30:00Z,2018-12-19T20:30:00Z[America/New_York],é,2\n\
c,,,,,,,,,,3\n\
d,TRUE,2147483647,Inf,,yes,1899-12-31,1970-01-01,1970-01-01T00:00:00Z[America/New_York],NA,4\n";
    assert_eq!(text, expected);
}

#[test]
fn what_is_cut_short_or_is_text_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cut.rds");
    let whole = fs::read(file("voeten_plain.rds")).unwrap();
    for end in [20, 60, whole.len() - 9] {
        fs::write(&path, &whole[..end]).unwrap();
        assert!(
            refused(&path).to_string().contains("ends in the middle"),
            "{}",
            refused(&path)
        );
    }
    for text in ["RDA3\nA\n3\n262658\n", "A\n3\n262658\n197888\n"] {
        fs::write(&path, text).unwrap();
        assert!(
            refused(&path).to_string().contains("ascii = TRUE"),
            "{}",
            refused(&path)
        );
    }
}

/// The pieces of which R makes a file, as R Internals describes them.
fn integers(numbers: &[i32]) -> Vec<u8> {
    numbers
        .iter()
        .flat_map(|number| number.to_be_bytes())
        .collect()
}

fn characters(text: &str) -> Vec<u8> {
    [integers(&[0x40009, text.len() as i32]), text.into()].concat()
}

fn symbol(name: &str) -> Vec<u8> {
    [integers(&[1]), characters(name)].concat()
}

fn texts(texts: &[&str]) -> Vec<u8> {
    let all = texts.iter().flat_map(|text| characters(text));
    integers(&[16, texts.len() as i32])
        .into_iter()
        .chain(all)
        .collect()
}

/// A pair with a name, which is followed by another or by the end.
fn pair(name: &str, value: &[u8]) -> Vec<u8> {
    [&integers(&[0x402]), &*symbol(name), value].concat()
}

#[test]
fn functions_beside_a_data_frame_are_read_past() {
    const END: i32 = 254;
    let frame = [
        integers(&[0x313, 1]),
        texts(&["Peru", "Chad"]),
        pair("names", &texts(&["who"])),
        pair("class", &texts(&["data.frame"])),
        pair("row.names", &integers(&[13, 2, i32::MIN, -2])),
        integers(&[END]),
    ]
    .concat();
    // function(x) f(x): its environment, its arguments, and its body, a call.
    let head = [
        integers(&[0x403, 253]),
        pair("x", &integers(&[251])),
        integers(&[END]),
    ]
    .concat();
    let call = [
        integers(&[6]),
        symbol("f"),
        integers(&[2]),
        symbol("x"),
        integers(&[END]),
    ]
    .concat();
    let plain = [&*head, &*call].concat();
    // The same compiled: code, and three constants: a call that comes again, that again, and a number.
    let constants = [
        integers(&[3, 244, 0, 6, END, 0]),
        symbol("f"),
        integers(&[0, END, 243, 0, 13, 13, 1, 5]),
    ]
    .concat();
    let compiled = [&*head, &integers(&[21, 1, 13, 2, 12, 1]), &*constants].concat();
    let workspace = |functions: &[&[u8]]| {
        let mut bytes = b"RDX2\nX\n".to_vec();
        bytes.extend(integers(&[2, 0x40000, 0x20300]));
        for function in functions {
            bytes.extend(pair("f", function));
        }
        bytes.extend(pair("votes", &frame));
        bytes.extend(integers(&[END]));
        bytes
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("image.RData");
    for functions in [&[][..], &[&*plain], &[&*compiled], &[&*compiled, &*plain]] {
        let bytes = workspace(functions);
        fs::write(&path, &bytes).unwrap();
        assert_eq!(read_text(&path).unwrap(), "who\nPeru\nChad\n");
        for end in 20..bytes.len() {
            fs::write(&path, &bytes[..end]).unwrap();
            assert!(read_text(&path).is_err(), "{end}");
        }
    }
    // Nested without an end.
    let deep = integers(&[0x403, 253, END]).repeat(100_000);
    fs::write(&path, workspace(&[&deep])).unwrap();
    assert!(
        refused(&path).to_string().contains("nested more than"),
        "{}",
        refused(&path)
    );
}

#[test]
fn the_tables_of_the_package_are_read_together() {
    let folder = tempfile::tempdir().unwrap();
    for name in [
        "un_votes.rda",
        "un_roll_calls.rda",
        "un_roll_call_issues.rda",
    ] {
        fs::copy(file(name), folder.path().join(name)).unwrap();
    }
    let import = read(folder.path().join("un_votes.rda"), &Options::default()).unwrap();
    let summary = import.summary();
    assert_eq!(
        (summary.format, summary.rows, summary.records),
        ("unvotes-csv", 4 + 3 + 1, 2)
    );
    let record = import.record(0).unwrap();
    assert_eq!(record.agreement.label(), "R/1/66");
    let date = record
        .origin
        .place(Locus::of_act(0, Field::Date))
        .to_string();
    assert!(
        date.ends_with("un_roll_calls.rda#un_roll_calls:1: date"),
        "{date}"
    );
    let without: Vec<_> = import
        .findings()
        .iter()
        .filter(|finding| finding.found.as_deref() == Some("5"))
        .collect();
    let [without] = without.as_slice() else {
        panic!("{:?}", import.findings())
    };
    assert!(
        without
            .place
            .to_string()
            .ends_with("un_roll_calls.rda#un_roll_calls:3: rcid"),
        "{}",
        without.place
    );
}
