//! Reads a table by a mapping.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::format::Mapped;
use super::{Mapping, Role, Shape};
use crate::ImportError;
use crate::csv::choices::Words;
use crate::csv::header::{Header, same_name};
use crate::csv::import::{of_table, of_whole};
use crate::csv::layout::{self, Layout};
use crate::csv::table::Table;
use crate::csv::{file, wide};
use crate::format::{Format, Recognition};
use crate::input::Input;
use crate::record::{Import, Options};

/// Whether a table has every column that a mapping names; else those that it lacks.
fn fits(mapping: &Mapping, header: &Header) -> Result<(), Vec<String>> {
    let has = |name: &String| header.columns.iter().any(|column| same_name(column, name));
    let missing = mapping.headings().filter(|name| !has(name));
    let missing: Vec<String> = missing.cloned().collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(missing)
    }
}

/// Reads a table by the mapping of the options, when there is one and the table has its columns.
pub(crate) fn read_if_it_fits(
    input: &Input,
    options: &Options,
) -> Result<Option<Import>, ImportError> {
    let header = || Header::read(&input.head, input.whole);
    match options.mapping.as_ref().zip(header()) {
        Some((mapping, header)) if fits(mapping, &header).is_ok() => {
            read(input, header, mapping, options).map(Some)
        }
        _ => Ok(None),
    }
}

/// Says of a table that is read otherwise, or not at all, which columns of the mapping it lacks.
pub(crate) fn with_what_is_missing(
    recognition: Recognition,
    input: &Input,
    options: &Options,
) -> Recognition {
    let is_table = !matches!(
        recognition.format,
        Some(Format::PlenaryJson | Format::UndlMarcxml)
    );
    let unmapped = options.mapping.as_ref().filter(|_| is_table);
    let unmapped = unmapped.and_then(|mapping| {
        let header = Header::read(&input.head, input.whole)?;
        fits(mapping, &header).err()
    });
    let unmapped = unmapped.unwrap_or_default();
    let why = match (recognition.format, &*unmapped) {
        (None, _) | (_, []) => recognition.why,
        (Some(_), missing) => {
            let missing = missing.join("`, `");
            format!(
                "{}; without the mapping, which names `{missing}`",
                recognition.why
            )
        }
    };
    Recognition {
        why,
        unmapped,
        ..recognition
    }
}

fn read(
    input: &Input,
    header: Header,
    mapping: &Arc<Mapping>,
    options: &Options,
) -> Result<Import, ImportError> {
    let known = known(&header, mapping);
    let roles = roles(&header, &known, mapping);
    let at = |role: Role| {
        let name = mapping.name_of(role);
        known.iter().position(|known| *known == Some(name))
    };
    let layout = Layout {
        delimiter: header.delimiter,
        key: key(&roles, at(Role::Vote)),
        instead: Vec::new(),
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
    let who: Vec<usize> = layout.who().collect();
    let among = |role: Role| who.iter().position(|&column| Some(column) == at(role));
    let names = mapping.columns.keys();
    let format = Mapped {
        mapping: Arc::clone(mapping),
        names: names.map(|&role| (role, mapping.name_of(role))).collect(),
        code: among(Role::State),
        name: among(Role::Name),
    };
    let shown = used_or_ignored(&header, &layout, mapping);
    let findings = of_whole(input, &header, &shown, &scan, options)?;
    let mut table = Table::new(&input.path, header, layout, known, scan, Box::new(format));
    table.voter_columns = voters;
    let why = "it has the columns that the mapping names";
    Ok(of_table(table, Format::MappedCsv, why.to_owned(), findings))
}

/// The role of each column, by its name in mappings.
fn known(header: &Header, mapping: &Mapping) -> Vec<Option<&'static str>> {
    let known = header.columns.iter().map(|heading| {
        let mut roles = mapping.columns.iter();
        let role = roles.find(|(_, name)| same_name(name, heading));
        role.map(|(role, _)| role.as_str())
    });
    known.collect()
}

/// What each column is read as. Of columns with one heading the first counts, as in every table.
fn roles(header: &Header, known: &[Option<&'static str>], mapping: &Mapping) -> Vec<layout::Role> {
    let mut seen = BTreeSet::new();
    let mut is_first = |known: &Option<&'static str>| known.is_none_or(|known| seen.insert(known));
    let columns = known.iter().zip(header.columns.iter());
    let roles = columns.map(|(known, heading)| match is_first(known) {
        true => role(mapping, *known, heading),
        false => layout::Role::Ignored,
    });
    roles.collect()
}

/// Something for each column that is read, or left out on purpose.
fn used_or_ignored(
    header: &Header,
    layout: &Layout,
    mapping: &Mapping,
) -> Vec<Option<&'static str>> {
    let columns = layout.roles.iter().zip(header.columns.iter());
    let of = columns.map(|(role, heading)| {
        let ignored = mapping.ignore.iter().any(|name| same_name(name, heading));
        (*role != layout::Role::Ignored || ignored).then_some("")
    });
    of.collect()
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
        && !heading.is_empty()
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
