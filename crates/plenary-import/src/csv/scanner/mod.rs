//! Reads the rows of a long file of ballots and gathers them into votes.
//!
//! Rows of one vote repeat everything but who voted and how. A row is therefore not parsed but compared:
//! with the first row of its vote, and with the name that stood next on the previous vote's list. Only
//! rows that do not match are taken apart. Rows of a vote need not follow one another.

mod apart;

use plenary_types::Choice;

use crate::csv::group::Group;
use crate::csv::layout::{Layout, Piece, Role};
use crate::csv::names::Names;
use crate::csv::row::{self, Next, Span};
use crate::csv::scan::Scan;
use crate::csv::small;

/// Works through the rows of one stretch of a file.
pub(crate) struct Scanner<'a> {
    layout: &'a Layout,
    pieces: Vec<Piece>,
    lenient: bool,
    scan: Scan,
    current: Option<u32>,
    /// Where on the previous vote's list the next name is expected.
    cursor: usize,
    last_name: u32,
    fields: Vec<Span>,
    scratch: Vec<u8>,
    /// Set while the rest of a row is passed over that was too long.
    passing: bool,
}

/// A row that matched.
struct Matched {
    end: usize,
    name: u32,
    choice: Choice,
}

impl<'a> Scanner<'a> {
    pub(crate) fn new(layout: &'a Layout, lenient: bool) -> Self {
        Self {
            pieces: layout.pieces(),
            layout,
            lenient,
            scan: Scan::of_names(Vec::new()),
            current: None,
            cursor: 0,
            last_name: 0,
            fields: Vec::new(),
            scratch: Vec::new(),
            passing: false,
        }
    }

    /// Whether the rest of a row that was too long is still to be passed over.
    pub(crate) const fn is_passing(&self) -> bool {
        self.passing
    }

    pub(crate) fn finish(self) -> Scan {
        self.scan
    }

    /// Reads the rows that begin before `limit`; returns where the first row begins that was not read,
    /// because it does or because the buffer ends first. `last` says that nothing follows the buffer.
    pub(crate) fn read(&mut self, buffer: &[u8], limit: usize, last: bool) -> usize {
        let mut at = if self.passing { self.pass(buffer) } else { 0 };
        while at < limit && at < buffer.len() {
            match self.row(buffer, at, last) {
                Some(next) => at = next,
                None => break,
            }
        }
        at
    }

    /// Goes on behind the line that was too long.
    fn pass(&mut self, buffer: &[u8]) -> usize {
        let next = row::next_line(buffer, 0);
        self.passing = next.is_none();
        next.unwrap_or(buffer.len())
    }

    fn row(&mut self, buffer: &[u8], at: usize, last: bool) -> Option<usize> {
        if let Some(group) = self.current
            && let Some(matched) = self.matches(group, buffer, at)
        {
            self.take(group, &matched);
            return Some(matched.end);
        }
        if let Some(next) = row::blank_line(buffer, at, last) {
            self.scan.lines += 1;
            return Some(next);
        }
        self.other_vote(buffer, at)
            .or_else(|| self.parsed(buffer, at, last))
    }

    /// A row of a vote that began earlier and was interrupted.
    fn other_vote(&mut self, buffer: &[u8], at: usize) -> Option<usize> {
        let &[0] = &*self.layout.key else { return None };
        let (span, Next::Field(_)) = row::field(buffer, at, self.layout.delimiter, false).ok()?
        else {
            return None;
        };
        let group = *self.scan.by_key.get(span.of(buffer))?;
        if self.current == Some(group) {
            return None;
        }
        let matched = self.matches(group, buffer, at)?;
        self.enter(group);
        self.take(group, &matched);
        Some(matched.end)
    }

    fn enter(&mut self, group: u32) {
        self.current = Some(group);
        self.cursor = self.group(group).map_or(0, |group| group.who.len());
    }

    fn group(&self, group: u32) -> Option<&Group> {
        self.scan.groups.get(group as usize).map(Box::as_ref)
    }

    /// The name expected next: the one that stood here on the previous vote's list, else the last one read.
    fn expected(&self, group: u32) -> u32 {
        let before = self
            .before(group)
            .and_then(|before| before.get(self.cursor));
        before.copied().unwrap_or(self.last_name)
    }

    /// The names of the vote before one.
    fn before(&self, group: u32) -> Option<&[u32]> {
        let before = self.group(group.checked_sub(1)?)?;
        Some(&before.who)
    }

    /// Compares a row with the first row of a vote.
    #[inline]
    fn matches(&self, group: u32, buffer: &[u8], start: usize) -> Option<Matched> {
        let template = self.group(group)?;
        let expected = self.expected(group);
        let expected_name = self.scan.names.list.get(expected as usize)?;
        let mut constants = template.constants.iter();
        let mut expected_runs = expected_name.runs.iter();
        let mut found: [&[u8]; MOST_RUNS] = [&[]; MOST_RUNS];
        let (mut run, mut surprising) = (0, false);
        let mut choice = None;
        let mut at = start;
        for piece in &self.pieces {
            match piece.role {
                Role::Shared => {
                    let constant = constants.next()?.of(template.first.as_bytes());
                    at = same(buffer, at, constant)?;
                }
                Role::Choice => {
                    let (read, end) = self.word(buffer, at)?;
                    choice = Some(read);
                    at = self.past(buffer, end)?;
                }
                Role::Who => {
                    let expected = expected_runs.next()?;
                    let end =
                        match same(buffer, at, expected).map(|end| (end, self.past(buffer, end))) {
                            Some((end, Some(_))) => end,
                            _ => {
                                surprising = true;
                                self.run_end(buffer, at, piece)?
                            }
                        };
                    *found.get_mut(run)? = buffer.get(at..end)?;
                    run += 1;
                    at = self.past(buffer, end)?;
                }
                Role::Ignored => at = self.past(buffer, self.run_end(buffer, at, piece)?)?,
            }
        }
        let name = if surprising {
            let mut scratch = Vec::new();
            let key = Names::key(found.get(..run)?, &mut scratch);
            *self.scan.names.index.get(key)?
        } else {
            expected
        };
        Some(Matched {
            end: at,
            name,
            choice: choice?,
        })
    }

    /// A word for a choice and where it ends.
    #[inline]
    fn word(&self, buffer: &[u8], at: usize) -> Option<(Choice, usize)> {
        let words = &self.layout.words;
        if self.past(buffer, at + 1).is_some()
            && let Some(choice) = words.letter(*buffer.get(at)?)
        {
            return Some((choice, at + 1));
        }
        let (span, _) = row::field(buffer, at, self.layout.delimiter, false).ok()?;
        words
            .exact(span.of(buffer))
            .map(|choice| (choice, span.end))
    }

    /// The place after the separator or line end that must stand here.
    fn past(&self, buffer: &[u8], at: usize) -> Option<usize> {
        let rest = row::past(buffer.get(at..)?, self.layout.delimiter)?;
        Some(buffer.len() - rest.len())
    }

    fn run_end(&self, buffer: &[u8], start: usize, piece: &Piece) -> Option<usize> {
        let mut at = start;
        for column in piece.first..=piece.last {
            let (span, next) = row::field(buffer, at, self.layout.delimiter, false).ok()?;
            match next {
                _ if column == piece.last => return Some(span.end),
                Next::Field(next) => at = next,
                Next::Row(_) => return None,
            }
        }
        None
    }

    #[inline]
    fn take(&mut self, group: u32, matched: &Matched) {
        let ends = self.scan.names.list.get(matched.name as usize);
        let ends = ends.map_or(0, |name| name.line_ends);
        let line = self.scan.lines;
        self.push(group, matched.name, matched.choice, line);
        if let Some(group) = self.scan.groups.get(group as usize) {
            self.scan.lines += u64::from(group.line_ends + ends);
        }
        self.scan.rows += 1;
    }

    fn push(&mut self, group: u32, name: u32, choice: Choice, line: u64) {
        self.follow(group, name);
        if let Some(group) = self.scan.groups.get_mut(group as usize) {
            group.who.push(name);
            group.choices.push(choice);
            group.lines.push(small(line));
        }
    }

    /// Moves the cursor on the previous vote's list behind this name.
    #[inline]
    fn follow(&mut self, group: u32, name: u32) {
        self.last_name = name;
        let ahead = self
            .before(group)
            .and_then(|before| before.get(self.cursor..));
        let mut ahead = ahead.unwrap_or_default().iter().take(FAR_AHEAD);
        let found = ahead.position(|&other| other == name);
        self.cursor += found.map_or(0, |found| found + 1);
    }
}

/// How far a name is looked for on the list of the vote before: no body has so many members, and a file made to be read
/// slowly has no longer list to look through for every row.
const FAR_AHEAD: usize = 1024;

/// No layout has its columns on who voted in more separate places.
const MOST_RUNS: usize = 8;

#[inline]
fn same(buffer: &[u8], at: usize, expected: &[u8]) -> Option<usize> {
    let end = at + expected.len();
    (buffer.get(at..end)? == expected).then_some(end)
}
