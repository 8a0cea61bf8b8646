//! Records from the history of the sources, a few facts each.

use plenary_types::{
    Agreement, Ballots, Choice, Citation, Decision, Finding, NoOrigin, Severity, StateCode,
};
use plenary_validation::{Config, Validator};

fn code(text: &str) -> StateCode {
    text.parse().unwrap()
}

fn members(day: &str) -> Vec<StateCode> {
    let assembly = plenary_bodies::Reference::embedded().body("unga").unwrap();
    let members = assembly.members_on(day.parse().unwrap()).unwrap();
    members.iter().filter_map(|who| who.code()).collect()
}

fn vote(symbol: &str, day: &str, list: &[StateCode]) -> Agreement {
    let ballots: Ballots = list.iter().map(|state| (*state, Choice::Yes)).collect();
    let decision = Decision {
        date: day.parse().ok(),
        ballots: Some(ballots),
        ..Decision::default()
    };
    Agreement {
        symbols: vec![Citation::new(symbol)],
        acts: vec![plenary_types::Act::Decision(Box::new(decision))],
        ..Agreement::default()
    }
}

fn findings(agreement: &Agreement) -> Vec<Finding> {
    Validator::default().check(agreement, &NoOrigin)
}

fn checks(agreement: &Agreement) -> Vec<String> {
    findings(agreement)
        .into_iter()
        .map(|finding| finding.check.into_owned())
        .collect()
}

#[test]
fn japan_before_its_admission_is_no_member() {
    let mut list = members("1956-11-21");
    list.push(code("JPN"));
    let found = findings(&vote("A/RES/1127(XI)", "1956-11-21", &list));
    assert_eq!(found.len(), 2);
    assert_eq!(
        (&*found[0].check, found[0].severity),
        ("not-a-member", Severity::Error)
    );
    assert_eq!(found[0].message, "Japan was no member at the date");
    assert_eq!(
        found[0].expected.as_deref(),
        Some("a member since 1956-12-18")
    );
    assert_eq!(
        found[0].found.as_deref(),
        Some("JPN on the list of 1956-11-21")
    );
    assert_eq!(
        (&*found[1].check, found[1].found.as_deref()),
        ("member-count", Some("80"))
    );
}

#[test]
fn admissions_inside_a_day_are_in_order() {
    let before = members("1956-11-11");
    let listed = |admitted: &[&str]| {
        let list: Vec<_> = before
            .iter()
            .copied()
            .chain(admitted.iter().map(|c| code(c)))
            .collect();
        checks(&vote("A/RES/1111(XI)", "1956-11-12", &list))
    };
    for admitted in [&[][..], &["SDN"], &["SDN", "MAR"], &["SDN", "MAR", "TUN"]] {
        assert_eq!(listed(admitted), Vec::<String>::new(), "{admitted:?}");
    }
}

#[test]
fn yugoslavia_may_be_absent_or_not_voting_from_1992_to_2000() {
    let all = members("1995-11-20");
    let without: Vec<_> = all.iter().copied().filter(|c| *c != code("YUG")).collect();
    assert_eq!(
        checks(&vote("A/RES/50/9", "1995-11-20", &without)),
        Vec::<String>::new()
    );
    let other: Vec<_> = without
        .iter()
        .copied()
        .filter(|c| *c != code("FRA"))
        .collect();
    assert_eq!(
        checks(&vote("A/RES/50/9", "1995-11-20", &other)),
        ["missing-member", "member-count"]
    );
}

#[test]
fn indonesia_may_be_on_the_list_until_its_withdrawal_took_effect() {
    let with: Vec<_> = members("1965-01-01");
    let without = members("1965-02-18");
    assert_eq!((with.len(), without.len()), (115, 114));
    for list in [&with, &without] {
        assert_eq!(
            checks(&vote("A/PV.1330", "1965-02-18", list)),
            Vec::<String>::new()
        );
    }
}

#[test]
fn more_members_than_a_body_ever_had_are_found_without_a_date_and_not_without_a_body() {
    let announced = |body: &str, members: u32| {
        let text = format!(
            r#"{{"acts": [{{"act": "decision", {body} "announced": {{"members": {members}}}}}]}}"#
        );
        checks(&serde_json::from_str(&text).unwrap())
    };
    assert_eq!(announced("", 709), Vec::<String>::new());
    assert_eq!(announced(r#""body": "unga","#, 193), Vec::<String>::new());
    assert_eq!(announced(r#""body": "unga","#, 194), ["member-count"]);
    assert_eq!(
        announced(r#""body": "unesco-general-conference","#, 195),
        Vec::<String>::new()
    );
    assert_eq!(
        announced(r#""body": "unsc", "date": "1964-01-01","#, 15),
        ["member-count"]
    );
    assert_eq!(
        announced(r#""body": "unsc", "date": "1966-01-01","#, 15),
        Vec::<String>::new()
    );
}

#[test]
fn a_motion_filed_as_the_resolution_is_found_by_its_outcome() {
    let text = r#"{"symbols": ["A/RES/63/307"], "acts": [{"act": "decision", "date": "2009-09-09",
        "announced": {"yes": 29, "no": 64, "abstain": 50}}]}"#;
    let found = findings(&serde_json::from_str(text).unwrap());
    assert_eq!(found.len(), 1);
    assert_eq!(
        (&*found[0].check, found[0].severity),
        ("outcome-mismatch", Severity::Warning)
    );
    assert_eq!(found[0].found.as_deref(), Some("adopted"));
}

#[test]
fn a_rejection_between_half_and_two_thirds_may_have_been_an_important_question() {
    let outcome = |yes: u32, no: u32, outcome: &str| {
        let text = format!(
            r#"{{"acts": [{{"act": "decision", "body": "unga", "date": "1971-10-25", "outcome": "{outcome}",
                "announced": {{"yes": {yes}, "no": {no}, "abstain": 15}}}}]}}"#
        );
        checks(&serde_json::from_str(&text).unwrap())
    };
    assert_eq!(outcome(55, 59, "rejected"), Vec::<String>::new());
    assert_eq!(outcome(60, 40, "rejected"), Vec::<String>::new());
    assert_eq!(outcome(75, 35, "rejected"), ["outcome-mismatch"]);
    assert_eq!(outcome(55, 59, "adopted"), ["outcome-mismatch"]);
    assert_eq!(outcome(50, 50, "adopted"), ["outcome-mismatch"]);
}

#[test]
fn resolutions_adopted_over_a_negative_vote_on_procedure_are_right() {
    let vote = |symbol: &str, nature: &str| {
        let text = format!(
            r#"{{"symbols": ["{symbol}"], "acts": [{{"act": "decision", "date": "1980-01-09", "outcome": "adopted",
                "question": {{{nature}}}, "ballots": {{"no": ["SUN", "DDR"], "abstain": ["ZMB"], "yes": ["BGD", "CHN",
                "FRA", "GBR", "JAM", "MEX", "NER", "NOR", "PHL", "PRT", "TUN", "USA"]}}}}]}}"#
        );
        checks(&serde_json::from_str(&text).unwrap())
    };
    assert_eq!(vote("S/RES/462(1980)", ""), Vec::<String>::new());
    assert_eq!(
        vote("S/RES/463(1980)", r#""nature": "procedural""#),
        Vec::<String>::new()
    );
    assert_eq!(vote("S/RES/463(1980)", ""), ["vetoed-but-adopted"]);
    assert_eq!(
        vote("S/RES/462(1980)", r#""nature": "substantive""#),
        ["vetoed-but-adopted"]
    );
}

#[test]
fn both_codes_of_the_china_seat_are_one_member_twice() {
    let mut list = members("1971-10-25");
    list.push(code("CHN"));
    let found = checks(&vote("A/RES/2758(XXVI)", "1971-10-25", &list));
    assert_eq!(found, ["duplicate-ballot", "member-count"]);
}

#[test]
fn some_totals_cannot_exceed_the_members() {
    let announced = |body: &str, yes: u32, no: u32| {
        let text = format!(
            r#"{{"acts": [{{"act": "decision", {body} "announced": {{"yes": {yes}, "no": {no}, "abstain": 0}}}}]}}"#
        );
        checks(&serde_json::from_str(&text).unwrap())
    };
    let assembly = r#""body": "unga", "date": "2018-12-19","#;
    assert_eq!(announced(assembly, 190, 5), ["member-count"]);
    assert_eq!(announced(assembly, 190, 3), Vec::<String>::new());
    assert_eq!(
        announced(r#""body": "unga", "date": "1950-12-19","#, 59, 2),
        ["member-count"]
    );
}

#[test]
fn only_an_admission_later_in_the_month_is_one() {
    let message = |state: &str, day: &str| {
        let mut list = members(day);
        list.push(code(state));
        let found = findings(&vote("A/PV.1", day, &list));
        let of_check = found.into_iter().find(|f| f.check == "not-a-member");
        of_check.map(|finding| finding.message)
    };
    let later = Some("a state votes before its admission later in that month".to_owned());
    assert_eq!(message("JPN", "1956-12-04"), later);
    assert_eq!(
        message("JPN", "1956-11-21").as_deref(),
        Some("Japan was no member at the date")
    );
    for (state, day) in [("CSK", "1993-01-15"), ("DDR", "1990-10-20")] {
        let message = message(state, day).unwrap();
        assert!(message.ends_with("was no member at the date"), "{message}");
    }
}

#[test]
fn an_outcome_is_explained_by_what_does_not_hold() {
    let text = r#"{"symbols": ["S/RES/2400(2018)"], "acts": [{"act": "decision", "date": "2018-02-08", "outcome": "adopted",
        "announced": {"yes": 8, "no": 0, "abstain": 7}}]}"#;
    let found = findings(&serde_json::from_str(text).unwrap());
    assert_eq!(found.len(), 1);
    let expected = found[0].expected.as_deref().unwrap();
    assert!(expected.starts_with("rejected: 8 "), "{expected}");
    assert!(expected.contains('9'), "{expected}");
}

#[test]
fn acts_of_states_that_were_never_the_participant_are_warnings() {
    let severity = |participant: &str, date: &str| {
        let text = format!(
            r#"{{"kind": "treaty", "title": "A convention", "acts": [{{"act": "action", "participant": "{participant}",
                "kind": "accession", "date": "{date}"}}]}}"#
        );
        let found = findings(&serde_json::from_str(&text).unwrap());
        found
            .iter()
            .find(|f| f.check == "act-before-existence")
            .map(|f| f.severity)
    };
    assert_eq!(severity("SSD", "2000-01-01"), Some(Severity::Warning));
    assert_eq!(severity("SSD", "2005-01-01"), Some(Severity::Note));
    assert_eq!(severity("SYR", "1959-06-01"), Some(Severity::Note));
    assert_eq!(severity("VNM", "1955-06-01"), Some(Severity::Note));
    assert_eq!(severity("PER", "1955-06-01"), None);
}

#[test]
fn a_withdrawal_of_a_participant_that_never_consented_is_a_warning() {
    let found = |acts: &str| {
        let text = format!(r#"{{"kind": "treaty", "title": "A convention", "acts": [{acts}]}}"#);
        findings(&serde_json::from_str(&text).unwrap())
    };
    let withdrawal =
        r#"{"act": "action", "participant": "PER", "kind": "withdrawal", "date": "1990-04-01"}"#;
    let accession = r#"{"act": "action", "participant": "PER", "kind": "accession"}"#;
    let alone = found(withdrawal);
    assert_eq!(alone.len(), 1);
    assert_eq!(
        (&*alone[0].check, alone[0].severity),
        ("treaty-action-order", Severity::Warning)
    );
    assert_eq!(found(&format!("{accession}, {withdrawal}")), []);
}

#[test]
fn line_breaks_between_words_are_how_tables_write_and_tabs_are_not() {
    let found = |title: &str| {
        let agreement = Agreement {
            title: title.into(),
            ..Agreement::default()
        };
        let mut found = findings(&agreement).into_iter();
        found.next().and_then(|finding| finding.found)
    };
    assert_eq!(found("Safe,\r\norderly\nand regular"), None);
    assert_eq!(
        found("Global \"Compact\"\tsafe").as_deref(),
        Some("Global \"Compact\"␉safe")
    );
    assert_eq!(found("\u{7f}").as_deref(), Some("␡"));
}

#[test]
fn rows_of_a_vote_that_were_copied_are_one_finding() {
    let list = members("1950-12-01");
    let found = findings(&vote("A/PV.300", "1950-12-01", &[&*list, &*list].concat()));
    let of_check: Vec<_> = found
        .iter()
        .filter(|f| f.check == "duplicate-ballot")
        .collect();
    assert_eq!(of_check.len(), 1);
    assert!(
        of_check[0].message.contains("all members"),
        "{}",
        of_check[0].message
    );
}

#[test]
fn who_votes_before_its_admission_in_the_month_shows_a_wrong_day_and_who_is_only_listed_a_wrong_list()
 {
    let severities = |day: &str, choice: Choice| {
        let list = members(day);
        let mut agreement = vote("A/PV.1", day, &list);
        let plenary_types::Act::Decision(decision) = &mut agreement.acts[0] else {
            panic!("a vote is a decision");
        };
        let votes = list.iter().map(|state| (*state, Choice::Yes));
        let votes: Ballots = votes.chain([(code("JPN"), choice)]).collect();
        decision.ballots = Some(votes);
        let found = findings(&agreement);
        let pairs = found.iter().map(|f| (f.check.to_string(), f.severity));
        pairs.collect::<Vec<_>>()
    };
    let both = |severity| {
        let names = ["not-a-member", "member-count"];
        names.map(|name| (name.to_owned(), severity)).to_vec()
    };
    assert_eq!(
        severities("1956-12-04", Choice::No),
        both(Severity::Warning)
    );
    assert_eq!(
        severities("1956-12-04", Choice::NonVoting),
        both(Severity::Error)
    );
    assert_eq!(severities("1956-11-21", Choice::No), both(Severity::Error));
}

#[test]
fn an_admission_by_less_than_two_thirds_is_a_note() {
    let severity = |title: &str, yes: u32| {
        let text = format!(
            r#"{{"title": "{title}", "symbols": ["A/RES/1113(XI)"], "acts": [{{"act": "decision", "date": "1956-12-18",
                "announced": {{"yes": {yes}, "no": 20}}}}]}}"#
        );
        let found = findings(&serde_json::from_str(&text).unwrap());
        found.first().map(|f| (f.check.to_string(), f.severity))
    };
    let note = Some(("outcome-mismatch".to_owned(), Severity::Note));
    let admission = "Admission of Japan to membership in the United Nations";
    assert_eq!(severity(admission, 35), note);
    assert_eq!(severity(admission, 40), None);
    assert_eq!(severity("Admission of spectators", 35), None);
}

#[test]
fn the_defaults_of_a_dataset_hold_where_a_record_says_nothing() {
    let text = r#"{"title": "A decision", "acts": [{"act": "decision", "date": "2018-12-19", "outcome": "adopted",
        "announced": {"yes": 40, "no": 60}}]}"#;
    let agreement: Agreement = serde_json::from_str(text).unwrap();
    for (defaults, expected) in [
        ("", vec![]),
        ("body = 'unga'", vec!["outcome-mismatch"]),
        (
            "body = 'unga'\nrule = 'at least 1/3 of present and voting'",
            vec![],
        ),
    ] {
        let config = Config::from_toml(&format!("[defaults]\n{defaults}")).unwrap();
        let found = Validator::new(config).check(&agreement, &NoOrigin);
        let found: Vec<_> = found.iter().map(|finding| &*finding.check).collect();
        assert_eq!(found, expected, "{defaults}");
    }
}

#[test]
fn what_has_been_done_has_not_yet_to_come() {
    let text = r#"{"title": "A convention", "acts": [
        {"act": "action", "participant": "FRA", "kind": "ratification", "date": "2026-11-25", "effective": "2027-01-01"},
        {"act": "decision", "date": "2026-11"}], "in-force-since": "2027-01-01"}"#;
    let agreement: Agreement = serde_json::from_str(text).unwrap();
    let on = |day: &str| {
        let config = Config::default().select(["implausible-date"]).unwrap();
        let validator = Validator::new(config.on(day.parse().unwrap()));
        let found = validator.check(&agreement, &NoOrigin);
        let places = found.into_iter().map(|f| (f.place.field, f.severity));
        places.collect::<Vec<_>>()
    };
    let warned = |at: usize| (Some(format!("acts[{at}].date")), Severity::Warning);
    assert_eq!(on("2026-11-25"), []);
    assert_eq!(on("2026-11-24"), [warned(0)]);
    assert_eq!(on("2026-10-31"), [warned(0), warned(1)]);
}

#[test]
fn a_seat_that_passed_on_in_a_body_of_the_user_is_on_the_list_once() {
    let found = |rows: &str, listed: &str| {
        let files = [
            (
                "bodies/river.toml",
                "format = 1\nname = \"River\"\nfrom = 1990-01-01\n".to_owned(),
            ),
            (
                "bodies/river.members.csv",
                format!("member,from,to,seat,basis\nPER,1990-01-01,,,Statute\n{rows}"),
            ),
        ];
        let reference = plenary_bodies::Reference::embedded()
            .with_files("own", files)
            .unwrap();
        let config = Config::default().select(["duplicate-ballot"]).unwrap();
        let text = format!(
            r#"{{"title": "A decision", "acts": [{{"act": "decision", "body": "river", "partial": true, "ballots": {{"yes": [{listed}]}}}}]}}"#
        );
        let agreement: Agreement = serde_json::from_str(&text).unwrap();
        let validator = Validator::new(config).with_reference(reference);
        let found = validator.check(&agreement, &NoOrigin).into_iter();
        found.map(|finding| finding.message).collect::<Vec<_>>()
    };
    let passed = "CHL,1990-01-01,2000-01-01,first,Statute\nARG,2000-01-01,,first,Statute\n";
    assert_eq!(
        found(passed, r#""PER", "CHL", "ARG""#),
        ["Argentina holds the seat of Chile, and both are on the list"]
    );
    assert_eq!(found(passed, r#""PER", "ARG""#), [""; 0]);
    // Who came back sits beside its successor.
    let back = format!("{passed}CHL,2010-01-01,,,Statute\n");
    assert_eq!(found(&back, r#""PER", "CHL", "ARG""#), [""; 0]);
}

#[test]
fn the_vote_of_the_chair_decides_a_tie_and_may_stand_in_the_totals() {
    for (announced, chair, outcome, expected) in [
        (
            [50, 50],
            r#", "chair": {"choice": "yes"}"#,
            "adopted",
            [""; 0].as_slice(),
        ),
        ([51, 50], r#", "chair": {"choice": "yes"}"#, "adopted", &[]),
        ([50, 50], "", "rejected", &[]),
        // Who voted yes to make it so, the record does not say.
        ([50, 50], "", "adopted", &[]),
        (
            [50, 50],
            r#", "chair": {"choice": "no"}"#,
            "adopted",
            &["outcome-mismatch"],
        ),
        ([51, 50], "", "adopted", &["member-count"]),
    ] {
        let [yes, no] = announced;
        let text = format!(
            r#"{{"title": "A question", "acts": [{{"act": "decision", "body": "us-senate", "date": "2021-02-06",
                "announced": {{"yes": {yes}, "no": {no}}}, "outcome": "{outcome}"{chair}}}]}}"#
        );
        let agreement: Agreement = serde_json::from_str(&text).unwrap();
        let found = checks(&agreement);
        assert_eq!(found, expected, "{text}");
    }
}
