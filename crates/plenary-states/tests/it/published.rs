//! The code lists and formal names as others publish them, each compared in full with copies in `tests/data/` (its README.md
//! states the sources). What differs is listed here with the reason.

use chrono::NaiveDate;
use plenary_states::{CodeSystem, Resolver, entities, resolve};
use plenary_types::StateCode;

/// A code of a published list in a span: the first day, and the first day after.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    number: u16,
    letters: String,
    name: String,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

/// The day on which both lists begin: a state of that day may be older.
const BEGINNING: &str = "1816-01-01";

const ENDED: &str = "ended before 1945, and such states are not entities here";

/// Numbers of Gleditsch and Ward that nobody has here, or has in other spans, and why.
const GLEDITSCH_WARD: [(u16, &str); 22] = [
    (89, ENDED),
    (99, ENDED),
    (240, ENDED),
    (245, ENDED),
    (267, ENDED),
    (269, ENDED),
    (271, ENDED),
    (273, ENDED),
    (275, ENDED),
    (280, ENDED),
    (300, ENDED),
    (327, ENDED),
    (329, ENDED),
    (332, ENDED),
    (335, ENDED),
    (337, ENDED),
    (
        396,
        "Abkhazia votes and signs nowhere in the data of this project",
    ),
    (
        397,
        "South Ossetia votes and signs nowhere in the data of this project",
    ),
    (563, ENDED),
    (564, ENDED),
    (
        711,
        "Tibet votes and signs nowhere in the data of this project",
    ),
    (815, ENDED),
];

/// The same for the Correlates of War.
const COW: [(u16, &str); 15] = [
    (240, ENDED),
    (245, ENDED),
    (267, ENDED),
    (269, ENDED),
    (271, ENDED),
    (273, ENDED),
    (275, ENDED),
    (280, ENDED),
    (300, ENDED),
    (327, ENDED),
    (329, ENDED),
    (332, ENDED),
    (335, ENDED),
    (337, ENDED),
    (
        713,
        "roll-call data under these numbers have the China seat under 713 from 1946 on, the list Taiwan from 1949",
    ),
];

fn rows(text: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let record = |record: csv::StringRecord| Row {
        number: record[0].parse().unwrap(),
        letters: record[1].to_owned(),
        name: record[2].to_owned(),
        from: Some(record[3].to_owned())
            .filter(|day| *day != BEGINNING)
            .map(|day| day.parse().unwrap()),
        to: record[4]
            .parse::<NaiveDate>()
            .ok()
            .map(|through| through + chrono::Days::new(1)),
    };
    reader.records().map(|row| record(row.unwrap())).collect()
}

fn gleditsch_ward() -> Vec<Row> {
    rows(include_str!("../data/gleditsch_ward.csv"))
}

fn cow() -> Vec<Row> {
    rows(include_str!("../data/cow.csv"))
}

type Days = (Option<NaiveDate>, Option<NaiveDate>);

/// The spans in which a code means anybody here; those that meet are one.
fn spans_here(system: CodeSystem, value: &str) -> Vec<Days> {
    let codes = entities().flat_map(|entity| entity.codes().iter());
    let codes = codes.filter(|code| code.system == system && code.value == value);
    let mut spans: Vec<Days> = codes
        .map(|code| {
            let from = Some(code.span.from).filter(|from| *from != NaiveDate::MIN);
            (from, code.span.to)
        })
        .collect();
    spans.sort_unstable();
    let mut joined: Vec<Days> = Vec::new();
    for (from, to) in spans {
        match joined.last_mut() {
            Some((_, end)) if end.is_none() || *end >= from => {
                *end = end.zip(to).map(|(a, b)| a.max(b));
            }
            _ => joined.push((from, to)),
        }
    }
    joined
}

fn assert_same_spans(published: &[Row], system: CodeSystem, differences: &[(u16, &str)]) {
    let mut numbers: Vec<_> = published.iter().map(|row| row.number).collect();
    let codes = entities().flat_map(|entity| entity.codes().iter());
    let here = codes.filter(|code| code.system == system);
    numbers.extend(here.map(|code| code.value.parse::<u16>().unwrap()));
    numbers.sort_unstable();
    numbers.dedup();
    let mut different = Vec::new();
    for number in numbers {
        let rows = published.iter().filter(|row| row.number == number);
        let listed: Vec<_> = rows.map(|row| (row.from, row.to)).collect();
        let here = spans_here(system, &number.to_string());
        if listed != here {
            different.push(number);
            let known = differences.iter().any(|(other, _)| *other == number);
            assert!(known, "{system} {number}: {here:?}, published {listed:?}");
        }
    }
    let known: Vec<_> = differences.iter().map(|(number, _)| *number).collect();
    assert_eq!(different, known, "{system}: a difference that is none");
}

#[test]
fn gleditsch_ward_numbers_are_those_of_the_published_list() {
    let published = gleditsch_ward();
    assert_eq!(published.len(), 239);
    assert_same_spans(&published, CodeSystem::GleditschWard, &GLEDITSCH_WARD);
}

#[test]
fn correlates_of_war_numbers_and_letters_are_those_of_the_published_list() {
    let published = cow();
    assert_eq!(published.len(), 243);
    assert_same_spans(&published, CodeSystem::Cow, &COW);
    for row in published {
        if COW.iter().any(|(number, _)| *number == row.number) {
            continue;
        }
        let day = row.from.unwrap_or_else(|| BEGINNING.parse().unwrap());
        let holders = |system, value: &str| -> Vec<StateCode> {
            let has = |entity: &plenary_states::Entity| {
                entity.codes().iter().any(|code| {
                    code.system == system && code.value == value && code.span.contains(day)
                })
            };
            entities()
                .filter(has)
                .map(plenary_states::Entity::code)
                .collect()
        };
        let by_number = holders(CodeSystem::Cow, &row.number.to_string());
        let by_letters = holders(CodeSystem::CowLetters, &row.letters);
        assert!(!by_number.is_empty(), "{row:?}");
        assert_eq!(by_number, by_letters, "{row:?}");
    }
}

#[test]
fn the_names_of_both_lists_mean_who_has_the_number() {
    let founded: NaiveDate = "1945-10-24".parse().unwrap();
    let mut wrong = Vec::new();
    let mut compared = 0;
    let lists = [
        (
            CodeSystem::GleditschWard,
            gleditsch_ward(),
            &GLEDITSCH_WARD[..],
        ),
        (CodeSystem::Cow, cow(), &COW[..]),
    ];
    for (system, rows, nobodys) in lists {
        for row in rows {
            let different = nobodys.iter().any(|(number, _)| *number == row.number);
            if different || row.to.is_some_and(|to| to < founded) {
                continue;
            }
            compared += 1;
            // One name of the lists may stand for several entities, one after the other.
            let first = row.from.map_or(founded, |from| from.max(founded));
            let last = row.to.map_or("2016-12-31".parse().unwrap(), |to| {
                to - chrono::Days::new(1)
            });
            let means = |day| {
                let by_number = Resolver::new()
                    .codes(system)
                    .on(day)
                    .resolve(&row.number.to_string());
                by_number.is_some() && by_number == resolve(&row.name, Some(day))
            };
            if !means(first) && !means(last) {
                wrong.push(format!("{system} {} {first} {last}", row.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(compared > 400, "{compared}");
}

#[test]
fn formal_names_in_the_six_official_languages_mean_their_state() {
    let mut reader = csv::Reader::from_reader(include_str!("../data/formal_names.csv").as_bytes());
    let (mut wrong, mut states) = (Vec::new(), 0);
    for row in reader.records() {
        let row = row.unwrap();
        let code: StateCode = row[0].parse().unwrap();
        states += 1;
        for name in row.iter().skip(1) {
            for on in [None, "2024-06-01".parse::<NaiveDate>().ok()] {
                let found = resolve(name, on);
                if found != Some(code) {
                    wrong.push(format!("{name} {on:?}: {found:?}, not {code}"));
                }
            }
        }
    }
    assert_eq!(states, 195);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Gleditsch and Ward's number, day and whom it means; two dashes for nobody.
const ON_A_DAY: [(&str, &str, &str); 14] = [
    ("816", "1960-06-01", "VDR"),
    ("816", "1976-07-02", "VNM"),
    ("816", "2000-01-01", "VNM"),
    ("817", "1960-06-01", "QVS"),
    ("815", "2000-01-01", "--"),
    ("815", "1850-01-01", "--"),
    ("54", "2000-01-01", "DMA"),
    ("221", "2000-01-01", "MCO"),
    ("403", "1990-01-01", "STP"),
    ("972", "2000-01-01", "TON"),
    ("987", "2000-01-01", "FSM"),
    ("365", "1980-01-01", "SUN"),
    ("345", "2004-01-01", "SCG"),
    ("713", "1960-01-01", "CHN"),
];

#[test]
fn a_number_means_who_had_it_on_the_day() {
    for (number, day, code) in ON_A_DAY {
        let found = Resolver::new()
            .codes(CodeSystem::GleditschWard)
            .on(day.parse().ok())
            .resolve(number);
        assert_eq!(found, code.parse().ok(), "{number} {day}");
    }
}
