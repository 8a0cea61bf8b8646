//! Takes files of Popolo and Open Civic Data apart: which objects are vote events, and what else the file says of them.

use std::collections::BTreeMap;

use plenary_types::{Finding, Place, many};
use rustc_hash::FxHashMap;

use super::event::Event;
use crate::check::ReaderCheck;
use crate::error::Rejected;
use crate::input::Input;
use crate::json::Json;
use crate::record::Record;

/// The vote events of a file, and what it says of motions, persons and organisations.
#[derive(Default)]
pub(super) struct Collection<'j, 't> {
    /// Vote events, each with the motion in which it stands.
    events: Vec<(&'j Json<'t>, Option<&'j Json<'t>>)>,
    motions: FxHashMap<&'j str, &'j Json<'t>>,
    persons: FxHashMap<&'j str, &'j str>,
    organisations: FxHashMap<&'j str, &'j str>,
    /// Votes that stand apart from their vote events, by the event's identifier.
    votes: FxHashMap<&'j str, Vec<&'j Json<'t>>>,
    /// What is neither a vote event nor anything known.
    others: Vec<&'j Json<'t>>,
    /// Lists of a collection that are not read, with how many elements they have.
    unread: BTreeMap<&'j str, (u32, u64)>,
    without_events: Vec<&'j Json<'t>>,
}

/// What was read of a file.
#[derive(Default)]
pub(super) struct ReadVotes {
    pub(super) records: Vec<Record>,
    pub(super) rejected: Vec<Rejected>,
    pub(super) findings: Vec<Finding>,
}

/// The keys that a motion has, and a collection has not.
const OF_A_MOTION: [&str; 8] = [
    "id",
    "text",
    "motion_text",
    "object",
    "object_id",
    "classification",
    "organization_id",
    "organization",
];

/// The keys of a collection that are read.
const OF_A_COLLECTION: [&str; 5] = [
    "vote_events",
    "motions",
    "votes",
    "persons",
    "organizations",
];

/// Keys of a vote event: an object with one of them may be one.
const OF_AN_EVENT: [&str; 8] = [
    "votes",
    "counts",
    "motion",
    "motion_id",
    "motion_text",
    "result",
    "start_date",
    "group_results",
];

impl<'j, 't> Collection<'j, 't> {
    pub(super) fn new(values: &'j [Json<'t>]) -> Self {
        let mut collection = Self::default();
        for value in values {
            match value.is_list() {
                true => value.elements().iter().for_each(|one| collection.add(one)),
                false => collection.add(value),
            }
        }
        collection
    }

    fn add(&mut self, value: &'j Json<'t>) {
        let has = |keys: &[&str]| keys.iter().any(|key| value.get(key).is_some());
        match value.get("vote_events").is_some() || has(&["motions"]) {
            true if has(&OF_A_MOTION) && !has(&["motions"]) => self.add_motion(value),
            true => self.add_collection(value),
            false if has(&OF_AN_EVENT) => self.events.push((value, None)),
            false => self.others.push(value),
        }
    }

    fn add_motion(&mut self, motion: &'j Json<'t>) {
        if let Some(id) = motion.get("id").and_then(Json::text) {
            self.motions.insert(id, motion);
        }
        let events = motion.get("vote_events").map_or(&[][..], Json::elements);
        if events.is_empty() {
            self.without_events.push(motion);
        }
        self.events
            .extend(events.iter().map(|event| (event, Some(motion))));
    }

    fn add_collection(&mut self, value: &'j Json<'t>) {
        let list = |key: &str| value.get(key).map_or(&[][..], Json::elements);
        list("motions").iter().for_each(|one| self.add_motion(one));
        let events = list("vote_events").iter();
        self.events.extend(events.map(|event| (event, None)));
        for (key, names) in [
            ("persons", &mut self.persons),
            ("organizations", &mut self.organisations),
        ] {
            let named = list(key).iter().filter_map(|one| {
                let id = one.get("id").and_then(Json::text)?;
                Some((id, one.get("name").and_then(Json::text).unwrap_or_default()))
            });
            names.extend(named);
        }
        for vote in list("votes") {
            match vote.get("vote_event_id").and_then(Json::text) {
                Some(event) => self.votes.entry(event).or_default().push(vote),
                None => self.others.push(vote),
            }
        }
        for (key, value) in value.pairs() {
            let is_list = !value.elements().is_empty();
            if is_list && !OF_A_COLLECTION.contains(&&**key) {
                self.unread
                    .insert(key, (value.line, value.elements().len() as u64));
            }
        }
    }

    /// The name of a person of the file.
    pub(super) fn person(&self, id: &str) -> Option<&'j str> {
        let name = self.persons.get(id).copied();
        name.filter(|name| !name.is_empty())
    }

    /// The name of an organisation of the file, empty where it has none.
    pub(super) fn organisation(&self, id: &str) -> Option<&'j str> {
        self.organisations.get(id).copied()
    }

    pub(super) fn read(&self, input: &Input) -> ReadVotes {
        let mut read = ReadVotes::default();
        let mut unknown = Unknown::default();
        let mut without_events: FxHashMap<&str, &Json<'_>> = FxHashMap::default();
        for motion in &self.without_events {
            if let Some(id) = motion.get("id").and_then(Json::text) {
                without_events.insert(id, motion);
            }
        }
        let mut apart = self.votes.clone();
        for (value, motion) in &self.events {
            let id = value.get("id").and_then(Json::text);
            let motion_id = value.get("motion_id").and_then(Json::text);
            if let Some(motion) = motion_id {
                without_events.remove(motion);
            }
            let known = || self.motions.get(motion_id?).copied();
            let event = Event {
                collection: self,
                input,
                value,
                motion: value.get("motion").or(*motion).or_else(known),
                apart: id.and_then(|id| apart.remove(id)).unwrap_or_default(),
            };
            match event.read(&mut unknown) {
                Ok(record) => read.records.push(record),
                Err(rejected) => read.rejected.push(*rejected),
            }
        }
        let stray = apart.into_values().flatten().map(|vote| {
            let reason = "the vote belongs to a vote event that the file does not have";
            (vote, reason, "add the vote event to the file")
        });
        let others = self.others.iter().map(|other| {
            let reason = "not a vote event, a motion or a collection of these";
            (*other, reason, "see docs/formats/popolo.md")
        });
        let mut rejected: Vec<Rejected> = stray
            .chain(others)
            .map(|(value, reason, help)| reject(&input.path, value, reason, help))
            .collect();
        rejected.sort_by_key(|rejected| rejected.place.line);
        read.rejected.extend(rejected);
        let motions = without_events.len() as u64;
        if let Some(line) = without_events.values().map(|motion| motion.line).min() {
            let message = format!(
                "{} without a vote event: nothing says how they were decided",
                many(motions, "motion")
            );
            let place = Place::new(&input.path).with_line(line.into());
            let finding = ReaderCheck::SourceLeavesOut.finding(message, place);
            read.findings.push(finding.with_found(motions));
        }
        for (key, (line, count)) in &self.unread {
            let message = format!(
                "the list `{key}` of {} is not read",
                many(*count, "element")
            );
            let place = Place::new(&input.path)
                .with_line((*line).into())
                .with_field(*key);
            read.findings
                .push(ReaderCheck::UnknownColumn.finding(message, place));
        }
        read.findings.extend(unknown.findings(&input.path));
        read
    }
}

/// An object that cannot be used.
pub(super) fn reject(path: &str, value: &Json<'_>, reason: &str, help: &str) -> Rejected {
    Rejected {
        place: Place::new(path).with_line(value.line.into()),
        value: value.compact().chars().take(80).collect(),
        reason: reason.to_owned(),
        help: help.to_owned(),
        record: None,
    }
}

/// Keys that are in neither specification, by the kind of object that has them.
#[derive(Default)]
pub(super) struct Unknown(BTreeMap<(&'static str, String), (u32, u64)>);

/// Of so many keys of one kind of object each is told of.
const MOST_KEYS: usize = 100;

impl Unknown {
    /// Notes the keys of an object that are not known.
    pub(super) fn note(&mut self, what: &'static str, value: &Json<'_>, known: &[&str]) {
        for (key, found) in value.pairs() {
            let is_known = known.contains(&&**key) || key.starts_with(['_', '@']);
            if is_known || matches!(found.value, crate::json::JsonValue::Null) {
                continue;
            }
            let place = (what, key.chars().take(80).collect());
            if self.0.len() >= MOST_KEYS && !self.0.contains_key(&place) {
                let more = (what, MORE.to_owned());
                self.0.entry(more).or_insert((found.line, 0)).1 += 1;
                continue;
            }
            self.0.entry(place).or_insert((found.line, 0)).1 += 1;
        }
    }

    fn findings(self, path: &str) -> impl Iterator<Item = Finding> + '_ {
        self.0.into_iter().map(move |((what, key), (line, times))| {
            let message = format!(
                "a key of {what} that is in no specification; its {times} values are not kept"
            );
            let place = Place::new(path).with_line(line.into()).with_field(key);
            ReaderCheck::UnknownColumn.finding(message, place)
        })
    }
}

/// What stands for the keys beyond [`MOST_KEYS`].
const MORE: &str = "…";
