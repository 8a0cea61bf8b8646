//! The votes that are given: counts, or single ballots.

use std::collections::HashMap;
use std::iter;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use plenary_bodies::{CountedList, Reference};
use plenary_decisions::Standing;
use plenary_states::{Entity, entity};
use plenary_tables::{facts_above, read_ballots};
use plenary_types::{Ballot, Ballots, BodyId, Choice, Date, Participant, Tally};

use super::DecideSettings;
use crate::beside::{read_text, who};
use crate::{Error, Refusal, participant};

/// The votes in one body, as they are given.
///
/// ```
/// use plenary::GivenVotes;
///
/// let vetoed = GivenVotes::counts(11, 1, 3).with_opponents(["RUS".parse()?]);
/// assert!(matches!(vetoed, GivenVotes::Counts { no: Some(1), .. }));
/// # Ok::<(), plenary::types::ParticipantError>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum GivenVotes {
    /// Counts; what is left out is not counted.
    Counts {
        /// Votes in favour.
        yes: Option<u32>,
        /// Votes against; by default as many as the opponents.
        no: Option<u32>,
        /// Abstentions.
        abstain: Option<u32>,
        /// Members who are known to have voted against.
        opponents: Vec<Participant>,
    },
    /// Single ballots.
    Ballots(BallotList),
}

impl Default for GivenVotes {
    fn default() -> Self {
        Self::Counts {
            yes: None,
            no: None,
            abstain: None,
            opponents: Vec::new(),
        }
    }
}

impl GivenVotes {
    /// Counts.
    #[must_use]
    pub const fn counts(yes: u32, no: u32, abstain: u32) -> Self {
        Self::Counts {
            yes: Some(yes),
            no: Some(no),
            abstain: Some(abstain),
            opponents: Vec::new(),
        }
    }

    /// The same counts, with members who voted against; of single ballots nothing more need be known.
    #[must_use]
    pub fn with_opponents(mut self, codes: impl IntoIterator<Item = Participant>) -> Self {
        if let Self::Counts { opponents, .. } = &mut self {
            opponents.extend(codes);
        }
        self
    }

    /// Whether nothing is given.
    pub(super) const fn is_nothing(&self) -> bool {
        matches!(
            self,
            Self::Counts {
                yes: None,
                no: None,
                abstain: None,
                ..
            }
        )
    }

    pub(super) const fn listed(&self) -> Option<&BallotList> {
        match self {
            Self::Ballots(list) => Some(list),
            Self::Counts { .. } => None,
        }
    }

    /// Refuses the votes of nobody: a code that is nobody's here would be nobody's vote, silently.
    pub(super) fn check(
        &self,
        reference: &Reference,
        body: Option<&str>,
        is_known: impl Fn(Participant) -> bool,
    ) -> Result<(), Error> {
        match self {
            Self::Ballots(list) => list.check(reference, body, is_known),
            Self::Counts { opponents, .. } => match opponents.iter().find(|c| !is_known(**c)) {
                Some(code) => Err(unknown(*code).into()),
                None => Ok(()),
            },
        }
    }

    /// The votes as they stand on a day, each of a list counted.
    pub(super) fn standing(&self) -> Result<Standing<'static>, Error> {
        match self {
            Self::Ballots(list) => Ok(Standing::try_from_ballots(list.ballots.iter().copied())?),
            Self::Counts {
                yes,
                no,
                abstain,
                opponents,
            } => {
                let named = plenary_types::count(opponents.len());
                let tally = Tally {
                    yes: yes.unwrap_or_default(),
                    no: no.unwrap_or(named),
                    abstain: abstain.unwrap_or_default(),
                    ..Tally::default()
                };
                let standing = Standing::from_counts(tally);
                Ok(standing.with_opponents(opponents.iter().copied())?)
            }
        }
    }

    /// The votes that count in a body on a day, and whose ballots on a list do not.
    pub(super) fn standing_in(
        &self,
        reference: &Reference,
        body: Option<&str>,
        day: NaiveDate,
    ) -> Result<(Standing<'static>, Vec<Participant>), Error> {
        let all = self.standing()?;
        let listed = self.listed();
        let counted = listed.and_then(|list| list.counted(reference, body, day));
        let Some(CountedList {
            ballots, left_out, ..
        }) = counted
        else {
            return Ok((all, Vec::new()));
        };
        let voters = ballots.iter();
        let voters = voters.filter_map(|ballot| Some((ballot.entry.who?, ballot.choice)));
        let mut left_out = left_out;
        left_out.sort_unstable();
        Ok((Standing::try_from_ballots(voters)?, left_out))
    }
}

fn unknown(code: Participant) -> Refusal {
    Refusal::new(format!("unknown participant `{code}`")).with_help(
        "use a code of three capitals, such as FRA, or `plenary resolve` to find one; a code of your own has to be in \
         --weights or --group",
    )
}

/// Single ballots, and what their file says of them.
#[derive(Clone, Debug, Default)]
pub struct BallotList {
    ballots: Vec<(Participant, Choice)>,
    path: PathBuf,
    body: Option<BodyId>,
    date: Option<Date>,
    kind: Option<String>,
    rule: Option<String>,
}

impl FromIterator<(Participant, Choice)> for BallotList {
    fn from_iter<I: IntoIterator<Item = (Participant, Choice)>>(ballots: I) -> Self {
        Self {
            ballots: ballots.into_iter().collect(),
            ..Self::default()
        }
    }
}

impl BallotList {
    /// Reads a file: a CSV with the columns `code` and `choice`, which lines such as `date: 2018-12-19` may precede, or a JSON
    /// object of lists of names or codes by their choice.
    ///
    /// # Errors
    ///
    /// [`Error`] when the file cannot be read, or is neither.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let text = read_text(path)?;
        let list = if text.trim_start().starts_with('{') {
            let ballots: Ballots =
                serde_json::from_str(&text).map_err(|error| Refusal::in_file(path, &error))?;
            named(&ballots, path)?.into_iter().collect()
        } else {
            let ballots = read_ballots(&text, who);
            let said = |key: &str| {
                let mut facts = facts_above(&text);
                facts.find(|(name, _)| name.eq_ignore_ascii_case(key))
            };
            Self {
                ballots: ballots.map_err(|error| Refusal::in_table(path, error))?,
                body: said("body").and_then(|(_, body)| body.parse().ok()),
                date: said("date").and_then(|(_, date)| date.parse().ok()),
                kind: text_of(said("kind")),
                rule: text_of(said("rule")),
                ..Self::default()
            }
        };
        Ok(Self {
            path: path.to_owned(),
            ..list
        })
    }

    /// The settings with what the lines above the table say, where neither a rule nor a body is asked for: the body, and with it the
    /// day, the kind of question and the rule, as far as they are not given.
    pub(super) fn fill(&self, settings: &DecideSettings) -> Option<DecideSettings> {
        let asked = settings.rule.is_some() || settings.body.is_some();
        let body = self.body.as_ref().filter(|_| !asked)?;
        let mut filled = settings.clone();
        filled.body = Some(body.clone());
        filled.on = filled.on.or_else(|| self.date?.as_day());
        if filled.question.is_none() {
            filled.rule.clone_from(&self.rule);
            filled.question = self.kind.clone().filter(|_| self.rule.is_none());
        }
        Some(filled)
    }

    /// Refuses ballots of nobody, and two of one seat. A code of one's own has to be known, unless the body is one of one's own.
    fn check(
        &self,
        reference: &Reference,
        body: Option<&str>,
        is_known: impl Fn(Participant) -> bool,
    ) -> Result<(), Error> {
        let rules = reference.library().rules();
        if body.is_some_and(|body| rules.iter().any(|rule| rule.body == body)) {
            let mut codes = self.ballots.iter().map(|(code, _)| *code);
            if let Some(code) = codes.find(|code| !is_known(*code)) {
                return Err(unknown(code).at(&self.path).into());
            }
        }
        let Some([one, other]) = seat_twice(&self.ballots) else {
            return Ok(());
        };
        let reason = format!("two ballots of one seat, which passed from {one} to {other}");
        Err(Refusal::new(reason)
            .with_help("keep the line of the one that held the seat on the day")
            .at(&self.path)
            .into())
    }

    /// The list as the body counts it on a day, where that is another one.
    fn counted(
        &self,
        reference: &Reference,
        body: Option<&str>,
        day: NaiveDate,
    ) -> Option<CountedList> {
        let known = reference.body(body?)?;
        let ballots = Ballots::from_participants(self.ballots.iter().copied());
        known.counted_list(&ballots, day.into())
    }

    /// Where the lines above the table name another body or another day than those that are decided by.
    pub(super) fn says_otherwise(&self, body: Option<&str>, day: NaiveDate) -> Vec<String> {
        let mut notes = Vec::new();
        if let (Some(own), Some(body)) = (&self.body, body)
            && own.as_str() != body
        {
            notes.push(format!(
                "the file of ballots says body `{own}`; they are decided as those of `{body}`"
            ));
        }
        let own = self.date.map(|date| date.to_string());
        if let Some(own) = own.filter(|own| !day.to_string().starts_with(own)) {
            notes.push(format!(
                "the file of ballots says date {own}; they are decided as of {day}"
            ));
        }
        notes
    }
}

/// The text of a line above the table, if there is one.
fn text_of(line: Option<(impl AsRef<str>, impl AsRef<str>)>) -> Option<String> {
    let text = line.map(|(_, text)| text.as_ref().trim().to_owned());
    text.filter(|text| !text.is_empty())
}

/// Two states with a ballot of one seat, which passed from the one to the other.
fn seat_twice(ballots: &[(Participant, Choice)]) -> Option<[Participant; 2]> {
    let mut holders = HashMap::new();
    let cast = ballots.iter();
    let cast = cast.filter(|(_, choice)| *choice != Choice::NotEligible);
    let two = cast
        .filter_map(|(who, _)| entity(who.code()?))
        .find_map(|holder| {
            let seat = iter::successors(Some(holder), |holder| holder.continues()).last()?;
            let before: Option<Entity> = holders.insert(seat.code(), holder);
            let before = before.filter(|before| before.code() != holder.code())?;
            Some([before, holder])
        });
    let [one, other] = two?;
    let passes_to = |from: Entity, to: Entity| {
        let mut later = iter::successors(Some(from), |holder| holder.continued_by());
        later.any(|holder| holder.code() == to.code())
    };
    Some(match passes_to(one, other) {
        true => [one.code().into(), other.code().into()],
        false => [other.code().into(), one.code().into()],
    })
}

/// The ballots of a document of lists, its names resolved as those of a table are.
fn named(ballots: &Ballots, path: &Path) -> Result<Vec<(Participant, Choice)>, Error> {
    if ballots.is_empty() {
        return Err(Refusal::new("there is no ballot in it")
            .with_help("list codes under their choice: {\"yes\": [\"FRA\"], \"no\": [\"RUS\"]}")
            .at(path)
            .into());
    }
    let resolved = |ballot: Ballot<'_>| {
        let named = || match participant(&ballot.entry.label()) {
            Err(Error::Refused(refusal)) => Err(refusal.in_field(ballot.choice).at(path).into()),
            resolved => resolved,
        };
        let state = ballot.entry.who.map_or_else(named, Ok)?;
        Ok((state, ballot.choice))
    };
    ballots.iter().map(resolved).collect()
}
