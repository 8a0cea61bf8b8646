//! The steps from the tables to the generated arrays.

mod entities;
mod membership;
mod rust;
mod spellings;
mod table;

use std::env;
use std::fs;
use std::path::PathBuf;

use table::Fault;

pub(crate) fn run() -> Result<(), Fault> {
    let mut out = String::new();
    let entities = entities::Entities::read()?;
    let membership = membership::Membership::read(&entities)?;
    membership.write(&mut out);
    let spellings = spellings::Spellings::read(&entities)?;
    entities.write(&membership, &spellings, &mut out);
    spellings.write(&entities, &mut out)?;
    let folder = env::var_os("OUT_DIR").ok_or_else(|| Fault("OUT_DIR is not set".into()))?;
    let path = PathBuf::from(folder).join("tables.rs");
    fs::write(&path, out).map_err(|error| Fault(format!("{}: {error}", path.display())))
}
