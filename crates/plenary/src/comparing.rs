//! [`compare`]: what two sources of the same votes differ in.

use std::path::Path;

use plenary_compare::{Comparison, VoteList};
use serde::Serialize;

use crate::{Error, Input, Refusal, Settings, read, with_carried};

/// What two sources differ in. It serialises as the comparison (docs/schema/compare.schema.json).
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
#[non_exhaustive]
pub struct Compared {
    /// The differences, and what they have in common.
    pub comparison: Comparison,
    /// What limits the reading of the sources.
    #[serde(skip)]
    pub warnings: Vec<String>,
}

/// Compares two sources of the same votes: what differs, and what the differences have in common.
///
/// ```
/// use plenary::{Input, Settings, compare};
///
/// let compared = compare(Input::compact(), Input::compact(), &Settings::default())?;
/// assert!(compared.comparison.is_equal());
/// # Ok::<(), plenary::Error>(())
/// ```
///
/// # Errors
///
/// [`Error`] when a source cannot be used, or has no vote.
pub fn compare(
    a: impl Into<Input>,
    b: impl Into<Input>,
    settings: &Settings,
) -> Result<Compared, Error> {
    let mut warnings = Vec::new();
    let inputs = [a.into(), b.into()];
    let reference = with_carried(&settings.reference, &inputs)?;
    let mut list = |input: Input| {
        let import = input.read(settings)?;
        warnings.extend(read::changes(&import));
        let votes = VoteList::from_import(&import);
        if !votes.is_empty() {
            return Ok(votes);
        }
        let refusal =
            Refusal::new("no vote in it to compare").with_help(match import.summary().rejected {
                0 => "compare a source of votes: a table of votes, MARCXML, documents or a dataset",
                _ => "its rows could not be used: `plenary check` names them",
            });
        Err(Error::from(refusal.at(Path::new(&*input.name()))))
    };
    let [a, b] = inputs;
    let (a, b) = (list(a)?, list(b)?);
    Ok(Compared {
        comparison: plenary_compare::compare(&a, &b, &reference),
        warnings,
    })
}
