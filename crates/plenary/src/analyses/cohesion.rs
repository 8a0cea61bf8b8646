//! [`cohesion`]: how far groups of states vote together.

use std::path::PathBuf;

use plenary_analysis::cohesion::{Cohesion, CohesionOptions, StateGroups};
#[cfg(feature = "plot")]
use plenary_analysis::plot::{Chart, Series, TimeAxis};
use plenary_analysis::table::{Column, Table};
use plenary_analysis::{Grouping, VoteGroup};
use plenary_bodies::Reference;
use plenary_states::Groups;
use plenary_types::{BodyId, Date, Participant, Span};
use serde::Serialize;

use super::{VoteSettings, labels, select_votes};
use crate::groups::{Group, GroupFinder, REGIONAL};
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
    pub groups: Option<Groups>,
    /// Which groups, as [`GroupFinder::groups`] finds them: a scheme of groups of the reference (`regional` for the regional groups), a
    /// group, or several with commas between them. By default the scheme by which the votes of the body are shown, where all are of one
    /// body, else the regional groups; with groups of one's own all of these.
    pub scheme: Option<String>,
    /// Only these groups, each by its identifier or a name; all where none is named.
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
    #[cfg(feature = "plot")]
    #[serde(skip)]
    found: Cohesion,
    #[cfg(feature = "plot")]
    #[serde(skip)]
    by: Grouping,
}

/// Which index of cohesion a chart shows.
#[cfg(feature = "plot")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum CohesionIndex {
    /// The agreement index of Hix, Noury and Roland, with abstention as a third choice.
    #[default]
    Agreement,
    /// Rice's index, of yes and no alone.
    Rice,
    /// Attinà's index.
    Attina,
}

#[cfg(feature = "plot")]
impl Cohesions {
    /// The cohesion of each group over time.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] when there are more groups than a reader can tell apart.
    pub fn chart(&self, index: CohesionIndex) -> Result<Chart, Error> {
        let mut series: Vec<Series> = Vec::new();
        for row in &self.found.groups {
            let value = match index {
                CohesionIndex::Agreement => row.agreement_index,
                CohesionIndex::Rice => row.rice,
                CohesionIndex::Attina => row.attina,
            };
            let (Ok(x), Some(y)) = (row.period.parse::<f64>(), value) else {
                continue;
            };
            let known = series.iter().position(|line| line.name == row.group);
            let at = known.unwrap_or_else(|| {
                series.push(Series::new(&row.group));
                series.len() - 1
            });
            if let Some(line) = series.get_mut(at) {
                line.points.push((x, y).into());
            }
        }
        if series.len() > Chart::MOST_LINES {
            let reason = format!("{} lines are too many for one chart", series.len());
            let help = format!("name the groups to draw: at most {} fit", Chart::MOST_LINES);
            let refusal = Refusal::new(reason).with_help(help);
            return Err(refusal.by_setting(["only"]).into());
        }
        let (label, note, range) = match index {
            CohesionIndex::Agreement => (
                "agreement index",
                "Agreement index: 1 where all members choose alike, 0 where they divide evenly among yes, abstain and no",
                (0.0, 1.0),
            ),
            CohesionIndex::Rice => (
                "Rice's index",
                "Rice's index: the difference of yes and no as a share of both; 1 where all are on one side",
                (0.0, 1.0),
            ),
            CohesionIndex::Attina => (
                "Attinà's index",
                "Attinà's index: the largest choice less the two others, as a share of all; 1 where all choose alike",
                (-1.0, 1.0),
            ),
        };
        let mut chart = Chart::default();
        "Cohesion of groups".clone_into(&mut chart.title);
        note.clone_into(&mut chart.note);
        chart.x = match self.by {
            Grouping::Session => TimeAxis::Session,
            _ => TimeAxis::Year,
        };
        label.clone_into(&mut chart.y_label);
        chart.y_range = Some(range);
        chart.series = series;
        chart.about = self.table.metadata().to_vec();
        Ok(chart)
    }
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
    let mut selected = select_votes(inputs, &settings.votes)?;
    let named = Named {
        own: settings.groups.as_ref(),
        scheme: settings.scheme.as_deref(),
        only: &settings.only,
    };
    let chosen = named.choose(&selected.reference, &selected.bodies)?;
    let matrix = selected.votes.matrix(settings.by);
    let votes = matrix.groups().iter().flat_map(VoteGroup::votes);
    let caveats = chosen.caveats(votes.filter_map(|vote| vote.date));
    selected.warnings.extend(caveats);
    let Chosen {
        groups,
        members: codes,
        scheme,
        ..
    } = chosen;
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
        #[cfg(feature = "plot")]
        found,
        #[cfg(feature = "plot")]
        by: settings.by,
    })
}

/// The groups that are looked at.
pub(super) struct Chosen {
    pub(super) groups: StateGroups,
    /// Of other than the regional groups, everybody who is in one of them on some day.
    members: Vec<Participant>,
    /// What they are called, where they are neither the regional groups nor the user's own.
    pub(super) scheme: Option<String>,
    pub(super) all: Vec<Group>,
}

impl Chosen {
    /// What limits answers that rest on the groups: nothing where no vote has a date.
    pub(super) fn caveats(&self, dates: impl Iterator<Item = Date> + Clone) -> Vec<String> {
        let first = dates.clone().map(Date::earliest).min();
        let last = dates.map(Date::latest).max();
        let (Some(from), Some(last)) = (first, last) else {
            return Vec::new();
        };
        let to = last.succ_opt();
        let groups = self.all.iter();
        groups
            .flat_map(|group| group.caveats(Span { from, to }))
            .collect()
    }
}

/// Which groups a command names.
pub(super) struct Named<'a> {
    /// Groups of one's own, in place of those of a scheme.
    pub(super) own: Option<&'a Groups>,
    /// As [`GroupFinder::groups`] finds them; by default the scheme by which the votes of the body are shown.
    pub(super) scheme: Option<&'a str>,
    /// Only these groups; all where none is named.
    pub(super) only: &'a [String],
}

impl Named<'_> {
    /// The groups, for votes of these bodies.
    pub(super) fn choose(&self, reference: &Reference, bodies: &[BodyId]) -> Result<Chosen, Error> {
        let finder = GroupFinder::new(reference).with_own(self.own);
        let finder = finder.with_bodies(bodies);
        let shown = || match bodies {
            [only] => reference.body(only.as_str())?.show_groups(),
            _ => None,
        };
        let (named, found) = match (self.own, self.scheme) {
            (Some(_), None) => (None, finder.own_groups()),
            (_, named) => {
                let name = named.or_else(shown).unwrap_or(REGIONAL);
                (Some(name), finder.groups(name)?)
            }
        };
        let found = only(found, self.only)?;
        let is_regional = named.is_some_and(|name| name == "regional" || name == REGIONAL);
        let members = found.iter().filter(|_| !is_regional);
        let mut members: Vec<_> = members.flat_map(Group::everybody).collect();
        members.sort_unstable();
        members.dedup();
        let groups = found.iter();
        let groups = groups.map(|group| (group.name.clone(), group.members.clone()));
        Ok(Chosen {
            groups: StateGroups::new(groups),
            all: found,
            members,
            scheme: named.filter(|_| !is_regional).map(str::to_owned),
        })
    }
}

/// The groups that are asked for, by what each is called; all where none is.
fn only(groups: Vec<Group>, wanted: &[String]) -> Result<Vec<Group>, Refusal> {
    let places = wanted.iter().map(|text| {
        let exact = groups.iter().position(|group| group.name == *text);
        let called = || groups.iter().position(|group| group.is_called(text));
        exact.or_else(called).ok_or_else(|| {
            let known: Vec<_> = groups.iter().map(|group| &*group.name).collect();
            let nearest = plenary_decisions::nearest(text, known.iter().copied());
            let nearest = nearest.map_or_else(String::new, |name| format!("nearest: `{name}`; "));
            let expected = known.join(", ");
            let help =
                format!("{nearest}name one of these, or say of which other groups it is one");
            Refusal::new(format!("unknown group `{text}` (expected {expected})"))
                .with_help(help)
                .by_setting(["group"])
        })
    });
    let places: Vec<usize> = places.collect::<Result<_, _>>()?;
    let mut at = 0..;
    let is_wanted = |_: &Group| {
        at.next()
            .is_some_and(|at| places.is_empty() || places.contains(&at))
    };
    Ok(groups.into_iter().filter(is_wanted).collect())
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
