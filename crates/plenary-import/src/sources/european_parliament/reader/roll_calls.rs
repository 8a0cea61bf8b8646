//! Roll calls: `RollCallVote.Result` what was voted on and when, its three lists the members, `Intentions` what some had meant.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};
use plenary_types::{
    Act, Agreement, AgreementKind, AnnouncedTally, Ballots, Choice, Citation, Date, Decision,
    Field, Participant, ParticipantKind, Question, Roll, RollEntry, Source, Total,
};
use rustc_hash::FxHashMap;

use super::{Counts, DEEPEST, body, words};
use crate::error::{ImportError, Rejected};
use crate::input::Input;
use crate::record::{Import, Record};
use crate::sources::european_parliament::{LISTS, PUBLISHER};
use crate::texts::{Undated, account_of_undated};
use crate::xml::{self, Element, Notes, Part, Trees, Wanted, rejected};

const RESULT: &str = "RollCallVote.Result";
const TITLE: &str = "VoteTitle";

const WANTED: Wanted = Wanted {
    trees: &[RESULT, TITLE],
    beginnings: &["PV.RollCallVoteResults"],
    deepest: DEEPEST,
};

/// Reads the roll calls of a sitting. The titles stand behind all of them, and are joined by the number of the item.
pub(in crate::sources::european_parliament) fn read(input: &Input) -> Result<Import, ImportError> {
    let mut reading = Reading {
        path: &input.path,
        lenient: input.lenient,
        sitting: Element::default(),
        votes: Vec::new(),
        rejected: Vec::new(),
        unread: Counts::default(),
        undated: Undated::default(),
    };
    let mut titles: FxHashMap<String, String> = FxHashMap::default();
    for part in Trees::new(xml::stream(input)?, WANTED) {
        match part {
            Ok(Part::Beginning(sitting)) => reading.sitting = sitting,
            Ok(Part::Tree(tree)) if *tree.name == *TITLE => {
                if let Some(item) = tree.attribute("DlvId") {
                    titles.entry(item.to_owned()).or_insert_with(|| tree.text());
                }
            }
            Ok(Part::Tree(tree)) => reading.vote(&tree),
            Err(broken) => reading.rejected.push(broken.or_rejected(input)?),
        }
    }
    let Reading {
        votes,
        rejected,
        unread,
        undated,
        ..
    } = reading;
    if votes.is_empty() && rejected.is_empty() {
        return Err(ImportError::NoRows {
            path: input.path.clone(),
            what: "no roll call in it",
        });
    }
    let records: Vec<Record> = votes.into_iter().map(|vote| vote.finish(&titles)).collect();
    let mut account = unread.told("elements that are not read:");
    account += &account_of_undated(undated);
    Ok(Import::from_documents(&input.path, records, rejected).with_remarks(&account))
}

struct Reading<'a> {
    path: &'a str,
    lenient: bool,
    /// The root, with what it says of the sitting.
    sitting: Element,
    votes: Vec<Vote<'a>>,
    rejected: Vec<Rejected>,
    unread: Counts,
    undated: Undated,
}

/// A roll call whose title is not known yet.
struct Vote<'a> {
    notes: Notes<'a>,
    agreement: Agreement,
    /// The number of the item of the sitting.
    item: Option<String>,
}

impl Vote<'_> {
    fn finish(mut self, titles: &FxHashMap<String, String>) -> Record {
        let title = self.item.and_then(|item| titles.get(&item));
        if let Some(title) = title.filter(|title| !title.is_empty()) {
            self.agreement.title.clone_from(title);
        }
        self.notes.finish(self.agreement)
    }
}

/// A member as a list names it.
struct Member<'a> {
    element: &'a Element,
    choice: Choice,
    entry: RollEntry,
}

impl<'a> Reading<'a> {
    fn vote(&mut self, result: &Element) {
        let mut notes = Notes::new(self.path, result.line);
        let (text, time) = description(result);
        let (date, is_of_sitting) = self.date(&mut notes, result, time);
        if !is_of_sitting {
            self.compare_with_sitting(&mut notes, result, date);
        }
        if date.is_none() {
            let printed = [
                result.attribute("Date"),
                self.sitting.attribute("Sitting.Date"),
            ];
            self.undated.add(printed.iter().any(Option::is_some));
        }
        let mut decision = Decision {
            body: body(),
            date,
            meeting: self.sitting.attribute("EP.Reference").map(Citation::new),
            drafts: words::document(&text)
                .map(Citation::new)
                .into_iter()
                .collect(),
            question: Question {
                scope: words::scope(&text),
                text: Some(text.clone()).filter(|text| !text.is_empty()),
                ..Question::default()
            },
            partial: true,
            every_vote_listed: true,
            announced: announced(&mut notes, result),
            ..Decision::default()
        };
        match self.ballots(&mut notes, result, &mut decision) {
            Ok(ballots) => decision.ballots = ballots,
            Err(rejected) => return self.rejected.push(*rejected),
        }
        for element in result.elements().filter(|element| !is_known(&element.name)) {
            self.unread.add(&element.name);
        }
        let agreement = Agreement {
            kind: AgreementKind::Decision,
            title: text,
            sources: vec![Source {
                title: "Results of roll-call votes".to_owned(),
                publisher: Some(PUBLISHER.to_owned()),
                record: result.attribute("Identifier").map(ToOwned::to_owned),
                ..Source::default()
            }],
            acts: vec![Act::Decision(Box::new(decision))],
            ..Agreement::default()
        };
        self.votes.push(Vote {
            notes,
            agreement,
            item: result.attribute("DlvId").map(ToOwned::to_owned),
        });
    }

    /// When the vote was taken: by itself, else by the time behind its text, else on the day of the sitting; and whether that is
    /// the day of the sitting.
    fn date(
        &self,
        notes: &mut Notes<'_>,
        result: &Element,
        time: Option<NaiveDate>,
    ) -> (Option<Date>, bool) {
        if let Some(date) = notes.day(result, "Date") {
            return (Some(date), false);
        }
        if let Some(day) = time {
            return (Some(Date::day(day)), false);
        }
        (notes.day(&self.sitting, "Sitting.Date"), true)
    }

    /// A sitting may go past midnight, and no further.
    fn compare_with_sitting(&self, notes: &mut Notes<'_>, result: &Element, date: Option<Date>) {
        let printed = self.sitting.attribute("Sitting.Date");
        let sitting = printed.and_then(xml::day).and_then(Date::as_day);
        let Some((sitting, day)) = sitting.zip(date.and_then(Date::as_day)) else {
            return;
        };
        if !(0..=1).contains(&(day - sitting).num_days()) {
            let message = "the vote is of another day than the sitting; its own is kept";
            notes.contrary(
                (result.line, "Date"),
                message,
                &sitting.to_string(),
                &day.to_string(),
            );
        }
    }

    /// Who is on the lists. Lists without a name are a list on which nobody is, where their numbers say so.
    fn ballots(
        &self,
        notes: &mut Notes<'_>,
        result: &Element,
        decision: &mut Decision,
    ) -> Result<Option<Ballots>, Box<Rejected>> {
        let mut entries = Vec::new();
        let mut choices = Vec::new();
        for member in members(result, "Result.") {
            if is_nobody(&member.entry) {
                let at = (member.element.line, &*member.element.name);
                let reason = "the list has a member without a name and a number";
                let help = "fill in the name, or remove the line";
                if !self.lenient {
                    return Err(Box::new(rejected(self.path, at, "", reason, help)));
                }
                notes.unreadable(at, reason, "", help);
                decision.every_vote_listed = false;
                continue;
            }
            if entries.is_empty() {
                notes.part(Field::Ballots, member.element, RESULT);
            }
            let line = member.element.line;
            notes
                .places
                .note_ballot([(line, "Member.Name"), (line, "Member.Name")]);
            entries.push(member.entry);
            choices.push(member.choice);
        }
        let intended = self.intended(notes, result, &mut entries, &mut choices);
        let says_nobody = || {
            let announced = &decision.announced;
            let numbers = [announced.yes, announced.no, announced.abstain];
            numbers.iter().any(Option::is_some)
                && numbers.iter().flatten().all(|number| *number == 0)
        };
        if entries.is_empty() && !says_nobody() {
            return Ok(None);
        }
        debug_assert_eq!(entries.len(), choices.len());
        let ballots = Ballots::new(Arc::new(Roll::new(entries)), choices).ok();
        Ok(ballots.map(|ballots| {
            intended
                .into_iter()
                .fold(ballots, |ballots, (place, choice)| {
                    ballots.with_intended(place, choice)
                })
        }))
    }

    /// What members had meant to vote: the ballot of who is on no list is that of a member who did not vote.
    fn intended(
        &self,
        notes: &mut Notes<'_>,
        result: &Element,
        entries: &mut Vec<RollEntry>,
        choices: &mut Vec<Choice>,
    ) -> Vec<(usize, Choice)> {
        let mut intended: Vec<(usize, Choice)> = Vec::new();
        let all = result.all("Intentions");
        let all: Vec<Member<'_>> = all
            .flat_map(|of| members(of, "Intentions.Result."))
            .collect();
        if all.is_empty() {
            return intended;
        }
        let mut places: FxHashMap<Key, usize> = FxHashMap::default();
        for (place, entry) in entries.iter().enumerate() {
            for key in keys(entry) {
                places.entry(key).or_insert(place);
            }
        }
        for member in all {
            let at = (member.element.line, "Intentions");
            if is_nobody(&member.entry) {
                let message = "an intention names no member; it is left out";
                notes.unclear(at, message, "", "fill in the name");
                continue;
            }
            let place = keys(&member.entry).find_map(|key| places.get(&key).copied());
            let place = place.unwrap_or_else(|| {
                let place = entries.len();
                for key in keys(&member.entry) {
                    places.entry(key).or_insert(place);
                }
                let line = member.element.line;
                notes
                    .places
                    .note_ballot([(line, "Member.Name"), (line, "Member.Name")]);
                entries.push(member.entry.clone());
                choices.push(Choice::NonVoting);
                place
            });
            match intended.iter().find(|(known, _)| *known == place) {
                Some((_, first)) if *first != member.choice => {
                    let message =
                        "the member had meant to vote otherwise before; the first is kept";
                    notes.contrary(at, message, first.as_str(), member.choice.as_str());
                }
                Some(_) => {}
                None => intended.push((place, member.choice)),
            }
        }
        intended
    }
}

/// By what a member of an intention is found among those who voted.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    Person(Participant),
    Number(Box<str>),
}

/// The person, and the number of the lists, by which either is known where a list has but one of them.
fn keys(entry: &RollEntry) -> impl Iterator<Item = Key> + use<> {
    let person = entry.who.map(Key::Person);
    let number = entry.code.clone().map(Key::Number);
    person.into_iter().chain(number)
}

fn is_nobody(entry: &RollEntry) -> bool {
    entry.who.is_none() && entry.name.is_none()
}

/// The members on the three lists of a vote or of its intentions.
fn members<'a>(of: &'a Element, prefix: &str) -> impl Iterator<Item = Member<'a>> + use<'a> {
    let lists: Vec<(&Element, Choice)> = of
        .elements()
        .filter_map(|list| {
            let end = list.name.strip_prefix(prefix)?;
            let (_, choice) = LISTS.iter().find(|(known, _)| *known == end)?;
            Some((list, *choice))
        })
        .collect();
    lists.into_iter().flat_map(|(list, choice)| {
        let names = list
            .descendants()
            .filter(|element| element.name.ends_with("Member.Name"));
        names.map(move |element| Member {
            element,
            choice,
            entry: entry(element),
        })
    })
}

/// A member: by the number that the Parliament's site has for the person, else by that of the lists, else by its name.
fn entry(element: &Element) -> RollEntry {
    let text = element.text();
    let number = element.attribute("MepId");
    let identifier = match (element.attribute("PersId"), number) {
        (Some(person), _) => format!("mep-{person}"),
        (None, Some(number)) => format!("mepid-{number}"),
        (None, None) => text.clone(),
    };
    RollEntry {
        who: Participant::from_printed(ParticipantKind::Person, &identifier).ok(),
        code: number.map(Into::into),
        name: Some(text).filter(|text| !text.is_empty()).map(Into::into),
    }
}

/// The numbers that the lists print.
fn announced(notes: &mut Notes<'_>, result: &Element) -> AnnouncedTally {
    let mut read = |name: &str, total| {
        let mut lists = result.all(name);
        let first = lists.next()?;
        let number = notes.count(Field::Announced(total), first, "Number");
        for other in lists {
            let message = "the vote has a second list of this name: all names are read, the number is that of the first";
            let numbers = [first, other].map(|list| list.attribute("Number").unwrap_or_default());
            notes.contrary((other.line, name), message, numbers[0], numbers[1]);
        }
        number
    };
    AnnouncedTally {
        yes: read("Result.For", Total::Yes),
        no: read("Result.Against", Total::No),
        abstain: read("Result.Abstention", Total::Abstain),
        ..AnnouncedTally::default()
    }
}

/// The text of a vote, and the day of the time that lists of 2019 print behind it: `15/07/2019 17:09:37.000`.
fn description(result: &Element) -> (String, Option<NaiveDate>) {
    let text = result
        .text_of("RollCallVote.Description.Text")
        .unwrap_or_default();
    let text = text.strip_prefix("- ").unwrap_or(&text);
    let mut words = text.rsplitn(3, ' ');
    let (clock, day) = (words.next(), words.next());
    let time = day.zip(clock).and_then(|(day, clock)| {
        NaiveDateTime::parse_from_str(&format!("{day} {clock}"), "%d/%m/%Y %H:%M:%S%.f").ok()
    });
    match time {
        Some(time) => (
            words.next().unwrap_or_default().to_owned(),
            Some(time.date()),
        ),
        None => (text.to_owned(), None),
    }
}

fn is_known(name: &str) -> bool {
    matches!(name, "RollCallVote.Description.Text" | "Intentions")
        || name
            .strip_prefix("Result.")
            .is_some_and(|end| LISTS.iter().any(|(known, _)| *known == end))
}
