//! `plenary decide`: a vote, from its counts or its ballots, by any rule.

use std::io::Write;
use std::path::PathBuf;

use chrono::NaiveDate;
use plenary::decisions::library::{Rule, Tie};
use plenary::decisions::{
    Evaluation, Facts, Group, Library, Name, Others, Requirement, Standing, Verdict,
    ballots_from_csv, evaluate, weights_from_csv,
};
use plenary::states;
use plenary::types::{Ballot, Ballots, Choice, StateCode, Tally};
use serde::Serialize;

use super::input::{self, today};
use crate::exit::{Exit, Failure, Result};
use crate::output::{BOLD, DIM, ERROR, Format, GOOD, Output, PLAIN, WARNING, line};

#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Args {
    /// A rule of the library (see --list), or a requirement such as "at least 2/3 of members"
    #[arg(long, required_unless_present = "list")]
    rule: Option<String>,
    /// Votes in favour
    #[arg(long, value_name = "N")]
    yes: Option<u32>,
    /// Votes against
    #[arg(long, value_name = "N")]
    no: Option<u32>,
    /// Abstentions
    #[arg(long, value_name = "N")]
    abstain: Option<u32>,
    /// Members of the body; by default what its law says for the day
    #[arg(long, value_name = "N")]
    members: Option<u32>,
    /// Who voted against: codes, separated by commas
    #[arg(
        long,
        value_name = "CODE,…",
        value_delimiter = ',',
        conflicts_with = "ballots"
    )]
    no_by: Vec<String>,
    /// Single ballots: a CSV with the columns `code` and `choice`, or a JSON object of lists
    #[arg(long, value_name = "FILE", conflicts_with_all = ["yes", "no", "abstain"])]
    ballots: Option<PathBuf>,
    /// Weights: a CSV with a column `code` and columns of numbers, named by their headings
    #[arg(long, value_name = "CSV")]
    weights: Vec<PathBuf>,
    /// A group that the rule names: P5=CHN,FRA,…
    #[arg(long, value_name = "NAME=CODE,…")]
    group: Vec<String>,
    /// The votes in another organ that the rule names: council=11,0,4 or council=11,0,4,15
    #[arg(long = "in", value_name = "ORGAN=YES,NO,ABSTAIN[,MEMBERS]")]
    organs: Vec<String>,
    /// The day of the vote; by default today
    #[arg(long, value_name = "DATE")]
    on: Option<NaiveDate>,
    /// The day of the proposal, from which periods run
    #[arg(long, value_name = "DATE")]
    proposed: Option<NaiveDate>,
    /// List the rules of the library
    #[arg(long)]
    list: bool,
    /// The form of the result
    #[arg(long, default_value = "human")]
    format: Format,
}

const AFTER: &str = "\
Exit codes: 0 whatever the verdict, 2 unusable input or arguments.

The verdict is adopted, rejected or undetermined; undetermined says what is missing. Counts alone do not tell who voted \
against, so that a veto stays open where it could matter: --no-by closes it.";

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    if args.list {
        return list(args, output);
    }
    let day = args.on.map_or_else(today, Ok)?;
    let question = Question::read(args, day)?;
    let decided = question.decide();
    match args.format {
        Format::Json => output.json(&decided)?,
        Format::Human => print(&decided, output)?,
    }
    Ok(Exit::Clean)
}

/// What is to be decided, and by what.
struct Question<'a> {
    requirement: Requirement,
    rule: Option<&'a Rule>,
    facts: Facts,
    tally: Tally,
    standing: Standing<'static>,
    organs: Vec<(Name, Standing<'static>)>,
}

#[derive(Serialize)]
struct Decided<'a> {
    rule: Option<&'a Rule>,
    requirement: String,
    on: Option<NaiveDate>,
    tally: Tally,
    members: Option<u32>,
    verdict: Verdict,
    tie: Option<Tie>,
    missing: Vec<String>,
    reasons: plenary::decisions::Reason,
}

impl<'a> Question<'a> {
    fn read(args: &Args, day: NaiveDate) -> Result<Self> {
        let text = args.rule.as_deref().unwrap_or_default();
        let known = match args.on {
            Some(day) => Library::embedded().rule(text, day),
            None => Library::embedded().latest(text, day),
        };
        let requirement = match known {
            Some(known) => known.rule.requirement.clone(),
            None => requirement(text)?,
        };
        let mut facts = facts(args)?;
        let mut standing = standing(args)?.on(day);
        if let Some(known) = known {
            facts.add_missing(known.facts);
            let members = args
                .members
                .or(known.members)
                .or_else(|| members_of(&known.rule.body, day));
            let members =
                members.filter(|_| standing.members().is_none() || args.members.is_some());
            standing = with_members(standing, members, args.members.is_some())?;
        } else {
            facts.add_missing(Library::embedded().facts("un", day));
            standing = with_members(standing, args.members, true)?;
        }
        if let Some(proposed) = args.proposed {
            standing = standing.proposed(proposed);
        }
        let rule = known.map(|known| known.rule);
        let organs = args
            .organs
            .iter()
            .map(|text| organ(text))
            .collect::<Result<_>>()?;
        Ok(Self {
            requirement,
            rule,
            facts,
            tally: standing.tally(),
            standing,
            organs,
        })
    }

    fn decide(self) -> Decided<'a> {
        let mut standing = self.standing.with_facts(&self.facts);
        for (name, votes) in self.organs {
            standing = standing.with_organ(name, votes);
        }
        let Evaluation { verdict, reasons } = evaluate(&self.requirement, &standing);
        let evaluation = Evaluation { verdict, reasons };
        let missing = evaluation
            .missing()
            .into_iter()
            .map(ToOwned::to_owned)
            .collect();
        let tied = self.tally.yes == self.tally.no && self.tally.yes > 0;
        Decided {
            rule: self.rule,
            requirement: self.requirement.to_string(),
            on: standing.day(),
            tally: self.tally,
            members: standing.members(),
            verdict,
            tie: self.rule.and_then(|rule| rule.tie).filter(|_| tied),
            missing,
            reasons: evaluation.reasons,
        }
    }
}

/// A rule that is no name of the library is a requirement.
fn requirement(text: &str) -> Result<Requirement> {
    text.parse().map_err(|error| {
        let known = Library::embedded().rules().iter().any(|rule| rule.is_called(text));
        if known {
            return Failure::new(format!("the rule `{text}` was not the law on that day"))
                .with_help("`plenary decide --list` shows since when and until when each rule holds");
        }
        Failure::new(format!("`{text}` is neither a rule of the library nor a requirement: {error}"))
            .with_help("`plenary decide --list` shows the rules; a requirement reads like \"more than 1/2 of present and voting\"")
    })
}

fn standing(args: &Args) -> Result<Standing<'static>> {
    if let Some(path) = &args.ballots {
        return Ok(Standing::try_of_ballots(ballots(path)?)?);
    }
    let opponents = args
        .no_by
        .iter()
        .filter(|code| !code.trim().is_empty())
        .map(|code| input::state(code));
    let opponents = opponents.collect::<Result<Vec<_>>>()?;
    if args.yes.is_none() && args.no.is_none() && args.abstain.is_none() && args.organs.is_empty() {
        return Err(Failure::new("there is no vote to decide").with_help(
            "give counts with --yes, --no and --abstain, or single ballots with --ballots",
        ));
    }
    let named = u32::try_from(opponents.len()).unwrap_or(u32::MAX);
    let tally = Tally {
        yes: args.yes.unwrap_or_default(),
        no: args.no.unwrap_or(named),
        abstain: args.abstain.unwrap_or_default(),
        ..Tally::default()
    };
    Ok(Standing::of_counts(tally).with_opponents(opponents)?)
}

fn with_members(
    standing: Standing<'static>,
    members: Option<u32>,
    stated: bool,
) -> Result<Standing<'static>> {
    let Some(members) = members else {
        return Ok(standing);
    };
    match standing.clone().with_members(members) {
        Err(error) if stated => Err(error.into()),
        Err(_) => Ok(standing),
        Ok(with) => Ok(with),
    }
}

/// The number of Members, for the bodies in which all of them sit.
fn members_of(body: &str, day: NaiveDate) -> Option<u32> {
    let count = || u32::try_from(states::member_count_on(day)).ok();
    matches!(body, "unga" | "unga-committee")
        .then(count)
        .flatten()
}

fn ballots(path: &std::path::Path) -> Result<Vec<(StateCode, Choice)>> {
    let text = input::text(path)?;
    if text.trim_start().starts_with('{') {
        let ballots: Ballots =
            serde_json::from_str(&text).map_err(|error| input::in_file(path, &error))?;
        return listed(&ballots).map_err(|failure| failure.at(path.display()));
    }
    ballots_from_csv(&text, input::resolve).map_err(|error| input::in_file(path, &error))
}

/// The ballots of a document of lists, its names resolved as those of a table are.
fn listed(ballots: &Ballots) -> Result<Vec<(StateCode, Choice)>> {
    if ballots.is_empty() {
        return Err(Failure::new("there is no ballot in it")
            .with_help("list codes under their choice: {\"yes\": [\"FRA\"], \"no\": [\"RUS\"]}"));
    }
    let resolved = |ballot: Ballot<'_>| {
        let named = || input::state(&ballot.entry.label());
        let state = ballot.entry.state.map_or_else(named, Ok);
        let state = state.map_err(|failure| failure.at(ballot.choice))?;
        Ok((state, ballot.choice))
    };
    ballots.iter().map(resolved).collect()
}

fn facts(args: &Args) -> Result<Facts> {
    let mut facts = Facts::default();
    for path in &args.weights {
        let text = input::text(path)?;
        let read = weights_from_csv(&text, Others::Unknown, input::resolve);
        facts.add_missing(&read.map_err(|error| input::in_file(path, &error))?);
    }
    for text in &args.group {
        let (name, codes) = text.split_once('=').ok_or_else(|| {
            Failure::new(format!("`{text}` is not a group"))
                .with_help("write --group P5=CHN,FRA,GBR,RUS,USA")
        })?;
        let codes = codes
            .split(',')
            .map(input::state)
            .collect::<Result<Vec<_>>>()?;
        facts.add_group(name.trim().parse()?, Group::new(codes));
    }
    Ok(facts)
}

/// `council=11,0,4` or `council=11,0,4,15`.
fn organ(text: &str) -> Result<(Name, Standing<'static>)> {
    let wrong = || {
        Failure::new(format!("`{text}` is not a vote of an organ")).with_help(
            "write --in council=11,0,4: yes, no, abstaining, and perhaps the number of members",
        )
    };
    let (name, counts) = text.split_once('=').ok_or_else(wrong)?;
    let counts: Vec<u32> = counts
        .split(',')
        .map(|n| n.trim().parse().map_err(|_| wrong()))
        .collect::<Result<_>>()?;
    let (tally, members) = match counts.as_slice() {
        [yes, no, abstain] => (
            Tally {
                yes: *yes,
                no: *no,
                abstain: *abstain,
                ..Tally::default()
            },
            None,
        ),
        [yes, no, abstain, members] => (
            Tally {
                yes: *yes,
                no: *no,
                abstain: *abstain,
                ..Tally::default()
            },
            Some(*members),
        ),
        _ => return Err(wrong()),
    };
    Ok((
        name.trim().parse()?,
        with_members(Standing::of_counts(tally), members, true)?,
    ))
}

fn print(decided: &Decided<'_>, output: &Output) -> Result<()> {
    let mut out = output.stdout();
    let style = match decided.verdict {
        Verdict::Adopted => GOOD,
        Verdict::Rejected => ERROR,
        _ => WARNING,
    };
    let title = decided
        .rule
        .map_or(decided.requirement.as_str(), |rule| rule.title.as_str());
    line(
        &mut out,
        &[(style, &decided.verdict), (PLAIN, &": "), (BOLD, &title)],
    )?;
    for reason in decided.reasons.to_string().lines() {
        line(&mut out, &[(PLAIN, &format!("  {reason}"))])?;
    }
    if let Some(tie) = decided.tie {
        writeln!(out, "  a tie: {}", tie.words())?;
    }
    if !decided.missing.is_empty() {
        let missing = format!("  missing: {}", decided.missing.join("; "));
        line(&mut out, &[(PLAIN, &missing)])?;
    }
    if let Some(rule) = decided.rule {
        writeln!(out, "{DIM}  rule: {}{DIM:#}", decided.requirement)?;
        writeln!(
            out,
            "{DIM}  source: {}{}{DIM:#}",
            rule.source,
            unverified(rule)
        )?;
    }
    Ok(out.flush()?)
}

const fn unverified(rule: &Rule) -> &'static str {
    if rule.unverified { " (unverified)" } else { "" }
}

fn list(args: &Args, output: &Output) -> Result {
    let rules = Library::embedded().rules();
    if args.format == Format::Json {
        output.json(&rules)?;
        return Ok(Exit::Clean);
    }
    let mut out = output.stdout();
    for rule in rules {
        writeln!(out, "{BOLD}{}{BOLD:#}  {}", rule.id, rule.title)?;
        writeln!(out, "    {}", rule.requirement)?;
        writeln!(
            out,
            "    {DIM}{}; {}{}{DIM:#}",
            rule.span,
            rule.source,
            unverified(rule)
        )?;
    }
    out.flush()?;
    Ok(Exit::Clean)
}
