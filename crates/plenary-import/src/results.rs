//! What came of a vote, in words: `Adopted by a recorded vote (32 to 14, with 1 abstention)`, `Draft resolution S/5 vetoed by USA 9-1-1`.
//!
//! The words for numbers of votes and for outcomes are those of all readers; cells of tables are read here, sentences of meeting records by
//! the reader of these.

use chrono::NaiveDate;
use plenary_types::{Outcome, Scope, english};

/// A word of a text, in small letters and without marks around it, and where it begins.
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) start: usize,
}

/// The words of a part of a text.
pub(crate) fn words(text: &str, start: usize, end: usize) -> Vec<Word> {
    let mut words = Vec::new();
    let part = text.get(start..end).unwrap_or_default();
    let mut begins = None;
    for (at, c) in part.char_indices().chain([(part.len(), ' ')]) {
        match (begins, c.is_whitespace()) {
            (None, false) => begins = Some(at),
            (Some(from), true) => {
                let word = part.get(from..at).unwrap_or_default();
                let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
                words.push(Word {
                    text: bare.to_lowercase(),
                    start: start + from,
                });
                begins = None;
            }
            _ => {}
        }
    }
    words
}

/// Totals of a vote, as far as words say them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Totals {
    pub(crate) yes: Option<u32>,
    pub(crate) no: Option<u32>,
    pub(crate) abstain: Option<u32>,
    /// Whether the numbers are given as `149 votes to 1`, without saying which are which.
    pub(crate) is_pair: bool,
}

/// The numbers of some words: `149 votes to 1, with 7 abstentions`, `12 votes in favour, none against and 3 abstentions`.
pub(crate) fn totals(words: &[Word]) -> Totals {
    let mut found = Totals::default();
    let word = |at: usize| words.get(at).map_or("", |word| &*word.text);
    for at in 0..words.len() {
        let Some(count) = number(word(at)) else {
            continue;
        };
        let is_counted = matches!(word(at + 1), "votes" | "vote" | "members" | "delegations");
        let next = at + 1 + usize::from(is_counted);
        let is_after_vote = at > 0 && matches!(word(at - 1), "by" | "vote");
        let place = match (word(next), word(next + 1)) {
            ("in", "favour" | "favor") | ("for", _) if is_counted || word(next) == "in" => {
                &mut found.yes
            }
            ("against", _) => &mut found.no,
            ("abstentions" | "abstention" | "abstaining" | "abstained", _) => &mut found.abstain,
            ("to", other) if is_counted || is_after_vote => {
                if let Some(other) = number(other)
                    && found.yes.is_none()
                    && word(next + 2) != "against"
                {
                    found.yes = Some(count);
                    found.no = Some(other);
                    found.is_pair = true;
                }
                continue;
            }
            _ => continue,
        };
        place.get_or_insert(count);
    }
    found
}

/// A number of votes in figures or in words.
pub(crate) fn number(word: &str) -> Option<u32> {
    if matches!(word, "none" | "no" | "nil") {
        return Some(0);
    }
    if !word.is_empty() && word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit()) {
        return word.parse().ok();
    }
    english::cardinal(word)
}

/// The outcome that a verb means, in small letters.
pub(crate) fn outcome_of(verb: &str) -> Option<Outcome> {
    match verb {
        "adopted" | "approved" | "carried" | "retained" | "accepted" => Some(Outcome::Adopted),
        "rejected" | "defeated" | "lost" | "deleted" => Some(Outcome::Rejected),
        _ => None,
    }
}

/// How much of a proposal was voted on, by what was put: `Operative paragraph 2`.
pub(crate) fn scope_of(subject: &str) -> Scope {
    let subject = subject.to_lowercase();
    let has = |words: &[&str]| {
        subject
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| words.contains(&word))
    };
    // A draft `as amended` is the draft.
    if has(&["amendment", "amendments", "subamendment"]) {
        Scope::Amendment
    } else if has(&[
        "paragraph",
        "paragraphs",
        "subparagraph",
        "subparagraphs",
        "words",
        "phrase",
        "section",
        "part",
    ]) {
        Scope::Paragraph
    } else if has(&["motion", "challenge", "appeal"]) {
        Scope::Motion
    } else {
        Scope::Whole
    }
}

/// What a cell says of one vote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Told {
    /// The words as they stand in the cell, with single blanks.
    pub(crate) text: String,
    /// What was adopted, by its number: `S/RES/15 (1946)`.
    pub(crate) symbol: Option<String>,
    /// What was put to the vote and has no number.
    pub(crate) drafts: Vec<String>,
    pub(crate) outcome: Option<Outcome>,
    pub(crate) is_without_vote: bool,
    /// Whether it says in words that it was put to the vote.
    is_voted: bool,
    pub(crate) totals: Totals,
    /// Whether a part was voted on, and not the whole text.
    pub(crate) scope: Option<Scope>,
    pub(crate) day: Option<Day>,
    /// Whether it is of something that nobody votes on: a statement of the President, a letter, `--`.
    pub(crate) is_of_no_vote: bool,
}

/// The day in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Day {
    Known(NaiveDate),
    /// In numbers, of which the table may tell which is the month: `27/3/2014`, or `27.3.14`, of which it may tell the century.
    Numbers(String),
}

impl Day {
    /// The numbers of a day with all digits of its year, where that is the year that is known, or one with these last digits.
    pub(crate) fn in_year(numbers: &str, year: Option<&str>) -> Option<String> {
        let at = numbers.rfind(['/', '.'])? + 1;
        let (start, own) = numbers.split_at_checked(at)?;
        match own.len() {
            2 => {
                let year = year.filter(|year| year.len() == 4 && year.ends_with(own))?;
                Some(format!("{start}{year}"))
            }
            _ => Some(numbers.to_owned()),
        }
    }
}

impl Told {
    /// Whether it says what came of a vote, or that there was none.
    pub(crate) const fn is_understood(&self) -> bool {
        self.outcome.is_some() || self.is_of_no_vote
    }

    /// Whether it says how the vote was taken.
    pub(crate) const fn says_how(&self) -> bool {
        self.is_without_vote || self.is_voted || self.totals.yes.is_some()
    }
}

/// The results in a cell, one after another. Of a cell without words there is none.
pub(crate) fn results_in(cell: &str) -> Vec<Told> {
    let text = apart(cell);
    let tokens: Vec<&str> = text.split_whitespace().collect();
    let mut results = Vec::new();
    let mut start = 0;
    let mut so_far = Progress::default();
    for at in 0..tokens.len() {
        if at > start && so_far.is_complete && begins(&tokens, at) {
            results.push(told(tokens.get(start..at).unwrap_or_default()));
            (start, so_far) = (at, Progress::default());
        }
        so_far.look(tokens.get(at).copied().unwrap_or_default(), at == start);
    }
    let rest = tokens.get(start..).unwrap_or_default();
    if !rest.is_empty() {
        results.push(told(rest));
    }
    results
}

/// How much of a result was read.
#[derive(Default)]
struct Progress {
    /// Whether it has all that it needs, so that another document begins another result.
    is_complete: bool,
}

impl Progress {
    fn look(&mut self, token: &str, is_first: bool) {
        let word = bare(token);
        let is_result = outcome_of(&word).is_some() || matches!(&*word, "vetoed" | "unanimously");
        let is_alone = is_first && (is_resolution(token) || is_of_no_vote(token));
        self.is_complete |= is_result || is_alone || triple(token).is_some() || word == "prst";
    }
}

/// Whether another result begins with a word: a document, a draft, an amendment.
fn begins(tokens: &[&str], at: usize) -> bool {
    let token = tokens.get(at).copied().unwrap_or_default();
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let is_joined = before.is_some_and(|before| {
        matches!(bare(before).as_str(), "and" | "by" | "in" | "of" | "draft") || *before == "&"
    });
    let word = bare(token);
    let is_draft = matches!(&*word, "draft" | "amendment" | "amendments");
    !is_joined && (is_draft || is_document(token) || (is_of_no_vote(token) && !is_dash(token)))
}

/// A word in small letters, without marks around it.
fn bare(token: &str) -> String {
    let word = token.trim_matches(|c: char| !c.is_alphanumeric());
    word.to_lowercase()
}

/// Whether a word is the symbol of a document: `S/5`, `S/RES/15`, `A/HRC/RES/6/30`.
fn is_document(token: &str) -> bool {
    let (series, rest) = token.split_once('/').unwrap_or_default();
    let is_series =
        (1..=2).contains(&series.len()) && series.bytes().all(|b| b.is_ascii_uppercase());
    is_series && rest.contains(|c: char| c.is_ascii_digit())
}

/// Whether a word is the number of a resolution or decision, which only an adopted text has.
fn is_resolution(token: &str) -> bool {
    is_document(token)
        && ["/RES/", "/DEC/"]
            .iter()
            .any(|series| token.contains(series))
}

/// Whether a word begins the name of something that nobody votes on.
fn is_of_no_vote(token: &str) -> bool {
    let word = bare(token);
    let is_statement = is_document(token) && token.contains("/PRST/");
    let names = [
        "communiqu",
        "statement",
        "letter",
        "note",
        "election",
        "referral",
    ];
    let is_capital = token.starts_with(char::is_uppercase) || word.starts_with("communiqu");
    let is_named = is_capital && names.iter().any(|name| word.starts_with(name));
    is_statement || is_named || is_dash(token) || word == "prst"
}

fn is_dash(token: &str) -> bool {
    !token.is_empty() && token.chars().all(|c| matches!(c, '-' | '–' | '—'))
}

/// The totals of a word such as `9-0-2`: yes, no, abstaining.
fn triple(token: &str) -> Option<[u32; 3]> {
    let mut numbers = token
        .trim_matches([',', ';', '.', '(', ')', '[', ']'])
        .split('-');
    let mut next = || {
        let digits = numbers.next()?;
        let is_number =
            (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| digits.parse().ok())?
    };
    let all = [next()?, next()?, next()?];
    numbers.next().is_none().then_some(all)
}

/// A cell with blanks where words were pushed together: `vetoed by UK9-1-1`, `S/RES/36 (1947)7-1-3`, `resolutionS/7vetoed`.
fn apart(cell: &str) -> String {
    const VERBS: [&str; 6] = [
        "adopted",
        "vetoed",
        "rejected",
        "not adopted",
        "without vote",
        "without a vote",
    ];
    let lower = cell.to_ascii_lowercase();
    let mut text = String::with_capacity(cell.len() + 8);
    let mut before = ' ';
    for (at, c) in cell.char_indices() {
        let rest = lower.get(at..).unwrap_or_default();
        let is_symbol = (before.is_lowercase() || before.is_ascii_digit())
            && c.is_ascii_uppercase()
            && is_document(rest_word(cell, at));
        let is_verb = before.is_ascii_digit() && VERBS.iter().any(|verb| rest.starts_with(verb));
        let is_behind_bracket = matches!(before, ')' | ']') && c.is_alphanumeric();
        let is_total =
            before.is_alphabetic() && c.is_ascii_digit() && triple(rest_word(cell, at)).is_some();
        if is_symbol || is_verb || is_behind_bracket || is_total {
            text.push(' ');
        }
        text.push(c);
        before = c;
    }
    text
}

/// The text from a place to the next blank.
fn rest_word(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    rest.split_whitespace().next().unwrap_or_default()
}

/// What some words say of one vote.
fn told(tokens: &[&str]) -> Told {
    let text = tokens.join(" ");
    let words = words(&text, 0, text.len());
    let mut told = Told {
        totals: totals(&words),
        ..Told::default()
    };
    let word = |at: usize| words.get(at).map_or("", |word| &*word.text);
    for at in 0..words.len() {
        told.is_without_vote |= word(at) == "without"
            && (word(at + 1) == "vote" || (word(at + 1) == "a" && word(at + 2) == "vote"));
        told.is_voted |= matches!(
            word(at),
            "vote" | "votes" | "voted" | "vetoed" | "unanimously"
        );
        if told.outcome.is_some() {
            continue;
        }
        let is_negated = at > 0 && word(at - 1) == "not";
        told.outcome = match (word(at), outcome_of(word(at))) {
            ("vetoed", _) => Some(Outcome::Rejected),
            (_, Some(Outcome::Adopted)) if is_negated => Some(Outcome::Rejected),
            (_, outcome) => outcome,
        };
    }
    if let Some([yes, no, abstain]) = tokens.iter().find_map(|token| triple(token))
        && told.totals.yes.is_none()
    {
        told.totals = Totals {
            yes: Some(yes),
            no: Some(no),
            abstain: Some(abstain),
            is_pair: false,
        };
    }
    told.is_voted &= !told.is_without_vote;
    documents(tokens, &mut told);
    let first = tokens.first().copied().unwrap_or_default();
    let is_statement = words.iter().any(|word| word.text == "prst");
    told.is_of_no_vote =
        told.symbol.is_none() && told.outcome.is_none() && (is_of_no_vote(first) || is_statement);
    if told.is_without_vote && told.outcome.is_none() && told.symbol.is_some() {
        told.outcome = Some(Outcome::Adopted);
    }
    let verb = words
        .iter()
        .position(|word| outcome_of(&word.text).is_some());
    let subject = verb.and_then(|verb| text.get(..words.get(verb)?.start));
    told.scope = subject.map(scope_of).filter(|scope| *scope != Scope::Whole);
    told.day = day(tokens);
    told.text = text;
    told
}

/// The documents before the result.
fn documents(tokens: &[&str], told: &mut Told) {
    let is_draft = tokens.iter().take(4).any(|token| bare(token) == "draft");
    for (at, token) in tokens.iter().enumerate() {
        let word = bare(token);
        if outcome_of(&word).is_some() || matches!(&*word, "not" | "vetoed") {
            break;
        }
        if token.starts_with('(') || !is_document(token) || is_of_no_vote(token) {
            continue;
        }
        let symbol = token.trim_end_matches([',', ';', '.']);
        // `(as amended in S/5)`: the bracket is not of the symbol.
        let symbol = match symbol.contains('(') {
            true => symbol,
            false => symbol.trim_end_matches(')'),
        };
        if is_resolution(symbol) && !is_draft {
            let year = tokens.get(at + 1).copied().unwrap_or_default();
            let is_year = year.len() == 6 && year.starts_with('(') && year.ends_with(')');
            let number = if is_year {
                format!("{symbol} {year}")
            } else {
                symbol.to_owned()
            };
            if told.symbol.is_none() {
                told.symbol = Some(number);
                // A text has the number because it was adopted.
                told.outcome = told.outcome.or(Some(Outcome::Adopted));
            }
        } else if tokens.get(at + 1).is_none_or(|next| bare(next) != "prst") {
            told.drafts.push(symbol.to_owned());
        }
    }
}

/// The first day of some words: `25 September 2014`, `27/3/2014`, `16.6.2011`.
fn day(tokens: &[&str]) -> Option<Day> {
    let trimmed = |token: &str| {
        token
            .trim_matches([',', ';', '.', '(', ')', '[', ']', ':'])
            .to_owned()
    };
    let words: Vec<String> = tokens.iter().map(|token| trimmed(token)).collect();
    let in_words = words.windows(3).find_map(|words| {
        let [day, month, year] = words else {
            return None;
        };
        let year = year.parse().ok().filter(|_| year.len() == 4)?;
        let day = day.parse().ok().filter(|_| day.len() <= 2)?;
        NaiveDate::from_ymd_opt(year, english::month(month)?, day)
    });
    let in_numbers = || {
        words.iter().find(|word| {
            let parts: Vec<&str> = word.split(['/', '.']).collect();
            let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
            matches!(&*parts, [day, month, year] if day.len() <= 2 && month.len() <= 2 && matches!(year.len(), 2 | 4)) && parts.iter().all(is_number)
        })
    };
    in_words
        .map(Day::Known)
        .or_else(|| in_numbers().map(|text| Day::Numbers(text.clone())))
}

#[cfg(test)]
mod tests {
    use plenary_types::{Outcome, Scope};

    use super::{Day, Told, results_in, triple};

    fn one(cell: &str) -> Told {
        let mut results = results_in(cell);
        assert_eq!(results.len(), 1, "{cell}: {results:?}");
        results.remove(0)
    }

    fn counts(told: &Told) -> [Option<u32>; 3] {
        [told.totals.yes, told.totals.no, told.totals.abstain]
    }

    #[test]
    fn a_cell_says_how_a_text_was_adopted_and_when() {
        for (cell, totals, without, day) in [
            (
                "Adopted without a vote,\n39th meeting, 25 September 2014",
                [None; 3],
                true,
                "2014-09-25",
            ),
            (
                "Adopted by a recorded vote (32 to 14, with 1 abstention), 39th meeting, 25 September 2014",
                [Some(32), Some(14), Some(1)],
                false,
                "2014-09-25",
            ),
            (
                "Adopted on 1 October 2009 [21 in favour, 16 against, no abstentions]",
                [Some(21), Some(16), Some(0)],
                false,
                "2009-10-01",
            ),
            (
                "Adopted 27 March 2008 [without vote]",
                [None; 3],
                true,
                "2008-03-27",
            ),
            (
                "Adopted by a vote on 16.6.2011 [29 in favour, 12 against]",
                [Some(29), Some(12), None],
                false,
                "16.6.2011",
            ),
        ] {
            let told = one(cell);
            assert_eq!(told.outcome, Some(Outcome::Adopted), "{cell}");
            assert_eq!(
                (counts(&told), told.is_without_vote),
                (totals, without),
                "{cell}"
            );
            let read = match told.day.clone() {
                Some(Day::Known(day)) => day.to_string(),
                Some(Day::Numbers(text)) => text,
                None => String::new(),
            };
            assert_eq!(read, day, "{cell}");
            assert!(told.is_understood() && told.scope.is_none(), "{cell}");
        }
    }

    #[test]
    fn a_cell_may_hold_the_results_of_several_votes() {
        let cell = "Draft resolution S/PV.9 (Ireland) vetoed by USSR 9-1-1 \n\t\tDraft resolutionS/12/Rev.1 not adopted2-4-5 S/RES/8 (1946)10-0-1\nS/13 (PRST) Communiqué";
        let results = results_in(cell);
        let said = results.iter().map(|told| {
            (
                told.symbol.as_deref(),
                told.drafts.join(" "),
                told.outcome,
                counts(told),
            )
        });
        let said: Vec<_> = said.collect();
        assert_eq!(
            said,
            [
                (
                    None,
                    "S/PV.9".to_owned(),
                    Some(Outcome::Rejected),
                    [Some(9), Some(1), Some(1)]
                ),
                (
                    None,
                    "S/12/Rev.1".to_owned(),
                    Some(Outcome::Rejected),
                    [Some(2), Some(4), Some(5)]
                ),
                (
                    Some("S/RES/8 (1946)"),
                    String::new(),
                    Some(Outcome::Adopted),
                    [Some(10), Some(0), Some(1)]
                ),
                (None, String::new(), None, [None; 3]),
                (None, String::new(), None, [None; 3]),
            ],
            "{results:?}"
        );
        assert!(results.iter().skip(3).all(|told| told.is_of_no_vote));
        let two = results_in("S/RES/1 (1946) 9-0-2S/RES/2 (1946)\n\t15-0-0");
        assert_eq!(two.len(), 2);
        assert!(
            two.iter()
                .all(|told| told.outcome == Some(Outcome::Adopted))
        );
        assert_eq!(counts(&two[0]), [Some(9), Some(0), Some(2)]);
        let unanimous = one("S/RES/1 (1946) adopted unanimously");
        assert_eq!(counts(&unanimous), [None; 3], "nobody counted");
        let amended = results_in(
            "Adopted by vote [25 in favour, 6 against] Amendment proposed by Chad rejected by vote [6 in favour, 25 against]",
        );
        let said: Vec<_> = amended
            .iter()
            .map(|told| (told.outcome, told.scope))
            .collect();
        assert_eq!(
            said,
            [
                (Some(Outcome::Adopted), None),
                (Some(Outcome::Rejected), Some(Scope::Amendment))
            ]
        );
    }

    #[test]
    fn what_is_no_vote_and_what_is_not_understood_are_told_apart() {
        for cell in [
            "--",
            "S/PRST/1999/1",
            "S/55 (PRST)",
            "Communiqué",
            "communiqué",
            "Election of Mr. Made Up (Chad)",
            "Letter (S/1999/5)",
        ] {
            assert!(one(cell).is_of_no_vote, "{cell}");
        }
        for cell in ["Voting Record", "see below", "S/5"] {
            let told = one(cell);
            assert!(!told.is_understood() && !told.says_how(), "{cell}");
        }
        assert_eq!(results_in(" \n"), []);
        one("Adopted without a vote 9.6.2011 - 31st meeting");
        let together = one("Draft resolution S/5 and S/6 not adopted");
        assert_eq!(together.drafts, ["S/5", "S/6"]);
        let vetoed = one("Draft resolution S/9 vetoed by UK and USA9-2-4");
        assert_eq!(counts(&vetoed), [Some(9), Some(2), Some(4)]);
        assert_eq!(triple("1999-01-02"), None);
        assert_eq!(
            Day::in_year("26.9.13", Some("2013")).as_deref(),
            Some("26.9.2013")
        );
        assert_eq!(Day::in_year("26.9.13", Some("2014")), None, "another year");
        assert_eq!(Day::in_year("26.9.13", None), None, "of which century?");
        assert_eq!(
            Day::in_year("26.9.2013", None).as_deref(),
            Some("26.9.2013")
        );
    }
}
