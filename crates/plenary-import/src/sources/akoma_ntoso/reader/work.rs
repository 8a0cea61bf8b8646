//! What the metadata of a document say of it: its work, and the participants and words that it refers to.

use plenary_types::{Date, Field};
use rustc_hash::FxHashMap;

use crate::xml::{self, Element, Notes};

/// The metadata of a document.
pub(super) struct Work<'a> {
    pub(super) document: &'a Element,
    identification: Option<&'a Element>,
    /// What `#name` means, by the name.
    references: FxHashMap<&'a str, &'a Element>,
}

impl<'a> Work<'a> {
    pub(super) fn new(document: &'a Element) -> Self {
        let meta = document.child("meta");
        let identification = meta.and_then(|meta| meta.child("identification"));
        let mut references = FxHashMap::default();
        let lists = meta.into_iter().flat_map(|meta| meta.all("references"));
        for reference in lists.flat_map(Element::elements) {
            if let Some(name) = id_of(reference) {
                references.entry(name).or_insert(reference);
            }
        }
        Self {
            document,
            identification: identification.and_then(|of| of.child("FRBRWork")),
            references,
        }
    }

    /// The values of elements of the work: `FRBRthis`, `FRBRalias`.
    pub(super) fn values<'n>(
        &self,
        name: &'n str,
    ) -> impl Iterator<Item = &'a Element> + use<'a, 'n> {
        self.identification
            .into_iter()
            .flat_map(move |work| work.all(name))
    }

    /// The address of the work, else that of the version.
    pub(super) fn identifier(&self) -> Option<&'a str> {
        let mut names = ["FRBRthis", "FRBRuri"].into_iter();
        names.find_map(|name| {
            self.values(name)
                .find_map(|element| element.attribute("value"))
        })
    }

    /// What a reference means: `#aFavor`.
    pub(super) fn reference(&self, text: &str) -> Option<&'a Element> {
        self.references.get(text.strip_prefix('#')?.trim()).copied()
    }

    /// The words by which a reference may be understood: its name, the end of its address, and what it is shown as.
    pub(super) fn words<'t>(&self, text: &'t str) -> Vec<&'t str>
    where
        'a: 't,
    {
        let name = text.rsplit(['#', '/']).next().unwrap_or_default();
        let found = self.reference(text);
        let of = |name| found.and_then(|element| element.attribute(name));
        let address = of("href").and_then(|href| href.rsplit(['/', '#']).next());
        let words = [of("showAs"), Some(name), address].into_iter().flatten();
        words
            .map(str::trim)
            .filter(|word| !word.is_empty())
            .collect()
    }

    /// What a reference is shown as, else the reference as it stands.
    pub(super) fn shown<'t>(&self, text: &'t str) -> &'t str
    where
        'a: 't,
    {
        self.words(text).first().copied().unwrap_or(text)
    }

    /// The day of the work. One that is printed on the document and differs is told.
    pub(super) fn date(&self, notes: &mut Notes<'_>) -> Option<Date> {
        let mut days = self.values("FRBRdate");
        let of_work = days.find_map(|element| notes.day(element, "date").map(|day| (day, element)));
        let printed = self.preface().find_map(|element| {
            let of_document = *element.name == *"docDate";
            element
                .attribute("date")
                .filter(|_| of_document)
                .map(|day| (element, day))
        });
        match (of_work, printed) {
            (Some((day, _)), Some((element, text))) => {
                let other = xml::day(text).filter(|other| *other != day);
                if let Some(other) = other {
                    let message = "the day printed on the document is not that of its metadata, which is kept";
                    notes.contrary(
                        (element.line, "docDate"),
                        message,
                        &day.to_string(),
                        &other.to_string(),
                    );
                }
                Some(day)
            }
            (None, Some((element, _))) => notes.day(element, "date"),
            (of_work, None) => of_work.map(|(day, _)| day),
        }
    }

    /// Whether anything in it is to be a day.
    pub(super) fn has_date(&self) -> bool {
        let days = self.values("FRBRdate").chain(self.preface());
        let mut days = days.filter(|element| matches!(&*element.name, "FRBRdate" | "docDate"));
        days.any(|element| element.attribute("date").is_some())
    }

    /// The elements of what stands before the text: its cover, its preface, and of a collection those of its parts.
    pub(super) fn preface(&self) -> impl Iterator<Item = &'a Element> + use<'a> {
        let parts = ["coverPage", "preface"].into_iter();
        let document = self.document;
        let own = parts.flat_map(move |name| document.all(name));
        let own: Vec<&Element> = own.flat_map(Element::descendants).collect();
        own.into_iter()
    }

    /// The text of the first element of a name before the text.
    pub(super) fn printed(
        &self,
        notes: &mut Notes<'_>,
        name: &str,
        part: Option<Field>,
    ) -> Option<String> {
        let mut found = self.preface().filter(|element| *element.name == *name);
        let (text, element) = found.find_map(|element| {
            let text = element.text();
            (!text.is_empty()).then_some((text, element))
        })?;
        if let Some(part) = part {
            notes.part(part, element, name);
        }
        Some(text)
    }
}

/// The name of an element, under which others refer to it: `eId`, before version 3 `id`.
pub(super) fn id_of(element: &Element) -> Option<&str> {
    element.attribute("eId").or_else(|| element.attribute("id"))
}
