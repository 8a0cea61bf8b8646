//! Records of bodies in which only some states sit.

use plenary_bodies::Reference;
use plenary_types::{Agreement, NoOrigin, Severity};
use plenary_validation::Validator;

/// What is reported of a decision: check, severity, what was expected and what was found.
fn told(body: &str, date: &str, fields: &str) -> Vec<String> {
    let text = format!(
        r#"{{"title": "made up", "acts": [{{"act": "decision", "body": "{body}", "date": "{date}", "outcome": "adopted", {fields}}}]}}"#
    );
    let agreement: Agreement = serde_json::from_str(&text).unwrap();
    let findings = Validator::default().check(&agreement, &NoOrigin);
    let line = |finding: &plenary_types::Finding| {
        let severity = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            _ => "note",
        };
        let words = [&finding.expected, &finding.found];
        let words = words.map(|text| text.as_deref().unwrap_or("-"));
        format!("{} {severity}: {} / {}", finding.check, words[0], words[1])
    };
    findings.iter().map(line).collect()
}

#[test]
fn the_number_of_members_is_that_of_the_seats_that_were_filled() {
    let members = |body: &str, date: &str, members: u32| {
        let rest = members - 12;
        told(
            body,
            date,
            &format!(
                r#""announced": {{"yes": 12, "no": 0, "abstain": 0, "non-voting": {rest}, "members": {members}}}"#
            ),
        )
    };
    for (body, date, number, expected) in [
        ("ecosoc", "1965-11-23", 18, None),
        ("ecosoc", "1965-11-23", 27, Some("18")),
        ("ecosoc", "1966-02-23", 27, None),
        ("ecosoc", "1966-02-23", 18, Some("27")),
        ("ecosoc", "1973-10-18", 27, None),
        ("ecosoc", "1973-10-18", 54, None),
        ("ecosoc", "1973-10-18", 55, Some("27 to 54")),
        ("ecosoc", "1974-05-13", 27, Some("54")),
        ("hrc", "2011-03-24", 46, None),
        ("hrc", "2011-03-24", 47, None),
        ("hrc", "2011-03-24", 45, Some("46 to 47")),
        ("hrc", "2012-03-22", 46, Some("47")),
        ("hrc", "2022-04-30", 46, None),
        ("hrc", "2022-07-07", 47, None),
        ("hrc", "2022-07-07", 48, Some("47")),
    ] {
        let expected = expected.map(|range| format!("member-count error: {range} / {number}"));
        let expected: Vec<_> = expected.into_iter().collect();
        assert_eq!(
            members(body, date, number),
            expected,
            "{body} of {number} on {date}"
        );
    }
}

#[test]
fn a_suspended_member_of_the_human_rights_council_may_be_listed_and_may_not_vote() {
    let vote = |date: &str, list: &str| {
        told(
            "hrc",
            date,
            &format!(r#""partial": true, "ballots": {{{list}}}"#),
        )
    };
    for (date, state, suspended) in [
        ("2011-02-28", "LBY", false),
        ("2011-03-24", "LBY", true),
        ("2011-11-17", "LBY", true),
        ("2011-11-19", "LBY", false),
        ("2022-04-06", "RUS", false),
        ("2022-04-30", "RUS", true),
        ("2022-10-06", "LBY", false),
    ] {
        let found = vote(date, &format!(r#""yes": ["CHN"], "no": ["{state}"]"#));
        let found = found
            .iter()
            .filter(|line| line.starts_with("vote-while-suspended"));
        let found: Vec<_> = found.map(String::as_str).collect();
        let expected = "vote-while-suspended warning: non-voting or not-eligible / no";
        assert_eq!(
            found == [expected],
            suspended,
            "{state} on {date}: {found:?}"
        );
        assert_eq!(found.is_empty(), !suspended, "{state} on {date}: {found:?}");
        let listed = vote(
            date,
            &format!(r#""yes": ["CHN"], "non-voting": ["{state}"]"#),
        );
        assert_eq!(listed, Vec::<String>::new(), "{state} on {date}");
    }
}

#[test]
fn another_state_on_the_list_of_the_council_is_an_error_where_its_terms_are_confirmed() {
    let council_on =
        |date: &str, list: &str| told("unsc", date, &format!(r#""ballots": {{"yes": [{list}]}}"#));
    let council = |list: &str| council_on("1985-06-21", list);
    let members = |tenth: &str| {
        let codes = "AUS BFA CHN DNK EGY FRA GBR IND MDG SUN THA TTO UKR USA".split(' ');
        let quoted = codes.chain([tenth]).map(|code| format!("\"{code}\""));
        quoted.collect::<Vec<_>>().join(", ")
    };
    assert_eq!(council(&members("PER")), Vec::<String>::new());
    let found = council(&members("CHL"));
    let expected = [
        "missing-member error: PER on the list of 1985-06-21 / 15 names without it",
        "not-a-member error: a member of the body / CHL on the list of 1985-06-21",
    ];
    let mut found: Vec<_> = found.iter().map(String::as_str).collect();
    found.sort_unstable();
    assert_eq!(found, expected);
    // No list of votes that was read confirms the terms from 2025 on.
    let codes = "CHN DNK DZA FRA GBR GRC GUY KOR PAK PAN RUS SLE SOM USA PER".split(' ');
    let quoted: Vec<_> = codes.map(|code| format!("\"{code}\"")).collect();
    let mut found = council_on("2025-06-04", &quoted.join(", "));
    found.sort_unstable();
    let expected = [
        "missing-member warning: SVN on the list of 2025-06-04 / 15 names without it",
        "not-a-member warning: a member of the body / PER on the list of 2025-06-04",
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_short_list_of_the_council_of_the_european_union_is_a_warning_because_some_may_decide_alone() {
    let found = told(
        "eu-council",
        "2015-09-22",
        r#""announced": {"yes": 4, "no": 1, "abstain": 0, "non-voting": 0, "members": 5}, "ballots": {"yes": ["AUT", "BEL", "BGR"], "no": ["BRA"]}"#,
    );
    let of = |check: &str| {
        found
            .iter()
            .filter(|line| line.starts_with(check))
            .collect::<Vec<_>>()
    };
    let expected = [
        "member-count warning: 28 / 5",
        "member-count warning: 28 / 4",
    ];
    assert_eq!(of("member-count"), expected);
    assert_eq!(
        of("not-a-member"),
        [
            "not-a-member error: never a member of the Council of the European Union / BRA on the list of 2015-09-22"
        ]
    );
    assert_eq!(of("missing-member").len(), 1);
}

/// What is reported of the list of a body that a user's files describe.
fn of_users_body(file: &str, members: &str, date: &str, yes: &[&str]) -> Vec<String> {
    let head = "format = 1\nname = \"Board\"\nfrom = 2000-01-01\n";
    let kinds = "[kinds]\nordinary = { rules = [{ from = 2000-01-01, requirement = \"more than 1/2 of members\", source = \"law\" }] }\n";
    let files = [
        ("bodies/board.toml", format!("{head}{file}\n{kinds}")),
        ("bodies/board.members.csv", members.to_owned()),
    ];
    let reference = plenary_bodies::Reference::embedded().with_files("test", files);
    let validator = Validator::default().with_reference(reference.unwrap());
    let yes: Vec<_> = yes.iter().map(|who| format!("\"{who}\"")).collect();
    let text = format!(
        r#"{{"title": "made up", "acts": [{{"act": "decision", "body": "board", "date": "{date}", "ballots": {{"yes": [{}]}}}}]}}"#,
        yes.join(", ")
    );
    let agreement: Agreement = serde_json::from_str(&text).unwrap();
    let found = validator.check(&agreement, &NoOrigin);
    let of_list = found
        .iter()
        .filter(|f| ["missing-member", "not-a-member"].contains(&&*f.check));
    let lines = of_list.map(|f| format!("{}: {}", f.check, f.message));
    lines.collect()
}

#[test]
fn persons_parties_and_units_are_members_on_the_days_of_a_users_roster() {
    let persons = "member,from,to\nperson:anna,2000-01-01,\nperson:bela,2000-01-01,2010-01-01\nperson:carl,2010-01-01,\n";
    let parties = persons.replace("person:", "party:");
    for (file, members, kind) in [
        ("member-kind = \"person\"", persons.to_owned(), "person"),
        ("member-kind = \"party\"", parties, "party"),
    ] {
        let board = |date: &str, yes: &[&str]| {
            let yes: Vec<_> = yes.iter().map(|who| format!("{kind}:{who}")).collect();
            let yes: Vec<_> = yes.iter().map(String::as_str).collect();
            of_users_body(file, &members, date, &yes)
        };
        assert_eq!(board("2005-01-01", &["anna", "bela"]), [""; 0], "{kind}");
        assert_eq!(board("2015-01-01", &["anna", "carl"]), [""; 0], "{kind}");
        let late = board("2015-01-01", &["anna", "bela"]);
        let expected = [
            format!("not-a-member: {kind}:bela was no member at the date"),
            format!("missing-member: the list lacks {kind}:carl"),
        ];
        assert_eq!(late, expected);
    }
    let units = "units = [\"employer\", \"worker\"]";
    let members = "member,from,to\nAUT,2000-01-01,\nBGR,2010-01-01,\n";
    let board = |date: &str, yes: &[&str]| of_users_body(units, members, date, yes);
    let austria = ["unit:AUT/employer", "unit:AUT/worker"];
    assert_eq!(board("2005-01-01", &austria), [""; 0]);
    assert_eq!(
        board("2015-01-01", &[austria[0], austria[1], "unit:BGR/worker"]),
        ["missing-member: the list lacks unit:BGR/employer"]
    );
    assert_eq!(
        board("2005-01-01", &[austria[0], austria[1], "unit:BGR/worker"]),
        ["not-a-member: unit:BGR/worker was no member at the date"]
    );
    assert_eq!(
        board("2005-01-01", &[austria[0], "AUT"]),
        [
            "not-a-member: Austria was no member at the date",
            "missing-member: the list lacks unit:AUT/worker"
        ]
    );
}

/// The findings on a decision: check and severity.
fn found(validator: &Validator, fields: &str) -> Vec<String> {
    let text = format!(r#"{{"title": "made up", "acts": [{{"act": "decision", {fields}}}]}}"#);
    let agreement: Agreement = serde_json::from_str(&text).unwrap();
    let findings = validator.check(&agreement, &NoOrigin);
    let told = findings
        .iter()
        .map(|found| format!("{} {}", found.check, found.severity));
    told.collect()
}

#[test]
fn the_words_of_a_body_for_an_outcome_are_compared_with_its_votes() {
    let of = |outcome: &str, yes: u32, no: u32| {
        let fields = format!(
            r#""body": "us-senate", "date": "2006-01-17", "outcome": "{outcome}", "rule": "us-senate-ordinary",
                "announced": {{"yes": {yes}, "no": {no}}}"#
        );
        found(&Validator::default(), &fields)
    };
    assert!(of("Agreed to", 60, 30).is_empty());
    assert!(of("Not Sustained", 30, 60).is_empty());
    assert_eq!(of("Agreed to", 30, 60), ["outcome-mismatch error"]);
    assert_eq!(of("Rejected", 60, 30), ["outcome-mismatch error"]);
    assert_eq!(of("Cheered", 30, 60), ["unknown-word note"]);
}

#[test]
fn a_verdict_that_rests_on_an_unverified_weight_grounds_no_error_and_says_so() {
    let of = |weights: &str, rule: &str| {
        let body = format!(
            "format = 1\nname = \"Board\"\nfrom = 2000-01-01\nweights = [{weights}]\n[kinds]\n\
             ordinary = {{ rules = [{{ from = 2000-01-01, requirement = \"{rule}\", source = \"law\" }}] }}\n"
        );
        let files = [
            ("bodies/board.toml", body),
            (
                "weights/shares.csv",
                "member,weight\nAUT,1\nHUN,3\n".to_owned(),
            ),
        ];
        let reference = plenary_bodies::Reference::embedded().with_files("test", files);
        let validator = Validator::default().with_reference(reference.unwrap());
        let text = r#"{"title": "made up", "acts": [{"act": "decision", "body": "board", "date": "2005-05-05", "outcome": "adopted",
            "question": {"kind": "ordinary"}, "ballots": {"yes": ["AUT"], "no": ["HUN"]}}]}"#;
        let agreement: Agreement = serde_json::from_str(text).unwrap();
        let findings = validator.check(&agreement, &NoOrigin);
        let found = findings
            .iter()
            .find(|found| &*found.check == "outcome-mismatch");
        let found = found.unwrap();
        (found.severity.to_string(), found.expected.clone().unwrap())
    };
    let (plain, doubtful) = ("\"shares\"", "{ name = \"shares\", unverified = true }");
    let rule = "more than 1/2 of shares";
    let (severity, expected) = of(plain, rule);
    assert_eq!(
        (&*severity, expected.contains("unverified")),
        ("error", false)
    );
    let (severity, expected) = of(doubtful, rule);
    assert_eq!(severity, "warning");
    assert!(
        expected.ends_with("not more than half (unverified weights)"),
        "{expected}"
    );
    // What does not ask for the weights does not rest on them.
    assert_eq!(of(doubtful, "more than 1/2 of members").0, "error");
}

#[test]
fn a_body_says_how_grave_a_contradiction_of_an_assumed_rule_is() {
    let of = |key: &str, rule: &str| {
        let body = format!(
            "format = 1\nname = \"Club\"\nfrom = 2001-01-01\n{key}\n\n[[kinds.ordinary.rules]]\nfrom = 2001-01-01\n\
             requirement = \"more than 1/2 of present and voting\"\nsource = \"Statute\"\n"
        );
        let files = [("bodies/club.toml", body)];
        let reference = Reference::embedded().with_files("club", files).unwrap();
        let validator = Validator::default().with_reference(reference);
        let fields = format!(
            r#""body": "club", "date": "2010-01-01", "outcome": "adopted", {rule} "announced": {{"yes": 1, "no": 3}}"#
        );
        found(&validator, &fields)
    };
    let stated = r#""question": {"kind": "ordinary"},"#;
    assert_eq!(of("", ""), ["outcome-mismatch error"]);
    assert_eq!(
        of("assumed-findings = \"error\"", ""),
        ["outcome-mismatch error"]
    );
    assert_eq!(
        of("assumed-findings = \"warning\"", ""),
        ["outcome-mismatch warning"]
    );
    assert_eq!(
        of("assumed-findings = \"warning\"", stated),
        ["outcome-mismatch error"]
    );
}

#[test]
fn votes_by_name_are_reported_where_nobodys_ballot_is_public() {
    let list = r#""ballots": {"yes": ["person:a"], "no": ["person:b"]}"#;
    let totals = r#""announced": {"yes": 1, "no": 1}"#;
    let of = |body: &str, kind: &str, votes: &str| {
        let fields = format!(
            r#""body": "{body}", "date": "2010-03-07", "question": {{"kind": "{kind}"}}, {votes}"#
        );
        let found = found(&Validator::default(), &fields);
        found
            .iter()
            .any(|line| line == "mode-contradicts-votes error")
    };
    for (body, kind, votes, reported) in [
        ("ch-people", "law", list, true),
        ("ch-people", "law", totals, false),
        ("unga", "election", list, true),
        ("unga", "election", totals, false),
        ("unga", "ordinary", list, false),
    ] {
        assert_eq!(of(body, kind, votes), reported, "{body} {kind} {votes}");
    }
}

#[test]
fn a_list_with_another_code_of_a_seat_has_no_stranger_and_lacks_no_member() {
    let assembly = Reference::embedded().body("unga").unwrap();
    for (date, holder, others) in [
        ("1980-11-20", "SUN", &["RUS"][..]),
        ("2018-11-20", "RUS", &["SUN"]),
        ("1980-11-20", "YUG", &["SCG", "SRB"]),
        ("2004-11-20", "SCG", &["YUG", "SRB"]),
        ("2018-11-20", "SRB", &["YUG", "SCG"]),
    ] {
        let electorate = assembly.electorate(date.parse().unwrap()).unwrap();
        for other in others {
            let list = electorate.required.iter().map(|who| match who.as_str() {
                code if code == holder => other,
                code => code,
            });
            let list: Vec<_> = list.collect();
            assert!(list.contains(other), "{other} on {date}");
            let list = serde_json::to_string(&list).unwrap();
            let found = told("unga", date, &format!(r#""ballots": {{"yes": {list}}}"#));
            assert_eq!(
                found,
                [format!("name-at-date note: {holder} / {other}")],
                "{date}"
            );
        }
    }
}

#[test]
fn an_objection_under_another_code_of_a_seat_is_that_of_its_holder() {
    let objected = |who: &str| {
        let fields = format!(r#""mode": "silence", "objections": ["{who}"]"#);
        told("unga", "2004-11-20", &fields)
    };
    let found = |who: &str| {
        let found = objected(who);
        found.iter().any(|line| line.starts_with("not-a-member"))
    };
    assert!(!found("SRB") && !found("SCG"));
    assert!(found("SSD"));
}
