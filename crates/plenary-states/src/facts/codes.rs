//! Codes of entities in other systems, with their dates.

use chrono::NaiveDate;

use crate::facts::entity::Entity;
use crate::rows::code::{CodeSpell, CodeSystem};

impl Entity {
    /// Its codes in all systems, with their days.
    #[must_use]
    pub const fn codes(self) -> &'static [CodeSpell] {
        self.0.codes
    }

    /// Its code in a system on a day; without a day, the current or last one.
    ///
    /// ```
    /// use plenary_states::{CodeSystem, entity};
    /// use chrono::NaiveDate;
    ///
    /// let germany = entity("DEU".parse()?).unwrap();
    /// assert_eq!(germany.code_in(CodeSystem::Cow, None), Some("255"));
    /// assert_eq!(germany.code_in(CodeSystem::Cow, NaiveDate::from_ymd_opt(1980, 1, 1)), Some("260"));
    /// # Ok::<(), plenary_types::CodeError>(())
    /// ```
    #[must_use]
    pub fn code_in(self, system: CodeSystem, on: Option<NaiveDate>) -> Option<&'static str> {
        let mut codes = self.0.codes.iter().filter(|code| code.system == system);
        let found = match on {
            Some(day) => codes.find(|code| code.span.contains(day)),
            None => codes.max_by_key(|code| code.span.to.unwrap_or(NaiveDate::MAX)),
        };
        found.map(|code| code.value)
    }
}
