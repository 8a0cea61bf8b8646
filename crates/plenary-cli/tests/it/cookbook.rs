//! The cookbook: each command of it prints what the page shows.
//!
//! Most of its commands read whole histories of votes, which are no part of the repository and slow for a program that is not optimised.
//! They run where `PLENARY_PROGRAM` names an optimised program and the data are there; the others always run.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

use crate::decisions::words;
use crate::own_body::copy;
use crate::schema::root;

/// The names that the page gives to public data, and where they lie among the data for tests.
const PUBLIC: &[(&str, &str)] = &[
    ("voting_data.csv.zst", "undl/ga_votes_1946_2019.csv.zst"),
    ("library_ga.csv.zst", "undl/library_ga_1946_1989.csv.zst"),
    ("library_sc.csv.zst", "undl/library_sc_1946_1989.csv.zst"),
    ("unvotes.csv.zst", "unvotes/unvotes.csv.zst"),
    ("roll_calls.csv.zst", "unvotes/roll_calls.csv.zst"),
    ("issues.csv.zst", "unvotes/issues.csv.zst"),
    ("drafts.xml", "marcxml/committee3_drafts_sample.xml"),
    ("failed_drafts.csv", "others/unsc_failed_drafts_lists.csv"),
    ("treaties", "untc/treaties"),
];

/// What a recipe needs that only public data give: a file of those, or what an earlier recipe made of one.
const MADE: &[&str] = &["un", "un/", "votes"];

/// The optimised program and the folder of public data, where both are there.
fn whole() -> Option<(PathBuf, PathBuf)> {
    let program = PathBuf::from(std::env::var_os("PLENARY_PROGRAM")?);
    let shared =
        std::env::var_os("PLENARY_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    let data = shared.join("data");
    (program.is_file() && data.is_dir()).then_some((program, data))
}

fn run(program: Option<&Path>, folder: &Path, line: &str) -> String {
    let mut command = match program {
        Some(program) => Command::new(program),
        None => Command::cargo_bin("plenary").unwrap(),
    };
    let command = command.current_dir(folder).args(&words(line)[1..]);
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let (out, err) = (text(output.stdout), text(output.stderr));
    let code = output.status.code().unwrap();
    assert!(code < 2, "{line}: {err}");
    if out.is_empty() { err } else { out }
}

#[test]
fn every_recipe_of_the_cookbook_prints_what_the_page_shows() {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("fixtures/files"), folder.path());
    let whole = whole();
    if let Some((_, data)) = &whole {
        for (name, lies) in PUBLIC {
            std::os::unix::fs::symlink(data.join(lies), folder.path().join(name)).unwrap();
        }
    } else {
        println!(
            "without PLENARY_PROGRAM and the public data: only the recipes that need neither were run"
        );
    }
    let needs_public = |line: &str| {
        let mut words = words(line).into_iter();
        words.any(|word| {
            MADE.contains(&&*word) || PUBLIC.iter().any(|(name, _)| word.starts_with(name))
        })
    };
    let page = root().join("docs/cookbook.md");
    let text = fs::read_to_string(&page).unwrap();
    let mut parts = text.split("```");
    let mut renewed = parts.next().unwrap().to_owned();
    let mut counts: BTreeMap<bool, usize> = BTreeMap::new();
    while let (Some(block), Some(prose)) = (parts.next(), parts.next()) {
        let line = block
            .strip_prefix("console\n$ ")
            .and_then(|block| block.lines().next());
        let shown = match line {
            None => block.to_owned(),
            Some(line) => {
                let can = whole.is_some() || !needs_public(line);
                *counts.entry(can).or_default() += 1;
                match can {
                    true => {
                        let program = whole.as_ref().map(|(program, _)| program.as_path());
                        format!("console\n$ {line}\n{}", run(program, folder.path(), line))
                    }
                    false => block.to_owned(),
                }
            }
        };
        renewed.push_str(&format!("```{shown}```{prose}"));
    }
    let recipes: usize = counts.values().sum();
    assert!(recipes >= 30, "{recipes} recipes");
    assert!(counts.contains_key(&true), "no recipe was run");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&page, renewed).unwrap();
    } else {
        assert_eq!(text, renewed);
    }
}
