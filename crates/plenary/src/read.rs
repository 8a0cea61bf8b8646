//! What is read of inputs, with the account of their rows.

use plenary_import::{Import, ReaderCheck};
use plenary_types::Finding;

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
