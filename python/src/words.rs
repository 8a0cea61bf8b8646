//! [`Words`]: what the command says, in the words of Python.

use std::borrow::Cow;
use std::path::MAIN_SEPARATOR;
use std::sync::Arc;

use plenary::analysis::table::{Column, Table, Values};
use plenary_cli::ArgumentKind;
use pyo3::prelude::*;
use rustc_hash::FxHashMap;

/// How options are called in Python, and the folder whose files are called by their names alone.
pub(crate) struct Words {
    /// By the name of an option, what it is called.
    options: FxHashMap<String, String>,
    folder: Option<String>,
}

impl Words {
    pub(crate) fn new(py: Python<'_>, folder: Option<String>) -> PyResult<Self> {
        let is_keyword = py.import("keyword")?.getattr("iskeyword")?;
        let mut options = FxHashMap::default();
        for question in plenary_cli::questions() {
            for option in question.arguments.into_iter().filter(|a| !a.is_input) {
                let mut name = option.name.replace('-', "_");
                if is_keyword.call1((&name,))?.extract()? {
                    name.push('_');
                }
                name.push_str(match option.kind {
                    ArgumentKind::Flag => "=True",
                    _ => "=",
                });
                options.insert(option.name, name);
            }
        }
        let folder = folder.map(|folder| format!("{folder}{MAIN_SEPARATOR}"));
        Ok(Self { options, folder })
    }

    /// A text with options under the names that they have in Python: `by=` for `--by`. Quoted commands stay as they are.
    pub(crate) fn in_python(&self, text: &str) -> String {
        let text = self.without_folder(text);
        let mut parts = Vec::new();
        for (at, part) in text.split('`').enumerate() {
            let is_quoted = at % 2 == 1;
            parts.push(match is_quoted && part.starts_with("plenary ") {
                true => Cow::Borrowed(part),
                false => Cow::Owned(self.renamed(part, is_quoted)),
            });
        }
        parts.join("`")
    }

    fn renamed(&self, text: &str, is_quoted: bool) -> String {
        let mut renamed = String::new();
        let mut rest = text;
        while let Some(at) = rest.find("--") {
            let (before, from) = rest.split_at(at);
            renamed.push_str(before);
            let name = from.trim_start_matches("--");
            let end = name.find(|c: char| !c.is_ascii_lowercase() && c != '-');
            let (name, after) = name.split_at(end.unwrap_or(name.len()));
            let begins = !before.ends_with(|c: char| c.is_alphanumeric() || c == '-');
            match self.options.get(name).filter(|_| begins) {
                Some(option) => {
                    renamed.push_str(option);
                    let after_sign = after.strip_prefix('=').unwrap_or(after);
                    // An option with its value is one word: `by=year` for `--by year`.
                    let takes_value = is_quoted && option.ends_with('=');
                    let value = after_sign.strip_prefix(' ').filter(|_| takes_value);
                    rest = value.unwrap_or(after_sign);
                }
                None => {
                    renamed.push_str("--");
                    rest = from.split_at(2).1;
                }
            }
        }
        renamed.push_str(rest);
        renamed
    }

    pub(crate) fn without_folder<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match &self.folder {
            Some(folder) if text.contains(folder) => Cow::Owned(text.replace(folder, "")),
            _ => Cow::Borrowed(text),
        }
    }

    pub(crate) fn table_without_folder(&self, table: Table) -> Table {
        if self.folder.is_none() {
            return table;
        }
        let columns = table.columns().iter().map(|column| match column.values() {
            Values::Labels(labels, codes) => {
                let labels = labels.iter();
                let labels = labels.map(|label| self.without_folder(label).into_owned());
                let labels: Vec<String> = labels.collect();
                Column::coded(column.name(), Arc::from(labels), codes.clone())
            }
            _ => column.clone(),
        });
        let cut = Table::new(columns.collect());
        let metadata = table.metadata().iter();
        metadata.fold(cut, |cut, (key, value)| {
            cut.with(key, self.without_folder(value))
        })
    }
}
