//! [`Column`]: one column, which every library that speaks Arrow takes.

use std::sync::Arc;

use arrow_array::{Array, ArrayRef, new_empty_array};
use arrow_schema::FieldRef;
use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList, PyTuple};
use pyo3_arrow::error::PyArrowResult;
use pyo3_arrow::ffi::{
    ArrayIterator, to_array_pycapsules, to_schema_pycapsule, to_stream_pycapsule,
};

use crate::frame::values_of;
use crate::table::Table;
use crate::{arrow, frame};

/// One column.
#[pyclass(frozen, module = "plenary_un")]
pub(crate) struct Column {
    chunks: Vec<ArrayRef>,
    field: FieldRef,
    counts: Vec<(&'static str, u64)>,
    unmatched: Option<Py<Table>>,
}

impl Column {
    pub(crate) fn new(chunks: Vec<ArrayRef>, field: FieldRef) -> Self {
        Self {
            chunks,
            field,
            counts: Vec::new(),
            unmatched: None,
        }
    }

    /// The same, with how its keys matched.
    pub(crate) fn with(mut self, counts: Vec<(&'static str, u64)>, unmatched: Py<Table>) -> Self {
        self.counts = counts;
        self.unmatched = Some(unmatched);
        self
    }

    fn whole(&self) -> PyArrowResult<ArrayRef> {
        match &self.chunks[..] {
            [] => Ok(new_empty_array(self.field.data_type())),
            [only] => Ok(Arc::clone(only)),
            many => {
                let many: Vec<&dyn Array> = many.iter().map(|chunk| &**chunk).collect();
                Ok(arrow_select::concat::concat(&many)?)
            }
        }
    }

    fn len(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.len()).sum()
    }

    fn values(&self) -> PyResult<plenary::analysis::table::Column> {
        let whole = self.whole()?;
        let values = values_of(self.field.name(), &[whole]);
        values.map_err(pyo3::exceptions::PyTypeError::new_err)
    }
}

#[pymethods]
impl Column {
    fn __len__(&self) -> usize {
        self.len()
    }

    fn __getitem__(&self, py: Python<'_>, place: isize) -> PyResult<Py<PyAny>> {
        let len = self.len();
        let from_end = |place: isize| len.checked_sub(place.unsigned_abs());
        let found = match place {
            0.. => usize::try_from(place).ok().filter(|place| *place < len),
            _ => from_end(place),
        };
        let mut place = found.ok_or_else(|| PyIndexError::new_err("beyond the column"))?;
        for chunk in &self.chunks {
            if place < chunk.len() {
                let one = values_of(self.field.name(), &[chunk.slice(place, 1)]);
                let one = one.map_err(pyo3::exceptions::PyTypeError::new_err)?;
                return arrow::object(py, &one, 0);
            }
            place -= chunk.len();
        }
        Err(PyIndexError::new_err("beyond the column"))
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.to_list(py)?.call_method0("__iter__")
    }

    /// The values as a list.
    fn to_list<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let values = self.values()?;
        let rows = 0..values.len();
        let objects = rows.map(|row| arrow::object(py, &values, row));
        PyList::new(py, objects.collect::<PyResult<Vec<_>>>()?)
    }

    /// How many rows matched how: `exact`, `alias`, `folded`, or why they have no answer; empty where nothing was resolved.
    #[getter]
    fn counts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for (word, rows) in &self.counts {
            dict.set_item(word, rows)?;
        }
        Ok(dict)
    }

    /// The keys without an answer, each with the reason and the number of its rows, most frequent first.
    #[getter]
    fn unmatched(&self, py: Python<'_>) -> Option<Py<Table>> {
        self.unmatched.as_ref().map(|table| table.clone_ref(py))
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyArrowResult<Bound<'py, PyCapsule>> {
        let chunks: Vec<_> = self.chunks.iter().cloned().map(Ok).collect();
        let reader = ArrayIterator::new(chunks, Arc::clone(&self.field));
        to_stream_pycapsule(py, Box::new(reader), requested_schema)
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyArrowResult<Bound<'py, PyTuple>> {
        let whole = self.whole()?;
        to_array_pycapsules(py, Arc::clone(&self.field), &whole, requested_schema)
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyArrowResult<Bound<'py, PyCapsule>> {
        to_schema_pycapsule(py, self.field.as_ref())
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let shown = self.len().min(frame::SHOWN);
        let mut texts = Vec::new();
        for place in 0..shown {
            let place = isize::try_from(place).unwrap_or(isize::MAX);
            let value = self.__getitem__(py, place)?;
            texts.push(value.bind(py).repr()?.to_string());
        }
        if self.len() > shown {
            texts.push("…".to_owned());
        }
        let counts = self.counts.iter();
        let counts: Vec<_> = counts
            .map(|(word, rows)| format!("{word} {}", plenary::types::thousands(*rows)))
            .collect();
        let counts = match counts.is_empty() {
            true => String::new(),
            false => format!("; {}", counts.join(", ")),
        };
        let rows = plenary::types::many(self.len() as u64, "row");
        Ok(format!("Column: {rows}{counts}\n[{}]", texts.join(", ")))
    }
}
