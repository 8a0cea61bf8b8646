//! The steps from the tables to the generated arrays.

mod claims;
mod codes;
mod entities;
mod rust;
mod spellings;
mod succession;
mod table;

use std::env;
use std::fs;
use std::path::PathBuf;

use table::Fault;

pub(crate) fn run() -> Result<(), Fault> {
    let mut out = String::new();
    let entities = entities::Entities::read()?;
    let spellings = spellings::Spellings::read(&entities)?;
    let codes = codes::Codes::read(&entities)?;
    entities.write(&spellings, &codes, &mut out);
    let mut store = claims::Store::default();
    spellings.write(&mut store, &mut out);
    codes.write(&entities, &mut store, &mut out);
    store.finish(&mut out);
    succession::write(&entities, &mut out)?;
    let folder = env::var_os("OUT_DIR").ok_or_else(|| Fault("OUT_DIR is not set".into()))?;
    let path = PathBuf::from(folder).join("tables.rs");
    fs::write(&path, out).map_err(|error| Fault(format!("{}: {error}", path.display())))
}
