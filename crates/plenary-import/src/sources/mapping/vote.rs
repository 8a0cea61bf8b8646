//! What the columns that a mapping names become.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use plenary_states::{CodeSystem, Resolver, entity};
use plenary_types::{
    Act, Agreement, Ballots, Date, Decision, Field, Mode, Question, RollEntry, Source, StateCode,
    at_midnight,
};

use super::definition::{Codes, Mapping};
use crate::csv::table::{LongFormat, Vote, VoterColumns};
use crate::fields::{Fields, plain_name};
use crate::names::{self, Contradiction, Identified, Printed};
use crate::texts::{cite, date, day_for_names, list, mode, outcome};

/// Reads a mapped table.
#[derive(Debug)]
pub(super) struct Mapped {
    pub(super) mapping: Arc<Mapping>,
    /// Where the votes come from: as the mapping says, else the name of the file, whose numbers of rows mean nothing elsewhere.
    pub(super) source: String,
    /// By which name the table knows the column of each role; columns of two roles have one name.
    pub(super) names: BTreeMap<&'static str, &'static str>,
    pub(super) voter: VoterColumns,
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
        self.vote.unreadable(self.format.name(role), message, help);
    }
}

impl Mapped {
    fn name(&self, role: &str) -> &'static str {
        self.names.get(role).copied().unwrap_or_default()
    }

    fn get<'a>(&'a self, vote: &'a Vote<'_>, role: &str) -> Cow<'a, str> {
        let value = vote.get(self.name(role));
        let mut fixed = self.mapping.fixed.iter();
        match fixed.find(|(known, _)| known.as_str() == role) {
            Some((_, fixed)) if value.is_empty() => Cow::Borrowed(fixed.trim()),
            _ => value,
        }
    }

    fn date(&self, text: &str) -> Result<Date, String> {
        let Some(format) = &self.mapping.date_format else {
            return date(text);
        };
        let day = NaiveDate::parse_from_str(text, format);
        day.or_else(|error| {
            let day = at_midnight(text).ok_or(error)?;
            NaiveDate::parse_from_str(day, format)
        })
        .map(Date::day)
        .map_err(|e| format!("`{text}` is not a date of the form `{format}`: {e}"))
    }

    fn decision(&self, fields: &mut MappedFields<'_, '_, '_>, ballots: Ballots) -> Decision {
        let cited = |text: &str| cite(text, self.mapping.body.as_ref());
        let document =
            |fields: &MappedFields<'_, '_, '_>, role| fields.text(role).map(|text| cited(&text));
        let announced = fields.announced(["yes", "no", "abstain", "non-voting", "members"]);
        let mode = fields.read("mode", WRITE_MODE, way).unwrap_or_default();
        let result = fields.read("outcome", WRITE_OUTCOME, outcome);
        let ended = matches!(result, Some(None)).then(|| fields.text("outcome"));
        let ended = ended.flatten().map(|text| format!("outcome: {text}"));
        Decision {
            body: self.mapping.body.clone(),
            date: fields.read("date", WRITE_DAY, |text| self.date(text)),
            session: fields.session("session"),
            meeting: document(fields, "meeting"),
            symbol: document(fields, "symbol"),
            drafts: list(&fields.get("draft"))
                .map(|text| cited(&text))
                .collect(),
            committee_report: document(fields, "committee-report"),
            agenda: fields.text("agenda"),
            question: Question {
                text: fields.text("question"),
                ..Question::default()
            },
            mode,
            announced,
            ballots: (mode != Mode::WithoutVote && !ballots.is_empty()).then_some(ballots),
            partial: self.mapping.partial,
            outcome: result.flatten(),
            notes: fields.text("note").into_iter().chain(ended).collect(),
            ..Decision::default()
        }
    }

    fn system(&self, code: &str) -> Option<StateCode> {
        self.mapping.voters.get(code).copied()
    }
}

const WRITE_DAY: &str =
    "write it as 2020-12-16, or say by `date-format` in the mapping how days are written";
const WRITE_MODE: &str = "write `recorded`, `non-recorded`, `secret ballot` or `without a vote`";
const WRITE_OUTCOME: &str = "write `adopted`, `rejected` or `withdrawn`";

/// How it was decided. A word that is not known must not pass for a recorded vote.
fn way(text: &str) -> Result<Mode, String> {
    mode(text).ok_or_else(|| {
        format!(
            "unknown voting method `{text}` (expected `recorded`, `non-recorded`, `secret ballot` or `without a vote`)"
        )
    })
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
            subjects: list(&fields.get("subjects")).collect(),
            sources: vec![Source {
                title: self.source.clone(),
                record: fields.text("vote"),
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

    fn day(&self, vote: &Vote<'_>) -> Option<NaiveDate> {
        let text = self.get(vote, "date");
        match self.date(&text) {
            Ok(date) => date.as_day(),
            Err(_) => day_for_names(&text),
        }
    }

    fn voter(&self) -> VoterColumns {
        self.voter
    }

    fn identify(&self, values: &[Box<str>], on: Option<NaiveDate>) -> Identified {
        let printed = match values {
            // A wide table: the heading over the column.
            [heading] if self.voter.code.is_none() && self.voter.name.is_none() => Printed {
                code: heading,
                name: "",
            },
            _ => self.printed(values).trimmed(),
        };
        let own = [printed.code, printed.name]
            .into_iter()
            .find_map(|text| self.system(text));
        if let Some(state) = own {
            return kept(Some(state), printed);
        }
        let text = [printed.code, printed.name]
            .into_iter()
            .find(|text| !text.is_empty());
        let found = self.by_codes(printed, on);
        names::on_its_seat(found, text.unwrap_or_default(), on)
    }

    fn changes(&self, values: &[Box<str>]) -> Vec<NaiveDate> {
        names::changes_of_seats(values.iter().map(|value| &**value))
    }
}

impl Mapped {
    /// Identifies a voter by the codes of the table.
    fn by_codes(&self, printed: Printed<'_>, on: Option<NaiveDate>) -> Identified {
        match self.mapping.codes {
            Codes::None => kept(None, printed),
            Codes::Names if printed.name.is_empty() => names::identify_text(printed.code, on),
            Codes::Names | Codes::Iso3 => names::identify(printed, on),
            Codes::Iso2 | Codes::M49 | Codes::Cow => {
                let by_code = by_system(self.mapping.codes, printed.code, on);
                let by_name = || {
                    names::identify(
                        Printed {
                            code: "",
                            ..printed
                        },
                        on,
                    )
                    .entry
                    .state
                };
                let mut found = kept(by_code.or_else(by_name), printed);
                if by_code.is_none() && !names::is_code(&CodeSystem::ALL, printed.code) {
                    found.contradiction = Contradiction::nobody(&found.entry, printed.code);
                }
                found
            }
        }
    }
}

/// The state of a code in a system, on a day or at any time.
fn by_system(codes: Codes, code: &str, on: Option<NaiveDate>) -> Option<StateCode> {
    let codes = Resolver::new().codes(codes.system()?);
    codes.on(on).resolve(code).or_else(|| codes.resolve(code))
}

/// An entry with everything that was printed, but for a code that is the state's own.
fn kept(state: Option<StateCode>, printed: Printed<'_>) -> Identified {
    let text = |text: &str| Some(text).filter(|t| !t.is_empty()).map(Into::into);
    let own = state
        .filter(|state| entity(*state).is_some())
        .map(|state| state.to_string());
    Identified {
        entry: RollEntry {
            state,
            code: text(
                Some(printed.code)
                    .filter(|code| own.as_deref() != Some(*code))
                    .unwrap_or_default(),
            ),
            name: text(printed.name),
        },
        contradiction: None,
    }
}
