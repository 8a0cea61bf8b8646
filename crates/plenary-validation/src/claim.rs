//! Holding claims against the record.

use plenary_types::{
    Agreement, Assertion, Choice, Citation, Claim, Date, Decision, LegalForce, Mode, Provision,
    Relation, StateCode, Total,
};
use serde::Serialize;

/// How a claim stands to the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "standing", rename_all = "kebab-case")]
pub enum ClaimStanding {
    /// The record says the same.
    Confirmed,
    /// The record says otherwise.
    Contradicted {
        /// What the record says.
        record: String,
        /// What the claim says.
        claim: String,
    },
    /// The record does not tell.
    NotCheckable {
        /// Why not.
        reason: String,
    },
}

/// Holds a claim against the record of its agreement.
///
/// Counts are those of the ballots, where there are any, else those announced; of a list that leaves members out those
/// announced, and without them nothing more is certain than that no count is less than what is listed.
///
/// ```
/// use plenary_types::{Agreement, Assertion, Claim, LegalForce, Source};
/// use plenary_validation::{judge_claim, ClaimStanding};
///
/// let agreement = Agreement { legal_force: Some(LegalForce::NonBinding), ..Agreement::default() };
/// let claim = Claim {
///     text: "It binds its members.".into(),
///     source: Source::default(),
///     assertion: Some(Assertion::Force { force: LegalForce::Binding }),
///     not_checkable: None,
/// };
/// let standing = judge_claim(&agreement, &claim);
/// assert!(matches!(standing, ClaimStanding::Contradicted { record, .. } if record == "non-binding"));
/// ```
#[must_use]
pub fn judge_claim(agreement: &Agreement, claim: &Claim) -> ClaimStanding {
    let judged = match (&claim.assertion, &claim.not_checkable) {
        (Some(assertion), _) => judge(agreement, assertion),
        (None, Some(reason)) => Err(reason.clone()),
        (None, None) => Err("the claim has no form that can be checked".into()),
    };
    judged.unwrap_or_else(|reason| ClaimStanding::NotCheckable { reason })
}

/// The standing, or why the record does not tell.
type Judged = Result<ClaimStanding, String>;

fn judge(agreement: &Agreement, assertion: &Assertion) -> Judged {
    let decision = |of: &Option<String>| decision(agreement, of.as_deref());
    match assertion {
        Assertion::Count {
            of,
            choice,
            relation,
            value,
        } => {
            let claimed = format!("{}{value} {choice}", prefix(*relation));
            count(decision(of)?, *choice)?
                .relate(*relation, *value, claimed, |n| format!("{n} {choice}"))
        }
        Assertion::Members { of, value } => {
            let words = |n| format!("{n} members");
            let claimed = words(u64::from(*value));
            members(decision(of)?)?.relate(Relation::Equal, *value, claimed, words)
        }
        Assertion::Voted { of, choice, states } => voted(decision(of)?, *choice, states),
        Assertion::Figure {
            of,
            figure,
            relation,
            value,
        } => {
            let reported = reported(decision(of)?, figure)?;
            let claimed = format!("{}{value} {figure}", prefix(*relation));
            let words = |n| format!("{n} {figure}");
            Ok(relate(reported, *relation, *value, claimed, words))
        }
        Assertion::Decided { of, date } => decided(decision(of)?, *date),
        Assertion::WithoutVote { of } => Ok(without_vote(decision(of)?.mode)),
        Assertion::Force { force } => of_force(agreement.legal_force, *force),
        Assertion::Objectives { value } => objectives(&agreement.objectives, *value),
        _ => Err("this kind of claim cannot be checked yet".into()),
    }
}

fn without_vote(mode: Mode) -> ClaimStanding {
    let claimed = Mode::WithoutVote;
    compare(mode == claimed, mode_words(mode), mode_words(claimed))
}

fn of_force(recorded: Option<LegalForce>, claimed: LegalForce) -> Judged {
    let recorded = recorded.ok_or("the record does not say whether it binds")?;
    let words = force_words;
    Ok(compare(
        recorded == claimed,
        words(recorded),
        words(claimed),
    ))
}

fn objectives(listed: &[Provision], claimed: u32) -> Judged {
    if listed.is_empty() {
        return Err("the record lists no objectives".into());
    }
    let words = |n| format!("{n} objectives");
    let (listed, claimed) = (listed.len() as u64, u64::from(claimed));
    Ok(relate(
        listed,
        Relation::Equal,
        claimed,
        words(claimed),
        words,
    ))
}

const fn prefix(relation: Relation) -> &'static str {
    match relation {
        Relation::Equal => "",
        Relation::Below => "fewer than ",
        Relation::Above => "more than ",
    }
}

fn relate(
    recorded: u64,
    relation: Relation,
    value: u64,
    claimed: String,
    words: impl Fn(u64) -> String,
) -> ClaimStanding {
    compare(relation.holds(recorded, value), words(recorded), claimed)
}

fn compare(holds: bool, record: impl Into<String>, claim: impl Into<String>) -> ClaimStanding {
    if holds {
        return ClaimStanding::Confirmed;
    }
    ClaimStanding::Contradicted {
        record: record.into(),
        claim: claim.into(),
    }
}

fn decision<'a>(agreement: &'a Agreement, of: Option<&str>) -> Result<&'a Decision, String> {
    let principal = agreement.principal_decision().map(|(_, decision)| decision);
    let Some(of) = of else {
        return principal.ok_or_else(|| "the record holds no decision".into());
    };
    let wanted = Citation::new(of);
    let named = |citation: &Citation| citation.normal() == wanted.normal();
    let by_symbol = agreement
        .decisions()
        .map(|(_, decision)| decision)
        .find(|decision| decision.symbol.as_ref().is_some_and(named));
    let whole = || {
        agreement
            .symbols
            .iter()
            .any(named)
            .then_some(principal)
            .flatten()
    };
    by_symbol
        .or_else(whole)
        .ok_or_else(|| format!("the record holds no decision `{of}`"))
}

/// What a record counts: a number, or the least that it can have been where the list leaves members out.
#[derive(Clone, Copy)]
enum Count {
    Exactly(u64),
    AtLeast(u64),
}

impl Count {
    /// Of the list where it is complete, else as announced, else no less than listed.
    fn of(decision: &Decision, listed: Option<u32>, announced: Option<u32>) -> Option<Self> {
        let (listed, announced) = (listed.map(u64::from), announced.map(u64::from));
        match (listed, announced) {
            (Some(listed), Some(announced)) if decision.partial && announced >= listed => {
                Some(Self::Exactly(announced))
            }
            (Some(listed), _) if decision.partial => Some(Self::AtLeast(listed)),
            (listed, announced) => listed.or(announced).map(Self::Exactly),
        }
    }

    fn relate(
        self,
        relation: Relation,
        value: u32,
        claimed: String,
        words: impl Fn(u64) -> String,
    ) -> Judged {
        let value = u64::from(value);
        match self {
            Self::Exactly(count) => Ok(relate(count, relation, value, claimed, words)),
            Self::AtLeast(least) => {
                let holds = relation == Relation::Above && least > value;
                let cannot = match relation {
                    Relation::Equal => value < least,
                    Relation::Below => value <= least,
                    Relation::Above => false,
                };
                let record = format!("at least {}", words(least));
                (holds || cannot)
                    .then(|| compare(holds, record, claimed))
                    .ok_or_else(|| INCOMPLETE.to_owned())
            }
        }
    }
}

const INCOMPLETE: &str = "the list of the record leaves members out";

fn count(decision: &Decision, choice: Choice) -> Result<Count, String> {
    let ballots = decision.ballots.as_ref();
    let listed = ballots.map(|ballots| ballots.tally().get(choice));
    Count::of(decision, listed, decision.announced.get(choice))
        .ok_or_else(|| format!("the record gives no number for `{choice}`"))
}

fn members(decision: &Decision) -> Result<Count, String> {
    let ballots = decision.ballots.as_ref();
    let listed = ballots.and_then(|ballots| ballots.tally().members());
    Count::of(decision, listed, decision.announced.members)
        .ok_or_else(|| "the record gives no number of members".into())
}

fn reported(decision: &Decision, figure: &str) -> Result<u64, String> {
    let found = decision
        .reported
        .iter()
        .find(|reported| reported.of == figure);
    found
        .map(|reported| reported.value)
        .ok_or_else(|| format!("the record reports no figure for `{figure}`"))
}

fn voted(decision: &Decision, choice: Choice, claimed: &[StateCode]) -> Judged {
    let ballots = decision
        .ballots
        .as_ref()
        .ok_or("the record does not say who voted how")?;
    let mut claimed = claimed.to_vec();
    claimed.sort_unstable();
    claimed.dedup();
    let (mut recorded, mut otherwise) = (Vec::new(), false);
    for (state, chosen) in ballots.by_state() {
        if chosen == choice {
            recorded.push(state);
        } else {
            otherwise |= claimed.binary_search(&state).is_ok();
        }
    }
    recorded.dedup();
    let left_out = recorded.iter().any(|state| !claimed.contains(state));
    if !(otherwise || left_out || lists_all(decision, choice, recorded.len())) {
        return Err(INCOMPLETE.into());
    }
    Ok(compare(
        recorded == claimed,
        list(&recorded),
        list(&claimed),
    ))
}

/// Whether the list names everyone who made a choice.
fn lists_all(decision: &Decision, choice: Choice, listed: usize) -> bool {
    let announced = decision.announced.get(choice);
    !decision.partial || announced.is_some_and(|n| usize::try_from(n) == Ok(listed))
}

fn list(states: &[StateCode]) -> String {
    let codes: Vec<_> = states.iter().map(StateCode::to_string).collect();
    codes.join(", ")
}

fn decided(decision: &Decision, claimed: Date) -> Judged {
    let recorded = decision.date.ok_or("the record gives no date")?;
    let within = |a: Date, b: Date| a.earliest() <= b.earliest() && b.latest() <= a.latest();
    if within(claimed, recorded) {
        Ok(ClaimStanding::Confirmed)
    } else if within(recorded, claimed) {
        Err(format!("the record says no more than {recorded}"))
    } else {
        Ok(compare(false, recorded.to_string(), claimed.to_string()))
    }
}

const fn mode_words(mode: Mode) -> &'static str {
    match mode {
        Mode::WithoutVote => "without a vote",
        Mode::NonRecorded => "by a vote that was not recorded",
        Mode::Secret => "by secret ballot",
        _ => "by recorded vote",
    }
}

const fn force_words(force: LegalForce) -> &'static str {
    match force {
        LegalForce::Binding => "binding",
        _ => "non-binding",
    }
}

/// The totals in the order in which they are announced, with the choice that each counts.
pub(crate) const TOTALS: [(Total, Choice); 4] = [
    (Total::Yes, Choice::Yes),
    (Total::No, Choice::No),
    (Total::Abstain, Choice::Abstain),
    (Total::NonVoting, Choice::NonVoting),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn compact() -> Agreement {
        let text = r#"{"symbols": ["A/RES/73/195"], "legal-force": "non-binding", "acts": [
            {"act": "decision", "symbol": "A/CONF.231/3", "date": "2018-12-10", "mode": "without-vote",
             "reported": [{"of": "governments present", "value": 164, "source": "press"}]},
            {"act": "decision", "date": "2018-12-19", "announced": {"yes": 152, "no": 2, "members": 193},
             "ballots": {"no": ["HUN", "CZE"], "yes": ["PER"]}}]}"#;
        serde_json::from_str(text).unwrap()
    }

    fn standing(assertion: &str) -> ClaimStanding {
        standing_to(&compact(), assertion)
    }

    fn standing_to(agreement: &Agreement, assertion: &str) -> ClaimStanding {
        let text =
            format!(r#"{{"text": "", "source": {{"title": ""}}, "assertion": {assertion}}}"#);
        judge_claim(agreement, &serde_json::from_str(&text).unwrap())
    }

    #[test]
    fn claims_are_held_against_the_decision_that_they_name() {
        let confirmed = [
            r#"{"about": "count", "choice": "no", "value": 2}"#,
            r#"{"about": "count", "of": "A/RES/73/195", "choice": "yes", "relation": "below", "value": 164}"#,
            r#"{"about": "voted", "choice": "no", "states": ["CZE", "HUN"]}"#,
            r#"{"about": "figure", "of": "A/CONF.231/3", "figure": "governments present", "value": 164}"#,
            r#"{"about": "without-vote", "of": "A/CONF.231/3"}"#,
            r#"{"about": "decided", "date": "2018-12"}"#,
            r#"{"about": "force", "force": "non-binding"}"#,
        ];
        for assertion in confirmed {
            assert_eq!(standing(assertion), ClaimStanding::Confirmed, "{assertion}");
        }
    }

    #[test]
    fn a_contradiction_says_both_sides() {
        let cases = [
            (
                r#"{"about": "count", "choice": "yes", "value": 152}"#,
                "1 yes",
                "152 yes",
            ),
            (
                r#"{"about": "count", "choice": "no", "relation": "below", "value": 2}"#,
                "2 no",
                "fewer than 2 no",
            ),
            (
                r#"{"about": "figure", "of": "A/CONF.231/3", "figure": "governments present", "relation": "above", "value": 164}"#,
                "164 governments present",
                "more than 164 governments present",
            ),
            (
                r#"{"about": "members", "value": 193}"#,
                "3 members",
                "193 members",
            ),
            (
                r#"{"about": "voted", "choice": "no", "states": ["CZE"]}"#,
                "CZE, HUN",
                "CZE",
            ),
            (
                r#"{"about": "without-vote"}"#,
                "by recorded vote",
                "without a vote",
            ),
            (
                r#"{"about": "decided", "date": "2018-12-18"}"#,
                "2018-12-19",
                "2018-12-18",
            ),
            (
                r#"{"about": "force", "force": "binding"}"#,
                "non-binding",
                "binding",
            ),
        ];
        for (assertion, record, claim) in cases {
            let expected = ClaimStanding::Contradicted {
                record: record.into(),
                claim: claim.into(),
            };
            assert_eq!(standing(assertion), expected, "{assertion}");
        }
    }

    #[test]
    fn a_list_that_leaves_members_out_refutes_only_what_it_shows() {
        let extract = |announced: &str| {
            let text = format!(
                r#"{{"acts": [{{"act": "decision", "partial": true, "announced": {announced},
                    "ballots": {{"no": ["CZE", "HUN", "USA"], "abstain": ["ITA"]}}}}]}}"#
            );
            serde_json::from_str::<Agreement>(&text).unwrap()
        };
        let count = |relation: &str, value: u32| {
            format!(
                r#"{{"about": "count", "choice": "no", "relation": "{relation}", "value": {value}}}"#
            )
        };
        let voted =
            |states: &str| format!(r#"{{"about": "voted", "choice": "no", "states": [{states}]}}"#);
        let members = |value: u32| format!(r#"{{"about": "members", "value": {value}}}"#);
        let told =
            |announced: &str, assertion: &str| match standing_to(&extract(announced), assertion) {
                ClaimStanding::Confirmed => "confirmed".to_owned(),
                ClaimStanding::NotCheckable { reason } => reason,
                ClaimStanding::Contradicted { record, claim } => format!("{record}, not {claim}"),
            };
        let all = r#""CZE", "HUN", "ISR", "POL", "USA""#;
        for (announced, assertion, expected) in [
            ("{}", count("equal", 5), INCOMPLETE),
            ("{}", count("equal", 2), "at least 3 no, not 2 no"),
            ("{}", count("below", 4), INCOMPLETE),
            (
                "{}",
                count("below", 3),
                "at least 3 no, not fewer than 3 no",
            ),
            ("{}", count("above", 2), "confirmed"),
            ("{}", count("above", 3), INCOMPLETE),
            (r#"{"no": 5}"#, count("equal", 5), "confirmed"),
            (r#"{"no": 5}"#, count("equal", 6), "5 no, not 6 no"),
            (r#"{"no": 2}"#, count("equal", 4), INCOMPLETE),
            ("{}", members(193), INCOMPLETE),
            ("{}", members(3), "at least 4 members, not 3 members"),
            (r#"{"members": 193}"#, members(193), "confirmed"),
            ("{}", voted(all), INCOMPLETE),
            (
                "{}",
                voted(r#""CZE", "HUN""#),
                "CZE, HUN, USA, not CZE, HUN",
            ),
            (
                "{}",
                voted(r#""CZE", "HUN", "ITA", "USA""#),
                "CZE, HUN, USA, not CZE, HUN, ITA, USA",
            ),
            ("{}", voted(r#""CZE", "HUN", "USA""#), INCOMPLETE),
            (r#"{"no": 3}"#, voted(r#""CZE", "HUN", "USA""#), "confirmed"),
            (
                r#"{"no": 3}"#,
                voted(all),
                "CZE, HUN, USA, not CZE, HUN, ISR, POL, USA",
            ),
        ] {
            assert_eq!(
                told(announced, &assertion),
                expected,
                "{announced} {assertion}"
            );
        }
    }

    #[test]
    fn objectives_are_counted_where_the_record_lists_them() {
        let objective = r#"{"number": "1", "label": "Collect data"}"#;
        let text = format!(r#"{{"objectives": [{objective}, {objective}]}}"#);
        let agreement: Agreement = serde_json::from_str(&text).unwrap();
        let judged = |value: u32| {
            let assertion = format!(r#"{{"about": "objectives", "value": {value}}}"#);
            standing_to(&agreement, &assertion)
        };
        assert_eq!(judged(2), ClaimStanding::Confirmed);
        let otherwise = ClaimStanding::Contradicted {
            record: "2 objectives".into(),
            claim: "23 objectives".into(),
        };
        assert_eq!(judged(23), otherwise);
    }

    #[test]
    fn a_vote_that_contradicts_the_claim_of_none_is_named_by_its_kind() {
        for (mode, record) in [
            ("recorded", "by recorded vote"),
            ("non-recorded", "by a vote that was not recorded"),
            ("secret", "by secret ballot"),
        ] {
            let text = format!(r#"{{"acts": [{{"act": "decision", "mode": "{mode}"}}]}}"#);
            let agreement = serde_json::from_str(&text).unwrap();
            let expected = ClaimStanding::Contradicted {
                record: record.into(),
                claim: "without a vote".into(),
            };
            let found = standing_to(&agreement, r#"{"about": "without-vote"}"#);
            assert_eq!(found, expected, "{mode}");
        }
    }

    #[test]
    fn what_the_record_does_not_tell_is_not_checkable() {
        for assertion in [
            r#"{"about": "count", "of": "A/CONF.231/3", "choice": "yes", "value": 164}"#,
            r#"{"about": "count", "of": "A/RES/1/1", "choice": "yes", "value": 164}"#,
            r#"{"about": "objectives", "value": 23}"#,
        ] {
            assert!(
                matches!(standing(assertion), ClaimStanding::NotCheckable { .. }),
                "{assertion}"
            );
        }
    }
}
