//! [`Invariant`]: what the code itself promises.

/// A value that is there because of how the code around it is made. Where it is not, the error is in the program, and no input is to
/// blame: a debug build panics with the reason why it should be there, any other goes on with the empty value.
///
/// What may be missing in a right program, as an optional field, is no invariant: `unwrap_or_default` says that.
///
/// ```
/// use plenary_types::Invariant;
///
/// let text = "yes;no";
/// let at = text.find(';').unwrap_or(text.len());
/// assert_eq!(text.get(..at).invariant("a separator was found there"), "yes");
/// ```
pub trait Invariant {
    /// What is there.
    type Value;

    /// The value, of which `why` says why it is there.
    fn invariant(self, why: &str) -> Self::Value;
}

impl<T: Default> Invariant for Option<T> {
    type Value = T;

    #[inline]
    #[track_caller]
    fn invariant(self, why: &str) -> T {
        debug_assert!(self.is_some(), "a value is missing, although {why}");
        self.unwrap_or_default()
    }
}

impl<T: Default, E> Invariant for Result<T, E> {
    type Value = T;

    #[inline]
    #[track_caller]
    fn invariant(self, why: &str) -> T {
        debug_assert!(self.is_ok(), "a value is missing, although {why}");
        self.unwrap_or_default()
    }
}

/// How many there are of something of which there are fewer than a number of 32 bits holds: participants, votes, rows.
///
/// ```
/// assert_eq!(plenary_types::count([1, 2, 3].len()), 3);
/// ```
#[must_use]
#[track_caller]
pub fn count(length: usize) -> u32 {
    let count = u32::try_from(length);
    debug_assert!(count.is_ok(), "{length} is beyond 32 bits");
    count.unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_the_value() {
        assert_eq!(Some(3).invariant("it was counted"), 3);
        assert_eq!(Ok::<_, ()>("yes").invariant("it was read"), "yes");
        assert_eq!(count(7), 7);
    }

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic(expected = "a value is missing, although it was counted")]
    fn what_is_missing_is_loud() {
        let _ = None::<u32>.invariant("it was counted");
    }
}
