//! [`Histories`]: every recorded vote of a body by session, a byte a ballot.

use std::collections::BTreeMap;
use std::sync::Arc;

use plenary_bodies::{Body, Reference};
use plenary_types::{BodyId, Citation, Decision, Field, Locus, Participant, Roll, Session, Symbol};
use plenary_validation::{Mark, RecordFacts};
use rustc_hash::FxHashMap;

/// A member that is not on the list of a vote.
pub(crate) const UNLISTED: u8 = 255;

/// The histories of all bodies whose sessions can be compared with one another: see [`Sessions::are_yearly`].
///
/// [`Sessions::are_yearly`]: plenary_bodies::Sessions::are_yearly
#[derive(Debug, Default)]
pub(crate) struct Histories(BTreeMap<BodyId, History>);

impl Histories {
    pub(crate) fn add(&mut self, record: &RecordFacts<'_>) {
        for (act, decision) in record.agreement.decisions() {
            if let Some((body, session)) = session_of(record, decision) {
                let history = self.0.entry(body).or_default();
                history.add_vote(session, act, decision, record);
            }
        }
    }

    /// The history of each body, in the order of their identifiers.
    pub(crate) fn all(&self) -> impl Iterator<Item = &History> {
        self.0.values()
    }
}

/// The recorded votes of a body at its regular sessions, a byte a ballot.
///
/// The checks that compare sessions share it. A million ballots take a megabyte.
#[derive(Debug, Default)]
pub(crate) struct History {
    states: Vec<Participant>,
    columns: FxHashMap<Participant, u16>,
    sessions: BTreeMap<u16, SessionVotes>,
    last: Option<(Arc<Roll>, Vec<u16>)>,
}

/// The votes of one session.
#[derive(Debug)]
pub(crate) struct SessionVotes {
    rows: Vec<Box<[u8]>>,
    partial: Vec<bool>,
    first: Mark,
}

const NO_COLUMN: u16 = u16::MAX;

impl History {
    fn add_vote(
        &mut self,
        session: u16,
        act: usize,
        decision: &Decision,
        record: &RecordFacts<'_>,
    ) {
        let Some(ballots) = &decision.ballots else {
            return;
        };
        self.learn(ballots.roll());
        let mut row = vec![UNLISTED; self.states.len()].into_boxed_slice();
        let columns = self.last.as_ref().map_or(&[][..], |(_, columns)| columns);
        for (column, choice) in columns.iter().zip(ballots.choices()) {
            if let Some(cell) = row.get_mut(usize::from(*column)) {
                *cell = *choice as u8;
            }
        }
        let first = || record.mark(Locus::of_act(act, Field::Ballots));
        let votes = self
            .sessions
            .entry(session)
            .or_insert_with(|| SessionVotes {
                rows: Vec::new(),
                partial: Vec::new(),
                first: first(),
            });
        votes.rows.push(row);
        votes.partial.push(decision.partial);
    }

    /// Finds the column of every name of a list; votes that share the list share the answer.
    fn learn(&mut self, roll: &Arc<Roll>) {
        if self
            .last
            .as_ref()
            .is_some_and(|(last, _)| Arc::ptr_eq(last, roll))
        {
            return;
        }
        let columns = roll
            .entries()
            .iter()
            .map(|entry| self.column(entry.who))
            .collect();
        self.last = Some((Arc::clone(roll), columns));
    }

    fn column(&mut self, who: Option<Participant>) -> u16 {
        let Some(who) = who else { return NO_COLUMN };
        if let Some(column) = self.columns.get(&who) {
            return *column;
        }
        // Whoever comes after the last number gets no column: only a hostile list is that long.
        let new = u16::try_from(self.states.len()).unwrap_or(NO_COLUMN);
        if new != NO_COLUMN {
            self.columns.insert(who, new);
            self.states.push(who);
        }
        new
    }

    /// Every member that was on some list, in the order of the columns.
    pub(crate) fn states(&self) -> &[Participant] {
        &self.states
    }

    /// The sessions with their votes, in order.
    pub(crate) fn sessions(&self) -> impl Iterator<Item = (u16, &SessionVotes)> + '_ {
        self.sessions
            .iter()
            .map(|(session, votes)| (*session, votes))
    }

    /// The votes of a session.
    pub(crate) fn session(&self, session: u16) -> Option<&SessionVotes> {
        self.sessions.get(&session)
    }
}

impl SessionVotes {
    /// A session of these votes.
    #[cfg(test)]
    pub(crate) fn of_rows(rows: &[&[u8]]) -> Self {
        let origin: Arc<dyn plenary_types::Origin> = Arc::new(plenary_types::NoOrigin);
        Self {
            rows: rows.iter().map(|row| (*row).into()).collect(),
            partial: vec![false; rows.len()],
            first: RecordFacts::new(
                plenary_bodies::Reference::embedded(),
                &plenary_types::Agreement::default(),
                &origin,
            )
            .mark(Locus::of_record(Field::Whole)),
        }
    }

    /// The same, with votes of which the source leaves members out.
    #[cfg(test)]
    pub(crate) fn with_partial(mut self, partial: Vec<bool>) -> Self {
        self.partial = partial;
        self
    }

    /// How many votes there are.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// How many columns its votes have.
    pub(crate) fn width(&self) -> usize {
        self.rows.iter().map(|row| row.len()).max().unwrap_or(0)
    }

    /// Every vote, column by column.
    pub(crate) fn rows(&self) -> &[Box<[u8]>] {
        &self.rows
    }

    /// One vote, column by column; columns beyond its end are unlisted.
    pub(crate) fn row(&self, vote: usize) -> &[u8] {
        &self.rows[vote]
    }

    /// Whether the source leaves members out of the list of a vote: then a member without a ballot was absent, or
    /// was no member.
    pub(crate) fn is_partial(&self, vote: usize) -> bool {
        self.partial[vote]
    }

    /// The place of its first vote.
    pub(crate) const fn first(&self) -> &Mark {
        &self.first
    }
}

/// The body that took a vote, and the regular session, where its sessions can be compared.
fn session_of(record: &RecordFacts<'_>, decision: &Decision) -> Option<(BodyId, u16)> {
    let own = decision
        .symbol
        .as_ref()
        .or_else(|| record.agreement.symbols.first());
    let symbol = own.and_then(Citation::symbol);
    let body = decision
        .body
        .clone()
        .or_else(|| symbol.and_then(Symbol::body))?;
    let foreign = symbol
        .and_then(Symbol::body)
        .is_some_and(|of_symbol| of_symbol != body);
    match decision
        .session
        .or_else(|| symbol.and_then(Symbol::session))?
    {
        Session::Regular(number) if !foreign && has_yearly_sessions(record.reference, &body) => {
            Some((body, number))
        }
        _ => None,
    }
}

fn has_yearly_sessions(reference: &Reference, body: &BodyId) -> bool {
    let known = reference.body(body.as_str());
    known.is_some_and(|body| Body::sessions(body).are_yearly())
}

#[cfg(test)]
mod tests {
    use plenary_types::{Agreement, NoOrigin, Origin};

    use super::*;

    /// The histories of some decisions, each with its symbol: `A/RES/73/195: "session": "73"`.
    fn histories(reference: &Reference, decisions: &[&str]) -> Histories {
        let mut histories = Histories::default();
        let origin: Arc<dyn Origin> = Arc::new(NoOrigin);
        for text in decisions {
            let (symbol, fields) = text.split_once(": ").unwrap();
            let text = format!(
                r#"{{"symbols": ["{symbol}"], "acts": [{{"act": "decision", {fields}}}]}}"#
            );
            let agreement: Agreement = serde_json::from_str(&text).unwrap();
            histories.add(&RecordFacts::new(reference, &agreement, &origin));
        }
        histories
    }

    /// The one history of some decisions, empty where none is kept.
    fn history(decisions: &[&str]) -> History {
        let histories = histories(Reference::embedded(), decisions);
        assert!(histories.0.len() < 2);
        histories.0.into_values().next().unwrap_or_default()
    }

    #[test]
    fn each_body_with_yearly_sessions_has_a_history_of_its_own() {
        let club = |sessions: &str| {
            format!("format = 1\nname = \"Club\"\nfrom = 2001-01-01\nsessions = {sessions}\n")
        };
        let files = [
            (
                "bodies/river-club.toml",
                club("{ series = [\"<n>\"], yearly = true }"),
            ),
            ("bodies/hill-club.toml", club("{ series = [\"<n>\"] }")),
        ];
        let reference = Reference::embedded().with_files("clubs", files).unwrap();
        let vote = |body: &str| {
            format!(
                r#"A question: "body": "{body}", "session": "7", "ballots": {{"yes": ["PER"]}}"#
            )
        };
        let votes = ["river-club", "hill-club", "unga", "river-club"].map(vote);
        let votes: Vec<_> = votes.iter().map(String::as_str).collect();
        let found: Vec<_> = histories(&reference, &votes)
            .0
            .iter()
            .map(|(body, history)| (body.to_string(), history.session(7).unwrap().len()))
            .collect();
        assert_eq!(
            found,
            [("river-club".to_owned(), 2), ("unga".to_owned(), 1)]
        );
    }

    #[test]
    fn votes_are_kept_by_session_a_byte_a_ballot() {
        let history = history(&[
            r#"A/RES/73/195: "ballots": {"yes": ["PER", "FRA"], "abstain": ["CHL"]}"#,
            r#"A/RES/74/1: "partial": true, "ballots": {"no": ["CHL", "KEN"], "non-voting": ["PER"]}"#,
            r#"A/RES/73/196: "ballots": {"no": ["KEN"], "yes": ["FRA"]}"#,
            r#"A/RES/73/197: "announced": {"yes": 152}"#,
        ]);
        let states: Vec<_> = history.states().iter().map(ToString::to_string).collect();
        assert_eq!(states, ["PER", "FRA", "CHL", "KEN"]);
        let sessions: Vec<_> = history
            .sessions()
            .map(|(n, votes)| (n, votes.len()))
            .collect();
        assert_eq!(sessions, [(73, 2), (74, 1)]);
        let votes = history.session(73).unwrap();
        assert!(history.session(72).is_none());
        assert_eq!(
            (votes.row(0), votes.row(1)),
            (&[0, 0, 2][..], &[255, 0, 255, 1][..])
        );
        assert_eq!(votes.width(), 4);
        assert_eq!(votes.first().record(), "A/RES/73/195");
        let partial = |session: u16, vote| history.session(session).unwrap().is_partial(vote);
        assert!(!partial(73, 0) && partial(74, 0));
    }

    #[test]
    fn only_votes_at_a_regular_session_of_a_body_with_yearly_sessions_are_kept() {
        let ballots = r#""ballots": {"yes": ["PER"]}"#;
        for (decision, session) in [
            ("A/RES/73/195: ", Some(73)),
            (r#"A/RES/73/195: "session": "72", "#, Some(72)),
            (r#"A question: "body": "unga", "session": "72", "#, Some(72)),
            (r#"A/73/L.66: "symbol": "A/RES/72/1", "#, Some(72)),
            (r#"A question: "session": "72", "#, None),
            (r#"A question: "body": "unga", "#, None),
            (r#"A/RES/73/195: "session": "ES-10", "#, None),
            ("A/RES/ES-10/19: ", None),
            ("S/RES/1454(2002): ", None),
            (
                r#"S/RES/1454(2002): "body": "unga", "session": "57", "#,
                None,
            ),
            (r#"A question: "body": "unsc", "session": "57", "#, None),
        ] {
            let history = history(&[&format!("{decision}{ballots}")]);
            let sessions: Vec<_> = history.sessions().map(|(number, _)| number).collect();
            assert_eq!(
                sessions,
                session.into_iter().collect::<Vec<_>>(),
                "{decision}"
            );
        }
    }

    #[test]
    fn a_name_that_means_nobody_has_no_column() {
        let printed = r#"[{"name": "Atlantis", "choice": "no"}, {"state": "PER", "choice": "no"}]"#;
        let history = history(&[&format!(
            r#"A/RES/73/195: "ballots": {{"printed": {printed}}}"#
        )]);
        assert_eq!(history.states().len(), 1);
        assert_eq!(history.session(73).unwrap().row(0), [1]);
    }
}
