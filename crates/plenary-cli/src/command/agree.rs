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
use crate::output::Output;

#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Args {
    #[command(flatten)]
    selecting: Selecting,
    /// What is counted together
    #[arg(long, default_value = "year", value_parser = selected::grouping())]
    by: Grouping,
    /// Only these states, by code or name
    #[arg(long, value_name = "STATE,…", value_delimiter = ',')]
    states: Vec<String>,
    /// Measures, in columns after `agree`: coincidence, points, s-absolute, s-squared, kappa, pi, kappa-absolute,
    /// kappa-squared, pi-absolute, pi-squared; or all
    #[arg(
        long,
        value_name = "MEASURE,…",
        value_delimiter = ',',
        default_value = "s-absolute,s-squared,kappa,pi"
    )]
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
    /// A square table of `agree` for each group instead of a row a pair
    #[arg(long)]
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

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    let target = Target::new(args.format, args.output.as_deref(), &[&args.plot])?;
    if args.plot.is_some() && args.by == Grouping::All {
        let message = "agreement over time needs more than one group";
        return Err(Failure::new(message).with_help("use --by year"));
    }
    let measures = measures(&args.measures)?;
    let wanted = selected::states(&args.states)?;
    let selected = args.selecting.read(&wanted, args.codes, output)?;
    let dyads = count(args, &selected, output)?;
    let pairs = Pairs::new(args, &dyads)?;
    let table = match args.matrix {
        true => matrix(args, &dyads, &pairs),
        false => long(args, &dyads, &pairs, &measures),
    };
    let table = describe(table, args, &selected, &measures);
    let picture = Picture::draw(args.plot.as_deref(), || chart(args, &dyads, &pairs))?;
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

fn measures(names: &[String]) -> Result<Vec<Measure>> {
    if names.iter().any(|name| name == "all") {
        return Ok(Measure::ALL
            .into_iter()
            .filter(|m| *m != Measure::Agreement)
            .collect());
    }
    let mut measures = Vec::new();
    for name in names.iter().filter(|name| !name.is_empty()) {
        let measure: Measure = name.replace('_', "-").parse()?;
        if measure != Measure::Agreement && !measures.contains(&measure) {
            measures.push(measure);
        }
    }
    Ok(measures)
}

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
}

impl Pairs {
    fn new(args: &Args, dyads: &Dyads) -> Result<Self> {
        let mut wanted = vec![args.states.is_empty(); dyads.states().len()];
        for state in &args.states {
            let unknown = || {
                Failure::new(format!("`{state}` cast no ballot in the selected votes"))
                    .with_help("name states as the votes have them, or widen the selection")
            };
            let at = selected::place_of(state, dyads.states()).ok_or_else(unknown)?;
            wanted[at] = true;
        }
        Ok(Self { wanted })
    }

    fn of<'a>(
        &'a self,
        args: &'a Args,
        group: &'a DyadGroup,
    ) -> impl Iterator<Item = (u32, u32, Joint)> + 'a {
        group
            .pairs()
            .filter(|&(a, b, _)| self.wanted[a as usize] && self.wanted[b as usize])
            .map(move |(a, b, joint)| (a, b, joint.with_absences(args.absences)))
            .filter(|(_, _, joint)| joint.common() >= f64::from(args.least))
    }
}

const CHOICES: [&str; 3] = ["yes", "abstain", "no"];

fn long(args: &Args, dyads: &Dyads, pairs: &Pairs, measures: &[Measure]) -> Table {
    let mut names = Names::new(args, dyads);
    let [mut groups, mut first, mut second] = [Vec::new(), Vec::new(), Vec::new()];
    let mut joints: Vec<Joint> = Vec::new();
    for (at, group) in (0u32..).zip(dyads.groups()) {
        names.enter(group.label());
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
    Table::new(columns)
}

/// The labels of states in the output; a code of another system can differ from group to group.
struct Names<'a> {
    by: Grouping,
    codes: Codes,
    dyads: &'a Dyads,
    labels: Vec<String>,
    /// Where the label of each state stands, in the present group.
    places: Vec<Option<u32>>,
    year: Option<i32>,
}

impl<'a> Names<'a> {
    fn new(args: &Args, dyads: &'a Dyads) -> Self {
        Self {
            by: args.by,
            codes: args.codes,
            dyads,
            labels: Vec::new(),
            places: vec![None; dyads.states().len()],
            year: None,
        }
    }

    fn enter(&mut self, group: &str) {
        self.year = match self.by {
            Grouping::Year => group.parse().ok(),
            Grouping::Session => group.parse().ok().and_then(Session::opening_year),
            _ => None,
        };
        if self.codes == Codes::Cow {
            self.places.fill(None);
        }
    }

    fn place(&mut self, state: u32) -> u32 {
        if let Some(Some(known)) = self.places.get(state as usize) {
            return *known;
        }
        let place = u32::try_from(self.labels.len()).unwrap_or(u32::MAX);
        self.labels.push(selected::label(
            self.dyads.state(state),
            self.codes,
            self.year,
        ));
        if let Some(slot) = self.places.get_mut(state as usize) {
            *slot = Some(place);
        }
        place
    }
}

fn matrix(args: &Args, dyads: &Dyads, pairs: &Pairs) -> Table {
    let shown: Vec<u32> = (0u32..)
        .zip(&pairs.wanted)
        .filter(|(_, wanted)| **wanted)
        .map(|(at, _)| at)
        .collect();
    let place = |state: u32| shown.binary_search(&state).ok();
    let [mut groups, mut rows] = [Vec::new(), Vec::new()];
    let mut cells: Vec<Vec<Option<f64>>> = vec![Vec::new(); shown.len()];
    for (at, group) in (0u32..).zip(dyads.groups()) {
        let start = rows.len();
        let present: Vec<u32> = group
            .states()
            .iter()
            .copied()
            .filter(|&s| place(s).is_some())
            .collect();
        for &state in &present {
            groups.push(at);
            rows.push(state);
            for (column, &other) in cells.iter_mut().zip(&shown) {
                column.push((state == other).then_some(1.0));
            }
        }
        let row = |state: u32| present.binary_search(&state).ok().map(|at| start + at);
        for (a, b, joint) in pairs.of(args, group) {
            for (one, other) in [(a, b), (b, a)] {
                if let (Some(row), Some(column)) = (row(one), place(other)) {
                    cells[column][row] = joint.agreement();
                }
            }
        }
    }
    let labels: Arc<[String]> = dyads
        .groups()
        .iter()
        .map(|group| group.label().to_owned())
        .collect();
    let name = |state: u32| selected::label(dyads.state(state), args.codes, None);
    let mut columns = vec![
        Column::coded("group", labels, groups),
        Column::labels("state", rows.iter().map(|&state| name(state))),
    ];
    columns.extend(
        shown
            .iter()
            .zip(cells)
            .map(|(&state, cells)| Column::floats(&name(state), cells)),
    );
    Table::new(columns)
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
    for measure in std::iter::once(&Measure::Agreement).chain(measures) {
        table = table.with(&measure.as_str().replace('-', "_"), measure.treatment());
    }
    if args.consensus.is_some() {
        let text = "consensus resolutions count as equal, at the rate at which the second state took part in votes";
        table = table.with("coincidence_consensus", text);
    }
    table
}

fn chart(args: &Args, dyads: &Dyads, pairs: &Pairs) -> Result<Chart> {
    let mut series: Vec<Series> = Vec::new();
    for group in dyads.groups() {
        let Ok(x) = group.label().parse::<f64>() else {
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
