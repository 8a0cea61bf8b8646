//! No text of a source steers the terminal that it is shown on.

use std::fs;

use assert_cmd::Command;

/// Clears a screen, and begins a forged line.
const FORGED: &str = "\u{1b}[2J\u{7}";

/// Everything that the command prints, with its colours, whatever it comes to.
fn printed(folder: &tempfile::TempDir, arguments: &[&str]) -> String {
    let output = Command::cargo_bin("plenary")
        .unwrap()
        .current_dir(folder.path())
        .args(["--color", "always"])
        .args(arguments)
        .output()
        .unwrap();
    assert_ne!(output.status.code(), Some(2), "{arguments:?}");
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        (
            "votes.csv",
            format!(
                "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,title\n\
                 1,FRA,FRANCE,Y,2018-12-19,73,{FORGED}X,t\n\
                 1,FRA,FRANCE,Y,2018-12-19,73,{FORGED}X,t\n\
                 1,USA,UNITED STATES,N,2018-12-19,73,{FORGED}X,t\n"
            ),
        ),
        (
            "1-99.csv",
            format!("Participant,Ratification\n{FORGED}Atlantis,1 Jan 2000\nAustria,1 Feb 2000\n"),
        ),
        (
            "groups.csv",
            format!("group,member\n{FORGED}pair,FRA\n{FORGED}pair,USA\n"),
        ),
    ];
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

#[test]
fn what_a_source_says_is_shown_with_signs() {
    let folder = folder();
    let group = format!("{FORGED}pair");
    let input = format!("{FORGED}France");
    let symbol = format!("{FORGED}X");
    let commands: [&[&str]; 6] = [
        &["agree", "votes.csv"],
        &["agree", "votes.csv", "--symbol", &symbol],
        &["cohesion", "votes.csv", "--group", "groups.csv"],
        &["treaty", "1-99.csv", "--in-force-when", "1 instrument"],
        &["resolve", &input],
        &[
            "members",
            "--group",
            &group,
            "--groups",
            "groups.csv",
            "--on",
            "2018-12-19",
        ],
    ];
    for command in commands {
        let text = printed(&folder, command);
        // An identifier made of a name has its signs in its own way.
        let signs = ["␛[2J␇", "%1B[2J%07"];
        let is_shown = signs.iter().any(|signs| text.contains(signs));
        assert!(is_shown, "{command:?}: {text}");
        assert!(
            !text.contains(FORGED) && !text.contains('\u{7}'),
            "{command:?}: {text}"
        );
    }
}
