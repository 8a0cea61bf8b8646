//! [`Sorted`]: findings by their causes.

use plenary::FindingLog;
use plenary::types::Finding;
use plenary::validation::Causes;

/// The number of findings that wait until they are packed.
const PORTION: usize = 4096;

/// Findings by their causes, each list in the order in which they came.
pub(crate) struct Sorted {
    pub(crate) causes: Causes,
    /// Those of each cause, by its place.
    found: Vec<FindingLog>,
}

impl Sorted {
    pub(crate) fn of(findings: impl Iterator<Item = Finding>) -> Self {
        let mut sorted = Self {
            causes: Causes::keeping(1, plenary::catalogue().clone()),
            found: Vec::new(),
        };
        let mut waiting: Vec<Vec<Finding>> = Vec::new();
        let mut count = 0;
        for finding in findings {
            let place = sorted.causes.add(finding.clone());
            waiting.resize_with(waiting.len().max(place + 1), Vec::new);
            if let Some(list) = waiting.get_mut(place) {
                list.push(finding);
            }
            count += 1;
            if count % PORTION == 0 {
                sorted.pack(&mut waiting);
            }
        }
        sorted.pack(&mut waiting);
        sorted
    }

    fn pack(&mut self, waiting: &mut [Vec<Finding>]) {
        self.found.resize_with(waiting.len(), FindingLog::default);
        let lists = self.found.iter_mut().zip(waiting);
        for (found, list) in lists.filter(|(_, list)| !list.is_empty()) {
            found.take(list);
        }
    }

    /// The findings of a cause.
    pub(crate) fn of_cause(&self, place: usize) -> impl Iterator<Item = Finding> + '_ {
        let found = self.found.get(place);
        found.into_iter().flat_map(FindingLog::iter)
    }
}
