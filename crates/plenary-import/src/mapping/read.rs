//! Reads a table by a mapping.

use std::sync::Arc;

use plenary_types::Finding;

use super::format::Mapped;
use super::{Mapping, Role, Shape};
use crate::ImportError;
use crate::csv::header::{Header, same_name};
use crate::csv::layout::{self, Layout, Words};
use crate::csv::table::Table;
use crate::csv::{file, wide};
use crate::format::Format;
use crate::input::Input;
use crate::read::{odd_columns, of_table, refuse_broken, row_limit};
use crate::record::{Import, Options};

/// Whether a table has every column that a mapping names; else those that it lacks.
pub(crate) fn fits(mapping: &Mapping, header: &Header) -> Result<(), Vec<String>> {
    let has = |name: &String| header.columns.iter().any(|column| same_name(column, name));
    let missing: Vec<String> = mapping
        .columns
        .values()
        .filter(|name| !has(name))
        .cloned()
        .collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(missing)
    }
}

pub(crate) fn read(
    input: &Input,
    header: Header,
    mapping: &Arc<Mapping>,
    options: &Options,
) -> Result<Import, ImportError> {
    let known: Vec<Option<&'static str>> = header
        .columns
        .iter()
        .map(|heading| {
            let mut roles = mapping.columns.iter();
            roles
                .find(|(_, name)| same_name(name, heading))
                .map(|(role, _)| role.as_str())
        })
        .collect();
    let roles: Vec<layout::Role> = known
        .iter()
        .zip(header.columns.iter())
        .map(|(known, heading)| role(mapping, *known, heading))
        .collect();
    let at = |role: Role| known.iter().position(|known| *known == Some(role.as_str()));
    let layout = Layout {
        delimiter: header.delimiter,
        key: key(&roles, at(Role::Vote)),
        words: words(mapping),
        roles,
    };
    let (scan, voters) = match mapping.layout {
        Shape::Long => (
            file::scan(input, &layout, header.bytes, header.lines, options)?,
            None,
        ),
        Shape::Wide => {
            let (scan, voters) = wide::scan(input, &header, &layout, options)?;
            (scan, Some(voters))
        }
    };
    refuse_broken(input, &scan, options)?;
    let who: Vec<usize> = layout.who().collect();
    let among = |role: Role| who.iter().position(|&column| Some(column) == at(role));
    let format = Mapped {
        mapping: Arc::clone(mapping),
        code: among(Role::State),
        name: among(Role::Name),
    };
    let shown: Vec<Option<&'static str>> = layout
        .roles
        .iter()
        .zip(header.columns.iter())
        .map(|(role, heading)| {
            let ignored = mapping.ignore.iter().any(|name| same_name(name, heading));
            (*role != layout::Role::Ignored || ignored).then_some("")
        })
        .collect();
    let mut findings: Vec<Finding> = odd_columns(input, &header, &shown).collect();
    findings.extend(row_limit(input, &scan));
    let mut table = Table::new(&input.path, header, layout, known, scan, Box::new(format));
    table.voters = voters;
    let why = "it has the columns that the mapping names";
    Ok(of_table(table, Format::MappedCsv, why.to_owned(), findings))
}

fn role(mapping: &Mapping, known: Option<&'static str>, heading: &str) -> layout::Role {
    let listed = |names: &[String]| names.iter().any(|name| same_name(name, heading));
    let wide = mapping.layout == Shape::Wide;
    let is = |role: Role| known == Some(role.as_str());
    if !wide && is(Role::Choice) {
        layout::Role::Choice
    } else if !wide && (is(Role::State) || is(Role::Name)) {
        layout::Role::Who
    } else if known.is_some() {
        layout::Role::Shared
    } else if wide
        && !listed(&mapping.ignore)
        && mapping.voter_columns.as_ref().is_none_or(|v| listed(v))
    {
        layout::Role::Choice
    } else {
        layout::Role::Ignored
    }
}

/// The column that tells votes apart; without one, all that are the same in a vote's rows.
fn key(roles: &[layout::Role], vote: Option<usize>) -> Vec<usize> {
    match vote {
        Some(column) => vec![column],
        None => {
            let shared = roles
                .iter()
                .enumerate()
                .filter(|(_, r)| **r == layout::Role::Shared);
            shared.map(|(at, _)| at).collect()
        }
    }
}

fn words(mapping: &Mapping) -> Words {
    let choices = mapping.choices.iter();
    Words::new(
        choices.flat_map(|(choice, words)| words.iter().map(|word| (word.as_str(), *choice))),
    )
}
