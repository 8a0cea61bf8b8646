//! `plenary decide` and `plenary treaty` as a user meets them.

use assert_cmd::Command;
use serde_json::{Value, json};

struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

fn plenary(args: &[&str]) -> Run {
    let output = Command::cargo_bin("plenary")
        .unwrap()
        .args(args)
        .output()
        .unwrap();
    Run {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

fn json_of(args: &[&str]) -> Value {
    let mut args = args.to_vec();
    args.extend(["--format", "json"]);
    let run = plenary(&args);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    serde_json::from_str(&run.stdout).unwrap()
}

fn file(name: &str, text: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (folder, path)
}

#[test]
fn ballots_and_weights_come_from_files() {
    let (_b, ballots) = file(
        "ballots.csv",
        "code,choice\nAUT,yes\nBEL,yes\nDEU,no\nFRA,abstain\n",
    );
    let (_w, weights) = file(
        "weights.csv",
        "code,population\nAUT,9\nBEL,11\nDEU,83\nFRA,68\n",
    );
    let rule =
        "at least 1/2 of members; at least 65% of population or fewer than 3 members not in favour";
    let decided = json_of(&[
        "decide",
        "--rule",
        rule,
        "--ballots",
        &ballots,
        "--weights",
        &weights,
    ]);
    assert_eq!(decided["verdict"], "adopted");
    assert_eq!(decided["tally"]["yes"], 2);
    let rule = "at least 65% of population";
    let decided = json_of(&[
        "decide",
        "--rule",
        rule,
        "--ballots",
        &ballots,
        "--weights",
        &weights,
    ]);
    assert_eq!(decided["verdict"], "rejected");
    assert_eq!(
        decided["reasons"]["sentence"],
        "20 of 171 population, 11.7 %, less than 65%"
    );
    let (_j, lists) = file(
        "ballots.json",
        r#"{"yes": ["AUT", "BEL"], "no": ["DEU"], "abstain": ["FRA"]}"#,
    );
    let decided = json_of(&["decide", "--rule", "ga-ordinary", "--ballots", &lists]);
    assert_eq!(decided["verdict"], "adopted");
}

#[test]
fn no_ballot_of_a_document_is_lost() {
    let asked = ["--rule", "more than 1/2 of present and voting"];
    let decide = ["decide", asked[0], asked[1], "--ballots"];
    let (_n, named) = file(
        "named.json",
        r#"{"yes": ["Russia"], "no": ["FRA", "Viet Nam"], "printed": [{"name": "PERU", "choice": "no"}]}"#,
    );
    let decided = json_of(&[&decide[..], &[&named]].concat());
    assert_eq!(decided["verdict"], "rejected");
    assert_eq!(
        decided["tally"],
        json!({"yes": 1, "no": 3, "abstain": 0, "non-voting": 0})
    );
    for (text, message) in [
        (
            r#"{"yes": ["FRA"], "no": ["Atlantis"]}"#,
            "ballots.json: no: `Atlantis` is no participant",
        ),
        ("{}", "ballots.json: there is no ballot in it"),
        (r#"{"yes": ["RUS", "Russia"]}"#, "RUS"),
    ] {
        let (_f, path) = file("ballots.json", text);
        let run = plenary(&[&decide[..], &[&path]].concat());
        assert_eq!(run.code, Some(2), "{text}: {}", run.stdout);
        assert!(run.stderr.contains(message), "{text}: {}", run.stderr);
        assert!(!run.stderr.contains("ballots.json: ballots.json"));
    }
}

#[test]
fn an_open_question_says_what_is_missing() {
    let decided = json_of(&[
        "decide",
        "--rule",
        "sc-substantive",
        "--yes",
        "11",
        "--no",
        "1",
        "--abstain",
        "3",
    ]);
    assert_eq!(decided["verdict"], "undetermined");
    assert_eq!(decided["missing"], json!(["who voted how"]));
    assert_eq!(decided["members"], 15);
    let written = "at least 9 votes; no member of P5 against";
    let vetoed = json_of(&[
        "decide",
        "--rule",
        written,
        "--yes",
        "11",
        "--abstain",
        "3",
        "--no-by",
        "RUS",
    ]);
    assert_eq!(vetoed["verdict"], "rejected");
}

#[test]
fn every_rule_of_the_list_can_be_asked_for() {
    let list = plenary(&["decide", "--list", "--format", "json"]);
    let rules: Value = serde_json::from_str(&list.stdout).unwrap();
    let rules = rules.as_array().unwrap();
    assert!(rules.len() > 50);
    for rule in rules {
        let on = rule["span"]["from"].as_str().unwrap();
        let id = rule["id"].as_str().unwrap();
        let decided = json_of(&[
            "decide", "--rule", id, "--on", on, "--yes", "1", "--no", "0",
        ]);
        assert_eq!(decided["requirement"], rule["requirement"], "{id}");
    }
}

#[test]
fn unusable_votes_end_with_2_and_say_what_to_do() {
    let cases: [(&[&str], &str); 7] = [
        (
            &["--rule", "nonsense", "--yes", "1"],
            "neither a rule of the library nor a requirement",
        ),
        (
            &["--rule", "hrc-election", "--on", "1990-01-01", "--yes", "1"],
            "was not the law on that day",
        ),
        (&["--rule", "ga-ordinary"], "there is no vote to decide"),
        (
            &["--rule", "ga-ordinary", "--yes", "200", "--members", "193"],
            "200 members are counted",
        ),
        (
            &[
                "--rule",
                "ga-ordinary",
                "--yes",
                "1",
                "--no",
                "0",
                "--no-by",
                "FRA",
            ],
            "1 members are named",
        ),
        (
            &["--rule", "ga-ordinary", "--yes", "1", "--no-by", "Atlantis"],
            "`Atlantis` is no participant",
        ),
        (
            &["--rule", "ga-ordinary", "--ballots", "/nowhere.csv"],
            "/nowhere.csv",
        ),
    ];
    for (args, message) in cases {
        let run = plenary(&[&["decide"], args].concat());
        assert_eq!(run.code, Some(2), "{args:?}");
        assert!(run.stderr.contains(message), "{args:?}: {}", run.stderr);
    }
}

#[test]
fn a_column_of_weights_stands_for_no_table_that_the_library_knows() {
    let (_w, weights) = file("w.csv", "code,population\nFRA,9000\n");
    let rule = ["--rule", "eu-qmv-weighted", "--on", "2013-07-01"];
    let of = |command: &[&str], key: &str| {
        let plain = json_of(&[command, &rule].concat())[key].clone();
        assert!(!plain.is_null());
        let more = ["--weights", &weights];
        (
            plain,
            json_of(&[command, &rule, &more].concat())[key].clone(),
        )
    };
    let votes = ["--yes", "20", "--no", "7", "--members", "28"];
    let (plain, with) = of(&[&["decide"][..], &votes].concat(), "missing");
    assert_eq!(plain, with);
    let three = [&["power", "--members", "FRA,DEU,MLT"][..], &rule].concat();
    let with = [&three[..], &["--weights", &weights]].concat();
    assert_eq!(plenary(&with).stderr, plenary(&three).stderr);
}

#[test]
fn what_is_named_on_the_command_line_is_refused_alike() {
    let decide = ["decide", "--rule", "ga-ordinary", "--yes", "1"];
    let power = ["power", "--rule", "ga-ordinary"];
    let cases: [(&[&str], &[&str], &str, &str); 7] = [
        (
            &decide,
            &["--group", "P5"],
            "`P5` names nothing",
            "--group P5=",
        ),
        (
            &power,
            &["--group", "P5"],
            "`P5` names nothing",
            "--group P5=",
        ),
        (
            &decide,
            &["--group", "=FRA"],
            "no usable name",
            "--group P5=",
        ),
        (
            &power,
            &["--in", "council"],
            "`council` names nothing",
            "--in conference=",
        ),
        (
            &decide,
            &["--in", "council"],
            "`council` names nothing",
            "--in council=11,0,4",
        ),
        (
            &decide,
            &["--in", "council=1,2"],
            "three or four numbers",
            "--in council=11,0,4",
        ),
        (
            &power,
            &["--group", "P5=Atlantis"],
            "`Atlantis` is no participant",
            "code",
        ),
    ];
    for (command, more, message, help) in cases {
        let run = plenary(&[command, more].concat());
        assert_eq!(run.code, Some(2), "{more:?}: {}", run.stdout);
        assert!(run.stderr.contains(message), "{more:?}: {}", run.stderr);
        assert!(run.stderr.contains(help), "{more:?}: {}", run.stderr);
    }
    let gone = ["power", "--rule", "hrc-election", "--on", "1990-01-01"];
    let run = plenary(&gone);
    assert!(
        run.stderr.contains("was not the law on that day"),
        "{}",
        run.stderr
    );
}

const TABLE: &str = "Participant,Signature,\"Approval(AA), Accession(a), Succession(d), Ratification\"\n\
    Austria,1 Jan 2000,1 Feb 2000\n\
    Belgium,1 Jan 2000,\n\
    Denmark,,3 Mar 2000 a\n\
    European Union,1 Jan 2000,2 Feb 2000 AA\n\
    Finland,,5 Apr 2001 a\n";

#[test]
fn a_treaty_keeps_its_contract() {
    let (_t, table) = file("1-99.csv", TABLE);
    let clause = [
        "treaty",
        &table,
        "--in-force-when",
        "2 instruments; 30 days",
    ];
    let report = json_of(&[&clause[..], &["--on", "2001-05-04"]].concat());
    assert_eq!(report["actions"], 7);
    assert_eq!(report["signatories"], 3);
    assert_eq!(report["contracting"], 4);
    assert_eq!(report["entry_into_force"], "2000-04-02");
    assert_eq!(
        report["completed_by"],
        json!({"state": "DNK", "date": "2000-03-03", "ordinal": 2})
    );
    let parties = json!({"date": "2001-05-04", "count": 3, "members": ["AUT", "DNK", "EUE"]});
    assert_eq!(report["parties_on"], parties);
    let report = json_of(&[&clause[..], &["--on", "2001-05-05"]].concat());
    assert_eq!(report["parties_on"]["count"], 4);
    let report = json_of(&[&clause[..], &["--exclude", "AUT"]].concat());
    assert_eq!(report["entry_into_force"], "2001-05-05");
    let with_union = [
        "treaty",
        &table,
        "--in-force-when",
        "2 instruments; including organisations; 30 days",
    ];
    assert_eq!(json_of(&with_union)["entry_into_force"], "2000-03-03");
    let never = json_of(&["treaty", &table, "--in-force-when", "20 instruments"]);
    assert_eq!(never["entry_into_force"], Value::Null);
    assert_eq!(never["completed_by"], Value::Null);
}

#[test]
fn a_notice_of_unknown_length_leaves_its_author_undetermined() {
    let text =
        "Participant,Ratification,Denunciation\nAustria,1 Feb 1970,\nChile,3 Mar 1970,5 May 1980\n";
    let (_t, table) = file("1-99.csv", text);
    let clause = ["treaty", &table, "--in-force-when", "2 instruments"];
    let on = |day: &str, more: &[&str]| json_of(&[&clause[..], &["--on", day], more].concat());
    let before = on("1980-05-04", &[]);
    assert_eq!(before["parties_on"]["members"], json!(["AUT", "CHL"]));
    let open = on("1990-05-04", &[]);
    let notice = json!([{"state": "CHL", "notice": "1980-05-05", "reason": "notice-unknown"}]);
    assert_eq!(open["open_withdrawals"], notice);
    assert_eq!(open["parties_on"]["members"], json!(["AUT"]));
    assert_eq!(open["parties_on"]["undetermined"], json!(["CHL"]));
    let stated = on("1990-05-04", &["--notice", "6 months"]);
    assert_eq!(stated.get("open_withdrawals"), None);
    assert_eq!(stated["parties_on"]["members"], json!(["AUT"]));
    let run = plenary(&clause);
    assert!(
        run.stdout.contains("CHL gave notice of withdrawal on 1980-05-05; whether and when it took effect is undetermined"),
        "{}",
        run.stdout
    );
}

#[test]
fn a_treaty_that_admits_no_withdrawal_keeps_its_parties() {
    let text = "Participant,Ratification\nAustria,1 Feb 1970\nChile,3 Mar 1970\n";
    let (_t, table) = file("4-4.csv", text);
    let (_a, acts) = file(
        "acts.csv",
        "participant,action,date\nCHL,withdrawal,1990-01-02\n",
    );
    let report = json_of(&["treaty", &table, "--acts", &acts, "--on", "1999-01-01"]);
    assert_eq!(report["notice"], "none");
    assert_eq!(report["open_withdrawals"][0]["reason"], "not-admitted");
    assert_eq!(report["parties_on"]["members"], json!(["AUT", "CHL"]));
}

const TWO: &str = r#"[
  {"kind": "treaty", "title": "Treaty on Foxes", "symbols": ["FOX-1"], "in-force-when": "1 instrument",
   "acts": [{"act": "action", "participant": "NOR", "kind": "ratification", "date": "1996-03-01"}]},
  {"kind": "treaty", "title": "Treaty on Geese", "symbols": ["GOOSE-2"], "in-force-when": "1 instrument",
   "acts": [{"act": "action", "participant": "PER", "kind": "ratification", "date": "2001-06-01"}]}]"#;

#[test]
fn of_several_treaties_the_one_is_told_that_is_asked_for() {
    let (_t, two) = file("two.json", TWO);
    for id in ["GOOSE-2", "goose-2", "geese", "Treaty on Geese"] {
        let report = json_of(&["treaty", &two, "--id", id]);
        assert_eq!(report["entry_into_force"], "2001-06-01", "{id}");
        assert_eq!(report["id"], "GOOSE-2");
    }
    for (args, message) in [
        (
            vec!["treaty", &two],
            "FOX-1, Treaty on Foxes; GOOSE-2, Treaty on Geese",
        ),
        (
            vec!["treaty", &two, "--id", "GOOSE-3"],
            "unknown treaty `GOOSE-3`",
        ),
        (
            vec!["treaty", &two, "--id", "treaty"],
            "can be several treaties",
        ),
    ] {
        let run = plenary(&args);
        assert_eq!(run.code, Some(2), "{args:?}: {}", run.stdout);
        assert!(run.stderr.contains(message), "{args:?}: {}", run.stderr);
    }
    // The nearest comes first.
    let run = plenary(&["treaty", &two, "--id", "GOOSE-3"]);
    assert!(
        run.stderr.contains("the file has GOOSE-2"),
        "{}",
        run.stderr
    );
}

#[test]
fn short_names_mean_a_treaty_or_list_those_that_they_can_mean() {
    assert_eq!(json_of(&["treaty", "paris"])["id"], "27-7-d");
    for (name, message) in [
        (
            "genocide",
            "Crime of Genocide (4-1) do not come with the program",
        ),
        ("arms trade", "Arms Trade Treaty (26-8) do not come"),
        ("narcotic drugs", "can be several treaties"),
        ("genocid", "did you mean 4-1"),
        ("atlantis", "unknown file or treaty `atlantis`"),
    ] {
        let run = plenary(&["treaty", name]);
        assert_eq!(run.code, Some(2), "{name}");
        assert!(run.stderr.contains(message), "{name}: {}", run.stderr);
    }
}

#[test]
fn a_folder_of_tables_needs_the_number_of_one() {
    let folder = tempfile::tempdir().unwrap();
    for (name, state) in [("1-98.csv", "Peru"), ("1-99.csv", "Chile")] {
        let text = format!("Participant,Ratification\n{state},1 Feb 1970\n");
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let path = folder.path().to_str().unwrap();
    let clause = ["--in-force-when", "1 instrument", "--on", "1990-01-01"];
    let report = json_of(&[&["treaty", path, "--id", "I-99"][..], &clause].concat());
    assert_eq!(report["parties_on"]["members"], json!(["CHL"]));
    let run = plenary(&["treaty", path]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.stderr.contains("the folder has 1-98; 1-99"),
        "{}",
        run.stderr
    );
}

#[test]
fn instruments_of_nobody_and_of_organisations_fill_no_clause() {
    let (_t, table) = file("t.csv", "Participant,Ratification\nChile,2 Mar 2004\n");
    let (_a, acts) = file(
        "acts.csv",
        "participant,action,date\nQQQ,ratification,2009-01-10\nEUE,approval,2009-02-10\n",
    );
    let args = ["treaty", &table, "--acts", &acts, "--in-force-when"];
    let run = plenary(&[&args[..], &["2 instruments", "--format", "json"]].concat());
    assert_eq!(run.code, Some(1));
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(report["entry_into_force"], Value::Null);
    assert_eq!(report["organisations"], json!(["EUE"]));
    let rejected = report["rejected"][0].as_str().unwrap();
    assert!(
        rejected.ends_with("line 2, participant: unknown participant `QQQ`"),
        "{rejected}"
    );
    let named = plenary(&[&args[..], &["all of {CHL, EUE}", "--format", "json"]].concat());
    let report: Value = serde_json::from_str(&named.stdout).unwrap();
    assert_eq!(report["entry_into_force"], "2009-02-10");
}

#[test]
fn acts_that_come_with_the_program_are_counted_apart_and_can_be_left_out() {
    let text = "Participant,Ratification\nAustria,1 Feb 1990\nCanada,2 Feb 1990\n";
    let (_t, table) = file("27-7-a.csv", text);
    let report = json_of(&["treaty", &table, "--on", "2014-01-01"]);
    assert_eq!(report["basis"], "source-and-built-in");
    assert_eq!(
        report["from_source"],
        json!({"acts": 2, "signatories": 0, "contracting": 2})
    );
    assert_eq!(report["built_in"]["withdrawals"][0]["participant"], "CAN");
    assert_eq!(
        (&report["contracting"], &report["official"]),
        (&json!(1), &json!("2005-02-16"))
    );
    assert_eq!(report["difference"]["reason"], "source-ends-earlier");
    assert_eq!(report["parties_on"]["members"], json!(["AUT"]));
    assert_eq!(report["parties_on"]["by_official_date"], true);
    let alone = json_of(&["treaty", &table, "--on", "2014-01-01", "--table-only"]);
    assert_eq!(alone["basis"], "source");
    assert_eq!(alone["parties_on"]["members"], json!(["AUT", "CAN"]));
    let extract = json_of(&["treaty", "ctbt"]);
    assert_eq!(extract["basis"], "built-in-extract");
    assert!(extract["extract"].as_str().unwrap().contains("Annex 2"));
    assert_eq!(plenary(&["treaty", "ctbt", "--table-only"]).code, Some(2));
}

#[test]
fn a_first_consent_that_the_row_cannot_show_is_added() {
    let text = "Participant,Signature,\"Ratification, Acceptance(A)\"\nFiji,22 Apr 2016,22 Apr 2016\n\
        United States of America,22 Apr 2016,20 Jan 2021 A\n";
    let (_t, table) = file("27-7-d.csv", text);
    let report = json_of(&["treaty", &table, "--on", "2018-01-01"]);
    assert_eq!(report["built_in"]["earlier"][0]["date"], "2016-09-03");
    assert_eq!(report["added"], json!(["USA"]));
    assert_eq!(report["official"], "2016-11-04");
    assert_eq!(report["entry_into_force"], Value::Null);
    assert_eq!(report["difference"]["reason"], "acts-missing");
}

#[test]
fn an_answer_says_until_when_acts_are_known() {
    let (_t, table) = file("1-99.csv", "Participant,Ratification\nAustria,1 Feb 1970\n");
    let args = ["treaty", &table, "--in-force-when", "1 instrument", "--on"];
    let report = json_of(&[&args[..], &["1970-02-01"]].concat());
    assert_eq!(report["acts_known_until"], "1970-02-01");
    assert_eq!(report["beyond_known_acts"], false);
    let report = json_of(&[&args[..], &["1970-02-02"]].concat());
    assert_eq!(report["beyond_known_acts"], true);
    let caveat = report["caveats"][0].as_str().unwrap();
    assert!(
        caveat.starts_with("acts are known until 1970-02-01"),
        "{caveat}"
    );
}

#[test]
fn acts_of_a_year_give_bounds_and_no_day() {
    let text = r#"{"kind": "treaty", "title": "A treaty", "in-force-when": "2 instruments; 30 days", "acts": [
        {"act": "action", "participant": "NOR", "kind": "ratification", "date": "1984"},
        {"act": "action", "participant": "PER", "kind": "ratification", "date": "1986-02"}]}"#;
    let (_t, document) = file("vague.json", text);
    let report = json_of(&["treaty", &document, "--on", "1990-01-01"]);
    assert_eq!(report["entry_into_force"], Value::Null);
    assert_eq!(
        (&report["earliest"], &report["latest"]),
        (&json!("1986-03-03"), &json!("1986-03-30"))
    );
    assert_eq!(report["vague"], json!(["NOR", "PER"]));
    let run = plenary(&["treaty", &document]);
    assert!(
        run.stdout.contains("earliest: 1986-03-03") && run.stdout.contains("latest: 1986-03-30")
    );
}

#[test]
fn an_amendment_of_the_charter_binds_all_members_once_it_is_in_force() {
    let mut text = "Participant,Ratification\n".to_owned();
    let members = plenary::states::members_on("1973-09-24".parse().unwrap());
    for code in members.iter().take(120) {
        let name = plenary::states::entity(*code).unwrap().label();
        text.push_str(&format!("\"{name}\",1 Aug 1973\n"));
    }
    let permanent =
        "China\nFrance\nUnion of Soviet Socialist Republics\nUnited Kingdom\nUnited States\n";
    for name in permanent.lines() {
        text.push_str(&format!("{name},2 Aug 1973\n"));
    }
    let (_t, table) = file("1-5-c.csv", &text);
    let on = |day: &str| {
        let run = plenary(&["treaty", &table, "--on", day, "--format", "json"]);
        let report: Value = serde_json::from_str(&run.stdout).unwrap();
        report["parties_on"].clone()
    };
    let bound = on("1973-09-25");
    assert_eq!(
        (&bound["count"], &bound["binds_all_members"]),
        (&json!(135), &json!(true))
    );
    assert_eq!(on("1973-09-23")["count"], 0);
}

#[test]
fn acts_of_vanished_states_can_be_supplied() {
    let text = "Participant,\"Accession(a), Succession(d), Ratification\"\nAustria,1 Feb 1970\nCzech Republic,22 Feb 1993 d\nDenmark,3 Mar 1980 a\n";
    let (_t, table) = file("1-99.csv", text);
    let clause = ["treaty", &table, "--in-force-when", "2 instruments"];
    let open = json_of(&clause);
    assert_eq!(open["entry_into_force"], Value::Null);
    assert_eq!(open["depends_on"][0], "CSK");
    let (_a, acts) = file(
        "acts.csv",
        "participant,action,date\nCzechoslovakia,ratification,1975-05-05\n",
    );
    let told = json_of(&[&clause[..], &["--acts", &acts]].concat());
    assert_eq!(told["entry_into_force"], "1975-05-05");
    assert_eq!(told["completed_by"]["state"], "CSK");
    let (_b, wrong) = file(
        "acts.csv",
        "participant,action,date\nCzechoslovakia,dance,1975-05-05\n",
    );
    let run = plenary(&[&clause[..], &["--acts", &wrong]].concat());
    assert_eq!(run.code, Some(2));
    assert!(
        run.stderr
            .contains("line 2, action: `dance` is not a treaty action"),
        "{}",
        run.stderr
    );
}

#[test]
fn rows_that_cannot_be_used_are_told_and_the_exit_code_is_1() {
    let (_t, table) = file(
        "1-99.csv",
        "Participant,Ratification\nAtlantis,1 Jan 2000\nAustria,1 Feb 2000\n",
    );
    let run = plenary(&["treaty", &table, "--in-force-when", "1 instrument"]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.stdout.contains(
            "Participant: the cell is no participant that is known by this name: `Atlantis`"
        ),
        "{}",
        run.stdout
    );
}

#[test]
fn unusable_treaties_end_with_2() {
    let (_t, votes) = file("votes.csv", "state,vote\nFRA,yes\n");
    let (_u, table) = file("1-99.csv", TABLE);
    let (_e, empty) = file("empty.csv", "");
    let (_r, unread) = file(
        "1-98.csv",
        "Participant,Ratification\nAtlantis,1 Jan 2000\n",
    );
    let cases: [&[&str]; 8] = [
        &["nowhere"],
        &[&unread, "--in-force-when", "1 instrument"],
        &["4-11"],
        &[&votes],
        &[&empty],
        &[&table, "--in-force-when", "soon"],
        &[&table, "--exclude", "Atlantis"],
        &[&table, "--notice", "soon"],
    ];
    for args in cases {
        let run = plenary(&[&["treaty"], args].concat());
        assert_eq!(run.code, Some(2), "{args:?}: {}", run.stdout);
        assert!(
            run.stderr.starts_with("error: "),
            "{args:?}: {}",
            run.stderr
        );
    }
}

#[test]
fn treaties_that_come_with_the_program_need_no_table() {
    let paris = json_of(&["treaty", "paris-agreement", "--on", "2020-12-31"]);
    assert_eq!(paris["entry_into_force"], "2016-11-04");
    assert_eq!(paris["completed_by"]["date"], "2016-10-05");
    let members = paris["parties_on"]["members"].as_array().unwrap();
    assert!(!members.contains(&json!("USA")) && members.contains(&json!("EUE")));
    let banned = json_of(&["treaty", "XXVI-4"]);
    assert_eq!(banned["entry_into_force"], Value::Null);
    let why = banned["evaluation"]["reasons"]["sentence"]
        .as_str()
        .unwrap();
    assert_eq!(
        why,
        "35 of 44 of Annex2; missing: CHN, EGY, IND, IRN, ISR, PAK, PRK, RUS, USA"
    );
}
