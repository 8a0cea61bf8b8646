//! Who sits in a body on a day.

use chrono::NaiveDate;
use plenary_types::{BodyId, StateCode};

use crate::membership::members_on;
use crate::tables::{COUNCIL, COUNCIL_UNCONFIRMED, EpochRow, PERMANENT};

/// The fewest members that the Council ever had (Article 23 of the Charter as signed).
const SMALLEST_COUNCIL: usize = 11;

/// The first day on which the elected members of the Security Council are not on record here.
///
/// ```
/// use plenary_states::{council_horizon, council_on};
///
/// let last = council_horizon().pred_opt().unwrap();
/// assert_eq!(council_on(last).len(), 15);
/// ```
#[must_use]
pub fn council_horizon() -> NaiveDate {
    // Terms overlap, so on that day the table has those of the elected members whose second year it is.
    let mut rows = COUNCIL.iter().skip(1);
    let short = rows.find(|row| row.members.len() < SMALLEST_COUNCIL);
    short.map_or(NaiveDate::MIN, |row| row.from)
}

/// The first day on which the elected members of the Security Council are on record without a list of votes that confirms
/// them: until then every list of the UN Digital Library agrees with the table of terms.
///
/// ```
/// use plenary_states::{council_confirmed_until, council_horizon};
///
/// assert_eq!(council_confirmed_until().to_string(), "2025-01-01");
/// assert!(council_confirmed_until() < council_horizon());
/// ```
#[must_use]
pub fn council_confirmed_until() -> NaiveDate {
    COUNCIL_UNCONFIRMED.min(council_horizon())
}

/// The members of the Security Council on a day, in the order of their codes.
///
/// Eleven from the first meeting, on 17 January 1946, and fifteen since 1 January 1966 (Article 23 of
/// the Charter and its amendment). From [`council_horizon`] on, only the permanent members are known.
///
/// ```
/// use plenary_states::council_on;
/// use chrono::NaiveDate;
///
/// let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
/// assert_eq!(council_on(day(1950, 6, 27)).len(), 11);
/// assert!(council_on(day(1950, 6, 27)).contains(&"SUN".parse()?));
/// assert_eq!(council_on(day(2003, 5, 22)).len(), 15);
/// # Ok::<(), plenary_types::CodeError>(())
/// ```
#[must_use]
pub fn council_on(day: NaiveDate) -> &'static [StateCode] {
    composition(&COUNCIL, day)
}

/// The days on which the composition of the Security Council changes, oldest first.
pub fn council_days_of_change() -> impl Iterator<Item = NaiveDate> {
    COUNCIL.iter().skip(1).map(|row| row.from)
}

/// The permanent members of the Security Council on a day (Article 23(1) of the Charter), the USSR until
/// 24 December 1991 and the Russian Federation since.
#[must_use]
pub fn permanent_members_on(day: NaiveDate) -> &'static [StateCode] {
    composition(&PERMANENT, day)
}

/// The members of a body on a day, in the order of their codes, or `None` when they are not on record:
/// the General Assembly always, the Security Council until [`council_horizon`].
///
/// ```
/// use plenary_states::body_members_on;
/// use plenary_types::BodyId;
/// use chrono::NaiveDate;
///
/// let day = NaiveDate::from_ymd_opt(2018, 12, 19).unwrap();
/// assert_eq!(body_members_on(&BodyId::UNGA, day).map(<[_]>::len), Some(193));
/// assert_eq!(body_members_on(&BodyId::UNSC, day).map(<[_]>::len), Some(15));
/// assert_eq!(body_members_on(&BodyId::HRC, day), None);
/// ```
#[must_use]
pub fn body_members_on(body: &BodyId, day: NaiveDate) -> Option<&'static [StateCode]> {
    if *body == BodyId::UNGA {
        Some(members_on(day))
    } else if *body == BodyId::UNSC && day < council_horizon() {
        Some(council_on(day))
    } else {
        None
    }
}

fn composition(rows: &'static [EpochRow], day: NaiveDate) -> &'static [StateCode] {
    let after = rows.partition_point(|row| row.from <= day);
    rows.get(after.saturating_sub(1))
        .map_or(&[], |row| row.members)
}
