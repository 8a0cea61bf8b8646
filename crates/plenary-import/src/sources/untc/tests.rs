use plenary_types::{Act, Field, Locus};

use crate::{Import, ImportError, Options, read_bytes, recognise};

fn try_read(csv: &[u8]) -> Result<Import, ImportError> {
    read_bytes("4-1.csv", csv, &Options::default())
}

fn read(csv: &str) -> Import {
    try_read(csv.as_bytes()).unwrap()
}

/// The acts of a table: participant, kind and date.
fn acts(import: &Import) -> Vec<String> {
    let record = import.record(0).unwrap();
    let acts = record.agreement.acts.iter();
    let acts = acts.map(|act| match act {
        Act::Action(act) => format!("{} {} {}", act.participant, act.kind, act.date.unwrap()),
        other => panic!("{other:?}"),
    });
    acts.collect()
}

fn place(import: &Import, act: usize, field: Field) -> (Option<u64>, Option<u64>, Option<String>) {
    let record = import.record(0).unwrap();
    let place = record.origin.place(Locus::of_act(act, field));
    (place.line, place.column, place.field)
}

fn is_table(text: &[u8]) -> bool {
    recognise(text).format == Some("untc-csv")
}

#[test]
fn other_files_are_refused() {
    let refusal = |csv: &[u8]| try_read(csv).unwrap_err();
    assert!(
        refusal(b"Participant,Colour\n")
            .to_string()
            .contains("`Colour`")
    );
    assert!(matches!(
        refusal(b"Participant,Signature\n\xff\xfe,\n"),
        ImportError::Utf8 { line: 2, .. }
    ));
    assert!(is_table(b"\xef\xbb\xbfParticipant,Signature"));
    assert!(is_table(b"\"Participant 1\";Signature"));
    assert!(!is_table(b"Participants,Signature"));
    assert!(!is_table(b"participant,action,date"));
}

#[test]
fn spaces_capitals_and_blank_lines_above_do_not_hide_a_table() {
    let row = "Peru,1 jan 1950,2 JANUARY 1960 a\n";
    let both = ["PER signature 1950-01-01", "PER accession 1960-01-02"];
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
        let import = read(&format!("{heading}{row}"));
        assert_eq!(import.rejected(), [], "{heading}");
        assert_eq!(acts(&import), both, "{heading}");
        assert_eq!(place(&import, 0, Field::Date).0, Some(line), "{heading}");
    }
    let semicolons = read("\n;;\nparticipant;Signature\nPeru;1 Jan 1950\n");
    assert_eq!(acts(&semicolons), both[..1]);
    assert_eq!(place(&semicolons, 0, Field::Date).0, Some(4));
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
            let import = read(&lines.join(&format!("{end}{empty}")));
            let step = 1 + u64::from(!empty.is_empty());
            let found = (
                import.rejected()[0].place.line,
                place(&import, 0, Field::Date).0,
            );
            assert_eq!(found, (Some(1 + step), Some(1 + 2 * step)), "{lines:?}");
        }
    }
}

#[test]
fn a_letter_that_a_heading_in_capitals_gives_to_two_acts_tells_none() {
    let import = read(
        "PARTICIPANT,\"ACCEPTANCE(A), ACCESSION(A), RATIFICATION\"\nPeru,1 Jan 1950 A\nChile,2 Jan 1950\n",
    );
    assert_eq!((import.summary().used, import.rejected().len()), (1, 1));
    assert_eq!(
        import.rejected()[0].reason,
        "the cell has a letter that the heading gives to two acts"
    );
}

#[test]
fn the_participants_may_stand_in_any_column() {
    let csv = "Signature,Participant,Accession(a)\n11 Dec 1948,Norway,\n,QQJ,30 Mar 1950 a\n,[Monaco],30 Mar 1950 a\n";
    let import = read(csv);
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
    for (act, field, line, column, heading) in [
        (0, Field::Date, 2, 1, "Signature"),
        (0, Field::Name(0), 2, 13, "Participant"),
        (1, Field::Date, 4, 11, "Accession(a)"),
        // The withdrawal that the brackets tell.
        (2, Field::Whole, 4, 2, "Participant"),
    ] {
        let expected = (Some(line), Some(column), Some(heading.to_owned()));
        assert_eq!(place(&import, act, field), expected);
    }
}

#[test]
fn a_name_that_no_table_knows_is_kept_as_printed_and_other_unknown_cells_are_not() {
    let long = "x".repeat(241);
    let import = read(&format!(
        "Participant,\"Accession(a), Ratification\"\nOrange River  Colony 4,1 Jun 1907 a\n[Atlantis],2 Jan 1910\n\
        QQJ,1 Jan 1910\nLast updated in May,\n7,1 Jan 1911\n{long},1 Jan 1912\n"
    ));
    let record = import.record(0).unwrap();
    let kept = record.agreement.acts.iter().map(|act| match act {
        Act::Action(act) => (
            act.participant.as_str(),
            act.kind.as_str(),
            act.printed.clone(),
        ),
        other => panic!("{other:?}"),
    });
    let printed = |name: &str| Some(name.to_owned());
    assert_eq!(
        kept.collect::<Vec<_>>(),
        [
            (
                "text:Orange River Colony",
                "accession",
                printed("Orange River  Colony")
            ),
            ("text:Atlantis", "ratification", printed("Atlantis")),
            ("text:Atlantis", "withdrawal", printed("Atlantis")),
        ]
    );
    let rejected = import.rejected().iter();
    let rejected: Vec<_> = rejected
        .map(|row| (row.place.line.unwrap(), row.reason.as_str()))
        .collect();
    assert_eq!(
        rejected,
        [
            (4, "the cell is a code that nobody has"),
            (
                5,
                "the cell is not a known participant, and the row has no act"
            ),
            (6, "the cell names no participant"),
            (7, "the cell is not a name that can be kept"),
        ]
    );
    let summary = import.summary();
    assert_eq!((summary.rows, summary.used, summary.rejected), (6, 2, 4));
}

#[test]
fn a_column_without_a_heading_may_be_there_when_nothing_is_in_it() {
    let import = read("Participant,,Signature\nNorway,,11 Dec 1948\nPeru,x,11 Dec 1948\n");
    assert_eq!((import.summary().used, acts(&import).len()), (1, 1));
    let rejected = &import.rejected()[0];
    assert_eq!(rejected.reason, "the cell is in a column without a heading");
    assert_eq!(rejected.place.column, Some(6));
}

#[test]
fn a_table_is_one_record_and_every_act_has_its_place() {
    let import = read(
        "Participant,Signature,\"Accession(a), Ratification\"\nNorway,11 Dec 1948,22 Jul 1949\nMonaco,,30 Mar 1950 a\n",
    );
    let summary = import.summary();
    assert_eq!((summary.rows, summary.used, summary.records), (2, 2, 1));
    assert_eq!(acts(&import).len(), 3);
    let heading = "Accession(a), Ratification".to_owned();
    assert_eq!(
        place(&import, 1, Field::Date),
        (Some(2), Some(20), Some(heading))
    );
}

#[test]
fn days_of_iso_8601_are_read_beside_those_of_the_depositary() {
    let import = read(
        "Participant,Signature,\"Ratification, Accession(a)\"\n\
        Peru,2018-01-05,\"2019-01-05, 2 Mar 2020 a\"\nChile,,2019-02-05 a\nCuba,,2019-02-30 a\n",
    );
    assert_eq!(
        acts(&import),
        [
            "PER signature 2018-01-05",
            "PER ratification 2019-01-05",
            "PER accession 2020-03-02",
            "CHL accession 2019-02-05"
        ]
    );
    assert_eq!(
        import.rejected()[0].reason,
        "the cell has a day that is not in the calendar"
    );
}
