//! The rules that come with the crate.

use std::collections::BTreeMap;

use plenary_decisions::library::Tie;
use plenary_decisions::{Library, Standing};
use plenary_types::Tally;

#[test]
fn the_embedded_library_is_read_whole() {
    let text = include_str!("../../data/rules.toml");
    let library = Library::from_toml(text).unwrap();
    assert_eq!(library.rules().len(), text.matches("[[rule]]").count());
    assert_eq!(Library::embedded().rules().len(), library.rules().len());
}

#[test]
fn no_two_versions_of_a_rule_hold_on_one_day() {
    let mut by_name: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for rule in Library::embedded().rules() {
        for name in rule.aliases.iter().chain([&rule.id]) {
            by_name.entry(name).or_default().push((rule.span, &rule.id));
        }
    }
    for (name, versions) in by_name {
        for (i, (span, id)) in versions.iter().enumerate() {
            for (other, other_id) in &versions[i + 1..] {
                assert!(!span.overlaps(*other), "{name}: {span} and {other}");
                assert_eq!(id, other_id, "{name} names two rules");
            }
        }
    }
}

#[test]
fn composition_and_threshold_of_the_council_change_on_different_days() {
    let library = Library::embedded();
    let at = |day: &str| {
        let rule = library
            .rule_for("unsc", "procedural", day.parse().unwrap())
            .unwrap();
        (rule.members, rule.rule.requirement.to_string())
    };
    assert_eq!(at("1965-08-30"), (Some(11), "at least 7 votes".into()));
    assert_eq!(at("1965-08-31"), (Some(11), "at least 9 votes".into()));
    assert_eq!(at("1966-01-01"), (Some(15), "at least 9 votes".into()));
}

#[test]
fn subjects_of_article_18_are_important() {
    let library = Library::embedded();
    assert_eq!(library.category_of("unga", "budget"), "important");
    assert_eq!(library.category_of("unga", "migration"), "ordinary");
}

#[test]
fn a_tie_is_not_a_majority_and_the_rules_say_what_follows() {
    let day = "2000-01-01".parse().unwrap();
    let tied = Standing::of_counts(Tally {
        yes: 50,
        no: 50,
        abstain: 3,
        ..Tally::default()
    });
    for (rule, tie) in [
        ("ga-ordinary", Tie::SecondVote),
        ("ga-committee", Tie::Rejected),
    ] {
        let rule = Library::embedded().rule(rule, day).unwrap();
        assert_eq!(rule.verdict(&tied), plenary_decisions::Verdict::Rejected);
        assert_eq!(rule.tie(&tied), Some(tie));
        for (yes, no) in [(50, 49), (0, 0)] {
            let tally = Tally {
                yes,
                no,
                ..Tally::default()
            };
            assert_eq!(rule.tie(&Standing::of_counts(tally)), None);
        }
    }
}

#[test]
fn wrong_entries_are_named() {
    let text = "[[table]]\nname = \"t\"\nbodies = [\"b\"]\nfrom = 2000-01-01\nsource = \"\"\nweights = { AAA = \"x\" }";
    let error = Library::from_toml(text).unwrap_err().to_string();
    assert!(
        error.starts_with("`t` in the rule library: the weight `x` of AAA"),
        "{error}"
    );
    let text = "[[rule]]\nid = \"r\"\nbody = \"b\"\ncategory = \"c\"\ntitle = \"\"\nfrom = 2000-01-01\nsource = \"\"\nrequirement = \"at least\"";
    let error = Library::from_toml(text).unwrap_err().to_string();
    assert!(error.contains("expected a requirement"), "{error}");
}

#[test]
fn every_consequence_of_a_tie_has_words_of_its_own() {
    for (tie, words) in [
        (Tie::Rejected, "the proposal is rejected"),
        (Tie::Lot, "the lot decides"),
        (Tie::Chair, "the vote of the chair decides"),
    ] {
        assert_eq!(tie.words(), words);
    }
    assert!(Tie::SecondVote.words().contains("within 48 hours"));
}

/// A rule of two versions, the second of which has ended; the body grew with it and shrank afterwards.
const ENDED: &str = r#"
size = [
    { body = "b", from = 1980-01-01, to = 1990-01-01, members = 5, source = "" },
    { body = "b", from = 1990-01-01, to = 2000-01-01, members = 7, source = "" },
    { body = "b", from = 2000-01-01, members = 6, source = "" },
]

[[rule]]
id = "r"
body = "b"
category = "c"
title = "first"
from = 1980-01-01
to = 1990-01-01
requirement = "1 vote"
source = ""

[[rule]]
id = "r"
aliases = ["other"]
body = "b"
category = "c"
title = "second"
from = 1990-01-01
to = 2000-01-01
requirement = "1 vote"
source = ""
"#;

#[test]
fn the_latest_version_of_a_rule_is_that_of_today_or_the_last_there_was() {
    let library = Library::from_toml(ENDED).unwrap();
    let latest = |id: &str, today: &str| {
        let found = library.latest(id, today.parse().unwrap())?;
        Some((found.rule.title.clone(), found.members.unwrap()))
    };
    assert_eq!(latest("r", "1985-06-01"), Some(("first".into(), 5)));
    assert_eq!(latest("r", "1990-01-01"), Some(("second".into(), 7)));
    assert_eq!(latest("r", "2020-01-01"), Some(("second".into(), 7)));
    assert_eq!(latest("other", "2020-01-01"), Some(("second".into(), 7)));
    assert_eq!(latest("s", "2020-01-01"), None);
}
