//! Records of any body: of random ones, and of every one that comes with the data.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use plenary_bodies::Reference;
use plenary_testing::{Context, SampleReference, cases, faults, records, references};
use plenary_types::{Agreement, NoOrigin, Origin};
use plenary_validation::Validator;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

/// A reference and a valid record of one of its bodies.
#[derive(Clone)]
struct Case {
    reference: Arc<Reference>,
    record: Agreement,
}

impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(&self.record).unwrap_or_default())
    }
}

/// Records of a body of a reference; of another one where nothing is known of whom it consists.
fn of_bodies(reference: Arc<Reference>, which: Index) -> BoxedStrategy<Case> {
    let bodies = reference.bodies().iter();
    let contexts = bodies.filter_map(|body| Context::new(&reference, body.id()));
    let contexts: Vec<_> = contexts.collect();
    let records = records(which.get(&contexts));
    records
        .prop_map(move |record| Case {
            reference: Arc::clone(&reference),
            record,
        })
        .boxed()
}

fn random() -> BoxedStrategy<(SampleReference, Case)> {
    // The first body is the one with a roster; the others have the members of it.
    let which = prop_oneof![2 => Just(0usize), 1 => 1..3usize];
    let cases = (references(), which).prop_flat_map(|(sample, which)| {
        let reference = sample.reference();
        let reference = reference.unwrap_or_else(|error| panic!("{error}"));
        let context = Context::new(&reference, &sample.bodies()[which]).unwrap();
        let case = records(&context).prop_map(move |record| Case {
            reference: Arc::clone(&reference),
            record,
        });
        (Just(sample), case)
    });
    cases.boxed()
}

fn embedded() -> BoxedStrategy<Case> {
    let which = any::<Index>();
    which
        .prop_flat_map(|which| of_bodies(Arc::clone(Reference::embedded()), which))
        .boxed()
}

fn findings(case: &Case) -> Vec<plenary_types::Finding> {
    let validator = Validator::default().with_reference(Arc::clone(&case.reference));
    validator.check(&case.record, &NoOrigin)
}

/// Puts each fault into a record, and says of which checks there was one.
fn inject_all(case: &Case, seed: u64) -> Result<BTreeSet<&'static str>, TestCaseError> {
    let validator = Validator::default().with_reference(Arc::clone(&case.reference));
    let mut tried = BTreeSet::new();
    for fault in faults() {
        let Some(broken) = fault.inject_by(&case.reference, &case.record, seed) else {
            continue;
        };
        tried.insert(fault.what);
        let findings = validator.check(&broken.agreement, &NoOrigin);
        let place = NoOrigin.place(broken.locus);
        let of_check: Vec<_> = findings.iter().filter(|f| f.check == fault.check).collect();
        let exact = matches!(of_check[..], [one] if one.place == place);
        prop_assert!(
            exact,
            "{}: {} at {}: {:#?}\n{}",
            fault.check,
            fault.what,
            broken.locus,
            findings,
            serde_json::to_string(&broken.agreement).unwrap()
        );
    }
    Ok(tried)
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn valid_records_of_any_body_give_no_finding((sample, case) in random()) {
        let findings = findings(&case);
        prop_assert!(findings.is_empty(), "{:#?}\n{:?}", findings, sample);
    }

    #[test]
    fn a_whole_list_of_any_body_is_decided((sample, case) in random()) {
        let validator = Validator::default().with_reference(Arc::clone(&case.reference));
        for cx in validator.decisions(&case.record) {
            let is_whole = cx.decision.ballots.is_some() && !cx.decision.partial;
            if let (Some(outcome), true) = (cx.decision.outcome, is_whole) {
                let verdict = cx.ruling().map(|ruling| ruling.verdict());
                let agrees = verdict.as_ref().is_ok_and(|verdict| verdict.agrees_with(outcome));
                prop_assert!(agrees, "{} is {:?}\n{:?}", outcome, verdict, sample);
            }
        }
    }

    #[test]
    fn valid_records_of_every_body_on_record_give_no_finding(case in embedded()) {
        let findings = findings(&case);
        prop_assert!(findings.is_empty(), "{:#?}", findings);
    }

    #[test]
    fn every_fault_in_a_record_of_any_body_is_found(
        (_sample, case) in random(),
        seed: u64,
    ) {
        inject_all(&case, seed)?;
    }

    #[test]
    fn every_fault_in_a_record_of_a_body_on_record_is_found(case in embedded(), seed: u64) {
        inject_all(&case, seed)?;
    }
}

#[test]
fn whatever_can_be_wrong_in_any_body_is_tried_in_random_ones() {
    let mut runner = TestRunner::deterministic();
    let mut tried = BTreeSet::new();
    for seed in 0..48 {
        let (_, case) = random().new_tree(&mut runner).unwrap().current();
        tried.extend(inject_all(&case, seed).unwrap());
    }
    let of_any_body = [
        "a ballot of a state that is no member",
        "a date before the body existed",
        "a date that stands for none",
        "a date years away",
        "a false claim",
        "a member listed twice",
        "a member taken off the list",
        "a mode that knows no votes",
        "a name that no state has",
        "a number of members announced that the body did not have",
        "a permanent member against",
        "a rule that is none",
        "a vote of a member that could not take part",
        "all votes but two lost",
        "all votes lost",
        "an adoption that the votes do not bear out",
        "an adoption by one member, when nobody else attended",
        "an announced total changed",
        "an election to the body of one who does not sit there",
        "an election to a body that is not on record",
        "an election of somebody who withdrew",
        "a candidate whom nobody knows",
        "a round dated before the one that it follows",
        "more ballots than electors",
        "more who attended than there are members",
        "seats of a group that is not on record",
        "somebody elected in two rounds",
        "an outcome that has no meaning here",
        "another identifier",
        "some of the totals, more than the members together",
        "the outcome that the votes do not come to",
        "the rows of the whole vote twice",
        "totals without ballots that do not add up",
    ];
    let untried: Vec<_> = of_any_body
        .iter()
        .filter(|what| !tried.contains(*what))
        .collect();
    assert!(untried.is_empty(), "{untried:#?}");
}
