//! Panels: a participant in a year, with its status. The years of a status are read as spans: a panel knows no day.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use plenary_tables::Row;
use plenary_types::{ActionKind, Date, TreatyAction};

use super::super::participants::Identified;
use super::definition::{Absent, ActColumns, ActRole, ActWord, ActsMapping};
use super::record::{ActPlace, Agreements};
use super::rows::is_same_number;
use super::{CellPlace, Columns, Fault};
use crate::csv::choices::whole;

/// The rows of a panel.
pub(super) struct Panel<'a> {
    mapping: &'a ActsMapping,
    columns: &'a Columns<'a>,
    state: Option<usize>,
    name: Option<usize>,
    year: Option<usize>,
    entries: Vec<Entry>,
    series: Vec<Series>,
    /// The place of a series, by its agreement, its entry and its participant as printed.
    places: HashMap<(String, usize, String), usize>,
    /// The years of which the table has rows.
    years: BTreeSet<i32>,
    /// Who was identified by a code and a name.
    identified: RefCell<HashMap<(String, String), Identified>>,
}

/// Where the status of an entry stands, and who has it.
struct Entry {
    act: ActColumns,
    status: Option<usize>,
    /// The columns of participants; empty where the row is about one.
    participants: Vec<usize>,
}

/// What a participant was to an agreement, by years.
struct Series {
    agreement: String,
    entry: usize,
    who: Identified,
    who_place: CellPlace,
    /// The status of each year, and where it stands; nothing where a cell is empty.
    years: BTreeMap<i32, (Option<bool>, CellPlace)>,
}

/// A participant of a row: what it is printed as, who that is, and where.
struct Who {
    printed: String,
    identified: Identified,
    column: Option<usize>,
}

impl<'a> Panel<'a> {
    pub(super) fn new(mapping: &'a ActsMapping, columns: &'a Columns<'a>) -> Self {
        let entries = mapping.acts.iter().map(|act| {
            let participants = act.participants.0.iter();
            Entry {
                status: act.status.as_ref().and_then(|column| columns.at(column)),
                participants: participants
                    .filter_map(|column| columns.at(column))
                    .collect(),
                act: act.clone(),
            }
        });
        Self {
            mapping,
            columns,
            state: columns.of_role(mapping, ActRole::State),
            name: columns.of_role(mapping, ActRole::Name),
            year: columns.of_role(mapping, ActRole::Year),
            entries: entries.collect(),
            series: Vec::new(),
            places: HashMap::new(),
            years: BTreeSet::new(),
            identified: RefCell::default(),
        }
    }

    /// Who a code and a name mean: the same in every year.
    fn identify(&self, code: &str, name: &str) -> Result<Identified, &'static str> {
        let key = (code.to_owned(), name.to_owned());
        if let Some(known) = self.identified.borrow().get(&key) {
            return Ok(known.clone());
        }
        let identified = self.mapping.identify(code, name, None)?;
        self.identified.borrow_mut().insert(key, identified.clone());
        Ok(identified)
    }

    fn fault(
        &self,
        row: &Row<'_>,
        column: Option<usize>,
        reason: String,
        help: &'static str,
    ) -> Fault {
        Fault {
            place: self.columns.place(row, column),
            value: self.columns.value(self.mapping, row, column),
            reason,
            help,
            agreement: None,
        }
    }

    /// What a row calls its agreement, if all of its columns are of one.
    fn agreement_of_row(&self, row: &Row<'_>, agreements: &Agreements<'_>) -> Option<String> {
        let mut entries = self.entries.iter();
        let has_own = entries.any(|entry| entry.act.agreement.is_some());
        (!has_own).then(|| agreements.name(row, None))
    }

    /// Takes down what a row says. A row of which one cell cannot be used is rejected as a whole: its year would be a gap for the
    /// others alone.
    pub(super) fn read(&mut self, row: &Row<'_>, agreements: &Agreements<'_>) -> Result<(), Fault> {
        // As the row is used whole or not at all, what is wrong in one column is wrong for the agreements of all.
        self.read_whole(row, agreements)
            .map_err(|fault| fault.of_agreement(self.agreement_of_row(row, agreements)))
    }

    fn read_whole(&mut self, row: &Row<'_>, agreements: &Agreements<'_>) -> Result<(), Fault> {
        let written = self.columns.value(self.mapping, row, self.year);
        let year = crate::texts::count(&written).ok();
        let year = year
            .and_then(|year| i32::try_from(year).ok())
            .filter(|year| Date::year(*year).is_ok());
        let year = year.ok_or_else(|| {
            let reason = format!("`{written}` is not a year");
            self.fault(row, self.year, reason, "write it as 1976")
        })?;
        let mut read = Vec::new();
        for (at, entry) in self.entries.iter().enumerate() {
            let status = self.status(row, entry.status)?;
            let agreement = agreements.name(row, entry.act.agreement.as_deref());
            for who in self.participants(row, entry)? {
                let key = (agreement.clone(), at, who.printed.clone());
                let known = self.places.get(&key).and_then(|at| self.series.get(*at));
                let known = known.and_then(|series| series.years.get(&year));
                if let Some((other, place)) = known
                    && *other != status
                {
                    let reason = format!("another status for the year than on line {}", place.line);
                    let help = "correct one of the two rows";
                    return Err(self.fault(row, entry.status, reason, help));
                }
                read.push((key, who, status, self.columns.place(row, entry.status)));
            }
        }
        self.years.insert(year);
        for (key, who, status, place) in read {
            let (agreement, entry) = (key.0.clone(), key.1);
            let who_place = self.columns.place(row, who.column);
            let series = &mut self.series;
            let at = *self.places.entry(key).or_insert_with(|| {
                series.push(Series {
                    agreement,
                    entry,
                    who: who.identified,
                    who_place,
                    years: BTreeMap::new(),
                });
                series.len() - 1
            });
            if let Some(series) = self.series.get_mut(at) {
                series.years.entry(year).or_insert((status, place));
            }
        }
        Ok(())
    }

    /// Those whose status an entry of a row says: whom the row is about, or those in its columns of participants.
    fn participants(&self, row: &Row<'_>, entry: &Entry) -> Result<Vec<Who>, Fault> {
        let identified = |printed: String, code: &str, name: &str, column: Option<usize>| {
            let identified = self.identify(code, name);
            let identified = identified.map_err(|reason| {
                let help = "write its code or its name, or say under `[participants]` in the mapping who is meant";
                self.fault(row, column, format!("the row {reason}"), help)
            })?;
            Ok(Who {
                printed,
                identified,
                column,
            })
        };
        if entry.participants.is_empty() {
            let told = |role| self.columns.told(self.mapping, row, role);
            let (state, name) = (told(ActRole::State), told(ActRole::Name));
            let own_state = self.columns.value(self.mapping, row, self.state);
            let column = self.state.filter(|_| !own_state.is_empty()).or(self.name);
            let printed = match state.is_empty() {
                true => name.clone(),
                false => state.clone(),
            };
            return Ok(vec![identified(printed, &state, &name, column)?]);
        }
        let mut all = Vec::new();
        for &column in &entry.participants {
            let cell = self.columns.value(self.mapping, row, Some(column));
            let parts: Vec<&str> = match &entry.act.separator {
                Some(separator) => cell.split(separator.as_str()).map(str::trim).collect(),
                None => vec![&*cell],
            };
            for part in parts.into_iter().filter(|part| !part.is_empty()) {
                let printed = whole(part).unwrap_or(part);
                all.push(identified(printed.to_owned(), part, "", Some(column))?);
            }
        }
        Ok(all)
    }

    /// Whether a participant is a party; nothing where the cell is empty.
    fn status(&self, row: &Row<'_>, column: Option<usize>) -> Result<Option<bool>, Fault> {
        let value = self.columns.value(self.mapping, row, column);
        if value.is_empty() {
            return Ok(None);
        }
        let is = |words: &[String]| {
            words.iter().any(|word| {
                word.trim().eq_ignore_ascii_case(&value) || is_same_number(word, &value)
            })
        };
        let (party, not_party) = match &self.mapping.statuses {
            Some(statuses) => (is(&statuses.party), is(&statuses.not_party)),
            None => (is_same_number("1", &value), is_same_number("0", &value)),
        };
        match (party, not_party) {
            (true, _) => Ok(Some(true)),
            (_, true) => Ok(Some(false)),
            _ => {
                let help = "say under `[statuses]` in the mapping which values mean `party` and `not-party`";
                Err(self.fault(row, column, format!("unknown status `{value}`"), help))
            }
        }
    }

    /// The acts that the changes of status show, taken to their agreements.
    pub(super) fn acts_into(self, agreements: &mut Agreements<'_>) {
        let is_left_out = self.mapping.absent == Some(Absent::NotParty);
        for mut series in self.series {
            if is_left_out {
                let place = series.years.values().next().map(|(_, place)| place.clone());
                for (year, place) in self.years.iter().zip(place.iter().cycle()) {
                    let not_party = || (Some(false), place.clone());
                    series.years.entry(*year).or_insert_with(not_party);
                }
            }
            let kind = match self.entries.get(series.entry) {
                Some(Entry {
                    act:
                        ActColumns {
                            act: Some(ActWord::Always(kind)),
                            ..
                        },
                    ..
                }) => *kind,
                _ => ActionKind::Participation,
            };
            let subjects = self.entries.get(series.entry);
            let subjects = subjects.map_or(&[][..], |entry| &entry.act.subjects);
            for (change, date, place) in changes(&series.years) {
                let kind = match change {
                    true => kind,
                    false => ActionKind::Withdrawal,
                };
                let mut act = TreatyAction::undated(series.who.who, kind);
                act.date = date;
                act.printed.clone_from(&series.who.printed);
                let place = ActPlace {
                    who: series.who_place.clone(),
                    kind: place.clone(),
                    date: place,
                };
                agreements.take_named(&series.agreement, subjects, act, place);
            }
        }
    }
}

/// Every change of a status, with its span: within the year, since the last year of which the status is known, or some day up to
/// the end of the first year of which it is known.
fn changes(
    years: &BTreeMap<i32, (Option<bool>, CellPlace)>,
) -> Vec<(bool, Option<Date>, CellPlace)> {
    let mut changes = Vec::new();
    let mut last: Option<(i32, bool)> = None;
    for (&year, (status, place)) in years {
        let Some(status) = *status else {
            continue;
        };
        let within = |from: Option<i32>| {
            let from = from.and_then(|year| Date::year(year).ok());
            let to = Date::year(year).ok()?;
            match from {
                Some(from) if from == to => Some(to),
                from => Date::between(from, Some(to)).ok(),
            }
        };
        match last {
            None if status => changes.push((true, within(None), place.clone())),
            Some((before, was)) if was != status => {
                changes.push((status, within(Some(before + 1)), place.clone()));
            }
            _ => {}
        }
        last = Some((year, status));
    }
    changes
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{CellPlace, changes};

    fn told(years: &[(i32, Option<bool>)]) -> Vec<String> {
        let place = CellPlace {
            line: 1,
            character: 1,
            field: None,
        };
        let years: BTreeMap<_, _> = years
            .iter()
            .map(|(year, status)| (*year, (*status, place.clone())))
            .collect();
        let changes = changes(&years).into_iter();
        changes
            .map(|(joins, date, _)| format!("{} {}", if joins { "+" } else { "-" }, date.unwrap()))
            .collect()
    }

    #[test]
    fn the_years_of_a_status_are_spans_and_never_days() {
        let (yes, no) = (Some(true), Some(false));
        assert_eq!(told(&[(1970, no), (1971, yes), (1972, yes)]), ["+ 1971"]);
        assert_eq!(told(&[(1970, yes), (1971, yes)]), ["+ /1970"]);
        assert_eq!(told(&[(1970, None), (1971, yes)]), ["+ /1971"]);
        assert_eq!(
            told(&[(1970, no), (1971, None), (1972, yes)]),
            ["+ 1971/1972"]
        );
        assert_eq!(
            told(&[(1970, no), (1971, yes), (1972, no), (1980, yes)]),
            ["+ 1971", "- 1972", "+ 1973/1980"]
        );
        assert!(told(&[(1970, no), (1971, no)]).is_empty());
    }
}
