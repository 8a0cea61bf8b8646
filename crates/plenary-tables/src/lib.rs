#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod acts;
mod ballots;
mod dates;
mod error;
mod groups;
mod header;
mod rows;
mod side;
pub mod split;

pub use acts::{
    ACT_COLUMNS, ActRow, ActsReader, ActsTable, UnknownParticipant, each_act_row, known_code,
    read_acts, write_acts,
};
pub use ballots::{WeightColumn, facts_above, read_ballots, read_weights};
pub use dates::{DateForm, DateFormError, DateOrder, UnsettledDates, gives_day, same_numbers};
pub use error::TableError;
pub use groups::read_groups;
pub use header::{missing_word, same_name};
pub use rows::{BrokenRow, Row, Rows};
pub use side::{CellPlace, Column, SideRow, SideTable};
pub use split::{Fault, Span};
