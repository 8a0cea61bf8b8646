//! Comparisons, read.

use plenary_types::Participant;

use super::{Parsed, Parser};
use crate::Fraction;
use crate::lex::TokenKind;
use crate::requirement::{Base, Comparison, GroupRef, Measure, Quantity, Relation, Side, Unit};

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

impl Parser<'_> {
    pub(super) fn comparison(&mut self) -> Parsed<Comparison> {
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
        if self.take(&["attending"]) {
            return Ok((heads, Base::Attending));
        }
        if self.take(&["members"]) || self.take_any(&INSTRUMENTS) {
            return Ok((heads, Base::Members));
        }
        let table = self.name(
            "`present and voting`, `members`, `present`, `attending` or the name of a table",
        )?;
        let base = if self.take(&["cast"]) {
            Base::Voting
        } else if self.take(&["represented"]) {
            Base::Present
        } else if self.take(&["attending"]) {
            Base::Attending
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

    pub(super) fn group(&mut self) -> Parsed<GroupRef> {
        if !self.sign('{') {
            return self
                .name("the name of a group or `{` and codes")
                .map(GroupRef::Named);
        }
        let mut codes = Vec::new();
        while !self.sign('}') {
            let error = self
                .error("a code of three capitals, or a kind and an identifier such as `person:x`");
            let Some(TokenKind::Word(text) | TokenKind::Identity(text)) = self.kind(0) else {
                return Err(error);
            };
            codes.push(text.parse::<Participant>().map_err(|_| error)?);
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
