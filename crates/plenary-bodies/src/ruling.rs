//! [`Ruling`]: the rule by which a recorded decision is judged, the ground for it, and what comes of it.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::NaiveDate;
use plenary_types::{
    Agreement, BodyId, Choice, Date, Decision, Mode, Nature, Outcome, Participant, Symbol, Tally,
};
use serde::Serialize;

use crate::base::{Base, BaseSource};
use crate::body::Kind;
use crate::counted::Voters;
use crate::electorate::votes_each;
use crate::known::KnownDecision;
use crate::quorum::Quorum;
use crate::record::{Applied, Basis, Undecidable, announced_members, is_short, totals_of_members};
use crate::roster::length;
use crate::{InForce, Library, QuorumUse};
use plenary_decisions::requirement::Side;
use plenary_decisions::{
    Answer, Evaluation, Facts, Name, Reason, Requirement, Standing, Verdict, nearest,
};

/// What is known of a decision beside its own record. Everything is optional: what is left out is not used.
#[derive(Clone, Copy, Debug, Default)]
pub struct Setting<'s> {
    /// Who decided, where the record does not say.
    pub body: Option<&'s BodyId>,
    /// The document that came out or was before the body.
    pub symbol: Option<&'s Symbol>,
    /// The rule of the dataset, for decisions that state none.
    pub rule: Option<&'s str>,
    /// What is known to have come of it, where the record does not say: only an adopted text has the number of a
    /// resolution.
    pub outcome: Option<Outcome>,
    /// The agreement that the decision belongs to: its decisions of other bodies decide what a rule asks of another organ.
    pub agreement: Option<&'s Agreement>,
    /// Decisions of other documents that a record may name beside its own.
    pub others: &'s [Decision],
    /// Other records that a record may name.
    pub records: &'s [Arc<Agreement>],
}

/// What is not known of equally divided votes.
const CHAIR: &str = "the vote of the chair";

/// Why this rule and no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ground<'l> {
    /// The record states it.
    Stated,
    /// The configuration of the dataset states it.
    Dataset,
    /// It follows from the nature of the question, which the record gives.
    Nature(Nature),
    /// It follows from what is known of this decision.
    Known(&'l KnownDecision),
    /// It is the rule for the kind of question that the record states.
    Kind(&'l str),
    /// It is the rule for a kind of question that is decided in this way.
    Mode(&'l str),
    /// It is the rule for a kind of question that is worded so.
    Wording(&'l str),
    /// It is the rule for a kind of question on such a subject.
    Subject(&'l str),
    /// Nothing states it: it is the usual rule of the body.
    Assumed,
}

impl std::fmt::Display for Ground<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Stated => f.write_str("stated by the record"),
            Self::Dataset => f.write_str("stated by the configuration"),
            Self::Nature(Nature::Procedural) => {
                f.write_str("the record says that the matter was procedural")
            }
            Self::Nature(Nature::Substantive) => {
                f.write_str("the record says that the matter was substantive")
            }
            Self::Known(known) => {
                let doubt = if known.unverified {
                    " (unverified)"
                } else {
                    ""
                };
                write!(f, "{}: {}{doubt}", known.reason, known.source)
            }
            Self::Kind(kind) => write!(
                f,
                "the record says that the question is of the kind `{kind}`"
            ),
            Self::Mode(kind) => write!(f, "questions so decided are of the kind `{kind}`"),
            Self::Wording(kind) => write!(f, "questions so worded are of the kind `{kind}`"),
            Self::Subject(kind) => write!(f, "questions on this subject are of the kind `{kind}`"),
            Self::Assumed => {
                f.write_str("assumed: neither the record nor the configuration states the rule")
            }
        }
    }
}

/// A recorded decision and the rules that it can have been taken by.
///
/// ```
/// use plenary_bodies::{Library, Setting};
/// use plenary_decisions::Verdict;
/// use plenary_types::{AnnouncedTally, BodyId, Decision};
///
/// let vote = Decision {
///     body: Some(BodyId::UNGA),
///     date: "1991-12-16".parse().ok(),
///     announced: AnnouncedTally { yes: Some(60), no: Some(40), ..AnnouncedTally::default() },
///     ..Decision::default()
/// };
/// let ruling = Library::embedded().ruling(&vote, &Setting::default())?;
/// assert_eq!(ruling.verdict(), Verdict::Adopted);
/// assert!(ruling.is_assumed());
/// let [important] = ruling.alternatives().try_into().expect("two thirds for important questions");
/// assert_eq!(important.verdict, Verdict::Rejected);
/// # Ok::<(), plenary_bodies::Undecidable>(())
/// ```
#[derive(Clone, Debug)]
pub struct Ruling<'l> {
    ground: Ground<'l>,
    rule: Applied<'l>,
    alternatives: Vec<Applied<'l>>,
    base: Option<Base>,
    /// Whether more ballots are counted than the base has members, so that it cannot be used.
    surplus: bool,
    standing: Standing<'l>,
    outcome: Option<Outcome>,
    /// What the chair voted, where its vote decides a tie.
    chair: Option<Choice>,
    left_out: Vec<Participant>,
    quorum: Option<Quorum<'l>>,
}

/// A rule that may have applied instead, and what it makes of the votes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Alternative {
    /// Its identifier in the library, else the requirement.
    pub rule: String,
    /// What it is, in words.
    pub title: String,
    /// The article or the rule of procedure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Its verdict.
    pub verdict: Verdict,
    /// Whether that is another verdict than the one that is given.
    pub changes: bool,
}

impl Alternative {
    /// What a rule makes of the votes beside the verdict that is given.
    #[must_use]
    pub fn new(rule: &Applied<'_>, verdict: Verdict, given: Verdict) -> Self {
        let (id, source) = match rule {
            Applied::Rule(rule) => {
                let doubt = if rule.rule.unverified {
                    " (unverified)"
                } else {
                    ""
                };
                (
                    rule.rule.id.clone(),
                    Some(format!("{}{doubt}", rule.rule.source)),
                )
            }
            Applied::Stated(requirement, _) => (requirement.to_string(), None),
        };
        Self {
            rule: id,
            title: rule.title(),
            source,
            verdict,
            changes: verdict != given,
        }
    }
}

impl<'l> Ruling<'l> {
    /// Why this rule.
    #[must_use]
    pub const fn ground(&self) -> Ground<'l> {
        self.ground
    }

    /// Whether neither the record nor the configuration nor what is known of the decision states the rule.
    #[must_use]
    pub const fn is_assumed(&self) -> bool {
        matches!(self.ground, Ground::Assumed)
    }

    /// The rule.
    #[must_use]
    pub const fn rule(&self) -> &Applied<'l> {
        &self.rule
    }

    /// The rule and those that may have applied instead.
    pub fn rules(&self) -> impl Iterator<Item = &Applied<'l>> {
        std::iter::once(&self.rule).chain(&self.alternatives)
    }

    /// The number of members that the verdict counts with, where one is known.
    #[must_use]
    pub const fn base(&self) -> Option<Base> {
        self.base
    }

    /// The votes.
    #[must_use]
    pub const fn standing(&self) -> &Standing<'l> {
        &self.standing
    }

    /// Those on the list whose ballots do not count, as they are no members or do not take part, in the order of the list.
    #[must_use]
    pub fn left_out(&self) -> &[Participant] {
        &self.left_out
    }

    /// What the body asks of a vote before it can decide, on the days in question, and whether these votes show that it was met;
    /// nothing where no quorum is on record.
    ///
    /// A quorum is a requirement of its own: a vote without it is void, whatever the rule makes of it. It asks who was present, and a
    /// list says who voted or abstained: where those are too few, others may have been present without voting, unless the record says
    /// how many attended. A quorum that the record shows to be lacking makes the verdict; one that is not confirmed by a source does
    /// so only where the record says that the vote was void.
    ///
    /// ```
    /// use plenary_bodies::{Library, Setting};
    /// use plenary_decisions::Verdict;
    /// use plenary_types::{AnnouncedTally, BodyId, Decision};
    ///
    /// let vote = |yes| Decision {
    ///     body: Some(BodyId::UNGA),
    ///     date: "2018-12-19".parse().ok(),
    ///     announced: AnnouncedTally { yes: Some(yes), no: Some(5), ..AnnouncedTally::default() },
    ///     ..Decision::default()
    /// };
    /// let quorum = |yes, attending| {
    ///     let vote = Decision { attending, ..vote(yes) };
    ///     let ruling = Library::embedded().ruling(&vote, &Setting::default()).unwrap();
    ///     ruling.quorum().unwrap().1.verdict
    /// };
    /// assert_eq!(quorum(152, None), Verdict::Adopted);
    /// assert_eq!(quorum(50, None), Verdict::Undetermined);
    /// assert_eq!((quorum(50, Some(96)), quorum(50, Some(97))), (Verdict::Rejected, Verdict::Adopted));
    /// ```
    #[must_use]
    pub fn quorum(&self) -> Option<(Quorum<'l>, Evaluation)> {
        let quorum = self.quorum?;
        Some((quorum, quorum.evaluate(&self.standing)))
    }

    /// Whether the vote counts for nothing, as the record shows that there was no quorum.
    #[must_use]
    pub fn lacks_quorum(&self) -> bool {
        let said = self.outcome == Some(Outcome::Void);
        self.quorum.is_some_and(|quorum| {
            quorum.is_lacking() || (said && quorum.verdict == Verdict::Rejected)
        })
    }

    /// The verdict. Where the rule is assumed, its result contradicts what is known to have come of the decision, and a rule
    /// that may have applied instead agrees with it, the verdict is undetermined: the rule is what is not known.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let verdict = self.verdict_of(&self.rule);
        if self.depends_on_the_rule(verdict) || self.depends_on_the_quorum(verdict) {
            Verdict::Undetermined
        } else {
            verdict
        }
    }

    fn verdict_of(&self, rule: &Applied<'_>) -> Verdict {
        if self.lacks_quorum() {
            return Verdict::Rejected;
        }
        self.verdict_by(rule, &self.standing)
    }

    /// The verdict of a rule on votes: where they are divided equally and the chair then decides, its vote. Where the record calls the
    /// decision adopted and does not say how the chair voted, that is what is not known.
    #[must_use]
    pub fn verdict_by(&self, rule: &Applied<'_>, standing: &Standing<'_>) -> Verdict {
        match self.chair {
            _ if !rule.is_tied_for_the_chair(standing) => rule.verdict(standing),
            Some(Choice::Yes) => Verdict::Adopted,
            None if self.outcome == Some(Outcome::Adopted) => Verdict::Undetermined,
            _ => rule.verdict(standing),
        }
    }

    /// Whether the record says that the vote was void, where the votes alone would have adopted: whether enough took part is then
    /// what the verdict depends on, and a list does not show it.
    fn depends_on_the_quorum(&self, verdict: Verdict) -> bool {
        self.outcome == Some(Outcome::Void) && verdict == Verdict::Adopted
    }

    /// What does not follow from a record that calls its vote void, and what would have to be known.
    fn why_void(&self) -> (&'static str, &'static str) {
        let was_there = |quorum: Quorum<'_>| quorum.verdict == Verdict::Adopted;
        match self.quorum.is_some_and(was_there) {
            true => (
                "there was a quorum, so that the reason is not known",
                "why the vote was void",
            ),
            false => (
                "whether there was a quorum does not follow from the votes",
                "whether there was a quorum",
            ),
        }
    }

    fn depends_on_the_rule(&self, verdict: Verdict) -> bool {
        let Some(outcome) = self.outcome.filter(|outcome| verdict.contradicts(*outcome)) else {
            return false;
        };
        let agrees = |rule: &Applied<'_>| self.verdict_of(rule).agrees_with(outcome);
        self.alternatives.iter().any(agrees)
    }

    /// The verdict with its reasons.
    #[must_use]
    pub fn evaluation(&self) -> Evaluation {
        if let Some(quorum) = self.quorum.filter(|_| self.lacks_quorum()) {
            return Evaluation {
                verdict: Verdict::Rejected,
                reasons: quorum.reason(&self.standing),
            };
        }
        let mut evaluation = self.rule.evaluate(&self.standing);
        let verdict = self.verdict_of(&self.rule);
        if verdict != evaluation.verdict {
            let tied = "the votes are divided equally, and";
            let reasons = match self.chair {
                Some(_) => Reason::decided(Answer::Met, format!("{tied} the chair votes yes")),
                None => Reason::unknown(
                    format!("{tied} how the chair voted is not recorded"),
                    CHAIR.to_owned(),
                ),
            };
            evaluation = Evaluation { verdict, reasons };
        }
        if self.depends_on_the_quorum(evaluation.verdict) {
            let (why, missing) = self.why_void();
            let sentence = format!(
                "the record says that the vote was void, and {why}: {}",
                evaluation.reasons.deciding()
            );
            return Evaluation {
                verdict: Verdict::Undetermined,
                reasons: Reason::unknown(sentence, missing.to_owned()),
            };
        }
        if !self.depends_on_the_rule(evaluation.verdict) {
            return evaluation;
        }
        let sentence = format!(
            "the rule is not stated, and the outcome on record does not follow from the usual one: {}",
            evaluation.reasons.deciding()
        );
        Evaluation {
            verdict: Verdict::Undetermined,
            reasons: Reason::unknown(sentence, "the rule that was applied".to_owned()),
        }
    }

    /// What the rules that may have applied instead make of the votes.
    #[must_use]
    pub fn alternatives(&self) -> Vec<Alternative> {
        let given = self.verdict();
        let judged = self.alternatives.iter();
        let judged = judged.map(|rule| Alternative::new(rule, self.verdict_of(rule), given));
        judged.collect()
    }

    /// Why there is no verdict, where there is none.
    #[must_use]
    pub fn undecided(&self) -> Option<Undecidable> {
        let verdict = self.verdict_of(&self.rule);
        if self.depends_on_the_rule(verdict) {
            return Some(Undecidable::Rule);
        }
        if self.depends_on_the_quorum(verdict) {
            return Some(Undecidable::Missing {
                what: vec![self.why_void().1.to_owned()],
            });
        }
        if verdict != Verdict::Undetermined {
            return None;
        }
        if self.chair.is_none() && self.rule.is_tied_for_the_chair(&self.standing) {
            return Some(Undecidable::Missing {
                what: vec![CHAIR.to_owned()],
            });
        }
        if self.standing.has_open() {
            return Some(Undecidable::Extract);
        }
        if let Some(base) = self.base.filter(|_| self.surplus) {
            let counted = self.standing.tally().members().unwrap_or(u32::MAX);
            return Some(Undecidable::Surplus {
                counted,
                members: base.members,
            });
        }
        Some({
            let evaluation = self.rule.evaluate(&self.standing);
            let missing = evaluation.missing().into_iter().map(str::to_owned);
            Undecidable::Missing {
                what: missing.collect(),
            }
        })
    }
}

/// The body and the days of a decision: the first and the last that its date can mean.
struct Occasion<'d> {
    body: &'d BodyId,
    first: NaiveDate,
    last: NaiveDate,
}

impl Library {
    /// Decides a recorded decision by its own record alone, with reasons: [`Library::ruling`] without a [`Setting`].
    ///
    /// # Errors
    ///
    /// [`Undecidable`] when there was no vote, or nothing to decide it by.
    ///
    /// ```
    /// use plenary_bodies::Library;
    /// use plenary_decisions::Verdict;
    /// use plenary_types::{AnnouncedTally, BodyId, Decision};
    ///
    /// let vote = Decision {
    ///     body: Some(BodyId::UNGA),
    ///     date: "2018-12-19".parse().ok(),
    ///     announced: AnnouncedTally { yes: Some(152), no: Some(5), ..AnnouncedTally::default() },
    ///     ..Decision::default()
    /// };
    /// let evaluation = Library::embedded().decide(&vote)?;
    /// assert_eq!(evaluation.verdict, Verdict::Adopted);
    /// # Ok::<(), plenary_bodies::Undecidable>(())
    /// ```
    pub fn decide(&self, decision: &Decision) -> Result<Evaluation, Undecidable> {
        Ok(self.ruling(decision, &Setting::default())?.evaluation())
    }

    /// The verdict on a recorded decision, without reasons.
    ///
    /// # Errors
    ///
    /// As [`Library::decide`].
    pub fn verdict(&self, decision: &Decision) -> Result<Verdict, Undecidable> {
        Ok(self.ruling(decision, &Setting::default())?.verdict())
    }

    /// The rule that a recorded decision is judged by, and those that may have applied instead:
    ///
    /// 1. the rule that the record states, else that of the dataset;
    /// 2. the rule for the kind of question that the record states;
    /// 3. the rule that follows from what is known of this very decision;
    /// 4. the rule for the nature of the question, where the record gives it;
    /// 5. the rule for a kind of question that is decided in this mode, is worded so, or is on such a subject;
    /// 6. else the usual rule of the body, which is an assumption.
    ///
    /// A decision by silence is judged by its objections: by the rule that the record states, else by that of a kind whose mode is
    /// silence; else one objection breaks it, which is an assumption. Without a word on objections nothing was decided by them.
    ///
    /// A kind that is one of the kind found, for the scope or a subject of the question, takes its place on the days on which it
    /// has a rule. A rule that was applied beside the law stands behind it.
    ///
    /// The number of members is that of those who take part, by the record; else that of the roster or of the law; failing that,
    /// the announced one; failing that, the length of a complete list. Ballots of others than members do not count
    /// ([`Ruling::left_out`]).
    ///
    /// # Errors
    ///
    /// [`Undecidable`] when there was no vote, nothing to decide it by, or no rule is known.
    pub fn ruling<'l>(
        &'l self,
        decision: &Decision,
        setting: &Setting<'_>,
    ) -> Result<Ruling<'l>, Undecidable> {
        let resolved = self.resolved(decision, setting)?;
        let decision = &*resolved;
        let among_members = self.among_members(decision, setting);
        let decision = among_members
            .as_ref()
            .map_or(decision, |members| &members.decision);
        let by_silence = decision.mode == Mode::Silence;
        let basis = match &decision.objections {
            Some(objections) if by_silence => Votes::Objections(objections),
            _ => Votes::Cast(Basis::from_decision(decision)?),
        };
        let (ground, rules) = self.candidates(decision, setting)?;
        let base = self.base(decision, setting);
        let mut by_names = true;
        let (mut standing, base) = match basis {
            Votes::Objections(objections) => (objected(objections, base), base),
            Votes::Cast(basis) => {
                let basis = basis.in_body(base, decision);
                by_names = !matches!(basis, Basis::Totals { .. });
                basis.standing_of(base)?
            }
        };
        let surplus = base.is_some_and(|base| standing.members() != Some(base.members));
        if let Some(date) = decision.date {
            standing = match by_silence {
                // The time for objections runs from its first day, and the decision falls on its last.
                true => standing.proposed(date.earliest()).on(date.latest()),
                false => standing.on(date.earliest()),
            };
        }
        if let Some(attending) = decision.attending {
            standing = standing.with_attending(attending);
        }
        for (organ, votes) in self.organs_of(decision, &rules, setting) {
            standing = standing.with_organ(organ, votes);
        }
        // Nobody meets for a silence.
        let quorum = self
            .quorum_of(decision, setting, &rules)
            .filter(|_| !by_silence);
        let quorum = quorum.map(|rule| Quorum::new(rule, decision, &standing));
        let mut rules = rules.into_iter();
        let rule = rules.next().ok_or_else(|| no_occasion(decision, setting))?;
        Ok(Ruling {
            ground,
            rule,
            alternatives: rules.collect(),
            base,
            surplus,
            standing,
            outcome: decision.outcome.or(setting.outcome),
            chair: decision.chair.map(|chair| chair.choice),
            quorum,
            // Totals hold whatever was counted at the time.
            left_out: among_members
                .filter(|_| by_names)
                .map(|members| members.left_out)
                .unwrap_or_default(),
        })
    }

    /// The rules of a body on a day for a kind of question, or a subject: first the one that applies, behind it those that may
    /// apply instead. Without a kind it is the usual rule of the body, which is an assumption.
    ///
    /// ```
    /// use plenary_bodies::{Applied, Library};
    /// use plenary_types::BodyId;
    ///
    /// let day = "2018-12-19".parse()?;
    /// let titles = |kind| Library::embedded().rules_on(&BodyId::UNGA, kind, day).iter().map(Applied::title).collect::<Vec<_>>();
    /// assert_eq!(titles(Some("important")).len(), 1);
    /// assert_eq!(titles(None).len(), 2);
    /// assert!(titles(Some("weather")).is_empty());
    /// # Ok::<(), chrono::ParseError>(())
    /// ```
    #[must_use]
    pub fn rules_on(&self, body: &BodyId, kind: Option<&str>, on: NaiveDate) -> Vec<Applied<'_>> {
        let at = Occasion {
            body,
            first: on,
            last: on,
        };
        let known = self.body(body.as_str());
        let named = match kind {
            None => known.and_then(|body| body.default_kind()),
            Some(stated) => self.kind(&at, stated),
        };
        named.map_or_else(Vec::new, |named| self.of_kind(&at, named, kind.is_none()))
    }

    /// The rule with its ground, and the alternatives behind it.
    fn candidates<'l>(
        &'l self,
        decision: &Decision,
        setting: &Setting<'_>,
    ) -> Result<(Ground<'l>, Vec<Applied<'l>>), Undecidable> {
        let body = decision.body.as_ref().or(setting.body);
        let occasion = body.zip(decision.date).map(|(body, date)| Occasion {
            body,
            first: date.earliest(),
            last: date.latest(),
        });
        let by_silence = decision.mode == Mode::Silence;
        for (text, ground) in [
            (decision.rule.as_deref(), Ground::Stated),
            (setting.rule.filter(|_| !by_silence), Ground::Dataset),
        ] {
            if let Some(text) = text {
                return Ok((ground, self.stated(text, occasion.as_ref(), decision.date)?));
            }
        }
        if by_silence {
            return Ok(self.silence(occasion.as_ref()));
        }
        let occasion = occasion.ok_or_else(|| no_occasion(decision, setting))?;
        let symbol = decision
            .symbol
            .as_ref()
            .and_then(plenary_types::Citation::symbol);
        let symbol = symbol.or(setting.symbol);
        if let Some(stated) = &decision.question.kind {
            let none = || Undecidable::Kind {
                body: occasion.body.to_string(),
                kind: stated.to_string(),
                nearest: self.nearest_to(occasion.body),
            };
            let kind = self.kind(&occasion, stated.as_str()).ok_or_else(none)?;
            let kind = self.special(&occasion, kind, decision, setting);
            let rules = self.of_kind(&occasion, kind, false);
            return match rules.is_empty() {
                true => Err(none()),
                false => Ok((Ground::Kind(kind), rules)),
            };
        }
        let known = symbol.and_then(|symbol| self.known_decision(occasion.body, symbol));
        let known = known.filter(|_| decision.question.nature.is_none());
        if let Some(known) = known {
            if let Some(rule) = &known.rule {
                return Ok((
                    Ground::Known(known),
                    self.stated(rule, Some(&occasion), decision.date)?,
                ));
            }
            if let Some(nature) = known.nature {
                let rules = self.of_kind(&occasion, self.of_nature(&occasion, nature), false);
                if !rules.is_empty() {
                    return Ok((Ground::Known(known), rules));
                }
            }
        }
        let nature = decision.question.nature;
        let nature =
            nature.map(|nature| (Ground::Nature(nature), self.of_nature(&occasion, nature)));
        let mode = self.of_mode(&occasion, decision.mode);
        let mode = mode.map(|kind| (Ground::Mode(kind), kind));
        let wording = self.worded(&occasion, decision);
        let wording = wording.map(|kind| (Ground::Wording(kind), kind));
        let subject =
            subjects(setting).find_map(|subject| self.kind_of_subject(&occasion, subject));
        let subject = subject.map(|kind| (Ground::Subject(kind), kind));
        for (ground, kind) in [nature, mode, wording, subject].into_iter().flatten() {
            let kind = self.special(&occasion, kind, decision, setting);
            let rules = self.of_kind(&occasion, kind, false);
            if !rules.is_empty() {
                return Ok((ground, rules));
            }
        }
        let usual = self.body(occasion.body.as_str());
        let usual = usual.and_then(|body| body.default_kind());
        let usual = usual.map(|usual| self.special(&occasion, usual, decision, setting));
        let rules = usual.map_or_else(Vec::new, |usual| self.of_kind(&occasion, usual, true));
        if rules.is_empty() {
            return Err(Undecidable::NoRule {
                body: occasion.body.to_string(),
                nearest: self.nearest_to(occasion.body),
            });
        }
        Ok((Ground::Assumed, rules))
    }

    /// The body on record that a misspelt identifier may mean.
    fn nearest_to(&self, body: &BodyId) -> Option<String> {
        let ids = self.bodies().iter().map(|body| body.id().as_str());
        let nearest = nearest(body.as_str(), ids).filter(|_| self.body(body.as_str()).is_none())?;
        Some(nearest.to_owned())
    }

    /// The rule of a decision by silence: of the kind of which questions are that are so decided; else one objection breaks it.
    fn silence(&self, occasion: Option<&Occasion<'_>>) -> (Ground<'_>, Vec<Applied<'_>>) {
        let of_kind = occasion.and_then(|at| {
            let kind = self.of_mode(at, Mode::Silence)?;
            let rules = self.of_kind(at, kind, false);
            (!rules.is_empty()).then_some((Ground::Mode(kind), rules))
        });
        of_kind.unwrap_or_else(|| {
            let facts = occasion.map(|at| self.facts(at.body.as_str(), at.last));
            let nobody = Requirement::nobody(None, Side::Against);
            let rule = Applied::Stated(nobody, facts.unwrap_or(Facts::NONE));
            (Ground::Assumed, vec![rule])
        })
    }

    /// The kind of which questions are that are decided in a mode, where it has a rule on the day.
    fn of_mode<'l>(&'l self, at: &Occasion<'_>, mode: Mode) -> Option<&'l str> {
        let mut kinds = self.body(at.body.as_str())?.kinds().iter();
        let kind = kinds.find(|kind| {
            let mut versions = self.versions_on(at.body.as_str(), &kind.id, at.first);
            kind.mode == Some(mode) && versions.next().is_some()
        });
        kind.map(|kind| kind.id.as_str())
    }

    /// The quorum that a body needs to decide, on the first day that a date can mean, and whether the question may be of a kind
    /// that does not need it. Where the quorum is that of one kind, nothing else needs it.
    fn quorum_of(
        &self,
        decision: &Decision,
        setting: &Setting<'_>,
        rules: &[Applied<'_>],
    ) -> Option<(InForce<'_>, bool)> {
        let body = self.body(decision.body.as_ref().or(setting.body)?.as_str())?;
        let day = decision.date?.earliest();
        let quorum = self.quorum(body.id().as_str(), QuorumUse::Decide, day)?;
        let Some(of) = body.kind(&quorum.rule.kind)?.of.as_deref() else {
            return Some((quorum, false));
        };
        let needs_it = |rule: &Applied<'_>| match rule {
            Applied::Rule(rule) if rule.rule.body == body.id().as_str() => {
                let kind = &*rule.rule.kind;
                let place_of = || body.kind(kind).and_then(|kind| kind.of.as_deref());
                kind == of || place_of() == Some(of)
            }
            _ => false,
        };
        let (first, others) = rules.split_first()?;
        needs_it(first).then(|| (quorum, !others.iter().all(needs_it)))
    }

    /// The quorum of a body on a day, be it of all its questions or, as `of` of its kind says, of those of one kind.
    #[must_use]
    pub fn quorum(&self, body: &str, used: QuorumUse, on: NaiveDate) -> Option<InForce<'_>> {
        let mut kinds = self.body(body)?.kinds().iter();
        let kind = kinds.find(|kind| kind.quorum == Some(used))?;
        self.rule_for(body, &kind.id, on)
    }

    /// The kind of a body that a record states: by its identifier, else by a subject.
    fn kind<'l>(&'l self, at: &Occasion<'_>, stated: &str) -> Option<&'l str> {
        let body = self.body(at.body.as_str())?;
        let kind = body.kind(stated).filter(|kind| kind.is_question);
        let named = kind.map(|kind| kind.id.as_str());
        named.or_else(|| self.kind_of_subject(at, stated))
    }

    fn kind_of_subject<'l>(&'l self, at: &Occasion<'_>, subject: &str) -> Option<&'l str> {
        let body = self.body(at.body.as_str())?;
        let kinds = body.kinds_of_subject(subject);
        self.with_rule(at, kinds)
    }

    /// The first of some kinds that has a rule on the day, else the first.
    fn with_rule<'l>(
        &'l self,
        at: &Occasion<'_>,
        kinds: impl Iterator<Item = &'l Kind>,
    ) -> Option<&'l str> {
        let mut first = None;
        for kind in kinds {
            first = first.or(Some(&*kind.id));
            let mut versions = self.versions_on(at.body.as_str(), &kind.id, at.first);
            if versions.next().is_some() {
                return Some(&kind.id);
            }
        }
        first
    }

    /// The kind of questions of that nature in a body.
    fn of_nature<'l>(&'l self, at: &Occasion<'_>, nature: Nature) -> &'l str {
        let kinds = self
            .body(at.body.as_str())
            .into_iter()
            .flat_map(|body| body.kinds());
        let kind = self.with_rule(at, kinds.filter(|kind| kind.nature == Some(nature)));
        kind.unwrap_or(category(nature))
    }

    /// The kind of which the questions begin as this one is worded; the longest beginning counts.
    fn worded<'l>(&'l self, at: &Occasion<'_>, decision: &Decision) -> Option<&'l str> {
        let asked = decision.question.text.as_deref()?;
        let kinds = self.body(at.body.as_str())?.kinds().iter();
        let has_rule = |kind: &Kind| {
            let mut versions = self.versions_on(at.body.as_str(), &kind.id, at.first);
            versions.next().is_some()
        };
        let kinds = kinds.filter(|kind| !kind.secret && has_rule(kind));
        let begins = kinds.flat_map(|kind| {
            let begins = kind
                .asked_as
                .iter()
                .filter(|begin| asked.starts_with(begin.as_str()));
            begins.map(|begin| (begin.len(), kind.id.as_str()))
        });
        begins
            .max_by_key(|(length, _)| *length)
            .map(|(_, kind)| kind)
    }

    /// The kind that takes the place of another for the scope or a subject of the question, where it has a rule on the day.
    fn special<'l>(
        &'l self,
        at: &Occasion<'_>,
        kind: &'l str,
        decision: &Decision,
        setting: &Setting<'_>,
    ) -> &'l str {
        let kinds = self
            .body(at.body.as_str())
            .into_iter()
            .flat_map(|body| body.kinds());
        let mut special = kinds.filter(|special| {
            let of_subject =
                || subjects(setting).any(|subject| special.subjects.iter().any(|s| s == subject));
            special.of.as_deref() == Some(kind)
                && special.is_question
                && (special.scopes.contains(&decision.question.scope) || of_subject())
                && self
                    .versions_on(at.body.as_str(), &special.id, at.first)
                    .next()
                    .is_some()
        });
        special.next().map_or(kind, |special| &special.id)
    }

    /// A rule that a record or a configuration states: one of the library, in every version that was in force on the days
    /// in question, or a requirement written out.
    fn stated<'l>(
        &'l self,
        text: &str,
        occasion: Option<&Occasion<'_>>,
        date: Option<Date>,
    ) -> Result<Vec<Applied<'l>>, Undecidable> {
        let mut rules = Vec::new();
        for day in date
            .iter()
            .flat_map(|date| [date.earliest(), date.latest()])
        {
            add(&mut rules, self.rule(text, day).map(Applied::Rule));
        }
        if !rules.is_empty() {
            return Ok(rules);
        }
        if self.rules().iter().any(|rule| rule.is_called(text)) {
            return Err(Undecidable::NotInForce {
                rule: text.to_owned(),
            });
        }
        let facts = occasion.map(|at| self.facts(at.body.as_str(), at.first));
        match text.parse() {
            Ok(requirement) => Ok(vec![Applied::Stated(
                requirement,
                facts.unwrap_or(Facts::NONE),
            )]),
            Err(fault) => Err(Undecidable::Stated {
                rule: text.to_owned(),
                fault,
            }),
        }
    }

    /// The rules of a kind of question on the days in question: that of the first day, that of the last day if it is another, and
    /// those that the data name beside it.
    fn of_kind(&self, at: &Occasion<'_>, kind: &str, assumed: bool) -> Vec<Applied<'_>> {
        let mut rules = Vec::new();
        for kind in std::iter::once(kind).chain(self.beside(at.body.as_str(), kind, assumed)) {
            let last = (at.last != at.first).then_some(at.last);
            for day in std::iter::once(at.first).chain(last) {
                let versions = || self.versions_on(at.body.as_str(), kind, day);
                let (law, practice) = (
                    || versions().filter(|v| !v.rule.practice),
                    || versions().filter(|v| v.rule.practice),
                );
                for version in law().chain(practice()) {
                    add(&mut rules, Some(Applied::Rule(version)));
                }
            }
            if rules.is_empty() {
                break;
            }
        }
        rules
    }

    /// The votes in the organs that the rules name, by the decisions of the same agreement: of the body itself, this one.
    fn organs_of<'l>(
        &'l self,
        decision: &Decision,
        rules: &[Applied<'_>],
        setting: &Setting<'_>,
    ) -> Vec<(Name, Standing<'l>)> {
        let named: Vec<_> = rules
            .iter()
            .flat_map(|rule| rule.requirement().organs())
            .collect();
        if named.is_empty() {
            return Vec::new();
        }
        let organs = self.bodies_of_organs(rules, named);
        let votes = organs.into_iter().filter_map(|(name, body)| {
            let own = decision.body.as_ref().or(setting.body);
            let is_own = body.is_some_and(|body| own.is_some_and(|own| own.as_str() == body));
            let of_body = |other: &Decision| {
                body.is_none_or(|body| other.body.as_ref().is_some_and(|of| of.as_str() == body))
            };
            let others = || {
                setting
                    .agreement
                    .into_iter()
                    .flat_map(Agreement::decisions)
                    .map(|(_, other)| other)
            };
            let elsewhere = || setting.others.iter();
            let other = match decision.with.get(name.as_str()) {
                Some(reference) => {
                    let is_it = |other: &&Decision| reference.names(other);
                    let by_record = || {
                        let is_elsewhere = !reference.is_local();
                        let mut records = setting.records.iter().filter(|_| is_elsewhere);
                        records.find_map(|record| Some(reference.find(record)?.1))
                    };
                    others()
                        .find(is_it)
                        .or_else(|| elsewhere().find(is_it))
                        .or_else(by_record)
                        .filter(|other| of_body(other))
                }
                None if is_own => Some(decision),
                None => body.and_then(|_| others().find(|other| of_body(other))),
            }?;
            let body = body.or_else(|| other.body.as_ref().map(BodyId::as_str));
            Some((
                name,
                self.votes_in(body.unwrap_or_default(), other, setting)?,
            ))
        });
        votes.collect()
    }

    /// The bodies that the organs of some rules are: as the kind of question of a rule says, else by the name that rules of other
    /// kinds use. An organ of which nothing says so is whatever body the record names for it.
    fn bodies_of_organs<'l>(
        &'l self,
        rules: &[Applied<'_>],
        named: Vec<&Name>,
    ) -> Vec<(Name, Option<&'l str>)> {
        let mut organs: Vec<(Name, Option<&str>)> = Vec::new();
        for name in named {
            let of_kind = rules.iter().find_map(|rule| match rule {
                Applied::Rule(rule) => {
                    let kind = self.body(&rule.rule.body)?.kind(&rule.rule.kind)?;
                    kind.organs.get(name).map(BodyId::as_str)
                }
                Applied::Stated(..) => None,
            });
            let by_name = || {
                self.organs()
                    .find(|(known, _)| *known == name)
                    .map(|(_, body)| body)
            };
            if !organs.iter().any(|(known, _)| known == name) {
                organs.push((name.clone(), of_kind.or_else(by_name)));
            }
        }
        organs
    }

    /// The votes of another body, with its own groups and number of members.
    fn votes_in<'l>(
        &'l self,
        body: &str,
        decision: &Decision,
        setting: &Setting<'_>,
    ) -> Option<Standing<'l>> {
        let resolved = self.resolved(decision, setting).ok()?;
        let among_members = self.among_members(&resolved, setting);
        let decision = among_members
            .as_ref()
            .map_or(&*resolved, |members| &members.decision);
        let is_broken = decision.mode == Mode::Silence
            && decision
                .objections
                .as_ref()
                .is_some_and(|who| !who.is_empty());
        let standing = match Basis::from_decision(decision) {
            Ok(basis) => {
                let base = self.base(decision, setting);
                basis.in_body(base, decision).standing_of(base).ok()?.0
            }
            Err(Undecidable::NoVote)
                if matches!(decision.outcome, None | Some(Outcome::Adopted))
                    && (!is_broken || decision.outcome.is_some()) =>
            {
                Standing::without_vote()
            }
            Err(_) => return None,
        };
        let standing = match decision.attending {
            Some(attending) => standing.with_attending(attending),
            None => standing,
        };
        let Some(day) = decision.date.map(Date::earliest) else {
            return Some(standing);
        };
        Some(standing.on(day).with_default_facts(self.facts(body, day)))
    }

    /// The number of members: by roster or law, as announced, or as listed.
    fn base(&self, decision: &Decision, setting: &Setting<'_>) -> Option<Base> {
        if !decision.taking_part.listed().is_empty() {
            return Some(Base {
                members: length(decision.taking_part.listed().len()),
                from: BaseSource::TakingPart,
            });
        }
        let body = decision.body.as_ref().or(setting.body);
        let roster = || {
            let (body, date) = (self.body(body?.as_str())?, decision.date?);
            let range = body.roster()?.count_range(date)?;
            let each = votes_each(body);
            let (least, most) = (range.start(), range.end());
            let votes = (least.saturating_mul(each), most.saturating_mul(each));
            Some((votes, BaseSource::Roster))
        };
        let known = roster().or_else(|| {
            let (body, date) = (self.body(body?.as_str())?, decision.date?);
            let first = body.seats_on(date.earliest())?;
            let last = body.seats_on(date.latest())?;
            let least = *first.start().min(last.start());
            Some(((least, *first.end().max(last.end())), BaseSource::Law))
        });
        let totals = totals_of_members(decision);
        let announced = || announced_members(&totals);
        let listed = || {
            let list = decision.ballots.as_ref().filter(|_| !decision.partial)?;
            let is_whole = !list.is_empty() && !is_short(list, &totals);
            is_whole.then(|| list.tally().members())?
        };
        let of_record: [(&dyn Fn() -> Option<u32>, _); 2] = [
            (&announced, BaseSource::Announced),
            (&listed, BaseSource::List),
        ];
        let mut of_record = of_record
            .into_iter()
            .filter_map(|(members, from)| members().map(|members| Base { members, from }));
        match known {
            Some(((least, most), from)) if least == most => Some(Base {
                members: least,
                from,
            }),
            Some(((least, most), _)) => {
                of_record.find(|base| (least..=most).contains(&base.members))
            }
            None => of_record.next(),
        }
    }
}

/// What of body and date is not known.
fn no_occasion(decision: &Decision, setting: &Setting<'_>) -> Undecidable {
    let has_body = decision.body.is_some() || setting.body.is_some();
    match (has_body, decision.date) {
        (true, _) => Undecidable::NoDate,
        (false, Some(_)) => Undecidable::NoBody,
        (false, None) => Undecidable::NoBodyNorDate,
    }
}

/// The subjects of the agreement that a decision belongs to.
fn subjects<'s>(setting: &Setting<'s>) -> impl Iterator<Item = &'s str> + use<'s> {
    let subjects = setting
        .agreement
        .into_iter()
        .flat_map(|agreement| &agreement.subjects);
    subjects.map(String::as_str)
}

/// What was cast: votes, or objections to a silent decision.
enum Votes<'d> {
    Cast(Basis<'d>),
    Objections(&'d [Participant]),
}

/// How a question stands to which nobody but these objected.
fn objected(objections: &[Participant], base: Option<Base>) -> Standing<'static> {
    let mut who = objections.to_vec();
    who.sort_unstable();
    who.dedup();
    let counts = Standing::from_counts(Tally {
        no: length(who.len()),
        ..Tally::default()
    });
    let counts = match base {
        Some(base) => counts.clone().with_members(base.members).unwrap_or(counts),
        None => counts,
    };
    counts.with_known(who.into_iter().map(|who| (who, Choice::No)))
}

/// A list of ballots of which some are not those of members, and whose they are.
struct Members {
    decision: Decision,
    left_out: Vec<Participant>,
}

impl Library {
    /// Those who take part in a decision of a body, where only some members do: as listed, or the members of the body who are in the
    /// group of that name on the day. A group is one of the body, else one of the scheme by which its votes are shown, else one of
    /// another scheme: `scheme:group` says of which, where several have one of the name.
    ///
    /// # Errors
    ///
    /// [`Undecidable::Missing`] where nothing is known of the group on the day, no source confirms some of it, or several schemes have
    /// one with other members.
    pub fn taking_part(
        &self,
        decision: &Decision,
        body: Option<&BodyId>,
    ) -> Result<Option<Vec<Participant>>, Undecidable> {
        let Some(group) = decision.taking_part.group() else {
            let listed = decision.taking_part.listed();
            return Ok((!listed.is_empty()).then(|| listed.to_vec()));
        };
        let missing = || Undecidable::Missing {
            what: vec![format!("the members of `{group}`")],
        };
        let body = decision.body.as_ref().or(body);
        let body = body.and_then(|body| self.body(body.as_str()));
        let day = decision.date.map(Date::latest).ok_or_else(missing)?;
        let of_body = || {
            let name: Name = group.parse().ok()?;
            Some(body?.facts(day).group(&name)?.members().to_vec())
        };
        let in_schemes = || {
            let shown = body.and_then(|body| body.show_groups());
            let mut found = self.scheme_groups(group);
            if let Some(own) = found
                .iter()
                .find(|(scheme, _)| Some(scheme.name()) == shown)
            {
                found = vec![*own];
            }
            let doubtful = found.iter().flat_map(|(scheme, of)| {
                let open = scheme.open_on(of, day);
                open.into_iter().chain(scheme.unverified_on(of, day))
            });
            let mut doubtful = doubtful.map(|who| who.to_string()).collect::<Vec<_>>();
            if !doubtful.is_empty() {
                doubtful.truncate(3);
                return Err(Undecidable::Missing {
                    what: vec![format!(
                        "a source that confirms the members of `{group}` on {day} (such as {})",
                        doubtful.join(", ")
                    )],
                });
            }
            let members = found.iter().map(|(scheme, of)| scheme.members_on(of, day));
            let members: Vec<_> = members.collect();
            let mut then = members
                .iter()
                .zip(&found)
                .filter(|(all, _)| !all.is_empty());
            let first = then.next().ok_or_else(missing)?;
            if then.any(|(all, _)| all != first.0) {
                let names = found
                    .iter()
                    .map(|(scheme, of)| format!("`{}:{of}`", scheme.name()));
                let names: Vec<_> = names.collect();
                return Err(Undecidable::Missing {
                    what: vec![format!(
                        "which `{group}` takes part: {}",
                        names.join(" or ")
                    )],
                });
            }
            Ok(first.0.clone())
        };
        let mut members = of_body().map_or_else(in_schemes, Ok)?;
        if let Some(of_body) = body.and_then(|body| body.members_on(day)) {
            members.retain(|who| of_body.contains(who));
        }
        match members.is_empty() {
            true => Err(missing()),
            false => Ok(Some(members)),
        }
    }

    /// The decision with its ballots counted and its outcome understood as the body does, and with those who take part by name.
    fn resolved<'d>(
        &self,
        decision: &'d Decision,
        setting: &Setting<'_>,
    ) -> Result<Cow<'d, Decision>, Undecidable> {
        let mut resolved = Cow::Borrowed(decision);
        let body = decision.body.as_ref().or(setting.body);
        let known = body.and_then(|body| self.body(body.as_str()));
        let counted = known.zip(decision.ballots.as_ref());
        if let Some(counted) = counted.and_then(|(body, ballots)| body.counted(ballots)) {
            resolved.to_mut().ballots = Some(counted);
        }
        let meant = known
            .zip(decision.outcome)
            .map(|(body, outcome)| body.meaning_of(outcome));
        if meant.is_some() && meant != decision.outcome {
            resolved.to_mut().outcome = meant;
        }
        if decision.taking_part.group().is_some() {
            let listed = self.taking_part(decision, setting.body)?;
            resolved.to_mut().taking_part = listed.unwrap_or_default().into();
        }
        let mut once = resolved.taking_part.listed().to_vec();
        once.sort_unstable();
        once.dedup();
        if once.len() < resolved.taking_part.listed().len() {
            resolved.to_mut().taking_part = once.into();
        }
        Ok(resolved)
    }

    /// The decision with the ballots of its members alone, where the list has others: those who take part, where the record says
    /// who does, else those who could be on the list by the roster of the body and were not suspended. Another code of a seat counts as its holder.
    fn among_members(&self, decision: &Decision, setting: &Setting<'_>) -> Option<Members> {
        let by_silence = decision.mode == Mode::Silence;
        let objections = decision.objections.as_ref().filter(|_| by_silence);
        if objections.is_none() && decision.ballots.is_none() {
            return None;
        }
        let body = decision.body.as_ref().or(setting.body);
        let body = body.and_then(|body| self.body(body.as_str()));
        let taking_part = &decision.taking_part;
        let taking_part = (!taking_part.is_everybody()).then(|| taking_part.listed());
        let voters = Voters::new(body.map(|body| &**body), decision.date, taking_part);
        if let Some(objections) = objections {
            let (counted, left_out) = voters.objections(objections)?;
            return Some(Members {
                decision: Decision {
                    objections: Some(counted),
                    ..decision.clone()
                },
                left_out,
            });
        }
        let counted = voters.count(decision.ballots.as_ref()?)?;
        Some(Members {
            decision: Decision {
                ballots: Some(counted.ballots),
                ..decision.clone()
            },
            left_out: counted.left_out,
        })
    }
}

/// Adds a rule that is not yet among them.
fn add<'l>(rules: &mut Vec<Applied<'l>>, rule: Option<Applied<'l>>) {
    let Some(rule) = rule else { return };
    let is_it = |other: &Applied<'_>| match (other, &rule) {
        (Applied::Rule(a), Applied::Rule(b)) => std::ptr::eq(a.rule, b.rule),
        _ => false,
    };
    if !rules.iter().any(is_it) {
        rules.push(rule);
    }
}

const fn category(nature: Nature) -> &'static str {
    match nature {
        Nature::Procedural => "procedural",
        Nature::Substantive => "substantive",
    }
}
