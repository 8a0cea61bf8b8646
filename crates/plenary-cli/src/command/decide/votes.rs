//! The votes that the command line gives: in the body itself, and in other organs.

use std::path::Path;

use chrono::NaiveDate;
use plenary::decisions::{Library, Name, Standing, ballots_from_csv};
use plenary::states::entity;
use plenary::types::{Ballot, Ballots, Choice, StateCode, Tally};

use super::base::{Base, Stated};
use super::{Args, input, rule};
use crate::exit::{Failure, Result};

const NO_BY: &str = "--no-by RUS,USA, or --no-by council=RUS of those in another organ";

/// Who voted against, as the command line names them.
pub(super) struct Opponents {
    here: Vec<StateCode>,
    elsewhere: Vec<(Name, Vec<StateCode>)>,
}

impl Opponents {
    /// Reads `RUS,USA` and `council=RUS,USA`. A code that is nobody's here would be nobody's vote, silently.
    pub(super) fn read(texts: &[String], is_known: impl Fn(StateCode) -> bool) -> Result<Self> {
        let mut opponents = Self {
            here: Vec::new(),
            elsewhere: Vec::new(),
        };
        let state = |text: &str| {
            let code = input::state(text)?;
            if is_known(code) || entity(code).is_some() {
                Ok(code)
            } else {
                Err(unknown(text))
            }
        };
        for text in texts {
            let (organ, codes) = match text.split_once('=') {
                Some(_) => {
                    let (organ, codes) = rule::named(text, NO_BY)?;
                    (Some(organ), codes)
                }
                None => (None, text.as_str()),
            };
            let named = codes.split(',').filter(|code| !code.trim().is_empty());
            let named = named.map(state).collect::<Result<Vec<_>>>()?;
            match organ {
                Some(organ) => opponents.elsewhere.push((organ, named)),
                None => opponents.here.extend(named),
            }
        }
        Ok(opponents)
    }

    fn take(&mut self, organ: &Name) -> Vec<StateCode> {
        let (of_organ, others) = std::mem::take(&mut self.elsewhere)
            .into_iter()
            .partition(|(name, _)| name == organ);
        self.elsewhere = others;
        let of_organ: Vec<(Name, Vec<StateCode>)> = of_organ;
        of_organ.into_iter().flat_map(|(_, codes)| codes).collect()
    }
}

fn unknown(code: &str) -> Failure {
    Failure::new(format!("unknown participant `{}`", code.trim())).with_help(
        "use a code of three capitals, such as FRA, or `plenary resolve` to find one; a code of your own has to be in \
         --weights or --group",
    )
}

/// The votes in the body.
pub(super) fn here(args: &Args, opponents: &Opponents) -> Result<Standing<'static>> {
    let opponents = &opponents.here;
    if let Some(path) = &args.ballots {
        if !opponents.is_empty() {
            return Err(
                Failure::new("--no-by names members whose ballots are in --ballots")
                    .with_help("--no-by is for counts: leave it out"),
            );
        }
        return Ok(Standing::try_of_ballots(ballots(path)?)?);
    }
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
    Ok(Standing::of_counts(tally).with_opponents(opponents.iter().copied())?)
}

/// The votes in other organs.
pub(super) struct Elsewhere {
    pub(super) organs: Vec<(Name, Standing<'static>)>,
    /// What is to be said of their numbers of members.
    pub(super) notes: Vec<String>,
}

/// The votes in the other organs that the rule names.
pub(super) fn elsewhere(
    args: &Args,
    named: &[&Name],
    mut opponents: Opponents,
    day: NaiveDate,
) -> Result<Elsewhere> {
    let mut organs = Vec::new();
    let mut notes = Vec::new();
    for text in &args.organs {
        let (name, votes) = rule::named(text, EXAMPLE)?;
        let (standing, given) = organ(text, votes, opponents.take(&name))?;
        if !named.contains(&&name) {
            return Err(strange(&name, named));
        }
        let body = Library::embedded()
            .organs()
            .find(|(organ, _)| **organ == name);
        let base = Base::find(
            Stated {
                body: body.map(|(_, body)| body),
                given,
                listed: given.is_none().then(|| standing.members()).flatten(),
            },
            day,
            &standing,
        );
        notes.extend(base.notes.iter().map(|note| format!("in {name}: {note}")));
        let standing = match base.standing(&standing) {
            Some(standing) => standing,
            None => standing,
        };
        organs.push((name, standing));
    }
    if let Some((name, _)) = opponents.elsewhere.first() {
        return Err(Failure::new(format!(
            "--no-by names who voted against in `{name}`, whose votes are missing"
        ))
        .with_help(format!("add --in {name}=YES,NO,ABSTAIN")));
    }
    Ok(Elsewhere { organs, notes })
}

fn strange(name: &Name, named: &[&Name]) -> Failure {
    let names: Vec<_> = named.iter().map(|name| format!("`{name}`")).collect();
    if names.is_empty() {
        return Failure::new(format!(
            "unknown organ `{name}`: the rule names no other organ"
        ));
    }
    Failure::new(format!(
        "unknown organ `{name}` (expected {})",
        names.join(" or ")
    ))
}

const EXAMPLE: &str = "--in council=11,0,4 (yes, no, abstaining), with the number of members behind it if it is known, or \
                       --in council=@FILE for single ballots";

/// `11,0,4`, `11,0,4,15` or `@council.csv`, and the number of members that is stated.
fn organ(
    text: &str,
    votes: &str,
    opponents: Vec<StateCode>,
) -> Result<(Standing<'static>, Option<u32>)> {
    if let Some(path) = votes.trim().strip_prefix('@') {
        if !opponents.is_empty() {
            return Err(Failure::new(format!(
                "--no-by names members whose ballots are in `{path}`"
            ))
            .with_help("--no-by is for counts: leave it out"));
        }
        return Ok((Standing::try_of_ballots(ballots(Path::new(path))?)?, None));
    }
    let counts: Option<Vec<u32>> = votes.split(',').map(|n| n.trim().parse().ok()).collect();
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
    let standing = Standing::of_counts(tally).with_opponents(opponents)?;
    if let Some(members) = members {
        standing.clone().with_members(members)?;
    }
    Ok((standing, members))
}

fn ballots(path: &Path) -> Result<Vec<(StateCode, Choice)>> {
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

fn counted(yes: u32, no: u32, abstain: u32) -> Tally {
    Tally {
        yes,
        no,
        abstain,
        ..Tally::default()
    }
}
