use std::borrow::Cow;

use plenary_bodies::{AssumedFindings, BaseSource, Ruling};
use plenary_decisions::{Standing, Verdict, verdict};
use plenary_types::{Field, Mode, Outcome, Participant, Scope, Severity, StateCode, Tally};

use super::vetoed_but_adopted;
use crate::{Check, DecisionCx, Example, Findings, Run, ruling};

pub(crate) static CHECK: Check = Check {
    name: "outcome-mismatch",
    summary: "the outcome is not what the votes come to under the rule",
    severity: Severity::Error,
    why: "Each body has rules for its kinds of question: in the Assembly a majority of the members present and voting adopts a \
          proposal, two thirds where the question is important; nine votes, seven until 1965, in the Security Council; other bodies \
          by the rules in their files. A record that calls a question adopted \
          which no rule of the body would have adopted, or rejected which every rule would have adopted, holds a wrong \
          vote, a wrong outcome or the vote on another question: a motion or an amendment filed under the number of \
          the resolution. Where the outcome is not recorded, the number of a resolution says that it was adopted, \
          and the finding is a warning. Two thirds are asked for where the record names that rule; an admission to membership that \
          got less is a note, by its title. A list that leaves members out (`partial`) tells no result: the announced totals \
          do; without them a list of the Assembly on which most members voted grounds a warning, and any other nothing. Totals that may count others with the members (`counts-others`) ground a warning. A vote against that alone prevents the decision is left to `vetoed-but-adopted`.",
    sources: &[
        "Charter Art. 18(2), 18(3), 27(2), 27(3)",
        "Rules of procedure of the General Assembly, rules 83 to 86",
        "the rules of each body on record, with their sources: `plenary bodies BODY`",
    ],
    example: Example::Native {
        fails: r#"{"symbols": ["A/RES/63/307"], "acts": [{"act": "decision", "date": "2009-09-09", "outcome": "adopted",
  "announced": {"yes": 29, "no": 64, "abstain": 50}}]}"#,
        mended: r#"{"symbols": ["A/RES/63/307"], "acts": [{"act": "decision", "date": "2009-09-09", "outcome": "adopted",
  "announced": {"yes": 48, "no": 19, "abstain": 78}}]}"#,
    },
    waive: "Name the rule in the record (`rule`), when the body decided by another than its usual one.",
    run: Run::Decision(&run),
};

/// Only adopted texts are given a number.
const NUMBERED: &str = "under the number of a resolution, so";

fn run(cx: &DecisionCx<'_>, out: &mut Findings<'_>) {
    let Some((outcome, recorded)) = ruling::outcome(cx) else {
        return;
    };
    let by_silence = cx.decision.mode == Mode::Silence;
    let Some(votes) = votes(cx).filter(|votes| by_silence || is_cast(votes.standing.tally()))
    else {
        return;
    };
    let Votes {
        ruling, standing, ..
    } = &votes;
    if ruling.lacks_quorum() {
        return;
    }
    let verdict = ruling.verdict_by(ruling.rule(), standing);
    if verdict.agrees_with(outcome) {
        let tally = standing.tally();
        if tally.yes < tally.no.saturating_mul(2) && ruling.is_assumed() && admits_a_member(cx) {
            important(cx, tally, out);
        }
        return;
    }
    let contradicted = ruling
        .rules()
        .all(|rule| ruling.verdict_by(rule, standing).contradicts(outcome));
    if !contradicted || (outcome == Outcome::Adopted && is_a_veto_alone(cx, standing)) {
        return;
    }
    // That one objection breaks a silence is the custom, which a body may have changed.
    let is_custom = by_silence && ruling.is_assumed();
    let warned = ruling.is_assumed()
        && cx
            .known_body()
            .is_some_and(|body| body.assumed_findings() == AssumedFindings::Warning);
    let sure = recorded
        && !warned
        && !is_custom
        && !votes.inferred
        && !cx.decision.counts_others
        && !rests_on_strangers(cx, ruling, outcome)
        && ruling.rules().all(|rule| rule.is_verified(standing));
    let (act, field, said) = match (recorded, &cx.decision.symbol) {
        (true, _) => (Some(cx.act), Field::Outcome, "recorded as"),
        (false, Some(_)) => (Some(cx.act), Field::Symbol(0), NUMBERED),
        (false, None) => (None, Field::Symbol(0), NUMBERED),
    };
    let reasons = ruling::reasons(ruling.rule(), standing);
    out.report(
        act,
        field,
        format!(
            "{said} {}, which does not follow from the {}",
            outcome.as_str(),
            if by_silence { "objections" } else { "votes" }
        ),
    )
    .severity(if sure {
        Severity::Error
    } else {
        Severity::Warning
    })
    .subjects(members_in(&reasons, cx))
    .expected(reasons)
    .found(outcome.as_str())
    .help(match by_silence {
        true => {
            "who objected in time? state the `rule` where one objection does not break a silence"
        }
        false => "is this the vote on a paragraph, an amendment or a motion?",
    });
}

/// The members on the list that a sentence names, which it does by their codes or identifiers.
fn members_in(sentence: &str, cx: &DecisionCx<'_>) -> Vec<Participant> {
    let codes = sentence.split(|c: char| !c.is_ascii_alphanumeric());
    let codes = codes.filter_map(|word| word.parse::<StateCode>().ok());
    let identities =
        sentence.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '{' | '}'));
    let identities = identities.filter(|word| word.contains(':'));
    let identities = identities.filter_map(|word| word.parse().ok());
    let ballots = cx.decision.ballots.as_ref();
    let objections = cx.decision.objections.as_deref().unwrap_or_default();
    let is_listed = |who: &Participant| {
        ballots.is_some_and(|ballots| ballots.choice_of(*who).is_some()) || objections.contains(who)
    };
    let named = codes.map(Participant::from).chain(identities);
    named.filter(is_listed).collect()
}

/// Whether the votes contradict the outcome only with the ballots of those who could not be on the list.
fn rests_on_strangers(cx: &DecisionCx<'_>, ruling: &Ruling<'_>, outcome: Outcome) -> bool {
    let strangers = cx.roll.as_ref().map_or(&[][..], |roll| &roll.strangers);
    let Some(ballots) = cx
        .decision
        .ballots
        .as_ref()
        .filter(|_| !strangers.is_empty())
    else {
        return false;
    };
    let of_body = ballots
        .iter()
        .enumerate()
        .filter(|(place, _)| !strangers.contains(place));
    let of_body = of_body.filter_map(|(_, ballot)| Some((ballot.entry.who?, ballot.choice)));
    let standing = Standing::from_ballots(of_body);
    let base = ruling
        .base()
        .map(|base| standing.clone().with_members(base.members));
    let standing = base.and_then(Result::ok).unwrap_or(standing);
    let verdict = ruling.verdict_by(ruling.rule(), &standing);
    !verdict.contradicts(outcome)
}

/// The votes that an outcome is held against.
struct Votes<'c> {
    ruling: &'c Ruling<'c>,
    standing: Cow<'c, Standing<'c>>,
    /// Whether those whom the list leaves out are taken for absent.
    inferred: bool,
}

/// The votes of a decision. On a list of a whole membership that leaves members out, without totals, where most members voted,
/// those left out almost surely had no part in it.
fn votes<'c>(cx: &'c DecisionCx<'_>) -> Option<Votes<'c>> {
    let ruling = cx.ruling().ok()?;
    let standing = ruling.standing();
    if !standing.has_open() || ruling.verdict_by(ruling.rule(), standing) != Verdict::Undetermined {
        return Some(Votes {
            ruling,
            standing: Cow::Borrowed(standing),
            inferred: false,
        });
    }
    let tally = standing.tally();
    let cast = tally.voting().saturating_add(tally.abstain);
    let members = ruling
        .base()
        .filter(|base| base.from == BaseSource::Roster)?
        .members;
    let closed = Standing::from_counts(tally).with_members(members).ok()?;
    (cast > members / 2).then_some(Votes {
        ruling,
        standing: Cow::Owned(closed),
        inferred: true,
    })
}

fn is_cast(tally: Tally) -> bool {
    tally.voting() > 0 || tally.abstain > 0
}

/// Whether nothing but negative votes of members with a veto is in the way of a decision: a check of its own.
fn is_a_veto_alone(cx: &DecisionCx<'_>, standing: &Standing<'_>) -> bool {
    let Ok(ruling) = cx.ruling() else {
        return false;
    };
    let rule = ruling.rule();
    let rest = rule.requirement().without_vetoes();
    let standing = standing.borrowed().with_default_facts(rule.facts());
    !vetoed_but_adopted::vetoers(cx).is_empty()
        && cx.decision.ballots.is_some()
        && rest.is_none_or(|rest| verdict(&rest, &standing) == Verdict::Adopted)
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
