//! [`Library`]: decision rules, body sizes, groups and weights as dated, cited data.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;
use plenary_types::Span;
use serde::Serialize;

use crate::scheme::Scheme;
use crate::{Body, KnownDecision};

pub use crate::words::Tie;
use plenary_decisions::{Evaluation, Verdict, evaluate, verdict};
use plenary_decisions::{Facts, Name, Requirement, Standing};

/// A decision rule of a body, for the days on which it is the law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Rule {
    /// Its identifier. Versions that follow each other in time share it.
    pub id: String,
    /// Other names for it.
    pub aliases: Vec<String>,
    /// The body that decides by it.
    pub body: String,
    /// The kind of question it is for.
    pub kind: String,
    /// What it is, in words.
    pub title: String,
    /// When it is the law.
    pub span: Span,
    /// What has to hold.
    pub requirement: Requirement,
    /// What follows when the votes are divided equally, where the rules say so.
    pub tie: Option<Tie>,
    /// The article or the rule of procedure.
    pub source: String,
    /// Whether some of it is a default that no source read for it confirmed.
    pub unverified: bool,
    /// Whether it is no law but was applied beside it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub practice: bool,
}

/// The bodies, and the rules by which they decide.
#[derive(Clone, Debug, Default)]
pub struct Library {
    rules: Vec<Rule>,
    bodies: Vec<Arc<Body>>,
    /// The places of a body and of its rules.
    places: BTreeMap<String, (usize, Range<usize>)>,
    pub(crate) known: Vec<KnownDecision>,
    pub(crate) schemes: BTreeMap<String, Arc<Scheme>>,
}

/// A rule on a day, with what was then true of the body.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct InForce<'l> {
    /// The rule.
    pub rule: &'l Rule,
    /// The number of members of the body, where its law fixes one.
    pub members: Option<u32>,
    /// The body's groups and tables.
    pub facts: &'l Facts,
}

impl Library {
    pub(crate) fn new(
        rules: Vec<Rule>,
        bodies: Vec<Arc<Body>>,
        known: Vec<KnownDecision>,
        schemes: BTreeMap<String, Arc<Scheme>>,
    ) -> Self {
        let place = |(at, body): (usize, &Arc<Body>)| {
            let is_of_body = |rule: &Rule| rule.body == body.id.as_str();
            let first = rules.iter().position(is_of_body).unwrap_or(rules.len());
            let others = rules.iter().skip(first).position(|rule| !is_of_body(rule));
            let last = others.map_or(rules.len(), |others| first + others);
            (body.id.to_string(), (at, first..last))
        };
        Self {
            places: bodies.iter().enumerate().map(place).collect(),
            rules,
            bodies,
            known,
            schemes,
        }
    }

    /// The bodies and rules that come with the crate.
    #[must_use]
    pub fn embedded() -> &'static Self {
        crate::Reference::embedded().library()
    }

    /// The bodies, in the order of the data.
    #[must_use]
    pub fn bodies(&self) -> &[Arc<Body>] {
        &self.bodies
    }

    /// The body of that identifier.
    #[must_use]
    pub fn body(&self, id: &str) -> Option<&Arc<Body>> {
        let (at, _) = self.places.get(id)?;
        self.bodies.get(*at)
    }

    /// The rules of a body, in the order of its file.
    #[must_use]
    pub fn rules_of(&self, body: &str) -> &[Rule] {
        let place = self
            .places
            .get(body)
            .and_then(|(_, rules)| self.rules.get(rules.clone()));
        place.unwrap_or_default()
    }

    /// Every version of every rule, in the order of the data.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rule of that identifier or alias on a day.
    #[must_use]
    pub fn rule(&self, id: &str, on: NaiveDate) -> Option<InForce<'_>> {
        let mut named = self.rules.iter().filter(|rule| rule.is_called(id));
        named
            .find(|rule| rule.span.contains(on))
            .map(|rule| self.in_force(rule, on))
    }

    /// The last version of the rule of that identifier or alias, as of its last day or of `today`.
    #[must_use]
    pub fn latest(&self, id: &str, today: NaiveDate) -> Option<InForce<'_>> {
        self.rule(id, today).or_else(|| {
            let named = self.rules.iter().filter(|rule| rule.is_called(id));
            let last = named.max_by_key(|rule| rule.span.from)?;
            let day = last
                .span
                .to
                .and_then(|to| to.pred_opt())
                .unwrap_or(last.span.from);
            Some(self.in_force(last, day))
        })
    }

    /// The rule by which a body decides a kind of question on a day.
    ///
    /// ```
    /// use plenary_bodies::Library;
    ///
    /// let day = "1964-01-01".parse().unwrap();
    /// let council = Library::embedded().rule_for("unsc", "substantive", day).unwrap();
    /// assert_eq!(council.rule.requirement.to_string(), "at least 7 votes; no member of P5 against");
    /// assert_eq!(council.members, Some(11));
    /// ```
    #[must_use]
    pub fn rule_for(&self, body: &str, kind: &str, on: NaiveDate) -> Option<InForce<'_>> {
        self.versions_on(body, kind, on)
            .find(|rule| !rule.rule.practice)
    }

    /// The rules of a kind of question of a body on a day: the law, and what was applied beside it.
    pub(crate) fn versions_on<'l>(
        &'l self,
        body: &str,
        kind: &str,
        on: NaiveDate,
    ) -> impl Iterator<Item = InForce<'l>> {
        let rules = self.rules_of(body).iter();
        let fitting = rules.filter(move |rule| rule.kind == kind && rule.span.contains(on));
        fitting.map(move |rule| self.in_force(rule, on))
    }

    /// The kinds that a question of a kind may be of instead: where its kind is assumed, and where the law of the day
    /// is disputed.
    pub(crate) fn beside<'l>(
        &'l self,
        body: &str,
        kind: &str,
        assumed: bool,
    ) -> impl Iterator<Item = &'l str> + use<'l> {
        let body = self.body(body);
        let unless = body.filter(|body| assumed && body.default_kind() == Some(kind));
        let unless = unless.map_or(&[][..], |body| body.also_possible());
        let also = body.and_then(|body| body.kind(kind));
        let also = also.map_or(&[][..], |kind| &kind.also);
        unless.iter().chain(also).map(String::as_str)
    }

    /// The bodies that rules call by the name of an organ, in the order of the data.
    pub fn organs(&self) -> impl Iterator<Item = (&Name, &str)> {
        let kinds = self.bodies.iter().flat_map(|body| body.kinds());
        let all = kinds.flat_map(|kind| &kind.organs);
        let mut organs: Vec<(&Name, &str)> = Vec::new();
        for (name, body) in all {
            if !organs.contains(&(name, body.as_str())) {
                organs.push((name, body.as_str()));
            }
        }
        organs.into_iter()
    }

    /// The groups of schemes that a text means: the one of `scheme:group`, else each that has that identifier or name.
    pub(crate) fn scheme_groups(&self, text: &str) -> Vec<(&Scheme, &str)> {
        let of_scheme = text.split_once(':').and_then(|(scheme, group)| {
            let scheme = self.schemes.get(scheme)?;
            Some((&**scheme, scheme.group_called(group)?))
        });
        if let Some(found) = of_scheme {
            return vec![found];
        }
        let schemes = self.schemes.values();
        let found = schemes.filter_map(|scheme| Some((&**scheme, scheme.group_called(text)?)));
        found.collect()
    }

    /// The groups and tables of a body on a day.
    #[must_use]
    pub fn facts(&self, body: &str, on: NaiveDate) -> &Facts {
        self.body(body).map_or(Facts::NONE, |body| body.facts(on))
    }

    /// The groups and tables of all bodies on all days, in no order.
    pub fn all_facts(&self) -> impl Iterator<Item = &Facts> {
        let editions = self.bodies.iter().flat_map(|body| body.facts.editions());
        editions.map(|(_, facts)| facts)
    }

    fn in_force<'l>(&'l self, rule: &'l Rule, on: NaiveDate) -> InForce<'l> {
        InForce {
            rule,
            members: self.body(&rule.body).and_then(|body| body.size_on(on)),
            facts: self.facts(&rule.body, on),
        }
    }
}

impl Rule {
    /// Whether that is its identifier or one of its aliases.
    #[must_use]
    pub fn is_called(&self, id: &str) -> bool {
        self.id == id || self.aliases.iter().any(|alias| alias == id)
    }
}

impl InForce<'_> {
    /// Evaluates the rule, with reasons.
    #[must_use]
    pub fn evaluate(&self, standing: &Standing<'_>) -> Evaluation {
        evaluate(&self.rule.requirement, &self.complete(standing))
    }

    /// The verdict alone.
    #[must_use]
    pub fn verdict(&self, standing: &Standing<'_>) -> Verdict {
        verdict(&self.rule.requirement, &self.complete(standing))
    }

    /// What follows from an equal division of votes, if that is what happened and the rules say.
    #[must_use]
    pub fn tie(&self, standing: &Standing<'_>) -> Option<Tie> {
        let tally = standing.tally();
        self.rule
            .tie
            .filter(|_| tally.yes == tally.no && tally.yes > 0 && !standing.has_open())
    }

    /// The standing with what the law says about the body, where nothing else is said: what [`InForce::evaluate`] looks at.
    #[must_use]
    pub fn complete<'s>(&'s self, standing: &'s Standing<'_>) -> Standing<'s> {
        let completed = standing.borrowed().with_default_facts(self.facts);
        match (standing.members(), self.members) {
            (None, Some(members)) => completed.clone().with_members(members).unwrap_or(completed),
            _ => completed,
        }
    }
}
