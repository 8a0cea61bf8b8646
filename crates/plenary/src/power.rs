//! [`power`]: voting power in a body under its real rule.

use std::sync::Arc;

use chrono::NaiveDate;
use plenary_analysis::power::{
    Body, Computation, Estimate, Game, GameError, PowerError, PowerOptions, banzhaf, shapley_shubik,
};
use plenary_analysis::table::{Column, Table};
use plenary_bodies::Reference;
use plenary_bodies::library::InForce;
use plenary_decisions::{Facts, Name};
use plenary_types::{BodyId, Participant};
use serde::Serialize;

use crate::known_bodies::{called, existing, rests_on};
use crate::members::voters_on_record;
use crate::rule::AskedRule;
use crate::{Error, Refusal, today};

/// Who decides, and which indices are computed how.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PowerSettings {
    /// Where rules, members, groups and weights are looked up.
    pub reference: Arc<Reference>,
    /// The day; by default today, or the last day of a rule that no longer holds.
    pub on: Option<NaiveDate>,
    /// The members; by default those of [`PowerSettings::body`], those who have a weight, or those of the rule's body on the day.
    pub members: Vec<Participant>,
    /// The body whose members decide.
    pub body: Option<BodyId>,
    /// Weights and groups that the rule names.
    pub facts: Facts,
    /// The members of other organs that the rule names.
    pub organs: Vec<(Name, Vec<Participant>)>,
    /// Whether Banzhaf's index is computed, absolute and normalised.
    pub banzhaf: bool,
    /// Whether the index of Shapley and Shubik is computed.
    pub shapley_shubik: bool,
    /// Exactly or by sampling.
    pub options: PowerOptions,
}

impl Default for PowerSettings {
    fn default() -> Self {
        Self {
            reference: Arc::clone(Reference::embedded()),
            on: None,
            members: Vec::new(),
            body: None,
            facts: Facts::default(),
            organs: Vec::new(),
            banzhaf: true,
            shapley_shubik: true,
            options: PowerOptions::default(),
        }
    }
}

/// The power of each member.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct PowerReport {
    /// The identifier of the rule, where it is one of the library.
    pub rule: Option<String>,
    /// Its title.
    #[serde(skip)]
    pub title: Option<String>,
    /// What the rule asks for.
    pub requirement: String,
    /// The day.
    pub on: NaiveDate,
    /// The article or the rule of procedure.
    pub source: Option<String>,
    /// How many members decide.
    pub members: usize,
    /// The layers of reference data that it rests on, where there are others than the embedded one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reference: Vec<String>,
    /// What was computed, and how.
    pub metadata: PowerMetadata,
    /// The chance that a vote is won when everybody is for or against with chance one half.
    pub adoption: Option<Estimate>,
    /// The members with their power, in the order of their codes.
    pub powers: Vec<MemberPower>,
    /// The members by equal rights under the rule.
    #[serde(skip)]
    pub alike: Vec<Vec<Participant>>,
}

/// What was computed, and how.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct PowerMetadata {
    /// What is assumed of how members vote.
    pub assumption: &'static str,
    /// The level of the intervals of sampled numbers.
    pub confidence: f64,
    /// `decide`, or `oppose` where the rule is met by opposition.
    pub power_to: &'static str,
    /// How Banzhaf's index was computed.
    pub banzhaf: Option<Computation>,
    /// How the index of Shapley and Shubik was computed.
    pub shapley_shubik: Option<Computation>,
}

/// The power of one member.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct MemberPower {
    /// Its code; from `QMA` to `QZZ` a seat whose holder is not on record.
    pub state: Participant,
    /// Its name on the day.
    pub name: Option<String>,
    /// Banzhaf's absolute index.
    pub banzhaf_absolute: Option<Estimate>,
    /// Banzhaf's normalised index.
    pub banzhaf: Option<Estimate>,
    /// The index of Shapley and Shubik.
    pub shapley_shubik: Option<Estimate>,
}

/// An index of power: its name, how it was computed, and what a member has of it.
pub type PowerIndex = (
    &'static str,
    Computation,
    fn(&MemberPower) -> Option<Estimate>,
);

impl PowerMetadata {
    /// The indices that were computed, in the order of the columns of [`PowerReport::table`].
    #[must_use]
    pub fn indices(&self) -> Vec<PowerIndex> {
        let mut indices: Vec<PowerIndex> = Vec::new();
        if let Some(how) = self.banzhaf {
            indices.push(("banzhaf_absolute", how, |of| of.banzhaf_absolute));
            indices.push(("banzhaf", how, |of| of.banzhaf));
        }
        if let Some(how) = self.shapley_shubik {
            indices.push(("shapley_shubik", how, |of| of.shapley_shubik));
        }
        indices
    }

    /// How they were computed, in words.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if let Some(of) = self.banzhaf {
            notes.push(format!("Banzhaf: {}", how(of)));
        }
        if let Some(of) = self.shapley_shubik {
            notes.push(format!("Shapley-Shubik: {}", how(of)));
        }
        if self.power_to == "oppose" {
            notes.push("the rule is met by opposition: this is the power to oppose".to_owned());
        }
        notes
    }
}

fn how(how: Computation) -> String {
    match how {
        Computation::GeneratingFunctions { states } => {
            format!("exact, by generating functions over {states} states")
        }
        Computation::Enumeration { coalitions } => {
            format!("exact, over all {coalitions} coalitions")
        }
        Computation::Sampling { samples, seed } => {
            format!("sampled, {samples} samples, seed {seed}, intervals of 95 %")
        }
        _ => "computed".to_owned(),
    }
}

impl PowerReport {
    /// A row for each member. The columns of sampled indices are followed by the ends of their intervals.
    #[must_use]
    pub fn table(&self) -> Table {
        let states = self.powers.iter().map(|member| member.state.to_string());
        let mut columns = vec![Column::labels("state", states)];
        for (name, how, value) in self.metadata.indices() {
            let found: Vec<_> = self.powers.iter().map(value).collect();
            let of = |part: fn(&Estimate) -> f64| found.iter().map(move |of| of.as_ref().map(part));
            columns.push(Column::floats(name, of(|of| of.value)));
            if !how.is_exact() {
                columns.push(Column::floats(&format!("{name}_lower"), of(|of| of.lower)));
                columns.push(Column::floats(&format!("{name}_upper"), of(|of| of.upper)));
            }
        }
        let table = Table::new(columns)
            .with("requirement", self.requirement.clone())
            .with("on", self.on.to_string())
            .with("assumption", self.metadata.assumption);
        let known = [("rule", &self.rule), ("source", &self.source)];
        let known = known
            .into_iter()
            .filter_map(|(key, value)| Some((key, value.clone()?)));
        let table = known.fold(table, |table, (key, value)| table.with(key, value));
        let notes = self.metadata.notes();
        notes
            .into_iter()
            .fold(table, |table, note| table.with("computed", note))
    }
}

/// Computes the power of each member of a body under a rule: one of the library, or a requirement such as
/// `at least 2/3 of members`. A coalition decides when the rule is met with its members in favour and everybody else against.
///
/// ```
/// let mut settings = plenary::PowerSettings::default();
/// settings.members = ["DEU", "FRA", "ITA"].map(|code| code.parse().unwrap()).to_vec();
/// let power = plenary::power("more than 1/2 of members", &settings)?;
/// assert_eq!(power.powers[0].shapley_shubik.map(|of| of.value), Some(1.0 / 3.0));
/// # Ok::<(), plenary::Error>(())
/// ```
///
/// # Errors
///
/// [`Error`] when the rule, its members, groups or weights are not known, or the exact computation would take too long.
pub fn power(rule: &str, settings: &PowerSettings) -> Result<PowerReport, Error> {
    let day = settings.on.map_or_else(today, Ok)?;
    let asked = AskedRule::parse(&settings.reference, rule, settings.on, day)?;
    let on = match &asked.rule {
        Some(rule) if !rule.rule.span.contains(day) => last_day(rule),
        _ => day,
    };
    let members = members(settings, on)?;
    let mut facts = settings.facts.clone();
    asked.complete(&mut facts);
    let body = body(&asked, on, members, settings)?;
    let body = body.with_facts(&facts);
    let organs = settings.organs.iter();
    let body = organs.fold(body, |body, (name, members)| {
        body.with_organ(name.clone(), Body::new(members.iter().copied()))
    });
    let game = Game::new(&asked.requirement, &body).map_err(|error| not_computed(&error))?;
    report(&asked, on, &game, settings)
}

fn report(
    asked: &AskedRule<'_>,
    on: NaiveDate,
    game: &Game,
    settings: &PowerSettings,
) -> Result<PowerReport, Error> {
    let options = &settings.options;
    let swings = settings.banzhaf.then(|| banzhaf(game, options));
    let swings = swings.transpose().map_err(|e| too_long(&e))?;
    let orders = settings
        .shapley_shubik
        .then(|| shapley_shubik(game, options));
    let orders = orders.transpose().map_err(|e| too_long(&e))?;
    let (swings, orders) = (swings.as_ref(), orders.as_ref());
    let at = |of: Option<&Vec<Estimate>>, place: usize| of.and_then(|of| of.get(place)).copied();
    let powers = game.players().iter().enumerate();
    let powers = powers.map(|(place, code)| MemberPower {
        state: *code,
        name: Some(called(&settings.reference, *code, on)).filter(|name| *name != code.to_string()),
        banzhaf_absolute: at(swings.map(|power| &power.absolute), place),
        banzhaf: at(swings.map(|power| &power.normalised), place),
        shapley_shubik: at(orders.map(|power| &power.index), place),
    });
    let rule = asked.rule.map(|rule| rule.rule);
    Ok(PowerReport {
        rule: rule.map(|rule| rule.id.clone()),
        title: rule.map(|rule| rule.title.clone()),
        requirement: asked.requirement.to_string(),
        on,
        source: rule.map(|rule| rule.source.clone()),
        members: game.players().len(),
        reference: rests_on(&settings.reference),
        metadata: PowerMetadata {
            assumption: "everybody is in favour or against; nobody abstains or is absent",
            confidence: 0.95,
            power_to: match game.is_reversed() {
                true => "oppose",
                false => "decide",
            },
            banzhaf: swings.map(|power| power.computation),
            shapley_shubik: orders.map(|power| power.computation),
        },
        adoption: swings.map(|power| power.adoption),
        powers: powers.collect(),
        alike: game.symmetric_members(),
    })
}

fn body<'f>(
    asked: &'f AskedRule<'f>,
    on: NaiveDate,
    members: Option<Vec<Participant>>,
    settings: &PowerSettings,
) -> Result<Body<'f>, Error> {
    Ok(match (&asked.rule, members) {
        (Some(rule), members) => {
            let of_rule = Body::from_rule(&settings.reference, rule, on);
            if members.is_none() {
                existing(&settings.reference, &rule.rule.body, on)?;
            }
            match members {
                None => of_rule.map_err(|error| {
                    Refusal::because(&error)
                        .with_help("name the members, or give weights with their codes")
                        .by_setting(["members", "weights"])
                })?,
                Some(members) => of_rule
                    .unwrap_or_default()
                    .with_facts(rule.facts)
                    .with_members(members),
            }
        }
        (None, Some(members)) => Body::new(members),
        (None, None) if !settings.organs.is_empty() => Body::default(),
        (None, None) => {
            return Err(
                Refusal::new("nobody is known to decide by this requirement")
                    .with_help("name the members, their body, or give their weights")
                    .by_setting(["members", "body", "weights"])
                    .into(),
            );
        }
    })
}

fn not_computed(error: &GameError) -> Refusal {
    let (help, settings): (_, &[_]) = match error {
        GameError::UnknownGroup { group } => (format!("name its members: {group}=…"), &["group"]),
        GameError::UnknownTable { table } => (
            format!("give weights as a CSV whose columns are `code` and `{table}`"),
            &["weights"],
        ),
        GameError::UnknownWeights { .. } => (
            "give their weights, or name the members without them".to_owned(),
            &["weights", "members"],
        ),
        GameError::UnknownOrgan { organ } => (format!("name its members: {organ}=…"), &["in"]),
        _ => return Refusal::because(error),
    };
    Refusal::because(error)
        .with_help(help)
        .by_setting(settings.iter().copied())
}

/// Why nothing was computed, and what is within reach.
fn too_long(error: &PowerError) -> Refusal {
    let refusal = Refusal::because(error);
    match error {
        PowerError::TooManySamples { most, .. } => {
            refusal.with_help(format!("draw at most {most} with --samples"))
        }
        _ => refusal,
    }
}

fn last_day(rule: &InForce<'_>) -> NaiveDate {
    let end = rule.rule.span.to.and_then(|to| to.pred_opt());
    end.unwrap_or(rule.rule.span.from)
}

/// The members that are given, by themselves, as a body or by their weights.
fn members(settings: &PowerSettings, on: NaiveDate) -> Result<Option<Vec<Participant>>, Error> {
    if !settings.members.is_empty() {
        return Ok(Some(settings.members.clone()));
    }
    if let Some(body) = &settings.body {
        let known = voters_on_record(&settings.reference, body, on).map_err(|error| match error {
            Error::Refused(mut refusal) => {
                let known = refusal
                    .help
                    .map_or_else(String::new, |help| format!("{help}; "));
                refusal.help = Some(format!("{known}other members can be named"));
                refusal.settings.push("members");
                Error::Refused(refusal)
            }
            error => error,
        });
        return Ok(Some(known?));
    }
    let tables = settings.facts.tables();
    let weighted = tables.flat_map(|(_, table)| table.weights().iter().map(|(code, _)| *code));
    Ok(Some(weighted.collect()).filter(|members: &Vec<_>| !members.is_empty()))
}
