//! [`propose_claims`]: what a press report says of a vote, as claims that can be held against its record.

mod sentence;
mod statement;

use std::collections::BTreeSet;

use plenary_types::{Agreement, Citation, Claim, Date, Decision, Source};
use plenary_validation::{ClaimJudgement, ClaimStanding, judge_claim};
use serde::Serialize;

use sentence::{Sentence, sentences};
use statement::{Statement, statements};

/// The claims that a report makes about an agreement, as far as its sentences are plain, and what was left out of it
/// (docs/schema/claims.schema.json).
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct ProposedClaims {
    /// What the agreement is called.
    pub about: String,
    /// The claims, in the order of the report.
    pub claims: Vec<ProposedClaim>,
    /// Sentences with numbers or names of states of which not all was used.
    pub left_out: Vec<LeftOut>,
}

/// A claim that a report makes.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ProposedClaim {
    /// The line of the report on which its sentence begins.
    pub line: u64,
    /// The words of the report that it rests on.
    pub words: String,
    /// The claim.
    pub claim: Claim,
    /// How it stands to the record, once it was held against it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub judgement: Option<ClaimJudgement>,
}

/// A sentence of a report of which not all was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LeftOut {
    /// The line of the report on which it begins.
    pub line: u64,
    /// The sentence.
    pub words: String,
    /// Why.
    pub reason: String,
}

impl ProposedClaims {
    /// The same, with each claim held against the record of the agreement.
    #[must_use]
    pub fn judged(mut self, agreement: &Agreement) -> Self {
        for proposed in &mut self.claims {
            proposed.judgement = Some(judge_claim(agreement, &proposed.claim));
        }
        self
    }

    /// The document of the agreement with these claims in place of its own: to edit, and to check.
    #[must_use]
    pub fn document(&self, agreement: &Agreement) -> Agreement {
        let claims = self.claims.iter().map(|proposed| proposed.claim.clone());
        Agreement {
            claims: claims.collect(),
            ..agreement.clone()
        }
    }

    /// How many of its claims the record contradicts.
    #[must_use]
    pub fn contradicted(&self) -> usize {
        let is = |proposed: &&ProposedClaim| {
            let standing = proposed
                .judgement
                .as_ref()
                .map(|judgement| &judgement.standing);
            matches!(standing, Some(ClaimStanding::Contradicted { .. }))
        };
        self.claims.iter().filter(is).count()
    }
}

/// Proposes the claims of a press report in English about an agreement: counts, who voted how, the day, the number of members,
/// shares, comparisons, and that a decision was unanimous or taken without a vote.
///
/// Only plain statements of what happened are taken: a sentence that denies, supposes or expects, or that is about another document
/// or another year, is left out, and so is a number that is not exact (`some 150`). What holds numbers or names of states and
/// was not used is listed with the reason.
///
/// ```
/// use plenary::propose_claims;
/// use plenary::types::Source;
///
/// let compact = plenary::global_compact()?;
/// let report = "The Assembly endorsed the Compact by 152 votes to 5. Only Hungary and Poland voted against.";
/// let proposed = propose_claims(report, &Source::default(), &compact).judged(&compact);
/// let words: Vec<&str> = proposed.claims.iter().map(|claim| &*claim.words).collect();
/// assert_eq!(words, ["152 votes to 5", "152 votes to 5", "Only Hungary and Poland voted against"]);
/// assert_eq!(proposed.contradicted(), 1);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[must_use]
pub fn propose_claims(report: &str, source: &Source, agreement: &Agreement) -> ProposedClaims {
    let context = Context::new(agreement);
    let mut proposed = ProposedClaims {
        about: agreement.label().to_owned(),
        claims: Vec::new(),
        left_out: Vec::new(),
    };
    for sentence in sentences(report) {
        let read = match context.refused(&sentence) {
            Some(reason) => Err(reason),
            None => Ok(statements(&sentence, context.day)),
        };
        let (found, reason) = match read {
            Ok(found) => (found, "not a plain statement that can be checked"),
            Err(reason) => (Vec::new(), reason),
        };
        if let Some(unused) = sentence.unused(&found, context.day) {
            proposed.left_out.push(LeftOut {
                line: sentence.line,
                words: sentence.text.clone(),
                reason: format!("{reason}: {unused}"),
            });
        }
        let claims = found.into_iter().map(|statement| ProposedClaim {
            line: sentence.line,
            words: sentence.words_of(&statement),
            claim: claim(statement, source),
            judgement: None,
        });
        proposed.claims.extend(claims);
    }
    proposed
}

fn claim(statement: Statement, source: &Source) -> Claim {
    Claim {
        text: statement.in_words,
        source: source.clone(),
        assertion: Some(statement.assertion),
        ..Claim::default()
    }
}

/// What is known of the agreement that a report is about.
struct Context {
    day: Option<chrono::NaiveDate>,
    year: Option<i32>,
    documents: BTreeSet<String>,
}

impl Context {
    fn new(agreement: &Agreement) -> Self {
        let decision = agreement.principal_decision().map(|(_, decision)| decision);
        let date = decision.and_then(|decision| decision.date);
        let normal = |citation: &Citation| citation.normal().to_owned();
        let mut documents: BTreeSet<String> = agreement.symbols.iter().map(normal).collect();
        for (_, decision) in agreement.decisions() {
            documents.extend(documents_of(decision).map(normal));
        }
        Self {
            day: date.and_then(Date::as_day),
            year: date.map(Date::calendar_year),
            documents,
        }
    }

    /// Why a sentence says nothing certain of the agreement.
    fn refused(&self, sentence: &Sentence) -> Option<&'static str> {
        let mut cited = sentence.documents().peekable();
        let is_known = |document: String| self.documents.contains(&document);
        if cited.peek().is_some() && !cited.any(is_known) {
            return Some("it is about another document");
        }
        let years = sentence.years();
        if self
            .year
            .is_some_and(|year| !years.is_empty() && !years.contains(&year))
            && !sentence.has_day()
        {
            return Some("it is about another year");
        }
        sentence
            .is_uncertain()
            .then_some("it does not say plainly what happened")
    }
}

fn documents_of(decision: &Decision) -> impl Iterator<Item = &Citation> {
    let of_decision = [
        &decision.symbol,
        &decision.meeting,
        &decision.committee_report,
    ];
    let of_decision = of_decision.into_iter().flatten();
    of_decision.chain(&decision.drafts)
}

#[cfg(test)]
mod tests;
