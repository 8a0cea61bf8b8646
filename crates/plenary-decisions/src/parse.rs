//! The text form of a requirement, read.

use std::str::FromStr;

use plenary_types::StateCode;

use crate::clause::{Clause, NotBefore};
use crate::lex::{Token, TokenKind, lex};
use crate::requirement::{
    Base, Comparison, GroupRef, Measure, Quantity, Relation, Requirement, Side, Unit,
};
use crate::{Delay, Fraction, Name, Period};

/// Why a text is not a requirement or a clause.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("at character {at}: expected {expected}, found {found}")]
pub struct ParseError {
    /// The character at which reading stopped, counted from 1.
    pub at: usize,
    /// What would have been understood there.
    pub expected: &'static str,
    /// What is there.
    pub found: String,
}

/// How deep parentheses may nest: more than any rule needs, less than any stack holds.
const DEPTH: usize = 64;

/// Other words for instruments, which therefore cannot name a table.
const INSTRUMENTS: [&str; 7] = [
    "ratifications",
    "ratification",
    "accessions",
    "deposits",
    "signatures",
    "parties",
    "states",
];

type Parsed<T> = Result<T, ParseError>;

struct Parser<'t> {
    text: &'t str,
    tokens: Vec<Token<'t>>,
    next: usize,
    depth: usize,
}

impl FromStr for Requirement {
    type Err = ParseError;

    fn from_str(text: &str) -> Parsed<Self> {
        let mut parser = Parser::new(text)?;
        let requirement = parser.all()?;
        parser.end("`;`, `or` or the end")?;
        Ok(requirement)
    }
}

impl FromStr for Clause {
    type Err = ParseError;

    fn from_str(text: &str) -> Parsed<Self> {
        Parser::new(text)?.clause()
    }
}

impl FromStr for Period {
    type Err = ParseError;

    fn from_str(text: &str) -> Parsed<Self> {
        let mut parser = Parser::new(text)?;
        let period = parser
            .period()?
            .ok_or_else(|| parser.error("a period such as `30 days`"))?;
        parser.end("the end")?;
        Ok(period)
    }
}

impl FromStr for Delay {
    type Err = ParseError;

    fn from_str(text: &str) -> Parsed<Self> {
        let mut parser = Parser::new(text)?;
        let delay = parser
            .delay()?
            .ok_or_else(|| parser.error("a delay such as `30 days`"))?;
        parser.end("the end")?;
        Ok(delay)
    }
}

impl<'t> Parser<'t> {
    fn new(text: &'t str) -> Parsed<Self> {
        Ok(Self {
            text,
            tokens: lex(text)?,
            next: 0,
            depth: 0,
        })
    }

    fn kind(&self, ahead: usize) -> Option<TokenKind<'t>> {
        self.tokens.get(self.next + ahead).map(|t| t.kind)
    }

    fn error(&self, expected: &'static str) -> ParseError {
        let (at, found) = match self.tokens.get(self.next) {
            Some(token) => (token.at, format!("`{}`", token.kind)),
            None => (self.text.len(), "the end".to_owned()),
        };
        let at = self
            .text
            .get(..at)
            .map_or(at, |before| before.chars().count())
            + 1;
        ParseError {
            at,
            expected,
            found,
        }
    }

    fn end(&self, expected: &'static str) -> Parsed<()> {
        if self.next == self.tokens.len() {
            Ok(())
        } else {
            Err(self.error(expected))
        }
    }

    /// Takes the words if they come next, whatever their case.
    fn take(&mut self, words: &[&str]) -> bool {
        let matches = words.iter().enumerate().all(|(i, word)| {
            matches!(self.kind(i), Some(TokenKind::Word(w)) if w.eq_ignore_ascii_case(word))
        });
        if matches {
            self.next += words.len();
        }
        matches
    }

    fn take_any(&mut self, words: &[&str]) -> bool {
        words.iter().any(|word| self.take(&[word]))
    }

    fn sign(&mut self, sign: char) -> bool {
        let found = self.kind(0) == Some(TokenKind::Sign(sign));
        self.next += usize::from(found);
        found
    }

    fn expect_sign(&mut self, sign: char, expected: &'static str) -> Parsed<()> {
        if self.sign(sign) {
            Ok(())
        } else {
            Err(self.error(expected))
        }
    }

    fn number(&mut self) -> Option<u64> {
        let Some(TokenKind::Number(n)) = self.kind(0) else {
            return None;
        };
        self.next += 1;
        Some(n)
    }

    fn small_number(&mut self, expected: &'static str) -> Parsed<u32> {
        let error = self.error(expected);
        self.number()
            .and_then(|n| u32::try_from(n).ok())
            .ok_or(error)
    }

    fn name(&mut self, expected: &'static str) -> Parsed<Name> {
        let error = self.error(expected);
        let Some(TokenKind::Word(word)) = self.kind(0) else {
            return Err(error);
        };
        let name = word.parse().map_err(|_| error)?;
        self.next += 1;
        Ok(name)
    }

    fn all(&mut self) -> Parsed<Requirement> {
        let mut parts = vec![self.any()?];
        while self.sign(';') {
            parts.push(self.any()?);
        }
        Ok(one_or(parts, Requirement::All))
    }

    fn any(&mut self) -> Parsed<Requirement> {
        let mut parts = vec![self.part()?];
        while self.take(&["or"]) {
            parts.push(self.part()?);
        }
        Ok(one_or(parts, Requirement::Any))
    }

    fn enclosed(&mut self) -> Parsed<Requirement> {
        if self.depth >= DEPTH {
            return Err(self.error("fewer parentheses inside each other"));
        }
        self.expect_sign('(', "`(`")?;
        self.depth += 1;
        let requirement = self.all()?;
        self.depth -= 1;
        self.expect_sign(')', "`)`")?;
        Ok(requirement)
    }

    fn boxed(&mut self) -> Parsed<Box<Requirement>> {
        self.enclosed().map(Box::new)
    }

    fn part(&mut self) -> Parsed<Requirement> {
        if self.kind(0) == Some(TokenKind::Sign('(')) {
            return self.enclosed();
        }
        if self.take(&["not"]) {
            return self.boxed().map(Requirement::Not);
        }
        if self.take(&["should"]) {
            return self.boxed().map(Requirement::Should);
        }
        if self.take(&["among"]) {
            return Ok(Requirement::Among(self.group()?, self.boxed()?));
        }
        if self.take(&["without"]) {
            return Ok(Requirement::Without(self.group()?, self.boxed()?));
        }
        if self.take(&["after"]) {
            let period = self
                .period()?
                .ok_or_else(|| self.error("a period such as `12 months`"))?;
            return Ok(Requirement::After(period, self.boxed()?));
        }
        let first = self.take(&["first", "in"]);
        if first || self.take(&["in"]) {
            let organ = self.name("the name of an organ")?;
            return Ok(Requirement::In {
                organ,
                first,
                requirement: self.boxed()?,
            });
        }
        self.comparison().map(Requirement::Compare)
    }

    fn comparison(&mut self) -> Parsed<Comparison> {
        if self.take(&["no"]) || self.take(&["nobody"]) {
            return self.nobody();
        }
        if self.take(&["all"]) || self.take(&["everybody"]) {
            return self.everybody();
        }
        if self.take(&["any", "of"]) {
            let group = Some(self.group()?);
            let side = self.side();
            return Ok(count(
                side,
                group,
                Measure::Heads(Unit::Votes),
                Relation::AtLeast,
                1,
            ));
        }
        if self.take(&["a", "majority", "of"]) {
            return self.share(Relation::MoreThan, Fraction::HALF);
        }
        let relation = self.relation();
        if let Some(fraction) = self.fraction()? {
            if !self.take(&["of"]) {
                return Err(self.error("`of` and a base"));
            }
            self.take(&["the"]);
            return self.share(relation.unwrap_or(Relation::AtLeast), fraction);
        }
        let n = self.number().ok_or_else(|| self.error("a requirement"))?;
        self.take(&["affirmative"]);
        let measure = self.measure()?;
        let group = self.of_group()?;
        let side = self.side();
        Ok(count(
            side,
            group,
            measure,
            relation.unwrap_or(Relation::AtLeast),
            n,
        ))
    }

    fn nobody(&mut self) -> Parsed<Comparison> {
        self.take_any(&["member", "members", "vote", "votes"]);
        let group = self.of_group()?;
        let at = self.next;
        let side = self.side();
        if at == self.next {
            return Err(self.error("`against` or another side"));
        }
        Ok(count(
            side,
            group,
            Measure::Heads(Unit::Members),
            Relation::AtMost,
            0,
        ))
    }

    fn everybody(&mut self) -> Parsed<Comparison> {
        let members = self.take_any(&["members", "member"]);
        let group = self.of_group()?;
        if !members && group.is_none() {
            return Err(self.error("`members` or `of` and a group"));
        }
        Ok(Comparison {
            side: self.side(),
            group,
            measure: Measure::Heads(Unit::Members),
            relation: Relation::AtLeast,
            quantity: Quantity::Share(Fraction::WHOLE, Base::Members),
        })
    }

    fn share(&mut self, relation: Relation, fraction: Fraction) -> Parsed<Comparison> {
        let (measure, base) = self.base()?;
        let group = self.of_group()?;
        let side = self.side();
        Ok(Comparison {
            side,
            group,
            measure,
            relation,
            quantity: Quantity::Share(fraction, base),
        })
    }

    fn base(&mut self) -> Parsed<(Measure, Base)> {
        let heads = Measure::Heads(Unit::Members);
        if self.take(&["votes", "cast"]) || self.take(&["members", "present", "and", "voting"]) {
            return Ok((heads, Base::Voting));
        }
        if self.take(&["present", "and", "voting"]) {
            return Ok((heads, Base::Voting));
        }
        if self.take(&["present"]) {
            return Ok((heads, Base::Present));
        }
        if self.take(&["members"]) || self.take_any(&INSTRUMENTS) {
            return Ok((heads, Base::Members));
        }
        let table =
            self.name("`present and voting`, `members`, `present` or the name of a table")?;
        let base = if self.take(&["cast"]) {
            Base::Voting
        } else if self.take(&["represented"]) {
            Base::Present
        } else {
            Base::Members
        };
        Ok((Measure::Weight(table), base))
    }

    fn relation(&mut self) -> Option<Relation> {
        let words: [(&[&str], Relation); 6] = [
            (&["at", "least"], Relation::AtLeast),
            (&["more", "than"], Relation::MoreThan),
            (&["at", "most"], Relation::AtMost),
            (&["fewer", "than"], Relation::FewerThan),
            (&["less", "than"], Relation::FewerThan),
            (&["exactly"], Relation::Exactly),
        ];
        words
            .into_iter()
            .find(|(words, _)| self.take(words))
            .map(|(_, relation)| relation)
    }

    fn fraction(&mut self) -> Parsed<Option<Fraction>> {
        if let Some(fraction) = self.fraction_in_words() {
            return Ok(Some(fraction));
        }
        let error = self.error("a fraction from 0 to 1");
        match (self.kind(0), self.kind(1), self.kind(2)) {
            (
                Some(TokenKind::Number(n)),
                Some(TokenKind::Sign('/')),
                Some(TokenKind::Number(d)),
            ) => {
                self.next += 3;
                fraction_of(n, d).ok_or(error).map(Some)
            }
            (Some(TokenKind::Number(n)), Some(TokenKind::Sign('%')), _) => {
                self.next += 2;
                fraction_of(n, 100).ok_or(error).map(Some)
            }
            (Some(TokenKind::Decimal(digits)), Some(TokenKind::Sign('%')), _) => {
                self.next += 2;
                decimal_percent(digits).ok_or(error).map(Some)
            }
            _ => Ok(None),
        }
    }

    fn fraction_in_words(&mut self) -> Option<Fraction> {
        let words: [(&[&str], u64, u64); 8] = [
            (&["half"], 1, 2),
            (&["one", "half"], 1, 2),
            (&["one", "third"], 1, 3),
            (&["two", "thirds"], 2, 3),
            (&["one", "quarter"], 1, 4),
            (&["three", "quarters"], 3, 4),
            (&["three", "fifths"], 3, 5),
            (&["four", "fifths"], 4, 5),
        ];
        let (_, n, d) = words.into_iter().find(|(words, ..)| self.take(words))?;
        fraction_of(n, d)
    }

    fn measure(&mut self) -> Parsed<Measure> {
        let units: [(&[&str], Unit); 3] = [
            (&["votes", "vote"], Unit::Votes),
            (&["instruments", "instrument"], Unit::Instruments),
            (&["members", "member"], Unit::Members),
        ];
        for (words, unit) in units {
            if self.take_any(words) {
                return Ok(Measure::Heads(unit));
            }
        }
        if self.take_any(&INSTRUMENTS) {
            return Ok(Measure::Heads(Unit::Instruments));
        }
        self.name("`votes`, `instruments`, `members` or the name of a table")
            .map(Measure::Weight)
    }

    fn of_group(&mut self) -> Parsed<Option<GroupRef>> {
        if self.take(&["of"]) {
            self.group().map(Some)
        } else {
            Ok(None)
        }
    }

    fn group(&mut self) -> Parsed<GroupRef> {
        if !self.sign('{') {
            return self
                .name("the name of a group or `{` and codes")
                .map(GroupRef::Named);
        }
        let mut codes = Vec::new();
        while !self.sign('}') {
            let error = self.error("a code of three capitals");
            let Some(TokenKind::Word(word)) = self.kind(0) else {
                return Err(error);
            };
            codes.push(word.parse::<StateCode>().map_err(|_| error)?);
            self.next += 1;
            if !self.sign(',') && self.kind(0) != Some(TokenKind::Sign('}')) {
                return Err(self.error("`,` or `}`"));
            }
        }
        Ok(GroupRef::listed(codes))
    }

    fn side(&mut self) -> Side {
        let words: [(&[&str], Side); 7] = [
            (&["in", "favour"], Side::InFavour),
            (&["not", "in", "favour"], Side::NotInFavour),
            (&["not", "against"], Side::NotAgainst),
            (&["against"], Side::Against),
            (&["abstaining"], Side::Abstaining),
            (&["voting"], Side::Voting),
            (&["present"], Side::Present),
        ];
        words
            .into_iter()
            .find(|(words, _)| self.take(words))
            .map_or(Side::InFavour, |(_, side)| side)
    }

    fn period(&mut self) -> Parsed<Option<Period>> {
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

    fn delay(&mut self) -> Parsed<Option<Delay>> {
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

    fn clause(&mut self) -> Parsed<Clause> {
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

#[derive(Default)]
struct Items {
    requirements: Vec<Requirement>,
    delay: Option<Delay>,
    not_before: Option<NotBefore>,
    organisations: bool,
}

const fn count(
    side: Side,
    group: Option<GroupRef>,
    measure: Measure,
    relation: Relation,
    n: u64,
) -> Comparison {
    Comparison {
        side,
        group,
        measure,
        relation,
        quantity: Quantity::Count(n),
    }
}

fn one_or(mut parts: Vec<Requirement>, many: fn(Vec<Requirement>) -> Requirement) -> Requirement {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        Some(last) => {
            parts.push(last);
            many(parts)
        }
        None => many(parts),
    }
}

fn fraction_of(n: u64, d: u64) -> Option<Fraction> {
    Fraction::new(n.try_into().ok()?, d.try_into().ok()?).ok()
}

/// `5.502` per cent.
fn decimal_percent(digits: &str) -> Option<Fraction> {
    let (whole, rest) = digits.split_once('.')?;
    let scale = 10u64.checked_pow(rest.len().try_into().ok()?)?;
    let whole: u64 = whole.parse().ok()?;
    let n = whole.checked_mul(scale)?.checked_add(rest.parse().ok()?)?;
    fraction_of(n, scale.checked_mul(100)?)
}
