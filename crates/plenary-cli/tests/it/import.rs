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
fn import_and_check_say_the_same_of_an_input() {
    let folder = tempfile::tempdir().unwrap();
    let (table, dataset) = (folder.path().join("votes.csv"), folder.path().join("out"));
    let rows = "undl_id,ms_code,ms_name,ms_vote,date,session,resolution\n\
                1,FRA,FRANCE,Y,2018-12-19,73,A/RES/73/195\n\
                1,PER,PERU,maybe,2018-12-19,73,A/RES/73/195\n";
    std::fs::write(&table, rows).unwrap();
    let check = plenary(&["check", "--lenient", text(&table)]);
    let import = plenary(&["import", "--lenient", text(&table), "-o", text(&dataset)]);
    let line = |out: &str| {
        out.lines()
            .find(|line| line.contains(": undl-ga-csv ("))
            .map(str::to_owned)
    };
    let told = line(&check.out).unwrap();
    assert!(
        told.ends_with("; 2 rows, 1 used, 1 rejected; 1 record, 1 ballot"),
        "{told}"
    );
    assert_eq!(line(&import.out), Some(told));
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
            .contains("; 193 rows, 193 used; 1 record, 193 ballots"),
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
        strict
            .out
            .contains(":4:5: vote: not a recognised vote value: `perhaps`"),
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
fn no_dataset_is_written_when_no_record_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let dataset = folder.path().join("dataset");
    let deep = format!(
        "<collection xmlns=\"http://www.loc.gov/MARC21/slim\"><record>{}",
        "<x>".repeat(1000)
    );
    let tables = [
        (
            "votes.csv",
            "undl_id,ms_name,ms_vote,date,resolution\n1,PERU,perhaps,2018-12-19,A/RES/73/195\n",
            "1 row rejected",
        ),
        ("deep.xml", &deep, "1 row rejected"),
        (
            "roll_calls.csv",
            "rcid,session,date,unres\n5,1,1946-01-26,R/1/98\n",
            "hold no record",
        ),
    ];
    for (name, rows, told) in tables {
        let table = folder.path().join(name);
        std::fs::write(&table, rows).unwrap();
        let import = plenary(&["import", "--lenient", text(&table), "-o", text(&dataset)]);
        assert_eq!(import.code, Some(2), "{}", import.out);
        assert!(import.err.contains(told), "{}", import.err);
        assert!(import.err.contains("nothing was written"), "{}", import.err);
        assert!(!dataset.exists(), "{name}");
    }
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

const VOTES: &str = "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,total_yes\n\
    1,FRA,FRANCE,Y,2018-12-19,73,A/RES/73/195,2\n\
    1,PER,PERU,y,2018-12-19,73,A/RES/73/195,2\n";

#[test]
fn a_value_that_would_be_lost_refuses_a_strict_import() {
    let folder = tempfile::tempdir().unwrap();
    let (table, dataset) = (
        folder.path().join("votes.csv"),
        folder.path().join("dataset"),
    );
    let bad = VOTES.replace("2018-12-19", "2018-13-45");
    std::fs::write(&table, bad).unwrap();
    let strict = plenary(&["import", text(&table), "-o", text(&dataset)]);
    assert_eq!(strict.code, Some(2), "{}", strict.out);
    assert!(!dataset.exists());
    let place = format!("error: {}:2: date: ", text(&table));
    let line = strict.out.lines().find(|line| line.contains(&place));
    assert!(
        line.is_some_and(|line| line.contains("2018-13-45")),
        "{}",
        strict.out
    );
    assert!(strict.out.contains("note: "), "{}", strict.out);
    assert!(
        strict.err.contains("1 error; nothing was written"),
        "{}",
        strict.err
    );
    assert!(strict.err.contains("--lenient"), "{}", strict.err);
    let lenient = plenary(&["import", text(&table), "-o", text(&dataset), "--lenient"]);
    assert_eq!(lenient.code, Some(0), "{}", lenient.err);
    assert!(lenient.out.contains(&place), "{}", lenient.out);
    assert!(dataset.is_dir());
}

#[test]
fn the_account_in_json_fits_its_schema_and_tells_refused_rows_as_errors() {
    let folder = tempfile::tempdir().unwrap();
    let (table, dataset) = (
        folder.path().join("votes.csv"),
        folder.path().join("dataset"),
    );
    let rows = VOTES.replace(",Y,", ",Q,").replace("total_yes", "colour");
    std::fs::write(&table, rows).unwrap();
    let account = |args: &[&str], code| {
        let start = [
            "import",
            text(&table),
            "-o",
            text(&dataset),
            "--format",
            "json",
        ];
        let ran = plenary(&[&start[..], args].concat());
        assert_eq!(ran.code, Some(code), "{}", ran.err);
        let account: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(
            crate::schema::misfits("import.schema.json", &account),
            [""; 0]
        );
        account
    };
    let strict = account(&[], 2);
    assert_eq!(strict.get("output"), None);
    assert_eq!(strict["rejected"][0]["severity"], "error");
    let checks = strict["findings"].as_array().unwrap().iter();
    let checks: Vec<_> = checks.map(|f| f["check"].as_str().unwrap()).collect();
    assert!(
        checks.contains(&"unknown-column") && checks.contains(&"vote-grammar"),
        "{checks:?}"
    );
    let lenient = account(&["--lenient"], 0);
    assert_eq!(lenient["output"], text(&dataset));
    assert_eq!(lenient["rejected"][0]["severity"], "warning");
}

#[test]
fn the_tables_have_a_key_where_identifiers_are_shared_or_absent() {
    let folder = tempfile::tempdir().unwrap();
    let (votes, dataset) = (
        folder.path().join("votes.jsonl"),
        folder.path().join("dataset"),
    );
    let vote = |symbols: &str, state: &str| {
        format!(
            "{{\"title\": \"A vote\", \"symbols\": [{symbols}], \"acts\": [{{\"act\": \"decision\", \"ballots\": {{\"yes\": [\"{state}\"]}}}}]}}\n"
        )
    };
    let same = "\"A/RES/36/5\"";
    let text_of = [vote(same, "PER"), vote(same, "FRA"), vote("", "JPN")].concat();
    std::fs::write(&votes, text_of).unwrap();
    let ran = plenary(&["import", text(&votes), "-o", text(&dataset)]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(
        ran.out
            .contains("warning: 1 identifier of more than one agreement"),
        "{}",
        ran.out
    );
    let ballots = std::fs::read_to_string(dataset.join("ballots.csv")).unwrap();
    let starts: Vec<_> = ballots
        .lines()
        .map(|line| line.split(',').next().unwrap())
        .collect();
    assert_eq!(starts, ["record", "1", "2", "3"]);
    let package = std::fs::read_to_string(dataset.join("datapackage.json")).unwrap();
    let package: serde_json::Value = serde_json::from_str(&package).unwrap();
    let key = serde_json::json!(["record", "act"]);
    assert_eq!(package["resources"][1]["schema"]["primaryKey"], key);
    let foreign = &package["resources"][2]["schema"]["foreignKeys"][0];
    assert_eq!(foreign["fields"], key);
    assert_eq!(
        foreign["reference"],
        serde_json::json!({"resource": "decisions", "fields": key})
    );
}

#[test]
fn a_destination_that_is_taken_is_told_for_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("votes.csv");
    std::fs::write(&table, VOTES).unwrap();
    let refused = |name: &str, what: &str| {
        let ran = plenary(&[
            "import",
            text(&table),
            "-o",
            text(&folder.path().join(name)),
        ]);
        assert_eq!(ran.code, Some(2));
        assert!(ran.err.contains(what), "{name}: {}", ran.err);
        assert!(
            ran.err.contains("help: name another folder"),
            "{name}: {}",
            ran.err
        );
    };
    std::fs::create_dir(folder.path().join("full")).unwrap();
    std::fs::write(folder.path().join("full/notes.txt"), "mine").unwrap();
    refused("full", "the folder is not empty");
    std::fs::write(folder.path().join("notes.txt"), "mine").unwrap();
    refused("notes.txt", "this is a file, not a folder");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("nowhere", folder.path().join("dangling")).unwrap();
        refused("dangling", "a link that leads nowhere");
        std::fs::create_dir(folder.path().join("empty")).unwrap();
        std::os::unix::fs::symlink("empty", folder.path().join("link")).unwrap();
        let link = folder.path().join("link");
        let ran = plenary(&["import", text(&table), "-o", text(&link)]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert!(link.is_symlink() && folder.path().join("empty/ballots.csv").is_file());
    }
}

#[test]
fn a_template_lists_the_members_of_any_body_on_record_and_says_which_are() {
    let council = plenary(&[
        "template",
        "S/RES/1(1946)",
        "--body",
        "unsc",
        "--date",
        "1946-01-25",
    ]);
    assert_eq!(council.code, Some(0));
    let rows = council.out.lines().filter(|line| line.ends_with(','));
    assert_eq!(rows.count(), 11, "{}", council.out);
    for (body, day) in [("nope", "2018-12-19"), ("unga", "1900-01-01")] {
        let ran = plenary(&["template", "--body", body, "--date", day]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
        assert!(
            ran.err.contains("are not on record") && ran.err.contains("unsc"),
            "{}",
            ran.err
        );
    }
}
