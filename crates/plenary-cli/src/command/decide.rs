//! `plenary decide`: a vote, from its counts or its ballots, by any rule.

use std::io::Write;
use std::path::PathBuf;

use chrono::NaiveDate;
use plenary::decisions::library::{InForce, Rule, Tie};
use plenary::decisions::{Facts, Library, Name, Standing, Verdict, ballots_from_csv, evaluate};
use plenary::states;
use plenary::types::{Ballot, Ballots, Choice, StateCode, Tally};
use serde::Serialize;

use super::input::{self, today};
use super::rule::{self, Asked};
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
    let decided = Question::read(args, day)?.decide(day);
    match args.format {
        Format::Json => output.json(&decided)?,
        Format::Human => print(&decided, output)?,
    }
    Ok(Exit::Clean)
}

/// What is to be decided, and by what.
struct Question {
    asked: Asked,
    facts: Facts,
    standing: Standing<'static>,
    organs: Vec<(Name, Standing<'static>)>,
}

#[derive(Serialize)]
struct Decided {
    rule: Option<&'static Rule>,
    requirement: String,
    on: Option<NaiveDate>,
    tally: Tally,
    members: Option<u32>,
    verdict: Verdict,
    tie: Option<Tie>,
    missing: Vec<String>,
    reasons: plenary::decisions::Reason,
}

impl Question {
    fn read(args: &Args, day: NaiveDate) -> Result<Self> {
        let text = args.rule.as_deref().unwrap_or_default();
        let asked = Asked::read(text, args.on, day)?;
        let mut standing = standing(args)?.on(day);
        if let Some(members) = args.members {
            standing = standing.with_members(members)?;
        }
        if let Some(rule) = &asked.rule {
            standing = with_all_members(standing, rule, day);
        }
        if let Some(proposed) = args.proposed {
            standing = standing.proposed(proposed);
        }
        let mut facts = rule::facts(&args.weights, &args.group)?;
        asked.complete(&mut facts);
        let organs = args.organs.iter().map(|text| organ(text));
        Ok(Self {
            asked,
            facts,
            standing,
            organs: organs.collect::<Result<_>>()?,
        })
    }

    fn decide(self, day: NaiveDate) -> Decided {
        let Asked { rule, requirement } = self.asked;
        let mut standing = self.standing.with_facts(&self.facts);
        for (name, votes) in self.organs {
            standing = standing.with_organ(name, votes);
        }
        let standing = match &rule {
            Some(rule) => rule.complete(&standing),
            None => standing.with_default_facts(Library::embedded().facts("un", day)),
        };
        let evaluation = evaluate(&requirement, &standing);
        let missing = evaluation.missing().into_iter();
        Decided {
            rule: rule.map(|rule| rule.rule),
            requirement: requirement.to_string(),
            on: standing.day(),
            tally: standing.tally(),
            members: standing.members(),
            verdict: evaluation.verdict,
            tie: rule.and_then(|rule| rule.tie(&standing)),
            missing: missing.map(ToOwned::to_owned).collect(),
            reasons: evaluation.reasons,
        }
    }
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
    let tally = counted(
        args.yes.unwrap_or_default(),
        args.no.unwrap_or(named),
        args.abstain.unwrap_or_default(),
    );
    Ok(Standing::of_counts(tally).with_opponents(opponents)?)
}

/// With the number of Members of the United Nations, where all of them sit in the body and neither the rule nor the votes
/// say how many there are.
fn with_all_members(
    standing: Standing<'static>,
    rule: &InForce<'_>,
    day: NaiveDate,
) -> Standing<'static> {
    let all = matches!(&*rule.rule.body, "unga" | "unga-committee");
    if !all || rule.members.or(standing.members()).is_some() {
        return standing;
    }
    let members = u32::try_from(states::member_count_on(day)).ok();
    let with = members.and_then(|members| standing.clone().with_members(members).ok());
    with.unwrap_or(standing)
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

/// `council=11,0,4` or `council=11,0,4,15`.
fn organ(text: &str) -> Result<(Name, Standing<'static>)> {
    const EXAMPLE: &str = "--in council=11,0,4 (yes, no, abstaining), with the number of members behind it if it is known";
    let (name, counts) = rule::named(text, EXAMPLE)?;
    let counts: Option<Vec<u32>> = counts.split(',').map(|n| n.trim().parse().ok()).collect();
    let (tally, members) = match counts.as_deref() {
        Some([yes, no, abstain]) => (counted(*yes, *no, *abstain), None),
        Some([yes, no, abstain, members]) => (counted(*yes, *no, *abstain), Some(*members)),
        _ => {
            return Err(
                Failure::new(format!("`{text}` does not give three or four numbers"))
                    .with_help(format!("write it like {EXAMPLE}")),
            );
        }
    };
    let standing = Standing::of_counts(tally);
    Ok(match members {
        Some(members) => (name, standing.with_members(members)?),
        None => (name, standing),
    })
}

fn counted(yes: u32, no: u32, abstain: u32) -> Tally {
    Tally {
        yes,
        no,
        abstain,
        ..Tally::default()
    }
}

fn print(decided: &Decided, output: &Output) -> Result<()> {
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
