//! `bodies/NAME.toml` as it is written.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use plenary_decisions::{Name, Requirement};
use plenary_types::{BodyId, Choice, Mode, Nature, Outcome, Participant, Scope};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use super::fault::ReferenceFault;
use super::files::{Source, Stack};
use crate::words::{
    AssumedFindings, Chair, LeadsTo, MemberKind, QuorumUse, SuspendedCount, Terms, Tie,
};

/// A day, without a time; in quotes it is the same day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Day(pub(crate) NaiveDate);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = match toml::Value::deserialize(deserializer)? {
            toml::Value::Datetime(day) => day.to_string(),
            toml::Value::String(day) => day,
            other => other.to_string(),
        };
        let day = value.parse();
        day.map(Self).map_err(|_| {
            serde::de::Error::custom(format!(
                "`{value}` is not a day: expected such as 2001-03-01"
            ))
        })
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct BodyFile {
    format: Spanned<u32>,
    pub(crate) default: Option<bool>,
    pub(crate) for_any_body: Option<bool>,
    extends: Option<Spanned<String>>,
    pub(crate) members: Option<Members>,
    pub(crate) name: Option<String>,
    pub(crate) names: Option<Vec<Spanned<NameEntry>>>,
    pub(crate) from: Option<Day>,
    pub(crate) to: Option<Spanned<Day>>,
    pub(crate) known_from: Option<Day>,
    pub(crate) known_until: Option<Spanned<Day>>,
    pub(crate) confirmed_until: Option<Day>,
    pub(crate) member_kind: Option<MemberKind>,
    pub(crate) members_of: Option<Spanned<BodyId>>,
    pub(crate) roster_of: Option<Spanned<BodyId>>,
    pub(crate) elected_by: Option<Spanned<BodyId>>,
    pub(crate) default_kind: Option<Spanned<String>>,
    pub(crate) also_possible: Option<Vec<Spanned<String>>>,
    pub(crate) default_source: Option<String>,
    pub(crate) assumed_findings: Option<AssumedFindings>,
    pub(crate) suspended: Option<SuspendedCount>,
    pub(crate) show_groups: Option<Spanned<String>>,
    pub(crate) counts_only: Option<bool>,
    pub(crate) units: Option<Vec<String>>,
    pub(crate) terms: Option<Terms>,
    pub(crate) chair: Option<Chair>,
    pub(crate) sessions: Option<SessionsEntry>,
    pub(crate) symbols: Option<Vec<Spanned<String>>>,
    pub(crate) quorum: Option<Spanned<QuorumEntry>>,
    #[serde(default)]
    groups: BTreeMap<Spanned<Name>, GroupEntry>,
    pub(crate) groups_of: Option<Vec<Spanned<BodyId>>>,
    #[serde(default)]
    codes: Vec<Spanned<CodeEntry>>,
    pub(crate) weights: Option<Vec<Spanned<WeightEntry>>>,
    #[serde(default)]
    seats: Vec<Spanned<SeatEntry>>,
    #[serde(default)]
    choices: BTreeMap<String, Choice>,
    #[serde(default)]
    outcomes: BTreeMap<String, Outcome>,
    #[serde(default)]
    kinds: BTreeMap<Spanned<String>, KindEntry>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Members {
    /// The roster goes on below that of the layer under it.
    Append,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NameEntry {
    pub(crate) name: String,
    pub(crate) from: Option<Day>,
    pub(crate) to: Option<Day>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct SessionsEntry {
    pub(crate) series: Vec<Spanned<String>>,
    pub(crate) roman_until: Option<Day>,
    #[serde(default)]
    pub(crate) yearly: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct QuorumEntry {
    pub(crate) open: Option<Requirement>,
    pub(crate) decide: Option<Requirement>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GroupEntry {
    pub(crate) status: String,
    pub(crate) before: Option<BeforeEntry>,
    #[expect(dead_code, reason = "cited for the reader of the file")]
    source: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BeforeEntry {
    pub(crate) from: Day,
    pub(crate) members: Vec<Participant>,
    #[expect(dead_code, reason = "cited for the reader of the file")]
    source: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CodeEntry {
    pub(crate) code: Participant,
    pub(crate) member: Participant,
    pub(crate) from: Option<Day>,
    pub(crate) to: Option<Day>,
    #[expect(dead_code, reason = "cited for the reader of the file")]
    source: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub(crate) enum WeightEntry {
    Plain(Name),
    Named {
        name: Name,
        table: Option<String>,
        #[serde(default)]
        unverified: bool,
    },
}

impl WeightEntry {
    /// What requirements call the table.
    pub(crate) const fn name(&self) -> &Name {
        match self {
            Self::Plain(name) | Self::Named { name, .. } => name,
        }
    }

    /// The name of its file.
    pub(crate) fn table(&self) -> &str {
        match self {
            Self::Named {
                table: Some(table), ..
            } => table,
            Self::Plain(name) | Self::Named { name, .. } => name.as_str(),
        }
    }

    /// Whether no source confirms it.
    pub(crate) const fn is_unverified(&self) -> bool {
        matches!(
            self,
            Self::Named {
                unverified: true,
                ..
            }
        )
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct SeatEntry {
    pub(crate) from: Day,
    pub(crate) to: Option<Day>,
    pub(crate) in_force: Option<Day>,
    pub(crate) count: u32,
    #[serde(default)]
    pub(crate) by: BTreeMap<String, u32>,
    pub(crate) source: String,
    #[serde(default)]
    pub(crate) unverified: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct KindEntry {
    pub(crate) title: Option<String>,
    pub(crate) source: Option<String>,
    #[serde(default)]
    pub(crate) unverified: bool,
    pub(crate) nature: Option<Nature>,
    pub(crate) mode: Option<Mode>,
    #[serde(default)]
    pub(crate) secret: bool,
    #[serde(default)]
    pub(crate) subjects: Vec<String>,
    #[serde(default)]
    pub(crate) asked_as: Vec<String>,
    pub(crate) of: Option<Spanned<String>>,
    #[serde(default)]
    pub(crate) scopes: Vec<Scope>,
    pub(crate) like: Option<Spanned<String>>,
    #[serde(default)]
    pub(crate) also: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) organs: BTreeMap<Name, Spanned<BodyId>>,
    pub(crate) quorum: Option<QuorumUse>,
    #[serde(default)]
    pub(crate) not_a_question: bool,
    pub(crate) leads_to: Option<LeadsTo>,
    #[serde(default)]
    pub(crate) rules: Vec<Spanned<RuleEntry>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RuleEntry {
    pub(crate) id: Option<String>,
    #[serde(default)]
    pub(crate) aliases: Vec<String>,
    pub(crate) title: Option<String>,
    pub(crate) from: Day,
    pub(crate) to: Option<Day>,
    pub(crate) requirement: Requirement,
    pub(crate) tie: Option<Tie>,
    pub(crate) source: String,
    #[serde(default)]
    pub(crate) unverified: bool,
    #[serde(default)]
    pub(crate) practice: bool,
}

/// An entry and the file that it stands in: with `extends` a body has entries of several.
#[derive(Clone, Debug)]
pub(crate) struct Cited<T> {
    pub(crate) source: Arc<Source>,
    /// The byte at which it begins.
    pub(crate) at: usize,
    pub(crate) value: T,
}

impl<T> Cited<T> {
    fn new(source: &Arc<Source>, at: usize, value: T) -> Self {
        Self {
            source: Arc::clone(source),
            at,
            value,
        }
    }

    pub(crate) fn fault(
        &self,
        reason: impl Into<String>,
        help: impl Into<String>,
    ) -> ReferenceFault {
        self.source.fault(self.at, reason, help)
    }
}

/// A body as its file and those that it extends have it.
#[derive(Debug)]
pub(crate) struct Draft {
    /// The file on top, which says everything that the maps below do not.
    pub(crate) file: BodyFile,
    pub(crate) source: Arc<Source>,
    /// The files that are extended, the lowest first, and their members.
    pub(crate) extended: Vec<Arc<Source>>,
    pub(crate) groups: BTreeMap<Name, Cited<GroupEntry>>,
    pub(crate) codes: Vec<Cited<CodeEntry>>,
    pub(crate) seats: Vec<Cited<SeatEntry>>,
    pub(crate) choices: BTreeMap<String, Choice>,
    pub(crate) outcomes: BTreeMap<String, Outcome>,
    /// In the order of the file.
    pub(crate) kinds: Vec<(String, Cited<KindEntry>)>,
    /// The rosters that this body begins with, the lowest first.
    pub(crate) rosters: Vec<Arc<Source>>,
}

impl Draft {
    /// Reads a body from its file, over the file that it extends.
    pub(crate) fn read(name: &str, stack: &Stack) -> Result<Self, Vec<ReferenceFault>> {
        let versions = stack.versions(&format!("bodies/{name}.toml"));
        Self::of_versions(name, versions, stack, &mut Vec::new())
    }

    fn of_versions(
        name: &str,
        versions: &[Arc<Source>],
        stack: &Stack,
        above: &mut Vec<(String, usize)>,
    ) -> Result<Self, Vec<ReferenceFault>> {
        let Some((source, below)) = versions.split_last() else {
            debug_assert!(false, "{name} is in the stack");
            return Err(Vec::new());
        };
        let file = parse(source).map_err(|fault| vec![fault])?;
        let members = format!("bodies/{name}.members.csv");
        let roster = match above.is_empty() {
            true => stack.top(&members),
            false => {
                let mut versions = stack.versions(&members).iter().rev();
                versions.find(|roster| roster.layer <= source.layer)
            }
        };
        let mut draft = Self {
            groups: BTreeMap::new(),
            codes: Vec::new(),
            seats: Vec::new(),
            choices: BTreeMap::new(),
            outcomes: BTreeMap::new(),
            kinds: Vec::new(),
            extended: Vec::new(),
            rosters: roster.into_iter().map(Arc::clone).collect(),
            source: Arc::clone(source),
            file,
        };
        draft.take_entries();
        let Some(extends) = draft.file.extends.take() else {
            if draft.file.members.is_some() {
                let help = "add `extends`, or leave `members` out: then the table replaces the one below it";
                let reason = "`members = \"append\"` without `extends`";
                return Err(vec![source.fault(0, reason, help)]);
            }
            return Ok(draft);
        };
        let other = extends.get_ref();
        let path = format!("bodies/{other}.toml");
        let below = if other == name {
            below
        } else {
            stack.versions(&path)
        };
        let fault =
            |reason: String, help: &str| vec![source.fault(extends.span().start, reason, help)];
        if below.is_empty() {
            let reason = format!("`{other}` is extended, but there is no `{path}` below this file");
            return Err(fault(
                reason,
                "name a body that exists, or write the body out",
            ));
        }
        let step = (other.clone(), below.len());
        if above.contains(&step) {
            let reason = format!("`{other}` is extended in a circle");
            return Err(fault(reason, "let one of the files stand alone"));
        }
        above.push(step);
        let lower = Self::of_versions(other, below, stack, above)?;
        Ok(draft.over(lower))
    }

    fn take_entries(&mut self) {
        fn entries<K, T>(
            source: &Arc<Source>,
            table: BTreeMap<Spanned<K>, T>,
        ) -> impl Iterator<Item = (K, Cited<T>)> {
            table.into_iter().map(move |(key, value)| {
                let cited = Cited::new(source, key.span().start, value);
                (key.into_inner(), cited)
            })
        }
        let source = &self.source;
        self.kinds = entries(source, std::mem::take(&mut self.file.kinds)).collect();
        self.kinds.sort_by_key(|(_, kind)| kind.at);
        self.groups = entries(source, std::mem::take(&mut self.file.groups)).collect();
        let seats = std::mem::take(&mut self.file.seats).into_iter();
        self.seats = seats
            .map(|entry| Cited::new(source, entry.span().start, entry.into_inner()))
            .collect();
        let codes = std::mem::take(&mut self.file.codes).into_iter();
        self.codes = codes
            .map(|entry| Cited::new(source, entry.span().start, entry.into_inner()))
            .collect();
        self.choices = std::mem::take(&mut self.file.choices);
        self.outcomes = std::mem::take(&mut self.file.outcomes);
    }

    /// This body over another: what it says itself goes before, whole tables at a time.
    fn over(mut self, lower: Self) -> Self {
        macro_rules! fill {
            ($($field:ident),*) => { $( self.file.$field = self.file.$field.take().or(lower.file.$field); )* };
        }
        // Another body that is made over this one is not the default because of it.
        if self.source.path == lower.source.path {
            fill!(default);
        }
        fill!(
            for_any_body,
            name,
            names,
            from,
            to,
            known_from,
            known_until,
            confirmed_until,
            member_kind,
            members_of,
            roster_of,
            elected_by,
            default_kind,
            also_possible,
            default_source,
            assumed_findings,
            suspended,
            show_groups,
            counts_only,
            units,
            terms,
            chair,
            sessions,
            symbols,
            quorum,
            groups_of,
            weights
        );
        let mut kinds = lower.kinds;
        for (name, kind) in self.kinds {
            match kinds.iter_mut().find(|(known, _)| *known == name) {
                Some((_, known)) => *known = kind,
                None => kinds.push((name, kind)),
            }
        }
        self.kinds = kinds;
        self.groups = lower.groups.into_iter().chain(self.groups).collect();
        self.choices = lower.choices.into_iter().chain(self.choices).collect();
        self.outcomes = lower.outcomes.into_iter().chain(self.outcomes).collect();
        if self.seats.is_empty() {
            self.seats = lower.seats;
        }
        if self.codes.is_empty() {
            self.codes = lower.codes;
        }
        self.extended = lower.extended.into_iter().chain([lower.source]).collect();
        let appends = matches!(self.file.members, Some(Members::Append));
        if appends || self.rosters.is_empty() {
            let own = std::mem::take(&mut self.rosters);
            self.rosters = lower.rosters;
            let new: Vec<_> = own
                .into_iter()
                .filter(|own| !self.rosters.iter().any(|r| Arc::ptr_eq(r, own)))
                .collect();
            self.rosters.extend(new);
        }
        self
    }
}

fn parse(source: &Source) -> Result<BodyFile, ReferenceFault> {
    let file: BodyFile = toml::from_str(&source.text).map_err(|error| of_toml(source, &error))?;
    check_format(source, &file.format)?;
    Ok(file)
}

/// That this version reads the format of a file.
pub(crate) fn check_format(source: &Source, format: &Spanned<u32>) -> Result<(), ReferenceFault> {
    if *format.get_ref() == 1 {
        return Ok(());
    }
    let reason = format!(
        "the format is {}, and this version reads 1",
        format.get_ref()
    );
    let help = "use a newer plenary, or write `format = 1`";
    Err(source.fault(format.span().start, reason, help))
}

pub(crate) fn of_toml(source: &Source, error: &toml::de::Error) -> ReferenceFault {
    let at = error.span().map_or(0, |span| span.start);
    source.fault(
        at,
        error.message(),
        "correct the line; docs/formats/bodies.md lists the keys",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_in_quotes_is_that_day_and_a_time_is_none() {
        #[derive(Debug, Deserialize)]
        struct Entry {
            from: Day,
        }
        let read = |text: &str| toml::from_str::<Entry>(text).map(|entry| entry.from.0);
        let day = NaiveDate::from_ymd_opt(2001, 3, 1);
        assert_eq!(read("from = 2001-03-01").ok(), day);
        assert_eq!(read("from = \"2001-03-01\"").ok(), day);
        for wrong in ["2001-03-01T12:00:00", "\"1/3/2001\"", "2001", "[2001]"] {
            let error = read(&format!("from = {wrong}")).unwrap_err();
            assert!(error.message().contains("is not a day"), "{error}");
        }
    }
}
