//! States whose ballots stand in another state's place.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use plenary_states::entity;
use plenary_types::{Choice, Participant, Session, StateCode};
use rustc_hash::FxHashSet;

use super::{FEW, Seen, SessionPairs, is_in};
use crate::votes::Vote;
use crate::{Both, Difference, DifferenceKind, Pattern, PatternKind, VoteList};

/// Which voter of one source is which of the other, session by session.
pub(super) struct Seats {
    /// The states whose ballots differ in a session often enough to be asked about.
    often: BTreeMap<Option<Session>, Vec<Participant>>,
    /// The states of both sources, in any session.
    known: [FxHashSet<Participant>; 2],
}

/// How a state votes in the votes of a session, in both sources.
struct Voter {
    state: Participant,
    voices: [Vec<Option<Choice>>; 2],
    /// Whether a source knows the state: it is on one of the lists, or the lists leave out who did not vote.
    known: [bool; 2],
}

/// That a voter of the first source is one of the second, and for an exchange also the reverse.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Candidate {
    kind: PatternKind,
    in_a: Participant,
    in_b: Participant,
    votes: usize,
    of: usize,
}

impl Seats {
    pub(super) fn new(both: &Both<'_>, differences: &[Difference]) -> Self {
        let mut counts: BTreeMap<Option<Session>, BTreeMap<Participant, usize>> = BTreeMap::new();
        let ballots = differences
            .iter()
            .filter(|d| d.kind == DifferenceKind::Ballot);
        for (state, difference) in ballots.filter_map(|d| Some((d.voter?, d))) {
            let of_session = counts.entry(difference.session).or_default();
            *of_session.entry(state).or_default() += 1;
        }
        let often = counts.into_iter().map(|(session, counts)| {
            let often = counts.into_iter().filter(|(_, count)| *count >= FEW);
            (session, often.map(|(state, _)| state).collect())
        });
        let often: BTreeMap<Option<Session>, Vec<Participant>> = often.collect();
        let states = |list: &VoteList| {
            let asked = often.values().any(|states| states.len() > 1);
            let votes = list.votes.iter().filter(|_| asked);
            votes.flat_map(listed).collect()
        };
        Self {
            known: [states(both.a), states(both.b)],
            often,
        }
    }

    /// Finds who is whom in a session: the best match first, and one voter at most once on each side.
    pub(super) fn find<'a>(&self, session: &SessionPairs<'a>, seen: &mut Vec<Seen<'a>>) {
        let Some(often) = self.often.get(&session.session).filter(|o| o.len() > 1) else {
            return;
        };
        let lists: [FxHashSet<Participant>; 2] = [
            session.pairs.iter().flat_map(|(a, _)| listed(a)).collect(),
            session.pairs.iter().flat_map(|(_, b)| listed(b)).collect(),
        ];
        let partial = [
            session.pairs.iter().all(|(a, _)| a.partial),
            session.pairs.iter().all(|(_, b)| b.partial),
        ];
        let voter = |&state: &Participant| {
            let of = |vote: fn(&(&'a Vote, &'a Vote)) -> &'a Vote| -> Vec<Option<Choice>> {
                session
                    .pairs
                    .iter()
                    .map(|pair| vote(pair).voice(state))
                    .collect()
            };
            let [listed_a, listed_b] = lists.each_ref().map(|list| list.contains(&state));
            let [known_a, known_b] = self.known.each_ref().map(|known| known.contains(&state));
            Voter {
                state,
                voices: [of(|pair| pair.0), of(|pair| pair.1)],
                known: [
                    listed_a || (partial[0] && known_a),
                    listed_b || (partial[1] && known_b),
                ],
            }
        };
        let voters: Vec<Voter> = often.iter().map(voter).collect();
        let mut candidates = Vec::new();
        for (at, first) in voters.iter().enumerate() {
            for second in voters.iter().skip(at + 1) {
                let exchanged = exchange(first, second);
                candidates.extend(exchanged);
                if exchanged.is_none() || relation(first.state, second.state) > 0 {
                    candidates.extend(same_seat(first, second));
                    candidates.extend(same_seat(second, first));
                }
            }
        }
        seen.extend(assigned(candidates).into_iter().map(|c| found(session, c)));
    }
}

/// The states on the list of a vote that could have voted.
fn listed(vote: &Vote) -> impl Iterator<Item = Participant> + '_ {
    let ballots = vote.ballots.iter().flatten();
    let eligible = ballots.filter(|ballot| ballot.choice != Choice::NotEligible);
    eligible.map(|ballot| ballot.voter)
}

/// Takes the best candidates, each voter at most once on each side. Of several that are equally good and of whom no
/// succession speaks for one, none is taken: any choice would be arbitrary.
fn assigned(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort_by_key(|c| (Reverse(c.rank()), c.in_a, c.in_b));
    let mut taken: [BTreeSet<Participant>; 2] = Default::default();
    let mut chosen = Vec::new();
    for (at, candidate) in candidates.iter().enumerate() {
        let [in_a, in_b] = candidate.voters();
        let is_free = in_a.iter().all(|state| !taken[0].contains(state))
            && in_b.iter().all(|state| !taken[1].contains(state));
        if !is_free {
            continue;
        }
        let others = candidates.iter().skip(at + 1);
        let equals = others.take_while(|other| other.rank() == candidate.rank());
        let rivals: Vec<&Candidate> = equals.filter(|other| other.rivals(candidate)).collect();
        for rival in [candidate].into_iter().chain(rivals.iter().copied()) {
            let [in_a, in_b] = rival.voters();
            taken[0].extend(in_a);
            taken[1].extend(in_b);
        }
        if rivals.is_empty() {
            chosen.push(*candidate);
        }
    }
    chosen.sort_by_key(|c| (c.in_a, c.in_b));
    chosen
}

impl Candidate {
    /// How good it is: a succession of states, then the share of the votes that agree, then their number.
    fn rank(&self) -> (u8, usize, usize) {
        let share = self.votes * 10_000 / self.of.max(1);
        let relation = match self.kind {
            PatternKind::StatesExchanged => 0,
            _ => relation(self.in_a, self.in_b),
        };
        (relation, share, self.votes)
    }

    /// The voters of the first source and those of the second.
    fn voters(&self) -> [Vec<Participant>; 2] {
        match self.kind {
            PatternKind::StatesExchanged => {
                [vec![self.in_a, self.in_b], vec![self.in_a, self.in_b]]
            }
            _ => [vec![self.in_a], vec![self.in_b]],
        }
    }

    /// Whether both cannot be true.
    fn rivals(&self, other: &Self) -> bool {
        let ([a, b], [other_a, other_b]) = (self.voters(), other.voters());
        a.iter().any(|state| other_a.contains(state))
            || b.iter().any(|state| other_b.contains(state))
    }
}

/// How two voters go together: 2 where one continues the membership of the other, 1 where one succeeds the other.
fn relation(first: Participant, second: Participant) -> u8 {
    let (Some(first), Some(second)) = (first.code(), second.code()) else {
        return 0;
    };
    let continues = |mut from: StateCode, to: StateCode| {
        // A seat has passed on at most twice.
        for _ in 0..3 {
            match entity(from).and_then(|e| e.continued_by()) {
                Some(next) if next.code() == to => return true,
                Some(next) => from = next.code(),
                None => return false,
            }
        }
        false
    };
    let succeeds = |from: StateCode, to: StateCode| {
        entity(from).is_some_and(|e| e.successors().any(|s| s.to == to))
    };
    if continues(first, second) || continues(second, first) {
        2
    } else {
        u8::from(succeeds(first, second) || succeeds(second, first))
    }
}

/// Two states that both sources know and of which each has the other's ballot: an absence is a ballot too.
fn exchange(first: &Voter, second: &Voter) -> Option<Candidate> {
    if first.known != [true; 2] || second.known != [true; 2] {
        return None;
    }
    debug_assert_eq!(
        first.voices[0].len(),
        second.voices[0].len(),
        "of one session"
    );
    let (mut crossed, mut differ) = (0, 0);
    let [first_a, first_b] = &first.voices;
    let [second_a, second_b] = &second.voices;
    for ((fa, fb), (sa, sb)) in first_a
        .iter()
        .zip(first_b)
        .zip(second_a.iter().zip(second_b))
    {
        if (fa, sa) != (fb, sb) {
            differ += 1;
            crossed += usize::from((fa, sa) == (sb, fb));
        }
    }
    (crossed >= FEW && crossed * 5 >= differ * 4).then_some(Candidate {
        kind: PatternKind::StatesExchanged,
        in_a: first.state,
        in_b: second.state,
        votes: crossed,
        of: differ,
    })
}

/// A state of the first source that votes as one of the second does, where one source has only the one: the two never
/// vote beside each other.
fn same_seat(in_a: &Voter, in_b: &Voter) -> Option<Candidate> {
    let voted = |voices: &[Option<Choice>]| voices.iter().any(Option::is_some);
    if voted(&in_a.voices[1]) && voted(&in_b.voices[0]) {
        return None;
    }
    debug_assert_eq!(in_a.voices[0].len(), in_b.voices[0].len(), "of one session");
    let (mut alike, mut of) = (0, 0);
    let [here, here_in_b] = &in_a.voices;
    let [there_in_a, there] = &in_b.voices;
    for ((here, here_in_b), (there_in_a, there)) in
        here.iter().zip(here_in_b).zip(there_in_a.iter().zip(there))
    {
        let together = here.and(*there_in_a).or(here_in_b.and(*there));
        if together.is_some() {
            return None;
        }
        if here_in_b.is_none() && there_in_a.is_none() && here.or(*there).is_some() {
            of += 1;
            alike += usize::from(here == there);
        }
    }
    (alike >= FEW && alike * 10 >= of * 9).then_some(Candidate {
        kind: PatternKind::SameSeat,
        in_a: in_a.state,
        in_b: in_b.state,
        votes: alike,
        of,
    })
}

fn found<'a>(session: &SessionPairs<'a>, candidate: Candidate) -> Seen<'a> {
    let when = session.session;
    let states = [candidate.in_a, candidate.in_b];
    Seen {
        pattern: Pattern {
            kind: candidate.kind,
            sessions: when.into_iter().collect(),
            voters: states.to_vec(),
            field: None,
            side: None,
            votes: candidate.votes,
            of: candidate.of,
            days: None,
            message: String::new(),
            differences: 0,
        },
        takes: Box::new(move |d| {
            is_in(d, DifferenceKind::Ballot, when) && d.voter.is_some_and(|s| states.contains(&s))
        }),
    }
}
