//! The page of the built-in Compact.

use assert_cmd::Command;

fn plenary() -> Command {
    Command::cargo_bin("plenary").expect("the command is built")
}

#[test]
fn the_page_of_the_compact_is_the_same_from_any_directory() {
    let elsewhere = tempfile::tempdir().unwrap();
    let output = plenary().current_dir(&elsewhere).assert().success();
    let page = String::from_utf8(output.get_output().stdout.clone()).unwrap();
    insta::assert_snapshot!(page);
}
