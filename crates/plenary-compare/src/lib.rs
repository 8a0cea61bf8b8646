#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod differ;
mod fields;
mod matching;
mod patterns;
mod planes;
mod same;
mod votes;

use std::collections::BTreeSet;
use std::fmt;

use plenary_bodies::Reference;
use plenary_types::{BodyId, Invariant, Participant, Scope, Session};
use serde::Serialize;

pub use same::same_votes;
pub use votes::VoteList;

use matching::Match;
use planes::{Distance, Planes};

/// What two sources of the same votes agree and differ in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// The first source.
    pub a: Side,
    /// The second source.
    pub b: Side,
    /// How many votes were found in both.
    pub matched: Matched,
    /// Everything that differs, in the order of the first source, then what only the second has.
    pub differences: Vec<Difference>,
    /// What many differences have in common.
    pub patterns: Vec<Pattern>,
}

/// One of the two sources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Side {
    /// The file or folder.
    pub path: String,
    /// How many votes it holds.
    pub votes: usize,
    /// How many of its rows could not be used, so that some differences may be those of the file.
    pub rejected: u64,
    /// How many of its votes, of a small body, are not matched because they go together with several of the other source
    /// equally well.
    #[serde(skip_serializing_if = "is_zero")]
    pub ambiguous: usize,
    /// How many of its voters that have no code are on no list of the other source, so that their ballots cannot be compared: who is
    /// named in another way there is another participant.
    #[serde(skip_serializing_if = "is_zero")]
    pub strangers: usize,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
const fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// How many votes were matched, by what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Matched {
    /// By the symbol of the text that was voted on.
    pub symbol: usize,
    /// By the number that both sources give the vote, such as that of a roll call.
    #[serde(skip_serializing_if = "is_zero")]
    pub number: usize,
    /// By the day and the meeting.
    pub meeting: usize,
    /// By the ballots alone.
    pub ballots: usize,
}

impl Matched {
    /// All of them.
    #[must_use]
    pub const fn total(self) -> usize {
        self.symbol + self.number + self.meeting + self.ballots
    }
}

/// What kind of thing differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DifferenceKind {
    /// Only the first source has the vote.
    OnlyInA,
    /// Only the second source has the vote.
    OnlyInB,
    /// Both file quite another vote under this symbol.
    Vote,
    /// The symbols differ, or only one source gives one, although the ballots are those of one vote.
    Symbol,
    /// The dates differ, or one is less precise or not given.
    Date,
    /// A total that one source announces is not what the other announces or lists.
    Tally,
    /// A voter's ballot differs, or only one source has it.
    Ballot,
    /// A name on one list is of no known state, so its ballot cannot be compared.
    Name,
    /// The sessions differ.
    Session,
    /// The meetings differ, or only one source gives one; so with the kinds that follow.
    Meeting,
    /// The titles.
    Title,
    /// The agenda items.
    Agenda,
    /// The subjects, in whatever order.
    Subjects,
    /// The drafts that were before the body.
    Drafts,
    /// The reports of the committee that sent the draft on.
    CommitteeReport,
    /// The notes of the source.
    Notes,
}

impl DifferenceKind {
    /// The kinds of what a source prints of a vote beside its symbol, date and ballots.
    pub(crate) const FIELDS: [Self; 7] = [
        Self::Meeting,
        Self::Title,
        Self::Agenda,
        Self::Subjects,
        Self::Drafts,
        Self::CommitteeReport,
        Self::Notes,
    ];

    /// The word used in results.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OnlyInA => "only-in-a",
            Self::OnlyInB => "only-in-b",
            Self::Vote => "vote",
            Self::Symbol => "symbol",
            Self::Date => "date",
            Self::Tally => "tally",
            Self::Ballot => "ballot",
            Self::Name => "name",
            Self::Session => "session",
            Self::Meeting => "meeting",
            Self::Title => "title",
            Self::Agenda => "agenda",
            Self::Subjects => "subjects",
            Self::Drafts => "drafts",
            Self::CommitteeReport => "committee-report",
            Self::Notes => "notes",
        }
    }
}

/// One thing in which the two sources differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Difference {
    /// What kind of thing.
    pub kind: DifferenceKind,
    /// The session of the vote, as the first source has it, else the second.
    pub session: Option<Session>,
    /// What the vote was on: the whole text, a paragraph, an amendment or a motion.
    #[serde(skip_serializing_if = "is_whole")]
    pub scope: Scope,
    /// Whose ballot differs.
    #[serde(rename = "state", skip_serializing_if = "Option::is_none")]
    pub voter: Option<Participant>,
    /// Which total differs: `yes`, `no`, `abstain`, `non-voting` or `members`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<&'static str>,
    /// The first source; nothing when it does not have the vote.
    pub a: Option<Sight>,
    /// The second source; nothing when it does not have the vote.
    pub b: Option<Sight>,
    /// The pattern it belongs to, by its place in [`Comparison::patterns`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<usize>,
}

fn is_whole(scope: &Scope) -> bool {
    *scope == Scope::Whole
}

/// What one source says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Sight {
    /// Its label for the vote: a symbol, or else a title.
    pub record: String,
    /// The line of its file where the vote begins, or the ballot stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// The value that differs; nothing when it says nothing.
    pub value: Option<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug_assert!(
            self.a.is_some() || self.b.is_some(),
            "a difference of nothing"
        );
        debug_assert!(self.voter.is_some() || self.kind != DifferenceKind::Ballot);
        debug_assert!(self.total.is_some() || self.kind != DifferenceKind::Tally);
        let said = |side: &Option<Sight>| side.as_ref().and_then(|s| s.value.clone());
        let (a, b) = (said(&self.a), said(&self.b));
        let label = self.a.as_ref().or(self.b.as_ref());
        f.write_str(label.map_or("", |sight| &sight.record))?;
        match self.kind {
            DifferenceKind::OnlyInA | DifferenceKind::OnlyInB => {
                return match a.or(b) {
                    Some(text) => write!(f, " ({text})"),
                    None => Ok(()),
                };
            }
            DifferenceKind::Ballot => write!(
                f,
                ": {}",
                self.voter.map_or_else(String::new, |s| s.to_string())
            )?,
            DifferenceKind::Tally => write!(
                f,
                ": {}",
                self.total.invariant("a difference of a total names it")
            )?,
            _ => f.write_str(":")?,
        }
        let skipped = common_start(a.as_deref(), b.as_deref());
        let shown = |value: Option<String>| match value {
            Some(text) => excerpt(&text, skipped),
            None => "-".to_owned(),
        };
        write!(f, " {} | {}", shown(a), shown(b))
    }
}

/// A line quotes at most this many characters of a value.
const LONGEST: usize = 90;

/// How many characters of two long values a line leaves out, because both begin with them.
fn common_start(a: Option<&str>, b: Option<&str>) -> usize {
    let (Some(a), Some(b)) = (a, b) else {
        return 0;
    };
    if a.chars().count().max(b.chars().count()) <= LONGEST {
        return 0;
    }
    let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    // Some of what is the same shows where the values part.
    same.saturating_sub(LONGEST / 4)
}

/// A value from a character on, shortened to a line.
fn excerpt(text: &str, from: usize) -> String {
    let before = if from > 0 { "…" } else { "" };
    let mut rest = text.chars().skip(from);
    let shown: String = rest.by_ref().take(LONGEST).collect();
    let after = if rest.next().is_some() { "…" } else { "" };
    format!("{before}{shown}{after}")
}

/// What a pattern says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PatternKind {
    /// The ballots of two states are exchanged.
    StatesExchanged,
    /// One state's ballots stand under two codes, one in each source.
    SameSeat,
    /// A state that votes in one source is missing from the other.
    StateMissing,
    /// The dates of one source are a constant number of days off.
    DateShift,
    /// One source has lost the day of the month.
    DaysLost,
    /// One source gives no dates.
    DatesMissing,
    /// One source has no vote of the session.
    SessionMissing,
    /// One source has no votes on paragraphs, amendments and motions.
    PartsMissing,
    /// One source cites the parts of resolutions in another way.
    SymbolStyle,
    /// One source gives no symbols.
    SymbolsMissing,
    /// One source gives no meetings, titles, agenda items, subjects, drafts, reports or notes.
    FieldMissing,
    /// The sources word a field differently, as a rule.
    FieldStyle,
}

impl PatternKind {
    /// The word used in results.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::StatesExchanged => "states-exchanged",
            Self::StateMissing => "state-missing",
            Self::SameSeat => "same-seat",
            Self::DateShift => "date-shift",
            Self::DaysLost => "days-lost",
            Self::DatesMissing => "dates-missing",
            Self::SessionMissing => "session-missing",
            Self::PartsMissing => "parts-missing",
            Self::SymbolStyle => "symbol-style",
            Self::SymbolsMissing => "symbols-missing",
            Self::FieldMissing => "field-missing",
            Self::FieldStyle => "field-style",
        }
    }
}

/// What many differences have in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Pattern {
    /// What it says.
    pub kind: PatternKind,
    /// The sessions in which it was seen, in order.
    pub sessions: Vec<Session>,
    /// The voters it is about.
    #[serde(rename = "states", skip_serializing_if = "Vec::is_empty")]
    pub voters: Vec<Participant>,
    /// The field that it is about, where that is none of the states' ballots, dates or symbols.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<DifferenceKind>,
    /// The source that it is about, `a` or `b`; nothing where the comparison cannot tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side: Option<char>,
    /// The votes that show it.
    pub votes: usize,
    /// The votes that could have shown it.
    pub of: usize,
    /// By how many days the second source is later, for a shift.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<i64>,
    /// The pattern in words.
    pub message: String,
    /// How many differences belong to it.
    pub differences: usize,
}

impl Comparison {
    /// Whether the two sources agree in everything.
    #[must_use]
    pub fn is_equal(&self) -> bool {
        self.differences.is_empty()
    }

    /// The differences that belong to no pattern.
    pub fn unexplained(&self) -> impl Iterator<Item = &Difference> + '_ {
        self.differences.iter().filter(|d| d.pattern.is_none())
    }
}

/// Two lists with their ballots side by side.
struct Both<'a> {
    a: &'a VoteList,
    b: &'a VoteList,
    /// The bodies of so many members that they do not often vote all alike, as the lists show.
    large: BTreeSet<&'a BodyId>,
    planes: Planes,
    reference: &'a Reference,
}

impl<'a> Both<'a> {
    fn new(a: &'a VoteList, b: &'a VoteList, reference: &'a Reference) -> Self {
        Self {
            a,
            b,
            large: matching::large_bodies(a, b, reference),
            planes: Planes::new(a, b),
            reference,
        }
    }

    /// How far vote `a` of the first list is from vote `b` of the second.
    fn distance(&self, a: usize, b: usize) -> Distance {
        let votes = self.a.votes.get(a).zip(self.b.votes.get(b));
        debug_assert!(votes.is_some(), "no votes {a} and {b}");
        votes.map_or_else(Distance::default, |(vote_a, vote_b)| {
            self.planes.distance_of((a, vote_a), (b, vote_b))
        })
    }
}

/// Compares two lists of votes.
///
/// The reference knows which bodies have many members, whose ballots tell their votes apart.
///
/// Takes time in proportion to the votes, and for those without a common symbol to the pairs of votes
/// within about a year of each other, up to a bound beyond which only nearer ones are tried.
#[must_use]
pub fn compare(a: &VoteList, b: &VoteList, reference: &Reference) -> Comparison {
    let both = Both::new(a, b, reference);
    let matching::Matches {
        list: matches,
        ambiguous: [in_a, in_b],
    } = matching::matches(&both);
    let mut differences = differ::differences(&both, &matches);
    let patterns = patterns::patterns(&both, &matches, &mut differences);
    let by = |by| matches.iter().filter(|m: &&Match| m.by == by).count();
    let persons = [a.persons(), b.persons()];
    let strangers = |at: usize| {
        let [here, there] = [persons.get(at), persons.get(1 - at)];
        here.zip(there)
            .map_or(0, |(here, there)| here.difference(there).count())
    };
    Comparison {
        a: a.side(in_a, strangers(0)),
        b: b.side(in_b, strangers(1)),
        matched: Matched {
            symbol: by(matching::MatchKey::Symbol),
            number: by(matching::MatchKey::Number),
            meeting: by(matching::MatchKey::Meeting),
            ballots: by(matching::MatchKey::Ballots),
        },
        differences,
        patterns,
    }
}
