//! Acts beside a table of participants, and the numbers of treaties.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use plenary_states::entity;
use plenary_tables::{ActsTable, TableError, known_code, read_acts};
use plenary_types::{Participant, TreatyAction};

const VANISHED: &str = include_str!("../data/vanished.csv");
const PARIS: &str = include_str!("../data/paris.csv");
const CTBT: &str = include_str!("../data/ctbt.csv");

static SHIPPED: LazyLock<BTreeMap<String, Vec<TreatyAction>>> =
    LazyLock::new(|| acts_by_treaty(&[VANISHED, PARIS, CTBT]));

/// The acts that come with the crate for a treaty of that number.
pub(crate) fn shipped_acts(id: &str) -> &'static [TreatyAction] {
    SHIPPED.get(&normal_id(id)).map_or(&[], Vec::as_slice)
}

/// Reads a table of acts ([`read_acts`]): those of a treaty, whose number may be written in any way, and those of any; without a
/// treaty, all. A code is that of an entity of `plenary-states`; `resolve` turns a name into a participant.
///
/// ```
/// use plenary_treaties::acts_from_csv;
///
/// let csv = "treaty,participant,action,date\n4-4,CSK,ratification,1975-12-23\n4-1,CSK,ratification,1950-12-21\n";
/// let table = acts_from_csv(csv, Some("IV-4"), |_| None)?;
/// assert_eq!(table.acts.len(), 1);
/// # Ok::<(), plenary_tables::TableError>(())
/// ```
///
/// # Errors
///
/// [`TableError`] with the line and the column, when the table is not of that form.
pub fn acts_from_csv(
    text: &str,
    treaty: Option<&str>,
    resolve: impl Fn(&str) -> Option<Participant>,
) -> Result<ActsTable, TableError> {
    let treaty = treaty.map(normal_id);
    let is_wanted = |of: &str| {
        let is_same = |treaty: &String| of.is_empty() || *treaty == normal_id(of);
        treaty.as_ref().is_none_or(is_same)
    };
    read_acts(text, is_wanted, |text| {
        known_code(text, |code| entity(code).is_some()).or_else(|| resolve(text))
    })
}

/// The acts of tables that come with the crate, by the number of the treaty. A test makes sure that every row can be read.
fn acts_by_treaty(texts: &[&str]) -> BTreeMap<String, Vec<TreatyAction>> {
    let mut acts: BTreeMap<String, Vec<TreatyAction>> = BTreeMap::new();
    for text in texts {
        let read = acts_from_csv(text, None, |_| None);
        debug_assert!(
            read.as_ref()
                .is_ok_and(|table| table.unknown.is_empty() && table.unresolved.is_empty()),
            "{read:?}"
        );
        for (treaty, act) in read.into_iter().flat_map(|table| table.acts) {
            acts.entry(normal_id(&treaty)).or_default().push(act);
        }
    }
    acts
}

/// Whether two numbers of treaties are the same: `IV-11` and `4-11` are.
#[must_use]
pub fn same_id(one: &str, other: &str) -> bool {
    normal_id(one) == normal_id(other)
}

/// Whether a text is a number of the depositary's collection: `4-11`, `IV-11`, `27-7-a`.
///
/// ```
/// use plenary_treaties::is_number;
///
/// assert!(is_number("XXVII-7.a") && is_number("1-99"));
/// assert!(!is_number("2014-07") && !is_number("t"));
/// ```
#[must_use]
pub fn is_number(text: &str) -> bool {
    let id = normal_id(text);
    let mut parts = id.split('-');
    let mut number = |most: usize| {
        let digits = |part: &str| {
            (1..=most).contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit())
        };
        parts.next().is_some_and(digits)
    };
    number(2) && number(3)
}

/// A treaty number as it is compared: `IV-11`, `iv-11` and `4-11` are one, and so are `27-7.a` and `XXVII-7-a`.
pub(crate) fn normal_id(id: &str) -> String {
    let id = id.trim().to_ascii_lowercase().replace('.', "-");
    match id.split_once('-') {
        Some((chapter, rest)) => match roman(chapter) {
            Some(number) => format!("{number}-{rest}"),
            None => id,
        },
        None => id,
    }
}

fn roman(text: &str) -> Option<u32> {
    let values: Option<Vec<u32>> = text
        .chars()
        .map(|c| match c {
            'i' => Some(1),
            'v' => Some(5),
            'x' => Some(10),
            'l' => Some(50),
            _ => None,
        })
        .collect();
    let values = values.filter(|values| !values.is_empty() && values.len() <= 8)?;
    let mut sum = 0;
    for (index, value) in values.iter().enumerate() {
        let subtract = values.get(index + 1).is_some_and(|next| next > value);
        sum = if subtract {
            sum + values.get(index + 1)? - value
        } else if index > 0 && values.get(index - 1)? < value {
            sum
        } else {
            sum + value
        };
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_treaties_compare_in_either_notation() {
        for (one, other) in [
            ("IV-11", "4-11"),
            ("XXVII-7-a", "27-7.A"),
            ("xxvi-4", "26-4"),
            ("XIX-47", "19-47"),
        ] {
            assert_eq!(normal_id(one), normal_id(other));
        }
        assert_ne!(normal_id("IV-11"), normal_id("VI-11"));
        assert_eq!(normal_id("paris-agreement"), "paris-agreement");
    }

    #[test]
    fn acts_of_any_treaty_and_of_this_one_are_read_however_its_number_is_written() {
        let csv = "treaty,participant,action,date\nIV-11,CSK,a,1975\n,CSK,a,1976\n4-3,CSK,a,1977\n4-11,QQJ,a,1978\n";
        let table = acts_from_csv(csv, Some("4-11"), |_| None).unwrap();
        assert_eq!(table.acts.len(), 2);
        assert_eq!(
            table.unknown[0].to_string(),
            "line 5, participant: unknown participant `QQJ`"
        );
        assert_eq!(acts_from_csv(csv, None, |_| None).unwrap().acts.len(), 3);
    }
}
