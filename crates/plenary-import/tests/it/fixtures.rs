//! Files made by hand, one folder an adapter: good ones for every quirk of its layouts, and bad ones, each named
//! after the one thing that is wrong with it. What each gives is kept beside the tests, word for word.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use plenary_import::{Import, ImportError, Mapping, Options, read};
use plenary_types::{Finding, Severity};

/// A file made by hand.
pub(crate) fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name)
}

/// What reading a good file gives.
pub(crate) fn good(name: &str) -> Import {
    let import = read(fixture(name), &Options::default()).unwrap();
    assert_eq!(import.rejected(), [], "{name}");
    import
}

/// The inputs in a folder: files, folders, and tables beside the mapping that explains them.
fn inputs(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(fixture(folder)).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| !is_mapping(path) || !path.with_extension("csv").exists());
    paths.sort();
    paths
}

fn is_mapping(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "toml")
}

/// The options under which an input is read: with the mapping of its name, where there is one.
pub(crate) fn options(path: &Path) -> Options {
    let mapping = fs::read_to_string(path.with_extension("toml"));
    match mapping.map(|mapping| Mapping::from_toml(&mapping)) {
        Ok(Ok(mapping)) => Options::default().with_mapping(mapping),
        _ => Options::default(),
    }
}

fn told(finding: &Finding) -> String {
    let place = &finding.place;
    let numbers = [place.line, place.column];
    let numbers: String = numbers.iter().flatten().map(|n| format!(":{n}")).collect();
    let mut text = format!(
        "  {} {} at {}{numbers}",
        finding.severity,
        finding.check,
        place.path.as_deref().unwrap_or_default()
    );
    for (name, value) in [
        (" ", &place.field),
        ("\n    found ", &finding.found),
        ("\n    expected ", &finding.expected),
        ("\n    do: ", &finding.help),
    ] {
        if let Some(value) = value {
            text += &format!("{name}{value}");
        }
        if name == " " {
            text += &format!("\n    {}", finding.message);
        }
    }
    text + "\n"
}

fn account(import: &Import) -> String {
    let summary = import.summary();
    assert_eq!(summary.rows, summary.used + summary.rejected);
    assert_eq!(import.rejected().len() as u64, summary.rejected);
    let mut text = format!(
        "{}, {} rows, {} rejected, {} records, {} ballots\n",
        summary.format, summary.rows, summary.rejected, summary.records, summary.ballots
    );
    let rejected = import.rejected().iter();
    let rejected: Vec<Finding> = rejected.map(|r| r.to_finding(Severity::Error)).collect();
    let of_records: Vec<Finding> = import.records().flat_map(|r| r.findings).collect();
    for finding in import.findings().iter().chain(&of_records).chain(&rejected) {
        text += &told(finding);
    }
    text
}

fn outcome(read: &Result<Import, ImportError>) -> String {
    match read {
        Ok(import) => account(import),
        Err(error) => {
            assert!(error.place().path.is_some());
            format!("refused\n    {error}\n    do: {}\n", error.help())
        }
    }
}

/// What each bad file gives, read strictly and leniently.
fn bad_files(folder: &str) -> String {
    let mut text = String::new();
    for path in inputs(folder) {
        let name = path.file_name().unwrap().to_string_lossy();
        writeln!(text, "== {name}").unwrap();
        if is_mapping(&path) {
            let error = Mapping::from_toml(&fs::read_to_string(&path).unwrap()).unwrap_err();
            writeln!(text, "{error}").unwrap();
            continue;
        }
        let strict = read(&path, &options(&path));
        let lenient = read(&path, &options(&path).lenient());
        let told = [&strict, &lenient].map(outcome);
        let lines = told.iter().flat_map(|told| told.lines());
        let says_something = lines.into_iter().any(|line| line.starts_with("    "));
        assert!(
            says_something,
            "{name} is read as if nothing were wrong with it"
        );
        if told[0] == told[1] {
            write!(text, "strict and lenient: {}", told[0]).unwrap();
        } else {
            write!(text, "strict: {}lenient: {}", told[0], told[1]).unwrap();
        }
    }
    text
}

/// What each good file gives, whole.
fn good_files(folder: &str) -> String {
    let mut text = String::new();
    for path in inputs(folder) {
        let name = path.file_name().unwrap().to_string_lossy();
        let import = read(&path, &options(&path)).unwrap();
        assert_eq!(import.rejected(), [], "{name}");
        writeln!(text, "== {name}\n{}", import.summary().why).unwrap();
        text += &account(&import);
        let lenient = read(&path, &options(&path).lenient()).unwrap();
        assert_eq!(account(&import), account(&lenient), "{name}");
        for (record, same) in import.records().zip(lenient.records()) {
            assert_eq!(record.agreement, same.agreement, "{name}");
            writeln!(
                text,
                "{}",
                serde_json::to_string(&record.agreement).unwrap()
            )
            .unwrap();
        }
    }
    text
}

/// Without the folders of this machine.
fn anywhere(text: &str, folder: &str) -> String {
    let here = fixture(folder);
    text.replace(&format!("{}/", here.display()), "")
}

macro_rules! adapters {
    ($($test:ident $folder:literal;)*) => {$(
        #[test]
        fn $test() {
            for (kind, files) in [("good", good_files as fn(&str) -> String), ("bad", bad_files)] {
                let folder = format!("{}/{kind}", $folder);
                if fixture(&folder).exists() {
                    let told = anywhere(&files(&folder), &folder);
                    insta::assert_snapshot!(folder.replace('/', "_"), told);
                }
            }
        }
    )*};
}

adapters! {
    no_format "any";
    tables_of_the_assembly "undl-ga";
    wide_tables_of_the_assembly "undl-ga-wide";
    tables_of_the_council "undl-sc";
    marcxml "marcxml";
    unvotes "unvotes";
    voeten "voeten";
    participant_tables "untc";
    tables_of_acts "plenary-acts-csv";
    typed_tables "plenary-csv";
    documents "plenary-json";
    datasets "plenary-dataset";
    mapped_tables "mapping";
    mapped_tables_of_acts "mapping-acts";
    treaty_lists "treaty-lists";
    voteview "voteview";
    meeting_records "meeting-record";
    votes_of_voteview "voteview-votes";
    howtheyvote "howtheyvote";
    texts_of_the_human_rights_council "hrc-texts";
    drafts_of_the_council "council-drafts";
    swissvotes "swissvotes";
    results_in_words "results";
    roll_calls_of_the_bundestag "bundestag";
    popolo "popolo";
    votes_of_the_storting "stortinget";
    votes_about_israel "unga-israel";
    parliaments_of_german_states "abgeordnetenwatch-states";
    roll_calls_of_the_human_rights_council "hrc-rollcalls";
    treaties_of_the_united_kingdom "uk-treaties";
    open_civic_data "open-civic-data";
    roll_calls_of_the_european_parliament "ep-roll-calls";
    lists_of_votes_of_the_european_parliament "ep-votes";
    akoma_ntoso "akoma-ntoso";
    rollcalls_of_pscl "pscl";
    roll_calls_of_the_assembly_by_codes_of_today "unga-wide";
}

/// What spreadsheets do to a table changes no record.
#[test]
fn marks_separators_line_ends_and_packing_change_no_record() {
    let plain = good("undl-ga/good/no_line_end_at_the_end.csv");
    for name in [
        "byte_order_mark.csv",
        "crlf.csv",
        "blank_lines.csv",
        "separators_alone_above_the_heading.csv",
        "semicolons.csv",
        "tabs.tsv",
        "every_field_quoted_by_a_spreadsheet.csv",
        "packed.csv.gz",
        "packed.csv.zst",
    ] {
        let import = good(&format!("undl-ga/good/{name}"));
        assert_eq!(import.len(), 1, "{name}");
        assert_eq!(
            import.record(0).unwrap().agreement,
            plain.record(0).unwrap().agreement,
            "{name}"
        );
    }
}

/// A table as long as spreadsheets are; one row less says nothing.
#[test]
fn a_table_of_as_many_lines_as_a_spreadsheet_holds_may_be_cut() {
    for (rows, found) in [((1 << 16) - 1, 1), ((1 << 16) - 2, 0)] {
        let row = "1,PERU,Y,2018-12-19,A/RES/73/195\n";
        let text = format!(
            "undl_id,ms_name,ms_vote,date,resolution\n{}",
            row.repeat(rows)
        );
        let import = plenary_import::read_bytes("in", text.as_bytes(), &Options::default());
        let import = import.unwrap();
        let limits = import.findings().iter().filter(|f| f.check == "row-limit");
        assert_eq!(limits.count(), found, "{rows}");
    }
}
