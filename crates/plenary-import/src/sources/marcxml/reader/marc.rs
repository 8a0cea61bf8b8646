//! MARC records out of XML: fields and subfields with their lines.

use std::io::BufRead;

use quick_xml::events::BytesStart;

use crate::xml::{Broken, Events, MEND, Spot, Visitor, attribute, fault};

/// Elements are nested less deeply than this: a collection in an envelope needs six.
const DEEPEST: usize = 24;

/// A record has fewer fields than this.
const MOST_FIELDS: usize = 20_000;

/// One record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Marc {
    pub(super) line: u64,
    pub(super) fields: Vec<Field>,
}

/// A control field, whose only subfield has no code, or a data field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) tag: Box<str>,
    pub(super) indicator: char,
    pub(super) line: u64,
    pub(super) parts: Vec<Part>,
}

/// A subfield.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) code: Box<str>,
    pub(super) line: u64,
    pub(super) text: String,
}

impl Field {
    /// The text of the first subfield of this code that is not blank.
    pub(super) fn get(&self, code: &str) -> Option<&str> {
        Some(self.part(code)?.text.trim())
    }

    /// The first subfield of this code that is not blank.
    pub(super) fn part(&self, code: &str) -> Option<&Part> {
        self.parts_of(code).next()
    }

    /// Every subfield of this code that is not blank.
    pub(super) fn parts_of<'a, 't>(
        &'a self,
        code: &'t str,
    ) -> impl Iterator<Item = &'a Part> + use<'a, 't> {
        let with_code = self.parts.iter().filter(move |part| *part.code == *code);
        with_code.filter(|part| !part.text.trim().is_empty())
    }

    /// Their texts.
    pub(super) fn all<'a, 't>(
        &'a self,
        code: &'t str,
    ) -> impl Iterator<Item = &'a str> + use<'a, 't> {
        self.parts_of(code).map(|part| part.text.trim())
    }

    /// The line of the first subfield of this code, else of the field.
    pub(super) fn line_of(&self, code: &str) -> u64 {
        self.part(code).map_or(self.line, |part| part.line)
    }
}

impl Marc {
    /// The fields of a tag, in order.
    pub(super) fn all<'a, 't>(
        &'a self,
        tag: &'t str,
    ) -> impl Iterator<Item = &'a Field> + use<'a, 't> {
        self.fields.iter().filter(move |field| *field.tag == *tag)
    }

    /// The first subfield of this code in the first field of this tag that has one.
    pub(super) fn get(&self, tag: &str, code: &str) -> Option<&str> {
        self.all(tag).find_map(|field| field.get(code))
    }
}

/// Reads records one after another.
pub(super) struct Records<R> {
    events: Events<R>,
    building: Building,
    over: bool,
}

/// The record that is being read.
#[derive(Default)]
struct Building {
    record: Option<Marc>,
    field: Option<Field>,
    part: Option<Part>,
    /// A record that has ended.
    whole: Option<Marc>,
}

impl<R: BufRead> Records<R> {
    pub(super) fn new(inner: R) -> Self {
        Self {
            events: Events::new(inner, DEEPEST),
            building: Building::default(),
            over: false,
        }
    }
}

impl Visitor for Building {
    fn open(&mut self, start: &BytesStart<'_>, spot: Spot) -> Result<(), Broken> {
        let line = spot.line;
        match start.local_name().as_ref() {
            "record" => {
                self.record = Some(Marc {
                    line,
                    fields: Vec::new(),
                })
            }
            _ if self
                .record
                .as_ref()
                .is_some_and(|r| r.fields.len() >= MOST_FIELDS) =>
            {
                let reason = format!("a record has more than {MOST_FIELDS} fields");
                return Err(fault(spot, reason, MEND));
            }
            name @ ("controlfield" | "datafield" | "leader") if self.record.is_some() => {
                let field = Field {
                    tag: attribute(start, "tag", spot)?.unwrap_or_default().into(),
                    indicator: attribute(start, "ind1", spot)?
                        .and_then(|i| i.chars().next())
                        .unwrap_or(' '),
                    line,
                    parts: Vec::new(),
                };
                if name == "controlfield" {
                    self.part = Some(Part {
                        line,
                        ..Part::default()
                    });
                }
                self.field = Some(field);
            }
            "subfield" if self.field.is_some() => {
                let code = attribute(start, "code", spot)?.unwrap_or_default().into();
                self.part = Some(Part {
                    code,
                    line,
                    text: String::new(),
                });
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) {
        match name {
            "subfield" => self.end_part(),
            "controlfield" | "datafield" | "leader" => {
                self.end_part();
                if let (Some(record), Some(field)) = (&mut self.record, self.field.take())
                    && name != "leader"
                {
                    record.fields.push(field);
                }
            }
            "record" => {
                let record = self.record.take();
                self.whole = record.filter(|record| !record.fields.is_empty());
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str, _: Spot) -> Result<(), Broken> {
        if let Some(part) = &mut self.part {
            part.text.push_str(text);
        }
        Ok(())
    }
}

impl Building {
    fn end_part(&mut self) {
        if let (Some(field), Some(part)) = (&mut self.field, self.part.take()) {
            field.parts.push(part);
        }
    }
}

impl<R: BufRead> Iterator for Records<R> {
    type Item = Result<Marc, Broken>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.over {
            match self.events.step(&mut self.building) {
                Ok(more) => self.over = !more,
                Err(error) => {
                    self.over = true;
                    return Some(Err(error));
                }
            }
            if let Some(record) = self.building.whole.take() {
                return Some(Ok(record));
            }
        }
        None
    }
}
