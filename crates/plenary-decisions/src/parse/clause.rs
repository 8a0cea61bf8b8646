//! Clauses, delays and periods, read.

use super::{ParseError, Parsed, Parser, one_or};
use crate::clause::{Clause, NotBefore};
use crate::lex::TokenKind;
use crate::{Delay, Period, Requirement};

#[derive(Default)]
struct Items {
    requirements: Vec<Requirement>,
    delay: Option<Delay>,
    not_before: Option<NotBefore>,
    organisations: bool,
}

impl Parser<'_> {
    pub(super) fn period(&mut self) -> Parsed<Option<Period>> {
        let (Some(TokenKind::Number(_)), Some(TokenKind::Word(unit))) =
            (self.kind(0), self.kind(1))
        else {
            return Ok(None);
        };
        let make: fn(u32) -> Period = match unit.to_ascii_lowercase().as_str() {
            "day" | "days" => Period::Days,
            "month" | "months" => Period::Months,
            "year" | "years" => Period::Years,
            _ => return Ok(None),
        };
        let n = self.small_number("a smaller number")?;
        self.next += 1;
        Ok(Some(make(n)))
    }

    pub(super) fn delay(&mut self) -> Parsed<Option<Delay>> {
        if self.take(&["at", "once"]) {
            return Ok(Some(Delay::None));
        }
        if self.take(&["first", "day", "of"]) {
            return self.first_day().map(Some);
        }
        if let Some(delay) = self.ordinal_day()? {
            return Ok(Some(delay));
        }
        let period = self.period()?;
        if period.is_some() {
            self.take_any(&["after", "later"]);
        }
        Ok(period.map(Delay::After))
    }

    fn first_day(&mut self) -> Parsed<Delay> {
        self.take(&["the"]);
        if !self.take(&["month"]) {
            return Err(self.error("`month`"));
        }
        if let Some(TokenKind::Number(_)) = self.kind(0) {
            let n = self.small_number("a smaller number")?;
            self.take_any(&["after"]);
            return Ok(Delay::FirstOfMonth(n));
        }
        if !self.take_any(&["after", "following"]) {
            return Err(self.error("`after` and a period, or the number of a month"));
        }
        Ok(self
            .period()?
            .map_or(Delay::FirstOfMonth(1), Delay::FirstOfMonthAfter))
    }

    /// `30th day after`.
    fn ordinal_day(&mut self) -> Parsed<Option<Delay>> {
        let start = self.next;
        self.take(&["the"]);
        let n = self.number();
        if let Some(n) = n.and_then(|n| u32::try_from(n).ok())
            && self.take_any(&["st", "nd", "rd", "th"])
            && self.take(&["day"])
        {
            self.take(&["after"]);
            return Ok(Some(Delay::After(Period::Days(n))));
        }
        self.next = start;
        Ok(None)
    }

    pub(super) fn clause(&mut self) -> Parsed<Clause> {
        let mut clause = Items::default();
        loop {
            self.item(&mut clause)?;
            if !self.sign(';') {
                break;
            }
        }
        self.end("`;` or the end")?;
        if clause.requirements.is_empty() {
            return Err(self.error("a requirement such as `20 instruments`"));
        }
        Ok(Clause {
            requirement: one_or(clause.requirements, Requirement::All),
            delay: clause.delay.unwrap_or_default(),
            not_before: clause.not_before,
            organisations: clause.organisations,
        })
    }

    fn item(&mut self, clause: &mut Items) -> Parsed<()> {
        let start = self.error("one delay only");
        if let Some(delay) = self.delay()? {
            return if clause.delay.replace(delay).is_some() {
                Err(start)
            } else {
                Ok(())
            };
        }
        if self.take(&["not", "before"]) {
            let not_before = self.not_before()?;
            return if clause.not_before.replace(not_before).is_some() {
                Err(ParseError {
                    expected: "one `not before` only",
                    ..start
                })
            } else {
                Ok(())
            };
        }
        if self.take(&["including", "organisations"]) || self.take(&["organisations", "count"]) {
            clause.organisations = true;
            return Ok(());
        }
        clause.requirements.push(self.any()?);
        Ok(())
    }

    fn not_before(&mut self) -> Parsed<NotBefore> {
        if let Some(TokenKind::Day(day)) = self.kind(0) {
            self.next += 1;
            return Ok(NotBefore::Day(day));
        }
        let period = self
            .period()?
            .ok_or_else(|| self.error("a day or a period"))?;
        if self.take(&["after", "opening"]) {
            self.take(&["for", "signature"]);
            return Ok(NotBefore::AfterOpening(period));
        }
        Err(self.error("`after opening`"))
    }
}
