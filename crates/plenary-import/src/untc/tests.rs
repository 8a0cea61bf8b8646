use plenary_types::{Field, Locus};

use super::{TableError, read, recognises};

#[test]
fn other_files_are_refused() {
    assert!(matches!(read(&b""[..]), Err(TableError::Empty)));
    assert!(matches!(
        read(&b"a,b\n"[..]),
        Err(TableError::NoParticipant { .. })
    ));
    assert!(matches!(
        read(&b"Participant,Colour\n"[..]),
        Err(TableError::Legend { .. })
    ));
    assert!(matches!(
        read(&b"Participant,Signature\n\xff\xfe,\n"[..]),
        Err(TableError::Row { line: 2, .. })
    ));
    assert!(recognises(b"\xef\xbb\xbfParticipant,Signature"));
    assert!(recognises(b"\"Participant 1\";Signature"));
    assert!(!recognises(b"Participants,Signature"));
    assert!(!recognises(b"participant,action,date"));
}

#[test]
fn spaces_capitals_and_blank_lines_above_do_not_hide_a_table() {
    let acts = |csv: &str| {
        assert!(recognises(csv.as_bytes()), "{csv}");
        let table = read(csv.as_bytes()).unwrap();
        assert_eq!((table.used, table.rejected.len()), (1, 0), "{csv}");
        let place = table.places[0];
        let kinds: Vec<_> = table
            .actions
            .iter()
            .map(|act| act.kind.to_string())
            .collect();
        (place.cell.line, kinds.join(" "))
    };
    let row = "Peru,1 jan 1950,2 JANUARY 1960 a\n";
    for (heading, line) in [
        (
            " Participant , Signature ,\"Accession(a), Ratification\"\n",
            2,
        ),
        (
            "\n\r\n,,\nParticipant,Signature,\"Accession(a), Ratification\"\n",
            5,
        ),
        (
            "\u{feff}\nPARTICIPANT,SIGNATURE,\"ACCESSION(a), RATIFICATION\"\n",
            3,
        ),
        ("participant,signature,\"ratification, accession(a)\"\n", 2),
        ("participant,signature,\"accession(a), ratification\"\n", 2),
    ] {
        let found = acts(&format!("{heading}{row}"));
        assert_eq!(found, (line, "signature accession".to_owned()), "{heading}");
    }
    let semicolons = "\n;;\nparticipant;Signature\nPeru;1 Jan 1950\n";
    assert_eq!(acts(semicolons), (4, "signature".to_owned()));
}

#[test]
fn a_row_stands_on_its_own_line_however_lines_end_and_below_empty_ones() {
    for end in ["\n", "\r\n"] {
        for empty in ["", end] {
            let lines = [
                "Participant,Signature",
                "Peru,1 Jan 195",
                "Chile,1 Jan 1950",
            ];
            let csv = lines.join(&format!("{end}{empty}"));
            let table = read(csv.as_bytes()).unwrap();
            let step = 1 + u64::from(!empty.is_empty());
            let found = (table.rejected[0].place.line, table.places[0].cell.line);
            assert_eq!(found, (1 + step, 1 + 2 * step), "{csv:?}");
        }
    }
}

#[test]
fn a_letter_that_a_heading_in_capitals_gives_to_two_acts_tells_none() {
    let csv = "PARTICIPANT,\"ACCEPTANCE(A), ACCESSION(A), RATIFICATION\"\nPeru,1 Jan 1950 A\nChile,2 Jan 1950\n";
    let table = read(csv.as_bytes()).unwrap();
    assert_eq!((table.used, table.rejected.len()), (1, 1));
    assert_eq!(
        table.rejected[0].reason,
        "has a letter that the heading gives to two acts"
    );
}

#[test]
fn the_participants_may_stand_in_any_column() {
    let csv = "Signature,Participant,Accession(a)\n11 Dec 1948,Norway,\n,Atlantis,30 Mar 1950 a\n,[Monaco],30 Mar 1950 a\n";
    assert!(recognises(csv.as_bytes()));
    let import = crate::read_bytes("4-1.csv", csv.as_bytes(), &crate::Options::default()).unwrap();
    assert_eq!((import.summary().rows, import.summary().used), (3, 2));
    let rejected = &import.rejected()[0];
    assert_eq!(
        (rejected.place.line, rejected.place.column),
        (Some(3), Some(2))
    );
    assert_eq!(
        rejected.help,
        "write the participant as the depositary names it"
    );
    let record = import.record(0).unwrap();
    for (act, field, line, column, heading) in [
        (0, Field::Date, 2, 1, "Signature"),
        (0, Field::Name(0), 2, 13, "Participant"),
        (1, Field::Date, 4, 11, "Accession(a)"),
        // The withdrawal that the brackets tell.
        (2, Field::Whole, 4, 2, "Participant"),
    ] {
        let place = record.origin.place(Locus::of_act(act, field));
        let found = (place.line, place.column, place.field.as_deref());
        assert_eq!(found, (Some(line), Some(column), Some(heading)));
    }
}

#[test]
fn a_column_without_a_heading_may_be_there_when_nothing_is_in_it() {
    let csv = "Participant,,Signature\nNorway,,11 Dec 1948\nPeru,x,11 Dec 1948\n";
    let table = read(csv.as_bytes()).unwrap();
    assert_eq!((table.used, table.actions.len()), (1, 1));
    let rejected = &table.rejected[0];
    assert_eq!(rejected.reason, "is in a column without a heading");
    assert_eq!(rejected.place.column, 1);
}

#[test]
fn a_table_is_one_record_and_every_act_has_its_place() {
    let csv = "Participant,Signature,\"Accession(a), Ratification\"\nNorway,11 Dec 1948,22 Jul 1949\nMonaco,,30 Mar 1950 a\n";
    let import = crate::read_bytes("4-1.csv", csv.as_bytes(), &crate::Options::default()).unwrap();
    let summary = import.summary();
    assert_eq!((summary.rows, summary.used, summary.records), (2, 2, 1));
    let record = import.record(0).unwrap();
    assert_eq!(record.agreement.acts.len(), 3);
    let place = record.origin.place(Locus::of_act(1, Field::Date));
    assert_eq!((place.line, place.column), (Some(2), Some(20)));
    assert_eq!(place.field.as_deref(), Some("Accession(a), Ratification"));
}

#[test]
fn days_of_iso_8601_are_read_beside_those_of_the_depositary() {
    let csv = "Participant,Signature,\"Ratification, Accession(a)\"\n\
        Peru,2018-01-05,\"2019-01-05, 2 Mar 2020 a\"\nChile,,2019-02-05 a\nCuba,,2019-02-30 a\n";
    let table = read(csv.as_bytes()).unwrap();
    let acts: Vec<_> = table
        .actions
        .iter()
        .map(|act| format!("{} {} {}", act.participant, act.kind, act.date.unwrap()))
        .collect();
    assert_eq!(
        acts,
        [
            "PER signature 2018-01-05",
            "PER ratification 2019-01-05",
            "PER accession 2020-03-02",
            "CHL accession 2019-02-05"
        ]
    );
    assert_eq!(
        table.rejected[0].reason,
        "has a day that is not in the calendar"
    );
}
