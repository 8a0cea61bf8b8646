//! The page of a check: what `plenary explain` prints and what `docs/checks/` holds.

use std::fmt::Write;

use crate::checks::reader;
use crate::{Catalogue, Check, Example, Run, files_of};

/// The page of a check, in Markdown.
///
/// ```
/// let check = plenary_validation::Catalogue::default().find("tally-sum").unwrap();
/// assert!(plenary_validation::page(check).starts_with("# tally-sum"));
/// ```
#[must_use]
pub fn page(check: &Check) -> String {
    let mut page = format!("# {}\n\n{}.\n\n", check.name, sentence(check.summary));
    let _ = writeln!(page, "- **Severity:** {}", check.severity);
    let _ = writeln!(page, "- **Scope:** {}\n", check.run.scope());
    let _ = writeln!(page, "## Why\n\n{}\n", wrap(check.why));
    page.push_str("References:\n\n");
    for source in check.sources {
        let _ = writeln!(page, "- {source}");
    }
    let language = match check.example {
        Example::Native { .. } => "json",
        Example::Text { .. } => "text",
    };
    let (fails, mended) = check.example.texts();
    let (fails, mended) = (blocks(fails, language), blocks(mended, language));
    let _ = write!(page, "\n## Example\n\nInvalid:\n\n{fails}");
    let _ = write!(page, "Valid:\n\n{mended}");
    let _ = write!(page, "## Waiving it\n\n{}\n\n", wrap(check.waive));
    let place = match check.run {
        Run::Record(_) | Run::Decision(_) => "record = \"…\" # its symbol, or its title\n",
        Run::Dataset(_) => {
            "record = \"…\" # its symbol, or its title\nfound = \"…\" # words of what was found: a member, a session\n"
        }
        // What is found of a whole file is of no line.
        Run::Reader if reader::OF_FILES.contains(&check.name) => "path = \"…\" # the file\n",
        Run::Reader => "path = \"…\" # the file\nline = 1\n",
        Run::Account => "found = \"…\" # words of what was found\n",
        // Whoever would waive it can take out what it complains of.
        Run::Configuration => return page.trim_end().to_owned() + "\n",
    };
    let _ = write!(
        page,
        "```toml\n[[waivers]]\ncheck = \"{}\"\n{place}reason = \"…\"\n```\n",
        check.name
    );
    page
}

/// An example, each file of it under its name.
fn blocks(example: &str, language: &str) -> String {
    let mut blocks = String::new();
    for (name, text) in files_of(example) {
        let language = name.rsplit('.').next().unwrap_or_default();
        let _ = write!(blocks, "`{name}`:\n\n```{language}\n{text}\n```\n\n");
    }
    match blocks.is_empty() {
        true => format!("```{language}\n{example}\n```\n\n"),
        false => blocks,
    }
}

/// The list of all pages of a catalogue, in Markdown.
#[must_use]
pub fn index_page(catalogue: &Catalogue) -> String {
    let mut page = String::from(
        "# Checks\n\nErrors cannot be true, warnings are almost surely wrong, notes are worth a look.\n\
         These pages are made from the code; `plenary explain CHECK` prints them.\n\
         [Errors that the real sources contain](../source-errors.md) says which check finds which, with examples.\n\n\
         | check | severity | looks at | finds |\n|---|---|---|---|\n",
    );
    for check in catalogue.checks() {
        let (name, severity, scope) = (check.name, check.severity, check.run.scope());
        let _ = writeln!(
            page,
            "| [{name}]({name}.md) | {severity} | {scope} | {} |",
            check.summary
        );
    }
    page
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().collect::<String>());
    format!("{}{}", first.unwrap_or_default(), chars.as_str())
}

/// Breaks a paragraph into lines of at most a hundred characters.
fn wrap(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < 100 => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}
