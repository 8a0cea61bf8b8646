//! How another crate tests a rule of its own with these strategies: a rule of thumb has to hold on every valid
//! record, and has to be broken by the fault that it is there to find.
#![allow(clippy::unwrap_used, reason = "an example stops at the first surprise")]

use plenary_testing::{Context, agreements, fault};
use plenary_types::Agreement;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

/// The rule under test: whoever is on the list is counted in the announced totals.
fn totals_cover_the_list(agreement: &Agreement) -> bool {
    agreement.decisions().all(|(_, decision)| {
        let Some(ballots) = &decision.ballots else {
            return true;
        };
        let totals = [
            decision.announced.yes,
            decision.announced.no,
            decision.announced.abstain,
            decision.announced.non_voting,
        ];
        totals.into_iter().flatten().sum::<u32>() == u32::try_from(ballots.len()).unwrap()
    })
}

fn main() {
    let mut runner = TestRunner::deterministic();
    let votes_of_1956 =
        Context::assembly().between("1956-11-01".parse().unwrap(), "1957-01-01".parse().unwrap());
    for seed in 0..50 {
        let valid = agreements(&votes_of_1956)
            .new_tree(&mut runner)
            .unwrap()
            .current();
        assert!(totals_cover_the_list(&valid));
        let broken = fault("tally-mismatch")
            .unwrap()
            .inject(&valid, seed)
            .unwrap();
        assert!(!totals_cover_the_list(&broken.agreement));
    }
    println!("50 valid records passed and 50 broken ones were found");
}
