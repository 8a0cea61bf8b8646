//! Who sits in the bodies of the embedded reference.

use chrono::NaiveDate;
use plenary_bodies::{Epoch, Reference};
use plenary_types::{BodyId, StateCode};

/// The members of a body on a day that have codes, in the order of their codes.
pub(crate) fn members_on(body: &BodyId, day: NaiveDate) -> Vec<StateCode> {
    let known = Reference::embedded().body(body.as_str());
    let epoch = known.and_then(|body| body.roster()?.epoch_on(day));
    let members = epoch.map_or(&[][..], Epoch::members);
    members.iter().filter_map(|who| who.code()).collect()
}
