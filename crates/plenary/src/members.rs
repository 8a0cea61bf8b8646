//! [`members`]: who sits in a body, or belongs to a group, on a day; and [`template`], a table of them to fill in.

use std::sync::Arc;

use chrono::NaiveDate;
use plenary_bodies::Reference;
use plenary_states::Groups;
use plenary_types::{BodyId, Participant};
use serde::Serialize;

use crate::groups::{GroupFinder, GroupOrigin};
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
    let finder = GroupFinder::new(reference).with_own(settings.groups.as_ref());
    let (body, members, left_out) = match (&settings.body, settings.group.as_deref()) {
        (body, None) => {
            let body = body.clone().map_or_else(|| default_body(reference), Ok)?;
            let members = on_record(reference, &body, on)?.to_vec();
            (Some(body), members, Vec::new())
        }
        (Some(body), Some(group)) => {
            let in_body = on_record(reference, body, on)?;
            let group = finder
                .with_bodies(std::slice::from_ref(body))
                .group(group)?;
            let inside = |who: &Participant| in_body.contains(who);
            let (members, left_out): (Vec<_>, Vec<_>) =
                group.members_on(on).into_iter().partition(inside);
            // Of a group that comes with the program only the user's own are told who else is in it.
            let is_own = settings.groups.is_some();
            let left_out = if is_own { left_out } else { Vec::new() };
            (Some(body.clone()), members, left_out)
        }
        (None, Some(group)) => {
            let group = finder.group(group)?;
            let members = group.members_on(on);
            let body = match group.origin {
                GroupOrigin::Body(body) => Some(body),
                GroupOrigin::Own | GroupOrigin::Scheme(_) => None,
            };
            (body, members, Vec::new())
        }
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
