//! [`Names`]: the distinct voters of a table, as they stand in the file.

use super::small;
use rustc_hash::FxHashMap;

/// The distinct entries of the columns that say who voted, as they stand in the file.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub(crate) list: Vec<Name>,
    pub(super) index: FxHashMap<Box<[u8]>, u32>,
}

/// One of [`Names`].
#[derive(Clone, Debug)]
pub(crate) struct Name {
    /// The columns that say who, each run of neighbours in one piece, quotes and separators included.
    pub(super) runs: Box<[Box<[u8]>]>,
    /// The values, in the order of the columns.
    pub(crate) values: Box<[Box<str>]>,
    pub(super) line_ends: u32,
}

impl Names {
    /// Between the runs of one name; no file has it inside a field in practice, and if it has, two
    /// names stay two.
    pub(super) const BETWEEN: u8 = 0x1f;

    /// These, known beforehand; none of them is found by how it is written.
    pub(super) fn of(list: Vec<Name>) -> Self {
        Self {
            list,
            index: FxHashMap::default(),
        }
    }

    /// What tells a name from others: its runs, with a separator where there are several.
    pub(super) fn key<'a>(runs: &[&'a [u8]], scratch: &'a mut Vec<u8>) -> &'a [u8] {
        if let [one] = runs {
            return one;
        }
        scratch.clear();
        for run in runs {
            scratch.extend_from_slice(run);
            scratch.push(Self::BETWEEN);
        }
        scratch
    }

    /// One more, found by nothing.
    pub(super) fn add_values(&mut self, values: Box<[Box<str>]>) -> u32 {
        let at = small(self.list.len());
        self.list.push(Name {
            values,
            ..Name::of_value("")
        });
        at
    }

    /// The name that is one value, added if need be.
    pub(super) fn of_text(&mut self, text: &str) -> u32 {
        match self.index.get(text.as_bytes()) {
            Some(&known) => known,
            None => self.add(text.as_bytes().into(), Name::of_value(text)),
        }
    }

    pub(super) fn add(&mut self, key: Box<[u8]>, name: Name) -> u32 {
        let at = small(self.list.len());
        self.list.push(name);
        self.index.insert(key, at);
        at
    }

    /// Takes in the names of the next stretch; returns which of these each of them is.
    pub(super) fn merge(&mut self, other: Self) -> Vec<u32> {
        let mut keys: Vec<Box<[u8]>> = vec![Box::default(); other.list.len()];
        for (key, at) in other.index {
            if let Some(place) = keys.get_mut(at as usize) {
                *place = key;
            }
        }
        let pairs = keys.into_iter().zip(other.list);
        pairs
            .map(|(key, name)| match self.index.get(&key) {
                Some(&at) => at,
                None => self.add(key, name),
            })
            .collect()
    }
}

impl Name {
    /// A voter known by neighbouring columns, as they stand in the file.
    #[cfg(test)]
    pub(super) fn of_run(run: &str) -> Self {
        Self {
            runs: Box::new([run.as_bytes().into()]),
            values: run.split(',').map(Into::into).collect(),
            line_ends: 0,
        }
    }

    /// A voter known by one value.
    pub(crate) fn of_value(value: &str) -> Self {
        Self {
            runs: Box::default(),
            values: Box::new([value.into()]),
            line_ends: 0,
        }
    }
}
