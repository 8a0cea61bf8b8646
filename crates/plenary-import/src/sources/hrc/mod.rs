//! Recorded votes of the Human Rights Council as the project hrc-voting keeps them: texts in a list, and for each state the places of
//! the texts that it voted on, with a letter for each.

use std::sync::Arc;

use plenary_states::entity;
use plenary_tables::known_code;
use plenary_types::{
    Act, Agreement, AgreementKind, AnnouncedTally, Ballots, BodyId, Choice, Citation, Date,
    Decision, Field, Finding, Place, Question, Roll, RollEntry, Scope, Series, Source, Symbol,
    Total,
};

use crate::check::ReaderCheck;
use crate::error::{ImportError, Rejected};
use crate::fields::WRITE_COUNT;
use crate::format::{Fit, Format, Reader, Recognise};
use crate::input::Input;
use crate::json::{self, Json, JsonShape};
use crate::names::{Printed, identify};
use crate::origin::Places;
use crate::record::{Import, Record};
use crate::texts;

pub(crate) static FORMAT: Format = Format::new(
    "hrc-rollcalls",
    "recorded votes of the Human Rights Council in JSON, by state",
    Recognise::Beginning(recognise),
    Reader::File(read),
)
.with_publisher("hrc-voting")
.with_page("hrc-rollcalls")
.with_words(WORDS)
.with_scope();

const WORDS: &[(&str, Choice)] = &[
    ("Y", Choice::Yes),
    ("N", Choice::No),
    ("A", Choice::Abstain),
    ("-", Choice::NonVoting),
    (".", Choice::NonVoting),
];

/// Whether a text begins as such a file does.
pub(crate) fn is_of_votes(text: &[u8]) -> bool {
    if text.trim_ascii_start().first() != Some(&b'{') {
        return false;
    }
    let shape = JsonShape::of(text);
    let has = |key: &str| shape.keys.iter().any(|known| known == key);
    let names = |key: &[u8]| memchr::memmem::find(text, key).is_some();
    has("res") && (has("votes") || shape.is_cut) && names(b"\"sym\"") && names(b"\"mtg\"")
}

fn recognise(text: &[u8]) -> Fit {
    match is_of_votes(text) {
        true => Fit::Full("it has texts in `res`, with `sym` and `mtg`".to_owned()),
        false => Fit::None,
    }
}

/// What is known of a text, and who voted on it.
struct Vote<'j, 't> {
    value: &'j Json<'t>,
    entries: Vec<RollEntry>,
    choices: Vec<Choice>,
    lines: Vec<u32>,
}

fn read(input: &Input) -> Result<Import, ImportError> {
    let text = input.text(json::LONGEST)?;
    let values = json::parse(&input.path, &text)?;
    let Some(document) = values.first() else {
        return Err(no_votes(input));
    };
    let list = document.get("res").map_or(&[][..], Json::elements);
    let fresh = |value| Vote {
        value,
        entries: Vec::new(),
        choices: Vec::new(),
        lines: Vec::new(),
    };
    let mut votes: Vec<Vote<'_, '_>> = list.iter().map(fresh).collect();
    if votes.is_empty() {
        return Err(no_votes(input));
    }
    let mut findings = Vec::new();
    let states = document.get("votes").map_or(&[][..], Json::pairs);
    let names = names(document);
    for (code, state) in states {
        let name = names.iter().find(|(known, _)| known == code);
        let name = name.map_or("", |(_, name)| name);
        if let Err(finding) = place(input, (code, name), state, &mut votes) {
            findings.push(*finding);
        }
    }
    // The votes of a state that cannot be read are on no list.
    let is_partial = !findings.is_empty();
    let (mut records, mut rejected) = (Vec::new(), Vec::new());
    for vote in votes {
        let line = vote.value.line;
        match vote.value.is_object() && vote.value.get("sym").and_then(Json::text).is_some() {
            true => records.push(record(input, vote, is_partial)),
            false => rejected.push(Rejected {
                place: Place::new(&input.path)
                    .with_line(line.into())
                    .with_field("sym"),
                value: vote.value.compact().chars().take(80).collect(),
                reason: "the text has no symbol".to_owned(),
                help: "give it its `sym`".to_owned(),
                record: None,
            }),
        }
    }
    let import = Import::from_documents(&input.path, records, rejected);
    Ok(import.with_findings(findings))
}

fn no_votes(input: &Input) -> ImportError {
    ImportError::NoRows {
        path: input.path.clone(),
        what: "no text in `res`",
    }
}

/// The names of states by their codes.
fn names<'j>(document: &'j Json<'_>) -> Vec<(&'j str, &'j str)> {
    let states = document.get("countries").map_or(&[][..], Json::elements);
    let named =
        |state: &'j Json<'_>| Some((state.get("iso3")?.text()?, state.get("name")?.text()?));
    states.iter().filter_map(named).collect()
}

/// Puts the votes of a state on the lists of their texts.
fn place(
    input: &Input,
    (code, name): (&str, &str),
    state: &Json<'_>,
    votes: &mut [Vote<'_, '_>],
) -> Result<(), Box<Finding>> {
    let fault = |at: &Json<'_>, field: String, message: String, help: &str| {
        let place = Place::new(&input.path).with_line(at.line.into());
        let finding = ReaderCheck::UnreadableField.finding(message, place.with_field(field));
        Box::new(finding.with_help(help))
    };
    let places = state.get("r").map_or(&[][..], Json::elements);
    let letters = state.get("v");
    let words: Vec<char> = letters
        .and_then(Json::text)
        .unwrap_or_default()
        .chars()
        .collect();
    if places.len() != words.len() {
        let message = format!(
            "{} texts in `r` and {} letters in `v`: the votes of this state are left out",
            places.len(),
            words.len()
        );
        let help = "give one letter for each text";
        return Err(fault(state, format!("votes.{code}"), message, help));
    }
    let known = FORMAT.words();
    let mut read: Vec<(usize, Choice, u32)> = Vec::with_capacity(words.len());
    for (place, word) in places.iter().zip(words) {
        let at = place.text().and_then(|text| text.parse::<usize>().ok());
        let Some(at) = at.filter(|at| *at < votes.len()) else {
            let message = format!(
                "`{}` is not the place of a text: the votes of this state are left out",
                place.compact().chars().take(40).collect::<String>()
            );
            let help = "give the place of a text in `res`, from 0";
            return Err(fault(place, format!("votes.{code}.r"), message, help));
        };
        let mut letter = [0; 4];
        let Some(choice) = known.exact(word.encode_utf8(&mut letter).as_bytes()) else {
            let message = format!(
                "`{}` is not a vote: the votes of this state are left out",
                word.escape_debug()
            );
            let help = "write Y, N or A, and - or . for a state that did not vote";
            let line = letters.unwrap_or(state);
            return Err(fault(line, format!("votes.{code}.v"), message, help));
        };
        read.push((at, choice, place.line));
    }
    for (at, choice, line) in read {
        let Some(vote) = votes.get_mut(at) else {
            debug_assert!(false, "the place of a text was checked");
            continue;
        };
        let day = vote.value.get("date").and_then(Json::text);
        let day = day.and_then(|day| texts::date(day).ok()?.as_day());
        let printed = match known_code(code, |code| entity(code).is_some()) {
            Some(_) => Printed { code, name: "" },
            None => Printed { code, name },
        };
        vote.entries.push(identify(printed, day).entry);
        vote.choices.push(choice);
        vote.lines.push(line);
    }
    Ok(())
}

/// The record of a text.
fn record(input: &Input, vote: Vote<'_, '_>, is_partial: bool) -> Record {
    let mut reading = Reading {
        input,
        value: vote.value,
        places: Places::new(&input.path, vote.value.line.into()),
        findings: Vec::new(),
    };
    let text = |key: &str| vote.value.get(key).and_then(Json::text);
    let body = reading.read("body", Field::Body, "write `HRC`", |text| match text {
        "HRC" => Ok(BodyId::HRC),
        other => Err(format!("`{other}` is not the Human Rights Council")),
    });
    let date: Option<Date> =
        reading.read("date", Field::Date, "write it as 2006-12-08", texts::date);
    let mut count =
        |key, total| reading.read(key, Field::Announced(total), WRITE_COUNT, texts::count);
    let announced = AnnouncedTally {
        yes: count("y", Total::Yes),
        no: count("n", Total::No),
        abstain: count("a", Total::Abstain),
        ..AnnouncedTally::default()
    };
    let is_amendment = vote
        .value
        .get("am")
        .is_some_and(|mark| mark.text() == Some("1"));
    let named = Citation::new(text("sym").unwrap_or_default());
    let series = named.symbol().map(Symbol::series);
    let is_draft = is_amendment || series == Some(Series::Limited);
    let listed = text("urlD").and_then(|url| url.rsplit_once("undocs.org/"));
    let listed = listed.map(|(_, draft)| Citation::new(draft.trim()));
    let mut drafts: Vec<Citation> = listed.into_iter().collect();
    if is_draft && !drafts.contains(&named) {
        drafts.insert(0, named.clone());
    }
    for line in &vote.lines {
        reading
            .places
            .note_ballot([((*line).into(), "votes"), ((*line).into(), "v")]);
    }
    reading
        .places
        .note(Field::Symbol(0), vote.value.line.into(), "sym");
    let ballots = Ballots::new(Arc::new(Roll::new(vote.entries)), vote.choices);
    debug_assert!(ballots.is_ok(), "a choice is pushed with its entry");
    let decision = Decision {
        body,
        date,
        symbol: (!is_draft).then(|| named.clone()),
        drafts,
        agenda: text("item").map(ToOwned::to_owned),
        question: Question {
            scope: match is_amendment {
                true => Scope::Amendment,
                false => Scope::Whole,
            },
            ..Question::default()
        },
        announced,
        ballots: ballots.ok().filter(|ballots| !ballots.is_empty()),
        partial: is_partial,
        notes: text("mtg").map(ToOwned::to_owned).into_iter().collect(),
        ..Decision::default()
    };
    let agreement = Agreement {
        kind: match series {
            _ if is_draft => AgreementKind::Draft,
            Some(Series::Decision) => AgreementKind::Decision,
            _ => AgreementKind::Resolution,
        },
        title: text("title").unwrap_or_default().to_owned(),
        symbols: vec![named],
        subjects: text("subj").map(ToOwned::to_owned).into_iter().collect(),
        sources: vec![Source {
            title: "hrc-voting".to_owned(),
            record: text("id").map(ToOwned::to_owned),
            url: text("urlR").map(ToOwned::to_owned),
            ..Source::default()
        }],
        acts: vec![Act::Decision(Box::new(decision))],
        ..Agreement::default()
    };
    Record::new(agreement, reading.places, reading.findings)
}

/// A text that is read, with what reading it brings to light.
struct Reading<'r, 't> {
    input: &'r Input,
    value: &'r Json<'t>,
    places: Places,
    findings: Vec<Finding>,
}

impl Reading<'_, '_> {
    fn read<T>(
        &mut self,
        key: &str,
        part: Field,
        help: &str,
        read: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let value = self.value.get(key)?;
        self.places.note(part, value.line.into(), key);
        let text = value.text()?;
        match read(text) {
            Ok(read) => Some(read),
            Err(message) => {
                let place = Place::new(&self.input.path).with_line(value.line.into());
                let place = place.with_field(key);
                let finding = ReaderCheck::UnreadableField.finding(message, place);
                let found: String = text.chars().take(200).collect();
                self.findings
                    .push(finding.with_found(found).with_help(help));
                None
            }
        }
    }
}
