//! Texts of strangers stay texts.

use plenary_report::{ReportOptions, html};
use serde_json::json;

use crate::{assert_closed, page, reported, tags};

/// A text that would do something in every place where a page could put it.
const HOSTILE: &str = "</script></style></title><script>alert(1)</script><img src=x onerror=alert(2)>\"' onload='alert(3)' {{ 7*7 }} {% raw %}\u{202e}\u{200b}\u{0}\u{1b}[2J\u{85}&lt;]]>--><svg/onload=alert(4)>";

pub(crate) fn document() -> serde_json::Value {
    let source = json!({"title": HOSTILE, "publisher": HOSTILE, "record": HOSTILE, "url": "javascript:alert(5)"});
    let decision = |extra: serde_json::Value| {
        let mut decision = json!({
            "act": "decision", "body": "unga", "date": "2018-12-19", "symbol": HOSTILE, "drafts": [HOSTILE],
            "meeting": HOSTILE, "committee-report": HOSTILE, "agenda": HOSTILE, "notes": [HOSTILE],
            "question": {"scope": "paragraph", "text": HOSTILE},
            "reported": [{"of": HOSTILE, "value": 3, "source": HOSTILE}],
            "announced": {"yes": 2, "no": 1},
        });
        let extra = extra.as_object().unwrap().clone();
        decision.as_object_mut().unwrap().extend(extra);
        decision
    };
    json!({
        "title": HOSTILE,
        "symbols": [HOSTILE],
        "subjects": [HOSTILE],
        "objectives": [{"number": HOSTILE, "label": HOSTILE}],
        "principles": [{"number": HOSTILE, "label": HOSTILE}],
        "acts": [
            {"act": "step", "date": "2018-01-01", "what": HOSTILE, "symbol": HOSTILE},
            decision(json!({"ballots": {"yes": ["FRA", HOSTILE], "no": [format!("person:{HOSTILE}")]}})),
            decision(json!({"mode": "by-lot"})),
            {"act": "step", "date": "2019-01-01", "what": HOSTILE},
            {"act": "sponsorship", "date": "2018-01-01", "symbol": HOSTILE, "sponsors": [{"name": HOSTILE, "note": HOSTILE}]},
        ],
        "relations": [{"kind": "amends", "to": HOSTILE}],
        "sources": [source, {"title": "x", "url": "https://example.org/\"><script>alert(6)</script>"}],
        "claims": [{"text": HOSTILE, "source": source, "not-checkable": HOSTILE, "see": [HOSTILE]}],
    })
}

pub(crate) fn assert_harmless(page: &str) {
    assert_closed(page);
    assert_eq!(page.matches("<script").count(), 1);
    assert_eq!(page.matches("</script").count(), 1);
    assert_eq!(page.matches("</style").count(), 1);
    assert_eq!(
        page.matches("</title>").count(),
        page.matches("<title").count()
    );
    assert!(
        page.contains("{{ 7*7 }}") && !page.contains(" 49 "),
        "templates are not made of texts"
    );
    let steers = page
        .chars()
        .find(|c| (c.is_control() && *c != '\n') || matches!(c, '\u{202e}' | '\u{200b}'));
    assert_eq!(steers, None);
    for tag in tags(page) {
        for handler in [" onload", " onerror", " onclick"] {
            // Inside of quotation marks it is a text.
            let outside: Vec<&str> = tag.split('"').step_by(2).collect();
            assert!(
                !outside.iter().any(|part| part.contains(handler)),
                "{tag:.200}"
            );
        }
    }
    assert!(!page.contains("href=\"javascript"));
}

#[test]
fn no_text_of_a_record_does_anything_in_a_page() {
    let page = page(&document());
    assert_harmless(&page);
    assert!(page.contains("&lt;/script&gt;"), "the text is shown");
    assert!(page.contains("&lt;U+202E&gt;"));
    assert!(
        page.contains("javascript:alert(5)"),
        "an address that is none is a text"
    );
}

#[test]
fn no_text_of_a_treaty_does_anything_in_a_page() {
    let text = HOSTILE;
    let act = |kind: &str, date: &str, who: &str| json!({"act": "action", "kind": kind, "date": date, "participant": who, "notes": [text]});
    let document = json!({
        "kind": "treaty", "title": text,
        "acts": [
            act("signature", "2001-01-01", "FRA"), act("ratification", "2002-01-01", "FRA"),
            act("ratification", "2004-01-01", "DEU"), act("ratification", "2005-01-01", "org:x"),
            {"act": "statement", "kind": "reservation", "date": "2002-01-01", "author": "FRA", "provisions": [text], "notes": [text]},
        ],
        "sources": [{"title": text}],
    });
    let page = page(&document);
    assert_harmless(&page);
    assert!(
        page.contains("aria-labelledby=\"timeline-1-title"),
        "the chart is there"
    );
}

#[test]
fn formulas_are_left_or_disarmed_as_asked() {
    let document = json!({"title": "t", "acts": [{"act": "decision", "body": "unga", "date": "2018-12-19", "ballots": {"yes": ["=1+1"]}}]});
    let reported = reported(&document);
    let csv = |options: &ReportOptions| {
        let page = html(&reported, options).unwrap();
        let (_, data) = page
            .split_once("data:text/csv;charset=utf-8;base64,")
            .unwrap();
        let data = data.split_once('"').unwrap().0;
        String::from_utf8(data_encoding::BASE64.decode(data.as_bytes()).unwrap()).unwrap()
    };
    assert!(csv(&ReportOptions::default()).contains(",=1+1,"));
    let mut options = ReportOptions::default();
    options.escape_formulas = true;
    let disarmed = csv(&options);
    assert!(
        disarmed.contains(",'=1+1,") && !disarmed.contains(",=1+1"),
        "{disarmed}"
    );
}
