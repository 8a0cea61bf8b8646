//! Long tables whose columns a format knows: one row a ballot.

use plenary_tables::DateForm;
use plenary_types::Finding;

use super::columns::{Column, columns_of};
use super::file;
use super::header::Header;
use super::import::{Whole, of_table, of_whole};
use super::layout::{Layout, Role, Words};
use super::scan::Scan;
use super::table::{LongFormat, Table, VoterColumns};
use crate::error::ImportError;
use crate::input::Input;
use crate::record::Import;

/// A long table, its rows read and its votes not yet made into records.
pub(crate) struct Long {
    path: String,
    header: Header,
    /// For each column, the format's own name for it.
    known: Vec<Option<&'static str>>,
    layout: Layout,
    pub(crate) scan: Scan,
    whole: Whole,
    /// How dates are written, as the user says.
    dates: Option<DateForm>,
}

impl Long {
    /// Reads the rows of a table. Votes are told apart by the column `id`, else by all of the columns `others`; in rows without
    /// an identifier, too, as long as the first of these is not blank.
    pub(crate) fn read(
        input: &Input,
        columns: &'static [Column],
        (id, others): (&str, &[&str]),
        words: Words,
    ) -> Result<Self, ImportError> {
        let header = Header::of(input)?;
        let columns = columns_of(columns, &header.columns);
        let known: Vec<_> = columns.iter().map(|c| c.map(|c| c.name)).collect();
        let role = |column: &Option<&'static Column>| {
            column.map_or(Role::Ignored, |column| column.content.role())
        };
        let at = |name: &str| known.iter().position(|known| *known == Some(name));
        let others: Vec<usize> = others.iter().filter_map(|name| at(name)).collect();
        let id = at(id);
        let layout = Layout {
            delimiter: header.delimiter,
            roles: columns.iter().map(role).collect(),
            key: id.map_or_else(|| others.clone(), |id| vec![id]),
            instead: others,
            words,
        };
        let mut scan = file::scan(input, &layout, header.bytes, header.lines)?;
        scan.reject_doubtful(&layout);
        let whole = of_whole(input, &header, &known, &scan)?;
        Ok(Self {
            path: input.path.clone(),
            header,
            known,
            layout,
            scan,
            whole,
            dates: input.dates.clone(),
        })
    }

    /// What is odd about the table as a whole.
    pub(crate) const fn findings(&mut self) -> &mut Vec<Finding> {
        &mut self.whole.findings
    }

    /// Where a column stands among those on who voted.
    pub(crate) fn among_who(&self, name: &str) -> Option<usize> {
        let mut who = self.layout.who();
        who.position(|column| self.known.get(column) == Some(&Some(name)))
    }

    /// Where code and name stand among the columns on who voted.
    pub(crate) fn voter(&self, code: &str, name: &str) -> VoterColumns {
        VoterColumns {
            code: self.among_who(code),
            name: self.among_who(name),
        }
    }

    /// What the first row of each vote has in a column, without outer spaces.
    pub(crate) fn of_votes(&self, name: &str) -> impl Iterator<Item = String> + '_ {
        let column = self.known.iter().position(|known| *known == Some(name));
        let groups = self.scan.groups.iter();
        groups.filter_map(move |group| Some(group.value(column?).trim().to_owned()))
    }

    /// The import of the table by its format.
    ///
    /// # Errors
    ///
    /// [`ImportError`] where its dates can be read in two ways.
    pub(crate) fn import(self, format: Box<dyn LongFormat>) -> Result<Import, ImportError> {
        let Self {
            path,
            header,
            known,
            layout,
            scan,
            whole,
            dates,
        } = self;
        let table = Table::new(&path, header, layout, known, scan, format, dates)?;
        Ok(of_table(table, whole))
    }
}
