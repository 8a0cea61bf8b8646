use plenary_bodies::Applied;
use plenary_types::{Field, Mode, Severity};

use crate::{Check, DecisionCx, Example, Findings, Run};

pub(crate) static CHECK: Check = Check {
    name: "mode-contradicts-votes",
    summary: "the record has votes that its mode of decision cannot have",
    severity: Severity::Error,
    why: "A decision without a vote has no votes in favour or against, and it is not unanimity: nobody's position is on record. Of a vote that is not recorded and of a secret ballot only the totals are known, never who voted how; the same holds of a body of which the file says that nobody's ballot is public (`counts-only`), and of a kind of question that is decided by secret ballot (`secret`). Where somebody objected, there was no consensus.",
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
        _ if cast => return by_name(cx, out),
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

/// Votes by name where the body has none: nobody's ballot is public in it, or in questions of the kind.
fn by_name(cx: &DecisionCx<'_>, out: &mut Findings<'_>) {
    let Some(body) = cx.known_body() else { return };
    let is_secret = |rule: &Applied<'_>| match rule {
        Applied::Rule(rule) => {
            let kind = body.kind(&rule.rule.kind);
            rule.rule.body == body.id().as_str() && kind.is_some_and(|kind| kind.secret)
        }
        _ => false,
    };
    let of_kind = || {
        cx.ruling()
            .is_ok_and(|ruling| ruling.rules().all(is_secret))
    };
    let message = match body.counts_only() {
        true => format!(
            "nobody's ballot is public in {}, and yet there are votes by name",
            cx.body_name()
        ),
        false if of_kind() => {
            "questions of this kind are decided by secret ballot, and yet there are votes by name"
                .to_owned()
        }
        false => return,
    };
    out.report(Some(cx.act), Field::Ballots, message)
        .expected("totals alone")
        .found("votes by name")
        .help("record the totals alone, or correct the body or the kind of the question");
}
