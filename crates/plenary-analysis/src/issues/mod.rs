//! Issue codes: what a vote is about, by the six issues of Erik Voeten's data ([`Issue`]).
//!
//! A source that codes its votes ([`Source::codes_issues`](plenary_types::Source::codes_issues)) goes before everything: its codes stay as they
//! are, and a vote to which it gives none has none. For any other vote the codes are computed by a [`Classifier`] from the words of the title,
//! the question, the agenda item and the subjects, and are marked so ([`IssueBasis`]).

mod classifier;
mod terms;
pub mod training;

use std::fmt;

use plenary_types::{Agreement, Decision, Issue, many};

pub use classifier::{Classifier, ClassifierError};
use classifier::{PerIssue, SCALE};

/// Where the issue codes of a vote come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IssueBasis {
    /// Its source codes issues.
    Source,
    /// They were computed from its words.
    Computed,
}

impl IssueBasis {
    /// Its word in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Computed => "computed",
        }
    }
}

/// The issues of a vote: several, one or none.
///
/// They print as codes in the order of [`Issue::ALL`]: `me; hr`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IssueCodes {
    has: PerIssue<bool>,
    scores: Option<PerIssue<i32>>,
}

impl IssueCodes {
    /// Where they come from.
    #[must_use]
    pub const fn basis(&self) -> IssueBasis {
        match self.scores {
            None => IssueBasis::Source,
            Some(_) => IssueBasis::Computed,
        }
    }

    /// Whether an issue is among them.
    #[must_use]
    pub fn contains(&self, issue: Issue) -> bool {
        *self.has.of(issue)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// The issues, in the order of [`Issue::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = Issue> + '_ {
        Issue::ALL.into_iter().filter(|issue| self.contains(*issue))
    }

    /// The score of an issue where it was computed: the log-odds that the vote has it, so that it has it above zero.
    #[must_use]
    pub fn score(&self, issue: Issue) -> Option<f64> {
        let scores = self.scores.as_ref()?;
        Some(f64::from(*scores.of(issue)) / SCALE)
    }
}

impl fmt::Display for IssueCodes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, issue) in self.iter().enumerate() {
            let before = if place == 0 { "" } else { "; " };
            write!(f, "{before}{issue}")?;
        }
        Ok(())
    }
}

/// The issues of a vote: those of its source where it codes issues, else computed by the built-in [`Classifier`].
///
/// ```
/// use plenary_analysis::issues::{IssueBasis, classify};
/// use plenary_types::{Agreement, Decision};
///
/// let agreement = Agreement {
///     title: "Israeli practices affecting the human rights of the Palestinian people".to_owned(),
///     ..Agreement::default()
/// };
/// let codes = classify(&agreement, &Decision::default());
/// assert_eq!(codes.to_string(), "me; hr");
/// assert_eq!(codes.basis(), IssueBasis::Computed);
/// ```
#[must_use]
pub fn classify(agreement: &Agreement, decision: &Decision) -> IssueCodes {
    if are_coded(agreement) {
        let subjects = agreement.subjects.iter();
        let coded: Vec<Issue> = subjects
            .filter_map(|subject| subject.parse().ok())
            .collect();
        return IssueCodes {
            has: PerIssue::from_fn(|issue| coded.contains(&issue)),
            scores: None,
        };
    }
    let subjects = agreement.subjects.iter().map(String::as_str);
    let texts = own_texts(agreement, decision).chain(subjects);
    Classifier::built_in().codes(texts)
}

/// Whether a source of an agreement codes issues.
pub(crate) fn are_coded(agreement: &Agreement) -> bool {
    agreement.sources.iter().any(|source| source.codes_issues)
}

/// What a vote's issues are computed from, beside the subjects: the title, what was put to the body, the agenda item.
fn own_texts<'a>(
    agreement: &'a Agreement,
    decision: &'a Decision,
) -> impl Iterator<Item = &'a str> + use<'a> {
    let question = decision.question.text.as_ref();
    let own = [Some(&agreement.title), question, decision.agenda.as_ref()];
    own.into_iter().flatten().map(String::as_str)
}

/// What votes that were selected by their issues rest on, for the metadata of a result.
#[must_use]
pub fn describe_basis(votes: usize, computed: usize) -> String {
    let of_source = votes.saturating_sub(computed);
    format!(
        "{} selected by the codes of their source, {computed} by codes that plenary computed from their words (docs/issues.md)",
        many(of_source as u64, "vote"),
    )
}

#[cfg(test)]
mod tests {
    use plenary_types::Source;

    use super::*;

    fn vote(title: &str, subjects: &[&str], codes_issues: bool) -> Agreement {
        Agreement {
            title: title.to_owned(),
            subjects: subjects.iter().map(|&subject| subject.to_owned()).collect(),
            sources: vec![Source {
                codes_issues,
                ..Source::default()
            }],
            ..Agreement::default()
        }
    }

    fn codes(agreement: &Agreement) -> (String, IssueBasis) {
        let codes = classify(agreement, &Decision::default());
        (codes.to_string(), codes.basis())
    }

    #[test]
    fn codes_of_a_source_stay_as_they_are() {
        let title = "Question of Palestine";
        assert_eq!(
            codes(&vote(title, &[], true)),
            (String::new(), IssueBasis::Source)
        );
        let coded = vote(title, &["Human rights", "Colonialism"], true);
        assert_eq!(codes(&coded), ("co; hr".to_owned(), IssueBasis::Source));
        let score = classify(&coded, &Decision::default()).score(Issue::HumanRights);
        assert_eq!(score, None);
    }

    fn computed(agreement: &Agreement, decision: &Decision) -> String {
        let codes = classify(agreement, decision);
        assert_eq!(codes.basis(), IssueBasis::Computed);
        codes.to_string()
    }

    #[test]
    fn codes_are_computed_from_title_question_agenda_and_subjects() {
        let nothing = Decision::default();
        assert_eq!(
            computed(&vote("Election of the President", &[], false), &nothing),
            ""
        );
        assert_eq!(
            computed(&vote("Question of Palestine", &[], false), &nothing),
            "me"
        );
        assert_eq!(
            computed(&vote("", &["PALESTINE QUESTION"], false), &nothing),
            "me"
        );
        let agenda = Decision {
            agenda: Some("A/75/251 103 General and complete disarmament.".to_owned()),
            ..Decision::default()
        };
        assert_eq!(computed(&vote("Report", &[], false), &agenda), "di");
        let mut question = Decision::default();
        question.question.text = Some("TO CONDEMN RACISM".to_owned());
        assert_eq!(computed(&vote("Report", &[], false), &question), "hr");
    }
}
