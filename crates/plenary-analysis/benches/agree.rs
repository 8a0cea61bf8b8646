//! Agreement of all pairs of states, yearly and overall. With `PLENARY_SHARED` (or `../shared` beside the workspace) it
//! reads the real votes that `agree_numpy.py` reads; else it makes votes of the same size.
#![allow(missing_docs, reason = "benchmarks document themselves by name")]

use std::collections::HashMap;
use std::sync::OnceLock;

use divan::{Bencher, black_box};
use plenary_analysis::dyad::{Agreement, DyadGroup, Dyads};
use plenary_analysis::{Grouping, VoteKey, VoteMatrix, Votes};
use plenary_types::{Choice, Date};
use rayon::prelude::*;

fn main() {
    divan::main();
}

fn table(name: &str) -> Option<csv::Reader<Box<dyn std::io::Read>>> {
    let path = plenary_testing::shared(&format!("unvotes/{name}"))?;
    let file = std::fs::File::open(path).ok()?;
    let decoded = zstd::Decoder::new(file).ok()?;
    Some(csv::Reader::from_reader(Box::new(decoded)))
}

fn real() -> Option<Votes> {
    let mut dates: HashMap<String, Date> = HashMap::new();
    for record in table("roll_calls.csv.zst")?.records() {
        let record = record.ok()?;
        if let Some(date) = record[3].get(..4).and_then(|year| year.parse().ok()) {
            dates.insert(record[0].to_owned(), date);
        }
    }
    let mut rows: HashMap<String, Vec<(String, Choice)>> = HashMap::new();
    for record in table("unvotes.csv.zst")?.records() {
        let record = record.ok()?;
        let choice = record[3].parse().ok()?;
        rows.entry(record[0].to_owned())
            .or_default()
            .push((record[1].to_owned(), choice));
    }
    let mut votes = Votes::default();
    for (id, ballots) in rows {
        if let Some(&date) = dates.get(&id) {
            let key = VoteKey::new(id).on(date);
            votes.add(
                key,
                ballots
                    .iter()
                    .map(|(state, choice)| (state.as_str(), *choice)),
            );
        }
    }
    Some(votes)
}

fn made() -> Votes {
    let mut votes = Votes::default();
    let names: Vec<String> = (0..193).map(|state| format!("state {state}")).collect();
    for vote in 0..6_200usize {
        let year = i32::try_from(1946 + vote / 84).unwrap_or(1946);
        let members = 54 + 139 * vote / 6_200;
        let choice = |state: usize| Choice::ALL[(vote * 7 + state * state) % 3];
        let Ok(date) = Date::year(year) else {
            continue;
        };
        let ballots = names
            .iter()
            .take(members)
            .enumerate()
            .map(|(s, name)| (name.as_str(), choice(s)));
        votes.add(VoteKey::new(vote.to_string()).on(date), ballots);
    }
    votes
}

fn matrices() -> &'static [VoteMatrix; 2] {
    static MATRICES: OnceLock<[VoteMatrix; 2]> = OnceLock::new();
    MATRICES.get_or_init(|| {
        let votes = real().unwrap_or_else(made);
        println!("{} votes, {} ballots", votes.len(), votes.cast());
        [votes.matrix(Grouping::Year), votes.matrix(Grouping::All)]
    })
}

#[divan::bench]
fn yearly_and_overall_agreement(bencher: Bencher<'_, '_>) {
    let [yearly, overall] = matrices();
    bencher.bench(|| {
        (
            Agreement::count(black_box(yearly)),
            Agreement::count(black_box(overall)),
        )
    });
}

#[divan::bench]
fn yearly_and_overall_counts_kappa_and_pi(bencher: Bencher<'_, '_>) {
    let [yearly, overall] = matrices();
    bencher.bench(|| {
        [yearly, overall].map(|matrix| {
            let dyads = Dyads::count(black_box(matrix));
            let measures: Vec<[Vec<f64>; 3]> =
                dyads.groups().par_iter().map(DyadGroup::nominal).collect();
            (dyads, measures)
        })
    });
}

#[divan::bench]
fn yearly_counts_only(bencher: Bencher<'_, '_>) {
    let [yearly, _] = matrices();
    bencher.bench(|| Dyads::count(black_box(yearly)));
}
