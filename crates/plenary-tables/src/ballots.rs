//! Ballots and weights of members: the tables that go with a question of who decides.

use plenary_types::{Choice, Invariant, Participant};

use crate::header::same_name;
use crate::side::{Column, SideRow, SideTable};
use crate::{TableError, split};

const CODES: [&str; 14] = [
    "code",
    "state",
    "member",
    "participant",
    "country",
    "iso3",
    "iso3c",
    "iso",
    "ms_code",
    "country_code",
    "name",
    "ms_name",
    "country_name",
    "voter",
];
const NAMES: [&str; 3] = ["name", "ms_name", "country_name"];
const LIBRARY_VOTE: &str = "ms_vote";
const CHOICES: [&str; 7] = [
    "choice",
    "vote",
    "ballot",
    LIBRARY_VOTE,
    "ms_votes",
    "position",
    "cast",
];
const NOTES: [&str; 3] = ["source", "note", "notes"];

/// Reads ballots: a table with a column of members (`code`, `state`, `member`, `ms_code`, …) and a column of choices
/// (`choice`, `vote`, `ms_vote`, …); without a heading, codes and choices. Lines of the form `key: value` and comments may stand
/// above, as in a table that `plenary template` wrote. Choices are the words of [`Choice::from_word`]. `resolve` turns a name
/// into a participant; codes and identifiers such as `person:x` need none.
///
/// ```
/// let ballots = plenary_tables::read_ballots("code,vote\nFRA,yes\nRUS,No\nIND,A\n", |_| None)?;
/// assert_eq!(ballots.len(), 3);
/// assert_eq!(ballots[2].1, plenary_types::Choice::Abstain);
/// # Ok::<(), plenary_tables::TableError>(())
/// ```
///
/// # Errors
///
/// [`TableError`] with the line and the column, when the table is not of that form.
pub fn read_ballots(
    text: &str,
    resolve: impl Fn(&str) -> Option<Participant>,
) -> Result<Vec<(Participant, Choice)>, TableError> {
    let mut table = open(text)?;
    let expected = "a column of members, such as `code`, and one of ballots, such as `choice`";
    let member = table.column("member", &CODES);
    let member = member.ok_or_else(|| table.missing("`code` of members", expected))?;
    let choice = table.column("choice", &CHOICES);
    let choice = choice.ok_or_else(|| table.missing("`choice` of ballots", expected))?;
    let name = table.column("member", &NAMES);
    // Only the Library leaves members that did not vote blank: everywhere else a vote is missing there.
    let heading = table.headings().get(choice.at());
    let is_library = heading.is_some_and(|heading| same_name(heading, LIBRARY_VOTE));
    let mut ballots = Vec::new();
    for row in table.rows() {
        let row = row?;
        let cast = match row.text(choice).is_empty() && is_library {
            true => Choice::NonVoting,
            false => row.choice(choice)?,
        };
        let who = name.filter(|_| row.text(member).is_empty());
        ballots.push((member_of(&row, who.unwrap_or(member), &resolve)?, cast));
    }
    if ballots.is_empty() {
        return Err(TableError::new(
            "there are no rows",
            "write a row for each ballot",
        ));
    }
    Ok(ballots)
}

/// The weights in one column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WeightColumn {
    /// The heading, as printed.
    pub heading: String,
    /// Members and what they weigh: numbers as printed, without separators of thousands and signs of per cent.
    pub weights: Vec<(Participant, String)>,
    /// A total that also covers members without a row.
    pub total: Option<String>,
}

impl WeightColumn {
    /// Members and weights, as text.
    pub fn iter(&self) -> impl Iterator<Item = (Participant, &str)> {
        let weights = self.weights.iter();
        weights.map(|(code, weight)| (*code, weight.as_str()))
    }
}

/// Reads weights: a table with a column of members and one or more columns of numbers, each named by its heading. A row `TOTAL`
/// gives a total that also covers members without a row. Columns of names and notes are passed over.
///
/// ```
/// let columns = plenary_tables::read_weights("code,population\nDEU,83.5\nMLT,0.5\n", |_| None)?;
/// assert_eq!(columns[0].heading, "population");
/// assert_eq!(columns[0].weights[1].1, "0.5");
/// # Ok::<(), plenary_tables::TableError>(())
/// ```
///
/// # Errors
///
/// [`TableError`] with the line and the column, when the table is not of that form or has no weights.
pub fn read_weights(
    text: &str,
    resolve: impl Fn(&str) -> Option<Participant>,
) -> Result<Vec<WeightColumn>, TableError> {
    let mut table = open(text)?;
    let member = table.column("member", &CODES);
    let member = member.unwrap_or(SideTable::column_at(0, "member"));
    let headings = table.headings().iter().enumerate();
    let weights = headings.filter(|(at, heading)| *at != member.at() && !is_label(heading));
    let mut columns: Vec<(Column, WeightColumn)> = weights
        .map(|(at, heading)| {
            let column = WeightColumn {
                heading: heading.clone(),
                weights: Vec::new(),
                total: None,
            };
            (SideTable::column_at(at, "weight"), column)
        })
        .collect();
    for row in table.rows() {
        let row = row?;
        let code = match row.text(member).eq_ignore_ascii_case("total") {
            true => None,
            false => Some(member_of(&row, member, &resolve)?),
        };
        for (place, column) in &mut columns {
            let number = plain_number(&row.text(*place));
            match code {
                _ if number.is_empty() => {}
                Some(code) => column.weights.push((code, number)),
                None => column.total = Some(number),
            }
        }
    }
    let columns: Vec<_> = columns.into_iter().map(|(_, column)| column).collect();
    if columns.iter().all(|column| column.weights.is_empty()) {
        let mut missing = table.missing("of weights", "one that is named by its heading");
        if !columns.is_empty() {
            missing.help = "write a number for each member below the heading".to_owned();
        }
        return Err(missing);
    }
    Ok(columns)
}

/// Whether a column names members or is a note, so that it holds no weights.
fn is_label(heading: &str) -> bool {
    let mut labels = CODES.iter().chain(&NOTES);
    heading.is_empty() || labels.any(|label| same_name(heading, label))
}

/// A number without separators of thousands or a sign of per cent.
fn plain_number(text: &str) -> String {
    let number = text.trim_end_matches('%').trim_end();
    number.replace([',', '_', ' '], "")
}

fn member_of(
    row: &SideRow<'_>,
    column: Column,
    resolve: impl Fn(&str) -> Option<Participant>,
) -> Result<Participant, TableError> {
    row.participant(column, |name| name.parse().ok().or_else(|| resolve(name)))
}

/// The table below facts. Where its first row begins with a code, it has no header: codes and choices, or codes and weights.
fn open(text: &str) -> Result<SideTable<'_>, TableError> {
    let (below, above) = below_facts(text.trim_start_matches('\u{feff}'));
    let table = SideTable::below(below.as_bytes(), above)?;
    let first = table.headings().first();
    Ok(
        match first.and_then(|cell| cell.parse::<Participant>().ok()) {
            Some(_) => table.headed_by(&["code", "choice"], below.as_bytes(), above),
            None => table,
        },
    )
}

/// The table below comments, blank lines and facts of the form `key: value`, and how many lines these are.
fn below_facts(text: &str) -> (&str, u64) {
    let mut rest = text;
    while let Some((line, next)) = rest.split_once('\n') {
        let bare = line.trim().trim_matches('"');
        let is_blank = bare.trim_matches(SEPARATORS).is_empty();
        if !(is_blank || bare.starts_with('#') || fact(bare).is_some()) {
            break;
        }
        rest = next;
    }
    let above = text
        .get(..text.len() - rest.len())
        .invariant("the rest is the end of the text");
    (rest, split::line_ends(above.as_bytes()))
}

const SEPARATORS: [char; 4] = [',', ';', '\t', ' '];

/// The facts of the form `key: value` above a table of ballots, such as `plenary template` writes; those without a value are
/// left out.
///
/// ```
/// let text = "# A vote\nbody: unsc\nsession: \n\ncode,vote\nFRA,yes\n";
/// let facts: Vec<_> = plenary_tables::facts_above(text).collect();
/// assert_eq!(facts, [("body", "unsc")]);
/// ```
pub fn facts_above(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let text = text.trim_start_matches('\u{feff}');
    let (table, _) = below_facts(text);
    let above = text
        .strip_suffix(table)
        .invariant("the table is the end of the text");
    let facts = above.lines().map(|line| line.trim().trim_matches('"'));
    facts.filter_map(fact).filter_map(|(key, value)| {
        let value = value.trim_end_matches(SEPARATORS).trim_start();
        (!value.is_empty()).then(|| (key.trim(), value))
    })
}

/// A line that is a fact of the form `key: value`: its key is a word, which no row of a table begins with.
fn fact(line: &str) -> Option<(&str, &str)> {
    let is_key = |c: char| c.is_ascii_alphabetic() || matches!(c, '-' | '_' | ' ');
    let cell = line.split_once(SEPARATORS).map_or(line, |(cell, _)| cell);
    if cell.parse::<Participant>().is_ok() {
        return None;
    }
    let (key, value) = line.split_once(':')?;
    (!key.trim().is_empty() && key.chars().all(is_key)).then_some((key, value))
}

#[cfg(test)]
mod tests {
    use plenary_types::Place;

    use super::*;

    fn ballots(text: &str) -> Result<Vec<(String, Choice)>, TableError> {
        let resolve = |name: &str| (name == "Peru").then(|| "PER".parse().unwrap());
        let ballots = read_ballots(text, resolve)?;
        Ok(ballots
            .into_iter()
            .map(|(code, choice)| (code.to_string(), choice))
            .collect())
    }

    #[test]
    fn a_fact_has_a_key_and_a_value() {
        let text = "body: unsc\n\" :  `\" \ncode,vote\nFRA,yes\n";
        assert_eq!(facts_above(text).collect::<Vec<_>>(), [("body", "unsc")]);
        assert_eq!(facts_above("session: \nFRA,yes\n").next(), None);
    }

    #[test]
    fn a_table_is_read_below_the_facts_that_a_template_has_above_it() {
        let two = [
            ("FRA".to_owned(), Choice::Yes),
            ("PER".to_owned(), Choice::Abstain),
        ];
        for text in [
            "code,choice\nFRA,yes\nPER,abstained\n",
            "FRA,aye\nPER,A\n",
            "# A vote.\r\ntitle: one, two\r\nyes: \r\n\r\nstate,name,vote\r\nFRA,France,Y\r\nPER,Peru,abstention\r\n",
            "state;name;vote\nFRA;France;in favour\n;Peru;abstaining\n",
            "\u{feff}\"body: unga\",,\n,,\nMS Code,MS Name,MS Vote\nFRA,FRANCE,Y\n,Peru,a\n",
        ] {
            assert_eq!(ballots(text).unwrap(), two, "{text}");
        }
    }

    #[test]
    fn what_is_not_a_vote_is_refused_with_its_line() {
        for (text, at) in [
            ("code,choice\nFRA,perhaps\n", 2),
            ("code,choice\nFRA,9\n", 2),
            ("code,choice\nFRA,yes\nPER,\n", 3),
            ("title: x\n\nstate,name,vote\nFRA,France,\n", 4),
            ("#\n\nFRA,perhaps\n", 3),
        ] {
            let Place { line, field, .. } = *ballots(text).unwrap_err().place;
            assert_eq!(
                (line, field.as_deref()),
                (Some(at), Some("choice")),
                "{text}"
            );
        }
        let blank = ballots("ms_code,ms_vote\nFRA,\n").unwrap();
        assert_eq!(blank, [("FRA".to_owned(), Choice::NonVoting)]);
        for nothing in ["", "\n\n", "code,choice\n", "code,choice\n,\n"] {
            assert!(ballots(nothing).is_err(), "{nothing:?}");
        }
    }

    #[test]
    fn columns_of_names_and_notes_hold_no_weights() {
        for csv in [
            "code,name,population,source,notes,\nDEU,Germany,83,Eurostat,none,x\n",
            "Country_Name,population,ISO3\nGermany,83,DEU\n",
            "iso3,NOTE,population\nDEU,see below,83\n",
            "iso3;population\nDEU;83 %\nTotal;\n",
        ] {
            let columns = read_weights(csv, |_| None).unwrap();
            let [column] = &*columns else {
                panic!("{columns:?}");
            };
            assert_eq!(column.heading, "population");
            assert!(column.iter().eq([("DEU".parse().unwrap(), "83")]));
        }
        for nothing in [
            "code,aa,bb\nDEU,,\n",
            "code,aa\nDEU,\n",
            "code,aa\n",
            "code\nDEU\n",
        ] {
            let error = read_weights(nothing, |_| None).unwrap_err();
            assert!(
                error.to_string().contains("no column of weights"),
                "{error}"
            );
        }
    }
}
