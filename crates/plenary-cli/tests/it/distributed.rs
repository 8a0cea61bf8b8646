//! The page on more than one machine names the checks as the catalogue has them.

use std::fmt::Write;
use std::path::Path;

use assert_cmd::Command;
use plenary::catalogue;
use plenary::validation::explained_by;
use serde_json::Value;

/// How the checks of a scope run where votes are divided; one of a scope that is not here has to be thought about.
fn stage(scope: &str) -> &'static str {
    match scope {
        "agreement" | "decision" => "divided: each executor, on its own votes",
        "decisions" | "dataset" | "source file" => {
            "second stage: one process, on the file of all votes"
        }
        "configuration" => "second stage: it is about a file `plenary.toml`, and not about votes",
        other => panic!("nothing is known of the scope `{other}`"),
    }
}

/// The table is made from the catalogue: `UPDATE_DOCS=1 cargo test -p plenary-cli --test it distributed` writes it.
#[test]
fn the_page_has_the_checks_as_they_are() {
    let mut table = "| looks at | checks | how they run |\n|---|---|---|\n".to_owned();
    let mut scopes: Vec<&str> = Vec::new();
    for check in catalogue().checks() {
        if !scopes.contains(&check.run.scope()) {
            scopes.push(check.run.scope());
        }
    }
    scopes.sort_by_key(|scope| stage(scope));
    for scope in scopes {
        let all = catalogue();
        let names = all
            .checks()
            .iter()
            .filter(|check| check.run.scope() == scope);
        let names: Vec<String> = names
            .map(|check| format!("[{0}](checks/{0}.md)", check.name))
            .collect();
        let _ = writeln!(
            table,
            "| {scope} | {} | {} |",
            names.join(", "),
            stage(scope)
        );
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/distributed.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (begin, end) = ("<!-- checks -->\n", "<!-- end of checks -->");
    let start = page.find(begin).unwrap() + begin.len();
    let stop = page.find(end).unwrap();
    let now = format!("{}{table}{}", &page[..start], &page[stop..]);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, now).unwrap();
    } else {
        assert!(
            page == now,
            "docs/distributed.md differs; UPDATE_DOCS=1 writes it anew"
        );
    }
}

#[test]
fn programs_read_what_a_check_looks_at_and_explains() {
    let run = Command::cargo_bin("plenary")
        .unwrap()
        .args(["rules", "--format", "json"])
        .assert()
        .code(0);
    let rules: Value = serde_json::from_slice(&run.get_output().stdout).unwrap();
    let checks = rules["checks"].as_array().unwrap();
    assert_eq!(checks.len(), catalogue().checks().len());
    for check in checks {
        let name = check["name"].as_str().unwrap();
        assert_eq!(check["scope"], catalogue().find(name).unwrap().run.scope());
        let explains: Vec<&str> = check["explains"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        assert_eq!(explains, explained_by(name), "{name}");
    }
}
