//! Pairs of states: how they voted together.
//!
//! [`Dyads`] counts, for every pair and every group of a [`VoteMatrix`], how often one chose this and the other that; a
//! [`Joint`] table turns counts into the measures of the field.

mod joint;
mod measure;

use rayon::prelude::*;

use crate::kernel::{Alike, JointChoices, Likeness, Nominal};
use crate::level::Level;
use crate::matrix::{VoteGroup, VoteMatrix};
use crate::planes::{CAST, PLANES, Planes};

pub use joint::{Absences, Distance, Joint};
pub use measure::{Measure, Measures};

/// Joint counts of every pair of states in every group of votes.
///
/// ```
/// use plenary_analysis::{Grouping, VoteKey, Votes, dyad::Dyads};
/// use plenary_types::Choice::{Abstain, No, Yes};
///
/// let mut votes = Votes::default();
/// votes.add(VoteKey::new("1"), [("FRA", Yes), ("CZE", Yes), ("ITA", Abstain)]);
/// votes.add(VoteKey::new("2"), [("FRA", Yes), ("CZE", No), ("ITA", No)]);
/// let dyads = Dyads::count(&votes.matrix(Grouping::All));
/// let agreement: Vec<_> = dyads.groups()[0]
///     .pairs()
///     .map(|(first, second, joint)| (dyads.state(first), dyads.state(second), joint.agreement()))
///     .collect();
/// assert_eq!(
///     agreement,
///     [("CZE", "FRA", Some(0.5)), ("CZE", "ITA", Some(0.75)), ("FRA", "ITA", Some(0.25))]
/// );
/// ```
#[derive(Clone, Debug)]
pub struct Dyads {
    states: Vec<String>,
    groups: Vec<DyadGroup>,
}

/// Joint counts of the pairs of one group.
#[derive(Clone, Debug)]
pub struct DyadGroup {
    label: String,
    votes: usize,
    states: Vec<u32>,
    table: Triangle,
    planes: usize,
}

/// Numbers for every pair of `n` states: for the first state of each pair in turn, `width` rows of one number for each
/// later state.
#[derive(Clone, Debug)]
struct Triangle {
    n: usize,
    width: usize,
    values: Vec<u32>,
}

impl Triangle {
    fn new(n: usize, width: usize) -> Self {
        Self {
            n,
            width,
            values: vec![0; n * n.saturating_sub(1) / 2 * width],
        }
    }

    /// Pairs before those of `first`.
    const fn before(&self, first: usize) -> usize {
        first * (2 * self.n - first - 1) / 2
    }

    /// The numbers of the pairs of `first`, split for threads.
    fn rows(&mut self) -> Vec<&mut [u32]> {
        let mut rest = &mut self.values[..];
        let (n, width) = (self.n, self.width);
        (0..n)
            .map(|first| {
                let (own, later) = std::mem::take(&mut rest).split_at_mut((n - first - 1) * width);
                rest = later;
                own
            })
            .collect()
    }

    fn row(&self, first: usize, which: usize) -> &[u32] {
        let length = self.n - first - 1;
        let start = self.before(first) * self.width + which * length;
        &self.values[start..start + length]
    }
}

/// Counts, for each row and those after it, as a kernel does.
fn count<const KK: usize>(
    planes: &Planes,
    kernel: impl Fn(usize, &mut [Vec<u32>; KK]) + Sync,
) -> Triangle {
    let n = planes.rows();
    let mut triangle = Triangle::new(n, KK);
    triangle
        .rows()
        .into_par_iter()
        .enumerate()
        .with_min_len(16)
        .for_each_init(
            || -> [Vec<u32>; KK] { std::array::from_fn(|_| vec![0; planes.stride()]) },
            |rows, (own, out)| {
                if own + 1 < n {
                    kernel(own, rows);
                    for (out, row) in out.chunks_exact_mut(n - own - 1).zip(rows.iter()) {
                        out.copy_from_slice(&row[own + 1..n]);
                    }
                }
            },
        );
    triangle
}

/// Counts `K` choices of each of two states.
fn count_joint<const K: usize, const KK: usize>(group: &VoteGroup) -> Triangle {
    let (level, planes) = (Level::detect(), group.planes());
    count::<KK>(planes, |own, counts| {
        level.run(JointChoices::<K, KK> {
            planes,
            own,
            others: own + 1..planes.rows(),
            counts,
        });
    })
}

const ALL_PLANES: usize = PLANES.len();

impl Dyads {
    /// Counts all nine joint choices of votes that both cast.
    #[must_use]
    pub fn count(matrix: &VoteMatrix) -> Self {
        Self::with(matrix, CAST, count_joint::<CAST, 9>)
    }

    /// Counts absences too: all sixteen joint choices.
    #[must_use]
    pub fn count_with_absences(matrix: &VoteMatrix) -> Self {
        Self::with(matrix, ALL_PLANES, count_joint::<ALL_PLANES, 16>)
    }

    fn with(
        matrix: &VoteMatrix,
        planes: usize,
        count: impl Fn(&VoteGroup) -> Triangle + Sync,
    ) -> Self {
        let groups = matrix
            .groups()
            .par_iter()
            .with_max_len(1)
            .map(|group| DyadGroup {
                label: group.label().to_owned(),
                votes: group.votes().len(),
                states: group.states().to_vec(),
                table: count(group),
                planes,
            })
            .collect();
        Self {
            states: matrix.states().to_vec(),
            groups,
        }
    }

    /// Every state, in order.
    #[must_use]
    pub fn states(&self) -> &[String] {
        &self.states
    }

    /// The name of a state; empty for a place that is none.
    #[must_use]
    pub fn state(&self, place: u32) -> &str {
        self.states.get(place as usize).map_or("", String::as_str)
    }

    /// The groups, in order.
    #[must_use]
    pub fn groups(&self) -> &[DyadGroup] {
        &self.groups
    }
}

impl DyadGroup {
    /// What the group is called.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// How many votes it has.
    #[must_use]
    pub const fn votes(&self) -> usize {
        self.votes
    }

    /// The states on the lists of the group, as places among [`Dyads::states`].
    #[must_use]
    pub fn states(&self) -> &[u32] {
        &self.states
    }

    /// The table of two states, given as places among [`Dyads::states`]; `None` when one was not on a list or both are the
    /// same.
    #[must_use]
    pub fn joint(&self, first: u32, second: u32) -> Option<Joint> {
        let place = |state: u32| self.states.binary_search(&state).ok();
        let (a, b) = (place(first)?, place(second)?);
        match a.cmp(&b) {
            std::cmp::Ordering::Less => Some(self.at(a, b)),
            std::cmp::Ordering::Greater => Some(self.at(b, a).transposed()),
            std::cmp::Ordering::Equal => None,
        }
    }

    /// Every pair with its table, the first state before the second in order.
    pub fn pairs(&self) -> impl Iterator<Item = (u32, u32, Joint)> + '_ {
        let n = self.states.len();
        (0..n).flat_map(move |a| {
            (a + 1..n).map(move |b| (self.states[a], self.states[b], self.at(a, b)))
        })
    }

    fn at(&self, a: usize, b: usize) -> Joint {
        let mut joint = Joint::default();
        for (i, row) in joint.table.iter_mut().enumerate().take(self.planes) {
            for (j, entry) in row.iter_mut().enumerate().take(self.planes) {
                let counts = self.table.row(a, i * self.planes + j);
                *entry = f64::from(counts[b - a - 1]);
            }
        }
        joint
    }

    /// One measure of every pair, in the order of [`DyadGroup::pairs`]; not a number where it has no value.
    #[must_use]
    pub fn values(&self, measure: Measure) -> Vec<f64> {
        let rows: Vec<Vec<f64>> = (0..self.states.len())
            .into_par_iter()
            .with_min_len(64)
            .map(|first| self.row_values(first, measure))
            .collect();
        rows.concat()
    }

    /// Agreement, Cohen's kappa and Scott's pi of every pair in one pass, each in the order of [`DyadGroup::pairs`]; not a
    /// number where one has no value.
    #[must_use]
    pub fn nominal(&self) -> [Vec<f64>; 3] {
        let level = Level::detect();
        let pairs = self.states.len() * self.states.len().saturating_sub(1) / 2;
        let mut out = [(); 3].map(|()| vec![0.0; pairs]);
        let [mut a, mut k, mut p] = out.each_mut().map(|values| &mut values[..]);
        for first in 0..self.states.len() {
            let length = self.states.len() - first - 1;
            let place = |entry: usize| entry / 3 * self.planes + entry % 3;
            let counts = std::array::from_fn(|at| self.table.row(first, place(at)));
            let (a_own, a_rest) = a.split_at_mut(length);
            let (k_own, k_rest) = k.split_at_mut(length);
            let (p_own, p_rest) = p.split_at_mut(length);
            level.run(Nominal {
                counts,
                out: [a_own, k_own, p_own],
            });
            (a, k, p) = (a_rest, k_rest, p_rest);
        }
        out
    }

    fn row_values(&self, first: usize, measure: Measure) -> Vec<f64> {
        (first + 1..self.states.len())
            .map(|second| measure.of(&self.at(first, second)).unwrap_or(f64::NAN))
            .collect()
    }
}

/// Votes in common and Voeten's agreement of every pair in every group: what most uses need, in a third of the work.
#[derive(Clone, Debug)]
pub struct Agreement {
    states: Vec<String>,
    groups: Vec<AgreementGroup>,
}

/// Agreement of the pairs of one group.
#[derive(Clone, Debug)]
pub struct AgreementGroup {
    label: String,
    states: Vec<u32>,
    table: Triangle,
}

impl Agreement {
    /// Counts.
    #[must_use]
    pub fn count(matrix: &VoteMatrix) -> Self {
        let level = Level::detect();
        let count = |planes: &Planes| {
            count::<2>(planes, |own, counts| {
                level.run(Alike {
                    own: (planes, own),
                    planes,
                    others: own + 1..planes.rows(),
                    likeness: Likeness::Agreement,
                    counts,
                });
            })
        };
        let groups = matrix
            .groups()
            .par_iter()
            .with_max_len(1)
            .map(|group| AgreementGroup {
                label: group.label().to_owned(),
                states: group.states().to_vec(),
                table: count(group.planes()),
            })
            .collect();
        Self {
            states: matrix.states().to_vec(),
            groups,
        }
    }

    /// Every state, in order.
    #[must_use]
    pub fn states(&self) -> &[String] {
        &self.states
    }

    /// The groups, in order.
    #[must_use]
    pub fn groups(&self) -> &[AgreementGroup] {
        &self.groups
    }
}

impl AgreementGroup {
    /// What the group is called.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The states on the lists of the group, as places among [`Agreement::states`].
    #[must_use]
    pub fn states(&self) -> &[u32] {
        &self.states
    }

    /// Every pair (places among [`Agreement::states`]) with the votes that both cast and their agreement.
    pub fn pairs(&self) -> impl Iterator<Item = (u32, u32, u32, Option<f64>)> + '_ {
        (0..self.states.len()).flat_map(move |a| {
            let counts = self.table.row(a, 0).iter().zip(self.table.row(a, 1));
            let later = &self.states[a + 1..];
            later
                .iter()
                .zip(counts)
                .map(move |(&b, (&common, &twice))| {
                    let agreement =
                        (common > 0).then(|| f64::from(twice) / (2.0 * f64::from(common)));
                    (self.states[a], b, common, agreement)
                })
        })
    }
}
