//! [`Ledger`]: what the waivers of a configuration came to in one run.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use plenary_types::Finding;

use crate::{Config, Waiver};

/// What the waivers of a configuration came to so far, written from several threads at once.
#[derive(Debug)]
pub(crate) struct Ledger {
    entries: Vec<Entry>,
    /// Whether any record is noted.
    told: AtomicBool,
    waived: Mutex<Vec<(usize, Finding)>>,
}

/// What one waiver came to.
#[derive(Debug, Default)]
struct Entry {
    used: AtomicBool,
    met: AtomicBool,
}

/// A finding that a waiver accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waived {
    /// The finding.
    pub finding: Finding,
    /// The waiver.
    pub waiver: Waiver,
}

/// A waiver that hides nothing.
pub(crate) struct Idle<'c> {
    pub(crate) waiver: &'c Waiver,
    /// Whether it has expired; else it matches nothing.
    pub(crate) expired: bool,
    /// The line of the configuration on which it begins.
    pub(crate) line: Option<u64>,
}

impl Ledger {
    /// An empty ledger for the waivers of a configuration, which is the one to hand to its other functions.
    pub(crate) fn of(config: &Config) -> Self {
        let entries = config.waivers().iter().map(|_| Entry::default());
        Self {
            entries: entries.collect(),
            told: AtomicBool::new(false),
            waived: Mutex::default(),
        }
    }

    fn lines<'s>(&'s self, config: &'s Config) -> impl Iterator<Item = (&'s Waiver, &'s Entry)> {
        config.waivers().iter().zip(&self.entries)
    }

    /// Notes that a record is among those checked. A waiver of a record that is not is none of this run's business, so it
    /// is not idle; where no record is noted, every waiver is judged.
    pub(crate) fn saw(&self, config: &Config, record: &str) {
        if config
            .waivers()
            .iter()
            .all(|waiver| waiver.record.is_none())
        {
            return;
        }
        self.told.store(true, Ordering::Relaxed);
        for (waiver, entry) in self.lines(config) {
            if waiver.is_of(record) {
                entry.met.store(true, Ordering::Relaxed);
            }
        }
    }

    /// The waiver that fits, by its place: the first one that does, and every one has its use: should the first expire, another
    /// takes its place.
    pub(crate) fn waiver_of(&self, config: &Config, finding: &Finding) -> Option<usize> {
        let mut first = None;
        for (at, (waiver, entry)) in self.lines(config).enumerate() {
            if !waiver.has_expired(config.today()) && waiver.matches(finding) {
                entry.used.store(true, Ordering::Relaxed);
                first = first.or(Some(at));
            }
        }
        first
    }

    /// Keeps findings that were waived, with the places of their waivers.
    pub(crate) fn keep(&self, waived: Vec<(usize, Finding)>) {
        if !waived.is_empty() {
            let mut kept = self.waived.lock().unwrap_or_else(PoisonError::into_inner);
            kept.extend(waived);
        }
    }

    /// The findings that were waived so far, by their places.
    pub(crate) fn waived(&self, config: &Config) -> Vec<Waived> {
        let waived = self.waived.lock().unwrap_or_else(PoisonError::into_inner);
        let of = |(at, finding): &(usize, Finding)| {
            Some(Waived {
                finding: finding.clone(),
                waiver: config.waivers().get(*at)?.clone(),
            })
        };
        let mut waived: Vec<_> = waived.iter().filter_map(of).collect();
        let key = |w: &Waived| {
            let place = &w.finding.place;
            (place.path.clone(), place.line, place.field.clone())
        };
        waived.sort_by_cached_key(key);
        waived
    }

    /// Waivers that have matched no finding so far although their checks run, and those that have expired.
    pub(crate) fn idle<'c>(&self, config: &'c Config) -> Vec<Idle<'c>> {
        let told = self.told.load(Ordering::Relaxed);
        let pairs = config.waivers().iter().zip(&self.entries).enumerate();
        let idle = pairs.filter_map(|(at, (waiver, entry))| {
            let expired = waiver.has_expired(config.today());
            let elsewhere = told && waiver.record.is_some() && !entry.met.load(Ordering::Relaxed);
            let unused = !entry.used.load(Ordering::Relaxed);
            let idle = unused && !elsewhere && config.wants(&waiver.check);
            (expired || idle).then(|| Idle {
                waiver,
                expired,
                line: config.line_of_waiver(at),
            })
        });
        idle.collect()
    }
}

#[cfg(test)]
mod tests {
    use plenary_types::{Place, Severity};

    use super::*;
    use crate::Validator;

    fn finding(check: &'static str, severity: Severity, place: Place) -> Finding {
        Finding::new(check, severity, "").with_place(place)
    }

    #[test]
    fn a_finding_of_a_reader_is_judged_as_those_of_checks_are() {
        let of = |check: &'static str, path: &str, line: u64| {
            let place = Place {
                path: Some(path.to_owned()),
                line: Some(line),
                ..Place::default()
            };
            finding(check, Severity::Note, place)
        };
        let text = "ignore = ['row-limit']\n[severity]\nvote-grammar = 'error'\n\
                    [[waivers]]\ncheck = 'rejected-row'\nreason = 'as printed'";
        let run = Validator::new(Config::from_toml(text).unwrap());
        for (check, severity) in [
            ("row-limit", None),
            ("vote-grammar", Some(Severity::Error)),
            ("unknown-column", Some(Severity::Note)),
        ] {
            let judged = run.judge(of(check, "votes.csv", 1));
            assert_eq!(judged.map(|finding| finding.severity), severity, "{check}");
        }
        for (path, line) in [("b.csv", 1), ("a.csv", 9), ("a.csv", 3)] {
            assert_eq!(run.judge(of("rejected-row", path, line)), None);
        }
        let waived: Vec<_> = run.waived().into_iter().map(|w| w.finding).collect();
        let places = [("a.csv", 3), ("a.csv", 9), ("b.csv", 1)];
        assert_eq!(
            waived,
            places.map(|(path, line)| of("rejected-row", path, line))
        );
    }

    #[test]
    fn of_two_waivers_that_fit_neither_is_idle() {
        let waiver = "[[waivers]]\ncheck = 'tally-sum'\nreason = 'as printed'\n";
        let text = format!("{waiver}expires = 2030-01-01\n{waiver}");
        for (today, by, expected) in [
            ("2029-12-31", 0, vec![]),
            ("2030-01-01", 1, vec![(true, Some(1))]),
        ] {
            let config = Config::from_toml(&text).unwrap().on(today.parse().unwrap());
            let ledger = Ledger::of(&config);
            let finding = finding("tally-sum", Severity::Error, Place::default());
            let waiver = ledger.waiver_of(&config, &finding).unwrap();
            ledger.keep(vec![(waiver, finding.clone())]);
            let waived = ledger.waived(&config);
            assert_eq!(waived.len(), 1);
            assert_eq!(waived[0].waiver, config.waivers()[by], "{today}");
            let idle = ledger.idle(&config).into_iter();
            let idle: Vec<_> = idle.map(|idle| (idle.expired, idle.line)).collect();
            assert_eq!(idle, expected, "{today}");
        }
    }

    #[test]
    fn a_second_run_with_the_same_configuration_begins_anew() {
        let text = "[[waivers]]\ncheck = 'tally-sum'\nreason = 'as printed'";
        let config = Config::from_toml(text).unwrap();
        let first = Validator::new(config.clone());
        let finding = finding("tally-sum", Severity::Error, Place::default());
        assert_eq!(first.judge(finding), None);
        assert_eq!((first.waived().len(), first.idle_waivers().len()), (1, 0));
        let second = Validator::new(config);
        assert_eq!((second.waived().len(), second.idle_waivers().len()), (0, 1));
    }
}
