//! Which crate may depend on which, and how much a crate costs to compile.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, MetadataCommand};

/// The arrows of `docs/design.md`: a crate and the workspace crates that it uses.
const ARROWS: &[(&str, &[&str])] = &[
    ("plenary-types", &[]),
    ("plenary-states", &["plenary-types"]),
    ("plenary-decisions", &["plenary-types"]),
    (
        "plenary-treaties",
        &["plenary-types", "plenary-states", "plenary-decisions"],
    ),
    (
        "plenary-validation",
        &[
            "plenary-types",
            "plenary-states",
            "plenary-decisions",
            "plenary-treaties",
        ],
    ),
    ("plenary-import", &["plenary-types", "plenary-states"]),
    (
        "plenary-compare",
        &["plenary-types", "plenary-states", "plenary-import"],
    ),
    (
        "plenary-analysis",
        &[
            "plenary-types",
            "plenary-states",
            "plenary-decisions",
            "plenary-validation",
        ],
    ),
    ("plenary-testing", &["plenary-types", "plenary-states"]),
    (
        "plenary",
        &[
            "plenary-types",
            "plenary-states",
            "plenary-decisions",
            "plenary-treaties",
            "plenary-validation",
            "plenary-import",
            "plenary-compare",
            "plenary-analysis",
        ],
    ),
    ("plenary-cli", &["plenary"]),
];

fn metadata() -> cargo_metadata::Metadata {
    MetadataCommand::new()
        .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .no_deps()
        .exec()
        .expect("cargo metadata reads the workspace")
}

#[test]
fn arrows_between_the_crates_point_one_way() {
    let metadata = metadata();
    let drawn: BTreeMap<_, _> = ARROWS.iter().copied().collect();
    for package in metadata.workspace_packages() {
        let name = package.name.as_str();
        let arrows = drawn
            .get(name)
            .unwrap_or_else(|| panic!("{name} is not in the table of arrows"));
        let used: BTreeSet<_> = package
            .dependencies
            .iter()
            .filter(|d| d.kind != DependencyKind::Development)
            .map(|d| d.name.as_str())
            .filter(|dependency| dependency.starts_with("plenary"))
            .collect();
        assert_eq!(used, arrows.iter().copied().collect(), "{name}");
    }
}

#[test]
fn a_crate_that_needs_only_the_types_compiles_a_handful_of_dependencies() {
    let metadata = metadata();
    let types = metadata
        .workspace_packages()
        .into_iter()
        .find(|p| p.name.as_str() == "plenary-types")
        .expect("the types are in the workspace");
    let direct: BTreeSet<_> = types
        .dependencies
        .iter()
        .filter(|d| d.kind == DependencyKind::Normal)
        .map(|d| d.name.as_str())
        .collect();
    assert_eq!(
        direct,
        BTreeSet::from(["chrono", "serde", "thiserror", "uuid"])
    );
}
