//! Names that mean several things: the table of right answers, written before the resolver.
//!
//! A careful scholar's rules: a name that two states of the date share is nobody's; the name of a state
//! that did not exist is nobody's; without a date, a name is certain when one entity only has it as its
//! own, even if others were loosely called so at times.

use chrono::NaiveDate;
use plenary_states::{CodeSystem, MatchKind, Resolver, resolve};
use plenary_types::StateCode;

fn codes(text: &str) -> Vec<StateCode> {
    text.split_whitespace()
        .map(|code| code.parse().unwrap())
        .collect()
}

/// Name, date (or nothing), answer (or nothing), and the candidates when there is no answer.
const ANSWERS: [(&str, &str, &str, &str); 87] = [
    ("Korea", "", "", "KOR PRK"),
    ("Korea", "1950-06-25", "", "KOR PRK"),
    ("Korea", "2018-12-19", "", "KOR PRK"),
    ("Republic of Korea", "1991-09-17", "KOR", ""),
    (
        "Korea, Democratic People's Republic of",
        "2018-12-19",
        "PRK",
        "",
    ),
    ("Congo", "", "", "COD COG"),
    ("Congo", "1961-01-01", "", "COD COG"),
    ("Congo", "1980-01-01", "COG", ""),
    ("Congo", "2018-12-19", "COG", ""),
    ("Congo (Democratic Republic of)", "1967-07-04", "COD", ""),
    ("Congo (Leopoldville)", "1961-01-01", "COD", ""),
    ("Congo (Brazzaville)", "", "COG", ""),
    ("Republic of the Congo", "1961-01-01", "", "COD COG"),
    ("Republic of the Congo", "2018-12-19", "COG", ""),
    ("Guinea", "", "GIN", ""),
    ("Guinea", "1957-01-01", "", "GIN"),
    ("Equatorial Guinea", "", "GNQ", ""),
    ("Guinea-Bissau", "", "GNB", ""),
    ("Papua New Guinea", "", "PNG", ""),
    ("Niger", "", "NER", ""),
    ("Nigeria", "", "NGA", ""),
    ("Niger", "2018-12-19", "NER", ""),
    ("Georgia", "", "GEO", ""),
    ("Georgia", "2018-12-19", "GEO", ""),
    ("Georgia", "1980-01-01", "", "GEO SUN"),
    (
        "South Georgia and the South Sandwich Islands",
        "",
        "SGS",
        "",
    ),
    ("Ireland", "", "IRL", ""),
    ("Ireland", "1956-01-01", "IRL", ""),
    ("Northern Ireland", "", "", ""),
    ("Macedonia", "", "MKD", ""),
    ("Macedonia", "2010-01-01", "MKD", ""),
    ("Macedonia", "1980-01-01", "", "MKD YUG"),
    (
        "The former Yugoslav Republic of Macedonia",
        "2022-01-01",
        "MKD",
        "",
    ),
    ("Yemen", "", "YEM", ""),
    ("Yemen", "1980-01-01", "YEM", ""),
    ("Yemen", "2018-12-19", "YEM", ""),
    ("Democratic Yemen", "1980-01-01", "YMD", ""),
    ("Democratic Yemen", "2000-01-01", "", "YMD YEM"),
    ("Germany", "", "DEU", ""),
    ("Germany", "2018-12-19", "DEU", ""),
    ("Germany", "1980-01-01", "", "DDR DEU"),
    ("Germany, Federal Republic of", "1980-01-01", "DEU", ""),
    ("German Democratic Republic", "1980-01-01", "DDR", ""),
    ("East Germany", "1995-01-01", "", "DDR DEU"),
    ("Vietnam", "", "VNM", ""),
    ("Viet Nam", "1960-01-01", "", "QVS VDR"),
    ("South Vietnam", "1960-01-01", "QVS", ""),
    ("Viet Nam", "1980-01-01", "VNM", ""),
    ("China", "", "CHN", ""),
    ("China", "1950-01-01", "CHN", ""),
    ("China", "2018-12-19", "CHN", ""),
    ("Taiwan", "", "TWN", ""),
    ("Taiwan", "1960-01-01", "CHN", ""),
    ("Taiwan", "1971-10-24", "CHN", ""),
    ("Taiwan", "1971-10-25", "TWN", ""),
    ("Republic of China", "", "", "CHN TWN"),
    ("Republic of China", "1950-01-01", "CHN", ""),
    ("Republic of China", "2000-01-01", "TWN", ""),
    ("People's Republic of China", "2018-12-19", "CHN", ""),
    ("Sudan", "", "SDN", ""),
    ("Sudan", "2000-01-01", "SDN", ""),
    ("South Sudan", "", "SSD", ""),
    ("South Sudan", "2000-01-01", "", "SSD SDN"),
    ("Dominica", "", "DMA", ""),
    ("Dominican Republic", "", "DOM", ""),
    ("Dominica", "1970-01-01", "", "DMA"),
    ("Samoa", "", "WSM", ""),
    ("Samoa", "1980-01-01", "WSM", ""),
    ("American Samoa", "", "ASM", ""),
    ("Micronesia", "", "FSM", ""),
    ("Micronesia", "2018-12-19", "FSM", ""),
    ("Yugoslavia", "", "YUG", ""),
    ("Yugoslavia", "1980-01-01", "YUG", ""),
    ("Yugoslavia", "2001-01-01", "YUG", ""),
    ("Yugoslavia", "2015-01-01", "", "YUG SCG SRB"),
    ("Serbia", "1980-01-01", "", "SRB YUG"),
    ("Czechoslovakia", "2000-01-01", "", "CSK CZE SVK"),
    ("Russia", "", "RUS", ""),
    ("Russia", "1980-01-01", "SUN", ""),
    ("USSR", "2000-01-01", "", "SUN RUS"),
    ("Zaire", "2010-01-01", "COD", ""),
    ("Syria", "1960-01-01", "", "SYR EGY"),
    ("Guadeloupe (France)", "", "GLP", ""),
    ("Belarus (formerly Byelorussia)", "", "BLR", ""),
    (
        "Zaire [now Democratic Republic of the Congo]",
        "",
        "COD",
        "",
    ),
    ("Peru (formerly Chile)", "", "", ""),
    ("Peru (Chile)", "", "", ""),
];

#[test]
fn names_of_several_meanings_have_their_right_answers() {
    let mut wrong = Vec::new();
    for (name, on, code, candidates) in ANSWERS {
        let on = (!on.is_empty()).then(|| on.parse::<NaiveDate>().unwrap());
        let found = Resolver::new().on(on).explain(name);
        let expected = codes(code).first().copied();
        if found.code != expected || resolve(name, on) != expected {
            wrong.push(format!("{name} {on:?}: {:?}, not {expected:?}", found.code));
        }
        if expected.is_none() {
            let mut listed: Vec<_> = found.candidates.iter().map(|c| c.code).collect();
            let mut candidates = codes(candidates);
            listed.sort_unstable();
            candidates.sort_unstable();
            if listed != candidates {
                wrong.push(format!(
                    "{name} {on:?}: candidates {listed:?}, not {candidates:?}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_recorded_name_is_exact_though_it_is_an_alias_too() {
    for (name, how) in [
        ("Laos", MatchKind::Exact),
        ("Syria", MatchKind::Exact),
        ("USSR", MatchKind::Alias),
        ("FRANCE", MatchKind::Folded),
    ] {
        assert_eq!(Resolver::new().find(name).1, how, "{name}");
    }
}

#[test]
fn nonsense_stays_unknown() {
    for text in [
        "",
        " ",
        "NA",
        "N/A",
        "na",
        "-",
        "?",
        "null",
        "None",
        "European",
        "United",
        "Republic",
        "Republic of",
        "Democratic Republic",
        "Islands",
        "the",
        "of the",
        "Atlantis",
        "Narnia",
        "Africa",
        "World",
        "Total",
        "The representative of the Secretariat introduced the draft resolution on behalf of its sponsors.",
        "Member States",
        "Kingdom of the",
        "Saint",
        "New",
        "South",
        "1990",
        "(the)",
        "us",
        "who",
        "car",
        "is",
        "it",
        "States",
        "Democratic People's Republic of",
        "United Nations General Assembly",
        "Group of 77",
    ] {
        let found = Resolver::new().explain(text);
        assert_eq!(
            (found.code, found.kind),
            (None, MatchKind::Unknown),
            "`{text}`: {:?}",
            found.candidates
        );
        assert_eq!(
            Resolver::new().names_or_codes().explain(text).code,
            None,
            "`{text}`"
        );
    }
}

#[test]
fn the_caller_says_whether_na_is_namibia() {
    assert_eq!(resolve("NA", None), None);
    assert_eq!(
        Resolver::new().codes(CodeSystem::Iso2).resolve("NA"),
        "NAM".parse().ok()
    );
    assert_eq!(
        Resolver::new().names_or_codes().explain("NAM").code,
        "NAM".parse().ok()
    );
}

#[test]
fn the_fuzzy_step_gives_candidates_and_no_answer() {
    for (text, code) in [
        ("Afghanistn", "AFG"),
        ("Kazahkstan", "KAZ"),
        ("Untied Kingdom", "GBR"),
        ("Liechtenstien", "LIE"),
        ("Democratic Republik of the Congo", "COD"),
        ("Brazill", "BRA"),
    ] {
        let found = Resolver::new().explain(text);
        assert_eq!((found.code, found.kind), (None, MatchKind::Fuzzy), "{text}");
        assert_eq!(found.candidates[0].code, code.parse().unwrap(), "{text}");
        assert!(found.candidates[0].reason.to_string().contains("letter"));
    }
}
