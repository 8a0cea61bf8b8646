//! What becomes of the records of a dataset when a new edition of its sources is imported into it.

use std::collections::{BTreeSet, HashMap, HashSet};

use plenary_bodies::Reference;
use plenary_import::Import;
use plenary_types::uuid::Uuid;
use plenary_types::{Agreement, Ballots, Choice, Decision, Participant};
use serde::Serialize;

use crate::copies::differing_fields;
use crate::same_votes_of;

/// The place of a record: input and record.
type Place = (usize, usize);

/// What changed between a dataset and a new edition of its sources (docs/schema/import.schema.json).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DatasetChanges {
    /// Records of the new edition that the dataset did not have.
    pub added: usize,
    /// Records that say something else than before.
    pub changed: usize,
    /// Records that say the same.
    pub unchanged: usize,
    /// Records of the dataset that the new edition does not have: they are kept.
    pub missing: usize,
    /// Ballots that are new, gone, or other than before, of the records that changed.
    pub ballots: usize,
    /// The records that are added, changed and missing, in the order of the dataset.
    pub records: Vec<RecordChange>,
}

/// What became of one record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RecordChange {
    /// What it is called.
    pub record: String,
    /// Whether it is new, other than before, or not in the new edition.
    pub change: ChangeKind,
    /// The fields that differ, by their names in documents.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    /// How many of its ballots are new, gone, or other than before.
    #[serde(skip_serializing_if = "is_zero")]
    pub ballots: usize,
}

/// Asked by serde, which gives a reference.
const fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum ChangeKind {
    /// The dataset did not have it.
    Added,
    /// It says something else than before.
    Changed,
    /// The new edition does not have it.
    Missing,
}

impl ChangeKind {
    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Missing => "missing",
        }
    }
}

/// Which record to write in which place: one of the dataset (input 0), or the one that takes its place; new ones come last.
pub(crate) fn updated(
    imports: &[Import],
    new: &[Place],
    reference: &Reference,
    record_of: impl Fn(Place) -> Option<Agreement>,
) -> (Vec<Place>, DatasetChanges) {
    let Some(dataset) = imports.first() else {
        return (new.to_vec(), DatasetChanges::default());
    };
    let old: Vec<Agreement> = dataset.records().map(|record| record.agreement).collect();
    let mut matching = Matching::new(&old);
    let records: Vec<(Place, Agreement)> = new
        .iter()
        .filter_map(|place| Some((*place, record_of(*place)?)))
        .collect();
    matching.by_identifier(&records);
    matching.by_votes(imports, &old, &records, reference);
    matching.by_number(&records);
    let mut changes = DatasetChanges::default();
    let mut written = Vec::new();
    for (at, before) in old.iter().enumerate() {
        let after = matching.of_old.get(&at).and_then(|nth| records.get(*nth));
        match after {
            None => {
                written.push((0, at));
                changes.missing += 1;
                changes.tell(before, ChangeKind::Missing);
            }
            Some((place, after)) => {
                written.push(*place);
                changes.compare(before, after);
            }
        }
    }
    for (nth, (place, record)) in records.iter().enumerate() {
        if !matching.of_new.contains(&nth) {
            written.push(*place);
            changes.added += 1;
            changes.tell(record, ChangeKind::Added);
        }
    }
    (written, changes)
}

/// Which new record is which of the dataset.
struct Matching<'o> {
    old: &'o [Agreement],
    of_old: HashMap<usize, usize>,
    of_new: HashSet<usize>,
}

impl<'o> Matching<'o> {
    fn new(old: &'o [Agreement]) -> Self {
        Self {
            old,
            of_old: HashMap::new(),
            of_new: HashSet::new(),
        }
    }

    fn join(&mut self, old: usize, new: usize) {
        if !self.of_old.contains_key(&old) && self.of_new.insert(new) {
            self.of_old.insert(old, new);
        }
    }

    /// Joins records of one identifier. Where several share it, those that are the same vote by what they say of it.
    fn by_identifier(&mut self, new: &[(Place, Agreement)]) {
        let mut sharing: HashMap<Uuid, (Vec<usize>, Vec<usize>)> = HashMap::new();
        for (at, agreement) in self.old.iter().enumerate() {
            if let Some(id) = id_of(agreement) {
                sharing.entry(id).or_default().0.push(at);
            }
        }
        for (nth, (_, agreement)) in new.iter().enumerate() {
            if let Some(id) = id_of(agreement) {
                sharing.entry(id).or_default().1.push(nth);
            }
        }
        for (olds, news) in sharing.into_values() {
            if let ([old], [new]) = (&*olds, &*news) {
                self.join(*old, *new);
                continue;
            }
            for key in [number_key, question_key] {
                self.by_key(&olds, &news, new, key);
            }
        }
    }

    /// Joins those records of which exactly one on each side has a key.
    fn by_key(
        &mut self,
        olds: &[usize],
        news: &[usize],
        records: &[(Place, Agreement)],
        key: fn(&Agreement) -> Option<String>,
    ) {
        let mut having: HashMap<String, (Vec<usize>, Vec<usize>)> = HashMap::new();
        for at in olds.iter().filter(|at| !self.of_old.contains_key(at)) {
            if let Some(key) = self.old.get(*at).and_then(key) {
                having.entry(key).or_default().0.push(*at);
            }
        }
        for nth in news.iter().filter(|nth| !self.of_new.contains(nth)) {
            if let Some(key) = records.get(*nth).and_then(|(_, record)| key(record)) {
                having.entry(key).or_default().1.push(*nth);
            }
        }
        for (olds, news) in having.into_values() {
            if let ([old], [new]) = (&*olds, &*news) {
                self.join(*old, *new);
            }
        }
    }

    /// Joins records whose votes are the same by symbols, dates and ballots.
    fn by_votes(
        &mut self,
        imports: &[Import],
        old: &[Agreement],
        new: &[(Place, Agreement)],
        reference: &Reference,
    ) {
        let is_left = new.iter().enumerate();
        if is_left.clone().all(|(nth, _)| self.of_new.contains(&nth)) {
            return;
        }
        let owners = |records: Vec<(usize, usize)>| -> Vec<usize> {
            let each = records.into_iter();
            each.flat_map(|(at, decisions)| std::iter::repeat_n(at, decisions))
                .collect()
        };
        let decisions = |agreement: &Agreement| agreement.decisions().count();
        let of_old = owners(old.iter().map(decisions).enumerate().collect());
        let of_inputs: Vec<Vec<usize>> = imports
            .iter()
            .map(|import| {
                let records = import.records().map(|record| decisions(&record.agreement));
                owners(records.enumerate().collect())
            })
            .collect();
        let places: HashMap<Place, usize> = new
            .iter()
            .enumerate()
            .map(|(nth, (place, _))| (*place, nth))
            .collect();
        for [earlier, later] in same_votes_of(imports, reference) {
            if earlier.input != 0 {
                continue;
            }
            let before = of_old.get(earlier.decision);
            let after = of_inputs
                .get(later.input)
                .and_then(|of| of.get(later.decision))
                .and_then(|at| places.get(&(later.input, *at)));
            if let (Some(before), Some(after)) = (before, after) {
                self.join(*before, *after);
            }
        }
    }

    /// Joins records of one number in one source.
    fn by_number(&mut self, new: &[(Place, Agreement)]) {
        let olds: Vec<usize> = (0..self.old.len()).collect();
        let news: Vec<usize> = (0..new.len()).collect();
        self.by_key(&olds, &news, new, number_key);
    }
}

fn id_of(agreement: &Agreement) -> Option<Uuid> {
    agreement.id.or_else(|| agreement.derived_id())
}

/// The number of a record in its source.
fn number_key(agreement: &Agreement) -> Option<String> {
    let mut sources = agreement.sources.iter();
    sources.find_map(|source| Some(format!("{}\n{}", source.title, source.record.as_ref()?)))
}

/// What was decided on, when and where.
fn question_key(agreement: &Agreement) -> Option<String> {
    let (_, decision) = agreement.principal_decision()?;
    let question = &decision.question;
    Some(format!(
        "{:?} {:?} {:?} {:?}",
        question.scope, question.text, decision.date, decision.meeting
    ))
}

impl DatasetChanges {
    fn tell(&mut self, record: &Agreement, change: ChangeKind) {
        self.records.push(RecordChange {
            record: record.label().to_owned(),
            change,
            fields: Vec::new(),
            ballots: 0,
        });
    }

    fn compare(&mut self, before: &Agreement, after: &Agreement) {
        let mut after = after.clone();
        after.id = after.id.or_else(|| after.derived_id());
        if *before == after {
            self.unchanged += 1;
            return;
        }
        let mut fields: BTreeSet<String> = differing_fields(before, &after).into_iter().collect();
        if before.sources != after.sources {
            fields.insert("sources".to_owned());
        }
        let ballots = changed_ballots(before, &after);
        let lists = |agreement: &Agreement| -> Vec<Option<Ballots>> {
            let decisions = agreement.decisions();
            decisions
                .map(|(_, decision)| decision.ballots.clone())
                .collect()
        };
        if lists(before) != lists(&after) {
            fields.insert("ballots".to_owned());
        }
        self.changed += 1;
        self.ballots += ballots;
        self.records.push(RecordChange {
            record: after.label().to_owned(),
            change: ChangeKind::Changed,
            fields: fields.into_iter().collect(),
            ballots,
        });
    }
}

/// How many ballots of two records of one vote are on one list only, or have different choices. Decisions are compared in their order.
fn changed_ballots(before: &Agreement, after: &Agreement) -> usize {
    let lists = |agreement: &Agreement| -> Vec<HashMap<Voter, Choice>> {
        let decisions = agreement.decisions();
        decisions
            .map(|(_, decision)| ballots_of(decision))
            .collect()
    };
    let (before, after) = (lists(before), lists(after));
    let none = HashMap::new();
    (0..before.len().max(after.len()))
        .map(|at| {
            let one = before.get(at).unwrap_or(&none);
            let other = after.get(at).unwrap_or(&none);
            let voters: HashSet<&Voter> = one.keys().chain(other.keys()).collect();
            let differs = |voter: &&&Voter| one.get(**voter) != other.get(**voter);
            voters.iter().filter(differs).count()
        })
        .sum()
}

/// A voter: a participant, else the name as printed.
#[derive(PartialEq, Eq, Hash)]
struct Voter(Option<Participant>, Option<String>);

fn ballots_of(decision: &Decision) -> HashMap<Voter, Choice> {
    let ballots = decision.ballots.iter().flat_map(|list| list.iter());
    let choices = ballots.map(|ballot| {
        let who = ballot.entry.who;
        let name = who.is_none().then(|| ballot.entry.label());
        (Voter(who, name), ballot.choice)
    });
    choices.collect()
}
