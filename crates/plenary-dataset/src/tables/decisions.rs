//! The table `decisions`.

use chrono::{Datelike, NaiveDate};
use plenary_analysis::issues::{IssueBasis, classify};
use plenary_analysis::table::{Cell, Table};
use plenary_bodies::{Applied, Undecidable};
use plenary_decisions::Verdict;
use plenary_types::{
    Agreement, AnnouncedTally, Citation, Date, Issue, Mode, Outcome, Scope, Tally,
};
use plenary_validation::{DecisionCx, Validator};

use super::rows::{DateCells, Rows, integer, integer_or, list, text};
use crate::schema::DECISIONS;

/// A row of the table `decisions`: a decision, and what its rule makes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DecisionRow {
    /// The place of the agreement in the dataset, from 1.
    pub record: u32,
    /// The place of the decision among the acts, from 0.
    pub act: u32,
    /// The document that came out, else the principal symbol of the agreement.
    pub symbol: Option<String>,
    /// When it was taken.
    pub date: Option<Date>,
    /// Who decided.
    pub body: Option<String>,
    /// The session of the body.
    pub session: Option<String>,
    /// The meeting, by its record.
    pub meeting: Option<String>,
    /// The drafts, separated by `|`.
    pub draft: String,
    /// The title of the agreement.
    pub title: String,
    /// The agenda item, as printed.
    pub agenda: Option<String>,
    /// The subjects of the agreement, separated by `|`.
    pub subjects: String,
    /// The codes of the issues, separated by `|`: as the source codes them, else as computed.
    pub issue: String,
    /// Where the codes of the issues come from.
    pub issue_basis: IssueBasis,
    /// How much of the text was decided on.
    pub scope: Scope,
    /// The question as it was asked.
    pub question: Option<String>,
    /// How it was decided.
    pub mode: Mode,
    /// The outcome on record.
    pub outcome: Option<Outcome>,
    /// The totals that the source announces.
    pub announced: AnnouncedTally,
    /// The ballots counted, as the body counts them.
    pub counted: Option<Tally>,
    /// The rule that it is judged by, in words.
    pub rule: Option<String>,
    /// The identifier of the rule, where it is one of the body's own.
    pub rule_id: Option<String>,
    /// Whether the rule is assumed.
    pub rule_assumed: Option<bool>,
    /// What the rule makes of the votes: `adopted`, `rejected` or `undecidable`; nothing where there was no vote.
    pub verdict: Option<&'static str>,
    /// The reason of the verdict, or why there is none.
    pub reason: Option<String>,
    /// Whether the source marks it as an important vote.
    pub important: bool,
    /// The first address that a source of the agreement gives.
    pub url: Option<String>,
}

/// The rows of the decisions of an agreement, which is at this place in its dataset, from 1.
///
/// ```
/// use plenary_dataset::decision_rows;
/// use plenary_validation::Validator;
///
/// let agreement = serde_json::from_str(r#"{"symbols": ["A/RES/73/195"], "acts": [
///     {"act": "decision", "date": "2018-12-19", "announced": {"yes": 152, "no": 5, "abstain": 12}}]}"#)?;
/// let validator = Validator::default();
/// let [row] = &decision_rows(1, &agreement, &validator)[..] else { panic!("there is one decision") };
/// assert_eq!((row.margin(), row.verdict), (Some(147), Some("adopted")));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[must_use]
pub fn decision_rows(
    record: u32,
    agreement: &Agreement,
    validator: &Validator,
) -> Vec<DecisionRow> {
    let decisions = validator.decisions(agreement);
    let rows = decisions.iter().map(|cx| DecisionRow::new(record, cx));
    rows.collect()
}

/// The table of rows of decisions.
#[must_use]
pub fn decisions_table<'r>(rows: impl IntoIterator<Item = &'r DecisionRow>) -> Table {
    let mut table = Rows::new(&DECISIONS);
    for row in rows {
        row.push_to(&mut table);
    }
    table.into_table()
}

/// What the rule makes of a decision, and why.
struct Judged {
    rule: Option<String>,
    rule_id: Option<String>,
    rule_assumed: Option<bool>,
    verdict: Option<&'static str>,
    reason: Option<String>,
}

const UNDECIDABLE: &str = "undecidable";

impl Judged {
    fn new(cx: &DecisionCx<'_>) -> Self {
        let ruling = match cx.ruling() {
            Ok(ruling) => ruling,
            Err(why) => {
                let was_put = !matches!(why, Undecidable::NoVote);
                return Self {
                    rule: None,
                    rule_id: None,
                    rule_assumed: None,
                    verdict: was_put.then_some(UNDECIDABLE),
                    reason: Some(why.to_string()),
                };
            }
        };
        let rule_id = match ruling.rule() {
            Applied::Rule(rule) => Some(rule.rule.id.clone()),
            _ => None,
        };
        let (verdict, reason) = match ruling.undecided() {
            Some(why) => (UNDECIDABLE, why.to_string()),
            None => {
                let evaluation = ruling.evaluation();
                let word = match evaluation.verdict {
                    Verdict::Adopted => "adopted",
                    Verdict::Rejected => "rejected",
                    Verdict::Undetermined => UNDECIDABLE,
                };
                (word, evaluation.reasons.deciding())
            }
        };
        Self {
            rule: Some(ruling.rule().title()),
            rule_id,
            rule_assumed: Some(ruling.is_assumed()),
            verdict: Some(verdict),
            reason: Some(reason),
        }
    }
}

impl DecisionRow {
    /// The row of a decision, of which the validator knows what is known.
    #[must_use]
    pub fn new(record: u32, cx: &DecisionCx<'_>) -> Self {
        let (agreement, decision) = (cx.agreement, cx.decision);
        let symbol = decision.symbol.as_ref().or(agreement.symbols.first());
        let mut sources = agreement.sources.iter();
        let judged = Judged::new(cx);
        let issues = classify(agreement, decision);
        let citation = |citation: &Citation| citation.as_str().to_owned();
        Self {
            record,
            act: u32::try_from(cx.act).unwrap_or(u32::MAX),
            symbol: symbol.map(citation),
            date: decision.date,
            body: cx.body.as_ref().map(ToString::to_string),
            session: cx.session().map(|session| session.to_string()),
            meeting: decision.meeting.as_ref().map(citation),
            draft: list(decision.drafts.iter().map(Citation::as_str)),
            title: agreement.title.clone(),
            agenda: decision.agenda.clone(),
            subjects: list(&agreement.subjects),
            issue: list(issues.iter().map(Issue::code)),
            issue_basis: issues.basis(),
            scope: decision.question.scope,
            question: decision.question.text.clone(),
            mode: decision.mode,
            outcome: decision.outcome,
            announced: decision.announced,
            counted: cx.tally,
            rule: judged.rule,
            rule_id: judged.rule_id,
            rule_assumed: judged.rule_assumed,
            verdict: judged.verdict,
            reason: judged.reason,
            important: decision.is_marked_important(),
            url: sources.find_map(|source| source.url.clone()),
        }
    }

    /// The calendar year, where the date lies in one.
    #[must_use]
    pub fn year(&self) -> Option<i32> {
        let year = |day: Option<NaiveDate>| day.map(|day| day.year());
        let date = self.date?;
        year(date.first()).filter(|first| year(date.last()) == Some(*first))
    }

    /// The votes in favour less those against: as counted, else as announced.
    #[must_use]
    pub fn margin(&self) -> Option<i32> {
        let (yes, no) = match self.counted {
            Some(counted) => (counted.yes, counted.no),
            None => (self.announced.yes?, self.announced.no?),
        };
        i32::try_from(i64::from(yes) - i64::from(no)).ok()
    }

    pub(crate) fn push_to(&self, table: &mut Rows) {
        let date = DateCells::from(self.date);
        let [day, date_text, date_from, date_to] = date.cells();
        let counted = |of: fn(&Tally) -> u32| integer_or(self.counted.as_ref().map(of));
        let flag = |flag: Option<bool>| flag.map_or(Cell::Missing, Cell::Flag);
        table.push([
            integer(self.record),
            integer(self.act),
            text(self.symbol.as_deref()),
            day,
            date_text,
            date_from,
            date_to,
            text(self.body.as_deref()),
            text(self.session.as_deref()),
            integer_or(self.year()),
            text(self.meeting.as_deref()),
            text(&*self.draft),
            text(&*self.title),
            text(self.agenda.as_deref()),
            text(&*self.subjects),
            text(&*self.issue),
            text(self.issue_basis.as_str()),
            text(self.scope.as_str()),
            text(self.question.as_deref()),
            text(self.mode.as_str()),
            text(self.outcome.map(Outcome::as_str)),
            integer_or(self.announced.yes),
            integer_or(self.announced.no),
            integer_or(self.announced.abstain),
            integer_or(self.announced.non_voting),
            integer_or(self.announced.members),
            counted(|tally| tally.yes),
            counted(|tally| tally.no),
            counted(|tally| tally.abstain),
            counted(|tally| tally.non_voting),
            integer_or(self.counted.as_ref().and_then(Tally::members)),
            integer_or(self.margin()),
            text(self.rule.as_deref()),
            text(self.rule_id.as_deref()),
            flag(self.rule_assumed),
            text(self.verdict),
            text(self.reason.as_deref()),
            flag(self.important.then_some(true)),
            text(self.url.as_deref()),
        ]);
    }
}
