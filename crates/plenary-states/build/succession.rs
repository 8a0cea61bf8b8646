//! Which entity came after which, and what went on.

use std::fmt::Write as _;

use super::entities::Entities;
use super::rust;
use super::table::{self, Fault, Row};

pub(crate) fn write(entities: &Entities, out: &mut String) -> Result<(), Fault> {
    let rows = table::read("succession")?;
    let _ = writeln!(
        out,
        "pub(crate) static SUCCESSIONS: [Succession; {}] = [",
        rows.len()
    );
    for row in &rows {
        let end = |column| {
            let code = row.code(column)?;
            let known = entities.0.contains_key(&code);
            known
                .then(|| rust::code(&code))
                .ok_or_else(|| row.fault(format_args!("`{code}` is not in entities.csv")))
        };
        let day = row
            .day("date")?
            .ok_or_else(|| row.fault("a succession has a day"))?;
        let _ = writeln!(
            out,
            "Succession {{ from: {}, to: {}, on: {}, relation: Relation::{}, basis: {:?} }},",
            end("from")?,
            end("to")?,
            rust::day(day),
            relation(row)?,
            row.text("basis")?
        );
    }
    out.push_str("];\n");
    Ok(())
}

fn relation(row: &Row) -> Result<&'static str, Fault> {
    Ok(match row.text("relation")? {
        "continued" => "Continued",
        "separated" => "Separated",
        "dissolved" => "Dissolved",
        "merged" => "Merged",
        "independent" => "Independent",
        "replaced" => "Replaced",
        other => return Err(row.fault(format_args!("`{other}` is not a relation"))),
    })
}
