//! From a path to an import.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use plenary_types::{Finding, Place, Severity};

use crate::csv::header::Header;
use crate::csv::layout::{Layout, Role};
use crate::csv::scan::{Scan, Why};
use crate::csv::table::{LongFormat, Table, note};
use crate::csv::{file, wide};
use crate::format::{Format, Recognition, Spec, recognise};
use crate::input::Input;
use crate::record::{Import, Options, Store, Summary};
use crate::rollcall::{self, Tables, read_side_table as side_table};
use crate::{ImportError, mapping, names, native, typed, undl, untc};

/// Reads a file or a dataset folder, whatever its format.
///
/// The format is recognised by what is in it, never by its name; `.gz` and `.zst` are unpacked on the way.
/// Of `unvotes`, the tables `roll_calls` and `issues` are looked for beside its votes; the folder of the
/// three may be named instead.
///
/// # Errors
///
/// [`ImportError`] when the input cannot be used at all. Rows that cannot be used do not make an error: see
/// [`Import::rejected`] and [`Import::complete`].
pub fn read(path: impl AsRef<Path>, options: &Options) -> Result<Import, ImportError> {
    let path = path.as_ref();
    if path.is_dir() {
        return match unvotes_in(path) {
            Some(table) => read(table, options),
            None => native::read_folder(path, options),
        };
    }
    read_input(&Input::open(path)?, options)
}

/// The votes in a folder of the tables of `unvotes`, when it is no dataset.
fn unvotes_in(folder: &Path) -> Option<PathBuf> {
    let dataset = folder.join("datapackage.json").is_file();
    let table = beside(&folder.join("unvotes").to_string_lossy(), "unvotes");
    table.filter(|_| !dataset)
}

/// Reads bytes in memory; `name` stands for the path in messages.
///
/// # Errors
///
/// As [`read`].
pub fn read_bytes(name: &str, bytes: &[u8], options: &Options) -> Result<Import, ImportError> {
    read_input(&Input::bytes(name, bytes)?, options)
}

fn read_input(input: &Input, options: &Options) -> Result<Import, ImportError> {
    refuse_binary(input)?;
    if let Some(mapping) = &options.mapping
        && let Some(header) = Header::read(&input.head, input.whole)
        && mapping::fits(mapping, &header).is_ok()
    {
        return mapping::read(input, header, mapping, options);
    }
    let mut recognition = recognise(&input.head);
    if let Some(mapping) = &options.mapping
        && recognition.format.is_none()
        && let Some(header) = Header::read(&input.head, input.whole)
        && let Err(missing) = mapping::fits(mapping, &header)
    {
        let missing = missing.join("`, `");
        recognition.why.push_str(&format!(
            "; the mapping names `{missing}`, which it has not"
        ));
    }
    let Some(format) = recognition.format else {
        return Err(unrecognised(input, recognition));
    };
    let why = &recognition.why;
    match format {
        Format::PlenaryJson => native::read_document(input, why),
        Format::PlenaryCsv => typed::read(input, why),
        Format::UndlGaCsv => read_table(input, &undl::GA, &recognition, options),
        Format::UndlGaWideCsv => read_wide(input, &recognition, options),
        Format::UndlScCsv => read_table(input, &undl::SC, &recognition, options),
        Format::VoetenCsv => read_table(input, &rollcall::VOETEN, &recognition, options),
        Format::UnvotesCsv => read_unvotes(input, &recognition, options),
        Format::UnvotesRollCallsCsv => side_table(
            input,
            &rollcall::ROLL_CALLS,
            why,
            options,
            &mut Tables::default(),
        ),
        Format::UnvotesIssuesCsv => side_table(
            input,
            &rollcall::ISSUES,
            why,
            options,
            &mut Tables::default(),
        ),
        #[cfg(feature = "marcxml")]
        Format::UndlMarcxml => crate::marcxml::read(input, why, options),
        Format::UntcCsv => untc::read_record(input, why),
        _ => Err(unrecognised(input, recognition)),
    }
}

/// Reads the votes of `unvotes`, with the other two tables where they lie beside it.
fn read_unvotes(
    input: &Input,
    recognition: &Recognition,
    options: &Options,
) -> Result<Import, ImportError> {
    let mut tables = Tables::default();
    let mut recognition = recognition.clone();
    for (name, spec) in [
        ("roll_calls", &rollcall::ROLL_CALLS),
        ("issues", &rollcall::ISSUES),
    ] {
        let Some(path) = beside(&input.path, name) else {
            continue;
        };
        side_table(&Input::open(&path)?, spec, "", options, &mut tables)?;
        recognition
            .why
            .push_str(&format!("; with {} beside it", path.display()));
    }
    let tables = Arc::new(tables);
    read_long(input, &rollcall::UNVOTES, &recognition, options, tables)
}

/// A table of this name in the folder of another, in any of the packings.
fn beside(path: &str, name: &str) -> Option<PathBuf> {
    let folder = Path::new(path).parent()?;
    let ends = ["csv", "csv.gz", "csv.zst"];
    let mut paths = ends.iter().map(|end| folder.join(format!("{name}.{end}")));
    paths.find(|path| path.is_file())
}

fn unrecognised(input: &Input, recognition: Recognition) -> ImportError {
    ImportError::Unrecognised {
        path: input.path.clone(),
        recognition: Box::new(recognition),
    }
}

fn refuse_binary(input: &Input) -> Result<(), ImportError> {
    let what = match input.head.as_slice() {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "it begins as UTF-16 does",
        [b'P', b'K', 3, 4, ..] => "it begins as a zip archive or a spreadsheet does",
        [b'%', b'P', b'D', b'F', ..] => "it begins as a PDF does",
        [b'P', b'A', b'R', b'1', ..] => "it begins as a Parquet file does",
        head if head.contains(&0) => "it holds zero bytes",
        _ => return Ok(()),
    };
    Err(ImportError::Binary {
        path: input.path.clone(),
        what: what.to_owned(),
    })
}

fn read_table(
    input: &Input,
    spec: &Spec,
    recognition: &Recognition,
    options: &Options,
) -> Result<Import, ImportError> {
    read_long(input, spec, recognition, options, Arc::default())
}

fn read_long(
    input: &Input,
    spec: &Spec,
    recognition: &Recognition,
    options: &Options,
    tables: Arc<Tables>,
) -> Result<Import, ImportError> {
    let Some(header) = Header::read(&input.head, input.whole) else {
        return Err(unrecognised(input, recognition.clone()));
    };
    let columns = spec.columns_of(&header);
    let known: Vec<_> = columns.iter().map(|c| c.map(|c| c.name)).collect();
    let roles: Vec<Role> = columns
        .iter()
        .map(|c| c.map_or(Role::Ignored, |c| c.role))
        .collect();
    let at = |name: &str| known.iter().position(|known| *known == Some(name));
    let key: Vec<usize> = match at("undl_id").or_else(|| at("rcid")) {
        Some(id) => vec![id],
        None => ["resolution", "date", "meeting"]
            .iter()
            .filter_map(|name| at(name))
            .collect(),
    };
    let layout = Layout {
        delimiter: header.delimiter,
        roles,
        key,
        words: match spec.format {
            Format::VoetenCsv => rollcall::voeten_words(),
            Format::UnvotesCsv => rollcall::unvotes_words(),
            _ => undl::words(),
        },
    };
    let who: Vec<usize> = layout.who().collect();
    let among = |name: &str| who.iter().position(|&column| Some(column) == at(name));
    let (code, name) = (among("ms_code"), among("ms_name"));
    let scan = file::scan(input, &layout, header.bytes, header.lines, options)?;
    refuse_broken(input, &scan, options)?;
    let absent = scan
        .groups
        .iter()
        .any(|g| g.choices.contains(&plenary_types::Choice::NonVoting));
    let format: Box<dyn LongFormat> = match spec.format {
        Format::UndlScCsv => {
            let permanent = among("permanent_member");
            Box::new(undl::Council {
                code,
                name,
                permanent,
            })
        }
        Format::VoetenCsv => Box::new(rollcall::Voeten {
            number: among("ccode"),
            name: among("Countryname").or_else(|| among("Country")),
            partial: !absent,
        }),
        Format::UnvotesCsv => Box::new(rollcall::Unvotes {
            code: among("country_code"),
            name: among("country"),
            tables,
        }),
        _ => Box::new(undl::Assembly {
            code,
            name,
            wide: false,
        }),
    };
    let mut findings: Vec<Finding> = odd_columns(input, &header, &known).collect();
    findings.extend(row_limit(input, &scan));
    if spec.format == Format::UnvotesCsv || (spec.format == Format::VoetenCsv && !absent) {
        let place = Place {
            path: Some(input.path.clone()),
            ..Place::default()
        };
        findings.push(note(
            "source-leaves-out",
            rollcall::LEFT_OUT.to_owned(),
            place,
        ));
    }
    let table = Table::new(&input.path, header, layout, known, scan, format);
    Ok(of_table(
        table,
        spec.format,
        recognition.why.clone(),
        findings,
    ))
}

/// Reads the Library's layout of one row a resolution and a column a country.
fn read_wide(
    input: &Input,
    recognition: &Recognition,
    options: &Options,
) -> Result<Import, ImportError> {
    let Some(header) = Header::read(&input.head, input.whole) else {
        return Err(unrecognised(input, recognition.clone()));
    };
    let columns = undl::GA.columns_of(&header);
    let known: Vec<_> = columns.iter().map(|c| c.map(|c| c.name)).collect();
    let role = |known: Option<&'static str>, heading: &str| match known {
        Some(_) => Role::Shared,
        None if names::of_heading(heading).is_some() => Role::Choice,
        None => Role::Ignored,
    };
    let columns = known.iter().zip(header.columns.iter());
    let roles: Vec<Role> = columns
        .map(|(known, heading)| role(*known, heading))
        .collect();
    let keys = ["undl_id", "resolution"];
    let key = keys
        .iter()
        .filter_map(|key| known.iter().position(|k| *k == Some(*key)));
    let layout = Layout {
        delimiter: header.delimiter,
        key: key.collect(),
        roles,
        words: undl::words(),
    };
    let (scan, voters) = wide::scan(input, &header, &layout, options)?;
    refuse_broken(input, &scan, options)?;
    let ignored = |at: usize| layout.roles.get(at) == Some(&Role::Ignored);
    let shown: Vec<Option<&'static str>> = (0..known.len())
        .map(|at| if ignored(at) { None } else { Some("") })
        .collect();
    let mut findings: Vec<Finding> = odd_columns(input, &header, &shown).collect();
    findings.extend(row_limit(input, &scan));
    let format = Box::new(undl::Assembly {
        code: None,
        name: None,
        wide: true,
    });
    let mut table = Table::new(&input.path, header, layout, known, scan, format);
    table.voters = Some(voters);
    Ok(of_table(
        table,
        Format::UndlGaWideCsv,
        recognition.why.clone(),
        findings,
    ))
}

/// The import of a table.
pub(crate) fn of_table(
    table: Table,
    format: Format,
    why: String,
    findings: Vec<Finding>,
) -> Import {
    let rejected = table.rejected();
    let bad = rejected.len() as u64;
    Import {
        summary: Summary {
            path: table.path.to_string(),
            format,
            why,
            rows: table.scan.rows,
            used: table.scan.rows - bad,
            rejected: bad,
            records: table.len() as u64,
            ballots: table.ballots(),
        },
        rejected,
        findings,
        store: Store::Table(Box::new(table)),
    }
}

/// Ends a strict import of a file whose rows cannot be told apart or read as text.
pub(crate) fn refuse_broken(
    input: &Input,
    scan: &Scan,
    options: &Options,
) -> Result<(), ImportError> {
    let broken = |why: Why| matches!(why, Why::Utf8 | Why::Unclosed | Why::CutShort);
    let Some(bad) = scan
        .rejected
        .iter()
        .find(|bad| broken(bad.why) && !options.lenient)
    else {
        return Ok(());
    };
    let path = input.path.clone();
    if bad.why == Why::Utf8 {
        return Err(ImportError::Utf8 {
            path,
            line: bad.line,
            column: bad.character,
        });
    }
    let (reason, help) = match bad.why {
        Why::Unclosed => (
            "a quoted field is never closed",
            "close the quote, or download the file again",
        ),
        _ => (
            "the file ends in the middle of a row",
            "the file is cut short: download it again",
        ),
    };
    Err(ImportError::Syntax {
        place: Box::new(Place {
            path: Some(path),
            line: Some(bad.line),
            column: Some(bad.character),
            field: None,
        }),
        reason: reason.to_owned(),
        help: help.to_owned(),
    })
}

pub(crate) fn odd_columns<'a>(
    input: &'a Input,
    header: &'a Header,
    known: &'a [Option<&'static str>],
) -> impl Iterator<Item = Finding> + 'a {
    let unknown = header
        .columns
        .iter()
        .zip(known)
        .filter(|(_, known)| known.is_none());
    unknown.map(|(column, _)| {
        let place = Place {
            path: Some(input.path.clone()),
            line: Some(header.lines.max(1)),
            column: None,
            field: Some(column.to_string()),
        };
        let message =
            format!("column `{column}` is not one of this format; its values are not kept");
        let mut finding = note("unknown-column", message, place);
        finding.severity = Severity::Warning;
        finding
    })
}

/// Spreadsheets cut tables at these numbers of lines, header included.
const SPREADSHEET_LIMITS: [u64; 2] = [1 << 20, 1 << 16];

pub(crate) fn row_limit(input: &Input, scan: &Scan) -> Option<Finding> {
    let lines = scan.rows + 1;
    let limit = SPREADSHEET_LIMITS.iter().find(|&&limit| lines == limit)?;
    let place = Place {
        path: Some(input.path.clone()),
        line: Some(scan.lines.saturating_sub(1)),
        ..Place::default()
    };
    let message =
        format!("the table has {limit} lines, as many as a spreadsheet holds: it may be cut");
    let mut finding = note("row-limit", message, place);
    finding.severity = Severity::Warning;
    finding.help =
        Some("download the table again, and do not save it from a spreadsheet".to_owned());
    Some(finding)
}
