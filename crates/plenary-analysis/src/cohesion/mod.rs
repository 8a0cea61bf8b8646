//! Groups of states: how far each votes together, how alike two of them are, how loyal each member is.
//!
//! [`cohesion`] goes through a [`VoteMatrix`] with the groups as they were on the day of each vote, and
//! averages over the votes of each period:
//!
//! * **Rice's index** ([`Split::rice`]), the **agreement index** of Hix, Noury and Roland
//!   ([`Split::agreement_index`]) and **Attinà's index** ([`Split::attina`]) of each group, over the votes in
//!   which at least [`CohesionOptions::minimum`] of its members made a choice;
//! * **Rice's likeness** ([`Split::likeness`]) and the **overlap** ([`Split::overlap`]) of each pair of
//!   groups, over the votes in which that many of both did;
//! * the **loyalty** of each member (Hix, Noury and Roland 2007, *Democratic Politics in the European
//!   Parliament*): the share of its votes in which it made the choice that more of its group made than any
//!   other. Votes in which the group is tied have no such choice and are left out; the member itself is
//!   part of its group.
//!
//! What abstentions and absences count as is said by [`Treatment`] and repeated in every table.
//!
//! ```
//! use plenary_analysis::cohesion::{StateGroups, CohesionOptions, cohesion};
//! use plenary_analysis::{Grouping, VoteKey, Votes};
//! use plenary_types::Choice::{Abstain, No, Yes};
//!
//! let file = "group,member\nnorth,DNK\nnorth,SWE\nnorth,NOR\nsouth,ITA\nsouth,ESP\n";
//! let members = plenary_tables::read_groups(file, plenary_states::Groups::participant)?;
//! let groups = StateGroups::own(plenary_states::Groups::new(members));
//! let mut votes = Votes::default();
//! let key = |id: &str| VoteKey::new(id).on("2018-12-19".parse().unwrap());
//! votes.add(key("1"), [("DNK", Yes), ("SWE", Yes), ("NOR", No), ("ITA", No), ("ESP", No)]);
//! votes.add(key("2"), [("DNK", Yes), ("SWE", Yes), ("NOR", Yes), ("ITA", Yes), ("ESP", Abstain)]);
//!
//! let found = cohesion(&votes.matrix(Grouping::Year), &groups, &CohesionOptions::default());
//! let north = &found.groups[0];
//! assert_eq!((north.period.as_str(), north.group.as_str(), north.votes), ("2018", "north", 2));
//! // |2 - 1| / 3 and 1, on average.
//! assert_eq!(north.rice, Some(2.0 / 3.0));
//! // Norway was with its group in the second vote only.
//! let norway = found.members.iter().find(|m| m.state == "NOR").unwrap();
//! assert_eq!(norway.loyalty, Some(0.5));
//! // 1 - |2/3 - 0|, and 1 - |1 - 1|.
//! assert!((found.pairs[0].likeness.unwrap() - (1.0 / 3.0 + 1.0) / 2.0).abs() < 1e-15);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod groups;
mod measure;

use chrono::NaiveDate;
use plenary_types::{Choice, Participant};

pub use groups::{DayMembers, StateGroups, UnknownGroup};
pub use measure::{Absences, Abstentions, Split, Treatment};

use crate::table::{Column, Table};
use crate::{VoteGroup, VoteMatrix};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CohesionOptions {
    /// What abstentions and absences count as.
    pub treatment: Treatment,
    /// A group's vote counts when at least so many of its members made a choice: one member always agrees
    /// with itself.
    pub minimum: u32,
}

impl Default for CohesionOptions {
    fn default() -> Self {
        Self {
            treatment: Treatment::default(),
            minimum: 2,
        }
    }
}

impl CohesionOptions {
    /// Abstentions and absences counted otherwise.
    #[must_use]
    pub const fn with_treatment(mut self, treatment: Treatment) -> Self {
        self.treatment = treatment;
        self
    }

    /// Another number of members that have to make a choice.
    #[must_use]
    pub const fn with_minimum(mut self, minimum: u32) -> Self {
        self.minimum = minimum;
        self
    }
}

/// What [`cohesion`] finds.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Cohesion {
    /// Every group in every period in which it voted.
    pub groups: Vec<GroupCohesion>,
    /// Every pair of groups in every period in which both voted.
    pub pairs: Vec<Likeness>,
    /// Every member of a group in every period in which it was on a list.
    pub members: Vec<Loyalty>,
    /// Votes left out because their day is not known, so that nobody's group is.
    pub undated: Vec<String>,
    options: CohesionOptions,
    grouping: &'static str,
}

/// A group in a period.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct GroupCohesion {
    /// The period.
    pub period: String,
    /// The group.
    pub group: String,
    /// Votes that count.
    pub votes: u32,
    /// Members that made a choice, on average over these votes.
    pub members: f64,
    /// Votes in which somebody voted yes or no, over which Rice's index is averaged.
    pub rice_votes: u32,
    /// Rice's index.
    pub rice: Option<f64>,
    /// The agreement index.
    pub agreement_index: Option<f64>,
    /// Attinà's index.
    pub attina: Option<f64>,
}

/// Two groups in a period.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Likeness {
    /// The period.
    pub period: String,
    /// The one group.
    pub group1: String,
    /// The other.
    pub group2: String,
    /// Votes that count for both.
    pub votes: u32,
    /// Votes in which somebody of both voted yes or no, over which likeness is averaged.
    pub likeness_votes: u32,
    /// Rice's likeness.
    pub likeness: Option<f64>,
    /// The overlap, with abstention as a third choice.
    pub overlap: Option<f64>,
}

/// A member of a group in a period.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Loyalty {
    /// The period.
    pub period: String,
    /// The group.
    pub group: String,
    /// The member.
    pub state: String,
    /// Votes in which it made a choice and its group had a position.
    pub votes: u32,
    /// Of these, the share in which it made its group's choice.
    pub loyalty: Option<f64>,
}

/// A mean under way.
#[derive(Clone, Copy, Debug, Default)]
struct Mean {
    sum: f64,
    n: u32,
}

impl Mean {
    fn add(&mut self, value: Option<f64>) {
        if let Some(value) = value {
            self.sum += value;
            self.n += 1;
        }
    }

    fn value(self) -> Option<f64> {
        (self.n > 0).then(|| self.sum / f64::from(self.n))
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct OfGroup {
    members: Mean,
    rice: Mean,
    agreement_index: Mean,
    attina: Mean,
}

#[derive(Clone, Copy, Debug, Default)]
struct OfPair {
    likeness: Mean,
    overlap: Mean,
}

/// How far groups vote together, in each period of the matrix. Voters that are not participants are in no group.
#[must_use]
pub fn cohesion(matrix: &VoteMatrix, groups: &StateGroups, options: &CohesionOptions) -> Cohesion {
    let voters: Vec<Option<Participant>> = matrix.states().iter().map(|s| s.parse().ok()).collect();
    let mut found = Cohesion {
        groups: Vec::new(),
        pairs: Vec::new(),
        members: Vec::new(),
        undated: Vec::new(),
        options: *options,
        grouping: matrix.grouping().as_str(),
    };
    for (place, period) in matrix.groups().iter().enumerate() {
        let mut counting = Counting::new(groups, matrix.states().len(), *options);
        let mut on: Option<(NaiveDate, Vec<Vec<usize>>)> = None;
        for (vote, key) in period.votes().iter().enumerate() {
            let Some(day) = key.date.map(plenary_types::Date::earliest) else {
                found.undated.push(key.id.clone());
                continue;
            };
            let known = on.take().filter(|(known, _)| *known == day);
            let (_, of_states) =
                on.insert(known.unwrap_or_else(|| (day, groups.of_voters(&voters, day))));
            counting.see(&ballots(matrix, place, period, vote), of_states);
        }
        counting.tell(period.label(), matrix.states(), &mut found);
    }
    found
}

/// The ballots of a vote: the place of the state and its choice.
fn ballots(
    matrix: &VoteMatrix,
    place: usize,
    period: &VoteGroup,
    vote: usize,
) -> Vec<(usize, Choice)> {
    let states = period.states().iter().map(|state| *state as usize);
    states
        .filter_map(|state| Some((state, matrix.choice(place, vote, state)?)))
        .collect()
}

/// The counts of a period.
struct Counting<'g> {
    groups: &'g StateGroups,
    options: CohesionOptions,
    of_groups: Vec<OfGroup>,
    /// For each pair of groups, the first before the second.
    from_pairs: Vec<OfPair>,
    /// For each group and state, whether it was a member with a ballot, and its loyalty.
    of_members: Vec<(bool, Mean)>,
    states: usize,
}

impl<'g> Counting<'g> {
    fn new(groups: &'g StateGroups, states: usize, options: CohesionOptions) -> Self {
        let n = groups.names().len();
        Self {
            groups,
            options,
            of_groups: vec![OfGroup::default(); n],
            from_pairs: vec![OfPair::default(); n * n.saturating_sub(1) / 2],
            of_members: vec![(false, Mean::default()); n * states],
            states,
        }
    }

    fn see(&mut self, ballots: &[(usize, Choice)], of_states: &[Vec<usize>]) {
        let treatment = self.options.treatment;
        let mut splits = vec![Split::default(); self.of_groups.len()];
        let treated: Vec<(usize, Option<Choice>)> = ballots
            .iter()
            .map(|(state, choice)| (*state, treatment.apply(*choice)))
            .collect();
        let groups_of = |state: usize| of_states.get(state).map_or(&[][..], Vec::as_slice);
        for (state, choice) in &treated {
            for group in groups_of(*state) {
                if let (Some(split), Some(choice)) = (splits.get_mut(*group), choice) {
                    split.add(*choice);
                }
            }
        }
        let counts = |split: &Split| split.cast() >= self.options.minimum.max(1);
        for (state, choice) in &treated {
            for group in groups_of(*state) {
                let slot = self.of_members.get_mut(group * self.states + state);
                let (Some((seen, loyalty)), Some(split)) = (slot, splits.get(*group)) else {
                    continue;
                };
                *seen = true;
                let position = split.position().filter(|_| counts(split));
                if let (Some(position), Some(choice)) = (position, choice) {
                    loyalty.add(Some(f64::from(u8::from(position == *choice))));
                }
            }
        }
        for (of_group, split) in self.of_groups.iter_mut().zip(&splits) {
            if counts(split) {
                of_group.members.add(Some(f64::from(split.cast())));
                of_group.rice.add(split.rice());
                of_group.agreement_index.add(split.agreement_index());
                of_group.attina.add(split.attina());
            }
        }
        for (of_pair, (left, right)) in self.from_pairs.iter_mut().zip(pairs(splits.len())) {
            let both = splits.get(left).zip(splits.get(right));
            if let Some((left, right)) = both.filter(|(l, r)| counts(l) && counts(r)) {
                of_pair.likeness.add(left.likeness(*right));
                of_pair.overlap.add(left.overlap(*right));
            }
        }
    }

    fn tell(&self, period: &str, states: &[String], found: &mut Cohesion) {
        let names = self.groups.names();
        for (name, of) in names.iter().zip(&self.of_groups) {
            let Some(members) = of.members.value() else {
                continue;
            };
            found.groups.push(GroupCohesion {
                period: period.to_owned(),
                group: name.clone(),
                votes: of.members.n,
                members,
                rice_votes: of.rice.n,
                rice: of.rice.value(),
                agreement_index: of.agreement_index.value(),
                attina: of.attina.value(),
            });
        }
        for (of, (left, right)) in self.from_pairs.iter().zip(pairs(names.len())) {
            let both = names.get(left).zip(names.get(right));
            let Some((group1, group2)) = both.filter(|_| of.overlap.n > 0) else {
                continue;
            };
            found.pairs.push(Likeness {
                period: period.to_owned(),
                group1: group1.clone(),
                group2: group2.clone(),
                votes: of.overlap.n,
                likeness_votes: of.likeness.n,
                likeness: of.likeness.value(),
                overlap: of.overlap.value(),
            });
        }
        for (place, (seen, loyalty)) in self.of_members.iter().enumerate() {
            let (group, state) = (place / self.states, place % self.states);
            let both = names.get(group).zip(states.get(state));
            let Some((group, state)) = both.filter(|_| *seen) else {
                continue;
            };
            found.members.push(Loyalty {
                period: period.to_owned(),
                group: group.clone(),
                state: state.clone(),
                votes: loyalty.n,
                loyalty: loyalty.value(),
            });
        }
    }
}

fn pairs(n: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..n).flat_map(move |left| (left + 1..n).map(move |right| (left, right)))
}

impl Cohesion {
    /// The cohesion of the groups: `period,group,n,members,rice,n_rice,agreement_index,attina`.
    #[must_use]
    pub fn group_table(&self) -> Table {
        let rows = &self.groups;
        let table = Table::new(vec![
            Column::labels("period", rows.iter().map(|row| row.period.as_str())),
            Column::labels("group", rows.iter().map(|row| row.group.as_str())),
            Column::counts("n", rows.iter().map(|row| row.votes.into())),
            Column::floats("members", rows.iter().map(|row| Some(row.members))),
            Column::floats("rice", rows.iter().map(|row| row.rice)),
            Column::counts("n_rice", rows.iter().map(|row| row.rice_votes.into())),
            Column::floats(
                "agreement_index",
                rows.iter().map(|row| row.agreement_index),
            ),
            Column::floats("attina", rows.iter().map(|row| row.attina)),
        ]);
        self.described(table)
            .with(
                "rice",
                "|yes - no| / (yes + no), mean over votes (Rice 1928)",
            )
            .with(
                "agreement_index",
                "(most - others / 2) / all, mean over votes (Hix, Noury and Roland 2005)",
            )
            .with(
                "attina",
                "(most - others) / all, mean over votes (Attina 1990)",
            )
    }

    /// The likeness of pairs of groups: `period,group1,group2,n,likeness,n_likeness,overlap`.
    #[must_use]
    pub fn pair_table(&self) -> Table {
        let rows = &self.pairs;
        let table = Table::new(vec![
            Column::labels("period", rows.iter().map(|row| row.period.as_str())),
            Column::labels("group1", rows.iter().map(|row| row.group1.as_str())),
            Column::labels("group2", rows.iter().map(|row| row.group2.as_str())),
            Column::counts("n", rows.iter().map(|row| row.votes.into())),
            Column::floats("likeness", rows.iter().map(|row| row.likeness)),
            Column::counts(
                "n_likeness",
                rows.iter().map(|row| row.likeness_votes.into()),
            ),
            Column::floats("overlap", rows.iter().map(|row| row.overlap)),
        ]);
        self.described(table)
            .with(
                "likeness",
                "1 - |difference of the shares of yes in yes and no|, mean over votes (Rice 1928)",
            )
            .with(
                "overlap",
                "sum of the lesser shares of yes, no and abstaining, mean over votes",
            )
    }

    /// The loyalty of members: `period,group,state,n,loyalty`.
    #[must_use]
    pub fn member_table(&self) -> Table {
        let rows = &self.members;
        let table = Table::new(vec![
            Column::labels("period", rows.iter().map(|row| row.period.as_str())),
            Column::labels("group", rows.iter().map(|row| row.group.as_str())),
            Column::labels("state", rows.iter().map(|row| row.state.as_str())),
            Column::counts("n", rows.iter().map(|row| row.votes.into())),
            Column::floats("loyalty", rows.iter().map(|row| row.loyalty)),
        ]);
        self.described(table).with(
            "loyalty",
            "share of votes with the most frequent choice of the group (Hix, Noury and Roland 2007)",
        )
    }

    fn described(&self, table: Table) -> Table {
        let undated = self.undated.len();
        table
            .with("by", self.grouping)
            .with("abstentions", self.options.treatment.of_abstentions())
            .with("absences", self.options.treatment.of_absences())
            .with("minimum", self.options.minimum.max(1).to_string())
            .with("undated votes left out", undated.to_string())
    }
}
