//! Which votes of several inputs are one vote.

use plenary_analysis::copies::VotePlace;
use plenary_bodies::Reference;
use plenary_compare::{VoteList, same_votes};
use plenary_import::Import;

/// The votes of several inputs that are one vote, the earlier of each two first, as far as symbols, dates and ballots tell
/// ([`same_votes`]).
#[must_use]
pub fn same_votes_of(imports: &[Import], reference: &Reference) -> Vec<[VotePlace; 2]> {
    if imports.len() < 2 {
        return Vec::new();
    }
    let lists: Vec<VoteList> = imports.iter().map(VoteList::from_import).collect();
    let mut same = Vec::new();
    for (later, b) in lists.iter().enumerate() {
        for (earlier, a) in lists.iter().enumerate().take(later) {
            same.extend(same_votes(a, b, reference).into_iter().map(|(a, b)| {
                [(earlier, a), (later, b)].map(|(input, decision)| VotePlace { input, decision })
            }));
        }
    }
    same
}
