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
pub(crate) fn folder() -> tempfile::TempDir {
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
        ("ideal.csv", "state,session,year,ideal,sd,lower,upper,n\n"),
        ("sampled.csv", "state,session,year,ideal,sd,lower,upper,n\n"),
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
    assert!(mean("USA") > mean("FRA") && mean("FRA") > mean("CUB"));
}

/// What `ideal` says of a table of numbers, as CSV.
fn ideal(folder: &Path, arguments: &[&str], input: &[u8]) -> String {
    let output = Command::cargo_bin("plenary")
        .unwrap()
        .current_dir(folder)
        .arg("ideal")
        .args(arguments)
        .write_stdin(input)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {told}");
    assert!(told.contains("linked: 2 pairs"), "{arguments:?}: {told}");
    assert!(
        !told.contains("name a vote without"),
        "{arguments:?}: {told}"
    );
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_table_of_numbers_is_read_as_every_other_input_is() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    let table = fs::read_to_string(path("votes.csv")).unwrap();
    let dated: String = table
        .lines()
        .enumerate()
        .map(|(at, line)| match at {
            0 => format!("{line},date,unres\n"),
            _ => format!("{line},,R/{}/9\n", line.split(',').nth(1).unwrap()),
        })
        .collect();
    let packed = zstd::encode_all(table.as_bytes(), 1).unwrap();
    fs::write(path("dated.csv"), dated).unwrap();
    fs::write(path("packed.csv"), &packed).unwrap();
    fs::write(path("tabs.tsv"), table.replace(',', "\t")).unwrap();
    let links = zstd::encode_all(&fs::read(path("linked.csv")).unwrap()[..], 1).unwrap();
    fs::write(path("linked.zst"), links).unwrap();
    for codes in ["iso3", "cow"] {
        let of = |file: &str, links: &str, input: &[u8]| {
            let arguments = [file, "--linked", links, "--codes", codes];
            ideal(folder.path(), &arguments, input)
        };
        let expected = of("votes.csv", "linked.csv", b"");
        let beginning = match codes {
            "iso3" => "state,session,year,ideal,sd,lower,upper,n\nBRA,71,",
            _ => "ccode,session,year,ideal,sd,lower,upper,n\n2,71,",
        };
        assert!(expected.starts_with(beginning), "{expected}");
        assert_eq!(of("packed.csv", "linked.zst", b""), expected);
        assert_eq!(of("tabs.tsv", "linked.csv", b""), expected);
        assert_eq!(of("-", "linked.csv", table.as_bytes()), expected);
        assert_eq!(of("-", "linked.csv", &packed), expected);
        // Votes that have symbols are in another order, and sums of floating point numbers with them.
        let rows = |text: &str| {
            text.lines()
                .map(|line| line.matches(',').count())
                .collect::<Vec<_>>()
        };
        assert_eq!(rows(&of("dated.csv", "linked.csv", b"")), rows(&expected));
    }
}

#[test]
fn what_reading_could_not_use_is_said() {
    let folder = folder();
    let table =
        "ccode,session,rcid,vote\n2,1,3,1\n20,first,3,3\n2,first,4,7\n2,1,5,1\n4711,1,5,1\n";
    fs::write(folder.path().join("bad.csv"), table).unwrap();
    let arguments = ["agree", "bad.csv", "--by", "all", "--lenient"];
    let output = plenary(folder.path(), &arguments).success();
    let text = String::from_utf8_lossy(&output.get_output().stderr).into_owned();
    for warning in [
        "warning: 1 row left out",
        "warning: 1 error found while reading",
        "warning: 1 ballots of voters that could not be resolved",
    ] {
        assert!(text.contains(warning), "{warning}: {text}");
    }
}

#[test]
fn states_are_named_by_code_name_or_number_whatever_the_votes_have() {
    let folder = folder();
    for (codes, pair) in [("iso3", "71,CUB,USA,20,"), ("cow", "71,40,2,20,")] {
        for states in ["USA,CUB", "2,40", "Cuba,2"] {
            let arguments = ["agree", "votes.csv", "--by", "session", "--codes", codes];
            let named = [&arguments[..], &["--states", states]].concat();
            let output = plenary(folder.path(), &named).success();
            let text = String::from_utf8_lossy(&output.get_output().stdout).into_owned();
            let mut parts = pair.split(',').collect::<Vec<_>>();
            let forward = text.contains(pair);
            parts.swap(1, 2);
            assert!(
                forward || text.contains(&parts.join(",")),
                "{named:?}: {text}"
            );
        }
        for anchor in ["USA", "2", "United States"] {
            let arguments = ["ideal", "votes.csv", "--codes", codes, "--anchor", anchor];
            plenary(folder.path(), &arguments).success();
        }
    }
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
            "unknown participant `Atlantis`",
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
            "of which the source does not tell the date",
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
        text.contains("bad.csv: 1 of 2 rows rejected, the first: bad.csv:3:7: vote"),
        "{text}"
    );
}

#[test]
fn what_is_counted_together_is_asked_for_alike() {
    let folder = folder();
    for command in ["agree", "cohesion"] {
        let done = plenary(folder.path(), &[command, "ga_votes.csv", "--by", "label"]).code(2);
        let text = String::from_utf8_lossy(&done.get_output().stderr).into_owned();
        assert!(
            text.contains("[possible values: year, session, all]"),
            "{text}"
        );
        let help = plenary(folder.path(), &[command, "--help"]).success();
        let text = String::from_utf8_lossy(&help.get_output().stdout).into_owned();
        assert!(text.contains("year:    Calendar years"), "{text}");
    }
}

/// The files that a command must not leave behind when it refuses.
#[test]
fn what_cannot_be_written_is_refused_before_anything_is_read() {
    let folder = folder();
    fs::create_dir(folder.path().join("there")).unwrap();
    let agree = ["agree", "nowhere.csv"];
    let drawn = [
        "agree",
        "nowhere.csv",
        "--states",
        "USA,ISR",
        "--plot",
        "p.svg",
    ];
    let ideal = [
        "ideal",
        "nowhere.csv",
        "--items",
        "i.csv",
        "--plot",
        "p.svg",
    ];
    let cohesion = ["cohesion", "nowhere.csv"];
    let cases: [(&[&str], &[&str], &str); 8] = [
        (
            &ideal,
            &["--format", "parquet"],
            "the format `parquet` needs a file",
        ),
        (
            &agree,
            &["--format", "parquet"],
            "the format `parquet` needs a file",
        ),
        (
            &cohesion,
            &["--format", "parquet"],
            "the format `parquet` needs a file",
        ),
        (&drawn, &["--by", "all"], "needs more than one group"),
        (
            &ideal,
            &["--output", "./i.csv"],
            "two results cannot be in one file",
        ),
        (
            &agree,
            &["--output", "away/a.csv"],
            "there is no folder `away`",
        ),
        (&cohesion, &["--output", "there"], "this is a folder"),
        (
            &["power", "--rule", "unknown"],
            &["--output", "away/p.csv"],
            "there is no folder `away`",
        ),
    ];
    for (command, more, expected) in cases {
        let arguments = [command, more].concat();
        let output = plenary(folder.path(), &arguments).code(2);
        let text = String::from_utf8_lossy(&output.get_output().stderr).into_owned();
        assert!(text.contains(expected), "{arguments:?}: {text}");
    }
}

#[test]
fn a_picture_that_cannot_be_drawn_leaves_no_other_file() {
    let folder = folder();
    let arguments = [
        "ideal",
        "votes.csv",
        "--items",
        "i.csv",
        "--output",
        "o.csv",
        "--plot",
        "p.svg",
        "--plot-states",
        "PER",
    ];
    let output = plenary(folder.path(), &arguments).code(2);
    let text = String::from_utf8_lossy(&output.get_output().stderr).into_owned();
    assert!(text.contains("`PER` has no estimate to draw"), "{text}");
    for file in ["i.csv", "o.csv", "o.csv.metadata.json", "p.svg"] {
        assert!(!folder.path().join(file).exists(), "{file}");
    }
}

const HEADER: &str = "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,title\n";

/// Three votes of Chile, India and Norway; `change` may alter each row.
fn small(folder: &Path, name: &str, change: impl Fn(String) -> Option<String>) {
    let mut text = String::from(HEADER);
    for (vote, choices) in ["YYN", "NYA", "AAY"].into_iter().enumerate() {
        let states = ["CHL,CHILE", "IND,INDIA", "NOR,NORWAY"];
        for (state, choice) in states.into_iter().zip(choices.chars()) {
            let row = format!(
                "{},{state},{choice},1999-11-{:02},54,A/RES/54/{},Made up",
                700 + vote,
                10 + vote,
                20 + vote
            );
            if let Some(row) = change(row) {
                writeln!(text, "{row}").unwrap();
            }
        }
    }
    fs::write(folder.join(name), text).unwrap();
}

/// The output and the messages of `agree --by all` over files.
fn agree_all(folder: &Path, arguments: &[&str], code: i32) -> (String, String) {
    let arguments = [&["agree", "--by", "all", "--measures", "kappa"], arguments].concat();
    let done = plenary(folder, &arguments).code(code);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        text(&done.get_output().stdout),
        text(&done.get_output().stderr),
    )
}

#[test]
fn a_vote_that_the_input_has_twice_counts_once_and_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    small(folder, "a.csv", Some);
    small(folder, "copy.csv", Some);
    small(folder, "renumbered.csv", |row| {
        Some(row.replacen('7', "8", 1))
    });
    small(folder, "without-chile.csv", |row| {
        (!row.contains("CHILE")).then_some(row)
    });
    small(folder, "without-norway.csv", |row| {
        (!row.contains("NORWAY")).then_some(row)
    });
    let (expected, told) = agree_all(folder, &["a.csv"], 0);
    assert!(!told.contains("copies"), "{told}");
    for files in [
        ["a.csv", "copy.csv"],
        ["a.csv", "renumbered.csv"],
        ["a.csv", "without-chile.csv"],
        ["without-norway.csv", "without-chile.csv"],
    ] {
        let (found, told) = agree_all(folder, &files, 0);
        if files[0] == "a.csv" {
            assert_eq!(found, expected, "{files:?}");
        }
        assert!(told.contains("3 copies of votes"), "{files:?}: {told}");
        let account = "6 votes selected: 3 counted, 3 copies left out as duplicates";
        assert!(told.contains(account), "{files:?}: {told}");
    }
    for command in ["cohesion", "ideal"] {
        let done = plenary(folder, &[command, "a.csv", "copy.csv"]);
        let told = String::from_utf8_lossy(&done.get_output().stderr).into_owned();
        assert!(told.contains("3 copies of votes"), "{command}: {told}");
    }
}

#[test]
fn copies_that_contradict_each_other_stop_until_one_is_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    small(folder, "a.csv", Some);
    small(folder, "b.csv", |row| {
        Some(row.replace("INDIA,Y,1999-11-11", "INDIA,N,1999-11-11"))
    });
    let (_, told) = agree_all(folder, &["a.csv", "b.csv"], 2);
    for part in [
        "A/RES/54/21, IND as yes and as no, in a.csv and b.csv",
        "--on-conflict",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let alone = |file: &str| agree_all(folder, &[file], 0).0;
    for (choice, expected) in [("first", alone("a.csv")), ("last", alone("b.csv"))] {
        let (found, told) = agree_all(folder, &["a.csv", "b.csv", "--on-conflict", choice], 0);
        assert_eq!(found, expected, "{choice}");
        assert!(told.contains("1 copy left out as contradicting"), "{told}");
    }
    let (found, _) = agree_all(folder, &["a.csv", "b.csv", "--on-conflict", "drop"], 0);
    assert!(found.contains("all,CHL,IND,2,"), "{found}");
    plenary(folder, &["import", "a.csv", "b.csv", "-o", "none"]).code(2);
    assert!(!folder.join("none").exists());
    let rows = |more: &[&str]| {
        let arguments = [
            &[
                "import", "a.csv", "-o", "ds", "--as", "csv", "--format", "json",
            ],
            more,
        ]
        .concat();
        let done = plenary(folder, &arguments).success();
        let account: serde_json::Value = serde_json::from_slice(&done.get_output().stdout).unwrap();
        let ballots = fs::read_to_string(folder.join("ds/ballots.csv")).unwrap();
        fs::remove_dir_all(folder.join("ds")).unwrap();
        let number = |key: &str| account[key].as_u64().unwrap();
        (
            ballots.lines().count() - 1,
            number("duplicates"),
            number("conflicting"),
        )
    };
    assert_eq!(rows(&[]), (9, 0, 0));
    assert_eq!(rows(&["a.csv"]), (9, 3, 0));
    assert_eq!(rows(&["b.csv", "--on-conflict", "first"]), (9, 2, 1));
    assert_eq!(rows(&["b.csv", "--on-conflict", "drop"]), (6, 2, 2));
}

#[test]
fn states_that_share_a_code_are_kept_apart_and_named() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    small(folder, "a.csv", |row| {
        let row = row.replace("IND,INDIA", "SUN,USSR").replace("1999", "1991");
        let later = row.contains("-11-12");
        Some(match later {
            true => row.replace("SUN,USSR", "RUS,RUSSIAN FEDERATION"),
            false => row,
        })
    });
    let (found, told) = agree_all(folder, &["a.csv", "--codes", "cow"], 0);
    for row in ["155,365-RUS,1,", "155,365-SUN,2,"] {
        assert!(found.contains(row), "{found}");
    }
    assert!(told.contains("365-RUS, 365-SUN"), "{told}");
    let mut keys: Vec<_> = found
        .lines()
        .map(|l| l.split(',').take(3).collect::<Vec<_>>())
        .collect();
    keys.sort();
    let all = keys.len();
    keys.dedup();
    assert_eq!(keys.len(), all);
}

#[test]
fn a_square_table_shows_the_measure_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    small(folder, "a.csv", Some);
    let (long, _) = agree_all(folder, &["a.csv"], 0);
    let kappa = long.lines().nth(1).unwrap().rsplit(',').next().unwrap();
    let (square, _) = agree_all(folder, &["a.csv", "--matrix"], 0);
    assert_eq!(
        square.lines().nth(1).unwrap().split(',').nth(3),
        Some(kappa)
    );
    for more in [&["--measures", "pi"][..], &["--counts"]] {
        agree_all(folder, &[&["a.csv", "--matrix"], more].concat(), 2);
    }
}

#[test]
fn one_state_alone_is_compared_with_every_other() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    small(folder, "a.csv", Some);
    let (found, _) = agree_all(folder, &["a.csv", "--states", "Norway"], 0);
    let pairs: Vec<&str> = found.lines().skip(1).map(|l| &l[..11]).collect();
    assert_eq!(pairs, ["all,CHL,NOR", "all,IND,NOR"]);
    agree_all(folder, &["a.csv", "--states", "CHL,NOR", "--least", "9"], 2);
}

#[test]
fn one_voter_is_compared_with_others() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    small(folder, "a.csv", Some);
    let pairs = |arguments: &[&str]| -> Vec<String> {
        let (found, _) = agree_all(folder, &[&["a.csv"], arguments].concat(), 0);
        let rows = found.lines().skip(1);
        rows.map(|row| row.split(',').take(5).collect::<Vec<_>>().join(","))
            .collect()
    };
    // Each differs from Norway once wholly and twice by half.
    assert_eq!(
        pairs(&["--with", "Norway"]),
        [
            "all,NOR,CHL,3,0.3333333333333333",
            "all,NOR,IND,3,0.3333333333333333"
        ]
    );
    assert_eq!(
        pairs(&["--with", "NOR", "--states", "CHL"]),
        ["all,NOR,CHL,3,0.3333333333333333"]
    );
    assert_eq!(
        pairs(&["--states", "CHL,NOR"]),
        ["all,CHL,NOR,3,0.3333333333333333"]
    );
    let (square, _) = agree_all(folder, &["a.csv", "--with", "NOR", "--matrix"], 0);
    assert_eq!(square.lines().next(), Some("group,state,NOR"));
    let (_, told) = agree_all(folder, &["a.csv", "--with", "PER"], 2);
    assert!(told.contains("`PER` cast no ballot"), "{told}");
}

#[test]
fn charts_are_drawn_in_every_form() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    small(folder, "a.csv", |row| {
        Some(row.replace("NORWAY", "Νορβηγία"))
    });
    fs::write(
        folder.join("groups.csv"),
        "group,member\nα,CHL\nα,IND\n日,IND\n日,NOR\n",
    )
    .unwrap();
    let draw = |arguments: &str, code: i32| {
        let arguments: Vec<&str> = arguments.split(' ').collect();
        let done = plenary(folder, &arguments).code(code);
        String::from_utf8_lossy(&done.get_output().stderr).into_owned()
    };
    let read = |name: &str| fs::read(folder.join(name)).unwrap();
    let agree = "agree a.csv --output a.out --format csv --with NOR";
    draw(
        &format!("{agree} --plot all.svg --plot-states CHL --plot-title Three"),
        0,
    );
    let svg = String::from_utf8(read("all.svg")).unwrap();
    assert!(
        svg.contains("<title id=\"title\">Three</title>") && svg.contains(">CHL</text>"),
        "{svg}"
    );
    assert!(
        !svg.contains(">IND</text>") && svg.contains("Grey: 1 other voter"),
        "{svg}"
    );
    assert!(svg.contains("whole texts only"), "{svg}");
    draw(
        &format!("{agree} --states CHL,IND --plot p.png --plot-size 400x300"),
        0,
    );
    assert_eq!(read("p.png")[16..24], [0, 0, 1, 144, 0, 0, 1, 44]);
    let cohesion = "cohesion a.csv --group groups.csv --output c.csv";
    let told = draw(
        &format!("{cohesion} --plot c.pdf --plot-index rice --greyscale"),
        0,
    );
    assert!(read("c.pdf").starts_with(b"%PDF-"));
    assert!(told.contains("no letters for `日`"), "{told}");
    for (arguments, expected) in [
        (
            "agree a.csv --plot p.svg".to_owned(),
            "a chart of all pairs cannot be read",
        ),
        (
            format!("{agree} --plot p.svg --plot-states PER"),
            "`PER` cast no ballot",
        ),
        (
            format!("{agree} --plot p.svg --plot-size 9x9"),
            "invalid size `9x9` of a picture",
        ),
        (
            format!("{agree} --plot p.svg --by all"),
            "needs more than one group",
        ),
        (
            format!("{cohesion} --plot p.svg --by all"),
            "needs more than one group",
        ),
        (format!("{cohesion} --greyscale"), "--plot"),
    ] {
        let told = draw(&arguments, 2);
        assert!(told.contains(expected), "{arguments}: {told}");
    }
    assert!(!folder.join("p.svg").exists());
}

#[test]
fn a_plot_of_an_unknown_form_is_refused_before_anything_is_read() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [
        &[
            "agree",
            "nowhere.csv",
            "--states",
            "CHL,NOR",
            "--plot",
            "p.gif",
        ][..],
        &["ideal", "nowhere.csv", "--plot", "p"],
    ] {
        let done = plenary(folder.path(), arguments).code(2);
        let told = String::from_utf8_lossy(&done.get_output().stderr).into_owned();
        assert!(told.contains("unknown form of a chart"), "{told}");
        assert!(told.contains("`.svg`, `.png`, `.pdf`"), "{told}");
    }
}
