use plenary_types::{Field, Mode, Severity};

use crate::{Check, DecisionCx, Example, Findings, Run};

pub(crate) static CHECK: Check = Check {
    name: "mode-contradicts-votes",
    summary: "the record has votes that its mode of decision cannot have",
    severity: Severity::Error,
    why: "A decision without a vote has no votes in favour or against, and it is not unanimity: nobody's position is on record. Of a vote that is not recorded and of a secret ballot only the totals are known, never who voted how. Where somebody objected, there was no consensus.",
    sources: &[
        "Rules of procedure of the General Assembly, rules 87 and 92",
        "UN Library guide to voting information",
    ],
    example: Example::Native {
        fails: r#"{"symbols": ["A/RES/73/326"], "acts": [{"act": "decision", "mode": "without-vote", "announced": {"yes": 193, "no": 0}}]}"#,
        mended: r#"{"symbols": ["A/RES/73/326"], "acts": [{"act": "decision", "mode": "without-vote"}]}"#,
    },
    waive: "Do not waive it: record a count of those present as a reported figure (`reported`), never as a tally.",
    run: Run::Decision(&run),
};

fn run(cx: &DecisionCx<'_>, out: &mut Findings<'_>) {
    let objections = cx.decision.objections.as_deref().unwrap_or_default();
    if cx.decision.mode == Mode::WithoutVote && !objections.is_empty() {
        let message = "decided without a vote, and yet there are objections";
        out.report(Some(cx.act), Field::Mode, message)
            .expected("no objections")
            .found(match objections.len() {
                1 => "1 objection".to_owned(),
                many => format!("{many} objections"),
            })
            .help("write `silence` where objections within a time would have prevented it");
    }
    let cast = cx
        .tally
        .is_some_and(|tally| tally.voting() > 0 || tally.abstain > 0);
    let totals = &cx.decision.announced;
    let announced = [totals.yes, totals.no, totals.abstain]
        .into_iter()
        .flatten()
        .any(|n| n > 0);
    let (contradicted, mode, field) = match cx.decision.mode {
        Mode::WithoutVote => (cast || announced, "without a vote", Field::Mode),
        Mode::Silence => (cast || announced, "by silence", Field::Mode),
        Mode::NonRecorded => (cast, "by a vote that was not recorded", Field::Ballots),
        Mode::ShowOfHands => (cast, "by a show of hands", Field::Ballots),
        Mode::Secret => (cast, "by secret ballot", Field::Ballots),
        _ => return,
    };
    if contradicted {
        let votes = if cast {
            "votes by name"
        } else {
            "totals of a vote"
        };
        out.report(
            Some(cx.act),
            field,
            format!("decided {mode}, and yet there are {votes}"),
        )
        .expected(if field == Field::Mode {
            "no votes"
        } else {
            "totals alone"
        })
        .found(votes)
        .help("correct the mode, or take the votes out");
    }
}
