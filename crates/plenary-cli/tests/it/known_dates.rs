//! What `check` finds in tables that programs saved again is what it finds in the table before; and the option for dates.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use plenary::import::Options;
use plenary_testing::shared;

fn check(path: &Path, more: &[&str]) -> (i32, String, String) {
    let run = Command::cargo_bin("plenary")
        .unwrap()
        .arg("check")
        .arg(path)
        .args(more)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (
        run.status.code().unwrap(),
        text(run.stdout),
        text(run.stderr),
    )
}

/// How often `check` finds what, but for where in the file it stands.
fn findings(path: &Path) -> BTreeMap<Vec<String>, usize> {
    let (_, out, err) = check(path, &["--format", "csv"]);
    assert!(err.is_empty(), "{err}");
    let mut table = csv::Reader::from_reader(out.as_bytes());
    let headings = table.headers().unwrap().clone();
    let places = ["path", "line", "column"];
    let mut counts = BTreeMap::new();
    for row in table.records() {
        let row = row.unwrap();
        let cells = headings.iter().zip(&row);
        let cells = cells.filter(|(heading, _)| !places.contains(heading));
        *counts
            .entry(cells.map(|(_, cell)| cell.to_owned()).collect())
            .or_insert(0) += 1;
    }
    counts
}

#[test]
fn tables_that_were_saved_again_have_the_findings_of_the_table_before() {
    let Some(packed) = shared("undl/ga_votes_1946_2019.csv.zst") else {
        return;
    };
    let text = zstd::decode_all(&*fs::read(packed).unwrap()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut sessions: BTreeMap<&str, csv::Writer<Vec<u8>>> = BTreeMap::new();
    let mut rows = csv::Reader::from_reader(&*text);
    let headings = rows.headers().unwrap().clone();
    let at = headings
        .iter()
        .position(|heading| heading == "session")
        .unwrap();
    for session in ["43", "62"] {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&headings).unwrap();
        sessions.insert(session, writer);
    }
    for row in rows.records() {
        let row = row.unwrap();
        if let Some(writer) = sessions.get_mut(&row[at]) {
            writer.write_record(&row).unwrap();
        }
    }
    for (session, writer) in sessions {
        let path = folder.path().join(session);
        fs::write(&path, writer.into_inner().unwrap()).unwrap();
        let before = findings(&path);
        assert!(!before.is_empty());
        let files: &[&str] = match session {
            "43" => &["pandas_index_timestamps"],
            _ => &["excel_us", "excel_de"],
        };
        for file in files {
            let file = shared(&format!("others/undl_resaved_{file}.csv.zst")).unwrap();
            assert_eq!(findings(&file), before, "{}", file.display());
        }
    }
}

const AMBIGUOUS: &str = "undl_id,ms_code,ms_name,ms_vote,date,session,resolution\n\
                         1,PER,PERU,Y,5/12/2007,62,A/RES/62/1\n1,CHL,CHILE,N,5/12/2007,62,A/RES/62/1\n";

#[test]
fn dates_that_nothing_settles_are_one_error_that_names_the_option() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("votes.csv");
    fs::write(&path, AMBIGUOUS).unwrap();
    let (code, out, err) = check(&path, &[]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert_eq!(err.matches("5/12/2007").count(), 1, "{err}");
    for part in [
        "2007-12-05 or 2007-05-12",
        "`%d/%m/%Y` for 2007-12-05",
        "`--date-format`",
    ] {
        assert!(err.contains(part), "{part}: {err}");
    }
    let (code, out, err) = check(&path, &["--date-format", "%d/%m/%Y", "--format", "json"]);
    assert!(code < 2, "{err}");
    assert!(out.contains("dates are read as `%d/%m/%Y`"), "{out}");
    assert!(!out.contains("unreadable-field"), "{out}");
    for (format, why) in [
        ("%d/%m/%y", "do not say the century"),
        ("D/M/Y", "not a valid date format"),
    ] {
        let (code, _, err) = check(&path, &["--date-format", format]);
        assert_eq!(code, 2);
        assert!(err.contains(why), "{err}");
    }
    let options = Options::default().with_dates("%m/%d/%Y".parse().unwrap());
    let import = plenary::import::read(&path, &options).unwrap();
    let record = import.record(0).unwrap();
    let (_, decision) = record.agreement.decisions().next().unwrap();
    assert_eq!(decision.date.unwrap().to_string(), "2007-05-12");
}

#[test]
fn what_voeten_s_file_has_right_is_no_error() {
    let Some(path) = shared("others/voeten_UNVotesPublished_sessions_1_30.csv.zst") else {
        return;
    };
    let mut errors: BTreeMap<String, usize> = BTreeMap::new();
    for (cells, times) in findings(&path) {
        if cells.iter().any(|cell| cell == "error") {
            let text = cells.join(" ");
            let kind = ["Syrian Arab Republic", "Indonesia", "Fiji", "China"]
                .into_iter()
                .find(|who| text.contains(who));
            let kind = kind.unwrap_or(cells[0].as_str());
            *errors.entry(kind.to_owned()).or_insert(0) += times;
        }
    }
    // Rows as absent of members that were none: Syria in the United Arab Republic, Indonesia while it had left, Fiji before the month of its
    // admission, China under both numbers. The numbers of members follow from them. Two roll calls have a date of another year than that of their session.
    let expected = [
        ("China", 9),
        ("Fiji", 2),
        ("Indonesia", 41),
        ("Syrian Arab Republic", 194),
        ("date-outside-session", 2),
    ];
    let of_members = errors.remove("member-count").unwrap_or_default();
    assert_eq!(
        errors,
        expected
            .map(|(kind, times)| (kind.to_owned(), times))
            .into()
    );
    assert!(of_members <= 9 + 2 + 41 + 194, "{of_members}");
}

#[test]
fn the_example_of_voeten_s_page_is_in_order() {
    let page = fs::read_to_string(crate::schema::root().join("docs/formats/voeten.md")).unwrap();
    let (_, example) = page.split_once("```csv\n").unwrap();
    let (example, _) = example.split_once("```").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("voeten.csv");
    fs::write(&path, example).unwrap();
    let (code, out, err) = check(&path, &[]);
    assert_eq!(code, 0, "{out}{err}");
    assert!(out.contains("dates are read as month, day, year"), "{out}");
    assert!(out.contains("0 errors"), "{out}");
}
