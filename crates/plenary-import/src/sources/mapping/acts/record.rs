//! The agreements of a table of acts, and their records.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

use plenary_tables::Row;
use plenary_types::{
    Act, Agreement, AgreementKind, Citation, Field, Finding, Locus, Origin, Participant, Place,
    Source, StateCode, TreatyAction, brief,
};

use super::super::join::{Piece, filled, pieces};
use super::super::table_of;
use super::definition::{ActRole, ActsMapping};
use super::rows::numbered;
use super::{CellPlace, Columns, Fault};
use crate::check::ReaderCheck;
use crate::csv::choices::whole;
use crate::error::{ImportError, syntax};
use crate::files::stem;
use crate::input::Input;
use crate::record::Record;
use crate::texts::list;

/// The agreements of a table, in the order in which they begin.
pub(super) struct Agreements<'a> {
    path: Arc<str>,
    mapping: &'a ActsMapping,
    columns: &'a Columns<'a>,
    /// The columns that tell agreements apart.
    key: Vec<Option<usize>>,
    /// The texts by which acts call their agreements, where headings stand in them.
    templates: BTreeMap<String, Vec<Piece<'static>>>,
    names: HashMap<String, usize>,
    all: Vec<Rows>,
}

/// What the rows of an agreement say.
struct Rows {
    name: Name,
    title: String,
    symbol: String,
    url: String,
    subjects: Vec<String>,
    /// Titles and symbols of later rows that are others.
    others: Vec<(&'static str, String)>,
    line: u64,
    acts: Vec<Act>,
    places: Vec<ActPlace>,
    findings: Vec<Finding>,
}

/// How an agreement is named.
enum Name {
    /// By the table or the mapping.
    Given(String),
    /// By its file.
    File(String),
}

/// Where the parts of an act stand.
#[derive(Clone, Debug)]
pub(super) struct ActPlace {
    pub(super) who: CellPlace,
    pub(super) kind: CellPlace,
    pub(super) date: CellPlace,
}

impl<'a> Agreements<'a> {
    /// # Errors
    ///
    /// [`ImportError`] where the mapping names a heading in braces that the table does not have.
    pub(super) fn new(
        input: &Input,
        mapping: &'a ActsMapping,
        columns: &'a Columns<'a>,
    ) -> Result<Self, ImportError> {
        let at = |name: &str| columns.at(&mapping.heading(name));
        let mut templates = BTreeMap::new();
        for entry in mapping.entries() {
            for entry in numbered(&entry, columns) {
                let Some(text) = entry.agreement.filter(|text| text.contains('{')) else {
                    continue;
                };
                let pieces = pieces(&text, at).map_err(|lacking| {
                    let reason = format!(
                        "the table does not have the column `{lacking}`, which the mapping names in an `agreement`"
                    );
                    let help = "name the columns in the mapping as the first row of the table does";
                    syntax(&input.path, columns.header.lines.max(1), &reason, help)
                })?;
                let pieces = pieces.into_iter().map(Piece::into_owned).collect();
                templates.insert(text, pieces);
            }
        }
        let key = mapping.columns.key();
        Ok(Self {
            path: input.path.as_str().into(),
            mapping,
            columns,
            key: key.map(|column| columns.at(column)).collect(),
            templates,
            names: HashMap::new(),
            all: Vec::new(),
        })
    }

    fn text(&self, row: &Row<'_>, role: ActRole) -> String {
        let value = self.columns.told(self.mapping, row, role);
        match (value.is_empty(), self.mapping.fixed.get(&role)) {
            (true, Some(fixed)) => fixed.trim().to_owned(),
            _ => value,
        }
    }

    /// What a row calls an agreement: as the act says, else by its columns, else as the mapping says of the whole table. It is empty
    /// where only the name of the file is left.
    pub(super) fn name(&self, row: &Row<'_>, of_act: Option<&str>) -> String {
        let named = of_act.map(|text| match self.templates.get(text) {
            Some(pieces) => {
                let value = |column| self.columns.value(self.mapping, row, Some(column));
                filled(pieces, |column| plain(value(column)))
            }
            None => text.to_owned(),
        });
        let by = |role| Some(self.text(row, role)).filter(|text| !text.is_empty());
        let named = named.or_else(|| match self.key.len() {
            0 | 1 => by(ActRole::Agreement).map(plain),
            _ => {
                let values = self.key.iter();
                let values = values.map(|column| self.columns.value(self.mapping, row, *column));
                let values: Vec<String> = values
                    .filter(|value| !value.is_empty())
                    .map(plain)
                    .collect();
                Some(values.join("/")).filter(|name| !name.is_empty())
            }
        });
        let named = named.or_else(|| by(ActRole::Symbol));
        named.or_else(|| by(ActRole::Title)).unwrap_or_default()
    }

    fn rows_named(&mut self, name: &str, line: u64) -> Option<&mut Rows> {
        let (path, all) = (&self.path, &mut self.all);
        let at = *self.names.entry(name.to_owned()).or_insert_with(|| {
            all.push(Rows {
                name: match name {
                    "" => Name::File(stem(Path::new(&**path))),
                    name => Name::Given(name.to_owned()),
                },
                title: String::new(),
                symbol: String::new(),
                url: String::new(),
                subjects: Vec::new(),
                others: Vec::new(),
                line,
                acts: Vec::new(),
                places: Vec::new(),
                findings: Vec::new(),
            });
            all.len() - 1
        });
        self.all.get_mut(at)
    }

    /// The rows of the agreement of a row, which has its title, symbol and address from the first row that has them.
    pub(super) fn meet(&mut self, row: &Row<'_>, of_act: Option<&str>) {
        self.rows(row, of_act);
    }

    fn rows(&mut self, row: &Row<'_>, of_act: Option<&str>) -> Option<&mut Rows> {
        let name = self.name(row, of_act);
        let [title, symbol, url] =
            [ActRole::Title, ActRole::Symbol, ActRole::Url].map(|role| self.text(row, role));
        let subjects = self.text(row, ActRole::Subjects);
        let path = Arc::clone(&self.path);
        let place = |role| {
            let column = self.columns.of_role(self.mapping, role);
            self.columns.place(row, column).in_file(&path)
        };
        let places = [ActRole::Title, ActRole::Symbol].map(place);
        let rows = self.rows_named(&name, row.line)?;
        for (role, known, new, place) in [
            ("title", &rows.title, &title, &places[0]),
            ("symbol", &rows.symbol, &symbol, &places[1]),
        ] {
            let is_told = rows
                .others
                .iter()
                .any(|(of, other)| *of == role && other == new);
            if known.is_empty() || new.is_empty() || is_same_text(known, new) || is_told {
                continue;
            }
            let message = format!(
                "another {role} of the agreement than in its first row, which counts; if these are two agreements, tell them apart by another column"
            );
            let finding = ReaderCheck::RowsDisagree.finding(message, place.clone());
            let finding = finding.with_expected(known).with_found(new);
            rows.findings.push(finding);
            rows.others.push((role, new.clone()));
        }
        if rows.subjects.is_empty() {
            rows.subjects = list(&subjects).collect();
        }
        for (known, new) in [
            (&mut rows.title, title),
            (&mut rows.symbol, symbol),
            (&mut rows.url, url),
        ] {
            if known.is_empty() {
                *known = new;
            }
        }
        Some(rows)
    }

    pub(super) fn take(
        &mut self,
        row: &Row<'_>,
        of_act: Option<&str>,
        subjects: &[String],
        act: TreatyAction,
        place: ActPlace,
    ) {
        if let Some(rows) = self.rows(row, of_act) {
            rows.add_subjects(subjects);
            rows.take(act, place);
        }
    }

    /// Takes an act of an agreement of a name, about some subjects.
    pub(super) fn take_named(
        &mut self,
        name: &str,
        subjects: &[String],
        act: TreatyAction,
        place: ActPlace,
    ) {
        if let Some(rows) = self.rows_named(name, place.who.line) {
            rows.add_subjects(subjects);
            rows.take(act, place);
        }
    }

    /// Notes a cell that cannot be used in a row that is used otherwise, with the agreement whose acts it keeps from being read.
    pub(super) fn note_fault(&mut self, row: &Row<'_>, fault: Fault) {
        let place = fault.place.in_file(&self.path);
        let mut finding = ReaderCheck::UnreadableField.finding(fault.reason, place);
        finding.found = Some(brief(&fault.value).into_owned()).filter(|value| !value.is_empty());
        finding.help = Some(fault.help.to_owned());
        self.find(row, fault.agreement.as_deref(), finding);
    }

    /// Notes that code and name mean two states.
    pub(super) fn note_contradiction(
        &mut self,
        row: &Row<'_>,
        of_act: Option<&str>,
        who: Participant,
        named: StateCode,
        place: &CellPlace,
    ) {
        let message = format!("the code means {who}, the name {named}; the code was followed");
        let place = place.in_file(&self.path);
        let finding = ReaderCheck::CodeContradictsName.finding(message, place);
        self.find(row, of_act, finding.with_found(named));
    }

    fn find(&mut self, row: &Row<'_>, of_act: Option<&str>, finding: Finding) {
        if let Some(rows) = self.rows(row, of_act) {
            rows.findings.push(finding);
        }
    }

    pub(super) fn into_records(self) -> Vec<Record> {
        let (path, source) = (self.path, self.mapping.source.as_deref());
        let all = self.all.into_iter();
        all.map(|rows| rows.into_record(&path, source)).collect()
    }
}

/// A number without a fraction of nothing; else the text as it stands.
fn plain(value: String) -> String {
    whole(&value).map(ToOwned::to_owned).unwrap_or(value)
}

/// Whether two texts differ in capitals and blanks alone.
fn is_same_text(one: &str, other: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split_whitespace();
        words.map(str::to_lowercase).collect()
    };
    one == other || words(one) == words(other)
}

impl Rows {
    fn add_subjects(&mut self, subjects: &[String]) {
        for subject in subjects {
            if !self.subjects.contains(subject) {
                self.subjects.push(subject.clone());
            }
        }
    }

    fn take(&mut self, act: TreatyAction, place: ActPlace) {
        self.acts.push(Act::Action(act));
        self.places.push(place);
    }

    /// What a table calls an agreement is its symbol, where it reads as one; its title, where it is of several words; else its
    /// number in the table.
    fn into_record(self, path: &Arc<str>, source: Option<&str>) -> Record {
        let (name, is_given) = match self.name {
            Name::Given(name) => (name, true),
            Name::File(name) => (name, false),
        };
        let symbol = match self.symbol.is_empty() {
            true => Some(Citation::new(&name)).filter(|symbol| symbol.symbol().is_some()),
            false => Some(Citation::new(&self.symbol)),
        };
        let is_symbol = symbol
            .as_ref()
            .is_some_and(|symbol| symbol.as_str() == name);
        let is_title = is_given && !is_symbol && name.contains(char::is_whitespace);
        let title = match self.title.is_empty() && is_title {
            true => name.clone(),
            false => self.title,
        };
        let number = Some(name).filter(|name| !is_symbol && *name != title);
        let source = Source {
            title: source.map_or_else(|| table_of(path), str::to_owned),
            record: number,
            url: Some(self.url).filter(|url| !url.is_empty()),
            ..Source::default()
        };
        Record {
            agreement: Agreement {
                kind: AgreementKind::Treaty,
                title,
                symbols: symbol.into_iter().collect(),
                subjects: self.subjects,
                acts: self.acts,
                sources: vec![source],
                ..Agreement::default()
            },
            origin: Arc::new(ActsOrigin {
                path: Arc::clone(path),
                line: self.line,
                places: self.places,
            }),
            findings: self.findings,
        }
    }
}

struct ActsOrigin {
    path: Arc<str>,
    line: u64,
    places: Vec<ActPlace>,
}

impl Origin for ActsOrigin {
    fn place(&self, locus: Locus) -> Place {
        let Some(act) = locus.act.and_then(|act| self.places.get(act)) else {
            return Place::new(&*self.path).with_line(self.line);
        };
        let cell = match locus.field {
            Field::Date => &act.date,
            Field::Mode | Field::Outcome | Field::Kind => &act.kind,
            _ => &act.who,
        };
        cell.in_file(&self.path)
    }
}
