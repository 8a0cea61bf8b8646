//! Stretches of time in which every name means the same.

use std::sync::OnceLock;

use chrono::NaiveDate;

use crate::entity::entities;
use crate::tables::{CLAIMS, stamp};

/// A number for the stretch of time around a day in which no name or code changes its meaning: for two
/// days with the same number, [`resolve`](crate::resolve) and [`resolve_code`](crate::resolve_code)
/// answer alike, whatever they are asked.
///
/// For callers that resolve the same list again and again, and would rather do so once a stretch.
///
/// ```
/// use chrono::NaiveDate;
/// use plenary_states::naming_period;
///
/// let period = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).map(naming_period);
/// assert_eq!(period(2018, 12, 19), period(2018, 12, 20));
/// assert_ne!(period(1991, 12, 23), period(1991, 12, 24));
/// ```
#[must_use]
pub fn naming_period(day: NaiveDate) -> u32 {
    let day = stamp(day);
    let before = edges().partition_point(|&edge| edge <= day);
    u32::try_from(before).unwrap_or(u32::MAX)
}

/// Every day on which a name or a code begins or ceases to mean somebody, as stamps in order.
fn edges() -> &'static [i32] {
    static EDGES: OnceLock<Vec<i32>> = OnceLock::new();
    EDGES.get_or_init(|| {
        let claims = CLAIMS.iter().flat_map(|claim| [claim.from, claim.to]);
        let lives = entities().flat_map(|entity| entity.lives().iter());
        let lives = lives.flat_map(|life| [stamp(life.from), life.to.map_or(i32::MAX, stamp)]);
        let mut edges: Vec<i32> = claims.chain(lives).collect();
        edges.sort_unstable();
        edges.dedup();
        edges
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{entity, resolve};

    #[test]
    fn names_mean_the_same_within_a_period() {
        let start = NaiveDate::from_ymd_opt(1945, 10, 24).unwrap();
        let days: Vec<NaiveDate> = start.iter_days().take(365 * 80).step_by(11).collect();
        let names = [
            "USSR",
            "CONGO",
            "Germany",
            "SYRIA",
            "Burma",
            "Yugoslavia",
            "CHINA",
            "Zaire",
        ];
        for pair in days.windows(2) {
            if naming_period(pair[0]) == naming_period(pair[1]) {
                for name in names {
                    assert_eq!(
                        resolve(name, Some(pair[0])),
                        resolve(name, Some(pair[1])),
                        "{name} {pair:?}"
                    );
                }
                for entity in
                    ["SYR", "SUN", "DDR"].map(|code| entity(code.parse().unwrap()).unwrap())
                {
                    assert_eq!(entity.exists_on(pair[0]), entity.exists_on(pair[1]));
                }
            }
        }
    }
}
