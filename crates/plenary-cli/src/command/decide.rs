//! `plenary decide`: a vote, from its counts or its ballots, by any rule.

use std::io::Write;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use plenary::bodies::library::Rule;
use plenary::decisions::{Name, Verdict};
use plenary::types::{BodyId, Participant};
use plenary::{BallotList, DecideSettings, Decided, GivenVotes, decide};

use super::input::ReferenceArgs;
use super::{input, rule};
use crate::exit::{Exit, Failure, Result};
use crate::output::{BOLD, DIM, ERROR, Format, GOOD, Output, PLAIN, WARNING, line, visible};

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
    #[arg(
        long,
        visible_alias = "kind",
        value_name = "KIND",
        conflicts_with = "rule"
    )]
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
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    on: Option<NaiveDate>,
    /// The day of the proposal, from which periods run
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    proposed: Option<NaiveDate>,
    /// The configuration; by default the plenary.toml in the working folder or a folder above it
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    reference: ReferenceArgs,
    /// List the rules of the library
    #[arg(long)]
    list: bool,
    /// Output format
    #[arg(long, default_value = "human")]
    pub(super) format: Format,
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

pub(crate) fn run(args: &Args, output: &Output) -> Result {
    if args.list {
        return list(args, output);
    }
    let mut no_by = OpponentLists::read(&args.no_by)?;
    let votes = votes(args, no_by.take(None))?;
    let decided = decide(&votes, &settings(args, no_by)?)?;
    match args.format {
        Format::Json => output.json(&decided)?,
        Format::Human => print(&decided, output)?,
    }
    Ok(Exit::Clean)
}

/// What the arguments give to decide by.
fn settings(args: &Args, mut no_by: OpponentLists) -> Result<DecideSettings> {
    let mut settings = DecideSettings::default();
    let run = input::settings(args.config.as_deref(), ["."], &args.reference)?;
    settings.config = run.config;
    settings.reference = run.reference;
    settings.rule = args.rule.clone();
    settings.body = args.body.clone();
    settings.question = args.question.clone();
    settings.members = args.members;
    settings.partial = args.partial;
    settings.facts = rule::facts(&args.weights, &args.group)?;
    settings.on = args.on;
    settings.proposed = args.proposed;
    for text in &args.organs {
        let (name, votes) = rule::named(text, EXAMPLE)?;
        let (votes, members) = organ(text, votes, no_by.take(Some(&name)))?;
        settings.organs.push((name, votes, members));
    }
    match no_by.0.iter().find_map(|(organ, _)| organ.as_ref()) {
        Some(name) => Err(Failure::new(format!(
            "--no-by names who voted against in `{name}`, whose votes are missing"
        ))
        .with_help(format!("add --in {name}=YES,NO,ABSTAIN"))),
        None => Ok(settings),
    }
}

const NO_BY: &str = "--no-by RUS,USA, or --no-by council=RUS of those in another organ";
const EXAMPLE: &str = "--in council=11,0,4 (yes, no, abstaining), with the number of members behind it if it is known, or \
                       --in council=@FILE for single ballots";

/// Who voted against, by organ; without one, in the body itself.
struct OpponentLists(Vec<(Option<Name>, Vec<Participant>)>);

impl OpponentLists {
    /// Reads `RUS,USA` and `council=RUS,USA`.
    fn read(texts: &[String]) -> Result<Self> {
        let lists = texts.iter().map(|text| {
            let (organ, codes) = match text.split_once('=') {
                Some(_) => {
                    let (organ, codes) = rule::named(text, NO_BY)?;
                    (Some(organ), codes)
                }
                None => (None, text.as_str()),
            };
            let named = codes.split(',').filter(|code| !code.trim().is_empty());
            Ok((organ, input::participants(named)?))
        });
        lists.collect::<Result<_>>().map(Self)
    }

    /// Takes out those of an organ.
    fn take(&mut self, organ: Option<&Name>) -> Vec<Participant> {
        let of_organ = self.0.extract_if(.., |(of, _)| of.as_ref() == organ);
        of_organ.flat_map(|(_, codes)| codes).collect()
    }
}

/// The votes in the body.
fn votes(args: &Args, opponents: Vec<Participant>) -> Result<GivenVotes> {
    if let Some(path) = &args.ballots {
        return listed(path, "--ballots", &opponents);
    }
    let mut votes = GivenVotes::default();
    if let GivenVotes::Counts {
        yes, no, abstain, ..
    } = &mut votes
    {
        (*yes, *no, *abstain) = (args.yes, args.no, args.abstain);
    }
    Ok(votes.with_opponents(opponents))
}

/// The ballots in a file, which say themselves who voted against.
fn listed(path: &Path, option: &str, opponents: &[Participant]) -> Result<GivenVotes> {
    if !opponents.is_empty() {
        let message = format!("--no-by names members whose ballots are in {option}");
        return Err(Failure::new(message).with_help("--no-by is for counts: leave it out"));
    }
    Ok(GivenVotes::Ballots(BallotList::read(path)?))
}

/// The votes in another organ: `11,0,4`, or `11,0,4,15` with the number of members behind them, or `@FILE`.
fn organ(
    text: &str,
    votes: &str,
    opponents: Vec<Participant>,
) -> Result<(GivenVotes, Option<u32>)> {
    if let Some(path) = votes.trim().strip_prefix('@') {
        return Ok((
            listed(Path::new(path), &format!("`{path}`"), &opponents)?,
            None,
        ));
    }
    let counts: Option<Vec<u32>> = votes.split(',').map(|n| n.trim().parse().ok()).collect();
    let (votes, members) = match counts.as_deref() {
        Some([yes, no, abstain]) => (GivenVotes::counts(*yes, *no, *abstain), None),
        Some([yes, no, abstain, members]) => {
            (GivenVotes::counts(*yes, *no, *abstain), Some(*members))
        }
        _ => {
            return Err(
                Failure::new(format!("`{text}` does not give three or four numbers"))
                    .with_help(format!("write it like {EXAMPLE}")),
            );
        }
    };
    Ok((votes.with_opponents(opponents), members))
}

fn print(decided: &Decided, output: &Output) -> Result<()> {
    let mut out = output.stdout();
    let requirement = decided.requirement.to_string();
    let title = decided
        .rule
        .as_ref()
        .map_or(requirement.as_str(), |rule| rule.title.as_str());
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
    if let Some(base) = decided.base.filter(|_| decided.counts_members()) {
        let words = base.from.words();
        writeln!(out, "{DIM}  members: {} {words}{DIM:#}", base.members)?;
    }
    if let Some(with_them) = decided.verdict_with_them {
        let codes: Vec<_> = decided.left_out.iter().map(ToString::to_string).collect();
        let then = match with_them == decided.verdict {
            true => "would be the same".to_owned(),
            false => format!("would be {with_them}"),
        };
        let day = decided
            .on
            .map(|day| format!(" on {day}"))
            .unwrap_or_default();
        let text = format!(
            "  without a vote in the body{day}: {}; their ballots do not count, and with them the verdict {then}",
            codes.join(", ")
        );
        line(&mut out, &[(WARNING, &text)])?;
    }
    for note in &decided.notes {
        line(&mut out, &[(WARNING, &format!("  {note}"))])?;
    }
    if let Some(rule) = &decided.rule {
        writeln!(out, "{DIM}  rule: {requirement}{DIM:#}")?;
        writeln!(
            out,
            "{DIM}  source: {}{}{DIM:#}",
            rule.source,
            unverified(rule)
        )?;
    }
    for weights in &decided.weights {
        let source = weights.source.as_deref().unwrap_or("as given");
        let doubt = if weights.unverified {
            " (unverified)"
        } else {
            ""
        };
        writeln!(
            out,
            "{DIM}  weights: {}{doubt}: {}{DIM:#}",
            weights.name,
            visible(source)
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

const fn unverified(rule: &Rule) -> &'static str {
    if rule.unverified { " (unverified)" } else { "" }
}

fn list(args: &Args, output: &Output) -> Result {
    let reference = args.reference.reference()?;
    super::bodies::warn(&reference, output);
    let rules = reference.library().rules();
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
