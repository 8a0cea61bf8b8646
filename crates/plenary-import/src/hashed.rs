//! The hashes of files.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use plenary_types::Invariant;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// The algorithm of the hashes, as a descriptor names it before each.
pub(crate) const HASH_ALGORITHM: &str = "sha256:";

/// The length of a file and the hash of its bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FileHash {
    /// How many bytes it has.
    pub bytes: u64,
    /// The hash, with its algorithm before it: `sha256:…`.
    pub hash: String,
}

impl FileHash {
    /// Reads a file through.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn read(path: impl AsRef<Path>) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let mut hashed = Hashed::new(io::sink());
        let mut chunk = vec![0; 1 << 16];
        loop {
            match file.read(&mut chunk)? {
                0 => return Ok(hashed.finish().1),
                read => hashed.write_all(
                    chunk
                        .get(..read)
                        .invariant("no more was read than asked for"),
                )?,
            }
        }
    }
}

/// A writer that hashes what goes through it.
///
/// ```
/// use std::io::Write;
/// use plenary_import::files::Hashed;
///
/// let mut hashed = Hashed::new(Vec::new());
/// hashed.write_all(b"abc")?;
/// let (bytes, content) = hashed.finish();
/// assert_eq!((bytes.len(), content.bytes), (3, 3));
/// assert!(content.hash.starts_with("sha256:ba7816bf"));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Hashed<W> {
    out: W,
    hash: Sha256,
    bytes: u64,
}

impl<W> Hashed<W> {
    /// Hashes what is written into a writer from now on.
    pub fn new(out: W) -> Self {
        Self {
            out,
            hash: Sha256::new(),
            bytes: 0,
        }
    }

    /// The writer, and the hash of what went through.
    pub fn finish(self) -> (W, FileHash) {
        let digits = self.hash.finalize();
        let hash = digits.iter().fold(HASH_ALGORITHM.to_owned(), |hash, byte| {
            hash + &format!("{byte:02x}")
        });
        let content = FileHash {
            bytes: self.bytes,
            hash,
        };
        (self.out, content)
    }
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hash.update(
            bytes
                .get(..written)
                .invariant("no more was written than given"),
        );
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
