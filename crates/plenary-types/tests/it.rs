//! Laws of the vocabulary, each one line of the table.

use std::cmp::Ordering;

use plenary_testing::{Context, agreements, choices, citations, codes, dates, sessions, symbols};
use plenary_types::{
    Agreement, Ballots, BodyId, Choice, Citation, Date, Participant, ParticipantKind, Session,
    StateCode, Symbol, Tally, agreement_id,
};
use proptest::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

/// A property a line: its name, what it takes, what holds.
macro_rules! laws {
    ($($name:ident($value:pat in $strategy:expr) => $law:expr;)+) => {
        proptest! { $(#[test] fn $name($value in $strategy) { prop_assert!($law); })+ }
    };
}

laws! {
    a_symbol_prints_back_as_parsed(symbol in symbols()) => prints_back(&symbol, symbol.as_str());
    whatever_parses_prints_back(text in symbol_like()) => text.parse::<Symbol>().map_or(true, |s| prints_back(&s, &text));
    the_normal_form_is_a_fixed_point(symbol in symbols()) => normal_is_fixed(&symbol);
    the_normal_form_of_whatever_parses_is_a_fixed_point(text in symbol_like()) => text.parse().map_or(true, |s| normal_is_fixed(&s));
    equal_symbols_have_equal_order((a, b) in (symbols(), symbols())) => (a == b) == (a.cmp(&b) == Ordering::Equal);
    a_citation_keeps_its_text(citation in citations()) => Citation::new(citation.as_str()).as_str() == citation.as_str();
    any_text_is_a_citation(text in any::<String>()) => Citation::new(&text).as_str() == text;
    an_identifier_ignores_the_style_of_the_symbol(symbol in symbols()) => same_identifier(&symbol);
    a_code_round_trips(code in codes()) => code.to_string().parse() == Ok(code) && StateCode::from_bytes(code.to_bytes()) == Some(code);
    codes_are_ordered_as_their_letters((a, b) in (codes(), codes())) => a.cmp(&b) == a.to_string().cmp(&b.to_string()) && a.cmp(&b) == a.index().cmp(&b.index());
    a_participant_round_trips(text in participant_like()) => text.parse::<Participant>().map_or(true, |p| p.as_str() == text && p.to_string().parse() == Ok(p));
    participants_are_ordered_as_their_texts((a, b) in (participant_like(), participant_like())) => ordered(&a, &b);
    printed_texts_that_differ_are_two_participants((a, b) in (any::<String>(), any::<String>())) => apart(&a, &b);
    a_session_round_trips(session in sessions()) => session.to_string().parse() == Ok(session) && session.to_roman().parse() == Ok(session);
    a_date_round_trips(date in dates(&Context::assembly())) => date.to_string().parse() == Ok(date);
    any_text_that_is_a_date_prints_back(text in "[0-9]{4}(-[0-9]{2}){0,2}") => text.parse::<Date>().map_or(true, |d| d.to_string() == text);
    a_date_lies_in_its_span(date in dates(&Context::assembly())) => date.earliest() <= date.latest();
    comparing_dates_is_antisymmetric((a, b) in two_dates()) => a.compare(b) == b.compare(a).map(Ordering::reverse);
    certain_order_means_disjoint_spans((a, b) in two_dates()) => !a.certainly_before(b) || a.latest() < b.earliest();
    a_tally_is_a_naive_count(choices in prop::collection::vec(choices(), 0..300)) => Choice::ALL.into_iter().all(|c| naive(&choices, c) == tally(&choices).get(c));
    ballots_do_not_depend_on_their_order((list, seed) in (ballot_list(), any::<usize>())) => rotated(&list, seed) == of(&list);
    a_state_has_the_ballot_it_cast(list in ballot_list()) => list.iter().all(|(state, _)| of(&list).get(*state) == first(&list, *state));
    ballots_survive_serde(list in ballot_list()) => survives(&of(&list));
    agreements_of_the_assembly_survive_serde(agreement in agreements(&Context::assembly())) => survives(&agreement);
    agreements_of_the_council_survive_serde(agreement in agreements(&Context::council())) => survives(&agreement);
    identifiers_are_stable(agreement in agreements(&Context::assembly())) => agreement.derived_id() == again(&agreement).derived_id();
    no_text_makes_a_parser_panic(text in any::<String>()) => parse_everything(&text);
}

/// Text of the characters that symbols have, in orders that they do not.
fn symbol_like() -> impl Strategy<Value = String> {
    let piece = "A|S|E|RES|DEC|PV\\.|L\\.|C\\.[0-9]|HRC|CONF\\.[0-9]{1,3}|Rev\\.[0-9]|/|/|/|[0-9]{1,4}|\\(|\\)|\\[|\\]|[IVX]{1,4}|S-|ES-|[A-Z]| |-";
    prop::collection::vec(piece, 1..12).prop_map(|pieces| pieces.concat())
}

/// Text that is often a participant.
fn participant_like() -> impl Strategy<Value = String> {
    "[A-Z]{2,4}|(state|org|territory|person|party|unit|text|voter):[A-Za-z0-9é/ ._-]{0,6}"
}

/// Whether the order, equality and numbers of two participants are those of their texts.
fn ordered(a: &str, b: &str) -> bool {
    match (a.parse::<Participant>(), b.parse::<Participant>()) {
        (Ok(p), Ok(q)) => {
            p.cmp(&q) == a.cmp(b) && (p == q) == (a == b) && (p.number() == q.number()) == (a == b)
        }
        _ => true,
    }
}

/// Whether two printed texts are one participant only where they differ in blanks alone (an underscore is one).
fn apart(a: &str, b: &str) -> bool {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join("_");
    let person = |text: &str| Participant::from_printed(ParticipantKind::Person, text);
    match (person(a), person(b)) {
        (Ok(p), Ok(q)) => (p == q) == (words(a) == words(b)) && p.as_str().parse() == Ok(p),
        _ => true,
    }
}

fn two_dates() -> impl Strategy<Value = (Date, Date)> {
    let context = Context::assembly();
    (dates(&context), dates(&context))
}

fn ballot_list() -> impl Strategy<Value = Vec<(StateCode, Choice)>> {
    prop::collection::vec((codes(), choices()), 0..60)
}

fn of(list: &[(StateCode, Choice)]) -> Ballots {
    list.iter().copied().collect()
}

fn rotated(list: &[(StateCode, Choice)], seed: usize) -> Ballots {
    let mut list = list.to_vec();
    let middle = seed.checked_rem(list.len()).unwrap_or_default();
    list.rotate_left(middle);
    of(&list)
}

fn first(list: &[(StateCode, Choice)], state: StateCode) -> Option<Choice> {
    list.iter()
        .find(|(s, _)| *s == state)
        .map(|(_, choice)| *choice)
}

fn naive(choices: &[Choice], wanted: Choice) -> u32 {
    let mut count = 0;
    for choice in choices {
        if *choice == wanted {
            count += 1;
        }
    }
    count
}

fn tally(choices: &[Choice]) -> Tally {
    choices.iter().copied().collect()
}

fn prints_back(symbol: &Symbol, text: &str) -> bool {
    symbol.to_string() == text && symbol.as_str() == text
}

fn normal_is_fixed(symbol: &Symbol) -> bool {
    let again = symbol.normal().parse::<Symbol>();
    again.is_ok_and(|again| again == *symbol && again.as_str() == symbol.normal())
}

fn same_identifier(symbol: &Symbol) -> bool {
    let id = |text: &str| agreement_id(&BodyId::UNGA, &Citation::new(text));
    let lower = id(&symbol.as_str().to_ascii_lowercase());
    id(symbol.as_str()) == id(symbol.normal()) && lower == id(symbol.as_str())
}

fn survives<T: Serialize + DeserializeOwned + PartialEq>(value: &T) -> bool {
    let text = serde_json::to_string(value);
    text.is_ok_and(|text| serde_json::from_str::<T>(&text).is_ok_and(|back| back == *value))
}

fn again(agreement: &Agreement) -> Agreement {
    let value = serde_json::to_value(agreement).unwrap_or_default();
    serde_json::from_value(value).unwrap_or_default()
}

fn parse_everything(text: &str) -> bool {
    let _ = text.parse::<Participant>();
    let _ = text.parse::<Symbol>();
    let _ = text.parse::<Date>();
    let _ = text.parse::<Session>();
    let _ = text.parse::<StateCode>();
    let _ = text.parse::<BodyId>();
    let _ = serde_json::from_str::<Agreement>(text);
    true
}
