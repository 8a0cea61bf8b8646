//! Members that for one session vote unlike themselves.

use super::profile::distances;
use super::thresholds::{FAR, FAR_IN_BESIDE, FAR_IN_USUAL, FEWEST_MEMBERS, FEWEST_OF_OUTLIER};
use super::window::{Window, median};

/// A member whose votes are out of character in one session.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outlier {
    pub(crate) session: u16,
    pub(crate) column: usize,
    /// How far its agreement with the other members is from that in the nearer of the sessions beside, as a share of the votes.
    pub(crate) distance: f32,
    /// The same for the median member.
    pub(crate) usual: f32,
}

/// Members that leave their company in the session, and are back in the next.
pub(super) fn find(window: &Window<'_>) -> Vec<Outlier> {
    let Some([before, after]) = window.sides else {
        return Vec::new();
    };
    let mut columns = window.members(FEWEST_OF_OUTLIER);
    columns.retain(|column| window.is_two_sided(*column));
    if columns.len() < FEWEST_MEMBERS {
        return Vec::new();
    }
    let to_before = distances(window.now, before, &columns);
    let to_after = distances(window.now, after, &columns);
    let nearer = to_before.iter().zip(&to_after).map(|(b, a)| b.min(*a));
    let nearer: Vec<f32> = nearer.collect();
    let usual = median(nearer.clone());
    let asked = FAR.max(FAR_IN_USUAL * usual);
    if nearer.iter().all(|distance| *distance <= asked) {
        return Vec::new();
    }
    let between = distances(before, after, &columns);
    let far =
        |(distance, between): (f32, f32)| distance > asked && distance > FAR_IN_BESIDE * between;
    let distances = nearer.into_iter().zip(between);
    let columns = columns.into_iter().zip(distances);
    columns
        .filter(|(_, distances)| far(*distances))
        .map(|(column, (distance, _))| Outlier {
            session: window.session,
            column,
            distance,
            usual,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anomalies::agreement::Agreements;
    use crate::anomalies::history::SessionVotes;

    const VOTES: usize = 40;

    /// A session of forty votes in which two halves of the members differ, and in which the first member votes with the
    /// other half in some of them, after others that it misses.
    fn session(members: usize, foreign: usize, missed: usize) -> SessionVotes {
        let row = |vote: usize| {
            let mut row: Vec<u8> = (0..members).map(|m| (m % 2) as u8).collect();
            row[0] = match vote {
                _ if vote < missed => 3,
                _ if vote < missed + foreign => 1,
                _ => 0,
            };
            row
        };
        let rows: Vec<_> = (0..VOTES).map(row).collect();
        let slices: Vec<&[u8]> = rows.iter().map(Vec::as_slice).collect();
        SessionVotes::of_rows(&slices)
    }

    /// The outliers of the middle one of three sessions, by the foreign votes of the first member in each.
    fn outliers(
        members: usize,
        foreign: [usize; 3],
        missed: [usize; 3],
        sided: bool,
    ) -> Vec<Outlier> {
        let at = |n: usize| session(members, foreign[n], missed[n]);
        let votes = [at(0), at(1), at(2)];
        let [before, now, after] = votes.each_ref().map(Agreements::of);
        find(&Window {
            session: 51,
            votes: &votes[1],
            beside: vec![&votes[0], &votes[2]],
            now: &now,
            usual: before.plus(&after),
            sides: sided.then_some([&before, &after]),
        })
    }

    #[test]
    fn a_member_that_leaves_its_company_and_comes_back_is_an_outlier() {
        for (foreign, expected) in [
            ([0, 0, 0], 0),
            ([0, 40, 0], 1),
            ([0, 10, 0], 1),
            ([0, 6, 0], 0),
            // It has changed sides for good.
            ([0, 40, 40], 0),
            ([40, 40, 0], 0),
            // The sessions beside differ: by more than is asked, and by less.
            ([0, 30, 20], 0),
            ([0, 30, 12], 0),
            ([0, 30, 8], 1),
            ([8, 30, 0], 1),
        ] {
            let found = outliers(40, foreign, [0, 0, 0], true);
            assert_eq!(found.len(), expected, "{foreign:?} {found:?}");
        }
        let [outlier] = outliers(40, [0, 20, 4], [0, 0, 0], true)[..] else {
            panic!("one outlier");
        };
        assert_eq!((outlier.session, outlier.column), (51, 0));
        // It is sixteen votes of forty from the nearer session.
        assert!((outlier.distance - 16.0 / 41.0).abs() < 0.03, "{outlier:?}");
        assert!(outlier.usual < 0.1, "{outlier:?}");
    }

    #[test]
    fn who_hardly_votes_or_has_no_company_is_none() {
        let found = |members, missed, sided| outliers(members, [0, 40, 0], missed, sided).len();
        assert_eq!(found(30, [0, 0, 0], true), 1);
        assert_eq!(found(29, [0, 0, 0], true), 0);
        assert_eq!(found(40, [0, 0, 0], false), 0);
        assert_eq!(found(40, [0, 25, 0], true), 1);
        assert_eq!(found(40, [0, 26, 0], true), 0);
        assert_eq!(found(40, [30, 0, 0], true), 1);
        assert_eq!(found(40, [31, 0, 0], true), 0);
        assert_eq!(found(40, [0, 0, 31], true), 0);
        assert_eq!(found(30, [31, 0, 0], true), 0);
    }
}
