//! The checks over votes in memory: how many votes a second, with all of them and with a few.

#![allow(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use std::sync::Arc;

use divan::Bencher;
use divan::counter::ItemsCount;
use plenary_testing::SimulatedHistory;
use plenary_types::{Act, ActionKind, Agreement, AgreementKind, NoOrigin, Origin, TreatyAction};
use plenary_validation::{Config, DatasetChecker, Validator};

fn main() {
    divan::main();
}

/// Ten sessions with a hundred votes of more than 180 members each.
fn votes() -> Vec<Agreement> {
    SimulatedHistory::new(1, 60, 10, 100).agreements()
}

/// A treaty that 190 states signed and ratified, with its clause.
fn treaty() -> Agreement {
    let day: chrono::NaiveDate = "2012-01-01".parse().unwrap();
    let members = plenary_bodies::Reference::embedded().body("unga");
    let members = members.and_then(|body| body.members_on(day)).unwrap();
    let members = members.iter().take(190).enumerate();
    let acts = members.flat_map(|(at, state)| {
        let after = |days: u64| (day + chrono::Days::new(days)).into();
        [
            TreatyAction::new(*state, ActionKind::Signature, after(at as u64)),
            TreatyAction::new(*state, ActionKind::Ratification, after(200 + at as u64)),
        ]
    });
    Agreement {
        kind: AgreementKind::Treaty,
        title: "A convention. Geneva, 1 January 2012".into(),
        acts: acts.map(Act::Action).collect(),
        in_force_when: Some("60 instruments; 30 days".into()),
        in_force_since: "2012-10-16".parse().ok(),
        ..Agreement::default()
    }
}

fn check(bencher: Bencher<'_, '_>, agreements: &[Agreement], config: fn() -> Config) {
    bencher
        .counter(ItemsCount::new(agreements.len()))
        .with_inputs(|| Validator::new(config()))
        .bench_values(|validator| {
            let found = agreements
                .iter()
                .map(|a| validator.check(a, &NoOrigin).len());
            found.sum::<usize>()
        });
}

#[divan::bench]
fn every_check_over_votes(bencher: Bencher<'_, '_>) {
    check(bencher, &votes(), Config::default);
}

#[divan::bench]
fn one_selected_check_over_votes(bencher: Bencher<'_, '_>) {
    check(bencher, &votes(), || {
        Config::default().select(["tally-mismatch"]).unwrap()
    });
}

#[divan::bench]
fn checks_of_lists_over_votes(bencher: Bencher<'_, '_>) {
    check(bencher, &votes(), || {
        let names = [
            "duplicate-ballot",
            "not-a-member",
            "missing-member",
            "member-count",
        ];
        Config::default().select(names).unwrap()
    });
}

#[divan::bench]
fn every_check_over_treaties(bencher: Bencher<'_, '_>) {
    check(bencher, &vec![treaty(); 10], Config::default);
}

#[divan::bench]
fn checks_of_the_whole_dataset(bencher: Bencher<'_, '_>) {
    let votes = votes();
    let origin: Arc<dyn Origin> = Arc::new(NoOrigin);
    let validator = Validator::default();
    bencher.counter(ItemsCount::new(votes.len())).bench(|| {
        let mut dataset = DatasetChecker::new(&validator);
        votes.iter().for_each(|vote| dataset.add(vote, &origin));
        dataset.finish().len()
    });
}
