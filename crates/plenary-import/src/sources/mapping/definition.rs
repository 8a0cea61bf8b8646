//! [`Mapping`]: how to read a table of votes that is in no known format.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use plenary_states::CodeSystem;
use plenary_tables::{DateForm, DateFormError, DateOrder};
use plenary_types::{BodyId, Choice, Mode, Outcome, QuestionKind, Scope};
use serde::de::{IgnoredAny, IntoDeserializer};
use serde::{Deserialize, Deserializer};
use toml::de::{DeTable, DeValue};

use super::acts::{ActsFault, ActsMapping};
use super::heading::AnyOf;
use super::join::{Join, JoinOf, JoinRole};
use crate::csv::header::{Header, same_name};
use crate::csv::row;

/// How to read a table of votes that is in no known format: which column is what, which value means
/// which choice, which codes are used, which body voted.
///
/// ```
/// let mapping = plenary_import::Mapping::from_toml(r#"
///     body = "hrc"
///
///     [columns]
///     vote = "id"
///     symbol = "document"
///     date = "day"
///     state = "country"
///     choice = "position"
///
///     [choices]
///     yes = ["for"]
///     no = ["against"]
///     abstain = ["abstained"]
/// "#)?;
/// let table = "id,document,day,country,position\n\
///              1,A/HRC/RES/50/1,2022-07-07,France,for\n\
///              1,A/HRC/RES/50/1,2022-07-07,China,against\n";
/// let options = plenary_import::Options::default().with_mapping(mapping);
/// let import = plenary_import::read_bytes("votes.csv", table.as_bytes(), &options)?;
/// assert_eq!((import.summary().records, import.summary().ballots), (1, 2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Mapping {
    /// That of a table of acts; then the rest says nothing.
    #[serde(skip)]
    pub(crate) acts: Option<Arc<ActsMapping>>,
    #[serde(default, rename = "of")]
    _of: Of,
    /// As what it is known where plenary ships it: read by [`About`](crate::shipped::About).
    #[serde(default, rename = "name")]
    _name: IgnoredAny,
    #[serde(default, rename = "title")]
    _title: IgnoredAny,
    #[serde(default, rename = "publisher")]
    _publisher: IgnoredAny,
    #[serde(default, rename = "page")]
    _page: IgnoredAny,
    pub(crate) body: Option<BodyId>,
    pub(crate) source: Option<String>,
    #[serde(default)]
    pub(crate) layout: Shape,
    /// How days are written, in notations of `strftime`, the first that fits; else `YYYY-MM-DD`.
    #[serde(default)]
    pub(crate) date_format: OneOrMany,
    #[serde(default)]
    pub(crate) codes: Codes,
    /// Of which time the codes and names are.
    #[serde(default)]
    pub(crate) codes_of: CodesOf,
    #[serde(default)]
    pub(crate) columns: Columns,
    /// What the columns of a table are called that has no heading; `#` in the last counts the columns from its place on.
    pub(super) headings: Option<Vec<String>>,
    /// Columns that are to be left out without a word.
    #[serde(default)]
    pub(crate) ignore: Vec<String>,
    /// Columns named elsewhere that a table may lack.
    #[serde(default)]
    pub(crate) optional: Vec<String>,
    /// Of a wide table: the columns of voters; without it, all that are neither mapped nor ignored.
    pub(crate) voter_columns: Option<Vec<String>>,
    /// Of a wide table: what the headings of voters begin with, in front of who they are: `votes.` of a table in JSON.
    pub(crate) voter_prefix: Option<String>,
    /// What totals say that are all 0.
    #[serde(default)]
    pub(crate) zero_totals: ZeroTotals,
    /// Of a table of voters in rows: the columns of votes; without it, all that are neither mapped nor ignored.
    pub(crate) vote_columns: Option<Vec<String>>,
    /// Of a table of lists: the column of names of each choice.
    #[serde(default)]
    pub(crate) lists: BTreeMap<Choice, OneOrMany>,
    /// What stands between the names of a list, where the cells do not show it.
    pub(crate) list_separator: Option<String>,
    /// Of a table with a column for each choice: the column that is marked where it was made.
    #[serde(default)]
    pub(crate) marks: BTreeMap<Choice, OneOrMany>,
    /// Values in the place of a choice that say that the voter is not on the list.
    #[serde(default)]
    pub(crate) not_listed: Vec<String>,
    /// Values in the place of a choice that stand for several things: these voters are left out, and counted.
    #[serde(default)]
    pub(crate) unclear: Vec<String>,
    /// Values that say that nothing is known: `NA`, `.`, `9999`.
    #[serde(default)]
    pub(crate) missing: Vec<String>,
    #[serde(default)]
    pub(crate) choices: BTreeMap<Choice, Vec<String>>,
    /// What the values of a column mean that plenary does not know.
    #[serde(default)]
    pub(crate) bodies: Meanings<BodyId>,
    #[serde(default)]
    pub(crate) kinds: Meanings<QuestionKind>,
    #[serde(default)]
    pub(crate) scopes: Meanings<Scope>,
    #[serde(default)]
    pub(crate) modes: Meanings<Mode>,
    #[serde(default)]
    pub(crate) outcomes: Meanings<Outcome>,
    #[serde(default)]
    pub(crate) rules: Meanings<String>,
    #[serde(default)]
    pub(crate) subjects: Meanings<String>,
    /// Tables beside the one that is read.
    #[serde(default, rename = "join")]
    pub(super) joins: Vec<Join<Role>>,
    /// Facts of single votes, by their numbers.
    #[serde(default)]
    pub(super) votes: BTreeMap<String, BTreeMap<Role, String>>,
    /// Voters whose rows are no ballots, as they vote on nothing: a code or name, or its beginning before `*`.
    #[serde(default)]
    pub(super) no_voters: Vec<String>,
    /// Set when the totals of the source count those who vote on nothing.
    #[serde(default)]
    pub(super) totals_count_no_voters: bool,
    /// What the identifiers of persons begin with: `icpsr-`.
    pub(super) person_prefix: Option<String>,
    /// Values that hold for the whole file.
    #[serde(default)]
    pub(crate) fixed: BTreeMap<Role, String>,
    /// Who is meant by a code or name that the tables of states do not have.
    #[serde(default)]
    pub(crate) voters: BTreeMap<String, plenary_types::Participant>,
    /// Set when the table leaves out members that did not vote.
    #[serde(default)]
    pub(crate) partial: bool,
}

/// The columns of a table by what they are.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(try_from = "BTreeMap<Role, Headings>")]
pub(crate) struct Columns {
    pub(crate) of: BTreeMap<Role, String>,
    /// Further columns that tell votes apart, beside that of [`Role::Vote`].
    pub(crate) further: Vec<String>,
    /// Roles whose values are put together: a text with headings in braces.
    pub(super) texts: BTreeMap<Role, String>,
    /// The headings that one column has in tables of different makers; the first is that in `of`.
    synonyms: Vec<Vec<String>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Headings {
    One(String),
    Several(Vec<String>),
    AnyOf(AnyOf),
}

/// By which names a table knows further columns that tell votes apart.
pub(super) const FURTHER: [&str; 3] = ["vote 2", "vote 3", "vote 4"];

/// By which names a table knows columns that are nothing but a part of a value that is put together.
const PARTS: [&str; 6] = ["part 1", "part 2", "part 3", "part 4", "part 5", "part 6"];

/// By which names a table knows columns that are nothing but the key of a table beside it.
const JOINED: [&str; 4] = ["join 1", "join 2", "join 3", "join 4"];

impl TryFrom<BTreeMap<Role, Headings>> for Columns {
    type Error = String;

    fn try_from(named: BTreeMap<Role, Headings>) -> Result<Self, String> {
        let mut columns = Self::default();
        for (role, headings) in named {
            let several = match headings {
                Headings::One(text) if is_text(&text) => {
                    if role.is_of_ballots() || role == Role::Vote {
                        return Err(format!(
                            "`{}` is one column, and no text with headings in braces",
                            role.as_str()
                        ));
                    }
                    columns.texts.insert(role, text);
                    continue;
                }
                Headings::One(heading) => {
                    columns.of.insert(role, heading);
                    continue;
                }
                Headings::Several(several) => several,
                Headings::AnyOf(AnyOf { any_of }) => {
                    let Some(first) = any_of.first() else {
                        return Err(format!("`any-of` of `{}` is empty", role.as_str()));
                    };
                    columns.of.insert(role, first.clone());
                    columns.synonyms.push(any_of);
                    continue;
                }
            };
            let most = 1 + FURTHER.len();
            if role != Role::Vote || several.is_empty() || several.len() > most {
                return Err(format!(
                    "`{}` is one column; only `vote` may be a list, of at most {most}; one column that has several headings is `{{ any-of = [...] }}`",
                    role.as_str()
                ));
            }
            let mut headings = several.into_iter();
            columns
                .of
                .extend(headings.next().map(|first| (role, first)));
            columns.further = headings.collect();
        }
        Ok(columns)
    }
}

/// Whether a name of a column is a text with headings in braces: `{day} {year}`.
fn is_text(name: &str) -> bool {
    name.split_once('{')
        .is_some_and(|(_, rest)| rest.contains('}'))
}

/// The headings in braces of a text.
fn headings_in(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split('{').skip(1);
    parts.filter_map(|part| Some(part.split_once('}')?.0))
}

/// What values of a column mean. In a value `*` is any text, `*` alone every other value, and an empty meaning is none.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent, bound = "T: Deserialize<'de>")]
pub(crate) struct Meanings<T>(BTreeMap<String, Meaning<T>>);

#[derive(Clone, Debug)]
struct Meaning<T>(Option<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Meaning<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text.is_empty() {
            return Ok(Self(None));
        }
        T::deserialize(text.into_deserializer()).map(|meaning| Self(Some(meaning)))
    }
}

impl<T> Default for Meanings<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T> Meanings<T> {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What a value means by the mapping: `None` where it does not say, `Some(None)` where it says that it means nothing.
    /// A value that is given whole goes before a part of it, and a longer part before a shorter one.
    pub(super) fn of(&self, value: &str) -> Option<Option<&T>> {
        let same = |known: &str| known.trim().eq_ignore_ascii_case(value.trim());
        let mut others = self.0.iter();
        let other = || {
            others
                .find(|(known, _)| same(known))
                .map(|(_, meaning)| meaning)
        };
        let meaning = self.0.get(value).or_else(other);
        let meaning = meaning.or_else(|| self.by_form(value))?;
        Some(meaning.0.as_ref())
    }

    /// The meaning of the form with the most letters that a value has; `*` alone is the form of every value.
    fn by_form(&self, value: &str) -> Option<&Meaning<T>> {
        let value = value.trim().to_lowercase();
        let forms = self.0.iter().filter(|(known, _)| known.contains('*'));
        let fitting = forms.filter(|(known, _)| stands_for(&known.trim().to_lowercase(), &value));
        let longest = fitting.max_by_key(|(known, _)| known.len());
        longest.map(|(_, meaning)| meaning)
    }
}

/// Whether a text is one that a form stands for, in which `*` is any text.
pub(super) fn stands_for(form: &str, text: &str) -> bool {
    let Some((start, rest)) = form.split_once('*') else {
        return form == text;
    };
    let Some(mut text) = text.strip_prefix(start) else {
        return false;
    };
    let (middle, end) = rest.rsplit_once('*').unwrap_or(("", rest));
    let Some(before) = text.strip_suffix(end) else {
        return false;
    };
    text = before;
    middle.split('*').all(|part| match text.split_once(part) {
        Some((_, after)) => {
            text = after;
            true
        }
        None => false,
    })
}

const EVERY_OTHER: &str = "*";

/// What a table holds that a mapping explains as a mapping of votes.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Of {
    #[default]
    Votes,
}

/// What totals say that are all 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ZeroTotals {
    /// That nobody voted.
    #[default]
    Counted,
    /// That nothing was counted, as nobody asked for a vote.
    WithoutVote,
}

/// Whether a row is a ballot or a vote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Shape {
    /// One row a ballot.
    #[default]
    Long,
    /// One row a vote and a column a voter.
    Wide,
    /// One row a voter and a column a vote.
    VotersInRows,
    /// One row a vote and a column a choice, with the names of those who made it.
    Lists,
    /// One row a ballot and a column a choice, one of which is marked.
    ChoiceColumns,
    /// One row a vote, of which only facts and totals are known.
    Totals,
}

impl Shape {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Long => "long",
            Self::Wide => "wide",
            Self::VotersInRows => "voters-in-rows",
            Self::Lists => "lists",
            Self::ChoiceColumns => "choice-columns",
            Self::Totals => "totals",
        }
    }

    /// Whether a column of each row says who voted.
    pub(super) const fn has_voters_in_rows(self) -> bool {
        matches!(self, Self::Long | Self::VotersInRows | Self::ChoiceColumns)
    }

    /// Whether a cell is a ballot, read by a word.
    pub(super) const fn has_words(self) -> bool {
        matches!(self, Self::Long | Self::Wide | Self::VotersInRows)
    }

    /// Why a role has no column in it, if it has none.
    const fn refuses(self, role: Role) -> Option<&'static str> {
        match (self, role) {
            (Self::Long, _) => None,
            (Self::VotersInRows, Role::State | Role::Name) => None,
            (Self::VotersInRows, Role::Choice) => {
                Some("there the headings are the votes and the cells say how each voter voted")
            }
            (Self::VotersInRows, _) => {
                Some("there no column is a fact of a vote; give facts under `[fixed]`")
            }
            (Self::ChoiceColumns, Role::Choice) => {
                Some("there each choice has a column, under `[marks]`")
            }
            (Self::ChoiceColumns, _) => None,
            (_, role) if !role.is_of_ballots() => None,
            (Self::Lists, _) => {
                Some("there the cells of each choice say who made it, under `[lists]`")
            }
            (Self::Wide, _) => Some("there the headings say who voted, the cells how"),
            (Self::Totals, _) => Some("there no row is a ballot"),
        }
    }
}

/// A text or a list of texts.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "TextOrList")]
pub(crate) struct OneOrMany(pub(super) Vec<String>);

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum TextOrList {
    One(String),
    Many(Vec<String>),
}

impl From<TextOrList> for OneOrMany {
    fn from(texts: TextOrList) -> Self {
        Self(match texts {
            TextOrList::One(text) => vec![text],
            TextOrList::Many(texts) => texts,
        })
    }
}

/// Of which time the codes and names of a table are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) enum CodesOf {
    /// Of the day of each vote.
    #[default]
    Then,
    /// Of one day, whenever the votes were; they are read as the state that then held the seat.
    Day(NaiveDate),
}

impl TryFrom<String> for CodesOf {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match &*text {
            "then" => Ok(Self::Then),
            // No state of today has an end.
            "today" => Ok(Self::Day(NaiveDate::MAX)),
            day => day.parse().map(Self::Day).map_err(|_| {
                format!("unknown time of codes `{day}` (expected `then`, `today` or a day such as `2019-07-01`)")
            }),
        }
    }
}

/// What the codes of voters are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Codes {
    /// Names, or ISO 3166-1 alpha-3 codes.
    #[default]
    Names,
    /// ISO 3166-1 alpha-3.
    Iso3,
    /// ISO 3166-1 alpha-2.
    Iso2,
    /// M49, three digits.
    M49,
    /// Correlates of War numbers.
    Cow,
    /// Voters are persons, such as the members of a parliament.
    None,
}

impl Codes {
    /// The system of codes, where they are of one that is not the usual.
    pub(super) const fn system(self) -> Option<CodeSystem> {
        match self {
            Self::Names | Self::Iso3 | Self::None => None,
            Self::Iso2 => Some(CodeSystem::Iso2),
            Self::M49 => Some(CodeSystem::M49),
            Self::Cow => Some(CodeSystem::Cow),
        }
    }
}

/// What a column can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Role {
    /// Tells votes apart.
    Vote,
    State,
    Name,
    Choice,
    Symbol,
    Title,
    Date,
    Session,
    Meeting,
    Draft,
    CommitteeReport,
    Agenda,
    Subjects,
    Question,
    Body,
    Kind,
    Rule,
    Scope,
    Mode,
    Outcome,
    /// What came of the vote, in words that say several things.
    Result,
    Note,
    Url,
    Yes,
    No,
    Abstain,
    NonVoting,
    Members,
    Attending,
}

impl Role {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Vote => "vote",
            Self::State => "state",
            Self::Name => "name",
            Self::Choice => "choice",
            Self::Symbol => "symbol",
            Self::Title => "title",
            Self::Date => "date",
            Self::Session => "session",
            Self::Meeting => "meeting",
            Self::Draft => "draft",
            Self::CommitteeReport => "committee-report",
            Self::Agenda => "agenda",
            Self::Subjects => "subjects",
            Self::Question => "question",
            Self::Body => "body",
            Self::Kind => "kind",
            Self::Rule => "rule",
            Self::Scope => "scope",
            Self::Mode => "mode",
            Self::Outcome => "outcome",
            Self::Result => "result",
            Self::Note => "note",
            Self::Url => "url",
            Self::Yes => "yes",
            Self::No => "no",
            Self::Abstain => "abstain",
            Self::NonVoting => "non-voting",
            Self::Members => "members",
            Self::Attending => "attending",
        }
    }

    /// Whether a column of results says it, too.
    const fn is_told_by_results(self) -> bool {
        matches!(
            self,
            Self::Symbol | Self::Draft | Self::Date | Self::Scope | Self::Mode | Self::Outcome
        )
    }

    /// Whether a column of it tells the ballots of a vote apart: it can hold nothing else, and a wide table has none.
    const fn is_of_ballots(self) -> bool {
        matches!(self, Self::State | Self::Name | Self::Choice)
    }
}

impl JoinRole for Role {
    const ABOUT: &'static [JoinOf] = &[JoinOf::Votes, JoinOf::Voters];

    fn as_str(self) -> &'static str {
        self.as_str()
    }
}

/// Why a mapping cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MappingError {
    /// It is no TOML, or has a key or value that a mapping has not.
    #[error("{0}")]
    Toml(String),
    /// A column that is needed is not named.
    #[error(
        "the mapping does not say which column is `{0}`; of a table of totals without ballots say `layout = \"totals\"`"
    )]
    Needed(&'static str),
    /// No word is given for any choice.
    #[error("the mapping does not say which value means yes")]
    Choices,
    /// No column is given for any choice.
    #[error("the mapping does not say under `[{0}]` which column is `yes`")]
    ChoiceColumns(&'static str),
    /// The date format is not one of `strftime`.
    #[error("the mapping's `date-format` `{0}` is not a valid date format (e.g. `%d.%m.%Y`)")]
    DateFormat(String),
    /// A column is to hold two things that no one column can.
    #[error(
        "the mapping names the column `{column}` as `{}` and as `{}`, which cannot be one column",
        .roles[0],
        .roles[1]
    )]
    Shared {
        /// Its heading.
        column: String,
        /// What it is to hold.
        roles: [&'static str; 2],
    },
    /// A column of a role that its layout has no column for.
    #[error("the mapping names a column `{role}`, but its `layout` is `{layout}`: {reason}")]
    NotInLayout {
        /// The role.
        role: &'static str,
        /// The layout.
        layout: &'static str,
        /// Why there is none.
        reason: &'static str,
    },
    /// A column of a voter in a table of which each row is a ballot.
    #[error(
        "the mapping names `voter-columns`, but its `layout` is not `wide`: only there each voter has a column"
    )]
    VoterColumns,
    /// One value for all ballots, of what tells them apart.
    #[error(
        "the mapping gives `{0}` under `[fixed]`, but it says of each ballot who voted or how: a column holds it, or in a wide table the headings and cells"
    )]
    Fixed(&'static str),
    /// A mapping of acts or of members does not say what every such table needs, or says two things that exclude each other.
    #[error("{0}")]
    Refused(String),
    /// A table beside that cannot be joined.
    #[error("a `[[join]]` of the mapping cannot be used: {0}")]
    Join(String),
    /// One word means two choices.
    #[error("line {line}: the mapping gives `{word}` two meanings")]
    Ambiguous {
        /// The line of the second.
        line: u64,
        /// The word.
        word: String,
    },
    /// A key that changes nothing beside the others.
    #[error("line {line}: `{key}` has no effect: {reason}")]
    NoEffect {
        /// Its line, from 1.
        line: u64,
        /// The key, with that of its table: `fixed.body`.
        key: String,
        /// Why it has none, and what to do about it.
        reason: String,
    },
}

impl Mapping {
    /// Reads a mapping.
    ///
    /// # Errors
    ///
    /// [`MappingError`] when it is no mapping, or lacks what every table of votes needs.
    pub fn from_toml(text: &str) -> Result<Self, MappingError> {
        match said_of(text).as_deref() {
            Some("acts") => return Self::of_acts(text),
            Some("votes") | None => {}
            Some("members") => {
                let reason = "a mapping of members explains a list of groups, and no votes or acts: use it with `members --groups`";
                return Err(MappingError::Refused(reason.to_owned()));
            }
            Some(other) => {
                return Err(MappingError::Refused(format!(
                    "line {}: unknown kind of table `{other}` under `of` (expected `votes`, `acts` or `members`)",
                    line_of(text, &["of"])
                )));
            }
        }
        let mapping: Self = toml::from_str(text).map_err(|error| on_line(text, &error))?;
        let mapping = mapping.checked()?;
        if let Some((key, word)) = mapping.two_meanings() {
            let line = line_of(text, &key);
            return Err(MappingError::Ambiguous { line, word });
        }
        if let Some((key, reason)) = mapping.without_day() {
            let (line, key) = (line_of(text, &key), key.join("."));
            return Err(MappingError::Refused(format!(
                "line {line}: `{key}`: {reason}"
            )));
        }
        match mapping.without_effect() {
            Some((key, reason)) => Err(MappingError::NoEffect {
                line: line_of(text, &key),
                key: key.join("."),
                reason,
            }),
            None => Ok(mapping),
        }
    }

    /// Reads a mapping of acts.
    fn of_acts(text: &str) -> Result<Self, MappingError> {
        let mapping: ActsMapping = toml::from_str(text).map_err(|error| on_line(text, &error))?;
        let acts = mapping.checked().map_err(|fault| match fault {
            ActsFault::Mapping(error) => error,
            ActsFault::NoEffect { key, reason } => MappingError::NoEffect {
                line: line_of(text, &key),
                key: key.join("."),
                reason,
            },
        })?;
        Ok(Self {
            acts: Some(Arc::new(acts)),
            ..Self::default()
        })
    }

    /// The first key that changes nothing beside the others, and why.
    fn without_effect(&self) -> Option<(Vec<&str>, String)> {
        let has = |role: Role| self.columns.of.contains_key(&role);
        let of_ballots = "with `layout = \"totals\"` no row is a ballot; leave it out";
        if let Some((key, reason)) = self.of_other_layouts() {
            return Some((vec![key], reason));
        }
        if self.layout == Shape::Totals {
            let keys = [
                ("choices", self.choices.is_empty()),
                ("voters", self.voters.is_empty()),
                ("codes", self.codes == Codes::Names),
            ];
            let mut dead = keys.into_iter().filter(|(_, is_unset)| !is_unset);
            if let Some((key, _)) = dead.next() {
                return Some((vec![key], of_ballots.to_owned()));
            }
        }
        let meanings = [
            ("bodies", Role::Body, self.bodies.0.is_empty()),
            ("kinds", Role::Kind, self.kinds.0.is_empty()),
            ("scopes", Role::Scope, self.scopes.0.is_empty()),
            ("modes", Role::Mode, self.modes.0.is_empty()),
            ("outcomes", Role::Outcome, self.outcomes.0.is_empty()),
            ("rules", Role::Rule, self.rules.0.is_empty()),
            ("subjects", Role::Subjects, self.subjects.0.is_empty()),
            ("date-format", Role::Date, self.date_format.0.is_empty()),
        ];
        let mut unread = meanings.into_iter();
        if let Some((key, role, _)) = unread.find(|(_, role, unset)| !unset && !self.tells(*role)) {
            let role = role.as_str();
            let reason =
                format!("no column is `{role}`; name one under `[columns]`, or leave it out");
            return Some((vec![key], reason));
        }
        if self.body.is_some() && self.fixed.contains_key(&Role::Body) {
            let reason = "`[fixed]` gives the `body` too; leave one of the two out";
            return Some((vec!["body"], reason.to_owned()));
        }
        let mut fixed = self.fixed.iter();
        if let Some((role, _)) = fixed.find(|(_, value)| value.trim().is_empty()) {
            let reason = "its value is empty; write one, or leave it out";
            return Some((vec!["fixed", role.as_str()], reason.to_owned()));
        }
        let by_code = matches!(
            self.codes,
            Codes::Iso2 | Codes::Iso3 | Codes::M49 | Codes::Cow
        );
        if by_code && self.layout.has_voters_in_rows() && !has(Role::State) {
            let reason =
                "no column is `state`, and a `name` is no code; name that column, or leave it out";
            return Some((vec!["codes"], reason.to_owned()));
        }
        if let Some(prefix) = &self.voter_prefix
            && (self.layout != Shape::Wide || self.voter_columns.is_some() || prefix.is_empty())
        {
            let reason = "it is what the headings of voters begin with in a wide table that does not list them under `voter-columns`";
            return Some((vec!["voter-prefix"], reason.to_owned()));
        }
        if self.zero_totals != ZeroTotals::Counted
            && !(self.tells(Role::Yes) && self.tells(Role::No))
        {
            let reason = "no column is `yes`, or none is `no`; name them, or leave it out";
            return Some((vec!["zero-totals"], reason.to_owned()));
        }
        let mut mapped = self.columns.of.values().chain(&self.columns.further);
        let is_ignored = |column: &&String| self.ignore.iter().any(|name| same_name(name, column));
        if let Some(column) = mapped.find(is_ignored) {
            let reason = format!(
                "the column `{column}` is named under `[columns]`, and so it is read; leave it out of one of them"
            );
            return Some((vec!["ignore"], reason));
        }
        let mut joined = self.joins.iter().flat_map(|join| join.columns.keys());
        let facts = self.columns.of.keys().any(|role| !role.is_of_ballots());
        let facts = facts || !self.columns.texts.is_empty();
        let facts = facts || joined.any(|role| !role.is_of_ballots());
        if !self.missing.is_empty() && !facts {
            let reason = "it is about columns of facts, and none is named; for the cells of ballots use `[choices]`";
            return Some((vec!["missing"], reason.to_owned()));
        }
        let has_totals = self.tells(Role::Yes) || self.tells(Role::No) || self.tells(Role::Abstain);
        if self.totals_count_no_voters && !has_totals {
            let reason = "no column is `yes`, `no` or `abstain`; name one, or leave it out";
            return Some((vec!["totals-count-no-voters"], reason.to_owned()));
        }
        if self.person_prefix.is_some() && self.codes != Codes::None {
            let reason = "it is of persons, and `codes` is not `none`; leave it out";
            return Some((vec!["person-prefix"], reason.to_owned()));
        }
        let mut choices = self.choices.iter();
        let blank = |words: &Vec<String>| words.iter().any(|word| word.trim().is_empty());
        if matches!(self.layout, Shape::Wide | Shape::VotersInRows)
            && let Some((choice, _)) = choices.find(|(_, words)| blank(words))
        {
            let reason = "an empty cell is nobody's ballot there; leave the empty word out";
            return Some((vec!["choices", choice.as_str()], reason.to_owned()));
        }
        None
    }

    /// The first key that is about another layout, and why it changes nothing.
    fn of_other_layouts(&self) -> Option<(&'static str, String)> {
        let has_words = self.layout.has_words();
        let keys = [
            (
                "lists",
                self.lists.is_empty(),
                self.layout == Shape::Lists,
                "lists",
            ),
            (
                "list-separator",
                self.list_separator.is_none(),
                self.layout == Shape::Lists,
                "lists",
            ),
            (
                "marks",
                self.marks.is_empty(),
                self.layout == Shape::ChoiceColumns,
                "choice-columns",
            ),
            (
                "vote-columns",
                self.vote_columns.is_none(),
                self.layout == Shape::VotersInRows,
                "voters-in-rows",
            ),
        ];
        let mut keys = keys.into_iter();
        if let Some((key, _, _, layout)) = keys.find(|(_, unset, is, _)| !unset && !is) {
            let reason = format!("it is of tables with `layout = \"{layout}\"`; leave it out");
            return Some((key, reason));
        }
        let words = [
            ("choices", self.choices.is_empty()),
            ("not-listed", self.not_listed.is_empty()),
            ("unclear", self.unclear.is_empty()),
        ];
        let mut words = words.into_iter();
        let (key, _) = words.find(|(_, unset)| {
            !unset && !has_words && self.layout != Shape::Totals
                || !unset && self.layout == Shape::Totals && self.choices.is_empty()
        })?;
        let layout = self.layout.as_str();
        let reason =
            format!("with `layout = \"{layout}\"` no word says how somebody voted; leave it out");
        Some((key, reason))
    }

    fn checked(self) -> Result<Self, MappingError> {
        let has = |role: Role| self.columns.of.contains_key(&role);
        if self.layout == Shape::Long && !has(Role::Choice) {
            return Err(MappingError::Needed("choice"));
        }
        if self.layout.has_voters_in_rows() && !(has(Role::State) || has(Role::Name)) {
            return Err(MappingError::Needed("state"));
        }
        let columns = match self.layout {
            Shape::Lists => Some(("lists", &self.lists)),
            Shape::ChoiceColumns => Some(("marks", &self.marks)),
            _ => None,
        };
        if let Some((table, columns)) = columns
            && columns
                .get(&Choice::Yes)
                .is_none_or(|columns| columns.0.is_empty())
        {
            return Err(MappingError::ChoiceColumns(table));
        }
        if self.layout != Shape::Wide && self.voter_columns.is_some() {
            return Err(MappingError::VoterColumns);
        }
        let listed = self.votes.values().flat_map(BTreeMap::keys);
        let mut given = self.fixed.keys().chain(listed);
        if let Some(role) = given.find(|role| role.is_of_ballots()) {
            return Err(MappingError::Fixed(role.as_str()));
        }
        self.refuse_shared()?;
        self.refuse_joins()?;
        let lacks_yes = self.choices.get(&Choice::Yes).is_none_or(Vec::is_empty);
        if self.layout.has_words() && lacks_yes {
            return Err(MappingError::Choices);
        }
        check_formats(&self.date_format.0)?;
        Ok(self)
    }

    /// The first word that means two things, and the key of the second.
    fn two_meanings(&self) -> Option<(Vec<&str>, String)> {
        let choices = self.choices.iter();
        let choices = choices.map(|(choice, words)| (vec!["choices", choice.as_str()], words));
        let without = [
            (vec!["not-listed"], &self.not_listed),
            (vec!["unclear"], &self.unclear),
        ];
        let mut seen = BTreeSet::new();
        let mut all = choices
            .chain(without)
            .flat_map(|(key, words)| words.iter().map(move |word| (key.clone(), word)));
        let (key, word) = all.find(|(_, word)| !seen.insert(*word))?;
        Some((key, word.clone()))
    }

    /// The first date under `[fixed]` or `[votes]` that can be read in no way, with its key.
    fn without_day(&self) -> Option<(Vec<&str>, String)> {
        let fixed = self.fixed.get(&Role::Date);
        let fixed = fixed.map(|date| (vec!["fixed", Role::Date.as_str()], date));
        let listed = self.votes.iter().filter_map(|(vote, facts)| {
            let key = vec!["votes", vote, Role::Date.as_str()];
            Some((key, facts.get(&Role::Date)?))
        });
        let mut dates = fixed.into_iter().chain(listed);
        dates.find_map(|(key, date)| {
            let date = date.trim();
            let mut order = DateOrder::default();
            order.add(1, date);
            // Of a day in numbers the table may settle which of them is the month.
            let form = order.settle().unwrap_or_default();
            let is_open = self.date_format.0.is_empty() && order.has_numbers();
            let read = self.date(date, &form);
            let reason = read.err().filter(|_| !is_open && !date.is_empty())?;
            Some((key, reason))
        })
    }

    /// Refuses tables beside that cannot be joined.
    fn refuse_joins(&self) -> Result<(), MappingError> {
        let refused = |reason: String| Err(MappingError::Join(reason));
        if self.joined_by().count() > JOINED.len() {
            let most = JOINED.len();
            return refused(format!(
                "at most {most} columns can be keys that are nothing else"
            ));
        }
        for join in &self.joins {
            join.refuse_of_others().map_err(MappingError::Join)?;
            let key = join.key();
            let is_of_voters = join.of() == JoinOf::Voters;
            let wrong = join.columns.keys().find(|role| match is_of_voters {
                true => !matches!(role, Role::State | Role::Name),
                false => role.is_of_ballots() || **role == Role::Vote,
            });
            if let Some(role) = wrong {
                let of = if is_of_voters { "voters" } else { "votes" };
                let role = role.as_str();
                return refused(format!("a table of {of} has no column that is `{role}`"));
            }
            let mut fixed = join.fixed.keys();
            if let Some(role) =
                fixed.find(|role| is_of_voters || role.is_of_ballots() || **role == Role::Vote)
            {
                let role = role.as_str();
                return refused(format!(
                    "its `[join.fixed]` has `{role}`, and holds facts of votes alone"
                ));
            }
            if join.columns.is_empty() || key.is_empty() {
                let what = if key.is_empty() { "key" } else { "columns" };
                return refused(format!("its `{what}` is empty"));
            }
            let in_rows = self.layout.has_voters_in_rows();
            let voter = |name: &str| {
                let roles = [Role::State, Role::Name];
                let mut columns = roles.iter().filter_map(|role| self.columns.of.get(role));
                columns.any(|column| same_name(column, name))
            };
            let (is_known, which): (&dyn Fn(&str) -> bool, &str) = match (is_of_voters, in_rows) {
                (true, true) => (&voter, "the column that is `state` or `name`"),
                (true, false) => (&|name| name == "name", "`name`, the name of a voter"),
                (false, _) if self.layout == Shape::VotersInRows => {
                    (&|name| name == "vote", "`vote`, the heading of a vote")
                }
                (false, _) => (&|name| !voter(name), "a column of votes"),
            };
            if let Some((name, _)) = key.iter().find(|(name, _)| !is_known(name)) {
                return refused(format!("its key `{name}` must be {which}"));
            }
        }
        Ok(())
    }

    /// Refuses columns that cannot be all that they are named as: one of the two would be lost.
    fn refuse_shared(&self) -> Result<(), MappingError> {
        if self.parts().len() > PARTS.len() {
            let most = PARTS.len();
            let reason = format!("at most {most} columns can be parts of values and nothing else");
            return Err(MappingError::Refused(reason));
        }
        let mut roles = self.columns.of.keys().chain(self.columns.texts.keys());
        let refused = roles.find_map(|role| Some((role, self.layout.refuses(*role)?)));
        if let Some((role, reason)) = refused {
            return Err(MappingError::NotInLayout {
                role: role.as_str(),
                layout: self.layout.as_str(),
                reason,
            });
        }
        if self.headings.is_some() && self.layout == Shape::ChoiceColumns {
            let reason = "`headings` is not for `layout = \"choice-columns\"`; write a heading row above such a table";
            return Err(MappingError::Refused(reason.to_owned()));
        }
        let voters = self.ballot_columns().filter(|name| !is_form(name));
        let of_ballots = match self.layout {
            Shape::Lists => "lists",
            Shape::ChoiceColumns => "marks",
            Shape::VotersInRows => "vote-columns",
            _ => "voter-columns",
        };
        let ignored = |voter: &&String| self.ignore.iter().any(|name| same_name(name, voter));
        if let Some(voter) = voters.clone().find(ignored) {
            return Err(shared(voter, of_ballots, "ignore"));
        }
        for column in &self.columns.further {
            let mut ballots = self
                .columns
                .of
                .iter()
                .filter(|(role, _)| role.is_of_ballots());
            if let Some((role, _)) = ballots.find(|(_, name)| same_name(name, column)) {
                return Err(shared(column, Role::Vote.as_str(), role.as_str()));
            }
        }
        for (role, column) in &self.columns.of {
            let same = |other: &&String| same_name(other, column);
            let mut others = self.columns.of.iter();
            let other = others.find(|(other, name)| {
                *other != role && same(name) && (role.is_of_ballots() || other.is_of_ballots())
            });
            let voter = voters.clone().find(same);
            let other = other.map(|(other, _)| other.as_str());
            if let Some(other) = other.or(voter.map(|_| of_ballots)) {
                return Err(shared(column, role.as_str(), other));
            }
        }
        Ok(())
    }

    /// Whether a column, a table beside or a fixed value says what a role is.
    pub(super) fn tells(&self, role: Role) -> bool {
        let joined = || {
            let mut joins = self.joins.iter();
            joins.any(|join| join.columns.contains_key(&role) || join.fixed.contains_key(&role))
        };
        let listed = || self.votes.values().any(|facts| facts.contains_key(&role));
        let in_words = self.columns.of.contains_key(&Role::Result) && role.is_told_by_results();
        let is_fixed = self.fixed.contains_key(&role);
        let has_column = self.columns.of.contains_key(&role);
        has_column
            || self.columns.texts.contains_key(&role)
            || is_fixed
            || in_words
            || joined()
            || listed()
    }

    /// The columns that are nothing but a part of a value that is put together.
    fn parts(&self) -> BTreeSet<&str> {
        let is_further = |name: &str| self.columns.further.iter().any(|c| same_name(c, name));
        let is_role = |name: &str| self.columns.of.values().any(|c| same_name(c, name));
        let parts = self
            .columns
            .texts
            .values()
            .flat_map(|text| headings_in(text));
        parts
            .filter(|name| !is_role(name) && !is_further(name))
            .collect()
    }

    /// The columns that are nothing but the key of a table beside.
    fn joined_by(&self) -> impl Iterator<Item = &str> {
        let of_votes = self.joins.iter().filter(|join| join.of() == JoinOf::Votes);
        let is_further = |name: &str| self.columns.further.iter().any(|c| same_name(c, name));
        let is_role = move |name: &str| self.columns.of.values().any(|c| same_name(c, name));
        let parts = self.parts();
        let is_known = move |name: &str| {
            let mut parts = parts.iter();
            is_role(name) || is_further(name) || parts.any(|part| same_name(part, name))
        };
        let keys = of_votes.flat_map(Join::key).map(|(name, _)| name);
        let keys = keys.filter(move |name| !is_known(name));
        let has_keys = self.layout != Shape::VotersInRows;
        let keys: BTreeSet<&str> = keys.filter(|_| has_keys).collect();
        keys.into_iter()
    }

    /// The columns that it names of which the cells are ballots.
    fn ballot_columns(&self) -> impl Iterator<Item = &String> + Clone {
        let named = self
            .voter_columns
            .iter()
            .chain(&self.vote_columns)
            .flatten();
        let of_choices = self.lists.values().chain(self.marks.values());
        named.chain(of_choices.flat_map(|columns| &columns.0))
    }

    /// The headings that it reads.
    fn headings(&self) -> impl Iterator<Item = &String> {
        let columns = self.columns.of.values();
        let ballots = self.ballot_columns();
        columns.chain(&self.columns.further).chain(ballots)
    }

    /// Whether a table may lack a column.
    fn is_optional(&self, heading: &str) -> bool {
        self.optional.iter().any(|name| same_name(name, heading))
    }

    /// The headings by which a column may be known, the one that it is named by among them.
    fn also<'a>(&'a self, heading: &'a String) -> &'a [String] {
        let mut synonyms = self.columns.synonyms.iter();
        let known = synonyms.find(|known| known.first() == Some(heading));
        known.map_or(std::slice::from_ref(heading), |known| known)
    }

    /// The columns of ballots by a form of headings, such as `#-#`.
    fn forms(&self) -> impl Iterator<Item = &String> {
        self.ballot_columns().filter(|name| is_form(name))
    }

    /// The columns that a table must have and does not, by the first of their headings. Of columns of ballots by the forms of their headings one is
    /// enough.
    pub(crate) fn missing<S: AsRef<str>>(&self, headings: &[S]) -> Vec<String> {
        if let Some(acts) = &self.acts {
            return acts.missing(headings);
        }
        let has = |name: &String| headings.iter().any(|known| same_name(known.as_ref(), name));
        let needed = self.headings().filter(|name| !self.is_optional(name));
        let needed = needed.filter(|name| !is_form(name));
        let missing = needed.filter(|name| !self.also(name).iter().any(has));
        let of_form = |form: &String| {
            let mut headings = headings.iter();
            headings.any(|heading| is_called(form, heading.as_ref()))
        };
        let no_form_fits = !self.forms().any(of_form);
        let missing = missing.chain(self.forms().take(usize::from(no_form_fits)));
        let keys = self.joined_by().chain(self.parts());
        let keys = keys.map(ToOwned::to_owned);
        let keys = keys.filter(|name| !self.is_optional(name) && !has(name));
        let prefix = self.voter_prefix.as_ref();
        let prefix = prefix.filter(|prefix| {
            let mut headings = headings.iter().map(AsRef::as_ref);
            !headings.any(|heading| heading.starts_with(&***prefix))
        });
        let prefix = prefix.map(|prefix| format!("{prefix}…"));
        missing.cloned().chain(keys).chain(prefix).collect()
    }

    /// Whether a heading is one that it names, to read it or to leave it out.
    pub(crate) fn names(&self, heading: &str) -> bool {
        if let Some(acts) = &self.acts {
            return acts.names(heading);
        }
        let of_voter = self.voter_prefix.as_ref();
        let of_voter = of_voter.is_some_and(|prefix| heading.starts_with(&**prefix));
        of_voter || self.reads(heading) || self.ignores(heading)
    }

    /// Whether a heading is one that it reads.
    pub(crate) fn reads(&self, heading: &str) -> bool {
        if let Some(acts) = &self.acts {
            return acts.names(heading);
        }
        let is = |name: &String| same_name(name, heading);
        let read = self.headings().filter(|name| !is_form(name));
        let mut read = read.flat_map(|name| self.also(name));
        let mut keys = self.joined_by();
        if self.parts().iter().any(|name| same_name(name, heading)) {
            return true;
        }
        let of_a_form = self.forms().any(|form| is_called(form, heading));
        of_a_form || read.any(is) || keys.any(|name| same_name(name, heading))
    }

    /// Whether a column that nothing else is said of is left out without a word.
    pub(super) fn ignores(&self, heading: &str) -> bool {
        let mut names = self.ignore.iter();
        names.any(|name| name == EVERY_OTHER || same_name(name, heading))
    }

    /// What a column is of a table, the first of its heading.
    pub(super) fn use_of(&self, heading: &str) -> String {
        let is = |name: &str| same_name(name, heading);
        let roles = self.columns.of.iter().filter(|(_, name)| is(name));
        let mut uses: Vec<&str> = roles.map(|(role, _)| role.as_str()).collect();
        if self.columns.further.iter().any(|name| is(name)) {
            uses.push(Role::Vote.as_str());
        }
        let texts = self.columns.texts.iter();
        let texts = texts.filter(|(_, text)| headings_in(text).any(is));
        uses.extend(texts.map(|(role, _)| role.as_str()));
        let choices = self.lists.iter().chain(&self.marks);
        let choices = choices.filter(|(_, columns)| columns.0.iter().any(|name| is(name)));
        uses.extend(choices.map(|(choice, _)| choice.as_str()));
        let keys = self.joins.iter().flat_map(Join::key);
        let in_rows = self.layout != Shape::VotersInRows;
        if in_rows && keys.into_iter().any(|(name, _)| is(name)) {
            uses.push("key");
        }
        let ballots = match self.layout {
            Shape::Wide => Some(("voter", &self.voter_columns)),
            Shape::VotersInRows => Some(("vote", &self.vote_columns)),
            _ => None,
        };
        if let (Some((what, named)), true) = (ballots, uses.is_empty()) {
            let is_free = !heading.is_empty() && !self.ignores(heading);
            let is_named = |named: &Vec<String>| named.iter().any(|name| is_called(name, heading));
            if is_free && named.as_ref().is_none_or(is_named) {
                uses.push(what);
            }
        }
        match uses.is_empty() {
            false => uses.join(", "),
            true if self.ignores(heading) => "ignored".to_owned(),
            true => "not used".to_owned(),
        }
    }

    /// Whether any further column is a voter's or a vote's.
    pub(crate) fn takes_the_rest(&self) -> bool {
        match self.layout {
            Shape::Wide => self.voter_columns.is_none() && self.voter_prefix.is_none(),
            Shape::VotersInRows => self.vote_columns.is_none(),
            _ => false,
        }
    }

    /// Whether a column says in words what came of each vote.
    pub(crate) fn has_results(&self) -> bool {
        self.columns.of.contains_key(&Role::Result)
    }

    /// Whether the headings of many columns say who voted, or on what, and nothing in them that they do.
    pub(crate) const fn has_ballots_by_heading(&self) -> bool {
        matches!(self.layout, Shape::Wide | Shape::VotersInRows) && self.voter_prefix.is_none()
    }

    /// The same for one table: each column by the heading that it has there, without those that it may lack and lacks.
    pub(super) fn for_table<S: AsRef<str>>(&self, headings: &[S]) -> Self {
        let has = |name: &String| headings.iter().any(|known| same_name(known.as_ref(), name));
        let mut mapping = self.clone();
        for synonyms in &self.columns.synonyms {
            let found = synonyms.iter().find(|name| has(name));
            for heading in mapping.columns.of.values_mut() {
                if let Some(found) = found.filter(|_| Some(&*heading) == synonyms.first()) {
                    heading.clone_from(found);
                }
            }
        }
        let optional = |name: &String| self.is_optional(name);
        let is_there = |name: &String| has(name) || !optional(name);
        mapping.columns.of.retain(|_, name| is_there(name));
        mapping.columns.further.retain(is_there);
        let of_choices = mapping.lists.values_mut().chain(mapping.marks.values_mut());
        of_choices.for_each(|columns| columns.0.retain(is_there));
        mapping
    }

    /// The same for a table whose voters have headings with the prefix of the mapping, and the header with each called as it is behind
    /// it, unless another column is called so.
    pub(super) fn without_prefix(mut self, mut header: Header) -> (Self, Header) {
        let Some(prefix) = &self.voter_prefix else {
            return (self, header);
        };
        let headings = &header.columns;
        let is_free = |name: &str| !headings.iter().any(|known| same_name(known, name));
        let plain = |heading: &str| {
            let behind = heading.strip_prefix(&**prefix)?.trim();
            let name = match !behind.is_empty() && is_free(behind) {
                true => behind,
                false => heading,
            };
            Some(name.to_owned())
        };
        let voters = headings.iter().filter_map(|heading| plain(heading));
        let voters: Vec<String> = voters.collect();
        let called = |heading: &str| plain(heading).unwrap_or_else(|| heading.to_owned());
        let called = headings.iter().map(|heading| called(heading).into());
        header.columns = called.collect();
        self.voter_columns = Some(voters);
        (self, header)
    }

    /// By which name a table knows a column: the first role that it has, or its place among those that tell votes apart.
    pub(super) fn known_as(&self, heading: &str) -> Option<&'static str> {
        let mut roles = self.columns.of.iter();
        let role = roles.find(|(_, name)| same_name(name, heading));
        let further = || {
            let mut further = self.columns.further.iter().zip(FURTHER);
            further.find(|(name, _)| same_name(name, heading))
        };
        let joined = || {
            let mut joined = self.joined_by().zip(JOINED);
            joined.find(|(name, _)| same_name(name, heading))
        };
        let part = || {
            let mut parts = self.parts().into_iter().zip(PARTS);
            parts.find(|(name, _)| same_name(name, heading))
        };
        role.map(|(role, _)| role.as_str())
            .or_else(|| further().map(|(_, known)| known))
            .or_else(|| joined().map(|(_, known)| known))
            .or_else(|| part().map(|(_, known)| known))
    }

    /// By which names a table knows the columns that tell its votes apart: those that the mapping names, and the body, as two
    /// chambers number their votes alike.
    pub(super) fn key(&self) -> Vec<&'static str> {
        let Some(vote) = self.columns.of.get(&Role::Vote) else {
            return Vec::new();
        };
        let body = self.columns.of.get(&Role::Body);
        let columns = [vote].into_iter().chain(&self.columns.further).chain(body);
        let mut names: Vec<&'static str> = Vec::new();
        for name in columns.filter_map(|column| self.known_as(column)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// The name by which a table knows the column of a role: the first role that the column has.
    pub(crate) fn name_of(&self, role: Role) -> &'static str {
        let column = self.columns.of.get(&role).map(String::as_str);
        let text = self.columns.texts.get(&role);
        let first = || headings_in(text?).next();
        let known = column
            .or_else(first)
            .and_then(|column| self.known_as(column));
        known.unwrap_or(role.as_str())
    }

    /// The headings of a table that it explains: those of its first row, or where it has none, as it calls them.
    pub(super) fn header(&self, head: &[u8], whole: bool) -> Option<Header> {
        match &self.headings {
            Some(names) => Header::of_names(head, whole, names),
            None => Header::read(head, whole),
        }
    }

    /// A commented mapping to start from.
    #[must_use]
    pub const fn template() -> &'static str {
        include_str!("template.toml")
    }
}

/// Whether a text is a form of headings: `#` stands for digits.
fn is_form(name: &str) -> bool {
    name.contains('#')
}

/// Whether a name of a column of ballots is a heading, or a form that it has: `Vote #` is `Vote 12`.
pub(super) fn is_called(name: &str, heading: &str) -> bool {
    match is_form(name) {
        true => name == heading || has_form(name, heading.trim()),
        false => same_name(name, heading),
    }
}

fn has_form(form: &str, heading: &str) -> bool {
    let mut rest = heading;
    let mut parts = form.split('#');
    let first = parts.next().unwrap_or_default();
    let Some(after) = rest.strip_prefix(first) else {
        return false;
    };
    rest = after;
    for part in parts {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let after = rest.get(digits..).unwrap_or_default();
        match after.strip_prefix(part) {
            Some(after) if digits > 0 => rest = after,
            _ => return false,
        }
    }
    rest.is_empty()
}

/// The places of the columns of each choice in a table.
pub(super) fn columns_of(
    choices: &BTreeMap<Choice, OneOrMany>,
    header: &Header,
) -> impl Iterator<Item = (Choice, usize)> {
    let at = |name: &String| header.columns.iter().position(|c| same_name(c, name));
    let named = choices.iter();
    let named = named.flat_map(|(choice, columns)| columns.0.iter().map(|name| (*choice, name)));
    named.filter_map(move |(choice, name)| Some((choice, at(name)?)))
}

/// What a mapping says that its table holds.
fn said_of(text: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct About {
        of: String,
    }
    let about: About = toml::from_str(text).ok()?;
    Some(about.of)
}

fn shared(column: &str, one: &'static str, other: &'static str) -> MappingError {
    MappingError::Shared {
        column: column.to_owned(),
        roles: [one, other],
    }
}

/// Refuses notations by which no day can be read, or not one of a certain century.
pub(super) fn check_formats<'f>(
    formats: impl IntoIterator<Item = &'f String>,
) -> Result<(), MappingError> {
    for format in formats {
        match format.parse::<DateForm>() {
            Ok(_) => {}
            Err(error @ DateFormError::ShortYear(_)) => {
                return Err(MappingError::Refused(format!(
                    "the mapping's `date-format` {error}"
                )));
            }
            Err(_) => return Err(MappingError::DateFormat(format.clone())),
        }
    }
    Ok(())
}

/// What is wrong with a mapping's form, and on which line.
pub(super) fn on_line(text: &str, error: &toml::de::Error) -> MappingError {
    let start = error.span().map_or(0, |span| span.start);
    let before = text.as_bytes().get(..start).unwrap_or_default();
    let line = 1 + row::line_ends(before);
    let message: Vec<&str> = error.message().lines().collect();
    MappingError::Toml(format!("line {line}: {}", message.join(", ")))
}

/// The line of a key, by the keys of the tables that it is in.
fn line_of(text: &str, key: &[&str]) -> u64 {
    let Ok(document) = DeTable::parse(text) else {
        debug_assert!(false, "a mapping was read from the text");
        return 1;
    };
    let (mut table, mut start) = (Some(document.get_ref()), 0);
    for part in key {
        let found = table.and_then(|table| table.iter().find(|(name, _)| name.get_ref() == part));
        let Some((name, value)) = found else {
            break;
        };
        start = name.span().start;
        table = match value.get_ref() {
            DeValue::Table(inner) => Some(inner),
            _ => None,
        };
    }
    let before = text.as_bytes().get(..start).unwrap_or_default();
    1 + row::line_ends(before)
}

#[cfg(test)]
mod tests {
    use plenary_tables::gives_day;

    use super::{Mapping, MappingError, is_called, stands_for};

    #[test]
    fn a_key_that_changes_nothing_beside_the_others_is_refused_on_its_line() {
        let long = "[columns]\nvote = 'id'\nname = 'who'\nchoice = 'how'\n[choices]\nyes = ['1']\n";
        let wide = "layout = 'wide'\n[columns]\nvote = 'id'\n[choices]\nyes = ['1']\n";
        let totals = "layout = 'totals'\n[columns]\nvote = 'id'\nyes = 'yea'\n";
        for (text, expected) in [
            (format!("{totals}[choices]\nyes = ['1']\n"), "5 choices"),
            (format!("{totals}[voters]\nA = 'FRA'\n"), "5 voters"),
            (format!("codes = 'iso3'\n{totals}"), "1 codes"),
            (format!("{long}\n[bodies]\nA = 'unga'\n"), "8 bodies"),
            (format!("{long}[kinds]\nA = 'important'\n"), "7 kinds"),
            (format!("{long}[scopes]\nA = 'whole'\n"), "7 scopes"),
            (format!("{long}[modes]\nA = 'recorded'\n"), "7 modes"),
            (format!("{long}[outcomes]\nA = 'adopted'\n"), "7 outcomes"),
            (format!("{long}[rules]\nA = 'ga-ordinary'\n"), "7 rules"),
            (
                format!("\ndate-format = '%d.%m.%Y'\n{long}"),
                "2 date-format",
            ),
            (
                format!("body = 'unga'\n{long}[fixed]\nbody = 'hrc'\n"),
                "1 body",
            ),
            (
                format!("{long}[fixed]\nsession = '5'\nrule = ' '\n"),
                "9 fixed.rule",
            ),
            (format!("codes = 'cow'\n{long}"), "1 codes"),
            (format!("ignore = ['x', 'ID']\n{wide}"), "1 ignore"),
            (
                format!("missing = ['NA']\n{}", long.replace("vote = 'id'\n", "")),
                "1 missing",
            ),
            (
                format!("{wide}no = ['0']\nnon-voting = ['X', '']\n"),
                "7 choices.non-voting",
            ),
        ] {
            match Mapping::from_toml(&text) {
                Err(MappingError::NoEffect { line, key, .. }) => {
                    assert_eq!(format!("{line} {key}"), expected, "{text}");
                }
                other => panic!("{other:?}\n{text}"),
            }
        }
        for text in [
            long.to_owned(),
            wide.to_owned(),
            totals.to_owned(),
            format!("date-format = '%d.%m.%Y'\n{long}[fixed]\ndate = '19.12.2018'\n"),
            format!("{long}non-voting = ['']\n[kinds]\nA = 'important'\n[fixed]\nkind = 'A'\n"),
            format!("codes = 'cow'\n{}", long.replace("name", "state")),
            format!("codes = 'cow'\nignore = ['x']\nmissing = ['NA']\nbody = 'unga'\n{wide}"),
        ] {
            assert!(Mapping::from_toml(&text).is_ok(), "{text}");
        }
    }

    #[test]
    fn in_a_form_of_values_a_star_is_any_text() {
        for (form, text, is) in [
            ("*", "", true),
            ("motion*", "motion to table", true),
            ("motion*", "a motion", false),
            ("* usa)", "bush (r usa)", true),
            (
                "s.j.res*constitution*",
                "s.j.res.12; of the constitution of",
                true,
            ),
            ("a*b*c", "abc", true),
            ("a*b*c", "acb", false),
            ("a*a", "a", false),
            ("a*ab*b", "aabb", true),
            ("a", "a", true),
        ] {
            assert_eq!(stands_for(form, text), is, "{form} {text}");
        }
    }

    #[test]
    fn in_a_form_of_headings_a_number_sign_is_digits() {
        for (form, heading, is) in [
            ("#-#", "1-12", true),
            ("#-#", "1-", false),
            ("#-#", "", false),
            ("#-#", "1-12b", false),
            ("Vote #", " Vote 7 ", true),
            ("Vote #", "Vote", false),
            ("Vote", "vote", true),
        ] {
            assert_eq!(is_called(form, heading), is, "{form} {heading}");
        }
    }

    #[test]
    fn a_notation_of_days_is_one_that_a_day_can_be_read_by() {
        for (format, is) in [
            ("%d.%m.%Y", true),
            ("%B %-d, %Y", true),
            ("%q", false),
            ("%H:%M", false),
            ("%Y-%m-%d %H:%M:%S", true),
            ("day", false),
            ("%m.%Y", false),
        ] {
            assert_eq!(gives_day(format), is, "{format}");
        }
    }
}
