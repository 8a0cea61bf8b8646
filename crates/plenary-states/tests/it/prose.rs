//! Lists in running prose.

use plenary_states::split_names;

fn names(list: &str, on: &str) -> Vec<String> {
    let listed = split_names(list, on.parse().ok());
    listed.iter().map(|l| l.text.to_owned()).collect()
}

#[test]
fn lists_are_split_between_names_and_not_inside_them() {
    for (list, expected) in [
        ("Egypt and Mexico", vec!["Egypt", "Mexico"]),
        ("Russian Federation", vec!["Russian Federation"]),
        ("Trinidad and Tobago", vec!["Trinidad and Tobago"]),
        (
            "Antigua and Barbuda and Belize",
            vec!["Antigua and Barbuda", "Belize"],
        ),
        (
            "Bosnia and Herzegovina, Netherlands (Kingdom of the), Bolivia (Plurinational State of) and Zimbabwe",
            vec![
                "Bosnia and Herzegovina",
                "Netherlands (Kingdom of the)",
                "Bolivia (Plurinational State of)",
                "Zimbabwe",
            ],
        ),
        (
            "Korea, Republic of, Micronesia, Federated States of, and Tanzania, United Republic of",
            vec![
                "Korea, Republic of",
                "Micronesia, Federated States of",
                "Tanzania, United Republic of",
            ],
        ),
        (
            "Saint Vincent and the Grenadines, Sao Tome and Principe and Saint Kitts and Nevis",
            vec![
                "Saint Vincent and the Grenadines",
                "Sao Tome and Principe",
                "Saint Kitts and Nevis",
            ],
        ),
        (
            "Ukraine, United Kingdom of Great Britain and Northern Ireland and United states of America",
            vec![
                "Ukraine",
                "United Kingdom of Great Britain and Northern Ireland",
                "United states of America",
            ],
        ),
        (
            "Additional sponsors: Burundi and Zimbabwe.",
            vec!["Burundi", "Zimbabwe"],
        ),
        ("Nepal; Niger; Nigeria", vec!["Nepal", "Niger", "Nigeria"]),
        (
            "Guinea, Equatorial Guinea, and Papua New Guinea",
            vec!["Guinea", "Equatorial Guinea", "Papua New Guinea"],
        ),
        (
            "Guinée, Guinée équatoriale et Niger",
            vec!["Guinée", "Guinée équatoriale", "Niger"],
        ),
        (
            "Argentina, Chile y Trinidad y Tabago",
            vec!["Argentina", "Chile", "Trinidad y Tabago"],
        ),
        (
            "China, Atlantis and Peru",
            vec!["China", "Atlantis", "Peru"],
        ),
        (
            "China, Hong Kong and Peru",
            vec!["China", "Hong Kong", "Peru"],
        ),
        (
            "Bonaire, Sint Eustatius and Saba",
            vec!["Bonaire, Sint Eustatius and Saba"],
        ),
        (
            "Cuba, Trinidad and Tobago",
            vec!["Cuba", "Trinidad and Tobago"],
        ),
        (
            "Korea, Republic of, Moldova and Peru",
            vec!["Korea, Republic of", "Moldova", "Peru"],
        ),
        (
            "Atlantis (North, South and East), Peru",
            vec!["Atlantis (North, South and East)", "Peru"],
        ),
        (
            "Cuba [on behalf of: Group of 77], Peru",
            vec!["Cuba", "Peru"],
        ),
        ("Korea and Peru", vec!["Korea", "Peru"]),
        (
            "Peru and Congo (Dem. Rep.).",
            vec!["Peru", "Congo (Dem. Rep.)"],
        ),
        ("Peru and the U.S.A.", vec!["Peru", "the U.S.A."]),
        ("", vec![]),
    ] {
        assert_eq!(names(list, ""), expected, "{list}");
    }
}

#[test]
fn the_date_decides_whether_serbia_and_montenegro_is_one() {
    assert_eq!(
        names("Serbia and Montenegro", ""),
        ["Serbia and Montenegro"]
    );
    assert_eq!(
        names("Croatia, Serbia and Montenegro", ""),
        ["Croatia", "Serbia", "Montenegro"]
    );
    assert_eq!(
        names("Croatia, Serbia and Montenegro", "2020-01-01"),
        ["Croatia", "Serbia", "Montenegro"]
    );
    assert_eq!(
        names("Croatia and Serbia and Montenegro", "2005-01-01"),
        ["Croatia", "Serbia and Montenegro"]
    );
}

#[test]
fn notes_stand_apart_from_names() {
    let listed = split_names("Cuba [on behalf of the Group of 77 and China]", None);
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].code, "CUB".parse().ok());
    assert_eq!(
        listed[0].note,
        Some("on behalf of the Group of 77 and China")
    );
    let listed = split_names(
        "Additional sponsors: Uruguay and Zambia (A/78/481/Add.2).",
        None,
    );
    assert_eq!(
        (listed[1].text, listed[1].note),
        ("Zambia", Some("A/78/481/Add.2"))
    );
    let listed = split_names("Atlantis (Northern) and Cuba", None);
    assert_eq!(
        (listed[0].text, listed[0].note),
        ("Atlantis (Northern)", None)
    );
}
