//! `plenary members`: who sits in a body on a day.

use std::io::Write;
use std::path::PathBuf;

use chrono::NaiveDate;
use plenary::states::{Groups, RegionalGroup, body_members_on, name_on, permanent_members_on};
use plenary::types::{BodyId, StateCode};
use serde::Serialize;

use super::input::{self, today};
use crate::exit::{Exit, Failure, Result};
use crate::output::{BOLD, Format, Output, line};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The body: unga or unsc
    #[arg(long, default_value = "unga")]
    body: BodyId,
    /// The day, YYYY-MM-DD; today when it is left out
    #[arg(long, value_name = "DATE")]
    on: Option<NaiveDate>,
    /// Only the members of a group: a regional group, `permanent`, or one of --groups
    #[arg(long, value_name = "GROUP")]
    group: Option<String>,
    /// A CSV file of groups with the columns group, member, from, to
    #[arg(long, value_name = "FILE")]
    groups: Option<PathBuf>,
    /// The form of the result
    #[arg(long, default_value = "human")]
    format: Format,
}

/// What the permanent members are called.
const PERMANENT: [&str; 4] = ["permanent", "permanent-members", "permanent members", "p5"];

#[derive(Serialize)]
struct Listing<'a> {
    body: &'a BodyId,
    on: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'a str>,
    count: usize,
    members: Vec<StateCode>,
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
    let mut members = body_members_on(&args.body, on)
        .ok_or_else(|| {
            Failure::new(format!(
                "the members of `{}` on {on} are not on record",
                args.body
            ))
            .with_help("bodies on record: unga, and unsc until its last known term")
        })?
        .to_vec();
    let supplied = args.groups.as_deref().map(input::groups).transpose()?;
    if let Some(group) = &args.group {
        let inside = group_members(group, supplied.as_ref(), on)?;
        members.retain(|code| inside.contains(code));
    }
    Ok(Listing {
        body: &args.body,
        on,
        group: args.group.as_deref(),
        count: members.len(),
        members,
    })
}

fn group_members(group: &str, supplied: Option<&Groups>, on: NaiveDate) -> Result<Vec<StateCode>> {
    let own = supplied.filter(|groups| groups.names().any(|name| name == group));
    if let Some(groups) = own {
        return Ok(groups.members_on(group, on).collect());
    }
    if PERMANENT.contains(&group.to_ascii_lowercase().as_str()) {
        return Ok(permanent_members_on(on).to_vec());
    }
    let regional = RegionalGroup::from_name(group).ok_or_else(|| unknown_group(group, supplied))?;
    let members = plenary::states::group_members_on(regional.as_str(), on);
    Ok(members.collect())
}

fn unknown_group(group: &str, supplied: Option<&Groups>) -> Failure {
    let mut known: Vec<_> = RegionalGroup::ALL.map(RegionalGroup::as_str).to_vec();
    known.push("permanent");
    known.extend(supplied.into_iter().flat_map(Groups::names));
    Failure::new(format!("there is no group `{group}`"))
        .with_help(format!("groups: {}", known.join(", ")))
}

fn human(listing: &Listing<'_>, output: &Output) -> Result<()> {
    let mut out = output.stdout();
    let Listing {
        body, on, count, ..
    } = listing;
    let group = listing
        .group
        .map_or_else(String::new, |group| format!(", {group}"));
    let heading = format!("{count} members of {body} on {on}{group}");
    line(&mut out, &[(BOLD, &heading)])?;
    writeln!(out)?;
    for code in &listing.members {
        let name = name_on(*code, *on).unwrap_or_default();
        writeln!(out, "  {BOLD}{code}{BOLD:#}  {name}")?;
    }
    Ok(out.flush()?)
}
