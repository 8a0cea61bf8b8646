//! Records of any body: of random ones, and of every one that comes with the data.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use plenary_bodies::Reference;
use plenary_testing::{
    Context, SampleReference, SimulatedHistory, cases, elections, faults, records, references,
    treaties, without_absent,
};
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
    let which = prop_oneof![2 => Just(0usize), 3 => 1..5usize];
    of_random(which.boxed(), records)
}

/// Records of a random body: of the one with a roster, or another of its reference by its place.
fn of_random(
    which: BoxedStrategy<usize>,
    draw: fn(&Context) -> BoxedStrategy<Agreement>,
) -> BoxedStrategy<(SampleReference, Case)> {
    let cases = (references(), which).prop_flat_map(move |(sample, which)| {
        let reference = sample.reference();
        let reference = reference.unwrap_or_else(|error| panic!("{error}"));
        let context = Context::new(&reference, &sample.bodies()[which]).unwrap();
        let case = draw(&context).prop_map(move |record| Case {
            reference: Arc::clone(&reference),
            record,
        });
        (Just(sample), case)
    });
    cases.boxed()
}

fn random_election() -> BoxedStrategy<(SampleReference, Case)> {
    of_random(
        prop_oneof![3 => Just(0usize), 1 => 1..5usize].boxed(),
        elections,
    )
}

fn random_treaty() -> BoxedStrategy<(SampleReference, Case)> {
    of_random(Just(0usize).boxed(), treaties)
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
            if let (Some(outcome), true) = (cx.outcome(), is_whole) {
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
    fn a_valid_election_in_any_body_gives_no_finding((sample, case) in random_election()) {
        let findings = findings(&case);
        prop_assert!(findings.is_empty(), "{:#?}\n{:?}\n{:?}", findings, case, sample);
    }

    #[test]
    fn every_fault_in_an_election_or_a_treaty_of_any_body_is_found(
        (_, case) in prop_oneof![random_election(), random_treaty()],
        seed: u64,
    ) {
        inject_all(&case, seed)?;
    }

    #[test]
    fn a_valid_treaty_among_members_of_any_body_gives_no_finding((sample, case) in random_treaty()) {
        let findings = findings(&case);
        prop_assert!(findings.is_empty(), "{:#?}\n{:?}\n{:?}", findings, case, sample);
    }

    #[test]
    fn a_simulated_history_of_any_body_gives_no_finding(sample in references(), which in 0..5usize, seed: u64) {
        let reference = sample.reference();
        let reference = reference.unwrap_or_else(|error| panic!("{error}"));
        let context = Context::new(&reference, &sample.bodies()[which]).unwrap();
        let history = SimulatedHistory::with_body(&context, seed, 3);
        let body = context.known_body().unwrap();
        let sessions = body.sessions().all().len();
        prop_assert!(history.agreements().len() <= 3 * sessions);
        // Who joined meanwhile is not on its lists, which therefore are partial. A number would say that it was adopted.
        for mut record in without_absent(history.agreements()) {
            record.symbols.clear();
            let case = Case { reference: Arc::clone(&reference), record };
            let found = findings(&case);
            let whole: Vec<_> = found.iter().filter(|finding| finding.check != "member-count").collect();
            prop_assert!(whole.is_empty(), "{:#?}\n{:?}\n{:?}", whole, case, sample);
        }
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
fn totals_may_hold_the_vote_of_a_chair_who_is_no_member() {
    let sums = |chair: &str| {
        let record: Agreement = serde_json::from_str(&format!(
            r#"{{"title": "A tie", "acts": [{{"act": "decision", "body": "us-senate", "date": "2021-02-05", {chair}
            "announced": {{"yes": 51, "no": 50, "abstain": 0, "non-voting": 0, "members": 100}}, "outcome": "Agreed to"}}]}}"#
        ))
        .unwrap();
        let findings = Validator::default().check(&record, &NoOrigin);
        findings
            .iter()
            .filter(|found| found.check == "tally-sum")
            .count()
    };
    assert_eq!(sums(r#""chair": {"choice": "yes"},"#), 0);
    assert_eq!(sums(""), 1);
}

#[test]
fn a_list_beside_totals_that_hold_the_vote_of_the_chair_is_whole() {
    let files = [
        (
            "bodies/club.toml",
            "format = 1\nname = \"Club\"\nfrom = 2000-01-01\nchair = { member = false, votes = \"on-tie\" }\n[kinds.ordinary]\nrules = [{ from = 2000-01-01, requirement = \"more than 1/2 of members\", tie = \"chair\", source = \"Statute\" }]\n",
        ),
        (
            "bodies/club.members.csv",
            "member,from,to\nFRA,2000-01-01,\nPER,2000-01-01,\nNER,2000-01-01,\n",
        ),
    ];
    let files = files.map(|(path, text)| (path, text.to_owned()));
    let reference = Reference::default().with_files("club", files).unwrap();
    for (yes, no, chair, outcome) in [(2, 1, "yes", "adopted"), (1, 2, "no", "rejected")] {
        let record = format!(
            r#"{{"title": "A tie", "acts": [{{"act": "decision", "body": "club", "date": "2005-05-05", "chair": {{"choice": "{chair}"}},
            "announced": {{"yes": {yes}, "no": {no}, "abstain": 1, "non-voting": 0, "members": 3}}, "outcome": "{outcome}",
            "ballots": {{"yes": ["FRA"], "no": ["PER"], "abstain": ["NER"], "non-voting": []}}}}]}}"#
        );
        let record: Agreement = serde_json::from_str(&record).unwrap();
        let validator = Validator::default().with_reference(Arc::clone(&reference));
        let [cx] = &validator.decisions(&record)[..] else {
            panic!("one decision")
        };
        let verdict = cx.ruling().unwrap().verdict();
        assert!(
            verdict.agrees_with(cx.outcome().unwrap()),
            "{outcome}: {verdict:?}"
        );
        let reference = Arc::clone(&reference);
        assert_eq!(findings(&Case { reference, record }), []);
    }
}

#[test]
fn units_of_a_suspended_member_count_for_nothing() {
    let files = [
        (
            "bodies/club.toml",
            "format = 1\nname = \"Club\"\nfrom = 2000-01-01\nunits = [\"a\", \"b\"]\n[kinds.ordinary]\nrules = [{ from = 2000-01-01, requirement = \"at least 2/3 of members\", source = \"Statute\" }]\n",
        ),
        (
            "bodies/club.members.csv",
            "member,from,to,status\nFRA,2000-01-01,,\nPER,2000-01-01,,\nNER,2000-01-01,,\nMLI,2000-01-01,,\nMLI,2001-01-01,,suspended\n",
        ),
    ];
    let files = files.map(|(path, text)| (path, text.to_owned()));
    let reference = Reference::default().with_files("club", files).unwrap();
    let record: Agreement = serde_json::from_str(
        r#"{"title": "A vote", "acts": [{"act": "decision", "body": "club", "date": "2005-05-05", "ballots": {
        "yes": ["unit:FRA/a", "unit:FRA/b", "unit:PER/a", "unit:PER/b"], "no": ["unit:NER/a", "unit:NER/b"],
        "abstain": [], "non-voting": ["unit:MLI/a", "unit:MLI/b"]}, "outcome": "adopted"}]}"#,
    )
    .unwrap();
    let case = Case { reference, record };
    assert_eq!(findings(&case), []);
}

#[test]
fn whatever_can_be_wrong_in_any_body_is_tried_in_random_ones() {
    let mut runner = TestRunner::deterministic();
    let mut tried = BTreeSet::new();
    let drawn = [
        (random(), 96),
        (random_election(), 48),
        (random_treaty(), 8),
    ];
    for (cases, count) in drawn {
        for seed in 0..count {
            let (_, case) = cases.new_tree(&mut runner).unwrap().current();
            tried.extend(inject_all(&case, seed).unwrap());
        }
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
        "a vote for somebody to whom a round was not restricted",
        "an adoption that the votes do not bear out",
        "an adoption by one member, when nobody else attended",
        "an announced total changed",
        "an election by another body",
        "an election of the candidate with the fewest votes",
        "an election to the body of one who does not sit there",
        "an election to a body that is not on record",
        "an election of somebody who withdrew",
        "a candidate whom nobody knows",
        "a round dated before the one that it follows",
        "more ballots than electors",
        "more who attended than there are members",
        "seats of a group that is not on record",
        "somebody elected in two rounds",
        "an entry into force on another day than the clause gives",
        "an outcome that has no meaning here",
        "another identifier",
        "more valid ballots than electors",
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
