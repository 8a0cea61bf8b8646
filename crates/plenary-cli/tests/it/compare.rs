//! `plenary compare`.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

/// Nine votes of eight states; `swap` exchanges two of them.
fn table(swap: bool) -> String {
    const STATES: [&str; 8] = [
        "BELIZE", "BHUTAN", "CHILE", "CUBA", "FRANCE", "GHANA", "INDIA", "PERU",
    ];
    let mut text = "undl_id,ms_name,ms_vote,date,session,resolution\n".to_owned();
    for vote in 1..=9 {
        for (at, name) in STATES.iter().enumerate() {
            let letter = ["Y", "N", "A"][(at * vote + at) % 3];
            let name = match (*name, swap) {
                ("BELIZE", true) => "BHUTAN",
                ("BHUTAN", true) => "BELIZE",
                (name, _) => name,
            };
            text.push_str(&format!(
                "{vote},{name},{letter},1981-12-0{vote},36,A/RES/36/{vote}\n"
            ));
        }
    }
    text
}

fn compare(folder: &Path, files: [&str; 2], options: &[&str]) -> assert_cmd::assert::Assert {
    let mut command = Command::cargo_bin("plenary").unwrap();
    let command = command.current_dir(folder).env("NO_COLOR", "1");
    command.arg("compare").args(files).args(options).assert()
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.csv"), table(false)).unwrap();
    fs::write(folder.path().join("b.csv"), table(true)).unwrap();
    folder
}

#[test]
fn sources_that_agree_end_with_0() {
    let folder = folder();
    let assert = compare(folder.path(), ["a.csv", "a.csv"], &[]).code(0);
    let shown = String::from_utf8(assert.get_output().stdout.clone()).unwrap();
    assert!(
        shown.contains("9 votes in both") && shown.contains("no differences"),
        "{shown}"
    );
}

#[test]
fn sources_that_differ_end_with_1_and_the_pattern_comes_first() {
    let folder = folder();
    let assert = compare(folder.path(), ["a.csv", "b.csv"], &[]).code(1);
    let shown = String::from_utf8(assert.get_output().stdout.clone()).unwrap();
    let pattern = shown.find("session 36: the ballots of Belize and Bhutan are exchanged");
    assert!(pattern.is_some(), "{shown}");
    let json = compare(folder.path(), ["a.csv", "b.csv"], &["--format", "json"]).code(1);
    let json: Value = serde_json::from_slice(&json.get_output().stdout).unwrap();
    assert_eq!(json["patterns"][0]["kind"], "states-exchanged");
    assert_eq!(
        json["patterns"][0]["states"],
        serde_json::json!(["BLZ", "BTN"])
    );
    let differences = json["differences"].as_array().unwrap();
    assert!(!differences.is_empty() && differences.iter().all(|d| d["pattern"] == 0));
    assert_eq!(
        crate::schema::misfits("compare.schema.json", &json),
        [""; 0]
    );
}

/// What a comparison prints for people and in JSON.
fn both(folder: &Path) -> (String, Value) {
    let text = compare(folder, ["a.csv", "b.csv"], &[]).code(1);
    let text = String::from_utf8(text.get_output().stdout.clone()).unwrap();
    let json = compare(folder, ["a.csv", "b.csv"], &["--format", "json"]).code(1);
    let json: Value = serde_json::from_slice(&json.get_output().stdout).unwrap();
    assert_eq!(
        crate::schema::misfits("compare.schema.json", &json),
        [""; 0]
    );
    (text, json)
}

#[test]
fn dates_that_are_all_as_many_days_apart_are_a_shift_even_early_in_the_month() {
    let folder = folder();
    let mut later = table(false);
    for day in (1..=9).rev() {
        later = later.replace(
            &format!("1981-12-0{day}"),
            &format!("1981-12-{:02}", day + 1),
        );
    }
    let first = table(false)
        .replace("1981-12-08", "1981-12-07")
        .replace("1981-12-09", "1981-12-06");
    let other = later
        .replace("1981-12-09", "1981-12-08")
        .replace("1981-12-10", "1981-12-07");
    fs::write(folder.path().join("a.csv"), &first).unwrap();
    fs::write(folder.path().join("b.csv"), &other).unwrap();
    let (text, json) = both(folder.path());
    assert!(
        text.contains("session 36: the dates of b are 1 day later, in 9 of 9 votes"),
        "{text}"
    );
    assert_eq!(json["patterns"][0]["kind"], "date-shift");
    fs::write(folder.path().join("a.csv"), &other).unwrap();
    fs::write(folder.path().join("b.csv"), &first).unwrap();
    assert!(both(folder.path()).0.contains("are 1 day earlier"));
}

#[test]
fn a_source_that_gives_no_symbols_or_no_days_is_told_so() {
    let folder = folder();
    let at_meetings = |symbol: &str| -> String {
        let row = |line: &str| match line.rsplit_once(",A/RES/36/") {
            Some((rest, number)) => {
                let symbol = symbol.replace('#', number);
                format!("{rest},{symbol},A/36/PV.{number}\n")
            }
            None => format!("{line},meeting\n"),
        };
        table(false).lines().map(row).collect()
    };
    fs::write(folder.path().join("a.csv"), at_meetings("A/RES/36/#")).unwrap();
    fs::write(folder.path().join("b.csv"), at_meetings("")).unwrap();
    let (text, json) = both(folder.path());
    assert!(
        text.contains("session 36: b gives no symbol for 9 votes"),
        "{text}"
    );
    assert_eq!(json["patterns"][0]["kind"], "symbols-missing");
    let mut months = table(false);
    let mut late = table(false);
    for day in 1..=9 {
        months = months.replace(&format!("1981-12-0{day}"), "1981-12");
        late = late.replace(&format!("1981-12-0{day}"), &format!("1981-12-1{day}"));
    }
    fs::write(folder.path().join("a.csv"), late).unwrap();
    fs::write(folder.path().join("b.csv"), months).unwrap();
    let (text, _) = both(folder.path());
    assert!(
        text.contains("session 36: b gives no days of the month, in 9 of 9 votes"),
        "{text}"
    );
}

#[test]
fn a_source_without_a_vote_is_no_source_to_compare() {
    let folder = folder();
    let treaty = "Participant,Signature,Ratification\nPeru,1 Apr 1960,5 Mar 1961\n";
    fs::write(folder.path().join("treaty.csv"), treaty).unwrap();
    let unusable = table(false).replace(",Y,", ",?,").replace(",N,", ",?,");
    fs::write(
        folder.path().join("rejected.csv"),
        unusable.replace(",A,", ",?,"),
    )
    .unwrap();
    for (files, named, help) in [
        (
            ["treaty.csv", "treaty.csv"],
            "treaty.csv",
            "a source of votes",
        ),
        (["a.csv", "treaty.csv"], "treaty.csv", "a source of votes"),
        (["rejected.csv", "a.csv"], "rejected.csv", "`plenary check`"),
    ] {
        for options in [&[][..], &["--lenient", "--format", "json"]] {
            let assert = compare(folder.path(), files, options).code(2);
            let told = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
            assert!(
                told.contains(&format!("{named}: no vote in it to compare")),
                "{told}"
            );
            assert!(told.contains(help), "{told}");
        }
    }
}

#[test]
fn titles_stay_on_their_line() {
    let folder = folder();
    let all = table(false);
    let rows = all.lines().filter(|row| !row.ends_with("A/RES/36/1"));
    let fewer: String = rows.map(|row| format!("{row}\n")).collect();
    fs::write(folder.path().join("b.csv"), fewer).unwrap();
    let titled = table(false)
        .replace(",resolution\n", ",resolution,title\n")
        .replace("A/RES/36/1\n", "A/RES/36/1,\"one\ntwo\"\n");
    fs::write(folder.path().join("a.csv"), titled).unwrap();
    let assert = compare(folder.path(), ["a.csv", "b.csv"], &["--lenient", "--all"]).code(1);
    let text = String::from_utf8(assert.get_output().stdout.clone()).unwrap();
    assert!(text.contains("one␊two"), "{text}");
}

#[test]
fn an_input_that_cannot_be_used_ends_with_2() {
    let folder = folder();
    let assert = compare(folder.path(), ["a.csv", "missing.csv"], &[]).code(2);
    let told = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
    assert!(told.contains("missing.csv"), "{told}");
}

/// Two votes with all that the Library prints of one, in three editions: as it is, and with another title or no notes.
fn editions(folder: &Path) {
    let edition = |title: &str, note: &str| {
        let mut text = "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,draft,meeting,title,subjects,vote_note\n".to_owned();
        for (vote, title) in [(1, "Question of one"), (2, title)] {
            for (state, letter) in [("FRA,FRANCE", "Y"), ("PER,PERU", "N")] {
                text.push_str(&format!(
                    "{vote},{state},{letter},2004-12-10,59,A/RES/59/{vote},A/59/L.{vote},A/59/PV.{vote},{title},TRADE,{note}\n"
                ));
            }
        }
        text
    };
    let write = |name: &str, text: String| fs::write(folder.join(name), text).unwrap();
    write("first.csv", edition("Question of two", "a note"));
    write("retitled.csv", edition("\"Question, of two\"", "a note"));
    write("silent.csv", edition("Question of two", ""));
}

#[test]
fn editions_of_a_file_are_told_apart_by_field() {
    let folder = tempfile::tempdir().unwrap();
    editions(folder.path());
    for (other, kinds) in [
        ("first.csv", &[][..]),
        ("retitled.csv", &["title"]),
        ("silent.csv", &["notes", "notes"]),
    ] {
        let code = i32::from(!kinds.is_empty());
        let assert = compare(folder.path(), ["first.csv", other], &["--format", "json"]).code(code);
        let json: Value = serde_json::from_slice(&assert.get_output().stdout).unwrap();
        let told: Vec<&str> = json["differences"]
            .as_array()
            .unwrap()
            .iter()
            .map(|d| d["kind"].as_str().unwrap())
            .collect();
        assert_eq!(told, kinds, "{other}");
        assert_eq!(
            crate::schema::misfits("compare.schema.json", &json),
            [""; 0]
        );
        let assert = compare(folder.path(), ["first.csv", other], &[]).code(code);
        let text = String::from_utf8(assert.get_output().stdout.clone()).unwrap();
        assert_eq!(
            text.contains("titles (1)"),
            other == "retitled.csv",
            "{text}"
        );
    }
}

#[test]
fn differences_are_a_table_with_a_row_for_each() {
    let folder = folder();
    editions(folder.path());
    let rows = |files: [&str; 2], code: i32| -> Vec<Vec<String>> {
        let assert = compare(folder.path(), files, &["--format", "csv"]).code(code);
        let mut table = csv::Reader::from_reader(&*assert.get_output().stdout);
        let heading: Vec<String> = table.headers().unwrap().iter().map(str::to_owned).collect();
        let expected = "kind,session,scope,state,total,record_a,line_a,value_a,record_b,line_b,value_b,pattern";
        assert_eq!(heading.join(","), expected);
        let rows = table
            .records()
            .map(|row| row.unwrap().iter().map(str::to_owned).collect());
        rows.collect()
    };
    assert_eq!(rows(["first.csv", "first.csv"], 0), [[""; 0]; 0]);
    assert_eq!(
        rows(["first.csv", "retitled.csv"], 1),
        [[
            "title",
            "59",
            "",
            "",
            "",
            "A/RES/59/2",
            "4",
            "Question of two",
            "A/RES/59/2",
            "4",
            "Question, of two",
            ""
        ]]
    );
    let exchanged = rows(["a.csv", "b.csv"], 1);
    assert!(
        exchanged
            .iter()
            .all(|row| row[0] == "ballot" && row[11] == "states-exchanged")
    );
    let json = compare(folder.path(), ["a.csv", "b.csv"], &["--format", "json"]).code(1);
    let json: Value = serde_json::from_slice(&json.get_output().stdout).unwrap();
    assert_eq!(
        json["differences"].as_array().unwrap().len(),
        exchanged.len()
    );
}
