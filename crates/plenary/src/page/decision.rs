//! What a page says of a decision.

use chrono::NaiveDate;
use plenary_decisions::{Reason, Verdict};
use plenary_states::name_on;
use plenary_types::{
    AnnouncedTally, Ballot, Ballots, Choice, Date, Decision, Mode, Scope, TakingPart,
};
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use super::{Tally, labels};
use crate::DecisionAccount;

/// What a page says of a decision.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct DecisionPage {
    /// How it was taken.
    pub mode: Mode,
    /// What the body is called on the day, where it is known.
    pub body: Option<String>,
    /// How much of the proposal the question covered.
    pub scope: Scope,
    /// What was put to the body, in the words of the record.
    pub question: Option<String>,
    /// When.
    pub date: Option<Date>,
    /// The document that came out.
    pub symbol: Option<String>,
    /// The session.
    pub session: Option<String>,
    /// The meeting, by its record.
    pub meeting: Option<String>,
    /// The report of the committee that sent the draft on.
    pub committee_report: Option<String>,
    /// The drafts that were before the body.
    pub drafts: Vec<String>,
    /// The agenda item.
    pub agenda: Option<String>,
    /// What it rests on beside its votes, each in a sentence.
    pub rests_on: Vec<String>,
    /// Notes of the source.
    pub notes: Vec<String>,
    /// Figures that somebody reported, each in a sentence.
    pub reported: Vec<String>,
    /// Whether the list leaves members out.
    pub is_partial: bool,
    /// The ballots counted.
    pub tally: Option<Tally>,
    /// The announced totals, where no list was counted and they tell who voted yes and no.
    pub announced: Option<AnnouncedTally>,
    /// The verdict and its reasons.
    pub verdict: Option<VerdictReasons>,
    /// The reason that no verdict was reached.
    pub undecided: Option<String>,
    /// The scheme that the groups are of.
    pub grouped_by: Option<String>,
    /// The ballots counted by the groups by which the votes of the body are shown.
    pub groups: Vec<ChoiceGroup>,
    /// Who voted how, in the order of the names.
    pub ballots: Vec<BallotLine>,
}

/// A verdict and its reasons.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct VerdictReasons {
    /// The verdict.
    pub verdict: Verdict,
    /// The reasons, as a tree; that of all is on top.
    pub reasons: Reason,
    /// The rule that applied.
    pub rule: RuleApplied,
}

/// A rule that applied to a decision.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct RuleApplied {
    /// The rule, in words.
    pub title: String,
    /// Whether it is assumed.
    pub is_assumed: bool,
    /// What states it, in words.
    pub ground: Option<String>,
    /// The rules that may have applied instead.
    pub alternatives: Vec<AlternativeRule>,
    /// The number of members that it counts with, and where that comes from, in words.
    pub members: Option<(u32, &'static str)>,
    /// Those on the list whose ballots do not count.
    pub left_out: Vec<String>,
}

/// A rule that may have applied instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct AlternativeRule {
    /// The rule, in words.
    pub title: String,
    /// Its verdict.
    pub verdict: Verdict,
    /// Whether that is another one.
    pub changes: bool,
}

/// The ballots of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct ChoiceGroup {
    /// What it is called.
    pub name: String,
    /// Its ballots, counted.
    pub tally: Tally,
}

/// A line of the list of ballots.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct BallotLine {
    /// The code or identifier of the voter; what is printed where that was not resolved.
    pub code: String,
    /// Whether that is a code, and so short enough for a tile.
    pub has_code: bool,
    /// What the voter is called on the day.
    pub name: String,
    /// The choice.
    pub choice: Choice,
    /// The place of the group of the voter among those of the decision, where it has one.
    pub group: Option<usize>,
    /// What its delegation later said that it had meant to cast.
    pub intended: Option<Choice>,
    /// What the source says beside the choice.
    pub mark: Option<String>,
}

impl DecisionPage {
    pub(super) fn new(decision: &Decision, decided: &DecisionAccount) -> Self {
        let text = |citation: &plenary_types::Citation| citation.to_string();
        let verdict = decided
            .evaluation
            .as_ref()
            .map(|evaluation| VerdictReasons {
                verdict: evaluation.verdict,
                reasons: evaluation.reasons.clone(),
                rule: rule(decided),
            });
        let totals = &decision.announced;
        let announced = totals.yes.is_some() && totals.no.is_some() && decided.tally.is_none();
        let groups = decided.groups.iter().map(|group| ChoiceGroup {
            name: group.group.clone(),
            tally: group.tally,
        });
        let ballots = decision.ballots.as_ref();
        Self {
            mode: decision.mode,
            body: decided.body.clone(),
            scope: decision.question.scope,
            question: decision.question.text.clone(),
            date: decision.date,
            symbol: decision.symbol.as_ref().map(text),
            session: decision.session.map(|session| session.to_string()),
            meeting: decision.meeting.as_ref().map(text),
            committee_report: decision.committee_report.as_ref().map(text),
            drafts: decision.drafts.iter().map(text).collect(),
            agenda: decision.agenda.clone(),
            rests_on: rests_on(decision),
            notes: decision.notes.clone(),
            reported: reported(decision),
            is_partial: decision.partial,
            tally: decided.tally,
            announced: announced.then_some(*totals),
            verdict,
            undecided: decided.undecided.clone(),
            grouped_by: decided.grouped_by.clone(),
            groups: groups.collect(),
            ballots: ballots.map_or_else(Vec::new, |list| lines(decision, list, decided)),
        }
    }

    /// The lines of those who made a choice, in the order of their names.
    pub fn of_choice(&self, choice: Choice) -> impl Iterator<Item = &BallotLine> {
        self.ballots
            .iter()
            .filter(move |line| line.choice == choice)
    }
}

fn rule(decided: &DecisionAccount) -> RuleApplied {
    let alternatives = decided.alternatives.iter().map(|rule| AlternativeRule {
        title: rule.title.clone(),
        verdict: rule.verdict,
        changes: rule.changes,
    });
    RuleApplied {
        title: decided.rule.clone().unwrap_or_default(),
        is_assumed: decided.rule_assumed == Some(true),
        ground: decided.ground.clone(),
        alternatives: alternatives.collect(),
        members: decided.base.map(|base| (base.members, base.from.words())),
        left_out: decided.left_out.iter().map(ToString::to_string).collect(),
    }
}

/// What a decision rests on beside its votes.
fn rests_on(decision: &Decision) -> Vec<String> {
    let kind = decision.question.kind.as_ref();
    let kind = kind.map(|kind| format!("kind of question: {kind}"));
    let with = decision.with.iter();
    let with = with.map(|(organ, decision)| format!("in {organ}: {decision}"));
    let taking_part = match &decision.taking_part {
        everybody if everybody.is_everybody() => None,
        TakingPart::Group(group) => Some(format!("taking part: the members of {group}")),
        listed => Some(format!("taking part: {}", labels(listed.listed()))),
    };
    let chair = decision.chair.map(|chair| match chair.participant {
        Some(who) => format!("the chair ({}): {}", who.identifier(), chair.choice),
        None => format!("the chair: {}", chair.choice),
    });
    let attending = decision.attending.map(|n| format!("attending: {n}"));
    let objections = decision.objections.as_deref().map(|who| match who {
        [] => "nobody objected".to_owned(),
        who => format!("objections: {}", labels(who)),
    });
    let facts = kind.into_iter().chain(with).chain(taking_part);
    let facts = facts.chain(chair).chain(attending).chain(objections);
    facts.collect()
}

fn reported(decision: &Decision) -> Vec<String> {
    let sentence = |figure: &plenary_types::ReportedFigure| {
        format!(
            "{} {} by report ({}); no vote was counted",
            figure.value, figure.of, figure.source
        )
    };
    decision.reported.iter().map(sentence).collect()
}

/// The lines of a list, in the order of the names.
fn lines(decision: &Decision, list: &Ballots, decided: &DecisionAccount) -> Vec<BallotLine> {
    let day = decision.date.map(Date::earliest);
    let places = decided.ballot_groups.iter().copied();
    let places = places.map(Some).chain(std::iter::repeat(None));
    let lines = list.iter().zip(places).map(|(ballot, group)| BallotLine {
        code: match ballot.entry.who {
            Some(who) => who.identifier().to_owned(),
            None => ballot.entry.label(),
        },
        has_code: ballot.entry.state().is_some(),
        name: name_of(ballot, day),
        choice: ballot.choice,
        group,
        intended: ballot.intended_later,
        mark: ballot.mark.map(|mark| mark.to_string()),
    });
    let mut lines: Vec<BallotLine> = lines.collect();
    lines.sort_by_cached_key(|line| line.name.nfd().filter(char::is_ascii).collect::<String>());
    lines
}

/// The name of a voter, as it was called on the day.
fn name_of(ballot: Ballot<'_>, day: Option<NaiveDate>) -> String {
    let known = ballot.entry.state().zip(day);
    let known = known.and_then(|(state, day)| name_on(state, day));
    let known = known.map(|name| name.strip_suffix(" (the)").unwrap_or(name));
    known.map_or_else(|| ballot.entry.label(), str::to_owned)
}
