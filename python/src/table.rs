//! [`Table`]: a result as columns, which every library that speaks Arrow takes.

use std::fmt::Write;
use std::sync::{Arc, OnceLock};

use arrow_array::{ArrayRef, RecordBatch, StructArray};
use arrow_schema::{ArrowError, DataType, Field};
use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList};
use pyo3_arrow::error::PyArrowResult;
use pyo3_arrow::ffi::{ArrayIterator, to_schema_pycapsule, to_stream_pycapsule};

use crate::arrow;
use crate::column::Column;

/// So many rows are shown of a longer table.
const SHOWN: usize = 10;
/// So many characters are shown of a longer text.
const WIDTH: usize = 40;

/// A result as columns, with what there is to know about it.
#[pyclass(frozen, module = "plenary_un")]
pub(crate) struct Table {
    table: Arc<plenary::analysis::table::Table>,
    warnings: Vec<String>,
    notes: Vec<String>,
    document: String,
    batch: OnceLock<RecordBatch>,
}

impl Table {
    pub(crate) fn new(table: plenary::analysis::table::Table) -> Self {
        Self {
            table: Arc::new(table),
            warnings: Vec::new(),
            notes: Vec::new(),
            document: String::new(),
            batch: OnceLock::new(),
        }
    }

    /// The same, with what is said beside it, and the document that the command has too.
    pub(crate) fn with(
        mut self,
        warnings: Vec<String>,
        notes: Vec<String>,
        document: String,
    ) -> Self {
        self.warnings = warnings;
        self.notes = notes;
        self.document = document;
        self
    }

    fn batch(&self, py: Python<'_>) -> Result<&RecordBatch, ArrowError> {
        if let Some(batch) = self.batch.get() {
            return Ok(batch);
        }
        let table = Arc::clone(&self.table);
        let batch = py.detach(move || arrow::batch(&table))?;
        Ok(self.batch.get_or_init(|| batch))
    }

    fn shown(&self) -> usize {
        match self.table.len() {
            rows if rows <= SHOWN + 1 => rows,
            _ => SHOWN,
        }
    }

    /// The first rows as texts.
    fn cells(&self) -> Vec<Vec<String>> {
        let columns = self.table.columns();
        let rows = 0..self.shown();
        let row = |row| columns.iter().map(move |column| shortened(column, row));
        rows.map(|at| row(at).collect()).collect()
    }

    fn size(&self) -> String {
        let rows = plenary::types::many(self.table.len() as u64, "row");
        let columns = plenary::types::many(self.table.columns().len() as u64, "column");
        format!("{rows}, {columns}")
    }
}

fn shortened(column: &plenary::analysis::table::Column, row: usize) -> String {
    let text = match column.cell(row) {
        plenary::analysis::table::Cell::Number(number) if number != 0.0 && number.abs() < 1e-4 => {
            format!("{number:.3e}")
        }
        plenary::analysis::table::Cell::Number(number) => format!("{number:.6}")
            .trim_end_matches('0')
            .trim_end_matches('.')
            .to_owned(),
        cell => cell.to_string(),
    };
    let visible = |c: char| match c {
        c if c.is_control() => ' ',
        c => c,
    };
    match text.char_indices().nth(WIDTH) {
        Some((end, _)) => {
            let begun = text.get(..end).unwrap_or_default();
            begun.chars().map(visible).chain(['…']).collect()
        }
        None => text.chars().map(visible).collect(),
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[pymethods]
impl Table {
    /// The names of the columns.
    #[getter]
    fn columns(&self) -> Vec<&str> {
        let columns = self.table.columns().iter();
        columns
            .map(plenary::analysis::table::Column::name)
            .collect()
    }

    /// What there is to know about the table, such as what was counted and on which sources it rests.
    #[getter]
    fn metadata<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for (key, value) in arrow::metadata(&self.table) {
            dict.set_item(key, value)?;
        }
        Ok(dict)
    }

    /// What limits the result.
    #[getter]
    fn warnings(&self) -> Vec<String> {
        self.warnings.clone()
    }

    /// What else there is to know about how the result came about.
    #[getter]
    fn notes(&self) -> Vec<String> {
        self.notes.clone()
    }

    /// The JSON document of the command, where it has one beside the table; else None.
    #[getter]
    fn document<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        if self.document.is_empty() {
            return Ok(None);
        }
        let answers = py.import("plenary_un._answers")?;
        Ok(Some(answers.getattr("Document")?.call1((&self.document,))?))
    }

    fn __len__(&self) -> usize {
        self.table.len()
    }

    fn __bool__(&self) -> bool {
        !self.table.is_empty()
    }

    /// A column by its name.
    fn __getitem__(&self, py: Python<'_>, name: &str) -> PyResult<Column> {
        let mut columns = self.table.columns().iter();
        let Some(place) = columns.position(|column| column.name() == name) else {
            let names = self.columns().join(", ");
            let message = format!("no column `{name}`; the table has {names}");
            return Err(PyKeyError::new_err(message));
        };
        let batch = self
            .batch(py)
            .map_err(pyo3_arrow::error::PyArrowError::from)?;
        let field = Arc::new(batch.schema_ref().field(place).clone());
        Ok(Column::new(vec![Arc::clone(batch.column(place))], field))
    }

    /// Goes through the rows, each as a dict.
    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.rows(py)?.call_method0("__iter__")
    }

    /// The rows, each as a dict.
    fn rows<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let rows = PyList::empty(py);
        for row in 0..self.table.len() {
            let dict = PyDict::new(py);
            for column in self.table.columns() {
                dict.set_item(column.name(), arrow::object(py, column, row)?)?;
            }
            rows.append(dict)?;
        }
        Ok(rows)
    }

    /// The columns, each as a list under its name.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for column in self.table.columns() {
            let rows = 0..self.table.len();
            let values = rows.map(|row| arrow::object(py, column, row));
            let values = values.collect::<PyResult<Vec<_>>>()?;
            dict.set_item(column.name(), PyList::new(py, values)?)?;
        }
        Ok(dict)
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyArrowResult<Bound<'py, PyCapsule>> {
        let batch = self.batch(py)?.clone();
        let metadata = batch.schema_ref().metadata().clone();
        let fields = batch.schema_ref().fields().clone();
        let field = Field::new("", DataType::Struct(fields), false).with_metadata(metadata);
        let array: ArrayRef = Arc::new(StructArray::from(batch));
        let reader = ArrayIterator::new(vec![Ok(array)], Arc::new(field));
        to_stream_pycapsule(py, Box::new(reader), requested_schema)
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyArrowResult<Bound<'py, PyCapsule>> {
        to_schema_pycapsule(py, self.batch(py)?.schema_ref().as_ref())
    }

    fn __repr__(&self) -> String {
        let mut text = format!("Table: {}", self.size());
        let names: Vec<String> = self.columns().into_iter().map(str::to_owned).collect();
        let mut lines = vec![names];
        lines.extend(self.cells());
        let places = 0..self.table.columns().len();
        let width = |place: usize| {
            let cells = lines.iter().filter_map(|line| line.get(place));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = places.map(width).collect();
        for line in &lines {
            text.push('\n');
            let mut row = String::new();
            for (cell, width) in line.iter().zip(&widths) {
                let _ = write!(row, "{cell:<width$}  ");
            }
            text.push_str(row.trim_end());
        }
        if let more @ 1.. = self.table.len() - self.shown() {
            let _ = write!(
                text,
                "\n… {}",
                plenary::types::many(more as u64, "more row")
            );
        }
        for warning in &self.warnings {
            let _ = write!(text, "\nwarning: {warning}");
        }
        text
    }

    fn _repr_html_(&self) -> String {
        let mut html = String::from("<table>\n<thead><tr>");
        for name in self.columns() {
            let _ = write!(html, "<th>{}</th>", escaped(name));
        }
        html.push_str("</tr></thead>\n<tbody>\n");
        for row in self.cells() {
            html.push_str("<tr>");
            for cell in row {
                let _ = write!(html, "<td>{}</td>", escaped(&cell));
            }
            html.push_str("</tr>\n");
        }
        let _ = write!(html, "</tbody>\n</table>\n<p>{}</p>", self.size());
        for warning in &self.warnings {
            let _ = write!(html, "\n<p>warning: {}</p>", escaped(warning));
        }
        html
    }
}
