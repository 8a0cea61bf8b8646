//! A configuration as `plenary.toml` holds it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use chrono::NaiveDate;
use plenary_types::{BodyId, Citation, Severity};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use super::{Config, ConfigError, Defaults, Waiver};
use crate::Catalogue;

impl Config {
    /// Reads a `plenary.toml` that names checks of this crate.
    ///
    /// # Errors
    ///
    /// As [`Config::from_toml_with`].
    pub fn from_toml(text: &str) -> Result<Self, ConfigError> {
        Self::from_toml_with(text, Catalogue::default())
    }

    /// Reads a `plenary.toml` that names checks of a catalogue.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] when the text is no such configuration, names a check that does not exist, or waives something without
    /// a reason; [`ConfigError::At`] says on which line. Whether the body and the rule that it names exist depends on the
    /// reference: [`Config::verify`].
    pub fn from_toml_with(text: &str, catalogue: Catalogue) -> Result<Self, ConfigError> {
        let source = Source {
            text,
            catalogue: &catalogue,
        };
        let written: Written = toml::from_str(text).map_err(|error| source.form(&error))?;
        let select = written.select.as_deref().map(|names| source.checks(names));
        let ignore = source.checks(&written.ignore)?;
        let levels = written.severity.iter();
        let severity = levels.map(|(name, level)| Ok((source.check(name)?, *level)));
        let severity = severity.collect::<Result<_, ConfigError>>()?;
        let lines = written.waivers.iter().map(|w| source.line(w)).collect();
        let waivers = written.waivers.into_iter().map(Spanned::into_inner);
        let waivers = waivers.map(|waiver| source.waiver(waiver));
        let waivers = waivers.collect::<Result<Vec<_>, _>>()?;
        Ok(Self {
            select: select.transpose()?,
            ignore,
            severity,
            waivers,
            lines,
            defaults: source.defaults(written.defaults),
            reference: written.reference,
            today: None,
            catalogue,
        })
    }
}

/// The folder of reference data that the text of a `plenary.toml` names, whatever else it says: for those who judge nothing and only
/// look things up.
///
/// ```
/// use plenary_validation::named_reference;
///
/// let named = named_reference("reference = 'our-bodies'\nignore = ['no-such-check']")?;
/// assert_eq!(named, Some("our-bodies".into()));
/// # Ok::<(), plenary_validation::ConfigError>(())
/// ```
///
/// # Errors
///
/// [`ConfigError`] when it is not TOML, or the folder is not text.
pub fn named_reference(text: &str) -> Result<Option<PathBuf>, ConfigError> {
    #[derive(Deserialize)]
    struct Named {
        reference: Option<PathBuf>,
    }
    let source = Source {
        text,
        catalogue: &Catalogue::default(),
    };
    let named: Named = toml::from_str(text).map_err(|error| source.form(&error))?;
    Ok(named.reference)
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Written {
    #[serde(default)]
    select: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    ignore: Vec<Spanned<String>>,
    #[serde(default)]
    severity: BTreeMap<Spanned<String>, Severity>,
    #[serde(default)]
    defaults: WrittenDefaults,
    reference: Option<PathBuf>,
    #[serde(default)]
    waivers: Vec<Spanned<WrittenWaiver>>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct WrittenDefaults {
    body: Option<Spanned<BodyId>>,
    rule: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct WrittenWaiver {
    check: Spanned<String>,
    record: Option<Citation>,
    field: Option<String>,
    path: Option<String>,
    line: Option<u64>,
    found: Option<String>,
    reason: Spanned<String>,
    #[serde(default, deserialize_with = "day")]
    expires: Option<NaiveDate>,
}

/// The text of a configuration, which knows the line of a value, and the checks that it may name.
#[derive(Clone, Copy)]
struct Source<'t> {
    text: &'t str,
    catalogue: &'t Catalogue,
}

impl Source<'_> {
    fn line<T>(self, value: &Spanned<T>) -> u64 {
        line(self.text, value.span().start)
    }

    fn form(self, error: &toml::de::Error) -> ConfigError {
        let message: Vec<&str> = error.message().lines().collect();
        let start = error.span().map_or(0, |span| span.start);
        ConfigError::Form(message.join(", ")).at(line(self.text, start))
    }

    fn check(self, name: &Spanned<String>) -> Result<String, ConfigError> {
        let check = self.catalogue.try_find(name.get_ref());
        Ok(check
            .map_err(|error| ConfigError::from(error).at(self.line(name)))?
            .name
            .to_owned())
    }

    fn checks(self, names: &[Spanned<String>]) -> Result<BTreeSet<String>, ConfigError> {
        names.iter().map(|name| self.check(name)).collect()
    }

    fn waiver(self, written: WrittenWaiver) -> Result<Waiver, ConfigError> {
        let check = self.check(&written.check)?;
        if written.reason.get_ref().trim().is_empty() {
            return Err(ConfigError::NoReason { check }.at(self.line(&written.reason)));
        }
        Ok(Waiver {
            check,
            record: written.record,
            field: written.field,
            path: written.path,
            line: written.line,
            found: written.found,
            reason: written.reason.into_inner(),
            expires: written.expires,
        })
    }

    fn defaults(self, written: WrittenDefaults) -> Defaults {
        Defaults {
            body_line: written.body.as_ref().map(|body| self.line(body)),
            rule_line: written.rule.as_ref().map(|rule| self.line(rule)),
            body: written.body.map(Spanned::into_inner),
            rule: written.rule.map(Spanned::into_inner),
        }
    }
}

/// A day, as a date of TOML or as text.
fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDate>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Date(toml::value::Datetime),
        Text(String),
    }
    let text = match Written::deserialize(deserializer) {
        Ok(Written::Date(date)) => date.to_string(),
        Ok(Written::Text(text)) => text,
        Err(_) => String::new(),
    };
    let day = text.parse().map(Some);
    day.map_err(|_| D::Error::custom("expected a day such as 2030-01-01"))
}

/// The line of an offset, from 1.
fn line(text: &str, offset: usize) -> u64 {
    let before = text.bytes().take(offset).filter(|byte| *byte == b'\n');
    before.count() as u64 + 1
}

#[cfg(test)]
mod tests {
    use plenary_bodies::Reference;

    use super::*;

    fn verified(text: &str) -> Result<(), ConfigError> {
        Config::from_toml(text)?.verify(Reference::embedded())
    }

    #[test]
    fn a_waiver_ends_on_a_day_written_as_date_or_text() {
        let ends = |day: &str| {
            let text = format!("[[waivers]]\ncheck = 'tally-sum'\nreason = 'r'\nexpires = {day}");
            let config = Config::from_toml(&text).map_err(|error| error.to_string())?;
            Ok::<_, String>(config.waivers()[0].expires.unwrap().to_string())
        };
        for day in ["2030-01-01", "'2030-01-01'"] {
            assert_eq!(ends(day).as_deref(), Ok("2030-01-01"));
        }
        for day in ["2030", "'soon'", "2030-01-01T12:00:00", "true"] {
            let error = ends(day).unwrap_err();
            assert!(
                error.contains("expected a day such as 2030-01-01"),
                "{error}"
            );
            assert!(error.contains("line 4"), "{error}");
        }
    }

    #[test]
    fn a_waiver_needs_a_reason_and_known_fields() {
        let bare = "[[waivers]]\ncheck = 'tally-sum'\nreason = ' '";
        let error = Config::from_toml(bare).unwrap_err().to_string();
        assert_eq!(error, "line 3: a waiver of `tally-sum` gives no reason");
        // One line, whatever the parser makes of it.
        for (text, expected) in [
            ("\nwhat = 1", "line 2: unknown field `what`"),
            (
                "[[waivers]]\ncheck = 'tally-sum'",
                "line 1: missing field `reason`",
            ),
            ("ignore = ['tally-sum'\n\n", "line 1: "),
        ] {
            let error = Config::from_toml(text).unwrap_err().to_string();
            assert!(
                error.starts_with(expected) && !error.contains('\n'),
                "{error}"
            );
        }
    }

    #[test]
    fn what_does_not_exist_is_refused_on_its_line() {
        let line_and_words = [
            (
                "\nignore = ['tally-sum',\n 'taly-sum']",
                3,
                "there is no check `taly-sum`",
            ),
            ("select = ['nothing']", 1, "there is no check `nothing`"),
            (
                "[severity]\n\ntaly-sum = 'note'",
                3,
                "there is no check `taly-sum`",
            ),
            (
                "[[waivers]]\nreason = 'r'\ncheck = 'taly-sum'",
                3,
                "did you mean `tally-sum`",
            ),
            (
                "[defaults]\nbody = 'unga'\nrule = 'nonsense-rule'",
                3,
                "`nonsense-rule` is neither",
            ),
            (
                "[defaults]\nbody = 'zzz'",
                2,
                "nothing is known of a body `zzz`",
            ),
        ];
        for (text, line, words) in line_and_words {
            let error = verified(text).unwrap_err().to_string();
            assert!(error.starts_with(&format!("line {line}: ")), "{error}");
            assert!(error.contains(words), "{error}");
        }
    }

    #[test]
    fn defaults_name_a_known_body_or_the_rule_of_their_own() {
        for text in [
            "body = 'unga'",
            "body = 'unga'\nrule = 'ga-ordinary'",
            "rule = 'more than 1/2 of members'",
            "body = 'our-board'\nrule = 'more than 1/2 of members'",
        ] {
            let config = verified(&format!("[defaults]\n{text}"));
            assert!(config.is_ok(), "{text}: {config:?}");
        }
    }
}
