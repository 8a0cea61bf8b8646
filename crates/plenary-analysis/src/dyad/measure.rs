//! [`Measure`]: a number made of a [`Joint`] table, and the catalogue of them.

use std::fmt;

use super::joint::{Distance, Joint};
use crate::word::WordError;

/// A number made of a [`Joint`] table: how alike two states vote.
///
/// A measure of your own is a value like those below. It can be used wherever they can, and [`Measures::with`] makes it known by its
/// name.
///
/// ```
/// use plenary_analysis::dyad::{Joint, Measure, Measures};
///
/// /// The share of common votes in which both said yes.
/// const BOTH_YES: Measure = Measure {
///     name: "both-yes",
///     treatment: "an abstention does not count as yes; votes with an absence are left out",
///     source: "ours",
///     of: |joint| (joint.common() > 0.0).then(|| joint.table[0][0] / joint.common()),
/// };
///
/// let measures = Measures::default().with(BOTH_YES);
/// let joint = Joint::from_cast([[4, 1, 0], [1, 2, 0], [1, 0, 1]]);
/// assert_eq!(measures.find("both-yes")?.of(&joint), Some(0.4));
/// assert!(Measures::default().find("both-yes").is_err());
/// # Ok::<(), plenary_analysis::WordError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// Its name on the command line, in kebab case, and, with underscores, as a column.
    pub name: &'static str,
    /// What it does with abstentions and absences, for metadata.
    pub treatment: &'static str,
    /// Who defined it, and where.
    pub source: &'static str,
    /// Its value for a table; `None` where the formula has none.
    pub of: fn(&Joint) -> Option<f64>,
}

impl Measure {
    /// [`Joint::agreement`].
    pub const AGREEMENT: Self = Self {
        name: "agree",
        treatment: "an abstention against a yes or no counts half; votes with an absence are left out",
        source: "Voeten, Resisting the Lonely Superpower (2004)",
        of: Joint::agreement,
    };

    /// [`Joint::coincidence`].
    pub const COINCIDENCE: Self = Self {
        name: "coincidence",
        treatment: "votes with an abstention or an absence are left out",
        source: "US Department of State, Voting Practices in the United Nations, until 2013",
        of: Joint::coincidence,
    };

    /// [`Joint::points`].
    pub const POINTS: Self = Self {
        name: "points",
        treatment: "an abstention or absence of one of the two counts half",
        source: "US Department of State, Voting Practices in the United Nations, 2020",
        of: Joint::points,
    };

    /// [`Joint::s_score`] with absolute distances.
    pub const S_ABSOLUTE: Self = Self {
        name: "s-absolute",
        treatment: "an abstention lies midway between yes and no; votes with an absence are left out",
        source: "Signorino and Ritter, Tau-b or Not Tau-b (1999)",
        of: |joint| joint.s_score(Distance::Absolute),
    };

    /// [`Joint::s_score`] with squared distances.
    pub const S_SQUARED: Self = Self {
        name: "s-squared",
        treatment: "an abstention lies midway between yes and no, distances are squared; votes with an absence are left out",
        source: "Signorino and Ritter, Tau-b or Not Tau-b (1999)",
        of: |joint| joint.s_score(Distance::Squared),
    };

    /// [`Joint::kappa`], nominal.
    pub const KAPPA: Self = Self {
        name: "kappa",
        treatment: "an abstention is a choice of its own; votes with an absence are left out",
        source: "Cohen, A Coefficient of Agreement for Nominal Scales (1960)",
        of: |joint| joint.kappa(Distance::Nominal),
    };

    /// [`Joint::pi`], nominal.
    pub const PI: Self = Self {
        name: "pi",
        treatment: "an abstention is a choice of its own; votes with an absence are left out",
        source: "Scott, Reliability of Content Analysis (1955)",
        of: |joint| joint.pi(Distance::Nominal),
    };

    /// [`Joint::kappa`] with absolute distances.
    pub const KAPPA_ABSOLUTE: Self = Self {
        name: "kappa-absolute",
        treatment: "an abstention lies midway between yes and no; votes with an absence are left out",
        source: "Cohen, Weighted kappa (1968), as used by Häge, Choice or Circumstance? (2011)",
        of: |joint| joint.kappa(Distance::Absolute),
    };

    /// [`Joint::kappa`] with squared distances.
    pub const KAPPA_SQUARED: Self = Self {
        name: "kappa-squared",
        treatment: "an abstention lies midway between yes and no, distances are squared; votes with an absence are left out",
        source: "Cohen, Weighted kappa (1968), as used by Häge, Choice or Circumstance? (2011)",
        of: |joint| joint.kappa(Distance::Squared),
    };

    /// [`Joint::pi`] with absolute distances.
    pub const PI_ABSOLUTE: Self = Self {
        name: "pi-absolute",
        treatment: "an abstention lies midway between yes and no; votes with an absence are left out",
        source: "Scott (1955), weighted after Häge, Choice or Circumstance? (2011)",
        of: |joint| joint.pi(Distance::Absolute),
    };

    /// [`Joint::pi`] with squared distances.
    pub const PI_SQUARED: Self = Self {
        name: "pi-squared",
        treatment: "an abstention lies midway between yes and no, distances are squared; votes with an absence are left out",
        source: "Scott (1955), weighted after Häge, Choice or Circumstance? (2011)",
        of: |joint| joint.pi(Distance::Squared),
    };

    /// Every measure of this crate, in the order in which they are printed.
    pub const ALL: [Self; 11] = [
        Self::AGREEMENT,
        Self::COINCIDENCE,
        Self::POINTS,
        Self::S_ABSOLUTE,
        Self::S_SQUARED,
        Self::KAPPA,
        Self::PI,
        Self::KAPPA_ABSOLUTE,
        Self::KAPPA_SQUARED,
        Self::PI_ABSOLUTE,
        Self::PI_SQUARED,
    ];

    /// Its value for a table.
    #[must_use]
    pub fn of(self, joint: &Joint) -> Option<f64> {
        (self.of)(joint)
    }
}

/// Two measures are equal when they have one name.
impl PartialEq for Measure {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Measure {}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name)
    }
}

/// Measures by name: those of this crate, and your own.
#[derive(Clone, Debug)]
pub struct Measures(Vec<Measure>);

impl Default for Measures {
    /// Those of this crate.
    fn default() -> Self {
        Self(Measure::ALL.to_vec())
    }
}

impl Measures {
    /// The same and one more, in place of one of its name.
    #[must_use]
    pub fn with(mut self, measure: Measure) -> Self {
        self.0.retain(|other| *other != measure);
        self.0.push(measure);
        self
    }

    /// Every measure, in the order in which they are printed.
    #[must_use]
    pub fn all(&self) -> &[Measure] {
        &self.0
    }

    /// The measure of a name.
    ///
    /// # Errors
    ///
    /// [`WordError`], with the names there are.
    pub fn find(&self, name: &str) -> Result<Measure, WordError> {
        let found = self.0.iter().copied().find(|measure| measure.name == name);
        found.ok_or_else(|| {
            let names: Vec<_> = self.0.iter().map(|measure| measure.name).collect();
            WordError {
                found: name.to_owned(),
                expected: format!("one of {}", names.join(", ")),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_without_common_votes_has_no_measure() {
        for measure in Measure::ALL {
            assert_eq!(measure.of(&Joint::default()), None, "{measure}");
        }
    }

    #[test]
    fn a_measure_is_found_by_its_name_and_replaced_by_one_of_the_same() {
        let measures = Measures::default();
        for measure in Measure::ALL {
            assert_eq!(measures.find(measure.name), Ok(measure));
        }
        let error = measures.find("kapa").unwrap_err().to_string();
        assert!(error.contains("kappa, pi"), "{error}");
        let one = Measure {
            of: |_| Some(1.0),
            ..Measure::PI
        };
        let measures = measures.with(one);
        assert_eq!(measures.all().len(), Measure::ALL.len());
        assert_eq!(
            measures.find("pi").unwrap().of(&Joint::default()),
            Some(1.0)
        );
    }
}
