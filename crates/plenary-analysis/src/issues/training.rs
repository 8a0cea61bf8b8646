//! How a [`Classifier`] is made, and how good it is on votes that it was not made of.
//!
//! Each issue is a logistic regression on the terms of a text, present or absent, with a penalty on the sum of the weights (L1), which
//! leaves few terms, and no weight below zero: a word speaks for an issue or says nothing. It is fitted by cyclic coordinate descent with a
//! trust region for each weight (Genkin, Lewis and Madigan 2007, whose method is for weights of either sign), in a fixed order, so that the
//! same votes give the same classifier.

use std::collections::BTreeSet;

use plenary_types::{Agreement, Decision, Issue};
use rustc_hash::FxHashMap;

use super::classifier::{Classifier, Fit};
use super::terms::each_term;
use super::{IssueBasis, classify, own_texts};

/// A vote whose issues are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Its session: a classifier is tested on sessions that it was not made of.
    pub session: u16,
    /// What it was about: a title, a description.
    pub texts: Vec<String>,
    /// Its issues.
    pub issues: Vec<Issue>,
}

impl Example {
    /// A vote of a session that has a number, in a source that codes issues.
    #[must_use]
    pub fn from_vote(agreement: &Agreement, decision: &Decision) -> Option<Self> {
        let codes = classify(agreement, decision);
        let subjects = agreement.subjects.iter().map(String::as_str);
        let others = subjects.filter(|subject| subject.parse::<Issue>().is_err());
        let texts = own_texts(agreement, decision).chain(others);
        (codes.basis() == IssueBasis::Source).then_some(())?;
        Some(Self {
            session: decision.session?.number()?,
            texts: texts.map(str::to_owned).collect(),
            issues: codes.iter().collect(),
        })
    }
}

/// What a classifier may be made of.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct TrainingSettings {
    /// The penalty on the sum of the weights of an issue: the larger, the fewer terms.
    pub penalty: f64,
    /// In how many sessions a term has to occur.
    pub least_sessions: usize,
}

/// Those by which the built-in classifier was made.
impl Default for TrainingSettings {
    fn default() -> Self {
        Self {
            penalty: 2.0,
            least_sessions: 8,
        }
    }
}

/// Makes a classifier of examples. An issue that none of them has is given to nobody.
#[must_use]
pub fn train<'e>(
    examples: impl IntoIterator<Item = &'e Example>,
    settings: &TrainingSettings,
) -> Classifier {
    Corpus::new(examples).train(|_| true, settings)
}

/// Examples by the terms that occur in them.
struct Corpus<'e> {
    examples: Vec<&'e Example>,
    columns: Vec<Column>,
}

/// A term, and the places of the examples that it occurs in.
type Column = (Box<str>, Vec<usize>);

impl<'e> Corpus<'e> {
    /// The terms are in alphabetical order: the order decides where a fit ends among equals.
    fn new(examples: impl IntoIterator<Item = &'e Example>) -> Self {
        let examples: Vec<&Example> = examples.into_iter().collect();
        let mut found: FxHashMap<Box<str>, Vec<usize>> = FxHashMap::default();
        for (row, example) in examples.iter().enumerate() {
            for text in &example.texts {
                each_term(text, |term| {
                    let rows = match found.get_mut(term) {
                        Some(known) => known,
                        None => found.entry(term.into()).or_default(),
                    };
                    if rows.last() != Some(&row) {
                        rows.push(row);
                    }
                });
            }
        }
        let mut columns: Vec<Column> = found.into_iter().collect();
        columns.sort_unstable();
        Self { examples, columns }
    }

    /// Makes a classifier of those of the examples that teach.
    fn train(&self, teaches: impl Fn(&Example) -> bool, settings: &TrainingSettings) -> Classifier {
        let mut places = vec![None; self.examples.len()];
        let mut taught: Vec<&Example> = Vec::new();
        for (example, place) in self.examples.iter().zip(&mut places) {
            if teaches(example) {
                *place = Some(taught.len());
                taught.push(example);
            }
        }
        let columns = self.columns.iter().filter_map(|(term, rows)| {
            let rows: Vec<usize> = rows.iter().filter_map(|&row| *places.get(row)?).collect();
            let sessions = rows
                .iter()
                .filter_map(|&row| Some(taught.get(row)?.session));
            let sessions: BTreeSet<u16> = sessions.collect();
            (sessions.len() >= settings.least_sessions).then(|| (term.clone(), rows))
        });
        let columns: Vec<Column> = columns.collect();
        let fit = |issue| {
            let has = taught.iter().map(|example| example.issues.contains(&issue));
            let has: Vec<bool> = has.collect();
            (issue, Descent::new(&columns, &has, settings.penalty).fit())
        };
        Classifier::from_fits(Issue::ALL.into_iter().map(fit))
    }
}

/// How often codes that were computed are those of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accuracy {
    /// The issue.
    pub issue: Issue,
    /// Votes that have it by their source.
    pub coded: usize,
    /// Votes to which it was given.
    pub given: usize,
    /// Votes of which both are true.
    pub both: usize,
}

impl Accuracy {
    /// Which share of the votes to which it was given have it.
    #[must_use]
    pub fn precision(&self) -> Option<f64> {
        share(self.both, self.given)
    }

    /// To which share of the votes that have it it was given.
    #[must_use]
    pub fn recall(&self) -> Option<f64> {
        share(self.both, self.coded)
    }
}

fn share(part: usize, whole: usize) -> Option<f64> {
    let exact = |count: usize| f64::from(plenary_types::count(count));
    (whole > 0).then(|| exact(part) / exact(whole))
}

/// How good a classifier is on examples, for each issue in the order of [`Issue::ALL`].
#[must_use]
pub fn measure<'e>(
    classifier: &Classifier,
    examples: impl IntoIterator<Item = &'e Example>,
) -> [Accuracy; 6] {
    let mut measured = nothing_measured();
    add(&mut measured, classifier, examples);
    measured
}

/// How good classifiers are on sessions that they were not made of: the sessions are dealt out into `folds` in turn, and each is
/// classified by what the others teach.
#[must_use]
pub fn cross_validate(
    examples: &[Example],
    folds: u16,
    settings: &TrainingSettings,
) -> [Accuracy; 6] {
    let corpus = Corpus::new(examples);
    let mut measured = nothing_measured();
    for fold in 0..folds {
        let is_held_out = |example: &Example| example.session % folds == fold;
        let classifier = corpus.train(|example| !is_held_out(example), settings);
        let held_out = examples.iter().filter(|example| is_held_out(example));
        add(&mut measured, &classifier, held_out);
    }
    measured
}

/// How good a classifier is on the sessions after one, when it is made of those until then.
#[must_use]
pub fn validate_after(
    examples: &[Example],
    session: u16,
    settings: &TrainingSettings,
) -> [Accuracy; 6] {
    let is_later = |example: &&Example| example.session > session;
    let classifier = train(examples.iter().filter(|e| !is_later(e)), settings);
    measure(&classifier, examples.iter().filter(is_later))
}

fn nothing_measured() -> [Accuracy; 6] {
    Issue::ALL.map(|issue| Accuracy {
        issue,
        coded: 0,
        given: 0,
        both: 0,
    })
}

fn add<'e>(
    measured: &mut [Accuracy; 6],
    classifier: &Classifier,
    examples: impl IntoIterator<Item = &'e Example>,
) {
    for example in examples {
        let given = classifier.codes(example.texts.iter().map(String::as_str));
        for of in &mut *measured {
            let (is_coded, is_given) =
                (example.issues.contains(&of.issue), given.contains(of.issue));
            of.coded += usize::from(is_coded);
            of.given += usize::from(is_given);
            of.both += usize::from(is_coded && is_given);
        }
    }
}

/// The fit of one issue while it is computed.
struct Descent<'c> {
    columns: &'c [Column],
    has: &'c [bool],
    penalty: f64,
    base: Weight,
    weights: Vec<Weight>,
    /// The score of each example.
    scores: Vec<f64>,
}

/// A weight, and how far it may move at once.
#[derive(Clone, Copy, Debug)]
struct Weight {
    value: f64,
    reach: f64,
}

/// No step of a fit is larger.
const ENOUGH: f64 = 1e-4;
/// How often all weights are gone through at most, and between that those that are not zero.
const MOST_ROUNDS: usize = 200;
/// The smallest reach, so that a weight that stood still can move again.
const LEAST_REACH: f64 = 0.01;

impl<'c> Descent<'c> {
    fn new(columns: &'c [Column], has: &'c [bool], penalty: f64) -> Self {
        let start = Weight {
            value: 0.0,
            reach: 1.0,
        };
        Self {
            columns,
            has,
            penalty,
            base: start,
            weights: vec![start; columns.len()],
            scores: vec![0.0; has.len()],
        }
    }

    fn fit(mut self) -> Fit {
        for _ in 0..MOST_ROUNDS {
            if self.round(|_| true) < ENOUGH {
                break;
            }
            for _ in 0..MOST_ROUNDS {
                if self.round(|weight| weight.value > 0.0) < ENOUGH {
                    break;
                }
            }
        }
        let weights = self.columns.iter().zip(&self.weights);
        let weights = weights.filter(|(_, weight)| weight.value > 0.0);
        Fit {
            base: self.base.value,
            weights: weights
                .map(|((term, _), weight)| (term.clone(), weight.value))
                .collect(),
        }
    }

    /// Moves the base and the weights that are asked for, one after another; gives the largest step.
    fn round(&mut self, is_asked_for: impl Fn(&Weight) -> bool) -> f64 {
        let Self {
            columns,
            has,
            penalty,
            base,
            weights,
            scores,
        } = self;
        let every_row: Vec<usize> = (0..has.len()).collect();
        let mut largest = base
            .step(&every_row, has, scores, 0.0, f64::NEG_INFINITY)
            .abs();
        for ((_, rows), weight) in columns.iter().zip(weights) {
            if is_asked_for(weight) {
                let step = weight.step(rows, has, scores, *penalty, 0.0);
                largest = largest.max(step.abs());
            }
        }
        largest
    }
}

impl Weight {
    /// Moves towards the best value that is not below `least`, no further than the curvature within reach allows, and takes the scores of the
    /// rows along. The loss never grows.
    fn step(
        &mut self,
        rows: &[usize],
        has: &[bool],
        scores: &mut [f64],
        penalty: f64,
        least: f64,
    ) -> f64 {
        let (mut slope, mut curvature) = (penalty, 0.0);
        for &row in rows {
            let (Some(&score), Some(&has)) = (scores.get(row), has.get(row)) else {
                continue;
            };
            let odds = (-score.abs()).exp();
            let beyond = if has == (score > 0.0) { odds } else { 1.0 };
            let error = beyond / (1.0 + odds);
            slope += if has { -error } else { error };
            curvature += match score.abs() <= self.reach {
                true => 0.25,
                false => {
                    let nearest = (self.reach - score.abs()).exp();
                    nearest / (1.0 + nearest).powi(2)
                }
            };
        }
        if curvature < f64::MIN_POSITIVE {
            return 0.0;
        }
        let wanted = (-slope / curvature).clamp(-self.reach, self.reach);
        let value = (self.value + wanted).max(least);
        let step = value - self.value;
        self.value = value;
        self.reach = (2.0 * step.abs()).max(self.reach / 2.0).max(LEAST_REACH);
        if step != 0.0 {
            for &row in rows {
                if let Some(score) = scores.get_mut(row) {
                    *score += step;
                }
            }
        }
        step
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(session: u16, text: &str, issues: &[Issue]) -> Example {
        Example {
            session,
            texts: vec![text.to_owned()],
            issues: issues.to_vec(),
        }
    }

    /// Votes of eight sessions: of each ten about weapons nine are coded so, and a third are about colonies.
    fn examples() -> Vec<Example> {
        let mut examples = Vec::new();
        for n in 0..240_u16 {
            let session = 1 + n % 8;
            let vote = match n % 3 {
                0 if n % 30 == 0 => example(session, "Nuclear weapons and energy", &[]),
                0 => example(session, "NUCLEAR WEAPONS", &[Issue::NuclearWeapons]),
                1 => example(session, "Colonial countries", &[Issue::Colonialism]),
                _ => example(session, "Election of judges; energy", &[]),
            };
            examples.push(vote);
        }
        examples
    }

    /// How far the slopes of the loss are from those of a minimum: zero for what is above its bound, not below zero at the bound.
    fn distance_from_minimum(
        examples: &[Example],
        issue: Issue,
        settings: &TrainingSettings,
    ) -> f64 {
        let Corpus { columns, .. } = Corpus::new(examples);
        let has: Vec<bool> = examples
            .iter()
            .map(|example| example.issues.contains(&issue))
            .collect();
        let fit = Descent::new(&columns, &has, settings.penalty).fit();
        let weight = |term: &str| {
            fit.weights
                .iter()
                .find(|(of, _)| &**of == term)
                .map_or(0.0, |(_, w)| *w)
        };
        let mut scores = vec![fit.base; has.len()];
        for (term, rows) in &columns {
            rows.iter().for_each(|&row| scores[row] += weight(term));
        }
        let error = |row: usize| 1.0 / (1.0 + (-scores[row]).exp()) - f64::from(u8::from(has[row]));
        let base: f64 = (0..has.len()).map(error).sum();
        let slopes = columns.iter().map(|(term, rows)| {
            let slope = rows.iter().map(|&row| error(row)).sum::<f64>() + settings.penalty;
            if weight(term) > 0.0 {
                slope.abs()
            } else {
                (-slope).max(0.0)
            }
        });
        slopes.fold(base.abs(), f64::max)
    }

    #[test]
    fn a_fit_is_the_minimum_of_the_loss() {
        for penalty in [0.5, 2.0, 20.0] {
            let settings = TrainingSettings {
                penalty,
                least_sessions: 2,
            };
            for issue in [Issue::NuclearWeapons, Issue::Colonialism] {
                let distance = distance_from_minimum(&examples(), issue, &settings);
                assert!(distance < 0.02, "{issue} with {penalty}: {distance}");
            }
        }
    }

    #[test]
    fn what_examples_teach_is_found_in_other_sessions() {
        let examples = examples();
        let settings = TrainingSettings {
            least_sessions: 2,
            ..TrainingSettings::default()
        };
        let classifier = train(&examples, &settings);
        assert_eq!(classifier, train(&examples, &settings));
        assert_eq!(classifier.term_count(Issue::HumanRights), 0);
        let [_, nuclear, _, colonial, rights, _] = cross_validate(&examples, 4, &settings);
        assert_eq!((nuclear.coded, nuclear.given, nuclear.both), (72, 80, 72));
        assert_eq!(
            (nuclear.precision(), nuclear.recall()),
            (Some(0.9), Some(1.0))
        );
        assert_eq!(
            (colonial.precision(), colonial.recall()),
            (Some(1.0), Some(1.0))
        );
        assert_eq!((rights.precision(), rights.recall()), (None, None));
        let [_, later, ..] = validate_after(&examples, 4, &settings);
        assert_eq!((later.coded, later.both), (36, 36));
    }

    #[test]
    fn a_term_of_few_sessions_teaches_nothing() {
        let settings = TrainingSettings {
            least_sessions: 9,
            ..TrainingSettings::default()
        };
        let classifier = train(&examples(), &settings);
        assert_eq!(classifier.term_count(Issue::Colonialism), 0);
    }
}
