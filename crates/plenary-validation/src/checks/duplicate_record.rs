use std::collections::HashMap;

use plenary_types::{
    Agreement, Ballots, Citation, Field, Locus, Scope, Series, Severity, Subject, Symbol,
};

use crate::{Check, DatasetCheck, DatasetFindings, Example, Mark, RecordFacts, Run};

pub(crate) static CHECK: Check = Check {
    name: "duplicate-record",
    summary: "two records of a dataset have one symbol or one identifier",
    severity: Severity::Warning,
    why: "A symbol names one document, and from it follows the identifier, so two records under one symbol are one record \
          twice, or one of them has the wrong symbol. With the same ballots it is the first, and the vote counts twice \
          in every analysis; with other ballots it may be a vote on a part of the text. Two records with one identifier \
          cannot be told apart by whoever cites them. Votes that have no symbol but that of their meeting are many under one, \
          as are votes on parts of a text, and a vote on a motion whose text says so.",
    sources: &[
        "UN Editorial Manual, system of identification",
        "United Nations General Assembly Voting Data: roll calls 4393 and 5702 (57/84)",
    ],
    example: Example::Native {
        fails: r#"[{"symbols": ["A/RES/57/84"], "acts": [{"act": "decision", "partial": true, "date": "2002-11-22", "ballots": {"yes": ["FRA", "PER"], "no": ["IND"]}}]},
 {"symbols": ["A/RES/57/84"], "acts": [{"act": "decision", "partial": true, "date": "2002-11-22", "ballots": {"yes": ["FRA", "PER"], "no": ["IND"]}}]}]"#,
        mended: r#"[{"symbols": ["A/RES/57/84"], "acts": [{"act": "decision", "partial": true, "date": "2002-11-22", "ballots": {"yes": ["FRA", "PER"], "no": ["IND"]}}]},
 {"symbols": ["A/RES/57/85"], "acts": [{"act": "decision", "partial": true, "date": "2002-11-22", "ballots": {"yes": ["FRA", "PER"], "no": ["IND"]}}]}]"#,
    },
    waive: "Record votes on parts of a text as such (`\"scope\": \"paragraph\"`); take the second copy out.",
    run: Run::Dataset(&|| Box::new(Records::default())),
};

/// The records under each symbol and each identifier.
#[derive(Default)]
struct Records {
    by_symbol: HashMap<Box<str>, Box<Group>>,
    by_id: HashMap<u128, Box<Group>>,
    order: Vec<Key>,
}

/// Under what records were found more than once.
enum Key {
    Symbol(Box<str>),
    Id(u128),
}

/// The first record under a symbol or an identifier, and those after it.
struct Group {
    label: Box<str>,
    what: &'static str,
    ballots: Option<Fingerprint>,
    others: Vec<Other>,
}

/// A record after the first, and how its ballots compare with those before.
struct Other {
    mark: Mark,
    how: &'static str,
    ballots: Option<Fingerprint>,
}

impl DatasetCheck for Records {
    fn add(&mut self, record: &RecordFacts<'_>) {
        let agreement = record.agreement;
        let symbol = agreement.symbols.first().and_then(Citation::symbol);
        let repeated = symbol.is_some_and(|symbol| self.under_symbol(record, symbol));
        if let (Some(id), false) = (agreement.id.map(|id| id.as_u128()), repeated) {
            self.under_id(record, id);
        }
    }

    fn finish(self: Box<Self>, out: &mut DatasetFindings) {
        for key in &self.order {
            let group = match key {
                Key::Symbol(symbol) => self.by_symbol.get(symbol),
                Key::Id(id) => self.by_id.get(id),
            };
            group.into_iter().for_each(|group| group.report(out));
        }
    }
}

impl Records {
    /// Takes a record in under its symbol. Whether one was there.
    fn under_symbol(&mut self, record: &RecordFacts<'_>, symbol: &Symbol) -> bool {
        let Some(what) = kind(record.agreement, symbol) else {
            return false;
        };
        let ballots = record.agreement.principal_decision();
        let ballots = ballots.and_then(|(_, decision)| decision.ballots.as_ref());
        let ballots = ballots.filter(|ballots| !ballots.is_empty());
        let ballots = ballots.map(Fingerprint::of);
        let Some(group) = self.by_symbol.get_mut(symbol.normal()) else {
            let group = Group::of(record.agreement.label(), what, ballots);
            self.by_symbol.insert(symbol.normal().into(), group);
            return false;
        };
        if is_motion(record.agreement) {
            return true;
        }
        group.others.push(Other {
            mark: record.mark(Locus::of_record(Field::Symbol(0))),
            how: group.ballots_are(ballots),
            ballots,
        });
        if group.others.len() == 1 {
            self.order.push(Key::Symbol(symbol.normal().into()));
        }
        true
    }

    fn under_id(&mut self, record: &RecordFacts<'_>, id: u128) {
        if let Some(group) = self.by_id.get_mut(&id) {
            group.others.push(Other {
                mark: record.mark(Locus::of_record(Field::Id)),
                how: "",
                ballots: None,
            });
            if group.others.len() == 1 {
                self.order.push(Key::Id(id));
            }
        } else {
            let group = Group::of(record.agreement.label(), IDENTIFIER, None);
            self.by_id.insert(id, group);
        }
    }
}

/// What a record under a symbol is of; `None` when several records under one are as it should be: votes on parts of a
/// text, and decisions that have no symbol but that of their meeting.
fn kind(agreement: &Agreement, symbol: &Symbol) -> Option<&'static str> {
    let decision = agreement.principal_decision();
    let is_whole = decision.is_some_and(|(_, decision)| decision.question.scope == Scope::Whole);
    match symbol.series() {
        _ if agreement.kind.is_treaty() => Some("treaty"),
        Series::Verbatim | Series::Summary => None,
        Series::Resolution if is_whole => Some("resolution"),
        // Data sets have numbers of their own that look like symbols: `R/12/461`.
        _ if is_whole && symbol.body().is_some() => Some("document"),
        _ => None,
    }
}

/// Whether the text of the question says that it was a motion, such as one that no action be taken on the draft; the outcome
/// is judged by `outcome-mismatch`.
fn is_motion(agreement: &Agreement) -> bool {
    let decision = agreement.principal_decision();
    let text = decision.and_then(|(_, decision)| decision.question.text.as_deref());
    let phrases = ["the motion submitted by", "the motion proposed by"];
    text.is_some_and(|text| phrases.iter().any(|phrase| text.contains(phrase)))
}

/// How many of the records that were found are named.
const MOST: usize = 4;
const IDENTIFIER: &str = "identifier";
const OTHER: &str = ", with other ballots";

impl Group {
    fn of(label: &str, what: &'static str, ballots: Option<Fingerprint>) -> Box<Self> {
        Box::new(Self {
            label: label.into(),
            what,
            ballots,
            others: Vec::new(),
        })
    }

    /// How ballots compare with those of the records before; nothing where none has any.
    fn ballots_are(&self, ballots: Option<Fingerprint>) -> &'static str {
        let others = self.others.iter().map(|other| other.ballots);
        let mut others = others.chain([self.ballots]).flatten().peekable();
        match (ballots, others.peek().is_some()) {
            (None, false) => "",
            (None, true) | (Some(_), false) => ", with and without ballots",
            (Some(own), true) if others.any(|other| other == own) => ", with the same ballots",
            (Some(_), true) => OTHER,
        }
    }

    /// The labels of the records that were found, each once, and one more than [`MOST`] where there are more.
    fn labels(&self) -> Vec<&str> {
        let mut labels = vec![&*self.label];
        for other in &self.others {
            let label = other.mark.record();
            if labels.len() <= MOST && !labels.contains(&label) {
                labels.push(label);
            }
        }
        labels
    }

    /// The records that were found, by their labels.
    fn found(&self) -> String {
        let mut labels = self.labels();
        match (labels.as_slice(), self.others.len() + 1) {
            ([one], 2) => format!("{one} twice"),
            ([one], records) => format!("{one} {records} times"),
            ([first, other], 2) => format!("{other}, also recorded as {first}"),
            (_, records) => {
                let more = if labels.len() > MOST { ", …" } else { "" };
                labels.truncate(MOST);
                format!("{records} records: {}{more}", labels.join(", "))
            }
        }
    }

    fn report(&self, out: &mut DatasetFindings) {
        let what = self.what;
        // One finding for all that are alike, at the first of them.
        let mut told = Vec::new();
        for Other { mark, how, .. } in &self.others {
            if told.contains(how) {
                continue;
            }
            told.push(*how);
            let message = match what {
                IDENTIFIER => "several records have one identifier".to_owned(),
                _ => format!("the {what} is recorded more than once{how}"),
            };
            let report = out
                .report(Some(mark), message)
                .expected(format!("one record for each {what}"))
                .found(self.found())
                .subjects(
                    self.labels()
                        .into_iter()
                        .take(MOST)
                        .map(|label| Subject::Record(label.into())),
                );
            if *how == OTHER {
                report.help("is it the vote on a motion, an amendment or a paragraph?");
            }
        }
    }
}

/// A number that is the same for the same choices of the same members, whatever their order. It is remembered in place of the
/// ballots: lists of a million names that are kept to the end are freed one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Fingerprint(u64);

impl Fingerprint {
    fn of(ballots: &Ballots) -> Self {
        let one = |ballot: plenary_types::Ballot<'_>| {
            let who = ballot.entry.who;
            let number = who.map_or(u64::MAX, |who| u64::from(who.number()));
            mixed(number.wrapping_mul(8).wrapping_add(ballot.choice as u64))
        };
        Self(ballots.iter().map(one).fold(1, u64::wrapping_add))
    }
}

/// Spreads a small number over 64 bits (the finaliser of SplitMix64): there are a million ballots to go through.
const fn mixed(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_spread_as_the_generator_has_them() {
        // The first two numbers of SplitMix64 from the seed 0, whose state grows by one constant.
        assert_eq!(mixed(0), 0xe220_a839_7b1d_cdaf);
        assert_eq!(mixed(0x9e37_79b9_7f4a_7c15), 0x6e78_9e6a_a1b9_65f4);
    }

    #[test]
    fn a_fingerprint_tells_choices_and_members_and_not_their_order() {
        let of = |rows: &[(&str, plenary_types::Choice)]| {
            let rows = rows
                .iter()
                .map(|(code, choice)| (code.parse().unwrap(), *choice));
            Fingerprint::of(&rows.collect::<Ballots>())
        };
        use plenary_types::Choice::{No, Yes};
        let votes = of(&[("FRA", Yes), ("PER", No)]);
        assert_eq!(votes, of(&[("PER", No), ("FRA", Yes)]));
        let others = [
            of(&[("FRA", No), ("PER", Yes)]),
            of(&[("FRA", Yes), ("CHL", No)]),
            of(&[("FRA", Yes)]),
            of(&[]),
        ];
        for (at, other) in others.iter().enumerate() {
            assert_ne!(votes, *other);
            assert!(!others[..at].contains(other));
        }
    }
}
