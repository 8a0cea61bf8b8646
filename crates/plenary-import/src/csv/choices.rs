//! The words that sources use for choices.

use plenary_types::Choice;

/// The words that a source uses for choices.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    letters: Box<[Option<Choice>; 256]>,
    others: Vec<(Box<str>, Choice)>,
}

/// A choice as read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// The source's own word.
    Plain(Choice),
    /// The source's word in other capitals or with spaces about it: real, and worth a note.
    Sloppy(Choice),
    /// A word that other sources use.
    Foreign(Choice),
}

impl Words {
    /// The vocabulary of a source.
    pub(crate) fn new<'a>(words: impl IntoIterator<Item = (&'a str, Choice)>) -> Self {
        let mut letters = Box::new([None; 256]);
        let mut others = Vec::new();
        for (word, choice) in words {
            match word.as_bytes() {
                &[letter] => letters[usize::from(letter)] = Some(choice),
                _ => others.push((word.into(), choice)),
            }
        }
        Self { letters, others }
    }

    /// The choice of a one-letter word.
    pub(crate) fn letter(&self, letter: u8) -> Option<Choice> {
        self.letters[usize::from(letter)]
    }

    /// The choice of a word written as the source writes it.
    pub(crate) fn exact(&self, word: &[u8]) -> Option<Choice> {
        if let &[letter] = word {
            return self.letter(letter);
        }
        let known = self
            .others
            .iter()
            .find(|(known, _)| known.as_bytes() == word);
        known.map(|(_, choice)| *choice)
    }

    /// Reads a choice.
    pub(crate) fn read(&self, word: &str) -> Option<Reading> {
        if let Some(choice) = self.exact(word.as_bytes()) {
            return Some(Reading::Plain(choice));
        }
        let tidy = word.trim();
        let cased = [tidy.to_ascii_uppercase(), tidy.to_ascii_lowercase()];
        let sloppy = cased.iter().find_map(|w| self.exact(w.as_bytes()));
        sloppy
            .map(Reading::Sloppy)
            .or_else(|| foreign(tidy).map(Reading::Foreign))
    }

    /// The source's own word for a choice.
    pub(crate) fn word(&self, choice: Choice) -> Option<String> {
        let letter = (0u8..=255).find(|&b| self.letter(b) == Some(choice));
        let mut others = self.others.iter();
        let other = others.find(|(word, means)| *means == choice && !word.is_empty());
        letter
            .map(|letter| char::from(letter).to_string())
            .or_else(|| other.map(|(word, _)| word.to_string()))
    }

    /// The words, for a message.
    pub(crate) fn list(&self) -> String {
        let letters = (0u8..=255).filter(|&b| self.letter(b).is_some());
        let mut words: Vec<String> = letters.map(|b| format!("`{}`", char::from(b))).collect();
        words.extend(self.others.iter().map(|(word, _)| match &**word {
            "" => "nothing".to_owned(),
            word => format!("`{word}`"),
        }));
        match words.split_last() {
            Some((last, others)) if !others.is_empty() => {
                format!("{} or {last}", others.join(", "))
            }
            _ => words.concat(),
        }
    }
}

/// Words for choices that some publications write out.
fn foreign(word: &str) -> Option<Choice> {
    const WORDS: [(&str, Choice); 16] = [
        ("y", Choice::Yes),
        ("yes", Choice::Yes),
        ("in favour", Choice::Yes),
        ("for", Choice::Yes),
        ("n", Choice::No),
        ("no", Choice::No),
        ("against", Choice::No),
        ("a", Choice::Abstain),
        ("abstain", Choice::Abstain),
        ("abstention", Choice::Abstain),
        ("abstaining", Choice::Abstain),
        ("x", Choice::NonVoting),
        ("nv", Choice::NonVoting),
        ("absent", Choice::NonVoting),
        ("non-voting", Choice::NonVoting),
        ("not voting", Choice::NonVoting),
    ];
    let lower = word.to_lowercase();
    let known = WORDS.iter().find(|(known, _)| *known == lower);
    known.map(|(_, choice)| *choice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_other_capitals_are_told_from_words_of_other_sources() {
        use Reading::{Foreign, Plain, Sloppy};
        let words = Words::new([
            ("Y", Choice::Yes),
            ("NV", Choice::NonVoting),
            ("", Choice::NonVoting),
        ]);
        assert_eq!(words.read("Y"), Some(Plain(Choice::Yes)));
        assert_eq!(words.read("y "), Some(Sloppy(Choice::Yes)));
        assert_eq!(words.read("nv"), Some(Sloppy(Choice::NonVoting)));
        assert_eq!(words.read(""), Some(Plain(Choice::NonVoting)));
        assert_eq!(words.read("against"), Some(Foreign(Choice::No)));
        assert_eq!(words.read("AN"), None);
        let own = [Choice::Yes, Choice::NonVoting, Choice::No].map(|choice| words.word(choice));
        assert_eq!(own, [Some("Y".to_owned()), Some("NV".to_owned()), None]);
    }
}
