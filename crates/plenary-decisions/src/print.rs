//! The text form of a requirement, written.

use std::fmt::{self, Display, Formatter};

use crate::Fraction;
use crate::requirement::{
    Base, Comparison, GroupRef, Measure, Quantity, Relation, Requirement, Side, Unit,
};

impl Display for Requirement {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Compare(comparison) => comparison.fmt(f),
            Self::All(parts) => joined(f, parts, "; ", |part| matches!(part, Self::All(_))),
            Self::Any(parts) => joined(f, parts, " or ", |part| {
                matches!(part, Self::All(_) | Self::Any(_))
            }),
            Self::Not(part) => write!(f, "not ({part})"),
            Self::Among(group, part) => write!(f, "among {group} ({part})"),
            Self::Without(group, part) => write!(f, "without {group} ({part})"),
            Self::In {
                organ,
                first,
                requirement,
            } => {
                let first = if *first { "first " } else { "" };
                write!(f, "{first}in {organ} ({requirement})")
            }
            Self::After(period, part) => write!(f, "after {period} ({part})"),
            Self::Should(part) => write!(f, "should ({part})"),
        }
    }
}

fn joined(
    f: &mut Formatter<'_>,
    parts: &[Requirement],
    between: &str,
    enclosed: impl Fn(&Requirement) -> bool,
) -> fmt::Result {
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            f.write_str(between)?;
        }
        if enclosed(part) {
            write!(f, "({part})")?;
        } else {
            part.fmt(f)?;
        }
    }
    Ok(())
}

impl Display for Comparison {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.is_nobody() {
            f.write_str("no member")?;
            of_group(f, self.group.as_ref())?;
            return write!(f, " {}", self.side.words());
        }
        if self.is_everybody() {
            match &self.group {
                Some(group) => write!(f, "all of {group}")?,
                None => f.write_str("all members")?,
            }
            return side(f, self.side);
        }
        f.write_str(self.relation.words())?;
        match self.quantity {
            Quantity::Count(n) => write!(f, " {n} {}", self.measure.one_or_many(n))?,
            Quantity::Share(fraction, base) => {
                write!(f, " {fraction} of {}", self.measure.base(base))?;
            }
        }
        of_group(f, self.group.as_ref())?;
        side(f, self.side)
    }
}

impl Comparison {
    /// Whether it reads "no member … on that side".
    pub(crate) fn is_nobody(&self) -> bool {
        self.relation == Relation::AtMost
            && self.quantity == Quantity::Count(0)
            && self.measure == Measure::Heads(Unit::Members)
    }

    /// Whether it reads "all of a group".
    pub(crate) fn is_everybody(&self) -> bool {
        self.relation == Relation::AtLeast
            && self.quantity == Quantity::Share(Fraction::WHOLE, Base::Members)
            && matches!(self.measure, Measure::Heads(_))
    }
}

fn of_group(f: &mut Formatter<'_>, group: Option<&GroupRef>) -> fmt::Result {
    group.map_or(Ok(()), |group| write!(f, " of {group}"))
}

fn side(f: &mut Formatter<'_>, side: Side) -> fmt::Result {
    match side {
        Side::InFavour => Ok(()),
        other => write!(f, " {}", other.words()),
    }
}

impl Measure {
    fn one_or_many(&self, n: u64) -> String {
        match self {
            Self::Weight(table) => table.to_string(),
            Self::Heads(unit) if n == 1 => unit.singular().to_owned(),
            Self::Heads(unit) => format!("{}s", unit.singular()),
        }
    }

    /// The words of a base of this measure.
    pub(crate) fn base(&self, base: Base) -> String {
        match (self, base) {
            (Self::Heads(_), Base::Members) => "members".to_owned(),
            (Self::Heads(_), Base::Voting) => "present and voting".to_owned(),
            (Self::Heads(_), Base::Present) => "present".to_owned(),
            (Self::Heads(_), Base::Attending) => "attending".to_owned(),
            (Self::Weight(table), Base::Members) => table.to_string(),
            (Self::Weight(table), Base::Voting) => format!("{table} cast"),
            (Self::Weight(table), Base::Present) => format!("{table} represented"),
            (Self::Weight(table), Base::Attending) => format!("{table} attending"),
        }
    }
}

impl Unit {
    /// The word for one.
    #[must_use]
    pub const fn singular(self) -> &'static str {
        match self {
            Self::Votes => "vote",
            Self::Instruments => "instrument",
            Self::Members => "member",
        }
    }
}

impl Display for GroupRef {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let codes = match self {
            Self::Named(name) => return write!(f, "{name}"),
            Self::Listed(codes) => codes,
        };
        f.write_str("{")?;
        for (i, code) in codes.iter().enumerate() {
            write!(f, "{}{code}", if i > 0 { ", " } else { "" })?;
        }
        f.write_str("}")
    }
}
