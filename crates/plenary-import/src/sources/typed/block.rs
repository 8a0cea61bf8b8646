//! The header block: one fact a line.

use plenary_tables::DateForm;
use plenary_types::{
    Agreement, AgreementKind, Citation, Decision, Invariant, LegalForce, Mode, Nature, Scope,
    Source, Word,
};
use serde::de::DeserializeOwned;

use crate::csv::header::{Header, same_name};
use crate::csv::row::separator_line;
use crate::error::{ImportError, syntax};
use crate::texts::{any_session, count, list, outcome};

/// The lines before the table, and the header of the table.
pub(super) struct Block {
    pub(super) lines: Vec<Line>,
    pub(super) header: Header,
    pub(super) state: usize,
    pub(super) name: Option<usize>,
    pub(super) vote: usize,
    /// Where the rows begin, in bytes and in lines.
    pub(super) bytes: usize,
    pub(super) line: u64,
}

impl Block {
    /// The facts above a table of which the header begins at a byte and a line.
    fn above(columns: Columns, lines: Vec<Line>, byte: usize, line: u64) -> Self {
        let Columns {
            header,
            state,
            name,
            vote,
        } = columns;
        // Without a column of states the names tell who voted.
        let (state, name) = match (state, name) {
            (Some(state), name) => (state, name),
            (None, name) => (
                name.invariant("a block has a column of codes or of names"),
                None,
            ),
        };
        Self {
            lines,
            state,
            name,
            vote,
            bytes: byte + header.bytes,
            line: line + header.lines,
            header,
        }
    }

    /// How many fields a row has: one for each column up to the last that has a heading.
    pub(super) fn width(&self) -> usize {
        let mut headings = self.header.columns.iter();
        let last = headings.rposition(|heading| !heading.is_empty());
        last.map_or(0, |last| last + 1)
    }
}

/// A fact: `date: 2018-12-19`.
pub(super) struct Line {
    pub(super) number: u64,
    pub(super) key: String,
    pub(super) value: String,
}

/// A block longer than this is none.
const LONGEST: usize = 200;

const STATE: [&str; 5] = ["state", "code", "country", "member", "voter"];
const VOTE: [&str; 3] = ["vote", "choice", "ballot"];

/// How a text begins.
pub(super) enum Beginning {
    /// As a typed table does.
    Typed,
    /// Otherwise: whether with facts of known keys, and the table below them if it nearly is a typed one.
    Other { facts: bool, nearly: Option<Nearly> },
}

/// How many columns of a table are those of a typed table, and the headings over its other columns.
type Nearly = (usize, Vec<String>);

/// How a text begins, as far as a typed table is concerned.
pub(super) fn beginning(text: &[u8]) -> Beginning {
    let text = String::from_utf8_lossy(text);
    let mut rest = &*text;
    let mut facts = false;
    for _ in 0..LONGEST {
        let columns = Columns::of(rest.as_bytes());
        if columns.as_ref().is_some_and(Columns::are_all) {
            return Beginning::Typed;
        }
        let (line, next) = rest.split_once('\n').unwrap_or((rest, ""));
        let fact = fact(line);
        let comment = bare(line).starts_with('#') || names_separator(line);
        facts |= fact.as_ref().is_some_and(|(key, _)| KEYS.contains(&&**key));
        if !(blank(line) || comment || fact.is_some()) {
            let nearly = columns.map(Columns::nearly);
            return Beginning::Other { facts, nearly };
        }
        if next.is_empty() {
            break;
        }
        rest = next;
    }
    let nearly = None;
    Beginning::Other { facts, nearly }
}

/// Where the columns of a typed table stand in a header.
struct Columns {
    header: Header,
    state: Option<usize>,
    name: Option<usize>,
    vote: usize,
}

impl Columns {
    /// Those of the header at the beginning of a text, if it has what every typed table has.
    fn of(text: &[u8]) -> Option<Self> {
        let header = Header::read(text, true)?;
        let at = |names: &[&str]| {
            let is = |column: &str| names.iter().any(|name| same_name(name, column));
            header.columns.iter().position(|column| is(column))
        };
        let (state, name, vote) = (at(&STATE), at(&["name"]), at(&VOTE)?);
        let voter = state.or(name);
        voter.map(|_| Self {
            header,
            state,
            name,
            vote,
        })
    }

    /// The headings over other columns.
    fn spare(&self) -> impl Iterator<Item = &str> {
        let known = [self.state, self.name, Some(self.vote)];
        let columns = self.header.columns.iter().enumerate();
        columns
            .filter(move |(at, heading)| !heading.is_empty() && !known.contains(&Some(*at)))
            .map(|(_, heading)| &**heading)
    }

    /// Whether there is no other: a typed table has none, with more it is another format.
    fn are_all(&self) -> bool {
        self.spare().next().is_none()
    }

    fn nearly(self) -> Nearly {
        let known = [self.state, self.name, Some(self.vote)];
        let known = known.iter().flatten().count();
        (known, self.spare().map(ToOwned::to_owned).collect())
    }
}

fn blank(line: &str) -> bool {
    line.trim_matches([' ', '\r', '\t', '#', ',', ';'])
        .is_empty()
}

fn names_separator(line: &str) -> bool {
    separator_line(format!("{line}\n").as_bytes()).is_some()
}

/// What a spreadsheet adds around a line, taken off.
fn bare(line: &str) -> &str {
    line.trim()
        .trim_end_matches([',', ';', '\t'])
        .trim_matches('"')
}

/// A line of the form `key: value`. Behind `#` it is one only if the key is known: else it is a comment.
fn fact(line: &str) -> Option<(String, String)> {
    let line = bare(line);
    let plain = line.trim_start_matches('#');
    let (key, value) = plain.split_once(':')?;
    let key = key.trim().to_lowercase().replace(['_', ' '], "-");
    let is_word = !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    let is_fact = is_word && (plain.len() == line.len() || KEYS.contains(&&*key));
    is_fact.then(|| (key, value.trim().trim_matches('"').trim().to_owned()))
}

pub(super) fn parse(path: &str, text: &str) -> Result<Block, ImportError> {
    let mut lines = Vec::new();
    let mut at = 0;
    let mut number = 1;
    loop {
        let rest = text
            .get(at..)
            .invariant("a line begins in the text, or at its end");
        let columns = Columns::of(rest.as_bytes()).filter(Columns::are_all);
        if let Some(columns) = columns {
            return Ok(Block::above(columns, lines, at, number));
        }
        let (line, more) = rest
            .split_once('\n')
            .map_or((rest, false), |(line, _)| (line, true));
        if let Some((key, value)) = fact(line) {
            lines.push(Line { number, key, value });
        }
        if !more {
            return Err(syntax(
                path,
                number,
                "there is no table below the header block",
                "write a row `state,vote`, then one row a state",
            ));
        }
        at += line.len() + 1;
        number += 1;
    }
}

/// A value of one of the model's words.
fn word<T: DeserializeOwned>(value: &str) -> Result<T, String> {
    serde_json::from_value(serde_json::Value::String(
        value.to_lowercase().replace(' ', "-"),
    ))
    .map_err(|error| error.to_string())
}

/// A value of an open vocabulary: one of its words in any capitals, else as it stands.
fn open_word<T>(value: &str, unknown: fn(T) -> Option<Word>) -> Result<T, String>
where
    T: std::str::FromStr<Err: std::fmt::Display> + Copy,
{
    let known: T = parsed(&value.to_lowercase().replace(' ', "-"))?;
    match unknown(known) {
        None => Ok(known),
        Some(_) => parsed(value),
    }
}

fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(value: &str) -> Result<T, String> {
    value.parse().map_err(|error: T::Err| error.to_string())
}

impl Line {
    /// Whether none of the lines before it gives the same fact; else says why not and what to do. Of two such lines one
    /// would be lost.
    pub(super) fn is_new(&self, before: &[Self]) -> Result<(), (String, String)> {
        let same = |other: &&Self| other.key == self.key && !other.value.is_empty();
        let several = SEVERAL.contains(&&*self.key) || self.value.is_empty();
        match before.iter().find(same).filter(|_| !several) {
            Some(first) => Err((
                format!("`{}` is there already, on line {}", self.key, first.number),
                format!(
                    "keep one of the two; of {} there may be several",
                    SEVERAL.join(", ")
                ),
            )),
            None => Ok(()),
        }
    }

    /// Puts the fact into the record; else says why not and what to do.
    pub(super) fn apply(
        &self,
        agreement: &mut Agreement,
        decision: &mut Decision,
        dates: &DateForm,
    ) -> Result<(), (String, String)> {
        if self.value.is_empty() {
            return Ok(());
        }
        match self.fact(agreement, decision, dates) {
            Some(Ok(())) => Ok(()),
            Some(Err(reason)) => Err((reason, "mend the value, or leave it empty".to_owned())),
            None => Err((
                format!("`{}` is not a key of the header block", self.key),
                format!("known keys: {}", KEYS.join(", ")),
            )),
        }
    }

    fn fact(
        &self,
        agreement: &mut Agreement,
        decision: &mut Decision,
        dates: &DateForm,
    ) -> Option<Result<(), String>> {
        let text = self.value.as_str();
        let cite = || Some(Citation::new(text));
        let announced = &mut decision.announced;
        let set = |place: &mut Option<u32>| count(text).map(|n| *place = Some(n));
        match self.key.as_str() {
            "title" => agreement.title = text.to_owned(),
            "symbol" => decision.symbol = cite(),
            "date" => return Some(dates.read(text).map(|v| decision.date = Some(v))),
            "body" => return Some(parsed(text).map(|v| decision.body = Some(v))),
            "session" => return Some(any_session(text).map(|v| decision.session = Some(v))),
            "meeting" => decision.meeting = cite(),
            "draft" => decision
                .drafts
                .extend(list(text).map(|t| Citation::new(&t))),
            "committee-report" => decision.committee_report = cite(),
            "agenda" => decision.agenda = Some(text.to_owned()),
            "subjects" => agreement.subjects.extend(list(text)),
            "agreement-kind" => {
                return Some(open_word(text, AgreementKind::unknown).map(|v| agreement.kind = v));
            }
            "legal-force" => {
                return Some(word::<LegalForce>(text).map(|v| agreement.legal_force = Some(v)));
            }
            "mode" => return Some(open_word(text, Mode::unknown).map(|v| decision.mode = v)),
            "outcome" => {
                let read = outcome(text).map_err(|error| error.to_string());
                return Some(read.map(|read| decision.outcome = Some(read)));
            }
            "rule" => decision.rule = Some(text.to_owned()),
            "question" => decision.question.text = Some(text.to_owned()),
            "scope" => return Some(word::<Scope>(text).map(|v| decision.question.scope = v)),
            "kind" => return Some(parsed(text).map(|v| decision.question.kind = Some(v))),
            "nature" => {
                return Some(word::<Nature>(text).map(|v| decision.question.nature = Some(v)));
            }
            "note" => decision.notes.push(text.to_owned()),
            "source" => agreement.sources.push(Source {
                title: text.to_owned(),
                ..Source::default()
            }),
            "url" => match agreement.sources.last_mut() {
                Some(source) if source.url.is_some() => {
                    return Some(Err("the `source` above has a `url` already".to_owned()));
                }
                Some(source) => source.url = Some(text.to_owned()),
                None => {
                    return Some(Err(
                        "`url` belongs below the `source` that it is of".to_owned()
                    ));
                }
            },
            "yes" => return Some(set(&mut announced.yes)),
            "no" => return Some(set(&mut announced.no)),
            "abstain" => return Some(set(&mut announced.abstain)),
            "non-voting" => return Some(set(&mut announced.non_voting)),
            "members" => return Some(set(&mut announced.members)),
            "attending" => return Some(set(&mut decision.attending)),
            _ => return None,
        }
        Some(Ok(()))
    }
}

/// The keys that a block may have more than once.
const SEVERAL: [&str; 5] = ["draft", "subjects", "note", "source", "url"];

/// The keys that a block may have, in the order of the template.
pub(super) const KEYS: [&str; 28] = [
    "title",
    "symbol",
    "date",
    "body",
    "session",
    "meeting",
    "draft",
    "committee-report",
    "agenda",
    "subjects",
    "agreement-kind",
    "legal-force",
    "mode",
    "outcome",
    "rule",
    "question",
    "scope",
    "kind",
    "nature",
    "note",
    "source",
    "url",
    "yes",
    "no",
    "abstain",
    "non-voting",
    "members",
    "attending",
];
