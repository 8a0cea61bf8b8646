//! [`DatasetChecker`]: checks that need more than one record.

use std::sync::Arc;

use plenary_types::{Agreement, Finding, Origin};

use crate::{Check, Config, Run, catalogue};

/// What a record contributes to the checks of a dataset. It is shared between them, and small.
#[derive(Clone)]
pub struct RecordFacts<'a> {
    /// The agreement.
    pub agreement: &'a Agreement,
    /// Where it stands; keep it to report the place of a finding later.
    pub origin: &'a Arc<dyn Origin>,
}

impl std::fmt::Debug for RecordFacts<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RecordFacts")
            .field("agreement", &self.agreement.label())
            .finish_non_exhaustive()
    }
}

/// Collects what one check finds in a dataset.
#[derive(Debug)]
pub struct DatasetFindings<'a> {
    check: &'static Check,
    out: &'a mut Vec<Finding>,
}

impl DatasetFindings<'_> {
    /// Reports a finding; its check and severity are filled in.
    pub fn report(&mut self, finding: Finding) {
        self.out.push(Finding {
            check: self.check.name.into(),
            ..finding
        });
    }
}

/// A check over a dataset: it accumulates what it needs of each record and reports at the end.
pub trait DatasetCheck: Send {
    /// Takes in a record.
    fn add(&mut self, facts: &RecordFacts<'_>);

    /// Reports what the records together show.
    fn finish(self: Box<Self>, out: &mut DatasetFindings<'_>);
}

/// Runs the checks that need more than one record.
pub struct DatasetChecker<'c> {
    config: &'c Config,
    running: Vec<(&'static Check, Box<dyn DatasetCheck>)>,
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
        }
    }

    /// Takes in a record.
    pub fn add(&mut self, agreement: &Agreement, origin: &Arc<dyn Origin>) {
        let facts = RecordFacts { agreement, origin };
        for (_, check) in &mut self.running {
            check.add(&facts);
        }
    }

    /// Everything that the records together show.
    #[must_use]
    pub fn finish(self) -> Vec<Finding> {
        let mut out = Vec::new();
        for (check, running) in self.running {
            running.finish(&mut DatasetFindings {
                check,
                out: &mut out,
            });
        }
        out.into_iter()
            .filter_map(|finding| self.config.judge(finding))
            .collect()
    }
}
