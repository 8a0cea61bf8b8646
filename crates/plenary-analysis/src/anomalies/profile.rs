//! Profiles: how often a member agrees with each of the others.

use super::agreement::{ALL, Agreements, Rate, row_length};
use crate::level::{Kernel, Level};

/// How far the profile of each member in one session is from that in another (root of the mean square), when what changed
/// for everybody is taken out: some sessions divide the Assembly more than others.
pub(super) fn distances(one: &Agreements, other: &Agreements, columns: &[usize]) -> Vec<f32> {
    Level::detect().run(Distances {
        one,
        other,
        columns,
    })
}

/// The distances of members, to be compiled as a whole for the processor at hand.
struct Distances<'a> {
    one: &'a Agreements,
    other: &'a Agreements,
    columns: &'a [usize],
}

impl Kernel for Distances<'_> {
    type Output = Vec<f32>;

    #[inline(always)]
    fn run<const FUSED: bool>(self) -> Vec<f32> {
        let width = self.one.width().min(self.other.width());
        let counted = mask(self.columns, width);
        let mut sums = vec![0i32; counted.len()];
        for column in self.columns {
            let (one, other) = (self.one.rates_of(*column), self.other.rates_of(*column));
            for (sum, (one, other)) in sums.iter_mut().zip(one.iter().zip(other)) {
                *sum += i32::from(one - other);
            }
        }
        let count = self.columns.len().max(1) as i32;
        let common: Vec<Rate> = sums.into_iter().map(|sum| (sum / count) as Rate).collect();
        let mut distances = Vec::with_capacity(self.columns.len());
        for column in self.columns {
            let (one, other) = (self.one.rates_of(*column), self.other.rates_of(*column));
            let mut squares = 0;
            let rates = one.iter().zip(other).zip(common.iter().zip(&counted));
            for ((one, other), (common, counted)) in rates {
                let apart = i32::from((one - other - common) & counted);
                squares += apart * apart;
            }
            distances.push((squares as f32 / count as f32).sqrt() / f32::from(ALL));
        }
        distances
    }
}

/// All bits for each of these columns, none for the others.
fn mask(columns: &[usize], width: usize) -> Vec<Rate> {
    let mut mask = vec![0; row_length(width)];
    for column in columns.iter().filter(|column| **column < width) {
        if let Some(mask) = mask.get_mut(*column) {
            *mask = -1;
        }
    }
    mask
}

/// The profiles of some members in two sessions.
pub(super) struct Profiles<'a> {
    columns: &'a [usize],
    /// How many members a profile tells of.
    others: usize,
    /// How long the profile of a member is, with zeros at the end.
    length: usize,
    now: Vec<Rate>,
    usual: Vec<Rate>,
}

impl<'a> Profiles<'a> {
    /// The profiles of members, over the others at these columns.
    pub(super) fn of(
        now: &Agreements,
        usual: &Agreements,
        columns: &'a [usize],
        others: &[usize],
    ) -> Self {
        let counted = mask(others, now.width().min(usual.width()));
        let gathered = |of: &Agreements| {
            let mut rows = Vec::with_capacity(columns.len() * counted.len());
            for column in columns {
                let rates = of.rates_of(*column).iter().zip(&counted);
                rows.extend(rates.map(|(rate, counted)| rate & counted));
            }
            rows
        };
        Self {
            columns,
            others: others.len(),
            length: counted.len(),
            now: gathered(now),
            usual: gathered(usual),
        }
    }

    /// The pairs of members that turned round what tells them apart from one session to the other, by so much at least: the
    /// members by their places among the columns.
    pub(super) fn turns(&self, extent: f32) -> Vec<((usize, usize), Turn)> {
        Level::detect().run(Turns {
            profiles: self,
            extent,
        })
    }

    /// How two members are turned round, if by more than a sum of products tells.
    #[inline(always)]
    fn turn(&self, x: usize, y: usize, least: f32) -> Option<Turn> {
        let now = self.pair(&self.now, x, y);
        let usual = self.pair(&self.usual, x, y);
        let turned = -self.product(now, usual, x, y);
        (turned > least).then(|| {
            let sizes = self.product(now, now, x, y) * self.product(usual, usual, x, y);
            Turn {
                extent: (turned / self.others.max(1) as f32).sqrt() / f32::from(ALL),
                exactness: turned / sizes.sqrt(),
            }
        })
    }

    #[inline(always)]
    fn pair<'r>(&self, rates: &'r [Rate], x: usize, y: usize) -> Pair<'r> {
        let row = |at: usize| &rates[at * self.length..(at + 1) * self.length];
        (row(x), row(y))
    }

    /// The sum of the products of what tells two members apart, over all others.
    #[inline(always)]
    fn product(&self, one: Pair<'_>, other: Pair<'_>, x: usize, y: usize) -> f32 {
        let mut sum = product(one, other);
        for own in [x, y].into_iter().filter_map(|at| self.columns.get(at)) {
            let cell = |(a, b): Pair<'_>| Some(i32::from(*a.get(*own)? - *b.get(*own)?));
            sum -= cell(one).unwrap_or(0) * cell(other).unwrap_or(0);
        }
        sum as f32
    }
}

/// The search for turns, to be compiled as a whole for the processor at hand.
struct Turns<'a> {
    profiles: &'a Profiles<'a>,
    extent: f32,
}

impl Kernel for Turns<'_> {
    type Output = Vec<((usize, usize), Turn)>;

    #[inline(always)]
    fn run<const FUSED: bool>(self) -> Self::Output {
        let mut turns = Vec::new();
        let least = (self.extent * f32::from(ALL)).powi(2) * self.profiles.others as f32;
        for x in 0..self.profiles.columns.len() {
            for y in 0..x {
                if let Some(turn) = self.profiles.turn(x, y, least) {
                    turns.push(((x, y), turn));
                }
            }
        }
        turns
    }
}

/// The profiles of two members.
type Pair<'r> = (&'r [Rate], &'r [Rate]);

#[inline(always)]
fn product((a, b): Pair<'_>, (c, d): Pair<'_>) -> i32 {
    let apart = a.iter().zip(b).zip(c.iter().zip(d));
    let products = apart.map(|((a, b), (c, d))| i32::from(a - b) * i32::from(c - d));
    products.sum()
}

/// How what tells two members apart is turned round from one session to another.
///
/// The profiles of two members that have changed places are each other's.
#[derive(Clone, Copy, Debug)]
pub(super) struct Turn {
    /// By how much, as a share of the votes (root of the mean of the products).
    pub(super) extent: f32,
    /// How exactly: minus the correlation of the differences of their profiles. It is near one for members that have changed
    /// places, near minus one for others that differ, and anything for those that hardly do.
    pub(super) exactness: f32,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anomalies::history::SessionVotes;

    /// Forty votes of three members that vote yes, two that vote no, and one that does now this, now that.
    fn session(exchanged: Option<(usize, usize)>) -> Agreements {
        let rows: Vec<Vec<u8>> = (0..40u8)
            .map(|vote| {
                let mut row = vec![0, 0, 0, 1, 1, vote % 2];
                if let Some((a, b)) = exchanged {
                    row.swap(a, b);
                }
                row
            })
            .collect();
        let slices: Vec<&[u8]> = rows.iter().map(Vec::as_slice).collect();
        Agreements::of(&SessionVotes::of_rows(&slices))
    }

    const ALL_COLUMNS: [usize; 6] = [0, 1, 2, 3, 4, 5];

    #[test]
    fn members_that_change_places_turn_round_what_tells_them_apart() {
        let (usual, now) = (session(None), session(Some((2, 3))));
        let profiles = Profiles::of(&now, &usual, &ALL_COLUMNS, &ALL_COLUMNS);
        let turn = profiles.turn(2, 3, 0.0).unwrap();
        assert!(turn.exactness > 0.99 && turn.extent > 0.5, "{turn:?}");
        assert!(profiles.turn(0, 1, 0.0).is_none());
        let [above, below] = [1.01, 0.99].map(|share| profiles.turns(share * turn.extent));
        assert!(above.is_empty() && below.len() == 1, "{above:?} {below:?}");
        let still = Profiles::of(&usual, &usual, &ALL_COLUMNS, &ALL_COLUMNS);
        assert!(still.turn(2, 3, 0.0).is_none());
    }

    #[test]
    fn profiles_that_do_not_change_are_not_apart() {
        let (usual, now) = (session(None), session(Some((2, 3))));
        assert_eq!(distances(&usual, &usual, &ALL_COLUMNS), [0.0; 6]);
        let apart = distances(&now, &usual, &ALL_COLUMNS);
        let furthest = |at: usize| apart.iter().all(|other| *other <= apart[at]);
        assert!(furthest(2) || furthest(3), "{apart:?}");
        assert!(apart[2] > 2.0 * apart[5], "{apart:?}");
    }

    #[test]
    fn only_the_columns_asked_for_count() {
        let (usual, now) = (session(None), session(Some((2, 3))));
        assert_eq!(distances(&now, &usual, &[5]).len(), 1);
        let few = Profiles::of(&now, &usual, &[2, 3], &[2, 3]);
        assert!(few.turn(0, 1, 0.0).is_none());
    }

    /// Votes of eight members, by fixed numbers that look like chance.
    fn drawn(seed: u32) -> Agreements {
        let choice = |vote: u32, member: u32| {
            let drawn = (vote * 31 + member * 17 + seed * 7 + vote * member * seed) % 11;
            (drawn % 4) as u8
        };
        let rows: Vec<Vec<u8>> = (0..40)
            .map(|vote| (0..8).map(|member| choice(vote, member)).collect())
            .collect();
        let slices: Vec<&[u8]> = rows.iter().map(Vec::as_slice).collect();
        Agreements::of(&SessionVotes::of_rows(&slices))
    }

    #[test]
    fn the_distance_is_the_root_of_the_mean_square_less_what_is_common() {
        let (one, other) = (drawn(1), drawn(2));
        for columns in [&[0, 1, 2, 3, 4, 5, 6, 7][..], &[1, 2, 5], &[6]] {
            let change = |a: usize, b: usize| f64::from(one.rate(a, b) - other.rate(a, b));
            let mean = |of: &dyn Fn(usize) -> f64| {
                columns.iter().map(|c| of(*c)).sum::<f64>() / columns.len() as f64
            };
            let found = distances(&one, &other, columns);
            assert_eq!(found.len(), columns.len());
            for (column, found) in columns.iter().zip(found) {
                let apart = |b: usize| change(*column, b) - mean(&|a| change(a, b));
                let expected = mean(&|b| apart(b) * apart(b)).sqrt();
                assert!(
                    (f64::from(found) - expected).abs() < 2e-3,
                    "{found} {expected}"
                );
            }
        }
    }

    #[test]
    fn a_turn_is_what_the_differences_of_two_profiles_come_to() {
        let (now, usual) = (drawn(3), drawn(5));
        let (columns, others) = ([1, 2, 4, 7], [0, 1, 2, 3, 5, 7]);
        let profiles = Profiles::of(&now, &usual, &columns, &others);
        let mut turned = 0;
        for x in 0..4 {
            for y in (0..4).filter(|y| *y != x) {
                let (a, b) = (columns[x], columns[y]);
                let product = |one: &Agreements, other: &Agreements| {
                    let apart =
                        |of: &Agreements, c: usize| f64::from(of.rate(a, c) - of.rate(b, c));
                    let third = others.iter().filter(|c| ![a, b].contains(c));
                    third
                        .map(|c| apart(one, *c) * apart(other, *c))
                        .sum::<f64>()
                };
                let opposite = -product(&now, &usual);
                let Some(turn) = profiles.turn(x, y, 0.0) else {
                    assert!(opposite < 1e-6, "{opposite}");
                    continue;
                };
                turned += 1;
                let extent = (opposite / 6.0).sqrt();
                let exactness = opposite / (product(&now, &now) * product(&usual, &usual)).sqrt();
                assert!((f64::from(turn.extent) - extent).abs() < 1e-4, "{turn:?}");
                assert!(
                    (f64::from(turn.exactness) - exactness).abs() < 1e-4,
                    "{turn:?}"
                );
            }
        }
        assert!(turned > 1 && turned < 12, "{turned}");
    }
}
