//! Which crate may depend on which, how much a crate costs to compile, and what its README says about that.

use std::collections::{BTreeMap, BTreeSet};
use std::{env, fs};

use cargo_metadata::{DependencyKind, MetadataCommand, Package};

/// The arrows of `docs/design.md`: a crate and the workspace crates that it uses.
const ARROWS: &[(&str, &[&str])] = &[
    ("plenary-types", &[]),
    ("plenary-states", &["plenary-types"]),
    ("plenary-decisions", &["plenary-types"]),
    ("plenary-tables", &["plenary-types"]),
    (
        "plenary-bodies",
        &[
            "plenary-types",
            "plenary-states",
            "plenary-decisions",
            "plenary-tables",
        ],
    ),
    (
        "plenary-treaties",
        &[
            "plenary-types",
            "plenary-states",
            "plenary-bodies",
            "plenary-decisions",
            "plenary-tables",
        ],
    ),
    (
        "plenary-validation",
        &[
            "plenary-types",
            "plenary-states",
            "plenary-bodies",
            "plenary-decisions",
            "plenary-treaties",
        ],
    ),
    (
        "plenary-import",
        &["plenary-types", "plenary-states", "plenary-tables"],
    ),
    (
        "plenary-compare",
        &[
            "plenary-types",
            "plenary-states",
            "plenary-bodies",
            "plenary-import",
        ],
    ),
    (
        "plenary-analysis",
        &[
            "plenary-types",
            "plenary-states",
            "plenary-bodies",
            "plenary-decisions",
            "plenary-validation",
            "plenary-tables",
        ],
    ),
    (
        "plenary-dataset",
        &[
            "plenary-types",
            "plenary-states",
            "plenary-bodies",
            "plenary-decisions",
            "plenary-validation",
            "plenary-import",
            "plenary-analysis",
        ],
    ),
    (
        "plenary-testing",
        &[
            "plenary-types",
            "plenary-states",
            "plenary-bodies",
            "plenary-decisions",
        ],
    ),
    (
        "plenary",
        &[
            "plenary-types",
            "plenary-states",
            "plenary-bodies",
            "plenary-decisions",
            "plenary-tables",
            "plenary-treaties",
            "plenary-validation",
            "plenary-import",
            "plenary-compare",
            "plenary-analysis",
            "plenary-dataset",
        ],
    ),
    ("plenary-report", &["plenary"]),
    ("plenary-cli", &["plenary", "plenary-report"]),
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

/// The line of a README on what a crate depends on: ``Dependencies: chrono, serde; with `config`: toml.``
fn dependencies(package: &Package) -> String {
    let normal = package
        .dependencies
        .iter()
        .filter(|d| d.kind == DependencyKind::Normal);
    let always: BTreeSet<_> = normal
        .filter(|d| !d.optional)
        .map(|d| d.name.as_str())
        .collect();
    let mut line = format!(
        "{LABEL}{}",
        always.into_iter().collect::<Vec<_>>().join(", ")
    );
    for (feature, enables) in &package.features {
        let brought = enables.iter().filter_map(|name| name.strip_prefix("dep:"));
        let brought: Vec<_> = brought.collect();
        if !brought.is_empty() {
            line += &format!("; with `{feature}`: {}", brought.join(", "));
        }
    }
    line + "."
}

const LABEL: &str = "Dependencies: ";

#[test]
fn every_readme_says_what_its_crate_depends_on() {
    for package in metadata().workspace_packages() {
        let path = package.manifest_path.with_file_name("README.md");
        let readme = fs::read_to_string(&path).expect("every crate has a README");
        let said: Vec<_> = readme.lines().filter(|l| l.starts_with(LABEL)).collect();
        let expected = dependencies(package);
        if said == [expected.as_str()] {
            continue;
        }
        let bless = env::var_os("PLENARY_BLESS").is_some();
        assert!(
            bless,
            "{path} says {said:?}, the crate {expected:?}: run this with PLENARY_BLESS=1"
        );
        let blessed = match said[..] {
            [] => format!("{readme}\n{expected}\n"),
            [old] => readme.replace(old, &expected),
            _ => panic!("{path} says it twice: {said:?}"),
        };
        fs::write(&path, blessed).expect("the README can be written");
    }
}
