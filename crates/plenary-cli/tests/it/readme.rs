//! What the READMEs show is what the command prints.

use std::fs;

use assert_cmd::Command;

use crate::decisions::words;
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

#[test]
fn the_readme_of_the_command_shows_what_it_prints() {
    let readme = fs::read_to_string(root().join("crates/plenary-cli/README.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (_, table) = readme.split_once("```csv\n").expect("a vote is shown");
    let (table, _) = table.split_once("```").unwrap();
    fs::write(folder.path().join("vote.csv"), table).unwrap();
    let blocks: Vec<_> = readme.split("```console\n$ ").skip(1).collect();
    assert_eq!(blocks.len(), 7);
    for block in blocks {
        let (command, shown) = block.split_once('\n').unwrap();
        let output = Command::cargo_bin("plenary")
            .unwrap()
            .current_dir(&folder)
            .args(&words(command)[1..])
            .output()
            .unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        assert_eq!(shown.split_once("```").unwrap().0, printed, "{command}");
    }
}
