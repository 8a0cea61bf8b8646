//! The tables of a dataset.

use extendr_api::prelude::*;
use plenary::dataset::StoredTables;
use plenary::dataset::{StoredError, TableSchema};

use crate::frame::of_table;
use crate::refused::Refused;

/// The names of the tables of a dataset.
pub(crate) fn tables(folder: &str) -> Result<Robj, Refused> {
    let names = StoredTables::listed(folder).map_err(|error| unreadable(folder, &error))?;
    Ok(names.into())
}

/// A table of a dataset.
pub(crate) fn table(folder: &str, name: &str) -> Result<Robj, Refused> {
    let error = |error: StoredError| unreadable(folder, &error);
    let stored = StoredTables::open(folder, &[name]).map_err(|source| {
        error(StoredError::Io {
            path: folder.into(),
            source,
        })
    })?;
    let schema = TableSchema::named(name);
    let Some((stored, schema)) = stored.zip(schema) else {
        return Err(Refused::new(format!(
            "the table `{name}` is not as the dataset was written"
        ))
        .with_help("import the dataset again from its sources")
        .in_file(folder));
    };
    let mut columns = Vec::new();
    for column in schema.columns {
        if stored.has_column(name, column.name).map_err(error)? {
            columns.push(column.name);
        }
    }
    let table = stored.read(name, &columns, None).map_err(error)?;
    Ok(of_table(&table))
}

fn unreadable(folder: &str, error: &StoredError) -> Refused {
    Refused::new(error.to_string()).in_file(folder)
}
