//! [`Joint`]: how two states voted together, and what it amounts to.

use std::str::FromStr;

use plenary_types::Choice;

use crate::word::{self, WordError};

/// How often one state chose this and another that: a table of yes, abstain, no and absent by the same.
///
/// Entries are whole numbers of votes, or sums of weights. The measures below are each defined exactly as their source
/// defines them; each takes the nine entries of votes that both cast unless it says otherwise, and is `None`
/// where the source's formula has no value (nothing in common, or no agreement possible by chance).
///
/// The worked examples use this table of 10 common votes, rows the first state's choices:
///
/// | | yes | abstain | no |
/// |---|---|---|---|
/// | **yes** | 4 | 1 | 0 |
/// | **abstain** | 1 | 2 | 0 |
/// | **no** | 1 | 0 | 1 |
///
/// ```
/// use plenary_analysis::dyad::{Distance, Joint};
///
/// let joint = Joint::from_cast([[4, 1, 0], [1, 2, 0], [1, 0, 1]]);
/// assert_eq!(joint.common(), 10.0);
/// // 7 equal, 2 with one abstention, 1 opposite: (7 + 2 / 2) / 10.
/// assert_eq!(joint.agreement(), Some(0.8));
/// // Of 6 votes in which both said yes or no, 5 are equal.
/// assert_eq!(joint.coincidence(), Some(5.0 / 6.0));
/// // Distances 1, 1 and 2 in 10 votes: 1 - 4 / 10.
/// assert_eq!(joint.s_score(Distance::Absolute), Some(0.6));
/// // Squared distances 1, 1 and 4: 1 - 2 * 6 / (4 * 10).
/// assert_eq!(joint.s_score(Distance::Squared), Some(0.7));
/// // By chance 0.5 * 0.6 + 0.3 * 0.3 + 0.2 * 0.1 = 0.41: (0.7 - 0.41) / (1 - 0.41).
/// assert!((joint.kappa(Distance::Nominal).unwrap() - 29.0 / 59.0).abs() < 1e-12);
/// // Pooled shares 0.55, 0.3, 0.15: by chance 0.415.
/// assert!((joint.pi(Distance::Nominal).unwrap() - 0.285 / 0.585).abs() < 1e-12);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Joint {
    /// Rows: the first state's choice; columns: the second's; both in the order yes, abstain, no, absent.
    pub table: [[f64; 4]; 4],
}

/// How far apart two choices are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Distance {
    /// Equal or not.
    Nominal,
    /// Yes, abstain and no lie one step apart.
    Absolute,
    /// The square of that.
    Squared,
}

impl Distance {
    /// The distance of two choices (0 yes, 1 abstain, 2 no), as a share of the greatest.
    const fn share(self, a: usize, b: usize) -> f64 {
        match (self, a.abs_diff(b)) {
            (_, 0) => 0.0,
            (Self::Absolute, 1) => 0.5,
            (Self::Squared, 1) => 0.25,
            _ => 1.0,
        }
    }
}

/// How an absence is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Absences {
    /// A vote in which either was absent is left out: the default of every measure, as in its source.
    #[default]
    Excluded,
    /// Absent members count as abstaining.
    AsAbstention,
}

impl Absences {
    /// The word for it in metadata and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Excluded => "excluded",
            Self::AsAbstention => "as-abstention",
        }
    }
}

impl FromStr for Absences {
    type Err = WordError;

    fn from_str(text: &str) -> Result<Self, WordError> {
        word::read(text, &[Self::Excluded, Self::AsAbstention], Self::as_str)
    }
}

const CAST: std::ops::Range<usize> = 0..3;
const ABSTAIN: usize = 1;
const ABSENT: usize = 3;

impl Joint {
    /// A table of votes that both cast.
    #[must_use]
    pub fn from_cast(counts: [[u32; 3]; 3]) -> Self {
        let mut joint = Self::default();
        for (row, counts) in joint.table.iter_mut().zip(counts) {
            for (entry, count) in row.iter_mut().zip(counts) {
                *entry = f64::from(count);
            }
        }
        joint
    }

    /// The table of pairs of choices, each with the weight of its vote: the measures are then the weighted ones, such as the weighted S of
    /// Signorino and Ritter (1999).
    ///
    /// ```
    /// use plenary_analysis::dyad::{Distance, Joint};
    /// use plenary_types::Choice::{No, Yes};
    ///
    /// // An important vote counts three times.
    /// let joint = Joint::from_weighted_pairs([(Yes, Yes, 3.0), (Yes, No, 1.0)]);
    /// assert_eq!(joint.s_score(Distance::Absolute), Some(0.5));
    /// ```
    #[must_use]
    pub fn from_weighted_pairs(pairs: impl IntoIterator<Item = (Choice, Choice, f64)>) -> Self {
        let place = |choice| crate::planes::PLANES.iter().position(|&c| c == choice);
        let mut joint = Self::default();
        for (a, b, weight) in pairs {
            if let (Some(a), Some(b)) = (place(a), place(b)) {
                joint.table[a][b] += weight;
            }
        }
        joint
    }

    /// The table of a list of pairs of choices; a state that was not eligible makes no entry.
    #[must_use]
    pub fn from_pairs(pairs: impl IntoIterator<Item = (Choice, Choice)>) -> Self {
        Self::from_weighted_pairs(pairs.into_iter().map(|(a, b)| (a, b, 1.0)))
    }

    /// With the two states exchanged.
    #[must_use]
    pub fn transposed(&self) -> Self {
        let mut table = [[0.0; 4]; 4];
        for (a, row) in self.table.iter().enumerate() {
            for (b, &entry) in row.iter().enumerate() {
                table[b][a] = entry;
            }
        }
        Self { table }
    }

    /// With absences read another way.
    #[must_use]
    pub fn with_absences(&self, absences: Absences) -> Self {
        let mut table = self.table;
        match absences {
            Absences::Excluded => {}
            Absences::AsAbstention => {
                for row in &mut table {
                    row[ABSTAIN] += std::mem::take(&mut row[ABSENT]);
                }
                let absent = std::mem::take(&mut table[ABSENT]);
                for (entry, more) in table[ABSTAIN].iter_mut().zip(absent) {
                    *entry += more;
                }
            }
        }
        Self { table }
    }

    fn sum(&self, weight: impl Fn(usize, usize) -> f64) -> f64 {
        CAST.flat_map(|a| CAST.map(move |b| (a, b)))
            .map(|(a, b)| weight(a, b) * self.table[a][b])
            .sum()
    }

    /// Votes that both cast.
    #[must_use]
    pub fn common(&self) -> f64 {
        self.sum(|_, _| 1.0)
    }

    /// Votes in which both chose the same.
    #[must_use]
    pub fn equal(&self) -> f64 {
        self.sum(|a, b| f64::from(u8::from(a == b)))
    }

    /// Votes in which one said yes and the other no.
    #[must_use]
    pub fn opposite(&self) -> f64 {
        self.table[0][2] + self.table[2][0]
    }

    /// Voeten's agreement: equal choices count one, an abstention against a yes or a no counts half ("Resisting the Lonely
    /// Superpower", Journal of Politics 66, 2004; the codebook of the United Nations General Assembly Voting Data).
    /// From 0 to 1.
    #[must_use]
    pub fn agreement(&self) -> Option<f64> {
        let half = self.common() - self.equal() - self.opposite();
        ratio(self.equal() + 0.5 * half, self.common())
    }

    /// The voting coincidence of the US Department of State, votes only: of the votes in which both said yes or no, the
    /// share in which both said the same (Voting Practices in the United Nations, until the report for 2013). From 0 to 1.
    #[must_use]
    pub fn coincidence(&self) -> Option<f64> {
        let same = self.table[0][0] + self.table[2][2];
        ratio(same, same + self.opposite())
    }

    /// The same including consensus: the resolutions adopted by consensus count as equal, at the rate at which the second
    /// state took part in recorded votes (cast any ballot, of those in which it was on the list; the same
    /// reports, section on format and methodology).
    ///
    /// With 4 same, 1 opposite, 10 consensus resolutions and a rate of 0.8: (4 + 8) / (5 + 8).
    ///
    /// ```
    /// use plenary_analysis::dyad::Joint;
    ///
    /// let joint = Joint::from_cast([[3, 2, 1], [0, 0, 0], [0, 1, 1]]);
    /// assert_eq!(joint.coincidence_with_consensus(10.0, 0.8), Some(12.0 / 13.0));
    /// ```
    #[must_use]
    pub fn coincidence_with_consensus(&self, consensus: f64, participation: f64) -> Option<f64> {
        let same = self.table[0][0] + self.table[2][2];
        let credited = consensus * participation;
        ratio(same + credited, same + self.opposite() + credited)
    }

    /// The share of its votes in which the second state cast a ballot, where the table has its absences.
    #[must_use]
    pub fn participation(&self) -> Option<f64> {
        let total: f64 = self.table.iter().flatten().sum();
        let absent: f64 = self.table.iter().map(|row| row[ABSENT]).sum();
        ratio(total - absent, total)
    }

    /// The Department of State's points as computed for 2020: equal choices count one; half a point where one of the two
    /// abstained or was absent and the other did not do the same; nothing for opposite votes. Votes from which both were
    /// absent are left out. From 0 to 1.
    ///
    /// ```
    /// use plenary_analysis::dyad::Joint;
    /// use plenary_types::Choice::{Abstain, No, NonVoting, Yes};
    ///
    /// let joint = Joint::from_pairs([(Yes, Yes), (Yes, Abstain), (No, NonVoting), (Yes, No), (NonVoting, NonVoting)]);
    /// assert_eq!(joint.points(), Some((1.0 + 0.5 + 0.5) / 4.0));
    /// ```
    #[must_use]
    pub fn points(&self) -> Option<f64> {
        let one_absent: f64 = CAST
            .map(|c| self.table[c][ABSENT] + self.table[ABSENT][c])
            .sum();
        let partial = self.common() - self.equal() - self.opposite() + one_absent;
        ratio(self.equal() + 0.5 * partial, self.common() + one_absent)
    }

    /// The similarity score S: one less twice the mean distance, as a share of the greatest (Signorino and Ritter, "Tau-b or
    /// Not Tau-b", International Studies Quarterly 43, 1999). From -1 to 1. Weights come in with the entries.
    #[must_use]
    pub fn s_score(&self, distance: Distance) -> Option<f64> {
        ratio(self.sum(|a, b| distance.share(a, b)), self.common()).map(|mean| 1.0 - 2.0 * mean)
    }

    /// Agreement corrected for chance by each state's own shares: Cohen's kappa (1960) with [`Distance::Nominal`], his
    /// weighted kappa (1968) as used by Häge ("Choice or Circumstance?", Political Analysis 19, 2011) otherwise. At most 1.
    #[must_use]
    pub fn kappa(&self, distance: Distance) -> Option<f64> {
        let rows = CAST.map(|a| CAST.map(|b| self.table[a][b]).sum::<f64>());
        let rows: Vec<f64> = rows.collect();
        let columns: Vec<f64> = CAST.map(|b| CAST.map(|a| self.table[a][b]).sum()).collect();
        self.corrected(distance, |a, b| rows[a] * columns[b])
    }

    /// Agreement corrected for chance by the shares of both states taken together: Scott's pi (1955) with
    /// [`Distance::Nominal`], its weighted form after Häge (2011) otherwise. At most 1.
    #[must_use]
    pub fn pi(&self, distance: Distance) -> Option<f64> {
        let pooled: Vec<f64> = CAST
            .map(|c| {
                CAST.map(|d| self.table[c][d] + self.table[d][c])
                    .sum::<f64>()
                    / 2.0
            })
            .collect();
        self.corrected(distance, |a, b| pooled[a] * pooled[b])
    }

    /// One less observed over expected distance.
    fn corrected(&self, distance: Distance, chance: impl Fn(usize, usize) -> f64) -> Option<f64> {
        let common = self.common();
        let observed = self.sum(|a, b| distance.share(a, b)) * common;
        let expected: f64 = CAST
            .flat_map(|a| CAST.map(move |b| (a, b)))
            .map(|(a, b)| distance.share(a, b) * chance(a, b))
            .sum();
        ratio(observed, expected).map(|share| 1.0 - share)
    }
}

fn ratio(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absences_as_abstentions_move_whole_rows_and_columns() {
        let joint = Joint {
            table: [
                [1.0, 2.0, 3.0, 4.0],
                [5.0, 6.0, 7.0, 8.0],
                [9.0, 10.0, 11.0, 12.0],
                [13.0, 14.0, 15.0, 16.0],
            ],
        };
        let moved = joint.with_absences(Absences::AsAbstention).table;
        assert_eq!(moved[0], [1.0, 6.0, 3.0, 0.0]);
        assert_eq!(moved[1], [18.0, 44.0, 22.0, 0.0]);
        assert_eq!(moved[3], [0.0; 4]);
    }

    #[test]
    fn two_states_that_always_say_yes_agree_but_chance_correction_has_no_value() {
        let joint = Joint::from_cast([[5, 0, 0], [0, 0, 0], [0, 0, 0]]);
        assert_eq!(joint.agreement(), Some(1.0));
        assert_eq!(joint.kappa(Distance::Nominal), None);
        assert_eq!(joint.pi(Distance::Squared), None);
    }
}
