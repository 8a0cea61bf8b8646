//! The text form: what is understood, what is refused, and that printing and parsing agree.

use plenary_decisions::requirement::Relation;
use plenary_decisions::{Clause, Name, Requirement};
use proptest::prelude::*;

#[test]
fn rules_print_as_they_are_written() {
    for text in [
        "more than 1/2 of present and voting",
        "at least 2/3 of members",
        "at least 9 votes; no member of P5 against",
        "at least 55% of members; at least 65% of population or fewer than 4 members not in favour",
        "at least 4 members not in favour; more than 35% of population not in favour",
        "all of Annex2",
        "all of {FRA, GBR}",
        "all members not against",
        "no member against",
        "at least 1/3 of members present",
        "at least 2/3 of attending",
        "at least 1/2 of attending voting",
        "more than 1/2 of quota attending of P5",
        "more than 1/2 of voting-power cast",
        "at least 260 nice-votes",
        "at least 5.502% of voting-power represented",
        "first in council (at least 9 votes; no member of P5 against); at least 2/3 of present and voting",
        "among Participants (at least 55% of members)",
        "without Suspended (more than 1/2 of members)",
        "after 1 year (at most 1/3 of members against)",
        "should (no member of Parties voting)",
        "not (exactly 1 vote of P5 abstaining)",
    ] {
        let requirement: Requirement = text.parse().unwrap();
        assert_eq!(requirement.to_string(), text);
    }
}

#[test]
fn other_ways_to_write_a_rule_are_understood() {
    for (text, printed) in [
        ("A majority of members", "more than 1/2 of members"),
        (
            "two thirds of the members present and voting",
            "at least 2/3 of present and voting",
        ),
        ("9 affirmative votes", "at least 9 votes"),
        (
            "at least 50/100 of votes cast",
            "at least 50% of present and voting",
        ),
        ("(at least 9 votes)", "at least 9 votes"),
        ("less than 3 votes against", "fewer than 3 votes against"),
        ("any of P5", "at least 1 vote of P5"),
        ("nobody against", "no member against"),
    ] {
        let requirement: Requirement = text.parse().unwrap();
        assert_eq!(requirement.to_string(), printed);
    }
}

#[test]
fn clauses_print_as_they_are_written() {
    for (text, printed) in [
        (
            "20 instruments; 30 days",
            "at least 20 instruments; 30 days",
        ),
        (
            "60 instruments; first day of the month after 60 days",
            "at least 60 instruments; first day of the month after 60 days",
        ),
        (
            "40 instruments; first day of month 6 after",
            "at least 40 instruments; first day of month 6 after",
        ),
        (
            "55 instruments; at least 55% of emissions; 30 days",
            "at least 55 instruments; at least 55% of emissions; 30 days",
        ),
        ("all of Annex2; 180 days", "all of Annex2; 180 days"),
        (
            "65 instruments; 180 days; not before 2 years after opening for signature",
            "at least 65 instruments; not before 2 years after opening; 180 days",
        ),
        (
            "10 ratifications; 90th day after",
            "at least 10 instruments; 90 days",
        ),
        (
            "10 parties; not before 2000-01-01",
            "at least 10 instruments; not before 2000-01-01",
        ),
        (
            "3 instruments; including organisations",
            "at least 3 instruments; including organisations",
        ),
        ("all members; at once", "all members"),
    ] {
        let clause: Clause = text.parse().unwrap();
        assert_eq!(clause.to_string(), printed);
        assert_eq!(printed.parse::<Clause>().unwrap(), clause);
    }
}

#[test]
fn errors_say_where_and_what() {
    let error = |text: &str| text.parse::<Requirement>().unwrap_err().to_string();
    assert_eq!(
        error(""),
        "at character 1: expected a requirement, found the end"
    );
    assert_eq!(
        error("at least 9 votes; and"),
        "at character 19: expected a requirement, found `and`"
    );
    assert_eq!(
        error("at least 3/2 of members"),
        "at character 10: expected a fraction from 0 to 1, found `3`"
    );
    assert_eq!(
        error("at least 2/3"),
        "at character 13: expected `of` and a base, found the end"
    );
    assert_eq!(
        error("é"),
        "at character 1: expected a word, a number or one of `; ( ) { } , / %`, found `é`"
    );
    assert!(error("all of {Fr}").contains("a code of three capitals"));
    assert!("30 days".parse::<Clause>().is_err());
    let twice = |text: &str| text.parse::<Clause>().unwrap_err().to_string();
    assert!(twice("2 votes; 30 days; 40 days").contains("expected one delay only"));
    let not_before = twice("2 votes; not before 2000-01-01; not before 2001-01-01");
    assert!(not_before.contains("expected one `not before` only"));
    let deep = format!(
        "{}at least 1 vote{}",
        "(".repeat(100_000),
        ")".repeat(100_000)
    );
    assert!(error(&deep).contains("fewer parentheses"));
    let wide = vec!["(at least 1 vote; at least 2 votes)"; 200].join(" or ");
    assert!(wide.parse::<Requirement>().is_ok());
    assert!(error("at least 99999999999999999999 votes").contains("found `9`"));
}

#[test]
fn a_name_is_a_word_that_the_grammar_does_not_need() {
    for name in ["P5", "nice-votes", "Annex_2"] {
        assert_eq!(name.parse::<Name>().unwrap().as_str(), name);
    }
    for text in ["", "5P", "a b", "and", "Years", "é"] {
        assert!(text.parse::<Name>().is_err(), "{text}");
    }
}

#[test]
fn more_can_only_help_where_a_number_is_the_least() {
    let lower = |relation: &Relation| relation.is_lower_bound();
    assert!([Relation::AtLeast, Relation::MoreThan].iter().all(lower));
    let others = [Relation::AtMost, Relation::FewerThan, Relation::Exactly];
    assert!(!others.iter().any(lower));
}

#[test]
fn a_requirement_names_the_tables_it_needs_once_each() {
    let tables = |text: &str| -> Vec<String> {
        let requirement: Requirement = text.parse().unwrap();
        requirement
            .tables()
            .iter()
            .map(ToString::to_string)
            .collect()
    };
    assert_eq!(
        tables("at least 9 votes; no member of P5 against"),
        Vec::<String>::new()
    );
    assert_eq!(
        tables("at least 65% of population; not (at least 3 quota) or more than 35% of population"),
        ["population", "quota"]
    );
}

proptest! {
    #[test]
    fn no_text_makes_the_parser_panic(text in "\\PC{0,60}") {
        let _ = text.parse::<Requirement>();
        let _ = text.parse::<Clause>();
    }

    #[test]
    fn words_of_the_grammar_in_any_order_do_not_panic(
        words in prop::collection::vec(
            prop::sample::select(vec!["at", "least", "no", "member", "of", "P5", "1", "/", "2", "%", "(", ")",
                "{", "}", ",", ";", "or", "not", "in", "favour", "after", "days", "first", "day", "month", "before",
                "2000-01-01", "all", "votes", "present", "and", "voting", "including", "organisations"]), 0..12)
    ) {
        let text = words.join(" ");
        if let Ok(requirement) = text.parse::<Requirement>() {
            prop_assert_eq!(requirement.to_string().parse::<Requirement>(), Ok(requirement));
        }
        if let Ok(clause) = text.parse::<Clause>() {
            prop_assert_eq!(clause.to_string().parse::<Clause>(), Ok(clause));
        }
    }
}
