//! Parliaments: voters that are persons, from a mapping to every analysis.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use plenary_testing::shared;
use serde_json::Value;
use tempfile::TempDir;

fn plenary(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("plenary").unwrap();
    command
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .args(arguments);
    command
}

/// What a command that succeeds prints.
fn stdout(folder: &Path, arguments: &[&str]) -> String {
    let output = plenary(folder, arguments).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {told}");
    String::from_utf8(output.stdout).unwrap()
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    let arguments = [arguments, &["--format", "json"]].concat();
    serde_json::from_str(&stdout(folder, &arguments)).unwrap()
}

const SENATE: &str = r#"
body = "river-senate"
source = "Roll calls of the senate"
codes = "none"

[columns]
vote = "number"
date = "day"
session = "session"
state = "id"
name = "senator"
choice = "cast"

[choices]
yes = ["1"]
no = ["6"]
non-voting = ["9"]
"#;

/// Five senators in four votes of two sessions: two of one name, and one whose name has a comma.
const VOTES: &str = "number,day,session,id,senator,cast
1,2005-01-06,1,s1,\"Aho, Anna\",1
1,2005-01-06,1,s2,Berg,1
1,2005-01-06,1,s3,Nelson,6
1,2005-01-06,1,s4,Nelson,6
1,2005-01-06,1,s5,Öhman,9
2,2005-03-06,1,s1,\"Aho, Anna\",1
2,2005-03-06,1,s2,Berg,6
2,2005-03-06,1,s3,Nelson,6
2,2005-03-06,1,s4,Nelson,1
2,2005-03-06,1,s5,Öhman,6
3,2006-02-01,2,s1,\"Aho, Anna\",6
3,2006-02-01,2,s2,Berg,6
3,2006-02-01,2,s3,Nelson,1
3,2006-02-01,2,s4,Nelson,1
3,2006-02-01,2,s5,Öhman,1
4,2006-05-01,2,s1,\"Aho, Anna\",1
4,2006-05-01,2,s2,Berg,1
4,2006-05-01,2,s3,Nelson,6
4,2006-05-01,2,s4,Nelson,1
4,2006-05-01,2,s5,Öhman,6
";

/// Nelson (s4) changes his party in 2006.
const PARTIES: &str = "group,member,from,to
river,person:s1,,
river,person:s2,,
delta,person:s3,,
delta,person:s4,,2006-01-01
river,person:s4,2006-01-01,
delta,person:s5,,
";

fn senate() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("senate.toml", SENATE),
        ("votes.csv", VOTES),
        ("parties.csv", PARTIES),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let import = [
        "import",
        "votes.csv",
        "--mapping",
        "senate.toml",
        "--as",
        "csv",
        "-o",
        "senate",
    ];
    stdout(folder.path(), &import);
    folder
}

#[test]
fn a_mapping_makes_persons_that_keep_what_the_table_prints() {
    let folder = senate();
    let ballots = fs::read_to_string(folder.path().join("senate/ballots.csv")).unwrap();
    let first = ballots.lines().nth(1).unwrap();
    assert!(first.ends_with(r#",person:s1,"Aho, Anna",yes"#), "{first}");
    // As a table, and as the documents of a dataset.
    let findings = [
        "check",
        "votes.csv",
        "--mapping",
        "senate.toml",
        "--format",
        "csv",
    ];
    for arguments in [&findings[..], &["check", "senate", "--format", "csv"]] {
        let found = plenary(folder.path(), arguments).output().unwrap();
        let found = String::from_utf8(found.stdout).unwrap();
        assert!(!found.contains("unknown-state"), "{found}");
        assert!(!found.contains("error"), "{found}");
    }
}

#[test]
fn a_wide_table_of_names_makes_persons_of_its_headings() {
    let folder = tempfile::tempdir().unwrap();
    let mapping = "body = \"althing\"\nlayout = \"wide\"\ncodes = \"none\"\n[columns]\nvote = \"nr\"\ndate = \"day\"\n\
                   [choices]\nyes = [\"já\"]\nno = [\"nei\"]\n[voters]\n\"B. Einarsson\" = \"person:bjorn\"\n";
    fs::write(folder.path().join("althing.toml"), mapping).unwrap();
    let table = "nr,day,Anna Jónsdóttir,B. Einarsson,FRA,unit:CH-ZH\n1,2024-05-14,já,nei,já,nei\n";
    fs::write(folder.path().join("votes.csv"), table).unwrap();
    let import = [
        "import",
        "votes.csv",
        "--mapping",
        "althing.toml",
        "-o",
        "althing",
    ];
    stdout(folder.path(), &import);
    let found = json(folder.path(), &["agree", "althing"]);
    let pairs: Vec<_> = found["rows"].as_array().unwrap().iter().collect();
    let of = |row: &Value| {
        ["state1", "name1", "state2", "name2"].map(|key| row[key].as_str().unwrap().to_owned())
    };
    let first = of(pairs[0]);
    assert_eq!(
        first,
        [
            "person:Anna_Jónsdóttir",
            "Anna Jónsdóttir",
            "person:FRA",
            "FRA"
        ]
    );
    let voters: Vec<String> = pairs.iter().map(|row| of(row)[2].clone()).collect();
    // A person may be called as a state is; what is a participant already is that one.
    for who in ["person:bjorn", "person:FRA", "unit:CH-ZH"] {
        assert!(voters.contains(&who.to_owned()), "{who}: {voters:?}");
    }
}

#[test]
fn pairs_of_persons_agree_under_their_names() {
    let folder = senate();
    let found = json(folder.path(), &["agree", "senate", "--by", "all"]);
    let rows = found["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 10);
    let pair = rows
        .iter()
        .find(|row| row["state1"] == "person:s1" && row["state2"] == "person:s2");
    let pair = pair.unwrap();
    assert_eq!(
        (&pair["name1"], &pair["name2"]),
        (&"Aho, Anna".into(), &"Berg".into())
    );
    assert_eq!((&pair["n"], &pair["agree"]), (&4.into(), &0.75.into()));
    // A name, an identifier and what stands behind its kind mean the same.
    for name in ["Berg", "person:s2", "s2"] {
        let named = json(
            folder.path(),
            &["agree", "senate", "--by", "all", "--states", name],
        );
        assert_eq!(named["rows"].as_array().unwrap().len(), 4, "{name}");
    }
    let wide = stdout(
        folder.path(),
        &[
            "agree", "senate", "--by", "all", "--matrix", "--format", "csv",
        ],
    );
    let heading = wide.lines().next().unwrap();
    assert_eq!(
        heading,
        r#"group,state,name,"Aho, Anna",Berg,person:s3,person:s4,Öhman"#
    );
}

#[test]
fn parties_are_groups_whose_members_may_change() {
    let folder = senate();
    let cohesion = [
        "cohesion",
        "senate",
        "--group",
        "parties.csv",
        "--by",
        "year",
    ];
    let found = json(folder.path(), &cohesion);
    let rows = found["rows"].as_array().unwrap();
    let of = |year: &str, party: &str| {
        let row = rows
            .iter()
            .find(|row| row["period"] == year && row["group"] == party);
        let row = row.unwrap();
        (
            row["n"].clone(),
            row["members"].clone(),
            row["rice"].clone(),
        )
    };
    // By hand: river votes 2-0, 1-1 in 2005 and 1-2, 3-0 in 2006.
    assert_eq!(of("2005", "river"), (2.into(), 2.0.into(), 0.5.into()));
    let (n, members, rice) = of("2006", "river");
    assert_eq!((n, members), (2.into(), 3.0.into()));
    assert!((rice.as_f64().unwrap() - 2.0 / 3.0).abs() < 1e-12, "{rice}");
    assert_eq!(of("2006", "delta"), (2.into(), 2.0.into(), 1.0.into()));
    let members = json(
        folder.path(),
        &[&cohesion[..], &["--table", "members"]].concat(),
    );
    let rows = members["rows"].as_array().unwrap();
    let parties = rows.iter().filter(|row| row["state"] == "person:s4");
    let parties: Vec<_> = parties
        .map(|row| {
            (
                row["period"].clone(),
                row["group"].clone(),
                row["name"].clone(),
            )
        })
        .collect();
    let nelson = |year: &str, party: &str| (year.into(), party.into(), "Nelson".into());
    assert_eq!(parties, [nelson("2005", "delta"), nelson("2006", "river")]);
}

#[test]
fn positions_of_persons_have_names_and_years_of_their_own_sessions() {
    let folder = senate();
    let found = json(
        folder.path(),
        &["ideal", "senate", "--minority", "1", "--anchor", "Berg"],
    );
    let rows = found["rows"].as_array().unwrap();
    let years: BTreeMap<i64, i64> = rows
        .iter()
        .map(|row| {
            (
                row["session"].as_i64().unwrap(),
                row["year"].as_i64().unwrap(),
            )
        })
        .collect();
    assert_eq!(years, BTreeMap::from([(1, 2005), (2, 2006)]));
    let berg = rows.iter().find(|row| row["state"] == "person:s2").unwrap();
    assert_eq!(berg["name"], "Berg");
    let anchor = found["metadata"]["anchor"].as_str().unwrap();
    assert_eq!(anchor, "person:s2 (Berg) is positive on average");
}

#[test]
fn the_number_of_threads_does_not_show_in_any_output() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("senate.toml"), SENATE).unwrap();
    // Enough rows for several threads, and a new person in every vote, so that threads meet them in any order.
    let mut table = VOTES.lines().next().unwrap().to_owned();
    for vote in 0..400 {
        for place in 0..60 {
            let id = (vote * 7 + place * 13) % 977;
            let cast = [1, 6, 9][(vote + place) % 3];
            let day = 1 + vote % 28;
            write!(
                table,
                "\n{vote},2005-01-{day:02},1,p{id},Member {id},{cast}"
            )
            .unwrap();
        }
    }
    fs::write(folder.path().join("votes.csv"), table).unwrap();
    let parties: String = (0..977)
        .map(|id| format!("party-{},person:p{id},,\n", id % 5))
        .collect();
    fs::write(
        folder.path().join("parties.csv"),
        format!("group,member,from,to\n{parties}"),
    )
    .unwrap();
    let bytes = |threads: &str, arguments: &[&str]| {
        let mut command = plenary(folder.path(), arguments);
        let output = command.env("RAYON_NUM_THREADS", threads).output().unwrap();
        (output.status.code(), output.stdout)
    };
    // One name and two folders: the account of a dataset tells its name.
    let [one, eight] = ["1", "8"].map(|threads| {
        fs::create_dir(folder.path().join(threads)).unwrap();
        let dataset = folder.path().join(threads).join("senate");
        let path = dataset.to_str().unwrap();
        let mapped = ["import", "votes.csv", "--mapping", "senate.toml"];
        let import = [&mapped[..], &["--as", "csv", "-o", path]].concat();
        assert_eq!(bytes(threads, &import).0, Some(0));
        dataset
    });
    for file in [
        "agreements.jsonl",
        "ballots.csv",
        "decisions.csv",
        "datapackage.json",
    ] {
        let [one, eight] = [&one, &eight].map(|dataset| fs::read(dataset.join(file)).unwrap());
        assert!(one.len() > 100 && one == eight, "{file} differs");
    }
    let one = one.to_str().unwrap();
    for arguments in [
        &[
            "check",
            "votes.csv",
            "--mapping",
            "senate.toml",
            "--format",
            "json",
        ][..],
        &["agree", one, "--by", "all", "--format", "csv"],
        &[
            "cohesion",
            one,
            "--group",
            "parties.csv",
            "--table",
            "members",
            "--format",
            "csv",
        ],
    ] {
        let first = bytes("1", arguments);
        assert!(!first.1.is_empty(), "{arguments:?}");
        assert!(first == bytes("8", arguments), "{arguments:?} differs");
    }
}

/// The US Senate of 2005-06 as a long table, from the matrix that has its votes in columns.
fn s109(folder: &Path) -> Option<()> {
    let wide = fs::read_to_string(shared("others/s109_votes_wide.csv")?).unwrap();
    let calls = fs::read_to_string(shared("others/s109_rollcalls.csv")?).unwrap();
    let legislators = fs::read_to_string(shared("others/s109_legislators.csv")?).unwrap();
    let rows = |text: &str| -> Vec<csv::StringRecord> {
        csv::Reader::from_reader(text.as_bytes())
            .records()
            .map(Result::unwrap)
            .collect()
    };
    let (votes, calls, legislators) = (rows(&wide), rows(&calls), rows(&legislators));
    let mut table = String::from("vote,day,session,id,senator,cast\n");
    for (at, call) in calls.iter().enumerate() {
        for (row, legislator) in votes.iter().zip(&legislators) {
            assert_eq!(row[0], legislator[0]);
            let cast = &row[at + 1];
            // Who was not in the Senate at the time has no row; the President is no senator.
            if cast != "0" && &legislator[1] != "USA" {
                let (day, session, id, name) = (&call[1], &call[2], &legislator[4], &row[0]);
                writeln!(table, "{},{day},{session},icpsr-{id},{name},{cast}", at + 1).unwrap();
            }
        }
    }
    fs::write(folder.join("s109.csv"), table).unwrap();
    let mapping = SENATE
        .replace("river-senate", "us-senate")
        .replace("number", "vote")
        .replace("\"9\"", "\"7\", \"9\"");
    fs::write(folder.join("senate.toml"), mapping).unwrap();
    let parties: String = legislators
        .iter()
        .map(|row| format!("{},person:icpsr-{},,\n", &row[5], &row[4]))
        .collect();
    fs::write(
        folder.join("parties.csv"),
        format!("group,member,from,to\n{parties}"),
    )
    .unwrap();
    Some(())
}

#[test]
fn the_senate_of_2005_is_read_with_the_counts_of_its_source() {
    let folder = tempfile::tempdir().unwrap();
    let Some(()) = s109(folder.path()) else {
        return;
    };
    stdout(
        folder.path(),
        &[
            "import",
            "s109.csv",
            "--as",
            "csv",
            "--mapping",
            "senate.toml",
            "-o",
            "senate",
        ],
    );
    let mut ballots = csv::Reader::from_path(folder.path().join("senate/ballots.csv")).unwrap();
    let heading = ballots.headers().unwrap().clone();
    let at = |name: &str| heading.iter().position(|column| column == name).unwrap();
    let (state, choice) = (at("participant"), at("choice"));
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    let mut persons = std::collections::BTreeSet::new();
    for row in ballots.records() {
        let row = row.unwrap();
        *counts.entry(row[choice].to_owned()).or_default() += 1;
        assert!(row[state].starts_with("person:icpsr-"), "{row:?}");
        persons.insert(row[state].to_owned());
    }
    // The totals of the roll calls: 40,123 yeas and 22,619 nays of senators.
    assert_eq!((counts["yes"], counts["no"]), (40_123, 22_619));
    assert_eq!(persons.len(), 101);
    let found = stdout_of_check(folder.path(), "senate");
    let error = found.iter().find(|row| &row[1] == "error");
    assert!(error.is_none(), "{error:?}");
    let cohesion = [
        "cohesion",
        "senate",
        "--group",
        "parties.csv",
        "--by",
        "all",
    ];
    let found = json(folder.path(), &cohesion);
    let rows = found["rows"].as_array().unwrap();
    let rice = |party: &str| {
        let row = rows.iter().find(|row| row["group"] == party).unwrap();
        row["rice"].as_f64().unwrap()
    };
    assert!(rice("R") > 0.7 && rice("D") > 0.7, "{rows:?}");
    let found = json(
        folder.path(),
        &[
            "agree",
            "senate",
            "--by",
            "all",
            "--states",
            "KENNEDY (D MA),KERRY (D MA)",
        ],
    );
    assert_eq!(found["rows"][0]["name1"], "KENNEDY (D MA)");
    assert!(found["rows"][0]["agree"].as_f64().unwrap() > 0.9);
}

/// The rows that a check lists, where it exits without an error or not.
fn stdout_of_check(folder: &Path, path: &str) -> Vec<csv::StringRecord> {
    let output = plenary(folder, &["check", path, "--format", "csv"])
        .output()
        .unwrap();
    let mut table = csv::Reader::from_reader(&*output.stdout);
    table.records().map(Result::unwrap).collect()
}

#[test]
fn the_bundestag_of_2017_is_read_with_the_counts_of_its_source() {
    let Some(path) = shared("others/abgeordnetenwatch_votes_1.csv.zst") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let mapping = "body = \"bundestag\"\nsource = \"abgeordnetenwatch.de\"\ncodes = \"none\"\n\
                   ignore = [\"mandate\", \"reason_no_show\", \"reason_no_show_other\"]\n\
                   [columns]\nvote = \"poll_id\"\nstate = \"mandate_id\"\nname = \"politician name\"\nchoice = \"vote\"\n\
                   [fixed]\nsession = \"19\"\n\
                   [choices]\nyes = [\"yes\"]\nno = [\"no\"]\nabstain = [\"abstain\"]\nnon-voting = [\"no_show\"]\n";
    fs::write(folder.path().join("bundestag.toml"), mapping).unwrap();
    let path = path.to_str().unwrap();
    stdout(
        folder.path(),
        &[
            "import",
            path,
            "--as",
            "csv",
            "--mapping",
            "bundestag.toml",
            "-o",
            "bundestag",
        ],
    );
    let mut ballots = csv::Reader::from_path(folder.path().join("bundestag/ballots.csv")).unwrap();
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    let mut persons = std::collections::BTreeSet::new();
    for row in ballots.records() {
        let row = row.unwrap();
        *counts.entry(row[4].to_owned()).or_default() += 1;
        persons.insert(row[2].to_owned());
    }
    let counts: Vec<_> = counts
        .iter()
        .map(|(choice, n)| (choice.as_str(), *n))
        .collect();
    let known = [
        ("abstain", 2_182),
        ("no", 25_329),
        ("non-voting", 5_852),
        ("yes", 29_028),
    ];
    assert_eq!((counts.as_slice(), persons.len()), (&known[..], 713));
    let errors = stdout_of_check(folder.path(), "bundestag");
    let error = errors.iter().find(|row| &row[1] == "error");
    assert!(error.is_none(), "{error:?}");
    let found = json(
        folder.path(),
        &[
            "agree",
            "bundestag",
            "--by",
            "session",
            "--states",
            "Doris Achelwilm,43889",
        ],
    );
    assert_eq!(found["rows"][0]["name2"], "Grigorios Aggelidis");
}

#[test]
fn a_requirement_names_persons_and_their_power_is_computed() {
    let folder = tempfile::tempdir().unwrap();
    let rule = "at least 2 votes; no member of {person:chair} against";
    let members = "person:chair,person:anna,person:bo";
    let found = json(
        folder.path(),
        &["power", "--rule", rule, "--members", members],
    );
    let powers = found["powers"].as_array().unwrap();
    let of = |who: &str| {
        let power = powers.iter().find(|power| power["state"] == who).unwrap();
        power["banzhaf"]["value"].as_f64().unwrap()
    };
    // By hand: the chair is in every winning coalition, each of the others decides one of three.
    assert!((of("person:chair") - 0.6).abs() < 1e-12, "{found}");
    assert!((of("person:anna") - 0.2).abs() < 1e-12 && of("person:anna") == of("person:bo"));
    let ballots = folder.path().join("ballots.csv");
    fs::write(
        &ballots,
        "member,choice\nperson:chair,no\nperson:anna,yes\nperson:bo,yes\n",
    )
    .unwrap();
    let decided = plenary(
        folder.path(),
        &["decide", "--rule", rule, "--ballots", "ballots.csv"],
    )
    .output()
    .unwrap();
    let decided = String::from_utf8(decided.stdout).unwrap();
    assert!(
        decided.contains("rejected") && decided.contains("person:chair"),
        "{decided}"
    );
}
