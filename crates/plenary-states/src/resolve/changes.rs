//! When a text begins and ceases to mean somebody.

use chrono::NaiveDate;

use crate::resolve::found::Found;
use crate::resolve::lookup;
use crate::rows::code::CodeSystem;
use crate::rows::spelling::Claim;

/// Every day on which a name or a code may begin or cease to mean somebody, in order: between two of them
/// a [`Resolver`](crate::Resolver) answers alike on all days, and so it does before the first and from the last one on.
///
/// For callers that ask the same again and again, and would rather do so once a stretch. A text that never meant anybody has
/// no such days.
///
/// ```
/// use chrono::NaiveDate;
/// use plenary_states::days_of_change;
///
/// let dissolved = NaiveDate::from_ymd_opt(1991, 12, 24).unwrap();
/// assert!(days_of_change("USSR").contains(&dissolved));
/// assert!(!days_of_change("PERU").contains(&dissolved));
/// assert!(days_of_change("Atlantis").is_empty());
/// ```
#[must_use]
pub fn days_of_change(text: &str) -> Vec<NaiveDate> {
    let Found { exact, folded } = Found::new(text.trim());
    let codes = CodeSystem::ALL.map(|system| lookup::code(system, text));
    let spellings = [exact, folded].into_iter().chain(codes).flatten();
    let claims = spellings.flat_map(|spelling| spelling.claims());
    let mut days: Vec<NaiveDate> = claims.flat_map(changes_of).collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// The days on which a claim begins and has ended, and those on which its entity did.
fn changes_of(claim: &Claim) -> impl Iterator<Item = NaiveDate> {
    let spans = claim.entity().lives().iter().chain([&claim.span]);
    let ends = spans.flat_map(|span| [Some(span.from), span.to]);
    ends.flatten().filter(|day| *day > NaiveDate::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::entity::entities;
    use crate::resolve::resolver::{Resolver, resolve};
    use crate::rows::{CODES, EXACT, FOLDED};

    /// Every day on which anything changes, and the day before it.
    fn days() -> Vec<NaiveDate> {
        let spellings = EXACT.iter().chain(&FOLDED).chain(&CODES);
        let claims = spellings.flat_map(|spelling| spelling.claims());
        let changes = claims.flat_map(changes_of);
        let mut days: Vec<_> = changes
            .flat_map(|day| [day.pred_opt(), Some(day)])
            .flatten()
            .collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    /// Holds that between its days of change the answers on a text stay the same.
    fn hold<T: PartialEq + std::fmt::Debug>(
        text: &str,
        days: &[NaiveDate],
        answer: impl Fn(NaiveDate) -> T,
    ) {
        let changes = days_of_change(text);
        assert!(changes.is_sorted());
        let mut before = None;
        for &day in days {
            let here = (
                changes.partition_point(|change| *change <= day),
                answer(day),
            );
            if let Some((stretch, told)) = before
                && stretch == here.0
            {
                assert_eq!(told, here.1, "{text} {day}");
            }
            before = Some(here);
        }
    }

    #[test]
    fn between_its_days_of_change_a_text_means_the_same() {
        let days = days();
        // Each text on a part of the days: all of them on all take a minute.
        let parts: Vec<_> = days.chunks(days.len().div_ceil(24)).collect();
        let mut parts = parts.into_iter().cycle();
        for spelling in EXACT.iter().chain(&FOLDED) {
            let text = spelling.text();
            hold(text, parts.next().unwrap(), |day| resolve(text, Some(day)));
        }
        for spelling in &CODES {
            let (system, code) = spelling.text().split_once(':').unwrap();
            let codes = Resolver::new().codes(system.parse().unwrap());
            let answer = |day| codes.on(day).resolve(code);
            hold(code, parts.next().unwrap(), answer);
        }
        for entity in entities() {
            let code = entity.code().to_string();
            hold(&code, &days, |day| entity.exists_on(day));
        }
    }

    #[test]
    fn it_may_be_written_in_any_way_that_is_understood() {
        let changes = days_of_change("USSR");
        assert!(changes.len() > 1);
        for text in ["ussr", " U.S.S.R. ", "SUN"] {
            assert!(
                changes.iter().all(|day| days_of_change(text).contains(day)),
                "{text}"
            );
        }
    }
}
