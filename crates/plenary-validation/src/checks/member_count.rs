use plenary_types::{Field, Severity, Total};

use crate::{Check, DecisionCx, Example, Findings, Run};

pub(crate) static CHECK: Check = Check {
    name: "member-count",
    summary: "the number of members in a record is not that of the body at the date",
    severity: Severity::Error,
    why: "The number of members of a body is known for every day: 51 at the end of 1945, 178 on 10 January 1993, 193 \
          since 14 July 2011; eleven in the Security Council until 1965, fifteen since. A record with more is wrong, \
          and more than 193 members of the United Nations there have never been. A record with fewer is almost surely \
          wrong: only a member whose right to take part was suspended may be left out. On a day of admissions every \
          number from before to after them is right, because the count follows the order of decisions inside the day.",
    sources: &[
        "Charter Art. 4, 9(1), 23(1)",
        "Membership of the United Nations (plenary-states)",
        "A/47/485 and A/RES/47/1 (Yugoslavia 1992-2000); A/RES/60/251 (Human Rights Council)",
    ],
    example: Example::Native {
        fails: r#"{"symbols": ["A/RES/73/195"], "acts": [{"act": "decision", "date": "2018-12-19",
  "announced": {"yes": 152, "no": 5, "abstain": 12, "non-voting": 25, "members": 194}}]}"#,
        mended: r#"{"symbols": ["A/RES/73/195"], "acts": [{"act": "decision", "date": "2018-12-19",
  "announced": {"yes": 152, "no": 5, "abstain": 12, "non-voting": 24, "members": 193}}]}"#,
    },
    waive: "Waive it for a record that by design lists only some members, such as an extract of those voting.",
    run: Run::Decision(run),
};

/// The most members that the United Nations has ever had: those since 14 July 2011.
const MOST: u32 = 193;

fn run(cx: &DecisionCx<'_>, out: &mut Findings<'_>) {
    let Some((least, most)) = bounds(cx) else {
        return;
    };
    let announced = cx.decision.announced.members;
    let summed = || {
        let counts = crate::claim::TOTALS.map(|(_, choice)| cx.decision.announced.get(choice));
        let sum = counts
            .into_iter()
            .try_fold(0u32, |sum, count| sum.checked_add(count?));
        sum.map(|sum| {
            (
                sum,
                Field::Announced(Total::Members),
                "the announced totals",
            )
        })
    };
    let listed = cx.tally.as_ref().and_then(plenary_types::Tally::members);
    let counts = [
        announced.map(|n| {
            (
                n,
                Field::Announced(Total::Members),
                "the announced number of members",
            )
        }),
        listed.map(|n| (n, Field::Ballots, "the list of names")),
        if announced.is_none() && listed.is_none() {
            summed()
        } else {
            None
        },
    ];
    for (found, field, what) in counts.into_iter().flatten() {
        if found > most {
            out.report(
                Some(cx.act),
                field,
                format!("{what} exceeds the members of the body at the date"),
            )
            .expected(words(least, most))
            .found(found);
        } else if found < least {
            let severity = if field == Field::Ballots {
                Severity::Warning
            } else {
                Severity::Error
            };
            out.report(
                Some(cx.act),
                field,
                format!("{what} falls short of the members of the body at the date"),
            )
            .severity(severity)
            .expected(words(least, most))
            .found(found);
        }
    }
}

fn bounds(cx: &DecisionCx<'_>) -> Option<(u32, u32)> {
    match (&cx.electorate, &cx.body) {
        (Some(electorate), _) => Some(electorate.seats),
        (None, None) => Some((0, MOST)),
        (None, Some(body)) => crate::reference::is_united_nations(body).then_some((0, MOST)),
    }
}

fn words(least: u32, most: u32) -> String {
    match least {
        0 => format!("at most {most}"),
        _ if least == most => most.to_string(),
        _ => format!("{least} to {most}"),
    }
}
