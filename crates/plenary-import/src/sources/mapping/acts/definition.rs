//! [`ActsMapping`]: how to read a table of acts of participants that is in no known format.

use std::collections::BTreeMap;

use plenary_tables::gives_day;
use plenary_types::{ActionKind, Participant};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::super::definition::{Codes, MappingError, Meanings};
use super::super::participants::{Identified, identify};
use super::pattern;
use crate::csv::header::same_name;

/// How to read a table of acts: which columns name the agreement and the participant, and which hold what it did and when.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct ActsMapping {
    #[serde(rename = "of")]
    _of: IgnoredAny,
    /// As what it is known where plenary ships it; read elsewhere.
    #[serde(default, rename = "name")]
    _name: IgnoredAny,
    #[serde(default, rename = "title")]
    _title: IgnoredAny,
    #[serde(default, rename = "publisher")]
    _publisher: IgnoredAny,
    #[serde(default, rename = "page")]
    _page: IgnoredAny,
    pub(super) source: Option<String>,
    #[serde(default)]
    pub(super) layout: ActsShape,
    #[serde(default)]
    pub(super) codes: Codes,
    #[serde(default)]
    date_format: Option<String>,
    #[serde(default)]
    pub(super) columns: BTreeMap<ActRole, String>,
    #[serde(default)]
    pub(super) acts: Vec<ActColumns>,
    /// What the words of a column of acts mean.
    #[serde(default)]
    pub(super) words: Meanings<ActionKind>,
    /// What the letters behind a date mean.
    #[serde(default)]
    pub(super) marks: Marks,
    /// Of a panel: which values say that a participant is a party, and which that it is not.
    #[serde(default)]
    pub(super) statuses: Option<Statuses>,
    #[serde(default)]
    pub(super) missing: Vec<String>,
    #[serde(default)]
    pub(super) ignore: Vec<String>,
    /// Columns named elsewhere that a table may lack.
    #[serde(default)]
    optional: Vec<String>,
    /// Columns that tell a table of this kind from others and are not read.
    #[serde(default)]
    requires: Vec<String>,
    #[serde(default)]
    pub(super) fixed: BTreeMap<ActRole, String>,
    /// Who is meant by a code or name that the tables of states do not have.
    #[serde(default)]
    pub(super) participants: BTreeMap<String, Participant>,
    /// What a table of this kind leaves out, in sentences.
    #[serde(default)]
    pub(super) leaves_out: Vec<String>,
}

/// What a row is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ActsShape {
    /// A participant of an agreement, an act of it, or an agreement with its participants in columns.
    #[default]
    Rows,
    /// A participant in a year, with its status.
    Panel,
}

/// What a column of a table of acts can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ActRole {
    /// Tells agreements apart.
    Agreement,
    Title,
    Symbol,
    State,
    Name,
    Year,
    Act,
    Date,
    Effective,
    OnBehalfOf,
    Towards,
    Source,
    Note,
    Url,
}

impl ActRole {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Agreement => "agreement",
            Self::Title => "title",
            Self::Symbol => "symbol",
            Self::State => "state",
            Self::Name => "name",
            Self::Year => "year",
            Self::Act => "act",
            Self::Date => "date",
            Self::Effective => "effective",
            Self::OnBehalfOf => "on-behalf-of",
            Self::Towards => "towards",
            Self::Source => "source",
            Self::Note => "note",
            Self::Url => "url",
        }
    }

    /// Whether it can hold for a whole table.
    const fn can_be_fixed(self) -> bool {
        matches!(
            self,
            Self::Agreement | Self::Title | Self::Symbol | Self::Act | Self::Source | Self::Url
        )
    }
}

/// The columns of one act of a row. A `#` in a heading stands for a number: one act for each that the table has.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct ActColumns {
    pub(super) act: Option<ActWord>,
    /// The agreement that it is an act of, where a row tells of several.
    pub(super) agreement: Option<String>,
    /// The column, or columns, of those who did it, where the row itself is not about one participant.
    pub(super) participants: Option<String>,
    /// What is between several participants in one cell.
    pub(super) separator: Option<String>,
    /// Of a panel: the column of the status.
    pub(super) status: Option<String>,
    pub(super) date: Option<String>,
    pub(super) effective: Option<String>,
    pub(super) on_behalf_of: Option<String>,
    pub(super) towards: Option<String>,
    pub(super) source: Option<String>,
    pub(super) note: Option<String>,
    /// The values that columns must have: an empty one is an empty cell, `*` any that is not.
    #[serde(default)]
    pub(super) when: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub(super) marks: Marks,
}

impl ActColumns {
    /// Every heading that it names.
    pub(super) fn headings(&self) -> impl Iterator<Item = &String> {
        let of_act = match &self.act {
            Some(ActWord::Column { column }) => Some(column),
            _ => None,
        };
        let columns = [
            of_act,
            self.participants.as_ref(),
            self.status.as_ref(),
            self.date.as_ref(),
            self.effective.as_ref(),
            self.on_behalf_of.as_ref(),
            self.towards.as_ref(),
            self.source.as_ref(),
            self.note.as_ref(),
        ];
        columns.into_iter().flatten().chain(self.when.keys())
    }

    /// The same, with a number for each `#`.
    pub(super) fn with_number(&self, number: &str) -> Self {
        let fill = |heading: &mut String| *heading = heading.replace(pattern::NUMBER, number);
        let mut filled = self.clone();
        if let Some(ActWord::Column { column }) = &mut filled.act {
            fill(column);
        }
        let columns = [
            &mut filled.participants,
            &mut filled.status,
            &mut filled.date,
            &mut filled.effective,
            &mut filled.on_behalf_of,
            &mut filled.towards,
            &mut filled.source,
            &mut filled.note,
        ];
        columns.into_iter().flatten().for_each(fill);
        let when = std::mem::take(&mut filled.when).into_iter();
        let when = when.map(|(mut heading, values)| {
            fill(&mut heading);
            (heading, values)
        });
        filled.when = when.collect();
        filled
    }
}

/// What was done: always the same, or by a column.
#[derive(Clone, Debug, Deserialize)]
#[serde(
    untagged,
    expecting = "not a treaty action: expected a word such as `ratification`, or `{ column = \"HEADING\" }`"
)]
pub(super) enum ActWord {
    Always(ActionKind),
    Column { column: String },
}

/// What the letters behind a date mean; nothing where such a date is no act.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(try_from = "BTreeMap<String, String>")]
pub(super) struct Marks(BTreeMap<String, Option<ActionKind>>);

impl TryFrom<BTreeMap<String, String>> for Marks {
    type Error = String;

    fn try_from(words: BTreeMap<String, String>) -> Result<Self, String> {
        let read = |(mark, word): (String, String)| match word.as_str() {
            "" => Ok((mark, None)),
            word => match word.parse() {
                Ok(kind) => Ok((mark, Some(kind))),
                Err(error) => Err(plenary_types::ActionKindError::to_string(&error)),
            },
        };
        words
            .into_iter()
            .map(read)
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

impl Marks {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What a mark means: `None` where that is not said, `Some(None)` where it is said to be no act.
    pub(super) fn of(&self, mark: &str) -> Option<Option<ActionKind>> {
        self.0.get(mark).copied()
    }
}

/// The values of a status.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Statuses {
    pub(super) party: Vec<String>,
    pub(super) not_party: Vec<String>,
}

/// How days are written.
#[derive(Clone, Copy, Debug)]
pub(in crate::sources::mapping) enum Notation<'m> {
    /// As everywhere.
    Usual,
    /// As the UN Treaty Collection prints acts: `24 Sep 1945 a`.
    TreatyCollection,
    /// In the notation of `strftime`.
    Format(&'m str),
}

/// The value of `date-format` that means [`Notation::TreatyCollection`].
const TREATY_COLLECTION: &str = "untc";

impl ActsMapping {
    /// Who a code and a name mean.
    pub(super) fn identify(&self, code: &str, name: &str) -> Result<Identified, &'static str> {
        identify(self.codes, &self.participants, code, name)
    }

    pub(super) fn notation(&self) -> Notation<'_> {
        match self.date_format.as_deref() {
            None => Notation::Usual,
            Some(TREATY_COLLECTION) => Notation::TreatyCollection,
            Some(format) => Notation::Format(format),
        }
    }

    /// The columns of the acts: those listed, or the one act that `[columns]` names.
    pub(super) fn entries(&self) -> Vec<ActColumns> {
        if !self.acts.is_empty() {
            return self.acts.clone();
        }
        let column = |role: ActRole| self.columns.get(&role).cloned();
        let fixed = || self.fixed.get(&ActRole::Act)?.parse().ok();
        let act = match column(ActRole::Act) {
            Some(column) => Some(ActWord::Column { column }),
            None => fixed().map(ActWord::Always),
        };
        vec![ActColumns {
            act,
            date: column(ActRole::Date),
            effective: column(ActRole::Effective),
            on_behalf_of: column(ActRole::OnBehalfOf),
            towards: column(ActRole::Towards),
            source: column(ActRole::Source),
            note: column(ActRole::Note),
            ..ActColumns::default()
        }]
    }

    /// The headings that it reads; one with a `#` is a pattern.
    fn headings(&self) -> impl Iterator<Item = &String> {
        let of_acts = self.acts.iter().flat_map(ActColumns::headings);
        self.columns.values().chain(of_acts)
    }

    /// The columns that a table must have and does not.
    pub(in crate::sources::mapping) fn missing<S: AsRef<str>>(
        &self,
        headings: &[S],
    ) -> Vec<String> {
        let is_optional = |name: &&String| self.optional.iter().any(|other| same_name(other, name));
        let has = |name: &&String| headings.iter().any(|known| is(name, known.as_ref()));
        let needed = self.headings().filter(|name| !is_optional(name));
        let needed = needed.chain(&self.requires);
        let mut missing: Vec<String> = Vec::new();
        for name in needed.filter(|name| !has(name)) {
            if !missing.contains(name) {
                missing.push(name.clone());
            }
        }
        missing
    }

    /// Whether a heading is one that it names, to read it or to leave it out.
    pub(in crate::sources::mapping) fn names(&self, heading: &str) -> bool {
        let unread = self.ignore.iter().chain(&self.requires);
        let mut known = self.headings().chain(unread);
        known.any(|name| is(name, heading))
    }

    /// Refuses what no table of acts could be read by, and keys that change nothing.
    pub(in crate::sources::mapping) fn checked(self) -> Result<Self, ActsFault> {
        self.refuse_incomplete().map_err(ActsFault::Mapping)?;
        self.refuse_beside_panels().map_err(ActsFault::Mapping)?;
        match self.without_effect() {
            Some((key, reason)) => Err(ActsFault::NoEffect { key, reason }),
            None => Ok(self),
        }
    }

    fn refuse_incomplete(&self) -> Result<(), MappingError> {
        let has = |role: ActRole| self.columns.contains_key(&role);
        let needs = |what: &str| {
            Err(MappingError::Refused(format!(
                "the mapping does not say {what}"
            )))
        };
        let own = |act: &ActColumns| act.participants.is_some();
        let all_own = !self.acts.is_empty() && self.acts.iter().all(own);
        if !(has(ActRole::State) || has(ActRole::Name) || all_own) {
            return needs(
                "which column is `state` or `name`, nor under each of `[[acts]]` which are `participants`",
            );
        }
        if let Notation::Format(format) = self.notation()
            && !gives_day(format)
        {
            return Err(MappingError::DateFormat(format.to_owned()));
        }
        if self.codes == Codes::None {
            return Err(MappingError::Refused(
                "`codes` is `none`, but the participants of agreements are not persons".to_owned(),
            ));
        }
        if let Some(role) = self.fixed.keys().find(|role| !role.can_be_fixed()) {
            return Err(MappingError::Refused(format!(
                "the mapping gives `{}` under `[fixed]`, but no two acts of a table share one: name its column",
                role.as_str()
            )));
        }
        if let Some(act) = self.fixed.get(&ActRole::Act)
            && let Err(error) = act.parse::<ActionKind>()
        {
            return Err(MappingError::Refused(error.to_string()));
        }
        for entry in self.entries() {
            let panel = self.layout == ActsShape::Panel;
            if entry.act.is_none() && !panel {
                return needs("what was done: name a column `act`, or give `act` under `[[acts]]`");
            }
            let when = entry.date.is_some() || entry.effective.is_some();
            let by_column = matches!(entry.act, Some(ActWord::Column { .. }));
            let is_told =
                when || by_column || !entry.when.is_empty() || entry.participants.is_some();
            if !panel && !is_told {
                return needs(
                    "by which column an act is told: a `date`, a day on which it is `effective`, or `when` it was done",
                );
            }
        }
        Ok(())
    }

    fn refuse_beside_panels(&self) -> Result<(), MappingError> {
        let refuse = |what: &str| Err(MappingError::Refused(what.to_owned()));
        let has_year = self.columns.contains_key(&ActRole::Year);
        if self.layout == ActsShape::Rows {
            let has_status = self.acts.iter().any(|act| act.status.is_some());
            return match has_year || has_status || self.statuses.is_some() {
                true => refuse(
                    "the mapping names a `year` or a `status`, but its `layout` is not `panel`: only there a row is a participant in a year",
                ),
                false => Ok(()),
            };
        }
        if !has_year {
            return refuse("the mapping does not say which column is `year`");
        }
        if self.acts.is_empty() || self.acts.iter().any(|act| act.status.is_none()) {
            return refuse(
                "the mapping does not say under each of `[[acts]]` which column is `status`",
            );
        }
        let is_dated = |act: &ActColumns| {
            let columns = [&act.date, &act.effective, &act.participants];
            let by_column = matches!(act.act, Some(ActWord::Column { .. }));
            by_column || columns.iter().any(|column| column.is_some()) || !act.when.is_empty()
        };
        match self.acts.iter().any(is_dated) {
            true => refuse(
                "the `layout` is `panel`, where the first year of a status dates an act: leave `date`, `effective`, `when` and `participants` out",
            ),
            false => Ok(()),
        }
    }

    /// The first key that changes nothing beside the others, and why.
    fn without_effect(&self) -> Option<(Vec<&'static str>, String)> {
        let of_one = [
            ActRole::Act,
            ActRole::Date,
            ActRole::Effective,
            ActRole::OnBehalfOf,
            ActRole::Towards,
            ActRole::Source,
            ActRole::Note,
        ];
        if !self.acts.is_empty()
            && let Some(role) = of_one
                .into_iter()
                .find(|role| self.columns.contains_key(role))
        {
            let reason = "the acts of a row are listed under `[[acts]]`; name the column there";
            return Some((vec!["columns", role.as_str()], reason.to_owned()));
        }
        let entries = self.entries();
        let by_column = |act: &ActColumns| matches!(act.act, Some(ActWord::Column { .. }));
        if !self.words.is_empty() && !entries.iter().any(by_column) {
            let reason = "no act is told by a column; name one, or leave it out";
            return Some((vec!["words"], reason.to_owned()));
        }
        let dated = |act: &ActColumns| act.date.is_some() || act.effective.is_some();
        if !entries.iter().any(dated) {
            let reason = "no column is a `date` or `effective`; name one, or leave it out";
            if self.date_format.is_some() {
                return Some((vec!["date-format"], reason.to_owned()));
            }
            if !self.marks.is_empty() {
                return Some((vec!["marks"], reason.to_owned()));
            }
        }
        if self.codes.system().is_some()
            && !self.columns.contains_key(&ActRole::State)
            && entries.iter().all(|act| act.participants.is_none())
        {
            let reason =
                "no column is `state`, and a `name` is no code; name that column, or leave it out";
            return Some((vec!["codes"], reason.to_owned()));
        }
        let mut fixed = self.fixed.iter();
        if let Some((role, _)) = fixed.find(|(_, value)| value.trim().is_empty()) {
            let reason = "its value is empty; write one, or leave it out";
            return Some((vec!["fixed", role.as_str()], reason.to_owned()));
        }
        let mut read = self.headings();
        let ignored = |name: &&String| self.ignore.iter().any(|other| same_name(other, name));
        if let Some(column) = read.find(ignored) {
            let reason = format!(
                "the column `{column}` is named elsewhere, and so it is read; leave it out of one of them"
            );
            return Some((vec!["ignore"], reason));
        }
        let mut required = self.requires.iter();
        let read = |name: &&String| self.headings().any(|other| same_name(other, name));
        if let Some(column) = required.find(read) {
            let reason = format!(
                "the column `{column}` is named elsewhere, and so it is needed anyway; leave it out"
            );
            return Some((vec!["requires"], reason));
        }
        None
    }
}

/// Whether a heading is the one that a mapping names, which may be a pattern.
fn is(name: &str, heading: &str) -> bool {
    match name.contains(pattern::NUMBER) {
        true => pattern::number_in(name, heading).is_some(),
        false => same_name(name, heading),
    }
}

/// Why a mapping of acts cannot be used.
pub(in crate::sources::mapping) enum ActsFault {
    Mapping(MappingError),
    /// A key that changes nothing, by the keys of the tables that it is in, and why.
    NoEffect {
        key: Vec<&'static str>,
        reason: String,
    },
}
