//! [`Participant`]: who acts, whether or not a code exists for it.

use std::cmp::Ordering;
use std::fmt;
use std::fmt::Write as _;
use std::str::FromStr;

use crate::{StateCode, is_invisible};

mod table;

/// Who acts: a state, an organisation, a territory, a person, a party or a unit.
///
/// The text of a participant is a [`StateCode`] alone, or a kind and an identifier with a colon between them:
///
/// | text | what it is |
/// |---|---|
/// | `FRA` | a code: a state, a territory or an organisation, which reference data says with dates |
/// | `state:bavaria` | a state that has no code |
/// | `org:river-bank` | an organisation that has no code |
/// | `territory:heligoland` | a territory that has no code |
/// | `person:icpsr-40104` | a person: a member of a parliament, an officer |
/// | `party:spd` | a political party |
/// | `unit:CH-ZH`, `unit:FRA/worker` | a part that acts by itself: a canton, one delegate of a delegation |
/// | `text:Orange River Colony` | a printed name that nothing resolves |
///
/// A participant is an identity and nothing else. Its names, its party and its dates are facts with dates of their own, and stand in
/// reference data or in the record. So a code says of itself only that it is a code, and two data sets that both have
/// `person:icpsr-40104` mean one person.
///
/// A value is four bytes, is [`Copy`], and compares and hashes as a number. A code is that of its letters; every other identity has a
/// place in a table of the process, which grows only, is read without a lock, and holds [`Participant::MAX_IDENTITIES`] at most.
/// About eighty bytes of each stay until the process ends.
///
/// # Order
///
/// [`Ord`] is the order of the texts, in which codes come before everything else. It is stable and is the one for whatever is printed
/// or written. [`Participant::number`] is faster to compare, but for identities without a code it follows who was read first.
///
/// ```
/// use plenary_types::{Participant, ParticipantKind, StateCode};
///
/// let france: Participant = "FRA".parse()?;
/// assert_eq!(france.code(), StateCode::from_bytes(*b"FRA"));
/// assert_eq!(france.kind(), ParticipantKind::Code);
///
/// let senator: Participant = "person:icpsr-40104".parse()?;
/// assert_eq!((senator.code(), senator.kind()), (None, ParticipantKind::Person));
/// assert_eq!(senator.to_string(), "person:icpsr-40104");
/// assert!(france < senator);
/// assert_eq!(size_of::<Participant>(), 4);
/// # Ok::<(), plenary_types::ParticipantError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Participant(u32);

/// What kind of participant an identifier names, as far as the identifier says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ParticipantKind {
    /// A three-letter code. It may be that of a state, of a territory or of an organisation, and the same letters may have been two of
    /// them at different times: reference data knows, an identifier does not.
    Code,
    /// A state without a code.
    State,
    /// An organisation without a code.
    Organisation,
    /// A territory without a code.
    Territory,
    /// A person.
    Person,
    /// A political party.
    Party,
    /// A part of a participant or of a body that acts by itself.
    Unit,
    /// A printed name that nothing resolves: what it names is not known.
    Text,
}

/// Why a text is not a [`Participant`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParticipantError {
    /// Neither a code nor a kind with an identifier.
    #[error(
        "`{found}` is not a participant: expected a code of three capitals, such as `FRA`, or a kind and an identifier, such as `person:icpsr-40104`"
    )]
    Malformed {
        /// The text that was refused.
        found: String,
    },
    /// What stands before the colon is no kind.
    #[error(
        "unknown kind of participant in `{found}` (expected `state`, `org`, `territory`, `person`, `party`, `unit` or `text` before the colon)"
    )]
    UnknownKind {
        /// The text that was refused.
        found: String,
    },
    /// Nothing stands after the colon.
    #[error("`{found}` has no identifier after its kind")]
    Empty {
        /// The text that was refused.
        found: String,
    },
    /// A character that identifiers cannot have.
    #[error(
        "`{found}` has the character {character:?}, which an identifier cannot have (blanks, control characters, \
         invisible ones and , ; {{ }} \" ` are not allowed; after `text:` single blanks are)"
    )]
    Character {
        /// The text that was refused.
        found: String,
        /// The first such character.
        character: char,
    },
    /// A code that was written with a kind: one participant would have two identities.
    #[error("`{found}` is a code: write `{code}` without the kind")]
    CodeWithKind {
        /// The text that was refused.
        found: String,
        /// The code alone.
        code: StateCode,
    },
    /// Longer than an identity can be.
    #[error("a participant of {bytes} bytes is too long (expected at most {limit}): `{found}`", limit = Participant::MAX_BYTES)]
    TooLong {
        /// The beginning of the text that was refused.
        found: String,
        /// How long it is.
        bytes: usize,
    },
    /// The table of the process has no place left.
    #[error(
        "too many participants without a code: more than {limit} in one process (does a column with another meaning hold the voters?)",
        limit = crate::thousands(u64::from(Participant::MAX_IDENTITIES))
    )]
    TableFull,
}

impl ParticipantKind {
    /// The kinds that stand before a colon, in the order of their words.
    const WRITTEN: [(Self, &'static str); 7] = [
        (Self::Organisation, "org"),
        (Self::Party, "party"),
        (Self::Person, "person"),
        (Self::State, "state"),
        (Self::Territory, "territory"),
        (Self::Text, "text"),
        (Self::Unit, "unit"),
    ];

    /// The word before the colon; `None` for a code, which has none.
    #[must_use]
    pub fn prefix(self) -> Option<&'static str> {
        let written = Self::WRITTEN.iter().find(|(kind, _)| *kind == self);
        written.map(|(_, word)| *word)
    }

    /// The kind of a word before a colon.
    fn of_prefix(word: &str) -> Option<Self> {
        let written = Self::WRITTEN.iter().find(|(_, prefix)| *prefix == word);
        written.map(|(kind, _)| *kind)
    }

    /// Whether an entity of this kind may have a code instead of an identifier.
    const fn has_codes(self) -> bool {
        matches!(self, Self::State | Self::Organisation | Self::Territory)
    }
}

impl fmt::Display for ParticipantKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Code => "code",
            Self::State => "state",
            Self::Organisation => "organisation",
            Self::Territory => "territory",
            Self::Person => "person",
            Self::Party => "party",
            Self::Unit => "unit",
            Self::Text => "unresolved name",
        })
    }
}

impl Participant {
    /// The longest text of a participant, in bytes.
    pub const MAX_BYTES: usize = 240;
    /// How many identities without a code one process can hold.
    pub const MAX_IDENTITIES: u32 = 1_000_000;

    /// The participant of a printed text: its identifier is the text as far as an identifier can hold it.
    ///
    /// Blanks at the ends do not count, and any number of them between words counts as one, which an identifier writes as `_` and
    /// `text:` as a blank. Other characters that an identifier cannot have become `%` and their bytes, so that two texts that
    /// differ in more than blanks never become one participant. Case and accents are kept.
    ///
    /// ```
    /// use plenary_types::{Participant, ParticipantKind};
    ///
    /// let senator = Participant::from_printed(ParticipantKind::Person, "BAYH (D IN)")?;
    /// assert_eq!(senator.as_str(), "person:BAYH_(D_IN)");
    /// let colony = Participant::from_printed(ParticipantKind::Text, "Orange  River Colony")?;
    /// assert_eq!(colony.as_str(), "text:Orange River Colony");
    /// # Ok::<(), plenary_types::ParticipantError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ParticipantError`] when there is nothing but blanks, the text is too long, the table is full, or a state, an organisation or a
    /// territory is printed as a code, which stands without its kind. With [`ParticipantKind::Code`] the text has to be a code.
    pub fn from_printed(kind: ParticipantKind, printed: &str) -> Result<Self, ParticipantError> {
        let Some(prefix) = kind.prefix() else {
            return match printed.parse::<StateCode>() {
                Ok(code) => Ok(code.into()),
                Err(_) => Err(ParticipantError::Malformed {
                    found: quoted(printed),
                }),
            };
        };
        if printed.len() > Self::MAX_BYTES {
            return Err(too_long(printed));
        }
        let mut text = String::with_capacity(prefix.len() + 1 + printed.len());
        text.push_str(prefix);
        text.push(':');
        for (at, word) in printed.split_whitespace().enumerate() {
            if at > 0 {
                text.push(if kind == ParticipantKind::Text {
                    ' '
                } else {
                    '_'
                });
            }
            for character in word.chars() {
                if character != '%' && allows(kind, character) {
                    text.push(character);
                } else {
                    for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                        // Writing to a string does not fail.
                        let _ = write!(text, "%{byte:02X}");
                    }
                }
            }
        }
        text.parse()
    }

    /// The participant of a code.
    #[must_use]
    pub const fn from_code(code: StateCode) -> Self {
        Self(code.index() as u32)
    }

    /// The code, where the participant is one; `None` for every identity that is written with a kind.
    #[must_use]
    pub const fn code(self) -> Option<StateCode> {
        StateCode::from_index(self.0 as usize)
    }

    /// What kind of participant the identifier names.
    #[must_use]
    pub fn kind(self) -> ParticipantKind {
        match self.place() {
            None => ParticipantKind::Code,
            Some(place) => table::identity(place).kind,
        }
    }

    /// The text: a code, or a kind and an identifier.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self.place() {
            None => StateCode::text_of(self.0 as usize),
            Some(place) => table::identity(place).text,
        }
    }

    /// The identifier without its kind; of a code the code.
    #[must_use]
    pub fn identifier(self) -> &'static str {
        let text = self.as_str();
        text.split_once(':')
            .map_or(text, |(_, identifier)| identifier)
    }

    /// The number behind it, for indexes that no output follows: equal participants have equal numbers, and codes are numbered
    /// alphabetically. Other identities are numbered in the order in which this process met them, which differs from run to
    /// run and between threads: nothing printed or written may follow it. Sort by [`Ord`] there.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }

    /// The place in the table of identities, of what is no code.
    const fn place(self) -> Option<u32> {
        self.0.checked_sub(StateCode::COUNT as u32)
    }
}

/// Whether an identifier of this kind can have this character.
fn allows(kind: ParticipantKind, character: char) -> bool {
    let seen = !character.is_control() && !is_invisible(character);
    let is_blank = character.is_whitespace();
    let is_inside = character == ' ' && kind == ParticipantKind::Text;
    // The marks between and around participants in requirements, messages and tables.
    seen && (!is_blank || is_inside) && !matches!(character, ',' | ';' | '{' | '}' | '"' | '`')
}

fn quoted(text: &str) -> String {
    crate::cut(&crate::marked(text)).into_owned()
}

fn too_long(text: &str) -> ParticipantError {
    ParticipantError::TooLong {
        found: quoted(text),
        bytes: text.len(),
    }
}

/// The kind of a text that may stand in the table.
fn checked(text: &str) -> Result<ParticipantKind, ParticipantError> {
    let found = || quoted(text);
    let Some((word, identifier)) = text.split_once(':') else {
        return Err(ParticipantError::Malformed { found: found() });
    };
    let Some(kind) = ParticipantKind::of_prefix(word) else {
        return Err(ParticipantError::UnknownKind { found: found() });
    };
    if text.len() > Participant::MAX_BYTES {
        return Err(too_long(text));
    }
    if identifier.is_empty() {
        return Err(ParticipantError::Empty { found: found() });
    }
    if let Some(character) = identifier.chars().find(|c| !allows(kind, *c)) {
        return Err(ParticipantError::Character {
            found: found(),
            character,
        });
    }
    // A blank at an end or beside another is not seen: it would make two participants of one name.
    let blank = identifier.starts_with(' ') || identifier.ends_with(' ');
    if blank || identifier.contains("  ") {
        return Err(ParticipantError::Character {
            found: found(),
            character: ' ',
        });
    }
    if kind.has_codes()
        && let Ok(code) = identifier.parse()
    {
        return Err(ParticipantError::CodeWithKind {
            found: found(),
            code,
        });
    }
    Ok(kind)
}

impl FromStr for Participant {
    type Err = ParticipantError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Ok(letters) = text.as_bytes().try_into()
            && let Some(code) = StateCode::from_bytes(letters)
        {
            return Ok(code.into());
        }
        let kind = checked(text)?;
        let place = table::place_of(text, kind).ok_or(ParticipantError::TableFull)?;
        Ok(Self(StateCode::COUNT as u32 + place))
    }
}

impl From<StateCode> for Participant {
    fn from(code: StateCode) -> Self {
        Self::from_code(code)
    }
}

impl Ord for Participant {
    fn cmp(&self, other: &Self) -> Ordering {
        if self == other {
            return Ordering::Equal;
        }
        // Codes are numbered alphabetically, and begin with a capital, before which no kind comes.
        match (self.place(), other.place()) {
            (Some(_), Some(_)) => self.as_str().cmp(other.as_str()),
            _ => self.0.cmp(&other.0),
        }
    }
}

impl PartialOrd for Participant {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Participant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Participant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

crate::text::serde_as_text!(Participant);

#[cfg(test)]
mod tests {
    use super::*;

    fn who(text: &str) -> Participant {
        text.parse().unwrap()
    }

    #[test]
    fn a_code_is_itself() {
        let code: StateCode = "NAM".parse().unwrap();
        let namibia = who("NAM");
        assert_eq!(namibia, Participant::from(code));
        assert_eq!(
            (namibia.code(), namibia.kind()),
            (Some(code), ParticipantKind::Code)
        );
        assert_eq!((namibia.as_str(), namibia.identifier()), ("NAM", "NAM"));
        assert_eq!(namibia.number() as usize, code.index());
    }

    #[test]
    fn every_code_has_its_letters() {
        for index in [0, 1, 25, 26, 675, 676, StateCode::COUNT - 1] {
            let code = StateCode::from_index(index).unwrap();
            assert_eq!(code.index(), index);
            assert_eq!(Participant::from(code).as_str(), code.to_string());
        }
        assert_eq!(StateCode::from_index(StateCode::COUNT), None);
    }

    #[test]
    fn each_kind_has_its_word() {
        for (text, kind) in [
            ("state:bavaria", ParticipantKind::State),
            ("org:river-bank", ParticipantKind::Organisation),
            ("territory:heligoland", ParticipantKind::Territory),
            ("person:icpsr-40104", ParticipantKind::Person),
            ("party:CDU", ParticipantKind::Party),
            ("unit:CH-ZH", ParticipantKind::Unit),
            ("unit:FRA/worker", ParticipantKind::Unit),
            ("unit:un/secretary-general", ParticipantKind::Unit),
            ("text:Orange River Colony", ParticipantKind::Text),
            ("person:Müller", ParticipantKind::Person),
        ] {
            let participant = who(text);
            assert_eq!(
                (participant.kind(), participant.code()),
                (kind, None),
                "{text}"
            );
            assert_eq!((participant.as_str(), participant), (text, who(text)));
            assert_eq!(
                format!("{participant} {participant:?}"),
                format!("{text} {text}")
            );
            assert_eq!(text.split_once(':').unwrap().1, participant.identifier());
            assert_eq!(text.split_once(':').unwrap().0, kind.prefix().unwrap());
        }
    }

    #[test]
    fn the_rest_is_refused_with_its_reason() {
        for text in ["", "fra", "FR", "FRAN", "Orange River Colony", "river-bank"] {
            let error = text.parse::<Participant>().unwrap_err();
            assert_eq!(error, ParticipantError::Malformed { found: text.into() });
        }
        for text in [
            ":x",
            "voter:x",
            "Person:x",
            "code:FRA",
            "organisation:x",
            " person:x",
        ] {
            let error = text.parse::<Participant>().unwrap_err();
            assert_eq!(error, ParticipantError::UnknownKind { found: text.into() });
        }
        for text in ["person:", "text:"] {
            let error = text.parse::<Participant>().unwrap_err();
            assert_eq!(error, ParticipantError::Empty { found: text.into() });
        }
        for (text, character) in [
            ("person:a b", ' '),
            ("person:a,b", ','),
            ("unit:{a}", '{'),
            ("org:a\u{a0}b", '\u{a0}'),
            ("org:a\u{200b}b", '\u{200b}'),
            ("text: x", ' '),
            ("text:x ", ' '),
            ("text:x  y", ' '),
            ("text:x\ny", '\n'),
        ] {
            match text.parse::<Participant>().unwrap_err() {
                ParticipantError::Character {
                    character: found, ..
                } => assert_eq!(found, character),
                other => panic!("{text:?}: {other}"),
            }
        }
        let long = format!("person:{}", "x".repeat(Participant::MAX_BYTES));
        let error = long.parse::<Participant>().unwrap_err();
        assert!(
            matches!(error, ParticipantError::TooLong { bytes: 247, .. }),
            "{error}"
        );
        assert!(error.to_string().chars().count() < 300);
    }

    #[test]
    fn a_code_has_one_identity_only() {
        for text in ["state:FRA", "org:EUE", "territory:FRO"] {
            let error = text.parse::<Participant>().unwrap_err();
            assert!(
                matches!(error, ParticipantError::CodeWithKind { .. }),
                "{error}"
            );
        }
        assert!("party:SPD".parse::<Participant>().is_ok());
    }

    #[test]
    fn printed_texts_become_identifiers_without_loss() {
        let person = |text| Participant::from_printed(ParticipantKind::Person, text);
        for (printed, text) in [
            ("40104", "person:40104"),
            (" Müller,  Stefan ", "person:Müller%2C_Stefan"),
            ("BAYH (D IN)", "person:BAYH_(D_IN)"),
            ("100%", "person:100%25"),
            ("a\u{200b}b", "person:a%E2%80%8Bb"),
            ("FRA", "person:FRA"),
        ] {
            assert_eq!(person(printed).unwrap().as_str(), text);
        }
        assert!(matches!(person("  "), Err(ParticipantError::Empty { .. })));
        assert!(matches!(
            person(&"x".repeat(5000)),
            Err(ParticipantError::TooLong { .. })
        ));
        let printed = Participant::from_printed(ParticipantKind::Text, "Orange\n River, Colony");
        assert_eq!(printed.unwrap().as_str(), "text:Orange River%2C Colony");
        let code = Participant::from_printed(ParticipantKind::Code, "FRA");
        assert_eq!(code.unwrap(), who("FRA"));
        assert!(Participant::from_printed(ParticipantKind::Code, "France").is_err());
    }

    #[test]
    fn the_order_is_that_of_the_texts_whoever_was_met_first() {
        let (last, first) = (who("person:order-z"), who("person:order-a"));
        assert!(first < last && first.number() > last.number());
        let mut all = [last, first, who("ZZZ"), who("org:order"), who("AAA")];
        all.sort();
        assert_eq!(
            all.map(Participant::as_str),
            [
                "AAA",
                "ZZZ",
                "org:order",
                "person:order-a",
                "person:order-z"
            ]
        );
    }

    #[test]
    fn threads_that_meet_the_same_names_agree() {
        let name = |n: usize| format!("person:thread-{n}");
        let lists: Vec<Vec<Participant>> = std::thread::scope(|scope| {
            let meet =
                |start: usize| move || (0..3000).map(|n| who(&name((n + start) % 3000))).collect();
            let threads: Vec<_> = (0..8).map(|t| scope.spawn(meet(t * 375))).collect();
            threads.into_iter().map(|t| t.join().unwrap()).collect()
        });
        for (thread, list) in lists.iter().enumerate() {
            for (n, participant) in list.iter().enumerate() {
                let same = lists[0][(n + thread * 375) % 3000];
                assert_eq!((participant.as_str(), *participant), (same.as_str(), same));
            }
        }
    }

    #[test]
    fn serde_is_text() {
        let pair = [who("FRA"), who("unit:CH-ZH")];
        let json = serde_json::to_string(&pair).unwrap();
        assert_eq!(json, r#"["FRA","unit:CH-ZH"]"#);
        assert_eq!(
            serde_json::from_str::<[Participant; 2]>(&json).unwrap(),
            pair
        );
        assert!(serde_json::from_str::<Participant>(r#""nobody""#).is_err());
    }
}
