//! [`read`]: the records of inputs, with their accounts.

#[cfg(feature = "analysis")]
use std::ffi::OsStr;
#[cfg(feature = "analysis")]
use std::path::Path;
use std::sync::Arc;

use plenary_bodies::Reference;
use plenary_import::{Import, ReaderCheck, Record, Summary};
use plenary_types::{Finding, Severity};
use plenary_validation::{Referred, Validator};

use crate::carried::replaced;
use crate::check::at;
use crate::treaty::source::{unread_of, unread_rows};
use crate::{Account, Error, Input, Settings, with_carried};

/// Reads inputs of any known format; their records come one by one, with all that can be said of each.
///
/// ```
/// use plenary::{Input, Settings, read};
///
/// let records = read([Input::compact()], &Settings::default())?;
/// let titles: Vec<_> = records.accounts().map(|account| account.agreement.title).collect();
/// assert_eq!(titles, ["Global Compact for Safe, Orderly and Regular Migration"]);
/// # Ok::<(), plenary::Error>(())
/// ```
///
/// # Errors
///
/// [`Error`] when an input cannot be used, or rows of it cannot without [`Settings::lenient`].
pub fn read<I: Into<Input>>(
    inputs: impl IntoIterator<Item = I>,
    settings: &Settings,
) -> Result<Records, Error> {
    let (settings, inputs) = settings.together(inputs.into_iter().map(Into::into).collect());
    let settings = &settings;
    let reference = with_carried(&settings.reference, &inputs)?;
    let imports = inputs.iter().map(|input| input.read_complete(settings));
    let imports = imports.collect::<Result<_, Error>>()?;
    Ok(Records::new(imports, settings, &reference))
}

/// The records of some inputs, in a fraction of the room that they take one by one.
#[derive(Debug)]
pub struct Records {
    imports: Vec<Import>,
    validator: Validator,
}

impl Records {
    pub(crate) fn new(
        imports: Vec<Import>,
        settings: &Settings,
        reference: &Arc<Reference>,
    ) -> Self {
        let validator = settings.validator().with_reference(Arc::clone(reference));
        validator.refer_to(referred(&imports));
        Self { imports, validator }
    }

    /// What each input was taken for, and what became of its rows.
    pub fn inputs(&self) -> impl Iterator<Item = &Summary> {
        self.imports.iter().map(Import::summary)
    }

    /// A warning for each file of a dataset that is not the one that was written, and for each of its reference data that does not count.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        let replaced = replaced(self.validator.reference());
        let changes = self.imports.iter().flat_map(changes);
        changes.chain(replaced).collect()
    }

    /// The records, with where each stands and what its reader found.
    pub fn iter(&self) -> impl Iterator<Item = Record> {
        self.imports.iter().flat_map(Import::records)
    }

    /// The records, with how each was decided and what the checks found.
    pub fn accounts(&self) -> impl Iterator<Item = Account> {
        self.iter().map(|record| self.account(record))
    }

    /// The account of a record, with what its reader found, what could not be read of a treaty, and what the checks say of its decisions and of the configuration.
    pub(crate) fn account(&self, record: Record) -> Account {
        let (mut of_reader, mut unread) = (record.findings.clone(), Vec::new());
        if record.agreement.kind.is_treaty() {
            for import in &self.imports {
                let rows = unread_rows(&record.agreement, import);
                of_reader.extend(rows.map(|row| row.to_finding(Severity::Error)));
                unread.extend(unread_of(&record, import));
            }
        }
        if let [import] = self.imports.as_slice() {
            of_reader = at(&import.summary().path, of_reader);
        }
        let mut account = Account::new(record.agreement, &*record.origin, &self.validator);
        if let Some(treaty) = account.treaty.as_mut() {
            treaty.lack(unread);
        }
        account.findings.splice(0..0, of_reader);
        account.findings.extend(self.validator.undecided());
        account.findings.extend(self.validator.unknown_defaults());
        account
    }
}

/// The records of inputs to which decisions of others in them refer.
pub(crate) fn referred<'i>(
    imports: impl IntoIterator<Item = &'i Import, IntoIter: Clone>,
) -> Referred {
    let held = imports.into_iter().flat_map(Import::held);
    Referred::new(held.map(|record| &record.agreement))
}

/// The program, as metadata of a result name it.
#[cfg(feature = "analysis")]
pub(crate) const PROGRAM: &str = concat!("plenary ", env!("CARGO_PKG_VERSION"));

/// An input by the name of its file and its format; where it lay is nobody's business who gets the result.
#[cfg(feature = "analysis")]
pub(crate) fn source_name(path: &str, format: &str) -> String {
    let name = Path::new(path).file_name();
    let name = name.map_or_else(|| path.into(), OsStr::to_string_lossy);
    format!("{name} ({format})")
}

/// Whether a finding says that a file of a dataset is not the one that was written.
pub(crate) fn is_change(finding: &Finding) -> bool {
    [ReaderCheck::ResourceChanged, ReaderCheck::TablesDisagree]
        .iter()
        .any(|check| check.name() == finding.check)
}

/// A warning for each file of a dataset that is not the one that was written.
pub(crate) fn changes(import: &Import) -> Vec<String> {
    let changes = import.findings().iter().filter(|f| is_change(f));
    let warnings = changes.map(|finding| {
        let place = finding.place.path.as_ref();
        let path = place.unwrap_or(&import.summary().path);
        format!("{path}: {} ({})", finding.message, finding.check)
    });
    warnings.collect()
}
