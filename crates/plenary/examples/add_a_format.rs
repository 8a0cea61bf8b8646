//! A format of your own, from the file to the records.

use std::sync::Arc;

use plenary::import::{
    Content, Format, Import, ImportError, Input, Limit, Places, Reader, Recognise, Record,
    Rejected, column, header_row, placed_rows, unquoted,
};
use plenary::types::{Act, Agreement, Choice, Citation, Decision, Field, Place, StateCode};
use plenary::{Settings, check};

/// The format: what it is called, how it is recognised and read, which columns it has.
static FORMAT: Format = Format::new(
    "club-votes-csv",
    "votes of a club: one row per vote, one column per choice",
    Recognise::Columns,
    Reader::File(read),
)
.with_columns(&[
    column("document", &["paper"], Content::Symbol, true),
    column("in_favour", &[], Content::Text, true),
    column("against", &[], Content::Text, true),
]);

const LONGEST: Limit = Limit {
    mebibytes: 16,
    of: "a table of a club",
    help: "write a table per year",
};

/// Every row becomes a record or is rejected; nothing is skipped in silence.
fn read(input: &Input) -> Result<Import, ImportError> {
    let text = input.text(LONGEST)?;
    let (start, separator) = header_row(&text);
    let mut rows = placed_rows(&text, start, separator).map(|row| {
        let fields = row.fields.into_iter();
        let fields = fields.filter_map(|field| Some(unquoted(text.get(field)?).trim()));
        (row.line, fields.collect::<Vec<_>>())
    });
    let headings = rows.next().map(|(_, fields)| fields).unwrap_or_default();
    let columns = FORMAT.columns_among(&headings);
    let (mut records, mut rejected) = (Vec::new(), Vec::new());
    for (line, fields) in rows {
        let named = columns.iter().copied().zip(fields);
        let row: Vec<_> = named
            .filter_map(|(name, field)| Some((name?, field)))
            .collect();
        match record(input.path(), line, &row) {
            Ok(record) => records.push(record),
            Err(row) => rejected.push(*row),
        }
    }
    Ok(Import::from_documents(input.path(), records, rejected))
}

fn record(path: &str, line: u64, row: &[(&str, &str)]) -> Result<Record, Box<Rejected>> {
    let mut symbol = None;
    let mut ballots = Vec::new();
    for &(name, field) in row {
        let choice = match name {
            "in_favour" => Choice::Yes,
            "against" => Choice::No,
            _ => {
                symbol = Some(Citation::new(field));
                continue;
            }
        };
        for code in field.split_whitespace() {
            let refuse = |_| Rejected {
                place: Place::new(path).with_line(line).with_field(name),
                value: code.to_owned(),
                reason: "not a code of three capitals".to_owned(),
                help: "write `PER` for Peru".to_owned(),
                record: None,
            };
            let code: StateCode = code.parse().map_err(refuse)?;
            ballots.push((code, choice));
        }
    }
    let mut places = Places::new(path, line);
    places.note(Field::Symbol(0), line, "document");
    let decision = Decision {
        symbol: symbol.clone(),
        ballots: Some(ballots.into_iter().collect()),
        ..Decision::default()
    };
    Ok(Record {
        agreement: Agreement {
            symbols: symbol.into_iter().collect(),
            acts: vec![Act::Decision(Box::new(decision))],
            ..Agreement::default()
        },
        // Findings of checks point at what is noted here.
        origin: Arc::new(places),
        findings: Vec::new(),
    })
}

pub(crate) fn main() -> Result<(), Box<dyn std::error::Error>> {
    let table = "Document,In favour,Against\nA/RES/1/1,PER CHL,HUN\nA/RES/1/2,PER,Hungary\n";
    let input = plenary::Input::bytes("votes.csv", table);
    // In plenary-import the registration is one line in `src/catalogue.rs`; in your program it is this one.
    let report = check([input], &Settings::default().with_format(&FORMAT));
    let summary = report.inputs.first().ok_or("the table was not read")?;
    assert_eq!(summary.format, "club-votes-csv");
    assert_eq!((summary.rows, summary.used, summary.rejected), (2, 1, 1));
    assert_eq!((summary.records, summary.ballots), (1, 3));
    let mut places = report.findings.iter().map(|finding| finding.place.line);
    assert!(places.any(|line| line == Some(3)));
    Ok(())
}
