//! Every fault is found where it was injected, and valid records give no finding.

use plenary_testing::{Context, agreements, faults, treaties};
use plenary_types::{Act, Agreement, Ballots, NoOrigin, Origin, Roll, RollEntry};
use plenary_validation::{Catalogue, Config, Run, Validator};
use proptest::prelude::*;
use std::sync::Arc;

fn contexts() -> BoxedStrategy<Agreement> {
    prop_oneof![
        3 => agreements(&Context::assembly()),
        1 => agreements(&Context::council()),
        1 => treaties(&Context::assembly().between("1995-01-01".parse().unwrap(), "2026-01-01".parse().unwrap())),
        1 => agreements(&Context::assembly().between("1956-11-01".parse().unwrap(), "1957-01-01".parse().unwrap())),
        1 => agreements(&Context::assembly().between("1990-01-01".parse().unwrap(), "2004-01-01".parse().unwrap())),
    ]
    .boxed()
}

fn permuted(agreement: &Agreement, seed: u64) -> Agreement {
    let mut permuted = agreement.clone();
    for act in &mut permuted.acts {
        let Act::Decision(decision) = act else {
            continue;
        };
        let Some(ballots) = &decision.ballots else {
            continue;
        };
        let mut lines: Vec<(RollEntry, _)> = ballots
            .iter()
            .map(|ballot| (ballot.entry.clone(), ballot.choice))
            .collect();
        let key = |i: usize| {
            (i as u64)
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(seed)
                .rotate_left(29)
        };
        let mut order: Vec<usize> = (0..lines.len()).collect();
        order.sort_by_key(|i| key(*i));
        let shuffled = order
            .into_iter()
            .map(|i| std::mem::take(&mut lines[i].0))
            .collect::<Vec<_>>();
        let choices: Vec<_> = {
            let mut order: Vec<usize> = (0..lines.len()).collect();
            order.sort_by_key(|i| key(*i));
            order.into_iter().map(|i| lines[i].1).collect()
        };
        decision.ballots = Some(Ballots::new(Arc::new(Roll::new(shuffled)), choices).unwrap());
    }
    permuted
}

/// What was found, without the place in the list, which a permutation moves.
fn kinds(agreement: &Agreement) -> Vec<(String, String)> {
    let findings = Validator::default().check(agreement, &NoOrigin);
    let mut kinds: Vec<_> = findings
        .into_iter()
        .map(|f| (f.check.into_owned(), f.message))
        .collect();
    kinds.sort();
    kinds
}

#[test]
fn every_check_of_records_has_a_fault() {
    for check in Catalogue::default().checks() {
        if matches!(check.run, Run::Record(_) | Run::Decision(_)) {
            assert!(
                plenary_testing::fault(check.name).is_some(),
                "{} has no fault",
                check.name
            );
        }
    }
    for fault in faults() {
        assert!(
            Catalogue::default().find(fault.check).is_some(),
            "{} is no check",
            fault.check
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn valid_records_give_no_finding(agreement in contexts()) {
        let findings = Validator::default().check(&agreement, &NoOrigin);
        prop_assert!(findings.is_empty(), "{:#?}", findings);
    }

    #[test]
    fn every_fault_is_found_where_it_was_injected(agreement in contexts(), seed: u64) {
        let validator = Validator::default();
        for fault in faults() {
            let Some(broken) = fault.inject(&agreement, seed) else { continue };
            let findings = validator.check(&broken.agreement, &NoOrigin);
            let place = NoOrigin.place(broken.locus);
            let of_check: Vec<_> = findings.iter().filter(|f| f.check == fault.check).collect();
            let exact = matches!(of_check[..], [one] if one.place == place);
            prop_assert!(exact, "{} at {}: {:#?}", fault.check, broken.locus, findings);
        }
    }

    #[test]
    fn permuting_the_list_changes_no_finding(agreement in contexts(), seed: u64) {
        prop_assert_eq!(kinds(&permuted(&agreement, seed)), Vec::new());
        for fault in faults() {
            let Some(broken) = fault.inject(&agreement, seed) else { continue };
            prop_assert_eq!(kinds(&permuted(&broken.agreement, seed)), kinds(&broken.agreement), "{}", fault.check);
        }
    }

    #[test]
    fn ignoring_a_check_removes_its_findings_and_no_others(agreement in contexts(), seed: u64) {
        for fault in faults() {
            let Some(broken) = fault.inject(&agreement, seed) else { continue };
            let all = Validator::default().check(&broken.agreement, &NoOrigin);
            let config = Config::default().ignore([fault.check]).unwrap();
            let rest = Validator::new(config).check(&broken.agreement, &NoOrigin);
            let expected: Vec<_> = all.into_iter().filter(|f| f.check != fault.check).collect();
            prop_assert_eq!(rest, expected);
        }
    }
}
