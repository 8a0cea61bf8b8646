//! The page of the built-in Compact.

use assert_cmd::Command;

fn plenary() -> Command {
    Command::cargo_bin("plenary").expect("the command is built")
}

#[test]
fn the_page_of_the_compact_is_the_same_from_any_directory() {
    let elsewhere = tempfile::tempdir().unwrap();
    let output = plenary().current_dir(&elsewhere).assert().success();
    let page = String::from_utf8(output.get_output().stdout.clone()).unwrap();
    insta::assert_snapshot!(page);
}

#[test]
fn the_compact_is_shown_from_its_dataset_by_any_spelling_of_its_symbol() {
    let dataset = crate::schema::root().join("fixtures/global-compact");
    for symbol in ["A/RES/73/195", "73/195", "a/res/73/195", "A/CONF.231/3"] {
        let shown = plenary()
            .args(["show", symbol, "--dataset"])
            .arg(&dataset)
            .assert();
        let page = String::from_utf8(shown.success().get_output().stdout.clone()).unwrap();
        assert!(page.starts_with("Global Compact for Safe, Orderly and Regular Migration"));
    }
}

#[test]
fn a_symbol_that_is_not_there_ends_with_2_and_says_what_to_do() {
    let missing = plenary().args(["show", "A/RES/1/1"]).assert().code(2);
    let said = String::from_utf8(missing.get_output().stderr.clone()).unwrap();
    assert_eq!(
        said,
        "error: no agreement has the symbol or title `A/RES/1/1`\n  help: nearest: A/RES/73/195, the built-in Compact; \
         name the dataset or file that holds another agreement with --dataset PATH\n"
    );
}

#[test]
fn the_page_in_json_fits_its_schema() {
    let shown = plenary()
        .args(["show", "A/RES/73/195", "--format", "json"])
        .assert()
        .success();
    let shown: serde_json::Value = serde_json::from_slice(&shown.get_output().stdout).unwrap();
    assert_eq!(crate::schema::misfits("show.schema.json", &shown), [""; 0]);
    assert_eq!(
        crate::schema::misfits("agreement.schema.json", &shown["agreement"]),
        [""; 0]
    );
}

#[test]
fn a_page_has_agenda_subjects_report_and_sources() {
    let folder = tempfile::tempdir().unwrap();
    let votes = "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,committee_report,title,agenda_title,subjects,undl_link\n\
        1,PER,PERU,Y,1981-12-01,36,A/RES/36/5,A/36/700,A test,\"Peace, and security.\",PEACE--LAW|SEA,https://digitallibrary.un.org/record/1\n";
    std::fs::write(folder.path().join("votes.csv"), votes).unwrap();
    let mut command = plenary();
    let run = command.current_dir(folder.path());
    let run = run
        .args(["show", "A/RES/36/5", "--dataset", "votes.csv"])
        .output()
        .unwrap();
    let page = String::from_utf8(run.stdout).unwrap();
    for part in [
        "subjects    PEACE--LAW; SEA",
        "committee report A/36/700",
        "agenda      Peace, and security.",
        "Sources",
        "https://digitallibrary.un.org/record/1",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
}

#[test]
fn a_page_does_not_take_a_list_that_leaves_members_out_for_the_whole() {
    let folder = tempfile::tempdir().unwrap();
    let page = |fields: &str| {
        let record = format!(
            r#"{{"symbols": ["A/RES/36/5"], "acts": [{{"act": "decision", "body": "unga", "date": "1981-12-01", {fields},
            "ballots": {{"yes": ["PER"], "no": ["FRA", "ATLANTIS"]}}}}]}}"#
        );
        std::fs::write(folder.path().join("record.json"), record).unwrap();
        let mut command = plenary();
        let shown = command.current_dir(folder.path());
        let shown = shown.args(["show", "A/RES/36/5", "--dataset", "record.json"]);
        String::from_utf8(shown.output().unwrap().stdout).unwrap()
    };
    let extract = page(r#""partial": true"#);
    for part in [
        "yes 1   no 2   abstaining 0   not voting 0   listed 3\n",
        "undecided: its list of ballots leaves members out\n",
        "not voting   listed\n",
    ] {
        assert!(extract.contains(part), "{part}: {extract}");
    }
    let beside_totals = page(r#""partial": true, "announced": {"yes": 100, "no": 20}"#);
    let decided = "adopted: 100 of 120 present and voting, 83.3 %, more than half";
    assert!(beside_totals.contains(decided), "{beside_totals}");
    // Three of 157 members cannot have decided, whether the record says that others are left out or not.
    let unmarked = page(r#""partial": false"#);
    let undecided = "undecided: its list of ballots leaves members out\n";
    assert!(unmarked.contains(undecided), "{unmarked}");
    let more = page(r#""announced": {"yes": 100, "no": 20}"#);
    assert!(more.contains(decided), "{more}");
}

/// Three votes of one resolution, one of another, and two of the Council, one of them without its year.
const SEVERAL: &str = r#"[
    {"symbols": ["A/RES/36/5"], "title": "Whole", "acts": [{"act": "decision", "body": "unga", "date": "1981-12-01",
        "partial": true, "ballots": {"yes": ["PER", "FRA"]}}]},
    {"symbols": ["A/RES/36/5"], "title": "Paragraph", "acts": [{"act": "decision", "body": "unga", "date": "1981-12-01",
        "partial": true, "question": {"scope": "paragraph"}, "ballots": {"yes": ["PER"], "no": ["FRA"]}}]},
    {"symbols": ["A/RES/36/51"], "title": "Other", "acts": []},
    {"symbols": ["A/RES/40/51"], "title": "Later", "acts": []},
    {"symbols": ["S/RES/2334(2016)"], "title": "Council", "acts": []},
    {"symbols": ["S/RES/1325"], "title": "Women", "acts": []}
]"#;

/// What `show` prints of the records above, and how it ends.
fn show(args: &[&str]) -> (String, String, Option<i32>) {
    let folder = tempfile::tempdir().unwrap();
    let records: Vec<serde_json::Value> = serde_json::from_str(SEVERAL).unwrap();
    let lines: Vec<_> = records.iter().map(ToString::to_string).collect();
    std::fs::write(folder.path().join("records.jsonl"), lines.join("\n")).unwrap();
    let mut command = plenary();
    let run = command.current_dir(folder.path()).arg("show").args(args);
    let run = run.args(["--dataset", "records.jsonl"]).output().unwrap();
    (
        String::from_utf8(run.stdout).unwrap(),
        String::from_utf8(run.stderr).unwrap(),
        run.status.code(),
    )
}

#[test]
fn every_record_of_a_symbol_is_shown_with_its_scope() {
    let (page, _, _) = show(&["A/RES/36/5"]);
    let places: Vec<_> = page
        .lines()
        .filter(|line| line.starts_with("record "))
        .collect();
    assert_eq!(
        page.lines().next(),
        Some("2 records have the symbol or title A/RES/36/5")
    );
    assert_eq!(
        places,
        [
            "record 1 of 2: the whole proposal",
            "record 2 of 2: a paragraph or another part"
        ]
    );
    let (json, _, _) = show(&["A/RES/36/5", "--format", "json"]);
    let list: serde_json::Value = serde_json::from_str(&json).unwrap();
    let scopes: Vec<_> = (0..2)
        .map(|at| &list[at]["decisions"][0]["scope"])
        .collect();
    assert_eq!(scopes, ["whole", "paragraph"]);
    assert_eq!(list.as_array().map(Vec::len), Some(2));
    assert_eq!(crate::schema::misfits("show.schema.json", &list), [""; 0]);
    let (json, _, _) = show(&["A/RES/36/51", "--format", "json"]);
    let one: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(one["agreement"]["title"], "Other");
    assert_ne!(
        crate::schema::misfits("show.schema.json", &serde_json::json!([one])),
        [""; 0]
    );
}

#[test]
fn a_resolution_of_the_council_is_found_with_and_without_its_year() {
    for (symbol, title) in [
        ("S/RES/2334(2016)", "Council"),
        ("S/RES/2334", "Council"),
        ("s/res/2334", "Council"),
        ("S/RES/1325(2000)", "Women"),
        ("S/RES/1325", "Women"),
    ] {
        let (page, said, _) = show(&[symbol]);
        assert!(page.starts_with(title), "{symbol}: {page}{said}");
    }
}

#[test]
fn a_symbol_that_is_not_there_brings_the_nearest() {
    for (symbol, nearest) in [
        ("A/RES/36/6", "A/RES/36/5, A/RES/36/51"),
        ("A/RES/36/52", "A/RES/36/5, A/RES/36/51"),
        ("S/RES/2334(2017)", "S/RES/2334(2016)"),
        ("S/RES/233", "S/RES/2334(2016)"),
        ("S/RES/9999", "S/RES/"),
    ] {
        let (_, said, code) = show(&[symbol]);
        assert_eq!(code, Some(2), "{symbol}");
        let help = said
            .lines()
            .find_map(|line| line.trim().strip_prefix("help: nearest: "));
        let help = help.unwrap_or_default();
        assert!(help.starts_with(nearest), "{symbol}: {said}");
    }
    // A bare number is that of a resolution: shown where there is one, listed where there are several.
    for (text, title) in [
        ("2334", "Council"),
        ("resolution 2334", "Council"),
        ("Res. 1325", "Women"),
        ("5", "2 records have the symbol or title"),
    ] {
        let (page, said, _) = show(&[text]);
        assert!(page.starts_with(title), "{text}: {page}{said}");
    }
    let (page, said, code) = show(&["51"]);
    assert_eq!((page.as_str(), code), ("", Some(2)));
    let listed = "help: resolutions with this number: A/RES/36/51, A/RES/40/51\n";
    assert!(said.contains(listed), "{said}");
    let (_, said, code) = show(&["TREATY/SERIES/NUMBER/12"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("plenary check PATH"), "{said}");
}
