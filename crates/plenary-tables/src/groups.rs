//! Groups that a user supplies, with the days of their members.

use plenary_types::chrono::NaiveDate;
use plenary_types::{Participant, Span};

use crate::TableError;
use crate::side::SideTable;

/// Reads groups: a table with the columns `group` and `member`, and perhaps `from` and `to` (half-open, empty for open) and any
/// others. `resolve` turns a code, a name or an identifier into a participant, as it is known on the first day; else it says what the name may mean. Returns
/// the group, its member and the days of each row.
///
/// ```
/// let csv = "group,member,from,to\nbenelux,BEL,1944-09-05,\nbenelux,NLD,1944-09-05,\n";
/// let members = plenary_tables::read_groups(csv, |text, _| text.parse().map_err(|_| String::new()))?;
/// assert_eq!(members[1].1.to_string(), "NLD");
/// # Ok::<(), plenary_tables::TableError>(())
/// ```
///
/// # Errors
///
/// [`TableError`] with the line and the column, when the table is not of that form.
pub fn read_groups(
    text: &(impl AsRef<[u8]> + ?Sized),
    resolve: impl Fn(&str, Option<NaiveDate>) -> Result<Participant, String>,
) -> Result<Vec<(String, Participant, Span)>, TableError> {
    let mut table = SideTable::open(text)?;
    let expected = "`group` and `member`, and perhaps `from` and `to`";
    let group = table.required("group", &["group"], expected)?;
    let member = table.required("member", &["member"], expected)?;
    let [from, to] = ["from", "to"].map(|name| table.column(name, &[name]));
    let mut members = Vec::new();
    for row in table.rows() {
        let row = row?;
        if row.text(group).is_empty() {
            return Err(row.error(
                group,
                "the group has no name",
                "write the name of the group",
            ));
        }
        let since = row.day(from)?;
        let span = Span {
            from: since.unwrap_or(NaiveDate::MIN),
            to: row.day(to)?,
        };
        if let (Some(column), Some(end)) = (to, span.to.filter(|end| *end < span.from)) {
            let reason = format!("the days end on {end}, before they begin on {}", span.from);
            return Err(row.error(column, reason, "exchange the days, or correct one"));
        }
        let found = resolve(&row.text(member), since).map_err(|hint| {
            let reason = format!("is not one participant{hint}");
            row.fault(member, &reason, "write its code, such as `KOR`, or a kind and an identifier, such as `person:icpsr-40104`")
        })?;
        members.push((row.text(group).into_owned(), found, span));
    }
    Ok(members)
}
