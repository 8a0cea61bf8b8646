//! What a text means: the options of the question, and the answers.

use chrono::NaiveDate;
use plenary_types::{Date, StateCode};

use crate::resolve::claims::{Ruling, rule};
use crate::resolve::found::{Found, MatchKind};
use crate::resolve::lookup;
use crate::resolve::resolution::Resolution;
use crate::rows::code::CodeSystem;

/// What a text may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum TextKind {
    #[default]
    Name,
    Code(CodeSystem),
    NameOrCode,
}

/// From a printed name or code to the entity it means. A new one reads names, at any time.
///
/// With a date, the entity must have existed then: `Georgia` on a day of 1970 is nobody. A name that
/// was not in use at the date still means its entity when nobody else was called so (`Myanmar` in
/// 1983 is `MMR`). Without a date a name must fit one entity only.
///
/// ```
/// use plenary_states::{CodeSystem, MatchKind, Resolver};
/// use chrono::NaiveDate;
///
/// let names = Resolver::new();
/// assert_eq!(names.resolve("UPPER VOLTA"), "BFA".parse().ok());
/// assert_eq!(names.find("Korea"), (None, MatchKind::Ambiguous));
///
/// // Codes are no names: the caller says that `NA` is one.
/// assert_eq!(names.resolve("NA"), None);
/// assert_eq!(names.codes(CodeSystem::Iso2).resolve("NA"), "NAM".parse().ok());
///
/// // One code may mean several: the Correlates of War number 365 is the USSR and the Russian Federation.
/// let codes = Resolver::new().codes(CodeSystem::Cow);
/// assert_eq!(codes.on(NaiveDate::from_ymd_opt(1980, 6, 1)).resolve("365"), "SUN".parse().ok());
/// assert_eq!(codes.on(NaiveDate::from_ymd_opt(2000, 6, 1)).resolve("365"), "RUS".parse().ok());
/// assert_eq!(codes.resolve("365"), None);
///
/// // Yemen is 679 since 1990 only; the code means it before, too.
/// let (code, kind) = codes.on(NaiveDate::from_ymd_opt(1950, 6, 1)).find("679");
/// assert_eq!((code, kind), ("YEM".parse().ok(), MatchKind::Alias));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Resolver {
    text: TextKind,
    /// The first and the last day that count.
    days: Option<(NaiveDate, NaiveDate)>,
}

impl Resolver {
    /// A resolver of names, at any time.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads each text as a code of a system. Case and leading zeros do not matter.
    #[must_use]
    pub const fn codes(self, system: CodeSystem) -> Self {
        Self {
            text: TextKind::Code(system),
            ..self
        }
    }

    /// Reads each text as a name, or else as an ISO 3166-1 alpha-3 code in capitals, as people type on a command line.
    #[must_use]
    pub const fn names_or_codes(self) -> Self {
        Self {
            text: TextKind::NameOrCode,
            ..self
        }
    }

    /// Asks about one day, or about any time.
    #[must_use]
    pub fn on(self, day: impl Into<Option<NaiveDate>>) -> Self {
        Self {
            days: day.into().map(|day| (day, day)),
            ..self
        }
    }

    /// Asks about a date that may be a year or a month: certain when the answer is the same on the first and the last day of
    /// it, else ambiguous between the two.
    ///
    /// ```
    /// use plenary_states::{MatchKind, Resolver};
    ///
    /// let russia = |date: &str| Resolver::new().within(date.parse().unwrap()).find("Russia");
    /// assert_eq!(russia("1991"), (None, MatchKind::Ambiguous));
    /// assert_eq!(russia("1990"), ("SUN".parse().ok(), MatchKind::Alias));
    /// ```
    #[must_use]
    pub fn within(self, date: Date) -> Self {
        Self {
            days: Some((date.earliest(), date.latest())),
            ..self
        }
    }

    /// The entity, when it is certain.
    #[must_use]
    pub fn resolve(&self, text: &str) -> Option<StateCode> {
        self.find(text).0
    }

    /// The entity, when it is certain, and how the text matches: [`MatchKind::Ambiguous`] or [`MatchKind::Unknown`] when
    /// there is none. Near names, which never give an answer, are left to [`explain`](Self::explain).
    #[must_use]
    pub fn find(&self, text: &str) -> (Option<StateCode>, MatchKind) {
        let Some((first, last)) = self.days else {
            return self.find_on(text, None);
        };
        let answer = self.find_on(text, Some(last));
        if first == last || self.find_on(text, Some(first)).0 == answer.0 {
            return answer;
        }
        (None, MatchKind::Ambiguous)
    }

    /// The answer with its candidates and reasons: where no entity is certain, all that fit, those that held the seat on the
    /// date, or those whose name is a letter or two away.
    ///
    /// ```
    /// use plenary_states::{MatchKind, Resolver};
    ///
    /// let korea = Resolver::new().explain("Korea");
    /// assert_eq!((korea.code, korea.kind), (None, MatchKind::Ambiguous));
    /// assert_eq!(korea.candidates.len(), 2);
    ///
    /// let typo = Resolver::new().explain("Kazahkstan");
    /// assert_eq!((typo.code, typo.kind), (None, MatchKind::Fuzzy));
    /// assert_eq!(typo.candidates[0].code.to_string(), "KAZ");
    /// assert_eq!(typo.candidates[0].reason.to_string(), "one letter from `kazakhstan`");
    /// ```
    #[must_use]
    pub fn explain(&self, text: &str) -> Resolution {
        let Some((first, last)) = self.days else {
            return self.explain_on(text, None);
        };
        let answer = self.explain_on(text, Some(last));
        if first == last {
            return answer;
        }
        Resolution::of_both(self.explain_on(text, Some(first)), answer)
    }

    fn find_on(&self, text: &str, on: Option<NaiveDate>) -> (Option<StateCode>, MatchKind) {
        match self.text {
            TextKind::Name => find_name(text, on),
            TextKind::Code(system) => find_code(system, text, on),
            TextKind::NameOrCode => match iso3(text) {
                Some(code) => find_code(CodeSystem::Iso3, code, on),
                None => find_name(text, on),
            },
        }
    }

    fn explain_on(&self, text: &str, on: Option<NaiveDate>) -> Resolution {
        match self.text {
            TextKind::Name => Resolution::of_name(text, on),
            TextKind::Code(system) => Resolution::of_code(system, text, on),
            TextKind::NameOrCode => match iso3(text) {
                Some(code) => Resolution::of_code(CodeSystem::Iso3, code, on),
                None => Resolution::of_name(text.trim(), on),
            },
        }
    }
}

fn find_name(name: &str, on: Option<NaiveDate>) -> (Option<StateCode>, MatchKind) {
    let name = name.trim();
    let exact = lookup::exact(name);
    // Most names are recorded as they are printed: these need no folding.
    if let Some(spelling) = exact
        && let Ruling::Certain(claim) = rule(spelling.claims(), on)
    {
        return (Some(claim.code()), MatchKind::of_claim(claim.kind, true));
    }
    Found::beside(exact, name).answer(on)
}

fn find_code(
    system: CodeSystem,
    code: &str,
    on: Option<NaiveDate>,
) -> (Option<StateCode>, MatchKind) {
    let ruling = lookup::code(system, code).map(|spelling| rule(spelling.claims(), on));
    match ruling {
        Some(Ruling::Certain(claim)) => (Some(claim.code()), MatchKind::of_code(claim, on)),
        Some(Ruling::Several(_)) => (None, MatchKind::Ambiguous),
        Some(Ruling::Nobody) | None => (None, MatchKind::Unknown),
    }
}

/// A recorded code of ISO 3166-1 alpha-3, in capitals, that is nobody's name.
fn iso3(text: &str) -> Option<&str> {
    let text = text.trim();
    let code = text.parse::<StateCode>().is_ok() && Found::new(text).is_empty();
    (code && lookup::code(CodeSystem::Iso3, text).is_some()).then_some(text)
}

/// The entity that a name means, on a day or at any time, when that is certain: `Resolver::new().on(day).resolve(name)`.
///
/// ```
/// use plenary_states::resolve;
/// use chrono::NaiveDate;
///
/// let code = |c: &str| c.parse().ok();
/// assert_eq!(resolve("Bolivia (Plurinational State of)", None), code("BOL"));
/// assert_eq!(resolve("Korea", None), None);
/// let day = NaiveDate::from_ymd_opt(1970, 1, 1);
/// assert_eq!(resolve("USSR", day), code("SUN"));
/// assert_eq!(resolve("Georgia", day), None);
/// ```
#[must_use]
pub fn resolve(name: &str, on: Option<NaiveDate>) -> Option<StateCode> {
    find_name(name, on).0
}
