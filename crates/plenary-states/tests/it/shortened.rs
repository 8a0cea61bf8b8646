//! Names as statistics, lists of records and headings shorten and extend them.

use plenary_states::{MatchKind, Resolver, resolve, split_names};

/// A name, a day (or nothing), and whom it means; two dashes for nobody.
const SHORTENED: [(&str, &str, &str); 58] = [
    // Islands and other words that are always cut the same way.
    ("Faeroe Isds", "", "FRO"),
    ("Norfolk Isd", "", "NFK"),
    ("Christmas Isds", "", "CXR"),
    ("Turks and Caicos Isds", "", "TCA"),
    ("Wallis and Futuna Isds", "", "WLF"),
    ("Falkland Isds (Malvinas)", "", "FLK"),
    ("US Virgin Isds", "", "VIR"),
    ("COOK ISDS", "", "COK"),
    ("Lao People's Dem. Rep.", "", "LAO"),
    ("Dominican Rep.", "", "DOM"),
    ("Central African Rep.", "", "CAF"),
    // Words cut to their first letters.
    ("Br. Virgin Isds", "", "VGB"),
    ("N. Mariana Isds", "", "MNP"),
    ("Fr. Polynesia", "", "PYF"),
    ("Neth. Antilles", "", "ANT"),
    ("Br. Indian Ocean Terr.", "", "IOT"),
    ("Fr. South. Terr.", "", "--"),
    ("FS Micronesia", "", "FSM"),
    ("F.S. Micronesia", "", "FSM"),
    ("Micronesia (Fed. Sts.)", "", "FSM"),
    ("PN Guinea", "", "PNG"),
    ("P.N. Guinea", "", "PNG"),
    ("Papua N. Guinea", "", "PNG"),
    ("Eq. Guinea", "", "GNQ"),
    ("Equat. Guinea", "", "GNQ"),
    ("Bosnia & Herz.", "", "BIH"),
    ("Bosnia-Herz.", "", "BIH"),
    ("Antigua & Barb.", "", "ATG"),
    ("Trinidad & Tob.", "", "TTO"),
    ("St. Vincent & Gren.", "", "VCT"),
    ("St. Kitts & Nev.", "", "KNA"),
    ("S. Leone", "", "SLE"),
    ("Utd. Arab Em.", "", "ARE"),
    ("Russian Fed.", "2000-01-01", "RUS"),
    ("Syrian Arab Rep.", "", "SYR"),
    // Cut words that fit several entities, none, or say too little.
    ("V. Isds", "", "--"),
    ("Dem. Rep.", "", "--"),
    ("U. Kingdom of X.", "", "--"),
    ("A. Isds", "", "--"),
    ("Qx. Guinea", "", "--"),
    ("Mr. Guinea", "", "--"),
    ("Virgin Isds (Fr.)", "", "--"),
    // What there was once.
    ("Fmr USSR", "", "SUN"),
    ("Fmr Yugoslavia", "", "YUG"),
    ("Fmr Dem. Yemen", "", "YMD"),
    ("Fmr Fed. Rep. of Germany", "", "DEU"),
    ("Fmr Sudan", "", "SDN"),
    ("former Zaire", "", "COD"),
    ("Former Czechoslovakia", "", "CSK"),
    ("former Peru", "", "--"),
    ("Fmr Atlantis", "", "--"),
    // Two names with a slash.
    ("Samoa/Western Samoa", "", "WSM"),
    ("Burma/Myanmar", "2020-01-01", "MMR"),
    ("Swaziland / Eswatini", "", "SWZ"),
    ("Côte d'Ivoire/Ivory Coast", "", "CIV"),
    ("Tanzania/Tanganyika", "1970-01-01", "TZA"),
    ("Peru/Chile", "", "--"),
    ("Peru/Atlantis", "", "--"),
];

#[test]
fn a_shortened_name_means_the_entity_that_alone_is_called_so() {
    let mut wrong = Vec::new();
    for (name, on, code) in SHORTENED {
        let on = on.parse().ok();
        let expected = code.parse().ok();
        let found = Resolver::new().on(on).find(name);
        if found.0 != expected || Resolver::new().on(on).explain(name).code != expected {
            wrong.push(format!("{name} {on:?}: {found:?}, not {code}"));
        }
        if expected.is_none() && found.1 == MatchKind::Exact {
            wrong.push(format!("{name}: exact"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A list, whom it names (or the text, when it is nobody), and the notes behind the names.
const LISTS: [(&str, &[&str], &[&str]); 22] = [
    ("Zambia: draft resolution", &["ZMB"], &[]),
    (
        "Chad, Trinidad and Tobago: revised draft resolution",
        &["TCD", "TTO"],
        &[],
    ),
    (
        "Cuba and Sao Tome and Principe: amendment to draft resolution A/C.3/78/L.12",
        &["CUB", "STP"],
        &[],
    ),
    ("Nepal: draft decision", &["NPL"], &[]),
    ("Fiji: oral amendment", &["FJI"], &[]),
    (
        "Tchad et Trinité-et-Tobago : projet de résolution",
        &["TCD", "TTO"],
        &[],
    ),
    (
        "Cuba y Trinidad y Tabago: proyecto de resolución",
        &["CUB", "TTO"],
        &[],
    ),
    ("Куба и Чад: проект резолюции", &["CUB", "TCD"], &[]),
    (
        "Sponsors: Cuba, Chad: draft resolution",
        &["CUB", "TCD"],
        &[],
    ),
    ("Atlantis: draft resolution", &["Atlantis"], &[]),
    (
        "Additional sponsors: Burundi and Zimbabwe.",
        &["BDI", "ZWE"],
        &[],
    ),
    (
        "Denmark (on behalf of the European Union)",
        &["DNK"],
        &["on behalf of the European Union"],
    ),
    (
        "Cuba, Denmark (on behalf of the European Union) and Peru: draft resolution",
        &["CUB", "DNK", "PER"],
        &["on behalf of the European Union"],
    ),
    (
        "Egypt* (on behalf of the Group of African States), Norway",
        &["EGY", "NOR"],
        &["on behalf of the Group of African States"],
    ),
    (
        "Morocco [also on behalf of Peru and Chile] and Cuba",
        &["MAR", "CUB"],
        &["also on behalf of Peru and Chile"],
    ),
    (
        "Ethiopia, on behalf of the Group of 77 and China",
        &["ETH"],
        &["on behalf of the Group of 77 and China"],
    ),
    (
        "Ethiopia on behalf of the Group of 77 and China, Mexico and Norway",
        &["ETH", "MEX", "NOR"],
        &["on behalf of the Group of 77 and China"],
    ),
    (
        "Cuba, on behalf of the Movement of Non-Aligned Countries, Peru and Antigua and Barbuda: draft resolution",
        &["CUB", "PER", "ATG"],
        &["on behalf of the Movement of Non-Aligned Countries"],
    ),
    (
        "Cuba, on behalf of the African States, and Peru",
        &["CUB", "PER"],
        &["on behalf of the African States"],
    ),
    (
        "Tunisie (au nom du Groupe des États d'Afrique) et Chili",
        &["TUN", "CHL"],
        &["au nom du Groupe des États d'Afrique"],
    ),
    (
        "Marruecos (en nombre del Grupo Árabe)",
        &["MAR"],
        &["en nombre del Grupo Árabe"],
    ),
    (
        "Netherlands (Kingdom of the) and Chad: motion",
        &["NLD", "TCD"],
        &[],
    ),
];

#[test]
fn headings_of_documents_name_their_sponsors_and_nobody_else() {
    for (list, sponsors, notes) in LISTS {
        let listed = split_names(list, None);
        let found: Vec<_> = listed
            .iter()
            .map(|l| {
                l.code
                    .map_or_else(|| l.text.to_owned(), |code| code.to_string())
            })
            .collect();
        assert_eq!(found, sponsors, "{list}");
        let found: Vec<_> = listed.iter().filter_map(|listed| listed.note).collect();
        assert_eq!(found, notes, "{list}");
    }
}

#[test]
fn every_recorded_english_name_may_have_its_first_word_cut_without_changing_its_meaning() {
    let mut certain = 0;
    for entity in plenary_states::entities() {
        let label = entity.label();
        let Some((first, rest)) = label.split_once(' ') else {
            continue;
        };
        if !first.is_ascii() || first.len() < 5 {
            continue;
        }
        let cut = format!("{}. {rest}", &first[..4]);
        let found = resolve(&cut, None);
        assert!(
            found.is_none() || found == Some(entity.code()),
            "{cut}: {found:?}"
        );
        certain += usize::from(found.is_some());
    }
    assert!(certain > 50, "{certain}");
}
