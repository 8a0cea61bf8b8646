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
