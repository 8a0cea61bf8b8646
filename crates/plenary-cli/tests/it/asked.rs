//! The commands as a library: what programs in other languages stand on.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use assert_cmd::Command;
use plenary_cli::{
    Answer, ArgumentKind, Given, Host, MessageKind, Question, Refused, ask, questions,
};

fn fixture(name: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures")).join(name)
}

fn asked(question: &Question) -> Result<Answer, Refused> {
    ask(question, &Host::default())
}

fn one(value: &str) -> Given {
    Given::One(value.into())
}

/// What the program prints on stdout.
fn printed(arguments: &[&str], inputs: &[&Path], code: i32) -> String {
    let mut command = Command::cargo_bin("plenary").unwrap();
    let done = command.args(arguments).args(inputs).assert().code(code);
    String::from_utf8_lossy(&done.get_output().stdout).into_owned()
}

#[test]
fn a_table_is_that_of_the_command() {
    let votes = fixture("files/voeten-from-r.csv");
    let question = Question::new("tally")
        .input(&votes)
        .option("by", Given::Many(vec!["year".into()]))
        .option("states", Given::Many(vec!["FRA".into(), "USA".into()]))
        .option("ascending", Given::Flag(false));
    let answer = asked(&question).unwrap();
    let [table] = &answer.tables[..] else {
        panic!("one table: {answer:?}");
    };
    let mut csv = Vec::new();
    table.write_csv(&mut csv).unwrap();
    let arguments = [
        "tally", "--by", "year", "--states", "FRA,USA", "--format", "csv",
    ];
    let expected = printed(&arguments, &[&votes], 0);
    assert!(expected.lines().count() > 2, "{expected}");
    assert_eq!(String::from_utf8_lossy(&csv), expected);
    assert_eq!(answer.text, "", "the table is the answer");
    assert!(
        table.metadata().iter().any(|(key, _)| key == "voters"),
        "{:?}",
        table.metadata()
    );
}

#[test]
fn a_check_leaves_its_report_and_its_findings() {
    let folder = tempfile::tempdir().unwrap();
    let votes = folder.path().join("vote.json");
    let vote = r#"{"acts": [{"act": "decision", "body": "unga", "date": "2018-12-19", "announced": {"yes": 200}}]}"#;
    fs::write(&votes, vote).unwrap();
    let answer = asked(&Question::new("check").input(&votes)).unwrap();
    let report: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
    let found = report["findings"].as_array().unwrap();
    assert_eq!(answer.tables[0].len(), found.len());
    assert!(answer.has_findings && !found.is_empty());
    let of_program = printed(&["check", "--format", "json"], &[&votes], 1);
    let of_program: serde_json::Value = serde_json::from_str(&of_program).unwrap();
    assert_eq!(report, of_program);
}

#[test]
fn documents_and_tables_of_commands_with_both() {
    let decided = Question::new("decide")
        .option("rule", one("sc-substantive"))
        .option("yes", one("11"))
        .option("no", one("1"))
        .option("abstain", one("3"))
        .option("no_by", one("RUS"));
    let answer = asked(&decided).unwrap();
    let document: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
    assert_eq!(document["verdict"], "rejected");
    assert!(answer.tables.is_empty());

    let power = Question::new("power").option("rule", one("sc-substantive"));
    let answer = asked(&power).unwrap();
    let mut csv = Vec::new();
    answer.tables[0].write_csv(&mut csv).unwrap();
    let arguments = ["power", "--rule", "sc-substantive", "--format", "csv"];
    assert_eq!(String::from_utf8_lossy(&csv), printed(&arguments, &[], 0));
    assert!(answer.text.starts_with('{'));

    let members = Question::new("members")
        .option("on", one("1960-01-01"))
        .option("body", one("unsc"))
        .option("convert", Given::Flag(false));
    assert_eq!(asked(&members).unwrap().tables[0].len(), 11);

    let votes = fixture("files/voeten-from-r.csv");
    let answer = asked(&Question::new("compare").input(&votes).input(&votes)).unwrap();
    assert!(!answer.has_findings);
    assert_eq!(answer.tables[0].len(), 0);
}

#[test]
fn each_question_begins_afresh() {
    let folder = tempfile::tempdir().unwrap();
    let votes = folder.path().join("votes.csv");
    let out = folder.path().join("out.csv");
    fs::copy(fixture("files/voeten-from-r.csv"), &votes).unwrap();
    let question = |output: &Path| {
        let output = Given::One(output.into());
        Question::new("tally")
            .input(&votes)
            .option("output", output)
    };
    for _ in 0..2 {
        let answer = asked(&question(&out)).unwrap();
        assert_eq!(answer.tables.len(), 1, "it is handed over too");
    }
    assert!(fs::read_to_string(&out).unwrap().lines().count() > 2);
    let refused = asked(&question(&votes)).unwrap_err();
    assert_eq!(refused.help.as_deref(), Some("write to another file"));
    let read_again = Question::new("tally").input(&out);
    assert!(
        asked(&read_again).is_err(),
        "a table of counts has no votes"
    );
    assert!(asked(&Question::new("check").input(&votes)).is_ok());
}

#[test]
fn what_cannot_be_used_is_refused_with_its_place() {
    let missing = Question::new("tally").input("no-such-file.csv");
    let refused = asked(&missing).unwrap_err();
    assert_eq!(refused.place.path.as_deref(), Some("no-such-file.csv"));
    let refused = asked(&Question::new("check").input("no-such-file.csv")).unwrap_err();
    assert!(refused.message.contains("no-such-file.csv"), "{refused:?}");

    let unknown = Question::new("tally")
        .input("x.csv")
        .option("colour", one("red"));
    let refused = asked(&unknown).unwrap_err();
    assert_eq!(refused.message, "`tally` has no option `--colour`");
    assert!(refused.help.unwrap().contains("`--by`"));
    let wrong = Question::new("tally")
        .input("x.csv")
        .option("by", one("week"));
    let refused = asked(&wrong).unwrap_err();
    assert!(refused.message.contains("'week'"), "{refused:?}");
    assert!(
        refused.message.contains("session"),
        "possible values: {refused:?}"
    );
    for (name, given) in [("by", Given::Flag(true)), ("important", one("yes"))] {
        let question = Question::new("tally").input("x.csv").option(name, given);
        assert!(asked(&question).unwrap_err().message.starts_with("`--"));
    }
    let refused = asked(&Question::new("talley")).unwrap_err();
    assert_eq!(refused.message, "unknown command `talley`");
}

#[test]
fn warnings_are_told_and_progress_is() {
    let votes = fixture("files/voeten-from-r.csv");
    let read = Arc::new(AtomicU64::new(0));
    let seen = Arc::clone(&read);
    let host = Host::default().with_progress(Arc::new(move |_, so_far, _| {
        seen.fetch_max(so_far, Ordering::Relaxed);
    }));
    let question = Question::new("agree")
        .input(&votes)
        .option("by", one("all"));
    let answer = ask(&question, &host).unwrap();
    assert!(!answer.tables[0].is_empty());
    assert!(read.load(Ordering::Relaxed) > 0);
    let kinds = answer.messages.iter().map(|message| message.kind);
    assert!(kinds.into_iter().all(|kind| kind != MessageKind::Error));
}

#[test]
fn every_command_can_be_asked_by_its_own_options() {
    let all = questions();
    let names: Vec<_> = all.iter().map(|question| &*question.name).collect();
    for name in ["check", "tally", "import", "decide", "treaty"] {
        assert!(names.contains(&name), "{names:?}");
    }
    for question in &all {
        assert!(!question.about.is_empty(), "{}", question.name);
        for argument in &question.arguments {
            let place = format!("{} {}", question.name, argument.name);
            assert!(!argument.help.is_empty(), "{place}");
            assert_eq!(
                argument.kind == ArgumentKind::Flag,
                argument.value.is_empty(),
                "{place}"
            );
        }
    }
    let tally = all
        .iter()
        .find(|question| question.name == "tally")
        .unwrap();
    let by = tally
        .arguments
        .iter()
        .find(|argument| argument.name == "by")
        .unwrap();
    assert_eq!(by.kind, ArgumentKind::Many);
    assert!(by.values.iter().any(|(value, _)| value == "session"));
    assert!(tally.arguments[0].is_input && tally.arguments[0].is_required);
}
