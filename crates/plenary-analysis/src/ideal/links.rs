//! Reading lists of roll calls that repeat one resolution, as they come with Voeten's data.

use plenary_tables::{SideTable, TableError};

use super::responses::ResponsesBuilder;

/// Reads a table with the columns `rcid1` and `rcid2` (in any order, others are left alone): pairs of roll calls that repeat
/// one resolution. Returns how many pairs there are.
///
/// # Errors
///
/// [`TableError`], with the line and the field.
pub fn read_links(text: &str, builder: &mut ResponsesBuilder) -> Result<u64, TableError> {
    let mut table = SideTable::open(text)?;
    let expected = "`rcid1` and `rcid2`";
    let columns = [
        table.required("rcid1", &["rcid1"], expected)?,
        table.required("rcid2", &["rcid2"], expected)?,
    ];
    let mut pairs = 0;
    for row in table.rows() {
        let row = row?;
        if let Some(empty) = columns.into_iter().find(|at| row.text(*at).is_empty()) {
            let help = "write the identifier of a roll call";
            return Err(row.error(empty, "the cell is empty", help));
        }
        let [first, second] = columns.map(|at| row.text(at));
        builder.link(&first, &second);
        pairs += 1;
    }
    Ok(pairs)
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
        builder
            .add_votes(&votes, plenary_bodies::Reference::embedded())
            .unwrap();
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
                "line 1: there is no column `rcid2`; expected `rcid1` and `rcid2`, found the header `rcid1,rcid`",
            ),
            ("rcid1,rcid2\n1,2\n3,\n", "line 3, rcid2: the cell is empty"),
            (
                "rcid1,rcid2\n1\n",
                "line 2: the row has 1 fields, the header 2",
            ),
        ] {
            let error = read_links(text, &mut ResponsesBuilder::default()).unwrap_err();
            assert!(error.to_string().starts_with(expected), "{error}");
        }
    }
}
