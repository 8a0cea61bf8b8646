//! The three tables of unvotes are one source.

use plenary_import::{Options, read, read_bytes};
use plenary_types::{Field, Locus, Severity};

use crate::fixtures::fixture;

#[test]
fn the_three_tables_are_read_together_from_their_folder_or_from_the_votes() {
    let folder = fixture("unvotes/good/three_tables");
    for path in [folder.clone(), folder.join("unvotes.csv")] {
        let import = read(path, &Options::default()).unwrap();
        let summary = import.summary();
        assert_eq!(summary.format, "unvotes-csv");
        assert_eq!(
            (summary.rows, summary.used, summary.records, summary.ballots),
            (8, 8, 2, 4)
        );
        let record = import.record(1).unwrap();
        assert_eq!(record.agreement.label(), "A/RES/45/38[A]");
        assert_eq!(
            record.agreement.subjects,
            ["Colonialism", "Palestinian conflict"]
        );
        let place = record.origin.place(Locus::of_act(0, Field::Date));
        assert!(place.path.unwrap().ends_with("roll_calls.csv"));
        assert_eq!(place.line, Some(4));
    }
}

#[test]
fn votes_without_roll_calls_beside_them_say_so_once_whether_a_file_or_a_pipe() {
    let alone = fixture("unvotes/good/votes_alone.csv");
    let bytes = std::fs::read(&alone).unwrap();
    let imports = [
        read(&alone, &Options::default()),
        read_bytes("-", &bytes, &Options::default()),
    ];
    for import in imports.map(Result::unwrap) {
        let of_records = import.records().flat_map(|record| record.findings);
        let mut found = import.findings().to_vec();
        found.extend(of_records);
        found.retain(|finding| finding.check == "no-roll-call");
        let [missing] = &found[..] else {
            panic!("{found:?}")
        };
        assert_eq!(missing.severity, Severity::Warning);
        assert_eq!(missing.place.path.as_deref(), Some(&*import.summary().path));
        assert!(missing.help.as_deref().unwrap().contains("roll_calls.csv"));
    }
}

#[test]
fn votes_say_which_of_the_two_tables_does_not_lie_beside_them() {
    let three = fixture("unvotes/good/three_tables");
    for (beside, missing) in [
        (&["roll_calls", "issues"][..], None),
        (&["roll_calls"], Some("no table `issues` lies")),
        (&["issues"], Some("no table `roll_calls` lies")),
        (&[], Some("neither `roll_calls` nor `issues` lies")),
    ] {
        let folder = tempfile::tempdir().unwrap();
        for name in beside.iter().chain(&["unvotes"]) {
            let name = format!("{name}.csv");
            std::fs::copy(three.join(&name), folder.path().join(&name)).unwrap();
        }
        let import = read(folder.path(), &Options::default()).unwrap();
        let found = import.findings().iter().filter(|f| f.place.line.is_none());
        let found: Vec<_> = found.filter(|f| f.check == "no-roll-call").collect();
        assert_eq!(found.len(), usize::from(missing.is_some()));
        let said = |words| found.iter().all(|f| f.message.starts_with(words));
        assert!(missing.is_none_or(said), "{found:?}");
    }
}

#[test]
fn a_row_of_the_small_tables_stands_on_its_own_line_however_lines_end() {
    for end in ["\n", "\r\n", "\n\n", "\r\n\r\n"] {
        let lines = [
            "rcid,session,date,unres",
            "5,1,1946-01-26,R/1/98",
            ",1,,",
            "5,1,,",
        ];
        let import = read_bytes("calls", lines.join(end).as_bytes(), &Options::default()).unwrap();
        let found: Vec<_> = import.rejected().iter().map(|row| row.place.line).collect();
        let step = end.matches('\n').count() as u64;
        assert_eq!(found, [Some(1 + 2 * step), Some(1 + 3 * step)], "{end:?}");
        assert!(
            import.rejected()[1]
                .reason
                .contains(&format!("line {}", 1 + step))
        );
    }
}
