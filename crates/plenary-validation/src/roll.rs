//! What a list of names amounts to, given who could be on it. Votes share their lists, so this is found once.

use std::sync::Arc;

use chrono::NaiveDate;
use plenary_bodies::Electorate;
use plenary_types::{Participant, ParticipantKind, Roll, StateCode};

use crate::names::{self, Names};
use crate::{characters, reference};

/// What is wrong with a list of names. Empty where nothing is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RollFaults {
    /// Places of names that could not be resolved.
    pub unresolved: Vec<usize>,
    /// Places of codes that no known entity has or had.
    pub unknown: Vec<usize>,
    /// Participants that stand on the list more than once, with each place, in the order of their texts.
    pub duplicates: Vec<(Participant, Vec<usize>)>,
    /// Places of states that held one seat one after the other, in that order, for each seat that is on the list so.
    pub shared_seats: Vec<Vec<usize>>,
    /// Places of participants that could not be on the list.
    pub strangers: Vec<usize>,
    /// Places of codes of another time, each with the holder of the seat that it means.
    pub of_another_time: Vec<(usize, Participant)>,
    /// Those that must be on the list and are not, in the order of their texts.
    pub missing: Vec<Participant>,
    /// Places of members whose right to take part was suspended.
    pub suspended: Vec<usize>,
    /// Places of members under a name that was not in use.
    pub misnamed: Vec<usize>,
    /// Places of names or codes that hold control characters or invisible ones.
    pub unclean: Vec<usize>,
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
            let mut texts = [&entry.name, &entry.code].into_iter().flatten();
            if texts.any(|text| characters::is_unclean(text)) {
                faults.unclean.push(place);
            }
            let is_text = |who: Participant| who.kind() == ParticipantKind::Text;
            if entry.who.is_none_or(is_text) {
                faults.unresolved.push(place);
            } else if day.is_some_and(|day| names.is_out_of_use(entry, day)) {
                faults.misnamed.push(place);
            }
        }
        match electorate {
            Some(electorate) => faults.compare(roll, electorate),
            None => {
                let unknown = |(state, _): &(StateCode, _)| !reference::is_known_code(*state);
                let unknown = roll.by_state().filter(unknown).map(|(_, place)| place);
                faults.unknown = unknown.collect();
            }
        }
        for places in [
            &mut faults.unknown,
            &mut faults.strangers,
            &mut faults.suspended,
        ] {
            places.sort_unstable();
        }
        faults
    }

    /// Compares the list with who could be on it, both in the order of the numbers.
    fn compare(&mut self, roll: &Roll, electorate: &Electorate) {
        let is_known = |who: Participant| who.code().is_none_or(reference::is_known_code);
        let mut possible = electorate.possible.iter().peekable();
        let resolved = |(who, _): &(Participant, usize)| who.kind() != ParticipantKind::Text;
        let mut others: Vec<(usize, Participant)> = Vec::new();
        for (who, place) in roll.by_number().filter(resolved) {
            while possible
                .next_if(|next| next.number() < who.number())
                .is_some()
            {}
            let is_possible = possible.peek() == Some(&&who);
            if is_possible && electorate.is_suspended(who) {
                self.suspended.push(place);
            } else if !is_possible && (electorate.is_closed || !is_known(who)) {
                others.push((place, who));
            }
        }
        // Of several codes of one seat the first on the list is its holder's, as in the verdict.
        others.sort_unstable_by_key(|(place, _)| *place);
        for (place, who) in others {
            let is_free = |holder: &Participant| {
                let taken = self.of_another_time.iter();
                roll.place_of(*holder).is_none() && !taken.map(|(_, of)| of).any(|of| of == holder)
            };
            match electorate.holder_of(who).filter(is_free) {
                Some(holder) => {
                    self.of_another_time.push((place, holder));
                    if electorate.is_suspended(holder) {
                        self.suspended.push(place);
                    }
                }
                None if !is_known(who) => self.unknown.push(place),
                None => self.strangers.push(place),
            }
        }
        let mut listed = roll.by_number().map(|(who, _)| who).peekable();
        let missing = |who: &&Participant| {
            while listed
                .next_if(|next| next.number() < who.number())
                .is_some()
            {}
            listed.peek() != Some(who)
        };
        let missing = electorate.required.iter().filter(missing).copied();
        let mut missing: Vec<_> = missing.collect();
        missing.retain(|who| !self.of_another_time.iter().any(|(_, holder)| holder == who));
        missing.sort_unstable();
        self.missing = missing;
    }
}

fn shared_seats(roll: &Roll) -> Vec<Vec<usize>> {
    let listed = |holders: &Vec<StateCode>| {
        let mut places = holders.iter().filter_map(|holder| roll.position(*holder));
        let two = [places.next()?, places.next()?];
        Some(two.into_iter().chain(places).collect())
    };
    reference::PASSED_ON.iter().filter_map(listed).collect()
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
    /// The days between two renamings.
    naming: Option<usize>,
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
        // Without an electorate there is no epoch, so nothing that depends on the day can be remembered.
        let day = day.filter(|_| electorate.is_some());
        let naming = day.map(names::epoch_of);
        let same = |r: &&Remembered| {
            Arc::ptr_eq(&r.roll, roll)
                && r.naming == naming
                && match (&r.electorate, electorate) {
                    (Some(a), Some(b)) => Arc::ptr_eq(a, b),
                    (None, None) => true,
                    _ => false,
                }
        };
        if let Some(hit) = self.recent.iter().find(same) {
            return Arc::clone(&hit.faults);
        }
        let faults = RollFaults::find(roll, electorate.map(|e| &**e), day, &mut self.names);
        let faults = Arc::new(faults);
        self.keep(Remembered {
            roll: Arc::clone(roll),
            electorate: electorate.cloned(),
            naming,
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
    use plenary_bodies::Reference;
    use plenary_types::{BodyId, RollEntry};
    use proptest::prelude::*;

    use super::*;

    fn of(date: &str) -> Option<Arc<Electorate>> {
        crate::electorate::of(Reference::embedded(), &BodyId::UNGA, date.parse().unwrap())
    }

    fn list(codes: &[&str]) -> Arc<Roll> {
        let entries = codes
            .iter()
            .map(|code| RollEntry::from_state(code.parse().unwrap()));
        Arc::new(Roll::new(entries.collect()))
    }

    /// Members of all times, one that is suspended, codes that no entity has, and names that are not resolved.
    const LISTED: [&str; 12] = [
        "PER", "FRA", "CHN", "SUN", "RUS", "ZAF", "JPN", "ZZZ", "AAA", "SSD", "", "?",
    ];

    proptest! {
        #[test]
        fn a_list_and_an_electorate_are_compared_as_one_name_after_the_other_is(
            names in proptest::collection::vec(0..LISTED.len(), 0..16),
            day in proptest::option::of(proptest::sample::select(&["1950-06-01", "1975-06-01", "2018-12-19"])),
        ) {
            let entry = |name: usize| RollEntry {
                who: LISTED[name].parse().ok(),
                ..RollEntry::default()
            };
            let roll = Roll::new(names.into_iter().map(entry).collect());
            let electorate = day.and_then(of);
            let faults = RollFaults::find(&roll, electorate.as_deref(), None, &mut Names::default());
            let places = |is: &dyn Fn(usize, Option<StateCode>) -> bool| -> Vec<usize> {
                let entries = roll.entries().iter().enumerate();
                entries.filter(|(at, entry)| is(*at, entry.state())).map(|(place, _)| place).collect()
            };
            let known = reference::is_known_code;
            let may = |state| electorate.as_ref().is_none_or(|e| e.may_list(state));
            let suspended = |state| electorate.as_ref().is_some_and(|e| e.is_suspended(state));
            let stands = |who: Participant| roll.entries().iter().any(|e| e.who == Some(who));
            // Another code of a seat is its holder, where that is not on the list and no code before it means it.
            let holder = |state: StateCode| electorate.as_ref().and_then(|e| e.holder_of(state));
            let means = |at: usize, state: StateCode| {
                let mut before = roll.entries().iter().take(at).filter_map(RollEntry::state);
                holder(state).filter(|who| !stands(*who) && !before.any(|code| holder(code) == Some(*who)))
            };
            prop_assert_eq!(&faults.unresolved, &places(&|_, state| state.is_none()));
            prop_assert_eq!(&faults.unknown, &places(&|_, state| state.is_some_and(|s| !known(s))));
            let stranger = |at, s| known(s) && !may(s) && means(at, s).is_none();
            prop_assert_eq!(&faults.strangers, &places(&|at, state| state.is_some_and(|s| stranger(at, s))));
            prop_assert_eq!(&faults.suspended, &places(&|_, state| state.is_some_and(|s| may(s) && suspended(s))));
            let meant = roll.entries().iter().enumerate();
            let meant: Vec<_> = meant.filter_map(|(at, e)| Some((at, means(at, e.state()?)?))).collect();
            prop_assert_eq!(&faults.of_another_time, &meant);
            let required = electorate.iter().flat_map(|e| e.required.iter().copied());
            let mut missing: Vec<_> = required.filter(|who| !stands(*who) && meant.iter().all(|(_, of)| of != who)).collect();
            missing.sort_unstable();
            prop_assert_eq!(&faults.missing, &missing);
        }
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
