//! The JSON object of `plenary check` (docs/schema/check.schema.json).

use std::io::{self, Write};

use plenary_types::Finding;
use rayon::prelude::*;
use serde::Serialize;

use super::Writer;
use crate::{Report, Shown};

pub(super) static WRITER: Json = Json;

pub(super) struct Json;

impl Writer for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn summary(&self) -> &'static str {
        "One JSON object: inputs, findings, summary (docs/schema/check.schema.json)"
    }

    /// A line for each input and each finding: it can be searched by line, and is a third smaller than an indented one.
    fn write(&self, report: &Report, shown: Shown<'_>, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"{\"inputs\": [")?;
        out.write_all(&lines(&report.inputs)?)?;
        out.write_all(b"\n],\n\"findings\": [")?;
        let mut comma: &[u8] = b"";
        let mut findings = shown.iter();
        loop {
            let some: Vec<Finding> = findings.by_ref().take(PIECE * PIECES).collect();
            if some.is_empty() {
                break;
            }
            let pieces: Vec<_> = some.par_chunks(PIECE).map(lines).collect();
            for piece in pieces {
                out.write_all(comma)?;
                out.write_all(&piece?)?;
                comma = b",";
            }
        }
        if !report.unusable.is_empty() {
            out.write_all(b"\n],\n\"unusable\": [")?;
            out.write_all(&lines(&report.unusable)?)?;
        }
        out.write_all(b"\n],\n\"decisions\": ")?;
        serde_json::to_writer(&mut *out, &report.decisions)?;
        out.write_all(b",\n\"summary\": ")?;
        serde_json::to_writer(&mut *out, &report.counts)?;
        if !report.reference.is_empty() {
            out.write_all(b",\n\"reference\": ")?;
            serde_json::to_writer(&mut *out, &report.reference)?;
        }
        out.write_all(b"}\n")?;
        out.flush()
    }
}

/// Findings that are written in one piece, and pieces that are written at once.
const PIECE: usize = 128;
const PIECES: usize = 64;

/// Each value on a line of its own, with commas between.
fn lines<T: Serialize>(values: &[T]) -> io::Result<Vec<u8>> {
    let mut text = Vec::with_capacity(values.len() * 256);
    for (at, value) in values.iter().enumerate() {
        text.extend_from_slice(if at > 0 { b",\n" } else { b"\n" });
        serde_json::to_writer(&mut text, value)?;
    }
    Ok(text)
}
