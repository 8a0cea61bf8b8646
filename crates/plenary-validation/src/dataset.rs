//! [`DatasetChecker`]: checks that need more than one record.

use std::any::{Any, TypeId};
use std::sync::Arc;

use plenary_bodies::Reference;
use plenary_types::{Agreement, Finding, Locus, Origin};

use crate::{Check, Report, Run, Validator};

/// A record, as the checks of a dataset see it.
#[derive(Clone, Copy)]
pub struct RecordFacts<'a> {
    /// What the run judges against.
    pub reference: &'a Reference,
    /// The agreement.
    pub agreement: &'a Agreement,
    origin: &'a Arc<dyn Origin>,
}

impl<'a> RecordFacts<'a> {
    /// A record, and what knows where in a source its parts stand.
    #[must_use]
    pub const fn new(
        reference: &'a Reference,
        agreement: &'a Agreement,
        origin: &'a Arc<dyn Origin>,
    ) -> Self {
        Self {
            reference,
            agreement,
            origin,
        }
    }

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

/// Collects what a check, or several that share their state, find in a dataset.
#[derive(Debug)]
pub struct DatasetFindings {
    /// The checks, each with its place among those of the run.
    checks: Vec<(usize, &'static Check)>,
    found: Vec<(usize, Finding)>,
}

impl DatasetFindings {
    /// What one check finds, to try it alone.
    #[must_use]
    pub fn new(check: &'static Check) -> Self {
        Self {
            checks: vec![(0, check)],
            found: Vec::new(),
        }
    }

    /// Whether a check runs, where several share their state.
    #[must_use]
    pub fn runs(&self, check: &Check) -> bool {
        self.place_of(check).is_some()
    }

    fn place_of(&self, check: &Check) -> Option<usize> {
        let mut checks = self.checks.iter();
        checks.find_map(|(place, other)| (other.name == check.name).then_some(*place))
    }

    /// Reports something at a marked place, or about the whole: of the only check, or of the first of those that share their state.
    pub fn report(&mut self, at: Option<&Mark>, message: impl Into<String>) -> Report<'_> {
        match self.checks.first() {
            Some((_, check)) => self.report_as(check, at, message),
            None => Report::of(None),
        }
    }

    /// Reports something of a check, where several share their state; nothing where it does not run.
    pub fn report_as(
        &mut self,
        check: &'static Check,
        at: Option<&Mark>,
        message: impl Into<String>,
    ) -> Report<'_> {
        let Some(place) = self.place_of(check) else {
            return Report::of(None);
        };
        let mut finding = Finding::new(check.name, check.severity, message);
        if let Some(mark) = at {
            finding = finding
                .with_record(mark.record.as_str())
                .with_place(mark.origin.place(mark.locus));
        }
        self.found.push((place, finding));
        Report::of(self.found.last_mut().map(|(_, finding)| finding))
    }

    /// What was reported so far, in that order.
    #[must_use]
    pub fn into_findings(self) -> Vec<Finding> {
        self.found.into_iter().map(|(_, finding)| finding).collect()
    }
}

/// A check over a dataset: it takes in every record and reports at the end. Memory of its own should be a few words a record.
///
/// Checks that are made as one type share their state: it is gathered once, and reports for each of them that runs
/// ([`DatasetFindings::report_as`]).
///
/// ```
/// use plenary_types::{Field, Locus};
/// use plenary_validation::{DatasetCheck, DatasetFindings, Mark, RecordFacts, Run};
///
/// /// Finds the records of a dataset that have no title, and says how many.
/// #[derive(Default)]
/// struct Untitled(Vec<Mark>);
///
/// impl DatasetCheck for Untitled {
///     fn add(&mut self, record: &RecordFacts<'_>) {
///         if record.agreement.title.is_empty() {
///             self.0.push(record.mark(Locus::of_record(Field::Title)));
///         }
///     }
///
///     fn finish(self: Box<Self>, out: &mut DatasetFindings) {
///         if let Some(first) = self.0.first() {
///             let found = format!("{} records without a title", self.0.len());
///             out.report(Some(first), "records have no title").found(found);
///         }
///     }
/// }
///
/// let run = Run::Dataset(&|| Box::new(Untitled::default()));
/// ```
pub trait DatasetCheck: Any + Send {
    /// Takes in a record.
    fn add(&mut self, record: &RecordFacts<'_>);

    /// Reports what the records together show.
    fn finish(self: Box<Self>, out: &mut DatasetFindings);
}

/// Runs the checks that need more than one record.
pub struct DatasetChecker<'v> {
    validator: &'v Validator,
    running: Vec<Running>,
}

/// What gathers the state of some checks, and where they report.
struct Running {
    kind: TypeId,
    state: Box<dyn DatasetCheck>,
    out: DatasetFindings,
}

impl std::fmt::Debug for DatasetChecker<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let checks = self.running.iter().flat_map(|running| &running.out.checks);
        f.debug_list()
            .entries(checks.map(|(_, check)| check.name))
            .finish()
    }
}

impl<'v> DatasetChecker<'v> {
    /// A checker with those checks of a run that need more than one record; its findings are judged as those of the run.
    #[must_use]
    pub fn new(validator: &'v Validator) -> Self {
        let mut running: Vec<Running> = Vec::new();
        for (place, check) in validator.checks().enumerate() {
            let Run::Dataset(make) = check.run else {
                continue;
            };
            let state = make();
            let any: &dyn Any = &*state;
            let kind = any.type_id();
            match running.iter_mut().find(|running| running.kind == kind) {
                Some(running) => running.out.checks.push((place, check)),
                None => running.push(Running {
                    kind,
                    state,
                    out: DatasetFindings {
                        checks: vec![(place, check)],
                        found: Vec::new(),
                    },
                }),
            }
        }
        Self { validator, running }
    }

    /// Takes in a record.
    pub fn add(&mut self, agreement: &Agreement, origin: &Arc<dyn Origin>) {
        let facts = RecordFacts::new(self.validator.reference(), agreement, origin);
        for running in &mut self.running {
            running.state.add(&facts);
        }
    }

    /// Everything that the records together show.
    #[must_use]
    pub fn finish(self) -> Vec<Finding> {
        let mut found = Vec::new();
        for Running { state, mut out, .. } in self.running {
            state.finish(&mut out);
            found.append(&mut out.found);
        }
        found.sort_by_key(|(place, _)| *place);
        let found = found.into_iter();
        found
            .filter_map(|(_, finding)| self.validator.judge(finding))
            .collect()
    }
}
