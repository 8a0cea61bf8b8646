//! States that no longer exist, and those that continued their treaties.

use std::sync::LazyLock;

use chrono::NaiveDate;
use plenary_types::{ActionKind, StateCode, TreatyAction};

/// A state that no longer exists. Tables of today's participants have no row for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vanished {
    /// Its code.
    pub code: StateCode,
    /// The first day from which it took part in treaties open to all states, where that was not from the start.
    pub from: Option<NaiveDate>,
    /// The first day on which it no longer existed.
    pub until: NaiveDate,
    /// Those that declare themselves bound as its successors; none where its participation leaves no trace.
    pub successors: Vec<StateCode>,
}

impl Vanished {
    /// Whether it can have been bound on a day.
    #[must_use]
    pub fn existed_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && day < self.until
    }
}

type Day = (i32, u32, u32);

/// Czechoslovakia until the end of 1992; Yugoslavia until the constitution of the Federal Republic of Yugoslavia; the
/// German Democratic Republic, which joined treaties of the United Nations from 1973, until the accession to the Federal
/// Republic; Democratic Yemen until the union with the Yemen Arab Republic.
const ROWS: [(&str, Option<Day>, Day, &[&str]); 4] = [
    ("CSK", None, (1993, 1, 1), &["CZE", "SVK"]),
    (
        "YUG",
        None,
        (1992, 4, 27),
        &["BIH", "HRV", "MKD", "SRB", "SVN"],
    ),
    ("DDR", Some((1973, 1, 1)), (1990, 10, 3), &[]),
    ("YMD", Some((1967, 11, 30)), (1990, 5, 22), &[]),
];

static ALL: LazyLock<Vec<Vanished>> = LazyLock::new(|| {
    let row = |(code, from, until, successors): (&str, Option<Day>, Day, &[&str])| {
        Some(Vanished {
            code: code.parse().ok()?,
            from: from.and_then(day),
            until: day(until)?,
            successors: successors
                .iter()
                .filter_map(|code| code.parse().ok())
                .collect(),
        })
    };
    ROWS.into_iter().filter_map(row).collect()
});

fn day((year, month, day): Day) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
}

/// The states whose instruments today's tables do not carry. Those of Czechoslovakia and Yugoslavia show in them where a
/// successor has declared to continue their participation; the German Democratic Republic's leave no trace.
/// Democratic Yemen's are, in the depositary's practice, in the row of Yemen.
#[must_use]
pub fn all() -> &'static [Vanished] {
    &ALL
}

/// The first day on which a vanished state no longer existed.
#[must_use]
pub fn end_of(code: StateCode) -> Option<NaiveDate> {
    all()
        .iter()
        .find(|state| state.code == code)
        .map(|state| state.until)
}

/// The acts, with the extinction of every vanished state among their authors that has none yet.
#[must_use]
pub fn with_ends(mut actions: Vec<TreatyAction>) -> Vec<TreatyAction> {
    let mut codes: Vec<_> = actions.iter().map(|action| action.participant).collect();
    codes.sort_unstable();
    codes.dedup();
    for code in codes {
        let told = actions
            .iter()
            .any(|a| a.participant == code && a.kind == ActionKind::Extinction);
        if let Some(end) = end_of(code).filter(|_| !told) {
            actions.push(TreatyAction::new(code, ActionKind::Extinction, end.into()));
        }
    }
    actions
}
