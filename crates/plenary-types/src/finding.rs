//! [`Finding`]: what is wrong with a record, and where.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::quote::{brief, cut_value};

/// What is wrong with a record, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The name of the check, in kebab case: `tally-mismatch`.
    pub check: Cow<'static, str>,
    /// How sure it is that something is wrong.
    pub severity: Severity,
    /// What is wrong, in the words of the field: lower case, no full stop.
    pub message: String,
    /// Which record: its symbol or, failing that, its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// Where in the source.
    #[serde(flatten)]
    pub place: Place,
    /// What was expected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// What was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
    /// What to do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

impl Finding {
    /// Cuts what it quotes of its input to 200 characters each ([`brief`]).
    pub fn shorten(&mut self) {
        if let Cow::Owned(message) = brief(&self.message) {
            self.message = message;
        }
        for value in [
            &mut self.record,
            &mut self.place.field,
            &mut self.expected,
            &mut self.found,
        ] {
            if let Some(cut) = value.as_deref().and_then(cut_value) {
                *value = Some(cut);
            }
        }
    }
}

/// In one line: `error[tally-mismatch]: votes.csv:12: A/RES/73/195: message (expected 152, found 151)`.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]: ", self.severity, self.check)?;
        if self.place.path.is_some() {
            write!(f, "{}: ", self.place)?;
        }
        f.write_str(&self.sentence())
    }
}

impl Finding {
    /// The record, the message and the values in one line, without the level, the check and the place.
    #[must_use]
    pub fn sentence(&self) -> String {
        let record = self.record.as_ref();
        let record = record.map_or_else(String::new, |record| format!("{record}: "));
        let values = match (&self.expected, &self.found) {
            (Some(expected), Some(found)) => format!(" (expected {expected}, found {found})"),
            (Some(expected), None) => format!(" (expected {expected})"),
            (None, Some(found)) => format!(" (found {found})"),
            (None, None) => String::new(),
        };
        format!("{record}{}{values}", self.message)
    }
}

/// How sure it is that something is wrong. The order is that of weight: notes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Unusual: worth a look.
    Note,
    /// Almost surely wrong.
    Warning,
    /// It cannot be true.
    Error,
}

impl Severity {
    /// The word used in documents and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A place in a source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The line, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// The column in characters, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<u64>,
    /// The field: a column's name, or the path inside a document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

/// `votes.csv:12:3: ms_vote`; of no file, `input`.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.path.as_deref().unwrap_or("input"))?;
        for number in [self.line, self.column].into_iter().flatten() {
            write!(f, ":{number}")?;
        }
        match &self.field {
            Some(field) => write!(f, ": {field}"),
            None => Ok(()),
        }
    }
}

/// A part of a record, in the terms of the model. An adapter's [`Origin`] turns it into a [`Place`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locus {
    /// The act that it is in, by its place among the acts.
    pub act: Option<usize>,
    /// Which field.
    pub field: Field,
}

/// A field of an agreement or of one of its acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Field {
    /// The whole record or act.
    Whole,
    /// The identifier.
    Id,
    /// The title.
    Title,
    /// A symbol of the agreement, by its place.
    Symbol(usize),
    /// A claim, by its place.
    Claim(usize),
    /// A source, by its place.
    Source(usize),
    /// The body that decided.
    Body,
    /// The date of the act.
    Date,
    /// The session.
    Session,
    /// The meeting.
    Meeting,
    /// The document that came out.
    Outcome,
    /// A draft, by its place.
    Draft(usize),
    /// The committee report.
    CommitteeReport,
    /// How it was decided.
    Mode,
    /// The rule.
    Rule,
    /// An announced total.
    Announced(Total),
    /// The ballots as a whole.
    Ballots,
    /// One ballot, by its place on the roll: the choice.
    Choice(usize),
    /// One ballot, by its place on the roll: the name or code.
    Name(usize),
    /// A note of the source, by its place.
    Note(usize),
    /// The clause on entry into force.
    InForceWhen,
    /// The stated date of entry into force.
    InForceSince,
}

/// One of the totals that a source announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Total {
    /// In favour.
    Yes,
    /// Against.
    No,
    /// Abstaining.
    Abstain,
    /// Not voting.
    NonVoting,
    /// Members.
    Members,
}

impl Locus {
    /// A field of the agreement itself.
    #[must_use]
    pub const fn of_record(field: Field) -> Self {
        Self { act: None, field }
    }

    /// A field of an act.
    #[must_use]
    pub const fn of_act(act: usize, field: Field) -> Self {
        Self {
            act: Some(act),
            field,
        }
    }
}

/// Knows where in its source each part of a record stands.
pub trait Origin: Send + Sync {
    /// The place of a part, as exact as the source allows.
    fn place(&self, locus: Locus) -> Place;
}

/// A record without a source, such as one made in memory: the field is all there is to say.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoOrigin;

impl Origin for NoOrigin {
    fn place(&self, locus: Locus) -> Place {
        Place {
            field: Some(locus.to_string()),
            ..Place::default()
        }
    }
}

impl fmt::Display for Locus {
    /// The path inside the native JSON document: `acts[6].announced.yes`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(act) = self.act {
            write!(f, "acts[{act}]")?;
            if self.field != Field::Whole {
                f.write_str(".")?;
            }
        }
        match self.field {
            Field::Whole => Ok(()),
            Field::Id => f.write_str("id"),
            Field::Title => f.write_str("title"),
            Field::Symbol(_) if self.act.is_some() => f.write_str("symbol"),
            Field::Symbol(at) => write!(f, "symbols[{at}]"),
            Field::Claim(at) => write!(f, "claims[{at}]"),
            Field::Source(at) => write!(f, "sources[{at}]"),
            Field::Body => f.write_str("body"),
            Field::Date => f.write_str("date"),
            Field::Session => f.write_str("session"),
            Field::Meeting => f.write_str("meeting"),
            Field::Outcome => f.write_str("outcome"),
            Field::Draft(at) => write!(f, "drafts[{at}]"),
            Field::CommitteeReport => f.write_str("committee-report"),
            Field::Mode => f.write_str("mode"),
            Field::Rule => f.write_str("rule"),
            Field::Announced(total) => write!(f, "announced.{}", total.as_str()),
            Field::Ballots => f.write_str("ballots"),
            Field::Choice(at) | Field::Name(at) => write!(f, "ballots[{at}]"),
            Field::Note(at) => write!(f, "notes[{at}]"),
            Field::InForceWhen => f.write_str("in-force-when"),
            Field::InForceSince => f.write_str("in-force-since"),
        }
    }
}

impl Total {
    /// Its name in the native document.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Abstain => "abstain",
            Self::NonVoting => "non-voting",
            Self::Members => "members",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_severity_has_one_word_everywhere_and_errors_weigh_most() {
        let all = [Severity::Note, Severity::Warning, Severity::Error];
        assert!(all.is_sorted());
        for (severity, word) in all.into_iter().zip(["note", "warning", "error"]) {
            assert_eq!(severity.as_str(), word);
            assert_eq!(severity.to_string(), word);
            assert_eq!(serde_json::to_value(severity).unwrap(), word);
        }
    }

    #[test]
    fn a_locus_is_the_path_in_the_native_document() {
        let record = [
            (Field::Whole, ""),
            (Field::Id, "id"),
            (Field::Title, "title"),
            (Field::Symbol(1), "symbols[1]"),
            (Field::Claim(2), "claims[2]"),
            (Field::Source(0), "sources[0]"),
        ];
        let act = [
            (Field::Whole, "acts[3]"),
            (Field::Symbol(0), "acts[3].symbol"),
            (Field::Body, "acts[3].body"),
            (Field::Date, "acts[3].date"),
            (Field::Session, "acts[3].session"),
            (Field::Meeting, "acts[3].meeting"),
            (Field::Outcome, "acts[3].outcome"),
            (Field::Draft(4), "acts[3].drafts[4]"),
            (Field::CommitteeReport, "acts[3].committee-report"),
            (Field::Mode, "acts[3].mode"),
            (Field::Rule, "acts[3].rule"),
            (Field::Announced(Total::Yes), "acts[3].announced.yes"),
            (Field::Announced(Total::No), "acts[3].announced.no"),
            (
                Field::Announced(Total::Abstain),
                "acts[3].announced.abstain",
            ),
            (
                Field::Announced(Total::NonVoting),
                "acts[3].announced.non-voting",
            ),
            (
                Field::Announced(Total::Members),
                "acts[3].announced.members",
            ),
            (Field::Ballots, "acts[3].ballots"),
            (Field::Choice(5), "acts[3].ballots[5]"),
            (Field::Name(5), "acts[3].ballots[5]"),
            (Field::Note(6), "acts[3].notes[6]"),
            (Field::InForceWhen, "acts[3].in-force-when"),
            (Field::InForceSince, "acts[3].in-force-since"),
        ];
        let of_record = record.map(|(field, path)| (Locus::of_record(field), path));
        let of_act = act.map(|(field, path)| (Locus::of_act(3, field), path));
        for (locus, path) in of_record.into_iter().chain(of_act) {
            assert_eq!(locus.to_string(), path);
            let place = Place {
                field: Some(path.to_owned()),
                ..Place::default()
            };
            assert_eq!(NoOrigin.place(locus), place);
        }
    }
}
