//! Stata. The files were written by pandas: see `tests/fixtures/containers/README.md`.

use std::fs;

use plenary_import::read_text;

use super::{refused, same_as_csv, voeten};
use crate::fixtures::fixture;

#[test]
fn observations_are_read_as_the_same_csv() {
    for name in ["voeten.dta", "voeten_114.dta"] {
        let bytes = fs::read(fixture("containers").join(name)).unwrap();
        same_as_csv(&voeten(), &bytes, "data", -1);
    }
}

#[test]
fn labels_times_and_missing_values_are_written_as_stata_means_them() {
    let text = read_text(fixture("containers").join("kinds.dta")).unwrap();
    let expected = "whole,real,small,text,choice,month,time,longer\n\
                    1,1946,0.1,Türkiye,yes,2018-12,2018-12-19,a longer text\n\
                    -2,0.5,,\"y, z\",no,1946-01,2018-12-19T15:30:00,\n\
                    ,,2.5,,,,,c\n";
    assert_eq!(text, expected);
}

#[test]
fn a_file_that_is_cut_short_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cut.dta");
    let whole = fs::read(fixture("containers").join("voeten.dta")).unwrap();
    for end in [12, whole.len() / 2, whole.len() - 30] {
        fs::write(&path, &whole[..end]).unwrap();
        assert!(
            refused(&path)
                .to_string()
                .contains("the Stata file cannot be read"),
            "{}",
            refused(&path)
        );
    }
}
