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

use crate::{Check, Config, Report, Run, catalogue};

pub use history::{History, SessionVotes, UNLISTED};

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

    /// Whether it asks the [`History`] which members fit into which session. That is found out on all processors, and those who
    /// do not ask are finished meanwhile.
    fn compares_members(&self) -> bool {
        false
    }

    /// Reports what the records together show.
    fn finish(self: Box<Self>, history: &History, out: &mut DatasetFindings<'_>);
}

/// A check that takes in records.
type Running = (&'static Check, Box<dyn DatasetCheck>);

/// Runs the checks that need more than one record.
pub struct DatasetChecker<'c> {
    config: &'c Config,
    running: Vec<Running>,
    history: History,
}

impl std::fmt::Debug for DatasetChecker<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list()
            .entries(self.running.iter().map(|(check, _)| check.name))
            .finish()
    }
}

impl<'c> DatasetChecker<'c> {
    /// A checker with the checks of the catalogue that the configuration selects.
    #[must_use]
    pub fn new(config: &'c Config) -> Self {
        let start = |check: &&'static Check| match check.run {
            Run::Dataset(make) if config.selects(check) => Some((*check, make())),
            _ => None,
        };
        Self {
            config,
            running: catalogue().iter().filter_map(start).collect(),
            history: History::default(),
        }
    }

    /// Takes in a record.
    pub fn add(&mut self, agreement: &Agreement, origin: &Arc<dyn Origin>) {
        let facts = RecordFacts { agreement, origin };
        self.history.add(&facts);
        for (_, check) in &mut self.running {
            check.add(&facts);
        }
    }

    /// Everything that the records together show.
    #[must_use]
    pub fn finish(self) -> Vec<Finding> {
        let Self {
            config,
            running,
            history,
        } = self;
        let running = running.into_iter().enumerate();
        let (slow, quick): (Vec<_>, Vec<_>) =
            running.partition(|(_, (_, check))| check.compares_members());
        let finished = |running: Vec<(usize, Running)>| -> Vec<_> {
            let running = running.into_iter();
            running
                .map(|(place, running)| (place, finish(running, &history)))
                .collect()
        };
        let (mut found, others) = rayon::join(|| finished(slow), || finished(quick));
        found.extend(others);
        found.sort_unstable_by_key(|(place, _)| *place);
        let found = found.into_iter().flat_map(|(_, findings)| findings);
        found.filter_map(|finding| config.judge(finding)).collect()
    }
}

/// What a check that has taken in every record finds.
fn finish((check, running): Running, history: &History) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut findings = DatasetFindings {
        check,
        out: &mut out,
    };
    running.finish(history, &mut findings);
    out
}
