//! [`compare`]: what two sources of the same votes differ in.

use std::path::Path;

#[cfg(feature = "analysis")]
use plenary_analysis::table::{Column, Table};
use plenary_compare::{Comparison, VoteList};
#[cfg(feature = "analysis")]
use plenary_compare::{Difference, Sight};
#[cfg(feature = "analysis")]
use plenary_types::Scope;
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

#[cfg(feature = "analysis")]
impl Compared {
    /// A row for each difference; those that belong to a pattern have its kind.
    #[must_use]
    pub fn table(&self) -> Table {
        let comparison = &self.comparison;
        let all = comparison.differences.iter();
        let texts = |name: &str, value: &dyn Fn(&Difference) -> Option<String>| {
            Column::texts(name, all.clone().map(value))
        };
        let sight = |letter: char, of: fn(&Difference) -> Option<&Sight>| {
            let line = |difference| {
                of(difference)?
                    .line
                    .and_then(|line| i32::try_from(line).ok())
            };
            [
                texts(&format!("record_{letter}"), &|d| {
                    Some(of(d)?.record.clone())
                }),
                Column::integers(&format!("line_{letter}"), all.clone().map(line)),
                texts(&format!("value_{letter}"), &|d| of(d)?.value.clone()),
            ]
        };
        let mut columns = vec![
            texts("kind", &|d| Some(d.kind.as_str().to_owned())),
            texts("session", &|d| d.session.map(|session| session.to_string())),
            texts("scope", &scope),
            texts("state", &|d| d.voter.map(|voter| voter.to_string())),
            texts("total", &|d| d.total.map(ToOwned::to_owned)),
        ];
        columns.extend(sight('a', |d| d.a.as_ref()));
        columns.extend(sight('b', |d| d.b.as_ref()));
        let pattern = |difference: &Difference| {
            let pattern = comparison.patterns.get(difference.pattern?)?;
            Some(pattern.kind.as_str().to_owned())
        };
        columns.push(texts("pattern", &pattern));
        Table::new(columns)
            .with("a", comparison.a.path.clone())
            .with("b", comparison.b.path.clone())
            .with("votes in both", comparison.matched.total().to_string())
    }
}

/// What a vote was on, by the word of the JSON; nothing for a whole text.
#[cfg(feature = "analysis")]
fn scope(difference: &Difference) -> Option<String> {
    let is_whole = difference.scope == Scope::default();
    let word = serde_json::to_value(difference.scope).ok();
    let word = word.filter(|_| !is_whole)?;
    word.as_str().map(ToOwned::to_owned)
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
