//! [`Ballots`]: who is on the list of a recorded vote, and what each chose.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Choice, StateCode, Tally};

/// The list of names of a recorded vote, in the order of its source.
///
/// Consecutive votes of a body share one roll behind an [`Arc`], so a vote of the whole Assembly costs a
/// byte a member. A roll can hold what sources contain: a name that could not be resolved, and a
/// state that stands on the list twice.
#[derive(Debug, Default)]
pub struct Roll {
    entries: Vec<RollEntry>,
    by_state: Vec<u32>,
}

/// One name on a [`Roll`].
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RollEntry {
    /// The participant, if the name was resolved.
    pub state: Option<StateCode>,
    /// The code as printed, where the source has one (not always that of [`RollEntry::state`]).
    pub code: Option<Box<str>>,
    /// The name as printed, where the source has one.
    pub name: Option<Box<str>>,
}

impl RollEntry {
    /// An entry of which only the code is known.
    #[must_use]
    pub const fn from_state(state: StateCode) -> Self {
        Self {
            state: Some(state),
            code: None,
            name: None,
        }
    }

    /// An entry as the native document lists it; text that is no code is kept as printed.
    fn of_text(text: Box<str>) -> Self {
        match text.parse() {
            Ok(state) => Self::from_state(state),
            Err(_) => Self {
                code: Some(text),
                ..Self::default()
            },
        }
    }

    /// What to call it in a message: the name as printed, else the code.
    #[must_use]
    pub fn label(&self) -> String {
        let printed = self.name.as_deref().or(self.code.as_deref());
        match (printed, self.state) {
            (Some(text), _) => text.to_owned(),
            (None, Some(state)) => state.to_string(),
            (None, None) => String::new(),
        }
    }
}

impl Roll {
    /// A roll of these entries, kept in this order.
    #[must_use]
    pub fn new(entries: Vec<RollEntry>) -> Self {
        // State and place in one number: lists are made by the thousand, and this sorts several times as fast.
        let mut keys: Vec<u64> = (0u64..)
            .zip(&entries)
            .filter_map(|(at, entry)| Some((entry.state?.index() as u64) << 32 | at))
            .collect();
        keys.sort_unstable();
        let by_state = keys.into_iter().map(|key| key as u32).collect();
        Self { entries, by_state }
    }

    /// The entries in the order of the source.
    #[must_use]
    pub fn entries(&self) -> &[RollEntry] {
        &self.entries
    }

    /// How many names are on it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no name on it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The places of the resolved entries, ordered by code, then by place.
    pub fn by_state(&self) -> impl ExactSizeIterator<Item = (StateCode, usize)> + '_ {
        self.by_state.iter().map(|&at| {
            let at = at as usize;
            let state = self.entries[at].state;
            debug_assert!(
                state.is_some(),
                "the index of a roll holds an unresolved entry"
            );
            (state.unwrap_or(NO_STATE), at)
        })
    }

    /// The first place of a state.
    #[must_use]
    pub fn position(&self, state: StateCode) -> Option<usize> {
        let key = |at: &u32| self.entries[*at as usize].state;
        let first = self.by_state.partition_point(|at| key(at) < Some(state));
        let at = self
            .by_state
            .get(first)
            .filter(|at| key(at) == Some(state))?;
        Some(*at as usize)
    }

    /// States that are on the list more than once, with each place.
    #[must_use]
    pub fn duplicates(&self) -> Vec<(StateCode, Vec<usize>)> {
        let state = |at: &u32| self.entries.get(*at as usize)?.state;
        let runs = self.by_state.chunk_by(|a, b| state(a) == state(b));
        let places = |run: &[u32]| run.iter().map(|at| *at as usize).collect();
        runs.filter(|run| run.len() > 1)
            .filter_map(|run| Some((state(run.first()?)?, places(run))))
            .collect()
    }
}

// The index holds resolved entries only, so this is never seen.
const NO_STATE: StateCode = StateCode::from_bytes(*b"ZZZ").unwrap();

/// The ballots of a recorded vote: a [`Roll`] and one [`Choice`] for each name on it.
///
/// Equality ignores the order of the list. In serde form the codes stand under their choice, as in a
/// meeting record: `{"yes": ["ALB", …], "no": ["CZE", …]}`. Text there that is no code is read as a name
/// that could not be resolved, so that it can be reported.
///
/// ```
/// use plenary_types::{Ballots, Choice, StateCode};
///
/// let ballots: Ballots = [("HUN", Choice::No), ("ALB", Choice::Yes)]
///     .map(|(code, choice)| (code.parse::<StateCode>().unwrap(), choice))
///     .into_iter()
///     .collect();
/// assert_eq!(ballots.get("HUN".parse()?), Some(Choice::No));
/// assert_eq!((ballots.tally().yes, ballots.tally().no), (1, 1));
/// # Ok::<(), plenary_types::CodeError>(())
/// ```
///
/// A copy shares the roll and the choices.
#[derive(Clone, Debug)]
pub struct Ballots {
    roll: Arc<Roll>,
    choices: Arc<[Choice]>,
    intended: BTreeMap<usize, Choice>,
}

/// One line of a recorded vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ballot<'a> {
    /// Who, as resolved and as printed.
    pub entry: &'a RollEntry,
    /// What was cast; totals count this.
    pub choice: Choice,
    /// What the delegation later said that it had meant to cast. It changes no result.
    pub intended_later: Option<Choice>,
}

/// A roll and a list of choices of different length.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{choices} choices for a roll of {names} names")]
pub struct LengthError {
    /// Names on the roll.
    pub names: usize,
    /// Choices given.
    pub choices: usize,
}

impl Ballots {
    /// Ballots of a roll, in its order.
    ///
    /// # Errors
    ///
    /// [`LengthError`] when there is not one choice for each name.
    pub fn new(roll: Arc<Roll>, choices: impl Into<Arc<[Choice]>>) -> Result<Self, LengthError> {
        let choices = choices.into();
        if roll.len() != choices.len() {
            return Err(LengthError {
                names: roll.len(),
                choices: choices.len(),
            });
        }
        Ok(Self {
            roll,
            choices,
            intended: BTreeMap::new(),
        })
    }

    /// Notes what the delegation at `place` later said that it had meant to cast.
    ///
    /// A place beyond the roll changes nothing.
    #[must_use]
    pub fn with_intended(mut self, place: usize, choice: Choice) -> Self {
        if place < self.len() {
            self.intended.insert(place, choice);
        }
        self
    }

    /// The list of names.
    #[must_use]
    pub const fn roll(&self) -> &Arc<Roll> {
        &self.roll
    }

    /// The choices, in the order of the roll.
    #[must_use]
    pub fn choices(&self) -> &[Choice] {
        &self.choices
    }

    /// How many names are on the list.
    #[must_use]
    pub fn len(&self) -> usize {
        self.choices.len()
    }

    /// Whether the list is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.choices.is_empty()
    }

    /// Every ballot, in the order of the roll.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Ballot<'_>> + '_ {
        let lines = self.roll.entries().iter().zip(&*self.choices);
        lines.enumerate().map(|(at, (entry, &choice))| Ballot {
            entry,
            choice,
            intended_later: self.intended.get(&at).copied(),
        })
    }

    /// The ballots of resolved names, ordered by code.
    pub fn by_state(&self) -> impl ExactSizeIterator<Item = (StateCode, Choice)> + '_ {
        self.roll
            .by_state()
            .map(|(state, at)| (state, self.choices[at]))
    }

    /// What a state chose: its first ballot, should it have several.
    #[must_use]
    pub fn get(&self, state: StateCode) -> Option<Choice> {
        self.roll
            .position(state)
            .and_then(|at| self.choices.get(at).copied())
    }

    /// The ballots counted, every line of the list once: both of a state that is on it twice, of which a decision takes the
    /// first, as [`Ballots::get`] does.
    #[must_use]
    pub fn tally(&self) -> Tally {
        Tally::from_choices(&self.choices)
    }
}

impl FromIterator<(StateCode, Choice)> for Ballots {
    fn from_iter<I: IntoIterator<Item = (StateCode, Choice)>>(ballots: I) -> Self {
        let (entries, choices): (Vec<_>, Vec<_>) = ballots
            .into_iter()
            .map(|(state, choice)| (RollEntry::from_state(state), choice))
            .unzip();
        Self {
            roll: Arc::new(Roll::new(entries)),
            choices: choices.into(),
            intended: BTreeMap::new(),
        }
    }
}

impl PartialEq for Ballots {
    fn eq(&self, other: &Self) -> bool {
        let sorted = |ballots: &Self| {
            let key = |b: Ballot<'_>| (b.entry.clone(), b.choice, b.intended_later);
            let mut keys: Vec<_> = ballots.iter().map(key).collect();
            keys.sort();
            keys
        };
        self.len() == other.len() && sorted(self) == sorted(other)
    }
}

impl Eq for Ballots {}

/// The serde form: codes under their choice, and apart from them what a code cannot say.
#[derive(Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Written {
    #[serde(default)]
    yes: Vec<Box<str>>,
    #[serde(default)]
    no: Vec<Box<str>>,
    #[serde(default)]
    abstain: Vec<Box<str>>,
    #[serde(default)]
    non_voting: Vec<Box<str>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    not_eligible: Vec<Box<str>>,
    /// Lines with a printed name or code, an unresolved name or a later intention.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    printed: Vec<WrittenLine>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct WrittenLine {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    state: Option<StateCode>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<Box<str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<Box<str>>,
    choice: Choice,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    intended_later: Option<Choice>,
}

impl Written {
    fn list(&mut self, choice: Choice) -> &mut Vec<Box<str>> {
        match choice {
            Choice::Yes => &mut self.yes,
            Choice::No => &mut self.no,
            Choice::Abstain => &mut self.abstain,
            Choice::NonVoting => &mut self.non_voting,
            Choice::NotEligible => &mut self.not_eligible,
        }
    }
}

impl Serialize for Ballots {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut written = Written::default();
        for ballot in self.iter() {
            let RollEntry { state, code, name } = ballot.entry.clone();
            match state {
                Some(state)
                    if code.is_none() && name.is_none() && ballot.intended_later.is_none() =>
                {
                    written.list(ballot.choice).push(state.to_string().into());
                }
                _ => written.printed.push(WrittenLine {
                    state,
                    code,
                    name,
                    choice: ballot.choice,
                    intended_later: ballot.intended_later,
                }),
            }
        }
        written.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Ballots {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut written = Written::deserialize(deserializer)?;
        let mut entries = Vec::new();
        let mut choices = Vec::new();
        let mut intended = BTreeMap::new();
        for choice in Choice::ALL {
            for code in std::mem::take(written.list(choice)) {
                entries.push(RollEntry::of_text(code));
                choices.push(choice);
            }
        }
        for line in written.printed {
            if let Some(later) = line.intended_later {
                intended.insert(entries.len(), later);
            }
            entries.push(RollEntry {
                state: line.state,
                code: line.code,
                name: line.name,
            });
            choices.push(line.choice);
        }
        Ok(Self {
            roll: Arc::new(Roll::new(entries)),
            choices: choices.into(),
            intended,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> StateCode {
        text.parse().unwrap()
    }

    #[test]
    fn a_state_twice_on_the_list_is_kept_and_reported() {
        let ballots: Ballots = [
            (code("FRA"), Choice::Yes),
            (code("AUT"), Choice::No),
            (code("FRA"), Choice::No),
        ]
        .into_iter()
        .collect();
        assert_eq!(ballots.roll().duplicates(), [(code("FRA"), vec![0, 2])]);
        assert_eq!(ballots.get(code("FRA")), Some(Choice::Yes));
        assert_eq!(ballots.tally().no, 2);
        assert_eq!(ballots.get(code("GBR")), None);
    }

    #[test]
    fn unresolved_names_and_later_intentions_survive_serde() {
        let roll = Roll::new(vec![
            RollEntry::from_state(code("PER")),
            RollEntry {
                name: Some("ATLANTIS".into()),
                ..RollEntry::default()
            },
        ]);
        let ballots = Ballots::new(Arc::new(roll), vec![Choice::Yes, Choice::No])
            .unwrap()
            .with_intended(0, Choice::Abstain);
        let text = serde_json::to_string(&ballots).unwrap();
        assert_eq!(serde_json::from_str::<Ballots>(&text).unwrap(), ballots);
        assert_eq!(ballots.by_state().count(), 1);
    }

    #[test]
    fn what_is_no_code_is_kept_unresolved() {
        let ballots: Ballots = serde_json::from_str(r#"{"yes": ["PER"], "no": ["Cz"]}"#).unwrap();
        assert_eq!(ballots.len(), 2);
        assert_eq!(ballots.roll().entries()[1].code.as_deref(), Some("Cz"));
        assert_eq!(ballots.roll().entries()[1].state, None);
    }

    #[test]
    fn equality_ignores_the_order_of_the_list() {
        let pair = [(code("PER"), Choice::Yes), (code("AUT"), Choice::No)];
        let forward: Ballots = pair.into_iter().collect();
        let backward: Ballots = pair.into_iter().rev().collect();
        assert_eq!(forward, backward);
    }

    #[test]
    fn ballots_differ_in_a_choice_a_name_or_an_intention() {
        let of = |list: &[(&str, Choice)]| -> Ballots {
            list.iter()
                .map(|(text, choice)| (code(text), *choice))
                .collect()
        };
        let ballots = of(&[("PER", Choice::Yes), ("AUT", Choice::No)]);
        for other in [
            of(&[("PER", Choice::Yes), ("AUT", Choice::Yes)]),
            of(&[("PER", Choice::Yes), ("BEL", Choice::No)]),
            of(&[("PER", Choice::Yes)]),
            ballots.clone().with_intended(1, Choice::Yes),
        ] {
            assert_ne!(ballots, other);
        }
    }

    #[test]
    fn an_intention_belongs_to_a_place_on_the_roll() {
        let two = Ballots::from_iter([(code("PER"), Choice::Yes), (code("AUT"), Choice::No)]);
        for (place, intended) in [
            (0, [Some(Choice::Abstain), None]),
            (1, [None, Some(Choice::Abstain)]),
            (2, [None, None]),
            (3, [None, None]),
        ] {
            let noted = two.clone().with_intended(place, Choice::Abstain);
            let found: Vec<_> = noted.iter().map(|ballot| ballot.intended_later).collect();
            assert_eq!(found, intended, "{place}");
            assert_eq!(noted == two, place > 1, "{place}");
        }
    }

    #[test]
    fn what_a_code_says_is_written_under_its_choice() {
        let printed = RollEntry {
            state: Some(code("CZE")),
            name: Some("Czechia".into()),
            ..RollEntry::default()
        };
        let roll = Arc::new(Roll::new(vec![RollEntry::from_state(code("PER")), printed]));
        let ballots = Ballots::new(roll, vec![Choice::Yes, Choice::No]).unwrap();
        assert_eq!(ballots.choices(), [Choice::Yes, Choice::No]);
        assert_eq!(
            serde_json::to_value(&ballots).unwrap(),
            serde_json::json!({
                "yes": ["PER"], "no": [], "abstain": [], "non-voting": [],
                "printed": [{"state": "CZE", "name": "Czechia", "choice": "no"}],
            })
        );
    }

    #[test]
    fn an_entry_is_called_as_printed_else_by_its_code() {
        let entry = |state: Option<&str>, printed: Option<&str>, name: Option<&str>| RollEntry {
            state: state.map(code),
            code: printed.map(Into::into),
            name: name.map(Into::into),
        };
        for (entry, label) in [
            (entry(Some("CZE"), Some("CZR"), Some("Czechia")), "Czechia"),
            (entry(Some("CZE"), Some("CZR"), None), "CZR"),
            (entry(Some("CZE"), None, None), "CZE"),
            (entry(None, None, None), ""),
        ] {
            assert_eq!(entry.label(), label);
        }
    }

    #[test]
    fn a_list_without_names_is_empty() {
        let none = Ballots::from_iter([]);
        assert!(none.is_empty() && none.roll().is_empty());
        let one = Ballots::from_iter([(code("PER"), Choice::Yes)]);
        assert!(!one.is_empty() && !one.roll().is_empty());
        assert_eq!((one.len(), one.roll().len()), (1, 1));
    }

    #[test]
    fn a_roll_needs_one_choice_a_name() {
        assert!(Ballots::new(Arc::new(Roll::default()), vec![Choice::Yes]).is_err());
    }
}
