//! [`Texts`]: the texts of a page in a language.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use serde::Serialize;
use serde_json::Value;

use crate::ReportError;
use crate::templates::TEXTS;

/// The texts of a page, by group and key: `heading.claims`.
///
/// ```
/// use plenary_report::Texts;
///
/// assert_eq!(Texts::english().get("mode.recorded"), "Decided by a recorded vote");
/// assert_eq!(Texts::english().find("choice", &plenary::types::Choice::No), Some("against"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts(BTreeMap<String, String>);

type Groups = BTreeMap<String, BTreeMap<String, String>>;

impl Texts {
    /// The English texts.
    #[must_use]
    pub fn english() -> &'static Self {
        static ENGLISH: LazyLock<Texts> = LazyLock::new(|| {
            let groups: Result<Groups, _> = toml::from_str(TEXTS);
            debug_assert!(groups.is_ok(), "the catalogue is TOML");
            Texts(flat(groups.unwrap_or_default()))
        });
        &ENGLISH
    }

    /// These texts, and those of a catalogue in place of them.
    pub(crate) fn with(&self, path: &Path, text: &str) -> Result<Self, ReportError> {
        let groups: Groups = toml::from_str(text).map_err(|error| ReportError::Texts {
            path: path.to_owned(),
            reason: error.message().to_owned(),
        })?;
        let own = flat(groups);
        if let Some(unknown) = own.keys().find(|key| !self.0.contains_key(*key)) {
            return Err(ReportError::Texts {
                path: path.to_owned(),
                reason: format!("unknown key `{unknown}`"),
            });
        }
        let mut texts = self.0.clone();
        texts.extend(own);
        Ok(Self(texts))
    }

    /// The text of a key; the key itself where there is none.
    #[must_use]
    pub fn get<'t>(&'t self, key: &'t str) -> &'t str {
        self.0.get(key).map_or(key, String::as_str)
    }

    /// The text of a key, where there is one.
    pub(crate) fn known(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    /// The text for a word of a vocabulary, where the group has one.
    #[must_use]
    pub fn find(&self, group: &str, word: &impl Serialize) -> Option<&str> {
        match serde_json::to_value(word) {
            Ok(Value::String(word)) => self.known(&format!("{group}.{word}")),
            _ => None,
        }
    }

    /// The text for a word of a vocabulary that the group has whole.
    #[must_use]
    pub fn of(&self, group: &str, word: &impl Serialize) -> &str {
        let found = self.find(group, word);
        debug_assert!(found.is_some(), "`{group}` has a text for each word");
        found.unwrap_or_default()
    }
}

fn flat(groups: Groups) -> BTreeMap<String, String> {
    let texts = groups.into_iter().flat_map(|(group, texts)| {
        let texts = texts.into_iter();
        texts.map(move |(key, text)| (format!("{group}.{key}"), text))
    });
    texts.collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn a_translation_may_leave_texts_out_and_adds_none() {
        let path = Path::new("texts.toml");
        let french = "[heading]\nclaims = \"Ce qui est affirmé\"\n";
        let french = Texts::english().with(path, french).unwrap();
        assert_eq!(french.get("heading.claims"), "Ce qui est affirmé");
        assert_eq!(french.get("heading.sources"), "Sources");
        let unknown = Texts::english().with(path, "[heading]\nx = \"\"\n");
        let message = unknown.unwrap_err().to_string();
        assert!(message.contains("unknown key `heading.x`"), "{message}");
        let broken = Texts::english().with(path, "heading = 1\n");
        assert!(matches!(broken, Err(ReportError::Texts { .. })));
    }
}
