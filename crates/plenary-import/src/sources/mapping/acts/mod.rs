//! Tables of acts that a mapping file explains: signatures, consents and withdrawals of one agreement or many.

pub(super) mod dates;
mod definition;
mod panel;
mod pattern;
mod record;
mod rows;

use std::collections::BTreeMap;
use std::path::PathBuf;

use plenary_tables::{DateForm, DateOrder, Row, Rows};
use plenary_types::{Place, many};

use super::heading::Heading;
use super::join::{self, Join, Joined};
use super::known_value;
use crate::check::ReaderCheck;
use crate::csv::dates as settled;
use crate::csv::header::{Header, same_name};
use crate::csv::row;
use crate::error::{ImportError, Rejected, no_rows};
use crate::input::{Input, Limit};
use crate::record::{ColumnUse, Import};
use definition::{ActRole, ActsShape};
use record::Agreements;

pub(super) use definition::{ActsFault, ActsMapping, Notation};

/// Tables are read whole.
const LONGEST: Limit = Limit {
    mebibytes: 64,
    of: "a table of acts",
    help: "write the acts of each agreement to a file of its own",
};

/// The other inputs that are read with a table of acts.
pub(super) fn tables_beside(input: &Input, mapping: &ActsMapping) -> Vec<PathBuf> {
    join::among_others(input, &mapping.joins)
}

/// Reads a table that has every column which a mapping of acts names.
pub(super) fn read(input: &Input, mapping: &ActsMapping) -> Result<Import, ImportError> {
    let Some(encoding) = mapping.encoding() else {
        return read_text(input, mapping);
    };
    let bytes = input.bytes_up_to(LONGEST)?;
    let (text, lines) = encoding.decode_lines(&bytes);
    let import = read_text(&input.with_text(text.into_owned())?, mapping)?;
    Ok(match lines {
        0 => import,
        lines => {
            let lines = many(lines, "line");
            import.with_account(&format!("{lines} not in UTF-8, read as {encoding}"))
        }
    })
}

/// Reads a table in UTF-8.
fn read_text(input: &Input, mapping: &ActsMapping) -> Result<Import, ImportError> {
    let path = &input.path;
    let header = Header::of(input)?;
    let bytes = input.bytes_up_to(LONGEST)?;
    let (start, above, delimiter) = row::first_row(&bytes);
    let mut lines = Rows::new(&bytes, delimiter, start, above + 1);
    // The header, which was taken apart.
    lines.next();
    let beside = join::read(input, &mapping.joins, true)?;
    let uses = join::first_of(&header, |heading| mapping.use_of(heading));
    let mut uses = ColumnUse::of_columns(None, uses);
    let columns = Columns::new(&header, mapping, beside.tables);
    let dates = settle(input, mapping, &columns, lines.clone())?;
    let notation = mapping.own_notation().unwrap_or(Notation::Form(&dates));
    let mut agreements = Agreements::new(input, mapping, &columns)?;
    let mut account = Account::default();
    let mut panel = panel::Panel::new(mapping, &columns);
    let rows = rows::Reader::new(mapping, &columns, notation, input.names.as_ref());
    let mut met = columns.met();
    for line in lines {
        account.rows += 1;
        let row = match line {
            Ok(row) => row,
            Err(broken) if broken.ends_reading() && !input.lenient => {
                let some_lines = || some_lines_not_in_utf8(&bytes, path);
                let of_encoding = broken.column.and_then(|_| some_lines());
                return Err(of_encoding.unwrap_or_else(|| ImportError::from_row(broken, path)));
            }
            Err(broken) => {
                account.rejected.push(Rejected::from_row(broken, path));
                continue;
            }
        };
        columns.meet(&row, path, &mut met);
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
    findings.extend(beside.findings);
    let tables = columns.beside.iter().zip(met);
    findings.extend(tables.flat_map(|(beside, met)| beside.table.findings(met.into_iter())));
    let Account {
        rows,
        rejected,
        without_act,
    } = account;
    let import = Import::from_rows(path, agreements.into_records(), rejected, rows);
    let mut import = import
        .with_findings(findings)
        .with_remarks(&header.account(input, &known));
    if mapping.own_notation().is_none() {
        import = import.with_remarks(&settled::account(&dates));
    }
    import = match without_act {
        0 => import,
        1 => import.with_account("1 row tells of no act"),
        rows => import.with_account(&format!("{rows} rows tell of no act")),
    };
    for (path, mut account) in beside.accounts {
        uses.append(&mut account.summary.columns);
        import.account_for(path, account);
    }
    Ok(import.with_columns(uses))
}

/// The error of a table of which a few lines are in another encoding than the rest: it names them. Nothing where half of
/// the lines are.
fn some_lines_not_in_utf8(bytes: &[u8], path: &str) -> Option<ImportError> {
    const NAMED: usize = 20;
    let lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let odd = lines.zip(1u64..).filter_map(|(line, number)| {
        let column = std::str::from_utf8(line).err()?.valid_up_to() as u64 + 1;
        Some((number, column))
    });
    let odd: Vec<(u64, u64)> = odd.collect();
    let count = bytes.split_inclusive(|byte| *byte == b'\n').count();
    let (&(line, column), true) = (odd.first()?, odd.len() * 2 < count) else {
        return None;
    };
    let named: Vec<String> = odd
        .iter()
        .take(NAMED)
        .map(|(line, _)| line.to_string())
        .collect();
    let more = match odd.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let reason = format!(
        "{} of {count} lines {} not in UTF-8: {}{more}",
        odd.len(),
        if odd.len() == 1 { "is" } else { "are" },
        named.join(", ")
    );
    let place = Place::new(path).with_line(line).with_column(column);
    let help = "say by `encoding` in the mapping how such lines are written (`mac-roman` or `windows-1252`), save the file in UTF-8, or skip these rows with `--lenient`";
    Some(ImportError::syntax(place, reason, help))
}

/// How the dates of a table are written, where its mapping does not say it: as the user says, else as they settle themselves, all
/// columns of dates together.
fn settle<'t>(
    input: &Input,
    mapping: &ActsMapping,
    columns: &Columns<'_>,
    rows: Rows<'t>,
) -> Result<DateForm, ImportError> {
    if mapping.own_notation().is_some() {
        return Ok(DateForm::USUAL);
    }
    if let Some(given) = &input.dates {
        return Ok(given.clone());
    }
    let entries = mapping.entries();
    let dated = entries.iter().flat_map(|entry| {
        let columns_of = [&entry.date, &entry.effective];
        let columns_of = columns_of.into_iter().flatten();
        columns_of.filter_map(move |column| Some((columns.at(column)?, entry)))
    });
    let dated: Vec<_> = dated.collect();
    let cells = |row: &Row<'t>| -> Vec<(usize, String)> {
        let cells = dated.iter().map(|(column, entry)| {
            let value = columns.value(mapping, row, Some(*column));
            let value = match entry.after.is_empty() {
                true => Some(dates::apart(&value, mapping, &entry.marks).0),
                false => dates::behind(&value, &entry.after, Notation::USUAL),
            };
            let value = value.map_or("", dates::without_note);
            (*column, value.to_owned())
        });
        cells.collect()
    };
    let mut order = DateOrder::default();
    for row in rows.clone().flatten() {
        for (_, value) in cells(&row) {
            order.add(row.line, &value);
        }
    }
    order.settle().map_err(|unsettled| {
        let mut rows = rows.flatten().filter(|row| row.line == unsettled.line);
        let mut cells = rows
            .next()
            .map_or_else(Vec::new, |row| cells(&row))
            .into_iter();
        let column = cells.find(|(_, value)| *value == unsettled.value);
        let field = column.map_or("", |(column, _)| columns.heading(column));
        settled::refused(&input.path, field, unsettled)
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
    beside: Vec<Beside>,
}

/// A table beside, with the columns by which its rows belong to those of the table.
struct Beside {
    table: Joined,
    key: Vec<Option<usize>>,
}

/// The keys that the rows of a table have, each with the place of the first.
type Met = BTreeMap<String, Place>;

impl Beside {
    fn key(&self, row: &Row<'_>) -> String {
        let values = self.key.iter().copied();
        let values: Vec<_> = values
            .map(|column| column.map_or_else(Default::default, |column| row.value(column)))
            .collect();
        join::key_of(values.iter().map(|value| &**value))
    }
}

impl<'h> Columns<'h> {
    fn new(
        header: &'h Header,
        mapping: &ActsMapping,
        tables: Vec<(Join<ActRole>, Joined)>,
    ) -> Self {
        let mut columns = Self {
            header,
            beside: Vec::new(),
        };
        let tables = tables.into_iter().map(|(join, table)| {
            let key = join.key().into_iter();
            let key = key.map(|(name, _)| columns.at(&mapping.heading(name)));
            Beside {
                key: key.collect(),
                table,
            }
        });
        columns.beside = tables.collect();
        columns
    }

    fn at(&self, column: &Heading) -> Option<usize> {
        let at = |name: &String| {
            let mut headings = self.header.columns.iter();
            headings.position(|known| same_name(known, name))
        };
        column.names().iter().find_map(at)
    }

    fn of_role(&self, mapping: &ActsMapping, role: ActRole) -> Option<usize> {
        mapping.columns.get(role).and_then(|column| self.at(column))
    }

    /// Whether a column or a table beside says one of some roles.
    fn tell(&self, mapping: &ActsMapping, roles: &[ActRole]) -> bool {
        roles.iter().any(|role| {
            let mut beside = self.beside.iter();
            self.of_role(mapping, *role).is_some()
                || beside.any(|beside| beside.table.has(role.as_str()))
        })
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

    /// What a row says of a role: in its own column, else in a table beside.
    fn told(&self, mapping: &ActsMapping, row: &Row<'_>, role: ActRole) -> String {
        let own = self.value(mapping, row, self.of_role(mapping, role));
        if !own.is_empty() {
            return own;
        }
        let beside = self.beside.iter();
        let mut beside = beside.filter(|beside| beside.table.has(role.as_str()));
        let found = beside.find_map(|beside| {
            let value = beside.table.get(&beside.key(row), role.as_str())?;
            let is_known = !value.is_empty() && mapping.missing.iter().all(|word| word != value);
            is_known.then(|| value.to_owned())
        });
        found.unwrap_or_default()
    }

    /// The keys of each table beside that no row has had yet.
    fn met(&self) -> Vec<Met> {
        self.beside.iter().map(|_| Met::new()).collect()
    }

    /// Notes the keys that a row has.
    fn meet(&self, row: &Row<'_>, path: &str, met: &mut [Met]) {
        for (beside, met) in self.beside.iter().zip(met) {
            let key = beside.key(row);
            let place = || Place::new(path).with_line(row.line);
            met.entry(key).or_insert_with(place);
        }
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
    /// What the agreement is called whose acts it keeps from being read; nothing where it may be any of the table.
    agreement: Option<String>,
}

impl Fault {
    /// The same, of an agreement of this name, where it has one.
    fn of_agreement(mut self, name: Option<String>) -> Self {
        self.agreement = name.filter(|name| !name.is_empty());
        self
    }

    fn into_rejected(self, path: &str) -> Rejected {
        Rejected {
            place: self.place.in_file(path),
            value: self.value,
            reason: self.reason,
            help: self.help.to_owned(),
            record: self.agreement,
        }
    }
}
