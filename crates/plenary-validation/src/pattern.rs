//! [`patterns`]: a hundred findings with one cause are one pattern.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use plenary_types::{Finding, Severity};

use crate::{Catalogue, Run};

/// Findings with one cause: the same check, severity and message.
#[derive(Clone, Debug)]
pub struct Pattern<'a> {
    /// The check.
    pub check: &'a str,
    /// How sure it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: &'a str,
    /// The findings, in their order; at least one. [`Causes`] keeps only the first of many.
    pub findings: Vec<&'a Finding>,
    /// How many there are.
    pub times: usize,
    /// How many causes they have: more than one only where [`Causes::at_most`] put the rarer causes of a check together.
    pub causes: usize,
    /// The place of the check in the catalogue, where it is one of whole datasets.
    of_dataset: Option<usize>,
}

impl Pattern<'_> {
    /// How many findings there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.times
    }

    /// Never true: a pattern has a finding.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// Whether it is about a whole dataset rather than a record.
    #[must_use]
    pub const fn is_of_dataset(&self) -> bool {
        self.of_dataset.is_some()
    }
}

/// The place of a check in the catalogue, where it is one of whole datasets.
fn of_dataset(catalogue: &Catalogue, check: &str) -> Option<usize> {
    let mut checks = catalogue.checks().iter();
    checks.position(|other| other.name == check && matches!(other.run, Run::Dataset(_)))
}

impl<'f> Pattern<'f> {
    /// The pattern of `first`, with the findings that are kept of all those that it stands for.
    fn new(
        first: &'f Finding,
        findings: Vec<&'f Finding>,
        times: usize,
        causes: usize,
        catalogue: &Catalogue,
    ) -> Self {
        Self {
            check: &first.check,
            severity: first.severity,
            message: &first.message,
            findings,
            times,
            causes,
            of_dataset: of_dataset(catalogue, &first.check),
        }
    }
}

/// Groups findings of the checks of a catalogue by their cause.
///
/// What is said about a whole dataset comes first, because it explains much of the rest: warnings before notes, each
/// in the order of the catalogue. Then the causes that concern most records, where one error weighs as much as ten warnings;
/// the notes come last.
///
/// ```
/// use plenary_types::{Finding, Severity};
/// use plenary_validation::{Catalogue, patterns};
///
/// let finding = |record: &str| {
///     Finding::new("not-a-member", Severity::Error, "Japan was no member at the date").with_record(record)
/// };
/// let findings = [finding("A/RES/1127(XI)"), finding("A/RES/1128(XI)")];
/// let patterns = patterns(&findings, &Catalogue::default());
/// assert_eq!((patterns.len(), patterns[0].len()), (1, 2));
/// ```
#[must_use]
pub fn patterns<'a>(
    findings: impl IntoIterator<Item = &'a Finding>,
    catalogue: &Catalogue,
) -> Vec<Pattern<'a>> {
    let mut places: HashMap<(&str, Severity, &str), usize> = HashMap::new();
    let mut patterns: Vec<Pattern<'_>> = Vec::new();
    for finding in findings {
        let key = (&*finding.check, finding.severity, &*finding.message);
        let place = *places.entry(key).or_insert(patterns.len());
        match patterns.get_mut(place) {
            Some(pattern) => {
                pattern.findings.push(finding);
                pattern.times += 1;
            }
            None => patterns.push(Pattern::new(finding, vec![finding], 1, 1, catalogue)),
        }
    }
    patterns.sort_by_cached_key(rank);
    patterns
}

/// Findings by their cause, of which the first few are kept and the others counted.
///
/// ```
/// use plenary_types::{Finding, Place, Severity};
/// use plenary_validation::{Catalogue, Causes};
///
/// let mut causes = Causes::keeping(2, Catalogue::default());
/// for line in 1..=1000 {
///     let place = Place { line: Some(line), ..Place::default() };
///     causes.add(Finding::new("vote-grammar", Severity::Note, "a vote in lower case").with_place(place));
/// }
/// let patterns = causes.patterns();
/// assert_eq!((patterns[0].len(), patterns[0].findings.len()), (1000, 2));
/// ```
#[derive(Debug)]
pub struct Causes {
    catalogue: Catalogue,
    most: usize,
    places: HashMap<u64, Vec<usize>>,
    kept: Vec<Cause>,
    /// How many causes of a check are kept apart.
    apart: usize,
    checks: HashMap<(Cow<'static, str>, Severity), OfCheck>,
}

/// The causes of one check and level.
#[derive(Debug, Default)]
struct OfCheck {
    /// How many are kept apart.
    apart: usize,
    /// The first finding of the others.
    first: Option<Finding>,
    /// The others, by the hash of their message, and how many findings they have.
    others: HashSet<u64>,
    times: usize,
}

#[derive(Debug)]
struct Cause {
    findings: Vec<Finding>,
    times: usize,
}

/// So many findings of other records than the last are kept beyond the first ones.
const OTHERS: usize = 3;

impl Causes {
    /// None yet; of each at most so many findings are kept, and a few of other records. The catalogue is that of the run.
    #[must_use]
    pub fn keeping(most: usize, catalogue: Catalogue) -> Self {
        Self {
            catalogue,
            most,
            places: HashMap::default(),
            kept: Vec::new(),
            apart: usize::MAX,
            checks: HashMap::default(),
        }
    }

    /// With at most so many causes of a check kept apart, those that come first; of the others only the numbers are kept, in one
    /// pattern: a million messages that differ take a few megabytes.
    #[must_use]
    pub const fn at_most(mut self, causes: usize) -> Self {
        self.apart = causes;
        self
    }

    /// Takes in a finding, and says which cause it has, by its place; `usize::MAX` of one that is not kept apart.
    pub fn add(&mut self, finding: Finding) -> usize {
        let key = BuildHasherDefault::<DefaultHasher>::default().hash_one((
            &finding.check,
            finding.severity,
            &finding.message,
        ));
        let places = self.places.entry(key).or_default();
        let same = |place: &&usize| {
            let first = self
                .kept
                .get(**place)
                .and_then(|cause| cause.findings.first());
            first.is_some_and(|first| is_alike(first, &finding))
        };
        let Some(place) = places.iter().find(same).copied() else {
            if self.apart < usize::MAX {
                let of_check = (finding.check.clone(), finding.severity);
                let of_check = self.checks.entry(of_check).or_default();
                if of_check.apart >= self.apart {
                    if places.is_empty() {
                        self.places.remove(&key);
                    }
                    of_check.others.insert(key);
                    of_check.times += 1;
                    of_check.first.get_or_insert(finding);
                    return usize::MAX;
                }
                of_check.apart += 1;
            }
            let place = self.kept.len();
            places.push(place);
            self.kept.push(Cause {
                findings: vec![finding],
                times: 1,
            });
            return place;
        };
        let Some(cause) = self.kept.get_mut(place) else {
            return place;
        };
        cause.times += 1;
        let last = cause.findings.last().and_then(|last| last.record.as_ref());
        let is_other = last != finding.record.as_ref();
        let room = self.most.saturating_add(if is_other { OTHERS } else { 0 });
        if cause.findings.len() < room {
            cause.findings.push(finding);
        }
        place
    }

    /// The causes in the order of [`patterns`].
    #[must_use]
    pub fn patterns(&self) -> Vec<Pattern<'_>> {
        let placed = self.placed().into_iter();
        placed.map(|(_, pattern)| pattern).collect()
    }

    /// The causes in the order of [`patterns`], each with its place.
    #[must_use]
    pub fn placed(&self) -> Vec<(usize, Pattern<'_>)> {
        let causes = self.kept.iter().enumerate();
        let placed =
            causes.filter_map(|(place, cause)| Some((place, cause.pattern(&self.catalogue)?)));
        let others = self
            .checks
            .values()
            .filter_map(|others| others.pattern(&self.catalogue));
        let placed = placed.chain(others.map(|pattern| (usize::MAX, pattern)));
        let mut placed: Vec<_> = placed.collect();
        placed.sort_by_cached_key(|(_, pattern)| rank(pattern));
        placed
    }
}

impl Cause {
    fn pattern(&self, catalogue: &Catalogue) -> Option<Pattern<'_>> {
        let first = self.findings.first()?;
        let findings = self.findings.iter().collect();
        Some(Pattern::new(first, findings, self.times, 1, catalogue))
    }
}

impl OfCheck {
    /// The causes that are not kept apart.
    fn pattern(&self, catalogue: &Catalogue) -> Option<Pattern<'_>> {
        let first = self.first.as_ref()?;
        let causes = self.others.len();
        Some(Pattern::new(
            first,
            vec![first],
            self.times,
            causes,
            catalogue,
        ))
    }
}

/// Whether two findings have one cause.
fn is_alike(a: &Finding, b: &Finding) -> bool {
    (&a.check, a.severity, &a.message) == (&b.check, b.severity, &b.message)
}

/// What orders patterns, the smallest first.
fn rank(pattern: &Pattern<'_>) -> (bool, Reverse<(Severity, usize)>, usize) {
    let severity = pattern.severity;
    if let Some(place) = pattern.of_dataset {
        return (false, Reverse((severity, 0)), place);
    }
    let weight = match severity {
        Severity::Error => 10 * pattern.len(),
        Severity::Warning | Severity::Note => pattern.len(),
    };
    let class = severity.min(Severity::Warning);
    // What is not kept apart is nothing to begin with.
    let weight = if pattern.causes > 1 { 0 } else { weight };
    (true, Reverse((class, weight)), 0)
}

#[cfg(test)]
mod tests {

    use super::*;

    #[test]
    fn causes_beyond_the_first_are_counted_and_not_kept() {
        let finding = |n: usize| {
            Finding::new(
                "unknown-state",
                Severity::Error,
                format!("unknown state `{n}`"),
            )
        };
        let mut causes = Causes::keeping(2, Catalogue::default()).at_most(3);
        for n in (0..100).chain(0..50) {
            causes.add(finding(n));
        }
        let shape: Vec<_> = causes
            .patterns()
            .iter()
            .map(|p| (p.causes, p.times, p.findings.len()))
            .collect();
        assert_eq!(shape, [(1, 2, 2), (1, 2, 2), (1, 2, 2), (97, 144, 1)]);
    }
}
