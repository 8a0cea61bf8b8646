//! [`Format`]: everything about a format, in one value.

use std::fmt;
use std::path::{Path, PathBuf};

use plenary_types::Choice;

use crate::csv::choices::Words;
use crate::csv::columns::{Column, names_of};
use crate::error::ImportError;
use crate::input::Input;
use crate::recognition::Nearest;
use crate::record::Import;
use crate::shipped::Shipped;
use crate::sources::mapping;
use crate::spelling::Spelling;

/// A format that can be read. One `static` holds everything about it; [`Formats::with`](crate::Formats::with) adds one of your
/// own to the built-in ones.
#[derive(Clone, Copy)]
pub struct Format {
    name: &'static str,
    title: &'static str,
    publisher: Option<&'static str>,
    page: Option<&'static str>,
    columns: &'static [Column],
    words: &'static [(&'static str, Choice)],
    recognise: Recognise,
    reader: Reader,
    folder: Option<fn(&Path) -> Option<PathBuf>>,
    spelling: Option<fn(&str) -> Option<Spelling>>,
    tells_scope: bool,
}

/// How a format is recognised.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Recognise {
    /// A table that has every needed one of the format's columns.
    Columns,
    /// A table, by the headings of its columns, without quotes and outer spaces.
    Header(fn(&[Box<str>]) -> Fit),
    /// Any text, by its first 64 KiB, unpacked, without a byte order mark.
    Beginning(fn(&[u8]) -> Fit),
    /// A table that has the columns which a mapping names that plenary ships.
    Mapping(&'static Shipped),
    /// Not by what is in a file: the format is that of a folder, or of a table that a mapping explains.
    Otherwise,
}

/// How well a format fits.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fit {
    /// The input is of this format, and why.
    Full(String),
    /// The input was meant to be of this format and is not: no other is tried.
    Broken {
        /// Why it is not.
        why: &'static str,
        /// What to do where it has none of the columns.
        help: &'static str,
        /// What it lacks and has in excess.
        nearest: Nearest,
    },
    /// The input has some of what it takes.
    Partial(Nearest),
    /// The input is of another format.
    None,
}

/// How an input of a format is read.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Reader {
    /// A file.
    File(fn(&Input) -> Result<Import, ImportError>),
    /// A folder.
    Folder(fn(&Path) -> Result<Import, ImportError>),
    /// A table, by a mapping file that says what its columns are.
    Mapping,
    /// A table, by a mapping that plenary ships.
    Shipped(&'static Shipped),
}

impl Format {
    /// A format: its name in results and documents, in lower case with hyphens; what it is; how it is recognised and read.
    #[must_use]
    pub const fn new(
        name: &'static str,
        title: &'static str,
        recognise: Recognise,
        reader: Reader,
    ) -> Self {
        Self {
            name,
            title,
            publisher: None,
            page: None,
            columns: &[],
            words: &[],
            recognise,
            reader,
            folder: None,
            spelling: None,
            tells_scope: false,
        }
    }

    /// The same, with who publishes data in it.
    #[must_use]
    pub const fn with_publisher(mut self, publisher: &'static str) -> Self {
        self.publisher = Some(publisher);
        self
    }

    /// The same, with its page in `docs/formats/`.
    #[must_use]
    pub const fn with_page(mut self, page: &'static str) -> Self {
        self.page = Some(page);
        self
    }

    /// The same, with the columns that a table of it has.
    #[must_use]
    pub const fn with_columns(mut self, columns: &'static [Column]) -> Self {
        self.columns = columns;
        self
    }

    /// The same, with the words that it has for choices.
    #[must_use]
    pub const fn with_words(mut self, words: &'static [(&'static str, Choice)]) -> Self {
        self.words = words;
        self
    }

    /// The same, with how a folder of it is known: by the file that stands for it.
    #[must_use]
    pub const fn with_folder(mut self, file_of: fn(&Path) -> Option<PathBuf>) -> Self {
        self.folder = Some(file_of);
        self
    }

    /// The same, of a source that says of each vote whether it was on a whole text or a part, or that has votes on whole texts alone.
    #[must_use]
    pub const fn with_scope(mut self) -> Self {
        self.tells_scope = true;
        self
    }

    /// The same, with how a table of it is spelled where its columns and words do not tell.
    #[must_use]
    pub(crate) const fn with_spelling(mut self, spelling: fn(&str) -> Option<Spelling>) -> Self {
        self.spelling = Some(spelling);
        self
    }

    /// The name in results and documents.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// What it is.
    #[must_use]
    pub const fn title(&self) -> &'static str {
        self.title
    }

    /// Who publishes data in it.
    #[must_use]
    pub const fn publisher(&self) -> Option<&'static str> {
        self.publisher
    }

    /// Whether its votes say what was voted on, the whole text or a part.
    pub(crate) const fn tells_scope(&self) -> bool {
        self.tells_scope
    }

    /// Its page in `docs/formats/`, without the ending.
    #[must_use]
    pub const fn page(&self) -> Option<&'static str> {
        self.page
    }

    /// Which of its columns the headings of a table stand for, by their names in the format; the first heading of a name counts.
    #[must_use]
    pub fn columns_among<S: AsRef<str>>(&self, headings: &[S]) -> Vec<Option<&'static str>> {
        names_of(self.columns, headings)
    }

    /// The words that it has for choices.
    pub(crate) fn words(&self) -> Words {
        Words::new(self.words.iter().copied())
    }

    pub(crate) const fn columns(&self) -> &'static [Column] {
        self.columns
    }

    pub(crate) const fn recognise(&self) -> Recognise {
        self.recognise
    }

    pub(crate) const fn reader(&self) -> Reader {
        self.reader
    }

    /// The file that stands for a folder of the format.
    pub(crate) fn file_of(&self, folder: &Path) -> Option<PathBuf> {
        self.folder.and_then(|file_of| file_of(folder))
    }

    /// How a table of it is spelled; nothing for what is not a table of votes.
    pub(crate) fn spelling(&self, text: &str) -> Option<Spelling> {
        if let Reader::Shipped(shipped) = self.reader {
            return mapping::spelling(text, shipped.mapping());
        }
        match (self.spelling, self.columns) {
            (Some(spelling), _) => spelling(text),
            (None, []) => None,
            (None, columns) => Spelling::by_columns(text, columns, self.words()),
        }
    }
}

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Format").field(&self.name).finish()
    }
}
