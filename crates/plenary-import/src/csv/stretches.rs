//! Reads an input that can be read anywhere in several stretches at once.

use std::borrow::Cow;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;

use super::layout::Layout;
use super::row;
use super::scan::Scan;
use super::scanner::Scanner;
use super::watch::{BLOCK, Watch, read_some};
use crate::input::Input;
use crate::parallel::in_order;
use plenary_types::Invariant;

/// Stretches shorter than this are not worth a thread.
const LEAST: u64 = 1 << 20;

/// After how much somebody who watches is told.
const STEP: u64 = 4 << 20;

/// How far is looked for the start of a row.
const NEAR: usize = 64 * 1024;

/// Where the bytes are.
pub(super) enum Source<'a> {
    File(&'a Input),
    Memory(&'a [u8]),
}

/// One stretch of an input, read.
struct Read1 {
    scan: Scan,
    /// Where the first row begins that was not read.
    end: u64,
}

/// Reads in stretches, as many at once as there are processors.
///
/// A stretch is guessed to begin after a line end. Whether that line end is one between rows, and not one
/// inside quotes, is known when the stretch before has been read: it must end exactly there. If it does
/// not, the stretch is read again from the right place.
pub(super) fn stretches(
    source: &Source<'_>,
    layout: &Layout,
    bytes: Range<u64>,
    lenient: bool,
    watch: &Watch<'_>,
) -> io::Result<Scan> {
    let threads = rayon::current_num_threads();
    let jobs = jobs(source, layout, bytes, threads, LEAST)?;
    read_all(source, layout, jobs, lenient, watch)
}

fn read_all(
    source: &Source<'_>,
    layout: &Layout,
    mut jobs: Vec<Range<u64>>,
    lenient: bool,
    watch: &Watch<'_>,
) -> io::Result<Scan> {
    let run = |job: Range<u64>| -> io::Result<Read1> {
        let mut scanner = Scanner::new(layout, lenient);
        let end = match source {
            Source::File(input) => of_file(input, &mut scanner, &job, watch)?,
            Source::Memory(bytes) => of_memory(bytes, &mut scanner, &job, watch),
        };
        let scan = scanner.finish();
        Ok(Read1 { scan, end })
    };
    if jobs.len() == 1 {
        return Ok(run(jobs.swap_remove(0))?.scan);
    }
    let mut all = Scanner::new(layout, lenient).finish();
    let mut reached = jobs.first().map_or(0, |job| job.start);
    let mut outcome = Ok(());
    let read = |job: Range<u64>| (job.clone(), run(job));
    let ahead = rayon::current_num_threads() * 2;
    in_order(jobs.into_iter(), ahead, read, |(job, read)| {
        if outcome.is_err() {
            return;
        }
        let next = match job.start == reached {
            true => read,
            false => run(reached..job.end),
        };
        outcome = next.map(|next| {
            reached = next.end;
            all.append(next.scan, layout);
        });
    });
    outcome.map(|()| all)
}

/// The stretches, each from what looks like the start of a row; each is shorter than the one before, so that all processors
/// are done at the same time.
fn jobs(
    source: &Source<'_>,
    layout: &Layout,
    bytes: Range<u64>,
    threads: usize,
    least: u64,
) -> io::Result<Vec<Range<u64>>> {
    let size = bytes.end.saturating_sub(bytes.start);
    let parts = |pieces: u64| pieces * (pieces + 1) / 2;
    let worth = (1..=threads as u64 * 4).take_while(|pieces| size / parts(*pieces) >= least);
    let pieces = if threads == 1 {
        1
    } else {
        worth.last().unwrap_or(1)
    };
    let mut starts = vec![bytes.start];
    for left in (1..pieces).rev() {
        let near = bytes.end - size / parts(pieces) * parts(left);
        let row = row_start(&source.near(near)?, layout);
        let row = row.map(|row| near + row as u64);
        starts.extend(row.filter(|&at| at < bytes.end));
    }
    starts.dedup();
    let ends: Vec<u64> = starts.iter().copied().skip(1).chain([bytes.end]).collect();
    Ok(starts
        .into_iter()
        .zip(ends)
        .map(|(start, end)| start..end)
        .collect())
}

impl<'a> Source<'a> {
    /// Some bytes from a place on.
    fn near(&self, at: u64) -> io::Result<Cow<'a, [u8]>> {
        match self {
            Self::File(input) => {
                let mut file = input.reopen()?;
                file.seek(SeekFrom::Start(at))?;
                let mut bytes = Vec::new();
                file.take(NEAR as u64).read_to_end(&mut bytes)?;
                Ok(bytes.into())
            }
            Self::Memory(bytes) => {
                let rest = from(bytes, at);
                Ok(rest.get(..NEAR).unwrap_or(rest).into())
            }
        }
    }
}

fn from(bytes: &[u8], at: u64) -> &[u8] {
    let at = usize::try_from(at).ok();
    at.and_then(|at| bytes.get(at..))
        .invariant("a stretch begins in its bytes, or at their end")
}

/// The first place that looks like the start of a row.
fn row_start(bytes: &[u8], layout: &Layout) -> Option<usize> {
    let mut fields = Vec::new();
    let mut at = 0;
    while let Some(next) = row::next_line(bytes, at) {
        let split = row::split(bytes, next, layout.delimiter, false, &mut fields);
        if split.is_ok() && fields.len() == layout.roles.len() {
            return Some(next);
        }
        at = next;
    }
    None
}

/// Reads the rows that begin in a stretch of bytes; returns where they end.
fn of_memory(bytes: &[u8], scanner: &mut Scanner<'_>, job: &Range<u64>, watch: &Watch<'_>) -> u64 {
    let mut at = job.start;
    while at < job.end || scanner.is_passing() {
        let limit = job.end.saturating_sub(at).min(STEP);
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let used = scanner.read(from(bytes, at), limit, true);
        if used == 0 {
            break;
        }
        watch.read(used);
        at += used as u64;
    }
    at
}

/// Reads the rows that begin in a stretch of a file; returns where they end.
fn of_file(
    input: &Input,
    scanner: &mut Scanner<'_>,
    job: &Range<u64>,
    watch: &Watch<'_>,
) -> io::Result<u64> {
    let mut file = input.reopen()?;
    file.seek(SeekFrom::Start(job.start))?;
    let mut window = Window::default();
    let mut at = job.start;
    while at < job.end || scanner.is_passing() {
        let last = window.fill(&mut file)? == 0;
        watch.read(window.fresh);
        let limit = usize::try_from(job.end.saturating_sub(at)).unwrap_or(usize::MAX);
        let used = scanner.read(window.bytes(), limit, last);
        window.consume(used);
        at += used as u64;
        if last {
            break;
        }
    }
    Ok(at)
}

/// A buffer that is filled at the end and used up from the start.
#[derive(Default)]
struct Window {
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    fresh: usize,
}

impl Window {
    fn bytes(&self) -> &[u8] {
        self.buffer
            .get(self.start..self.end)
            .invariant("the window lies in its buffer")
    }

    fn consume(&mut self, bytes: usize) {
        self.start += bytes;
    }

    /// Reads one more block; 0 at the end.
    fn fill(&mut self, reader: &mut impl Read) -> io::Result<usize> {
        self.buffer.copy_within(self.start..self.end, 0);
        (self.start, self.end) = (0, self.end - self.start);
        if self.buffer.len() < self.end + BLOCK {
            self.buffer.resize(self.end + BLOCK, 0);
        }
        let free = self
            .buffer
            .get_mut(self.end..self.end + BLOCK)
            .invariant("there is room for a block");
        self.fresh = read_some(reader, free)?;
        self.end += self.fresh;
        Ok(self.fresh)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use plenary_types::Choice;
    use proptest::prelude::*;

    use super::*;
    use crate::csv::layout::{Role, Words};
    use crate::input::Body;

    fn layout() -> Layout {
        Layout {
            delimiter: b',',
            roles: vec![Role::Shared, Role::Who, Role::Choice, Role::Shared],
            key: vec![0],
            instead: Vec::new(),
            words: Words::new([("Y", Choice::Yes), ("N", Choice::No)]),
        }
    }

    /// Rows of a few votes and voters, some of them broken, with titles that go over several lines and look like rows.
    fn text() -> impl Strategy<Value = String> {
        let title = prop::sample::select(vec![
            "a",
            "\"b\"",
            "\"two\n7,PER,Y,x\nlines\"",
            "\"he said \"\"no\"\"\"",
            "\"never closed",
            "\"closed\" early",
            "one,too many",
        ]);
        let row = (
            0u8..4,
            prop::sample::select(vec!["PER", "FRA", "\"K, R\"", ""]),
            "[YNy]",
            title,
        );
        let row =
            row.prop_map(|(vote, who, choice, title)| format!("{vote},{who},{choice},{title}"));
        let end = prop::sample::select(vec!["\n", "\r\n", "\n\n"]);
        let rows = prop::collection::vec((row, end), 0..60);
        rows.prop_map(|rows| {
            rows.iter()
                .flat_map(|(row, end)| [row.as_str(), end])
                .collect()
        })
    }

    /// Everything that a scan tells.
    fn told(mut scan: Scan, layout: &Layout) -> Vec<String> {
        scan.share_rolls();
        let rejected: Vec<_> = scan.rejected.iter().collect();
        let mut told = vec![format!("{} {} {rejected:?}", scan.rows, scan.lines)];
        for group in &scan.groups {
            let columns = 0..layout.roles.len();
            let values: Vec<_> = columns.map(|column| group.value(column)).collect();
            let who = scan.rolls[group.roll as usize].iter();
            let who: Vec<_> = who
                .map(|at| &scan.names.list[*at as usize].values)
                .collect();
            let lines: Vec<_> = (0..who.len()).map(|at| group.lines.get(at)).collect();
            let text = |number| group.texts.get(number);
            let differing = group.differing.iter();
            let differing: Vec<_> = differing
                .map(|odd| (odd.line, odd.column, text(odd.value)))
                .collect();
            let sloppy = group.sloppy.iter();
            let sloppy: Vec<_> = sloppy.map(|odd| (odd.ballot, text(odd.value))).collect();
            let odd = (differing, sloppy);
            told.push(format!(
                "{} {values:?} {who:?} {:?} {lines:?} {odd:?}",
                group.line, group.choices
            ));
        }
        told
    }

    proptest! {
        #[test]
        fn whatever_is_read_at_once_the_rows_are_the_same(
            text in text(),
            threads in 2usize..5,
            least in 1u64..40,
            lenient in any::<bool>(),
        ) {
            let layout = layout();
            let watch = Watch::new(0, None);
            let bytes = 0..text.len() as u64;
            let memory = Source::Memory(text.as_bytes());
            let whole = read_all(&memory, &layout, vec![bytes.clone()], lenient, &watch).unwrap();
            let whole = told(whole, &layout);
            let file = tempfile::NamedTempFile::new().unwrap();
            fs::write(file.path(), &text).unwrap();
            let input = Input {
                path: String::new(),
                head: Vec::new(),
                whole: false,
                mark: 0,
                body: Body::Plain(file.path().to_owned(), bytes.end),
                lenient,
                progress: None,
                names: None,
                container: None,
                day: None,
                others: std::sync::Arc::default(),
                dates: None,
                rewritten: None,
            };
            for source in [memory, Source::File(&input)] {
                let jobs = jobs(&source, &layout, bytes.clone(), threads, least).unwrap();
                let parts = read_all(&source, &layout, jobs, lenient, &watch).unwrap();
                prop_assert_eq!(&whole, &told(parts, &layout));
            }
        }
    }

    #[test]
    fn stretches_get_shorter_and_begin_where_rows_do() {
        let row = "1,PER,Y,title\n";
        let text = row.repeat(1000);
        let source = Source::Memory(text.as_bytes());
        let bytes = 0..text.len() as u64;
        let cut = |threads, least| jobs(&source, &layout(), bytes.clone(), threads, least).unwrap();
        let jobs = cut(2, 10);
        assert_eq!(jobs.len(), 8);
        let lengths: Vec<_> = jobs.iter().map(|job| job.end - job.start).collect();
        assert!(lengths.is_sorted_by(|a, b| a > b), "{lengths:?}");
        assert!(jobs.windows(2).all(|pair| pair[0].end == pair[1].start));
        assert!(jobs.iter().all(|job| job.start % row.len() as u64 == 0));
        assert_eq!(cut(1, 10).len(), 1);
        assert_eq!(cut(2, bytes.end).len(), 1);
        assert_eq!(cut(2, bytes.end / 3).len(), 2);
    }
}
