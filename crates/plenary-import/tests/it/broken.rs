//! Input that cannot be used: a clear error with place and advice, never a panic.

use plenary_import::{ImportError, Options, read, read_bytes};

const HEADER: &str = "undl_id,ms_code,ms_name,ms_vote,date,session,resolution";
const ROW: &str = "1,PER,PERU,Y,2018-12-19,73,A/RES/73/195";

fn failure(bytes: &[u8]) -> ImportError {
    let error = read_bytes("in", bytes, &Options::default()).expect_err("it was read");
    assert!(!error.help().is_empty());
    assert_eq!(error.place().path.as_deref(), Some("in"));
    error
}

#[test]
fn an_empty_file_is_refused() {
    assert!(matches!(failure(b""), ImportError::Empty { .. }));
    assert!(matches!(
        failure(b"\xef\xbb\xbf \r\n"),
        ImportError::Empty { .. }
    ));
}

#[test]
fn a_folder_that_is_no_dataset_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let error = read(folder.path(), &Options::default()).unwrap_err();
    assert!(matches!(error, ImportError::NotADataset { .. }), "{error}");
}

#[test]
fn binaries_are_refused() {
    for bytes in [
        &b"PK\x03\x04rest"[..],
        b"\xff\xfea\0b\0",
        b"ab\0cd",
        b"%PDF-1.7",
    ] {
        assert!(matches!(failure(bytes), ImportError::Binary { .. }));
    }
}

#[test]
fn a_wrong_header_names_the_nearest_format_and_what_it_lacks() {
    let error = failure(b"undl_id,ms_code,vote\n1,PER,Y\n");
    let text = error.to_string();
    assert!(
        text.contains("undl-ga-csv") && text.contains("ms_vote"),
        "{text}"
    );
}

#[test]
fn invalid_utf8_is_refused_with_its_line_and_skipped_only_when_asked() {
    let bytes = [
        format!("{HEADER}\n{ROW}\n1,CIV,C").as_bytes(),
        b"\xd4TE,Y,2018-12-19,73,A/RES/73/195\n",
    ]
    .concat();
    assert_eq!(failure(&bytes).place().line, Some(3));
    let import = read_bytes("in", &bytes, &Options::default().lenient()).unwrap();
    assert_eq!((import.summary().used, import.summary().rejected), (1, 1));
}

#[test]
fn a_file_cut_in_the_middle_of_a_row_is_refused() {
    let whole = format!("{HEADER}\n{ROW}\n{}", ROW.replace("PER", "CHL"));
    for cut in [whole.len() - 3, whole.len() - 20] {
        let error = failure(&whole.as_bytes()[..cut]);
        assert!(
            error.to_string().contains("in the middle of a row"),
            "{error}"
        );
        assert_eq!(error.place().line, Some(3));
    }
    assert!(read_bytes("in", whole.as_bytes(), &Options::default()).is_ok());
}

#[test]
fn a_quote_that_is_never_closed_costs_one_line_when_lenient() {
    let text = format!(
        "{HEADER}\n{ROW}\n1,CHL,\"CHILE,Y,2018-12-19,73,A/RES/73/195\n{}\n",
        ROW.replace("PER", "CUB")
    );
    assert_eq!(failure(text.as_bytes()).place().line, Some(3));
    let import = read_bytes("in", text.as_bytes(), &Options::default().lenient()).unwrap();
    assert_eq!((import.summary().used, import.summary().rejected), (2, 1));
}

#[test]
fn compressed_data_cut_short_is_refused() {
    let packed = zstd::bulk::compress(format!("{HEADER}\n{ROW}\n").as_bytes(), 3).unwrap();
    let error = failure(&packed[..packed.len() - 6]);
    assert!(matches!(error, ImportError::Compressed { .. }), "{error}");
}

#[test]
fn a_truncated_document_is_refused_with_its_place() {
    let error = failure(b"{\n  \"title\": \"x\",\n  \"acts\": [");
    assert_eq!(error.place().line, Some(3), "{error}");
}

#[test]
fn a_wrong_value_in_a_document_names_the_field() {
    let text =
        "{\n \"title\": \"x\",\n \"acts\": [{\"act\": \"decision\",\n  \"date\": \"2018-02-30\"}]}";
    let error = failure(text.as_bytes());
    assert!(error.to_string().contains("calendar"), "{error}");
}

#[test]
fn every_rejected_row_is_named_with_line_column_value_and_advice() {
    let text = format!(
        "{HEADER}\n{ROW}\n1,CHL,CHILE,Q,2018-12-19,73,A/RES/73/195\n1,CUB,CUBA,Y,2018-12-19,73\n1,,,Y,2018-12-19,73,A/RES/73/195\n"
    );
    let import = read_bytes("in", text.as_bytes(), &Options::default()).unwrap();
    let summary = import.summary();
    assert_eq!((summary.rows, summary.used, summary.rejected), (4, 1, 3));
    let [vote, fields, nobody] = import.rejected() else {
        panic!()
    };
    assert_eq!((vote.place.line, vote.place.column), (Some(3), Some(13)));
    assert_eq!(
        (vote.place.field.as_deref(), vote.value.as_str()),
        (Some("ms_vote"), "Q")
    );
    assert_eq!(fields.place.line, Some(4));
    assert!(fields.reason.contains("6 fields"));
    assert_eq!(nobody.place.line, Some(5));
    assert!(import.complete().is_err());
}
