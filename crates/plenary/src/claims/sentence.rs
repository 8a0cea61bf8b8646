//! [`Sentence`]: a sentence of a report, taken apart.

use chrono::{Datelike, NaiveDate};
use plenary_states::Resolver;
use plenary_types::{Citation, Date, english};

use super::number::{counts_roughly, number_at};
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
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        // `152–5` is one word.
        let in_score = c == '–'
            && is_digit(text.get(..at).and_then(|before| before.chars().last()))
            && is_digit(text.get(at..).and_then(|behind| behind.chars().nth(1)));
        let parts = c.is_whitespace() || (matches!(c, '—' | '–') && !in_score);
        match (begins, parts) {
            (None, false) => begins = Some(at),
            (Some(start), true) => {
                let raw = text.get(start..at).unwrap_or_default();
                let bare = raw.trim_matches(|c: char| !c.is_alphanumeric() && c != '%');
                words.push(Word {
                    is_capital: bare.starts_with(char::is_uppercase),
                    text: bare.to_lowercase().replace('–', "-"),
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

    /// Whether a comma, a semicolon or a colon stands behind a word.
    pub(super) fn ends_part(&self, at: usize) -> bool {
        self.between(at, at + 1).ends_with([',', ';', ':'])
    }

    /// How many words say at a place that nobody voted: `by consensus`.
    pub(super) fn is_without_vote(&self, at: usize) -> Option<usize> {
        const WAYS: [&[&str]; 5] = [
            &["without", "a", "vote"],
            &["without", "vote"],
            &["by", "consensus"],
            &["by", "acclamation"],
            &["without", "objection"],
        ];
        let way = WAYS.iter().find(|way| self.has_at(at, way))?;
        Some(way.len())
    }

    fn has_any(&self, words: &[&str]) -> bool {
        self.words.iter().any(|word| words.contains(&&*word.text))
    }

    /// Whether one of some words stands before one of others.
    fn has_pair(&self, first: &[&str], second: &[&str]) -> bool {
        let mut pairs = self.words.windows(2);
        pairs.any(|pair| match pair {
            [one, two] => first.contains(&&*one.text) && second.contains(&&*two.text),
            _ => false,
        })
    }

    /// Whether it is about what happens in a committee: what the plenary does on its recommendation is not.
    pub(super) fn is_of_committee(&self) -> bool {
        self.has_any(&["committee", "committees", "subcommittee"])
            && !self.has_any(&["recommendation", "recommended", "recommends"])
    }

    /// Whether it is about a part of the text, an amendment or a motion on procedure.
    pub(super) fn is_of_part(&self) -> bool {
        self.has_any(&[
            "amendment",
            "amendments",
            "sub-amendment",
            "amend",
            "amending",
            "paragraph",
            "paragraphs",
            "preambular",
            "operative",
            "clause",
            "clauses",
            "no-action",
            "procedural",
            "adjourn",
            "adjournment",
        ]) || self.has_pair(&["separate"], &["vote", "votes"])
            || self.has_pair(&["motion"], &["to", "of", "for", "by"])
    }

    /// Whether it names another text than the one that the report is about: `a similar resolution`.
    pub(super) fn is_of_other_text(&self) -> bool {
        const OTHER: [&str; 9] = [
            "another",
            "other",
            "similar",
            "different",
            "separate",
            "second",
            "rival",
            "companion",
            "sister",
        ];
        const TEXTS: [&str; 15] = [
            "resolution",
            "resolutions",
            "text",
            "texts",
            "vote",
            "votes",
            "draft",
            "drafts",
            "document",
            "compact",
            "treaty",
            "convention",
            "declaration",
            "measure",
            "proposal",
        ];
        self.has_pair(&OTHER, &TEXTS)
    }

    /// Whether the subject of a text is named that is not that of a title: `the Compact on Refugees` where that for Migration is meant.
    pub(super) fn is_of_other_title(&self, title: &str) -> bool {
        const TEXTS: [&str; 9] = [
            "resolution",
            "compact",
            "convention",
            "treaty",
            "declaration",
            "protocol",
            "covenant",
            "pact",
            "agreement",
        ];
        let title = title.to_lowercase();
        let has = |word: &str| {
            let stem: String = word.chars().take(6).collect();
            title.contains(&stem)
        };
        (0..self.words.len()).any(|at| {
            let follows = TEXTS.contains(&self.word(at)) && !self.ends_part(at);
            let named = follows && matches!(self.word(at + 1), "on" | "for" | "against");
            let is_subject = |at: &usize| {
                let word = self.word(*at);
                word.len() > 3 && !matches!(word, "safe" | "first" | "next" | "time")
            };
            let subject = (at + 2..at + 5).find(is_subject);
            let in_time = subject.is_some_and(|at| {
                english::month(self.word(at)).is_some()
                    || is_weekday(self.word(at))
                    || self.day_at(at.saturating_sub(1)).is_some()
            });
            let subject = subject
                .filter(|_| named && !in_time)
                .map(|at| self.word(at));
            !title.is_empty() && subject.is_some_and(|subject| !has(subject))
        })
    }

    /// Whether it tells of another time than that of a vote: `last year`, `ten years ago`.
    pub(super) fn is_of_other_time(&self) -> bool {
        const SPANS: [&str; 9] = [
            "year", "years", "month", "months", "week", "weeks", "session", "decade", "century",
        ];
        self.has_pair(&["last", "previous", "past", "next", "following"], &SPANS)
            || self.has_pair(&SPANS, &["later", "before", "earlier"])
            || self.has_any(&["ago"])
    }

    /// Whether it names a month in which none of some days falls, or a day without its year that is none of them.
    pub(super) fn is_of_other_month(&self, dates: &[Date]) -> bool {
        let known: Option<Vec<NaiveDate>> = dates.iter().map(|date| date.as_day()).collect();
        let Some(known) = known.filter(|known| !known.is_empty()) else {
            return false;
        };
        (0..self.words.len()).any(|at| {
            let day_begins = [at, at.saturating_sub(1)].into_iter();
            let day = day_begins.filter_map(|at| self.calendar_day(at)).next();
            match (day, english::month(self.word(at))) {
                // The day with its year is judged as a claim.
                (Some((_, _, Some(_))), Some(_)) | (_, None) => false,
                (Some((month, day, None)), _) => !known
                    .iter()
                    .any(|date| (date.month(), date.day()) == (month, day)),
                (None, Some(month)) => {
                    let capital = self.words.get(at).is_some_and(|word| word.is_capital);
                    let is_time = at > 0
                        && matches!(
                            self.word(at - 1),
                            "in" | "of" | "since" | "until" | "during"
                        );
                    capital && is_time && !known.iter().any(|date| date.month() == month)
                }
            }
        })
    }

    /// The month, the day and the year, if it is said, that begin at a word: `10 December`, `December 10, 2018`.
    pub(super) fn calendar_day(&self, at: usize) -> Option<(u32, u32, Option<i32>)> {
        if let Some((day, _)) = self.day_at(at) {
            return Some((day.month(), day.day(), Some(day.year())));
        }
        let [first, second] = [self.word(at), self.word(at + 1)];
        let (day, month) = match english::month(second) {
            Some(month) => (first, month),
            None => (second, english::month(first)?),
        };
        let digits = day.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let day: u32 = digits.parse().ok().filter(|day| (1..=31).contains(day))?;
        Some((month, day, None))
    }

    /// The years in it.
    pub(super) fn years(&self) -> Vec<i32> {
        let years = self.words.iter().filter_map(|word| {
            let digits = word.text.len() == 4 && word.text.bytes().all(|b| b.is_ascii_digit());
            digits.then(|| word.text.parse().ok())?
        });
        years.filter(|year| (1900..2100).contains(year)).collect()
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
        const UNCERTAIN: [&str; 43] = [
            "false",
            "untrue",
            "incorrect",
            "incorrectly",
            "wrong",
            "myth",
            "denies",
            "respectively",
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
            "wrongly",
            "mistakenly",
            "supposedly",
            "neither",
            "nor",
            "whether",
            "denied",
            "instead",
        ];
        if self.text.ends_with('?') {
            return true;
        }
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
        let present = before == "were" && self.word(at + 1) == "present";
        (did && !is_side) || present || self.word(at + 1) == "voting"
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
            let counted = self.counted_at(at);
            let length = named.or(counted).unwrap_or(1);
            if (counted.is_some() || named.is_some()) && !(at..at + length).any(is_used) {
                let words = self.between(at, at + length);
                unused.push(words.trim_matches(|c: char| !c.is_alphanumeric() && c != '%'));
            }
            at += length;
        }
        (!unused.is_empty()).then(|| format!("`{}` not used", unused.join("`, `")))
    }

    /// How many words a number has that begins at a word. The document that a sentence names says what it is about, and `no` and `one`
    /// are numbers of votes only.
    fn counted_at(&self, at: usize) -> Option<usize> {
        const VOTES: [&str; 9] = [
            "vote",
            "votes",
            "voted",
            "voting",
            "against",
            "favour",
            "favor",
            "abstained",
            "abstentions",
        ];
        let word = self.word(at);
        if word.bytes().any(|b| b.is_ascii_digit()) {
            return (!word.contains('/')).then_some(1);
        }
        if counts_roughly(word) {
            return Some(1);
        }
        let (_, length) = number_at(self, at)?;
        let is_weak = matches!(word, "no" | "none" | "nobody" | "one") && length == 1;
        let answers = at > 0 && matches!(self.word(at - 1), "voted" | "vote" | "votes" | "voting");
        (!is_weak || (self.has_any(&VOTES) && !answers)).then_some(length)
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
            last_is_capital && is_one && is_printed_as_name(name) && {
                let name = plain_name(name);
                Resolver::new().on(on).resolve(&name).is_some()
            }
        })
    }
}

/// A name without the article before initials and without the stops in them: `the U.S.` is `US`.
pub(super) fn plain_name(name: &str) -> String {
    let bare = name.trim();
    let bare = match bare.split_once(' ') {
        Some(("the" | "The", rest)) if is_initials(rest) => rest,
        _ => bare,
    };
    match is_initials(bare) {
        true => bare.replace('.', ""),
        false => bare.to_owned(),
    }
}

/// Whether a text is capitals, each with a stop or none: `US`, `U.S.`, `DPRK`.
fn is_initials(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| *c != '.');
    text.len() > 1 && text.len() < 10 && letters.all(|c| c.is_ascii_uppercase())
}

/// Whether a text is printed as names are: with a capital, and a short one in capitals alone, so that `us` is nobody.
pub(super) fn is_printed_as_name(text: &str) -> bool {
    let bare = text.trim_start_matches("the ").trim_start_matches("The ");
    let is_short = bare.chars().filter(|c| c.is_alphabetic()).count() <= 3;
    bare.starts_with(char::is_uppercase) && (!is_short || is_initials(bare))
}

fn is_weekday(word: &str) -> bool {
    word.parse::<chrono::Weekday>().is_ok()
}
