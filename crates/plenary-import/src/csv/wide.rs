//! Wide tables: one row a vote, a column a voter.

use super::choices::NoBallot;
use super::group::Group;
use super::header::Header;
use super::layout::{Layout, Reading, Role};
use super::names::Name;
use super::refused::Why;
use super::row::Span;
use super::rows::{UseRow, read_rows};
use super::scan::Scan;
use crate::error::ImportError;
use crate::input::Input;

/// The values of a cell that holds those of several votes, or of none.
pub(crate) type Parts<'a> = dyn FnMut(&str) -> Vec<String> + 'a;

/// Reads a table whose columns of role [`Role::Choice`] are voters, named by their headings.
///
/// A blank cell is a voter that is not on the list of that vote: wide tables have a column for every state
/// that ever was. A cell that is no vote does not cost the row; it is noted, and the voter has no ballot.
pub(crate) fn scan(
    input: &Input,
    header: &Header,
    layout: &Layout,
) -> Result<(Scan, Vec<usize>), ImportError> {
    scan_parts(input, header, layout, None)
}

/// The same of a table in which the cells of one column may hold what several votes have there: each is a vote of its own.
pub(crate) fn scan_parts(
    input: &Input,
    header: &Header,
    layout: &Layout,
    parts: Option<(usize, &mut Parts<'_>)>,
) -> Result<(Scan, Vec<usize>), ImportError> {
    let voters: Vec<usize> = (0..layout.roles.len())
        .filter(|&column| layout.roles.get(column) == Some(&Role::Choice))
        .collect();
    let names = voters
        .iter()
        .filter_map(|&column| header.columns.get(column));
    let scan = Scan::of_names(names.map(|name| Name::of_value(name)).collect());
    let mut wide = Wide {
        layout,
        voters: &voters,
        lenient: input.lenient,
        parts,
    };
    let scan = read_rows(input, header, layout, scan, &mut wide)?;
    Ok((scan, voters))
}

struct Wide<'a, 'p> {
    layout: &'a Layout,
    voters: &'a [usize],
    lenient: bool,
    parts: Option<(usize, &'a mut Parts<'p>)>,
}

impl UseRow for Wide<'_, '_> {
    fn use_row(&mut self, scan: &mut Scan, text: &str, fields: Box<[Span]>) -> Option<Why> {
        let mut group = Group::of_row(text, fields, scan.lines);
        if self.layout.lacks_key(&group) {
            return Some(Why::NoKey);
        }
        if let Some((column, parts)) = &mut self.parts {
            for part in parts(&group.value(*column)) {
                let key = scan.groups.len().to_le_bytes();
                scan.add(key.as_slice().into(), group.with_value(*column, &part), &[]);
            }
            return None;
        }
        let mut who = Vec::with_capacity(self.voters.len());
        for (name, &column) in (0..).zip(self.voters) {
            let word = group.value(column).into_owned();
            let is_ballot = cell(
                self.layout,
                &mut group,
                &word,
                (scan.lines, column),
                self.lenient,
            );
            if is_ballot {
                who.push(name);
            }
        }
        let key = scan.groups.len().to_le_bytes();
        scan.add(key.as_slice().into(), group, &who);
        None
    }
}

/// Takes what one cell says into a vote; whether it is a ballot.
pub(super) fn cell(
    layout: &Layout,
    group: &mut Group,
    word: &str,
    (line, column): (u64, usize),
    lenient: bool,
) -> bool {
    if word.trim().is_empty() {
        return false;
    }
    match layout.words.no_ballot(word) {
        None => {}
        Some(NoBallot::NotListed) => return false,
        Some(NoBallot::Unclear) => {
            group.unclear = group.unclear.saturating_add(1);
            return false;
        }
    }
    let choice = match layout.words.read(word) {
        Some(Reading::Plain(choice)) => choice,
        Some(Reading::Sloppy(choice)) => {
            group.note_word(word);
            choice
        }
        Some(Reading::Foreign(choice)) if lenient => {
            group.note_word(word);
            choice
        }
        _ => {
            group.note_unread(line, column, word);
            return false;
        }
    };
    group.push(choice, line);
    true
}
