//! Carries the bytes of an input to scanners: what can be read anywhere in several stretches at once, compressed files
//! decompressed beside the scanner.

use std::io::{self, Read};
use std::sync::mpsc::sync_channel;
use std::thread;

use super::layout::Layout;
use super::scan::Scan;
use super::scanner::Scanner;
use super::stretches::{Source, stretches};
use super::watch::{BLOCK, Watch, read_some};
use crate::error::ImportError;
use crate::input::{Body, Input};

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
