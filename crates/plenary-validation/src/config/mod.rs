//! [`Config`]: which checks run, how heavy they weigh, and what is waived.

mod error;
#[cfg(feature = "config")]
mod read;
mod waiver;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use plenary_bodies::Reference;
use plenary_types::{BodyId, Severity};

use crate::{Catalogue, Check, reference, ruling};

pub use error::ConfigError;
#[cfg(feature = "config")]
pub use read::named_reference;
pub use waiver::Waiver;

/// Which checks run, how heavy they weigh, and what is waived.
///
/// Read from a `plenary.toml` beside the data:
///
/// ```
/// use plenary_validation::Config;
///
/// let config = Config::from_toml(r#"
///     ignore = ["name-at-date"]
///
///     [defaults]
///     body = "unga"
///
///     [severity]
///     missing-member = "error"
///
///     [[waivers]]
///     check = "not-a-member"
///     record = "A/RES/1127(XI)"
///     reason = "the Library lists Japan from November 1956 on"
///     expires = "2030-01-01"
/// "#)?;
/// assert_eq!(config.waivers().len(), 1);
/// assert!(Config::from_toml("ignore = ['no-such-check']").is_err());
/// # Ok::<(), plenary_validation::ConfigError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    catalogue: Catalogue,
    select: Option<BTreeSet<String>>,
    ignore: BTreeSet<String>,
    severity: BTreeMap<String, Severity>,
    waivers: Vec<Waiver>,
    /// The line of the file on which each waiver begins.
    lines: Vec<u64>,
    defaults: Defaults,
    reference: Option<PathBuf>,
    today: Option<NaiveDate>,
}

/// What holds for a dataset unless its records say otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Defaults {
    body: Option<BodyId>,
    rule: Option<String>,
    /// The lines of the file on which they stand.
    body_line: Option<u64>,
    rule_line: Option<u64>,
}

impl Config {
    /// Every check of a catalogue, at its own severity.
    #[must_use]
    pub fn new(catalogue: Catalogue) -> Self {
        Self {
            catalogue,
            ..Self::default()
        }
    }

    /// The checks that can be selected, ignored and waived.
    #[must_use]
    pub const fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The same and one more check; see [`Catalogue::with`].
    #[must_use]
    pub fn with_check(mut self, check: &'static Check) -> Self {
        self.catalogue = self.catalogue.with(check);
        self
    }

    fn known(&self, name: &str) -> Result<String, ConfigError> {
        Ok(self.catalogue.try_find(name)?.name.to_owned())
    }

    /// The day of the check, where it is known.
    #[must_use]
    pub const fn today(&self) -> Option<NaiveDate> {
        self.today
    }

    /// Runs these checks only.
    ///
    /// # Errors
    ///
    /// [`ConfigError::UnknownCheck`].
    pub fn select<'a>(
        mut self,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, ConfigError> {
        self.select = Some(
            names
                .into_iter()
                .map(|name| self.known(name))
                .collect::<Result<_, _>>()?,
        );
        Ok(self)
    }

    /// Does not run these checks.
    ///
    /// # Errors
    ///
    /// [`ConfigError::UnknownCheck`].
    pub fn ignore<'a>(
        mut self,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, ConfigError> {
        for name in names {
            self.ignore.insert(self.known(name)?);
        }
        Ok(self)
    }

    /// Gives a check another severity.
    ///
    /// # Errors
    ///
    /// [`ConfigError::UnknownCheck`].
    pub fn with_severity(mut self, name: &str, severity: Severity) -> Result<Self, ConfigError> {
        self.severity.insert(self.known(name)?, severity);
        Ok(self)
    }

    /// Sets the day on which waivers are judged; without it, none expires.
    #[must_use]
    pub const fn on(mut self, today: NaiveDate) -> Self {
        self.today = Some(today);
        self
    }

    /// The waivers, in order.
    #[must_use]
    pub fn waivers(&self) -> &[Waiver] {
        &self.waivers
    }

    /// The line of the file on which a waiver begins.
    pub(crate) fn line_of_waiver(&self, place: usize) -> Option<u64> {
        self.lines.get(place).copied()
    }

    pub(crate) fn selects(&self, check: &Check) -> bool {
        self.wants(check.name)
    }

    /// The severity given to a check, if it is not its own.
    #[must_use]
    pub fn severity_of(&self, name: &str) -> Option<Severity> {
        self.severity.get(name).copied()
    }

    /// Whether a finding of a check by this name is wanted at all; names outside the catalogue are.
    #[must_use]
    pub fn wants(&self, name: &str) -> bool {
        let chosen = self
            .select
            .as_ref()
            .is_none_or(|names| names.contains(name));
        chosen && !self.ignore.contains(name)
    }

    /// The body of decisions that name none.
    #[must_use]
    pub const fn default_body(&self) -> Option<&BodyId> {
        self.defaults.body.as_ref()
    }

    /// The rule of decisions that state none.
    #[must_use]
    pub fn default_rule(&self) -> Option<&str> {
        self.defaults.rule.as_deref()
    }

    /// The folder of reference data that the configuration names, as it is written there: from the folder of its file.
    ///
    /// ```
    /// use plenary_validation::Config;
    ///
    /// let config = Config::from_toml("reference = 'our-bodies'")?;
    /// assert_eq!(config.reference_folder(), Some("our-bodies".as_ref()));
    /// # Ok::<(), plenary_validation::ConfigError>(())
    /// ```
    #[must_use]
    pub fn reference_folder(&self) -> Option<&Path> {
        self.reference.as_deref()
    }

    /// Verifies that a reference knows the body and the rule of decisions that name none. A name that nothing is known of would
    /// leave every decision unchecked without a word.
    ///
    /// ```
    /// use plenary_bodies::Reference;
    /// use plenary_validation::Config;
    ///
    /// let config = Config::from_toml("[defaults]\nbody = 'our-board'")?;
    /// let error = config.verify(Reference::embedded()).unwrap_err().to_string();
    /// assert!(error.starts_with("line 2: nothing is known of a body `our-board`"));
    /// # Ok::<(), plenary_validation::ConfigError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ConfigError::UnknownBody`] or [`ConfigError::UnknownRule`], on its line.
    pub fn verify(&self, reference: &Reference) -> Result<(), ConfigError> {
        let at = |error: ConfigError, line: Option<u64>| match line {
            Some(line) => error.at(line),
            None => error,
        };
        let (body, rule) = (self.default_body(), self.default_rule());
        if let Some(rule) = rule.filter(|rule| ruling::is_unknown(reference.library(), rule)) {
            let error = ConfigError::UnknownRule(rule.to_owned());
            return Err(at(error, self.defaults.rule_line));
        }
        let strange = body.filter(|body| !reference::is_body(reference, body));
        if let (Some(body), None) = (strange, rule) {
            let error = ConfigError::UnknownBody(body.clone());
            return Err(at(error, self.defaults.body_line));
        }
        Ok(())
    }

    /// The rule of the dataset for decisions of a body: of the default body where one is given, else of every body, unless the rule
    /// is one of the library for another body.
    #[must_use]
    pub fn rule_of(&self, reference: &Reference, body: Option<&BodyId>) -> Option<&str> {
        let rule = self.default_rule()?;
        let of_dataset = match (self.default_body(), body) {
            (Some(default), Some(body)) => default == body,
            _ => true,
        };
        let named = reference
            .library()
            .rules()
            .iter()
            .filter(|other| other.is_called(rule));
        let mut bodies = named.map(|rule| rule.body.as_str()).peekable();
        let is_any = |of: &str| reference.body(of).is_some_and(|of| of.is_for_any_body());
        let fits = |of: &str| is_any(of) || body.is_none_or(|body| body.as_str() == of);
        (of_dataset && (bodies.peek().is_none() || bodies.any(fits))).then_some(rule)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_in_code_adds_to_what_is_written() {
        let written = "ignore = ['id-mismatch']\n[severity]\ntally-sum = 'note'";
        let config = Config::from_toml(written)
            .and_then(|config| config.ignore(["symbol-grammar"]))
            .and_then(|config| config.with_severity("tally-mismatch", Severity::Warning))
            .unwrap();
        for (name, wanted, severity) in [
            ("id-mismatch", false, None),
            ("symbol-grammar", false, None),
            ("tally-sum", true, Some(Severity::Note)),
            ("tally-mismatch", true, Some(Severity::Warning)),
            ("a-check-elsewhere", true, None),
        ] {
            let found = (config.wants(name), config.severity_of(name));
            assert_eq!(found, (wanted, severity), "{name}");
        }
        let config = config.select(["tally-sum", "id-mismatch"]).unwrap();
        for (name, wanted) in [
            ("id-mismatch", false),
            ("tally-sum", true),
            ("tally-mismatch", false),
        ] {
            assert_eq!(config.wants(name), wanted, "{name}");
        }
    }
}
