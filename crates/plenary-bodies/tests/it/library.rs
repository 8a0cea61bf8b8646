//! The rules that come with the crate.

use std::collections::BTreeMap;
use std::sync::Arc;

use plenary_bodies::library::Tie;
use plenary_bodies::{Library, Reference};
use plenary_decisions::Standing;
use plenary_types::Tally;

/// The embedded reference with one body more.
fn with_body(name: &str, text: &str) -> Arc<Reference> {
    let text = format!("format = 1\nname = \"A body\"\nfrom = 1980-01-01\n{text}");
    let files = [(format!("bodies/{name}.toml"), text)];
    Reference::embedded().with_files("test", files).unwrap()
}

#[test]
fn every_rule_of_the_files_is_a_rule_of_the_library() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/bodies");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            let text = std::fs::read_to_string(path).unwrap();
            count += text.matches("requirement = ").count();
        }
    }
    assert!(count > 60, "{count}");
    let leads_to = Library::embedded().bodies().iter();
    let leads_to = leads_to
        .flat_map(|body| body.kinds())
        .filter(|kind| kind.leads_to.is_some());
    assert_eq!(Library::embedded().rules().len() + leads_to.count(), count);
}

#[test]
fn no_two_versions_of_a_rule_hold_on_one_day() {
    let mut by_name: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for rule in Library::embedded().rules() {
        for name in rule.aliases.iter().chain([&rule.id]) {
            let kind = (&rule.body, &rule.kind);
            by_name.entry(name).or_default().push((rule.span, kind));
        }
    }
    for (name, versions) in by_name {
        for (i, (span, kind)) in versions.iter().enumerate() {
            for (other, other_kind) in &versions[i + 1..] {
                assert!(!span.overlaps(*other), "{name}: {span} and {other}");
                assert_eq!(kind, other_kind, "{name} names two rules");
            }
        }
    }
}

#[test]
fn the_council_of_eleven_decided_by_seven_votes_under_a_text_that_asked_for_nine() {
    let library = Library::embedded();
    let at = |category: &str, day: &str| {
        let rule = library.rule_for("unsc", category, day.parse().unwrap())?;
        let requirement = rule.rule.requirement.to_string();
        Some((rule.members?, requirement, rule.rule.unverified))
    };
    let (seven, nine) = ("at least 7 votes", "at least 9 votes");
    for (day, members, requirement, unverified) in [
        ("1965-08-30", 11, seven, false),
        ("1965-08-31", 11, seven, true),
        ("1965-12-31", 11, seven, true),
        ("1966-01-01", 15, nine, false),
    ] {
        let expected = Some((members, requirement.to_owned(), unverified));
        assert_eq!(at("procedural", day), expected, "{day}");
        for (category, more) in [
            ("substantive", "; no member of P5 against"),
            ("preliminary", "; no member of P5 against"),
        ] {
            let found = at(category, day).map(|(_, requirement, _)| requirement);
            assert_eq!(
                found,
                Some(format!("{requirement}{more}")),
                "{category} {day}"
            );
        }
    }
    for (day, known) in [
        ("1965-08-30", false),
        ("1965-08-31", true),
        ("1965-12-31", true),
        ("1966-01-01", false),
    ] {
        let amended = at("procedural-as-amended", day);
        assert_eq!(amended, known.then(|| (11, nine.to_owned(), true)), "{day}");
        let amended = at("substantive-as-amended", day);
        assert_eq!(amended.is_some(), known, "{day}");
    }
}

#[test]
fn rules_of_the_assembly_that_quote_the_council_follow_its_number_of_votes() {
    let library = Library::embedded();
    for (id, from) in [
        ("ga-admission", "1945-10-24"),
        ("ga-suspension", "1945-10-24"),
        ("ga-expulsion", "1945-10-24"),
        ("ga-secretary-general", "1945-10-24"),
        ("ga-emergency-session", "1950-11-03"),
    ] {
        let days = [from, "1965-08-30", "1965-08-31", "1965-12-31", "1966-01-01"];
        let told = days.map(|day| {
            let rule = library.rule(id, day.parse().unwrap()).unwrap().rule;
            let text = rule.requirement.to_string();
            assert!(text.contains("in council (at least "), "{id}: {text}");
            (text.contains("at least 7 votes"), rule.unverified)
        });
        let (as_signed, by_practice, amended) = ((true, false), (true, true), (false, false));
        let expected = [as_signed, as_signed, by_practice, by_practice, amended];
        assert_eq!(told, expected, "{id}");
        let day_before = from
            .parse::<chrono::NaiveDate>()
            .unwrap()
            .pred_opt()
            .unwrap();
        assert!(library.rule(id, day_before).is_none(), "{id}");
    }
}

#[test]
fn the_quorum_is_that_of_the_rules_of_procedure_of_the_day() {
    let library = Library::embedded();
    for (id, day, requirement, unverified) in [
        (
            "ga-quorum-open",
            "1971-12-16",
            "more than 1/2 of members present",
            true,
        ),
        (
            "ga-quorum-open",
            "1971-12-17",
            "at least 1/3 of members present",
            false,
        ),
        (
            "ga-committee-quorum-open",
            "1971-12-16",
            "at least 1/3 of members present",
            true,
        ),
        (
            "ga-committee-quorum-open",
            "1971-12-17",
            "at least 1/4 of members present",
            false,
        ),
        (
            "ga-committee-quorum-decide",
            "1971-12-17",
            "more than 1/2 of members present",
            true,
        ),
        (
            "ilo-quorum-decide",
            "1948-04-19",
            "at least 1/2 of attending voting",
            true,
        ),
        (
            "ilo-quorum-decide",
            "1948-04-20",
            "at least 1/2 of attending voting",
            false,
        ),
    ] {
        let rule = library.rule(id, day.parse().unwrap()).unwrap().rule;
        assert_eq!(rule.requirement.to_string(), requirement, "{id} on {day}");
        assert_eq!(rule.unverified, unverified, "{id} on {day}");
    }
}

#[test]
fn versions_of_a_rule_follow_each_other_without_gap_or_overlap() {
    let rules = Library::embedded().rules();
    for rule in rules {
        let same = rules.iter().filter(|other| other.id == rule.id);
        let next: Vec<_> = same
            .filter(|other| rule.span.to == Some(other.span.from))
            .collect();
        let later = rules
            .iter()
            .filter(|other| other.id == rule.id && other.span.from > rule.span.from);
        assert_eq!(
            next.len(),
            usize::from(later.count() > 0),
            "{} {}",
            rule.id,
            rule.span
        );
        assert!(
            next.iter()
                .all(|next| next.kind == rule.kind && next.body == rule.body)
        );
    }
}

#[test]
fn the_size_of_a_body_follows_the_day_on_which_its_seats_were_filled() {
    let reference = with_body(
        "board",
        r#"
        [[seats]]
        from = 1990-01-01
        to = 2000-06-01
        count = 5
        source = "statute"

        [[seats]]
        from = 2000-06-01
        in-force = 2000-02-01
        count = 9
        source = "amendment; the day on which the seats were filled is unverified"
    "#,
    );
    let board = reference.body("board").unwrap();
    for (day, seats, size) in [
        ("1989-12-31", None, None),
        ("1990-01-01", Some(5..=5), Some(5)),
        ("2000-01-31", Some(5..=5), Some(5)),
        ("2000-02-01", Some(5..=9), None),
        ("2000-05-31", Some(5..=9), None),
        ("2000-06-01", Some(9..=9), Some(9)),
    ] {
        let day = day.parse().unwrap();
        assert_eq!(board.seats_on(day), seats, "{day}");
        assert_eq!(board.size_on(day), size, "{day}");
    }
}

#[test]
fn subjects_of_article_18_are_important() {
    let body = |id| Library::embedded().body(id).unwrap();
    let kind = |subject| Some(body("unga").kind_of_subject(subject)?.id.as_str());
    assert_eq!(kind("budget"), Some("important"));
    assert_eq!(kind("migration"), None);
    assert_eq!(body("unga").default_kind(), Some("ordinary"));
    assert_eq!(body("icj").default_kind(), None);
}

#[test]
fn a_tie_is_not_a_majority_and_the_rules_say_what_follows() {
    let day = "2000-01-01".parse().unwrap();
    let tied = Standing::from_counts(Tally {
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
            assert_eq!(rule.tie(&Standing::from_counts(tally)), None);
        }
    }
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
seats = [
    { from = 1980-01-01, to = 1990-01-01, count = 5, source = "" },
    { from = 1990-01-01, to = 2000-01-01, count = 7, source = "" },
    { from = 2000-01-01, count = 6, source = "" },
]

[[kinds.c.rules]]
id = "r"
title = "first"
from = 1980-01-01
to = 1990-01-01
requirement = "1 vote"
source = ""

[[kinds.c.rules]]
id = "r"
aliases = ["other"]
title = "second"
from = 1990-01-01
to = 2000-01-01
requirement = "1 vote"
source = ""
"#;

#[test]
fn the_latest_version_of_a_rule_is_that_of_today_or_the_last_there_was() {
    let reference = with_body("b", ENDED);
    let latest = |id: &str, today: &str| {
        let found = reference.library().latest(id, today.parse().unwrap())?;
        Some((found.rule.title.clone(), found.members.unwrap()))
    };
    assert_eq!(latest("r", "1985-06-01"), Some(("first".into(), 5)));
    assert_eq!(latest("r", "1990-01-01"), Some(("second".into(), 7)));
    assert_eq!(latest("r", "2020-01-01"), Some(("second".into(), 7)));
    assert_eq!(latest("other", "2020-01-01"), Some(("second".into(), 7)));
    assert_eq!(latest("s", "2020-01-01"), None);
}
