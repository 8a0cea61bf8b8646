//! [`Treaty`]: a treaty with its participants' acts.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use chrono::NaiveDate;
use plenary_bodies::{Body, MemberKind};
use plenary_decisions::requirement::GroupRef;
use plenary_decisions::{Clause, Delay, Facts, ParseError, Period};
use plenary_types::{AgreementRelation, Date, Participant, Statement, TreatyAction};
use serde::{Deserialize, Serialize};

use crate::practice::SECRETARY_GENERAL;
use crate::timeline::each_group;

/// A treaty: what is written in it about consent and entry into force, and what its participants did.
#[derive(Clone, Debug, Default)]
pub struct Treaty {
    /// Its number in the depositary's collection, such as `4-11` or `27-7-a`.
    pub id: Option<String>,
    /// Its title.
    pub title: String,
    /// What it is to other treaties.
    pub relations: Vec<AgreementRelation>,
    /// The depositary, whose dates of succession count; the Secretary-General (`un-sg`) where nothing is said.
    pub depositary: Option<String>,
    /// The day on which it was opened for signature.
    pub opened: Option<NaiveDate>,
    /// Its registration under Article 102 of the Charter.
    pub registration: Option<Registration>,
    /// When it enters into force.
    pub clause: Option<Clause>,
    /// The official day of its entry into force, where it is known. It never makes a date of entry into force; where the
    /// acts do not lead to it, it says from when there are parties.
    pub in_force: Option<NaiveDate>,
    /// The delay for those who join later, counted from their own act. By default that of the clause.
    pub later: Option<Delay>,
    /// What the treaty says of withdrawal; nothing where that is not known.
    pub notice: Option<Notice>,
    /// The acts, in the order of the source.
    pub actions: Vec<TreatyAction>,
    /// Reservations, declarations and objections.
    pub statements: Vec<Statement>,
    /// Which participants are organisations: their instruments do not add to a count unless the clause says so.
    pub organisations: Vec<Participant>,
    /// Whose acts count for nothing here.
    pub excluded: Vec<Participant>,
    /// The body whose members a clause means that asks for a share of "members" (Charter, Art. 108): the instrument of whoever
    /// is none of them adds nothing. Without it such a clause cannot be evaluated.
    pub body: Option<Arc<Body>>,
    /// Once in force it binds all members of that body, those that did not ratify as well (Charter, Art. 108).
    pub binds_members: bool,
    /// Withdrawals that the depositary recorded with their effect, though the treaty admits none.
    pub recorded: Vec<TreatyAction>,
    /// The last day of which the source tells, where that is not the last of the acts.
    pub told_until: Option<NaiveDate>,
    /// Whether the acts of states that no longer exist are known to be among the acts, as far as there are any.
    pub vanished_known: bool,
    /// The groups and tables that the clause names.
    pub facts: Facts,
}

/// What a treaty says of withdrawal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Notice {
    /// It takes effect some time after its notice.
    After(Delay),
    /// The treaty provides for none and does not admit any (Vienna Convention on the Law of Treaties, Art. 56(1)).
    None,
}

impl From<Period> for Notice {
    fn from(period: Period) -> Self {
        Self::After(Delay::After(period))
    }
}

impl FromStr for Notice {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim() {
            "none" => Ok(Self::None),
            text => text.parse().map(Self::After),
        }
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::After(delay) => delay.fmt(f),
            Self::None => f.write_str("none"),
        }
    }
}

impl<'de> Deserialize<'de> for Notice {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// The registration of a treaty with the Secretariat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Registration {
    /// The number: `I-30822`. `I` is registered, `II` filed and recorded.
    pub number: String,
    /// The day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
}

/// The date of the last of some acts: the one whose first possible day is the last.
pub(crate) fn last_date(actions: &[TreatyAction]) -> Option<Date> {
    let dates = actions.iter().filter_map(|action| action.date);
    dates.max_by_key(|date| (date.earliest(), std::cmp::Reverse(date.latest())))
}

impl Treaty {
    /// The depositary whose dates of succession count.
    #[must_use]
    pub fn depositary(&self) -> &str {
        self.depositary.as_deref().unwrap_or(SECRETARY_GENERAL)
    }

    /// The delay for a later joiner.
    #[must_use]
    pub fn later_delay(&self) -> Delay {
        let of_clause = || self.clause.as_ref().map(|clause| clause.delay);
        self.later.or_else(of_clause).unwrap_or_default()
    }

    /// The number of members of the body on a day, where it is known.
    #[must_use]
    pub fn members_on(&self, day: NaiveDate) -> Option<u32> {
        self.body.as_ref()?.count_on(day)
    }

    /// What its parties are: States, unless it is of a body of others.
    #[must_use]
    pub fn party_kind(&self) -> MemberKind {
        let body = self.body.as_ref();
        body.map_or(MemberKind::State, |body| body.member_kind())
    }

    /// The participants of a kind that no party can be of, sorted: a person or a unit, where the parties are States (Vienna Convention
    /// on the Law of Treaties, Art. 2(1)(a) and 6). Their acts count for nothing, unless a group of the clause names them.
    #[must_use]
    pub fn of_another_kind(&self) -> Vec<Participant> {
        let mut participants = self.participants();
        participants.retain(|who| !self.can_be_party(*who));
        if let (Some(clause), false) = (&self.clause, participants.is_empty()) {
            let named = self.named_by(clause);
            participants.retain(|who| !named.contains(who));
        }
        participants
    }

    /// Those whom groups of a clause name, sorted.
    pub(crate) fn named_by(&self, clause: &Clause) -> Vec<Participant> {
        let mut named = Vec::new();
        each_group(&clause.requirement, &mut |group| {
            let members = match group {
                GroupRef::Listed(members) => members.as_slice(),
                GroupRef::Named(name) => {
                    let group = self.facts.group(name);
                    group.map_or(&[][..], |group| group.members())
                }
            };
            named.extend_from_slice(members);
        });
        named.sort_unstable();
        named.dedup();
        named
    }

    /// Whether a participant is of the kind that the parties are of.
    pub(crate) fn can_be_party(&self, who: Participant) -> bool {
        match &self.body {
            Some(body) => body.can_have(who),
            None => self.party_kind().includes(who.kind()),
        }
    }

    /// The participants, sorted.
    #[must_use]
    pub fn participants(&self) -> Vec<Participant> {
        let mut codes: Vec<_> = self
            .actions
            .iter()
            .map(|action| action.participant)
            .collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// The date of the last act, no more precise than the source: the one whose first possible day is the last.
    #[must_use]
    pub fn last_act(&self) -> Option<Date> {
        last_date(&self.actions)
    }

    /// Whether a participant has consented, on any day.
    pub(crate) fn has_consent(&self, code: Participant) -> bool {
        !self.excluded.contains(&code)
            && self
                .actions
                .iter()
                .any(|act| act.participant == code && act.kind.is_consent() && act.is_own())
    }

    /// Whether the depositary recorded a withdrawal with its effect.
    pub(crate) fn is_on_record(&self, withdrawal: &TreatyAction) -> bool {
        self.recorded.iter().any(|recorded| {
            recorded.participant == withdrawal.participant
                && recorded.effective.is_some()
                && recorded.effective == withdrawal.effective
        })
    }
}
