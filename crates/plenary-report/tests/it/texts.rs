//! The catalogue of texts.

use std::path::{Path, PathBuf};
use std::{env, fs};

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files(&path, out),
            false => out.push(path),
        }
    }
}

#[test]
fn every_text_is_used() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let catalogue = fs::read_to_string(own.join("templates/texts.toml")).unwrap();
    let catalogue: toml::Table = toml::from_str(&catalogue).unwrap();
    let mut paths = Vec::new();
    for folder in [
        own.join("templates"),
        own.join("src"),
        own.join("../plenary-cli/src"),
    ] {
        if folder.is_dir() {
            files(&folder, &mut paths);
        }
    }
    paths.retain(|path| !path.ends_with("texts.toml"));
    let users: String = paths
        .iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let mut unused = Vec::new();
    for (group, texts) in &catalogue {
        // Groups of words of a vocabulary are looked up by the word.
        let by_word = users.contains(&format!("'{group}.' ~"))
            || users.contains(&format!("word('{group}',"))
            || users.contains(&format!("(\"{group}\", &"))
            || group == "unit";
        for key in texts.as_table().unwrap().keys() {
            let key = format!("{group}.{key}");
            if !by_word
                && !users.contains(&format!("'{key}'"))
                && !users.contains(&format!("\"{key}\""))
            {
                unused.push(key);
            }
        }
    }
    assert_eq!(unused, Vec::<String>::new());
}
