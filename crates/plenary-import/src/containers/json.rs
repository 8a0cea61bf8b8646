//! JSON as tables: each list of objects is one, wherever it stands. Keys are columns, those of objects within an object by their path.

use plenary_types::many;
use rustc_hash::{FxHashMap, FxHashSet};

use super::text::{Cells, number, truth};
use super::{Found, Listed, Remark, choose};
use crate::error::ImportError;
use crate::input::Input;
use crate::json::{self, Json, JsonShape, JsonValue, LONGEST};
use crate::sources::{hrc, popolo, uk_treaties};

/// Whether a text holds a table as JSON: it begins with a list of objects, or with an object that has one, and is of no format of JSON.
pub(super) fn fits(head: &[u8]) -> bool {
    let text = head.trim_ascii_start();
    let rest = match text.split_first() {
        Some((b'[', rest)) => rest.trim_ascii_start(),
        Some((b'{', _)) if has_list_of_objects(text) => b"{",
        _ => return false,
    };
    rest.starts_with(b"{")
        && !JsonShape::of(head).may_be_ours()
        && !popolo::is_of_votes(head)
        && !hrc::is_of_votes(head)
        && !uk_treaties::is_of_treaties(head)
}

/// Whether a list that begins with an object stands in a text, outside of quotes.
fn has_list_of_objects(text: &[u8]) -> bool {
    let (mut quoted, mut escaped, mut opened) = (false, false, false);
    for byte in text {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = quoted,
            b'"' => (quoted, opened) = (!quoted, false),
            _ if quoted => {}
            b'{' if opened => return true,
            b'[' => opened = true,
            b' ' | b'\n' | b'\r' | b'\t' => {}
            _ => opened = false,
        }
    }
    false
}

/// What the table of the outermost list is called, and that of an object that holds all the others.
const OF_LIST: &str = "rows";
const OF_OBJECT: &str = "document";

/// The most tables that a document may have, and the most columns of one.
const MOST_TABLES: usize = 1_000;
const MOST_COLUMNS: usize = 20_000;

/// Numbers of a list that are columns each.
const MOST_NUMBERS: usize = 16;

/// A list of objects, and those in its objects.
struct Level<'j, 't> {
    /// Its path from the outermost list or object.
    path: String,
    rows: Vec<(&'j Json<'t>, usize)>,
    /// The level in whose objects it stands.
    parent: usize,
    children: Vec<usize>,
    /// Paths of lists that are not of a few numbers each.
    plain_lists: FxHashSet<String>,
    /// Elements of the list that are not objects.
    others: u64,
}

impl<'j, 't> Level<'j, 't> {
    fn new(path: String, parent: usize) -> Self {
        Self {
            path,
            rows: Vec::new(),
            parent,
            children: Vec::new(),
            plain_lists: FxHashSet::default(),
            others: 0,
        }
    }

    /// What the table of the level at a place is called.
    fn name<'n>(&'n self, at: usize, outermost: &'n str) -> &'n str {
        match at {
            0 => outermost,
            _ => &self.path,
        }
    }

    fn add(&mut self, list: &'j [Json<'t>], of: usize) {
        for element in list {
            match element.is_object() {
                true => self.rows.push((element, of)),
                false => self.others += 1,
            }
        }
    }
}

/// Reads the table that is meant. Without a choice it is the innermost one, as far as each list of objects holds one other.
pub(super) fn read(input: &Input, wanted: Option<&str>) -> Result<Found, ImportError> {
    let text = input.text(LONGEST)?;
    let values = json::parse(&input.path, &text)?;
    let levels = levels(input, &values)?;
    let outermost = match values.as_slice() {
        [one] if !one.is_list() => OF_OBJECT,
        _ => OF_LIST,
    };
    let (at, count) = chosen(input, &levels, outermost, wanted)?;
    let Some(level) = levels.get(at) else {
        return Err(no_table(input));
    };
    let mut writer = Writer {
        columns: FxHashMap::default(),
        header: Vec::new(),
        cells: Cells::new(&input.path),
        nested: FxHashMap::default(),
        path: &input.path,
    };
    for (row, (value, of)) in (1_u32..).zip(&level.rows) {
        writer.object(row, "", "", value, level, &levels)?;
        let (mut of, mut within) = (*of, at);
        while let Some(parent) = levels.get(within).map(|level| level.parent)
            && parent < within
            && let Some((value, above)) = levels.get(parent).and_then(|level| level.rows.get(of))
        {
            if let Some(level) = levels.get(parent) {
                // Headings are told apart by their letters.
                let around = format!("{}.", level.name(parent, outermost));
                writer.object(row, &around, "", value, level, &levels)?;
            }
            (of, within) = (*above, parent);
        }
    }
    if writer.header.is_empty() {
        return Err(no_table(input));
    }
    let name = level.name(at, outermost).to_owned();
    let mut notes = Vec::new();
    if count > 1 {
        notes.push(format!("table `{name}`, one of {count}"));
    }
    notes.extend(without_rows(at, &levels));
    let mut remarks: Vec<Remark> = writer.remarks();
    if level.others > 0 {
        remarks.push(Remark {
            row: 0,
            field: name.clone(),
            found: None,
            message: match level.others {
                1 => "1 element of the list is not an object; it is left out".to_owned(),
                others => {
                    format!("{others} elements of the list are not objects; they are left out")
                }
            },
            help: "write each element as an object",
        });
    }
    Ok(Found {
        name,
        text: writer.cells.into_text(Some(&writer.header))?,
        remarks,
        note: (!notes.is_empty()).then(|| notes.join("; ")),
    })
}

fn no_table(input: &Input) -> ImportError {
    ImportError::NoRows {
        path: input.path.clone(),
        what: "no list of objects with keys in it",
    }
}

/// Every list of objects, the outermost first.
fn levels<'j, 't>(
    input: &Input,
    values: &'j [Json<'t>],
) -> Result<Vec<Level<'j, 't>>, ImportError> {
    let mut outermost = Level::new(String::new(), 0);
    match values {
        [list] if list.is_list() => outermost.add(list.elements(), 0),
        values => outermost.add(values, 0),
    }
    let mut levels = vec![outermost];
    let mut at = 0;
    while at < levels.len() {
        let mut found: Vec<(String, Level<'j, 't>)> = Vec::new();
        let mut plain_lists = FxHashSet::default();
        let rows = levels.get(at).map_or(&[][..], |level| &level.rows);
        for (number, (value, _)) in rows.iter().enumerate() {
            find_lists(value, String::new(), &mut |path, list| {
                if !list.iter().any(Json::is_object) {
                    let is_number = |value: &Json<'_>| matches!(value.value, JsonValue::Number(_));
                    if list.len() > MOST_NUMBERS || !list.iter().all(is_number) {
                        plain_lists.insert(path);
                    }
                    return;
                }
                let known = found.iter().position(|(known, _)| *known == path);
                let known = known.unwrap_or_else(|| {
                    found.push((path.clone(), Level::new(path, at)));
                    found.len() - 1
                });
                if let Some((_, level)) = found.get_mut(known) {
                    level.add(list, number);
                }
            });
            if levels.len() + found.len() > MOST_TABLES {
                return Err(crate::error::syntax(
                    &input.path,
                    value.line.into(),
                    &format!("more than {MOST_TABLES} lists of objects have names of their own"),
                    "write the table that is meant to a file of its own",
                ));
            }
        }
        let first = levels.len();
        let outer = levels.get(at).map_or("", |level| &level.path).to_owned();
        let count = found.len();
        for (path, mut level) in found {
            level.path = match outer.as_str() {
                "" => path,
                outer => format!("{outer}.{path}"),
            };
            levels.push(level);
        }
        if let Some(level) = levels.get_mut(at) {
            level.children = (first..first + count).collect();
            level.plain_lists = plain_lists;
        }
        at += 1;
    }
    Ok(levels)
}

/// Calls for each list in an object, and in the objects within it, by its path.
fn find_lists<'j, 't>(
    value: &'j Json<'t>,
    path: String,
    call: &mut impl FnMut(String, &'j [Json<'t>]),
) {
    for (key, value) in value.pairs() {
        match value.is_list() || value.is_object() {
            true if value.is_list() => call(joined(&path, key), value.elements()),
            true => find_lists(value, joined(&path, key), call),
            false => {}
        }
    }
}

fn joined(path: &str, key: &str) -> String {
    match path {
        "" => key.to_owned(),
        path => format!("{path}.{key}"),
    }
}

/// The level of the table that is meant, and how many there are.
fn chosen(
    input: &Input,
    levels: &[Level<'_, '_>],
    outermost: &str,
    wanted: Option<&str>,
) -> Result<(usize, usize), ImportError> {
    let listed = |(at, level): (usize, &Level<'_, '_>)| Listed {
        name: level.name(at, outermost).to_owned(),
        size: None,
    };
    // One object is no table, unless it is asked for.
    let first = usize::from(outermost == OF_OBJECT && wanted != Some(OF_OBJECT));
    let tables: Vec<Listed> = levels.iter().enumerate().skip(first).map(listed).collect();
    let mut innermost = 0;
    while let Some(level) = levels.get(innermost)
        && let [only] = level.children.as_slice()
    {
        innermost = *only;
    }
    let default = innermost.checked_sub(first);
    let at = choose(&input.path, "table", &tables, wanted, default)?;
    Ok((at + first, tables.len()))
}

/// What the account says of objects that have no row in the table of a level.
fn without_rows(at: usize, levels: &[Level<'_, '_>]) -> Option<String> {
    let (mut within, mut without) = (at, 0);
    while let Some(level) = levels.get(within)
        && level.parent < within
    {
        let with: FxHashSet<usize> = level.rows.iter().map(|(_, of)| *of).collect();
        let all = levels
            .get(level.parent)
            .map_or(0, |parent| parent.rows.len());
        without += all - with.len().min(all);
        within = level.parent;
    }
    (without > 0).then(|| {
        let objects = many(without as u64, "object");
        format!("{objects} around the rows hold none of them, and are left out")
    })
}

/// Writes objects as rows.
struct Writer<'i> {
    columns: FxHashMap<String, u32>,
    header: Vec<String>,
    cells: Cells,
    /// Of each column with lists or objects that are kept as text: the first row, and how many.
    nested: FxHashMap<u32, (u32, u64)>,
    path: &'i str,
}

impl Writer<'_> {
    fn object(
        &mut self,
        row: u32,
        around: &str,
        path: &str,
        value: &Json<'_>,
        level: &Level<'_, '_>,
        levels: &[Level<'_, '_>],
    ) -> Result<(), ImportError> {
        for (key, value) in value.pairs() {
            let path = joined(path, key);
            match &value.value {
                JsonValue::Object(_) => self.object(row, around, &path, value, level, levels)?,
                JsonValue::List(list) => {
                    self.list(row, around, &path, (value, list), level, levels)?
                }
                scalar => {
                    self.push(row, format!("{around}{path}"), &text_of(scalar))?;
                }
            }
        }
        Ok(())
    }

    fn list(
        &mut self,
        row: u32,
        around: &str,
        path: &str,
        (value, list): (&Json<'_>, &[Json<'_>]),
        level: &Level<'_, '_>,
        levels: &[Level<'_, '_>],
    ) -> Result<(), ImportError> {
        if !around.is_empty() && list.iter().any(Json::is_object) {
            // It holds the rows, or stands beside them and has a table of its own.
            return Ok(());
        }
        let whole = joined(&level.path, path);
        let is_table = |child: &usize| levels.get(*child).is_some_and(|child| child.path == whole);
        if !level.plain_lists.contains(path) && !level.children.iter().any(is_table) {
            for (at, value) in list.iter().enumerate() {
                self.push(row, format!("{around}{path}[{at}]"), &text_of(&value.value))?;
            }
            return Ok(());
        }
        let text = match list.is_empty() {
            true => String::new(),
            false => value.compact(),
        };
        let column = self.push(row, format!("{around}{path}"), &text)?;
        if list.iter().any(Json::is_object) {
            let (_, count) = self.nested.entry(column).or_insert((row, 0));
            *count += 1;
        }
        Ok(())
    }

    fn push(&mut self, row: u32, heading: String, text: &str) -> Result<u32, ImportError> {
        let column = match self.columns.get(&heading) {
            Some(column) => *column,
            None => {
                if self.header.len() >= MOST_COLUMNS {
                    return Err(ImportError::syntax(
                        plenary_types::Place::new(self.path),
                        format!("a table of more than {MOST_COLUMNS} columns is not read"),
                        "keys of objects are columns: write keys that are data as values",
                    ));
                }
                let column = self.header.len() as u32;
                self.header.push(heading.clone());
                self.columns.insert(heading, column);
                column
            }
        };
        self.cells.push(row, column, text)?;
        Ok(column)
    }

    fn remarks(&self) -> Vec<Remark> {
        let mut nested: Vec<_> = self.nested.iter().collect();
        nested.sort_unstable();
        let remark = |(column, (row, count)): (&u32, &(u32, u64))| Remark {
            row: (*row).into(),
            field: self
                .header
                .get(*column as usize)
                .cloned()
                .unwrap_or_default(),
            found: None,
            message: match count {
                1 => {
                    "a list of objects stands in the field; it is kept as its JSON text".to_owned()
                }
                _ => format!(
                    "lists of objects stand in {count} fields of this name, the first here; they are kept as their JSON text"
                ),
            },
            help: "each such list is a table of its own: name it behind `#`",
        };
        nested.into_iter().map(remark).collect()
    }
}

/// A value as the cell of a table.
fn text_of(value: &JsonValue<'_>) -> String {
    match value {
        JsonValue::Truth(value) => truth(*value).to_owned(),
        JsonValue::Text(text) => text.clone().into_owned(),
        JsonValue::Number(text) => {
            let is_whole = !text.contains(['.', 'e', 'E']);
            let value = text.parse().ok().filter(|_| !is_whole).map(number);
            value.unwrap_or_else(|| (*text).to_owned())
        }
        JsonValue::Null | JsonValue::List(_) | JsonValue::Object(_) => String::new(),
    }
}
