//! [`Finding`]: what is wrong with a record, and where.

use std::borrow::Cow;
use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::quote::{brief, cut_value};
use crate::{Citation, Date, Participant, Session, StateCode};

/// What is wrong with a record, and where.
///
/// ```
/// use plenary_types::{Finding, Severity, StateCode, Subject};
///
/// let france: StateCode = "FRA".parse()?;
/// let finding = Finding::new("duplicate-ballot", Severity::Error, "France is on the list more than once")
///     .with_record("A/RES/73/195")
///     .with_found("2 ballots")
///     .with_subjects([france]);
/// assert_eq!(finding.subjects, [Subject::from(france)]);
/// # Ok::<(), plenary_types::CodeError>(())
/// ```
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
    /// Whom and what the message and the values name, each once, so that no program has to read it out of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<Subject>,
}

impl Finding {
    /// A finding of which nothing more is known.
    #[must_use]
    pub fn new(
        check: impl Into<Cow<'static, str>>,
        severity: Severity,
        message: impl Into<String>,
    ) -> Self {
        Self {
            check: check.into(),
            severity,
            message: message.into(),
            record: None,
            place: Place::default(),
            expected: None,
            found: None,
            help: None,
            subjects: Vec::new(),
        }
    }

    /// Of a record, by its symbol or title.
    #[must_use]
    pub fn with_record(mut self, record: impl Into<String>) -> Self {
        self.record = Some(record.into());
        self
    }

    /// At a place of the source.
    #[must_use]
    pub fn with_place(mut self, place: Place) -> Self {
        self.place = place;
        self
    }

    /// With what was expected.
    #[must_use]
    pub fn with_expected(mut self, expected: impl ToString) -> Self {
        self.expected = Some(expected.to_string());
        self
    }

    /// With what was found.
    #[must_use]
    pub fn with_found(mut self, found: impl ToString) -> Self {
        self.found = Some(found.to_string());
        self
    }

    /// With what to do about it.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With what it names beside what it names already.
    #[must_use]
    pub fn with_subjects<S: Into<Subject>>(
        mut self,
        subjects: impl IntoIterator<Item = S>,
    ) -> Self {
        self.add_subjects(subjects);
        self
    }

    /// Adds what it names; what is there already is not added again.
    pub fn add_subjects<S: Into<Subject>>(&mut self, subjects: impl IntoIterator<Item = S>) {
        for subject in subjects.into_iter().map(Into::into) {
            if !self.subjects.contains(&subject) {
                self.subjects.push(subject);
            }
        }
    }

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
        for subject in &mut self.subjects {
            if let Subject::Name(text) | Subject::Record(text) = subject
                && let Some(cut) = cut_value(text)
            {
                *text = cut;
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

/// One of whom or what a finding names: `{"participant": "FRA"}` in JSON.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Subject {
    /// A participant: its code, or its kind and identifier.
    Participant(Participant),
    /// A participant as the source prints it, where that is the code of nobody known.
    Name(String),
    /// A session.
    Session(Session),
    /// A date.
    Date(Date),
    /// Another record or document: its symbol or, failing that, its title or identifier.
    Record(String),
}

impl Subject {
    /// The word for what it is, as in JSON.
    ///
    /// ```
    /// use plenary_types::{Date, Subject};
    ///
    /// let subject = Subject::from(Date::year(2018)?);
    /// assert_eq!((subject.kind(), &*subject.to_string()), ("date", "2018"));
    /// assert_eq!(Subject::parse("date", "2018"), Some(subject));
    /// # Ok::<(), plenary_types::DateError>(())
    /// ```
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Participant(_) => "participant",
            Self::Name(_) => "name",
            Self::Session(_) => "session",
            Self::Date(_) => "date",
            Self::Record(_) => "record",
        }
    }

    /// Reads what [`Subject::kind`] and [`fmt::Display`] write.
    #[must_use]
    pub fn parse(kind: &str, value: &str) -> Option<Self> {
        match kind {
            "participant" => value.parse().ok().map(Self::Participant),
            "name" => Some(Self::Name(value.to_owned())),
            "session" => Session::read(value).ok().map(Self::Session),
            "date" => value.parse().ok().map(Self::Date),
            "record" => Some(Self::Record(value.to_owned())),
            _ => None,
        }
    }
}

/// The value alone: `FRA`, `2018-12-19`.
impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Participant(who) => who.fmt(f),
            Self::Name(text) | Self::Record(text) => f.pad(text),
            Self::Session(session) => session.fmt(f),
            Self::Date(date) => date.fmt(f),
        }
    }
}

impl From<StateCode> for Subject {
    fn from(code: StateCode) -> Self {
        Self::Participant(code.into())
    }
}

impl From<Participant> for Subject {
    fn from(who: Participant) -> Self {
        Self::Participant(who)
    }
}

impl From<Session> for Subject {
    fn from(session: Session) -> Self {
        Self::Session(session)
    }
}

impl From<Date> for Subject {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl From<NaiveDate> for Subject {
    fn from(day: NaiveDate) -> Self {
        Self::Date(day.into())
    }
}

/// A document, by its symbol.
impl From<&Citation> for Subject {
    fn from(citation: &Citation) -> Self {
        Self::Record(citation.as_str().to_owned())
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

impl Place {
    /// A file, or what stands for one, as a whole.
    #[must_use]
    pub fn new(path: impl Into<String>) -> Self {
        Self {
            path: Some(path.into()),
            ..Self::default()
        }
    }

    /// On a line, from 1.
    #[must_use]
    pub const fn with_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    /// At a character of the line, from 1.
    #[must_use]
    pub const fn with_column(mut self, column: u64) -> Self {
        self.column = Some(column);
        self
    }

    /// In a field: a column's name, or the path inside a document.
    #[must_use]
    pub fn with_field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }
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
    /// The kind of agreement.
    Kind,
    /// The kind of question.
    QuestionKind,
    /// A symbol of the agreement, by its place.
    Symbol(usize),
    /// A claim, by its place.
    Claim(usize),
    /// A relation to another agreement, by its place.
    Relation(usize),
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
    /// The decisions of other organs.
    With,
    /// How many attended.
    Attending,
    /// Who objected.
    Objections,
    /// Who takes part.
    TakingPart,
    /// The body to which an election elects.
    To,
    /// A contest of an election, by its place.
    Contest(usize),
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
            Field::Kind => f.write_str("kind"),
            Field::QuestionKind => f.write_str("question.kind"),
            Field::Symbol(_) if self.act.is_some() => f.write_str("symbol"),
            Field::Symbol(at) => write!(f, "symbols[{at}]"),
            Field::Claim(at) => write!(f, "claims[{at}]"),
            Field::Relation(at) => write!(f, "relations[{at}]"),
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
            Field::With => f.write_str("with"),
            Field::Attending => f.write_str("attending"),
            Field::Objections => f.write_str("objections"),
            Field::TakingPart => f.write_str("taking-part"),
            Field::To => f.write_str("to"),
            Field::Contest(at) => write!(f, "contests[{at}]"),
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
    fn a_finding_in_one_line_has_what_was_expected_and_found() {
        let finding = Finding::new("tally-mismatch", Severity::Error, "yes votes differ");
        assert_eq!(finding.sentence(), "yes votes differ");
        assert_eq!(
            finding.to_string(),
            "error[tally-mismatch]: yes votes differ"
        );
        let mut whole = Finding {
            record: Some("A/RES/73/195".into()),
            expected: Some("152".into()),
            found: Some("151".into()),
            ..finding
        };
        assert_eq!(
            whole.sentence(),
            "A/RES/73/195: yes votes differ (expected 152, found 151)"
        );
        whole.found = None;
        assert_eq!(
            whole.sentence(),
            "A/RES/73/195: yes votes differ (expected 152)"
        );
        (whole.expected, whole.found) = (None, Some("151".into()));
        assert_eq!(
            whole.sentence(),
            "A/RES/73/195: yes votes differ (found 151)"
        );
    }

    #[test]
    fn a_subject_is_a_word_and_a_value_in_json_and_in_print() {
        let record = |text: &str| Subject::Record(text.into());
        let all = [
            (
                Subject::from("FRA".parse::<StateCode>().unwrap()),
                r#"{"participant":"FRA"}"#,
            ),
            (Subject::Name("FRANSE".into()), r#"{"name":"FRANSE"}"#),
            (
                Subject::from(Session::Emergency(11)),
                r#"{"session":"ES-11"}"#,
            ),
            (
                Subject::from("2018-12".parse::<Date>().unwrap()),
                r#"{"date":"2018-12"}"#,
            ),
            (
                Subject::from(&Citation::new("A/RES/1/1")),
                r#"{"record":"A/RES/1/1"}"#,
            ),
            (record(""), r#"{"record":""}"#),
        ];
        for (subject, json) in all {
            assert_eq!(serde_json::to_string(&subject).unwrap(), json);
            let (kind, value) = (subject.kind(), subject.to_string());
            assert_eq!(json, format!("{{\"{kind}\":\"{value}\"}}"));
            assert_eq!(Subject::parse(kind, &value).as_ref(), Some(&subject));
            assert_eq!(serde_json::from_str::<Subject>(json).unwrap(), subject);
        }
        for (kind, value) in [
            ("participant", "fra"),
            ("session", " "),
            ("date", "x"),
            ("body", "UNGA"),
        ] {
            assert_eq!(Subject::parse(kind, value), None, "{kind}");
        }
    }

    #[test]
    fn a_finding_names_each_subject_once_and_cuts_long_ones() {
        let france: StateCode = "FRA".parse().unwrap();
        let mut finding = Finding::new("a-check", Severity::Note, "message")
            .with_subjects([france, france])
            .with_subjects([Subject::Name("x".repeat(300)), france.into()]);
        assert_eq!(finding.subjects.len(), 2);
        finding.shorten();
        assert_eq!(finding.subjects[0], Subject::from(france));
        let Subject::Name(name) = &finding.subjects[1] else {
            panic!("{:?}", finding.subjects);
        };
        assert!((190..260).contains(&name.len()), "{name}");
    }

    #[test]
    fn a_locus_is_the_path_in_the_native_document() {
        let record = [
            (Field::Whole, ""),
            (Field::Id, "id"),
            (Field::Title, "title"),
            (Field::Symbol(1), "symbols[1]"),
            (Field::Claim(2), "claims[2]"),
            (Field::Relation(1), "relations[1]"),
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
