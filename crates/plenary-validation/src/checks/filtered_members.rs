use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use plenary_bodies::Electorate;
use plenary_types::{BodyId, Decision, Field, Locus, Severity, StateCode, Symbol};

use crate::{Check, DatasetCheck, DatasetFindings, DecisionCx, Example, Mark, RecordFacts, Run};

pub(crate) static CHECK: Check = Check {
    name: "filtered-members",
    summary: "the lists of a whole dataset hold the same few members of the body",
    severity: Severity::Warning,
    why: "A list that lacks most members is a damaged record. Where no list of a dataset has more than a few of them, and they are \
          the same in all, nothing was lost by accident: the file was filtered to some members. That is said once, and \
          what follows from it in each vote (missing-member, member-count, truncated-roll, tally-mismatch, outcome-mismatch) is not \
          said again. What rests on the whole list, such as an outcome without announced totals, cannot be judged from such a file.",
    sources: &[
        "UNBIS manual, field 967 (every member, with or without a vote)",
        "Membership of the United Nations (plenary-bodies)",
    ],
    example: Example::Native {
        fails: r#"[{"symbols": ["A/RES/73/194"], "acts": [{"act": "decision", "date": "2018-12-17", "ballots": {"yes": ["FRA", "PER"], "no": ["RUS"]}}]},
 {"symbols": ["A/RES/73/195"], "acts": [{"act": "decision", "date": "2018-12-19", "ballots": {"yes": ["FRA", "PER", "RUS"]}}]},
 {"symbols": ["A/RES/73/196"], "acts": [{"act": "decision", "date": "2018-12-20", "ballots": {"yes": ["FRA", "PER"], "abstain": ["RUS"]}}]}]"#,
        mended: r#"[{"symbols": ["A/RES/73/194"], "acts": [{"act": "decision", "date": "2018-12-17", "partial": true, "ballots": {"yes": ["FRA", "PER"], "no": ["RUS"]}}]},
 {"symbols": ["A/RES/73/195"], "acts": [{"act": "decision", "date": "2018-12-19", "partial": true, "ballots": {"yes": ["FRA", "PER", "RUS"]}}]},
 {"symbols": ["A/RES/73/196"], "acts": [{"act": "decision", "date": "2018-12-20", "partial": true, "ballots": {"yes": ["FRA", "PER"], "abstain": ["RUS"]}}]}]"#,
    },
    waive: "Say that the lists are extracts (`partial`), or check the whole file before it is filtered.",
    run: Run::Dataset(&|| Box::new(Filtered::default())),
};

/// The checks of single votes that find what a filter took away.
pub(crate) const EXPLAINS: [&str; 6] = [
    "missing-member",
    "member-count",
    "truncated-roll",
    "tally-mismatch",
    "outcome-mismatch",
    "undecided",
];

/// Fewer lists than these show no habit.
const FEWEST_LISTS: usize = 3;
/// A dataset is filtered when all its lists together have at most one member in so many.
const PART: usize = 2;

/// The lists of each body.
#[derive(Default)]
struct Filtered {
    bodies: BTreeMap<BodyId, Lists>,
}

#[derive(Default)]
struct Lists {
    count: usize,
    /// The members on them; names that are nobody's and states outside the body are not.
    listed: BTreeSet<StateCode>,
    /// The most names on one of them.
    longest: usize,
    /// The fewest members that the body had on the day of one of them.
    seats: usize,
    first: Option<Mark>,
}

impl Lists {
    fn are_filtered(&self) -> bool {
        self.count >= FEWEST_LISTS
            && !self.listed.is_empty()
            && self.listed.len().max(self.longest) * PART <= self.seats
    }
}

impl DatasetCheck for Filtered {
    fn add(&mut self, record: &RecordFacts<'_>) {
        for (act, decision) in record.agreement.decisions() {
            let Some(ballots) = decision.ballots.as_ref().filter(|list| !list.is_empty()) else {
                continue;
            };
            let Some((body, electorate)) = electorate(record, act, decision) else {
                continue;
            };
            let Ok(seats) = usize::try_from(electorate.seats.0) else {
                continue;
            };
            let lists = self.bodies.entry(body).or_default();
            lists.seats = match lists.count {
                0 => seats,
                _ => lists.seats.min(seats),
            };
            lists.count += 1;
            lists.longest = lists.longest.max(ballots.len());
            // Beyond half of the members nothing more is to be known.
            if lists.listed.len() * PART <= lists.seats {
                let states = ballots.roll().by_state().map(|(state, _)| state);
                lists
                    .listed
                    .extend(states.filter(|state| electorate.may_list(*state)));
            }
            if lists.first.is_none() {
                lists.first = Some(record.mark(Locus::of_act(act, Field::Ballots)));
            }
        }
    }

    fn finish(self: Box<Self>, out: &mut DatasetFindings) {
        // Where the lists of one body are whole, findings about another are not told apart from theirs.
        if !self.bodies.values().all(Lists::are_filtered) {
            return;
        }
        for lists in self.bodies.values() {
            let members = match lists.listed.len() {
                1 => "1 member".to_owned(),
                n => format!("{n} members"),
            };
            out.report(
                lists.first.as_ref(),
                "the lists hold a few members of the body only: the file was filtered",
            )
            .expected(format!("at least {} members on each list", lists.seats))
            .found(format!(
                "{} lists of {members}: {}",
                lists.count,
                named(&lists.listed)
            ))
            .help("check the whole file, or mark the lists as extracts (`partial`)")
            .subjects(lists.listed.iter().copied());
        }
    }
}

/// The codes, a line of them.
fn named(states: &BTreeSet<StateCode>) -> String {
    const MOST: usize = 12;
    let codes: Vec<_> = states.iter().take(MOST).map(StateCode::to_string).collect();
    match states.len().saturating_sub(MOST) {
        0 => codes.join(", "),
        more => format!("{} and {more} more", codes.join(", ")),
    }
}

/// Who decided, and its members, where a complete list would have them all.
fn electorate(
    record: &RecordFacts<'_>,
    act: usize,
    decision: &Decision,
) -> Option<(BodyId, Arc<Electorate>)> {
    let (date, false) = (decision.date?, decision.partial) else {
        return None;
    };
    let told = || {
        let cx = DecisionCx::new(record.reference, record.agreement, act, decision);
        cx.symbol().and_then(Symbol::body)
    };
    let body = decision.body.clone().or_else(told)?;
    let electorate = crate::electorate::of(record.reference, &body, date)?;
    Some((body, electorate))
}
