//! Panels: a participant in a year, with its status. The years of a status are read as spans: a panel knows no day.

use std::collections::{BTreeMap, HashMap};

use plenary_tables::Row;
use plenary_types::{ActionKind, Date, TreatyAction};

use super::definition::{ActColumns, ActRole, ActWord, ActsMapping};

use super::super::participants::Identified;
use super::record::{ActPlace, Agreements};
use super::rows::is_same_number;
use super::{CellPlace, Columns, Fault};

/// The rows of a panel.
pub(super) struct Panel<'a> {
    mapping: &'a ActsMapping,
    columns: &'a Columns<'a>,
    state: Option<usize>,
    name: Option<usize>,
    year: Option<usize>,
    entries: Vec<(Option<usize>, ActColumns)>,
    series: Vec<Series>,
    /// The place of a series, by its agreement, its entry and its participant as printed.
    places: HashMap<(String, usize, String), usize>,
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

impl<'a> Panel<'a> {
    pub(super) fn new(mapping: &'a ActsMapping, columns: &'a Columns<'a>) -> Self {
        let entries = mapping.acts.iter();
        Self {
            mapping,
            columns,
            state: columns.of_role(mapping, ActRole::State),
            name: columns.of_role(mapping, ActRole::Name),
            year: columns.of_role(mapping, ActRole::Year),
            entries: entries
                .map(|entry| {
                    let status = entry.status.as_ref();
                    (status.and_then(|name| columns.at(name)), entry.clone())
                })
                .collect(),
            series: Vec::new(),
            places: HashMap::new(),
        }
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
        }
    }

    /// Takes down what a row says. A row of which one cell cannot be used is rejected as a whole: its year would be a gap for the
    /// others alone.
    pub(super) fn read(&mut self, row: &Row<'_>, agreements: &Agreements<'_>) -> Result<(), Fault> {
        let value = |column| self.columns.value(self.mapping, row, column);
        let (state, name) = (value(self.state), value(self.name));
        let column = self.state.filter(|_| !state.is_empty()).or(self.name);
        let who = self.mapping.identify(&state, &name).map_err(|reason| {
            let help = "write its code or its name, or say under `[participants]` in the mapping who is meant";
            self.fault(row, column, format!("the row {reason}"), help)
        })?;
        let written = value(self.year);
        let year = crate::texts::count(&written).ok();
        let year = year
            .and_then(|year| i32::try_from(year).ok())
            .filter(|year| Date::year(*year).is_ok());
        let year = year.ok_or_else(|| {
            let reason = format!("`{written}` is not a year");
            self.fault(row, self.year, reason, "write it as 1976")
        })?;
        let key = match state.is_empty() {
            true => name,
            false => state,
        };
        let mut read = Vec::new();
        for (at, (column, entry)) in self.entries.iter().enumerate() {
            let status = self.status(row, *column)?;
            let agreement = agreements.name(row, entry.agreement.as_deref());
            let key = (agreement, at, key.clone());
            let known = self.places.get(&key).and_then(|at| self.series.get(*at));
            let known = known.and_then(|series| series.years.get(&year));
            if let Some((other, place)) = known
                && *other != status
            {
                let reason = format!("another status for the year than on line {}", place.line);
                let help = "correct one of the two rows";
                return Err(self.fault(row, *column, reason, help));
            }
            read.push((key, status, self.columns.place(row, *column)));
        }
        let who_place = self.columns.place(row, column);
        for (key, status, place) in read {
            let (agreement, entry) = (key.0.clone(), key.1);
            let series = &mut self.series;
            let at = *self.places.entry(key).or_insert_with(|| {
                series.push(Series {
                    agreement,
                    entry,
                    who: who.clone(),
                    who_place: who_place.clone(),
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
        for series in self.series {
            let kind = match self.entries.get(series.entry) {
                Some((
                    _,
                    ActColumns {
                        act: Some(ActWord::Always(kind)),
                        ..
                    },
                )) => *kind,
                _ => ActionKind::Participation,
            };
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
                agreements.take_named(&series.agreement, act, place);
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
