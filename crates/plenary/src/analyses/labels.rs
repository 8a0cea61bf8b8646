//! How states are named in the votes and in a result.

use std::collections::HashMap;
use std::str::FromStr;

use plenary_analysis::Votes;
use plenary_states::{CodeSystem, entities, entity};
use plenary_types::Participant;

use crate::{Error, Refusal, participant};

/// How states are named in a result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Codes {
    /// ISO 3166-1 alpha-3, of the state at the time.
    #[default]
    Iso3,
    /// Correlates of War numbers. Where the votes are in a table of such numbers, each number as it stands there is one voter.
    Cow,
}

impl FromStr for Codes {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        match text {
            "iso3" => Ok(Self::Iso3),
            "cow" => Ok(Self::Cow),
            _ => Err(
                Refusal::new(format!("unknown codes `{text}` (expected `iso3` or `cow`)")).into(),
            ),
        }
    }
}

/// The places among labels of a voter that a command names: by its label, else by what the votes print for it, by identifier, by
/// code, name or Correlates of War number. A printed name is that of everybody who bears it, a number that of every state that bore it
/// at some time: 365 of the Soviet Union and of Russia.
pub(super) fn places_of(text: &str, labels: &[String], votes: &Votes) -> Vec<usize> {
    let place = |wanted: &str| labels.iter().position(|label| label == wanted);
    if let Some(place) = place(text) {
        return vec![place];
    }
    if votes.has_uncoded() {
        let is_meant = |label: &String| {
            let identifier = || label.split_once(':').map(|(_, identifier)| identifier);
            votes.printed_name(label) == Some(text) || identifier() == Some(text)
        };
        let meant = labels
            .iter()
            .enumerate()
            .filter(|(_, label)| is_meant(label));
        let meant: Vec<usize> = meant.map(|(at, _)| at).collect();
        if !meant.is_empty() {
            return meant;
        }
    }
    if let Ok(code) = participant(text) {
        let code = code.to_string();
        let found = place(&code).or_else(|| place(&label(&code, Codes::Cow, None)));
        return found.into_iter().collect();
    }
    let number = text.trim().trim_start_matches('0');
    let bearers = entities().filter(|entity| {
        let mut codes = entity.codes().iter();
        codes.any(|code| code.system == CodeSystem::Cow && code.value == number)
    });
    let mut places: Vec<usize> = bearers
        .filter_map(|entity| place(&entity.code().to_string()))
        .collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// The places among the voters of some votes of one that a command names.
///
/// # Errors
///
/// [`Error`] where nobody is called so, or who is cast no ballot.
pub(super) fn voters(text: &str, labels: &[String], votes: &Votes) -> Result<Vec<usize>, Error> {
    let places = places_of(text, labels, votes);
    if !places.is_empty() {
        return Ok(places);
    }
    if text.parse::<u32>().is_err() && !votes.has_uncoded() {
        // Whoever is known by no name cannot be meant.
        participant(text)?;
    }
    let message = format!("`{text}` cast no ballot in the selected votes");
    Err(Refusal::new(message)
        .with_help("name voters as the votes have them, or widen the selection")
        .into())
}

/// Participants that are named by codes, names or identifiers; none where one is a number or a name that only the votes explain.
pub(super) fn participants(texts: &[String]) -> Vec<Participant> {
    if texts.iter().any(|text| text.parse::<u32>().is_ok()) {
        return Vec::new();
    }
    let all: Option<Vec<_>> = texts.iter().map(|text| participant(text).ok()).collect();
    all.unwrap_or_default()
}

/// What the voters of a table are called, where some of them have no code: by what the votes print, else by
/// the name of their code or by their identifier.
pub(super) fn printed<'a>(
    votes: &Votes,
    labels: impl IntoIterator<Item = &'a str>,
) -> Option<Vec<String>> {
    votes.has_uncoded().then(|| names(votes, labels))
}

/// The same, whether they all have codes or not.
pub(super) fn names<'a>(votes: &Votes, labels: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let name = |label: &str| match votes.printed_name(label) {
        Some(name) => name.to_owned(),
        None => {
            let entity = label.parse().ok().and_then(entity);
            match (entity, label.split_once(':')) {
                (Some(entity), _) => entity.label().to_owned(),
                (None, Some((_, identifier))) => identifier.to_owned(),
                (None, None) => label.to_owned(),
            }
        }
    };
    labels.into_iter().map(name).collect()
}

/// The headings of columns of voters: what the votes print for those without a code, where no other bears it.
pub(super) fn headings(votes: &Votes, labels: Vec<String>) -> Vec<String> {
    let Some(names) = printed(votes, labels.iter().map(String::as_str)) else {
        return labels;
    };
    let mut times: HashMap<&str, u32> = HashMap::new();
    for name in &names {
        *times.entry(name).or_default() += 1;
    }
    let heading = |(label, name): (String, &String)| match label.contains(':') {
        true if times.get(&**name) == Some(&1) => name.clone(),
        _ => label,
    };
    labels.into_iter().zip(&names).map(heading).collect()
}

/// The names of states in an output, and which of them share a code.
pub(super) struct Labels {
    /// The name of each state.
    pub(super) names: Vec<String>,
    /// The names of states that share a code.
    pub(super) shared: Vec<String>,
}

/// The names of states that stand in one table, in a year. States that share a code, as a state and its successor do in
/// the year in which one followed the other, are kept apart by their own codes behind it: `365-RUS` and `365-SUN`.
pub(super) fn labels<'a>(
    states: impl IntoIterator<Item = &'a str>,
    codes: Codes,
    year: Option<i32>,
) -> Labels {
    let states: Vec<&str> = states.into_iter().collect();
    let mut names: Vec<String> = states.iter().map(|s| label(s, codes, year)).collect();
    let mut shared = Vec::new();
    if codes != Codes::Iso3 {
        let mut times: HashMap<String, u32> = HashMap::new();
        for name in &names {
            *times.entry(name.clone()).or_default() += 1;
        }
        for (name, state) in names.iter_mut().zip(&states) {
            if times.get(name).is_some_and(|times| *times > 1) {
                *name = format!("{name}-{state}");
                shared.push(name.clone());
            }
        }
    }
    Labels { names, shared }
}

/// Which states share a code and how they are named: a warning, and the text for the table's own account.
pub(super) fn shared_codes(mut shared: Vec<String>) -> Option<[String; 2]> {
    shared.sort_unstable();
    shared.dedup();
    let list = shared.join(", ");
    (!shared.is_empty()).then(|| {
        [
            format!(
                "states that share a code are kept apart, with their own codes behind it: {list}"
            ),
            format!("{list}: states that share a code"),
        ]
    })
}

/// The name of a state in an output, in a year (for codes that changed hands); what has no such code keeps its label.
fn label(state: &str, codes: Codes, year: Option<i32>) -> String {
    let cow = || {
        let entity = entity(state.parse().ok()?)?;
        let day = year.and_then(|year| chrono::NaiveDate::from_ymd_opt(year, 12, 31));
        entity
            .code_in(CodeSystem::Cow, day)
            .or_else(|| entity.code_in(CodeSystem::Cow, None))
    };
    match codes {
        Codes::Iso3 => state.to_owned(),
        Codes::Cow => cow().map_or_else(|| state.to_owned(), str::to_owned),
    }
}
