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
    /// The first day on which it could no longer act.
    pub acted_until: NaiveDate,
    /// The first day on which its instruments no longer counted.
    pub until: NaiveDate,
    /// Those that declare themselves bound as its successors; none where its participation leaves no trace.
    pub successors: Vec<StateCode>,
}

impl Vanished {
    /// Whether it can have been bound on a day.
    #[must_use]
    pub fn counted_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && day < self.until
    }
}

type Day = (i32, u32, u32);

/// Code, first day, first day without acts, first day on which its instruments no longer count, successors.
type RowOfData = (&'static str, Option<Day>, Day, Day, &'static [&'static str]);

/// Czechoslovakia until the end of 1992. Yugoslavia until the constitution of the Federal Republic of Yugoslavia, its
/// instruments until that was admitted as a new Member: the fifteenth instrument of the Vienna Convention on Succession of
/// States in respect of Treaties, of October 1996, is the fifteenth only with Yugoslavia's. The German Democratic Republic,
/// which joined treaties of the United Nations from 1973, until its accession to the Federal Republic. Democratic Yemen
/// until the union with the Yemen Arab Republic. The Republic of China until resolution 2758 (XXVI).
const ROWS: [RowOfData; 5] = [
    ("CSK", None, (1993, 1, 1), (1993, 1, 1), &["CZE", "SVK"]),
    (
        "YUG",
        None,
        (1992, 4, 27),
        (2000, 11, 1),
        &["BIH", "HRV", "MKD", "SRB", "SVN"],
    ),
    ("DDR", Some((1973, 1, 1)), (1990, 10, 3), (1990, 10, 3), &[]),
    (
        "YMD",
        Some((1967, 11, 30)),
        (1990, 5, 22),
        (1990, 5, 22),
        &[],
    ),
    ("TWN", None, (1971, 10, 25), (1971, 10, 25), &[]),
];

static ALL: LazyLock<Vec<Vanished>> = LazyLock::new(|| {
    let row = |(code, from, acted_until, until, successors): RowOfData| {
        Some(Vanished {
            code: code.parse().ok()?,
            from: from.and_then(day),
            acted_until: day(acted_until)?,
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
/// successor has declared to continue their participation; those of the German Democratic Republic and of the Republic
/// of China leave no trace. Democratic Yemen's are, in the depositary's practice, in the row of Yemen.
#[must_use]
pub fn all() -> &'static [Vanished] {
    &ALL
}

/// The first day on which the instruments of a vanished state no longer counted.
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
