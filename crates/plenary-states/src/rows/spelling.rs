//! Rows of names, and of the spellings under which they are filed.

use plenary_types::Span;

/// What a spelling is to its entity, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum NameKind {
    /// A short name, as in lists of members.
    Short,
    /// A formal name, as in treaties.
    Formal,
    /// Another spelling, an abbreviation or a customary name.
    Alias,
    /// Initials that mean the entity only as they are written: `WHO`, and not `who`.
    Initials,
    /// A spelling that means the entity only when a date in its span is given: `Russia` for the Soviet
    /// Union, `Germany` for either German state of 1980.
    Contextual,
}

/// A name of an entity, in a language, in a span of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Name {
    /// The name as it is written, without an article in front.
    pub text: &'static str,
    /// The language: a two-letter code of ISO 639-1.
    pub language: &'static str,
    /// Short or formal.
    pub kind: NameKind,
    /// When it was in use.
    pub span: Span,
    /// Where the name and its days come from.
    pub basis: &'static str,
}

/// That an entity is called by a spelling in a span of days.
#[derive(Debug)]
pub(crate) struct Claim {
    /// The place of the entity among the rows of entities.
    pub(crate) entity: u16,
    pub(crate) kind: NameKind,
    pub(crate) span: Span,
}

/// A spelling, and the claims that entities have to it: stretches of all texts and of all claims, since there are so many
/// spellings that a pointer in each would double what they take.
#[derive(Clone, Copy)]
pub(crate) struct Spelling {
    pub(crate) at: u32,
    pub(crate) length: u8,
    pub(crate) count: u8,
    pub(crate) claims: u16,
}

/// A folded spelling that misspelt names are compared with, and its letters as bits.
pub(crate) struct Near {
    pub(crate) letters: u64,
    pub(crate) spelling: Spelling,
}
