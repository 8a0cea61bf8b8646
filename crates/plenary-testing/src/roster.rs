//! Who sits in the bodies of the embedded reference.

use std::sync::Arc;

use chrono::NaiveDate;
use plenary_bodies::{Body, Epoch, Reference};
use plenary_types::{BodyId, Participant, StateCode};

/// A body of the embedded reference.
pub(crate) fn known(body: &BodyId) -> Option<&'static Arc<Body>> {
    Reference::embedded().body(body.as_str())
}

/// Who sits in a body on a day, as far as that is on record.
pub(crate) fn epoch_on(body: &BodyId, day: NaiveDate) -> Option<&'static Epoch> {
    known(body)?.roster()?.epoch_on(day)
}

/// The members of a body on a day that have codes, in the order of their codes.
pub(crate) fn members_on(body: &BodyId, day: NaiveDate) -> Vec<StateCode> {
    epoch_on(body, day).map_or_else(Vec::new, |epoch| codes(epoch.members()))
}

/// The codes of those who have one.
pub(crate) fn codes(all: &[Participant]) -> Vec<StateCode> {
    all.iter().filter_map(|who| who.code()).collect()
}
