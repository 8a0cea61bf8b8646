//! Which letters a key has: what the keys that are worth comparing have in common. The build script files them alike.

/// The shortest key that is compared with a misspelt name.
pub(crate) const SHORTEST: usize = 5;

/// The letters that occur in a key, and those that occur more than once, as bits. One edit changes two of
/// them at most.
pub(crate) fn letters(key: &[u8]) -> u64 {
    let mut bits = 0;
    for byte in key.iter().filter(|b| b.is_ascii_lowercase()) {
        let once = 1 << (byte - b'a');
        bits |= if bits & once == 0 { once } else { once << 26 };
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::{CODES, EXACT, FOLDED};

    #[test]
    fn letters_tell_those_that_occur_and_those_that_occur_again() {
        let recorded = EXACT.iter().chain(&FOLDED).chain(&CODES);
        let recorded = recorded.map(|spelling| spelling.text());
        for text in recorded.chain(["aab z", "", "A-1"]) {
            let count = |letter: u8| text.bytes().filter(|byte| *byte == letter).count();
            let slow = (b'a'..=b'z').zip(0..).map(|(letter, bit)| {
                let once = u64::from(count(letter) > 0) << bit;
                once | u64::from(count(letter) > 1) << (bit + 26)
            });
            assert_eq!(letters(text.as_bytes()), slow.sum::<u64>(), "{text:?}");
        }
    }
}
