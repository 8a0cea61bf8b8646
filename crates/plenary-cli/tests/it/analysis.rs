//! The commands of analysis, as `docs/analysis.md` shows them and as researchers' scripts rely on them.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

const STATES: [(&str, &str, u32); 8] = [
    ("USA", "UNITED STATES", 2),
    ("ISR", "ISRAEL", 666),
    ("GBR", "UNITED KINGDOM", 200),
    ("FRA", "FRANCE", 220),
    ("RUS", "RUSSIAN FEDERATION", 365),
    ("BRA", "BRAZIL", 140),
    ("EGY", "EGYPT", 651),
    ("CUB", "CUBA", 40),
];

/// States in this order from no to yes, the threshold moving from vote to vote.
fn choice(state: usize, vote: usize) -> usize {
    let position = (state * 3 + (state * vote) % 4) as i64;
    let threshold = (vote * 5 % 21) as i64;
    match position - threshold {
        d if d > 2 => 0,
        d if d > -1 => 1,
        _ => 2,
    }
}

/// A folder with a file of the Library's form, a table of ballots and a list of links.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut library =
        String::from("undl_id,ms_code,ms_name,ms_vote,date,session,resolution,title\n");
    let mut table = String::from("ccode,session,rcid,vote\n");
    for vote in 0..60 {
        let session = 71 + vote / 20;
        for (state, (code, name, number)) in STATES.iter().enumerate() {
            let choice = choice(state, vote);
            let letter = ["Y", "A", "N"][choice];
            writeln!(
                library,
                "{},{code},{name},{letter},{}-12-{:02},{session},A/RES/{session}/{},Vote",
                1000 + vote,
                1945 + session,
                1 + vote % 20,
                1 + vote
            )
            .unwrap();
            writeln!(table, "{number},{session},{},{}", 100 + vote, choice + 1).unwrap();
        }
    }
    fs::write(folder.path().join("ga_votes.csv"), library).unwrap();
    fs::write(folder.path().join("votes.csv"), table).unwrap();
    fs::write(
        folder.path().join("linked.csv"),
        "v1,rcid1,rcid2\n1,101,122\n2,105,146\n",
    )
    .unwrap();
    folder
}

fn plenary(folder: &Path, arguments: &[&str]) -> assert_cmd::assert::Assert {
    Command::cargo_bin("plenary")
        .unwrap()
        .current_dir(folder)
        .args(arguments)
        .assert()
}

fn document() -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/analysis.md");
    fs::read_to_string(path).unwrap()
}

#[test]
fn the_commands_of_the_chapter_run_and_leave_what_it_says() {
    let folder = folder();
    let document = document();
    let commands: Vec<&str> = document
        .lines()
        .filter_map(|line| line.strip_prefix("$ plenary "))
        .collect();
    assert!(commands.len() >= 7);
    for command in commands {
        let arguments: Vec<&str> = command.split(' ').collect();
        // `check` may find something in a made-up file; everything else must go well.
        let done = plenary(folder.path(), &arguments);
        if arguments[0] != "check" {
            done.success();
        }
    }
    for (file, beginning) in [
        ("agree.csv", "group,state1,state2,n,agree,"),
        ("usa-isr.csv", "group,state1,state2,n,agree,kappa,pi\n"),
        ("ideal.csv", "state,session,ideal,sd,lower,upper,n\n"),
        ("sampled.csv", "state,session,ideal,sd,lower,upper,n\n"),
        ("usa-isr.svg", "<svg"),
        ("ideal.svg", "<svg"),
        ("published.json", "{\"metadata\":"),
    ] {
        let text = fs::read_to_string(folder.path().join(file)).unwrap();
        assert!(
            text.starts_with(beginning),
            "{file}: {}",
            text.lines().next().unwrap_or("")
        );
    }
    let parquet = fs::read(folder.path().join("agree.parquet")).unwrap();
    assert!(parquet.starts_with(b"PAR1") && parquet.ends_with(b"PAR1"));
}

#[test]
fn agreement_is_what_a_count_by_hand_gives() {
    let folder = folder();
    let output = plenary(
        folder.path(),
        &[
            "agree",
            "ga_votes.csv",
            "--by",
            "session",
            "--states",
            "USA,CUB",
            "--measures",
            "coincidence",
        ],
    );
    let text = String::from_utf8(output.success().get_output().stdout.clone()).unwrap();
    let mut expected = String::from("group,state1,state2,n,agree,coincidence\n");
    for session in 0..3 {
        let pairs =
            (session * 20..session * 20 + 20).map(|vote| (choice(7, vote), choice(0, vote)));
        let (mut points, mut same, mut opposite) = (0.0, 0.0, 0.0);
        for (a, b) in pairs {
            points += 1.0 - a.abs_diff(b) as f64 / 2.0;
            same += f64::from(u8::from(a == b && a != 1));
            opposite += f64::from(u8::from(a.abs_diff(b) == 2));
        }
        writeln!(
            expected,
            "{},CUB,USA,20,{},{}",
            71 + session,
            points / 20.0,
            same / (same + opposite)
        )
        .unwrap();
    }
    assert_eq!(text, expected);
}

#[test]
fn ideal_points_put_the_anchor_up_and_say_how_they_came_about() {
    let folder = folder();
    let output = plenary(
        folder.path(),
        &[
            "ideal",
            "votes.csv",
            "--linked",
            "linked.csv",
            "--format",
            "json",
        ],
    );
    let json: serde_json::Value =
        serde_json::from_slice(&output.success().get_output().stdout).unwrap();
    assert_eq!(json["convergence"]["converged"], true);
    for key in ["absences", "abstentions", "anchor", "convergence", "model"] {
        assert!(json["metadata"][key].is_string(), "{key}");
    }
    let mean = |state: &str| {
        let rows = json["rows"].as_array().unwrap();
        let own = rows.iter().filter(|row| row["state"] == state);
        own.map(|row| row["ideal"].as_f64().unwrap()).sum::<f64>()
    };
    assert!(mean("2") > mean("220") && mean("220") > mean("40"));
}

#[test]
fn a_matrix_is_square_and_symmetric() {
    let folder = folder();
    let output = plenary(
        folder.path(),
        &["agree", "ga_votes.csv", "--by", "all", "--matrix"],
    );
    let text = String::from_utf8(output.success().get_output().stdout.clone()).unwrap();
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(rows.len(), 9);
    for i in 1..9 {
        assert_eq!(rows[i][1], rows[0][i + 1]);
        assert_eq!(rows[i][i + 1], "1");
        for j in 1..9 {
            assert_eq!(rows[i][j + 1], rows[j][i + 1]);
        }
    }
}

#[test]
fn mistakes_are_told_with_what_to_do() {
    let folder = folder();
    let cases: [(&[&str], &str); 5] = [
        (
            &["agree", "votes.csv", "--by", "year"],
            "no vote has a year",
        ),
        (
            &["agree", "ga_votes.csv", "--states", "USA,Atlantis"],
            "`Atlantis` is no participant",
        ),
        (
            &["agree", "ga_votes.csv", "--measures", "kapa"],
            "`kapa` is not known here",
        ),
        (
            &["ideal", "votes.csv", "--anchor", "999"],
            "the anchor `999` has no usable ballot",
        ),
        (
            &["ideal", "votes.csv", "--from", "2016"],
            "the columns ccode, session, rcid and vote",
        ),
    ];
    for (arguments, expected) in cases {
        let output = plenary(folder.path(), arguments).code(2);
        let text = String::from_utf8_lossy(&output.get_output().stderr).into_owned();
        assert!(text.contains(expected), "{arguments:?}: {text}");
    }
    fs::write(
        folder.path().join("bad.csv"),
        "ccode,session,rcid,vote\n2,1,3,1\n2,1,4,7\n",
    )
    .unwrap();
    let output = plenary(folder.path(), &["ideal", "bad.csv"]).code(2);
    let text = String::from_utf8_lossy(&output.get_output().stderr).into_owned();
    assert!(
        text.contains("bad.csv: line 3, field `vote`: `7` is not a vote"),
        "{text}"
    );
}
