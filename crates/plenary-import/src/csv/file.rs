//! Carries the bytes of a file to scanners: plain files in several stretches at once, compressed ones
//! decompressed beside the scanner.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::sync_channel;
use std::thread;

use rayon::prelude::*;

use super::layout::Layout;
use super::row;
use super::scan::{Scan, Scanner};
use crate::input::{Body, Input};
use crate::{ImportError, Options};

/// What is read at once: small enough to stay in the cache between the kernel's copy and our look at it.
const BLOCK: usize = 256 * 1024;

/// Stretches shorter than this are not worth a thread.
const STRETCH: u64 = 4 << 20;

/// Reads the rows after the first `header` bytes of an input, which are `lines` lines.
pub(crate) fn scan(
    input: &Input,
    layout: &Layout,
    header: usize,
    lines: u64,
    options: &Options,
) -> Result<Scan, ImportError> {
    let watch = Watch::new(input.size(), options);
    let start = (input.mark + header) as u64;
    let mut scan = match &input.body {
        Body::Plain(_, size) => {
            stretches(input, layout, start..*size, options, &watch).map_err(|e| input.error(e))
        }
        Body::Memory(bytes) => {
            let mut scanner = Scanner::new(layout, options.lenient);
            let rows = bytes.get(input.mark + header..).unwrap_or_default();
            scanner.read(rows, rows.len(), true);
            Ok(scanner.finish())
        }
        Body::Packed(..) | Body::Pipe(..) => unpacked(input, layout, header, options, &watch),
    }?;
    scan.start_at(lines + 1);
    Ok(scan)
}

/// Tells the caller how far reading has come.
struct Watch<'a> {
    done: AtomicU64,
    total: u64,
    options: &'a Options,
}

impl<'a> Watch<'a> {
    fn new(total: u64, options: &'a Options) -> Self {
        Self {
            done: AtomicU64::new(0),
            total,
            options,
        }
    }

    fn read(&self, bytes: usize) {
        if let Some(progress) = &self.options.progress {
            let before = self.done.fetch_add(bytes as u64, Ordering::Relaxed);
            progress(before + bytes as u64, self.total);
        }
    }
}

/// One stretch of a file, read.
struct Read1 {
    scan: Scan,
    /// Where the first row begins that was not read.
    end: u64,
}

/// Reads a plain file in stretches, as many at once as there are processors.
///
/// A stretch is guessed to begin after a line end. Whether that line end is one between rows, and not one
/// inside quotes, is known when the stretch before has been read: it must end exactly there. If it does
/// not, the stretch is read again from the right place.
fn stretches(
    input: &Input,
    layout: &Layout,
    bytes: std::ops::Range<u64>,
    options: &Options,
    watch: &Watch<'_>,
) -> io::Result<Scan> {
    let threads = rayon::current_num_threads();
    let size = bytes.end.saturating_sub(bytes.start);
    let pieces = match size / STRETCH {
        0 | 1 => 1,
        _ if threads == 1 => 1,
        many => many.min(threads as u64 * 4),
    };
    let mut starts = vec![bytes.start];
    for piece in 1..pieces {
        let near = bytes.start + size / pieces * piece;
        starts.extend(row_start(input, layout, near)?.filter(|&at| at < bytes.end));
    }
    starts.dedup();
    let ends: Vec<u64> = starts.iter().copied().skip(1).chain([bytes.end]).collect();
    let jobs: Vec<(u64, u64)> = starts.into_iter().zip(ends).collect();
    let run = |window: &mut Window, &(start, end): &(u64, u64)| {
        window.clear();
        stretch(input, layout, start, end, options, watch, window)
    };
    let read = jobs
        .par_iter()
        .with_max_len(1)
        .map_init(Window::default, run);
    let mut done = read.collect::<Vec<_>>().into_iter();
    let Some(first) = done.next() else {
        return Ok(Scanner::new(layout, options.lenient).finish());
    };
    let first = first?;
    let (mut scan, mut reached) = (first.scan, first.end);
    for (read, job) in done.zip(jobs.get(1..).unwrap_or_default()) {
        let read = if job.0 == reached {
            read?
        } else {
            run(&mut Window::default(), &(reached, job.1))?
        };
        reached = read.end;
        scan.append(read.scan, layout);
    }
    Ok(scan)
}

/// The first place at or after `near` that looks like the start of a row.
fn row_start(input: &Input, layout: &Layout, near: u64) -> io::Result<Option<u64>> {
    let mut file = input.reopen()?;
    file.seek(SeekFrom::Start(near))?;
    let mut bytes = Vec::new();
    file.take(64 * 1024).read_to_end(&mut bytes)?;
    let mut fields = Vec::new();
    let mut at = 0;
    while let Some(next) = row::next_line(&bytes, at) {
        let split = row::split(&bytes, next, layout.delimiter, false, &mut fields);
        if split.is_ok() && fields.len() == layout.roles.len() {
            return Ok(Some(near + next as u64));
        }
        at = next;
    }
    Ok(None)
}

/// Reads the rows that begin in a stretch of a file.
fn stretch(
    input: &Input,
    layout: &Layout,
    start: u64,
    end: u64,
    options: &Options,
    watch: &Watch<'_>,
    window: &mut Window,
) -> io::Result<Read1> {
    let mut file = input.reopen()?;
    file.seek(SeekFrom::Start(start))?;
    let mut scanner = Scanner::new(layout, options.lenient);
    let mut at = start;
    while at < end || scanner.is_passing() {
        let last = window.fill(&mut file)? == 0;
        watch.read(window.fresh);
        let limit = usize::try_from(end.saturating_sub(at)).unwrap_or(usize::MAX);
        let used = scanner.read(window.bytes(), limit, last);
        window.consume(used);
        at += used as u64;
        if last {
            break;
        }
    }
    Ok(Read1 {
        scan: scanner.finish(),
        end: at,
    })
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
        self.buffer.get(self.start..self.end).unwrap_or_default()
    }

    fn clear(&mut self) {
        (self.start, self.end, self.fresh) = (0, 0, 0);
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
            .unwrap_or_default();
        self.fresh = read_some(reader, free)?;
        self.end += self.fresh;
        Ok(self.fresh)
    }
}

/// Reads until the buffer is full or the input ends.
fn read_some(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(free) = buffer.get_mut(filled..).filter(|free| !free.is_empty()) {
        match reader.read(free) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// Decompresses on one thread and reads on another.
fn unpacked(
    input: &Input,
    layout: &Layout,
    header: usize,
    options: &Options,
    watch: &Watch<'_>,
) -> Result<Scan, ImportError> {
    let mut reader = input.reader()?;
    io::copy(&mut reader.by_ref().take(header as u64), &mut io::sink())
        .map_err(|e| input.error(e))?;
    let (send, receive) = sync_channel::<io::Result<Vec<u8>>>(4);
    let (give_back, recycled) = sync_channel::<Vec<u8>>(8);
    thread::scope(|scope| {
        scope.spawn(move || {
            loop {
                let mut block = recycled.try_recv().unwrap_or_default();
                block.resize(BLOCK * 4, 0);
                let read = read_some(&mut reader, &mut block).map(|read| {
                    block.truncate(read);
                    block
                });
                let over = read.as_ref().map_or(true, Vec::is_empty);
                if send.send(read).is_err() || over {
                    return;
                }
            }
        });
        let mut scanner = Scanner::new(layout, options.lenient);
        let mut pending: Vec<u8> = Vec::new();
        for block in receive {
            let block = block.map_err(|e| input.error(e))?;
            let last = block.is_empty();
            watch.read(block.len());
            pending.extend_from_slice(&block);
            let _ = give_back.try_send(block);
            let used = scanner.read(&pending, pending.len(), last);
            pending.drain(..used);
        }
        Ok(scanner.finish())
    })
}
