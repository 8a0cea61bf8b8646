use plenary_types::{Field, Severity, Total};

use super::tally_mismatch;
use crate::{Check, DecisionCx, Example, Findings, Run, claim::TOTALS};

pub(crate) static CHECK: Check = Check {
    name: "tally-sum",
    summary: "the announced totals do not add up to the announced number of members",
    severity: Severity::Error,
    why: "Every member of a body votes in favour or against, abstains or does not vote, so the four totals add up to \
          the number of members. Where one of the four is not announced, the others cannot exceed it. Where the \
          ballots are on record and contradict a total, `tally-mismatch` names it, and the sum is not reported again. Who \
          votes or abstains attends: where the record says how many attended, no more can have voted or abstained.",
    sources: &[
        "Rules of procedure of the General Assembly, rules 86 and 87",
        "UNBIS manual, field 996 (votes and total of members)",
    ],
    example: Example::Native {
        fails: r#"{"symbols": ["A/RES/73/195"], "acts": [{"act": "decision", "date": "2018-12-19",
  "announced": {"yes": 151, "no": 5, "abstain": 12, "non-voting": 24, "members": 193}}]}"#,
        mended: r#"{"symbols": ["A/RES/73/195"], "acts": [{"act": "decision", "date": "2018-12-19",
  "announced": {"yes": 152, "no": 5, "abstain": 12, "non-voting": 24, "members": 193}}]}"#,
    },
    waive: "Waive it for a record whose source prints these totals, and say so in the reason: a misprint in the \
            source is a fact worth keeping.",
    run: Run::Decision(&run),
};

fn run(cx: &DecisionCx<'_>, out: &mut Findings<'_>) {
    attending(cx, out);
    let announced = &cx.decision.announced;
    let Some(members) = announced.members.map(u64::from) else {
        return;
    };
    let contradicted = |tally: &plenary_types::Tally| {
        let mut choices = TOTALS.iter().map(|(_, choice)| *choice);
        choices.any(|choice| tally_mismatch::mismatch(cx, tally, choice).is_some())
    };
    if cx.tally.as_ref().is_some_and(contradicted) {
        return;
    }
    let parts = TOTALS.map(|(_, choice)| announced.get(choice).map(u64::from));
    let sum: u64 = parts.iter().flatten().sum();
    let complete = parts.iter().all(Option::is_some);
    // The totals may hold the vote of a chair who is no member.
    let with_chair = cx.decision.chair.is_some() && sum == members + 1;
    if (sum > members || (complete && sum != members)) && !with_chair {
        let words: Vec<_> = parts.iter().flatten().map(u64::to_string).collect();
        out.report(
            Some(cx.act),
            Field::Announced(Total::Members),
            "the announced totals do not add up",
        )
        .expected(format!("{} = {sum}", words.join(" + ")))
        .found(members)
        .help("compare the four totals and the number of members with the meeting record");
    }
}

/// Whether more voted or abstained than attended.
fn attending(cx: &DecisionCx<'_>, out: &mut Findings<'_>) {
    let announced = &cx.decision.announced;
    let totals = [announced.yes, announced.no, announced.abstain].into_iter();
    let announced: u64 = totals.flatten().map(u64::from).sum();
    let listed = cx.tally.map_or(0, |tally| {
        u64::from(tally.voting()) + u64::from(tally.abstain)
    });
    let voted = announced.max(listed);
    let Some(attending) = cx.decision.attending.map(u64::from) else {
        return;
    };
    if voted > attending {
        let message = "more voted or abstained than attended";
        out.report(Some(cx.act), Field::Attending, message)
            .expected(format!("at least {voted}"))
            .found(attending)
            .help("is it a count of another occasion, or of delegations where delegates voted?");
    }
}
