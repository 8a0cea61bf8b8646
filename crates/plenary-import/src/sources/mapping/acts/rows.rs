//! Rows of which each tells of acts: of a participant of an agreement, or of an agreement with its participants.

use plenary_tables::Row;
use plenary_types::{ActionKind, Date, Participant, ParticipantKind, TreatyAction};

use super::dates::{DateFault, Dated, Mark, behind, date, dates};
use super::definition::{ActColumns, ActRole, ActWord, ActsMapping, Marks, Notation};

use super::super::heading::Heading;
use super::super::participants::Identified;
use super::record::{ActPlace, Agreements};
use super::{CellPlace, Columns, Fault, pattern};
use crate::options::NameLookup;

const WRITE_DATE: &str = "correct it, or say by `date-format` in the mapping how days are written, and by `missing` which values say that nothing is known";
const WRITE_MARK: &str = "say under `[marks]` in the mapping which act it stands for";
const WRITE_NAME: &str =
    "write its code or its name, or say under `[participants]` in the mapping who is meant";
const WRITE_ACT: &str =
    "say under `[words]` in the mapping which act it is, such as `ratification`";

/// Reads rows by a mapping.
pub(super) struct Reader<'a> {
    mapping: &'a ActsMapping,
    columns: &'a Columns<'a>,
    notation: Notation<'a>,
    state: Option<usize>,
    name: Option<usize>,
    /// Whether each row is about a participant.
    is_about_one: bool,
    entries: Vec<Entry>,
    /// Who is meant by a name that is no state's.
    names: Option<&'a NameLookup>,
}

/// Where the parts of an act stand in a row.
struct Entry {
    act: Kind,
    agreement: Option<String>,
    subjects: Vec<String>,
    /// The columns of those who did it; empty where they are whom the row is about.
    participants: Vec<usize>,
    separator: Option<String>,
    date: Option<usize>,
    after: Vec<String>,
    effective: Option<usize>,
    on_behalf_of: Option<usize>,
    towards: Option<usize>,
    source: Option<usize>,
    note: Option<usize>,
    when: Vec<(Option<usize>, Vec<String>)>,
    marks: Marks,
}

#[derive(Clone, Copy)]
enum Kind {
    Always(ActionKind),
    Column(Option<usize>),
}

/// Who did something, as a row has it.
struct Who<'r> {
    code: &'r str,
    name: &'r str,
    column: Option<usize>,
    identified: Identified,
}

/// An act of a row.
struct ActMade<'e> {
    entry: Option<&'e Entry>,
    act: TreatyAction,
    place: ActPlace,
}

impl<'e> ActMade<'e> {
    /// What its entry calls the agreement.
    fn agreement(&self) -> Option<&'e str> {
        self.entry.and_then(|entry| entry.agreement.as_deref())
    }
}

/// The acts of a row, and what of it cannot be used.
#[derive(Default)]
struct Made<'e> {
    acts: Vec<ActMade<'e>>,
    faults: Vec<Fault>,
    /// Days of effect that belong to no act, by their columns.
    unclaimed: Vec<usize>,
    claimed: Vec<usize>,
    bracketed: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        mapping: &'a ActsMapping,
        columns: &'a Columns<'a>,
        notation: Notation<'a>,
        names: Option<&'a NameLookup>,
    ) -> Self {
        let listed = mapping.entries();
        let entries = listed.iter().flat_map(|entry| numbered(entry, columns));
        Self {
            mapping,
            columns,
            notation,
            state: columns.of_role(mapping, ActRole::State),
            name: columns.of_role(mapping, ActRole::Name),
            is_about_one: columns.tell(mapping, &[ActRole::State, ActRole::Name]),
            entries: entries
                .filter_map(|entry| Entry::new(&entry, columns, mapping))
                .collect(),
            names,
        }
    }

    fn value(&self, row: &Row<'_>, column: Option<usize>) -> String {
        self.columns.value(self.mapping, row, column)
    }

    fn fault(
        &self,
        row: &Row<'_>,
        column: Option<usize>,
        reason: impl Into<String>,
        help: &'static str,
    ) -> Fault {
        Fault {
            place: self.columns.place(row, column),
            value: column.map_or_else(String::new, |column| row.value(column).into_owned()),
            reason: reason.into(),
            help,
            agreement: None,
        }
    }

    /// What a row calls its agreement, if it has one for all of its acts.
    fn agreement_of_row(&self, row: &Row<'_>, agreements: &Agreements<'_>) -> Option<String> {
        let mut entries = self.entries.iter();
        let has_own = entries.any(|entry| entry.agreement.is_some());
        (!has_own).then(|| agreements.name(row, None))
    }

    /// Takes the acts of a row to their agreements; says whether there were any. A row without an act that can be used is rejected
    /// for the first of its faults.
    pub(super) fn read(
        &self,
        row: &Row<'_>,
        agreements: &mut Agreements<'_>,
    ) -> Result<bool, Fault> {
        let mut made = Made::default();
        let told = |role| self.columns.told(self.mapping, row, role);
        let (state, name) = (told(ActRole::State), told(ActRole::Name));
        let own_state = self.value(row, self.state);
        let column = self.state.filter(|_| !own_state.is_empty()).or(self.name);
        let own = self
            .is_about_one
            .then(|| self.mapping.identify(&state, &name, None))
            .transpose();
        let own = own.map_err(|reason| {
            let fault = self.fault(row, column, format!("the row {reason}"), WRITE_NAME);
            fault.of_agreement(self.agreement_of_row(row, agreements))
        })?;
        let own = own.map(|identified| Who {
            code: &state,
            name: &name,
            column,
            identified,
        });
        for entry in self.entries.iter().filter(|entry| entry.applies(self, row)) {
            self.acts_of(row, entry, own.as_ref(), &mut made);
        }
        let own = own.map(|own| own.identified);
        let unclaimed = made
            .unclaimed
            .iter()
            .find(|column| !made.claimed.contains(column));
        if let Some(&column) = unclaimed {
            let reason = "a day of effect without an act: no column says what was done";
            let mut entries = self.entries.iter();
            let entry = entries.find(|entry| entry.effective == Some(column));
            let agreement = entry.and_then(|entry| entry.agreement.clone());
            let fault = self.fault(row, Some(column), reason, WRITE_DATE);
            made.faults.push(fault.of_agreement(agreement));
        }
        for fault in &mut made.faults {
            let name = agreements.name(row, fault.agreement.as_deref());
            fault.agreement = Some(name).filter(|name| !name.is_empty());
        }
        if made.acts.is_empty() {
            let mut faults = made.faults.into_iter();
            if let Some(first) = faults.next() {
                let is_of_all = faults.all(|fault| fault.agreement == first.agreement);
                let agreement = first.agreement.clone().filter(|_| is_of_all);
                return Err(first.of_agreement(agreement));
            }
            let is_unknown = |own: &Identified| own.who.kind() == ParticipantKind::Text;
            return match own.as_ref().is_some_and(is_unknown) {
                true => {
                    let reason = "not a known participant, and the row tells of no act";
                    let fault = self.fault(row, column, reason, WRITE_NAME);
                    Err(fault.of_agreement(self.agreement_of_row(row, agreements)))
                }
                false => {
                    agreements.meet(row, None);
                    Ok(false)
                }
            };
        }
        if let Some(own) = own.as_ref().filter(|_| made.bracketed) {
            let mut withdrawal = TreatyAction::undated(own.who, ActionKind::Withdrawal);
            withdrawal.printed.clone_from(&own.printed);
            let place = ActPlace::of(self.columns.place(row, column));
            made.acts.push(ActMade {
                entry: None,
                act: withdrawal,
                place,
            });
        }
        let first = made.acts.first().and_then(ActMade::agreement);
        for made in made.acts {
            let of_act = made.agreement();
            let subjects = made.entry.map_or(&[][..], |entry| &entry.subjects);
            agreements.take(row, of_act, subjects, made.act, made.place);
        }
        for fault in made.faults {
            agreements.note_fault(row, fault);
        }
        if let Some((own, named)) = own.as_ref().and_then(|own| Some((own, own.named?))) {
            let place = self.columns.place(row, column);
            agreements.note_contradiction(row, first, own.who, named, &place);
        }
        Ok(true)
    }

    /// The acts of an entry, by the participant of the row or those that it names.
    fn acts_of<'e>(
        &self,
        row: &Row<'_>,
        entry: &'e Entry,
        own: Option<&Who<'_>>,
        made: &mut Made<'e>,
    ) {
        if entry.participants.is_empty() {
            if let Some(own) = own {
                self.acts_by(row, entry, own, made);
            }
            return;
        }
        for &column in &entry.participants {
            let cell = self.value(row, Some(column));
            let parts: Vec<&str> = match &entry.separator {
                Some(separator) => cell.split(separator.as_str()).map(str::trim).collect(),
                None => vec![&*cell],
            };
            for part in parts.into_iter().filter(|part| !part.is_empty()) {
                match self.mapping.identify(part, "", None) {
                    Ok(identified) => {
                        let who = Who {
                            code: part,
                            name: "",
                            column: Some(column),
                            identified,
                        };
                        self.acts_by(row, entry, &who, made);
                    }
                    Err(reason) => {
                        let reason = format!("the cell {reason}");
                        made.note(entry, self.fault(row, Some(column), reason, WRITE_NAME));
                    }
                }
            }
        }
    }

    /// The acts of an entry by a participant.
    fn acts_by<'e>(&self, row: &Row<'_>, entry: &'e Entry, who: &Who<'_>, made: &mut Made<'e>) {
        let column = who.column;
        let effective = match self.date(row, entry.effective) {
            Ok(effective) => effective,
            // What counts from a day that cannot be read is no act without its own day.
            Err(fault) => {
                made.note(entry, fault);
                match entry.date {
                    Some(_) => None,
                    None => return,
                }
            }
        };
        let cell = self.value(row, entry.date);
        let cell = match entry.after.is_empty() {
            true => Some(&*cell),
            false => behind(&cell, &entry.after, self.notation),
        };
        let Some(cell) = cell else {
            return;
        };
        let dated: Vec<Option<Dated>> = match (cell, entry.date) {
            ("", Some(_)) if entry.is_without_date(self, row) => vec![None],
            ("", Some(_)) => {
                let unclaimed = entry.effective.filter(|_| effective.is_some());
                made.unclaimed.extend(unclaimed);
                return;
            }
            (_, None) => match entry.effective {
                Some(_) if effective.is_none() && entry.when.is_empty() => return,
                _ => vec![None],
            },
            (text, Some(_)) => match dates(text, self.mapping, self.notation, &entry.marks) {
                Ok(dated) => dated.into_iter().map(Some).collect(),
                Err(fault) => {
                    let (reason, help) = match fault {
                        DateFault::Date(reason) => (reason, WRITE_DATE),
                        DateFault::Mark(reason) => (reason, WRITE_MARK),
                    };
                    // Its day of effect is that of the act that cannot be read.
                    made.claimed.extend(entry.effective);
                    made.note(entry, self.fault(row, entry.date, reason, help));
                    return;
                }
            },
        };
        for dated in dated {
            match self.act(row, entry, who, dated.as_ref()) {
                Ok(None) => {}
                Ok(Some(mut act)) => {
                    act.effective = effective;
                    made.claimed.extend(entry.effective);
                    made.bracketed |= dated.is_some_and(|dated| dated.bracketed);
                    let place = ActPlace {
                        who: self.columns.place(row, column),
                        kind: self
                            .columns
                            .place(row, entry.act.column().or(entry.date).or(column)),
                        date: self.columns.place(row, entry.date.or(column)),
                    };
                    made.push(entry, act, place);
                }
                Err(fault) => made.note(entry, fault),
            }
        }
    }

    fn act(
        &self,
        row: &Row<'_>,
        entry: &Entry,
        who: &Who<'_>,
        dated: Option<&Dated>,
    ) -> Result<Option<TreatyAction>, Fault> {
        let kind = match dated.and_then(|dated| dated.mark) {
            Some(Mark::Act(kind)) => kind,
            Some(Mark::Nothing) => return Ok(None),
            None => match self.kind(row, entry.act)? {
                Some(kind) => kind,
                None => return Ok(None),
            },
        };
        let date = dated.map(|dated| dated.date);
        let then = (self.mapping.is_of_then() && date.is_some())
            .then(|| self.mapping.identify(who.code, who.name, date).ok())
            .flatten();
        let who = then.as_ref().unwrap_or(&who.identified);
        let mut act = TreatyAction::undated(self.meant(who.who, date), kind);
        act.date = date;
        act.printed.clone_from(&who.printed);
        let others = self.value(row, entry.on_behalf_of);
        let others = others
            .split(';')
            .map(str::trim)
            .filter(|text| !text.is_empty());
        let others = others.map(|text| self.other(row, entry.on_behalf_of, text));
        act.on_behalf_of = others.collect::<Result<_, _>>()?;
        let towards = self.value(row, entry.towards);
        if !towards.is_empty() {
            act.towards = Some(self.other(row, entry.towards, &towards)?);
        }
        act.source = Some(self.value(row, entry.source)).filter(|text| !text.is_empty());
        let note = Some(self.value(row, entry.note)).filter(|text| !text.is_empty());
        act.notes = note.into_iter().collect();
        Ok(Some(act))
    }

    /// Whoever is meant by a name, where no state or organisation is.
    fn meant(&self, who: Participant, date: Option<Date>) -> Participant {
        let names = self.names.filter(|_| who.kind() == ParticipantKind::Text);
        names
            .and_then(|names| names(who.identifier(), date))
            .unwrap_or(who)
    }

    fn other(
        &self,
        row: &Row<'_>,
        column: Option<usize>,
        text: &str,
    ) -> Result<Participant, Fault> {
        let who = self.mapping.identify(text, "", None);
        let who = who.or_else(|_| self.mapping.identify("", text, None));
        who.map(|who| who.who)
            .map_err(|reason| self.fault(row, column, format!("the cell {reason}"), WRITE_NAME))
    }

    /// What was done; nothing where a word means that nothing was.
    fn kind(&self, row: &Row<'_>, kind: Kind) -> Result<Option<ActionKind>, Fault> {
        let column = match kind {
            Kind::Always(kind) => return Ok(Some(kind)),
            Kind::Column(column) => column,
        };
        let word = self.value(row, column);
        if let Some(meaning) = self.mapping.words.of(&word) {
            return Ok(meaning.copied());
        }
        if word.is_empty() {
            let reason = "the row does not say what was done";
            return Err(self.fault(row, column, reason, WRITE_ACT));
        }
        let plain = word.to_ascii_lowercase().replace([' ', '_'], "-");
        let known = plain.parse().ok().or_else(|| ActionKind::from_mark(&word));
        let unknown = || self.fault(row, column, format!("unknown act `{word}`"), WRITE_ACT);
        known.map(Some).ok_or_else(unknown)
    }

    fn date(&self, row: &Row<'_>, column: Option<usize>) -> Result<Option<Date>, Fault> {
        let text = self.value(row, column);
        if text.is_empty() {
            return Ok(None);
        }
        let date = date(&text, self.notation);
        date.map(Some)
            .map_err(|reason| self.fault(row, column, reason, WRITE_DATE))
    }
}

impl<'e> Made<'e> {
    /// Notes a cell that cannot be used, once for each agreement.
    fn note(&mut self, entry: &Entry, fault: Fault) {
        let mut faults = self.faults.iter();
        let is_known =
            |known: &Fault| known.place == fault.place && known.agreement == entry.agreement;
        if !faults.any(is_known) {
            self.faults
                .push(fault.of_agreement(entry.agreement.clone()));
        }
    }

    /// Takes an act, once where two columns have the same.
    fn push(&mut self, entry: &'e Entry, act: TreatyAction, place: ActPlace) {
        let is_same = |made: &ActMade<'e>| {
            let other = &made.act;
            let one = (act.participant, act.kind, act.date, act.towards);
            made.agreement() == entry.agreement.as_deref()
                && one == (other.participant, other.kind, other.date, other.towards)
                && act.on_behalf_of == other.on_behalf_of
        };
        let mut acts = self.acts.iter_mut();
        match acts.find(|made| is_same(made)) {
            Some(same) => same.act.effective = same.act.effective.or(act.effective),
            None => self.acts.push(ActMade {
                entry: Some(entry),
                act,
                place,
            }),
        }
    }
}

impl Entry {
    /// The entry in a table; nothing where an optional column says what was done and is not there.
    fn new(entry: &ActColumns, columns: &Columns<'_>, mapping: &ActsMapping) -> Option<Self> {
        let at = |column: &Option<Heading>| column.as_ref().and_then(|column| columns.at(column));
        let act = match entry.act.as_ref()? {
            ActWord::Always(kind) => Kind::Always(*kind),
            ActWord::Column { column } => Kind::Column(columns.at(column)),
        };
        let when = entry.when.iter();
        let when = when.map(|(heading, values)| {
            let column = columns.at(&mapping.heading(heading));
            (column, values.clone())
        });
        let participants = entry.participants.0.iter();
        let participants: Vec<usize> = participants
            .filter_map(|column| columns.at(column))
            .collect();
        if participants.is_empty() && !entry.participants.0.is_empty() {
            return None;
        }
        Some(Self {
            act,
            agreement: entry.agreement.clone(),
            subjects: entry.subjects.clone(),
            participants,
            separator: entry.separator.clone(),
            date: at(&entry.date),
            after: entry.after.clone(),
            effective: at(&entry.effective),
            on_behalf_of: at(&entry.on_behalf_of),
            towards: at(&entry.towards),
            source: at(&entry.source),
            note: at(&entry.note),
            when: when.collect(),
            marks: entry.marks.clone(),
        })
    }

    /// Whether the row has what the entry asks for.
    fn applies(&self, reader: &Reader<'_>, row: &Row<'_>) -> bool {
        self.when.iter().all(|(column, values)| {
            let value = reader.value(row, *column);
            let is = |wanted: &String| match wanted.as_str() {
                "*" => !value.is_empty(),
                wanted => {
                    wanted.trim().eq_ignore_ascii_case(&value) || is_same_number(wanted, &value)
                }
            };
            values.iter().any(is)
        })
    }

    /// Whether an act without a day is one all the same: the row says by another column that it was done.
    fn is_without_date(&self, reader: &Reader<'_>, row: &Row<'_>) -> bool {
        let told = match self.act {
            Kind::Column(column) => !reader.value(row, column).is_empty(),
            Kind::Always(_) => !self.participants.is_empty(),
        };
        told || !self.when.is_empty()
    }
}

impl Kind {
    const fn column(self) -> Option<usize> {
        match self {
            Self::Always(_) => None,
            Self::Column(column) => column,
        }
    }
}

impl ActPlace {
    /// Of an act that has one cell.
    fn of(place: CellPlace) -> Self {
        Self {
            who: place.clone(),
            kind: place.clone(),
            date: place,
        }
    }
}

/// Whether two texts are one number, whole or with a fraction of nothing: `1` and `1.0`.
pub(super) fn is_same_number(one: &str, other: &str) -> bool {
    let number = |text: &str| crate::texts::count(text.trim()).ok();
    number(one).is_some() && number(one) == number(other)
}

/// An entry for each number that the headings of a table have where its participants are numbered; else the entry itself.
pub(super) fn numbered(entry: &ActColumns, columns: &Columns<'_>) -> Vec<ActColumns> {
    let Some(first) = entry.pattern() else {
        return vec![entry.clone()];
    };
    let headings = columns.header.columns.iter();
    let numbers = headings.filter_map(|heading| pattern::number_in(first, heading));
    numbers.map(|number| entry.with_number(number)).collect()
}
