//! Pages of the documentation show what the command prints.

use std::path::PathBuf;

use assert_cmd::Command;

fn page(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../docs")
        .join(name)
}

/// The words of a command line; quotes hold words together.
pub(crate) fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for character in line.chars() {
        match character {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            other => words.last_mut().unwrap().push(other),
        }
    }
    words
}

fn output_of(line: &str) -> String {
    let words = words(line);
    let output = Command::cargo_bin("plenary")
        .unwrap()
        .args(&words[1..])
        .output()
        .unwrap();
    assert_eq!(
        output.status.code(),
        Some(0),
        "{line}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// With `UPDATE_DOCS` set, the page is written anew; otherwise it has to be as the command prints it.
fn shows_what_the_command_prints(name: &str, least: usize) {
    let text = std::fs::read_to_string(page(name)).unwrap();
    let mut parts = text.split("```console\n");
    let mut renewed = parts.next().unwrap().to_owned();
    let mut commands = 0;
    for part in parts {
        let (block, rest) = part.split_once("```").unwrap();
        let command = block.lines().next().unwrap().strip_prefix("$ ").unwrap();
        commands += 1;
        renewed.push_str(&format!(
            "```console\n$ {command}\n{}```{rest}",
            output_of(command)
        ));
    }
    assert!(commands >= least, "{commands}");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(page(name), renewed).unwrap();
    } else {
        assert_eq!(text, renewed);
    }
}

#[test]
fn the_page_on_decisions_shows_what_the_command_prints() {
    shows_what_the_command_prints("decisions.md", 8);
}

#[test]
fn the_page_on_power_shows_what_the_command_prints() {
    shows_what_the_command_prints("power-and-cohesion.md", 3);
}

#[test]
fn requirements_on_the_page_are_requirements() {
    let text = std::fs::read_to_string(page("decisions.md")).unwrap();
    let (_, table) = text.split_once("## The nineteen primitives").unwrap();
    let (table, clauses) = table.split_once("## Clauses of entry into force").unwrap();
    let mut seen = 0;
    for row in table.lines().filter(|line| line.starts_with("| P")) {
        let (_, core) = row.trim_end_matches('|').rsplit_once(" | ").unwrap();
        for quoted in core
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|text| text.contains(' ') && !text.contains('_'))
        {
            quoted
                .parse::<plenary::decisions::Requirement>()
                .unwrap_or_else(|e| panic!("{quoted}: {e}"));
            seen += 1;
        }
    }
    assert!(seen >= 20, "{seen}");
    for row in clauses.lines().filter(|line| line.starts_with("| `")) {
        let clause = row.split('`').nth(1).unwrap();
        clause
            .parse::<plenary::decisions::Clause>()
            .unwrap_or_else(|e| panic!("{clause}: {e}"));
    }
}
