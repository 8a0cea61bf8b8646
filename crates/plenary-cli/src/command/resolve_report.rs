//! What became of the keys of a table, on stderr.

use plenary::types::{Date, brief, many, thousands};
use plenary::{ManyToOne, NoCode, ResolvedTable, SeatlessKey, UnmatchedKey};

use crate::output::{Output, visible};

/// So many of a kind are listed, unless one asks for more.
const LISTED: usize = 20;

pub(super) fn print(found: &ResolvedTable, output: &Output) {
    let report = &found.report;
    let counts = report.by_match.iter();
    let counts: Vec<_> = counts
        .map(|count| format!("{} {}", thousands(count.rows), count.matched_as))
        .collect();
    output.remark(&format!(
        "{} of {} matched ({})",
        thousands(report.matched),
        many(report.rows, "row"),
        counts.join(", ")
    ));
    if report.left_out > 0 {
        let rows = many(report.left_out, "row");
        output.warn(&format!("{rows} left out that cannot be taken apart"));
        let rows = found.left_out.iter().map(ToString::to_string);
        list(rows, found.left_out.len(), output);
    }
    if report.unmatched > 0 {
        output.warn(&format!("{} unmatched", many(report.unmatched, "row")));
        let keys = report.unmatched_keys.iter().map(unmatched);
        list(keys, report.unmatched_keys.len(), output);
    }
    if !report.many_to_one.is_empty() {
        output.warn("several keys of one date mean one state");
        let each = report.many_to_one.iter().map(many_to_one);
        list(each, report.many_to_one.len(), output);
    }
    if report.repeated > 0 {
        let rows = many(report.repeated, "row");
        output.remark(&format!("{rows} with the key and the date of a row before"));
    }
    if let (Some(body), false) = (&found.body, report.without_seat.is_empty()) {
        output.remark(&format!("not members of {body} on the date:"));
        let each = report.without_seat.iter().map(seatless);
        list(each, report.without_seat.len(), output);
    }
    if !report.without_code.is_empty() {
        output.remark("without a code:");
        let each = report.without_code.iter().map(no_code);
        list(each, report.without_code.len(), output);
    }
}

fn list(lines: impl Iterator<Item = String>, count: usize, output: &Output) {
    let most = match output.is_verbose() {
        true => count,
        false => LISTED,
    };
    lines
        .take(most)
        .for_each(|line| output.remark(&format!("  {line}")));
    if let more @ 1.. = count.saturating_sub(most) {
        output.remark(&format!(
            "  and {} more (--verbose lists all)",
            thousands(more as u64)
        ));
    }
}

fn quoted(key: &str) -> String {
    format!("`{}`", visible(&brief(key)))
}

/// `on 1990-01-01`, `in 1990`, or nothing.
fn when(date: Option<Date>) -> String {
    date.map_or(String::new(), |date| format!(" {}", date.in_a_sentence()))
}

/// `line 3`, `lines 3, 7 and 12 more`.
fn lines(first: &[u64], rows: u64) -> String {
    let listed: Vec<_> = first.iter().map(ToString::to_string).collect();
    let more = match rows.saturating_sub(first.len() as u64) {
        0 => String::new(),
        more => format!(" and {} more", thousands(more)),
    };
    let word = if listed.len() == 1 { "line" } else { "lines" };
    format!("{word} {}{more}", listed.join(", "))
}

fn unmatched(key: &UnmatchedKey) -> String {
    let text = match &*key.key {
        "" => String::new(),
        text => format!("{}: ", quoted(text)),
    };
    let candidates = key.candidates.iter().take(3);
    let candidates: Vec<_> = candidates
        .map(|candidate| format!("{} {}", candidate.code, candidate.why))
        .collect();
    let candidates = match candidates.is_empty() {
        true => String::new(),
        false => format!("; {}", candidates.join("; ")),
    };
    format!(
        "{text}{}{} ({}){candidates}",
        key.matched_as,
        when(key.date),
        lines(&key.lines, key.rows)
    )
}

fn many_to_one(found: &ManyToOne) -> String {
    let keys: Vec<_> = found.keys.iter().map(|key| quoted(key)).collect();
    let more = match found.dates {
        1 => String::new(),
        dates => format!(" and on {} more", many(dates - 1, "date")),
    };
    format!(
        "{} are {}{}{more} ({})",
        keys.join(" and "),
        found.code,
        when(found.date),
        lines(&found.lines, found.lines.len() as u64)
    )
}

fn seatless(key: &SeatlessKey) -> String {
    let seat = match &*key.seat {
        "none" => String::new(),
        seat => format!(", {seat}"),
    };
    format!(
        "{}: {} {}{seat} ({})",
        quoted(&key.key),
        key.kind,
        key.code,
        lines(&key.lines, key.rows)
    )
}

fn no_code(found: &NoCode) -> String {
    let NoCode {
        system, code, rows, ..
    } = found;
    let rows = many(*rows, "row");
    match found.changes_within {
        true => format!("{code}: two codes in {system} within the date ({rows})"),
        false => format!("{code}: none in {system} ({rows})"),
    }
}
