//! From the rows of a table to its import.

use std::sync::OnceLock;

use plenary_types::{Finding, Place};

use super::header::Header;
use super::refused::Why;
use super::row;
use super::scan::Scan;
use super::table::Table;
use crate::check::note;
use crate::error::no_rows;
use crate::input::Input;
use crate::record::{Import, Options, Store, Summary};
use crate::{Format, ImportError, ReaderCheck};

/// The import of a table.
pub(crate) fn of_table(
    table: Table,
    format: Format,
    why: String,
    findings: Vec<Finding>,
) -> Import {
    let bad = table.scan.rejected.len();
    Import {
        summary: Summary {
            path: table.path.to_string(),
            format,
            why,
            rows: table.scan.rows,
            used: table.scan.rows - bad,
            rejected: bad,
            records: table.len() as u64,
            ballots: table.ballots(),
        },
        rejected: Vec::new(),
        listed: OnceLock::new(),
        findings,
        beside: Vec::new(),
        store: Store::Table(Box::new(table)),
    }
}

/// What is odd about a table as a whole. `shown` says by which name each column is known; a column without one is odd.
///
/// # Errors
///
/// A strict import ends with a file whose rows cannot be told apart or read as text.
pub(crate) fn of_whole(
    input: &Input,
    header: &Header,
    shown: &[Option<&'static str>],
    scan: &Scan,
    options: &Options,
) -> Result<Vec<Finding>, ImportError> {
    refuse_broken(input, scan, options)?;
    if scan.rows == 0 {
        return Err(no_rows(&input.path));
    }
    let columns = header.odd_columns(input, shown);
    Ok(columns.chain(row_limit(input, scan)).collect())
}

fn refuse_broken(input: &Input, scan: &Scan, options: &Options) -> Result<(), ImportError> {
    let broken = |why: Why| {
        matches!(
            why,
            Why::Utf8 | Why::Unclosed | Why::TooLong | Why::CutShort
        )
    };
    let mut rejected = scan.rejected.iter().filter(|_| !options.lenient);
    let Some(bad) = rejected.find(|bad| broken(bad.why)) else {
        return Ok(());
    };
    let path = input.path.clone();
    if bad.why == Why::Utf8 {
        return Err(ImportError::Utf8 {
            path,
            line: bad.line,
            column: bad.character,
        });
    }
    let (reason, help) = match bad.why {
        Why::Unclosed => (
            "a quoted field is never closed".to_owned(),
            "close the quote, or download the file again",
        ),
        Why::TooLong => (row::too_long(), row::MEND_TOO_LONG),
        _ => (
            "the file ends in the middle of a row".to_owned(),
            "the file is cut short: download it again",
        ),
    };
    Err(ImportError::Syntax {
        place: Box::new(Place {
            path: Some(path),
            line: Some(bad.line),
            column: Some(bad.character),
            field: None,
        }),
        reason,
        help: help.to_owned(),
    })
}

/// Spreadsheets cut tables at these numbers of lines, header included.
const SPREADSHEET_LIMITS: [u64; 2] = [1 << 20, 1 << 16];

fn row_limit(input: &Input, scan: &Scan) -> Option<Finding> {
    let lines = scan.rows + 1;
    let limit = SPREADSHEET_LIMITS.iter().find(|&&limit| lines == limit)?;
    let place = Place {
        path: Some(input.path.clone()),
        line: Some(scan.lines.saturating_sub(1)),
        ..Place::default()
    };
    let message =
        format!("the table has {limit} lines, as many as a spreadsheet holds: it may be cut");
    let mut finding = note(ReaderCheck::RowLimit, message, place);
    finding.help =
        Some("download the table again, and do not save it from a spreadsheet".to_owned());
    Some(finding)
}
