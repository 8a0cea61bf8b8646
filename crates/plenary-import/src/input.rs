//! Opening an input: what it is compressed with, how it begins, and how to read it through.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;
use plenary_tables::DateForm;

use crate::containers::{self, Container};
use crate::error::ImportError;
use crate::options::NameLookup;
use crate::packing::Packing;

/// How much of an input is looked at to recognise it.
const HEAD: u64 = 64 * 1024;

/// Told how far reading has come: bytes read so far, and bytes in all (0 when that is not known).
pub type Progress = Arc<dyn Fn(u64, u64) + Send + Sync>;

/// An input, opened, and how it is to be read. A reader of a [`Format`](crate::Format) makes an [`Import`](crate::Import) of it.
pub struct Input {
    pub(crate) path: String,
    /// Its beginning, decompressed, without a byte order mark.
    pub(crate) head: Vec<u8>,
    /// Whether the head is all there is.
    pub(crate) whole: bool,
    /// How many bytes of byte order mark come before the head.
    pub(crate) mark: usize,
    pub(crate) body: Body,
    /// Whether rows are skipped that cannot be used.
    pub(crate) lenient: bool,
    pub(crate) progress: Option<Progress>,
    pub(crate) names: Option<NameLookup>,
    /// The table of a container whose text this is.
    pub(crate) container: Option<Container>,
    /// How dates are written, as the user says.
    pub(crate) dates: Option<DateForm>,
    /// The day of votes that no column gives one, as the user says.
    pub(crate) day: Option<NaiveDate>,
    /// The file whose text this is, written anew.
    pub(crate) rewritten: Option<PathBuf>,
    /// The other inputs, among which tables beside this one may be.
    pub(crate) others: Arc<[PathBuf]>,
}

/// Where the bytes are.
pub(crate) enum Body {
    /// A file that can be read at any place, of this many bytes.
    Plain(PathBuf, u64),
    /// A compressed file.
    Packed(File, Packing, u64),
    /// Bytes in memory.
    Memory(Vec<u8>),
    /// A pipe, which can be read through once, and how it is compressed.
    Pipe(Mutex<Option<Pipe>>, Option<Packing>),
}

/// What a pipe has to give, unpacked, its head before it.
type Pipe = Box<dyn Read + Send>;

/// The path that means the standard input.
pub(crate) const STANDARD_INPUT: &str = "-";

impl Input {
    /// Opens a file, or the table of a container: `votes.xlsx#Sheet1`.
    pub(crate) fn open(path: &Path) -> Result<Self, ImportError> {
        let (file, table) = containers::split(path);
        containers::open(Self::open_as_it_is(&file)?, Some(&file), table.as_deref())
    }

    /// Opens a file as text: an object in JSON as it is, and a table of it only where one is named; else as [`Input::open`].
    pub(crate) fn open_text(path: &Path) -> Result<Self, ImportError> {
        let (file, table) = containers::split(path);
        let input = Self::open_as_it_is(&file)?;
        match table.is_none() && containers::is_object(&input.head) {
            true => Ok(input),
            false => containers::open(input, Some(&file), table.as_deref()),
        }
    }

    /// Opens a file that is no container, whatever is in it.
    pub(crate) fn open_as_it_is(path: &Path) -> Result<Self, ImportError> {
        let shown = path.display().to_string();
        if path == Path::new(STANDARD_INPUT) {
            return Self::stream(&shown, io::stdin());
        }
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
        match Packing::of(&start, &shown)? {
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

    /// Begins to read a pipe or another file that has no places.
    fn stream(shown: &str, mut pipe: impl Read + Send + 'static) -> Result<Self, ImportError> {
        let mut start = Vec::new();
        pipe.by_ref()
            .take(HEAD)
            .read_to_end(&mut start)
            .map_err(ImportError::io(shown))?;
        let packing = Packing::of(&start, shown)?;
        let all = Cursor::new(start).chain(pipe);
        let opened = match packing {
            None => Self::pipe(shown, Box::new(all), packing),
            Some(packing) => {
                let unpacked = packing.unpack(all);
                unpacked.and_then(|all| Self::pipe(shown, all, Some(packing)))
            }
        };
        let path = shown.to_owned();
        opened.map_err(|source| match packing {
            None => ImportError::Io { path, source },
            Some(_) => ImportError::Compressed { path, source },
        })?
    }

    /// What fits into the head is held in memory.
    fn pipe(
        shown: &str,
        mut all: Pipe,
        packing: Option<Packing>,
    ) -> io::Result<Result<Self, ImportError>> {
        let mut head = Vec::new();
        all.by_ref().take(HEAD).read_to_end(&mut head)?;
        let whole = (head.len() as u64) < HEAD;
        let body = if whole {
            Body::Memory(head.clone())
        } else {
            let all = Cursor::new(head.clone()).chain(all);
            Body::Pipe(Mutex::new(Some(Box::new(all))), packing)
        };
        Ok(Self::new(shown.to_owned(), head, whole, body))
    }

    /// Takes bytes in memory, under a name for messages.
    pub(crate) fn bytes(name: &str, bytes: &[u8]) -> Result<Self, ImportError> {
        containers::open(Self::bytes_as_they_are(name, bytes)?, None, None)
    }

    /// Takes the text of a table that was found in a container.
    pub(crate) fn of_table(
        path: &str,
        text: Vec<u8>,
        container: Container,
    ) -> Result<Self, ImportError> {
        let input = Self::in_memory(path, text)?;
        Ok(Self {
            container: Some(container),
            ..input
        })
    }

    /// Takes bytes in memory that are no container, whatever is in them.
    pub(crate) fn bytes_as_they_are(name: &str, bytes: &[u8]) -> Result<Self, ImportError> {
        let all = match Packing::of(bytes, name)? {
            None => bytes.to_vec(),
            Some(packing) => unpack_whole(name, packing, bytes)?,
        };
        Self::in_memory(name, all)
    }

    fn in_memory(name: &str, all: Vec<u8>) -> Result<Self, ImportError> {
        let head = all.get(..HEAD as usize).unwrap_or(&all).to_vec();
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
            lenient: false,
            progress: None,
            names: None,
            container: None,
            dates: None,
            day: None,
            rewritten: None,
            others: Arc::default(),
        })
    }

    /// The same input with its text written anew, read in the same way.
    pub(crate) fn with_text(&self, text: Vec<u8>) -> Result<Self, ImportError> {
        let mut other = Self::in_memory(&self.path, text)?;
        other.lenient = self.lenient;
        other.names.clone_from(&self.names);
        other.dates.clone_from(&self.dates);
        other.day = self.day;
        other.rewritten = self.file().map(Path::to_owned);
        Ok(other)
    }

    /// Opens another file that is read with this one, in the same way.
    pub(crate) fn open_beside(&self, path: &Path) -> Result<Self, ImportError> {
        let mut other = Self::open(path)?;
        other.lenient = self.lenient;
        other.dates.clone_from(&self.dates);
        Ok(other)
    }

    /// Its path, or the name that it has in messages.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Whether rows that cannot be used are skipped, and what only other sources write is accepted.
    #[must_use]
    pub const fn is_lenient(&self) -> bool {
        self.lenient
    }

    /// How many bytes there are to read, as stored; 0 when that is not known.
    pub(crate) fn size(&self) -> u64 {
        match &self.body {
            Body::Plain(_, size) | Body::Packed(_, _, size) => *size,
            Body::Memory(bytes) => bytes.len() as u64,
            Body::Pipe(..) => 0,
        }
    }

    /// The decompressed bytes after the byte order mark, from the start. Of a pipe they can be asked for once.
    ///
    /// # Errors
    ///
    /// [`ImportError`] when it cannot be read.
    pub fn reader(&self) -> Result<Box<dyn Read + Send + '_>, ImportError> {
        let mut reader = self.reader_with_mark()?;
        let mut mark = [0; 3];
        if let Some(mark) = mark.get_mut(..self.mark) {
            reader.read_exact(mark).map_err(|e| self.error(e))?;
        }
        Ok(reader)
    }

    /// The file that it is, beside which others may lie; none for bytes in memory.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        if let Some(container) = &self.container {
            return container.file.as_deref();
        }
        match &self.body {
            Body::Plain(path, _) => Some(path),
            Body::Packed(..) => Some(Path::new(&self.path)),
            Body::Memory(_) | Body::Pipe(..) => self.rewritten.as_deref(),
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
            Body::Memory(bytes) => Box::new(Cursor::new(bytes)),
            Body::Pipe(pipe, _) => {
                let mut pipe = pipe.lock().unwrap_or_else(PoisonError::into_inner);
                let twice = || io::Error::other("a pipe can be read only once: save it to a file");
                pipe.take().ok_or_else(twice).map_err(|e| self.error(e))?
            }
        })
    }

    /// The whole text, for formats that are held whole: refused beyond a size.
    ///
    /// # Errors
    ///
    /// [`ImportError`] when it cannot be read, is too large, or is not UTF-8.
    pub fn text(&self, limit: impl Into<Limit>) -> Result<String, ImportError> {
        String::from_utf8(self.bytes_up_to(limit.into())?).map_err(|error| {
            let valid = error.utf8_error().valid_up_to();
            utf8_error(&self.path, error.as_bytes(), valid)
        })
    }

    /// The whole input; refused beyond a size.
    pub(crate) fn bytes_up_to(&self, limit: Limit) -> Result<Vec<u8>, ImportError> {
        let mut bytes = Vec::new();
        let mut reader = self.reader()?.take(limit.bytes() + 1);
        reader.read_to_end(&mut bytes).map_err(|e| self.error(e))?;
        if bytes.len() as u64 > limit.bytes() {
            return Err(limit.exceeded(&self.path));
        }
        Ok(bytes)
    }

    pub(crate) fn error(&self, source: io::Error) -> ImportError {
        let path = self.path.clone();
        match self.body {
            Body::Packed(..) | Body::Pipe(_, Some(_)) => ImportError::Compressed { path, source },
            _ => ImportError::Io { path, source },
        }
    }
}

/// The most that is read of what has to be held whole, unpacked.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// The size.
    pub mebibytes: u64,
    /// What it is that is held: `a typed table`.
    pub of: &'static str,
    /// What to do about a larger one.
    pub help: &'static str,
}

impl From<u64> for Limit {
    fn from(bytes: u64) -> Self {
        Self {
            mebibytes: bytes >> 20,
            of: "a document",
            help: "check that this is the file that is meant",
        }
    }
}

impl Limit {
    pub(crate) const fn bytes(self) -> u64 {
        self.mebibytes << 20
    }

    /// The error of an input beyond it.
    pub(crate) fn exceeded(self, path: &str) -> ImportError {
        ImportError::TooLarge {
            path: path.to_owned(),
            what: self.of,
            mebibytes: self.mebibytes,
            help: self.help,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Options, read::read_input};

    /// A table of more than a head.
    fn table(rows: usize) -> String {
        let mut text = "undl_id,ms_name,ms_vote,date,resolution\n".to_owned();
        for row in 0..rows {
            text += &format!("{},PERU,Y,2018-12-19,A/RES/73/{row}\n", row / 2);
        }
        text
    }

    fn counts(input: &Input) -> (u64, u64) {
        let import = read_input(input, &Options::default()).unwrap();
        (import.summary().rows, import.summary().records)
    }

    #[test]
    fn a_pipe_is_read_to_its_end_as_a_file_is() {
        for rows in [3, 9_000] {
            let text = table(rows);
            let records = rows.div_ceil(2) as u64;
            let packed = zstd::bulk::compress(text.as_bytes(), 1).unwrap();
            for bytes in [text.into_bytes(), packed] {
                let input = Input::stream("pipe", Cursor::new(bytes)).unwrap();
                assert_eq!(counts(&input), (rows as u64, records));
            }
        }
    }

    #[test]
    fn a_pipe_is_not_read_as_empty_the_second_time() {
        let input = Input::stream("pipe", Cursor::new(table(9_000))).unwrap();
        drop(input.reader().unwrap());
        assert!(input.reader().err().unwrap().to_string().contains("once"));
    }

    #[test]
    fn a_pipe_that_is_cut_short_is_an_error() {
        let packed = zstd::bulk::compress(table(90_000).as_bytes(), 1).unwrap();
        let cut = packed[..packed.len() / 2].to_vec();
        let read = Input::stream("pipe", Cursor::new(cut))
            .and_then(|input| read_input(&input, &Options::default()));
        assert!(matches!(read, Err(ImportError::Compressed { .. })));
    }

    #[test]
    fn a_limit_says_what_it_is_and_what_to_do() {
        let limit = Limit {
            mebibytes: 1,
            of: "a page",
            help: "write less",
        };
        let input = Input::bytes("long.txt", &vec![b'a'; (1 << 20) + 1]).unwrap();
        let error = input.text(limit).unwrap_err();
        assert_eq!(
            error.to_string(),
            "long.txt: a page of more than 1 MiB is not read"
        );
        assert_eq!(error.help(), "write less");
    }
}
