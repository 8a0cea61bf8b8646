//! Finding a spelling in the generated tables.

use phf::Map;

use crate::resolve::fold::Folded;
use crate::rows::code::CodeSystem;
use crate::rows::spelling::{Claim, Spelling};
use crate::rows::{CODES, EXACT, FOLDED};

/// The claims to exactly this text.
pub(super) fn exact(text: &str) -> Option<Spelling> {
    find(&EXACT, text)
}

/// The claims to the folded key of a text.
pub(super) fn folded(folded: &Folded) -> Option<Spelling> {
    find(&FOLDED, &folded.key())
}

/// The claims to a code of a system, whatever its case and leading zeros.
pub(super) fn code(system: CodeSystem, code: &str) -> Option<Spelling> {
    let code = code.trim().trim_start_matches('0').to_ascii_uppercase();
    find(&CODES, &format!("{}:{code}", system.as_str()))
}

fn find(spellings: &'static Map<&'static str, &'static [Claim]>, text: &str) -> Option<Spelling> {
    let (text, claims) = spellings.get_entry(text)?;
    Some(Spelling { text, claims })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_recorded_text_is_found_where_it_is_filed() {
        for (text, claims) in EXACT.entries() {
            let found = exact(text).unwrap();
            assert_eq!((found.text, found.claims.len()), (*text, claims.len()));
            assert!(claims.iter().all(|claim| claim.code().index() > 0));
        }
        for text in FOLDED.keys() {
            assert_eq!(find(&FOLDED, text).unwrap().text, *text);
        }
        for text in ["", "Narnia", "FRANCE ", "\u{0}"] {
            assert!(exact(text).is_none(), "{text}");
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
