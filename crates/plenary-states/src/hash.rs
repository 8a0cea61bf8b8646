//! Numbers of a text that the build script and the run time must compute alike.

const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

/// A 64-bit hash of a short text. Not meant to resist an attacker: the tables that it indexes are
/// fixed, or grow with the caller's own input.
#[inline]
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    let mut state = (bytes.len() as u64).wrapping_mul(MULTIPLIER);
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        state = mix(state, word(chunk));
    }
    state = mix(state, word(chunks.remainder()));
    state ^ (state >> 32)
}

#[inline]
fn mix(state: u64, word: u64) -> u64 {
    (state.rotate_left(23) ^ word).wrapping_mul(MULTIPLIER)
}

#[inline]
fn word(bytes: &[u8]) -> u64 {
    match bytes.try_into() {
        Ok(eight) => u64::from_le_bytes(eight),
        Err(_) => bytes
            .iter()
            .rev()
            .fold(0, |word, byte| (word << 8) | u64::from(*byte)),
    }
}

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
