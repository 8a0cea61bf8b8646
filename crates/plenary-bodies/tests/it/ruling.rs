//! The rule that a recorded decision is judged by: its ground, its alternatives, and the number of members it counts with.

use plenary_bodies::{BaseSource, Ground, Library, Reference, Ruling, Setting, Undecidable};
use plenary_decisions::Verdict;
use plenary_types::{Agreement, AnnouncedTally, Decision, Outcome};

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
    let toml = |name: &str| format!("format = 1\nname = \"{name}\"\nfrom = 2000-01-01\n");
    let four = "member,from\nAUT,2000-01-01\nBGR,2000-01-01\nHRV,2000-01-01\nSVK,2000-01-01\n";
    let six = format!("{four}SVN,2016-03-01\nMNE,2016-03-01\n");
    let files = [
        ("bodies/four.toml", toml("Four")),
        ("bodies/four.members.csv", four.to_owned()),
        ("bodies/six.toml", toml("Six")),
        ("bodies/six.members.csv", six),
    ];
    let reference = Reference::embedded().with_files("test", files).unwrap();
    for (fields, members, from, verdict) in [
        (
            r#""body": "river-body""#,
            Some(4),
            Some(BaseSource::List),
            Verdict::Adopted,
        ),
        (
            r#""body": "river-body", "announced": {"members": 5}"#,
            Some(5),
            Some(BaseSource::Announced),
            Verdict::Rejected,
        ),
        (
            // Four of 54 cannot have decided: the list leaves the others out.
            r#""body": "ecosoc", "announced": {"members": 5}"#,
            Some(54),
            Some(BaseSource::Law),
            Verdict::Undetermined,
        ),
        (
            r#""body": "four", "announced": {"members": 5}"#,
            Some(4),
            Some(BaseSource::Roster),
            Verdict::Adopted,
        ),
        (
            // HRV is on the list and takes no part.
            r#""body": "four", "taking-part": ["AUT", "BGR", "SVK"]"#,
            Some(3),
            Some(BaseSource::TakingPart),
            Verdict::Rejected,
        ),
        // On a day on which the roster changed, the record chooses within it.
        (
            r#""body": "six", "announced": {"members": 5}"#,
            Some(5),
            Some(BaseSource::Announced),
            Verdict::Rejected,
        ),
    ] {
        let fields = format!(r#"{fields}, "date": "2016-03-01", {rule}, {list}"#);
        let ruling = reference
            .library()
            .ruling(&decision(&fields), &Setting::default());
        let ruling = ruling.unwrap();
        let base = ruling.base();
        let found = (
            base.map(|base| base.members),
            base.map(|base| base.from),
            ruling.verdict(),
        );
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
        (format!(r#""body": "unga", {voted}"#), "its date is not known"),
        (format!(r#""date": "2018-12-19", {voted}"#), "its body is not known"),
        (voted.to_owned(), "its body and date are not known"),
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

/// The embedded reference with a chamber of four that decides several kinds of question.
fn chamber() -> std::sync::Arc<Reference> {
    let text = r#"format = 1
name = "Chamber"
from = 2000-01-01
default-kind = "ordinary"
also-possible = ["budget"]
chair = { votes = "on-tie" }
[kinds]
ordinary = { rules = [{ from = 2000-01-01, requirement = "more than 1/2 of present and voting", tie = "chair", source = "law" }] }
budget = { subjects = ["budget"], rules = [{ from = 2000-01-01, requirement = "at least 3 votes", source = "law" }] }
budget-part = { of = "budget", scopes = ["paragraph"], rules = [{ from = 2010-01-01, requirement = "at least 2 votes", source = "law" }] }
closure = { asked-as = ["On the Motion", "On the Motion to Close"], rules = [
  { from = 2000-01-01, requirement = "all members", source = "law" },
  { from = 2015-01-01, to = 2017-01-01, requirement = "at least 3 votes", practice = true, source = "custom" },
] }
close-now = { asked-as = ["On the Motion to Close Now"], rules = [{ from = 2000-01-01, requirement = "1 vote", source = "law" }] }
"#;
    let members = "member,from,to,seat\nAUT,2000-01-01,,\nBGR,2000-01-01,,\nHRV,2000-01-01,,\nSCG,2000-01-01,2006-06-03,serbia\nSRB,2006-06-03,,serbia\n";
    let files = [
        ("bodies/chamber.toml", text),
        ("bodies/chamber.members.csv", members),
    ];
    Reference::embedded().with_files("test", files).unwrap()
}

#[test]
fn the_kind_of_a_question_is_stated_or_follows_from_its_wording_or_its_subject() {
    let reference = chamber();
    let of = |fields: &str, subjects: &[&str]| {
        let fields = format!(r#""body": "chamber", "announced": {{"yes": 2, "no": 1}}, {fields}"#);
        let agreement = Agreement {
            subjects: subjects.iter().map(ToString::to_string).collect(),
            ..Agreement::default()
        };
        let setting = Setting {
            agreement: Some(&agreement),
            ..Setting::default()
        };
        let ruling = reference.library().ruling(&decision(&fields), &setting);
        ruling.map(|ruling| {
            let rules: Vec<_> = ruling
                .rules()
                .map(|rule| rule.requirement().to_string())
                .collect();
            (ruling.ground().to_string(), rules.join(" or "))
        })
    };
    let (majority, three) = ("more than 1/2 of present and voting", "at least 3 votes");
    let both = format!("{majority} or {three}");
    for (fields, subjects, ground, rules) in [
        (r#""date": "2016-03-01""#, &[][..], "assumed", both.as_str()),
        (
            r#""date": "2016-03-01", "question": {"kind": "budget"}"#,
            &[],
            "the kind `budget`",
            three,
        ),
        (
            r#""date": "2016-03-01", "question": {"kind": "budget", "scope": "paragraph"}"#,
            &[],
            "the kind `budget",
            "at least 2 votes",
        ),
        (
            r#""date": "2009-03-01", "question": {"kind": "budget", "scope": "paragraph"}"#,
            &[],
            "the kind `budget`",
            three,
        ),
        (
            r#""date": "2016-03-01""#,
            &["budget"],
            "on this subject",
            three,
        ),
        (
            r#""date": "2016-03-01", "question": {"text": "On the Motion to Close the debate"}"#,
            &[],
            "so worded",
            "all members or at least 3 votes",
        ),
        (
            r#""date": "2018-03-01", "question": {"text": "On the Motion to Close the debate"}"#,
            &[],
            "so worded",
            "all members",
        ),
        (
            r#""date": "2018-03-01", "question": {"text": "On the Motion to Close Now"}"#,
            &["budget"],
            "so worded",
            "at least 1 vote",
        ),
        (
            r#""date": "2018-03-01", "rule": "chamber-budget""#,
            &[],
            "stated by the record",
            three,
        ),
    ] {
        let (found, requirements) = of(fields, subjects).unwrap();
        assert!(found.contains(ground), "{fields}: {found}");
        assert_eq!(requirements, rules, "{fields}");
    }
    let cause = of(
        r#""date": "2016-03-01", "question": {"kind": "weather"}"#,
        &[],
    )
    .unwrap_err()
    .cause();
    assert_eq!(
        cause,
        "no rule is known for questions of the kind `weather` in `chamber` on that day"
    );
}

#[test]
fn a_tie_is_decided_by_the_chair_where_the_rule_says_so_and_the_record_has_its_vote() {
    let reference = chamber();
    for (chair, kind, verdict) in [
        ("", "ordinary", Verdict::Rejected),
        (
            r#", "chair": {"choice": "yes"}"#,
            "ordinary",
            Verdict::Adopted,
        ),
        (
            r#", "chair": {"participant": "person:x-1", "choice": "no"}"#,
            "ordinary",
            Verdict::Rejected,
        ),
        (
            r#", "chair": {"choice": "yes"}"#,
            "budget",
            Verdict::Rejected,
        ),
        // Somebody in the chair must have voted yes, and the record does not say so.
        (
            r#", "outcome": "adopted""#,
            "ordinary",
            Verdict::Undetermined,
        ),
        (r#", "outcome": "rejected""#, "ordinary", Verdict::Rejected),
        (r#", "outcome": "adopted""#, "budget", Verdict::Rejected),
    ] {
        let fields = format!(
            r#""body": "chamber", "date": "2016-03-01", "question": {{"kind": "{kind}"}}, "announced": {{"yes": 2, "no": 2}}{chair}"#
        );
        let vote = decision(&fields);
        let ruling = reference
            .library()
            .ruling(&vote, &Setting::default())
            .unwrap();
        assert_eq!(ruling.verdict(), verdict, "{fields}");
        assert_eq!(ruling.evaluation().verdict, verdict, "{fields}");
        let is_undecided = verdict == Verdict::Undetermined;
        assert_eq!(ruling.undecided().is_some(), is_undecided, "{fields}");
    }
}

#[test]
fn ballots_of_others_than_members_do_not_count_and_another_code_of_a_seat_counts_as_its_holder() {
    let reference = chamber();
    for (yes, no, rule, verdict, left_out) in [
        (
            r#""AUT", "BGR", "FRA""#,
            r#""HRV""#,
            "at least 3 votes",
            Verdict::Rejected,
            "FRA",
        ),
        (
            r#""AUT", "BGR", "SRB""#,
            r#""HRV""#,
            "at least 3 votes",
            Verdict::Adopted,
            "",
        ),
        // On the list of 2016 the code of the former holder means the member.
        (
            r#""AUT", "BGR", "SCG""#,
            r#""HRV""#,
            "at least 3 votes",
            Verdict::Adopted,
            "",
        ),
        (
            r#""AUT", "SRB", "SCG""#,
            r#""HRV""#,
            "at least 3 votes",
            Verdict::Rejected,
            "SCG",
        ),
        (
            r#""AUT", "BGR", "HRV", "FRA""#,
            r#""SRB""#,
            "all members",
            Verdict::Rejected,
            "FRA",
        ),
    ] {
        let fields = format!(
            r#""body": "chamber", "date": "2016-03-01", "rule": "{rule}", "ballots": {{"yes": [{yes}], "no": [{no}]}}"#
        );
        let vote = decision(&fields);
        let ruling = reference
            .library()
            .ruling(&vote, &Setting::default())
            .unwrap();
        assert_eq!(ruling.verdict(), verdict, "{fields}");
        let out: Vec<_> = ruling.left_out().iter().map(|who| who.as_str()).collect();
        assert_eq!(out.join(" "), left_out, "{fields}");
        assert_eq!(ruling.base().map(|base| base.members), Some(4), "{fields}");
    }
}

#[test]
fn a_suspended_member_has_no_vote_whatever_it_counts_as() {
    let rows = "member,from,to,status\nFRA,2001-01-01,,\nGBR,2001-01-01,,\nPER,2001-01-01,,\nPER,2005-01-01,2006-01-01,suspended\n";
    let ruled = |suspended: &str, ballots: &str| {
        let body = format!(
            "format = 1\nname = \"Chamber\"\nfrom = 2001-01-01\nsuspended = \"{suspended}\"\n[kinds]\n\
             ordinary = {{ rules = [{{ from = 2001-01-01, requirement = \"at least 2/3 of members\", source = \"Statute\" }}] }}\n"
        );
        let files = [
            ("bodies/chamber.toml", body),
            ("bodies/chamber.members.csv", rows.to_owned()),
        ];
        let reference = Reference::default().with_files("example", files).unwrap();
        let vote = decision(&format!(
            r#""body": "chamber", "date": "2005-05-05", "ballots": {{{ballots}}}"#
        ));
        let ruling = reference.library().ruling(&vote, &Setting::default());
        let ruling = ruling.unwrap();
        let out: Vec<_> = ruling.left_out().iter().map(|who| who.as_str()).collect();
        let members = ruling.base().map(|base| base.members);
        (ruling.verdict(), members, out.join(" "))
    };
    let listed = r#""yes": ["FRA", "GBR"], "non-voting": ["PER"]"#;
    let voted = r#""yes": ["FRA", "PER"], "no": ["GBR"]"#;
    for (suspended, ballots, verdict, members, left_out) in [
        ("out", listed, Verdict::Adopted, 2, ""),
        ("keeps-seat", listed, Verdict::Adopted, 2, ""),
        ("counts", listed, Verdict::Adopted, 3, ""),
        ("out", voted, Verdict::Rejected, 2, "PER"),
        ("keeps-seat", voted, Verdict::Rejected, 2, "PER"),
        ("counts", voted, Verdict::Rejected, 3, "PER"),
    ] {
        let expected = (verdict, Some(members), left_out.to_owned());
        assert_eq!(ruled(suspended, ballots), expected, "{suspended} {ballots}");
    }
}

#[test]
fn a_record_names_the_decision_of_another_organ_that_its_rule_asks_for() {
    let council = |id: &str, yes: u32| {
        decision(&format!(
            r#""id": "{id}", "body": "unsc", "date": "2011-07-13", "partial": true, "symbol": "S/RES/1999(2011)",
               "announced": {{"yes": {yes}, "no": 0, "abstain": 0}}, "ballots": {{"yes": ["FRA"]}}"#
        ))
    };
    let elsewhere = [council("first", 3), council("second", 15)];
    for (with, verdict) in [
        ("", Verdict::Undetermined),
        (r##", "with": {"council": "#second"}"##, Verdict::Adopted),
        (
            r##", "with": {"council": "#third"}"##,
            Verdict::Undetermined,
        ),
        (
            r#", "with": {"council": "S/RES/2000(2011)"}"#,
            Verdict::Undetermined,
        ),
    ] {
        let fields = format!(
            r#""body": "unga", "date": "2011-07-14", "question": {{"kind": "admission"}}, "announced": {{"yes": 150, "no": 0}}{with}"#
        );
        let setting = Setting {
            others: &elsewhere,
            ..Setting::default()
        };
        let verdict_of = with_setting(&fields, &setting);
        assert_eq!(verdict_of, verdict, "{fields}");
    }
    let named = r#""body": "unga", "date": "2011-07-14", "question": {"kind": "admission"}, "announced": {"yes": 150, "no": 0}, "with": {"council": "S/RES/1999 (2011)"}"#;
    let setting = Setting {
        others: &elsewhere[1..],
        ..Setting::default()
    };
    assert_eq!(with_setting(named, &setting), Verdict::Adopted);
}

fn with_setting(fields: &str, setting: &Setting<'_>) -> Verdict {
    with(fields, setting, |ruling| ruling.verdict())
}

#[test]
fn a_vote_that_its_record_calls_void_is_not_told_as_adopted() {
    let vote = |yes, outcome| Decision {
        body: "ilo-conference".parse().ok(),
        date: "2005-06-16".parse().ok(),
        announced: AnnouncedTally {
            yes: Some(yes),
            no: Some(8),
            ..AnnouncedTally::default()
        },
        outcome,
        ..Decision::default()
    };
    for (yes, outcome, verdict) in [
        (288, Some(Outcome::Void), Verdict::Undetermined),
        (288, Some(Outcome::Adopted), Verdict::Adopted),
        (288, None, Verdict::Adopted),
        (2, Some(Outcome::Void), Verdict::Rejected),
    ] {
        let vote = vote(yes, outcome);
        let ruling = Library::embedded()
            .ruling(&vote, &Setting::default())
            .unwrap();
        assert_eq!(ruling.verdict(), verdict, "{yes} {outcome:?}");
        let evaluation = ruling.evaluation();
        assert_eq!(evaluation.verdict, verdict);
        assert_eq!(
            ruling.undecided().is_some(),
            verdict == Verdict::Undetermined
        );
        let missing = evaluation.missing();
        assert_eq!(
            missing.contains(&"whether there was a quorum"),
            outcome == Some(Outcome::Void) && yes > 8
        );
    }
}

#[test]
fn a_quorum_that_the_record_shows_to_be_lacking_makes_the_vote_void() {
    let ilo = |attending: u32, outcome: &str| {
        format!(
            r#""body": "ilo-conference", "date": "2005-06-16", "announced": {{"yes": 288, "no": 8, "abstain": 139}}, "attending": {attending}{outcome}"#
        )
    };
    let (void, adopted) = (r#", "outcome": "void""#, r#", "outcome": "adopted""#);
    for (attending, outcome, verdict, says) in [
        (
            594,
            void,
            Verdict::Rejected,
            "there was no quorum: 296 of 594 attending voting",
        ),
        (594, adopted, Verdict::Rejected, "there was no quorum"),
        (594, "", Verdict::Rejected, "there was no quorum"),
        (592, "", Verdict::Adopted, "288 of 296 present and voting"),
        (
            592,
            void,
            Verdict::Undetermined,
            "there was a quorum, so that the reason is not known",
        ),
        // Fewer than voted cannot have attended: the number is wrong.
        (
            400,
            void,
            Verdict::Undetermined,
            "does not follow from the votes",
        ),
    ] {
        with(&ilo(attending, outcome), &Setting::default(), |ruling| {
            let evaluation = ruling.evaluation();
            assert_eq!(ruling.verdict(), verdict, "{attending} {outcome}");
            assert_eq!(evaluation.verdict, verdict, "{attending} {outcome}");
            let said = evaluation.reasons.deciding();
            assert!(said.contains(says), "{attending} {outcome}: {said}");
            let lacks = verdict == Verdict::Rejected;
            assert_eq!(ruling.lacks_quorum(), lacks, "{attending} {outcome}");
            assert_eq!(
                ruling.undecided().is_some(),
                verdict == Verdict::Undetermined
            );
        });
    }
}

#[test]
fn votes_alone_show_a_quorum_and_never_that_there_was_none() {
    let assembly = |announced: &str, more: &str| {
        format!(r#""body": "unga", "date": "2018-12-19", "announced": {{{announced}}}{more}"#)
    };
    for (announced, more, quorum) in [
        (r#""yes": 90, "no": 6, "abstain": 1"#, "", Verdict::Adopted),
        (r#""yes": 90, "no": 6"#, "", Verdict::Undetermined),
        (
            r#""yes": 90, "no": 6, "non-voting": 97"#,
            "",
            Verdict::Undetermined,
        ),
        (
            r#""yes": 90, "no": 6, "abstain": 0, "non-voting": 0"#,
            "",
            Verdict::Rejected,
        ),
        (
            r#""yes": 90, "no": 6"#,
            r#", "attending": 96"#,
            Verdict::Rejected,
        ),
        (
            r#""yes": 90, "no": 6"#,
            r#", "attending": 97"#,
            Verdict::Adopted,
        ),
        (
            r#""yes": 90, "no": 6"#,
            r#", "attending": 95"#,
            Verdict::Undetermined,
        ),
        (
            r#""yes": 90, "no": 6, "non-voting": 0"#,
            r#", "partial": true, "ballots": {"yes": ["FRA"]}"#,
            Verdict::Undetermined,
        ),
    ] {
        let fields = assembly(announced, more);
        with(&fields, &Setting::default(), |ruling| {
            let (found, evaluation) = ruling.quorum().unwrap();
            assert_eq!(found.verdict, quorum, "{fields}");
            assert_eq!(evaluation.verdict, quorum, "{fields}");
            // The rule of the Assembly is not confirmed by a source, so that the verdict does not rest on it.
            assert_eq!(ruling.verdict(), Verdict::Adopted, "{fields}");
        });
    }
}

#[test]
fn a_quorum_of_one_kind_is_asked_of_no_other() {
    let vote = |more: &str| {
        format!(
            r#""body": "icc-asp", "date": "2015-11-20", "announced": {{"yes": 30, "no": 5, "abstain": 1}}, "attending": 36{more}"#
        )
    };
    let kind = |kind: &str| format!(r#", "question": {{"kind": "{kind}"}}"#);
    let nature = |nature: &str| format!(r#", "question": {{"nature": "{nature}"}}"#);
    // Whether the quorum is looked at, and whether its lack makes the verdict: not where the question may be one of procedure.
    for (more, looked_at, lacks) in [
        (kind("substantive"), true, true),
        (nature("substantive"), true, true),
        (kind("procedural"), false, false),
        (nature("procedural"), false, false),
        (kind("amendment"), false, false),
        (String::new(), true, false),
    ] {
        with(&vote(&more), &Setting::default(), |ruling| {
            assert_eq!(ruling.quorum().is_some(), looked_at, "{more}");
            assert_eq!(ruling.lacks_quorum(), lacks, "{more}");
        });
    }
    with(&vote(&kind("substantive")), &Setting::default(), |ruling| {
        assert_eq!(ruling.verdict(), Verdict::Rejected);
    });
    with(&vote(&kind("procedural")), &Setting::default(), |ruling| {
        assert_eq!(ruling.verdict(), Verdict::Adopted);
    });
}

#[test]
fn cloture_on_a_nomination_to_the_supreme_court_took_three_fifths_until_2017() {
    let vote = |kind: &str, date: &str, yes: u32, outcome: &str| {
        format!(
            r#""body": "us-senate", "date": "{date}", "announced": {{"yes": {yes}, "no": {}}}, "question": {{"kind": "{kind}"}}, "outcome": "{outcome}""#,
            100 - yes
        )
    };
    let (any, court) = ("cloture-nomination", "cloture-supreme-court");
    for (kind, date, yes, outcome, verdict) in [
        (any, "2013-12-12", 55, "adopted", Verdict::Adopted),
        (any, "2016-06-01", 55, "adopted", Verdict::Adopted),
        // The record may mean the Supreme Court by a nomination.
        (any, "2017-04-05", 55, "rejected", Verdict::Undetermined),
        (any, "2017-04-06", 55, "rejected", Verdict::Adopted),
        (court, "2006-01-30", 72, "adopted", Verdict::Adopted),
        (court, "2017-04-05", 55, "rejected", Verdict::Rejected),
        (court, "2017-04-06", 55, "adopted", Verdict::Adopted),
    ] {
        with(
            &vote(kind, date, yes, outcome),
            &Setting::default(),
            |ruling| {
                assert_eq!(ruling.verdict(), verdict, "{kind} {date} {yes} {outcome}");
            },
        );
    }
}

#[test]
fn the_charter_of_the_oau_was_applied_beside_the_act_until_the_union_began_its_work() {
    let vote = |date: &str| {
        format!(
            r#""body": "african-union", "date": "{date}", "announced": {{"yes": 30, "no": 0, "abstain": 23}}, "outcome": "rejected""#
        )
    };
    for (date, verdict) in [
        ("2001-05-25", Verdict::Rejected),
        ("2001-07-09", Verdict::Undetermined),
        ("2002-07-09", Verdict::Adopted),
    ] {
        with(&vote(date), &Setting::default(), |ruling| {
            assert_eq!(ruling.verdict(), verdict, "{date}");
        });
    }
}

/// A council of four, one of which joined late, that decides by silence and in writing by rules of its own.
fn silent_council(silence: &str) -> std::sync::Arc<Reference> {
    let text = format!(
        r#"format = 1
name = "Silent Council"
from = 2000-01-01
default-kind = "ordinary"
choices = {{ proxy = "non-voting", announced = "non-voting", present = "abstain" }}
groups = {{ founders = {{ status = "founder" }} }}
[kinds]
ordinary = {{ rules = [{{ from = 2000-01-01, requirement = "at least 2/3 of members", source = "law" }}] }}
in-writing = {{ mode = "written", rules = [{{ from = 2010-01-01, requirement = "all members", source = "law" }}] }}
{silence}
"#
    );
    let members = "member,from,to,status\nAUT,2000-01-01,,founder\nBGR,2000-01-01,,founder\nHRV,2000-01-01,,founder\nFRA,2015-01-01,,\n";
    let schemes = "group,member,from,to,basis\nriver,AUT,2000-01-01,,\nriver,HRV,2000-01-01,,\nriver,PER,2000-01-01,,\n";
    let files = [
        ("bodies/silent.toml", text.as_str().to_owned()),
        ("bodies/silent.members.csv", members.to_owned()),
        ("groups/rivers.csv", schemes.to_owned()),
    ];
    Reference::embedded().with_files("test", files).unwrap()
}

/// The verdict on a vote of that council with its ground, or why there is none.
fn of_council(reference: &Reference, fields: &str) -> String {
    let vote = decision(&format!(r#""body": "silent", {fields}"#));
    match reference.library().ruling(&vote, &Setting::default()) {
        Ok(ruling) => format!(
            "{}, {}: {}",
            ruling.verdict(),
            ruling.ground(),
            ruling.evaluation().reasons.deciding()
        ),
        Err(reason) => reason.to_string(),
    }
}

#[test]
fn a_decision_by_silence_is_broken_by_objections_as_the_body_says() {
    let custom = silent_council("");
    let tacit = silent_council(
        r#"tacit = { mode = "silence", rules = [{ from = 2000-01-01, to = 2018-01-01, requirement = "after 3 days (at most 1/3 of members against)", source = "law" }] }"#,
    );
    let silence = |date: &str, objections: &str, more: &str| {
        format!(r#""mode": "silence", "date": "{date}", "objections": [{objections}]{more}"#)
    };
    for (reference, fields, says) in [
        (&custom, silence("2016-03-01", "", ""), "adopted, assumed"),
        (
            &custom,
            silence("2016-03-01", r#""FRA""#, ""),
            "rejected, assumed: neither the record nor the configuration states the rule: FRA against",
        ),
        // France was not a member in 2014, so its objection does not count.
        (&custom, silence("2014-03-01", r#""FRA""#, ""), "adopted, assumed"),
        (
            &custom,
            silence("2016-03-01", r#""FRA""#, r#", "rule": "at most 1/3 of members against""#),
            "adopted, stated by the record: 1 of 4 members against",
        ),
        (
            &tacit,
            silence("2016-03-01/2016-03-04", r#""FRA""#, ""),
            "adopted, questions so decided are of the kind `tacit`",
        ),
        (
            &tacit,
            silence("2016-03-01/2016-03-04", r#""FRA", "AUT", "FRA""#, ""),
            "rejected, questions so decided are of the kind `tacit`",
        ),
        // The time has not passed.
        (
            &tacit,
            silence("2016-03-01/2016-03-03", "", ""),
            "undetermined, questions so decided",
        ),
        // The rule had ended: one objection breaks the silence.
        (
            &tacit,
            silence("2018-03-01/2018-03-09", r#""FRA""#, ""),
            "rejected, assumed",
        ),
        (
            &tacit,
            r#""mode": "silence", "date": "2016-03-01""#.to_owned(),
            "it was not put to a vote",
        ),
        (
            &custom,
            r#""mode": "written", "date": "2016-03-01", "announced": {"yes": 3, "no": 0}"#.to_owned(),
            "rejected, questions so decided are of the kind `in-writing`",
        ),
        (
            &custom,
            r#""mode": "written", "date": "2009-03-01", "announced": {"yes": 3, "no": 0}"#.to_owned(),
            "adopted, assumed",
        ),
        (
            &custom,
            r#""mode": "written", "date": "2016-03-01", "question": {"kind": "ordinary"}, "announced": {"yes": 3, "no": 0}"#.to_owned(),
            "adopted, the record says",
        ),
    ] {
        let said = of_council(reference, &fields);
        assert!(said.starts_with(says), "{fields}: {said}");
    }
    let unknown = r#"tacit = { mode = "silnce", rules = [{ from = 2000-01-01, requirement = "1 vote", source = "law" }] }"#;
    let text = format!("format = 1\nname = \"B\"\nfrom = 2000-01-01\n[kinds]\n{unknown}\n");
    let wrong = Reference::embedded().with_files("test", [("bodies/b.toml", text)]);
    let said = wrong.unwrap_err().to_string();
    assert!(
        said.contains("unknown mode `silnce` in `kinds.tacit`"),
        "{said}"
    );
}

#[test]
fn a_body_counts_marked_ballots_by_its_own_words_and_split_votes_by_their_units() {
    let reference = silent_council("");
    let council = |marks: &[(&str, &str)]| {
        let lines = marks.iter().map(|(who, mark)| {
            format!(r#"{{"state": "{who}", "choice": "yes", "mark": "{mark}"}}"#)
        });
        let lines: Vec<_> = lines.collect();
        let fields = format!(
            r#""date": "2010-03-01", "ballots": {{"yes": ["AUT"], "printed": [{}]}}"#,
            lines.join(", ")
        );
        of_council(&reference, &fields)
    };
    for (marks, says) in [
        (
            &[("BGR", "excused"), ("HRV", "paired")][..],
            "adopted, assumed: neither the record nor the configuration states the rule: 3 of 3",
        ),
        (
            &[("BGR", "proxy"), ("HRV", "paired")],
            "adopted, assumed: neither the record nor the configuration states the rule: 2 of 3",
        ),
        (
            &[("BGR", "proxy"), ("HRV", "present")],
            "rejected, assumed: neither the record nor the configuration states the rule: 1 of 3",
        ),
        (
            &[("BGR", "announced"), ("HRV", "proxy")],
            "rejected, assumed: neither the record nor the configuration states the rule: 1 of 3",
        ),
    ] {
        let said = council(marks);
        assert!(said.starts_with(says), "{marks:?}: {said}");
    }
    // A vote that a member splits is that of its units.
    let split = r#""body": "ilo-conference", "date": "2019-06-21", "ballots": {"yes": ["unit:FRA/government-1", "unit:PER/worker"],
        "no": ["unit:FRA/employer"], "abstain": ["unit:FRA/worker"]}"#;
    with(split, &Setting::default(), |ruling| {
        assert_eq!(ruling.standing().tally().to_string(), "2-1-1");
        assert_eq!(ruling.verdict(), Verdict::Adopted);
    });
}

#[test]
fn those_who_take_part_may_be_a_group_of_the_body_or_of_a_scheme() {
    let reference = silent_council("");
    for (taking_part, yes, says, base) in [
        (r#"["AUT", "HRV"]"#, r#""AUT", "HRV""#, "adopted", Some(2)),
        (
            r#"["AUT", "HRV"]"#,
            r#""AUT", "BGR", "FRA""#,
            "rejected",
            Some(2),
        ),
        (
            r#""founders""#,
            r#""AUT", "HRV", "FRA""#,
            "adopted",
            Some(3),
        ),
        (r#""founders""#, r#""AUT", "FRA""#, "rejected", Some(3)),
        // Peru is in the group and no member of the body.
        (r#""river""#, r#""AUT", "HRV""#, "adopted", Some(2)),
        (
            r#""streams""#,
            r#""AUT""#,
            "not known: the members of `streams`",
            None,
        ),
    ] {
        let fields = format!(
            r#""body": "silent", "date": "2016-03-01", "taking-part": {taking_part}, "ballots": {{"yes": [{yes}]}}"#
        );
        let vote = decision(&fields);
        let ruling = reference.library().ruling(&vote, &Setting::default());
        let said = match &ruling {
            Ok(ruling) => ruling.verdict().to_string(),
            Err(reason) => reason.to_string(),
        };
        assert_eq!(said, says, "{fields}");
        let members = ruling.ok().and_then(|ruling| Some(ruling.base()?.members));
        assert_eq!(members, base, "{fields}");
    }
}
