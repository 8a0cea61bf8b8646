//! [`DatasetChecker`]: checks that need more than one record.

mod agreement;
mod ballot_sets;
pub(crate) mod exchange;
mod fit;
mod history;
pub(crate) mod outlier;
mod profile;
mod seat;

use std::sync::Arc;

use plenary_types::{Agreement, Finding, Locus, Origin, Place};

use crate::{Check, Report, Run, Validator};

pub(crate) use fit::Fit;
pub(crate) use history::{History, SessionVotes, UNLISTED};

/// A record, as the checks of a dataset see it.
#[derive(Clone, Copy)]
pub struct RecordFacts<'a> {
    /// The agreement.
    pub agreement: &'a Agreement,
    origin: &'a Arc<dyn Origin>,
}

impl RecordFacts<'_> {
    /// The record's label and the place of a part of it, to report later.
    #[must_use]
    pub fn mark(&self, locus: Locus) -> Mark {
        Mark {
            record: self.agreement.label().to_owned(),
            origin: Arc::clone(self.origin),
            locus,
        }
    }
}

impl std::fmt::Debug for RecordFacts<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let label = self.agreement.label();
        f.debug_struct("RecordFacts")
            .field("agreement", &label)
            .finish_non_exhaustive()
    }
}

/// A part of a record that may be reported later; small, and looked up in the source only then.
#[derive(Clone)]
pub struct Mark {
    record: String,
    origin: Arc<dyn Origin>,
    locus: Locus,
}

impl Mark {
    /// The record's symbol or title.
    #[must_use]
    pub fn record(&self) -> &str {
        &self.record
    }
}

impl std::fmt::Debug for Mark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.record, self.locus)
    }
}

/// Collects what one check finds in a dataset.
#[derive(Debug)]
pub struct DatasetFindings<'a> {
    check: &'static Check,
    out: &'a mut Vec<Finding>,
}

impl DatasetFindings<'_> {
    /// Reports something at a marked place, or about the whole.
    pub fn report(&mut self, at: Option<&Mark>, message: impl Into<String>) -> Report<'_> {
        self.out.push(Finding {
            check: self.check.name.into(),
            severity: self.check.severity,
            message: message.into(),
            record: at.map(|mark| mark.record.clone()),
            place: at.map_or_else(Place::default, |mark| mark.origin.place(mark.locus)),
            expected: None,
            found: None,
            help: None,
        });
        Report::of(self.out.last_mut())
    }
}

/// A check over a dataset: it takes in every record and reports at the end.
///
/// Single ballots it finds in the [`History`], which all checks share; memory of its own should be a few words a record.
pub trait DatasetCheck: Send {
    /// Takes in a record.
    fn add(&mut self, _: &RecordFacts<'_>) {}

    /// Reports what the records together show.
    fn finish(self: Box<Self>, history: &History, out: &mut DatasetFindings<'_>);
}

/// Runs the checks that need more than one record.
pub struct DatasetChecker<'v> {
    validator: &'v Validator,
    running: Vec<Selected<Box<dyn DatasetCheck>>>,
    comparing: Vec<Selected<Compare>>,
    history: History,
}

/// What compares the members of a history.
type Compare = fn(&History, &Fit, &mut DatasetFindings<'_>);

/// A check of the run and its place among them: findings are told in that order.
struct Selected<T> {
    place: usize,
    check: &'static Check,
    run: T,
}

impl<T> Selected<T> {
    fn finish(self, run: impl FnOnce(T, &mut DatasetFindings<'_>)) -> (usize, Vec<Finding>) {
        let mut out = Vec::new();
        let mut findings = DatasetFindings {
            check: self.check,
            out: &mut out,
        };
        run(self.run, &mut findings);
        (self.place, out)
    }
}

impl std::fmt::Debug for DatasetChecker<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let running = self.running.iter().map(|selected| selected.check.name);
        let comparing = self.comparing.iter().map(|selected| selected.check.name);
        f.debug_list().entries(running).entries(comparing).finish()
    }
}

impl<'v> DatasetChecker<'v> {
    /// A checker with those checks of a run that need more than one record; its findings are judged as those of the run.
    #[must_use]
    pub fn new(validator: &'v Validator) -> Self {
        let mut checker = Self {
            validator,
            running: Vec::new(),
            comparing: Vec::new(),
            history: History::default(),
        };
        for (place, check) in validator.checks().enumerate() {
            match check.run {
                Run::Dataset(make) => {
                    let run = make();
                    checker.running.push(Selected { place, check, run });
                }
                Run::Members(run) => checker.comparing.push(Selected { place, check, run }),
                Run::Record(_)
                | Run::Decision(_)
                | Run::Reader
                | Run::Configuration
                | Run::Account => {}
            }
        }
        checker
    }

    /// Takes in a record.
    pub fn add(&mut self, agreement: &Agreement, origin: &Arc<dyn Origin>) {
        let facts = RecordFacts { agreement, origin };
        self.history.add(&facts);
        for selected in &mut self.running {
            selected.run.add(&facts);
        }
    }

    /// Everything that the records together show. Members are compared on all processors, and the other checks are finished
    /// meanwhile.
    #[must_use]
    pub fn finish(self) -> Vec<Finding> {
        let Self {
            validator,
            running,
            comparing,
            history,
        } = self;
        let compared = || -> Vec<_> {
            if comparing.is_empty() {
                return Vec::new();
            }
            let fit = Fit::of(&history);
            let compare = |selected: Selected<Compare>| {
                selected.finish(|compare, out| compare(&history, &fit, out))
            };
            comparing.into_iter().map(compare).collect()
        };
        let finished = || -> Vec<_> {
            let running = running.into_iter();
            running
                .map(|selected| selected.finish(|check, out| check.finish(&history, out)))
                .collect()
        };
        let (mut found, others) = rayon::join(compared, finished);
        found.extend(others);
        found.sort_unstable_by_key(|(place, _)| *place);
        let found = found.into_iter().flat_map(|(_, findings)| findings);
        found
            .filter_map(|finding| validator.judge(finding))
            .collect()
    }
}
