//! [`tally`]: who chose what how often.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use plenary_analysis::Votes;
#[cfg(feature = "plot")]
use plenary_analysis::plot::{Chart, Series, TimeAxis};
use plenary_analysis::table::{Column, Table};
use plenary_analysis::tally::{
    COLUMNS, Division, DivisionValue, Tally, TallyColumn, TallyOptions, TallyRow, TallyUnit,
};
use plenary_states::Groups;
use plenary_types::many;
use serde::Serialize;

use super::cohesion::{Chosen, Named};
use super::decisions::named;
use super::selected::Gathered;
use super::{VoteSettings, labels};
use crate::{Error, Input, Refusal};

/// Whose choices are counted in which votes, and how the counts are told.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct TallySettings {
    /// Which votes. Its `states` are not read: [`TallySettings::states`] says whose ballots.
    pub votes: VoteSettings,
    /// Of whom a row tells.
    pub per: TallyUnit,
    /// By what votes are divided; not at all where nothing is named.
    pub by: Vec<Division>,
    /// Only ballots of these participants, by code, name or identifier. The name of a group is everybody who ever was in it.
    pub states: Vec<String>,
    /// Groups of one's own, in place of those of a scheme.
    pub groups: Option<Groups>,
    /// A scheme of groups of the reference, or a group that it or a body names. By default the scheme by which the votes of the body are
    /// shown.
    pub scheme: Option<String>,
    /// Only these groups; all where none is named.
    pub only: Vec<String>,
    /// The column by which rows are sorted within each part of the divisions, the greatest first; by default they are in the order of their
    /// names.
    pub sort: Option<String>,
    /// Whether the least goes first.
    pub ascending: bool,
    /// How many rows of each part of the divisions are told.
    pub limit: Option<usize>,
    /// Rows with fewer votes are left out.
    pub least: u32,
    /// A column of which the last division is laid out: a column for each of its parts.
    pub wide: Option<String>,
}

/// Who chose what how often. It serialises as its table.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
#[non_exhaustive]
pub struct TallyTable {
    /// The table, with its metadata.
    pub table: Table,
    /// What limits it.
    #[serde(skip)]
    pub warnings: Vec<String>,
    /// Files that were read beside the inputs.
    #[serde(skip)]
    pub beside: Vec<PathBuf>,
    #[cfg(feature = "plot")]
    #[serde(skip)]
    found: Tally,
    /// What each unit is called in a chart.
    #[cfg(feature = "plot")]
    #[serde(skip)]
    names: Vec<String>,
    /// The column that a chart shows where none is named.
    #[cfg(feature = "plot")]
    #[serde(skip)]
    shown: &'static TallyColumn,
}

/// Counts choices in the selected votes of some inputs.
///
/// # Errors
///
/// [`Error`] when an input, a group, a participant or a column cannot be used, or no vote is selected.
pub fn tally<I: Into<Input>>(
    inputs: impl IntoIterator<Item = I>,
    settings: &TallySettings,
) -> Result<TallyTable, Error> {
    let sort = settings.sort.as_deref().map(|name| column(name, "sort"));
    let sort = sort.transpose()?;
    let wide = settings.wide.as_deref().map(|name| column(name, "wide"));
    let wide = wide.transpose()?;
    if wide.is_some() && settings.by.is_empty() {
        return Err(Refusal::new(
            "a wide table has a column for each part of a division, and none is named",
        )
        .with_help("divide the votes by year, session, decade, issue or body")
        .by_setting(["by"])
        .into());
    }
    let mut divisions = settings.by.iter().enumerate();
    if let Some((_, twice)) = divisions.find(|(at, by)| settings.by[..*at].contains(by)) {
        return Err(
            Refusal::new(format!("the division `{}` is named twice", twice.as_str()))
                .with_help("name each division once")
                .by_setting(["by"])
                .into(),
        );
    }
    let mut votes = Votes::default();
    if settings.by.contains(&Division::Issue) {
        votes = votes.with_issues();
    }
    let mut gathered = Gathered::new(inputs, &settings.votes, votes, |_| ())?;
    let voters = match settings.states.as_slice() {
        [] => None,
        states => Some(named(states, &gathered.reference, &gathered.votes)?),
    };
    let groups = match settings.per {
        TallyUnit::Group => {
            let named = Named {
                own: settings.groups.as_ref(),
                scheme: settings.scheme.as_deref(),
                only: &settings.only,
            };
            Some(named.choose(&gathered.reference, &gathered.bodies)?)
        }
        _ => None,
    };
    let mut options = TallyOptions::default();
    options.unit = settings.per;
    options.by.clone_from(&settings.by);
    options.groups = groups.as_ref().map(|chosen| &chosen.groups);
    options.voters = voters.as_deref();
    options.reference = Some(&*gathered.reference);
    let mut found = plenary_analysis::tally::tally(&gathered.votes, &options);
    if let Some(first) = found.unplaced.first() {
        gathered.warnings.push(format!(
            "{} left out, of which the source does not say when it was taken (the first: {first})",
            many(found.unplaced.len() as u64, "vote"),
        ));
    }
    let before = found.rows.len();
    found
        .rows
        .retain(|row| row.counts.votes >= settings.least.max(1));
    let few = before - found.rows.len();
    if found.rows.is_empty() {
        return Err(nothing(settings, &found, before).into());
    }
    if let Some(column) = sort
        && found
            .rows
            .iter()
            .all(|row| column.value(&row.counts).is_none())
    {
        let name = column.name;
        let warning = format!(
            "the rows are in their usual order: none has a value of `{name}` to be sorted by"
        );
        gathered.warnings.push(warning);
    }
    let cut = sort_rows(&mut found, sort, settings);
    let names = labels::names(&gathered.votes, found.units.iter().map(String::as_str));
    let table = match wide {
        Some(column) => wide_table(&found, settings.per, column, &names),
        None => long_table(&found, settings.per, &names),
    };
    let account = Account {
        found: &found,
        groups: groups.as_ref(),
        wide,
        few,
        cut,
    };
    let table = account.describe(table, settings, &gathered);
    #[cfg(feature = "plot")]
    let shown = sort.filter(|column| column.is_share);
    #[cfg(feature = "plot")]
    let shown = match wide.or(shown) {
        Some(column) => column,
        None => column("yes_share", "plot-column")?,
    };
    Ok(TallyTable {
        table,
        warnings: gathered.warnings,
        beside: gathered.beside,
        #[cfg(feature = "plot")]
        names: match settings.per {
            TallyUnit::Participant => labels::headings(&gathered.votes, found.units.clone()),
            _ => found.units.clone(),
        },
        #[cfg(feature = "plot")]
        found,
        #[cfg(feature = "plot")]
        shown,
    })
}

/// The column of a name.
fn column(name: &str, setting: &'static str) -> Result<&'static TallyColumn, Refusal> {
    TallyColumn::find(name).ok_or_else(|| {
        let known = COLUMNS.iter().map(|column| column.name);
        let nearest = plenary_decisions::nearest(name, known.clone());
        let nearest = nearest.map_or_else(String::new, |nearest| format!("nearest: `{nearest}`; "));
        let known: Vec<&str> = known.collect();
        Refusal::new(format!("unknown column `{name}`"))
            .with_help(format!("{nearest}the columns are {}", known.join(", ")))
            .by_setting([setting])
    })
}

fn nothing(settings: &TallySettings, found: &Tally, before: usize) -> Refusal {
    let least = settings.least.max(1);
    if before > 0 {
        let votes = many(least.into(), "vote");
        return Refusal::new(format!("no row has {votes}"))
            .with_help("ask for fewer votes or widen the selection")
            .by_setting(["least"]);
    }
    if found.votes == 0 {
        return Refusal::new("the source does not say of any vote when it was taken")
            .with_help(
                "use a source with dates and sessions, or divide the votes by something else",
            )
            .by_setting(["by"]);
    }
    Refusal::new("nobody who is asked for is on a list of the selected votes")
        .with_help("check the codes and the days of the groups, or widen the selection")
}

/// Sorts the rows within each part and cuts them to the greatest; how many are cut off.
fn sort_rows(
    found: &mut Tally,
    sort: Option<&'static TallyColumn>,
    settings: &TallySettings,
) -> usize {
    let before = found.rows.len();
    let mut rows: Vec<TallyRow> = Vec::with_capacity(before);
    for of_part in found.rows.chunk_by(|one, other| one.parts == other.parts) {
        let mut of_part = of_part.to_vec();
        if let Some(column) = sort {
            // Rows without a value go last, whichever way.
            let key = |row: &TallyRow| match (column.value(&row.counts), settings.ascending) {
                (None, _) => f64::INFINITY,
                (Some(value), true) => value,
                (Some(value), false) => -value,
            };
            of_part.sort_by(|one, other| key(one).total_cmp(&key(other)));
        } else if settings.ascending {
            of_part.reverse();
        }
        let most = settings.limit.unwrap_or(usize::MAX);
        rows.extend(of_part.into_iter().take(most));
    }
    found.rows = rows;
    before - found.rows.len()
}

/// The columns that say of whom a row tells.
fn unit_columns(found: &Tally, per: TallyUnit, names: &[String], rows: &[usize]) -> Vec<Column> {
    let places = || {
        rows.iter()
            .map(|&unit| plenary_types::count(unit))
            .collect()
    };
    let units: Arc<[String]> = found.units.clone().into();
    match per {
        TallyUnit::Participant => vec![
            Column::coded("participant", units, places()),
            Column::coded("name", names.to_vec().into(), places()),
        ],
        TallyUnit::Group => vec![Column::coded("group", units, places())],
        _ => Vec::new(),
    }
}

/// The column of a division.
fn division_column<'v>(
    division: Division,
    values: impl Iterator<Item = Option<&'v DivisionValue>>,
) -> Column {
    let name = division.as_str();
    match division {
        Division::Year | Division::Decade => Column::integers(
            name,
            values.map(|value| value.and_then(DivisionValue::number)),
        ),
        _ => Column::texts(
            name,
            values.map(|value| value.and_then(DivisionValue::text)),
        ),
    }
}

fn long_table(found: &Tally, per: TallyUnit, names: &[String]) -> Table {
    let units: Vec<usize> = found.rows.iter().map(|row| row.unit).collect();
    let mut columns = unit_columns(found, per, names, &units);
    for (at, division) in found.by.iter().enumerate() {
        let values = found.rows.iter().map(|row| row.parts.get(at));
        columns.push(division_column(*division, values));
    }
    for column in &COLUMNS {
        // Of one participant there is one ballot in each vote.
        if column.name == "ballots" && per == TallyUnit::Participant {
            continue;
        }
        columns.push(value_column(
            column,
            column.name,
            found.rows.iter().map(Some),
        ));
    }
    Table::new(columns)
}

fn value_column<'r>(
    column: &TallyColumn,
    name: &str,
    rows: impl Iterator<Item = Option<&'r TallyRow>>,
) -> Column {
    let values = rows.map(|row| column.value(&row?.counts));
    match column.is_share {
        true => Column::floats(name, values),
        false => Column::integers(name, values.map(|value| value.map(|value| value as i32))),
    }
}

/// A row for each unit and each part of all divisions but the last, a column for each part of the last.
fn wide_table(found: &Tally, per: TallyUnit, column: &TallyColumn, names: &[String]) -> Table {
    let mut across: Vec<&DivisionValue> = found
        .rows
        .iter()
        .filter_map(|row| row.parts.last())
        .collect();
    across.sort_unstable();
    across.dedup();
    let mut down: BTreeMap<(&[DivisionValue], usize), Vec<Option<&TallyRow>>> = BTreeMap::new();
    for row in &found.rows {
        let Some((last, others)) = row.parts.split_last() else {
            continue;
        };
        let cells = down
            .entry((others, row.unit))
            .or_insert_with(|| vec![None; across.len()]);
        let place = across.binary_search(&last).ok();
        if let Some(cell) = place.and_then(|place| cells.get_mut(place)) {
            *cell = Some(row);
        }
    }
    let units: Vec<usize> = down.keys().map(|(_, unit)| *unit).collect();
    let mut columns = unit_columns(found, per, names, &units);
    let (_, others) = found.by.split_last().unwrap_or((&Division::Year, &[]));
    for (at, division) in others.iter().enumerate() {
        let values = down.keys().map(|(parts, _)| parts.get(at));
        columns.push(division_column(*division, values));
    }
    for (at, part) in across.iter().enumerate() {
        let cells = down.values().map(|cells| cells.get(at).copied().flatten());
        columns.push(value_column(column, &part.to_string(), cells));
    }
    Table::new(columns)
}

/// What the reader of a tally has to know.
struct Account<'a> {
    found: &'a Tally,
    groups: Option<&'a Chosen>,
    wide: Option<&'static TallyColumn>,
    few: usize,
    cut: usize,
}

impl Account<'_> {
    fn describe(&self, mut table: Table, settings: &TallySettings, gathered: &Gathered) -> Table {
        let votes = &gathered.votes;
        let counts = format!("{} votes, {} ballots cast", votes.len(), votes.cast());
        let selection = settings.votes.selection.describe(gathered.scope);
        table = table.with("votes", selection).with("counts", counts);
        for (key, value) in &gathered.metadata {
            table = table.with(key, value.clone());
        }
        let found = self.found;
        if !found.unplaced.is_empty() {
            let left_out = found.unplaced.len().to_string();
            table = table.with("votes without a date or session left out", left_out);
        }
        if !settings.states.is_empty() {
            let states = settings.states.join(", ");
            table = table.with(
                "voters",
                format!("{states}; the majority is that of all voters"),
            );
        }
        if let Some(scheme) = self.groups.and_then(|groups| groups.scheme.as_ref()) {
            table = table.with("groups", scheme.clone());
        }
        if found.by.contains(&Division::Issue) {
            let several = many(found.on_several_issues as u64, "vote");
            let text = format!(
                "a vote counts in each of its issues; {several} on several, those on none without a code; the codes of {} are of the source, those of {} \
                 computed from their words (docs/issues.md)",
                many((found.votes - found.with_computed_issues) as u64, "vote"),
                many(found.with_computed_issues as u64, "vote"),
            );
            table = table.with("issue", text);
        }
        if found.in_part > 0 {
            let text = format!(
                "{} that do not name everybody: no attendance; members of the day that are not on them are `unlisted`, or `non_voting` where the list \
                 has every vote that was cast",
                many(found.in_part as u64, "list")
            );
            table = table.with("lists", text);
        }
        if self.few > 0 {
            let text = format!(
                "{} with fewer than {}",
                many(self.few as u64, "row"),
                many(settings.least.into(), "vote")
            );
            table = table.with("left out", text);
        }
        if self.cut > 0 {
            let limit = settings.limit.unwrap_or_default();
            let text = format!(
                "the first {limit} of each part; {} not shown",
                many(self.cut as u64, "row")
            );
            table = table.with("limit", text);
        }
        if let Some(column) = self.wide {
            let by = found.by.last().map_or("part", |by| by.as_str());
            return table.with(
                "cells",
                format!("{} by {by}: {}", column.name, column.definition),
            );
        }
        for column in COLUMNS.iter().filter(|column| column.is_share) {
            table = table.with(column.name, column.definition);
        }
        table
    }
}

#[cfg(feature = "plot")]
impl TallyTable {
    /// A column over time, a line for each unit and each part of the other divisions; by default the column of a wide table, else the share by
    /// which rows are sorted, else that of yes. Where units are named, the lines of all others are grey.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] when no division is one of time, there is no such column or unit, or there are more lines than a reader can tell
    /// apart.
    pub fn chart(&self, name: Option<&str>, above: &[String]) -> Result<Chart, Error> {
        let shown = match name {
            Some(name) => column(name, "plot-column")?,
            None => self.shown,
        };
        let time = self.found.by.iter().position(|by| by.is_time());
        let Some((time, division)) = time.and_then(|at| Some((at, *self.found.by.get(at)?))) else {
            return Err(
                Refusal::new("a chart over time needs votes that are divided by time")
                    .with_help("divide them by year, session or decade")
                    .by_setting(["by"])
                    .into(),
            );
        };
        let mut named = Vec::new();
        for text in above {
            let code = crate::participant(text).map(|who| who.to_string());
            let units = self.found.units.iter().zip(&self.names);
            let place = units.enumerate().position(|(_, (unit, name))| {
                unit == text || name == text || code.as_ref().is_ok_and(|code| code == unit)
            });
            let place = place.ok_or_else(|| {
                Refusal::new(format!("`{text}` is in no row to draw"))
                    .with_help("name participants or groups as the table has them")
                    .by_setting(["plot-states"])
            });
            named.push(place?);
        }
        let mut lines: BTreeMap<(usize, Vec<&DivisionValue>), Series> = BTreeMap::new();
        let mut without_place = 0;
        for row in &self.found.rows {
            let x = row.parts.get(time).and_then(DivisionValue::number);
            let (Some(x), Some(y)) = (x, shown.value(&row.counts)) else {
                without_place += usize::from(x.is_none());
                continue;
            };
            let parts = row.parts.iter().enumerate();
            let others: Vec<_> = parts
                .filter(|(at, _)| *at != time)
                .map(|(_, part)| part)
                .collect();
            let line = lines.entry((row.unit, others.clone())).or_insert_with(|| {
                let unit = self
                    .names
                    .get(row.unit)
                    .filter(|name| name.as_str() != "all" || others.is_empty());
                let parts = others.iter().map(ToString::to_string);
                let name: Vec<String> = unit.cloned().into_iter().chain(parts).collect();
                let mut line = Series::new(name.join(", "));
                line.is_context = !named.is_empty() && !named.contains(&row.unit);
                line
            });
            line.points.push((f64::from(x), y).into());
        }
        let mut series: Vec<Series> = lines.into_values().collect();
        for line in &mut series {
            line.points.sort_by(|one, other| one.x.total_cmp(&other.x));
        }
        let behind = series.iter().filter(|line| line.is_context).count();
        if series.len() - behind > Chart::MOST_LINES {
            let reason = format!("{} lines are too many for one chart", series.len() - behind);
            let help = format!("name whom to draw: at most {} lines fit", Chart::MOST_LINES);
            let refusal = Refusal::new(reason).with_help(help);
            return Err(refusal.by_setting(["states", "only", "plot-states"]).into());
        }
        let mut chart = Chart::default();
        chart.title = match series.as_slice() {
            [one] if one.name != "all" => format!("{}: {}", one.name, words(shown)),
            _ => capital(&words(shown)),
        };
        chart.note = capital(shown.definition);
        if behind > 0 {
            chart
                .note
                .push_str(&format!(". Grey: {}", many(behind as u64, "other line")));
        }
        if without_place > 0 {
            let rows = many(without_place as u64, "row");
            chart
                .note
                .push_str(&format!(". Not drawn: {rows} of special sessions"));
        }
        chart.x = match division {
            Division::Session => TimeAxis::Session,
            Division::Decade => TimeAxis::Decade,
            _ => TimeAxis::Year,
        };
        chart.y_label = words(shown);
        chart.y_range = shown.is_share.then_some((0.0, 1.0));
        chart.series = series;
        chart.about = self.table.metadata().to_vec();
        Ok(chart)
    }
}

/// What a column is called in a sentence.
#[cfg(feature = "plot")]
fn words(column: &TallyColumn) -> String {
    let share = column.name.strip_suffix("_share");
    match share {
        Some("majority") => "share with the majority".to_owned(),
        Some("abstain") => "share of abstentions".to_owned(),
        Some("alone") => "share alone".to_owned(),
        Some(choice) => format!("share of {choice}"),
        None => column.name.replace('_', " "),
    }
}

#[cfg(feature = "plot")]
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
