//! What commands say of their inputs: votes that two inputs have, files that were changed, rows with errors.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The output and the messages of a command that ends with this code.
fn run(folder: &Path, arguments: &[&str], code: i32) -> (String, String) {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("plenary"));
    let ran = command
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    assert_eq!(ran.status.code(), Some(code), "{arguments:?}: {ran:?}");
    (text(ran.stdout), text(ran.stderr))
}

const STATES: [&str; 4] = ["CHL,CHILE", "IND,INDIA", "NOR,NORWAY", "PER,PERU"];

/// A table of votes: its number, symbol, date and session, and a letter for each of the states.
fn table(folder: &Path, name: &str, votes: &[(u32, &str, &str, &str, &str)]) {
    let mut text = "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,title\n".to_owned();
    for (number, symbol, date, session, letters) in votes {
        for (state, letter) in STATES.iter().zip(letters.chars()) {
            let cells = format!("{number},{state},{letter},{date},{session},{symbol}");
            writeln!(text, "{cells},On {symbol} {number}").unwrap();
        }
    }
    fs::write(folder.join(name), text).unwrap();
}

/// How many votes are counted of two inputs, what is said of copies that contradict each other being `first`.
fn counted(folder: &Path) -> (String, String) {
    let arguments = "agree a.csv b.csv --by all --on-conflict first --questions all";
    let arguments: Vec<&str> = arguments.split(' ').collect();
    let (_, told) = run(folder, &arguments, 0);
    let counts = told
        .lines()
        .find(|line| line.starts_with("counts: "))
        .unwrap();
    let votes = counts["counts: ".len()..].split(' ').next().unwrap();
    (votes.to_owned(), told)
}

#[test]
fn one_resolution_is_one_vote_whatever_the_date_and_several_votes_on_it_stay_several() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let first = [
        (1, "A/RES/54/20", "1999-11-10", "54", "YYNA"),
        (2, "A/RES/54/21", "1999-11-11", "54", "NYAY"),
        (3, "A/RES/54/22", "1999-11-12", "54", "YNYN"),
    ];
    type Votes<'a> = &'a [(u32, &'a str, &'a str, &'a str, &'a str)];
    let cases: [(&str, Votes<'_>, &str, bool); 7] = [
        (
            "another date",
            &[(81, "A/RES/54/20", "1999-12-24", "54", "YYNA")],
            "3",
            false,
        ),
        (
            "date and a ballot",
            &[(81, "A/RES/54/20", "1999-12-24", "54", "YYNN")],
            "3",
            false,
        ),
        (
            "date, ballots",
            &[(81, "A/RES/54/20", "1999-12-24", "54", "NNYY")],
            "3",
            false,
        ),
        (
            "written otherwise",
            &[(81, "a/res/54/20", "1999-12-24", "54", "YYNA")],
            "3",
            false,
        ),
        (
            "another resolution",
            &[(81, "A/RES/54/30", "1999-11-10", "54", "YYNA")],
            "4",
            true,
        ),
        (
            "another session",
            &[(81, "A/RES/55/20", "2000-11-10", "55", "YYNA")],
            "4",
            false,
        ),
        (
            "two votes on one text, exchanged",
            &[
                (81, "A/RES/54/21", "1999-11-11", "54", "YNNN"),
                (82, "A/RES/54/21", "1999-11-11", "54", "NYAY"),
            ],
            "4",
            true,
        ),
    ];
    for (what, second, expected, is_said) in cases {
        table(folder, "a.csv", &first);
        table(folder, "b.csv", second);
        let (votes, told) = counted(folder);
        assert_eq!(votes, expected, "{what}: {told}");
        let (_, imported) = run(
            folder,
            &[
                "import",
                "a.csv",
                "b.csv",
                "-o",
                "ds",
                "--as",
                "csv",
                "--on-conflict",
                "first",
            ],
            0,
        );
        let decisions = fs::read_to_string(folder.join("ds/decisions.csv")).unwrap();
        assert_eq!(
            (decisions.lines().count() - 1).to_string(),
            expected,
            "{what}"
        );
        fs::remove_dir_all(folder.join("ds")).unwrap();
        for told in [told, imported] {
            let unmatched = told.contains("were not matched; they are counted separately");
            assert_eq!(unmatched, is_said, "{what}: {told}");
        }
    }
}

#[test]
fn of_several_votes_on_one_text_the_number_of_the_source_says_which_is_meant() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let first = [
        (1, "A/RES/54/20", "1999-11-10", "54", "YYNA"),
        (2, "A/RES/54/20", "1999-11-10", "54", "NNYY"),
    ];
    table(folder, "a.csv", &first);
    for (number, expected) in [(2, "2"), (9, "3")] {
        let second = (number, "A/RES/54/20", "1999-12-24", "54", "YNYA");
        table(folder, "b.csv", &[second]);
        let (votes, told) = counted(folder);
        assert_eq!(votes, expected, "{number}: {told}");
    }
}

#[test]
fn votes_of_common_sessions_that_cannot_be_matched_are_counted_in_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    table(
        folder,
        "a.csv",
        &[
            (1, "A/RES/54/20", "1999-11-10", "54", "YYNA"),
            (2, "A/RES/54/21", "1999-11-11", "54", "NYAY"),
            (3, "A/RES/54/22", "1999-11-11", "54", "NYAN"),
            (4, "A/RES/53/22", "1998-11-11", "53", "NYAN"),
        ],
    );
    table(
        folder,
        "b.csv",
        &[
            (71, "A/RES/54/20", "1999-11-10", "54", "YYNA"),
            (72, "A/RES/54/40", "1999-11-20", "54", "YNNY"),
            (73, "A/RES/55/40", "2000-11-20", "55", "YNNY"),
        ],
    );
    let expected = "2 votes of a.csv and 1 of b.csv in the same sessions were not matched; \
                    they are counted separately";
    for command in ["agree", "cohesion", "ideal"] {
        let (_, told) = run(folder, &[command, "a.csv", "b.csv", "--format", "csv"], 0);
        let warning = format!("warning: {expected}\n");
        assert_eq!(told.matches(&warning).count(), 1, "{command}: {told}");
        assert!(
            told.contains(&format!("not matched: {expected}")),
            "{command}: {told}"
        );
    }
    let (_, told) = run(folder, &["agree", "a.csv"], 0);
    assert!(!told.contains("not matched"), "{told}");
}

#[test]
fn every_command_that_reads_a_dataset_names_the_file_that_was_changed() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let votes = [
        (1, "A/RES/54/20", "1999-11-10", "54", "YYNA"),
        (2, "A/RES/54/21", "1999-11-11", "54", "NYAY"),
    ];
    table(folder, "a.csv", &votes);
    run(
        folder,
        &["import", "a.csv", "-q", "--as", "csv", "-o", "ds"],
        0,
    );
    let treaty = r#"{"kind": "treaty", "title": "Treaty on Foxes", "symbols": ["FOX-1"],
        "in-force-when": "1 instrument", "acts": [
        {"act": "action", "participant": "AUT", "kind": "ratification", "date": "2000-01-01"}]}"#;
    fs::write(folder.join("fox.json"), treaty.replace('\n', " ")).unwrap();
    run(
        folder,
        &["import", "fox.json", "-q", "--as", "csv", "-o", "foxes"],
        0,
    );
    let commands: [(&str, i32); 7] = [
        ("agree ds", 0),
        ("cohesion ds --least 1", 0),
        ("ideal ds", 0),
        ("show A/RES/54/20 --dataset ds", 0),
        ("compare ds a.csv", 1),
        ("compare a.csv ds", 1),
        ("treaty foxes", 0),
    ];
    let warned = |(command, code): (&str, i32)| {
        let arguments: Vec<&str> = command.split(' ').collect();
        run(folder, &arguments, code).1
    };
    for (command, code) in commands {
        let code = if command.starts_with("compare") {
            0
        } else {
            code
        };
        let told = warned((command, code));
        assert!(!told.contains("resource-changed"), "{command}: {told}");
    }
    for (dataset, from, to) in [("ds", "On A", "In A"), ("foxes", "Foxes", "Geese")] {
        let path = folder.join(dataset).join("agreements.jsonl");
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from));
        fs::write(path, text.replacen(from, to, 1)).unwrap();
    }
    for (command, code) in commands {
        let told = warned((command, code));
        let lines = told
            .lines()
            .filter(|line| line.contains("agreements.jsonl: the file is not"));
        let lines: Vec<_> = lines.collect();
        assert_eq!(lines.len(), 1, "{command}: {told}");
        assert!(lines[0].starts_with("warning: ") && lines[0].ends_with("(resource-changed)"));
    }
    for command in ["check ds", "import ds -o again"] {
        let arguments: Vec<&str> = command.split(' ').collect();
        let mut told = Command::new(assert_cmd::cargo::cargo_bin!("plenary"));
        let told = told.current_dir(folder).args(arguments).output().unwrap();
        assert_ne!(told.status.code(), Some(0), "{command}");
        let all = [told.stdout, told.stderr].concat();
        assert!(
            String::from_utf8_lossy(&all).contains("agreements.jsonl"),
            "{command}"
        );
    }
}

#[test]
fn an_analysis_says_which_errors_the_reader_found() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    table(
        folder,
        "a.csv",
        &[(1, "A/RES/54/20", "1999-11-10", "54", "YYNA")],
    );
    let text = fs::read_to_string(folder.join("a.csv")).unwrap();
    let text = text.replace("PERU,A,1999-11-10", "PERU,A,1999-11-12");
    fs::write(folder.join("a.csv"), text).unwrap();
    for command in ["agree a.csv", "cohesion a.csv --least 1", "ideal a.csv"] {
        let arguments: Vec<&str> = command.split(' ').collect();
        let (_, told) = run(folder, &arguments, 0);
        let expected = "1 error found while reading (1 rows-disagree): `plenary check` names them";
        assert!(told.contains(expected), "{command}: {told}");
    }
}

/// Two votes of 1990 with the Soviet Union and two of 1993 with Russia, and one of a special session.
fn eras(folder: &Path) {
    let mut text = "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,title\n".to_owned();
    let votes = [
        (1, "1990-11-10", "45", "A/RES/45/1", "SUN,USSR", "Y"),
        (2, "1990-11-11", "45", "A/RES/45/2", "SUN,USSR", "N"),
        (
            3,
            "1993-11-10",
            "48",
            "A/RES/48/1",
            "RUS,RUSSIAN FEDERATION",
            "Y",
        ),
        (
            4,
            "1993-11-11",
            "48",
            "A/RES/48/2",
            "RUS,RUSSIAN FEDERATION",
            "Y",
        ),
        (5, "1990-04-30", "S-18", "A/RES/S-18/1", "SUN,USSR", "Y"),
    ];
    for (number, date, session, symbol, state, letter) in votes {
        for (state, letter) in [
            (state, letter),
            ("USA,UNITED STATES", "N"),
            ("FRA,FRANCE", "Y"),
        ] {
            writeln!(
                text,
                "{number},{state},{letter},{date},{session},{symbol},{symbol}"
            )
            .unwrap();
        }
    }
    fs::write(folder.join("eras.csv"), text).unwrap();
}

#[test]
fn a_number_means_every_state_that_bore_it() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    eras(folder);
    let rows = |states: &str| {
        let arguments = ["agree", "eras.csv", "--by", "session", "--states", states];
        let (text, _) = run(folder, &arguments, 0);
        let keys = text
            .lines()
            .skip(1)
            .map(|row| row.splitn(4, ',').take(3).collect::<Vec<_>>().join(" "));
        keys.collect::<Vec<_>>()
    };
    let with_america = ["45 SUN USA", "48 RUS USA", "S-18 SUN USA"];
    for states in ["2,365", "365,USA", "USA,0365", "SUN,RUS,USA"] {
        assert_eq!(rows(states), with_america, "{states}");
    }
    let alone = [
        "45 FRA SUN",
        "45 SUN USA",
        "48 FRA RUS",
        "48 RUS USA",
        "S-18 FRA SUN",
        "S-18 SUN USA",
    ];
    assert_eq!(rows("365"), alone);
    let (square, told) = run(
        folder,
        &[
            "agree", "eras.csv", "--by", "all", "--states", "365", "--matrix",
        ],
        0,
    );
    assert_eq!(square.lines().next(), Some("group,state,RUS,SUN"));
    assert!(
        told.contains("RUS and SUN with every other voter"),
        "{told}"
    );
    let (_, told) = run(folder, &["agree", "eras.csv", "--states", "2,740"], 2);
    assert!(told.contains("`740` cast no ballot"), "{told}");
    let (_, told) = run(
        folder,
        &[
            "ideal",
            "eras.csv",
            "--plot-states",
            "365",
            "--plot",
            "p.svg",
        ],
        0,
    );
    let svg = fs::read_to_string(folder.join("p.svg")).unwrap();
    assert!(svg.contains("365") || svg.contains("RUS"), "{told}");
}

/// How many points the lines of a plot have: each line is one stretch, a stretch of one point a circle. Before each name stands a level piece
/// of its line, which has no point.
fn points(svg: &str) -> usize {
    let lines = svg.split("<polyline").skip(1).filter_map(|rest| {
        let element = rest.split("/>").next()?;
        let is_line = element.contains("stroke-width=\"2\"");
        let points = element.split("points=\"").nth(1)?.split('"').next()?;
        let places: Vec<&str> = points.split_whitespace().collect();
        let level = |place: &&str| place.split(',').nth(1).map(ToOwned::to_owned);
        let is_piece = matches!(places.as_slice(), [one, other] if level(one) == level(other));
        (is_line && !is_piece).then_some(places.len())
    });
    lines.filter(|points| *points > 1).sum::<usize>() + svg.matches("<circle").count()
}

#[test]
fn a_plot_has_one_point_for_each_pair_and_session_and_says_which_rows_it_lacks() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    eras(folder);
    let arguments = "agree eras.csv --by session --states USA,FRA,365 --plot p.svg";
    let (text, told) = run(folder, &arguments.split(' ').collect::<Vec<_>>(), 0);
    let rows = text.lines().skip(1);
    let (special, regular): (Vec<_>, Vec<_>) = rows.partition(|row| row.starts_with("S-"));
    assert_eq!((special.len(), regular.len()), (3, 6));
    let svg = fs::read_to_string(folder.join("p.svg")).unwrap();
    assert_eq!(points(&svg), regular.len());
    let expected =
        "3 rows of 1 special session not in the plot, whose axis is that of regular sessions: S-18";
    assert!(told.contains(expected), "{told}");
    // `ideal` counts the special session in the regular one under way, and has no row of its own for it.
    let arguments = "ideal eras.csv --plot-states USA,FRA,365 --plot p.svg";
    let (text, told) = run(folder, &arguments.split(' ').collect::<Vec<_>>(), 0);
    let rows: Vec<&str> = text.lines().skip(1).collect();
    assert_eq!(rows.len(), 9, "{text}");
    let svg = fs::read_to_string(folder.join("p.svg")).unwrap();
    assert_eq!(points(&svg), rows.len(), "{text}");
    assert!(!told.contains("special session"), "{told}");
}

#[test]
fn a_page_shows_later_intentions_beside_the_result_which_they_do_not_change() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let record = |intended: &str| {
        let record = format!(
            r#"{{"symbols": ["A/RES/54/20"], "title": "Made up", "acts": [{{"act": "decision", "body": "unga",
            "date": "1999-11-10", "announced": {{"yes": 2, "no": 1}}, "ballots": {{"yes": ["CHL"], "no": ["IND"], "printed": [
            {{"state": "NOR", "choice": "yes"{intended}}}]}}}}]}}"#
        );
        fs::write(folder.join("one.jsonl"), record.replace('\n', " ")).unwrap();
        let arguments = ["show", "A/RES/54/20", "--dataset", "one.jsonl"];
        run(folder, &arguments, 0).0
    };
    let flat = |page: &str| page.split_whitespace().collect::<Vec<_>>().join(" ");
    let (plain, intended) = (record(""), record(r#", "intended-later": "no""#));
    let said = "said later that they had intended";
    assert!(!plain.contains(said), "{plain}");
    let page = flat(&intended);
    let expected = "Norway: no instead of yes. The result is that of the votes cast.";
    assert!(page.contains(said) && page.contains(expected), "{intended}");
    for page in [&plain, &intended] {
        for result in ["yes 2 no 1 abstaining 0", "adopted: 2 of 3"] {
            assert!(flat(page).contains(result), "{page}");
        }
    }
}

#[test]
fn a_date_or_an_encoding_of_another_form_is_refused_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    for (date, said) in [
        (
            "1/12/2018",
            "expected YYYY-MM-DD, YYYY-MM or YYYY, such as `2018-12-01` or `2018-01-12`",
        ),
        (
            "Dec 2018",
            "expected YYYY-MM-DD, YYYY-MM or YYYY, such as `2018-12`",
        ),
        ("2018-12", "`2018-12` is not a day: expected YYYY-MM-DD"),
    ] {
        let (_, told) = run(folder.path(), &["members", "--on", date], 2);
        assert!(told.contains(said), "{told}");
    }
    let latin = b"state,vote\nFRA,yes\nC\xf4te,no\n";
    fs::write(folder.path().join("latin.csv"), latin).unwrap();
    let (_, told) = run(folder.path(), &["check", "latin.csv"], 2);
    assert!(told.contains("latin.csv:3"), "{told}");
    assert!(told.contains("iconv -f WINDOWS-1252 -t UTF-8"), "{told}");
}
