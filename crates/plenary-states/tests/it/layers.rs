//! The layers of the crate: rows, facts, resolving. A file uses its own layer and those before it, and no two files use
//! each other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const LAYERS: [&str; 3] = ["rows", "facts", "resolve"];

/// The files of the layers, as `layer::file`, with the files that each uses.
fn imports() -> BTreeMap<String, BTreeSet<String>> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut imports = BTreeMap::new();
    for layer in LAYERS {
        for file in fs::read_dir(source.join(layer)).unwrap() {
            let path = file.unwrap().path();
            let stem = path.file_stem().unwrap().to_str().unwrap();
            let module = match stem {
                "mod" => layer.to_owned(),
                stem => format!("{layer}::{stem}"),
            };
            let text = fs::read_to_string(&path).unwrap();
            // What tests use is no matter.
            let code = text.split("#[cfg(test)]").next().unwrap();
            let uses = code.lines().filter_map(|line| {
                let path = line.trim().strip_prefix("use crate::")?;
                Some(file_of(path, &source))
            });
            imports.insert(module, uses.collect());
        }
    }
    imports
}

/// The file that the path of an import leads to.
fn file_of(path: &str, source: &Path) -> String {
    let mut parts = path.split(|c: char| !c.is_alphanumeric() && c != '_');
    let layer = parts.next().unwrap();
    assert!(LAYERS.contains(&layer), "`{path}` goes by the root");
    let mut below = parts.filter(|part| !part.is_empty());
    let file = below.next().unwrap_or_default();
    match source.join(layer).join(file).with_extension("rs").is_file() {
        true => format!("{layer}::{file}"),
        false => layer.to_owned(),
    }
}

#[test]
fn a_layer_uses_those_before_it_only() {
    let place = |module: &str| LAYERS.iter().position(|layer| module.starts_with(layer));
    for (module, uses) in imports() {
        for used in uses {
            assert!(place(&used) <= place(&module), "{module} uses {used}");
        }
    }
}

#[test]
fn no_two_files_use_each_other() {
    let mut left = imports();
    assert!(left.len() > 20 && left.values().any(|uses| uses.len() > 3));
    // A file of which all that it uses is settled is settled too.
    loop {
        let open: BTreeSet<_> = left.keys().cloned().collect();
        left.retain(|_, uses| uses.iter().any(|used| open.contains(used)));
        if left.is_empty() {
            return;
        }
        assert!(left.len() < open.len(), "these use each other: {left:?}");
    }
}
