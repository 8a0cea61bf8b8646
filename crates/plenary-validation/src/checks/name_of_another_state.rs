use std::collections::HashMap;

use chrono::Datelike;
use plenary_types::{Field, Locus, RollEntry, Severity, StateCode};

use crate::names::is_recorded;
use crate::{
    Check, DatasetCheck, DatasetFindings, Example, History, Mark, RecordFacts, Run, reference,
};

pub(crate) static CHECK: Check = Check {
    name: "name-of-another-state",
    summary: "a member is listed under the name of another state",
    severity: Severity::Warning,
    why: "Data sets that give each seat one label for all time name members by states that they were not: the China seat \
          of 1946 to 1971 as Taiwan, which was never a Member, Serbia as Yugoslavia twenty years after its name was \
          given up, the Soviet Union as Russia. The ballot is that of the member at the date. Who joins \
          such a table to another one by the name attributes it to another state. One finding counts all votes under \
          one such name.",
    sources: &[
        "A/RES/2758(XXVI): the representation of China, one seat",
        "Membership of the United Nations (plenary-states): Serbia and Montenegro since 4 February 2003, Serbia since 3 June 2006",
        "UN Digital Library, description of the voting data (names as of the vote)",
    ],
    example: Example::Native {
        fails: r#"[{"symbols": ["A/RES/73/195"], "acts": [{"act": "decision", "partial": true, "date": "2018-12-19",
  "ballots": {"printed": [{"state": "SRB", "name": "Yugoslavia", "choice": "yes"}]}}]}]"#,
        mended: r#"[{"symbols": ["A/RES/73/195"], "acts": [{"act": "decision", "partial": true, "date": "2018-12-19",
  "ballots": {"printed": [{"state": "SRB", "name": "Serbia", "choice": "yes"}]}}]}]"#,
    },
    waive: "Ignore it for a data set whose labels you join by its own codes only.",
    run: Run::Dataset(|| Box::new(Labels::default())),
};

/// What is remembered of the names of members. Lists repeat them, so the last name of each member is kept at hand.
#[derive(Default)]
struct Labels {
    last: Vec<Option<(Box<str>, bool)>>,
    wrong: HashMap<(StateCode, Box<str>), Uses>,
}

/// Where a wrong name is used.
struct Uses {
    votes: u64,
    years: Option<(i32, i32)>,
    first: Mark,
}

impl DatasetCheck for Labels {
    fn add(&mut self, record: &RecordFacts<'_>) {
        for (act, decision) in record.agreement.decisions() {
            let Some(ballots) = &decision.ballots else {
                continue;
            };
            let year = decision.date.map(|date| date.earliest().year());
            for (place, entry) in ballots.roll().entries().iter().enumerate() {
                if let (Some(state), Some(name)) = (entry.state, &entry.name)
                    && self.is_of_another(state, entry)
                {
                    let uses = self
                        .wrong
                        .entry((state, name.clone()))
                        .or_insert_with(|| Uses {
                            votes: 0,
                            years: None,
                            first: record.mark(Locus::of_act(act, Field::Name(place))),
                        });
                    uses.votes += 1;
                    if let Some(year) = year {
                        let (first, last) = uses.years.unwrap_or((year, year));
                        uses.years = Some((first.min(year), last.max(year)));
                    }
                }
            }
        }
    }

    fn finish(self: Box<Self>, _: &History, out: &mut DatasetFindings<'_>) {
        let mut wrong: Vec<_> = self.wrong.iter().collect();
        wrong.sort_by(|(a, x), (b, y)| y.votes.cmp(&x.votes).then_with(|| a.cmp(b)));
        for ((state, name), uses) in wrong {
            let member = reference::name_of(*state, None);
            let years = match uses.years {
                None => String::new(),
                Some((first, last)) if first == last => format!(" {first}"),
                Some((first, last)) => format!(" {first}-{last}"),
            };
            let votes = if uses.votes == 1 { "vote" } else { "votes" };
            out.report(
                Some(&uses.first),
                "a member is listed under the name of another state",
            )
            .expected(&member)
            .found(format!("{member} as `{name}`, {} {votes}{years}", uses.votes))
            .help("the ballots are those of the member at the date; do not join the table to others by the name");
        }
    }
}

impl Labels {
    fn is_of_another(&mut self, state: StateCode, entry: &RollEntry) -> bool {
        let Some(name) = &entry.name else {
            return false;
        };
        if self.last.is_empty() {
            self.last.resize(StateCode::COUNT, None);
        }
        let Some(last) = self.last.get_mut(state.index()) else {
            return false;
        };
        match last {
            Some((known, wrong)) if known == name => *wrong,
            _ => {
                let means = plenary_states::resolve(name, None);
                let wrong = means.is_some_and(|other| other != state) && !is_recorded(state, name);
                *last = Some((name.clone(), wrong));
                wrong
            }
        }
    }
}
