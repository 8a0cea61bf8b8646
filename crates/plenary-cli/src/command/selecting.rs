//! What the commands of analysis are about: the votes that are selected, what is counted together, how states are named.

use std::error::Error;
use std::path::PathBuf;
use std::str::FromStr;

use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use plenary::analysis::{Grouping, OnConflict, Questions};
use plenary::types::{BodyId, Date, Issue, Outcome, Session};
use plenary::{Codes, DecisionSettings, VoteSettings};

use super::input::{DateArgs, DayArgs, Progress, ReferenceArgs};
use super::{destination, grouping};
use crate::exit::Result;
use crate::output::Output;

/// The votes that a command is about.
#[derive(clap::Args)]
pub(crate) struct Selecting {
    /// Files and datasets with ballots, in any of the known formats
    #[arg(value_name = "FILE", required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// Only votes of this body, such as unga or unsc
    #[arg(long, help_heading = "Selection")]
    body: Option<BodyId>,
    /// Only votes from this day, month or year on
    #[arg(long, value_name = "DATE", help_heading = "Selection")]
    from: Option<Date>,
    /// Only votes until this day, month or year
    #[arg(long, value_name = "DATE", help_heading = "Selection")]
    to: Option<Date>,
    /// Only these sessions: 73, ES-11, or as another body calls them
    #[arg(
        long,
        value_parser = Session::read,
        value_name = "SESSION,…",
        value_delimiter = ',',
        help_heading = "Selection"
    )]
    session: Vec<Session>,
    /// Only votes with this text in a subject
    #[arg(long, value_name = "TEXT", help_heading = "Selection")]
    subject: Option<String>,
    /// Only votes on one of these issues: the codes of the source, else those that are computed from the words of a vote
    #[arg(
        long,
        value_parser = issue(),
        value_name = "ISSUE,…",
        value_delimiter = ',',
        help_heading = "Selection"
    )]
    issue: Vec<Issue>,
    /// Only votes whose symbol begins so: A/RES/73/
    #[arg(long, value_name = "BEGINNING", help_heading = "Selection")]
    symbol: Option<String>,
    /// Only votes that the source marks as important (the list of the United States Department of State)
    #[arg(long, help_heading = "Selection")]
    important: bool,
    /// Only votes of which the record says that this came of them: adopted, rejected, …
    #[arg(
        long,
        value_name = "OUTCOME,…",
        value_delimiter = ',',
        help_heading = "Selection"
    )]
    outcome: Vec<Outcome>,
    /// Which questions: votes on paragraphs, amendments and motions repeat their resolution
    #[arg(long, default_value = "whole", help_heading = "Selection")]
    questions: Which,
    /// Go on after rows that cannot be used
    #[arg(long, help_heading = "Selection")]
    lenient: bool,
    /// Which copy to use of a vote that the input has more than once with different ballots
    #[arg(long, value_name = "COPY", default_value = "stop", value_parser = on_conflict(), help_heading = "Selection")]
    on_conflict: OnConflict,
    #[command(flatten, next_help_heading = "Selection")]
    dates: DateArgs,
    #[command(flatten, next_help_heading = "Selection")]
    day: DayArgs,
    #[command(flatten)]
    reference: ReferenceArgs,
}

/// Whose ballots a command is about.
#[derive(clap::Args)]
pub(crate) struct Voters {
    /// Only ballots of these participants, by code, name or identifier; a group of the reference data is everybody who ever was in it
    #[arg(
        long,
        visible_alias = "participants",
        value_name = "STATE,…",
        value_delimiter = ','
    )]
    states: Vec<String>,
    /// Only ballots of the members of these groups on the day: a scheme or a group of the reference data, or a CSV `group,member,from,to` of
    /// groups of one's own. Without it, everybody, with the groups by which the votes of the body are shown
    #[arg(long, value_name = "NAME|CSV")]
    group: Option<String>,
    /// Only ballots of the members of these of the groups
    #[arg(long, value_name = "GROUP,…", value_delimiter = ',')]
    only: Vec<String>,
}

impl Voters {
    /// Says whose ballots are selected.
    pub(crate) fn fill(&self, settings: &mut DecisionSettings, output: &Output) -> Result<()> {
        settings.states.clone_from(&self.states);
        (settings.groups, settings.scheme) = grouping::read(self.group.as_deref(), output)?;
        settings.only.clone_from(&self.only);
        Ok(())
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Which {
    /// Whole texts only
    Whole,
    /// All of them
    All,
}

/// What to aggregate by; `--by`.
pub(crate) fn grouping() -> impl TypedValueParser<Value = Grouping> {
    words(&[
        ("year", "Calendar years"),
        ("session", "Sessions"),
        ("all", "Everything at once"),
    ])
}

/// What is done with copies that contradict each other; `--on-conflict`.
pub(crate) fn on_conflict() -> impl TypedValueParser<Value = OnConflict> {
    words(&[
        ("stop", "None: stop and name the first of them"),
        ("first", "The copy that is read first"),
        ("last", "The copy that is read last"),
        ("drop", "None: leave the vote out"),
    ])
}

/// Issues of votes; `--issue`.
pub(crate) fn issue() -> impl TypedValueParser<Value = Issue> {
    let possible = |issue: Issue| PossibleValue::new(issue.code()).help(issue.name());
    let parser = PossibleValuesParser::new(Issue::ALL.map(possible));
    parser.try_map(|code| code.parse())
}

/// The words of an option that the library reads, each with what it means.
pub(crate) fn words<T>(
    words: &'static [(&'static str, &'static str)],
) -> impl TypedValueParser<Value = T>
where
    T: FromStr<Err: Error + Send + Sync + 'static> + Clone + Send + Sync + 'static,
{
    let possible =
        |(word, meaning): &(&'static str, &'static str)| PossibleValue::new(*word).help(*meaning);
    PossibleValuesParser::new(words.iter().map(possible)).try_map(|word| word.parse())
}

/// How voters are named; `--codes`.
pub(crate) fn codes() -> impl TypedValueParser<Value = Codes> {
    words(&[
        ("iso3", "ISO 3166-1 alpha-3, of the state at the time"),
        ("cow", COW),
    ])
}

const COW: &str = "Correlates of War numbers, in columns named as its data sets name them; where the votes are in a table of such \
                   numbers, each number as it stands there is one voter";

impl Selecting {
    /// How the votes are selected. The inputs are noted, so that no result is written over them.
    pub(crate) fn settings(&self, codes: Codes, progress: &Progress) -> Result<VoteSettings> {
        destination::reading_all(&self.paths)?;
        let mut settings = VoteSettings::default();
        settings.reference = self.reference.of_inputs(&self.paths)?;
        let selection = &mut settings.selection;
        selection.body.clone_from(&self.body);
        selection.from = self.from;
        selection.to = self.to;
        selection.sessions.clone_from(&self.session);
        selection.subject.clone_from(&self.subject);
        selection.issues.clone_from(&self.issue);
        selection.symbol.clone_from(&self.symbol);
        selection.important = self.important;
        selection.outcomes.clone_from(&self.outcome);
        selection.questions = match self.questions {
            Which::Whole => Questions::WholeTexts,
            Which::All => Questions::All,
        };
        settings.codes = codes;
        settings.on_conflict = self.on_conflict;
        settings.lenient = self.lenient;
        settings.dates.clone_from(&self.dates.form);
        settings.day = self.day.day;
        settings.progress = progress.callback();
        Ok(settings)
    }
}
