use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::Datelike;
use plenary_types::{Field, Locus, Roll, Severity, StateCode, Subject};

use crate::names::is_recorded;
use crate::{Check, DatasetCheck, DatasetFindings, Example, Mark, RecordFacts, Run, reference};

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
        "Membership of the United Nations (plenary-bodies): Serbia and Montenegro since 4 February 2003, Serbia since 3 June 2006",
        "UN Digital Library, description of the voting data (names as of the vote)",
    ],
    example: Example::Native {
        fails: r#"[{"symbols": ["A/RES/73/195"], "acts": [{"act": "decision", "partial": true, "date": "2018-12-19",
  "ballots": {"printed": [{"state": "SRB", "name": "Yugoslavia", "choice": "yes"}]}}]}]"#,
        mended: r#"[{"symbols": ["A/RES/73/195"], "acts": [{"act": "decision", "partial": true, "date": "2018-12-19",
  "ballots": {"printed": [{"state": "SRB", "name": "Serbia", "choice": "yes"}]}}]}]"#,
    },
    waive: "Ignore it for a data set whose labels you join by its own codes only.",
    run: Run::Dataset(&|| Box::new(Labels::default())),
};

/// What is remembered of the names of members. Votes repeat lists, and lists names: the last list and the last name of each
/// member are kept at hand.
#[derive(Default)]
struct Labels {
    list: Option<(Arc<Roll>, Vec<Wrong>)>,
    last: Vec<Option<(Box<str>, bool)>>,
    wrong: BTreeMap<(StateCode, Box<str>), Uses>,
}

/// A wrong name on a list: its place, the member, the name.
type Wrong = (usize, StateCode, Box<str>);

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
            self.look_through(ballots.roll());
            for (place, state, name) in self.list.iter().flat_map(|(_, wrong)| wrong) {
                let first = || record.mark(Locus::of_act(act, Field::Name(*place)));
                let uses = self.wrong.entry((*state, name.clone()));
                uses.or_insert_with(|| Uses::of(first())).add(year);
            }
        }
    }

    fn finish(self: Box<Self>, out: &mut DatasetFindings) {
        let mut wrong: Vec<_> = self.wrong.iter().collect();
        wrong.sort_by_key(|(_, uses)| Reverse(uses.votes));
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
            .help("the ballots are those of the member at the date; do not join the table to others by the name")
            .subjects([Subject::from(*state), Subject::Name(name.to_string())])
            .subjects(plenary_states::resolve(name, None));
        }
    }
}

impl Uses {
    const fn of(first: Mark) -> Self {
        Self {
            votes: 0,
            years: None,
            first,
        }
    }

    fn add(&mut self, year: Option<i32>) {
        self.votes += 1;
        if let Some(year) = year {
            let (first, last) = self.years.unwrap_or((year, year));
            self.years = Some((first.min(year), last.max(year)));
        }
    }
}

impl Labels {
    /// Finds the wrong names on a list, unless it is that of the vote before.
    fn look_through(&mut self, roll: &Arc<Roll>) {
        let same = |(last, _): &(Arc<Roll>, _)| Arc::ptr_eq(last, roll);
        if self.list.as_ref().is_some_and(same) {
            return;
        }
        let mut wrong = Vec::new();
        for (place, entry) in roll.entries().iter().enumerate() {
            if let (Some(state), Some(name)) = (entry.state(), &entry.name)
                && self.is_of_another(state, name)
            {
                wrong.push((place, state, name.clone()));
            }
        }
        self.list = Some((Arc::clone(roll), wrong));
    }

    fn is_of_another(&mut self, state: StateCode, name: &str) -> bool {
        if self.last.is_empty() {
            self.last.resize(StateCode::COUNT, None);
        }
        let Some(last) = self.last.get_mut(state.index()) else {
            return false;
        };
        match last {
            Some((known, wrong)) if **known == *name => *wrong,
            _ => {
                let means = plenary_states::resolve(name, None);
                let wrong = means.is_some_and(|other| other != state) && !is_recorded(state, name);
                *last = Some((name.into(), wrong));
                wrong
            }
        }
    }
}
