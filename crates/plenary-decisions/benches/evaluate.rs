//! How long a decision takes: a vote of the whole Assembly, a vote of the Council, a weighted vote.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "a benchmark fails by panicking"
)]

use divan::{Bencher, black_box};
use plenary_bodies::{InForce, Library};
use plenary_decisions::{Requirement, Standing};
use plenary_types::{Choice, Participant};

fn main() {
    divan::main();
}

fn ballots(count: usize) -> Vec<(Participant, Choice)> {
    let codes = (0..count).filter_map(|i| {
        let letter = |n: usize| u8::try_from(n % 26).ok().map(|n| b'A' + n);
        plenary_types::StateCode::from_bytes([letter(i / 26)?, letter(i)?, b'A'])
            .map(Participant::from)
    });
    let choices = [
        Choice::Yes,
        Choice::Yes,
        Choice::Yes,
        Choice::No,
        Choice::Abstain,
    ];
    codes.zip(choices.into_iter().cycle()).collect()
}

fn rule(id: &str) -> InForce<'static> {
    Library::embedded()
        .rule(id, "2020-06-01".parse().unwrap())
        .unwrap()
}

const RULES: [(&str, usize); 4] = [
    ("ga-ordinary", 193),
    ("ga-important", 193),
    ("sc-substantive", 15),
    ("eu-qmv", 27),
];

#[divan::bench(args = RULES)]
fn with_reasons(bencher: Bencher<'_, '_>, (id, members): (&str, usize)) {
    let (rule, ballots) = (rule(id), ballots(members));
    bencher.bench(|| rule.evaluate(&Standing::from_ballots(black_box(&ballots).iter().copied())));
}

#[divan::bench(args = RULES)]
fn verdict_alone(bencher: Bencher<'_, '_>, (id, members): (&str, usize)) {
    let (rule, ballots) = (rule(id), ballots(members));
    bencher.bench(|| rule.verdict(&Standing::from_ballots(black_box(&ballots).iter().copied())));
}

#[divan::bench]
fn finding_the_rule(bencher: Bencher<'_, '_>) {
    let day = "2020-06-01".parse().unwrap();
    bencher.bench(|| Library::embedded().rule_for(black_box("unsc"), "substantive", day));
}

#[divan::bench]
fn parsing(bencher: Bencher<'_, '_>) {
    let text =
        "at least 55% of members; at least 65% of population or fewer than 4 members not in favour";
    bencher.bench(|| black_box(text).parse::<Requirement>());
}
