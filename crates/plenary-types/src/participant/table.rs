//! The identities of this process: a place for each text, given once and never taken back.
//!
//! Places are written under a lock and read without one. Memory is taken in chunks, so that what was handed out never moves.

use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock, PoisonError, RwLock};

use super::{Participant, ParticipantKind};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Identity {
    pub(super) kind: ParticipantKind,
    pub(super) text: &'static str,
}

const CHUNK: usize = 1024;

type Chunk = Box<[OnceLock<Identity>]>;

struct Table<const CHUNKS: usize> {
    chunks: [OnceLock<Chunk>; CHUNKS],
    /// The places by text. Its hasher is seeded at random: the texts come from inputs.
    places: LazyLock<RwLock<HashMap<&'static str, u32>>>,
    limit: u32,
}

static TABLE: Table<{ (Participant::MAX_IDENTITIES as usize).div_ceil(CHUNK) }> =
    Table::new(Participant::MAX_IDENTITIES);

/// The place of a text, which gets the next one when it has none; `None` when there is no place left.
pub(super) fn place_of(text: &str, kind: ParticipantKind) -> Option<u32> {
    TABLE.place_of(text, kind)
}

/// Who has a place that [`place_of`] gave.
pub(super) fn identity(place: u32) -> Identity {
    TABLE.identity(place)
}

impl<const CHUNKS: usize> Table<CHUNKS> {
    const fn new(limit: u32) -> Self {
        Self {
            chunks: [const { OnceLock::new() }; CHUNKS],
            places: LazyLock::new(RwLock::default),
            limit,
        }
    }

    fn place_of(&self, text: &str, kind: ParticipantKind) -> Option<u32> {
        let known = self.places.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = known.get(text) {
            return Some(*place);
        }
        drop(known);
        let mut places = self.places.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = places.get(text) {
            return Some(*place);
        }
        let place = u32::try_from(places.len()).ok()?;
        if place >= self.limit {
            return None;
        }
        let chunk = self.chunks.get(place as usize / CHUNK)?;
        let chunk = chunk.get_or_init(|| (0..CHUNK).map(|_| OnceLock::new()).collect());
        let text: &'static str = Box::leak(Box::from(text));
        let identity = Identity { kind, text };
        let written = chunk.get(place as usize % CHUNK)?.set(identity);
        debug_assert!(written.is_ok(), "a place was given twice");
        places.insert(text, place);
        Some(place)
    }

    fn read(&self, place: u32) -> Option<Identity> {
        let chunk = self.chunks.get(place as usize / CHUNK)?.get()?;
        chunk.get(place as usize % CHUNK)?.get().copied()
    }

    fn identity(&self, place: u32) -> Identity {
        self.read(place).unwrap_or_else(|| {
            // The number may have come from another thread without synchronisation, which the lock gives.
            let places = self.places.read().unwrap_or_else(PoisonError::into_inner);
            let identity = self.read(place);
            drop(places);
            debug_assert!(identity.is_some(), "place {place} was never given");
            identity.unwrap_or(Identity {
                kind: ParticipantKind::Text,
                text: "text:?",
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_table_refuses_new_texts_and_keeps_the_old() {
        static SMALL: Table<2> = Table::new(CHUNK as u32 + 2);
        let text = |n: u32| format!("unit:{n}");
        for n in 0..CHUNK as u32 + 2 {
            assert_eq!(SMALL.place_of(&text(n), ParticipantKind::Unit), Some(n));
        }
        assert_eq!(SMALL.place_of("unit:new", ParticipantKind::Unit), None);
        for n in 0..CHUNK as u32 + 2 {
            assert_eq!(SMALL.place_of(&text(n), ParticipantKind::Unit), Some(n));
            let identity = SMALL.identity(n);
            assert_eq!(
                (identity.text, identity.kind),
                (text(n).as_str(), ParticipantKind::Unit)
            );
        }
    }
}
