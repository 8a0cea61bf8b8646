//! Members that for one session vote unlike themselves.

use super::fit::{FEWEST_MEMBERS, Window, median};
use super::profile::distances;

/// An outlier is so far from itself in each of the sessions beside, in shares of the votes, in multiples of what is usual for
/// members and of how far these two sessions are from each other; and it voted so often.
const FAR: f32 = 0.18;
const FAR_IN_USUAL: f32 = 3.0;
const FAR_IN_BESIDE: f32 = 1.6;
const FEWEST_OF_OUTLIER: u16 = 15;

/// A member that for one session votes unlike itself.
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
