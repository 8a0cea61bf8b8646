//! What commands write into files.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::analysis::folder;

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("plenary"));
    command.current_dir(folder).args(arguments);
    command.output().unwrap()
}

/// Every command that has `--output`, in each of its formats.
fn commands() -> Vec<(&'static str, Vec<Vec<&'static str>>)> {
    let with = |command: &[&'static str], formats: &[&'static str]| {
        let command = command.to_vec();
        let formats = formats.iter();
        formats
            .map(|format| [command.clone(), vec!["--format", format]].concat())
            .collect::<Vec<_>>()
    };
    let tables = ["csv", "json", "parquet"];
    let cohesion = |table: &'static str| {
        let command = ["cohesion", "ga_votes.csv", "--least", "1", "--table", table];
        with(&command, &[&["human"][..], &tables].concat())
    };
    let power = ["power", "--rule", "unsc-substantive"];
    let of_all = [&["human"][..], &tables].concat();
    let resolve = [
        "resolve",
        "--csv",
        "ga_votes.csv",
        "--column",
        "ms_name",
        "--date-column",
        "date",
    ];
    vec![
        ("acts", with(&["acts", "paris-agreement"], &of_all)),
        ("agree", with(&["agree", "ga_votes.csv"], &tables)),
        (
            "cite",
            ["text", "bibtex", "cff"]
                .map(|style| vec!["cite", "ga_votes.csv", "--as", style])
                .to_vec(),
        ),
        (
            "cohesion",
            ["groups", "pairs", "members"].map(cohesion).concat(),
        ),
        ("ideal", with(&["ideal", "ga_votes.csv"], &tables)),
        (
            "import",
            with(
                &["import", "ga_votes.csv", "--as", "csv"],
                &["human", "json"],
            ),
        ),
        ("members", with(&["members", "--on", "2018-12-19"], &of_all)),
        ("parties", with(&["parties", "paris-agreement"], &of_all)),
        ("power", with(&power, &["human", "csv", "json"])),
        ("report", with(&["report", "A/RES/73/195"], &["html"])),
        ("resolve", with(&resolve, &of_all)),
        ("sponsors", with(&["sponsors", "drafts.json"], &of_all)),
        (
            "tally",
            with(&["tally", "ga_votes.csv", "--by", "year"], &of_all),
        ),
        ("votes", with(&["votes", "ga_votes.csv"], &tables)),
    ]
}

/// The files that a command leaves, whole.
fn written(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let output = folder.join("out");
    let paths = match output.is_dir() {
        true => fs::read_dir(&output)
            .unwrap()
            .map(|e| e.unwrap().path())
            .collect(),
        false => vec![output.clone(), folder.join("out.metadata.json")],
    };
    let mut files = Vec::new();
    for path in paths.into_iter().filter(|path| path.is_file()) {
        files.push((path.display().to_string(), fs::read(&path).unwrap()));
        fs::remove_file(path).unwrap();
    }
    if output.is_dir() {
        fs::remove_dir(output).unwrap();
    }
    files
}

#[test]
fn every_command_writes_plain_text_into_files_whatever_the_colours() {
    let folder = folder();
    let folder = folder.path();
    let drafts = r#"{"title": "A draft", "acts": [{"act": "sponsorship", "symbol": "A/73/L.66", "sponsors": [{"participant": "TCD", "name": "Chad"}]}]}"#;
    fs::write(folder.join("drafts.json"), drafts).unwrap();
    let mut human = 0;
    for (command, variants) in commands() {
        for variant in variants {
            let mut found = Vec::new();
            for color in ["always", "never"] {
                let arguments = [&variant[..], &["--color", color, "-q", "-o", "out"]].concat();
                let ran = run(folder, &arguments);
                assert!(ran.status.success(), "{arguments:?}: {ran:?}");
                let files = written(folder);
                assert!(!files.is_empty(), "{arguments:?}");
                for (path, bytes) in &files {
                    let is_binary = bytes.starts_with(b"PAR1");
                    assert_eq!(is_binary, variant.contains(&"parquet"), "{path}");
                    assert!(is_binary || !bytes.contains(&0x1b), "{arguments:?}: {path}");
                    assert!(!bytes.is_empty(), "{arguments:?}: {path}");
                }
                found.push(files);
            }
            if command != "import" {
                assert_eq!(found[0], found[1], "{variant:?}");
            }
            if variant.contains(&"human") && command != "import" {
                human += 1;
                let shown = |color| {
                    let arguments = [&variant[..], &["--color", color, "-q"]].concat();
                    run(folder, &arguments).stdout
                };
                assert_eq!(found[0][0].1, shown("never"), "{variant:?}");
                assert!(shown("always").contains(&0x1b), "{variant:?}");
            }
        }
    }
    assert_eq!(human, 10);
}

#[test]
fn the_commands_that_write_files_are_all_tried() {
    let folder = tempfile::tempdir().unwrap();
    let text =
        |arguments: &[&str]| String::from_utf8(run(folder.path(), arguments).stdout).unwrap();
    let all = text(&["--help"]);
    let names = all.split_once("Commands:").unwrap().1;
    let names = names.split_once("Options:").unwrap().0;
    let names = names
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names = names.filter_map(|line| line.split_whitespace().next());
    let mut writing: Vec<&str> = names
        .filter(|name| *name != "help" && text(&[name, "--help"]).contains("--output"))
        .collect();
    writing.sort_unstable();
    let tried: Vec<&str> = commands().iter().map(|(name, _)| *name).collect();
    assert_eq!(writing, tried);
}
