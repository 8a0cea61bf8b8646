//! Large files as memory: the kernel's own pages are read, and nothing is copied.
//!
//! This is the crate's only module with `unsafe`. A map is sound as long as nobody shortens the file while it is read; then the
//! system ends the process, as it does for every tool that maps files. Reading the whole history of the Assembly takes
//! a quarter less time than through a buffer (`docs/performance.md`), and files of less than [`WORTH_IT`] bytes are not mapped.

#![allow(unsafe_code, reason = "mapping a file, for a measured gain")]

use std::fs::File;

use memmap2::Mmap;

/// Smaller files are read through a buffer.
const WORTH_IT: u64 = 32 << 20;

/// Maps a regular file of so many bytes, where that is worth it and the system can.
pub(crate) fn map(file: &File, size: u64) -> Option<Mmap> {
    if size < WORTH_IT {
        return None;
    }
    // SAFETY: the map is only read, and lives no longer than the import of the file. Another process that shortens the file
    // meanwhile makes the system end this one; it cannot make us read memory that is not the file's.
    unsafe { Mmap::map(file) }.ok()
}
