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
        "README.md",
        "CITATION.cff",
        "agreements.jsonl.zst",
        "decisions.parquet",
        "ballots.parquet",
        "acts.parquet",
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
    let vote = |symbols: &str, state: &str, day: &str| {
        format!(
            "{{\"title\": \"A vote\", \"symbols\": [{symbols}], \"acts\": [{{\"act\": \"decision\", \"date\": \"1981-11-{day}\", \"ballots\": {{\"yes\": [\"{state}\"]}}}}]}}\n"
        )
    };
    let same = "\"A/RES/36/5\"";
    let text_of = [
        vote(same, "PER", "13"),
        vote(same, "FRA", "14"),
        vote("", "JPN", "14"),
    ]
    .concat();
    std::fs::write(&votes, text_of).unwrap();
    let ran = plenary(&["import", text(&votes), "-o", text(&dataset), "--as", "csv"]);
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
    let schema = |name: &str| {
        let mut resources = package["resources"].as_array().unwrap().iter();
        &resources.find(|r| r["name"] == name).unwrap()["schema"]
    };
    assert_eq!(schema("decisions")["primaryKey"], key);
    let foreign = &schema("ballots")["foreignKeys"][0];
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
        assert!(link.is_symlink() && folder.path().join("empty/ballots.parquet").is_file());
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
    for (body, day, why) in [
        ("nope", "2018-12-19", "nothing is on record"),
        ("unga", "1900-01-01", "does not exist on 1900-01-01"),
        ("unsc", "1945-12-01", "not on record"),
    ] {
        let ran = plenary(&["template", "--body", body, "--date", day]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
        assert!(
            ran.err.contains(why) && ran.err.contains("help"),
            "{}",
            ran.err
        );
    }
}

/// A vote of four members, one row per ballot; each ballot is written `voter:letter`.
fn one_vote(ballots: &str, total: u32, title: &str) -> String {
    let mut text =
        "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,total_yes,title\n".to_owned();
    for ballot in ballots.split(' ') {
        let (state, letter) = ballot.split_once(':').unwrap();
        let name = match state {
            "FRA" => "FRANCE",
            "PER" => "PERU",
            _ => "USSR",
        };
        text += &format!("1,{state},{name},{letter},1985-12-17,40,A/RES/40/1,{total},{title}\n");
    }
    text
}

/// Imports tables; the exit code, the account and the lines `state choice` that are written.
fn imported(
    tables: &[String],
    on_conflict: &str,
) -> (Option<i32>, serde_json::Value, Vec<String>, String) {
    let folder = tempfile::tempdir().unwrap();
    let dataset = folder.path().join("out");
    let mut paths = Vec::new();
    for (at, table) in tables.iter().enumerate() {
        let path = folder.path().join(format!("{at}.csv"));
        std::fs::write(&path, table).unwrap();
        paths.push(path);
    }
    let mut args = vec!["import"];
    args.extend(paths.iter().map(|path| text(path)));
    let more = [
        "-o",
        text(&dataset),
        "--on-conflict",
        on_conflict,
        "--as",
        "csv",
        "--format",
        "json",
    ];
    args.extend(more);
    let ran = plenary(&args);
    let account = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        crate::schema::misfits("import.schema.json", &account),
        [""; 0]
    );
    let ballots = std::fs::read_to_string(dataset.join("ballots.csv")).unwrap_or_default();
    let lines = ballots.lines().skip(1).map(|line| {
        let cells: Vec<_> = line.split(',').collect();
        format!("{} {}", cells[2], cells[4])
    });
    (ran.code, account, lines.collect(), ran.err)
}

#[test]
fn a_record_that_contradicts_itself_is_not_written_until_a_choice_is_made() {
    let twice = [one_vote("SUN:N FRA:Y PER:Y SUN:Y FRA:Y PER:Y", 3, "One")];
    let (code, account, ballots, told) = imported(&twice, "stop");
    assert_eq!((code, ballots.len()), (Some(2), 0));
    assert!(
        told.contains("A/RES/40/1, SUN as no and as yes, in "),
        "{told}"
    );
    assert_eq!(account["settled_lists"], 0);
    assert_eq!(
        account["refused"].as_str(),
        told.lines().next().unwrap().strip_prefix("error: ")
    );
    for (choice, sun) in [("first", "SUN no"), ("last", "SUN yes")] {
        let (code, account, ballots, _) = imported(&twice, choice);
        assert_eq!(code, Some(0), "{choice}");
        assert_eq!(ballots, ["FRA yes", "PER yes", sun]);
        assert_eq!(account["settled_lists"], 1);
    }
    let (code, account, _, told) = imported(&twice, "drop");
    assert_eq!((code, &account["conflicting"]), (Some(2), &1.into()));
    assert!(told.contains("no record is left"), "{told}");
    // A copy of a vote that is dropped is dropped, too.
    let other = one_vote("FRA:Y", 1, "Other")
        .replace("40/1", "40/2")
        .replace("\n1,", "\n2,");
    let more = [
        twice[0].clone(),
        one_vote("SUN:N FRA:Y PER:Y", 3, "One"),
        other,
    ];
    let (code, account, ballots, _) = imported(&more, "drop");
    assert_eq!((code, &account["conflicting"]), (Some(0), &2.into()));
    assert_eq!(ballots, ["FRA yes"]);
}

#[test]
fn copies_with_other_voters_are_joined_and_shorter_lists_left_out() {
    let table = |ballots| one_vote(ballots, 3, "One");
    let (code, account, ballots, _) = imported(
        &[
            table("SUN:N FRA:Y"),
            table("FRA:Y PER:Y"),
            table("PER:Y"),
            table("SUN:N FRA:Y PER:Y"),
        ],
        "stop",
    );
    assert_eq!(code, Some(0));
    assert_eq!(ballots, ["FRA yes", "PER yes", "SUN no"]);
    let number = |key: &str| account[key].as_u64().unwrap();
    assert_eq!(
        (number("joined"), number("shorter"), number("duplicates")),
        (1, 1, 1)
    );
    assert_eq!((number("shared_ids"), number("differing")), (0, 0));
    // What contradicts a joined list contradicts each part of it.
    let tables = [table("SUN:N FRA:Y"), table("FRA:Y PER:Y"), table("PER:N")];
    assert_eq!(imported(&tables, "stop").0, Some(2));
    let (_, account, ballots, _) = imported(&tables, "last");
    assert_eq!(ballots, ["PER no"]);
    assert_eq!(
        (&account["joined"], &account["conflicting"]),
        (&0.into(), &2.into())
    );
}

#[test]
fn copies_that_differ_in_other_fields_are_counted_by_these() {
    let table = |total, title| one_vote("SUN:N FRA:Y", total, title);
    let tables = [
        table(3, "One"),
        table(4, "Two"),
        table(5, "Two"),
        table(3, "Two"),
        table(3, "One"),
    ];
    let (code, account, ballots, _) = imported(&tables, "stop");
    assert_eq!((code, ballots.len()), (Some(0), 2));
    assert_eq!(
        (&account["differing"], &account["duplicates"]),
        (&3.into(), &1.into())
    );
    let expected = serde_json::json!([
        {"fields": ["announced", "title"], "records": 2},
        {"fields": ["title"], "records": 1},
    ]);
    assert_eq!(account["differences"], expected);
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (folder.path().join("a.csv"), folder.path().join("b.csv"));
    std::fs::write(&a, &tables[0]).unwrap();
    std::fs::write(&b, &tables[1]).unwrap();
    let ran = plenary(&[
        "import",
        text(&a),
        text(&b),
        "-o",
        text(&folder.path().join("out")),
    ]);
    let told = "warning: 1 copy differs in totals, title: the first is written";
    assert!(ran.out.contains(told), "{}", ran.out);
}

#[test]
fn the_number_of_a_row_in_a_mapped_table_is_not_the_title_of_a_vote() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let mapping = "body = \"hrc\"\ncodes = \"iso3\"\n[columns]\nvote = \"id\"\nstate = \"who\"\nchoice = \"how\"\n\
                   date = \"day\"\nsymbol = \"text\"\n[choices]\nyes = [\"Y\"]\nno = [\"N\"]\n";
    std::fs::write(path("m.toml"), mapping).unwrap();
    let table = |id: &str, symbol: &str, how: &str| {
        let row = |who: &str, how: &str| format!("{id},{who},{how},2022-07-07,{symbol}\n");
        format!(
            "id,who,how,day,text\n{}{}",
            row("FRA", how),
            row("PER", "Y")
        )
    };
    let run =
        |command: &[&str]| plenary(&[command, &["--mapping", text(&path("m.toml"))]].concat());
    let (a, b, out) = (path("a.csv"), path("b.csv"), path("out"));
    std::fs::write(&a, table("0", "A/HRC/RES/50/10", "Y")).unwrap();
    std::fs::write(&b, table("x7", "A/HRC/RES/50/10", "Y")).unwrap();
    let compared = run(&["compare", text(&a), text(&b)]);
    assert_eq!(compared.code, Some(0), "{}", compared.out);
    // Two votes without a symbol, of two tables.
    std::fs::write(&a, table("0", "", "Y")).unwrap();
    std::fs::write(&b, table("0", "", "N")).unwrap();
    let imported = run(&[
        "import",
        text(&a),
        text(&b),
        "-o",
        text(&out),
        "--as",
        "csv",
    ]);
    assert_eq!(imported.code, Some(0), "{}{}", imported.out, imported.err);
    let ballots = std::fs::read_to_string(out.join("ballots.csv")).unwrap();
    assert_eq!(ballots.lines().count(), 5, "{ballots}");
    let checked = run(&["check", text(&b), "--format", "json"]);
    let checked: serde_json::Value = serde_json::from_str(&checked.out).unwrap();
    let mut findings = checked["findings"].as_array().unwrap().iter();
    let record = findings.find_map(|finding| finding["record"].as_str());
    assert_eq!(record, Some("0"), "{checked}");
}

/// A table of votes of the Assembly: symbol, title and the choices of France and Peru.
fn edition(votes: &[(u32, &str, &str, &str)]) -> String {
    let mut text = "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,title\n".to_owned();
    for (number, symbol, title, choices) in votes {
        for ((code, name), choice) in [("FRA", "FRANCE"), ("PER", "PERU")]
            .iter()
            .zip(choices.chars())
        {
            text += &format!("{number},{code},{name},{choice},1985-12-17,40,{symbol},{title}\n");
        }
    }
    text
}

#[test]
fn a_dataset_takes_in_a_new_edition_and_says_what_changed() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let votes = [
        (1, "A/RES/40/1", "One", "YN"),
        (2, "A/RES/40/2", "Two", "YY"),
        (3, "A/RES/40/3", "Three", "YY"),
        (4, "A/RES/40/4", "Four", "NN"),
    ];
    std::fs::write(path("a.csv"), edition(&votes)).unwrap();
    let first = plenary(&[
        "import",
        text(&path("a.csv")),
        "-o",
        text(&path("ds")),
        "--as",
        "csv",
    ]);
    assert_eq!(first.code, Some(0), "{}", first.err);
    let next = [
        (1, "A/RES/40/1", "One", "YN"),
        (2, "A/RES/40/2", "Two", "NA"),
        (3, "A/RES/40/3", "Third", "YY"),
        (5, "A/RES/40/5", "Five", "YY"),
    ];
    std::fs::write(path("b.csv"), edition(&next)).unwrap();
    let into = |args: &[&str]| {
        let start = [
            "import",
            text(&path("b.csv")).to_owned().leak(),
            "--into",
            text(&path("ds")).to_owned().leak(),
        ];
        plenary(&[&start[..], args].concat())
    };
    let ran = into(&["--format", "json"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let account: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        crate::schema::misfits("import.schema.json", &account),
        [""; 0]
    );
    assert_eq!(
        account["changes"],
        serde_json::json!({
            "added": 1, "changed": 2, "unchanged": 1, "missing": 1, "ballots": 2,
            "records": [
                {"record": "A/RES/40/2", "change": "changed", "fields": ["ballots"], "ballots": 2},
                {"record": "A/RES/40/3", "change": "changed", "fields": ["title"]},
                {"record": "A/RES/40/4", "change": "missing"},
                {"record": "A/RES/40/5", "change": "added"},
            ],
        })
    );
    // The edition is that of the dataset, and its other records are where they were.
    let decisions = std::fs::read_to_string(path("ds").join("decisions.csv")).unwrap();
    let symbols: Vec<_> = decisions
        .lines()
        .skip(1)
        .map(|line| line.split(',').nth(2).unwrap())
        .collect();
    assert_eq!(
        symbols,
        [
            "A/RES/40/1",
            "A/RES/40/2",
            "A/RES/40/3",
            "A/RES/40/4",
            "A/RES/40/5"
        ]
    );
    assert_eq!(
        plenary(&["check", text(&path("ds"))]).code,
        plenary(&["check", text(&path("b.csv"))]).code
    );
    // A second time nothing changes.
    let again = into(&[]);
    assert!(
        again.out.contains(
            "0 records added, 0 changed (0 ballots), 4 unchanged, 1 not in the new edition and kept"
        ),
        "{}",
        again.out
    );
    let none = plenary(&[
        "import",
        text(&path("b.csv")),
        "--into",
        text(&path("none")),
    ]);
    assert_eq!(none.code, Some(2));
    assert!(!path("none").exists(), "{}", none.err);
}

#[test]
fn votes_without_an_identifier_are_updated_by_what_they_say() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let vote = |title: &str, day: &str, choice: &str| {
        format!(
            "{{\"title\": \"{title}\", \"acts\": [{{\"act\": \"decision\", \"body\": \"unga\", \"date\": \"1981-11-{day}\", \
             \"ballots\": {{\"{choice}\": [\"PER\", \"FRA\"], \"no\": [\"JPN\", \"IND\"]}}}}], \"sources\": [{{\"title\": \"s\", \"record\": \"{day}\"}}]}}\n"
        )
    };
    std::fs::write(
        path("a.jsonl"),
        vote("A", "13", "yes") + &vote("B", "14", "yes"),
    )
    .unwrap();
    std::fs::write(path("b.jsonl"), vote("B", "14", "abstain")).unwrap();
    let first = plenary(&["import", text(&path("a.jsonl")), "-o", text(&path("ds"))]);
    assert_eq!(first.code, Some(0), "{}", first.err);
    let into = plenary(&[
        "import",
        text(&path("b.jsonl")),
        "--into",
        text(&path("ds")),
        "--format",
        "json",
    ]);
    let account: serde_json::Value = serde_json::from_str(&into.out).unwrap();
    let changes = &account["changes"];
    assert_eq!(
        (&changes["changed"], &changes["missing"], &changes["added"]),
        (&1.into(), &1.into(), &0.into())
    );
    assert_eq!(changes["records"][1]["ballots"], 2, "{changes}");
}
