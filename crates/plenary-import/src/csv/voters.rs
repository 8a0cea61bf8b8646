//! Who the voters of a table are on a day.

use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use plenary_types::{Roll, RollEntry};

use super::names::Name;
use crate::names::{self, Contradiction, Identified};

/// The voters of a table, each identified when it is asked for, once for every stretch of time in which what is printed of it
/// means the same.
#[derive(Debug)]
pub(super) struct Voters {
    list: Vec<Voter>,
    /// Every day from which on some voter may be another, in order.
    changes: Vec<NaiveDate>,
}

/// The first and the last of the days on which a vote may have been, where they are known.
pub(crate) type Days = Option<(NaiveDate, NaiveDate)>;

/// The stretches of time in which the first and the last of some days lie, in each of which no voter of a table becomes another; all
/// time, where the days are not known.
pub(super) type Period = Option<(usize, usize)>;

#[derive(Debug)]
struct Voter {
    changes: Vec<NaiveDate>,
    /// What it means in each stretch, and at the end without a day.
    stretches: Box<[OnceLock<Meaning>]>,
}

#[derive(Debug)]
struct Meaning {
    found: Identified,
    /// A stretch in which it was known to mean the same.
    same: usize,
}

/// A list of voters, and what is odd about them.
#[derive(Debug)]
pub(super) struct Identities {
    pub(super) roll: Arc<Roll>,
    /// The entries of which code and name contradict each other.
    pub(super) contradictions: Vec<(usize, Contradiction)>,
    /// The entries that have neither a code nor a name.
    pub(super) nameless: Vec<usize>,
}

impl Voters {
    /// The voters of these names; each may become another on the days that `changes` gives for its values, in order.
    pub(super) fn new(names: &[Name], changes: impl Fn(&[Box<str>]) -> Vec<NaiveDate>) -> Self {
        let voter = |name: &Name| Voter::new(changes(&name.values));
        let list: Vec<Voter> = names.iter().map(voter).collect();
        let changes = list.iter().flat_map(|voter| &voter.changes);
        Self {
            changes: names::in_order(changes.copied()),
            list,
        }
    }

    pub(super) fn period(&self, days: Days) -> Period {
        let stretch = |day| stretch(&self.changes, day);
        days.map(|(first, last)| (stretch(first), stretch(last)))
    }

    /// A stretch for each voter in which it means what it does on some days; who is not known yet is identified, without a day where
    /// it does not mean the same on all of them.
    pub(super) fn meanings(
        &self,
        who: &[u32],
        days: Days,
        identify: impl Fn(usize, Option<NaiveDate>) -> Identified,
    ) -> Vec<usize> {
        let meaning = |at: &u32| {
            let at = *at as usize;
            let voter = self.list.get(at)?;
            let day = voter.day_among(days);
            Some(voter.meaning(day, || identify(at, day)))
        };
        who.iter().filter_map(meaning).collect()
    }

    /// Voters with these meanings.
    pub(super) fn identities(&self, who: &[u32], meanings: &[usize]) -> Identities {
        let mut contradictions = Vec::new();
        let mut nameless = Vec::new();
        let mut entries: Vec<RollEntry> = Vec::with_capacity(who.len());
        for (voter, meaning) in who.iter().zip(meanings) {
            let voter = self.list.get(*voter as usize);
            let Some(found) = voter.and_then(|voter| voter.known(*meaning)) else {
                debug_assert!(false, "a voter of the list was not identified");
                continue;
            };
            let (at, entry) = (entries.len(), &found.entry);
            if let Some(contradiction) = &found.contradiction {
                contradictions.push((at, contradiction.clone()));
            }
            if entry.code.is_none() && entry.name.is_none() && entry.who.is_none() {
                nameless.push(at);
            }
            entries.push(entry.clone());
        }
        Identities {
            roll: Arc::new(Roll::new(entries)),
            contradictions,
            nameless,
        }
    }
}

impl Voter {
    fn new(changes: Vec<NaiveDate>) -> Self {
        let stretches = (0..changes.len() + 2).map(|_| OnceLock::new());
        Self {
            stretches: stretches.collect(),
            changes,
        }
    }

    fn known(&self, at: usize) -> Option<&Identified> {
        let meaning = self.stretches.get(at)?.get();
        meaning.map(|meaning| &meaning.found)
    }

    /// A day that stands for all of some days; none where it becomes another among them.
    fn day_among(&self, days: Days) -> Option<NaiveDate> {
        let (first, last) = days?;
        (stretch(&self.changes, first) == stretch(&self.changes, last)).then_some(first)
    }

    /// A stretch in which it means what it does on a day.
    fn meaning(&self, day: Option<NaiveDate>, identify: impl FnOnce() -> Identified) -> usize {
        let undated = self.changes.len() + 1;
        let at = day.map_or(undated, |day| stretch(&self.changes, day));
        let found = || {
            let found = identify();
            let mut known = self.stretches.iter().filter_map(OnceLock::get);
            let same = known.find(|known| known.found == found);
            let same = same.map_or(at, |known| known.same);
            Meaning { found, same }
        };
        let cell = self.stretches.get(at);
        cell.map_or(at, |cell| cell.get_or_init(found).same)
    }
}

/// In which of the stretches between some days, in order, a day lies; from each of them on it is the next one.
fn stretch(changes: &[NaiveDate], day: NaiveDate) -> usize {
    changes.partition_point(|change| *change <= day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::Printed;

    #[test]
    fn days_among_which_a_name_means_one_state_tell_who_it_is() {
        let voters = Voters::new(&[Name::of_run(",CONGO"), Name::of_run(",PERU")], |values| {
            names::changes(values.iter().map(|v| &**v))
        });
        let who = |first: &str, last: &str| {
            let days = Some((first.parse().unwrap(), last.parse().unwrap()));
            let identify = |at: usize, day| {
                let name = ["CONGO", "PERU"][at];
                names::identify(Printed { code: "", name }, day)
            };
            let meanings = voters.meanings(&[0, 1], days, identify);
            let found = voters.identities(&[0, 1], &meanings);
            let entries = found.roll.entries().iter();
            let states = entries.map(|entry| entry.state().map(|state| state.to_string()));
            states.collect::<Vec<_>>()
        };
        let peru = Some("PER".to_owned());
        assert_eq!(
            who("2018-01-01", "2018-12-31"),
            [Some("COG".to_owned()), peru.clone()]
        );
        assert_eq!(who("1960-01-01", "2018-12-31"), [None, peru]);
    }

    #[test]
    fn a_voter_is_on_every_day_who_it_would_be_if_it_were_asked_for_alone() {
        let printed = [
            ("RUS", "USSR"),
            ("COG", "CONGO"),
            ("", "CONGO"),
            ("ZZZ", "PERU"),
            ("FRA", "GERMANY"),
            ("", "SYRIA"),
            ("", ""),
            ("DDR", "ATLANTIS"),
        ];
        let names = printed.map(|(code, name)| Name::of_run(&format!("{code},{name}")));
        let voters = Voters::new(&names, |values| names::changes(values.iter().map(|v| &**v)));
        let who: Vec<u32> = (0..8).collect();
        let from = NaiveDate::from_ymd_opt(1940, 1, 1).unwrap();
        let days = from.iter_days().step_by(23).take(1500).map(Some);
        let mut before = None;
        for day in days.chain([None, Some(NaiveDate::MIN), Some(NaiveDate::MAX)]) {
            let alone = printed.map(|(code, name)| names::identify(Printed { code, name }, day));
            let days = day.map(|day| (day, day));
            let meanings = voters.meanings(&who, days, |at, _| alone[at].clone());
            let found = voters.identities(&who, &meanings);
            let entries = alone.each_ref().map(|alone| alone.entry.clone());
            assert_eq!(found.roll.entries(), entries, "{day:?}");
            let odd = alone.iter().enumerate();
            let odd = odd.filter_map(|(at, alone)| Some((at, alone.contradiction.clone()?)));
            assert_eq!(found.contradictions, odd.collect::<Vec<_>>(), "{day:?}");
            assert_eq!(found.nameless, [6]);
            let here = (voters.period(days), meanings);
            if let Some((period, same)) = before.replace(here.clone())
                && period == here.0
            {
                assert_eq!(same, here.1, "{day:?}");
            }
        }
    }
}
