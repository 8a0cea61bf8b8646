//! By which rule a decision is judged: what the record, the membership and the configuration say of it.

use plenary_bodies::{Applied, Library, Ruling, Setting, Undecidable};
use plenary_decisions::{Requirement, Standing};
use plenary_states::Membership;
use plenary_types::{BodyId, Date, Outcome};

use crate::DecisionCx;

/// The verdict of a rule and its reasons in one line.
pub(crate) fn reasons(rule: &Applied<'_>, standing: &Standing<'_>) -> String {
    let evaluation = rule.evaluate(standing);
    format!("{}: {}", evaluation.verdict, evaluation.reasons.deciding())
}

/// Whether a rule is one that a source confirms, or that the record or the configuration writes out.
pub(crate) fn is_verified(rule: &Applied<'_>) -> bool {
    !matches!(rule, Applied::Rule(rule) if rule.rule.unverified)
}

/// What came of a decision: as recorded, or because the document carries the number of a resolution, which only
/// an adopted text is given. The flag says whether it is recorded.
pub(crate) fn outcome(cx: &DecisionCx<'_>) -> Option<(Outcome, bool)> {
    match cx.decision.outcome {
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
        roster: Some(roster),
        outcome: outcome(cx).map(|(outcome, _)| outcome),
        agreement: Some(cx.agreement),
    };
    cx.reference.library().ruling(cx.decision, &setting)
}

/// The least and the greatest number of members over the days of a date, of a body in which all Members of the United Nations
/// sit. On a day of admissions the count follows the order of decisions inside the day, which a record does not show.
fn roster(body: &BodyId, date: Date) -> Option<(u32, u32)> {
    if *body != BodyId::UNGA {
        return None;
    }
    let before = date.earliest().pred_opt().unwrap_or(date.earliest());
    let between = Membership::UNGA
        .epochs()
        .filter(|epoch| date.as_day().is_none() && date.earliest() < epoch.span().from)
        .filter(|epoch| epoch.span().from <= date.latest())
        .map(|epoch| epoch.count());
    let ends = [before, date.earliest(), date.latest()].map(|day| Membership::UNGA.count_on(day));
    let counts = ends
        .into_iter()
        .chain(between)
        .filter_map(|n| u32::try_from(n).ok());
    let counts: Vec<_> = counts.collect();
    Some((counts.iter().copied().min()?, counts.iter().copied().max()?))
        .filter(|(_, most)| *most > 0)
}

/// The rule by which the body decides matters of procedure, where no member has a veto.
pub(crate) fn without_veto<'a>(cx: &DecisionCx<'a>) -> Option<Applied<'a>> {
    let (body, date) = (cx.body.as_ref()?, cx.decision.date?);
    let library = cx.reference.library();
    let rule = library.rule_for(body.as_str(), "procedural", date.earliest());
    rule.map(Applied::Rule)
}

/// Whether a text is neither the name of a rule nor a requirement.
pub(crate) fn is_unknown(library: &Library, text: &str) -> bool {
    let mut rules = library.rules().iter();
    !rules.any(|rule| rule.is_called(text)) && text.parse::<Requirement>().is_err()
}
