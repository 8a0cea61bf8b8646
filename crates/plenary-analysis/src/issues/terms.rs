//! The terms of a text: what the classifier of issues looks at.

/// How many letters a word needs to be a term.
const LEAST_LETTERS: usize = 3;

/// Calls `each` with every term of a text, as often as it occurs: its words of three letters and more in lower case and, as far as an ending tells,
/// in the singular. What the Library writes behind a title (`: resolution / adopted by the General Assembly`) is left out.
pub(super) fn each_term(text: &str, mut each: impl FnMut(&str)) {
    let (mut word, mut letters) = (String::new(), 0);
    for c in title_proper(text).chars().chain([' ']) {
        if c.is_ascii_alphabetic() {
            word.push(c.to_ascii_lowercase());
            letters += 1;
        } else if !c.is_ascii() && c.is_alphabetic() {
            word.extend(c.to_lowercase());
            letters += 1;
        } else {
            if letters >= LEAST_LETTERS {
                to_singular(&mut word);
                each(&word);
            }
            word.clear();
            letters = 0;
        }
    }
}

/// A title without what the Library says of the kind of document and who adopted it.
fn title_proper(text: &str) -> &str {
    let is_kind = |behind: &str| {
        let kind = behind.trim_start();
        ["resolution", "decision"].iter().any(|word| {
            kind.get(..word.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(word))
        })
    };
    let mut colons = text.match_indices(':');
    let end = colons.find(|(at, _)| text.get(at + 1..).is_some_and(is_kind));
    end.and_then(|(at, _)| text.get(..at)).unwrap_or(text)
}

/// Takes the ending of an English plural away: `territories`, `rights`; not that of `congress`, `status` or `crisis`.
fn to_singular(word: &mut String) {
    if word.len() > 4 && word.ends_with("ies") {
        word.truncate(word.len() - 3);
        word.push('y');
    } else if word.len() > 3
        && word.ends_with('s')
        && !["ss", "us", "is"].iter().any(|end| word.ends_with(end))
    {
        word.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(text: &str) -> Vec<String> {
        let mut terms = Vec::new();
        each_term(text, |term| terms.push(term.to_owned()));
        terms
    }

    #[test]
    fn the_two_spellings_of_a_title_have_the_same_terms() {
        let library =
            "Territories occupied by Israel : resolution / adopted by the General Assembly";
        let printed = terms("TERRITORIES OCCUPIED BY ISRAEL");
        assert_eq!(terms(library), printed);
        assert_eq!(printed, ["territory", "occupied", "israel"]);
    }

    #[test]
    fn words_are_split_at_whatever_is_no_letter_and_made_singular() {
        assert_eq!(
            terms("NUCLEAR DISARMAMENT--CONFERENCES; Congress' status in crisis, A/RES/2 (état)"),
            [
                "nuclear",
                "disarmament",
                "conference",
                "congress",
                "status",
                "crisis",
                "res",
                "état"
            ]
        );
        assert_eq!(
            terms("a: decisions? no : RESOLUTIONS"),
            Vec::<String>::new()
        );
        assert_eq!(terms("é: ü"), Vec::<String>::new());
    }
}
