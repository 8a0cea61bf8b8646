//! What a page says of a treaty: acts, statements, sponsors, parties; and of the relations of any agreement.

use std::collections::BTreeMap;

use plenary_states::entity;
use plenary_types::{Act, Agreement, Date, Participant, Statement, TreatyAction};
use serde::Serialize;

use super::{NamedCode, PartyList};
use crate::{Account, TreatyReport};

/// What happened on a day, in a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct DatedLine {
    /// When.
    pub date: Option<Date>,
    /// What.
    pub text: String,
}

/// The acts of a participant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct ActLine {
    /// Who: its code and its name.
    pub who: String,
    /// What it did, each act in words, in the order of the record.
    pub acts: Vec<String>,
    /// The date of its first act that has one.
    pub first: Option<Date>,
}

/// The sponsors of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct SponsorsLine {
    /// The date of the document.
    pub date: Option<Date>,
    /// Its symbol.
    pub symbol: Option<String>,
    /// Who sponsors it, with what the source says beside the name.
    pub names: Vec<String>,
}

/// How many had signed a treaty, and consented to it, at the end of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct YearCounts {
    /// The year.
    pub year: i32,
    /// How many had signed.
    pub signatories: usize,
    /// How many had consented to be bound and not withdrawn.
    pub contracting: usize,
}

impl YearCounts {
    pub(crate) const fn new(year: i32, signatories: usize, contracting: usize) -> Self {
        Self {
            year,
            signatories,
            contracting,
        }
    }
}

/// Who are the parties, where that can be told.
pub(super) fn parties(treaty: &TreatyReport) -> Option<PartyList> {
    let on = treaty.report.parties_on.as_ref()?;
    let member = |who: &Participant| {
        let known = who.code().and_then(entity);
        let name = known.map(|entity| entity.label().to_owned());
        NamedCode {
            code: who.to_string(),
            name: name.unwrap_or_else(|| who.identifier().to_owned()),
        }
    };
    Some(PartyList {
        on: on.date.to_string(),
        count: on.count,
        members: on.members.iter().map(member).collect(),
    })
}

/// The acts of each participant, in the order of their codes.
pub(super) fn acts(agreement: &Agreement) -> Vec<ActLine> {
    let mut by_participant: BTreeMap<Participant, Vec<&TreatyAction>> = BTreeMap::new();
    for act in &agreement.acts {
        if let Act::Action(action) = act {
            let acts = by_participant.entry(action.participant).or_default();
            acts.push(action);
        }
    }
    let line = |(who, acts): (Participant, Vec<&TreatyAction>)| ActLine {
        who: name_of(who),
        first: acts.iter().filter_map(|act| act.date).min(),
        acts: acts.into_iter().map(action_words).collect(),
    };
    by_participant.into_iter().map(line).collect()
}

pub(super) fn statements(agreement: &Agreement) -> Vec<DatedLine> {
    let lines = agreement.acts.iter().filter_map(|act| match act {
        Act::Statement(statement) => Some(DatedLine {
            date: Some(statement.date),
            text: statement_words(statement),
        }),
        _ => None,
    });
    lines.collect()
}

pub(super) fn sponsors(agreement: &Agreement) -> Vec<SponsorsLine> {
    let lines = agreement.acts.iter().filter_map(|act| {
        let Act::Sponsorship(sponsorship) = act else {
            return None;
        };
        let names = sponsorship.sponsors.iter().map(|sponsor| {
            let later = if sponsor.later { ", later" } else { "" };
            let note = sponsor.note.as_deref();
            let note = note.map_or(String::new(), |note| format!(", {note}"));
            match (note.is_empty(), later) {
                (true, "") => sponsor.name.clone(),
                _ => format!(
                    "{} ({})",
                    sponsor.name,
                    format!("{note}{later}").trim_start_matches(", ")
                ),
            }
        });
        Some(SponsorsLine {
            date: sponsorship.date,
            symbol: sponsorship.symbol.as_ref().map(ToString::to_string),
            names: names.collect(),
        })
    });
    lines.collect()
}

/// What the agreement is to others, and what others are to it.
pub(super) fn relations(account: &Account) -> Vec<String> {
    let agreement = &account.agreement;
    let own = agreement.relations.iter().map(|relation| {
        let from = relation.from.as_deref().map(|from| end(agreement, from));
        let from = from.unwrap_or_else(|| "this".to_owned());
        let to = end(agreement, &relation.to);
        format!("{from} {} {to}", words(relation.kind.as_str()))
    });
    let others = account.related_by.iter().map(|other| {
        let kind = words(other.relation.kind.as_str());
        format!("{} {kind} this", other.record)
    });
    own.chain(others).collect()
}
/// The end of a relation: an act of the same document by what it is, anything else as it stands.
fn end(agreement: &Agreement, text: &str) -> String {
    let act = text.strip_prefix('#');
    let act = act.and_then(|id| agreement.acts.iter().find(|act| act.id() == Some(id)));
    let Some(act) = act else {
        return text.to_owned();
    };
    let date = act
        .date()
        .map_or(String::new(), |date| format!(" {}", date.in_a_sentence()));
    match act {
        Act::Decision(decision) => {
            let symbol = decision.symbol.as_ref();
            let symbol = symbol.map_or(String::new(), |symbol| format!(" ({symbol})"));
            format!("the decision{date}{symbol}")
        }
        Act::Action(action) => format!("the {} of {}{date}", action.kind, action.participant),
        Act::Statement(statement) => {
            format!("the {} of {}{date}", statement.kind, statement.author)
        }
        Act::Step(step) => format!("`{}`{date}", step.what),
        _ => format!("`{text}`{date}"),
    }
}

/// A kind of relation in a sentence.
fn words(kind: &str) -> String {
    match kind {
        "protocol-to" => "is a protocol to".to_owned(),
        "as-amended" => "is the amended text of".to_owned(),
        "adopted-by" => "was adopted by".to_owned(),
        "recommended-by" => "was recommended by".to_owned(),
        "accession-to" => "is an accession to".to_owned(),
        kind => kind.replace('-', " "),
    }
}

/// What a participant is called: its name, with its code; else its identifier.
fn name_of(who: Participant) -> String {
    let known = who.code().and_then(entity);
    let name = known.map(|entity| format!("{who} {}", entity.label()));
    name.unwrap_or_else(|| who.identifier().to_owned())
}

fn action_words(action: &TreatyAction) -> String {
    let mut text = match action.date {
        Some(date) => format!("{} {date}", action.kind),
        None => format!("{} on an unknown day", action.kind),
    };
    if let Some(effective) = action.effective {
        text += &format!(" (in effect {})", effective.in_a_sentence());
    }
    text + &for_and_towards(
        &action.on_behalf_of,
        action.towards,
        &action.notes,
        action.unverified,
    )
}

fn statement_words(statement: &Statement) -> String {
    let mut text = format!("{}: {}", name_of(statement.author), statement.kind);
    if !statement.provisions.is_empty() {
        text += &format!(" on {}", statement.provisions.join(", "));
    }
    if let Some(withdrawn) = statement.withdrawn {
        text += &format!(", withdrawn {}", withdrawn.in_a_sentence());
    }
    text + &for_and_towards(
        &statement.on_behalf_of,
        statement.towards,
        &statement.notes,
        statement.unverified,
    )
}

fn for_and_towards(
    others: &[Participant],
    towards: Option<Participant>,
    notes: &[String],
    unverified: bool,
) -> String {
    let mut text = String::new();
    if !others.is_empty() {
        let others: Vec<_> = others.iter().map(|who| name_of(*who)).collect();
        text += &format!(" on behalf of {}", others.join(", "));
    }
    if let Some(towards) = towards {
        text += &format!(" towards {}", name_of(towards));
    }
    for note in notes {
        text += &format!(" ({note})");
    }
    if unverified {
        text += " (unverified)";
    }
    text
}
