//! [`Account`]: everything that can be said about one agreement.

use chrono::NaiveDate;
use plenary_bodies::{Alternative, Base, Body, CountedRound, Ruling, Undecidable};
use plenary_decisions::{ElectionOutcome, Evaluation};
use plenary_types::{
    Agreement, AgreementRelation, Ballots, BodyId, Choice, Finding, Origin, Outcome, Participant,
    Scope, Severity, Tally,
};
use plenary_validation::{ClaimJudgement, ClaimStanding, DecisionCx, Validator, judge_claim};
use serde::Serialize;

use crate::known_bodies::rests_on;
use crate::{TreatyReport, today};

/// Everything that can be said about one agreement: how it was decided and why, who voted how by group,
/// how the claims about it stand, and what the checks found.
///
/// ```
/// use plenary::Account;
/// use plenary::decisions::Verdict;
/// use plenary::types::NoOrigin;
///
/// let compact = plenary::global_compact()?;
/// let account = Account::new(compact, &NoOrigin, &Default::default());
/// let endorsement = &account.decisions[1];
/// assert_eq!(endorsement.evaluation.as_ref().map(|e| e.verdict), Some(Verdict::Adopted));
/// assert!(account.findings.is_empty());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Account {
    /// The record.
    pub agreement: Agreement,
    /// Its decisions, in order.
    pub decisions: Vec<DecisionAccount>,
    /// Its elections, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub elections: Vec<ElectionAccount>,
    /// What follows from the acts of its participants, where it is a treaty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub treaty: Option<TreatyReport>,
    /// The relations of other records that lead to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related_by: Vec<RelatedBy>,
    /// The claims about it, in order.
    pub claims: Vec<ClaimAccount>,
    /// What the checks found.
    pub findings: Vec<Finding>,
    /// The layers of reference data that it rests on, where there are others than the embedded one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reference: Vec<String>,
}

/// What can be said about one election.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ElectionAccount {
    /// The place of the election among the acts.
    pub act: usize,
    /// What the body that elects is called.
    #[serde(skip)]
    pub by: Option<String>,
    /// What the body to which it elects is called.
    #[serde(skip)]
    pub to: Option<String>,
    /// Its contests, each with its rounds.
    pub contests: Vec<Vec<RoundAccount>>,
}

/// What one round of an election comes to.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct RoundAccount {
    /// The seats that were to be filled.
    pub seats: u32,
    /// The votes that a candidate needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needed: Option<u32>,
    /// Who is elected, tied, and left for the next round.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<ElectionOutcome>,
    /// Why the round is not counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uncounted: Option<String>,
}

/// A relation of another record that leads to this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RelatedBy {
    /// What the other record is called.
    pub record: String,
    /// The relation, as that record has it.
    #[serde(flatten)]
    pub relation: AgreementRelation,
}

/// What can be said about one decision.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct DecisionAccount {
    /// The place of the decision among the acts.
    pub act: usize,
    /// What the body is called on the day, where it is known.
    #[serde(skip)]
    pub body: Option<String>,
    /// How much of the proposal the question covered.
    pub scope: Scope,
    /// The rule that applied, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Whether the rule is assumed: neither the record nor the configuration nor what is known of the decision states it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule_assumed: Option<bool>,
    /// What states the rule, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ground: Option<String>,
    /// The rules that may have applied instead, and what they make of the votes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<Alternative>,
    /// The number of members that the verdict counts with, and where it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base: Option<Base>,
    /// Those on the list whose ballots do not count in the verdict: no members, or without a vote.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<Participant>,
    /// What the outcome on record means in the body, where that has a word of its own for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome_means: Option<Outcome>,
    /// The verdict and its reasons.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evaluation: Option<Evaluation>,
    /// Why there is no verdict.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undecided: Option<String>,
    /// The ballots counted, every line of the list: of one that leaves members out ([`Decision::partial`](plenary_types::Decision::partial)) no more than the
    /// least that the totals can be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tally: Option<Tally>,
    /// The ballots counted by the groups by which the body's votes are shown, and last those of no group.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<GroupTally>,
    /// The scheme that the groups are of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grouped_by: Option<String>,
    /// For each ballot in the list, the index of its group in [`DecisionAccount::groups`]; empty if there are no groups.
    #[serde(skip)]
    pub ballot_groups: Vec<usize>,
}

/// The ballots of one group.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct GroupTally {
    /// The group's name.
    pub group: String,
    /// Its ballots.
    pub tally: Tally,
}

/// How one claim stands.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ClaimAccount {
    /// The claim.
    pub text: String,
    /// How it stands to the record, and the evidence.
    #[serde(flatten)]
    pub judgement: ClaimJudgement,
}

/// How many claims have each standing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct ClaimCounts {
    /// The record says the same.
    pub confirmed: usize,
    /// Other sources say the same.
    pub corroborated: usize,
    /// They hold in part or in another sense.
    pub inexact: usize,
    /// The text of the agreement does not provide for them.
    pub unsupported: usize,
    /// The record says otherwise.
    pub contradicted: usize,
    /// The record does not tell.
    pub not_checkable: usize,
}

impl Account {
    /// The account of an agreement.
    #[must_use]
    pub fn new(agreement: Agreement, origin: &dyn Origin, validator: &Validator) -> Self {
        let claims = agreement.claims.iter().map(|claim| ClaimAccount {
            text: claim.text.clone(),
            judgement: judge_claim(&agreement, claim),
        });
        let decisions = validator.decisions(&agreement);
        let library = validator.reference().library();
        let elections = agreement.elections().map(|(act, election)| {
            let rounds = |contest| {
                let counted = library.count_contest(election, contest);
                counted.into_iter().map(RoundAccount::from).collect()
            };
            let name = |body: &BodyId| match validator.reference().body(body.as_str()) {
                Some(known) => known.name().to_owned(),
                None => body.to_string(),
            };
            ElectionAccount {
                act,
                by: election.body.as_ref().map(name),
                to: election.to.as_ref().map(name),
                contests: election.contests.iter().map(rounds).collect(),
            }
        });
        Self {
            elections: elections.collect(),
            decisions: decisions.iter().map(DecisionAccount::of).collect(),
            claims: claims.collect(),
            findings: validator.check(&agreement, origin),
            treaty: today()
                .ok()
                .and_then(|on| crate::treaty::of_record(&agreement, validator, on)),
            related_by: Vec::new(),
            reference: rests_on(validator.reference()),
            agreement,
        }
    }

    /// Whether nothing is wrong at error level, and no claim is contradicted.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        let mut findings = self.findings.iter();
        findings.all(|finding| finding.severity != Severity::Error)
            && self.claim_counts().contradicted == 0
    }

    /// Whether some decision has a verdict: only then can it be said that the record adds up.
    #[must_use]
    pub fn decides_something(&self) -> bool {
        self.decisions
            .iter()
            .any(|decision| decision.undecided.is_none())
    }

    /// How many claims have each standing.
    #[must_use]
    pub fn claim_counts(&self) -> ClaimCounts {
        let mut counts = ClaimCounts::default();
        for claim in &self.claims {
            *match claim.judgement.standing {
                ClaimStanding::Confirmed => &mut counts.confirmed,
                ClaimStanding::Corroborated { .. } => &mut counts.corroborated,
                ClaimStanding::Inexact { .. } => &mut counts.inexact,
                ClaimStanding::Unsupported { .. } => &mut counts.unsupported,
                ClaimStanding::Contradicted { .. } => &mut counts.contradicted,
                _ => &mut counts.not_checkable,
            } += 1;
        }
        counts
    }
}

impl From<CountedRound> for RoundAccount {
    fn from(round: CountedRound) -> Self {
        let (outcome, uncounted) = match round.outcome {
            Ok(outcome) => (Some(outcome), None),
            Err(uncounted) => (None, Some(uncounted.to_string())),
        };
        Self {
            seats: round.seats,
            needed: round.needed,
            outcome,
            uncounted,
        }
    }
}

impl DecisionAccount {
    fn of(cx: &DecisionCx<'_>) -> Self {
        let decision = cx.decision;
        let day = decision.date.map(plenary_types::Date::earliest);
        let groups = decision.ballots.as_ref().zip(day);
        let (groups, ballot_groups) = groups
            .map(|(ballots, day)| by_group(cx, ballots, day))
            .unwrap_or_default();
        let called = |body: &Body| match day {
            Some(day) => body.name_on(day).to_owned(),
            None => body.name().to_owned(),
        };
        let mut account = Self {
            act: cx.act,
            body: cx.known_body().map(called),
            scope: decision.question.scope,
            rule: None,
            rule_assumed: None,
            ground: None,
            alternatives: Vec::new(),
            base: None,
            left_out: Vec::new(),
            outcome_means: cx
                .outcome()
                .filter(|meant| decision.outcome != Some(*meant)),
            evaluation: None,
            undecided: None,
            tally: cx.tally,
            groups,
            grouped_by: None,
            ballot_groups,
        };
        if !account.groups.is_empty() {
            let scheme = cx.known_body().and_then(Body::show_groups);
            account.grouped_by = scheme.map(str::to_owned);
        }
        match cx.ruling() {
            Ok(ruling) => account.take(ruling),
            Err(Undecidable::NoVote) => {}
            Err(reason) => account.undecided = Some(reason.to_string()),
        }
        account
    }

    fn take(&mut self, ruling: &Ruling<'_>) {
        self.rule = Some(ruling.rule().title());
        self.rule_assumed = Some(ruling.is_assumed());
        self.ground = Some(ruling.ground().to_string());
        self.alternatives = ruling.alternatives();
        self.base = ruling.base();
        self.left_out = ruling.left_out().to_vec();
        self.evaluation = Some(ruling.evaluation());
        self.undecided = ruling.undecided().map(|reason| reason.to_string());
    }
}

/// The ballots counted by the groups of the day by which the body's votes are shown, and the place of the group of each; those of no group
/// come last, if there are any.
fn by_group(
    cx: &DecisionCx<'_>,
    ballots: &Ballots,
    day: NaiveDate,
) -> (Vec<GroupTally>, Vec<usize>) {
    let shown = cx.known_body().and_then(Body::show_groups);
    let Some(scheme) = shown.and_then(|name| cx.reference.scheme(name)) else {
        return Default::default();
    };
    let counted = cx.known_body().and_then(|body| body.counted(ballots));
    let counted = counted.as_ref().unwrap_or(ballots);
    let groups = scheme.groups();
    let mut tallies = vec![Vec::new(); groups.len() + 1];
    let mut places = Vec::with_capacity(ballots.choices().len());
    for ballot in counted.iter() {
        let group = ballot.entry.who.and_then(|who| scheme.group_on(who, day));
        let place = groups.iter().position(|known| Some(*known) == group);
        let place = place.unwrap_or(groups.len());
        places.push(place);
        if let Some(choices) = tallies.get_mut(place) {
            choices.push(ballot.choice);
        }
    }
    let names = groups.iter().map(|group| scheme.title_of(group).to_owned());
    let tallies = names
        .chain(["In no group".to_owned()])
        .zip(tallies)
        .map(|(group, choices)| GroupTally {
            group,
            tally: choices.into_iter().collect(),
        });
    // Groups of which nobody is on the list are not shown.
    let anybody = |g: &GroupTally| Choice::ALL.into_iter().any(|c| g.tally.get(c) > 0);
    let mut shown = Vec::new();
    let mut places_shown = Vec::with_capacity(groups.len() + 1);
    for tally in tallies {
        places_shown.push(shown.len());
        if anybody(&tally) {
            shown.push(tally);
        }
    }
    for place in &mut places {
        *place = places_shown.get(*place).copied().unwrap_or_default();
    }
    (shown, places)
}

#[cfg(test)]
mod tests {
    use plenary_decisions::Verdict;
    use plenary_types::NoOrigin;

    use super::*;

    /// The verdict on a vote of the Security Council on 25 February 2022, or why there is none, and the reasons.
    fn decided(fields: &str) -> (Result<Verdict, String>, String) {
        let text = format!(
            r#"{{"acts": [{{"act": "decision", "body": "unsc", "date": "2022-02-25", {fields}}}]}}"#
        );
        let agreement = serde_json::from_str(&text).unwrap();
        let account = Account::new(agreement, &NoOrigin, &Validator::default());
        let decision = account.decisions.into_iter().next().unwrap();
        match decision.evaluation {
            Some(Evaluation { verdict, reasons }) => {
                let parts = reasons.parts.iter().map(|part| part.sentence.as_str());
                (Ok(verdict), parts.collect::<Vec<_>>().join("; "))
            }
            None => (Err(decision.undecided.unwrap()), String::new()),
        }
    }

    #[test]
    fn a_claim_is_written_with_its_standing_beside_its_text() {
        let claim = |assertion: &str| {
            format!(r#"{{"text": "t", "source": {{"title": ""}}, "assertion": {assertion}}}"#)
        };
        let claims = [
            r#"{"about": "force", "force": "non-binding"}"#,
            r#"{"about": "force", "force": "binding"}"#,
            r#"{"about": "objectives", "value": 23}"#,
            r#"{"about": "provides", "provisions": ["principle c"]}"#,
            r#"{"about": "provides"}"#,
            r#"{"about": "provides", "provisions": ["principle c"], "against": ["paragraph 4"]}"#,
        ];
        let text = format!(
            r#"{{"legal-force": "non-binding", "principles": [{{"number": "c", "paragraph": "15(c)", "label": "sovereignty"}}],
            "paragraphs": [{{"number": "4", "label": "refugees"}}],
            "claims": [{}, {{"text": "t", "source": {{"title": ""}}, "corroborated-by": [{{"title": "a report", "published": "2018-12-19"}}]}}]}}"#,
            claims.map(claim).join(", ")
        );
        let agreement = serde_json::from_str(&text).unwrap();
        let account = Account::new(agreement, &NoOrigin, &Validator::default());
        let counts = ClaimCounts {
            confirmed: 2,
            corroborated: 1,
            inexact: 1,
            unsupported: 1,
            contradicted: 1,
            not_checkable: 1,
        };
        assert_eq!(account.claim_counts(), counts);
        let (sovereignty, refugees) = (
            "principle c, paragraph 15(c): sovereignty",
            "paragraph 4: refugees",
        );
        let expected = serde_json::json!([
            {"text": "t", "standing": "confirmed"},
            {"text": "t", "standing": "contradicted", "record": "non-binding", "claim": "binding"},
            {"text": "t", "standing": "not-checkable", "reason": "the record lists no objectives"},
            {"text": "t", "standing": "confirmed", "evidence": [sovereignty]},
            {"text": "t", "standing": "unsupported",
             "reason": "none of its 1 principle provides for it"},
            {"text": "t", "standing": "inexact", "holds": sovereignty, "but": refugees,
             "evidence": [sovereignty, refugees]},
            {"text": "t", "standing": "corroborated", "by": ["a report, 2018-12-19"]},
        ]);
        assert_eq!(serde_json::to_value(&account.claims).unwrap(), expected);
    }

    #[test]
    fn a_list_that_leaves_members_out_decides_what_no_missing_ballot_could_change() {
        let verdict =
            |ballots: &str| decided(&format!(r#""partial": true, "ballots": {ballots}"#)).0;
        let nine = r#""ALB", "BRA", "GAB", "GHA", "IRL", "KEN", "MEX", "NOR", "ARE""#;
        for (ballots, expected) in [
            (
                r#"{"no": ["KEN"], "abstain": ["CHN", "IND", "ARE"]}"#.to_owned(),
                Verdict::Undetermined,
            ),
            (
                format!(r#"{{"yes": [{nine}], "abstain": ["CHN", "IND"]}}"#),
                Verdict::Undetermined,
            ),
            (
                format!(r#"{{"yes": [{nine}], "no": ["RUS"]}}"#),
                Verdict::Rejected,
            ),
            (
                r#"{"abstain": ["CHN", "IND", "ARE", "GAB", "GHA", "KEN", "NOR"]}"#.to_owned(),
                Verdict::Rejected,
            ),
        ] {
            assert_eq!(verdict(&ballots), Ok(expected), "{ballots}");
        }
    }

    #[test]
    fn beside_a_list_that_leaves_members_out_the_totals_decide_and_the_list_says_who() {
        let vetoed = r#""partial": true, "announced": {"yes": 11, "no": 1, "abstain": 3},
            "ballots": {"no": ["RUS"], "abstain": ["CHN", "IND", "ARE"]}"#;
        let (verdict, reasons) = decided(vetoed);
        assert_eq!(verdict, Ok(Verdict::Rejected));
        assert!(reasons.contains("11 "), "{reasons}");
        let unnamed = r#""partial": true, "announced": {"yes": 11, "no": 1, "abstain": 3},
            "ballots": {"abstain": ["CHN", "IND", "ARE"]}"#;
        assert_eq!(decided(unnamed).0, Ok(Verdict::Undetermined));
        let others = r#""partial": true, "announced": {"yes": 11, "no": 1, "abstain": 3},
            "ballots": {"yes": ["FRA", "GBR", "USA", "RUS"], "abstain": ["CHN", "IND", "ARE"]}"#;
        assert_eq!(decided(others).0, Ok(Verdict::Adopted));
        let contradicted = r#""partial": true, "announced": {"yes": 11, "no": 0, "abstain": 4},
            "ballots": {"no": ["RUS"]}"#;
        assert_eq!(decided(contradicted).0, Ok(Verdict::Adopted));
    }

    #[test]
    fn a_name_that_is_not_resolved_is_counted_as_nobodys_in_particular() {
        let list = |no: &str, nine: &str| {
            format!(
                r#""ballots": {{"yes": ["FRA", "GBR", "USA", "ALB", "BRA", "GAB", "GHA", "IRL", "{nine}"], "no": ["{no}"],
                "abstain": ["CHN", "IND", "ARE", "KEN", "MEX"]}}"#
            )
        };
        let (verdict, reasons) = decided(&list("RUS", "NOR"));
        assert_eq!(verdict, Ok(Verdict::Rejected), "{reasons}");
        // Of the fifteen only the permanent member that is not named can have been it.
        assert_eq!(decided(&list("Rusia", "NOR")).0, Ok(Verdict::Rejected));
        let (verdict, reasons) = decided(&list("Rusia", "Norvegia"));
        assert_eq!(verdict, Ok(Verdict::Undetermined), "{reasons}");
        assert!(reasons.starts_with("9 votes, at least 9; "), "{reasons}");
    }
}
