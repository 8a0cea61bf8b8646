//! What each column of a long file of votes is: one row a ballot.

pub(crate) use super::choices::{Reading, Words};
use super::group::Group;

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
    /// Those that do so in rows in which these are blank; the first of them, which names a document, may not be.
    pub(crate) instead: Vec<usize>,
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

    /// Whether a row that is a vote says nowhere which one it is.
    pub(super) fn lacks_key(&self, row: &Group) -> bool {
        let is_blank = |column: &usize| row.value(*column).trim().is_empty();
        !self.key.is_empty() && self.key.iter().all(is_blank)
    }

    /// The columns that say who voted.
    pub(crate) fn who(&self) -> impl Iterator<Item = usize> + '_ {
        let with_role = self.roles.iter().enumerate();
        with_role
            .filter(|(_, r)| **r == Role::Who)
            .map(|(at, _)| at)
    }
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
            instead: Vec::new(),
            words: Words::new([]),
        };
        let ends: Vec<_> = layout.pieces().iter().map(|p| (p.first, p.last)).collect();
        assert_eq!(ends, [(0, 0), (1, 2), (3, 3), (4, 5)]);
    }
}
