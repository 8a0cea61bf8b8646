//! What the commands of analysis are about: the votes that are selected, what is counted together, how states are named.

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use plenary::analysis::copies::Unmatched;
use plenary::analysis::{Added, Contradiction, Grouping, OnConflict, Questions, Selection, Votes};
use plenary::import::{Format, Import, Options};
use plenary::states::{self, CodeSystem};
use plenary::types::{BodyId, Date, Finding, Session, Severity, StateCode};

use super::input;
use crate::exit::{Failure, Result};
use crate::output::{Output, many, many64, thousands};

/// The votes that a command is about.
#[derive(clap::Args)]
pub(crate) struct Selecting {
    /// Files and datasets with ballots, in any of the known formats
    #[arg(value_name = "FILE", required = true)]
    paths: Vec<PathBuf>,
    /// Only votes of this body, such as unga or unsc
    #[arg(long, help_heading = "Selection")]
    body: Option<BodyId>,
    /// Only votes from this day, month or year on
    #[arg(long, value_name = "DATE", help_heading = "Selection")]
    from: Option<Date>,
    /// Only votes until this day, month or year
    #[arg(long, value_name = "DATE", help_heading = "Selection")]
    to: Option<Date>,
    /// Only these sessions: 73, ES-11
    #[arg(
        long,
        value_name = "SESSION,…",
        value_delimiter = ',',
        help_heading = "Selection"
    )]
    session: Vec<Session>,
    /// Only votes with this text in a subject
    #[arg(long, value_name = "TEXT", help_heading = "Selection")]
    subject: Option<String>,
    /// Only votes whose symbol begins so: A/RES/73/
    #[arg(long, value_name = "BEGINNING", help_heading = "Selection")]
    symbol: Option<String>,
    /// Only votes that the source marks as important (the list of the United States Department of State)
    #[arg(long, help_heading = "Selection")]
    important: bool,
    /// Which questions: votes on paragraphs, amendments and motions repeat their resolution
    #[arg(long, default_value = "whole", help_heading = "Selection")]
    questions: Which,
    /// Go on after rows that cannot be used
    #[arg(long, help_heading = "Selection")]
    lenient: bool,
    /// Which copy to use of a vote that the input has more than once with different ballots
    #[arg(long, value_name = "COPY", default_value = "stop", value_parser = on_conflict(), help_heading = "Selection")]
    on_conflict: OnConflict,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Which {
    /// Whole texts only
    Whole,
    /// All of them
    All,
}

/// What is counted together; `--by`.
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

/// How states are named.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Codes {
    /// ISO 3166-1 alpha-3, of the state at the time
    Iso3,
    /// Correlates of War numbers, in columns named as its data sets name them; where the votes are in a table of such numbers,
    /// each number as it stands there is one voter
    Cow,
}

/// Votes that were read.
pub(crate) struct Selected {
    pub(crate) votes: Votes,
    /// What is said of them in the output.
    pub(crate) metadata: Vec<(&'static str, String)>,
}

impl Selecting {
    /// What is selected, with the states that a command names.
    fn selection(&self, states: &[StateCode]) -> Selection {
        Selection {
            body: self.body.clone(),
            from: self.from,
            to: self.to,
            sessions: self.session.clone(),
            subject: self.subject.clone(),
            symbol: self.symbol.clone(),
            states: states.to_vec(),
            important: self.important,
            questions: match self.questions {
                Which::Whole => Questions::WholeTexts,
                Which::All => Questions::All,
            },
        }
    }

    /// Reads the votes of these states, or of all.
    pub(crate) fn read(
        &self,
        states: &[StateCode],
        codes: Codes,
        output: &Output,
    ) -> Result<Selected> {
        let selection = self.selection(states);
        let paths = self.paths.iter();
        let imports: Vec<Import> = paths
            .map(|path| self.import(path, output))
            .collect::<Result<_>>()?;
        let numbered = |import: &Import| import.summary().format == Format::VoetenCsv;
        let add = match codes == Codes::Cow && imports.iter().all(numbered) {
            true => Votes::add_agreement_as_printed,
            false => Votes::add_agreement,
        };
        let mut votes = Votes::default().with_on_conflict(self.on_conflict);
        for [earlier, later] in plenary::same_votes_of(&imports) {
            votes.link(earlier, later);
        }
        let mut added = Added::default();
        let mut faults = BTreeMap::new();
        for import in &imports {
            for record in import.records() {
                added += add(&mut votes, &record.agreement, &selection);
                count_errors(&record.findings, &mut faults);
            }
            votes.next_input();
        }
        let inputs: Vec<&str> = imports.iter().map(|i| &*i.summary().path).collect();
        if let (OnConflict::Refuse, Some(conflict)) = (self.on_conflict, conflict(&votes, &inputs))
        {
            return Err(conflict);
        }
        self.check(&votes, added)?;
        for import in &imports {
            count_errors(import.findings(), &mut faults);
        }
        let rejected = imports.iter().map(|import| import.summary().rejected).sum();
        warn_of_reading(rejected, &faults, output);
        warn_of_votes(&votes, added, output);
        warn_of_copies(&votes, added, &inputs, self.on_conflict, output);
        let counts = format!("{} votes, {} ballots cast", votes.len(), votes.cast());
        let mut metadata = vec![("votes", selection.to_string()), ("counts", counts)];
        if added.duplicates + added.conflicting > 0 {
            metadata.push(("copies", account_of_copies(added, self.on_conflict)));
        }
        if let Some(text) = warn_of_unmatched(&votes.unmatched(), &inputs, output) {
            metadata.push(("not matched", text));
        }
        Ok(Selected { votes, metadata })
    }

    fn import(&self, path: &Path, output: &Output) -> Result<Import> {
        let mut options = Options::default();
        options.lenient = self.lenient;
        let import = input::read_whole(path, &options, output)?;
        Ok(match self.lenient {
            true => import,
            false => import.complete()?,
        })
    }

    fn check(&self, votes: &Votes, added: Added) -> Result<()> {
        if !votes.is_empty() {
            return Ok(());
        }
        Err(
            Failure::new("no vote with ballots is selected").with_help(match added.seen {
                0 => "the input has no ballots: use recorded votes",
                _ => {
                    "widen --from, --to, --session, --symbol, --subject, --body or --questions; a vote of which the source \
                     does not tell the date, the session, the symbol or the subject is not selected by it"
                }
            }),
        )
    }
}

/// Counts errors by their checks; those of changed files are told by themselves.
fn count_errors(findings: &[Finding], counts: &mut BTreeMap<String, usize>) {
    let errors = findings.iter().filter(|f| f.severity == Severity::Error);
    for finding in errors.filter(|finding| !input::is_change(finding)) {
        *counts.entry(finding.check.to_string()).or_default() += 1;
    }
}

fn warn_of_reading(rejected: u64, faults: &BTreeMap<String, usize>, output: &Output) {
    if rejected > 0 {
        output.warn(&format!(
            "{} left out, which could not be used: `plenary check --lenient` names them",
            many64(rejected, "row")
        ));
    }
    if !faults.is_empty() {
        let of_check =
            |(check, count): (&String, &usize)| format!("{} {check}", thousands(*count as u64));
        let checks: Vec<String> = faults.iter().map(of_check).collect();
        output.warn(&format!(
            "{} found while reading ({}): `plenary check` names them",
            many(faults.values().sum(), "error"),
            checks.join(", ")
        ));
    }
}

fn warn_of_votes(votes: &Votes, added: Added, output: &Output) {
    if let Some((vote, state)) = votes.repeated().first() {
        output.warn(&format!(
            "{} ballots of states that are on a list twice are left out (the first: {state} in {vote})",
            votes.repeated().len()
        ));
    }
    if added.unresolved > 0 {
        output.warn(&format!(
            "{} ballots of voters that could not be resolved are left out",
            added.unresolved
        ));
    }
}

/// Why votes cannot be counted: copies of one that contradict each other.
fn conflict(votes: &Votes, inputs: &[&str]) -> Option<Failure> {
    let first = votes.contradictions().first()?;
    let mut names: Vec<&String> = votes.contradictions().iter().map(|c| &c.vote).collect();
    names.sort_unstable();
    names.dedup();
    let differing = match names.len() {
        1 => "1 vote is".to_owned(),
        n => format!("{} votes are", thousands(n as u64)),
    };
    let place = places(first.inputs, inputs);
    let message = format!(
        "{differing} in the input more than once with different ballots; the first: {}",
        contradiction(first, &place)
    );
    let help = "take the wrong copy out, or choose with `--on-conflict`: `first` or `last` for the copy to use, `drop` to \
                leave these votes out";
    Some(Failure::new(message).with_help(help))
}

fn contradiction(of: &Contradiction, place: &str) -> String {
    let [one, other] = of.choices;
    format!(
        "{}, {} as {} and as {}, in {place}",
        of.vote,
        of.state,
        one.as_str(),
        other.as_str()
    )
}

/// Where two copies are.
fn places(copies: [usize; 2], inputs: &[&str]) -> String {
    let name = |at: usize| inputs.get(at).copied().unwrap_or_default();
    match copies {
        [one, other] if one == other => name(one).to_owned(),
        [one, other] => format!("{} and {}", name(one), name(other)),
    }
}

fn warn_of_copies(
    votes: &Votes,
    added: Added,
    inputs: &[&str],
    on_conflict: OnConflict,
    output: &Output,
) {
    if let Some((vote, first, second)) = votes.duplicates().first() {
        output.warn(&format!(
            "{} of votes that the input has more than once: each vote is counted once (the first: {vote}, in {})",
            copies(added.duplicates),
            places([*first, *second], inputs)
        ));
    }
    if let Some(first) = votes.contradictions().first() {
        output.warn(&format!(
            "{} of votes with different ballots; {} (the first: {})",
            copies(votes.contradictions().len()),
            treatment(on_conflict),
            contradiction(first, &places(first.inputs, inputs))
        ));
    }
}

fn copies(n: usize) -> String {
    match n {
        1 => "1 copy".to_owned(),
        n => format!("{} copies", thousands(n as u64)),
    }
}

const fn treatment(on_conflict: OnConflict) -> &'static str {
    match on_conflict {
        OnConflict::Last => "the last copy is used",
        OnConflict::Omit => "these votes are left out",
        _ => "the first copy is used",
    }
}

/// How the votes that were selected divide into those that are counted and copies.
fn account_of_copies(added: Added, on_conflict: OnConflict) -> String {
    let mut text = format!(
        "{} votes selected: {} counted, {} left out as duplicates",
        thousands(added.selected as u64),
        thousands((added.selected - added.duplicates - added.conflicting) as u64),
        copies(added.duplicates)
    );
    if added.conflicting > 0 {
        text.push_str(&format!(
            ", {} left out as contradicting ({})",
            copies(added.conflicting),
            treatment(on_conflict)
        ));
    }
    text
}

/// The places among labels of a state that a command names: by its label, else by code, name or Correlates of War number.
/// A number is that of every state that bore it at some time: 365 of the Soviet Union and of Russia.
pub(crate) fn places_of(text: &str, labels: &[String]) -> Vec<usize> {
    let place = |wanted: &str| labels.iter().position(|label| label == wanted);
    if let Some(place) = place(text) {
        return vec![place];
    }
    if let Ok(code) = plenary::participant(text) {
        let code = code.to_string();
        let found = place(&code).or_else(|| place(&label(&code, Codes::Cow, None)));
        return found.into_iter().collect();
    }
    let number = text.trim().trim_start_matches('0');
    let bearers = states::entities().filter(|entity| {
        let mut codes = entity.codes().iter();
        codes.any(|code| code.system == CodeSystem::Cow && code.value == number)
    });
    let mut places: Vec<usize> = bearers
        .filter_map(|entity| place(&entity.code().to_string()))
        .collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// States that a command names by codes or names; none where one is a number, which only the labels of the votes explain.
pub(crate) fn states(texts: &[String]) -> Result<Vec<StateCode>> {
    if texts.iter().any(|text| text.parse::<u32>().is_ok()) {
        return Ok(Vec::new());
    }
    input::participants(texts)
}

/// The names of states in an output, and which of them share a code.
pub(crate) struct Labels {
    /// The name of each state.
    pub(crate) names: Vec<String>,
    /// The names of states that share a code.
    pub(crate) shared: Vec<String>,
}

/// The names of states that stand in one table, in a year. States that share a code, as a state and its successor do in
/// the year in which one followed the other, are kept apart by their own codes behind it: `365-RUS` and `365-SUN`.
pub(crate) fn labels<'a>(
    states: impl IntoIterator<Item = &'a str>,
    codes: Codes,
    year: Option<i32>,
) -> Labels {
    let states: Vec<&str> = states.into_iter().collect();
    let mut names: Vec<String> = states.iter().map(|s| label(s, codes, year)).collect();
    let mut shared = Vec::new();
    if codes != Codes::Iso3 {
        let mut times: HashMap<String, u32> = HashMap::new();
        for name in &names {
            *times.entry(name.clone()).or_default() += 1;
        }
        for (name, state) in names.iter_mut().zip(&states) {
            if times.get(name).is_some_and(|times| *times > 1) {
                *name = format!("{name}-{state}");
                shared.push(name.clone());
            }
        }
    }
    Labels { names, shared }
}

/// Says which states share a code and how they are named; the text for the output's own account, if there is something to say.
pub(crate) fn say_shared(shared: &mut Vec<String>, output: &Output) -> Option<String> {
    shared.sort_unstable();
    shared.dedup();
    if shared.is_empty() {
        return None;
    }
    let list = shared.join(", ");
    output.warn(&format!(
        "states that share a code are kept apart, with their own codes behind it: {list}"
    ));
    Some(format!("{list}: states that share a code"))
}

/// Says which rows of a table are not in its plot: special sessions have no place on an axis of regular ones.
pub(crate) fn say_unplotted(sessions: &[String], output: &Output) {
    let mut named = sessions.to_vec();
    named.dedup();
    if !named.is_empty() {
        output.warn(&format!(
            "{} of {} not in the plot, whose axis is that of regular sessions: {}",
            many(sessions.len(), "row"),
            many(named.len(), "special session"),
            named.join(", ")
        ));
    }
}

/// The name of a state in an output, in a year (for codes that changed hands); what has no such code keeps its label.
fn label(state: &str, codes: Codes, year: Option<i32>) -> String {
    let cow = || {
        let entity = states::entity(state.parse().ok()?)?;
        let day = year.and_then(|year| chrono::NaiveDate::from_ymd_opt(year, 12, 31));
        entity
            .code_in(CodeSystem::Cow, day)
            .or_else(|| entity.code_in(CodeSystem::Cow, None))
    };
    match codes {
        Codes::Iso3 => state.to_owned(),
        Codes::Cow => cow().map_or_else(|| state.to_owned(), str::to_owned),
    }
}
/// Warns of votes that two inputs have of the same sessions and that could not be matched; the text for an output's own account.
pub(crate) fn warn_of_unmatched(
    unmatched: &[Unmatched],
    inputs: &[&str],
    output: &Output,
) -> Option<String> {
    let text = |unmatched: &Unmatched| {
        let [one, other] = unmatched
            .inputs
            .map(|at| inputs.get(at).copied().unwrap_or_default());
        let [votes, others] = unmatched.votes;
        format!(
            "{} of {one} and {} of {other} in the same sessions were not matched; they are counted separately",
            many(votes, "vote"),
            thousands(others as u64)
        )
    };
    let texts: Vec<String> = unmatched.iter().map(text).collect();
    texts.iter().for_each(|text| output.warn(text));
    (!texts.is_empty()).then(|| texts.join("; "))
}
