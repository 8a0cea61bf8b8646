//! Opening an input: what it is compressed with, how it begins, and how to read it through.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use crate::ImportError;

/// How much of an input is looked at to recognise it.
const HEAD: u64 = 64 * 1024;

/// Larger windows than this are refused: they would let a small file ask for a great deal of memory.
const ZSTD_WINDOW_LOG: u32 = 27;

/// An input, opened.
pub(crate) struct Input {
    pub(crate) path: String,
    /// Its beginning, decompressed, without a byte order mark.
    pub(crate) head: Vec<u8>,
    /// Whether the head is all there is.
    pub(crate) whole: bool,
    /// How many bytes of byte order mark come before the head.
    pub(crate) mark: usize,
    pub(crate) body: Body,
}

/// Where the bytes are.
pub(crate) enum Body {
    /// A file that can be read at any place, of this many bytes.
    Plain(PathBuf, u64),
    /// A compressed file.
    Packed(File, Packing, u64),
    /// Bytes in memory.
    Memory(Vec<u8>),
}

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    Gzip,
    Zstd,
}

impl Packing {
    fn of(start: &[u8]) -> Option<Self> {
        if start.starts_with(&[0x1f, 0x8b]) {
            Some(Self::Gzip)
        } else if start.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
            Some(Self::Zstd)
        } else {
            None
        }
    }

    fn unpack<'a>(self, file: impl Read + Send + 'a) -> io::Result<Box<dyn Read + Send + 'a>> {
        Ok(match self {
            Self::Gzip => Box::new(flate2::read::MultiGzDecoder::new(file)),
            Self::Zstd => {
                let mut decoder = zstd::stream::read::Decoder::new(file)?;
                decoder.window_log_max(ZSTD_WINDOW_LOG)?;
                Box::new(decoder)
            }
        })
    }
}

impl Input {
    /// Opens a file.
    pub(crate) fn open(path: &Path) -> Result<Self, ImportError> {
        let shown = path.display().to_string();
        let mut file = File::open(path).map_err(ImportError::io(&shown))?;
        let about = file.metadata().map_err(ImportError::io(&shown))?;
        if !about.is_file() {
            return Self::stream(&shown, file);
        }
        let size = about.len();
        let mut start = Vec::new();
        file.by_ref()
            .take(HEAD)
            .read_to_end(&mut start)
            .map_err(ImportError::io(&shown))?;
        match Packing::of(&start) {
            None => {
                let whole = (start.len() as u64) < HEAD;
                Self::new(shown, start, whole, Body::Plain(path.to_owned(), size))
            }
            Some(packing) => {
                let handle = file.try_clone().map_err(ImportError::io(&shown))?;
                let (head, whole) =
                    unpacked_head(handle, packing).map_err(|source| ImportError::Compressed {
                        path: shown.clone(),
                        source,
                    })?;
                Self::new(shown, head, whole, Body::Packed(file, packing, size))
            }
        }
    }

    /// Reads a pipe or another file that has no places: it is held in memory.
    fn stream(shown: &str, file: File) -> Result<Self, ImportError> {
        let mut bytes = Vec::new();
        file.take(MOST_IN_MEMORY)
            .read_to_end(&mut bytes)
            .map_err(ImportError::io(shown))?;
        Self::bytes(shown, &bytes)
    }

    /// Takes bytes in memory, under a name for messages.
    pub(crate) fn bytes(name: &str, bytes: &[u8]) -> Result<Self, ImportError> {
        let all = match Packing::of(bytes) {
            None => bytes.to_vec(),
            Some(packing) => unpack_whole(name, packing, bytes)?,
        };
        let head: Vec<u8> = all.iter().copied().take(HEAD as usize).collect();
        let whole = head.len() == all.len();
        Self::new(name.to_owned(), head, whole, Body::Memory(all))
    }

    fn new(path: String, mut head: Vec<u8>, whole: bool, body: Body) -> Result<Self, ImportError> {
        let mark = if head.starts_with(b"\xef\xbb\xbf") {
            3
        } else {
            0
        };
        head.drain(..mark);
        if head.trim_ascii().is_empty() && whole {
            return Err(ImportError::Empty { path });
        }
        Ok(Self {
            path,
            head,
            whole,
            mark,
            body,
        })
    }

    /// How many bytes there are to read, as stored.
    pub(crate) fn size(&self) -> u64 {
        match &self.body {
            Body::Plain(_, size) | Body::Packed(_, _, size) => *size,
            Body::Memory(bytes) => bytes.len() as u64,
        }
    }

    /// The decompressed bytes after the byte order mark, from the start.
    pub(crate) fn reader(&self) -> Result<Box<dyn Read + Send + '_>, ImportError> {
        let mut reader = self.reader_with_mark()?;
        let mut mark = [0; 3];
        if let Some(mark) = mark.get_mut(..self.mark) {
            reader.read_exact(mark).map_err(|e| self.error(e))?;
        }
        Ok(reader)
    }

    /// The file that it is, beside which others may lie; none for bytes in memory.
    pub(crate) fn file(&self) -> Option<&Path> {
        match &self.body {
            Body::Plain(..) | Body::Packed(..) => Some(Path::new(&self.path)),
            Body::Memory(_) => None,
        }
    }

    /// Another handle on a plain file, at its start.
    pub(crate) fn reopen(&self) -> io::Result<File> {
        match &self.body {
            Body::Plain(path, _) => File::open(path),
            _ => Err(io::Error::from(io::ErrorKind::Unsupported)),
        }
    }

    fn reader_with_mark(&self) -> Result<Box<dyn Read + Send + '_>, ImportError> {
        let rewound = |file: &File| -> Result<File, ImportError> {
            let mut file = file.try_clone().map_err(ImportError::io(&self.path))?;
            file.seek(SeekFrom::Start(0))
                .map_err(ImportError::io(&self.path))?;
            Ok(file)
        };
        Ok(match &self.body {
            Body::Plain(..) => Box::new(self.reopen().map_err(|e| self.error(e))?),
            Body::Packed(file, packing, _) => {
                packing.unpack(rewound(file)?).map_err(|e| self.error(e))?
            }
            Body::Memory(bytes) => Box::new(Cursor::new(bytes.as_slice())),
        })
    }

    /// The whole text, for formats that are documents: refused beyond `limit` bytes.
    pub(crate) fn text(&self, limit: u64) -> Result<String, ImportError> {
        String::from_utf8(self.bytes_up_to(limit)?).map_err(|error| {
            let valid = error.utf8_error().valid_up_to();
            utf8_error(&self.path, error.as_bytes(), valid)
        })
    }

    /// The whole input; refused beyond `limit` bytes.
    pub(crate) fn bytes_up_to(&self, limit: u64) -> Result<Vec<u8>, ImportError> {
        let mut bytes = Vec::new();
        let mut reader = self.reader()?.take(limit + 1);
        reader.read_to_end(&mut bytes).map_err(|e| self.error(e))?;
        if bytes.len() as u64 > limit {
            return Err(ImportError::Io {
                path: self.path.clone(),
                source: io::Error::new(
                    io::ErrorKind::FileTooLarge,
                    format!("a document of more than {limit} bytes is not read whole"),
                ),
            });
        }
        Ok(bytes)
    }

    pub(crate) fn error(&self, source: io::Error) -> ImportError {
        let path = self.path.clone();
        match self.body {
            Body::Packed(..) => ImportError::Compressed { path, source },
            _ => ImportError::Io { path, source },
        }
    }
}

fn unpacked_head(mut file: File, packing: Packing) -> io::Result<(Vec<u8>, bool)> {
    file.seek(SeekFrom::Start(0))?;
    let mut head = Vec::new();
    packing.unpack(file)?.take(HEAD).read_to_end(&mut head)?;
    let whole = (head.len() as u64) < HEAD;
    Ok((head, whole))
}

/// Decompressed input in memory is held whole, so it is bounded.
const MOST_IN_MEMORY: u64 = 1 << 30;

fn unpack_whole(name: &str, packing: Packing, bytes: &[u8]) -> Result<Vec<u8>, ImportError> {
    let failed = |source| ImportError::Compressed {
        path: name.to_owned(),
        source,
    };
    let mut all = Vec::new();
    let reader = packing.unpack(bytes).map_err(failed)?;
    reader
        .take(MOST_IN_MEMORY + 1)
        .read_to_end(&mut all)
        .map_err(failed)?;
    if all.len() as u64 > MOST_IN_MEMORY {
        return Err(failed(io::Error::other(
            "it unpacks to more than a gibibyte",
        )));
    }
    Ok(all)
}

/// The error for bytes that are not UTF-8 from `valid` on.
pub(crate) fn utf8_error(path: &str, bytes: &[u8], valid: usize) -> ImportError {
    let before = bytes.get(..valid).unwrap_or(bytes);
    let line_start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
    ImportError::Utf8 {
        path: path.to_owned(),
        line: memchr::memchr_iter(b'\n', before).count() as u64 + 1,
        column: (before.len() - line_start) as u64 + 1,
    }
}
