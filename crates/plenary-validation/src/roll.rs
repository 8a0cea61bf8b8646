//! What a list of names amounts to, given who could be on it. Votes share their lists, so this is found once.

use std::sync::Arc;

use plenary_types::{Roll, StateCode};

use crate::Electorate;

/// What is wrong with a list of names. Empty where nothing is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RollFaults {
    /// Places of names that could not be resolved.
    pub unresolved: Vec<usize>,
    /// Places of codes that no known entity has or had.
    pub unknown: Vec<usize>,
    /// States that stand on the list more than once, with each place.
    pub duplicates: Vec<(StateCode, Vec<usize>)>,
    /// Places of states that could not be on the list.
    pub strangers: Vec<usize>,
    /// States that must be on the list and are not.
    pub missing: Vec<StateCode>,
    /// Places of members whose right to take part was suspended.
    pub suspended: Vec<usize>,
}

impl RollFaults {
    pub(crate) fn find(
        roll: &Roll,
        electorate: Option<&Electorate>,
        known: fn(StateCode) -> bool,
    ) -> Self {
        let mut faults = Self {
            duplicates: roll.duplicates(),
            ..Self::default()
        };
        for (place, entry) in roll.entries().iter().enumerate() {
            match entry.state {
                None => faults.unresolved.push(place),
                Some(state) if !known(state) => faults.unknown.push(place),
                Some(state) => {
                    let Some(electorate) = electorate else {
                        continue;
                    };
                    if !electorate.may_list(state) {
                        faults.strangers.push(place);
                    } else if electorate.suspended.binary_search(&state).is_ok() {
                        faults.suspended.push(place);
                    }
                }
            }
        }
        if let Some(electorate) = electorate {
            let absent = |state: &&StateCode| roll.position(**state).is_none();
            faults.missing = electorate.required.iter().filter(absent).copied().collect();
        }
        faults
    }
}

/// Remembers what the last lists came to. A list is told by its address, and kept, so that no other can take it.
#[derive(Debug, Default)]
pub(crate) struct RollCache {
    recent: Vec<Remembered>,
    next: usize,
}

#[derive(Debug)]
struct Remembered {
    roll: Arc<Roll>,
    electorate: Option<Arc<Electorate>>,
    faults: Arc<RollFaults>,
}

const REMEMBERED: usize = 8;

impl RollCache {
    pub(crate) fn get(
        &mut self,
        roll: &Arc<Roll>,
        electorate: Option<&Arc<Electorate>>,
        known: fn(StateCode) -> bool,
    ) -> Arc<RollFaults> {
        let same = |r: &&Remembered| {
            Arc::ptr_eq(&r.roll, roll)
                && match (&r.electorate, electorate) {
                    (Some(a), Some(b)) => Arc::ptr_eq(a, b),
                    (None, None) => true,
                    _ => false,
                }
        };
        if let Some(hit) = self.recent.iter().find(same) {
            return Arc::clone(&hit.faults);
        }
        let faults = Arc::new(RollFaults::find(roll, electorate.map(|e| &**e), known));
        self.keep(Remembered {
            roll: Arc::clone(roll),
            electorate: electorate.cloned(),
            faults: Arc::clone(&faults),
        });
        faults
    }

    fn keep(&mut self, entry: Remembered) {
        match self.recent.get_mut(self.next) {
            Some(slot) => *slot = entry,
            None => self.recent.push(entry),
        }
        self.next = (self.next + 1) % REMEMBERED;
    }
}
