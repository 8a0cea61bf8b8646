//! [`Flow`]: the lines of a text in the order in which they are read, without what stands on a page beside it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use plenary_types::{BodyId, Choice, Citation, Session, Symbol};

use super::columns::{Raw, gutter, has_gutter, in_order};
use super::furniture::{Facts, furniture, running_head};
use super::labels::{is_label, is_none};
use crate::names::identify_text;

/// A line of the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Line {
    /// Its number in the file.
    pub(super) number: u64,
    /// Its text without outer blanks; an empty one parts paragraphs.
    pub(super) text: String,
    /// Names that a page marks with how they voted: the whole list of a vote.
    pub(super) marked: Vec<Marked>,
}

/// A name that a page marks with a choice, and with the one that was intended.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Marked {
    pub(super) name: String,
    pub(super) number: u64,
    pub(super) choice: Choice,
    pub(super) intended: Option<Choice>,
}

/// The lines of a text, and the headings above them.
#[derive(Clone, Debug, Default)]
pub(super) struct Flow {
    pub(super) lines: Vec<Line>,
    /// What headings say, each with the line that follows and the line of the file where it stands.
    headings: Vec<(usize, u64, Facts)>,
    /// The lines at which the records of other meetings begin, in order.
    borders: Vec<usize>,
}

/// What is known of the meeting at a place of the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Heading {
    pub(super) meeting: Option<(Citation, u64)>,
    pub(super) date: Option<(NaiveDate, u64)>,
    pub(super) session: Option<(Session, u64)>,
    organ: Option<BodyId>,
}

impl Heading {
    /// The body that met: of the symbol of its record, else as named.
    pub(super) fn body(&self) -> Option<BodyId> {
        let meeting = self.meeting.as_ref();
        let of_record = meeting.and_then(|(meeting, _)| meeting.symbol()?.body());
        of_record.or_else(|| self.organ.clone())
    }
}

/// Lines at the top and at the bottom of a page among which its running heads are.
const EDGE: usize = 4;

impl Flow {
    /// The text of a file: its pages end with form feeds, if it has any. A record that was pasted below another begins a page, too.
    pub(super) fn from_text(text: &str) -> Self {
        let pages = pages(text);
        let repeated = Repeated::new(&pages);
        let of_several = pages.len() > 1;
        let (pages, opens) = by_record(pages);
        let kept = pages
            .iter()
            .map(|page| Kept::new(page, &repeated, of_several));
        let kept: Vec<Kept> = kept.collect();
        let gutters: Vec<Option<usize>> = kept.iter().map(|page| gutter(&page.lines)).collect();
        let usual = gutters.iter().flatten().next().copied();
        let mut flow = Self::default();
        for ((page, gutter), opens) in kept.into_iter().zip(gutters).zip(opens) {
            if opens {
                flow.add_border();
            }
            let other = usual.filter(|at| has_gutter(&page.lines, *at));
            flow.add_page(page, gutter.or(other), of_several);
        }
        flow
    }

    /// Ends what is known of a meeting: the lines that follow are of the record of another.
    fn add_border(&mut self) {
        // A paragraph does not go on there.
        let number = self.lines.last().map_or(1, |line| line.number);
        self.lines.push(Line {
            number,
            ..Line::default()
        });
        self.borders.push(self.lines.len());
    }

    /// The lines of the record in which a line stands: its first, and the one behind its last.
    pub(super) fn record(&self, line: usize) -> (usize, usize) {
        let behind = self.borders.partition_point(|border| *border <= line);
        let before = behind.checked_sub(1).and_then(|at| self.borders.get(at));
        let first = before.copied().unwrap_or_default();
        let end = self.borders.get(behind).copied();
        (first, end.unwrap_or(self.lines.len()))
    }

    fn add_page(&mut self, page: Kept, gutter: Option<usize>, of_several: bool) {
        let next = self.lines.len();
        // The heading of a record is that of the page; a date above pasted lists is that of what follows it.
        let (below, mut whole): (Vec<_>, Vec<_>) = page
            .headings
            .into_iter()
            .partition(|(_, facts)| facts.is_above_lists() && gutter.is_none());
        // Body and session may stand above the symbol that they go with.
        whole.sort_by_key(|(_, facts)| facts.meeting.is_none());
        let whole = whole.into_iter();
        self.headings
            .extend(whole.map(|(number, facts)| (next, number, facts)));
        let mut lines = in_order(&page.lines, gutter);
        if of_several {
            // Between two pages a paragraph goes on.
            let filled = |(_, text): &(u64, String)| !text.is_empty();
            let first = lines.iter().position(filled).unwrap_or(lines.len());
            let last = lines.iter().rposition(filled).map_or(0, |last| last + 1);
            lines = lines.drain(first.min(last)..last).collect();
        }
        let lines = lines.into_iter().map(|(number, text)| Line {
            number,
            text,
            marked: Vec::new(),
        });
        self.lines.extend(lines);
        for (number, facts) in below {
            let of_page = self.lines.get(next..).unwrap_or_default();
            let above = of_page.iter().take_while(|line| line.number < number);
            let at = next + above.count();
            self.headings.push((at, number, facts));
        }
    }

    /// Adds a line that is not of a page, or takes what it says as a heading.
    pub(super) fn add(&mut self, line: Line) {
        match furniture(&line.text) {
            Some(facts) if !facts.is_number => {
                self.headings.push((self.lines.len(), line.number, facts));
            }
            _ => self.lines.push(line),
        }
    }

    /// What is known of the meeting at a line: of the last record that began before it.
    pub(super) fn heading(&self, line: usize) -> Heading {
        let mut heading = Heading::default();
        let mut is_certain = false;
        // Pasted votes have a date each, and no meeting.
        let mut latest = None;
        let (first, _) = self.record(line);
        let above = |(next, ..): &&(usize, u64, Facts)| (first..=line).contains(next);
        for (_, number, facts) in self.headings.iter().filter(above) {
            if let Some(meeting) = &facts.meeting {
                let is_other = |(known, _): &(Citation, u64)| known != meeting;
                if heading.meeting.as_ref().is_some_and(is_other) {
                    heading = Heading::default();
                    is_certain = false;
                }
                heading
                    .meeting
                    .get_or_insert_with(|| (meeting.clone(), *number));
                let session = meeting.symbol().and_then(Symbol::session);
                if let Some(session) = session {
                    heading.session.get_or_insert((session, *number));
                }
            }
            if facts.is_labelled {
                heading.organ = facts.organ.clone().or(heading.organ);
            } else if let Some(organ) = &facts.organ {
                heading.organ.get_or_insert_with(|| organ.clone());
            }
            if let Some(session) = facts.session {
                heading.session.get_or_insert((session, *number));
            }
            // The day of the meeting has its weekday; a running head has the day beside the symbol or the number of the session.
            let beside =
                facts.meeting.is_some() || facts.session.is_some() || facts.organ.is_some();
            if facts.is_date_alone || facts.with_weekday {
                latest = facts.date.map(|date| (date, *number)).or(latest);
            }
            match facts.date {
                Some(date) if facts.with_weekday && !is_certain => {
                    heading.date = Some((date, *number));
                    is_certain = true;
                }
                Some(date) if beside && heading.date.is_none() => {
                    heading.date = Some((date, *number));
                }
                _ => {}
            }
        }
        // Above pasted lists a date alone is that of the vote; in a whole record it may be that of publication.
        if heading.meeting.is_none() {
            heading.date = latest.or(heading.date);
        }
        heading
    }
}

/// A page without what stands beside its text.
struct Kept {
    lines: Vec<Raw>,
    headings: Vec<(u64, Facts)>,
}

impl Kept {
    fn new(page: &[Raw], repeated: &Repeated, of_several: bool) -> Self {
        let edges = edges(page);
        let mut kept = Self {
            lines: Vec::with_capacity(page.len()),
            headings: Vec::new(),
        };
        for (at, raw) in page.iter().enumerate() {
            let text = raw.whole();
            let is_edge = edges.contains(&at);
            let head = || running_head(&text).filter(|_| is_edge && of_several);
            let heading = furniture(&text).filter(|_| is_edge || !is_mention(page, at));
            match heading.or_else(head) {
                Some(facts) if !facts.is_number => kept.headings.push((raw.number, facts)),
                Some(_) if is_edge || (!of_several && !follows_label(&kept.lines)) => {}
                _ if is_edge && repeated.has(&text) => {}
                _ => kept.lines.push(raw.clone()),
            }
        }
        kept
    }
}

/// Whether the last line that is filled is a label alone: a number below it counts votes.
fn follows_label(kept: &[Raw]) -> bool {
    let last = kept.iter().rev().find(|raw| !raw.is_blank());
    last.is_some_and(|raw| is_label(&raw.whole()))
}

/// The places of the lines at the edges of a page.
fn edges(page: &[Raw]) -> Vec<usize> {
    let filled = page.iter().enumerate().filter(|(_, raw)| !raw.is_blank());
    let filled: Vec<usize> = filled.map(|(at, _)| at).collect();
    let bottom = filled.iter().rev().take(EDGE);
    filled.iter().take(EDGE).chain(bottom).copied().collect()
}

fn pages(text: &str) -> Vec<Vec<Raw>> {
    let mut pages = vec![Vec::new()];
    for (line, number) in text.lines().zip(1..) {
        let mut parts = line.split('\u{c}');
        let first = parts.next().unwrap_or_default();
        if let Some(page) = pages.last_mut() {
            page.push(Raw::new(number, first));
        }
        pages.extend(parts.map(|part| vec![Raw::new(number, part)]));
    }
    pages
}

/// Whether a line of a page is a symbol alone that belongs to a sentence: `as is said in document` / `S/PV.3977`.
fn is_mention(page: &[Raw], at: usize) -> bool {
    let text = |at: Option<usize>| at.and_then(|at| page.get(at)).map(Raw::whole);
    let is_alone = text(Some(at)).is_some_and(|line| !line.contains(' '));
    let before = text(at.checked_sub(1)).unwrap_or_default();
    let last_word = before.rsplit(' ').next().unwrap_or_default();
    let goes_on = !last_word.is_empty() && last_word.chars().all(char::is_lowercase);
    let is_headed = text(Some(at + 1)).is_some_and(|line| furniture(&line).is_some());
    is_alone && goes_on && !is_headed && names_meeting(page, at)
}

fn names_meeting(page: &[Raw], at: usize) -> bool {
    let facts = page.get(at).and_then(|raw| furniture(&raw.whole()));
    facts.is_some_and(|facts| facts.meeting.is_some())
}

/// Pages parted where the record of another meeting begins, and whether one begins at each.
fn by_record(pages: Vec<Vec<Raw>>) -> (Vec<Vec<Raw>>, Vec<bool>) {
    let mut parted = Vec::with_capacity(pages.len());
    let mut opens = Vec::with_capacity(pages.len());
    let mut known = Opened::default();
    for mut page in pages {
        let mut opened = false;
        let mut places = known.openings(&page).into_iter().peekable();
        opened |= places.next_if_eq(&0).is_some();
        let mut from = 0;
        for at in places {
            let rest = page.split_off(at - from);
            parted.push(std::mem::replace(&mut page, rest));
            opens.push(std::mem::replace(&mut opened, true));
            from = at;
        }
        parted.push(page);
        opens.push(opened);
    }
    (parted, opens)
}

/// The meeting whose record was opened last.
#[derive(Default)]
struct Opened {
    meeting: Option<Citation>,
    /// Its day, which stands with its weekday.
    day: Option<NaiveDate>,
}

/// What the lines of a heading say together.
#[derive(Default)]
struct Block {
    start: usize,
    meeting: Option<Citation>,
    day: Option<NaiveDate>,
    /// Whether it names a body, a session, or the meeting by its number.
    is_of_record: bool,
    /// Lines behind it that are no furniture, and may stand in a heading: `Official Records`, the place.
    others: usize,
}

impl Opened {
    /// Where in a page the records of other meetings begin: at a heading with another symbol, or with another day and a body, a
    /// session or the number of a meeting.
    fn openings(&mut self, page: &[Raw]) -> Vec<usize> {
        const OTHERS: usize = 2;
        const WORDS: usize = 5;
        let edges = edges(page);
        let mut found = Vec::new();
        let mut block: Option<Block> = None;
        for (at, raw) in page.iter().enumerate() {
            let text = raw.whole();
            if text.is_empty() {
                continue;
            }
            let is_edge = edges.contains(&at);
            let facts = furniture(&text)
                .filter(|facts| !facts.is_number && (is_edge || !is_mention(page, at)))
                .or_else(|| running_head(&text).filter(|_| is_edge));
            let Some(facts) = facts else {
                let words = text.split_whitespace().count();
                let ends = |block: &Block| {
                    block.others >= OTHERS || words > WORDS || text.contains([':', ','])
                };
                if block.as_ref().is_some_and(ends) {
                    found.extend(block.take().and_then(|block| self.close(block)));
                } else if let Some(block) = &mut block {
                    block.others += 1;
                }
                continue;
            };
            // A running head of the meeting that is known, or of another than the block names, is no part of it.
            let is_other = |block: &Block| {
                let both = block.meeting.as_ref().zip(facts.meeting.as_ref());
                let days = block.day.zip(facts.date.filter(|_| facts.with_weekday));
                both.is_some_and(|(one, other)| one != other)
                    || days.is_some_and(|(one, other)| one != other)
            };
            if block.as_ref().is_some_and(is_other) {
                found.extend(block.take().and_then(|block| self.close(block)));
            }
            let block = block.get_or_insert_with(|| Block {
                start: at,
                ..Block::default()
            });
            block.others = 0;
            block.is_of_record |=
                facts.session.is_some() || facts.organ.is_some() || facts.is_of_series;
            if let Some(meeting) = facts.meeting {
                block.meeting.get_or_insert(meeting);
            }
            if let Some(day) = facts.date.filter(|_| facts.with_weekday) {
                block.day.get_or_insert(day);
            }
        }
        found.extend(block.and_then(|block| self.close(block)));
        found
    }

    /// Takes in what a heading says; where it begins if it is that of another meeting.
    fn close(&mut self, block: Block) -> Option<usize> {
        let is_other = |known: bool, same: bool| known && !same;
        let by_symbol = block.meeting.is_some()
            && is_other(self.meeting.is_some(), self.meeting == block.meeting);
        let is_same_meeting = block.meeting.is_some() && self.meeting == block.meeting;
        let by_day = block.day.is_some()
            && is_other(self.day.is_some(), self.day == block.day)
            && (block.is_of_record || block.meeting.is_some())
            && !is_same_meeting;
        let opens = by_symbol || by_day;
        if opens {
            *self = Self::default();
        }
        self.meeting = block.meeting.or_else(|| self.meeting.take());
        self.day = self.day.or(block.day);
        opens.then_some(block.start)
    }
}

/// Running heads in words, such as the item of the agenda: lines that several pages have at their edge.
struct Repeated(BTreeMap<String, usize>);

impl Repeated {
    fn new(pages: &[Vec<Raw>]) -> Self {
        let mut found: BTreeMap<String, usize> = BTreeMap::new();
        for page in pages {
            let mut heads: Vec<String> = edges(page)
                .into_iter()
                .filter_map(|at| page.get(at))
                .map(|raw| head(&raw.whole()))
                .collect();
            heads.sort_unstable();
            heads.dedup();
            for head in heads {
                *found.entry(head).or_default() += 1;
            }
        }
        found.retain(|head, pages| *pages > 1 && may_be_head(head));
        Self(found)
    }

    fn has(&self, line: &str) -> bool {
        self.0.contains_key(&head(line))
    }
}

/// A line without its numbers and with single blanks.
fn head(line: &str) -> String {
    let plain = line.replace(|c: char| c.is_ascii_digit(), "");
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.join(" ")
}

/// Whether a line that is repeated may be a running head, and not a part of two lists or two sentences alike.
fn may_be_head(line: &str) -> bool {
    let is_sentence = line.ends_with(['.', ',', ';', ':']) || line.contains("vote");
    let is_list = || {
        let mut names = line.split([',', ';']);
        names.any(|name| identify_text(name, None).entry.state().is_some() || is_none(name))
    };
    line.len() > 2 && !is_sentence && !is_label(line) && !is_list()
}

/// Lines that were put together, with the line of the file at each place.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Joined {
    pub(super) text: String,
    /// Where each line begins, its number in the file, and its place among the lines.
    starts: Vec<(usize, u64, usize)>,
}

impl Joined {
    /// Puts lines together, an empty one as a line break. `joins` says whether two parts of a word that a hyphen at the end of a
    /// line parts are one word without it.
    pub(super) fn new<'a>(
        lines: impl IntoIterator<Item = (u64, &'a str)>,
        joins: impl Fn(&str, &str) -> bool,
    ) -> Self {
        let mut joined = Self::default();
        let mut is_new = true;
        for (nth, (number, line)) in lines.into_iter().enumerate() {
            if line.is_empty() {
                is_new = true;
                continue;
            }
            if !joined.text.is_empty() {
                joined.join(line, is_new, &joins);
            }
            is_new = false;
            joined.starts.push((joined.text.len(), number, nth));
            joined.text.push_str(line);
        }
        joined
    }

    fn join(&mut self, line: &str, is_new: bool, joins: &impl Fn(&str, &str) -> bool) {
        if is_new {
            self.text.push('\n');
        } else if self.text.ends_with('\u{ad}') {
            self.text.pop();
        } else if self.text.ends_with('-') {
            let before = self.text.strip_suffix('-').unwrap_or_default();
            if joins(before, line) {
                self.text.pop();
            }
        } else if !self.text.ends_with('/') {
            self.text.push(' ');
        }
    }

    /// The line of the file at a place.
    pub(super) fn line_at(&self, place: usize) -> u64 {
        self.start_at(place).map_or(1, |(_, number, _)| *number)
    }

    /// The place among its lines of the one at a place of the text.
    pub(super) fn nth_at(&self, place: usize) -> usize {
        self.start_at(place).map_or(0, |(.., nth)| *nth)
    }

    fn start_at(&self, place: usize) -> Option<&(usize, u64, usize)> {
        let next = self.starts.partition_point(|(start, ..)| *start <= place);
        self.starts.get(next.saturating_sub(1))
    }

    /// Where lines begin between two places.
    pub(super) fn starts_within(&self, from: usize, to: usize) -> impl Iterator<Item = usize> + '_ {
        let starts = self.starts.iter().map(|(start, ..)| *start);
        starts.filter(move |start| from < *start && *start < to)
    }
}

/// Whether a hyphen at the end of a line of prose only parts a word: small letters stand on both sides.
pub(super) fn parts_a_word(before: &str, after: &str) -> bool {
    let small = |c: Option<char>| c.is_some_and(char::is_lowercase);
    small(before.chars().next_back()) && small(after.chars().next())
}
