//! `plenary members`: who sits in a body, or belongs to a group of one's own, on a day.

use std::io::Write;
use std::path::PathBuf;

use chrono::NaiveDate;
use plenary::decisions::nearest;
use plenary::states::{Groups, RegionalGroup, body_members_on, name_on, permanent_members_on};
use plenary::types::{BodyId, StateCode};
use serde::Serialize;

use super::input::{self, today};
use crate::exit::{Exit, Failure, Result};
use crate::output::{BOLD, DIM, Format, Output, PLAIN, line};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The body, unga or unsc; unga when it is left out. Of a group of --groups, which has members of its own, only those in
    /// the body are then listed
    #[arg(long)]
    body: Option<BodyId>,
    /// The day, YYYY-MM-DD; today when it is left out
    #[arg(long, value_name = "DATE")]
    on: Option<NaiveDate>,
    /// Only the members of a group: a regional group, `permanent`, or one of --groups
    #[arg(long, value_name = "GROUP")]
    group: Option<String>,
    /// A CSV file of groups with the columns group, member, from, to
    #[arg(long, value_name = "FILE", requires = "group")]
    groups: Option<PathBuf>,
    /// The form of the result
    #[arg(long, default_value = "human")]
    format: Format,
}

/// What the permanent members are called.
const PERMANENT: [&str; 4] = ["permanent", "permanent-members", "permanent members", "p5"];

#[derive(Serialize)]
struct Listing<'a> {
    /// None for a group of one's own, listed as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<&'a BodyId>,
    on: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'a str>,
    count: usize,
    members: Vec<StateCode>,
    /// Those of the group who are not members of the body.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    left_out: Vec<StateCode>,
}

impl Args {
    /// Whether stdout is to hold one JSON document.
    pub(super) fn prints_json(&self) -> bool {
        self.format == Format::Json
    }
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let on = args.on.map_or_else(today, Ok)?;
    let listing = listing(args, on)?;
    match args.format {
        Format::Json => output.json(&listing)?,
        Format::Human => human(&listing, output)?,
    }
    Ok(Exit::Clean)
}

fn listing(args: &Args, on: NaiveDate) -> Result<Listing<'_>> {
    let supplied = args.groups.as_deref().map(input::groups).transpose()?;
    let group = args.group.as_deref();
    let own = group.zip(supplied.as_ref());
    let own = own.filter(|(group, groups)| groups.names().any(|name| name == *group));
    let (body, members, left_out) = match (own, &args.body) {
        (Some((group, groups)), body) => {
            let mut all: Vec<_> = groups.members_on(group, on).collect();
            all.dedup();
            let in_body = body.as_ref().map(|body| of_body(body, on)).transpose()?;
            let inside = |code: &StateCode| in_body.is_none_or(|members| members.contains(code));
            let (members, left_out) = all.into_iter().partition(inside);
            (body.as_ref(), members, left_out)
        }
        (None, body) => {
            let body = body.as_ref().unwrap_or(&BodyId::UNGA);
            let mut members = of_body(body, on)?.to_vec();
            if let Some(group) = group {
                let inside = built_in(group, on);
                let inside = inside.ok_or_else(|| unknown_group(group, supplied.as_ref()))?;
                members.retain(|code| inside.contains(code));
            }
            (Some(body), members, Vec::new())
        }
    };
    Ok(Listing {
        body,
        on,
        group,
        count: members.len(),
        members,
        left_out,
    })
}

fn of_body(body: &BodyId, on: NaiveDate) -> Result<&'static [StateCode]> {
    body_members_on(body, on).ok_or_else(|| input::no_members(body, on))
}

/// The members of a group that comes with the program.
fn built_in(group: &str, on: NaiveDate) -> Option<Vec<StateCode>> {
    if PERMANENT.contains(&group.to_ascii_lowercase().as_str()) {
        return Some(permanent_members_on(on).to_vec());
    }
    let regional = RegionalGroup::from_name(group)?;
    Some(plenary::states::group_members_on(regional.as_str(), on).collect())
}

fn unknown_group(group: &str, supplied: Option<&Groups>) -> Failure {
    let mut known: Vec<_> = RegionalGroup::ALL.map(RegionalGroup::as_str).to_vec();
    known.push("permanent");
    known.extend(supplied.into_iter().flat_map(Groups::names));
    let groups = known.join(", ");
    let help = match nearest(group, known) {
        Some(nearest) => format!("nearest: `{nearest}`; groups: {groups}"),
        None => format!("groups: {groups}"),
    };
    Failure::new(format!("unknown group `{group}`")).with_help(help)
}

fn human(listing: &Listing<'_>, output: &Output) -> Result<()> {
    let mut out = output.stdout();
    let Listing { on, count, .. } = listing;
    let heading = match (listing.body, listing.group) {
        (Some(body), Some(group)) => format!("{count} members of {body} on {on}, {group}"),
        (Some(body), None) => format!("{count} members of {body} on {on}"),
        (None, group) => format!("{count} members of {} on {on}", group.unwrap_or_default()),
    };
    line(&mut out, &[(BOLD, &heading)])?;
    writeln!(out)?;
    for code in &listing.members {
        let name = name_on(*code, *on).unwrap_or_default();
        line(
            &mut out,
            &[(PLAIN, &"  "), (BOLD, code), (PLAIN, &"  "), (PLAIN, &name)],
        )?;
    }
    if let (Some(body), [_, ..]) = (listing.body, &*listing.left_out) {
        let codes: Vec<_> = listing.left_out.iter().map(ToString::to_string).collect();
        let codes = codes.join(", ");
        let left_out = format!("left out, not members of {body} on {on}: {codes}");
        writeln!(out)?;
        line(&mut out, &[(DIM, &left_out)])?;
    }
    Ok(out.flush()?)
}
