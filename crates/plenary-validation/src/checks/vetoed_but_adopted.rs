use plenary_bodies::Ground;
use plenary_decisions::Name;
use plenary_decisions::requirement::GroupRef;
use plenary_types::{Choice, Field, Nature, Outcome, Participant, Severity};

use crate::{Check, DecisionCx, Example, Findings, Run, reference, ruling};

pub(crate) static CHECK: Check = Check {
    name: "vetoed-but-adopted",
    summary: "a member with a veto voted against a decision that the record calls adopted",
    severity: Severity::Warning,
    why: "On all but procedural matters the Security Council needs the concurring votes of its permanent members: a \
          negative vote of one prevents the decision, an abstention or an absence does not. A record in which one of \
          them votes against and the decision is adopted holds a wrong vote, or the matter was procedural and the record \
          does not say so. Only where the record says that the matter was substantive is it an error; a veto that rests on the \
          assumption alone is a warning. The resolutions that were adopted over such a vote are known to the rule library: calls of \
          emergency special sessions, invitations, the order of business, the review of the Charter. In any other body it looks at those \
          whose vote against prevents a decision by the rule in its file.",
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

/// The members that could have prevented the decision by their vote alone, with the name of their group, as far as the record and
/// what is known of it say: nobody where the matter is procedural, or is decided by a rule that is stated.
pub(super) fn vetoers<'c>(cx: &'c DecisionCx<'_>) -> Vec<(Participant, Option<&'c Name>)> {
    let Ok(ruling) = cx.ruling() else {
        return Vec::new();
    };
    if !matches!(
        ruling.ground(),
        Ground::Assumed | Ground::Nature(Nature::Substantive)
    ) {
        return Vec::new();
    }
    let rule = ruling.rule();
    let of_group = |group: &'c GroupRef| match group {
        GroupRef::Listed(codes) => (codes.as_slice(), None),
        GroupRef::Named(name) => {
            let known = rule.facts().group(name);
            (known.map_or(&[][..], |group| group.members()), Some(name))
        }
    };
    let groups = rule.requirement().vetoes().into_iter().map(of_group);
    let members = groups.flat_map(|(codes, name)| codes.iter().map(move |code| (*code, name)));
    let left_out = ruling.left_out();
    members.filter(|(who, _)| !left_out.contains(who)).collect()
}

fn run(cx: &DecisionCx<'_>, out: &mut Findings<'_>) {
    let (Some((Outcome::Adopted, _)), Some(ballots)) = (ruling::outcome(cx), &cx.decision.ballots)
    else {
        return;
    };
    if !ballots.choices().contains(&Choice::No) {
        return;
    }
    let vetoers = vetoers(cx);
    let against = |(place, choice): (usize, &Choice)| {
        let who = ballots.roll().entries().get(place)?.who?;
        let (_, group) = vetoers.iter().find(|(other, _)| *other == who)?;
        (*choice == Choice::No).then_some((place, who, *group))
    };
    for (place, who, group) in ballots.choices().iter().enumerate().filter_map(against) {
        let name = reference::called(cx.reference, who, cx.day());
        let of = group.map_or_else(String::new, |group| format!(", a member of {group},"));
        out.report(
            Some(cx.act),
            Field::Choice(place),
            format!("adopted although {name}{of} voted against"),
        )
        .severity(severity(cx))
        .expected("yes, abstain or non-voting")
        .found("no")
        .help(HELP)
        .subjects([who]);
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
