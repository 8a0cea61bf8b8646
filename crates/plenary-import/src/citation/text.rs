//! Citations in words.

use super::{Author, Work, WorkKind, plain};

/// A work on one line.
pub(super) fn line(work: &Work) -> String {
    let mut parts = Vec::new();
    let authors = authors(work);
    let year = work.year().map(|year| format!("({year})"));
    let head: Vec<String> = authors.into_iter().chain(year).collect();
    if !head.is_empty() {
        parts.push(head.join(" "));
    }
    let kind = match work.kind {
        WorkKind::Dataset => " [data set]",
        WorkKind::Software => " [software]",
        WorkKind::Article | WorkKind::Chapter | WorkKind::Website | WorkKind::Result => "",
    };
    let version = work
        .version
        .as_ref()
        .map(|version| format!(", version {}", plain(version)));
    parts.push(format!(
        "{}{}{kind}",
        plain(&work.title),
        version.unwrap_or_default()
    ));
    parts.extend(within(work));
    let is_author = |publisher: &&String| {
        work.authors
            .iter()
            .any(|author| *author == Author::organisation(publisher))
    };
    parts.extend(
        work.publisher
            .as_ref()
            .filter(|p| !is_author(p))
            .map(|p| plain(p)),
    );
    parts.extend(
        work.licence
            .as_ref()
            .map(|of| format!("Licence: {}", plain(of))),
    );
    parts.extend(work.retrieved.map(|date| format!("Retrieved {date}")));
    let parts = parts.iter().map(|part| part.trim_end_matches('.'));
    let mut line = parts.collect::<Vec<_>>().join(". ");
    line.push('.');
    // No full stop behind an address: who copies it would copy both.
    if let Some(address) = work.address() {
        line.push_str(&format!(" {}", plain(&address)));
    }
    for remark in work.remarks() {
        line.push_str(&format!(" [{}]", plain(&remark)));
    }
    line
}

fn authors(work: &Work) -> Option<String> {
    let names: Vec<String> = work.authors.iter().map(name).collect();
    let (last, others) = names.split_last()?;
    Some(match others {
        [] => last.clone(),
        others => format!("{} and {last}", others.join(", ")),
    })
}

fn name(author: &Author) -> String {
    match author {
        Author::Person { family, given } => format!("{} {}", plain(given), plain(family)),
        Author::Organisation { name } => plain(name),
    }
}

/// The journal with volume, number and pages, or the book.
fn within(work: &Work) -> Option<String> {
    let mut text = plain(work.within.as_ref()?);
    if let Some(volume) = &work.volume {
        text.push_str(&format!(" {}", plain(volume)));
    }
    if let Some(number) = &work.number {
        text.push_str(&format!("({})", plain(number)));
    }
    if let Some(pages) = &work.pages {
        text.push_str(&format!(", {}", plain(pages)));
    }
    Some(match work.kind {
        WorkKind::Chapter => format!("In {text}"),
        _ => text,
    })
}
