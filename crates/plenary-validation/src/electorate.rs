//! [`Electorate`]: who could be on the list of a vote of a body at a date.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use chrono::NaiveDate;
use plenary_types::{BodyId, Date, StateCode};

use crate::reference;

/// Who could be on the list of a recorded vote of a body at a date.
///
/// On the day of an admission or of a succession the order of decisions inside the day is not in a record,
/// so both lists are right: the one before and the one after. The same holds for every day of a date that is
/// known only to the month or the year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Electorate {
    /// Members that must be on a complete list, sorted: members all the time, with the right to take part.
    pub required: Vec<StateCode>,
    /// Members that may be on a list, sorted: members at some time.
    pub possible: Vec<StateCode>,
    /// Members whose right to take part was suspended all the time, sorted.
    pub suspended: Vec<StateCode>,
    /// The least and the greatest number of names that a complete list can have.
    pub seats: (u32, u32),
    /// States admitted during the time in question, in the order of their admission where it is known.
    pub admitted: Vec<StateCode>,
}

impl Electorate {
    /// The electorate of a body, if its members at the date are known.
    ///
    /// Where the members of a body are on record by name (the Security Council until the last election on record, the Council of the
    /// European Union since 2004), they are required and no other state is possible. Of other bodies only the number of seats
    /// is on record, and any member of the United Nations is possible.
    #[must_use]
    pub fn of(body: &BodyId, date: Date) -> Option<Arc<Self>> {
        let key = EpochKey::of(body, date)?;
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(electorate) = known.get(&key) {
            return Some(Arc::clone(electorate));
        }
        let electorate = Arc::new(key.electorate(body, date));
        known.insert(key, Arc::clone(&electorate));
        Some(electorate)
    }

    /// Whether the state may be on the list.
    #[must_use]
    pub fn may_list(&self, state: StateCode) -> bool {
        self.possible.binary_search(&state).is_ok()
    }
}

/// What decides an electorate: two dates with the same key have the same one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct EpochKey {
    body: BodyId,
    first: usize,
    last: usize,
}

/// The electorates that have been asked for, so that the votes of years share one; there are as many as the epochs of the
/// known bodies.
static KNOWN: LazyLock<Mutex<HashMap<EpochKey, Arc<Electorate>>>> = LazyLock::new(Mutex::default);

/// Days on which some membership, right to take part or number of seats changed, in order.
static CHANGES: LazyLock<Vec<NaiveDate>> = LazyLock::new(reference::days_of_change);

impl EpochKey {
    fn of(body: &BodyId, date: Date) -> Option<Self> {
        reference::is_known(body).then(|| {
            let epoch = |day: NaiveDate| CHANGES.partition_point(|change| *change <= day);
            Self {
                body: body.clone(),
                first: epoch(day_before(date.earliest())),
                last: epoch(date.latest()),
            }
        })
    }

    fn electorate(&self, body: &BodyId, date: Date) -> Electorate {
        let mut days = vec![day_before(date.earliest())];
        let changes = CHANGES.get(self.first..self.last);
        debug_assert!(
            changes.is_some(),
            "{}..{} is beyond the changes",
            self.first,
            self.last
        );
        days.extend(changes.unwrap_or_default());
        reference::electorate(body, &days)
    }
}

fn day_before(day: NaiveDate) -> NaiveDate {
    day.pred_opt().unwrap_or(day)
}

/// The electorates of the last votes: most votes are of the body and the day of one just before, on whichever thread.
#[derive(Debug, Default)]
pub(crate) struct Electorates {
    recent: VecDeque<(BodyId, Date, Option<Arc<Electorate>>)>,
}

const RECENT: usize = 8;

impl Electorates {
    pub(crate) fn get(&mut self, body: &BodyId, date: Date) -> Option<Arc<Electorate>> {
        let mut recent = self.recent.iter();
        if let Some((.., known)) = recent.find(|(of, on, _)| *on == date && of == body) {
            return known.clone();
        }
        let found = Electorate::of(body, date);
        self.recent.truncate(RECENT - 1);
        self.recent.push_front((body.clone(), date, found.clone()));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn votes_of_one_epoch_share_their_electorate_and_no_others_do() {
        let mut electorates = Electorates::default();
        let mut get = |body: &BodyId, date: &str| {
            let date = date.parse().unwrap();
            let found = electorates.get(body, date);
            assert_eq!(found, Electorate::of(body, date), "{body} on {date}");
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

    #[test]
    fn on_a_day_of_admissions_the_list_before_and_the_list_after_are_right() {
        let of = |date: &str| Electorate::of(&BodyId::UNGA, date.parse().unwrap()).unwrap();
        let sudan = "SDN".parse().unwrap();
        for (date, seats, required, possible, admitted) in [
            ("1956-11-11", (76, 76), false, false, 0),
            ("1956-11-12", (76, 79), false, true, 3),
            ("1956-11-13", (79, 79), true, true, 0),
            ("1956-11", (76, 79), false, true, 3),
        ] {
            let found = of(date);
            assert_eq!(found.seats, seats, "{date}");
            assert_eq!(found.required.contains(&sudan), required, "{date}");
            assert_eq!(found.may_list(sudan), possible, "{date}");
            assert_eq!(found.admitted.len(), admitted, "{date}");
        }
    }

    #[test]
    fn who_was_admitted_first_on_a_day_is_told_only_where_it_is_known() {
        let admitted = |date: &str| {
            let electorate = Electorate::of(&BodyId::UNGA, date.parse().unwrap()).unwrap();
            let codes = electorate.admitted.iter().map(ToString::to_string);
            codes.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(admitted("1956-11-12"), "SDN MAR TUN");
        assert_eq!(admitted("2011-07-14"), "");
        assert_eq!(admitted("1956-11"), "SDN MAR TUN");
    }

    #[test]
    fn before_a_body_met_any_number_is_possible() {
        let seats = |date: &str| {
            Electorate::of(&BodyId::UNSC, date.parse().unwrap())
                .unwrap()
                .seats
        };
        assert_eq!(seats("1945-12-31"), (0, u32::MAX));
        assert_eq!(seats("1946-01-17"), (11, 11));
        assert_eq!(seats("1946-01-18"), (11, 11));
        assert_eq!(seats("1965-12-31"), (11, 11));
        assert_eq!(seats("1966-01-01"), (11, 15));
    }

    #[test]
    fn the_seats_of_a_body_are_those_that_were_filled_less_the_suspended_members() {
        for (body, date, seats) in [
            ("ecosoc", "1965-08-31", (18, 18)),
            ("ecosoc", "1965-12-31", (18, 18)),
            ("ecosoc", "1966-01-02", (27, 27)),
            ("ecosoc", "1973-09-23", (27, 27)),
            ("ecosoc", "1973-09-25", (27, 54)),
            ("ecosoc", "1973-12-31", (27, 54)),
            ("ecosoc", "1974-01-02", (54, 54)),
            ("hrc", "2011-02-28", (47, 47)),
            ("hrc", "2011-03-02", (46, 47)),
            ("hrc", "2011-11-17", (46, 47)),
            ("hrc", "2011-11-19", (47, 47)),
            ("hrc", "2022-04-08", (46, 47)),
            ("hrc", "2022-05-11", (47, 47)),
            ("eu-council", "2015-09-22", (28, 28)),
        ] {
            let found = Electorate::of(&body.parse().unwrap(), date.parse().unwrap()).unwrap();
            assert_eq!(found.seats, seats, "{body} on {date}");
        }
    }

    #[test]
    fn a_suspended_member_may_be_on_the_list_and_must_not_vote() {
        let of = |date: &str| Electorate::of(&BodyId::HRC, date.parse().unwrap()).unwrap();
        let (libya, russia) = ("LBY".parse().unwrap(), "RUS".parse().unwrap());
        for (date, suspended) in [
            ("2011-03-01", vec![]),
            ("2011-03-24", vec![libya]),
            ("2011-11-18", vec![]),
            ("2022-04-07", vec![]),
            ("2022-04-08", vec![russia]),
        ] {
            let found = of(date);
            assert_eq!(found.suspended, suspended, "{date}");
            assert!(found.may_list(libya) && found.may_list(russia), "{date}");
        }
    }

    #[test]
    fn a_body_whose_members_are_on_record_by_name_lists_them_and_no_others() {
        let (chile, peru) = ("CHL".parse().unwrap(), "PER".parse().unwrap());
        let (brazil, britain) = ("BRA".parse().unwrap(), "GBR".parse().unwrap());
        for (body, date, state, listed, required) in [
            ("unsc", "1985-06-21", peru, true, true),
            ("unsc", "1985-06-21", chile, false, false),
            ("unsc", "1986-01-01", peru, true, false),
            ("unsc", "1986-01-02", peru, false, false),
            ("unsc", "1985-06-21", britain, true, true),
            ("eu-council", "2015-09-22", britain, true, true),
            ("eu-council", "2015-09-22", brazil, false, false),
            ("eu-council", "2020-02-02", britain, false, false),
            ("hrc", "2015-09-22", brazil, true, false),
        ] {
            let found = Electorate::of(&body.parse().unwrap(), date.parse().unwrap()).unwrap();
            assert_eq!(found.may_list(state), listed, "{body} on {date}: {state}");
            let must = found.required.contains(&state);
            assert_eq!(must, required, "{body} on {date}: {state}");
        }
    }
}
