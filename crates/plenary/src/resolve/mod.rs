//! [`resolve`]: from names and codes to states; [`KeySettings`]: the same for each key of a column; `resolve_table`: for a column of a table.

mod key;
#[cfg(feature = "analysis")]
mod report;
#[cfg(feature = "analysis")]
mod table;

pub use key::{KeyMatch, KeySettings, YearReading, YearReadingError};
#[cfg(feature = "analysis")]
pub use report::{ManyToOne, NoCode, ResolveCounts, ResolveReport, SeatlessKey, UnmatchedKey};
#[cfg(feature = "analysis")]
pub use table::{ResolveTableSettings, ResolvedTable, resolve_table};

use std::str::FromStr;

use plenary_states::{CodeSystem, Resolution, Resolver, entity, name_on, split_names};
use plenary_types::{Date, StateCode};
use serde::Serialize;

/// What names and codes mean, and what to answer with.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct ResolveSettings {
    /// The date on which the states are meant.
    pub on: Option<Date>,
    /// What the input is.
    pub from: NameSystem,
    /// What to answer with.
    pub to: Answer,
    /// Whether the input is a list of names in prose, such as the sponsors of a draft.
    pub split: bool,
}

/// What stands for a state in an input: `any`, `name` or a system of codes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum NameSystem {
    /// A name, or else a three-letter code in capitals.
    #[default]
    Any,
    /// A name.
    Name,
    /// A code.
    Code(CodeSystem),
}

/// What stands for a state in an answer: `name` or a system of codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Answer {
    /// Its name on the day.
    Name,
    /// Its code.
    Code(CodeSystem),
}

impl Default for Answer {
    fn default() -> Self {
        Self::Code(CodeSystem::Iso3)
    }
}

impl NameSystem {
    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Name => "name",
            Self::Code(system) => system.as_str(),
        }
    }
}

impl FromStr for NameSystem {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "any" => Ok(Self::Any),
            "name" => Ok(Self::Name),
            system => parsed(system, "any, name").map(Self::Code),
        }
    }
}

impl FromStr for Answer {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "name" => Ok(Self::Name),
            system => parsed(system, "name").map(Self::Code),
        }
    }
}

fn parsed(system: &str, words: &str) -> Result<CodeSystem, String> {
    system.parse().map_err(|_| {
        let systems = CodeSystem::ALL.map(CodeSystem::as_str).join(", ");
        format!("`{system}` is none of {words}, {systems}")
    })
}

/// The state that a name or a code means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Resolved<'t> {
    /// The name or the code.
    pub input: &'t str,
    /// The state.
    #[serde(skip)]
    pub state: Option<StateCode>,
    /// The answer; nothing where the state is not known, or has no such code.
    pub code: Option<String>,
    /// The name of the state.
    pub entity: Option<&'static str>,
    /// How it was found.
    pub how: &'static str,
    /// Who may be meant, where it is not clear.
    pub candidates: Vec<Candidate>,
}

/// A state that may be meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Candidate {
    /// Its code.
    pub code: StateCode,
    /// Why it may be.
    pub why: String,
}

impl Resolved<'_> {
    /// Whether it means one state, or asks for nobody.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.state.is_some() || self.input.trim().is_empty()
    }
}

/// Says which state a name or a code means on a day, and why; of a list in prose, each.
///
/// ```
/// use plenary::{Answer, ResolveSettings, resolve};
///
/// let mut settings = ResolveSettings::default();
/// settings.on = Some("1990".parse()?);
/// settings.to = Answer::Name;
/// let [russia] = resolve("Union of Soviet Socialist Republics", &settings).try_into().unwrap();
/// assert!(russia.is_known());
/// # Ok::<(), plenary::types::DateError>(())
/// ```
#[must_use]
pub fn resolve<'t>(text: &'t str, settings: &ResolveSettings) -> Vec<Resolved<'t>> {
    match settings.split {
        false => vec![resolve_one(text, settings)],
        true => {
            let names = split_names(text, settings.on.map(Date::latest)).into_iter();
            names.map(|name| resolve_one(name.text, settings)).collect()
        }
    }
}

fn resolve_one<'t>(input: &'t str, settings: &ResolveSettings) -> Resolved<'t> {
    let found = find(input, settings);
    let name = |code| match settings.on {
        Some(date) => name_on(code, date.latest()),
        None => entity(code).map(|entity| entity.label()),
    };
    let candidates = found.candidates.iter().map(|candidate| Candidate {
        code: candidate.code,
        why: candidate.reason.to_string(),
    });
    Resolved {
        input,
        state: found.code,
        code: found.code.and_then(|code| match settings.to {
            Answer::Name => name(code).map(str::to_owned),
            Answer::Code(CodeSystem::Iso3) => Some(code.to_string()),
            Answer::Code(system) => {
                let text = entity(code)?.code_in(system, settings.on.map(Date::latest));
                text.map(str::to_owned)
            }
        }),
        entity: found.code.and_then(name),
        how: found.kind.as_str(),
        candidates: candidates.collect(),
    }
}

fn find(input: &str, settings: &ResolveSettings) -> Resolution {
    let on_last_day = Resolver::new().on(settings.on.map(Date::latest));
    let resolver = match (settings.from, settings.on) {
        (NameSystem::Any, Some(date)) => Resolver::new().names_or_codes().within(date),
        (NameSystem::Any, None) => Resolver::new().names_or_codes(),
        (NameSystem::Name, _) => on_last_day,
        (NameSystem::Code(system), _) => on_last_day.codes(system),
    };
    resolver.explain(input)
}
