//! The rules that a decision may have been taken by, and what they make of its votes.

use chrono::NaiveDate;
use plenary_decisions::{
    Applied, Basis, Kind, Library, Reason, Requirement, Standing, Undecidable, Verdict,
};
use plenary_types::{BodyId, Nature, Outcome, Tally};

use crate::DecisionCx;

/// The verdict of a rule and its reasons in one line.
pub(crate) fn reasons(rule: &Applied<'_>, standing: &Standing<'_>) -> String {
    let evaluation = rule.evaluate(standing);
    let verdict = if evaluation.verdict == Verdict::Adopted {
        "adopted"
    } else {
        "rejected"
    };
    format!("{verdict}: {}", deciding(&evaluation.reasons))
}

/// Whether a rule is one that a source confirms, or that the record or the configuration writes out.
pub(crate) fn is_verified(rule: &Applied<'_>) -> bool {
    !matches!(rule, Applied::Rule(rule) if rule.rule.unverified)
}

/// The sentence of what decides: of several parts that all have to hold, those that do not.
fn deciding(reason: &Reason) -> String {
    let parts = reason.parts.iter().filter(|p| p.answer == reason.answer);
    let sentences: Vec<_> = parts.map(deciding).collect();
    match reason.kind {
        Kind::All | Kind::Any if !sentences.is_empty() => sentences.join("; "),
        _ => reason.sentence.clone(),
    }
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

/// The votes of a decision.
pub(crate) struct Votes<'a> {
    /// What it is decided by.
    pub(crate) basis: Basis<'a>,
    /// The counts.
    pub(crate) tally: Tally,
    /// Whether they are those of the whole body for sure.
    pub(crate) complete: bool,
}

/// The votes of a decision that was put to one, if any were cast.
pub(crate) fn votes<'a>(cx: &DecisionCx<'a>) -> Option<Votes<'a>> {
    let (basis, tally, complete) = match Basis::of(cx.decision) {
        Ok(basis @ Basis::List(_)) => (basis, cx.tally?, true),
        Ok(basis @ Basis::Totals { tally, .. }) => (basis, tally, true),
        Err(Undecidable::Extract) => {
            let (basis, tally) = of_most(cx)?;
            (basis, tally, false)
        }
        Err(_) => return None,
    };
    is_cast(tally).then_some(Votes {
        basis,
        tally,
        complete,
    })
}

/// The votes on a list of the Assembly that leaves members out, without totals, where most members voted: almost surely
/// those left out had no part in it.
fn of_most<'a>(cx: &DecisionCx<'a>) -> Option<(Basis<'a>, Tally)> {
    let tally = cx.tally?;
    let (members, _) = cx.electorate.as_ref().filter(|_| cx.is_assembly())?.seats;
    let cast = tally.voting().saturating_add(tally.abstain);
    let basis = Basis::Totals {
        tally,
        members: cx.decision.announced.members,
        extract: cx.decision.ballots.as_ref(),
    };
    (cast > members / 2).then_some((basis, tally))
}

fn is_cast(tally: Tally) -> bool {
    tally.voting() > 0 || tally.abstain > 0
}

/// The rules that may apply: the one that the record names, else those of the body for the kinds of
/// question that it can have been. Empty where none is known or where the date does not tell.
///
/// A Council decision that is called adopted is held against the number of votes only where the ballots are on record:
/// negative votes of permanent members are a check of their own.
pub(crate) fn rulings(cx: &DecisionCx<'_>, outcome: Outcome) -> Vec<Applied<'static>> {
    let (Some(body), Some(date)) = (&cx.body, cx.decision.date) else {
        return Vec::new();
    };
    let library = Library::embedded();
    let (first, last) = (date.earliest(), date.latest());
    if let Some(text) = cx.decision.rule.as_deref().or(cx.default_rule) {
        return named(library, text, body, first, last)
            .into_iter()
            .collect();
    }
    let veto_apart = outcome == Outcome::Adopted && cx.decision.ballots.is_some();
    let categories: &[&str] = match (body == &BodyId::UNSC, cx.decision.question.nature) {
        (true, Some(Nature::Procedural)) => &["procedural"],
        (true, _) if veto_apart => &["procedural"],
        (true, Some(Nature::Substantive)) => &["substantive"],
        (true, None) => &["substantive", "procedural"],
        (false, _) => &["ordinary", "important"],
    };
    let rule = |category: &&str| {
        let rule = library.rule_for(body.as_str(), category, first)?;
        let still = library.rule_for(body.as_str(), category, last)?;
        (rule.rule == still.rule).then_some(Applied::Rule(rule))
    };
    let mut rulings: Vec<_> = categories.iter().filter_map(rule).collect();
    if *body == BodyId::UNSC {
        rulings.extend(as_before_the_amendment(library, categories, first));
    }
    rulings
}

/// Between 31 August and 31 December 1965 the Council had eleven members under a text that asked for nine votes. That
/// it went by nine at once is an inference, and S/RES/218(1965) was adopted by seven: the older rule is accepted too.
fn as_before_the_amendment(
    library: &'static Library,
    categories: &[&str],
    day: NaiveDate,
) -> Vec<Applied<'static>> {
    let days = NaiveDate::from_ymd_opt(1965, 8, 31)..NaiveDate::from_ymd_opt(1966, 1, 1);
    let between = days.start <= Some(day) && Some(day) < days.end;
    let last_day = NaiveDate::from_ymd_opt(1965, 8, 30).filter(|_| between);
    let rule = |category: &&str| library.rule_for(BodyId::UNSC.as_str(), category, last_day?);
    categories
        .iter()
        .filter_map(rule)
        .map(Applied::Rule)
        .collect()
}

/// The rule that a record names: one of the library, or a requirement written out.
pub(crate) fn named(
    library: &'static Library,
    text: &str,
    body: &BodyId,
    first: NaiveDate,
    last: NaiveDate,
) -> Option<Applied<'static>> {
    if let Some(rule) = library.rule(text, first) {
        return library
            .rule(text, last)
            .filter(|still| still.rule == rule.rule)
            .map(Applied::Rule);
    }
    let requirement = text.parse().ok()?;
    Some(Applied::Stated(
        requirement,
        library.facts(body.as_str(), first),
    ))
}

/// Whether a text is neither the name of a rule nor a requirement.
pub(crate) fn is_unknown(text: &str) -> bool {
    let mut rules = Library::embedded().rules().iter();
    !rules.any(|rule| rule.is_called(text)) && text.parse::<Requirement>().is_err()
}
