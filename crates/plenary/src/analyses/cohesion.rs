//! [`cohesion`]: how far groups of states vote together.

use std::path::PathBuf;

use plenary_analysis::Grouping;
use plenary_analysis::cohesion::{Cohesion, CohesionOptions, StateGroups};
use plenary_analysis::table::{Column, Table};
use plenary_bodies::Reference;
use plenary_types::Participant;
use serde::Serialize;

use super::{VoteSettings, labels, select_votes};
use crate::{Error, Input, Refusal};

/// Which groups are looked at in which votes, and how.
#[derive(Clone)]
#[non_exhaustive]
pub struct CohesionSettings {
    /// Which votes.
    pub votes: VoteSettings,
    /// What is averaged over together.
    pub by: Grouping,
    /// Groups of one's own; by default the regional groups.
    pub groups: Option<plenary_states::Groups>,
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
    let (groups, codes) = groups(settings)?;
    let selected = select_votes(inputs, &settings.votes)?;
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

/// The groups, and of groups of one's own everybody who is in one of them on some day.
fn groups(settings: &CohesionSettings) -> Result<(StateGroups, Vec<Participant>), Error> {
    let only = |groups: StateGroups| match settings.only.is_empty() {
        true => Ok(groups),
        false => groups
            .only(settings.only.iter().map(String::as_str))
            .map_err(|error| Refusal::because(&error)),
    };
    let Some(own) = &settings.groups else {
        let scheme = Reference::embedded().scheme(REGIONAL);
        debug_assert!(scheme.is_some(), "no scheme `{REGIONAL}`");
        let groups = scheme.map(StateGroups::from_scheme);
        let groups = groups.ok_or_else(|| Refusal::new("the regional groups are not on record"))?;
        return Ok((only(groups)?, Vec::new()));
    };
    let groups = only(StateGroups::own(own.clone()))?;
    let names = groups.names().iter();
    let mut codes: Vec<_> = names.flat_map(|name| own.members(name)).collect();
    codes.sort_unstable();
    codes.dedup();
    Ok((groups, codes))
}

fn nothing(found: &Cohesion) -> Refusal {
    if found.undated.is_empty() {
        Refusal::new("no member of these groups voted in the selected votes")
            .with_help("check the codes and the days of the groups, or lower --least")
    } else {
        Refusal::new("the votes have no dates, so that nobody's group is known")
            .with_help("use a source with dates")
    }
}
