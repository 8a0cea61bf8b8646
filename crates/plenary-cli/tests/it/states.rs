//! `plenary resolve` and `plenary members` as a user meets them.

use assert_cmd::Command;
use serde_json::{Value, json};

fn plenary(args: &[&str], input: &str) -> (String, Option<i32>) {
    let mut command = Command::cargo_bin("plenary").unwrap();
    let output = command.args(args).write_stdin(input).output().unwrap();
    (
        String::from_utf8(output.stdout).unwrap(),
        output.status.code(),
    )
}

fn objects(args: &[&str], input: &str) -> Vec<Value> {
    let (out, code) = plenary(args, input);
    let objects: Vec<Value> = out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let asked = |object: &&Value| object["input"].as_str().unwrap().trim() != "";
    let unknown = objects.iter().filter(asked).any(|o| o["entity"].is_null());
    assert_eq!(code, Some(i32::from(unknown)), "{out}");
    objects
}

#[test]
fn resolve_writes_one_object_an_input() {
    let found = objects(
        &[
            "resolve",
            "--format",
            "json",
            "--on",
            "1985-01-01",
            "USSR",
            "Korea",
        ],
        "",
    );
    assert_eq!(found[0]["input"], "USSR");
    assert_eq!(found[0]["code"], "SUN");
    assert_eq!(found[0]["entity"], "Union of Soviet Socialist Republics");
    assert_eq!(found[0]["how"], "alias");
    assert_eq!(found[1]["code"], Value::Null);
    assert_eq!(found[1]["how"], "ambiguous");
    let codes: Vec<_> = found[1]["candidates"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| &c["code"])
        .collect();
    assert_eq!(codes, ["KOR", "PRK"]);
    let keys: Vec<_> = found[1]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    for key in ["input", "code", "entity", "how", "candidates"] {
        assert!(keys.contains(&key), "{key}");
    }
}

#[test]
fn resolve_reads_names_from_standard_input_and_loses_none() {
    let input = "\u{feff}France\r\n\nNA\nZa\u{ef}re\n";
    let found = objects(&["resolve", "--format", "json"], input);
    let codes: Vec<_> = found.iter().map(|f| f["code"].clone()).collect();
    assert_eq!(
        codes,
        [json!("FRA"), Value::Null, Value::Null, json!("COD")]
    );
}

#[test]
fn the_caller_says_whether_na_is_a_code() {
    let found = objects(&["resolve", "--format", "json", "--from", "iso2", "NA"], "");
    assert_eq!(found[0]["code"], "NAM");
}

#[test]
fn codes_of_other_systems_take_the_date_into_account() {
    let to_cow = |on| {
        objects(
            &[
                "resolve", "--format", "json", "--to", "cow", "--on", on, "Yemen",
            ],
            "",
        )[0]["code"]
            .clone()
    };
    assert_eq!(to_cow("1980-01-01"), "678");
    assert_eq!(to_cow("2000-01-01"), "679");
}

#[test]
fn members_are_listed_with_their_count() {
    let (out, _) = plenary(&["members", "--on", "2018-12-19", "--format", "json"], "");
    let listing: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (&listing["body"], &listing["on"], &listing["count"]),
        (&json!("unga"), &json!("2018-12-19"), &json!(193))
    );
    assert_eq!(listing["members"].as_array().unwrap().len(), 193);
    let (out, _) = plenary(
        &[
            "members",
            "--body",
            "unsc",
            "--on",
            "1960-01-01",
            "--group",
            "permanent",
            "--format",
            "json",
        ],
        "",
    );
    let listing: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        listing["members"],
        json!(["CHN", "FRA", "GBR", "SUN", "USA"])
    );
}

#[test]
fn a_list_in_prose_is_split_into_its_names() {
    let list = "Austria, Netherlands (Kingdom of the) and Trinidad and Tobago";
    let found = objects(&["resolve", "--split", "--format", "json", list], "");
    let codes: Vec<_> = found.iter().map(|f| f["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["AUT", "NLD", "TTO"]);
}

#[test]
fn the_output_follows_its_schema() {
    let schema = |name: &str| -> Value {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../docs/schema")
            .join(name);
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    };
    let resolve = jsonschema::validator_for(&schema("resolve.schema.json")).unwrap();
    for object in objects(
        &[
            "resolve",
            "--format",
            "json",
            "France",
            "Korea",
            "Kazahkstan",
            "",
        ],
        "",
    ) {
        assert!(resolve.is_valid(&object), "{object}");
    }
    let members = jsonschema::validator_for(&schema("members.schema.json")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("own.csv");
    std::fs::write(&file, OWN).unwrap();
    let own = ["--groups", file.to_str().unwrap(), "--group", "islands"];
    for more in [
        &["--group", "WEOG"][..],
        &["--group", "EU"],
        &["--group", "G77", "--on", "1985-01-01"],
        &["--group", "BRICS", "--body", "unga", "--on", "2025-02-01"],
        &own,
        &[&own[..], &["--body", "unga"]].concat(),
    ] {
        let (out, _) = plenary(&[&["members", "--format", "json"], more].concat(), "");
        assert!(
            members.is_valid(&serde_json::from_str(&out).unwrap()),
            "{out}"
        );
    }
}

/// A group of which one member is in the United Nations since 1999 and one is not.
const OWN: &str = "\
group,member,from,to
islands,TON,1971-08-05,
islands,COK,1971-08-05,
islands,TON,1990-01-01,
islands,FJI,1971-08-05,2000-01-01
others,FRA,,
";

#[test]
fn a_group_of_ones_own_has_all_its_members_unless_a_body_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("own.csv");
    std::fs::write(&file, OWN).unwrap();
    let listed = |more: &[&str]| {
        let own = ["members", "--groups", file.to_str().unwrap(), "--group"];
        let (out, _) = plenary(&[&own, more, &["--format", "json"]].concat(), "");
        let listing: Value = serde_json::from_str(&out).unwrap();
        let keys = ["body", "count", "members", "left_out"];
        json!(keys.map(|key| listing[key].clone()))
    };
    let [early, late] = ["1995-06-01", "2005-06-01"];
    for (args, expected) in [
        (
            vec!["islands", "--on", early],
            json!([null, 3, ["COK", "FJI", "TON"], null]),
        ),
        (
            vec!["islands", "--on", late],
            json!([null, 2, ["COK", "TON"], null]),
        ),
        (
            vec!["islands", "--on", late, "--body", "unga"],
            json!(["unga", 1, ["TON"], ["COK"]]),
        ),
        (
            vec!["islands", "--on", early, "--body", "unga"],
            json!(["unga", 1, ["FJI"], ["COK", "TON"]]),
        ),
        (
            vec!["others", "--on", late, "--body", "unsc"],
            json!(["unsc", 1, ["FRA"], null]),
        ),
        (
            vec!["permanent", "--on", late],
            json!(["unsc", 5, ["CHN", "FRA", "GBR", "RUS", "USA"], null]),
        ),
    ] {
        assert_eq!(listed(&args), expected, "{args:?}");
    }
    let own = [
        "members",
        "--groups",
        file.to_str().unwrap(),
        "--group",
        "islands",
    ];
    let (out, _) = plenary(&[&own[..], &["--on", late, "--body", "unga"]].concat(), "");
    assert!(
        out.contains("left out, not members of unga on 2005-06-01: COK"),
        "{out}"
    );
}

#[test]
fn an_international_group_has_the_members_and_the_name_of_the_day() {
    let listed = |line: &str| {
        let mut arguments = vec!["members", "--format", "json", "--group"];
        arguments.extend(line.split('|'));
        let (out, _) = plenary(&arguments, "");
        serde_json::from_str::<Value>(&out).unwrap()
    };
    let communities = listed("eu|--on|1980-01-01");
    assert_eq!(communities["title"], "European Communities");
    assert_eq!(communities["count"], 9);
    assert_eq!(listed("EU|--on|2021-01-01")["title"], "European Union");
    let joining = listed("NATO|--on|1952-06-01");
    assert_eq!(
        (&joining["count"], &joining["uncertain"]),
        (&json!(12), &json!(["GRC", "TUR"]))
    );
    let brics = listed("BRICS|--on|2025-02-01");
    assert_eq!(
        (&brics["count"], &brics["unverified"]),
        (&json!(11), &json!(["SAU"]))
    );
    let council = listed("Group of 77|--body|unsc|--on|1964-07-01");
    assert_eq!(council["members"], json!(["BOL", "BRA", "MAR"]));
    assert_eq!(council["uncertain"], json!(["CIV"]));
    let early = listed("NATO|--on|1940-01-01");
    assert_eq!(early["count"], 0);
    let notes = early["notes"].to_string();
    assert!(
        notes.contains("The first member is on record from 1950-01-01 on."),
        "{notes}"
    );
    let late = listed("NATO|--on|2030-01-01")["notes"].to_string();
    assert!(
        late.contains("Who joined or left since 2026-01-01 is not on record."),
        "{late}"
    );
}

#[test]
fn an_unknown_group_or_body_is_refused_with_help() {
    for args in [
        ["members", "--group", "bloc"],
        ["members", "--body", "ecosoc"],
    ] {
        let mut command = Command::cargo_bin("plenary").unwrap();
        let output = command.args(args).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains("help"));
    }
}

#[test]
fn resolve_ends_with_1_when_a_name_stays_unknown() {
    for (args, input, code) in [
        (&["resolve", "Peru", "France"][..], "", 0),
        (&["resolve", "Peru", "Atlantis"], "", 1),
        (&["resolve", "Atlantis", "Peru"], "", 1),
        (&["resolve", "Korea"], "", 1),
        (&["resolve", "Kazahkstan"], "", 1),
        (&["resolve", "--on", "1970-01-01", "Georgia"], "", 1),
        (&["resolve"], "Peru\n\nFrance\n", 0),
        (&["resolve"], "Peru\nLilliput\nFrance\n", 1),
        (
            &["resolve", "--split", "Peru and Chad: draft resolution"],
            "",
            0,
        ),
        (&["resolve", "--split", "Peru and Lilliput"], "", 1),
        (
            &["resolve", "--from", "gw", "--on", "2000", "816", "55"],
            "",
            0,
        ),
        (&["resolve", "--from", "gw", "815"], "", 1),
        // The state is known; the system has no code for it.
        (&["resolve", "--to", "cow", "Niue"], "", 0),
    ] {
        let (out, found) = plenary(args, input);
        assert_eq!(found, Some(code), "{args:?}: {out}");
    }
}
