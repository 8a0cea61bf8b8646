//! Rows that could not be used, and why.

/// A row that could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BadRow {
    pub(crate) line: u64,
    /// The character in the line, from 1.
    pub(crate) character: u64,
    pub(crate) column: Option<usize>,
    pub(crate) value: String,
    pub(crate) why: Why,
}

/// Why a row could not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// It has fewer or more fields than the header.
    Fields(usize),
    /// The vote is no word of the source.
    Choice,
    /// It does not say who voted.
    Nobody,
    /// It does not say in which vote.
    NoKey,
    /// It has no identifier, and may be of a vote that has one or of another.
    Doubtful,
    /// It is not UTF-8.
    Utf8,
    /// Text follows a closing quote.
    AfterQuote,
    /// A quote is never closed.
    Unclosed,
    /// It is longer than any row.
    TooLong,
    /// The file ends in the middle of it.
    CutShort,
}
