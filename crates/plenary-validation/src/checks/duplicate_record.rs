use std::collections::HashMap;

use plenary_types::{Citation, Decision, Field, Locus, Scope, Series, Severity};

use crate::{Check, DatasetCheck, DatasetFindings, Example, History, Mark, RecordFacts, Run};

pub(crate) static CHECK: Check = Check {
    name: "duplicate-record",
    summary: "two records of a dataset are of one resolution",
    severity: Severity::Warning,
    why: "A symbol names one document, and from it follows the identifier, so two records under one symbol are one record \
          twice, or one of them has the wrong symbol. With the same ballots it is the first, and the vote counts twice \
          in every analysis; with other ballots it may be a vote on a part of the text.",
    sources: &[
        "UN Editorial Manual, system of identification",
        "United Nations General Assembly Voting Data: roll calls 4391 and 5700 (57/78)",
    ],
    example: Example::Native {
        fails: r#"[{"symbols": ["A/RES/57/78"], "acts": [{"act": "decision", "partial": true, "date": "2002-11-22", "ballots": {"yes": ["FRA", "PER"], "no": ["IND"]}}]},
 {"symbols": ["A/RES/57/78"], "acts": [{"act": "decision", "partial": true, "date": "2002-11-22", "ballots": {"yes": ["FRA", "PER"], "no": ["IND"]}}]}]"#,
        mended: r#"[{"symbols": ["A/RES/57/78"], "acts": [{"act": "decision", "partial": true, "date": "2002-11-22", "ballots": {"yes": ["FRA", "PER"], "no": ["IND"]}}]},
 {"symbols": ["A/RES/57/79"], "acts": [{"act": "decision", "partial": true, "date": "2002-11-22", "ballots": {"yes": ["FRA", "PER"], "no": ["IND"]}}]}]"#,
    },
    waive: "Record votes on parts of a text as such (`\"scope\": \"paragraph\"`); take the second copy out.",
    run: Run::Dataset(|| Box::new(Records::default())),
};

/// What is remembered of the records under each symbol.
#[derive(Default)]
struct Records {
    by_symbol: HashMap<Box<str>, Seen>,
    twice: Vec<(Mark, String, bool)>,
}

struct Seen {
    label: Box<str>,
    ballots: u64,
}

impl DatasetCheck for Records {
    fn add(&mut self, record: &RecordFacts<'_>) {
        let symbol = record.agreement.symbols.first().and_then(Citation::symbol);
        let Some(symbol) = symbol.filter(|s| s.series() == Series::Resolution) else {
            return;
        };
        let Some((_, decision)) = record.agreement.principal_decision() else {
            return;
        };
        if decision.question.scope != Scope::Whole {
            return;
        }
        let ballots = fingerprint(decision);
        match self.by_symbol.get(symbol.normal()) {
            Some(seen) => {
                let mark = record.mark(Locus::of_record(Field::Symbol(0)));
                self.twice
                    .push((mark, seen.label.to_string(), seen.ballots == ballots));
            }
            None => {
                let label = record.agreement.label().into();
                self.by_symbol
                    .insert(symbol.normal().into(), Seen { label, ballots });
            }
        }
    }

    fn finish(self: Box<Self>, _: &History, out: &mut DatasetFindings<'_>) {
        for (mark, first, same) in &self.twice {
            let message = match same {
                true => "the resolution is recorded twice, with the same ballots",
                false => "the resolution is recorded twice, with other ballots",
            };
            out.report(Some(mark), message)
                .expected("one record a resolution")
                .found(found(mark.record(), first));
        }
    }
}

fn found(record: &str, first: &str) -> String {
    match record == first {
        true => format!("{record} twice"),
        false => format!("{record}, also recorded as {first}"),
    }
}

/// A number that is the same for the same choices of the same members, whatever their order.
fn fingerprint(decision: &Decision) -> u64 {
    let Some(ballots) = &decision.ballots else {
        return 0;
    };
    let one = |ballot: plenary_types::Ballot<'_>| {
        let state = ballot
            .entry
            .state
            .map_or(u64::MAX, |state| state.index() as u64);
        mixed(state.wrapping_mul(8).wrapping_add(ballot.choice as u64))
    };
    ballots.iter().map(one).fold(1, u64::wrapping_add)
}

/// Spreads a small number over 64 bits (the finaliser of SplitMix64): there are a million ballots to go through.
const fn mixed(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
