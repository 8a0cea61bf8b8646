//! `plenary import` and `plenary template` as a user meets them.

use std::path::Path;

use assert_cmd::Command;

struct Ran {
    out: String,
    err: String,
    code: Option<i32>,
}

fn plenary(args: &[&str]) -> Ran {
    let output = Command::cargo_bin("plenary")
        .unwrap()
        .args(args)
        .output()
        .unwrap();
    Ran {
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
        code: output.status.code(),
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_template_filled_in_is_imported_and_the_dataset_checks_clean() {
    let folder = tempfile::tempdir().unwrap();
    let (table, dataset) = (
        folder.path().join("vote.csv"),
        folder.path().join("dataset"),
    );
    let template = plenary(&["template", "A/RES/73/195", "--date", "2018-12-19"]);
    assert_eq!(template.code, Some(0));
    std::fs::write(&table, template.out.replace(",\n", ",yes\n")).unwrap();
    let import = plenary(&["import", text(&table), "-o", text(&dataset)]);
    assert_eq!(import.code, Some(0), "{}", import.err);
    assert!(
        import
            .out
            .contains("193 rows: 193 used, 0 rejected; 1 records, 193 ballots"),
        "{}",
        import.out
    );
    for name in [
        "datapackage.json",
        "agreements.jsonl",
        "decisions.csv",
        "ballots.csv",
    ] {
        assert!(dataset.join(name).is_file(), "{name}");
    }
    let check = plenary(&["check", text(&dataset)]);
    assert_eq!(check.code, Some(0), "{}", check.out);
}

#[test]
fn nothing_is_written_when_rows_are_rejected_unless_asked() {
    let folder = tempfile::tempdir().unwrap();
    let (table, dataset) = (
        folder.path().join("vote.csv"),
        folder.path().join("dataset"),
    );
    std::fs::write(&table, "title: A test\nstate,vote\nPER,yes\nHUN,perhaps\n").unwrap();
    let strict = plenary(&["import", text(&table), "-o", text(&dataset)]);
    assert_eq!(strict.code, Some(2));
    assert!(
        strict.out.contains(":4: vote: this is no vote: `perhaps`"),
        "{}",
        strict.out
    );
    assert!(strict.err.contains("--lenient"), "{}", strict.err);
    assert!(!dataset.exists());
    let lenient = plenary(&["import", text(&table), "-o", text(&dataset), "--lenient"]);
    assert_eq!(lenient.code, Some(0), "{}", lenient.err);
    assert!(dataset.join("datapackage.json").is_file());
}

#[test]
fn a_mapping_explains_a_table_of_no_known_format() {
    let folder = tempfile::tempdir().unwrap();
    let (table, mapping) = (
        folder.path().join("votes.csv"),
        folder.path().join("mapping.toml"),
    );
    let template = plenary(&["template", "--mapping"]);
    std::fs::write(&mapping, template.out).unwrap();
    std::fs::write(
        &table,
        "vote_id,country,vote,resolution,date,title\n1,France,Y,A/HRC/RES/50/1,2022-07-07,A test\n",
    )
    .unwrap();
    let unknown = plenary(&["check", text(&table)]);
    assert_eq!(unknown.code, Some(2));
    let mapped = plenary(&[
        "check",
        "--mapping",
        text(&mapping),
        text(&table),
        "--format",
        "json",
    ]);
    assert!(
        mapped.out.contains("\"mapped-csv\""),
        "{}{}",
        mapped.out,
        mapped.err
    );
}
