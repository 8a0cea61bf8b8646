//! Finding a spelling in the generated tables.

use chrono::NaiveDate;
use plenary_types::StateCode;

use crate::codes::CodeSystem;
use crate::entity::{self, Entity};
use crate::fold::Folded;
use crate::hash::hash;
use crate::tables::{
    CLAIMS, CODES, CODES_SLOTS, Claim, EXACT, EXACT_SLOTS, FOLDED, FOLDED_SLOTS, Spelling, TEXT,
};

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

impl Claim {
    pub(crate) fn entity(&self) -> Option<Entity> {
        entity::at(self.entity)
    }

    pub(crate) fn code(&self) -> Option<StateCode> {
        self.entity().map(Entity::code)
    }

    /// The first day of the span; `None` when it has no beginning.
    pub(crate) fn first_day(&self) -> Option<NaiveDate> {
        day(self.from)
    }

    /// The first day after the span; `None` when it has no end.
    pub(crate) fn end(&self) -> Option<NaiveDate> {
        day(self.to)
    }
}

/// The day of a stamp.
fn day(stamp: i32) -> Option<NaiveDate> {
    let ordinal = u32::try_from(stamp.rem_euclid(512)).ok()?;
    NaiveDate::from_yo_opt(stamp.div_euclid(512), ordinal)
}

/// The claims to exactly this text.
#[inline]
pub(crate) fn exact(text: &str) -> Option<&'static Spelling> {
    find(&EXACT, &EXACT_SLOTS, text.as_bytes())
}

/// The claims to the folded key of a text.
pub(crate) fn folded(folded: &Folded) -> Option<&'static Spelling> {
    find(&FOLDED, &FOLDED_SLOTS, folded.key().as_bytes())
}

/// The claims to a code of a system, whatever its case and leading zeros.
pub(crate) fn code(system: CodeSystem, code: &str) -> Option<&'static Spelling> {
    let code = code.trim().trim_start_matches('0');
    let mut key = [0; 24];
    let parts = [system.as_str(), ":", code];
    let length = parts.iter().map(|part| part.len()).sum();
    let bytes = parts.iter().flat_map(|part| part.bytes());
    for (slot, byte) in key.get_mut(..length)?.iter_mut().zip(bytes) {
        *slot = byte;
    }
    let key = key.get_mut(..length)?;
    key.get_mut(system.as_str().len()..)?.make_ascii_uppercase();
    find(&CODES, &CODES_SLOTS, key)
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::hash::letters;

    fn recorded() -> impl Iterator<Item = &'static [u8]> {
        let spellings = EXACT.iter().chain(&FOLDED).chain(&CODES);
        spellings.map(|spelling| spelling.text().as_bytes())
    }

    #[test]
    fn every_recorded_text_is_found_where_it_is_filed() {
        for spelling in &EXACT {
            let found = exact(spelling.text()).map(|found| found.at);
            assert_eq!(found, Some(spelling.at), "{}", spelling.text());
            assert!(spelling.claims().iter().all(|claim| claim.code().is_some()));
        }
        for spelling in &FOLDED {
            let found = find(&FOLDED, &FOLDED_SLOTS, spelling.text().as_bytes());
            assert_eq!(
                found.map(|found| found.at),
                Some(spelling.at),
                "{}",
                spelling.text()
            );
        }
        for text in ["", "Narnia", "FRANCE ", "\u{0}"] {
            assert!(exact(text).is_none(), "{text}");
        }
    }

    #[test]
    fn texts_have_hashes_of_their_own_spread_over_the_slots() {
        let texts: BTreeSet<_> = recorded().collect();
        let hashes: BTreeSet<u64> = texts.iter().map(|text| hash(text)).collect();
        assert_eq!(hashes.len(), texts.len());
        // Thrown into twice as many slots at random, 78.7 % of the texts would have a slot to themselves or be the
        // first in it.
        let slots = hashes.iter().map(|hash| hash % (2 * texts.len() as u64));
        let taken = slots.collect::<BTreeSet<_>>().len() * 100 / texts.len();
        assert!((76..=82).contains(&taken), "{taken} %");
    }

    #[test]
    fn letters_tell_those_that_occur_and_those_that_occur_again() {
        for text in recorded().chain([&b"aab z"[..], b"", b"A-1"]) {
            let count = |letter: u8| text.iter().filter(|byte| **byte == letter).count();
            let slow = (b'a'..=b'z').zip(0..).map(|(letter, bit)| {
                let once = u64::from(count(letter) > 0) << bit;
                once | u64::from(count(letter) > 1) << (bit + 26)
            });
            assert_eq!(letters(text), slow.sum::<u64>(), "{text:?}");
        }
    }

    #[test]
    fn a_code_is_found_whatever_its_case_and_leading_zeros() {
        for (system, text, known) in [
            (CodeSystem::Iso2, "fr", true),
            (CodeSystem::Iso2, " FR ", true),
            (CodeSystem::Iso3, "FR", false),
            (CodeSystem::Cow, "002", true),
            (CodeSystem::M49, "4", true),
            (CodeSystem::M49, "", false),
            (CodeSystem::Iso3166Part3, "SUHH", true),
            (
                CodeSystem::Iso2,
                "a text that is longer than any code",
                false,
            ),
        ] {
            assert_eq!(code(system, text).is_some(), known, "{system} {text}");
        }
    }
}
