//! `plenary members`: who sits in a body, or belongs to a group of one's own, on a day.

use std::borrow::Cow;
use std::io::Write;
use std::path::PathBuf;

use chrono::NaiveDate;
use plenary::types::{BodyId, Participant};
use plenary::{
    ListOfMembers, MemberList, MemberSettings, members, read_member_list, read_members_mapping,
};

use super::destination;
use super::input::ReferenceArgs;
use super::results::{ResultArgs, TableFormat, Target};
use crate::exit::{Exit, Result};
use crate::output::{BOLD, DIM, Output, PLAIN, line, warn_all};
use plenary::types::Invariant;

#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Args {
    /// The body (see `plenary bodies`); without it and without --group, unga. Of a group only those in the body are listed
    #[arg(long, visible_alias = "within")]
    body: Option<BodyId>,
    /// The day, YYYY-MM-DD; today when it is left out
    #[arg(long, visible_alias = "date", value_name = "DATE", value_parser = super::day)]
    on: Option<NaiveDate>,
    /// The members of a group, whoever they are: an international group such as EU or G77, a regional group, one of --groups, or one
    /// that a body names, such as P5
    #[arg(long, value_name = "GROUP", group = "of_groups")]
    group: Option<String>,
    /// A CSV file of groups with the columns group, member, from, to, or a list of members with their terms
    #[arg(long, value_name = "FILE", requires = "of_groups")]
    groups: Option<PathBuf>,
    /// How to read a list of members that is in no known format: a mapping file
    #[arg(long, value_name = "FILE", requires = "groups")]
    mapping: Option<PathBuf>,
    /// Write the groups of --groups as a CSV with the columns group, member, from, to
    #[arg(long, requires = "groups", conflicts_with_all = ["body", "on", "format", "output"], group = "of_groups")]
    convert: bool,
    #[command(flatten)]
    reference: ReferenceArgs,
    #[command(flatten)]
    pub(super) results: ResultArgs,
}

const AFTER: &str = "\
The groups that are built in, and their documents: docs/groups.md. A name that no group has lists them all.

  plenary members --body unsc --on 1960-01-01
  plenary members --group EU --on 1985-01-01";

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let target = Target::new(&args.results, TableFormat::Human, &[])?;
    let mut settings = MemberSettings::default();
    settings.reference = args.reference.reference()?;
    settings.body = args.body.clone();
    settings.on = args.on;
    settings.group = args.group.clone();
    let mut exit = Exit::Clean;
    if let Some(path) = &args.groups {
        for read in args.groups.iter().chain(&args.mapping) {
            destination::reading(read)?;
        }
        let mapping = args.mapping.as_deref().map(read_members_mapping);
        let list = read_member_list(path, mapping.transpose()?.as_ref())?;
        warn_all(&list.rejected, output);
        warn_all(&list.notes, output);
        if !list.rejected.is_empty() {
            exit = Exit::Findings;
        }
        if args.convert {
            convert(&list, output)?;
            return Ok(exit);
        }
        settings.groups = Some(list.groups);
    }
    let listing = members(&settings)?;
    match target.is_for_people() {
        true => destination::write_text(target.path(), output, |out| human(&listing, out))?,
        false => target.write(&listing.table(), "members", &listing, output)?,
    }
    Ok(exit)
}

/// Writes groups as a reference folder and `--groups` take them.
fn convert(list: &ListOfMembers, output: &Output) -> Result<()> {
    let mut out = output.stdout();
    writeln!(out, "group,member,from,to")?;
    for (group, who, span) in &list.members {
        let from = match span.from {
            NaiveDate::MIN => String::new(),
            day => day.to_string(),
        };
        let to = span.to.map(|day| day.to_string()).unwrap_or_default();
        let cells = [group.as_str(), who.as_str(), &from, &to].map(quoted);
        writeln!(out, "{}", cells.join(","))?;
    }
    Ok(out.flush()?)
}

/// A cell, in quotes where it needs them.
fn quoted(cell: &str) -> Cow<'_, str> {
    match cell.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")).into(),
        false => cell.into(),
    }
}

fn human(listing: &MemberList, out: &mut dyn Write) -> Result<()> {
    let MemberList { on, count, .. } = listing;
    let group = listing.group.as_ref().map(|group| match &listing.title {
        Some(title) => format!("{group} ({title})"),
        None => group.clone(),
    });
    let heading = match (&listing.body, &group) {
        (Some(body), Some(group)) => format!("{count} members of {body} on {on}, {group}"),
        (Some(body), None) => format!("{count} members of {body} on {on}"),
        (None, group) => format!(
            "{count} members of {} on {on}",
            group
                .as_deref()
                .invariant("members are those of a body or of a group")
        ),
    };
    line(out, &[(BOLD, &heading)])?;
    writeln!(out)?;
    for (code, name) in listing.members.iter().zip(&listing.names) {
        line(
            out,
            &[(PLAIN, &"  "), (BOLD, code), (PLAIN, &"  "), (PLAIN, name)],
        )?;
    }
    let codes = |all: &[Participant]| {
        let codes: Vec<_> = all.iter().map(ToString::to_string).collect();
        codes.join(", ")
    };
    let mut below = Vec::new();
    if let (Some(body), [_, ..]) = (&listing.body, &*listing.left_out) {
        let codes = codes(&listing.left_out);
        below.push(format!("left out, not members of {body} on {on}: {codes}"));
    }
    if let [_, ..] = &*listing.uncertain {
        let codes = codes(&listing.uncertain);
        below.push(format!(
            "perhaps members too, as their days are not known exactly: {codes}"
        ));
    }
    if let [_, ..] = &*listing.unverified {
        let codes = codes(&listing.unverified);
        below.push(format!("no source confirms on this day: {codes}"));
    }
    below.extend(listing.notes.iter().cloned());
    let source = listing.source.iter();
    below.extend(source.map(|source| format!("source: {source}")));
    if !below.is_empty() {
        writeln!(out)?;
    }
    for text in &below {
        line(out, &[(DIM, text)])?;
    }
    Ok(())
}
