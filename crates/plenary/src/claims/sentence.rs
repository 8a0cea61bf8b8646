//! [`Sentence`]: a sentence of a report, taken apart.

use chrono::NaiveDate;
use plenary_states::Resolver;
use plenary_types::{Citation, english};

use super::statement::{Statement, is_side};

/// A sentence with the line on which it begins.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    pub(super) line: u64,
    pub(super) text: String,
    pub(super) words: Vec<Word>,
}

/// A word of a sentence.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// In small letters, without marks around it.
    pub(super) text: String,
    /// Where it stands in the sentence, with the marks around it.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether it begins with a capital letter.
    pub(super) is_capital: bool,
}

/// The sentences of a text.
pub(super) fn sentences(report: &str) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut text = String::new();
    let mut line = 1;
    let mut begins = 1;
    for (row, number) in report.lines().zip(1..) {
        let row = row.trim();
        if row.is_empty() {
            push(&mut sentences, &mut text, begins);
            continue;
        }
        if text.is_empty() {
            begins = number;
        } else {
            text.push(' ');
        }
        line = number;
        let mut from = 0;
        for (at, c) in row.char_indices() {
            let after = at + c.len_utf8();
            if matches!(c, '.' | '!' | '?') && ends_sentence(row, at, after) {
                let closed = row.get(after..).unwrap_or_default();
                let marks = closed.len() - closed.trim_start_matches(['"', '”', '’', ')']).len();
                text.push_str(row.get(from..after + marks).unwrap_or_default());
                push(&mut sentences, &mut text, begins);
                from = after + marks;
                begins = number;
            }
        }
        text.push_str(row.get(from..).unwrap_or_default().trim_start());
    }
    debug_assert!(begins <= line.max(1));
    push(&mut sentences, &mut text, begins);
    sentences
}

/// Whether a stop ends a sentence: not that of a word cut short, nor within a number or a symbol.
fn ends_sentence(row: &str, at: usize, after: usize) -> bool {
    const SHORT: [&str; 12] = [
        "mr", "mrs", "ms", "dr", "st", "no", "dec", "nov", "oct", "sept", "jan", "feb",
    ];
    let behind = row.get(after..).unwrap_or_default();
    let behind = behind.trim_start_matches(['"', '”', '’', ')']);
    let begins = behind.trim_start();
    let parted = begins.is_empty() || begins.len() < behind.len();
    let capital = begins.is_empty() || !begins.starts_with(char::is_lowercase);
    let before = row.get(..at).unwrap_or_default();
    let word = before
        .rsplit(|c: char| c.is_whitespace() || c == '.')
        .next()
        .unwrap_or_default();
    let word = word.to_lowercase();
    let short = SHORT.contains(&&*word)
        || (word.chars().count() == 1 && word.chars().all(char::is_alphabetic));
    parted && capital && !short
}

fn push(sentences: &mut Vec<Sentence>, text: &mut String, line: u64) {
    let whole = std::mem::take(text);
    let whole = whole.trim();
    if whole.is_empty() {
        return;
    }
    sentences.push(Sentence {
        line,
        words: words(whole),
        text: whole.to_owned(),
    });
}

fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut begins = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let parts = c.is_whitespace() || matches!(c, '—' | '–');
        match (begins, parts) {
            (None, false) => begins = Some(at),
            (Some(start), true) => {
                let raw = text.get(start..at).unwrap_or_default();
                let bare = raw.trim_matches(|c: char| !c.is_alphanumeric() && c != '%');
                words.push(Word {
                    is_capital: bare.starts_with(char::is_uppercase),
                    text: bare.to_lowercase(),
                    start,
                    end: at,
                });
                begins = None;
            }
            _ => {}
        }
    }
    words
}

impl Sentence {
    pub(super) fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| &*word.text)
    }

    /// Whether words stand at a place.
    pub(super) fn has_at(&self, at: usize, words: &[&str]) -> bool {
        words
            .iter()
            .enumerate()
            .all(|(by, word)| self.word(at + by) == *word)
    }

    /// The text from a word up to another.
    pub(super) fn between(&self, from: usize, to: usize) -> &str {
        let start = self
            .words
            .get(from)
            .map_or(self.text.len(), |word| word.start);
        let end = to.checked_sub(1).and_then(|last| self.words.get(last));
        let end = end.map_or(start, |word| word.end);
        self.text.get(start..end.max(start)).unwrap_or_default()
    }

    /// The words that a statement rests on.
    pub(super) fn words_of(&self, statement: &Statement) -> String {
        let text = self.between(statement.from, statement.to);
        text.trim_matches([',', '.', ';', ':', ' ', '"', '“', '”'])
            .to_owned()
    }

    /// The documents that it cites, in normal form.
    pub(super) fn documents(&self) -> impl Iterator<Item = String> + '_ {
        let words = self
            .text
            .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | ';' | '"'));
        words.filter_map(|word| {
            let word = word.trim_end_matches(['.', ':', '’']);
            let is_symbol = word.contains('/') && word.contains(|c: char| c.is_ascii_digit());
            let citation = Citation::new(word);
            (is_symbol && citation.symbol().is_some()).then(|| citation.normal().to_owned())
        })
    }

    /// The years in it.
    pub(super) fn years(&self) -> Vec<i32> {
        let years = self.words.iter().filter_map(|word| {
            let digits = word.text.len() == 4 && word.text.bytes().all(|b| b.is_ascii_digit());
            digits.then(|| word.text.parse().ok())?
        });
        years.filter(|year| (1900..2100).contains(year)).collect()
    }

    /// Whether a day of the calendar stands in it.
    pub(super) fn has_day(&self) -> bool {
        (0..self.words.len()).any(|at| self.day_at(at).is_some())
    }

    /// The day that begins at a word, and how many words it has: `19 December 2018`, `December 19, 2018`.
    pub(super) fn day_at(&self, at: usize) -> Option<(NaiveDate, usize)> {
        let [first, second, third] = [0, 1, 2].map(|by| self.word(at + by));
        let year: i32 = third
            .parse()
            .ok()
            .filter(|year| (1900..2100).contains(year))?;
        let (day, month) = match english::month(second) {
            Some(month) => (first, month),
            None => (second, english::month(first)?),
        };
        let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let day = NaiveDate::from_ymd_opt(year, month, day.parse().ok()?)?;
        Some((day, 3))
    }

    /// Whether it denies, supposes or expects.
    pub(super) fn is_uncertain(&self) -> bool {
        const UNCERTAIN: [&str; 27] = [
            "would",
            "could",
            "might",
            "should",
            "if",
            "unless",
            "expected",
            "expects",
            "expect",
            "likely",
            "unlikely",
            "reportedly",
            "allegedly",
            "apparently",
            "never",
            "hoped",
            "hopes",
            "threatened",
            "planned",
            "plans",
            "will",
            "wanted",
            "urged",
            "rumoured",
            "previous",
            "earlier",
            "falsely",
        ];
        let mut words = self.words.iter().enumerate();
        words.any(|(at, word)| {
            let is_may = word.text == "may" && !word.is_capital;
            let denies = word.text == "not" && !self.is_absence(at)
                || word.text.ends_with("n't")
                || word.text.ends_with("n’t");
            is_may || denies || UNCERTAIN.contains(&&*word.text)
        })
    }

    /// Whether `not` at a place is that of those who did not vote.
    fn is_absence(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map_or("", |before| self.word(before));
        let is_side = is_side(self.word(at + 2));
        let did = before == "did" && matches!(self.word(at + 1), "vote" | "participate");
        (did && !is_side) || self.word(at + 1) == "voting"
    }

    /// What of its numbers and names of states no statement used.
    pub(super) fn unused(&self, found: &[Statement], on: Option<NaiveDate>) -> Option<String> {
        let is_used = |at: usize| {
            found
                .iter()
                .any(|statement| (statement.from..statement.to).contains(&at))
        };
        let mut unused: Vec<&str> = Vec::new();
        let mut at = 0;
        while at < self.words.len() {
            let named = self.state_at(at, on);
            // The document that a sentence names says what it is about.
            let is_number =
                self.word(at).bytes().any(|b| b.is_ascii_digit()) && !self.word(at).contains('/');
            let length = named.unwrap_or(1);
            if (is_number || named.is_some()) && !is_used(at) {
                let words = self.between(at, at + length);
                unused.push(words.trim_matches(|c: char| !c.is_alphanumeric() && c != '%'));
            }
            at += length;
        }
        (!unused.is_empty()).then(|| format!("`{}` not used", unused.join("`, `")))
    }

    /// How many words the name of a state has that begins at a word.
    fn state_at(&self, at: usize, on: Option<NaiveDate>) -> Option<usize> {
        const LONGEST: usize = 7;
        if !self.words.get(at)?.is_capital {
            return None;
        }
        let most = LONGEST.min(self.words.len() - at);
        (1..=most).rev().find(|length| {
            let last_is_capital = self
                .words
                .get(at + length - 1)
                .is_some_and(|last| last.is_capital);
            let name = self
                .between(at, at + length)
                .trim_matches(|c: char| !c.is_alphanumeric() && c != ')');
            let is_one = !name.contains([',', ';', ':']);
            last_is_capital
                && is_one
                && name.len() > 3
                && Resolver::new().on(on).resolve(name).is_some()
        })
    }
}
