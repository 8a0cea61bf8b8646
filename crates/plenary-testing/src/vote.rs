//! A recorded vote of any body on a day: by what it is decided, and what it comes to.

use std::collections::HashSet;

use chrono::NaiveDate;
use plenary_bodies::library::{Rule, Tie};
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
) -> Option<(Vec<&'r Rule>, bool)> {
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
        let fits = |rule: &&Rule| rule.kind == **kind && rule.span.contains(day);
        let mut fitting: Vec<_> = rules.filter(fits).collect();
        fitting.sort_by_key(|rule| rule.practice);
        fitting
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

/// Whether the members are divided equally and the vote of the chair then decides.
pub(crate) fn is_for_the_chair(rule: &Rule, ballots: &[(Participant, Choice)]) -> bool {
    let count = |wanted: Choice| {
        ballots
            .iter()
            .filter(|(_, choice)| *choice == wanted)
            .count()
    };
    let in_favour = count(Choice::Yes);
    rule.tie == Some(Tie::Chair) && in_favour > 0 && in_favour == count(Choice::No)
}

/// Whether ballots adopt by a rule, with the vote of the chair where that decides; `None` where it is not known.
pub(crate) fn adopts(
    rule: &Rule,
    body: &Body,
    day: NaiveDate,
    ballots: &[(Participant, Choice)],
    chair: Option<Choice>,
) -> Option<bool> {
    match is_for_the_chair(rule, ballots) {
        true => chair.map(|choice| choice == Choice::Yes),
        false => counted(body, day, ballots, body.facts(day)).meets(&rule.requirement),
    }
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
    let members = members.map(|members| body.voters_for(members.to_vec()));
    let known: Option<HashSet<_>> = members.as_ref().map(|all| all.iter().copied().collect());
    // Who is suspended and no member can be on a list, and counts for nothing.
    let is_member = |who: &Participant| known.as_ref().is_none_or(|known| known.contains(who));
    let listed = ballots.iter().copied().filter(|(who, _)| is_member(who));
    let listed: Vec<_> = listed.collect();
    let names: HashSet<_> = listed.iter().map(|(who, _)| *who).collect();
    let absent = members.iter().flatten().filter(|who| !names.contains(who));
    let absent = absent.map(|who| (*who, Choice::NonVoting));
    let all: Vec<_> = listed.iter().copied().chain(absent).collect();
    let seats = body.seats_on(day).filter(|_| members.is_none());
    let seats = seats.map_or(0, |seats| *seats.end());
    let empty = u128::from(seats).saturating_sub(all.len() as u128);
    CountedVote::new(all, facts).with_absent(empty).on(day)
}
