//! What the options of a vote mean: the one list of their words.

use plenary_types::{Choice, Mark};

/// The words of both specifications that are choices.
pub(super) const WORDS: &[(&str, Choice)] = &[
    ("yes", Choice::Yes),
    ("no", Choice::No),
    ("abstain", Choice::Abstain),
    ("absent", Choice::NonVoting),
    ("not voting", Choice::NonVoting),
    ("paired", Choice::NonVoting),
    ("excused", Choice::NonVoting),
];

/// What a choice alone does not say of an option.
const MARKS: [(&str, Mark); 2] = [("paired", Mark::Paired), ("excused", Mark::Excused)];

/// What an option says of a voter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Choice(Choice, Option<Mark>),
    /// `other`: it stands for anything.
    Unclear,
}

/// What a word means, in any capitals, with hyphens or underscores for blanks.
pub(super) fn meaning(word: &str) -> Option<Meaning> {
    let word = word.trim().to_lowercase().replace(['-', '_'], " ");
    if word == "other" {
        return Some(Meaning::Unclear);
    }
    let mut marks = MARKS.iter();
    let mark = marks.find(|(known, _)| *known == word);
    let mut words = WORDS.iter();
    let known = words.find(|(known, _)| *known == word);
    let choice = known.map(|(_, choice)| *choice);
    let choice = choice.or_else(|| Choice::from_word(&word))?;
    Some(Meaning::Choice(choice, mark.map(|(_, mark)| *mark)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_option_of_the_specifications_has_a_meaning() {
        use Choice::{Abstain, No, NonVoting, Yes};
        for (word, expected) in [
            ("yes", Some(Meaning::Choice(Yes, None))),
            ("No", Some(Meaning::Choice(No, None))),
            ("abstain", Some(Meaning::Choice(Abstain, None))),
            ("absent", Some(Meaning::Choice(NonVoting, None))),
            ("not voting", Some(Meaning::Choice(NonVoting, None))),
            ("not-voting", Some(Meaning::Choice(NonVoting, None))),
            (
                "paired",
                Some(Meaning::Choice(NonVoting, Some(Mark::Paired))),
            ),
            (
                "excused",
                Some(Meaning::Choice(NonVoting, Some(Mark::Excused))),
            ),
            ("nay", Some(Meaning::Choice(No, None))),
            ("other", Some(Meaning::Unclear)),
            ("maybe", None),
            ("", None),
        ] {
            assert_eq!(meaning(word), expected, "{word}");
        }
    }
}
