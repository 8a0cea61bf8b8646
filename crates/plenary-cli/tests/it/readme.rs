//! What the README shows is what the command prints.

use std::fs;

use assert_cmd::Command;

use crate::schema::root;

/// The lines of the console block that begins with `$ command`, without the command.
fn block(readme: &str, command: &str) -> Vec<String> {
    let begin = format!("```console\n$ {command}\n");
    let (_, rest) = readme
        .split_once(&begin)
        .unwrap_or_else(|| panic!("`{command}` is shown"));
    let (shown, _) = rest.split_once("```").expect("the block ends");
    shown.lines().map(str::to_owned).collect()
}

#[test]
fn the_readme_shows_the_page_of_the_compact_as_it_is() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let output = Command::cargo_bin("plenary").unwrap().assert().success();
    let page = String::from_utf8(output.get_output().stdout.clone()).unwrap();
    let mut lines = page.lines();
    for shown in block(&readme, "cargo run --release") {
        let left_out = shown == "…" || shown.is_empty();
        assert!(
            left_out || lines.any(|line| line == shown),
            "the page has no line `{shown}`"
        );
    }
}
