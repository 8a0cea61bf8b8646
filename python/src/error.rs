//! Errors of plenary as exceptions of Python.

use plenary::types::Place;
use plenary_cli::{Message, Refused};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::words::Words;

/// What cannot be used, and what to do about it.
#[derive(Debug, Default)]
pub(crate) struct Fault {
    message: String,
    help: Option<String>,
    place: Box<Place>,
    further: Vec<Message>,
}

impl Fault {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            ..Self::default()
        }
    }

    pub(crate) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(crate) fn in_file(mut self, path: impl Into<String>) -> Self {
        self.place.path = Some(path.into());
        self
    }

    pub(crate) fn in_field(mut self, field: impl Into<String>) -> Self {
        self.place.field = Some(field.into());
        self
    }

    /// The same, in the words of Python.
    pub(crate) fn in_words(mut self, words: &Words) -> Self {
        self.message = words.in_python(&self.message);
        self.help = self.help.map(|help| words.in_python(&help));
        let path = self.place.path.as_deref();
        self.place.path = path.map(|path| words.without_folder(path).into_owned());
        for more in &mut self.further {
            more.text = words.in_python(&more.text);
            more.help = more.help.as_deref().map(|help| words.in_python(help));
        }
        self
    }

    /// As the exception `PlenaryError`.
    pub(crate) fn into_exception(self, py: Python<'_>) -> PyErr {
        let raised = || -> PyResult<PyErr> {
            let class = py.import("plenary_un._errors")?.getattr("PlenaryError")?;
            let fields = PyDict::new(py);
            fields.set_item("help", self.help)?;
            fields.set_item("file", self.place.path)?;
            fields.set_item("line", self.place.line)?;
            fields.set_item("column", self.place.column)?;
            fields.set_item("field", self.place.field)?;
            let further = self.further.into_iter();
            let further: Vec<_> = further.map(|more| (more.text, more.help)).collect();
            fields.set_item("further", further)?;
            Ok(PyErr::from_value(
                class.call((self.message,), Some(&fields))?,
            ))
        };
        raised().unwrap_or_else(|error| error)
    }
}

impl From<Refused> for Fault {
    fn from(refused: Refused) -> Self {
        Self {
            message: refused.message,
            help: refused.help,
            place: refused.place,
            further: refused.further,
        }
    }
}
