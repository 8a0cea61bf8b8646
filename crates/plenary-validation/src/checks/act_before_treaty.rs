use chrono::{Month, NaiveDate};
use plenary_types::{Act, Date, Field, Severity};

use crate::treaty::noun;
use crate::{Check, Example, Findings, RecordCx, Run};

pub(crate) static CHECK: Check = Check {
    name: "act-before-treaty",
    summary: "a participant acts before the treaty was made",
    severity: Severity::Warning,
    why: "A text has to exist before it can be signed or ratified. The depositary's titles end with the place and the day on \
          which the treaty was adopted or opened: `Geneva, 29 October 1971`. An act that is dated before that, or before \
          the first of several days that a title names, has a wrong date, often a wrong year, or belongs to another treaty.",
    sources: &[
        "VCLT Art. 9 to 16 (adoption and authentication of the text come before consent)",
        "Status of treaties, tables saved from June 2014 to March 2015: two such acts among 16,933, both wrong",
    ],
    example: Example::Native {
        fails: r#"{"kind": "treaty", "title": "Convention for the Protection of Producers of Phonograms. Geneva, 29 October 1971", "acts": [
  {"act": "action", "participant": "FIN", "kind": "signature", "date": "1971-04-21"}]}"#,
        mended: r#"{"kind": "treaty", "title": "Convention for the Protection of Producers of Phonograms. Geneva, 29 October 1971", "acts": [
  {"act": "action", "participant": "FIN", "kind": "signature", "date": "1972-04-21"}]}"#,
    },
    waive: "Waive it with the depositary's notification of the act in the reason.",
    run: Run::Record(&run),
};

fn run(cx: &RecordCx<'_, '_>, out: &mut Findings<'_>) {
    let treaty = Some(cx.agreement).filter(|agreement| agreement.kind.is_treaty());
    let Some(made) = treaty.and_then(|treaty| first_day(&treaty.title)) else {
        return;
    };
    for (at, act) in cx.agreement.acts.iter().enumerate() {
        let Act::Action(action) = act else { continue };
        if let Some(date) = action.date
            && date.certainly_before(Date::day(made))
        {
            out.report(
                Some(at),
                Field::Date,
                "a participant acts before the treaty was made",
            )
            .expected(format!("a day since {made}, the date in the title"))
            .found(format!(
                "{} of {} on {date}",
                noun(action.kind),
                action.participant
            ))
            .help("is it the wrong year, or another treaty?")
            .subjects([action.participant])
            .subjects([date, made.into()]);
        }
    }
}

/// The earliest day that a title names, written as the depositary does: `29 October 1971`.
fn first_day(title: &str) -> Option<NaiveDate> {
    let words: Vec<&str> = title
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | ';' | '(' | ')'))
        .filter(|word| !word.is_empty())
        .collect();
    words
        .windows(3)
        .filter_map(|window| match window {
            [day, month, year] => day_of(day, month, year),
            _ => None,
        })
        .min()
}

fn day_of(day: &str, month: &str, year: &str) -> Option<NaiveDate> {
    let named: Month = month.parse().ok()?;
    let month = Some(named).filter(|named| named.name() == month)?;
    let year = Some(year).filter(|year| year.len() == 4)?.parse().ok()?;
    NaiveDate::from_ymd_opt(year, month.number_from_month(), day.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_name_days_in_the_form_of_the_depositary() {
        let day = |title| first_day(title).map(|day| day.to_string());
        for (title, expected) in [
            (
                "Convention on the Rights of the Child. New York, 20 November 1989",
                Some("1989-11-20"),
            ),
            (
                "Protocol of 4 May 1949, done at Lake Success, New York (amending that of 18 May 1904)",
                Some("1904-05-18"),
            ),
            ("Convention of 31 June 1976", None),
            ("Convention of November 1989", None),
            ("Agreement of 1 January 12345", None),
            ("", None),
        ] {
            assert_eq!(day(title).as_deref(), expected, "{title}");
        }
    }
}
