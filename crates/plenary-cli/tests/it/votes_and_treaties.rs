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
            "ballots.json: no: unknown participant `Atlantis`",
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
            "unknown participant `Atlantis`",
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
            "unknown participant `Atlantis`",
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
            "known treaty 4-1, Convention on the Prevention and Punishment of the Crime of Genocide: its participant table is needed",
        ),
        ("arms trade", "known treaty 26-8, Arms Trade Treaty: its"),
        ("kyoto", "help: `plenary treaty FILE`"),
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
        rejected.ends_with("acts.csv:2:1: participant: unknown participant `QQQ`"),
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
    let assembly = plenary::bodies::Reference::embedded().body("unga").unwrap();
    let members = assembly.members_on("1973-09-24".parse().unwrap()).unwrap();
    for code in members.iter().filter_map(|who| who.code()).take(120) {
        let name = plenary::states::entity(code).unwrap().label();
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
            .contains("acts.csv:2:16: act: `dance` is not a treaty action"),
        "{}",
        run.stderr
    );
}

#[test]
fn rows_that_cannot_be_used_are_told_and_the_exit_code_is_1() {
    let (_t, table) = file(
        "1-99.csv",
        "Participant,Ratification\nQQJ,1 Jan 2000\nAustria,1 Feb 2000\n",
    );
    let run = plenary(&["treaty", &table, "--in-force-when", "1 instrument"]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.stdout
            .contains("Participant: the cell is a code that nobody has: `QQJ`"),
        "{}",
        run.stdout
    );
}

#[test]
fn a_participant_that_no_table_knows_counts_as_a_state_is_named_and_is_a_finding() {
    let (_t, table) = file(
        "1-99.csv",
        "Participant,Ratification\nAtlantis 2,1 Jan 2000\nAustria,1 Feb 2000\n",
    );
    let run = plenary(&["treaty", &table, "--in-force-when", "2 instruments"]);
    assert!(
        run.stdout
            .contains("unknown participants, counted as States: `Atlantis`"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout.contains("in force since 2000-02-01"),
        "{}",
        run.stdout
    );
    assert_eq!(run.code, Some(1));
    let checked = plenary(&["check", &table]);
    assert!(
        checked.stdout.contains("unknown-state") && checked.stdout.contains("Atlantis"),
        "{}",
        checked.stdout
    );
}

#[test]
fn unusable_treaties_end_with_2() {
    let (_t, votes) = file("votes.csv", "state,vote\nFRA,yes\n");
    let (_u, table) = file("1-99.csv", TABLE);
    let (_e, empty) = file("empty.csv", "");
    let (_r, unread) = file(
        "1-98.csv",
        "Participant,Ratification\nAustria,31 Feb 2000\n",
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

/// A table with two rows, under a name.
fn table_of(name: &str, rows: &str) -> (tempfile::TempDir, String) {
    let header = "Participant,Signature,\"Accession(a), Succession(d), Ratification\"\n";
    file(name, &format!("{header}{rows}"))
}

fn acts_of(rows: &str) -> (tempfile::TempDir, String) {
    file("acts.csv", &format!("participant,action,date\n{rows}"))
}

#[test]
fn a_table_is_the_one_that_its_name_says_and_an_unknown_id_needs_a_clause() {
    let rows = "Austria,,1 Feb 1970\nChile,,3 Mar 1970\n";
    let cases: [(&str, &[&str], Result<&str, &str>); 8] = [
        ("4-1.csv", &["--id", "IV-1"], Ok("4-1")),
        ("4-1.csv", &["--id", "genocide"], Ok("4-1")),
        ("4-1.csv", &["--id", "4-2"], Err("the table of 4-1, ")),
        ("4-1.csv", &["--id", "4-99"], Err("unknown treaty `4-99`")),
        ("1-99.csv", &["--id", "4-1"], Err("the table of 1-99, ")),
        ("acts-of-1970.csv", &["--id", "genocide"], Ok("4-1")),
        (
            "acts-of-1970.csv",
            &["--id", "genocid"],
            Err("did you mean 4-1"),
        ),
        (
            "acts-of-1970.csv",
            &["--id", "foxes-1996", "--in-force-when", "2 instruments"],
            Ok("foxes-1996"),
        ),
    ];
    for (name, args, expected) in cases {
        let (_t, table) = table_of(name, rows);
        let run = plenary(&[&["treaty", &table, "--format", "json"], args].concat());
        match expected {
            Ok(id) => {
                let report: Value = serde_json::from_str(&run.stdout).unwrap();
                assert_eq!((run.code, &report["id"]), (Some(0), &json!(id)), "{args:?}");
            }
            Err(message) => {
                assert_eq!(run.code, Some(2), "{name} {args:?}: {}", run.stdout);
                assert!(run.stderr.contains(message), "{args:?}: {}", run.stderr);
            }
        }
    }
    let (_t, one) = table_of("4-1.csv", rows);
    let (_u, other) = table_of("4-2.csv", rows);
    assert_eq!(plenary(&["treaty", &one, "--acts", &other]).code, Some(2));
}

#[test]
fn withdrawals_are_used_for_treaties_whose_clause_is_not_on_record() {
    for (name, state, code, before, after) in [
        (
            "3-5.csv",
            "United States of America",
            "USA",
            "2018-10-11",
            "2018-10-12",
        ),
        (
            "3-8.csv",
            "United States of America",
            "USA",
            "2005-03-06",
            "2005-03-07",
        ),
        ("8-3.csv", "Denmark", "DNK", "1968-08-15", "1968-08-16"),
        (
            "9-1.csv",
            "United States of America",
            "USA",
            "2026-01-21",
            "2026-01-22",
        ),
    ] {
        let (_t, table) = table_of(name, &format!("Austria,,1 Feb 1950\n{state},,3 Mar 1950\n"));
        let clause = ["treaty", &table, "--in-force-when", "all of {AUT}", "--on"];
        let on = |day: &str, more: &[&str]| {
            let report = json_of(&[&clause[..], &[day], more].concat());
            report["parties_on"]["members"].clone()
        };
        assert_eq!(on(before, &[]), json!(["AUT", code]), "{name}");
        assert_eq!(on(after, &[]), json!(["AUT"]), "{name}");
        assert_eq!(on(after, &["--table-only"]), json!(["AUT", code]), "{name}");
    }
    let (_t, table) = table_of(
        "27-1-a.csv",
        "Czech Republic,,30 Sep 1993 d\nAustria,,1 Feb 1988\n",
    );
    let report = json_of(&["treaty", &table, "--in-force-when", "2 instruments"]);
    assert_eq!(report["built_in"]["vanished"], json!(["CSK", "DDR", "YUG"]));
    assert_eq!(report["entry_into_force"], "1986-12-17");
}

#[test]
fn supplied_acts_are_counted_apart_and_extend_no_horizon() {
    let (_t, table) = table_of("27-8-b.csv", "Austria,1 Feb 2012,3 Mar 2013\n");
    let (_a, acts) = acts_of("KEN,ratification,2020-01-01\nPER,ratification,2021-01-01\n");
    let report = json_of(&["treaty", &table, "--acts", &acts, "--on", "2015-01-01"]);
    assert_eq!(report["acts_known_until"], "2013-03-03");
    assert_eq!(report["beyond_known_acts"], true);
    assert_eq!(report["from_source"]["acts"], 2);
    assert_eq!(
        report["supplied"],
        json!({"acts": 2, "participants": ["KEN", "PER"]})
    );
    assert_eq!(report["difference"]["reason"], "source-ends-earlier");
    let run = plenary(&["treaty", &table, "--acts", &acts]);
    let expected = "  from the table: 2 acts; 1 signatory, 1 contracting; acts known until 2013-03-03\n  \
        supplied with --acts: 2 acts of KEN, PER\n";
    assert!(run.stdout.contains(expected), "{}", run.stdout);
    // Those that come with the program stay, and so does their horizon.
    let (_b, late) = acts_of("USA,acceptance,2029-01-20\n");
    let paris = json_of(&["treaty", "paris", "--acts", &late, "--on", "2020-12-31"]);
    assert_eq!(paris["entry_into_force"], "2016-11-04");
    assert!(paris["acts_known_until"].as_str() < Some("2026"));
}

#[test]
fn nothing_is_more_precise_than_the_source() {
    let text = r#"{"kind": "treaty", "title": "A treaty", "in-force-when": "2 instruments", "acts": [
        {"act": "action", "participant": "NOR", "kind": "ratification", "date": "1984-01-05"},
        {"act": "action", "participant": "SWE", "kind": "ratification", "date": "1986"},
        {"act": "action", "participant": "NOR", "kind": "withdrawal", "date": "1986"}]}"#;
    let (_t, document) = file("vague.json", text);
    let report = json_of(&["treaty", &document, "--on", "1985-01-01"]);
    assert_eq!(report["acts_known_until"], "1986");
    assert_eq!(report["open_withdrawals"][0]["notice"], "1986");
    assert_eq!(
        report["between"]["earliest"]["completed_by"]["date"],
        "1986"
    );
    let run = plenary(&["treaty", &document]);
    assert!(
        run.stdout.contains("acts known until 1986\n"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout.contains("from the file: 3 acts"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout
            .contains("completed by SWE in 1986, instrument 2")
    );
}

#[test]
fn nobody_is_undetermined_before_the_first_possible_day() {
    let (_t, table) = table_of("t.csv", "Denmark,,1 Jan 2000\n");
    let (_a, acts) =
        acts_of("NOR,ratification,2001\nSWE,ratification,2001-05\nFIN,ratification,2001-06-01\n");
    let args = [
        "treaty",
        &table,
        "--acts",
        &acts,
        "--in-force-when",
        "3 instruments; 30 days",
    ];
    let on = |day: &str| json_of(&[&args[..], &["--on", day]].concat());
    let before = on("2001-05-20");
    assert_eq!(before["earliest"], "2001-05-31");
    assert_eq!(
        before["parties_on"],
        json!({"date": "2001-05-20", "count": 0, "members": []})
    );
    let after = on("2001-07-01");
    assert_eq!(after["latest"], "2001-07-01");
    assert_eq!(after["parties_on"]["members"], json!(["DNK", "FIN", "SWE"]));
    assert_eq!(after["parties_on"]["undetermined"], json!(["NOR"]));
}

#[test]
fn a_withdrawal_that_may_have_no_effect_leaves_its_author_among_the_contracting() {
    let (_t, table) = table_of("4-1.csv", "Austria,,1 Feb 1950\nFrance,,3 Mar 1950\n");
    let (_a, acts) = acts_of("FRA,withdrawal,1999-05-05\n");
    let report = json_of(&["treaty", &table, "--acts", &acts, "--table-only"]);
    assert_eq!(report["contracting"], 2);
    assert_eq!(report["contracting_undetermined"], json!(["FRA"]));
    let caveats = report["caveats"].to_string();
    assert!(
        caveats.contains("no notice can be computed from the treaty: Art. XIV"),
        "{caveats}"
    );
}

#[test]
fn a_table_without_an_act_gives_no_verdict() {
    for name in ["4-2.csv", "27-7-d.csv", "1-99.csv"] {
        let (_t, table) = table_of(name, "France,,\nNorway,,\n");
        let run = plenary(&["treaty", &table, "--in-force-when", "1 instrument"]);
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{name}");
        assert!(
            run.stderr.contains("no act of a participant"),
            "{}",
            run.stderr
        );
    }
    // Acts of nobody are none.
    let (_a, acts) = acts_of("QQQ,ratification,1999-05-05\n");
    let run = plenary(&["treaty", "4-11", "--acts", &acts]);
    assert_eq!(run.code, Some(2), "{}", run.stdout);
    assert!(
        run.stderr.contains("unknown participant `QQQ`"),
        "{}",
        run.stderr
    );
}

#[test]
fn acts_of_states_that_had_ended_are_listed_as_not_used() {
    let (_t, table) = table_of("t.csv", "Denmark,,1 Jan 2000\n");
    let (_a, acts) = acts_of(
        "SUN,ratification,2006-01-01\nDDR,a,2006\nZAN,a,2007-02-03\nYUG,a,2001-03-12\nCSK,a,1992-12-31\n",
    );
    let args = [
        "treaty",
        &table,
        "--acts",
        &acts,
        "--in-force-when",
        "3 instruments",
    ];
    let run = plenary(&[&args[..], &["--format", "json"]].concat());
    assert_eq!(run.code, Some(1));
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let rejected = report["rejected"].as_array().unwrap();
    assert_eq!(rejected.len(), 3, "{rejected:?}");
    for (line, state) in rejected.iter().zip(["SUN", "DDR", "ZAN"]) {
        let line = line.as_str().unwrap();
        assert!(
            line.contains(state) && line.contains("existed until"),
            "{line}"
        );
    }
    assert_eq!(report["supplied"]["participants"], json!(["CSK", "YUG"]));
    assert_eq!(report["entry_into_force"], "2001-03-12");
}

#[test]
fn unknown_names_in_a_clause_are_refused_with_the_nearest() {
    let (_t, table) = table_of("t.csv", "Denmark,,1 Jan 2000\n");
    for (args, message) in [
        (
            ["--in-force-when", "all of {MAR, QQQ}"],
            "unknown participant `QQQ`",
        ),
        (
            ["--in-force-when", "all of Nobodies"],
            "unknown group `Nobodies`",
        ),
        (["--in-force-when", "all of Anex2"], "did you mean `Annex2`"),
        (
            ["--in-force-when", "55% of emisions"],
            "did you mean `emissions`",
        ),
        (["--exclude", "QQQ"], "unknown participant `QQQ`"),
    ] {
        let run = plenary(&[&["treaty", &table][..], &args].concat());
        assert_eq!(run.code, Some(2), "{args:?}: {}", run.stdout);
        assert!(run.stderr.contains(message), "{args:?}: {}", run.stderr);
    }
}

#[test]
fn successions_name_states_and_not_the_rows_that_stand_for_them() {
    let rows = "Bosnia and Herzegovina,,1 Sep 1993 d\nMontenegro,,23 Oct 2006 d\nSerbia,,12 Mar 2001 d\n\
        Namibia,,6 Oct 1994 d\n";
    let (_t, table) = table_of("t.csv", rows);
    let report = json_of(&["treaty", &table, "--in-force-when", "1 instrument"]);
    let of = |state: &str| {
        let successions = report["successions"].as_array().unwrap();
        let found = successions.iter().find(|s| s["state"] == state).unwrap();
        (found["predecessors"].clone(), found["suspended"].clone())
    };
    assert_eq!(of("BIH"), (json!(["YUG"]), json!(false)));
    assert_eq!(of("MNE"), (json!(["SCG", "YUG"]), json!(false)));
    assert_eq!(of("NAM"), (Value::Null, json!(true)));
}

#[test]
fn what_is_overruled_or_left_out_on_request_is_said() {
    let (_t, table) = table_of("4-4.csv", "Austria,,1 Feb 1970\nChile,,3 Mar 1970\n");
    let report = json_of(&["treaty", &table, "--notice", "6 months", "--table-only"]);
    assert_eq!(report["notice_on_record"], "none");
    let caveats = report["caveats"].to_string();
    assert!(
        caveats.contains("the treaty admits no withdrawal"),
        "{caveats}"
    );
    let (_t, table) = table_of("27-7-a.csv", "Austria,,1 Feb 1990\nCanada,,2 Feb 1990\n");
    let report = json_of(&["treaty", &table, "--table-only"]);
    assert_eq!(report["left_out"]["withdrawals"][0]["participant"], "CAN");
    let caveats = report["caveats"].to_string();
    assert!(caveats.contains("left out, though known"), "{caveats}");
    let (_t, table) = table_of("t.csv", "Austria,1 Feb 1990 s,\nCanada,2 Feb 1990,\n");
    let report = json_of(&["treaty", &table, "--in-force-when", "1 instrument"]);
    assert_eq!(
        (&report["signatories"], &report["definitive_signatures"]),
        (&json!(2), &json!(1))
    );
}

const ACTS: &str = "\
agreement,participant,act,date,effective,on_behalf_of,towards,source,note
river-charter,AUT,ratification,2009-02-01,,,,,
river-charter,HUN,ratification,2010-05-26/2010-07-06,,,,,between these days
river-charter,org:river-bank,formal-confirmation,2010-01-01,,,,,
river-charter,Orange River Colony,accession,2011,,,,,no table knows it
river-charter,DNK,accession,2009-01-01,,FRO,,,for a territory alone
other,ROU,signature,2012,,,,,
";

/// F7, F8: a table of acts needs no dummy row, and an answer is no more precise than the acts.
#[test]
fn a_table_of_acts_is_read_alone() {
    let (folder, acts) = file("acts.csv", ACTS);
    let clause = |count: u32| format!("{count} instruments; 30 days");
    let answer = |count: u32| {
        let clause = clause(count);
        let run = plenary(&[
            "treaty",
            &acts,
            "--id",
            "river-charter",
            "--in-force-when",
            &clause,
            "--on",
            "2013-01-01",
            "--format",
            "json",
        ]);
        assert_eq!(run.code, Some(1), "{}", run.stderr);
        serde_json::from_str::<Value>(&run.stdout).unwrap()
    };
    let second = answer(2);
    assert_eq!(second["id"], "river-charter");
    assert_eq!(second["earliest"], "2010-06-25");
    assert_eq!(second["latest"], "2010-08-05");
    assert!(second["entry_into_force"].is_null());
    let vague = json!(["HUN", "text:Orange River Colony"]);
    assert_eq!(second["vague"], vague);
    let third = answer(3);
    assert_eq!(third["latest"], "2012-01-30");
    assert_eq!(third["unresolved"], json!(["text:Orange River Colony"]));
    let members = third["parties_on"]["members"].as_array().unwrap();
    let members: Vec<_> = members.iter().map(|who| who.as_str().unwrap()).collect();
    assert_eq!(
        members,
        ["AUT", "HUN", "org:river-bank", "text:Orange River Colony"]
    );
    assert_eq!(
        answer(4)["earliest"],
        Value::Null,
        "no act for a territory, and no organisation"
    );
    let human = plenary(&[
        "treaty",
        &acts,
        "--id",
        "river-charter",
        "--in-force-when",
        &clause(2),
    ]);
    assert!(
        human
            .stdout
            .contains("in force since a day between 2010-06-25 and 2010-08-05"),
        "{}",
        human.stdout
    );
    let several = plenary(&["treaty", &acts]);
    assert_eq!(several.code, Some(2));
    assert!(
        several.stderr.contains("river-charter; other"),
        "{}",
        several.stderr
    );
    let check = plenary(&["check", &acts]);
    assert!(
        check
            .stdout
            .contains("unknown participant `Orange River Colony`"),
        "{}",
        check.stdout
    );
    // The dataset that it is imported to says the same, and its table has the same acts.
    let dataset = folder.path().join("dataset");
    let dataset = dataset.to_str().unwrap();
    let import = plenary(&["import", &acts, "-o", dataset, "--as", "csv"]);
    assert_eq!(import.code, Some(0), "{}", import.stderr);
    let table = std::fs::read_to_string(format!("{dataset}/acts.csv")).unwrap();
    assert!(
        table.contains(",text:Orange River Colony,") && table.contains(",accession,,2011,"),
        "{table}"
    );
    let again = plenary(&[
        "treaty",
        dataset,
        "--id",
        "river-charter",
        "--in-force-when",
        &clause(3),
        "--on",
        "2013-01-01",
        "--format",
        "json",
    ]);
    let again: Value = serde_json::from_str(&again.stdout).unwrap();
    assert_eq!(again["parties_on"], third["parties_on"]);
    assert_eq!(again["latest"], third["latest"]);
}

/// F4: an organisation is one wherever its instrument comes from.
#[test]
fn an_organisation_is_one_in_the_table_and_beside_it() {
    let rows = "x,EUE,approval,2020-09-01\nx,JAM,accession,2020-10-01\n";
    let header = "agreement,participant,act,date\n";
    let (_one, whole) = file(
        "acts.csv",
        &format!("{header}x,FRA,accession,2020-01-01\n{rows}"),
    );
    let (_two, table) = file("acts.csv", &format!("{header}x,FRA,accession,2020-01-01\n"));
    let (_three, beside) = file("more.csv", &format!("{header}{rows}"));
    let clause = ["--in-force-when", "2 instruments"];
    let of_whole = json_of(&[&["treaty", &whole, "--on", "2021-01-01"][..], &clause].concat());
    let of_both = json_of(
        &[
            &["treaty", &table, "--acts", &beside, "--on", "2021-01-01"][..],
            &clause,
        ]
        .concat(),
    );
    assert_eq!(of_whole["entry_into_force"], "2020-10-01");
    assert_eq!(of_both["entry_into_force"], "2020-10-01");
    assert_eq!(of_whole["parties_on"], of_both["parties_on"]);
}

/// F6: a treaty is shown with its parties, acts, statements, relations, clause and horizon, by its number, symbol or title.
#[test]
fn a_treaty_is_shown_whole() {
    let documents = r##"[
{"format": 2, "kind": "treaty", "title": "Protocol on the River", "sources": [{"title": "own", "record": "river-1-a"}],
 "relations": [{"kind": "protocol-to", "to": "river-1"}, {"kind": "is quoted by", "from": "#hun", "to": "A/RES/73/195"}],
 "in-force-when": "2 instruments; 30 days", "acts": [
 {"act": "action", "participant": "AUT", "kind": "signature", "date": "2009-01-01"},
 {"act": "action", "id": "hun", "participant": "HUN", "kind": "accession", "date": "2010-05-26/2010-07-06", "notes": ["between these days"]},
 {"act": "action", "participant": "AUT", "kind": "ratification", "date": "2009-02-01"},
 {"act": "action", "participant": "DNK", "kind": "extension", "date": "2011", "on-behalf-of": ["FRO"]},
 {"act": "statement", "author": "HUN", "kind": "reservation", "date": "2010", "provisions": ["Art. 3"]},
 {"act": "statement", "author": "unit:un/secretary-general", "kind": "objection", "date": "2010-12", "towards": "HUN"}]},
{"format": 2, "kind": "treaty", "title": "River Convention", "sources": [{"title": "own", "record": "river-1"}],
 "acts": [{"act": "action", "participant": "AUT", "kind": "accession", "date": "2001"}]}]"##;
    let (_folder, path) = file("river.json", documents);
    for name in ["river-1-a", "Protocol on the River"] {
        let page = plenary(&["show", name, "-d", &path]);
        assert_eq!(page.code, Some(0), "{}{}", page.stdout, page.stderr);
        for part in [
            "enters into force with: at least 2 instruments; 30 days",
            "in force since a day between 2010-06-25 and 2010-08-05",
            "acts known until 2011",
            "signature 2009-01-01; ratification 2009-02-01",
            "accession 2010-05-26/2010-07-06 (between these days)",
            "extension 2011 on behalf of FRO",
            "reservation on Art. 3",
            "un/secretary-general: objection towards HUN",
            "this is a protocol to river-1",
            "the accession of HUN between 2010-05-26 and 2010-07-06 is quoted by A/RES/73/195",
        ] {
            assert!(page.stdout.contains(part), "{part}\n{}", page.stdout);
        }
    }
    let other = plenary(&["show", "river-1", "-d", &path]);
    let related = "Protocol on the River is a protocol to this";
    assert!(other.stdout.contains(related), "{}", other.stdout);
    let json = json_of(&["show", "river-1", "-d", &path]);
    assert_eq!(json["related_by"][0]["kind"], "protocol-to");
    assert_eq!(json["treaty"]["signatories"], 0);
    // An imported table has a number and no symbol.
    let (folder, table) = file("27-7-d.csv", "Participant,Ratification\nPeru,1 Jan 2016\n");
    let dataset = folder.path().join("ds");
    let dataset = dataset.to_str().unwrap();
    assert_eq!(plenary(&["import", &table, "-o", dataset]).code, Some(0));
    let page = plenary(&["show", "27-7-d", "-d", dataset]);
    assert!(
        page.stdout.contains("ratification 2016-01-01"),
        "{}{}",
        page.stdout,
        page.stderr
    );
}

#[test]
fn show_lists_what_a_dataset_holds_where_no_agreement_is_named() {
    let treaty = r#"{"kind": "treaty", "title": "River Convention", "sources": [{"title": "own", "record": "river-1"}],
 "acts": [{"act": "action", "participant": "AUT", "kind": "accession", "date": "2001"}]}"#;
    let vote = |n: u32| {
        format!(
            r#"{{"title": "Vote {n}", "symbols": ["A/RES/73/{n}"], "acts": [{{"act": "decision", "date": "2018-12-19"}}]}}"#
        )
    };
    let votes: Vec<String> = (1..=45).map(vote).collect();
    let (folder, path) = file("held.json", &format!("[{},\n{treaty}]", votes.join(",\n")));
    let dataset = folder.path().join("held");
    let dataset = dataset.to_str().unwrap();
    assert_eq!(plenary(&["import", &path, "-o", dataset]).code, Some(0));
    for arguments in [
        &["show", dataset][..],
        &["show", "-d", dataset],
        &["show", &path],
    ] {
        let page = plenary(arguments);
        assert_eq!(page.code, Some(0), "{}{}", page.stdout, page.stderr);
        for part in [
            "46 agreements: 45 resolution, 1 treaty",
            "2018-12-19  A/RES/73/1          Vote 1  (resolution, 1 decision)",
            "2001        river-1             River Convention  (treaty, 1 act)",
            "… and 5 more: --format json",
        ] {
            assert!(page.stdout.contains(part), "{part}\n{}", page.stdout);
        }
        assert!(!page.stdout.contains("Vote 41"), "{}", page.stdout);
    }
    let json = json_of(&["show", dataset]);
    assert_eq!(json["agreements"].as_array().map(Vec::len), Some(46));
    assert_eq!(
        (&json["kinds"]["resolution"], &json["kinds"]["treaty"]),
        (&45.into(), &1.into())
    );
    assert_eq!(json["agreements"][45]["symbol"], "river-1");
    assert_eq!(crate::schema::misfits("show.schema.json", &json), [""; 0]);
    let none = plenary(&["show"]);
    assert_eq!(none.code, Some(2), "{}", none.stderr);
    // A symbol that no file has is looked for as before.
    assert_eq!(plenary(&["show", "A/RES/73/195"]).code, Some(0));
}

#[test]
fn sponsors_stand_in_a_table_of_a_dataset_and_in_one_of_acts() {
    let document = r#"{"title": "A draft", "symbols": ["A/RES/73/195"], "acts": [{"act": "sponsorship", "symbol": "A/73/L.66", "date": "2018-12-12",
 "sponsors": [{"participant": "MEX", "name": "Mexico"}, {"name": "The Friends", "note": "for all", "later": true}]}]}"#;
    let (folder, path) = file("draft.json", document);
    let dataset = folder.path().join("ds");
    let written = dataset.to_str().unwrap();
    assert_eq!(
        plenary(&["import", &path, "--as", "csv", "-o", written]).code,
        Some(0)
    );
    let sponsors = std::fs::read_to_string(dataset.join("sponsors.csv")).unwrap();
    let rows: Vec<&str> = sponsors.lines().skip(1).collect();
    assert_eq!(
        rows,
        [
            "1,0,1,A/73/L.66,2018-12-12,,,,MEX,\"Mexico\",,false",
            "1,0,2,A/73/L.66,2018-12-12,,,,,\"The Friends\",\"for all\",true"
        ]
    );
    let clean = plenary(&["check", written]);
    assert!(!clean.stdout.contains("disagree"), "{}", clean.stdout);
    let acts = "agreement,participant,act,date,effective,on_behalf_of,towards,source,note\n\
                A/RES/73/195,MEX,sponsorship,2018-12-12,,,,A/73/L.66,\n\
                A/RES/73/195,text:The Friends,later-sponsorship,2018-12-12,,,,A/73/L.66,for all\n";
    let (_acts, path) = file("acts.csv", acts);
    let json = json_of(&["show", "A/RES/73/195", "-d", &path]);
    let sponsors = &json["agreement"]["acts"][0]["sponsors"];
    assert_eq!(sponsors[0]["participant"], "MEX");
    assert_eq!(
        (&sponsors[1]["name"], &sponsors[1]["later"]),
        (&"The Friends".into(), &true.into())
    );
    assert_eq!(json["agreement"]["kind"], "resolution");
}

#[test]
fn persons_of_a_table_of_participants_are_found_in_a_table_of_acts() {
    let (folder, path) = file(
        "acts.csv",
        "agreement,participant,act,date\nx,Ann Oak,accession,1990\nx,Ann Oak,accession,2010\n",
    );
    let reference = folder.path().join("reference/participants");
    std::fs::create_dir_all(&reference).unwrap();
    std::fs::write(
        reference.join("chamber.csv"),
        "id,kind,name,from,to,basis\nperson:a-1,person,Ann Oak,,2000-01-01,\n",
    )
    .unwrap();
    let reference = folder.path().join("reference");
    let json = json_of(&[
        "show",
        "x",
        "-d",
        &path,
        "--reference",
        reference.to_str().unwrap(),
    ]);
    let who = |at: usize| json["agreement"]["acts"][at]["participant"].clone();
    assert_eq!(
        (who(0), who(1)),
        ("person:a-1".into(), "text:Ann Oak".into())
    );
}

const STATUS: &str = "of = \"acts\"\ncodes = \"iso3\"\n[columns]\nstate = \"Code\"\nname = \"Name\"\n\
                      [[acts]]\nact = \"signature\"\ndate = \"Signed\"\n\
                      [[acts]]\nact = { column = \"How\" }\ndate = \"Bound\"\n";

#[test]
fn a_table_with_a_column_of_kinds_is_read_by_a_mapping_and_its_clause_is_answered() {
    let (_t, table) = file(
        "bridges.csv",
        "Code,Name,Signed,Bound,How\nMEX,Mexico,2018-01-05,2019-01-05,Ratification\nTCD,Chad,,2019-02-05,Accession\n\
         EUU,European Union,2018-01-05,2019-03-05,Approval\n",
    );
    let (_m, mapping) = file("status.toml", STATUS);
    let args = ["treaty", &table, "--mapping", &mapping, "--in-force-when"];
    let answer = |clause| json_of(&[&args[..], &[clause, "--on", "2020-01-01"]].concat());
    let in_force = answer("2 instruments; 30 days");
    assert_eq!(in_force["entry_into_force"], json!("2019-03-07"));
    // The instrument of the Union does not add to a count.
    assert_eq!(
        answer("3 instruments; 30 days")["entry_into_force"],
        Value::Null
    );
    let unmapped = plenary(&["treaty", &table, "--in-force-when", "2 instruments"]);
    assert_eq!(unmapped.code, Some(2), "{}", unmapped.stderr);
    let shown = plenary(&["check", &table, "--mapping", &mapping]);
    assert_eq!(
        (shown.code, shown.stderr.contains("error")),
        (Some(0), false),
        "{}",
        shown.stderr
    );
}

#[test]
fn published_tables_of_climate_treaties_are_answered_and_say_what_they_leave_out() {
    let files = ["kigali_amendment_status.csv", "paris_status_2023-02-13.csv"];
    let files = files.map(|name| plenary_testing::shared(&format!("others/{name}")));
    let [Some(kigali), Some(paris)] = files else {
        return;
    };
    let (kigali, paris) = (kigali.to_str().unwrap(), paris.to_str().unwrap());
    let clause = "20 instruments; not before 2019-01-01; 90 days";
    let answer = json_of(&["treaty", kigali, "--in-force-when", clause]);
    assert_eq!(answer["entry_into_force"], json!("2019-01-01"));
    // The first acceptance of the United States is not in the table, and comes with the program.
    let args = [
        "treaty",
        paris,
        "--id",
        "paris-agreement",
        "--on",
        "2023-03-01",
    ];
    assert_eq!(json_of(&args)["entry_into_force"], json!("2016-11-04"));
    let alone = plenary(&[&args[..], &["--table-only"]].concat());
    assert!(
        alone.stderr.contains("cannot be had from it alone"),
        "{}",
        alone.stderr
    );
}

/// An answer from a table of which some rows may not be used.
fn answer_of(args: &[&str]) -> Value {
    let run = plenary(&[args, &["--format", "json"]].concat());
    assert!(matches!(run.code, Some(0 | 1)), "{}", run.stderr);
    serde_json::from_str(&run.stdout).unwrap()
}

/// The days on which treaties entered into force, by the clause of each and the lists of its depositary.
#[test]
fn lists_of_many_treaties_lead_to_the_official_days() {
    const COE: &str = "coe_conventions_even.csv.zst";
    const WIPO: &str = "wipo_copyright_treaties.csv";
    const UNTC: &str = "untc_long_2011_a.csv.zst";
    const MONTH_AFTER_3: &str = "first day of the month after 3 months";
    for (file, treaty, clause, day) in [
        // Art. 36 (3), of which three are members of the Council: those counted here are.
        (
            COE,
            "Convention on Cybercrime",
            format!("5 instruments; {MONTH_AFTER_3}"),
            "2004-07-01",
        ),
        // Art. 35 (2).
        (
            COE,
            "European Social Charter",
            "5 instruments; 30 days".to_owned(),
            "1965-02-26",
        ),
        // Art. 29 (2).
        (
            COE,
            "European Convention on Extradition",
            "3 instruments; 90 days".to_owned(),
            "1960-04-18",
        ),
        // Art. 28 (2).
        (
            COE,
            "Convention on Mutual Administrative Assistance in Tax Matters",
            format!("5 instruments; {MONTH_AFTER_3}"),
            "1995-04-01",
        ),
        // Art. XI.2.
        (
            COE,
            "Convention on the Recognition of Qualifications concerning Higher Education in the European Region",
            "5 instruments; first day of the month after 1 month".to_owned(),
            "1999-02-01",
        ),
        // Art. 5.
        (
            COE,
            "Additional Protocol to the Convention on the Transfer of Sentenced Persons",
            format!("3 instruments; {MONTH_AFTER_3}"),
            "2000-06-01",
        ),
        // Art. 20, 29, 18 and 26.
        (
            WIPO,
            "WIPO Copyright Treaty (WCT)",
            "30 instruments; 3 months".to_owned(),
            "2002-03-06",
        ),
        (
            WIPO,
            "WIPO Performances and Phonograms Treaty (WPPT)",
            "30 instruments; 3 months".to_owned(),
            "2002-05-20",
        ),
        (
            WIPO,
            "Marrakesh",
            "20 instruments; 3 months".to_owned(),
            "2016-09-30",
        ),
        (
            WIPO,
            "Beijing",
            "30 instruments; 3 months".to_owned(),
            "2020-04-28",
        ),
        // Art. 49 and 23; both clauses come with the program.
        (
            UNTC,
            "Convention on the Rights of the Child",
            "20 instruments; 30 days".to_owned(),
            "1990-09-02",
        ),
        (
            UNTC,
            "United Nations Framework Convention on Climate Change",
            "50 instruments; 90 days".to_owned(),
            "1994-03-21",
        ),
    ] {
        let Some(path) = plenary_testing::shared(&format!("others/{file}")) else {
            return;
        };
        let path = path.to_str().unwrap();
        let answer = answer_of(&["treaty", path, "--id", treaty, "--in-force-when", &clause]);
        assert_eq!(answer["entry_into_force"], json!(day), "{treaty}");
        assert!(
            !answer["caveats"].to_string().contains("it lacks acts"),
            "{treaty}"
        );
    }
}

#[test]
fn an_answer_from_a_list_that_lacks_acts_says_on_what_it_rests() {
    let Some(coe) = plenary_testing::shared("others/coe_conventions_even.csv.zst") else {
        return;
    };
    let untc = plenary_testing::shared("others/untc_long_2011_a.csv.zst").unwrap();
    let (coe, untc) = (coe.to_str().unwrap(), untc.to_str().unwrap());
    // The chart has fewer than the ten instruments of 1953.
    let title = "Convention for the Protection of Human Rights and Fundamental Freedoms";
    let answer = json_of(&[
        "treaty",
        coe,
        "--id",
        title,
        "--in-force-when",
        "10 instruments",
    ]);
    let caveats = answer["caveats"].to_string();
    assert!(
        caveats.contains("from 1953-09-03, before 1954-08-31: it lacks acts"),
        "{caveats}"
    );
    // What states that have ended did may be missing: the day lies between two.
    let title = "European Cultural Convention";
    let answer = json_of(&[
        "treaty",
        coe,
        "--id",
        title,
        "--in-force-when",
        "3 instruments",
    ]);
    assert_eq!(answer["entry_into_force"], json!(null));
    assert_eq!(answer["latest"], json!("1955-05-05"));
    // Half of the parties are not in the list.
    let title = "Vienna Convention on the law of treaties";
    let answer = answer_of(&["treaty", untc, "--id", title]);
    assert_eq!(
        (&answer["entry_into_force"], &answer["official"]),
        (&json!(null), &json!("1980-01-27"))
    );
    assert!(answer["difference"].to_string().contains("acts-missing"));
}

#[test]
fn a_list_of_members_is_a_group_and_can_be_written_as_one() {
    let (_l, list) = file(
        "river.csv",
        "Code,Name,Member-Since\nAUT,Austria,1995-01-01\nBEL,Belgium,1958\n",
    );
    let listed = json_of(&[
        "members",
        "--groups",
        &list,
        "--group",
        "river",
        "--on",
        "1990-01-01",
    ]);
    assert_eq!(listed["members"], json!(["BEL"]));
    let converted = plenary(&["members", "--groups", &list, "--convert"]);
    let table = "group,member,from,to\nriver,AUT,1995-01-01,\nriver,BEL,1958-01-01,\n";
    assert_eq!(
        (converted.code, &*converted.stdout),
        (Some(0), table),
        "{}",
        converted.stderr
    );
    assert!(
        converted.stderr.contains("1 row: a year"),
        "{}",
        converted.stderr
    );
    let (_t, terms) = file("terms.csv", "who;left\nNorway;1999-05-01\nAtlantis;\n");
    let mapping =
        "of = 'members'\n[columns]\nname = 'who'\nto = 'left'\n[fixed]\ngroup = 'pact, old'\n";
    let (_m, mapping) = file("terms.toml", mapping);
    let converted = plenary(&[
        "members",
        "--groups",
        &terms,
        "--mapping",
        &mapping,
        "--convert",
    ]);
    let table = "group,member,from,to\n\"pact, old\",NOR,,1999-05-01\n";
    assert_eq!(
        (converted.code, &*converted.stdout),
        (Some(1), table),
        "{}",
        converted.stderr
    );
    assert!(
        converted
            .stderr
            .contains("terms.csv:3: unknown participant `Atlantis`")
    );
}

const RIVER: &str = r#"
of = "acts"
source = "R"
codes = "iso3"
[columns]
agreement = "Treaty"
state = "Code"
[[acts]]
act = "signature"
date = "Signed"
[[acts]]
act = { column = "How" }
date = "Bound"
"#;

/// Two ratifications that cannot be read, beside two that can: the second of these completes the clause.
const RIVERS: &str = "\
Treaty,Code,Signed,Bound,How
River Convention,MEX,2018-01-05,2019-01-05,Ratification
River Convention,CHL,2018-01-05,2019-01-06,Ratification (reserved)
River Convention,PER,2018-01-05,6 Jan 2019,Ratification
River Convention,BOL,2018-01-05,2019-09-01,Ratification
River Convention,ECU,,7 Jan 2019,Ratification
Lake Convention,MEX,2018-01-05,2019-01-05,Ratification
Lake Convention,BRA,,8 Jan 2019,Ratification
Lake Convention,PER,2018-01-05,9 Jan 2019,Ratification
Glacier Convention,MEX,2018-01-05,2019-01-05,Ratification
";

#[test]
fn an_answer_about_a_treaty_says_which_of_its_acts_could_not_be_read() {
    let (_t, table) = file("rivers.csv", RIVERS);
    let (_m, mapping) = file("rivers.toml", RIVER);
    let about = |id: &str| {
        let clause = "2 instruments; 30 days";
        plenary(&[
            "treaty",
            &table,
            "--mapping",
            &mapping,
            "--id",
            id,
            "--in-force-when",
            clause,
        ])
    };
    let river = about("River Convention");
    assert_eq!(river.code, Some(1), "{}", river.stdout);
    for told in [
        "in force since 2019-10-01",
        "without the acts in 3 rows and cells",
    ] {
        assert!(river.stdout.contains(told), "{told}: {}", river.stdout);
    }
    let unused = |run: &Run| run.stdout.matches("  not used: ").count();
    assert_eq!(unused(&river), 3, "{}", river.stdout);
    for line in ["rivers.csv:3:", "rivers.csv:4:", "rivers.csv:6:"] {
        assert!(river.stdout.contains(line), "{line}: {}", river.stdout);
    }
    // Those of another treaty of the file are not its own.
    let lake = about("Lake Convention");
    assert_eq!((lake.code, unused(&lake)), (Some(1), 2), "{}", lake.stdout);
    let glacier = about("Glacier Convention");
    assert_eq!(
        (glacier.code, unused(&glacier)),
        (Some(0), 0),
        "{}",
        glacier.stdout
    );
    assert!(
        !glacier.stdout.contains("without the acts"),
        "{}",
        glacier.stdout
    );
}

/// The columns of a format that comes with the program.
const RIVER_STATUS: &str = "\
Code,Name,Signature,Ratification,Kind,Date-Of-Effect
MEX,Mexico,2018-01-05,2019-01-05,Ratification,2019-03-01
CHL,Chile,2018-01-05,06.01.2019,Ratification,2019-03-01
PER,Peru,,07.01.2019,Ratification,2019-03-01
";

#[test]
fn the_page_of_a_treaty_shows_what_could_not_be_read_of_it() {
    let (_t, table) = file("river-status.csv", RIVER_STATUS);
    let run = plenary(&["show", "river-status", "--dataset", &table]);
    assert_eq!(run.code, Some(1), "{}{}", run.stdout, run.stderr);
    for told in [
        "unreadable-field",
        "rejected-row",
        "without the acts in 2 rows and cells",
    ] {
        assert!(run.stdout.contains(told), "{told}: {}", run.stdout);
    }
    let good = RIVER_STATUS
        .replace("06.01.2019", "2019-01-06")
        .replace("07.01.2019", "2019-01-07");
    let (_t, table) = file("river-status.csv", &good);
    let run = plenary(&["show", "river-status", "--dataset", &table]);
    assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
    assert!(!run.stdout.contains("without the acts"), "{}", run.stdout);
}
