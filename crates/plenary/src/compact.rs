//! The Global Compact for Migration, built in.

use plenary_types::Agreement;

/// The Global Compact for Safe, Orderly and Regular Migration (A/RES/73/195) as a native document.
///
/// It is the document of the dataset in `fixtures/global-compact`.
pub const GLOBAL_COMPACT_JSON: &str =
    include_str!("../fixtures/global-compact/agreements/a-res-73-195.json");

/// The Global Compact for Safe, Orderly and Regular Migration, read from [`GLOBAL_COMPACT_JSON`].
///
/// # Errors
///
/// None that a user can meet: a test reads the same document.
///
/// ```
/// let compact = plenary::global_compact()?;
/// let (_, endorsement) = compact.principal_decision().expect("it was put to a vote");
/// assert_eq!(endorsement.announced.yes, Some(152));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn global_compact() -> Result<Agreement, serde_json::Error> {
    serde_json::from_str(GLOBAL_COMPACT_JSON)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_document_reads_and_is_written_back_as_it_was() {
        let compact = global_compact().unwrap();
        let again = serde_json::to_string(&compact).unwrap();
        assert_eq!(serde_json::from_str::<Agreement>(&again).unwrap(), compact);
        assert_eq!(compact.id, compact.derived_id());
    }

    #[test]
    fn the_vote_of_19_december_2018_is_whole() {
        let compact = global_compact().unwrap();
        let (_, endorsement) = compact.principal_decision().unwrap();
        let tally = endorsement.ballots.as_ref().unwrap().tally();
        assert_eq!((tally.yes, tally.no, tally.abstain), (152, 5, 12));
        assert_eq!((tally.non_voting, tally.members()), (24, Some(193)));
    }
}
