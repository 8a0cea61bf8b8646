//! Which votes of several inputs are one vote, and which may be.

use plenary::analysis::copies::{Unmatched, VotePlace};
use plenary::compare::{VoteList, same_votes};
use plenary::import::Import;

use crate::output::{Output, many, thousands};

/// The votes of the inputs that are one, the earlier of each two first.
pub(crate) fn of(imports: &[Import]) -> Vec<[VotePlace; 2]> {
    if imports.len() < 2 {
        return Vec::new();
    }
    let lists: Vec<VoteList> = imports.iter().map(VoteList::of).collect();
    let mut same = Vec::new();
    for (later, b) in lists.iter().enumerate() {
        for (earlier, a) in lists.iter().enumerate().take(later) {
            same.extend(same_votes(a, b).into_iter().map(|(a, b)| {
                [(earlier, a), (later, b)].map(|(input, decision)| VotePlace { input, decision })
            }));
        }
    }
    same
}

/// Warns of votes that two inputs have of the same sessions and that could not be matched; the text for an output's own account.
pub(crate) fn warn_of_unmatched(
    unmatched: &[Unmatched],
    inputs: &[&str],
    output: &Output,
) -> Option<String> {
    let text = |unmatched: &Unmatched| {
        let [one, other] = unmatched
            .inputs
            .map(|at| inputs.get(at).copied().unwrap_or_default());
        let [votes, others] = unmatched.votes;
        format!(
            "{} of {one} and {} of {other} in the same sessions were not matched; they are counted separately",
            many(votes, "vote"),
            thousands(others as u64)
        )
    };
    let texts: Vec<String> = unmatched.iter().map(text).collect();
    texts.iter().for_each(|text| output.warn(text));
    (!texts.is_empty()).then(|| texts.join("; "))
}
