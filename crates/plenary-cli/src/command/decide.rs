//! `plenary decide`: a vote, from its counts or its ballots, by any rule.

mod base;
mod choice;
mod votes;

use std::io::Write;
use std::path::PathBuf;

use chrono::NaiveDate;
use plenary::decisions::library::{Rule, Tie};
use plenary::decisions::requirement::{self, Quantity, Side};
use plenary::decisions::{
    Alternative, Applied, Facts, Library, Name, Standing, UnknownName, Verdict, evaluate,
    unknown_names, verdict,
};
use plenary::states::body_members_on;
use plenary::types::{BodyId, StateCode, Tally};
use serde::Serialize;

use self::base::{Base, Stated};
use self::choice::Chosen;
use self::votes::Listed;
use super::input;
use super::input::today;
use super::rule::{self, Asked};
use crate::exit::{Exit, Failure, Result};
use crate::output::{BOLD, DIM, ERROR, Format, GOOD, Output, PLAIN, WARNING, line};

#[derive(clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Args {
    /// A rule of the library (see --list), or a requirement such as "at least 2/3 of members"; by default that of the body or of
    /// the configuration
    #[arg(long)]
    rule: Option<String>,
    /// Who decides, such as unga or unsc: its rule on the day, its groups, and its number of members
    #[arg(long)]
    body: Option<BodyId>,
    /// The kind of question, such as important, procedural or admission, which chooses the rule of the body; without it the usual
    /// rule is assumed
    #[arg(long, value_name = "KIND", conflicts_with = "rule")]
    question: Option<String>,
    /// Votes in favour
    #[arg(long, value_name = "N")]
    yes: Option<u32>,
    /// Votes against
    #[arg(long, value_name = "N")]
    no: Option<u32>,
    /// Abstentions
    #[arg(long, value_name = "N")]
    abstain: Option<u32>,
    /// Members of the body, where neither its membership nor its law says how many it has on the day
    #[arg(long, value_name = "N")]
    members: Option<u32>,
    /// Who voted against: RUS,USA, or council=RUS,USA in another organ
    #[arg(long, value_name = "[ORGAN=]CODE,…")]
    no_by: Vec<String>,
    /// Single ballots: a CSV with the columns `code` and `choice`, or a JSON object of lists
    #[arg(long, value_name = "FILE", conflicts_with_all = ["yes", "no", "abstain"])]
    ballots: Option<PathBuf>,
    /// Members who are not counted or listed may have voted: decide only what no missing ballot could change
    #[arg(long)]
    partial: bool,
    /// Weights: a CSV with a column `code` and columns of numbers, named by their headings
    #[arg(long, value_name = "CSV")]
    weights: Vec<PathBuf>,
    /// A group that the rule names: P5=CHN,FRA,…
    #[arg(long, value_name = "NAME=CODE,…")]
    group: Vec<String>,
    /// The votes in another organ that the rule names: council=11,0,4 or council=11,0,4,15, or council=@FILE for single ballots
    #[arg(long = "in", value_name = "ORGAN=YES,NO,ABSTAIN[,MEMBERS]|@FILE")]
    organs: Vec<String>,
    /// The day of the vote; by default today
    #[arg(long, value_name = "DATE")]
    on: Option<NaiveDate>,
    /// The day of the proposal, from which periods run
    #[arg(long, value_name = "DATE")]
    proposed: Option<NaiveDate>,
    /// The configuration; by default the plenary.toml in the working folder or a folder above it
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
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
against, so that a veto stays open where it could matter: --no-by closes it, in another organ too.

  plenary decide --rule sc-substantive --yes 11 --no 1 --abstain 3 --no-by RUS
  plenary decide --rule ga-admission --yes 100 --no 0 --in council=10,1,0 --no-by council=RUS
  plenary decide --body unga --question important --yes 156 --no 4 --members 169 --partial

\"Members\" are those of the body on the day, by its membership or its law; failing that --members; failing that the list. Where \
these disagree, the result says so. Without --rule the body's rule for the --question is used; where that is not given, the usual \
rule is assumed, and the result says what another rule would make of the votes.";

impl Args {
    /// Whether stdout is to hold one JSON document.
    pub(super) fn prints_json(&self) -> bool {
        self.format == Format::Json
    }
}

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

const NOT_LISTED: &str = "members who are not on the list count as not voting; with --partial their ballots are not known";

/// What is to be decided, and by what.
struct Question {
    chosen: Chosen,
    facts: Facts,
    standing: Standing<'static>,
    /// The votes without those of `not_members`.
    of_members: Option<Standing<'static>>,
    /// Who has a ballot and is not a member on the day.
    not_members: Vec<StateCode>,
    organs: Vec<(Name, Standing<'static>)>,
    base: Base,
}

#[derive(Serialize)]
struct Decided {
    rule: Option<&'static Rule>,
    requirement: String,
    /// Whether nothing states the rule or the kind of question.
    rule_assumed: bool,
    /// What other rules would make of the votes, where the rule is assumed or the law of the day is disputed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    alternatives: Vec<Alternative>,
    on: Option<NaiveDate>,
    tally: Tally,
    members: Option<u32>,
    /// How many ballots are not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    open: Option<u32>,
    base: Option<plenary::decisions::Base>,
    verdict: Verdict,
    /// Who has a ballot that is counted, and is not a member of the body on the day.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    not_members: Vec<StateCode>,
    /// The verdict by the ballots of the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict_of_members: Option<Verdict>,
    tie: Option<Tie>,
    missing: Vec<String>,
    /// Tables and groups that the rule names and nobody knows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unknown: Vec<UnknownName>,
    /// What the reader has to know besides.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
    reasons: plenary::decisions::Reason,
}

impl Question {
    fn read(args: &Args, day: NaiveDate) -> Result<Self> {
        let chosen = Chosen::read(args, day)?;
        let mut facts = rule::facts(&args.weights, &args.group)?;
        chosen.asked.complete(&mut facts);
        let is_known = |code: StateCode| {
            let tables = facts.tables();
            let weighed = tables.flat_map(|(_, table)| table.weights());
            let mut groups = facts.groups();
            weighed.into_iter().any(|(known, _)| *known == code)
                || groups.any(|(_, group)| group.contains(code))
        };
        let opponents = votes::Opponents::read(&args.no_by, is_known)?;
        let body = chosen.body.as_deref();
        let listed = match &args.ballots {
            Some(path) => Some(Listed::read(path, body, is_known)?),
            None => None,
        };
        let standing = votes::here(args, &opponents, listed.as_ref())?.on(day);
        if let Some(members) = args.members {
            standing.clone().with_members(members)?;
        }
        let stated = Stated {
            body,
            given: args.members,
            // A list that leaves members out does not say how many there are.
            listed: standing.members().filter(|_| !args.partial),
        };
        if let (None, None, Some(excess)) =
            (&listed, args.members, Base::excess(body, day, &standing))
        {
            return Err(Failure::new(excess)
                .with_help("correct the votes or the day, or give the number with --members"));
        }
        let mut base = Base::find(stated, day, &standing);
        let shorter = base.members.zip(standing.members());
        if shorter.is_some_and(|(base, listed)| listed < base.members) && !args.partial {
            base.notes.push(NOT_LISTED.to_owned());
        }
        let complete = |standing: Standing<'static>, base: &Base| {
            let standing = if args.partial {
                with_open(standing, base, body, day)?
            } else {
                base.standing(&standing).unwrap_or(standing)
            };
            Ok::<_, Failure>(match args.proposed {
                Some(proposed) => standing.proposed(proposed),
                None => standing,
            })
        };
        let standing = complete(standing, &base)?;
        let not_members = listed
            .as_ref()
            .map_or_else(Vec::new, |listed| listed.not_members(body, day));
        let of_members = match &listed {
            Some(listed) if !not_members.is_empty() => {
                Some(complete(listed.without(&not_members)?.on(day), &base)?)
            }
            _ => None,
        };
        base.notes.extend(
            listed
                .iter()
                .flat_map(|listed| listed.says_otherwise(body, day)),
        );
        let named = chosen.asked.requirement.organs();
        let elsewhere = votes::elsewhere(args, &named, opponents, is_known, day)?;
        base.notes.extend(elsewhere.notes);
        Ok(Self {
            chosen,
            facts,
            standing,
            of_members,
            not_members,
            organs: elsewhere.organs,
            base,
        })
    }

    fn decide(self, day: NaiveDate) -> Decided {
        let Self {
            chosen,
            facts,
            standing,
            of_members,
            not_members,
            organs,
            base,
        } = self;
        let with_facts = |standing: Standing<'static>| {
            let organs = organs.iter().cloned();
            organs.fold(standing.with_facts(&facts), |standing, (name, votes)| {
                standing.with_organ(name, votes)
            })
        };
        let standing = with_facts(standing);
        let body = chosen.body.as_deref().unwrap_or("un");
        let of_body = Library::embedded().facts(body, day);
        let of_rule = |asked: &Asked| asked.rule.as_ref().map_or(of_body, |rule| rule.facts);
        let complete = |asked: &Asked| standing.clone().with_default_facts(of_rule(asked));
        let Asked { rule, requirement } = &chosen.asked;
        let completed = complete(&chosen.asked);
        let evaluation = evaluate(requirement, &completed);
        let alternatives = chosen.alternatives.iter().filter_map(|other| {
            let judged = verdict(&other.requirement, &complete(other));
            let rule = Applied::Rule(other.rule?);
            Some(Alternative::new(&rule, judged, evaluation.verdict))
        });
        let missing = evaluation.missing().into_iter();
        let of_members = of_members.map(|standing| {
            let standing = with_facts(standing);
            verdict(
                requirement,
                &standing.with_default_facts(of_rule(&chosen.asked)),
            )
        });
        Decided {
            rule: rule.as_ref().map(|rule| rule.rule),
            requirement: requirement.to_string(),
            rule_assumed: chosen.assumed,
            alternatives: alternatives.collect(),
            on: completed.day(),
            tally: completed.tally(),
            members: completed.members(),
            open: completed.has_open().then(|| completed.open()),
            base: base.members,
            verdict: evaluation.verdict,
            not_members,
            verdict_of_members: of_members,
            tie: rule
                .as_ref()
                .filter(|_| !completed.has_open())
                .and_then(|rule| rule.tie(&completed)),
            missing: missing.map(ToOwned::to_owned).collect(),
            unknown: unknown_names(requirement, [&facts, of_rule(&chosen.asked)]),
            notes: base.notes,
            reasons: evaluation.reasons,
        }
    }
}

/// With the ballots of those who are not counted or listed open: by name where the members of the body are on record.
fn with_open(
    standing: Standing<'static>,
    base: &Base,
    body: Option<&str>,
    day: NaiveDate,
) -> Result<Standing<'static>> {
    let listed = standing.members();
    let body = body.and_then(|body| body.parse::<BodyId>().ok());
    let roster = body.and_then(|body| body_members_on(&body, day));
    if let (Some(roster), Some(_)) = (roster, listed) {
        return Ok(standing.with_open_members(roster.iter().copied()));
    }
    let Some(members) = base.members else {
        return Err(Failure::new(
            "unknown number of members: with --partial it says how many may have voted",
        )
        .with_help("give it with --members"));
    };
    let counted = listed.or(standing.tally().members()).unwrap_or(u32::MAX);
    let open = standing.with_open(members.members.saturating_sub(counted));
    Ok(open.clone().with_members(members.members).unwrap_or(open))
}

fn print(decided: &Decided, output: &Output) -> Result<()> {
    let mut out = output.stdout();
    let title = decided
        .rule
        .map_or(decided.requirement.as_str(), |rule| rule.title.as_str());
    line(
        &mut out,
        &[
            (style(decided.verdict), &decided.verdict),
            (PLAIN, &": "),
            (BOLD, &title),
        ],
    )?;
    for reason in decided.reasons.to_string().lines() {
        line(&mut out, &[(PLAIN, &format!("  {reason}"))])?;
    }
    if let Some(open) = decided
        .open
        .filter(|_| decided.verdict != Verdict::Undetermined)
    {
        let ballots = if open == 1 {
            "1 ballot is not known, and it could not change the result".to_owned()
        } else {
            format!("{open} ballots are not known, and none of them could change the result")
        };
        writeln!(out, "  {ballots}")?;
    }
    if let Some(tie) = decided.tie {
        writeln!(out, "  a tie: {}", tie.words())?;
    }
    if !decided.missing.is_empty() {
        let missing = format!("  missing: {}", decided.missing.join("; "));
        line(&mut out, &[(PLAIN, &missing)])?;
    }
    for unknown in &decided.unknown {
        line(&mut out, &[(WARNING, &format!("  {unknown}"))])?;
    }
    if let Some(base) = decided
        .base
        .filter(|_| counts_members(&decided.requirement))
    {
        let words = base.from.words();
        writeln!(out, "{DIM}  members: {} {words}{DIM:#}", base.members)?;
    }
    if let Some(of_members) = decided.verdict_of_members {
        let codes: Vec<_> = decided
            .not_members
            .iter()
            .map(ToString::to_string)
            .collect();
        let then = match of_members == decided.verdict {
            true => "would be the same".to_owned(),
            false => format!("would be {of_members}"),
        };
        let day = decided
            .on
            .map(|day| format!(" on {day}"))
            .unwrap_or_default();
        let text = format!(
            "  not members of the body{day}: {}; their ballots are counted, and without them the verdict {then}",
            codes.join(", ")
        );
        line(&mut out, &[(WARNING, &text)])?;
    }
    for note in &decided.notes {
        line(&mut out, &[(WARNING, &format!("  {note}"))])?;
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
    print_alternatives(decided, &mut out)?;
    Ok(out.flush()?)
}

fn print_alternatives(decided: &Decided, out: &mut impl Write) -> Result<()> {
    if decided.rule_assumed {
        let assumed = "  assumed: neither --rule nor --question states the rule";
        line(out, &[(WARNING, &assumed)])?;
    }
    for other in &decided.alternatives {
        let then = if other.changes {
            format!("the verdict would be {}", other.verdict)
        } else {
            "the verdict would be the same".to_owned()
        };
        let text = format!("  by `{}` instead, {then}: {}", other.rule, other.title);
        line(out, &[(PLAIN, &text)])?;
        if let Some(source) = &other.source {
            line(out, &[(DIM, &format!("    source: {source}"))])?;
        }
    }
    Ok(())
}

const fn style(verdict: Verdict) -> anstyle::Style {
    match verdict {
        Verdict::Adopted => GOOD,
        Verdict::Rejected => ERROR,
        _ => WARNING,
    }
}

/// Whether the number of members of the body can matter: where a share of them is asked for, or those who did not vote.
fn counts_members(text: &str) -> bool {
    let parsed = text.parse::<plenary::decisions::Requirement>();
    parsed.is_ok_and(|requirement| {
        requirement.comparisons().any(|comparison| {
            let share = matches!(
                comparison.quantity,
                Quantity::Share(_, requirement::Base::Members)
            );
            let silent = matches!(comparison.side, Side::NotInFavour | Side::NotAgainst);
            comparison.group.is_none() && (share || silent)
        })
    })
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
