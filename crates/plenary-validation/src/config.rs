//! [`Config`]: which checks run, how heavy they weigh, and what is waived.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use chrono::NaiveDate;
use plenary_types::{BodyId, Citation, Finding, Place, Severity};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use crate::{Check, catalogue, find, reference, ruling};

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
#[derive(Debug, Default)]
pub struct Config {
    select: Option<BTreeSet<String>>,
    ignore: BTreeSet<String>,
    severity: BTreeMap<String, Severity>,
    waivers: Vec<Waiver>,
    lines: Vec<u64>,
    uses: Vec<AtomicUsize>,
    met: Vec<AtomicBool>,
    told: AtomicBool,
    waived: Mutex<Vec<(usize, Finding)>>,
    defaults: Defaults,
    today: Option<NaiveDate>,
}

/// What holds for a dataset unless its records say otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Defaults {
    body: Option<BodyId>,
    rule: Option<String>,
}

/// Findings that somebody has looked at and accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The check whose findings are accepted.
    pub check: String,
    /// The record, by its symbol in any spelling; without it, every record.
    pub record: Option<Citation>,
    /// The field as the finding names it; without it, every field.
    pub field: Option<String>,
    /// The file, by its name or the end of its path; without it, every file.
    pub path: Option<String>,
    /// The line of the file; without it, every line.
    pub line: Option<u64>,
    /// Words that stand in what the finding found: a member and a session, where one record stands for a whole session.
    pub found: Option<String>,
    /// Why they are accepted.
    pub reason: String,
    /// The first day on which the waiver no longer holds.
    pub expires: Option<NaiveDate>,
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

/// A finding that a waiver accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waived {
    /// The finding.
    pub finding: Finding,
    /// The waiver.
    pub waiver: Waiver,
}

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// It is not TOML of the expected form.
    #[error("{0}")]
    Form(String),
    /// It names a check that does not exist.
    #[error("there is no check `{name}`{hint}", hint = hint(.nearest))]
    UnknownCheck {
        /// The name.
        name: String,
        /// The most similar name of a check.
        nearest: Option<&'static str>,
    },
    /// A waiver without a reason.
    #[error("a waiver of `{check}` gives no reason")]
    NoReason {
        /// The check that it waives.
        check: String,
    },
    /// A body of which neither the members nor a rule are known.
    #[error(
        "nothing is known of a body `{0}`; name its rule beside it, or a body that `plenary rules` lists"
    )]
    UnknownBody(BodyId),
    /// A rule that is neither one of the library nor a requirement written out.
    #[error(
        "`{0}` is neither a rule that `plenary rules` lists nor a requirement such as `more than 1/2 of members`"
    )]
    UnknownRule(String),
    /// One of these, on a line of the file.
    #[error("line {line}: {error}")]
    At {
        /// The line, from 1.
        line: u64,
        /// What is wrong there.
        error: Box<ConfigError>,
    },
}

impl ConfigError {
    fn at(self, line: u64) -> Self {
        let error = Box::new(self);
        Self::At { line, error }
    }
}

fn hint(nearest: &Option<&'static str>) -> String {
    nearest.map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
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

/// The text of a configuration, which knows the line of a value.
#[derive(Clone, Copy)]
struct Source<'t>(&'t str);

impl Source<'_> {
    fn line<T>(self, value: &Spanned<T>) -> u64 {
        line(self.0, value.span().start)
    }

    fn form(self, error: &toml::de::Error) -> ConfigError {
        let message: Vec<&str> = error.message().lines().collect();
        let start = error.span().map_or(0, |span| span.start);
        ConfigError::Form(message.join(", ")).at(line(self.0, start))
    }

    fn check(self, name: &Spanned<String>) -> Result<String, ConfigError> {
        known(name.get_ref()).map_err(|error| error.at(self.line(name)))
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

    /// A name that nothing is known of would leave every decision unchecked without a word.
    fn defaults(self, written: WrittenDefaults) -> Result<Defaults, ConfigError> {
        let unknown = |rule: &&Spanned<String>| ruling::is_unknown(rule.get_ref());
        if let Some(rule) = written.rule.as_ref().filter(unknown) {
            let error = ConfigError::UnknownRule(rule.get_ref().clone());
            return Err(error.at(self.line(rule)));
        }
        let foreign = |body: &&Spanned<BodyId>| !reference::is_body(body.get_ref());
        let strange = written.body.as_ref().filter(foreign);
        if let (Some(body), None) = (strange, &written.rule) {
            let error = ConfigError::UnknownBody(body.get_ref().clone());
            return Err(error.at(self.line(body)));
        }
        Ok(Defaults {
            body: written.body.map(Spanned::into_inner),
            rule: written.rule.map(Spanned::into_inner),
        })
    }
}

impl Config {
    /// Reads a `plenary.toml`.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] when the text is no such configuration, names a check, a body or a rule that does not exist, or
    /// waives something without a reason; [`ConfigError::At`] says on which line.
    pub fn from_toml(text: &str) -> Result<Self, ConfigError> {
        let source = Source(text);
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
            uses: waivers.iter().map(|_| AtomicUsize::new(0)).collect(),
            met: waivers.iter().map(|_| AtomicBool::new(false)).collect(),
            told: AtomicBool::new(false),
            waivers,
            lines,
            waived: Mutex::default(),
            defaults: source.defaults(written.defaults)?,
            today: None,
        })
    }

    /// Notes that a record is among those checked. A waiver of a record that is not is none of this run's business, so it
    /// is not idle; where no record is noted, every waiver is judged.
    pub fn saw(&self, record: &str) {
        if self.waivers.iter().all(|waiver| waiver.record.is_none()) {
            return;
        }
        self.told.store(true, Ordering::Relaxed);
        for (waiver, met) in self.waivers.iter().zip(&self.met) {
            if waiver.is_of(record) {
                met.store(true, Ordering::Relaxed);
            }
        }
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
        self.select = Some(names.into_iter().map(known).collect::<Result<_, _>>()?);
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
            self.ignore.insert(known(name)?);
        }
        Ok(self)
    }

    /// Gives a check another severity.
    ///
    /// # Errors
    ///
    /// [`ConfigError::UnknownCheck`].
    pub fn with_severity(mut self, name: &str, severity: Severity) -> Result<Self, ConfigError> {
        self.severity.insert(known(name)?, severity);
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

    /// Waivers that have matched no finding so far although their checks run, and those that have expired: whether they
    /// have, and the lines that they begin on.
    pub(crate) fn idle(&self) -> impl Iterator<Item = (&Waiver, bool, Option<u64>)> + '_ {
        let pairs = self.waivers.iter().zip(&self.uses).enumerate();
        pairs.filter_map(|(at, (waiver, uses))| {
            let expired = self.has_expired(waiver);
            let met = || {
                self.met
                    .get(at)
                    .is_some_and(|met| met.load(Ordering::Relaxed))
            };
            let elsewhere = waiver.record.is_some() && self.told.load(Ordering::Relaxed) && !met();
            let unused = uses.load(Ordering::Relaxed) == 0;
            let idle = unused && !elsewhere && self.wants(&waiver.check);
            (expired || idle).then(|| (waiver, expired, self.lines.get(at).copied()))
        })
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

    /// Applies the configuration to a finding that was made elsewhere, such as by the reader of a source:
    /// its severity, or `None` when it is not wanted or waived.
    #[must_use]
    pub fn judge(&self, mut finding: Finding) -> Option<Finding> {
        if !self.wants(&finding.check) {
            return None;
        }
        if let Some(severity) = self.severity_of(&finding.check) {
            finding.severity = severity;
        }
        (!self.waives(&finding)).then_some(finding)
    }

    /// The findings that were waived so far, by their places.
    #[must_use]
    pub fn waived(&self) -> Vec<Waived> {
        let waived = self.waived.lock().unwrap_or_else(PoisonError::into_inner);
        let of = |(at, finding): &(usize, Finding)| {
            Some(Waived {
                finding: finding.clone(),
                waiver: self.waivers.get(*at)?.clone(),
            })
        };
        let mut waived: Vec<_> = waived.iter().filter_map(of).collect();
        let key = |w: &Waived| {
            let place = &w.finding.place;
            (place.path.clone(), place.line, place.field.clone())
        };
        waived.sort_by_cached_key(key);
        waived
    }

    pub(crate) const fn default_body(&self) -> Option<&BodyId> {
        self.defaults.body.as_ref()
    }

    pub(crate) fn default_rule(&self) -> Option<&str> {
        self.defaults.rule.as_deref()
    }

    /// Whether a waiver fits; the first one that does is told, and every one has its use: should the first expire, another
    /// takes its place.
    pub(crate) fn waives(&self, finding: &Finding) -> bool {
        let mut first = None;
        for (at, (waiver, uses)) in self.waivers.iter().zip(&self.uses).enumerate() {
            if !self.has_expired(waiver) && waiver.matches(finding) {
                uses.fetch_add(1, Ordering::Relaxed);
                first = first.or(Some(at));
            }
        }
        if let Some(at) = first {
            let mut waived = self.waived.lock().unwrap_or_else(PoisonError::into_inner);
            waived.push((at, finding.clone()));
        }
        first.is_some()
    }

    fn has_expired(&self, waiver: &Waiver) -> bool {
        matches!((waiver.expires, self.today), (Some(end), Some(today)) if end <= today)
    }
}

impl Waiver {
    fn matches(&self, finding: &Finding) -> bool {
        let of_record = || match (&self.record, &finding.record) {
            (Some(_), Some(record)) => self.is_of(record),
            (waived, _) => waived.is_none(),
        };
        let has_found = |words: &String| {
            let found = finding.found.as_deref();
            found.is_some_and(|found| found.contains(words.as_str()))
        };
        self.check == finding.check
            && self.stands_at(&finding.place)
            && self.found.as_ref().is_none_or(has_found)
            && of_record()
    }

    fn stands_at(&self, place: &Place) -> bool {
        let in_file = |wanted: &String| {
            let path = place.path.as_deref().map(std::path::Path::new);
            path.is_some_and(|path| path.ends_with(wanted))
        };
        (self.field.is_none() || self.field == place.field)
            && (self.line.is_none() || self.line == place.line)
            && self.path.as_ref().is_none_or(in_file)
    }

    /// Whether it is about the record of this label, in any spelling of its symbol.
    fn is_of(&self, record: &str) -> bool {
        let Some(own) = &self.record else {
            return false;
        };
        own.as_str() == record || own.normal() == Citation::new(record).normal()
    }
}

/// The line of an offset, from 1.
fn line(text: &str, offset: usize) -> u64 {
    let before = text.bytes().take(offset).filter(|byte| *byte == b'\n');
    before.count() as u64 + 1
}

fn known(name: impl AsRef<str>) -> Result<String, ConfigError> {
    let name = name.as_ref();
    if find(name).is_some() {
        return Ok(name.to_owned());
    }
    let distance = |check: &&&'static Check| edit_distance(name, check.name);
    let nearest = catalogue()
        .iter()
        .min_by_key(distance)
        .map(|check| check.name);
    Err(ConfigError::UnknownCheck {
        name: name.to_owned(),
        nearest: nearest.filter(|candidate| edit_distance(name, candidate) <= 4),
    })
}

/// How many letters have to change to make one word of the other.
fn edit_distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, y) in row.iter_mut().skip(1).zip(b.chars()) {
            let change = diagonal + usize::from(x != y);
            diagonal = *cell;
            left = change.min(diagonal + 1).min(left + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_offered() {
        let error = Config::default().select(["taly-sum"]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "there is no check `taly-sum`; did you mean `tally-sum`?"
        );
    }

    #[test]
    fn a_name_like_none_has_no_hint() {
        for (name, hint) in [("tally", Some("tally-sum")), ("tall", None)] {
            match Config::default().select([name]) {
                Err(ConfigError::UnknownCheck { nearest, .. }) => assert_eq!(nearest, hint),
                other => panic!("{other:?}"),
            }
        }
    }

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

    #[test]
    fn a_finding_of_a_reader_is_judged_as_those_of_checks_are() {
        let finding = |check: &'static str, path: &str, line: u64| Finding {
            check: check.into(),
            severity: Severity::Note,
            message: String::new(),
            record: None,
            place: plenary_types::Place {
                path: Some(path.to_owned()),
                line: Some(line),
                ..plenary_types::Place::default()
            },
            expected: None,
            found: None,
            help: None,
        };
        let text = "ignore = ['row-limit']\n[severity]\nvote-grammar = 'error'\n\
                    [[waivers]]\ncheck = 'rejected-row'\nreason = 'as printed'";
        let config = Config::from_toml(text).unwrap();
        for (check, severity) in [
            ("row-limit", None),
            ("vote-grammar", Some(Severity::Error)),
            ("unknown-column", Some(Severity::Note)),
        ] {
            let judged = config.judge(finding(check, "votes.csv", 1));
            assert_eq!(judged.map(|finding| finding.severity), severity, "{check}");
        }
        let waived = [("b.csv", 1), ("a.csv", 9), ("a.csv", 3)];
        for (path, line) in waived {
            assert_eq!(config.judge(finding("rejected-row", path, line)), None);
        }
        let waived: Vec<_> = config.waived().into_iter().map(|w| w.finding).collect();
        let places = [("a.csv", 3), ("a.csv", 9), ("b.csv", 1)];
        assert_eq!(
            waived,
            places.map(|(path, line)| finding("rejected-row", path, line))
        );
    }

    #[test]
    fn of_two_waivers_that_fit_neither_is_idle() {
        let waiver = "[[waivers]]\ncheck = 'tally-sum'\nreason = 'as printed'\n";
        let text = format!("{waiver}expires = 2030-01-01\n{waiver}");
        let finding = Finding {
            check: "tally-sum".into(),
            severity: Severity::Error,
            message: String::new(),
            record: None,
            place: plenary_types::Place::default(),
            expected: None,
            found: None,
            help: None,
        };
        for (today, by) in [("2029-12-31", 0), ("2030-01-01", 1)] {
            let config = Config::from_toml(&text).unwrap().on(today.parse().unwrap());
            assert_eq!(config.judge(finding.clone()), None);
            let waived = config.waived();
            assert_eq!(waived.len(), 1);
            assert_eq!(waived[0].waiver, config.waivers[by], "{today}");
            let idle: Vec<_> = config
                .idle()
                .map(|(_, expired, line)| (expired, line))
                .collect();
            let expected = if by == 0 {
                vec![]
            } else {
                vec![(true, Some(1))]
            };
            assert_eq!(idle, expected, "{today}");
        }
    }

    #[test]
    fn edit_distance_counts_letters() {
        for (a, b, distance) in [
            ("", "", 0),
            ("", "ab", 2),
            ("kitten", "sitting", 3),
            ("ab", "ba", 2),
        ] {
            assert_eq!(edit_distance(a, b), distance, "{a} {b}");
            assert_eq!(edit_distance(b, a), distance, "{b} {a}");
        }
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
            let error = Config::from_toml(text).unwrap_err().to_string();
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
            let config = Config::from_toml(&format!("[defaults]\n{text}"));
            assert!(config.is_ok(), "{text}: {config:?}");
        }
    }
}
