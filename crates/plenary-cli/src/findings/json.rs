//! The JSON object of `plenary check` (docs/schema/check.schema.json).

use plenary::types::Finding;
use serde::Serialize;

use super::{Checked, Counts, Input};
use crate::exit::Result;
use crate::output::Output;

#[derive(Serialize)]
struct Document<'a> {
    inputs: &'a [Input],
    findings: &'a [Finding],
    summary: Counts,
}

pub(super) fn print(checked: &Checked, shown: &[Finding], output: &Output) -> Result<()> {
    output.json(&Document {
        inputs: &checked.inputs,
        findings: shown,
        summary: checked.counts,
    })
}
