//! The page "I have this file": the first rows of each file are those of the file, and each command prints what the page shows.

use std::fs;

use crate::own_body::{copy, holds, printed};
use crate::schema::root;

/// How many lines of a file are shown, and how many characters of each.
const LINES: usize = 24;
const OF_TABLES: usize = 5;
const LETTERS: usize = 140;

/// The beginning of a file, cut as the page says.
fn beginning(name: &str, text: &str) -> String {
    let most = if name.ends_with(".csv") {
        OF_TABLES
    } else {
        LINES
    };
    let mut shown = String::new();
    for line in text.lines().take(most) {
        match line.char_indices().nth(LETTERS) {
            Some((at, _)) => shown.push_str(&format!("{}…\n", line.get(..at).unwrap())),
            None => shown.push_str(&format!("{line}\n")),
        }
    }
    if text.lines().count() > most {
        shown.push_str("…\n");
    }
    shown
}

#[test]
fn the_page_of_files_at_hand_shows_them_and_what_the_command_prints() {
    let files = root().join("fixtures/files");
    let folder = tempfile::tempdir().unwrap();
    copy(&files, folder.path());
    let (mut shown, mut commands) = (0, 0);
    let file = |name: &str| {
        shown += 1;
        beginning(name, &fs::read_to_string(files.join(name)).unwrap())
    };
    let command = |line: &str| {
        commands += 1;
        printed(folder.path(), line)
    };
    holds("docs/i-have-this-file.md", command, file);
    assert!(shown >= 15 && commands >= 15, "{shown}, {commands}");
}
