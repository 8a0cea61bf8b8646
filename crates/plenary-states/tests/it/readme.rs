//! The table of the README, which says what to ask.

use std::fs;
use std::path::Path;

/// The source of the crate, all files together.
fn source(folder: &Path) -> String {
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path());
    let texts = files.map(|path| match path.is_dir() {
        true => source(&path),
        false => fs::read_to_string(path).unwrap(),
    });
    texts.collect()
}

#[test]
fn everything_that_the_readme_says_to_ask_is_public() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (readme, source) = (include_str!("../../README.md"), source(&root.join("src")));
    let library = fs::read_to_string(root.join("src/lib.rs")).unwrap();
    let rows = readme.lines().filter(|line| line.starts_with("| "));
    let asked = rows.filter_map(|line| line.trim_end_matches('|').rsplit('|').next());
    let quoted = asked.flat_map(|cell| cell.split('`').skip(1).step_by(2));
    let mut count = 0;
    for name in quoted {
        let (owner, name) = name
            .split_once("::")
            .map_or((None, name), |(o, n)| (Some(o), n));
        let declared = ["fn", "const fn", "struct"]
            .iter()
            .any(|word| source.contains(&format!("pub {word} {name}")));
        assert!(declared, "{name}");
        assert!(
            owner.is_none_or(|owner| library.contains(owner)),
            "{owner:?}"
        );
        count += 1;
    }
    assert!(count > 20, "{count}");
}
