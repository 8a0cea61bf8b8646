//! [`Answer`]: yes, no, or not to be told.

use serde::{Deserialize, Serialize};

/// Whether something holds: yes, no, or not to be told from what is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// It holds.
    Met,
    /// It does not hold.
    NotMet,
    /// It depends on what is not known.
    Unknown,
}

impl Answer {
    pub(crate) fn of(met: bool) -> Self {
        if met { Self::Met } else { Self::NotMet }
    }

    /// Whether all hold: one that does not settles it.
    pub fn all(answers: impl IntoIterator<Item = Self>) -> Self {
        settle(answers, Self::NotMet, Self::Met)
    }

    /// Whether any holds: one that does settles it.
    pub fn any(answers: impl IntoIterator<Item = Self>) -> Self {
        settle(answers, Self::Met, Self::NotMet)
    }
}

impl std::ops::Not for Answer {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::Met => Self::NotMet,
            Self::NotMet => Self::Met,
            Self::Unknown => Self::Unknown,
        }
    }
}

fn settle(
    answers: impl IntoIterator<Item = Answer>,
    settling: Answer,
    otherwise: Answer,
) -> Answer {
    let mut result = otherwise;
    for answer in answers {
        if answer == settling {
            return settling;
        }
        if answer == Answer::Unknown {
            result = Answer::Unknown;
        }
    }
    result
}
