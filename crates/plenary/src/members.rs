//! [`members`]: who sits in a body, or belongs to a group, on a day; and [`template`], a table of them to fill in.

use std::sync::Arc;

use chrono::NaiveDate;
#[cfg(feature = "analysis")]
use plenary_analysis::table::{Column, Table};
use plenary_bodies::{Reference, key_of_name};
use plenary_states::Groups;
use plenary_types::{BodyId, Participant};
use serde::Serialize;

use crate::groups::{Group, GroupFinder, GroupOrigin};
use crate::known_bodies::{self, called, existing, rests_on};
use crate::{Error, Refusal, today};

/// Whose members to list, and on which day.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct MemberSettings {
    /// Where bodies and groups are looked up.
    pub reference: Arc<Reference>,
    /// The body; where neither it nor a group is given, the default body of the reference. Of a group only those in the body are listed.
    pub body: Option<BodyId>,
    /// The day; by default today.
    pub on: Option<NaiveDate>,
    /// Only the members of a group, as [`GroupFinder`] finds it: one of [`MemberSettings::groups`], one that the body names, one of a
    /// scheme of the reference, or one that another body names. `scheme:group` and `body:group` say which, where several have one of
    /// the name.
    pub group: Option<String>,
    /// Groups of one's own.
    pub groups: Option<Groups>,
}

impl Default for MemberSettings {
    fn default() -> Self {
        Self {
            reference: Arc::clone(Reference::embedded()),
            body: None,
            on: None,
            group: None,
            groups: None,
        }
    }
}

/// The members of a body or of a group on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MemberList {
    /// The body; none for a group that is listed as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<BodyId>,
    /// The day.
    pub on: NaiveDate,
    /// The group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// What the group is called on the day, where that is another name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// How many they are.
    pub count: usize,
    /// Their codes and identifiers.
    pub members: Vec<Participant>,
    /// What they are called on the day, in the same order.
    #[serde(skip)]
    pub names: Vec<String>,
    /// Those of the group who are not members of the body.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<Participant>,
    /// Those who may belong to the group on the day or not, as it is known by the month, the year or a span only when they joined or
    /// left; they are not among the members.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub uncertain: Vec<Participant>,
    /// The members of whom no source confirms that they belong to the group on the day.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unverified: Vec<Participant>,
    /// The documents of the group, in a few words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// What users of the list should know.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// The layers of reference data that it rests on, where there are others than the embedded one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reference: Vec<String>,
}

#[cfg(feature = "analysis")]
impl MemberList {
    /// The members as a table with the columns `participant` and `name`; its metadata say what it rests on and who is left out.
    #[must_use]
    pub fn table(&self) -> Table {
        let codes = self.members.iter().map(ToString::to_string);
        let table = Table::new(vec![
            Column::labels("participant", codes),
            Column::labels("name", self.names.iter().map(String::as_str)),
        ]);
        let listed = |all: &[Participant]| {
            let codes: Vec<_> = all.iter().map(ToString::to_string).collect();
            Some(codes.join(", ")).filter(|codes| !codes.is_empty())
        };
        let lines = |all: &[String]| Some(all.join("; ")).filter(|text| !text.is_empty());
        let known = [
            ("body", self.body.as_ref().map(ToString::to_string)),
            ("group", self.group.clone()),
            ("title", self.title.clone()),
            ("on", Some(self.on.to_string())),
            ("left out, not members of the body", listed(&self.left_out)),
            ("perhaps members too", listed(&self.uncertain)),
            ("no source confirms", listed(&self.unverified)),
            ("notes", lines(&self.notes)),
            ("source", self.source.clone()),
            ("reference data", lines(&self.reference)),
        ];
        let known = known
            .into_iter()
            .filter_map(|(key, value)| Some((key, value?)));
        known.fold(table, |table, (key, value)| table.with(key, value))
    }
}

/// Lists the members of a body or of a group on a day. A group is listed as it is, unless a body is given too.
///
/// ```
/// let mut settings = plenary::MemberSettings::default();
/// settings.on = Some("2018-12-19".parse()?);
/// assert_eq!(plenary::members(&settings)?.count, 193);
/// settings.body = Some("unsc".parse()?);
/// settings.group = Some("permanent".to_owned());
/// assert_eq!(plenary::members(&settings)?.count, 5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`Error::Refused`] when the members of the body on the day are not on record, or the group is not known.
pub fn members(settings: &MemberSettings) -> Result<MemberList, Error> {
    let on = settings.on.map_or_else(today, Ok)?;
    let reference = &*settings.reference;
    let finder = GroupFinder::new(reference).with_own(settings.groups.as_ref());
    let asked = settings.body.as_slice();
    let group = settings.group.as_deref();
    let group = group.map(|group| finder.with_bodies(asked).group(group));
    let group = group.transpose()?;
    let then = group.as_ref().map(|group| group.members_on(on));
    let (body, members, left_out) = match (&settings.body, then) {
        (body, None) => {
            let body = body.clone().map_or_else(|| default_body(reference), Ok)?;
            let members = on_record(reference, &body, on)?.to_vec();
            (Some(body), members, Vec::new())
        }
        (Some(body), Some(then)) => {
            let in_body = on_record(reference, body, on)?;
            let inside = |who: &Participant| in_body.contains(who);
            let (members, left_out): (Vec<_>, Vec<_>) = then.into_iter().partition(inside);
            // Of a group that comes with the program only the user's own are told who else is in it.
            let is_own = settings.groups.is_some();
            let left_out = if is_own { left_out } else { Vec::new() };
            (Some(body.clone()), members, left_out)
        }
        (None, Some(then)) => {
            let origin = group.as_ref().map(|group| group.origin.clone());
            let body = match origin {
                Some(GroupOrigin::Body(body)) => Some(body),
                _ => None,
            };
            (body, then, Vec::new())
        }
    };
    let known = body.as_ref().and_then(|body| reference.body(body.as_str()));
    let members = match known {
        Some(body) => body.voters_for(members),
        None => members,
    };
    let names = members.iter();
    let listed = |mut all: Vec<Participant>| {
        all.retain(|who| members.contains(who));
        all
    };
    let mut list = MemberList {
        names: names.map(|who| called(reference, *who, on)).collect(),
        body,
        on,
        group: settings.group.clone(),
        title: None,
        count: members.len(),
        left_out,
        uncertain: Vec::new(),
        unverified: Vec::new(),
        source: None,
        notes: Vec::new(),
        reference: rests_on(reference),
        members: Vec::new(),
    };
    if let Some(group) = group {
        list.unverified = listed(group.unverified_on(on));
        list.uncertain = group.uncertain_on(on);
        if let Some(body) = &settings.body {
            let in_body = on_record(reference, body, on)?;
            list.uncertain.retain(|who| in_body.contains(who));
        }
        let title = group.title_on(reference, on);
        let asked = settings.group.as_deref().unwrap_or_default();
        list.title = Some(title).filter(|title| key_of_name(title) != key_of_name(asked));
        list.notes = notes(&group, on, list.count);
        list.source = group.source;
    }
    list.members = members;
    Ok(list)
}

/// What users of a list of the members of a group on a day should know.
fn notes(group: &Group, on: NaiveDate, count: usize) -> Vec<String> {
    let mut notes: Vec<String> = group.note.iter().cloned().collect();
    let first = group.members.iter().map(|(_, span)| span.from).min();
    if let Some(first) = first.filter(|first| count == 0 && on < *first) {
        notes.push(format!("The first member is on record from {first} on."));
    }
    if let Some(known) = group.known_until.filter(|known| *known <= on) {
        notes.push(format!(
            "Who joined or left since {known} is not on record."
        ));
    }
    notes
}

/// The body that is meant where none is named.
fn default_body(reference: &Reference) -> Result<BodyId, Refusal> {
    let body = reference.default_body().map(|body| body.id().clone());
    body.ok_or_else(|| {
        Refusal::new("no body is given, and the reference data marks none as the default")
            .with_help("say which body")
            .by_setting(["body"])
    })
}

/// The members of a body on a day, where they are on record.
pub(crate) fn on_record<'r>(
    reference: &'r Reference,
    body: &BodyId,
    on: NaiveDate,
) -> Result<&'r [Participant], Error> {
    existing(reference, body.as_str(), on)?;
    let known = reference.body(body.as_str());
    let members = known.and_then(|body| body.members_on(on));
    members.ok_or_else(|| not_on_record(reference, body, on).into())
}

/// Those who vote in a body on a day, where they are on record: its members, or their units.
pub(crate) fn voters_on_record(
    reference: &Reference,
    body: &BodyId,
    on: NaiveDate,
) -> Result<Vec<Participant>, Error> {
    let members = on_record(reference, body, on)?.to_vec();
    Ok(match reference.body(body.as_str()) {
        Some(known) => known.voters_for(members),
        None => members,
    })
}

/// That nobody is known to sit in a body on a day.
fn not_on_record(reference: &Reference, body: &BodyId, on: NaiveDate) -> Refusal {
    match reference.body(body.as_str()) {
        Some(known) => {
            let reason = format!("the members of `{body}` on {on} are not on record");
            let roster = known.roster();
            let since =
                roster.and_then(|roster| roster.rows().iter().map(|row| row.span.from).min());
            let until = roster.and_then(plenary_bodies::Roster::known_until);
            let help = match (since, until) {
                (Some(since), Some(until)) => {
                    format!("they are on record from {since} on, and before {until}")
                }
                (Some(since), None) => format!("they are on record from {since} on"),
                _ => format!(
                    "give them in a file `bodies/{body}.members.csv` of a folder of reference data"
                ),
            };
            Refusal::new(reason).with_help(help)
        }
        None => known_bodies::unknown(reference, body.as_str()),
    }
}

/// A table of a vote to fill in, with the members of a body on the day: of the default body of the reference where none is given.
///
/// # Errors
///
/// [`Error::Refused`] when nobody is known to sit in the body on the day: the table would be empty without a word.
pub fn template(
    reference: &Reference,
    symbol: &str,
    body: Option<&BodyId>,
    on: NaiveDate,
) -> Result<String, Error> {
    let body = &body.cloned().map_or_else(|| default_body(reference), Ok)?;
    let members = voters_on_record(reference, body, on)?;
    if members.is_empty() {
        return Err(not_on_record(reference, body, on).into());
    }
    let named = members
        .iter()
        .map(|who| (*who, called(reference, *who, on)));
    Ok(plenary_import::template(symbol, body, on, named))
}
