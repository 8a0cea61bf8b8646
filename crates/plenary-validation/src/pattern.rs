//! [`patterns`]: a hundred findings with one cause are one pattern.

use std::cmp::Reverse;
use std::collections::HashMap;

use plenary_types::{Finding, Severity};

use crate::{Run, catalogue, find};

/// Findings with one cause: the same check, severity and message.
#[derive(Clone, Debug)]
pub struct Pattern<'a> {
    /// The check.
    pub check: &'a str,
    /// How sure it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: &'a str,
    /// The findings, in their order; at least one.
    pub findings: Vec<&'a Finding>,
}

impl Pattern<'_> {
    /// How many findings there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.findings.len()
    }

    /// Never true: a pattern has a finding.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// Whether it is about a whole dataset rather than a record.
    #[must_use]
    pub fn is_of_dataset(&self) -> bool {
        find(self.check).is_some_and(|check| matches!(check.run, Run::Dataset(_) | Run::Members(_)))
    }
}

/// Groups findings by their cause.
///
/// What is said about a whole dataset comes first, because it explains much of the rest: warnings before notes, each
/// in the order of the catalogue. Then the causes that concern most records, where one error weighs as much as ten warnings;
/// the notes come last.
///
/// ```
/// use plenary_types::{Finding, Place, Severity};
/// use plenary_validation::patterns;
///
/// let finding = |record: &str| Finding {
///     check: "not-a-member".into(),
///     severity: Severity::Error,
///     message: "Japan was no member at the date".into(),
///     record: Some(record.into()),
///     place: Place::default(),
///     expected: None,
///     found: None,
///     help: None,
/// };
/// let findings = [finding("A/RES/1127(XI)"), finding("A/RES/1128(XI)")];
/// let patterns = patterns(&findings);
/// assert_eq!((patterns.len(), patterns[0].len()), (1, 2));
/// ```
#[must_use]
pub fn patterns<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Vec<Pattern<'a>> {
    let mut places: HashMap<(&str, Severity, &str), usize> = HashMap::new();
    let mut patterns: Vec<Pattern<'_>> = Vec::new();
    for finding in findings {
        let key = (&*finding.check, finding.severity, &*finding.message);
        let place = *places.entry(key).or_insert(patterns.len());
        match patterns.get_mut(place) {
            Some(pattern) => pattern.findings.push(finding),
            None => patterns.push(Pattern {
                check: key.0,
                severity: key.1,
                message: key.2,
                findings: vec![finding],
            }),
        }
    }
    patterns.sort_by_cached_key(rank);
    patterns
}

/// What orders patterns, the smallest first.
fn rank(pattern: &Pattern<'_>) -> (bool, Reverse<(Severity, usize)>, usize) {
    let severity = pattern.severity;
    if pattern.is_of_dataset() {
        let place = catalogue().iter().position(|c| c.name == pattern.check);
        return (false, Reverse((severity, 0)), place.unwrap_or(usize::MAX));
    }
    let weight = match severity {
        Severity::Error => 10 * pattern.len(),
        Severity::Warning | Severity::Note => pattern.len(),
    };
    let class = severity.min(Severity::Warning);
    (true, Reverse((class, weight)), 0)
}
