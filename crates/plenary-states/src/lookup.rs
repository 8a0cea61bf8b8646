//! Finding a spelling in the generated tables.

use crate::fold::Folded;
use crate::hash::hash;
use crate::tables::{CLAIMS, Claim, EXACT, EXACT_SLOTS, FOLDED, FOLDED_SLOTS, Spelling, TEXT};

impl Spelling {
    pub(crate) fn text(&self) -> &'static str {
        let at = self.at as usize;
        TEXT.get(at..at + usize::from(self.length))
            .unwrap_or_default()
    }

    pub(crate) fn claims(&self) -> &'static [Claim] {
        let at = usize::from(self.claims);
        CLAIMS
            .get(at..at + usize::from(self.count))
            .unwrap_or_default()
    }
}

/// The claims to exactly this text.
pub(crate) fn exact(text: &str) -> Option<&'static Spelling> {
    find(&EXACT, &EXACT_SLOTS, text.as_bytes())
}

/// The claims to the folded key of a text.
pub(crate) fn folded(folded: &Folded) -> Option<&'static Spelling> {
    find(&FOLDED, &FOLDED_SLOTS, folded.key().as_bytes())
}

#[inline]
fn find(spellings: &'static [Spelling], slots: &[u16], text: &[u8]) -> Option<&'static Spelling> {
    let mask = slots.len() - 1;
    let mut slot = hash(text) as usize & mask;
    loop {
        let place = usize::from(*slots.get(slot)?).checked_sub(1)?;
        let spelling = spellings.get(place)?;
        if spelling.text().as_bytes() == text {
            return Some(spelling);
        }
        slot = (slot + 1) & mask;
    }
}
