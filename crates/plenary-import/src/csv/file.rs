//! Carries the bytes of an input to scanners: what can be read anywhere in several stretches at once, compressed files
//! decompressed beside the scanner.

use std::io::{self, Read};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::sync_channel;
use std::thread;

use super::layout::Layout;
use super::scan::Scan;
use super::scanner::Scanner;
use super::stretches::{Source, stretches};
use crate::error::ImportError;
use crate::input::{Body, Input, Progress};

/// What is read at once: small enough to stay in the cache between the kernel's copy and our look at it.
pub(super) const BLOCK: usize = 256 * 1024;

/// Reads the rows after the first `header` bytes of an input, which are `lines` lines.
pub(crate) fn scan(
    input: &Input,
    layout: &Layout,
    header: usize,
    lines: u64,
) -> Result<Scan, ImportError> {
    let watch = Watch::new(input.size(), input.progress.as_ref());
    let start = (input.mark + header) as u64;
    let source = match &input.body {
        Body::Plain(..) => Some(Source::File(input)),
        Body::Memory(bytes) => Some(Source::Memory(bytes)),
        Body::Packed(..) | Body::Pipe(..) => None,
    };
    let mut scan = match source {
        Some(source) => {
            let bytes = start..input.size();
            stretches(&source, layout, bytes, input.lenient, &watch).map_err(|e| input.error(e))
        }
        None => unpacked(input, layout, header, &watch),
    }?;
    scan.start_at(lines + 1);
    Ok(scan)
}

/// Tells the caller how far reading has come.
pub(super) struct Watch<'a> {
    done: AtomicU64,
    total: u64,
    progress: Option<&'a Progress>,
}

impl<'a> Watch<'a> {
    pub(super) fn new(total: u64, progress: Option<&'a Progress>) -> Self {
        Self {
            done: AtomicU64::new(0),
            total,
            progress,
        }
    }

    pub(super) fn read(&self, bytes: usize) {
        if let Some(progress) = self.progress {
            let before = self.done.fetch_add(bytes as u64, Ordering::Relaxed);
            progress(before + bytes as u64, self.total);
        }
    }
}

/// Reads until the buffer is full or the input ends.
pub(super) fn read_some(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
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
        let mut scanner = Scanner::new(layout, input.lenient);
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
