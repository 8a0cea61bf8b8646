//! [`Adoption`]: the decision by which an agreement says that it was adopted, and what follows from it.

use std::sync::Arc;

use plenary_bodies::{Applied, Body, LeadsTo, Undecidable};
use plenary_decisions::{Facts, Verdict};
use plenary_treaties::AdoptedClause;
use plenary_types::{DecisionRef, Mode, Outcome, RelationKind};

use crate::{DecisionCx, ruling};

/// A decision by which an agreement says that it was adopted, in its own record or in another of the same input.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Adoption {
    /// The place of the relation among those of the agreement.
    pub relation: usize,
    /// The decision, as the relation names it.
    pub decision: String,
    /// What came of the decision.
    pub outcome: AdoptionOutcome,
    /// What has to follow before the agreement enters into force, where the body asks for more than its decision.
    pub clause: Option<AdoptedClause>,
}

/// What came of a decision by which an agreement says that it was adopted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AdoptionOutcome {
    /// It adopted the agreement.
    Adopted,
    /// It did not, for this reason.
    Rejected(String),
    /// It cannot be told, for this reason.
    Undetermined(String),
}

impl Adoption {
    /// What a decision is to the agreement that names it by a relation; nothing for other relations than to what adopted it.
    pub(crate) fn new(
        relation: usize,
        kind: RelationKind,
        reference: &DecisionRef,
        decision: &DecisionCx<'_>,
    ) -> Option<Self> {
        let found = leads_to(decision).filter(|(_, leads)| leads.relation == kind.as_str());
        if kind != RelationKind::AdoptedBy && found.is_none() {
            return None;
        }
        let outcome = outcome(decision);
        let is_rejected = matches!(outcome, AdoptionOutcome::Rejected(_));
        let clause = found.filter(|_| !is_rejected).map(|(body, leads)| {
            let day = decision.decision.date.map(|date| date.latest());
            let groups = leads.groups_of.as_ref().zip(day);
            let groups =
                groups.and_then(|(of, day)| Some(decision.reference.body(of.as_str())?.facts(day)));
            let mut facts = Facts::default();
            facts.add_missing(groups.unwrap_or(Facts::NONE));
            let source = leads.source.as_ref();
            let source = source.map_or(String::new(), |source| format!("{source}, "));
            let adopted = match outcome {
                AdoptionOutcome::Adopted => "as it was adopted by",
                _ => "if it was adopted by",
            };
            let origin = format!("{source}{adopted} `{reference}`");
            AdoptedClause::new(leads.requirement.clone(), Arc::clone(body), origin)
                .with_facts(facts)
                .binding_members(leads.binds_members)
        });
        Some(Self {
            relation,
            decision: reference.to_string(),
            outcome,
            clause,
        })
    }
}

impl Adoption {
    /// The clause that follows: that of the first decision which leads to one.
    #[must_use]
    pub fn clause_of(adoptions: &[Self]) -> Option<AdoptedClause> {
        let mut clauses = adoptions
            .iter()
            .filter_map(|adoption| adoption.clause.as_ref());
        clauses.next().cloned()
    }

    /// What keeps the agreement from being adopted by the decision, in words, where anything does.
    #[must_use]
    pub fn caveat(&self) -> Option<String> {
        let Self {
            decision, outcome, ..
        } = self;
        match outcome {
            AdoptionOutcome::Adopted => None,
            AdoptionOutcome::Rejected(why) => Some(format!(
                "`{decision}`, which is said to have adopted it, was rejected: {why}"
            )),
            AdoptionOutcome::Undetermined(why) => Some(format!(
                "whether `{decision}` adopted it cannot be told: {why}"
            )),
        }
    }
}

/// What has to follow a decision, by its kind, with the body that decided.
fn leads_to<'c>(cx: &'c DecisionCx<'_>) -> Option<(&'c Arc<Body>, &'c LeadsTo)> {
    let of = |body: &str, kind: &str| {
        let body = cx.reference.body(body)?;
        Some((body, body.kind(kind)?.leads_to.as_ref()?))
    };
    let stated = cx.body.as_ref().zip(cx.decision.question.kind.as_ref());
    let stated = stated.and_then(|(body, kind)| of(body.as_str(), kind.as_str()));
    stated.or_else(|| match cx.ruling().ok()?.rule() {
        Applied::Rule(rule) => of(&rule.rule.body, &rule.rule.kind),
        _ => None,
    })
}

/// What came of a decision: by the rule that it is judged by, else as recorded.
fn outcome(cx: &DecisionCx<'_>) -> AdoptionOutcome {
    let recorded = ruling::outcome(cx).map(|(outcome, _)| outcome);
    let by_record = |why: &dyn Fn() -> String| match recorded {
        Some(Outcome::Adopted) => AdoptionOutcome::Adopted,
        Some(Outcome::Other(_)) | None => AdoptionOutcome::Undetermined(why()),
        Some(outcome) => AdoptionOutcome::Rejected(format!("recorded as {outcome}")),
    };
    match cx.ruling() {
        Ok(ruling) => {
            let evaluation = ruling.evaluation();
            let why = || evaluation.reasons.deciding();
            match (evaluation.verdict, recorded) {
                (Verdict::Rejected, _) => AdoptionOutcome::Rejected(why()),
                (Verdict::Adopted, None) => AdoptionOutcome::Adopted,
                _ => by_record(&why),
            }
        }
        // What was not put to a vote and is on record with that mode was adopted so.
        Err(Undecidable::NoVote) if recorded.is_none() && cx.decision.mode == Mode::WithoutVote => {
            AdoptionOutcome::Adopted
        }
        Err(undecidable) => by_record(&|| undecidable.to_string()),
    }
}
