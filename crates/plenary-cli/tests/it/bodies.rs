//! The records of other bodies in `fixtures/bodies`, checked and shown.

use assert_cmd::Command;
use serde_json::Value;

fn plenary() -> Command {
    let mut command = Command::cargo_bin("plenary").expect("the command is built");
    command.current_dir(crate::schema::root());
    command
}

fn shown(title: &str, file: &str) -> String {
    let mut command = plenary();
    let shown = command.args(["show", title, "--dataset", file]).assert();
    String::from_utf8(shown.success().get_output().stdout.clone()).unwrap()
}

#[test]
fn every_record_is_in_order_and_fits_the_schema() {
    let folder = crate::schema::root().join("fixtures/bodies");
    let mut records = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = || std::fs::read_to_string(&path).unwrap();
        let documents: Vec<Value> = match path.extension().and_then(|end| end.to_str()) {
            Some("json") => vec![serde_json::from_str(&text()).unwrap()],
            Some("jsonl") => {
                let text = text();
                let lines = text.lines().map(serde_json::from_str);
                lines.map(Result::unwrap).collect()
            }
            _ => continue,
        };
        records += documents.len();
        for document in documents {
            let misfits = crate::schema::misfits("agreement.schema.json", &document);
            assert_eq!(misfits, [""; 0], "{}", path.display());
        }
        let checked = plenary().arg("check").arg(&path).assert().success();
        let said = String::from_utf8(checked.get_output().stdout.clone()).unwrap();
        assert!(said.contains("nothing found"), "{}: {said}", path.display());
    }
    assert!(records >= 17, "{records}");
}

#[test]
fn every_vote_is_decided_by_the_rule_of_its_body_and_day() {
    let eu = "fixtures/bodies/eu-council.jsonl";
    let senate = "fixtures/bodies/us-senate.jsonl";
    let swiss = "fixtures/bodies/swiss-popular-vote.jsonl";
    for (file, title, says) in [
        (
            eu,
            "EU Council, three large states against, October 2014",
            "adopted: 2 of 2 conditions hold",
        ),
        (
            eu,
            "EU Council, three large states against, October 2014",
            "met:  265 nice-votes",
        ),
        (
            eu,
            "EU Council, four states against, October 2014",
            "not met:  238 nice-votes",
        ),
        (
            eu,
            "EU Council, three large states against, November 2014",
            "adopted: 2 of 2 conditions hold",
        ),
        (
            eu,
            "EU Council, three against and one abstaining, November 2014",
            "rejected: 1 of 2 conditions",
        ),
        (
            eu,
            "Relocation of asylum seekers, (EU) 2015/1601",
            "adopted: 2 of 2 conditions hold",
        ),
        (
            senate,
            "US Senate 109-1, vote 29, cloture",
            "adopted: 69 of 100 members",
        ),
        (
            senate,
            "US Senate 109-1, vote 364, cloture",
            "rejected: 56 of 100 members",
        ),
        (
            senate,
            "New START Treaty, consent of the US Senate",
            "adopted: 71 of 97 present",
        ),
        (
            senate,
            "Comprehensive Nuclear-Test-Ban Treaty, consent of the US Senate",
            "rejected: 48 of 100 present",
        ),
        (
            swiss,
            "Swiss popular vote on federal finances, 1970",
            "9 of 22 cantonal-votes",
        ),
        (
            swiss,
            "Swiss popular vote on the business cycle, 1975",
            "11 of 22 cantonal-votes",
        ),
        (
            swiss,
            "Swiss popular vote on energy, 1983",
            "11 of 23 cantonal-votes",
        ),
        (
            swiss,
            "Swiss popular vote on energy, 1983",
            "rejected: 1 of 2 conditions does not hold",
        ),
        (
            "fixtures/bodies/ilo-conference.jsonl",
            "ILO Convention 190 on violence and harassment",
            "adopted: 439 of 446 present and voting",
        ),
        (
            "fixtures/bodies/ilo-conference.jsonl",
            "ILO convention on work in fishing, first vote",
            "rejected: there was no quorum: 296 of 594 attending voting",
        ),
        (
            "fixtures/bodies/ilo-conference.jsonl",
            "ILO example: four delegates of one member vote apart",
            "adopted: 3 of 4 present and voting",
        ),
        (
            "fixtures/bodies/unesco.jsonl",
            "UNESCO, admission of Palestine",
            "adopted: 107 of 121 present and voting",
        ),
    ] {
        let page = shown(title, file);
        assert!(page.contains(says), "{title}: {says}\n{page}");
    }
}

#[test]
fn an_election_is_shown_round_by_round_with_what_the_rule_makes_of_it() {
    let page = shown(
        "Security Council election 2020",
        "fixtures/bodies/un-election-2020.json",
    );
    insta::assert_snapshot!(page);
    let mut command = plenary();
    let file = "fixtures/bodies/un-election-2020.json";
    let title = "security council election 2020";
    let shown = command.args(["show", title, "--dataset", file, "--format", "json"]);
    let output = shown.assert().success();
    let account: Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
    assert_eq!(
        crate::schema::misfits("show.schema.json", &account),
        [""; 0]
    );
    let round = |at: usize| &account["elections"][0]["contests"][0][at];
    assert_eq!(
        (&round(0)["needed"], &round(1)["needed"]),
        (&128.into(), &128.into())
    );
    assert_eq!(
        round(0)["outcome"]["next-ballot"],
        serde_json::json!(["KEN", "DJI"])
    );
    assert_eq!(round(1)["outcome"]["elected"], serde_json::json!(["KEN"]));
}

#[test]
fn an_election_of_one_without_the_majority_is_an_error_with_its_round() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("election.json");
    let right = crate::schema::root().join("fixtures/bodies/un-election-2020.json");
    let right = std::fs::read_to_string(right).unwrap();
    for (from, to, said) in [
        (
            r#""elected": ["IND"]"#,
            r#""elected": ["IND", "KEN"]"#,
            "round 1: those elected are not those with the majority",
        ),
        (
            r#""KEN": 129"#,
            r#""KEN": 127"#,
            "round 2: those elected are not those with the majority",
        ),
        (
            r#""seats": 2"#,
            r#""seats": 1"#,
            "more are elected than there are seats",
        ),
        (
            r#""KEN": 113"#,
            r#""KEN": 193"#,
            "more votes than there are ballots",
        ),
        (
            r#""KEN": 113, "DJI": 78"#,
            r#""KEN": 190, "DJI": 78"#,
            "more votes than the ballots can hold",
        ),
        (
            r#"["KEN", "DJI"]"#,
            r#"["KEN"]"#,
            "to whom the round was not restricted",
        ),
        (
            r#""restricted-to": ["KEN", "DJI"]"#,
            r#""restricted-to": ["KEN", "DJI", "IND"]"#,
            "is not restricted to those with most votes",
        ),
    ] {
        assert!(right.contains(from), "{from}");
        std::fs::write(&path, right.replacen(from, to, 1)).unwrap();
        let checked = plenary().arg("check").arg(&path).assert().code(1);
        let told = String::from_utf8(checked.get_output().stdout.clone()).unwrap();
        assert!(
            told.contains("election-mismatch") && told.contains(said),
            "{to}: {told}"
        );
    }
}

#[test]
fn everything_that_is_wrong_with_a_folder_is_said_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let bodies = folder.path().join("our/bodies");
    std::fs::create_dir_all(&bodies).unwrap();
    std::fs::write(
        bodies.join("board.toml"),
        "format = 1\nname = \"Board\"\nfrom = 2001-01-01\n[kinds]\nordinary = { rules = [{ from = 2001-01-01, requirement = \"more than 1/2 of present and voting\", source = \"s\" }] }\n",
    )
    .unwrap();
    std::fs::write(
        bodies.join("board.members.csv"),
        "member,from,to,status\nFRA,2001-13-01,,\nPER,2001-01-01,,chief\n",
    )
    .unwrap();
    let said = |reference: &str| {
        let mut command = plenary();
        let command = command.current_dir(folder.path());
        let command = command.args(["bodies", "board", "--reference", reference]);
        String::from_utf8(command.assert().code(2).get_output().stderr.clone()).unwrap()
    };
    let wrong = said("our");
    for line in [2, 3] {
        let place = format!("error: our/bodies/board.members.csv, line {line}, ");
        assert_eq!(wrong.matches(&place).count(), 1, "{wrong}");
    }
    assert_eq!(wrong.matches("  help: ").count(), 2, "{wrong}");
    assert!(
        said("nowhere").starts_with("error: nowhere: "),
        "{}",
        said("nowhere")
    );
    assert!(
        said("our/bodies").starts_with("error: our/bodies: the folder holds no reference data")
    );
}

#[test]
fn a_share_of_the_members_of_the_african_union_is_counted_among_its_members() {
    let file = crate::schema::root().join("fixtures/bodies/african-union.csv");
    let whole = std::fs::read_to_string(&file).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let answer = |text: &str| {
        let path = folder.path().join("acts.csv");
        std::fs::write(&path, text).unwrap();
        let mut command = plenary();
        command.arg("treaty").arg(&path);
        command.args(["--body", "african-union", "--on", "2001-06-01"]);
        command.args(["--in-force-when", "at least 2/3 of members; 30 days"]);
        String::from_utf8(command.assert().success().get_output().stdout.clone()).unwrap()
    };
    let met = answer(&whole);
    assert!(met.contains("in force since 2001-05-26"), "{met}");
    let (without_the_last, last) = whole.trim_end().rsplit_once('\n').unwrap();
    let unmet = answer(without_the_last);
    assert!(unmet.contains("not met: 35 of 53 members"), "{unmet}");
    // The instrument of a State outside the Union adds nothing.
    let stranger = last.replace(",NER,", ",FRA,");
    let unmet = answer(&format!("{without_the_last}\n{stranger}\n"));
    assert!(unmet.contains("not met: 35 of 53 members"), "{unmet}");
    plenary()
        .args(["treaty", "--body", "no-such-union"])
        .arg(&file)
        .assert()
        .code(2);
}

#[test]
fn decisions_of_other_records_are_found_in_a_file_and_in_a_dataset() {
    let swiss = crate::schema::root().join("fixtures/bodies/swiss-popular-vote.jsonl");
    let swiss = std::fs::read_to_string(swiss).unwrap();
    let both: Value = serde_json::from_str(swiss.lines().next().unwrap()).unwrap();
    // The two votes of 1970 as two records, of which one refers to the other by its symbol.
    let [mut people, mut cantons] = [0, 1].map(|at| {
        let mut one = both.clone();
        one["acts"] = serde_json::json!([both["acts"][at]]);
        one
    });
    cantons["symbols"] = serde_json::json!(["CH-1970-11-15-cantons"]);
    cantons["title"] = "The cantons".into();
    people["title"] = "The people".into();
    people["acts"][0]["with"] = serde_json::json!({"cantons": "CH-1970-11-15-cantons"});
    let council = serde_json::json!({"symbols": ["S/RES/69(1949)"], "acts": [{"act": "decision", "date": "1949-03-04", "partial": true,
        "announced": {"yes": 9, "no": 1, "abstain": 1}, "ballots": {"no": ["EGY"]}, "outcome": "adopted"}]});
    let assembly = serde_json::json!({"symbols": ["A/RES/273(III)"], "acts": [{"act": "decision", "date": "1949-05-11",
        "question": {"kind": "admission"}, "with": {"council": "S/RES/69(1949)"}, "outcome": "adopted",
        "announced": {"yes": 37, "no": 12, "abstain": 9}}]});
    let bill = |title: &str, body: &str, yes: u32, with: Value| {
        serde_json::json!({"title": title, "kind": "bill", "symbols": [format!("{body}-7")], "acts": [{"act": "decision", "body": body,
            "date": "2020-05-05", "announced": {"yes": yes, "no": 10}, "with": with}]})
    };
    let lower = bill(
        "The lower house",
        "lower-house",
        60,
        serde_json::json!({"upper": "upper-house-7"}),
    );
    let upper = bill("The upper house", "upper-house", 6, serde_json::json!({}));
    let folder = tempfile::tempdir().unwrap();
    let bodies = folder.path().join("our/bodies");
    std::fs::create_dir_all(&bodies).unwrap();
    for (body, organs, requirement) in [
        (
            "lower-house",
            "organs = { upper = \"upper-house\" }, ",
            "more than 1/2 of present and voting; in upper (more than 1/2 of present and voting)",
        ),
        ("upper-house", "", "more than 1/2 of present and voting"),
    ] {
        let text = format!(
            "format = 1\nname = \"{body}\"\nfrom = 2001-01-01\n[kinds]\nordinary = {{ {organs}rules = [{{ from = 2001-01-01, requirement = \"{requirement}\", source = \"s\" }}] }}\n"
        );
        std::fs::write(bodies.join(format!("{body}.toml")), text).unwrap();
    }
    let records = [people, assembly, lower, council, cantons, upper];
    let lines: Vec<_> = records.iter().map(Value::to_string).collect();
    let file = folder.path().join("records.jsonl");
    std::fs::write(&file, lines.join("\n")).unwrap();
    let dataset = folder.path().join("dataset");
    let mut import = plenary();
    import
        .arg("import")
        .arg(&file)
        .arg("--output")
        .arg(&dataset);
    import.assert().success();
    for input in [&file, &dataset] {
        for (title, says) in [
            ("The people", "rejected: 1 of 2 conditions does not hold"),
            ("The people", "9 of 22 cantonal-votes"),
            ("A/RES/273(III)", "adopted: 2 of 2 conditions hold"),
            (
                "The lower house",
                "rejected: 1 of 2 conditions does not hold",
            ),
            ("The lower house", "6 of 16 present and voting"),
        ] {
            let mut command = plenary();
            command.args(["show", title, "--dataset"]).arg(input);
            command.arg("--reference").arg(folder.path().join("our"));
            let page = command.assert().success();
            let page = String::from_utf8(page.get_output().stdout.clone()).unwrap();
            assert!(
                page.contains(says),
                "{title} of {}: {says}\n{page}",
                input.display()
            );
        }
        let mut check = plenary();
        check
            .arg("check")
            .arg(input)
            .args(["--format", "json", "--reference"]);
        check.arg(folder.path().join("our"));
        let output = check.output().unwrap();
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let counts = &report["decisions"];
        assert_eq!(
            (&counts["total"], &counts["decided"]),
            (&6.into(), &6.into()),
            "{report}"
        );
    }
}

#[test]
fn the_examples_of_the_page_of_documents_are_in_order_and_decided_as_it_says() {
    let page = crate::schema::root().join("docs/formats/plenary-json.md");
    let page = std::fs::read_to_string(page).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut shown = String::new();
    let is_record = |block: &str| {
        let first = block.trim_start_matches(['{', ' ', '\n']);
        first.starts_with("\"title\"")
    };
    let blocks = page.split("```json\n").skip(1);
    let blocks = blocks.filter_map(|block| block.split("\n```").next());
    for (at, block) in blocks.filter(|block| is_record(block)).enumerate() {
        let path = folder.path().join(format!("{at}.json"));
        std::fs::write(&path, block).unwrap();
        let document: Value = serde_json::from_str(block).unwrap();
        let mut check = plenary();
        check.arg("check").arg(&path);
        if at > 0 {
            // The first is an excerpt of a list of 193.
            check.assert().success();
        }
        let title = document["title"].as_str().unwrap();
        let mut show = plenary();
        show.args(["show", title, "--dataset"]).arg(&path);
        shown += &String::from_utf8(show.output().unwrap().stdout).unwrap();
    }
    for part in [
        "rejected: 1 of 2 conditions does not hold\n    not met:  9 of 21 present and voting",
        "met:  in house\n          met:  60 of 100 present and voting",
        "rejected: HUN against",
        "in force since 2013-05-05: completed by LTU on 2013-04-05",
    ] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
}

/// The record of the decision by which the Assembly adopted the amendment of Articles 23 and 27, and that of the amendment, with
/// invented ratifications: `others` members in July 1965 and the permanent members, of which the last is on 31 August.
fn amendment(yes: u32, others: usize, relations: Value) -> [Value; 2] {
    let resolution = serde_json::json!({"title": "Question of equitable representation", "symbols": ["A/RES/1991(XVIII)[A]"],
        "acts": [{"act": "decision", "date": "1963-12-17", "question": {"kind": "charter-amendment"},
            "announced": {"yes": yes, "no": 108 - yes, "abstain": 4}}]});
    let day = "1965-07-01".parse().unwrap();
    let members = plenary::bodies::Reference::embedded();
    let members = members.body("unga").unwrap().members_on(day).unwrap();
    let members = members.iter().map(ToString::to_string);
    let permanent = ["CHN", "FRA", "GBR", "SUN", "USA"];
    let others = members
        .filter(|who| !permanent.contains(&who.as_str()))
        .take(others);
    let ratify = |who: String, date: &str| serde_json::json!({"act": "action", "participant": who, "kind": "ratification", "date": date});
    let others = others.map(|who| ratify(who, "1965-07-01"));
    let permanent = permanent.map(|who| {
        ratify(
            who.into(),
            if who == "USA" {
                "1965-08-31"
            } else {
                "1965-08-01"
            },
        )
    });
    let acts: Vec<_> = others.chain(permanent).collect();
    let treaty = serde_json::json!({"kind": "treaty", "title": "Amendment of Articles 23 and 27", "relations": relations,
        "in-force-since": "1965-08-31", "acts": acts});
    [treaty, resolution]
}

#[test]
fn a_clause_that_is_not_met_counts_the_members_of_the_day() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("acts.csv");
    let acts = ["FRA", "SUN", "USA"].map(|code| format!("x,{code},ratification,1964-05-05\n"));
    let table = format!("agreement,participant,act,date\n{}", acts.concat());
    std::fs::write(&path, table).unwrap();
    for (day, members) in [("1964-06-01", 112), ("2018-12-19", 193)] {
        let mut command = plenary();
        command
            .args(["treaty", "--body", "unga", "--on", day])
            .arg(&path);
        command.args(["--in-force-when", "at least 2/3 of members"]);
        let said = String::from_utf8(command.output().unwrap().stdout).unwrap();
        assert!(said.contains(&format!("3 of {members} members")), "{said}");
    }
}

#[test]
fn an_amendment_is_ratified_as_the_decision_that_adopted_it_asks() {
    let folder = tempfile::tempdir().unwrap();
    let by_symbol = serde_json::json!([{"kind": "adopted-by", "to": "A/RES/1991(XVIII) A"}]);
    let by_id = |records: [Value; 2]| {
        let agreement: plenary::types::Agreement =
            serde_json::from_value(records[1].clone()).unwrap();
        serde_json::json!([{"kind": "adopted-by", "to": agreement.derived_id().unwrap().to_string()}])
    };
    let by_id = by_id(amendment(97, 73, by_symbol.clone()));
    let clause = "at least 2/3 of members; all of P5 (Charter, Art. 108, as it was adopted by `";
    for (name, yes, others, relations, verdict, says, finds) in [
        (
            "symbol",
            97,
            73,
            &by_symbol,
            "adopted",
            &[clause, "in force since 1965-08-31"][..],
            &[][..],
        ),
        (
            "id",
            97,
            73,
            &by_id,
            "adopted",
            &[clause, "in force since 1965-08-31"],
            &[],
        ),
        // 75 is less than two thirds of the 114 members on that day.
        (
            "few",
            97,
            70,
            &by_symbol,
            "adopted",
            &[clause, "not met: 75 of "],
            &["entry-into-force-mismatch"],
        ),
        (
            "rejected",
            70,
            73,
            &by_symbol,
            "rejected",
            &["which is said to have adopted it, was rejected"],
            &["adoption-mismatch"],
        ),
    ] {
        let records = amendment(yes, others, relations.clone());
        let lines: Vec<_> = records.iter().map(Value::to_string).collect();
        let file = folder.path().join(format!("{name}.jsonl"));
        std::fs::write(&file, lines.join("\n")).unwrap();
        let dataset = folder.path().join(name);
        let mut import = plenary();
        import
            .arg("import")
            .arg(&file)
            .arg("--output")
            .arg(&dataset);
        import.assert().success();
        for input in [&file, &dataset] {
            let printed = |command: &mut assert_cmd::Command| {
                String::from_utf8(command.output().unwrap().stdout).unwrap()
            };
            let resolution = printed(
                plenary()
                    .args(["show", "A/RES/1991(XVIII)[A]", "--dataset"])
                    .arg(input),
            );
            assert!(
                resolution.contains(&format!("{verdict}: ")),
                "{name}: {resolution}"
            );
            let treaty = printed(
                plenary()
                    .arg("treaty")
                    .arg(input)
                    .args(["--on", "1966-01-01"]),
            );
            let page = printed(
                plenary()
                    .args(["show", "Amendment of Articles 23 and 27", "--dataset"])
                    .arg(input),
            );
            for says in says {
                for page in [&treaty, &page] {
                    assert!(page.contains(says), "{name}: {says}\n{page}");
                }
            }
            let report = printed(plenary().arg("check").arg(input).args(["--format", "json"]));
            let report: Value = serde_json::from_str(&report).unwrap();
            let found = report["findings"].as_array().unwrap().iter();
            let found: Vec<_> = found
                .map(|finding| finding["check"].as_str().unwrap())
                .collect();
            let found: Vec<_> = found
                .into_iter()
                .filter(|check| ["adoption-mismatch", "entry-into-force-mismatch"].contains(check))
                .collect();
            assert_eq!(found, finds, "{name}: {report}");
        }
    }
    // A clause of the record's own goes before the one that follows from the decision.
    let [mut treaty, resolution] = amendment(97, 73, by_symbol);
    treaty["in-force-when"] = "10 instruments".into();
    let file = folder.path().join("own.jsonl");
    std::fs::write(&file, format!("{treaty}\n{resolution}\n")).unwrap();
    let page = plenary().arg("treaty").arg(&file).output().unwrap().stdout;
    let page = String::from_utf8(page).unwrap();
    assert!(
        page.contains("enters into force with: at least 10 instruments\n"),
        "{page}"
    );
    assert!(page.contains("in force since 1965-07-01"), "{page}");
}
