//! From the lists and sentences of a text to its votes.

use std::sync::Arc;

use chrono::NaiveDate;
use plenary_states::split_names;
use plenary_types::{
    Act, Agreement, AgreementKind, AnnouncedTally, Ballots, BodyId, Choice, Citation, Date,
    Decision, Field, Finding, Outcome, Place, Roll, RollEntry, Scope, Series, Source, Symbol,
    Total,
};

use super::flow::{Flow, Heading, Joined, parts_a_word};
use super::labels::{Label, labels};
use super::lists::{ListFault, end_of_list, names, tells_result};
use super::result::{
    Intention, Note, Statement, end_of_decided, find, find_last, notes, without_part,
};
use crate::check::ReaderCheck;
use crate::error::Rejected;
use crate::names::{Printed, identify};
use crate::origin::Places;
use crate::record::Record;
use crate::texts::cite;

/// What the records of an organ have of their own.
struct Organ {
    body: BodyId,
    /// Whether its lists name those who took no part, too.
    lists_everybody: bool,
    /// Whether its drafts are documents like any other, and have no `L.`.
    drafts_are_documents: bool,
    /// Whether the year stands behind the number of a resolution: `1211 (1998)`.
    number_has_year: bool,
    /// What the symbols of its decisions begin with.
    decisions: Option<&'static str>,
}

static ORGANS: [Organ; 2] = [
    Organ {
        body: BodyId::UNGA,
        lists_everybody: false,
        drafts_are_documents: false,
        number_has_year: false,
        decisions: Some("A/DEC/"),
    },
    Organ {
        body: BodyId::UNSC,
        lists_everybody: true,
        drafts_are_documents: true,
        number_has_year: true,
        decisions: None,
    },
];

fn organ_of(body: Option<&BodyId>) -> Option<&'static Organ> {
    ORGANS.iter().find(|organ| Some(&organ.body) == body)
}

/// What a text gives: its votes, and those that cannot be read.
#[derive(Default)]
pub(super) struct Votes {
    pub(super) records: Vec<Record>,
    pub(super) rejected: Vec<Rejected>,
}

/// A label with the line that it is on.
struct Placed {
    line: usize,
    label: Label,
}

/// The lists of one vote.
struct Lists {
    labels: Vec<Placed>,
    /// The line of a page on which names are marked with their choices.
    marked: Option<usize>,
}

impl Lists {
    fn first_line(&self) -> usize {
        let first = self.labels.first().map(|placed| placed.line);
        first.or(self.marked).unwrap_or_default()
    }
}

/// Reads the votes of a text.
pub(super) fn read(path: &str, flow: &Flow) -> Votes {
    let lists = grouped(flow);
    let mut reading = Reading {
        path,
        flow,
        votes: Votes::default(),
        from: 0,
        is_before: None,
    };
    for (at, vote) in lists.iter().enumerate() {
        // What stands in the record of another meeting is not of this vote.
        let (first, end) = flow.record(vote.first_line());
        reading.from = reading.from.max(first);
        let next = lists.get(at + 1).map(Lists::first_line);
        reading.vote(vote, next.map_or(end, |next| next.min(end)));
    }
    reading.votes
}

/// The labels of a text by vote: a vote ends where a label comes again, where a result is told, and with its record.
fn grouped(flow: &Flow) -> Vec<Lists> {
    let mut found: Vec<Lists> = Vec::new();
    let mut told = true;
    for (at, line) in flow.lines.iter().enumerate() {
        told |= flow.record(at).0 == at;
        if !line.marked.is_empty() {
            found.push(Lists {
                labels: Vec::new(),
                marked: Some(at),
            });
            told = true;
            continue;
        }
        for label in labels(&line.text) {
            let again = |lists: &Lists| {
                let mut labels = lists.labels.iter();
                label.choice == Choice::Yes
                    || (label.choice != Choice::NonVoting
                        && labels.any(|placed| placed.label.choice == label.choice))
            };
            let placed = Placed {
                line: at,
                label: label.clone(),
            };
            match found.last_mut().filter(|_| !told) {
                Some(lists) if !again(lists) => lists.labels.push(placed),
                _ => found.push(Lists {
                    labels: vec![placed],
                    marked: None,
                }),
            }
            told = false;
        }
        told |= tells_result(&line.text.to_lowercase());
    }
    found
}

/// Lines before and after the lists in which the result is looked for.
const AROUND: usize = 40;

/// Names on the lists of a vote.
#[derive(Default)]
struct Listed {
    entries: Vec<RollEntry>,
    choices: Vec<Choice>,
    lines: Vec<u64>,
    intended: Vec<(usize, Choice)>,
    announced: AnnouncedTally,
    /// Whether those who did not vote are listed too.
    names_absent: bool,
    /// Whether a list is a number of votes, without names.
    only_counts: bool,
}

impl Listed {
    fn push(&mut self, name: &str, line: u64, choice: Choice, on: Option<NaiveDate>) {
        let printed = Printed { code: "", name };
        self.entries.push(identify(printed, on).entry);
        self.choices.push(choice);
        self.lines.push(line);
    }

    /// Adds those who took no part, where each name is that of a state: `One member did not participate` names nobody.
    fn add_without_part(&mut self, names: &str, line: u64, on: Option<NaiveDate>) {
        let entries: Vec<RollEntry> = entries(names, on).collect();
        if self.only_counts || !entries.iter().all(|entry| entry.who.is_some()) {
            return;
        }
        for entry in entries {
            let known = self.place(&entry).and_then(|at| self.choices.get(at));
            if known != Some(&Choice::NonVoting) {
                self.entries.push(entry);
                self.choices.push(Choice::NonVoting);
                self.lines.push(line);
            }
        }
    }

    fn count(&self, choice: Choice) -> usize {
        self.choices
            .iter()
            .filter(|chosen| **chosen == choice)
            .count()
    }

    /// The place of a name, as an entry of the same participant or of the same text.
    fn place(&self, wanted: &RollEntry) -> Option<usize> {
        self.entries.iter().position(|entry| match wanted.who {
            Some(who) => entry.who == Some(who),
            None => entry.name == wanted.name,
        })
    }
}

struct Reading<'a> {
    path: &'a str,
    flow: &'a Flow,
    votes: Votes,
    /// The first line that belongs to no vote yet.
    from: usize,
    /// Whether the results of this text stand before the lists, once that is known.
    is_before: Option<bool>,
}

impl Reading<'_> {
    fn line(&self, at: usize) -> u64 {
        self.flow.lines.get(at).map_or(1, |line| line.number)
    }

    fn vote(&mut self, lists: &Lists, next: usize) {
        let first = lists.first_line();
        if let Some(fault) = self.without_first_list(lists) {
            return self.reject(fault, lists, next);
        }
        let heading = self.flow.heading(first);
        let before = self.before(first);
        // Names are read by the day, and without one by the session.
        let day = heading.date.map(|(day, _)| day).or_else(|| {
            let behind = self.joined(first, next.min(first + 3 * AROUND));
            let mut symbols = symbols_in(&before.text).chain(symbols_in(&behind.text));
            symbols.find_map(|symbol| end_of_session(&symbol))
        });
        let (mut listed, end) = match self.listed(lists, next, day) {
            Ok(listed) => listed,
            Err(fault) => return self.reject(fault, lists, next),
        };
        let after = self.joined(end, next.min(end + AROUND));
        let stated_before = find_last(&before.text);
        let stated_after = find(&after.text).filter(|stated| !stated.is_before_list);
        let is_before = stated_before.as_ref().is_some_and(|stated| {
            stated.is_before_list
                || lists.marked.is_some()
                || stated_after.is_none()
                || self.is_before.unwrap_or(true)
        });
        if stated_before.is_some() || stated_after.is_some() {
            self.is_before.get_or_insert(is_before);
        }
        let (statement, text, noted) = match is_before {
            true => (stated_before, &before, notes(&before.text)),
            false => (stated_after, &after, notes(&after.text)),
        };
        let stated_behind = statement.as_ref().filter(|_| !is_before);
        for (place, names) in without_part(&after.text, stated_behind) {
            listed.add_without_part(&names, after.line_at(place), day);
        }
        self.from = end;
        if !is_before {
            let stated = statement.iter().map(|stated| stated.end);
            let noted = noted.iter().map(|note| note.start + note.text.len());
            let last = stated.chain(noted).max();
            self.from = last.map_or(end, |place| end + after.nth_at(place.saturating_sub(1)) + 1);
        }
        let found = Found {
            path: self.path,
            heading,
            day,
            before: &before.text,
            statement: statement.map(|stated| {
                let line = text.line_at(stated.start);
                (stated, line)
            }),
            is_before,
            line: self.line(first),
        };
        let record = found.record(listed, &noted);
        self.votes.records.push(record);
    }

    /// The text before a vote, back to the one before it.
    fn before(&self, first: usize) -> Joined {
        let from = self.from.max(first.saturating_sub(AROUND)).min(first);
        self.joined(from, first)
    }

    fn joined(&self, from: usize, to: usize) -> Joined {
        let lines = self.flow.lines.get(from..to.max(from)).unwrap_or_default();
        let lines = lines.iter().map(|line| match counts(&line.text) {
            Some(_) => (line.number, ""),
            None => (line.number, &*line.text),
        });
        Joined::new(lines, parts_a_word)
    }

    /// A list of a vote that has none of those in favour: the lists of two votes may be mixed.
    fn without_first_list(&self, lists: &Lists) -> Option<ListFault> {
        let first = lists.labels.first()?;
        let has_first = lists
            .labels
            .iter()
            .any(|placed| placed.label.choice == Choice::Yes);
        let line = self.flow.lines.get(first.line)?;
        (!has_first).then(|| ListFault {
            line: line.number,
            value: line.text.get(first.label.start..).unwrap_or_default().chars().take(80).collect(),
            reason: "the list belongs to no vote: no list `In favour:` comes before it",
            help: "write `In favour:` before the lists of each vote, with `None` where nobody is on it",
        })
    }

    fn reject(&mut self, fault: ListFault, lists: &Lists, next: usize) {
        self.votes.rejected.push(Rejected {
            place: Place::new(self.path).with_line(fault.line),
            value: fault.value,
            reason: fault.reason.to_owned(),
            help: fault.help.to_owned(),
            record: None,
        });
        let last = lists
            .labels
            .last()
            .map_or(lists.first_line(), |placed| placed.line);
        self.from = (last + 1).min(next);
    }

    /// The names of a vote, and the line behind its lists.
    fn listed(
        &self,
        lists: &Lists,
        next: usize,
        on: Option<NaiveDate>,
    ) -> Result<(Listed, usize), ListFault> {
        let mut listed = Listed::default();
        if let Some(at) = lists.marked {
            let marked = self.flow.lines.get(at).map_or(&[][..], |line| &line.marked);
            for marked in marked {
                let place = listed.entries.len();
                listed.push(&marked.name, marked.number, marked.choice, on);
                listed
                    .intended
                    .extend(marked.intended.map(|choice| (place, choice)));
                listed.names_absent |= marked.choice == Choice::NonVoting;
            }
            let before = self
                .flow
                .lines
                .get(self.from.min(at)..at)
                .unwrap_or_default();
            let counted = before
                .iter()
                .rev()
                .take(AROUND)
                .find_map(|line| counts(&line.text));
            listed.announced = counted.unwrap_or_default();
            return Ok((listed, at + 1));
        }
        let mut end = lists.first_line() + 1;
        for (at, placed) in lists.labels.iter().enumerate() {
            let following = lists.labels.get(at + 1);
            let stretch = self.stretch(placed, following, next, on);
            end = stretch.end;
            if let [(_, only)] = &*stretch.lines
                && let Some(count) = whole_number(only)
            {
                announce(&mut listed.announced, placed.label.choice, count);
                listed.only_counts = true;
                continue;
            }
            listed.names_absent |= placed.label.choice == Choice::NonVoting;
            if let Some(count) = placed.label.count {
                announce(&mut listed.announced, placed.label.choice, count);
            }
            for name in names(&stretch.lines, on)? {
                listed.push(&name.text, name.line, placed.label.choice, on);
            }
        }
        Ok((listed, end))
    }

    /// The lines between a label and what follows its list.
    fn stretch(
        &self,
        placed: &Placed,
        following: Option<&Placed>,
        next: usize,
        on: Option<NaiveDate>,
    ) -> Stretch<'_> {
        let lines = &self.flow.lines;
        let text = |at: usize| lines.get(at).map_or("", |line| &*line.text);
        let behind = text(placed.line)
            .get(placed.label.end..)
            .unwrap_or_default();
        let number = self.line(placed.line);
        if let Some(following) = following.filter(|following| following.line == placed.line) {
            let length = following.label.start.saturating_sub(placed.label.end);
            let behind = behind.get(..length).unwrap_or_default();
            let behind = behind.trim().trim_end_matches(['.', ';', ',']);
            return Stretch {
                lines: vec![(number, behind)],
                end: placed.line + 1,
            };
        }
        let (end, last) = match following {
            Some(following) => {
                let before = text(following.line)
                    .get(..following.label.start)
                    .unwrap_or_default();
                (following.line, Some((self.line(following.line), before)))
            }
            None => (end_of_list(lines, placed.line, behind, next, on), None),
        };
        let between = lines
            .get(placed.line + 1..end.max(placed.line + 1))
            .unwrap_or_default();
        let between = between.iter().map(|line| (line.number, &*line.text));
        let all = [(number, behind)].into_iter().chain(between).chain(last);
        let filled: Vec<(u64, &str)> = all
            .map(|(number, text)| (number, text.trim()))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        Stretch {
            lines: match filled.is_empty() {
                true => vec![(number, "")],
                false => filled,
            },
            end,
        }
    }
}

/// The lines of a list, and the line behind them.
struct Stretch<'a> {
    lines: Vec<(u64, &'a str)>,
    end: usize,
}

/// A number that stands where names would: votes that are counted and not listed.
fn whole_number(text: &str) -> Option<u32> {
    let text = text.trim().trim_end_matches(['.', ',', ';']);
    let digits = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

fn announce(announced: &mut AnnouncedTally, choice: Choice, count: u32) {
    let total = match choice {
        Choice::Yes => &mut announced.yes,
        Choice::No => &mut announced.no,
        Choice::Abstain => &mut announced.abstain,
        Choice::NonVoting => &mut announced.non_voting,
        Choice::NotEligible => return,
    };
    // Several lists of those who did not vote are counted together.
    let known = total.filter(|_| choice == Choice::NonVoting).unwrap_or(0);
    *total = Some(known.saturating_add(count));
}

/// The counts that a page prints above its names: `favour=101 against=2 abstain=48 absent=33`.
fn counts(text: &str) -> Option<AnnouncedTally> {
    let mut found = AnnouncedTally::default();
    for word in text.split_whitespace() {
        let (name, count) = word.split_once('=')?;
        let choice = match name {
            "favour" => Choice::Yes,
            "against" => Choice::No,
            "abstain" => Choice::Abstain,
            "absent" => Choice::NonVoting,
            _ => return None,
        };
        announce(&mut found, choice, whole_number(count)?);
    }
    (!found.is_empty()).then_some(found)
}

/// Those whom a stretch of text names.
fn entries(names: &str, on: Option<NaiveDate>) -> impl Iterator<Item = RollEntry> {
    let names = split_names(names, on).into_iter();
    names.map(move |name| {
        let printed = Printed {
            code: "",
            name: name.text,
        };
        identify(printed, on).entry
    })
}

/// The symbols in a text, in order.
fn symbols_in(text: &str) -> impl Iterator<Item = Symbol> + '_ {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']'));
    words.filter_map(|word| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let starts = bare.contains('/') && bare.starts_with(|c: char| c.is_ascii_uppercase());
        starts.then(|| bare.parse().ok()).flatten()
    })
}

/// The word behind the first of some words, without the marks around it.
fn word_behind<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    let found = words
        .iter()
        .find_map(|word| text.get(text.find(word)? + word.len()..));
    let word = found?.split_whitespace().next()?;
    Some(word.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// The number of a resolution or decision that a text, in small letters, names: `53/37`.
fn number_behind(text: &str, words: &[&str]) -> Option<String> {
    let word = words.iter().find_map(|word| word_behind(text, &[word]))?;
    let has_number = word.starts_with(|c: char| c.is_ascii_digit());
    has_number.then(|| word.to_owned())
}

/// The number of a draft of a report that a text, in small letters, names: `draft resolution iv`.
fn roman<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    let word = word_behind(text, words)?;
    let is_roman = !word.is_empty() && word.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'l'));
    is_roman.then_some(word)
}

/// The last day of the year in which the session of a symbol opened: a name is read by it, never the date of a record.
fn end_of_session(symbol: &Symbol) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(symbol.session()?.opening_year()?, 12, 31)
}

/// What was found of a vote.
struct Found<'a> {
    path: &'a str,
    heading: Heading,
    day: Option<NaiveDate>,
    before: &'a str,
    statement: Option<(Statement, u64)>,
    /// Whether the statement stands in the text before the lists.
    is_before: bool,
    line: u64,
}

impl Found<'_> {
    fn record(mut self, mut listed: Listed, noted: &[Note]) -> Record {
        let mut findings = Vec::new();
        let counted = (listed.count(Choice::Yes), listed.count(Choice::No));
        if let Some((statement, _)) = &mut self.statement {
            statement.order_pair(counted);
        }
        let mut decision = Decision {
            notes: noted.iter().map(|note| note.text.clone()).collect(),
            date: self.heading.date.map(|(day, _)| Date::day(day)),
            session: self.heading.session.map(|(session, _)| session),
            meeting: self
                .heading
                .meeting
                .as_ref()
                .map(|(meeting, _)| meeting.clone()),
            ..Decision::default()
        };
        if self.before.to_lowercase().contains("by show of hands") {
            decision.notes.push("by show of hands".to_owned());
        }
        self.state(&mut decision, listed.announced);
        self.intend(&mut listed, &decision, noted, &mut findings);
        let places = self.places(&listed);
        self.place_ballots(&mut decision, listed, &mut findings);
        let agreement = self.agreement(decision);
        Record::new(agreement, places, findings)
    }

    /// What the sentence says of the decision: totals, outcome, documents.
    fn state(&self, decision: &mut Decision, counted: AnnouncedTally) {
        decision.announced = counted;
        let statement = self.statement.as_ref().map(|(statement, _)| statement);
        let of_subject = statement
            .and_then(|stated| stated.subject.as_deref())
            .unwrap_or_default();
        let drafts = |text: &str| -> Vec<Symbol> { symbols_in(text).filter(is_draft).collect() };
        // `The draft resolution` is the one that was named last; `Draft resolution I` is one of a report.
        let mut named = drafts(of_subject);
        let is_whole = statement.is_none_or(|stated| stated.scope() == Scope::Whole);
        if named.is_empty() && (!is_whole || of_subject.is_empty() || is_plain(of_subject)) {
            // What was decided without a vote before is not what was voted on.
            let stated = statement.filter(|_| self.is_before);
            let until = stated.map_or(self.before.len(), |stated| stated.start);
            let decided = end_of_decided(self.before.get(..until).unwrap_or_default());
            named.extend(drafts(self.before.get(decided..).unwrap_or_default()).pop());
        }
        let body = self
            .heading
            .body()
            .or_else(|| named.iter().find_map(Symbol::body));
        if let Some(statement) = statement {
            let announced = &mut decision.announced;
            announced.yes = statement.yes.or(announced.yes);
            announced.no = statement.no.or(announced.no);
            announced.abstain = statement.abstain.or(announced.abstain);
            decision.outcome = statement.outcome;
            decision.question.scope = statement.scope();
            let has_symbol = !drafts(of_subject).is_empty();
            if decision.question.scope != Scope::Whole || !has_symbol {
                decision.question.text = statement.subject.clone().filter(|text| !is_plain(text));
            }
            decision.symbol = statement
                .document
                .as_ref()
                .and_then(|(number, is_decision)| {
                    let is_whole = decision.question.scope == Scope::Whole;
                    is_whole.then(|| document(number, *is_decision, body.as_ref()))
                });
        }
        let of_symbol = decision
            .symbol
            .as_ref()
            .and_then(|symbol| symbol.symbol()?.body());
        decision.body = body.or(of_symbol);
        decision.drafts = named.into_iter().map(Citation::from).collect();
    }

    /// Notes what delegations had intended, on the ballots of those that are listed; one that is on no list did not vote. A note on
    /// another proposal is kept in words only.
    fn intend(
        &self,
        listed: &mut Listed,
        decision: &Decision,
        noted: &[Note],
        findings: &mut Vec<Finding>,
    ) {
        for note in noted {
            let mut is_read = note.is_read && !note.intended.is_empty();
            let mut is_of_other = false;
            for intention in &note.intended {
                if self.is_of_other(intention, decision) {
                    is_of_other = true;
                    continue;
                }
                let named: Vec<RollEntry> = entries(&intention.names, self.day).collect();
                if intention.is_bare && named.iter().any(|entry| entry.who.is_none()) {
                    is_read = false;
                    continue;
                }
                for entry in named {
                    let place = listed.place(&entry).unwrap_or_else(|| {
                        listed.entries.push(entry);
                        listed.choices.push(Choice::NonVoting);
                        listed.lines.push(self.line);
                        listed.entries.len() - 1
                    });
                    listed.intended.push((place, intention.choice));
                }
            }
            let unclear =
                "the note does not say clearly who had intended to vote how; it is kept in words";
            let other = "the note is on another proposal than the lists above it; it is kept in words and changes no ballot";
            for (_, message) in [(!is_read, unclear), (is_of_other, other)]
                .into_iter()
                .filter(|(is, _)| *is)
            {
                let mut finding = ReaderCheck::UnreadableField
                    .finding(message, self.place().with_field("note"))
                    .with_found(&note.text);
                finding.severity = plenary_types::Severity::Warning;
                findings.push(finding);
            }
        }
    }

    /// Whether a note names a draft, a resolution or a paragraph that was not what this vote was on.
    fn is_of_other(&self, intention: &Intention, decision: &Decision) -> bool {
        let about = &intention.about;
        let drafts: Vec<Citation> = symbols_in(about)
            .filter(is_draft)
            .map(Citation::from)
            .collect();
        // A revision is of the same draft: `A/53/L.52` and `A/53/L.52/Rev.1`.
        let is_revised = |one: &Citation, other: &Citation| {
            let (one, other) = (one.normal().to_string(), other.normal().to_string());
            one.strip_prefix(&other)
                .is_some_and(|rest| rest.starts_with('/'))
        };
        let is_known = |draft: &Citation| {
            let mut known = decision.drafts.iter();
            known.any(|own| own == draft || is_revised(own, draft) || is_revised(draft, own))
        };
        let has_drafts = !drafts.is_empty() && !decision.drafts.is_empty();
        if has_drafts && !drafts.iter().any(is_known) {
            return true;
        }
        let lower = about.to_lowercase();
        let statement = self.statement.as_ref().map(|(statement, _)| statement);
        let number = statement.and_then(|stated| stated.document.as_ref());
        if let Some((number, _)) = number
            && let Some(named) = number_behind(&lower, &["resolution ", "decision "])
            && number.to_lowercase().split_whitespace().next() != Some(&*named)
        {
            return true;
        }
        let subject = statement.and_then(|stated| stated.subject.as_deref());
        let subject = subject.unwrap_or_default().to_lowercase();
        let words = ["draft resolution ", "draft decision ", "draft "];
        if let (Some(named), Some(own)) = (roman(&lower, &words), roman(&subject, &words))
            && named != own
        {
            return true;
        }
        let scope = decision.question.scope;
        let is_of = |word: &str| lower.contains(word);
        (is_of("paragraph") && scope == Scope::Whole)
            || (is_of("amendment") && scope != Scope::Amendment)
            || (drafts.is_empty()
                && (is_of("as a whole") && scope != Scope::Whole && scope != Scope::Motion))
    }

    fn place(&self) -> Place {
        Place::new(self.path).with_line(self.line)
    }

    fn places(&self, listed: &Listed) -> Places {
        let mut places = Places::new(self.path, self.line);
        let heading = &self.heading;
        for (part, line, name) in [
            (Field::Date, heading.date.map(|(_, line)| line), "date"),
            (
                Field::Session,
                heading.session.map(|(_, line)| line),
                "session",
            ),
            (
                Field::Meeting,
                heading.meeting.as_ref().map(|(_, line)| *line),
                "meeting",
            ),
        ] {
            if let Some(line) = line {
                places.note(part, line, name);
            }
        }
        if let Some((_, line)) = &self.statement {
            for part in [
                Field::Symbol(0),
                Field::Draft(0),
                Field::Outcome,
                Field::Announced(Total::Yes),
                Field::Announced(Total::No),
                Field::Announced(Total::Abstain),
            ] {
                places.note(part, *line, "result");
            }
        }
        places.note(Field::Ballots, self.line, "lists");
        for line in &listed.lines {
            places.note_ballot([(*line, "name"), (*line, "list")]);
        }
        places
    }

    fn place_ballots(&self, decision: &mut Decision, listed: Listed, findings: &mut Vec<Finding>) {
        // `There were 15 votes in favour` tells all where nobody is on the other lists.
        let is_unanimous = listed.count(Choice::No) + listed.count(Choice::Abstain) == 0;
        let counts =
            decision.announced.yes.is_some() && (decision.announced.no.is_some() || is_unanimous);
        if !counts {
            let message = match &self.statement {
                Some(_) => {
                    "no sentence gives the totals of the vote; the lists are read without them"
                }
                None => "no sentence tells what came of the vote; the lists are read without it",
            };
            let help = "compare the lists with the record: `was adopted by 149 votes to 1, with 7 abstentions`";
            findings.push(
                ReaderCheck::NoResultLine
                    .finding(message, self.place())
                    .with_help(help),
            );
        }
        // The records of the Assembly leave out who did not vote; those of the Council, and lists with the absent, nobody.
        let organ = organ_of(decision.body.as_ref());
        let of_everybody = organ.is_some_and(|organ| organ.lists_everybody);
        let names_all = (of_everybody || listed.names_absent) && !listed.only_counts;
        decision.partial = !names_all && !listed.entries.is_empty();
        decision.every_vote_listed = decision.partial && !listed.only_counts;
        if listed.entries.is_empty() {
            return;
        }
        debug_assert_eq!(listed.entries.len(), listed.choices.len());
        let ballots = Ballots::new(Arc::new(Roll::new(listed.entries)), listed.choices).ok();
        let intended = listed.intended.into_iter();
        decision.ballots = ballots.map(|ballots| {
            intended.fold(ballots, |ballots, (place, choice)| {
                ballots.with_intended(place, choice)
            })
        });
    }

    fn agreement(&self, decision: Decision) -> Agreement {
        let is_whole = decision.question.scope == Scope::Whole;
        let is_decision =
            |symbol: &Citation| symbol.symbol().map(Symbol::series) == Some(Series::Decision);
        let kind = match &decision.symbol {
            Some(symbol) if is_decision(symbol) => AgreementKind::Decision,
            None if !is_whole => AgreementKind::Decision,
            None if decision.outcome == Some(Outcome::Rejected) => AgreementKind::Draft,
            _ => AgreementKind::Resolution,
        };
        // A part of a draft, an amendment and a motion have no symbol of their own.
        let draft = decision.drafts.first().filter(|_| is_whole);
        let symbols: Vec<Citation> = decision
            .symbol
            .as_ref()
            .or(draft)
            .into_iter()
            .cloned()
            .collect();
        let title = match (symbols.is_empty(), &self.statement) {
            (true, Some((statement, _))) => statement.subject.clone().unwrap_or_default(),
            _ => String::new(),
        };
        let source = self.heading.meeting.as_ref().map(|(meeting, _)| Source {
            title: "Meeting record".to_owned(),
            publisher: Some("United Nations".to_owned()),
            record: Some(meeting.to_string()),
            ..Source::default()
        });
        Agreement {
            kind,
            title,
            symbols,
            sources: source.into_iter().collect(),
            acts: vec![Act::Decision(Box::new(decision))],
            ..Agreement::default()
        }
    }
}

/// Whether a document may be a draft: not a record of a meeting, nor a resolution.
fn is_draft(symbol: &Symbol) -> bool {
    match symbol.series() {
        Series::Limited => true,
        // A draft of the Council is a document like any other.
        Series::Document => {
            let organ = organ_of(symbol.body().as_ref());
            organ.is_some_and(|organ| organ.drafts_are_documents) && symbol.year().is_some()
        }
        _ => false,
    }
}

/// Whether a subject says no more than that it was the draft.
fn is_plain(subject: &str) -> bool {
    let subject = subject.to_lowercase();
    let words = subject
        .trim_start_matches("the ")
        .trim_start_matches("this ");
    matches!(
        words,
        "draft resolution" | "draft decision" | "draft" | "resolution" | "it"
    )
}

/// The document of a number as printed, of the body that met: `53/37` of the Assembly, `1211 (1998)` of the Council.
fn document(number: &str, is_decision: bool, body: Option<&BodyId>) -> Citation {
    let year = number
        .split_once('(')
        .map(|(_, year)| year.trim_end_matches(')').trim());
    let is_year = |year: &str| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
    let has_year = year.is_some_and(is_year);
    let by_number = ORGANS
        .iter()
        .find(|organ| organ.number_has_year == has_year);
    let Some(body) = body.or(by_number.map(|organ| &organ.body)) else {
        return Citation::new(number);
    };
    let stem = match is_decision {
        true => organ_of(Some(body)).and_then(|organ| organ.decisions),
        false => Symbol::resolution_stem(body),
    };
    let whole = stem.map(|stem| Citation::new(&format!("{stem}{number}")));
    let known = whole.filter(|citation| citation.symbol().is_some());
    known.unwrap_or_else(|| cite(number, Some(body)))
}
