//! [`Options`]: how to read.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use plenary_tables::DateForm;
use plenary_types::{Date, Participant};

use crate::catalogue::Formats;
use crate::error::ImportError;
use crate::format::Format;
use crate::input::{Input, Progress};
use crate::sources::mapping::{self, Mapping};
use crate::spelling::Spelling;

/// How to read.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct Options {
    /// Go on after rows that cannot be used, and accept what other sources' habits explain (`yes` for
    /// `Y`, empty fields after the last column). Nothing is skipped in silence: see
    /// [`Import::rejected`](crate::Import::rejected). Otherwise structure that is broken ends the import.
    pub lenient: bool,
    /// Called now and then with the bytes read so far and their total, from any thread.
    pub progress: Option<Progress>,
    /// How to read a table that is in no known format.
    pub mapping: Option<Arc<Mapping>>,
    /// How the dates of tables are written; without it, as they settle themselves. The key of a mapping goes before it.
    pub dates: Option<DateForm>,
    /// The day of the votes of tables that a mapping explains and that say of no vote when it was.
    pub day: Option<NaiveDate>,
    /// The inputs that are read together with this one: a table that says more of its votes or voters may be among them.
    pub others: Arc<[PathBuf]>,
    /// The formats that an input may be of.
    pub formats: Formats,
    /// Who is meant by a name that is no state's, such as that of a person, in tables of acts.
    pub names: Option<NameLookup>,
}

/// Who is meant by a name, on a date where that is known.
pub type NameLookup = Arc<dyn Fn(&str, Option<Date>) -> Option<Participant> + Send + Sync>;

impl Options {
    /// As it is, but going on after rows that cannot be used.
    #[must_use]
    pub fn lenient(mut self) -> Self {
        self.lenient = true;
        self
    }

    /// As it is, but telling how far reading has come.
    #[must_use]
    pub fn with_progress(mut self, progress: impl Fn(u64, u64) + Send + Sync + 'static) -> Self {
        self.progress = Some(Arc::new(progress));
        self
    }

    /// As it is, but reading tables of no known format by a mapping.
    #[must_use]
    pub fn with_mapping(mut self, mapping: Mapping) -> Self {
        self.mapping = Some(Arc::new(mapping));
        self
    }

    /// As it is, but knowing how the dates of tables are written.
    #[must_use]
    pub fn with_dates(mut self, dates: DateForm) -> Self {
        self.dates = Some(dates);
        self
    }

    /// As it is, but knowing the day of the votes of tables that say of none when it was.
    #[must_use]
    pub fn with_day(mut self, day: NaiveDate) -> Self {
        self.day = Some(day);
        self
    }

    /// As it is, but knowing who is meant by names that are no states', such as those of persons, in tables of acts.
    #[must_use]
    pub fn with_names(
        mut self,
        names: impl Fn(&str, Option<Date>) -> Option<Participant> + Send + Sync + 'static,
    ) -> Self {
        self.names = Some(Arc::new(names));
        self
    }

    /// As it is, but knowing one more format.
    #[must_use]
    pub fn with_format(mut self, format: &'static Format) -> Self {
        self.formats = self.formats.with(format);
        self
    }

    /// How a table of a format is spelled; nothing for what is not a table of votes. A mapped table needs its mapping.
    #[must_use]
    pub fn spelling(&self, text: &str, format: &str) -> Option<Spelling> {
        match &self.mapping {
            Some(mapping) if format == mapping::FORMAT.name() => mapping::spelling(text, mapping),
            _ => self.formats.get(format)?.spelling(text),
        }
    }

    pub(crate) fn open(&self, path: &Path) -> Result<Input, ImportError> {
        Input::open(path).map(|input| self.apply_to(input))
    }

    pub(crate) fn apply_to(&self, mut input: Input) -> Input {
        input.lenient = self.lenient;
        input.progress.clone_from(&self.progress);
        input.names.clone_from(&self.names);
        input.dates.clone_from(&self.dates);
        input.day = self.day;
        input.others = Arc::clone(&self.others);
        input
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Options");
        shown.field("lenient", &self.lenient);
        shown.field("dates", &self.dates);
        shown.field("day", &self.day);
        shown.field("mapping", &self.mapping.is_some());
        shown.field("formats", &self.formats);
        shown.field("names", &self.names.is_some());
        shown.finish_non_exhaustive()
    }
}
