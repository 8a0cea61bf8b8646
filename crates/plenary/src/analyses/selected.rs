//! [`select_votes`]: the votes that an analysis is about.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;
use plenary_analysis::copies::Unmatched;
use plenary_analysis::issues::describe_basis;
use plenary_analysis::{Added, Contradiction, OnConflict, ScopeRecord, Selection, Votes, body_of};
use plenary_bodies::Reference;
use plenary_import::citation::{MADE_WITH, SOURCES};
use plenary_import::{Import, dataset_inputs};
use plenary_tables::DateForm;
use plenary_types::{
    Act, Agreement, BodyId, Citation, Finding, Invariant, Scope, Severity, Symbol, many, thousands,
};

use super::Codes;
use crate::carried::replaced;
use crate::known_bodies::rests_on;
use crate::read::{PROGRAM, changes, is_change, source_name};
use crate::{Error, Input, Progress, Refusal, Settings, same_votes_of, with_carried};

/// Which votes of some inputs an analysis is about, and how they are read.
#[derive(Clone)]
#[non_exhaustive]
pub struct VoteSettings {
    /// Where bodies, groups and names are looked up; that which datasets carry is added.
    pub reference: Arc<Reference>,
    /// Which votes, and which states.
    pub selection: Selection,
    /// How states are named.
    pub codes: Codes,
    /// Which copy to use of a vote that the inputs have more than once with different ballots.
    pub on_conflict: OnConflict,
    /// Whether to go on after rows that cannot be used.
    pub lenient: bool,
    /// How the dates of tables are written; without it, as they settle themselves.
    pub dates: Option<DateForm>,
    /// The day of the votes of tables that say of no vote when it was.
    pub day: Option<NaiveDate>,
    /// Told how far reading has come.
    pub progress: Option<Progress>,
}

impl Default for VoteSettings {
    fn default() -> Self {
        Self {
            reference: Arc::clone(Reference::embedded()),
            selection: Selection::default(),
            codes: Codes::default(),
            on_conflict: OnConflict::default(),
            lenient: false,
            dates: None,
            day: None,
            progress: None,
        }
    }
}

/// Votes that were selected.
#[derive(Debug)]
#[non_exhaustive]
pub struct SelectedVotes {
    /// The votes.
    pub votes: Votes,
    /// Where bodies, groups and names are looked up, with what the datasets carry.
    pub reference: Arc<Reference>,
    /// The bodies that took them, in alphabetical order.
    pub bodies: Vec<BodyId>,
    /// Metadata about them, by key.
    pub metadata: Vec<(&'static str, String)>,
    /// What limits them.
    pub warnings: Vec<String>,
    /// Files that were read beside the inputs.
    pub beside: Vec<PathBuf>,
}

/// Reads the votes that are selected of some inputs. A vote that several have is counted once.
///
/// # Errors
///
/// [`Error`] when an input cannot be used, copies of a vote contradict each other and [`VoteSettings::on_conflict`] does not say
/// which to use, or no vote is selected.
pub fn select_votes<I: Into<Input>>(
    inputs: impl IntoIterator<Item = I>,
    settings: &VoteSettings,
) -> Result<SelectedVotes, Error> {
    let gathered = Gathered::new(inputs, settings, Votes::default(), |_| ())?;
    let votes = &gathered.votes;
    let counts = format!("{} votes, {} ballots cast", votes.len(), votes.cast());
    let selection = settings.selection.describe(gathered.scope);
    let mut metadata = vec![("votes", selection), ("counts", counts)];
    metadata.extend(gathered.metadata);
    Ok(SelectedVotes {
        reference: gathered.reference,
        bodies: gathered.bodies,
        beside: gathered.beside,
        votes: gathered.votes,
        metadata,
        warnings: gathered.warnings,
    })
}

/// What was selected of some inputs, copies settled.
pub(super) struct Gathered {
    pub(super) votes: Votes,
    pub(super) reference: Arc<Reference>,
    pub(super) bodies: Vec<BodyId>,
    /// Whether the inputs say what was voted on.
    pub(super) scope: ScopeRecord,
    pub(super) metadata: Vec<(&'static str, String)>,
    pub(super) warnings: Vec<String>,
    pub(super) beside: Vec<PathBuf>,
}

/// A record of which something is selected.
pub(super) struct Taken<'a> {
    /// The place of its input, from 0.
    pub(super) input: usize,
    /// Its place among the records of all inputs, from 1.
    pub(super) record: usize,
    /// The place of its first decision among those of its input.
    pub(super) first: usize,
    /// As its source prints it.
    pub(super) printed: &'a Agreement,
    /// With the ballots as they count.
    pub(super) counted: &'a Agreement,
}

impl Gathered {
    /// Puts the selected votes of some inputs among `votes`. `take` is handed each record of which something is selected.
    pub(super) fn new<I: Into<Input>>(
        inputs: impl IntoIterator<Item = I>,
        settings: &VoteSettings,
        votes: Votes,
        mut take: impl FnMut(&Taken<'_>),
    ) -> Result<Self, Error> {
        let reading = Settings {
            lenient: settings.lenient,
            dates: settings.dates.clone(),
            day: settings.day,
            progress: settings.progress.clone(),
            ..Settings::default()
        };
        let inputs: Vec<Input> = inputs.into_iter().map(Into::into).collect();
        let reference = with_carried(&settings.reference, &inputs)?;
        let mut warnings = replaced(&reference);
        let (reading, inputs) = reading.together(inputs);
        let mut imports = Vec::new();
        for input in &inputs {
            let import = input.read_complete(&reading)?;
            warnings.extend(changes(&import));
            imports.push(import);
        }
        let numbered = |import: &Import| import.summary().format == "voeten-csv";
        let add = match settings.codes == Codes::Cow && imports.iter().all(numbered) {
            true => Votes::add_agreement_as_printed,
            false => Votes::add_agreement,
        };
        let on_conflict = settings.on_conflict;
        let mut votes = votes.with_on_conflict(on_conflict);
        for [earlier, later] in same_votes_of(&imports, &reference) {
            votes.link(earlier, later);
        }
        let mut added = Added::default();
        let mut faults = BTreeMap::new();
        let mut bodies = BTreeSet::new();
        let mut marked: BTreeMap<BodyId, usize> = BTreeMap::new();
        let mut with_scope = 0;
        let mut records = 0;
        for (input, import) in imports.iter().enumerate() {
            let mut tells_scope = import.tells_scope();
            let mut first = 0;
            for record in import.records() {
                records += 1;
                let printed = record.agreement;
                tells_scope |= has_parts(&printed);
                let counted = Counted::new(&printed, &reference, &settings.selection);
                for (body, ballots) in &counted.changed {
                    *marked.entry(body.clone()).or_insert(0) += ballots;
                }
                let counted = counted.agreement.as_ref().unwrap_or(&printed);
                let decisions = counted.decisions().count();
                let of_record = add(&mut votes, counted, &settings.selection);
                added += of_record;
                count_errors(&record.findings, &mut faults);
                if of_record.selected > 0 {
                    let decisions = counted.decisions();
                    bodies.extend(decisions.filter_map(|(_, decision)| body_of(counted, decision)));
                    let taken = Taken {
                        input,
                        record: records,
                        first,
                        printed: &printed,
                        counted,
                    };
                    take(&taken);
                }
                first += decisions;
            }
            with_scope += usize::from(tells_scope);
            votes.next_input();
        }
        let inputs: Vec<&str> = imports.iter().map(|i| &*i.summary().path).collect();
        if let (OnConflict::Refuse, Some(conflict)) = (on_conflict, conflict(&votes, &inputs)) {
            return Err(conflict.into());
        }
        if votes.is_empty() {
            return Err(nothing(added, &votes).into());
        }
        for import in &imports {
            count_errors(import.findings(), &mut faults);
        }
        let rejected = imports.iter().map(|import| import.summary().rejected).sum();
        warnings.extend(of_reading(rejected, &faults));
        warnings.extend(of_votes(&votes, added));
        warnings.extend(of_copies(&votes, added, &inputs, on_conflict));
        let scope = match with_scope {
            0 => ScopeRecord::None,
            some if some < imports.len() => ScopeRecord::Some,
            _ => ScopeRecord::All,
        };
        let mut metadata = Vec::new();
        if added.duplicates + added.conflicting > 0 {
            metadata.push(("copies", account_of_copies(added, on_conflict)));
        }
        if !settings.selection.issues.is_empty() {
            let basis = describe_basis(added.selected, added.computed_issues);
            metadata.push(("issues", basis));
        }
        let unmatched = unmatched_votes(&votes.unmatched(), &inputs);
        if !unmatched.is_empty() {
            metadata.push(("not matched", unmatched.join("; ")));
        }
        warnings.extend(unmatched);
        if !marked.is_empty() {
            let of_body = |(body, ballots): (&BodyId, &usize)| {
                let ballots = many(*ballots as u64, "ballot");
                format!("{ballots} counted as the choice that the mark has in {body}")
            };
            let marked: Vec<String> = marked.iter().map(of_body).collect();
            metadata.push(("marked", marked.join("; ")));
        }
        metadata.extend(layers(&reference));
        let inputs = imports.iter().map(Import::summary);
        metadata.extend(made_of(inputs.map(|input| (&*input.path, input.format))));
        Ok(Self {
            reference,
            bodies: bodies.into_iter().collect(),
            beside: imports.iter().flat_map(Import::beside).cloned().collect(),
            scope,
            votes,
            metadata,
            warnings,
        })
    }
}

/// The layers of reference data that a result rests on, where there are others than the embedded one.
pub(crate) fn layers(reference: &Reference) -> Option<(&'static str, String)> {
    let layers = rests_on(reference);
    (!layers.is_empty()).then(|| ("reference", layers.join(", ")))
}

/// The name of the format of datasets.
const DATASET: &str = "plenary-dataset";

/// What a result was made of and by: the paths and formats of the inputs, and of the files of which datasets among them were made.
pub(crate) fn made_of<'i>(
    inputs: impl IntoIterator<Item = (&'i str, &'i str)>,
) -> [(&'static str, String); 2] {
    let mut sources: Vec<String> = Vec::new();
    for (path, format) in inputs {
        sources.push(source_name(path, format));
        // What a dataset was made of is a source as well.
        for input in dataset_inputs(path) {
            let made_of = source_name(&input.name, &input.format);
            if input.format != DATASET && !sources.contains(&made_of) {
                sources.push(made_of);
            }
        }
    }
    [
        (SOURCES, sources.join("; ")),
        (MADE_WITH, PROGRAM.to_owned()),
    ]
}

/// A record with each ballot that has a mark counted as its body counts it.
struct Counted {
    /// The record, where that is another choice.
    agreement: Option<Agreement>,
    /// Of each selected decision where it is, the body and how many ballots there are.
    changed: Vec<(BodyId, usize)>,
}

impl Counted {
    fn new(printed: &Agreement, reference: &Reference, selection: &Selection) -> Self {
        let own = printed.symbols.first().and_then(Citation::symbol);
        let own = own.and_then(Symbol::body);
        let mut counted = Self {
            agreement: None,
            changed: Vec::new(),
        };
        for (at, decision) in printed.decisions() {
            let Some(ballots) = decision
                .ballots
                .as_ref()
                .filter(|list| list.marks().len() > 0)
            else {
                continue;
            };
            let told = decision.symbol.as_ref().and_then(Citation::symbol);
            let told = || told.and_then(Symbol::body).or_else(|| own.clone());
            let Some(body) = decision.body.clone().or_else(told) else {
                continue;
            };
            let known = reference.body(body.as_str());
            let Some(list) = known.and_then(|known| known.counted(ballots)) else {
                continue;
            };
            let pairs = list.choices().iter().zip(ballots.choices());
            let others = pairs
                .filter(|(counted, printed)| counted != printed)
                .count();
            if others > 0 && selection.admits(printed, decision) {
                counted.changed.push((body, others));
            }
            let agreement = counted.agreement.get_or_insert_with(|| printed.clone());
            if let Some(Act::Decision(decision)) = agreement.acts.get_mut(at) {
                decision.ballots = Some(list);
            }
        }
        counted
    }
}

/// Whether a decision of an agreement was on a part of a text, so that its source says what was voted on.
fn has_parts(agreement: &Agreement) -> bool {
    let mut decisions = agreement.decisions();
    decisions.any(|(_, decision)| decision.question.scope != Scope::Whole)
}

fn nothing(added: Added, votes: &Votes) -> Refusal {
    let (reason, none) = match votes.has_unlisted() {
        true => (
            "no decision is selected",
            "the input has no decisions: use a list of votes",
        ),
        false => (
            "no vote with ballots is selected",
            "the input has no ballots: use recorded votes",
        ),
    };
    let refusal = Refusal::new(reason);
    match added.seen {
        0 => refusal.with_help(none),
        _ => refusal
            .with_help(
                "widen the selection; a vote of which the source does not tell the date, the session, the symbol or the \
                 subject is not selected by it",
            )
            .by_setting([
                "from",
                "to",
                "session",
                "symbol",
                "subject",
                "issue",
                "body",
                "questions",
                "outcome",
            ]),
    }
}

/// Counts errors by their checks; those of changed files are warned of by themselves.
fn count_errors(findings: &[Finding], counts: &mut BTreeMap<String, usize>) {
    let errors = findings.iter().filter(|f| f.severity == Severity::Error);
    for finding in errors.filter(|finding| !is_change(finding)) {
        *counts.entry(finding.check.to_string()).or_default() += 1;
    }
}

fn of_reading(rejected: u64, faults: &BTreeMap<String, usize>) -> Vec<String> {
    let mut warnings = Vec::new();
    if rejected > 0 {
        warnings.push(format!(
            "{} left out, which could not be used: `plenary check --lenient` names them",
            many(rejected, "row")
        ));
    }
    if !faults.is_empty() {
        let of_check =
            |(check, count): (&String, &usize)| format!("{} {check}", thousands(*count as u64));
        let checks: Vec<String> = faults.iter().map(of_check).collect();
        warnings.push(format!(
            "{} found while reading ({}): `plenary check` names them",
            many(faults.values().sum::<usize>() as u64, "error"),
            checks.join(", ")
        ));
    }
    warnings
}

fn of_votes(votes: &Votes, added: Added) -> Vec<String> {
    let mut warnings = Vec::new();
    if let Some((vote, state)) = votes.repeated().first() {
        warnings.push(format!(
            "{} ballots of voters that are on a list twice are left out (the first: {state} in {vote})",
            votes.repeated().len()
        ));
    }
    warnings.extend(of_unresolved(added.unresolved));
    warnings
}

/// That ballots are nobody's.
pub(super) fn of_unresolved(ballots: usize) -> Option<String> {
    (ballots > 0)
        .then(|| format!("{ballots} ballots of voters that could not be resolved are left out"))
}

/// Why votes cannot be counted: copies of one that contradict each other.
fn conflict(votes: &Votes, inputs: &[&str]) -> Option<Refusal> {
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
    let help = "take the wrong copy out, or choose: `first` or `last` for the copy to use, `drop` to leave these votes out";
    Some(
        Refusal::new(message)
            .with_help(help)
            .by_setting(["on-conflict"]),
    )
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
    let name = |at: usize| {
        inputs
            .get(at)
            .copied()
            .invariant("a copy is of one of the inputs")
    };
    match copies {
        [one, other] if one == other => name(one).to_owned(),
        [one, other] => format!("{} and {}", name(one), name(other)),
    }
}

fn of_copies(votes: &Votes, added: Added, inputs: &[&str], on_conflict: OnConflict) -> Vec<String> {
    let mut warnings = Vec::new();
    if let Some((vote, first, second)) = votes.duplicates().first() {
        warnings.push(format!(
            "{} of votes that the input has more than once: each vote is counted once (the first: {vote}, in {})",
            copies(added.duplicates),
            places([*first, *second], inputs)
        ));
    }
    if let Some(first) = votes.contradictions().first() {
        warnings.push(format!(
            "{} of votes with different ballots; {} (the first: {})",
            copies(votes.contradictions().len()),
            treatment(on_conflict),
            contradiction(first, &places(first.inputs, inputs))
        ));
    }
    warnings
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

/// A warning for votes that two inputs have of the same sessions and that could not be matched.
pub(crate) fn unmatched_votes(unmatched: &[Unmatched], inputs: &[&str]) -> Vec<String> {
    let text = |unmatched: &Unmatched| {
        let [one, other] = unmatched.inputs.map(|at| {
            inputs
                .get(at)
                .copied()
                .invariant("a copy is of one of the inputs")
        });
        let [votes, others] = unmatched.votes;
        format!(
            "{} of {one} and {} of {other} in the same sessions were not matched; they are counted separately",
            many(votes as u64, "vote"),
            thousands(others as u64)
        )
    };
    unmatched.iter().map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marked_ballot_counts_as_in_the_body_of_the_vote() {
        let text = |body: &str| {
            format!(
                r#"{{"title": "A bill", "acts": [{{"act": "decision", "body": "{body}", "date": "2005-03-01", "ballots": {{"yes": ["person:a"],
                "printed": [{{"participant": "person:b", "choice": "no", "mark": "paired"}},
                    {{"participant": "person:c", "choice": "no", "mark": "absentee"}}]}}}}]}}"#
            )
        };
        let count = |body: &str, selection: &Selection| {
            let printed: Agreement = serde_json::from_str(&text(body)).unwrap();
            let counted = Counted::new(&printed, Reference::embedded(), selection);
            let changed = counted.changed.into_iter().map(|(_, ballots)| ballots);
            let changed = changed.sum::<usize>();
            let agreement = counted.agreement.unwrap_or(printed);
            let (_, decision) = agreement.decisions().next().unwrap();
            let tally = decision.ballots.as_ref().unwrap().tally().to_string();
            (tally, changed)
        };
        let all = Selection::default();
        // In the Senate a paired member does not vote; in the Assembly the mark has no meaning.
        assert_eq!(count("us-senate", &all), ("1-1-0".to_owned(), 1));
        assert_eq!(count("unga", &all), ("1-2-0".to_owned(), 0));
        let others = Selection {
            body: Some(BodyId::UNGA),
            ..Selection::default()
        };
        assert_eq!(count("us-senate", &others).1, 0);
    }

    #[test]
    fn an_analysis_says_which_ballots_it_counted_by_their_marks() {
        let folder = tempfile::tempdir().unwrap();
        let table = |mark: &str| {
            let file = folder.path().join("senate.jsonl");
            let text = format!(
                r#"{{"title": "A bill", "acts": [{{"act": "decision", "body": "us-senate", "date": "2005-03-01", "ballots": {{"yes": ["person:a", "person:c"], "printed": [{{"participant": "person:b", "choice": "no"{mark}}}]}}}}]}}"#
            );
            std::fs::write(&file, text).unwrap();
            let selected = select_votes([Input::from(file)], &VoteSettings::default()).unwrap();
            let marked = selected.metadata.iter().find(|(key, _)| *key == "marked");
            (selected.votes.cast(), marked.map(|(_, text)| text.clone()))
        };
        assert_eq!(table(""), (3, None));
        let said = "1 ballot counted as the choice that the mark has in us-senate";
        assert_eq!(table(r#", "mark": "paired""#), (2, Some(said.to_owned())));
    }

    #[test]
    fn whole_texts_are_named_only_where_a_source_says_what_was_voted_on() {
        let document = |name: &str, scope: &str| {
            let text = format!(
                r#"{{"title": "{name}", "acts": [{{"act": "decision", "date": "2018-12-19", "ballots": {{"yes": ["FRA"], "no": ["PER"]}}}},
                    {{"act": "decision", "date": "2018-12-19", "question": {{"scope": "{scope}"}}, "ballots": {{"yes": ["FRA", "PER"]}}}}]}}"#
            );
            Input::bytes(format!("{name}.json"), text)
        };
        let words = |inputs: &[Input]| {
            let selected = select_votes(inputs.to_vec(), &VoteSettings::default()).unwrap();
            selected.metadata[0].1.clone()
        };
        let untold = "the source does not say what was voted on: the whole text or a part";
        let (silent, telling) = (document("a", "whole"), document("b", "paragraph"));
        assert_eq!(words(std::slice::from_ref(&silent)), untold);
        let told = words(std::slice::from_ref(&telling));
        assert!(told.starts_with("whole texts only (no votes"), "{told}");
        let some = words(&[silent, telling]);
        assert!(
            some.starts_with("whole texts only, as far as the sources say"),
            "{some}"
        );
        let library = "undl_id,ms_code,ms_name,ms_vote,date,session,resolution\n1,PER,PERU,Y,2018-12-19,73,A/RES/73/195\n1,HUN,HUNGARY,N,2018-12-19,73,A/RES/73/195\n";
        let library = words(&[Input::bytes("votes.csv", library)]);
        assert!(
            library.starts_with("whole texts only (no votes"),
            "{library}"
        );
    }
}
