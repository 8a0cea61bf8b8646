//! [`members`]: who sits in a body, or belongs to a group, on a day; and [`template`], a table of them to fill in.

use std::sync::Arc;

use chrono::NaiveDate;
use plenary_bodies::{Body, Reference, Scheme, Status};
use plenary_decisions::nearest;
use plenary_states::Groups;
use plenary_types::{BodyId, Participant};
use serde::Serialize;

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
    /// Only the members of a group: one of [`MemberSettings::groups`], one of a scheme of the reference, or one that the body names.
    /// `scheme:group` says of which scheme, where several have one of the name.
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
    /// The layers of reference data that it rests on, where there are others than the embedded one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reference: Vec<String>,
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
    let (body, members, left_out) = match (&settings.body, settings.group.as_deref()) {
        (body, None) => {
            let body = body.clone().map_or_else(|| default_body(reference), Ok)?;
            let members = on_record(reference, &body, on)?.to_vec();
            (Some(body), members, Vec::new())
        }
        (Some(body), Some(group)) => {
            let in_body = on_record(reference, body, on)?;
            let known = reference.body(body.as_str());
            let own = own_group_on(settings, group, on);
            let own = own.or_else(|| named_by(known?, group, on));
            let all = own.map_or_else(|| group_on(settings, group, on), |own| Ok(Some(own)))?;
            let all = all.ok_or_else(|| unknown(settings, group))?;
            let inside = |who: &Participant| in_body.contains(who);
            let (members, left_out): (Vec<_>, Vec<_>) = all.into_iter().partition(inside);
            // Of a group that comes with the program only the user's own are told who else is in it.
            let is_own = settings.groups.is_some();
            let left_out = if is_own { left_out } else { Vec::new() };
            (Some(body.clone()), members, left_out)
        }
        (None, Some(group)) => match group_on(settings, group, on)? {
            Some(members) => (None, members, Vec::new()),
            None => {
                let (body, members) = of_some_body(settings, group, on)?;
                (Some(body), members, Vec::new())
            }
        },
    };
    let known = body.as_ref().and_then(|body| reference.body(body.as_str()));
    let members = match known {
        Some(body) => body.voters_for(members),
        None => members,
    };
    let names = members.iter();
    Ok(MemberList {
        names: names.map(|who| called(reference, *who, on)).collect(),
        body,
        on,
        group: settings.group.clone(),
        count: members.len(),
        members,
        left_out,
        reference: rests_on(reference),
    })
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

/// The members of a group that a body names in its rules, or that have a status in it: `P5`, `permanent`.
fn named_by(body: &Body, group: &str, on: NaiveDate) -> Option<Vec<Participant>> {
    let mut groups = body.facts(on).groups();
    let named = groups.find(|(name, _)| name.as_str().eq_ignore_ascii_case(group));
    let with_status = || {
        let rows = body.roster()?.rows().iter();
        let is_it = |status: &Status| status.as_str().eq_ignore_ascii_case(group);
        let rows = rows.filter(|row| is_it(&row.status));
        let mut rows = rows.peekable();
        rows.peek()?;
        let then = rows.filter(|row| row.span.contains(on));
        Some(then.filter_map(|row| row.who).collect::<Vec<_>>())
    };
    let of_status = with_status();
    let members = match (of_status, named) {
        (Some(members), _) => members,
        (None, Some((_, group))) => group.members().to_vec(),
        (None, None) => return None,
    };
    let mut members = members;
    members.sort_unstable();
    members.dedup();
    Some(members)
}

/// The members of a group of one's own, whoever they are.
fn own_group_on(settings: &MemberSettings, group: &str, on: NaiveDate) -> Option<Vec<Participant>> {
    let groups = settings.groups.as_ref()?;
    groups.names().find(|name| *name == group)?;
    let mut all: Vec<_> = groups.members_on(group, on).collect();
    all.dedup();
    Some(all)
}

/// The members of a group of one's own, else of a scheme of the reference, whoever they are.
fn group_on(
    settings: &MemberSettings,
    group: &str,
    on: NaiveDate,
) -> Result<Option<Vec<Participant>>, Refusal> {
    if let Some(own) = own_group_on(settings, group, on) {
        return Ok(Some(own));
    }
    let found = settings.reference.scheme_groups(group);
    let members = found.iter().map(|(scheme, of)| scheme.members_on(of, on));
    let mut members: Vec<_> = members.collect();
    if members.windows(2).any(|pair| pair.first() != pair.last()) {
        return Err(of_several(group, &found));
    }
    Ok(members.pop())
}

/// That a text means groups of several schemes.
pub(crate) fn of_several(group: &str, found: &[(&Scheme, &str)]) -> Refusal {
    let schemes = found
        .iter()
        .map(|(scheme, _)| format!("`{}`", scheme.name()));
    let schemes: Vec<_> = schemes.collect();
    let typed = found
        .iter()
        .map(|(scheme, of)| format!("`{}:{of}`", scheme.name()));
    let typed: Vec<_> = typed.collect();
    let reason = format!("`{group}` is a group of {}", schemes.join(" and of "));
    Refusal::new(reason).with_help(format!("say which: {}", typed.join(" or ")))
}

/// The members of a group that one body names.
fn of_some_body(
    settings: &MemberSettings,
    group: &str,
    on: NaiveDate,
) -> Result<(BodyId, Vec<Participant>), Error> {
    let bodies = settings.reference.bodies().iter();
    let named = bodies.filter_map(|body| {
        body.roster()?;
        Some((body.id().clone(), named_by(body, group, on)?))
    });
    let mut named: Vec<_> = named.collect();
    // A group of another body, which this one may name too, is told once.
    named.dedup_by(|one, other| one.1 == other.1);
    match named.len() {
        0 => Err(unknown(settings, group).into()),
        1 => named.pop().ok_or_else(|| unknown(settings, group).into()),
        _ => {
            let bodies: Vec<_> = named.iter().map(|(body, _)| format!("`{body}`")).collect();
            let reason = format!("`{group}` is a group of {}", bodies.join(" and of "));
            Err(Refusal::new(reason)
                .with_help("say which body")
                .by_setting(["body"])
                .into())
        }
    }
}

fn unknown(settings: &MemberSettings, group: &str) -> Refusal {
    let schemes = settings.reference.schemes();
    let mut known: Vec<_> = schemes.flat_map(|scheme| scheme.groups()).collect();
    known.extend(settings.groups.iter().flat_map(Groups::names));
    let groups = known.join(", ");
    let help = match nearest(group, known) {
        Some(nearest) => format!("nearest: `{nearest}`; groups: {groups}"),
        None => format!("groups: {groups}"),
    };
    Refusal::new(format!("unknown group `{group}`")).with_help(help)
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
