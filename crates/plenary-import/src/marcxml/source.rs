//! A stream of XML that is bounded in every way, and counts its lines.

use std::io::{self, BufRead, Read};

/// No tag and no text is longer than this.
const LONGEST_EVENT: u64 = 4 << 20;

/// Counts lines, and ends with an error when one event takes too many bytes.
pub(super) struct Bounded<R> {
    inner: R,
    line: u64,
    left: u64,
}

impl<R: BufRead> Bounded<R> {
    pub(super) const fn new(inner: R) -> Self {
        Self {
            inner,
            line: 1,
            left: LONGEST_EVENT,
        }
    }

    /// The line that is being read, from 1.
    pub(super) const fn line(&self) -> u64 {
        self.line
    }

    /// Begins another event.
    pub(super) const fn next_event(&mut self) {
        self.left = LONGEST_EVENT;
    }
}

impl<R: BufRead> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let count = available.len().min(into.len());
        if let (Some(to), Some(from)) = (into.get_mut(..count), available.get(..count)) {
            to.copy_from_slice(from);
        }
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            let message = format!("a tag or text is longer than {LONGEST_EVENT} bytes");
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, bytes: usize) {
        // Asking again for what is buffered reads nothing.
        if let Ok(buffered) = self.inner.fill_buf() {
            let used = buffered.get(..bytes).unwrap_or(buffered);
            self.line += memchr::memchr_iter(b'\n', used).count() as u64;
        }
        self.left = self.left.saturating_sub(bytes as u64);
        self.inner.consume(bytes);
    }
}
