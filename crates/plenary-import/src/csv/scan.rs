//! [`Scan`]: the votes that were read from a table.

use rustc_hash::FxHashMap;

use super::group::Group;
use super::layout::Layout;
use super::names::{Name, Names};
use super::refused::Refusals;
use super::small;

/// Everything read so far.
#[derive(Debug)]
pub(crate) struct Scan {
    #[expect(
        clippy::vec_box,
        reason = "a list of them that grows would leave a great block of every size it had"
    )]
    pub(crate) groups: Vec<Box<Group>>,
    pub(crate) names: Names,
    /// The distinct lists of names, once [`Scan::share_rolls`] has gathered them.
    pub(crate) rolls: Vec<Box<[u32]>>,
    pub(crate) rows: u64,
    pub(crate) lines: u64,
    pub(crate) rejected: Refusals,
    /// Votes that lost a row which says no vote or nobody, by their keys.
    pub(super) lost: Vec<Box<[u8]>>,
    pub(super) by_key: FxHashMap<Box<[u8]>, u32>,
}

impl Scan {
    /// Nothing read yet, with the names known beforehand.
    pub(crate) fn of_names(list: Vec<Name>) -> Self {
        Self {
            groups: Vec::new(),
            names: Names::of(list),
            rolls: Vec::new(),
            rows: 0,
            lines: 0,
            rejected: Refusals::default(),
            lost: Vec::new(),
            by_key: FxHashMap::default(),
        }
    }

    /// Adds a vote that no other row belongs to, with those on its list.
    pub(crate) fn add(&mut self, key: Box<[u8]>, group: Group, who: &[u32]) {
        let mut group = Box::new(group);
        group.who = who.into();
        let at = small(self.groups.len());
        self.groups.push(group);
        self.by_key.insert(key, at);
    }

    /// Gathers the lists of names: most votes of a body have that of the vote before. Marks the votes that lost a row.
    pub(crate) fn share_rolls(&mut self) {
        let mut known: FxHashMap<Box<[u32]>, u32> = FxHashMap::default();
        for group in &mut self.groups {
            let who = std::mem::take(&mut group.who);
            group.roll = *known.entry(who.into()).or_insert_with_key(|who| {
                self.rolls.push(who.clone());
                small(self.rolls.len() - 1)
            });
        }
        for key in std::mem::take(&mut self.lost) {
            let group = self.by_key.get(&key).map(|at| *at as usize);
            if let Some(group) = group.and_then(|at| self.groups.get_mut(at)) {
                group.lost_a_row = true;
            }
        }
    }

    /// Takes the ballots of some voters off all lists; how many there were.
    pub(crate) fn leave_out_voters(&mut self, is_out: impl Fn(&[Box<str>]) -> bool) -> u64 {
        let names = self.names.list.iter();
        let out: Vec<bool> = names.map(|name| is_out(&name.values)).collect();
        let is_out = |name: &u32| out.get(*name as usize) == Some(&true);
        let mut count = 0;
        for group in &mut self.groups {
            let who = group.who.iter().enumerate();
            let spare: Vec<usize> = who
                .filter(|(_, name)| is_out(name))
                .map(|(at, _)| at)
                .collect();
            if !spare.is_empty() {
                let chosen = spare
                    .iter()
                    .filter_map(|at| group.choices.get(*at).copied());
                group.no_voters = chosen.collect();
                group.leave_out(&spare);
                group.who.retain(|name| !is_out(name));
                count += spare.len() as u64;
            }
        }
        count
    }

    /// Keeps some votes only.
    pub(super) fn retain_votes(&mut self, mut keep: impl FnMut(&mut Group) -> bool) {
        let kept: Vec<bool> = self.groups.iter_mut().map(|group| keep(group)).collect();
        let places = kept.iter().scan(0, |next, &kept| {
            let place = *next;
            *next += u32::from(kept);
            Some(kept.then_some(place))
        });
        let places: Vec<Option<u32>> = places.collect();
        let mut which = kept.into_iter();
        self.groups.retain(|_| which.next().unwrap_or(true));
        self.by_key.retain(|_, at| {
            let place = places.get(*at as usize).copied().flatten();
            *at = place.unwrap_or(*at);
            place.is_some()
        });
    }

    /// Says on which line the first row stood.
    pub(crate) fn start_at(&mut self, line: u64) {
        self.rejected.shift_lines(line);
        for group in &mut self.groups {
            group.shift_lines(line);
        }
        self.lines += line;
    }

    /// Appends what was read of the next stretch of the same file.
    pub(crate) fn append(&mut self, mut next: Self, layout: &Layout) {
        let base = self.lines;
        let names = self.names.merge(next.names);
        next.rejected.shift_lines(base);
        self.rejected.append(next.rejected);
        self.lost.extend(next.lost);
        let mut keys: Vec<Option<Box<[u8]>>> = vec![None; next.groups.len()];
        for (key, group) in next.by_key {
            if let Some(place) = keys.get_mut(group as usize) {
                *place = Some(key);
            }
        }
        for (mut group, key) in next.groups.into_iter().zip(keys) {
            group.shift_lines(base);
            for name in &mut group.who {
                *name = names.get(*name as usize).copied().unwrap_or(*name);
            }
            let Some(key) = key else { continue };
            match self.by_key.get(&key) {
                Some(&at) => {
                    if let Some(begun) = self.groups.get_mut(at as usize) {
                        begun.continue_with(*group, &self.names, layout);
                    }
                }
                None => {
                    let at = small(self.groups.len());
                    self.groups.push(group);
                    self.by_key.insert(key, at);
                }
            }
        }
        self.rows += next.rows;
        self.lines += next.lines;
    }
}
