//! A vote event as a record.

use std::sync::Arc;

use plenary_types::{
    Act, Agreement, AnnouncedTally, Ballots, BodyId, Choice, Citation, Date, Decision, Field,
    Finding, Mark, Outcome, Participant, ParticipantKind, Place, Question, Roll, RollEntry, Scope,
    Session, Source, Total, many,
};

use super::collection::{Collection, Unknown, reject};
use super::options::{Meaning, meaning};
use crate::check::ReaderCheck;
use crate::error::Rejected;
use crate::fields::WRITE_COUNT;
use crate::input::Input;
use crate::json::{Json, JsonValue};
use crate::names::Printed;
use crate::origin::Places;
use crate::record::Record;
use crate::sources::mapping::person;
use crate::texts::{self, any_session, date, outcome};

/// A vote event, and what stands about it.
pub(super) struct Event<'c, 'j, 't> {
    pub(super) collection: &'c Collection<'j, 't>,
    pub(super) input: &'c Input,
    pub(super) value: &'j Json<'t>,
    pub(super) motion: Option<&'j Json<'t>>,
    /// Votes that stand apart from it.
    pub(super) apart: Vec<&'j Json<'t>>,
}

/// The keys of a vote event that are read, or that the page says are not kept.
const EVENT: [&str; 33] = [
    "id",
    "identifier",
    "organization",
    "organization_id",
    "legislative_session",
    "legislative_session_id",
    "session",
    "motion",
    "motion_id",
    "motion_text",
    "motion_classification",
    "classification",
    "bill",
    "bill_id",
    "bill_identifier",
    "bill_action",
    "start_date",
    "end_date",
    "date",
    "result",
    "group_results",
    "counts",
    "votes",
    "roll_call",
    "sources",
    "created_at",
    "updated_at",
    "extras",
    "jurisdiction",
    "jurisdiction_id",
    "order",
    "scraped_at",
    "type",
];
const MOTION: [&str; 23] = [
    "id",
    "identifier",
    "organization",
    "organization_id",
    "legislative_session",
    "legislative_session_id",
    "session",
    "creator",
    "creator_id",
    "text",
    "name",
    "object",
    "object_id",
    "classification",
    "date",
    "requirement",
    "result",
    "vote_events",
    "sources",
    "created_at",
    "updated_at",
    "type",
    "url",
];
const VOTE: [&str; 17] = [
    "id",
    "vote_event_id",
    "vote_event",
    "voter",
    "voter_id",
    "voter_name",
    "option",
    "group",
    "group_id",
    "party",
    "party_id",
    "role",
    "weight",
    "pair",
    "pair_id",
    "note",
    "extras",
];
const COUNT: [&str; 6] = ["id", "option", "value", "group", "group_id", "note"];

/// A part of an event that is read, with what reading it brings to light.
struct Reading<'p> {
    path: &'p str,
    places: Places,
    findings: Vec<Finding>,
    notes: Vec<String>,
}

impl Reading<'_> {
    fn unreadable(&mut self, at: &Json<'_>, field: &str, message: &str, help: &str) {
        let place = Place::new(self.path)
            .with_line(at.line.into())
            .with_field(field);
        let found: String = match at.text() {
            Some(text) => text.chars().take(200).collect(),
            None => at.compact().chars().take(80).collect(),
        };
        let finding = ReaderCheck::UnreadableField.finding(message, place);
        self.findings
            .push(finding.with_found(found).with_help(help));
    }

    /// A part of an event by a reader of its text; what cannot be read becomes a finding.
    fn read<T>(
        &mut self,
        found: Option<(&Json<'_>, &str)>,
        part: Field,
        help: &str,
        read: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let (value, key) = found?;
        self.places.note(part, value.line.into(), key);
        match read(value.text()?) {
            Ok(read) => Some(read),
            Err(message) => {
                self.unreadable(value, key, &message, help);
                None
            }
        }
    }
}

impl<'j, 't> Event<'_, 'j, 't> {
    /// The first of some keys that the event has a text for, else the motion.
    fn find<'k>(&self, keys: &[&'k str]) -> Option<(&'j Json<'t>, &'k str)> {
        let objects = [Some(self.value), self.motion];
        objects.into_iter().flatten().find_map(|object| {
            let mut keys = keys.iter();
            keys.find_map(|key| {
                Some((
                    object.get(key).filter(|value| value.text().is_some())?,
                    *key,
                ))
            })
        })
    }

    fn text(&self, keys: &[&str]) -> Option<&'j str> {
        self.find(keys).and_then(|(value, _)| value.text())
    }

    /// The record of the event.
    pub(super) fn read(&self, unknown: &mut Unknown) -> Result<Record, Box<Rejected>> {
        let path = &*self.input.path;
        if !self.value.is_object() {
            return Err(Box::new(reject(
                path,
                self.value,
                "a vote event is not an object",
                "see docs/formats/popolo.md",
            )));
        }
        let list = |key: &str| self.value.get(key).map_or(&[][..], Json::elements);
        let (counts, own) = (list("counts"), list("votes"));
        let votes: Vec<&Json<'_>> = own.iter().chain(self.apart.iter().copied()).collect();
        if counts.is_empty() && votes.is_empty() && self.find(&["result"]).is_none() {
            return Err(Box::new(reject(
                path,
                self.value,
                "the vote event has neither votes nor counts, and no result",
                "give it one of the three, or leave it out",
            )));
        }
        self.note_unknown(unknown, counts, &votes);
        let mut reading = Reading {
            path,
            places: Places::new(path, self.value.line.into()),
            findings: Vec::new(),
            notes: Vec::new(),
        };
        for key in ["counts", "votes", "group_results"] {
            let odd = self.value.get(key).filter(|value| !is_list_or_none(value));
            if let Some(odd) = odd {
                reading.unreadable(odd, key, "not a list", "write a list of objects");
            }
        }
        let mut decision = self.decision(&mut reading);
        decision.announced = self.announced(&mut reading, counts);
        self.place_ballots(&mut reading, &votes, &mut decision);
        decision.notes = std::mem::take(&mut reading.notes);
        let agreement = self.agreement(decision);
        Ok(Record::new(agreement, reading.places, reading.findings))
    }

    fn note_unknown(&self, unknown: &mut Unknown, counts: &[Json<'_>], votes: &[&Json<'_>]) {
        unknown.note("vote events", self.value, &EVENT);
        if let Some(motion) = self.motion {
            unknown.note("motions", motion, &MOTION);
        }
        for count in counts {
            unknown.note("counts", count, &COUNT);
        }
        for vote in votes {
            unknown.note("votes", vote, &VOTE);
        }
    }

    fn decision(&self, reading: &mut Reading<'_>) -> Decision {
        let body = self.body(reading);
        let day = self.find(&["start_date", "date"]);
        let date: Option<Date> = reading.read(day, Field::Date, WRITE_DATE, |text| {
            match &self.input.dates {
                Some(form) => form.read(text).or_else(|_| day_of(text)),
                None => day_of(text),
            }
        });
        let session = self.session();
        let session: Option<Session> = reading.read(
            session,
            Field::Session,
            "write at most 200 letters",
            any_session,
        );
        let result: Option<Outcome> = reading.read(
            self.find(&["result"]),
            Field::Outcome,
            "write `pass` or `fail`",
            |text| outcome(text).map_err(|error| error.to_string()),
        );
        let classes = self.classes();
        let is_amendment = |class: &&str| class.to_lowercase().contains("amendment");
        let scope = match classes.iter().any(is_amendment) {
            true => Scope::Amendment,
            false => Scope::Whole,
        };
        if !classes.is_empty() {
            reading
                .notes
                .push(format!("classification: {}", classes.join(", ")));
        }
        if let Some(requirement) = self.text(&["requirement"]) {
            reading.notes.push(format!("requirement: {requirement}"));
        }
        self.note_group_results(reading);
        let drafts = self.bill().into_iter().map(Citation::new).collect();
        Decision {
            body,
            date,
            session,
            drafts,
            question: Question {
                scope,
                text: self.motion_text().map(ToOwned::to_owned),
                ..Question::default()
            },
            outcome: result,
            ..Decision::default()
        }
    }

    fn motion_text(&self) -> Option<&'j str> {
        let of_event = self.value.get("motion_text").and_then(Json::text);
        let written = || self.value.get("motion").and_then(Json::text);
        let of_motion = || {
            let motion = self.motion?;
            let text = motion.get("text").or_else(|| motion.get("name"));
            text.and_then(Json::text)
        };
        of_event.or_else(written).or_else(of_motion)
    }

    /// What is voted on: the bill, or the object of the motion.
    fn object(&self) -> Option<&'j Json<'t>> {
        let bill = self.value.get("bill");
        bill.or_else(|| self.motion?.get("object"))
            .filter(|object| object.is_object())
    }

    fn title(&self) -> Option<&'j str> {
        let object = self.object();
        let of_object = || {
            let keys = ["title", "name", "subject", "text"].iter();
            keys.filter_map(|key| object?.get(key)?.text()).next()
        };
        of_object().or_else(|| self.motion_text())
    }

    /// The number of the bill, where it is a printed one and not a key of a database.
    fn bill(&self) -> Option<&'j str> {
        let object = self.object();
        let of_object = object.and_then(|object| object.get("identifier")?.text());
        let printed = || self.text(&["bill_identifier"]);
        let named = || self.value.get("bill").and_then(Json::text);
        let bill = of_object.or_else(printed).or_else(named)?;
        (!bill.starts_with("ocd-") && !bill.starts_with('~')).then_some(bill)
    }

    fn classes(&self) -> Vec<&'j str> {
        let keys = ["motion_classification", "classification"];
        let objects = [Some(self.value), self.motion].into_iter().flatten();
        let found = objects.flat_map(|object| keys.iter().filter_map(|key| object.get(key)));
        let mut classes: Vec<&str> = Vec::new();
        for value in found {
            let texts = value.elements().iter().chain([value]);
            classes.extend(texts.filter_map(Json::text));
        }
        classes.dedup();
        classes
    }

    fn session(&self) -> Option<(&'j Json<'t>, &'static str)> {
        let keys = ["legislative_session", "legislative_session_id", "session"];
        let objects = [Some(self.value), self.motion].into_iter().flatten();
        let mut inner = objects.filter_map(|object| {
            let session = object.get("legislative_session")?;
            let keys = ["identifier", "name"].iter();
            let known = keys.filter_map(|key| session.get(key)).next()?;
            Some((known, "legislative_session"))
        });
        inner.next().or_else(|| self.find(&keys))
    }

    /// Who decided: as the organisation is called, in the form of an identifier.
    fn body(&self, reading: &mut Reading<'_>) -> Option<BodyId> {
        let objects = [Some(self.value), self.motion].into_iter().flatten();
        let known = objects.filter_map(|object| {
            let keys = ["organization_id", "organization"].iter();
            keys.filter_map(|key| Some((*key, object.get(key)?)))
                .find(|(_, value)| value.text().is_some() || value.is_object())
        });
        let (key, value) = known.into_iter().next()?;
        reading.places.note(Field::Body, value.line.into(), key);
        let within = |key: &str| value.get(key).and_then(Json::text);
        let id = value.text().or_else(|| within("id")).unwrap_or_default();
        let of_file = self.collection.organisation(id);
        let named = pseudo(id).or_else(|| within("classification").map(ToOwned::to_owned));
        let name = within("name").or(of_file).unwrap_or_default();
        let body = body_of(id, name);
        if body.is_none() {
            // `lower` is a chamber of any state.
            let printed = [name, named.as_deref().unwrap_or_default(), id];
            let printed = printed.into_iter().find(|text| !text.is_empty());
            let note = printed.map(|printed| format!("organisation: {printed}"));
            reading.notes.extend(note);
        }
        body
    }

    fn note_group_results(&self, reading: &mut Reading<'_>) {
        let results = self.value.get("group_results");
        for result in results.map_or(&[][..], Json::elements) {
            let said = result.get("result").and_then(Json::text);
            match (group_of(result), said) {
                (Some(group), Some(said)) => reading.notes.push(format!("{group}: {said}")),
                _ => reading.unreadable(
                    result,
                    "group_results",
                    "a result of a group without the group or without a result",
                    "write the group and its result",
                ),
            }
        }
    }

    /// The totals that the source announces. Those of groups are noted, and added up where there are no others.
    fn announced(&self, reading: &mut Reading<'_>, counts: &[Json<'_>]) -> AnnouncedTally {
        let mut whole: Vec<Count> = Vec::new();
        let mut grouped: Vec<(&str, Count)> = Vec::new();
        for value in counts {
            let Some(count) = self.count(reading, value) else {
                continue;
            };
            let is_same = |known: &Count| known.word == count.word;
            match group_of(value) {
                Some(group) => grouped.push((group, count)),
                None if whole.iter().any(is_same) => {
                    let message = "the option is counted twice; the first count is used";
                    reading.unreadable(value, "counts", message, "write one count for each option");
                }
                None => whole.push(count),
            }
        }
        for of_group in grouped.chunk_by(|one, other| one.0 == other.0) {
            let group = of_group.first().map_or("", |(group, _)| group);
            let counts = of_group.iter();
            let counts = counts.map(|(_, count)| format!("{} {}", count.word, count.value));
            let counts: Vec<String> = counts.collect();
            reading
                .notes
                .push(format!("{group}: {}", counts.join(", ")));
        }
        let mut sums: Vec<Count> = Vec::new();
        for (_, count) in grouped {
            let is_same = |known: &&mut Count| known.word == count.word;
            match sums.iter_mut().find(is_same) {
                Some(sum) => sum.value = sum.value.saturating_add(count.value),
                None if whole.iter().any(|known| known.word == count.word) => {}
                None => sums.push(count),
            }
        }
        let mut announced = AnnouncedTally::default();
        for count in whole.into_iter().chain(sums) {
            let total = match count.choice {
                Choice::Yes => &mut announced.yes,
                Choice::No => &mut announced.no,
                Choice::Abstain => &mut announced.abstain,
                Choice::NonVoting => &mut announced.non_voting,
                Choice::NotEligible => continue,
            };
            *total = Some(total.unwrap_or(0).saturating_add(count.value));
            let part = announced_part(count.choice);
            reading.places.note(part, count.line.into(), "value");
        }
        announced
    }

    /// A count; nothing where it cannot be read, or counts what stands for several things.
    fn count(&self, reading: &mut Reading<'_>, value: &Json<'_>) -> Option<Count> {
        let number = value.get("value").unwrap_or(value);
        let read = number.text().and_then(|text| texts::count(text).ok());
        let Some(read) = read else {
            reading.unreadable(number, "value", "not a count", WRITE_COUNT);
            return None;
        };
        let option = value.get("option").unwrap_or(value);
        let word = option.text().unwrap_or_default().to_lowercase();
        match meaning(&word) {
            Some(Meaning::Choice(choice, _)) => Some(Count {
                word,
                choice,
                value: read,
                line: number.line,
            }),
            Some(Meaning::Unclear) => {
                if read > 0 {
                    reading.notes.push(format!("{word}: {read}"));
                }
                None
            }
            None => {
                reading.unreadable(option, "option", NO_OPTION, WRITE_OPTION);
                None
            }
        }
    }

    fn place_ballots(
        &self,
        reading: &mut Reading<'_>,
        votes: &[&Json<'_>],
        decision: &mut Decision,
    ) {
        let mut entries: Vec<RollEntry> = Vec::new();
        let mut choices: Vec<Choice> = Vec::new();
        let mut marks: Vec<(usize, Mark)> = Vec::new();
        let (mut unclear, mut weighted) = (0_u64, 0_u64);
        for vote in votes {
            let option = vote.get("option").unwrap_or(vote);
            let (choice, mark) = match option.text().and_then(meaning) {
                Some(Meaning::Choice(choice, mark)) => (choice, mark),
                Some(Meaning::Unclear) => {
                    unclear += 1;
                    continue;
                }
                None => {
                    reading.unreadable(option, "option", NO_OPTION, WRITE_OPTION);
                    decision.partial = true;
                    continue;
                }
            };
            let Some((entry, line, key)) = self.voter(vote) else {
                let message = "the vote says nowhere whose it is; it is left out";
                reading.unreadable(vote, "voter_id", message, "give `voter_id` or `voter_name`");
                decision.partial = true;
                continue;
            };
            let weight = vote.get("weight").and_then(Json::text);
            weighted += u64::from(weight.is_some_and(|weight| weight != "1"));
            marks.extend(mark.map(|mark| (entries.len(), mark)));
            entries.push(entry);
            choices.push(choice);
            reading
                .places
                .note_ballot([(line.into(), key), (option.line.into(), "option")]);
        }
        if let Some(votes) = self.value.get("votes") {
            reading
                .places
                .note(Field::Ballots, votes.line.into(), "votes");
        }
        for (count, message) in [
            (
                unclear,
                "with the option `other`, which stands for several things: they are on no list, and the list is partial",
            ),
            (
                weighted,
                "with a weight that is not 1: each is counted as one vote",
            ),
        ] {
            if count > 0 {
                let place = Place::new(reading.path).with_line(self.value.line.into());
                let message = format!("{} {message}", many(count, "vote"));
                let finding = ReaderCheck::SourceLeavesOut.finding(message, place);
                reading.findings.push(finding.with_found(count));
            }
        }
        decision.partial |= unclear > 0;
        if entries.is_empty() {
            return;
        }
        let ballots = Ballots::new(Arc::new(Roll::new(entries)), choices);
        debug_assert!(ballots.is_ok(), "an entry is pushed with its choice");
        decision.ballots = ballots.ok().map(|ballots| {
            let marks = marks.into_iter();
            marks.fold(ballots, |ballots, (at, mark)| ballots.with_mark(at, mark))
        });
    }

    /// Whose vote it is, and where that stands.
    fn voter(&self, vote: &Json<'_>) -> Option<(RollEntry, u32, &'static str)> {
        let voter = vote.get("voter");
        let within = |key: &str| voter.and_then(|voter| voter.get(key)?.text());
        let own = |key: &str| vote.get(key).and_then(Json::text);
        let id = own("voter_id").or_else(|| within("id")).unwrap_or_default();
        let named = pseudo(id);
        let id = match named {
            Some(_) => "",
            None => id,
        };
        let name = within("name")
            .or_else(|| own("voter_name"))
            .or(named.as_deref())
            .or_else(|| voter.and_then(Json::text))
            .or_else(|| self.collection.person(id))
            .or_else(|| self.collection.organisation(id))
            .unwrap_or_default();
        let (key, line) = ["voter_id", "voter_name", "voter"]
            .into_iter()
            .find_map(|key| {
                let value = vote.get(key).filter(|value| !is_none(value))?;
                Some((key, value.line))
            })?;
        if id.is_empty() && name.is_empty() {
            return None;
        }
        let printed = Printed { code: id, name };
        let mut entry = person(printed, None).entry;
        let text = [id, name].into_iter().find(|text| !text.is_empty());
        if self.collection.organisation(id).is_some() {
            let kind = ParticipantKind::Organisation;
            let organisation = Participant::from_printed(kind, text.unwrap_or_default());
            entry.who = organisation.ok().or(entry.who);
        }
        Some((entry, line, key))
    }

    fn agreement(&self, decision: Decision) -> Agreement {
        let own = |keys: &[&str]| {
            let mut keys = keys.iter();
            keys.find_map(|key| self.value.get(key)?.text())
        };
        let of_motion = || self.motion?.get("id")?.text();
        let record = own(&["id", "_id", "identifier", "motion_id"]).or_else(of_motion);
        let sources = |object: &'j Json<'t>| object.get("sources").map_or(&[][..], Json::elements);
        let listed = sources(self.value).iter();
        let listed = listed.chain(self.motion.map_or(&[][..], |motion| sources(motion)));
        let mut urls = listed.filter_map(|source| source.get("url")?.text());
        let source = Source {
            title: self.title_of_source(),
            record: record.map(ToOwned::to_owned),
            url: urls.next().map(ToOwned::to_owned),
            ..Source::default()
        };
        Agreement {
            title: self.title().unwrap_or_default().to_owned(),
            sources: vec![source],
            acts: vec![Act::Decision(Box::new(decision))],
            ..Agreement::default()
        }
    }

    /// The organisation whose votes these are, as its source calls it.
    fn title_of_source(&self) -> String {
        let id = self.text(&["organization_id", "organization"]);
        let id = id.filter(|id| !id.starts_with('~'));
        let objects = [Some(self.value), self.motion].into_iter().flatten();
        let within = |object: &'j Json<'t>| object.get("organization")?.get("name")?.text();
        let name = objects.filter_map(within).next();
        let of_file = || self.collection.organisation(id?);
        let named = name.or_else(of_file).filter(|name| !name.is_empty());
        match named.or(id) {
            Some(organisation) => format!("votes of {organisation}"),
            None => "votes in JSON".to_owned(),
        }
    }
}

/// How many chose an option.
struct Count {
    word: String,
    choice: Choice,
    value: u32,
    line: u32,
}

const WRITE_DATE: &str = "write it as 2020-12-16 or 2020-12-16T15:30:00Z";
const NO_OPTION: &str = "not a known option";
const WRITE_OPTION: &str =
    "write `yes`, `no`, `abstain`, `absent`, `not voting`, `paired`, `excused` or `other`";

fn is_none(value: &Json<'_>) -> bool {
    matches!(value.value, JsonValue::Null)
}

fn is_list_or_none(value: &Json<'_>) -> bool {
    value.is_list() || is_none(value)
}

const fn announced_part(choice: Choice) -> Field {
    Field::Announced(match choice {
        Choice::Yes => Total::Yes,
        Choice::No => Total::No,
        Choice::Abstain => Total::Abstain,
        Choice::NonVoting | Choice::NotEligible => Total::NonVoting,
    })
}

/// The name of the group that a count or a result is about.
fn group_of<'j>(value: &'j Json<'_>) -> Option<&'j str> {
    let group = value.get("group");
    let named = group.and_then(|group| group.get("name").or_else(|| group.get("id"))?.text());
    let written = || group.and_then(Json::text);
    let by_id = || value.get("group_id").and_then(Json::text);
    named.or_else(written).or_else(by_id)
}

/// The day of a date with its time. Whose day it is stands in the source: the time zone changes nothing.
fn day_of(text: &str) -> Result<Date, String> {
    let time = text.get(10..).unwrap_or_default();
    let is_time = time
        .strip_prefix(['T', ' '])
        .is_some_and(|clock| clock.starts_with(|c: char| c.is_ascii_digit()));
    match text.get(..10).filter(|_| is_time) {
        Some(day) => date(day),
        None => date(text),
    }
}

/// What stands in the identifier of an object that the source has not looked up yet: `~{"name": "Smith"}`.
fn pseudo(id: &str) -> Option<String> {
    let object = id.strip_prefix('~')?;
    let values = crate::json::parse("", object).ok()?;
    let object = values.first()?;
    let known = ["name", "classification", "identifier"].iter();
    let mut texts = known.filter_map(|key| object.get(key)?.text());
    texts.next().map(ToOwned::to_owned)
}

/// The identifier of a body by that of an organisation: its last part where that is a word, the name where it is a number of a
/// database, else all of it.
fn body_of(id: &str, name: &str) -> Option<BodyId> {
    let is_key = |text: &str| text.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    let last = id.rsplit('/').next().unwrap_or_default();
    let parts = match is_key(last) {
        _ if id.starts_with("ocd-") => [id, name, ""],
        _ if id.starts_with('~') => [name, "", ""],
        true => [name, id, ""],
        false => [last, id, name],
    };
    parts.into_iter().find_map(|part| slug(part).parse().ok())
}

/// A text as an identifier has it: small letters and digits, with hyphens between.
fn slug(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("-").to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_organisation_is_a_body_by_the_word_that_it_is_called_by() {
        for (id, name, body) in [
            (
                "popit.eduskunta/organization/eduskunta",
                "",
                Some("eduskunta"),
            ),
            ("council-of-two-benches", "", Some("council-of-two-benches")),
            ("unga", "General Assembly", Some("unga")),
            ("4b1c-99", "House of Keys", Some("house-of-keys")),
            (
                "ocd-organization/0a1b",
                "House",
                Some("ocd-organization-0a1b"),
            ),
            ("~{\"classification\": \"lower\"}", "", None),
            ("立法會", "", None),
            ("42", "", None),
        ] {
            let found = body_of(id, name);
            assert_eq!(found.as_ref().map(BodyId::as_str), body, "{id}");
        }
    }

    #[test]
    fn a_time_is_read_as_its_day() {
        for (text, day) in [
            ("2013-10-09T18:53:09Z", Some("2013-10-09")),
            ("2013-10-09 18:53", Some("2013-10-09")),
            ("2013-10-09", Some("2013-10-09")),
            ("2013-10", Some("2013-10")),
            ("2013-10-09x", None),
            ("2013-13-09T18:53:09Z", None),
        ] {
            let read = day_of(text).ok().map(|date| date.to_string());
            assert_eq!(read.as_deref(), day, "{text}");
        }
    }

    #[test]
    fn what_a_source_has_not_looked_up_is_called_by_its_name() {
        assert_eq!(pseudo("~{\"name\": \"Smith\"}").as_deref(), Some("Smith"));
        assert_eq!(pseudo("~{}"), None);
        assert_eq!(pseudo("person/1"), None);
    }
}
