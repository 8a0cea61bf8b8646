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
    use super::*;
    use crate::tables::Spelling;

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
        let (long, longer) = ([b'a'; LONGEST], [b'a'; LONGEST + 1]);
        assert_eq!(distance(&long, &[b'b'; LONGEST], 64), Some(64));
        assert_eq!(distance(&longer, &[b'b'; LONGEST], 70), None);
    }

    /// Optimal string alignment as the textbook has it.
    fn slow_distance(a: &[u8], b: &[u8]) -> usize {
        let mut cost = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                if i == 0 || j == 0 {
                    cost[i][j] = i + j;
                    continue;
                }
                let replaced = cost[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                cost[i][j] = replaced.min(cost[i - 1][j] + 1).min(cost[i][j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    cost[i][j] = cost[i][j].min(cost[i - 2][j - 2] + 1);
                }
            }
        }
        cost[a.len()][b.len()]
    }

    fn points(text: &str) -> [bool; 4] {
        ["north", "south", "east", "west"].map(|point| text.contains(point))
    }

    /// The nearest of all spellings, each compared with the whole name.
    fn slow_hits(name: &str) -> Vec<(&'static str, usize)> {
        let Some(folded) = Folded::new(name) else {
            return Vec::new();
        };
        let (key, glued) = (folded.key(), folded.glued());
        if GENERIC.contains(&key.as_str()) {
            return Vec::new();
        }
        for key in [key.as_str(), glued.as_str()] {
            if key.len() < 5 || key.len() > 64 || !key.is_ascii() {
                continue;
            }
            let allowed = if key.len() < 9 { 1 } else { 2 };
            let spellings = NEAR
                .iter()
                .map(|near| FOLDED[usize::from(near.place)].text());
            let alike = spellings.filter(|text| text.len().abs_diff(key.len()) <= allowed);
            let compared = alike.map(|text| (text, slow_distance(key.as_bytes(), text.as_bytes())));
            let near =
                compared.filter(|(text, edits)| *edits <= allowed && points(text) == points(key));
            let near: Vec<_> = near.collect();
            if let Some(least) = near.iter().map(|(_, edits)| *edits).min() {
                return near
                    .into_iter()
                    .filter(|(_, edits)| *edits == least)
                    .take(8)
                    .collect();
            }
        }
        Vec::new()
    }

    /// A name with a letter left out, doubled, replaced or exchanged with its neighbour.
    fn misspelt(name: &str, seed: usize) -> String {
        let mut letters: Vec<char> = name.chars().collect();
        let at = (seed / 4 * 7 + 1) % letters.len();
        match seed % 4 {
            0 => drop(letters.remove(at)),
            1 => letters.insert(at, letters[at]),
            2 => letters[at] = 'q',
            _ => letters.swap(at, at - usize::from(at > 0)),
        }
        letters.into_iter().collect()
    }

    #[test]
    fn the_nearest_spellings_are_those_that_comparing_with_all_would_give() {
        let names = FOLDED
            .iter()
            .map(Spelling::text)
            .filter(|text| text.is_ascii());
        let short = names.clone().filter(|text| (4..=11).contains(&text.len()));
        let chosen = short.step_by(23).chain(names.step_by(151));
        let mut found = 0;
        for (seed, name) in chosen.enumerate() {
            let once = misspelt(name, seed);
            let twice = misspelt(&once, seed / 3 + 5);
            for text in [once.clone(), twice, once.replace(' ', "")] {
                let quick: Vec<_> = hits(&text)
                    .iter()
                    .map(|hit| (hit.spelling.text(), usize::from(hit.edits)))
                    .collect();
                assert_eq!(quick, slow_hits(&text), "{text}");
                found += 1;
            }
        }
        assert!(found > 150, "{found}");
    }

    #[test]
    fn points_of_the_compass_are_no_misspellings_and_generic_words_near_nobody() {
        for text in [
            "West Timor",
            "Island",
            "Kingdom",
            "Federation",
            "Cub",
            "",
            "of",
        ] {
            assert!(hits(text).is_empty(), "{text}");
        }
        assert!(!hits("East Timorr").is_empty());
    }
}
