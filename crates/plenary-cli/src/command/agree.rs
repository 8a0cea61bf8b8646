//! `plenary agree`: how pairs of states voted together.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use clap::builder::TypedValueParser;
use plenary::analysis::Grouping;
use plenary::analysis::dyad::{Absences, DyadGroup, Dyads, Joint, Measure};
use plenary::analysis::plot::{Chart, Point, Series};
use plenary::analysis::table::{Column, Table};
use plenary::types::Session;

use super::results::{Picture, TableFormat, Target};
use super::selected::{self, Codes, Selected, Selecting};
use crate::exit::{Exit, Failure, Result};
use crate::output::{Output, many64};

#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Args {
    #[command(flatten)]
    selecting: Selecting,
    /// What is counted together
    #[arg(long, default_value = "year", value_parser = selected::grouping())]
    by: Grouping,
    /// Only pairs of these states, by code or name; one state alone with every other
    #[arg(long, value_name = "STATE,…", value_delimiter = ',')]
    states: Vec<String>,
    /// Measures, in columns after `agree`: coincidence, points, s-absolute, s-squared, kappa, pi, kappa-absolute,
    /// kappa-squared, pi-absolute, pi-squared; or all [default: s-absolute,s-squared,kappa,pi; with --matrix, agree]
    #[arg(long, value_name = "MEASURE,…", value_delimiter = ',')]
    measures: Vec<String>,
    /// How absences are read
    #[arg(
        long,
        value_name = "HOW",
        default_value = "excluded",
        value_parser = absences()
    )]
    absences: Absences,
    /// Add the nine joint counts: yes_yes, yes_abstain, …
    #[arg(long)]
    counts: bool,
    /// Add the coincidence including consensus: this many resolutions of each group were adopted by consensus
    #[arg(long, value_name = "N")]
    consensus: Option<u32>,
    /// Leave out pairs with fewer votes in common
    #[arg(long, value_name = "N", default_value_t = 1)]
    least: u32,
    /// A square table of one measure for each group instead of a row for each pair
    #[arg(long, conflicts_with_all = ["counts", "consensus"])]
    matrix: bool,
    /// How states are named
    #[arg(long, default_value = "iso3")]
    codes: Codes,
    /// The form of the table
    #[arg(long, default_value = "csv")]
    format: TableFormat,
    /// Write to a file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Draw the agreement of the pairs of --states over time, as SVG
    #[arg(long, value_name = "FILE", requires = "states")]
    plot: Option<PathBuf>,
}

const AFTER: &str = "\
agree is Voeten's agreement: equal votes count one, an abstention against a yes or no half. An empty field means that a \
measure has no value: no vote in common, or no disagreement possible by chance.

  plenary agree votes.csv --by year --states USA,ISR --plot usa-isr.svg";

/// How absences are read.
fn absences() -> impl TypedValueParser<Value = Absences> {
    selected::words(&[
        ("excluded", "Votes with an absence are left out"),
        ("as-abstention", "Absent members count as abstaining"),
    ])
}

impl Args {
    /// Whether stdout is to hold one JSON document.
    pub(super) fn prints_json(&self) -> bool {
        self.format == TableFormat::Json && self.output.is_none()
    }
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let target = Target::new(args.format, args.output.as_deref(), &[&args.plot])?;
    if args.plot.is_some() && args.by == Grouping::All {
        let message = "agreement over time needs more than one group";
        return Err(Failure::new(message).with_help("use --by year"));
    }
    Picture::check(args.plot.as_deref())?;
    let measures = measures(args)?;
    let mut wanted = selected::states(&args.states)?;
    wanted.sort_unstable();
    wanted.dedup();
    if wanted.len() == 1 {
        // One state alone is wanted with everybody.
        wanted.clear();
    }
    let selected = args.selecting.read(&wanted, args.codes, output)?;
    let dyads = count(args, &selected, output)?;
    let pairs = Pairs::new(args, &dyads)?;
    if !dyads
        .groups()
        .iter()
        .any(|group| pairs.of(args, group).next().is_some())
    {
        let message = format!(
            "no pair of states has {} in common",
            many64(args.least.into(), "vote")
        );
        let help = "name other states, lower --least or widen the selection";
        return Err(Failure::new(message).with_help(help));
    }
    let (table, mut shared) = match args.matrix {
        true => matrix(args, &dyads, &pairs, &measures),
        false => long(args, &dyads, &pairs, &measures),
    };
    let mut table = describe(table, args, &selected, &measures);
    if !pairs.alone.is_empty() {
        let names = pairs.alone.iter().map(|&state| dyads.state(state));
        let names = names.collect::<Vec<_>>().join(" and ");
        table = table.with("states", format!("{names} with every other state"));
    }
    if let Some(text) = selected::say_shared(&mut shared, output) {
        table = table.with("shared codes", text);
    }
    let mut unplotted = Vec::new();
    let picture = Picture::draw(args.plot.as_deref(), || {
        chart(args, &dyads, &pairs, &mut unplotted)
    })?;
    selected::say_unplotted(&unplotted, output);
    let json = |out: &mut dyn Write| {
        serde_json::to_writer(&mut *out, &table).map_err(std::io::Error::from)?;
        Ok(out.write_all(b"\n")?)
    };
    target.write(&table, json, output)?;
    if let Some(picture) = picture {
        picture.write(output)?;
    }
    Ok(Exit::Clean)
}

/// The measures in columns after `agree`; with `--matrix`, the one that is shown.
fn measures(args: &Args) -> Result<Vec<Measure>> {
    let names = args.measures.iter().filter(|name| !name.is_empty());
    let mut measures: Vec<Measure> = Vec::new();
    for name in names {
        let named = match name.as_str() {
            "all" => Measure::ALL.to_vec(),
            name => vec![name.replace('_', "-").parse()?],
        };
        for measure in named {
            if !measures.contains(&measure) {
                measures.push(measure);
            }
        }
    }
    match (args.matrix, measures.len()) {
        (true, 0) => return Ok(vec![Measure::Agreement]),
        (true, 1) => return Ok(measures),
        (true, several) => {
            let message = format!("a square table shows one measure, not {several}");
            let help = "name one with --measures, or leave --matrix out for a column for each";
            return Err(Failure::new(message).with_help(help));
        }
        (false, 0) if args.measures.is_empty() => return Ok(USUAL.to_vec()),
        (false, _) => {}
    }
    measures.retain(|measure| *measure != Measure::Agreement);
    Ok(measures)
}

/// The measures in columns where none is named.
const USUAL: [Measure; 4] = [
    Measure::SAbsolute,
    Measure::SSquared,
    Measure::Kappa,
    Measure::Pi,
];

fn count(args: &Args, selected: &Selected, output: &Output) -> Result<Dyads> {
    let matrix = selected.votes.matrix(args.by);
    if matrix.groups().is_empty() {
        return Err(Failure::new(format!("no vote has a {}", args.by.as_str()))
            .with_help("count by another unit: --by session, --by year or --by all"));
    }
    if let Some(first) = matrix.unplaced().first() {
        let message = format!(
            "{} votes without a {} are left out (the first: {first})",
            matrix.unplaced().len(),
            args.by.as_str()
        );
        output.warn(&message);
    }
    Ok(Dyads::count_with_absences(&matrix))
}

/// Which pairs are printed.
struct Pairs {
    /// Whether each state is wanted.
    wanted: Vec<bool>,
    /// The only state that was named, under each of its codes: it is wanted with everybody.
    alone: Vec<u32>,
}

impl Pairs {
    fn new(args: &Args, dyads: &Dyads) -> Result<Self> {
        let mut wanted = vec![args.states.is_empty(); dyads.states().len()];
        let mut named: Vec<Vec<usize>> = Vec::new();
        for state in &args.states {
            let places = selected::places_of(state, dyads.states());
            if places.is_empty() {
                let message = format!("`{state}` cast no ballot in the selected votes");
                return Err(Failure::new(message)
                    .with_help("name states as the votes have them, or widen the selection"));
            }
            places.iter().for_each(|&at| wanted[at] = true);
            if !named.contains(&places) {
                named.push(places);
            }
        }
        let alone = match named.as_slice() {
            [only] => (0u32..)
                .zip(0..wanted.len())
                .filter(|(_, at)| only.contains(at))
                .map(|(place, _)| place)
                .collect(),
            _ => Vec::new(),
        };
        if !alone.is_empty() {
            wanted.fill(true);
        }
        Ok(Self { wanted, alone })
    }

    fn of<'a>(
        &'a self,
        args: &'a Args,
        group: &'a DyadGroup,
    ) -> impl Iterator<Item = (u32, u32, Joint)> + 'a {
        group
            .pairs()
            .filter(|&(a, b, _)| self.wanted[a as usize] && self.wanted[b as usize])
            .filter(|(a, b, _)| {
                self.alone.is_empty() || self.alone.contains(a) || self.alone.contains(b)
            })
            .map(move |(a, b, joint)| (a, b, joint.with_absences(args.absences)))
            .filter(|(_, _, joint)| joint.common() >= f64::from(args.least))
    }
}

const CHOICES: [&str; 3] = ["yes", "abstain", "no"];

fn long(args: &Args, dyads: &Dyads, pairs: &Pairs, measures: &[Measure]) -> (Table, Vec<String>) {
    let mut names = Names::new(args, dyads);
    let [mut groups, mut first, mut second] = [Vec::new(), Vec::new(), Vec::new()];
    let mut joints: Vec<Joint> = Vec::new();
    for (at, group) in (0u32..).zip(dyads.groups()) {
        names.enter(group);
        for (a, b, joint) in pairs.of(args, group) {
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
    let [one, two] = match args.codes {
        Codes::Iso3 => ["state1", "state2"],
        Codes::Cow => ["ccode1", "ccode2"],
    };
    let mut columns = vec![
        Column::coded("group", labels, groups),
        Column::coded(one, states.clone(), first),
        Column::coded(two, states, second),
        Column::counts("n", joints.iter().map(|joint| joint.common() as i64)),
    ];
    for measure in std::iter::once(&Measure::Agreement).chain(measures) {
        let name = measure.as_str().replace('-', "_");
        columns.push(Column::floats(
            &name,
            joints.iter().map(|joint| measure.of(joint)),
        ));
    }
    if let Some(consensus) = args.consensus {
        let with = |joint: &Joint| {
            let rate = joint.participation().unwrap_or(1.0);
            joint.coincidence_with_consensus(f64::from(consensus), rate)
        };
        columns.push(Column::floats(
            "coincidence_consensus",
            joints.iter().map(with),
        ));
    }
    if args.counts {
        for (a, mine) in CHOICES.iter().enumerate() {
            for (b, theirs) in CHOICES.iter().enumerate() {
                let counts = joints.iter().map(|joint| joint.table[a][b] as i64);
                columns.push(Column::counts(&format!("{mine}_{theirs}"), counts));
            }
        }
    }
    (Table::new(columns), shared)
}

/// The labels of states in the output; a code of another system can differ from group to group.
struct Names<'a> {
    by: Grouping,
    codes: Codes,
    dyads: &'a Dyads,
    labels: Vec<String>,
    /// Where the label of each state stands, in the present group.
    places: Vec<Option<u32>>,
    /// The labels of states that share a code in some group.
    shared: Vec<String>,
}

impl<'a> Names<'a> {
    fn new(args: &Args, dyads: &'a Dyads) -> Self {
        Self {
            by: args.by,
            codes: args.codes,
            dyads,
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
            Grouping::Session => group.label().parse().ok().and_then(Session::opening_year),
            _ => None,
        };
        let states = group.states().iter().map(|&state| self.dyads.state(state));
        let labels = selected::labels(states, self.codes, year);
        self.shared.extend(labels.shared);
        self.places.fill(None);
        for (&state, name) in group.states().iter().zip(labels.names) {
            self.put(state, name);
        }
    }

    fn put(&mut self, state: u32, name: String) -> u32 {
        let place = u32::try_from(self.labels.len()).unwrap_or(u32::MAX);
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

fn matrix(args: &Args, dyads: &Dyads, pairs: &Pairs, measures: &[Measure]) -> (Table, Vec<String>) {
    let measure = measures.first().copied().unwrap_or(Measure::Agreement);
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
        for (a, b, joint) in pairs.of(args, group) {
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
    let names = selected::labels(states, args.codes, None);
    let name = |state: u32| names.names.get(state as usize).map_or("", String::as_str);
    let mut columns = vec![
        Column::coded("group", labels, groups),
        Column::labels("state", rows.iter().map(|&state| name(state))),
    ];
    columns.extend(
        across
            .iter()
            .zip(cells)
            .map(|(&state, cells)| Column::floats(name(state), cells)),
    );
    (Table::new(columns), names.shared)
}

/// The table of a pair, the one whose row it is first.
fn joint_of(is_first: bool, joint: Joint) -> Joint {
    match is_first {
        true => joint,
        false => joint.transposed(),
    }
}

fn describe(mut table: Table, args: &Args, selected: &Selected, measures: &[Measure]) -> Table {
    for (key, value) in &selected.metadata {
        table = table.with(key, value.clone());
    }
    let absences = match args.absences {
        Absences::AsAbstention => "as abstentions, in every measure",
        _ => "excluded: a vote in which either state was absent is left out of every measure",
    };
    table = table.with("absences", absences);
    let first = (!args.matrix).then_some(&Measure::Agreement);
    for measure in first.into_iter().chain(measures) {
        table = table.with(&measure.as_str().replace('-', "_"), measure.treatment());
    }
    if args.consensus.is_some() {
        let text = "consensus resolutions count as equal, at the rate at which the second state took part in votes";
        table = table.with("coincidence_consensus", text);
    }
    table
}

/// Agreement over time; `unplotted` gets the group of each pair that has no place on the axis.
fn chart(args: &Args, dyads: &Dyads, pairs: &Pairs, unplotted: &mut Vec<String>) -> Result<Chart> {
    let mut series: Vec<Series> = Vec::new();
    for group in dyads.groups() {
        let Ok(x) = group.label().parse::<f64>() else {
            unplotted.extend(pairs.of(args, group).map(|_| group.label().to_owned()));
            continue;
        };
        for (a, b, joint) in pairs.of(args, group) {
            let name = format!("{}–{}", dyads.state(a), dyads.state(b));
            let at = series
                .iter()
                .position(|s| s.name == name)
                .unwrap_or_else(|| {
                    series.push(Series {
                        name,
                        points: Vec::new(),
                    });
                    series.len() - 1
                });
            if let (Some(series), Some(y)) = (series.get_mut(at), joint.agreement()) {
                series.points.push(Point {
                    x,
                    y,
                    interval: None,
                });
            }
        }
    }
    if series.len() > MOST_LINES {
        return Err(
            Failure::new(format!("{} lines are too many for one chart", series.len()))
                .with_help(format!("name fewer states: at most {MOST_LINES} pairs fit")),
        );
    }
    Ok(Chart {
        title: match series.as_slice() {
            [one] => format!("Agreement of {}", one.name.replace('–', " and ")),
            _ => "Agreement of pairs of states".to_owned(),
        },
        note: "Share of common votes that are equal; an abstention against a yes or no counts half"
            .to_owned(),
        x_label: if args.by == Grouping::Year {
            "year"
        } else {
            "session"
        }
        .to_owned(),
        y_label: "agreement".to_owned(),
        y_range: Some((0.0, 1.0)),
        series,
    })
}

const MOST_LINES: usize = 7;
