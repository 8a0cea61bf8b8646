//! Profiles: how often a member agrees with each of the others.

use super::agreement::{ALL, Agreements, Rate};

/// How far the profile of each member in one session is from that in another (root of the mean square), when what changed
/// for everybody is taken out: some sessions divide the Assembly more than others.
pub(super) fn distances(one: &Agreements, other: &Agreements, columns: &[usize]) -> Vec<f32> {
    let width = one.width().min(other.width());
    let counted = mask(columns, width);
    let changes = |a: &usize| {
        let (one, other) = (one.rates_of(*a).iter(), other.rates_of(*a).iter());
        one.zip(other).map(|(one, other)| one - other)
    };
    let mut sums = vec![0i32; width];
    for column in columns {
        for (sum, change) in sums.iter_mut().zip(changes(column)) {
            *sum += i32::from(change);
        }
    }
    let count = columns.len().max(1) as i32;
    let common: Vec<Rate> = sums.into_iter().map(|sum| (sum / count) as Rate).collect();
    let distance = |column: &usize| {
        let apart = changes(column).zip(&common).zip(&counted);
        let squares = apart.map(|((change, common), counted)| {
            let apart = i32::from((change - common) & counted);
            apart * apart
        });
        let mean = squares.sum::<i32>() as f32 / count as f32;
        mean.sqrt() / f32::from(ALL)
    };
    columns.iter().map(distance).collect()
}

/// All bits for each of these columns, none for the others.
fn mask(columns: &[usize], width: usize) -> Vec<Rate> {
    let mut mask = vec![0; width];
    for column in columns {
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
    width: usize,
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
        let width = now.width().min(usual.width());
        let counted = mask(others, width);
        let gathered = |of: &Agreements| {
            let rows = columns.iter().flat_map(|column| {
                let rates = of.rates_of(*column).iter().zip(&counted);
                rates.map(|(rate, counted)| rate & counted)
            });
            rows.collect()
        };
        Self {
            columns,
            others: others.len(),
            width,
            now: gathered(now),
            usual: gathered(usual),
        }
    }

    /// How what tells two members apart is turned round from one session to the other, if it is: the members by their
    /// places among the columns.
    pub(super) fn turn(&self, x: usize, y: usize) -> Option<Turn> {
        let [a, b] = [x, y].map(|x| Self::row(&self.now, x, self.width));
        let [c, d] = [x, y].map(|x| Self::row(&self.usual, x, self.width));
        let turned = -self.product([x, y], [a, b], [c, d]);
        let extent = (turned.max(0.0) / self.others.max(1) as f32).sqrt() / f32::from(ALL);
        (extent > 0.0).then(|| {
            let sizes = self.product([x, y], [a, b], [a, b]) * self.product([x, y], [c, d], [c, d]);
            Turn {
                extent,
                exactness: turned / sizes.sqrt(),
            }
        })
    }

    fn row(rates: &[Rate], x: usize, width: usize) -> &[Rate] {
        rates.get(x * width..(x + 1) * width).unwrap_or_default()
    }

    /// The sum of the products of what tells two members apart, over all others.
    fn product(&self, pair: [usize; 2], [a, b]: [&[Rate]; 2], [c, d]: [&[Rate]; 2]) -> f32 {
        let all = a.iter().zip(b).zip(c.iter().zip(d));
        let one = |((a, b), (c, d)): ((&Rate, &Rate), (&Rate, &Rate))| {
            i32::from(a - b) * i32::from(c - d)
        };
        let sum: i32 = all.map(one).sum();
        let own = pair.iter().filter_map(|x| {
            let z = *self.columns.get(*x)?;
            Some(one(((a.get(z)?, b.get(z)?), (c.get(z)?, d.get(z)?))))
        });
        (sum - own.sum::<i32>()) as f32
    }
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
