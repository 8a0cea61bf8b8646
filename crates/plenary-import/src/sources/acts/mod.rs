//! Acts of agreements in rows: `plenary-acts-csv`.
//!
//! One row is one act of one participant: `agreement,participant,act,date,effective,on_behalf_of,towards,source,note`. The rows of one
//! agreement are one record; where the column `agreement` is missing or empty, it is the agreement that the file is named after.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use plenary_states::entity;
use plenary_tables::{ActRow, ActsReader, CellPlace, TableError, known_code, same_name};
use plenary_types::{
    Act, Agreement, AgreementKind, Citation, Date, Field, Finding, Locus, Origin, Participant,
    ParticipantKind, Place, Source,
};

use crate::check::ReaderCheck;
use crate::csv::dates;
use crate::error::{ImportError, Rejected, no_rows};
use crate::files::stem;
use crate::format::{Fit, Format, Reader, Recognise};
use crate::input::{Input, Limit};
use crate::recognition::Nearest;
use crate::record::{Import, Record};
use crate::sources::untc;

pub(crate) static FORMAT: Format = Format::new(
    "plenary-acts-csv",
    "acts of participants: one row for each signature, consent, extension, withdrawal or statement",
    Recognise::Header(recognise),
    Reader::File(read),
)
.with_page("plenary-acts-csv");

/// The columns without which a table is no table of acts.
const NEEDED: [(&str, &[&str]); 3] = [
    ("participant", &["participant"]),
    ("act", &["act", "action"]),
    ("date", &["date"]),
];

fn recognise(headings: &[Box<str>]) -> Fit {
    let has = |names: &[&str]| {
        let mut headings = headings.iter();
        headings.any(|heading| names.iter().any(|name| same_name(heading, name)))
    };
    let missing = NEEDED.iter().filter(|(_, names)| !has(names));
    let missing: Vec<_> = missing.map(|(name, _)| (*name).to_owned()).collect();
    match missing.len() {
        0 => Fit::Full("it has the columns `participant`, `act` and `date`".to_owned()),
        1 if has(&["agreement", "treaty"]) => Fit::Partial(Nearest {
            missing,
            ..Nearest::new(FORMAT.name(), NEEDED.len() - 1)
        }),
        _ => Fit::None,
    }
}

/// Tables are read whole.
const LONGEST: Limit = Limit {
    mebibytes: 64,
    of: "a table of acts",
    help: "write the acts of each agreement to a file of its own",
};

/// The rows of one agreement.
#[derive(Default)]
struct Rows {
    acts: Vec<Act>,
    places: Vec<ActPlace>,
}

/// Where the parts of an act stand.
#[derive(Clone, Copy)]
struct ActPlace {
    participant: CellPlace,
    kind: CellPlace,
    date: CellPlace,
}

fn read(input: &Input) -> Result<Import, ImportError> {
    let path = &input.path;
    let bytes = input.bytes_up_to(LONGEST)?;
    let mut reader = ActsReader::open(&bytes).map_err(|error| table_error(path, error))?;
    let settled = reader.settle_dates(input.dates.as_ref());
    settled.map_err(|unsettled| dates::refused(path, "date", unsettled))?;
    let account = dates::account(reader.dates());
    let findings = unknown_columns(&reader, path);
    let (mut rows, mut rejected) = (0, Vec::new());
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut agreements: Vec<(String, Rows)> = Vec::new();
    for row in reader.rows(participant) {
        rows += 1;
        match row {
            Ok(row) => {
                let of = match row.agreement.is_empty() {
                    true => stem(Path::new(path)),
                    false => row.agreement.clone(),
                };
                let at = *places.entry(of).or_insert_with_key(|name| {
                    agreements.push((name.clone(), Rows::default()));
                    agreements.len() - 1
                });
                if let Some((_, rows)) = agreements.get_mut(at) {
                    rows.take(row, input.names.as_deref());
                }
            }
            Err(error) => rejected.push(rejected_row(path, error)),
        }
    }
    if rows == 0 {
        return Err(no_rows(path));
    }
    let path_of_all: Arc<str> = path.as_str().into();
    let records = agreements.into_iter();
    let records: Vec<_> = records
        .map(|(name, rows)| record(&path_of_all, &name, rows))
        .collect();
    let import = Import::from_rows(path, records, rejected, rows);
    Ok(import.with_findings(findings).with_remarks(&account))
}

/// The participant of a code that somebody has, or of a name, as status tables print it.
fn participant(text: &str) -> Option<Participant> {
    let code = known_code(text, |code| entity(code).is_some());
    code.or_else(|| untc::participant(text).map(Into::into))
}

fn unknown_columns(reader: &ActsReader<'_>, path: &str) -> Vec<Finding> {
    let place = || Place::new(path).with_line(reader.header_line());
    let headings = reader.unknown_headings().into_iter();
    headings
        .map(|heading| {
            let message =
                format!("column `{heading}` is not one of this format; its values are not kept");
            ReaderCheck::UnknownColumn.finding(message, place().with_field(heading))
        })
        .collect()
}

fn table_error(path: &str, error: TableError) -> ImportError {
    let place = Place {
        path: Some(path.to_owned()),
        ..*error.place
    };
    ImportError::syntax(place, error.reason, error.help)
}

fn rejected_row(path: &str, error: TableError) -> Rejected {
    Rejected {
        place: Place {
            path: Some(path.to_owned()),
            ..*error.place
        },
        value: error.value.unwrap_or_default(),
        reason: error.reason,
        help: error.help,
        record: error.record,
    }
}

impl Rows {
    fn take(&mut self, mut row: ActRow, names: Option<&Names>) {
        if let Some(names) = names {
            name(&mut row.act, names);
        }
        if let Act::Sponsorship(more) = &mut row.act
            && let Some(Act::Sponsorship(last)) = self.acts.last_mut()
            && last.has_same_draft(more)
        {
            last.sponsors.append(&mut more.sponsors);
            return;
        }
        self.places.push(ActPlace {
            participant: row.participant,
            kind: row.kind,
            date: row.date,
        });
        self.acts.push(row.act);
    }
}

/// Who is meant by a name on a date.
type Names = dyn Fn(&str, Option<Date>) -> Option<Participant> + Send + Sync;

/// Puts whoever is meant by a name in its place, where no state or organisation is.
fn name(act: &mut Act, names: &Names) {
    let date = act.date();
    let meant = |text: &str| names(text, date);
    let identify = |who: &mut Participant| {
        if who.kind() == ParticipantKind::Text {
            *who = meant(who.identifier()).unwrap_or(*who);
        }
    };
    let (others, towards) = match act {
        Act::Action(action) => {
            identify(&mut action.participant);
            (&mut action.on_behalf_of, &mut action.towards)
        }
        Act::Statement(statement) => {
            identify(&mut statement.author);
            (&mut statement.on_behalf_of, &mut statement.towards)
        }
        Act::Sponsorship(sponsorship) => {
            for sponsor in &mut sponsorship.sponsors {
                let known = sponsor.participant;
                sponsor.participant = known.or_else(|| meant(&sponsor.name));
            }
            return;
        }
        _ => return,
    };
    others.iter_mut().chain(towards).for_each(identify);
}

/// One agreement: what its rows call it is its symbol, where it reads as one, else its number.
fn record(path: &Arc<str>, name: &str, rows: Rows) -> Record {
    let symbol = Citation::new(name);
    let is_symbol = symbol.symbol().is_some();
    let source = Source {
        title: "Acts of participants".to_owned(),
        record: Some(name.to_owned()).filter(|_| !is_symbol),
        ..Source::default()
    };
    let is_sponsorship = |act: &Act| matches!(act, Act::Sponsorship(_));
    let agreement = Agreement {
        // A draft that has sponsors alone is no treaty by that.
        kind: match rows.acts.iter().all(is_sponsorship) {
            true => AgreementKind::default(),
            false => AgreementKind::Treaty,
        },
        symbols: Some(symbol).filter(|_| is_symbol).into_iter().collect(),
        acts: rows.acts,
        sources: vec![source],
        ..Agreement::default()
    };
    Record {
        agreement,
        origin: Arc::new(ActsOrigin {
            path: Arc::clone(path),
            places: rows.places,
        }),
        findings: Vec::new(),
    }
}

struct ActsOrigin {
    path: Arc<str>,
    places: Vec<ActPlace>,
}

impl Origin for ActsOrigin {
    fn place(&self, locus: Locus) -> Place {
        let act = locus.act.or(Some(0)).and_then(|act| self.places.get(act));
        let Some(act) = act else {
            return Place::new(&*self.path).with_line(1);
        };
        let (cell, field) = match (locus.act, locus.field) {
            (None, _) => (act.participant, None),
            (_, Field::Date) => (act.date, Some("date")),
            (_, Field::Mode | Field::Outcome) => (act.kind, Some("act")),
            _ => (act.participant, Some("participant")),
        };
        Place {
            field: field.map(str::to_owned),
            ..Place::new(&*self.path)
                .with_line(cell.line)
                .with_column(cell.character)
        }
    }
}

#[cfg(test)]
mod tests;
