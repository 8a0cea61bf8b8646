//! XML from anywhere, bounded in every way: events with their lines, and trees of the elements that a source asks for.

mod events;
mod notes;
mod source;
mod tree;

use std::io::{BufRead, BufReader, Read};

use plenary_types::Place;

pub(crate) use events::{Broken, Events, MEND, Visitor, attribute, fault};
pub(crate) use notes::{Notes, day, rejected};
pub(crate) use source::Spot;
pub(crate) use tree::{Element, Part, Trees, Wanted};

use crate::error::{ImportError, Rejected};
use crate::input::{Input, Progress};

/// The text of an input, which tells how far reading has come.
pub(crate) fn stream(input: &Input) -> Result<impl BufRead + '_, ImportError> {
    let watched = Watched {
        inner: input.reader()?,
        read: 0,
        total: input.size(),
        progress: input.progress.as_ref(),
    };
    Ok(BufReader::with_capacity(64 * 1024, watched))
}

/// Tells how far reading has come.
struct Watched<'a, R> {
    inner: R,
    read: u64,
    total: u64,
    progress: Option<&'a Progress>,
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(into)?;
        self.read += count as u64;
        if let Some(progress) = self.progress {
            progress(self.read, self.total);
        }
        Ok(count)
    }
}

impl Broken {
    /// The rest of an input that is read leniently, as one rejected row; else the error.
    pub(crate) fn or_rejected(self, input: &Input) -> Result<Rejected, ImportError> {
        let Self {
            spot,
            value,
            reason,
            help,
            io,
            utf8,
        } = self;
        let path = &input.path;
        let place = Place::new(path)
            .with_line(spot.line)
            .with_column(spot.column);
        match io {
            Some(source) => Err(input.error(source)),
            None if input.lenient => Ok(Rejected {
                place,
                value: value.chars().take(80).collect(),
                reason,
                help: help.to_owned(),
                record: None,
            }),
            None if utf8 => Err(ImportError::Utf8 {
                path: path.clone(),
                line: spot.line,
                column: spot.column,
            }),
            None => Err(ImportError::syntax(place, reason, help)),
        }
    }
}
