//! Columns in which names repeat.

use chrono::NaiveDate;
use plenary_types::StateCode;

use crate::hash::hash;
use crate::judge::steady_span;
use crate::resolve::{Found, How};
use crate::tables::stamp;

/// Names remembered at most; more are resolved afresh each time.
const REMEMBERED: usize = 1 << 14;
/// Bytes of names remembered at most.
const BYTES: usize = 1 << 20;

/// Resolves the names of a column, remembering those it has seen.
///
/// Real columns repeat a few hundred spellings, often in the same order vote after vote: the name that
/// followed the last one before is compared first, without hashing. The answers are those of
/// [`resolve`](crate::resolve); the memory stays below three megabytes whatever the column holds.
///
/// ```
/// use plenary_states::ColumnResolver;
///
/// let mut column = ColumnResolver::new();
/// let codes: Vec<_> = ["FRANCE", "USSR", "FRANCE", "Atlantis"]
///     .iter()
///     .map(|name| column.resolve(name, None))
///     .collect();
/// assert_eq!(codes, ["FRA".parse().ok(), "SUN".parse().ok(), "FRA".parse().ok(), None]);
/// ```
#[derive(Clone, Default)]
pub struct ColumnResolver {
    names: Vec<Seen>,
    text: Vec<u8>,
    slots: Vec<u32>,
    last: usize,
}

/// A name that was seen, with its answer in a span of days.
#[derive(Clone, Copy)]
struct Seen {
    at: u32,
    length: u32,
    next: u32,
    span: (i32, i32),
    answer: (Option<StateCode>, How),
    found: Found,
}

/// Stands for a question without a date; no day has this stamp.
const UNDATED: i32 = i32::MIN;

impl ColumnResolver {
    /// A resolver that has seen nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The entity that a name means, as [`resolve`](crate::resolve) gives it.
    #[inline]
    pub fn resolve(&mut self, name: &str, on: Option<NaiveDate>) -> Option<StateCode> {
        self.resolve_how(name, on).0
    }

    /// As [`resolve_how`](crate::resolve_how).
    #[inline]
    pub fn resolve_how(&mut self, name: &str, on: Option<NaiveDate>) -> (Option<StateCode>, How) {
        let expected = self
            .names
            .get(self.last)
            .map_or(0, |seen| seen.next as usize);
        if self.is(expected, name) {
            self.last = expected;
        } else if !self.find(name) {
            return Found::new(name).answer(on);
        }
        self.answer(on)
    }

    #[inline]
    fn answer(&mut self, on: Option<NaiveDate>) -> (Option<StateCode>, How) {
        let day = on.map_or(UNDATED, stamp);
        match self.names.get_mut(self.last) {
            Some(seen) if seen.span.0 <= day && day < seen.span.1 => seen.answer,
            Some(seen) => seen.ask(on),
            None => (None, How::Unknown),
        }
    }

    #[inline]
    fn is(&self, place: usize, name: &str) -> bool {
        self.names.get(place).is_some_and(|seen| {
            let at = seen.at as usize;
            self.text.get(at..at + seen.length as usize) == Some(name.as_bytes())
        })
    }

    /// Makes a name the last one, remembering it when it is new; `false` when the memory is full.
    fn find(&mut self, name: &str) -> bool {
        if self.slots.is_empty() {
            self.slots = vec![0; REMEMBERED * 2];
        }
        let mask = self.slots.len() - 1;
        let mut slot = hash(name.as_bytes()) as usize & mask;
        loop {
            match self.slots.get(slot).map(|place| *place as usize) {
                None | Some(0) => return self.remember(name, slot),
                Some(place) if self.is(place - 1, name) => {
                    self.go(place - 1);
                    return true;
                }
                Some(_) => slot = (slot + 1) & mask,
            }
        }
    }

    fn remember(&mut self, name: &str, slot: usize) -> bool {
        if self.names.len() >= REMEMBERED || self.text.len() + name.len() > BYTES {
            return false;
        }
        let place = self.names.len();
        self.names.push(Seen {
            at: self.text.len() as u32,
            length: name.len() as u32,
            next: 0,
            span: (0, 0),
            answer: (None, How::Unknown),
            found: Found::new(name),
        });
        self.text.extend_from_slice(name.as_bytes());
        if let Some(slot) = self.slots.get_mut(slot) {
            *slot = place as u32 + 1;
        }
        self.go(place);
        true
    }

    fn go(&mut self, place: usize) {
        if let Some(last) = self.names.get_mut(self.last) {
            last.next = place as u32;
        }
        self.last = place;
    }
}

impl Seen {
    fn ask(&mut self, on: Option<NaiveDate>) -> (Option<StateCode>, How) {
        self.answer = self.found.answer(on);
        self.span = on.map_or((UNDATED, UNDATED + 1), |day| self.steady(stamp(day)));
        self.answer
    }

    fn steady(&self, day: i32) -> (i32, i32) {
        let spellings = [self.found.exact, self.found.folded].into_iter().flatten();
        let spans = spellings.map(|spelling| steady_span(spelling.claims(), day));
        let around = (UNDATED + 1, i32::MAX);
        spans.fold(around, |span, other| {
            (span.0.max(other.0), span.1.min(other.1))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::resolve_how;

    const NAMES: [&str; 4] = ["FRANCE", "USSR", "Atlantis", "Korea"];

    fn day(text: &str) -> Option<NaiveDate> {
        text.parse().ok()
    }

    fn read(column: &mut ColumnResolver, on: Option<NaiveDate>) {
        for name in NAMES {
            assert_eq!(
                column.resolve_how(name, on),
                resolve_how(name, on),
                "{name}"
            );
            assert_eq!(column.resolve(name, on), resolve_how(name, on).0, "{name}");
        }
    }

    #[test]
    fn a_name_is_remembered_once() {
        let mut column = ColumnResolver::new();
        for on in [None, day("1980-01-01"), day("2000-01-01"), None] {
            read(&mut column, on);
            assert_eq!(column.names.len(), NAMES.len());
        }
        assert_eq!(column.text, NAMES.concat().as_bytes());
        assert_eq!(
            column.slots.iter().filter(|slot| **slot > 0).count(),
            NAMES.len()
        );
    }

    #[test]
    fn the_name_that_followed_the_last_time_is_found_without_hashing() {
        let mut column = ColumnResolver::new();
        let read = |column: &mut ColumnResolver| NAMES.map(|name| column.resolve_how(name, None));
        let answers = read(&mut column);
        assert_eq!(read(&mut column), answers);
        // Whoever hashes now finds nothing and remembers the name anew.
        column.slots.fill(0);
        assert_eq!(read(&mut column), answers);
        assert_eq!(column.names.len(), NAMES.len());
    }

    #[test]
    fn an_answer_is_kept_for_the_days_on_which_it_cannot_change() {
        let wrong = (None, How::Fuzzy);
        let answers = |asked: &str, again: &str| {
            let mut column = ColumnResolver::new();
            column.resolve_how("USSR", day(asked));
            column.names[0].answer = wrong;
            column.resolve_how("USSR", day(again)) == wrong
        };
        for (asked, again, kept) in [
            ("1980-01-01", "1980-01-01", true),
            ("1980-01-01", "1991-12-23", true),
            ("1980-01-01", "1991-12-24", false),
            ("1991-12-24", "1991-12-23", false),
            ("1991-12-24", "2020-01-01", true),
            ("", "", true),
            ("", "1980-01-01", false),
            ("1980-01-01", "", false),
        ] {
            assert_eq!(answers(asked, again), kept, "{asked} {again}");
        }
    }

    #[test]
    fn names_that_share_a_slot_are_each_remembered_once() {
        for slot in [0, 2 * REMEMBERED - 1] {
            let shares = |name: &String| hash(name.as_bytes()) as usize % (2 * REMEMBERED) == slot;
            let made = (0..).map(|n: u32| format!("nowhere {n}"));
            let names: Vec<_> = made.filter(shares).take(3).collect();
            let mut column = ColumnResolver::new();
            for name in names.iter().chain(names.iter().rev()) {
                assert_eq!(column.resolve(name, None), None);
            }
            assert_eq!(column.names.len(), names.len(), "slot {slot}");
        }
    }

    #[test]
    fn memory_is_bounded_in_names_and_in_bytes() {
        let mut column = ColumnResolver::new();
        for n in 0..REMEMBERED + 100 {
            assert_eq!(column.resolve(&format!("nowhere {n}"), None), None);
        }
        assert_eq!(column.names.len(), REMEMBERED);
        read(&mut column, day("1980-01-01"));
        let slots = size_of_val(&*column.slots);
        let whole = REMEMBERED * size_of::<Seen>() + BYTES + slots;
        assert!(REMEMBERED > 10_000 && whole < 3_000_000, "{whole}");

        let mut column = ColumnResolver::new();
        let long = |n: usize| n.to_string().repeat(BYTES / 4);
        for n in 0..6 {
            assert_eq!(column.resolve(&long(n), None), None);
        }
        assert_eq!((column.names.len(), column.text.len()), (4, BYTES));
        read(&mut column, None);
        assert_eq!(column.names.len(), 4);
    }
}
