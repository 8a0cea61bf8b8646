//! The strategies keep what they promise.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests fail by panicking"
)]

use plenary_bodies::Reference;
use plenary_testing::{Context, agreements, faults, symbol_texts, tallies};
use plenary_types::{Symbol, Tally};
use proptest::prelude::*;

proptest! {
    #[test]
    fn every_symbol_text_is_a_symbol_and_prints_back(text in symbol_texts()) {
        let symbol: Symbol = text.parse().map_err(|e| TestCaseError::fail(format!("{e}")))?;
        prop_assert_eq!(symbol.to_string(), text);
        let normal: Symbol = symbol.normal().parse().unwrap();
        prop_assert_eq!(normal.normal(), symbol.normal());
    }

    #[test]
    fn tallies_have_the_members_asked_for(tally in tallies(193)) {
        prop_assert_eq!(tally.members(), Some(193));
    }

    #[test]
    fn an_assembly_vote_lists_the_members_of_its_day(agreement in agreements(&Context::assembly())) {
        let (_, decision) = agreement.principal_decision().unwrap();
        let day = decision.date.unwrap().as_day().unwrap();
        let ballots = decision.ballots.as_ref().unwrap();
        let members = Reference::embedded().body("unga").unwrap().members_on(day).unwrap();
        prop_assert!(ballots.len() <= members.len() && ballots.len() + 2 >= members.len());
        prop_assert!(ballots.by_state().all(|(state, _)| members.contains(&state.into())));
        prop_assert!(ballots.tally().yes > ballots.tally().no);
    }

    #[test]
    fn the_tally_of_ballots_is_a_naive_count(agreement in agreements(&Context::assembly())) {
        let (_, decision) = agreement.principal_decision().unwrap();
        let ballots = decision.ballots.as_ref().unwrap();
        let mut naive = Tally::default();
        for ballot in ballots.iter() {
            *naive.get_mut(ballot.choice) += 1;
        }
        prop_assert_eq!(ballots.tally(), naive);
    }

    #[test]
    fn agreements_survive_serde_and_keep_their_identifier(agreement in agreements(&Context::council())) {
        let text = serde_json::to_string(&agreement).unwrap();
        let back: plenary_types::Agreement = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(back.derived_id(), agreement.id);
        prop_assert_eq!(back, agreement);
    }

    #[test]
    fn a_fault_changes_the_record(agreement in agreements(&Context::council()), seed: u64) {
        for fault in faults() {
            if let Some(broken) = fault.inject(&agreement, seed) {
                prop_assert_ne!(&broken.agreement, &agreement, "{}", fault.check);
            }
        }
    }
}
