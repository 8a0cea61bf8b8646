//! The rules that a decision may have been taken by, and what they make of its votes.

use chrono::NaiveDate;
use plenary_decisions::library::InForce;
use plenary_decisions::{Facts, Kind, Library, Reason, Requirement, Standing, Verdict, evaluate};
use plenary_types::{AnnouncedTally, BodyId, Choice, Mode, Nature, Outcome, Tally};

use crate::DecisionCx;
use crate::claim::TOTALS;

/// A rule that a decision may have been taken by.
pub(crate) enum Ruling<'l> {
    /// A rule of the library, as it was on the day.
    Known(InForce<'l>),
    /// A requirement that the record or the configuration writes out.
    Written(Requirement, &'l Facts),
}

impl Ruling<'_> {
    pub(crate) fn verdict(&self, standing: &Standing<'_>) -> Verdict {
        match self {
            Self::Known(rule) => rule.verdict(standing),
            Self::Written(requirement, facts) => {
                plenary_decisions::verdict(requirement, &standing.clone().with_facts(facts))
            }
        }
    }

    /// The verdict and its reasons in one line.
    pub(crate) fn reasons(&self, standing: &Standing<'_>) -> String {
        let evaluation = match self {
            Self::Known(rule) => rule.evaluate(standing),
            Self::Written(requirement, facts) => {
                evaluate(requirement, &standing.clone().with_facts(facts))
            }
        };
        let verdict = if evaluation.verdict == Verdict::Adopted {
            "adopted"
        } else {
            "rejected"
        };
        format!("{verdict}: {}", deciding(&evaluation.reasons))
    }

    pub(crate) fn is_verified(&self) -> bool {
        matches!(self, Self::Known(rule) if !rule.rule.unverified)
            || matches!(self, Self::Written(..))
    }
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

/// The votes of a decision that was put to one: the ballots, else the announced totals of yes and no. A list that
/// leaves members out tells no result, so that only its totals do.
pub(crate) fn votes(cx: &DecisionCx<'_>) -> Option<Tally> {
    let complete = cx.tally.filter(|_| !cx.decision.partial);
    let tally = complete.or_else(|| announced(&cx.decision.announced))?;
    (has_votes(cx) && is_cast(tally)).then_some(tally)
}

/// The votes on a list of the Assembly that leaves members out, without totals, where most members voted: almost surely
/// those left out had no part in it.
pub(crate) fn votes_of_most(cx: &DecisionCx<'_>) -> Option<Tally> {
    let tally = cx.tally.filter(|_| cx.decision.partial && has_votes(cx))?;
    let (members, _) = cx.electorate.as_ref().filter(|_| cx.is_assembly())?.seats;
    let cast = tally.voting().saturating_add(tally.abstain);
    let totals = announced(&cx.decision.announced);
    (totals.is_none() && cast > members / 2).then_some(tally)
}

/// Whether the mode is one that leaves votes on record.
pub(crate) fn has_votes(cx: &DecisionCx<'_>) -> bool {
    !matches!(cx.decision.mode, Mode::WithoutVote | Mode::Secret)
}

fn announced(totals: &AnnouncedTally) -> Option<Tally> {
    Some(Tally {
        yes: totals.yes?,
        no: totals.no?,
        abstain: totals.abstain.unwrap_or(0),
        ..Tally::default()
    })
}

fn is_cast(tally: Tally) -> bool {
    tally.voting() > 0 || tally.abstain > 0
}

/// The rules that may apply: the one that the record names, else those of the body for the kinds of
/// question that it can have been. Empty where none is known or where the date does not tell.
///
/// A Council decision that is called adopted is held against the number of votes only where the ballots are on record:
/// negative votes of permanent members are a check of their own.
pub(crate) fn rulings(cx: &DecisionCx<'_>, outcome: Outcome) -> Vec<Ruling<'static>> {
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
        (rule.rule == still.rule).then_some(Ruling::Known(rule))
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
) -> Vec<Ruling<'static>> {
    let days = NaiveDate::from_ymd_opt(1965, 8, 31)..NaiveDate::from_ymd_opt(1966, 1, 1);
    let between = days.start <= Some(day) && Some(day) < days.end;
    let last_day = NaiveDate::from_ymd_opt(1965, 8, 30).filter(|_| between);
    let rule = |category: &&str| library.rule_for(BodyId::UNSC.as_str(), category, last_day?);
    categories
        .iter()
        .filter_map(rule)
        .map(Ruling::Known)
        .collect()
}

/// The rule that a record names: one of the library, or a requirement written out.
pub(crate) fn named(
    library: &'static Library,
    text: &str,
    body: &BodyId,
    first: NaiveDate,
    last: NaiveDate,
) -> Option<Ruling<'static>> {
    if let Some(rule) = library.rule(text, first) {
        return library
            .rule(text, last)
            .filter(|still| still.rule == rule.rule)
            .map(Ruling::Known);
    }
    let requirement = text.parse().ok()?;
    Some(Ruling::Written(
        requirement,
        library.facts(body.as_str(), first),
    ))
}

/// Whether a text is neither the name of a rule nor a requirement.
pub(crate) fn is_unknown(text: &str) -> bool {
    let mut rules = Library::embedded().rules().iter();
    let known = rules.any(|rule| rule.id == text || rule.aliases.iter().any(|alias| alias == text));
    !known && text.parse::<Requirement>().is_err()
}

/// How the question stands: by its ballots where the list can be told apart, else by the counts, with those who
/// are known to have voted against.
pub(crate) fn standing<'a>(cx: &DecisionCx<'_>, tally: Tally) -> Standing<'a> {
    let counts = among_members(&cx.decision.announced, Standing::of_counts(tally));
    match &cx.decision.ballots {
        Some(ballots) if cx.decision.partial => {
            let listed = ballots.by_state();
            let against = listed.filter(|(_, choice)| *choice == Choice::No);
            let named = counts
                .clone()
                .with_opponents(against.map(|(state, _)| state));
            named.unwrap_or(counts)
        }
        Some(ballots) if !cx.is_assembly() || cx.decision.rule.is_some() => {
            Standing::of_ballots(ballots.by_state())
        }
        Some(_) => Standing::of_counts(tally),
        None => counts,
    }
}

/// With the number of members, as announced or as the four totals come to; where these disagree neither is known.
fn among_members<'a>(totals: &AnnouncedTally, counts: Standing<'a>) -> Standing<'a> {
    let sum = TOTALS.iter().try_fold(0u32, |sum, (_, choice)| {
        sum.checked_add(totals.get(*choice)?)
    });
    let members = match (totals.members, sum) {
        (Some(members), Some(sum)) if members != sum => None,
        (members, sum) => members.or(sum),
    };
    let known = members.and_then(|members| counts.clone().with_members(members).ok());
    known.unwrap_or(counts)
}
