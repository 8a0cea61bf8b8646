//! Wide tables: the choices of participants on votes.

use std::collections::{BTreeMap, HashMap};

use plenary_analysis::table::{Column, Table};
use plenary_types::{Choice, Participant};

use super::coding;
use super::columns::{Columns, Line};
use super::found::FoundVotes;
use super::{Shaped, VotesSettings, WideRows, nothing, sorted};
use crate::Error;

/// The choices of participants on votes.
pub(super) struct Choices {
    /// The votes, by the rows of their decisions.
    pub(super) votes: Vec<usize>,
    /// The participants, in the order of their texts, each with the place of its last ballot by day.
    pub(super) participants: Vec<(Participant, usize)>,
    /// Of each vote and participant.
    choices: HashMap<(usize, Participant), Choice>,
}

impl Choices {
    pub(super) fn new(found: &FoundVotes) -> Self {
        let mut votes: Vec<usize> = Vec::new();
        let mut last: BTreeMap<Participant, usize> = BTreeMap::new();
        let mut choices = HashMap::new();
        for (at, ballot) in found.ballots.iter().enumerate() {
            if votes.last() != Some(&ballot.decision) {
                votes.push(ballot.decision);
            }
            choices.insert((ballot.decision, ballot.who), ballot.choice);
            let day = |at: usize| found.ballots.get(at).and_then(|b| found.day(b.decision));
            let known = last.entry(ballot.who).or_insert(at);
            if day(at) >= day(*known) {
                *known = at;
            }
        }
        Self {
            votes,
            participants: last.into_iter().collect(),
            choices,
        }
    }

    pub(super) fn choice(&self, vote: usize, who: Participant) -> Option<Choice> {
        self.choices.get(&(vote, who)).copied()
    }
}

/// A table of votes by participants, or of participants by votes.
pub(super) fn table(
    found: &FoundVotes,
    rows: WideRows,
    settings: &VotesSettings,
    columns: &Columns,
) -> Result<Shaped, Error> {
    let choices = Choices::new(found);
    if choices.votes.is_empty() {
        return Err(nothing(found, settings).into());
    }
    let coding = settings.coding.as_ref();
    let make = |name: &str, lines: &[Line]| columns.make(name, found, lines);
    let (lines, unit): (Vec<Line>, _) = match rows {
        WideRows::Votes => {
            let votes = choices.votes.iter();
            let line = |&decision| Line {
                decision,
                ballot: None,
            };
            (votes.map(line).collect(), "vote")
        }
        WideRows::Participants => {
            let participants = choices.participants.iter();
            let line = |&(_, at): &(Participant, usize)| {
                let decision = found.ballots.get(at).map_or(0, |ballot| ballot.decision);
                Line {
                    decision,
                    ballot: Some(at),
                }
            };
            (participants.map(line).collect(), "participant")
        }
    };
    let chosen = sorted(&lines, &settings.sort, settings.limit, make)?;
    let before = columns.table(found, &chosen, None);
    let mut all: Vec<Column> = before.columns().to_vec();
    let taken: Vec<String> = all.iter().map(|column| column.name().to_owned()).collect();
    let cells: Vec<Column> = match rows {
        WideRows::Votes => {
            let names = headings(found, &choices);
            let names = unique(names, &taken);
            let participants = choices.participants.iter().zip(names);
            let column = |((who, _), name): (&(Participant, usize), String)| {
                let of = chosen
                    .iter()
                    .map(|line| choices.choice(line.decision, *who));
                coding::column(&name, of, coding)
            };
            participants.map(column).collect()
        }
        WideRows::Participants => {
            let names = choices.votes.iter().map(|&vote| vote_name(found, vote));
            let names = unique(names.collect(), &taken);
            let who: Vec<Option<Participant>> = chosen
                .iter()
                .map(|line| found.ballot(line).map(|ballot| ballot.who))
                .collect();
            let votes = choices.votes.iter().zip(names);
            let column = |(vote, name): (&usize, String)| {
                let of = who.iter().map(|who| choices.choice(*vote, (*who)?));
                coding::column(&name, of, coding)
            };
            votes.map(column).collect()
        }
    };
    all.extend(cells);
    let mut metadata = Vec::new();
    let mut warnings = Vec::new();
    if let Some(coding) = coding {
        let shown = found.ballots.iter().map(|ballot| ballot.choice);
        warnings.extend(coding.uncoded(shown));
        metadata.push(("choices", coding.to_string()));
    }
    if columns.has("group") {
        metadata.push(("groups", found.grouped_by()));
    }
    metadata.push(("empty", "not on the list of the vote".to_owned()));
    Ok(Shaped {
        table: Table::new(all),
        rows: lines.len(),
        unit,
        metadata,
        warnings,
    })
}

/// What the columns of participants are called: the code, else what sources print, where nobody else is called so.
fn headings(found: &FoundVotes, choices: &Choices) -> Vec<String> {
    let called = |who: Participant| match who.code() {
        Some(_) => who.to_string(),
        None => found.name_of(who, None),
    };
    let names: Vec<String> = choices
        .participants
        .iter()
        .map(|(who, _)| called(*who))
        .collect();
    let mut times: HashMap<&str, u32> = HashMap::new();
    for name in &names {
        *times.entry(name).or_default() += 1;
    }
    let names = names.iter().zip(&choices.participants);
    names
        .map(|(name, (who, _))| match times.get(&**name) {
            Some(1) => name.clone(),
            _ => who.to_string(),
        })
        .collect()
}

/// What a vote is called: its symbol, else the title of its record, else their numbers.
pub(super) fn vote_name(found: &FoundVotes, vote: usize) -> String {
    let name = found
        .text(vote, "symbol")
        .or_else(|| found.text(vote, "title"));
    name.map_or_else(|| format!("vote {}", vote + 1), ToOwned::to_owned)
}

/// Names of which each is there once: further ones have a number behind them.
pub(super) fn unique(names: Vec<String>, taken: &[String]) -> Vec<String> {
    let mut known: HashMap<String, u32> = taken.iter().map(|name| (name.clone(), 1)).collect();
    let names = names.into_iter().map(|name| {
        let mut unique = name.clone();
        while known.contains_key(&unique) {
            let times = known.entry(name.clone()).or_insert(1);
            *times += 1;
            unique = format!("{name} ({times})");
        }
        known.insert(unique.clone(), 1);
        unique
    });
    names.collect()
}

#[cfg(test)]
mod tests {
    use super::unique;

    #[test]
    fn names_are_each_there_once() {
        let names = ["date", "A", "A", "A (2)", "B"].map(ToOwned::to_owned);
        let found = unique(names.to_vec(), &["date".to_owned()]);
        assert_eq!(found, ["date (2)", "A", "A (2)", "A (2) (2)", "B"]);
    }
}
