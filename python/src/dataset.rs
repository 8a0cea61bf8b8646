//! The tables of a dataset on disk.

use std::path::{Path, PathBuf};

use plenary::dataset::{StoredError, StoredTables, TableSchema};
use pyo3::prelude::*;

use crate::error::Fault;
use crate::table::Table;

/// The names of the tables that a dataset has as Parquet.
#[pyfunction]
pub(crate) fn stored_names(py: Python<'_>, folder: PathBuf) -> PyResult<Vec<&'static str>> {
    let names = py.detach(|| StoredTables::listed(&folder));
    names.map_err(|error| unreadable(&folder, &error).into_exception(py))
}

/// A table of a dataset, with the columns that it has.
#[pyfunction]
pub(crate) fn stored_table(py: Python<'_>, folder: PathBuf, name: String) -> PyResult<Table> {
    let table = py.detach(|| read(&folder, &name));
    table
        .map(Table::new)
        .map_err(|fault| fault.into_exception(py))
}

fn read(folder: &Path, name: &str) -> Result<plenary::analysis::table::Table, Fault> {
    let of_dataset = |error: StoredError| unreadable(folder, &error);
    let stored = StoredTables::open(folder, &[name]).map_err(|source| {
        of_dataset(StoredError::Io {
            path: folder.to_owned(),
            source,
        })
    })?;
    let Some((stored, schema)) = stored.zip(TableSchema::named(name)) else {
        let message = format!("the table `{name}` is not as the dataset was written");
        return Err(Fault::new(message)
            .with_help("import the dataset again from its sources")
            .in_file(folder.display().to_string()));
    };
    let mut columns = Vec::new();
    for column in schema.columns {
        if stored.has_column(name, column.name).map_err(of_dataset)? {
            columns.push(column.name);
        }
    }
    stored.read(name, &columns, None).map_err(of_dataset)
}

fn unreadable(folder: &Path, error: &StoredError) -> Fault {
    Fault::new(error.to_string()).in_file(folder.display().to_string())
}
