//! What differs within a match.

use plenary_types::{Choice, Citation, Date, Field, Participant, Session};

use crate::fields::{is_same_field, printed};
use crate::matching::{Match, MatchKey};
use crate::votes::{Vote, votes};
use crate::{Both, Difference, DifferenceKind, Sight};

/// Everything that differs, in the order of the first list, then what only the second has.
pub(crate) fn differences(both: &Both<'_>, matches: &[Match]) -> Vec<Difference> {
    let mut differences = Vec::new();
    let mut in_b = vec![false; both.b.len()];
    let mut matches = matches.iter().peekable();
    for (at, vote) in both.a.votes.iter().enumerate() {
        match matches.next_if(|m| m.a == at) {
            None => differences.push(only(vote, DifferenceKind::OnlyInA)),
            Some(found) => {
                if let Some(seen) = in_b.get_mut(found.b) {
                    *seen = true;
                }
                if let Some(other) = both.b.votes.get(found.b) {
                    Pair { a: vote, b: other }.list(*found, &mut differences);
                }
            }
        }
    }
    let rest = both.b.votes.iter().zip(in_b).filter(|(_, seen)| !seen);
    differences.extend(rest.map(|(vote, _)| only(vote, DifferenceKind::OnlyInB)));
    differences
}

fn only(vote: &Vote, kind: DifferenceKind) -> Difference {
    let described = [
        vote.date.map(|date| date.to_string()),
        Some(vote.title.to_string()).filter(|title| !title.is_empty() && **title != *vote.label),
    ];
    let value: Vec<String> = described.into_iter().flatten().collect();
    let sight = sight(
        vote,
        vote.line(Field::Whole),
        Some(value.join(", ")).filter(|v| !v.is_empty()),
    );
    let (a, b) = match kind {
        DifferenceKind::OnlyInB => (None, Some(sight)),
        _ => (Some(sight), None),
    };
    Difference {
        kind,
        session: vote.session,
        scope: vote.scope,
        voter: None,
        total: None,
        a,
        b,
        pattern: None,
    }
}

fn sight(vote: &Vote, line: Option<u64>, value: Option<String>) -> Sight {
    Sight {
        record: vote.label.to_string(),
        line,
        value,
    }
}

/// One vote as both sources have it.
#[derive(Clone, Copy)]
struct Pair<'a> {
    a: &'a Vote,
    b: &'a Vote,
}

impl Pair<'_> {
    fn list(self, found: Match, into: &mut Vec<Difference>) {
        if found.apart {
            let tally = |vote: &Vote| Some(tally(vote));
            into.push(self.of(DifferenceKind::Vote, tally(self.a), tally(self.b)));
            return;
        }
        into.extend(self.symbol(found.by));
        into.extend(self.date());
        into.extend(self.session());
        into.extend(
            DifferenceKind::FIELDS
                .into_iter()
                .filter_map(|kind| self.field(kind)),
        );
        self.tallies(into);
        self.ballots(into);
        self.names(into);
    }

    fn of(self, kind: DifferenceKind, a: Option<String>, b: Option<String>) -> Difference {
        Difference {
            kind,
            session: self.a.session.or(self.b.session),
            scope: self.a.scope.max(self.b.scope),
            voter: None,
            total: None,
            a: Some(sight(self.a, self.a.line(Field::Whole), a)),
            b: Some(sight(self.b, self.b.line(Field::Whole), b)),
            pattern: None,
        }
    }

    /// Symbols that differ, and one that only one source gives.
    fn symbol(self, by: MatchKey) -> Option<Difference> {
        let (a, b) = (self.a.symbol.as_ref(), self.b.symbol.as_ref());
        let one_running = (self.a.running.zip(self.b.running)).is_some_and(|(a, b)| a.is_same(b));
        let same = match (a, b) {
            _ if one_running => true,
            (Some(a), Some(b)) => a.normal() == b.normal() && (by != MatchKey::Symbol || a == b),
            (a, b) => a.is_none() && b.is_none(),
        };
        let text = |symbol: &Citation| symbol.as_str().to_owned();
        (!same).then(|| self.of(DifferenceKind::Symbol, a.map(text), b.map(text)))
    }

    /// Dates that differ, and one that only one source gives.
    fn date(self) -> Option<Difference> {
        let (a, b) = (self.a.date, self.b.date);
        let text = |date: Date| date.to_string();
        (a != b).then(|| self.of(DifferenceKind::Date, a.map(text), b.map(text)))
    }

    /// Sessions that differ; one that a source does not give follows from the symbol or not at all.
    fn session(self) -> Option<Difference> {
        let (a, b) = (self.a.session?, self.b.session?);
        let text = |session: Session| Some(session.to_string());
        (a != b).then(|| self.of(DifferenceKind::Session, text(a), text(b)))
    }

    /// A field that both print otherwise, or that only one prints.
    fn field(self, kind: DifferenceKind) -> Option<Difference> {
        if is_same_field(self.a, self.b, kind) {
            return None;
        }
        let text = |vote: &Vote| {
            let printed = printed(vote, kind).join(" | ");
            Some(printed).filter(|text| !text.is_empty())
        };
        Some(self.of(kind, text(self.a), text(self.b)))
    }

    fn tallies(self, into: &mut Vec<Difference>) {
        for choice in [Choice::Yes, Choice::No, Choice::Abstain, Choice::NonVoting] {
            let announced = |vote: &Vote| vote.announced.get(choice);
            into.extend(self.total(choice.as_str(), announced, |vote| vote.counted(choice)));
        }
        into.extend(self.total("members", |vote| vote.announced.members, Vote::listed));
    }

    /// An announced total against the other's announced one, or else against its list.
    fn total(
        self,
        name: &'static str,
        announced: impl Fn(&Vote) -> Option<u32>,
        listed: impl Fn(&Vote) -> Option<u32>,
    ) -> Option<Difference> {
        let (a, b) = match (announced(self.a), announced(self.b)) {
            (None, None) => return None,
            (a, b) => (a.or_else(|| listed(self.a))?, b.or_else(|| listed(self.b))?),
        };
        let text = |total: u32| Some(total.to_string());
        (a != b).then(|| Difference {
            total: Some(name),
            ..self.of(DifferenceKind::Tally, text(a), text(b))
        })
    }

    fn ballots(self, into: &mut Vec<Difference>) {
        let (Some(a), Some(b)) = (self.a.ballots.as_deref(), self.b.ballots.as_deref()) else {
            return;
        };
        let mut voters: Vec<Participant> = a.iter().chain(b).map(|ballot| ballot.voter).collect();
        voters.sort_unstable_by_key(|voter| voter.number());
        voters.dedup();
        let mut found: Vec<_> = voters
            .into_iter()
            .filter_map(|voter| self.ballot(voter))
            .collect();
        found.sort_by_key(|difference| difference.voter);
        into.extend(found);
    }

    /// A source that lists only who voted says nothing about one that it does not list.
    fn ballot(self, voter: Participant) -> Option<Difference> {
        let (a, b) = (self.a.ballot(voter), self.b.ballot(voter));
        let (choice_a, choice_b) = (a.map(|b| b.choice), b.map(|b| b.choice));
        let silent = |choice: Option<Choice>| !choice.is_some_and(votes);
        let says_nothing =
            (choice_a.is_none() && self.a.partial) || (choice_b.is_none() && self.b.partial);
        if choice_a == choice_b || (says_nothing && silent(choice_a) && silent(choice_b)) {
            return None;
        }
        let sight_of = |vote: &Vote, ballot: Option<super::votes::Ballot>| {
            let field = ballot.map_or(Field::Whole, |b| Field::Choice(b.place as usize));
            let choice = ballot.map(|b| b.choice.as_str().to_owned());
            sight(vote, vote.line(field), choice)
        };
        Some(Difference {
            voter: Some(voter),
            a: Some(sight_of(self.a, a)),
            b: Some(sight_of(self.b, b)),
            ..self.of(DifferenceKind::Ballot, None, None)
        })
    }

    fn names(self, into: &mut Vec<Difference>) {
        let seen = |vote: &Vote, name: &str, place: usize| {
            let line = vote.line(Field::Choice(place));
            Some(sight(vote, line, Some(name.to_owned())))
        };
        for (name, place) in &self.a.unknown {
            let a = seen(self.a, name, *place);
            let difference = self.of(DifferenceKind::Name, None, None);
            into.push(Difference { a, ..difference });
        }
        for (name, place) in &self.b.unknown {
            let b = seen(self.b, name, *place);
            let difference = self.of(DifferenceKind::Name, None, None);
            into.push(Difference { b, ..difference });
        }
    }
}

fn tally(vote: &Vote) -> String {
    let count = |choice| {
        let count = vote.counted(choice).or(vote.announced.get(choice));
        count.map_or_else(|| "?".to_owned(), |count| count.to_string())
    };
    format!(
        "{}-{}-{}",
        count(Choice::Yes),
        count(Choice::No),
        count(Choice::Abstain)
    )
}
