//! [`Selection`]: which votes an analysis is about.

use std::borrow::Cow;

use plenary_types::{
    Agreement, Ballot, Ballots, BodyId, Choice, Citation, Date, Decision, Issue, Outcome,
    Participant, Scope, Session,
};

use crate::copies::VotePlace;
use crate::issues::{are_coded, classify};
use crate::matrix::{Added, VoteKey, Votes};
use crate::tally::Listing;

/// Which votes, and which states, an analysis is about. Empty parts select everything, except that by default only votes on
/// whole texts count: votes on paragraphs, amendments and motions repeat their resolution and would count it twice.
///
/// ```
/// use plenary_analysis::Selection;
///
/// let selection = Selection { symbol: Some("A/RES/73/".to_owned()), ..Selection::default() };
/// assert_eq!(
///     selection.to_string(),
///     "symbol A/RES/73/; whole texts only (no votes on paragraphs, amendments or motions)"
/// );
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The body that voted.
    pub body: Option<BodyId>,
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
    /// Sessions.
    pub sessions: Vec<Session>,
    /// A part of a subject, in any capitals.
    pub subject: Option<String>,
    /// Issues, of which a vote has one: by the codes of its source, else by those that plenary computes ([`crate::issues`]).
    pub issues: Vec<Issue>,
    /// The beginning of a symbol.
    pub symbol: Option<String>,
    /// Participants; ballots of others are left out.
    pub states: Vec<Participant>,
    /// Only votes that the source marks as important (the Department of State's list, where the source carries it).
    pub important: bool,
    /// Which questions: by default whole texts.
    pub questions: Questions,
    /// What the record says came of it: any of these; a vote whose record does not say is not selected by one.
    pub outcomes: Vec<Outcome>,
}

/// Which questions put to a body are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Questions {
    /// Whole texts only.
    #[default]
    WholeTexts,
    /// Paragraphs, amendments and motions too.
    All,
}

impl Selection {
    /// Whether a decision of an agreement is selected. A vote whose date or session is not known is not in any range of
    /// dates or list of sessions. Where the record says neither the body nor the session, they are what the symbol tells.
    #[must_use]
    pub fn admits(&self, agreement: &Agreement, decision: &Decision) -> bool {
        self.admits_question(decision)
            && self
                .body
                .as_ref()
                .is_none_or(|body| body_of(agreement, decision).as_ref() == Some(body))
            && self.admits_date(decision.date)
            && (self.sessions.is_empty()
                || session_of(agreement, decision)
                    .is_some_and(|session| self.sessions.contains(&session)))
            && self.admits_subject(agreement, decision)
            && self.admits_symbol(agreement, decision)
            && (!self.important || decision.is_marked_important())
            && (self.outcomes.is_empty()
                || decision
                    .outcome
                    .is_some_and(|outcome| self.outcomes.contains(&outcome)))
            && self.admits_issue(agreement, decision)
    }

    fn admits_question(&self, decision: &Decision) -> bool {
        self.questions == Questions::All || decision.question.scope == Scope::Whole
    }

    fn admits_date(&self, date: Option<Date>) -> bool {
        if self.from.is_none() && self.to.is_none() {
            return true;
        }
        let after = |date: Date| {
            self.from
                .is_none_or(|from| date.earliest() >= from.earliest())
        };
        let before = |date: Date| self.to.is_none_or(|to| date.latest() <= to.latest());
        date.is_some_and(|date| after(date) && before(date))
    }

    fn admits_subject(&self, agreement: &Agreement, decision: &Decision) -> bool {
        let Some(wanted) = self.subject.as_ref().map(|text| text.to_lowercase()) else {
            return true;
        };
        let texts = agreement.subjects.iter().chain(&decision.agenda);
        texts
            .into_iter()
            .any(|text| text.to_lowercase().contains(&wanted))
    }

    fn admits_issue(&self, agreement: &Agreement, decision: &Decision) -> bool {
        if self.issues.is_empty() {
            return true;
        }
        let codes = classify(agreement, decision);
        self.issues.iter().any(|issue| codes.contains(*issue))
    }

    fn admits_symbol(&self, agreement: &Agreement, decision: &Decision) -> bool {
        let Some(wanted) = &self.symbol else {
            return true;
        };
        let symbols = agreement.symbols.iter().chain(&decision.symbol);
        symbols
            .into_iter()
            .any(|symbol| symbol.as_str().starts_with(wanted.as_str()))
    }
}

/// Whether sources say what was voted on, the whole text or a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ScopeRecord {
    /// Each of them does.
    All,
    /// Some do.
    Some,
    /// None does.
    None,
}

impl std::fmt::Display for Selection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.describe(ScopeRecord::All))
    }
}

impl Selection {
    /// Which votes are selected, in words, of sources that say of each vote what was voted on, or do not.
    ///
    /// ```
    /// use plenary_analysis::{ScopeRecord, Selection};
    ///
    /// let words = Selection::default().describe(ScopeRecord::None);
    /// assert_eq!(words, "the source does not say what was voted on: the whole text or a part");
    /// ```
    #[must_use]
    pub fn describe(&self, scope: ScopeRecord) -> String {
        let mut parts = Vec::new();
        let mut say = |what: &str, value: Option<String>| {
            if let Some(value) = value {
                parts.push(format!("{what} {value}"));
            }
        };
        let list = |items: Vec<String>| (!items.is_empty()).then(|| items.join(", "));
        say("body", self.body.as_ref().map(ToString::to_string));
        say("from", self.from.map(|date| date.to_string()));
        say("to", self.to.map(|date| date.to_string()));
        say(
            "session",
            list(self.sessions.iter().map(ToString::to_string).collect()),
        );
        say("subject", self.subject.clone());
        say(
            "issue",
            list(self.issues.iter().map(ToString::to_string).collect()),
        );
        say("symbol", self.symbol.clone());
        say(
            "states",
            list(self.states.iter().map(ToString::to_string).collect()),
        );
        say(
            "outcome",
            list(self.outcomes.iter().map(ToString::to_string).collect()),
        );
        if self.important {
            parts.push("important votes only".to_owned());
        }
        let questions = match (self.questions, scope) {
            (_, ScopeRecord::None) => {
                "the source does not say what was voted on: the whole text or a part"
            }
            (Questions::WholeTexts, ScopeRecord::All) => {
                "whole texts only (no votes on paragraphs, amendments or motions)"
            }
            (Questions::WholeTexts, ScopeRecord::Some) => {
                "whole texts only, as far as the sources say what was voted on (no votes on paragraphs, amendments or motions)"
            }
            (Questions::All, _) => "all questions, with paragraphs, amendments and motions",
        };
        parts.push(questions.to_owned());
        parts.join("; ")
    }
}

impl Votes {
    /// Adds the selected decisions of an agreement that have ballots, under its symbol, else the number of its source, else its
    /// title (with a number behind it for a second vote on it).
    pub fn add_agreement(&mut self, agreement: &Agreement, selection: &Selection) -> Added {
        let first = self.enter(agreement);
        let nobody = Ballots::from_participants([]);
        let mut added = Added::default();
        for (at, decision) in selection.decisions(agreement, first, &mut added, self) {
            let key = key(agreement, decision, self);
            let Some(ballots) = &decision.ballots else {
                let start = self.push_list(&nobody, |_| false);
                if is_published(agreement, decision) {
                    let copy = self.copy_of(at, agreement, decision, &nobody);
                    self.settle(at, key, start, copy, &mut added);
                } else {
                    self.settle_alone(at, key, start, &mut added);
                }
                continue;
            };
            let copy = self.copy_of(at, agreement, decision, ballots);
            let start = self.push_list(ballots, |who| selection.wants(who));
            self.settle(at, key, start, copy, &mut added);
            added.unresolved += ballots.len() - ballots.by_number().len();
        }
        added
    }

    /// The same, with voters under the codes that the source prints, be they of states or not: one number of Correlates of
    /// War is one voter, though it may be two states, one after the other.
    pub fn add_agreement_as_printed(
        &mut self,
        agreement: &Agreement,
        selection: &Selection,
    ) -> Added {
        let first = self.enter(agreement);
        let mut added = Added::default();
        for (at, decision) in selection.decisions(agreement, first, &mut added, self) {
            let Some(ballots) = &decision.ballots else {
                continue;
            };
            let copy = self.copy_of(at, agreement, decision, ballots);
            let wanted = ballots.iter().filter(|ballot| {
                selection.states.is_empty()
                    || ballot.entry.who.is_some_and(|who| selection.wants(who))
            });
            let list: Vec<(Cow<'_, str>, Choice)> = wanted
                .map(|ballot| (printed(&ballot), ballot.choice))
                .collect();
            let list = list.iter().map(|(code, choice)| (&**code, *choice));
            let start = self.push_named(list);
            let key = key(agreement, decision, self);
            self.settle(at, key, start, copy, &mut added);
        }
        added
    }
}

impl Selection {
    /// The selected decisions of an agreement with their places, and the account of them.
    fn decisions<'a>(
        &self,
        agreement: &'a Agreement,
        first: VotePlace,
        added: &mut Added,
        votes: &Votes,
    ) -> Vec<(VotePlace, &'a Decision)> {
        let mut selected = Vec::new();
        for (nth, (_, decision)) in agreement.decisions().enumerate() {
            if !votes.takes(decision) {
                continue;
            }
            added.seen += 1;
            if self.admits(agreement, decision) {
                added.selected += 1;
                let is_computed = !self.issues.is_empty() && !are_coded(agreement);
                added.computed_issues += usize::from(is_computed);
                let at = VotePlace {
                    decision: first.decision + nth,
                    ..first
                };
                selected.push((at, decision));
            }
        }
        selected
    }

    fn wants(&self, who: Participant) -> bool {
        self.states.is_empty() || self.states.contains(&who)
    }
}

fn printed<'a>(ballot: &Ballot<'a>) -> Cow<'a, str> {
    let code = ballot.entry.code.as_deref();
    code.map_or_else(|| ballot.entry.label().into(), Cow::Borrowed)
}

/// Who took a decision of an agreement: as recorded, else as the symbol of what came out tells.
#[must_use]
pub fn body_of(agreement: &Agreement, decision: &Decision) -> Option<BodyId> {
    let told = || document_of(agreement, decision)?.symbol()?.body();
    decision.body.clone().or_else(told)
}

/// The session of a decision of an agreement: as recorded, else as the symbol of what came out or of the meeting tells.
#[must_use]
pub fn session_of(agreement: &Agreement, decision: &Decision) -> Option<Session> {
    let of_document = || document_of(agreement, decision)?.symbol()?.session();
    let of_meeting = || decision.meeting.as_ref()?.symbol()?.session();
    decision.session.or_else(of_document).or_else(of_meeting)
}

/// The document that came out of a decision: its own symbol, else the first of the agreement where it is the principal decision.
fn document_of<'a>(agreement: &'a Agreement, decision: &'a Decision) -> Option<&'a Citation> {
    let is_principal = || {
        let principal = agreement.principal_decision();
        principal.is_some_and(|(_, principal)| std::ptr::eq(principal, decision))
    };
    let own = decision.symbol.as_ref();
    own.or_else(|| agreement.symbols.first().filter(|_| is_principal()))
}

/// Whether a decision without a list can be told from others: by the symbol of a document of a known body. A number that a data set gives a
/// bill may be that of many votes.
fn is_published(agreement: &Agreement, decision: &Decision) -> bool {
    let symbol = agreement.symbols.first().or(decision.symbol.as_ref());
    let symbol = symbol.and_then(Citation::symbol);
    symbol.is_some_and(|symbol| symbol.body().is_some())
}

fn key(agreement: &Agreement, decision: &Decision, votes: &Votes) -> VoteKey {
    let record = agreement.sources.iter().find_map(|s| s.record.clone());
    let id = match (agreement.symbols.first(), &record) {
        (None, Some(record)) => record.clone(),
        _ => agreement.label().to_owned(),
    };
    let looks_for_issues = votes.looks_for_issues();
    let issues = looks_for_issues.then(|| classify(agreement, decision));
    VoteKey {
        record: record.filter(|record| *record != id),
        id,
        date: decision.date,
        session: decision.session,
        body: decision.body.clone(),
        label: None,
        listing: Listing::of(decision),
        has_computed_issues: looks_for_issues && !are_coded(agreement),
        issues: issues.map_or_else(Vec::new, |codes| codes.iter().collect()),
    }
}

impl std::ops::AddAssign for Added {
    fn add_assign(&mut self, other: Self) {
        self.seen += other.seen;
        self.selected += other.selected;
        self.computed_issues += other.computed_issues;
        self.unresolved += other.unresolved;
        self.duplicates += other.duplicates;
        self.conflicting += other.conflicting;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use plenary_types::{Act, Citation, Question, Roll, RollEntry, Source};

    use super::*;

    fn agreement(scope: Scope) -> Agreement {
        let ballots = [("FRA", Choice::Yes), ("USA", Choice::No)];
        let decision = Decision {
            date: "2018-12-19".parse().ok(),
            session: Some(Session::Regular(73)),
            question: Question {
                scope,
                ..Question::default()
            },
            ballots: Some(
                ballots
                    .into_iter()
                    .map(|(code, choice)| (code.parse().unwrap(), choice))
                    .collect(),
            ),
            ..Decision::default()
        };
        Agreement {
            subjects: vec!["MIGRATION--MIGRANTS".to_owned()],
            acts: vec![Act::Decision(Box::new(decision))],
            ..Agreement::default()
        }
    }

    fn selected(selection: &Selection, scope: Scope) -> usize {
        Votes::default()
            .add_agreement(&agreement(scope), selection)
            .selected
    }

    #[test]
    fn only_whole_texts_count_unless_asked() {
        assert_eq!(selected(&Selection::default(), Scope::Whole), 1);
        assert_eq!(selected(&Selection::default(), Scope::Paragraph), 0);
        let all = Selection {
            questions: Questions::All,
            ..Selection::default()
        };
        assert_eq!(selected(&all, Scope::Paragraph), 1);
    }

    #[test]
    fn each_part_selects() {
        let date = |text: &str| text.parse::<Date>().ok();
        let cases = [
            (
                Selection {
                    from: date("2018"),
                    ..Selection::default()
                },
                1,
            ),
            (
                Selection {
                    to: date("2018-11"),
                    ..Selection::default()
                },
                0,
            ),
            (
                Selection {
                    to: date("2018-12"),
                    ..Selection::default()
                },
                1,
            ),
            (
                Selection {
                    sessions: vec![Session::Regular(72)],
                    ..Selection::default()
                },
                0,
            ),
            (
                Selection {
                    subject: Some("migrants".into()),
                    ..Selection::default()
                },
                1,
            ),
            (
                Selection {
                    body: Some(BodyId::UNGA),
                    ..Selection::default()
                },
                0,
            ),
            (
                Selection {
                    important: true,
                    ..Selection::default()
                },
                0,
            ),
            (
                Selection {
                    symbol: Some("A/".into()),
                    ..Selection::default()
                },
                0,
            ),
        ];
        for (selection, expected) in cases {
            assert_eq!(selected(&selection, Scope::Whole), expected, "{selection}");
        }
    }

    #[test]
    fn the_symbol_tells_the_session_and_the_body_of_a_record_that_does_not() {
        let in_session = Selection {
            sessions: vec![Session::Regular(73)],
            body: Some(BodyId::UNGA),
            ..Selection::default()
        };
        for (symbol, expected) in [("A/RES/73/195", 1), ("A/RES/72/1", 0), ("S/RES/2623", 0)] {
            let mut agreement = agreement(Scope::Whole);
            agreement.symbols = vec![Citation::new(symbol)];
            if let Some(Act::Decision(decision)) = agreement.acts.first_mut() {
                decision.session = None;
            }
            let added = Votes::default().add_agreement(&agreement, &in_session);
            assert_eq!(added.selected, expected, "{symbol}");
        }
    }

    #[test]
    fn an_outcome_is_that_of_the_record() {
        let rejected = Selection {
            outcomes: vec![Outcome::Rejected],
            ..Selection::default()
        };
        for (outcome, expected) in [
            (None, 0),
            (Some(Outcome::Adopted), 0),
            (Some(Outcome::Rejected), 1),
        ] {
            let mut agreement = agreement(Scope::Whole);
            if let Some(Act::Decision(decision)) = agreement.acts.first_mut() {
                decision.outcome = outcome;
            }
            let added = Votes::default().add_agreement(&agreement, &rejected);
            assert_eq!(added.selected, expected, "{outcome:?}");
        }
        assert!(rejected.to_string().starts_with("outcome rejected; "));
    }

    #[test]
    fn issues_of_the_source_go_before_computed_ones() {
        let of = |issue| Selection {
            issues: vec![Issue::Colonialism, issue],
            ..Selection::default()
        };
        let select = |agreement: &Agreement, issue| {
            let added = Votes::default().add_agreement(agreement, &of(issue));
            (added.selected, added.computed_issues)
        };
        let mut agreement = agreement(Scope::Whole);
        agreement.title = "Question of Palestine".to_owned();
        assert_eq!(select(&agreement, Issue::PalestinianConflict), (1, 1));
        assert_eq!(select(&agreement, Issue::HumanRights), (0, 0));
        agreement.subjects = vec![Issue::HumanRights.name().to_owned()];
        agreement.sources = vec![Source {
            codes_issues: true,
            ..Source::default()
        }];
        assert_eq!(select(&agreement, Issue::PalestinianConflict), (0, 0));
        assert_eq!(select(&agreement, Issue::HumanRights), (1, 0));
        let words = of(Issue::HumanRights).to_string();
        assert!(words.starts_with("issue co, hr; "), "{words}");
    }

    #[test]
    fn only_the_mark_of_the_source_makes_a_vote_important() {
        let important = Selection {
            important: true,
            ..Selection::default()
        };
        for (note, expected) in [("not an important vote", 0), (Decision::IMPORTANT_VOTE, 1)] {
            let mut agreement = agreement(Scope::Whole);
            if let Some(Act::Decision(decision)) = agreement.acts.first_mut() {
                decision.notes = vec![note.to_owned()];
            }
            let added = Votes::default().add_agreement(&agreement, &important);
            assert_eq!(added.selected, expected, "{note}");
        }
    }

    #[test]
    fn a_vote_is_called_by_its_symbol_else_by_the_number_of_its_source() {
        let mut agreement = agreement(Scope::Whole);
        agreement.title = "roll call 7".to_owned();
        agreement.sources = vec![Source {
            record: Some("7".to_owned()),
            ..Source::default()
        }];
        let key = |agreement: &Agreement| {
            let mut votes = Votes::default();
            votes.add_agreement(agreement, &Selection::default());
            let (key, _) = votes.iter().next().unwrap();
            (key.id.clone(), key.record.clone())
        };
        assert_eq!(key(&agreement), ("7".to_owned(), None));
        agreement.symbols = vec![Citation::new("A/RES/73/195")];
        let record = Some("7".to_owned());
        assert_eq!(key(&agreement), ("A/RES/73/195".to_owned(), record));
    }

    #[test]
    fn voters_as_printed_are_those_of_the_source() {
        let entry = |state: &str, code: &str| RollEntry {
            who: state.parse().ok(),
            code: Some(code.into()),
            name: None,
        };
        let roll = Roll::new(vec![entry("SUN", "365"), entry("", "4711")]);
        let ballots = Ballots::new(Arc::new(roll), vec![Choice::Yes, Choice::No]).unwrap();
        let mut agreement = agreement(Scope::Whole);
        if let Some(Act::Decision(decision)) = agreement.acts.first_mut() {
            decision.ballots = Some(ballots);
        }
        let voters = |selection: &Selection| {
            let mut votes = Votes::default();
            let added = votes.add_agreement_as_printed(&agreement, selection);
            let (_, ballots) = votes.iter().next().unwrap();
            let voters: Vec<String> = ballots.map(|(state, _)| state.to_owned()).collect();
            (added.unresolved, voters)
        };
        let all = voters(&Selection::default());
        assert_eq!(all, (0, vec!["365".to_owned(), "4711".to_owned()]));
        let soviet_union = Selection {
            states: vec!["SUN".parse().unwrap()],
            ..Selection::default()
        };
        assert_eq!(voters(&soviet_union), (0, vec!["365".to_owned()]));
    }

    #[test]
    fn states_select_ballots() {
        let selection = Selection {
            states: vec!["FRA".parse().unwrap()],
            ..Selection::default()
        };
        let mut votes = Votes::default();
        votes.add_agreement(&agreement(Scope::Whole), &selection);
        assert_eq!(votes.cast(), 1);
    }
}
