//! The header row of a table: which column is which.

use std::sync::Arc;

use plenary_types::{Finding, Place};

pub(crate) use plenary_tables::same_name;
use plenary_tables::{Row, Rows};

use super::row::{self, Span};
use crate::check::ReaderCheck;
use crate::error::{ImportError, Rejected, syntax};
use crate::input::Input;
use crate::texts::count;

/// The headings over numbers of rows: none by R and pandas, and what these read it as when they read such a table again.
const COUNTING: [&str; 4] = ["", "Unnamed: 0", "X", "...1"];

/// A header row, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) delimiter: u8,
    /// The names as printed, without quotes and outer spaces.
    pub(crate) columns: Arc<[Box<str>]>,
    /// How many bytes it takes, line end included.
    pub(crate) bytes: usize,
    /// How many lines it takes.
    pub(crate) lines: u64,
}

impl Header {
    /// That of an input.
    ///
    /// # Errors
    ///
    /// [`ImportError::Syntax`] where it cannot be taken apart.
    pub(crate) fn of(input: &Input) -> Result<Self, ImportError> {
        Self::read(&input.head, input.whole).ok_or_else(|| {
            let reason = "the header cannot be taken apart";
            syntax(&input.path, 1, reason, "fix its quotes")
        })
    }

    /// Gives each row below it that has as many fields to `each`, which says why it rejects one; how many rows there are, and those that are rejected.
    ///
    /// # Errors
    ///
    /// [`ImportError`] where nothing behind a row can be read, unless the input is read leniently.
    pub(crate) fn each_row(
        &self,
        input: &Input,
        text: &[u8],
        mut each: impl FnMut(&Row<'_>) -> Option<Rejected>,
    ) -> Result<(u64, Vec<Rejected>), ImportError> {
        let (mut count, mut rejected) = (0, Vec::new());
        for row in Rows::new(text, self.delimiter, self.bytes, self.lines + 1) {
            count += 1;
            let width = self.columns.len();
            let refused = match row {
                Ok(row) if row.len() == width => each(&row),
                Ok(row) => Some(Rejected::of_width(&row, width, &input.path)),
                Err(broken) if broken.ends_reading() && !input.lenient => {
                    return Err(ImportError::from_row(broken, &input.path));
                }
                Err(broken) => Some(Rejected::from_row(broken, &input.path)),
            };
            rejected.extend(refused);
        }
        Ok((count, rejected))
    }

    /// That of a text whose first row is one of its table: what its columns are called. In the last name `#` is the number of each column from its
    /// place on; a column without a name has no heading.
    pub(crate) fn of_names(head: &[u8], whole: bool, names: &[String]) -> Option<Self> {
        let first = Self::read(head, whole)?;
        let last = names.len().saturating_sub(1);
        let name = |at: usize| match names.get(at.min(last)) {
            Some(name) if name.contains('#') && at >= last => {
                name.replace('#', &(at - last + 1).to_string())
            }
            Some(name) if at <= last => name.clone(),
            _ => String::new(),
        };
        let columns = (0..first.columns.len()).map(|at| name(at).into());
        Some(Self {
            columns: columns.collect(),
            bytes: 0,
            lines: 0,
            ..first
        })
    }

    /// The first row of a text, if it can be taken apart and is UTF-8.
    pub(crate) fn read(head: &[u8], whole: bool) -> Option<Self> {
        let (start, _, delimiter) = row::first_row(head);
        let mut fields = Vec::new();
        let bytes = row::split(head, start, delimiter, whole, &mut fields).ok()?;
        let name = |span: &Span| -> Option<Box<str>> {
            let value = row::unquote(span.of(head));
            Some(std::str::from_utf8(&value).ok()?.trim().into())
        };
        let columns: Option<Arc<[Box<str>]>> = fields.iter().map(name).collect();
        Some(Self {
            delimiter,
            columns: columns?,
            bytes,
            lines: row::line_ends(head.get(..bytes)?),
        })
    }

    /// The values of a column in the rows at the beginning of an input, without outer spaces.
    pub(crate) fn beginning_of(&self, input: &Input, column: usize) -> Vec<String> {
        let (head, mut at) = (&input.head, self.bytes);
        let (mut fields, mut values) = (Vec::new(), Vec::new());
        while at < head.len()
            && let Ok(next) = row::split(head, at, self.delimiter, input.whole, &mut fields)
        {
            let value = fields.get(column).map(|span| row::unquote(span.of(head)));
            values.extend(value.map(|value| String::from_utf8_lossy(&value).trim().to_owned()));
            at = next;
        }
        values
    }

    /// Whether a heading may stand over numbers of rows.
    pub(crate) fn is_counting(heading: &str) -> bool {
        COUNTING.contains(&heading)
    }

    /// The column, behind no heading or one that programs give such a column, whose values count the rows: the row names of R, the
    /// index of pandas.
    fn counting(&self, input: &Input, known: &[Option<&'static str>]) -> Option<usize> {
        let heading = self.columns.first()?;
        if !Self::is_counting(heading) || known.first()?.is_some() {
            return None;
        }
        let numbers = self.beginning_of(input, 0).into_iter();
        let numbers: Option<Vec<u32>> = numbers.map(|value| count(&value).ok()).collect();
        let numbers = numbers.filter(|numbers| !numbers.is_empty())?;
        numbers.is_sorted_by(|one, next| one < next).then_some(0)
    }

    /// What the account of a table says of a column that counts its rows, behind the rest.
    pub(crate) fn account(&self, input: &Input, known: &[Option<&'static str>]) -> String {
        let counting = self.counting(input, known);
        counting.map_or_else(String::new, |at| {
            format!("; column {} numbers the rows", at + 1)
        })
    }

    /// A finding for the columns that have no heading, unless there is nothing in them: spreadsheets leave such.
    fn unnamed(&self, input: &Input, known: &[Option<&'static str>]) -> Option<Finding> {
        let columns = self.columns.iter().zip(known).enumerate();
        let counting = self.counting(input, known);
        let unnamed = columns.filter(|(at, (name, known))| {
            name.is_empty() && known.is_none() && Some(*at) != counting
        });
        let unnamed: Vec<usize> = unnamed.map(|(at, _)| at).collect();
        let (first, count) = (*unnamed.first()?, unnamed.len());
        let mut values = unnamed.iter().flat_map(|at| self.beginning_of(input, *at));
        if input.whole && values.all(|value| value.is_empty()) {
            return None;
        }
        let message = match count {
            1 => format!(
                "column {} has no heading; what is in it is not kept",
                first + 1
            ),
            _ => format!(
                "{count} columns have no heading, the first is column {}; what is in them is not kept",
                first + 1
            ),
        };
        let mut finding = ReaderCheck::UnknownColumn.finding(message, self.place(input));
        finding.help = Some("give each a heading, or take them away".to_owned());
        Some(finding)
    }

    fn place(&self, input: &Input) -> Place {
        Place::new(&input.path).with_line(self.lines.max(1))
    }

    /// A finding for each column that is not known: its values are not kept.
    pub(crate) fn odd_columns<'a>(
        &'a self,
        input: &'a Input,
        known: &'a [Option<&'static str>],
    ) -> impl Iterator<Item = Finding> + 'a {
        let columns = self.columns.iter().zip(known).enumerate();
        let counting = self.counting(input, known);
        let unknown = columns.filter(move |(at, (name, known))| {
            known.is_none() && !name.is_empty() && Some(*at) != counting
        });
        let unknown = unknown.map(|(at, (column, _))| {
            let place = self.place(input).with_field(&**column);
            let mut before = self.columns.iter().take(at);
            let message = if before.any(|other| same_name(other, column)) {
                format!("column `{column}` is there twice; the values of the second are not kept")
            } else {
                format!("column `{column}` is not one of this format; its values are not kept")
            };
            ReaderCheck::UnknownColumn.finding(message, place)
        });
        unknown.chain(self.unnamed(input, known))
    }
}
