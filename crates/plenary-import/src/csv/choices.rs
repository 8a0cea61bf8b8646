//! The words that sources use for choices.

use plenary_types::Choice;

/// The words that a source uses for choices.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    letters: Box<[Option<Choice>; 256]>,
    others: Vec<(Box<str>, Choice)>,
    /// Words that are no ballot.
    without: Vec<(Box<str>, NoBallot)>,
}

/// Why a cell is no ballot though it is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoBallot {
    /// The voter is not on the list: a rectangular panel has a cell for everybody.
    NotListed,
    /// It stands for several things.
    Unclear,
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
        Self {
            letters,
            others,
            without: Vec::new(),
        }
    }

    /// The same, with words that are no ballot.
    pub(crate) fn with_no_ballot<'a>(
        mut self,
        words: impl IntoIterator<Item = (&'a str, NoBallot)>,
    ) -> Self {
        let words = words.into_iter().map(|(word, why)| (word.into(), why));
        self.without.extend(words);
        self
    }

    /// Why a word is no ballot, if it is one that says so; of a number also with a fraction of nothing.
    pub(crate) fn no_ballot(&self, word: &str) -> Option<NoBallot> {
        let word = word.trim();
        let whole = whole(word);
        let is = |known: &str| known == word || Some(known) == whole;
        let known = self.without.iter().find(|(known, _)| is(known));
        known.map(|(_, why)| *why)
    }

    /// The choice of a one-letter word.
    pub(crate) fn letter(&self, letter: u8) -> Option<Choice> {
        self.letters[usize::from(letter)]
    }

    /// The choice of a word written as the source writes it; of a number also with a fraction of nothing.
    #[inline]
    pub(crate) fn exact(&self, word: &[u8]) -> Option<Choice> {
        self.listed(word).or_else(|| self.of_number(word))
    }

    #[cold]
    fn of_number(&self, word: &[u8]) -> Option<Choice> {
        let number = whole(std::str::from_utf8(word).ok()?)?;
        self.listed(number.as_bytes())
    }

    #[inline]
    fn listed(&self, word: &[u8]) -> Option<Choice> {
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
        if self.is_in_doubt(word.trim()) {
            return None;
        }
        let sloppy = self.tidy(word).and_then(|tidy| self.exact(tidy.as_bytes()));
        sloppy
            .map(Reading::Sloppy)
            .or_else(|| Choice::from_word(word).map(Reading::Foreign))
    }

    /// Whether a word in other capitals is that of several choices: `Yes`, where `yes` and `YES` are two.
    fn is_in_doubt(&self, word: &str) -> bool {
        if self.exact(word.as_bytes()).is_some() {
            return false;
        }
        let others = self
            .others
            .iter()
            .map(|(known, choice)| (&**known, *choice));
        let mut same = others.filter(|(known, _)| known.eq_ignore_ascii_case(word));
        let first = same.next();
        first.is_some_and(|(_, choice)| same.any(|(_, other)| other != choice))
    }

    /// The source's spelling of a word that differs from it only in capitals or surrounding spaces; `None` if the word is spelled
    /// that way already or is not in the source's vocabulary.
    pub(crate) fn tidy(&self, word: &str) -> Option<String> {
        let trimmed = word.trim();
        let mut cased = [
            trimmed.to_owned(),
            trimmed.to_ascii_uppercase(),
            trimmed.to_ascii_lowercase(),
        ]
        .into_iter();
        let known = || {
            let mut others = self.others.iter().map(|(word, _)| &**word);
            let known = others.find(|known| known.eq_ignore_ascii_case(trimmed));
            known.map(ToOwned::to_owned)
        };
        if self.is_in_doubt(trimmed) {
            return None;
        }
        let tidy = cased.find(|word| self.exact(word.as_bytes()).is_some());
        let tidy = tidy.or_else(known)?;
        (tidy != word && self.exact(word.as_bytes()).is_none()).then_some(tidy)
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

/// A whole number without the fraction of nothing that spreadsheets and data frames give to it: `3.0` is `3`.
pub(crate) fn whole(word: &str) -> Option<&str> {
    let (whole, zeros) = word.split_once('.')?;
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    let is_whole = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let is_nothing = !zeros.is_empty() && zeros.bytes().all(|b| b == b'0');
    (is_whole && is_nothing).then_some(whole)
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
        let tidy = ["Y", " y", "nv ", "", " ", "against"].map(|word| words.tidy(word));
        let expected = [None, Some("Y"), Some("NV"), None, Some(""), None];
        assert_eq!(tidy, expected.map(|tidy| tidy.map(ToOwned::to_owned)));
        let own = [Choice::Yes, Choice::NonVoting, Choice::No].map(|choice| words.word(choice));
        assert_eq!(own, [Some("Y".to_owned()), Some("NV".to_owned()), None]);
    }

    #[test]
    fn a_word_in_other_capitals_is_none_where_it_would_be_that_of_two_choices() {
        use Reading::{Plain, Sloppy};
        let words = Words::new([
            ("yes", Choice::Yes),
            ("no", Choice::No),
            ("YES", Choice::No),
        ]);
        assert_eq!(words.read("yes"), Some(Plain(Choice::Yes)));
        assert_eq!(words.read("YES"), Some(Plain(Choice::No)));
        assert_eq!(words.read("yes "), Some(Sloppy(Choice::Yes)));
        assert_eq!(words.read("No"), Some(Sloppy(Choice::No)));
        assert_eq!((words.read("Yes"), words.tidy("Yes")), (None, None));
    }

    #[test]
    fn a_number_with_a_fraction_of_nothing_is_that_number() {
        use Reading::Plain;
        let words = Words::new([
            ("1", Choice::Yes),
            ("-1", Choice::No),
            ("10", Choice::Abstain),
            ("0.0", Choice::NonVoting),
        ]);
        for (word, read) in [
            ("1.0", Some(Plain(Choice::Yes))),
            ("1.000", Some(Plain(Choice::Yes))),
            ("-1.0", Some(Plain(Choice::No))),
            ("10.0", Some(Plain(Choice::Abstain))),
            ("0.0", Some(Plain(Choice::NonVoting))),
            (" 1.0 ", Some(Reading::Sloppy(Choice::Yes))),
            ("1.5", None),
            ("1.", None),
            (".0", None),
            ("-.0", None),
            ("x.0", None),
            ("2.0", None),
        ] {
            assert_eq!(words.read(word), read, "{word}");
        }
    }
}
