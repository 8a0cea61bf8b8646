//! [`Check`]: one named rule, with all that a reader of its findings needs to know.

use std::fmt;

use plenary_types::Severity;

use crate::{DatasetCheck, DecisionCx, Findings, RecordCx};

/// One named check: what it looks for, why, and the function that looks.
///
/// A check is a `static` in a file of its own and one line in the catalogue, or one call of [`Catalogue::with`](crate::Catalogue::with)
/// in another crate. Its page in `docs/checks/` and the text of `plenary explain` are made from these fields.
#[derive(Debug)]
pub struct Check {
    /// The name, in kebab case: `tally-mismatch`.
    pub name: &'static str,
    /// What it finds, in one line: lower case, no full stop.
    pub summary: &'static str,
    /// How sure it is, unless a finding says otherwise or a configuration changes it.
    pub severity: Severity,
    /// Why it is wrong, in a paragraph.
    pub why: &'static str,
    /// The articles, rules or documents that it rests on.
    pub sources: &'static [&'static str],
    /// Something that the check finds fault with, and the same mended.
    pub example: Example,
    /// When and how to waive it.
    pub waive: &'static str,
    /// What it looks at, and what does the looking.
    pub run: Run,
}

/// An example of what a check finds, and the same mended.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Example {
    /// Documents in the native format: one agreement, or a list of them. Tests run them.
    Native {
        /// The check finds fault with this.
        fails: &'static str,
        /// And is silent about this.
        mended: &'static str,
    },
    /// Files of a source, where the fault lies in how they are written: a line `--- library.csv` begins each. Tests read
    /// them. Without such a line it is an excerpt, of what would fill pages.
    Text {
        /// The fault.
        fails: &'static str,
        /// The same without it.
        mended: &'static str,
    },
}

/// The files of an example, by their names; none where it is an excerpt.
///
/// ```
/// let files: Vec<_> = plenary_validation::files_of("--- a.csv\nx,y\n1,2\n--- b.csv\nz").collect();
/// assert_eq!(files, [("a.csv", "x,y\n1,2"), ("b.csv", "z")]);
/// ```
pub fn files_of(example: &str) -> impl Iterator<Item = (&str, &str)> {
    const MARK: &str = "--- ";
    let named = example.starts_with(MARK);
    let parts = example.split("\n--- ").filter(move |_| named);
    parts.filter_map(|part| part.strip_prefix(MARK).unwrap_or(part).split_once('\n'))
}

impl Example {
    /// What the check finds fault with, and the same without the fault.
    #[must_use]
    pub const fn texts(self) -> (&'static str, &'static str) {
        match self {
            Self::Native { fails, mended } | Self::Text { fails, mended } => (fails, mended),
        }
    }
}

/// What looks at every agreement.
pub type RecordCheck = dyn Fn(&RecordCx<'_, '_>, &mut Findings<'_>) + Sync;

/// What looks at every decision of every agreement.
pub type DecisionCheck = dyn Fn(&DecisionCx<'_>, &mut Findings<'_>) + Sync;

/// Makes what looks at the records of one dataset, one after the other.
pub type DatasetCheckMaker = dyn Fn() -> Box<dyn DatasetCheck> + Sync;

/// What a check looks at, and what does the looking: a function, or a closure that holds what it needs.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Run {
    /// Every agreement.
    Record(&'static RecordCheck),
    /// Every decision of every agreement.
    Decision(&'static DecisionCheck),
    /// A whole dataset: makes the [`DatasetCheck`] that gathers state over its records.
    Dataset(&'static DatasetCheckMaker),
    /// The reader of a source reports it while reading; the catalogue explains it.
    Reader,
    /// The configuration itself.
    Configuration,
    /// The account of decisions: those that could not be decided, by cause.
    Account,
}

impl Run {
    /// What the check looks at, in a word.
    #[must_use]
    pub const fn scope(self) -> &'static str {
        match self {
            Self::Record(_) => "agreement",
            Self::Decision(_) => "decision",
            Self::Dataset(_) => "dataset",
            Self::Reader => "source file",
            Self::Configuration => "configuration",
            Self::Account => "decisions",
        }
    }
}

impl fmt::Debug for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.scope())
    }
}
