//! The catalogue: every format, one line each.

use std::iter;
use std::sync::LazyLock;

use crate::format::Format;
use crate::recognise::recognise_among;
use crate::recognition::Recognition;
use crate::shipped;
use crate::sources::{
    acts, akoma_ntoso, beside, european_parliament, hrc, mapping, marcxml, native, popolo, printed,
    typed, uk_treaties, undl, untc, unvotes, voeten,
};

/// The built-in formats, in the order in which they are tried: of two that fit, the first.
static BUILT_IN: &[&Format] = &[
    &hrc::FORMAT,
    &uk_treaties::FORMAT,
    &popolo::CIVIC,
    &popolo::FORMAT,
    &native::DOCUMENT,
    &native::DATASET,
    &marcxml::FORMAT,
    &european_parliament::ROLL_CALLS,
    &european_parliament::VOTES,
    &akoma_ntoso::FORMAT,
    &printed::FORMAT,
    &acts::FORMAT,
    &untc::FORMAT,
    &typed::FORMAT,
    &undl::COUNCIL,
    &undl::ASSEMBLY,
    &voeten::FORMAT,
    &unvotes::FORMAT,
    &voeten::DESCRIPTIONS,
    &unvotes::ROLL_CALLS,
    &unvotes::ISSUES,
    &undl::ASSEMBLY_WIDE,
    &beside::VOTEVIEW_MEMBERS,
    &beside::VOTEVIEW_PARTIES,
    &beside::PSCL_LEGISLATORS,
    &beside::POLLS,
    &beside::PARLIAMENT_MEMBERS,
    &beside::PARLIAMENT_GROUPS,
    &mapping::MEMBERS,
];

/// They, then the mappings that plenary ships, of which the most specific counts: they are read once one of them is asked for.
fn built_in() -> impl Iterator<Item = &'static Format> + Clone {
    let shipped = iter::once_with(shipped::formats).flatten();
    let built_in = BUILT_IN.iter().copied();
    built_in.chain(shipped).chain([&mapping::FORMAT])
}

static CATALOGUE: LazyLock<Vec<&'static Format>> = LazyLock::new(|| built_in().collect());

/// The built-in formats.
#[must_use]
pub fn catalogue() -> &'static [&'static Format] {
    &CATALOGUE
}

/// Recognises the format of a text by its beginning, among the built-in formats.
#[must_use]
pub fn recognise(head: &[u8]) -> Recognition {
    recognise_among(built_in(), head)
}

/// The formats that an input may be of: the built-in ones, and those that are added.
///
/// ```
/// let formats = plenary_import::Formats::default();
/// let format = formats.get("voeten-csv").unwrap();
/// assert_eq!(format.page(), Some("voeten"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Formats {
    added: Vec<&'static Format>,
}

impl Formats {
    /// The same and one more, which is tried before the built-in ones.
    #[must_use]
    pub fn with(mut self, format: &'static Format) -> Self {
        self.added.push(format);
        self
    }

    /// All of them, in the order in which they are tried.
    pub fn iter(&self) -> impl Iterator<Item = &'static Format> + Clone + '_ {
        self.added.iter().copied().chain(built_in())
    }

    /// Those that a folder may be of. No mapping that plenary ships reads folders.
    pub(crate) fn of_folders(&self) -> impl Iterator<Item = &'static Format> + '_ {
        self.added.iter().chain(BUILT_IN).copied()
    }

    /// The format of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&'static Format> {
        self.iter().find(|format| format.name() == name)
    }

    /// Recognises the format of a text by its beginning.
    #[must_use]
    pub fn recognise(&self, head: &[u8]) -> Recognition {
        recognise_among(self.iter(), head)
    }
}
