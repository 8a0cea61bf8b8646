//! [`resolve_table`]: a table with codes of other systems beside a column of names or codes.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use plenary_analysis::table::{Column, MISSING, Table};
use plenary_bodies::{Body, Reference};
use plenary_import::citation::{MADE_WITH, SOURCES};
use plenary_import::{
    Encoding, PlainColumn, PlainTable, Rejected, plain_table_of, read_plain_table,
};
use plenary_states::{EntityKind, entity};
use plenary_tables::{DateForm, DateOrder, same_name};
use plenary_types::{BodyId, Date, Participant, StateCode, many, thousands};
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::key::{KeyMatch, KeySettings, YearReading, answer, is_missing};
use super::report::{ManyToOne, NoCode, ResolveCounts, ResolveReport, SeatlessKey, UnmatchedKey};
use super::{Answer, Candidate, NameSystem};
use crate::known_bodies::{self, rests_on};
use crate::read::{PROGRAM, source_name};
use crate::{Error, Input, Refusal};

/// Which column of a table is resolved, and what is added to the table.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ResolveTableSettings {
    /// Where bodies are looked up.
    pub reference: Arc<Reference>,
    /// The heading of the column of names or codes.
    pub column: String,
    /// The heading of the column of days or years.
    pub date_column: Option<String>,
    /// The date of all rows, or with a date column that of the rows without one.
    pub on: Option<Date>,
    /// Which day of a year or a month counts.
    pub year_as: YearReading,
    /// What the column holds.
    pub from: NameSystem,
    /// What is added, a column each.
    pub to: Vec<Answer>,
    /// What the names of added columns begin with.
    pub prefix: String,
    /// The body whose seats the column `seat` is about; by default that of the reference.
    pub body: Option<BodyId>,
    /// How the dates are written; without it, as the column settles it.
    pub dates: Option<DateForm>,
    /// How lines are encoded that are not UTF-8.
    pub encoding: Option<Encoding>,
    /// Whether to leave out rows that cannot be taken apart.
    pub lenient: bool,
}

impl Default for ResolveTableSettings {
    fn default() -> Self {
        Self {
            reference: Arc::clone(Reference::embedded()),
            column: String::new(),
            date_column: None,
            on: None,
            year_as: YearReading::default(),
            from: NameSystem::default(),
            to: vec![Answer::default()],
            prefix: String::new(),
            body: None,
            dates: None,
            encoding: None,
            lenient: false,
        }
    }
}

/// A table with codes of other systems beside a column of names or codes. It serialises as an object with the `report`, and the
/// `metadata` and the `rows` of the table.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ResolvedTable {
    /// What became of the keys.
    pub report: ResolveReport,
    /// The table, with all its columns and rows, and those that were added.
    #[serde(flatten)]
    pub table: Table,
    /// The body that the column `seat` is about.
    #[serde(skip)]
    pub body: Option<BodyId>,
    /// Rows that cannot be taken apart, with their places; they are not in the table.
    #[serde(skip)]
    pub left_out: Vec<Rejected>,
    /// What was assumed, and what limits the result.
    #[serde(skip)]
    pub warnings: Vec<String>,
}

/// Adds codes of other systems to a table, beside a column of names or codes: a column for each system that is asked for, then
/// `match` (how the key matches), `kind` (`state`, `territory`, `organisation`) and `seat` (what it is in a body on the date).
/// Rows and columns stay as they are; a row that is not certain has no code.
///
/// ```
/// use plenary::{Input, ResolveTableSettings, resolve_table};
/// use plenary::states::CodeSystem;
/// use plenary::{Answer, NameSystem};
///
/// let panel = "ccode,year\n365,1980\n365,2000\n365,1991\n";
/// let mut settings = ResolveTableSettings::default();
/// settings.column = "ccode".to_owned();
/// settings.date_column = Some("year".to_owned());
/// settings.from = NameSystem::Code(CodeSystem::Cow);
/// let found = resolve_table(&Input::bytes("panel.csv", panel), &settings)?;
/// let iso3 = &found.table.columns()[2];
/// assert_eq!([0, 1, 2].map(|row| iso3.cell(row).to_string()), ["SUN", "RUS", ""]);
/// assert_eq!((found.report.matched, found.report.unmatched), (2, 1));
/// # Ok::<(), plenary::Error>(())
/// ```
///
/// # Errors
///
/// [`Error`] when the input is no table, has no such column, has rows that cannot be taken apart (unless
/// [`ResolveTableSettings::lenient`]), or has a column of the name of one that is added.
pub fn resolve_table(
    input: &Input,
    settings: &ResolveTableSettings,
) -> Result<ResolvedTable, Error> {
    let plain = match input {
        Input::Path(path) => read_plain_table(path, settings.encoding)?,
        Input::Bytes { name, bytes } => plain_table_of(name, bytes, settings.encoding)?,
    };
    if let (Some(first), false) = (plain.rejected.first(), settings.lenient) {
        let reason = format!(
            "{} of {} cannot be taken apart, the first: {}",
            many(plain.rejected.len() as u64, "row"),
            thousands((plain.len() + plain.rejected.len()) as u64),
            first.reason
        );
        let mut refusal = Refusal::new(reason).with_help(&*first.help);
        refusal.place = Box::new(first.place.clone());
        return Err(refusal.by_setting(["lenient"]).into());
    }
    let key = column(&plain, &settings.column, "column")?;
    let dates = settings.date_column.as_deref();
    let dates = dates
        .map(|name| column(&plain, name, "date-column"))
        .transpose()?;
    let names = added_names(&plain, settings)?;
    let body = body_of(settings)?;
    let days = Days::of(&plain, dates, settings)?;
    let mut work = Work {
        settings,
        key,
        body,
        judged: FxHashMap::default(),
        answers: Vec::new(),
        account: Account::default(),
        texts: settings.to.iter().map(|_| Texts::default()).collect(),
        seats: Texts::default(),
    };
    let rows: Vec<u32> = (0..plain.len())
        .map(|row| work.row(row, plain.lines.get(row).copied().unwrap_or(0), &days))
        .collect();
    Ok(work.finish(&plain, &names, rows, &days))
}

/// The column of a heading: the same, or the only one that is the same but for capitals and marks.
fn column<'p>(
    plain: &'p PlainTable,
    name: &str,
    setting: &'static str,
) -> Result<&'p PlainColumn, Refusal> {
    let mut columns = plain.columns.iter();
    if let Some(found) = columns.find(|column| column.heading == name.trim()) {
        return Ok(found);
    }
    let alike: Vec<_> = plain
        .columns
        .iter()
        .filter(|column| same_name(&column.heading, name))
        .collect();
    if let [only] = alike[..] {
        return Ok(only);
    }
    let headings = plain.columns.iter().map(|column| column.heading.as_str());
    let nearest = plenary_decisions::nearest(name, headings.clone());
    let nearest = nearest.map_or_else(String::new, |nearest| format!("nearest: `{nearest}`; "));
    let listed: Vec<_> = headings.take(30).map(|name| format!("`{name}`")).collect();
    let more = match plain.columns.len().saturating_sub(listed.len()) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let help = format!("{nearest}the table has {}{more}", listed.join(", "));
    let mut refusal = Refusal::new(format!("unknown column `{name}`")).with_help(help);
    refusal.place.path = Some(plain.path.clone());
    Err(refusal.by_setting([setting]))
}

/// The name of an added column by what it holds.
fn added_name(settings: &ResolveTableSettings, what: &str) -> String {
    format!("{}{what}", settings.prefix)
}

/// The names of the added columns, none of which the table may have.
fn added_names(
    plain: &PlainTable,
    settings: &ResolveTableSettings,
) -> Result<Vec<String>, Refusal> {
    let systems = settings.to.iter().map(|to| match to {
        Answer::Name => "name",
        Answer::Code(system) => system.as_str(),
    });
    let words = systems.chain(["match", "kind", "seat"]);
    let names: Vec<String> = words.map(|word| added_name(settings, word)).collect();
    let is_same = |one: &str, other: &str| one.eq_ignore_ascii_case(other);
    let known = |name: &&String| {
        let mut columns = plain.columns.iter();
        columns.any(|column| is_same(&column.heading, name))
    };
    if let Some(name) = names.iter().find(known) {
        let mut refusal = Refusal::new(format!("the table has a column `{name}` already"))
            .with_help("choose a beginning for the names of the added columns, such as `un_`")
            .by_setting(["prefix"]);
        refusal.place.path = Some(plain.path.clone());
        return Err(refusal);
    }
    let twice = names.iter().enumerate();
    let mut twice = twice.filter(|(at, name)| names.iter().take(*at).any(|n| n == *name));
    match twice.next() {
        Some((_, name)) => Err(Refusal::new(format!("`{name}` is asked for twice"))
            .with_help("name each system once")
            .by_setting(["to"])),
        None => Ok(names),
    }
}

/// The body whose seats are told; nothing where none is asked for and the reference marks none as its default.
fn body_of(settings: &ResolveTableSettings) -> Result<Option<&Body>, Refusal> {
    let reference = &settings.reference;
    match &settings.body {
        None => Ok(reference.default_body().map(|body| &**body)),
        Some(id) => match reference.body(id.as_str()) {
            Some(body) => Ok(Some(body)),
            None => Err(known_bodies::unknown(reference, id.as_str())),
        },
    }
}

/// When the entities of a row are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum When {
    /// At any time.
    Any,
    On(Date),
    /// The row has no date.
    Missing,
    /// What it has cannot be read.
    Unreadable,
}

/// The date of each row.
struct Days<'p> {
    places: Option<&'p [u32]>,
    /// Of each text of the date column; without one, the only one.
    whens: Vec<When>,
    /// How the dates are written, where that had to be found out.
    account: Option<String>,
    /// The texts that are no dates.
    unreadable: Vec<(String, String)>,
}

impl<'p> Days<'p> {
    fn of(
        plain: &PlainTable,
        column: Option<&'p PlainColumn>,
        settings: &ResolveTableSettings,
    ) -> Result<Self, Error> {
        let otherwise = settings.on.map(When::On);
        let Some(column) = column else {
            return Ok(Self {
                places: None,
                whens: vec![otherwise.unwrap_or(When::Any)],
                account: None,
                unreadable: Vec::new(),
            });
        };
        let form = match &settings.dates {
            Some(form) => form.clone(),
            None => {
                let mut order = DateOrder::default();
                let mut seen = vec![false; column.values().len()];
                for (place, line) in column.places().iter().zip(&plain.lines) {
                    let seen = seen.get_mut(*place as usize);
                    if let (Some(seen @ false), Some(text)) =
                        (seen, column.values().get(*place as usize))
                    {
                        *seen = true;
                        order.add(*line, text);
                    }
                }
                order.settle().map_err(|unsettled| {
                    let mut refusal = Refusal::new(&*unsettled.reason).with_help(unsettled.help);
                    if unsettled.is_ambiguous {
                        refusal = refusal.by_setting(["date-format"]);
                    }
                    refusal.place.line = Some(unsettled.line);
                    refusal.place.path = Some(plain.path.clone());
                    refusal.in_field(&column.heading)
                })?
            }
        };
        let mut unreadable = Vec::new();
        let when = |text: &String| match text.trim() {
            text if is_missing(text) => otherwise.unwrap_or(When::Missing),
            text => match form.read(text) {
                Ok(date) => When::On(date),
                Err(reason) => {
                    unreadable.push((text.to_owned(), reason));
                    When::Unreadable
                }
            },
        };
        Ok(Self {
            places: Some(column.places()),
            whens: column.values().iter().map(when).collect(),
            account: form.account(),
            unreadable,
        })
    }

    fn of_row(&self, row: usize) -> When {
        let place = match self.places {
            Some(places) => places.get(row).copied().unwrap_or_default(),
            None => 0,
        };
        let when = self.whens.get(place as usize);
        when.copied().unwrap_or(When::Missing)
    }
}

/// Distinct texts of a column that is added.
#[derive(Default)]
struct Texts {
    texts: Vec<String>,
    places: FxHashMap<String, u32>,
}

impl Texts {
    fn place(&mut self, text: Option<&str>) -> u32 {
        let Some(text) = text else { return MISSING };
        if let Some(place) = self.places.get(text) {
            return *place;
        }
        let place = u32::try_from(self.texts.len()).unwrap_or(MISSING);
        self.texts.push(text.to_owned());
        self.places.insert(text.to_owned(), place);
        place
    }
}

/// What a key means on a date.
struct Answered {
    found: KeyMatch,
    code: Option<StateCode>,
    /// Of each column that is added, the place of its text.
    texts: Vec<u32>,
    seat: u32,
    /// Whether it is known to be no member of the body.
    is_seatless: bool,
}

/// What becomes of the keys, while the rows are gone through.
#[derive(Default)]
struct Account {
    by_match: BTreeMap<KeyMatch, u64>,
    /// By the text of the key and how it matches.
    unmatched: FxHashMap<(u32, KeyMatch), Lines>,
    /// The first key of a state and a date, with its line.
    firsts: FxHashMap<(StateCode, When), (u32, u64)>,
    /// The other keys of a state and a date.
    others: FxHashMap<(StateCode, When), Vec<(u32, u64)>>,
    repeated: u64,
    seatless: FxHashMap<(u32, StateCode), (u32, Lines)>,
    no_code: BTreeMap<(usize, StateCode, bool), u64>,
}

/// Some lines, of which the first are kept.
struct Lines {
    rows: u64,
    lines: Vec<u64>,
    when: When,
}

/// So many lines of a key are told.
const LINES: usize = 5;

/// Of so many keys it is told who may be meant.
const EXPLAINED: usize = 100;

impl Lines {
    fn add(&mut self, line: u64) {
        self.rows += 1;
        if self.lines.len() < LINES {
            self.lines.push(line);
        }
    }

    const fn new(when: When) -> Self {
        Self {
            rows: 0,
            lines: Vec::new(),
            when,
        }
    }
}

struct Work<'p> {
    settings: &'p ResolveTableSettings,
    key: &'p PlainColumn,
    body: Option<&'p Body>,
    judged: FxHashMap<(u32, When), u32>,
    answers: Vec<Answered>,
    account: Account,
    texts: Vec<Texts>,
    seats: Texts,
}

impl Work<'_> {
    /// The place of the answer of a row among the answers.
    fn row(&mut self, row: usize, line: u64, days: &Days<'_>) -> u32 {
        let key = self.key.places().get(row).copied().unwrap_or_default();
        let when = days.of_row(row);
        let at = match self.judged.get(&(key, when)) {
            Some(at) => *at,
            None => {
                let answered = self.judge(key, when);
                let at = u32::try_from(self.answers.len()).unwrap_or(u32::MAX);
                self.answers.push(answered);
                self.judged.insert((key, when), at);
                at
            }
        };
        self.count(key, when, line, at);
        at
    }

    fn text(&self, key: u32) -> &str {
        let text = self.key.values().get(key as usize);
        text.map_or("", |text| text.trim())
    }

    const fn reading(&self) -> KeySettings {
        KeySettings {
            from: self.settings.from,
            year_as: self.settings.year_as,
        }
    }

    fn judge(&mut self, key: u32, when: When) -> Answered {
        let (found, code) = self.find(self.text(key), when);
        let days = match when {
            When::On(date) => Some(self.settings.year_as.days(date)),
            _ => None,
        };
        let mut texts = Vec::new();
        if let Some(code) = code {
            for (to, known) in self.settings.to.iter().zip(&mut self.texts) {
                let text = answer(*to, code, days);
                texts.push(known.place(text.as_deref()));
            }
        }
        let seat = code.and_then(|code| seat_of(self.body?, code, days));
        Answered {
            found,
            code,
            texts,
            seat: self.seats.place(seat.map(|(word, _)| word)),
            is_seatless: seat.is_some_and(|(_, is_member)| !is_member),
        }
    }

    fn find(&self, text: &str, when: When) -> (KeyMatch, Option<StateCode>) {
        let date = match when {
            // A row without a key is one also where its date is missing.
            _ if text.is_empty() => None,
            When::Missing => return (KeyMatch::NoDate, None),
            When::Unreadable => return (KeyMatch::UnreadableDate, None),
            When::Any => None,
            When::On(date) => Some(date),
        };
        self.reading().find(text, date)
    }

    fn count(&mut self, key: u32, when: When, line: u64, at: u32) {
        let Some(answered) = self.answers.get(at as usize) else {
            return;
        };
        let account = &mut self.account;
        *account.by_match.entry(answered.found).or_default() += 1;
        let Some(code) = answered.code else {
            let lines = account.unmatched.entry((key, answered.found));
            lines.or_insert_with(|| Lines::new(when)).add(line);
            return;
        };
        match account.firsts.get(&(code, when)) {
            None => {
                account.firsts.insert((code, when), (key, line));
            }
            Some((first, _)) if *first == key => account.repeated += 1,
            Some(_) => {
                let others = account.others.entry((code, when)).or_default();
                match others.iter().any(|(other, _)| *other == key) {
                    true => account.repeated += 1,
                    false => others.push((key, line)),
                }
            }
        }
        if answered.is_seatless {
            let seatless = account.seatless.entry((key, code));
            let (_, lines) = seatless.or_insert_with(|| (answered.seat, Lines::new(when)));
            lines.add(line);
        }
        for (to, text) in answered.texts.iter().enumerate() {
            if *text == MISSING {
                let changes = matches!(when, When::On(date)
                    if changes_within(self.settings.to.get(to), code, self.settings.year_as.days(date)));
                let no_code = account.no_code.entry((to, code, changes));
                *no_code.or_default() += 1;
            }
        }
    }

    fn finish(
        self,
        plain: &PlainTable,
        names: &[String],
        rows: Vec<u32>,
        days: &Days<'_>,
    ) -> ResolvedTable {
        let report = self.report(plain);
        let mut columns: Vec<Column> = plain.columns.iter().map(typed).collect();
        let of_row = |row: &u32| self.answers.get(*row as usize);
        let mut names = names.iter().map(String::as_str);
        let mut name = || names.next().unwrap_or_default();
        for (to, texts) in self.texts.iter().enumerate() {
            let place = |row: &u32| {
                let text = of_row(row).and_then(|answered| answered.texts.get(to));
                text.copied().unwrap_or(MISSING)
            };
            let places = rows.iter().map(place).collect();
            columns.push(Column::coded(name(), texts.texts.clone().into(), places));
        }
        let words = KeyMatch::ALL.map(|found| found.as_str().to_owned());
        let found = |row: &u32| of_row(row).map_or(MISSING, |answered| answered.found as u32);
        let found = rows.iter().map(found).collect();
        columns.push(Column::coded(name(), words.into(), found));
        let kind = |row: &u32| of_row(row).and_then(|answered| Some(kind_of(answered.code?)));
        columns.push(Column::texts(name(), rows.iter().map(kind)));
        let seat = |row: &u32| of_row(row).map_or(MISSING, |answered| answered.seat);
        let seats = rows.iter().map(seat).collect();
        columns.push(Column::coded(
            name(),
            self.seats.texts.clone().into(),
            seats,
        ));
        let settings = self.settings;
        let mut table = Table::new(columns)
            .with("column", &*self.key.heading)
            .with("from", settings.from.as_str());
        table = match (&settings.date_column, settings.on) {
            (Some(column), _) => table.with("dates", column.as_str()),
            (None, Some(date)) => table.with("dates", format!("{date} for all rows")),
            (None, None) => table.with("dates", "none: as at any time"),
        };
        table = table.with("a year or a month means", settings.year_as.as_str());
        if let Some(account) = &days.account {
            table = table.with("date format", account.as_str());
        }
        if let Some(body) = self.body {
            table = table.with("seat", format!("what it is in {} on the date", body.id()));
        }
        let layers = rests_on(&settings.reference);
        if !layers.is_empty() {
            table = table.with("reference", layers.join(", "));
        }
        table = table.with(
            "rows",
            format!(
                "{}: {} matched, {} unmatched, {} left out",
                report.rows, report.matched, report.unmatched, report.left_out
            ),
        );
        table = table
            .with(SOURCES, source_name(&plain.path, "table"))
            .with(MADE_WITH, PROGRAM);
        let mut warnings = plain.notes.clone();
        let unreadable = days.unreadable.iter().take(LINES);
        warnings.extend(unreadable.map(|(_, reason)| format!("unreadable date: {reason}")));
        if let more @ 1.. = days.unreadable.len().saturating_sub(LINES) {
            warnings.push(format!(
                "{} more dates are unreadable",
                thousands(more as u64)
            ));
        }
        ResolvedTable {
            table,
            report,
            body: self.body.map(|body| body.id().clone()),
            left_out: plain.rejected.clone(),
            warnings,
        }
    }

    fn report(&self, plain: &PlainTable) -> ResolveReport {
        let account = &self.account;
        let counts = account.by_match.iter();
        let by_match: Vec<_> = counts
            .map(|(found, rows)| ResolveCounts {
                matched_as: found.as_str(),
                rows: *rows,
            })
            .collect();
        let rows = plain.len() as u64;
        let unmatched: u64 = account.unmatched.values().map(|lines| lines.rows).sum();
        let left_out = plain.rejected.len() as u64;
        ResolveReport {
            rows: rows + left_out,
            matched: rows - unmatched,
            unmatched,
            left_out,
            by_match,
            unmatched_keys: self.unmatched_keys(),
            many_to_one: self.many_to_one(),
            repeated: account.repeated,
            without_seat: self.without_seat(),
            without_code: self.without_code(),
        }
    }

    fn unmatched_keys(&self) -> Vec<UnmatchedKey> {
        let mut keys: Vec<_> = self.account.unmatched.iter().collect();
        keys.sort_by_key(|(place, lines)| (lines.lines.first().copied(), **place));
        let each = keys.into_iter().enumerate();
        let told = each.map(|(at, ((key, found), lines))| {
            let found = *found;
            let date = match lines.when {
                When::On(date) => Some(date),
                _ => None,
            };
            UnmatchedKey {
                key: self.text(*key).to_owned(),
                matched_as: found.as_str(),
                rows: lines.rows,
                lines: lines.lines.clone(),
                date,
                candidates: match at < EXPLAINED && found < KeyMatch::Missing {
                    true => self.candidates(self.text(*key), date),
                    false => Vec::new(),
                },
            }
        });
        told.collect()
    }

    fn candidates(&self, text: &str, date: Option<Date>) -> Vec<Candidate> {
        let resolver = self.reading().resolver();
        let resolution = match (date, self.settings.year_as) {
            (None, _) => resolver.explain(text),
            (Some(date), YearReading::Whole) => resolver.within(date).explain(text),
            (Some(date), reading) => resolver.on(reading.days(date).1).explain(text),
        };
        let candidates = resolution.candidates.iter();
        let told = candidates.map(|candidate| Candidate {
            code: candidate.code,
            why: candidate.reason.to_string(),
        });
        told.collect()
    }

    fn many_to_one(&self) -> Vec<ManyToOne> {
        let account = &self.account;
        let mut together: FxHashMap<(StateCode, Vec<u32>), ManyToOne> = FxHashMap::default();
        let mut all: Vec<_> = account.others.iter().collect();
        let first_line =
            |place: &(StateCode, When)| account.firsts.get(place).map(|(_, line)| *line);
        all.sort_by_key(|(place, _)| (first_line(place), place.0));
        for (place @ (code, when), others) in all {
            let first = account.firsts.get(place).copied();
            let each: Vec<_> = first.into_iter().chain(others.iter().copied()).collect();
            let mut keys: Vec<u32> = each.iter().map(|(key, _)| *key).collect();
            keys.sort_unstable();
            let entry = together.entry((*code, keys));
            let told = entry.or_insert_with(|| ManyToOne {
                code: *code,
                keys: each
                    .iter()
                    .map(|(key, _)| self.text(*key).to_owned())
                    .collect(),
                dates: 0,
                date: match when {
                    When::On(date) => Some(*date),
                    _ => None,
                },
                lines: each.iter().map(|(_, line)| *line).collect(),
            });
            told.dates += 1;
        }
        let mut told: Vec<_> = together.into_values().collect();
        told.sort_by(|one, other| (&one.lines, one.code).cmp(&(&other.lines, other.code)));
        told
    }

    fn without_seat(&self) -> Vec<SeatlessKey> {
        let mut keys: Vec<_> = self.account.seatless.iter().collect();
        keys.sort_by_key(|(place, (_, lines))| (lines.lines.first().copied(), **place));
        let each = keys
            .into_iter()
            .map(|((key, code), (seat, lines))| SeatlessKey {
                key: self.text(*key).to_owned(),
                code: *code,
                kind: kind_of(*code),
                seat: self
                    .seats
                    .texts
                    .get(*seat as usize)
                    .cloned()
                    .unwrap_or_default(),
                rows: lines.rows,
                lines: lines.lines.clone(),
            });
        each.collect()
    }

    fn without_code(&self) -> Vec<NoCode> {
        let each = self.account.no_code.iter();
        let told = each.map(|((to, code, changes_within), rows)| NoCode {
            system: match self.settings.to.get(*to) {
                Some(Answer::Code(system)) => system.as_str(),
                _ => "name",
            },
            code: *code,
            rows: *rows,
            changes_within: *changes_within,
        });
        told.collect()
    }
}

/// What stands in the column `seat` for whoever holds none on a date on which the members are known.
const NO_SEAT: &str = "none";

/// What somebody is in a body on the first and the last day that count, and whether that is a member; nothing where that is not known
/// or changes in between.
fn seat_of(
    body: &Body,
    code: StateCode,
    days: Option<(NaiveDate, NaiveDate)>,
) -> Option<(&str, bool)> {
    let roster = body.roster()?;
    let who = Participant::from(code);
    let none = (NO_SEAT, false);
    let Some((first, last)) = days else {
        // Whoever never was in the body is not in it on any day.
        return roster.rows_of(who).next().is_none().then_some(none);
    };
    let on = |day: NaiveDate| {
        let epoch = roster.known_on(day)?;
        let status = roster.status_on(who, day);
        Some(status.map_or(none, |status| (status.as_str(), epoch.is_member(who))))
    };
    let seat = on(last)?;
    (first == last || on(first) == Some(seat)).then_some(seat)
}

/// What an entity is, in the words of participants.
fn kind_of(code: StateCode) -> &'static str {
    match entity(code).map(|entity| entity.kind()) {
        Some(EntityKind::Area) => "territory",
        Some(EntityKind::Organisation) => "organisation",
        _ => "state",
    }
}

/// Whether a state has two codes of a system in the days that count.
fn changes_within(
    to: Option<&Answer>,
    code: StateCode,
    (first, last): (NaiveDate, NaiveDate),
) -> bool {
    let Some(Answer::Code(system)) = to else {
        return false;
    };
    let of = |day| entity(code).and_then(|entity| entity.code_in(*system, Some(day)));
    of(first) != of(last)
}

/// A column of a table: whole numbers and days as such where each of its texts is written as one is, so that nothing is lost; else
/// texts. An empty field is a missing value.
fn typed(column: &PlainColumn) -> Column {
    let values = column.values();
    let filled = || values.iter().filter(|value| !value.is_empty());
    let whole = |text: &str| text.parse::<i32>().ok().filter(|n| n.to_string() == text);
    let day = |text: &str| {
        text.parse::<NaiveDate>()
            .ok()
            .filter(|d| d.to_string() == text)
    };
    let name = &column.heading;
    if filled().next().is_some() && filled().all(|text| whole(text).is_some()) {
        let numbers: Vec<_> = values.iter().map(|text| whole(text)).collect();
        let places = column.places().iter();
        let cells = places.map(|place| numbers.get(*place as usize).copied().flatten());
        return Column::integers(name, cells);
    }
    if filled().next().is_some() && filled().all(|text| day(text).is_some()) {
        let days: Vec<_> = values.iter().map(|text| day(text)).collect();
        let places = column.places().iter();
        let cells = places.map(|place| days.get(*place as usize).copied().flatten());
        return Column::dates(name, cells);
    }
    let empty = values.iter().position(String::is_empty);
    let empty = empty.and_then(|place| u32::try_from(place).ok());
    let places = column.places().iter();
    let places = places.map(|place| match Some(*place) == empty {
        true => MISSING,
        false => *place,
    });
    Column::coded(name, column.shared_values(), places.collect())
}
