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
            .ends_with("data frame `votes`, one of 3"),
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
    fs::write(&path, "RDA3\nA\n3\n262658\n").unwrap();
    assert!(
        refused(&path).to_string().contains("ascii = TRUE"),
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
