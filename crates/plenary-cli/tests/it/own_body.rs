//! A body of one's own: `plenary new body`, the chapter on the River Club and the page of worked records, which show what the command prints.

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

pub(crate) fn copy(from: &Path, to: &Path) {
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

/// Holds that each block of a page is the output of its command, or the file that the comment above it names: `command` and `file` give
/// what that is. With `UPDATE_DOCS` set, the page is written anew.
pub(crate) fn holds(
    page: &str,
    mut command: impl FnMut(&str) -> String,
    mut file: impl FnMut(&str) -> String,
) {
    let page = root().join(page);
    let text = fs::read_to_string(&page).unwrap();
    let mut parts = text.split("```");
    let mut renewed = parts.next().unwrap().to_owned();
    while let (Some(block), Some(prose)) = (parts.next(), parts.next()) {
        let (kind, shown) = block.split_once('\n').unwrap();
        let content = match kind {
            "console" => {
                let line = shown.lines().next().unwrap().strip_prefix("$ ").unwrap();
                format!("$ {line}\n{}", command(line))
            }
            _ => {
                let (_, name) = renewed.rsplit_once("<!-- ").unwrap();
                file(name.strip_suffix(" -->\n").unwrap())
            }
        };
        renewed.push_str(&format!("```{kind}\n{content}```{prose}"));
    }
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&page, renewed).unwrap();
    } else {
        assert_eq!(text, renewed);
    }
}

pub(crate) fn printed(folder: &Path, line: &str) -> String {
    let (code, out, err) = plenary(folder, line);
    assert!(code < 2, "{line}: {err}");
    if out.is_empty() { err } else { out }
}

#[test]
fn the_page_of_worked_records_shows_what_the_command_prints() {
    let folder = root().join("fixtures/bodies");
    let mut commands = 0;
    let command = |line: &str| {
        commands += 1;
        printed(&folder, line)
    };
    holds("docs/worked-records.md", command, |name| panic!("{name}"));
    assert!(commands >= 11, "{commands}");
}

#[test]
fn the_chapter_on_a_body_of_one_s_own_shows_its_files_and_what_the_command_prints() {
    let club = root().join("fixtures/bodies/river-club");
    let folder = tempfile::tempdir().unwrap();
    let (mut files, mut commands) = (0, 0);
    let command = |line: &str| {
        let out = printed(folder.path(), line);
        // The first writes the files to fill in; they are those of the fixture from then on.
        if commands == 0 {
            copy(&club, folder.path());
        }
        commands += 1;
        out
    };
    let file = |name: &str| {
        files += 1;
        fs::read_to_string(club.join(name)).unwrap()
    };
    holds("docs/body-of-your-own.md", command, file);
    assert!(files >= 4 && commands >= 14, "{files}, {commands}");
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

/// A folder with the club as its configuration names it, and a dataset of its votes in a place without one.
fn club_and_dataset() -> [tempfile::TempDir; 2] {
    let [club, elsewhere] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    copy(&root().join("fixtures/bodies/river-club"), club.path());
    let dataset = elsewhere.path().join("club");
    let line = format!(
        "plenary import votes.csv --mapping mapping.toml -o {}",
        dataset.display()
    );
    let (code, out, err) = plenary(club.path(), &line);
    assert_eq!(code, 0, "{err}");
    assert!(
        out.contains("with the reference data of reference\n"),
        "{out}"
    );
    [club, elsewhere]
}

#[test]
fn a_dataset_carries_its_reference_and_is_judged_by_it() {
    let [_club, elsewhere] = club_and_dataset();
    let run = |line: &str| plenary(elsewhere.path(), line);
    for name in ["bodies/river-club.toml", "weights/river-shares.csv"] {
        let file = Path::new("fixtures/bodies/river-club/reference").join(name);
        let carried = elsewhere.path().join("club/reference").join(name);
        let texts = [root().join(file), carried].map(|path| fs::read_to_string(path).unwrap());
        assert_eq!(texts[0], texts[1], "{name}");
    }
    let (code, out, err) = run("plenary check club");
    assert!(code == 0 && err.is_empty(), "{out}{err}");
    assert!(
        out.contains("10 decisions: 10 decided; 0 undecidable"),
        "{out}"
    );
    assert!(
        out.contains("reference data: embedded, club/reference\n"),
        "{out}"
    );
    let (code, out, _) = run("plenary show RC/2020/5 -d club");
    assert!(
        code == 0 && out.contains("71.5 of 100 river-shares"),
        "{out}"
    );
    assert!(
        out.contains("reference data: embedded, club/reference"),
        "{out}"
    );
    let (_, out, _) = run("plenary check club --format json");
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        crate::schema::misfits("check.schema.json", &report),
        [""; 0]
    );
    assert_eq!(
        report["reference"],
        serde_json::json!(["embedded", "club/reference"])
    );
    let (_, out, _) = run("plenary show RC/2020/5 -d club --format json");
    let account: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        crate::schema::misfits("show.schema.json", &account),
        [""; 0]
    );
    assert_eq!(account["reference"], report["reference"]);
    // What was made of a dataset carries it on, and in its place; what is not part of it is not removed.
    let (code, _, err) = run("plenary import club -o again");
    assert_eq!(code, 0, "{err}");
    let (code, _, err) = run("plenary import club -o again --replace");
    assert_eq!(code, 0, "{err}");
    let (_, out, _) = run("plenary check again");
    assert!(
        out.contains("reference data: embedded, again/reference\n"),
        "{out}"
    );
    fs::write(
        elsewhere.path().join("again/reference/bodies/mine.txt"),
        "x",
    )
    .unwrap();
    let (code, _, err) = run("plenary import club -o again --replace");
    assert!(
        code == 2 && err.contains("`reference/bodies/mine.txt`"),
        "{err}"
    );
}

#[test]
fn a_configuration_may_name_what_the_dataset_alone_carries() {
    let [_club, elsewhere] = club_and_dataset();
    let configured = |body: &str, line: &str| {
        let text = format!("[defaults]\nbody = \"{body}\"\n");
        fs::write(elsewhere.path().join("plenary.toml"), text).unwrap();
        plenary(elsewhere.path(), line)
    };
    for line in ["plenary check club", "plenary show RC/2020/5 -d club"] {
        let (code, out, err) = configured("river-club", line);
        assert!(code == 0 && err.is_empty(), "{line}: {out}{err}");
        let (code, _, err) = configured("river-clubs", line);
        assert!(
            code == 2 && err.contains("nothing is known of a body `river-clubs`"),
            "{line}: {err}"
        );
    }
}

#[test]
fn a_stated_reference_wins_over_that_of_a_dataset_and_the_answer_says_so() {
    let [club, elsewhere] = club_and_dataset();
    let run = |line: &str| plenary(elsewhere.path(), line);
    copy(
        &club.path().join("reference"),
        &elsewhere.path().join("stated"),
    );
    // The same data is no contradiction.
    let (code, out, err) = run("plenary check club --reference stated");
    assert!(code == 0 && err.is_empty(), "{out}{err}");
    assert!(out.contains("reference data: embedded, stated\n"), "{out}");
    let shares = elsewhere.path().join("stated/weights/river-shares.csv");
    let text = fs::read_to_string(&shares).unwrap();
    fs::write(&shares, text.replace("UKR,10,", "UKR,20,")).unwrap();
    let told = "weights/river-shares.csv of stated counts, and not that of club/reference";
    for line in [
        "plenary check club --reference stated",
        "plenary show RC/2020/5 -d club --reference stated",
    ] {
        let (code, out, err) = run(line);
        assert!(
            code == 1 && out.contains("outcome-mismatch"),
            "{line}: {out}"
        );
        assert!(out.contains("RC/2020/5"), "{line}: {out}");
        assert!(err.contains(told), "{line}: {err}");
    }
    for line in [
        "plenary agree club --by all --reference stated",
        "plenary cohesion club --by all --reference stated",
        "plenary import club -o again --reference stated",
    ] {
        let (code, _, err) = run(line);
        assert!(code == 0 && err.contains(told), "{line}: {err}");
    }
    // Both are carried, one above the other.
    let (code, out, _) = run("plenary check again");
    assert!(
        code == 1 && out.contains("embedded, again/reference, again/reference-2"),
        "{out}"
    );
}

#[test]
fn two_datasets_that_carry_other_data_of_one_name_are_not_judged_by_either() {
    let [_club, elsewhere] = club_and_dataset();
    let run = |line: &str| plenary(elsewhere.path(), line);
    copy(
        &elsewhere.path().join("club"),
        &elsewhere.path().join("other"),
    );
    // The same data twice is one layer.
    let (code, out, _) = run("plenary check club other --ignore duplicate-record");
    assert!(
        code == 0 && out.contains("reference data: embedded, club/reference\n"),
        "{out}"
    );
    let shares = elsewhere
        .path()
        .join("other/reference/weights/river-shares.csv");
    let text = fs::read_to_string(&shares).unwrap();
    fs::write(&shares, text.replace("UKR,10,", "UKR,20,")).unwrap();
    for line in ["plenary check club other", "plenary agree club other"] {
        let (code, _, err) = run(line);
        assert_eq!(code, 2, "{line}: {err}");
        let told = "its reference data has another `weights/river-shares.csv` than club/reference";
        assert!(
            err.contains(told) && err.contains("(`--reference`)"),
            "{line}: {err}"
        );
    }
    let (_, out, err) = run("plenary check other");
    assert!(
        out.contains("[resource-changed]"),
        "a changed file is told: {out}{err}"
    );
}

#[test]
fn votes_of_a_body_are_counted_by_its_own_groups() {
    let [club, _elsewhere] = club_and_dataset();
    let run = |line: &str| plenary(club.path(), line);
    run("plenary import votes.csv --mapping mapping.toml -o club");
    let groups = |options: &str| {
        let line = format!("plenary cohesion club --by all --format csv {options}");
        let (code, out, err) = run(line.trim_end());
        assert_eq!(code, 0, "{line}: {err}");
        let rows = out
            .lines()
            .skip(1)
            .map(|row| row.split(',').nth(1).unwrap().to_owned());
        (rows.collect::<Vec<_>>(), err)
    };
    for (options, expected) in [
        ("", &["upper", "lower"][..]),
        ("--group river-reaches", &["upper", "lower"]),
        ("--group river-reaches --only upper", &["upper"]),
        ("--group founders", &["founders"]),
        (
            "--group reference/groups/river-reaches.csv",
            &["lower", "upper"],
        ),
        ("--group regional", &["eastern-european"]),
    ] {
        assert_eq!(groups(options).0, expected, "{options}");
    }
    // A member is in its group on the days of its membership alone.
    let (_, told) = groups("--group river-reaches");
    assert!(
        told.contains("members of the groups in no selected vote: SCG"),
        "{told}"
    );
    let (code, _, err) = run("plenary cohesion club --group river-raeches");
    assert!(
        code == 2 && err.contains("nearest: `river-reaches`"),
        "{err}"
    );
    let (code, out, _) = run("plenary agree club --by all --states founders");
    let pairs = out
        .lines()
        .skip(1)
        .map(|row| row.split(',').skip(1).take(2).collect::<Vec<_>>());
    assert_eq!(code, 0);
    assert_eq!(
        pairs.collect::<Vec<_>>(),
        [["AUT", "HUN"], ["AUT", "SVK"], ["HUN", "SVK"]]
    );
}

#[test]
fn ballots_in_a_file_that_names_its_body_are_decided_by_the_rule_of_the_body() {
    let [club, _elsewhere] = club_and_dataset();
    let run = |line: &str| plenary(club.path(), line);
    let (code, out, err) = run("plenary decide --ballots 2020-09.csv");
    assert_eq!(code, 0, "{err}");
    assert!(out.starts_with("rejected: River Club, budget"), "{out}");
    assert!(!out.contains("assumed:"), "{out}");
    let file = club.path().join("2020-09.csv");
    let text = fs::read_to_string(&file).unwrap();
    // The kind is that of the file, else the usual one; what is asked for goes before both.
    fs::write(&file, text.replace("kind: budget\n", "")).unwrap();
    let (_, out, _) = run("plenary decide --ballots 2020-09.csv");
    assert!(
        out.contains("River Club, ordinary") && out.contains("assumed:"),
        "{out}"
    );
    let (_, out, _) = run("plenary decide --ballots 2020-09.csv --kind budget");
    assert!(out.contains("River Club, budget"), "{out}");
    let (_, out, _) = run("plenary decide --ballots 2020-09.csv --body unga --on 2020-12-24");
    assert!(out.contains("says body `river-club`"), "{out}");
}

#[test]
fn a_template_of_a_body_whose_members_have_units_checks_when_it_is_filled_in() {
    let folder = tempfile::tempdir().unwrap();
    let run = |line: &str| plenary(folder.path(), line);
    run("plenary new body board --output our");
    let file = folder.path().join("our/bodies/board.toml");
    let filled = fs::read_to_string(&file)
        .unwrap()
        .replace("2001-03-01", "2010-01-01")
        .replace(
            "format = 1",
            "format = 1\nunits = [\"government\", \"worker\"]",
        )
        .replace("write the article here", "Statute, Art. 4");
    fs::write(&file, filled).unwrap();
    let table = "member,from\nFRA,2010-01-01\nPER,2010-01-01\n";
    fs::write(folder.path().join("our/bodies/board.members.csv"), table).unwrap();
    let (_, out, _) = run("plenary members --body board --on 2015-06-01 --reference our");
    assert!(out.starts_with("4 members of board"), "{out}");
    let (_, template, _) = run("plenary template --body board --date 2015-06-01 --reference our");
    let lines = template
        .lines()
        .map(|line| match line.starts_with("unit:") {
            true => format!("{line}yes\n"),
            false => format!("{line}\n"),
        });
    let vote: String = lines.collect();
    let vote = vote.replace("outcome: ", "outcome: adopted");
    assert_eq!(vote.matches("unit:").count(), 4, "{vote}");
    fs::write(folder.path().join("vote.csv"), &vote).unwrap();
    let (_, out, err) = run("plenary check vote.csv --reference our");
    assert!(
        !out.contains("not-a-member") && !out.contains("missing-member"),
        "{out}{err}"
    );
    let other = vote.replace("unit:PER/worker", "unit:KEN/worker");
    fs::write(folder.path().join("vote.csv"), other).unwrap();
    let (_, out, _) = run("plenary check vote.csv --reference our");
    assert!(out.contains("not-a-member"), "{out}");
}

#[test]
fn no_question_has_an_answer_on_a_day_on_which_the_body_does_not_exist() {
    let club = root().join("fixtures/bodies/river-club");
    let refusal = "`river-club` does not exist on 1999-05-05: it exists since 2001-03-01";
    for line in [
        "plenary members --body river-club --on 1999-05-05",
        "plenary members --body river-club --group upper --on 1999-05-05",
        "plenary template RC/1999/1 --body river-club --date 1999-05-05",
        "plenary power --body river-club --rule \"more than 1/2 of members\" --on 1999-05-05",
        "plenary decide --body river-club --rule \"more than 1/2 of members\" --on 1999-05-05 --yes 7 --no 1",
        "plenary decide --body river-club --on 1999-05-05 --yes 7 --no 1",
    ] {
        let (code, out, err) = plenary(&club, line);
        assert_eq!((code, &*out), (2, ""), "{line}");
        assert!(err.contains(refusal), "{line}: {err}");
        assert!(
            err.contains("give a day from 2001-03-01 on"),
            "{line}: {err}"
        );
        let later = line.replace("1999-05-05", "2020-05-05");
        let (code, _, err) = plenary(&club, &later);
        assert_eq!(code, 0, "{later}: {err}");
    }
    let (code, _, err) = plenary(&club, "plenary members --body chr --on 2006-06-16");
    let ended =
        "`chr` does not exist on 2006-06-16: it existed from 1946-02-16 until before 2006-06-16";
    assert!(code == 2 && err.contains(ended), "{err}");
    let last = plenary(&club, "plenary members --body chr --on 2005-12-31");
    assert_eq!(last.0, 0, "{}", last.2);
}

#[test]
fn a_name_of_groups_of_two_schemes_is_refused_with_what_to_type() {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("fixtures/bodies/river-club"), folder.path());
    let other = folder.path().join("reference/groups/by-height.csv");
    fs::write(&other, "group,member\nupper,AUT\nlow,HUN\n").unwrap();
    let imported = "plenary import votes.csv --mapping mapping.toml --output club";
    assert_eq!(plenary(folder.path(), imported).0, 0);
    for line in [
        "plenary members --group upper --on 2020-05-05",
        "plenary members --body river-club --group upper --on 2020-05-05",
        "plenary agree club --by all --states upper",
    ] {
        let (code, out, err) = plenary(folder.path(), line);
        assert_eq!((code, &*out), (2, ""), "{line}");
        let says = "`upper` is a group of `by-height` and of `river-reaches`";
        assert!(err.contains(says), "{line}: {err}");
        let help = "say which: `by-height:upper` or `river-reaches:upper`";
        assert!(err.contains(help), "{line}: {err}");
        let stated = line.replace(" upper", " by-height:upper");
        let (code, _, err) = plenary(folder.path(), &stated);
        assert_eq!(code, 0, "{stated}: {err}");
    }
    let alone = "plenary members --group low --on 2020-05-05";
    assert_eq!(plenary(folder.path(), alone).0, 0);
}

#[test]
fn what_authors_of_a_folder_should_know_is_said_with_its_bodies_and_rules() {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("fixtures/bodies/river-club"), folder.path());
    let file = folder.path().join("reference/bodies/river-club.toml");
    let text = fs::read_to_string(&file).unwrap();
    let changed = text.replace("no member of founders", "no member of elders");
    assert_ne!(text, changed);
    fs::write(&file, changed).unwrap();
    let warning = "unknown group `elders`: no vote can be decided by it";
    for line in [
        "plenary bodies river-club",
        "plenary bodies",
        "plenary rules --reference reference",
        "plenary decide --list --reference reference",
    ] {
        let (code, _, err) = plenary(folder.path(), line);
        assert!(code == 0 && err.contains(warning), "{line}: {err}");
    }
    let (_, out, _) = plenary(folder.path(), "plenary bodies river-club --format json");
    let body: serde_json::Value = serde_json::from_str(&out).unwrap();
    let said = body["warnings"][0].as_str().unwrap();
    assert!(said.contains(warning), "{said}");
}
