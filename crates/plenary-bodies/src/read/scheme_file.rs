//! `groups/SCHEME.toml` as it is written.

use std::collections::BTreeMap;

use plenary_types::BodyId;
use serde::Deserialize;
use toml::Spanned;

use super::fault::ReferenceFault;
use super::file::{Day, check_format, of_toml};
use super::files::Source;

/// What a table of groups does not say.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct SchemeFile {
    format: Spanned<u32>,
    /// Whether somebody can be in several of its groups on a day.
    #[serde(default)]
    pub(crate) overlapping: bool,
    /// The day from which on it is not on record who joined or left.
    pub(crate) known_until: Option<Day>,
    #[serde(default)]
    pub(crate) groups: BTreeMap<Spanned<String>, SchemeGroup>,
}

/// What a table of groups does not say of one of them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct SchemeGroup {
    /// The body whose members are its members, beside the rows of the table.
    pub(crate) roster_of: Option<Spanned<BodyId>>,
    /// Its documents.
    pub(crate) source: Option<String>,
    /// What its users should know.
    pub(crate) note: Option<String>,
}

impl SchemeFile {
    pub(crate) fn read(source: &Source) -> Result<Self, ReferenceFault> {
        let file: Self = toml::from_str(&source.text).map_err(|error| of_toml(source, &error))?;
        check_format(source, &file.format)?;
        Ok(file)
    }
}
