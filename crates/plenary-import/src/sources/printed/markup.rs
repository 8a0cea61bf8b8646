//! A page in HTML as lines of text: without its tags, and with what its classes say about names.

use plenary_types::Choice;

use super::flow::{Flow, Line, Marked};

/// Elements that end a line of text where they begin and where they end, and part paragraphs.
const PARAGRAPHS: [&str; 11] = [
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "section",
    "article",
];

/// Elements that end a line and part no paragraphs.
const LINES: [&str; 11] = [
    "br", "li", "ul", "ol", "tr", "td", "th", "table", "dd", "dt", "hr",
];

/// Elements whose text is none of the page's.
const HIDDEN: [&str; 3] = ["script", "style", "head"];

/// Whether a text is HTML, by its beginning.
pub(super) fn is_markup(text: &str) -> bool {
    text.trim_start().starts_with('<')
}

/// The lines of a page.
pub(super) fn flow(text: &str) -> Flow {
    let mut page = Page::default();
    let mut rest = text;
    let mut number = 1;
    while !rest.is_empty() {
        let (taken, more) = match rest.strip_prefix('<') {
            Some(tag) => page.tag(tag, number),
            None => {
                let end = rest.find('<').unwrap_or(rest.len());
                let (words, more) = rest.split_at_checked(end).unwrap_or((rest, ""));
                page.words(words, number);
                (words, more)
            }
        };
        number += taken.matches('\n').count() as u64;
        debug_assert!(more.len() < rest.len());
        rest = more;
    }
    page.end_line(number, true);
    page.flow
}

#[derive(Default)]
struct Page {
    flow: Flow,
    line: String,
    marked: Vec<Marked>,
    /// Where the line begins in the file.
    begins: Option<u64>,
    /// The choices of the class of the element that is open, and its name so far.
    open: Option<(Choice, Option<Choice>, String, u64)>,
}

impl Page {
    /// Takes a tag, from behind its `<`; gives what was taken, and what follows.
    fn tag<'a>(&mut self, text: &'a str, number: u64) -> (&'a str, &'a str) {
        let end = match text.strip_prefix("!--") {
            Some(comment) => comment.find("-->").map(|at| at + "!--".len() + "--".len()),
            None => text.find('>'),
        };
        let (tag, more) = match end.and_then(|end| text.split_at_checked(end)) {
            Some((tag, more)) => (tag, more.get(1..).unwrap_or_default()),
            None => (text, ""),
        };
        let is_end = tag.starts_with('/');
        let name = tag.trim_start_matches('/');
        let name = name
            .split(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let hidden = HIDDEN.into_iter().find(|hidden| *hidden == name && !is_end);
        if let Some(hidden) = hidden {
            // In a script a `<` begins no tag.
            let closing = [
                format!("</{hidden}"),
                format!("</{}", hidden.to_uppercase()),
            ];
            let ends = closing
                .iter()
                .filter_map(|closing| more.find(closing.as_str()));
            let end = tag.len() + 1 + ends.min().unwrap_or(more.len());
            return text.split_at_checked(end).unwrap_or((text, ""));
        } else if name == "span" {
            self.span(tag, is_end, number);
        } else {
            let is_paragraph = PARAGRAPHS.contains(&&*name);
            if is_paragraph || LINES.contains(&&*name) {
                self.end_line(number, is_paragraph);
            }
        }
        (tag, more)
    }

    fn span(&mut self, tag: &str, is_end: bool, number: u64) {
        if !is_end {
            let marks = class(tag).and_then(choices);
            if let Some((choice, intended)) = marks {
                self.open = Some((choice, intended, String::new(), number));
            }
        } else if let Some((choice, intended, name, number)) = self.open.take() {
            self.marked.push(Marked {
                name: single_blanks(&name),
                number,
                choice,
                intended,
            });
        }
    }

    fn words(&mut self, words: &str, number: u64) {
        let words = decoded(words);
        match &mut self.open {
            Some((.., name, _)) => name.push_str(&words),
            None => {
                if !words.trim().is_empty() {
                    let blank = words.len() - words.trim_start().len();
                    let above = words.get(..blank).unwrap_or_default().matches('\n').count();
                    self.begins.get_or_insert(number + above as u64);
                }
                self.line.push_str(&words);
            }
        }
    }

    /// Ends a line; where a paragraph ends an empty line follows.
    fn end_line(&mut self, number: u64, is_paragraph: bool) {
        let text = single_blanks(&self.line);
        self.line.clear();
        let marked = std::mem::take(&mut self.marked);
        let begins = self.begins.take();
        let number = marked
            .first()
            .map(|first| first.number)
            .or(begins)
            .unwrap_or(number);
        let is_list = !marked.is_empty();
        if is_list {
            self.flow.add(Line {
                number,
                text: String::new(),
                marked,
            });
        }
        // What stands between marked names are commas.
        if !text.is_empty() && (!is_list || text.contains(char::is_alphanumeric)) {
            self.flow.add(Line {
                number,
                text,
                marked: Vec::new(),
            });
        }
        let last = self.flow.lines.last();
        let is_filled = last.is_some_and(|last| !last.text.is_empty() || !last.marked.is_empty());
        if is_paragraph && is_filled {
            self.flow.lines.push(Line {
                number,
                ..Line::default()
            });
        }
    }
}

fn single_blanks(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The class of a tag.
fn class(tag: &str) -> Option<&str> {
    let (_, value) = tag.split_once("class=")?;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value.get(1..)?.split(quote).next()
}

/// What a class says of a name: `favour`, or `absent-favour` of one that was absent and had intended to vote in favour.
fn choices(class: &str) -> Option<(Choice, Option<Choice>)> {
    let choice = |word: &str| match word {
        "favour" => Some(Choice::Yes),
        "against" => Some(Choice::No),
        "abstain" => Some(Choice::Abstain),
        "absent" => Some(Choice::NonVoting),
        _ => None,
    };
    match class.trim().split_once('-') {
        Some((cast, intended)) => Some((choice(cast)?, Some(choice(intended)?))),
        None => Some((choice(class.trim())?, None)),
    }
}

/// A text with the characters that HTML writes as entities.
fn decoded(text: &str) -> String {
    const NAMED: [(&str, &str); 18] = [
        ("amp", "&"),
        ("lt", "<"),
        ("gt", ">"),
        ("quot", "\""),
        ("apos", "'"),
        ("nbsp", " "),
        ("rsquo", "’"),
        ("lsquo", "‘"),
        ("ldquo", "“"),
        ("rdquo", "”"),
        ("ndash", "–"),
        ("mdash", "—"),
        ("ocirc", "ô"),
        ("eacute", "é"),
        ("atilde", "ã"),
        ("iacute", "í"),
        ("ccedil", "ç"),
        ("uuml", "ü"),
    ];
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, entity)) = rest.split_once('&') {
        plain.push_str(before);
        let named = entity.split_once(';').filter(|(name, _)| name.len() <= 8);
        let found = named.and_then(|(name, more)| {
            let known = NAMED.iter().find(|(known, _)| *known == name);
            let character = known.map(|(_, text)| (*text).to_owned());
            Some((character.or_else(|| numbered(name))?, more))
        });
        match found {
            Some((character, more)) => {
                plain.push_str(&character);
                rest = more;
            }
            None => {
                plain.push('&');
                rest = entity;
            }
        }
    }
    plain.push_str(rest);
    plain
}

/// The character of `#233` and `#xE9`.
fn numbered(name: &str) -> Option<String> {
    let number = name.strip_prefix('#')?;
    let number = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    let character = char::from_u32(number).filter(|c| !c.is_control());
    character.map(String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_its_text_without_tags_comments_and_scripts() {
        let page = "<html><head><title>Votes</title></head>\n<body><p>In <i>favour</i>:&nbsp;Chad,\nC&ocirc;te d&#39;Ivoire</p>\
                    <!-- Against: <b>x</b> --><script>if (a < b) { }</script><p>Against: None<br>Abstaining: A &amp; B & c";
        let flow = flow(page);
        let lines: Vec<(u64, &str)> = flow.lines.iter().map(|l| (l.number, &*l.text)).collect();
        assert_eq!(
            lines,
            [
                (2, "In favour: Chad, Côte d'Ivoire"),
                (2, ""),
                (3, "Against: None"),
                (3, "Abstaining: A & B & c"),
                (3, ""),
            ]
        );
    }

    #[test]
    fn classes_say_how_a_name_voted_and_had_intended_to() {
        let page = "<p class=\"votelist\"><span class=\"favour\">Chad</span>, <span class='absent-favour'>Cuba</span>,\n\
                    <span class=\"abstain\">Chile</span>, <span class=\"name\">nobody</span></p>";
        let flow = flow(page);
        let marked = &flow.lines[0].marked;
        let read: Vec<_> = marked
            .iter()
            .map(|m| (&*m.name, m.choice, m.intended, m.number))
            .collect();
        assert_eq!(
            read,
            [
                ("Chad", Choice::Yes, None, 1),
                ("Cuba", Choice::NonVoting, Some(Choice::Yes), 1),
                ("Chile", Choice::Abstain, None, 2),
            ]
        );
    }
}
