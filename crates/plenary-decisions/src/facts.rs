//! [`Facts`]: the groups and the weight tables that requirements call by name.

use std::sync::Arc;

use plenary_types::{Participant, count};

use crate::{Name, NameError};

/// Named members of a body.
///
/// A seat may have passed from one code to another (`SUN` to `RUS`), and sources use either: a group
/// lists every code that stands for one of its seats, and says how many seats there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    members: Vec<Participant>,
    seats: u32,
}

impl Group {
    /// A group in which every member is a seat of its own.
    #[must_use]
    pub fn new(members: impl IntoIterator<Item = impl Into<Participant>>) -> Self {
        Self::with_seats(members, u32::MAX)
    }

    /// A group with fewer seats than members; more seats than members become as many as there are members.
    #[must_use]
    pub fn with_seats(
        members: impl IntoIterator<Item = impl Into<Participant>>,
        seats: u32,
    ) -> Self {
        let mut members: Vec<Participant> = members.into_iter().map(Into::into).collect();
        members.sort_unstable();
        members.dedup();
        let seats = seats.min(count(members.len()));
        Self { members, seats }
    }

    /// Whoever stands for one of the seats, sorted.
    #[must_use]
    pub fn members(&self) -> &[Participant] {
        &self.members
    }

    /// The number of seats.
    #[must_use]
    pub const fn seats(&self) -> u32 {
        self.seats
    }

    /// Whether a participant stands for one of the seats.
    #[must_use]
    pub fn contains(&self, member: impl Into<Participant>) -> bool {
        self.members.binary_search(&member.into()).is_ok()
    }
}

/// Weights of members: population, voting power, shares of emissions.
///
/// Kept as integers with a common number of decimals, so that every sum and every comparison is exact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    weights: Vec<(Participant, u128)>,
    total: u128,
    decimals: u32,
    others: Others,
    unverified: bool,
    source: Option<Arc<str>>,
}

/// What a table says about a member that it does not list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Others {
    /// It should have been listed: what depends on its weight cannot be told.
    #[default]
    Unknown,
    /// It has no weight (a share of the emissions of the parties that had communicated them).
    Nothing,
}

/// Why weights are not a [`Table`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// The text is not a decimal number from 0.
    #[error(
        "the weight `{found}` of {code} is not a number: expected digits with at most twelve decimals"
    )]
    Weight {
        /// Whose weight.
        code: String,
        /// The text that was refused.
        found: String,
    },
    /// The same member twice.
    #[error("{code} has two weights")]
    Twice {
        /// The member.
        code: Participant,
    },
    /// The sum is beyond what can be compared exactly.
    #[error("the weights are too large to be compared exactly")]
    TooLarge,
    /// The declared total is less than the sum.
    #[error("the total is less than the sum of the weights")]
    Total,
}

/// Totals stay below this, so that a product with a 32-bit fraction fits 128 bits with room to spare.
const LIMIT: u128 = 10u128.pow(27);
const DECIMALS: usize = 12;

impl Table {
    /// A table of decimal numbers, whose total is their sum.
    ///
    /// ```
    /// use plenary_decisions::Table;
    ///
    /// let table = Table::parse([("DEU".parse()?, "83.2"), ("MLT".parse()?, "0.516")])?;
    /// assert_eq!(table.print(table.total()), "83.716");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`TableError`] when a weight is not a number from 0, a member comes twice or the sum is too large.
    pub fn parse<'t>(
        weights: impl IntoIterator<Item = (Participant, &'t str)>,
    ) -> Result<Self, TableError> {
        let mut parsed = Vec::new();
        for (code, text) in weights {
            let decimal = Decimal::parse(text).ok_or_else(|| TableError::Weight {
                code: code.to_string(),
                found: text.to_owned(),
            })?;
            parsed.push((code, decimal));
        }
        let decimals = parsed.iter().map(|(_, d)| d.decimals).max().unwrap_or(0);
        let mut weights = Vec::with_capacity(parsed.len());
        for (code, decimal) in parsed {
            weights.push((code, decimal.scaled(decimals).ok_or(TableError::TooLarge)?));
        }
        weights.sort_unstable();
        if let Some(pair) = weights.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            return Err(TableError::Twice { code: pair[0].0 });
        }
        let sum = weights
            .iter()
            .try_fold(0u128, |sum, (_, w)| sum.checked_add(*w));
        let total = sum
            .filter(|sum| *sum <= LIMIT)
            .ok_or(TableError::TooLarge)?;
        Ok(Self {
            weights,
            total,
            decimals,
            others: Others::Unknown,
            unverified: false,
            source: None,
        })
    }

    /// The same table with a total that also covers members it does not list.
    ///
    /// # Errors
    ///
    /// [`TableError`] when the text is not a number, or is less than the sum of the weights.
    pub fn with_total(mut self, total: &str) -> Result<Self, TableError> {
        let wrong = || TableError::Weight {
            code: "the total".to_owned(),
            found: total.to_owned(),
        };
        let decimal = Decimal::parse(total).ok_or_else(wrong)?;
        let shift = 10u128.pow(decimal.decimals.saturating_sub(self.decimals));
        for (_, weight) in &mut self.weights {
            *weight = weight.checked_mul(shift).ok_or(TableError::TooLarge)?;
        }
        self.total = self.total.checked_mul(shift).ok_or(TableError::TooLarge)?;
        self.decimals = self.decimals.max(decimal.decimals);
        let total = decimal.scaled(self.decimals).filter(|t| *t <= LIMIT);
        let total = total.ok_or(TableError::TooLarge)?;
        if total < self.total {
            return Err(TableError::Total);
        }
        self.total = total;
        Ok(self)
    }

    /// The same table with another meaning of absence from it.
    #[must_use]
    pub const fn with_others(mut self, others: Others) -> Self {
        self.others = others;
        self
    }

    /// The same table as one that no source confirms.
    #[must_use]
    pub const fn with_unverified(mut self) -> Self {
        self.unverified = true;
        self
    }

    /// The same table with where its weights are written.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Arc<str>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Whether no source confirms some of its weights. A verdict that rests on them is right or wrong as they are.
    #[must_use]
    pub const fn is_unverified(&self) -> bool {
        self.unverified
    }

    /// Where its weights are written, as far as that is known.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    /// The weight of a member, in units of the last decimal; `None` when that is not known.
    #[must_use]
    pub fn weight(&self, code: Participant) -> Option<u128> {
        match self.weights.binary_search_by_key(&code, |(c, _)| *c) {
            Ok(i) => self.weights.get(i).map(|(_, w)| *w),
            Err(_) => match self.others {
                Others::Nothing => Some(0),
                Others::Unknown => None,
            },
        }
    }

    /// Members and weights, sorted by code, in units of the last decimal.
    #[must_use]
    pub fn weights(&self) -> &[(Participant, u128)] {
        &self.weights
    }

    /// The total, in units of the last decimal.
    #[must_use]
    pub const fn total(&self) -> u128 {
        self.total
    }

    /// What it says about a member that it does not list.
    #[must_use]
    pub const fn others(&self) -> Others {
        self.others
    }

    /// Whether its total is the sum of its weights, so that it covers nobody else.
    pub(crate) fn lists_all(&self) -> bool {
        self.total == self.weights.iter().map(|(_, weight)| weight).sum()
    }

    /// How many units of the last decimal make one, as a power of ten.
    #[must_use]
    pub const fn decimals(&self) -> u32 {
        self.decimals
    }

    /// A sum of weights in ordinary notation.
    #[must_use]
    pub fn print(&self, sum: u128) -> String {
        let unit = 10u128.pow(self.decimals);
        let (whole, rest) = (sum / unit, sum % unit);
        if rest == 0 {
            return whole.to_string();
        }
        let digits = format!("{rest:0width$}", width = self.decimals as usize);
        format!("{whole}.{}", digits.trim_end_matches('0'))
    }
}

struct Decimal {
    digits: u128,
    decimals: u32,
}

impl Decimal {
    fn parse(text: &str) -> Option<Self> {
        let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
        let plain = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let shaped = !whole.is_empty() && plain(whole) && plain(rest);
        if !shaped || rest.len() > DECIMALS || (text.contains('.') && rest.is_empty()) {
            return None;
        }
        let rest = rest.trim_end_matches('0');
        Some(Self {
            digits: format!("{whole}{rest}").parse().ok()?,
            decimals: u32::try_from(rest.len()).ok()?,
        })
    }

    fn scaled(&self, decimals: u32) -> Option<u128> {
        10u128
            .checked_pow(decimals.checked_sub(self.decimals)?)?
            .checked_mul(self.digits)
    }
}

/// The groups and tables that a requirement may name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    groups: Vec<(Name, Arc<Group>)>,
    tables: Vec<(Name, Arc<Table>)>,
    any_table: Option<Arc<Table>>,
}

impl Facts {
    /// No groups and no tables.
    pub const NONE: &'static Self = &Self {
        groups: Vec::new(),
        tables: Vec::new(),
        any_table: None,
    };

    /// The tables of one file, each under its heading, in which spaces become hyphens. A table that is alone stands for any name
    /// that a requirement calls, and its heading need not be a name. Tables without weights are left out.
    ///
    /// ```
    /// use plenary_decisions::{Facts, Table};
    ///
    /// let table = Table::parse([("DEU".parse()?, "83.5"), ("MLT".parse()?, "0.5")])?;
    /// let facts = Facts::from_tables([("population", table)])?;
    /// let table = facts.table(&"population".parse()?).unwrap();
    /// assert_eq!(table.print(table.total()), "84");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`NameError`] when one of several headings cannot be called by name.
    pub fn from_tables<'t>(
        tables: impl IntoIterator<Item = (&'t str, Table)>,
    ) -> Result<Self, NameError> {
        let tables: Vec<_> = tables.into_iter().collect();
        let is_alone = tables.len() == 1;
        let mut facts = Self::default();
        let weighty = tables
            .into_iter()
            .filter(|(_, table)| !table.weights.is_empty());
        for (heading, table) in weighty {
            let table = Arc::new(table);
            match heading.replace(' ', "-").parse() {
                Ok(name) => facts.add_table(name, Arc::clone(&table)),
                Err(_) if is_alone => {}
                Err(error) => return Err(error),
            }
            if is_alone {
                facts.set_any_table(table);
            }
        }
        Ok(facts)
    }

    /// Adds a group; the last one of a name counts.
    pub fn add_group(&mut self, name: Name, group: impl Into<Arc<Group>>) {
        self.groups.retain(|(n, _)| *n != name);
        self.groups.push((name, group.into()));
    }

    /// Adds a table; the last one of a name counts.
    pub fn add_table(&mut self, name: Name, table: impl Into<Arc<Table>>) {
        self.tables.retain(|(n, _)| *n != name);
        self.tables.push((name, table.into()));
    }

    /// Sets the table that stands for every name not otherwise known (a file with one column of weights).
    pub fn set_any_table(&mut self, table: impl Into<Arc<Table>>) {
        self.any_table = Some(table.into());
    }

    /// Adds what another has under names that are not taken here.
    pub fn add_missing(&mut self, other: &Self) {
        for (name, group) in &other.groups {
            if self.group(name).is_none() {
                self.groups.push((name.clone(), Arc::clone(group)));
            }
        }
        for (name, table) in &other.tables {
            if !self.tables.iter().any(|(n, _)| n == name) {
                self.tables.push((name.clone(), Arc::clone(table)));
            }
        }
        self.any_table = self.any_table.take().or_else(|| other.any_table.clone());
    }

    /// The group of that name.
    #[must_use]
    pub fn group(&self, name: &Name) -> Option<&Group> {
        self.groups
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, g)| g.as_ref())
    }

    /// The table of that name.
    #[must_use]
    pub fn table(&self, name: &Name) -> Option<&Table> {
        let named = self.tables.iter().find(|(n, _)| n == name).map(|(_, t)| t);
        named.or(self.any_table.as_ref()).map(AsRef::as_ref)
    }

    /// The groups with their names.
    pub fn groups(&self) -> impl Iterator<Item = (&Name, &Group)> {
        self.groups
            .iter()
            .map(|(name, group)| (name, group.as_ref()))
    }

    /// The tables with their names.
    pub fn tables(&self) -> impl Iterator<Item = (&Name, &Table)> {
        self.tables
            .iter()
            .map(|(name, table)| (name, table.as_ref()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Participant {
        text.parse().unwrap()
    }

    #[test]
    fn decimals_keep_their_exact_value() {
        let table = Table::parse([(code("AAA"), "0.1"), (code("BBB"), "12.345")]).unwrap();
        assert_eq!(table.weights(), [(code("AAA"), 100), (code("BBB"), 12345)]);
        assert_eq!(table.print(12445), "12.445");
        let table = table.with_total("100.0001").unwrap();
        assert_eq!(table.print(table.total()), "100.0001");
        assert_eq!(table.weight(code("AAA")), Some(1000));
    }

    #[test]
    fn a_total_has_as_many_decimals_as_it_needs_and_no_less_than_the_weights() {
        let table = Table::parse([(code("AAA"), "0.5"), (code("BBB"), "1")]).unwrap();
        for (total, printed) in [
            ("1.5", Ok("1.5")),
            ("2", Ok("2")),
            ("1.5000", Ok("1.5")),
            ("1.5001", Ok("1.5001")),
            ("1.4999", Err(TableError::Total)),
            ("1", Err(TableError::Total)),
        ] {
            let with = table.clone().with_total(total);
            let print = with.as_ref().map(|t| t.print(t.total()));
            assert_eq!(print, printed.as_ref().map(ToString::to_string), "{total}");
            if let Ok(with) = with {
                let half = with.weight(code("AAA")).unwrap();
                assert_eq!(with.print(half), "0.5", "{total}");
            }
        }
        let finer = table.with_total("1.50001").unwrap();
        assert_eq!(finer.decimals(), 5);
        assert_eq!(finer.weight(code("BBB")), Some(100_000));
    }

    #[test]
    fn twelve_decimals_are_the_most() {
        let table = Table::parse([(code("AAA"), "0.000000000001")]).unwrap();
        assert_eq!((table.decimals(), table.total()), (12, 1));
    }

    #[test]
    fn what_is_there_goes_before_what_is_missing() {
        let name = |text: &str| text.parse::<Name>().unwrap();
        let group = |text: &str| Group::new([code(text)]);
        let table = |weight| Table::parse([(code("AAA"), weight)]).unwrap();
        let mut own = Facts::default();
        own.add_group(name("P5"), group("AAA"));
        own.add_table(name("quota"), table("1"));
        let mut other = Facts::default();
        other.add_group(name("P5"), group("BBB"));
        other.add_group(name("Few"), group("CCC"));
        other.add_table(name("quota"), table("2"));
        other.add_table(name("population"), table("3"));
        own.add_missing(&other);
        let groups: Vec<_> = own.groups().map(|(n, g)| (n.clone(), g.clone())).collect();
        assert_eq!(
            groups,
            [(name("P5"), group("AAA")), (name("Few"), group("CCC"))]
        );
        let tables: Vec<_> = own
            .tables()
            .map(|(n, t)| (n.to_string(), t.total()))
            .collect();
        assert_eq!(
            tables,
            [("quota".to_owned(), 1), ("population".to_owned(), 3)]
        );
        assert_eq!(own.table(&name("emissions")), None);
        other.set_any_table(table("4"));
        own.add_missing(&other);
        let any = |facts: &Facts| facts.table(&name("emissions")).map(Table::total);
        assert_eq!(any(&own), Some(4));
        other.set_any_table(table("5"));
        own.add_missing(&other);
        assert_eq!(any(&own), Some(4));
    }

    #[test]
    fn a_heading_has_to_name_a_table_only_where_there_are_several() {
        let facts = |columns: &[(&'static str, &[&str])]| {
            let table = |weights: &[&str]| Table::parse(weights.iter().map(|w| (code("DEU"), *w)));
            let tables = columns
                .iter()
                .map(|(heading, w)| (*heading, table(w).unwrap()));
            Facts::from_tables(tables)
        };
        let any = |facts: Facts| facts.table(&"anything".parse().unwrap()).map(Table::total);
        assert_eq!(any(facts(&[("%", &["83"])]).unwrap()), Some(83));
        assert_eq!(
            any(facts(&[("aa", &["83"]), ("bb", &["84"])]).unwrap()),
            None
        );
        let refused = facts(&[("%", &["83"]), ("population", &["84"])]).unwrap_err();
        assert_eq!(refused.found, "%");
        // An empty column needs no name.
        let one = facts(&[("%", &[]), ("voting power", &["84"])]).unwrap();
        let names: Vec<_> = one
            .tables()
            .map(|(n, t)| (n.to_string(), t.total()))
            .collect();
        assert_eq!(names, [("voting-power".to_owned(), 84)]);
        assert_eq!(any(one), None);
    }

    #[test]
    fn hostile_weights_are_refused() {
        for text in ["", "-1", "1e9", "1.", ".5", "NaN", "1.1234567890123", "１"] {
            assert!(Table::parse([(code("AAA"), text)]).is_err(), "{text}");
        }
        let huge = "9".repeat(40);
        assert!(Table::parse([(code("AAA"), huge.as_str())]).is_err());
        assert_eq!(
            Table::parse([(code("AAA"), "1"), (code("AAA"), "2")]),
            Err(TableError::Twice { code: code("AAA") })
        );
    }
}
