use super::{TableError, read, recognises};

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
    assert!(recognises(b"\"Participant 1\";Signature"));
    assert!(!recognises(b"Participants,Signature"));
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
