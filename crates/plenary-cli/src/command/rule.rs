//! What a command is told of a rule: which it is, and the groups and weights that it calls by name.

use std::path::PathBuf;

use chrono::NaiveDate;
use plenary::decisions::library::InForce;
use plenary::decisions::{
    Applied, Facts, Group, Library, Name, Others, Requirement, weights_from_csv,
};
use plenary::types::StateCode;

use super::input;
use crate::exit::{Failure, Result};

/// A rule of the library as it is the law on a day, or a requirement in words.
pub(crate) struct Asked {
    pub(crate) rule: Option<InForce<'static>>,
    pub(crate) requirement: Requirement,
}

impl Asked {
    /// The rule of that name on the day that is given, else as it is the law today or was last; what is no name is a
    /// requirement.
    pub(crate) fn read(text: &str, on: Option<NaiveDate>, today: NaiveDate) -> Result<Self> {
        let library = Library::embedded();
        let rule = match on {
            Some(day) => library.rule(text, day),
            None => library.latest(text, today),
        };
        let requirement = match &rule {
            Some(known) => known.rule.requirement.clone(),
            None => requirement(text)?,
        };
        Ok(Self { rule, requirement })
    }

    /// Adds what the library knows under other names: a lone column of weights stands for any table, but not for one that is
    /// known.
    pub(crate) fn complete(&self, facts: &mut Facts) {
        if let Some(rule) = &self.rule {
            facts.add_missing(rule.facts);
        }
    }
}

impl From<Applied<'static>> for Asked {
    fn from(applied: Applied<'static>) -> Self {
        let requirement = applied.requirement().clone();
        let rule = match applied {
            Applied::Rule(rule) => Some(rule),
            _ => None,
        };
        Self { rule, requirement }
    }
}

fn requirement(text: &str) -> Result<Requirement> {
    text.parse().map_err(|error| {
        let known = Library::embedded().rules().iter().any(|rule| rule.is_called(text));
        if known {
            return Failure::new(format!("the rule `{text}` was not the law on that day"))
                .with_help("`plenary decide --list` shows since when and until when each rule holds");
        }
        Failure::new(format!("`{text}` is neither a rule of the library nor a requirement: {error}"))
            .with_help("`plenary decide --list` shows the rules; a requirement reads like \"more than 1/2 of present and voting\"")
    })
}

/// The weights in files; `others` is what a member without a row has.
pub(crate) fn weights(paths: &[PathBuf], others: Others) -> Result<Facts> {
    let mut facts = Facts::default();
    for path in paths {
        let read = weights_from_csv(&input::text(path)?, others, input::resolve);
        facts.add_missing(&read.map_err(|error| input::in_file(path, &error))?);
    }
    Ok(facts)
}

/// The weights in files, and groups such as `P5=CHN,FRA`.
pub(crate) fn facts(paths: &[PathBuf], groups: &[String]) -> Result<Facts> {
    let mut facts = weights(paths, Others::Unknown)?;
    for text in groups {
        let (name, codes) = members(text, "--group P5=CHN,FRA,GBR,RUS,USA")?;
        facts.add_group(name, Group::new(codes));
    }
    Ok(facts)
}

/// `NAME=CODE,CODE`, written like the example.
pub(crate) fn members(text: &str, example: &str) -> Result<(Name, Vec<StateCode>)> {
    let (name, codes) = named(text, example)?;
    let codes = codes.split(',').map(input::state).collect::<Result<_>>()?;
    Ok((name, codes))
}

/// `NAME=` and what it is, written like the example.
pub(crate) fn named<'t>(text: &'t str, example: &str) -> Result<(Name, &'t str)> {
    let wrong = |why: &str| {
        Failure::new(format!("`{text}` {why}")).with_help(format!("write it like {example}"))
    };
    let (name, rest) = text
        .split_once('=')
        .ok_or_else(|| wrong("names nothing: there is no `=` in it"))?;
    let unusable = |error| wrong(&format!("has no usable name before its `=`: {error}"));
    Ok((name.trim().parse::<Name>().map_err(unusable)?, rest))
}
