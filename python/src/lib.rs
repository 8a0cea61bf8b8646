//! The extension of the Python package `plenary-un`: the commands of plenary as functions, and their tables as streams of Arrow.

mod arrow;
mod ask;
mod column;
mod dataset;
mod error;
mod frame;
mod joint;
mod resolve;
mod table;
mod words;

use pyo3::prelude::*;

// A check makes and frees millions of small texts: with the allocator of the program it is as fast as there. It serves this extension alone.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[pymodule]
fn _plenary(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<table::Table>()?;
    module.add_class::<column::Column>()?;
    module.add_function(wrap_pyfunction!(ask::ask, module)?)?;
    module.add_function(wrap_pyfunction!(ask::options, module)?)?;
    module.add_function(wrap_pyfunction!(ask::run, module)?)?;
    module.add_function(wrap_pyfunction!(dataset::stored_names, module)?)?;
    module.add_function(wrap_pyfunction!(dataset::stored_table, module)?)?;
    module.add_function(wrap_pyfunction!(frame::write_frame, module)?)?;
    module.add_function(wrap_pyfunction!(joint::joint_measures, module)?)?;
    module.add_function(wrap_pyfunction!(resolve::resolve_column, module)?)?;
    Ok(())
}
