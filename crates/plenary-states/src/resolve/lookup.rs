//! Finding a spelling in the generated tables.

use phf_shared::PhfBorrow;

use crate::resolve::fold::Folded;
use crate::rows::code::CodeSystem;
use crate::rows::spelling::{Claim, Spelling};
use crate::rows::{CLAIMS, CODES, EXACT, FOLDED, TEXT};

impl Spelling {
    pub(super) fn text(self) -> &'static str {
        let at = self.at as usize;
        &TEXT[at..at + usize::from(self.length)]
    }

    pub(super) fn claims(self) -> &'static [Claim] {
        let first = usize::from(self.claims);
        &CLAIMS[first..first + usize::from(self.count)]
    }
}

impl PhfBorrow<str> for Spelling {
    fn borrow(&self) -> &str {
        self.text()
    }
}

/// The claims to exactly this text.
pub(super) fn exact(text: &str) -> Option<Spelling> {
    EXACT.get_key(text).copied()
}

/// The claims to the folded key of a text.
pub(super) fn folded(folded: &Folded) -> Option<Spelling> {
    FOLDED.get_key(&*folded.key()).copied()
}

/// The claims to a code of a system, whatever its case and leading zeros.
pub(super) fn code(system: CodeSystem, code: &str) -> Option<Spelling> {
    let code = code.trim().trim_start_matches('0').to_ascii_uppercase();
    CODES
        .get_key(format!("{}:{code}", system.as_str()).as_str())
        .copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_recorded_text_is_found_where_it_is_filed() {
        for spelling in &EXACT {
            let found = exact(spelling.text()).map(|found| found.at);
            assert_eq!(found, Some(spelling.at), "{}", spelling.text());
            assert!(
                spelling
                    .claims()
                    .iter()
                    .all(|claim| claim.code().index() > 0)
            );
        }
        for spelling in &FOLDED {
            let found = FOLDED.get_key(spelling.text()).map(|found| found.at);
            assert_eq!(found, Some(spelling.at), "{}", spelling.text());
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
