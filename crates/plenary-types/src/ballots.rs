//! [`Ballots`]: who is on the list of a recorded vote, and what each chose.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use crate::Invariant;
use crate::word::vocabulary;
use crate::{Choice, Participant, StateCode, Tally};

/// The list of names of a recorded vote, in the order of its source.
///
/// Consecutive votes of a body share one roll behind an [`Arc`], so a vote of the whole Assembly costs a
/// byte a member. A roll can hold what sources contain: a name that could not be resolved, and a
/// participant that stands on the list twice.
#[derive(Debug, Default)]
pub struct Roll {
    entries: Vec<RollEntry>,
    /// The places of resolved entries by the number of the participant, then by place: codes first.
    by_number: Vec<u32>,
    /// How many of these are codes.
    coded: usize,
}

/// One name on a [`Roll`].
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RollEntry {
    /// The participant, if the name was resolved.
    pub who: Option<Participant>,
    /// The code as printed, where the source has one (not always that of [`RollEntry::who`]).
    pub code: Option<Box<str>>,
    /// The name as printed, where the source has one.
    pub name: Option<Box<str>>,
}

impl RollEntry {
    /// An entry of which only the code is known.
    #[must_use]
    pub const fn from_state(state: StateCode) -> Self {
        Self::from_participant(Participant::from_code(state))
    }

    /// An entry of which only the participant is known.
    #[must_use]
    pub const fn from_participant(who: Participant) -> Self {
        Self {
            who: Some(who),
            code: None,
            name: None,
        }
    }

    /// The code of the participant, where it is one: `None` for a person, and for a name that was not resolved.
    #[must_use]
    pub fn state(&self) -> Option<StateCode> {
        self.who.and_then(Participant::code)
    }

    /// An entry as the native document lists it; text that is no participant is kept as printed.
    fn of_text(text: Box<str>) -> Self {
        match text.parse() {
            Ok(who) => Self::from_participant(who),
            Err(_) => Self {
                code: Some(text),
                ..Self::default()
            },
        }
    }

    /// What to call it in a message: the name as printed, else the code, else the participant without
    /// its kind.
    #[must_use]
    pub fn label(&self) -> String {
        let printed = self.name.as_deref().or(self.code.as_deref());
        match (printed, self.who) {
            (Some(text), _) => text.to_owned(),
            (None, Some(who)) => who.identifier().to_owned(),
            (None, None) => String::new(),
        }
    }
}

impl Roll {
    /// A roll of these entries, kept in this order.
    #[must_use]
    pub fn new(entries: Vec<RollEntry>) -> Self {
        // Number and place in one number: lists are made by the thousand, and this sorts several times as fast.
        let mut keys: Vec<u64> = (0u64..)
            .zip(&entries)
            .filter_map(|(at, entry)| Some(u64::from(entry.who?.number()) << 32 | at))
            .collect();
        keys.sort_unstable();
        let coded = keys.partition_point(|key| key >> 32 < StateCode::COUNT as u64);
        let by_number = keys.into_iter().map(|key| key as u32).collect();
        Self {
            entries,
            by_number,
            coded,
        }
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

    /// The places of the entries that are codes, ordered by code, then by place.
    pub fn by_state(&self) -> impl ExactSizeIterator<Item = (StateCode, usize)> + '_ {
        let coded = self
            .by_number
            .get(..self.coded)
            .invariant("those with codes are among all");
        coded.iter().map(|&at| {
            let at = at as usize;
            let state = self.entries[at].state();
            debug_assert!(state.is_some(), "the index of a roll holds {at} as a code");
            (state.unwrap_or(NO_STATE), at)
        })
    }

    /// The places of all resolved entries, ordered by [`Participant::number`], then by place. Nothing that is printed or written may
    /// follow this order beyond the codes, which come first and alphabetically.
    pub fn by_number(&self) -> impl ExactSizeIterator<Item = (Participant, usize)> + '_ {
        self.by_number.iter().map(|&at| {
            let at = at as usize;
            let who = self.entries[at].who;
            debug_assert!(
                who.is_some(),
                "the index of a roll holds an unresolved entry"
            );
            (who.unwrap_or(Participant::from_code(NO_STATE)), at)
        })
    }

    /// The first place of a state.
    #[must_use]
    pub fn position(&self, state: StateCode) -> Option<usize> {
        self.place_of(state.into())
    }

    /// The first place of a participant.
    #[must_use]
    pub fn place_of(&self, who: Participant) -> Option<usize> {
        let key = |at: &u32| self.entries[*at as usize].who.map(Participant::number);
        let wanted = Some(who.number());
        let first = self.by_number.partition_point(|at| key(at) < wanted);
        let at = self.by_number.get(first).filter(|at| key(at) == wanted)?;
        Some(*at as usize)
    }

    /// Participants that are on the list more than once, with each place, in the order of their texts.
    #[must_use]
    pub fn duplicates(&self) -> Vec<(Participant, Vec<usize>)> {
        let who = |at: &u32| self.entries.get(*at as usize)?.who;
        let runs = self.by_number.chunk_by(|a, b| who(a) == who(b));
        let places = |run: &[u32]| run.iter().map(|at| *at as usize).collect();
        let mut duplicates: Vec<(Participant, Vec<usize>)> = runs
            .filter(|run| run.len() > 1)
            .filter_map(|run| Some((who(run.first()?)?, places(run))))
            .collect();
        duplicates.sort_unstable_by_key(|(who, _)| *who);
        duplicates
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
    marks: BTreeMap<usize, Mark>,
}

vocabulary! {
    /// What a source says of a ballot beside the choice: what a choice alone cannot say.
    pub enum Mark {
        /// Paired with a member of the other side: neither votes.
        Paired = "paired",
        /// A position that was made known, and not cast.
        Announced = "announced",
        /// Cast by another for the member.
        Proxy = "proxy",
        /// Absent with leave.
        Excused = "excused",
        /// Present without voting, and counted as present.
        Present = "present",
    }
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
    /// What the source says of it beside the choice.
    pub mark: Option<Mark>,
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
            marks: BTreeMap::new(),
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

    /// Notes what the source says of the ballot at `place` beside the choice.
    ///
    /// A place beyond the roll changes nothing.
    #[must_use]
    pub fn with_mark(mut self, place: usize, mark: Mark) -> Self {
        if place < self.len() {
            self.marks.insert(place, mark);
        }
        self
    }

    /// The ballots that have a mark, with their places.
    pub fn marks(&self) -> impl ExactSizeIterator<Item = (usize, Mark)> + '_ {
        self.marks.iter().map(|(at, mark)| (*at, *mark))
    }

    /// What delegations later said that they had meant to cast, with the places of their ballots.
    pub fn intentions(&self) -> impl ExactSizeIterator<Item = (usize, Choice)> + '_ {
        self.intended.iter().map(|(at, choice)| (*at, *choice))
    }

    /// The same ballots with each that has a mark counted as a body counts it: as the choice that `meaning` gives for the mark, and
    /// as it is where that gives none.
    ///
    /// ```
    /// use plenary_types::{Ballots, Choice, Mark};
    ///
    /// let ballots: Ballots = serde_json::from_str(r#"{"yes": ["FRA"], "printed": [
    ///     {"participant": "person:x", "choice": "yes", "mark": "paired"}]}"#)?;
    /// assert_eq!(ballots.tally().yes, 2);
    /// let counted = ballots.counted_as(|mark| (mark == Mark::Paired).then_some(Choice::NonVoting));
    /// assert_eq!((counted.tally().yes, counted.tally().non_voting), (1, 1));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn counted_as(&self, meaning: impl Fn(Mark) -> Option<Choice>) -> Self {
        let mut counted = self.clone();
        let meant = |(at, mark)| Some((at, meaning(mark)?));
        let changes: Vec<(usize, Choice)> = self.marks().filter_map(meant).collect();
        if changes.is_empty() {
            return counted;
        }
        let mut choices = self.choices.to_vec();
        for (at, choice) in changes {
            if let Some(place) = choices.get_mut(at) {
                *place = choice;
            }
        }
        counted.choices = choices.into();
        counted
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
            mark: self.marks.get(&at).copied(),
        })
    }

    /// The ballots of the names that are codes, ordered by code.
    pub fn by_state(&self) -> impl ExactSizeIterator<Item = (StateCode, Choice)> + '_ {
        self.roll
            .by_state()
            .map(|(state, at)| (state, self.choices[at]))
    }

    /// The ballots of all resolved names, ordered by [`Participant::number`]. Nothing that is printed or written may follow this order
    /// beyond the codes, which come first and alphabetically.
    pub fn by_number(&self) -> impl ExactSizeIterator<Item = (Participant, Choice)> + '_ {
        let resolved = self.roll.by_number();
        resolved.map(|(who, at)| (who, self.choices[at]))
    }

    /// What a participant chose: its first ballot, should it have several.
    #[must_use]
    pub fn choice_of(&self, who: Participant) -> Option<Choice> {
        let at = self.roll.place_of(who)?;
        self.choices.get(at).copied()
    }

    /// What a state chose: its first ballot, should it have several.
    #[must_use]
    pub fn get(&self, state: StateCode) -> Option<Choice> {
        self.choice_of(state.into())
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
        let ballots = ballots.into_iter();
        Self::from_participants(ballots.map(|(state, choice)| (state.into(), choice)))
    }
}

impl Ballots {
    /// Ballots of participants of which nothing is printed, in this order.
    #[must_use]
    pub fn from_participants(ballots: impl IntoIterator<Item = (Participant, Choice)>) -> Self {
        let (entries, choices): (Vec<_>, Vec<_>) = ballots
            .into_iter()
            .map(|(who, choice)| (RollEntry::from_participant(who), choice))
            .unzip();
        Self {
            roll: Arc::new(Roll::new(entries)),
            choices: choices.into(),
            intended: BTreeMap::new(),
            marks: BTreeMap::new(),
        }
    }
}

impl PartialEq for Ballots {
    fn eq(&self, other: &Self) -> bool {
        let sorted = |ballots: &Self| {
            let key = |b: Ballot<'_>| (b.entry.clone(), b.choice, b.intended_later, b.mark);
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
    /// Lines with a printed name or code, an unresolved name, a later intention or a mark.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    printed: Vec<WrittenLine>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct WrittenLine {
    /// A participant that is a code; both words are read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    state: Option<Participant>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    participant: Option<Participant>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<Box<str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<Box<str>>,
    choice: Choice,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    intended_later: Option<Choice>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mark: Option<Mark>,
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
            let RollEntry { who, code, name } = ballot.entry.clone();
            match who {
                Some(who)
                    if code.is_none()
                        && name.is_none()
                        && ballot.intended_later.is_none()
                        && ballot.mark.is_none() =>
                {
                    written.list(ballot.choice).push(who.as_str().into());
                }
                _ => written.printed.push(WrittenLine {
                    state: who.filter(|who| who.code().is_some()),
                    participant: who.filter(|who| who.code().is_none()),
                    code,
                    name,
                    choice: ballot.choice,
                    intended_later: ballot.intended_later,
                    mark: ballot.mark,
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
        let mut marks = BTreeMap::new();
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
            if let Some(mark) = line.mark {
                marks.insert(entries.len(), mark);
            }
            if let (Some(state), Some(participant)) = (line.state, line.participant)
                && state != participant
            {
                return Err(D::Error::custom(format!(
                    "a line has the state `{state}` and the participant `{participant}` (write one of them)"
                )));
            }
            entries.push(RollEntry {
                who: line.state.or(line.participant),
                code: line.code,
                name: line.name,
            });
            choices.push(line.choice);
        }
        Ok(Self {
            roll: Arc::new(Roll::new(entries)),
            choices: choices.into(),
            intended,
            marks,
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
    fn a_mark_is_kept_beside_the_choice_and_counted_as_the_body_says() {
        let text = r#"{"yes": ["PER"], "no": [], "abstain": [], "non-voting": [], "printed": [
            {"state": "AUT", "choice": "no", "mark": "paired"}, {"state": "FRA", "choice": "yes", "mark": "pledged"}]}"#;
        let ballots: Ballots = serde_json::from_str(text).unwrap();
        let again = serde_json::to_string(&ballots).unwrap();
        assert_eq!(serde_json::from_str::<Ballots>(&again).unwrap(), ballots);
        let pledged: Mark = "pledged".parse().unwrap();
        let marks: Vec<_> = ballots.marks().collect();
        assert_eq!(marks, [(1, Mark::Paired), (2, pledged)]);
        assert_eq!(ballots.tally().to_string(), "2-1-0");
        let counted =
            ballots.counted_as(|mark| (mark == Mark::Paired).then_some(Choice::NonVoting));
        assert_eq!(
            (counted.tally().to_string(), counted.tally().non_voting),
            ("2-0-0".to_owned(), 1)
        );
        assert_eq!(ballots.counted_as(|_| None), ballots);
        let unmarked = Ballots::new(Arc::clone(ballots.roll()), ballots.choices()).unwrap();
        assert_ne!(unmarked, ballots);
        assert_eq!(unmarked.with_mark(7, Mark::Proxy).marks().len(), 0);
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
        let france = Participant::from(code("FRA"));
        assert_eq!(ballots.roll().duplicates(), [(france, vec![0, 2])]);
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
        assert_eq!(ballots.roll().entries()[1].who, None);
    }

    #[test]
    fn persons_are_on_a_roll_beside_codes() {
        let who = |text: &str| text.parse::<Participant>().unwrap();
        let list = [
            (who("person:roll-z"), Choice::Yes),
            (who("PER"), Choice::No),
            (who("person:roll-a"), Choice::Abstain),
            (who("person:roll-z"), Choice::No),
        ];
        let ballots = Ballots::from_participants(list);
        assert_eq!(
            ballots.by_state().collect::<Vec<_>>(),
            [(code("PER"), Choice::No)]
        );
        assert_eq!(ballots.by_number().len(), 4);
        for (participant, choice) in &list[..3] {
            assert_eq!(ballots.choice_of(*participant), Some(*choice));
        }
        assert_eq!(ballots.choice_of(who("person:roll-other")), None);
        assert_eq!(
            ballots.roll().duplicates(),
            [(who("person:roll-z"), vec![0, 3])]
        );
        let states = ballots.roll().entries().iter().map(RollEntry::state);
        assert_eq!(states.flatten().collect::<Vec<_>>(), [code("PER")]);
    }

    #[test]
    fn persons_are_written_by_their_texts_and_codes_as_before() {
        let entry = |text: &str| RollEntry {
            name: Some("Printed".into()),
            ..RollEntry::from_participant(text.parse().unwrap())
        };
        let roll = Roll::new(vec![
            RollEntry::from_participant("person:roll-a".parse().unwrap()),
            entry("person:roll-z"),
            entry("PER"),
        ]);
        let ballots = Ballots::new(Arc::new(roll), [Choice::Yes; 3]).unwrap();
        let json = serde_json::json!({
            "yes": ["person:roll-a"], "no": [], "abstain": [], "non-voting": [],
            "printed": [
                {"participant": "person:roll-z", "name": "Printed", "choice": "yes"},
                {"state": "PER", "name": "Printed", "choice": "yes"},
            ],
        });
        assert_eq!(serde_json::to_value(&ballots).unwrap(), json);
        assert_eq!(serde_json::from_value::<Ballots>(json).unwrap(), ballots);
        let two = r#"{"printed": [{"state": "PER", "participant": "FRA", "choice": "yes"}]}"#;
        let error = serde_json::from_str::<Ballots>(two)
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("`PER`") && error.contains("`FRA`"),
            "{error}"
        );
    }

    #[test]
    fn an_entry_of_a_roll_is_forty_bytes() {
        assert_eq!(size_of::<RollEntry>(), 40);
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
            who: Some(code("CZE").into()),
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
            who: state.map(|state| code(state).into()),
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
