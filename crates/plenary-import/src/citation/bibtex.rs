//! Citations as BibTeX.

use super::{Author, Work, WorkKind, key_of, plain};

/// A work as an entry.
pub(super) fn entry(work: &Work) -> String {
    let kind = match work.kind {
        WorkKind::Article => "article",
        WorkKind::Chapter => "incollection",
        WorkKind::Dataset | WorkKind::Software | WorkKind::Website | WorkKind::Result => "misc",
    };
    let within = match work.kind {
        WorkKind::Article => "journal",
        _ => "booktitle",
    };
    let version = work
        .version
        .as_ref()
        .map(|version| format!("version {version}"));
    let retrieved = work.retrieved.map(|date| format!("retrieved {date}"));
    let licence = work
        .licence
        .as_ref()
        .map(|licence| format!("licence: {licence}"));
    let notes = version.into_iter().chain(retrieved).chain(licence);
    let notes: Vec<String> = notes.chain(work.remarks()).collect();
    let authors: Vec<String> = work.authors.iter().map(name).collect();
    let pages = work
        .pages
        .as_ref()
        .map(|pages| escaped(pages).replace('-', "--"));
    let some = |text: &Option<String>| text.as_deref().map(escaped);
    let given = |text: String| (!text.is_empty()).then_some(text);
    let fields = [
        ("author", given(authors.join(" and "))),
        ("title", Some(format!("{{{}}}", escaped(&work.title)))),
        ("year", work.year()),
        (within, some(&work.within)),
        ("volume", some(&work.volume)),
        ("number", some(&work.number)),
        ("pages", pages),
        ("publisher", some(&work.publisher)),
        ("doi", work.doi.as_deref().map(verbatim)),
        ("url", work.url.as_deref().map(verbatim)),
        ("note", given(escaped(&notes.join("; ")))),
    ];
    let mut text = format!("@{kind}{{{},\n", key_of(&work.key));
    for (field, value) in fields {
        if let Some(value) = value {
            text.push_str(&format!("  {field} = {{{value}}},\n"));
        }
    }
    text.push_str("}\n");
    text
}

/// A name; that of an organisation in braces, so that it is not taken for a person's.
fn name(author: &Author) -> String {
    match author {
        Author::Person { family, given } => {
            // A comma or an `and` inside would be read as parts of names.
            format!("{{{}}}, {{{}}}", escaped(family), escaped(given))
        }
        Author::Organisation { name } => format!("{{{}}}", escaped(name)),
    }
}

/// Text in which nothing has a meaning for BibTeX or LaTeX.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in plain(text).chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '{' | '}' => out.push_str(if c == '{' {
                "\\textbraceleft{}"
            } else {
                "\\textbraceright{}"
            }),
            '$' | '&' | '#' | '%' | '_' => {
                out.push('\\');
                out.push(c);
            }
            // A quote would end nothing here, and an @ begins an entry for old readers.
            '@' => out.push_str("{@}"),
            c => out.push(c),
        }
    }
    out
}

/// An address or identifier, which LaTeX takes as it stands: what would end the field is written in hexadecimal digits.
fn verbatim(text: &str) -> String {
    let mut out = String::new();
    for c in plain(text).chars() {
        match c {
            '\\' | '{' | '}' | ' ' | '"' | '<' | '>' | '^' | '`' | '|' => {
                out.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out
}
