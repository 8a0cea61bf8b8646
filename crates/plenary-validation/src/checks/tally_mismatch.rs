use plenary_types::{Choice, Field, Severity, Tally, Total};

use crate::{Check, DecisionCx, Example, Findings, Run, claim::TOTALS};

pub(crate) static CHECK: Check = Check {
    name: "tally-mismatch",
    summary: "an announced total differs from the ballots counted",
    severity: Severity::Error,
    why: "In a recorded vote the announced totals are the count of the single choices. A total that differs from its \
          ballots is wrong, or a ballot is: the announced result and the list cannot both be true. A choice that a \
          delegation says afterwards it had meant to cast changes no total. Of a list that leaves members out by design \
          (`partial`) it is certain only that no total is less than what is listed, unless every vote that was cast is on it \
          (`every-vote-listed`).",
    sources: &[
        "Rules of procedure of the General Assembly, rule 87",
        "The Charter of the United Nations: A Commentary, Art. 21, paras. 74-75 (corrections after the vote)",
    ],
    example: Example::Native {
        fails: r#"{"symbols": ["S/RES/1454(2002)"], "acts": [{"act": "decision", "date": "2002-12-30",
  "announced": {"yes": 13, "no": 0, "abstain": 1},
  "ballots": {"yes": ["BGR", "CHN", "CMR", "COL", "FRA", "GBR", "GIN", "IRL", "MEX", "MUS", "NOR", "SGP", "USA"],
              "abstain": ["RUS", "SYR"]}}]}"#,
        mended: r#"{"symbols": ["S/RES/1454(2002)"], "acts": [{"act": "decision", "date": "2002-12-30",
  "announced": {"yes": 13, "no": 0, "abstain": 2},
  "ballots": {"yes": ["BGR", "CHN", "CMR", "COL", "FRA", "GBR", "GIN", "IRL", "MEX", "MUS", "NOR", "SGP", "USA"],
              "abstain": ["RUS", "SYR"]}}]}"#,
    },
    waive: "Waive it for a record whose meeting record prints both the list and the differing total.",
    run: Run::Decision(&run),
};

fn run(cx: &DecisionCx<'_>, out: &mut Findings<'_>) {
    let Some(tally) = &cx.tally else { return };
    for (total, choice) in TOTALS {
        if let Some((counted, announced)) = mismatch(cx, tally, choice) {
            report(cx, out, total, counted, announced, tally, choice);
        }
    }
}

/// The ballots counted and the total announced, where both cannot be true.
pub(super) fn mismatch(cx: &DecisionCx<'_>, tally: &Tally, choice: Choice) -> Option<(u32, u32)> {
    let (counted, announced) = (tally.get(choice), cx.decision.announced.get(choice)?);
    let left_out = cx.decision.may_leave_out(choice) && announced > counted;
    // The totals may hold the vote of a chair who is no member, and so is not on the list.
    let of_chair = cx
        .decision
        .chair
        .is_some_and(|chair| chair.choice == choice);
    let with_chair = of_chair && counted.checked_add(1) == Some(announced);
    (announced != counted && !left_out && !with_chair).then_some((counted, announced))
}

fn report(
    cx: &DecisionCx<'_>,
    out: &mut Findings<'_>,
    total: Total,
    counted: u32,
    announced: u32,
    tally: &Tally,
    choice: Choice,
) {
    let (message, expected) = if cx.decision.may_leave_out(choice) {
        (
            format!("the announced total of `{choice}` is less than the ballots listed"),
            format!("at least {counted}"),
        )
    } else {
        (
            format!("the announced total of `{choice}` differs from the ballots counted"),
            counted.to_string(),
        )
    };
    let report = out
        .report(Some(cx.act), Field::Announced(total), message)
        .expected(expected)
        .found(announced);
    if tally.not_eligible > 0 {
        report.help(format!(
            "{} names on the list are marked as not eligible and count in no total",
            tally.not_eligible
        ));
    } else {
        report.help("compare the list and the totals with the meeting record");
    }
}
