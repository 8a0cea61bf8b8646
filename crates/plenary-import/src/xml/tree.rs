//! Trees of the elements that a source asks for, each held alone.

use std::io::BufRead;

use quick_xml::events::BytesStart;

use super::events::{Broken, Events, MEND, Visitor, fault, not_well_formed, value};
use super::source::Spot;

/// A tree has fewer elements than this.
const MOST_ELEMENTS: usize = 500_000;

/// The names, values and texts of a tree take fewer bytes than this.
const MOST_BYTES: usize = 64 << 20;

/// An element with what is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Element {
    /// Without a prefix.
    pub(crate) name: Box<str>,
    pub(crate) line: u64,
    attributes: Vec<(Box<str>, Box<str>)>,
    nodes: Vec<Node>,
}

/// What an element holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// The value of an attribute that is not blank, by its name without a prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        let (_, value) = attributes.find(|(known, _)| **known == *name)?;
        Some(&**value).filter(|value| !value.is_empty())
    }

    /// The elements directly in it.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &Self> + Clone {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// Those of a name.
    pub(crate) fn all<'a, 'n>(
        &'a self,
        name: &'n str,
    ) -> impl Iterator<Item = &'a Self> + use<'a, 'n> {
        self.elements()
            .filter(move |element| *element.name == *name)
    }

    /// The first of a name.
    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.all(name).next()
    }

    /// It and every element in it, in the order of the text.
    pub(crate) fn descendants(&self) -> Descendants<'_> {
        Descendants { left: vec![self] }
    }

    /// Its text and that of the elements in it, as it stands.
    pub(crate) fn raw_text(&self) -> String {
        let mut text = String::new();
        self.add_text(&mut text);
        text
    }

    /// The same, with single spaces.
    pub(crate) fn text(&self) -> String {
        let text = self.raw_text();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Adds its text. It calls itself no deeper than trees are.
    fn add_text(&self, text: &mut String) {
        for node in &self.nodes {
            match node {
                Node::Text(own) => text.push_str(own),
                Node::Element(element) => element.add_text(text),
            }
        }
    }

    /// The text of the first element of a name, unless it is blank.
    pub(crate) fn text_of(&self, name: &str) -> Option<String> {
        Some(self.child(name)?.text()).filter(|text| !text.is_empty())
    }
}

/// The elements of a tree.
pub(crate) struct Descendants<'a> {
    left: Vec<&'a Element>,
}

impl<'a> Iterator for Descendants<'a> {
    type Item = &'a Element;

    fn next(&mut self) -> Option<&'a Element> {
        let element = self.left.pop()?;
        let from = self.left.len();
        self.left.extend(element.elements());
        if let Some(own) = self.left.get_mut(from..) {
            own.reverse();
        }
        Some(element)
    }
}

/// Which elements of a source are wanted, by their names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    /// As trees. Of one within another the outer counts.
    pub(crate) trees: &'static [&'static str],
    /// Where they begin, with their attributes alone.
    pub(crate) beginnings: &'static [&'static str],
    /// Elements are nested less deeply than this.
    pub(crate) deepest: usize,
}

/// What is found of it.
#[derive(Debug)]
pub(crate) enum Part {
    Tree(Element),
    Beginning(Element),
}

/// The elements of a source that are wanted, one after another.
pub(crate) struct Trees<R> {
    events: Events<R>,
    growing: Growing,
    over: bool,
}

struct Growing {
    wanted: Wanted,
    /// The elements of a tree that are open, the outermost first.
    open: Vec<Element>,
    elements: usize,
    bytes: usize,
    found: Option<Part>,
}

impl<R: BufRead> Trees<R> {
    pub(crate) fn new(inner: R, wanted: Wanted) -> Self {
        Self {
            events: Events::new(inner, wanted.deepest).with_doctype(),
            growing: Growing {
                wanted,
                open: Vec::new(),
                elements: 0,
                bytes: 0,
                found: None,
            },
            over: false,
        }
    }
}

impl Growing {
    fn hold(&mut self, bytes: usize, spot: Spot) -> Result<(), Broken> {
        self.bytes = self.bytes.saturating_add(bytes);
        let reason = match (self.elements > MOST_ELEMENTS, self.bytes > MOST_BYTES) {
            (true, _) => format!("a record has more than {MOST_ELEMENTS} elements"),
            (_, true) => format!("a record is longer than {} MiB", MOST_BYTES >> 20),
            (false, false) => return Ok(()),
        };
        Err(fault(spot, reason, MEND))
    }

    fn element(&mut self, start: &BytesStart<'_>, spot: Spot) -> Result<Element, Broken> {
        let mut element = Element {
            name: start.local_name().as_ref().into(),
            line: spot.line,
            ..Element::default()
        };
        let mut bytes = size_of::<Element>() + element.name.len();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| not_well_formed(spot, &error))?;
            let name: Box<str> = attribute.key.local_name().as_ref().into();
            let value: Box<str> = value(&attribute, spot)?.into();
            bytes += name.len() + value.len();
            element.attributes.push((name, value));
        }
        self.elements += 1;
        self.hold(bytes, spot)?;
        Ok(element)
    }
}

impl Visitor for Growing {
    fn open(&mut self, start: &BytesStart<'_>, spot: Spot) -> Result<(), Broken> {
        let name = start.local_name();
        let is_among = |names: &[&str]| names.contains(&name.as_ref());
        if self.open.is_empty() {
            self.elements = 0;
            self.bytes = 0;
        }
        if !self.open.is_empty() || is_among(self.wanted.trees) {
            let element = self.element(start, spot)?;
            self.open.push(element);
        } else if is_among(self.wanted.beginnings) {
            self.found = Some(Part::Beginning(self.element(start, spot)?));
        }
        Ok(())
    }

    fn close(&mut self, _: &str) {
        let Some(element) = self.open.pop() else {
            return;
        };
        match self.open.last_mut() {
            Some(outer) => outer.nodes.push(Node::Element(element)),
            None => self.found = Some(Part::Tree(element)),
        }
    }

    fn text(&mut self, text: &str, spot: Spot) -> Result<(), Broken> {
        let Some(element) = self.open.last_mut() else {
            return Ok(());
        };
        match element.nodes.last_mut() {
            Some(Node::Text(before)) => before.push_str(text),
            _ => element.nodes.push(Node::Text(text.to_owned())),
        }
        self.hold(text.len(), spot)
    }
}

impl<R: BufRead> Iterator for Trees<R> {
    type Item = Result<Part, Broken>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.over {
            match self.events.step(&mut self.growing) {
                Ok(more) => self.over = !more,
                Err(error) => {
                    self.over = true;
                    return Some(Err(error));
                }
            }
            if let Some(part) = self.growing.found.take() {
                return Some(Ok(part));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<Result<Part, String>> {
        let wanted = Wanted {
            trees: &["tree"],
            beginnings: &["root"],
            deepest: 6,
        };
        let trees = Trees::new(text.as_bytes(), wanted);
        trees
            .map(|part| part.map_err(|broken| broken.reason))
            .collect()
    }

    fn tree(text: &str) -> Element {
        match parts(text).pop() {
            Some(Ok(Part::Tree(tree))) => tree,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_tree_has_attributes_texts_and_lines() {
        let text = "<!DOCTYPE r SYSTEM \"r.dtd\"><x:root a='1'>\n<y/><x:tree b=' 2 &amp; 3 '>one <i>two</i>\n &#52;<j c=''/></x:tree></x:root>";
        let [Ok(Part::Beginning(root)), Ok(Part::Tree(tree))] = &parts(text)[..] else {
            panic!("{:?}", parts(text));
        };
        assert_eq!((root.attribute("a"), root.line), (Some("1"), 1));
        assert_eq!((tree.attribute("b"), tree.line), (Some("2 & 3"), 2));
        assert_eq!(tree.text(), "one two 4");
        assert_eq!(tree.text_of("i").as_deref(), Some("two"));
        assert_eq!(
            (tree.text_of("j"), tree.child("j").unwrap().attribute("c")),
            (None, None)
        );
        let names: Vec<&str> = tree.descendants().map(|element| &*element.name).collect();
        assert_eq!(names, ["tree", "i", "j"]);
    }

    #[test]
    fn the_outer_of_two_trees_counts_and_the_order_is_that_of_the_text() {
        let outer = tree("<root><tree><a><b/></a><tree><c/></tree></tree></root>");
        let names: Vec<&str> = outer.descendants().map(|element| &*element.name).collect();
        assert_eq!(names, ["tree", "a", "b", "tree", "c"]);
    }

    #[test]
    fn what_could_fill_the_memory_is_refused() {
        let entities = "<!DOCTYPE r [<!ENTITY a \"aa\">]><root><tree>&a;</tree></root>";
        let deep = format!("<root><tree>{}</tree></root>", "<a>".repeat(7));
        let many = format!(
            "<root><tree>{}</tree></root>",
            "<a/>".repeat(MOST_ELEMENTS + 1)
        );
        for (text, reason) in [
            (entities, "document type"),
            ("<root><tree>&nbsp;</tree></root>", "not one of XML's five"),
            (&*deep, "nested more than 6 deep"),
            (&*many, "more than 500000 elements"),
            ("<root><tree a='1' a='2'/></root>", "not well-formed"),
            ("<root><tree>", "in the middle of an element"),
        ] {
            let last = parts(text).pop().unwrap().unwrap_err();
            assert!(last.contains(reason), "{last}");
        }
    }
}
