#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod compared;
mod layout;
mod output;
mod schema;
#[cfg(feature = "parquet")]
mod stored;
mod tables;

pub use compared::compare_tables;
pub use layout::{
    DatasetInfo, Edition, UnknownEdition, WriteSettings, WrittenDataset, write_dataset,
};
pub use output::{Form, UnknownForm, WriteError};
pub use schema::{
    ACTS, AGREEMENTS, BALLOTS, BODIES, CODES, ColumnKind, ColumnSchema, DECISIONS, FINDINGS,
    ForeignKey, GROUPS, MEMBERSHIPS, NAMES, PARTICIPANTS, RELATIONS, RULES, SPONSORS, STATEMENTS,
    TABLES, TableSchema,
};
#[cfg(feature = "parquet")]
pub use stored::{StoredError, StoredTables, read_table};
pub use tables::{
    DatasetTable, DateCells, DecisionRow, ballots_table, dataset_tables, decision_rows,
    decisions_table,
};
