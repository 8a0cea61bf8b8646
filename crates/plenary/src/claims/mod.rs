//! [`propose_claims`]: what a press report says of a vote, as claims that can be held against its record.

mod number;
mod occasion;
mod sentence;
mod statement;

use std::collections::BTreeSet;

use chrono::Datelike;
use plenary_types::{Agreement, BodyId, Citation, Claim, Date, Decision, Scope, Source};
use plenary_validation::{ClaimJudgement, ClaimStanding, judge_claim};
use serde::Serialize;

use occasion::Occasions;
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
        let mut found = Vec::new();
        let mut dropped = Vec::new();
        let refused = context.refused(&sentence);
        let mut reason = refused;
        for mut statement in statements(&sentence, context.day) {
            let assigned = match refused {
                Some(refused) => Err(refused),
                None => context.occasions.assign(&sentence, &mut statement),
            };
            match assigned {
                Ok(()) => found.push(statement),
                Err(why) => {
                    reason = Some(why);
                    dropped.push(sentence.words_of(&statement));
                }
            }
        }
        let unused = sentence.unused(&found, context.day);
        dropped.dedup();
        let words = dropped.join("`, `");
        let unused =
            unused.or_else(|| (!dropped.is_empty()).then(|| format!("`{words}` not used")));
        if let Some(unused) = unused {
            let reason = reason.unwrap_or("not a plain statement that can be checked");
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
struct Context<'a> {
    day: Option<chrono::NaiveDate>,
    dates: Vec<Date>,
    documents: BTreeSet<String>,
    title: &'a str,
    is_of_committee: bool,
    is_of_part: bool,
    occasions: Occasions,
}

impl<'a> Context<'a> {
    fn new(agreement: &'a Agreement) -> Self {
        let decision = agreement.principal_decision().map(|(_, decision)| decision);
        let date = decision.and_then(|decision| decision.date);
        let normal = |citation: &Citation| citation.normal().to_owned();
        let mut documents: BTreeSet<String> = agreement.symbols.iter().map(normal).collect();
        for (_, decision) in agreement.decisions() {
            documents.extend(documents_of(decision).map(normal));
        }
        let occasions = Occasions::new(agreement);
        let decided: Vec<&Decision> = decision.into_iter().collect();
        let of_committee = |decision: &&Decision| {
            let body = decision.body.as_ref().map_or("", BodyId::as_str);
            let documents = decision.symbol.iter().chain(&decision.drafts);
            let mut documents = documents.chain(&decision.meeting);
            body.contains("committee")
                || documents.any(|document| document.normal().contains("/C."))
        };
        Self {
            day: date.and_then(Date::as_day),
            dates: occasions.dates().collect(),
            documents,
            title: &agreement.title,
            is_of_committee: decided.iter().any(of_committee),
            is_of_part: decided
                .iter()
                .any(|decision| decision.question.scope != Scope::Whole),
            occasions,
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
        let known = |year: &i32| self.dates.iter().any(|date| date.calendar_year() == *year);
        let is_other_year = !years.is_empty() && !self.dates.is_empty() && !years.iter().any(known);
        if is_other_year && !self.names_its_day(sentence) {
            return Some("it is about another year");
        }
        let reasons = [
            (
                !self.is_of_committee && sentence.is_of_committee(),
                "it is about a vote in a committee",
            ),
            (
                !self.is_of_part && sentence.is_of_part(),
                "it is about a part of the text, an amendment or a motion",
            ),
            (
                sentence.is_of_other_text() || sentence.is_of_other_title(self.title),
                "it is about another document",
            ),
            (
                sentence.is_of_other_time() || sentence.is_of_other_month(&self.dates),
                "it is about another time",
            ),
            (
                sentence.is_uncertain(),
                "it does not say plainly what happened",
            ),
        ];
        let mut reasons = reasons.into_iter();
        reasons.find_map(|(applies, reason)| applies.then_some(reason))
    }

    /// Whether a sentence names the day and month of a decision, if in another year.
    fn names_its_day(&self, sentence: &Sentence) -> bool {
        let is_known = |month: u32, day: u32| {
            let mut dates = self.dates.iter().filter_map(|date| date.as_day());
            dates.any(|date| (date.month(), date.day()) == (month, day))
        };
        let mut days = (0..sentence.words.len()).filter_map(|at| sentence.calendar_day(at));
        days.any(|(month, day, _)| is_known(month, day))
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
