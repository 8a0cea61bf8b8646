//! Reading lists of roll calls that repeat one resolution, as they come with Voeten's data.

use super::responses::ResponsesBuilder;

/// What is wrong with a list of links.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LinkError {
    /// The text is no table.
    #[error("line {line}: {error}")]
    Csv {
        /// The line, counted from 1.
        line: u64,
        /// What the CSV reader says.
        error: csv::Error,
    },
    /// A column is missing.
    #[error(
        "line 1: there is no column `{column}`; the header must have `rcid1` and `rcid2`, but has `{found}`"
    )]
    Column {
        /// The missing column.
        column: &'static str,
        /// The header as it stands.
        found: String,
    },
    /// A row does not say which roll call it is about.
    #[error("line {line}, field `{field}`: it is empty; expected the identifier of a roll call")]
    Empty {
        /// The line, counted from 1.
        line: u64,
        /// The column.
        field: &'static str,
    },
}

const COLUMNS: [&str; 2] = ["rcid1", "rcid2"];

/// Reads a table with the columns `rcid1` and `rcid2` (in any order, others are left alone): pairs of roll calls that repeat
/// one resolution. Returns how many pairs there are.
///
/// # Errors
///
/// [`LinkError`], with the line and the field.
pub fn read_links(text: &str, builder: &mut ResponsesBuilder) -> Result<u64, LinkError> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().map_err(of_csv)?.clone();
    let columns = [column(&header, COLUMNS[0])?, column(&header, COLUMNS[1])?];
    let mut pairs = 0;
    for record in reader.records() {
        let record = record.map_err(of_csv)?;
        let line = record.position().map_or(0, csv::Position::line);
        let [first, second] = columns.map(|at| record.get(at).unwrap_or_default().trim());
        for (field, name) in COLUMNS.into_iter().zip([first, second]) {
            if name.is_empty() {
                return Err(LinkError::Empty { line, field });
            }
        }
        builder.link(first, second);
        pairs += 1;
    }
    Ok(pairs)
}

fn of_csv(error: csv::Error) -> LinkError {
    let line = error.position().map_or(1, csv::Position::line);
    LinkError::Csv { line, error }
}

fn column(header: &csv::StringRecord, name: &'static str) -> Result<usize, LinkError> {
    let tidy = |found: &str| {
        found
            .trim()
            .trim_start_matches('\u{feff}')
            .to_ascii_lowercase()
    };
    let at = header.iter().position(|found| tidy(found) == name);
    at.ok_or_else(|| LinkError::Column {
        column: name,
        found: header.iter().collect::<Vec<_>>().join(","),
    })
}

#[cfg(test)]
mod tests {
    use plenary_types::{Choice, Session};

    use super::super::responses::ItemRules;
    use super::*;
    use crate::matrix::{VoteKey, Votes};

    #[test]
    fn links_name_votes_by_identifier_or_by_the_number_of_their_source() {
        let mut votes = Votes::default();
        for (id, record) in [("A/RES/1/1", Some("7")), ("8", None), ("9", Some("10"))] {
            let key = VoteKey {
                record: record.map(ToOwned::to_owned),
                ..VoteKey::new(id).in_session(Session::Regular(1))
            };
            votes.add(key, [("USA", Choice::Yes), ("FRA", Choice::No)]);
        }
        let mut builder = ResponsesBuilder::default();
        builder.add_votes(&votes).unwrap();
        let text = "\u{feff}v,RCID2,rcid1\n1, 7,8\n2,9,A/RES/1/1\n3,9,11\n";
        assert_eq!(read_links(text, &mut builder).unwrap(), 3);
        let responses = builder.build(ItemRules::default()).unwrap();
        assert_eq!((responses.items(), responses.unknown_links()), (1, 1));
    }

    #[test]
    fn each_defect_is_named_with_its_line_and_field() {
        for (text, expected) in [
            (
                "rcid1,rcid\n",
                "line 1: there is no column `rcid2`; the header must have `rcid1` and `rcid2`, but has `rcid1,rcid`",
            ),
            (
                "rcid1,rcid2\n1,2\n3,\n",
                "line 3, field `rcid2`: it is empty; expected the identifier of a roll call",
            ),
            ("rcid1,rcid2\n1\n", "line 2: CSV error"),
        ] {
            let error = read_links(text, &mut ResponsesBuilder::default()).unwrap_err();
            assert!(error.to_string().starts_with(expected), "{error}");
        }
    }
}
