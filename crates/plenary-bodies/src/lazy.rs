//! [`Lazy`]: a table that is read when it is first asked for.

use std::sync::OnceLock;

use crate::read::ReferenceFault;

/// What a table comes to, once it has been read.
#[derive(Debug)]
pub(crate) struct Lazy<T>(OnceLock<T>);

impl<T> Default for Lazy<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Lazy<T> {
    pub(crate) const fn new() -> Self {
        Self(OnceLock::new())
    }

    /// What the table comes to. One that is not checked when it is loaded comes with the crate, and a test reads all of these.
    pub(crate) fn get(&self, read: impl FnOnce() -> (T, Vec<ReferenceFault>)) -> &T {
        self.0.get_or_init(|| {
            let (value, faults) = read();
            debug_assert!(faults.is_empty(), "{faults:?}");
            value
        })
    }

    /// Reads the table now, and says what is wrong with it.
    pub(crate) fn check(
        &self,
        read: impl FnOnce() -> (T, Vec<ReferenceFault>),
    ) -> Vec<ReferenceFault> {
        let (value, faults) = read();
        // Another thread may have read it before: it is the same.
        let _ = self.0.set(value);
        faults
    }
}
