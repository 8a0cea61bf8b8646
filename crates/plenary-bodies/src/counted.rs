//! [`CountedList`]: which ballots of a list count, and as whose.

use std::collections::HashSet;
use std::sync::Arc;

use plenary_types::{Ballots, Choice, Date, Participant, Roll};

use crate::electorate::{Electorate, units_of};
use crate::roster::Epoch;
use crate::{Body, Roster};

/// A list of ballots as its body counts it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CountedList {
    /// The ballots: another code of a seat is its holder; whoever could not be on the list is not eligible, and a suspended member that
    /// counts in every total does not vote.
    pub ballots: Ballots,
    /// Those whose ballots were left out, in the order of the list.
    pub left_out: Vec<Participant>,
}

impl Body {
    /// A list of ballots of some date as the body counts it: those of its members. Nothing where every ballot counts as it stands, and
    /// where it is not on record who could be on the list.
    ///
    /// ```
    /// use plenary_bodies::Reference;
    /// use plenary_types::Ballots;
    ///
    /// let assembly = Reference::embedded().body("unga").unwrap();
    /// let list: Ballots = serde_json::from_str(r#"{"yes": ["FRA", "RUS", "SSD", "ZAF"]}"#)?;
    /// let counted = assembly.counted_list(&list, "1985-12-17".parse()?).unwrap();
    /// assert_eq!(counted.ballots.tally().yes, 2);
    /// // Neither a member that came later nor one that was suspended has a vote; the Russian Federation stands for the Soviet Union.
    /// assert_eq!(counted.left_out, ["SSD".parse()?, "ZAF".parse()?]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn counted_list(&self, ballots: &Ballots, date: Date) -> Option<CountedList> {
        Voters::new(Some(self), Some(date), None).count(ballots)
    }
}

/// What a line of a list is the vote of.
enum Vote {
    /// Of that member.
    Of(Participant),
    /// No vote: a member without voting rights, which still counts in every total.
    Silent,
    /// No vote: a suspended participant that is not counted as a member until its rights return.
    Barred,
    /// No vote: somebody who could not be on the list.
    Stranger,
}

/// Who could vote.
pub(crate) struct Voters<'d> {
    /// Who takes part, where only some members do.
    taking_part: Option<&'d [Participant]>,
    /// Who could be on the list, where that is on record.
    electorate: Option<Arc<Electorate>>,
    /// The members without a vote.
    silent: Vec<Participant>,
    /// The suspended participants that are not counted as members until their rights return.
    barred: Vec<Participant>,
}

impl<'d> Voters<'d> {
    pub(crate) fn new(
        body: Option<&Body>,
        date: Option<Date>,
        taking_part: Option<&'d [Participant]>,
    ) -> Self {
        let known = body.zip(date).and_then(|(body, date)| {
            let roster = body.roster()?;
            let epoch = roster.known_on(date.latest())?;
            let electorate = body.electorate(date).filter(|list| list.is_closed)?;
            Some((body, roster, epoch, electorate, date))
        });
        let suspended = known.as_ref().map(|(body, roster, epoch, _, date)| {
            let of = |is_member| units_of(body, suspended(roster, epoch, *date, is_member));
            (of(true), of(false))
        });
        let (silent, barred) = suspended.unwrap_or_default();
        Self {
            taking_part,
            electorate: known.map(|(_, _, _, electorate, _)| electorate),
            silent,
            barred,
        }
    }

    fn vote_of(&self, who: Participant) -> Vote {
        let holder = || self.electorate.as_ref()?.holder_of(who);
        if let Some(listed) = self.taking_part {
            let takes_part = |who: &Participant| listed.contains(who);
            let voter = Some(who)
                .filter(takes_part)
                .or_else(|| holder().filter(takes_part));
            return voter.map_or(Vote::Stranger, Vote::Of);
        }
        let Some(electorate) = &self.electorate else {
            return Vote::Of(who);
        };
        let voter = Some(who)
            .filter(|who| electorate.may_list(*who))
            .or_else(holder);
        match voter {
            None => Vote::Stranger,
            Some(voter) if self.silent.contains(&voter) => Vote::Silent,
            Some(voter) if self.barred.contains(&voter) => Vote::Barred,
            Some(voter) => Vote::Of(voter),
        }
    }

    /// The objections that count, and those that do not; nothing where all count as they stand.
    pub(crate) fn objections(
        &self,
        objections: &[Participant],
    ) -> Option<(Vec<Participant>, Vec<Participant>)> {
        let (mut counted, mut left_out) = (Vec::new(), Vec::new());
        for who in objections {
            match self.vote_of(*who) {
                Vote::Of(voter) => counted.push(voter),
                _ => left_out.push(*who),
            }
        }
        (counted != objections).then_some((counted, left_out))
    }

    /// The list with the ballots that count; nothing where all count as they stand.
    pub(crate) fn count(&self, ballots: &Ballots) -> Option<CountedList> {
        let entries = ballots.roll().entries().iter().zip(ballots.choices());
        let changes = entries.enumerate().filter_map(|(at, (entry, choice))| {
            let who = entry.who.filter(|_| choice.counts_as_member())?;
            let vote = self.vote_of(who);
            let stands = match vote {
                Vote::Of(voter) => voter == who,
                Vote::Silent => *choice == Choice::NonVoting,
                Vote::Barred | Vote::Stranger => false,
            };
            (!stands).then_some((at, who, vote))
        });
        let changes: Vec<_> = changes.collect();
        if changes.is_empty() {
            return None;
        }
        let (mut entries, mut choices) = (
            ballots.roll().entries().to_vec(),
            ballots.choices().to_vec(),
        );
        let mut left_out = Vec::new();
        let mut taken: HashSet<Participant> = HashSet::new();
        for (at, who, vote) in changes {
            let (Some(entry), Some(choice)) = (entries.get_mut(at), choices.get_mut(at)) else {
                continue;
            };
            match vote {
                // One seat has one ballot: that of its holder, else the first.
                Vote::Of(holder) if ballots.choice_of(holder).is_none() && taken.insert(holder) => {
                    entry.who = Some(holder);
                }
                Vote::Silent => {
                    *choice = Choice::NonVoting;
                    left_out.push(who);
                }
                Vote::Of(_) | Vote::Barred | Vote::Stranger => {
                    // A list may name a suspended member, as one that did not vote.
                    let is_expected = *choice == Choice::NonVoting && matches!(vote, Vote::Barred);
                    *choice = Choice::NotEligible;
                    left_out.extend((!is_expected).then_some(who));
                }
            }
        }
        let ballots = Ballots::new(Arc::new(Roll::new(entries)), choices);
        debug_assert!(
            ballots.is_ok(),
            "as many choices as there were: {ballots:?}"
        );
        Some(CountedList {
            ballots: ballots.ok()?,
            left_out,
        })
    }
}

/// Those who were suspended on all days of a date, and members all the same at its end, or not.
fn suspended(roster: &Roster, epoch: &Epoch, date: Date, is_member: bool) -> Vec<Participant> {
    let mut suspended = roster.suspended_in(date);
    suspended.retain(|who| epoch.is_member(*who) == is_member);
    suspended
}
