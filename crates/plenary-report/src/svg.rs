//! Pictures of choices: tiles and bars. Each choice has a colour that colour-blind readers tell apart, and a pattern beside it for print.

use std::fmt::Write;

use plenary::page::BallotLine;
use plenary::types::{Choice, Tally};

use crate::Texts;
use crate::escape::Escaped;

/// A choice in pictures: its word, its colour, the pattern in the band of a tile and over a bar, and the colour of that.
struct Look {
    choice: Choice,
    fill: &'static str,
    mark: &'static str,
    pattern: &'static str,
}

const LOOKS: [Look; 5] = [
    Look {
        choice: Choice::Yes,
        fill: "#005a9c",
        mark: "#9cc9ee",
        pattern: "",
    },
    Look {
        choice: Choice::No,
        fill: "#b23c00",
        mark: "#fff",
        pattern: "M-1 1L1-1M0 6L6 0M5 7L7 5",
    },
    Look {
        choice: Choice::Abstain,
        fill: "#f2c230",
        mark: "#3a2d00",
        pattern: "M1 3h2M4 0h2",
    },
    Look {
        choice: Choice::NonVoting,
        fill: "#fff",
        mark: "#8a8a8a",
        pattern: "M0 3H6",
    },
    Look {
        choice: Choice::NotEligible,
        fill: "#d5d5d5",
        mark: "#555",
        pattern: "M0 0L6 6M6 0L0 6",
    },
];

/// The choices in the order in which pictures have them.
pub(crate) const CHOICES: [Choice; 5] = [
    Choice::Yes,
    Choice::No,
    Choice::Abstain,
    Choice::NonVoting,
    Choice::NotEligible,
];

/// Text is added to memory, which does not fail.
fn add(svg: &mut String, text: std::fmt::Arguments<'_>) {
    let written = svg.write_fmt(text);
    debug_assert!(written.is_ok(), "writing to memory does not fail");
}

/// What pictures refer to: a pattern and a tile for each choice. It stands once in a page, before the first picture.
pub(crate) fn definitions() -> String {
    let mut svg = String::from(
        "<svg class=\"defs\" width=\"0\" height=\"0\" aria-hidden=\"true\" focusable=\"false\"><defs>",
    );
    for look in &LOOKS {
        let Look {
            choice,
            fill,
            mark,
            pattern,
        } = look;
        let word = choice.as_str();
        add(
            &mut svg,
            format_args!(
                "<pattern id=\"p-{word}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"><rect width=\"6\" height=\"6\" fill=\"{fill}\"/>\
                 <path d=\"{pattern}\" stroke=\"{mark}\" stroke-width=\"1.4\" fill=\"none\"/></pattern>\
                 <symbol id=\"t-{word}\" viewBox=\"0 0 44 28\"><rect x=\".5\" y=\".5\" width=\"43\" height=\"27\" rx=\"2\" fill=\"{fill}\" stroke=\"#444\"/>\
                 <rect x=\"1\" y=\"21\" width=\"42\" height=\"6\" fill=\"url(#p-{word})\"/></symbol>"
            ),
        );
    }
    svg.push_str("</defs></svg>");
    svg
}

/// A sample of a choice for a legend.
pub(crate) fn sample(choice: Choice) -> String {
    let word = choice.as_str();
    format!(
        "<svg class=\"sample\" width=\"18\" height=\"12\" aria-hidden=\"true\"><rect x=\".5\" y=\".5\" width=\"17\" height=\"11\" \
         fill=\"url(#p-{word})\" stroke=\"#444\"/></svg>"
    )
}

/// A tile for each ballot, one after the other.
pub(crate) fn tiles<'b>(
    ballots: impl IntoIterator<Item = &'b BallotLine>,
    texts: &Texts,
) -> String {
    let mut svg = String::new();
    for ballot in ballots {
        let word = ballot.choice.as_str();
        let title = Escaped(&ballot.name);
        let choice = Escaped(texts.of("choice", &ballot.choice));
        add(
            &mut svg,
            format_args!(
                "<svg class=\"t {word}\"><title>{title}: {choice}</title><use href=\"#t-{word}\"/>"
            ),
        );
        if ballot.has_code {
            let code = Escaped(&ballot.code);
            add(
                &mut svg,
                format_args!("<text x=\"22\" y=\"16\">{code}</text>"),
            );
        }
        svg.push_str("</svg>");
    }
    svg
}

/// The width of a bar.
const WIDTH: f64 = 600.0;

/// A bar of the choices, as long as it is for `all` ballots where there are fewer.
pub(crate) fn bar(tally: Tally, all: u32, height: u32, label: &str) -> String {
    let mut svg = format!(
        "<svg class=\"bar\" viewBox=\"0 0 {WIDTH} {height}\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{}\">",
        Escaped(label)
    );
    let mut from = 0.0;
    for choice in CHOICES {
        let count = tally.get(choice);
        if count == 0 || all == 0 {
            continue;
        }
        let width = WIDTH * f64::from(count) / f64::from(all);
        add(
            &mut svg,
            format_args!(
                "<rect x=\"{from:.1}\" width=\"{width:.1}\" height=\"{height}\" fill=\"url(#p-{})\" stroke=\"#444\"/>",
                choice.as_str()
            ),
        );
        from += width;
    }
    svg.push_str("</svg>");
    svg
}
