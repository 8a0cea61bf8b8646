//! Numbers as press reports write them: in figures, in one word, in several, as a fraction, as a score.

use plenary_types::english;

use super::sentence::Sentence;

/// A number in figures or in words that begins at a word, and how many words it has: `152`, `five`, `One hundred and fifty-two`. What is
/// counted in thousands is no number of members.
pub(super) fn number_at(sentence: &Sentence, at: usize) -> Option<(u32, usize)> {
    let word = sentence.word(at);
    if matches!(word, "none" | "no" | "nobody") {
        return Some((0, 1));
    }
    let figures = (1..=3).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
    let (value, length) = match figures {
        true => (word.parse().ok()?, 1),
        false => hundreds(sentence, at).or_else(|| below_hundred(sentence, at))?,
    };
    let is_more = matches!(
        sentence.word(at + length),
        "hundred" | "thousand" | "million" | "billion" | "thousands" | "millions" | "dozen"
    );
    (!is_more).then_some((value, length))
}

/// `one hundred and fifty-two`, `a hundred fifty-two`, `two hundred`.
fn hundreds(sentence: &Sentence, at: usize) -> Option<(u32, usize)> {
    let (hundreds, mut length) = match sentence.word(at).split_once('-') {
        Some((ones, "hundred")) => (english::cardinal(ones)?, 1),
        None if sentence.word(at + 1) == "hundred" => match sentence.word(at) {
            "a" => (1, 2),
            ones => (english::cardinal(ones)?, 2),
        },
        _ => return None,
    };
    let mut value = hundreds.checked_mul(100).filter(|_| hundreds < 10)?;
    if !sentence.ends_part(at + length - 1) {
        let and = usize::from(sentence.word(at + length) == "and");
        if let Some((rest, further)) = below_hundred(sentence, at + length + and) {
            value += rest;
            length += and + further;
        }
    }
    Some((value, length))
}

/// `fifty-two`, `fifty two`, `fifty`, `twelve`.
fn below_hundred(sentence: &Sentence, at: usize) -> Option<(u32, usize)> {
    const TENS: [&str; 8] = [
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];
    let tens = |word: &str| {
        let at = TENS.iter().position(|known| *known == word)?;
        u32::try_from(10 * (at + 2)).ok()
    };
    let ones = |word: &str| english::cardinal(word).filter(|one| (1..10).contains(one));
    let word = sentence.word(at);
    if let Some((ten, one)) = word.split_once('-') {
        return Some((tens(ten)? + ones(one)?, 1));
    }
    let Some(ten) = tens(word) else {
        return Some((english::cardinal(word)?, 1));
    };
    match ones(sentence.word(at + 1)).filter(|_| !sentence.ends_part(at)) {
        Some(one) => Some((ten + one, 2)),
        None => Some((ten, 1)),
    }
}

/// A share in words: `three quarters`, `two thirds`, `half`. The percentages are the nearest above and below it by which no body of
/// fewer than ten thousand members is told wrong.
pub(super) fn fraction_at(sentence: &Sentence, at: usize) -> Option<Fraction> {
    let article = usize::from(sentence.word(at) == "a");
    let [first, second] = [at + article, at + article + 1].map(|at| sentence.word(at));
    let (above, below, length) = match (first, second) {
        ("half", _) => ("50", "50", 1),
        ("three", "quarters" | "fourths") | ("three-quarters" | "three-fourths", _) => {
            ("75", "75", 2)
        }
        ("quarter", _) => ("25", "25", 1),
        ("two", "thirds") | ("two-thirds", _) => ("66.667", "66.666", 2),
        ("third", "of") | ("one-third", _) => ("33.334", "33.333", 1),
        _ => return None,
    };
    let length = if first.contains('-') { 1 } else { length };
    Some(Fraction {
        above,
        below,
        length: article + length,
    })
}

/// A share in words, as percentages above and below which another is more and less than it.
pub(super) struct Fraction {
    pub(super) above: &'static str,
    pub(super) below: &'static str,
    pub(super) length: usize,
}

/// The numbers of a score: `152-5`, `152-5-12`.
pub(super) fn score(word: &str) -> Option<(u32, u32, Option<u32>)> {
    let parts = word.split('-').map(|part| {
        let figures = (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        figures.then(|| part.parse().ok()).flatten()
    });
    let parts: Vec<u32> = parts.collect::<Option<_>>()?;
    match *parts.as_slice() {
        [yes, no] => Some((yes, no, None)),
        [yes, no, abstain] => Some((yes, no, Some(abstain))),
        _ => None,
    }
}

/// Whether a word counts or measures without being a number that is read: `dozen`, `half`, `quarters`.
pub(super) fn counts_roughly(word: &str) -> bool {
    matches!(
        word,
        "dozen"
            | "dozens"
            | "half"
            | "quarter"
            | "quarters"
            | "thirds"
            | "two-thirds"
            | "three-quarters"
            | "three-fourths"
            | "one-third"
            | "hundred"
            | "hundreds"
    )
}
