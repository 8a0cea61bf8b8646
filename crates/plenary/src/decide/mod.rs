//! [`decide`]: a vote, from its counts or its ballots, by any rule.

mod base;
mod choice;
mod votes;

use std::sync::Arc;

use chrono::NaiveDate;
use plenary_bodies::library::{Rule, Tie};
use plenary_bodies::{Alternative, Applied, Reference};
use plenary_decisions::requirement::{self, Quantity, Side};
use plenary_decisions::{
    Facts, Name, Reason, Requirement, Standing, UnknownName, Verdict, evaluate, unknown_names,
    verdict,
};
use plenary_states::entity;
use plenary_types::{BodyId, Participant, Tally};
use plenary_validation::Config;
use serde::Serialize;

use self::base::{Base, Stated};
use self::choice::Chosen;
use crate::known_bodies::existing;
use crate::rule::AskedRule;
use crate::{Error, Refusal, today};

pub use votes::{BallotList, GivenVotes};

/// By what to decide a vote.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DecideSettings {
    /// What the votes are judged against.
    pub reference: Arc<Reference>,
    /// The configuration, whose rule and body count where none is given.
    pub config: Config,
    /// A rule of the library, or a requirement such as `at least 2/3 of members`; by default that of the configuration or the body.
    pub rule: Option<String>,
    /// Who decides: its rule on the day, its groups, and its number of members.
    pub body: Option<BodyId>,
    /// The kind of question, which chooses the rule of the body; without it the usual rule is assumed.
    pub question: Option<String>,
    /// Members of the body, where neither its membership nor its law says how many it has on the day.
    pub members: Option<u32>,
    /// Whether members who are not counted or listed may have voted: only what no missing ballot could change is decided.
    pub partial: bool,
    /// Weights and groups that the rule names.
    pub facts: Facts,
    /// The votes in other organs that the rule names, and how many members each has, where that is known.
    pub organs: Vec<(Name, GivenVotes, Option<u32>)>,
    /// The day of the vote; by default today.
    pub on: Option<NaiveDate>,
    /// The day of the proposal, from which periods run.
    pub proposed: Option<NaiveDate>,
}

impl Default for DecideSettings {
    fn default() -> Self {
        Self {
            reference: Arc::clone(Reference::embedded()),
            config: Config::default(),
            rule: None,
            body: None,
            question: None,
            members: None,
            partial: false,
            facts: Facts::default(),
            organs: Vec::new(),
            on: None,
            proposed: None,
        }
    }
}

/// How a vote is decided, and why.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Decided {
    /// The rule, where it is one of the library.
    pub rule: Option<Rule>,
    /// What the rule asks for.
    #[serde(serialize_with = "in_words")]
    pub requirement: Requirement,
    /// Whether nothing states the rule or the kind of question.
    pub rule_assumed: bool,
    /// What other rules would make of the votes, where the rule is assumed or the law of the day is disputed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<Alternative>,
    /// The day.
    pub on: Option<NaiveDate>,
    /// The votes, counted.
    pub tally: Tally,
    /// How many members the verdict counts with.
    pub members: Option<u32>,
    /// How many ballots are not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<u32>,
    /// Where the number of members comes from.
    pub base: Option<plenary_bodies::Base>,
    /// The verdict.
    pub verdict: Verdict,
    /// Who has a ballot that does not count, as in a record that is checked: no member of the body on the day, or one without a vote.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<Participant>,
    /// The verdict if their ballots counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict_with_them: Option<Verdict>,
    /// What follows, where the votes are tied.
    pub tie: Option<Tie>,
    /// The weights that the verdict rests on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub weights: Vec<WeightSource>,
    /// What would have to be known for a verdict.
    pub missing: Vec<String>,
    /// Tables and groups that the rule names and nobody knows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<UnknownName>,
    /// What the reader has to know besides.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// The layers of reference data that it rests on, where there are others than the embedded one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reference: Vec<String>,
    /// Why.
    pub reasons: Reason,
}

/// A table of weights that a verdict rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct WeightSource {
    /// What the rule calls it.
    pub name: Name,
    /// Where its weights of the day are written, and of which year they are, as far as that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Whether no source confirms them.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unverified: bool,
}

fn in_words<S: serde::Serializer>(of: &Requirement, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(of)
}

impl Decided {
    /// Whether the number of members can matter: where a share of them is asked for, or those who did not vote.
    #[must_use]
    pub fn counts_members(&self) -> bool {
        self.requirement.comparisons().any(|comparison| {
            let share = matches!(
                comparison.quantity,
                Quantity::Share(_, requirement::Base::Members)
            );
            let silent = matches!(comparison.side, Side::NotInFavour | Side::NotAgainst);
            comparison.group.is_none() && (share || silent)
        })
    }
}

/// Decides a vote by the rule that is given, else by that of the configuration, else by that of the body. Where neither a rule nor a body
/// is given, the lines above a table of ballots say them: `body`, `date`, `kind`, `rule`.
///
/// The number of members is that of the body on the day, by its membership or its law; failing that, the one that is given; failing
/// that, the length of the list. Where these disagree, [`Decided::notes`] says so, and which counts.
///
/// Of a list of ballots those of the members on the day count ([`Body::counted_list`](plenary_bodies::Body::counted_list)), as in a
/// record that is checked.
///
/// ```
/// use plenary::decisions::Verdict;
/// use plenary::types::BodyId;
/// use plenary::{DecideSettings, GivenVotes, decide};
///
/// let mut settings = DecideSettings::default();
/// settings.body = Some(BodyId::UNSC);
/// settings.question = Some("substantive".to_owned());
/// settings.on = Some("2022-02-25".parse()?);
/// let votes = GivenVotes::counts(11, 1, 3);
/// assert_eq!(decide(&votes, &settings)?.verdict, Verdict::Undetermined);
/// let vetoed = decide(&votes.with_opponents(["RUS".parse()?]), &settings)?;
/// assert_eq!(vetoed.verdict, Verdict::Rejected);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`Error`] when no rule is known, there is no vote to decide, or the votes cannot be: of nobody, of more members than there are.
pub fn decide(votes: &GivenVotes, settings: &DecideSettings) -> Result<Decided, Error> {
    let filled = votes.listed().and_then(|list| list.fill(settings));
    let settings = filled.as_ref().unwrap_or(settings);
    let day = settings.on.map_or_else(today, Ok)?;
    Ok(Question::new(votes, settings, day)?.decide(day))
}

const NOT_LISTED: &str = "members who are not on the list count as not voting; with --partial their ballots are not known";

/// What is to be decided, and by what.
struct Question<'r> {
    reference: &'r Reference,
    chosen: Chosen<'r>,
    facts: Facts,
    standing: Standing<'static>,
    /// The votes with those of `left_out`, where there are any.
    with_them: Option<Standing<'static>>,
    /// Who has a ballot that does not count.
    left_out: Vec<Participant>,
    organs: Vec<(Name, Standing<'static>)>,
    base: Base,
}

impl<'r> Question<'r> {
    fn new(
        votes: &GivenVotes,
        settings: &'r DecideSettings,
        day: NaiveDate,
    ) -> Result<Self, Error> {
        let reference = &*settings.reference;
        let config = &settings.config;
        let asked = settings.body.as_ref().or(config.default_body());
        if let Some(body) = asked.filter(|_| settings.rule.is_none()) {
            existing(reference, body.as_str(), day)?;
        }
        let chosen = Chosen::new(settings, day)?;
        if let Some(body) = &chosen.body {
            existing(reference, body, day)?;
        }
        let mut facts = settings.facts.clone();
        chosen.asked.complete(&mut facts);
        let is_known = |code: Participant| {
            let tables = facts.tables();
            let weighed = tables.flat_map(|(_, table)| table.weights());
            let mut groups = facts.groups();
            // An identifier says itself who is meant; only a code can be mistyped into nobody's.
            code.code().is_none_or(|code| entity(code).is_some())
                || settings
                    .reference
                    .bodies()
                    .iter()
                    .any(|body| body.has_had(code))
                || weighed.into_iter().any(|(known, _)| *known == code)
                || groups.any(|(_, group)| group.contains(code))
        };
        let body = chosen.body.as_deref();
        votes.check(reference, body, is_known)?;
        if votes.is_nothing() && settings.organs.is_empty() {
            return Err(Refusal::new("there is no vote to decide")
                .with_help("give counts or single ballots")
                .by_setting(["yes", "no", "abstain", "ballots"])
                .into());
        }
        let (standing, left_out) = votes.standing_in(reference, body, day)?;
        let standing = standing.on(day);
        if let Some(members) = settings.members {
            standing.clone().with_members(members)?;
        }
        let stated = Stated {
            body,
            given: settings.members,
            // A list that leaves members out does not say how many there are.
            listed: standing.members().filter(|_| !settings.partial),
        };
        let listed = votes.listed();
        if let (None, None, Some(excess)) = (
            listed,
            settings.members,
            Base::excess(reference, body, day, &standing),
        ) {
            return Err(Refusal::new(excess)
                .with_help("correct the votes or the day, or give the number of members")
                .by_setting(["members"])
                .into());
        }
        let mut base = Base::find(reference, stated, day, &standing);
        let shorter = base.members.zip(standing.members());
        if shorter.is_some_and(|(base, listed)| listed < base.members) && !settings.partial {
            base.notes.push(NOT_LISTED.to_owned());
        }
        let complete = |standing: Standing<'static>, base: &Base| {
            let standing = match settings.partial {
                true => with_open(reference, standing, base, body, day)?,
                false => base.standing(standing),
            };
            Ok::<_, Error>(match settings.proposed {
                Some(proposed) => standing.proposed(proposed),
                None => standing,
            })
        };
        let standing = complete(standing, &base)?;
        let with_them = match left_out.is_empty() {
            true => None,
            false => Some(complete(votes.standing()?.on(day), &base)?),
        };
        let said = listed.into_iter();
        base.notes
            .extend(said.flat_map(|listed| listed.says_otherwise(body, day)));
        let named = chosen.asked.requirement.organs();
        let mut organs = Vec::new();
        for (name, votes, members) in &settings.organs {
            if !named.contains(&name) {
                return Err(strange(name, &named).into());
            }
            let mut of_organs = reference.library().organs();
            let body = of_organs.find(|(organ, _)| *organ == name);
            let body = body.map(|(_, body)| body);
            votes.check(reference, body, is_known)?;
            let (standing, left_out) = votes.standing_in(reference, body, day)?;
            if let Some(members) = members {
                standing.clone().with_members(*members)?;
            }
            let stated = Stated {
                body,
                given: *members,
                listed: standing.members().filter(|_| members.is_none()),
            };
            let of_organ = Base::find(reference, stated, day, &standing);
            let listed = votes.listed().into_iter();
            let said = listed.flat_map(|listed| listed.says_otherwise(body, day));
            let said = left_out_words(&left_out, day).into_iter().chain(said);
            let said = of_organ.notes.iter().cloned().chain(said);
            base.notes
                .extend(said.map(|note| format!("in {name}: {note}")));
            organs.push((name.clone(), of_organ.standing(standing)));
        }
        Ok(Self {
            reference,
            chosen,
            facts,
            standing,
            with_them,
            left_out,
            organs,
            base,
        })
    }

    fn decide(self, day: NaiveDate) -> Decided {
        let Self {
            reference,
            chosen,
            facts,
            standing,
            with_them,
            left_out,
            organs,
            base,
        } = self;
        let with_facts = |standing: Standing<'static>| {
            let organs = organs.iter().cloned();
            organs.fold(standing.with_facts(&facts), |standing, (name, votes)| {
                standing.with_organ(name, votes)
            })
        };
        let standing = with_facts(standing);
        let of_body = match chosen.body.as_deref() {
            Some(body) => reference.library().facts(body, day),
            None => reference.default_facts(day),
        };
        let of_rule =
            |asked: &AskedRule<'r>| asked.rule.as_ref().map_or(of_body, |rule| rule.facts);
        let complete = |asked: &AskedRule<'r>| standing.clone().with_default_facts(of_rule(asked));
        let AskedRule { rule, requirement } = &chosen.asked;
        let completed = complete(&chosen.asked);
        let evaluation = evaluate(requirement, &completed);
        let alternatives = chosen.alternatives.iter().filter_map(|other| {
            let judged = verdict(&other.requirement, &complete(other));
            let rule = Applied::Rule(other.rule?);
            Some(Alternative::new(&rule, judged, evaluation.verdict))
        });
        let missing = evaluation.missing().into_iter();
        let weights = completed.tables_of(requirement).into_iter();
        let weights = weights.map(|(name, table)| WeightSource {
            name: name.clone(),
            source: table.source().map(str::to_owned),
            unverified: table.is_unverified(),
        });
        let with_them = with_them.map(|standing| {
            let standing = with_facts(standing);
            verdict(
                requirement,
                &standing.with_default_facts(of_rule(&chosen.asked)),
            )
        });
        Decided {
            rule: rule.as_ref().map(|rule| rule.rule.clone()),
            requirement: requirement.clone(),
            rule_assumed: chosen.assumed,
            alternatives: alternatives.collect(),
            on: completed.day(),
            tally: completed.tally(),
            members: completed.members(),
            open: completed.has_open().then(|| completed.open()),
            base: base.members,
            verdict: evaluation.verdict,
            left_out,
            verdict_with_them: with_them,
            tie: rule
                .as_ref()
                .filter(|_| !completed.has_open())
                .and_then(|rule| rule.tie(&completed)),
            weights: weights.collect(),
            missing: missing.map(ToOwned::to_owned).collect(),
            unknown: unknown_names(
                requirement,
                [&facts, of_rule(&chosen.asked)],
                reference.library().all_facts(),
            ),
            notes: base.notes,
            reference: crate::known_bodies::rests_on(reference),
            reasons: evaluation.reasons,
        }
    }
}

/// That some ballots do not count, in words.
fn left_out_words(left_out: &[Participant], day: NaiveDate) -> Option<String> {
    let codes: Vec<_> = left_out.iter().map(ToString::to_string).collect();
    let codes = codes.join(", ");
    (!left_out.is_empty()).then(|| {
        format!("without a vote in the body on {day}: {codes}; their ballots do not count")
    })
}

fn strange(name: &Name, named: &[&Name]) -> Refusal {
    let names: Vec<_> = named.iter().map(|name| format!("`{name}`")).collect();
    Refusal::new(match names.is_empty() {
        true => format!("unknown organ `{name}`: the rule names no other organ"),
        false => format!("unknown organ `{name}` (expected {})", names.join(" or ")),
    })
}

/// With the ballots of those who are not counted or listed open: by name where the members of the body are on record.
fn with_open(
    reference: &Reference,
    standing: Standing<'static>,
    base: &Base,
    body: Option<&str>,
    day: NaiveDate,
) -> Result<Standing<'static>, Error> {
    let listed = standing.members();
    let known = body.and_then(|body| reference.body(body));
    let roster = known.and_then(|body| body.members_on(day));
    if let (Some(known), Some(roster), Some(_)) = (known, roster, listed) {
        let voters = known.voters_for(roster.to_vec());
        return Ok(standing.with_open_members(voters));
    }
    let Some(members) = base.members else {
        let reason = "unknown number of members: it says how many may have voted beside those on a partial list";
        return Err(Refusal::new(reason)
            .with_help("give the number of members")
            .by_setting(["members"])
            .into());
    };
    // Without a number of those counted, nobody is known to be missing.
    let counted = listed.or(standing.tally().members());
    let open = counted.map_or(0, |counted| members.members.saturating_sub(counted));
    let open = standing.with_open(open);
    Ok(open.clone().with_members(members.members).unwrap_or(open))
}
