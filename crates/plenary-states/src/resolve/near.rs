//! Spellings that differ from a text by a few letters.

use strsim::osa_distance;

use crate::resolve::fold::Folded;
use crate::resolve::letters::{SHORTEST, letters};
use crate::rows::NEAR;
use crate::rows::spelling::{Near, Spelling};

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

pub(super) struct Hit {
    pub(super) spelling: Spelling,
    /// How many letters to put in, take out, replace or exchange with their neighbour.
    pub(super) edits: usize,
}

/// The recorded spellings nearest to a name, none when it is short or nothing is near: one letter in
/// a short name, two in a long one. All hits have the same distance, the least there is.
pub(super) fn hits(name: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    let Some(folded) = Folded::new(name) else {
        return hits;
    };
    let key = folded.key();
    if GENERIC.contains(&&*key) {
        return hits;
    }
    collect(&key, &mut hits);
    if hits.is_empty() && folded.count() > 1 {
        collect(&folded.glued(), &mut hits);
    }
    let least = hits.iter().map(|hit| hit.edits).min();
    hits.retain(|hit| Some(hit.edits) == least);
    hits.truncate(HITS);
    hits
}

fn collect(key: &str, hits: &mut Vec<Hit>) {
    if !(SHORTEST..=LONGEST).contains(&key.len()) || !key.is_ascii() {
        return;
    }
    let most = if key.len() < 9 { 1 } else { 2 };
    let bits = letters(key.as_bytes());
    for allowed in 1..=most {
        for Near { letters, spelling } in window(key.len(), allowed) {
            // A letter put in or taken out changes one bit, a letter replaced two.
            let unlike = (letters ^ bits).count_ones() as usize;
            if unlike + key.len().abs_diff(spelling.text().len()) > 2 * allowed {
                continue;
            }
            let (a, b) = without_common_ends(key, spelling.text());
            let edits = osa_distance(a, b);
            if edits <= allowed && !opposite(key, spelling.text()) {
                hits.push(Hit {
                    spelling: *spelling,
                    edits,
                });
            }
        }
        if !hits.is_empty() {
            return;
        }
    }
}

/// Two texts without what they begin and end with alike, which no edit touches.
fn without_common_ends<'a>(a: &'a str, b: &'a str) -> (&'a str, &'a str) {
    let start = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[start..], &b[start..]);
    let same = a
        .bytes()
        .rev()
        .zip(b.bytes().rev())
        .take_while(|(x, y)| x == y);
    let end = same.count();
    (&a[..a.len() - end], &b[..b.len() - end])
}

/// Whether two keys differ in a point of the compass: North and South Korea are no misspellings of
/// each other.
fn opposite(a: &str, b: &str) -> bool {
    const POINTS: [&str; 4] = ["north", "south", "east", "west"];
    POINTS
        .iter()
        .any(|point| a.contains(point) != b.contains(point))
}

/// The compared spellings whose length is near enough.
fn window(length: usize, allowed: usize) -> &'static [Near] {
    let start = NEAR.partition_point(|near| usize::from(near.spelling.length) + allowed < length);
    let end = NEAR.partition_point(|near| usize::from(near.spelling.length) <= length + allowed);
    &NEAR[start..end]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::rows::FOLDED;

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
        if GENERIC.contains(&&*key) {
            return Vec::new();
        }
        for key in [&*key, &*glued] {
            if key.len() < 5 || key.len() > 64 || !key.is_ascii() {
                continue;
            }
            let allowed = if key.len() < 9 { 1 } else { 2 };
            let spellings = NEAR.iter().map(|near| near.spelling.text());
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
        let ascii = FOLDED.iter().map(|spelling| spelling.text());
        let ascii = ascii.filter(|text| text.is_ascii());
        let sorted: BTreeSet<_> = ascii.collect();
        let names = sorted.iter().copied();
        let short = names.clone().filter(|text| (4..=11).contains(&text.len()));
        let chosen = short.step_by(23).chain(names.step_by(151));
        let mut found = 0;
        for (seed, name) in chosen.enumerate() {
            let once = misspelt(name, seed);
            let twice = misspelt(&once, seed / 3 + 5);
            for text in [once.clone(), twice, once.replace(' ', "")] {
                let quick: Vec<_> = hits(&text)
                    .iter()
                    .map(|hit| (hit.spelling.text(), hit.edits))
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
