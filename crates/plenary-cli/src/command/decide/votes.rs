//! The votes that the command line gives: in the body itself, and in other organs.

use std::collections::HashMap;
use std::iter;
use std::path::Path;

use chrono::NaiveDate;
use plenary::decisions::{Library, Name, Standing, ballots_from_csv, facts_above};
use plenary::states::{Entity, body_members_on, entity};
use plenary::types::{Ballot, Ballots, BodyId, Choice, Date, StateCode, Tally};

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
pub(super) fn here(
    args: &Args,
    opponents: &Opponents,
    listed: Option<&Listed>,
) -> Result<Standing<'static>> {
    let opponents = &opponents.here;
    if let Some(listed) = listed {
        if !opponents.is_empty() {
            return Err(
                Failure::new("--no-by names members whose ballots are in --ballots")
                    .with_help("--no-by is for counts: leave it out"),
            );
        }
        return listed.without(&[]);
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
    is_known: impl Fn(StateCode) -> bool + Copy,
    day: NaiveDate,
) -> Result<Elsewhere> {
    let mut organs = Vec::new();
    let mut notes = Vec::new();
    for text in &args.organs {
        let (name, votes) = rule::named(text, EXAMPLE)?;
        let body = Library::embedded()
            .organs()
            .find(|(organ, _)| **organ == name)
            .map(|(_, body)| body);
        let opponents = opponents.take(&name);
        let listed = match votes.trim().strip_prefix('@') {
            Some(path) if !opponents.is_empty() => {
                return Err(Failure::new(format!(
                    "--no-by names members whose ballots are in `{path}`"
                ))
                .with_help("--no-by is for counts: leave it out"));
            }
            Some(path) => Some(Listed::read(Path::new(path), body, is_known)?),
            None => None,
        };
        let (standing, given) = match &listed {
            Some(listed) => (listed.without(&[])?, None),
            None => counts(text, votes, opponents)?,
        };
        if !named.contains(&&name) {
            return Err(strange(&name, named));
        }
        let base = Base::find(
            Stated {
                body,
                given,
                listed: given.is_none().then(|| standing.members()).flatten(),
            },
            day,
            &standing,
        );
        let said = base.notes.iter().cloned();
        let said = said.chain(listed.iter().flat_map(|listed| listed.notes(body, day)));
        notes.extend(said.map(|note| format!("in {name}: {note}")));
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

/// `11,0,4` or `11,0,4,15`, and the number of members that is stated.
fn counts(
    text: &str,
    votes: &str,
    opponents: Vec<StateCode>,
) -> Result<(Standing<'static>, Option<u32>)> {
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

/// Single ballots of a file, and what it says of them.
pub(super) struct Listed {
    ballots: Vec<(StateCode, Choice)>,
    body: Option<BodyId>,
    date: Option<Date>,
}

impl Listed {
    /// Reads a file; refuses ballots of nobody, and two of one seat. A code of one's own has to be known, unless the body is one
    /// of one's own.
    pub(super) fn read(
        path: &Path,
        body: Option<&str>,
        is_known: impl Fn(StateCode) -> bool,
    ) -> Result<Self> {
        let text = input::text(path)?;
        let listed = if text.trim_start().starts_with('{') {
            let ballots: Ballots =
                serde_json::from_str(&text).map_err(|error| input::in_file(path, &error))?;
            Self {
                ballots: listed(&ballots).map_err(|failure| failure.at(path.display()))?,
                body: None,
                date: None,
            }
        } else {
            let ballots = ballots_from_csv(&text, input::resolve);
            let said = |key: &str| {
                let mut facts = facts_above(&text);
                facts.find(|(name, _)| name.eq_ignore_ascii_case(key))
            };
            Self {
                ballots: ballots.map_err(|error| input::in_file(path, &error))?,
                body: said("body").and_then(|(_, body)| body.parse().ok()),
                date: said("date").and_then(|(_, date)| date.parse().ok()),
            }
        };
        let rules = Library::embedded().rules();
        if body.is_some_and(|body| rules.iter().any(|rule| rule.body == body)) {
            let codes = listed.ballots.iter().map(|(code, _)| *code);
            let mut nobody = codes.filter(|code| !is_known(*code) && entity(*code).is_none());
            if let Some(code) = nobody.next() {
                return Err(unknown(&code.to_string()).at(path.display()));
            }
        }
        match seat_twice(&listed.ballots) {
            Some([one, other]) => {
                let message =
                    format!("two ballots of one seat, which passed from {one} to {other}");
                Err(input::in_file(path, &message)
                    .with_help("keep the line of the one that held the seat on the day"))
            }
            None => Ok(listed),
        }
    }

    /// The votes, but for those of some.
    pub(super) fn without(&self, others: &[StateCode]) -> Result<Standing<'static>> {
        let ballots = self.ballots.iter().copied();
        let ballots = ballots.filter(|(code, _)| !others.contains(code));
        Ok(Standing::try_of_ballots(ballots)?)
    }

    /// Who has a ballot and is not a member of the body on a day, where its members are on record.
    pub(super) fn not_members(&self, body: Option<&str>, day: NaiveDate) -> Vec<StateCode> {
        let body = match body {
            // All Members of the United Nations sit in the Main Committees.
            Some("unga-committee") => Some(BodyId::UNGA),
            body => body.and_then(|body| body.parse().ok()),
        };
        let members = body.and_then(|body| body_members_on(&body, day));
        let Some(members) = members.filter(|members| !members.is_empty()) else {
            return Vec::new();
        };
        let cast = self.ballots.iter();
        let cast = cast.filter(|(_, choice)| *choice != Choice::NotEligible);
        let others = cast.map(|(code, _)| *code);
        let mut others: Vec<_> = others.filter(|code| !members.contains(code)).collect();
        others.sort_unstable();
        others
    }

    /// Where the lines above the table name another body or another day than those that are decided by.
    pub(super) fn says_otherwise(&self, body: Option<&str>, day: NaiveDate) -> Vec<String> {
        let mut notes = Vec::new();
        if let (Some(own), Some(body)) = (&self.body, body)
            && own.as_str() != body
        {
            notes.push(format!(
                "the file of ballots says body `{own}`; they are decided as those of `{body}`"
            ));
        }
        let own = self.date.map(|date| date.to_string());
        if let Some(own) = own.filter(|own| !day.to_string().starts_with(own)) {
            notes.push(format!(
                "the file of ballots says date {own}; they are decided as of {day}"
            ));
        }
        notes
    }

    /// What is to be said of the ballots in another organ.
    fn notes(&self, body: Option<&str>, day: NaiveDate) -> Vec<String> {
        let codes = self.not_members(body, day);
        let codes: Vec<_> = codes.iter().map(ToString::to_string).collect();
        let others = (!codes.is_empty()).then(|| {
            let codes = codes.join(", ");
            format!("not members of the body on {day}: {codes}; their ballots are counted")
        });
        others
            .into_iter()
            .chain(self.says_otherwise(body, day))
            .collect()
    }
}

/// Two states with a ballot of one seat, which passed from the one to the other.
fn seat_twice(ballots: &[(StateCode, Choice)]) -> Option<[StateCode; 2]> {
    let mut holders = HashMap::new();
    let cast = ballots.iter();
    let cast = cast.filter(|(_, choice)| *choice != Choice::NotEligible);
    let two = cast
        .filter_map(|(code, _)| entity(*code))
        .find_map(|holder| {
            let seat = iter::successors(Some(holder), |holder| holder.continues()).last()?;
            let before: Option<Entity> = holders.insert(seat.code(), holder);
            let before = before.filter(|before| before.code() != holder.code())?;
            Some([before, holder])
        });
    let [one, other] = two?;
    let passes_to = |from: Entity, to: Entity| {
        let mut later = iter::successors(Some(from), |holder| holder.continued_by());
        later.any(|holder| holder.code() == to.code())
    };
    Some(match passes_to(one, other) {
        true => [one.code(), other.code()],
        false => [other.code(), one.code()],
    })
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
