//! What the columns on a roll call become.

use std::borrow::Cow;

use plenary_types::{
    Act, Agreement, AgreementKind, AnnouncedTally, Ballots, BodyId, Citation, Date, Decision,
    Question, Scope, Session, Source,
};

/// Where the values of a roll call come from, and where what is odd about them goes.
pub(super) trait Fields {
    /// The value of a column, empty when there is none.
    fn get(&self, column: &str) -> Cow<'_, str>;
    /// Notes that a column could not be read.
    fn unreadable(&mut self, column: &str, message: String);
}

fn some(fields: &impl Fields, column: &str) -> Option<String> {
    Some(fields.get(column).trim().to_owned()).filter(|text| !text.is_empty() && text != "NA")
}

fn read<T>(
    fields: &mut impl Fields,
    column: &str,
    read: impl FnOnce(&str) -> Result<T, String>,
) -> Option<T> {
    let text = some(fields, column)?;
    match read(&text) {
        Ok(value) => Some(value),
        Err(message) => {
            fields.unreadable(column, message);
            None
        }
    }
}

/// The agreement of a roll call.
pub(super) fn agreement(
    rcid: &str,
    fields: &mut impl Fields,
    subjects: Vec<String>,
    source: Source,
    ballots: Ballots,
    partial: bool,
) -> Agreement {
    let short = some(fields, "short");
    let text = some(fields, "descr");
    let symbol = some(fields, "unres").map(|text| Citation::new(&modern(&text)));
    let printed =
        some(fields, "unres").filter(|text| symbol.as_ref().is_none_or(|s| s.as_str() != text));
    let mut count = |column: &str| read(fields, column, crate::csv::table::count);
    let announced = AnnouncedTally {
        yes: count("yes"),
        no: count("no"),
        abstain: count("abstain"),
        ..AnnouncedTally::default()
    };
    let decision = Decision {
        body: Some(BodyId::UNGA),
        date: date(fields),
        session: read(fields, "session", session),
        symbol: symbol.clone(),
        question: Question {
            scope: scope(fields),
            text: text.clone(),
            ..Question::default()
        },
        announced,
        ballots: Some(ballots),
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
    let full = read(fields, "date", |text| {
        text.parse::<Date>().map_err(|e| e.to_string())
    });
    full.or_else(|| {
        read(fields, "year", |text| {
            text.parse::<Date>().map_err(|e| e.to_string())
        })
    })
}

fn session(text: &str) -> Result<Session, String> {
    let plain = text.strip_suffix(".0").unwrap_or(text);
    plain.parse().map_err(|e| format!("{e}"))
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
        .chain(
            important
                .then(|| "an important vote of the United States Department of State".to_owned()),
        )
        .chain(both.then(|| "marked both as an amendment and as a paragraph".to_owned()))
        .collect()
}

/// The document symbol that a code of the data set means.
///
/// `R/26/2758` is number 2758 of session 26. In old sessions a letter behind the number is the data set's
/// own sequence for procedural and paragraph votes, not a part of the resolution: such a code stays as it is.
pub(crate) fn modern(unres: &str) -> String {
    let parts: Vec<&str> = unres.split('/').collect();
    let number = |text: &str| text.parse::<u32>().is_ok();
    match parts.as_slice() {
        ["R", of, n] if number(of) && number(n) => match of.parse::<Session>() {
            Ok(session) if session.number() <= 30 => format!("A/RES/{n}({})", session.to_roman()),
            _ => format!("A/RES/{of}/{n}"),
        },
        _ => unres.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_the_data_set_become_symbols_only_where_that_is_certain() {
        for (code, symbol) in [
            ("R/26/2758", "A/RES/2758(XXVI)"),
            ("R/26/2758A", "R/26/2758A"),
            ("R/36/103", "A/RES/36/103"),
            ("A/RES/71/5", "A/RES/71/5"),
            ("ESS/7/2", "ESS/7/2"),
        ] {
            assert_eq!(modern(code), symbol);
        }
    }
}
