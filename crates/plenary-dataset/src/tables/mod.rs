//! The tables of a dataset, derived from its agreements and from the reference data that they are judged by.

mod ballots;
mod decisions;
mod findings;
mod records;
mod reference;
mod rows;

use std::collections::HashMap;
use std::sync::Arc;

use plenary_analysis::table::{Cell, Column, Table};
use plenary_bodies::Reference;
use plenary_types::{Agreement, Finding, Origin};
use plenary_validation::{DatasetChecker, Validator};

pub use ballots::ballots_table;
pub use decisions::{DecisionRow, decision_rows, decisions_table};
pub use rows::DateCells;

use ballots::BallotRows;
use findings::{InDataset, findings_table};
use records::RecordRows;
use reference::Occurring;
use rows::Rows;

use crate::schema::{BALLOTS, DECISIONS, FINDINGS, TABLES, TableSchema};

/// What is derived from one agreement apart from all others: the dear part, so that several threads can do it.
#[derive(Debug)]
pub(crate) struct Derived {
    decisions: Vec<DecisionRow>,
    findings: Vec<Finding>,
}

impl Derived {
    /// What is derived from an agreement, whatever its place in the dataset will be.
    pub(crate) fn new(agreement: &Agreement, validator: &Validator) -> Self {
        let judged = validator.check_apart(agreement, &InDataset(0), &[]);
        Self {
            decisions: decision_rows(0, agreement, validator),
            findings: judged.findings,
        }
    }

    /// The same, of the record at a place.
    fn at(mut self, record: u32) -> Self {
        for row in &mut self.decisions {
            row.record = record;
        }
        for finding in &mut self.findings {
            finding.place.line = Some(record.into());
        }
        self
    }
}

/// Gathers the tables of a dataset, agreement by agreement.
#[derive(Debug)]
pub(crate) struct Gathering<'v> {
    validator: &'v Validator,
    dataset: DatasetChecker<'v>,
    decisions: Rows,
    ballots: BallotRows,
    records: RecordRows,
    occurring: Occurring,
    findings: Vec<Finding>,
}

impl<'v> Gathering<'v> {
    pub(crate) fn new(validator: &'v Validator) -> Self {
        Self {
            validator,
            dataset: DatasetChecker::new(validator),
            decisions: Rows::new(&DECISIONS),
            ballots: BallotRows::default(),
            records: RecordRows::default(),
            occurring: Occurring::default(),
            findings: Vec::new(),
        }
    }

    /// Adds an agreement, the next of the dataset.
    pub(crate) fn add(&mut self, record: u32, agreement: &Agreement, derived: Derived) {
        let origin: Arc<dyn Origin> = Arc::new(InDataset(record));
        self.dataset.add(agreement, &origin);
        let derived = derived.at(record);
        for row in &derived.decisions {
            row.push_to(&mut self.decisions);
            if let Some(body) = &row.body {
                self.occurring.add_body_of_text(body);
            }
        }
        self.ballots.add(record, agreement);
        self.records.add(record, agreement);
        self.occurring.add(agreement);
        self.findings.extend(derived.findings);
    }

    /// The tables, in the order of [`TABLES`].
    pub(crate) fn into_tables(mut self, reference: &Reference) -> Vec<DatasetTable> {
        let ballots = self.ballots.participants().iter().copied();
        self.occurring.add_participants(ballots);
        self.findings.extend(self.dataset.finish());
        self.findings.extend(self.validator.undecided());
        let mut tables: HashMap<&str, Table> = HashMap::from([
            (DECISIONS.name, self.decisions.into_table()),
            (BALLOTS.name, self.ballots.into_table()),
            (FINDINGS.name, findings_table(self.findings)),
        ]);
        tables.extend(self.records.into_tables());
        tables.extend(self.occurring.into_tables(reference));
        let taken = TABLES.iter().filter_map(|schema| {
            let table = tables.remove(schema.name)?;
            Some(DatasetTable { schema, table })
        });
        taken.collect()
    }
}

/// A table of a dataset, and what its columns are.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DatasetTable {
    /// What its columns are.
    pub schema: &'static TableSchema,
    /// The table. Columns that are left out where no row has a value may lack.
    pub table: Table,
}

impl DatasetTable {
    /// Whether a column may lack values: where a record has none although it should, the column says so, and the table is written all the
    /// same.
    pub(crate) fn is_nullable(&self, column: &Column) -> bool {
        let mut known = self.schema.columns.iter();
        let known = known.find(|known| known.name == column.name());
        let lacks = || (0..self.table.len()).any(|row| column.cell(row) == Cell::Missing);
        known.is_none_or(|known| known.is_nullable) || lacks()
    }
}

/// Derives the tables of a dataset of agreements, in the order of [`TABLES`].
///
/// ```
/// use plenary_dataset::dataset_tables;
/// use plenary_validation::Validator;
///
/// let agreement = serde_json::from_str(r#"{"symbols": ["A/RES/73/195"], "acts": [
///     {"act": "decision", "date": "2018-12-19", "ballots": {"yes": ["PER", "FRA"], "no": ["HUN"]}}]}"#)?;
/// let tables = dataset_tables(&[agreement], &Validator::default());
/// let ballots = tables.iter().find(|table| table.schema.name == "ballots").unwrap();
/// assert_eq!(ballots.table.len(), 3);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[must_use]
pub fn dataset_tables(agreements: &[Agreement], validator: &Validator) -> Vec<DatasetTable> {
    let mut gathering = Gathering::new(validator);
    for (record, agreement) in (1..).zip(agreements) {
        gathering.add(record, agreement, Derived::new(agreement, validator));
    }
    gathering.into_tables(validator.reference())
}
