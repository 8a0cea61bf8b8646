//! Hostile use: signals at any moment, outputs onto links, pipes and devices, a full disk, changed datasets.
#![cfg(unix)]

use std::fs::{self, Permissions};
use std::io::Read;
use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use tempfile::TempDir;

/// How many signals are sent; set `PLENARY_SIGNALS=200` for the long run.
fn signals() -> u32 {
    let wanted = std::env::var("PLENARY_SIGNALS").ok();
    wanted.and_then(|text| text.parse().ok()).unwrap_or(24)
}

fn plenary(folder: &Path) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("plenary"));
    command.current_dir(folder);
    command
}

fn run(folder: &Path, args: &[&str]) -> Output {
    plenary(folder).args(args).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A folder with a table of this many votes.
fn votes(number: u32) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("votes.csv"), table(number)).unwrap();
    folder
}

fn table(number: u32) -> String {
    let mut text = "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,title\n".to_owned();
    for vote in 1..=number {
        for (code, name, choice) in [
            ("KOR", "\"KOREA, REPUBLIC OF\"", "Y"),
            ("PER", "PERU", "N"),
            ("TCD", "CHAD", ["Y", "N", "A"][vote as usize % 3]),
        ] {
            text.push_str(&format!(
                "{vote},{code},{name},{choice},2009-12-18,64,A/RES/64/{vote},Vote {vote}\n"
            ));
        }
    }
    text
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// All files of a folder, with their text.
fn whole(folder: &Path) -> Vec<(String, String)> {
    let read = |name: String| {
        let bytes = fs::read(folder.join(&name)).unwrap();
        (name, String::from_utf8_lossy(&bytes).into_owned())
    };
    names(folder).into_iter().map(read).collect()
}

/// Delays of no pattern, the same in every run.
struct Delays(u64);

impl Delays {
    fn next(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % below.max(1)
    }
}

/// Sends signals to a command at any moment, and has `check` look at what is left, and whether it was killed.
fn interrupted(
    folder: &Path,
    args: &[&str],
    signal_names: &[&str],
    delays: &mut Delays,
    check: impl Fn(bool),
) {
    let start = std::time::Instant::now();
    assert!(run(folder, args).status.success());
    let usual = u64::try_from(start.elapsed().as_micros()).unwrap();
    for turn in 0..signals() / 4 {
        let signal = signal_names[turn as usize % signal_names.len()];
        let child = plenary(folder)
            .args(args)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let mut child = child.unwrap();
        std::thread::sleep(Duration::from_micros(delays.next(usual + usual / 4)));
        let kill = Command::new("kill")
            .args(["-s", signal, &child.id().to_string()])
            .stderr(Stdio::null())
            .status();
        kill.unwrap();
        child.wait().unwrap();
        check(signal == "KILL");
    }
}

#[test]
fn a_signal_leaves_the_old_file_or_the_new_one_and_nothing_else() {
    let folder = votes(600);
    let path = folder.path();
    let mut delays = Delays(0x5eed);
    let args = ["agree", "votes.csv", "--by", "all", "-q", "-o", "pairs.csv"];
    assert!(run(path, &args).status.success());
    let new = fs::read_to_string(path.join("pairs.csv")).unwrap();
    let kept = names(path);
    for catchable in [true, false] {
        let names_of: &[&str] = match catchable {
            true => &["TERM", "INT", "HUP"],
            false => &["KILL"],
        };
        fs::write(path.join("pairs.csv"), "old").unwrap();
        interrupted(path, &args, names_of, &mut delays, |killed| {
            let text = fs::read_to_string(path.join("pairs.csv")).unwrap();
            assert!(text == "old" || text == new, "{} bytes", text.len());
            fs::write(path.join("pairs.csv"), "old").unwrap();
            if !killed {
                assert_eq!(names(path), kept);
            }
        });
        // The next run removes what a kill left.
        assert!(run(path, &args).status.success());
        assert_eq!(names(path), kept);
    }
}

#[test]
fn a_signal_leaves_the_old_dataset_or_the_new_one_and_nothing_else() {
    let folder = votes(300);
    let path = folder.path();
    fs::write(path.join("few.csv"), table(2)).unwrap();
    let few = ["import", "few.csv", "-q", "-o", "ds", "--replace"];
    let args = ["import", "votes.csv", "-q", "-o", "ds", "--replace"];
    assert!(run(path, &args).status.success());
    let new = whole(&path.join("ds"));
    assert!(run(path, &few).status.success());
    let old = whole(&path.join("ds"));
    assert!(old != new);
    let kept = names(path);
    let mut delays = Delays(0xda7a);
    for signals in [&["TERM", "INT"][..], &["KILL"]] {
        interrupted(path, &args, signals, &mut delays, |killed| {
            let found = whole(&path.join("ds"));
            assert!(found == old || found == new);
            if !killed {
                assert_eq!(names(path), kept);
            }
            assert!(run(path, &few).status.success());
        });
        assert!(run(path, &few).status.success());
        assert_eq!(names(path), kept);
        assert!(whole(&path.join("ds")) == old);
    }
}

#[test]
fn a_signal_ends_a_command_that_waits_and_says_which() {
    use std::os::unix::process::ExitStatusExt;
    let folder = tempfile::tempdir().unwrap();
    for (name, number) in [("TERM", 15), ("INT", 2)] {
        let mut child = plenary(folder.path())
            .args(["check", "-"])
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        // To wait for the process would close its input, and it might end by that.
        let input = child.stdin.take();
        std::thread::sleep(Duration::from_millis(300));
        let mut kill = Command::new("kill");
        kill.args(["-s", name, &child.id().to_string()]);
        assert!(kill.status().unwrap().success());
        // A shell shows 128 more.
        assert_eq!(child.wait().unwrap().signal(), Some(number));
        drop(input);
    }
}

const AGREE: [&str; 6] = ["agree", "votes.csv", "--by", "all", "-q", "-o"];

fn agree(folder: &Path, output: &str) -> Output {
    run(folder, &[&AGREE[..], &[output]].concat())
}

#[test]
fn a_link_stays_its_target_is_written_and_keeps_its_permissions() {
    let folder = votes(3);
    let path = folder.path();
    assert!(agree(path, "plain.csv").status.success());
    let table = fs::read_to_string(path.join("plain.csv")).unwrap();
    fs::create_dir(path.join("far")).unwrap();
    fs::write(path.join("far/target.csv"), "old").unwrap();
    fs::set_permissions(path.join("far/target.csv"), Permissions::from_mode(0o600)).unwrap();
    symlink("far/target.csv", path.join("link.csv")).unwrap();
    symlink("far/new.csv", path.join("dangling.csv")).unwrap();
    for (link, target) in [
        ("link.csv", "far/target.csv"),
        ("dangling.csv", "far/new.csv"),
    ] {
        let ran = agree(path, link);
        assert!(ran.status.success(), "{}", said(&ran));
        assert!(path.join(link).is_symlink(), "{link}");
        assert_eq!(fs::read_to_string(path.join(target)).unwrap(), table);
    }
    let mode = fs::metadata(path.join("far/target.csv")).unwrap();
    assert_eq!(mode.permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_pipe_is_written_into_and_a_reader_that_goes_is_no_error() {
    let folder = votes(3);
    let path = folder.path();
    let pipe = path.join("pipe");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    assert!(agree(path, "plain.csv").status.success());
    let table = fs::read_to_string(path.join("plain.csv")).unwrap();
    let kept = names(path);
    let reader = {
        let pipe = pipe.clone();
        std::thread::spawn(move || fs::read_to_string(pipe).unwrap())
    };
    let ran = agree(path, "pipe");
    assert!(ran.status.success(), "{}", said(&ran));
    assert_eq!(reader.join().unwrap(), table);
    assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
    assert_eq!(names(path), kept);
}

#[test]
fn a_reader_that_has_enough_is_no_error() {
    let folder = votes(900);
    for args in [
        &["agree", "votes.csv", "--by", "all", "-q"][..],
        &["check", "votes.csv", "--all", "--format", "csv"],
        &["check", "votes.csv", "--format", "json"],
        &["rules"],
        &["completions", "bash"],
        &["--help"],
    ] {
        let mut child = plenary(folder.path())
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut err = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut err)
            .unwrap();
        let code = child.wait().unwrap().code();
        assert!(matches!(code, Some(0 | 1)), "{args:?}: {code:?} {err}");
        assert!(!err.to_lowercase().contains("pipe"), "{args:?}: {err}");
    }
}

/// A node of our own that is as full as `/dev/full`, or a link to that where we may not make nodes.
#[cfg(target_os = "linux")]
fn full(folder: &Path) -> PathBuf {
    let (node, link) = (folder.join("full"), folder.join("link-to-full"));
    let made = Command::new("mknod")
        .arg(&node)
        .args(["c", "1", "7"])
        .stderr(Stdio::null())
        .status();
    let usable = || fs::OpenOptions::new().write(true).open(&node).is_ok();
    if made.is_ok_and(|status| status.success()) && usable() {
        return node;
    }
    symlink("/dev/full", &link).unwrap();
    link
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_and_the_device_stays() {
    let folder = votes(3);
    let path = folder.path();
    let device = full(path);
    let before = names(path);
    let ran = agree(path, device.to_str().unwrap());
    assert_eq!(ran.status.code(), Some(2));
    assert!(
        said(&ran).contains("no space is left on the device"),
        "{}",
        said(&ran)
    );
    assert!(fs::metadata(&device).unwrap().file_type().is_char_device());
    assert_eq!(names(path), before);
    for args in [
        &["--help"][..],
        &["--version"],
        &["check", "--help"],
        &["rules"],
        &["completions", "zsh"],
        &["template"],
        &["agree", "votes.csv", "--by", "all"],
        &["check", "votes.csv"],
        &["check", "votes.csv", "--format", "json"],
        &["import", "votes.csv", "-o", "ds"],
    ] {
        let out = fs::OpenOptions::new().write(true).open(&device).unwrap();
        let ran = plenary(path).args(args).stdout(out).output().unwrap();
        assert_eq!(ran.status.code(), Some(2), "{args:?}");
        let said = said(&ran);
        assert!(
            said.contains("standard output: no space is left"),
            "{args:?}: {said}"
        );
    }
}

#[test]
fn an_output_that_is_an_input_is_refused_by_whatever_name() {
    let folder = votes(3);
    let path = folder.path();
    fs::hard_link(path.join("votes.csv"), path.join("hard.csv")).unwrap();
    symlink("votes.csv", path.join("soft.csv")).unwrap();
    fs::create_dir(path.join("sub")).unwrap();
    let ran = run(
        path,
        &["import", "votes.csv", "-q", "--as", "csv", "-o", "ds"],
    );
    assert!(ran.status.success(), "{}", said(&ran));
    let before = fs::read_to_string(path.join("votes.csv")).unwrap();
    let dataset = whole(&path.join("ds"));
    let at = |input: &'static str, output: &'static str| {
        run(path, &["agree", input, "--by", "all", "-o", output])
    };
    for ran in [
        at("votes.csv", "votes.csv"),
        at("votes.csv", "hard.csv"),
        at("votes.csv", "soft.csv"),
        at("soft.csv", "sub/../votes.csv"),
        at("ds", "ds/ballots.csv"),
        at("ds/datapackage.json", "ds/agreements.jsonl"),
        run(path, &["import", "ds", "-o", "ds", "--replace"]),
        run(
            path,
            &["import", "ds/datapackage.json", "-o", "ds", "--replace"],
        ),
    ] {
        assert_eq!(ran.status.code(), Some(2));
        assert!(said(&ran).contains("also an input"), "{}", said(&ran));
    }
    assert_eq!(fs::read_to_string(path.join("votes.csv")).unwrap(), before);
    assert_eq!(whole(&path.join("ds")), dataset);
}

/// A file that a command reads beside its votes, the command without its output, and the option of the output.
type SideFile = (&'static str, &'static [&'static str], &'static str);

const SIDE_FILES: [SideFile; 10] = [
    (
        "unvotes/roll_calls.csv",
        &["agree", "unvotes/unvotes.csv", "--by", "all"],
        "-o",
    ),
    (
        "unvotes/issues.csv",
        &["agree", "unvotes", "--by", "all"],
        "-o",
    ),
    (
        "unvotes/issues.csv",
        &["cohesion", "unvotes/unvotes.csv", "--format", "csv"],
        "-o",
    ),
    (
        "weights.csv",
        &[
            "power",
            "--rule",
            "at least 50% of w",
            "--weights",
            "weights.csv",
        ],
        "-o",
    ),
    (
        "groups.csv",
        &[
            "cohesion",
            "votes.csv",
            "--group",
            "groups.csv",
            "--format",
            "csv",
        ],
        "-o",
    ),
    (
        "groups.csv",
        &["cohesion", "votes.csv", "--group", "groups.csv"],
        "-o",
    ),
    (
        "linked.csv",
        &["ideal", "voeten.csv", "--linked", "linked.csv"],
        "-o",
    ),
    (
        "linked.csv",
        &["ideal", "voeten.csv", "--linked", "linked.csv"],
        "--items",
    ),
    ("plenary.toml", &["agree", "votes.csv", "--by", "all"], "-o"),
    (
        "plenary.toml",
        &["cohesion", "unvotes", "--format", "csv"],
        "-o",
    ),
];

#[test]
fn an_output_that_is_read_beside_the_votes_is_refused() {
    let folder = votes(3);
    let path = folder.path();
    fs::create_dir(path.join("unvotes")).unwrap();
    for (name, text) in [
        (
            "unvotes/unvotes.csv",
            "rcid,country,country_code,vote\n3,Peru,PE,yes\n3,Chad,TD,no\n",
        ),
        (
            "unvotes/roll_calls.csv",
            "rcid,session,importantvote,date,unres,amend,para,short,descr\n3,64,0,2009-12-18,R/64/1,0,0,A,A\n",
        ),
        (
            "unvotes/issues.csv",
            "rcid,short_name,issue\n3,me,Palestinian conflict\n",
        ),
        ("weights.csv", "code,w\nPER,3\nTCD,2\nKOR,1\n"),
        ("groups.csv", "group,member\nx,PER\nx,TCD\n"),
        (
            "voeten.csv",
            "rcid,session,ccode,vote\n1,1,135,1\n1,1,483,3\n2,2,135,1\n2,2,483,3\n",
        ),
        ("linked.csv", "v1,rcid1,rcid2\n1,1,2\n"),
        ("plenary.toml", "ignore = [\"missing-member\"]\n"),
    ] {
        fs::write(path.join(name), text).unwrap();
    }
    for (file, args, option) in SIDE_FILES {
        let before = fs::read_to_string(path.join(file)).unwrap();
        let ran = run(path, &[args, &[option, file]].concat());
        let said = said(&ran);
        assert_eq!(ran.status.code(), Some(2), "{args:?}: {said}");
        assert!(said.contains(file), "{args:?}: {said}");
        assert!(said.contains("the output is also"), "{args:?}: {said}");
        assert_eq!(
            fs::read_to_string(path.join(file)).unwrap(),
            before,
            "{args:?}"
        );
        // Under another name it is an output as any other.
        let other = run(path, &[args, &[option, "other.csv"]].concat());
        assert!(
            !self::said(&other).contains("the output is also"),
            "{args:?}"
        );
    }
    // A table of this name that is beside other votes is none that was read.
    fs::write(path.join("issues.csv"), "old").unwrap();
    assert!(agree(path, "issues.csv").status.success());
}

#[test]
fn a_read_only_file_is_not_replaced() {
    let folder = votes(3);
    let path = folder.path();
    fs::write(path.join("old.csv"), "old").unwrap();
    fs::set_permissions(path.join("old.csv"), Permissions::from_mode(0o444)).unwrap();
    let ran = agree(path, "old.csv");
    assert_eq!(ran.status.code(), Some(2));
    assert!(
        said(&ran).contains("the file is read-only"),
        "{}",
        said(&ran)
    );
    assert_eq!(fs::read_to_string(path.join("old.csv")).unwrap(), "old");
}

#[test]
fn only_a_dataset_is_replaced_and_only_when_asked() {
    let folder = votes(3);
    let path = folder.path();
    let import = |extra: &[&str]| {
        let start = ["import", "votes.csv", "-q", "-o", "ds"];
        run(path, &[&start[..], extra].concat())
    };
    assert!(import(&["--replace"]).status.success());
    let refused = |ran: Output, what: &str| {
        assert_eq!(ran.status.code(), Some(2));
        assert!(said(&ran).contains(what), "{}", said(&ran));
    };
    refused(import(&[]), "the folder is not empty");
    refused(import(&[]), "or replace the dataset (`--replace`)");
    fs::write(path.join("ds/notes.txt"), "mine").unwrap();
    refused(
        import(&["--replace"]),
        "`notes.txt`, which is not part of the dataset",
    );
    fs::remove_file(path.join("ds/datapackage.json")).unwrap();
    refused(import(&["--replace"]), "the folder is not a dataset");
    assert!(path.join("ds/notes.txt").is_file());
}

#[test]
fn every_change_of_a_dataset_is_one_finding_of_the_file_that_changed() {
    let folder = votes(4);
    let path = folder.path();
    let ds = path.join("ds");
    let edit = |name: &str, change: &dyn Fn(String) -> String| {
        let text = fs::read_to_string(ds.join(name)).unwrap();
        fs::write(ds.join(name), change(text)).unwrap();
    };
    let cut = |text: String| text.split_inclusive('\n').take(2).collect::<String>();
    type Change<'a> = (&'a str, &'a str, &'a dyn Fn());
    let changes: [Change<'_>; 7] = [
        ("resource-changed", "agreements.jsonl", &|| {
            edit("agreements.jsonl", &cut)
        }),
        ("resource-changed", "agreements.jsonl", &|| {
            edit("agreements.jsonl", &|text| text.replacen("PER", "CHL", 1));
        }),
        ("resource-changed", "ballots.csv", &|| {
            edit("ballots.csv", &cut)
        }),
        ("resource-changed", "decisions.csv", &|| {
            edit("decisions.csv", &|text| {
                text.replacen("Vote 1", "Vote 7", 1)
            });
        }),
        ("resource-changed", "ballots.csv", &|| {
            fs::remove_file(ds.join("ballots.csv")).unwrap();
        }),
        ("tables-disagree", "ballots.csv", &|| {
            forget(&ds);
            edit("ballots.csv", &|text| text.replacen("PER", "CHL", 1));
        }),
        ("tables-disagree", "decisions.csv", &|| {
            forget(&ds);
            edit("decisions.csv", &cut);
        }),
    ];
    for (check, file, change) in changes {
        let ran = run(
            path,
            &["import", "votes.csv", "-q", "--as", "csv", "-o", "ds"],
        );
        assert!(ran.status.success(), "{}", said(&ran));
        assert_eq!(of_files(path), [""; 0]);
        change();
        let found = of_files(path);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].starts_with(check) && found[0].contains(file),
            "{found:?}"
        );
        fs::remove_dir_all(&ds).unwrap();
    }
}

/// Takes away what the descriptor records of the files.
fn forget(dataset: &Path) {
    let path = dataset.join("datapackage.json");
    let mut package: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    for resource in package["resources"].as_array_mut().unwrap() {
        let resource = resource.as_object_mut().unwrap();
        for key in ["bytes", "hash", "rows", "records", "derivedFrom"] {
            let is_of_all = ["bytes", "hash"].contains(&key);
            assert!(resource.remove(key).is_some() || !is_of_all);
        }
    }
    fs::write(path, package.to_string()).unwrap();
}

fn of_files(folder: &Path) -> Vec<String> {
    let ran = run(folder, &["check", "ds", "--all", "--format", "csv"]);
    let out = String::from_utf8(ran.stdout).unwrap();
    let of_files = |line: &&str| line.starts_with("resource-") || line.starts_with("tables-");
    out.lines().filter(of_files).map(str::to_owned).collect()
}

#[test]
fn a_dataset_says_nothing_of_where_its_sources_lay() {
    let folder = votes(2);
    let path = folder.path();
    let table = path.join("votes.csv");
    let table = table.to_str().unwrap();
    let ran = run(path, &["import", table, "-q", "--as", "csv", "-o", "ds"]);
    assert!(ran.status.success(), "{}", said(&ran));
    let place = path.to_str().unwrap();
    for (name, text) in whole(&path.join("ds")) {
        assert!(!text.contains(place), "{name}");
    }
}

#[test]
fn no_message_brings_a_long_argument_back_whole() {
    let word = "x".repeat(5000);
    let text = "a b,".repeat(1250);
    let commands = [
        "decide --body",
        "decide --yes",
        "decide --yes 1 --no 1 --rule",
        "members --body",
        "members --on",
        "members --group",
        "template --body",
        "template A/RES/1/1 --body",
        "check --format",
        "check --severity",
        "check --select",
        "check",
        "compare",
        "cohesion --only",
        "agree --by",
        "explain",
        "rules",
        "show",
        "show --dataset",
        "treaty",
        "treaty --exclude",
        "treaty 26-4 --in-force-when",
        "completions",
        "",
        "--",
        "--color",
    ];
    let mut failed = 0;
    for (command, long) in commands.iter().flat_map(|c| [(c, &word), (c, &text)]) {
        let mut run = plenary(Path::new("."));
        let run = run.args(command.split_whitespace()).arg(long);
        let run = run.output().unwrap();
        let message = String::from_utf8_lossy(&run.stderr);
        failed += usize::from(!message.is_empty());
        assert_eq!(run.status.code(), Some(2), "{command}: {message}");
        for unit in [&word[..201], &text[..201]] {
            assert!(!message.contains(unit), "{command}: {message}");
        }
    }
    assert_eq!(failed, 2 * commands.len());
}

#[test]
fn a_pipe_in_a_dataset_is_refused_and_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let table = "undl_id,ms_code,ms_name,ms_vote,date,session,resolution\n1,FRA,FRANCE,Y,2018-12-19,73,A/RES/73/195\n";
    fs::write(path.join("votes.csv"), table).unwrap();
    let plenary = |args: &[&str]| {
        let mut command = assert_cmd::Command::cargo_bin("plenary").unwrap();
        let command = command.current_dir(path).args(args);
        command.timeout(std::time::Duration::from_secs(60)).assert()
    };
    let pipe = |name: &str| {
        let made = Command::new("mkfifo").arg(path.join(name)).status();
        assert!(made.unwrap().success(), "{name}");
    };
    let refused = |args: &[&str], what: &str| {
        let ran = plenary(args).code(2);
        let told = String::from_utf8_lossy(&ran.get_output().stderr).into_owned();
        assert!(told.contains(what), "{args:?}: {told}");
    };
    plenary(&["import", "votes.csv", "--as", "csv", "-o", "ds"]).code(0);
    for file in ["ds/ballots.csv", "ds/agreements.jsonl"] {
        let kept = fs::read(path.join(file)).unwrap();
        fs::remove_file(path.join(file)).unwrap();
        pipe(file);
        let name = file.trim_start_matches("ds/");
        let what = format!("`{name}` is not a regular file");
        refused(&["check", "ds"], &what);
        refused(&["agree", "ds"], &what);
        fs::remove_file(path.join(file)).unwrap();
        fs::write(path.join(file), kept).unwrap();
    }
    plenary(&["check", "ds"]).code(0);
    fs::create_dir(path.join("odd")).unwrap();
    pipe("odd/f.json");
    let descriptor = "{\"resources\": [{\"name\": \"x\", \"path\": \"f.json\"}]}";
    fs::write(path.join("odd/datapackage.json"), descriptor).unwrap();
    refused(&["check", "odd"], "`f.json` is not a regular file");
    fs::create_dir(path.join("bare")).unwrap();
    pipe("bare/datapackage.json");
    refused(&["check", "bare"], "datapackage.json");
    refused(
        &["import", "votes.csv", "-o", "bare", "--replace"],
        "not a dataset",
    );
}
