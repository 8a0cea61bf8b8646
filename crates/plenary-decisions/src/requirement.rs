//! [`Requirement`]: the tree that a decision has to satisfy.

use plenary_types::Participant;

use crate::{Fraction, Name, Period};

/// What has to hold for a decision to be taken, a treaty to enter into force, a candidate to be elected.
///
/// A tree of comparisons. Its text form (`Display` and `FromStr` agree, serde uses it) reads as a
/// person would write the rule:
///
/// ```
/// use plenary_decisions::Requirement;
///
/// let council: Requirement = "at least 9 votes; no member of P5 against".parse()?;
/// assert_eq!(council.to_string(), "at least 9 votes; no member of P5 against");
/// # Ok::<(), plenary_decisions::ParseError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Requirement {
    /// One comparison of votes with a number or with a share of a base.
    Compare(Comparison),
    /// Every part holds: `a; b`. At least two parts.
    All(Vec<Self>),
    /// Some part holds: `a or b`. At least two parts.
    Any(Vec<Self>),
    /// The part does not hold: `not (a)`.
    Not(Box<Self>),
    /// Only the members of a group take part, and bases are taken from them: `among G (a)`.
    Among(GroupRef, Box<Self>),
    /// The members of a group have no vote and count in no base: `without G (a)`
    /// (suspended, barred under Article 19 of the Charter, credentials refused).
    Without(GroupRef, Box<Self>),
    /// Another organ, or another stage, decides by its own ballots: `in council (a)`.
    In {
        /// The organ or stage.
        organ: Name,
        /// Whether its decision has to precede this one: `first in council (a)`.
        first: bool,
        /// What has to hold there.
        requirement: Box<Self>,
    },
    /// Only once a period has passed since the proposal: `after 12 months (a)`.
    After(Period, Box<Self>),
    /// Asked for by the text and not enforced: its failure is told and changes nothing: `should (a)`.
    Should(Box<Self>),
}

/// A comparison: the votes of one side, by heads or by weight, against what is needed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Comparison {
    /// Whose votes are counted.
    pub side: Side,
    /// Only those of a group, when there is one; shares are then shares of the group.
    pub group: Option<GroupRef>,
    /// Heads, or the weights of a table.
    pub measure: Measure,
    /// How the votes relate to the quantity.
    pub relation: Relation,
    /// What they are compared with.
    pub quantity: Quantity,
}

impl Comparison {
    /// The group of which no member may vote against, where that is what is asked for.
    fn veto(&self) -> Option<&GroupRef> {
        let nobody = matches!(
            (self.side, self.relation, self.quantity),
            (Side::Against, Relation::AtMost, Quantity::Count(0))
        );
        self.group.as_ref().filter(|_| nobody)
    }
}

/// The members whose votes are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// Voted yes, or consented.
    InFavour,
    /// Voted no, or objected.
    Against,
    /// Abstained.
    Abstaining,
    /// Did not vote yes: against, abstaining or not voting.
    NotInFavour,
    /// Did not vote no.
    NotAgainst,
    /// Yes or no.
    Voting,
    /// Yes, no or abstaining: the least that a record can say about presence.
    Present,
}

impl Side {
    /// Every side.
    pub const ALL: [Self; 7] = [
        Self::InFavour,
        Self::Against,
        Self::Abstaining,
        Self::NotInFavour,
        Self::NotAgainst,
        Self::Voting,
        Self::Present,
    ];

    /// The words of the text form.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::InFavour => "in favour",
            Self::Against => "against",
            Self::Abstaining => "abstaining",
            Self::NotInFavour => "not in favour",
            Self::NotAgainst => "not against",
            Self::Voting => "voting",
            Self::Present => "present",
        }
    }
}

/// Who is meant by a group.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum GroupRef {
    /// A group known by name, such as `P5`.
    Named(Name),
    /// The members themselves: `{FRA, GBR, person:x}`, in the order of their texts and without repetition.
    Listed(Vec<Participant>),
}

impl GroupRef {
    /// A group given by its members.
    #[must_use]
    pub fn listed(members: impl IntoIterator<Item = impl Into<Participant>>) -> Self {
        let mut members: Vec<Participant> = members.into_iter().map(Into::into).collect();
        members.sort_unstable();
        members.dedup();
        Self::Listed(members)
    }
}

/// What one member counts for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Measure {
    /// One, whatever the word for it.
    Heads(Unit),
    /// Its weight in the table of that name.
    Weight(Name),
}

/// The word for one, in counts: it changes how a requirement reads, not what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Unit {
    /// Votes.
    #[default]
    Votes,
    /// Instruments of ratification and the like.
    Instruments,
    /// Members.
    Members,
}

/// How a count relates to what is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// At least: not fewer.
    AtLeast,
    /// More than.
    MoreThan,
    /// At most: not more.
    AtMost,
    /// Fewer than.
    FewerThan,
    /// Neither more nor fewer.
    Exactly,
}

impl Relation {
    /// Every relation.
    pub const ALL: [Self; 5] = [
        Self::AtLeast,
        Self::MoreThan,
        Self::AtMost,
        Self::FewerThan,
        Self::Exactly,
    ];

    /// The words of the text form.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::AtLeast => "at least",
            Self::MoreThan => "more than",
            Self::AtMost => "at most",
            Self::FewerThan => "fewer than",
            Self::Exactly => "exactly",
        }
    }

    /// Whether having more can only help.
    #[must_use]
    pub const fn is_lower_bound(self) -> bool {
        matches!(self, Self::AtLeast | Self::MoreThan)
    }
}

/// What votes are compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// A number.
    Count(u64),
    /// A share of a base.
    Share(Fraction, Base),
}

/// What a share is a share of. "Two thirds" alone says nothing: Articles 18(2) and 108 of the Charter
/// differ only here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Base {
    /// All members, or the whole table.
    Members,
    /// Those who voted yes or no (General Assembly rule 86).
    Voting,
    /// Those who voted yes or no or abstained.
    Present,
    /// Those who attended, as the record counts them: whether they voted or not.
    Attending,
}

impl Requirement {
    /// The groups of which any one member prevents the decision by voting against it: `no member of P5 against`.
    ///
    /// ```
    /// use plenary_decisions::Requirement;
    ///
    /// let council: Requirement = "at least 9 votes; no member of P5 against".parse()?;
    /// assert_eq!(council.vetoes().len(), 1);
    /// assert_eq!(council.without_vetoes().unwrap().to_string(), "at least 9 votes");
    /// # Ok::<(), plenary_decisions::ParseError>(())
    /// ```
    #[must_use]
    pub fn vetoes(&self) -> Vec<&GroupRef> {
        match self {
            Self::Compare(comparison) => comparison.veto().into_iter().collect(),
            Self::All(parts) => parts.iter().flat_map(Self::vetoes).collect(),
            _ => Vec::new(),
        }
    }

    /// What it asks for beside that no member of such a group votes against; nothing where that is all.
    #[must_use]
    pub fn without_vetoes(&self) -> Option<Self> {
        match self {
            Self::Compare(comparison) if comparison.veto().is_some() => None,
            Self::All(parts) => {
                let mut rest: Vec<_> = parts.iter().filter_map(Self::without_vetoes).collect();
                match rest.len() {
                    0 | 1 => rest.pop(),
                    _ => Some(Self::All(rest)),
                }
            }
            _ => Some(self.clone()),
        }
    }

    /// The other organs and stages that it names.
    pub fn organs(&self) -> Vec<&Name> {
        let mut organs = Vec::new();
        self.collect_organs(&mut organs);
        organs
    }

    fn collect_organs<'r>(&'r self, into: &mut Vec<&'r Name>) {
        match self {
            Self::Compare(_) => {}
            Self::All(parts) | Self::Any(parts) => {
                parts.iter().for_each(|part| part.collect_organs(into));
            }
            Self::In {
                organ, requirement, ..
            } => {
                into.push(organ);
                requirement.collect_organs(into);
            }
            Self::Not(part)
            | Self::Among(_, part)
            | Self::Without(_, part)
            | Self::After(_, part)
            | Self::Should(part) => part.collect_organs(into),
        }
    }

    /// Votes in favour as a share of a base of heads.
    #[must_use]
    pub const fn share(relation: Relation, fraction: Fraction, base: Base) -> Self {
        Self::Compare(Comparison {
            side: Side::InFavour,
            group: None,
            measure: Measure::Heads(Unit::Members),
            relation,
            quantity: Quantity::Share(fraction, base),
        })
    }

    /// At least so many in favour.
    #[must_use]
    pub const fn at_least(count: u64, unit: Unit) -> Self {
        Self::Compare(Comparison {
            side: Side::InFavour,
            group: None,
            measure: Measure::Heads(unit),
            relation: Relation::AtLeast,
            quantity: Quantity::Count(count),
        })
    }

    /// Nobody of a group on a side.
    #[must_use]
    pub const fn nobody(group: Option<GroupRef>, side: Side) -> Self {
        Self::Compare(Comparison {
            side,
            group,
            measure: Measure::Heads(Unit::Members),
            relation: Relation::AtMost,
            quantity: Quantity::Count(0),
        })
    }

    /// Everybody of a group in favour.
    #[must_use]
    pub const fn everybody(group: Option<GroupRef>) -> Self {
        Self::Compare(Comparison {
            side: Side::InFavour,
            group,
            measure: Measure::Heads(Unit::Members),
            relation: Relation::AtLeast,
            quantity: Quantity::Share(Fraction::WHOLE, Base::Members),
        })
    }

    /// The requirement itself and every requirement inside it, outermost first.
    #[must_use]
    pub fn parts(&self) -> Vec<&Self> {
        let mut found = vec![self];
        let mut next = 0;
        while let Some(part) = found.get(next).copied() {
            match part {
                Self::Compare(_) => {}
                Self::All(parts) | Self::Any(parts) => found.extend(parts),
                Self::Not(part)
                | Self::Among(_, part)
                | Self::Without(_, part)
                | Self::In {
                    requirement: part, ..
                }
                | Self::After(_, part)
                | Self::Should(part) => found.push(part),
            }
            next += 1;
        }
        found
    }

    /// The comparisons in it.
    pub fn comparisons(&self) -> impl Iterator<Item = &Comparison> {
        self.parts().into_iter().filter_map(|part| match part {
            Self::Compare(comparison) => Some(comparison),
            _ => None,
        })
    }

    /// The names of the weight tables it needs, sorted.
    #[must_use]
    pub fn tables(&self) -> Vec<Name> {
        let mut names: Vec<_> = self
            .comparisons()
            .filter_map(|c| match &c.measure {
                Measure::Weight(name) => Some(name.clone()),
                Measure::Heads(_) => None,
            })
            .collect();
        names.sort();
        names.dedup();
        names
    }
}

crate::serde_text::serde_as_text!(Requirement);
