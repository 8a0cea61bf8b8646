//! The parts of a page that treaties have: status, acts, statements, sponsors; and the relations of any agreement.

use std::collections::BTreeMap;

use plenary::Account;
use plenary::states::entity;
use plenary::types::{Act, Agreement, Participant, Statement, TreatyAction};

use super::Page;
use crate::command::treaty_status;
use crate::output::visible;

impl Page {
    /// What the participants did, and what came of it.
    pub(super) fn treaty(&mut self, account: &Account) {
        if let Some(answer) = &account.treaty {
            self.title("Status");
            self.text.push_str(&treaty_status(answer));
        }
        self.actions(&account.agreement);
        self.statements(&account.agreement);
        self.sponsors(&account.agreement);
    }

    /// The acts of each participant, in the order of their names.
    fn actions(&mut self, agreement: &Agreement) {
        let mut by_participant: BTreeMap<Participant, Vec<String>> = BTreeMap::new();
        for act in &agreement.acts {
            if let Act::Action(action) = act {
                let acts = by_participant.entry(action.participant).or_default();
                acts.push(action_words(action));
            }
        }
        if by_participant.is_empty() {
            return;
        }
        self.title("Acts of the participants");
        for (who, acts) in by_participant {
            self.paragraph(&name_of(who), &acts.join("; "));
        }
    }

    fn statements(&mut self, agreement: &Agreement) {
        let statements = agreement.acts.iter().filter_map(|act| match act {
            Act::Statement(statement) => Some(statement),
            _ => None,
        });
        let statements: Vec<_> = statements.collect();
        if statements.is_empty() {
            return;
        }
        self.title("Reservations and other statements");
        for statement in statements {
            let label = format!("{:<10}", statement.date);
            self.paragraph(&label, &statement_words(statement));
        }
    }

    fn sponsors(&mut self, agreement: &Agreement) {
        for act in &agreement.acts {
            let Act::Sponsorship(sponsorship) = act else {
                continue;
            };
            self.title("Sponsors");
            let symbol = sponsorship.symbol.iter().map(ToString::to_string);
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
            let names = names.collect::<Vec<_>>().join(", ");
            let date = sponsorship
                .date
                .map_or(String::new(), |date| date.to_string());
            let parts = symbol.chain([names]).collect::<Vec<_>>().join(": ");
            self.paragraph(&format!("{date:<10}"), &parts);
        }
    }

    /// What the agreement is to others, and what others are to it.
    pub(super) fn relations(&mut self, account: &Account) {
        let agreement = &account.agreement;
        if agreement.relations.is_empty() && account.related_by.is_empty() {
            return;
        }
        self.title("Relations");
        for relation in &agreement.relations {
            let from = relation.from.as_deref().map(|from| end(agreement, from));
            let from = from.unwrap_or_else(|| "this".to_owned());
            let text = format!(
                "{from} {} {}",
                words(relation.kind.as_str()),
                end(agreement, &relation.to)
            );
            self.paragraph("-", &text);
        }
        for other in &account.related_by {
            let kind = words(other.relation.kind.as_str());
            self.paragraph("-", &format!("{} {kind} this", other.record));
        }
    }
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
    let name = name.unwrap_or_else(|| who.identifier().to_owned());
    visible(&name).into_owned()
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
