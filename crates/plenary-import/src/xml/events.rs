//! Events of a stream of XML. No entity is expanded but the five of XML itself, no entity can be declared, nothing is nested
//! deeper than a bound, and no tag or text is longer than one.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, BytesText, Event};

use super::source::{Bounded, Spot, TooLong};

/// What is done about broken XML.
pub(crate) const MEND: &str = "mend the XML here, or export the file again";

/// Why the stream cannot be read on.
#[derive(Debug)]
pub(crate) struct Broken {
    pub(crate) spot: Spot,
    /// What is there, where that says more than the reason.
    pub(crate) value: String,
    pub(crate) reason: String,
    pub(crate) help: &'static str,
    /// Set when the file could not be read at all.
    pub(crate) io: Option<std::io::Error>,
    pub(crate) utf8: bool,
}

/// Takes what a stream has, piece by piece.
pub(crate) trait Visitor {
    /// An element begins.
    fn open(&mut self, start: &BytesStart<'_>, spot: Spot) -> Result<(), Broken>;

    /// An element ends, by its name without a prefix.
    fn close(&mut self, name: &str);

    /// Some of the text of an element.
    fn text(&mut self, text: &str, spot: Spot) -> Result<(), Broken>;
}

/// Events of a stream, one after another.
pub(crate) struct Events<R> {
    reader: Reader<Bounded<R>>,
    buffer: Vec<u8>,
    depth: usize,
    deepest: usize,
    takes_doctype: bool,
}

impl<R: BufRead> Events<R> {
    /// Those of a stream in which no element is nested deeper than this.
    pub(crate) fn new(inner: R, deepest: usize) -> Self {
        Self {
            reader: Reader::from_reader(Bounded::new(inner)),
            buffer: Vec::new(),
            depth: 0,
            deepest,
            takes_doctype: false,
        }
    }

    /// The same, of a source that names a document type. It is not looked up, and one that declares anything itself is refused.
    pub(crate) fn with_doctype(mut self) -> Self {
        self.takes_doctype = true;
        self
    }

    /// Gives one event to a visitor; false where the stream has ended.
    pub(crate) fn step(&mut self, visitor: &mut impl Visitor) -> Result<bool, Broken> {
        self.buffer.clear();
        self.reader.get_mut().next_event();
        let spot = self.reader.get_ref().spot();
        let mut buffer = std::mem::take(&mut self.buffer);
        let event = self.reader.read_event_into(&mut buffer);
        let result = match event {
            Ok(event) => self.take(event, spot, visitor),
            Err(error) => Err(broken(self.reader.get_ref().spot(), error)),
        };
        self.buffer = buffer;
        result
    }

    fn take(
        &mut self,
        event: Event<'_>,
        spot: Spot,
        visitor: &mut impl Visitor,
    ) -> Result<bool, Broken> {
        match event {
            Event::Start(start) => {
                self.depth += 1;
                self.check_depth(self.depth, spot)?;
                visitor.open(&start, spot)?;
            }
            Event::Empty(start) => {
                self.check_depth(self.depth + 1, spot)?;
                visitor.open(&start, spot)?;
                visitor.close(start.local_name().as_ref());
            }
            Event::End(end) => {
                self.depth = self.depth.saturating_sub(1);
                visitor.close(end.local_name().as_ref());
            }
            Event::Text(text) => visitor.text(&text.xml10_content(), spot)?,
            Event::CData(text) => visitor.text(&text.xml10_content(), spot)?,
            Event::GeneralRef(entity) => visitor.text(&character(&entity, spot)?, spot)?,
            Event::Decl(declaration) => refuse_encoding(&declaration, spot)?,
            Event::DocType(text) => self.refuse_doctype(&text, spot)?,
            Event::Eof if self.depth > 0 => {
                let reason = "the file ends in the middle of an element".to_owned();
                return Err(fault(
                    spot,
                    reason,
                    "the file is cut short: download or export it again",
                ));
            }
            Event::Eof => return Ok(false),
            Event::Comment(_) | Event::PI(_) => {}
        }
        Ok(true)
    }

    fn check_depth(&self, depth: usize, spot: Spot) -> Result<(), Broken> {
        match depth > self.deepest {
            true => Err(fault(
                spot,
                format!("elements are nested more than {} deep", self.deepest),
                MEND,
            )),
            false => Ok(()),
        }
    }

    fn refuse_doctype(&self, text: &BytesText<'_>, spot: Spot) -> Result<(), Broken> {
        if self.takes_doctype && !text.contains('[') {
            return Ok(());
        }
        let reason = "a document type is declared: entities are not expanded".to_owned();
        Err(fault(
            spot,
            reason,
            "remove the `<!DOCTYPE` and the entities that it declares",
        ))
    }
}

/// That a stream cannot be read on, and why.
pub(crate) fn fault(spot: Spot, reason: String, help: &'static str) -> Broken {
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
        other => not_well_formed(spot, &other),
    }
}

/// That a text is not XML.
pub(crate) fn not_well_formed(spot: Spot, error: &dyn std::fmt::Display) -> Broken {
    fault(spot, format!("this is not well-formed XML: {error}"), MEND)
}

/// The value of an attribute, without outer spaces.
pub(crate) fn attribute(
    start: &BytesStart<'_>,
    name: &str,
    spot: Spot,
) -> Result<Option<String>, Broken> {
    let attribute = start
        .try_get_attribute(name)
        .map_err(|e| not_well_formed(spot, &e))?;
    attribute.map(|a| value(&a, spot)).transpose()
}

/// The value of an attribute, without outer spaces.
pub(crate) fn value(
    attribute: &quick_xml::events::attributes::Attribute<'_>,
    spot: Spot,
) -> Result<String, Broken> {
    let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
    value
        .map(|value| value.trim().to_owned())
        .map_err(|e| not_well_formed(spot, &e))
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
