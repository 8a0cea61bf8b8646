//! Inputs at the edges: too long, too short, not what they seem, and parts of something else.

use std::fs;
use std::path::Path;

use plenary_import::{Import, ImportError, Options, read, read_bytes};
use plenary_types::{Field, Locus};

use crate::fixtures::fixture;

const MIB: usize = 1 << 20;

/// A table whose second row is longer than any row, and the other rows of it.
fn with_a_long_row(head: &str, [first, long, third]: [&str; 3]) -> String {
    format!("{head}\n{first}\n{long}\n{third}\n")
}

/// What the ways of reading give: as bytes, as a file, packed.
fn ways(text: &str, options: &Options) -> Vec<Result<Import, ImportError>> {
    let folder = tempfile::tempdir().unwrap();
    let packed = zstd::bulk::compress(text.as_bytes(), 1).unwrap();
    let mut all = vec![read_bytes("in", text.as_bytes(), options)];
    for (name, bytes) in [("plain", text.as_bytes()), ("packed", &packed)] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        all.push(read(path, options));
    }
    all
}

#[test]
fn a_row_that_is_too_long_is_told_and_is_one_row_however_it_is_read() {
    let long_head = "undl_id,ms_name,ms_vote,date,resolution,title";
    let rows = [
        "1,PERU,Y,2018-12-19,A/RES/73/195,a",
        "1,HUNGARY,N,2018-12-19,A/RES/73/195,a",
    ];
    let wide_head = "undl_id,date,resolution,PERU,HUNGARY,CHINA";
    let wide_rows = [
        "1,2018-12-19,A/RES/73/195,Y,Y,N",
        "2,2018-12-19,A/RES/73/196,Y,Y,N",
    ];
    let quoted = format!(
        "3,PERU,Y,2018-12-19,A/RES/73/195,\"{}\"",
        "a".repeat(5 * MIB)
    );
    let bare = "A".repeat(5 * MIB);
    for (head, [first, third], long) in [
        (long_head, rows, &bare),
        (long_head, rows, &quoted),
        (wide_head, wide_rows, &bare),
        (wide_head, wide_rows, &quoted),
    ] {
        let text = with_a_long_row(head, [first, long, third]);
        for import in ways(&text, &Options::default()) {
            let error = import.unwrap_err();
            assert!(error.to_string().ends_with("longer than 1 MiB"), "{error}");
            assert_eq!(error.place().line, Some(3));
        }
        for import in ways(&text, &Options::default().lenient()) {
            let import = import.unwrap();
            let summary = import.summary();
            assert_eq!((summary.rows, summary.used, summary.rejected), (3, 2, 1));
            let record = import.record(import.len() - 1).unwrap();
            let last = record.agreement.principal_decision().unwrap().1;
            let ballots = last.ballots.as_ref().unwrap().len() - 1;
            let place = Locus::of_act(0, Field::Choice(ballots));
            assert_eq!(record.origin.place(place).line, Some(4));
        }
    }
}

/// A long row over the end of a stretch, and another over the start of one.
#[test]
fn long_rows_where_stretches_meet_are_one_row_each() {
    let mut text = String::from("undl_id,ms_name,ms_vote,date,resolution,title\n");
    for vote in 0..40 {
        let title = "long ".repeat(20_000);
        text += &format!("{vote},PERU,Y,2018-12-19,A/RES/73/{vote},{title}\n");
        if vote % 8 == 0 {
            text += &"A".repeat(3 * MIB);
            text.push('\n');
        }
    }
    for import in ways(&text, &Options::default().lenient()) {
        let import = import.unwrap();
        let summary = import.summary();
        assert_eq!((summary.rows, summary.used, summary.rejected), (45, 40, 5));
    }
}

/// The vote that lost a row says so, wherever the row stood; the others do not.
#[test]
fn a_vote_that_lost_a_row_leaves_members_out() {
    for (text, partial) in [
        (
            "undl_id,ms_name,ms_vote,date,resolution\n\
             1,CHAD,AN,2018-12-19,A/RES/73/1\n\
             1,PERU,Y,2018-12-19,A/RES/73/1\n\
             2,PERU,Y,2018-12-19,A/RES/73/2\n\
             2,,Y,2018-12-19,A/RES/73/2\n\
             3,PERU,Y,2018-12-19,A/RES/73/3\n\
             4,PERU,AN,2018-12-19,A/RES/73/4\n",
            &[true, true, false][..],
        ),
        (
            "undl_id,date,resolution,PERU,HUNGARY,CHINA\n\
             1,2018-12-19,A/RES/73/1,Y,Y,perhaps\n\
             2,2018-12-19,A/RES/73/2,Y,Y,N\n",
            &[true, false],
        ),
    ] {
        for import in ways(text, &Options::default().lenient()) {
            let import = import.unwrap();
            let told = import.records().map(|record| {
                let (_, decision) = record.agreement.principal_decision().unwrap();
                decision.partial
            });
            assert_eq!(told.collect::<Vec<_>>(), partial, "{text}");
        }
    }
}

#[test]
fn a_line_break_inside_quotes_is_the_same_whatever_ends_the_lines() {
    let text = "undl_id,ms_name,ms_vote,date,resolution,title\n\
                1,PERU,Y,2018-12-19,A/RES/73/195,\"Two\nlines\"\n\
                1,\"HUNG\nARY\",Y,2018-12-19,A/RES/73/195,\"Two\nlines\"\n";
    let [unix, windows] = [text.to_owned(), text.replace('\n', "\r\n")]
        .map(|text| read_bytes("in", text.as_bytes(), &Options::default()).unwrap());
    let record = unix.record(0).unwrap();
    assert_eq!(record.agreement.title, "Two\nlines");
    assert_eq!(record.agreement, windows.record(0).unwrap().agreement);
}

#[test]
fn the_records_before_a_text_that_is_too_long_are_kept() {
    let record = fs::read_to_string(fixture("marcxml/good/council_vote.xml")).unwrap();
    let end = record.rfind("</").unwrap();
    let long = format!(
        "{}<record>{}</record>{}",
        &record[..end],
        "a".repeat(5 * MIB),
        &record[end..]
    );
    let packed = zstd::bulk::compress(long.as_bytes(), 1).unwrap();
    let strict = read_bytes("in", &packed, &Options::default()).unwrap_err();
    assert!(matches!(strict, ImportError::Syntax { .. }), "{strict}");
    let import = read_bytes("in", &packed, &Options::default().lenient()).unwrap();
    assert_eq!((import.summary().used, import.summary().rejected), (1, 1));
    let rejected = &import.rejected()[0];
    assert!(rejected.reason.contains("longer than 4 MiB"));
    assert!(rejected.place.column.is_some());
    assert!(!rejected.to_string().contains('`'));
}

#[test]
fn a_dataset_may_be_named_by_its_descriptor_and_not_by_its_tables() {
    let folder = tempfile::tempdir().unwrap();
    let source = fixture("plenary-dataset/good/documents_and_tables");
    for entry in fs::read_dir(source).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    let descriptor = folder.path().join("datapackage.json");
    let import = read(descriptor, &Options::default()).unwrap();
    assert_eq!(import.summary().format, "plenary-dataset");
    let table = folder.path().join("ballots.csv");
    fs::write(
        &table,
        "agreement,act,symbol,date,state,name,choice\n1,0,,,PER,,yes\n",
    )
    .unwrap();
    let error = read(&table, &Options::default()).unwrap_err();
    assert!(matches!(error, ImportError::PartOfDataset { .. }));
    assert!(error.help().contains(&*folder.path().display().to_string()));
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_of_a_dataset_is_refused_and_one_inside_it_is_followed() {
    use std::os::unix::fs::symlink;
    let dataset = |linked: &dyn Fn(&Path, &Path)| {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("inside");
        fs::create_dir(&inside).unwrap();
        fs::write(folder.path().join("other.jsonl"), "{\"title\": \"a\"}\n").unwrap();
        fs::copy(folder.path().join("other.jsonl"), inside.join("own.jsonl")).unwrap();
        linked(folder.path(), &inside);
        let paths = ["linked.jsonl", "sub/other.jsonl"];
        let path = paths
            .iter()
            .find(|path| inside.join(path).exists())
            .unwrap();
        let descriptor = format!("{{\"resources\": [{{\"path\": \"{path}\"}}]}}");
        fs::write(inside.join("datapackage.json"), descriptor).unwrap();
        let named = folder.path().join("named");
        symlink(&inside, &named).unwrap();
        read(named, &Options::default()).map(|import| import.summary().records)
    };
    let within = dataset(&|_, inside| symlink("own.jsonl", inside.join("linked.jsonl")).unwrap());
    assert_eq!(within.unwrap(), 1);
    let to_file = |_: &Path, inside: &Path| {
        symlink("../other.jsonl", inside.join("linked.jsonl")).unwrap();
    };
    let to_folder = |around: &Path, inside: &Path| symlink(around, inside.join("sub")).unwrap();
    for (link, named) in [
        (&to_file as &dyn Fn(&Path, &Path), "`linked.jsonl`"),
        (&to_folder, "`sub/other.jsonl`"),
    ] {
        let error = dataset(link).unwrap_err().to_string();
        let said = format!("{named} leads out of the dataset by a link, to ");
        assert!(error.contains(&said), "{error}");
    }
}

#[test]
fn the_places_of_documents_are_those_of_the_file_and_not_of_the_document() {
    let text = "\n{\"title\": \"a\"}\n{\n  \"title\": \"b\",\n  \"symbols\": [\"A/RES/73/195\"]\n}\n\n{\"title\": \"c\"}";
    let import = read_bytes("in", text.as_bytes(), &Options::default()).unwrap();
    let lines = import.records().map(|record| {
        let place = record.origin.place(Locus {
            act: None,
            field: Field::Title,
        });
        place.line
    });
    assert_eq!(lines.collect::<Vec<_>>(), [Some(2), Some(4), Some(8)]);
    let broken = format!("{text}\n{{\"title\": \"d\",}}\n");
    let error = read_bytes("in", broken.as_bytes(), &Options::default()).unwrap_err();
    assert_eq!(error.place().line, Some(9));
    let mut bytes = text.as_bytes().to_vec();
    bytes.extend(b"\n{\"title\": \"\xff\"}");
    let error = read_bytes("in", &bytes, &Options::default()).unwrap_err();
    assert_eq!(
        (error.place().line, error.place().column),
        (Some(9), Some(12))
    );
}

#[test]
fn a_text_beside_the_votes_is_counted_in_lines_whatever_ends_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("links.csv");
    fs::write(&path, "rcid1,rcid2\r\n5,6\r\n7,\r\n").unwrap();
    let text = plenary_import::read_text(&path).unwrap();
    assert_eq!(text, "rcid1,rcid2\n5,6\n7,\n");
}
