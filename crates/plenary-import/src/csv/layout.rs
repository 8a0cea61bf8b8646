//! What each column of a long file of votes is: one row a ballot.

use plenary_types::Choice;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A fact about the vote: the same in each of its rows.
    Shared,
    /// A fact about who voted: code, name, status.
    Who,
    /// What was chosen.
    Choice,
    /// A column that no adapter knows.
    Ignored,
}

/// How the rows of a file of ballots are built.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    pub(crate) delimiter: u8,
    pub(crate) roles: Vec<Role>,
    /// The shared columns that tell votes apart.
    pub(crate) key: Vec<usize>,
    pub(crate) words: Words,
}

/// A stretch of neighbouring columns of one role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) role: Role,
    pub(crate) first: usize,
    pub(crate) last: usize,
}

impl Layout {
    /// The stretches of a row, in order.
    pub(crate) fn pieces(&self) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        for (at, &role) in self.roles.iter().enumerate() {
            match pieces.last_mut() {
                Some(piece) if piece.role == role && role != Role::Choice => piece.last = at,
                _ => pieces.push(Piece {
                    role,
                    first: at,
                    last: at,
                }),
            }
        }
        pieces
    }

    /// The columns that say who voted.
    pub(crate) fn who(&self) -> impl Iterator<Item = usize> + '_ {
        let with_role = self.roles.iter().enumerate();
        with_role
            .filter(|(_, r)| **r == Role::Who)
            .map(|(at, _)| at)
    }
}

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

    /// The words, for a message.
    pub(crate) fn list(&self) -> String {
        let letters = (0u8..=255).filter(|&b| self.letter(b).is_some());
        let mut words: Vec<String> = letters.map(|b| format!("`{}`", char::from(b))).collect();
        words.extend(self.others.iter().map(|(word, _)| match &**word {
            "" => "nothing".to_owned(),
            word => format!("`{word}`"),
        }));
        words.join(", ")
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
    fn neighbouring_columns_of_a_role_are_one_piece() {
        use Role::{Choice, Shared, Who};
        let layout = Layout {
            delimiter: b',',
            roles: vec![Shared, Who, Who, Choice, Shared, Shared],
            key: vec![0],
            words: Words::new([]),
        };
        let ends: Vec<_> = layout.pieces().iter().map(|p| (p.first, p.last)).collect();
        assert_eq!(ends, [(0, 0), (1, 2), (3, 3), (4, 5)]);
    }

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
    }
}
