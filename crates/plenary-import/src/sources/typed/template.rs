//! A typed table to start from.

use std::fmt::Write;

use chrono::NaiveDate;
use plenary_types::{BodyId, Participant};

/// A table to be filled in: the header block, then a row a member, without votes.
///
/// ```
/// use plenary_types::BodyId;
///
/// let day = chrono::NaiveDate::from_ymd_opt(2018, 12, 19).unwrap();
/// let members = [("FRA".parse().unwrap(), "France".to_owned())];
/// let text = plenary_import::template("A/RES/73/195", &BodyId::UNGA, day, members);
/// assert!(text.contains("\nsymbol: A/RES/73/195\n"));
/// assert!(text.ends_with("\nFRA,France,\n"));
/// ```
#[must_use]
pub fn template(
    symbol: &str,
    body: &BodyId,
    day: NaiveDate,
    members: impl IntoIterator<Item = (Participant, String)>,
) -> String {
    let mut text = format!(
        "# A recorded vote. Fill in what you know; remove what you do not.\n\
         # Votes: yes, no, abstain, non-voting, not-eligible (or Y, N, A, X).\n\
         title: \nsymbol: {symbol}\ndate: {day}\nbody: {body}\nsession: \nmeeting: \ndraft: \nagenda: \n\
         subjects: \nkind: \nmode: recorded\noutcome: \nyes: \nno: \nabstain: \nnon-voting: \nmembers: \nsource: \n\n\
         state,name,vote\n"
    );
    for (who, name) in members {
        let quoted = name.contains([',', '"']);
        let name = if quoted {
            format!("\"{}\"", name.replace('"', "\"\""))
        } else {
            name
        };
        // Writing to a string does not fail.
        let _ = writeln!(text, "{who},{name},");
    }
    text
}
