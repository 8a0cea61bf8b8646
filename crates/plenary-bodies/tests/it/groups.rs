//! The groups that come with the crate: their members, their documents, and groups that overlap.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use chrono::{Datelike, Days, NaiveDate};
use plenary_bodies::{Doubt, Reference, Scheme, SchemeRow, Undecidable};
use plenary_types::{BodyId, Decision, Participant, TakingPart};

use crate::reference::{File, changed, club, day, load, who};

fn international() -> &'static Scheme {
    Reference::embedded().scheme("international").unwrap()
}

fn texts(all: &[Participant]) -> String {
    let all: Vec<_> = all.iter().map(|who| who.as_str()).collect();
    all.join(" ")
}

/// Published numbers of members: a group, and days with the number.
const PUBLISHED: [(&str, &str); 17] = [
    (
        "EU",
        "1958-01-01 6, 1973-01-01 9, 1981-01-01 10, 1986-01-01 12, 1994-12-31 12, 1995-01-01 15, 2004-05-01 25, 2007-01-01 27, \
         2013-07-01 28, 2020-01-31 28, 2020-02-01 27",
    ),
    ("G77", "1964-06-15 77, 2025-06-15 134"),
    (
        "NAM",
        "1961-09-06 25, 2009-07-16 118, 2012-08-31 120, 2019-10-26 120",
    ),
    (
        "BRICS",
        "2010-01-01 4, 2011-04-14 5, 2024-01-01 10, 2025-01-06 11",
    ),
    (
        "OECD",
        "1962-12-31 20, 1964-12-31 21, 1969-12-31 22, 1971-12-31 23, 1973-12-31 24, 1994-12-31 25, 1996-12-31 29, 2000-12-31 30, \
         2010-12-31 34, 2017-12-31 35, 2019-12-31 36, 2020-12-31 37, 2021-12-31 38",
    ),
    (
        "NATO",
        "1950-06-25 12, 1953-06-01 14, 1956-06-01 15, 1983-06-01 16, 1999-03-12 19, 2004-03-29 26, 2009-05-01 28, 2018-06-01 29, \
         2021-06-01 30, 2024-03-06 31, 2024-03-07 32",
    ),
    (
        "AU",
        "1994-12-31 52, 1999-12-31 53, 2002-07-09 53, 2012-01-01 54, 2017-01-31 55",
    ),
    (
        "ASEAN",
        "1967-08-08 5, 1984-12-31 6, 1995-12-31 7, 1997-12-31 9, 1999-12-31 10, 2025-10-26 11",
    ),
    (
        "LAS",
        "1946-01-01 7, 1978-06-01 22, 1980-06-01 21, 1990-01-01 22, 1991-01-01 21, 1993-12-31 22, 2023-01-01 22",
    ),
    ("OIC", "2001-01-01 56, 2011-06-28 57, 2025-01-01 57"),
    ("Nordic", "1953-01-01 4, 1956-01-01 5"),
    ("CIS", "1995-01-01 12, 2009-09-01 10, 2019-01-01 9"),
    (
        "Mercosur",
        "1992-01-01 4, 2013-01-01 5, 2017-01-01 4, 2025-01-01 5",
    ),
    (
        "CARICOM",
        "1973-08-01 4, 1974-12-31 12, 1983-12-31 13, 1995-12-31 14, 2002-12-31 15",
    ),
    (
        "PIF",
        "1971-08-05 7, 2000-10-01 16, 2021-01-01 18, 2025-01-01 18",
    ),
    // Without Sikkim, the twenty-fifth of 1971.
    (
        "LDC",
        "1972-01-01 24, 1992-01-01 47, 1995-01-01 48, 2001-01-01 49, 2004-01-01 50, 2008-01-01 49, 2013-01-01 49, 2014-02-01 48, \
         2017-07-01 47, 2021-01-01 46, 2024-01-01 45, 2025-01-01 44",
    ),
    ("SIDS", "2025-01-01 39"),
];

#[test]
fn the_numbers_of_members_are_those_that_are_published() {
    let scheme = international();
    let groups: BTreeSet<_> = scheme.groups().into_iter().collect();
    let published: BTreeSet<_> = PUBLISHED.iter().map(|(group, _)| *group).collect();
    assert_eq!(groups, published);
    let mut wrong = Vec::new();
    for (group, numbers) in PUBLISHED {
        for number in numbers.split(", ") {
            let (on, published) = number.split_once(' ').unwrap();
            let (on, published): (_, usize) = (day(on), published.parse().unwrap());
            let certain = scheme.members_on(group, on).len();
            let open = scheme.open_on(group, on).len();
            // Where days are known by a span only, the published number lies between.
            let is_exact = !matches!(
                (group, on.year()),
                ("G77", ..2000) | ("NAM", 1961) | ("PIF", ..1991)
            );
            let most = if is_exact { certain } else { certain + open };
            if !(certain..=most).contains(&published) {
                wrong.push(format!(
                    "{group} {on}: {certain} and {open} more, published {published}"
                ));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn every_row_names_a_document_and_the_unverified_ones_are_marked() {
    for (scheme, row) in Reference::embedded().group_rows() {
        assert!(!row.basis.is_empty(), "{row:?}");
        let mut documents = row
            .basis
            .split("; ")
            .filter(|part| !part.contains("general reference"));
        let is_marked = row.doubt != Doubt::None || scheme.name() != "international";
        assert!(is_marked || documents.next().is_some(), "{row:?}");
    }
}

#[test]
fn a_state_is_in_several_groups_on_a_day_and_its_spells_are_merged() {
    let scheme = international();
    assert!(scheme.is_overlapping());
    let of_france: BTreeSet<_> = scheme
        .groups()
        .into_iter()
        .filter(|group| {
            scheme
                .members_on(group, day("2020-06-01"))
                .contains(&who("FRA"))
        })
        .collect();
    assert_eq!(of_france, BTreeSet::from(["EU", "NATO", "OECD"]));
    // The Communities of the table and the Union of the body's roster are one spell.
    let members = scheme.group_over_time("EU");
    let spells = |code: &str| -> Vec<String> {
        let spells = members.iter().filter(|(member, _)| *member == who(code));
        spells.map(|(_, span)| span.to_string()).collect()
    };
    assert_eq!(spells("BEL"), ["since 1958-01-01"]);
    assert_eq!(spells("GBR"), ["1973-01-01 until before 2020-02-01"]);
    let union = scheme.group_over_time("AU");
    let of_morocco: Vec<_> = union
        .iter()
        .filter(|(member, _)| *member == who("MAR"))
        .collect();
    assert_eq!(of_morocco.len(), 2);
}

#[test]
fn the_members_over_time_are_those_of_each_day() {
    for scheme in Reference::embedded().schemes() {
        for group in scheme.groups() {
            let over_time = scheme.group_over_time(group);
            for year in 1945..2027 {
                let on = NaiveDate::from_ymd_opt(year, 1, 1).unwrap() + Days::new(37);
                let then = over_time.iter().filter(|(_, span)| span.contains(on));
                let then: Vec<_> = then.map(|(who, _)| *who).collect();
                assert_eq!(then, scheme.members_on(group, on), "{group} {on}");
                let open = scheme.open_on(group, on);
                assert!(open.iter().all(|who| !then.contains(who)), "{group} {on}");
                let unverified = scheme.unverified_on(group, on);
                assert!(
                    unverified.iter().all(|who| then.contains(who)),
                    "{group} {on}"
                );
            }
        }
    }
}

#[test]
fn groups_are_found_as_people_type_them() {
    let reference = Reference::embedded();
    for (group, names) in [
        ("EU", "EU|eu|European Union|european communities|EC|E.U."),
        ("G77", "G77|g-77|Group of 77|group of 77 and China"),
        ("NAM", "NAM|Non-Aligned Movement|non aligned movement"),
        ("AU", "African Union|OAU|Organization of African Unity"),
        ("LAS", "Arab League|League of Arab States|arab group"),
        ("OIC", "OIC|Organization of Islamic Cooperation"),
        ("LDC", "LDCs|least developed countries"),
        ("SIDS", "small island developing states"),
        ("PIF", "Pacific Islands Forum|pif"),
        ("Mercosur", "MERCOSUR|mercosul"),
        ("NATO", "nato|North Atlantic Treaty Organisation"),
    ] {
        for name in names.split('|') {
            let found = reference.scheme_groups(name);
            let found: Vec<_> = found
                .iter()
                .map(|(scheme, group)| (scheme.name(), *group))
                .collect();
            assert_eq!(found, [("international", group)], "{name}");
        }
    }
}

const OVERLAPPING: &str = "format = 1\noverlapping = true\n";
const OWN: &str = "group,member,from,to,unverified\n\
                   small,AUT,1999,2005-06,\n\
                   small,HUN,2001-02/2003,,\n\
                   small,HRV,2001,2001,member\n\
                   central,AUT,2000-01-01,,from\n";

fn own(table: &str, about: Option<&str>) -> Vec<File<'static>> {
    let mut files = vec![("groups/ours.csv", table.to_owned())];
    files.extend(about.map(|about| ("groups/ours.toml", about.to_owned())));
    files
}

#[test]
fn a_folder_has_groups_that_overlap_and_days_of_which_the_year_is_known() {
    let reference = load(own(OWN, Some(OVERLAPPING))).unwrap();
    let scheme = reference.scheme("ours").unwrap();
    let on = |text: &str| {
        let on = day(text);
        let all = [scheme.members_on("small", on), scheme.open_on("small", on)];
        all.map(|all| texts(&all))
    };
    assert_eq!(on("1998-12-31"), ["", ""]);
    assert_eq!(on("1999-01-01"), ["", "AUT"]);
    assert_eq!(on("2000-01-01"), ["AUT", ""]);
    assert_eq!(on("2001-06-01"), ["AUT", "HRV HUN"]);
    assert_eq!(on("2003-12-31"), ["AUT", "HUN"]);
    assert_eq!(on("2004-01-01"), ["AUT HUN", ""]);
    assert_eq!(on("2005-06-15"), ["HUN", "AUT"]);
    assert_eq!(on("2005-07-01"), ["HUN", ""]);
    let unverified = |text: &str| texts(&scheme.unverified_on("central", day(text)));
    assert_eq!(unverified("2000-06-01"), "AUT");
    assert_eq!(unverified("2001-06-01"), "");
}

#[test]
fn what_is_wrong_with_a_scheme_is_told() {
    let about = |more: &str| format!("{OVERLAPPING}{more}");
    let twice = OWN.replace("central", "small");
    let shown = changed(
        "bodies/river-club.toml",
        "suspended",
        "show-groups = \"ours\"\nsuspended",
    );
    let mut shown = shown;
    shown.extend(own(OWN, Some(OVERLAPPING)));
    for (files, expected) in [
        (
            own(OWN, None),
            "groups/ours.csv, line 5: AUT is in two groups on 2000-01-01",
        ),
        (
            own(&twice, Some(OVERLAPPING)),
            "groups/ours.csv, line 5: AUT is in `small` twice on 2000-01-01",
        ),
        (
            own(OWN, Some(&about("[groups.large]\nnote = \"x\"\n"))),
            "groups/ours.toml: `large` is not a group of `groups/ours.csv`",
        ),
        (
            own(
                OWN,
                Some(&about("[groups.small]\nroster-of = \"ecosoc\"\n")),
            ),
            "groups/ours.toml, line 4: the members of `ecosoc` are not on record",
        ),
        (
            own(OWN, Some("format = 2\n")),
            "groups/ours.toml, line 1: the format is 2, and this version reads 1",
        ),
        (
            own(&OWN.replace("1999,", "1999/,"), Some(OVERLAPPING)),
            "groups/ours.csv, line 2, from: `1999/` has no end",
        ),
        (
            own(&OWN.replace("1999,", "2006,"), Some(OVERLAPPING)),
            "groups/ours.csv, line 2, to: the days end on 2005-06, and begin on 2006-01-01",
        ),
        (
            vec![("groups/theirs.toml", OVERLAPPING.to_owned())],
            "groups/theirs.toml: there is no table of groups that it names",
        ),
        (
            shown,
            "bodies/river-club.toml, line 5: the groups of `ours` overlap: votes cannot be shown by them",
        ),
    ] {
        let faults = load(files).unwrap_err();
        let faults: Vec<_> = faults.faults().iter().map(ToString::to_string).collect();
        assert_eq!(faults, [expected]);
    }
}

#[test]
fn a_group_follows_the_roster_of_a_body() {
    let mut files = club();
    let about = format!("{OVERLAPPING}[groups.club]\nroster-of = \"river-club\"\n");
    files.extend(own(
        "group,member,from,to\nclub,AUT,1990-01-01,2001-03-01\n",
        Some(&about),
    ));
    let reference = load(files).unwrap();
    let scheme = reference.scheme("ours").unwrap();
    let on = |text: &str| texts(&scheme.members_on("club", day(text)));
    assert_eq!(on("1995-01-01"), "AUT");
    // An observer is no member, and one that is suspended remains one.
    assert_eq!(on("2012-03-01"), "AUT HRV HUN MNE SRB");
    let spells = scheme.group_over_time("club");
    assert_eq!(spells[0].1.to_string(), "since 1990-01-01");
}

/// A group of which some member is in doubt never decides a vote: an error would rest on it.
#[test]
fn who_takes_part_is_not_told_by_unverified_rows() {
    let taking_part = |group: &str, on: &str| {
        let decision = Decision {
            date: on.parse().ok(),
            taking_part: TakingPart::Group(group.into()),
            ..Decision::default()
        };
        let library = Reference::embedded().library();
        library.taking_part(&decision, Some(&BodyId::UNGA))
    };
    assert_eq!(taking_part("EU", "2018-12-19").unwrap().unwrap().len(), 28);
    let Err(Undecidable::Missing { what }) = taking_part("BRICS", "2025-06-01") else {
        panic!("Saudi Arabia is not confirmed");
    };
    assert_eq!(
        what,
        ["a source that confirms the members of `BRICS` on 2025-06-01 (such as SAU)"]
    );
}

/// The tables in `docs/groups.md` are made from the data: `UPDATE_DOCS=1 cargo test -p plenary-bodies groups` writes them.
#[test]
fn the_page_has_the_groups_as_they_are() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/groups.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (begin, end) = ("<!-- groups -->\n", "<!-- end of groups -->");
    let start = page.find(begin).unwrap() + begin.len();
    let stop = page.find(end).unwrap();
    let now = format!(
        "{}{}{}",
        &page[..start],
        table(international()),
        &page[stop..]
    );
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, now).unwrap();
    } else {
        assert!(
            page == now,
            "docs/groups.md differs; UPDATE_DOCS=1 writes it anew"
        );
    }
}

fn is_verified(row: &&SchemeRow) -> bool {
    row.doubt == Doubt::None
}

fn table(scheme: &Scheme) -> String {
    let until = scheme.known_until().unwrap();
    let last = until.pred_opt().unwrap();
    let mut text = format!(
        "| group | name | members on {last} | since | rows | confirmed | unverified | main source |\n|---|---|---|---|---|---|---|---|\n"
    );
    let (mut all, mut confirmed) = (0, 0);
    for group in scheme.groups() {
        let rows: Vec<_> = scheme.rows_of(group).collect();
        let verified = rows.iter().copied().filter(is_verified).count();
        let since = rows
            .iter()
            .filter_map(|row| row.from)
            .min_by_key(|from| from.earliest());
        let _ = writeln!(
            text,
            "| `{group}` | {} | {} | {} | {} | {verified} | {} | {} |",
            scheme.title_of(group),
            scheme.members_on(group, last).len(),
            since.unwrap(),
            rows.len(),
            rows.len() - verified,
            scheme.source_of(group).unwrap(),
        );
        all += rows.len();
        confirmed += verified;
    }
    let share = 100.0 * confirmed as f64 / all as f64;
    let _ = write!(
        text,
        "\nOf {all} rows, {confirmed} ({share:.0} %) rest on a document that was opened; the other {} say in the column `unverified` what \
         no source confirms, which for {} of them is the first day alone.\n\n",
        all - confirmed,
        scheme
            .rows()
            .iter()
            .filter(|row| row.doubt == Doubt::From)
            .count(),
    );
    for group in scheme.groups() {
        if let Some(note) = scheme.note_of(group) {
            let _ = writeln!(text, "- `{group}`: {note}");
        }
    }
    text
}
