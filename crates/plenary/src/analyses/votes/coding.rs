//! [`ChoiceCoding`]: numbers for choices.

use std::fmt;
use std::str::FromStr;

use plenary_analysis::table::Column;
use plenary_types::{Choice, many};

/// A number for each choice.
///
/// ```
/// use plenary::ChoiceCoding;
/// use plenary::types::Choice;
///
/// let own: ChoiceCoding = "yes=1,no=0".parse()?;
/// assert_eq!((own.code(Choice::No), own.code(Choice::Abstain)), (Some(0), None));
/// let voeten: ChoiceCoding = "voeten".parse()?;
/// assert_eq!(voeten.code(Choice::NonVoting), Some(8));
/// # Ok::<(), plenary::ChoiceCodingError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceCoding(Vec<(Choice, i32)>);

/// A text that is no coding of choices.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "invalid coding `{text}` (expected `voeten`, `voteview`, or choices with numbers such as `yes=1,abstain=2,no=3`)"
)]
pub struct ChoiceCodingError {
    text: String,
}

impl ChoiceCoding {
    /// The numbers of Voeten's table of votes of the General Assembly (E. Voeten, A. Strezhnev, M. Bailey, United Nations General Assembly
    /// Voting Data, doi:10.7910/DVN/LEJUQZ, codebook): 1 yes, 2 abstain, 3 no, 8 absent, 9 not a member.
    #[must_use]
    pub fn voeten() -> Self {
        Self(vec![
            (Choice::Yes, 1),
            (Choice::Abstain, 2),
            (Choice::No, 3),
            (Choice::NonVoting, 8),
            (Choice::NotEligible, 9),
        ])
    }

    /// The numbers of Voteview (J. B. Lewis and others, Voteview: Congressional Roll-Call Votes Database, <https://voteview.com/data>), as readers
    /// of roll calls take them: 1 yea, 6 nay, 7 present, 9 not voting, 0 not a member. An abstention is 7.
    #[must_use]
    pub fn voteview() -> Self {
        Self(vec![
            (Choice::Yes, 1),
            (Choice::No, 6),
            (Choice::Abstain, 7),
            (Choice::NonVoting, 9),
            (Choice::NotEligible, 0),
        ])
    }

    /// The number of a choice, where it has one.
    #[must_use]
    pub fn code(&self, choice: Choice) -> Option<i32> {
        let mut codes = self.0.iter();
        let found = codes.find(|(known, _)| *known == choice);
        found.map(|(_, code)| *code)
    }

    /// That some choices have no number.
    pub(super) fn uncoded(&self, choices: impl Iterator<Item = Choice>) -> Option<String> {
        let mut counts = [0_u64; Choice::ALL.len()];
        for choice in choices.filter(|choice| self.code(*choice).is_none()) {
            if let Some(count) = counts.get_mut(choice as usize) {
                *count += 1;
            }
        }
        let left = Choice::ALL
            .iter()
            .zip(counts)
            .filter(|(_, count)| *count > 0);
        let left: Vec<String> = left
            .map(|(choice, count)| format!("{} of `{choice}`", many(count, "ballot")))
            .collect();
        (!left.is_empty()).then(|| {
            format!(
                "{}: a choice without a number is left empty",
                left.join(", ")
            )
        })
    }
}

impl fmt::Display for ChoiceCoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = self
            .0
            .iter()
            .map(|(choice, code)| format!("{choice}={code}"));
        f.write_str(&words.collect::<Vec<_>>().join(","))
    }
}

impl FromStr for ChoiceCoding {
    type Err = ChoiceCodingError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim() {
            "voeten" => return Ok(Self::voeten()),
            "voteview" => return Ok(Self::voteview()),
            _ => {}
        }
        let unknown = || ChoiceCodingError {
            text: text.to_owned(),
        };
        let mut codes: Vec<(Choice, i32)> = Vec::new();
        for part in text.split(',') {
            let (word, code) = part.split_once('=').ok_or_else(unknown)?;
            let choice = Choice::from_word(word).ok_or_else(unknown)?;
            let code = code.trim().parse().map_err(|_| unknown())?;
            if codes.iter().any(|(known, _)| *known == choice) {
                return Err(unknown());
            }
            codes.push((choice, code));
        }
        Ok(Self(codes))
    }
}

/// A column of choices: words, or the numbers of a coding.
pub(super) fn column(
    name: &str,
    choices: impl IntoIterator<Item = Option<Choice>>,
    coding: Option<&ChoiceCoding>,
) -> Column {
    let choices = choices.into_iter();
    match coding {
        Some(coding) => Column::integers(name, choices.map(|choice| coding.code(choice?))),
        None => Column::texts(name, choices.map(|choice| Some(choice?.as_str()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coding_is_read_as_it_is_written_and_each_choice_has_one_number() {
        for coding in [ChoiceCoding::voeten(), ChoiceCoding::voteview()] {
            assert_eq!(coding.to_string().parse(), Ok(coding));
        }
        for text in ["", "yes", "yes=x", "perhaps=1", "yes=1,aye=2"] {
            assert!(text.parse::<ChoiceCoding>().is_err(), "{text}");
        }
    }

    #[test]
    fn choices_without_a_number_are_counted() {
        let coding: ChoiceCoding = "yes=1,no=0".parse().unwrap();
        let choices = [
            Choice::Yes,
            Choice::Abstain,
            Choice::Abstain,
            Choice::NonVoting,
        ];
        assert_eq!(
            coding.uncoded(choices.into_iter()).as_deref(),
            Some(
                "2 ballots of `abstain`, 1 ballot of `non-voting`: a choice without a number is left empty"
            )
        );
        assert_eq!(coding.uncoded([Choice::No].into_iter()), None);
    }
}
