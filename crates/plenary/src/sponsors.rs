//! [`sponsors`]: who sponsors drafts, and with whom.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::Datelike;
use plenary_analysis::table::{Column, Table};
use plenary_bodies::Reference;
use plenary_import::Mapping;
use plenary_import::citation::{MADE_WITH, SOURCES};
use plenary_tables::DateForm;
use plenary_types::{Act, Agreement, Citation, Date, Participant, Sponsor, many, thousands};
use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::carried::replaced;
use crate::date_columns::date_columns;
use crate::known_bodies::rests_on;
use crate::read::{PROGRAM, changes, source_name};
use crate::{Error, Input, Progress, Refusal, Settings, with_carried};

/// Which sponsors are looked at, and what is told of them.
#[derive(Clone)]
#[non_exhaustive]
pub struct SponsorsSettings {
    /// Where names are looked up; that which datasets carry is added.
    pub reference: Arc<Reference>,
    /// What is told.
    pub table: SponsorsTable,
    /// Only these sponsors; in pairs, only pairs with one of them.
    pub participants: Vec<Participant>,
    /// Only drafts from this date on.
    pub from: Option<Date>,
    /// Only drafts until this date.
    pub to: Option<Date>,
    /// Only drafts whose symbol, or that of their agreement, begins so.
    pub symbol: Option<String>,
    /// Only pairs with so many drafts together.
    pub least: u32,
    /// How to read tables of no known format.
    pub mapping: Option<Arc<Mapping>>,
    /// How the dates of tables are written; without it, as they settle themselves.
    pub dates: Option<DateForm>,
    /// Whether to go on after rows that cannot be used.
    pub lenient: bool,
    /// Told how far reading has come.
    pub progress: Option<Progress>,
}

impl Default for SponsorsSettings {
    fn default() -> Self {
        Self {
            reference: Arc::clone(Reference::embedded()),
            table: SponsorsTable::default(),
            participants: Vec::new(),
            from: None,
            to: None,
            symbol: None,
            least: 1,
            mapping: None,
            dates: None,
            lenient: false,
            progress: None,
        }
    }
}

/// What is told of sponsors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum SponsorsTable {
    /// A row for each draft and sponsor.
    #[default]
    List,
    /// A row for each two that sponsored a draft together.
    Pairs,
    /// A row for each sponsor and year.
    Counts,
}

/// Who sponsors drafts. It serialises as its table.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
#[non_exhaustive]
pub struct Sponsors {
    /// The table, with its metadata.
    pub table: Table,
    /// Why it is empty, where it is.
    #[serde(skip)]
    pub refused: Option<Refusal>,
    /// What limits it.
    #[serde(skip)]
    pub warnings: Vec<String>,
    /// Files that were read beside the inputs.
    #[serde(skip)]
    pub beside: Vec<PathBuf>,
}

/// Says who sponsors drafts: a row for each draft and sponsor, how often two did so together, or counts by year.
///
/// In pairs and counts a draft is counted once: sponsorships of one draft in several records are taken together by its symbol. Sponsors that
/// nothing resolves are listed by their printed name, and left out of pairs and counts.
///
/// ```
/// use plenary::{Input, SponsorsSettings, SponsorsTable, sponsors};
///
/// let draft = |symbol: &str, sponsors: &str| {
///     format!(r#"{{"act": "sponsorship", "symbol": "{symbol}", "date": "2018-12-01", "sponsors": [{sponsors}]}}"#)
/// };
/// let [chad, fiji] = [("TCD", "Chad"), ("FJI", "Fiji")]
///     .map(|(code, name)| format!(r#"{{"participant": "{code}", "name": "{name}"}}"#));
/// let text = format!(
///     r#"{{"title": "Drafts", "acts": [{}, {}]}}"#,
///     draft("A/73/L.66", &format!("{chad}, {fiji}")),
///     draft("A/73/L.67", &fiji)
/// );
/// let mut settings = SponsorsSettings::default();
/// settings.table = SponsorsTable::Pairs;
/// let pairs = sponsors([Input::bytes("drafts.json", text)], &settings)?.table;
/// let cell = |column: usize| pairs.columns()[column].cell(0).to_string();
/// assert_eq!([0, 2, 4, 5, 6, 7].map(cell), ["FJI", "TCD", "1", "1", "0", "0.5"]);
/// # Ok::<(), plenary::Error>(())
/// ```
///
/// # Errors
///
/// [`Error`] when an input cannot be used, has no sponsors, or there are too many pairs to count.
pub fn sponsors<I: Into<Input>>(
    inputs: impl IntoIterator<Item = I>,
    settings: &SponsorsSettings,
) -> Result<Sponsors, Error> {
    let inputs: Vec<Input> = inputs.into_iter().map(Into::into).collect();
    let reference = with_carried(&settings.reference, &inputs)?;
    let reading = Settings {
        reference: Arc::clone(&reference),
        mapping: settings.mapping.clone(),
        dates: settings.dates.clone(),
        lenient: settings.lenient,
        progress: settings.progress.clone(),
        ..Settings::default()
    };
    let (reading, inputs) = reading.together(inputs);
    let mut warnings = replaced(&reference);
    let (mut drafts, mut beside, mut sources) = (Vec::new(), Vec::new(), Vec::new());
    let (mut undated, mut seen, mut records) = (0_u64, 0_u64, 0);
    for input in &inputs {
        let import = input.read_complete(&reading)?;
        warnings.extend(changes(&import));
        if let rejected @ 1.. = import.summary().rejected {
            warnings.push(format!(
                "{} left out, which could not be used: `plenary check --lenient` names them",
                many(rejected, "row")
            ));
        }
        beside.extend(import.beside().iter().cloned());
        let summary = import.summary();
        sources.push(source_name(&summary.path, summary.format));
        for record in import.records() {
            records += 1;
            for draft in Draft::of(&record.agreement, records) {
                seen += 1;
                match settings.admits(&draft) {
                    Some(true) => drafts.push(draft),
                    Some(false) => {}
                    None => undated += 1,
                }
            }
        }
    }
    if seen == 0 {
        return Err(Refusal::new("the input has no sponsors")
            .with_help("use drafts with their sponsors: MARCXML of the UN Digital Library, council-drafts, or documents with sponsorships")
            .into());
    }
    if undated > 0 {
        warnings.push(format!(
            "{} left out whose date is not known, or may lie outside the days that are asked for",
            many(undated, "draft")
        ));
    }
    let unresolved = drafts.iter().flat_map(|draft| &draft.sponsors);
    let unresolved: Vec<_> = unresolved.filter(|s| s.participant.is_none()).collect();
    if let Some(first) = unresolved.first() {
        let what = match settings.table {
            SponsorsTable::List => "have no code or identifier",
            _ => "could not be resolved and are left out",
        };
        warnings.push(format!(
            "{} {what}, the first: `{}`",
            many(unresolved.len() as u64, "sponsor"),
            first.name
        ));
    }
    let listed = drafts.len();
    let table = match settings.table {
        SponsorsTable::List => list(&drafts, settings, &reference),
        SponsorsTable::Pairs => pairs(&together(drafts, &mut warnings), settings, &reference)?,
        SponsorsTable::Counts => counts(&together(drafts, &mut warnings), settings, &reference),
    };
    let mut table = table.with(
        "drafts",
        format!(
            "{} with sponsors, {} selected",
            thousands(seen),
            thousands(listed as u64)
        ),
    );
    let layers = rests_on(&reference);
    if !layers.is_empty() {
        table = table.with("reference", layers.join(", "));
    }
    table = table
        .with(SOURCES, sources.join("; "))
        .with(MADE_WITH, PROGRAM);
    Ok(Sponsors {
        refused: table.is_empty().then(|| {
            Refusal::new("no sponsor is selected")
                .with_help("widen the selection")
                .by_setting(["state", "from", "to", "symbol", "least"])
        }),
        table,
        warnings,
        beside,
    })
}

/// A draft with its sponsors, in the order of the source.
struct Draft {
    record: usize,
    act: usize,
    /// The symbol of its agreement.
    agreement: Option<Citation>,
    symbol: Option<Citation>,
    title: String,
    date: Option<Date>,
    sponsors: Vec<Sponsor>,
}

impl Draft {
    /// The drafts of an agreement; sponsorships of one draft are one.
    fn of(agreement: &Agreement, record: usize) -> Vec<Self> {
        let mut drafts: Vec<Self> = Vec::new();
        for (act, sponsorship) in agreement.acts.iter().enumerate() {
            let Act::Sponsorship(sponsorship) = sponsorship else {
                continue;
            };
            let same = drafts.iter_mut().find(|draft| {
                draft.symbol.is_some()
                    && draft.symbol == sponsorship.symbol
                    && draft.date == sponsorship.date
            });
            match same {
                Some(draft) => draft.sponsors.extend(sponsorship.sponsors.iter().cloned()),
                None if sponsorship.sponsors.is_empty() => {}
                None => drafts.push(Self {
                    record,
                    act,
                    agreement: agreement.symbols.first().cloned(),
                    symbol: sponsorship.symbol.clone(),
                    title: agreement.title.clone(),
                    date: sponsorship.date,
                    sponsors: sponsorship.sponsors.clone(),
                }),
            }
        }
        drafts
    }

    /// Whom its sponsors are known to be, each once.
    fn participants(&self) -> Vec<Participant> {
        let mut all: Vec<_> = self.sponsors.iter().filter_map(|s| s.participant).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

impl SponsorsSettings {
    /// Whether a draft is selected; nothing where its date does not say.
    fn admits(&self, draft: &Draft) -> Option<bool> {
        if let Some(beginning) = &self.symbol {
            let symbols = [&draft.symbol, &draft.agreement];
            let mut symbols = symbols.into_iter().flatten();
            if !symbols.any(|symbol| symbol.as_str().starts_with(&**beginning)) {
                return Some(false);
            }
        }
        let (from, to) = (self.from.map(Date::earliest), self.to.map(Date::latest));
        if from.is_none() && to.is_none() {
            return Some(true);
        }
        let date = draft.date?;
        let within = from.is_none_or(|from| from <= date.earliest())
            && to.is_none_or(|to| date.latest() <= to);
        let outside = from.is_some_and(|from| date.latest() < from)
            || to.is_some_and(|to| to < date.earliest());
        match (within, outside) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        }
    }

    fn is_wanted(&self, who: Option<Participant>) -> bool {
        let only = &self.participants;
        only.is_empty() || who.is_some_and(|who| only.contains(&who))
    }
}

/// The drafts, those of one symbol and date in several records taken together.
fn together(drafts: Vec<Draft>, warnings: &mut Vec<String>) -> Vec<Draft> {
    let mut places: FxHashMap<(String, Option<Date>), usize> = FxHashMap::default();
    let mut kept: Vec<Draft> = Vec::new();
    let mut again = 0_u64;
    for draft in drafts {
        let Some(symbol) = &draft.symbol else {
            kept.push(draft);
            continue;
        };
        let key = (symbol.normal().to_string(), draft.date);
        match places.get(&key).and_then(|place| kept.get_mut(*place)) {
            Some(known) => {
                again += 1;
                known.sponsors.extend(draft.sponsors);
            }
            None => {
                places.insert(key, kept.len());
                kept.push(draft);
            }
        }
    }
    if again > 0 {
        warnings.push(format!(
            "{} in several records, counted once",
            many(again, "draft")
        ));
    }
    kept
}

/// What somebody is called, on a date where there is one.
fn name(reference: &Reference, who: Participant, date: Option<Date>) -> Option<String> {
    let name = reference.name_on(who, date.map(Date::latest));
    name.map(str::to_owned)
}

fn list(drafts: &[Draft], settings: &SponsorsSettings, reference: &Reference) -> Table {
    let each = drafts.iter().flat_map(|draft| {
        let sponsors = draft.sponsors.iter();
        let wanted = sponsors.filter(|sponsor| settings.is_wanted(sponsor.participant));
        wanted.map(move |sponsor| (draft, sponsor))
    });
    let rows: Vec<(&Draft, &Sponsor)> = each.collect();
    let symbol = |symbol: &Option<Citation>| symbol.as_ref().map(|s| s.as_str().to_owned());
    let number = |place: usize| i32::try_from(place).ok();
    let mut columns = vec![
        Column::integers("record", rows.iter().map(|(draft, _)| number(draft.record))),
        Column::integers("act", rows.iter().map(|(draft, _)| number(draft.act))),
        Column::texts(
            "symbol",
            rows.iter().map(|(draft, _)| symbol(&draft.agreement)),
        ),
        Column::texts("draft", rows.iter().map(|(draft, _)| symbol(&draft.symbol))),
    ];
    columns.extend(date_columns(rows.iter().map(|(draft, _)| draft.date)));
    columns.extend([
        Column::texts(
            "participant",
            rows.iter()
                .map(|(_, sponsor)| Some(sponsor.participant?.as_str())),
        ),
        Column::texts(
            "name",
            rows.iter()
                .map(|(draft, sponsor)| name(reference, sponsor.participant?, draft.date)),
        ),
        Column::labels(
            "role",
            rows.iter().map(|(_, sponsor)| match sponsor.later {
                true => "additional",
                false => "sponsor",
            }),
        ),
        Column::texts(
            "printed",
            rows.iter().map(|(_, sponsor)| Some(&*sponsor.name)),
        ),
        Column::texts(
            "note",
            rows.iter().map(|(_, sponsor)| sponsor.note.as_deref()),
        ),
        Column::texts("title", rows.iter().map(|(draft, _)| Some(&*draft.title))),
    ]);
    Table::new(columns).with("table", "drafts and their sponsors")
}

/// So many pairs are counted.
const MOST_PAIRS: usize = 10_000_000;

/// So many times two are counted together.
const MOST_COUNTED: u64 = 2_000_000_000;

fn pairs(
    drafts: &[Draft],
    settings: &SponsorsSettings,
    reference: &Reference,
) -> Result<Table, Refusal> {
    let too_many = || {
        Refusal::new("too many pairs of sponsors to count")
            .with_help("name some sponsors, or ask for fewer drafts")
            .by_setting(["state", "from", "to", "symbol"])
    };
    let mut alone: BTreeMap<Participant, u32> = BTreeMap::new();
    let mut both: FxHashMap<(Participant, Participant), u32> = FxHashMap::default();
    let mut counted = 0_u64;
    let only = &settings.participants;
    for draft in drafts {
        let sponsors = draft.participants();
        for (at, one) in sponsors.iter().enumerate() {
            *alone.entry(*one).or_default() += 1;
            let behind = sponsors.get(at + 1..).unwrap_or_default();
            counted += behind.len() as u64;
            if counted > MOST_COUNTED || both.len() > MOST_PAIRS {
                return Err(too_many());
            }
            for other in behind {
                let pair = match (settings.is_wanted(Some(*one)), only.contains(other)) {
                    (true, _) => (*one, *other),
                    (false, true) => (*other, *one),
                    (false, false) => continue,
                };
                *both.entry(pair).or_default() += 1;
            }
        }
    }
    let mut rows: Vec<_> = both.into_iter().collect();
    rows.retain(|(_, together)| *together >= settings.least.max(1));
    rows.sort_unstable();
    let of = |who: &Participant| alone.get(who).copied().unwrap_or_default();
    let first = || rows.iter().map(|((one, _), _)| one);
    let second = || rows.iter().map(|((_, other), _)| other);
    let called = |who: &Participant| name(reference, *who, None);
    let apart = |who: &Participant, together: u32| i64::from(of(who) - together);
    let share = |(pair, together): &((Participant, Participant), u32)| {
        let all = of(&pair.0) + of(&pair.1) - together;
        (all > 0).then(|| f64::from(*together) / f64::from(all))
    };
    let table = Table::new(vec![
        Column::labels("participant", first().map(|who| who.as_str())),
        Column::texts("name", first().map(called)),
        Column::labels("other", second().map(|who| who.as_str())),
        Column::texts("other_name", second().map(called)),
        Column::counts(
            "together",
            rows.iter().map(|(_, together)| (*together).into()),
        ),
        Column::counts(
            "alone",
            rows.iter()
                .map(|((one, _), together)| apart(one, *together)),
        ),
        Column::counts(
            "other_alone",
            rows.iter()
                .map(|((_, other), together)| apart(other, *together)),
        ),
        Column::floats("jaccard", rows.iter().map(share)),
    ]);
    Ok(table
        .with("table", "pairs of sponsors")
        .with("jaccard", "drafts of both, among those of either"))
}

/// The counts of a sponsor in a year.
#[derive(Default)]
struct Counted {
    drafts: i64,
    additional: i64,
    sole: i64,
}

fn counts(drafts: &[Draft], settings: &SponsorsSettings, reference: &Reference) -> Table {
    let mut counted: BTreeMap<(Participant, Option<i32>), Counted> = BTreeMap::new();
    let mut of_year: BTreeMap<Option<i32>, i64> = BTreeMap::new();
    for draft in drafts {
        let year = draft.date.and_then(|date| {
            let (first, last) = (date.first()?.year(), date.last()?.year());
            (first == last).then_some(first)
        });
        *of_year.entry(year).or_default() += 1;
        let sponsors = draft.participants();
        for who in sponsors
            .iter()
            .filter(|who| settings.is_wanted(Some(**who)))
        {
            let of = |sponsor: &&Sponsor| sponsor.participant == Some(*who);
            let mut own = draft.sponsors.iter().filter(of);
            let counts = counted.entry((*who, year)).or_default();
            counts.drafts += 1;
            counts.additional += i64::from(own.all(|sponsor| sponsor.later));
            counts.sole += i64::from(draft.sponsors.len() == 1);
        }
    }
    let each = || counted.iter();
    let end_of = |year: Option<i32>| year.and_then(|year| Date::year(year).ok());
    let all = |year: &Option<i32>| of_year.get(year).copied().unwrap_or_default();
    Table::new(vec![
        Column::labels("participant", each().map(|((who, _), _)| who.as_str())),
        Column::texts(
            "name",
            each().map(|((who, year), _)| name(reference, *who, end_of(*year))),
        ),
        Column::integers("year", each().map(|((_, year), _)| *year)),
        Column::counts("drafts", each().map(|(_, counts)| counts.drafts)),
        Column::counts("additional", each().map(|(_, counts)| counts.additional)),
        Column::counts("sole", each().map(|(_, counts)| counts.sole)),
        Column::counts("drafts_of_year", each().map(|((_, year), _)| all(year))),
        Column::floats(
            "share",
            each().map(|((_, year), counts)| Some(counts.drafts as f64 / all(year) as f64)),
        ),
    ])
    .with("table", "sponsors by year")
    .with("additional", "drafts that it joined after they were issued")
    .with("share", "its drafts among those of the year with sponsors")
}
