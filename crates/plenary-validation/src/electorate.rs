//! Who could be on the list of a vote: what [`Body::electorate`](plenary_bodies::Body::electorate) says, remembered for the last votes.

use std::collections::VecDeque;
use std::sync::Arc;

use plenary_bodies::{Electorate, Reference};
use plenary_types::{BodyId, Date};

/// The electorates of the last votes: most votes are of the body and the day of one just before, on whichever thread.
#[derive(Debug, Default)]
pub(crate) struct Electorates {
    recent: VecDeque<(BodyId, Date, Option<Arc<Electorate>>)>,
}

const RECENT: usize = 8;

impl Electorates {
    pub(crate) fn get(
        &mut self,
        reference: &Reference,
        body: &BodyId,
        date: Date,
    ) -> Option<Arc<Electorate>> {
        let mut recent = self.recent.iter();
        if let Some((.., known)) = recent.find(|(of, on, _)| *on == date && of == body) {
            return known.clone();
        }
        let found = of(reference, body, date);
        self.recent.truncate(RECENT - 1);
        self.recent.push_front((body.clone(), date, found.clone()));
        found
    }
}

/// The electorate of a body at a date, where its composition is on record.
pub(crate) fn of(reference: &Reference, body: &BodyId, date: Date) -> Option<Arc<Electorate>> {
    reference.body(body.as_str())?.electorate(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn votes_of_one_epoch_share_their_electorate_and_no_others_do() {
        let reference = Reference::embedded();
        let mut electorates = Electorates::default();
        let mut get = |body: &BodyId, date: &str| {
            let date = date.parse().unwrap();
            let found = electorates.get(reference, body, date);
            assert_eq!(found, of(reference, body, date), "{body} on {date}");
            found
        };
        let first = get(&BodyId::UNGA, "2018-12-19").unwrap();
        for (body, date, shared) in [
            (BodyId::UNGA, "2018-12-19", true),
            (BodyId::UNSC, "2018-12-19", false),
            (BodyId::UNGA, "2018-12-20", true),
            (BodyId::UNGA, "1956-11-12", false),
            (BodyId::UNGA, "1956-11-13", false),
            (BodyId::UNGA, "1956-11", false),
            (BodyId::UNSC, "1956-11-12", false),
            (BodyId::UNGA, "2018-12", true),
        ] {
            let again = get(&body, date).unwrap();
            assert_eq!(Arc::ptr_eq(&first, &again), shared, "{body} on {date}");
        }
        assert_eq!(get(&"icao-council".parse().unwrap(), "2018-12-19"), None);
    }
}
