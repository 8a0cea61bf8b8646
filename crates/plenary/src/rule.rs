//! The rule that is asked for: one of the library as it is the law on a day, or a requirement in words.

use chrono::NaiveDate;
use plenary_bodies::library::InForce;
use plenary_bodies::{Applied, Library, Reference};
use plenary_decisions::{Facts, Requirement};

use crate::{Error, Refusal};

/// A rule of the library as it is the law on a day, or a requirement in words.
pub(crate) struct AskedRule<'r> {
    pub(crate) rule: Option<InForce<'r>>,
    pub(crate) requirement: Requirement,
}

impl<'r> AskedRule<'r> {
    /// The rule of that name on the day that is given, else as it is the law today or was last; what is no name is a
    /// requirement.
    pub(crate) fn parse(
        reference: &'r Reference,
        text: &str,
        on: Option<NaiveDate>,
        today: NaiveDate,
    ) -> Result<Self, Error> {
        let library = reference.library();
        let rule = match on {
            Some(day) => library.rule(text, day),
            None => library.latest(text, today),
        };
        let requirement = match &rule {
            Some(known) => known.rule.requirement.clone(),
            None => text
                .parse()
                .map_err(|error| unknown(library, text, &error))?,
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

impl<'r> From<Applied<'r>> for AskedRule<'r> {
    fn from(applied: Applied<'r>) -> Self {
        let requirement = applied.requirement().clone();
        let rule = match applied {
            Applied::Rule(rule) => Some(rule),
            _ => None,
        };
        Self { rule, requirement }
    }
}

fn unknown(library: &Library, text: &str, error: &plenary_decisions::ParseError) -> Refusal {
    let mut rules = library.rules().iter();
    if rules.any(|rule| rule.is_called(text)) {
        return Refusal::new(format!("the rule `{text}` was not the law on that day"))
            .with_help("`plenary decide --list` shows since when and until when each rule holds");
    }
    Refusal::new(format!(
        "`{text}` is neither a rule of the library nor a requirement: {error}"
    ))
    .with_help("`plenary decide --list` shows the rules; a requirement reads like \"more than 1/2 of present and voting\"")
}
