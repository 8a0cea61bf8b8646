//! What the columns that a mapping names become.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use plenary_states::{CodeSystem, entity};
use plenary_types::{
    Act, Agreement, AnnouncedTally, Ballots, Citation, Date, Decision, Field, Finding, Mode,
    Question, RollEntry, Source, Total, at_midnight,
};

use super::{Codes, Mapping, Role};
use crate::csv::table::{LongFormat, Vote};
use crate::names::{self, Contradiction, Identified, Printed};
use crate::texts::{
    WRITE_COUNT, WRITE_SESSION, cite, count, date, day_for_names, list, mode, outcome, session,
};

/// Reads a mapped table.
#[derive(Debug)]
pub(super) struct Mapped {
    pub(super) mapping: Arc<Mapping>,
    /// Where the votes come from: as the mapping says, else the name of the file, whose numbers of rows mean nothing elsewhere.
    pub(super) source: String,
    /// By which name the table knows the column of each role; columns of two roles have one name.
    pub(super) names: BTreeMap<Role, &'static str>,
    /// Where code and name stand among the columns on who voted.
    pub(super) code: Option<usize>,
    pub(super) name: Option<usize>,
}

impl Mapped {
    fn name(&self, role: Role) -> &'static str {
        self.names.get(&role).copied().unwrap_or(role.as_str())
    }

    /// A value of the vote's first row, or the one that holds for the whole file.
    fn get<'a>(&'a self, vote: &Vote<'a>, role: Role) -> Cow<'a, str> {
        let value = vote.get(self.name(role));
        match self.mapping.fixed.get(&role) {
            Some(fixed) if value.is_empty() => Cow::Borrowed(fixed.trim()),
            _ => value,
        }
    }

    fn text(&self, vote: &Vote<'_>, role: Role) -> Option<String> {
        Some(self.get(vote, role).into_owned()).filter(|text| !text.is_empty())
    }

    fn citation(&self, vote: &Vote<'_>, role: Role) -> Option<Citation> {
        let body = self.mapping.body.as_ref();
        self.text(vote, role).map(|text| cite(&text, body))
    }

    fn read<T>(
        &self,
        vote: &Vote<'_>,
        role: Role,
        read: impl FnOnce(&str) -> Result<T, String>,
        findings: &mut Vec<Finding>,
    ) -> Option<T> {
        let text = self.text(vote, role)?;
        read(&text)
            .map_err(|message| {
                findings.push(vote.unreadable(self.name(role), message, advice(role)));
            })
            .ok()
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

    fn decision(&self, vote: &Vote<'_>, ballots: Ballots, findings: &mut Vec<Finding>) -> Decision {
        let list = |role| list(&self.get(vote, role)).collect::<Vec<_>>();
        let mut total = |role| self.read(vote, role, count, findings);
        let announced = AnnouncedTally {
            yes: total(Role::Yes),
            no: total(Role::No),
            abstain: total(Role::Abstain),
            non_voting: total(Role::NonVoting),
            members: total(Role::Members),
        };
        let mode = self.read(vote, Role::Mode, way, findings);
        let mode = mode.unwrap_or_default();
        let result = self.read(vote, Role::Outcome, outcome, findings);
        let note = self.text(vote, Role::Note);
        let ended = matches!(result, Some(None)).then(|| self.text(vote, Role::Outcome));
        let ended = ended.flatten().map(|text| format!("outcome: {text}"));
        Decision {
            body: self.mapping.body.clone(),
            date: self.read(vote, Role::Date, |text| self.date(text), findings),
            session: self.read(vote, Role::Session, session, findings),
            meeting: self.citation(vote, Role::Meeting),
            symbol: self.citation(vote, Role::Symbol),
            drafts: list(Role::Draft)
                .iter()
                .map(|text| cite(text, self.mapping.body.as_ref()))
                .collect(),
            committee_report: self.citation(vote, Role::CommitteeReport),
            agenda: self.text(vote, Role::Agenda),
            question: Question {
                text: self.text(vote, Role::Question),
                ..Question::default()
            },
            mode,
            announced,
            ballots: (mode != Mode::WithoutVote && !ballots.is_empty()).then_some(ballots),
            partial: self.mapping.partial,
            outcome: result.flatten(),
            notes: note.into_iter().chain(ended).collect(),
            ..Decision::default()
        }
    }

    fn system(&self, code: &str) -> Option<plenary_types::StateCode> {
        self.mapping.voters.get(code).copied()
    }
}

/// What to do about a value that is none.
const fn advice(role: Role) -> &'static str {
    match role {
        Role::Date => {
            "write it as 2020-12-16, or say by `date-format` in the mapping how days are written"
        }
        Role::Session => WRITE_SESSION,
        Role::Outcome => "write `adopted`, `rejected` or `withdrawn`",
        Role::Mode => "write `recorded`, `non-recorded`, `secret ballot` or `without a vote`",
        _ => WRITE_COUNT,
    }
}

/// How it was decided. A word that is not known must not pass for a recorded vote.
fn way(text: &str) -> Result<Mode, String> {
    mode(text).ok_or_else(|| {
        format!(
            "`{text}` is no way to decide: expected `recorded`, `non-recorded`, `secret ballot` or `without a vote`"
        )
    })
}

impl LongFormat for Mapped {
    fn agreement(&self, vote: &Vote<'_>, ballots: Ballots) -> (Agreement, Vec<Finding>) {
        let mut findings = Vec::new();
        let decision = self.decision(vote, ballots, &mut findings);
        let id = self.text(vote, Role::Vote);
        let title = self
            .text(vote, Role::Title)
            .or_else(|| decision.question.text.clone());
        let agreement = Agreement {
            title: title.unwrap_or_default(),
            symbols: decision.symbol.clone().into_iter().collect(),
            subjects: list(&self.get(vote, Role::Subjects)).collect(),
            sources: vec![Source {
                title: self.source.clone(),
                record: id,
                url: self.text(vote, Role::Url),
                ..Source::default()
            }],
            acts: vec![Act::Decision(Box::new(decision))],
            ..Agreement::default()
        };
        (agreement, findings)
    }

    fn column(&self, field: Field) -> Option<&'static str> {
        let role = match field {
            Field::Title => Role::Title,
            Field::Symbol(_) => Role::Symbol,
            Field::Outcome => Role::Outcome,
            Field::Source(_) | Field::Id => Role::Vote,
            Field::Date => Role::Date,
            Field::Session => Role::Session,
            Field::Meeting => Role::Meeting,
            Field::Draft(_) => Role::Draft,
            Field::CommitteeReport => Role::CommitteeReport,
            Field::Mode => Role::Mode,
            Field::Announced(Total::Yes) => Role::Yes,
            Field::Announced(Total::No) => Role::No,
            Field::Announced(Total::Abstain) => Role::Abstain,
            Field::Announced(Total::NonVoting) => Role::NonVoting,
            Field::Announced(Total::Members) => Role::Members,
            Field::Choice(_) | Field::Ballots => Role::Choice,
            Field::Name(_) if self.code.is_some() => Role::State,
            Field::Name(_) => Role::Name,
            _ => return None,
        };
        Some(self.name(role))
    }

    fn day(&self, vote: &Vote<'_>) -> Option<NaiveDate> {
        let text = self.get(vote, Role::Date);
        match self.date(&text) {
            Ok(date) => date.as_day(),
            Err(_) => day_for_names(&text),
        }
    }

    fn printed<'a>(&self, values: &'a [Box<str>]) -> Printed<'a> {
        let value = |at: Option<usize>| at.and_then(|at| values.get(at)).map_or("", |v| v.trim());
        Printed {
            code: value(self.code),
            name: value(self.name),
        }
    }

    fn identify(&self, values: &[Box<str>], on: Option<NaiveDate>) -> Identified {
        let printed = match values {
            // A wide table: the heading over the column.
            [heading] if self.code.is_none() && self.name.is_none() => Printed {
                code: heading,
                name: "",
            },
            _ => self.printed(values),
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
                let by_code = names::of_system(self.mapping.codes, printed.code, on);
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

/// An entry with everything that was printed, but for a code that is the state's own.
fn kept(state: Option<plenary_types::StateCode>, printed: Printed<'_>) -> Identified {
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
