//! [`Catalogue`]: every check, one line each.

use std::borrow::Cow;
use std::fmt;

use plenary_decisions::nearest;

use crate::{Check, checks as c};

/// Every check, in the order in which findings of one record come.
static CATALOGUE: &[&Check] = &[
    &c::id_mismatch::CHECK,
    &c::symbol_grammar::CHECK,
    &c::symbol_decision_mismatch::CHECK,
    &c::symbol_body_mismatch::CHECK,
    &c::symbol_session_mismatch::CHECK,
    &c::meeting_session_mismatch::CHECK,
    &c::title_names_another::CHECK,
    &c::implausible_date::CHECK,
    &c::date_outside_session::CHECK,
    &c::acts_out_of_order::CHECK,
    &c::control_characters::CHECK,
    &c::unknown_state::CHECK,
    &c::unknown_word::CHECK,
    &c::unresolved_reference::CHECK,
    &c::election_mismatch::CHECK,
    &c::election_contradicts_roster::CHECK,
    &c::name_at_date::CHECK,
    &c::duplicate_ballot::CHECK,
    &c::not_a_member::CHECK,
    &c::missing_member::CHECK,
    &c::vote_while_suspended::CHECK,
    &c::truncated_roll::CHECK,
    &c::empty_roll::CHECK,
    &c::tally_mismatch::CHECK,
    &c::tally_sum::CHECK,
    &c::member_count::CHECK,
    &c::mode_contradicts_votes::CHECK,
    &c::unknown_rule::CHECK,
    &c::outcome_mismatch::CHECK,
    &c::quorum::CHECK,
    &c::vetoed_but_adopted::CHECK,
    &c::undecided::CHECK,
    &c::claim_contradicts_record::CHECK,
    &c::claim_without_source::CHECK,
    &c::unresolved_relation::CHECK,
    &c::adoption_mismatch::CHECK,
    &c::treaty_action_order::CHECK,
    &c::effect_before_act::CHECK,
    &c::day_month_exchanged::CHECK,
    &c::double_consent::CHECK,
    &c::accession_after_signature::CHECK,
    &c::succession_without_predecessor::CHECK,
    &c::act_before_existence::CHECK,
    &c::act_before_treaty::CHECK,
    &c::in_force_before_consent::CHECK,
    &c::entry_into_force_mismatch::CHECK,
    &c::days_of_month_lost::CHECK,
    &c::filtered_members::CHECK,
    &c::name_of_another_state::CHECK,
    &c::short_roll::CHECK,
    &c::duplicate_record::CHECK,
    &c::missing_related_record::CHECK,
    &c::circular_relation::CHECK,
    &c::meeting_dates::CHECK,
    &c::meeting_order::CHECK,
    &c::unused_waiver::CHECK,
    &c::reader::UNREADABLE_FIELD,
    &c::reader::VOTE_GRAMMAR,
    &c::reader::ROWS_DISAGREE,
    &c::reader::CODE_CONTRADICTS_NAME,
    &c::reader::UNKNOWN_NAME,
    &c::reader::PERMANENT_MEMBER,
    &c::reader::BALLOTS_WITHOUT_VOTE,
    &c::reader::SPONSORS_DISAGREE,
    &c::reader::NO_ROLL_CALL,
    &c::reader::NO_RESULT_LINE,
    &c::reader::REJECTED_ROW,
    &c::reader::UNKNOWN_COLUMN,
    &c::reader::ROW_WITHOUT_MATCH,
    &c::reader::ROW_LIMIT,
    &c::reader::SOURCE_LEAVES_OUT,
    &c::reader::RESOURCE_NOT_READ,
    &c::reader::CODE_OF_LATER_TIME,
    &c::reader::RESOURCE_CHANGED,
    &c::reader::TABLES_DISAGREE,
];

/// The checks that a run knows: those of this crate, and your own.
///
/// What is in the catalogue can be selected, ignored, given another severity, waived and explained.
///
/// ```
/// use plenary_validation::Catalogue;
///
/// let catalogue = Catalogue::default();
/// assert_eq!(catalogue.find("tally-sum").unwrap().severity, plenary_types::Severity::Error);
/// assert!(catalogue.find("title-missing").is_none());
/// ```
#[derive(Clone)]
pub struct Catalogue(Cow<'static, [&'static Check]>);

impl Default for Catalogue {
    /// The checks of this crate.
    fn default() -> Self {
        Self(Cow::Borrowed(CATALOGUE))
    }
}

impl FromIterator<&'static Check> for Catalogue {
    /// These checks alone, in this order.
    fn from_iter<I: IntoIterator<Item = &'static Check>>(checks: I) -> Self {
        Self(Cow::Owned(checks.into_iter().collect()))
    }
}

impl Catalogue {
    /// The same and one more check, which comes after the others that look at the same; in place of one of its name.
    #[must_use]
    pub fn with(mut self, check: &'static Check) -> Self {
        let same_scope = |other: &&'static Check| other.run.scope() == check.run.scope();
        let checks = self.0.to_mut();
        if let Some(other) = checks.iter_mut().find(|other| other.name == check.name) {
            *other = check;
        } else {
            let last = checks.iter().rposition(same_scope);
            checks.insert(last.map_or(checks.len(), |last| last + 1), check);
        }
        self
    }

    /// Every check, in the order in which findings of one record come.
    #[must_use]
    pub fn checks(&self) -> &[&'static Check] {
        &self.0
    }

    /// The check of a name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&'static Check> {
        self.0.iter().copied().find(|check| check.name == name)
    }

    /// The check of a name.
    ///
    /// # Errors
    ///
    /// [`UnknownCheck`], with the nearest name.
    pub fn try_find(&self, name: &str) -> Result<&'static Check, UnknownCheck> {
        self.find(name).ok_or_else(|| UnknownCheck {
            name: name.to_owned(),
            nearest: nearest(name, self.0.iter().map(|check| check.name)),
        })
    }
}

/// A name that no check of a catalogue has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no check `{name}`{}", hint(*nearest))]
#[non_exhaustive]
pub struct UnknownCheck {
    /// The name.
    pub name: String,
    /// The most similar name of a check.
    pub nearest: Option<&'static str>,
}

fn hint(nearest: Option<&'static str>) -> String {
    nearest.map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
}

impl fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.0.iter().map(|check| check.name))
            .finish()
    }
}

/// Two catalogues are equal when they have the same checks.
impl PartialEq for Catalogue {
    fn eq(&self, other: &Self) -> bool {
        let same = |(one, other): (&&Check, &&Check)| std::ptr::eq(*one, *other);
        self.0.len() == other.0.len() && self.0.iter().zip(&*other.0).all(same)
    }
}

impl Eq for Catalogue {}

/// The checks of single votes whose findings a finding of this check explains: they need not be told beside it.
///
/// ```
/// assert!(plenary_validation::explained_by("filtered-members").contains(&"missing-member"));
/// assert!(plenary_validation::explained_by("tally-sum").is_empty());
/// ```
#[must_use]
pub fn explained_by(check: &str) -> &'static [&'static str] {
    match check == c::filtered_members::CHECK.name {
        true => &c::filtered_members::EXPLAINS,
        false => &[],
    }
}
