//! `plenary cite`: what is cited, and how it is written.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

const VOTES: &str = "rcid,country,country_code,vote\n5,Peru,PE,yes\n5,Chile,CL,no\n";

fn plenary(folder: &Path, args: &[&str]) -> (String, String, Option<i32>) {
    let mut command = Command::cargo_bin("plenary").unwrap();
    let output = command.current_dir(folder).args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        text(output.stdout),
        text(output.stderr),
        output.status.code(),
    )
}

#[test]
fn a_file_a_dataset_and_a_table_are_cited_by_what_they_rest_on() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("votes.csv"), VOTES).unwrap();
    let (text, basis, code) = plenary(folder, &["cite", "votes.csv"]);
    assert!(
        text.starts_with("David Robinson and Nicholas Goguen-Compagnoni (2021)."),
        "{text}"
    );
    assert!(
        basis.contains("the format of votes.csv, `unvotes-csv`"),
        "{basis}"
    );
    assert_eq!(code, Some(0));
    plenary(folder, &["import", "votes.csv", "-o", "data"]);
    let (bibtex, _, code) = plenary(folder, &["cite", "data", "--as", "bibtex"]);
    for entry in ["@misc{data,", "@misc{unvotes,", "@misc{plenary,"] {
        assert_eq!(bibtex.matches(entry).count(), 1, "{bibtex}");
    }
    assert_eq!(code, Some(0));
    let agree = ["agree", "votes.csv", "--by", "all", "--output", "agree.csv"];
    let (_, error, code) = plenary(folder, &agree);
    assert_eq!(code, Some(0), "{error}");
    for result in ["agree.csv", "agree.csv.metadata.json"] {
        let (text, _, code) = plenary(folder, &["cite", result]);
        assert!(
            text.starts_with("agree.csv. [computed with plenary "),
            "{text}"
        );
        assert!(text.contains("from votes.csv (unvotes-csv)"), "{text}");
        assert_eq!((text.lines().count(), code), (4, Some(0)), "{text}");
    }
}

#[test]
fn a_figure_is_cited_by_what_it_shows() {
    let folder = crate::analysis::folder();
    let folder = folder.path();
    let agree = [
        "agree",
        "ga_votes.csv",
        "--by",
        "year",
        "--states",
        "USA,ISR",
        "-o",
        "a.csv",
        "--plot",
        "a.svg",
    ];
    let (_, error, code) = plenary(folder, &agree);
    assert_eq!(code, Some(0), "{error}");
    let (text, basis, code) = plenary(folder, &["cite", "a.svg"]);
    assert_eq!(code, Some(0), "{basis}");
    assert!(text.contains("from ga_votes.csv (undl-ga-csv)"), "{text}");
    assert!(text.contains("United Nations Digital Library"), "{text}");
}

#[test]
fn a_citation_is_written_to_a_file_that_is_not_the_input() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("votes.csv"), VOTES).unwrap();
    let (text, _, code) = plenary(
        folder,
        &["cite", "voeten", "--as", "cff", "-o", "CITATION.cff"],
    );
    assert_eq!((&*text, code), ("", Some(0)));
    let written = fs::read_to_string(folder.join("CITATION.cff")).unwrap();
    assert!(written.starts_with("cff-version: 1.2.0\n"), "{written}");
    let (_, error, code) = plenary(folder, &["cite", "votes.csv", "-o", "votes.csv"]);
    assert_eq!(code, Some(2), "{error}");
    assert_eq!(fs::read_to_string(folder.join("votes.csv")).unwrap(), VOTES);
}

#[test]
fn what_nobody_knows_is_refused_with_what_can_be_cited() {
    let folder = tempfile::tempdir().unwrap();
    let (text, error, code) = plenary(folder.path(), &["cite", "no-such-source"]);
    assert_eq!((&*text, code), ("", Some(2)));
    assert!(
        error.contains("no file and no source `no-such-source`"),
        "{error}"
    );
    assert!(error.contains("swissvotes"), "{error}");
    let (_, error, code) = plenary(folder.path(), &["cite", "--as", "apa"]);
    assert_eq!(code, Some(2));
    assert!(error.contains("bibtex"), "{error}");
}
