//! Holding claims against the record.

use std::cmp::Ordering;

use plenary_types::{
    Act, Agreement, Assertion, Ballots, Choice, Citation, Claim, Date, Decision, LegalForce, Mode,
    Percent, Provision, Quantity, Relation, ReportedFigure, ShareBase, Source, StateCode, Subject,
    Total, thousands,
};
use serde::Serialize;

/// How a claim stands to the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "standing", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ClaimStanding {
    /// The record says the same.
    Confirmed,
    /// The record does not say, but other sources do.
    Corroborated {
        /// Who says the same.
        by: Vec<String>,
    },
    /// It holds in part, or in another sense than it is stated in.
    Inexact {
        /// What of it holds.
        holds: String,
        /// What does not.
        but: String,
    },
    /// The text of the agreement does not provide for it: the claim has the text wrong, not the record.
    Unsupported {
        /// Where that was looked for.
        reason: String,
    },
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

/// How a claim stands, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClaimJudgement {
    /// The standing.
    #[serde(flatten)]
    pub standing: ClaimStanding,
    /// What it rests on: provisions with their paragraphs, documents by their symbols, computations.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
}

/// Holds a claim against the record of its agreement.
///
/// Counts are those of the ballots, where there are any, else those announced; of a list that leaves members out those
/// announced, and without them nothing more is certain than that no count is less than what is listed.
///
/// Claims about the content are held against the provisions that the record lists. Where none provides for what is claimed, the
/// claim is [`Unsupported`](ClaimStanding::Unsupported), with the provisions that say otherwise as evidence.
///
/// ```
/// use plenary_types::{Agreement, Assertion, Claim, LegalForce};
/// use plenary_validation::{judge_claim, ClaimStanding};
///
/// let agreement = Agreement { legal_force: Some(LegalForce::NonBinding), ..Agreement::default() };
/// let claim = Claim {
///     text: "It binds its members.".into(),
///     assertion: Some(Assertion::Force { force: LegalForce::Binding }),
///     ..Claim::default()
/// };
/// let standing = judge_claim(&agreement, &claim).standing;
/// assert!(matches!(standing, ClaimStanding::Contradicted { record, .. } if record == "non-binding"));
/// ```
#[must_use]
pub fn judge_claim(agreement: &Agreement, claim: &Claim) -> ClaimJudgement {
    let mut evidence = Vec::new();
    let others = claim.corroborated_by.iter().map(source_words);
    let judged = match (&claim.assertion, &claim.not_checkable) {
        (Some(assertion), _) => {
            let judged = judge(agreement, assertion, &mut evidence);
            evidence.extend(others);
            judged
        }
        (None, _) if !claim.corroborated_by.is_empty() => Ok(ClaimStanding::Corroborated {
            by: others.collect(),
        }),
        (None, Some(reason)) => Err(reason.clone()),
        (None, None) => Err("the claim has no form that can be checked".into()),
    };
    for further in &claim.see {
        evidence.push(provision(agreement, further).unwrap_or_else(|_| further.clone()));
    }
    ClaimJudgement {
        standing: judged.unwrap_or_else(|reason| ClaimStanding::NotCheckable { reason }),
        evidence,
    }
}

/// Whom and what a claim and the record's answer to it name.
pub(crate) fn subjects(agreement: &Agreement, claim: &Claim) -> Vec<Subject> {
    let recorded = |of: &Option<String>| decision(agreement, of.as_deref()).ok();
    match &claim.assertion {
        Some(Assertion::Voted {
            of, choice, states, ..
        }) => {
            let ballots = recorded(of).and_then(|decision| decision.ballots.as_ref());
            let listed = ballots.into_iter().flat_map(Ballots::by_state);
            let chosen = listed.filter(|(_, chosen)| chosen == choice);
            let chosen = chosen.map(|(state, _)| state);
            states
                .iter()
                .copied()
                .chain(chosen)
                .map(Subject::from)
                .collect()
        }
        Some(Assertion::Decided { of, date }) => {
            let recorded = recorded(of).and_then(|decision| decision.date);
            [Some(*date), recorded]
                .into_iter()
                .flatten()
                .map(Subject::from)
                .collect()
        }
        Some(Assertion::First { earlier, .. }) => earlier.iter().map(Subject::from).collect(),
        _ => Vec::new(),
    }
}

/// The standing, or why the record does not tell.
type Judged = Result<ClaimStanding, String>;

fn judge(agreement: &Agreement, assertion: &Assertion, evidence: &mut Vec<String>) -> Judged {
    let decision = |of: &Option<String>| decision(agreement, of.as_deref());
    match assertion {
        Assertion::Count {
            of,
            choice,
            relation,
            value,
        } => {
            let decision = decision(of)?;
            let count = count(decision, *choice)?;
            evidence.push(recorded(agreement, decision, &count.words(choice)));
            let claimed = format!("{}{value} {choice}", prefix(*relation));
            count.relate(*relation, *value, claimed, |n| format!("{n} {choice}"))
        }
        Assertion::Members { of, value } => {
            let decision = decision(of)?;
            let members = members(decision)?;
            evidence.push(recorded(agreement, decision, &members.words("members")));
            let words = |n| format!("{n} members");
            let claimed = words(u64::from(*value));
            members.relate(Relation::Equal, *value, claimed, words)
        }
        Assertion::Voted {
            of,
            choice,
            states,
            among_others: true,
        } => {
            let decision = decision(of)?;
            let (how, standing) = voted_so(decision, *choice, states)?;
            evidence.push(recorded(agreement, decision, &how));
            Ok(standing)
        }
        Assertion::Voted {
            of, choice, states, ..
        } => {
            let decision = decision(of)?;
            let (who, standing) = voted(decision, *choice, states)?;
            let how = format!("{choice} by the list of votes: {}", list(&who));
            evidence.push(recorded(agreement, decision, &how));
            Ok(standing)
        }
        Assertion::Figure {
            of,
            figure,
            relation,
            value,
        } => {
            let reported = reported(agreement, of.as_deref(), figure)?;
            let claimed = format!("{}{} {figure}", prefix(*relation), thousands(*value));
            evidence.extend(reported.iter().map(|reported| figure_words(reported)));
            Ok(figures(&reported, claimed, |reported| {
                relation.holds(reported.value, *value)
            }))
        }
        Assertion::Decided { of, date } => {
            let decision = decision(of)?;
            let standing = decided(decision, *date)?;
            if let Some(date) = decision.date {
                evidence.push(recorded(agreement, decision, &date.to_string()));
            }
            Ok(standing)
        }
        Assertion::WithoutVote { of } => {
            let decision = decision(of)?;
            evidence.push(recorded(agreement, decision, mode_words(decision.mode)));
            Ok(without_vote(decision.mode))
        }
        Assertion::Force { force } => of_force(agreement.legal_force, *force),
        Assertion::Objectives { value } => objectives(&agreement.objectives, *value),
        Assertion::Share {
            of,
            choice,
            base,
            relation,
            percent,
        } => {
            let decision = decision(of)?;
            let shares = Shares::of(decision, *choice)?;
            evidence.push(recorded(agreement, decision, &shares.words()));
            shares.relate(*base, *relation, *percent)
        }
        Assertion::Compared {
            left,
            relation,
            right,
        } => compared(agreement, left, *relation, right, evidence),
        Assertion::Ratio {
            part,
            whole,
            relation,
            percent,
            claimed_part,
        } => {
            let part = only_figure(agreement, part)?;
            let whole = only_figure(agreement, whole)?;
            evidence.extend([part, whole].map(figure_words));
            let share = |part: u64| {
                let share = Percent::from_share(part, whole.value, percent.decimals().max(1));
                let of = [part, whole.value].map(thousands).join(" of ");
                share.map(|share| format!("{of} is {share} per cent"))
            };
            evidence.extend(share(part.value));
            evidence.extend(claimed_part.and_then(share));
            let record = Percent::from_share(part.value, whole.value, percent.decimals().max(1));
            let record = record.ok_or("the record gives no whole to take a share of")?;
            let holds = share_holds(part.value, whole.value, *relation, *percent);
            let claimed = format!("{}{percent} per cent", prefix(*relation));
            Ok(compare(holds, format!("{record} per cent"), claimed))
        }
        Assertion::Provides {
            provisions,
            against,
        } => provides(agreement, provisions, against, evidence),
        Assertion::First { earlier, narrower } => {
            first(agreement, earlier, narrower.as_deref(), evidence)
        }
        _ => Err("this kind of claim cannot be checked yet".into()),
    }
}

/// What a decision of the record says, with the symbol by which to look it up.
fn recorded(agreement: &Agreement, decision: &Decision, what: &str) -> String {
    let symbol = decision.symbol.as_ref().map(Citation::as_str);
    match symbol.unwrap_or_else(|| agreement.label()) {
        "" => what.to_owned(),
        label => format!("{label}: {what}"),
    }
}

fn figure_words(figure: &ReportedFigure) -> String {
    format!(
        "{} {} ({})",
        thousands(figure.value),
        figure.of,
        figure.source
    )
}

/// A source in one line: title, publisher, day.
#[must_use]
pub fn source_words(source: &Source) -> String {
    let mut words = source.title.clone();
    if let Some(publisher) = &source.publisher {
        words.push_str(", ");
        words.push_str(publisher);
    }
    if let Some(published) = source.published {
        words.push_str(", ");
        words.push_str(&published.to_string());
    }
    words
}

/// A claim about a figure, held against all who report it.
fn figures(
    reported: &[&ReportedFigure],
    claimed: String,
    holds: impl Fn(&ReportedFigure) -> bool,
) -> ClaimStanding {
    let words = |figure: &&&ReportedFigure| match reported {
        [only] => format!("{} {}", thousands(only.value), only.of),
        _ => figure_words(figure),
    };
    let (holding, failing): (Vec<_>, Vec<_>) = reported.iter().partition(|figure| holds(figure));
    let [holding, failing] =
        [holding, failing].map(|side| side.iter().map(words).collect::<Vec<_>>());
    match (holding.is_empty(), failing.is_empty()) {
        (_, true) => ClaimStanding::Confirmed,
        (true, false) => compare(false, failing.join("; "), claimed),
        (false, false) => ClaimStanding::Inexact {
            holds: holding.join("; "),
            but: format!("others report {}", failing.join("; ")),
        },
    }
}

/// How many made a choice, beside those who voted and those who are members.
struct Shares {
    choice: Choice,
    count: u64,
    voting: Option<u64>,
    members: Option<u64>,
}

impl Shares {
    fn of(decision: &Decision, choice: Choice) -> Result<Self, String> {
        let exact = |choice| match count(decision, choice)? {
            Count::Exactly(count) => Ok(count),
            Count::AtLeast(_) => Err(INCOMPLETE.to_owned()),
        };
        let members = match members(decision) {
            Ok(Count::Exactly(members)) => Some(members),
            _ => None,
        };
        let voting = match (exact(Choice::Yes), exact(Choice::No)) {
            (Ok(yes), Ok(no)) => yes.checked_add(no),
            _ => None,
        };
        Ok(Self {
            choice,
            count: exact(choice)?,
            voting,
            members,
        })
    }

    /// Both shares, so that nobody takes one for the other.
    fn words(&self) -> String {
        let share = |base: Option<u64>, name: &str| {
            let share = Percent::from_share(self.count, base?, 1)?;
            Some(format!("of {} {name} {share} %", base?))
        };
        let counts = matches!(self.choice, Choice::Yes | Choice::No);
        let voting = counts.then(|| share(self.voting, "voting")).flatten();
        let shares: Vec<_> = [voting, share(self.members, "members")]
            .into_iter()
            .flatten()
            .collect();
        format!("{} {}, {}", self.count, self.choice, shares.join(", "))
    }

    fn relate(&self, base: ShareBase, relation: Relation, percent: Percent) -> Judged {
        let (whole, name) = match base {
            ShareBase::Voting if matches!(self.choice, Choice::Yes | Choice::No) => {
                (self.voting, "those voting")
            }
            ShareBase::Voting => return Err("those who abstain or are absent do not vote".into()),
            _ => (self.members, "the members"),
        };
        let whole = whole.filter(|whole| *whole > 0);
        let whole = whole.ok_or_else(|| format!("the record gives no number of {name}"))?;
        let words = |percent: &dyn std::fmt::Display| {
            format!("{percent} per cent of {name} {}", self.choice)
        };
        let record = Percent::from_share(self.count, whole, percent.decimals().max(1));
        let record = record.map_or_else(String::new, |record| words(&record));
        let claimed = format!("{}{}", prefix(relation), words(&percent));
        let holds = share_holds(self.count, whole, relation, percent);
        Ok(compare(holds, record, claimed))
    }
}

fn share_holds(part: u64, whole: u64, relation: Relation, percent: Percent) -> bool {
    let order = percent.compare_share(part, whole);
    match relation {
        Relation::Equal => percent.is_share(part, whole),
        Relation::Below => order == Some(Ordering::Less),
        Relation::Above => order == Some(Ordering::Greater),
    }
}

/// What a number of the record counts, and the values that it has.
struct Measured<'a> {
    values: Vec<u64>,
    counts: String,
    kind: Counted<'a>,
}

#[derive(PartialEq, Eq)]
enum Counted<'a> {
    Votes,
    Figure(&'a str),
}

fn measure<'a>(
    agreement: &'a Agreement,
    quantity: &'a Quantity,
    evidence: &mut Vec<String>,
) -> Result<Measured<'a>, String> {
    match quantity {
        Quantity::Votes { of, choice } => {
            let decision = decision(agreement, of.as_deref())?;
            let Count::Exactly(value) = count(decision, *choice)? else {
                return Err(INCOMPLETE.into());
            };
            let words = format!("{value} {choice}");
            evidence.push(recorded(agreement, decision, &words));
            let mode = mode_words(decision.mode);
            Ok(Measured {
                values: vec![value],
                counts: format!("members that voted {choice} {mode}"),
                kind: Counted::Votes,
            })
        }
        Quantity::Figure { of, figure } => {
            let reported = reported(agreement, of.as_deref(), figure)?;
            evidence.extend(reported.iter().map(|reported| figure_words(reported)));
            let mode = of.as_ref().and_then(|of| {
                let decision = decision(agreement, Some(of)).ok()?;
                Some(format!(" at a decision {}", mode_words(decision.mode)))
            });
            Ok(Measured {
                values: reported.iter().map(|reported| reported.value).collect(),
                counts: format!("{figure}{}", mode.unwrap_or_default()),
                kind: Counted::Figure(figure),
            })
        }
        _ => Err("this kind of number cannot be compared yet".into()),
    }
}

fn compared(
    agreement: &Agreement,
    left: &Quantity,
    relation: Relation,
    right: &Quantity,
    evidence: &mut Vec<String>,
) -> Judged {
    let left = measure(agreement, left, evidence)?;
    let right = measure(agreement, right, evidence)?;
    let word = match relation {
        Relation::Equal => "equal to",
        Relation::Below => "fewer than",
        Relation::Above => "more than",
    };
    let (mut holding, mut failing) = (Vec::new(), Vec::new());
    for a in &left.values {
        for b in &right.values {
            if relation.holds(*a, *b) {
                holding.push(format!("{} is {word} {}", thousands(*a), thousands(*b)));
            } else {
                failing.push(format!("{} is not {word} {}", thousands(*a), thousands(*b)));
            }
        }
    }
    if holding.is_empty() {
        let claimed = format!("{} {word} {}", left.counts, right.counts);
        return Ok(compare(false, failing.join(", "), claimed));
    }
    let mut but = failing;
    if left.kind != right.kind {
        but.push(format!(
            "different things are counted: {}, and {}",
            left.counts, right.counts
        ));
    }
    if but.is_empty() {
        return Ok(ClaimStanding::Confirmed);
    }
    Ok(ClaimStanding::Inexact {
        holds: holding.join(", "),
        but: but.join("; "),
    })
}

/// A provision of the record in words, with its paragraph: `objective 9`, `principle c`, `paragraph 4`.
fn provision(agreement: &Agreement, reference: &str) -> Result<String, String> {
    let missing = || format!("the record has no provision `{reference}`");
    let (kind, number) = reference.split_once(' ').ok_or_else(missing)?;
    let listed = match kind {
        "objective" => &agreement.objectives,
        "principle" => &agreement.principles,
        "paragraph" => &agreement.paragraphs,
        _ => return Err(missing()),
    };
    let found = listed.iter().find(|provision| provision.number == number);
    let found = found.ok_or_else(missing)?;
    if found.unverified {
        return Err(format!("no source confirms the provision `{reference}`"));
    }
    let paragraph = found.paragraph.as_ref();
    let paragraph = paragraph.map(|paragraph| format!(", paragraph {paragraph}"));
    let Provision { number, label, .. } = found;
    Ok(format!(
        "{kind} {number}{}: {label}",
        paragraph.unwrap_or_default()
    ))
}

fn provides(
    agreement: &Agreement,
    provisions: &[String],
    against: &[String],
    evidence: &mut Vec<String>,
) -> Judged {
    let words = |references: &[String]| {
        let words = references
            .iter()
            .map(|reference| provision(agreement, reference));
        words.collect::<Result<Vec<_>, _>>()
    };
    let (provisions, against) = (words(provisions)?, words(against)?);
    evidence.extend(provisions.iter().chain(&against).cloned());
    match (provisions.is_empty(), against.is_empty()) {
        (false, true) => Ok(ClaimStanding::Confirmed),
        (false, false) => Ok(ClaimStanding::Inexact {
            holds: provisions.join("; "),
            but: against.join("; "),
        }),
        (true, _) => {
            let Agreement {
                objectives,
                principles,
                ..
            } = agreement;
            if objectives.is_empty() && principles.is_empty() {
                return Err("the record lists no provisions".into());
            }
            let many = |listed: &[Provision], kind: &str| {
                let plural = if listed.len() == 1 { "" } else { "s" };
                (!listed.is_empty()).then(|| format!("{} {kind}{plural}", listed.len()))
            };
            let listed = [many(objectives, "objective"), many(principles, "principle")];
            let listed: Vec<_> = listed.into_iter().flatten().collect();
            let reason = format!("none of its {} provides for it", listed.join(" and "));
            Ok(ClaimStanding::Unsupported { reason })
        }
    }
}

/// Whether anything among the acts is earlier than the first decision and on the same matter.
fn first(
    agreement: &Agreement,
    earlier: &[Citation],
    narrower: Option<&str>,
    evidence: &mut Vec<String>,
) -> Judged {
    let decisions = agreement.decisions();
    let begun = decisions
        .filter_map(|(_, decision)| decision.date)
        .min_by_key(|date| date.earliest());
    let begun = begun.ok_or("the record gives no date")?;
    let mut before = Vec::new();
    for citation in earlier {
        let symbol = citation.normal();
        let date = agreement.acts.iter().find_map(|act| match act {
            Act::Step(step) if step.symbol.as_ref()?.normal() == symbol => Some(step.date),
            Act::Decision(decision) if decision.symbol.as_ref()?.normal() == symbol => {
                decision.date
            }
            _ => None,
        });
        let date = date.ok_or_else(|| format!("the record has no act `{citation}`"))?;
        if date.latest() < begun.earliest() {
            before.push(format!("{citation} of {date}"));
        }
    }
    if before.is_empty() {
        return Err(
            "the record names no earlier document on the matter, nor that there is none".into(),
        );
    }
    evidence.extend(before.iter().cloned());
    let before = before.join(", ");
    Ok(match narrower {
        Some(narrower) => ClaimStanding::Inexact {
            holds: narrower.to_owned(),
            but: format!("{before} is earlier"),
        },
        None => compare(false, format!("{before} is earlier"), "the first"),
    })
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
    fn of(leaves_out: bool, listed: Option<u32>, announced: Option<u32>) -> Option<Self> {
        let (listed, announced) = (listed.map(u64::from), announced.map(u64::from));
        match (listed, announced) {
            (Some(listed), Some(announced)) if leaves_out && announced >= listed => {
                Some(Self::Exactly(announced))
            }
            (Some(listed), _) if leaves_out => Some(Self::AtLeast(listed)),
            (listed, announced) => listed.or(announced).map(Self::Exactly),
        }
    }

    fn words(self, of: impl std::fmt::Display) -> String {
        match self {
            Self::Exactly(count) => format!("{count} {of}"),
            Self::AtLeast(least) => format!("at least {least} {of}"),
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
    let leaves_out = decision.may_leave_out(choice);
    Count::of(leaves_out, listed, decision.announced.get(choice))
        .ok_or_else(|| format!("the record gives no number for `{choice}`"))
}

fn members(decision: &Decision) -> Result<Count, String> {
    let ballots = decision.ballots.as_ref();
    let listed = ballots.and_then(|ballots| ballots.tally().members());
    Count::of(decision.partial, listed, decision.announced.members)
        .ok_or_else(|| "the record gives no number of members".into())
}

/// The figures that were reported of something: about the decision, and about the matter of the agreement unless a decision is
/// named.
fn reported<'a>(
    agreement: &'a Agreement,
    of: Option<&str>,
    figure: &str,
) -> Result<Vec<&'a ReportedFigure>, String> {
    let about_decision = match (decision(agreement, of), of) {
        (Ok(decision), _) => decision.reported.as_slice(),
        (Err(reason), Some(_)) => return Err(reason),
        (Err(_), None) => &[],
    };
    let about_matter = agreement.figures.iter().filter(|_| of.is_none());
    let all = about_decision.iter().chain(about_matter);
    let found: Vec<_> = all.filter(|reported| reported.of == figure).collect();
    if found.is_empty() {
        return Err(format!("the record reports no figure for `{figure}`"));
    }
    Ok(found)
}

/// The figure of the agreement that only one source reports.
fn only_figure<'a>(agreement: &'a Agreement, figure: &str) -> Result<&'a ReportedFigure, String> {
    match *reported(agreement, None, figure)? {
        [only] => Ok(only),
        _ => Err(format!("sources differ on `{figure}`")),
    }
}

/// Who made a choice by the list of votes, and how the claim stands to that.
fn voted(
    decision: &Decision,
    choice: Choice,
    claimed: &[StateCode],
) -> Result<(Vec<StateCode>, ClaimStanding), String> {
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
    let standing = compare(recorded == claimed, list(&recorded), list(&claimed));
    Ok((recorded, standing))
}

/// What each of some members chose, by the list of votes, and whether that is what is claimed.
fn voted_so(
    decision: &Decision,
    choice: Choice,
    claimed: &[StateCode],
) -> Result<(String, ClaimStanding), String> {
    let ballots = decision
        .ballots
        .as_ref()
        .ok_or("the record does not say who voted how")?;
    let chosen: Vec<_> = claimed.iter().map(|state| ballots.get(*state)).collect();
    let is_open = decision.may_leave_out(choice);
    let otherwise = chosen.iter().flatten().any(|chosen| *chosen != choice);
    if !otherwise && is_open && chosen.contains(&None) {
        return Err(INCOMPLETE.into());
    }
    let words = claimed
        .iter()
        .zip(&chosen)
        .map(|(state, chosen)| match chosen {
            Some(chosen) => format!("{state} {chosen}"),
            None => format!("{state} not listed"),
        });
    let words = words.collect::<Vec<_>>().join(", ");
    let holds = chosen.iter().all(|chosen| *chosen == Some(choice));
    let standing = compare(holds, words.clone(), format!("{} {choice}", list(claimed)));
    Ok((words, standing))
}

/// Whether the list names everyone who made a choice.
fn lists_all(decision: &Decision, choice: Choice, listed: usize) -> bool {
    let announced = decision.announced.get(choice);
    !decision.may_leave_out(choice) || announced.is_some_and(|n| usize::try_from(n) == Ok(listed))
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
        Mode::ShowOfHands => "by a show of hands",
        Mode::Secret => "by secret ballot",
        Mode::Silence => "by silence",
        Mode::Written => "by written procedure",
        Mode::Recorded => "by recorded vote",
        _ => "in a way that is not known",
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
        judge_claim(agreement, &serde_json::from_str(&text).unwrap()).standing
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
                other => format!("{other:?}"),
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

    fn judged(agreement: &str, claim: &str) -> ClaimJudgement {
        let agreement = serde_json::from_str(agreement).unwrap();
        let text = format!(r#"{{"text": "", "source": {{"title": ""}}, {claim}}}"#);
        judge_claim(&agreement, &serde_json::from_str(&text).unwrap())
    }

    /// The standing in a word with what it says.
    fn words(standing: &ClaimStanding) -> String {
        match standing {
            ClaimStanding::Confirmed => "confirmed".into(),
            ClaimStanding::Corroborated { by } => format!("corroborated: {}", by.join("; ")),
            ClaimStanding::Inexact { holds, but } => format!("inexact: {holds}; but {but}"),
            ClaimStanding::Unsupported { reason } => format!("unsupported: {reason}"),
            ClaimStanding::Contradicted { record, claim } => format!("{record}, not {claim}"),
            ClaimStanding::NotCheckable { reason } => format!("not checkable: {reason}"),
        }
    }

    const DRAFT: &str = r#"{"symbols": ["A/RES/60/1"],
        "objectives": [{"number": "1", "paragraph": "7", "label": "ports"}, {"number": "2", "label": "roads", "unverified": true}],
        "principles": [{"number": "a", "paragraph": "6(a)", "label": "consent"}],
        "paragraphs": [{"number": "3", "label": "rivers are left out"}],
        "figures": [{"of": "ships", "value": 30000, "source": "a register"}, {"of": "vessels", "value": 90000, "source": "a census"},
            {"of": "boats", "value": 5, "source": "one"}, {"of": "boats", "value": 6, "source": "another"}, {"of": "rafts", "value": 0, "source": "one"}],
        "acts": [{"act": "step", "date": "2001-05", "what": "a code", "symbol": "A/RES/55/2"},
            {"act": "step", "date": "2006", "what": "a review", "symbol": "A/RES/61/3"},
            {"act": "decision", "symbol": "A/CONF.1/1", "date": "2005-03-01", "mode": "without-vote",
             "reported": [{"of": "states present", "value": 120, "source": "one"}, {"of": "states present", "value": 90, "source": "another"}]},
            {"act": "decision", "symbol": "A/RES/60/1", "date": "2005-12-01",
             "announced": {"yes": 100, "no": 20, "abstain": 30, "non-voting": 50, "members": 200}}]}"#;

    #[test]
    fn a_share_is_stated_of_those_voting_and_of_the_members_alike() {
        let both = "A/RES/60/1: 100 yes, of 120 voting 83.3 %, of 200 members 50.0 %";
        for (base, relation, percent, expected) in [
            ("voting", "equal", "83.3", "confirmed"),
            (
                "voting",
                "above",
                "83.4",
                "83.3 per cent of those voting yes, not more than 83.4 per cent of those voting yes",
            ),
            ("voting", "below", "83.4", "confirmed"),
            (
                "members",
                "above",
                "50",
                "50.0 per cent of the members yes, not more than 50 per cent of the members yes",
            ),
            ("members", "equal", "50", "confirmed"),
        ] {
            let found = judged(
                DRAFT,
                &format!(
                    r#""assertion": {{"about": "share", "choice": "yes", "base": "{base}", "relation": "{relation}", "percent": "{percent}"}}"#
                ),
            );
            assert_eq!(
                words(&found.standing),
                expected,
                "{base} {relation} {percent}"
            );
            assert_eq!(found.evidence, [both]);
        }
        let abstaining = judged(
            DRAFT,
            r#""assertion": {"about": "share", "choice": "abstain", "base": "voting", "percent": "20"}"#,
        );
        assert_eq!(
            words(&abstaining.standing),
            "not checkable: those who abstain or are absent do not vote"
        );
        assert_eq!(
            abstaining.evidence,
            ["A/RES/60/1: 30 abstain, of 200 members 15.0 %"]
        );
    }

    #[test]
    fn a_figure_on_which_sources_differ_holds_in_part() {
        let figure = |relation: &str, value: u32| {
            let claim = format!(
                r#""assertion": {{"about": "figure", "of": "A/CONF.1/1", "figure": "states present", "relation": "{relation}", "value": {value}}}"#
            );
            words(&judged(DRAFT, &claim).standing)
        };
        assert_eq!(
            figure("equal", 120),
            "inexact: 120 states present (one); but others report 90 states present (another)"
        );
        assert_eq!(figure("above", 80), "confirmed");
        assert_eq!(
            figure("above", 200),
            "120 states present (one); 90 states present (another), not more than 200 states present"
        );
    }

    #[test]
    fn a_comparison_says_what_is_counted_on_either_side() {
        let compared = |left: &str, relation: &str, right: &str| {
            let claim = format!(
                r#""assertion": {{"about": "compared", "left": {left}, "relation": "{relation}", "right": {right}}}"#
            );
            words(&judged(DRAFT, &claim).standing)
        };
        let yes = r#"{"votes": {"choice": "yes"}}"#;
        let no = r#"{"votes": {"of": "A/RES/60/1", "choice": "no"}}"#;
        let present = r#"{"figure": {"of": "A/CONF.1/1", "figure": "states present"}}"#;
        assert_eq!(compared(no, "below", yes), "confirmed");
        assert_eq!(
            compared(yes, "below", no),
            "100 is not fewer than 20, not members that voted yes by recorded vote fewer than members that voted no by recorded vote"
        );
        assert_eq!(
            compared(no, "below", present),
            "inexact: 20 is fewer than 120, 20 is fewer than 90; but different things are counted: members that voted no by \
             recorded vote, and states present at a decision without a vote"
        );
        assert_eq!(
            compared(yes, "below", present),
            "inexact: 100 is fewer than 120; but 100 is not fewer than 90; different things are counted: members that voted yes by \
             recorded vote, and states present at a decision without a vote"
        );
        let ships = r#"{"figure": {"figure": "ships"}}"#;
        assert_eq!(
            compared(ships, "above", r#"{"figure": {"figure": "vessels"}}"#),
            "30,000 is not more than 90,000, not ships more than vessels"
        );
        assert_eq!(compared(ships, "equal", ships), "confirmed");
        assert_eq!(
            compared(yes, "below", r#"{"figure": {"figure": "trains"}}"#),
            "not checkable: the record reports no figure for `trains`"
        );
    }

    #[test]
    fn a_ratio_is_computed_from_the_figures_and_from_the_number_of_the_claim() {
        let ratio = |part: &str, whole: &str, percent: &str| {
            judged(
                DRAFT,
                &format!(
                    r#""assertion": {{"about": "ratio", "part": "{part}", "whole": "{whole}", "percent": "{percent}", "claimed-part": 25000}}"#
                ),
            )
        };
        let third = ratio("ships", "vessels", "33");
        assert_eq!(third.standing, ClaimStanding::Confirmed);
        assert_eq!(
            third.evidence,
            [
                "30,000 ships (a register)",
                "90,000 vessels (a census)",
                "30,000 of 90,000 is 33.3 per cent",
                "25,000 of 90,000 is 27.8 per cent",
            ]
        );
        for (part, whole, percent, expected) in [
            ("ships", "vessels", "34", "33.3 per cent, not 34 per cent"),
            (
                "boats",
                "vessels",
                "1",
                "not checkable: sources differ on `boats`",
            ),
            (
                "ships",
                "rafts",
                "1",
                "not checkable: the record gives no whole to take a share of",
            ),
            (
                "carts",
                "vessels",
                "1",
                "not checkable: the record reports no figure for `carts`",
            ),
        ] {
            assert_eq!(words(&ratio(part, whole, percent).standing), expected);
        }
    }

    #[test]
    fn content_is_judged_by_the_provisions_that_the_record_lists() {
        let port = "objective 1, paragraph 7: ports";
        let river = "paragraph 3: rivers are left out";
        let consent = "principle a, paragraph 6(a): consent";
        let none = "unsupported: none of its 2 objectives and 1 principle provides for it";
        for (assertion, expected, evidence) in [
            (
                r#""provisions": ["objective 1"]"#,
                "confirmed".to_owned(),
                vec![port],
            ),
            (r#""provisions": []"#, none.to_owned(), vec![]),
            (
                r#""against": ["paragraph 3", "principle a"]"#,
                none.to_owned(),
                vec![river, consent],
            ),
            (
                r#""provisions": ["objective 1"], "against": ["paragraph 3"]"#,
                format!("inexact: {port}; but {river}"),
                vec![port, river],
            ),
            (
                r#""provisions": ["objective 2"]"#,
                "not checkable: no source confirms the provision `objective 2`".to_owned(),
                vec![],
            ),
            (
                r#""provisions": ["objective 9"]"#,
                "not checkable: the record has no provision `objective 9`".to_owned(),
                vec![],
            ),
            (
                r#""against": ["article 1"]"#,
                "not checkable: the record has no provision `article 1`".to_owned(),
                vec![],
            ),
        ] {
            let claim = format!(r#""assertion": {{"about": "provides", {assertion}}}"#);
            let found = judged(DRAFT, &claim);
            assert_eq!(words(&found.standing), expected, "{assertion}");
            assert_eq!(found.evidence, evidence, "{assertion}");
        }
        let empty = judged("{}", r#""assertion": {"about": "provides"}"#);
        assert_eq!(
            words(&empty.standing),
            "not checkable: the record lists no provisions"
        );
    }

    #[test]
    fn the_first_of_its_kind_has_no_earlier_act_in_the_record() {
        let first = |rest: &str| {
            let claim = format!(r#""assertion": {{"about": "first", {rest}}}"#);
            words(&judged(DRAFT, &claim).standing)
        };
        assert_eq!(
            first(r#""earlier": ["A/RES/55/2"]"#),
            "A/RES/55/2 of 2001-05 is earlier, not the first"
        );
        assert_eq!(
            first(r#""earlier": ["A/RES/55/2"], "as": "the first treaty""#),
            "inexact: the first treaty; but A/RES/55/2 of 2001-05 is earlier"
        );
        let unknown = "not checkable: the record names no earlier document on the matter, nor that there is none";
        assert_eq!(first(r#""earlier": ["A/RES/61/3"]"#), unknown);
        assert_eq!(first(r#""earlier": []"#), unknown);
        assert_eq!(
            first(r#""earlier": ["A/RES/1/1"]"#),
            "not checkable: the record has no act `A/RES/1/1`"
        );
    }

    #[test]
    fn what_other_sources_say_corroborates_only_what_the_record_does_not_hold() {
        let other = r#""corroborated-by": [{"title": "Daily", "publisher": "An agency", "published": "2005-12-02"}]"#;
        let said = judged(
            DRAFT,
            &format!(r#"{other}, "see": ["principle a", "a speech"]"#),
        );
        assert_eq!(
            words(&said.standing),
            "corroborated: Daily, An agency, 2005-12-02"
        );
        assert_eq!(
            said.evidence,
            ["principle a, paragraph 6(a): consent", "a speech"]
        );
        let count = r#""assertion": {"about": "count", "choice": "no", "value": 21}"#;
        let counted = judged(DRAFT, &format!("{count}, {other}"));
        assert_eq!(words(&counted.standing), "20 no, not 21 no");
        assert_eq!(
            counted.evidence,
            ["A/RES/60/1: 20 no", "Daily, An agency, 2005-12-02"]
        );
    }

    #[test]
    fn what_some_members_chose_holds_whatever_others_did() {
        let record = |list: &str| {
            format!(
                r#"{{"acts": [{{"act": "decision", {list} "ballots": {{"yes": ["FRA"], "no": ["HUN", "POL"]}}}}]}}"#
            )
        };
        let whole = record("");
        let partial = record(r#""partial": true,"#);
        let voters = record(r#""partial": true, "every-vote-listed": true,"#);
        for (record, choice, states, expected) in [
            (&whole, "no", r#"["HUN"]"#, "confirmed"),
            (
                &whole,
                "no",
                r#"["HUN", "FRA"]"#,
                "HUN no, FRA yes, not HUN, FRA no",
            ),
            (&whole, "no", r#"["PER"]"#, "PER not listed, not PER no"),
            (
                &partial,
                "no",
                r#"["PER"]"#,
                "not checkable: the list of the record leaves members out",
            ),
            (&partial, "no", r#"["FRA"]"#, "FRA yes, not FRA no"),
            (&voters, "no", r#"["PER"]"#, "PER not listed, not PER no"),
        ] {
            let claim = format!(
                r#""assertion": {{"about": "voted", "choice": "{choice}", "states": {states}, "among-others": true}}"#
            );
            assert_eq!(
                words(&judged(record, &claim).standing),
                expected,
                "{states}"
            );
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
