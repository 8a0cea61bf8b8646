//! [`parties`]: who was what to treaties over time: spells, panels by year, counts, and the state of a day.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use plenary_analysis::table::{Column, Table};
use plenary_bodies::Reference;
use plenary_states::entity;
use plenary_treaties::{Participation, Spell, Status, Timeline};
use plenary_types::{Date, Participant, Statement, StatementKind, many};
use serde::Serialize;

use crate::carried::replaced;
use crate::known_bodies::rests_on;
use crate::treaty::{Prepared, reference_of};
use crate::treaty_set::{TreatyBasis, TreatySet};
use crate::{Error, Refusal, TreatySettings, today};

/// Which treaties and participants are looked at, and what is told of them.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct PartiesSettings {
    /// How the treaties are read and put together. Its day and its `id` are not used, and its clause and notice only with one treaty.
    pub treaty: TreatySettings,
    /// Only the treaties of these numbers, names or titles.
    pub treaties: Vec<String>,
    /// Only these participants.
    pub participants: Vec<Participant>,
    /// Only these statuses.
    pub statuses: Vec<Status>,
    /// What is told.
    pub table: PartiesTable,
    /// The first year of a panel or of counts; by default that of the first act.
    pub from: Option<i32>,
    /// The last year; by default that of the last act that is known.
    pub to: Option<i32>,
}

/// What is told of the parties of treaties.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum PartiesTable {
    /// A row for each stretch of days on which a participant is one thing to a treaty.
    #[default]
    Spells,
    /// A row for each treaty, participant and year: what it is on a day of the year.
    Panel(DayOfYear),
    /// A row for each treaty and year: how many are what on a day of the year.
    Counts(DayOfYear),
    /// A row for each treaty and participant: what it is on a day, by default today.
    On(Option<NaiveDate>),
    /// The same of those that have signed and not consented.
    SignedNotParty(Option<NaiveDate>),
}

/// A day that every year has, such as `12-31`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayOfYear {
    month: u32,
    day: u32,
}

impl Default for DayOfYear {
    /// The last of December.
    fn default() -> Self {
        Self { month: 12, day: 31 }
    }
}

impl DayOfYear {
    /// The day in a year.
    #[must_use]
    pub fn of(self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month, self.day)
    }
}

impl fmt::Display for DayOfYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

/// Why a text is not a [`DayOfYear`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not a day of every year (expected MM-DD, such as 06-30)")]
pub struct DayOfYearError {
    /// The text that was refused.
    pub found: String,
}

impl FromStr for DayOfYear {
    type Err = DayOfYearError;

    fn from_str(text: &str) -> Result<Self, DayOfYearError> {
        let number = |text: &str| {
            let is_plain = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse::<u32>().ok().filter(|_| is_plain)
        };
        let parts = text.split_once('-');
        let found = parts.and_then(|(month, day)| {
            let (month, day) = (number(month)?, number(day)?);
            // A year without a 29th of February.
            NaiveDate::from_ymd_opt(2001, month, day).map(|_| Self { month, day })
        });
        found.ok_or_else(|| DayOfYearError {
            found: text.to_owned(),
        })
    }
}

/// Who was what to treaties. It serialises as an object with `treaties`, what each answer rests on, and the `metadata` and the `rows` of
/// the table.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Parties {
    /// What is known of each treaty, and until when.
    pub treaties: Vec<TreatyBasis>,
    /// Treaties of which nothing can be said, each with the reason.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<String>,
    /// The table, with its metadata.
    #[serde(flatten)]
    pub table: Table,
    /// Why it is empty, where it is.
    #[serde(skip)]
    pub refused: Option<Refusal>,
    /// What limits it.
    #[serde(skip)]
    pub warnings: Vec<String>,
}

/// Says who was what to treaties over time. An input is a participant table of the UN Treaty Collection or a folder of them, another table
/// of acts, a document or a dataset with treaties, or the number or name of a treaty whose acts come with the program.
///
/// ```
/// use plenary::{DayOfYear, PartiesSettings, PartiesTable, parties};
///
/// let mut settings = PartiesSettings::default();
/// settings.table = PartiesTable::Panel(DayOfYear::default());
/// settings.participants = vec!["USA".parse()?];
/// let panel = parties(&["paris-agreement"], &settings)?.table;
/// let cells = |name: &str| {
///     let column = panel.columns().iter().find(|column| column.name() == name).unwrap();
///     (0..panel.len()).map(|row| column.cell(row).to_string()).collect::<Vec<_>>()
/// };
/// assert_eq!(cells("year")[..5], ["2016", "2017", "2018", "2019", "2020"]);
/// assert_eq!(cells("status")[..5], ["party", "party", "party", "party", "withdrawn"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`Error`] when an input cannot be used, or no treaty is found.
pub fn parties<T: AsRef<str>>(inputs: &[T], settings: &PartiesSettings) -> Result<Parties, Error> {
    let reference = reference_of(inputs.iter().map(AsRef::as_ref), &settings.treaty)?;
    let set = TreatySet::read(
        inputs,
        &settings.treaties,
        false,
        &settings.treaty,
        &reference,
    )?;
    let today = today()?;
    let mut rows = Rows::default();
    let mut treaties = Vec::new();
    for prepared in &set.treaties {
        let timeline = Timeline::new(&prepared.assembled.treaty);
        treaties.push(TreatyBasis::new(prepared, &timeline));
        let of = Of {
            settings,
            reference: &reference,
            prepared,
            timeline: &timeline,
            known_until: prepared.assembled.known_until(),
        };
        match settings.table {
            PartiesTable::Spells => of.spells(&mut rows),
            PartiesTable::Panel(day) => of.panel(day, &mut rows),
            PartiesTable::Counts(day) => of.counts(day, &mut rows),
            PartiesTable::On(day) | PartiesTable::SignedNotParty(day) => {
                of.on(day.unwrap_or(today), &mut rows);
            }
        }
    }
    let mut table = rows.table(settings.table);
    table = table.with("table", told(settings.table, today));
    for (key, value) in set.metadata(&treaties) {
        table = table.with(&key, value);
    }
    let mut warnings = set.warnings(&treaties);
    warnings.extend(replaced(&reference));
    if let beyond @ 1.. = rows.rows.iter().filter(|row| row.beyond).count() {
        let rows = many(beyond as u64, "row");
        let text = format!("{rows} of days after `known_until`: a later act would not show");
        let is_of_one_day = matches!(
            settings.table,
            PartiesTable::On(_) | PartiesTable::SignedNotParty(_)
        );
        match is_of_one_day {
            true => warnings.push(text),
            false => table = table.with("beyond known acts", text),
        }
    }
    let layers = rests_on(&reference);
    if !layers.is_empty() {
        table = table.with("reference", layers.join(", "));
    }
    Ok(Parties {
        refused: table.is_empty().then(|| {
            Refusal::new("no row is selected")
                .with_help("widen the selection")
                .by_setting(["state", "status", "from", "to"])
        }),
        treaties,
        left_out: set.left_out,
        table,
        warnings,
    })
}

fn told(table: PartiesTable, today: NaiveDate) -> String {
    let on = |day: Option<NaiveDate>| match day {
        Some(day) => format!("on {day}"),
        None => format!("today, {today}"),
    };
    match table {
        PartiesTable::Spells => {
            "spells; `to` is the first day on which it is so no longer".to_owned()
        }
        PartiesTable::Panel(day) => format!("panel on {day} of each year"),
        PartiesTable::Counts(day) => format!("counts on {day} of each year"),
        PartiesTable::On(day) => format!("status {}", on(day)),
        PartiesTable::SignedNotParty(day) => format!("signed and not consented {}", on(day)),
    }
}

/// One treaty, while its rows are made.
struct Of<'s> {
    settings: &'s PartiesSettings,
    reference: &'s Reference,
    prepared: &'s Prepared,
    timeline: &'s Timeline<'s>,
    known_until: Option<Date>,
}

/// The rows of the table, before they are columns.
#[derive(Default)]
struct Rows {
    rows: Vec<Row>,
}

#[derive(Default)]
struct Row {
    record: Option<i32>,
    treaty: String,
    title: String,
    participant: Option<Participant>,
    name: Option<String>,
    on: Option<NaiveDate>,
    status: Option<Status>,
    participation: Option<Participation>,
    from: Option<Date>,
    to: Option<Date>,
    kind: Option<&'static str>,
    act_date: Option<Date>,
    reservations: Option<i32>,
    counts: Counts,
    beyond: bool,
    known_until: Option<Date>,
}

/// How many are what on a day.
#[derive(Clone, Copy, Default)]
struct Counts {
    signatories: i32,
    signatories_undetermined: i32,
    contracting: i32,
    contracting_undetermined: i32,
    parties: Option<i32>,
    parties_undetermined: Option<i32>,
    suspended: Option<i32>,
    in_force: Option<bool>,
}

impl Of<'_> {
    fn row(&self) -> Row {
        let treaty = &self.prepared.assembled.treaty;
        let record = self.prepared.record;
        Row {
            record: record.and_then(|record| i32::try_from(record).ok()),
            treaty: treaty.id.clone().unwrap_or_else(|| treaty.title.clone()),
            title: treaty.title.clone(),
            known_until: self.known_until,
            ..Row::default()
        }
    }

    fn participants(&self) -> Vec<Participant> {
        let mut all = self.timeline.participants();
        let only = &self.settings.participants;
        all.retain(|who| only.is_empty() || only.contains(who));
        all
    }

    /// Whether a status is asked for.
    fn is_wanted(&self, status: Status) -> bool {
        let only = &self.settings.statuses;
        only.is_empty() || only.contains(&status)
    }

    /// What a participant is called on a day: by the reference, else as a source prints it.
    fn name(&self, who: Participant, day: NaiveDate) -> Option<String> {
        let known = self.reference.name_on(who, Some(day));
        let printed = || {
            let mut acts = self.prepared.assembled.treaty.actions.iter();
            acts.find_map(|act| act.printed.as_deref().filter(|_| act.participant == who))
        };
        known.or_else(printed).map(str::to_owned)
    }

    /// Whether a day lies beyond what the source knows.
    fn is_beyond(&self, day: NaiveDate) -> bool {
        self.known_until.is_none_or(|until| until.earliest() < day)
    }

    fn spells(&self, rows: &mut Rows) {
        for who in self.participants() {
            for spell in self.timeline.spells(who) {
                if self.is_wanted(spell.status) {
                    rows.rows.push(self.spell(who, &spell));
                }
            }
        }
    }

    fn spell(&self, who: Participant, spell: &Spell<'_>) -> Row {
        let first = spell.from.and_then(Date::last);
        let last = || spell.to.and_then(Date::first);
        let day = first
            .or_else(last)
            .or_else(|| self.known_until.map(Date::latest));
        Row {
            participant: Some(who),
            name: day.and_then(|day| self.name(who, day)),
            status: Some(spell.status),
            from: spell.from,
            to: spell.to,
            kind: spell.act.map(|act| act.kind.as_str()),
            act_date: spell.act.and_then(|act| act.date),
            reservations: self.reservations(who, spell),
            ..self.row()
        }
    }

    /// How many reservations of a participant were in force in a spell; nothing where the source has no statements of anybody.
    fn reservations(&self, who: Participant, spell: &Spell<'_>) -> Option<i32> {
        let statements = &self.prepared.assembled.treaty.statements;
        if statements.is_empty() {
            return None;
        }
        let holds = |statement: &&Statement| {
            let begun = spell
                .to
                .is_none_or(|to| statement.date.earliest() < to.latest());
            let ended = spell.from.zip(statement.withdrawn);
            let ended = ended.is_some_and(|(from, end)| end.latest() <= from.earliest());
            statement.author == who
                && statement.kind == StatementKind::Reservation
                && statement.on_behalf_of.is_empty()
                && begun
                && !ended
        };
        i32::try_from(statements.iter().filter(holds).count()).ok()
    }

    /// The years that are told: from that of the first act to that of the horizon, or as asked.
    fn years(&self) -> Option<std::ops::RangeInclusive<i32>> {
        let acts = self.prepared.assembled.treaty.actions.iter();
        let first = acts.filter_map(|act| act.date?.first()).min();
        let first = first.or(self.prepared.assembled.treaty.opened);
        let last = self.known_until.and_then(Date::last);
        let year = |day: Option<NaiveDate>| day.map(|day| day.year());
        let from = self.settings.from.or_else(|| year(first));
        let to = self.settings.to.or_else(|| year(last));
        Some(from.or(to)?..=to.or(from)?)
    }

    fn days(&self, day: DayOfYear) -> impl Iterator<Item = NaiveDate> {
        let years = self.years().into_iter().flatten();
        years.filter_map(move |year| day.of(year))
    }

    fn panel(&self, day: DayOfYear, rows: &mut Rows) {
        let participants = self.participants();
        for who in participants {
            for day in self.days(day) {
                let participation = self.timeline.participation(who, day);
                let exists = || {
                    let code = who.code().and_then(entity);
                    code.is_none_or(|entity| entity.exists_on(day))
                };
                let is_nobody = matches!(participation.status, Status::None | Status::Extinct);
                if self.is_wanted(participation.status) && (!is_nobody || exists()) {
                    rows.rows.push(self.on_day(who, day, participation));
                }
            }
        }
    }

    fn on_day(&self, who: Participant, day: NaiveDate, participation: Participation) -> Row {
        Row {
            participant: Some(who),
            name: self.name(who, day),
            on: Some(day),
            status: Some(participation.status),
            participation: Some(participation),
            beyond: self.is_beyond(day),
            ..self.row()
        }
    }

    fn on(&self, day: NaiveDate, rows: &mut Rows) {
        let only_pending = matches!(self.settings.table, PartiesTable::SignedNotParty(_));
        for who in self.participants() {
            let participation = self.timeline.participation(who, day);
            let is_open = matches!(
                participation.status,
                Status::Signatory | Status::Provisional | Status::Undetermined
            );
            let is_pending = is_open
                && participation.signed != Some(false)
                && participation.consented != Some(true);
            let is_told =
                self.is_wanted(participation.status) && participation.status != Status::None;
            if !is_told || (only_pending && !is_pending) {
                continue;
            }
            let spells = self.timeline.spells(who);
            let holds = |spell: &&Spell<'_>| {
                let begun = spell.from.is_none_or(|from| from.earliest() <= day);
                begun && spell.to.is_none_or(|to| day < to.latest())
            };
            let spell = spells
                .iter()
                .filter(holds)
                .find(|s| s.status == participation.status);
            let row = self.on_day(who, day, participation);
            rows.rows.push(match spell {
                Some(spell) => Row {
                    from: spell.from,
                    kind: spell.act.map(|act| act.kind.as_str()),
                    act_date: spell.act.and_then(|act| act.date),
                    reservations: self.reservations(who, spell),
                    ..row
                },
                None => row,
            });
        }
    }

    fn counts(&self, day: DayOfYear, rows: &mut Rows) {
        let participants = self.participants();
        for day in self.days(day) {
            let participations = participants.iter();
            let participations: Vec<_> = participations
                .map(|who| self.timeline.participation(*who, day))
                .collect();
            let count = |is_it: &dyn Fn(&Participation) -> bool| {
                let found = participations
                    .iter()
                    .filter(|participation| is_it(participation));
                i32::try_from(found.count()).unwrap_or(i32::MAX)
            };
            let is_known = self.timeline.is_determinate_on(day);
            let of_parties =
                |is_it: &dyn Fn(&Participation) -> bool| is_known.then(|| count(is_it));
            rows.rows.push(Row {
                on: Some(day),
                counts: Counts {
                    signatories: count(&|s| s.signed == Some(true)),
                    signatories_undetermined: count(&|s| s.signed.is_none()),
                    contracting: count(&|s| s.consented == Some(true)),
                    contracting_undetermined: count(&|s| s.consented.is_none()),
                    parties: of_parties(&|s| s.party == Some(true)),
                    parties_undetermined: of_parties(&|s| s.party.is_none()),
                    suspended: of_parties(&|s| s.status == Status::Suspended),
                    in_force: self.timeline.is_in_force_on(day),
                },
                beyond: self.is_beyond(day),
                ..self.row()
            });
        }
    }
}

impl Rows {
    /// The columns of the kind of table.
    fn table(&self, table: PartiesTable) -> Table {
        let texts = |name: &str, of: &dyn Fn(&Row) -> Option<&str>| {
            Column::texts(name, self.rows.iter().map(of))
        };
        let integers = |name: &str, of: &dyn Fn(&Row) -> Option<i32>| {
            Column::integers(name, self.rows.iter().map(of))
        };
        let dates = |name: &str, of: &dyn Fn(&Row) -> Option<NaiveDate>| {
            Column::dates(name, self.rows.iter().map(of))
        };
        let flags = |name: &str, of: &dyn Fn(&Row) -> Option<bool>| {
            Column::flags(name, self.rows.iter().map(of))
        };
        let mut columns = vec![
            integers("record", &|row| row.record),
            texts("treaty", &|row| Some(&row.treaty)),
        ];
        let is_counts = matches!(table, PartiesTable::Counts(_));
        if !is_counts {
            columns.extend([
                texts("participant", &|row| {
                    row.participant.map(Participant::as_str)
                }),
                texts("name", &|row| row.name.as_deref()),
            ]);
        }
        if matches!(table, PartiesTable::Panel(_) | PartiesTable::Counts(_)) {
            columns.push(integers("year", &|row| row.on.map(|day| day.year())));
        }
        if table != PartiesTable::Spells {
            columns.push(dates("date", &|row| row.on));
        }
        if is_counts {
            columns.extend([
                integers("signatories", &|row| Some(row.counts.signatories)),
                integers("contracting", &|row| Some(row.counts.contracting)),
                integers("parties", &|row| row.counts.parties),
                integers("signatories_undetermined", &|row| {
                    Some(row.counts.signatories_undetermined)
                }),
                integers("contracting_undetermined", &|row| {
                    Some(row.counts.contracting_undetermined)
                }),
                integers("parties_undetermined", &|row| {
                    row.counts.parties_undetermined
                }),
                integers("suspended", &|row| row.counts.suspended),
                flags("in_force", &|row| row.counts.in_force),
            ]);
        } else {
            columns.push(texts("status", &|row| row.status.map(Status::as_str)));
        }
        if matches!(
            table,
            PartiesTable::Panel(_) | PartiesTable::On(_) | PartiesTable::SignedNotParty(_)
        ) {
            columns.extend([
                flags("signed", &|row| row.participation?.signed),
                flags("consented", &|row| row.participation?.consented),
                flags("party", &|row| row.participation?.party),
            ]);
        }
        let is_spells = table == PartiesTable::Spells;
        let has_spell = !matches!(table, PartiesTable::Panel(_) | PartiesTable::Counts(_));
        if has_spell {
            columns.push(dates("from", &|row| row.from?.as_day()));
        }
        if is_spells {
            columns.push(dates("to", &|row| row.to?.as_day()));
        }
        if has_spell {
            columns.extend([
                texts("kind", &|row| row.kind),
                integers("reservations", &|row| row.reservations),
                dates("from_earliest", &|row| row.from?.first()),
                dates("from_latest", &|row| row.from?.last()),
            ]);
        }
        if is_spells {
            columns.extend([
                dates("to_earliest", &|row| row.to?.first()),
                dates("to_latest", &|row| row.to?.last()),
            ]);
        }
        if has_spell {
            columns.extend([
                dates("act_date", &|row| row.act_date?.as_day()),
                Column::texts(
                    "act_date_text",
                    self.rows.iter().map(|row| {
                        let date = row.act_date.filter(|date| date.as_day().is_none());
                        date.map(|date| date.to_string())
                    }),
                ),
            ]);
        }
        if table != PartiesTable::Spells {
            columns.push(flags("beyond_known_acts", &|row| Some(row.beyond)));
        }
        columns.extend([
            Column::texts(
                "known_until",
                self.rows
                    .iter()
                    .map(|row| Some(row.known_until?.to_string())),
            ),
            texts("title", &|row| Some(&row.title)),
        ]);
        Table::new(columns)
    }
}
