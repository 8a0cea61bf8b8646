//! A stream of XML that is bounded in every way, and counts its lines.

use std::io::{self, BufRead, Read};

use plenary_types::Invariant;

/// No tag and no text is longer than this.
const LONGEST_EVENT: u64 = 4 << 20;

/// A place in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    /// The line, from 1.
    pub(crate) line: u64,
    /// The character in the line, from 1.
    pub(crate) column: u64,
}

/// That a tag or text takes too many bytes.
#[derive(Debug, thiserror::Error)]
#[error("a tag or text is longer than {} MiB", LONGEST_EVENT >> 20)]
pub(crate) struct TooLong;

/// Counts lines, and ends with an error when one event takes too many bytes.
pub(crate) struct Bounded<R> {
    inner: R,
    spot: Spot,
    left: u64,
}

impl<R: BufRead> Bounded<R> {
    pub(crate) const fn new(inner: R) -> Self {
        Self {
            inner,
            spot: Spot { line: 1, column: 1 },
            left: LONGEST_EVENT,
        }
    }

    /// What is read next.
    pub(crate) const fn spot(&self) -> Spot {
        self.spot
    }

    /// Begins another event.
    pub(crate) const fn next_event(&mut self) {
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
            return Err(io::Error::new(io::ErrorKind::InvalidData, TooLong));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, bytes: usize) {
        // Asking again for what is buffered reads nothing.
        if let Ok(buffered) = self.inner.fill_buf() {
            let used = buffered.get(..bytes).unwrap_or(buffered);
            self.spot.line += memchr::memchr_iter(b'\n', used).count() as u64;
            let in_line = match memchr::memrchr(b'\n', used) {
                Some(end) => {
                    self.spot.column = 1;
                    used.get(end + 1..).invariant("a line end was found there")
                }
                None => used,
            };
            let begins = |byte: &&u8| (**byte & 0xc0) != 0x80;
            self.spot.column += in_line.iter().filter(begins).count() as u64;
        }
        self.left = self.left.saturating_sub(bytes as u64);
        self.inner.consume(bytes);
    }
}
