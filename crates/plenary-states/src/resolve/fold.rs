//! Folding: one key for all the ways in which a name is written.
//!
//! The key keeps the words of a name and forgets how they were set down: case, accents, apostrophes,
//! brackets, word order, articles and connectives, the usual abbreviations, and footnote marks. So
//! `Korea, Republic of`, `REPUBLIC OF KOREA (the)` and `Rep. of Korea¹` have one key.

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
    Folded::new(text).map(|folded| folded.key().as_str().to_owned())
}

/// The letters of a text in lower case, without accents, its words separated by spaces and as long or short as they are
/// written; `None` when it is too long to be a name.
#[allow(dead_code, reason = "the build script files whole words only")]
pub(crate) fn plain(text: &str) -> Option<Letters> {
    let mut plain = Reader::default();
    plain.read(text)?;
    Some(plain.letters)
}

/// A name taken apart into normalised words. Lives on the stack.
#[derive(Clone)]
pub(crate) struct Folded {
    letters: Letters,
    words: [(u8, u8); WORDS],
    count: usize,
    lossy: bool,
}

/// Letters of a folded text, words separated by single spaces.
#[derive(Clone)]
pub(crate) struct Letters {
    bytes: [u8; CAPACITY],
    len: usize,
}

impl Letters {
    const fn new() -> Self {
        Self {
            bytes: [0; CAPACITY],
            len: 0,
        }
    }

    fn push(&mut self, bytes: &[u8]) -> Option<()> {
        let end = self.len + bytes.len();
        self.bytes.get_mut(self.len..end)?.copy_from_slice(bytes);
        self.len = end;
        Some(())
    }

    #[inline]
    fn push_byte(&mut self, byte: u8) -> Option<()> {
        *self.bytes.get_mut(self.len)? = byte;
        self.len += 1;
        Some(())
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }

    pub(crate) fn as_str(&self) -> &str {
        std::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }
}

impl Folded {
    /// Takes a text apart; `None` when it is too long to be a name or holds no word.
    pub(crate) fn new(text: &str) -> Option<Self> {
        let mut plain = Reader::default();
        plain.read(text)?;
        let mut folded = Self {
            letters: Letters::new(),
            words: [(0, 0); WORDS],
            count: 0,
            lossy: false,
        };
        folded.add_words(plain.letters.as_bytes())?;
        (folded.count > 0).then_some(folded)
    }

    /// The words in alphabetical order: the key under which spellings are filed.
    pub(crate) fn key(&self) -> Letters {
        let mut words = self.words;
        if let Some(words) = words.get_mut(..self.count) {
            words.sort_unstable_by(|a, b| self.word(*a).cmp(self.word(*b)));
        }
        self.join(&words, b" ")
    }

    /// The words in the order of the text, without spaces.
    pub(crate) fn glued(&self) -> Letters {
        self.join(&self.words, b"")
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

    fn join(&self, words: &[(u8, u8); WORDS], separator: &[u8]) -> Letters {
        let mut joined = Letters::new();
        for (i, word) in words.iter().take(self.count).enumerate() {
            // It fits: the words came out of a buffer of the same size, separators included.
            let _ = (i > 0).then(|| joined.push(separator));
            let _ = joined.push(self.word(*word));
        }
        joined
    }

    fn word(&self, (at, len): (u8, u8)) -> &[u8] {
        let at = usize::from(at);
        self.letters
            .bytes
            .get(at..at + usize::from(len))
            .unwrap_or_default()
    }

    fn add_words(&mut self, plain: &[u8]) -> Option<()> {
        let mut initials = [0; WORDS];
        let mut run = 0;
        let words = || plain.split(|b| *b == b' ').filter(|w| !w.is_empty());
        if words().next().is_some_and(is_preposition) {
            return None;
        }
        for word in words() {
            if let [letter] = word {
                *initials.get_mut(run)? = *letter;
                run += 1;
            } else {
                self.add_initials(initials.get(..run)?)?;
                run = 0;
                self.add(word)?;
            }
        }
        self.add_initials(initials.get(..run)?)
    }

    /// `U S A` is one word. A lone letter is a point of the compass, a connective or a footnote mark.
    fn add_initials(&mut self, initials: &[u8]) -> Option<()> {
        match initials {
            b"n" => self.add(b"north"),
            b"s" => self.add(b"south"),
            b"w" => self.add(b"west"),
            b"e" => self.add(b"east"),
            b"c" => self.add(b"central"),
            [] => Some(()),
            [letter] => {
                self.lossy |= !is_connective(&[*letter]);
                Some(())
            }
            several => self.add(several),
        }
    }

    fn add(&mut self, word: &[u8]) -> Option<()> {
        if is_connective(word) {
            return Some(());
        }
        for word in expanded(word).split(|b| *b == b' ') {
            let at = self.letters.len;
            self.letters.push(word)?;
            self.letters.push(b" ")?;
            *self.words.get_mut(self.count)? =
                (u8::try_from(at).ok()?, u8::try_from(word.len()).ok()?);
            self.count += 1;
        }
        Some(())
    }
}

/// Words that carry no part of a name in English, French, Spanish, Portuguese, German, the Scandinavian
/// languages and Russian.
pub(crate) fn is_connective(word: &[u8]) -> bool {
    matches!(
        word,
        b"the"
            | b"of"
            | b"and"
            | b"de"
            | b"du"
            | b"des"
            | b"d"
            | b"l"
            | b"la"
            | b"le"
            | b"les"
            | b"et"
            | b"y"
            | b"el"
            | b"los"
            | b"las"
            | b"del"
            | b"da"
            | b"do"
            | b"dos"
            | b"das"
            | b"und"
            | b"von"
            | b"der"
            | b"die"
            | b"og"
            | b"och"
    ) || word == "и".as_bytes()
}

/// Words that join two parts of a name: a text that begins with one is a piece of something, or is in
/// a language in which the word is another (`Dél-Szudán` is South Sudan).
fn is_preposition(word: &[u8]) -> bool {
    matches!(
        word,
        b"of"
            | b"and"
            | b"de"
            | b"du"
            | b"des"
            | b"et"
            | b"y"
            | b"del"
            | b"da"
            | b"do"
            | b"dos"
            | b"das"
    )
}

/// The full form of an abbreviated word; forms that differ only in number are one.
fn expanded(word: &[u8]) -> &[u8] {
    match word {
        b"rep" | b"repub" => b"republic",
        b"dem" => b"democratic",
        b"fed" => b"federal",
        b"utd" => b"united",
        b"st" | b"ste" | b"sainte" => b"saint",
        b"is" | b"isl" | b"isls" | b"isd" | b"isds" | b"islands" => b"island",
        b"ppl" | b"ppls" | b"peoples" => b"people",
        b"ssr" => b"soviet socialist republic",
        b"soc" => b"socialist",
        b"terr" => b"territory",
        other => other,
    }
}

/// Reads a text into lower-case letters and single spaces.
#[derive(Default)]
struct Reader {
    letters: Letters,
    /// Letters since the last separator.
    word: usize,
    /// Letters since the last separator or full stop.
    stretch: usize,
}

impl Default for Letters {
    fn default() -> Self {
        Self::new()
    }
}

impl Reader {
    fn read(&mut self, text: &str) -> Option<()> {
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            match c {
                'a'..='z' | 'A'..='Z' => self.ascii_letter((c as u8).to_ascii_lowercase())?,
                '.' if self.stretch == 1 && starts_with_initial(chars.as_str()) => self.stretch = 0,
                '/' if self.word == 1 => self.forget_letter(),
                '\'' | '’' | '‘' | '`' | '´' | 'ʼ' | 'ʻ' | '′' | '‛' => {
                    if !is_possessive(chars.as_str()) {
                        self.separate()?;
                    } else if self.word == 0 {
                        chars.next();
                    }
                }
                _ if c.is_ascii() => self.separate()?,
                _ => self.foreign(c)?,
            }
        }
        Some(())
    }

    fn letter(&mut self, c: char) -> Option<()> {
        self.word += 1;
        self.stretch += 1;
        self.letters.push(c.encode_utf8(&mut [0; 4]).as_bytes())
    }

    #[inline]
    fn ascii_letter(&mut self, letter: u8) -> Option<()> {
        self.word += 1;
        self.stretch += 1;
        self.letters.push_byte(letter)
    }

    fn separate(&mut self) -> Option<()> {
        self.stretch = 0;
        if self.word > 0 {
            self.word = 0;
            self.letters.push_byte(b' ')?;
        }
        Some(())
    }

    /// A lone letter before a slash is the mark of a footnote, as in `Belarus a/`.
    fn forget_letter(&mut self) {
        self.word = 0;
        self.stretch = 0;
        while self.letters.as_bytes().last().is_some_and(|b| *b != b' ') {
            self.letters.len -= 1;
        }
    }

    fn foreign(&mut self, c: char) -> Option<()> {
        if let Some(letter) = plain_letter(c) {
            return self.letter(letter);
        }
        let mut done = Some(());
        decompose_compatible(c, |part| {
            for lower in part.to_lowercase() {
                done = done.and_then(|()| self.part(lower));
            }
        });
        done
    }

    fn part(&mut self, c: char) -> Option<()> {
        match c {
            'ß' => self.letter('s').and_then(|()| self.letter('s')),
            'æ' => self.letter('a').and_then(|()| self.letter('e')),
            'œ' => self.letter('o').and_then(|()| self.letter('e')),
            'þ' => self.letter('t').and_then(|()| self.letter('h')),
            'ø' => self.letter('o'),
            'đ' | 'ð' => self.letter('d'),
            'ł' => self.letter('l'),
            'ı' => self.letter('i'),
            'ة' => self.letter('ه'),
            'ى' => self.letter('ي'),
            'ـ' => Some(()),
            _ if is_accent(c) || is_invisible(c) => Some(()),
            _ if c.is_alphabetic() || is_combining_mark(c) => self.letter(c),
            _ => self.separate(),
        }
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
