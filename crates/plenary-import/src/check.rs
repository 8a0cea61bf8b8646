//! [`ReaderCheck`]: everything that a reader can find fault with.

use std::borrow::Cow;

use plenary_types::{Finding, Place, Severity};

/// What a reader finds fault with while it reads. Every finding of this crate is of one of these.
///
/// `plenary-validation` explains each under the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ReaderCheck {
    /// A field cannot be read.
    UnreadableField,
    /// A vote is not written as the source writes votes.
    VoteGrammar,
    /// The rows of one vote give different values for one field.
    RowsDisagree,
    /// Code and name on a row are those of two states.
    CodeContradictsName,
    /// The name beside a code is nobody's, or that of another state at another time.
    UnknownName,
    /// A list of votes has a member as permanent that is none, or the other way round.
    PermanentMember,
    /// Votes against or abstentions are recorded where no vote was taken.
    BallotsWithoutVote,
    /// The sponsors in the prose of a record are not those of its headings.
    SponsorsDisagree,
    /// Ballots belong to a vote that the table of votes does not have, or there is no such table.
    NoRollCall,
    /// Lists of a vote are there, and no sentence gives their totals or tells what came of it.
    NoResultLine,
    /// A row cannot be used.
    RejectedRow,
    /// A table has a column that the format does not know.
    UnknownColumn,
    /// Of two tables that a mapping joins, one lacks a row, or has one that the other has nothing for.
    RowWithoutMatch,
    /// A table has as many lines as a spreadsheet holds.
    RowLimit,
    /// The source leaves members out by its nature.
    SourceLeavesOut,
    /// A resource of a dataset folder is not read.
    ResourceNotRead,
    /// A column has the code or name of a state for its seat before it held it.
    CodeOfLaterTime,
    /// A file of a dataset folder is not the one that was written.
    ResourceChanged,
    /// A table of a dataset folder does not agree with its documents.
    TablesDisagree,
}

impl ReaderCheck {
    /// All of them.
    pub const ALL: [Self; 19] = [
        Self::UnreadableField,
        Self::VoteGrammar,
        Self::RowsDisagree,
        Self::CodeContradictsName,
        Self::UnknownName,
        Self::PermanentMember,
        Self::BallotsWithoutVote,
        Self::SponsorsDisagree,
        Self::NoRollCall,
        Self::NoResultLine,
        Self::RejectedRow,
        Self::UnknownColumn,
        Self::RowWithoutMatch,
        Self::RowLimit,
        Self::SourceLeavesOut,
        Self::ResourceNotRead,
        Self::CodeOfLaterTime,
        Self::ResourceChanged,
        Self::TablesDisagree,
    ];

    const fn name_and_severity(self) -> (&'static str, Severity) {
        use Severity::{Error, Note, Warning};
        match self {
            Self::UnreadableField => ("unreadable-field", Error),
            Self::VoteGrammar => ("vote-grammar", Note),
            Self::RowsDisagree => ("rows-disagree", Error),
            Self::CodeContradictsName => ("code-contradicts-name", Error),
            Self::UnknownName => ("unknown-name", Warning),
            Self::PermanentMember => ("permanent-member", Error),
            Self::BallotsWithoutVote => ("ballots-without-vote", Error),
            Self::SponsorsDisagree => ("sponsors-disagree", Warning),
            Self::NoRollCall => ("no-roll-call", Warning),
            Self::NoResultLine => ("no-result-line", Warning),
            Self::RejectedRow => ("rejected-row", Error),
            Self::UnknownColumn => ("unknown-column", Warning),
            Self::RowWithoutMatch => ("row-without-match", Warning),
            Self::RowLimit => ("row-limit", Warning),
            Self::SourceLeavesOut => ("source-leaves-out", Note),
            Self::ResourceNotRead => ("resource-not-read", Note),
            Self::CodeOfLaterTime => ("code-of-later-time", Warning),
            Self::ResourceChanged => ("resource-changed", Error),
            Self::TablesDisagree => ("tables-disagree", Error),
        }
    }

    /// The name under which its findings appear.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name_and_severity().0
    }

    /// How sure it is that something is wrong.
    #[must_use]
    pub const fn severity(self) -> Severity {
        self.name_and_severity().1
    }

    /// A finding of it, of its severity.
    #[must_use]
    pub fn finding(self, message: impl Into<String>, place: Place) -> Finding {
        Finding::new(self, self.severity(), message).with_place(place)
    }
}

impl From<ReaderCheck> for Cow<'static, str> {
    fn from(check: ReaderCheck) -> Self {
        Cow::Borrowed(check.name())
    }
}
