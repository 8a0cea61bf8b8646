//! Spellings that differ from a text by a few letters.

use crate::fold::Folded;
use crate::hash::{SHORTEST, letters};
use crate::tables::{FOLDED, NEAR, Near, Spelling};

/// Keys longer than this are not compared.
const LONGEST: usize = 64;
/// How many hits are kept at most.
const HITS: usize = 8;

/// Words of many names that are nobody's: near a name by chance.
const GENERIC: [&str; 12] = [
    "arab",
    "commonwealth",
    "democratic",
    "federal",
    "federation",
    "island",
    "kingdom",
    "republic",
    "state",
    "states",
    "territory",
    "union",
];

pub(crate) struct Hit {
    pub(crate) spelling: &'static Spelling,
    pub(crate) edits: u8,
}

/// The recorded spellings nearest to a name, none when it is short or nothing is near: one letter in
/// a short name, two in a long one. All hits have the same distance, the least there is.
pub(crate) fn hits(name: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    let Some(folded) = Folded::new(name) else {
        return hits;
    };
    let key = folded.key();
    if GENERIC.contains(&key.as_str()) {
        return hits;
    }
    collect(key.as_bytes(), &mut hits);
    if hits.is_empty() && folded.count() > 1 {
        collect(folded.glued().as_bytes(), &mut hits);
    }
    let least = hits.iter().map(|hit| hit.edits).min().unwrap_or_default();
    hits.retain(|hit| hit.edits == least);
    hits.truncate(HITS);
    hits
}

fn collect(key: &[u8], hits: &mut Vec<Hit>) {
    if !(SHORTEST..=LONGEST).contains(&key.len()) || !key.is_ascii() {
        return;
    }
    let mut allowed = if key.len() < 9 { 1 } else { 2 };
    let bits = letters(key);
    for near in window(key.len(), usize::from(allowed)) {
        if (near.letters ^ bits).count_ones() > 2 * u32::from(allowed) {
            continue;
        }
        let Some(spelling) = FOLDED.get(usize::from(near.place)) else {
            continue;
        };
        let text = spelling.text().as_bytes();
        if let Some(edits) = distance(key, text, allowed).filter(|_| !opposite(key, text)) {
            allowed = edits;
            hits.push(Hit { spelling, edits });
        }
    }
}

/// Whether two keys differ in a point of the compass: North and South Korea are no misspellings of
/// each other.
fn opposite(a: &[u8], b: &[u8]) -> bool {
    const POINTS: [&[u8]; 4] = [b"north", b"south", b"east", b"west"];
    let has = |text: &[u8], point: &[u8]| text.windows(point.len()).any(|w| w == point);
    POINTS.iter().any(|point| has(a, point) != has(b, point))
}

/// The compared spellings whose length is near enough.
fn window(length: usize, allowed: usize) -> &'static [Near] {
    let start = NEAR.partition_point(|near| usize::from(near.length) + allowed < length);
    let end = NEAR.partition_point(|near| usize::from(near.length) <= length + allowed);
    NEAR.get(start..end).unwrap_or_default()
}

/// How many letters to put in, take out, replace or exchange with their neighbour (optimal string
/// alignment), when that is not more than `most`.
fn distance(a: &[u8], b: &[u8], most: u8) -> Option<u8> {
    let (a, b) = without_common_ends(a, b);
    if a.len().max(b.len()) > LONGEST || a.len().abs_diff(b.len()) > usize::from(most) {
        return None;
    }
    let mut rows = [[0_u8; LONGEST + 1]; 3];
    for (cell, count) in rows[1].iter_mut().zip(0..) {
        *cell = count;
    }
    for (i, (x, count)) in a.iter().zip(1..).enumerate() {
        let [older, old, new] = &mut rows;
        new[0] = count;
        let mut least = count;
        for (j, y) in b.iter().enumerate() {
            let replaced = old[j] + u8::from(x != y);
            let mut cell = replaced.min(old[j + 1] + 1).min(new[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                cell = cell.min(older[j - 1] + 1);
            }
            new[j + 1] = cell;
            least = least.min(cell);
        }
        if least > most {
            return None;
        }
        rows.rotate_left(1);
    }
    Some(rows[1][b.len()]).filter(|edits| *edits <= most)
}

fn without_common_ends<'a>(a: &'a [u8], b: &'a [u8]) -> (&'a [u8], &'a [u8]) {
    let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    (&a[..a.len() - end], &b[..b.len() - end])
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn edits_are_counted_with_exchanges_as_one() {
        for (a, b, edits) in [
            ("kitten", "kitten", 0),
            ("kazahkstan", "kazakhstan", 1),
            ("kyrgystan", "kyrgyzstan", 1),
            ("filipines", "philippines", 3),
            ("", "ab", 2),
        ] {
            assert_eq!(
                distance(a.as_bytes(), b.as_bytes(), 3),
                Some(edits),
                "{a} {b}"
            );
            assert_eq!(
                distance(b.as_bytes(), a.as_bytes(), 3),
                Some(edits),
                "{b} {a}"
            );
        }
        assert_eq!(distance(b"niger", b"nigeria", 1), None);
    }
}
