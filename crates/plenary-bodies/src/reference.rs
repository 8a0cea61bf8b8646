//! [`Reference`]: what a run judges against.

use std::sync::{Arc, LazyLock};

use crate::Library;

/// What a run judges against: the bodies with their members, seats, rules, groups and weights.
///
/// Every entry point takes a reference. Whoever has no data of their own takes [`Reference::embedded`].
///
/// ```
/// use plenary_bodies::Reference;
///
/// let reference = Reference::embedded();
/// assert!(reference.library().has_size("unsc"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Reference {
    library: Library,
}

static EMBEDDED: LazyLock<Arc<Reference>> = LazyLock::new(|| {
    let library = Library::embedded().clone();
    Arc::new(Reference { library })
});

impl Reference {
    /// The data that comes with the crate.
    #[must_use]
    pub fn embedded() -> &'static Arc<Self> {
        &EMBEDDED
    }

    /// A reference of which the rules are those of a library.
    #[must_use]
    pub const fn new(library: Library) -> Self {
        Self { library }
    }

    /// The rules, sizes, groups and tables.
    #[must_use]
    pub const fn library(&self) -> &Library {
        &self.library
    }
}
