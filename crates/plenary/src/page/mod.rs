//! What a page says of one agreement, in the order in which it says it: what `plenary show` prints and `plenary report` draws.
//!
//! [`AgreementPage`] is made of an [`Account`] and serialises. Its closed vocabularies are words of the record (`recorded`, `adopted`,
//! `not-met`), which whoever draws it puts into a language; what a rule, a check or a judgement says is a sentence as the library words it.
//!
//! ```
//! use plenary::page::AgreementPage;
//! use plenary::types::NoOrigin;
//! use plenary::Account;
//!
//! let account = Account::new(plenary::global_compact()?, &NoOrigin, &Default::default());
//! let page = AgreementPage::new(&account);
//! let vote = page.decisions().last().unwrap();
//! assert_eq!(vote.tally.map(|tally| tally.yes), Some(152));
//! assert_eq!(vote.ballots.iter().filter(|ballot| ballot.name == "Chile").count(), 1);
//! # Ok::<(), serde_json::Error>(())
//! ```

#[cfg(feature = "analysis")]
mod dataset;
mod decision;
mod election;
mod status;
mod treaty;

use std::path::Path;

use plenary_types::{Act, Claim, Finding, LegalForce, Severity, Source, Tally, many};
use plenary_validation::{ClaimStanding, source_words};
use serde::Serialize;

#[cfg(feature = "analysis")]
pub use dataset::{
    AgreementPicture, CheckedPage, DatasetPage, FindingCause, GroupChoices, GroupPositions,
    GroupRow, IdealPicture, MatrixMember, MemberPosition, VotesPage, YearChoices,
};
pub use decision::{
    AlternativeRule, BallotLine, ChoiceGroup, DecisionPage, RuleApplied, VerdictReasons,
};
pub use election::{ContestPage, ElectionPage, RoundPage};
pub(crate) use status::lines as status_lines;
pub use status::{StatusLine, Tone};
pub use treaty::{ActLine, DatedLine, SponsorsLine, YearCounts};

use crate::{Account, ClaimCounts};

/// What a page says of one agreement.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct AgreementPage {
    /// Its title; where it has none, what it is called.
    pub title: String,
    /// Its symbols.
    pub symbols: Vec<String>,
    /// What kind of agreement it is, in the word of the record.
    pub kind: String,
    /// Whether it binds.
    pub legal_force: Option<LegalForce>,
    /// Its subjects.
    pub subjects: Vec<String>,
    /// What was decided and what happened, in the order of the record.
    pub parts: Vec<PagePart>,
    /// What follows from the acts of its participants, where it is a treaty.
    pub status: Vec<StatusLine>,
    /// The day on which it entered into force, where that is certain.
    pub entry_into_force: Option<String>,
    /// Who are its parties, where that can be told.
    pub parties: Option<PartyList>,
    /// How many had signed and consented at the end of each year.
    pub years: Vec<YearCounts>,
    /// The acts of each participant, in the order of their codes.
    pub acts: Vec<ActLine>,
    /// Reservations and other statements.
    pub statements: Vec<DatedLine>,
    /// Who sponsored it, a line for each document.
    pub sponsors: Vec<SponsorsLine>,
    /// What it is to others, and others to it.
    pub relations: Vec<String>,
    /// Its objectives, in our own words.
    pub objectives: Vec<ProvisionLine>,
    /// Its guiding principles, in our own words.
    pub principles: Vec<ProvisionLine>,
    /// What is claimed of it, by who claims it.
    pub claims: Vec<ClaimsOfSource>,
    /// The sources of the record.
    pub sources: Vec<SourceLine>,
    /// The layers of reference data that it rests on, where there are others than the embedded one.
    pub reference: Vec<String>,
    /// What the checks found.
    pub findings: Vec<FindingLine>,
    /// What it comes to.
    pub conclusion: Conclusion,
}

/// A part of a page about something that happened.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case", tag = "part")]
#[non_exhaustive]
pub enum PagePart {
    /// Steps that follow each other.
    Steps(StepList),
    /// A decision.
    Decision(Box<DecisionPage>),
    /// An election.
    Election(Box<ElectionPage>),
}

/// Steps that follow each other.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct StepList {
    /// Whether something was decided before them.
    pub after_decision: bool,
    /// The steps.
    pub steps: Vec<DatedLine>,
}

/// Who are the parties of a treaty on a day.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct PartyList {
    /// The day.
    pub on: String,
    /// How many they are.
    pub count: usize,
    /// Who they are.
    pub members: Vec<NamedCode>,
}

/// A participant by its code or identifier, and what it is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct NamedCode {
    /// The code, else the identifier.
    pub code: String,
    /// What it is called.
    pub name: String,
}

/// An objective or a principle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct ProvisionLine {
    /// Its number or letter.
    pub number: String,
    /// What it is about.
    pub label: String,
    /// Whether no source that was read confirms it.
    pub unverified: bool,
}

/// The claims of one source, as they follow each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct ClaimsOfSource {
    /// Who says so.
    pub source: String,
    /// What is claimed.
    pub claims: Vec<ClaimLine>,
}

/// A claim and how it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct ClaimLine {
    /// The claim.
    pub text: String,
    /// How it stands: `confirmed`, `corroborated`, `inexact`, `unsupported`, `contradicted` or `not-checkable`.
    pub standing: &'static str,
    /// Why it stands so, in words; nothing where the record says the same.
    pub why: Option<String>,
    /// What that rests on.
    pub evidence: Vec<String>,
}

/// A source of the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct SourceLine {
    /// What it is: its title, publisher and the number of the record in it.
    pub text: String,
    /// Its address.
    pub url: Option<String>,
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct FindingLine {
    /// How sure it is that something is wrong.
    pub severity: Severity,
    /// The check that found it.
    pub check: String,
    /// What is wrong.
    pub message: String,
    /// The record.
    pub record: Option<String>,
    /// Where in the source.
    pub place: String,
    /// What was expected.
    pub expected: Option<String>,
    /// What was found.
    pub found: Option<String>,
    /// What to do about it.
    pub help: Option<String>,
    /// Why the check exists, in a sentence.
    pub about: Option<&'static str>,
}

/// What an account comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Conclusion {
    /// Whether the record adds up.
    pub verdict: RecordVerdict,
    /// How many findings are errors.
    pub errors: usize,
    /// How many are warnings.
    pub warnings: usize,
    /// How many are notes.
    pub notes: usize,
    /// How many claims there are, and how they stand; nothing where there are none.
    pub claims: Option<ClaimsInAll>,
}

/// Whether a record adds up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum RecordVerdict {
    /// Something was decided, and nothing is wrong.
    AddsUp,
    /// Something is wrong.
    DoesNotAddUp,
    /// There is no decision, and nothing is wrong.
    NothingFound,
    /// No decision has a verdict.
    NothingDecided,
}

/// How many claims there are, and how they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct ClaimsInAll {
    /// How many there are.
    pub all: usize,
    /// How many have each standing.
    #[serde(flatten)]
    pub counts: ClaimCounts,
}

impl AgreementPage {
    /// The page of an account.
    #[must_use]
    pub fn new(account: &Account) -> Self {
        let agreement = &account.agreement;
        let title = match agreement.title.is_empty() {
            true => agreement.label(),
            false => &agreement.title,
        };
        let report = account.treaty.as_ref();
        Self {
            title: title.to_owned(),
            symbols: agreement.symbols.iter().map(ToString::to_string).collect(),
            kind: agreement.kind.as_str().to_owned(),
            legal_force: agreement.legal_force,
            subjects: agreement.subjects.clone(),
            parts: parts(account),
            status: report.map_or_else(Vec::new, status::lines),
            entry_into_force: report
                .and_then(|treaty| treaty.report.entry_into_force)
                .map(|day| day.to_string()),
            parties: report.and_then(treaty::parties),
            years: report.map_or_else(Vec::new, |treaty| treaty.years.clone()),
            acts: treaty::acts(agreement),
            statements: treaty::statements(agreement),
            sponsors: treaty::sponsors(agreement),
            relations: treaty::relations(account),
            objectives: provisions(&agreement.objectives),
            principles: provisions(&agreement.principles),
            claims: claims(account),
            sources: agreement.sources.iter().map(source).collect(),
            reference: account.reference.clone(),
            findings: account.findings.iter().map(FindingLine::new).collect(),
            conclusion: Conclusion::new(account),
        }
    }

    /// Its decisions, in order.
    pub fn decisions(&self) -> impl DoubleEndedIterator<Item = &DecisionPage> {
        self.parts.iter().filter_map(|part| match part {
            PagePart::Decision(decision) => Some(&**decision),
            _ => None,
        })
    }
}

impl FindingLine {
    /// A finding as a line of a page.
    #[must_use]
    pub fn new(finding: &Finding) -> Self {
        let mut place = finding.place.clone();
        let path = place.path.as_deref().map(Path::new);
        // Where the file lay is nobody's business who gets the page.
        if let Some(name) = path.and_then(Path::file_name) {
            place.path = Some(name.to_string_lossy().into_owned());
        }
        Self {
            severity: finding.severity,
            check: finding.check.to_string(),
            message: finding.message.clone(),
            record: finding.record.clone(),
            place: place.to_string(),
            expected: finding.expected.clone(),
            found: finding.found.clone(),
            help: finding.help.clone(),
            about: crate::catalogue()
                .find(&finding.check)
                .map(|check| check.summary),
        }
    }
}

impl Conclusion {
    fn new(account: &Account) -> Self {
        let count = |severity| {
            let findings = account.findings.iter();
            findings.filter(|f| f.severity == severity).count()
        };
        let counts = account.claim_counts();
        let errors = count(Severity::Error);
        let verdict = match (errors, counts.contradicted) {
            (0, 0) if outcome_contradicted(account) => RecordVerdict::DoesNotAddUp,
            (0, 0) if account.decides_something() => RecordVerdict::AddsUp,
            (0, 0) if account.decisions.is_empty() => RecordVerdict::NothingFound,
            (0, 0) => RecordVerdict::NothingDecided,
            _ => RecordVerdict::DoesNotAddUp,
        };
        let all = account.claims.len();
        Self {
            verdict,
            errors,
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
            claims: (all > 0).then_some(ClaimsInAll { all, counts }),
        }
    }
}

/// Whether a verdict contradicts the outcome that is on record.
fn outcome_contradicted(account: &Account) -> bool {
    let decisions = account.agreement.decisions();
    let mut pairs = decisions.zip(&account.decisions);
    pairs.any(|((_, decision), decided)| {
        let outcome = decided.outcome_means.or(decision.outcome);
        let pair = outcome.zip(decided.evaluation.as_ref());
        pair.is_some_and(|(outcome, evaluation)| evaluation.verdict.contradicts(outcome))
    })
}

/// What was decided and what happened, in the order of the record.
fn parts(account: &Account) -> Vec<PagePart> {
    let mut decisions = account.decisions.iter();
    let mut elections = account.elections.iter();
    let mut decided_before = false;
    let mut parts = Vec::new();
    for act in &account.agreement.acts {
        match act {
            Act::Decision(decision) => {
                decided_before = true;
                if let Some(decided) = decisions.next() {
                    let page = DecisionPage::new(decision, decided);
                    parts.push(PagePart::Decision(Box::new(page)));
                }
            }
            Act::Election(election) => {
                decided_before = true;
                if let Some(counted) = elections.next() {
                    let page = ElectionPage::new(election, counted);
                    parts.push(PagePart::Election(Box::new(page)));
                }
            }
            Act::Step(step) => {
                let symbol = step.symbol.as_ref().map(|s| format!(" ({s})"));
                let line = DatedLine {
                    date: Some(step.date),
                    text: format!("{}{}", step.what, symbol.unwrap_or_default()),
                };
                match parts.last_mut() {
                    Some(PagePart::Steps(list)) => list.steps.push(line),
                    _ => parts.push(PagePart::Steps(StepList {
                        after_decision: decided_before,
                        steps: vec![line],
                    })),
                }
            }
            _ => {}
        }
    }
    parts
}

fn provisions(provisions: &[plenary_types::Provision]) -> Vec<ProvisionLine> {
    let line = |provision: &plenary_types::Provision| ProvisionLine {
        number: provision.number.clone(),
        label: provision.label.clone(),
        unverified: provision.unverified,
    };
    provisions.iter().map(line).collect()
}

/// The claims, those that follow each other of one source together.
fn claims(account: &Account) -> Vec<ClaimsOfSource> {
    let mut of_sources: Vec<ClaimsOfSource> = Vec::new();
    let mut by = None;
    for (claim, Claim { source, .. }) in account.claims.iter().zip(&account.agreement.claims) {
        let (standing, why) = standing(&claim.judgement.standing);
        let line = ClaimLine {
            text: claim.text.clone(),
            standing,
            why,
            evidence: claim.judgement.evidence.clone(),
        };
        match of_sources.last_mut().filter(|_| by == Some(source)) {
            Some(of_source) => of_source.claims.push(line),
            None => of_sources.push(ClaimsOfSource {
                source: source_words(source),
                claims: vec![line],
            }),
        }
        by = Some(source);
    }
    of_sources
}

/// The word for a standing, and why it is so.
fn standing(standing: &ClaimStanding) -> (&'static str, Option<String>) {
    match standing {
        ClaimStanding::Corroborated { by } => {
            let why = format!("not in the record; so do say: {}", by.join("; "));
            ("corroborated", Some(why))
        }
        ClaimStanding::Inexact { holds, but } => {
            ("inexact", Some(format!("holds: {holds}; but {but}")))
        }
        ClaimStanding::Unsupported { reason } => ("unsupported", Some(reason.clone())),
        ClaimStanding::Contradicted { record, .. } => {
            ("contradicted", Some(format!("The record: {record}.")))
        }
        ClaimStanding::NotCheckable { reason } => ("not-checkable", Some(reason.clone())),
        _ => ("confirmed", None),
    }
}

fn source(source: &Source) -> SourceLine {
    let parts = [&source.publisher, &source.record].into_iter().flatten();
    let parts = std::iter::once(&source.title).chain(parts);
    SourceLine {
        text: parts.map(String::as_str).collect::<Vec<_>>().join(", "),
        url: source.url.clone(),
    }
}

/// The names of participants as they are written, in a sentence.
fn labels(who: &[plenary_types::Participant]) -> String {
    let who: Vec<&str> = who.iter().map(|who| who.as_str()).collect();
    who.join(", ")
}
