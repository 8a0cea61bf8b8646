//! The one verdict: what the checks, the account of decisions and the configuration make of a record.

use plenary_bodies::Reference;
use plenary_decisions::Verdict;
use plenary_types::{Agreement, BodyId, NoOrigin};
use plenary_validation::{Config, Referred, Validator};

const VETOED: &str = r#"{"yes": ["ALB", "BRA", "FRA", "GAB", "GBR", "GHA", "IRL", "KEN", "MEX", "NOR", "USA"],
    "no": ["RUS"], "abstain": ["ARE", "CHN", "IND"]}"#;

fn agreement(symbol: &str, acts: &[&str]) -> Agreement {
    let acts: Vec<_> = acts
        .iter()
        .map(|act| format!(r#"{{"act": "decision", {act}}}"#))
        .collect();
    let text = format!(
        r#"{{"symbols": ["{symbol}"], "acts": [{}]}}"#,
        acts.join(", ")
    );
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error} in {text}"))
}

/// The verdicts on the decisions, and the checks that find something.
fn judged(config: &str, agreement: &Agreement) -> (Vec<Option<Verdict>>, Vec<String>) {
    let validator = Validator::new(Config::from_toml(config).unwrap());
    let decisions = validator.decisions(agreement);
    let verdicts = decisions
        .iter()
        .map(|cx| cx.ruling().ok().map(|ruling| ruling.verdict()));
    let verdicts = verdicts.collect();
    let mut found: Vec<_> = validator
        .check(agreement, &NoOrigin)
        .into_iter()
        .map(|finding| finding.check.to_string())
        .collect();
    found.dedup();
    (verdicts, found)
}

#[test]
fn the_rule_of_a_dataset_binds_the_decisions_of_its_body_alone() {
    let vote = format!(r#""body": "unsc", "date": "2022-02-25", "ballots": {VETOED}"#);
    let draft = agreement("S/2022/155", &[&vote]);
    for (config, verdict) in [
        ("", Verdict::Rejected),
        (
            "[defaults]\nbody = 'unga'\nrule = 'ga-ordinary'",
            Verdict::Rejected,
        ),
        ("[defaults]\nrule = 'ga-ordinary'", Verdict::Rejected),
        (
            "[defaults]\nbody = 'unga'\nrule = 'more than 1/2 of present and voting'",
            Verdict::Rejected,
        ),
        (
            "[defaults]\nrule = 'more than 1/2 of present and voting'",
            Verdict::Adopted,
        ),
        (
            "[defaults]\nbody = 'unsc'\nrule = 'sc-procedural'",
            Verdict::Adopted,
        ),
    ] {
        let (verdicts, _) = judged(config, &draft);
        assert_eq!(verdicts, [Some(verdict)], "{config}");
    }
    let config = Config::from_toml("[defaults]\nrule = 'ga-ordinary'").unwrap();
    assert_eq!(
        config.rule_of(Reference::embedded(), Some(&BodyId::UNGA)),
        Some("ga-ordinary")
    );
    assert_eq!(
        config.rule_of(Reference::embedded(), None),
        Some("ga-ordinary")
    );
    assert_eq!(
        config.rule_of(Reference::embedded(), Some(&BodyId::HRC)),
        None
    );
}

#[test]
fn a_council_symbol_without_its_year_is_known_by_the_date() {
    for (symbol, date, verdict) in [
        ("S/RES/2623(2022)", "2022-02-27", Verdict::Adopted),
        ("S/RES/2623", "2022-02-27", Verdict::Adopted),
        // Over two years the year is open, and so is the document.
        ("S/RES/2623", "2022-12-31/2023-01-01", Verdict::Rejected),
        ("S/2022/160", "2022-02-27", Verdict::Rejected),
    ] {
        let Ok(_) = date.parse::<plenary_types::Date>() else {
            continue;
        };
        let vote = format!(r#""body": "unsc", "date": "{date}", "ballots": {VETOED}"#);
        let (verdicts, _) = judged("", &agreement(symbol, &[&vote]));
        assert_eq!(verdicts, [Some(verdict)], "{symbol} {date}");
    }
}

#[test]
fn an_admission_by_two_organs_stands_under_the_symbol_of_the_assembly() {
    let council =
        r#""body": "unsc", "date": "1960-09-20", "announced": {"yes": 11, "no": 0, "abstain": 0}"#;
    let assembly = r#""body": "unga", "date": "1960-09-20", "mode": "without-vote""#;
    let named = format!(r#"{council}, "symbol": "A/RES/1476(XV)""#);
    for (acts, found) in [
        (vec![council, assembly], vec![]),
        (vec![assembly, council], vec![]),
        (vec![council], vec!["symbol-body-mismatch"]),
        (vec![&named, assembly], vec!["symbol-body-mismatch"]),
    ] {
        assert_eq!(
            judged("", &agreement("A/RES/1476(XV)", &acts)).1,
            found,
            "{acts:?}"
        );
    }
}

#[test]
fn each_disagreement_on_the_number_of_members_is_found() {
    let list = r#""ballots": {"yes": ["AUT", "BGR", "HRV"], "no": ["SVK"]}"#;
    let rule = r#""rule": "at least 3/4 of members""#;
    for (body, announced, partial, found) in [
        ("river-body", "", false, 0),
        ("river-body", r#""announced": {"members": 4},"#, false, 0),
        ("river-body", r#""announced": {"members": 5},"#, false, 1),
        ("river-body", r#""announced": {"members": 5},"#, true, 0),
        ("river-body", r#""announced": {"members": 3},"#, true, 1),
        ("eu-council", r#""announced": {"members": 5},"#, false, 2),
    ] {
        let vote = format!(
            r#""body": "{body}", "date": "2016-03-01", "partial": {partial}, {announced} {rule}, {list}"#
        );
        let agreement = agreement("RB/1", &[&vote]);
        let validator = Validator::default();
        let findings = validator.check(&agreement, &NoOrigin);
        let of_members = findings
            .iter()
            .filter(|finding| finding.check == "member-count");
        assert_eq!(of_members.count(), found, "{body} {announced} {partial}");
    }
}

#[test]
fn decisions_decided_and_undecidable_add_up_and_each_cause_is_told_once_an_input() {
    let validator = Validator::default();
    let unknown = r#""body": "river-body", "date": "2020-05-01", "announced": {"yes": 2, "no": 2}"#;
    let secret = r#""body": "unga", "date": "2016-06-28", "mode": "secret""#;
    let plain = r#""body": "unga", "date": "2018-12-19", "announced": {"yes": 152, "no": 5}"#;
    let stated = r#""body": "river-body", "date": "2020-05-01", "rule": "at least 1 votes", "announced": {"yes": 2, "no": 2}"#;
    for acts in [vec![unknown, plain], vec![unknown, secret, stated]] {
        let _ = validator.check(&agreement("RB/2", &acts), &NoOrigin);
    }
    let counts = validator.decision_counts();
    assert_eq!(
        (
            counts.total,
            counts.decided,
            counts.assumed,
            counts.undecidable
        ),
        (5, 2, 1, 3)
    );
    let causes: Vec<_> = counts
        .causes
        .iter()
        .map(|cause| (cause.cause.as_str(), cause.count))
        .collect();
    let expected = [
        ("no rule is known for `river-body` on that day", 2),
        ("it was decided by secret ballot", 1),
    ];
    assert_eq!(causes, expected);
    assert_eq!(validator.undecided().len(), 2);
    assert!(validator.undecided().is_empty());
    let _ = validator.check(&agreement("RB/3", &[unknown]), &NoOrigin);
    assert_eq!(validator.undecided().len(), 1);
    assert_eq!(validator.decision_counts().undecidable, 4);
}

#[test]
fn elections_are_counted_among_the_decisions() {
    let validator = Validator::default();
    let check = |kind: &str, votes: &str| {
        let text = format!(
            r#"{{"title": "An election", "acts": [{{"act": "election", "body": "unga", "kind": "{kind}",
                "contests": [{{"seats": 1, "rounds": [{{"date": "2020-06-18", "valid": 191{votes}, "elected": ["KEN"]}}]}}]}}]}}"#
        );
        let _ = validator.check(&serde_json::from_str(&text).unwrap(), &NoOrigin);
    };
    check("sc-election", r#", "votes": {"KEN": 129, "DJI": 62}"#);
    check("sc-election", "");
    check("chess", r#", "votes": {"KEN": 129, "DJI": 62}"#);
    let counts = validator.decision_counts();
    assert_eq!(
        (counts.total, counts.decided, counts.undecidable),
        (3, 1, 2)
    );
    let causes: Vec<_> = counts
        .causes
        .iter()
        .map(|cause| cause.cause.as_str())
        .collect();
    let expected = [
        "an election is not counted: no rule is known for it",
        "an election is not counted: the record does not give the votes and the valid ballots",
    ];
    assert_eq!(causes, expected);
    assert_eq!(validator.undecided().len(), 2);
}

#[test]
fn a_decision_of_another_record_of_the_input_decides_what_depends_on_it() {
    let council = |yes: u32| {
        agreement(
            "S/RES/69(1949)",
            &[&format!(
                r#""date": "1949-03-04", "partial": true, "announced": {{"yes": {yes}, "no": 1, "abstain": {}}}, "ballots": {{"no": ["EGY"]}}"#,
                10 - yes
            )],
        )
    };
    let assembly = |with: &str| {
        agreement(
            "A/RES/273(III)",
            &[&format!(
                r#""date": "1949-05-11", "question": {{"kind": "admission"}}, "outcome": "adopted",
                "announced": {{"yes": 37, "no": 12, "abstain": 9}}, "with": {{"council": "{with}"}}"#
            )],
        )
    };
    let own_id = council(9).derived_id().unwrap().to_string();
    for (with, yes, verdict, found) in [
        ("S/RES/69 (1949)", 9, Verdict::Adopted, &[][..]),
        (&own_id, 9, Verdict::Adopted, &[]),
        (
            "S/RES/69(1949)",
            6,
            Verdict::Rejected,
            &["outcome-mismatch"],
        ),
        ("S/RES/70(1949)", 9, Verdict::Undetermined, &[]),
        (
            "A/RES/273(III)",
            9,
            Verdict::Undetermined,
            &["unresolved-reference"],
        ),
        (
            "#council",
            9,
            Verdict::Undetermined,
            &["unresolved-reference"],
        ),
    ] {
        let admission = assembly(with);
        for records in [[&council(yes), &admission], [&admission, &council(yes)]] {
            let validator = Validator::default();
            validator.refer_to(Referred::new(records));
            let decisions = validator.decisions(&admission);
            let ruling = decisions[0].ruling().unwrap();
            assert_eq!(ruling.verdict(), verdict, "{with} {yes}");
            let findings = validator.check(&admission, &NoOrigin);
            let checks: Vec<_> = findings.iter().map(|finding| &*finding.check).collect();
            assert_eq!(checks, found, "{with} {yes}");
        }
    }
    // A resolution of the Assembly is no recommendation of the Council.
    let other = agreement(
        "A/RES/270(III)",
        &[r#""date": "1949-04-29", "announced": {"yes": 37, "no": 12, "abstain": 9}"#],
    );
    let admission = assembly("A/RES/270(III)");
    let validator = Validator::default();
    validator.refer_to(Referred::new([&other, &admission]));
    let findings = validator.check(&admission, &NoOrigin);
    let told: Vec<_> = findings.iter().map(|f| f.found.as_deref()).collect();
    assert_eq!(told, [Some("`A/RES/270(III)`, a decision of `unga`")]);
}
