//! [`roll_call`]: the three tables that make a `rollcall` of R.

use std::path::PathBuf;

use plenary_analysis::table::{Column, Table};
use plenary_states::CodeSystem;

use super::coding::{self, ChoiceCoding};
use super::columns::{Columns, Line};
use super::found::FoundVotes;
use super::wide::{Choices, unique, vote_name};
use super::{VoteColumns, VoteRows, VotesSettings, WideRows, nothing};
use crate::{Error, Input};

/// Votes as pscl's `rollcall` takes them: a matrix, and a table beside it of its rows and one of its columns.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RollCall {
    /// A row for each participant, whose name is in the column `participant`, and a column for each vote, of the numbers of the coding. A participant
    /// who is not on the list of a vote has the number of one who is not eligible.
    pub votes: Table,
    /// `legis.data`: what is known of each participant, in the order of the rows. Its group is called `party`, as programs in R expect.
    pub legis: Table,
    /// `vote.data`: what is known of each vote, in the order of the columns.
    pub vote_data: Table,
    /// The numbers that stand for the choices.
    pub coding: ChoiceCoding,
    /// What limits it.
    pub warnings: Vec<String>,
    /// Files that were read beside the inputs.
    pub beside: Vec<PathBuf>,
}

/// Puts the selected votes of some inputs into the three tables that make a `rollcall` of R. Only its selection, its verdicts and its coding are read of
/// the settings; the numbers are those of Voteview where no coding is given.
///
/// # Errors
///
/// [`Error`] when an input cannot be used, a participant or a group is not known, or no vote with ballots is selected.
pub fn roll_call<I: Into<Input>>(
    inputs: impl IntoIterator<Item = I>,
    settings: &VotesSettings,
) -> Result<RollCall, Error> {
    let mut found = FoundVotes::read(inputs, &settings.selection, true)?;
    found.keep_verdicts(&settings.verdicts)?;
    let choices = Choices::new(&found);
    if choices.votes.is_empty() {
        return Err(nothing(&found, settings).into());
    }
    let coding = settings
        .coding
        .clone()
        .unwrap_or_else(ChoiceCoding::voteview);
    let participants: Vec<Line> = choices
        .participants
        .iter()
        .filter_map(|&(_, at)| {
            Some(Line {
                decision: found.ballots.get(at)?.decision,
                ballot: Some(at),
            })
        })
        .collect();
    let votes: Vec<Line> = choices
        .votes
        .iter()
        .map(|&decision| Line {
            decision,
            ballot: None,
        })
        .collect();
    let named = |wide, columns: &[&str]| {
        let settings = VotesSettings {
            wide: Some(wide),
            columns: VoteColumns::Named(columns.iter().map(ToString::to_string).collect()),
            ..VotesSettings::default()
        };
        Columns::new(&settings, VoteRows::Ballots)
    };
    let names = choices.votes.iter().map(|&vote| vote_name(&found, vote));
    let names = unique(names.collect(), &["participant".to_owned()]);
    let who: Vec<_> = choices.participants.iter().map(|(who, _)| *who).collect();
    let first = Column::labels("participant", who.iter().map(ToString::to_string));
    let matrix = choices.votes.iter().zip(&names).map(|(vote, name)| {
        let of = who.iter().map(|who| {
            let choice = choices.choice(*vote, *who);
            Some(choice.unwrap_or(plenary_types::Choice::NotEligible))
        });
        coding::column(name, of, Some(&coding))
    });
    let matrix: Vec<Column> = std::iter::once(first).chain(matrix).collect();
    let codes = CodeSystem::ALL.map(CodeSystem::as_str);
    let about: Vec<&str> = ["participant", "name", "group"]
        .into_iter()
        .chain(codes)
        .collect();
    let legis = named(WideRows::Participants, &about)?.table(&found, &participants, None);
    let legis = legis.columns().iter().map(|column| match column.name() {
        "group" => column.clone().renamed("party"),
        _ => column.clone(),
    });
    let legis = Table::new(legis.collect());
    let of_votes = named(
        WideRows::Votes,
        &[
            "record",
            "act",
            "date",
            "year",
            "session",
            "body",
            "symbol",
            "title",
            "agenda",
            "subjects",
            "issue",
            "issue_basis",
            "scope",
            "question",
            "outcome",
            "counted_yes",
            "counted_no",
            "counted_abstain",
            "margin",
            "rule",
            "verdict",
            "important",
            "url",
        ],
    )?;
    let mut vote_data = vec![Column::labels("vote", names)];
    vote_data.extend_from_slice(of_votes.table(&found, &votes, None).columns());
    let mut warnings = found.warnings.clone();
    warnings.extend(coding.uncoded(found.ballots.iter().map(|ballot| ballot.choice)));
    let with_metadata = |table: Table| {
        let metadata = found.metadata.iter();
        let table = metadata.fold(table, |table, (key, value)| table.with(key, value.clone()));
        table
            .with("choices", coding.to_string())
            .with("party", found.grouped_by())
    };
    Ok(RollCall {
        votes: with_metadata(Table::new(matrix)),
        legis,
        vote_data: Table::new(vote_data),
        warnings,
        beside: found.beside.clone(),
        coding,
    })
}
