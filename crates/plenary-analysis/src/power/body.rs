//! [`Body`]: who votes, and what is known of them.

use chrono::NaiveDate;
use plenary_bodies::Reference;
use plenary_bodies::library::InForce;
use plenary_decisions::requirement::GroupRef;
use plenary_decisions::{Facts, Name, Requirement};
use plenary_types::{Participant, StateCode};

/// The members of a body, with the groups and weights that its rule calls by name.
///
/// ```
/// use plenary_analysis::power::Body;
/// use plenary_bodies::Reference;
///
/// let day = "2020-01-01".parse()?;
/// let reference = Reference::embedded();
/// let rule = reference.library().rule("sc-substantive", day).expect("it is in the library");
/// let council = Body::from_rule(reference, &rule, day)?;
/// assert_eq!(council.members().len(), 15);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Body<'f> {
    pub(super) members: Vec<Participant>,
    pub(super) facts: Vec<&'f Facts>,
    pub(super) organs: Vec<(Name, Self)>,
}

/// Why the members of a body cannot be told.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BodyError {
    /// Neither a membership, nor a table of weights, nor a number of seats is known for the body.
    #[error("the members of `{body}` are not known: name them")]
    Unknown {
        /// The body.
        body: String,
    },
    /// More members with names than the body has seats.
    #[error("{named} members are named, but the body has {seats} seats")]
    TooManyMembers {
        /// How many are named.
        named: usize,
        /// How many seats there are.
        seats: u32,
    },
    /// More seats than there are codes for seats without a name.
    #[error("{seats} seats without a named holder are more than can be told apart")]
    TooManySeats {
        /// How many.
        seats: usize,
    },
}

impl<'f> Body<'f> {
    /// A body of these members; one named twice counts once.
    #[must_use]
    pub fn new(members: impl IntoIterator<Item = impl Into<Participant>>) -> Self {
        let mut members: Vec<Participant> = members.into_iter().map(Into::into).collect();
        members.sort_unstable();
        members.dedup();
        Self {
            members,
            ..Self::default()
        }
    }

    /// The body that decides by a rule of the library, on a day on which the rule is the law.
    ///
    /// Its members are those of the rule's table of weights, where it has one (Council of the European
    /// Union); those of its roster, where that is on record; else the members
    /// of the groups that the rule names, with as many anonymous seats as fill the body
    /// ([`Body::is_anonymous`]): power does not depend on who holds them. The organs that the rule names are the
    /// bodies that the reference says they are.
    ///
    /// # Errors
    ///
    /// [`BodyError`] when none of these is known.
    pub fn from_rule(
        reference: &Reference,
        rule: &InForce<'f>,
        on: NaiveDate,
    ) -> Result<Self, BodyError> {
        let organs = organs_on_record(reference, &rule.rule.requirement, on);
        let mut body = match Self::without_organs(reference, rule, on) {
            Err(BodyError::Unknown { .. }) if !organs.is_empty() => Self::default(),
            body => body?,
        };
        body.facts = vec![rule.facts];
        body.organs = organs;
        Ok(body)
    }

    fn without_organs(
        reference: &Reference,
        rule: &InForce<'_>,
        on: NaiveDate,
    ) -> Result<Self, BodyError> {
        let weighted = rule.facts.tables().next();
        if let Some((_, table)) = weighted {
            let members = table.weights().iter().map(|(code, _)| *code);
            return Ok(Self::new(members));
        }
        let on_record = members_on_record(reference, &rule.rule.body, on).filter(|members| {
            rule.members
                .is_none_or(|seats| members.len() == seats as usize)
        });
        if let Some(members) = on_record {
            return Ok(Self::new(members.iter().copied()));
        }
        if let Some(seats) = rule.members {
            let named = named_members(reference, rule, on);
            return Self::new(named).with_anonymous_seats(seats);
        }
        Err(BodyError::Unknown {
            body: rule.rule.body.clone(),
        })
    }

    /// With groups and tables; those added last go before those added earlier.
    #[must_use]
    pub fn with_facts(mut self, facts: &'f Facts) -> Self {
        self.facts.insert(0, facts);
        self
    }

    /// With other members; organs, groups and tables stay.
    #[must_use]
    pub fn with_members(self, members: impl IntoIterator<Item = impl Into<Participant>>) -> Self {
        let Self { members, .. } = Self::new(members);
        Self { members, ..self }
    }

    /// With another organ or stage, which a requirement calls by name; the last one of a name counts. A
    /// state that sits in both acts in both in the same way.
    #[must_use]
    pub fn with_organ(mut self, name: Name, organ: Self) -> Self {
        self.organs.retain(|(known, _)| *known != name);
        self.organs.push((name, organ));
        self
    }

    /// With as many anonymous seats as bring the body to `seats`. They have user-assigned codes of ISO
    /// 3166-1 (`QMA` and following), belong to no group and no table, and stand for members whose names
    /// do not matter.
    ///
    /// # Errors
    ///
    /// [`BodyError`] when there are more named members than seats, or more seats than codes for them.
    pub fn with_anonymous_seats(mut self, seats: u32) -> Result<Self, BodyError> {
        let named = self.members.len();
        let missing = (seats as usize)
            .checked_sub(named)
            .ok_or(BodyError::TooManyMembers { named, seats })?;
        let seats_without_names = anonymous_codes().take(missing);
        self.members
            .extend(seats_without_names.map(Participant::from));
        if self.members.len() < seats as usize {
            return Err(BodyError::TooManySeats { seats: missing });
        }
        self.members.sort_unstable();
        self.members.dedup();
        Ok(self)
    }

    /// Whether a code stands for an anonymous seat.
    #[must_use]
    pub fn is_anonymous(member: Participant) -> bool {
        member.code().is_some_and(|code| {
            let [first, second, _] = code.to_bytes();
            first == b'Q' && second >= b'M'
        })
    }

    /// The members, in the order of their codes.
    #[must_use]
    pub fn members(&self) -> &[Participant] {
        &self.members
    }

    /// Everybody who votes in it or in one of its organs, in the order of their codes.
    pub(super) fn voters(&self) -> Vec<Participant> {
        let inner = self.organs.iter().flat_map(|(_, organ)| organ.voters());
        let mut voters: Vec<_> = self.members.iter().copied().chain(inner).collect();
        voters.sort_unstable();
        voters.dedup();
        voters
    }
}

/// The organs that the requirement names, as far as their members are known.
fn organs_on_record<'f>(
    reference: &Reference,
    requirement: &Requirement,
    on: NaiveDate,
) -> Vec<(Name, Body<'f>)> {
    let parts = requirement.parts();
    let named = parts.into_iter().filter_map(|part| match part {
        Requirement::In { organ, .. } => Some(organ),
        _ => None,
    });
    let known = named.filter_map(|organ| {
        let mut organs = reference.library().organs();
        let (_, body) = organs.find(|(name, _)| *name == organ)?;
        let members = members_on_record(reference, body, on)?;
        Some((organ.clone(), Body::new(members.iter().copied())))
    });
    known.collect()
}

/// The members of a body, where they are on record.
fn members_on_record<'r>(
    reference: &'r Reference,
    body: &str,
    on: NaiveDate,
) -> Option<&'r [Participant]> {
    reference.body(body)?.members_on(on)
}

fn anonymous_codes() -> impl Iterator<Item = StateCode> {
    let pairs = (b'M'..=b'Z').flat_map(|second| (b'A'..=b'Z').map(move |third| (second, third)));
    pairs.filter_map(|(second, third)| StateCode::from_bytes([b'Q', second, third]))
}

/// The members of the groups that the rule names, those of them that could sit in its body on the day: a seat that passed from one code to
/// another has one holder at a time.
fn named_members(reference: &Reference, rule: &InForce<'_>, on: NaiveDate) -> Vec<Participant> {
    let body = reference.body(&rule.rule.body);
    let parent = body.and_then(|body| reference.parent_of(body));
    let may_sit = |who: &Participant| {
        let sits = parent.and_then(|parent| parent.is_member(*who, on));
        sits.unwrap_or(true)
    };
    let groups = groups_of(&rule.rule.requirement);
    let codes = groups.iter().flat_map(|group| match group {
        GroupRef::Listed(codes) => codes.as_slice(),
        GroupRef::Named(name) => {
            let known = rule.facts.group(name);
            known.map_or(&[][..], |group| group.members())
        }
    });
    codes.copied().filter(may_sit).collect()
}

fn groups_of(requirement: &Requirement) -> Vec<&GroupRef> {
    let parts = requirement.parts();
    let named = parts.into_iter().filter_map(|part| match part {
        Requirement::Compare(comparison) => comparison.group.as_ref(),
        Requirement::Among(group, _) | Requirement::Without(group, _) => Some(group),
        _ => None,
    });
    named.collect()
}
