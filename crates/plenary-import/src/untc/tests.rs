use plenary_types::{ActionKind, Date};

use super::{ParticipantTable, TableError, read, recognises};

fn table(csv: &str) -> ParticipantTable {
    read(csv.as_bytes()).unwrap()
}

fn acts(csv: &str) -> Vec<(String, ActionKind, Option<Date>)> {
    let table = table(csv);
    assert_eq!(table.rejected, []);
    table
        .actions
        .into_iter()
        .map(|a| (a.participant.to_string(), a.kind, a.date))
        .collect()
}

fn on(text: &str) -> Option<Date> {
    Some(text.parse().unwrap())
}

#[test]
fn accession_and_acceptance_differ_by_case() {
    let csv = "Participant,\"Acceptance(A), Accession(a), Ratification\"\nNorway,1 Jan 2000 A\nSweden,2 Feb 2000 a\nFinland,3 Mar 2000\n";
    let kinds: Vec<_> = acts(csv).into_iter().map(|(_, kind, _)| kind).collect();
    assert_eq!(
        kinds,
        [
            ActionKind::Acceptance,
            ActionKind::Accession,
            ActionKind::Ratification
        ]
    );
}

#[test]
fn the_heading_says_what_a_date_without_a_letter_is() {
    let csv = "Participant,Acceptance(A)\nNorway,1 Jan 2000\n";
    assert_eq!(acts(csv)[0].1, ActionKind::Acceptance);
    let csv = "Participant,\"Definitive signature of the Protocol, Acceptance of the Protocol\"\nNorway,1 Jan 2000\n";
    assert_eq!(acts(csv)[0].1, ActionKind::DefinitiveSignature);
    let csv = "Participant,\"Accession(a), Succession(d)\"\nNorway,1 Jan 2000\n";
    assert_eq!(
        table(csv).rejected[0].to_string(),
        "line 2, Accession(a), Succession(d): `1 Jan 2000` has no letter, and the heading names no act without one"
    );
}

#[test]
fn a_comma_inside_a_legend_does_not_split_it() {
    let csv = "Participant,\"Provisional application by virtue of signature, adoption of the Agreement or accession thereto, Provisional application by virtue of a notification (n)\"\nNorway,1 Jan 2000\nSweden,1 Jan 2000 n\n";
    let kinds: Vec<_> = acts(csv).into_iter().map(|(_, kind, _)| kind).collect();
    assert_eq!(kinds, [ActionKind::ProvisionalApplication; 2]);
}

#[test]
fn footnotes_are_not_part_of_names_or_dates() {
    let csv = "Participant,Signature,Succession(d)\n\"Serbia 1, 2\",8 Mar 20012,12 Mar 2001 d3\nNorway4,,\"1 Jan 2000 5, 6 d\"\n";
    assert_eq!(
        acts(csv),
        [
            ("SRB".to_owned(), ActionKind::Signature, on("2001-03-08")),
            ("SRB".to_owned(), ActionKind::Succession, on("2001-03-12")),
            ("NOR".to_owned(), ActionKind::Succession, on("2000-01-01")),
        ]
    );
}

#[test]
fn a_cell_may_hold_several_acts() {
    let csv = "Participant,\"Accession(a), Ratification\"\nNorway,\"1 Jan 2000, 2 Feb 2001 a\"\nSweden,1 Jan 2000 2 February 2001 a\n";
    let found = acts(csv);
    assert_eq!(found.len(), 4);
    assert_eq!(
        found[3],
        ("SWE".to_owned(), ActionKind::Accession, on("2001-02-02"))
    );
}

#[test]
fn brackets_mean_withdrawn_on_a_day_the_table_does_not_give() {
    for csv in [
        "Participant,Ratification\n[Norway],1 Jan 2000\n",
        "Participant,Ratification\nNorway,[1 Jan 2000]\n",
    ] {
        let found = acts(csv);
        assert_eq!(found.len(), 2);
        assert_eq!(found[1], ("NOR".to_owned(), ActionKind::Withdrawal, None));
    }
}

#[test]
fn what_cannot_be_used_is_kept_with_its_place() {
    let csv = "Participant,Ratification\nAtlantis,1 Jan 2000\nNorway,31 Jun 2000\nSweden,soon\nFinland,1 Jan 2000 zz\nDenmark,[1 Jan 2000\nIceland,1 Jan 2000,extra\nMonaco,1 Jan 2000\n";
    let table = table(csv);
    assert_eq!((table.rows, table.used, table.rejected.len()), (7, 1, 6));
    let lines: Vec<_> = table
        .rejected
        .iter()
        .map(|r| (r.line, r.field.as_str()))
        .collect();
    assert_eq!(
        lines,
        [
            (2, "Participant"),
            (3, "Ratification"),
            (4, "Ratification"),
            (5, "Ratification"),
            (6, "Ratification"),
            (7, "(no heading)"),
        ]
    );
}

#[test]
fn other_files_are_refused() {
    assert!(matches!(read(&b""[..]), Err(TableError::Empty)));
    assert!(matches!(
        read(&b"a,b\n"[..]),
        Err(TableError::FirstColumn { .. })
    ));
    assert!(matches!(
        read(&b"Participant,Colour\n"[..]),
        Err(TableError::Legend { .. })
    ));
    assert!(matches!(
        read(&b"Participant,Signature\n\xff\xfe,\n"[..]),
        Err(TableError::Csv(_))
    ));
    assert!(recognises(b"\xef\xbb\xbfParticipant,Signature"));
    assert!(!recognises(b"Participants,Signature"));
}

/// Every table of the shared data, when it is there.
#[test]
fn every_row_of_the_shared_tables_is_used() {
    let root = std::env::var("PLENARY_SHARED").map_or_else(
        |_| std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        std::path::PathBuf::from,
    );
    let Ok(files) = std::fs::read_dir(root.join("data/untc/treaties")) else {
        println!("the shared data is absent: nothing to read");
        return;
    };
    let mut rows = 0;
    for file in files {
        let path = file.unwrap().path();
        let table = read(std::fs::File::open(&path).unwrap()).unwrap();
        assert_eq!(table.rejected, [], "{}", path.display());
        assert_eq!(table.rows, table.used);
        rows += table.rows;
    }
    assert!(rows > 10_000, "{rows}");
}

#[test]
fn a_table_is_one_record_and_every_act_has_its_place() {
    let csv = "Participant,Signature,\"Accession(a), Ratification\"\nNorway,11 Dec 1948,22 Jul 1949\nMonaco,,30 Mar 1950 a\n";
    let import = crate::read_bytes("4-1.csv", csv.as_bytes(), &crate::Options::default()).unwrap();
    let summary = import.summary();
    assert_eq!((summary.rows, summary.used, summary.records), (2, 2, 1));
    let record = import.record(0).unwrap();
    assert_eq!(record.agreement.acts.len(), 3);
    let place = record.origin.place(plenary_types::Locus {
        act: Some(1),
        field: plenary_types::Field::Date,
    });
    assert_eq!((place.line, place.column), (Some(2), Some(20)));
    assert_eq!(place.field.as_deref(), Some("Accession(a), Ratification"));
}

#[test]
fn rejected_rows_are_accounted_for_with_their_place() {
    let csv = "Participant,Ratification\nAtlantis,1 Jan 2000\nNorway,2 Jan 2000\n";
    let import = crate::read_bytes("t.csv", csv.as_bytes(), &crate::Options::default()).unwrap();
    let summary = import.summary();
    assert_eq!((summary.rows, summary.used, summary.rejected), (2, 1, 1));
    let place = &import.rejected()[0].place;
    assert_eq!(
        (place.line, place.column, place.field.as_deref()),
        (Some(2), Some(1), Some("Participant"))
    );
    assert!(import.complete().is_err());
}
