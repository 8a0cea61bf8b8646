//! From the rows of a table to its import.

use plenary_types::{Finding, Place};

use super::dates;
use super::header::Header;
use super::refused::Why;
use super::row::Fault;
use super::scan::Scan;
use super::table::Table;
use crate::check::ReaderCheck;
use crate::error::{ImportError, no_rows};
use crate::input::Input;
use crate::record::Import;

/// The import of a table, with what is odd about it as a whole.
pub(crate) fn of_table(table: Table, whole: Whole) -> Import {
    let (path, rows) = (table.path.clone(), table.scan.rows);
    let account = whole.account + &dates::account(&table.dates) + &table.account_of_undated();
    let import = Import::from_rows(&path, table, Vec::new(), rows);
    import.with_findings(whole.findings).with_remarks(&account)
}

/// What is to be said of a table as a whole.
pub(crate) struct Whole {
    /// What is odd about it.
    pub(crate) findings: Vec<Finding>,
    /// What its account says, behind how it was recognised.
    account: String,
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
) -> Result<Whole, ImportError> {
    refuse_broken(input, scan)?;
    if scan.rows == 0 {
        return Err(no_rows(&input.path));
    }
    let columns = header.odd_columns(input, shown);
    Ok(Whole {
        findings: columns.chain(row_limit(input, scan)).collect(),
        account: header.account(input, shown),
    })
}

fn refuse_broken(input: &Input, scan: &Scan) -> Result<(), ImportError> {
    let broken = |why: Why| {
        matches!(
            why,
            Why::Utf8 | Why::Unclosed | Why::TooLong | Why::CutShort
        )
    };
    if input.lenient {
        return Ok(());
    }
    let Some(bad) = scan.rejected.iter().find(|bad| broken(bad.why)) else {
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
        Why::TooLong => (Fault::TooLong.reason().to_owned(), Fault::TooLong.help()),
        _ => (
            "the file ends in the middle of a row".to_owned(),
            "the file is cut short: download it again",
        ),
    };
    let place = Place::new(path)
        .with_line(bad.line)
        .with_column(bad.character);
    Err(ImportError::syntax(place, reason, help))
}

/// Spreadsheets cut tables at these numbers of lines, header included.
const SPREADSHEET_LIMITS: [u64; 2] = [1 << 20, 1 << 16];

fn row_limit(input: &Input, scan: &Scan) -> Option<Finding> {
    let lines = scan.rows + 1;
    let limit = SPREADSHEET_LIMITS.iter().find(|&&limit| lines == limit)?;
    let place = Place::new(&input.path).with_line(scan.lines.saturating_sub(1));
    let message =
        format!("the table has {limit} lines, as many as a spreadsheet holds: it may be cut");
    let mut finding = ReaderCheck::RowLimit.finding(message, place);
    finding.help =
        Some("download the table again, and do not save it from a spreadsheet".to_owned());
    Some(finding)
}
