//! The rule library's file format.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use plenary_types::{Span, StateCode};
use serde::Deserialize;

use super::{Edition, Library, LibraryError, Organ, Question, Rule, Size, Subject, Tie};
use crate::{KnownDecision, known};
use plenary_decisions::{Facts, Group, Name, Requirement, Table};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    rule: Vec<RuleEntry>,
    #[serde(default)]
    size: Vec<SizeEntry>,
    #[serde(default)]
    group: Vec<GroupEntry>,
    #[serde(default)]
    table: Vec<TableEntry>,
    #[serde(default)]
    subject: Vec<SubjectEntry>,
    #[serde(default)]
    question: Vec<QuestionEntry>,
    #[serde(default)]
    organ: Vec<OrganEntry>,
    #[serde(default)]
    decision: Vec<KnownDecision>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleEntry {
    id: String,
    #[serde(default)]
    aliases: Vec<String>,
    body: String,
    category: String,
    title: String,
    from: toml::value::Datetime,
    to: Option<toml::value::Datetime>,
    requirement: Requirement,
    tie: Option<Tie>,
    source: String,
    #[serde(default)]
    unverified: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SizeEntry {
    body: String,
    from: toml::value::Datetime,
    to: Option<toml::value::Datetime>,
    #[serde(rename = "in-force")]
    in_force: Option<toml::value::Datetime>,
    members: u32,
    #[expect(dead_code, reason = "cited for the reader of the file")]
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupEntry {
    name: Name,
    bodies: Vec<String>,
    from: toml::value::Datetime,
    to: Option<toml::value::Datetime>,
    codes: Vec<StateCode>,
    seats: Option<u32>,
    #[expect(dead_code, reason = "cited for the reader of the file")]
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TableEntry {
    name: Name,
    bodies: Vec<String>,
    from: toml::value::Datetime,
    to: Option<toml::value::Datetime>,
    weights: BTreeMap<StateCode, String>,
    #[expect(dead_code, reason = "cited for the reader of the file")]
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SubjectEntry {
    body: String,
    category: String,
    subjects: Vec<String>,
    #[expect(dead_code, reason = "cited for the reader of the file")]
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuestionEntry {
    body: String,
    category: String,
    #[serde(default)]
    usual: bool,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    also: Vec<String>,
    #[expect(dead_code, reason = "cited for the reader of the file")]
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OrganEntry {
    name: Name,
    body: String,
}

impl Library {
    /// Reads a library of one's own, in the format of the embedded one.
    ///
    /// # Errors
    ///
    /// [`LibraryError`] when the text is not TOML of that format, or an entry holds a wrong value.
    pub fn from_toml(text: &str) -> Result<Self, LibraryError> {
        let file: File = toml::from_str(text)?;
        let editions = editions(&file)?;
        let rules: Vec<_> = file.rule.into_iter().map(rule).collect::<Result<_, _>>()?;
        Ok(Self {
            known: known::checked(file.decision, &rules)?,
            rules,
            sizes: file.size.into_iter().map(size).collect::<Result<_, _>>()?,
            subjects: file.subject.into_iter().map(subject).collect(),
            questions: file.question.into_iter().map(question).collect(),
            organs: file.organ.into_iter().map(organ).collect(),
            editions,
        })
    }
}

fn rule(entry: RuleEntry) -> Result<Rule, LibraryError> {
    let span = span(&entry.id, &entry.from, entry.to.as_ref())?;
    Ok(Rule {
        id: entry.id,
        aliases: entry.aliases,
        body: entry.body,
        category: entry.category,
        title: entry.title,
        span,
        requirement: entry.requirement,
        tie: entry.tie,
        source: entry.source,
        unverified: entry.unverified,
    })
}

fn size(entry: SizeEntry) -> Result<Size, LibraryError> {
    let span = span(&entry.body, &entry.from, entry.to.as_ref())?;
    let in_force = entry.in_force.as_ref();
    let in_force = in_force.map(|value| day(&entry.body, value)).transpose()?;
    Ok(Size {
        body: entry.body,
        span,
        members: entry.members,
        in_force,
    })
}

fn question(entry: QuestionEntry) -> Question {
    Question {
        body: entry.body,
        category: entry.category,
        usual: entry.usual,
        unless: entry.unless,
        also: entry.also,
    }
}

fn organ(entry: OrganEntry) -> Organ {
    Organ {
        name: entry.name,
        body: entry.body,
    }
}

fn subject(entry: SubjectEntry) -> Subject {
    Subject {
        body: entry.body,
        category: entry.category,
        subjects: entry.subjects,
    }
}

fn span(
    entry: &str,
    from: &toml::value::Datetime,
    to: Option<&toml::value::Datetime>,
) -> Result<Span, LibraryError> {
    Ok(Span {
        from: day(entry, from)?,
        to: to.map(|to| day(entry, to)).transpose()?,
    })
}

fn day(entry: &str, value: &toml::value::Datetime) -> Result<NaiveDate, LibraryError> {
    let day = value.to_string().parse();
    day.map_err(|_| wrong(entry, format!("`{value}` is not a day")))
}

fn wrong(entry: &str, reason: impl ToString) -> LibraryError {
    LibraryError::Entry {
        entry: entry.to_owned(),
        reason: reason.to_string(),
    }
}

enum Fact {
    Group(Group),
    Table(Table),
}

struct DatedFact<'f> {
    name: &'f Name,
    bodies: &'f [String],
    span: Span,
    fact: Fact,
}

/// Cuts time, for each body, wherever one of its groups or tables changes.
fn editions(file: &File) -> Result<Vec<Edition>, LibraryError> {
    let facts = dated_facts(file)?;
    let mut bodies: Vec<_> = facts.iter().flat_map(|fact| fact.bodies).collect();
    bodies.sort_unstable();
    bodies.dedup();
    Ok(bodies
        .into_iter()
        .flat_map(|body| editions_of(body, &facts))
        .collect())
}

fn dated_facts(file: &File) -> Result<Vec<DatedFact<'_>>, LibraryError> {
    let mut facts = Vec::new();
    for group in &file.group {
        let codes = group.codes.iter().copied();
        let made = group.seats.map_or_else(
            || Group::new(codes.clone()),
            |n| Group::with_seats(codes.clone(), n),
        );
        let span = span(group.name.as_str(), &group.from, group.to.as_ref())?;
        facts.push(DatedFact {
            name: &group.name,
            bodies: &group.bodies,
            span,
            fact: Fact::Group(made),
        });
    }
    for table in &file.table {
        let weights = table
            .weights
            .iter()
            .map(|(code, weight)| (*code, weight.as_str()));
        let made = Table::parse(weights).map_err(|e| wrong(table.name.as_str(), e))?;
        let span = span(table.name.as_str(), &table.from, table.to.as_ref())?;
        facts.push(DatedFact {
            name: &table.name,
            bodies: &table.bodies,
            span,
            fact: Fact::Table(made),
        });
    }
    Ok(facts)
}

fn editions_of(body: &str, facts: &[DatedFact<'_>]) -> Vec<Edition> {
    let of_body = || {
        facts
            .iter()
            .filter(|fact| fact.bodies.iter().any(|b| b == body))
    };
    let mut cuts: Vec<_> = of_body()
        .flat_map(|fact| [Some(fact.span.from), fact.span.to])
        .flatten()
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    let ends = cuts.iter().copied().skip(1).map(Some).chain([None]);
    let spans = cuts
        .iter()
        .copied()
        .zip(ends)
        .map(|(from, to)| Span { from, to });
    spans
        .map(|span| Edition {
            body: body.to_owned(),
            span,
            facts: facts_on(of_body(), span.from),
        })
        .collect()
}

fn facts_on<'f>(facts: impl Iterator<Item = &'f DatedFact<'f>>, day: NaiveDate) -> Facts {
    let mut then = Facts::default();
    for fact in facts.filter(|fact| fact.span.contains(day)) {
        match &fact.fact {
            Fact::Group(group) => then.add_group(fact.name.clone(), group.clone()),
            Fact::Table(table) => then.add_table(fact.name.clone(), table.clone()),
        }
    }
    then
}
