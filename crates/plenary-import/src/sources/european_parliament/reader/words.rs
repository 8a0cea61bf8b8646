//! What the wording of a question says: the document that it is about, and whether it is on a part of it.

use plenary_types::Scope;

/// The first document that a text cites: `A9-0148/2020`, `B10-0194/2024`, `RC-B9-0331/2023`, `C9-0120/2024`.
pub(super) fn document(text: &str) -> Option<&str> {
    let words =
        text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | ';' | ':' | '–'));
    words
        .map(|word| word.trim_matches(['-', '.']))
        .find(|word| is_document(word))
}

fn is_document(word: &str) -> bool {
    let digits = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
    };
    let word = word.strip_prefix("RC-").unwrap_or(word);
    let Some((series, number)) = word.split_once('-') else {
        return false;
    };
    let Some((number, year)) = number.split_once('/') else {
        return false;
    };
    let letters = series.trim_end_matches(|c: char| c.is_ascii_digit());
    let term = series.get(letters.len()..).unwrap_or_default();
    matches!(letters, "A" | "B" | "C" | "O" | "RC")
        && digits(term, 2)
        && digits(number, 4)
        && digits(year, 4)
}

/// How much of a text a question is about, by the parts of its wording; the whole where nothing says otherwise.
///
/// The words are those of the French lists and the English ones.
pub(super) fn scope(wording: &str) -> Scope {
    let wording = wording.replace(" – ", " - ");
    let parts = wording.split(" - ").map(str::trim);
    let is_amendment = |part: &str| {
        let number = part
            .strip_prefix("Am ")
            .or_else(|| part.strip_prefix("Ams "));
        number.is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()))
    };
    if parts.clone().any(is_amendment) {
        return Scope::Amendment;
    }
    match parts.last().is_some_and(is_part) {
        true => Scope::Paragraph,
        false => Scope::Whole,
    }
}

/// Whether words name a part of a text: `§ 7/2`, `Considérant B`, `Recital 45`, `Article 3, § 1`.
pub(super) fn is_part(words: &str) -> bool {
    const PARTS: [&str; 8] = [
        "Article",
        "Recital",
        "Considérant",
        "Citation",
        "Visa",
        "Annex",
        "Annexe",
        "Rule",
    ];
    let words = words.trim();
    let first = words.split([' ', ',']).next().unwrap_or_default();
    words.starts_with('§') || PARTS.contains(&first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_found_wherever_it_stands() {
        for (text, found) in [
            (
                "A9-0163/2024 - Gabriele Bischoff - Am 1",
                Some("A9-0163/2024"),
            ),
            (
                "The matter – RC-B9-0331/2023 – Motion",
                Some("RC-B9-0331/2023"),
            ),
            (
                "Motions for resolutions: B10-0194/2024, B10-0196/2024",
                Some("B10-0194/2024"),
            ),
            ("C9-0120/2024 - Rejet - Am 13= 23=", Some("C9-0120/2024")),
            ("Regulation (EU) 2021/2115 - Article 13", None),
            ("Mardi - demande du groupe", None),
            ("", None),
        ] {
            assert_eq!(document(text), found, "{text}");
        }
    }

    #[test]
    fn the_wording_says_whether_a_part_is_voted_on() {
        for (text, read) in [
            (
                "A9-0163/2024 - Gabriele Bischoff - Article 10, § 6 - Am 1",
                Scope::Amendment,
            ),
            ("C9-0120/2024 - Rejet - Am 13= 23=", Scope::Amendment),
            ("B10-0196/2024 – § 3", Scope::Paragraph),
            ("A9-0001/2024 - Considérant B", Scope::Paragraph),
            ("A9-0015/2024 – Commission proposal", Scope::Whole),
            ("A9-0015/2024 - Amar Proposal", Scope::Whole),
            ("", Scope::Whole),
        ] {
            assert_eq!(scope(text), read, "{text}");
        }
    }
}
