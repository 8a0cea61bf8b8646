//! The words in which answers, reasons and kinds are told.

use chrono::NaiveDate;
use plenary_states::{
    CodeSystem, EntityKind, MatchKind, NameKind, Relation, Resolver, entity, fold, name_on,
};

fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

#[test]
fn kinds_relations_and_answers_have_the_words_of_the_data() {
    let printed = |words: &[(&dyn std::fmt::Display, &str, &str)]| {
        for (shown, word, expected) in words {
            assert_eq!((*word, shown.to_string().as_str()), (*expected, *expected));
        }
    };
    for (how, word) in [
        (MatchKind::Exact, "exact"),
        (MatchKind::Alias, "alias"),
        (MatchKind::Folded, "folded"),
        (MatchKind::Fuzzy, "fuzzy"),
        (MatchKind::Ambiguous, "ambiguous"),
        (MatchKind::Unknown, "unknown"),
    ] {
        printed(&[(&how, how.as_str(), word)]);
    }
    for (kind, word) in [
        (EntityKind::State, "state"),
        (EntityKind::Area, "area"),
        (EntityKind::Organisation, "organisation"),
    ] {
        printed(&[(&kind, kind.as_str(), word)]);
    }
    for (relation, word) in [
        (Relation::Continued, "continued"),
        (Relation::Separated, "separated"),
        (Relation::Dissolved, "dissolved"),
        (Relation::Merged, "merged"),
        (Relation::Independent, "independent"),
        (Relation::Replaced, "replaced"),
    ] {
        printed(&[(&relation, relation.as_str(), word)]);
        assert_eq!(
            relation.continues_membership(),
            relation == Relation::Continued
        );
    }
    for (system, word) in CodeSystem::ALL.into_iter().zip([
        "iso2",
        "iso3",
        "numeric",
        "iso3166-3",
        "m49",
        "cow",
        "cow-letters",
        "gw",
        "undl",
    ]) {
        printed(&[(&system, system.as_str(), word)]);
        assert_eq!(word.parse(), Ok(system));
    }
    assert!("ISO2".parse::<CodeSystem>().is_err());
}

/// Name, date, and for each candidate its code and the reason.
const REASONS: [(&str, &str, &[&str]); 20] = [
    ("Zaire", "1980-01-01", &["COD `Zaire` is its name"]),
    ("Zaire", "", &["COD `Zaire` is its name"]),
    (
        "Zaire",
        "2010-01-01",
        &["COD `Zaire` is its name from 1971-10-27 until before 1997-05-17, not on the date"],
    ),
    (
        "republic of ZAIRE",
        "1980-01-01",
        &["COD the words `republic zaire` are those of a name of it"],
    ),
    (
        "Upper Volta",
        "1984-08-03",
        &["BFA `Upper Volta` is its name"],
    ),
    (
        "Upper Volta",
        "1984-08-04",
        &["BFA `Upper Volta` is its name until before 1984-08-04, not on the date"],
    ),
    (
        "French Republic",
        "",
        &["FRA `French Republic` is its formal name"],
    ),
    ("USA", "", &["USA `USA` is a spelling of its name"]),
    ("WHO", "", &["XWH `WHO` is a spelling of its name"]),
    (
        "Russia",
        "1980-01-01",
        &["SUN `Russia` is also used for it"],
    ),
    (
        "Korea",
        "",
        &[
            "KOR `Korea` is also used for it",
            "PRK `Korea` is also used for it",
        ],
    ),
    (
        "Republic of China",
        "",
        &[
            "CHN `Republic of China` is its formal name",
            "TWN `Republic of China` is a spelling of its name",
        ],
    ),
    (
        "Georgia",
        "1980-01-01",
        &[
            "GEO `Georgia` is its name, but it did not exist on the date (since 1991-04-09)",
            "SUN on the date GEO was not yet apart from it",
        ],
    ),
    (
        "USSR",
        "2000-01-01",
        &[
            "SUN `USSR` is a spelling of its name, but it did not exist on the date (from 1922-12-30 until before 1991-12-24)",
            "RUS on the date it held the seat of SUN",
        ],
    ),
    (
        "Czechoslovakia",
        "1993-01-01",
        &[
            "CSK `Czechoslovakia` is its name, but it did not exist on the date (from 1918-10-28 until before 1993-01-01)",
            "CZE came after CSK without continuing its membership",
            "SVK came after CSK without continuing its membership",
        ],
    ),
    (
        "Syria",
        "1960-01-01",
        &[
            "SYR `Syria` is a spelling of its name, but it did not exist on the date (until before 1958-02-21)",
            "EGY on the date SYR was not yet apart from it",
        ],
    ),
    (
        "Serbia",
        "1980-01-01",
        &[
            "SRB `Serbia` is its name, but it did not exist on the date (since 2006-06-03)",
            "YUG `Serbia` is also used for it only from 1992-04-27 until before 2003-02-04",
        ],
    ),
    (
        "FALKLAND ISLANDS (MALVINAS)",
        "",
        &["FLK the words `falkland island malvinas` are those of a name of it"],
    ),
    ("Kazahkstan", "", &["KAZ one letter from `kazakhstan`"]),
    (
        "Democratic Republik of the Kongo",
        "",
        &["COD 2 letters from `democraticrepubliccongo`"],
    ),
];

#[test]
fn every_candidate_has_its_reason() {
    for (name, on, reasons) in REASONS {
        let found = Resolver::new().on(day(on)).explain(name).candidates;
        let found: Vec<_> = found
            .iter()
            .map(|c| format!("{} {}", c.code, c.reason))
            .collect();
        assert_eq!(found, reasons, "{name} {on}");
    }
}

#[test]
fn every_candidate_of_a_code_has_its_reason() {
    for (system, code, on, reasons) in [
        (
            CodeSystem::Iso2,
            "SU",
            "1980-01-01",
            vec!["SUN its code in iso2"],
        ),
        (
            CodeSystem::Iso2,
            "su",
            "2000-01-01",
            vec![
                "SUN its code in iso2, but it did not exist on the date (from 1922-12-30 until before 1991-12-24)",
                "RUS on the date it held the seat of SUN",
            ],
        ),
        (
            CodeSystem::Cow,
            "365",
            "",
            vec!["RUS its code in cow", "SUN its code in cow"],
        ),
        (
            CodeSystem::Cow,
            "260",
            "2000-01-01",
            vec!["DEU its code in cow from 1955-05-05 until before 1990-10-03, not on the date"],
        ),
        (CodeSystem::Cow, "999", "", vec![]),
    ] {
        let found = Resolver::new()
            .codes(system)
            .on(day(on))
            .explain(code)
            .candidates;
        let found: Vec<_> = found
            .iter()
            .map(|c| format!("{} {}", c.code, c.reason))
            .collect();
        assert_eq!(found, reasons, "{system} {code} {on}");
    }
}

#[test]
fn the_code_of_a_day_is_the_one_in_use_and_without_a_day_the_last_one() {
    for (state, system, on, value) in [
        ("DEU", CodeSystem::Cow, "1980-01-01", Some("260")),
        ("DEU", CodeSystem::Cow, "1947-01-01", None),
        ("DEU", CodeSystem::Cow, "", Some("255")),
        ("YUG", CodeSystem::M49, "1992-04-26", Some("890")),
        ("YUG", CodeSystem::M49, "1992-04-27", Some("891")),
        ("YUG", CodeSystem::Iso3166Part3, "", Some("YUCS")),
        ("FRA", CodeSystem::Iso2, "", Some("FR")),
        ("XWH", CodeSystem::Cow, "", None),
    ] {
        let found = entity(state.parse().unwrap()).unwrap();
        assert_eq!(
            found.code_in(system, day(on)),
            value,
            "{state} {system} {on}"
        );
    }
}

#[test]
fn a_date_of_a_year_or_a_month_is_certain_when_all_of_it_agrees() {
    for (text, date, code, how, candidates) in [
        ("Russia", "1991", "", MatchKind::Ambiguous, "SUN RUS"),
        ("Russia", "1991-12", "", MatchKind::Ambiguous, "SUN RUS"),
        ("Russia", "1991-12-23", "SUN", MatchKind::Alias, "SUN"),
        ("Russia", "1990", "SUN", MatchKind::Alias, "SUN"),
        ("Burma", "1989", "MMR", MatchKind::Exact, "MMR"),
        ("SUN", "1991", "", MatchKind::Ambiguous, "SUN RUS"),
        ("Georgia", "1980", "", MatchKind::Unknown, "GEO SUN"),
        ("Georgia", "1991", "", MatchKind::Ambiguous, "GEO SUN"),
        ("Narnia", "1990", "", MatchKind::Unknown, ""),
    ] {
        let found = Resolver::new()
            .names_or_codes()
            .within(date.parse().unwrap())
            .explain(text);
        assert_eq!(
            (found.code, found.kind),
            (code.parse().ok(), how),
            "{text} {date}"
        );
        let listed: Vec<_> = found
            .candidates
            .iter()
            .map(|c| c.code.to_string())
            .collect();
        assert_eq!(listed.join(" "), candidates, "{text} {date}");
    }
}

#[test]
fn a_code_in_capitals_is_asked_for_only_where_it_is_no_name() {
    for (text, code) in [
        ("SUN", "SUN"),
        (" NAM ", "NAM"),
        ("USA", "USA"),
        ("nam", ""),
        ("QQQ", ""),
    ] {
        assert_eq!(
            Resolver::new().names_or_codes().explain(text).code,
            code.parse().ok(),
            "{text}"
        );
    }
}

#[test]
fn entities_are_named_as_they_were_on_the_day() {
    let zaire = entity("COD".parse().unwrap()).unwrap();
    assert_eq!(format!("{zaire:?}"), "Entity(COD)");
    assert_eq!(Some(zaire), entity("COD".parse().unwrap()));
    assert_ne!(Some(zaire), entity("COG".parse().unwrap()));
    for (code, on, name) in [
        ("BFA", "1984-08-03", Some("Upper Volta")),
        ("BFA", "1984-08-04", Some("Burkina Faso")),
        (
            "SUN",
            "2020-01-01",
            Some("Union of Soviet Socialist Republics"),
        ),
        ("QQQ", "2020-01-01", None),
    ] {
        let on = on.parse().unwrap();
        assert_eq!(name_on(code.parse().unwrap(), on), name, "{code} {on}");
    }
    let formal = zaire
        .names()
        .iter()
        .any(|name| name.kind == NameKind::Formal);
    assert!(formal && zaire.kind() == EntityKind::State);
    assert_eq!(zaire.label(), "Democratic Republic of the Congo");
}

#[test]
fn a_name_has_one_key_however_it_is_set_down() {
    for (key, names) in [
        (
            "korea republic",
            "Korea, Republic of|REPUBLIC OF KOREA (the)|Rep. of Korea¹|korea republic",
        ),
        (
            "grenadines saint vincent",
            "St. Vincent & Grenadines|Saint Vincent and the Grenadines|Sainte Vincent-Grenadines",
        ),
        (
            "cote ivoire",
            "Côte d’Ivoire*|COTE D'IVOIRE|Co\u{302}te d`Ivoire|CÔTE-D\u{ad}’IVOIRE",
        ),
        ("usa", "USA|U.S.A.|U S A|u.s.a"),
        ("us vi", "US VI|U.S. V.I."),
        ("iv south", "Î.V. (S)|IV South"),
        (
            "belarus",
            "Belarus a/|Belarus b|BELARUS (the)|Belarus n/|Bela\u{ad}rus|\u{feff}Belarus",
        ),
        ("montenegro serbia", "Serbia/Montenegro"),
        ("korea north", "N. Korea|N.Korea|North Korea|Korea (N)"),
        ("nam viet", "Viet Nam|Viet.Nam"),
        ("lao", "Lao|LAO."),
        (
            "people republic",
            "People's Republic|People’s Rep.|Peoples' Republic|People 's Republic",
        ),
        ("aland island", "Åland Islands|Aland Is."),
        ("faeroe island", "Færoe Isls"),
        ("faeroyene", "Færøyene"),
        ("weissrussland", "Weißrußland"),
        ("island phoenix", "Phœnix Islands"),
        ("thyskaland", "Þýskaland"),
        ("danmork sudur", "Suður Danmörk"),
        ("duc", "Đức"),
        ("lotwa", "Łotwa"),
        ("kibris", "Kıbrıs"),
        ("чад", "Чад|ЧАД"),
        ("иемен", "Йемен|ЙЕМЕН|Иемен"),
        ("السعوديه", "السعودية|السعوديه"),
        ("الوسطي", "الوسطى|الوسطي"),
        ("مصر", "مصر|مـصر"),
    ] {
        for name in names.split('|') {
            assert_eq!(fold(name).as_deref(), Some(key), "{name}");
        }
    }
    let far_apart = format!("Republic{}of Korea", " ".repeat(500));
    assert_eq!(fold(&far_apart).as_deref(), Some("korea republic"));
    for name in [
        "",
        " ",
        "of the",
        "a/",
        "1990",
        "de Guinea",
        &"Korea ".repeat(50),
    ] {
        assert_eq!(fold(name), None, "{name}");
    }
}
