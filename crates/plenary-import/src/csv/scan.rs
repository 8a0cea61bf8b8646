//! Reads the rows of a long file of ballots and gathers them into votes.
//!
//! Rows of one vote repeat everything but who voted and how. A row is therefore not parsed but compared:
//! with the first row of its vote, and with the name that stood next on the previous vote's list. Only
//! rows that do not match are taken apart. Rows of a vote need not follow one another.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use plenary_types::Choice;

use super::ballot_lines::BallotLines;
use super::layout::{Layout, Piece, Reading, Role};
use super::lists::{Distinct, Listed, Lists};
use super::repeat::Expected;
use super::row::{self, Fault, Next, Span};

/// Everything read so far.
#[derive(Debug)]
pub(crate) struct Scan {
    #[expect(
        clippy::vec_box,
        reason = "a list of them that grows would leave a great block of every size it had"
    )]
    pub(crate) groups: Vec<Box<Group>>,
    pub(crate) names: Names,
    /// The distinct lists of names, once [`Scan::share_rolls`] has gathered them.
    pub(crate) rolls: Vec<Box<[u32]>>,
    lists: Lists,
    pub(crate) rows: u64,
    pub(crate) lines: u64,
    pub(crate) rejected: Vec<BadRow>,
    /// Votes that lost a row which says no vote or nobody, by their keys.
    lost: Vec<Box<[u8]>>,
    by_key: FxHashMap<Box<[u8]>, u32>,
}

/// The rows of one vote.
#[derive(Debug, Default)]
pub(crate) struct Group {
    /// Its first row, as it stands in the file.
    pub(crate) first: Box<str>,
    pub(crate) fields: Box<[Span]>,
    constants: Box<[Span]>,
    line_ends: u32,
    /// The line of its first row.
    pub(crate) line: u32,
    /// Which of [`Scan::rolls`] its list is, once they have been gathered.
    pub(crate) roll: u32,
    /// Who is on its list, as long as the lists have not been gathered.
    listed: Listed,
    /// For each ballot what was chosen, and its line.
    pub(crate) choices: Vec<Choice>,
    pub(crate) lines: BallotLines,
    /// Fields of rows that differ from what the vote is taken to say.
    pub(crate) differing: Vec<Differing>,
    /// What most rows say in fields in which the first one says something else.
    pub(super) settled: Vec<(usize, Box<str>)>,
    /// Votes in other capitals or words.
    pub(crate) sloppy: Vec<Sloppy>,
    /// Cells of a wide table that are no vote, with their columns.
    pub(crate) unread: Vec<(usize, Box<str>)>,
    /// Whether a row of it was, or may have been, rejected, once the lists have been gathered.
    pub(crate) lost_a_row: bool,
}

/// A field in which a row differs from the first row of its vote, or from most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Differing {
    pub(crate) line: u32,
    pub(crate) column: usize,
    pub(crate) value: Box<str>,
}

/// A vote that is real but not written as the source writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sloppy {
    pub(crate) ballot: u32,
    pub(crate) value: Box<str>,
}

/// A row that could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BadRow {
    pub(crate) line: u64,
    /// The character in the line, from 1.
    pub(crate) character: u64,
    pub(crate) column: Option<usize>,
    pub(crate) value: String,
    pub(crate) why: Why,
}

/// Why a row could not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// It has fewer or more fields than the header.
    Fields(usize),
    /// The vote is no word of the source.
    Choice,
    /// It does not say who voted.
    Nobody,
    /// It does not say in which vote.
    NoKey,
    /// It has no identifier, and may be of a vote that has one or of another.
    Doubtful,
    /// It is not UTF-8.
    Utf8,
    /// Text follows a closing quote.
    AfterQuote,
    /// A quote is never closed.
    Unclosed,
    /// It is longer than any row.
    TooLong,
    /// The file ends in the middle of it.
    CutShort,
}

/// The distinct entries of the columns that say who voted, as they stand in the file.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub(crate) list: Vec<Name>,
    index: FxHashMap<Box<[u8]>, u32>,
}

/// One of [`Names`].
#[derive(Clone, Debug)]
pub(crate) struct Name {
    /// The columns that say who, each run of neighbours in one piece, quotes and separators included.
    pub(super) runs: Box<[Box<[u8]>]>,
    /// The values, in the order of the columns.
    pub(crate) values: Box<[Box<str>]>,
    line_ends: u32,
}

impl Names {
    /// Between the runs of one name; no file has it inside a field in practice, and if it has, two
    /// names stay two.
    const BETWEEN: u8 = 0x1f;

    fn key<'a>(runs: &[&'a [u8]], scratch: &'a mut Vec<u8>) -> &'a [u8] {
        if let [one] = runs {
            return one;
        }
        scratch.clear();
        for run in runs {
            scratch.extend_from_slice(run);
            scratch.push(Self::BETWEEN);
        }
        scratch
    }
}

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
            at = self.repeats(buffer, at, limit);
            if at >= limit {
                break;
            }
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

    /// Reads rows of the current vote as long as they are what is expected; returns where the next row begins.
    fn repeats(&mut self, buffer: &[u8], at: usize, limit: usize) -> usize {
        let Scan {
            groups,
            names,
            lists,
            rows,
            lines,
            ..
        } = &mut self.scan;
        let Some(([.., before], [group, ..])) = self
            .current
            .and_then(|at| groups.split_at_mut_checked(at as usize))
        else {
            return at;
        };
        let mut rest = buffer.get(at..).unwrap_or_default();
        if !group.begins(rest) {
            return at;
        }
        let Group {
            first,
            constants,
            line_ends,
            listed,
            choices,
            lines: own,
            ..
        } = &mut **group;
        let shared = constants
            .iter()
            .map(|constant| constant.of(first.as_bytes()));
        let Some(expected) = Expected::of(&self.pieces, shared, self.layout) else {
            return at;
        };
        let end = buffer.len() - limit.min(buffer.len());
        let (from, taken) = (self.cursor, choices.len());
        let list = lists.of(before.listed).get(from..);
        for name in list.unwrap_or_default() {
            let known = names.list.get(*name as usize).filter(|_| rest.len() > end);
            let read = known.and_then(|known| Some((known, expected.row(rest, known)?)));
            let Some((known, (choice, next))) = read else {
                break;
            };
            choices.push(choice);
            own.push(u32::try_from(*lines).unwrap_or(u32::MAX));
            *lines += u64::from(*line_ends + known.line_ends);
            self.last_name = *name;
            rest = next;
        }
        let taken = choices.len() - taken;
        lists.follow(listed, before.listed, from, taken);
        self.cursor += taken;
        *rows += taken as u64;
        buffer.len() - rest.len()
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
        self.cursor = self.group(group).map_or(0, |group| group.listed.len);
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
        Some(self.scan.lists.of(before.listed))
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
        let Scan { groups, lists, .. } = &mut self.scan;
        let before = group.checked_sub(1);
        let before = before.and_then(|before| Some(groups.get(before as usize)?.listed));
        if let Some(group) = groups.get_mut(group as usize) {
            lists.push(&mut group.listed, name, before);
            group.choices.push(choice);
            group.lines.push(u32::try_from(line).unwrap_or(u32::MAX));
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

    /// A row that has to be taken apart.
    fn parsed(&mut self, buffer: &[u8], at: usize, last: bool) -> Option<usize> {
        let mut fields = std::mem::take(&mut self.fields);
        let split = row::split(buffer, at, self.layout.delimiter, last, &mut fields);
        let next = match split {
            Ok(next) => {
                self.whole_row(buffer, at, next, &fields);
                Some(next)
            }
            Err(Fault::Incomplete) => None,
            Err(Fault::Unclosed) => self.broken(buffer, at, last, Why::Unclosed),
            Err(Fault::AfterQuote) => self.broken(buffer, at, last, Why::AfterQuote),
            Err(Fault::TooLong) => self.broken(buffer, at, last, Why::TooLong),
        };
        self.fields = fields;
        next
    }

    /// A row that cannot be taken apart: reading goes on with the next line.
    fn broken(&mut self, buffer: &[u8], at: usize, last: bool, why: Why) -> Option<usize> {
        let line = row::next_line(buffer, at);
        let rest = (last || why == Why::TooLong).then_some(buffer.len());
        let next = line.or(rest)?;
        self.passing = why == Why::TooLong && line.is_none();
        self.reject(
            buffer,
            at,
            Span {
                start: at,
                end: next,
            },
            None,
            why,
        );
        self.scan.rows += 1;
        self.scan.lines += 1;
        Some(next)
    }

    fn reject(&mut self, buffer: &[u8], row: usize, value: Span, column: Option<usize>, why: Why) {
        let before = buffer.get(row..value.start).unwrap_or_default();
        let line_start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
        let in_line = String::from_utf8_lossy(before.get(line_start..).unwrap_or_default());
        self.scan.rejected.push(BadRow {
            line: self.scan.lines + row::line_ends(before),
            character: in_line.chars().count() as u64 + 1,
            column,
            value: row::excerpt(&row::unquote(value.of(buffer))),
            why,
        });
    }

    fn whole_row(&mut self, buffer: &[u8], start: usize, next: usize, fields: &[Span]) {
        let bytes = Span { start, end: next };
        let ends = row::line_ends(bytes.of(buffer));
        let closed = bytes.of(buffer).ends_with(b"\n");
        if !row::is_blank(buffer, fields) {
            if let Some((column, value, why)) = self.use_row(buffer, bytes, closed, fields) {
                self.reject(buffer, start, value, column, why);
                if matches!(why, Why::Choice | Why::Nobody) {
                    self.scan.lost.extend(self.key(buffer, fields));
                }
            }
            self.scan.rows += 1;
        }
        self.scan.lines += ends + u64::from(!closed);
    }

    /// Uses a row, or says what is wrong with it.
    fn use_row(
        &mut self,
        buffer: &[u8],
        bytes: Span,
        closed: bool,
        fields: &[Span],
    ) -> Option<(Option<usize>, Span, Why)> {
        let expected = self.layout.roles.len();
        let trailing = fields.get(expected..).unwrap_or_default();
        let empty_tail = self.lenient && trailing.iter().all(|f| f.start == f.end);
        if fields.len() < expected && !closed {
            return Some((None, bytes, Why::CutShort));
        }
        if fields.len() < expected || !(trailing.is_empty() || empty_tail) {
            return Some((None, bytes, Why::Fields(fields.len())));
        }
        let text = match std::str::from_utf8(bytes.of(buffer)) {
            Ok(text) => text,
            Err(error) => {
                let at = bytes.start + error.valid_up_to();
                let column = fields.iter().position(|f| f.start <= at && at < f.end);
                let span = Span {
                    start: at,
                    end: (at + 16).min(bytes.end),
                };
                return Some((column, span, Why::Utf8));
            }
        };
        let (reading, word) = match self.choice(buffer, fields) {
            Ok(found) => found,
            Err((column, span)) => return Some((Some(column), span, Why::Choice)),
        };
        let who = self
            .layout
            .who()
            .filter_map(|c| fields.get(c))
            .collect::<Vec<_>>();
        if who
            .iter()
            .all(|f| row::unquote(f.of(buffer)).trim_ascii().is_empty())
        {
            let column = self.layout.who().next();
            return Some((
                column,
                who.first().copied().copied().unwrap_or(bytes),
                Why::Nobody,
            ));
        }
        let Some(group) = self.vote_of(buffer, text, bytes.start, fields) else {
            let column = self.layout.key.first().copied();
            return Some((column, bytes, Why::NoKey));
        };
        if !closed && self.is_cut(group, buffer, fields) {
            return Some((None, bytes, Why::CutShort));
        }
        let name = self.name(buffer, fields);
        let choice = match reading {
            Reading::Plain(choice) => choice,
            Reading::Sloppy(choice) | Reading::Foreign(choice) => {
                self.note_word(group, &word);
                choice
            }
        };
        self.compare(group, buffer, bytes, fields);
        if self.current != Some(group) {
            self.enter(group);
        }
        self.push(group, name, choice, self.scan.lines);
        None
    }

    fn choice(&self, buffer: &[u8], fields: &[Span]) -> Result<(Reading, String), (usize, Span)> {
        let column = self.layout.roles.iter().position(|r| *r == Role::Choice);
        let column = column.unwrap_or(0);
        let span = fields.get(column).copied().unwrap_or_default();
        let word = String::from_utf8_lossy(&row::unquote(span.of(buffer))).into_owned();
        match self.layout.words.read(&word) {
            Some(Reading::Foreign(_)) if !self.lenient => Err((column, span)),
            Some(reading) => Ok((reading, word)),
            None => Err((column, span)),
        }
    }

    fn note_word(&mut self, group: u32, word: &str) {
        if let Some(group) = self.scan.groups.get_mut(group as usize) {
            let ballot = u32::try_from(group.choices.len()).unwrap_or(u32::MAX);
            group.sloppy.push(Sloppy {
                ballot,
                value: word.into(),
            });
        }
    }

    /// What tells the vote that a row belongs to; `None` when nothing does.
    fn key(&self, buffer: &[u8], fields: &[Span]) -> Option<Box<[u8]>> {
        let value = |column: usize| row::unquote(fields.get(column).map_or(&[], |f| f.of(buffer)));
        let is_blank = |column: &usize| value(*column).trim_ascii().is_empty();
        let Layout { key, instead, .. } = self.layout;
        if key.is_empty() {
            // Nothing tells votes apart: all rows are one.
            return Some(Box::default());
        }
        // What begins so is no identifier.
        let (columns, mut key) = match key.iter().all(is_blank) {
            false => (key, Vec::new()),
            true if instead.first().is_some_and(|first| !is_blank(first)) => {
                (instead, vec![Names::BETWEEN])
            }
            true => return None,
        };
        for column in columns {
            if !key.is_empty() {
                key.push(Names::BETWEEN);
            }
            key.extend_from_slice(value(*column).trim_ascii());
        }
        Some(key.into())
    }

    /// The vote that a row belongs to, begun if need be; `None` when nothing tells it.
    fn vote_of(&mut self, buffer: &[u8], text: &str, start: usize, fields: &[Span]) -> Option<u32> {
        let key = self.key(buffer, fields)?;
        if let Some(&group) = self.scan.by_key.get(&*key) {
            return Some(group);
        }
        let group = u32::try_from(self.scan.groups.len()).ok()?;
        let before = self.scan.groups.last();
        let sized = before.map_or(64, |before| before.choices.len() + 8);
        let before = before.map(|before| before.listed);
        let listed = self.scan.lists.begin(before);
        let begun = Group {
            listed,
            choices: Vec::with_capacity(sized),
            ..self.begin(text, start, fields)
        };
        self.scan.groups.push(Box::new(begun));
        self.scan.by_key.insert(key, group);
        Some(group)
    }

    /// A vote with its first row, which begins at this place of the buffer.
    fn begin(&self, text: &str, start: usize, fields: &[Span]) -> Group {
        let shift = |span: Span| Span {
            start: span.start - start,
            end: span.end - start,
        };
        let fields: Box<[Span]> = fields.iter().map(|&span| shift(span)).collect();
        let constants: Box<[Span]> = self
            .pieces
            .iter()
            .filter(|piece| piece.role == Role::Shared)
            .map(|piece| Span {
                start: fields.get(piece.first).map_or(0, |f| f.start),
                end: match fields.get(piece.last + 1) {
                    Some(next) if piece.last + 1 < self.layout.roles.len() => next.start,
                    _ => text.len(),
                },
            })
            .collect();
        let ends = |constant: &Span| row::line_ends(constant.of(text.as_bytes()));
        let shared: u64 = constants.iter().map(ends).sum();
        let ends_shared = self.pieces.last().is_some_and(|p| p.role == Role::Shared);
        Group {
            line: u32::try_from(self.scan.lines).unwrap_or(u32::MAX),
            line_ends: u32::try_from(shared).unwrap_or(u32::MAX - 1) + u32::from(!ends_shared),
            first: text.into(),
            fields,
            constants,
            ..Group::default()
        }
    }

    /// Whether the last row of a file without a line end stops inside a field that its vote has whole.
    fn is_cut(&self, group: u32, buffer: &[u8], fields: &[Span]) -> bool {
        let Some(group) = self.group(group) else {
            return false;
        };
        let last = self.layout.roles.len().saturating_sub(1);
        let value =
            |span: Option<&Span>, of: &[u8]| span.map(|s| s.of(of).to_vec()).unwrap_or_default();
        let (whole, here) = (
            value(group.fields.get(last), group.first.as_bytes()),
            value(fields.get(last), buffer),
        );
        self.layout.roles.last() == Some(&Role::Shared)
            && here.len() < whole.len()
            && whole.starts_with(&here)
    }

    fn name(&mut self, buffer: &[u8], fields: &[Span]) -> u32 {
        let runs: Vec<&[u8]> = self
            .pieces
            .iter()
            .filter(|piece| piece.role == Role::Who)
            .map(|piece| Span {
                start: fields.get(piece.first).map_or(0, |f| f.start),
                end: fields.get(piece.last).map_or(0, |f| f.end),
            })
            .map(|span| span.of(buffer))
            .collect();
        let key = Names::key(&runs, &mut self.scratch);
        if let Some(&name) = self.scan.names.index.get(key) {
            return name;
        }
        let value = |column: usize| {
            let span = fields.get(column).copied().unwrap_or_default();
            String::from_utf8_lossy(&row::unquote(span.of(buffer))).into()
        };
        let name = Name {
            line_ends: runs.iter().map(|run| row::line_ends(run) as u32).sum(),
            runs: runs.iter().map(|run| (*run).into()).collect(),
            values: self.layout.who().map(value).collect(),
        };
        self.scan.names.add(key.into(), name)
    }

    /// Notes in which fields a row differs from the first row of its vote.
    fn compare(&mut self, group: u32, buffer: &[u8], bytes: Span, fields: &[Span]) {
        let Some(group) = self.scan.groups.get_mut(group as usize) else {
            return;
        };
        if group.choices.is_empty() {
            return;
        }
        for (column, role) in self.layout.roles.iter().enumerate() {
            let (Some(first), Some(here)) = (group.fields.get(column), fields.get(column)) else {
                continue;
            };
            let (first, here) = (first.of(group.first.as_bytes()), here.of(buffer));
            if *role == Role::Shared && first != here && row::unquote(first) != row::unquote(here) {
                let before = Span {
                    start: bytes.start,
                    end: fields.get(column).map_or(0, |f| f.start),
                };
                let line = self.scan.lines + row::line_ends(before.of(buffer));
                group.differing.push(Differing {
                    line: u32::try_from(line).unwrap_or(u32::MAX),
                    column,
                    value: String::from_utf8_lossy(&row::unquote(here)).into(),
                });
            }
        }
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

impl Name {
    /// A voter known by neighbouring columns, as they stand in the file.
    #[cfg(test)]
    pub(super) fn of_run(run: &str) -> Self {
        Self {
            runs: Box::new([run.as_bytes().into()]),
            values: run.split(',').map(Into::into).collect(),
            line_ends: 0,
        }
    }

    /// A voter known by one value.
    pub(crate) fn of_value(value: &str) -> Self {
        Self {
            runs: Box::default(),
            values: Box::new([value.into()]),
            line_ends: 0,
        }
    }
}

impl Names {
    fn add(&mut self, key: Box<[u8]>, name: Name) -> u32 {
        let at = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        self.list.push(name);
        self.index.insert(key, at);
        at
    }
}

impl Scan {
    /// Nothing read yet, with the names known beforehand.
    pub(crate) fn of_names(list: Vec<Name>) -> Self {
        Self {
            groups: Vec::new(),
            names: Names {
                list,
                index: FxHashMap::default(),
            },
            rolls: Vec::new(),
            lists: Lists::default(),
            rows: 0,
            lines: 0,
            rejected: Vec::new(),
            lost: Vec::new(),
            by_key: FxHashMap::default(),
        }
    }

    /// Adds a vote that no other row belongs to, with those on its list.
    pub(crate) fn add(&mut self, key: Box<[u8]>, group: Group, who: &[u32]) {
        let mut group = Box::new(group);
        let before = self.groups.last().map(|before| before.listed);
        group.listed = self.lists.begin(before);
        for name in who {
            self.lists.push(&mut group.listed, *name, before);
        }
        let at = u32::try_from(self.groups.len()).unwrap_or(u32::MAX);
        self.groups.push(group);
        self.by_key.insert(key, at);
    }

    /// Gathers the lists of names: most votes of a body have that of the vote before. Marks the votes that lost a row.
    pub(crate) fn share_rolls(&mut self) {
        let mut distinct = Distinct::default();
        for group in &mut self.groups {
            group.roll = distinct.place(group.listed, &self.lists);
        }
        self.lists = Lists::default();
        self.rolls = distinct.into_rolls();
        for key in std::mem::take(&mut self.lost) {
            let group = self.by_key.get(&key).map(|at| *at as usize);
            if let Some(group) = group.and_then(|at| self.groups.get_mut(at)) {
                group.lost_a_row = true;
            }
        }
    }

    /// Keeps some votes only.
    pub(super) fn retain_votes(&mut self, mut keep: impl FnMut(&mut Group) -> bool) {
        let kept: Vec<bool> = self.groups.iter_mut().map(|group| keep(group)).collect();
        let places = kept.iter().scan(0, |next, &kept| {
            let place = *next;
            *next += u32::from(kept);
            Some(kept.then_some(place))
        });
        let places: Vec<Option<u32>> = places.collect();
        let mut which = kept.into_iter();
        self.groups.retain(|_| which.next().unwrap_or(true));
        self.by_key.retain(|_, at| {
            let place = places.get(*at as usize).copied().flatten();
            *at = place.unwrap_or(*at);
            place.is_some()
        });
    }

    /// Says on which line the first row stood.
    pub(crate) fn start_at(&mut self, line: u64) {
        for bad in &mut self.rejected {
            bad.line += line;
        }
        for group in &mut self.groups {
            group.shift_lines(line);
        }
        self.lines += line;
    }

    /// Appends what was read of the next stretch of the same file.
    pub(crate) fn append(&mut self, next: Self, layout: &Layout) {
        let base = self.lines;
        let names = self.names.merge(next.names);
        for bad in next.rejected {
            self.rejected.push(BadRow {
                line: bad.line + base,
                ..bad
            });
        }
        self.lost.extend(next.lost);
        let mut keys: Vec<Option<Box<[u8]>>> = vec![None; next.groups.len()];
        for (key, group) in next.by_key {
            if let Some(place) = keys.get_mut(group as usize) {
                *place = Some(key);
            }
        }
        let lists = self.lists.append(next.lists, &names);
        for (mut group, key) in next.groups.into_iter().zip(keys) {
            group.shift_lines(base);
            group.listed = group.listed.moved_by(lists);
            let Some(key) = key else { continue };
            match self.by_key.get(&key) {
                Some(&at) => {
                    if let Some(begun) = self.groups.get_mut(at as usize) {
                        begun.continue_with(*group, &self.names, &mut self.lists, layout);
                    }
                }
                None => {
                    let at = u32::try_from(self.groups.len()).unwrap_or(u32::MAX);
                    self.groups.push(group);
                    self.by_key.insert(key, at);
                }
            }
        }
        self.rows += next.rows;
        self.lines += next.lines;
    }
}

impl Names {
    fn merge(&mut self, other: Self) -> Vec<u32> {
        let mut keys: Vec<Box<[u8]>> = vec![Box::default(); other.list.len()];
        for (key, at) in other.index {
            if let Some(place) = keys.get_mut(at as usize) {
                *place = key;
            }
        }
        let pairs = keys.into_iter().zip(other.list);
        pairs
            .map(|(key, name)| match self.index.get(&key) {
                Some(&at) => at,
                None => self.add(key, name),
            })
            .collect()
    }
}

impl Group {
    /// A vote that is one row.
    pub(crate) fn of_row(row: &str, fields: Box<[Span]>, line: u64) -> Self {
        Self {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            first: row.into(),
            fields,
            ..Self::default()
        }
    }

    /// Whether a row begins with what all rows of the vote have in common first.
    fn begins(&self, row: &[u8]) -> bool {
        let shared = self.constants.first();
        shared.is_some_and(|shared| row.starts_with(shared.of(self.first.as_bytes())))
    }

    fn shift_lines(&mut self, lines: u64) {
        let base = u32::try_from(lines).unwrap_or(u32::MAX);
        self.line = self.line.saturating_add(base);
        self.lines.shift(base);
        for differing in &mut self.differing {
            differing.line = differing.line.saturating_add(base);
        }
    }

    /// Takes in rows of the same vote that were read by themselves.
    fn continue_with(&mut self, next: Self, names: &Names, lists: &mut Lists, layout: &Layout) {
        let differing = self.differing_in(&next, names, lists.of(next.listed), layout);
        self.differing.extend(differing);
        let before = u32::try_from(self.choices.len()).unwrap_or(u32::MAX);
        self.sloppy
            .extend(next.sloppy.into_iter().map(|sloppy| Sloppy {
                ballot: sloppy.ballot + before,
                ..sloppy
            }));
        lists.extend(&mut self.listed, next.listed);
        self.choices.extend(next.choices);
        self.lines.append(next.lines);
    }

    /// In which fields rows that go on this vote differ from its first row. They were compared with the first of their own, so
    /// where that one differs all do but those that differed from it.
    fn differing_in(
        &self,
        next: &Self,
        names: &Names,
        who: &[u32],
        layout: &Layout,
    ) -> Vec<Differing> {
        let shared = layout.roles.iter().enumerate();
        let shared = shared.filter(|(_, role)| **role == Role::Shared);
        let apart = shared.filter(|(column, _)| self.value(*column) != next.value(*column));
        let apart: Vec<usize> = apart.map(|(column, _)| column).collect();
        let mut all = next.differing.clone();
        if apart.is_empty() {
            return all;
        }
        all.retain(|differing| *differing.value != *self.value(differing.column));
        let told: FxHashSet<(u32, usize)> = next
            .differing
            .iter()
            .map(|differing| (differing.line, differing.column))
            .collect();
        let ends = |at: &u32| {
            names
                .list
                .get(*at as usize)
                .map_or(0, |name| name.line_ends)
        };
        let of_first = who.first().map_or(0, ends);
        for &column in &apart {
            let before = next.lines_before(column);
            let after_name = layout.who().next().is_some_and(|name| name < column);
            for (ballot, name) in who.iter().enumerate() {
                let moved = match after_name {
                    true => (before + ends(name)).saturating_sub(of_first),
                    false => before,
                };
                let line = next.lines.get(ballot).unwrap_or(next.line) + moved;
                if !told.contains(&(line, column)) {
                    all.push(Differing {
                        line,
                        column,
                        value: next.value(column).into(),
                    });
                }
            }
        }
        all.sort_by_key(|differing| (differing.line, differing.column));
        all
    }

    /// The value of a column in the first row, or what most rows say instead.
    pub(crate) fn value(&self, column: usize) -> Cow<'_, str> {
        if let Some((_, value)) = self.settled.iter().find(|(at, _)| *at == column) {
            return Cow::Borrowed(value);
        }
        let span = self.fields.get(column).copied().unwrap_or_default();
        row::unquote_text(self.first.get(span.start..span.end).unwrap_or_default())
    }
}
