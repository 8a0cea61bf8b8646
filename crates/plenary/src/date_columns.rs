//! [`date_columns`]: a date in four columns, as in the tables of a dataset.

use plenary_analysis::table::Column;
use plenary_dataset::DateCells;
use plenary_types::Date;

/// The columns `date`, `date_text`, `date_from` and `date_to`: the day, and where it is none, its text and its first and last day.
pub(crate) fn date_columns(dates: impl Iterator<Item = Option<Date>>) -> [Column; 4] {
    let cells: Vec<DateCells> = dates.map(DateCells::from).collect();
    [
        Column::dates("date", cells.iter().map(|cells| cells.day)),
        Column::texts("date_text", cells.iter().map(|cells| cells.text.as_deref())),
        Column::dates("date_from", cells.iter().map(|cells| cells.from)),
        Column::dates("date_to", cells.iter().map(|cells| cells.to)),
    ]
}
