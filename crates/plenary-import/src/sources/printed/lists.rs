//! The names on a list, and where the list ends.

use chrono::NaiveDate;
use plenary_states::{Resolver, split_names};

use super::flow::{Joined, Line};
use super::labels::is_none;

/// A name on a list as printed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) line: u64,
}

/// Why a list cannot be read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ListFault {
    pub(super) line: u64,
    pub(super) value: String,
    pub(super) reason: &'static str,
    pub(super) help: &'static str,
}

/// Characters of the longest name; the longest of a state has some sixty.
const LONGEST: usize = 100;

/// Names on the longest list: no body has so many members.
const MOST: usize = 1_000;

/// Names in a row that nobody has, up to which they are taken for parts of names with commas.
const UNKNOWN: usize = 40;

/// Who is meant by a name, as far as anybody is.
fn is_state(name: &str, on: Option<NaiveDate>) -> bool {
    let find = |on| Resolver::new().on(on).resolve(name).is_some();
    !name.is_empty() && (find(on) || (on.is_some() && find(None)))
}

/// A name without the marks of footnotes and the stop at the end of a list.
fn bare(name: &str) -> &str {
    let name = name.trim().trim_end_matches('*').trim_end();
    // `U.S.A.` keeps its full stop.
    match name.strip_suffix('.') {
        Some(before) if !before.rsplit(' ').next().unwrap_or_default().contains('.') => {
            before.trim_end()
        }
        _ => name,
    }
}

/// Reads the lines of a list: names between commas, or one on each line.
pub(super) fn names(lines: &[(u64, &str)], on: Option<NaiveDate>) -> Result<Vec<Name>, ListFault> {
    let filled: Vec<(u64, &str)> = lines
        .iter()
        .map(|(number, text)| (*number, text.trim()))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    let line = lines.first().map_or(1, |(number, _)| *number);
    if filled.is_empty() {
        return Err(ListFault {
            line,
            value: String::new(),
            reason: "the list is empty",
            help: "write the names behind the label, or `None`",
        });
    }
    if let [(_, only)] = &*filled
        && is_none(only)
    {
        return Ok(Vec::new());
    }
    let separators = filled
        .iter()
        .map(|(_, text)| text.matches([',', ';']).count());
    if filled.len() > MOST || separators.sum::<usize>() > MOST {
        return Err(ListFault {
            line,
            value: String::new(),
            reason: "the list holds more than 1000 names",
            help: "write an empty line after the list",
        });
    }
    let has_commas = filled.iter().any(|(_, text)| text.contains([',', ';']));
    let named = filled.iter().filter(|(_, text)| is_state(bare(text), on));
    let one_a_line = !has_commas && filled.len() > 1 && named.count() * 2 >= filled.len();
    let names = match one_a_line {
        true => on_lines(&filled, on),
        false => between_commas(&filled, on),
    };
    names.iter().try_for_each(|name| plausible(name, on))?;
    Ok(names)
}

/// Refuses what is no name: a sentence, or a stretch of text without commas.
fn plausible(name: &Name, on: Option<NaiveDate>) -> Result<(), ListFault> {
    let refused = |reason, help| {
        Err(ListFault {
            line: name.line,
            value: name.text.chars().take(80).collect(),
            reason,
            help,
        })
    };
    let text = name.text.as_str();
    if is_state(text, on) {
        return Ok(());
    }
    let opened = text.matches('(').count();
    if opened != text.matches(')').count() && text.chars().count() > LONGEST {
        return refused(
            "a bracket in the list is not closed",
            "write the bracket that is missing",
        );
    }
    let is_sentence = text.split(". ").count() > 1 && text.split(' ').count() > 6;
    if text.chars().count() > LONGEST || is_sentence {
        return refused(
            "the list holds text that is not a name",
            "write the names between commas, and an empty line after the list",
        );
    }
    Ok(())
}

/// Names of which each has a line of its own, or some.
fn on_lines(lines: &[(u64, &str)], on: Option<NaiveDate>) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for (number, text) in lines {
        let text = bare(text);
        let whole = names.last().map(|last| format!("{} {text}", last.text));
        if let (Some(last), Some(whole)) = (names.last_mut(), whole)
            && (!is_state(text, on) || !is_state(&last.text, on))
            && is_state(&whole, on)
        {
            last.text = whole;
            continue;
        }
        names.push(Name {
            text: text.to_owned(),
            line: *number,
        });
    }
    names
}

/// A stretch of the text between two commas.
#[derive(Clone, Copy)]
struct Piece {
    start: usize,
    end: usize,
    known: bool,
}

fn between_commas(lines: &[(u64, &str)], on: Option<NaiveDate>) -> Vec<Name> {
    let joined = Joined::new(lines.iter().copied(), |before, after| {
        // `Guinea-` and `Bissau` keep their hyphen, `Afghan-` and `istan` do not.
        let first = before.rsplit([',', ';']).next().unwrap_or_default();
        let last = after.split([',', ';']).next().unwrap_or_default();
        !is_state(bare(&format!("{first}-{last}")), on)
    });
    let text = joined.text.as_str();
    let pieces = pieces(text, on);
    let mut names = Vec::with_capacity(pieces.len());
    let mut add = |start: usize, name: &str| {
        let name = bare(name);
        if !name.is_empty() {
            names.push(Name {
                text: name.to_owned(),
                line: joined.line_at(start),
            });
        }
    };
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        // A name with a comma in it is unknown in parts: such parts are read together with those beside them.
        let next_unknown = pieces.get(at + 1).is_some_and(|next| !next.known);
        if piece.known && !next_unknown {
            add(
                piece.start,
                text.get(piece.start..piece.end).unwrap_or_default(),
            );
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while pieces.get(end).is_some_and(|next| !next.known)
            || (pieces.get(end).is_some() && pieces.get(end + 1).is_some_and(|next| !next.known))
        {
            end += 1;
        }
        // The one behind them may belong to them, too.
        if pieces.get(end).is_some() {
            end += 1;
        }
        let window = pieces.get(at..end).unwrap_or_default();
        if window.len() > UNKNOWN {
            for piece in window {
                add(
                    piece.start,
                    text.get(piece.start..piece.end).unwrap_or_default(),
                );
            }
            at = end;
            continue;
        }
        let (from, to) = match (window.first(), window.last()) {
            (Some(first), Some(last)) => (first.start, last.end),
            _ => break,
        };
        let mut place = from;
        for listed in split_names(text.get(from..to).unwrap_or_default(), on) {
            let rest = text.get(place..to).unwrap_or_default();
            let start = place + rest.find(listed.text).unwrap_or_default();
            let found = text
                .get(start..start + listed.text.len())
                .unwrap_or(listed.text);
            for (start, part) in on_both_lines(&joined, start, found, on) {
                add(start, part);
            }
            place = start + listed.text.len();
        }
        at = end;
    }
    names
}

/// A name that nobody has, as the names that stand on its lines, where each of them is one: a comma is missing between them.
fn on_both_lines<'a>(
    joined: &Joined,
    start: usize,
    name: &'a str,
    on: Option<NaiveDate>,
) -> Vec<(usize, &'a str)> {
    let whole = vec![(start, name)];
    if is_state(bare(name), on) {
        return whole;
    }
    let breaks = joined.starts_within(start, start + name.len());
    let ends: Vec<usize> = breaks.chain([start + name.len()]).collect();
    let mut parts = Vec::with_capacity(ends.len());
    let mut from = start;
    for end in ends {
        let part = name.get(from - start..end - start).unwrap_or_default();
        parts.push((from, part.trim()));
        from = end;
    }
    match parts.iter().all(|(_, part)| is_state(bare(part), on)) {
        true => parts,
        false => whole,
    }
}

fn pieces(text: &str, on: Option<NaiveDate>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    let mut push = |start: usize, end: usize| {
        let piece = text.get(start..end).unwrap_or_default();
        if !piece.trim().is_empty() {
            pieces.push(Piece {
                start,
                end,
                known: is_state(bare(piece), on),
            });
        }
    };
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            ',' | ';' if depth == 0 => {
                push(start, at);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    push(start, text.len());
    pieces
}

/// Where the last list of a vote ends: at a line of the text that is no part of it, by what stands there. A list goes on behind
/// a comma, in an open bracket, and where the next line ends a name or holds names alone.
pub(super) fn end_of_list(
    lines: &[Line],
    first: usize,
    behind_label: &str,
    most: usize,
    on: Option<NaiveDate>,
) -> usize {
    let mut text = behind_label.trim().to_owned();
    let mut last_filled = first;
    let mut gap = false;
    let mut at = first + 1;
    while let Some(line) = lines.get(at).filter(|_| at < most) {
        if !line.marked.is_empty() {
            break;
        }
        if line.text.is_empty() {
            gap = true;
            at += 1;
            continue;
        }
        let following = lines.get(at..most.min(lines.len())).unwrap_or_default();
        if begins_text(&line.text) || !goes_on(&text, following, gap, on) {
            break;
        }
        if !text.is_empty() && !text.ends_with(['-', '\u{ad}']) {
            text.push(' ');
        }
        text.push_str(&line.text);
        // What stands far back decides nothing.
        if text.len() > 8 * LONGEST {
            let tail = text.char_indices().rev().nth(4 * LONGEST);
            text = text.split_off(tail.map_or(0, |(at, _)| at));
        }
        last_filled = at;
        gap = false;
        at += 1;
    }
    last_filled + 1
}

/// Lines over which a name may run.
const NAME_LINES: usize = 4;

/// Commas in a name, and one more.
const NAME_PIECES: usize = 3;

/// Whether a list that reads so far goes on in the first of the lines that follow.
fn goes_on(list: &str, following: &[Line], gap: bool, on: Option<NaiveDate>) -> bool {
    let line = following.first().map_or("", |line| &*line.text);
    if list.is_empty() || list.ends_with([',', ';', '-', '\u{ad}', '(']) {
        return true;
    }
    if is_none(list) {
        return false;
    }
    let opened = list.matches('(').count() > list.matches(')').count();
    let last = list.rsplit([',', ';']).next().unwrap_or_default();
    if opened && last.chars().count() < LONGEST {
        return true;
    }
    if list.ends_with('.') && !list.ends_with("..") && is_state(bare(last), on) {
        return false;
    }
    let last_word = last.rsplit(' ').next().unwrap_or_default();
    // `Bolivia, Plurinational` / `State of`: a name may have begun before the last comma.
    let commas = list.rmatch_indices([',', ';']).map(|(at, _)| at + 1);
    let mut begun = commas.chain([0]).take(NAME_PIECES);
    if matches!(last_word, "of" | "and" | "the")
        || begun.any(|at| ends_name(list.get(at..).unwrap_or_default(), following, on))
    {
        return true;
    }
    let mut pieces = line
        .split([',', ';'])
        .filter(|piece| !piece.trim().is_empty());
    let known = |piece: &str| is_state(bare(piece), on);
    if pieces.clone().all(known) {
        return true;
    }
    // A name that nobody has, at the end of a line of names.
    let last_known = is_state(bare(last), on);
    let some = pieces.clone().count() > 1
        && pieces.clone().filter(|piece| known(piece)).count() * 2 >= pieces.clone().count();
    let small = pieces
        .next()
        .is_some_and(|first| first.trim().starts_with(char::is_lowercase));
    !gap && !last_known && (some || small)
}

/// Whether what follows ends a name that has begun, in the first line or over some.
fn ends_name(begun: &str, following: &[Line], on: Option<NaiveDate>) -> bool {
    let mut name = begun.trim().to_owned();
    let filled = following.iter().filter(|line| !line.text.is_empty());
    for line in filled.take(NAME_LINES) {
        let first = line.text.split([',', ';']).next().unwrap_or_default();
        name = format!("{name} {}", first.trim());
        if is_state(bare(&name), on) {
            return true;
        }
        if first.len() < line.text.len() || name.chars().count() > LONGEST {
            return false;
        }
    }
    false
}

/// Whether a line begins something that follows a list: the result, a note, or the next speaker.
pub(super) fn begins_text(line: &str) -> bool {
    const STARTS: [&str; 34] = [
        "[",
        "*",
        "the president",
        "the acting president",
        "the chair",
        "the co-chair",
        "mr. ",
        "mr ",
        "mrs. ",
        "ms. ",
        "miss ",
        "sir ",
        "draft ",
        "the draft",
        "the amendment",
        "the motion",
        "the proposal",
        "operative paragraph",
        "preambular paragraph",
        "paragraph",
        "subsequently",
        "a recorded vote",
        "a vote ",
        "the vote",
        "the assembly",
        "the council",
        "the committee",
        "the meeting",
        "the result",
        "there were",
        "there being",
        "by ",
        "it was",
        "i now",
    ];
    let lower = line.trim_start().to_lowercase();
    STARTS.iter().any(|start| lower.starts_with(start)) || tells_result(&lower)
}

/// Whether a line, in small letters, tells what came of a vote.
pub(super) fn tells_result(lower: &str) -> bool {
    const RESULTS: [&str; 14] = [
        "was adopted",
        "were adopted",
        "been adopted",
        "was approved",
        "was rejected",
        "were rejected",
        "was retained",
        "were retained",
        "was carried",
        "was not adopted",
        "votes to ",
        "votes in favour",
        "result of the vot",
        "was lost",
    ];
    RESULTS.iter().any(|words| lower.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let lines: Vec<(u64, &str)> = (1..).zip(text.lines()).collect();
        let on = NaiveDate::from_ymd_opt(2018, 12, 19);
        let names = names(&lines, on).unwrap();
        names
            .into_iter()
            .map(|name| format!("{}:{}", name.line, name.text))
            .collect()
    }

    #[test]
    fn names_are_read_across_lines_and_where_they_hold_commas() {
        for (text, names) in [
            (
                "Antigua and\nBarbuda, Bolivia (Plurinational\nState of), Bosnia and Herzegovina, Chad",
                &[
                    "1:Antigua and Barbuda",
                    "2:Bolivia (Plurinational State of)",
                    "3:Bosnia and Herzegovina",
                    "3:Chad",
                ][..],
            ),
            (
                "China, Congo, Democratic Republic of the, Guinea-\nBissau, Iran, Islamic Republic of, Papua New Gui-\nnea.",
                &[
                    "1:China",
                    "1:Congo, Democratic Republic of the",
                    "1:Guinea-Bissau",
                    "2:Iran, Islamic Republic of",
                    "2:Papua New Guinea",
                ],
            ),
            (
                "Chad\nTrinidad and\nTobago\nChile*\nU.S.A.",
                &["1:Chad", "2:Trinidad and Tobago", "4:Chile", "5:U.S.A."],
            ),
            (
                "Chad,\nChile\nChina, Freedonia, Cuba",
                &["1:Chad", "2:Chile", "3:China", "3:Freedonia", "3:Cuba"],
            ),
            ("None.", &[]),
            ("Niger", &["1:Niger"]),
        ] {
            assert_eq!(read(text), names, "{text}");
        }
    }

    #[test]
    fn what_is_no_list_is_refused_with_its_line() {
        let on = None;
        assert_eq!(
            names(&[(7, "")], on).unwrap_err().reason,
            "the list is empty"
        );
        let sentence = "We thank all delegations. They have worked hard for this text of today";
        let fault = names(&[(7, "Chad,"), (8, sentence)], on).unwrap_err();
        assert_eq!(
            (fault.line, fault.reason),
            (8, "the list holds text that is not a name")
        );
        let open = format!("Iran (Islamic Republic of, {}", "Chad, ".repeat(30));
        let fault = names(&[(3, &open)], on).unwrap_err();
        assert_eq!(fault.reason, "a bracket in the list is not closed");
    }

    #[test]
    fn a_list_ends_where_other_text_begins() {
        let on = NaiveDate::from_ymd_opt(2018, 12, 19);
        for (text, end) in [
            (
                "Abstaining:\nChad, Chile,\n\nCuba\n\nDraft resolution A/73/L.1 was adopted",
                4,
            ),
            (
                "Abstaining:\nChad, United States of\n\nAmerica\nThe sixth paragraph was retained by 2 votes",
                4,
            ),
            (
                "Abstaining:\nChad, United Kingdom\nof Great Britain and Northern Ireland\n\nPeru thanked all",
                3,
            ),
            ("Abstaining:\nNone\nThe President: I thank all", 2),
            (
                "Abstaining:\nChad\nThe Gambia\nThe former Yugoslav Republic of Macedonia",
                4,
            ),
            (
                "Abstaining:\nChad, Freedonia\nIceland, Peru\n[Subsequently, the delegation of Peru",
                3,
            ),
            (
                "Abstaining:\nChad, Chile\nIndonesia will speak after the vote",
                2,
            ),
            (
                "Abstaining:\nChad\n\nChile\n\nAgenda item 14 (continued)",
                4,
            ),
        ] {
            let lines: Vec<Line> = (1..)
                .zip(text.lines())
                .map(|(number, text)| Line {
                    number,
                    text: text.to_owned(),
                    marked: Vec::new(),
                })
                .collect();
            assert_eq!(end_of_list(&lines, 0, "", lines.len(), on), end, "{text}");
        }
    }
}
