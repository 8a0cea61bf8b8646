//! [`cohesion`]: how far groups of states vote together.

use std::path::PathBuf;
use std::sync::Arc;

use plenary_analysis::Grouping;
use plenary_analysis::cohesion::{Cohesion, CohesionOptions, StateGroups};
use plenary_analysis::table::{Column, Table};
use plenary_bodies::{Body, Reference, Scheme};
use plenary_states::Groups;
use plenary_types::{BodyId, Participant, Span};
use serde::Serialize;

use super::{SelectedVotes, VoteSettings, labels, select_votes};
use crate::{Error, Input, Refusal};

/// Which groups are looked at in which votes, and how.
#[derive(Clone)]
#[non_exhaustive]
pub struct CohesionSettings {
    /// Which votes.
    pub votes: VoteSettings,
    /// What is averaged over together.
    pub by: Grouping,
    /// Groups of one's own, in place of those of a scheme.
    pub groups: Option<plenary_states::Groups>,
    /// A scheme of groups of the reference, or a group that a body of the reference names (`body:group` where several do); `regional` for
    /// the regional groups. By default
    /// the scheme by which the votes of the body are shown, where all are of one body, else the regional groups.
    pub scheme: Option<String>,
    /// Only these groups; all where none is named.
    pub only: Vec<String>,
    /// What is told of them.
    pub table: CohesionTable,
    /// What abstentions and absences count as, and when a vote counts.
    pub options: CohesionOptions,
}

impl Default for CohesionSettings {
    fn default() -> Self {
        Self {
            votes: VoteSettings::default(),
            by: Grouping::Year,
            groups: None,
            scheme: None,
            only: Vec::new(),
            table: CohesionTable::default(),
            options: CohesionOptions::default(),
        }
    }
}

/// What is told of groups.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum CohesionTable {
    /// The cohesion of each: Rice, agreement index, Attinà.
    #[default]
    Groups,
    /// The likeness of each pair.
    Pairs,
    /// The loyalty of each member.
    Members,
}

/// How far groups vote together. It serialises as its table.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
#[non_exhaustive]
pub struct Cohesions {
    /// The table, with its metadata.
    pub table: Table,
    /// Why it is empty, where it is.
    #[serde(skip)]
    pub refused: Option<Refusal>,
    /// What limits it.
    #[serde(skip)]
    pub warnings: Vec<String>,
    /// Files that were read beside the inputs.
    #[serde(skip)]
    pub beside: Vec<PathBuf>,
}

/// Says how far groups of states vote together in the selected votes of some inputs. Groups are those of the day of each vote.
///
/// # Errors
///
/// [`Error`] when an input or a group cannot be used, or no vote is selected.
pub fn cohesion<I: Into<Input>>(
    inputs: impl IntoIterator<Item = I>,
    settings: &CohesionSettings,
) -> Result<Cohesions, Error> {
    let selected = select_votes(inputs, &settings.votes)?;
    let Chosen {
        groups,
        members: codes,
        scheme,
    } = groups(settings, &selected)?;
    let matrix = selected.votes.matrix(settings.by);
    let found = plenary_analysis::cohesion::cohesion(&matrix, &groups, &settings.options);
    let table = match settings.table {
        CohesionTable::Groups => found.group_table(),
        CohesionTable::Pairs => found.pair_table(),
        CohesionTable::Members => {
            let table = found.member_table();
            let members = found.members.iter().map(|member| member.state.as_str());
            match labels::printed(&selected.votes, members) {
                Some(names) => table.with_column("state", Column::labels("name", names)),
                None => table,
            }
        }
    };
    let metadata = selected.metadata.into_iter();
    let mut table = metadata.fold(table, |table, (key, value)| table.with(key, value));
    if !matrix.unplaced().is_empty() {
        let left_out = matrix.unplaced().len().to_string();
        table = table.with("votes without a date or session left out", left_out);
    }
    if let Some(scheme) = scheme {
        table = table.with("groups", scheme);
    }
    let in_votes = |code: &String| matrix.states().contains(code);
    let codes = codes.iter().map(ToString::to_string);
    let absent: Vec<_> = codes.filter(|code| !in_votes(code)).collect();
    if !absent.is_empty() {
        let absent = absent.join(", ");
        table = table.with("members of the groups in no selected vote", absent);
    }
    Ok(Cohesions {
        refused: table.is_empty().then(|| nothing(&found)),
        table,
        warnings: selected.warnings,
        beside: selected.beside,
    })
}

/// The scheme of the regional groups.
const REGIONAL: &str = "un-regional";

/// The groups that are looked at.
struct Chosen {
    groups: StateGroups,
    /// Of other than the regional groups, everybody who is in one of them on some day.
    members: Vec<Participant>,
    /// What they are called, where they are neither the regional groups nor the user's own.
    scheme: Option<String>,
}

fn groups(settings: &CohesionSettings, selected: &SelectedVotes) -> Result<Chosen, Error> {
    let only = |groups: StateGroups| match settings.only.is_empty() {
        true => Ok(groups),
        false => groups
            .only(settings.only.iter().map(String::as_str))
            .map_err(|error| Refusal::because(&error)),
    };
    let of_own = |own: &Groups, scheme: Option<String>| {
        let groups = only(StateGroups::own(own.clone()))?;
        let names = groups.names().iter();
        let mut members: Vec<_> = names.flat_map(|name| own.members(name)).collect();
        members.sort_unstable();
        members.dedup();
        Ok(Chosen {
            groups,
            members,
            scheme,
        })
    };
    if let Some(own) = &settings.groups {
        return of_own(own, None);
    }
    let reference = &*selected.reference;
    let shown = || match selected.bodies.as_slice() {
        [only] => reference.body(only.as_str())?.show_groups(),
        _ => None,
    };
    let name = match settings.scheme.as_deref() {
        Some("regional") => REGIONAL,
        Some(named) => named,
        None => shown().unwrap_or(REGIONAL),
    };
    if let Some(scheme) = reference.scheme(name) {
        let groups = only(StateGroups::from_scheme(scheme))?;
        let is_asked = |group: &str| groups.names().iter().any(|name| name == group);
        let rows = scheme.rows().iter().filter(|row| is_asked(&row.group));
        let mut members: Vec<_> = rows.map(|row| row.who).collect();
        members.sort_unstable();
        members.dedup();
        let is_regional = name == REGIONAL;
        return Ok(Chosen {
            groups,
            members: if is_regional { Vec::new() } else { members },
            scheme: (!is_regional).then(|| name.to_owned()),
        });
    }
    match of_bodies(reference, &selected.bodies, name)? {
        Some(members) => {
            let members = members.into_iter().map(|(who, span)| (name, who, span));
            of_own(&Groups::new(members), Some(name.to_owned()))
        }
        None => Err(unknown(reference, name).into()),
    }
}

/// The members of a group that one of the bodies names that voted, else another body; `body:group` says which body names it.
pub(super) fn of_bodies(
    reference: &Reference,
    first: &[BodyId],
    group: &str,
) -> Result<Option<Vec<(Participant, Span)>>, Refusal> {
    let stated = group.split_once(':').and_then(|(body, group)| {
        let members = reference.body(body)?.group_over_time(group);
        (!members.is_empty()).then_some(members)
    });
    if stated.is_some() {
        return Ok(stated);
    }
    let voted = first.iter().filter_map(|id| reference.body(id.as_str()));
    let groups_of = |bodies: &mut dyn Iterator<Item = &Arc<Body>>| {
        let all = bodies.map(|body| {
            let mut members = body.group_over_time(group);
            members.sort_unstable_by_key(|(who, span)| (*who, span.from));
            (body.id().clone(), members)
        });
        let mut all: Vec<_> = all.filter(|(_, members)| !members.is_empty()).collect();
        // A group of another body, which this one names too, is one group.
        all.dedup_by(|one, other| one.1 == other.1);
        all
    };
    let mut found = groups_of(&mut { voted });
    if found.is_empty() {
        found = groups_of(&mut reference.bodies().iter());
    }
    let first = found.first().map(|(_, members)| members.clone());
    if found
        .iter()
        .any(|(_, members)| Some(members) != first.as_ref())
    {
        let names = |form: &dyn Fn(&BodyId) -> String, between: &str| {
            let names: Vec<_> = found.iter().map(|(body, _)| form(body)).collect();
            names.join(between)
        };
        let bodies = names(&|body| format!("`{body}`"), " and of ");
        let typed = names(&|body| format!("`{body}:{group}`"), " or ");
        let reason = format!("`{group}` is a group of {bodies}");
        return Err(Refusal::new(reason).with_help(format!("say which: {typed}")));
    }
    Ok(first)
}

fn unknown(reference: &Reference, name: &str) -> Refusal {
    let schemes: Vec<_> = reference.schemes().map(Scheme::name).collect();
    let nearest = plenary_decisions::nearest(name, schemes.iter().copied());
    let nearest = nearest.map_or_else(String::new, |nearest| format!("nearest: `{nearest}`; "));
    let help = format!(
        "{nearest}--group takes `regional`, a scheme of the reference data ({}), a group that a body names, or a CSV with the columns \
         group and member",
        schemes.join(", ")
    );
    Refusal::new(format!("unknown groups `{name}`")).with_help(help)
}

fn nothing(found: &Cohesion) -> Refusal {
    if found.undated.is_empty() {
        Refusal::new("no member of these groups voted in the selected votes")
            .with_help("check the codes and the days of the groups, or ask for fewer votes")
            .by_setting(["least"])
    } else {
        Refusal::new("the votes have no dates, so that nobody's group is known")
            .with_help("use a source with dates")
    }
}
