//! What stands on a page beside the text: running heads, page numbers, and the heading of the first page.

use chrono::NaiveDate;
use plenary_types::{BodyId, Citation, Series, Session, Symbol, english};

/// What a line of a heading or a running head says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Facts {
    /// The record of the meeting: `A/53/PV.79`.
    pub(super) meeting: Option<Citation>,
    pub(super) date: Option<NaiveDate>,
    /// Whether the date stands with its weekday, as that of the meeting does and that of publication does not.
    pub(super) with_weekday: bool,
    /// Whether the line says nothing but a date, written so that day and month cannot be taken for one another.
    pub(super) is_date_alone: bool,
    /// Whether it is a line that somebody wrote above pasted lists: `Date: 2018-12-19`.
    pub(super) is_labelled: bool,
    pub(super) session: Option<Session>,
    pub(super) organ: Option<BodyId>,
    /// Whether it says which meeting or year of the body it is: `79th plenary meeting`.
    pub(super) is_of_series: bool,
    /// Whether the line is a number alone, which is furniture at the edge of a page only.
    pub(super) is_number: bool,
}

impl Facts {
    /// Whether it is the day or the body of the lists below, as it stands above pasted ones.
    pub(super) fn is_above_lists(&self) -> bool {
        self.meeting.is_none() && (self.is_date_alone || self.with_weekday || self.is_labelled)
    }
}

/// Reads a line that holds nothing but what stands beside the text; none for any other line.
pub(super) fn furniture(line: &str) -> Option<Facts> {
    if let Some(facts) = labelled(line) {
        return Some(facts);
    }
    let words: Vec<&str> = line
        .split_whitespace()
        .map(|word| word.trim_end_matches([',', '.', ';']))
        .filter(|word| !word.is_empty())
        .collect();
    if words.is_empty() || words.len() > LONGEST {
        return None;
    }
    let mut reading = Reading {
        words: &words,
        at: 0,
        facts: Facts::default(),
        known: false,
        numbers: false,
    };
    while reading.at < words.len() {
        reading.next()?;
    }
    let Reading {
        mut facts,
        known,
        numbers,
        ..
    } = reading;
    facts.is_number = !known && numbers;
    facts.is_date_alone = day_alone(&words).is_some();
    (known || numbers).then_some(facts)
}

/// Reads what somebody wrote above pasted lists: `Date: 19 December 2018`, `Body: unga`, `Body: General Assembly`.
fn labelled(line: &str) -> Option<Facts> {
    let (label, value) = line.split_once(':')?;
    let value = value.trim().trim_end_matches('.');
    let mut facts = Facts {
        is_labelled: true,
        ..Facts::default()
    };
    match &*label.trim().to_ascii_lowercase() {
        "date" => {
            let words = value.split_whitespace();
            let words: Vec<&str> = words.map(|word| word.trim_end_matches(',')).collect();
            let day = match words.split_first() {
                Some((first, rest)) if is_weekday(first) => rest,
                _ => &words,
            };
            facts.date = Some(day_alone(day)?);
            facts.is_date_alone = true;
        }
        "body" => {
            let named = furniture(value).and_then(|facts| facts.organ);
            facts.organ = Some(named.or_else(|| value.to_ascii_lowercase().parse().ok())?);
        }
        _ => return None,
    }
    Some(facts)
}

/// A day and nothing else: `19 December 2018`, `December 19 2018`, `2018-12-19`.
fn day_alone(words: &[&str]) -> Option<NaiveDate> {
    match words {
        [whole] => iso(whole),
        [day, month, year] => written(day, month, year).or_else(|| written(month, day, year)),
        _ => None,
    }
}

/// Reads a running head with the title of the item between the day and the symbol, as it stands at the edge of a page:
/// `19/12/2018      The situation in the region      S/PV.8430`.
pub(super) fn running_head(line: &str) -> Option<Facts> {
    let line = line.trim();
    let (first, last) = (
        line.split_whitespace().next()?,
        line.split_whitespace().last()?,
    );
    // The symbol stands apart by two blanks, the title in a line with three.
    let beside = |word: &str, rest: Option<&str>| {
        let rest = rest.unwrap_or_default();
        !word.is_empty() && (rest.ends_with("  ") || rest.starts_with("  "))
    };
    let is_set_apart = line.contains("   ")
        || beside(last, line.strip_suffix(last))
        || beside(first, line.strip_prefix(first))
        || slashed(first).is_some()
        || slashed(last).is_some();
    let of_end = |word: &str| furniture(word).filter(|facts| facts.meeting.is_some());
    let mut facts = of_end(last)
        .or_else(|| of_end(first))
        .filter(|_| is_set_apart)?;
    facts.date = slashed(first).or_else(|| slashed(last));
    Some(facts)
}

/// Words of the longest line that may be a running head.
const LONGEST: usize = 24;

struct Reading<'a> {
    words: &'a [&'a str],
    at: usize,
    facts: Facts,
    /// Whether something was there that only a heading has.
    known: bool,
    numbers: bool,
}

impl Reading<'_> {
    fn word(&self, ahead: usize) -> &str {
        self.words.get(self.at + ahead).copied().unwrap_or_default()
    }

    /// Passes over the next part; none where it is not furniture.
    fn next(&mut self) -> Option<()> {
        let taken = self
            .symbol()
            .or_else(|| self.date())
            .or_else(|| self.time())
            .or_else(|| self.series())
            .or_else(|| self.organ())
            .or_else(|| self.number())
            .or_else(|| self.filler())?;
        self.at += taken;
        Some(())
    }

    fn symbol(&mut self) -> Option<usize> {
        let symbol: Symbol = self.word(0).parse().ok()?;
        if !matches!(symbol.series(), Series::Verbatim | Series::Summary) {
            return None;
        }
        self.facts.meeting = Some(symbol.into());
        self.known = true;
        Some(1)
    }

    /// `Friday`, `4 December 1998` and `19/12/2018`.
    fn date(&mut self) -> Option<usize> {
        if is_weekday(self.word(0)) {
            self.facts.with_weekday = true;
            self.known = true;
            return Some(1);
        }
        let [first, second, third] = [0, 1, 2].map(|ahead| self.word(ahead));
        let (date, taken) = match slashed(first).or_else(|| iso(first)) {
            Some(date) => (date, 1),
            None => (day_alone(&[first, second, third])?, 3),
        };
        self.facts.date = Some(date);
        self.known = true;
        Some(taken)
    }

    /// `10 a.m.`, `10.15 a.m.`, `3 p.m.`, `12 noon`.
    fn time(&mut self) -> Option<usize> {
        let clock = self.word(0);
        let is_clock = clock.len() <= 5
            && clock.starts_with(|c: char| c.is_ascii_digit())
            && clock
                .chars()
                .all(|c| c.is_ascii_digit() || c == '.' || c == ':');
        let half = self.word(1).to_ascii_lowercase();
        (is_clock && matches!(&*half, "a.m" | "p.m" | "noon" | "midnight")).then_some(2)
    }

    /// `79th plenary meeting`, `Fifty-third session`, `Tenth emergency special session`, `Fifty-third year`.
    fn series(&mut self) -> Option<usize> {
        let first = self.word(0);
        let number = ordinal(first)?;
        let mut ahead = 1;
        let (mut special, mut emergency) = (false, false);
        loop {
            match &*self.word(ahead).to_ascii_lowercase() {
                "emergency" => emergency = true,
                "special" => special = true,
                "plenary" => {}
                "session" => {
                    self.facts.session = Some(match (emergency, special) {
                        (true, _) => Session::Emergency(number),
                        (false, true) => Session::Special(number),
                        _ => Session::Regular(number),
                    });
                    break;
                }
                "meeting" | "year" => {
                    self.facts.is_of_series = true;
                    break;
                }
                _ => return None,
            }
            ahead += 1;
        }
        self.known = true;
        Some(ahead + 1)
    }

    fn organ(&mut self) -> Option<usize> {
        let (first, second) = (self.word(0), self.word(1));
        let organ = match (&*first.to_ascii_lowercase(), &*second.to_ascii_lowercase()) {
            ("general", "assembly") => BodyId::UNGA,
            ("security", "council") => BodyId::UNSC,
            _ => return None,
        };
        self.facts.organ = Some(organ);
        self.known = true;
        Some(2)
    }

    /// A page number, `3/28`, or the number of a print job: `98-86357`, `*9886357*`.
    fn number(&mut self) -> Option<usize> {
        let word = self.word(0);
        let digits = |text: &str, most: usize| {
            (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
        };
        let bare = word.trim_matches('*');
        let is_job = word.split_once('-').is_some_and(|(year, number)| {
            digits(year, 2) && number.len() >= 4 && digits(number, 6)
        }) || (bare.len() + 2 == word.len() && digits(bare, 12));
        let of_pages = word
            .split_once('/')
            .is_some_and(|(page, pages)| digits(page, 3) && digits(pages, 3));
        if is_job {
            self.known = true;
        } else if digits(word, 4) || of_pages {
            self.numbers = true;
        } else {
            return None;
        }
        Some(1)
    }

    fn filler(&mut self) -> Option<usize> {
        const FILLERS: [&str; 26] = [
            "united",
            "nations",
            "official",
            "records",
            "record",
            "provisional",
            "verbatim",
            "summary",
            "of",
            "the",
            "new",
            "york",
            "geneva",
            "held",
            "at",
            "headquarters",
            "on",
            "in",
            "english",
            "page",
            "(e)",
            "plenary",
            "meeting",
            "session",
            "(resumption",
            "1)",
        ];
        let word = self.word(0).to_ascii_lowercase();
        FILLERS.contains(&&*word).then_some(1)
    }
}

fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    DAYS.contains(&&*word.to_ascii_lowercase())
}

/// A day as English writes it: `4`, `December`, `1998`.
pub(super) fn written(day: &str, month: &str, year: &str) -> Option<NaiveDate> {
    numbered(day, english::month(month)?, year)
}

/// A day of a month of a year in four figures at the most, none before 1900.
fn numbered(day: &str, month: u32, year: &str) -> Option<NaiveDate> {
    let number = |text: &str, length: usize| {
        let digits = text.len() <= length && text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse::<u32>().ok()).flatten()
    };
    let year = number(year, 4).filter(|year| *year >= 1900)?;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, number(day, 2)?)
}

/// `2018-12-19`.
fn iso(word: &str) -> Option<NaiveDate> {
    let mut parts = word.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let whole = parts.next().is_none() && (year.len(), month.len(), day.len()) == (4, 2, 2);
    whole
        .then(|| numbered(day, month.parse().ok()?, year))
        .flatten()
}

/// `19/12/2018`: the running heads of the United Nations write day, month and year.
fn slashed(word: &str) -> Option<NaiveDate> {
    let mut parts = word.split('/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let whole = parts.next().is_none() && year.len() == 4;
    whole
        .then(|| numbered(day, month.parse().ok()?, year))
        .flatten()
}

/// The number of an ordinal in figures or in words, below a hundred in words: `79th`, `Fifty-third`.
fn ordinal(word: &str) -> Option<u16> {
    let word = word.to_ascii_lowercase();
    let figures = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if !figures.is_empty() && figures.bytes().all(|b| b.is_ascii_digit()) {
        let ending = word.get(figures.len()..)?;
        let fits = matches!(ending, "st" | "nd" | "rd" | "th");
        return fits.then(|| figures.parse().ok()).flatten();
    }
    english::ordinal(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_running_heads_and_page_numbers_are_not_text() {
        for line in [
            "A/53/PV.79",
            "General Assembly                       79th plenary meeting",
            "Fifty-third session                    4 December 1998",
            "Friday, 4 December 1998, 10 a.m.",
            "on Friday, 8 December 1989, at 10.15 a.m.",
            "19/12/2018                                     A/73/PV.60",
            "12/27                                          18-44607",
            "98-86357 (E)     *9886357*",
            "S/PV.3977",
            "14",
            "Tenth emergency special session",
            "2018-12-19",
            "December 19, 2018",
            "Date: Wednesday, 19 December 2018",
            "body: hrc",
        ] {
            assert!(furniture(line).is_some(), "{line}");
        }
        for line in [
            "",
            "Chad, Chile, China",
            "In favour:",
            "Against: None",
            "(resolution 53/37).",
            "A/53/L.52",
            "of the",
            "The President: I now call on",
            "Israel",
            "Date: soon",
            "Body: of a whale, found",
            "2018-13-19",
        ] {
            assert!(furniture(line).is_none(), "{line}");
        }
    }

    #[test]
    fn a_heading_tells_meeting_session_and_day() {
        let day = NaiveDate::from_ymd_opt(1998, 12, 4);
        let read = |line: &str| furniture(line).unwrap();
        assert_eq!(read("Friday, 4 December 1998, 10 a.m.").date, day);
        assert!(read("Friday, 4 December 1998, 10 a.m.").with_weekday);
        assert!(!read("A/44/PV.78  21 December 1989").with_weekday);
        assert_eq!(
            read("Fifty-third session").session,
            Some(Session::Regular(53))
        );
        assert_eq!(
            read("Tenth emergency special session").session,
            Some(Session::Emergency(10))
        );
        assert_eq!(
            read("General Assembly  A/53/PV.79").meeting,
            Some(Citation::new("A/53/PV.79"))
        );
        assert_eq!(read("04/12/1998  A/53/PV.79").date, day);
        assert!(read("12/27").is_number && !read("12/27  18-44607").is_number);
    }

    #[test]
    fn a_running_head_may_hold_the_title_of_the_item() {
        let day = NaiveDate::from_ymd_opt(2018, 12, 19);
        for line in [
            "19/12/2018 The situation in the region S/PV.8430",
            "S/PV.8430  The situation in the region  19/12/2018",
        ] {
            assert_eq!(running_head(line).unwrap().date, day, "{line}");
        }
        let apart = running_head("S/PV.8430      The situation in the region").unwrap();
        assert_eq!(apart.meeting, Some(Citation::new("S/PV.8430")));
        assert_eq!(running_head("as was said in the meeting S/PV.8430"), None);
        assert_eq!(running_head("19/12/2018   The situation"), None);
    }

    #[test]
    fn ordinals_are_read_in_figures_and_in_words() {
        for (word, number) in [
            ("79th", Some(79)),
            ("3977th", Some(3977)),
            ("First", Some(1)),
            ("Nineteenth", Some(19)),
            ("Twentieth", Some(20)),
            ("Fifty-third", Some(53)),
            ("EIGHTIETH", Some(80)),
            ("Ninety-ninth", Some(99)),
            ("fiftyth", None),
            ("third-fifth", None),
            ("53", None),
            ("", None),
        ] {
            assert_eq!(ordinal(word), number, "{word}");
        }
    }
}
