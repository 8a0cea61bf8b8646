//! How the dates of a table are written: [`DateForm`], and what settles it: [`DateOrder`].

use std::fmt::{self, Write};

use plenary_types::chrono::format::{Fixed, Item, Numeric, StrftimeItems};
use plenary_types::chrono::{NaiveDate, NaiveTime};
use plenary_types::{Date, at_midnight};

use crate::TableError;

/// How the dates of a table are written. Whichever it is, `2018-12-19`, `2018-12`, `2018` and a day with the time of midnight are read
/// too: they can mean nothing else.
///
/// ```
/// use plenary_tables::DateForm;
///
/// let german: DateForm = "%d.%m.%Y".parse()?;
/// assert_eq!(german.read("19.12.2018 00:00:00")?.to_string(), "2018-12-19");
/// assert_eq!(german.read("2018-12-19")?.to_string(), "2018-12-19");
/// assert!(DateForm::default().read("5/12/2018").is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateForm(Form);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Form {
    #[default]
    Usual,
    DayFirst,
    MonthFirst,
    Notation(String),
}

impl DateForm {
    /// `2018-12-19`, `2018-12` and `2018` alone.
    pub const USUAL: Self = Self(Form::Usual);

    /// The month comes first: `12/19/2018`.
    pub const MONTH_FIRST: Self = Self(Form::MonthFirst);

    /// Reads a date.
    ///
    /// # Errors
    ///
    /// Why it is not one.
    pub fn read(&self, text: &str) -> Result<Date, String> {
        let usual = Date::read(text);
        let other = match &self.0 {
            Form::Usual => None,
            Form::DayFirst => Numbers::of(text).and_then(|numbers| numbers.day_first()),
            Form::MonthFirst => Numbers::of(text).and_then(|numbers| numbers.month_first()),
            Form::Notation(notation) => by_notation(text.trim(), notation),
        };
        match (other, usual) {
            (Some(day), _) => Ok(Date::day(day)),
            (None, usual) => usual.map_err(|error| error.to_string()),
        }
    }

    /// What the account of a table says of it; nothing where dates are written as usual.
    #[must_use]
    pub fn account(&self) -> Option<String> {
        let form = match &self.0 {
            Form::Usual => return None,
            Form::DayFirst => "day, month, year",
            Form::MonthFirst => "month, day, year",
            Form::Notation(notation) => return Some(format!("dates are read as `{notation}`")),
        };
        Some(format!("dates are read as {form}"))
    }
}

/// Why a notation cannot say how the dates of a table are written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DateFormError {
    /// It is not one of `strftime`, or gives no day.
    #[error("`{0}` is not a valid date format (e.g. `%d.%m.%Y`)")]
    Notation(String),
    /// Its years have two digits.
    #[error(
        "`{0}` has years of two digits, which do not say the century: write years of four digits, `%Y`"
    )]
    ShortYear(String),
}

impl std::str::FromStr for DateForm {
    type Err = DateFormError;

    fn from_str(notation: &str) -> Result<Self, DateFormError> {
        let items: Vec<Item<'_>> = StrftimeItems::new(notation).collect();
        let short = |item: &Item<'_>| {
            matches!(item, Item::Numeric(Numeric::YearMod100, _))
                || matches!(item, Item::Fixed(Fixed::RFC2822))
        };
        match gives_day(notation) {
            true if items.iter().any(short) => Err(DateFormError::ShortYear(notation.to_owned())),
            true => Ok(Self(Form::Notation(notation.to_owned()))),
            false => Err(DateFormError::Notation(notation.to_owned())),
        }
    }
}

/// Whether a notation is one of `strftime` that gives a day.
#[must_use]
pub fn gives_day(notation: &str) -> bool {
    let day = NaiveDate::from_ymd_opt(2018, 12, 19).unwrap_or_default();
    let day = day.and_time(NaiveTime::MIN);
    let items: Vec<Item<'_>> = StrftimeItems::new(notation).collect();
    if items.contains(&Item::Error) {
        return false;
    }
    let mut text = String::new();
    let written = write!(text, "{}", day.format_with_items(items.iter()));
    written.is_ok() && NaiveDate::parse_from_str(&text, notation).is_ok()
}

fn by_notation(text: &str, notation: &str) -> Option<NaiveDate> {
    let read = |text: &str| NaiveDate::parse_from_str(text, notation).ok();
    read(text).or_else(|| read(at_midnight(text)?))
}

/// A day in numbers, of which the last is the year.
#[derive(Clone, Copy)]
struct Numbers {
    first: u32,
    second: u32,
    year: i32,
    separator: char,
    /// Whether the year has two digits.
    short: bool,
}

impl Numbers {
    /// Of `19/12/2018`, `12-19-2018`, `19.12.2018`, `1/1/46`, also with the time of midnight.
    fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = at_midnight(text).unwrap_or(text);
        let separator = text.chars().find(|c| !c.is_ascii_digit())?;
        let mut parts = text.split(separator);
        let mut number = |lengths: std::ops::RangeInclusive<usize>| {
            let part = parts.next()?;
            let digits = lengths.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
            digits.then(|| Some((part.parse::<u32>().ok()?, part.len())))?
        };
        let ((first, _), (second, _), (year, digits)) =
            (number(1..=2)?, number(1..=2)?, number(2..=4)?);
        let known = matches!(separator, '/' | '.' | '-') && parts.next().is_none() && digits != 3;
        known.then_some(Self {
            first,
            second,
            year: i32::try_from(year).ok()?,
            separator,
            short: digits == 2,
        })
    }

    fn day_first(self) -> Option<NaiveDate> {
        self.day(self.second, self.first)
    }

    fn month_first(self) -> Option<NaiveDate> {
        self.day(self.first, self.second)
    }

    fn day(self, month: u32, day: u32) -> Option<NaiveDate> {
        let day = NaiveDate::from_ymd_opt(self.year, month, day);
        day.filter(|_| !self.short)
    }
}

/// Whether two texts are the same day in numbers, whichever of them is the month: `5/1/2007` and `05.01.2007`.
#[must_use]
pub fn same_numbers(one: &str, other: &str) -> bool {
    let numbers = |text| Numbers::of(text).map(|n| (n.first, n.second, n.year));
    numbers(one).is_some_and(|one| numbers(other) == Some(one))
}

/// Looks at the dates of a table, to settle once for all of them whether the day or the month comes first.
///
/// ```
/// use plenary_tables::DateOrder;
///
/// let mut order = DateOrder::default();
/// order.add(2, "10/30/2007");
/// order.add(3, "12/5/2007");
/// let form = order.settle().unwrap();
/// assert_eq!(form.read("12/5/2007").unwrap().to_string(), "2007-12-05");
///
/// let mut order = DateOrder::default();
/// order.add(2, "12/5/2007");
/// let unsettled = order.settle().unwrap_err();
/// assert_eq!((unsettled.line, unsettled.is_ambiguous), (2, true));
/// ```
#[derive(Clone, Debug, Default)]
pub struct DateOrder {
    values: u64,
    in_numbers: u64,
    day_first: Option<Seen>,
    month_first: Option<Seen>,
    either: Option<Seen>,
    short: Option<Seen>,
}

/// A date that was looked at.
#[derive(Clone, Debug)]
struct Seen {
    line: u64,
    text: String,
}

/// Why the dates of a table cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnsettledDates {
    /// The line of the first of them.
    pub line: u64,
    /// What stands there.
    pub value: String,
    /// What is wrong.
    pub reason: String,
    /// What to do.
    pub help: String,
    /// Whether a date format settles it.
    pub is_ambiguous: bool,
}

impl From<UnsettledDates> for TableError {
    fn from(unsettled: UnsettledDates) -> Self {
        let mut error = Self::new(unsettled.reason, unsettled.help).with_line(unsettled.line);
        error.value = Some(unsettled.value);
        error
    }
}

impl fmt::Display for UnsettledDates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

impl DateOrder {
    /// Looks at the date on a line.
    pub fn add(&mut self, line: u64, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        self.values += 1;
        let Some(numbers) = Numbers::of(text) else {
            return;
        };
        self.in_numbers += 1;
        let place = match (numbers.day_first(), numbers.month_first()) {
            _ if numbers.short => &mut self.short,
            (Some(_), None) => &mut self.day_first,
            (None, Some(_)) => &mut self.month_first,
            (Some(one), Some(other)) if one != other => &mut self.either,
            _ => return,
        };
        place.get_or_insert_with(|| Seen {
            line,
            text: text.trim().to_owned(),
        });
    }

    /// Whether a date is numbers of which the last is the year.
    #[must_use]
    pub const fn has_numbers(&self) -> bool {
        self.in_numbers > 0
    }

    /// How the dates are written. It is that of [`DateForm::USUAL`] where fewer than half of them are numbers of which the last is
    /// the year: then these are slips in a table that is written otherwise.
    ///
    /// # Errors
    ///
    /// [`UnsettledDates`] where each of the dates could be two, where some begin with the day and others with the month, and where
    /// years have two digits.
    pub fn settle(&self) -> Result<DateForm, UnsettledDates> {
        self.settle_or(None)
    }

    /// How the dates are written; as those who publish the table write them, where no date has a day above 12.
    ///
    /// ```
    /// use plenary_tables::{DateForm, DateOrder};
    ///
    /// let mut order = DateOrder::default();
    /// order.add(2, "1/1/1946");
    /// assert_eq!(order.settle_or(Some(DateForm::MONTH_FIRST)), Ok(DateForm::MONTH_FIRST));
    /// ```
    ///
    /// # Errors
    ///
    /// [`UnsettledDates`] as of [`DateOrder::settle`].
    pub fn settle_or(&self, published: Option<DateForm>) -> Result<DateForm, UnsettledDates> {
        if self.in_numbers * 2 < self.values || self.in_numbers == 0 {
            return Ok(DateForm::USUAL);
        }
        if let Some(seen) = &self.short {
            return Err(short_year(seen));
        }
        let is_open = self.day_first.is_none() && self.month_first.is_none();
        if let Some(published) = published.filter(|_| is_open) {
            return Ok(published);
        }
        match (&self.day_first, &self.month_first, &self.either) {
            (Some(day), Some(month), _) => Err(both(day, month)),
            (Some(_), None, _) => Ok(DateForm(Form::DayFirst)),
            (None, Some(_), _) => Ok(DateForm(Form::MonthFirst)),
            (None, None, Some(seen)) => Err(ambiguous(seen)),
            // Day and month are the same number in each of them.
            (None, None, None) => Ok(DateForm(Form::DayFirst)),
        }
    }
}

fn short_year(seen: &Seen) -> UnsettledDates {
    UnsettledDates {
        line: seen.line,
        value: seen.text.clone(),
        reason: format!(
            "`{}` has a year of two digits, which does not say the century",
            seen.text
        ),
        help: "write years with four digits; in a spreadsheet, give the column the format YYYY-MM-DD and save the table again"
            .to_owned(),
        is_ambiguous: false,
    }
}

fn both(day: &Seen, month: &Seen) -> UnsettledDates {
    let first = if day.line <= month.line { day } else { month };
    UnsettledDates {
        line: first.line,
        value: first.text.clone(),
        reason: format!(
            "`{}` (line {}) begins with the day and `{}` (line {}) with the month",
            day.text, day.line, month.text, month.line
        ),
        help: "take the table again from where it is from: a program that expected the other order has changed days".to_owned(),
        is_ambiguous: false,
    }
}

fn ambiguous(seen: &Seen) -> UnsettledDates {
    let numbers = Numbers::of(&seen.text);
    let text = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let day = text(numbers.and_then(Numbers::day_first));
    let month = text(numbers.and_then(Numbers::month_first));
    let separator = numbers.map_or('/', |numbers| numbers.separator);
    UnsettledDates {
        line: seen.line,
        value: seen.text.clone(),
        reason: format!(
            "`{}` is {day} or {month}, and no date of the table settles which",
            seen.text
        ),
        help: format!(
            "say how its dates are written: `%d{separator}%m{separator}%Y` for {day}, `%m{separator}%d{separator}%Y` for {month}"
        ),
        is_ambiguous: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(texts: &[&str]) -> Result<DateForm, UnsettledDates> {
        let mut order = DateOrder::default();
        for (text, line) in texts.iter().zip(2..) {
            order.add(line, text);
        }
        order.settle()
    }

    fn read(form: &DateForm, text: &str) -> Option<String> {
        form.read(text).ok().map(|date| date.to_string())
    }

    #[test]
    fn one_day_above_twelve_settles_the_order_for_all() {
        for (texts, text, day) in [
            (["1/1/1946", "10/30/2007"], "12/5/2007", "2007-12-05"),
            (["1/1/1946", "30/10/2007"], "12/5/2007", "2007-05-12"),
            (["05.12.2007", "18.12.2007"], "05.12.2007", "2007-12-05"),
            (["05-12-2007", "18-12-2007"], "5-12-2007", "2007-12-05"),
            (
                ["5/12/2007 00:00", "18/12/2007 00:00:00"],
                "5/12/2007 0:00",
                "2007-12-05",
            ),
            (["18/12/2007", "2007-12-19"], "2007-05-12", "2007-05-12"),
            (["1/1/1946", "2/2/1946"], "3/3/1946", "1946-03-03"),
        ] {
            let form = settled(&texts).unwrap();
            assert_eq!(read(&form, text).as_deref(), Some(day), "{texts:?}");
        }
    }

    #[test]
    fn what_nothing_settles_is_refused_with_both_readings() {
        let error = settled(&["", "3/3/2007", "12/5/2007", "1/2/2007"]).unwrap_err();
        assert_eq!((error.line, error.is_ambiguous), (4, true));
        assert!(error.reason.contains("2007-05-12 or 2007-12-05"), "{error}");
        assert!(
            error.help.contains("`%d/%m/%Y` for 2007-05-12"),
            "{}",
            error.help
        );
        assert!(
            error.help.contains("`%m/%d/%Y` for 2007-12-05"),
            "{}",
            error.help
        );
        let error = settled(&["30/10/2007", "10/30/2007"]).unwrap_err();
        assert_eq!((error.line, error.is_ambiguous), (2, false));
        for text in ["30/10/07", "1/1/46"] {
            let error = settled(&[text]).unwrap_err();
            assert!(error.reason.contains("two digits"), "{error}");
        }
    }

    #[test]
    fn a_slip_in_a_table_of_usual_dates_settles_nothing() {
        let form = settled(&["2018-12-19", "19/12/2018", "2018-12-20"]).unwrap();
        assert_eq!(form, DateForm::USUAL);
        assert_eq!(read(&form, "19/12/2018"), None);
        for texts in [&[][..], &["NA", "1/2/2018", "soon"]] {
            assert_eq!(settled(texts), Ok(DateForm::USUAL), "{texts:?}");
        }
    }

    #[test]
    fn texts_that_are_no_such_day_are_none() {
        for text in [
            "",
            "1/2",
            "1/2/3",
            "1/2/345",
            "1/2.2018",
            "1/2/2018/",
            "a/b/2018",
            "1/2/2018x",
            "1:2:2018",
            "٣/1/2018",
        ] {
            assert!(Numbers::of(text).is_none(), "{text}");
        }
        let form = settled(&["30/10/2007"]).unwrap();
        assert_eq!(read(&form, "10/30/2007"), None);
        assert_eq!(read(&form, "31/11/2007"), None);
    }

    #[test]
    fn a_notation_is_one_of_strftime_with_a_whole_year() {
        for notation in ["%d.%m.%Y", "%d/%m/%Y", "%B %d, %Y", "%Y%m%d", "%F"] {
            assert!(notation.parse::<DateForm>().is_ok(), "{notation}");
        }
        for notation in ["%d/%m/%y", "%D", "%x"] {
            let error = notation.parse::<DateForm>();
            assert!(
                matches!(error, Err(DateFormError::ShortYear(_))),
                "{notation}"
            );
        }
        for notation in ["", "D/M/Y", "%m/%Y", "%Q", "%d%d"] {
            let error = notation.parse::<DateForm>();
            assert!(
                matches!(error, Err(DateFormError::Notation(_))),
                "{notation}"
            );
        }
    }

    #[test]
    fn one_day_is_one_however_its_numbers_are_written() {
        assert!(same_numbers("5/1/2007", "05.01.2007 00:00:00"));
        assert!(!same_numbers("5/1/2007", "1/5/2007"));
        assert!(!same_numbers("2007", "2007"));
    }
}
