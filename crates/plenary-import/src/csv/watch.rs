//! Reads blocks of bytes, and says how far reading has come.

use std::io::{self, Read};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::input::Progress;

/// What is read at once: small enough to stay in the cache between the kernel's copy and our look at it.
pub(super) const BLOCK: usize = 256 * 1024;

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
