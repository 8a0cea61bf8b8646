//! [`check`]: recognise, read, judge, and account for every row and every decision.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use plenary_bodies::Reference;
use plenary_import::{
    Format, Formats, Import, Mapping, Options, Summary, read, read_bytes, tables_beside,
};
use plenary_tables::DateForm;
use plenary_types::{Finding, Severity};
use plenary_validation::{
    Catalogue, Check, Config, DatasetChecker, DecisionCounts, Judged, Validator, explained_by,
};
use serde::{Serialize, Serializer};

use crate::baseline::Expected;
use crate::carried::{carried, replaced};
use crate::findings::Bundle;
use crate::known_bodies::rests_on;
use crate::terms::against_roster;
use crate::{
    Baseline, Error, FindingCounts, FindingLog, catalogue, configuration, configuration_of,
    read_configuration, with_folders,
};

/// What is checked.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Input {
    /// A file, a dataset folder, or `-` for the standard input.
    Path(PathBuf),
    /// Bytes that are here already, under a name for messages.
    Bytes {
        /// The name.
        name: String,
        /// The bytes.
        bytes: Cow<'static, [u8]>,
    },
}

impl Input {
    /// The Global Compact for Migration that comes with the crate.
    #[must_use]
    pub fn compact() -> Self {
        Self::Bytes {
            name: "built-in: fixtures/global-compact/agreements/a-res-73-195.json".to_owned(),
            bytes: Cow::Borrowed(crate::GLOBAL_COMPACT_JSON.as_bytes()),
        }
    }

    /// Bytes that are here already, under a name for messages.
    #[must_use]
    pub fn bytes(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self::Bytes {
            name: name.into(),
            bytes: Cow::Owned(bytes.into()),
        }
    }

    /// Its name: the path as it was given.
    #[must_use]
    pub fn name(&self) -> Cow<'_, str> {
        match self {
            Self::Path(path) => path.to_string_lossy(),
            Self::Bytes { name, .. } => Cow::Borrowed(name),
        }
    }

    pub(crate) fn path(&self) -> Option<&Path> {
        match self {
            Self::Path(path) => Some(path),
            Self::Bytes { .. } => None,
        }
    }

    pub(crate) fn read(&self, settings: &Settings) -> Result<Import, Error> {
        let mut options = settings.reading();
        let reference = Arc::clone(&settings.reference);
        options = options.with_names(move |name, date| reference.people().called(name, date));
        if let Some(progress) = settings.progress.clone() {
            let name = self.name().into_owned();
            options = options.with_progress(move |read, all| progress(&name, read, all));
        }
        Ok(match self {
            Self::Path(path) => with_tables(path, read(path, &options)?),
            Self::Bytes { name, bytes } => read_bytes(name, bytes, &options)?,
        })
    }

    /// The same; rows that cannot be used refuse it, unless they are skipped.
    pub(crate) fn read_complete(&self, settings: &Settings) -> Result<Import, Error> {
        let import = self.read(settings)?;
        Ok(match settings.lenient {
            true => import,
            false => import.complete()?,
        })
    }
}

impl<P: AsRef<Path>> From<P> for Input {
    fn from(path: P) -> Self {
        Self::Path(path.as_ref().to_owned())
    }
}

/// Told how far the reading of an input has come: its name, the bytes read so far, and the bytes in all (0 when that is not
/// known).
pub type Progress = Arc<dyn Fn(&str, u64, u64) + Send + Sync>;

/// How to check.
#[derive(Clone)]
#[non_exhaustive]
pub struct Settings {
    /// What the inputs are judged against: bodies with their members, rules and groups.
    pub reference: Arc<Reference>,
    /// Which checks run, at which severity, and what is waived.
    pub config: Config,
    /// The file that the configuration is from: findings about it are placed there.
    pub config_file: Option<PathBuf>,
    /// How to read tables of no known format.
    pub mapping: Option<Arc<Mapping>>,
    /// How the dates of tables are written; without it, as they settle themselves. The key of a mapping goes before it.
    pub dates: Option<DateForm>,
    /// The day of the votes of tables that say of no vote when it was, such as a sheet of one roll call.
    pub day: Option<NaiveDate>,
    /// The inputs that are read together.
    pub(crate) others: Arc<[PathBuf]>,
    /// The formats that an input may be of.
    pub formats: Formats,
    /// Whether to skip rows that cannot be used; each is a warning then, and counted.
    pub lenient: bool,
    /// The lowest level that is reported.
    pub least: Option<Severity>,
    /// Findings that are known: only new ones are reported.
    pub baseline: Option<Arc<Baseline>>,
    /// Told how far reading has come.
    pub progress: Option<Progress>,
}

impl Default for Settings {
    /// Every check of [`catalogue`], at its own severity.
    fn default() -> Self {
        Self::new(catalogue().clone())
    }
}

impl Settings {
    /// Every check of a catalogue, at its own severity.
    #[must_use]
    pub fn new(catalogue: Catalogue) -> Self {
        Self {
            reference: Arc::clone(Reference::embedded()),
            config: Config::new(catalogue),
            config_file: None,
            mapping: None,
            dates: None,
            day: None,
            others: Arc::default(),
            formats: Formats::default(),
            lenient: false,
            least: None,
            baseline: None,
            progress: None,
        }
    }

    /// How inputs are read.
    fn reading(&self) -> Options {
        let mut options = Options::default();
        options.lenient = self.lenient;
        options.mapping.clone_from(&self.mapping);
        options.dates.clone_from(&self.dates);
        options.day = self.day;
        options.others = Arc::clone(&self.others);
        options.formats.clone_from(&self.formats);
        options
    }

    /// The same for inputs that are read together, and those of them that are inputs of their own: a table that says more of the votes
    /// or voters of another is read with that one.
    pub(crate) fn together(&self, mut inputs: Vec<Input>) -> (Self, Vec<Input>) {
        let mut settings = self.clone();
        let paths = inputs.iter().filter_map(Input::path);
        let paths: Vec<PathBuf> = paths.map(Path::to_owned).collect();
        if paths.len() > 1 {
            let mut beside = tables_beside(&paths, &settings.reading()).into_iter();
            settings.others = paths.into();
            inputs.retain(|input| input.path().is_none() || beside.next() != Some(true));
        }
        (settings, inputs)
    }

    /// The settings of the `plenary.toml` that governs these inputs, or the defaults where there is none.
    ///
    /// # Errors
    ///
    /// [`Error`] when the inputs have different ones, or it cannot be used.
    pub fn governing<P: AsRef<Path>>(inputs: impl IntoIterator<Item = P>) -> Result<Self, Error> {
        match configuration_of(inputs)? {
            Some(file) => Self::from_file(file),
            None => Ok(Self::default()),
        }
    }

    /// The settings of a configuration.
    ///
    /// # Errors
    ///
    /// [`Error`] when it cannot be used.
    pub fn from_file(file: impl Into<PathBuf>) -> Result<Self, Error> {
        Self::default().configured_by(file)
    }

    /// The same with a check of your own, which a configuration may name from then on.
    #[must_use]
    pub fn with_check(mut self, check: &'static Check) -> Self {
        self.config = self.config.with_check(check);
        self
    }

    /// The same, with what a configuration says of the checks that are known here.
    ///
    /// # Errors
    ///
    /// [`Error`] when it cannot be used.
    pub fn configured_by(self, file: impl Into<PathBuf>) -> Result<Self, Error> {
        self.configured_with(Some(file.into()), std::iter::empty::<&Path>())
    }

    /// The same, with what a configuration says, where there is one, and with folders of reference data on top of the one that it
    /// names, each above those before it.
    ///
    /// # Errors
    ///
    /// [`Error`] when the configuration or a folder cannot be used.
    pub fn configured_with<P: AsRef<Path>>(
        self,
        file: Option<PathBuf>,
        folders: impl IntoIterator<Item = P>,
    ) -> Result<Self, Error> {
        self.configured_for(&[], file, folders)
    }

    /// The same, where the configuration may name a body or a rule that a dataset among the inputs carries.
    ///
    /// # Errors
    ///
    /// [`Error`] when the configuration or a folder cannot be used.
    pub fn configured_for<P: AsRef<Path>>(
        mut self,
        inputs: &[Input],
        file: Option<PathBuf>,
        folders: impl IntoIterator<Item = P>,
    ) -> Result<Self, Error> {
        if let Some(file) = &file {
            self.config = read_configuration(file, self.config.catalogue())?;
            if let Some(folder) = self.config.reference_folder() {
                let folder = configuration::folder_of(file, folder);
                self.reference = with_folders(&self.reference, [folder])?;
            }
        }
        self.reference = with_folders(&self.reference, folders)?;
        if let Some(path) = file {
            // What a dataset carries and cannot be used is told where the dataset is read.
            let (whole, _) = carried(&self.reference, inputs);
            let verified = self.config.verify(&whole);
            verified.map_err(|source| Error::Configuration {
                path: path.clone(),
                source,
            })?;
            self.config_file = Some(path);
        }
        Ok(self)
    }

    /// The same, judging against a reference.
    #[must_use]
    pub fn with_reference(mut self, reference: Arc<Reference>) -> Self {
        self.reference = reference;
        self
    }

    /// What judges by these settings.
    pub(crate) fn validator(&self) -> Validator {
        Validator::new(self.config.clone()).with_reference(Arc::clone(&self.reference))
    }

    /// The same, skipping rows that cannot be used.
    #[must_use]
    pub fn lenient(mut self) -> Self {
        self.lenient = true;
        self
    }

    /// The same, reading tables of no known format by a mapping.
    #[must_use]
    pub fn with_mapping(mut self, mapping: Mapping) -> Self {
        self.mapping = Some(Arc::new(mapping));
        self
    }

    /// The same, knowing how the dates of tables are written.
    #[must_use]
    pub fn with_dates(mut self, dates: DateForm) -> Self {
        self.dates = Some(dates);
        self
    }

    /// The same, knowing one more format.
    #[must_use]
    pub fn with_format(mut self, format: &'static Format) -> Self {
        self.formats = self.formats.with(format);
        self
    }

    /// The same, reporting nothing below a level.
    #[must_use]
    pub fn at_least(mut self, least: Severity) -> Self {
        self.least = Some(least);
        self
    }

    /// The same, reporting only what is not in a baseline.
    #[must_use]
    pub fn with_baseline(mut self, baseline: Baseline) -> Self {
        self.baseline = Some(Arc::new(baseline));
        self
    }

    /// The same, telling how far reading has come.
    #[must_use]
    pub fn with_progress(
        mut self,
        progress: impl Fn(&str, u64, u64) + Send + Sync + 'static,
    ) -> Self {
        self.progress = Some(Arc::new(progress));
        self
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Settings");
        shown.field("config", &self.config);
        shown.field("config_file", &self.config_file);
        shown.field("mapping", &self.mapping.is_some());
        shown.field("dates", &self.dates);
        shown.field("day", &self.day);
        shown.field("formats", &self.formats);
        shown.field("lenient", &self.lenient);
        shown.field("least", &self.least);
        shown.field("baseline", &self.baseline.as_ref().map(|known| known.len()));
        shown.finish_non_exhaustive()
    }
}

/// What a check of some inputs came to. It serialises as the JSON of `plenary check` does (docs/schema/check.schema.json).
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Report {
    /// What each input was taken for, and what became of its rows.
    pub inputs: Vec<Summary>,
    /// What was found.
    pub findings: FindingLog,
    /// What each waiver of the configuration accepts, in their order.
    pub waived: Vec<Waived>,
    /// The inputs that could not be used.
    pub unusable: Vec<Unusable>,
    /// How many findings there are.
    pub counts: FindingCounts,
    /// How many decisions have a verdict, and why the others have none.
    pub decisions: DecisionCounts,
    /// Files that were read beside the inputs, such as the table of roll calls that belongs to one.
    pub beside: Vec<PathBuf>,
    /// The layers of reference data that it rests on, where there are others than the embedded one.
    pub reference: Vec<String>,
    /// What limits it: reference data that does not count.
    pub warnings: Vec<String>,
    /// What was read last: a table is tens of thousands of pieces, which are freed with the report and not before.
    last: Option<Import>,
}

/// What one waiver accepts.
#[derive(Debug)]
#[non_exhaustive]
pub struct Waived {
    /// Its reason.
    pub reason: String,
    /// The findings.
    pub findings: FindingLog,
}

/// An input that could not be used, and why.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Unusable {
    /// The input.
    pub path: String,
    /// Why.
    pub message: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// The settings that the help is about, each by its name.
    #[serde(skip)]
    pub settings: Vec<&'static str>,
}

impl Unusable {
    /// An input, why it could not be used, and what to do about it.
    #[must_use]
    pub fn new(path: impl Into<String>, message: impl Into<String>, help: Option<String>) -> Self {
        Self {
            path: path.into(),
            message: message.into(),
            help,
            settings: Vec::new(),
        }
    }
}

impl Report {
    /// Whether every input could be used and nothing is wrong at error level.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.unusable.is_empty() && self.counts.errors == 0
    }
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Document<'a> {
            inputs: &'a [Summary],
            findings: &'a FindingLog,
            #[serde(skip_serializing_if = "<[_]>::is_empty")]
            unusable: &'a [Unusable],
            decisions: &'a DecisionCounts,
            summary: FindingCounts,
            #[serde(skip_serializing_if = "<[_]>::is_empty")]
            reference: &'a [String],
        }
        let document = Document {
            inputs: &self.inputs,
            findings: &self.findings,
            unusable: &self.unusable,
            decisions: &self.decisions,
            summary: self.counts,
            reference: &self.reference,
        };
        document.serialize(serializer)
    }
}

/// Checks inputs as the pieces of one dataset: a record that is in two of them is found twice.
///
/// Nothing is left out in silence: an input that cannot be used is in [`Report::unusable`], a row that cannot be used and a decision
/// that cannot be decided is a finding and counted.
///
/// ```
/// use plenary::{Input, Settings, check};
///
/// let report = check([Input::compact()], &Settings::default());
/// assert!(report.is_clean() && report.findings.is_empty());
/// assert_eq!(report.decisions.decided, report.decisions.total);
/// ```
pub fn check<I: Into<Input>>(inputs: impl IntoIterator<Item = I>, settings: &Settings) -> Report {
    let (settings, inputs) = settings.together(inputs.into_iter().map(Into::into).collect());
    let settings = &settings;
    let (reference, failed) = carried(&settings.reference, &inputs);
    let validator = settings.validator().with_reference(Arc::clone(&reference));
    let mut failed: BTreeMap<usize, Error> = failed.into_iter().collect();
    let least = settings.least.unwrap_or(Severity::Note);
    let waivers = validator.config().waivers().iter();
    let waived = waivers.map(|waiver| Waived {
        reason: waiver.reason.clone(),
        findings: FindingLog::at_least(least),
    });
    let mut run = Run {
        settings,
        validator: &validator,
        expected: Expected::new(settings.baseline.as_deref()),
        dataset: DatasetChecker::new(&validator),
        report: Report {
            findings: FindingLog::at_least(least),
            waived: waived.collect(),
            reference: rests_on(&reference),
            warnings: replaced(&reference),
            ..Report::default()
        },
    };
    for (at, input) in inputs.into_iter().enumerate() {
        let read = match failed.remove(&at) {
            Some(error) => Err(error),
            None => input.read(settings),
        };
        match read {
            Ok(import) => {
                run.judge(&import);
                // One input makes room for the next, and nothing waits for that.
                if let Some(before) = run.report.last.replace(import) {
                    rayon::spawn(move || drop(before));
                }
            }
            Err(error) => run.report.unusable.push(Unusable {
                path: input.name().into_owned(),
                message: plenary_types::brief(&error.to_string()).into_owned(),
                help: error.help(),
                settings: error.settings().to_vec(),
            }),
        }
    }
    run.conclude()
}

/// A check of some inputs under way.
struct Run<'r> {
    settings: &'r Settings,
    validator: &'r Validator,
    expected: Expected,
    dataset: DatasetChecker<'r>,
    report: Report,
}

impl Run<'_> {
    /// Judges every record of an input, and shows each to the checks of the dataset.
    fn judge(&mut self, import: &Import) {
        let Self {
            settings,
            validator,
            expected,
            dataset,
            report,
        } = self;
        validator.refer_to(crate::read::referred([import]));
        let severity = of_rejected(settings.lenient);
        let rejected = import.each_rejected().map(|row| row.to_finding(severity));
        let path = &import.summary().path;
        let listed = import.members();
        let listed = listed.map(|list| against_roster(list, validator.reference(), path));
        let of_list = listed.into_iter().flatten();
        let mut of_reader = rejected
            .chain(import.findings().iter().cloned())
            .chain(of_list);
        let least = report.findings.least();
        loop {
            // A few at a time: not all need room at once.
            let mut some = of_reader.by_ref().take(PORTION).peekable();
            if some.peek().is_none() {
                break;
            }
            Bundles::new(path, validator.judge_apart(some), expected, least).add_to(report);
        }
        import.in_parallel(
            |mut record| {
                // Records wait for their turn: not with what was found in them.
                let of_reader = std::mem::take(&mut record.findings);
                let of_checks =
                    validator.check_apart(&record.agreement, &*record.origin, &of_reader);
                let mut found = validator.judge_apart(of_reader);
                found.findings.extend(of_checks.findings);
                found.waived.extend(of_checks.waived);
                (record, Bundles::new(path, found, expected, least))
            },
            |(record, of_record)| {
                of_record.add_to(report);
                dataset.add(&record.agreement, &record.origin);
                (record, of_record)
            },
        );
        let mut undecided = new(expected, at(path, validator.undecided()));
        report.findings.take(&mut undecided);
        report.inputs.push(import.summary().clone());
        report.beside.extend_from_slice(import.beside());
    }

    /// Adds what all the inputs together show, and what is found of the configuration itself, and counts.
    fn conclude(mut self) -> Report {
        let mut found = self.dataset.finish();
        // What is said of no place in particular is said of the only input.
        if let [input] = self.report.inputs.as_slice() {
            found = at(&input.path, found);
        }
        let explained: Vec<_> = found
            .iter()
            .flat_map(|f| explained_by(&f.check).iter().copied())
            .collect();
        self.report.findings.leave_out(explained);
        let mut of_configuration = self.validator.idle_waivers();
        of_configuration.extend(self.validator.unknown_defaults());
        let file = self.settings.config_file.as_deref();
        for finding in &mut of_configuration {
            let place = &mut finding.place.path;
            *place = file.map(configuration::shown).or(place.take());
        }
        found.append(&mut of_configuration);
        let mut report = self.report;
        report.findings.take(&mut new(&self.expected, found));
        report.decisions = self.validator.decision_counts();
        let waivers = self.validator.config().waivers();
        for kept in self.validator.waived() {
            let waiver = waivers.iter().position(|waiver| *waiver == kept.waiver);
            if let Some(waived) = waiver.and_then(|at| report.waived.get_mut(at)) {
                waived.findings.take(&mut vec![kept.finding]);
            }
        }
        report.counts = report.findings.counts();
        let waived = report.waived.iter();
        report.counts.waived = waived.map(|waived| waived.findings.len()).sum();
        if let Some(baseline) = &self.settings.baseline {
            report.counts.gone = self.expected.left();
            report.counts.known = baseline.len() - report.counts.gone;
        }
        report
    }
}

/// Those that the baseline does not hold.
fn new(expected: &Expected, mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.retain(|finding| expected.is_new(finding));
    findings
}

/// An input with what its tables say otherwise than its documents, where it is a dataset that does not say of which documents they were
/// made.
#[cfg(feature = "analysis")]
fn with_tables(path: &Path, import: Import) -> Import {
    if !path.is_dir() || import.findings().iter().any(crate::read::is_change) {
        return import;
    }
    let agreements = import.records().map(|record| record.agreement);
    let found = plenary_dataset::compare_tables(path, agreements);
    import.with_findings(found)
}

#[cfg(not(feature = "analysis"))]
fn with_tables(_: &Path, import: Import) -> Import {
    import
}

/// How severe a row is that cannot be used: an error, unless such rows are skipped.
pub(crate) const fn of_rejected(lenient: bool) -> Severity {
    match lenient {
        true => Severity::Warning,
        false => Severity::Error,
    }
}

/// Findings in this file, where they do not say in which.
pub(crate) fn at(path: &str, mut findings: Vec<Finding>) -> Vec<Finding> {
    for finding in &mut findings {
        let own = &mut finding.place.path;
        own.get_or_insert_with(|| path.to_owned());
    }
    findings
}

/// The number of findings of a reader that are judged at once.
const PORTION: usize = 256;

/// What was found in a record and what of it is waived, the waivers by their places.
struct Bundles {
    found: Bundle,
    waived: Vec<(usize, Bundle)>,
}

impl Bundles {
    fn new(path: &str, judged: Judged, expected: &Expected, least: Severity) -> Self {
        let mut waived = judged.waived;
        waived.sort_by_key(|(waiver, _)| *waiver);
        let waived = waived.chunk_by(|(one, _), (other, _)| one == other);
        let waived = waived.filter_map(|of_one| {
            let (waiver, _) = of_one.first()?;
            let findings = of_one.iter().map(|(_, finding)| finding.clone()).collect();
            Some((*waiver, Bundle::new(at(path, findings), least)))
        });
        Self {
            waived: waived.collect(),
            found: Bundle::new(new(expected, at(path, judged.findings)), least),
        }
    }

    fn add_to(&self, report: &mut Report) {
        report.findings.append(&self.found);
        for (waiver, bundle) in &self.waived {
            if let Some(waived) = report.waived.get_mut(*waiver) {
                waived.findings.append(bundle);
            }
        }
    }
}
