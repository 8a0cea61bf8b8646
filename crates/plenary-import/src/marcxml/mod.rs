//! MARCXML records of the UN Digital Library: votes, and documents such as drafts with their sponsors.

mod document;
mod marc;
mod origin;
mod source;
mod vote;

use std::io::{BufReader, Read};

use plenary_types::{Agreement, Citation, Date, Finding, Place, Source, StateCode};

use crate::ReaderCheck;
use crate::check::note;
use crate::format::Format;
use crate::input::Input;
use crate::record::{Import, Options, Record};
use crate::texts::WRITE_DATE;
use crate::{ImportError, Rejected};
use marc::{Broken, Field, Marc, Records};
use origin::{MarcOrigin, name_of};
use source::Spot;

/// Why a text is MARCXML, if it is.
pub(crate) fn recognises(head: &[u8]) -> Option<&'static str> {
    let has = |needle: &str| memchr::memmem::find(head, needle.as_bytes()).is_some();
    if has("MARC21/slim") {
        Some("it is XML in the namespace of MARC 21")
    } else if has("datafield") && has("subfield") {
        Some("it is XML with the data fields of MARC")
    } else {
        None
    }
}

/// Reads the records of a stream, one after another.
pub(crate) fn read(input: &Input, why: &str, options: &Options) -> Result<Import, ImportError> {
    let mut reading = Reading {
        input,
        lenient: options.lenient,
        records: Vec::new(),
        rejected: Vec::new(),
    };
    let watched = Watched {
        inner: input.reader()?,
        read: 0,
        total: input.size(),
        options,
    };
    for record in Records::new(BufReader::with_capacity(64 * 1024, watched)) {
        match record {
            Ok(marc) => reading.take(&marc),
            Err(broken) if options.lenient && broken.io.is_none() => {
                let place = spot(&input.path, broken.spot);
                reading.reject(place, &broken.value, &broken.reason, broken.help);
            }
            Err(broken) => return Err(fatal(input, broken)),
        }
    }
    let path = &input.path;
    let format = Format::UndlMarcxml;
    if reading.records.is_empty() && reading.rejected.is_empty() {
        return Err(ImportError::NoRows {
            path: path.clone(),
            what: "no record in it",
        });
    }
    Ok(Import::of_records(
        path,
        format,
        why,
        reading.records,
        reading.rejected,
    ))
}

fn fatal(input: &Input, broken: Broken) -> ImportError {
    let path = input.path.clone();
    match broken {
        Broken {
            io: Some(source), ..
        } => input.error(source),
        Broken {
            utf8: true, spot, ..
        } => ImportError::Utf8 {
            path,
            line: spot.line,
            column: spot.column,
        },
        Broken {
            spot: at,
            reason,
            help,
            ..
        } => ImportError::Syntax {
            place: Box::new(spot(&path, at)),
            reason,
            help: help.to_owned(),
        },
    }
}

/// Tells how far reading has come.
struct Watched<'a, R> {
    inner: R,
    read: u64,
    total: u64,
    options: &'a Options,
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(into)?;
        self.read += count as u64;
        if let Some(progress) = &self.options.progress {
            progress(self.read, self.total);
        }
        Ok(count)
    }
}

/// What was read so far.
struct Reading<'a> {
    input: &'a Input,
    lenient: bool,
    records: Vec<Record>,
    rejected: Vec<Rejected>,
}

/// Why a record cannot be used.
struct Refusal {
    line: u64,
    field: &'static str,
    value: String,
    reason: String,
    help: &'static str,
}

impl Reading<'_> {
    fn take(&mut self, marc: &Marc) {
        let path = &self.input.path;
        let read = if marc.all("791").next().is_some() || vote::members(marc).next().is_some() {
            vote::read(marc, path, self.lenient)
        } else {
            document::read(marc, path)
        };
        match read {
            Ok(record) => self.records.push(record),
            Err(refusal) => {
                let Refusal {
                    line,
                    field,
                    value,
                    reason,
                    help,
                } = refusal;
                let place = place(path, line, Some(field));
                self.reject(place, &value, &reason, help);
            }
        }
    }

    fn reject(&mut self, place: Place, value: &str, reason: &str, help: &str) {
        self.rejected.push(Rejected {
            place,
            value: value.chars().take(80).collect(),
            reason: reason.to_owned(),
            help: help.to_owned(),
        });
    }
}

fn spot(path: &str, spot: Spot) -> Place {
    Place {
        column: Some(spot.column),
        ..place(path, spot.line, None)
    }
}

fn place(path: &str, line: u64, field: Option<&str>) -> Place {
    Place {
        path: Some(path.to_owned()),
        line: Some(line),
        column: None,
        field: field.map(ToOwned::to_owned),
    }
}

/// A record that is being put together, with the lines of its parts and what is odd about it.
struct Draft<'a> {
    marc: &'a Marc,
    path: &'a str,
    origin: MarcOrigin,
    findings: Vec<Finding>,
}

impl<'a> Draft<'a> {
    fn new(marc: &'a Marc, path: &'a str) -> Self {
        Self {
            marc,
            path,
            origin: MarcOrigin::new(path, marc.line),
            findings: Vec::new(),
        }
    }

    /// The first value of a subfield, whose line is noted for a part of the record.
    fn value(&mut self, tag: &str, code: &str, part: plenary_types::Field) -> Option<&'a str> {
        let mut fields = self.marc.all(tag);
        let found = fields.find_map(|field| field.part(code))?;
        self.origin.note(part, found.line, tag, code);
        Some(found.text.trim())
    }

    /// The value of a subfield that a record has once. A second that means something else is told; one that means
    /// the same is as good as none.
    fn single<T: PartialEq>(
        &mut self,
        tag: &str,
        code: &str,
        part: plenary_types::Field,
        meaning: impl Fn(&'a str) -> T,
    ) -> Option<&'a str> {
        self.single_among((tag, code), part, meaning, |_| true)
    }

    /// The same, among those of its fields that are meant.
    fn single_among<T: PartialEq>(
        &mut self,
        (tag, code): (&str, &str),
        part: plenary_types::Field,
        meaning: impl Fn(&'a str) -> T,
        is_meant: impl Fn(&Field) -> bool,
    ) -> Option<&'a str> {
        let first = self.value(tag, code, part)?;
        let fields = self.marc.all(tag).filter(|field| is_meant(field));
        let parts = fields.flat_map(|field| field.parts_of(code));
        let others = parts.filter(|part| meaning(part.text.trim()) != meaning(first));
        for other in others {
            self.contrary((other.line, tag, code), first, other.text.trim());
        }
        Some(first)
    }

    fn contrary(&mut self, (line, tag, code): (u64, &str, &str), first: &str, other: &str) {
        let message = "the record says something else before; the first is kept";
        let at = (line, &*name_of(tag, code));
        self.finding(ReaderCheck::RowsDisagree, at, message.to_owned(), other);
        if let Some(finding) = self.findings.last_mut() {
            finding.expected = Some(first.to_owned());
            finding.help = Some("keep the one that is right".to_owned());
        }
    }

    fn finding(&mut self, check: ReaderCheck, at: (u64, &str), message: String, found: &str) {
        self.finding_of(None, check, at, message, found);
    }

    /// The same of a participant.
    fn finding_of(
        &mut self,
        who: Option<StateCode>,
        check: ReaderCheck,
        at: (u64, &str),
        message: String,
        found: &str,
    ) {
        let (line, field) = at;
        let mut finding =
            note(check, message, place(self.path, line, Some(field))).with_subjects(who);
        finding.found = Some(found.to_owned()).filter(|found| !found.is_empty());
        self.findings.push(finding);
    }

    /// Notes that a subfield cannot be read, and what to do about it.
    fn unreadable(&mut self, at: (u64, &str), message: String, found: &str, help: &str) {
        self.finding(ReaderCheck::UnreadableField, at, message, found);
        if let Some(finding) = self.findings.last_mut() {
            finding.help = Some(help.to_owned());
        }
    }

    /// The date of an action or a document: `992 $a`, else `269 $a`.
    fn date(&mut self) -> Option<Date> {
        for (tag, field) in [("992", "992 $a"), ("269", "269 $a")] {
            let meaning = |text| date(text).ok_or(text);
            let Some(text) = self.single(tag, "a", plenary_types::Field::Date, meaning) else {
                continue;
            };
            match date(text) {
                Some(date) => return Some(date),
                None => {
                    let line = self
                        .marc
                        .all(tag)
                        .next()
                        .map_or(self.marc.line, |f| f.line_of("a"));
                    let message = format!("`{text}` is not a date of the calendar");
                    self.unreadable((line, field), message, text, WRITE_DATE);
                }
            }
        }
        None
    }

    /// The title: `245 $a $b`, without the marks that separate the parts on a catalogue card.
    fn title(&mut self) -> String {
        self.value("245", "a", plenary_types::Field::Title);
        let mut fields = self.marc.all("245");
        let title = fields.next().map_or_else(String::new, title_of);
        for field in fields {
            let other = title_of(field);
            if other != title {
                self.contrary((field.line_of("a"), "245", "a"), &title, &other);
            }
        }
        title
    }

    /// The record's number in the Library, and its page.
    fn source(&mut self) -> Source {
        let number = self.single("001", "", plenary_types::Field::Source(0), str::to_owned);
        Source {
            title: "UN Digital Library".to_owned(),
            publisher: Some("United Nations, Dag Hammarskjöld Library".to_owned()),
            record: number.map(ToOwned::to_owned),
            url: number.map(|number| format!("https://digitallibrary.un.org/record/{number}")),
            ..Source::default()
        }
    }

    /// Subject headings: `650` topics, `651` places, their subdivisions joined by `--`, and the
    /// headings that `991 $d` gives beside the items of the agenda.
    fn subjects(&self) -> Vec<String> {
        let headings = ["650", "651"].iter().flat_map(|tag| self.marc.all(tag));
        let of_agenda = self.marc.all("991").flat_map(|field| field.all("d"));
        let mut subjects: Vec<String> = headings.filter_map(heading).collect();
        for heading in of_agenda {
            let heading = heading.trim_end_matches('.').trim();
            if !heading.is_empty() && !subjects.iter().any(|known| known == heading) {
                subjects.push(heading.to_owned());
            }
        }
        subjects
    }

    fn finish(mut self, agreement: Agreement) -> Record {
        let label = agreement.label().to_owned();
        for finding in &mut self.findings {
            finding.record.get_or_insert_with(|| label.clone());
        }
        Record {
            agreement,
            origin: std::sync::Arc::new(self.origin),
            findings: self.findings,
        }
    }
}

fn title_of(field: &Field) -> String {
    let parts = ["a", "b"].iter().flat_map(|code| field.all(code));
    let tidy = parts.map(|part| part.trim_end_matches([' ', ':', '/', ';']));
    let tidy: Vec<&str> = tidy.filter(|part| !part.is_empty()).collect();
    tidy.join(" : ")
}

fn heading(field: &Field) -> Option<String> {
    let first = field.get("a")?.to_owned();
    let below = ["x", "y", "z"].iter().flat_map(|code| field.all(code));
    Some(below.fold(first, |heading, below| format!("{heading}--{below}")))
}

/// A date as the Library prints it: `2018-12-19`, `20181219`, `2018-12`, `2018`.
fn date(text: &str) -> Option<Date> {
    let plain = text.trim().trim_end_matches('.');
    let plain = plenary_types::at_midnight(plain).unwrap_or(plain);
    let dashed = match plain.len() {
        8 if plain.bytes().all(|b| b.is_ascii_digit()) => {
            let (year, rest) = plain.split_at(4);
            let (month, day) = rest.split_at(2);
            format!("{year}-{month}-{day}")
        }
        _ => plain.to_owned(),
    };
    dashed.parse().ok()
}

/// Documents that the Library relates to a record (`993 $a`).
fn related(marc: &Marc) -> impl Iterator<Item = (&Field, Citation)> {
    let fields = marc.all("993").map(|field| {
        let texts: Vec<&str> = field.all("a").collect();
        texts
            .into_iter()
            .map(move |text| (field, Citation::new(text)))
    });
    fields.flatten()
}
