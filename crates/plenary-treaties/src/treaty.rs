//! [`Treaty`]: a treaty with its participants' acts.

use chrono::NaiveDate;
use plenary_decisions::{Clause, Delay, Facts, Period};
use plenary_types::{Date, Parent, StateCode, Statement, TreatyAction};
use serde::{Deserialize, Serialize};

/// A treaty: what is written in it about consent and entry into force, and what its participants did.
#[derive(Clone, Debug, Default)]
pub struct Treaty {
    /// Its number in the depositary's collection, such as `4-11` or `27-7-a`.
    pub id: Option<String>,
    /// Its title.
    pub title: String,
    /// The treaty that it belongs to, for protocols and amendments.
    pub parent: Option<Parent>,
    /// The day on which it was opened for signature.
    pub opened: Option<NaiveDate>,
    /// Its registration under Article 102 of the Charter.
    pub registration: Option<Registration>,
    /// When it enters into force.
    pub clause: Option<Clause>,
    /// The delay for those who join later, counted from their own act. By default that of the clause.
    pub later: Option<Delay>,
    /// The notice of withdrawal, where the treaty gives one. Otherwise twelve months are assumed (Vienna Convention on the
    /// Law of Treaties, Art. 56(2)), and [`Timeline::assumed_ends`](crate::Timeline::assumed_ends) tells for whom.
    pub notice: Option<Period>,
    /// The acts, in the order of the source.
    pub actions: Vec<TreatyAction>,
    /// Reservations, declarations and objections.
    pub statements: Vec<Statement>,
    /// Which participants are organisations: their instruments do not add to a count unless the clause says so.
    pub organisations: Vec<StateCode>,
    /// Whose acts count for nothing here.
    pub excluded: Vec<StateCode>,
    /// How many members there are from which day on, for clauses that ask for a share of the members of a body
    /// (Charter, Art. 108). Without it the members are the signatories and those that have consented.
    pub membership: Vec<(NaiveDate, u32)>,
    /// Whether the acts of states that no longer exist are known to be among the acts, as far as there are any.
    pub vanished_known: bool,
    /// The groups and tables that the clause names.
    pub facts: Facts,
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

impl Treaty {
    /// The notice of withdrawal that holds or is assumed.
    #[must_use]
    pub fn notice(&self) -> Period {
        self.notice.unwrap_or(Period::Months(12))
    }

    /// The delay for a later joiner.
    #[must_use]
    pub fn later_delay(&self) -> Delay {
        let of_clause = || self.clause.as_ref().map(|clause| clause.delay);
        self.later.or_else(of_clause).unwrap_or_default()
    }

    /// The number of members on a day, where it is known.
    #[must_use]
    pub fn members_on(&self, day: NaiveDate) -> Option<u32> {
        let begun = self.membership.iter().filter(|(from, _)| *from <= day);
        begun
            .max_by_key(|(from, _)| *from)
            .map(|(_, members)| *members)
    }

    /// The participants, sorted.
    #[must_use]
    pub fn participants(&self) -> Vec<StateCode> {
        let mut codes: Vec<_> = self
            .actions
            .iter()
            .map(|action| action.participant)
            .collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }
}
