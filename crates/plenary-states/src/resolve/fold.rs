//! Folding: one key for all the ways in which a name is written.
//!
//! The key keeps the words of a name and forgets how they were set down: case, accents, apostrophes,
//! brackets, word order, articles and connectives, the usual abbreviations, and footnote marks. So
//! `Korea, Republic of`, `REPUBLIC OF KOREA (the)` and `Rep. of Korea¹` have one key.

use std::borrow::Cow;

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Bytes a folded name may have. No name of a state comes near it, so a longer text is not one.
const CAPACITY: usize = 240;
/// Words a folded name may have.
const WORDS: usize = 28;

/// The key of a name, or `None` when the text is too long to be one or holds no word.
///
/// Folding is idempotent: the key of a key is itself.
///
/// ```
/// use plenary_states::fold;
///
/// assert_eq!(fold("Korea, Republic of"), fold("THE REPUBLIC OF KOREA"));
/// assert_eq!(fold("St. Vincent & Grenadines"), fold("Saint Vincent and the Grenadines"));
/// assert_eq!(fold("Côte d’Ivoire*").as_deref(), Some("cote ivoire"));
/// assert_eq!(fold("of the"), None);
/// ```
#[must_use]
pub fn fold(text: &str) -> Option<String> {
    Folded::new(text).map(|folded| folded.key().into_owned())
}

/// The letters of a text in lower case, without accents, its words separated by spaces and as long or short as they are
/// written; `None` when it is too long to be a name.
pub(crate) fn plain(text: &str) -> Option<String> {
    let mut plain = Reader {
        letters: String::with_capacity(text.len().min(CAPACITY) + 1),
        ..Reader::default()
    };
    plain.read(text)?;
    Some(plain.letters)
}

/// A name taken apart into normalised words.
#[derive(Default)]
pub(crate) struct Folded {
    /// The words in the order of the text, with a space between two.
    letters: String,
    count: usize,
    lossy: bool,
}

impl Folded {
    /// Takes a text apart; `None` when it is too long to be a name or holds no word.
    pub(crate) fn new(text: &str) -> Option<Self> {
        let plain = plain(text)?;
        let mut words = plain.split_ascii_whitespace().peekable();
        if words.peek().is_some_and(|word| is_preposition(word)) {
            return None;
        }
        let mut folded = Self {
            letters: String::with_capacity(plain.len() + 8),
            ..Self::default()
        };
        let mut initials = String::new();
        for word in words {
            if word.len() == 1 {
                initials.push_str(word);
            } else {
                folded.add_initials(&initials);
                initials.clear();
                folded.add(word);
            }
        }
        folded.add_initials(&initials);
        let fits = folded.letters.len() <= CAPACITY && folded.count <= WORDS;
        (fits && folded.count > 0).then_some(folded)
    }

    /// The words in alphabetical order: the key under which spellings are filed.
    pub(crate) fn key(&self) -> Cow<'_, str> {
        if self.words().is_sorted() {
            return Cow::Borrowed(&self.letters);
        }
        let mut words: Vec<_> = self.words().collect();
        words.sort_unstable();
        Cow::Owned(words.join(" "))
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.letters.split_ascii_whitespace()
    }

    /// The words in the order of the text, without spaces.
    pub(crate) fn glued(&self) -> String {
        self.letters.replace(' ', "")
    }

    /// Whether a lone letter was taken for a footnote mark and left out.
    #[allow(
        dead_code,
        reason = "the build script files no key of a text that lost a letter"
    )]
    pub(crate) const fn lossy(&self) -> bool {
        self.lossy
    }

    /// How many words there are.
    pub(crate) const fn count(&self) -> usize {
        self.count
    }

    /// `U S A` is one word. A lone letter is a point of the compass, a connective or a footnote mark.
    fn add_initials(&mut self, initials: &str) {
        match initials {
            "n" => self.add("north"),
            "s" => self.add("south"),
            "w" => self.add("west"),
            "e" => self.add("east"),
            "c" => self.add("central"),
            "" => {}
            letter if letter.len() == 1 => self.lossy |= !is_connective(letter),
            several => self.add(several),
        }
    }

    fn add(&mut self, word: &str) {
        if is_connective(word) {
            return;
        }
        for word in expanded(word).split_ascii_whitespace() {
            if self.count > 0 {
                self.letters.push(' ');
            }
            self.letters.push_str(word);
            self.count += 1;
        }
    }
}

/// Words that carry no part of a name in English, French, Spanish, Portuguese, German, the Scandinavian
/// languages and Russian.
pub(crate) fn is_connective(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "of"
            | "and"
            | "de"
            | "du"
            | "des"
            | "d"
            | "l"
            | "la"
            | "le"
            | "les"
            | "et"
            | "y"
            | "el"
            | "los"
            | "las"
            | "del"
            | "da"
            | "do"
            | "dos"
            | "das"
            | "und"
            | "von"
            | "der"
            | "die"
            | "og"
            | "och"
            | "и"
    )
}

/// Words that join two parts of a name: a text that begins with one is a piece of something, or is in
/// a language in which the word is another (`Dél-Szudán` is South Sudan).
fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "of" | "and" | "de" | "du" | "des" | "et" | "y" | "del" | "da" | "do" | "dos" | "das"
    )
}

/// The full form of an abbreviated word; forms that differ only in number are one.
fn expanded(word: &str) -> &str {
    match word {
        "rep" | "repu" => "republic",
        "dem" => "democratic",
        "fed" => "federal",
        "utd" => "united",
        "st" | "ste" | "sainte" => "saint",
        "is" | "isl" | "isls" | "isd" | "isds" | "islands" => "island",
        "ppl" | "ppls" | "peoples" => "people",
        "ssr" => "soviet socialist republic",
        "soc" => "socialist",
        "terr" => "territory",
        other => other,
    }
}

/// Reads a text into lower-case letters and single spaces.
#[derive(Default)]
struct Reader {
    letters: String,
    /// Letters since the last separator.
    word: usize,
    /// Letters since the last separator or full stop.
    stretch: usize,
}

impl Reader {
    fn read(&mut self, text: &str) -> Option<()> {
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            match c {
                'a'..='z' | 'A'..='Z' => self.letter(c.to_ascii_lowercase()),
                '.' if self.stretch == 1 && starts_with_initial(chars.as_str()) => self.stretch = 0,
                '/' if self.word == 1 => self.forget_letter(),
                '\'' | '’' | '‘' | '`' | '´' | 'ʼ' | 'ʻ' | '′' | '‛' => {
                    if !is_possessive(chars.as_str()) {
                        self.separate();
                    } else if self.word == 0 {
                        chars.next();
                    }
                }
                _ if c.is_ascii() => self.separate(),
                _ => self.foreign(c),
            }
            if self.letters.len() > CAPACITY {
                return None;
            }
        }
        Some(())
    }

    #[inline]
    fn letter(&mut self, c: char) {
        self.word += 1;
        self.stretch += 1;
        self.letters.push(c);
    }

    fn separate(&mut self) {
        self.stretch = 0;
        if self.word > 0 {
            self.word = 0;
            self.letters.push(' ');
        }
    }

    /// A lone letter before a slash is the mark of a footnote, as in `Belarus a/`.
    fn forget_letter(&mut self) {
        self.word = 0;
        self.stretch = 0;
        self.letters.pop();
    }

    fn foreign(&mut self, c: char) {
        match plain_letter(c) {
            Some(letter) => self.letter(letter),
            None => decompose_compatible(c, |part| {
                part.to_lowercase().for_each(|lower| self.part(lower));
            }),
        }
    }

    fn part(&mut self, c: char) {
        match c {
            'ß' => self.letters_of("ss"),
            'æ' => self.letters_of("ae"),
            'œ' => self.letters_of("oe"),
            'þ' => self.letters_of("th"),
            'ø' => self.letter('o'),
            'đ' | 'ð' => self.letter('d'),
            'ł' => self.letter('l'),
            'ı' => self.letter('i'),
            'ة' => self.letter('ه'),
            'ى' => self.letter('ي'),
            'ـ' => {}
            _ if is_accent(c) || is_invisible(c) => {}
            _ if c.is_alphabetic() || is_combining_mark(c) => self.letter(c),
            _ => self.separate(),
        }
    }

    fn letters_of(&mut self, text: &str) {
        text.chars().for_each(|letter| self.letter(letter));
    }
}

/// The lower case of a letter that has no accent and no other form: Cyrillic, Arabic and Chinese ones, which
/// need no table.
const fn plain_letter(c: char) -> Option<char> {
    match c {
        'й' | 'Й' => None,
        'а'..='я' | 'ا' | 'ب' | 'ت'..='غ' | 'ف'..='و' | 'ي' | '\u{4e00}'..='\u{9fff}' => {
            Some(c)
        }
        'А'..='Я' => char::from_u32(c as u32 + 32),
        _ => None,
    }
}

/// Marks that Latin, Greek, Cyrillic, Hebrew and Arabic names are written with or without. In other
/// scripts a mark is a part of the word: Hindi would lose its vowels.
const fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}')
}

/// Soft hyphens, joiners, direction marks and the byte order mark.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Whether a single letter follows, as in the rest of `U.S.A.` after a full stop.
fn starts_with_initial(rest: &str) -> bool {
    let mut chars = rest.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && !chars.next().is_some_and(char::is_alphanumeric)
}

/// Whether an apostrophe is followed by an `s` that ends the word.
fn is_possessive(rest: &str) -> bool {
    rest.strip_prefix(['s', 'S'])
        .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}
