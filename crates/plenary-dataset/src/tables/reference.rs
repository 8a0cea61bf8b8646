//! The tables of reference data: who the participants are, and the bodies, groups and rules of the records.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use plenary_analysis::table::{Cell, Table};
use plenary_bodies::{Body, Doubt, MemberKind, Reference};
use plenary_states::{CodeSystem, NameKind, entity};
use plenary_types::{Act, Agreement, BodyId, Date, Participant, Span};

use super::rows::{Rows, day, span, text, who};
use crate::schema::{BODIES, CODES, GROUPS, MEMBERSHIPS, NAMES, PARTICIPANTS, RULES};

/// Who and what occurs in records.
#[derive(Debug, Default)]
pub(crate) struct Occurring {
    participants: BTreeSet<Participant>,
    bodies: BTreeSet<String>,
}

impl Occurring {
    /// Takes in an agreement, but for the lists of its votes.
    pub(crate) fn add(&mut self, agreement: &Agreement) {
        self.add_body(agreement.body.as_ref());
        for act in &agreement.acts {
            match act {
                Act::Decision(decision) => self.add_body(decision.body.as_ref()),
                Act::Election(election) => {
                    self.add_body(election.body.as_ref());
                    self.add_body(election.to.as_ref());
                }
                Act::Action(action) => self.add_participants([action.participant]),
                Act::Statement(statement) => self.add_participants([statement.author]),
                Act::Sponsorship(sponsorship) => {
                    let sponsors = sponsorship.sponsors.iter();
                    self.add_participants(sponsors.filter_map(|sponsor| sponsor.participant));
                }
                _ => {}
            }
        }
    }

    pub(crate) fn add_participants(&mut self, who: impl IntoIterator<Item = Participant>) {
        self.participants.extend(who);
    }

    fn add_body(&mut self, body: Option<&BodyId>) {
        if let Some(body) = body {
            self.add_body_of_text(body.as_str());
        }
    }

    pub(crate) fn add_body_of_text(&mut self, body: &str) {
        if !self.bodies.contains(body) {
            self.bodies.insert(body.to_owned());
        }
    }

    /// Takes in the bodies of which the members of known ones are.
    fn add_bodies_above(&mut self, reference: &Reference) {
        let mut left: Vec<String> = self.bodies.iter().cloned().collect();
        while let Some(body) = left.pop() {
            let Some(body) = reference.body(&body) else {
                continue;
            };
            let above = [body.members_of(), body.roster_of()];
            for above in above.into_iter().flatten() {
                if self.bodies.insert(above.as_str().to_owned()) {
                    left.push(above.as_str().to_owned());
                }
            }
        }
    }

    /// The tables of what is known of them, each with its name.
    pub(crate) fn into_tables(mut self, reference: &Reference) -> [(&'static str, Table); 7] {
        self.add_bodies_above(reference);
        let mut bodies = Rows::new(&BODIES);
        let mut memberships = Rows::new(&MEMBERSHIPS);
        let mut rules = Rows::new(&RULES);
        for id in &self.bodies {
            let known = reference.body(id);
            push_body(id, known.map(|body| &**body), &mut bodies);
            if let Some(body) = known {
                self.participants
                    .extend(push_members(body, &mut memberships));
                push_rules(id, reference, &mut rules);
            }
        }
        let mut groups = Rows::new(&GROUPS);
        push_groups(reference, &self.participants, &mut groups);
        let mut participants = Rows::new(&PARTICIPANTS);
        let mut names = Rows::new(&NAMES);
        let mut codes = Rows::new(&CODES);
        for participant in self.participants {
            push_participant(participant, reference, &mut participants);
            push_names(participant, reference, &mut names);
            push_codes(participant, reference, &mut codes);
        }
        [
            (PARTICIPANTS.name, participants.into_table()),
            (BODIES.name, bodies.into_table()),
            (NAMES.name, names.into_table()),
            (CODES.name, codes.into_table()),
            (MEMBERSHIPS.name, memberships.into_table()),
            (GROUPS.name, groups.into_table()),
            (RULES.name, rules.into_table()),
        ]
    }
}

fn push_body(id: &str, body: Option<&Body>, table: &mut Rows) {
    let [from, to] = body.map_or([Cell::Missing; 2], |body| span(body.span()));
    let members = body.map(|body| match body.member_kind() {
        MemberKind::Person => "person",
        MemberKind::Party => "party",
        MemberKind::Unit => "unit",
        _ => "state",
    });
    let members_of = body.and_then(Body::members_of).map(BodyId::as_str);
    table.push([
        text(id),
        text(body.map(Body::name)),
        from,
        to,
        text(members),
        text(members_of),
        day(body.and_then(Body::confirmed_until)),
    ]);
}

/// Adds the roster of a body; returns who is on it.
fn push_members(body: &Body, table: &mut Rows) -> BTreeSet<Participant> {
    let mut members = BTreeSet::new();
    for row in body.roster().into_iter().flat_map(|roster| roster.rows()) {
        let [from, to] = span(row.span);
        let unverified = doubted(row.doubt);
        table.push([
            text(body.id().as_str()),
            who(row.who),
            from,
            to,
            text(row.status.as_str()),
            text(row.seat.as_deref()),
            text(unverified),
            text(&*row.basis),
        ]);
        members.extend(row.who);
    }
    members
}

/// The word for what no source confirms.
const fn doubted(doubt: Doubt) -> Option<&'static str> {
    match doubt {
        Doubt::From => Some("from"),
        Doubt::To => Some("to"),
        Doubt::Both => Some("both"),
        Doubt::Member => Some("member"),
        _ => None,
    }
}

/// A date as it is written, where it is not a day.
fn vague(date: Option<Date>) -> String {
    let date = date.filter(|date| date.as_day().is_none());
    date.map(|date| date.to_string()).unwrap_or_default()
}

fn push_rules(body: &str, reference: &Reference, table: &mut Rows) {
    for rule in reference.library().rules_of(body) {
        let [from, to] = span(rule.span);
        table.push([
            text(body),
            text(&*rule.kind),
            text(&*rule.id),
            text(&*rule.title),
            text(&*rule.requirement.to_string()),
            from,
            to,
            Cell::Flag(rule.practice),
            text(&*rule.source),
            Cell::Flag(rule.unverified),
        ]);
    }
}

fn push_groups(reference: &Reference, of: &BTreeSet<Participant>, table: &mut Rows) {
    for scheme in reference.schemes() {
        for row in scheme.rows().iter().filter(|row| of.contains(&row.who)) {
            let [from, to] = span(row.span);
            // Tables without a column for it say it of the first day, in words.
            let in_words = row.basis.contains("(unverified)").then_some("from");
            let unverified = doubted(row.doubt).or(in_words);
            table.push([
                text(scheme.name()),
                text(&*row.group),
                text(scheme.title_of(&row.group)),
                who(Some(row.who)),
                from,
                to,
                text(&*vague(row.from)),
                text(&*vague(row.to)),
                text(unverified),
                text(&*row.basis),
            ]);
        }
    }
}

fn push_participant(participant: Participant, reference: &Reference, table: &mut Rows) {
    let entity = participant.code().and_then(entity);
    let people = reference.people().of(participant);
    let own_kind = people.iter().find_map(|person| person.kind);
    let kind = match entity {
        Some(entity) => entity.kind().as_str().to_owned(),
        None => own_kind.unwrap_or(participant.kind()).to_string(),
    };
    let spans: Vec<Span> = match entity {
        Some(entity) => entity.lives().to_vec(),
        None => Vec::new(),
    };
    let from = spans.first().map(|span| span.from);
    let from = from.filter(|from| *from != NaiveDate::MIN);
    let code = |system| text(entity.and_then(|entity| entity.code_in(system, None)));
    table.push([
        text(participant.as_str()),
        text(&*kind),
        text(reference.name_on(participant, None)),
        day(from),
        day(spans.last().and_then(|span| span.to)),
        code(CodeSystem::Iso2),
        code(CodeSystem::Iso3),
        code(CodeSystem::IsoNumeric),
        code(CodeSystem::Iso3166Part3),
        code(CodeSystem::M49),
        code(CodeSystem::Cow),
        code(CodeSystem::CowLetters),
        code(CodeSystem::GleditschWard),
        code(CodeSystem::Undl),
    ]);
}

fn push_names(participant: Participant, reference: &Reference, table: &mut Rows) {
    let entity = participant.code().and_then(entity);
    for name in entity.map_or(&[][..], |entity| entity.names()) {
        let [from, to] = span(name.span);
        let kind = match name.kind {
            NameKind::Short => "short",
            NameKind::Formal => "formal",
            NameKind::Alias => "alias",
            NameKind::Initials => "initials",
            NameKind::Contextual => "contextual",
            _ => "",
        };
        table.push([
            text(participant.as_str()),
            text(name.language),
            text(kind),
            text(name.text),
            from,
            to,
            text(name.basis),
        ]);
    }
    for person in reference.people().of(participant) {
        let [from, to] = span(person.span);
        table.push([
            text(participant.as_str()),
            Cell::Missing,
            Cell::Missing,
            text(&*person.name),
            from,
            to,
            text(&*person.basis),
        ]);
    }
}

fn push_codes(participant: Participant, reference: &Reference, table: &mut Rows) {
    let entity = participant.code().and_then(entity);
    for code in entity.map_or(&[][..], |entity| entity.codes()) {
        let [from, to] = span(code.span);
        table.push([
            text(participant.as_str()),
            text(code.system.as_str()),
            text(code.value),
            from,
            to,
            text(code.basis),
        ]);
    }
    for person in reference.people().of(participant) {
        let [from, to] = span(person.span);
        for (system, code) in &person.codes {
            table.push([
                text(participant.as_str()),
                text(&**system),
                text(&**code),
                from,
                to,
                text(&*person.basis),
            ]);
        }
    }
}
