//! Properties of the whole tables.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use plenary_states::{
    CodeSystem, Entity, MatchKind, NameKind, Resolution, Resolver, entities, entity, fold,
    holder_on, resolve, successions,
};
use plenary_types::{Date, Span, StateCode};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The first day, a middle day and the last day of a span, within the time of interest.
fn days_of(span: Span) -> Vec<NaiveDate> {
    let from = span.from.max(day("1900-01-01"));
    let to = span.to.unwrap_or(day("2030-01-01"));
    let last = to.pred_opt().unwrap();
    if last < from {
        return Vec::new();
    }
    let middle = from + Days::new((last - from).num_days() as u64 / 2);
    vec![from, middle, last]
}

/// Whether an answer is the entity, or honest about why it is not.
fn resolves_to(found: &Resolution, entity: Entity) -> bool {
    match found.code {
        Some(code) => code == entity.code(),
        None => {
            found.candidates.iter().any(|c| c.code == entity.code()) && found.candidates.len() > 1
        }
    }
}

#[test]
fn every_name_of_every_entity_at_every_date_resolves_to_it() {
    let (mut certain, mut shared) = (0, BTreeSet::new());
    for entity in entities() {
        for name in entity.names() {
            for life in entity.lives() {
                let from = life.from.max(name.span.from);
                let to = [life.to, name.span.to].into_iter().flatten().min();
                for on in days_of(Span { from, to }) {
                    let found = Resolver::new().on(on).explain(name.text);
                    assert!(
                        resolves_to(&found, entity),
                        "{} of {entity:?} on {on}: {found:?}",
                        name.text
                    );
                    match found.code {
                        Some(_) => certain += 1,
                        None => _ = shared.insert(name.text),
                    }
                }
            }
        }
    }
    println!("{certain} answers; shared by several at some date: {shared:?}");
    assert!(shared.len() < 20);
}

#[test]
fn every_code_of_every_entity_converts_back_on_its_days() {
    for entity in entities() {
        for code in entity.codes() {
            for life in entity.lives() {
                let from = life.from.max(code.span.from);
                let to = [life.to, code.span.to].into_iter().flatten().min();
                for on in days_of(Span { from, to }) {
                    let found = Resolver::new()
                        .codes(code.system)
                        .on(on)
                        .explain(code.value);
                    assert!(
                        resolves_to(&found, entity),
                        "{code:?} of {entity:?} on {on}: {found:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn one_code_that_means_several_entities_says_so() {
    for (system, code, expected) in [
        (CodeSystem::Cow, "365", vec!["RUS", "SUN"]),
        (CodeSystem::Cow, "345", vec!["SCG", "SRB", "YUG"]),
        (CodeSystem::Iso2, "CS", vec!["CSK", "SCG"]),
        (CodeSystem::M49, "891", vec!["SCG", "YUG"]),
        (CodeSystem::Undl, "RUS", vec!["RUS", "SUN"]),
    ] {
        let found = Resolver::new().codes(system).explain(code);
        let mut codes: Vec<_> = found
            .candidates
            .iter()
            .map(|c| c.code.to_string())
            .collect();
        codes.sort_unstable();
        assert_eq!(
            (found.code, codes),
            (None, expected.iter().map(ToString::to_string).collect()),
            "{system} {code}"
        );
    }
}

#[test]
fn current_codes_are_certain_without_a_date_and_letters_do_not_collide() {
    for entity in entities() {
        let current = entity.lives().last().is_some_and(|life| life.to.is_none());
        for system in [CodeSystem::Iso2, CodeSystem::Iso3, CodeSystem::IsoNumeric] {
            if let Some(value) = entity.code_in(system, None).filter(|_| current) {
                assert_eq!(
                    Resolver::new().codes(system).resolve(value),
                    Some(entity.code()),
                    "{system} {value}"
                );
            }
        }
    }
    let austria = "AUT".parse::<StateCode>().unwrap();
    assert_eq!(
        Resolver::new().codes(CodeSystem::CowLetters).resolve("AUS"),
        Some(austria)
    );
    assert_eq!(
        Resolver::new().codes(CodeSystem::Iso3).resolve("AUS"),
        "AUS".parse().ok()
    );
    assert_eq!(
        Resolver::new().codes(CodeSystem::Cow).resolve("002"),
        "USA".parse().ok()
    );
    assert_eq!(
        Resolver::new().codes(CodeSystem::M49).resolve("4"),
        "AFG".parse().ok()
    );
}

#[test]
fn succession_has_no_cycles_except_a_union_that_was_undone() {
    let undone = |from: StateCode, to: StateCode| {
        (from, to) == ("EGY".parse().unwrap(), "SYR".parse().unwrap())
    };
    for start in entities() {
        let mut reached = BTreeSet::new();
        let mut open = vec![start.code()];
        while let Some(code) = open.pop() {
            for next in successions()
                .iter()
                .filter(|s| s.from == code && !undone(s.from, s.to))
            {
                assert_ne!(next.to, start.code(), "{code} leads back to {start:?}");
                if reached.insert(next.to) {
                    open.push(next.to);
                }
            }
        }
    }
}

#[test]
fn a_succession_is_dated_where_the_one_ends_or_the_other_begins() {
    assert!(successions().iter().any(|s| s.to == "RUS".parse().unwrap()));
    for s in successions() {
        let (from, to) = (entity(s.from).unwrap(), entity(s.to).unwrap());
        let ends = from.lives().iter().any(|life| life.to == Some(s.on));
        let begins = to.lives().iter().any(|life| life.from == s.on);
        assert!(ends || begins, "{} to {} on {}", s.from, s.to, s.on);
        assert!(from.successors().any(|after| after == s), "{from:?}");
        assert!(to.predecessors().any(|before| before == s), "{to:?}");
        if s.relation.continues_membership() {
            assert!(ends && begins, "{} to {} leaves a gap", s.from, s.to);
        }
    }
}

#[test]
fn a_membership_that_is_continued_is_held_by_one_entity_on_every_day_of_its_life() {
    for member in entities() {
        for life in member.lives() {
            for on in days_of(*life) {
                assert_eq!(holder_on(member.code(), on), Some(member.code()));
                let heirs = [member.continued_by(), member.continues()];
                for heir in heirs.into_iter().flatten() {
                    assert_eq!(
                        holder_on(heir.code(), on),
                        Some(member.code()),
                        "{heir:?} on {on}"
                    );
                }
            }
        }
    }
}

#[test]
fn every_entity_has_a_short_english_name_on_every_day_of_its_life() {
    for entity in entities() {
        for life in entity.lives() {
            for on in days_of(*life) {
                let named = entity.names().iter().any(|n| {
                    n.language == "en" && n.kind == NameKind::Short && n.span.contains(on)
                });
                assert!(named, "{entity:?} on {on}");
            }
        }
    }
}

fn spelling() -> impl Strategy<Value = String> {
    let texts: Vec<&'static str> = entities()
        .flat_map(Entity::names)
        .map(|name| name.text)
        .collect();
    proptest::sample::select(texts).prop_map(str::to_owned)
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..40_000).prop_map(|offset| day("1930-01-01") + Days::new(offset))
}

proptest! {
    #[test]
    fn folding_is_idempotent(text in "\\PC{0,40}") {
        if let Some(key) = fold(&text) {
            prop_assert_eq!(fold(&key), Some(key));
        }
    }

    #[test]
    fn folding_names_is_idempotent_and_ignores_case(name in spelling()) {
        let key = fold(&name);
        prop_assert_eq!(key.as_deref().and_then(fold), key.clone());
        if name.is_ascii() {
            prop_assert_eq!(fold(&name.to_uppercase()), key);
        }
    }

    #[test]
    fn nothing_that_is_typed_makes_the_resolver_panic(text in "\\PC{0,300}", on in proptest::option::of(any_day())) {
        let found = Resolver::new().on(on).explain(&text);
        prop_assert_eq!(found.code, resolve(&text, on));
    }

    #[test]
    fn the_three_answers_on_a_text_agree_on_any_date(
        name in prop_oneof![spelling(), "[A-Z]{2,3}", "[A-Z][a-z]{3,8}"],
        year in 1930_i32..2030,
    ) {
        let date: Date = year.to_string().parse().unwrap();
        let names = Resolver::new();
        for resolver in [names, names.codes(CodeSystem::Iso3), names.names_or_codes()] {
            for resolver in [resolver, resolver.on(date.earliest()), resolver.within(date)] {
                let (code, kind) = resolver.find(&name);
                let explained = resolver.explain(&name);
                prop_assert_eq!(resolver.resolve(&name), code);
                prop_assert_eq!(explained.code, code, "{} {:?}", name, resolver);
                let known = |kind| if kind == MatchKind::Fuzzy { MatchKind::Unknown } else { kind };
                prop_assert_eq!(known(explained.kind), kind, "{} {:?}", name, resolver);
            }
        }
    }
}
