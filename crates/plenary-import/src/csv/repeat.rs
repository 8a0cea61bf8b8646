//! The rows of a vote that say what is expected: all that the first row says, and the next name of the list of the vote
//! before. Most rows of a file do, and are told so in one look.

use plenary_types::Choice;

use super::layout::{Layout, Piece, Role, Words};
use super::names::Name;
use super::row;

/// What the rows of one vote are expected to be.
pub(super) struct Expected<'v> {
    parts: Vec<Part<'v>>,
    words: &'v Words,
    delimiter: u8,
}

enum Part<'v> {
    /// What every row says, separators included.
    Shared(&'v [u8]),
    Who,
    Choice,
}

impl<'v> Expected<'v> {
    /// By the pieces of a row, and what each of the shared ones says; `None` for a table with columns that may say anything.
    pub(super) fn of(
        pieces: &[Piece],
        mut shared: impl Iterator<Item = &'v [u8]>,
        layout: &'v Layout,
    ) -> Option<Self> {
        let part = |piece: &Piece| match piece.role {
            Role::Shared => shared.next().map(Part::Shared),
            Role::Who => Some(Part::Who),
            Role::Choice => Some(Part::Choice),
            Role::Ignored => None,
        };
        Some(Self {
            parts: pieces.iter().map(part).collect::<Option<_>>()?,
            words: &layout.words,
            delimiter: layout.delimiter,
        })
    }

    /// What was chosen in the row at the head of these bytes, and what follows it; `None` if it is not all that is expected.
    #[inline]
    pub(super) fn row<'b>(&self, bytes: &'b [u8], name: &Name) -> Option<(Choice, &'b [u8])> {
        let mut rest = bytes;
        let mut runs = name.runs.iter();
        let mut choice = None;
        for part in &self.parts {
            rest = match part {
                Part::Shared(shared) => rest.strip_prefix(*shared)?,
                Part::Who => row::past(rest.strip_prefix(&**runs.next()?)?, self.delimiter)?,
                Part::Choice => {
                    let (letter, after) = rest.split_first()?;
                    choice = Some(self.words.letter(*letter)?);
                    row::past(after, self.delimiter)?
                }
            };
        }
        Some((choice?, rest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PIECES: [Piece; 4] = [
        piece(Role::Shared, 0, 0),
        piece(Role::Who, 1, 2),
        piece(Role::Choice, 3, 3),
        piece(Role::Shared, 4, 5),
    ];

    const fn piece(role: Role, first: usize, last: usize) -> Piece {
        Piece { role, first, last }
    }

    fn layout<const N: usize>(words: [(&str, Choice); N]) -> Layout {
        Layout {
            delimiter: b',',
            roles: Vec::new(),
            key: Vec::new(),
            instead: Vec::new(),
            words: Words::new(words),
        }
    }

    fn read(bytes: &str) -> Option<(Choice, String)> {
        let layout = layout([("Y", Choice::Yes), ("N", Choice::No)]);
        let shared = [&b"7,"[..], b"2018-12-19,\"Safe, orderly\"\n"].into_iter();
        let expected = Expected::of(&PIECES, shared, &layout).unwrap();
        let (choice, rest) = expected.row(bytes.as_bytes(), &Name::of_run("PER,PERU"))?;
        Some((choice, String::from_utf8_lossy(rest).into_owned()))
    }

    #[test]
    fn a_row_that_says_what_is_expected_is_read_at_once() {
        let row = "7,PER,PERU,N,2018-12-19,\"Safe, orderly\"\n";
        assert_eq!(read(row), Some((Choice::No, String::new())));
        assert_eq!(read(&format!("{row}8")), Some((Choice::No, "8".into())));
    }

    #[test]
    fn anything_else_is_left_to_be_taken_apart() {
        for row in [
            "8,PER,PERU,N,2018-12-19,\"Safe, orderly\"\n",
            "7,PER,PERUVIA,N,2018-12-19,\"Safe, orderly\"\n",
            "7,PER,PERU,No,2018-12-19,\"Safe, orderly\"\n",
            "7,PER,PERU,n,2018-12-19,\"Safe, orderly\"\n",
            "7,PER,PERU,N,2018-12-20,\"Safe, orderly\"\n",
            "7,PER,PERU,N,2018-12-19,\"Safe, orderly\"",
            "",
        ] {
            assert_eq!(read(row), None, "{row}");
        }
    }

    #[test]
    fn columns_that_may_say_anything_make_no_expectation() {
        let layout = layout([]);
        let pieces = [piece(Role::Ignored, 0, 0), piece(Role::Choice, 1, 1)];
        assert!(Expected::of(&pieces, [].into_iter(), &layout).is_none());
    }
}
