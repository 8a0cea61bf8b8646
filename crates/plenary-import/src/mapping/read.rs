//! Reads a table by a mapping.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use plenary_states::CodeSystem;
use plenary_types::{Choice, Place};

use super::format::Mapped;
use super::{Codes, Mapping, Role, Shape};
use crate::ImportError;
use crate::csv::choices::{Words, whole};
use crate::csv::header::{Header, same_name};
use crate::csv::import::{of_table, of_whole};
use crate::csv::layout::{self, Layout};
use crate::csv::table::Table;
use crate::csv::{file, wide};
use crate::format::{Format, Recognition};
use crate::input::{Input, STANDARD_INPUT};
use crate::names;
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
    if mapping.layout == Shape::Wide {
        refuse_on_its_side(input, &header, &layout, mapping)?;
    }
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
        source: mapping.source.clone().unwrap_or_else(|| table_of(input)),
        names: names.map(|&role| (role, mapping.name_of(role))).collect(),
        code: among(Role::State),
        name: among(Role::Name),
    };
    let shown = used_or_ignored(&header, &layout, mapping);
    let mut findings = of_whole(input, &header, &shown, &scan, options)?;
    let mut table = Table::new(&input.path, header, layout, known, scan, Box::new(format));
    table.voter_columns = voters;
    if !matches!(mapping.codes, Codes::None) {
        findings.extend(table.of_a_later_time());
    }
    let why = "it has the columns that the mapping names";
    Ok(of_table(table, Format::MappedCsv, why.to_owned(), findings))
}

/// What to call a table of which the mapping does not say where it comes from.
fn table_of(input: &Input) -> String {
    let path = Path::new(&input.path);
    match path.file_name() {
        Some(name) if path != Path::new(STANDARD_INPUT) => {
            format!("mapped table {}", name.to_string_lossy())
        }
        _ => "mapped table".to_owned(),
    }
}

/// Refuses a table of a column a voter that lies on its side: a column of facts holds states, and no heading of a voter is one.
/// Its rows would be read as votes that are called like states.
fn refuse_on_its_side(
    input: &Input,
    header: &Header,
    layout: &Layout,
    mapping: &Mapping,
) -> Result<(), ImportError> {
    const EXAMPLES: usize = 3;
    let system = match mapping.codes {
        Codes::None => return Ok(()),
        Codes::Names | Codes::Iso3 => None,
        Codes::Iso2 => Some(CodeSystem::Iso2),
        Codes::M49 => Some(CodeSystem::M49),
        Codes::Cow => Some(CodeSystem::Cow),
    };
    let is_voter = |text: &str| {
        mapping.voters.contains_key(text)
            || system.map_or_else(
                || names::is_state(text),
                |system| names::is_code(&[system], text) || names::is_state(text),
            )
    };
    let with_role = |role: layout::Role| {
        let roles = layout.roles.iter().enumerate();
        roles.filter(move |(_, r)| **r == role).map(|(at, _)| at)
    };
    let mut headings = with_role(layout::Role::Choice).filter_map(|at| header.columns.get(at));
    if headings.any(|heading| is_voter(heading)) {
        return Ok(());
    }
    for column in with_role(layout::Role::Shared) {
        let mut values = header.beginning_of(input, column);
        values.retain(|value| !value.is_empty());
        let states = values.iter().filter(|value| is_voter(value)).count();
        if states < 2 || 3 * states < 2 * values.len() {
            continue;
        }
        let heading = header.columns.get(column);
        let shown: Vec<String> = values
            .iter()
            .take(EXAMPLES)
            .map(|value| format!("`{value}`"))
            .collect();
        return Err(ImportError::Syntax {
            place: Box::new(Place {
                path: Some(input.path.clone()),
                line: Some(header.lines.max(1)),
                column: None,
                field: heading.map(ToString::to_string),
            }),
            reason: format!(
                "the table lies on its side: the states are in the rows ({}), and no heading of a voter is a state",
                shown.join(", ")
            ),
            help:
                "exchange rows and columns, so that each row is a vote and each state has a column"
                    .to_owned(),
        });
    }
    Ok(())
}

/// The role of each column, by its name in mappings.
pub(crate) fn known(header: &Header, mapping: &Mapping) -> Vec<Option<&'static str>> {
    let known = header.columns.iter().map(|heading| {
        let mut roles = mapping.columns.iter();
        let role = roles.find(|(_, name)| same_name(name, heading));
        role.map(|(role, _)| role.as_str())
    });
    known.collect()
}

/// What each column is read as. Of columns with one heading the first counts, as in every table.
pub(crate) fn roles(
    header: &Header,
    known: &[Option<&'static str>],
    mapping: &Mapping,
) -> Vec<layout::Role> {
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

/// The words of a mapping. A number that it gives with a fraction of nothing is that number.
pub(crate) fn words(mapping: &Mapping) -> Words {
    let choices = mapping.choices.iter();
    let given = choices.flat_map(|(choice, words)| words.iter().map(|word| (&**word, *choice)));
    let given: Vec<(&str, Choice)> = given.collect();
    let numbers = given
        .iter()
        .filter_map(|(word, choice)| Some((whole(word)?, *choice)));
    let fresh = numbers.filter(|(number, _)| given.iter().all(|(word, _)| word != number));
    Words::new(given.iter().copied().chain(fresh))
}
