//! Names of entities as dated facts.

use chrono::NaiveDate;
use plenary_types::{Span, StateCode};

use crate::entity::{Entity, entity};

/// What a spelling is to its entity, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum NameKind {
    /// A short name, as in lists of members.
    Short,
    /// A formal name, as in treaties.
    Formal,
    /// Another spelling, an abbreviation or a customary name.
    Alias,
    /// Initials that mean the entity only as they are written: `WHO`, and not `who`.
    Initials,
    /// A spelling that means the entity only when a date in its span is given: `Russia` for the Soviet
    /// Union, `Germany` for either German state of 1980.
    Contextual,
}

/// A name of an entity, in a language, in a span of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name as it is written, without an article in front.
    pub text: &'static str,
    /// The language: a two-letter code of ISO 639-1.
    pub language: &'static str,
    /// Short or formal.
    pub kind: NameKind,
    /// When it was in use.
    pub span: Span,
    /// Where the name and its days come from.
    pub basis: &'static str,
}

impl Entity {
    /// Its short and formal names in all languages.
    #[must_use]
    pub const fn names(self) -> &'static [Name] {
        self.0.names
    }

    /// The short English name in use on a day; the first or the last one outside all spans.
    #[must_use]
    pub fn name_on(self, day: NaiveDate) -> &'static str {
        let mut english = self.short_names().filter(|name| name.language == "en");
        english
            .find(|name| name.span.contains(day))
            .map_or(self.label(), |name| name.text)
    }

    fn short_names(self) -> impl Iterator<Item = &'static Name> {
        self.0
            .names
            .iter()
            .filter(|name| name.kind == NameKind::Short)
    }
}

/// The short English name of a state on a day, or `None` when no entity has the code.
///
/// ```
/// use plenary_states::name_on;
/// use chrono::NaiveDate;
///
/// let day = NaiveDate::from_ymd_opt(1980, 1, 1).unwrap();
/// assert_eq!(name_on("BFA".parse()?, day), Some("Upper Volta"));
/// # Ok::<(), plenary_types::CodeError>(())
/// ```
#[must_use]
pub fn name_on(code: StateCode, day: NaiveDate) -> Option<&'static str> {
    entity(code).map(|entity| entity.name_on(day))
}
