//! A body of one's own: `plenary new body`, and the chapter on the River Club, which shows what the command prints.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

use crate::decisions::words;
use crate::schema::root;

fn plenary(folder: &Path, line: &str) -> (i32, String, String) {
    let mut command = Command::cargo_bin("plenary").unwrap();
    let command = command.current_dir(folder).args(&words(line)[1..]);
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let code = output.status.code().unwrap();
    (code, text(output.stdout), text(output.stderr))
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let copied = to.join(path.file_name().unwrap());
        match path.is_dir() {
            true => copy(&path, &copied),
            false => fs::copy(&path, &copied).map(|_| ()).unwrap(),
        }
    }
}

/// Each block of the chapter is the output of its command, or the file that the comment above it names. With `UPDATE_DOCS` set, the chapter
/// is written anew.
#[test]
fn the_chapter_on_a_body_of_one_s_own_shows_its_files_and_what_the_command_prints() {
    let page = root().join("docs/body-of-your-own.md");
    let club = root().join("fixtures/bodies/river-club");
    let folder = tempfile::tempdir().unwrap();
    let text = fs::read_to_string(&page).unwrap();
    let mut parts = text.split("```");
    let mut renewed = parts.next().unwrap().to_owned();
    let (mut files, mut commands) = (0, 0);
    while let (Some(block), Some(prose)) = (parts.next(), parts.next()) {
        let (kind, shown) = block.split_once('\n').unwrap();
        let content = match kind {
            "console" => {
                let command = shown.lines().next().unwrap().strip_prefix("$ ").unwrap();
                let (code, out, err) = plenary(folder.path(), command);
                assert!(code < 2, "{command}: {err}");
                // The first writes the files to fill in; they are those of the fixture from then on.
                if commands == 0 {
                    copy(&club, folder.path());
                }
                commands += 1;
                let printed = if out.is_empty() { err } else { out };
                format!("$ {command}\n{printed}")
            }
            _ => {
                files += 1;
                let (_, name) = renewed.rsplit_once("<!-- ").unwrap();
                let name = name.strip_suffix(" -->\n").unwrap();
                fs::read_to_string(club.join(name)).unwrap()
            }
        };
        renewed.push_str(&format!("```{kind}\n{content}```{prose}"));
    }
    assert!(files >= 4 && commands >= 14, "{files}, {commands}");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&page, renewed).unwrap();
    } else {
        assert_eq!(text, renewed);
    }
}

#[test]
fn the_files_of_a_new_body_load_without_a_fault() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["river-club", "x", "a-1-b"] {
        let line = format!("plenary new body {name} --output our");
        let (code, out, err) = plenary(folder.path(), &line);
        assert_eq!((code, &*out), (0, ""), "{err}");
        let bodies = folder.path().join("our/bodies");
        for file in [format!("{name}.toml"), format!("{name}.members.csv")] {
            assert!(bodies.join(&file).is_file() && err.contains(&file), "{err}");
        }
        let line = format!("plenary bodies {name} --reference our");
        let (code, out, err) = plenary(folder.path(), &line);
        assert_eq!((code, &*err), (0, ""), "{out}");
        assert!(out.contains(&format!("({name})")), "{out}");
    }
    let (code, _, err) = plenary(folder.path(), "plenary new body River");
    assert!(code == 2 && err.contains("River"), "{err}");
}

#[test]
fn the_files_of_a_new_body_are_never_written_over_others() {
    let folder = tempfile::tempdir().unwrap();
    let bodies = folder.path().join("bodies");
    fs::create_dir(&bodies).unwrap();
    let members = bodies.join("board.members.csv");
    fs::write(&members, "member,from\nFRA,2001-01-01\n").unwrap();
    let (code, _, err) = plenary(folder.path(), "plenary new body board");
    assert_eq!(code, 2);
    assert!(
        err.contains("board.members.csv is there already") && err.contains("--output"),
        "{err}"
    );
    assert_eq!(
        fs::read_to_string(&members).unwrap(),
        "member,from\nFRA,2001-01-01\n"
    );
    // Neither of the two is written.
    assert!(!bodies.join("board.toml").exists());
}

#[test]
fn a_new_body_that_is_filled_in_has_members_and_its_votes_are_checked() {
    let folder = tempfile::tempdir().unwrap();
    let run = |line: &str| plenary(folder.path(), line);
    run("plenary new body board --output our");
    let file = folder.path().join("our/bodies/board.toml");
    let filled = fs::read_to_string(&file)
        .unwrap()
        .replace("2001-03-01", "2010-01-01")
        .replace(
            "more than 1/2 of present and voting",
            "at least 3/4 of members",
        )
        .replace("write the article here", "Statute, Art. 4");
    fs::write(&file, filled).unwrap();
    let table = "member,from,to,status,seat,basis\nFRA,2010-01-01,,,,Statute\nPER,2010-01-01,2015-01-01,,,left\n\
                 KEN,2010-01-01,,,,Statute\nperson:chair,2010-01-01,,,,Statute\n";
    fs::write(folder.path().join("our/bodies/board.members.csv"), table).unwrap();
    let (code, out, err) = run("plenary members --body board --on 2014-12-31 --reference our");
    assert_eq!((code, &*err), (0, ""));
    assert!(out.starts_with("4 members of board on 2014-12-31"), "{out}");
    let (_, template, _) = run("plenary template --body board --date 2015-06-01 --reference our");
    assert!(!template.contains("PER"), "{template}");
    let vote = template
        .replace("outcome: ", "outcome: adopted")
        .replace("FRA,France,", "FRA,France,yes")
        .replace("KEN,Kenya,", "KEN,Kenya,yes")
        .replace("person:chair,chair,", "person:chair,chair,yes");
    let check = |text: &str| {
        fs::write(folder.path().join("vote.csv"), text).unwrap();
        let (code, out, err) = run("plenary check vote.csv --reference our");
        assert_eq!(err, "", "{out}");
        (code, out)
    };
    let (code, out) = check(&vote);
    assert!(code == 0 && out.contains("nothing found"), "{out}");
    for (from, to, found) in [
        ("KEN,Kenya,yes", "KEN,Kenya,no", "outcome-mismatch"),
        ("KEN,Kenya,yes", "PER,Peru,yes", "not-a-member"),
        ("KEN,Kenya,yes\n", "", "missing-member"),
    ] {
        assert!(vote.contains(from), "{vote}");
        let (_, out) = check(&vote.replace(from, to));
        assert!(out.contains(&format!("[{found}]")), "{found}: {out}");
    }
}
