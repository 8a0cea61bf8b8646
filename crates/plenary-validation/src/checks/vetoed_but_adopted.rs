use plenary_bodies::{Ground, Ruling};
use plenary_states::Membership;
use plenary_types::{BodyId, Choice, Field, Nature, Outcome, Severity, StateCode};

use crate::{Check, DecisionCx, Example, Findings, Run, reference, ruling};

pub(crate) static CHECK: Check = Check {
    name: "vetoed-but-adopted",
    summary: "a permanent member voted against a substantive decision that the record calls adopted",
    severity: Severity::Warning,
    why: "On all but procedural matters the Security Council needs the concurring votes of its permanent members: a \
          negative vote of one prevents the decision, an abstention or an absence does not. A record in which one of \
          them votes against and the decision is adopted holds a wrong vote, or the matter was procedural and the record \
          does not say so. Only where the record says that the matter was substantive is it an error; a veto that rests on the \
          assumption alone is a warning. The resolutions that were adopted over such a vote are known to the rule library: calls of \
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
    run: Run::Decision(&run),
};

/// Whether the decision is one that a permanent member could have prevented, as far as the record and what is known of it
/// say: neither procedural nor decided by a rule that is stated.
pub(super) fn applies(cx: &DecisionCx<'_>) -> bool {
    let ground = cx.ruling().map(Ruling::ground);
    let open = matches!(
        ground,
        Ok(Ground::Assumed | Ground::Nature(Nature::Substantive))
    );
    cx.body.as_ref() == Some(&BodyId::UNSC) && open
}

fn run(cx: &DecisionCx<'_>, out: &mut Findings<'_>) {
    let (Some((Outcome::Adopted, _)), Some(ballots)) = (ruling::outcome(cx), &cx.decision.ballots)
    else {
        return;
    };
    if !applies(cx) {
        return;
    }
    let against = |(place, choice): (usize, &Choice)| {
        let state = ballots.roll().entries().get(place)?.state()?;
        (*choice == Choice::No && is_permanent(cx, state)).then_some((place, state))
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
        .help(HELP)
        .subjects([state]);
    }
}

/// Whether a state holds a permanent seat on the day of the decision; without a day, whether it ever held one.
fn is_permanent(cx: &DecisionCx<'_>, state: StateCode) -> bool {
    match cx.decision.date {
        Some(date) => [date.earliest(), date.latest()]
            .iter()
            .any(|day| Membership::UNSC.permanent_members_on(*day).contains(&state)),
        None => reference::has_been_permanent(state),
    }
}

const HELP: &str = "record whether the matter was procedural or substantive: `\"nature\": \"procedural\"` settles it";

/// A veto that rests on the assumption that the matter was substantive is not a certain error.
fn severity(cx: &DecisionCx<'_>) -> Severity {
    match cx.decision.question.nature {
        Some(Nature::Substantive) => Severity::Error,
        _ => Severity::Warning,
    }
}
