//! Codes for names and codes of states, each on its date.

use extendr_api::prelude::*;
use plenary::analysis::table::{Column, MISSING, Table};
use plenary::states::CodeSystem;
use plenary::types::{Date, StateCode};
use plenary::{Answer, KeyMatch, KeySettings, NameSystem};
use rustc_hash::FxHashMap;

use crate::frame::{as_numbers, day, of_table};
use crate::refused::Refused;
use crate::vectors::{Texts, coded};

/// When a key is meant.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum When {
    Any,
    On(Date),
    Missing,
    Unreadable,
}

/// The answers, and a table of the keys that have none.
pub(crate) fn resolve(
    keys: &Robj,
    on: &Robj,
    to: &str,
    from: &str,
    year_as: &str,
) -> Result<Robj, Refused> {
    let texts = Texts::new(keys).ok_or_else(|| Refused::new("the keys are not text"))?;
    let argument = |name: &str, reason: String| Refused::new(format!("`{name}`: {reason}"));
    let to: Answer = to.parse().map_err(|reason| argument("to", reason))?;
    let mut settings = KeySettings::default();
    settings.from = from.parse().map_err(|reason| argument("from", reason))?;
    settings.year_as = year_as.parse().map_err(|_| {
        let reason = format!("unknown reading of a year `{year_as}`");
        argument("year_as", reason).with_help("use `whole`, `first-day` or `last-day`")
    })?;
    let whens = whens(on)?;
    if whens.len() > 1 && whens.len() != texts.len() {
        return Err(Refused::new(format!(
            "`on` has {} dates for {} keys",
            whens.len(),
            texts.len()
        ))
        .with_help("give one date, or one for each key"));
    }
    let mut work = Work::new(settings, to);
    let places: Vec<u32> = (0..texts.len())
        .map(|at| {
            let when = whens.get(if whens.len() == 1 { 0 } else { at });
            let key = texts.bytes(at);
            key.map_or(MISSING, |key| {
                work.place(key, when.copied().unwrap_or(When::Any))
            })
        })
        .collect();
    Ok(List::from_pairs([
        ("values", coded(&work.labels, &places)),
        ("unmatched", work.unmatched()),
    ])
    .into())
}

/// The date of each key; one for all, or none.
fn whens(on: &Robj) -> Result<Vec<When>, Refused> {
    if on.is_null() {
        return Ok(vec![When::Any]);
    }
    if let Some(texts) = Texts::new(on) {
        let mut known: FxHashMap<usize, When> = FxHashMap::default();
        let each = (0..texts.len()).map(|at| {
            let Some((place, bytes)) = texts.bytes(at) else {
                return When::Missing;
            };
            *known.entry(place).or_insert_with(|| {
                let text = std::str::from_utf8(bytes).map(str::trim);
                match text {
                    Ok("") => When::Missing,
                    Ok(text) => text.parse().map_or(When::Unreadable, When::On),
                    Err(_) => When::Unreadable,
                }
            })
        });
        return Ok(each.collect());
    }
    let is_days = on.inherits("Date");
    let numbers = as_numbers(on).ok_or_else(|| {
        Refused::new("`on` has an unexpected type")
            .with_help("give dates, years as numbers, or text such as `1980-01-01`")
    })?;
    let when = |number: Option<f64>| match (number, is_days) {
        (None, _) => When::Missing,
        (Some(number), true) => {
            day(number).map_or(When::Unreadable, |day| When::On(Date::day(day)))
        }
        (Some(number), false) => {
            let is_year = number.fract() == 0.0 && number.abs() < 1e5;
            let year = is_year.then(|| Date::year(number as i32).ok()).flatten();
            year.map_or(When::Unreadable, When::On)
        }
    };
    Ok(numbers.into_iter().map(when).collect())
}

struct Work {
    settings: KeySettings,
    to: Answer,
    /// The place of the answer to a key on a date.
    known: FxHashMap<(usize, When), u32>,
    /// The place of what is answered for a state on a date. Codes of ISO are those of any date.
    answered: FxHashMap<(StateCode, When), u32>,
    places: FxHashMap<String, u32>,
    labels: Vec<String>,
    unmatched: FxHashMap<(usize, When), (String, &'static str, i64)>,
}

impl Work {
    fn new(settings: KeySettings, to: Answer) -> Self {
        Self {
            settings,
            to,
            known: FxHashMap::default(),
            answered: FxHashMap::default(),
            places: FxHashMap::default(),
            labels: Vec::new(),
            unmatched: FxHashMap::default(),
        }
    }

    /// The place of the answer to a key among the labels.
    fn place(&mut self, (key, bytes): (usize, &[u8]), when: When) -> u32 {
        let place = match self.known.get(&(key, when)) {
            Some(place) => *place,
            None => {
                let place = self.judge(key, bytes, when);
                self.known.insert((key, when), place);
                place
            }
        };
        if place == MISSING
            && let Some((_, _, rows)) = self.unmatched.get_mut(&(key, when))
        {
            *rows += 1;
        }
        place
    }

    fn judge(&mut self, key: usize, bytes: &[u8], when: When) -> u32 {
        let on = match when {
            When::On(date) => Some(date),
            _ => None,
        };
        let text = std::str::from_utf8(bytes);
        let (found, state) = match (when, text) {
            (_, Err(_)) => (KeyMatch::Unknown, None),
            (_, Ok(text)) if text.trim().is_empty() => (KeyMatch::Missing, None),
            (When::Missing, _) => (KeyMatch::NoDate, None),
            (When::Unreadable, _) => (KeyMatch::UnreadableDate, None),
            (_, Ok(text)) => self.settings.find(text, on),
        };
        let place = state.map_or(MISSING, |state| self.answer(state, when, on));
        if place == MISSING && found != KeyMatch::Missing {
            // It means a state, which has no such code then.
            let word = state.map_or(found.as_str(), |_| "no-code");
            let text = String::from_utf8_lossy(bytes).into_owned();
            self.unmatched.insert((key, when), (text, word, 0));
        }
        place
    }

    fn answer(&mut self, state: StateCode, when: When, on: Option<Date>) -> u32 {
        let when = match self.to {
            Answer::Code(CodeSystem::Iso3) => When::Any,
            _ => when,
        };
        if let Some(place) = self.answered.get(&(state, when)) {
            return *place;
        }
        let text = self.settings.answer(self.to, state, on);
        let place = text.map_or(MISSING, |text| {
            *self.places.entry(text).or_insert_with_key(|text| {
                let place = u32::try_from(self.labels.len()).unwrap_or(MISSING);
                self.labels.push(text.clone());
                place
            })
        });
        self.answered.insert((state, when), place);
        place
    }

    /// The keys without an answer, each with how it matches and in how many places it stands, most frequent first.
    fn unmatched(&self) -> Robj {
        let mut together: FxHashMap<(&str, &str), i64> = FxHashMap::default();
        for (text, word, rows) in self.unmatched.values() {
            *together.entry((text, word)).or_default() += rows;
        }
        let mut each: Vec<_> = together.into_iter().collect();
        each.sort_unstable_by(|(one, less), (other, more)| more.cmp(less).then(one.cmp(other)));
        of_table(&Table::new(vec![
            Column::labels("key", each.iter().map(|((key, _), _)| *key)),
            Column::labels("match", each.iter().map(|((_, word), _)| *word)),
            Column::counts("rows", each.iter().map(|(_, rows)| *rows)),
        ]))
    }
}

/// What a key can be given as, and answered with.
pub(crate) fn systems() -> Robj {
    let codes = || CodeSystem::ALL.map(CodeSystem::as_str);
    let from = [NameSystem::Any.as_str(), NameSystem::Name.as_str()];
    List::from_pairs([
        (
            "from",
            Robj::from(from.into_iter().chain(codes()).collect::<Vec<_>>()),
        ),
        (
            "to",
            Robj::from(codes().into_iter().chain(["name"]).collect::<Vec<_>>()),
        ),
    ])
    .into()
}
