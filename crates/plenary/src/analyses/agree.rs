//! [`agree`]: how pairs of states voted together.

#[cfg(feature = "plot")]
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use plenary_analysis::dyad::{Absences, DyadGroup, Dyads, Joint, Measure};
#[cfg(feature = "plot")]
use plenary_analysis::plot::{Chart, Series, TimeAxis};
use plenary_analysis::table::{Column, Table};
use plenary_analysis::{Grouping, Sittings, Votes};
use plenary_bodies::Reference;
use plenary_states::{EntityKind, entity};
use plenary_types::{Participant, Session, many};
use serde::Serialize;

use super::{Codes, SelectedVotes, VoteSettings, labels, select_votes};
use crate::{Error, GroupFinder, Input, Refusal, participant, with_carried};

/// Which pairs are compared in which votes, and by what.
#[derive(Clone)]
#[non_exhaustive]
pub struct AgreeSettings {
    /// Which votes.
    pub votes: VoteSettings,
    /// What to aggregate by.
    pub by: Grouping,
    /// Only pairs of these states, by code, name or number; one state alone with every other. The name of a group of the reference, or of
    /// one that a body names, is everybody who ever was in it (`scheme:group` or `body:group` where several have one of the name).
    pub states: Vec<String>,
    /// One state, by code, name or number, of which only the pairs are told, with it first: with each of [`AgreeSettings::states`], or with
    /// every other where none is named.
    pub with: Option<String>,
    /// The measures beside the agreement; by default S, kappa and pi. In a wide table the one that is shown, by default the
    /// agreement.
    pub measures: Option<Vec<Measure>>,
    /// How absences are read.
    pub absences: Absences,
    /// Whether the nine joint counts are given.
    pub counts: bool,
    /// The number of resolutions of each group that were adopted by consensus, for the coincidence including consensus.
    pub consensus: Option<u32>,
    /// Pairs with fewer votes in common are left out.
    pub least: u32,
    /// A square table of one measure for each group instead of a row for each pair.
    pub wide: bool,
}

impl Default for AgreeSettings {
    fn default() -> Self {
        Self {
            votes: VoteSettings::default(),
            by: Grouping::Year,
            states: Vec::new(),
            with: None,
            measures: None,
            absences: Absences::default(),
            counts: false,
            consensus: None,
            least: 1,
            wide: false,
        }
    }
}

/// How pairs of states voted together. It serialises as its table.
#[derive(Clone, Serialize)]
#[serde(transparent)]
#[non_exhaustive]
pub struct Agreements {
    /// The table, with its metadata.
    pub table: Table,
    /// What limits it.
    #[serde(skip)]
    pub warnings: Vec<String>,
    /// Files that were read beside the inputs.
    #[serde(skip)]
    pub beside: Vec<PathBuf>,
    #[cfg(feature = "plot")]
    #[serde(skip)]
    settings: AgreeSettings,
    #[cfg(feature = "plot")]
    #[serde(skip)]
    dyads: Dyads,
    #[cfg(feature = "plot")]
    #[serde(skip)]
    pairs: Pairs,
    #[cfg(feature = "plot")]
    #[serde(skip)]
    votes: Votes,
}

/// Says how pairs of states voted together in the selected votes of some inputs.
///
/// # Errors
///
/// [`Error`] when an input or a state cannot be used, or no pair has a vote in common.
pub fn agree<I: Into<Input>>(
    inputs: impl IntoIterator<Item = I>,
    settings: &AgreeSettings,
) -> Result<Agreements, Error> {
    let measures = measures(settings)?;
    let inputs: Vec<Input> = inputs.into_iter().map(Into::into).collect();
    let reference = with_carried(&settings.votes.reference, &inputs)?;
    let mut settings = settings.clone();
    let named = settings.states.iter();
    let named = named.map(|text| of_group(&reference, text));
    let named: Vec<_> = named.collect::<Result<_, _>>()?;
    let of_groups: Vec<String> = named
        .iter()
        .filter(|members| members.len() > 1)
        .flatten()
        .cloned()
        .collect();
    settings.states = named.into_iter().flatten().collect();
    let mut named = settings.states.clone();
    if !named.is_empty() {
        named.extend(settings.with.clone());
    }
    let mut wanted = labels::participants(&named);
    wanted.sort_unstable();
    wanted.dedup();
    if wanted.len() == 1 {
        // One state alone is wanted with everybody.
        wanted.clear();
    }
    let mut votes = settings.votes.clone();
    votes.selection.states = wanted;
    let mut selected = select_votes(inputs, &votes)?;
    let dyads = count(&settings, &mut selected)?;
    let cast_none = |state: &String| {
        of_groups.contains(state)
            && labels::places_of(state, dyads.states(), &selected.votes).is_empty()
    };
    let silent: Vec<String> = settings
        .states
        .extract_if(.., |state| cast_none(state))
        .collect();
    if !silent.is_empty() {
        if settings.states.is_empty() {
            let reason = "nobody of the groups that are named cast a ballot in the selected votes";
            let refusal = Refusal::new(reason).with_help("widen the selection");
            return Err(refusal.by_setting(["states"]).into());
        }
        selected.warnings.push(format!(
            "members of the groups that cast no ballot in the selected votes are left out: {}",
            silent.join(", ")
        ));
    }
    let settings = &settings;
    let pairs = Pairs::new(settings, &dyads, &selected.votes)?;
    let mut groups = dyads.groups().iter();
    if !groups.any(|group| pairs.of(settings, group).next().is_some()) {
        let votes = many(settings.least.into(), "vote");
        return Err(
            Refusal::new(format!("no pair of voters has {votes} in common"))
                .with_help("name other voters, ask for fewer votes or widen the selection")
                .by_setting(["states", "least"])
                .into(),
        );
    }
    let (table, shared) = match settings.wide {
        true => matrix(settings, &dyads, &pairs, &measures, &selected.votes),
        false => long(settings, &dyads, &pairs, &measures, &selected),
    };
    let mut table = describe(table, settings, &selected, &measures);
    if !pairs.alone.is_empty() {
        let names = pairs.alone.iter().map(|&state| dyads.state(state));
        let names = names.map(ToOwned::to_owned).collect();
        let names = labels::headings(&selected.votes, names).join(" and ");
        let others = match settings.with.is_some() && !settings.states.is_empty() {
            true => "the voters that are named",
            false => "every other voter",
        };
        table = table.with("states", format!("{names} with {others}"));
    }
    if settings.least > 1 {
        let few: usize = dyads
            .groups()
            .iter()
            .map(|group| pairs.few(settings, group))
            .sum();
        let text = format!(
            "pairs with fewer than {} in common are left out: {few}",
            many(settings.least.into(), "vote")
        );
        table = table.with("least", text);
    }
    if let Some([warning, text]) = labels::shared_codes(shared) {
        selected.warnings.push(warning);
        table = table.with("shared codes", text);
    }
    Ok(Agreements {
        #[cfg(feature = "plot")]
        votes: selected.votes,
        table,
        warnings: selected.warnings,
        beside: selected.beside,
        #[cfg(feature = "plot")]
        settings: settings.clone(),
        #[cfg(feature = "plot")]
        dyads,
        #[cfg(feature = "plot")]
        pairs,
    })
}

/// Everybody who ever was in the group of that name, where it is one; else the text itself. A voter of the name goes before a group,
/// but for an organisation that is called like the group of its members.
pub(super) fn of_group(reference: &Reference, text: &str) -> Result<Vec<String>, Error> {
    let is_voter = |who: Participant| {
        let known = who.code().and_then(entity);
        known.is_none_or(|entity| entity.kind() != EntityKind::Organisation)
    };
    if participant(text).is_ok_and(is_voter) {
        return Ok(vec![text.to_owned()]);
    }
    let found = GroupFinder::new(reference).find(text)?;
    Ok(match found {
        Some(group) => group.everybody().iter().map(ToString::to_string).collect(),
        None => vec![text.to_owned()],
    })
}

/// The measures in columns after `agree`; in a wide table, the one that is shown.
fn measures(settings: &AgreeSettings) -> Result<Vec<Measure>, Error> {
    let mut measures: Vec<Measure> = Vec::new();
    for measure in settings.measures.iter().flatten() {
        if !measures.contains(measure) {
            measures.push(*measure);
        }
    }
    match (settings.wide, measures.len()) {
        (true, 0) => return Ok(vec![Measure::AGREEMENT]),
        (true, 1) => return Ok(measures),
        (true, several) => {
            let reason = format!("a square table shows one measure, not {several}");
            let help = "name one measure, or ask for no square table to have a column for each";
            let refusal = Refusal::new(reason).with_help(help);
            return Err(refusal.by_setting(["measures", "matrix"]).into());
        }
        (false, 0) if settings.measures.is_none() => return Ok(USUAL.to_vec()),
        (false, _) => {}
    }
    measures.retain(|measure| *measure != Measure::AGREEMENT);
    Ok(measures)
}

/// The measures in columns where none is named.
const USUAL: [Measure; 4] = [
    Measure::S_ABSOLUTE,
    Measure::S_SQUARED,
    Measure::KAPPA,
    Measure::PI,
];

fn count(settings: &AgreeSettings, selected: &mut SelectedVotes) -> Result<Dyads, Error> {
    let by = settings.by.as_str();
    let matrix = selected.votes.matrix(settings.by);
    if matrix.groups().is_empty() {
        return Err(Refusal::new(format!("no vote has a {by}"))
            .with_help("count by another unit: session, year or all")
            .by_setting(["by"])
            .into());
    }
    if let Some(first) = matrix.unplaced().first() {
        selected.warnings.push(format!(
            "{} votes without a {by} are left out (the first: {first})",
            matrix.unplaced().len(),
        ));
    }
    Ok(Dyads::count_with_absences(&matrix))
}

#[cfg(feature = "plot")]
impl Agreements {
    /// The groups of the pairs that have no place on the axis of [`Agreements::chart`], once for each pair.
    #[must_use]
    pub fn unplotted(&self) -> Vec<String> {
        let groups = self.dyads.groups().iter();
        let special = groups.filter(|group| group.label().parse::<f64>().is_err());
        let pairs = special.flat_map(|group| {
            let pairs = self.pairs.of(&self.settings, group);
            pairs.map(|_| group.label().to_owned())
        });
        pairs.collect()
    }

    /// The agreement of the pairs over time. With [`AgreeSettings::with`] and no other states every other voter is a grey line, and those
    /// that are named here are drawn above them.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] when there are more pairs than a reader can tell apart, or who is named here is in no pair.
    pub fn chart(&self, named: &[String]) -> Result<Chart, Error> {
        let with = self.settings.with.as_ref();
        let is_against_all = with.is_some() && self.settings.states.is_empty();
        let voters = self.dyads.states();
        let mut above: Vec<usize> = Vec::new();
        for text in named {
            let found = labels::voters(text, voters, &self.votes)?;
            let is_in = |(a, b, _): (u32, u32, Joint)| {
                found.contains(&(a as usize)) || found.contains(&(b as usize))
            };
            let mut groups = self.dyads.groups().iter();
            if !groups.any(|group| self.pairs.of(&self.settings, group).any(is_in)) {
                let refusal = Refusal::new(format!("`{text}` is in no pair to draw"));
                let refusal = refusal.with_help("name voters of the table");
                return Err(refusal.by_setting(["plot-states"]).into());
            }
            above.extend(found);
        }
        let is_above = |voter: u32| above.contains(&(voter as usize));
        let names = labels::headings(&self.votes, voters.to_vec());
        let name = |voter: u32| names.get(voter as usize).map_or("", String::as_str);
        let mut lines: BTreeMap<(u32, u32), Series> = BTreeMap::new();
        for group in self.dyads.groups() {
            let Ok(x) = group.label().parse::<f64>() else {
                continue;
            };
            for (a, b, joint) in self.pairs.of(&self.settings, group) {
                let Some(y) = joint.agreement() else {
                    continue;
                };
                let line = lines.entry((a, b)).or_insert_with(|| {
                    let mut series = match with {
                        Some(_) => Series::new(name(b)),
                        None => Series::new(format!("{}–{}", name(a), name(b))),
                    };
                    series.is_context = is_against_all && !is_above(a) && !is_above(b);
                    series
                });
                line.points.push((x, y).into());
            }
        }
        if !is_against_all && !named.is_empty() {
            lines.retain(|&(a, b), _| is_above(a) || is_above(b));
        }
        let series: Vec<Series> = lines.into_values().collect();
        let behind = series.iter().filter(|series| series.is_context).count();
        if series.len() - behind > Chart::MOST_LINES {
            let reason = format!("{} lines are too many for one chart", series.len() - behind);
            let most = Chart::MOST_LINES;
            return Err(Refusal::new(reason)
                .with_help(format!("name fewer voters: at most {most} pairs fit"))
                .into());
        }
        let mut chart = Chart::default();
        chart.title = match (with, series.as_slice()) {
            (Some(_), _) => {
                let alone = self.pairs.alone.iter().map(|&voter| name(voter));
                format!("Agreement with {}", alone.collect::<Vec<_>>().join(" and "))
            }
            (None, [one]) => format!("Agreement of {}", one.name.replace('–', " and ")),
            (None, _) => "Agreement of pairs of voters".to_owned(),
        };
        chart.note =
            "Share of common votes that are equal; an abstention against a yes or no counts half"
                .to_owned();
        if behind > 0 {
            let others = many(behind as u64, "other voter");
            chart.note.push_str(&format!(". Grey: {others}"));
        }
        chart.x = match self.settings.by {
            Grouping::Session => TimeAxis::Session,
            _ => TimeAxis::Year,
        };
        "agreement".clone_into(&mut chart.y_label);
        chart.y_range = Some((0.0, 1.0));
        chart.series = series;
        chart.about = self.table.metadata().to_vec();
        Ok(chart)
    }
}

/// Which pairs are compared.
#[derive(Clone)]
struct Pairs {
    /// Whether each state is wanted.
    wanted: Vec<bool>,
    /// The only state that was named, under each of its codes: it is wanted with everybody.
    alone: Vec<u32>,
}

impl Pairs {
    fn new(settings: &AgreeSettings, dyads: &Dyads, votes: &Votes) -> Result<Self, Error> {
        let mut wanted = vec![settings.states.is_empty(); dyads.states().len()];
        let mut named: Vec<Vec<usize>> = Vec::new();
        for state in settings.states.iter().chain(&settings.with) {
            let places = labels::voters(state, dyads.states(), votes)?;
            places.iter().for_each(|&at| wanted[at] = true);
            if !named.contains(&places) {
                named.push(places);
            }
        }
        let only = match (&settings.with, named.as_slice()) {
            (Some(with), _) => Some(labels::places_of(with, dyads.states(), votes)),
            (None, [only]) => Some(only.clone()),
            (None, _) => None,
        };
        let only = only.unwrap_or_default();
        let alone: Vec<u32> = only
            .iter()
            .map(|&place| plenary_types::count(place))
            .collect();
        if !alone.is_empty() && named.len() == 1 {
            wanted.fill(true);
        }
        Ok(Self { wanted, alone })
    }

    fn of<'a>(
        &'a self,
        settings: &'a AgreeSettings,
        group: &'a DyadGroup,
    ) -> impl Iterator<Item = (u32, u32, Joint)> + 'a {
        let least = f64::from(settings.least);
        let all = self.all(settings, group);
        all.filter(move |(_, _, joint)| joint.common() >= least)
    }

    /// How many pairs have votes in common, but too few.
    fn few(&self, settings: &AgreeSettings, group: &DyadGroup) -> usize {
        let few = 1.0..f64::from(settings.least);
        let all = self.all(settings, group);
        all.filter(|(_, _, joint)| few.contains(&joint.common()))
            .count()
    }

    fn all<'a>(
        &'a self,
        settings: &'a AgreeSettings,
        group: &'a DyadGroup,
    ) -> impl Iterator<Item = (u32, u32, Joint)> + 'a {
        group
            .pairs()
            .filter(|&(a, b, _)| self.wanted[a as usize] && self.wanted[b as usize])
            .filter(|(a, b, _)| {
                self.alone.is_empty() || self.alone.contains(a) || self.alone.contains(b)
            })
            .map(move |(a, b, joint)| {
                let joint = joint.with_absences(settings.absences);
                // Who is compared with the others comes first.
                match settings.with.is_some() && !self.alone.contains(&a) {
                    true => (b, a, joint.transposed()),
                    false => (a, b, joint),
                }
            })
    }
}

const CHOICES: [&str; 3] = ["yes", "abstain", "no"];

fn long(
    settings: &AgreeSettings,
    dyads: &Dyads,
    pairs: &Pairs,
    measures: &[Measure],
    selected: &SelectedVotes,
) -> (Table, Vec<String>) {
    let votes = &selected.votes;
    let sittings = Sittings::new(votes, &selected.reference);
    let mut names = Names::new(settings, dyads, &sittings);
    let [mut groups, mut first, mut second] = [Vec::new(), Vec::new(), Vec::new()];
    let mut joints: Vec<Joint> = Vec::new();
    for (at, group) in (0u32..).zip(dyads.groups()) {
        names.enter(group);
        for (a, b, joint) in pairs.of(settings, group) {
            groups.push(at);
            first.push(names.place(a));
            second.push(names.place(b));
            joints.push(joint);
        }
    }
    let labels: Arc<[String]> = dyads
        .groups()
        .iter()
        .map(|group| group.label().to_owned())
        .collect();
    let shared = std::mem::take(&mut names.shared);
    let states: Arc<[String]> = names.labels.into();
    let called = labels::printed(votes, states.iter().map(String::as_str));
    let called: Option<Arc<[String]>> = called.map(Into::into);
    let [one, two] = match settings.votes.codes {
        Codes::Iso3 => ["state1", "state2"],
        Codes::Cow => ["ccode1", "ccode2"],
    };
    let mut columns = vec![
        Column::coded("group", labels, groups),
        Column::coded(one, states.clone(), first.clone()),
        Column::coded(two, states, second.clone()),
        Column::counts("n", joints.iter().map(|joint| joint.common() as i64)),
    ];
    for measure in std::iter::once(&Measure::AGREEMENT).chain(measures) {
        let name = measure.name.replace('-', "_");
        columns.push(Column::floats(
            &name,
            joints.iter().map(|joint| measure.of(joint)),
        ));
    }
    if let Some(consensus) = settings.consensus {
        let with = |joint: &Joint| {
            let rate = joint.participation().unwrap_or(1.0);
            joint.coincidence_with_consensus(f64::from(consensus), rate)
        };
        columns.push(Column::floats(
            "coincidence_consensus",
            joints.iter().map(with),
        ));
    }
    if settings.counts {
        for (a, mine) in CHOICES.iter().enumerate() {
            for (b, theirs) in CHOICES.iter().enumerate() {
                let counts = joints.iter().map(|joint| joint.table[a][b] as i64);
                columns.push(Column::counts(&format!("{mine}_{theirs}"), counts));
            }
        }
    }
    let mut table = Table::new(columns);
    if let Some(called) = called {
        table = table
            .with_column(two, Column::coded("name2", called.clone(), second))
            .with_column(two, Column::coded("name1", called, first));
    }
    (table, shared)
}

/// The labels of states in the output; a code of another system can differ from group to group.
struct Names<'a> {
    by: Grouping,
    codes: Codes,
    dyads: &'a Dyads,
    sittings: &'a Sittings<'a>,
    labels: Vec<String>,
    /// Where the label of each state stands, in the present group.
    places: Vec<Option<u32>>,
    /// The labels of states that share a code in some group.
    shared: Vec<String>,
}

impl<'a> Names<'a> {
    fn new(settings: &AgreeSettings, dyads: &'a Dyads, sittings: &'a Sittings<'a>) -> Self {
        Self {
            by: settings.by,
            codes: settings.votes.codes,
            dyads,
            sittings,
            labels: Vec::new(),
            places: vec![None; dyads.states().len()],
            shared: Vec::new(),
        }
    }

    fn enter(&mut self, group: &DyadGroup) {
        if self.codes == Codes::Iso3 {
            return;
        }
        let year = match self.by {
            Grouping::Year => group.label().parse().ok(),
            Grouping::Session => match group.label().parse() {
                Ok(Session::Regular(number)) => self.sittings.year(i32::from(number)),
                _ => None,
            },
            _ => None,
        };
        let states = group.states().iter().map(|&state| self.dyads.state(state));
        let labels = labels::labels(states, self.codes, year);
        self.shared.extend(labels.shared);
        self.places.fill(None);
        for (&state, name) in group.states().iter().zip(labels.names) {
            self.put(state, name);
        }
    }

    fn put(&mut self, state: u32, name: String) -> u32 {
        let place = plenary_types::count(self.labels.len());
        self.labels.push(name);
        if let Some(slot) = self.places.get_mut(state as usize) {
            *slot = Some(place);
        }
        place
    }

    fn place(&mut self, state: u32) -> u32 {
        match self.places.get(state as usize) {
            Some(Some(known)) => *known,
            _ => self.put(state, self.dyads.state(state).to_owned()),
        }
    }
}

fn matrix(
    settings: &AgreeSettings,
    dyads: &Dyads,
    pairs: &Pairs,
    measures: &[Measure],
    votes: &Votes,
) -> (Table, Vec<String>) {
    let measure = measures.first().copied().unwrap_or(Measure::AGREEMENT);
    let shown: Vec<u32> = (0u32..)
        .zip(&pairs.wanted)
        .filter(|(_, wanted)| **wanted)
        .map(|(at, _)| at)
        .collect();
    // One state alone has a column of its own, and everybody a row.
    let across = match pairs.alone.is_empty() {
        true => shown.clone(),
        false => pairs.alone.clone(),
    };
    let is_shown = |state: u32| shown.binary_search(&state).is_ok();
    let place = |state: u32| across.binary_search(&state).ok();
    let [mut groups, mut rows] = [Vec::new(), Vec::new()];
    let mut cells: Vec<Vec<Option<f64>>> = vec![Vec::new(); across.len()];
    for (at, group) in (0u32..).zip(dyads.groups()) {
        let start = rows.len();
        let present: Vec<u32> = group
            .states()
            .iter()
            .copied()
            .filter(|&s| is_shown(s))
            .collect();
        for &state in &present {
            groups.push(at);
            rows.push(state);
            for (column, &other) in cells.iter_mut().zip(&across) {
                column.push((state == other).then_some(1.0));
            }
        }
        let row = |state: u32| present.binary_search(&state).ok().map(|at| start + at);
        for (a, b, joint) in pairs.of(settings, group) {
            for (one, other) in [(a, b), (b, a)] {
                if let (Some(row), Some(column)) = (row(one), place(other)) {
                    cells[column][row] = measure.of(&joint_of(one == a, joint));
                }
            }
        }
    }
    let labels: Arc<[String]> = dyads
        .groups()
        .iter()
        .map(|group| group.label().to_owned())
        .collect();
    let states = dyads.states().iter().map(String::as_str);
    let names = labels::labels(states, settings.votes.codes, None);
    let name = |state: u32| names.names.get(state as usize).map_or("", String::as_str);
    let called = labels::printed(votes, rows.iter().map(|&state| dyads.state(state)));
    let headings = labels::headings(votes, names.names.clone());
    let heading = |state: u32| headings.get(state as usize).map_or("", String::as_str);
    let mut columns = vec![
        Column::coded("group", labels, groups),
        Column::labels("state", rows.iter().map(|&state| name(state))),
    ];
    columns.extend(
        across
            .iter()
            .zip(cells)
            .map(|(&state, cells)| Column::floats(heading(state), cells)),
    );
    let mut table = Table::new(columns);
    if let Some(called) = called {
        table = table.with_column("state", Column::labels("name", called));
    }
    (table, names.shared)
}

/// The table of a pair, the one whose row it is first.
fn joint_of(is_first: bool, joint: Joint) -> Joint {
    match is_first {
        true => joint,
        false => joint.transposed(),
    }
}

fn describe(
    mut table: Table,
    settings: &AgreeSettings,
    selected: &SelectedVotes,
    measures: &[Measure],
) -> Table {
    for (key, value) in &selected.metadata {
        table = table.with(key, value.clone());
    }
    let absences = match settings.absences {
        Absences::AsAbstention => "as abstentions, in every measure",
        _ => "excluded: a vote in which either voter was absent is left out of every measure",
    };
    table = table.with("absences", absences);
    let first = (!settings.wide).then_some(&Measure::AGREEMENT);
    for measure in first.into_iter().chain(measures) {
        table = table.with(&measure.name.replace('-', "_"), measure.treatment);
    }
    if settings.consensus.is_some() {
        let text = "consensus resolutions count as equal, at the rate at which the second voter took part in votes";
        table = table.with("coincidence_consensus", text);
    }
    table
}
