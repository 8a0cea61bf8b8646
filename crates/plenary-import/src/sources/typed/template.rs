//! A typed table to start from.

use chrono::NaiveDate;
use plenary_states::{body_members_on, name_on};
use plenary_types::BodyId;

/// A table to be filled in: the header block, then a row a member on the day, without votes.
///
/// The members are those of [`body_members_on`]; of bodies that are not on record the rows are left to the writer.
///
/// ```
/// use plenary_types::BodyId;
///
/// let day = chrono::NaiveDate::from_ymd_opt(2018, 12, 19).unwrap();
/// let text = plenary_import::template("A/RES/73/195", &BodyId::UNGA, day);
/// assert!(text.contains("\nsymbol: A/RES/73/195\n"));
/// assert_eq!(text.lines().filter(|line| line.ends_with(',')).count(), 193);
/// ```
#[must_use]
pub fn template(symbol: &str, body: &BodyId, day: NaiveDate) -> String {
    let mut text = format!(
        "# A recorded vote. Fill in what you know; remove what you do not.\n\
         # Votes: yes, no, abstain, non-voting, not-eligible (or Y, N, A, X).\n\
         title: \nsymbol: {symbol}\ndate: {day}\nbody: {body}\nsession: \nmeeting: \ndraft: \nagenda: \n\
         subjects: \nkind: \nmode: recorded\noutcome: \nyes: \nno: \nabstain: \nnon-voting: \nmembers: \nsource: \n\n\
         state,name,vote\n"
    );
    for &state in body_members_on(body, day).unwrap_or_default() {
        let name = name_on(state, day).unwrap_or_default();
        let quoted = name.contains([',', '"']);
        let name = if quoted {
            format!("\"{}\"", name.replace('"', "\"\""))
        } else {
            name.to_owned()
        };
        text.push_str(&format!("{state},{name},\n"));
    }
    text
}
