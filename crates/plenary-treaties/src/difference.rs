//! [`Difference`]: why the date that the acts lead to is not the official one.

use std::fmt;

use chrono::NaiveDate;
use plenary_types::{Date, Participant};
use serde::Serialize;

use crate::treaty::last_date;
use crate::{Assembled, EntryIntoForce, Timeline};

/// Why the acts at hand do not lead to the official day of entry into force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Difference {
    /// The kind of reason.
    pub reason: DifferenceReason,
    /// The reason in words.
    pub text: String,
}

/// The kind of reason why a computed day of entry into force differs from the official one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DifferenceReason {
    /// Participants were left out because one asked for it.
    Excluded,
    /// The clause is not the one that is known for the treaty.
    OtherClause,
    /// The acts of the source end before the official day.
    SourceEndsEarlier,
    /// The source lacks acts that were counted.
    ActsMissing,
    /// States that no longer exist may have made the difference.
    VanishedStates,
    /// Acts are not known to the day.
    ImpreciseDates,
    /// The requirement cannot be evaluated.
    NotEvaluated,
    /// The acts meet the clause before the official day.
    MetEarlier,
}

impl DifferenceReason {
    /// The word for it in results.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Excluded => "excluded",
            Self::OtherClause => "other-clause",
            Self::SourceEndsEarlier => "source-ends-earlier",
            Self::ActsMissing => "acts-missing",
            Self::VanishedStates => "vanished-states",
            Self::ImpreciseDates => "imprecise-dates",
            Self::NotEvaluated => "not-evaluated",
            Self::MetEarlier => "met-earlier",
        }
    }
}

impl fmt::Display for DifferenceReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Difference {
    /// Why the acts of a treaty do not lead to the official day of its entry into force; nothing where they do, or where
    /// there is no clause to compare.
    #[must_use]
    pub fn from_official(
        assembled: &Assembled,
        timeline: &Timeline<'_>,
        official: NaiveDate,
    ) -> Option<Self> {
        use DifferenceReason as Reason;
        let treaty = &assembled.treaty;
        let computed = timeline.entry_into_force();
        let day = timeline.entry().map(|entry| entry.day);
        if day == Some(official) || *computed == EntryIntoForce::NoClause {
            return None;
        }
        let because = |reason, text: String| Some(Self { reason, text });
        if !treaty.excluded.is_empty() {
            let excluded = codes(&treaty.excluded);
            return because(
                Reason::Excluded,
                format!("the acts of {excluded} are left out"),
            );
        }
        if assembled.own_clause {
            let text = "the clause is not the one that is known for the treaty";
            return because(Reason::OtherClause, text.to_owned());
        }
        let (earliest, latest) = match computed {
            EntryIntoForce::On(entry) => (Some(entry.day), Some(entry.day)),
            EntryIntoForce::Depends {
                earliest, latest, ..
            } => (
                earliest.as_ref().map(|entry| entry.day),
                latest.as_ref().map(|entry| entry.day),
            ),
            EntryIntoForce::Undetermined { missing } => {
                let text = format!(
                    "the clause cannot be evaluated without {}",
                    missing.join("; ")
                );
                return because(Reason::NotEvaluated, text);
            }
            _ => (None, None),
        };
        if latest.is_some_and(|latest| latest < official) {
            let text = "the acts would give an earlier day: the depositary did not count one of them, or a day or the clause is wrong";
            return because(Reason::MetEarlier, text.to_owned());
        }
        let may_be = earliest.is_some_and(|earliest| earliest <= official);
        if let (true, EntryIntoForce::Depends { on, vague, .. }) = (may_be, computed) {
            return if on.is_empty() {
                let text = format!("acts of {} are not known to the day", codes(vague));
                because(Reason::ImpreciseDates, text)
            } else {
                let text = format!("the acts of {} are not in the source", codes(on));
                because(Reason::VanishedStates, text)
            };
        }
        let last = last_date(assembled.telling());
        let completed = |last: Date| {
            let clause = treaty.clause.as_ref();
            let effect = clause.and_then(|clause| clause.delay.after(last.earliest()));
            effect.is_some_and(|effect| effect >= official)
        };
        match last {
            Some(last) if !completed(last) => because(
                Reason::SourceEndsEarlier,
                format!(
                    "the acts of the source end on {last}, before the instrument that completed the clause"
                ),
            ),
            _ => because(
                Reason::ActsMissing,
                "the source lacks instruments that the depositary counted".to_owned(),
            ),
        }
    }
}

fn codes(codes: &[Participant]) -> String {
    let codes: Vec<_> = codes.iter().map(ToString::to_string).collect();
    codes.join(", ")
}
