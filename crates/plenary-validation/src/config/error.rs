//! [`ConfigError`]: why a configuration cannot be used.

use plenary_types::BodyId;

use crate::UnknownCheck;

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// It is not TOML of the expected form.
    #[error("{0}")]
    Form(String),
    /// It names a check that does not exist.
    #[error(transparent)]
    UnknownCheck(#[from] UnknownCheck),
    /// A waiver without a reason.
    #[error("a waiver of `{check}` gives no reason")]
    NoReason {
        /// The check that it waives.
        check: String,
    },
    /// A body of which neither the members nor a rule are known.
    #[error(
        "nothing is known of a body `{0}`; name its rule beside it, or a body that `plenary rules` lists"
    )]
    UnknownBody(BodyId),
    /// A rule that is neither one of the library nor a requirement written out.
    #[error(
        "`{0}` is neither a rule that `plenary rules` lists nor a requirement such as `more than 1/2 of members`"
    )]
    UnknownRule(String),
    /// One of these, on a line of the file.
    #[error("line {line}: {error}")]
    At {
        /// The line, from 1.
        line: u64,
        /// What is wrong there.
        error: Box<ConfigError>,
    },
}

impl ConfigError {
    pub(super) fn at(self, line: u64) -> Self {
        let error = Box::new(self);
        Self::At { line, error }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Config;

    #[test]
    fn the_nearest_name_is_offered() {
        let error = Config::default().select(["taly-sum"]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "there is no check `taly-sum`; did you mean `tally-sum`?"
        );
    }

    #[test]
    fn a_name_like_none_has_no_hint() {
        for (name, hint) in [("taly-summ", Some("tally-sum")), ("tall", None)] {
            match Config::default().select([name]) {
                Err(ConfigError::UnknownCheck(unknown)) => assert_eq!(unknown.nearest, hint),
                other => panic!("{other:?}"),
            }
        }
    }
}
