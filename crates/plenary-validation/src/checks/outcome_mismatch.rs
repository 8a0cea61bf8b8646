use plenary_decisions::Verdict;
use plenary_types::{Field, Outcome, Scope, Severity, Tally};

use crate::{Check, DecisionCx, Example, Findings, Run, ruling};

pub(crate) static CHECK: Check = Check {
    name: "outcome-mismatch",
    summary: "the outcome is not what the votes come to under the rule",
    severity: Severity::Error,
    why: "A majority of the members present and voting adopts a proposal in the Assembly, two thirds where the question \
          is important; nine votes, seven until 1965, in the Security Council. A record that calls a question adopted \
          which no rule of the body would have adopted, or rejected which every rule would have adopted, holds a wrong \
          vote, a wrong outcome or the vote on another question: a motion or an amendment filed under the number of \
          the resolution. Where the outcome is not recorded, the number of a resolution says that it was adopted, \
          and the finding is a warning. Two thirds are asked for where the record names that rule; an admission to membership that \
          got less is a note, by its title. A list that leaves members out (`partial`) tells no result: the announced totals \
          do; without them a list of the Assembly on which most members voted grounds a warning, and any other nothing. A negative vote of a permanent member is left to `vetoed-but-adopted`.",
    sources: &[
        "Charter Art. 18(2), 18(3), 27(2), 27(3)",
        "Rules of procedure of the General Assembly, rules 83 to 86",
    ],
    example: Example::Native {
        fails: r#"{"symbols": ["A/RES/63/307"], "acts": [{"act": "decision", "date": "2009-09-09", "outcome": "adopted",
  "announced": {"yes": 29, "no": 64, "abstain": 50}}]}"#,
        mended: r#"{"symbols": ["A/RES/63/307"], "acts": [{"act": "decision", "date": "2009-09-09", "outcome": "adopted",
  "announced": {"yes": 48, "no": 19, "abstain": 78}}]}"#,
    },
    waive: "Name the rule in the record (`rule`), when the body decided by another than its usual one.",
    run: Run::Decision(run),
};

/// Only adopted texts are given a number.
const NUMBERED: &str = "under the number of a resolution, so";

fn run(cx: &DecisionCx<'_>, out: &mut Findings<'_>) {
    let (Some((outcome, recorded)), Some(votes)) = (ruling::outcome(cx), ruling::votes(cx)) else {
        return;
    };
    let tally = votes.tally;
    if plainly_adopted(cx, outcome, tally) {
        if tally.yes < 2 * tally.no && admits_a_member(cx) {
            important(cx, tally, out);
        }
        return;
    }
    let rulings = ruling::rulings(cx, outcome);
    let standing = votes.basis.standing();
    let against = match outcome {
        Outcome::Adopted => Verdict::Rejected,
        Outcome::Rejected => Verdict::Adopted,
    };
    let contradicted = rulings
        .iter()
        .all(|rule| rule.verdict(&standing) == against);
    let Some(rule) = rulings.last().filter(|_| contradicted) else {
        return;
    };
    let sure = recorded && votes.complete && rulings.iter().all(ruling::is_verified);
    let (act, field, said) = match (recorded, &cx.decision.symbol) {
        (true, _) => (Some(cx.act), Field::Outcome, "recorded as"),
        (false, Some(_)) => (Some(cx.act), Field::Symbol(0), NUMBERED),
        (false, None) => (None, Field::Symbol(0), NUMBERED),
    };
    out.report(
        act,
        field,
        format!(
            "{said} {}, which the votes do not bear out",
            outcome.as_str()
        ),
    )
    .severity(if sure {
        Severity::Error
    } else {
        Severity::Warning
    })
    .expected(ruling::reasons(rulings.first().unwrap_or(rule), &standing))
    .found(outcome.as_str())
    .help("is this the vote on a paragraph, an amendment or a motion?");
}

/// Whether the question is the admission of a member, as the titles of resolutions have it. Of the questions that Article 18(2)
/// names this is the one that a title tells.
fn admits_a_member(cx: &DecisionCx<'_>) -> bool {
    let title = &cx.agreement.title;
    title.starts_with("Admission of ")
        && title.contains("to membership")
        && cx.decision.question.scope == Scope::Whole
}

fn important(cx: &DecisionCx<'_>, tally: Tally, out: &mut Findings<'_>) {
    out.report(
        Some(cx.act),
        Field::Outcome,
        "adopted by less than the two thirds that the admission of a member needs",
    )
    .severity(Severity::Note)
    .expected("two thirds of those present and voting (Charter Art. 18(2))")
    .found(format!("{} to {}", tally.yes, tally.no))
    .help("is this the vote on a paragraph, an amendment or a motion?");
}

/// The usual case, told without looking at any rule: adopted by the Assembly with more yes than no.
fn plainly_adopted(cx: &DecisionCx<'_>, outcome: Outcome, tally: Tally) -> bool {
    let usual = cx.is_assembly() && cx.decision.rule.is_none() && cx.default_rule.is_none();
    usual && outcome == Outcome::Adopted && tally.yes > tally.no
}
