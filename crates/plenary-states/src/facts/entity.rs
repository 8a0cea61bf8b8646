//! Entities: what can vote, sign or be named, and when it existed.

use std::fmt;

use chrono::NaiveDate;
use plenary_types::{Span, StateCode};

use crate::rows::entity::{EntityKind, EntityRow};
use crate::rows::{ENTITIES, PLACES};

/// A state, area or organisation with its dated facts. A cheap handle into the embedded tables.
///
/// One code is one entity: the Federal Republic of Germany before and after 1990 is `DEU`, both
/// holders of the China seat are `CHN`, and Yugoslavia is `YUG` until 2003. Its names, memberships and
/// codes are separate facts, each with its own dates.
///
/// ```
/// use plenary_states::entity;
///
/// let ussr = entity("SUN".parse()?).unwrap();
/// assert_eq!(ussr.label(), "Union of Soviet Socialist Republics");
/// assert_eq!(ussr.lives()[0].to.unwrap().to_string(), "1991-12-24");
/// # Ok::<(), plenary_types::CodeError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Entity(pub(crate) &'static EntityRow);

impl Entity {
    /// The code: ISO 3166-1 alpha-3 where one exists, of the entity at its time.
    #[must_use]
    pub const fn code(self) -> StateCode {
        self.0.code
    }

    /// State, area or organisation.
    #[must_use]
    pub const fn kind(self) -> EntityKind {
        self.0.kind
    }

    /// The short English name, current or last, without an article.
    #[must_use]
    pub const fn label(self) -> &'static str {
        self.0.label
    }

    /// When it existed, oldest first. A span that starts at [`NaiveDate::MIN`] began before the
    /// records that this crate covers. Syria has two: it was part of the United Arab Republic between.
    #[must_use]
    pub const fn lives(self) -> &'static [Span] {
        self.0.lives
    }

    /// Whether it existed on a day.
    #[must_use]
    pub fn exists_on(self, day: NaiveDate) -> bool {
        self.0.lives.iter().any(|life| life.contains(day))
    }
}

impl PartialEq for Entity {
    fn eq(&self, other: &Self) -> bool {
        self.code() == other.code()
    }
}

impl Eq for Entity {}

impl fmt::Debug for Entity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Entity").field(&self.code()).finish()
    }
}

/// The entity of a code, or `None` when no entity has it.
#[must_use]
pub fn entity(code: StateCode) -> Option<Entity> {
    let place = usize::from(*PLACES.get(code.index())?).checked_sub(1)?;
    ENTITIES.get(place).map(Entity)
}

/// All entities in the order of their codes.
pub fn entities() -> impl ExactSizeIterator<Item = Entity> {
    ENTITIES.iter().map(Entity)
}

/// The entity of a row that is named by its place, as claims name it.
pub(crate) fn at(place: u16) -> Entity {
    Entity(&ENTITIES[usize::from(place)])
}
