use plenary_types::{Field, Severity};

use crate::{Check, DecisionCx, Example, Findings, Run, reference};

pub(crate) static CHECK: Check = Check {
    name: "vote-while-suspended",
    summary: "a member votes while it could not take part",
    severity: Severity::Warning,
    why: "Membership and the right to take part are separate facts. Yugoslavia could not take part in the Assembly from 22 September 1992 to 1 November 2000, South Africa from 12 November 1974 to 23 June 1994: a vote of theirs in between is another state's, or a list of another time. In the Human Rights Council the Assembly suspended Libya from 1 March to 18 November 2011 and the Russian Federation from 7 April 2022.",
    sources: &[
        "A/RES/47/1; A/47/485 (Yugoslavia)",
        "Presidential ruling of 12 November 1974; A/RES/48/258 (South Africa)",
        "A/RES/60/251, para. 8; A/RES/65/265 (Libya); A/RES/ES-11/3 (Russian Federation)",
    ],
    example: Example::Native {
        fails: r#"{"symbols": ["A/RES/50/9"], "acts": [{"act": "decision", "partial": true, "date": "1995-11-20", "ballots": {"yes": ["FRA", "YUG"]}}]}"#,
        mended: r#"{"symbols": ["A/RES/50/9"], "acts": [{"act": "decision", "partial": true, "date": "1995-11-20", "ballots": {"yes": ["FRA"], "non-voting": ["YUG"]}}]}"#,
    },
    waive: "There is no good reason to waive it in votes of the Assembly or the Human Rights Council.",
    run: Run::Decision(&run),
};

fn run(cx: &DecisionCx<'_>, out: &mut Findings<'_>) {
    let (Some(roll), Some(ballots)) = (&cx.roll, &cx.decision.ballots) else {
        return;
    };
    for &place in &roll.suspended {
        let who = ballots
            .roll()
            .entries()
            .get(place)
            .and_then(|entry| entry.who);
        let choice = ballots
            .choices()
            .get(place)
            .filter(|c| **c <= plenary_types::Choice::Abstain);
        if let (Some(who), Some(choice)) = (who, choice) {
            let name = reference::called(cx.reference, who, cx.day());
            out.report(
                Some(cx.act),
                Field::Choice(place),
                format!("{name} votes while it could not take part"),
            )
            .expected("non-voting or not-eligible")
            .found(choice)
            .subjects([who]);
        }
    }
}
