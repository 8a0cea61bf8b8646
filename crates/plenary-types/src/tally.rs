//! Counts of choices: those that were counted, and those that a source announced.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Choice;

/// Ballots counted by choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Tally {
    /// In favour.
    pub yes: u32,
    /// Against.
    pub no: u32,
    /// Abstaining.
    pub abstain: u32,
    /// Members that did not vote.
    #[serde(default)]
    pub non_voting: u32,
    /// Names on the list without a vote; never part of [`Tally::members`].
    #[serde(default, skip_serializing_if = "is_zero")]
    pub not_eligible: u32,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature that serde asks for"
)]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

impl Tally {
    /// The choices counted.
    #[must_use]
    pub fn from_choices(choices: &[Choice]) -> Self {
        let mut tally = Self::default();
        // A byte counts so many without a carry, and many bytes are counted at once.
        for part in choices.chunks(usize::from(u8::MAX)) {
            for choice in Choice::ALL {
                let equal = part.iter().map(|other| u8::from(*other == choice));
                let count = tally.get_mut(choice);
                *count = count.saturating_add(u32::from(equal.sum::<u8>()));
            }
        }
        tally
    }

    /// The count of one choice.
    #[must_use]
    pub const fn get(&self, choice: Choice) -> u32 {
        match choice {
            Choice::Yes => self.yes,
            Choice::No => self.no,
            Choice::Abstain => self.abstain,
            Choice::NonVoting => self.non_voting,
            Choice::NotEligible => self.not_eligible,
        }
    }

    /// The place of one count, to be changed.
    pub const fn get_mut(&mut self, choice: Choice) -> &mut u32 {
        match choice {
            Choice::Yes => &mut self.yes,
            Choice::No => &mut self.no,
            Choice::Abstain => &mut self.abstain,
            Choice::NonVoting => &mut self.non_voting,
            Choice::NotEligible => &mut self.not_eligible,
        }
    }

    /// Members present and voting: yes and no only (General Assembly rule 86).
    #[must_use]
    pub const fn voting(&self) -> u32 {
        self.yes.saturating_add(self.no)
    }

    /// Members counted: yes, no, abstaining and non-voting; `None` when the sum does not fit.
    #[must_use]
    pub const fn members(&self) -> Option<u32> {
        let Some(cast) = self.yes.checked_add(self.no) else {
            return None;
        };
        let Some(present) = cast.checked_add(self.abstain) else {
            return None;
        };
        present.checked_add(self.non_voting)
    }
}

impl FromIterator<Choice> for Tally {
    fn from_iter<I: IntoIterator<Item = Choice>>(choices: I) -> Self {
        let mut counts = [0u32; 5];
        for choice in choices {
            counts[choice as usize] = counts[choice as usize].saturating_add(1);
        }
        let [yes, no, abstain, non_voting, not_eligible] = counts;
        Self {
            yes,
            no,
            abstain,
            non_voting,
            not_eligible,
        }
    }
}

impl fmt::Display for Tally {
    /// The customary form, yes-no-abstaining: `152-5-12`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.yes, self.no, self.abstain)
    }
}

/// The totals that a source announces. Any of them may be missing, and they need not agree with
/// each other or with the ballots: they are a fact of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AnnouncedTally {
    /// Announced in favour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub yes: Option<u32>,
    /// Announced against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no: Option<u32>,
    /// Announced abstentions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub abstain: Option<u32>,
    /// Announced number of members that did not vote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub non_voting: Option<u32>,
    /// Announced number of members of the body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<u32>,
}

impl AnnouncedTally {
    /// The announced count of one choice; always `None` for [`Choice::NotEligible`].
    #[must_use]
    pub const fn get(&self, choice: Choice) -> Option<u32> {
        match choice {
            Choice::Yes => self.yes,
            Choice::No => self.no,
            Choice::Abstain => self.abstain,
            Choice::NonVoting => self.non_voting,
            Choice::NotEligible => None,
        }
    }

    /// Whether nothing at all was announced.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl From<Tally> for AnnouncedTally {
    fn from(tally: Tally) -> Self {
        Self {
            yes: Some(tally.yes),
            no: Some(tally.no),
            abstain: Some(tally.abstain),
            non_voting: Some(tally.non_voting),
            members: tally.members(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_exclude_those_not_eligible_and_never_wrap() {
        let tally: Tally = Choice::ALL.into_iter().collect();
        assert_eq!(tally.members(), Some(4));
        let huge = Tally {
            yes: u32::MAX,
            no: 1,
            ..Tally::default()
        };
        assert_eq!(huge.members(), None);
    }

    #[test]
    fn choices_are_counted_alike_at_once_and_one_by_one() {
        for length in [0, 1, 4, 193, 254, 255, 256, 511, 1_000] {
            let choices: Vec<Choice> = Choice::ALL.into_iter().cycle().take(length).collect();
            let one_by_one = choices.iter().copied().collect();
            assert_eq!(Tally::from_choices(&choices), one_by_one, "{length}");
            assert_eq!(
                Tally::from_choices(&vec![Choice::No; length]).no as usize,
                length
            );
        }
    }

    #[test]
    fn only_yes_and_no_are_voting() {
        let mut tally = Tally::default();
        for (choice, count) in Choice::ALL.into_iter().zip([100, 20, 3, 40, 5]) {
            *tally.get_mut(choice) = count;
        }
        assert_eq!((tally.voting(), tally.members()), (120, Some(163)));
        assert_eq!(tally.to_string(), "100-20-3");
        let announced = AnnouncedTally::from(tally);
        let counts = Choice::ALL.map(|choice| announced.get(choice));
        assert_eq!(counts, [Some(100), Some(20), Some(3), Some(40), None]);
        assert_eq!(announced.members, Some(163));
    }

    #[test]
    fn a_tally_names_those_not_eligible_only_where_there_are_some() {
        let json = |not_eligible| {
            let tally = Tally {
                not_eligible,
                ..Tally::default()
            };
            serde_json::to_value(tally).unwrap()
        };
        assert_eq!(json(0).get("not-eligible"), None);
        assert_eq!(json(2)["not-eligible"], 2);
    }

    #[test]
    fn announcing_nothing_is_not_announcing_zero() {
        assert!(AnnouncedTally::default().is_empty());
        let zero = AnnouncedTally {
            abstain: Some(0),
            ..AnnouncedTally::default()
        };
        assert!(!zero.is_empty());
    }

    #[test]
    fn choices_index_their_own_count() {
        for choice in Choice::ALL {
            let tally: Tally = [choice; 3].into_iter().collect();
            assert_eq!(tally.get(choice), 3);
            assert_eq!(
                Choice::ALL.into_iter().map(|c| tally.get(c)).sum::<u32>(),
                3
            );
        }
    }
}
