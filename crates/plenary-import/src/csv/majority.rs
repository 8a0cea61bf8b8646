//! What the rows of a vote say of it where they differ.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use super::group::{Differing, Group};
use super::row;
use super::small;
use super::texts::Texts;
use crate::texts;
use plenary_types::Invariant;

impl Group {
    /// Takes for each field what most of the rows say, where their first one says something else: the rows that differ are those
    /// that do not say so. What is only written otherwise differs no more.
    pub(super) fn settle(&mut self) {
        if self.differing.is_empty() {
            return;
        }
        let mut differing = mem::take(&mut self.differing);
        differing.retain(|row| {
            let (here, first) = (self.texts.get(row.value), self.value(row.column as usize));
            !texts::alike(here, &first)
        });
        differing.sort_by_key(|row| row.column);
        while let Some(last) = differing.last() {
            let column = last.column;
            let first = differing.partition_point(|row| row.column < column);
            let of_column = differing.split_off(first);
            match said_by_most(&of_column, &self.texts, self.choices.len()) {
                Some(value) => self.overrule(column as usize, value, of_column),
                None => self.differing.extend(of_column),
            }
        }
        self.differing.sort_by_key(|row| (row.line, row.column));
        self.differing.shrink_to_fit();
        self.texts.shrink_to_fit();
    }

    /// Takes a value instead of that of the first row: the rows that say what this one does are now those that differ, beside
    /// the others of which neither is true.
    fn overrule(&mut self, column: usize, value: Box<str>, others: Vec<Differing>) {
        let of_first = self.value(column).into_owned();
        let of_first = self.texts.add(&of_first);
        let begun: Vec<u32> = (0..self.choices.len())
            .filter_map(|ballot| self.lines.get(ballot))
            .collect();
        // The row that a line is in is the last that has begun there.
        let row_of = |line: u32| {
            begun
                .partition_point(|from| *from <= line)
                .saturating_sub(1)
        };
        let rows: BTreeSet<usize> = others.iter().map(|row| row_of(row.line)).collect();
        let below = self.lines_before(column);
        let alone = begun.iter().enumerate();
        let alone = alone.filter(|(at, _)| !rows.contains(at));
        let alone = alone.map(|(_, line)| Differing {
            line: line.saturating_add(below),
            column: small(column),
            value: of_first,
        });
        self.differing.extend(alone);
        let neither = others
            .into_iter()
            .filter(|row| *self.texts.get(row.value) != *value);
        self.differing.extend(neither);
        self.settled.push((column, value));
    }

    /// How many lines of the first row end before a field.
    pub(super) fn lines_before(&self, column: usize) -> u32 {
        let start = self.fields.get(column).map_or(0, |field| field.start);
        let before = self
            .first
            .as_bytes()
            .get(..start)
            .invariant("a field lies in its row");
        small(row::line_ends(before))
    }
}

/// What more than half of the rows of a vote say of a field instead of what the first one does.
fn said_by_most(differing: &[Differing], texts: &Texts, rows: usize) -> Option<Box<str>> {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for row in differing {
        *times.entry(texts.get(row.value)).or_default() += 1;
    }
    let most = times.into_iter().find(|(_, times)| 2 * times > rows);
    most.map(|(value, _)| value.into())
}

#[cfg(test)]
mod tests {
    use crate::{Options, read_bytes};

    /// Reads the rows of one vote, of which some say other things; tells its date, its number of votes in
    /// favour and its symbol, and what is odd.
    fn read(rows: &[(&str, &str, &str)]) -> (String, Vec<String>) {
        let mut text = "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,draft,committee_report,meeting,title,\
                        agenda_title,subjects,vote_note,total_yes,total_no,total_abstentions,total_non_voting,total_ms,undl_link\n"
            .to_owned();
        let states = ["ALB", "BEL", "CAN", "DNK", "EGY"];
        for (state, (date, yes, symbol)) in states.iter().zip(rows) {
            text += &format!("1,{state},,Y,{date},73,{symbol},,,,\"A\nquestion\",,,,{yes},,,,,\n");
        }
        let import = read_bytes("votes.csv", text.as_bytes(), &Options::default()).unwrap();
        assert_eq!(
            (import.len(), import.summary().used),
            (1, rows.len() as u64)
        );
        let record = import.record(0).unwrap();
        let (_, decision) = record.agreement.decisions().next().unwrap();
        let date = decision
            .date
            .map(|date| date.to_string())
            .unwrap_or_default();
        let yes = decision.announced.yes.unwrap_or_default();
        let symbol = record.agreement.symbols[0].as_str();
        let odd = record
            .findings
            .iter()
            .filter(|f| f.check == "rows-disagree");
        let odd = odd.map(|f| {
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            let line = f.place.line.unwrap_or_default();
            format!(
                "{line} {}: {} for {}",
                text(&f.place.field),
                text(&f.found),
                text(&f.expected)
            )
        });
        (format!("{date} {yes} {symbol}"), odd.collect())
    }

    const RIGHT: (&str, &str, &str) = ("2018-12-19", "152", "A/RES/73/195");

    #[test]
    fn what_most_rows_say_is_taken_and_the_others_are_told() {
        let wrong = ("2018-12-20", "152", "A/RES/73/195");
        let taken = "2018-12-19 152 A/RES/73/195";
        for at in 0..5 {
            let mut rows = [RIGHT; 5];
            rows[at] = wrong;
            // Each row has two lines.
            let odd = format!("{} date: 2018-12-20 for 2018-12-19", 2 + 2 * at);
            assert_eq!(read(&rows), (taken.to_owned(), vec![odd]));
        }
        let rows = [
            wrong,
            ("2018-12-21", "152", "A/RES/73/195"),
            RIGHT,
            RIGHT,
            RIGHT,
        ];
        let odd = [
            "2 date: 2018-12-20 for 2018-12-19",
            "4 date: 2018-12-21 for 2018-12-19",
        ];
        assert_eq!(
            read(&rows),
            (taken.to_owned(), odd.map(str::to_owned).to_vec())
        );
    }

    #[test]
    fn where_no_value_is_that_of_most_the_first_row_is_taken() {
        let wrong = ("2018-12-20", "152", "A/RES/73/195");
        let (taken, odd) = read(&[wrong, RIGHT]);
        assert_eq!(taken, "2018-12-20 152 A/RES/73/195");
        assert_eq!(odd, ["4 date: 2018-12-19 for 2018-12-20"]);
    }

    #[test]
    fn what_is_only_written_otherwise_is_the_same() {
        let (taken, odd) = read(&[("2018-12-19", "152.0", "A/RES/73/195"), RIGHT, RIGHT]);
        assert_eq!(
            (taken.as_str(), odd.len()),
            ("2018-12-19 152 A/RES/73/195", 0)
        );
        let other = ("2018-12-19", "151.0", "A/RES/73/195");
        let (_, odd) = read(&[other, RIGHT, RIGHT]);
        assert_eq!(odd, ["3 total_yes: 151.0 for 152"]);
        let (_, odd) = read(&[RIGHT, other, RIGHT]);
        assert_eq!(odd, ["5 total_yes: 151.0 for 152"]);
    }
}
