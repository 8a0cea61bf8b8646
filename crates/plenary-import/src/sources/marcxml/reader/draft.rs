//! [`Draft`]: a record that is being put together.

use plenary_types::{Agreement, Citation, Date, Finding, Place, Source, StateCode};

use super::marc::{Field, Marc, Part};
use crate::check::ReaderCheck;
use crate::fields::WRITE_DATE;
use crate::origin::Places;
use crate::record::Record;

/// Why a record cannot be used.
pub(super) struct Refusal {
    pub(super) line: u64,
    pub(super) field: &'static str,
    pub(super) value: String,
    pub(super) reason: String,
    pub(super) help: &'static str,
}

/// A record that is being put together, with the lines of its parts and what is odd about it.
pub(super) struct Draft<'a> {
    pub(super) marc: &'a Marc,
    pub(super) path: &'a str,
    pub(super) places: Places,
    pub(super) findings: Vec<Finding>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(marc: &'a Marc, path: &'a str) -> Self {
        Self {
            marc,
            path,
            places: Places::new(path, marc.line),
            findings: Vec::new(),
        }
    }

    /// The first of a subfield, whose line is noted for a part of the record.
    fn first(&mut self, tag: &str, code: &str, part: plenary_types::Field) -> Option<&'a Part> {
        let mut fields = self.marc.all(tag);
        let found = fields.find_map(|field| field.part(code))?;
        self.places.note(part, found.line, &name_of(tag, code));
        Some(found)
    }

    /// The first value of a subfield, whose line is noted for a part of the record.
    pub(super) fn value(
        &mut self,
        tag: &str,
        code: &str,
        part: plenary_types::Field,
    ) -> Option<&'a str> {
        self.first(tag, code, part).map(|found| found.text.trim())
    }

    /// The value of a subfield that a record has once. A second that means something else is told; one that means
    /// the same is as good as none.
    pub(super) fn single<T: PartialEq>(
        &mut self,
        tag: &str,
        code: &str,
        part: plenary_types::Field,
        meaning: impl Fn(&'a str) -> T,
    ) -> Option<&'a str> {
        let found = self.single_among((tag, code), part, meaning, |_| true)?;
        Some(found.text.trim())
    }

    /// The same, among those of its fields that are meant.
    pub(super) fn single_among<T: PartialEq>(
        &mut self,
        (tag, code): (&str, &str),
        part: plenary_types::Field,
        meaning: impl Fn(&'a str) -> T,
        is_meant: impl Fn(&Field) -> bool,
    ) -> Option<&'a Part> {
        let found = self.first(tag, code, part)?;
        let first = found.text.trim();
        let fields = self.marc.all(tag).filter(|field| is_meant(field));
        let parts = fields.flat_map(|field| field.parts_of(code));
        let others = parts.filter(|part| meaning(part.text.trim()) != meaning(first));
        for other in others {
            self.contrary((other.line, tag, code), first, other.text.trim());
        }
        Some(found)
    }

    /// The value of such a subfield, read by a checking constructor; what cannot be read becomes a finding.
    pub(super) fn read<T: PartialEq>(
        &mut self,
        (tag, code): (&str, &str),
        part: plenary_types::Field,
        help: &str,
        read: impl Fn(&str) -> Result<T, String>,
        is_meant: impl Fn(&Field) -> bool,
    ) -> Option<T> {
        let meaning = |text: &'a str| read(text).map_err(|_| text);
        let found = self.single_among((tag, code), part, meaning, is_meant)?;
        let text = found.text.trim();
        let value = read(text);
        let name = name_of(tag, code);
        value
            .map_err(|message| self.unreadable((found.line, &name), message, text, help))
            .ok()
    }

    pub(super) fn contrary(
        &mut self,
        (line, tag, code): (u64, &str, &str),
        first: &str,
        other: &str,
    ) {
        let message = "the record says something else before; the first is kept";
        let at = (line, &*name_of(tag, code));
        self.finding(ReaderCheck::RowsDisagree, at, message.to_owned(), other);
        if let Some(finding) = self.findings.last_mut() {
            finding.expected = Some(first.to_owned());
            finding.help = Some("keep the one that is right".to_owned());
        }
    }

    pub(super) fn finding(
        &mut self,
        check: ReaderCheck,
        at: (u64, &str),
        message: String,
        found: &str,
    ) {
        self.finding_of(None, check, at, message, found);
    }

    /// The same of a participant.
    pub(super) fn finding_of(
        &mut self,
        who: Option<StateCode>,
        check: ReaderCheck,
        (line, field): (u64, &str),
        message: String,
        found: &str,
    ) {
        let place = Place::new(self.path).with_line(line).with_field(field);
        let mut finding = check.finding(message, place).with_subjects(who);
        finding.found = Some(found.to_owned()).filter(|found| !found.is_empty());
        self.findings.push(finding);
    }

    /// Notes that a subfield cannot be read, and what to do about it.
    pub(super) fn unreadable(&mut self, at: (u64, &str), message: String, found: &str, help: &str) {
        self.finding(ReaderCheck::UnreadableField, at, message, found);
        if let Some(finding) = self.findings.last_mut() {
            finding.help = Some(help.to_owned());
        }
    }

    /// The date of an action or a document: `992 $a`, else `269 $a`.
    pub(super) fn date(&mut self) -> Option<Date> {
        let mut tags = ["992", "269"].into_iter();
        tags.find_map(|tag| {
            self.read(
                (tag, "a"),
                plenary_types::Field::Date,
                WRITE_DATE,
                date,
                |_| true,
            )
        })
    }

    /// The title: `245 $a $b`, without the marks that separate the parts on a catalogue card.
    pub(super) fn title(&mut self) -> String {
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
    pub(super) fn source(&mut self) -> Source {
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
    pub(super) fn subjects(&self) -> Vec<String> {
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

    pub(super) fn finish(self, agreement: Agreement) -> Record {
        Record::new(agreement, self.places, self.findings)
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
fn date(text: &str) -> Result<Date, String> {
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
    let date = dashed.parse();
    date.map_err(|_| format!("`{text}` is not a date of the calendar"))
}

/// Documents that the Library relates to a record (`993 $a`).
pub(super) fn related(marc: &Marc) -> impl Iterator<Item = (&Field, Citation)> {
    let fields = marc.all("993").map(|field| {
        let texts: Vec<&str> = field.all("a").collect();
        texts
            .into_iter()
            .map(move |text| (field, Citation::new(text)))
    });
    fields.flatten()
}

/// How a subfield is called; a control field has but one, without a code.
pub(super) fn name_of(tag: &str, code: &str) -> String {
    match code {
        "" => tag.to_owned(),
        code => format!("{tag} ${code}"),
    }
}
