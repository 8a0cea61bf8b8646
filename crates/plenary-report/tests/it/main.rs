//! Pages as they are written.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod browser;
mod compact;
mod dataset;
mod hostile;
mod templates;
mod texts;

use plenary::{Input, ReportSettings, Reported, report};
use plenary_report::{ReportOptions, html};

/// What is reported of a document.
fn reported(document: &serde_json::Value) -> Reported {
    let input = Input::bytes("record.json", document.to_string());
    report(input, &ReportSettings::default()).unwrap()
}

/// The page of a document.
fn page(document: &serde_json::Value) -> String {
    html(&reported(document), &ReportOptions::default()).unwrap()
}

/// The page of the Compact.
fn compact() -> String {
    let reported = report(Input::compact(), &ReportSettings::default()).unwrap();
    html(&reported, &ReportOptions::default()).unwrap()
}

/// The start tags of a page, with their attributes.
fn tags(page: &str) -> impl Iterator<Item = &str> {
    let parts = page.split('<').skip(1);
    let parts = parts.filter(|part| part.starts_with(|c: char| c.is_ascii_alphabetic()));
    parts.map(|part| part.split_once('>').map_or(part, |(tag, _)| tag))
}

/// The values of an attribute in the start tags of a page, with the names of their elements.
fn attributes<'p>(page: &'p str, name: &'p str) -> impl Iterator<Item = (&'p str, &'p str)> {
    tags(page).filter_map(move |tag| {
        let element = tag.split(|c: char| c.is_whitespace()).next()?;
        let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
        Some((element, rest.split_once('"')?.0))
    })
}

/// Checks on the page itself that it makes no network request and runs no script but its own.
fn assert_closed(page: &str) {
    let scripts = tags(page).filter(|tag| tag.starts_with("script")).count();
    assert_eq!(scripts, 1, "one script, our own");
    for element in [
        "iframe", "object", "embed", "img", "link", "form", "base", "audio", "video",
    ] {
        let found = tags(page).find(|tag| {
            let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next();
            name == Some(element)
        });
        assert_eq!(found, None, "{element}");
    }
    for name in [
        "src",
        "srcset",
        "style",
        "xlink:href",
        "action",
        "formaction",
        "onload",
        "onerror",
        "onclick",
    ] {
        assert_eq!(attributes(page, name).next(), None, "{name}");
    }
    for (element, href) in attributes(page, "href") {
        let is_data =
            element == "a" && href.starts_with("data:") && !href.starts_with("data:text/html");
        let is_web =
            element == "a" && (href.starts_with("https://") || href.starts_with("http://"));
        assert!(
            href.starts_with('#') || is_data || is_web,
            "{element} {href:.80}"
        );
    }
    let (style, rest) = page
        .split_once("<style>")
        .unwrap()
        .1
        .split_once("</style>")
        .unwrap();
    let script = rest
        .split_once("<script>")
        .unwrap()
        .1
        .split_once("</script>")
        .unwrap()
        .0;
    assert!(!style.contains("@import") && !style.contains("url("));
    for call in [
        "fetch(",
        "XMLHttpRequest",
        "WebSocket",
        "import(",
        "eval(",
        "innerHTML",
    ] {
        assert!(!script.contains(call), "{call}");
    }
    let policy = attributes(page, "content").find(|(_, text)| text.contains("default-src"));
    let policy = policy.unwrap().1;
    assert!(
        policy.starts_with("default-src &#39;none&#39;; "),
        "{policy}"
    );
    assert!(
        !policy.contains("unsafe") && !policy.contains("http"),
        "{policy}"
    );
    for text in [style, script] {
        assert!(
            policy.contains(&hash(text)),
            "the policy allows it: {policy}"
        );
    }
}

fn hash(text: &str) -> String {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(text.as_bytes());
    format!("sha256-{}", data_encoding::BASE64.encode(&digest))
}
