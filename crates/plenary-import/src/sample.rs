//! [`Sample`]: what the columns of a table seem to hold, by the values of its first rows.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use plenary_states::{CodeSystem, Resolver};
use plenary_tables::{DateForm, DateOrder, UnsettledDates};
use plenary_types::{Choice, Citation, Date, StateCode, Symbol};

use crate::csv::header::Header;
use crate::csv::row;
use crate::names;
use crate::results::results_in;

/// The first rows of a table, looked at.
#[derive(Debug)]
pub(crate) struct Sample {
    /// How many rows were looked at.
    pub(crate) rows: usize,
    /// Whether its first row says what its columns are.
    pub(crate) has_headings: bool,
    /// How many of them are not in UTF-8.
    pub(crate) not_utf8: usize,
    pub(crate) columns: Vec<Sampled>,
}

/// One column of a sample.
#[derive(Debug)]
pub(crate) struct Sampled {
    pub(crate) heading: String,
    /// How often each value stands there; blanks are not counted.
    pub(crate) values: BTreeMap<String, usize>,
    /// How many cells are not blank.
    pub(crate) filled: usize,
    /// The words for a missing value among the cells.
    pub(crate) missing: Vec<&'static str>,
    pub(crate) seems: Seems,
    /// Which value stands in each of the first rows: the same number is the same value.
    numbers: Vec<usize>,
}

/// What a column seems to hold.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Seems {
    /// No cell is filled.
    Nothing,
    /// Numbers that count the rows, under no heading.
    RowNumbers,
    /// Days, and how they are written.
    Days(Written),
    /// What each voter chose.
    Choices,
    /// States, by their codes or names.
    States(StateCodes),
    /// Lists of states.
    Lists,
    /// What came of votes, in words that say several things.
    Results,
    /// Days without a year: `31 December`.
    DaysOfYear,
    /// Symbols of documents.
    Symbols,
    /// Whole numbers.
    Numbers,
    /// Anything else.
    Text,
}

/// How days are written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Written {
    /// As the readers read them without being told; with what the account says of it.
    Known(DateForm),
    /// In a notation of `strftime`.
    Notation(&'static str),
    /// In one of two ways.
    Unsettled(UnsettledDates),
}

/// What states are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StateCodes {
    Names,
    Iso3,
    Iso2,
    M49,
    Cow,
}

impl StateCodes {
    /// The word of a mapping.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Names => "names",
            Self::Iso3 => "iso3",
            Self::Iso2 => "iso2",
            Self::M49 => "m49",
            Self::Cow => "cow",
        }
    }
}

/// How the columns of a table without a heading are called, by their numbers.
pub(crate) const NUMBERED: &str = "column #";

/// A column of at most so many distinct values has few.
const FEW: usize = 12;

/// So many distinct values of a column are kept.
pub(crate) const DISTINCT: usize = 400;

/// So many are looked up.
const LOOKED_UP: usize = 60;

/// In so many rows, columns are compared with one another.
const COMPARED: usize = 2000;

impl Sample {
    /// That of a text that begins with a header; nothing where that cannot be taken apart.
    pub(crate) fn of(text: &[u8], whole: bool) -> Option<Self> {
        let header = Header::read(text, whole)?;
        let mut columns: Vec<Sampled> = header
            .columns
            .iter()
            .map(|heading| Sampled::new(heading))
            .collect();
        let (mut fields, mut rows, mut at) = (Vec::new(), 0, header.bytes);
        let (mut counting, mut not_utf8) = (true, 0);
        let mut last: Option<u64> = None;
        let mut known: Vec<HashMap<String, usize>> = vec![HashMap::new(); columns.len()];
        while at < text.len()
            && let Ok(next) = row::split(text, at, header.delimiter, whole, &mut fields)
        {
            at = next;
            if row::is_blank(text, &fields) {
                continue;
            }
            rows += 1;
            let mut parts = fields.iter().map(|span| span.of(text));
            let is_text = parts.all(|part| std::str::from_utf8(part).is_ok());
            not_utf8 += usize::from(!is_text);
            for ((column, known), span) in columns.iter_mut().zip(&mut known).zip(&fields) {
                let value = row::unquote(span.of(text));
                let value = String::from_utf8_lossy(&value);
                if rows <= COMPARED {
                    let next = known.len();
                    let number = known.entry(value.trim().to_owned()).or_insert(next);
                    column.numbers.push(*number);
                }
                column.add(value.trim());
            }
            let first = fields.first().map(|span| row::unquote(span.of(text)));
            let first =
                first.and_then(|value| std::str::from_utf8(&value).ok()?.trim().parse().ok());
            counting &= first.is_some_and(|first| last.is_none_or(|last| last < first));
            last = first;
        }
        for (at, column) in columns.iter_mut().enumerate() {
            let numbers_rows = at == 0 && counting && rows > 0;
            column.seems = match numbers_rows && Header::is_counting(&column.heading) {
                true => Seems::RowNumbers,
                false => column.look(),
            };
        }
        Some(Self {
            rows,
            has_headings: true,
            not_utf8,
            columns,
        })
    }

    /// That of a table without a heading, whose columns are called by their numbers.
    pub(crate) fn without_headings(text: &[u8], whole: bool) -> Option<Self> {
        let first = Header::read(text, whole)?;
        let names = (1..=first.columns.len()).map(|at| NUMBERED.replace('#', &at.to_string()));
        let names: Vec<String> = names.collect();
        let mut headed = names
            .join(&char::from(first.delimiter).to_string())
            .into_bytes();
        headed.push(b'\n');
        headed.extend_from_slice(text);
        let sample = Self::of(&headed, whole)?;
        Some(Self {
            has_headings: false,
            ..sample
        })
    }

    /// Whether the first row seems to be one as the others: what stands in it stands below it, too, or is a state or a day as that is.
    pub(crate) fn lacks_headings(&self) -> bool {
        let alike = self.columns.iter().filter_map(|column| {
            let heading = column.heading.trim();
            let has_few = column.values.len() <= FEW;
            Some(match column.seems {
                Seems::Nothing => return None,
                Seems::States(_) => names::is_state(heading),
                Seems::Days(_) => Date::read(heading).is_ok(),
                _ if has_few && self.rows > FEW => column.values.contains_key(heading),
                _ => return None,
            })
        });
        let alike: Vec<bool> = alike.collect();
        let count = alike.iter().filter(|is| **is).count();
        let is_first = alike.first() == Some(&true);
        self.rows > 1
            && is_first
            && count * 10 >= alike.len() * 9
            && count * 2 >= self.columns.len()
    }

    /// The columns that seem to hold something.
    pub(crate) fn that_seem<'a>(
        &'a self,
        seems: impl Fn(&Seems) -> bool + 'a,
    ) -> impl Iterator<Item = &'a Sampled> + 'a {
        self.columns
            .iter()
            .filter(move |column| seems(&column.seems))
    }

    /// The columns that a state heads and in which choices stand.
    pub(crate) fn headed_by_states(&self) -> Vec<&Sampled> {
        let columns = self.columns.iter();
        let headed: Vec<&Sampled> = columns
            .filter(|column| names::is_state(&column.heading))
            .collect();
        // A state that was no member yet has the same number in each row: its column tells by the others.
        if codebook_of(&headed).is_some() {
            return headed;
        }
        let headed = headed.into_iter();
        headed.filter(|column| column.may_be_choices()).collect()
    }

    /// What kind of table it seems to be, for a sentence; nothing where no column tells.
    pub(crate) fn kind(&self) -> Option<String> {
        let name = |column: &Sampled| format!("`{}`", column.heading);
        let first = |is: fn(&Seems) -> bool| self.that_seem(is).next().map(name);
        let states = first(|seems| matches!(seems, Seems::States(_)));
        let days = first(|seems| matches!(seems, Seems::Days(_)));
        let choices = first(|seems| *seems == Seems::Choices);
        let lists = first(|seems| *seems == Seems::Lists);
        let symbols = first(|seems| *seems == Seems::Symbols);
        let acts = self
            .columns
            .iter()
            .find(|column| column.has_acts())
            .map(name);
        let wide = self.headed_by_states().len();
        let of_votes = self
            .columns
            .iter()
            .filter(|column| column.may_be_choices())
            .count();
        let choices = choices.filter(|_| wide < LEAST_STATES);
        let kind = match (&states, &choices, &acts) {
            _ if wide >= LEAST_STATES => "a table of votes with a column for each state",
            (Some(_), None, None) if of_votes >= 3 && of_votes * 2 >= self.columns.len() => {
                "a table of votes with a row for each state and a column for each vote"
            }
            _ if lists.is_some() => "a table of votes with lists of states in its cells",
            (Some(_), None, Some(_)) => {
                "a table of acts of states, such as signatures and ratifications"
            }
            (Some(_), Some(_), _) => "a table of votes with a ballot in each row",
            (None, Some(_), _) => "a table of votes",
            (Some(_), None, None) if days.is_some() => "a table of states and days",
            (Some(_), None, None) => "a table of states",
            _ if symbols.is_some() => "a table of documents",
            _ => return None,
        };
        let parts = [
            (states, "states"),
            (days, "days"),
            (choices, "votes"),
            (lists, "lists of states"),
            (symbols, "symbols"),
            (acts, "acts"),
        ];
        let parts = parts
            .into_iter()
            .filter_map(|(column, what)| Some(format!("{what} in {}", column?)));
        let mut parts: Vec<String> = parts.collect();
        if wide >= LEAST_STATES {
            parts.push(format!("votes in {wide} columns that states head"));
        }
        Some(format!("it seems to be {kind} ({})", parts.join(", ")))
    }
}

/// A table of fewer columns that states head is no table of votes by that.
pub(crate) const LEAST_STATES: usize = 3;

impl Sampled {
    fn new(heading: &str) -> Self {
        Self {
            heading: heading.to_owned(),
            values: BTreeMap::new(),
            filled: 0,
            missing: Vec::new(),
            seems: Seems::Nothing,
            numbers: Vec::new(),
        }
    }

    /// Whether it can tell votes apart in a table with a row for each ballot: voters come again, but hardly ever with the same
    /// value of it, and each of its values has more than one row on average.
    pub(crate) fn tells_votes_apart(&self, voter: &Self) -> bool {
        let pairs = self.numbers.iter().zip(&voter.numbers);
        let once: BTreeSet<_> = pairs.collect();
        let (rows, votes) = (self.numbers.len(), self.distinct());
        let repeated = rows.saturating_sub(once.len());
        let come_again = rows * 2 >= voter.distinct() * 3;
        come_again && rows * 2 >= votes * 3 && repeated * 50 <= rows
    }

    /// Whether its value is the same in all rows.
    pub(crate) fn is_the_same_in_each_row(&self) -> bool {
        self.distinct() <= 1
    }

    /// Whether each of several rows has a value of its own.
    pub(crate) fn is_different_in_each_row(&self) -> bool {
        self.numbers.len() > 1 && self.distinct() == self.numbers.len()
    }

    /// Whether its value is the same in all rows in which `key` has the same one.
    pub(crate) fn depends_on(&self, key: &Self) -> bool {
        let pairs: BTreeSet<_> = key.numbers.iter().zip(&self.numbers).collect();
        pairs.len() == key.distinct()
    }

    /// How many values its first rows have.
    fn distinct(&self) -> usize {
        self.numbers.iter().max().map_or(0, |last| last + 1)
    }

    /// The length of its values on average, in bytes.
    pub(crate) fn mean_length(&self) -> usize {
        let length: usize = self.values.keys().map(String::len).sum();
        length.checked_div(self.values.len()).unwrap_or(0)
    }

    fn add(&mut self, value: &str) {
        if let Some(word) = plenary_tables::missing_word(value) {
            if !self.missing.contains(&word) {
                self.missing.push(word);
            }
            return;
        }
        if value.is_empty() {
            return;
        }
        self.filled += 1;
        let has_room = self.values.len() < DISTINCT;
        match self.values.get_mut(value) {
            Some(count) => *count += 1,
            None if has_room => {
                self.values.insert(value.to_owned(), 1);
            }
            None => {}
        }
    }

    /// Whether it has more distinct values than are kept.
    pub(crate) fn is_cut(&self) -> bool {
        self.values.len() >= DISTINCT
    }

    /// Whether it marks with 1 what else is 0.
    pub(crate) fn is_marked(&self) -> bool {
        const SIGNS: [&str; 7] = ["x", "X", "✓", "✔", "*", "+", "1"];
        let is_mark = |value: &String| matches!(value.as_str(), "0" | "1" | "0.0" | "1.0");
        let is_sign = |value: &String| SIGNS.contains(&value.as_str());
        let is_one = self.values.len() == 1 && self.values.keys().all(is_sign);
        self.filled > 0 && (is_one || self.values.keys().all(is_mark))
    }

    /// Its heading in small letters and digits alone.
    pub(crate) fn plain(&self) -> String {
        let letters = self.heading.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    }

    /// The form of its heading: `1-1` and `12-3` have the same.
    pub(crate) fn form(&self) -> String {
        let mut form = String::new();
        for mark in self.heading.trim().chars() {
            match mark.is_ascii_digit() {
                true if form.ends_with('9') => {}
                true => form.push('9'),
                false => form.push(mark),
            }
        }
        form
    }

    /// The share of the first distinct values of which something is true, in hundredths.
    pub(crate) fn share(&self, is: impl Fn(&str) -> bool) -> usize {
        let values = self.values.keys().take(LOOKED_UP);
        let (mut all, mut true_of) = (0, 0);
        for value in values {
            all += 1;
            true_of += usize::from(is(value));
        }
        (true_of * 100).checked_div(all).unwrap_or(0)
    }

    fn look(&self) -> Seems {
        if self.filled == 0 {
            return Seems::Nothing;
        }
        if let Some(written) = self.days() {
            return Seems::Days(written);
        }
        if self.has_choices() {
            return Seems::Choices;
        }
        if let Some(codes) = self.states() {
            return Seems::States(codes);
        }
        if self.share(is_list) >= 40 {
            return Seems::Lists;
        }
        if self.share(is_result) >= 60 {
            return Seems::Results;
        }
        if self.share(is_day_of_year) >= 90 {
            return Seems::DaysOfYear;
        }
        if self.share(is_symbol) >= 60 {
            return Seems::Symbols;
        }
        match self.share(is_number) == 100 {
            true => Seems::Numbers,
            false => Seems::Text,
        }
    }

    fn days(&self) -> Option<Written> {
        let is_year = |value: &str| value.len() == 4;
        if self.share(|value| Date::read(value).is_ok() && !is_year(value)) >= 90 {
            return Some(Written::Known(DateForm::USUAL));
        }
        let mut order = DateOrder::default();
        for value in self.values.keys() {
            order.add(0, value);
        }
        if order.has_numbers() {
            match order.settle() {
                Ok(form) if form == DateForm::USUAL => {}
                Ok(form) => return Some(Written::Known(form)),
                Err(unsettled) => return Some(Written::Unsettled(unsettled)),
            }
        }
        let mut notations = NOTATIONS.iter().copied();
        let fits = |notation: &&str| {
            let form: Option<DateForm> = notation.parse().ok();
            form.is_some_and(|form| self.share(|value| form.read(value).is_ok()) >= 90)
        };
        let is_years = self.share(is_year) >= 90;
        notations
            .find(|notation| !is_years && fits(notation))
            .map(Written::Notation)
    }

    /// Whether its values are votes in words.
    fn has_choices(&self) -> bool {
        let few = self.values.len() <= 12 && self.values.len() >= 2;
        let in_words = self.share(|value| meaning(value).is_some() && !is_number(value)) >= 60;
        (few && in_words && self.is_yes_somewhere()) || self.codebook().is_some()
    }

    fn is_yes_somewhere(&self) -> bool {
        self.values
            .keys()
            .any(|value| meaning(value) == Some(Choice::Yes))
    }

    /// The codebook by which its numbers are votes, where its heading says that they are.
    pub(crate) fn codebook(&self) -> Option<&'static Codebook> {
        let heading = self.plain();
        let is_of_votes = ["vote", "choice", "ballot", "position", "castcode", "msvote"]
            .iter()
            .any(|word| heading == *word);
        is_of_votes.then(|| codebook(self.values.keys())).flatten()
    }

    /// Whether its cells may be votes, whatever its heading.
    pub(crate) fn may_be_choices(&self) -> bool {
        let in_words = || self.share(|value| meaning(value).is_some() || is_zero(value)) >= 75;
        self.filled > 0
            && self.values.len() <= 12
            && (codebook(self.values.keys()).is_some() || in_words())
    }

    fn states(&self) -> Option<StateCodes> {
        let distinct = self.values.len();
        let heading = self.plain();
        let hints = |words: &[&str]| words.iter().any(|word| heading.contains(word));
        let is_iso3 = |value: &str| {
            let code: Option<StateCode> = value.parse().ok();
            code.is_some_and(|code| plenary_states::entity(code).is_some())
        };
        if self.share(is_iso3) >= 80 {
            return Some(StateCodes::Iso3);
        }
        if self.share(is_number) == 100 {
            let by = |system: CodeSystem| {
                let codes = Resolver::new().codes(system);
                self.share(|value| {
                    codes
                        .resolve(value.strip_suffix(".0").unwrap_or(value))
                        .is_some()
                })
            };
            return match () {
                () if hints(&["ccode", "cow"]) && by(CodeSystem::Cow) >= 80 => {
                    Some(StateCodes::Cow)
                }
                () if hints(&["m49", "isonum", "uncode"]) && by(CodeSystem::M49) >= 80 => {
                    Some(StateCodes::M49)
                }
                () => None,
            };
        }
        let is_name = |value: &str| {
            let (state, _) = Resolver::new().find(value);
            value.chars().count() > 3 && state.is_some()
        };
        if self.share(is_name) >= 60 {
            return Some(StateCodes::Names);
        }
        let codes = Resolver::new().codes(CodeSystem::Iso2);
        let in_iso2 = self.share(|value| value.len() == 2 && codes.resolve(value).is_some()) >= 90;
        let is_code = hints(&["iso2", "countrycode", "country", "code"]);
        (in_iso2 && is_code && distinct >= 2).then_some(StateCodes::Iso2)
    }

    /// Whether its values are kinds of acts of participants of treaties, or days under a heading that is one.
    fn has_acts(&self) -> bool {
        let heading = self.plain();
        let is_headed = || ACTS.iter().any(|act| heading.contains(act));
        matches!(self.seems, Seems::Days(_)) && is_headed() || self.has_words_of_acts()
    }

    /// Whether its values are kinds of acts of participants of treaties, in words.
    pub(crate) fn has_words_of_acts(&self) -> bool {
        let is_act = |value: &str| {
            let value = value.to_lowercase();
            ACTS.iter().any(|act| value.contains(act))
        };
        self.filled > 0 && self.values.len() <= 20 && self.share(is_act) >= 60
    }
}

/// Words of acts of participants of treaties.
const ACTS: [&str; 8] = [
    "signature",
    "ratification",
    "accession",
    "acceptance",
    "approval",
    "succession",
    "entryintoforce",
    "denunciation",
];

/// Notations of days that tables have besides numbers.
const NOTATIONS: [&str; 6] = [
    "%d %b %Y",
    "%d-%b-%Y",
    "%d %B %Y",
    "%B %d, %Y",
    "%Y/%m/%d",
    "%Y%m%d",
];

/// What numbers mean as votes.
#[derive(Debug)]
pub(crate) struct Codebook {
    /// Whose it is.
    pub(crate) title: &'static str,
    /// What each number means; nothing of one that stands for several things.
    pub(crate) numbers: &'static [(&'static str, Option<Choice>)],
    /// The numbers of which two must be there.
    needed: &'static [&'static str],
}

impl Codebook {
    /// Whether a value is one of its numbers.
    pub(crate) fn knows(&self, value: &str) -> bool {
        let number = value.strip_suffix(".0").unwrap_or(value);
        self.numbers.iter().any(|(known, _)| *known == number)
    }
}

/// The codebooks of data sets, those with fewer numbers first.
static CODEBOOKS: [Codebook; 3] = [
    Codebook {
        title: "1 yes, -1 no; 0 may be an abstention, an absence or no member",
        numbers: &[
            ("1", Some(Choice::Yes)),
            ("-1", Some(Choice::No)),
            ("0", None),
        ],
        needed: &["1", "-1"],
    },
    Codebook {
        title: "Voeten: 1 yes, 2 abstain, 3 no, 8 absent, 9 not a member",
        numbers: &[
            ("1", Some(Choice::Yes)),
            ("2", Some(Choice::Abstain)),
            ("3", Some(Choice::No)),
            ("8", Some(Choice::NonVoting)),
            ("9", Some(Choice::NotEligible)),
        ],
        needed: &["1", "3"],
    },
    Codebook {
        title: "roll calls of the United States Congress: 1 to 3 yea, 4 to 6 nay, 7 and 8 present, 9 not voting, 0 not a member",
        numbers: &[
            ("1", Some(Choice::Yes)),
            ("2", Some(Choice::Yes)),
            ("3", Some(Choice::Yes)),
            ("4", Some(Choice::No)),
            ("5", Some(Choice::No)),
            ("6", Some(Choice::No)),
            ("7", Some(Choice::Abstain)),
            ("8", Some(Choice::Abstain)),
            ("9", Some(Choice::NonVoting)),
            ("0", Some(Choice::NotEligible)),
        ],
        needed: &["1", "6"],
    },
];

/// The codebook that has all of some numbers.
fn codebook<'a>(values: impl Iterator<Item = &'a String> + Clone) -> Option<&'static Codebook> {
    let plain = |value: &'a String| value.strip_suffix(".0").unwrap_or(value);
    CODEBOOKS.iter().find(|book| {
        values.clone().all(|value| book.knows(value))
            && book
                .needed
                .iter()
                .all(|needed| values.clone().map(plain).any(|value| value == *needed))
    })
}

/// The codebook of several columns together.
pub(crate) fn codebook_of(columns: &[&Sampled]) -> Option<&'static Codebook> {
    let values: Vec<String> = columns
        .iter()
        .flat_map(|column| column.values.keys().cloned())
        .collect();
    codebook(values.iter())
}

/// The choice that a word means: the words of every publication, and the usual ones of some languages.
pub(crate) fn meaning(word: &str) -> Option<Choice> {
    const OTHERS: [(&str, Choice); 18] = [
        ("ja", Choice::Yes),
        ("já", Choice::Yes),
        ("oui", Choice::Yes),
        ("pour", Choice::Yes),
        ("sí", Choice::Yes),
        ("nein", Choice::No),
        ("nej", Choice::No),
        ("nei", Choice::No),
        ("nee", Choice::No),
        ("non", Choice::No),
        ("contre", Choice::No),
        ("enthaltung", Choice::Abstain),
        ("enthalten", Choice::Abstain),
        ("abstención", Choice::Abstain),
        ("no show", Choice::NonVoting),
        ("abwesend", Choice::NonVoting),
        ("nicht abgegeben", Choice::NonVoting),
        ("not a member", Choice::NotEligible),
    ];
    let lower = word.trim().to_lowercase().replace(['_', '-'], " ");
    let other = OTHERS.iter().find(|(known, _)| *known == lower);
    Choice::from_word(word).or(other.map(|(_, choice)| *choice))
}

fn is_zero(value: &str) -> bool {
    matches!(value, "0" | "0.0")
}

fn is_number(value: &str) -> bool {
    value.parse::<f64>().is_ok()
}

fn is_symbol(value: &str) -> bool {
    let citation = Citation::new(value);
    value.contains('/') && citation.symbol().and_then(Symbol::body).is_some()
}

/// Whether a cell says what came of a vote, and how or when: the symbol of a resolution alone is a document.
fn is_result(value: &str) -> bool {
    let results = results_in(value);
    let mut results = results.iter();
    results.any(|told| told.outcome.is_some() && (told.says_how() || told.day.is_some()))
}

fn is_day_of_year(value: &str) -> bool {
    let day = format!("{value} 2000");
    chrono::NaiveDate::parse_from_str(&day, "%d %B %Y").is_ok()
}

/// Whether a cell lists states.
fn is_list(value: &str) -> bool {
    let plain: String = value
        .chars()
        .filter(|c| !matches!(c, '[' | ']' | '\'' | '"'))
        .collect();
    let names: Vec<_> = plenary_states::split_names(&plain, None);
    value.contains([',', ';', '|'])
        && names.len() >= 2
        && names.iter().filter(|name| name.code.is_some()).count() * 2 > names.len()
}
