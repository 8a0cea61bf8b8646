//! [`Symbol`]: the reference under which a United Nations document is issued.

mod grammar;

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::sync::Arc;

use crate::{BodyId, Session};

/// A parsed document symbol that prints back exactly as it was written.
///
/// Two symbols are equal when their *normal forms* are: no spaces, the customary capitals, the part of a
/// composite resolution in brackets at the end. So `217 A (III)`, `A/RES/217 (III) A` and
/// `A/RES/217(III)[A]` are one symbol, each printing as it stands in its source.
///
/// Grammar: UN Editorial Manual (system of identification) and the Library's research guides;
/// Assembly resolutions of the sessions 1 to 30 (special to S-VII, emergency to ES-V) carry a running
/// number and the session in roman numerals, later ones the session and a number within it.
///
/// ```
/// use plenary_types::{Session, Series, Symbol};
///
/// let symbol: Symbol = "217 A (III)".parse()?;
/// assert_eq!(symbol, "A/RES/217(III)[A]".parse()?);
/// assert_eq!(symbol.to_string(), "217 A (III)");
/// assert_eq!(symbol.normal(), "A/RES/217(III)[A]");
/// assert_eq!(symbol.series(), Series::Resolution);
/// assert_eq!(symbol.session(), Some(Session::Regular(3)));
/// assert_eq!((symbol.number(), symbol.part()), (Some(217), Some("A")));
/// # Ok::<(), plenary_types::SymbolError>(())
/// ```
#[derive(Clone)]
pub struct Symbol {
    text: Arc<str>,
    normal: Option<Arc<str>>,
    parts: Parts,
}

/// What kind of document a symbol names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Series {
    /// A resolution (`RES`).
    Resolution,
    /// A decision (`DEC`).
    Decision,
    /// A document of limited distribution, as a rule a draft (`L.`).
    Limited,
    /// The verbatim record of a meeting (`PV.`).
    Verbatim,
    /// The summary record of a meeting (`SR.`).
    Summary,
    /// A statement by the President of the Security Council (`PRST`).
    Statement,
    /// Any other document.
    Document,
}

/// What changed about a document: `Rev.1` replaces it, `Add.1` adds, `Corr.1` corrects, `Amend.1` amends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Modifier {
    /// What the modifier does.
    pub kind: ModifierKind,
    /// The number after the point.
    pub number: u32,
}

/// The kinds of [`Modifier`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ModifierKind {
    /// `Rev.`: replaces the document.
    Revision,
    /// `Add.`: adds to it.
    Addendum,
    /// `Corr.`: corrects it.
    Corrigendum,
    /// `Amend.`: amends it.
    Amendment,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parts {
    organ: Cow<'static, str>,
    subsidiary: Vec<Box<str>>,
    series: Series,
    session: Option<Session>,
    year: Option<u16>,
    number: Option<u32>,
    part: Option<Box<str>>,
    modifiers: Vec<Modifier>,
}

/// Why a text is not a [`Symbol`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not a document symbol: {reason}")]
pub struct SymbolError {
    /// The text that was refused.
    pub found: String,
    /// What is wrong with it.
    pub reason: SymbolFault,
}

/// What is wrong with a text that is not a [`Symbol`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SymbolFault {
    /// There is nothing in it.
    #[error("it is empty")]
    Empty,
    /// It is longer than any symbol.
    #[error("it is longer than 120 characters")]
    TooLong,
    /// A character that no symbol has.
    #[error("it holds `{0}`, which no symbol has")]
    Character(char),
    /// It does not begin with the letters of an organ or series.
    #[error("it does not begin with an organ, such as `A/` or `S/`")]
    Organ,
    /// Two slashes follow each other, or one ends the symbol.
    #[error("a part between slashes is empty")]
    EmptyPart,
    /// A part between slashes has a form that no symbol has.
    #[error("part {0} between slashes has no known form")]
    UnknownPart(usize),
    /// A resolution without the number and session or year that its organ uses.
    #[error(
        "a resolution needs its number and session or year, such as `A/RES/73/195`, `A/RES/217(III)` or `S/RES/1454(2002)`"
    )]
    Resolution,
    /// Assembly resolutions carried the session in roman numerals in brackets until 1975 only, and never since.
    #[error(
        "sessions 1 to 30 (special to 7, emergency to 5) are written `A/RES/217(III)`, later ones `A/RES/73/195`"
    )]
    Era,
}

/// A body whose documents have symbols of the grammar, which is that of the United Nations: a row of data. How symbols of other
/// bodies are written is said by the patterns of their files.
struct KnownBody {
    id: BodyId,
    /// The letters before the first slash, and the part that names a subsidiary body.
    organ: &'static str,
    subsidiary: Option<&'static str>,
    /// What the symbols of its resolutions begin with.
    stem: &'static str,
    /// Whether its resolutions have one series of numbers, whatever the session or year.
    runs_on: bool,
}

static BODIES: [KnownBody; 5] = [
    KnownBody::new(BodyId::UNGA, "A", None, "A/RES/"),
    KnownBody::new(BodyId::HRC, "A", Some("HRC"), "A/HRC/RES/"),
    KnownBody::new(BodyId::UNSC, "S", None, "S/RES/").running_on(),
    KnownBody::new(BodyId::ECOSOC, "E", None, "E/RES/"),
    KnownBody::new(BodyId::CHR, "E", Some("CN.4"), "E/CN.4/RES/"),
];

impl KnownBody {
    const fn new(
        id: BodyId,
        organ: &'static str,
        subsidiary: Option<&'static str>,
        stem: &'static str,
    ) -> Self {
        Self {
            id,
            organ,
            subsidiary,
            stem,
            runs_on: false,
        }
    }

    const fn running_on(mut self) -> Self {
        self.runs_on = true;
        self
    }
}

impl Symbol {
    /// The symbol as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The normal form, by which symbols are compared.
    #[must_use]
    pub fn normal(&self) -> &str {
        self.normal.as_deref().unwrap_or(&self.text)
    }

    /// The letters before the first slash: the organ (`A`, `S`, `E`) or a series of its own (`CRC`, `ST`).
    #[must_use]
    pub fn organ(&self) -> &str {
        &self.parts.organ
    }

    /// The parts that name subsidiary bodies: `C.3`, `HRC`, `CONF.231`, `CN.4`.
    pub fn subsidiary(&self) -> impl Iterator<Item = &str> {
        self.parts.subsidiary.iter().map(|part| &**part)
    }

    /// What kind of document it is.
    #[must_use]
    pub const fn series(&self) -> Series {
        self.parts.series
    }

    /// The session, where the symbol carries one.
    #[must_use]
    pub const fn session(&self) -> Option<Session> {
        self.parts.session
    }

    /// The year, where the symbol carries one.
    #[must_use]
    pub const fn year(&self) -> Option<u16> {
        self.parts.year
    }

    /// The number of the document within its series.
    #[must_use]
    pub const fn number(&self) -> Option<u32> {
        self.parts.number
    }

    /// The part of a composite resolution: `A`, `B-C`, `XII`, `PARA.1`.
    #[must_use]
    pub fn part(&self) -> Option<&str> {
        self.parts.part.as_deref()
    }

    /// Revisions, addenda, corrections and amendments, in order.
    #[must_use]
    pub fn modifiers(&self) -> &[Modifier] {
        &self.parts.modifiers
    }

    /// The body whose document it is, as far as the symbol tells: for a resolution, the body that adopted it.
    #[must_use]
    pub fn body(&self) -> Option<BodyId> {
        let first = self.parts.subsidiary.first().map(|part| &**part);
        let organ = (&*self.parts.organ, first);
        let mut known = BODIES.iter();
        let body = known.find(|body| (body.organ, body.subsidiary) == organ)?;
        Some(body.id.clone())
    }

    /// What the symbols of a body's resolutions begin with, where they are symbols of this grammar.
    ///
    /// ```
    /// use plenary_types::{BodyId, Symbol};
    ///
    /// assert_eq!(Symbol::resolution_stem(&BodyId::HRC), Some("A/HRC/RES/"));
    /// assert_eq!(Symbol::resolution_stem(&"eu-council".parse()?), None);
    /// # Ok::<(), plenary_types::BodyError>(())
    /// ```
    #[must_use]
    pub fn resolution_stem(body: &BodyId) -> Option<&'static str> {
        let mut known = BODIES.iter();
        known.find(|known| known.id == *body).map(|body| body.stem)
    }

    /// The number of a resolution in a series that runs on over the years, as that of the Security Council does since 1946:
    /// the number alone says which resolution is meant.
    ///
    /// ```
    /// use plenary_types::Symbol;
    ///
    /// let running = |text: &str| text.parse::<Symbol>().unwrap().running_number();
    /// assert_eq!(running("S/RES/1454(2002)"), Some(1454));
    /// assert_eq!(running("A/RES/73/195"), None);
    /// assert_eq!(running("S/PV.2150"), None);
    /// ```
    #[must_use]
    pub fn running_number(&self) -> Option<u32> {
        let runs = self.series() == Series::Resolution
            && self.body().is_some_and(|body| {
                let mut known = BODIES.iter();
                known.any(|known| known.runs_on && known.id == body)
            });
        self.number().filter(|_| runs)
    }

    /// The same of a text, with the year where it gives one: of `S/RES/700(1991)`, of `S/RES/700`, which leaves the year out, and
    /// in a table of that body of `700 (1991)` and `700`.
    ///
    /// ```
    /// use plenary_types::{BodyId, Symbol};
    ///
    /// assert_eq!(Symbol::running_number_in("S/RES/700", None), Some((700, None)));
    /// assert_eq!(Symbol::running_number_in("700 (1991)", Some(&BodyId::UNSC)), Some((700, Some(1991))));
    /// assert_eq!(Symbol::running_number_in("700 (1991)", None), None);
    /// ```
    #[must_use]
    pub fn running_number_in(text: &str, body: Option<&BodyId>) -> Option<(u32, Option<u16>)> {
        let text = text.trim();
        let mut series = BODIES.iter().filter(|body| body.runs_on);
        let rest = series.find_map(|known| {
            let stem = text.get(..known.stem.len());
            match stem.filter(|stem| stem.eq_ignore_ascii_case(known.stem)) {
                Some(stem) => text.get(stem.len()..),
                None => (body == Some(&known.id)).then_some(text),
            }
        })?;
        let (number, year) = match rest.split_once('(') {
            None => (rest, None),
            Some((number, year)) => {
                let year = year.strip_suffix(')')?.trim().parse().ok()?;
                (number, Some(year))
            }
        };
        let number = number.trim().parse().ok().filter(|number| *number > 0)?;
        Some((number, year))
    }
}

impl FromStr for Symbol {
    type Err = SymbolError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts = grammar::parse(text).map_err(|reason| SymbolError {
            found: text.to_owned(),
            reason,
        })?;
        let normal = grammar::normal(&parts);
        Ok(Self {
            normal: (normal != text).then(|| normal.into()),
            text: text.into(),
            parts,
        })
    }
}

impl PartialEq for Symbol {
    fn eq(&self, other: &Self) -> bool {
        self.normal() == other.normal()
    }
}

impl Eq for Symbol {}

impl Hash for Symbol {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.normal().hash(state);
    }
}

impl PartialOrd for Symbol {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Symbol {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.normal().cmp(other.normal())
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

crate::text::serde_as_text!(Symbol);

/// A document as a source cites it: its symbol when the text has the form of one, else the text.
///
/// Sources misprint symbols (`A//PV.2441`, `A/36//235IX`). A record keeps what was printed; that it is
/// no symbol is a finding, not a reason to drop it. Equality follows the symbol where there is one.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Citation {
    /// The text is a symbol.
    Symbol(Symbol),
    /// The text is something else.
    Other(Box<str>),
}

impl Citation {
    /// Reads a citation. It never fails: what is no symbol stays text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        text.parse()
            .map_or_else(|_| Self::Other(text.into()), Self::Symbol)
    }

    /// The citation as printed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Symbol(symbol) => symbol.as_str(),
            Self::Other(text) => text,
        }
    }

    /// The symbol, when the text is one.
    #[must_use]
    pub const fn symbol(&self) -> Option<&Symbol> {
        match self {
            Self::Symbol(symbol) => Some(symbol),
            Self::Other(_) => None,
        }
    }

    /// The normal form of the symbol, or the text as printed.
    #[must_use]
    pub fn normal(&self) -> &str {
        self.symbol().map_or(self.as_str(), Symbol::normal)
    }
}

impl From<Symbol> for Citation {
    fn from(symbol: Symbol) -> Self {
        Self::Symbol(symbol)
    }
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Citation {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self::new(text))
    }
}

crate::text::serde_as_text!(Citation);

#[cfg(test)]
mod tests {
    use std::hash::BuildHasher;

    use super::*;

    #[test]
    fn symbols_are_compared_and_hashed_by_their_normal_form() {
        let symbol = |text: &str| text.parse::<Symbol>().unwrap();
        let (cited, normal) = (symbol("217 A (III)"), symbol("A/RES/217(III)[A]"));
        let later = symbol("A/RES/217(III)[B]");
        let hasher = std::hash::RandomState::new();
        assert_eq!(hasher.hash_one(&cited), hasher.hash_one(&normal));
        assert_ne!(hasher.hash_one(&cited), hasher.hash_one(&later));
        assert!(cited < later && later > normal && cited <= normal && cited >= normal);
    }

    #[test]
    fn a_citation_prints_as_it_was_cited() {
        for text in ["217 A (III)", "A//PV.2441"] {
            let citation = Citation::new(text);
            assert_eq!(format!("{citation} {citation:?}"), format!("{text} {text}"));
            if let Some(symbol) = citation.symbol() {
                assert_eq!(format!("{symbol} {symbol:?}"), format!("{text} {text}"));
            }
        }
        assert_eq!(Citation::new("A//PV.2441").symbol(), None);
        assert_eq!(Citation::new("A//PV.2441").normal(), "A//PV.2441");
        assert_eq!(Citation::new("217 A (III)").normal(), "A/RES/217(III)[A]");
    }
}
