//! [`ReportError`].

use std::path::PathBuf;

/// The reason that a page could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// A file of a template folder cannot be read.
    #[error("{path}: {source}", path = path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A folder of templates has none of the files that make a page.
    #[error("{path}: no template in the folder", path = path.display())]
    NoTemplate {
        /// The folder.
        path: PathBuf,
    },
    /// The text file of a template folder is not TOML with texts by group and key.
    #[error("{path}: not a catalogue of texts: {reason}", path = path.display())]
    Texts {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// A style sheet or a script would end its own element.
    #[error("`{name}` contains `{found}`, which would end it in the page")]
    EndsItself {
        /// The file.
        name: &'static str,
        /// What it contains.
        found: &'static str,
    },
    /// A template cannot be used.
    #[error("template `{name}`{place}: {reason}", place = line.map_or_else(String::new, |line| format!(", line {line}")))]
    Template {
        /// Its file.
        name: String,
        /// The line.
        line: Option<usize>,
        /// What is wrong.
        reason: String,
    },
    /// A browser has not drawn a page.
    #[error("{program}: {reason}", program = program.display())]
    Browser {
        /// The program.
        program: PathBuf,
        /// What went wrong.
        reason: String,
    },
    /// The data could not be written for download.
    #[error("the data of the page could not be written: {0}")]
    Data(String),
}

impl ReportError {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        let help = match self {
            Self::NoTemplate { .. } | Self::Unreadable { .. } => format!(
                "a folder of templates holds one or more of: {}",
                crate::Templates::NAMES.join(", ")
            ),
            Self::Texts { .. } => {
                "write texts as the catalogue of plenary does: `[heading]`, then `claims = \"…\"`"
                    .to_owned()
            }
            Self::EndsItself { .. } => {
                "write it in another way, such as `<\\/script>` in a string".to_owned()
            }
            Self::Template { .. } => {
                "templates are written in the language of Jinja: see docs/report.md".to_owned()
            }
            Self::Browser { .. } => {
                "write the page as HTML and print it from a browser, or name another program"
                    .to_owned()
            }
            Self::Data(_) => return None,
        };
        Some(help)
    }
}

impl From<minijinja::Error> for ReportError {
    fn from(error: minijinja::Error) -> Self {
        // A template that includes another says no more than that; what is wrong is at the end.
        let mut innermost = &error;
        let mut source = std::error::Error::source(&error);
        while let Some(cause) = source {
            if let Some(cause) = cause.downcast_ref::<minijinja::Error>() {
                innermost = cause;
            }
            source = cause.source();
        }
        let detail = innermost.detail().map(|detail| format!(": {detail}"));
        Self::Template {
            name: innermost.name().unwrap_or("page.html").to_owned(),
            line: innermost.line(),
            reason: format!("{}{}", innermost.kind(), detail.unwrap_or_default()),
        }
    }
}
