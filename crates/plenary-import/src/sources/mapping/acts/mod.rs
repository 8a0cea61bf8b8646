//! Tables of acts that a mapping file explains: signatures, consents and withdrawals of one agreement or many.

pub(super) mod dates;
mod definition;
mod panel;
mod pattern;
mod record;
mod rows;

use plenary_tables::{Row, Rows};
use plenary_types::Place;

use super::known_value;
use crate::check::ReaderCheck;
use crate::csv::header::{Header, same_name};
use crate::csv::row;
use crate::error::{ImportError, Rejected, no_rows};
use crate::input::{Input, Limit};
use crate::record::Import;
use definition::{ActRole, ActsShape};
use record::Agreements;

pub(super) use definition::{ActsFault, ActsMapping, Notation};

/// Tables are read whole.
const LONGEST: Limit = Limit {
    mebibytes: 64,
    of: "a table of acts",
    help: "write the acts of each agreement to a file of its own",
};

/// Reads a table that has every column which a mapping of acts names.
pub(super) fn read(input: &Input, mapping: &ActsMapping) -> Result<Import, ImportError> {
    let path = &input.path;
    let header = Header::of(input)?;
    let bytes = input.bytes_up_to(LONGEST)?;
    let (start, above, delimiter) = row::first_row(&bytes);
    let mut lines = Rows::new(&bytes, delimiter, start, above + 1);
    // The header, which was taken apart.
    lines.next();
    let columns = Columns { header: &header };
    let mut agreements = Agreements::new(input, mapping, &columns);
    let mut account = Account::default();
    let mut panel = panel::Panel::new(mapping, &columns);
    let rows = rows::Reader::new(mapping, &columns, input.names.as_ref());
    for line in lines {
        account.rows += 1;
        let row = match line {
            Ok(row) => row,
            Err(broken) if broken.ends_reading() && !input.lenient => {
                return Err(ImportError::from_row(broken, path));
            }
            Err(broken) => {
                account.rejected.push(Rejected::from_row(broken, path));
                continue;
            }
        };
        let read = match mapping.layout {
            ActsShape::Rows => rows.read(&row, &mut agreements),
            ActsShape::Panel => panel.read(&row, &agreements).map(|()| true),
        };
        match read {
            Ok(true) => {}
            Ok(false) => account.without_act += 1,
            Err(fault) => account.rejected.push(fault.into_rejected(path)),
        }
    }
    if account.rows == 0 {
        return Err(no_rows(path));
    }
    panel.acts_into(&mut agreements);
    let known: Vec<_> = header
        .columns
        .iter()
        .map(|heading| mapping.names(heading).then_some(""))
        .collect();
    let mut findings: Vec<_> = header.odd_columns(input, &known).collect();
    let place = || Place::new(path).with_line(header.lines.max(1));
    let left_out = mapping.leaves_out.iter();
    findings
        .extend(left_out.map(|what| ReaderCheck::SourceLeavesOut.finding(what.as_str(), place())));
    let Account {
        rows,
        rejected,
        without_act,
    } = account;
    let import = Import::from_rows(path, agreements.into_records(), rejected, rows);
    let import = import.with_findings(findings);
    Ok(match without_act {
        0 => import,
        1 => import.with_account("1 row tells of no act"),
        rows => import.with_account(&format!("{rows} rows tell of no act")),
    })
}

/// What became of the rows.
#[derive(Default)]
struct Account {
    rows: u64,
    rejected: Vec<Rejected>,
    without_act: u64,
}

/// The columns of a table by their headings. Of several with one heading the first counts.
struct Columns<'h> {
    header: &'h Header,
}

impl Columns<'_> {
    fn at(&self, heading: &str) -> Option<usize> {
        let mut headings = self.header.columns.iter();
        headings.position(|known| same_name(known, heading))
    }

    fn of_role(&self, mapping: &ActsMapping, role: ActRole) -> Option<usize> {
        mapping
            .columns
            .get(&role)
            .and_then(|heading| self.at(heading))
    }

    fn heading(&self, column: usize) -> &str {
        self.header
            .columns
            .get(column)
            .map_or("", |heading| heading)
    }

    /// The value of a cell; nothing of one that says that nothing is known.
    fn value(&self, mapping: &ActsMapping, row: &Row<'_>, column: Option<usize>) -> String {
        known_value(row, column, &mapping.missing)
    }

    fn place(&self, row: &Row<'_>, column: Option<usize>) -> CellPlace {
        let (line, character) = row.start_of(column.unwrap_or(0));
        CellPlace {
            line,
            character,
            field: column.map(|column| self.heading(column).into()),
        }
    }
}

/// Where a cell stands.
#[derive(Clone, Debug, PartialEq, Eq)]
struct CellPlace {
    line: u64,
    character: u64,
    /// The heading of its column.
    field: Option<Box<str>>,
}

impl CellPlace {
    fn in_file(&self, path: &str) -> Place {
        Place {
            field: self.field.as_deref().map(str::to_owned),
            ..Place::new(path)
                .with_line(self.line)
                .with_column(self.character)
        }
    }
}

/// A cell that cannot be used.
#[derive(Clone, Debug)]
struct Fault {
    place: CellPlace,
    value: String,
    reason: String,
    help: &'static str,
}

impl Fault {
    fn into_rejected(self, path: &str) -> Rejected {
        Rejected {
            place: self.place.in_file(path),
            value: self.value,
            reason: self.reason,
            help: self.help.to_owned(),
        }
    }
}
