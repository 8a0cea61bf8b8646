//! [`show`]: all that can be said of the records of one symbol.

use std::collections::BTreeSet;
use std::sync::Arc;

use plenary_bodies::Reference;
use plenary_import::Summary;
use plenary_types::uuid::Uuid;
use plenary_types::{Agreement, Citation, Series, Symbol};
use serde::{Serialize, Serializer};

use crate::treaty::source::{is_called, numbers};
use crate::{Account, Error, Input, Records, RelatedBy, Settings, with_carried};

/// The records of a symbol; where there is none, what is like it. It serialises as the account of the only record, else as a list
/// (docs/schema/show.schema.json).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Found {
    /// The accounts of the records.
    pub accounts: Vec<Account>,
    /// The resolutions with the number that was asked for, where no record has the symbol and several have the number.
    pub same_number: Vec<String>,
    /// The symbols that are most like the one that no record has.
    pub nearest: Vec<String>,
    /// What the input was taken for, and what became of its rows.
    pub input: Summary,
    /// What limits the reading of the input.
    pub warnings: Vec<String>,
    /// What the records were judged against.
    pub reference: Arc<Reference>,
}

impl Serialize for Found {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.accounts.as_slice() {
            [only] => only.serialize(serializer),
            several => several.serialize(serializer),
        }
    }
}

/// How many symbols are suggested.
const SUGGESTIONS: usize = 3;

/// Finds the records of a symbol, in any spelling, of an identifier, of a title, of the number or name of a treaty, or, of a record without a symbol, of its number in its source, alone or after its body (`us-senate 113/2`); of a bare number those of the resolution with that number, where there is one
/// only. Rows that cannot be used are skipped and counted.
///
/// ```
/// use plenary::{Input, Settings, show};
///
/// let found = show("A/RES/73/195", Input::compact(), &Settings::default())?;
/// assert!(found.accounts[0].is_clean());
/// let none = show("A/RES/73/196", Input::compact(), &Settings::default())?;
/// assert_eq!(none.nearest, ["A/RES/73/195"]);
/// # Ok::<(), plenary::Error>(())
/// ```
///
/// # Errors
///
/// [`Error`] when the input cannot be used.
pub fn show(symbol: &str, input: impl Into<Input>, settings: &Settings) -> Result<Found, Error> {
    let wanted = Wanted::new(symbol);
    let input = input.into();
    let reference = with_carried(&settings.reference, std::slice::from_ref(&input))?;
    let import = input.read(&settings.clone().lenient())?;
    let summary = import.summary().clone();
    let records = Records::new(vec![import], settings, &reference);
    let mut nearest = Nearest::new(symbol);
    let mut found = Vec::new();
    let number = resolution_number(symbol);
    let (mut numbered, mut symbols) = (Vec::new(), BTreeSet::new());
    let mut relations = Vec::new();
    for record in records.iter() {
        let label = record.agreement.label();
        let of_record = record.agreement.relations.iter();
        relations.extend(of_record.map(|relation| RelatedBy {
            record: label.to_owned(),
            relation: relation.clone(),
        }));
        if wanted.is_called(&record.agreement) {
            found.push(record);
        } else if found.is_empty() {
            if record.agreement.kind.is_treaty() {
                let numbers = numbers(&record.agreement).map(Citation::new);
                numbers.for_each(|number| nearest.offer(&number));
            }
            documents(&record.agreement).for_each(|document| nearest.offer(document));
            let Some(number) = number else { continue };
            let others = symbols.len();
            let of_number = resolutions(&record.agreement, number);
            symbols.extend(of_number.map(|document| document.normal().to_owned()));
            // Those of several symbols are listed and not shown.
            if symbols.len() == 1 && resolutions(&record.agreement, number).next().is_some() {
                numbered.push(record);
            } else if symbols.len() > others {
                numbered.clear();
            }
        }
    }
    if found.is_empty() && symbols.len() == 1 {
        (found, symbols) = (numbered, BTreeSet::new());
    }
    let nearest = match found.is_empty() {
        true => nearest.symbols(),
        false => Vec::new(),
    };
    Ok(Found {
        accounts: found
            .into_iter()
            .map(|record| {
                let mut account = records.account(record);
                account.related_by = leading_to(&account.agreement, &relations);
                account
            })
            .collect(),
        same_number: symbols.into_iter().collect(),
        nearest,
        warnings: records.warnings(),
        input: summary,
        reference,
    })
}

/// The number of a resolution that is asked for without its body: `217`, `resolution 462`, `Res. 1325`.
fn resolution_number(text: &str) -> Option<u32> {
    let text = text.trim().to_ascii_lowercase();
    let number = ["resolution", "res.", "res"]
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .unwrap_or(&text)
        .trim();
    let figures = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    figures.then(|| number.parse().ok())?
}

/// The resolutions with a number among the symbols of an agreement.
fn resolutions(agreement: &Agreement, number: u32) -> impl Iterator<Item = &Citation> {
    documents(agreement).filter(move |document| {
        let of_running = running(document).map(|(number, _)| number);
        let symbol = document.symbol();
        let of_series = symbol.filter(|symbol| symbol.series() == Series::Resolution);
        of_running.or_else(|| of_series?.number()) == Some(number)
    })
}

/// The symbols that are nearest to one that is not there.
struct Nearest {
    wanted: String,
    /// How far they are, and the symbols.
    found: Vec<(usize, String)>,
}

impl Nearest {
    fn new(wanted: &str) -> Self {
        Self {
            wanted: plain(Citation::new(wanted).normal()),
            found: Vec::new(),
        }
    }

    fn offer(&mut self, document: &Citation) {
        let symbol = document.normal();
        let mut other = plain(symbol);
        // Where no year was asked for, `S/RES/242(1967)` is as near as its number.
        if !self.wanted.contains('(') {
            other.truncate(other.find('(').unwrap_or(other.len()));
        }
        let length = self.wanted.chars().count();
        let most = (length / 2).max(2);
        if other.chars().count().abs_diff(length) > most {
            return;
        }
        let apart = strsim::damerau_levenshtein(&self.wanted, &other);
        let worst = self
            .found
            .last()
            .filter(|_| self.found.len() == SUGGESTIONS);
        if apart > most || worst.is_some_and(|(other, _)| *other <= apart) {
            return;
        }
        if !self.found.iter().any(|(_, known)| known == symbol) {
            self.found.push((apart, symbol.to_owned()));
            self.found.sort();
            self.found.truncate(SUGGESTIONS);
        }
    }

    fn symbols(self) -> Vec<String> {
        self.found.into_iter().map(|(_, symbol)| symbol).collect()
    }
}

/// The capitals, figures and strokes of a symbol.
fn plain(symbol: &str) -> String {
    let letters = symbol.chars().filter(|c| !c.is_whitespace());
    letters.take(LONGEST).flat_map(char::to_uppercase).collect()
}

/// Letters of a symbol that are compared at most.
const LONGEST: usize = 60;

/// What is asked for.
struct Wanted<'a> {
    text: &'a str,
    symbol: Citation,
    id: Option<Uuid>,
}

impl<'a> Wanted<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            symbol: Citation::new(text),
            id: text.trim().parse().ok(),
        }
    }

    /// Whether an agreement, or a decision or draft of it, has the symbol; whether it has the identifier or the title, or
    /// the number where it has no symbol; whether
    /// it is the treaty of that number or name.
    fn is_called(&self, agreement: &Agreement) -> bool {
        let has_symbol = documents(agreement).any(|document| {
            *document == self.symbol || running_number(document, &self.symbol).is_some()
        });
        let has_id = self.id.is_some_and(|id| agreement.id == Some(id));
        let is_treaty = agreement.kind.is_treaty();
        let title = agreement.title.trim();
        let has_title = !title.is_empty() && title.eq_ignore_ascii_case(self.text.trim());
        let label = agreement.label();
        let is_labelled = agreement.symbols.is_empty() && !label.is_empty();
        let has_label = is_labelled && plain(label) == plain(self.symbol.as_str());
        let has_number = agreement.symbols.is_empty() && self.is_numbered(agreement);
        has_symbol
            || has_number
            || has_id
            || has_title
            || has_label
            || (is_treaty && is_called(agreement, self.text))
    }
}

impl Wanted<'_> {
    /// Whether an agreement has the number in its source, alone or after the body that decided (`us-senate 113/2`).
    fn is_numbered(&self, agreement: &Agreement) -> bool {
        let text = self.text.trim();
        let has = |number: &str| {
            let mut numbers = agreement
                .sources
                .iter()
                .filter_map(|source| source.record.as_deref());
            numbers.any(|known| known.trim().eq_ignore_ascii_case(number))
        };
        let of_body = || {
            let (body, number) = text.split_once(char::is_whitespace)?;
            let mut decisions = agreement.decisions().map(|(_, decision)| decision);
            let is_by = decisions.any(|d| d.body.as_ref().is_some_and(|by| by.as_str() == body));
            Some(is_by && has(number.trim()))
        };
        !text.is_empty() && (has(text) || of_body() == Some(true))
    }
}

/// The relations of other records that lead to an agreement, in the order of the records.
fn leading_to(agreement: &Agreement, relations: &[RelatedBy]) -> Vec<RelatedBy> {
    let leads = |related: &&RelatedBy| {
        let other = related.record != agreement.label();
        let target = related.relation.target().filter(|_| other);
        target.is_some_and(|target| Wanted::new(target).is_called(agreement))
    };
    relations.iter().filter(leads).cloned().collect()
}

/// The symbols of an agreement and of its decisions, elections and drafts.
fn documents(agreement: &Agreement) -> impl Iterator<Item = &Citation> {
    let decisions = agreement.decisions();
    let of_decisions = decisions.flat_map(|(_, d)| d.symbol.iter().chain(&d.drafts));
    let of_elections = agreement.elections();
    let of_elections = of_elections.filter_map(|(_, election)| election.symbol.as_ref());
    agreement
        .symbols
        .iter()
        .chain(of_decisions)
        .chain(of_elections)
}

/// The number of the resolution that two texts cite, one of them without its year, in a series that runs on over the years: there
/// the number says which is meant.
fn running_number(one: &Citation, other: &Citation) -> Option<u32> {
    let ((number, year), (same, other_year)) = (running(one)?, running(other)?);
    (number == same && (year.is_none() || other_year.is_none())).then_some(number)
}

fn running(citation: &Citation) -> Option<(u32, Option<u16>)> {
    match citation.symbol() {
        Some(symbol) => Some((symbol.running_number()?, symbol.year())),
        None => Symbol::running_number_in(&plain(citation.as_str()), None),
    }
}
