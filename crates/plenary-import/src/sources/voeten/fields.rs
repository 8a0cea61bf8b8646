//! What the columns on a roll call become.

use std::borrow::Cow;

use plenary_tables::DateForm;
use plenary_types::{
    Act, Agreement, AgreementKind, Ballots, BodyId, Citation, Date, Decision, Question, Scope,
    Session, Source,
};

use crate::fields::{Fields, WRITE_DATE};
use crate::texts;

/// The fields of a roll call, in which `NA` is R's word for a missing value.
struct WithoutNa<'a, F>(&'a mut F);

impl<F: Fields> Fields for WithoutNa<'_, F> {
    fn get(&self, column: &str) -> Cow<'_, str> {
        match self.0.get(column) {
            value if value == "NA" => Cow::Borrowed(""),
            value => value,
        }
    }

    fn unreadable(&mut self, column: &str, message: String, help: &str) {
        self.0.unreadable(column, message, help);
    }

    fn dates(&self) -> &DateForm {
        self.0.dates()
    }
}

/// The agreement of a roll call.
pub(in crate::sources) fn agreement(
    rcid: &str,
    fields: &mut impl Fields,
    subjects: Vec<String>,
    source: Source,
    ballots: Option<Ballots>,
    partial: bool,
) -> Agreement {
    let fields = &mut WithoutNa(fields);
    let (short, text, code) = (
        fields.text("short"),
        fields.text("descr"),
        fields.text("unres"),
    );
    let symbol = code.as_deref().map(|text| Citation::new(&modern(text)));
    let printed = code.filter(|text| symbol.as_ref().is_none_or(|s| s.as_str() != text));
    let announced = fields.announced(["yes", "no", "abstain", "", ""]);
    let decision = Decision {
        body: Some(BodyId::UNGA),
        date: date(fields),
        session: fields.session("session"),
        symbol: symbol.clone(),
        question: Question {
            scope: scope(fields),
            text: text.clone(),
            ..Question::default()
        },
        announced,
        ballots,
        partial,
        notes: notes(fields, printed),
        ..Decision::default()
    };
    Agreement {
        kind: AgreementKind::Resolution,
        title: short
            .or(text)
            .unwrap_or_else(|| format!("roll call {rcid}")),
        symbols: symbol.into_iter().collect(),
        subjects,
        sources: vec![source],
        acts: vec![Act::Decision(Box::new(decision))],
        ..Agreement::default()
    }
}

/// The date; where there is none, the year if that is given.
fn date(fields: &mut impl Fields) -> Option<Date> {
    let full = fields.date("date");
    full.or_else(|| {
        fields.read("year", WRITE_DATE, |text| {
            texts::date(text.strip_suffix(".0").unwrap_or(text))
        })
    })
}

fn flag(fields: &impl Fields, column: &str) -> bool {
    matches!(&*fields.get(column), "1" | "1.0")
}

fn scope(fields: &impl Fields) -> Scope {
    if flag(fields, "amend") {
        Scope::Amendment
    } else if flag(fields, "para") {
        Scope::Paragraph
    } else {
        Scope::Whole
    }
}

fn notes(fields: &impl Fields, printed: Option<String>) -> Vec<String> {
    let printed = printed.map(|text| format!("unres: {text}"));
    let important = ["importantvote", "important"]
        .iter()
        .any(|c| flag(fields, c));
    let both = flag(fields, "amend") && flag(fields, "para");
    printed
        .into_iter()
        .chain(important.then(|| Decision::IMPORTANT_VOTE.to_owned()))
        .chain(both.then(|| "marked both as an amendment and as a paragraph".to_owned()))
        .collect()
}

/// The document symbol that a code of the data set means; a code of which that is not certain stays as it is.
///
/// `R/26/2758` is number 2758 of session 26. Two things are not what they look like. Until session 17 the
/// number is not that of a resolution at all: `R/1/295` is the vote on A/RES/17(I), `R/15/1273D` that on
/// A/RES/1514(XV); it seems to be the page of the official records. And until session 29 a letter behind
/// the number is the data set's own sequence for procedural and paragraph votes, not a part. Of
/// about 237 votes before session 18 that match one of the Library's by their ballots, two carry the number of
/// its resolution, both in session 15.
pub(crate) fn modern(unres: &str) -> String {
    let (series, rest) = unres.split_once('/').unwrap_or((unres, ""));
    let mut parts = rest.split('/');
    let session = parts.next().and_then(|of| of.parse().ok());
    let (Some(session), Some(number), "R") = (session, parts.next(), series) else {
        return unres.to_owned();
    };
    let digits = number.len()
        - number
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .len();
    let (number, letter) = number.split_at(digits);
    let section = parts.next();
    let symbol = match session {
        18..=30 if letter.is_empty() && section.is_none() => running_number(session, number),
        31..=150 if !number.is_empty() && parts.next().is_none() => {
            Some(within_session(session, number, letter, section))
        }
        _ => None,
    };
    symbol.unwrap_or_else(|| unres.to_owned())
}

/// The numbers of the resolutions of the sessions 18 to 30.
const RUNNING_NUMBERS: std::ops::RangeInclusive<u32> = 1870..=3541;

fn running_number(session: u16, number: &str) -> Option<String> {
    let plausible = RUNNING_NUMBERS.contains(&number.parse().ok()?);
    plausible.then(|| format!("A/RES/{number}({})", Session::Regular(session).to_roman()))
}

/// The symbol since session 31: parts are letters (`R/42/209/A`, `R/38/36A`) or sections in roman numerals
/// (`R/38/234/XII`, `R/33/116A/I`).
fn within_session(session: u16, number: &str, letter: &str, section: Option<&str>) -> String {
    let part = match (letter, section) {
        ("", None) => String::new(),
        ("", Some(part)) | (part, None) => format!("[{part}]"),
        (letter, Some(section)) => format!("[{letter}-{section}]"),
    };
    // In these sessions resolutions never reached 301, where the numbers of decisions began.
    let decision = session <= 50 && number.parse().is_ok_and(|n: u32| n > 300);
    let series = if decision { "DEC" } else { "RES" };
    format!("A/{series}/{session}/{number}{part}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_the_data_set_become_symbols_only_where_that_is_certain() {
        for (code, symbol) in [
            ("R/26/2758", "A/RES/2758(XXVI)"),
            ("R/26/2758A", "R/26/2758A"),
            ("R/1/66", "R/1/66"),
            ("R/15/1273D", "R/15/1273D"),
            ("R/19/595", "R/19/595"),
            ("R/38/36A", "A/RES/38/36[A]"),
            ("R/42/209/A", "A/RES/42/209[A]"),
            ("R/38/234/XII", "A/RES/38/234[XII]"),
            ("R/33/116A/I", "A/RES/33/116[A-I]"),
            ("SS/4/23A", "SS/4/23A"),
            ("R/677/46", "R/677/46"),
            ("R/32/450B", "A/DEC/32/450[B]"),
            ("R/57/325", "A/RES/57/325"),
            ("R/10 65", "R/10 65"),
            ("R/", "R/"),
            ("R/36/103", "A/RES/36/103"),
            ("A/RES/71/5", "A/RES/71/5"),
            ("ESS/7/2", "ESS/7/2"),
        ] {
            assert_eq!(modern(code), symbol);
        }
    }
}
