//! The page on claims is what the command prints, and its forms fit their schemas.

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

use crate::schema::misfits;

/// The report and the output in the page.
fn page() -> Option<(String, String)> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/claims.md");
    let Ok(page) = std::fs::read_to_string(page) else {
        println!("no documents beside this package: nothing to compare");
        return None;
    };
    let block = page.split("```console\n$ cat report.txt\n").nth(1).unwrap();
    let block = block.split("```").next().unwrap();
    let (report, rest) = block.split_once("$ plenary claims").unwrap();
    let (_, output) = rest.split_once('\n').unwrap();
    Some((report.to_owned(), output.to_owned()))
}

fn claims(report: &str, arguments: &[&str]) -> (String, i32) {
    let mut command = Command::cargo_bin("plenary").unwrap();
    let command = command.args(["claims", "-", "--about", "A/RES/73/195"]);
    let run = command
        .args(arguments)
        .write_stdin(report)
        .output()
        .unwrap();
    let text = String::from_utf8(run.stdout).unwrap();
    (text, run.status.code().unwrap())
}

#[test]
fn the_page_on_claims_shows_what_the_command_prints() {
    let Some((report, output)) = page() else {
        return;
    };
    assert_eq!(claims(&report, &["--check"]), (output, 1));
    let (proposed, code) = claims(&report, &[]);
    assert!(
        proposed.contains("Only HUN, POL voted against.") && code == 0,
        "{proposed}"
    );
}

#[test]
fn claims_in_json_fit_their_schema_and_as_a_document_that_of_agreements() {
    let Some((report, _)) = page() else { return };
    let value = |arguments: &[&str]| -> Value {
        serde_json::from_str(&claims(&report, arguments).0).unwrap()
    };
    for arguments in [&["--format", "json"][..], &["--format", "json", "--check"]] {
        assert_eq!(misfits("claims.schema.json", &value(arguments)), [""; 0]);
    }
    let document = value(&["--format", "document"]);
    assert_eq!(misfits("agreement.schema.json", &document), [""; 0]);
    assert_eq!(document["claims"].as_array().unwrap().len(), 4);
    let mut check = Command::cargo_bin("plenary").unwrap();
    let check = check.args([
        "check",
        "-",
        "--select",
        "claim-contradicts-record",
        "--format",
        "json",
    ]);
    let run = check.write_stdin(document.to_string()).output().unwrap();
    let report: Value = serde_json::from_slice(&run.stdout).unwrap();
    assert_eq!(report["findings"].as_array().unwrap().len(), 1);
}

#[test]
fn an_agreement_that_is_not_there_is_named_with_what_to_do() {
    let mut command = Command::cargo_bin("plenary").unwrap();
    let run = command
        .args(["claims", "-", "--about", "A/RES/1/1"])
        .write_stdin("It passed.");
    let failure = run.assert().failure();
    let told = String::from_utf8_lossy(&failure.get_output().stderr).into_owned();
    assert!(
        told.contains("no agreement has the symbol or title `A/RES/1/1`"),
        "{told}"
    );
}

#[test]
fn a_file_that_holds_no_sentences_is_refused_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../plenary-import/tests/fixtures");
    let workbook = fixtures.join("containers/voeten.xlsx");
    let mut files = Vec::new();
    for (name, text) in [
        ("a.pdf", "%PDF-1.4"),
        ("a.html", "<html><p>The US voted against.</p>"),
        ("a.json", "{\"text\": \"It was adopted by 3 votes to 2.\"}"),
        ("a.bin", "5 voted\0 against"),
    ] {
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        files.push(file);
    }
    files.extend(Some(workbook).filter(|workbook| workbook.exists()));
    for file in files {
        let mut command = Command::cargo_bin("plenary").unwrap();
        let run = command.arg("claims").arg(&file);
        let failure = run.args(["--about", "A/RES/73/195"]).assert().code(2);
        let told = String::from_utf8_lossy(&failure.get_output().stderr).into_owned();
        assert!(told.contains("not a text in sentences"), "{told}");
        assert!(told.contains("plain text"), "{told}");
    }
}
