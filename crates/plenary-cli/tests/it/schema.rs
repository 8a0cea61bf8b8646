//! What the command prints and what the fixtures hold fit the published schemas.

use std::path::{Path, PathBuf};

use serde_json::Value;

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: impl AsRef<Path>) -> Value {
    let path = root().join(path);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Every way in which a document does not fit a schema.
pub(crate) fn misfits(schema: &str, document: &Value) -> Vec<String> {
    let schema = read(Path::new("docs/schema").join(schema));
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    let misfit = |e: jsonschema::ValidationError<'_>| format!("{}: {e}", e.instance_path());
    validator.iter_errors(document).map(misfit).collect()
}

#[test]
fn the_compact_fits_the_schema_of_agreements() {
    let compact = read("fixtures/global-compact/agreements/a-res-73-195.json");
    assert_eq!(misfits("agreement.schema.json", &compact), [""; 0]);
    let written = serde_json::to_value(plenary::global_compact().unwrap()).unwrap();
    assert_eq!(misfits("agreement.schema.json", &written), [""; 0]);
}

#[test]
fn the_schema_of_agreements_refuses_what_the_types_refuse() {
    for (pointer, wrong) in [
        ("/symbols/0", Value::from(73)),
        ("/acts/6/ballots/no/0", Value::from(203)),
        ("/acts/6/announced/yes", Value::from(-1)),
        ("/acts/6/date", Value::from("19 December 2018")),
        ("/claims/0/assertion/about", Value::from("weather")),
        ("/claims/1/assertion/percent", Value::from(66.7)),
        ("/claims/1/assertion/base", Value::from("everybody")),
        (
            "/claims/8/assertion/left",
            serde_json::json!({"votes": {"choice": "yes", "weather": "rain"}}),
        ),
        ("/claims/20/assertion/claimed-part", Value::from(-1)),
        ("/figures/0/value", Value::from(-1)),
        ("/objectives/0/paragraph", Value::from(17)),
    ] {
        let mut compact = read("fixtures/global-compact/agreements/a-res-73-195.json");
        *compact.pointer_mut(pointer).expect("the path is there") = wrong;
        assert!(
            !misfits("agreement.schema.json", &compact).is_empty(),
            "{pointer}"
        );
        assert!(
            serde_json::from_value::<plenary::types::Agreement>(compact).is_err(),
            "{pointer}"
        );
    }
}

#[test]
fn a_finding_that_names_somebody_fits_the_schema_of_show() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("vote.csv");
    let text = "symbol: A/RES/50/9\ndate: 1995-11-01\n\ncode,choice\nFRA,yes\nSSD,yes\n";
    std::fs::write(&table, text).unwrap();
    let json = |arguments: &[&str]| -> Value {
        let mut command = assert_cmd::Command::cargo_bin("plenary").unwrap();
        let output = command.args(arguments).output().unwrap();
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let path = table.to_str().unwrap();
    let shown = json(&["show", "A/RES/50/9", "-d", path, "--format", "json"]);
    let subjects = shown.pointer("/findings/0/subjects");
    assert!(subjects.is_some_and(Value::is_array), "{shown}");
    assert_eq!(misfits("show.schema.json", &shown), [""; 0]);
}
