//! [`Validator`]: runs the checks over agreements.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use plenary_bodies::Reference;
use plenary_decisions::unknown_names;
use plenary_types::{
    Agreement, Decision, DecisionRef, Field, Finding, Locus, Origin, Place, Severity,
};

use crate::account::{Account, DecisionCounts};
use crate::checks::reader::UNREADABLE_FIELD;
use crate::checks::{undecided, unknown_rule, unused_waiver};
use crate::electorate::Electorates;
use crate::ledger::Ledger;
use crate::referred::Referred;
use crate::roll::RollCache;
use crate::{Adoption, Check, Config, DecisionCx, Findings, RecordCx, Run, Waived};

/// Runs the checks that a [`Config`] selects, over one agreement at a time.
///
/// All findings come at once, in the order of the catalogue. It is one run: made once and used for a whole dataset, so that
/// votes that share a list of names are checked against the membership once, and it keeps book of the waivers.
///
/// ```
/// use plenary_types::{Agreement, NoOrigin};
/// use plenary_validation::{Config, Validator};
///
/// let text = r#"{"symbols": ["A/RES/73/195"], "acts": [{"act": "decision", "date": "2018-12-19",
///     "announced": {"yes": 152, "no": 5, "abstain": 12, "non-voting": 24, "members": 194}}]}"#;
/// let agreement: Agreement = serde_json::from_str(text)?;
/// let findings = Validator::new(Config::default()).check(&agreement, &NoOrigin);
/// let names: Vec<_> = findings.iter().map(|finding| &*finding.check).collect();
/// assert_eq!(names, ["tally-sum", "member-count"]);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug)]
pub struct Validator {
    reference: Arc<Reference>,
    config: Config,
    ledger: Ledger,
    account: Account,
    checks: Vec<Enabled>,
    referred: Mutex<Arc<Referred>>,
    /// One for each thread at work.
    memories: Mutex<Vec<Memory>>,
}

#[derive(Debug)]
struct Enabled {
    check: &'static Check,
    severity: Option<plenary_types::Severity>,
}

#[derive(Debug, Default)]
struct Memory {
    electorates: Electorates,
    rolls: RollCache,
}

impl Default for Validator {
    fn default() -> Self {
        Self::new(Config::default())
    }
}

/// Findings as a configuration has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Judged {
    /// Those that count.
    pub findings: Vec<Finding>,
    /// Those that a waiver accepts, with its place in [`Config::waivers`].
    pub waived: Vec<(usize, Finding)>,
}

impl Judged {
    fn add(&mut self, waiver: Option<usize>, finding: Finding) {
        match waiver {
            Some(waiver) => self.waived.push((waiver, finding)),
            None => self.findings.push(finding),
        }
    }
}

impl Validator {
    /// A validator with those checks of the configuration's catalogue that it selects. It judges against the data that come
    /// with the crates, unless [`Validator::with_reference`] gives it other ones.
    #[must_use]
    pub fn new(config: Config) -> Self {
        let checks = config.catalogue().checks().iter();
        let selected = checks.filter(|check| config.selects(check));
        let checks = selected
            .map(|&check| Enabled {
                check,
                severity: config.severity_of(check.name),
            })
            .collect();
        Self {
            reference: Arc::clone(Reference::embedded()),
            ledger: Ledger::of(&config),
            account: Account::default(),
            config,
            checks,
            referred: Mutex::default(),
            memories: Mutex::default(),
        }
    }

    /// The same, judging against a reference.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use plenary_bodies::Reference;
    /// use plenary_validation::{Config, Validator};
    ///
    /// let reference = Arc::clone(Reference::embedded());
    /// let validator = Validator::new(Config::default()).with_reference(reference);
    /// assert!(std::ptr::eq(validator.reference(), &**Reference::embedded()));
    /// ```
    #[must_use]
    pub fn with_reference(mut self, reference: Arc<Reference>) -> Self {
        self.reference = reference;
        self
    }

    /// From now on decisions that refer to others are judged with these, in place of those before. A decision refers to a record of
    /// the same input, so that this is said once an input.
    pub fn refer_to(&self, referred: Referred) {
        *self.referred.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(referred);
    }

    /// What it judges against.
    #[must_use]
    pub fn reference(&self) -> &Reference {
        &self.reference
    }

    /// The configuration.
    #[must_use]
    pub const fn config(&self) -> &Config {
        &self.config
    }

    /// Everything that the checks find in an agreement. What is waived is kept: see [`Validator::waived`].
    #[must_use]
    pub fn check(&self, agreement: &Agreement, origin: &dyn Origin) -> Vec<Finding> {
        let judged = self.check_apart(agreement, origin, &[]);
        self.ledger.keep(judged.waived);
        judged.findings
    }

    /// The same for an agreement that a reader has found faults in, which are not reported again: a decision whose date could not
    /// be read is counted as undecidable, and [`Validator::undecided`] makes no finding of it. What is waived is beside the findings
    /// and not kept: a million take hundreds of megabytes.
    #[must_use]
    pub fn check_apart(
        &self,
        agreement: &Agreement,
        origin: &dyn Origin,
        of_reader: &[Finding],
    ) -> Judged {
        self.ledger.saw(&self.config, agreement.label());
        let mut out = Vec::new();
        let decisions = self.decisions(agreement);
        let date_unread = |act: usize| {
            let mut unread = of_reader
                .iter()
                .filter(|f| f.check == UNREADABLE_FIELD.name);
            let place = origin.place(Locus::of_act(act, Field::Date));
            place.field.is_some() && unread.any(|f| f.place.field == place.field)
        };
        let library = self.reference.library();
        let elections = agreement.elections();
        let elections = elections.map(|(_, election)| library.counts_election(election));
        let elections = elections.collect();
        self.account
            .add(agreement.label(), &decisions, elections, date_unread);
        let adoptions = self.adoptions(agreement);
        let record = RecordCx {
            reference: &self.reference,
            agreement,
            decisions: &decisions,
            adoptions: &adoptions,
            today: self.config.today(),
        };
        for Enabled { check, severity } in &self.checks {
            let mut findings =
                Findings::new(check, agreement.label(), origin, &mut out).with_severity(*severity);
            match check.run {
                Run::Record(run) => run(&record, &mut findings),
                Run::Decision(run) => decisions.iter().for_each(|cx| run(cx, &mut findings)),
                Run::Dataset(_) | Run::Reader | Run::Configuration | Run::Account => {}
            }
        }
        let mut judged = Judged::default();
        if self.config.waivers().is_empty() {
            judged.findings = out;
            return judged;
        }
        for finding in out {
            judged.add(self.ledger.waiver_of(&self.config, &finding), finding);
        }
        judged
    }

    /// The decisions of an agreement with what is known of each, in order.
    #[must_use]
    pub fn decisions<'a>(&'a self, agreement: &'a Agreement) -> Vec<DecisionCx<'a>> {
        let mut memory = self.memories().pop().unwrap_or_default();
        let decisions = agreement.decisions();
        let decisions = decisions
            .map(|(act, decision)| self.decision(agreement, act, decision, &mut memory))
            .collect();
        self.memories().push(memory);
        decisions
    }

    /// The decisions by which an agreement says that it was adopted, as far as they are in its own record or among those that it refers
    /// to ([`Validator::refer_to`]).
    #[must_use]
    pub fn adoptions(&self, agreement: &Agreement) -> Vec<Adoption> {
        let mut adoptions = Vec::new();
        for (at, relation) in agreement.relations.iter().enumerate() {
            let Ok(reference) = relation.to.parse::<DecisionRef>() else {
                continue;
            };
            let mut memory = Memory::default();
            let others = self.referred().named(&reference);
            let records = std::iter::once(agreement).chain(others.iter().map(|other| &**other));
            let mut found = records.filter_map(|record| {
                let (act, decision) = reference.find(record)?;
                let decision = self.decision(record, act, decision, &mut memory);
                Adoption::new(at, relation.kind, &reference, &decision)
            });
            adoptions.extend(found.next());
        }
        adoptions
    }

    /// How many decisions of the agreements checked so far could be decided, and why the others could not.
    #[must_use]
    pub fn decision_counts(&self) -> DecisionCounts {
        self.account.counts()
    }

    /// The causes for which decisions could not be decided since this was last asked, a finding for each. Ask when all records of
    /// an input are checked.
    #[must_use]
    pub fn undecided(&self) -> Vec<Finding> {
        let causes = self.account.take_fresh();
        let findings = causes.iter().map(undecided::finding);
        findings.filter_map(|finding| self.judge(finding)).collect()
    }

    /// Applies the configuration to a finding that was made elsewhere, such as by the reader of a source:
    /// its severity, or `None` when it is not wanted or waived.
    #[must_use]
    pub fn judge(&self, finding: Finding) -> Option<Finding> {
        let mut judged = self.judge_apart([finding]);
        self.ledger.keep(judged.waived);
        judged.findings.pop()
    }

    /// Applies the configuration to findings that were made elsewhere, as [`Validator::judge`] does, and keeps nothing.
    #[must_use]
    pub fn judge_apart(&self, findings: impl IntoIterator<Item = Finding>) -> Judged {
        let mut judged = Judged::default();
        for mut finding in findings {
            if !self.config.wants(&finding.check) {
                continue;
            }
            if let Some(severity) = self.config.severity_of(&finding.check) {
                finding.severity = severity;
            }
            judged.add(self.ledger.waiver_of(&self.config, &finding), finding);
        }
        judged
    }

    /// The findings that were waived so far and kept, by their places.
    #[must_use]
    pub fn waived(&self) -> Vec<Waived> {
        self.ledger.waived(&self.config)
    }

    /// Waivers that have matched nothing so far or have expired, as findings. Ask when everything is checked.
    #[must_use]
    pub fn idle_waivers(&self) -> Vec<Finding> {
        let idle = self.ledger.idle(&self.config).into_iter();
        let findings = idle.map(|idle| unused_waiver::finding(&idle));
        findings.filter_map(|finding| self.judge(finding)).collect()
    }

    /// Tables and groups that the rule of the configuration names and that are known for no body on any day, as findings: no
    /// decision can be decided by such a rule.
    #[must_use]
    pub fn unknown_defaults(&self) -> Vec<Finding> {
        let rule = self
            .config
            .default_rule()
            .and_then(|rule| rule.parse().ok());
        let names = rule.map_or_else(Vec::new, |rule| {
            unknown_names(&rule, [], self.reference.library().all_facts())
        });
        let unknown = names
            .iter()
            .filter(|name| name.nearest.as_ref() != Some(&name.name));
        let findings = unknown.map(|name| {
            let check = unknown_rule::CHECK.name;
            let message = unknown_rule::message(name);
            let mut finding = Finding::new(check, Severity::Warning, message)
                .with_place(Place {
                    path: Some("plenary.toml".into()),
                    field: Some("defaults.rule".into()),
                    ..Place::default()
                })
                .with_found(&name.name)
                .with_help("the rule of plenary.toml decides every decision that states none");
            finding.expected = name.nearest.as_ref().map(ToString::to_string);
            finding
        });
        findings.filter_map(|finding| self.judge(finding)).collect()
    }

    /// The checks that run.
    pub(crate) fn checks(&self) -> impl Iterator<Item = &'static Check> {
        self.checks.iter().map(|enabled| enabled.check)
    }

    fn decision<'a>(
        &'a self,
        agreement: &'a Agreement,
        act: usize,
        decision: &'a Decision,
        memory: &mut Memory,
    ) -> DecisionCx<'a> {
        let mut cx = DecisionCx::new(&self.reference, agreement, act, decision);
        let told = || cx.symbol().and_then(plenary_types::Symbol::body);
        cx.body = cx
            .body
            .clone()
            .or_else(told)
            .or_else(|| self.config.default_body().cloned());
        if !decision.with.is_empty() {
            cx.referred = self.referred().of(decision);
        }
        cx.default_rule = self.config.rule_of(&self.reference, cx.body.as_ref());
        let counted = cx.known_body().zip(decision.ballots.as_ref());
        if let Some(counted) = counted.and_then(|(body, ballots)| body.counted(ballots)) {
            cx.tally = Some(counted.tally());
        }
        memory.recall(&mut cx);
        cx
    }

    fn referred(&self) -> Arc<Referred> {
        let referred = self.referred.lock();
        Arc::clone(&referred.unwrap_or_else(PoisonError::into_inner))
    }

    fn memories(&self) -> MutexGuard<'_, Vec<Memory>> {
        self.memories.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Who could vote where only some members take part; not known where nobody knows who they are.
fn taking_part(cx: &DecisionCx<'_>) -> Option<Arc<plenary_bodies::Electorate>> {
    let library = cx.reference.library();
    let only = library.taking_part(cx.decision, cx.body.as_ref()).ok()??;
    let whole = cx.electorate.as_ref()?;
    Some(Arc::new(whole.among(&only)))
}

impl Memory {
    /// Who could vote, and what the list comes to.
    fn recall(&mut self, cx: &mut DecisionCx<'_>) {
        let Self { electorates, rolls } = self;
        if let (Some(body), Some(date), false) =
            (&cx.body, cx.decision.date, cx.has_foreign_symbol())
        {
            cx.electorate = electorates.get(cx.reference, body, date);
            if !cx.decision.taking_part.is_everybody() {
                cx.electorate = taking_part(cx);
            }
        }
        if let Some(ballots) = &cx.decision.ballots {
            let electorate = cx.electorate.as_ref();
            cx.roll = Some(rolls.get(ballots.roll(), electorate, cx.day()));
        }
    }
}
