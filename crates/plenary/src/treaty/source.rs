//! Which treaty is meant, and what a file holds of it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use plenary_bodies::Reference;
use plenary_import::files::stem;
use plenary_import::{Import, ReaderCheck, Record, Rejected, recognise};
use plenary_states::entity;
use plenary_treaties::practice::{ended_before, has_acts};
use plenary_treaties::{
    Collection, KnownTreaty, Source, acts_from_csv, is_number, same_id, title_has,
};
use plenary_types::{Act, Agreement, Finding, Statement, TreatyAction};
use plenary_validation::{Adoption, Validator};

use super::TreatySettings;
use crate::beside::{code_of, read_text};
use crate::{Error, Input, Refusal, Settings, read};

type Result<T> = std::result::Result<T, Error>;

/// How many treaties a message lists.
const LISTED: usize = 12;

/// What a file holds of a treaty, with the account of its rows.
#[cfg_attr(
    not(feature = "analysis"),
    expect(dead_code, reason = "only tables of several treaties tell it")
)]
pub(crate) struct Read {
    /// Its place among the records of its input, from 1; none of a treaty whose acts come with the program.
    pub(crate) record: Option<usize>,
    /// The file that it is of, or what the user called it.
    pub(crate) path: PathBuf,
    /// The format of the file; none of acts that come with the program.
    pub(crate) format: Option<&'static str>,
    /// The acts and statements of the record, with their places among all its acts.
    pub(crate) acts: Vec<(usize, Act)>,
    pub(crate) source: Source,
    pub(crate) rows: u64,
    pub(crate) used: u64,
    pub(crate) rejected: Vec<String>,
    /// How many of these could not be read, of which nobody knows what they say.
    pub(crate) unread: usize,
    /// What the acts come from, in a sentence.
    pub(crate) origin: &'static str,
    /// What limits the reading.
    pub(crate) warnings: Vec<String>,
    /// The decisions by which it says that it was adopted.
    pub(crate) adoptions: Vec<Adoption>,
}

/// Acts beside a table, and the rows of which nothing can be used.
#[derive(Default)]
pub(super) struct Acts {
    pub(super) acts: Vec<TreatyAction>,
    pub(super) statements: Vec<Statement>,
    pub(super) rejected: Vec<String>,
    /// How many of these could not be read.
    pub(super) unread: usize,
    pub(super) warnings: Vec<String>,
}

/// The treaty that is asked about: of a file, or one whose acts come with the program.
pub(super) fn treaty(
    text: &str,
    settings: &TreatySettings,
    reference: &Arc<Reference>,
) -> Result<Read> {
    let path = Path::new(text);
    if plenary_import::file_and_table(path).0.exists() {
        return file(path, settings.id.as_deref(), settings, reference);
    }
    let has_acts = !settings.acts.is_empty();
    let known = known(text, has_acts)?;
    if settings.table_only && !has_acts {
        let reason = format!(
            "--table-only leaves nothing of {} ({})",
            known.title, known.id
        );
        return Err(Refusal::new(reason)
            .with_help("give the file of its participant table")
            .into());
    }
    if let Some(id) = &settings.id
        && !Collection::embedded()
            .find(id)
            .iter()
            .any(|other| other.id == known.id)
    {
        return Err(Refusal::new(format!(
            "`{text}` is {} ({}), not `{id}`",
            known.title, known.id
        ))
        .with_help("leave out the number, or give a file")
        .by_setting(["id"])
        .into());
    }
    Ok(Read {
        record: None,
        path: path.to_owned(),
        format: None,
        acts: Vec::new(),
        source: Source {
            id: Some(known.id.clone()),
            ..Source::default()
        },
        rows: 0,
        used: 0,
        rejected: Vec::new(),
        unread: 0,
        origin: "the acts",
        warnings: Vec::new(),
        adoptions: Vec::new(),
    })
}

/// A treaty that needs no table, by number or name.
fn known(text: &str, has_acts: bool) -> Result<&'static KnownTreaty> {
    let collection = Collection::embedded();
    match collection.find(text)[..] {
        [known] if known.built_in().is_some() || has_acts => Ok(known),
        [known] => Err(Refusal::new(format!(
            "known treaty {}, {}: its participant table is needed",
            known.id, known.title
        ))
        .with_help("`plenary treaty FILE`, with its table from the UN Treaty Collection")
        .into()),
        [] => {
            let help = "give the file of a participant table, or a number such as 26-4 or a name such as paris-agreement";
            let refusal = Refusal::new(format!("unknown file or treaty `{text}`"));
            Err(refusal.with_help(nearest_known(text, help)).into())
        }
        ref several => {
            let lines = several.iter().copied().map(line_of);
            Err(ambiguous(format!("`{text}`"), lines).into())
        }
    }
}

/// The known treaties whose number or name is most like a text; what to say where there are none.
fn nearest_known(text: &str, otherwise: &str) -> String {
    let nearest = Collection::embedded().nearest(text, 5);
    match nearest.is_empty() {
        true => otherwise.to_owned(),
        false => format!("did you mean {}", listed(nearest.into_iter().map(line_of))),
    }
}

fn ambiguous(what: String, treaties: impl Iterator<Item = String>) -> Refusal {
    Refusal::new(format!("{what} can be several treaties")).with_help(format!(
        "name one of them, by its number or its whole title: {}",
        listed(treaties)
    ))
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
fn file(
    path: &Path,
    id: Option<&str>,
    settings: &TreatySettings,
    reference: &Arc<Reference>,
) -> Result<Read> {
    if let Some(table) = table_of_folder(path, id)? {
        return file(&table, None, settings, reference);
    }
    let opened = Opened::read(path, settings, reference)?;
    let record = select(path, &opened.import, id.filter(|_| !opened.is_table()))?;
    opened.treaty(record, id, true)
}

/// Every treaty of a file, of a folder of participant tables or of a dataset, or of those of some numbers or titles; and why others of
/// them cannot be used. An agreement of another kind is among them where it is `wanted`.
#[cfg(feature = "analysis")]
pub(crate) fn treaties(
    text: &str,
    ids: &[String],
    wanted: fn(&Agreement) -> bool,
    settings: &TreatySettings,
    reference: &Arc<Reference>,
) -> Result<(Vec<Read>, Vec<Error>)> {
    let path = Path::new(text);
    if !plenary_import::file_and_table(path).0.exists() {
        return Ok((vec![treaty(text, settings, reference)?], Vec::new()));
    }
    let (mut found, mut refused) = (Vec::new(), Vec::new());
    if let Some(tables) = tables_of_folder(path)? {
        for table in tables {
            let number = id_of(&table).unwrap_or_default();
            let is_meant = |id: &String| same_id(&number, id) || is_known_as(&number, id);
            if !ids.is_empty() && !ids.iter().any(is_meant) {
                continue;
            }
            match file(&table, None, settings, reference) {
                Ok(read) => found.push(Read {
                    record: Some(found.len() + 1),
                    ..read
                }),
                Err(error) => refused.push(error),
            }
        }
        return Ok((found, refused));
    }
    let opened = Opened::read(path, settings, reference)?;
    let is_meant = |agreement: &Agreement| {
        let is_it = |id: &String| {
            is_called(agreement, id)
                || title_has(&agreement.title, id)
                || opened.is_table() && id_of(path).is_some_and(|name| is_known_as(&name, id))
        };
        wanted(agreement) && (ids.is_empty() || ids.iter().any(is_it))
    };
    let records = opened.import.records().enumerate();
    let meant = records.filter(|(_, record)| is_meant(&record.agreement));
    let meant: Vec<_> = meant.collect();
    let is_only = meant.len() == 1;
    for (place, record) in meant {
        match opened.treaty(record, None, is_only) {
            Ok(read) => found.push(Read {
                record: Some(place + 1),
                ..read
            }),
            Err(error) => refused.push(error),
        }
    }
    Ok((found, refused))
}

/// Whether a number is that of the only known treaty that a text means.
#[cfg(feature = "analysis")]
fn is_known_as(number: &str, text: &str) -> bool {
    matches!(Collection::embedded().find(text)[..], [known] if same_id(&known.id, number))
}

/// A file that was read for its treaties.
struct Opened<'f> {
    path: &'f Path,
    import: Import,
    has_clause: bool,
    validator: Validator,
}

impl<'f> Opened<'f> {
    fn read(path: &'f Path, settings: &TreatySettings, reference: &Arc<Reference>) -> Result<Self> {
        let reading = Settings {
            reference: Arc::clone(reference),
            mapping: settings.mapping.clone(),
            dates: settings.dates.clone(),
            progress: settings.progress.clone(),
            ..Settings::default()
        };
        let import = Input::from(path).read(&reading)?;
        if import.summary().used == 0 {
            let first = import.each_rejected().next().map(|row| row.to_string());
            let help =
                first.unwrap_or_else(|| "check that this is the file that is meant".to_owned());
            return Err(
                Refusal::new("no row could be used, so nothing can be said of the treaty")
                    .with_help(help)
                    .at(path)
                    .into(),
            );
        }
        let validator = reading.validator().with_reference(Arc::clone(reference));
        validator.refer_to(read::referred([&import]));
        Ok(Self {
            path,
            import,
            has_clause: settings.clause.is_some(),
            validator,
        })
    }

    /// Whether it is a participant table of the treaty collection.
    fn is_table(&self) -> bool {
        self.import.summary().format == PARTICIPANTS
    }

    /// What it holds of the treaty of a record. The only one may have the number that the name of the file says.
    fn treaty(&self, record: Record, id: Option<&str>, is_only: bool) -> Result<Read> {
        let (path, is_table) = (self.path, self.is_table());
        let mut rejected = unread_of(&record, &self.import);
        let unread = rejected.len();
        let agreement = record.agreement;
        let mut source =
            Source::from_agreement(&agreement).map_err(|error| Refusal::in_file(path, &error))?;
        source.id = match id {
            Some(id) if is_table => Some(number_of_table(path, id, self.has_clause)?),
            Some(id) if source.id.is_none() => {
                let title = source.title.as_deref().unwrap_or_default();
                let own = self.has_clause || source.clause.is_some() || title_has(title, id);
                Some(label_of(id, own)?)
            }
            _ if is_only => source.id.or_else(|| id_of(path)),
            _ => source.id,
        };
        let adoptions = self.validator.adoptions(&agreement);
        source.adopted = Adoption::clause_of(&adoptions);
        source.has_table = true;
        let acts = agreement.acts.into_iter().enumerate();
        let acts = acts.filter(|(_, act)| matches!(act, Act::Action(_) | Act::Statement(_)));
        rejected.extend(without_nobody(path, &mut source.actions));
        let summary = self.import.summary();
        Ok(Read {
            record: None,
            path: path.to_owned(),
            format: Some(self.import.summary().format),
            acts: acts.collect(),
            source,
            rows: summary.rows,
            used: summary.used,
            rejected,
            unread,
            origin: match (is_table, path.is_dir()) {
                (true, _) => "the table",
                (false, true) => "the dataset",
                (false, false) => "the file",
            },
            warnings: warnings(&self.import),
            adoptions,
        })
    }
}

/// The rows that could not be used of a treaty, and those of which nobody can tell whose they are.
pub(crate) fn unread_rows<'i>(
    treaty: &'i Agreement,
    import: &'i Import,
) -> impl Iterator<Item = Rejected> + 'i {
    let is_its = |name: &str| treaty.title == name || numbers(treaty).any(|number| number == name);
    let rows = import.each_rejected();
    rows.filter(move |row| row.record.as_deref().is_none_or(is_its))
}

/// What could not be read of a treaty: its rows, and cells of rows that are used otherwise.
pub(crate) fn unread_of(record: &Record, import: &Import) -> Vec<String> {
    let rows = unread_rows(&record.agreement, import).map(|row| row.to_string());
    let unreadable = |finding: &&Finding| finding.check == ReaderCheck::UnreadableField.name();
    let cells = record.findings.iter().filter(unreadable);
    let cells = cells.map(|cell| {
        let found = cell.found.as_ref();
        let found = found.filter(|found| !cell.message.contains(&***found));
        let found = found.map_or(String::new(), |found| format!(": `{found}`"));
        format!("{}: {}{found}", cell.place, cell.message)
    });
    rows.chain(cells).collect()
}

/// What limits the reading of a source: changed files of a dataset, and what a table of its kind leaves out.
fn warnings(import: &Import) -> Vec<String> {
    let left_out = import.findings().iter();
    let left_out = left_out.filter(|finding| finding.check == ReaderCheck::SourceLeavesOut.name());
    let left_out = left_out.map(|finding| finding.message.clone());
    read::changes(import).into_iter().chain(left_out).collect()
}

/// The number of the treaty of a table. The name of a table that is a number is not overruled: the acts of one treaty are
/// no answer about another.
fn number_of_table(path: &Path, id: &str, own: bool) -> Result<String> {
    let said = said_by(path);
    let wanted = label_of(id, own && said.is_none())?;
    match said {
        Some(said) if !same_id(&said, &wanted) => {
            let title = Collection::embedded().get(&said);
            let title = title.map_or(String::new(), |known| format!(", {}", known.title));
            let help =
                format!("give the table of {wanted}, or rename the file if its name is wrong");
            let reason = format!("the table of {said}{title}, not of `{id}`");
            Err(Refusal::new(reason).with_help(help).at(path).into())
        }
        _ => Ok(wanted),
    }
}

/// The number of a treaty that the name of a file says.
fn said_by(path: &Path) -> Option<String> {
    let name = id_of(path)?;
    match Collection::embedded().get(&name) {
        Some(known) => Some(known.id.clone()),
        None => Some(name).filter(|name| is_number(name)),
    }
}

/// The number that an id means, or the id itself where one may give a treaty a label of one's own.
fn label_of(id: &str, own: bool) -> Result<String> {
    let number = number(id)?;
    let known = Collection::embedded().get(&number).is_some() || has_acts(&number);
    if known || own {
        return Ok(number);
    }
    let help = "give the number of a known treaty, or the clause";
    let refusal = Refusal::new(format!("unknown treaty `{id}`"));
    let refusal = refusal.with_help(nearest_known(id, help));
    Err(refusal.by_setting(["in-force-when"]).into())
}

/// The number that an id on the command line means.
fn number(id: &str) -> Result<String> {
    match Collection::embedded().find(id)[..] {
        [known] => Ok(known.id.clone()),
        [] => Ok(id.to_owned()),
        ref several => {
            let lines = several.iter().copied().map(line_of);
            Err(ambiguous(format!("--id `{id}`"), lines).into())
        }
    }
}

/// The participant tables of a folder, sorted by their names; nothing where it has none.
fn tables_of_folder(path: &Path) -> Result<Option<Vec<PathBuf>>> {
    if !path.is_dir() || path.join("datapackage.json").exists() {
        return Ok(None);
    }
    let entries = std::fs::read_dir(path).map_err(|error| Refusal::in_file(path, &error))?;
    let mut tables: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|table| is_table(table))
        .collect();
    tables.sort();
    Ok(Some(tables).filter(|tables| !tables.is_empty()))
}

/// The table of a treaty in a folder of participant tables.
fn table_of_folder(path: &Path, id: Option<&str>) -> Result<Option<PathBuf>> {
    let Some(tables) = tables_of_folder(path)? else {
        return Ok(None);
    };
    let help = |wanted: &str| {
        let mut names: Vec<_> = tables.iter().filter_map(|table| id_of(table)).collect();
        names.sort_by_cached_key(|name| strsim::levenshtein(name, wanted));
        format!("the folder has {}", listed(names.into_iter()))
    };
    let Some(id) = id else {
        let reason = format!("a folder of {} participant tables", tables.len());
        let help = format!("say which; {}", help(""));
        let refusal = Refusal::new(reason).with_help(help).by_setting(["id"]);
        return Err(refusal.at(path).into());
    };
    let wanted = number(id)?;
    let found = tables
        .iter()
        .find(|table| id_of(table).is_some_and(|name| same_id(&name, &wanted)));
    found.cloned().map(Some).ok_or_else(|| {
        let refusal = Refusal::new(format!("unknown treaty `{id}`")).with_help(help(&wanted));
        refusal.at(path).into()
    })
}

fn is_table(path: &Path) -> bool {
    let is_csv = path.extension().is_some_and(|ending| ending == "csv");
    is_csv && std::fs::read(path).is_ok_and(|text| lists_participants(&text))
}

/// The format of the tables of the treaty collection.
const PARTICIPANTS: &str = "untc-csv";

fn lists_participants(text: &[u8]) -> bool {
    recognise(text).format == Some(PARTICIPANTS)
}

/// The treaty of a file that is meant.
fn select(path: &Path, import: &Import, id: Option<&str>) -> Result<Record> {
    let mut treaties: Vec<_> = import
        .records()
        .filter(|record| record.agreement.kind.is_treaty())
        .collect();
    if treaties.is_empty() {
        let format = import.summary().format;
        return Err(Refusal::new(format!("this is {format}, and holds no treaty"))
            .with_help(
                "give a participant table of the UN Treaty Collection, a table of acts, or a document of kind `treaty`",
            )
            .at(path)
            .into());
    }
    let nameless = |treaty: &Record| numbers(&treaty.agreement).next().is_none();
    let list = |treaties: &[Record]| listed(treaties.iter().map(|treaty| label(&treaty.agreement)));
    let what = if path.is_dir() { "dataset" } else { "file" };
    match id {
        None if treaties.len() == 1 => Ok(treaties.swap_remove(0)),
        None => Err(Refusal::new(format!("holds {} treaties", treaties.len()))
            .with_help(format!("say which: {}", list(&treaties)))
            .by_setting(["id"])
            .at(path)
            .into()),
        Some(_) if treaties.len() == 1 && treaties.first().is_some_and(nameless) => {
            Ok(treaties.swap_remove(0))
        }
        Some(id) => {
            let mut found: Vec<_> = treaties
                .iter()
                .filter(|treaty| is_called(&treaty.agreement, id))
                .collect();
            if found.is_empty() {
                found = treaties
                    .iter()
                    .filter(|treaty| title_has(&treaty.agreement.title, id))
                    .collect();
            }
            match found[..] {
                [found] => Ok(found.clone()),
                [] => Err(Refusal::new(format!("unknown treaty `{id}`"))
                    .with_help(format!("the {what} has {}", list(&nearest(treaties, id))))
                    .at(path)
                    .into()),
                ref several => {
                    let labels = several.iter().map(|treaty| label(&treaty.agreement));
                    Err(ambiguous(format!("`{id}`"), labels).at(path).into())
                }
            }
        }
    }
}

/// The symbols of a treaty, then the numbers that its sources give it.
pub(crate) fn numbers(treaty: &Agreement) -> impl Iterator<Item = &str> {
    let symbols = treaty.symbols.iter().map(|symbol| symbol.as_str());
    let sources = treaty.sources.iter();
    symbols.chain(sources.filter_map(|source| source.record.as_deref()))
}

/// Whether a treaty has this number, symbol or title.
pub(crate) fn is_called(treaty: &Agreement, id: &str) -> bool {
    let wanted = Collection::embedded()
        .get(id)
        .map(|known| known.id.as_str());
    numbers(treaty)
        .any(|number| same_id(number, id) || wanted.is_some_and(|wanted| same_id(number, wanted)))
        || treaty.title.eq_ignore_ascii_case(id)
}

/// The treaties of a file, those first whose number is most like a text.
fn nearest(mut treaties: Vec<Record>, id: &str) -> Vec<Record> {
    let id = id.to_lowercase();
    treaties.sort_by_cached_key(
        |Record {
             agreement: treaty, ..
         }| {
            let names = numbers(treaty).chain([treaty.title.as_str()]);
            names
                .map(|name| strsim::levenshtein(&name.to_lowercase(), &id))
                .min()
        },
    );
    treaties
}

fn label(treaty: &Agreement) -> String {
    match numbers(treaty).next() {
        Some(number) if treaty.title.is_empty() => number.to_owned(),
        Some(number) => format!("{number}, {}", treaty.title),
        None => treaty.title.clone(),
    }
}

/// The number of a treaty, from the name of its file.
fn id_of(path: &Path) -> Option<String> {
    path.file_name().map(|_| stem(path))
}

/// Takes the acts of participants out that are nobody, or had ended by then, and says which.
pub(super) fn without_nobody(path: &Path, actions: &mut Vec<TreatyAction>) -> Vec<String> {
    let mut out = without_strangers(path, actions);
    out.extend(without_ended(path, actions));
    out
}

/// Takes the acts of participants out that are nobody, and says which.
fn without_strangers(path: &Path, actions: &mut Vec<TreatyAction>) -> Vec<String> {
    let mut strangers = Vec::new();
    actions.retain(|action| {
        let code = action.participant.code();
        let known = code.is_none_or(|code| entity(code).is_some());
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

/// Takes the acts out of states that had ended by then, and says which.
fn without_ended(path: &Path, actions: &mut Vec<TreatyAction>) -> Vec<String> {
    let mut ended = Vec::new();
    actions.retain(|action| {
        let end = ended_before(action);
        if let (Some(end), Some(date)) = (end, action.date) {
            ended.push(format!(
                "{}: {}, {} of {date}: this state existed until {end}",
                path.display(),
                action.participant,
                action.kind
            ));
        }
        end.is_none()
    });
    ended
}

/// The acts of the files beside the table. Those of participants that are nobody, or that had ended, count for nothing.
pub(super) fn acts(
    id: Option<&str>,
    settings: &TreatySettings,
    reference: &Arc<Reference>,
) -> Result<Acts> {
    let mut all = Acts::default();
    for path in &settings.acts {
        let text = read_text(path)?;
        if lists_participants(text.as_bytes()) {
            let main = id.filter(|id| Collection::embedded().get(id).is_some() || is_number(id));
            if let Some(id) = main.filter(|_| said_by(path).is_some()) {
                number_of_table(path, id, true)?;
            }
            let read = file(path, None, settings, reference)?;
            all.acts.extend(read.source.actions);
            all.rejected.extend(read.rejected);
            all.unread += read.unread;
            all.warnings.extend(read.warnings);
        } else {
            let read = acts_from_csv(&text, id, |name| {
                let state = code_of(name).map(Into::into);
                state.or_else(|| reference.people().called(name, None))
            });
            let read = read.map_err(|error| Refusal::in_table(path, error))?;
            let statements = read.statements.into_iter();
            all.statements
                .extend(statements.map(|(_, statement)| statement));
            let mut acts: Vec<_> = read.acts.into_iter().map(|(_, act)| act).collect();
            all.rejected.extend(without_ended(path, &mut acts));
            all.acts.extend(acts);
            let unknown = read.unknown.into_iter();
            all.rejected
                .extend(unknown.map(|row| Refusal::in_table(path, row).to_string()));
        }
    }
    Ok(all)
}
