//! A recorded vote of any body on a day: by what it is decided, and what it comes to.

use chrono::NaiveDate;
use plenary_bodies::{Body, QuorumUse, Reference};
use plenary_decisions::{Facts, Requirement};
use plenary_types::{Choice, Decision, Participant};

use crate::CountedVote;

/// The rules that a decision can have been taken by: the one that applies, and behind it those that may apply instead. The second
/// value says whether nothing states the rule. Nothing where the record states a rule of its own or a nature, or asks for what this
/// does not look at.
pub(crate) fn rules_of<'r>(
    reference: &'r Reference,
    decision: &Decision,
) -> Option<(Vec<&'r Requirement>, bool)> {
    let body = reference.body(decision.body.as_ref()?.as_str())?;
    let day = decision.date?.as_day()?;
    let is_plain = decision.rule.is_none()
        && decision.question.nature.is_none()
        && decision.question.text.is_none();
    let kind = match &decision.question.kind {
        Some(stated) => Some(body.kind(stated.as_str())?.id.as_str()),
        None => None,
    };
    let usual = kind.or_else(|| body.default_kind()).filter(|_| is_plain)?;
    let of = |kind: &str| law_on(reference, body, kind, day);
    let special = body.kinds().iter().find(|special| {
        special.of.as_deref() == Some(usual)
            && special.scopes.contains(&decision.question.scope)
            && of(&special.id).is_some()
    });
    let first = special.map_or(usual, |special| &special.id);
    let beside = |kind: &str| body.kind(kind).map_or(&[][..], |kind| &kind.also);
    let mut kinds = vec![first];
    if kind.is_none() && first == usual {
        kinds.extend(body.also_possible().iter().map(String::as_str));
    }
    kinds.extend(beside(first).iter().map(String::as_str));
    let applied = |kind: &&str| {
        let rules = reference.library().rules_of(body.id().as_str()).iter();
        let fits =
            |rule: &&plenary_bodies::library::Rule| rule.kind == **kind && rule.span.contains(day);
        let mut fitting: Vec<_> = rules.filter(fits).collect();
        fitting.sort_by_key(|rule| rule.practice);
        fitting.into_iter().map(|rule| &rule.requirement)
    };
    of(first)?;
    let rules: Vec<_> = kinds.iter().flat_map(applied).collect();
    Some((rules, kind.is_none()))
}

/// The requirement that is the law for a kind of question on a day.
pub(crate) fn law_on<'r>(
    reference: &'r Reference,
    body: &Body,
    kind: &str,
    day: NaiveDate,
) -> Option<&'r Requirement> {
    let rule = reference
        .library()
        .rule_for(body.id().as_str(), kind, day)?;
    Some(&rule.rule.requirement)
}

/// The kinds of question of which a public vote can be on a day, that need no other organ.
pub(crate) fn kinds_on(reference: &Reference, body: &Body, day: NaiveDate) -> Vec<String> {
    let kinds = body.kinds().iter().filter(|kind| {
        let law = law_on(reference, body, &kind.id, day);
        kind.is_question && !kind.secret && law.is_some_and(|law| law.organs().is_empty())
    });
    kinds.map(|kind| kind.id.clone()).collect()
}

/// Whether a quorum to decide is on record for the day that a vote does not meet.
pub(crate) fn lacks_quorum(
    reference: &Reference,
    body: &Body,
    day: NaiveDate,
    ballots: &[(Participant, Choice)],
) -> bool {
    let quorum = reference
        .library()
        .quorum(body.id().as_str(), QuorumUse::Decide, day);
    quorum.is_some_and(|quorum| {
        let vote = counted(body, day, ballots, quorum.facts);
        vote.meets(&quorum.rule.requirement) == Some(false)
    })
}

/// A vote of the body on a day: those of its members who are not on the list did not vote.
pub(crate) fn counted<'f>(
    body: &Body,
    day: NaiveDate,
    ballots: &[(Participant, Choice)],
    facts: &'f Facts,
) -> CountedVote<'f> {
    let members = body.members_on(day);
    // Who is suspended and no member can be on a list, and counts for nothing.
    let is_member = |who: Participant| members.is_none_or(|members| members.contains(&who));
    let listed = ballots.iter().copied().filter(|(who, _)| is_member(*who));
    let listed: Vec<_> = listed.collect();
    let is_listed = |who: &Participant| listed.iter().any(|(other, _)| other == who);
    let absent = members
        .unwrap_or_default()
        .iter()
        .filter(|who| !is_listed(who));
    let absent = absent.map(|who| (*who, Choice::NonVoting));
    let all: Vec<_> = listed.iter().copied().chain(absent).collect();
    let seats = body.seats_on(day).filter(|_| members.is_none());
    let seats = seats.map_or(0, |seats| *seats.end());
    let empty = u128::from(seats).saturating_sub(all.len() as u128);
    CountedVote::new(all, facts).with_absent(empty).on(day)
}
