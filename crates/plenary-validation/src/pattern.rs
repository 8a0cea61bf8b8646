//! [`patterns`]: a hundred findings with one cause are one pattern.

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
        find(self.check).is_some_and(|check| matches!(check.run, Run::Dataset(_)))
    }
}

/// Groups findings by their cause.
///
/// What is said about a whole dataset comes first, because it explains much of the rest; then the errors, the warnings
/// and the notes, the most frequent causes of each first.
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
pub fn patterns(findings: &[Finding]) -> Vec<Pattern<'_>> {
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
    let place = |p: &Pattern<'_>| catalogue().iter().position(|check| check.name == p.check);
    let rank = |p: &Pattern<'_>| {
        let first = place(p).filter(|_| p.is_of_dataset());
        (
            first.is_none(),
            first,
            std::cmp::Reverse((p.severity, p.len())),
        )
    };
    patterns.sort_by_key(rank);
    patterns
}
