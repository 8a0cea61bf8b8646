//! [`FindingLog`]: findings in the order in which they came, packed, so that a million of them take a few megabytes.

use std::borrow::Cow;
use std::collections::BTreeSet;

use plenary_types::{Finding, Invariant, Place, Severity, Subject};
use rayon::prelude::*;
use serde::{Serialize, Serializer};
#[cfg(feature = "compression")]
use zstd::bulk;

use crate::catalogue;

/// The number of bytes of findings that are packed at once.
const BLOCK: usize = 1 << 16;
/// The fastest level of compression: findings repeat each other.
const LEVEL: i32 = 1;

/// A build that cannot compress keeps findings as they are.
#[cfg(not(feature = "compression"))]
mod bulk {
    use std::io::{ErrorKind, Result};

    pub(super) fn compress(_: &[u8], _: i32) -> Result<Vec<u8>> {
        Err(ErrorKind::Unsupported.into())
    }

    pub(super) fn decompress(_: &[u8], _: usize) -> Result<Vec<u8>> {
        Err(ErrorKind::Unsupported.into())
    }
}

/// Findings in the order in which they came, those of a check left out where another finding explains them.
///
/// They are kept packed: a million take a few megabytes. What a finding quotes of its input is cut ([`Finding::shorten`]).
#[derive(Debug)]
pub struct FindingLog {
    packed: Vec<Block>,
    /// Those that are not packed yet.
    open: Vec<u8>,
    counts: ByCheck,
    /// Checks whose findings are explained by another, and left out.
    explained: Vec<&'static str>,
    /// Nothing below this level is kept.
    least: Severity,
}

/// How many findings there are, by severity, and how many are waived.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FindingCounts {
    /// Findings at error level.
    pub errors: usize,
    /// Findings at warning level.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
    /// Findings that a waiver accepts; they are none of the others.
    pub waived: usize,
    /// Findings that the baseline holds; they are none of the others.
    #[serde(skip_serializing_if = "is_none")]
    pub known: usize,
    /// Findings of the baseline that did not come again.
    #[serde(skip_serializing_if = "is_none")]
    pub gone: usize,
}

/// Whether there is nothing of it, as always without a baseline.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a reference"
)]
const fn is_none(count: &usize) -> bool {
    *count == 0
}

/// How many notes, warnings and errors there are of each check.
type ByCheck = Vec<(Cow<'static, str>, [usize; 3])>;

/// The number of findings of a list that are bundled at once.
const PORTION: usize = 4096;

/// A few findings, in a fraction of their room: several threads make them while one takes them.
#[derive(Debug, Default)]
pub(crate) struct Bundle {
    bytes: Vec<u8>,
    counts: ByCheck,
}

impl Bundle {
    /// Those of some findings that are not below a level.
    pub(crate) fn new(findings: impl IntoIterator<Item = Finding>, least: Severity) -> Self {
        let mut bundle = Self::default();
        let mut last = None;
        for mut finding in findings {
            if finding.severity < least {
                continue;
            }
            finding.shorten();
            bundle.count(&finding);
            encode(&finding, last.as_ref(), &mut bundle.bytes);
            last = Some(finding);
        }
        bundle
    }

    fn count(&mut self, finding: &Finding) {
        let at = self.counts.iter().position(|(c, _)| *c == finding.check);
        let at = at.unwrap_or_else(|| {
            self.counts.push((finding.check.clone(), [0; 3]));
            self.counts.len() - 1
        });
        if let Some((_, [notes, warnings, errors])) = self.counts.get_mut(at) {
            *match finding.severity {
                Severity::Note => notes,
                Severity::Warning => warnings,
                Severity::Error => errors,
            } += 1;
        }
    }
}

#[derive(Debug)]
struct Block {
    bytes: Box<[u8]>,
    /// How many bytes they come to; none where they are not packed.
    length: Option<usize>,
}

impl Default for FindingLog {
    fn default() -> Self {
        Self::at_least(Severity::Note)
    }
}

impl FindingLog {
    /// None yet, and none below a level.
    #[must_use]
    pub const fn at_least(least: Severity) -> Self {
        Self {
            packed: Vec::new(),
            open: Vec::new(),
            counts: Vec::new(),
            explained: Vec::new(),
            least,
        }
    }

    /// Takes findings out of a list.
    pub fn take(&mut self, findings: &mut Vec<Finding>) {
        // In portions, so that a long list is packed while it goes.
        while !findings.is_empty() {
            let portion = findings.drain(..findings.len().min(PORTION));
            let bundle = Bundle::new(portion, self.least);
            self.append(&bundle);
        }
    }

    /// Takes findings that are bundled already.
    pub(crate) fn append(&mut self, bundle: &Bundle) {
        for (check, counts) in &bundle.counts {
            let at = self.counts.iter().position(|(known, _)| known == check);
            match at.and_then(|at| self.counts.get_mut(at)) {
                Some((_, own)) => own
                    .iter_mut()
                    .zip(counts)
                    .for_each(|(own, more)| *own += more),
                None => self.counts.push((check.clone(), *counts)),
            }
        }
        self.open.extend_from_slice(&bundle.bytes);
        if self.open.len() >= BLOCK {
            self.pack();
        }
    }

    /// The level below which nothing is kept.
    pub(crate) const fn least(&self) -> Severity {
        self.least
    }

    /// Leaves out the findings of these checks, of those that are here already and of those that come.
    pub(crate) fn leave_out(&mut self, checks: impl IntoIterator<Item = &'static str>) {
        self.explained.extend(checks);
    }

    /// How many there are.
    #[must_use]
    pub fn counts(&self) -> FindingCounts {
        let mut counts = FindingCounts::default();
        for (check, [notes, warnings, errors]) in &self.counts {
            if !self.is_left_out(check) {
                counts.notes += notes;
                counts.warnings += warnings;
                counts.errors += errors;
            }
        }
        counts
    }

    /// How many there are, of every level.
    #[must_use]
    pub fn len(&self) -> usize {
        let counts = self.counts();
        counts.errors + counts.warnings + counts.notes
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The findings, in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = Finding> + use<'_> {
        // A few blocks at a time: unpacked, a finding takes ten times its room.
        let together = self.packed.chunks(rayon::current_num_threads());
        let packed = together.flat_map(|blocks| {
            let unpacked = blocks
                .par_iter()
                .map(|block| findings_in(&block.unpacked()));
            unpacked.collect::<Vec<_>>().into_iter().flatten()
        });
        let findings = packed.chain(findings_in(&self.open));
        findings.filter(|finding| !self.is_left_out(&finding.check))
    }

    fn is_left_out(&self, check: &str) -> bool {
        self.explained.contains(&check)
    }

    /// At most so many of them, the most severe, in the order in which they came; `None` is all.
    #[must_use]
    pub fn most_severe(&self, most: Option<usize>) -> Shown<'_> {
        Shown::new(self, most)
    }

    fn pack(&mut self) {
        let length = self.open.len();
        let block = match bulk::compress(&self.open, LEVEL) {
            Ok(bytes) => Block {
                bytes: bytes.into(),
                length: Some(length),
            },
            Err(_) => Block {
                bytes: self.open.as_slice().into(),
                length: None,
            },
        };
        self.packed.push(block);
        self.open.clear();
    }
}

impl Serialize for FindingLog {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl Block {
    fn unpacked(&self) -> Cow<'_, [u8]> {
        let unpacked = self
            .length
            .and_then(|length| bulk::decompress(&self.bytes, length).ok());
        unpacked.map_or(Cow::Borrowed(&*self.bytes), Cow::Owned)
    }
}

/// A finding behind the others: numbers with seven bits a byte, texts behind their length. What is missing is 0, and what the
/// finding before it has in the same place is 1; so are its subjects, behind their number.
fn encode(finding: &Finding, before: Option<&Finding>, out: &mut Vec<u8>) {
    out.push(match finding.severity {
        Severity::Note => 0,
        Severity::Warning => 1,
        Severity::Error => 2,
    });
    let texts = texts(finding);
    let earlier = before.map_or([None; 8], self::texts);
    for (text, earlier) in texts.into_iter().zip(earlier) {
        match text {
            None => number(0, out),
            Some(_) if text == earlier => number(1, out),
            Some(text) => {
                number(text.len() as u64 + 2, out);
                out.extend_from_slice(text.as_bytes());
            }
        }
    }
    for part in [finding.place.line, finding.place.column] {
        number(part.map_or(0, |n| n.saturating_add(1)), out);
    }
    let subjects = &finding.subjects;
    match before {
        _ if subjects.is_empty() => number(0, out),
        Some(before) if before.subjects == *subjects => number(1, out),
        _ => {
            number(subjects.len() as u64 + 1, out);
            for subject in subjects {
                let kind = KINDS.iter().position(|kind| *kind == subject.kind());
                let value = subject.to_string();
                // Kind and length in one number, of one byte where the value is short.
                let kind = kind.invariant("each kind of subject has a number") as u64;
                number(value.len() as u64 * KINDS.len() as u64 + kind, out);
                out.extend_from_slice(value.as_bytes());
            }
        }
    }
}

/// The kinds of subjects, by their numbers in what is packed.
const KINDS: [&str; 5] = ["participant", "name", "session", "date", "record"];

fn texts(finding: &Finding) -> [Option<&str>; 8] {
    [
        Some(&*finding.check),
        Some(&*finding.message),
        finding.record.as_deref(),
        finding.place.path.as_deref(),
        finding.place.field.as_deref(),
        finding.expected.as_deref(),
        finding.found.as_deref(),
        finding.help.as_deref(),
    ]
}

fn number(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// The findings of a block.
fn findings_in(bytes: &[u8]) -> Vec<Finding> {
    Decoder::new(bytes).collect()
}

struct Decoder<'a> {
    bytes: &'a [u8],
    at: usize,
    last: [Option<String>; 8],
    subjects: Vec<Subject>,
}

impl<'a> Decoder<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            last: Default::default(),
            subjects: Vec::new(),
        }
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = self.bytes.get(self.at).copied();
        self.at += 1;
        byte
    }

    fn number(&mut self) -> Option<u64> {
        let (mut number, mut shift) = (0u64, 0u32);
        loop {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(number);
            }
            shift += 7;
        }
    }

    /// Reads a text in the place of the last one, where it is another.
    fn read(&mut self, place: usize) -> Option<()> {
        let text = match self.number()? {
            0 => None,
            1 => return Some(()),
            length => Some(self.text(length - 2)?.to_owned()),
        };
        *self.last.get_mut(place)? = text;
        Some(())
    }

    fn text(&mut self, length: u64) -> Option<&'a str> {
        let from = self.at;
        self.at = from.checked_add(usize::try_from(length).ok()?)?;
        std::str::from_utf8(self.bytes.get(from..self.at)?).ok()
    }

    fn read_subjects(&mut self) -> Option<()> {
        let count = match self.number()? {
            1 => return Some(()),
            0 => 0,
            count => count - 1,
        };
        self.subjects.clear();
        for _ in 0..count {
            let packed = self.number()?;
            let kinds = KINDS.len() as u64;
            let kind = KINDS.get(usize::try_from(packed % kinds).ok()?)?;
            let value = self.text(packed / kinds)?;
            self.subjects.push(Subject::parse(kind, value)?);
        }
        Some(())
    }
}

impl Iterator for Decoder<'_> {
    type Item = Finding;

    fn next(&mut self) -> Option<Finding> {
        let severity = match self.byte()? {
            0 => Severity::Note,
            1 => Severity::Warning,
            _ => Severity::Error,
        };
        for place in 0..self.last.len() {
            self.read(place)?;
        }
        let line = self.number()?.checked_sub(1);
        let column = self.number()?.checked_sub(1);
        self.read_subjects()?;
        let [check, message, record, path, field, expected, found, help] = self.last.clone();
        let check = match catalogue().find(check.as_deref()?) {
            Some(check) => Cow::Borrowed(check.name),
            None => Cow::Owned(check?),
        };
        let place = Place {
            path,
            line,
            column,
            field,
        };
        let mut finding = Finding::new(check, severity, message?).with_place(place);
        finding.record = record;
        finding.expected = expected;
        finding.found = found;
        finding.help = help;
        finding.subjects.clone_from(&self.subjects);
        Some(finding)
    }
}

/// Findings that are shown: all, or at most so many, the most severe first to be kept, in the order in which they came.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    found: &'a FindingLog,
    /// How many notes, warnings and errors.
    quota: [usize; 3],
}

impl<'a> Shown<'a> {
    fn new(found: &'a FindingLog, most: Option<usize>) -> Self {
        let counts = found.counts();
        let most = most.unwrap_or(usize::MAX);
        let errors = counts.errors.min(most);
        let warnings = counts.warnings.min(most - errors);
        let notes = counts.notes.min(most - errors - warnings);
        Self {
            found,
            quota: [notes, warnings, errors],
        }
    }

    /// How many they are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.quota.iter().sum()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The checks that they are of.
    pub(crate) fn checks(&self) -> BTreeSet<Cow<'static, str>> {
        if self.len() < self.found.len() {
            return self.iter().map(|finding| finding.check).collect();
        }
        let counts = self.found.counts.iter();
        let shown = counts.filter(|(check, _)| !self.found.is_left_out(check));
        shown.map(|(check, _)| check.clone()).collect()
    }

    /// The findings.
    pub fn iter(&self) -> impl Iterator<Item = Finding> + use<'a> {
        let [mut notes, mut warnings, mut errors] = self.quota;
        self.found.iter().filter(move |finding| {
            let left = match finding.severity {
                Severity::Note => &mut notes,
                Severity::Warning => &mut warnings,
                Severity::Error => &mut errors,
            };
            let shown = *left > 0;
            *left = left.saturating_sub(1);
            shown
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use plenary_types::{Date, Session};

    use super::*;

    fn finding(at: u64) -> Finding {
        let severity = [Severity::Note, Severity::Warning, Severity::Error];
        let some = |n: u64, text: &str| at.is_multiple_of(n).then(|| format!("{text} {at}"));
        let check = if at.is_multiple_of(5) {
            "of-another"
        } else {
            "tally-sum"
        };
        let severity = severity[usize::try_from(at % 3).unwrap()];
        let mut finding = Finding::new(check, severity, format!("message {}", at % 7));
        finding.record = some(2, "A/RES/é");
        finding.place = Place {
            path: some(3, "path"),
            line: (!at.is_multiple_of(4)).then_some(at * 1000),
            column: at.is_multiple_of(6).then_some(at),
            field: some(5, "field"),
        };
        finding.expected = some(4, "");
        finding.found = some(7, "found");
        finding.help = some(11, "help");
        if at % 9 > 3 {
            finding.add_subjects(
                ["FRA", "SUN"].map(|code| Subject::parse("participant", code).unwrap()),
            );
        }
        if at % 9 > 5 {
            let date = Date::year(1900 + i32::try_from(at % 100).unwrap()).unwrap();
            finding.add_subjects([Subject::from(date), Session::Emergency(11).into()]);
            finding.add_subjects([Subject::Name("é".into()), Subject::Record(String::new())]);
        }
        finding
    }

    #[test]
    fn what_comes_out_is_what_was_put_in_whether_packed_or_not() {
        for count in [0, 1, 20_000] {
            let all: Vec<_> = (0..count).map(finding).collect();
            let mut found = FindingLog::default();
            for some in all.chunks(777) {
                found.take(&mut some.to_vec());
            }
            assert_eq!(
                found.packed.is_empty(),
                count < 1000,
                "{}",
                found.open.len()
            );
            assert_eq!(found.len(), all.len());
            assert!(found.iter().eq(all), "{count}");
        }
    }

    #[test]
    fn subjects_of_few_values_take_a_few_bytes() {
        let size = |with_subjects: bool| {
            let mut found = FindingLog::default();
            for portion in 0..100u64 {
                let findings = (0..1000).map(|n| {
                    let n = portion * 1000 + n;
                    let mut finding = finding(n);
                    finding.subjects.clear();
                    if with_subjects {
                        // Two hundred participants and nearly a thousand months, in no order.
                        let mixed = n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
                        let code = [
                            b'A' + (mixed % 8) as u8,
                            b'B',
                            b'A' + (mixed / 8 % 25) as u8,
                        ];
                        finding.add_subjects(plenary_types::StateCode::from_bytes(code));
                        let month = u32::try_from(mixed % 12).unwrap() + 1;
                        let year = i32::try_from(mixed % 80).unwrap() + 1946;
                        finding.add_subjects(Date::month(year, month).ok());
                    }
                    finding
                });
                found.take(&mut findings.collect());
            }
            let packed: usize = found.packed.iter().map(|block| block.bytes.len()).sum();
            packed + found.open.len()
        };
        let (without, with) = (size(false), size(true));
        assert!(
            with < without + 6 * 100_000,
            "{with} bytes, {without} without"
        );
    }

    #[test]
    fn what_is_below_the_level_or_explained_is_neither_counted_nor_shown() {
        let mut all: Vec<_> = (0..3000).map(finding).collect();
        let mut found = FindingLog::at_least(Severity::Warning);
        found.take(&mut all.clone());
        found.leave_out(["of-another"]);
        all.retain(|f| f.severity >= Severity::Warning && f.check == "tally-sum");
        assert_eq!(found.len(), all.len());
        assert_eq!(found.counts().notes, 0);
        assert!(found.iter().eq(all));
    }

    #[test]
    fn the_most_severe_are_shown_in_the_order_in_which_they_came() {
        let mut all: Vec<_> = (0..30).map(finding).collect();
        let mut found = FindingLog::default();
        found.take(&mut all.clone());
        for most in 0..32 {
            let shown: Vec<_> = Shown::new(&found, Some(most)).iter().collect();
            assert_eq!(shown.len(), most.min(30));
            let mut expected: Vec<_> = all.iter().enumerate().collect();
            expected.sort_by_key(|(_, f)| std::cmp::Reverse(f.severity));
            expected.truncate(most);
            expected.sort_by_key(|(at, _)| *at);
            assert!(shown.iter().eq(expected.into_iter().map(|(_, f)| f)));
        }
        all.clear();
    }
}
