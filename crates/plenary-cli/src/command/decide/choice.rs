//! By which rule a vote is decided: the one that is asked for, that of the configuration, or that of the body.

use chrono::NaiveDate;
use plenary::decisions::{Applied, Library, Setting};
use plenary::types::{AnnouncedTally, BodyId, Date, Decision, Nature};
use plenary::validation::Config;

use super::{Args, Asked};
use crate::command::input;
use crate::exit::{Failure, Result};

/// The rule, why it is this one, and those that may have applied instead.
pub(super) struct Chosen {
    pub(super) asked: Asked,
    /// The body whose members and groups count.
    pub(super) body: Option<String>,
    /// Whether nothing states the rule or the kind of question.
    pub(super) assumed: bool,
    pub(super) alternatives: Vec<Asked>,
}

impl Chosen {
    pub(super) fn read(args: &Args, day: NaiveDate) -> Result<Self> {
        let config = input::settings(args.config.as_deref(), ["."])?.config;
        let body = args.body.as_ref().or(config.default_body());
        if let Some(text) = &args.rule {
            return Self::named(text, args, body, day);
        }
        // The rule of the configuration is that of its body, for whatever its kind.
        match (config.rule_of(body), &args.question) {
            (Some(text), None) => Self::named(text, args, body, day),
            _ => Self::of_body(args, body, &config, day),
        }
    }

    fn named(text: &str, args: &Args, body: Option<&BodyId>, day: NaiveDate) -> Result<Self> {
        let asked = Asked::read(text, args.on, day)?;
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
        args: &Args,
        body: Option<&BodyId>,
        config: &Config,
        day: NaiveDate,
    ) -> Result<Self> {
        let Some(body) = body else {
            return Err(Failure::new("there is no rule to decide by").with_help(
                "give --rule, or --body with the --question; `plenary decide --list` shows the rules",
            ));
        };
        let library = Library::embedded();
        let nature = match args.question.as_deref() {
            Some("procedural") => Some(Nature::Procedural),
            Some("substantive") => Some(Nature::Substantive),
            _ => None,
        };
        let kind = args.question.as_deref().filter(|_| nature.is_none());
        if let Some(kind) = kind {
            let of_kind = |kind: &str| library.rule_for(body.as_str(), kind, day);
            let by_subject = || match library.category_of(body.as_str(), kind) {
                "ordinary" => None,
                category => of_kind(category),
            };
            let rule = of_kind(kind).or_else(by_subject);
            let rule = rule.ok_or_else(|| unknown_kind(kind, body, day))?;
            return Ok(Self {
                asked: Asked::from(Applied::Rule(rule)),
                body: Some(body.to_string()),
                assumed: false,
                alternatives: Vec::new(),
            });
        }
        let mut question = Decision {
            body: Some(body.clone()),
            date: Some(Date::from(day)),
            announced: AnnouncedTally {
                yes: Some(0),
                no: Some(0),
                ..AnnouncedTally::default()
            },
            ..Decision::default()
        };
        question.question.nature = nature;
        let ruling = library.ruling(&question, &Setting::default());
        let ruling = ruling.map_err(|_| no_rule(body, config, day))?;
        if let (Some(kind), true) = (&args.question, ruling.is_assumed()) {
            return Err(unknown_kind(kind, body, day));
        }
        let mut rules = ruling.rules().cloned().map(Asked::from);
        let asked = rules.next().ok_or_else(|| no_rule(body, config, day))?;
        Ok(Self {
            asked,
            body: Some(body.to_string()),
            assumed: ruling.is_assumed(),
            alternatives: rules.collect(),
        })
    }
}

/// The kinds of question for which a body has a rule on a day.
fn kinds(body: &BodyId, day: NaiveDate) -> Vec<&'static str> {
    let rules = Library::embedded().rules().iter();
    let of_body = rules.filter(|rule| rule.body == body.as_str() && rule.span.contains(day));
    let mut kinds: Vec<_> = of_body.map(|rule| rule.category.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

fn unknown_kind(kind: &str, body: &BodyId, day: NaiveDate) -> Failure {
    let kinds: Vec<_> = kinds(body, day)
        .iter()
        .map(|kind| format!("`{kind}`"))
        .collect();
    if kinds.is_empty() {
        return Failure::new(format!("no rule is known for `{body}` on {day}"));
    }
    let expected = kinds.join(", ");
    Failure::new(format!(
        "unknown question `{kind}` of {body} (expected {expected})"
    ))
}

fn no_rule(body: &BodyId, config: &Config, day: NaiveDate) -> Failure {
    let failure = Failure::new(format!("no rule is known for `{body}` on {day}"));
    if config.default_body() == Some(body) {
        failure.with_help("state its rule in plenary.toml, or give --rule")
    } else {
        failure.with_help("give --rule; `plenary decide --list` shows the rules")
    }
}
