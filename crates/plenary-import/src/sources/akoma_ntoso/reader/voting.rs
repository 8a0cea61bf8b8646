//! Votings: `voting` in the analysis of a debate has what came of it and the counts, and the section that it refers to the names.

use std::sync::Arc;

use chrono::NaiveDate;
use plenary_types::{
    Act, Agreement, AgreementKind, AnnouncedTally, Ballots, Choice, Date, Decision, Field, Mode,
    Outcome, Participant, ParticipantKind, Question, Roll, RollEntry, Session, Source, Total,
};
use rustc_hash::{FxHashMap, FxHashSet};

use super::text;
use super::words::{self, Counted};
use super::work::{Work, id_of};
use crate::record::Record;
use crate::texts::{self, Undated};
use crate::xml::{Element, Notes};

/// The votings of a document.
#[derive(Default)]
pub(super) struct Votings {
    pub(super) records: Vec<Record>,
    pub(super) undated: Undated,
    recounts: usize,
    quorums: usize,
}

impl Votings {
    pub(super) fn told(&self) -> String {
        let mut account = "; the day of each vote is that of the document".to_owned();
        for (number, what) in [
            (self.recounts, "recount"),
            (self.quorums, "quorum verification"),
        ] {
            if number > 0 {
                account += &format!("; not read: {}", plenary_types::many(number as u64, what));
            }
        }
        account
    }
}

/// Reads the votings in the analysis of a document.
pub(super) fn read(path: &str, document: &Element, work: &Work<'_>) -> Votings {
    let mut found = Votings::default();
    let meta = document.child("meta").into_iter();
    let analyses = meta.flat_map(|meta| meta.all("analysis"));
    let analysed = analyses
        .flat_map(|analysis| analysis.all("parliamentary"))
        .flat_map(Element::elements);
    let body = Body::new(document);
    for element in analysed {
        match &*element.name {
            "voting" => {
                let record = record(path, element, work, &body, &mut found.undated);
                found.records.push(record);
            }
            "recount" => found.recounts += 1,
            "quorumVerification" => found.quorums += 1,
            _ => {}
        }
    }
    found
}

/// The text of a debate: for each name of an element the elements that it stands in, the outermost first.
struct Body<'a> {
    paths: FxHashMap<&'a str, Vec<&'a Element>>,
}

impl<'a> Body<'a> {
    fn new(document: &'a Element) -> Self {
        let mut body = Self {
            paths: FxHashMap::default(),
        };
        let mut path = Vec::new();
        let parts = document
            .elements()
            .filter(|element| *element.name != *"meta");
        for part in parts {
            body.add(part, &mut path);
        }
        body
    }

    /// Adds an element and those in it. It calls itself no deeper than trees are.
    fn add(&mut self, element: &'a Element, path: &mut Vec<&'a Element>) {
        path.push(element);
        if let Some(id) = id_of(element) {
            self.paths.entry(id).or_insert_with(|| path.clone());
        }
        for inner in element.elements() {
            self.add(inner, path);
        }
        path.pop();
    }

    /// The sections in which a voting was held, the innermost first: those of the element that it refers to, else of one that a
    /// count of it refers to.
    fn sections(&self, voting: &Element) -> Vec<&'a Element> {
        let own = [voting].into_iter().chain(voting.elements());
        let mut references = own.filter_map(|element| element.attribute("href"));
        let path = references.find_map(|href| self.paths.get(href.strip_prefix('#')?));
        let is_section = |element: &&&Element| {
            !matches!(
                &*element.name,
                "quantity"
                    | "p"
                    | "summary"
                    | "span"
                    | "outcome"
                    | "debateBody"
                    | "body"
                    | "mainBody"
            )
        };
        path.into_iter()
            .flatten()
            .rev()
            .filter(is_section)
            .copied()
            .collect()
    }
}

fn record(
    path: &str,
    voting: &Element,
    work: &Work<'_>,
    body: &Body<'_>,
    undated: &mut Undated,
) -> Record {
    let mut notes = Notes::new(path, voting.line);
    let date = work.date(&mut notes);
    if date.is_none() {
        undated.add(work.has_date());
    }
    let sections = body.sections(voting);
    let heading = sections
        .iter()
        .find_map(|section| section.text_of("heading"));
    let mut counts = Counts::default();
    for element in voting.elements() {
        match &*element.name {
            "count" => counts.add(&mut notes, work, element),
            "quorum" => {
                let value = element.attribute("value").unwrap_or_default();
                counts.remarks.push(format!("quorum: {value}"));
            }
            _ => {}
        }
    }
    let (outcome, words) = outcome(&mut notes, work, voting);
    let is_counted = !counts.announced.is_empty();
    let mut decision = Decision {
        date,
        session: session(&mut notes, work),
        question: Question {
            text: heading.clone(),
            ..Question::default()
        },
        announced: counts.announced,
        outcome,
        notes: counts.remarks,
        ..Decision::default()
    };
    let section = sections.first().copied();
    decision.ballots =
        section.and_then(|section| ballots(&mut notes, work, section, date.and_then(Date::as_day)));
    decision.mode = match (&decision.ballots, is_counted) {
        (Some(_), _) => Mode::Recorded,
        (None, false) if words::is_unanimous(&words) => Mode::WithoutVote,
        (None, _) => Mode::NonRecorded,
    };
    if let Some(ballots) = &decision.ballots {
        let tally = ballots.tally();
        let announced = &decision.announced;
        let counted = [
            (announced.yes, tally.yes),
            (announced.no, tally.no),
            (announced.abstain, tally.abstain),
        ];
        decision.partial = true;
        decision.every_vote_listed = counted
            .iter()
            .all(|(total, names)| total.unwrap_or(0) == 0 || *names > 0);
    }
    if let Some(shown) = words.first() {
        decision.notes.push(format!("outcome: {shown}"));
    }
    let source = text::source(work);
    let number = [source.record.as_deref(), id_of(voting)]
        .into_iter()
        .flatten();
    let agreement = Agreement {
        kind: AgreementKind::Decision,
        title: heading
            .or_else(|| text::title(&mut notes, work))
            .unwrap_or_default(),
        sources: vec![Source {
            record: Some(number.collect::<Vec<_>>().join("#")).filter(|record| !record.is_empty()),
            ..source
        }],
        acts: vec![Act::Decision(Box::new(decision))],
        ..Agreement::default()
    };
    notes.finish(agreement)
}

/// The session in words, as the preface has it.
fn session(notes: &mut Notes<'_>, work: &Work<'_>) -> Option<Session> {
    let text = work.printed(notes, "session", Some(Field::Session))?;
    Session::read(&text).ok()
}

/// What came of a voting, and the words that say so. A word that is not known is kept as it is shown.
fn outcome<'t>(
    notes: &mut Notes<'_>,
    work: &Work<'t>,
    voting: &'t Element,
) -> (Option<Outcome>, Vec<&'t str>) {
    let Some(reference) = voting.attribute("outcome") else {
        return (None, Vec::new());
    };
    notes.part(Field::Outcome, voting, "outcome");
    let words = work.words(reference);
    let known = words::outcome(&words);
    let outcome = known.or_else(|| {
        let shown = words.first().copied().unwrap_or(reference);
        let read = texts::outcome(shown).map_err(|error| error.to_string());
        read.map_err(|message| {
            let help = "write what came of it in a word, such as `adopted`";
            notes.unreadable((voting.line, "outcome"), &message, shown, help);
        })
        .ok()
    });
    (outcome, words)
}

/// The counts of a voting.
#[derive(Default)]
struct Counts {
    announced: AnnouncedTally,
    remarks: Vec<String>,
}

impl Counts {
    fn add(&mut self, notes: &mut Notes<'_>, work: &Work<'_>, count: &Element) {
        let reference = count.attribute("refersTo").unwrap_or_default();
        let words = work.words(reference);
        let value = count.attribute("value").unwrap_or_default();
        let at = (count.line, "refersTo");
        let choice = match words::counted(&words) {
            Some(Counted::Choice(choice)) => choice,
            // A vote that was not counted has no count of nought.
            Some(Counted::Nothing) => return,
            None => {
                let message = "the count is not known to be of those for, against or abstaining; it is kept in words";
                let help = "write a word such as `for`, `against` or `abstention` as `showAs` of what it refers to";
                notes.unclear(at, message, reference, help);
                self.remarks
                    .push(format!("count of {}: {value}", work.shown(reference)));
                return;
            }
        };
        let (total, place) = match choice {
            Choice::Yes => (Total::Yes, &mut self.announced.yes),
            Choice::No => (Total::No, &mut self.announced.no),
            Choice::Abstain => (Total::Abstain, &mut self.announced.abstain),
            _ => (Total::NonVoting, &mut self.announced.non_voting),
        };
        match *place {
            None => *place = notes.count(Field::Announced(total), count, "value"),
            Some(first) => {
                let message = "the voting has a second count of this; the first is kept";
                notes.contrary(at, message, &first.to_string(), value);
            }
        }
    }
}

/// Who voted how, by the lists in a section: `vote` within an `outcome`, or with a choice of its own.
fn ballots(
    notes: &mut Notes<'_>,
    work: &Work<'_>,
    section: &Element,
    _: Option<NaiveDate>,
) -> Option<Ballots> {
    let mut votes: Vec<(&Element, Choice)> = Vec::new();
    let mut unclear = 0_usize;
    let mut add = |vote, reference: Option<&str>| {
        let words = reference.map(|reference| work.words(reference));
        match words.as_deref().and_then(words::counted) {
            Some(Counted::Choice(choice)) => votes.push((vote, choice)),
            _ => unclear += 1,
        }
    };
    let mut listed: FxHashSet<*const Element> = FxHashSet::default();
    for list in section
        .descendants()
        .filter(|element| *element.name == *"outcome")
    {
        for vote in list
            .descendants()
            .filter(|element| *element.name == *"vote")
        {
            if listed.insert(vote) {
                add(
                    vote,
                    vote.attribute("choice")
                        .or_else(|| list.attribute("refersTo")),
                );
            }
        }
    }
    for vote in section
        .descendants()
        .filter(|element| *element.name == *"vote")
    {
        if listed.insert(vote) {
            add(vote, vote.attribute("choice"));
        }
    }
    if unclear > 0 {
        let message =
            "names of the voting are not known to be for, against or abstaining; nobody is listed";
        let help = "write a word such as `for`, `against` or `abstention` as `showAs` of what they refer to";
        notes.unclear((section.line, "vote"), message, &unclear.to_string(), help);
        return None;
    }
    let (first, _) = votes.first()?;
    notes.part(Field::Ballots, first, "vote");
    let persons = persons(work, &votes);
    let mut entries = Vec::new();
    let mut choices = Vec::new();
    for ((vote, choice), who) in votes.into_iter().zip(persons) {
        notes
            .places
            .note_ballot([(vote.line, "vote"), (vote.line, "vote")]);
        entries.push(entry(vote, who));
        choices.push(choice);
    }
    Ballots::new(Arc::new(Roll::new(entries)), choices).ok()
}

/// The persons to whom votes refer. One reference that stands for several voters is that of none, as `#persona` for anybody.
fn persons<'t>(work: &Work<'t>, votes: &[(&'t Element, Choice)]) -> Vec<Option<&'t Element>> {
    let by = |(vote, _): &(&'t Element, Choice)| work.reference(vote.attribute("by")?);
    let mut times: FxHashMap<*const Element, usize> = FxHashMap::default();
    for person in votes.iter().filter_map(by) {
        *times.entry(person).or_default() += 1;
    }
    let alone = |person: &&Element| times.get(&std::ptr::from_ref(*person)) == Some(&1);
    votes.iter().map(|vote| by(vote).filter(alone)).collect()
}

/// A voter: the person that the document refers to, else the name as printed.
fn entry(vote: &Element, person: Option<&Element>) -> RollEntry {
    let printed = vote.text();
    let printed = printed.trim_end_matches([';', '.', ',', ' ']);
    let shown = person
        .and_then(|person| person.attribute("showAs"))
        .unwrap_or_default();
    let name = if printed.is_empty() { shown } else { printed };
    let identifier = person.and_then(id_of).unwrap_or(name);
    RollEntry {
        who: Participant::from_printed(ParticipantKind::Person, identifier).ok(),
        code: None,
        name: Some(name).filter(|name| !name.is_empty()).map(Into::into),
    }
}
