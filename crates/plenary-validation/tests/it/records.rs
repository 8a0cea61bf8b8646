//! Records from the history of the sources, a few facts each.

use plenary_types::{
    Agreement, Ballots, Choice, Citation, Decision, Finding, NoOrigin, Severity, StateCode,
};
use plenary_validation::{Config, Validator};

fn code(text: &str) -> StateCode {
    text.parse().unwrap()
}

fn members(day: &str) -> Vec<StateCode> {
    plenary_states::members_on(day.parse().unwrap()).to_vec()
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
fn more_than_193_members_there_have_never_been() {
    let announced = |body: &str, members: u32| {
        let text = format!(
            r#"{{"acts": [{{"act": "decision", {body} "announced": {{"members": {members}}}}}]}}"#
        );
        checks(&serde_json::from_str(&text).unwrap())
    };
    assert_eq!(announced("", 194), ["member-count"]);
    assert_eq!(announced("", 193), Vec::<String>::new());
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
    assert_eq!(outcome(80, 40, "rejected"), ["outcome-mismatch"]);
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
