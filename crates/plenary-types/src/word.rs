//! [`Word`]: a word of a vocabulary that others own, kept as it stands.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::{LazyLock, PoisonError, RwLock};

/// A word that a source uses and that is none of those known here. It is kept as it stands and written back; nothing follows from
/// it.
///
/// Copying one copies a reference: each distinct text is kept once, until the process ends. As many as
/// [`Word::MAX_WORDS`] are kept, so that no input can fill the memory with them.
///
/// ```
/// use plenary_types::{Mode, Word};
///
/// assert_eq!("recorded".parse(), Ok(Mode::Recorded));
/// assert_eq!("by lot".parse(), Ok(Mode::Other(Word::new("by lot")?)));
/// assert!(Word::new(" ").is_err());
/// # Ok::<(), plenary_types::WordError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word(&'static &'static str);

/// Why a text is not a [`Word`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WordError {
    /// Nothing can be seen of it.
    #[error("an empty text is not a word")]
    Empty,
    /// It is longer than any word of a vocabulary.
    #[error(
        "`{}` is too long: {bytes} bytes, at most {}",
        crate::brief(found),
        Word::MAX_BYTES
    )]
    TooLong {
        /// The text that was refused.
        found: String,
        /// Its length.
        bytes: usize,
    },
    /// It has a character that breaks the line.
    #[error("`{}` has a control character", crate::marked(found))]
    Control {
        /// The text that was refused.
        found: String,
    },
    /// More different words were read than are kept.
    #[error("more than {} different unknown words were read", Word::MAX_WORDS)]
    Full,
}

/// The words by their texts. The hasher is seeded at random: the texts come from inputs.
static WORDS: LazyLock<RwLock<HashMap<&'static str, Word>>> = LazyLock::new(RwLock::default);

impl Word {
    /// How long a word may be.
    pub const MAX_BYTES: usize = 200;
    /// How many different words are kept.
    pub const MAX_WORDS: usize = 100_000;

    /// A word.
    ///
    /// # Errors
    ///
    /// [`WordError`] when nothing can be seen of the text, when it is longer than [`Word::MAX_BYTES`] or has control
    /// characters, and when [`Word::MAX_WORDS`] others are kept already.
    pub fn new(text: &str) -> Result<Self, WordError> {
        let found = || text.chars().take(Self::MAX_BYTES).collect();
        if text
            .chars()
            .all(|c| c.is_whitespace() || crate::is_invisible(c))
        {
            return Err(WordError::Empty);
        }
        if text.len() > Self::MAX_BYTES {
            let bytes = text.len();
            return Err(WordError::TooLong {
                found: found(),
                bytes,
            });
        }
        if text.chars().any(char::is_control) {
            return Err(WordError::Control { found: found() });
        }
        let words = WORDS.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = words.get(text) {
            return Ok(*known);
        }
        drop(words);
        let mut words = WORDS.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = words.get(text) {
            return Ok(*known);
        }
        if words.len() >= Self::MAX_WORDS {
            return Err(WordError::Full);
        }
        let kept: &'static str = Box::leak(Box::from(text));
        let word = Self(Box::leak(Box::new(kept)));
        words.insert(kept, word);
        Ok(word)
    }

    /// The word as it stands.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl FromStr for Word {
    type Err = WordError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::new(text)
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

impl fmt::Debug for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.0, f)
    }
}

crate::text::serde_as_text!(Word);

/// Defines a vocabulary that others may add to: words that are known, each with its spelling, and any other as it stands.
macro_rules! vocabulary {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $($(#[$doc:meta])* $variant:ident = $word:literal,)+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$doc])* $variant,)+
            /// A word of the source that is none of these: kept as it stands; nothing follows from it.
            Other($crate::Word),
        }

        impl $name {
            /// The words that are known.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),+];

            /// The word used in documents.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                    Self::Other(word) => word.as_str(),
                }
            }

            /// The word, where it is none of those that are known.
            #[must_use]
            pub const fn unknown(self) -> Option<$crate::Word> {
                match self {
                    Self::Other(word) => Some(word),
                    _ => None,
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::WordError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => $crate::Word::new(text).map(Self::Other),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        $crate::text::serde_as_text!($name);
    };
}
pub(crate) use vocabulary;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_kept_once_and_as_it_stands() {
        let one = Word::new("Held Nongermane").unwrap();
        let again = Word::new("Held Nongermane").unwrap();
        assert!(std::ptr::eq(one.as_str(), again.as_str()));
        assert_eq!(
            format!("{one} {one:?}"),
            "Held Nongermane \"Held Nongermane\""
        );
        let json = serde_json::to_string(&one).unwrap();
        assert_eq!(serde_json::from_str::<Word>(&json).unwrap(), one);
    }

    #[test]
    fn what_cannot_be_printed_in_a_line_is_refused() {
        for text in ["", " ", "\u{200b}"] {
            assert_eq!(Word::new(text), Err(WordError::Empty), "{text:?}");
        }
        assert!(matches!(Word::new("a\nb"), Err(WordError::Control { .. })));
        let long = "ä".repeat(101);
        let error = Word::new(&long).unwrap_err();
        assert!(
            matches!(error, WordError::TooLong { bytes: 202, .. }),
            "{error}"
        );
        assert!(Word::new(&"a".repeat(Word::MAX_BYTES)).is_ok());
    }

    #[test]
    fn threads_that_meet_the_same_words_agree() {
        let read = || (0..500).map(|n| Word::new(&format!("word {n}")).unwrap());
        let lists: Vec<Vec<Word>> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| read().collect())).collect();
            threads.into_iter().map(|t| t.join().unwrap()).collect()
        });
        for list in &lists {
            let same = list.iter().zip(&lists[0]);
            assert!(
                same.into_iter()
                    .all(|(a, b)| std::ptr::eq(a.as_str(), b.as_str()))
            );
        }
    }
}
