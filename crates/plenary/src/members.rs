//! [`members`]: who sits in a body, or belongs to a group, on a day; and [`template`], a table of them to fill in.

use std::sync::Arc;

use chrono::NaiveDate;
use plenary_bodies::Reference;
use plenary_decisions::nearest;
use plenary_states::{Groups, Membership, RegionalGroup, body_members_on, group_members_on};
use plenary_types::{BodyId, Participant, StateCode};
use serde::Serialize;

use crate::{Error, Refusal, today};

/// Whose members to list, and on which day.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct MemberSettings {
    /// Where bodies and groups are looked up.
    pub reference: Arc<Reference>,
    /// The body; by default the General Assembly. Of a group of [`MemberSettings::groups`], which has members of its own, only
    /// those in the body are then listed.
    pub body: Option<BodyId>,
    /// The day; by default today.
    pub on: Option<NaiveDate>,
    /// Only the members of a group: a regional group, `permanent`, or one of one's own.
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
    /// The body; none for a group of one's own, listed as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<BodyId>,
    /// The day.
    pub on: NaiveDate,
    /// The group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// How many they are.
    pub count: usize,
    /// The members, in the order of their texts.
    pub members: Vec<Participant>,
    /// Those of the group who are not members of the body.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<Participant>,
}

/// Lists the members of a body or of a group on a day.
///
/// ```
/// let mut settings = plenary::MemberSettings::default();
/// settings.on = Some("2018-12-19".parse()?);
/// assert_eq!(plenary::members(&settings)?.count, 193);
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
    let (body, group) = (settings.body.as_ref(), settings.group.as_deref());
    let own = group.zip(settings.groups.as_ref());
    let own = own.filter(|(group, groups)| groups.names().any(|name| name == *group));
    let (body, members, left_out) = match own {
        Some((group, groups)) => {
            let mut all: Vec<_> = groups.members_on(group, on).collect();
            all.dedup();
            let in_body = body.map(|body| on_record(body, on)).transpose()?;
            let inside = |who: &Participant| {
                let is_in =
                    |members: &[StateCode]| who.code().is_some_and(|code| members.contains(&code));
                in_body.is_none_or(is_in)
            };
            let (members, left_out) = all.into_iter().partition(inside);
            (body, members, left_out)
        }
        None => {
            let body = body.unwrap_or(&BodyId::UNGA);
            let mut members = on_record(body, on)?.to_vec();
            if let Some(group) = group {
                let inside = built_in(group, on);
                let inside = inside.ok_or_else(|| unknown(group, settings.groups.as_ref()))?;
                members.retain(|code| inside.contains(code));
            }
            let members = members.into_iter().map(Participant::from).collect();
            (Some(body), members, Vec::new())
        }
    };
    Ok(MemberList {
        body: body.cloned(),
        on,
        group: settings.group.clone(),
        count: members.len(),
        members,
        left_out,
    })
}

/// What the permanent members are called.
const PERMANENT: [&str; 4] = ["permanent", "permanent-members", "permanent members", "p5"];

/// The members of a body on a day, where they are on record.
pub(crate) fn on_record(body: &BodyId, on: NaiveDate) -> Result<&'static [StateCode], Error> {
    body_members_on(body, on).ok_or_else(|| not_on_record(body, on).into())
}

/// The members of a group that comes with the program.
fn built_in(group: &str, on: NaiveDate) -> Option<Vec<StateCode>> {
    if PERMANENT.contains(&group.to_ascii_lowercase().as_str()) {
        return Some(Membership::UNSC.permanent_members_on(on).to_vec());
    }
    let regional = RegionalGroup::from_name(group)?;
    Some(group_members_on(regional.as_str(), on).collect())
}

fn unknown(group: &str, own: Option<&Groups>) -> Refusal {
    let mut known: Vec<_> = RegionalGroup::ALL.map(RegionalGroup::as_str).to_vec();
    known.push("permanent");
    known.extend(own.into_iter().flat_map(Groups::names));
    let groups = known.join(", ");
    let help = match nearest(group, known) {
        Some(nearest) => format!("nearest: `{nearest}`; groups: {groups}"),
        None => format!("groups: {groups}"),
    };
    Refusal::new(format!("unknown group `{group}`")).with_help(help)
}

/// That nobody is known to sit in a body on a day.
fn not_on_record(body: &BodyId, on: NaiveDate) -> Refusal {
    let known = [BodyId::UNGA, BodyId::UNSC];
    let help = "members are on record of unga from 1945-10-24 on, and of unsc from 1946-01-17 until its last known term";
    if known.contains(body) {
        return Refusal::new(format!("the members of `{body}` on {on} are not on record"))
            .with_help(help);
    }
    let nearest = nearest(body.as_str(), known.iter().map(BodyId::as_str));
    let reason = format!("the members of `{body}` are not on record (expected `unga` or `unsc`)");
    Refusal::new(reason).with_help(nearest.map_or_else(
        || help.to_owned(),
        |nearest| format!("nearest: `{nearest}`"),
    ))
}

/// A table of a vote to fill in, with the members of the body on the day.
///
/// # Errors
///
/// [`Error::Refused`] when nobody is known to sit in the body on the day: the table would be empty without a word.
pub fn template(symbol: &str, body: &BodyId, on: NaiveDate) -> Result<String, Error> {
    match on_record(body, on)? {
        [] => Err(not_on_record(body, on).into()),
        _ => Ok(plenary_import::template(symbol, body, on)),
    }
}
