//! No code branches on a particular body: what a body does is asked of its data.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Where the identifier of a body may be named: readers of sources of one body and samples for tests, which never compare with it.
const MAY_NAME: &[&str] = &[
    "plenary-import/src/sources/",
    "plenary-testing/src/",
    "plenary-analysis/src/tally/tests.rs",
];

/// Places that are data, or that mean something else by the same letters: the file, the words, and why.
const DATA: &[(&str, &[&str], &str)] = &[
    (
        "plenary-types/src/body.rs",
        &["unga", "unsc", "ecosoc", "hrc", "chr"],
        "the constants for readers of sources",
    ),
    (
        "plenary-types/src/symbol/mod.rs",
        &["UNGA", "UNSC", "ECOSOC", "HRC", "CHR"],
        "the table of the organs in the grammar of symbols",
    ),
    (
        "plenary-decisions/src/name.rs",
        &["any"],
        "a word of requirements",
    ),
    (
        "plenary-decisions/src/parse/comparison.rs",
        &["any"],
        "a word of requirements",
    ),
    (
        "plenary/src/resolve/mod.rs",
        &["any"],
        "any system of codes",
    ),
    (
        "plenary/src/claims/statement.rs",
        &["un", "who", "any"],
        "words of reports",
    ),
    (
        "plenary/src/claims/occasion.rs",
        &["un", "who"],
        "words of reports",
    ),
    (
        "plenary-cli/src/command/resolve.rs",
        &["any"],
        "any system of codes",
    ),
];

/// A token of Rust as far as it matters here.
#[derive(Debug, PartialEq)]
enum Token {
    Word(String),
    Text(String),
    Sign(char),
}

/// The tokens of a source without its comments.
fn tokens(source: &str) -> Vec<(usize, Token)> {
    let chars: Vec<char> = source.chars().collect();
    let get = |at: usize| chars.get(at).copied().unwrap_or('\0');
    let (mut found, mut at, mut line) = (Vec::new(), 0, 1);
    while at < chars.len() {
        let start = at;
        let here = line;
        match get(at) {
            '/' if get(at + 1) == '/' => {
                while at < chars.len() && get(at) != '\n' {
                    at += 1;
                }
            }
            '/' if get(at + 1) == '*' => {
                at += 2;
                while at < chars.len() && !(get(at - 1) == '*' && get(at) == '/') {
                    at += 1;
                }
                at += 1;
            }
            'r' if get(at + 1) == '"'
                || (get(at + 1) == '#' && matches!(get(at + 2), '#' | '"')) =>
            {
                let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
                at += hashes + 2;
                let begin = at;
                let ends =
                    |at: usize| get(at) == '"' && (1..=hashes).all(|after| get(at + after) == '#');
                while at < chars.len() && !ends(at) {
                    at += 1;
                }
                found.push((here, Token::Text(chars[begin..at].iter().collect())));
                at += hashes + 1;
            }
            '"' => {
                at += 1;
                let begin = at;
                while at < chars.len() && get(at) != '"' {
                    at += if get(at) == '\\' { 2 } else { 1 };
                }
                found.push((
                    here,
                    Token::Text(chars[begin..at.min(chars.len())].iter().collect()),
                ));
                at += 1;
            }
            // A character; a lifetime has no second quotation mark.
            '\'' if get(at + 1) == '\\' => {
                at += 3;
                while at < chars.len() && get(at) != '\'' {
                    at += 1;
                }
                at += 1;
            }
            '\'' if get(at + 2) == '\'' => at += 3,
            c if c.is_alphanumeric() || c == '_' => {
                while get(at).is_alphanumeric() || get(at) == '_' {
                    at += 1;
                }
                found.push((here, Token::Word(chars[start..at].iter().collect())));
            }
            c => {
                if !c.is_whitespace() {
                    found.push((here, Token::Sign(c)));
                }
                at += 1;
            }
        }
        line += chars[start..at.min(chars.len())]
            .iter()
            .filter(|c| **c == '\n')
            .count();
    }
    found
}

/// The same without the items that only tests have.
fn without_tests(tokens: Vec<(usize, Token)>) -> Vec<(usize, Token)> {
    let only_tests = ["#", "[", "cfg", "(", "test", ")", "]"];
    let is = |token: &Token, text: &str| match token {
        Token::Word(word) => word == text,
        Token::Sign(sign) => text.chars().eq([*sign]),
        Token::Text(_) => false,
    };
    let (mut kept, mut at) = (Vec::new(), 0);
    while at < tokens.len() {
        let rest = &tokens[at..];
        let begins = rest.len() > only_tests.len()
            && rest
                .iter()
                .zip(only_tests)
                .all(|((_, token), text)| is(token, text));
        if !begins {
            kept.push(at);
            at += 1;
            continue;
        }
        // The item ends with its block, or with a semicolon or a comma where it has none.
        let mut depth = 0;
        at += only_tests.len();
        while let Some((_, token)) = tokens.get(at) {
            at += 1;
            match token {
                Token::Sign('{' | '(' | '[') => depth += 1,
                Token::Sign('}') if depth == 1 => break,
                Token::Sign('}' | ')' | ']') => depth -= 1,
                Token::Sign(';' | ',') if depth == 0 => break,
                _ => {}
            }
        }
    }
    let kept: BTreeSet<_> = kept.into_iter().collect();
    let all = tokens.into_iter().enumerate();
    all.filter(|(at, _)| kept.contains(at))
        .map(|(_, token)| token)
        .collect()
}

/// Where a source names a body: the line, the word, and whether something is compared with it.
fn names_of_bodies(source: &str, ids: &BTreeSet<String>) -> Vec<(usize, String, bool)> {
    let tokens = without_tests(tokens(source));
    let sign = |at: Option<usize>| match at.and_then(|at| tokens.get(at)) {
        Some((_, Token::Sign(sign))) => *sign,
        _ => ' ',
    };
    let mut found = Vec::new();
    for (at, (line, token)) in tokens.iter().enumerate() {
        let (first, name) = match token {
            Token::Text(text) if ids.contains(text) => (at, text),
            Token::Word(word) => {
                let is_constant =
                    word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase() || c == '_');
                let of_bodies = at >= 3 && tokens[at - 3].1 == Token::Word("BodyId".to_owned());
                let is_path = sign(at.checked_sub(1)) == ':' && sign(at.checked_sub(2)) == ':';
                if !(is_constant && of_bodies && is_path) {
                    continue;
                }
                (at - 3, word)
            }
            _ => continue,
        };
        // Outwards through `Some(&…)`, `[…]` and the like.
        let (mut before, mut after) = (first, at + 1);
        while matches!(sign(before.checked_sub(1)), '(' | '&' | '*' | '[' | ',')
            || matches!(tokens.get(before.wrapping_sub(1)), Some((_, Token::Word(word))) if word == "Some")
        {
            before -= 1;
        }
        while matches!(sign(Some(after)), ')' | ']') {
            after += 1;
        }
        let word = match tokens.get(before.wrapping_sub(1)) {
            Some((_, Token::Word(word))) => word.as_str(),
            _ => "",
        };
        let two = |at: Option<usize>, next: Option<usize>| [sign(at), sign(next)];
        let [left, right] = [
            two(before.checked_sub(2), before.checked_sub(1)),
            two(Some(after), Some(after + 1)),
        ];
        let compares = |signs: [char; 2]| matches!(signs, ['=' | '!', '=']);
        let is_arm = matches!(right, ['=', '>'])
            || sign(Some(after)) == '|'
            || left[1] == '|' && left[0] != '|';
        let asks = ["contains", "eq", "ne", "starts_with", "matches"].contains(&word);
        let is_branch = compares(left) || compares(right) || is_arm || asks;
        found.push((*line, name.clone(), is_branch));
    }
    found
}

fn rust_files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push(path);
        }
    }
}

/// The identifiers of the bodies that come with the workspace.
fn embedded() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../plenary-bodies/data/bodies");
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path());
    let bodies = files.filter(|path| {
        path.extension()
            .is_some_and(|extension| extension == "toml")
    });
    bodies
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect()
}

#[test]
fn no_code_branches_on_a_particular_body() {
    let ids = embedded();
    assert!(ids.contains("unga") && ids.len() > 20, "{ids:?}");
    let crates = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()
        .unwrap();
    let (mut wrong, mut used) = (Vec::new(), BTreeSet::new());
    let mut files = Vec::new();
    for folder in fs::read_dir(&crates).unwrap() {
        let source = folder.unwrap().path().join("src");
        if source.is_dir() {
            rust_files(&source, &mut files);
        }
    }
    assert!(files.len() > 200, "{}", files.len());
    for path in files {
        let name = path
            .strip_prefix(&crates)
            .unwrap()
            .to_str()
            .unwrap()
            .replace('\\', "/");
        let may_name = MAY_NAME.iter().any(|folder| name.starts_with(folder));
        for (line, word, is_branch) in names_of_bodies(&fs::read_to_string(&path).unwrap(), &ids) {
            let data = DATA
                .iter()
                .find(|(file, words, _)| *file == name && words.contains(&&*word));
            if let Some((file, ..)) = data {
                used.insert(*file);
            } else if is_branch || !may_name {
                wrong.push(format!("{name}:{line}: `{word}`"));
            }
        }
    }
    let help = "ask the data of the body (`Body`, `Reference`), or take the body as a parameter";
    assert!(wrong.is_empty(), "{help}:\n{}", wrong.join("\n"));
    let listed: BTreeSet<_> = DATA.iter().map(|(file, ..)| *file).collect();
    assert_eq!(used, listed, "an exception that nothing needs");
}

#[test]
fn a_branch_on_a_body_is_found_and_what_only_looks_like_one_is_not() {
    let ids = BTreeSet::from(["unga".to_owned(), "eu-council".to_owned()]);
    for (code, expected) in [
        ("if body == BodyId::UNGA {}", Some(true)),
        ("if vote.body != Some(BodyId::UNSC) {}", Some(true)),
        ("if BodyId::UNGA == *body {}", Some(true)),
        ("if Some(&BodyId::UNGA) == body.as_ref() {}", Some(true)),
        ("match body.as_str() { \"unga\" => 1, _ => 0 }", Some(true)),
        (
            "match body.as_str() { \"eu-council\" | \"x\" => 1, _ => 0 }",
            Some(true),
        ),
        ("body.as_str() == \"eu-council\"", Some(true)),
        ("matches!(body.as_str(), \"unga\" | \"x\")", Some(true)),
        ("[BodyId::UNGA, BodyId::UNSC].contains(&body)", Some(false)),
        ("all.contains(&BodyId::UNGA)", Some(true)),
        ("let body = Some(BodyId::UNGA);", Some(false)),
        ("reference.body(\"unga\")", Some(false)),
        ("/// a == BodyId::UNGA\nfn f() {}", None),
        ("/* \"unga\" */ let unga = 1;", None),
        ("r#\"{\"body\": \"unga\"}\"#", None),
        ("'\"'; \"the unga\"; '\\''; f::<'a>(\"b\")", None),
        (
            "#[cfg(test)]\nmod tests { fn f() { if b == BodyId::UNGA {} } }",
            None,
        ),
        (
            "#[cfg(test)]\nuse x::y;\nfn f() { b == BodyId::UNGA }",
            Some(true),
        ),
        (
            "struct S { #[cfg(test)] a: [u8; 2], b: u8 } const B: &str = \"unga\";",
            Some(false),
        ),
    ] {
        let found = names_of_bodies(code, &ids);
        let branches = found.iter().map(|(.., is_branch)| *is_branch).max();
        assert_eq!(branches, expected, "{code}: {found:?}");
    }
    let lines = names_of_bodies("fn f() {}\n\n// x\nfn g() { h(\"unga\") }", &ids);
    assert_eq!(lines, [(4, "unga".to_owned(), false)]);
}
