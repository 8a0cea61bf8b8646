//! Tables that lie on their side: one row a voter, a column a vote.

use super::group::Group;
use super::header::Header;
use super::layout::{Layout, Role};
use super::refused::Why;
use super::row::{self, Span};
use super::rows::{UseRow, read_rows};
use super::scan::Scan;
use super::small;
use super::wide::cell;
use crate::error::ImportError;
use crate::input::Input;

/// Reads a table whose columns of role [`Role::Choice`] are votes, known by their headings, and whose rows are voters.
///
/// A blank cell is a voter that is not on the list of that vote, as in a wide table.
pub(crate) fn scan(input: &Input, header: &Header, layout: &Layout) -> Result<Scan, ImportError> {
    let columns = header.columns.len();
    let votes = layout.roles.iter().zip(header.columns.iter()).enumerate();
    let votes = votes.filter(|(_, (role, _))| **role == Role::Choice);
    let votes = votes.map(|(at, (_, heading))| Group::of_column(heading, at, columns));
    let mut across = Across {
        layout,
        votes: votes.map(|vote| (vote, Vec::new())).collect(),
        lenient: input.lenient,
    };
    let mut scan = read_rows(
        input,
        header,
        layout,
        Scan::of_names(Vec::new()),
        &mut across,
    )?;
    for (at, (mut vote, who)) in across.votes.into_iter().enumerate() {
        vote.shift_lines(header.lines + 1);
        vote.line = small(header.lines.max(1));
        scan.add(at.to_le_bytes().as_slice().into(), vote, &who);
    }
    Ok(scan)
}

struct Across<'a> {
    layout: &'a Layout,
    /// Each vote, with the names on its list.
    votes: Vec<(Group, Vec<u32>)>,
    lenient: bool,
}

impl UseRow for Across<'_> {
    fn use_row(&mut self, scan: &mut Scan, text: &str, fields: Box<[Span]>) -> Option<Why> {
        let value = |column: usize| {
            let span = fields.get(column).copied().unwrap_or_default();
            row::unquote_text(text.get(span.start..span.end).unwrap_or_default())
        };
        let who = self.layout.who().map(|column| value(column).into());
        let who: Box<[Box<str>]> = who.collect();
        if who.iter().all(|value| value.trim().is_empty()) {
            return Some(Why::Nobody);
        }
        let name = scan.names.add_values(who);
        let line = scan.lines;
        for (vote, list) in &mut self.votes {
            let column = vote.column.map_or(0, |column| column as usize);
            if cell(
                self.layout,
                vote,
                &value(column),
                (line, column),
                self.lenient,
            ) {
                list.push(name);
            }
        }
        None
    }
}
