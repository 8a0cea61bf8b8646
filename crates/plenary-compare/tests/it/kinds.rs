//! Comparisons of small tables, a table of inputs for each kind of question: who is whom, small bodies, symbols of the
//! Security Council, and the fields beside symbol and ballots.

use std::fmt::Write;

use plenary_compare::{Comparison, DifferenceKind, PatternKind, VoteList};
use plenary_import::{Mapping, Options, read_bytes};
use proptest::prelude::*;

use crate::compare;

/// A wide table: a row for each vote, `states` as its columns, a word of letters for each row (`.` for an empty cell).
fn wide(states: &str, rows: &[(&str, &str, &str)]) -> String {
    let mut text = format!("resolution,date,{states}\n");
    for (symbol, date, word) in rows {
        let cells: Vec<String> = word.chars().map(|c| c.to_string()).collect();
        writeln!(text, "{symbol},{date},{}", cells.join(",").replace('.', "")).unwrap();
    }
    text
}

fn wide_list(body: &str, partial: bool, table: &str) -> VoteList {
    let mapping = format!(
        "body = \"{body}\"\nsource = \"made up\"\nlayout = \"wide\"\ncodes = \"iso3\"\npartial = {partial}\n\
         [columns]\nsymbol = \"resolution\"\ndate = \"date\"\n\
         [choices]\nyes = [\"Y\"]\nno = [\"N\"]\nabstain = [\"A\"]\nnon-voting = [\"X\"]\n"
    );
    let options = Options::default().with_mapping(Mapping::from_toml(&mapping).unwrap());
    let import = read_bytes("table.csv", table.as_bytes(), &options).unwrap();
    assert_eq!(import.summary().rejected, 0);
    VoteList::from_import(&import)
}

/// Compares two sources in which each state votes by a word, a letter for each vote of session 35.
fn by_states(partial: bool, sides: [&[(&str, &str)]; 2]) -> Comparison {
    let [a, b] = sides.map(|states| {
        let names: Vec<&str> = states.iter().map(|(name, _)| *name).collect();
        let count = states[0].1.len();
        let rows: Vec<(String, String, String)> = (0..count)
            .map(|at| {
                let letters = states.iter().map(|(_, word)| word.chars().nth(at).unwrap());
                let symbol = format!("A/RES/35/{}", at + 1);
                (symbol, format!("1980-12-{:02}", at + 1), letters.collect())
            })
            .collect();
        let rows: Vec<(&str, &str, &str)> = rows
            .iter()
            .map(|(symbol, date, word)| (&**symbol, &**date, &**word))
            .collect();
        wide_list("unga", partial, &wide(&names.join(","), &rows))
    });
    compare(&a, &b)
}

/// The patterns by kind, states and source.
fn patterns(comparison: &Comparison) -> Vec<String> {
    let told = comparison.patterns.iter().map(|pattern| {
        let states: Vec<String> = pattern.voters.iter().map(ToString::to_string).collect();
        let side = pattern
            .side
            .map_or_else(String::new, |side| format!(" {side}"));
        format!("{} {}{side}", pattern.kind.as_str(), states.join(" "))
    });
    told.collect()
}

fn kinds(comparison: &Comparison) -> Vec<&'static str> {
    comparison
        .differences
        .iter()
        .map(|d| d.kind.as_str())
        .collect()
}

/// Others that vote in both sources, so that votes are matched whatever the states in question do.
const OTHERS: [(&str, &str); 3] = [
    ("USA", "YNYNYNYNYN"),
    ("FRA", "AAAAYAAYAA"),
    ("PER", "YYYNAYNAYY"),
];

fn with_others<'a>(states: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    states.iter().copied().chain(OTHERS).collect()
}

#[test]
fn a_voter_is_at_most_one_voter_of_the_other_source() {
    for (what, a, b, expected) in [
        (
            "the one that votes most alike",
            &[("GHA", "NYNYNYNYNY"), ("TGO", "NYNYNYNYNA")][..],
            &[("KEN", "NYNYNYNYNY")][..],
            &["same-seat GHA KEN", "state-missing TGO b"][..],
        ),
        (
            "the one whose seat it continues, although all vote alike",
            &[
                ("CSK", "NYNYNYNYNY"),
                ("DDR", "NYNYNYNYNY"),
                ("SUN", "NYNYNYNYNY"),
            ],
            &[("RUS", "NYNYNYNYNY")],
            &[
                "same-seat SUN RUS",
                "state-missing CSK b",
                "state-missing DDR b",
            ],
        ),
        (
            "each its own successor",
            &[("CSK", "NYNYNYNYNY"), ("SUN", "NYNYNYNYNY")],
            &[("CZE", "NYNYNYNYNY"), ("RUS", "NYNYNYNYNY")],
            &["same-seat CSK CZE", "same-seat SUN RUS"],
        ),
        (
            "nobody, where two are equally good and nothing speaks for one",
            &[("GHA", "NYNYNYNYNY"), ("TGO", "NYNYNYNYNY")],
            &[("KEN", "NYNYNYNYNY")],
            &[
                "state-missing KEN a",
                "state-missing GHA b",
                "state-missing TGO b",
            ],
        ),
        (
            "one seat under two codes in turn",
            &[("SUN", "NYNYNYN..."), ("RUS", ".......YNY")],
            &[("SUN", ".........."), ("RUS", "NYNYNYNYNY")],
            &["same-seat SUN RUS"],
        ),
    ] {
        let (a, b) = (with_others(a), with_others(b));
        let told = by_states(true, [&a, &b]);
        assert_eq!(patterns(&told), expected, "{what}");
        let turned = by_states(true, [&b, &a]);
        let seats = |comparison: &Comparison| {
            let seats = comparison.patterns.iter();
            seats.filter(|p| p.kind == PatternKind::SameSeat).count()
        };
        assert_eq!(seats(&turned), seats(&told), "{what}, turned");
    }
}

#[test]
fn an_exchange_is_one_pattern_however_often_one_of_the_two_was_absent() {
    for (what, partial, first, second) in [
        ("one is always absent", false, "YNYAYNYYAN", "XXXXXXXXXX"),
        ("one is mostly absent", false, "YNYAYNYYAN", "XXNXXXAXXX"),
        (
            "both are absent now and then",
            false,
            "YNXXYNYYAN",
            "XANNXXNAXY",
        ),
        ("both vote throughout", false, "YNYAYNYYAN", "NAANAANANY"),
        ("the absent are left out", true, "YNY.YN.YAN", "..NY..Y..A"),
    ] {
        let a = with_others(&[("COD", second), ("COG", first)]);
        let b = with_others(&[("COD", first), ("COG", second)]);
        let comparison = by_states(partial, [&a, &b]);
        assert_eq!(
            patterns(&comparison),
            ["states-exchanged COD COG"],
            "{what}"
        );
        assert_eq!(comparison.unexplained().count(), 0, "{what}");
    }
}

#[test]
fn a_state_that_is_missing_beside_another_is_not_exchanged_with_it() {
    let a = with_others(&[("COD", "XXXXXXXXXX"), ("COG", "YNYAYNYYAN")]);
    let b = with_others(&[("COD", "NAANAANANY"), ("COG", "YNYAYNYYAN")]);
    let comparison = by_states(false, [&a, &b]);
    assert_eq!(patterns(&comparison), ["state-missing COD a"]);
}

#[test]
fn resolutions_of_the_council_are_cited_with_and_without_the_year() {
    for (body, a, b, differing) in [
        ("unsc", "S/RES/700", "S/RES/700 (1991)", &[][..]),
        ("unsc", "S/RES/700(1991)", "S/RES/700", &[]),
        ("unsc", "s/res/700", "S/RES/700(1991)", &[]),
        ("unsc", "700 (1991)", "S/RES/700(1991)", &[]),
        ("unsc", "700", "S/RES/700 (1991)", &[]),
        ("unsc", "S/RES/700(1990)", "S/RES/700(1991)", &["symbol"]),
        (
            "unsc",
            "S/RES/700",
            "S/RES/701(1991)",
            &["only-in-a", "only-in-b"],
        ),
        ("unsc", "S/RES/7O0", "S/RES/700(1991)", &["symbol"]),
        ("unga", "A/RES/700", "A/RES/46/700", &["symbol"]),
    ] {
        let list = |symbol: &str| {
            let rows = [(symbol, "1991-06-17", "YYYYYYYYYYYYYAY")];
            let states =
                "AUT,BEL,CHN,CIV,CUB,ECU,FRA,IND,ROU,SUN,YEM,GBR,USA,ZAR,ZWE".replace("ZAR", "COD");
            wide_list(body, true, &wide(&states, &rows))
        };
        let comparison = compare(&list(a), &list(b));
        assert_eq!(kinds(&comparison), differing, "{body}: {a} and {b}");
    }
}

/// Members of a small body, and how they vote in each of its votes: a symbol, a day, letters.
fn small_body(body: &str, members: usize, votes: &[(&str, &str, &str)]) -> VoteList {
    const CODES: &str = "AGO ARG AUS AUT BEL BEN BGD BGR BOL BRA BWA CAN CHE CHL CHN CIV CMR COL CRI CUB CZE DEU DNK \
        DZA ECU EGY ESP EST ETH FIN FRA GAB GBR GEO GHA GTM HUN IDN IND IRL ITA JPN KAZ KEN KOR KWT MAR MDV MEX MUS \
        NAM NER NGA NLD";
    let codes: Vec<&str> = CODES.split_whitespace().take(members).collect();
    assert_eq!(codes.len(), members);
    let words: Vec<String> = votes
        .iter()
        .map(|(_, _, word)| word.chars().cycle().take(members).collect())
        .collect();
    let rows: Vec<(&str, &str, &str)> = votes
        .iter()
        .zip(&words)
        .map(|((symbol, date, _), word)| (*symbol, *date, &**word))
        .collect();
    wide_list(body, false, &wide(&codes.join(","), &rows))
}

#[test]
fn votes_of_a_small_body_that_nothing_tells_apart_are_counted_and_not_matched() {
    const DAY: &str = "2010-03-01";
    for (what, a, b, matched, ambiguous) in [
        (
            "two against two, and a divided one",
            &[("R1", DAY, "Y"), ("R2", DAY, "Y"), ("R3", DAY, "YYN")][..],
            &[("D3", DAY, "YYN"), ("D2", DAY, "Y"), ("D1", DAY, "Y")][..],
            1,
            (2, 2),
        ),
        (
            "one against two",
            &[("R1", DAY, "Y")],
            &[("D1", DAY, "Y"), ("D2", DAY, "Y")],
            0,
            (1, 2),
        ),
        (
            "one a day",
            &[("R1", DAY, "Y"), ("R2", "2010-03-02", "Y")],
            &[("D1", DAY, "Y"), ("D2", "2010-03-02", "Y")],
            2,
            (0, 0),
        ),
        (
            "one of two told by its symbol",
            &[("S/RES/1911", DAY, "Y"), ("R2", DAY, "Y")],
            &[("S/RES/1911", DAY, "Y"), ("D2", DAY, "Y")],
            2,
            (0, 0),
        ),
    ] {
        let comparison = compare(&small_body("unsc", 15, a), &small_body("unsc", 15, b));
        assert_eq!(comparison.matched.total(), matched, "{what}");
        let counts = (comparison.a.ambiguous, comparison.b.ambiguous);
        assert_eq!(counts, ambiguous, "{what}");
        let alone = [DifferenceKind::OnlyInA, DifferenceKind::OnlyInB].map(|kind| {
            comparison
                .differences
                .iter()
                .filter(|d| d.kind == kind)
                .count()
        });
        assert_eq!(alone, [a.len() - matched, b.len() - matched], "{what}");
        let itself = compare(&small_body("unsc", 15, b), &small_body("unsc", 15, b));
        assert!(itself.is_equal() && itself.a.ambiguous == 0, "{what}");
    }
}

#[test]
fn votes_of_small_bodies_are_matched_by_day_and_ballots() {
    for (body, members) in [("unsc", 15), ("hrc", 47), ("ecosoc", 54)] {
        for (what, a, b, matched) in [
            (
                "one vote a day",
                &[("R1", "2010-03-01", "YYN"), ("R2", "2010-03-02", "YYN")][..],
                &[("D7", "2010-03-02", "YYN"), ("D6", "2010-03-01", "YYN")][..],
                2,
            ),
            (
                "two votes of a day",
                &[("R1", "2010-03-01", "YYN"), ("R2", "2010-03-01", "YAA")],
                &[("D7", "2010-03-01", "YAA"), ("D6", "2010-03-01", "YYN")],
                2,
            ),
            (
                "another day",
                &[("R1", "2010-03-01", "Y")],
                &[("D1", "2010-03-02", "Y")],
                0,
            ),
            (
                "other ballots",
                &[("R1", "2010-03-01", "YYN")],
                &[("D1", "2010-03-01", "YNY")],
                0,
            ),
            (
                "only the month, all in favour",
                &[("R1", "2010-03-01", "Y")],
                &[("D1", "2010-03", "Y")],
                0,
            ),
            (
                "only the month, divided",
                &[("R1", "2010-03-01", "YNA")],
                &[("D1", "2010-03", "YNA")],
                1,
            ),
            (
                "no day",
                &[("R1", "2010-03-01", "YNA")],
                &[("D1", "", "YNA")],
                1,
            ),
        ] {
            let comparison = compare(&small_body(body, members, a), &small_body(body, members, b));
            assert_eq!(comparison.matched.ballots, matched, "{body}, {what}");
            assert_eq!(comparison.matched.total(), matched, "{body}, {what}");
        }
    }
}

#[test]
fn two_resolutions_of_a_day_that_all_voted_for_stay_two() {
    for (body, members, first, second) in [
        ("unsc", 15, "S/RES/700(1991)", "S/RES/701(1991)"),
        ("hrc", 47, "A/HRC/RES/13/7", "A/HRC/RES/13/8"),
    ] {
        let list = |symbol, word| small_body(body, members, &[(symbol, "1991-06-17", word)]);
        let comparison = compare(&list(first, "Y"), &list(second, "Y"));
        assert_eq!(kinds(&comparison), ["only-in-a", "only-in-b"], "{body}");
        let comparison = compare(&list(first, "YNA"), &list(second, "YNA"));
        assert_eq!(kinds(&comparison), ["symbol"], "{body}, divided");
    }
}

const FIELDS: [(&str, DifferenceKind); 7] = [
    ("meeting", DifferenceKind::Meeting),
    ("title", DifferenceKind::Title),
    ("agenda_title", DifferenceKind::Agenda),
    ("subjects", DifferenceKind::Subjects),
    ("draft", DifferenceKind::Drafts),
    ("committee_report", DifferenceKind::CommitteeReport),
    ("vote_note", DifferenceKind::Notes),
];

/// Votes in the Library's layout; `value` is asked for each field of each vote.
fn library(votes: usize, value: impl Fn(&str, usize) -> String) -> VoteList {
    let names: Vec<&str> = FIELDS.iter().map(|(name, _)| *name).collect();
    let mut text = format!(
        "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,{}\n",
        names.join(",")
    );
    for vote in 0..votes {
        for (at, state) in ["FRA,FRANCE", "KEN,KENYA", "PER,PERU"].iter().enumerate() {
            let letter = ["Y", "N", "A"][(vote * (at + 1) + at) % 3];
            let cells: Vec<String> = names.iter().map(|name| value(name, vote)).collect();
            writeln!(
                text,
                "{vote},{state},{letter},2004-12-10,59,A/RES/59/{},{}",
                vote + 1,
                cells.join(",")
            )
            .unwrap();
        }
    }
    let import = read_bytes("library.csv", text.as_bytes(), &Options::default()).unwrap();
    assert_eq!(import.summary().rejected, 0);
    VoteList::from_import(&import)
}

fn usual(field: &str, vote: usize) -> String {
    let vote = vote + 1;
    match field {
        "meeting" => format!("A/59/PV.{vote}"),
        "title" => format!("Question of the number {vote} : resolution"),
        "agenda_title" => format!("ITEM {vote}"),
        "subjects" => format!("TOPIC {vote}|TRADE"),
        "draft" => format!("A/59/L.{vote}"),
        "committee_report" => format!("A/59/{}", vote + 400),
        _ => format!("RECORDED - No machine generated vote {vote}"),
    }
}

#[test]
fn a_field_that_differs_is_told_by_its_name() {
    for (name, kind) in FIELDS {
        for (what, other) in [("other", usual(name, 70)), ("none", String::new())] {
            let changed = |field: &str, vote: usize| match (field, vote) {
                (field, 1) if field == name => other.clone(),
                _ => usual(field, vote),
            };
            let comparison = compare(&library(3, usual), &library(3, changed));
            let [difference] = &*comparison.differences else {
                panic!("{name}, {what}: {:#?}", comparison.differences)
            };
            assert_eq!(difference.kind, kind, "{name}, {what}");
            let [a, b] = [&difference.a, &difference.b].map(|sight| sight.as_ref().unwrap());
            assert_eq!(
                (&*a.record, a.line),
                ("A/RES/59/2", Some(5)),
                "{name}, {what}"
            );
            assert!(a.value.is_some() && a.value != b.value, "{name}, {what}");
            assert_eq!(b.value.is_some(), what == "other", "{name}, {what}");
        }
    }
}

#[test]
fn the_order_of_subjects_and_the_spelling_of_symbols_do_not_count() {
    let spelt = |field: &str, vote: usize| match field {
        "subjects" => format!("TRADE|TOPIC {}", vote + 1),
        "draft" => format!("a/59/l.{}", vote + 1),
        "meeting" => format!("A/59/PV. {}", vote + 1),
        _ => usual(field, vote),
    };
    let comparison = compare(&library(3, usual), &library(3, spelt));
    assert!(comparison.is_equal(), "{:#?}", comparison.differences);
}

#[test]
fn a_field_that_one_source_leaves_out_or_words_otherwise_is_one_pattern() {
    for (name, kind) in FIELDS {
        let without = |field: &str, vote: usize| match field == name {
            true => String::new(),
            false => usual(field, vote),
        };
        let comparison = compare(&library(30, without), &library(30, usual));
        let [pattern] = &*comparison.patterns else {
            panic!("{name}: {:#?}", comparison.patterns)
        };
        let told = (pattern.kind, pattern.field, pattern.side, pattern.votes);
        assert_eq!(
            told,
            (PatternKind::FieldMissing, Some(kind), Some('a'), 30),
            "{name}"
        );
        let other = |field: &str, vote: usize| match field == name {
            true => usual(field, vote + 100),
            false => usual(field, vote),
        };
        let comparison = compare(&library(30, other), &library(30, usual));
        let [pattern] = &*comparison.patterns else {
            panic!("{name}: {:#?}", comparison.patterns)
        };
        let told = (
            pattern.kind,
            pattern.field,
            pattern.side,
            pattern.differences,
        );
        assert_eq!(
            told,
            (PatternKind::FieldStyle, Some(kind), None, 30),
            "{name}"
        );
    }
}

#[test]
fn a_long_title_is_shown_from_where_it_differs() {
    let long = |end: &'static str| {
        move |field: &str, vote: usize| match field {
            "title" => format!("{} {end}", "Question of a long title ".repeat(20)),
            _ => usual(field, vote),
        }
    };
    let comparison = compare(&library(1, long("Alpha")), &library(1, long("Omega")));
    let told = comparison.differences[0].to_string();
    assert!(
        told.contains("Alpha | …") && told.ends_with("Omega"),
        "{told}"
    );
    assert!(told.len() < 200, "{told}");
    let full = comparison.differences[0].a.as_ref().unwrap();
    assert!(full.value.as_ref().unwrap().len() > 400);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Whatever the states vote: no voter stands in two pairs of seats of a session.
    #[test]
    fn no_voter_is_two_voters(
        words in prop::collection::vec(prop::sample::subsequence((0..10).collect::<Vec<usize>>(), 0..2), 8),
    ) {
        let voters: Vec<(&str, String)> = ["SUN", "CSK", "DDR", "GHA", "RUS", "CZE", "TGO", "KEN"]
            .into_iter()
            .zip(&words)
            .map(|(state, changed)| {
                let letters = (0..10).map(|at| match changed.contains(&at) {
                    true => 'A',
                    false => ['N', 'Y'][at % 2],
                });
                (state, letters.collect())
            })
            .collect();
        let side = |range: std::ops::Range<usize>| -> Vec<(&str, &str)> {
            let own: Vec<(&str, &str)> = voters[range].iter().map(|(s, w)| (*s, &**w)).collect();
            with_others(&own)
        };
        let comparison = by_states(true, [&side(0..4), &side(4..8)]);
        let seats: Vec<_> = comparison.patterns.iter().filter(|p| p.kind == PatternKind::SameSeat).collect();
        for at in [0, 1] {
            let mut states: Vec<_> = seats.iter().map(|p| p.voters[at]).collect();
            let all = states.len();
            states.sort_unstable();
            states.dedup();
            prop_assert_eq!(states.len(), all);
        }
    }

    /// A table equals itself in whatever order its votes stand, also where ballots say nothing.
    #[test]
    fn a_small_body_equals_itself_in_any_order(
        order in Just((0..6).collect::<Vec<usize>>()).prop_shuffle(),
        words in prop::collection::vec(prop::sample::select(&["Y", "YN", "YA"][..]), 6),
    ) {
        let symbols = ["S/RES/701", "S/RES/702", "D3", "D4", "S/RES/705(1991)", ""];
        let votes: Vec<(&str, &str, &str)> =
            symbols.iter().zip(&words).map(|(symbol, word)| (*symbol, "1991-06-17", *word)).collect();
        let turned: Vec<(&str, &str, &str)> = order.iter().map(|at| votes[*at]).collect();
        let comparison = compare(&small_body("unsc", 15, &votes), &small_body("unsc", 15, &turned));
        prop_assert!(comparison.is_equal(), "{:#?}", comparison.differences);
    }
}
