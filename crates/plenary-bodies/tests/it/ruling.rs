//! The rule that a recorded decision is judged by: its ground, its alternatives, and the number of members it counts with.

use plenary_bodies::{BaseSource, CountMembers, Ground, Library, Ruling, Setting, Undecidable};
use plenary_decisions::Verdict;
use plenary_types::{Agreement, Decision, Outcome};

fn agreement(acts: &[String]) -> Agreement {
    let text = format!(
        r#"{{"symbols": ["A/RES/1/1"], "acts": [{}]}}"#,
        acts.join(", ")
    );
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error} in {text}"))
}

fn decision(fields: &str) -> Decision {
    serde_json::from_str(&format!("{{{fields}}}")).unwrap_or_else(|error| panic!("{error}"))
}

fn with<T>(fields: &str, setting: &Setting<'_>, ask: impl Fn(&Ruling<'_>) -> T) -> T {
    ask(&Library::embedded()
        .ruling(&decision(fields), setting)
        .unwrap())
}

fn ground(ground: Ground<'_>) -> &'static str {
    match ground {
        Ground::Stated => "stated",
        Ground::Dataset => "dataset",
        Ground::Nature(_) => "nature",
        Ground::Known(_) => "known",
        Ground::Assumed => "assumed",
        _ => "another",
    }
}

#[test]
fn what_states_the_rule_goes_from_the_record_to_the_assumption() {
    let council = r#""body": "unsc", "announced": {"yes": 12, "no": 2, "abstain": 1}"#;
    for (fields, rule, expected, verdict, alternatives) in [
        (
            r#""date": "1980-01-09""#,
            None,
            "assumed",
            Verdict::Undetermined,
            1,
        ),
        (
            r#""date": "1980-01-09", "symbol": "S/RES/462(1980)""#,
            None,
            "known",
            Verdict::Adopted,
            0,
        ),
        (
            r#""date": "1980-01-09", "symbol": "S/RES/462""#,
            None,
            "assumed",
            Verdict::Undetermined,
            1,
        ),
        (
            r#""date": "1980-01-09", "question": {"nature": "procedural"}"#,
            None,
            "nature",
            Verdict::Adopted,
            0,
        ),
        (
            r#""date": "1980-01-09", "rule": "sc-procedural""#,
            Some("at least 15 votes"),
            "stated",
            Verdict::Adopted,
            0,
        ),
        (
            r#""date": "1980-01-09""#,
            Some("at least 15 votes"),
            "dataset",
            Verdict::Rejected,
            0,
        ),
        // What is known of a decision does not go before what its record states.
        (
            r#""date": "1980-01-09", "symbol": "S/RES/462(1980)", "question": {"nature": "substantive"}"#,
            None,
            "nature",
            Verdict::Undetermined,
            0,
        ),
    ] {
        let setting = Setting {
            rule,
            ..Setting::default()
        };
        let found = with(&format!("{fields}, {council}"), &setting, |ruling| {
            (
                ground(ruling.ground()),
                ruling.verdict(),
                ruling.alternatives().len(),
            )
        });
        assert_eq!(
            found,
            (expected, verdict, alternatives),
            "{fields} {rule:?}"
        );
    }
}

#[test]
fn a_verdict_that_rests_on_the_assumption_against_the_outcome_is_undetermined() {
    let vetoed = r#""body": "unsc", "date": "2022-02-25",
        "ballots": {"yes": ["ALB", "BRA", "FRA", "GAB", "GBR", "GHA", "IRL", "KEN", "MEX", "NOR", "USA"],
                    "no": ["RUS"], "abstain": ["ARE", "CHN", "IND"]}"#;
    for (outcome, verdict, undecided) in [
        ("", Verdict::Rejected, None),
        (r#", "outcome": "rejected""#, Verdict::Rejected, None),
        (
            r#", "outcome": "adopted""#,
            Verdict::Undetermined,
            Some(Undecidable::Rule),
        ),
        (
            r#", "outcome": "adopted", "question": {"nature": "substantive"}"#,
            Verdict::Rejected,
            None,
        ),
    ] {
        let found = with(
            &format!("{vetoed}{outcome}"),
            &Setting::default(),
            |ruling| {
                assert_eq!(ruling.evaluation().verdict, ruling.verdict(), "{outcome}");
                (ruling.verdict(), ruling.undecided())
            },
        );
        assert_eq!(found, (verdict, undecided), "{outcome}");
    }
    let numbered = Setting {
        outcome: Some(Outcome::Adopted),
        ..Setting::default()
    };
    assert_eq!(
        with(vetoed, &numbered, |ruling| ruling.verdict()),
        Verdict::Undetermined
    );
}

#[test]
fn an_assumed_majority_of_the_assembly_names_two_thirds_and_what_they_would_change() {
    for (yes, no, verdict, other) in [
        (60, 40, Verdict::Adopted, Verdict::Rejected),
        (70, 30, Verdict::Adopted, Verdict::Adopted),
        (40, 60, Verdict::Rejected, Verdict::Rejected),
    ] {
        let fields = format!(
            r#""body": "unga", "date": "1991-12-16", "announced": {{"yes": {yes}, "no": {no}}}"#
        );
        let found = with(&fields, &Setting::default(), |ruling| {
            assert!(ruling.is_assumed());
            let [alternative] = ruling.alternatives().try_into().unwrap();
            assert!(
                alternative.title.contains("two thirds"),
                "{}",
                alternative.title
            );
            (ruling.verdict(), alternative.verdict)
        });
        assert_eq!(found, (verdict, other), "{yes} to {no}");
    }
}

#[test]
fn in_the_autumn_of_1965_seven_votes_adopt_and_the_amended_text_is_named_beside() {
    for (day, yes, verdict, alternatives) in [
        ("1965-08-30", 7, Verdict::Adopted, vec![Verdict::Adopted]),
        (
            "1965-08-31",
            7,
            Verdict::Adopted,
            vec![Verdict::Adopted, Verdict::Rejected],
        ),
        (
            "1965-12-31",
            7,
            Verdict::Adopted,
            vec![Verdict::Adopted, Verdict::Rejected],
        ),
        (
            "1965-12-31",
            6,
            Verdict::Rejected,
            vec![Verdict::Rejected, Verdict::Rejected],
        ),
        ("1966-01-01", 7, Verdict::Rejected, vec![Verdict::Rejected]),
    ] {
        let rest = if day < "1966" { 11 - yes } else { 15 - yes };
        let fields = format!(
            r#""body": "unsc", "date": "{day}", "announced": {{"yes": {yes}, "no": 0, "abstain": {rest}}}"#
        );
        let found = with(&fields, &Setting::default(), |ruling| {
            let others = ruling.alternatives().into_iter().map(|other| other.verdict);
            (ruling.verdict(), others.collect::<Vec<_>>())
        });
        assert_eq!(found, (verdict, alternatives), "{day} {yes}");
    }
}

#[test]
fn members_are_those_of_the_roster_or_the_law_then_as_announced_then_as_listed() {
    let list = r#""ballots": {"yes": ["AUT", "BGR", "HRV"], "no": ["SVK"]}"#;
    let rule = r#""rule": "at least 3/4 of members""#;
    for (fields, roster, members, from, verdict) in [
        (
            r#""body": "river-body""#,
            None,
            Some(4),
            Some(BaseSource::List),
            Verdict::Adopted,
        ),
        (
            r#""body": "river-body", "announced": {"members": 5}"#,
            None,
            Some(5),
            Some(BaseSource::Announced),
            Verdict::Rejected,
        ),
        (
            // Four of 47 cannot have decided: the list leaves the others out.
            r#""body": "hrc", "announced": {"members": 5}"#,
            None,
            Some(47),
            Some(BaseSource::Law),
            Verdict::Undetermined,
        ),
        (
            r#""body": "hrc", "announced": {"members": 5}"#,
            Some((|_, _| Some((4, 4))) as CountMembers),
            Some(4),
            Some(BaseSource::Roster),
            Verdict::Adopted,
        ),
        // On a day on which the roster changed, the record chooses within it.
        (
            r#""body": "river-body", "announced": {"members": 5}"#,
            Some((|_, _| Some((4, 6))) as CountMembers),
            Some(5),
            Some(BaseSource::Announced),
            Verdict::Rejected,
        ),
    ] {
        let fields = format!(r#"{fields}, "date": "2016-03-01", {rule}, {list}"#);
        let setting = Setting {
            roster,
            ..Setting::default()
        };
        let found = with(&fields, &setting, |ruling| {
            let base = ruling.base();
            (
                base.map(|base| base.members),
                base.map(|base| base.from),
                ruling.verdict(),
            )
        });
        assert_eq!(found, (members, from, verdict), "{fields}");
    }
}

#[test]
fn the_decisions_of_two_organs_in_one_agreement_decide_each_other() {
    let assembly = r#"{"act": "decision", "body": "unga", "date": "2011-07-14", "rule": "ga-admission",
        "announced": {"yes": 150, "no": 0}}"#;
    let council = |no: u32, by: &str| {
        format!(
            r#"{{"act": "decision", "body": "unsc", "date": "2011-07-13", "partial": true,
                "announced": {{"yes": {}, "no": {no}, "abstain": 0}}, "ballots": {{"no": [{by}]}}}}"#,
            15 - no
        )
    };
    for (acts, verdict) in [
        (vec![assembly.to_owned()], Verdict::Undetermined),
        (vec![council(0, ""), assembly.to_owned()], Verdict::Adopted),
        (
            vec![council(1, r#""USA""#), assembly.to_owned()],
            Verdict::Rejected,
        ),
        (
            vec![council(1, r#""PRT""#), assembly.to_owned()],
            Verdict::Adopted,
        ),
        (vec![council(7, ""), assembly.to_owned()], Verdict::Rejected),
        (
            vec![
                r#"{"act": "decision", "body": "unsc", "date": "2011-07-13", "mode": "without-vote"}"#.to_owned(),
                assembly.to_owned(),
            ],
            Verdict::Adopted,
        ),
        (
            vec![
                r#"{"act": "decision", "body": "unsc", "date": "2011-07-15", "mode": "without-vote"}"#.to_owned(),
                assembly.to_owned(),
            ],
            Verdict::Rejected,
        ),
    ] {
        let agreement = agreement(&acts);
        let setting = Setting {
            agreement: Some(&agreement),
            ..Setting::default()
        };
        let (_, decision) = agreement.decisions().last().unwrap();
        let ruling = Library::embedded().ruling(decision, &setting).unwrap();
        assert_eq!(ruling.verdict(), verdict, "{acts:?}");
    }
}

#[test]
fn what_cannot_be_decided_says_why_and_is_counted_by_its_cause() {
    let unvoted = r#""body": "unga", "date": "2018-12-19""#;
    let voted = r#""announced": {"yes": 5, "no": 2}"#;
    for (fields, cause) in [
        (format!(r#"{unvoted}, "mode": "without-vote""#), "it was not put to a vote"),
        (format!(r#"{unvoted}, "mode": "secret""#), "it was decided by secret ballot"),
        (unvoted.to_owned(), "it has neither ballots nor totals"),
        (format!(r#""body": "unga", {voted}"#), "its body or date is not known"),
        (format!(r#""body": "river-body", "date": "2020", {voted}"#), "no rule is known for `river-body` on that day"),
        (
            format!(r#""body": "unsc", "date": "1940", "rule": "sc-procedural", {voted}"#),
            "the rule `sc-procedural` was not in force on that day",
        ),
        (
            r#""body": "river-body", "date": "2020", "rule": "more than 1/2 of present and voting", "partial": true,
                "ballots": {"yes": ["AUT"]}"#
                .to_owned(),
            "its list of ballots leaves members out",
        ),
    ] {
        let found = Library::embedded().ruling(&decision(&fields), &Setting::default());
        assert_eq!(found.unwrap_err().cause(), cause, "{fields}");
    }
    let misspelt = format!(
        r#""body": "unga", "date": "2018-12-19", "rule": "at least 2/3 of populaton", {voted}"#
    );
    let cause = with(&misspelt, &Setting::default(), |ruling| {
        ruling.undecided().unwrap().cause()
    });
    assert_eq!(cause, "not known: the table of populaton");
}

#[test]
fn a_number_of_members_that_the_ballots_exceed_decides_nothing_that_depends_on_it() {
    let vote = |yes: u32, rule: &str| {
        format!(
            r#""body": "hrc", "date": "2016-03-01", "rule": "{rule}", "announced": {{"yes": {yes}, "no": 0, "abstain": 0}}"#
        )
    };
    let undecided = |fields: &str| with(fields, &Setting::default(), |ruling| ruling.undecided());
    let surplus = Some(Undecidable::Surplus {
        counted: 50,
        members: 47,
    });
    assert_eq!(undecided(&vote(50, "at least 2/3 of members")), surplus);
    assert_eq!(
        undecided(&vote(50, "more than 1/2 of present and voting")),
        None
    );
    assert_eq!(undecided(&vote(47, "at least 2/3 of members")), None);
}
