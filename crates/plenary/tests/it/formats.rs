//! A format of somebody else's crate is read, checked and accounted for like the built-in ones.

use std::path::Path;

#[path = "../../examples/add_a_format.rs"]
mod add_a_format;

#[test]
fn a_format_from_outside_is_added_with_one_registration() {
    add_a_format::main().unwrap();
}

#[test]
fn the_format_in_the_guide_for_contributors_is_the_one_that_compiles() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../CONTRIBUTING.md");
    let Ok(guide) = std::fs::read_to_string(guide) else {
        println!("no guide beside this package: nothing to compare");
        return;
    };
    assert!(guide.contains(include_str!("../../examples/add_a_format.rs")));
}

#[test]
fn every_format_stands_in_the_title_of_its_page() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/formats");
    if !folder.is_dir() {
        println!("no documents beside this package: nothing to compare");
        return;
    }
    for format in plenary::import::catalogue() {
        let page = format.page().unwrap();
        let text = std::fs::read_to_string(folder.join(page).with_extension("md")).unwrap();
        let title = text.lines().next().unwrap_or_default();
        let mut words = title.split([' ', ',', ':']);
        assert!(words.any(|word| word == format.name()), "{format:?}");
        assert!(!format.title().is_empty(), "{format:?}");
    }
}
