//! [`ElectionRecord`]: an election by a body, as its source records it.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{BodyId, Citation, Date, Participant, QuestionKind, Session};

/// An election by a body: who stood for how many seats, and the votes for each in each round. Ballots are secret, so that only the
/// votes for each candidate are known.
///
/// ```
/// use plenary_types::ElectionRecord;
///
/// let text = r#"{"body": "unga", "kind": "sc-election", "to": "unsc", "term": "2021-01-01/2023-01-01", "contests": [
///     {"seats": 1, "rounds": [{"date": "2020-06-18", "valid": 191, "votes": {"KEN": 129, "DJI": 62}, "elected": ["KEN"]}]}]}"#;
/// let election: ElectionRecord = serde_json::from_str(text)?;
/// assert_eq!(election.date().map(|day| day.to_string()).as_deref(), Some("2020-06-18"));
/// assert_eq!(election.contests[0].elected().next().map(|who| who.as_str()), Some("KEN"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ElectionRecord {
    /// What other acts and relations of the document call it; unique in the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Who elected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<BodyId>,
    /// Which kind of question of the body it is: the body elects to each organ by a rule of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<QuestionKind>,
    /// The rule under which it elected, where that is not the rule of the kind: the name of a rule or the text of a requirement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The body to which it elected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<BodyId>,
    /// For which time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<Term>,
    /// The session as the source gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<Session>,
    /// The document that came out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbol: Option<Citation>,
    /// The seats, by group where they are so divided.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contests: Vec<Contest>,
    /// Where it is recorded, when that is not the source of the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Notes of the source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Set when no source that was read confirms it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unverified: bool,
}

/// Seats for which the same candidates stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Contest {
    /// The group that has the seats, where they are divided among groups.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// How many are to be elected.
    pub seats: u32,
    /// The rounds, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rounds: Vec<Round>,
}

/// One round of ballots.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Round {
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// The meeting, by its record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting: Option<Citation>,
    /// How many members could vote, where the source says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub electors: Option<u32>,
    /// The valid ballots: of them the majority is taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid: Option<u32>,
    /// The ballots that were not valid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invalid: Option<u32>,
    /// The ballots without a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub abstain: Option<u32>,
    /// To whom the round was restricted; empty where anybody could be voted for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub restricted_to: Vec<Participant>,
    /// The votes for each candidate.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub votes: BTreeMap<Participant, u32>,
    /// Who was elected, according to the source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub elected: Vec<Participant>,
    /// Who withdrew after the round.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withdrawn: Vec<Participant>,
}

impl ElectionRecord {
    /// When it ended: the date of the last round that has one.
    #[must_use]
    pub fn date(&self) -> Option<Date> {
        let rounds = self.contests.iter().flat_map(|contest| &contest.rounds);
        rounds.filter_map(|round| round.date).max()
    }
}

impl Contest {
    /// Who was elected in any of its rounds, according to the source.
    pub fn elected(&self) -> impl Iterator<Item = Participant> + '_ {
        self.rounds
            .iter()
            .flat_map(|round| round.elected.iter().copied())
    }
}

/// A time of office, from a day until another that is no longer in it: `2021-01-01/2023-01-01`. Without an end it is open:
/// `2021-01-01/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term {
    /// Its first day.
    pub from: NaiveDate,
    /// The first day after it.
    pub to: Option<NaiveDate>,
}

/// Why a text is not a [`Term`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{}` is not a term: expected two days with a stroke between them, such as `2021-01-01/2023-01-01`",
    crate::brief(found)
)]
pub struct TermError {
    /// The text that was refused.
    pub found: String,
}

impl FromStr for Term {
    type Err = TermError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let day = |text: &str| text.parse::<Date>().ok()?.as_day();
        let term = text.split_once('/').and_then(|(from, to)| {
            let from = day(from)?;
            let to = match to {
                "" => None,
                to => Some(day(to).filter(|to| *to > from)?),
            };
            Some(Self { from, to })
        });
        term.ok_or_else(|| TermError {
            found: text.to_owned(),
        })
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to {
            Some(to) => f.pad(&format!("{}/{to}", self.from)),
            None => f.pad(&format!("{}/", self.from)),
        }
    }
}

crate::text::serde_as_text!(Term);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_two_days_of_which_the_first_comes_first() {
        for text in ["2021-01-01/2023-01-01", "2021-01-01/"] {
            let term: Term = text.parse().unwrap();
            assert_eq!(term.to_string(), text);
            assert_eq!(serde_json::to_value(term).unwrap(), text);
        }
        for text in [
            "",
            "2021",
            "2021/2023",
            "/2023-01-01",
            "2023-01-01/2021-01-01",
            "2021-01-01/2021-01-01",
        ] {
            assert!(text.parse::<Term>().is_err(), "{text}");
        }
    }

    #[test]
    fn an_election_is_of_the_day_of_its_last_round() {
        let round = |date: &str| Round {
            date: date.parse().ok(),
            ..Round::default()
        };
        let contest = |rounds: &[&str]| Contest {
            rounds: rounds.iter().map(|date| round(date)).collect(),
            ..Contest::default()
        };
        let election = ElectionRecord {
            contests: vec![
                contest(&["2020-06-17", "2020-06-18"]),
                contest(&["2020-06-17"]),
            ],
            ..ElectionRecord::default()
        };
        assert_eq!(election.date(), "2020-06-18".parse().ok());
        assert_eq!(ElectionRecord::default().date(), None);
    }
}
