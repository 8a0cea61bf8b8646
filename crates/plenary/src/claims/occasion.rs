//! [`Occasions`]: which decision of the agreement a statement is about, by place, body, day and mode.

use std::collections::BTreeSet;

use chrono::Datelike;
use plenary_bodies::Reference;
use plenary_types::{Agreement, Assertion, BodyId, Citation, Date, Mode, Quantity, Scope, english};

use super::sentence::Sentence;
use super::statement::Statement;

/// The decisions of an agreement on the whole of it.
pub(super) struct Occasions(Vec<Occasion>);

/// A decision, with what tells it from the others.
struct Occasion {
    /// The symbol to name it by; the principal decision needs none.
    of: Named,
    date: Option<Date>,
    counts_votes: bool,
    is_without_vote: bool,
    symbol: Option<String>,
    body: Option<String>,
    places: BTreeSet<String>,
}

enum Named {
    Principal,
    Symbol(String),
    Nothing,
}

const UNTOLD: &str = "it does not tell which of the decisions of the record it is about";
const ELSEWHERE: &str = "it names a place of which the record knows nothing";
const OTHER_BODY: &str = "it is about a decision of another body";

impl Occasions {
    pub(super) fn new(agreement: &Agreement) -> Self {
        let principal = agreement.principal_decision().map(|(at, _)| at);
        let whole = agreement.decisions().filter(|(at, decision)| {
            Some(*at) == principal || decision.question.scope == Scope::Whole
        });
        let mut symbols = BTreeSet::new();
        let mut found = Vec::new();
        for (at, decision) in whole {
            let symbol = decision.symbol.as_ref();
            let is_first = symbol.is_some_and(|symbol| symbols.insert(symbol.normal().to_owned()));
            let of = match symbol {
                _ if Some(at) == principal => Named::Principal,
                Some(symbol) if is_first => Named::Symbol(symbol.to_string()),
                _ => Named::Nothing,
            };
            found.push(Occasion {
                of,
                date: decision.date,
                counts_votes: decision.mode.counts_votes(),
                is_without_vote: decision.mode == Mode::WithoutVote,
                symbol: symbol.map(|symbol| symbol.normal().to_owned()),
                body: decision.body.as_ref().map(body_word),
                places: decision
                    .notes
                    .iter()
                    .flat_map(|note| places(note))
                    .collect(),
            });
        }
        Self(found)
    }

    /// The dates of the decisions.
    pub(super) fn dates(&self) -> impl Iterator<Item = Date> + '_ {
        self.0.iter().filter_map(|occasion| occasion.date)
    }

    /// Makes a statement name the decision that it is about; why not, where that cannot be told.
    pub(super) fn assign(
        &self,
        sentence: &Sentence,
        statement: &mut Statement,
    ) -> Result<(), &'static str> {
        let part = part_of(sentence, statement.from);
        let cues = self.cues(sentence, part)?;
        let whole = (0, sentence.words.len());
        let elsewhere = self.cues(sentence, whole).unwrap_or_default();
        let chosen = match &statement.assertion {
            Assertion::Decided { date, .. } => self.by_date(*date, &cues, sentence, part)?,
            Assertion::WithoutVote { .. } => {
                self.only(&cues.all(), |occasion| occasion.is_without_vote)?
            }
            _ => self.by_votes(&cues, &elsewhere)?,
        };
        let Some(occasion) = self.0.get(chosen) else {
            return Err(UNTOLD);
        };
        match &occasion.of {
            Named::Principal => {}
            Named::Nothing => return Err(UNTOLD),
            Named::Symbol(symbol) => {
                name(&mut statement.assertion, symbol);
                let words = statement.in_words.trim_end_matches('.');
                statement.in_words = format!("{words} ({symbol}).");
            }
        }
        Ok(())
    }

    /// The decision on a day: where other words tell of one, the day must not be that of another.
    fn by_date(
        &self,
        date: Date,
        cues: &Cues,
        sentence: &Sentence,
        part: (usize, usize),
    ) -> Result<usize, &'static str> {
        let mut told = cues.strong.clone();
        if told.is_empty() {
            told = self.by_mode(sentence, part);
        }
        let of_day = self.find(|occasion| occasion.date == Some(date));
        match (one(&told), one(&of_day)) {
            (Some(told), Some(day)) if told != day => Err(UNTOLD),
            (Some(told), _) => Ok(told),
            (None, Some(day)) if told.is_empty() => Ok(day),
            _ if told.is_empty() && of_day.is_empty() => one(&self.find(|_| true)).ok_or(UNTOLD),
            _ => Err(UNTOLD),
        }
    }

    /// What the manner of deciding tells, where the decisions differ in it.
    fn by_mode(&self, sentence: &Sentence, (from, to): (usize, usize)) -> BTreeSet<usize> {
        let mut words = (from..to).map(|at| sentence.word(at));
        let without = (from..to).any(|at| sentence.is_without_vote(at).is_some());
        if without {
            return self.find(|occasion| occasion.is_without_vote);
        }
        let counted = words.any(|word| matches!(word, "votes" | "voted" | "vote" | "against"));
        match counted {
            true => self.find(|occasion| occasion.counts_votes),
            false => BTreeSet::new(),
        }
    }

    /// The decision that votes were counted at, among those that are told of.
    fn by_votes(&self, cues: &Cues, elsewhere: &Cues) -> Result<usize, &'static str> {
        let counted = self.find(|occasion| occasion.counts_votes);
        let told = cues.all();
        let among = |told: &BTreeSet<usize>| one(&told.intersection(&counted).copied().collect());
        if told.is_empty() {
            let whole = elsewhere.all();
            return among(&whole)
                .or_else(|| one(&counted))
                .or_else(|| one(&self.find(|_| true)))
                .ok_or(UNTOLD);
        }
        among(&told)
            .or_else(|| among(&elsewhere.all()))
            .or_else(|| one(&told).filter(|_| told.is_disjoint(&counted)))
            .ok_or(UNTOLD)
    }

    /// The only decision that is told of, else the only one of a kind.
    fn only(
        &self,
        told: &BTreeSet<usize>,
        fits: impl Fn(&Occasion) -> bool,
    ) -> Result<usize, &'static str> {
        if !told.is_empty() {
            return one(told).ok_or(UNTOLD);
        }
        let fitting = one(&self.find(fits));
        fitting.or_else(|| one(&self.find(|_| true))).ok_or(UNTOLD)
    }

    fn find(&self, fits: impl Fn(&Occasion) -> bool) -> BTreeSet<usize> {
        let all = self.0.iter().enumerate();
        all.filter(|(_, occasion)| fits(occasion))
            .map(|(at, _)| at)
            .collect()
    }

    /// The decisions that a part of a sentence names.
    fn cues(&self, sentence: &Sentence, (from, to): (usize, usize)) -> Result<Cues, &'static str> {
        let mut cues = Cues::default();
        let mut other_body = false;
        let is_background = |at: usize| {
            let before = (from..at).rev().take(6);
            let mut before = before.take_while(|at| !sentence.ends_part(*at));
            before.any(|at| {
                matches!(
                    sentence.word(at),
                    "after" | "following" | "since" | "before"
                )
            })
        };
        for at in from..to {
            let word = sentence.word(at);
            if word.contains('/') {
                let cited = Citation::new(word);
                let cited = cited.normal().to_lowercase();
                cues.strong.extend(self.find(|occasion| {
                    let symbol = occasion.symbol.as_ref();
                    symbol.is_some_and(|symbol| symbol.to_lowercase() == cited)
                }));
            }
            if let Some((month, day, year)) = sentence.calendar_day(at) {
                cues.days.extend(self.find(|occasion| {
                    let date = occasion.date.and_then(Date::as_day);
                    date.is_some_and(|date| {
                        (date.month(), date.day()) == (month, day)
                            && year.is_none_or(|year| year == date.year())
                    })
                }));
            }
            if is_background(at) {
                continue;
            }
            if is_body(word) {
                let named = self.find(|occasion| occasion.body.as_deref() == Some(word));
                other_body |= named.is_empty();
                cues.strong.extend(named);
            }
            let is_place = at > 0
                && matches!(sentence.word(at - 1), "in" | "at")
                && !sentence.ends_part(at - 1)
                && sentence.words.get(at).is_some_and(|word| word.is_capital);
            if is_place && !is_no_place(word) {
                let named = self.find(|occasion| occasion.places.iter().any(|p| alike(p, word)));
                if named.is_empty() && word != "new" {
                    return Err(ELSEWHERE);
                }
                cues.strong.extend(named);
            }
        }
        let knows_bodies = self.0.iter().any(|occasion| occasion.body.is_some());
        if other_body && cues.strong.is_empty() && knows_bodies {
            return Err(OTHER_BODY);
        }
        Ok(cues)
    }
}

/// The decisions that the words of a sentence point to.
#[derive(Default)]
struct Cues {
    /// By symbol, place or body.
    strong: BTreeSet<usize>,
    /// By the day.
    days: BTreeSet<usize>,
}

impl Cues {
    fn all(&self) -> BTreeSet<usize> {
        self.strong.union(&self.days).copied().collect()
    }
}

fn one(found: &BTreeSet<usize>) -> Option<usize> {
    found.first().copied().filter(|_| found.len() == 1)
}

/// The word by which reports call a body: the last of its name, or of its identifier where no data names it.
fn body_word(body: &BodyId) -> String {
    let known = Reference::embedded().body(body.as_str());
    let name = known.map_or_else(|| body.as_str(), |body| body.name());
    let last = name.rsplit([' ', '-']).next();
    last.unwrap_or_default().to_lowercase()
}

/// The words for bodies that may have decided.
fn is_body(word: &str) -> bool {
    matches!(
        word,
        "assembly" | "council" | "conference" | "parliament" | "senate" | "congress" | "summit"
    )
}

/// The places that a note names: `at the conference in Marrakech, 10 and 11 December 2018`.
fn places(note: &str) -> impl Iterator<Item = String> + '_ {
    let words: Vec<&str> = note.split_whitespace().collect();
    let found: Vec<String> = words
        .windows(2)
        .filter_map(|pair| match pair {
            ["in" | "at", place] if place.starts_with(char::is_uppercase) => {
                let place = place.trim_matches(|c: char| !c.is_alphanumeric());
                Some(place.to_lowercase())
            }
            _ => None,
        })
        .collect();
    found.into_iter()
}

/// Whether a word behind `in` is a month or begins something else that is no place.
fn is_no_place(word: &str) -> bool {
    english::month(word).is_some()
        || matches!(
            word,
            "un" | "headquarters"
                | "united"
                | "general"
                | "assembly"
                | "total"
                | "all"
                | "favour"
                | "favor"
        )
}

/// Whether two spellings are of one place: `Marrakech`, `Marrakesh`.
fn alike(known: &str, word: &str) -> bool {
    let word = word.trim_end_matches("'s").trim_end_matches("’s");
    let differ = known.chars().zip(word.chars()).filter(|(a, b)| a != b);
    let same_length = known.chars().count() == word.chars().count();
    let most = usize::from(known.chars().count() > 5);
    same_length && differ.count() <= most
}

/// The part of a sentence around a word that tells of one decision: `adopted in Marrakech`, `was endorsed by the Assembly`.
fn part_of(sentence: &Sentence, at: usize) -> (usize, usize) {
    let decides = |at: &usize| {
        matches!(
            sentence.word(*at),
            "adopted"
                | "approved"
                | "endorsed"
                | "passed"
                | "agreed"
                | "rejected"
                | "finalised"
                | "finalized"
                | "signed"
                | "concluded"
                | "backed"
                | "accepted"
        )
    };
    let verbs: Vec<usize> = (0..sentence.words.len()).filter(decides).collect();
    let mut from = 0;
    for pair in verbs.windows(2) {
        let &[first, second] = pair else { continue };
        let border = (first + 1..second).rev().find(|at| {
            let begins = matches!(
                sentence.word(*at),
                "which"
                    | "who"
                    | "that"
                    | "was"
                    | "were"
                    | "is"
                    | "has"
                    | "had"
                    | "and"
                    | "then"
                    | "while"
                    | "but"
                    | "when"
                    | "before"
                    | "after"
            );
            // Not the comma of `December 10, 2018`.
            let in_day = sentence.word(*at).len() == 4 && sentence.word(*at).parse::<u32>().is_ok();
            begins || (sentence.ends_part(*at - 1) && *at > first + 1 && !in_day)
        });
        let border = border.unwrap_or(second);
        if at < border {
            return (from, border);
        }
        from = border;
    }
    (from, sentence.words.len())
}

/// Says in an assertion of which decision it is.
fn name(assertion: &mut Assertion, symbol: &str) {
    let names = |of: &mut Option<String>| *of = Some(symbol.to_owned());
    match assertion {
        Assertion::Count { of, .. }
        | Assertion::Members { of, .. }
        | Assertion::Voted { of, .. }
        | Assertion::Decided { of, .. }
        | Assertion::WithoutVote { of }
        | Assertion::Share { of, .. } => names(of),
        Assertion::Compared { left, right, .. } => {
            for quantity in [left, right] {
                if let Quantity::Votes { of, .. } = quantity {
                    names(of);
                }
            }
        }
        _ => debug_assert!(false, "no report gives rise to {assertion:?}"),
    }
}
