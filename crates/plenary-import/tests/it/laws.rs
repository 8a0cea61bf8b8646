//! What holds of every input, however it is broken.

use std::collections::{BTreeMap, BTreeSet};

use plenary_import::{Import, Mapping, Options, read_bytes, recognise};
use proptest::prelude::*;

/// Seeds of every format, to be broken.
const SEEDS: [&str; 8] = [
    "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,title,total_yes\n\
     1,PER,PERU,Y,2018-12-19,73,A/RES/73/195,\"A, \"\"b\"\"\nc\",1.0\n\
     1,HUN,HUNGARY,n,2018-12-19,73,A/RES/73/195,\"A, \"\"b\"\"\nc\",1.0\n\
     2,PER,PERU,,2018-12-20,73,A/RES/73/196,D,\n\
     2,HUN,HUNGARY,A,2018-12-20,73,A/RES/73/196,D,\n",
    "undl_id,ms_code,ms_name,permanent_member,ms_vote,date,resolution,modality\r\n\
     7,CHN,CHINA,True,Y,1999-06-29,S/RES/1248(1999),without vote\r\n\
     7,FJI,FIJI,False,Y,1999-06-29,S/RES/1248(1999),without vote\r\n",
    "undl_id;date;resolution;BENIN;CZECHIA;PERU\n1;2018-12-19;A/RES/73/195;X;N;Y\n2;2018-12-20;A/RES/73/196;;A;Y\n",
    "rcid,country,country_code,vote\n3,Peru,PE,yes\n3,Hungary,HU,no\n4,Peru,PE,abstain\n",
    "ccode\tsession\trcid\tvote\n2\t1\t3\t1\n20\t1\t3\t8\n",
    "title: A test\nsymbol: A/RES/73/195\ndate: 2018-12-19\n\nstate,vote\nPER,yes\nHUN,no\n",
    "{\"title\": \"A test\", \"symbols\": [\"A/RES/73/195\"], \"acts\": [{\"act\": \"decision\", \"ballots\": {\"yes\": [\"PER\"]}}]}",
    "<collection xmlns=\"http://www.loc.gov/MARC21/slim\"><record><datafield tag=\"791\"><subfield code=\"a\">A/RES/73/195</subfield>\
     </datafield><datafield tag=\"967\"><subfield code=\"d\">Y</subfield><subfield code=\"e\">C&#212;TE D&apos;IVOIRE</subfield></datafield>\
     </record><record><datafield tag=\"245\"><subfield code=\"c\">Peru and Chile</subfield></datafield></record></collection>",
];

/// A seed with bytes changed, inserted and cut.
fn broken() -> impl Strategy<Value = Vec<u8>> {
    let edit = (
        any::<prop::sample::Index>(),
        prop_oneof![
            any::<u8>().prop_map(Some),
            prop::sample::select(b"\",;\n\r\t{}<[:Y".to_vec()).prop_map(Some),
            Just(None),
        ],
    );
    (
        prop::sample::select(&SEEDS[..]),
        prop::collection::vec(edit, 0..6),
    )
        .prop_map(|(seed, edits)| {
            let mut bytes = seed.as_bytes().to_vec();
            for (place, edit) in edits {
                let at = place.index(bytes.len().max(1)).min(bytes.len());
                match edit {
                    Some(byte) => bytes.insert(at, byte),
                    None if at < bytes.len() => drop(bytes.remove(at)),
                    None => {}
                }
            }
            bytes
        })
}

fn both(bytes: &[u8]) -> (Option<Import>, Option<Import>) {
    let strict = read_bytes("in", bytes, &Options::default()).ok();
    (
        strict,
        read_bytes("in", bytes, &Options::default().lenient()).ok(),
    )
}

/// Every ballot of an import, by record and voter.
fn ballots(import: &Import) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for record in import.records() {
        for (_, decision) in record.agreement.decisions() {
            for (at, ballot) in decision.ballots.iter().flat_map(|b| b.iter()).enumerate() {
                let place = record.origin.place(plenary_types::Locus::of_act(
                    0,
                    plenary_types::Field::Choice(at),
                ));
                all.insert(format!(
                    "{:?} {} {}",
                    place.line,
                    ballot.entry.label(),
                    ballot.choice
                ));
            }
        }
    }
    all
}

fn accounts_add_up(import: &Import) -> Result<(), TestCaseError> {
    let summary = import.summary();
    prop_assert_eq!(summary.rows, summary.used + summary.rejected);
    prop_assert_eq!(summary.rejected, import.rejected().len() as u64);
    prop_assert_eq!(summary.records, import.records().len() as u64);
    for rejected in import.rejected() {
        prop_assert!(
            rejected.place.line.is_some()
                && !rejected.reason.is_empty()
                && !rejected.help.is_empty()
        );
    }
    Ok(())
}

/// A table of votes: for each vote, who is on its list and how they voted.
fn votes() -> impl Strategy<Value = BTreeMap<u32, BTreeMap<&'static str, &'static str>>> {
    const NAMES: [&str; 5] = [
        "PERU",
        "HUNGARY",
        "CHINA",
        "\"KOREA, REPUBLIC OF\"",
        "FRANCE",
    ];
    let list = prop::collection::btree_map(
        prop::sample::select(&NAMES[..]),
        prop::sample::select(&["Y", "N", "A", "X", ""][..]),
        1..5,
    );
    prop::collection::btree_map(1u32..9, list, 1..6)
}

fn rows(votes: &BTreeMap<u32, BTreeMap<&str, &str>>) -> Vec<String> {
    let row = |id: &u32, name: &str, vote: &str| {
        format!("{id},{name},{vote},2018-12-{id:02},\"A \n\"\"title\"\" of {id}\",A/RES/73/{id}")
    };
    let of = |(id, list): (&u32, &BTreeMap<&str, &str>)| -> Vec<String> {
        list.iter()
            .map(|(name, vote)| row(id, name, vote))
            .collect()
    };
    votes.iter().flat_map(of).collect()
}

fn table(rows: &[String], end: &str) -> String {
    let header = "undl_id,ms_name,ms_vote,date,title,resolution".to_owned();
    let mut text = [&[header], rows].concat().join(end);
    text.push_str(end);
    text
}

fn agreements(text: &[u8]) -> Vec<plenary_types::Agreement> {
    let import = read_bytes("in", text, &Options::default()).unwrap();
    assert_eq!(import.rejected(), []);
    let mut all: Vec<_> = import.records().map(|r| r.agreement).collect();
    all.sort_by(|a, b| a.sources[0].record.cmp(&b.sources[0].record));
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_input_panics_and_every_row_is_accounted_for(bytes in broken()) {
        let (strict, lenient) = both(&bytes);
        let _ = recognise(&bytes);
        for import in [&strict, &lenient].into_iter().flatten() {
            accounts_add_up(import)?;
        }
    }

    #[test]
    fn what_strict_reading_accepts_lenient_reading_accepts_too(bytes in broken()) {
        if let (Some(strict), lenient) = both(&bytes) {
            let Some(lenient) = lenient else { return Err(TestCaseError::fail("lenient refused")) };
            let (strict, lenient) = (ballots(&strict), ballots(&lenient));
            prop_assert!(strict.is_subset(&lenient), "{:?} {:?}", strict, lenient);
        }
    }

    #[test]
    fn any_bytes_at_all_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = both(&bytes);
        let _ = Mapping::from_toml(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn the_order_of_the_rows_changes_no_record(votes in votes(), order in any::<prop::sample::Index>()) {
        let rows = rows(&votes);
        let mut shuffled = rows.clone();
        let turn = order.index(rows.len());
        shuffled.rotate_left(turn);
        let half = shuffled.len() / 2;
        let (front, back) = shuffled.split_at(half);
        let mut dealt: Vec<String> = Vec::new();
        for (at, row) in back.iter().enumerate() {
            dealt.extend(front.get(at).cloned());
            dealt.push(row.clone());
        }
        prop_assert_eq!(agreements(table(&rows, "\n").as_bytes()), agreements(table(&dealt, "\n").as_bytes()));
    }

    #[test]
    fn packing_and_line_ends_change_no_record(votes in votes()) {
        let text = table(&rows(&votes), "\n");
        let plain = agreements(text.as_bytes());
        let packed = zstd::bulk::compress(text.as_bytes(), 1).unwrap();
        prop_assert_eq!(&plain, &agreements(&packed));
        prop_assert_eq!(&plain, &agreements(table(&rows(&votes), "\r\n").as_bytes()));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("votes.csv.zst");
        std::fs::write(&path, packed).unwrap();
        let import = plenary_import::read(&path, &Options::default()).unwrap();
        prop_assert_eq!(import.summary().records, plain.len() as u64);
    }
}

#[test]
fn a_file_read_in_stretches_gives_what_it_gives_as_one_wherever_the_stretches_meet() {
    let mut text = String::from("undl_id,ms_name,ms_vote,date,title,resolution\n");
    for vote in 0..900 {
        for (name, choice) in [
            ("PERU", "Y"),
            ("HUNGARY", "N"),
            ("\"KOREA, REPUBLIC OF\"", "a"),
        ] {
            let title = format!(
                "\"Title of {vote}\n{vote},PERU,Y,2018-12-19,x,A/RES/73/{vote}\n{}\"",
                "long ".repeat(900)
            );
            text.push_str(&format!(
                "{vote},{name},{choice},2018-12-19,{title},A/RES/73/{vote}\n"
            ));
        }
    }
    assert!(text.len() > 9 << 20, "long enough to be read in stretches");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("votes.csv");
    std::fs::write(&path, &text).unwrap();
    let whole = plenary_import::read(&path, &Options::default()).unwrap();
    let packed = zstd::bulk::compress(text.as_bytes(), 1).unwrap();
    let streamed = read_bytes("in", &packed, &Options::default()).unwrap();
    for import in [&whole, &streamed] {
        assert_eq!(
            (
                import.summary().rows,
                import.summary().used,
                import.summary().records
            ),
            (2700, 2700, 900)
        );
    }
    for (one, other) in whole.records().zip(streamed.records()) {
        assert_eq!(one.agreement, other.agreement);
        let line = |record: &plenary_import::Record| {
            record
                .origin
                .place(plenary_types::Locus::of_act(
                    0,
                    plenary_types::Field::Choice(2),
                ))
                .line
        };
        assert_eq!(line(&one), line(&other));
    }
}
