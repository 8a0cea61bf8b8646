//! The tables of what records hold beside votes: `agreements`, `relations`, `acts`, `statements` and `sponsors`.

use plenary_analysis::table::{Cell, Table};
use plenary_types::{
    Act, Agreement, AgreementRelation, Citation, Date, LegalForce, Participant, Sponsorship,
    Statement, TreatyAction,
};

use super::rows::{DateCells, Rows, integer, list, text, who};
use crate::schema::{ACTS, AGREEMENTS, RELATIONS, SPONSORS, STATEMENTS};

/// The rows of agreements and of their acts but for the votes.
#[derive(Debug)]
pub(crate) struct RecordRows {
    agreements: Rows,
    relations: Rows,
    acts: Rows,
    statements: Rows,
    sponsors: Rows,
}

impl Default for RecordRows {
    fn default() -> Self {
        Self {
            agreements: Rows::new(&AGREEMENTS),
            relations: Rows::new(&RELATIONS),
            acts: Rows::new(&ACTS),
            statements: Rows::new(&STATEMENTS),
            sponsors: Rows::new(&SPONSORS),
        }
    }
}

/// Where a row belongs.
type Key = [Cell<'static>; 2];

impl RecordRows {
    pub(crate) fn add(&mut self, record: u32, agreement: &Agreement) {
        let number = integer(record);
        self.agreement(number, agreement);
        for relation in &agreement.relations {
            self.relation(number, relation);
        }
        for (place, act) in agreement.acts.iter().enumerate() {
            let key = [number, integer(place)];
            match act {
                Act::Action(action) => self.action(key, action),
                Act::Statement(statement) => self.statement(key, statement),
                Act::Sponsorship(sponsorship) => self.sponsorship(key, sponsorship),
                _ => {}
            }
        }
    }

    /// The tables, each with its name.
    pub(crate) fn into_tables(self) -> [(&'static str, Table); 5] {
        [
            (AGREEMENTS.name, self.agreements.into_table()),
            (RELATIONS.name, self.relations.into_table()),
            (ACTS.name, self.acts.into_table()),
            (STATEMENTS.name, self.statements.into_table()),
            (SPONSORS.name, self.sponsors.into_table()),
        ]
    }

    fn agreement(&mut self, record: Cell<'_>, agreement: &Agreement) {
        let id = agreement.id.or_else(|| agreement.derived_id());
        let id = id.map(|id| id.to_string());
        let force = agreement.legal_force.map(|force| match force {
            LegalForce::Binding => "binding",
            _ => "non-binding",
        });
        let sources = || agreement.sources.iter();
        self.agreements.push([
            record,
            text(id.as_deref()),
            text(agreement.kind.as_str()),
            text(&*agreement.title),
            text(agreement.symbols.first().map(Citation::as_str)),
            text(&*list(agreement.symbols.iter().map(Citation::as_str))),
            text(force),
            text(agreement.body.as_ref().map(|body| body.as_str())),
            text(&*list(&agreement.subjects)),
            text(agreement.in_force_when.as_deref()),
            text(&*written(agreement.in_force_since)),
            integer(agreement.acts.len()),
            text(&*list(sources().map(|source| &source.title))),
            text(sources().find_map(|source| source.record.as_deref())),
            text(sources().find_map(|source| source.url.as_deref())),
        ]);
    }

    fn relation(&mut self, record: Cell<'_>, relation: &AgreementRelation) {
        self.relations.push([
            record,
            text(relation.kind.as_str()),
            text(relation.from.as_deref()),
            text(&*relation.to),
        ]);
    }

    fn action(&mut self, [record, act]: Key, action: &TreatyAction) {
        let date = DateCells::from(action.date);
        let [day, date_text, from, to] = date.cells();
        self.acts.push([
            record,
            act,
            who(Some(action.participant)),
            text(action.printed.as_deref()),
            text(action.kind.as_str()),
            day,
            date_text,
            from,
            to,
            text(&*written(action.effective)),
            text(&*codes(&action.on_behalf_of)),
            who(action.towards),
            text(action.source.as_deref()),
            text(&*list(&action.notes)),
            Cell::Flag(action.unverified),
        ]);
    }

    fn statement(&mut self, [record, act]: Key, statement: &Statement) {
        let date = DateCells::from(Some(statement.date));
        let [day, date_text, from, to] = date.cells();
        self.statements.push([
            record,
            act,
            who(Some(statement.author)),
            text(statement.kind.as_str()),
            day,
            date_text,
            from,
            to,
            who(statement.towards),
            text(&*list(&statement.provisions)),
            text(&*codes(&statement.on_behalf_of)),
            text(&*written(statement.withdrawn)),
            text(statement.source.as_deref()),
            text(&*list(&statement.notes)),
            Cell::Flag(statement.unverified),
        ]);
    }

    fn sponsorship(&mut self, [record, act]: Key, sponsorship: &Sponsorship) {
        let date = DateCells::from(sponsorship.date);
        let [day, date_text, from, to] = date.cells();
        for (place, sponsor) in (1..).zip(&sponsorship.sponsors) {
            self.sponsors.push([
                record,
                act,
                Cell::Integer(place),
                text(sponsorship.symbol.as_ref().map(Citation::as_str)),
                day,
                date_text,
                from,
                to,
                who(sponsor.participant),
                text(&*sponsor.name),
                text(sponsor.note.as_deref()),
                Cell::Flag(sponsor.later),
            ]);
        }
    }
}

fn written(date: Option<Date>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

fn codes(participants: &[Participant]) -> String {
    list(participants.iter().map(|who| who.as_str()))
}
