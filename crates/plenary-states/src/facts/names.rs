//! Names of entities as dated facts.

use chrono::NaiveDate;
use plenary_types::StateCode;

use crate::facts::entity::{Entity, entity};
use crate::rows::spelling::{Name, NameKind};

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
