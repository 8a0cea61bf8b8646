//! How the dates of an input are written, settled once for all of its rows.

use plenary_tables::{DateForm, DateOrder, UnsettledDates};
use plenary_types::Place;

use crate::error::ImportError;

/// How the dates of a column are written: as the user says, else as the dates themselves settle, each with its line, else as
/// those who publish the table write them.
///
/// # Errors
///
/// [`ImportError`] where nothing settles it.
pub(crate) fn settle<'a>(
    path: &str,
    given: Option<&DateForm>,
    published: Option<DateForm>,
    field: &str,
    dates: impl IntoIterator<Item = (u64, &'a str)>,
) -> Result<DateForm, ImportError> {
    if let Some(given) = given {
        return Ok(given.clone());
    }
    let mut order = DateOrder::default();
    for (line, text) in dates {
        order.add(line, text);
    }
    order
        .settle_or(published)
        .map_err(|unsettled| refused(path, field, unsettled))
}

/// The error of dates that nothing settles.
pub(crate) fn refused(path: &str, field: &str, unsettled: UnsettledDates) -> ImportError {
    let place = Place::new(path).with_line(unsettled.line).with_field(field);
    let (place, reason, help) = (Box::new(place), unsettled.reason, unsettled.help);
    match unsettled.is_ambiguous {
        true => ImportError::AmbiguousDates {
            place,
            reason,
            help,
        },
        false => ImportError::Syntax {
            place,
            reason,
            help,
        },
    }
}

/// What an account says of it, behind the others.
pub(crate) fn account(dates: &DateForm) -> String {
    let account = dates.account();
    account.map_or_else(String::new, |account| format!("; {account}"))
}
