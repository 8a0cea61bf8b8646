//! By which rule a vote is decided: the one that is asked for, that of the configuration, or that of the body.

use chrono::NaiveDate;
use plenary_bodies::{Library, Reference};
use plenary_types::BodyId;
use plenary_validation::Config;

use super::DecideSettings;
use crate::rule::AskedRule;
use crate::{Error, Refusal};

/// The rule, why it is this one, and those that may have applied instead.
pub(super) struct Chosen<'r> {
    pub(super) asked: AskedRule<'r>,
    /// The body whose members and groups count.
    pub(super) body: Option<String>,
    /// Whether nothing states the rule or the kind of question.
    pub(super) assumed: bool,
    pub(super) alternatives: Vec<AskedRule<'r>>,
}

impl<'r> Chosen<'r> {
    pub(super) fn new(settings: &'r DecideSettings, day: NaiveDate) -> Result<Self, Error> {
        let reference = &*settings.reference;
        let config = &settings.config;
        let body = settings.body.as_ref().or(config.default_body());
        let kind = settings.question.as_deref();
        // The rule of the configuration is that of its body, for whatever its kind.
        let of_config = config.rule_of(reference, body).filter(|_| kind.is_none());
        match (settings.rule.as_deref().or(of_config), body) {
            (Some(text), body) => Self::named(reference, text, settings.on, body, day),
            (None, Some(body)) => Self::of_body(settings, body, kind, day),
            (None, None) => Err(Refusal::new("there is no rule to decide by")
                .with_help("give a rule, or a body with the question")
                .by_setting(["rule", "body", "question", "list"])
                .into()),
        }
    }

    fn named(
        reference: &'r Reference,
        text: &str,
        on: Option<NaiveDate>,
        body: Option<&BodyId>,
        day: NaiveDate,
    ) -> Result<Self, Error> {
        let asked = AskedRule::parse(reference, text, on, day)?;
        let body = match &asked.rule {
            Some(known) => Some(known.rule.body.clone()),
            None => body.map(ToString::to_string),
        };
        Ok(Self {
            asked,
            body,
            assumed: false,
            alternatives: Vec::new(),
        })
    }

    fn of_body(
        settings: &'r DecideSettings,
        body: &BodyId,
        kind: Option<&str>,
        day: NaiveDate,
    ) -> Result<Self, Error> {
        let library = settings.reference.library();
        let rules = library.rules_on(body, kind, day);
        let mut rules = rules.into_iter().map(AskedRule::from);
        let asked = rules.next().ok_or_else(|| match kind {
            Some(kind) => unknown_kind(library, kind, body, day),
            None => no_rule(body, &settings.config, day),
        })?;
        Ok(Self {
            asked,
            body: Some(body.to_string()),
            assumed: kind.is_none(),
            alternatives: rules.collect(),
        })
    }
}

/// The kinds of question for which a body has a rule on a day.
fn kinds<'l>(library: &'l Library, body: &BodyId, day: NaiveDate) -> Vec<&'l str> {
    let rules = library.rules().iter();
    let of_body = rules.filter(|rule| rule.body == body.as_str() && rule.span.contains(day));
    let mut kinds: Vec<_> = of_body.map(|rule| rule.kind.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

fn unknown_kind(library: &Library, kind: &str, body: &BodyId, day: NaiveDate) -> Refusal {
    let kinds: Vec<_> = kinds(library, body, day)
        .iter()
        .map(|kind| format!("`{kind}`"))
        .collect();
    if kinds.is_empty() {
        return Refusal::new(format!("no rule is known for `{body}` on {day}"));
    }
    let expected = kinds.join(", ");
    Refusal::new(format!(
        "unknown question `{kind}` of {body} (expected {expected})"
    ))
}

fn no_rule(body: &BodyId, config: &Config, day: NaiveDate) -> Refusal {
    let refusal = Refusal::new(format!("no rule is known for `{body}` on {day}"));
    if config.default_body() == Some(body) {
        refusal
            .with_help("state its rule in plenary.toml, or give one")
            .by_setting(["rule"])
    } else {
        refusal
            .with_help("give a rule, of those that are listed")
            .by_setting(["rule", "list"])
    }
}
