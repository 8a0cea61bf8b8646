//! The lists of voters of votes: most votes have that of the vote before.

use rustc_hash::FxHashMap;

use super::small;

/// The names of all votes, by their places among the names of a table. Votes that begin alike share a list, each the head of
/// it that is as long as its own.
#[derive(Debug, Default)]
pub(super) struct Lists(Vec<Vec<u32>>);

/// The names of one vote: so many of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Listed {
    list: u32,
    pub(super) len: usize,
}

impl Lists {
    /// The names of a vote.
    pub(super) fn of(&self, vote: Listed) -> &[u32] {
        let list = self.0.get(vote.list as usize);
        list.and_then(|list| list.get(..vote.len))
            .unwrap_or_default()
    }

    /// Begins a vote whose names will likely be those of another.
    pub(super) fn begin(&mut self, like: Option<Listed>) -> Listed {
        let list = like.map_or_else(|| self.add(Vec::new()), |like| like.list);
        Listed { list, len: 0 }
    }

    /// Adds the next name of a vote. Where its list goes on otherwise, the vote goes over to that of the other, if that has all
    /// its names, or to one of its own.
    pub(super) fn push(&mut self, vote: &mut Listed, name: u32, other: Option<Listed>) {
        let Some(list) = self.0.get_mut(vote.list as usize) else {
            return;
        };
        match list.get(vote.len) {
            Some(next) if *next == name => {}
            None => list.push(name),
            Some(_) => vote.list = self.elsewhere(*vote, name, other),
        }
        vote.len += 1;
    }

    /// The list of another vote that has all the names of this one and then this name, else a new one that has.
    fn elsewhere(&mut self, vote: Listed, name: u32, other: Option<Listed>) -> u32 {
        let names = self.of(vote);
        let goes_on = |other: &Listed| {
            let others = self.of(*other);
            others.get(vote.len) == Some(&name) && others.starts_with(names)
        };
        if let Some(other) = other.filter(goes_on) {
            return other.list;
        }
        let mut own = Vec::with_capacity(names.len() + 1);
        own.extend_from_slice(names);
        own.push(name);
        self.add(own)
    }

    /// Adds so many names, as they stand from a place on in the other vote.
    pub(super) fn follow(&mut self, vote: &mut Listed, like: Listed, from: usize, count: usize) {
        if vote.list == like.list && vote.len == from {
            vote.len += count;
            return;
        }
        for at in from..from + count {
            if let Some(name) = self.of(like).get(at).copied() {
                self.push(vote, name, None);
            }
        }
    }

    fn add(&mut self, list: Vec<u32>) -> u32 {
        self.0.push(list);
        small(self.0.len() - 1)
    }

    /// Takes in other lists whose names have these places here; returns by how much their own places move.
    pub(super) fn append(&mut self, other: Self, names: &[u32]) -> u32 {
        let base = small(self.0.len());
        self.0.extend(other.0.into_iter().map(|mut list| {
            for name in &mut list {
                *name = names.get(*name as usize).copied().unwrap_or(*name);
            }
            list
        }));
        base
    }

    /// Takes in the names of a vote that goes on another one.
    pub(super) fn extend(&mut self, vote: &mut Listed, with: Listed) {
        self.follow(vote, with, 0, with.len);
    }
}

impl Listed {
    pub(super) fn moved_by(self, lists: u32) -> Self {
        Self {
            list: self.list.saturating_add(lists),
            ..self
        }
    }
}

/// The distinct lists, as votes are asked for theirs one after the other.
#[derive(Debug, Default)]
pub(super) struct Distinct {
    rolls: Vec<Box<[u32]>>,
    known: FxHashMap<Listed, u32>,
    index: FxHashMap<Box<[u32]>, u32>,
}

impl Distinct {
    /// The place of a vote's list among them.
    pub(super) fn place(&mut self, vote: Listed, lists: &Lists) -> u32 {
        let Self {
            rolls,
            known,
            index,
        } = self;
        *known.entry(vote).or_insert_with(|| {
            let names = lists.of(vote);
            if let Some(&place) = index.get(names) {
                return place;
            }
            let place = small(rolls.len());
            rolls.push(names.into());
            index.insert(names.into(), place);
            place
        })
    }

    pub(super) fn into_rolls(self) -> Vec<Box<[u32]>> {
        self.rolls
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn listed(lists: &mut Lists, names: &[u32], like: Option<Listed>) -> Listed {
        let mut vote = lists.begin(like);
        for name in names {
            lists.push(&mut vote, *name, like);
        }
        vote
    }

    #[test]
    fn votes_that_begin_alike_share_a_list() {
        let mut lists = Lists::default();
        let first = listed(&mut lists, &[3, 1, 4], None);
        let same = listed(&mut lists, &[3, 1, 4], Some(first));
        let longer = listed(&mut lists, &[3, 1, 4, 1], Some(same));
        let shorter = listed(&mut lists, &[3, 1], Some(longer));
        assert_eq!(lists.0, [[3, 1, 4, 1]]);
        let other = listed(&mut lists, &[3, 1, 5], Some(shorter));
        assert_eq!(lists.0.len(), 2);
        let like_other = listed(&mut lists, &[3, 1, 5], Some(other));
        assert_eq!(like_other, other);
        for (vote, names) in [
            (first, &[3, 1, 4][..]),
            (longer, &[3, 1, 4, 1]),
            (shorter, &[3, 1]),
            (other, &[3, 1, 5]),
        ] {
            assert_eq!(lists.of(vote), names);
        }
    }

    #[test]
    fn a_vote_that_leaves_its_list_goes_over_to_that_of_the_vote_before() {
        let mut lists = Lists::default();
        let first = listed(&mut lists, &[1, 2, 3], None);
        let mut second = lists.begin(Some(first));
        let mut third = lists.begin(Some(second));
        for name in [1, 3, 4] {
            lists.push(&mut second, name, Some(first));
            lists.push(&mut third, name, Some(second));
        }
        assert_eq!((second, lists.0.len()), (third, 2));
        assert_eq!(lists.of(third), [1, 3, 4]);
    }

    proptest! {
        #[test]
        fn whatever_is_shared_every_vote_has_its_own_names(
            rows in prop::collection::vec((0usize..6, 0u32..4, 0usize..3), 0..80),
        ) {
            let mut lists = Lists::default();
            let mut votes: Vec<(Listed, Vec<u32>)> = Vec::new();
            for (at, name, copied) in rows {
                let at = at.min(votes.len());
                if at == votes.len() {
                    let like = votes.last().map(|(vote, _)| *vote);
                    votes.push((lists.begin(like), Vec::new()));
                }
                let like = at.checked_sub(1).map(|before| votes[before].clone());
                let (vote, names) = &mut votes[at];
                lists.push(vote, name, like.as_ref().map(|(like, _)| *like));
                names.push(name);
                if let Some((like, theirs)) = like {
                    let from = names.len().min(theirs.len());
                    let count = copied.min(theirs.len() - from);
                    lists.follow(vote, like, from, count);
                    names.extend(&theirs[from..from + count]);
                }
            }
            let mut whole = Lists::default();
            let offset = listed(&mut whole, &[9], None).len as u32;
            let mut distinct = Distinct::default();
            for (vote, names) in &votes {
                prop_assert_eq!(lists.of(*vote), names.as_slice());
                let place = distinct.place(*vote, &lists);
                prop_assert_eq!(&*distinct.rolls[place as usize], names.as_slice());
            }
            let kinds: std::collections::BTreeSet<_> = votes.iter().map(|(_, names)| names).collect();
            prop_assert_eq!(distinct.into_rolls().len(), kinds.len());
            let moved = whole.append(lists, &[10, 11, 12, 13]);
            prop_assert_eq!(moved, offset);
            for (vote, names) in &votes {
                let there: Vec<u32> = names.iter().map(|name| name + 10).collect();
                prop_assert_eq!(whole.of(vote.moved_by(moved)), there);
            }
        }
    }
}
