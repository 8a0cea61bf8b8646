//! [`Templates`]: the files of which pages are made.

use std::borrow::Cow;
use std::fs;
use std::path::Path;

use crate::{ReportError, Texts};

pub(crate) const TEXTS: &str = include_str!("../templates/texts.toml");

/// The templates that come with the crate.
const EMBEDDED: [(&str, &str); 6] = [
    ("page.html", include_str!("../templates/page.html")),
    (
        "agreement.html",
        include_str!("../templates/agreement.html"),
    ),
    ("dataset.html", include_str!("../templates/dataset.html")),
    ("parts.html", include_str!("../templates/parts.html")),
    ("style.css", include_str!("../templates/style.css")),
    ("script.js", include_str!("../templates/script.js")),
];

/// The templates of pages, the style sheet, the script and the texts. A file of a folder of one's own goes in place of the one that comes with
/// the crate.
#[derive(Clone, Debug)]
pub struct Templates {
    files: Vec<(&'static str, Cow<'static, str>)>,
    texts: Texts,
}

impl Default for Templates {
    fn default() -> Self {
        let files = EMBEDDED.iter();
        Self {
            files: files
                .map(|(name, text)| (*name, Cow::Borrowed(*text)))
                .collect(),
            texts: Texts::english().clone(),
        }
    }
}

impl Templates {
    /// The files that a folder of templates may hold.
    pub const NAMES: [&'static str; 7] = [
        "page.html",
        "agreement.html",
        "dataset.html",
        "parts.html",
        "style.css",
        "script.js",
        "texts.toml",
    ];

    /// The templates that come with the crate, and those of a folder in place of them.
    ///
    /// # Errors
    ///
    /// [`ReportError`] when the folder cannot be read or holds none of [`Templates::NAMES`], or its texts are not a catalogue.
    pub fn with_folder(folder: impl AsRef<Path>) -> Result<Self, ReportError> {
        let folder = folder.as_ref();
        let mut templates = Self::default();
        let mut found = false;
        let entries = fs::read_dir(folder);
        entries.map_err(|source| ReportError::Unreadable {
            path: folder.to_owned(),
            source,
        })?;
        for name in Self::NAMES {
            let path = folder.join(name);
            if !path.is_file() {
                continue;
            }
            found = true;
            let text = fs::read_to_string(&path).map_err(|source| ReportError::Unreadable {
                path: path.clone(),
                source,
            })?;
            match templates.files.iter_mut().find(|(known, _)| *known == name) {
                Some((_, file)) => *file = Cow::Owned(text),
                None => templates.texts = templates.texts.with(&path, &text)?,
            }
        }
        match found {
            true => Ok(templates),
            false => Err(ReportError::NoTemplate {
                path: folder.to_owned(),
            }),
        }
    }

    /// The texts.
    #[must_use]
    pub const fn texts(&self) -> &Texts {
        &self.texts
    }

    pub(crate) fn get(&self, name: &str) -> &str {
        let file = self.files.iter().find(|(known, _)| *known == name);
        file.map_or("", |(_, text)| text)
    }

    /// The files that are templates: not the style sheet and the script.
    pub(crate) fn pages(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let files = self
            .files
            .iter()
            .filter(|(name, _)| name.ends_with(".html"));
        files.map(|(name, text)| (*name, &**text))
    }
}
