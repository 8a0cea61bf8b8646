//! Roll calls as a meeting record prints them, set on pages of many kinds and read back.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use plenary_import::{Import, Options, read, read_bytes};
use plenary_states::{entities, name_on};
use plenary_testing::{cases, shared};
use plenary_types::{Choice, Decision, StateCode};
use proptest::prelude::*;

/// How a record is set.
#[derive(Clone, Debug)]
struct Page {
    width: usize,
    lines: usize,
    columns: bool,
    gap: usize,
    heads: bool,
    breaks_hyphens: bool,
    one_a_line: bool,
    label_on_line: bool,
}

fn pages() -> impl Strategy<Value = Page> {
    (
        24_usize..70,
        12_usize..48,
        any::<bool>(),
        3_usize..9,
        any::<bool>(),
        any::<bool>(),
        prop::bool::weighted(0.1),
        any::<bool>(),
    )
        .prop_map(
            |(width, lines, columns, gap, heads, breaks_hyphens, one_a_line, label_on_line)| Page {
                width,
                lines,
                columns,
                gap,
                heads,
                breaks_hyphens,
                one_a_line,
                label_on_line,
            },
        )
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2018, 12, 19).unwrap()
}

/// The names of states as documents write them, and as some of their records do: with a comma.
fn states() -> Vec<(StateCode, String)> {
    let named = |entity: plenary_states::Entity| {
        let code = entity.code();
        let member = plenary_bodies::Reference::embedded()
            .body("unga")?
            .is_member(code.into(), day())?;
        Some((code, name_on(code, day())?.to_owned())).filter(|_| member)
    };
    let mut states: Vec<(StateCode, String)> = entities().filter_map(named).collect();
    for (name, other) in [
        (
            "Bolivia (Plurinational State of)",
            "Bolivia, Plurinational State of",
        ),
        ("Republic of Korea", "Korea, Republic of"),
        (
            "Democratic Republic of the Congo",
            "Congo, Democratic Republic of the",
        ),
    ] {
        if let Some((_, known)) = states.iter_mut().find(|(_, known)| known == name) {
            other.clone_into(known);
        }
    }
    states
}

/// Text in lines of a width, broken at blanks and, where asked, behind hyphens.
fn set(text: &str, page: &Page) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let mut parts = vec![word.to_owned()];
        if page.breaks_hyphens
            && let Some((before, after)) = word.split_once('-')
        {
            parts = vec![format!("{before}-"), after.to_owned()];
        }
        for (at, part) in parts.iter().enumerate() {
            let line = lines.last_mut().unwrap();
            let blank = usize::from(at == 0 && !line.is_empty());
            if !line.is_empty() && line.chars().count() + blank + part.chars().count() > page.width
            {
                lines.push(part.clone());
            } else {
                line.push_str(&" "[..blank]);
                line.push_str(part);
            }
        }
    }
    lines
}

/// A vote as a record prints it.
fn printed(vote: &BTreeMap<usize, u8>, intended: Option<usize>, page: &Page) -> String {
    let states = states();
    let list = |choice: u8| -> Vec<&str> {
        let chosen = vote.iter().filter(|(_, chosen)| **chosen == choice);
        chosen
            .map(|(at, _)| &*states[at % states.len()].1)
            .collect()
    };
    let mut lines: Vec<String> = Vec::new();
    let talk = "The President: We have heard the last speaker before the vote. The Assembly will now take a decision \
                on draft resolution A/73/L.66. A recorded vote has been requested.";
    lines.extend(set(talk, page));
    lines.extend(["", "A recorded vote was taken.", ""].map(str::to_owned));
    for (label, choice) in [("In favour:", 0), ("Against:", 1), ("Abstaining:", 2)] {
        let names = list(choice);
        let has_comma = names.iter().any(|name| name.contains(','));
        let text = match names.is_empty() {
            true => "None".to_owned(),
            false => names.join(", "),
        };
        let fits = names.iter().all(|name| name.chars().count() <= page.width);
        if page.one_a_line && fits && !has_comma && names.len() > 1 {
            lines.push(label.to_owned());
            lines.extend(names.iter().map(ToString::to_string));
        } else if page.label_on_line {
            lines.extend(set(&format!("{label} {text}"), page));
        } else {
            lines.push(label.to_owned());
            lines.extend(set(&text, page));
        }
        lines.push(String::new());
    }
    let [yes, no, abstain] = [0, 1, 2].map(|choice| list(choice).len());
    let result = format!(
        "Draft resolution A/73/L.66 was adopted by {yes} votes to {no}, with {abstain} abstentions (resolution 73/195)."
    );
    lines.extend(set(&result, page));
    if let Some(at) = intended {
        let name = &states[at % states.len()].1;
        let note = format!(
            "[Subsequently, the delegation of {name} informed the Secretariat that it had intended to vote against.]"
        );
        lines.push(String::new());
        lines.extend(set(&note, page));
    }
    lines.push(String::new());
    let speech = "The President: I now call on those who wish to explain how they have voted. I ask them to be brief. ";
    lines.extend(set(speech.repeat(page.lines.div_ceil(2)).trim_end(), page));
    pages_of(&lines, page)
}

fn pages_of(lines: &[String], page: &Page) -> String {
    let mut text = "A/73/PV.60\nGeneral Assembly          Official Records\nSeventy-third session\n60th plenary meeting\n\
                    Wednesday, 19 December 2018, 10 a.m.\nNew York\n\n"
        .to_owned();
    let on_page = page.lines * if page.columns { 2 } else { 1 };
    let count = lines.len().div_ceil(on_page);
    for (number, lines) in lines.chunks(on_page).enumerate() {
        if number > 0 {
            text.push('\u{c}');
            if page.heads {
                text.push_str("19/12/2018                                 A/73/PV.60\n\n");
                // A running head in words is known by its being repeated.
                if count > 2 {
                    text.push_str("Global health and foreign policy\n");
                }
            }
        }
        let (left, right) = lines.split_at(page.lines.min(lines.len()));
        // A second column of a line or two cannot be told from blanks within lines.
        let mut right = right.to_vec();
        if !right.is_empty() {
            right.resize(right.len().max(3), "and so on.".to_owned());
        }
        for (at, line) in left.iter().enumerate() {
            let other = right.get(at).map_or("", |line| &**line);
            let blanks = page.width + page.gap - line.chars().count().min(page.width);
            let set = format!("  {line}{}{other}", " ".repeat(blanks));
            text.push_str(set.trim_end());
            text.push('\n');
        }
        if page.heads {
            text.push_str(&format!(
                "\n{}/27                      18-44607\n",
                number + 1
            ));
        }
    }
    text
}

fn decision(import: &Import) -> Decision {
    let record = import.record(0).unwrap();
    record.agreement.decisions().next().unwrap().1.clone()
}

proptest! {
    #![proptest_config(cases(96))]

    /// Whatever the page, the lists are read as they were.
    #[test]
    fn a_vote_is_read_back_as_it_was_printed(
        vote in prop::collection::btree_map(0_usize..193, 0_u8..3, 1..120),
        intended in prop::option::of(0_usize..193),
        page in pages(),
    ) {
        let states = states();
        let text = printed(&vote, intended, &page);
        let import = read_bytes("record.txt", text.as_bytes(), &Options::default()).unwrap();
        prop_assert_eq!(import.rejected(), [], "{}", text);
        prop_assert_eq!(import.len(), 1, "{}", text);
        let decision = decision(&import);
        let mut read: Vec<(String, Choice)> = Vec::new();
        let mut meant = Vec::new();
        for ballot in decision.ballots.as_ref().unwrap().iter() {
            let who = ballot.entry.state().map_or_else(|| ballot.entry.label(), |state| state.to_string());
            meant.extend(ballot.intended_later.map(|choice| (who.clone(), choice)));
            if ballot.choice != Choice::NonVoting {
                read.push((who, ballot.choice));
            }
        }
        let choice = |choice: u8| [Choice::Yes, Choice::No, Choice::Abstain][usize::from(choice)];
        let mut wanted: Vec<(String, Choice)> = vote
            .iter()
            .map(|(at, chosen)| (states[at % states.len()].0.to_string(), choice(*chosen)))
            .collect();
        wanted.sort();
        read.sort();
        prop_assert_eq!(&read, &wanted, "{}", text);
        let intended: Vec<_> = intended.iter().map(|at| (states[at % states.len()].0.to_string(), Choice::No)).collect();
        prop_assert_eq!(&meant, &intended, "{}", text);
        let counted = |choice| Some(u32::try_from(wanted.iter().filter(|(_, c)| *c == choice).count()).unwrap());
        let announced = &decision.announced;
        prop_assert_eq!(announced.yes, counted(Choice::Yes), "{}", text);
        prop_assert_eq!(announced.abstain, counted(Choice::Abstain), "{}", text);
        prop_assert_eq!(decision.date.and_then(plenary_types::Date::as_day), Some(day()));
        let label = import.record(0).unwrap().agreement.label().to_owned();
        prop_assert_eq!(label, "A/RES/73/195");
    }
}

/// What stands beside the file: 101 in favour, 2 against, 48 abstaining, 33 absent, and Lesotho had intended to vote in favour.
#[test]
fn a_page_that_marks_names_with_their_votes_gives_the_facts_of_its_source() {
    let Some(path) = shared("others/pv_A-49-PV.45_vote.html") else {
        return;
    };
    let import = read(path, &Options::default()).unwrap();
    assert_eq!(import.rejected(), []);
    assert_eq!(import.len(), 1);
    let record = import.record(0).unwrap();
    assert_eq!(record.agreement.label(), "A/RES/49/9");
    assert!(record.findings.is_empty(), "{:?}", record.findings);
    let decision = decision(&import);
    let announced = &decision.announced;
    let totals = [
        announced.yes,
        announced.no,
        announced.abstain,
        announced.non_voting,
    ];
    assert_eq!(totals, [101, 2, 48, 33].map(Some));
    let ballots = decision.ballots.unwrap();
    let tally = ballots.tally();
    assert_eq!(
        [tally.yes, tally.no, tally.abstain, tally.non_voting],
        [101, 2, 48, 33]
    );
    let unknown: Vec<String> = ballots
        .iter()
        .filter(|ballot| ballot.entry.state().is_none())
        .map(|ballot| ballot.entry.label())
        .collect();
    assert_eq!(unknown, Vec::<String>::new());
    let intended: Vec<(String, Choice)> = ballots
        .iter()
        .filter_map(|ballot| Some((ballot.entry.label(), ballot.intended_later?)))
        .collect();
    assert_eq!(intended, [("Lesotho".to_owned(), Choice::Yes)]);
    assert_eq!(ballots.get("LSO".parse().unwrap()), Some(Choice::NonVoting));
    assert_eq!(decision.drafts[0].to_string(), "A/49/L.9");
}
