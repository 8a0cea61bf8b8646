//! A cell: acts as the depositary prints them, `22 Mar 1956 a`.

use chrono::NaiveDate;

use plenary_types::Invariant;

/// One act of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::sources) struct Act {
    pub(in crate::sources) date: NaiveDate,
    /// The letter or letters after the date.
    pub(in crate::sources) mark: Option<String>,
    pub(in crate::sources) bracketed: bool,
}

const NO_SUCH_DAY: &str = "has a day that is not in the calendar";

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Every act of a cell, in order.
pub(in crate::sources) fn acts(text: &str) -> Result<Vec<Act>, &'static str> {
    let mut scan = Scan { rest: text };
    let mut acts = Vec::new();
    loop {
        scan.skip(|c| c.is_whitespace() || c == ',' || c == ';');
        if scan.rest.is_empty() {
            return Ok(acts);
        }
        acts.push(scan.act()?);
    }
}

struct Scan<'t> {
    rest: &'t str,
}

impl<'t> Scan<'t> {
    fn skip(&mut self, skipped: impl Fn(char) -> bool) {
        self.rest = self.rest.trim_start_matches(skipped);
    }

    fn take(&mut self, taken: impl Fn(char) -> bool) -> &'t str {
        let end = self.rest.find(|c| !taken(c)).unwrap_or(self.rest.len());
        let (head, tail) = self.rest.split_at(end);
        self.rest = tail;
        head
    }

    fn sign(&mut self, sign: char) -> bool {
        let found = self.rest.strip_prefix(sign);
        self.rest = found.unwrap_or(self.rest);
        found.is_some()
    }

    fn act(&mut self) -> Result<Act, &'static str> {
        let opened = self.sign('[');
        self.skip(char::is_whitespace);
        let date = self.date()?;
        self.footnotes();
        self.skip(|c| c == ' ' || c == '\u{a0}');
        let letters = self.take(|c| c.is_ascii_alphabetic());
        self.footnotes();
        self.skip(char::is_whitespace);
        let closed = self.sign(']');
        if opened != closed {
            return Err("has a bracket without its other half");
        }
        let mark = (!letters.is_empty()).then(|| letters.to_owned());
        Ok(Act {
            date,
            mark,
            bracketed: opened,
        })
    }

    /// `22 Mar 1956`, where digits glued to the year are footnotes, or `1956-03-22`.
    fn date(&mut self) -> Result<NaiveDate, &'static str> {
        const FORM: &str = "is not of the form `22 Mar 1956 a` or `1956-03-22 a`";
        if let Some(date) = self.iso_date() {
            return date.ok_or(NO_SUCH_DAY);
        }
        let day = self
            .take(|c| c.is_ascii_digit())
            .parse()
            .map_err(|_| FORM)?;
        self.skip(char::is_whitespace);
        let month = month(self.take(|c| c.is_ascii_alphabetic())).ok_or(FORM)?;
        self.skip(char::is_whitespace);
        let year = self
            .rest
            .get(..4)
            .and_then(|digits| digits.parse().ok())
            .ok_or(FORM)?;
        self.rest = self.rest.get(4..).invariant("four digits were read");
        NaiveDate::from_ymd_opt(year, month, day).ok_or(NO_SUCH_DAY)
    }

    /// `1956-03-22`: some if there is one of that form, with the day if the calendar has it.
    fn iso_date(&mut self) -> Option<Option<NaiveDate>> {
        let text = self.rest.get(..10)?;
        let (year, rest) = text.split_once('-')?;
        let (month, day) = rest.split_once('-')?;
        let number = |digits: &str, length: usize| {
            let fits = digits.len() == length && digits.bytes().all(|byte| byte.is_ascii_digit());
            fits.then(|| digits.parse::<u32>().ok()).flatten()
        };
        let (year, month, day) = (number(year, 4)?, number(month, 2)?, number(day, 2)?);
        self.rest = self.rest.get(10..).invariant("a day was read");
        self.midnight();
        Some(NaiveDate::from_ymd_opt(
            i32::try_from(year).ok()?,
            month,
            day,
        ))
    }

    /// Passes over the time of a timestamp of midnight, as data frames write a day: ` 00:00:00`, `T00:00:00Z`.
    fn midnight(&mut self) {
        let Some(time) = self.rest.strip_prefix(['T', ' ']) else {
            return;
        };
        let is_clock = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.');
        let end = time.find(|c| !is_clock(c)).unwrap_or(time.len());
        let (clock, rest) = time.split_at(end);
        if plenary_types::is_midnight(clock) {
            let zone = ["Z", "+00:00", "+0000"].iter();
            self.rest = zone
                .copied()
                .find_map(|zone| rest.strip_prefix(zone))
                .unwrap_or(rest);
        }
    }

    /// Numbers of footnotes, unless they begin the next date.
    fn footnotes(&mut self) {
        loop {
            let before = self.rest;
            self.skip(|c| c == ' ' || c == ',');
            let digits = self.take(|c| c.is_ascii_digit());
            let next = self.rest.trim_start().get(..3).map(str::to_ascii_lowercase);
            let is_date = next.is_some_and(|next| MONTHS.contains(&next.as_str()))
                || (digits.len() == 4 && self.rest.starts_with('-'));
            if digits.is_empty() || is_date {
                self.rest = before;
                return;
            }
        }
    }
}

/// The number of a month by its name or the first three letters.
fn month(name: &str) -> Option<u32> {
    let name = name.to_ascii_lowercase();
    let short = name.get(..3)?;
    let at = MONTHS.iter().position(|month| *month == short)?;
    u32::try_from(at + 1).ok()
}
