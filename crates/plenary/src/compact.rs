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

    /// The words for the standing of each claim, with the start of its text.
    fn standings(compact: &Agreement) -> Vec<(String, String)> {
        let judged = compact.claims.iter().map(|claim| {
            let judgement = plenary_validation::judge_claim(compact, claim);
            let judgement = serde_json::to_value(judgement).unwrap();
            let standing = judgement["standing"].as_str().unwrap().to_owned();
            (standing, claim.text.chars().take(28).collect())
        });
        judged.collect()
    }

    #[test]
    fn every_statement_of_the_report_has_its_standing() {
        let compact = global_compact().unwrap();
        let expected = [
            ("confirmed", "The General Assembly has 193"),
            ("confirmed", "An overwhelming majority of "),
            ("not-checkable", "It is a major resolution."),
            ("confirmed", "The resolution is not bindin"),
            ("confirmed", "152 members voted in favour."),
            ("confirmed", "12 members abstained."),
            ("inexact", "164 countries approved the d"),
            ("confirmed", "They approved it earlier in "),
            ("inexact", "The votes in favour were sig"),
            ("confirmed", "The opposition was led by th"),
            ("corroborated", "The opponents argued that th"),
            ("unsupported", "The opponents argued that it"),
            ("not-checkable", "The opponents argued that it"),
            ("corroborated", "The Secretary-General, Antón"),
            ("corroborated", "He appealed for more legal p"),
            ("inexact", "It is the first internationa"),
            ("unsupported", "It ensures safe passage for "),
            ("unsupported", "It gives migrants in an irre"),
            ("confirmed", "It lets authorities act agai"),
            ("confirmed", "There are over 250 million m"),
            ("confirmed", "They are roughly 3.4 per cen"),
            ("confirmed", "Five members voted against."),
            ("confirmed", "24 members were not present "),
            ("confirmed", "The Assembly voted on 19 Dec"),
            ("confirmed", "The Compact sets out 23 obje"),
            ("confirmed", "The Compact was approved at "),
        ];
        let expected = expected.map(|(standing, text)| (standing.to_owned(), text.to_owned()));
        assert_eq!(standings(&compact), expected);
    }

    #[test]
    fn what_the_report_does_not_state_is_credited_to_the_documents_that_do() {
        let compact = global_compact().unwrap();
        let report = &compact.claims[0].source;
        let reported = compact
            .claims
            .iter()
            .filter(|claim| claim.source == *report);
        for claim in reported {
            for stated_elsewhere in ["24", "Five", "five", "19 December", "23", "acclamation"] {
                assert!(!claim.text.contains(stated_elsewhere), "{}", claim.text);
            }
        }
        assert!(compact.sources.iter().any(|source| source == report));
    }

    #[test]
    fn every_provision_says_where_it_stands_and_is_confirmed() {
        let compact = global_compact().unwrap();
        for (at, objective) in compact.objectives.iter().enumerate() {
            let paragraph = (17 + at).to_string();
            assert_eq!(objective.paragraph.as_ref(), Some(&paragraph));
        }
        for principle in &compact.principles {
            let paragraph = format!("15({})", principle.number);
            assert_eq!(principle.paragraph.as_ref(), Some(&paragraph));
        }
        let mut all = compact.objectives.iter().chain(&compact.principles);
        assert!(all.all(|provision| !provision.unverified));
    }
}
