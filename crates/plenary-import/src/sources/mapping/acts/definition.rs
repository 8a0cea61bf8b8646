//! [`ActsMapping`]: how to read a table of acts of participants that is in no known format.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use plenary_tables::DateForm;
use plenary_types::{ActionKind, Date, Participant};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::super::definition::{Codes, CodesOf, MappingError, Meanings, OneOrMany, check_formats};
use super::super::encoding::Encoding;
use super::super::heading::{Heading, Headings};
use super::super::join::{Join, JoinOf, JoinRole, pieces};
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
    /// Of which time the codes and names are; of the present, where it does not say.
    pub(super) codes_of: Option<CodesOf>,
    /// How lines are encoded that are not UTF-8.
    encoding: Option<Encoding>,
    #[serde(default)]
    date_format: OneOrMany,
    #[serde(default)]
    pub(super) columns: RoleColumns,
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
    /// Of a panel: what a year without a row says, where the table has rows of others for it.
    pub(super) absent: Option<Absent>,
    /// Tables beside the one that is read.
    #[serde(default, rename = "join")]
    pub(super) joins: Vec<Join<ActRole>>,
    #[serde(default)]
    pub(super) missing: Vec<String>,
    #[serde(default)]
    pub(in crate::sources::mapping) ignore: Vec<String>,
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

/// The columns of a table by what they are.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(try_from = "BTreeMap<ActRole, RoleHeadings>")]
pub(super) struct RoleColumns {
    of: BTreeMap<ActRole, Heading>,
    /// Further columns that tell agreements apart, beside that of [`ActRole::Agreement`].
    further: Vec<Heading>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(
    untagged,
    expecting = "not a column: expected its heading, `{ any-of = [\"HEADING\", \"HEADING\"] }`, or a list of headings for `agreement`"
)]
enum RoleHeadings {
    Several(Vec<String>),
    One(Heading),
}

impl TryFrom<BTreeMap<ActRole, RoleHeadings>> for RoleColumns {
    type Error = String;

    fn try_from(named: BTreeMap<ActRole, RoleHeadings>) -> Result<Self, String> {
        let mut columns = Self::default();
        for (role, headings) in named {
            let several = match headings {
                RoleHeadings::One(heading) => {
                    columns.of.insert(role, heading);
                    continue;
                }
                RoleHeadings::Several(several) => several,
            };
            let mut several = several.iter().map(|heading| Heading::from(&**heading));
            match (role, several.next()) {
                (ActRole::Agreement, Some(first)) => {
                    columns.of.insert(role, first);
                    columns.further = several.collect();
                }
                _ => {
                    return Err(format!(
                        "`{}` is one column; only `agreement` may be a list, and not an empty one; one column that has several headings is `{{ any-of = [...] }}`",
                        role.as_str()
                    ));
                }
            }
        }
        Ok(columns)
    }
}

impl RoleColumns {
    pub(super) fn get(&self, role: ActRole) -> Option<&Heading> {
        self.of.get(&role)
    }

    fn has(&self, role: ActRole) -> bool {
        self.of.contains_key(&role)
    }

    /// The columns that tell agreements apart.
    pub(super) fn key(&self) -> impl Iterator<Item = &Heading> {
        self.get(ActRole::Agreement)
            .into_iter()
            .chain(&self.further)
    }

    fn all(&self) -> impl Iterator<Item = &Heading> {
        self.of.values().chain(&self.further)
    }
}

/// What a year without a row says of a participant of a panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Absent {
    /// That it was not a party: the table has rows of parties alone.
    NotParty,
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
    Subjects,
}

impl JoinRole for ActRole {
    const ABOUT: &'static [JoinOf] = &[JoinOf::Agreements, JoinOf::Participants];

    fn as_str(self) -> &'static str {
        self.as_str()
    }
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
            Self::Subjects => "subjects",
        }
    }

    /// Whether it can hold for a whole table.
    const fn can_be_fixed(self) -> bool {
        matches!(
            self,
            Self::Agreement
                | Self::Title
                | Self::Symbol
                | Self::Act
                | Self::Source
                | Self::Url
                | Self::Subjects
        )
    }
}

/// The columns of one act of a row. A `#` in a heading stands for a number: one act for each that the table has.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct ActColumns {
    pub(super) act: Option<ActWord>,
    /// The agreement that it is an act of, where a row tells of several: a text, with headings in braces for what stands in them.
    pub(super) agreement: Option<String>,
    /// What that agreement is about.
    #[serde(default)]
    pub(super) subjects: Vec<String>,
    /// The column, or columns, of those who did it, where the row itself is not about one participant.
    #[serde(default)]
    pub(super) participants: Headings,
    /// What is between several participants in one cell.
    pub(super) separator: Option<String>,
    /// Of a panel: the column of the status.
    pub(super) status: Option<Heading>,
    pub(super) date: Option<Heading>,
    /// Words of the cell of the date behind which it stands; a cell without them has none.
    #[serde(default)]
    pub(super) after: Vec<String>,
    pub(super) effective: Option<Heading>,
    pub(super) on_behalf_of: Option<Heading>,
    pub(super) towards: Option<Heading>,
    pub(super) source: Option<Heading>,
    pub(super) note: Option<Heading>,
    /// The values that columns must have: an empty one is an empty cell, `*` any that is not.
    #[serde(default)]
    pub(super) when: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub(super) marks: Marks,
}

impl ActColumns {
    /// What it is called in an account: its word, or `act` where a column says it.
    fn called(&self) -> &'static str {
        match &self.act {
            Some(ActWord::Always(kind)) => kind.as_str(),
            Some(ActWord::Column { .. }) => "act",
            None => ActionKind::Participation.as_str(),
        }
    }

    /// The columns that it names, each with what it is.
    fn named(&self) -> impl Iterator<Item = (&'static str, &Heading)> {
        let of_act = match &self.act {
            Some(ActWord::Column { column }) => Some(column),
            _ => None,
        };
        let columns = [
            ("act", of_act),
            ("status", self.status.as_ref()),
            ("date", self.date.as_ref()),
            ("effective", self.effective.as_ref()),
            ("on-behalf-of", self.on_behalf_of.as_ref()),
            ("towards", self.towards.as_ref()),
            ("source", self.source.as_ref()),
            ("note", self.note.as_ref()),
        ];
        let columns = columns
            .into_iter()
            .filter_map(|(role, column)| Some((role, column?)));
        let participants = self.participants.0.iter();
        columns.chain(participants.map(|column| ("participants", column)))
    }

    /// The headings that it names in other places than its columns: of `when`, and those in braces.
    fn mentioned(&self) -> Vec<&str> {
        let text = self.agreement.as_deref().unwrap_or_default();
        let when = self.when.keys().map(String::as_str);
        when.chain(in_braces(text)).collect()
    }

    /// The first of its headings that is a pattern; one of participants before others.
    pub(super) fn pattern(&self) -> Option<&str> {
        let is_pattern = |name: &&str| name.contains(pattern::NUMBER);
        let participants = self.participants.0.iter().flat_map(Heading::names);
        let named = self.named().flat_map(|(_, column)| column.names());
        let names = participants.chain(named).map(String::as_str);
        names.chain(self.mentioned()).find(is_pattern)
    }

    /// The same, with a number for each `#`.
    pub(super) fn with_number(&self, number: &str) -> Self {
        let text = |heading: &str| heading.replace(pattern::NUMBER, number);
        let fill = |heading: &mut Heading| *heading = heading.map(text);
        let mut filled = self.clone();
        if let Some(ActWord::Column { column }) = &mut filled.act {
            fill(column);
        }
        let columns = [
            &mut filled.status,
            &mut filled.date,
            &mut filled.effective,
            &mut filled.on_behalf_of,
            &mut filled.towards,
            &mut filled.source,
            &mut filled.note,
        ];
        columns.into_iter().flatten().for_each(fill);
        filled.participants.0.iter_mut().for_each(fill);
        filled.agreement = filled.agreement.as_deref().map(text);
        let when = std::mem::take(&mut filled.when).into_iter();
        filled.when = when
            .map(|(heading, values)| (text(&heading), values))
            .collect();
        filled
    }
}

/// The headings in the braces of a text.
fn in_braces(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split('{').skip(1);
    parts.filter_map(|part| Some(part.split_once('}')?.0))
}

/// What was done: always the same, or by a column.
#[derive(Clone, Debug, Deserialize)]
#[serde(
    untagged,
    expecting = "not a treaty action: expected a word such as `ratification`, or `{ column = \"HEADING\" }`"
)]
pub(super) enum ActWord {
    Always(ActionKind),
    Column { column: Heading },
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
    /// As everywhere, or as the dates of the table settle it.
    Form(&'m DateForm),
    /// As the UN Treaty Collection prints acts: `24 Sep 1945 a`.
    TreatyCollection,
    /// In notations of `strftime`, the first that fits.
    Formats(&'m [String]),
}

impl Notation<'_> {
    pub(in crate::sources::mapping) const USUAL: Self = Self::Form(&DateForm::USUAL);
}

/// What stands for every other column under `ignore`.
const EVERY_OTHER: &str = "*";

/// The value of `date-format` that means [`Notation::TreatyCollection`].
const TREATY_COLLECTION: &str = "untc";

impl ActsMapping {
    /// Who a code and a name mean, on the day of which the codes are; of the date of an act, where they are of that.
    pub(super) fn identify(
        &self,
        code: &str,
        name: &str,
        date: Option<Date>,
    ) -> Result<Identified, &'static str> {
        let on = match self.codes_of {
            Some(CodesOf::Day(day)) => day,
            Some(CodesOf::Then) => date.map_or(NaiveDate::MAX, Date::latest),
            None => NaiveDate::MAX,
        };
        identify(self.codes, &self.participants, code, name, on)
    }

    /// How lines are encoded that are not UTF-8.
    pub(in crate::sources::mapping) const fn encoding(&self) -> Option<Encoding> {
        self.encoding
    }

    /// Whether codes and names are those of the date of each act.
    pub(super) fn is_of_then(&self) -> bool {
        self.codes_of == Some(CodesOf::Then)
    }

    /// How days are written, where the mapping says it.
    pub(super) fn own_notation(&self) -> Option<Notation<'_>> {
        match self.date_format.0.as_slice() {
            [] => None,
            [format] if format == TREATY_COLLECTION => Some(Notation::TreatyCollection),
            formats => Some(Notation::Formats(formats)),
        }
    }

    /// The columns of the acts: those listed, or the one act that `[columns]` names.
    pub(super) fn entries(&self) -> Vec<ActColumns> {
        if !self.acts.is_empty() {
            return self.acts.clone();
        }
        let column = |role: ActRole| self.columns.get(role).cloned();
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

    /// The columns that it reads; one with a `#` is a pattern.
    fn headings(&self) -> Vec<Heading> {
        let of_acts = self.acts.iter().flat_map(ActColumns::named);
        let named = self.columns.all().chain(of_acts.map(|(_, column)| column));
        let mut headings: Vec<Heading> = named.cloned().collect();
        let mentioned = self.acts.iter().flat_map(ActColumns::mentioned);
        for name in mentioned.chain(self.joined_by()) {
            if !headings.iter().any(|heading| heading.is(name)) {
                headings.push(name.into());
            }
        }
        headings
    }

    /// The columns by which tables beside are joined.
    fn joined_by(&self) -> impl Iterator<Item = &str> {
        let keys = self.joins.iter().flat_map(Join::key);
        keys.map(|(name, _)| name)
    }

    /// The column that has a heading, by all of its headings.
    pub(super) fn heading(&self, name: &str) -> Heading {
        let mut known = self.headings().into_iter();
        known
            .find(|heading| heading.is(name))
            .unwrap_or_else(|| name.into())
    }

    /// The columns that a table must have and does not, by the first of their headings.
    pub(in crate::sources::mapping) fn missing<S: AsRef<str>>(
        &self,
        headings: &[S],
    ) -> Vec<String> {
        let is_optional = |column: &&Heading| self.optional.iter().any(|name| column.is(name));
        let has = |column: &&Heading| headings.iter().any(|known| is(column, known.as_ref()));
        let read = self.headings();
        let required: Vec<Heading> = self.requires.iter().map(|name| (&**name).into()).collect();
        let needed = read.iter().filter(|column| !is_optional(column));
        let needed = needed.chain(&required);
        let mut missing: Vec<String> = Vec::new();
        for column in needed.filter(|column| !has(column)) {
            if !missing.iter().any(|name| name == column.first()) {
                missing.push(column.first().to_owned());
            }
        }
        missing
    }

    /// Whether a heading is one that it names, to read it or to leave it out.
    pub(in crate::sources::mapping) fn names(&self, heading: &str) -> bool {
        let mut required = self.requires.iter();
        self.headings().iter().any(|column| is(column, heading))
            || required.any(|name| same_name(name, heading))
            || self.ignores(heading)
    }

    /// Whether a column that nothing else is said of is left out without a word.
    fn ignores(&self, heading: &str) -> bool {
        let mut names = self.ignore.iter();
        names.any(|name| name == EVERY_OTHER || same_name(name, heading))
    }

    /// What became of a column, the first of its heading.
    pub(super) fn use_of(&self, heading: &str) -> String {
        let mut uses: Vec<String> = Vec::new();
        let mut add = |used_as: String| {
            if !uses.contains(&used_as) {
                uses.push(used_as);
            }
        };
        for (role, column) in &self.columns.of {
            if is(column, heading) {
                add(role.as_str().to_owned());
            }
        }
        if self
            .columns
            .further
            .iter()
            .any(|column| is(column, heading))
        {
            add(ActRole::Agreement.as_str().to_owned());
        }
        for act in &self.acts {
            for (role, _) in act.named().filter(|(_, column)| is(column, heading)) {
                add(match role {
                    "act" | "participants" | "status" => role.to_owned(),
                    role => format!("{role} of {}", act.called()),
                });
            }
            let mut when = act.when.keys();
            if when.any(|name| is(&self.heading(name), heading)) {
                add("when".to_owned());
            }
            let text = act.agreement.as_deref().unwrap_or_default();
            if in_braces(text).any(|name| is(&self.heading(name), heading)) {
                add(ActRole::Agreement.as_str().to_owned());
            }
        }
        if self.joined_by().any(|name| same_name(name, heading)) {
            add("key".to_owned());
        }
        let mut required = self.requires.iter();
        match uses.is_empty() {
            false => uses.join(", "),
            true if required.any(|name| same_name(name, heading)) => "required".to_owned(),
            true if self.ignores(heading) => "ignored".to_owned(),
            true => "not used".to_owned(),
        }
    }

    /// Refuses what no table of acts could be read by, and keys that change nothing.
    pub(in crate::sources::mapping) fn checked(self) -> Result<Self, ActsFault> {
        self.refuse_incomplete().map_err(ActsFault::Mapping)?;
        self.refuse_beside_panels().map_err(ActsFault::Mapping)?;
        self.refuse_braces().map_err(ActsFault::Mapping)?;
        self.refuse_joins().map_err(ActsFault::Mapping)?;
        match self.without_effect() {
            Some((key, reason)) => Err(ActsFault::NoEffect { key, reason }),
            None => Ok(self),
        }
    }

    fn refuse_incomplete(&self) -> Result<(), MappingError> {
        let needs = |what: &str| {
            Err(MappingError::Refused(format!(
                "the mapping does not say {what}"
            )))
        };
        let own = |act: &ActColumns| !act.participants.0.is_empty();
        let all_own = !self.acts.is_empty() && self.acts.iter().all(own);
        if !(self.is_about_participants() || all_own) {
            return needs(
                "which column is `state` or `name`, nor under each of `[[acts]]` which are `participants`",
            );
        }
        if let Some(Notation::Formats(formats)) = self.own_notation() {
            check_formats(formats)?;
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
            let is_told = when || by_column || !entry.when.is_empty() || own(&entry);
            if !panel && !is_told {
                return needs(
                    "by which column an act is told: a `date`, a day on which it is `effective`, or `when` it was done",
                );
            }
        }
        Ok(())
    }

    /// Whether a column or a table beside says what a role is.
    fn tells(&self, role: ActRole) -> bool {
        let mut joins = self.joins.iter();
        self.columns.has(role) || joins.any(|join| join.columns.contains_key(&role))
    }

    /// Whether each row is about a participant.
    pub(super) fn is_about_participants(&self) -> bool {
        self.tells(ActRole::State) || self.tells(ActRole::Name)
    }

    /// Refuses texts with headings in braces that are not closed.
    fn refuse_braces(&self) -> Result<(), MappingError> {
        let mut texts = self.acts.iter().filter_map(|act| act.agreement.as_deref());
        match texts.find(|text| pieces(text, |_| Some(0)).is_err() && text.contains('{')) {
            Some(text) => Err(MappingError::Refused(format!(
                "the `agreement` `{text}` has a brace that is not closed: a heading stands in two, `{{HEADING}}`"
            ))),
            None => Ok(()),
        }
    }

    /// Refuses tables beside that cannot be joined.
    fn refuse_joins(&self) -> Result<(), MappingError> {
        let refused = |reason: String| Err(MappingError::Join(reason));
        for join in &self.joins {
            join.refuse_of_others().map_err(MappingError::Join)?;
            let (called, roles): (_, &[ActRole]) = match join.of() {
                JoinOf::Participants => ("participants", &[ActRole::State, ActRole::Name]),
                _ => (
                    "agreements",
                    &[
                        ActRole::Agreement,
                        ActRole::Title,
                        ActRole::Symbol,
                        ActRole::Url,
                        ActRole::Subjects,
                    ],
                ),
            };
            if !join.fixed.is_empty() {
                return refused("its `fixed` holds facts of votes".to_owned());
            }
            if let Some(role) = join.columns.keys().find(|role| !roles.contains(role)) {
                let role = role.as_str();
                return refused(format!(
                    "a table of {called} has no column that is `{role}`"
                ));
            }
            if join.columns.is_empty() || join.key().is_empty() {
                let is_keyless = join.key().is_empty();
                let what = if is_keyless { "key" } else { "columns" };
                return refused(format!("its `{what}` is empty"));
            }
            if join.has_no_voters() {
                return refused("`no-voters` is of tables of voters; leave it out".to_owned());
            }
        }
        Ok(())
    }

    fn refuse_beside_panels(&self) -> Result<(), MappingError> {
        let refuse = |what: &str| Err(MappingError::Refused(what.to_owned()));
        let has_year = self.columns.has(ActRole::Year);
        if self.layout == ActsShape::Rows {
            let has_status = self.acts.iter().any(|act| act.status.is_some());
            let has_absent = self.absent.is_some();
            return match has_year || has_status || has_absent || self.statuses.is_some() {
                true => refuse(
                    "the mapping names a `year` or a `status`, or says what is `absent`, but its `layout` is not `panel`: only there a row is a participant in a year",
                ),
                false => Ok(()),
            };
        }
        if !has_year {
            return refuse("the mapping does not say which column is `year`");
        }
        if self.is_of_then() {
            return refuse(
                "`codes-of` is `then`, but the rows of a panel are one participant through its years: say of which day they are",
            );
        }
        if self.acts.is_empty() || self.acts.iter().any(|act| act.status.is_none()) {
            return refuse(
                "the mapping does not say under each of `[[acts]]` which column is `status`",
            );
        }
        let is_dated = |act: &ActColumns| {
            let columns = [&act.date, &act.effective];
            let by_column = matches!(act.act, Some(ActWord::Column { .. }));
            by_column || columns.iter().any(|column| column.is_some()) || !act.when.is_empty()
        };
        match self.acts.iter().any(is_dated) {
            true => refuse(
                "the `layout` is `panel`, where the first year of a status dates an act: leave `date`, `effective` and `when` out",
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
            && let Some(role) = of_one.into_iter().find(|role| self.columns.has(*role))
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
            if !self.date_format.0.is_empty() {
                return Some((vec!["date-format"], reason.to_owned()));
            }
            if !self.marks.is_empty() {
                return Some((vec!["marks"], reason.to_owned()));
            }
        }
        if let Some(at) = entries
            .iter()
            .position(|act| !act.after.is_empty() && act.date.is_none())
        {
            let reason = format!(
                "the act {} has no column that is `date`; name one, or leave it out",
                at + 1
            );
            return Some((vec!["acts", "after"], reason));
        }
        if self.codes.system().is_some()
            && !self.tells(ActRole::State)
            && entries.iter().all(|act| act.participants.0.is_empty())
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
        let read = self.headings();
        let ignored = |column: &&Heading| self.ignore.iter().any(|name| column.is(name));
        if let Some(column) = read.iter().find(ignored) {
            let column = column.first();
            let reason = format!(
                "the column `{column}` is named elsewhere, and so it is read; leave it out of one of them"
            );
            return Some((vec!["ignore"], reason));
        }
        let mut required = self.requires.iter();
        let is_read = |name: &&String| read.iter().any(|column| column.is(name));
        if let Some(column) = required.find(is_read) {
            let reason = format!(
                "the column `{column}` is named elsewhere, and so it is needed anyway; leave it out"
            );
            return Some((vec!["requires"], reason));
        }
        None
    }
}

/// Whether a heading is that of a column, which may be a pattern.
fn is(column: &Heading, heading: &str) -> bool {
    column
        .names()
        .iter()
        .any(|name| match name.contains(pattern::NUMBER) {
            true => pattern::number_in(name, heading).is_some(),
            false => same_name(name, heading),
        })
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
