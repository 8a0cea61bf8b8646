//! Names with words cut short, as statistics print them: `Occ. Palestinian Terr.`, `P. N. Guinea`, `Br. Virgin Isds`.

use crate::resolve::fold::{Folded, is_connective, plain};
use crate::resolve::letters::letters;
use crate::rows::NEAR;
use crate::rows::spelling::Spelling;

/// Words of a name that are compared at most.
const WORDS: usize = 8;
/// Letters of the shortest word that says by itself which names are meant.
const TELLING: usize = 4;
/// The bits of [`letters`] that say which letters occur, apart from those that say which occur again.
const OCCURRING: u64 = (1 << 26) - 1;

/// A word of the text.
struct Word {
    letters: String,
    /// The word that it usually stands for, or itself when it is whole; none where the letters alone say nothing.
    full: Option<String>,
    cut: bool,
}

/// The spelling that has the words of a text with some of them cut short, when one entity alone has such spellings.
///
/// A word is cut when it ends in a full stop, or is a capital letter, alone or one of two in a row (`FS Micronesia`). The other
/// words must be those of the spelling, one of them at least of four letters and not one of many names.
pub(super) fn written_out(text: &str) -> Option<Spelling> {
    let words = words(text)?;
    let tells = |word: &Word| {
        let generic = word.full.as_deref().is_some_and(is_generic);
        !word.cut && word.letters.len() >= TELLING && !generic
    };
    let telling = words.iter().any(tells);
    if !telling || !words.iter().any(|word| word.cut) {
        return None;
    }
    let whole = words.iter().filter(|word| !word.cut);
    let full = whole.filter_map(|word| word.full.as_deref());
    let needed = full.fold(0, |bits, full| bits | letters(full.as_bytes())) & OCCURRING;
    let mut found: Option<Spelling> = None;
    for near in NEAR.iter().filter(|near| needed & !near.letters == 0) {
        if !fits(&words, near.spelling.text()) {
            continue;
        }
        let first = found.unwrap_or(near.spelling);
        let mut claims = first.claims().iter().chain(near.spelling.claims());
        let entity = claims.next()?.entity;
        if claims.any(|claim| claim.entity != entity) {
            return None;
        }
        found = Some(first);
    }
    found
}

/// Whether a word is that of many names.
fn is_generic(word: &str) -> bool {
    matches!(
        word,
        "island"
            | "islands"
            | "republic"
            | "territory"
            | "kingdom"
            | "state"
            | "states"
            | "federation"
            | "federal"
            | "federated"
            | "democratic"
            | "people"
            | "socialist"
            | "united"
            | "union"
            | "saint"
            | "north"
            | "south"
            | "east"
            | "west"
            | "central"
            | "arab"
            | "islamic"
    )
}

/// The words of a text, in which connectives count for nothing; `None` when they are too many to be compared.
fn words(text: &str) -> Option<Vec<Word>> {
    let mixed = text.chars().any(char::is_lowercase);
    let mut words = Vec::new();
    for token in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '-')) {
        let bare = token.trim_end_matches('.');
        let initials = bare.len() <= 2 && bare.bytes().all(|b| b.is_ascii_uppercase());
        if mixed && initials {
            words.extend(bare.chars().map(|letter| Word {
                letters: letter.to_lowercase().collect(),
                full: None,
                cut: true,
            }));
            continue;
        }
        for part in bare.split('.') {
            let cut = bare.len() < token.len() || part.len() < bare.len();
            let Some(read) = plain(part) else { continue };
            let letters = read.trim();
            if letters.is_empty() || (!cut && is_connective(letters)) {
                continue;
            }
            words.push(Word {
                letters: letters.to_owned(),
                full: Folded::new(part).map(|folded| folded.key().into_owned()),
                cut,
            });
        }
    }
    (words.len() <= WORDS).then_some(words)
}

/// Whether each word of a key is one of the words, whole or cut, and each of them one of the key's.
fn fits(words: &[Word], key: &str) -> bool {
    let mut left: Vec<&str> = key.split(' ').collect();
    if left.len() != words.len() {
        return false;
    }
    for word in words.iter().filter(|word| !word.cut) {
        let Some(place) = left
            .iter()
            .position(|other| Some(*other) == word.full.as_deref())
        else {
            return false;
        };
        left.swap_remove(place);
    }
    let cut: Vec<&Word> = words.iter().filter(|word| word.cut).collect();
    fits_in_some_order(&cut, &mut left)
}

fn fits_in_some_order(cut: &[&Word], left: &mut Vec<&str>) -> bool {
    let Some((word, rest)) = cut.split_first() else {
        return left.is_empty();
    };
    for place in 0..left.len() {
        let Some(other) = left.get(place).copied() else {
            return false;
        };
        if other.starts_with(&word.letters) || Some(other) == word.full.as_deref() {
            left.swap_remove(place);
            if fits_in_some_order(rest, left) {
                return true;
            }
            left.push(other);
            let last = left.len() - 1;
            left.swap(place, last);
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entity(text: &str) -> Option<String> {
        let claim = written_out(text)?.claims().first()?;
        Some(claim.code().to_string())
    }

    #[test]
    fn words_cut_short_mean_the_entity_that_alone_has_such_words() {
        for (text, code) in [
            ("P. N. Guinea", "PNG"),
            ("P.N. Guinea", "PNG"),
            ("PN Guinea", "PNG"),
            ("Occ. Palestinian Terr.", "PSE"),
            ("Br. Virgin Isds", "VGB"),
            ("FS Micronesia", "FSM"),
            ("Russian Fed.", "RUS"),
            ("S. Leone", "SLE"),
            ("Trin. and Tobago", "TTO"),
            ("Fr. Polynesia", "PYF"),
        ] {
            assert_eq!(entity(text).as_deref(), Some(code), "{text}");
        }
    }

    #[test]
    fn words_of_several_entities_or_of_none_are_nobodys() {
        for text in [
            "C. Isds",
            "Dem. Rep.",
            "N. Guineaa",
            "A. Island",
            "Guinea",
            "X. Guinea",
            "Mr. Smith",
            "U.S.",
            "P. N. G.",
            "",
        ] {
            assert_eq!(entity(text), None, "{text}");
        }
    }
}
