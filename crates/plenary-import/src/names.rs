//! From what a source prints about a voter to the state it means.

use chrono::NaiveDate;
use plenary_states::{
    CodeSystem, Entity, MatchKind, Resolver, days_of_change, entity, holder_on, resolve,
    successions,
};
use plenary_types::{Finding, Participant, Place, RollEntry, Severity, Span, StateCode, Subject};

use crate::check::ReaderCheck;

/// What a source says about who voted.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Printed<'a> {
    pub(crate) code: &'a str,
    pub(crate) name: &'a str,
}

impl Printed<'_> {
    /// The same without outer spaces.
    pub(crate) fn trimmed(self) -> Self {
        Self {
            code: self.code.trim(),
            name: self.name.trim(),
        }
    }
}

/// Who that is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Identified {
    pub(crate) entry: RollEntry,
    /// Set when the code is not that of the state which the name means.
    pub(crate) contradiction: Option<Contradiction>,
}

/// What a code is that stands beside the name of a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Contradiction {
    /// That of another state, which existed at the date too.
    Other(StateCode),
    /// That of no state at any time.
    Nobody(Box<str>),
    /// That of a state, and the name is nobody's at any time.
    Unnamed(Box<str>),
    /// That of a state, and the name is that of another, which did not bear it on the day.
    NamedAs(StateCode),
}

impl Contradiction {
    /// A code that no state ever had, where the name tells who voted.
    pub(crate) fn nobody(entry: &RollEntry, code: &str) -> Option<Self> {
        let told = entry.state().is_some() && !code.is_empty();
        told.then(|| Self::Nobody(code.into()))
    }

    /// A name beside the code of a state that is nobody's, or that of another state at another time. The seat of a state that
    /// was passed on is one seat under either name.
    fn of_name(state: StateCode, name: &str, on: Option<NaiveDate>) -> Option<Self> {
        if !is_state(name) {
            return Some(Self::Unnamed(name.into()));
        }
        let other = resolve(name, None).filter(|other| on.is_some() && *other != state)?;
        (seat(other) != seat(state)).then_some(Self::NamedAs(other))
    }

    /// The finding. The name decided where it and the code are those of two states, the code where the name means nobody; a code
    /// or a name of nobody's puts no ballot in doubt.
    pub(crate) fn finding(&self, entry: &RollEntry, place: Place) -> Finding {
        let check = ReaderCheck::CodeContradictsName;
        let found = match self {
            Self::Other(other) => {
                let message = format!("the code means {other}, the name {}", entry.label());
                let mut finding = check.finding(message, place).with_found(other);
                finding.expected = entry.state().map(|state| state.to_string());
                finding.with_subjects([*other])
            }
            Self::Nobody(code) => {
                let message =
                    "the code is not that of a state; the voter was identified by name".to_owned();
                let mut finding = check
                    .finding(message, place)
                    .with_expected(format!("the code of {}", entry.label()))
                    .with_found(code)
                    .with_subjects([Subject::Name(code.to_string())]);
                finding.severity = Severity::Warning;
                finding
            }
            Self::Unnamed(name) => {
                let message = "the name beside the code is not the name of any state".to_owned();
                ReaderCheck::UnknownName
                    .finding(message, place)
                    .with_expected(format!("a name of {}", code_of_entry(entry)))
                    .with_found(name)
                    .with_help("`plenary resolve NAME` shows what a spelling stands for")
                    .with_subjects([Subject::Name(name.to_string())])
            }
            Self::NamedAs(other) => {
                let message =
                    "the name beside the code is that of another state at another time".to_owned();
                ReaderCheck::UnknownName
                    .finding(message, place)
                    .with_expected(format!("a name of {}", code_of_entry(entry)))
                    .with_found(format!("{}, a name of {other}", entry.label()))
                    .with_help("compare code and name with the document")
                    .with_subjects([*other])
            }
        };
        found.with_subjects(entry.state())
    }
}

/// Identifies a voter on a day: by its name at the day, else by its code, else by its name at any time.
///
/// Libraries give a former state the code of the one that continues it (`RUS` beside `USSR` in 1985):
/// the name decides, and the printed code is kept.
pub(crate) fn identify(printed: Printed<'_>, on: Option<NaiveDate>) -> Identified {
    let (code, name) = (printed.code.trim(), printed.name.trim());
    if let Some(identified) = identifier(code, name) {
        return identified;
    }
    let by_name = some(name).and_then(|name| resolve(name, on));
    let by_code = some(code).and_then(|code| code_of(code, on));
    let lived =
        |state: StateCode| on.is_none_or(|day| entity(state).is_some_and(|e| e.exists_on(day)));
    // `CONGO` of the 1960s: a name that later was the code's own does not contradict it.
    let agreed = by_code.filter(|&state| lived(state) && resolve(name, None) == Some(state));
    let state = agreed
        .or(by_name)
        .or_else(|| by_code.filter(|&state| lived(state)))
        .or_else(|| some(name).and_then(|name| resolve(name, None)))
        .or(by_code);
    // Without a day, what never existed at one time cannot contradict each other: `RUS` beside `USSR`.
    let beside = |state, other| on.is_some() || lived_together(state, other);
    let other = by_code.filter(|&other| {
        let contrary = state.is_some_and(|s| s != other && beside(s, other));
        contrary && by_name.is_some() && lived(other)
    });
    let entry = RollEntry {
        who: state.map(Into::into),
        code: some(code)
            .filter(|code| state.is_none_or(|s| s.to_bytes() != code.as_bytes()))
            .map(Into::into),
        name: some(name).map(Into::into),
    };
    let contradiction = match by_code {
        Some(_) if by_name.is_none() && agreed.is_none() && !name.is_empty() => {
            state.and_then(|state| Contradiction::of_name(state, name, on))
        }
        Some(_) => other.map(Contradiction::Other),
        None if is_state(code) || is_code(&CodeSystem::ALL, code) => None,
        None => Contradiction::nobody(&entry, code),
    };
    Identified {
        entry,
        contradiction,
    }
}

/// A voter whose code is written as a kind and an identifier, such as `org:river-bank`, or whose name is where there is no code.
fn identifier(code: &str, name: &str) -> Option<Identified> {
    let text = some(code).or(some(name))?;
    Some(Identified {
        entry: RollEntry {
            who: Some(written(text)?),
            code: None,
            name: some(name).filter(|name| *name != text).map(Into::into),
        },
        contradiction: None,
    })
}

/// The participant of a text that is a kind and an identifier.
pub(crate) fn written(text: &str) -> Option<Participant> {
    text.contains(':').then(|| text.parse().ok()).flatten()
}

/// The state that a code or name means, if it continues the membership of another: it may be written for the seat at a time
/// before it.
pub(crate) fn of_a_later_time(text: &str) -> Option<StateCode> {
    let state = code_of(text, None).or_else(|| resolve(text, None))?;
    entity(state)?.continues().map(|_| state)
}

/// Who held the seat of a state on a day before the state existed.
pub(crate) fn holder_before(state: StateCode, day: NaiveDate) -> Option<StateCode> {
    let first = entity(state)?.lives().first()?;
    let is_before = day < first.from;
    let holder = is_before.then(|| holder_on(state, day)).flatten();
    holder.filter(|holder| *holder != state)
}

/// A voter as the one that held its seat on a day, where the state that was meant came to it later.
pub(crate) fn on_its_seat(mut found: Identified, text: &str, on: Option<NaiveDate>) -> Identified {
    let state = found.entry.state();
    let holder = state
        .zip(on)
        .and_then(|(state, day)| holder_before(state, day));
    if let Some(holder) = holder {
        found.entry.who = Some(holder.into());
        if found.entry.code.is_none() && found.entry.name.is_none() {
            found.entry.code = some(text.trim()).map(Into::into);
        }
    }
    found
}

/// Every day from which on a seat has another holder, with those on which texts may mean somebody else, in order.
pub(crate) fn changes_of_seats<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<NaiveDate> {
    let passed = successions().iter();
    let passed = passed.filter(|s| s.relation.continues_membership());
    let days = passed.flat_map(|s| {
        let lives = [s.from, s.to].into_iter().filter_map(entity);
        let lives = lives.flat_map(|entity| entity.lives());
        let ends = lives.flat_map(|life| [Some(life.from), life.to]);
        ends.flatten().chain([s.on])
    });
    in_order(texts.flat_map(days_of_change).chain(days))
}

/// Whether two states existed on a day in common.
fn lived_together(one: StateCode, other: StateCode) -> bool {
    let lives = |code| entity(code).map_or(&[][..], |entity| entity.lives());
    let meet = |a: &Span, b: &Span| {
        let before = |end: Option<NaiveDate>, from: NaiveDate| end.is_some_and(|end| end <= from);
        !before(a.to, b.from) && !before(b.to, a.from)
    };
    let mut pairs = lives(one)
        .iter()
        .flat_map(|a| lives(other).iter().map(move |b| (a, b)));
    pairs.any(|(a, b)| meet(a, b))
}

/// The last holder of the seat that a state holds or held.
fn seat(state: StateCode) -> StateCode {
    let holders = std::iter::successors(entity(state), |holder| holder.continued_by());
    holders.last().map_or(state, Entity::code)
}

/// The code of the state that was taken for the voter, as far as there is one.
fn code_of_entry(entry: &RollEntry) -> String {
    entry
        .who
        .map_or_else(|| entry.label(), |who| who.to_string())
}

/// Every day from which on texts may mean somebody else, as names or as codes, in order.
pub(crate) fn changes<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<NaiveDate> {
    in_order(texts.flat_map(days_of_change))
}

/// Days in order, each once.
pub(crate) fn in_order(days: impl Iterator<Item = NaiveDate>) -> Vec<NaiveDate> {
    let mut days: Vec<_> = days.collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// The state of a printed code: its ISO code, or an abbreviation that is recorded as a name.
fn code_of(code: &str, on: Option<NaiveDate>) -> Option<StateCode> {
    let iso = code.parse::<StateCode>().ok();
    iso.filter(|&code| entity(code).is_some())
        .or_else(|| resolve(code, on))
}

/// Whether a code is, at any time, that of a state in one of these systems.
pub(crate) fn is_code(systems: &[CodeSystem], code: &str) -> bool {
    let resolver = Resolver::new();
    let mut kinds = systems
        .iter()
        .map(|system| resolver.codes(*system).find(code).1);
    kinds.any(|kind| kind != MatchKind::Unknown)
}

/// Whether a column heading is the code or the name of a state at any time. A name that several bore, such as
/// `CONGO`, is one too: the day of a vote decides which is meant.
pub(crate) fn is_state(heading: &str) -> bool {
    let heading = heading.trim();
    let (state, kind) = Resolver::new().find(heading);
    state.is_some() || kind == MatchKind::Ambiguous || code_of(heading, None).is_some()
}

/// Identifies a voter of whom one text is known, a code or a name.
pub(crate) fn identify_text(text: &str, on: Option<NaiveDate>) -> Identified {
    let code = text
        .trim()
        .parse::<StateCode>()
        .ok()
        .filter(|&code| entity(code).is_some());
    match code {
        Some(_) => identify(
            Printed {
                code: text,
                name: "",
            },
            on,
        ),
        None => identify(
            Printed {
                code: "",
                name: text,
            },
            on,
        ),
    }
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who(code: &str, name: &str, day: &str) -> (Option<String>, Option<String>, bool) {
        let found = identify(Printed { code, name }, day.parse().ok());
        (
            found.entry.state().map(|s| s.to_string()),
            found.entry.code.map(Into::into),
            found.contradiction.is_some(),
        )
    }

    #[test]
    fn an_identifier_with_its_kind_is_that_participant_whatever_the_name_says() {
        let day = "2020-05-05".parse().ok();
        for (code, name, printed) in [
            (
                "org:river-bank",
                "River Development Bank",
                Some("River Development Bank"),
            ),
            ("unit:FRA/worker", "", None),
            ("", "person:icpsr-40104", None),
        ] {
            let found = identify(Printed { code, name }, day);
            let written = if code.is_empty() { name } else { code };
            assert_eq!(found.entry.who, written.parse().ok());
            assert_eq!(found.entry.name.as_deref(), printed);
            assert_eq!(found.contradiction, None);
        }
        let found = identify(
            Printed {
                code: "robot:x",
                name: "Peru",
            },
            day,
        );
        assert_eq!(found.entry.state(), "PER".parse().ok());
    }

    #[test]
    fn the_name_decides_over_the_code_of_the_state_that_continues_it() {
        let ussr = who("RUS", "USSR", "1985-12-01");
        assert_eq!(ussr, (Some("SUN".into()), Some("RUS".into()), false));
    }

    #[test]
    fn a_code_and_a_name_of_two_living_states_contradict_each_other() {
        let (state, code, contradiction) = who("DEU", "FRANCE", "2018-12-19");
        assert_eq!(
            (state.as_deref(), code.as_deref()),
            (Some("FRA"), Some("DEU"))
        );
        assert!(contradiction);
    }

    #[test]
    fn a_code_that_no_state_ever_had_contradicts_a_name_that_tells_the_state() {
        for (code, name, told) in [
            ("ZZZ", "PERU", Some(Contradiction::Nobody("ZZZ".into()))),
            ("ZZZ", "ATLANTIS", None),
            ("", "PERU", None),
            ("CSK", "CZECHOSLOVAKIA", None),
            ("YUG", "SERBIA", None),
            // The Library's own code, which no standard has.
            ("EAZ", "ZANZIBAR", None),
        ] {
            let found = identify(Printed { code, name }, "2018-12-19".parse().ok());
            assert_eq!(found.contradiction, told, "{code} {name}");
        }
    }

    #[test]
    fn a_name_of_nobody_or_of_another_time_beside_a_code_is_told() {
        let told = |code, name, day: &str| {
            identify(Printed { code, name }, day.parse().ok()).contradiction
        };
        let unnamed = |name: &str| Some(Contradiction::Unnamed(name.into()));
        let named = |code: &str| Some(Contradiction::NamedAs(code.parse().unwrap()));
        for (code, name, day, expected) in [
            ("DNK", "ATLANTIS", "1985-06-21", unnamed("ATLANTIS")),
            ("DNK", "ATLANTIS", "", unnamed("ATLANTIS")),
            ("DNK", "DENMARK", "1985-06-21", None),
            ("DNK", "DNK", "1985-06-21", None),
            ("DNK", "", "1985-06-21", None),
            ("PER", "CZECHOSLOVAKIA", "2018-12-19", named("CSK")),
            ("RUS", "USSR", "2018-12-19", None),
        ] {
            assert_eq!(told(code, name, day), expected, "{code} {name} {day}");
        }
    }

    #[test]
    fn without_a_day_only_states_that_lived_together_contradict_each_other() {
        for (code, name, contrary) in [
            ("RUS", "USSR", false),
            ("CZE", "CZECHOSLOVAKIA", false),
            ("PER", "FRANCE", true),
            ("DEU", "GERMAN DEMOCRATIC REPUBLIC", true),
        ] {
            let found = identify(Printed { code, name }, None);
            assert_eq!(found.contradiction.is_some(), contrary, "{code} {name}");
        }
    }

    #[test]
    fn a_name_used_before_its_time_does_not_contradict_the_code() {
        let congo = who("COG", "CONGO", "1962-12-01");
        assert_eq!(congo, (Some("COG".into()), None, false));
    }

    #[test]
    fn a_heading_that_several_states_bore_is_a_state() {
        for (heading, is) in [
            ("CONGO", true),
            ("Peru", true),
            ("BEN", true),
            ("extra", false),
        ] {
            assert_eq!(is_state(heading), is, "{heading}");
        }
    }

    #[test]
    fn a_name_that_nobody_bears_falls_back_on_the_code_and_is_kept() {
        assert_eq!(
            who("PER", "PERUVIA", "2018-12-19").0.as_deref(),
            Some("PER")
        );
        assert_eq!(who("", "ATLANTIS", "2018-12-19"), (None, None, false));
    }
}
