//! `plenary decide`: by which rule, of how many members, and what other organs and missing ballots have to do with it.

use std::path::Path;

use assert_cmd::Command;
use serde_json::{Value, json};

/// A folder to run in, without a configuration unless one is written there.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn with(self, name: &str, text: &str) -> Self {
        std::fs::write(self.path().join(name), text).unwrap();
        self
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn run(&self, args: &[&str]) -> (Option<i32>, String, String) {
        let mut command = Command::cargo_bin("plenary").unwrap();
        let command = command.current_dir(self.path()).env("NO_COLOR", "1");
        let output = command.arg("decide").args(args).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (
            output.status.code(),
            text(output.stdout),
            text(output.stderr),
        )
    }

    fn json(&self, args: &[&str]) -> Value {
        let (code, stdout, stderr) = self.run(&[args, &["--format", "json"]].concat());
        assert_eq!(code, Some(0), "{args:?}: {stderr}");
        serde_json::from_str(&stdout).unwrap()
    }

    fn verdict(&self, args: &[&str]) -> Value {
        self.json(args)["verdict"].clone()
    }

    fn refused(&self, args: &[&str]) -> String {
        let (code, stdout, stderr) = self.run(args);
        assert_eq!(code, Some(2), "{args:?}: {stdout}");
        stderr
    }
}

/// Fifteen members of the Council with their ballots.
fn council(against: &str) -> String {
    let codes = "CHN FRA GBR RUS USA ALB BRA GAB GHA IND IRL KEN MEX NOR ARE";
    let choice = |code| if code == against { "no" } else { "yes" };
    let rows = codes
        .split(' ')
        .map(|code| format!("{code},{}\n", choice(code)));
    format!("code,choice\n{}", rows.collect::<String>())
}

#[test]
fn a_veto_in_the_council_rejects_an_admission_and_an_unnamed_opponent_leaves_it_open() {
    let folder = Folder::new()
        .with("vetoed.csv", &council("GBR"))
        .with("passed.csv", &council("KEN"));
    let admission = [
        "--rule",
        "ga-admission",
        "--on",
        "2022-05-01",
        "--yes",
        "150",
        "--no",
        "0",
    ];
    for (council, opponents, expected) in [
        ("council=10,1,4", &["council=RUS"][..], "rejected"),
        (
            "council=10,1,4",
            &["council=Russian Federation"],
            "rejected",
        ),
        ("council=10,1,4", &[], "undetermined"),
        ("council=10,1,4", &["council=KEN"], "adopted"),
        ("council=10,2,3", &["council=KEN"], "undetermined"),
        ("council=10,2,3", &["council=KEN,FRA"], "rejected"),
        ("council=10,2,3", &["council=KEN", "council=BRA"], "adopted"),
        ("council=8,0,7", &[], "rejected"),
        ("council=11,0,4,15", &[], "adopted"),
        ("council=@vetoed.csv", &[], "rejected"),
        ("council=@passed.csv", &[], "adopted"),
    ] {
        let named = opponents.iter().flat_map(|names| ["--no-by", names]);
        let args: Vec<_> = admission
            .into_iter()
            .chain(["--in", council])
            .chain(named)
            .collect();
        assert_eq!(folder.verdict(&args), expected, "{council} {opponents:?}");
    }
    // Those named for the Assembly are not those of the Council.
    let assembly = [
        "--rule",
        "ga-admission",
        "--on",
        "2022-05-01",
        "--yes",
        "150",
        "--no",
        "1",
        "--no-by",
        "RUS",
    ];
    let votes = [&assembly[..], &["--in", "council=10,1,4"]].concat();
    assert_eq!(folder.verdict(&votes), "undetermined");
}

#[test]
fn names_that_fit_nothing_are_refused() {
    let folder = Folder::new().with("council.csv", &council("RUS"));
    let admission = ["--rule", "ga-admission", "--yes", "150", "--no", "0"];
    for (more, message) in [
        (
            &["--in", "concil=10,1,4"][..],
            "unknown organ `concil` (expected `council`)",
        ),
        (&["--no-by", "council=RUS"], "whose votes are missing"),
        (
            &["--in", "council=10,0,4", "--no-by", "council=RUS"],
            "1 members are named",
        ),
        (
            &["--in", "council=@council.csv", "--no-by", "council=RUS"],
            "--no-by is for counts",
        ),
        (&["--in", "council=@nowhere.csv"], "nowhere.csv"),
        (
            &["--in", "council=10,1,4", "--no-by", "council=RSU"],
            "unknown participant `RSU`",
        ),
        (&["--in", "council=10,1,4,14"], "15 members are counted"),
        (
            &["--no-by", "council=Atlantis"],
            "unknown participant `Atlantis`",
        ),
    ] {
        let refused = folder.refused(&[&admission[..], more].concat());
        assert!(refused.contains(message), "{more:?}: {refused}");
    }
    let other = [
        "--rule",
        "ga-ordinary",
        "--yes",
        "9",
        "--in",
        "council=10,1,4",
    ];
    assert!(
        folder
            .refused(&other)
            .contains("the rule names no other organ")
    );
    let ballots = [
        "--rule",
        "sc-substantive",
        "--ballots",
        "council.csv",
        "--no-by",
        "RUS",
    ];
    assert!(folder.refused(&ballots).contains("--no-by is for counts"));
    // A code of one's own is known from a group or a table.
    let own = [
        "--rule",
        "no member of Board against",
        "--yes",
        "2",
        "--no",
        "1",
        "--no-by",
        "QZZ",
    ];
    assert!(folder.refused(&own).contains("unknown participant `QZZ`"));
    let known = [&own[..], &["--group", "Board=QZZ,QZY"]].concat();
    assert_eq!(folder.verdict(&known), "rejected");
}

#[test]
fn members_are_those_of_the_body_on_the_day_and_a_disagreement_is_said() {
    let folder = Folder::new().with(
        "six.csv",
        "code,choice\nFRA,yes\nGBR,yes\nUSA,yes\nBRA,no\nIND,abstain\nKEN,yes\n",
    );
    let base = |args: &[&str]| {
        let decided = folder.json(args);
        let disagree = decided["notes"].to_string().contains("disagree");
        (
            decided["verdict"].clone(),
            decided["base"].clone(),
            disagree,
        )
    };
    let amendment = ["--rule", "ga-charter-amendment", "--yes", "60", "--no", "9"];
    let words = [
        "--rule",
        "at least 2/3 of members",
        "--yes",
        "60",
        "--no",
        "9",
    ];
    for (asked, more, verdict, members, from, disagree) in [
        (
            &amendment,
            &["--on", "2018-12-19"][..],
            "rejected",
            193,
            "roster",
            false,
        ),
        (
            &amendment,
            &["--on", "1958-06-01"],
            "adopted",
            81,
            "roster",
            false,
        ),
        (
            &amendment,
            &["--on", "2018-12-19", "--members", "193"],
            "rejected",
            193,
            "roster",
            false,
        ),
        (
            &amendment,
            &["--on", "2018-12-19", "--members", "70"],
            "rejected",
            193,
            "roster",
            true,
        ),
        (&words, &["--members", "90"], "adopted", 90, "given", false),
        (
            &words,
            &["--body", "unga", "--on", "2018-12-19"],
            "rejected",
            193,
            "roster",
            false,
        ),
        (
            &words,
            &["--body", "bank-board", "--members", "91"],
            "rejected",
            91,
            "given",
            false,
        ),
    ] {
        let found = base(&[&asked[..], more].concat());
        let expected = (
            json!(verdict),
            json!({"members": members, "from": from}),
            disagree,
        );
        assert_eq!(found, expected, "{asked:?} {more:?}");
    }
    let list = ["--rule", "at least 1/2 of members", "--ballots", "six.csv"];
    assert_eq!(
        base(&list),
        (
            json!("adopted"),
            json!({"members": 6, "from": "list"}),
            false
        )
    );
    let listed = |more: &[&str]| base(&[&list[..], more].concat());
    assert_eq!(
        listed(&["--members", "9"]),
        (
            json!("rejected"),
            json!({"members": 9, "from": "given"}),
            true
        )
    );
    assert_eq!(
        listed(&["--body", "unsc", "--on", "1990-01-01"]),
        (
            json!("rejected"),
            json!({"members": 15, "from": "roster"}),
            true
        )
    );
    assert_eq!(
        listed(&["--body", "unsc", "--on", "1960-01-01", "--members", "9"]),
        (
            json!("rejected"),
            json!({"members": 11, "from": "roster"}),
            true
        )
    );
    // Nobody says how many members there are.
    let counts = folder.json(&words);
    assert_eq!(
        (&counts["verdict"], &counts["base"], &counts["missing"]),
        (
            &json!("undetermined"),
            &Value::Null,
            &json!(["the number of members"])
        )
    );
}

#[test]
fn more_votes_than_members_are_not_squeezed_into_the_body() {
    let folder = Folder::new();
    let votes = [
        "--body",
        "unsc",
        "--on",
        "1960-01-01",
        "--rule",
        "at least 2/3 of members",
    ];
    let decided =
        folder.json(&[&votes[..], &["--yes", "14", "--no", "1", "--members", "20"]].concat());
    assert_eq!(decided["base"], json!({"members": 20, "from": "given"}));
    assert_eq!(decided["verdict"], "adopted");
    assert!(
        decided["notes"]
            .to_string()
            .contains("11 by the body's membership"),
        "{decided}"
    );
    let said = folder.refused(&[&votes[..], &["--yes", "14", "--no", "1"]].concat());
    assert!(
        said.contains("15 votes") && said.contains("11 members"),
        "{said}"
    );
    // On a day of admissions, the number that is given settles which.
    let admitted = [
        "--rule",
        "ga-charter-amendment",
        "--on",
        "1956-11-12",
        "--yes",
        "52",
        "--no",
        "0",
    ];
    let open = folder.json(&admitted);
    assert_eq!(
        (&open["verdict"], &open["base"]),
        (&json!("undetermined"), &Value::Null)
    );
    for (members, verdict) in [("76", "adopted"), ("78", "adopted"), ("79", "rejected")] {
        let decided = folder.json(&[&admitted[..], &["--members", members]].concat());
        assert_eq!(decided["verdict"], verdict, "{members}");
        assert_eq!(decided["base"]["from"], "given");
        assert_eq!(decided["notes"], Value::Null);
    }
}

#[test]
fn the_rule_of_a_body_is_assumed_until_the_kind_of_question_is_named() {
    let folder = Folder::new();
    let day = ["--on", "2018-12-19"];
    let decided = |args: &[&str]| {
        let decided = folder.json(&[args, &day].concat());
        let others = decided["alternatives"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let others = others
            .iter()
            .map(|o| json!([o["rule"], o["verdict"], o["changes"]]));
        (
            decided["rule"]["id"].clone(),
            decided["verdict"].clone(),
            decided["rule_assumed"].clone(),
            Value::from_iter(others),
        )
    };
    let votes = |yes: &'static str, no: &'static str| ["--body", "unga", "--yes", yes, "--no", no];
    let (close, clear) = (votes("100", "80"), votes("150", "5"));
    let ordinary = json!("ga-ordinary");
    assert_eq!(
        decided(&close),
        (
            ordinary.clone(),
            json!("adopted"),
            json!(true),
            json!([["ga-important", "rejected", true]])
        )
    );
    assert_eq!(
        decided(&clear),
        (
            ordinary.clone(),
            json!("adopted"),
            json!(true),
            json!([["ga-important", "adopted", false]])
        )
    );
    for (kind, rule, verdict) in [
        ("ordinary", "ga-ordinary", "adopted"),
        ("important", "ga-important", "rejected"),
        ("peace-and-security", "ga-important", "rejected"),
        ("charter-amendment", "ga-charter-amendment", "rejected"),
    ] {
        let found = decided(&[&close[..], &["--question", kind]].concat());
        assert_eq!(
            found,
            (json!(rule), json!(verdict), json!(false), json!([])),
            "{kind}"
        );
    }
    let council = [
        "--body",
        "unsc",
        "--yes",
        "11",
        "--no",
        "1",
        "--abstain",
        "3",
        "--no-by",
        "RUS",
    ];
    assert_eq!(
        decided(&council),
        (
            json!("sc-substantive"),
            json!("rejected"),
            json!(true),
            json!([["sc-procedural", "adopted", true]])
        )
    );
    let procedural = [&council[..], &["--question", "procedural"]].concat();
    assert_eq!(
        decided(&procedural),
        (
            json!("sc-procedural"),
            json!("adopted"),
            json!(false),
            json!([])
        )
    );
    let (_, text, _) = folder.run(&[&close[..], &day].concat());
    for said in ["assumed", "Art. 18(2)", "the verdict would be rejected"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    for (args, message) in [
        (
            &["--question", "holiday"][..],
            "unknown question `holiday` of unga (expected `admission`",
        ),
        (
            &["--question", "procedural"],
            "unknown question `procedural` of unga",
        ),
    ] {
        let refused = folder.refused(&[&close[..], args].concat());
        assert!(refused.contains(message), "{refused}");
    }
    assert!(
        folder
            .refused(&["--yes", "1"])
            .contains("there is no rule to decide by")
    );
    assert!(
        folder
            .refused(&["--body", "chess-club", "--yes", "1"])
            .contains("no rule is known for `chess-club`")
    );
}

#[test]
fn the_configuration_of_the_folder_states_the_body_and_the_rule() {
    let own = "[defaults]\nbody = 'bank-board'\nrule = 'at least 3/4 of members'\n";
    let folder = Folder::new()
        .with("plenary.toml", own)
        .with("other.toml", "[defaults]\nbody = 'unga'\n")
        .with("wrong.toml", "[defaults]\nrule = 'whatever'\n");
    let votes = [
        "--yes",
        "6",
        "--no",
        "1",
        "--members",
        "9",
        "--on",
        "2018-12-19",
    ];
    let decided = folder.json(&votes);
    assert_eq!(
        (
            &decided["requirement"],
            &decided["verdict"],
            &decided["rule_assumed"]
        ),
        (
            &json!("at least 3/4 of members"),
            &json!("rejected"),
            &json!(false)
        )
    );
    let with = |more: &[&str]| folder.json(&[&votes[..], more].concat());
    for (more, requirement, assumed) in [
        (
            &["--rule", "at least 2/3 of members"][..],
            "at least 2/3 of members",
            false,
        ),
        (&["--body", "bank-board"], "at least 3/4 of members", false),
        (
            &["--body", "unga"],
            "more than 1/2 of present and voting",
            true,
        ),
        (
            &["--config", "other.toml"],
            "more than 1/2 of present and voting",
            true,
        ),
        (
            &["--config", "other.toml", "--question", "important"],
            "at least 2/3 of present and voting",
            false,
        ),
    ] {
        let decided = with(more);
        assert_eq!(decided["requirement"], requirement, "{more:?}");
        assert_eq!(decided["rule_assumed"], assumed, "{more:?}");
    }
    let refused = folder.refused(&[&votes[..], &["--config", "wrong.toml"]].concat());
    assert!(refused.contains("wrong.toml: line 2"), "{refused}");
}

#[test]
fn a_partial_vote_is_decided_where_no_missing_ballot_could_change_it() {
    let folder = Folder::new()
        .with("ten.csv", "code,choice\nCHN,yes\nFRA,yes\nGBR,yes\nUSA,yes\nALB,yes\nBRA,yes\nGAB,yes\nGHA,yes\nIND,yes\nIRL,yes\n");
    let important = ["--rule", "ga-important", "--on", "2018-12-19", "--partial"];
    for (yes, no, verdict, open) in [
        ("180", "4", "adopted", 9),
        ("120", "64", "undetermined", 9),
        ("100", "84", "rejected", 9),
    ] {
        let decided = folder.json(&[&important[..], &["--yes", yes, "--no", no]].concat());
        assert_eq!(
            (&decided["verdict"], &decided["open"]),
            (&json!(verdict), &json!(open)),
            "{yes}-{no}"
        );
        let missing = if verdict == "undetermined" {
            json!(["the ballots of 9 members"])
        } else {
            json!([])
        };
        assert_eq!(decided["missing"], missing);
    }
    let words = [
        "--rule",
        "at least 2/3 of present and voting",
        "--yes",
        "156",
        "--no",
        "4",
        "--partial",
    ];
    assert!(folder.refused(&words).contains("--members"));
    assert_eq!(
        folder.verdict(&[&words[..], &["--members", "169"]].concat()),
        "adopted"
    );
    // The Council's members of the day are on record: Russia is the permanent member that is not on the list.
    let council = [
        "--body",
        "unsc",
        "--question",
        "substantive",
        "--on",
        "2022-02-25",
        "--ballots",
        "ten.csv",
    ];
    assert_eq!(folder.verdict(&council), "adopted");
    let partial = folder.json(&[&council[..], &["--partial"]].concat());
    assert_eq!(
        (
            &partial["verdict"],
            &partial["missing"],
            &partial["base"]["members"]
        ),
        (
            &json!("undetermined"),
            &json!(["the ballot of RUS"]),
            &json!(15)
        )
    );
}

#[test]
fn a_table_or_group_that_nobody_knows_is_named_with_the_nearest() {
    let folder = Folder::new().with("w.csv", "code,population,quota\nFRA,68,3\nDEU,83,4\n");
    let unknown = |args: &[&str]| {
        let decided = folder.json(args);
        (decided["verdict"].clone(), decided["unknown"].clone())
    };
    let votes = ["--yes", "5", "--no", "1"];
    for (rule, verdict, name, kind, nearest) in [
        (
            "at least 65% of populaton",
            "undetermined",
            "populaton",
            "table",
            json!("population"),
        ),
        (
            "no member of P55 against",
            "undetermined",
            "P55",
            "group",
            json!("P5"),
        ),
        (
            "no member of Elders against",
            "undetermined",
            "Elders",
            "group",
            Value::Null,
        ),
        (
            "at least 9 votes; no member of Elders against",
            "rejected",
            "Elders",
            "group",
            Value::Null,
        ),
    ] {
        let expected = json!([{"name": name, "kind": kind, "nearest": nearest}]);
        let found = unknown(&[&votes[..], &["--rule", rule]].concat());
        assert_eq!(found, (json!(verdict), expected), "{rule}");
    }
    let weighed = ["--weights", "w.csv", "--rule", "at least 65% of quotas"];
    let found = unknown(&[&votes[..], &weighed].concat());
    assert_eq!(
        found.1,
        json!([{"name": "quotas", "kind": "table", "nearest": "quota"}])
    );
    let known = ["--weights", "w.csv", "--rule", "at least 65% of quota"];
    assert_eq!(unknown(&[&votes[..], &known].concat()).1, Value::Null);
    let (_, text, _) = folder.run(&[&votes[..], &["--rule", "at least 65% of populaton"]].concat());
    assert!(
        text.contains("unknown table `populaton`, did you mean `population`?"),
        "{text}"
    );
}

#[test]
fn ballots_of_nobody_and_two_of_one_seat_are_refused() {
    let folder = Folder::new()
        .with("nobody.csv", "code,choice\nXYZ,yes\nQQQ,yes\nKEN,no\n")
        .with("seat.csv", "code,choice\nRUS,yes\nKEN,no\nSUN,yes\n")
        .with(
            "left.csv",
            "code,choice\nRUS,yes\nKEN,no\nSUN,not-eligible\n",
        )
        .with("own.csv", "code,population\nXYZ,3\nQQQ,4\nKEN,5\n");
    let assembly = ["--body", "unga", "--on", "1993-12-17", "--ballots"];
    let refused = |file: &str| folder.refused(&[&assembly[..], &[file]].concat());
    let told = refused("nobody.csv");
    assert!(
        told.contains("nobody.csv: unknown participant `XYZ`"),
        "{told}"
    );
    let told = refused("seat.csv");
    assert!(
        told.contains("seat.csv") && told.contains("SUN to RUS"),
        "{told}"
    );
    let elsewhere = [
        "--rule",
        "ga-admission",
        "--yes",
        "9",
        "--in",
        "council=@nobody.csv",
    ];
    assert!(folder.refused(&elsewhere).contains("`XYZ`"));
    let decided = folder.json(&[&assembly[..], &["left.csv"]].concat());
    assert_eq!(decided["left_out"], Value::Null);
    // Codes of one's own: of a table, or in a body of one's own.
    let weighed = ["nobody.csv", "--weights", "own.csv"];
    let decided = folder.json(&[&assembly[..], &weighed].concat());
    assert_eq!(decided["left_out"], json!(["QQQ", "XYZ"]));
    let own = [
        "--rule",
        "more than 1/2 of members",
        "--body",
        "our-board",
        "--ballots",
        "nobody.csv",
    ];
    assert_eq!(folder.verdict(&own), "adopted");
}

#[test]
fn ballots_of_others_than_members_do_not_count_as_in_a_record_that_is_checked() {
    let folder = Folder::new().with(
        "later.csv",
        "code,choice\nSSD,yes\nHRV,yes\nKEN,no\nTWN,not-eligible\n",
    );
    let asked = [
        "--body",
        "unga",
        "--on",
        "1985-12-17",
        "--ballots",
        "later.csv",
    ];
    let decided = folder.json(&asked);
    assert_eq!(
        (
            &decided["verdict"],
            &decided["tally"]["yes"],
            &decided["verdict_with_them"],
            &decided["left_out"]
        ),
        (
            &json!("rejected"),
            &json!(0),
            &json!("adopted"),
            &json!(["HRV", "SSD"])
        )
    );
    let (_, text, _) = folder.run(&asked);
    let told = "without a vote in the body on 1985-12-17: HRV, SSD; their ballots do not count, and with them the verdict would be adopted";
    assert!(text.contains(told), "{text}");
    let members = [
        "--body",
        "unga",
        "--on",
        "2018-12-19",
        "--ballots",
        "later.csv",
    ];
    assert_eq!(folder.json(&members)["left_out"], Value::Null);
}

#[test]
fn a_list_is_decided_as_a_record_of_it_is() {
    let assembly = plenary::bodies::Reference::embedded().body("unga").unwrap();
    // A suspended member, one that came later, and the code of a later holder of a seat.
    for (date, yes, no, verdict, left_out) in [
        ("1995-11-20", "FRA YUG", "KEN", "rejected", Some("YUG")),
        ("1985-11-20", "FRA SSD", "KEN", "rejected", Some("SSD")),
        ("1985-11-20", "FRA RUS", "KEN", "adopted", None),
    ] {
        let [yes, no] = [yes, no].map(|codes| codes.split(' ').collect::<Vec<_>>());
        let members = assembly.members_on(date.parse().unwrap()).unwrap().iter();
        let silent = members.map(|who| who.as_str());
        let silent = silent.filter(|who| !yes.contains(who) && !no.contains(who) && *who != "SUN");
        let silent: Vec<_> = silent.collect();
        let rows = [(&yes, "yes"), (&no, "no"), (&silent, "non-voting")];
        let rows = rows
            .iter()
            .flat_map(|(codes, vote)| codes.iter().map(move |code| format!("{code},{vote}\n")));
        let table = format!("code,choice\n{}", rows.collect::<String>());
        let record = json!({"symbols": ["A/RES/50/9"], "acts": [{"act": "decision", "body": "unga", "date": date,
            "rule": "ga-ordinary", "ballots": {"yes": yes, "no": no, "non-voting": silent}}]});
        let folder = Folder::new()
            .with("list.csv", &table)
            .with("record.json", &record.to_string());
        let asked = [
            "--rule",
            "ga-ordinary",
            "--on",
            date,
            "--ballots",
            "list.csv",
        ];
        let decided = folder.json(&asked);
        let left_out = left_out.map_or(Value::Null, |who| json!([who]));
        let told = (&decided["verdict"], &decided["left_out"]);
        assert_eq!(told, (&json!(verdict), &left_out), "{date} {yes:?}");
        let mut command = Command::cargo_bin("plenary").unwrap();
        let command = command.current_dir(folder.path());
        let shown = [
            "show",
            "A/RES/50/9",
            "--dataset",
            "record.json",
            "--format",
            "json",
        ];
        let output = command.args(shown).output().unwrap();
        let shown: Value = serde_json::from_slice(&output.stdout).unwrap();
        let shown = &shown["decisions"][0];
        let told = (&shown["evaluation"]["verdict"], &shown["left_out"]);
        assert_eq!(told, (&json!(verdict), &left_out), "{date} {yes:?}");
    }
}

#[test]
fn a_number_of_members_that_the_roster_overrules_is_said_to_be() {
    let folder = Folder::new();
    let asked = [
        "--rule",
        "more than 1/2 of members",
        "--body",
        "unga",
        "--on",
        "2018-12-19",
        "--yes",
        "70",
        "--members",
        "120",
    ];
    let decided = folder.json(&asked);
    assert_eq!(decided["base"]["members"], json!(193));
    let note = "the numbers of members disagree: 193 by the body's membership on the day, which is used, and not 120 as given";
    assert_eq!(decided["notes"], json!([note]));
}

#[test]
fn a_file_of_ballots_that_names_another_body_or_day_is_told() {
    let head =
        "# A vote\ndate: 1950-01-01\nbody: unsc\n\ncode,name,vote\nFRA,France,yes\nGBR,,no\n";
    let folder = Folder::new().with("filled.csv", head);
    let notes = |args: &[&str]| {
        let decided = folder.json(&[args, &["--ballots", "filled.csv"]].concat());
        let notes = decided["notes"].as_array().cloned().unwrap_or_default();
        let of_file = notes.iter().filter_map(Value::as_str);
        let of_file = of_file.filter(|note| note.starts_with("the file of ballots says"));
        of_file.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        notes(&["--rule", "ga-ordinary", "--on", "2018-12-19"]),
        [
            "the file of ballots says body `unsc`; they are decided as those of `unga`",
            "the file of ballots says date 1950-01-01; they are decided as of 2018-12-19"
        ]
    );
    assert_eq!(notes(&["--body", "unsc", "--on", "1950-01-01"]), [""; 0]);
}

#[test]
fn a_failure_is_one_json_document_where_one_is_asked_for() {
    let folder = Folder::new()
        .with("nobody.csv", "code,choice\nXYZ,yes\n")
        .with("odd.csv", "a,b\n1,2\n")
        .with("ok.toml", "# Nothing holds here.\n")
        .with("plenary.toml", "[body\n");
    let run = |args: &[&str]| {
        let mut command = Command::cargo_bin("plenary").unwrap();
        let command = command.current_dir(folder.path());
        let output = command
            .args(args)
            .args(["--format", "json"])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(!output.stderr.is_empty());
        let document: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(
            crate::schema::misfits("unusable.schema.json", &document),
            [""; 0]
        );
        document["unusable"][0]["path"].as_str().unwrap().to_owned()
    };
    for (path, args) in [
        (
            "none.toml",
            &[
                "decide",
                "--rule",
                "ga-ordinary",
                "--yes",
                "1",
                "--config",
                "none.toml",
            ][..],
        ),
        (
            "nobody.csv",
            &[
                "decide",
                "--rule",
                "ga-ordinary",
                "--ballots",
                "nobody.csv",
                "--config",
                "ok.toml",
            ],
        ),
        ("command line", &["show", "no symbol"]),
    ] {
        assert_eq!(run(args), path, "{args:?}");
    }
    // The configuration, which may name reference data, is read by all that look something up.
    for args in [
        &["decide", "--rule", "ga-ordinary", "--yes", "1"][..],
        &["import", "odd.csv", "-o", "out"],
        &["compare", "odd.csv", "odd.csv"],
        &["agree", "odd.csv"],
        &["cohesion", "odd.csv"],
    ] {
        let governed = run(args);
        assert!(governed.ends_with("plenary.toml"), "{args:?}: {governed}");
    }
    std::fs::remove_file(folder.path().join("plenary.toml")).unwrap();
    for args in [
        &["import", "odd.csv", "-o", "out"][..],
        &["agree", "odd.csv"],
        &["cohesion", "odd.csv"],
    ] {
        assert_eq!(run(args), "odd.csv", "{args:?}");
    }
}

#[test]
fn the_weights_of_the_council_of_the_european_union_add_up_as_published() {
    let Some(weights) = plenary_testing::shared("others/eu_council_weights.csv") else {
        return;
    };
    let fifteen = "AUT BEL DNK FIN FRA DEU GRC IRL ITA LUX NLD PRT ESP SWE GBR";
    let later = "BGR HRV CYP CZE EST HUN LVA LTU MLT POL ROU SVK SVN";
    let folder = tempfile::tempdir().unwrap();
    for (members, rule, day, met) in [
        (
            fifteen.to_owned(),
            "at least 62/87 of v15",
            "2003-01-01",
            "87 of 87 v15",
        ),
        (
            format!("{fifteen} {later}"),
            "at least 255/345 of v25",
            "2014-01-01",
            "352 of 352 v25",
        ),
    ] {
        let mut ballots = String::from("state,vote\n");
        for code in members.split(' ') {
            ballots.push_str(&format!("{code},yes\n"));
        }
        let path = folder.path().join("ballots.csv");
        std::fs::write(&path, ballots).unwrap();
        let output = assert_cmd::Command::cargo_bin("plenary")
            .unwrap()
            .args(["decide", "--rule", rule, "--on", day, "--ballots"])
            .arg(&path)
            .arg("--weights")
            .arg(&weights)
            .assert()
            .success();
        let shown = String::from_utf8(output.get_output().stdout.clone()).unwrap();
        assert!(shown.contains(met), "{shown}");
    }
}
