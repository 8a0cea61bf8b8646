//! `plenary power`: voting power in a body under its real rule.

use std::io::Write;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::ValueEnum;
use plenary::analysis::power::{
    self, Banzhaf, Body, Estimate, Game, GameError, How, Method, Options, ShapleyShubik,
};
use plenary::decisions::library::InForce;
use plenary::decisions::{Facts, Name};
use plenary::states;
use plenary::types::{BodyId, StateCode};
use serde::Serialize;

use super::destination;
use super::input::{self, today};
use super::rule::{self, Asked};
use crate::exit::{Exit, Failure, Result};
use crate::output::{BOLD, DIM, Output};

#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Args {
    /// A rule of the library (see `plenary decide --list`), or a requirement such as "at least 2/3 of members"
    #[arg(long)]
    rule: String,
    /// The day; by default today, or the last day of a rule that no longer holds
    #[arg(long, value_name = "DATE")]
    on: Option<NaiveDate>,
    /// The members: codes or names; by default those of the rule's body on the day
    #[arg(
        long,
        value_name = "CODE,…",
        value_delimiter = ',',
        conflicts_with = "body"
    )]
    members: Vec<String>,
    /// The body whose members decide, such as `unga` or `unsc`
    #[arg(long)]
    body: Option<BodyId>,
    /// Weights: a CSV with a column `code` and columns of numbers, named by their headings; without --members,
    /// its codes are the members
    #[arg(long, value_name = "CSV")]
    weights: Vec<PathBuf>,
    /// A group that the rule names: Participants=DEU,FRA,…
    #[arg(long, value_name = "NAME=CODE,…")]
    group: Vec<String>,
    /// The members of another organ that the rule names: conference=DEU,FRA,…
    #[arg(long = "in", value_name = "ORGAN=CODE,…")]
    organs: Vec<String>,
    /// Which index
    #[arg(long, default_value = "both")]
    index: Index,
    /// Exactly, by sampling, or exactly where that takes seconds
    #[arg(long, default_value = "auto")]
    method: Way,
    /// How many coalitions or orders to sample
    #[arg(long, value_name = "N", default_value_t = Options::default().samples)]
    samples: u64,
    /// The seed of the random numbers
    #[arg(long, value_name = "N", default_value_t = Options::default().seed)]
    seed: u64,
    /// The form of the result
    #[arg(long, default_value = "human")]
    format: Format,
    /// Write to a file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

const AFTER: &str = "\
A coalition decides when the rule is met with its members in favour and everybody else against: nobody abstains or is \
absent. Sampled numbers come with intervals of 95 %.

Codes from QMA to QZZ are seats whose holders are not on record.";

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Index {
    /// Banzhaf's, absolute and normalised
    Banzhaf,
    /// Shapley and Shubik's
    Shapley,
    /// Both
    Both,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Way {
    Auto,
    Exact,
    Sample,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: members of equal power together, the most powerful first
    Human,
    /// A row a member
    Csv,
    /// One JSON document
    Json,
}

impl Args {
    /// Whether stdout is to hold one JSON document.
    pub(super) fn prints_json(&self) -> bool {
        self.format == Format::Json && self.output.is_none()
    }
}

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    destination::check(args.output.as_deref())?;
    let question = Question::read(args)?;
    let game = question.game()?;
    let powers = Powers::compute(&game, args)?;
    let path = args.output.as_deref();
    match args.format {
        Format::Human => {
            destination::write_text(path, output, |out| print(&question, &game, &powers, out))?
        }
        Format::Csv => destination::write(path, output, |out| csv(&game, &powers, out))?,
        Format::Json => destination::write(path, output, |out| {
            let report = report(&question, &game, &powers);
            let text = serde_json::to_string_pretty(&report).map_err(std::io::Error::from)?;
            Ok(writeln!(out, "{text}")?)
        })?,
    }
    if args.format == Format::Csv {
        for note in powers.notes(&game) {
            output.remark(&note);
        }
    }
    Ok(Exit::Clean)
}

/// The rule and the body.
struct Question {
    asked: Asked,
    on: NaiveDate,
    /// What the user says of groups and weights, and what the library does.
    facts: Facts,
    members: Option<Vec<StateCode>>,
    organs: Vec<(Name, Vec<StateCode>)>,
}

impl Question {
    fn read(args: &Args) -> Result<Self> {
        let day = args.on.map_or_else(today, Ok)?;
        let asked = Asked::read(&args.rule, args.on, day)?;
        let on = match &asked.rule {
            Some(rule) if !rule.rule.span.contains(day) => last_day(rule),
            _ => day,
        };
        let mut facts = rule::facts(&args.weights, &args.group)?;
        let members = members(args, on, &facts)?;
        asked.complete(&mut facts);
        let organs = args.organs.iter();
        let organs = organs.map(|text| rule::members(text, "--in conference=DEU,FRA"));
        Ok(Self {
            asked,
            on,
            members,
            facts,
            organs: organs.collect::<Result<_>>()?,
        })
    }
}

impl Question {
    fn game(&self) -> Result<Game> {
        let mut body = match (&self.asked.rule, &self.members) {
            (Some(rule), members) => {
                let of_rule = Body::of_rule(rule, self.on);
                match members {
                    None => of_rule.map_err(|error| {
                        Failure::from(error).with_help(
                            "name the members with --members, or give --weights with their codes",
                        )
                    })?,
                    Some(members) => of_rule
                        .unwrap_or_default()
                        .with_facts(rule.facts)
                        .with_members(members.iter().copied()),
                }
            }
            (None, Some(members)) => Body::new(members.iter().copied()),
            (None, None) if !self.organs.is_empty() => Body::default(),
            (None, None) => {
                return Err(
                    Failure::new("nobody is known to decide by this requirement")
                        .with_help("name the members with --members, --body or --weights"),
                );
            }
        };
        body = body.with_facts(&self.facts);
        for (name, members) in &self.organs {
            body = body.with_organ(name.clone(), Body::new(members.iter().copied()));
        }
        Game::new(&self.asked.requirement, &body).map_err(|error| {
            let help = help(&error);
            let failure = Failure::from(error);
            match help {
                Some(help) => failure.with_help(help),
                None => failure,
            }
        })
    }
}

fn help(error: &GameError) -> Option<String> {
    Some(match error {
        GameError::UnknownGroup { group } => format!("name its members with --group {group}=…"),
        GameError::UnknownTable { table } => {
            format!("give --weights with a CSV whose columns are `code` and `{table}`")
        }
        GameError::UnknownWeights { .. } => {
            "give them in --weights, or leave these members out with --members".to_owned()
        }
        GameError::UnknownOrgan { organ } => format!("name its members with --in {organ}=…"),
        _ => return None,
    })
}

fn last_day(rule: &InForce<'_>) -> NaiveDate {
    let end = rule.rule.span.to.and_then(|to| to.pred_opt());
    end.unwrap_or(rule.rule.span.from)
}

/// The members that the user names, by themselves, as a body or by their weights.
fn members(args: &Args, on: NaiveDate, facts: &Facts) -> Result<Option<Vec<StateCode>>> {
    if !args.members.is_empty() {
        let named = args.members.iter().map(|text| input::state(text));
        return named.collect::<Result<_>>().map(Some);
    }
    if let Some(body) = &args.body {
        let known = states::body_members_on(body, on);
        return known.map(|members| Some(members.to_vec())).ok_or_else(|| {
            let failure = input::no_members(body, on);
            let help = failure.help().unwrap_or_default();
            let help = format!("{help}; other members are named with --members");
            failure.with_help(help)
        });
    }
    let weighted: Vec<StateCode> = facts
        .tables()
        .flat_map(|(_, table)| table.weights().iter().map(|(code, _)| *code))
        .collect();
    Ok((!weighted.is_empty()).then_some(weighted))
}

/// What was computed.
struct Powers {
    banzhaf: Option<Banzhaf>,
    shapley_shubik: Option<ShapleyShubik>,
}

impl Powers {
    fn compute(game: &Game, args: &Args) -> Result<Self> {
        let options = Options {
            method: match args.method {
                Way::Auto => Method::Auto,
                Way::Exact => Method::Exact,
                Way::Sample => Method::Sample,
            },
            samples: args.samples,
            seed: args.seed,
        };
        let banzhaf = (args.index != Index::Shapley).then(|| power::banzhaf(game, &options));
        let shapley_shubik =
            (args.index != Index::Banzhaf).then(|| power::shapley_shubik(game, &options));
        Ok(Self {
            banzhaf: banzhaf.transpose()?,
            shapley_shubik: shapley_shubik.transpose()?,
        })
    }

    /// The computed columns, with their names.
    fn columns(&self) -> Vec<(&'static str, How, &[Estimate])> {
        let mut columns: Vec<(_, _, &[Estimate])> = Vec::new();
        if let Some(power) = &self.banzhaf {
            columns.push(("banzhaf_absolute", power.how, &power.absolute));
            columns.push(("banzhaf", power.how, &power.normalised));
        }
        if let Some(power) = &self.shapley_shubik {
            columns.push(("shapley_shubik", power.how, &power.index));
        }
        columns
    }

    /// How it was computed, in words.
    fn notes(&self, game: &Game) -> Vec<String> {
        let mut notes = Vec::new();
        if let Some(power) = &self.banzhaf {
            notes.push(format!("Banzhaf: {}", how(power.how)));
        }
        if let Some(power) = &self.shapley_shubik {
            notes.push(format!("Shapley-Shubik: {}", how(power.how)));
        }
        if game.is_reversed() {
            notes.push("the rule is met by opposition: this is the power to oppose".to_owned());
        }
        notes
    }
}

fn how(how: How) -> String {
    match how {
        How::GeneratingFunctions { states } => {
            format!("exact, by generating functions over {states} states")
        }
        How::Enumeration { coalitions } => format!("exact, over all {coalitions} coalitions"),
        How::Sampling { samples, seed } => {
            format!("sampled, {samples} samples, seed {seed}, intervals of 95 %")
        }
        _ => "computed".to_owned(),
    }
}

#[derive(Serialize)]
struct Report<'a> {
    rule: Option<&'a str>,
    requirement: String,
    on: NaiveDate,
    source: Option<&'a str>,
    members: usize,
    metadata: Metadata,
    /// The chance that a vote is won when everybody is for or against with chance one half.
    adoption: Option<Estimate>,
    powers: Vec<Row>,
}

#[derive(Serialize)]
struct Metadata {
    assumption: &'static str,
    confidence: f64,
    power_to: &'static str,
    banzhaf: Option<How>,
    shapley_shubik: Option<How>,
}

#[derive(Serialize)]
struct Row {
    state: StateCode,
    name: Option<&'static str>,
    banzhaf_absolute: Option<Estimate>,
    banzhaf: Option<Estimate>,
    shapley_shubik: Option<Estimate>,
}

fn report<'a>(question: &'a Question, game: &Game, powers: &Powers) -> Report<'a> {
    let banzhaf = powers.banzhaf.as_ref();
    let orders = powers.shapley_shubik.as_ref();
    let rows = game.players().iter().enumerate().map(|(place, code)| Row {
        state: *code,
        name: states::name_on(*code, question.on),
        banzhaf_absolute: banzhaf.and_then(|power| power.absolute.get(place)).copied(),
        banzhaf: banzhaf
            .and_then(|power| power.normalised.get(place))
            .copied(),
        shapley_shubik: orders.and_then(|power| power.index.get(place)).copied(),
    });
    Report {
        rule: question.asked.rule.map(|rule| rule.rule.id.as_str()),
        requirement: question.asked.requirement.to_string(),
        on: question.on,
        source: question.asked.rule.map(|rule| rule.rule.source.as_str()),
        members: game.players().len(),
        metadata: Metadata {
            assumption: "everybody is in favour or against; nobody abstains or is absent",
            confidence: 0.95,
            power_to: if game.is_reversed() {
                "oppose"
            } else {
                "decide"
            },
            banzhaf: banzhaf.map(|power| power.how),
            shapley_shubik: orders.map(|power| power.how),
        },
        adoption: banzhaf.map(|power| power.adoption),
        powers: rows.collect(),
    }
}

/// One row a member; sampled columns are followed by the ends of their intervals.
fn csv(game: &Game, powers: &Powers, out: &mut dyn Write) -> Result<()> {
    let mut table = csv::Writer::from_writer(out);
    let columns = powers.columns();
    let mut header = vec!["state".to_owned()];
    for (name, how, _) in &columns {
        header.push((*name).to_owned());
        if !how.is_exact() {
            header.extend([format!("{name}_lower"), format!("{name}_upper")]);
        }
    }
    table.write_record(&header)?;
    for (place, code) in game.players().iter().enumerate() {
        let mut row = vec![code.to_string()];
        for (_, how, values) in &columns {
            let Some(found) = values.get(place) else {
                continue;
            };
            row.push(found.value.to_string());
            if !how.is_exact() {
                row.extend([found.lower.to_string(), found.upper.to_string()]);
            }
        }
        table.write_record(&row)?;
    }
    Ok(table.flush()?)
}

/// Members of equal power together, the most powerful first.
fn print(question: &Question, game: &Game, powers: &Powers, out: &mut dyn Write) -> Result<()> {
    let (requirement, members) = (&question.asked.requirement, game.players().len());
    if let Some(rule) = &question.asked.rule {
        writeln!(out, "{BOLD}{}{BOLD:#}", rule.rule.title)?;
        let on = question.on;
        writeln!(out, "{DIM}{requirement} on {on}, {members} members{DIM:#}")?;
    } else {
        writeln!(out, "{BOLD}{requirement}{BOLD:#}")?;
        writeln!(out, "{DIM}{members} members{DIM:#}")?;
    }
    let columns = powers.columns();
    write!(out, "\n{:>4}", "")?;
    for (name, ..) in &columns {
        write!(out, "  {:>16}", name.replace('_', " "))?;
    }
    writeln!(out, "  members")?;
    for (members, values) in by_power(game, &columns) {
        write!(out, "{:>4}", members.len())?;
        for value in values {
            write!(out, "  {value:>16}")?;
        }
        writeln!(out, "  {}", list(&members))?;
    }
    writeln!(out)?;
    if let Some(power) = &powers.banzhaf {
        writeln!(
            out,
            "a vote at random is won with a chance of {}",
            shown(&power.adoption)
        )?;
    }
    for note in powers.notes(game) {
        writeln!(out, "{DIM}{note}{DIM:#}")?;
    }
    Ok(())
}

type Line = (Vec<StateCode>, Vec<String>);

fn by_power(game: &Game, columns: &[(&'static str, How, &[Estimate])]) -> Vec<Line> {
    let place = |code: &StateCode| game.players().binary_search(code).ok();
    let mut lines: Vec<(f64, Line)> = game
        .symmetric_members()
        .into_iter()
        .map(|members| {
            let first = members.first().and_then(place).unwrap_or_default();
            let found = || columns.iter().filter_map(|(.., values)| values.get(first));
            let power = found().next().map_or(0.0, |estimate| estimate.value);
            (power, (members, found().map(shown).collect()))
        })
        .collect();
    lines.sort_by(|(left, _), (right, _)| right.total_cmp(left));
    lines.into_iter().map(|(_, line)| line).collect()
}

fn shown(estimate: &Estimate) -> String {
    let value = match estimate.value {
        small if small > 0.0 && small < 1e-4 => format!("{small:.3e}"),
        value => format!("{value:.6}"),
    };
    match (estimate.upper - estimate.lower) / 2.0 {
        half if half > 0.0 => format!("{value} ±{half:.0e}"),
        _ => value,
    }
}

fn list(members: &[StateCode]) -> String {
    const MOST: usize = 12;
    let codes: Vec<_> = members.iter().take(MOST).map(ToString::to_string).collect();
    let more = if members.len() > MOST { " …" } else { "" };
    format!("{}{more}", codes.join(" "))
}
