use plenary_types::{BodyId, Choice, Field, Nature, Outcome, Series, Severity};

use crate::{Check, DecisionCx, Example, Findings, Run, reference, ruling};

pub(crate) static CHECK: Check = Check {
    name: "vetoed-but-adopted",
    summary: "a permanent member voted against a substantive decision that the record calls adopted",
    severity: Severity::Error,
    why: "On all but procedural matters the Security Council needs the concurring votes of its permanent members: a \
          negative vote of one prevents the decision, an abstention or an absence does not. A record in which one of \
          them votes against and the decision is adopted holds a wrong vote, or the matter was procedural and the record \
          does not say so. The resolutions that were adopted over such a vote are known to the check: calls of \
          emergency special sessions, invitations, the order of business, the review of the Charter.",
    sources: &[
        "Charter Art. 27(2) and 27(3); Art. 109(3) for S/RES/110(1955)",
        "A/RES/377(V)[A] (emergency special sessions at the request of any seven, now nine, members)",
        "Voting records of the UN Digital Library, 1946-1989",
    ],
    example: Example::Native {
        fails: r#"{"symbols": ["S/RES/1454(2002)"], "acts": [{"act": "decision", "date": "2002-12-30", "outcome": "adopted",
  "ballots": {"yes": ["BGR", "CHN", "CMR", "COL", "FRA", "GBR", "GIN", "IRL", "MEX", "MUS", "NOR", "SGP", "USA"],
              "no": ["RUS"], "abstain": ["SYR"]}}]}"#,
        mended: r#"{"symbols": ["S/RES/1454(2002)"], "acts": [{"act": "decision", "date": "2002-12-30", "outcome": "adopted",
  "ballots": {"yes": ["BGR", "CHN", "CMR", "COL", "FRA", "GBR", "GIN", "IRL", "MEX", "MUS", "NOR", "SGP", "USA"],
              "abstain": ["RUS", "SYR"]}}]}"#,
    },
    waive: "Record the nature of the question (`\"nature\": \"procedural\"`) instead.",
    run: Run::Decision(run),
};

/// Numbers of the resolutions that the Council adopted although a permanent member voted against, each on a
/// matter that it treated as procedural.
const ADOPTED_OVER_A_NEGATIVE_VOTE: &[u32] = &[
    34,   // 1947: taking the Greek question off the list of matters of which the Council is seized
    87,   // 1950: inviting a representative of the People's Republic of China
    88,   // 1950: the same, for the special report on Korea
    110,  // 1955: review of the Charter (Art. 109(3): any seven members)
    119,  // 1956: first emergency special session, Suez
    120,  // 1956: second emergency special session, Hungary
    132,  // 1959: a subcommittee on Laos, held to be procedural by the President
    157,  // 1960: fourth emergency special session, Congo
    462,  // 1980: sixth emergency special session, Afghanistan
    2623, // 2022: eleventh emergency special session, Ukraine
];

fn run(cx: &DecisionCx<'_>, out: &mut Findings<'_>) {
    if cx.body.as_ref() != Some(&BodyId::UNSC)
        || cx.decision.question.nature == Some(Nature::Procedural)
        || !cx.decision.mode.counts_votes()
    {
        return;
    }
    let (Some((Outcome::Adopted, _)), Some(ballots)) = (ruling::outcome(cx), &cx.decision.ballots)
    else {
        return;
    };
    if cx.decision.rule.is_some() || is_known(cx) {
        return;
    }
    let against = |(place, choice): (usize, &Choice)| {
        let state = ballots.roll().entries().get(place)?.state?;
        (*choice == Choice::No && reference::PERMANENT.contains(&state)).then_some((place, state))
    };
    for (place, state) in ballots.choices().iter().enumerate().filter_map(against) {
        let name = reference::name_of(state, cx.day());
        out.report(
            Some(cx.act),
            Field::Choice(place),
            format!("adopted although {name}, a permanent member, voted against"),
        )
        .severity(severity(cx))
        .expected("yes, abstain or non-voting")
        .found("no")
        .help("if the matter was procedural, record it: `\"nature\": \"procedural\"`");
    }
}

fn is_known(cx: &DecisionCx<'_>) -> bool {
    let number = cx
        .symbol()
        .filter(|s| s.series() == Series::Resolution)
        .and_then(|s| s.number());
    cx.decision.question.nature.is_none()
        && number.is_some_and(|number| ADOPTED_OVER_A_NEGATIVE_VOTE.contains(&number))
}

/// A decision that is no resolution may well be procedural: then it is worth a look, no more.
fn severity(cx: &DecisionCx<'_>) -> Severity {
    match cx.decision.question.nature {
        Some(Nature::Substantive) => Severity::Error,
        _ if cx.is_numbered_resolution() => Severity::Error,
        _ => Severity::Note,
    }
}
