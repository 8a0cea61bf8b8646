//! What the columns that a mapping names become.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use plenary_states::{CodeSystem, entity};
use plenary_tables::DateForm;
use plenary_types::{
    Act, Agreement, AnnouncedTally, Ballots, BodyId, Choice, Date, Decision, Field, Mode,
    Participant, ParticipantKind, Place, Precision, Question, RollEntry, Scope, Source, Tally,
    at_midnight,
};

use super::definition::{Codes, CodesOf, Mapping, Meanings, Role, Shape, ZeroTotals};
use super::join::{JoinOf, Joined, key_of};
use super::participants::in_system;
use crate::check::ReaderCheck;
use crate::csv::choices::whole;
use crate::csv::lists::names_in;
use crate::csv::table::{LongFormat, Undated, Vote, VoterColumns};
use crate::csv::voters::Days;
use crate::fields::{Fields, plain_name};
use crate::names::{self, Contradiction, Identified, Printed};
use crate::results::{Day, Told, results_in};
use crate::texts::{any_session, cite, date, day_for_names, list, mode, outcome};

/// Reads a mapped table.
#[derive(Debug)]
pub(super) struct Mapped {
    pub(super) mapping: Arc<Mapping>,
    /// Where the votes come from: as the mapping says, else the name of the file, whose numbers of rows mean nothing elsewhere.
    pub(super) source: String,
    /// By which name the table knows the column of each role; columns of two roles have one name.
    pub(super) names: BTreeMap<&'static str, &'static str>,
    /// How days in numbers are written in the column of results, where they settle it.
    pub(super) result_dates: Option<DateForm>,
    pub(super) voter: VoterColumns,
    pub(super) joins: Arc<Vec<Beside>>,
    /// The day of each vote, where the table says of none when it was.
    pub(super) day: Option<NaiveDate>,
}

/// A table beside, and by which columns it is joined.
#[derive(Debug)]
pub(super) struct Beside {
    pub(super) table: Joined,
    /// Of one about votes: the columns by the names by which the table knows them.
    pub(super) of_vote: Vec<&'static str>,
    /// Of one about voters: their places among the columns that say who voted.
    pub(super) of_voter: Vec<usize>,
}

impl Beside {
    /// Its key of a vote, where it is about votes.
    pub(super) fn vote(&self, vote: &Vote<'_>) -> Option<String> {
        let values = self.of_vote.iter().map(|name| vote.get(name));
        let values: Vec<Cow<'_, str>> = values.collect();
        (self.table.of == JoinOf::Votes).then(|| key_of(values.iter().map(|value| &**value)))
    }

    /// Its key of a voter, where it is about voters.
    pub(super) fn voter(&self, values: &[Box<str>]) -> Option<String> {
        let values = self.of_voter.iter().map(|at| values.get(*at));
        let values = values.map(|value| value.map_or("", |value| value));
        (self.table.of == JoinOf::Voters).then(|| key_of(values))
    }
}

/// The fields of a mapped vote, by the names of their roles.
struct MappedFields<'m, 'v, 'a> {
    format: &'m Mapped,
    vote: &'v mut Vote<'a>,
}

impl Fields for MappedFields<'_, '_, '_> {
    /// A value of the vote's first row, or the one that holds for the whole file.
    fn get(&self, role: &str) -> Cow<'_, str> {
        self.format.get(self.vote, role)
    }

    fn unreadable(&mut self, role: &str, message: String, help: &str) {
        let Some(place) = self.format.place_beside(self.vote, role) else {
            return self.vote.unreadable(self.format.name(role), message, help);
        };
        let found = self.get(role).into_owned();
        let finding = ReaderCheck::UnreadableField.finding(message, place);
        let finding = finding.with_found(found).with_help(help);
        self.vote.findings.push(finding);
    }
}

impl Mapping {
    /// Reads a date in the notation of the mapping; without one, as the dates of the table are written.
    pub(super) fn date(&self, text: &str, dates: &DateForm) -> Result<Date, String> {
        let formats = &self.date_format.0;
        let mut read = formats.iter().map(|format| {
            let day = NaiveDate::parse_from_str(text, format);
            day.or_else(|error| {
                let day = at_midnight(text).ok_or(error)?;
                NaiveDate::parse_from_str(day, format)
            })
        });
        let is_year = || {
            date(text)
                .ok()
                .filter(|date| date.precision() == Precision::Year)
        };
        match read.find_map(Result::ok) {
            Some(day) => Ok(Date::day(day)),
            // A year is one in any notation.
            None if is_year().is_some() => dates.read(text),
            None if formats.is_empty() => dates.read(text),
            None => Err(format!(
                "`{text}` is not a date of the form `{}`",
                formats.join("` or `")
            )),
        }
    }

    /// The number of the record in its source: the values of all the columns that tell its votes apart.
    pub(super) fn number_of(&self, vote: &Vote<'_>) -> Option<String> {
        let first = vote.get(self.name_of(Role::Vote)).into_owned();
        let further = self.columns.further.iter();
        let further = further.filter_map(|column| self.known_as(column));
        let values = further.map(|known| vote.get(known).into_owned());
        let values = [first].into_iter().chain(values);
        let is_missing = |value: &String| self.missing.contains(value);
        let values = values.filter(|value| !value.is_empty() && !is_missing(value));
        let plain = |value: String| whole(&value).map(ToOwned::to_owned).unwrap_or(value);
        let values: Vec<String> = values.map(plain).collect();
        (!values.is_empty()).then(|| values.join("/"))
    }

    /// Whether a text is a day, in the notation of the mapping or as days are written everywhere.
    pub(super) fn is_day(&self, text: &str) -> bool {
        let dates = [self.date(text, &DateForm::USUAL).ok(), date(text).ok()];
        dates
            .into_iter()
            .flatten()
            .any(|date| date.as_day().is_some())
    }
}

impl Mapped {
    fn name(&self, role: &str) -> &'static str {
        self.names.get(role).copied().unwrap_or_default()
    }

    fn get<'a>(&'a self, vote: &'a Vote<'_>, role: &str) -> Cow<'a, str> {
        let value = match self.text_of(vote, role) {
            Some(text) => Cow::Owned(text),
            None => vote.get(self.name(role)),
        };
        let is_missing = self.mapping.missing.iter().any(|word| *word == value);
        let value = if is_missing { Cow::Borrowed("") } else { value };
        let value = self.counted(role, value);
        let is_told = || self.mapping.columns.of.contains_key(&Role::Result);
        let told = is_told().then(|| self.told(vote, role, &value)).flatten();
        if let Some(told) = told {
            return Cow::Owned(told);
        }
        if !value.is_empty() {
            return value;
        }
        let beside = self.beside(vote, role).map(|(value, ..)| value);
        let beside = beside.or_else(|| self.fixed_beside(vote, role));
        let given = beside.or_else(|| self.given(vote, role));
        given.map_or(value, Cow::Borrowed)
    }

    /// The value of a role that is put together from several columns.
    fn text_of(&self, vote: &Vote<'_>, role: &str) -> Option<String> {
        let mut texts = self.mapping.columns.texts.iter();
        let (_, text) = texts.find(|(known, _)| known.as_str() == role)?;
        let mut value = String::new();
        let mut rest = text.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let (heading, after) = after.split_once('}').unwrap_or((after, ""));
            value.push_str(before);
            let known = self.mapping.known_as(heading).unwrap_or_default();
            let part = vote.get(known);
            let mut missing = self.mapping.missing.iter();
            if missing.all(|word| *word != part) {
                value.push_str(&part);
            }
            rest = after;
        }
        value.push_str(rest);
        let words: Vec<&str> = value.split_whitespace().collect();
        Some(words.join(" "))
    }

    /// What the column of results says of a vote under a role that has no value of its own; of the day also where the column of
    /// dates has its year alone.
    fn told(&self, vote: &Vote<'_>, role: &str, own: &str) -> Option<String> {
        if role == Role::Date.as_str() {
            let told = self.result(vote)?;
            let year = (own.len() == 4).then_some(own);
            let day = self.day_of(&told, year)?.to_string();
            return (own.is_empty() || day.split_once('-').is_some_and(|(year, _)| year == own))
                .then_some(day);
        }
        let told = self.result(vote);
        // What a row says of its text is not of a part of it.
        let is_of_part = role == Role::Outcome.as_str()
            && told.as_ref().is_some_and(|told| told.scope.is_some());
        if !own.is_empty() && !is_of_part {
            return None;
        }
        if role == Role::Mode.as_str() {
            return match told {
                Some(told) if told.is_without_vote => Some("without a vote".to_owned()),
                // Of a result that does not say how, a recorded vote would be a guess.
                Some(told) if told.says_how() => None,
                _ if self.given(vote, role).is_some() => None,
                _ => Some("not stated".to_owned()),
            };
        }
        let told = told?;
        let count = |count: Option<u32>| count.map(|count| count.to_string());
        match role {
            "symbol" => told.symbol,
            "draft" => Some(told.drafts.join("|")).filter(|drafts| !drafts.is_empty()),
            "outcome" => told.outcome.map(|outcome| outcome.to_string()),
            "scope" => told.scope.map(|scope| scope.as_str().to_owned()),
            "yes" => count(told.totals.yes),
            "no" => count(told.totals.no),
            "abstain" => count(told.totals.abstain),
            "note" => Some(told.text),
            _ => None,
        }
    }

    /// The date of a vote.
    fn date(&self, vote: &Vote<'_>) -> Result<Date, String> {
        let text = self.get(vote, "date");
        match self.is_date_told(vote) {
            true => date(&text),
            false => self.mapping.date(&text, self.dates(vote)),
        }
    }

    /// Whether the day of a vote is that of its result.
    fn is_date_told(&self, vote: &Vote<'_>) -> bool {
        let role = Role::Date.as_str();
        let own = self.text_of(vote, role);
        let own = own.unwrap_or_else(|| vote.get(self.name(role)).into_owned());
        let is_told = self.mapping.columns.of.contains_key(&Role::Result);
        is_told && self.told(vote, role, &own).is_some()
    }

    /// What the column of results says of a vote; nothing where it is blank.
    pub(super) fn result(&self, vote: &Vote<'_>) -> Option<Told> {
        let cell = vote.get(self.name(Role::Result.as_str()));
        let is_missing = self.mapping.missing.iter().any(|word| *word == cell);
        let mut results = results_in(if is_missing { "" } else { &cell }).into_iter();
        results.next()
    }

    /// The day in a result, which is in a year where one is known; nothing of numbers that may be two days.
    fn day_of(&self, told: &Told, year: Option<&str>) -> Option<NaiveDate> {
        match told.day.as_ref()? {
            Day::Known(day) => Some(*day),
            Day::Numbers(text) => {
                let text = Day::in_year(text, year)?;
                self.result_dates.as_ref()?.read(&text).ok()?.as_day()
            }
        }
    }

    /// What a table beside says of a vote under a role, and where.
    fn beside(&self, vote: &Vote<'_>, role: &str) -> Option<(&str, &Joined, Place)> {
        let joins = self.joins.iter().filter(|join| join.table.has(role));
        let mut found = joins.filter_map(|join| {
            let (key, table) = (join.vote(vote)?, &join.table);
            Some((table.get(&key, role)?, table, table.place(&key, role)?))
        });
        found.find(|(value, ..)| {
            let mut missing = self.mapping.missing.iter();
            !value.is_empty() && missing.all(|word| word != value)
        })
    }

    /// How the date of a vote is written: as those of the table are, or as those of the table beside that says it.
    fn dates<'a>(&'a self, vote: &'a Vote<'_>) -> &'a DateForm {
        let role = Role::Date.as_str();
        let own = || self.own(vote, role).is_some();
        match self.joins.is_empty() || own() {
            true => vote.dates(),
            false => self
                .beside(vote, role)
                .map_or(vote.dates(), |(_, table, _)| &table.dates),
        }
    }

    /// What the table itself says of a vote under a role.
    fn own<'a>(&self, vote: &'a Vote<'_>, role: &str) -> Option<Cow<'a, str>> {
        let own = vote.get(self.name(role));
        let is_missing = self.mapping.missing.iter().any(|word| *word == own);
        (!own.is_empty() && !is_missing).then_some(own)
    }

    /// What holds of a vote under a role because a table beside has a row for it.
    fn fixed_beside(&self, vote: &Vote<'_>, role: &str) -> Option<&str> {
        let mut joins = self.joins.iter();
        joins.find_map(|join| join.table.fixed(&join.vote(vote)?, role))
    }

    /// What the mapping itself says of a vote, or of all votes, under a role.
    fn given(&self, vote: &Vote<'_>, role: &str) -> Option<&str> {
        let of = |facts: &'_ BTreeMap<Role, String>| {
            let mut facts = facts.iter();
            facts
                .find(|(known, _)| known.as_str() == role)
                .map(|(role, _)| *role)
        };
        let votes = &self.mapping.votes;
        let listed = || {
            let facts = votes.get(&self.mapping.number_of(vote)?)?;
            facts.get(&of(facts)?)
        };
        let listed = (!votes.is_empty() && role != Role::Vote.as_str())
            .then(listed)
            .flatten();
        let fixed = &self.mapping.fixed;
        let fixed = || fixed.get(&of(fixed)?);
        listed.or_else(fixed).map(|value| value.trim())
    }

    /// Where a value stands that a table beside says of a vote, and no column of its own.
    fn place_beside(&self, vote: &Vote<'_>, role: &str) -> Option<Place> {
        if self.own(vote, role).is_some() {
            return None;
        }
        self.beside(vote, role).map(|(_, _, place)| place)
    }

    /// In a table of lists the members may be listed, too: their number counts.
    fn counted<'a>(&self, role: &str, value: Cow<'a, str>) -> Cow<'a, str> {
        let is_list = self.mapping.layout == Shape::Lists && role == Role::Members.as_str();
        let is_number = value.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let separator = self.mapping.list_separator.as_deref();
        match (is_list && !is_number).then(|| names_in(&value, separator)) {
            Some(Some(names)) => Cow::Owned(names.len().to_string()),
            _ => value,
        }
    }

    /// Who decided: by a column, else as the mapping says of the whole file. A value that cannot be read is no body.
    fn body(&self, fields: &mut MappedFields<'_, '_, '_>) -> Option<BodyId> {
        if fields.text("body").is_none() {
            return self.mapping.body.clone();
        }
        fields.meant("body", WRITE_BODY, &self.mapping.bodies, parsed)
    }

    fn decision(&self, fields: &mut MappedFields<'_, '_, '_>, ballots: Ballots) -> Decision {
        let mapping = &*self.mapping;
        let body = self.body(fields);
        let dates = self.dates(fields.vote).clone();
        let is_told = self.is_date_told(fields.vote);
        let cited = |text: &str| cite(text, body.as_ref());
        let document =
            |fields: &MappedFields<'_, '_, '_>, role| fields.text(role).map(|text| cited(&text));
        let announced = fields.announced(["yes", "no", "abstain", "non-voting", "members"]);
        let counts_others = mapping.totals_count_no_voters && ballots.is_empty();
        let (announced, of_others) = match mapping.totals_count_no_voters {
            true => without(announced, fields.vote.no_voters(), &ballots.tally()),
            false => (announced, None),
        };
        let attending = fields.count("attending");
        let mode = fields.meant("mode", WRITE_WORD, &mapping.modes, way);
        let counted = [announced.yes, announced.no, announced.abstain];
        let is_zero = announced.yes.is_some() && counted.iter().flatten().all(|count| *count == 0);
        let (announced, mode) = match mapping.zero_totals {
            ZeroTotals::WithoutVote if mode.is_none() && is_zero => {
                (AnnouncedTally::default(), Mode::WithoutVote)
            }
            _ => (announced, mode.unwrap_or_default()),
        };
        let rule = fields.meant("rule", "", &mapping.rules, |text| Ok(text.to_owned()));
        Decision {
            date: match self.day {
                Some(day) => Some(Date::day(day)),
                None => fields.read("date", WRITE_DAY, |text| match is_told {
                    true => date(text),
                    false => mapping.date(text, &dates),
                }),
            },
            session: fields.read("session", WRITE_WORD, any_session),
            meeting: document(fields, "meeting"),
            symbol: document(fields, "symbol"),
            drafts: list(&fields.get("draft"))
                .map(|text| cited(&text))
                .collect(),
            committee_report: document(fields, "committee-report"),
            agenda: fields.text("agenda"),
            question: Question {
                scope: fields
                    .meant("scope", WRITE_SCOPE, &mapping.scopes, scope)
                    .unwrap_or_default(),
                kind: fields.meant("kind", WRITE_KIND, &mapping.kinds, parsed),
                text: fields.text("question"),
                ..Question::default()
            },
            mode,
            rule,
            announced,
            counts_others,
            attending,
            ballots: (mode != Mode::WithoutVote && !ballots.is_empty()).then_some(ballots),
            partial: mapping.partial,
            outcome: fields.meant("outcome", WRITE_WORD, &mapping.outcomes, |text| {
                outcome(text).map_err(|error| error.to_string())
            }),
            notes: fields.text("note").into_iter().chain(of_others).collect(),
            body,
            ..Decision::default()
        }
    }

    /// The subjects, each by what the mapping says that it means.
    fn subjects(&self, fields: &MappedFields<'_, '_, '_>) -> Vec<String> {
        let printed = fields.get("subjects");
        let meant = list(&printed).filter_map(|subject| match self.mapping.subjects.of(&subject) {
            Some(meaning) => meaning.cloned(),
            None => Some(subject),
        });
        meant.collect()
    }

    fn system(&self, code: &str) -> Option<Participant> {
        self.mapping.voters.get(code).copied()
    }
}

const WRITE_DAY: &str =
    "write it as 2020-12-16, or say by `date-format` in the mapping how days are written";
const WRITE_WORD: &str = "write at most 200 letters, without control characters";
const WRITE_BODY: &str = "say under `[bodies]` in the mapping which body it is";
const WRITE_KIND: &str = "say under `[kinds]` in the mapping which kind of question it is, or `\"*\" = \"\"` if others say none";
const WRITE_SCOPE: &str = "write `whole`, `paragraph`, `amendment` or `motion`, or say under `[scopes]` in the mapping what it means";

/// Totals without those who vote on nothing, wherever their ballots are what a total has more than the list, and a note of what the
/// source prints.
fn without(
    printed: AnnouncedTally,
    no_voters: &[Choice],
    listed: &Tally,
) -> (AnnouncedTally, Option<String>) {
    let mut totals = printed;
    let mut notes = Vec::new();
    for (choice, total) in [
        (Choice::Yes, &mut totals.yes),
        (Choice::No, &mut totals.no),
        (Choice::Abstain, &mut totals.abstain),
    ] {
        let others = no_voters.iter().filter(|other| **other == choice).count();
        let others = u32::try_from(others).unwrap_or(u32::MAX);
        let listed = listed.get(choice);
        if let Some(with) =
            total.filter(|with| others > 0 && listed.checked_add(others) == Some(*with))
        {
            *total = Some(listed);
            let choice = choice.as_str();
            notes.push(format!(
                "{with} {choice} in the source, which counts {others} who had no vote"
            ));
        }
    }
    (totals, (!notes.is_empty()).then(|| notes.join("; ")))
}

/// How it was decided. A word that is not known must not pass for a recorded vote: it is kept.
fn way(text: &str) -> Result<Mode, String> {
    mode(text).map_or_else(|| parsed(text), Ok)
}

fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|error: T::Err| error.to_string())
}

fn scope(text: &str) -> Result<Scope, String> {
    let word = text.to_lowercase();
    let scopes = [
        Scope::Whole,
        Scope::Paragraph,
        Scope::Amendment,
        Scope::Motion,
    ];
    let known = scopes.into_iter().find(|scope| scope.as_str() == word);
    known.ok_or_else(|| {
        format!("unknown scope `{text}` (expected `whole`, `paragraph`, `amendment` or `motion`)")
    })
}

impl MappedFields<'_, '_, '_> {
    /// A value by what the mapping says that it means, else as it is read everywhere.
    fn meant<T: Clone>(
        &mut self,
        role: &str,
        help: &str,
        meanings: &Meanings<T>,
        read: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let text = self.text(role)?;
        match meanings.of(&text) {
            Some(meaning) => meaning.cloned(),
            None => self.read(role, help, read),
        }
    }
}

impl LongFormat for Mapped {
    fn agreement(&self, vote: &mut Vote<'_>, ballots: Ballots) -> Agreement {
        let mut fields = MappedFields { format: self, vote };
        let decision = self.decision(&mut fields, ballots);
        let title = fields
            .text("title")
            .or_else(|| decision.question.text.clone());
        Agreement {
            title: title.unwrap_or_default(),
            symbols: decision.symbol.clone().into_iter().collect(),
            subjects: self.subjects(&fields),
            sources: vec![Source {
                title: self.source.clone(),
                record: self.mapping.number_of(fields.vote),
                url: fields.text("url"),
                ..Source::default()
            }],
            acts: vec![Act::Decision(Box::new(decision))],
            ..Agreement::default()
        }
    }

    fn column(&self, field: Field) -> Option<&'static str> {
        let role = match field {
            Field::Source(_) | Field::Id => "vote",
            Field::Choice(_) | Field::Ballots => "choice",
            Field::Name(_) if self.voter.code.is_some() => "state",
            Field::Name(_) => "name",
            other => plain_name(other)?,
        };
        Some(self.name(role))
    }

    fn undated(&self, vote: &Vote<'_>) -> Option<Undated> {
        self.names.get("date").filter(|column| vote.has(column))?;
        Undated::of(&self.get(vote, "date"), |_| self.date(vote).is_ok())
    }

    fn date_of(&self, text: &str, dates: &DateForm) -> Option<Date> {
        self.mapping.date(text, dates).ok()
    }

    fn has_own_dates(&self) -> bool {
        !self.mapping.date_format.0.is_empty()
    }

    fn place(&self, vote: &Vote<'_>, field: Field) -> Option<Place> {
        self.place_beside(vote, plain_name(field)?)
    }

    fn printed<'a>(&'a self, values: &'a [Box<str>]) -> Printed<'a> {
        let VoterColumns { code, name } = self.voter;
        let value = |at: Option<usize>| at.and_then(|at| values.get(at)).map_or("", |v| v);
        let (mut code, mut name) = (value(code), value(name));
        if let ([heading], true) = (values, code.is_empty() && name.is_empty()) {
            // A wide table: the heading over the column. A list: the name in it.
            code = heading;
        }
        for (role, text) in [(Role::State, &mut code), (Role::Name, &mut name)] {
            if text.trim().is_empty() {
                let mut found = self
                    .joins
                    .iter()
                    .filter_map(|join| join.table.get(&join.voter(values)?, role.as_str()));
                *text = found.find(|found| !found.is_empty()).unwrap_or(*text);
            }
        }
        Printed { code, name }
    }

    fn day(&self, vote: &Vote<'_>) -> Option<NaiveDate> {
        if self.day.is_some() {
            return self.day;
        }
        let text = self.get(vote, "date");
        match self.date(vote) {
            Ok(date) => date.as_day(),
            Err(_) => day_for_names(&text, &DateForm::USUAL),
        }
    }

    fn days(&self, vote: &Vote<'_>) -> Days {
        let date = self.date(vote);
        let span = date.ok().map(|date| (date.earliest(), date.latest()));
        span.or_else(|| self.day(vote).map(|day| (day, day)))
    }

    fn voter(&self) -> VoterColumns {
        self.voter
    }

    fn identify(&self, values: &[Box<str>], on: Option<NaiveDate>) -> Identified {
        let printed = self.printed(values).trimmed();
        let own = [printed.code, printed.name]
            .into_iter()
            .find_map(|text| self.system(text));
        if let Some(who) = own {
            return kept(Some(who), printed);
        }
        if self.mapping.codes == Codes::None {
            return person(printed, self.mapping.person_prefix.as_deref());
        }
        let text = [printed.code, printed.name]
            .into_iter()
            .find(|text| !text.is_empty());
        let time = match self.mapping.codes_of {
            CodesOf::Then => on,
            CodesOf::Day(day) => Some(day),
        };
        let found = self.by_codes(printed, time);
        names::on_its_seat(found, text.unwrap_or_default(), on)
    }

    fn changes(&self, values: &[Box<str>]) -> Vec<NaiveDate> {
        if self.mapping.codes == Codes::None {
            // A person is one person on every day.
            return Vec::new();
        }
        let Printed { code, name } = self.printed(values);
        let values = values.iter().map(|value| &**value);
        let values = values.chain([code, name]);
        names::changes_of_seats(values.map(|value| whole(value.trim()).unwrap_or(value)))
    }
}

impl Mapped {
    /// Identifies a voter by the codes of the table.
    fn by_codes(&self, printed: Printed<'_>, on: Option<NaiveDate>) -> Identified {
        match self.mapping.codes {
            Codes::None => person(printed, self.mapping.person_prefix.as_deref()),
            Codes::Names if printed.name.is_empty() => names::identify_text(printed.code, on),
            Codes::Names | Codes::Iso3 => names::identify(printed, on),
            Codes::Iso2 | Codes::M49 | Codes::Cow => {
                let system = self.mapping.codes.system();
                let by_code = system.and_then(|system| in_system(system, printed.code, on));
                let is_code = |code: &str| names::is_code(&CodeSystem::ALL, code);
                let by_name = || {
                    names::identify(
                        Printed {
                            code: "",
                            ..printed
                        },
                        on,
                    )
                    .entry
                    .state()
                };
                let mut found = kept(by_code.or_else(by_name).map(Into::into), printed);
                let code = whole(printed.code).unwrap_or(printed.code);
                if by_code.is_none() && !is_code(code) {
                    found.contradiction = Contradiction::nobody(&found.entry, printed.code);
                }
                found
            }
        }
    }
}

/// A person, by the code or the name that the table prints; a text that is a participant already, such as
/// `person:icpsr-40104` or `unit:CH-ZH`, is that one. A text that no identifier can hold stays unresolved, and `unknown-state` says so.
pub(crate) fn person(printed: Printed<'_>, prefix: Option<&str>) -> Identified {
    let text = match printed.code {
        "" => printed.name,
        code => code,
    };
    let prefixed = format!("{}{text}", prefix.unwrap_or_default());
    let by_text = || {
        let person = Participant::from_printed(ParticipantKind::Person, &prefixed);
        person.ok().filter(|_| !text.is_empty())
    };
    kept(names::written(text).or_else(by_text), printed)
}

/// An entry with everything that was printed, but for a code that is the participant's own.
fn kept(who: Option<Participant>, printed: Printed<'_>) -> Identified {
    let text = |text: &str| Some(text).filter(|t| !t.is_empty()).map(Into::into);
    let is_own = |code: &str| {
        who.is_some_and(|who| match who.code() {
            Some(state) => who.as_str() == code && entity(state).is_some(),
            None => who.as_str() == code || who.identifier() == code,
        })
    };
    let code = Some(printed.code).filter(|code| !is_own(code));
    Identified {
        entry: RollEntry {
            who,
            code: text(code.unwrap_or_default()),
            name: text(printed.name),
        },
        contradiction: None,
    }
}
