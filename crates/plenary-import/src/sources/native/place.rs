//! Where the parts of a native document stand. The text is taken apart only when somebody asks.

use std::ops::Range;
use std::sync::Arc;

use jsonc_parser::ast::{Object, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use plenary_types::{Choice, Field, Invariant, Locus, Origin, Place};

use super::fault::Part;

/// Lines of a file.
#[derive(Clone)]
pub(super) struct Text {
    pub(super) path: Arc<str>,
    pub(super) text: Arc<str>,
    /// How many lines of the file come before them.
    pub(super) before: u64,
}

/// The place of one agreement in a text.
pub(super) struct JsonOrigin {
    text: Text,
    document: Range<usize>,
    element: Option<usize>,
}

impl JsonOrigin {
    /// The agreement that is the document in this range, or this element of it.
    pub(super) const fn new(text: Text, document: Range<usize>, element: Option<usize>) -> Self {
        Self {
            text,
            document,
            element,
        }
    }

    fn document(&self) -> &str {
        let text = &self.text.text;
        text.get(self.document.clone())
            .invariant("a document lies in its text")
    }

    /// Where it begins.
    pub(super) fn start(&self) -> Place {
        let blank = self.document().len() - self.document().trim_start().len();
        self.at(self.document.start + blank, None)
    }

    fn at(&self, offset: usize, field: Option<String>) -> Place {
        self.text.place(offset, field)
    }
}

impl Origin for JsonOrigin {
    fn place(&self, locus: Locus) -> Place {
        let fallback = Place {
            field: Some(locus.to_string()),
            ..self.start()
        };
        let Some(root) = parse(self.document()) else {
            return fallback;
        };
        let root = match self.element {
            None => Some(&root),
            Some(at) => root.as_array().and_then(|list| list.elements.get(at)),
        };
        let Some(agreement) = root.and_then(Value::as_object) else {
            return fallback;
        };
        let mut found = Found {
            field: String::new(),
            offset: agreement.start(),
        };
        found.locus(agreement, locus);
        let field = if found.field.is_empty() {
            locus.to_string()
        } else {
            found.field
        };
        self.at(self.document.start + found.offset, Some(field))
    }
}

fn parse(text: &str) -> Option<Value<'_>> {
    let options = (CollectOptions::default(), ParseOptions::default());
    parse_to_ast(text, &options.0, &options.1).ok()?.value
}

/// The deepest part that was found on the way to a field, and its path.
struct Found {
    field: String,
    offset: usize,
}

impl Found {
    /// Steps into a property; stays where it is when there is none.
    fn step<'a, 'b>(&mut self, object: &'b Object<'a>, name: &str) -> Option<&'b Value<'a>> {
        let property = object.get(name)?;
        if !self.field.is_empty() {
            self.field.push('.');
        }
        self.field.push_str(name);
        self.offset = property.start();
        Some(&property.value)
    }

    fn element<'a, 'b>(&mut self, list: &'b Value<'a>, at: usize) -> Option<&'b Value<'a>> {
        let element = list.as_array()?.elements.get(at)?;
        self.field.push_str(&format!("[{at}]"));
        self.offset = element.start();
        Some(element)
    }

    fn locus(&mut self, agreement: &Object<'_>, locus: Locus) -> Option<()> {
        let Some(act) = locus.act else {
            return self.field_of(agreement, locus.field, false);
        };
        let acts = self.step(agreement, "acts")?;
        let act = self.element(acts, act)?.as_object()?;
        self.field_of(act, locus.field, true)
    }

    fn field_of(&mut self, object: &Object<'_>, field: Field, of_act: bool) -> Option<()> {
        let (name, at) = match field {
            Field::Whole => return Some(()),
            Field::Id => ("id", None),
            Field::Title => ("title", None),
            Field::Kind => ("kind", None),
            Field::QuestionKind => {
                let question = self.step(object, "question")?.as_object()?;
                self.step(question, "kind")?;
                return Some(());
            }
            Field::Symbol(_) if of_act => ("symbol", None),
            Field::Symbol(at) => ("symbols", Some(at)),
            Field::Claim(at) => ("claims", Some(at)),
            Field::Relation(at) => ("relations", Some(at)),
            Field::Source(at) => ("sources", Some(at)),
            Field::Body => ("body", None),
            Field::Date => ("date", None),
            Field::Session => ("session", None),
            Field::Meeting => ("meeting", None),
            Field::Outcome => ("outcome", None),
            Field::Draft(at) => ("drafts", Some(at)),
            Field::CommitteeReport => ("committee-report", None),
            Field::Mode => ("mode", None),
            Field::Rule => ("rule", None),
            Field::InForceWhen => ("in-force-when", None),
            Field::InForceSince => ("in-force-since", None),
            Field::Ballots => ("ballots", None),
            Field::Note(at) => ("notes", Some(at)),
            Field::With => ("with", None),
            Field::Attending => ("attending", None),
            Field::Objections => ("objections", None),
            Field::TakingPart => ("taking-part", None),
            Field::To => ("to", None),
            Field::Contest(at) => ("contests", Some(at)),
            Field::Announced(total) => {
                let announced = self.step(object, "announced")?.as_object()?;
                self.step(announced, total.as_str())?;
                return Some(());
            }
            Field::Choice(at) | Field::Name(at) => {
                let ballots = self.step(object, "ballots")?.as_object()?;
                return self.ballot(ballots, at);
            }
            _ => return None,
        };
        let value = self.step(object, name)?;
        if let Some(at) = at {
            self.element(value, at)?;
        }
        Some(())
    }

    /// The ballot at a place on the roll: the lists of names in the order of the choices, then the
    /// printed ones.
    fn ballot(&mut self, ballots: &Object<'_>, place: usize) -> Option<()> {
        let mut left = place;
        let names = Choice::ALL.iter().map(|choice| choice.as_str());
        for name in names.chain(["printed"]) {
            let Some(list) = ballots.get(name) else {
                continue;
            };
            let length = list.value.as_array().map_or(0, |list| list.elements.len());
            if left < length {
                let list = self.step(ballots, name)?;
                self.element(list, left)?;
                return Some(());
            }
            left -= length;
        }
        None
    }
}

/// The place of a path into a document, as far as the document goes along it.
pub(super) fn place_of(text: &Text, start: usize, parts: &[Part]) -> Option<Place> {
    let root = parse(text.text.get(start..)?)?;
    let mut found = Found {
        field: String::new(),
        offset: root.start(),
    };
    let mut value = &root;
    for part in parts {
        let next = match part {
            Part::Name(name) => value
                .as_object()
                .and_then(|object| found.step(object, name)),
            Part::Place(at) => found.element(value, *at),
        };
        match next {
            Some(next) => value = next,
            None => break,
        }
    }
    Some(text.place(start + found.offset, Some(found.field)))
}

impl Text {
    fn place(&self, offset: usize, field: Option<String>) -> Place {
        let before = self
            .text
            .get(..offset)
            .invariant("a place lies in its text");
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let in_line = before
            .get(line_start..)
            .invariant("a line begins in its text");
        let line = before.bytes().filter(|b| *b == b'\n').count() as u64 + 1;
        let place = Place::new(&*self.path).with_line(line + self.before);
        Place {
            field,
            ..place.with_column(in_line.chars().count() as u64 + 1)
        }
    }
}

/// The path of the innermost field that holds a place of a document, for the message of an error there.
pub(super) fn path_at(text: &str, start: usize, offset: usize) -> Option<String> {
    let document = text.get(start..)?;
    let root = parse(document)?;
    let mut path = String::new();
    descend(&root, offset.checked_sub(start)?, &mut path);
    Some(path).filter(|path| !path.is_empty())
}

fn descend(value: &Value<'_>, offset: usize, path: &mut String) {
    let holds = |range: &dyn Fn() -> (usize, usize)| {
        let (start, end) = range();
        start <= offset && offset < end.max(start + 1) + 1
    };
    match value {
        Value::Object(object) => {
            let property = object
                .properties
                .iter()
                .find(|p| holds(&|| (p.start(), p.end())));
            if let Some(property) = property {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(property.name.as_str());
                descend(&property.value, offset, path);
            }
        }
        Value::Array(list) => {
            let element = list
                .elements
                .iter()
                .position(|e| holds(&|| (e.start(), e.end())));
            if let Some((at, element)) = element.and_then(|at| Some((at, list.elements.get(at)?))) {
                path.push_str(&format!("[{at}]"));
                descend(element, offset, path);
            }
        }
        _ => {}
    }
}
