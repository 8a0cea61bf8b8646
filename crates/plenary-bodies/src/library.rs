//! [`Library`]: decision rules, body sizes, groups and weights as dated, cited data.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use chrono::NaiveDate;
use plenary_types::{Span, StateCode};
use serde::{Deserialize, Serialize};

use crate::KnownDecision;
use plenary_decisions::{Evaluation, Verdict, evaluate, verdict};
use plenary_decisions::{Facts, Name, Requirement, Standing};

mod read;

/// A decision rule of a body, for the days on which it is the law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// Its identifier. Versions that follow each other in time share it.
    pub id: String,
    /// Other names for it.
    pub aliases: Vec<String>,
    /// The body that decides by it.
    pub body: String,
    /// The kind of question it is for.
    pub category: String,
    /// What it is, in words.
    pub title: String,
    /// When it is the law.
    pub span: Span,
    /// What has to hold.
    pub requirement: Requirement,
    /// What follows when the votes are divided equally, where the rules say so.
    pub tie: Option<Tie>,
    /// The article or the rule of procedure.
    pub source: String,
    /// Whether some of it is a default that no source read for it confirmed.
    pub unverified: bool,
}

/// What follows an equal division of votes. The requirement itself is not met then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Tie {
    /// The proposal is rejected (rule 133, committees).
    Rejected,
    /// A second vote within 48 hours; tied again, it is rejected (rule 95).
    SecondVote,
    /// The lot decides (elections, rule 93).
    Lot,
    /// The chair's vote decides.
    Chair,
}

impl Tie {
    /// What follows, in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Rejected => "the proposal is rejected",
            Self::SecondVote => {
                "a second vote follows within 48 hours; tied again, the proposal is rejected"
            }
            Self::Lot => "the lot decides",
            Self::Chair => "the vote of the chair decides",
        }
    }
}

/// Rules, sizes, groups and tables.
#[derive(Clone, Debug, Default)]
pub struct Library {
    rules: Vec<Rule>,
    sizes: Vec<Size>,
    subjects: Vec<Subject>,
    questions: Vec<Question>,
    organs: Vec<Organ>,
    editions: Vec<Edition>,
    pub(crate) known: Vec<KnownDecision>,
}

/// How many members a body has in a span of days.
#[derive(Clone, Debug)]
struct Size {
    body: String,
    /// The days, the first of which is the one on which the seats were filled.
    span: Span,
    members: u32,
    /// The day on which the law asked for that number, where no source says when the seats were filled.
    in_force: Option<NaiveDate>,
}

impl Size {
    fn may_hold_on(&self, day: NaiveDate) -> bool {
        let doubtful = self.in_force.is_some_and(|since| since <= day) && day < self.span.from;
        self.span.contains(day) || doubtful
    }
}

#[derive(Clone, Debug)]
struct Subject {
    body: String,
    category: String,
    subjects: Vec<String>,
}

/// What applies to a category of question of a body where the record does not say more.
#[derive(Clone, Debug)]
struct Question {
    body: String,
    category: String,
    /// Whether a question is taken for one of this category where nothing says so.
    usual: bool,
    unless: Vec<String>,
    also: Vec<String>,
}

/// The body that rules call by the name of an organ.
#[derive(Clone, Debug)]
struct Organ {
    name: Name,
    body: String,
}

/// The groups and tables of a body, for days between which none of them changes.
#[derive(Clone, Debug)]
struct Edition {
    body: String,
    span: Span,
    facts: Facts,
}

/// A rule on a day, with what was then true of the body.
#[derive(Clone, Copy, Debug)]
pub struct InForce<'l> {
    /// The rule.
    pub rule: &'l Rule,
    /// The number of members of the body, where its law fixes one.
    pub members: Option<u32>,
    /// The body's groups and tables.
    pub facts: &'l Facts,
}

/// Why a text is not a rule library.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LibraryError {
    /// Not the expected TOML.
    #[error("the rule library cannot be read: {0}")]
    Toml(#[from] toml::de::Error),
    /// An entry holds something that is not what it should be.
    #[error("`{entry}` in the rule library: {reason}")]
    Entry {
        /// The rule, group or table.
        entry: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// The rules, and after them the single decisions: one library, of the format that [`Library::from_toml`] reads.
const DATA: &str = concat!(
    include_str!("../data/rules.toml"),
    include_str!("../data/known_decisions.toml")
);

static EMBEDDED: LazyLock<Library> = LazyLock::new(|| {
    let library = Library::from_toml(DATA);
    debug_assert!(library.is_ok(), "the rules of the crate: {library:?}");
    library.unwrap_or_default()
});

impl Library {
    /// The rules that come with the crate.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// Every version of every rule, in the order of the data.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rule of that identifier or alias on a day.
    #[must_use]
    pub fn rule(&self, id: &str, on: NaiveDate) -> Option<InForce<'_>> {
        let mut named = self.rules.iter().filter(|rule| rule.is_called(id));
        named
            .find(|rule| rule.span.contains(on))
            .map(|rule| self.in_force(rule, on))
    }

    /// The last version of the rule of that identifier or alias, as of its last day or of `today`.
    #[must_use]
    pub fn latest(&self, id: &str, today: NaiveDate) -> Option<InForce<'_>> {
        self.rule(id, today).or_else(|| {
            let named = self.rules.iter().filter(|rule| rule.is_called(id));
            let last = named.max_by_key(|rule| rule.span.from)?;
            let day = last
                .span
                .to
                .and_then(|to| to.pred_opt())
                .unwrap_or(last.span.from);
            Some(self.in_force(last, day))
        })
    }

    /// The rule by which a body decides a category of question on a day.
    ///
    /// ```
    /// use plenary_bodies::Library;
    ///
    /// let day = "1964-01-01".parse().unwrap();
    /// let council = Library::embedded().rule_for("unsc", "substantive", day).unwrap();
    /// assert_eq!(council.rule.requirement.to_string(), "at least 7 votes; no member of P5 against");
    /// assert_eq!(council.members, Some(11));
    /// ```
    #[must_use]
    pub fn rule_for(&self, body: &str, category: &str, on: NaiveDate) -> Option<InForce<'_>> {
        let mut fitting = self.rules.iter().filter(|rule| {
            rule.body == body && rule.category == category && rule.span.contains(on)
        });
        fitting.next().map(|rule| self.in_force(rule, on))
    }

    /// The category of a subject in a body (Charter, Art. 18(2)): `ordinary` unless the data name it.
    /// A decision of the body itself goes before it: hand that category to [`Library::rule_for`].
    #[must_use]
    pub fn category_of(&self, body: &str, subject: &str) -> &str {
        let found = self
            .subjects
            .iter()
            .find(|entry| entry.body == body && entry.subjects.iter().any(|s| s == subject));
        found.map_or("ordinary", |entry| &entry.category)
    }

    /// The category that a question of a body is taken for where nothing says so: `ordinary` unless the data name another.
    #[must_use]
    pub fn usual_category(&self, body: &str) -> &str {
        let mut of_body = self
            .questions
            .iter()
            .filter(|question| question.body == body);
        let usual = of_body.find(|question| question.usual);
        usual.map_or("ordinary", |question| &question.category)
    }

    /// The categories that a question of a category may be of instead: where its kind is assumed, and where the law of the day
    /// is disputed.
    pub(crate) fn beside<'l>(
        &'l self,
        body: &str,
        category: &str,
        assumed: bool,
    ) -> impl Iterator<Item = &'l str> + use<'l> {
        let mut questions = self.questions.iter();
        let question = questions.find(|q| q.body == body && q.category == category);
        let unless = question
            .filter(|_| assumed)
            .map(|question| &question.unless);
        let also = question.map(|question| &question.also);
        [unless, also]
            .into_iter()
            .flatten()
            .flatten()
            .map(String::as_str)
    }

    /// The bodies that rules call by the name of an organ.
    pub fn organs(&self) -> impl Iterator<Item = (&Name, &str)> {
        self.organs
            .iter()
            .map(|organ| (&organ.name, organ.body.as_str()))
    }

    /// The number of members of a body on a day, where its law fixes one and the seats are known to be filled.
    #[must_use]
    pub fn size(&self, body: &str, on: NaiveDate) -> Option<u32> {
        let seats = self.seats_on(body, on)?;
        (seats.start() == seats.end()).then(|| *seats.end())
    }

    /// The least and the greatest number of members that a body can have on a day, where its law fixes one.
    ///
    /// They differ where the law has changed the number and no source says on which day the new seats were filled.
    ///
    /// ```
    /// use plenary_bodies::Library;
    ///
    /// let seats = |day: &str| Library::embedded().seats_on("ecosoc", day.parse().unwrap());
    /// assert_eq!(seats("1965-11-23"), Some(18..=18));
    /// assert_eq!(seats("1973-11-01"), Some(27..=54));
    /// assert_eq!(seats("1945-10-24"), None);
    /// ```
    #[must_use]
    pub fn seats_on(&self, body: &str, on: NaiveDate) -> Option<RangeInclusive<u32>> {
        let of_day = |size: &&Size| size.body == body && size.may_hold_on(on);
        let numbers = || self.sizes.iter().filter(of_day).map(|size| size.members);
        Some(numbers().min()?..=numbers().max()?)
    }

    /// Whether the number of members of a body is on record for some day.
    #[must_use]
    pub fn has_size(&self, body: &str) -> bool {
        self.sizes.iter().any(|size| size.body == body)
    }

    /// The members of a body on a day, where a table gives a weight to each of them: as many as the body has seats.
    #[must_use]
    pub fn weighted_members(&self, body: &str, on: NaiveDate) -> Option<Vec<StateCode>> {
        let size = self.size(body, on)?;
        let tables = self.facts(body, on).tables();
        let mut weights = tables.map(|(_, table)| table.weights());
        let complete = weights.find(|weights| u32::try_from(weights.len()) == Ok(size))?;
        Some(complete.iter().map(|(code, _)| *code).collect())
    }

    /// The days on which the number of members of a body, one of its groups or one of its tables may change, in no order.
    pub fn change_dates(&self) -> impl Iterator<Item = NaiveDate> {
        let ends = |span: Span| [Some(span.from), span.to];
        let sizes = self.sizes.iter();
        let sizes = sizes.flat_map(move |size| [size.in_force].into_iter().chain(ends(size.span)));
        let editions = self.editions.iter();
        let editions = editions.flat_map(move |edition| ends(edition.span));
        sizes.chain(editions).flatten()
    }

    /// The groups and tables of a body on a day.
    #[must_use]
    pub fn facts(&self, body: &str, on: NaiveDate) -> &Facts {
        let mut of_body = self.editions.iter().filter(|edition| edition.body == body);
        of_body
            .find(|edition| edition.span.contains(on))
            .map_or(Facts::NONE, |edition| &edition.facts)
    }

    /// The groups and tables of all bodies on all days, in no order.
    pub fn all_facts(&self) -> impl Iterator<Item = &Facts> {
        self.editions.iter().map(|edition| &edition.facts)
    }

    fn in_force<'l>(&'l self, rule: &'l Rule, on: NaiveDate) -> InForce<'l> {
        InForce {
            rule,
            members: self.size(&rule.body, on),
            facts: self.facts(&rule.body, on),
        }
    }
}

impl Rule {
    /// Whether that is its identifier or one of its aliases.
    #[must_use]
    pub fn is_called(&self, id: &str) -> bool {
        self.id == id || self.aliases.iter().any(|alias| alias == id)
    }
}

impl InForce<'_> {
    /// Evaluates the rule, with reasons.
    #[must_use]
    pub fn evaluate(&self, standing: &Standing<'_>) -> Evaluation {
        evaluate(&self.rule.requirement, &self.complete(standing))
    }

    /// The verdict alone.
    #[must_use]
    pub fn verdict(&self, standing: &Standing<'_>) -> Verdict {
        verdict(&self.rule.requirement, &self.complete(standing))
    }

    /// What follows from an equal division of votes, if that is what happened and the rules say.
    #[must_use]
    pub fn tie(&self, standing: &Standing<'_>) -> Option<Tie> {
        let tally = standing.tally();
        self.rule
            .tie
            .filter(|_| tally.yes == tally.no && tally.yes > 0 && !standing.has_open())
    }

    /// The standing with what the law says about the body, where nothing else is said: what [`InForce::evaluate`] looks at.
    #[must_use]
    pub fn complete<'s>(&'s self, standing: &'s Standing<'_>) -> Standing<'s> {
        let completed = standing.borrowed().with_default_facts(self.facts);
        match (standing.members(), self.members) {
            (None, Some(members)) => completed.clone().with_members(members).unwrap_or(completed),
            _ => completed,
        }
    }
}
