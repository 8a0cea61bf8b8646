//! What the votes of a dataset show at a glance: attendance, choices by group, agreement, ideal points.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use plenary_analysis::dyad::{DyadGroup, Dyads};
use plenary_analysis::ideal::IdealPoint;
use plenary_analysis::tally::{Division, DivisionValue, TallyColumn, TallyOptions, TallyUnit};
use plenary_analysis::{Grouping, Votes};
use plenary_types::{Date, Participant};

use super::cohesion::{Chosen, Named};
use super::ideal::{IdealPoints, IdealSettings, ideal_of};
use super::selected::{Gathered, SelectedVotes};
use super::{VoteSettings, labels};
use crate::page::{
    AgreementPicture, GroupChoices, GroupPositions, GroupRow, IdealPicture, MatrixMember,
    MemberPosition, VotesPage, YearChoices,
};
use crate::{Error, Input};

/// How many voters a picture of agreement has at most.
const MOST_MEMBERS: usize = 260;
/// How many votes a pair needs in common.
const LEAST: u32 = 10;
/// How many of the nearest and the farthest are named.
const NEAREST: usize = 3;

/// What the votes of an input show, and what limits it.
pub(crate) fn overview(
    input: Input,
    settings: &VoteSettings,
    with_ideal: bool,
) -> Result<(VotesPage, Vec<String>), Error> {
    let gathered = Gathered::new([input], settings, Votes::default(), |_| ())?;
    let named = Named {
        own: None,
        scheme: None,
        only: &[],
    };
    // Where the body has no groups on record, the page has none.
    let chosen = named.choose(&gathered.reference, &gathered.bodies).ok();
    let selection = settings.selection.describe(gathered.scope);
    let selected = SelectedVotes {
        votes: gathered.votes,
        reference: gathered.reference,
        bodies: gathered.bodies,
        metadata: gathered.metadata,
        warnings: gathered.warnings,
        beside: gathered.beside,
    };
    let voters = Voters::new(&selected.votes, chosen.as_ref());
    let mut page = VotesPage {
        selection,
        votes: selected.votes.len(),
        cast: selected.votes.cast(),
        voters: selected.votes.voters().len(),
        years: years(&selected, TallyUnit::All, None)
            .pop()
            .map_or_else(Vec::new, |(_, years)| years),
        scheme: None,
        groups: Vec::new(),
        agreement: agreement(&selected.votes, &voters),
        ideal: None,
    };
    if let Some(chosen) = &chosen {
        let groups = years(&selected, TallyUnit::Group, Some(chosen)).into_iter();
        page.groups = groups
            .map(|(name, years)| GroupChoices {
                name: title(chosen, &name),
                years,
            })
            .collect();
        page.scheme.clone_from(&chosen.scheme);
    }
    let mut caveats = selected.warnings.clone();
    let about = selected.metadata.iter();
    let about = about.filter(|(key, _)| matches!(*key, "copies" | "marked"));
    caveats.extend(about.map(|(key, value)| format!("{key}: {value}")));
    if with_ideal {
        match ideal_of(selected, &IdealSettings::default(), &|_| ()) {
            Ok(ideal) => page.ideal = Some(positions(&voters, &ideal)),
            Err(error) => caveats.push(format!("positions cannot be estimated: {error}")),
        }
    }
    Ok((page, caveats))
}

/// The voters by their places among those of the votes.
struct Voters {
    places: BTreeMap<String, usize>,
    names: Vec<String>,
    /// The last group of each, in whose order they stand.
    groups: Vec<Option<usize>>,
    group_names: Vec<String>,
}

impl Voters {
    fn new(votes: &Votes, chosen: Option<&Chosen>) -> Self {
        let all = votes.voters();
        let mut groups = vec![None; all.len()];
        let group_names = chosen.map_or_else(Vec::new, titles);
        let who: Vec<Option<Participant>> = all.iter().map(|voter| voter.parse().ok()).collect();
        let years = votes
            .iter()
            .filter_map(|(key, _)| key.date.map(Date::calendar_year));
        let mut years: Vec<i32> = years.collect();
        years.sort_unstable_by(|one, other| other.cmp(one));
        years.dedup();
        for year in years {
            let day = NaiveDate::from_ymd_opt(year, 12, 31);
            let Some((chosen, day)) = chosen.zip(day) else {
                break;
            };
            let members = chosen.groups.members_on(day);
            for (who, group) in who
                .iter()
                .zip(&mut groups)
                .filter(|(_, group)| group.is_none())
            {
                *group = who.and_then(|who| members.of(who).first().copied());
            }
        }
        Self {
            places: all.iter().cloned().zip(0..).collect(),
            names: labels::names(votes, all.iter().map(String::as_str)),
            groups,
            group_names,
        }
    }

    /// The place of a voter by its code.
    fn place(&self, code: &str) -> Option<usize> {
        self.places.get(code).copied()
    }

    fn group(&self, voter: usize) -> Option<usize> {
        self.groups.get(voter).copied().flatten()
    }

    fn group_name(&self, voter: usize) -> Option<String> {
        self.group_names.get(self.group(voter)?).cloned()
    }

    fn name(&self, voter: usize) -> String {
        self.names.get(voter).cloned().unwrap_or_default()
    }
}

/// What the groups are called, in their order.
fn titles(chosen: &Chosen) -> Vec<String> {
    let names = chosen.groups.names().iter();
    names.map(|name| title(chosen, name)).collect()
}

/// What a group is called, by its name.
fn title(chosen: &Chosen, name: &str) -> String {
    let group = chosen.all.iter().find(|group| group.name == *name);
    group.map_or_else(|| name.to_owned(), |group| group.title.clone())
}

/// The choices of each unit, by year.
fn years(
    selected: &SelectedVotes,
    unit: TallyUnit,
    chosen: Option<&Chosen>,
) -> Vec<(String, Vec<YearChoices>)> {
    let mut options = TallyOptions::default();
    options.unit = unit;
    options.by = vec![Division::Year];
    options.groups = chosen.map(|chosen| &chosen.groups);
    options.reference = Some(&*selected.reference);
    let found = plenary_analysis::tally::tally(&selected.votes, &options);
    let share = |name: &str| TallyColumn::find(name);
    let [yes, no, abstain] = ["yes_share", "no_share", "abstain_share"].map(share);
    let mut units: BTreeMap<usize, Vec<YearChoices>> = BTreeMap::new();
    for row in &found.rows {
        let Some(year) = row.parts.first().and_then(DivisionValue::number) else {
            continue;
        };
        let value = |column: Option<&TallyColumn>| column.and_then(|c| c.value(&row.counts));
        units.entry(row.unit).or_default().push(YearChoices {
            year,
            votes: row.counts.votes,
            yes: value(yes),
            no: value(no),
            abstain: value(abstain),
            attendance: row.counts.attendance(),
        });
    }
    let name = |unit: usize| found.units.get(unit).cloned().unwrap_or_default();
    units
        .into_iter()
        .map(|(unit, years)| (name(unit), years))
        .collect()
}

/// How often pairs agreed over all votes, the voters of a group together.
fn agreement(votes: &Votes, voters: &Voters) -> Option<AgreementPicture> {
    let dyads = Dyads::count_with_absences(&votes.matrix(Grouping::All));
    let all = dyads.groups().first()?;
    // The places among the states of the pairs, with those among the voters.
    let mut members: Vec<(u32, usize)> = all
        .states()
        .iter()
        .filter_map(|&state| Some((state, voters.place(dyads.state(state))?)))
        .collect();
    let counted = |&(state, _): &(u32, usize)| {
        let others = all.states().iter().filter(|other| **other != state);
        others
            .filter_map(|&other| agreed(all, state, other))
            .count()
    };
    members.sort_by_cached_key(|member| std::cmp::Reverse(counted(member)));
    let left_out = members.len().saturating_sub(MOST_MEMBERS);
    members.truncate(MOST_MEMBERS);
    let last = voters.group_names.len();
    members.sort_by_key(|&(_, voter)| (voters.group(voter).unwrap_or(last), voters.name(voter)));
    if members.len() < 2 {
        return None;
    }
    let cells = members.iter().enumerate().map(|(at, &(state, _))| {
        let before = members.iter().take(at);
        before
            .map(|&(other, _)| agreed(all, state, other))
            .collect()
    });
    let mut picture = AgreementPicture {
        cells: cells.collect(),
        members: Vec::with_capacity(members.len()),
        between: Vec::new(),
        left_out,
        least: LEAST,
    };
    for &(state, voter) in &members {
        let others = members.iter().filter(|(other, _)| *other != state);
        let mut others: Vec<(String, f64)> = others
            .filter_map(|&(other, with)| Some((voters.name(with), agreed(all, state, other)?)))
            .collect();
        others.sort_by(|one, other| other.1.total_cmp(&one.1));
        let farthest = others.iter().rev().take(NEAREST).cloned().collect();
        others.truncate(NEAREST);
        picture.members.push(MatrixMember {
            code: dyads.state(state).to_owned(),
            name: voters.name(voter),
            group: voters.group_name(voter),
            nearest: others,
            farthest,
        });
    }
    picture.between = between(&picture, &members, voters);
    Some(picture)
}

fn agreed(all: &DyadGroup, one: u32, other: u32) -> Option<f64> {
    let joint = all.joint(one, other)?;
    joint
        .agreement()
        .filter(|_| joint.common() >= f64::from(LEAST))
}

/// The mean agreement of the pairs of each two groups.
fn between(picture: &AgreementPicture, members: &[(u32, usize)], voters: &Voters) -> Vec<GroupRow> {
    let last = voters.group_names.len();
    let group = |at: usize| {
        let voter = members.get(at).map(|(_, voter)| *voter);
        voter.and_then(|voter| voters.group(voter)).unwrap_or(last)
    };
    let mut sums = vec![vec![(0.0, 0u32); last + 1]; last + 1];
    for (at, row) in picture.cells.iter().enumerate() {
        for (with, value) in row.iter().enumerate() {
            let Some(value) = value else { continue };
            let (one, other) = (group(at), group(with));
            for (one, other) in [(one, other), (other, one)] {
                if let Some(sum) = sums.get_mut(one).and_then(|row| row.get_mut(other)) {
                    *sum = (sum.0 + value, sum.1 + 1);
                }
            }
        }
    }
    let rows = sums.into_iter().enumerate().map(|(at, row)| GroupRow {
        name: voters.group_names.get(at).cloned(),
        with: row
            .into_iter()
            .map(|(sum, count)| (count > 0).then(|| sum / f64::from(count)))
            .collect(),
    });
    let rows: Vec<GroupRow> = rows.collect();
    match rows
        .last()
        .is_some_and(|row| row.with.iter().all(Option::is_none))
    {
        // Everybody is in a group: nobody is in none.
        true => rows
            .into_iter()
            .take(last)
            .map(|mut row| {
                row.with.truncate(last);
                row
            })
            .collect(),
        false => rows,
    }
}

/// Where voters stand over time.
fn positions(voters: &Voters, ideal: &IdealPoints) -> IdealPicture {
    let points = &ideal.estimates.points;
    let place = |point: &IdealPoint| voters.place(&point.state);
    let mut of_groups: BTreeMap<(usize, i32), Vec<f64>> = BTreeMap::new();
    let mut members: BTreeMap<&str, (&IdealPoint, &IdealPoint)> = BTreeMap::new();
    for point in points {
        if let Some(group) = place(point).and_then(|voter| voters.group(voter)) {
            let positions = of_groups.entry((group, point.session)).or_default();
            positions.push(point.ideal);
        }
        let ends = members.entry(&point.state).or_insert((point, point));
        if point.session < ends.0.session {
            ends.0 = point;
        }
        if point.session >= ends.1.session {
            ends.1 = point;
        }
    }
    let mut groups: Vec<GroupPositions> = Vec::new();
    for ((group, session), mut positions) in of_groups {
        positions.sort_by(f64::total_cmp);
        let median = positions
            .get(positions.len() / 2)
            .copied()
            .unwrap_or_default();
        let name = voters.group_names.get(group).cloned().unwrap_or_default();
        match groups.last_mut().filter(|line| line.name == name) {
            Some(line) => line.sessions.push((session, median)),
            None => groups.push(GroupPositions {
                name,
                sessions: vec![(session, median)],
            }),
        }
    }
    let members = members.into_values().map(|(first, last)| MemberPosition {
        code: last.state.clone(),
        name: place(last).map_or_else(String::new, |voter| voters.name(voter)),
        group: place(last).and_then(|voter| voters.group_name(voter)),
        session: last.session,
        position: last.ideal,
        sd: last.sd,
        first: first.session,
        moved: last.ideal - first.ideal,
    });
    let about = ideal.table.metadata().iter();
    let told = ["model", "absences", "used", "anchor", "convergence"];
    let about = about.filter(|(key, _)| told.contains(&key.as_str()));
    let mut basis: Vec<String> = about
        .map(|(key, value)| format!("{key}: {value}"))
        .collect();
    basis.extend(ideal.problems(false));
    let point = |point: &IdealPoint| (point.state.clone(), point.session, point.ideal, point.sd);
    IdealPicture {
        groups,
        members: members.collect(),
        points: points.iter().map(point).collect(),
        basis,
    }
}
