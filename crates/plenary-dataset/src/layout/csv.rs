//! The tables of a dataset as CSV (RFC 4180).

use std::io::{self, Write};

use plenary_analysis::table::{Cell, Values};

use crate::tables::DatasetTable;

/// How much is written at once.
const CHUNK: usize = 1 << 16;

/// Writes a table: missing values are empty. The columns of free text are quoted in every row: what reads a table looks at its first
/// rows to learn how it is quoted.
pub(super) fn write(table: &DatasetTable, out: &mut impl Write) -> io::Result<()> {
    let columns = table.table.columns();
    let names: Vec<&str> = columns.iter().map(|column| column.name()).collect();
    let mut ahead = names.join(",").into_bytes();
    ahead.push(b'\n');
    let quoted = |name: &str| {
        let mut columns = table.schema.columns.iter();
        columns.any(|column| column.name == name && column.is_quoted)
    };
    // Each text once, as it stands in the file.
    let labels: Vec<Vec<Vec<u8>>> = columns
        .iter()
        .map(|column| match column.values() {
            Values::Labels(labels, _) => {
                let is_quoted = quoted(column.name());
                labels.iter().map(|label| field(label, is_quoted)).collect()
            }
            _ => Vec::new(),
        })
        .collect();
    for row in 0..table.table.len() {
        for (at, (column, labels)) in columns.iter().zip(&labels).enumerate() {
            if at > 0 {
                ahead.push(b',');
            }
            match (column.values(), column.cell(row)) {
                (Values::Labels(_, codes), _) => {
                    let code = codes.get(row).map_or(usize::MAX, |code| *code as usize);
                    ahead.extend(labels.get(code).into_iter().flatten());
                }
                (_, Cell::Missing) => {}
                (_, cell) => write!(ahead, "{cell}")?,
            }
        }
        ahead.push(b'\n');
        if ahead.len() >= CHUNK {
            out.write_all(&ahead)?;
            ahead.clear();
        }
    }
    out.write_all(&ahead)
}

/// A text as a field.
fn field(text: &str, is_quoted: bool) -> Vec<u8> {
    let special = |byte: u8| matches!(byte, b',' | b'"' | b'\r' | b'\n');
    match is_quoted || text.bytes().any(special) {
        true => format!("\"{}\"", text.replace('"', "\"\"")).into_bytes(),
        false => text.as_bytes().to_vec(),
    }
}
