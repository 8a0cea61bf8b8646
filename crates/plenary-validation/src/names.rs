//! Which printed names were in use when.

use std::sync::LazyLock;

use chrono::NaiveDate;
use plenary_states::{Name, entity, fold};
use plenary_types::{RollEntry, Span, StateCode};

/// Remembers the days on which printed names were in use: lists repeat them thousands of times.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// The last name under which each state was listed.
    last: Vec<Option<(Box<str>, Vec<Span>)>>,
}

impl Names {
    /// Whether the entry carries a recorded name of its state that was not in use on the day.
    pub(crate) fn is_out_of_use(&mut self, entry: &RollEntry, day: NaiveDate) -> bool {
        let (Some(state), Some(name)) = (entry.state(), &entry.name) else {
            return false;
        };
        if self.last.len() <= state.index() {
            self.last.resize(StateCode::COUNT, None);
        }
        let last = self.last.get_mut(state.index());
        debug_assert!(last.is_some(), "{state} is numbered beyond all codes");
        let Some(last) = last else { return false };
        if last.as_ref().is_none_or(|(last, _)| last != name) {
            *last = Some((name.clone(), spans_of(state, name)));
        }
        let spans = last.as_ref().map_or(&[][..], |(_, spans)| spans);
        !spans.is_empty() && !spans.iter().any(|span| span.contains(day))
    }
}

/// The spans of the recorded names of a state that a printed name is a spelling of; none where no source confirms one of
/// them, because a day that is not confirmed grounds no finding.
fn spans_of(state: StateCode, printed: &str) -> Vec<Span> {
    let names: Vec<_> = recorded(state, printed).collect();
    match names.iter().any(|name| name.basis.contains("unverified")) {
        true => Vec::new(),
        false => names.iter().map(|name| name.span).collect(),
    }
}

/// The recorded names of a state that a printed name is a spelling of.
fn recorded(state: StateCode, printed: &str) -> impl Iterator<Item = &'static Name> {
    let names = entity(state).map_or(&[][..], plenary_states::Entity::names);
    let key = fold(printed);
    let same = move |name: &&Name| key.is_some() && fold(name.text) == key;
    names.iter().filter(same)
}

/// Whether a printed name is a spelling of a recorded name of the state, at whatever time.
pub(crate) fn is_recorded(state: StateCode, printed: &str) -> bool {
    recorded(state, printed).next().is_some()
}

/// The number of the days between two renamings in which a day lies: on two days of one number the same names are in use.
pub(crate) fn epoch_of(day: NaiveDate) -> usize {
    static DAYS: LazyLock<Vec<NaiveDate>> = LazyLock::new(|| {
        let mut days: Vec<_> = days_of_renaming().collect();
        days.sort_unstable();
        days.dedup();
        days
    });
    DAYS.partition_point(|renaming| *renaming <= day)
}

/// Days on which some name came into use or went out of it.
fn days_of_renaming() -> impl Iterator<Item = NaiveDate> {
    let names = plenary_states::entities().flat_map(|entity| entity.names());
    names
        .flat_map(|name| [Some(name.span.from), name.span.to])
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_recorded_of_a_state_that_ever_bore_it() {
        let recorded = |state: &str, name| is_recorded(state.parse().unwrap(), name);
        assert!(recorded("MMR", "Burma") && recorded("MMR", "MYANMAR"));
        assert!(!recorded("MMR", "PERU") && !recorded("MMR", ""));
    }

    #[test]
    fn a_renaming_is_a_day_of_change() {
        let renamed = "1984-08-04".parse().unwrap();
        assert!(days_of_renaming().any(|day| day == renamed), "Burkina Faso");
    }

    #[test]
    fn a_name_is_judged_by_its_days_and_its_spelling() {
        let mut names = Names::default();
        let mut judge = |state: &str, name: &str, day: &str| {
            let entry = RollEntry {
                name: Some(name.into()),
                ..RollEntry::from_state(state.parse().unwrap())
            };
            names.is_out_of_use(&entry, day.parse().unwrap())
        };
        assert!(judge("MMR", "MYANMAR", "1983-11-02"));
        assert!(!judge("MMR", "BURMA", "1983-11-02"));
        assert!(!judge("MMR", "MYANMAR", "1995-11-02"));
        assert!(!judge("PER", "PERU", "1946-11-02"));
        // No source confirms the day of this renaming, nor that the Organization went by it.
        assert!(!judge("MNG", "MONGOLIA", "1961-11-02"));
        assert!(!judge(
            "PER",
            "a spelling that nobody recorded",
            "1946-11-02"
        ));
    }
}
