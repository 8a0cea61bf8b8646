//! By which rule a decision is judged: what the record, the membership and the configuration say of it.

use plenary_bodies::{Applied, Library, Ruling, Setting, Undecidable};
use plenary_decisions::{Requirement, Standing};
use plenary_types::Outcome;

use crate::DecisionCx;

/// The verdict of a rule and its reasons in one line.
pub(crate) fn reasons(rule: &Applied<'_>, standing: &Standing<'_>) -> String {
    let evaluation = rule.evaluate(standing);
    format!("{}: {}", evaluation.verdict, evaluation.reasons.deciding())
}

/// What came of a decision: as recorded, or because the document carries the number of a resolution, which only
/// an adopted text is given. The flag says whether it is recorded.
pub(crate) fn outcome(cx: &DecisionCx<'_>) -> Option<(Outcome, bool)> {
    match cx.outcome() {
        Some(outcome) => Some((outcome, true)),
        None => cx
            .is_numbered_resolution()
            .then_some((Outcome::Adopted, false)),
    }
}

/// The rule of a decision, and what it makes of the votes.
pub(crate) fn ruling<'a>(cx: &DecisionCx<'a>) -> Result<Ruling<'a>, Undecidable> {
    let setting = Setting {
        body: cx.body.as_ref(),
        symbol: cx.document(),
        rule: cx.default_rule,
        outcome: outcome(cx).map(|(outcome, _)| outcome),
        agreement: Some(cx.agreement),
        records: &cx.referred,
        ..Setting::default()
    };
    cx.reference.library().ruling(cx.decision, &setting)
}

/// Whether a text is neither the name of a rule nor a requirement.
pub(crate) fn is_unknown(library: &Library, text: &str) -> bool {
    let mut rules = library.rules().iter();
    !rules.any(|rule| rule.is_called(text)) && text.parse::<Requirement>().is_err()
}
