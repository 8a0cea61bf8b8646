//! MARC records out of XML: fields and subfields with their lines. No entity is expanded but the five of
//! XML itself, no document type is accepted, nothing is nested deeper than a bound.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};

use super::source::{Bounded, Spot, TooLong};

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

/// Why the stream cannot be read on.
#[derive(Debug)]
pub(super) struct Broken {
    pub(super) spot: Spot,
    /// What is there, where that says more than the reason.
    pub(super) value: String,
    pub(super) reason: String,
    pub(super) help: &'static str,
    /// Set when the file could not be read at all.
    pub(super) io: Option<std::io::Error>,
    pub(super) utf8: bool,
}

/// Reads records one after another.
pub(super) struct Records<R> {
    reader: Reader<Bounded<R>>,
    buffer: Vec<u8>,
    depth: usize,
    over: bool,
    record: Option<Marc>,
    field: Option<Field>,
    part: Option<Part>,
}

impl<R: BufRead> Records<R> {
    pub(super) fn new(inner: R) -> Self {
        Self {
            reader: Reader::from_reader(Bounded::new(inner)),
            buffer: Vec::new(),
            depth: 0,
            over: false,
            record: None,
            field: None,
            part: None,
        }
    }

    fn step(&mut self) -> Result<Option<Marc>, Broken> {
        self.buffer.clear();
        self.reader.get_mut().next_event();
        let spot = self.reader.get_ref().spot();
        let mut buffer = std::mem::take(&mut self.buffer);
        let event = self.reader.read_event_into(&mut buffer);
        let result = match event {
            Ok(event) => self.take(event, spot),
            Err(error) => Err(broken(self.reader.get_ref().spot(), error)),
        };
        self.buffer = buffer;
        result
    }

    fn take(&mut self, event: Event<'_>, spot: Spot) -> Result<Option<Marc>, Broken> {
        match event {
            Event::Start(start) => {
                self.depth += 1;
                if self.depth > DEEPEST {
                    return Err(fault(
                        spot,
                        format!("elements are nested more than {DEEPEST} deep"),
                        MEND,
                    ));
                }
                self.open(&start, spot)?;
            }
            Event::Empty(start) => {
                self.open(&start, spot)?;
                return Ok(self.close(start.local_name().as_ref()));
            }
            Event::End(end) => {
                self.depth = self.depth.saturating_sub(1);
                return Ok(self.close(end.local_name().as_ref()));
            }
            Event::Text(text) => self.text(&text.xml10_content()),
            Event::CData(text) => self.text(&text.xml10_content()),
            Event::GeneralRef(entity) => {
                let text = character(&entity, spot)?;
                self.text(&text);
            }
            Event::Decl(declaration) => refuse_encoding(&declaration, spot)?,
            Event::DocType(_) => {
                let reason = "a document type is declared: entities are not expanded".to_owned();
                return Err(fault(
                    spot,
                    reason,
                    "remove the `<!DOCTYPE` and the entities that it declares",
                ));
            }
            Event::Eof if self.depth > 0 => {
                let reason = "the file ends in the middle of an element".to_owned();
                return Err(fault(
                    spot,
                    reason,
                    "the file is cut short: download or export it again",
                ));
            }
            Event::Eof => self.over = true,
            Event::Comment(_) | Event::PI(_) => {}
        }
        Ok(None)
    }

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

    fn close(&mut self, name: &str) -> Option<Marc> {
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
                return self
                    .record
                    .take()
                    .filter(|record| !record.fields.is_empty());
            }
            _ => {}
        }
        None
    }

    fn end_part(&mut self) {
        if let (Some(field), Some(part)) = (&mut self.field, self.part.take()) {
            field.parts.push(part);
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(part) = &mut self.part {
            part.text.push_str(text);
        }
    }
}

impl<R: BufRead> Iterator for Records<R> {
    type Item = Result<Marc, Broken>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.over {
            match self.step() {
                Ok(None) => {}
                Ok(Some(record)) => return Some(Ok(record)),
                Err(error) => {
                    self.over = true;
                    return Some(Err(error));
                }
            }
        }
        None
    }
}

const MEND: &str = "mend the XML here, or export the file again";

fn fault(spot: Spot, reason: String, help: &'static str) -> Broken {
    Broken {
        spot,
        value: String::new(),
        reason,
        help,
        io: None,
        utf8: false,
    }
}

fn broken(spot: Spot, error: quick_xml::Error) -> Broken {
    let is_too_long = |error: &std::io::Error| error.get_ref().is_some_and(|e| e.is::<TooLong>());
    match error {
        quick_xml::Error::Io(source) if is_too_long(&source) => fault(
            spot,
            source.to_string(),
            "no field of a record is so long: look for a tag that is not closed",
        ),
        quick_xml::Error::Io(source) => Broken {
            io: Some(std::io::Error::new(source.kind(), source.to_string())),
            ..fault(spot, source.to_string(), MEND)
        },
        quick_xml::Error::Encoding(_) => Broken {
            utf8: true,
            ..fault(spot, error.to_string(), plenary_tables::split::NOT_UTF8)
        },
        other => fault(spot, format!("this is not well-formed XML: {other}"), MEND),
    }
}

fn attribute(start: &BytesStart<'_>, name: &str, spot: Spot) -> Result<Option<String>, Broken> {
    let reason = |error: &dyn std::fmt::Display| {
        fault(spot, format!("this is not well-formed XML: {error}"), MEND)
    };
    let attribute = start.try_get_attribute(name).map_err(|e| reason(&e))?;
    let value = attribute.map(|a| {
        a.normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .map(|v| v.trim().to_owned())
    });
    value.transpose().map_err(|e| reason(&e))
}

/// The character that a reference means; there are no other entities than the five of XML.
fn character(entity: &BytesRef<'_>, spot: Spot) -> Result<String, Broken> {
    let of_number = entity.resolve_char_ref().ok().flatten().map(String::from);
    let known = of_number.or_else(|| resolve_predefined_entity(entity).map(ToOwned::to_owned));
    known.ok_or_else(|| {
        let name: String = entity.chars().take(40).collect();
        let reason = format!("the entity `&{name};` is not one of XML's five");
        Broken {
            value: format!("&{name};"),
            ..fault(spot, reason, "write the character itself")
        }
    })
}

fn refuse_encoding(declaration: &BytesDecl<'_>, spot: Spot) -> Result<(), Broken> {
    let Some(Ok(encoding)) = declaration.encoding() else {
        return Ok(());
    };
    let known = ["utf-8", "utf8", "us-ascii", "ascii"];
    if known.contains(&encoding.to_ascii_lowercase().as_str()) {
        return Ok(());
    }
    let reason = format!("the file says that it is encoded in {encoding}");
    Err(Broken {
        value: encoding.to_string(),
        ..fault(spot, reason, "save the file in UTF-8")
    })
}
