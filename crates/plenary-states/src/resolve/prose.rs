//! Lists of names in running prose: "Austria, Netherlands (Kingdom of the) and Trinidad and Tobago".

use chrono::NaiveDate;
use plenary_types::StateCode;

use crate::resolve::found::MatchKind;
use crate::resolve::resolver::Resolver;

/// A name in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListedName<'a> {
    /// The name as it is written, without the note.
    pub text: &'a str,
    /// What stands behind the name in square brackets, or in round ones when it is a document symbol or says on whose
    /// behalf: `on behalf of the Group of 77 and China`.
    pub note: Option<&'a str>,
    /// The entity, when that is certain.
    pub code: Option<StateCode>,
    /// How it was found.
    pub kind: MatchKind,
}

/// How many pieces between separators one name may have: `Virgin Islands, British`, `Korea, Democratic
/// People's Republic of`, `Saint Helena, Ascension and Tristan da Cunha`.
const PIECES: usize = 4;

/// Splits a list into names, right even where a name holds a comma or "and".
///
/// Separators are commas, semicolons and the word for "and" in English, French, Spanish and Russian, outside brackets.
/// Of all ways to put the pieces together the one is taken in which most of them are names, and in
/// which the last two names are joined by a conjunction: so `Serbia and Montenegro` at the end of a
/// list is two states unless the date says that it was one. A label in front (`Additional sponsors:`), the kind of document
/// behind (`: draft resolution`) and a full stop at the end are left out. On whose behalf a state speaks is a note, with
/// brackets or without them. What is no name is listed all the same, without a code.
///
/// ```
/// use plenary_states::split_names;
///
/// let list = "Bosnia and Herzegovina, Netherlands (Kingdom of the), Korea, Republic of and Yemen";
/// let names: Vec<_> = split_names(list, None).iter().map(|listed| listed.text).collect();
/// assert_eq!(names, ["Bosnia and Herzegovina", "Netherlands (Kingdom of the)", "Korea, Republic of", "Yemen"]);
///
/// let sponsor = &split_names("Cuba [on behalf of the Group of 77 and China]", None)[0];
/// assert_eq!((sponsor.text, sponsor.note), ("Cuba", Some("on behalf of the Group of 77 and China")));
/// ```
#[must_use]
pub fn split_names(text: &str, on: Option<NaiveDate>) -> Vec<ListedName<'_>> {
    let pieces = pieces(without_label(without_ending(text)));
    best_grouping(&pieces, on)
        .into_iter()
        .filter(|listed| !listed.text.is_empty())
        .collect()
}

/// A stretch of the text between two separators.
#[derive(Clone, Copy)]
struct Piece<'a> {
    /// The text from this piece to the end of the list.
    rest: &'a str,
    length: usize,
    /// Whether a conjunction, and not a comma alone, stands before it.
    conjunction: bool,
}

impl<'a> Piece<'a> {
    fn text(&self) -> &'a str {
        &self.rest[..self.length]
    }
}

/// What stands after a label such as `Additional sponsors:`.
fn without_label(text: &str) -> &str {
    let text = text.trim();
    match text.split_once(':') {
        Some((label, rest)) if !label.contains([',', '(', '[']) => rest.trim(),
        _ => text,
    }
}

/// A list without the kind of document that its heading ends with: `Chad, Trinidad and Tobago: draft resolution`.
fn without_ending(text: &str) -> &str {
    let text = text.trim();
    match text.rsplit_once([':', '：']) {
        Some((list, ending)) if is_document(ending) => list.trim_end(),
        _ => text,
    }
}

/// Whether a text begins as the name of a kind of document does, in the official languages that have letters.
fn is_document(text: &str) -> bool {
    const QUALIFIERS: [&str; 9] = [
        "revised ", "joint ", "oral ", "further ", "a ", "an ", "the ", "un ", "une ",
    ];
    const DOCUMENTS: [&str; 25] = [
        "draft",
        "amendment",
        "sub-amendment",
        "subamendment",
        "working paper",
        "non-paper",
        "conference room paper",
        "proposal",
        "motion",
        "resolution",
        "decision",
        "memorandum",
        "explanatory memorandum",
        "statement",
        "projet",
        "amendement",
        "sous-amendement",
        "document de travail",
        "proyecto",
        "enmienda",
        "documento de trabajo",
        "проект",
        "поправк",
        "рабочий документ",
        "مشروع",
    ];
    let mut text = text.trim_start().to_lowercase();
    while let Some(rest) = QUALIFIERS.iter().find_map(|word| text.strip_prefix(word)) {
        text = rest.trim_start().to_owned();
    }
    DOCUMENTS.iter().any(|word| text.starts_with(word))
}

/// The words that a note on whose behalf a state speaks begins with.
const ON_BEHALF: [&str; 6] = [
    "on behalf of ",
    "also on behalf of ",
    "au nom d",
    "en nombre d",
    "en representación d",
    "от имени ",
];

fn is_on_behalf(text: &str) -> bool {
    ON_BEHALF.iter().any(|words| starts_with(text, words))
}

/// Where a note that has no brackets begins in a name: at its comma, or at its first word.
fn note_without_brackets(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let begins = depth == 0 && before.is_whitespace() && at > 0;
        if begins && text.get(at..).is_some_and(is_on_behalf) {
            return Some(at);
        }
        before = c;
    }
    None
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut start, mut conjunction) = (0, false);
    let mut in_note = false;
    let mut before = ' ';
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let rest = &text[at..];
        in_note |= depth == 0 && before.is_whitespace() && is_on_behalf(rest);
        let separator = if depth == 0 {
            separator(text, at)
        } else {
            None
        };
        // `on behalf of the Group of 77 and China` ends at a comma.
        let comma = c != ' ' && c != '\u{a0}' && c != '\t';
        if let Some((length, joins)) = separator.filter(|_| comma || !in_note) {
            pieces.push(piece(text, start, at, conjunction));
            at += length;
            (start, conjunction) = (at, joins);
            in_note = false;
            before = ' ';
        } else {
            at += c.len_utf8();
            before = c;
        }
    }
    pieces.push(piece(text, start, text.len(), conjunction));
    pieces
}

fn piece(text: &str, start: usize, end: usize, conjunction: bool) -> Piece<'_> {
    let rest = &text[start..];
    let blank = rest.len() - rest.trim_start().len();
    let length = (end - start).saturating_sub(blank);
    Piece {
        rest: rest.trim_start(),
        length,
        conjunction,
    }
}

/// What stands between the list and a remark of the library's.
const REMARK: &str = ". - ";

/// The length of the separator at a place, and whether it holds a conjunction.
fn separator(text: &str, at: usize) -> Option<(usize, bool)> {
    const CONJUNCTIONS: [&str; 7] = ["and ", "& ", "et ", "y ", "e ", "и ", "as well as "];
    let rest = text.get(at..)?;
    if rest.starts_with(REMARK) {
        return Some((REMARK.len(), true));
    }
    let comma = rest.starts_with([',', ';', '、', '，', '；', '\n']);
    let skipped = rest.len()
        - rest
            .trim_start_matches([',', ';', '、', '，', '；', ' ', '\u{a0}', '\n', '\t'])
            .len();
    if skipped == 0 {
        return None;
    }
    let after = rest.get(skipped..)?;
    if is_on_behalf(after) {
        return None;
    }
    let word = CONJUNCTIONS.iter().find(|word| starts_with(after, word));
    match word {
        Some(word) => Some((skipped + word.len(), true)),
        None => comma.then_some((skipped, false)),
    }
}

fn starts_with(text: &str, word: &str) -> bool {
    text.get(..word.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// Costs of putting pieces together; the cheapest grouping is taken.
const NAME: u32 = 2;
const DOUBTFUL: u32 = 4;
const NO_NAME: u32 = 20;
/// For a list whose last two names have only a comma between them.
const NO_CONJUNCTION: u32 = 3;

/// The cheapest way from a piece to the end: its cost, the number of pieces in the next name, and how many
/// names follow.
#[derive(Clone, Copy)]
struct Way {
    cost: u32,
    taken: usize,
}

fn best_grouping<'a>(pieces: &[Piece<'a>], on: Option<NaiveDate>) -> Vec<ListedName<'a>> {
    let mut ways = vec![Way { cost: 0, taken: 0 }; pieces.len() + 1];
    for first in (0..pieces.len()).rev() {
        let options = (1..=PIECES).filter_map(|taken| {
            let onward = ways.get(first + taken)?;
            let last = first + taken == pieces.len();
            let comma_before = first > 0 && pieces.get(first).is_some_and(|p| !p.conjunction);
            let ending = if last && comma_before {
                NO_CONJUNCTION
            } else {
                0
            };
            Some(Way {
                cost: cost(pieces.get(first..first + taken)?, on)? + ending + onward.cost,
                taken,
            })
        });
        if let (Some(best), Some(way)) = (options.min_by_key(|way| way.cost), ways.get_mut(first)) {
            *way = best;
        }
    }
    let mut listed = Vec::new();
    let mut first = 0;
    while let Some(way) = ways.get(first).filter(|way| way.taken > 0) {
        listed.extend(
            pieces
                .get(first..first + way.taken)
                .and_then(|group| listing(group, on)),
        );
        first += way.taken;
    }
    listed
}

/// What it costs to take some pieces for one name; `None` when they cannot be.
fn cost(group: &[Piece<'_>], on: Option<NaiveDate>) -> Option<u32> {
    // A note without brackets ends the name before it.
    let before_last = group.split_last().map_or(&[][..], |(_, before)| before);
    if before_last
        .iter()
        .any(|piece| note_without_brackets(piece.text()).is_some())
    {
        return None;
    }
    let whole = listing(group, on)?;
    match (whole.kind, group) {
        (MatchKind::Unknown, [_]) => Some(NO_NAME),
        (MatchKind::Ambiguous, [_]) => Some(DOUBTFUL),
        (MatchKind::Unknown | MatchKind::Ambiguous | MatchKind::Fuzzy, _) => None,
        // `China, Hong Kong` are two names, although people write the second so.
        (_, [_, rest @ ..])
            if rest.iter().any(|p| !p.conjunction) && group.iter().all(|p| is_name(p, on)) =>
        {
            None
        }
        _ => Some(NAME),
    }
}

fn is_name(piece: &Piece<'_>, on: Option<NaiveDate>) -> bool {
    listing(&[*piece], on).is_some_and(|listed| listed.kind != MatchKind::Unknown)
}

fn listing<'a>(group: &[Piece<'a>], on: Option<NaiveDate>) -> Option<ListedName<'a>> {
    let (first, last) = (group.first()?, group.last()?);
    let skipped = first.rest.len() - last.rest.len();
    let text = first.rest.get(..skipped + last.length)?.trim();
    let (name, note) = without_note(text.trim_end_matches('.').trim_end());
    // `U.S.A.` keeps its full stop; a sentence loses it.
    let last = name.rsplit(' ').next().filter(|word| !word.ends_with(')'));
    let text = match (last, note) {
        (Some(last), None) if last.contains('.') => text,
        _ => name,
    };
    let (code, kind) = Resolver::new().on(on).find(text);
    Some(ListedName {
        text,
        note,
        code,
        kind,
    })
}

/// A name apart from the note behind it.
fn without_note(text: &str) -> (&str, Option<&str>) {
    if let Some((name, note)) = note_without_brackets(text).and_then(|at| text.split_at_checked(at))
    {
        let name = name.trim_end_matches([',', ';', ' ', '\u{a0}', '\t', '\n', '*']);
        return (name, Some(note.trim_end()));
    }
    let open = text.rfind(['(', '[']);
    let inside = |open: usize| text.get(open + 1..)?.strip_suffix([')', ']']);
    match open.and_then(|open| Some((text.get(..open)?, text.get(open..)?, inside(open)?))) {
        Some((name, bracket, note))
            if bracket.starts_with('[') || is_symbol(note) || is_on_behalf(note) =>
        {
            (name.trim_end(), Some(note))
        }
        _ => (text, None),
    }
}

/// Whether a text has the form of a document symbol, such as `A/78/481/Add.2`.
fn is_symbol(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_uppercase()) && text.contains('/') && !text.contains(' ')
}
