//! The sentence that tells what came of a vote: `Draft resolution A/53/L.52 was adopted by 149 votes to 1, with 7 abstentions
//! (resolution 53/37).`

use plenary_types::{Choice, Outcome, Scope};

use crate::results::{Word, number, outcome_of, scope_of, totals, words};

/// What the sentences after a vote say of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Statement {
    /// What was put, as printed: `Operative paragraph 2`.
    pub(super) subject: Option<String>,
    pub(super) yes: Option<u32>,
    pub(super) no: Option<u32>,
    pub(super) abstain: Option<u32>,
    /// Whether the numbers are given as `149 votes to 1`, without saying which are which.
    pub(super) is_pair: bool,
    pub(super) outcome: Option<Outcome>,
    /// The number of what was adopted as printed, and whether it is a decision: `53/37`.
    pub(super) document: Option<(String, bool)>,
    /// Where the sentences stand in the text.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether the list follows, as the sentence says.
    pub(super) is_before_list: bool,
}

impl Statement {
    pub(super) const fn has_totals(&self) -> bool {
        self.yes.is_some() || self.no.is_some()
    }

    /// Whether what was put is named as something that can be voted on.
    fn is_of_proposal(&self) -> bool {
        let subject = self.subject.as_deref().unwrap_or_default().to_lowercase();
        let proposals = [
            "draft",
            "resolution",
            "decision",
            "amendment",
            "paragraph",
            "motion",
            "proposal",
            "recommendation",
        ];
        proposals.iter().any(|word| subject.contains(word))
    }

    /// How much of a proposal was voted on.
    pub(super) fn scope(&self) -> Scope {
        scope_of(self.subject.as_deref().unwrap_or_default())
    }

    /// Sets which number is which where the sentence does not say: of a rejection the greater number comes first, and is of those
    /// against, unless the lists say otherwise.
    pub(super) fn order_pair(&mut self, listed: (usize, usize)) {
        let (Some(first), Some(second)) = (self.yes, self.no) else {
            return;
        };
        if !self.is_pair || self.outcome != Some(Outcome::Rejected) {
            return;
        }
        let is = |yes: u32, no: u32| {
            let same = |counted: usize, number: u32| usize::try_from(number) == Ok(counted);
            same(listed.0, yes) && same(listed.1, no)
        };
        let is_exchanged = match (is(first, second), is(second, first)) {
            (true, _) => false,
            (false, true) => true,
            (false, false) => first > second,
        };
        if is_exchanged {
            (self.yes, self.no) = (Some(second), Some(first));
        }
    }
}

/// Sentences among which the statement is looked for, and an outcome without totals, and which may follow one with the totals.
const SENTENCES: usize = 5;
const OUTCOME_ALONE: usize = 2;
const FOLLOWING: usize = 3;

/// The first statement of a text behind the lists: of its totals, or else of an outcome alone.
pub(super) fn find(text: &str) -> Option<Statement> {
    let sentences = sentences(text).into_iter().take(SENTENCES);
    let parsed: Vec<Statement> = sentences
        .map(|(start, end)| sentence(text, start, end))
        .collect();
    let mut early = parsed.iter().take(OUTCOME_ALONE);
    let first = parsed.iter().position(Statement::has_totals).or_else(|| {
        early.position(|statement| statement.outcome.is_some() && statement.is_of_proposal())
    })?;
    merged(&parsed, first)
}

/// The statement at the end of a text before the lists: nothing but notes may stand between.
pub(super) fn find_last(text: &str) -> Option<Statement> {
    let notes = note_places(text);
    let is_note = |start: usize| notes.iter().any(|(from, to)| (*from..*to).contains(&start));
    let sentences = sentences(text)
        .into_iter()
        .filter(|(start, _)| !is_note(*start));
    let sentences: Vec<(usize, usize)> = sentences.collect();
    let last = sentences.len().checked_sub(1)?;
    let from = last.saturating_sub(1);
    let parsed: Vec<Statement> = sentences
        .iter()
        .skip(from)
        .map(|(start, end)| sentence(text, *start, *end))
        .collect();
    let first = match &*parsed {
        [.., last] if last.has_totals() => parsed.len() - 1,
        [first, last] if first.has_totals() && last.outcome.is_some() => 0,
        _ => return None,
    };
    merged(&parsed, first)
}

/// Where the last sentence of a text ends that says that a whole proposal was decided without a vote: what was named until there is
/// not what is voted on next.
pub(super) fn end_of_decided(text: &str) -> usize {
    const WAYS: [&str; 5] = [
        "without a vote",
        "without objection",
        "by consensus",
        "by acclamation",
        "(resolution ",
    ];
    let mut found = 0;
    let mut proposed = false;
    for (start, end) in sentences(text) {
        let lower = text.get(start..end).unwrap_or_default().to_lowercase();
        let statement = sentence(text, start, end);
        let is_of_whole = statement.outcome == Some(Outcome::Adopted)
            && statement.scope() == Scope::Whole
            && statement.is_of_proposal();
        let is_told = is_of_whole && WAYS.iter().any(|way| lower.contains(way));
        let is_agreed = proposed && lower.contains("so decided");
        if (is_told && !statement.has_totals()) || is_agreed {
            found = end;
        }
        proposed = lower.contains("adopt") && lower.contains("draft");
    }
    found
}

/// A statement together with what the sentences behind it add.
fn merged(parsed: &[Statement], first: usize) -> Option<Statement> {
    let mut found = parsed.get(first)?.clone();
    for next in parsed.iter().skip(first + 1).take(FOLLOWING) {
        if found.outcome.is_some() || (next.has_totals() && found.has_totals()) {
            break;
        }
        if next.outcome.is_some() {
            found.outcome = next.outcome;
            found.subject = found.subject.or_else(|| next.subject.clone());
            found.end = next.end;
            found.document = found.document.or_else(|| next.document.clone());
        }
    }
    Some(found)
}

/// The names, as printed, of those who took no part by a sentence between the lists and the statement: `China did not participate in
/// the voting.` Each with its place.
pub(super) fn without_part(text: &str, statement: Option<&Statement>) -> Vec<(usize, String)> {
    const VERBS: [&str; 4] = [
        " did not participate in the vot",
        " did not take part in the vot",
        " not participating in the vot",
        " not taking part in the vot",
    ];
    let end = statement.map_or(text.len(), |statement| statement.end);
    let near = sentences(text).into_iter().take(SENTENCES);
    let before = near.filter(|(start, _)| *start < end);
    before
        .filter_map(|(start, stop)| {
            let printed = text.get(start..stop)?;
            let lower = printed.to_ascii_lowercase();
            let at = VERBS.iter().filter_map(|verb| lower.find(verb)).min()?;
            let names = printed.get(..at)?.rsplit(": ").next()?;
            let names = names.trim_start_matches(['[', '*', '(', ' ']);
            Some((start, names.trim_end_matches([',', ' ']).to_owned()))
        })
        .collect()
}

/// Where the sentences of a text are: parted by stops, by paragraphs and before square brackets.
fn sentences(text: &str) -> Vec<(usize, usize)> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut end_at = |start: &mut usize, end: usize| {
        let part = text.get(*start..end).unwrap_or_default();
        if !part.trim().is_empty() {
            let blank = part.len() - part.trim_start().len();
            sentences.push((*start + blank, end));
        }
        *start = end;
    };
    for (at, c) in text.char_indices() {
        let after = at + c.len_utf8();
        match c {
            '\n' => end_at(&mut start, after),
            '[' => end_at(&mut start, at),
            '.' | '?' | '!' => {
                let rest = text.get(after..).unwrap_or_default();
                let closed = rest.trim_start_matches([')', '"', '”', '\'', ']', '*']);
                let behind = closed.trim_start();
                let blank = behind.len() < closed.len() || closed.is_empty();
                let begins = behind.is_empty()
                    || behind.starts_with(|c: char| {
                        c.is_uppercase() || matches!(c, '[' | '*' | '“' | '"')
                    });
                if blank && begins && !is_abbreviation(text.get(..at).unwrap_or_default()) {
                    end_at(&mut start, text.len() - closed.len());
                }
            }
            _ => {}
        }
    }
    end_at(&mut start, text.len());
    sentences
}

/// Whether the word before a stop is one that is cut short.
fn is_abbreviation(before: &str) -> bool {
    const SHORT: [&str; 20] = [
        "mr", "mrs", "ms", "dr", "st", "no", "nos", "para", "paras", "rev", "add", "corr", "amend",
        "art", "op", "p", "pp", "vol", "cf", "ch",
    ];
    let word = before
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '/' | '(' | '.'))
        .next()
        .unwrap_or_default()
        .to_lowercase();
    SHORT.contains(&&*word) || (word.chars().count() == 1 && word.chars().all(char::is_alphabetic))
}

fn sentence(text: &str, start: usize, end: usize) -> Statement {
    let words = words(text, start, end);
    let mut found = Statement {
        start,
        end,
        ..Statement::default()
    };
    let totals = totals(&words);
    (found.yes, found.no, found.abstain) = (totals.yes, totals.no, totals.abstain);
    found.is_pair = totals.is_pair;
    let verb = verb(&words);
    if let Some((copula, at, outcome)) = verb {
        found.outcome = Some(outcome);
        found.subject = subject(
            text,
            start,
            words.get(copula).map_or(end, |word| word.start),
        );
        let from = words.get(at).map_or(start, |word| word.start);
        found.document = document(text.get(from..end).unwrap_or_default());
    }
    let plain = text.get(start..end).unwrap_or_default().trim_end();
    found.is_before_list = found.has_totals() && plain.ends_with(':');
    found
}

/// The words of a sentence that say what came of the question: where `was` stands, where the verb does, and the outcome.
fn verb(words: &[Word]) -> Option<(usize, usize, Outcome)> {
    const WITHIN: usize = 12;
    let is_copula =
        |word: &Word| matches!(&*word.text, "was" | "were" | "has" | "have" | "is" | "are");
    let outcome = |word: &Word| outcome_of(&word.text);
    let copulas = words.iter().enumerate().filter(|(_, word)| is_copula(word));
    copulas.into_iter().find_map(|(copula, _)| {
        let after = words.get(copula + 1..)?.iter().take(WITHIN);
        let mut is_negated = false;
        for (by, word) in after.enumerate() {
            is_negated |= &*word.text == "not";
            if let Some(outcome) = outcome(word) {
                let outcome = match is_negated {
                    true => Outcome::Rejected,
                    false => outcome,
                };
                return Some((copula, copula + 1 + by, outcome));
            }
            if is_copula(word) {
                break;
            }
        }
        None
    })
}

/// What stands before the verb, without the speaker and a comma at the end.
fn subject(text: &str, start: usize, end: usize) -> Option<String> {
    let subject = text.get(start..end)?;
    let subject = subject.rsplit(": ").next().unwrap_or(subject);
    let subject = subject.split_whitespace().collect::<Vec<_>>().join(" ");
    let subject = without_totals(&subject);
    let subject = subject.trim_matches([',', ' ', '"', '“', '”', '*']);
    (!subject.is_empty() && subject.chars().count() <= 300).then(|| subject.to_owned())
}

/// A subject without the totals before it, as in `By 1 vote to 1, the amendment`, or behind it, as in `The draft received 10 votes
/// in favour and`; a sentence that began with totals gives its subject a capital letter.
fn without_totals(subject: &str) -> String {
    const RECEIVED: [&str; 3] = [" received ", " obtained ", " having received "];
    let counts = |text: &str| {
        let words = words(text, 0, text.len());
        let has_number = words.iter().any(|word| number(&word.text).is_some());
        let of_votes = |word: &Word| {
            let is = |begin: &str| word.text.starts_with(begin);
            is("vote") || is("abst") || matches!(&*word.text, "favour" | "favor" | "against")
        };
        has_number && words.iter().any(of_votes)
    };
    let lower = subject.to_ascii_lowercase();
    let behind = RECEIVED.iter().filter_map(|words| lower.find(words));
    let behind = behind.filter(|at| subject.get(*at..).is_some_and(counts));
    let subject = subject.get(..behind.min().unwrap_or(subject.len()));
    let subject = subject.unwrap_or_default();
    if !lower.starts_with("by ") {
        return subject.to_owned();
    }
    let mut rest = subject;
    while let Some((first, behind)) = rest.split_once(", ") {
        if !counts(first) {
            break;
        }
        rest = behind;
    }
    if rest.len() == subject.len() || counts(rest) {
        return subject.to_owned();
    }
    let mut letters = rest.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// The number of the resolution or decision: in brackets, or behind `as`.
fn document(text: &str) -> Option<(String, bool)> {
    let lower = text.to_ascii_lowercase();
    let named = [
        "(resolution ",
        "(decision ",
        "as resolution ",
        "as decision ",
    ];
    let found = named
        .iter()
        .filter_map(|words| Some((lower.find(words)?, *words)));
    let (at, words) = found.min()?;
    let rest = text.get(at + words.len()..)?;
    let number = match words.starts_with('(') {
        true => until_closed(rest),
        false => {
            let first = rest.split_whitespace().next()?;
            let behind = rest
                .trim_start()
                .get(first.len()..)
                .unwrap_or_default()
                .trim_start();
            // `1211 (1998)`: the year or the session belongs to the number.
            match behind.strip_prefix('(') {
                Some(year) if !first.ends_with(['.', ',', ';']) => {
                    format!("{first} ({})", until_closed(year))
                }
                _ => first.to_owned(),
            }
        }
    };
    let number = number.split_whitespace().collect::<Vec<_>>().join(" ");
    let number = number.trim_end_matches(['.', ',', ';']).to_owned();
    let fits = (1..=40).contains(&number.len()) && number.contains(|c: char| c.is_ascii_digit());
    fits.then_some((number, words.contains("decision")))
}

/// The text up to the bracket that closes one before it.
fn until_closed(text: &str) -> String {
    let mut depth = 1_usize;
    let inside = text.chars().take_while(|c| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        depth > 0
    });
    inside.collect()
}

/// What a note says of some delegations.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Intention {
    /// Their names as printed, together.
    pub(super) names: String,
    pub(super) choice: Choice,
    /// The words that say on what: of this clause, else those before the first name.
    pub(super) about: String,
    /// Whether nothing but its place says that these are names: `Subsequently, Chad indicated`.
    pub(super) is_bare: bool,
}

/// A note that delegations had intended to vote otherwise.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Note {
    /// The note as printed, without its brackets.
    pub(super) text: String,
    /// Where it stands.
    pub(super) start: usize,
    /// Who had intended what.
    pub(super) intended: Vec<Intention>,
    /// Whether all of it was understood.
    pub(super) is_read: bool,
}

/// The notes in a text: in square brackets, or sentences that begin with `Subsequently`.
pub(super) fn notes(text: &str) -> Vec<Note> {
    let mut notes = Vec::new();
    for (start, end) in note_places(text) {
        let printed = text.get(start..end).unwrap_or_default();
        let printed = printed.split_whitespace().collect::<Vec<_>>().join(" ");
        let printed = printed.trim_matches(['[', ']', '*', ' ']).to_owned();
        let lower = printed.to_lowercase();
        let tells = [
            "intended",
            "secretariat",
            "would have voted",
            "would have abst",
            "would not have voted",
            "wished to vote",
            "wished to abst",
        ];
        if !tells.iter().any(|words| lower.contains(words)) {
            continue;
        }
        let (intended, is_read) = intended(&printed);
        notes.push(Note {
            text: printed,
            start,
            intended,
            is_read,
        });
    }
    notes
}

fn note_places(text: &str) -> Vec<(usize, usize)> {
    let mut places = Vec::new();
    let mut at = 0;
    for (start, end) in sentences(text) {
        if start < at {
            continue;
        }
        let sentence = text.get(start..end).unwrap_or_default();
        let end = match sentence.starts_with('[') {
            true => {
                let rest = text.get(start..).unwrap_or_default();
                rest.find(']').map_or(end, |closed| start + closed + 1)
            }
            false if is_open_note(sentence) => end,
            false => continue,
        };
        places.push((start, end));
        at = end;
    }
    places
}

/// Whether a sentence without brackets is a note: `* Subsequently, …`, `The delegation of Chad subsequently informed …`.
fn is_open_note(sentence: &str) -> bool {
    let lower = sentence.trim_start_matches(['*', ' ']).to_lowercase();
    let is_of_delegation = || {
        let begins = ["the delegation", "the representative"];
        begins.iter().any(|begin| lower.starts_with(begin))
            && lower.contains("subsequently")
            && lower.contains("intended")
    };
    lower.starts_with("subsequently") || is_of_delegation()
}

/// Who had intended what, by a note: `the delegations of Haiti and Mozambique informed the Secretariat that they had intended to
/// vote in favour, and the delegation of Palau that it had intended to abstain`.
fn intended(note: &str) -> (Vec<Intention>, bool) {
    const WHO: [&str; 4] = [
        "delegation of ",
        "delegations of ",
        "representative of ",
        "representatives of ",
    ];
    const ENDS: [&str; 12] = [
        " advised ",
        " informed ",
        " indicated ",
        " notified ",
        " stated ",
        " had ",
        " that ",
        " later ",
        " wished ",
        " subsequently ",
        " said ",
        " also ",
    ];
    let lower = note.to_ascii_lowercase();
    let mut found: Vec<Intention> = Vec::new();
    let mut at = 0;
    let mut is_read = true;
    let mut is_first = true;
    let mut before = "";
    // `Subsequently, Chad and Mali indicated`: the names are what stands there.
    let bare = ["subsequently, ", "subsequently ", "later, "];
    let bare = bare.iter().find(|word| lower.starts_with(**word));
    let bare = bare.filter(|_| !WHO.iter().any(|words| lower.contains(words)));
    loop {
        let rest = lower.get(at..).unwrap_or_default();
        let begins = WHO
            .iter()
            .filter_map(|words| Some((rest.find(words)?, words.len())));
        let bare = bare.filter(|_| is_first).map(|word| (0, word.len()));
        let Some((begin, length)) = bare.or_else(|| begins.min()) else {
            break;
        };
        if is_first {
            before = note.get(..at + begin).unwrap_or_default();
        }
        is_first = false;
        let names_at = at + begin + length;
        let after = lower.get(names_at..).unwrap_or_default();
        let names_end = ENDS.iter().filter_map(|words| after.find(words)).min();
        let names_end = names_end.unwrap_or(after.len());
        let names = note.get(names_at..names_at + names_end).unwrap_or_default();
        let behind = after.get(names_end..).unwrap_or_default();
        let next = WHO.iter().filter_map(|words| behind.find(words)).min();
        let clause = behind
            .get(..next.unwrap_or(behind.len()))
            .unwrap_or_default();
        let begins = names_at + names_end;
        let said = note.get(begins..begins + clause.len()).unwrap_or_default();
        // `All African States except Chad` names nobody else.
        let spared = format!(" {} ", lower.get(names_at..begins).unwrap_or_default());
        let is_named = ![" except ", " all ", " but "]
            .iter()
            .any(|word| spared.contains(word));
        match choice(clause).filter(|_| is_named) {
            Some(choice) => found.push(Intention {
                names: names.trim_matches([',', ' ']).to_owned(),
                choice,
                about: match names_subject(clause) {
                    true => said.to_owned(),
                    false => before.to_owned(),
                },
                is_bare: bare.is_some(),
            }),
            None => is_read = false,
        }
        at = names_at + names_end;
    }
    (found, is_read)
}

/// Whether a clause, in small letters, says on what the vote was.
fn names_subject(clause: &str) -> bool {
    [
        "draft",
        "resolution",
        "decision",
        "paragraph",
        "amendment",
        "/",
    ]
    .iter()
    .any(|word| clause.contains(word))
}

/// What a clause says was intended.
fn choice(clause: &str) -> Option<Choice> {
    let intends = ["intended ", "would have ", "wished to "];
    let (before, after) = intends.iter().find_map(|words| clause.split_once(words))?;
    if before.ends_with("not ") {
        return None;
    }
    let has = |words: &str| after.contains(words);
    let meant = [
        (
            has("not to participate") || has("not to vote") || has("not participate"),
            Choice::NonVoting,
        ),
        (has("in favour") || has("in favor"), Choice::Yes),
        (has("against"), Choice::No),
        (has("abstain"), Choice::Abstain),
    ];
    let mut meant = meant
        .iter()
        .filter(|(is, _)| *is)
        .map(|(_, choice)| *choice);
    // A clause that names two choices is not understood.
    let only = meant.next().filter(|_| meant.next().is_none());
    only.filter(|choice| *choice != Choice::Yes || !has("not to vote"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let Some(found) = find(text) else {
            return "nothing".to_owned();
        };
        let count = |count: Option<u32>| count.map_or("?".to_owned(), |n| n.to_string());
        let outcome = found.outcome.map_or("?".to_owned(), |o| o.to_string());
        let document = found
            .document
            .clone()
            .map_or(String::new(), |(number, is_decision)| {
                format!(" {}{number}", if is_decision { "decision " } else { "" })
            });
        let subject = found.subject.clone().unwrap_or_default();
        format!(
            "{subject} [{}] {}-{}-{} {outcome}{document}",
            found.scope().as_str(),
            count(found.yes),
            count(found.no),
            count(found.abstain)
        )
    }

    #[test]
    fn adoption_lines_are_read_in_their_forms() {
        for (text, read) in [
            (
                "Draft resolution A/53/L.52 was adopted by 149 votes to 1, with 7 abstentions (resolution 53/37).",
                "Draft resolution A/53/L.52 [whole] 149-1-7 adopted 53/37",
            ),
            (
                "Draft resolution I, as a whole, as amended, was adopted by 100 votes to none (resolution 3379 (XXX)).",
                "Draft resolution I, as a whole, as amended [whole] 100-0-? adopted 3379 (XXX)",
            ),
            (
                "Operative paragraph 2 was retained by 120 votes to 4, with 30 abstentions.",
                "Operative paragraph 2 [paragraph] 120-4-30 adopted",
            ),
            (
                "The amendment (A/53/L.3) was rejected by 65 votes to 58, with 20 abstentions.",
                "The amendment (A/53/L.3) [amendment] 65-58-20 rejected",
            ),
            (
                "The motion was carried by 70 votes to 51.",
                "The motion [motion] 70-51-? adopted",
            ),
            (
                "The draft decision was adopted by a recorded vote of 80 in favour to 3 against, with 1 abstention (decision 53/401).",
                "The draft decision [whole] 80-3-1 adopted decision 53/401",
            ),
            (
                "The President: The result of the voting is as follows: 12 votes in favour, none against and 3 abstentions. \
                 The draft resolution has been adopted as resolution 1211 (1998).",
                "The draft resolution [whole] 12-0-3 adopted 1211 (1998)",
            ),
            (
                "There were fifteen votes in favour. The draft resolution has been adopted unanimously as resolution 1199 (1998).",
                "The draft resolution [whole] 15-?-? adopted 1199 (1998)",
            ),
            (
                "There were 10 votes in favour, 1 vote against and no abstentions. The draft resolution has not been adopted, \
                 owing to the negative vote of a permanent member of the Council.",
                "The draft resolution [whole] 10-1-0 rejected",
            ),
            (
                "Paragraph 3 of draft resolution A/C.3/53/L.4/Rev.1 was not retained, by 20 votes to 30.",
                "Paragraph 3 of draft resolution A/C.3/53/L.4/Rev.1 [paragraph] 20-30-? rejected",
            ),
            (
                "I thank the representative of Chad. We heard him.",
                "nothing",
            ),
            ("In 1998 it was adopted.", "nothing"),
            (
                "The motion was rejected.",
                "The motion [motion] ?-?-? rejected",
            ),
        ] {
            assert_eq!(told(text), read, "{text}");
        }
    }

    #[test]
    fn before_the_lists_nothing_but_notes_stands_behind_the_statement() {
        let stated = "The draft was adopted by 3 votes to 1, as follows:";
        assert!(find_last(stated).unwrap().is_before_list);
        assert!(find_last("It was adopted by 3 votes to 1. [Subsequently, Chad informed the Secretariat. It was late.]").is_some());
        assert_eq!(
            find_last("It was adopted by 3 votes to 1 last year. A recorded vote was taken. "),
            None
        );
        assert_eq!(find_last(""), None);
    }

    #[test]
    fn the_numbers_of_a_rejection_follow_the_lists_else_the_greater_is_against() {
        let rejected = "The amendment was rejected by 65 votes to 58.";
        for (listed, ordered) in [
            ((58, 65), (58, 65)),
            ((65, 58), (65, 58)),
            ((0, 0), (58, 65)),
        ] {
            let mut found = find(rejected).unwrap();
            found.order_pair(listed);
            assert_eq!((found.yes, found.no), (Some(ordered.0), Some(ordered.1)));
        }
        let mut adopted = find("The draft was adopted by 50 votes to 60.").unwrap();
        adopted.order_pair((60, 50));
        assert_eq!((adopted.yes, adopted.no), (Some(50), Some(60)));
    }

    #[test]
    fn notes_say_who_had_intended_what() {
        for (text, read) in [
            (
                "was adopted. [Subsequently, the delegation of Lesotho advised the Secretariat that it had intended to vote in favour.]",
                vec![("Lesotho", Choice::Yes)],
            ),
            (
                "[Subsequently, the delegations of Haiti and Mozambique informed the Secretariat that they had intended to vote \
                 against and the delegation of Palau that it had intended to abstain.]",
                vec![
                    ("Haiti and Mozambique", Choice::No),
                    ("Palau", Choice::Abstain),
                ],
            ),
            (
                "Subsequently the representative of Chad informed the Secretariat that it had intended not to participate in the vote.",
                vec![("Chad", Choice::NonVoting)],
            ),
        ] {
            let found = notes(text);
            assert_eq!(found.len(), 1, "{text}");
            let told = |intention: &'_ Intention| (intention.names.clone(), intention.choice);
            let intended: Vec<_> = found[0].intended.iter().map(told).collect();
            let read: Vec<_> = read.iter().map(|(n, c)| ((*n).to_owned(), *c)).collect();
            assert_eq!(intended, read, "{text}");
            assert!(found[0].is_read);
        }
        let unclear = notes(
            "[Subsequently, the delegation of Chad informed the Secretariat that it had not intended to vote against.]",
        );
        assert!(unclear[0].intended.is_empty() && !unclear[0].is_read);
        let many = notes(
            "[Subsequently, the delegations of all States except Chad informed the Secretariat that they had intended to abstain.]",
        );
        assert!(many[0].intended.is_empty() && !many[0].is_read);
        assert_eq!(
            notes("[The meeting was suspended.] He had intended to speak."),
            []
        );
    }
}
