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
    /// Places of states that held one seat one after the other, in that order, for each seat that is on the list so.
    pub shared_seats: Vec<Vec<usize>>,
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
            shared_seats: shared_seats(roll),
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

fn shared_seats(roll: &Roll) -> Vec<Vec<usize>> {
    let listed = |holders: &Vec<StateCode>| {
        let places = holders.iter().filter_map(|holder| roll.position(*holder));
        places.collect::<Vec<_>>()
    };
    let seats = reference::PASSED_ON.iter().map(listed);
    seats.filter(|places| places.len() > 1).collect()
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

#[cfg(test)]
mod tests {
    use plenary_types::RollEntry;

    use super::*;

    fn list(codes: &[&str]) -> Arc<Roll> {
        let entries = codes
            .iter()
            .map(|code| RollEntry::of(code.parse().unwrap()));
        Arc::new(Roll::new(entries.collect()))
    }

    #[test]
    fn a_list_is_looked_through_once_while_it_is_among_the_last_eight() {
        let mut cache = RollCache::default();
        let lists: Vec<_> = (0..9).map(|_| list(&["PER", "PER"])).collect();
        let first = cache.get(&lists[0], None, None);
        assert_eq!(first.duplicates, [("PER".parse().unwrap(), vec![0, 1])]);
        for other in &lists[1..8] {
            assert!(!Arc::ptr_eq(&first, &cache.get(other, None, None)));
            assert!(Arc::ptr_eq(&first, &cache.get(&lists[0], None, None)));
        }
        // The ninth takes the place of the first.
        let ninth = cache.get(&lists[8], None, None);
        assert!(Arc::ptr_eq(&ninth, &cache.get(&lists[8], None, None)));
        assert!(!Arc::ptr_eq(&first, &cache.get(&lists[0], None, None)));
    }

    #[test]
    fn what_a_list_comes_to_depends_on_who_could_be_on_it() {
        let mut cache = RollCache::default();
        let japan = list(&["JPN"]);
        let of = |date: &str| Electorate::of(&plenary_types::BodyId::UNGA, date.parse().unwrap());
        let (before, after) = (of("1956-12-10"), of("2018-12-19"));
        let mut strangers = |electorate: Option<&Arc<Electorate>>| {
            cache.get(&japan, electorate, None).strangers.clone()
        };
        for _ in 0..2 {
            assert_eq!(strangers(None), [0; 0]);
            assert_eq!(strangers(before.as_ref()), [0]);
            assert_eq!(strangers(after.as_ref()), [0; 0]);
        }
    }
}
