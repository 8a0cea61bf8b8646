//! What a list of names amounts to, given who could be on it. Votes share their lists, so this is found once.

use std::sync::Arc;

use chrono::NaiveDate;
use plenary_types::{Roll, StateCode};

use crate::names::Names;
use crate::{Electorate, reference};

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
    /// Places of members under a name that was not in use.
    pub misnamed: Vec<usize>,
}

impl RollFaults {
    fn find(
        roll: &Roll,
        electorate: Option<&Electorate>,
        day: Option<NaiveDate>,
        names: &mut Names,
    ) -> Self {
        let mut faults = Self {
            duplicates: roll.duplicates(),
            ..Self::default()
        };
        for (place, entry) in roll.entries().iter().enumerate() {
            match entry.state {
                None => faults.unresolved.push(place),
                Some(state) if !reference::is_known_code(state) => faults.unknown.push(place),
                Some(state) => {
                    if let Some(electorate) = electorate {
                        faults.member(place, state, electorate);
                    }
                    if day.is_some_and(|day| names.is_out_of_use(entry, day)) {
                        faults.misnamed.push(place);
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

    fn member(&mut self, place: usize, state: StateCode, electorate: &Electorate) {
        if !electorate.may_list(state) {
            self.strangers.push(place);
        } else if electorate.suspended.binary_search(&state).is_ok() {
            self.suspended.push(place);
        }
    }
}

/// Remembers what the last lists came to. A list is told by its address, and kept, so that no other can take it.
#[derive(Debug, Default)]
pub(crate) struct RollCache {
    recent: Vec<Remembered>,
    next: usize,
    names: Names,
}

#[derive(Debug)]
struct Remembered {
    roll: Arc<Roll>,
    electorate: Option<Arc<Electorate>>,
    faults: Arc<RollFaults>,
}

const REMEMBERED: usize = 8;

impl RollCache {
    /// What a list comes to on a day of the electorate's epoch.
    pub(crate) fn get(
        &mut self,
        roll: &Arc<Roll>,
        electorate: Option<&Arc<Electorate>>,
        day: Option<NaiveDate>,
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
        // Without an electorate there is no epoch, so nothing that depends on the day can be remembered.
        let day = day.filter(|_| electorate.is_some());
        let faults = RollFaults::find(roll, electorate.map(|e| &**e), day, &mut self.names);
        let faults = Arc::new(faults);
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
