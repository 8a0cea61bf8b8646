//! Which treaty is meant, and what a file holds of it.

use std::path::{Path, PathBuf};

use plenary::import::{self, Import, Options, untc};
use plenary::states;
use plenary::treaties::{Collection, KnownTreaty, Source, acts_from_csv, same_id, title_has};
use plenary::types::{Agreement, AgreementKind, TreatyAction};

use crate::command::input;
use crate::exit::{Failure, Result};

/// How many treaties a message lists.
const LISTED: usize = 12;

/// What a file holds of a treaty, with the account of its rows.
pub(super) struct Read {
    pub(super) source: Source,
    pub(super) rows: u64,
    pub(super) used: u64,
    pub(super) rejected: Vec<String>,
}

/// Acts beside a table, and the rows of which nothing can be used.
#[derive(Default)]
pub(super) struct Acts {
    pub(super) acts: Vec<TreatyAction>,
    pub(super) rejected: Vec<String>,
}

/// The treaty that is asked about: of a file, or one whose acts come with the program.
pub(super) fn treaty(
    text: &str,
    id: Option<&str>,
    has_acts: bool,
    table_only: bool,
) -> Result<Read> {
    let path = Path::new(text);
    if path.exists() {
        return file(path, id);
    }
    let known = known(text, has_acts)?;
    if table_only && !has_acts {
        let text = format!(
            "--table-only leaves nothing of {} ({})",
            known.title, known.id
        );
        return Err(Failure::new(text).with_help("give the file of its participant table"));
    }
    if let Some(id) = id
        && !Collection::embedded()
            .find(id)
            .iter()
            .any(|other| other.id == known.id)
    {
        return Err(Failure::new(format!(
            "`{text}` is {} ({}), not `{id}`",
            known.title, known.id
        ))
        .with_help("leave out --id, or give a file"));
    }
    Ok(Read {
        source: Source {
            id: Some(known.id.clone()),
            ..Source::default()
        },
        rows: 0,
        used: 0,
        rejected: Vec::new(),
    })
}

/// A treaty that needs no table, by number or name.
fn known(text: &str, has_acts: bool) -> Result<&'static KnownTreaty> {
    let collection = Collection::embedded();
    match collection.find(text)[..] {
        [known] if known.built_in().is_some() || has_acts => Ok(known),
        [known] => Err(Failure::new(format!(
            "the acts of {} ({}) do not come with the program",
            known.title, known.id
        ))
        .with_help("give the file of its participant table instead of its name")),
        [] => {
            let nearest = collection.nearest(text, 5);
            let help = if nearest.is_empty() {
                "give the file of a participant table, or a number such as 26-4 or a name such as paris-agreement".to_owned()
            } else {
                format!("did you mean {}", listed(nearest.into_iter().map(line_of)))
            };
            Err(Failure::new(format!("unknown file or treaty `{text}`")).with_help(help))
        }
        ref several => Err(
            Failure::new(format!("`{text}` can be several treaties")).with_help(format!(
                "give a number: {}",
                listed(several.iter().copied().map(line_of))
            )),
        ),
    }
}

fn line_of(known: &KnownTreaty) -> String {
    let alias = known.aliases.first();
    let alias = alias.map_or(String::new(), |alias| format!(" ({alias})"));
    format!("{}{alias}, {}", known.id, known.title)
}

/// The first of a list.
fn listed(items: impl Iterator<Item = String>) -> String {
    let items: Vec<_> = items.collect();
    let shown = items.iter().take(LISTED).map(String::as_str);
    let shown = shown.collect::<Vec<_>>().join("; ");
    match items.len().saturating_sub(LISTED) {
        0 => shown,
        more => format!("{shown}; and {more} more"),
    }
}

/// What a file holds of the treaty that is meant.
fn file(path: &Path, id: Option<&str>) -> Result<Read> {
    if let Some(table) = table_of_folder(path, id)? {
        return file(&table, None);
    }
    let import = import::read(path, &Options::default())
        .map_err(|error| Failure::new(error.to_string()).with_help(error.help()))?;
    let summary = import.summary().clone();
    let mut rejected: Vec<_> = import.rejected().iter().map(ToString::to_string).collect();
    if summary.used == 0 {
        let first = rejected.first().cloned();
        let help = first.unwrap_or_else(|| "check that this is the file that is meant".to_owned());
        return Err(Failure::new(format!(
            "{}: no row could be used, so nothing can be said of the treaty",
            path.display()
        ))
        .with_help(help));
    }
    let is_table = summary.format == import::Format::UntcCsv;
    let agreement = select(path, &import, id.filter(|_| !is_table))?;
    let mut source =
        Source::from_agreement(&agreement).map_err(|error| input::in_file(path, &error))?;
    source.id = match id {
        Some(id) if is_table || source.id.is_none() => Some(number(id)?),
        _ => source.id.or_else(|| id_of(path)),
    };
    rejected.extend(without_strangers(path, &mut source.actions));
    Ok(Read {
        source,
        rows: summary.rows,
        used: summary.used,
        rejected,
    })
}

/// The number that an id on the command line means.
fn number(id: &str) -> Result<String> {
    match Collection::embedded().find(id)[..] {
        [known] => Ok(known.id.clone()),
        [] => Ok(id.to_owned()),
        ref several => Err(
            Failure::new(format!("--id `{id}` can be several treaties")).with_help(format!(
                "give a number: {}",
                listed(several.iter().copied().map(line_of))
            )),
        ),
    }
}

/// The table of a treaty in a folder of participant tables.
fn table_of_folder(path: &Path, id: Option<&str>) -> Result<Option<PathBuf>> {
    if !path.is_dir() || path.join("datapackage.json").exists() {
        return Ok(None);
    }
    let entries = std::fs::read_dir(path).map_err(|error| input::in_file(path, &error))?;
    let mut tables: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|table| is_table(table))
        .collect();
    tables.sort();
    if tables.is_empty() {
        return Ok(None);
    }
    let help = |wanted: &str| {
        let mut names: Vec<_> = tables.iter().filter_map(|table| id_of(table)).collect();
        names.sort_by_cached_key(|name| strsim::levenshtein(name, wanted));
        format!("the folder has {}", listed(names.into_iter()))
    };
    let Some(id) = id else {
        let text = format!(
            "{}: a folder of {} participant tables",
            path.display(),
            tables.len()
        );
        return Err(Failure::new(text).with_help(format!("say which with --id; {}", help(""))));
    };
    let wanted = number(id)?;
    let found = tables
        .iter()
        .find(|table| id_of(table).is_some_and(|name| same_id(&name, &wanted)));
    found.cloned().map(Some).ok_or_else(|| {
        Failure::new(format!("{}: unknown treaty `{id}`", path.display())).with_help(help(&wanted))
    })
}

fn is_table(path: &Path) -> bool {
    let is_csv = path.extension().is_some_and(|ending| ending == "csv");
    is_csv && std::fs::read(path).is_ok_and(|text| untc::recognises(&text))
}

/// The treaty of a file that is meant.
fn select(path: &Path, import: &Import, id: Option<&str>) -> Result<Agreement> {
    let records = import.records().map(|record| record.agreement);
    let mut treaties: Vec<_> = records
        .filter(|agreement| agreement.kind == AgreementKind::Treaty)
        .collect();
    let Some(last) = treaties.pop() else {
        let format = import.summary().format;
        return Err(Failure::new(format!(
            "{}: this is {format}, and holds no treaty",
            path.display()
        ))
        .with_help(
            "give a participant table of the UN Treaty Collection, or a document of kind `treaty`",
        ));
    };
    treaties.push(last);
    let nameless = |agreement: &Agreement| {
        agreement.symbols.is_empty() && agreement.sources.iter().all(|s| s.record.is_none())
    };
    let list = |treaties: &[Agreement]| listed(treaties.iter().map(label));
    match id {
        None if treaties.len() == 1 => Ok(treaties.swap_remove(0)),
        None => Err(Failure::new(format!(
            "{}: holds {} treaties",
            path.display(),
            treaties.len()
        ))
        .with_help(format!("say which with --id: {}", list(&treaties)))),
        Some(_) if treaties.len() == 1 && treaties.first().is_some_and(nameless) => {
            Ok(treaties.swap_remove(0))
        }
        Some(id) => {
            let mut found: Vec<_> = treaties
                .iter()
                .filter(|treaty| is_called(treaty, id))
                .collect();
            if found.is_empty() {
                found = treaties
                    .iter()
                    .filter(|treaty| title_has(&treaty.title, id))
                    .collect();
            }
            match found[..] {
                [found] => Ok(found.clone()),
                [] => Err(
                    Failure::new(format!("{}: unknown treaty `{id}`", path.display()))
                        .with_help(format!("the file has {}", list(&nearest(treaties, id)))),
                ),
                ref several => Err(Failure::new(format!(
                    "{}: `{id}` can be several treaties",
                    path.display()
                ))
                .with_help(format!(
                    "give a number: {}",
                    listed(several.iter().copied().map(label))
                ))),
            }
        }
    }
}

/// Whether a treaty has this number, symbol or title.
fn is_called(treaty: &Agreement, id: &str) -> bool {
    let symbols = treaty.symbols.iter().map(|symbol| symbol.as_str());
    let records = treaty
        .sources
        .iter()
        .filter_map(|source| source.record.as_deref());
    let wanted = Collection::embedded()
        .get(id)
        .map(|known| known.id.as_str());
    let mut numbers = symbols.chain(records);
    numbers
        .any(|number| same_id(number, id) || wanted.is_some_and(|wanted| same_id(number, wanted)))
        || treaty.title.eq_ignore_ascii_case(id)
}

/// The treaties of a file, those first whose number is most like a text.
fn nearest(mut treaties: Vec<Agreement>, id: &str) -> Vec<Agreement> {
    let id = id.to_lowercase();
    treaties.sort_by_cached_key(|treaty| {
        let numbers = treaty.symbols.iter().map(|symbol| symbol.as_str());
        let records = treaty
            .sources
            .iter()
            .filter_map(|source| source.record.as_deref());
        let names = numbers.chain(records).chain([treaty.title.as_str()]);
        names
            .map(|name| strsim::levenshtein(&name.to_lowercase(), &id))
            .min()
    });
    treaties
}

fn label(treaty: &Agreement) -> String {
    let symbol = treaty.symbols.first().map(|symbol| symbol.as_str());
    let record = treaty
        .sources
        .iter()
        .find_map(|source| source.record.as_deref());
    match symbol.or(record) {
        Some(number) if treaty.title.is_empty() => number.to_owned(),
        Some(number) => format!("{number}, {}", treaty.title),
        None => treaty.title.clone(),
    }
}

/// The number of a treaty, from the name of its file.
fn id_of(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy();
    let name = name.split_once(".csv").map_or(&*name, |(number, _)| number);
    Some(name.to_owned())
}

/// Takes the acts of participants out that are nobody, and says which.
fn without_strangers(path: &Path, actions: &mut Vec<TreatyAction>) -> Vec<String> {
    let mut strangers = Vec::new();
    actions.retain(|action| {
        let known = states::entity(action.participant).is_some();
        if !known {
            strangers.push(action.participant);
        }
        known
    });
    strangers.sort_unstable();
    strangers.dedup();
    let told = |code| {
        format!(
            "{}: participant: unknown participant `{code}`",
            path.display()
        )
    };
    strangers.into_iter().map(told).collect()
}

/// The acts of the files beside the table. Those of participants that are nobody count for nothing.
pub(super) fn acts(paths: &[PathBuf], id: Option<&str>, asked: Option<&str>) -> Result<Acts> {
    let mut all = Acts::default();
    for path in paths {
        let text = input::text(path)?;
        if untc::recognises(text.as_bytes()) {
            let read = file(path, asked)?;
            all.acts.extend(read.source.actions);
            all.rejected.extend(read.rejected);
        } else {
            let read = acts_from_csv(&text, id, input::resolve);
            let read = read.map_err(|error| input::in_file(path, &error))?;
            all.acts.extend(read.acts);
            let told = read.unknown.iter();
            all.rejected
                .extend(told.map(|row| format!("{}: {row}", path.display())));
        }
    }
    Ok(all)
}
