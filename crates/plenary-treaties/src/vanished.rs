//! States that no longer exist, and those that continued their treaties.

use std::sync::LazyLock;

use chrono::NaiveDate;
use plenary_types::{ActionKind, StateCode, TreatyAction};

/// A state that no longer exists. Tables of today's participants have no row for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vanished {
    /// Its code.
    pub code: StateCode,
    /// The first day on which it no longer existed.
    pub until: NaiveDate,
    /// Those that declare themselves bound as its successors.
    pub successors: Vec<StateCode>,
}

static ALL: LazyLock<Vec<Vanished>> = LazyLock::new(|| {
    let rows = [
        ("CSK", (1993, 1, 1), &["CZE", "SVK"][..]),
        (
            "YUG",
            (1992, 4, 27),
            &["BIH", "HRV", "MKD", "SRB", "SVN"][..],
        ),
    ];
    rows.into_iter()
        .filter_map(|(code, until, successors)| row(code, until, successors))
        .collect()
});

fn row(code: &str, (year, month, day): (i32, u32, u32), successors: &[&str]) -> Option<Vanished> {
    Some(Vanished {
        code: code.parse().ok()?,
        until: NaiveDate::from_ymd_opt(year, month, day)?,
        successors: successors
            .iter()
            .filter_map(|code| code.parse().ok())
            .collect(),
    })
}

/// The states whose former participation shows in today's tables, because a successor has declared to continue it:
/// Czechoslovakia until the end of 1992, and Yugoslavia until the constitution of the Federal Republic of Yugoslavia on
/// 27 April 1992. The German Democratic Republic and the Yemens leave no such trace.
#[must_use]
pub fn all() -> &'static [Vanished] {
    &ALL
}

/// The first day on which a vanished state no longer existed: the states of [`all`], the German Democratic Republic and
/// Democratic Yemen.
#[must_use]
pub fn end_of(code: StateCode) -> Option<NaiveDate> {
    let others = [("DDR", (1990, 10, 3)), ("YMD", (1990, 5, 22))];
    let listed = all()
        .iter()
        .find(|state| state.code == code)
        .map(|state| state.until);
    listed.or_else(|| {
        let (_, (year, month, day)) = others.into_iter().find(|(c, _)| c.parse() == Ok(code))?;
        NaiveDate::from_ymd_opt(year, month, day)
    })
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
