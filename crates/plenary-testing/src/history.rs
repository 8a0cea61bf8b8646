//! Simulated histories of a body, for checks that compare sessions.

use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate};
use plenary_bodies::Body;
use plenary_types::{
    Act, Agreement, AnnouncedTally, Ballots, Choice, Citation, Decision, Participant, Roll,
    RollEntry, Session,
};

use crate::Context;
use crate::roster::lasting_voters;

/// A simulated history of recorded votes of the General Assembly, or of any body.
///
/// Members stand in a plane, in blocs of different size and cohesion, and move a little from session to session; now and then
/// one changes sides. Each question divides the plane along a line, most of them so that the greater part of the
/// members is in favour; a member votes by its side of the line, abstains beyond it and near it, and errs now and then.
/// Each member has its own rate of attendance, which changes a little too. So neighbours vote alike, and hardly two
/// members the same: what a check has to tell apart in real data.
///
/// The numbers were chosen so that a history of 180 members resembles the recorded votes of the sessions 46 to 74 in the
/// shares of choices, in how much pairs of members differ, in how near the nearest member is, in how
/// stable this is from one session to the next, and in attendance (`tests/it/study.rs` of `plenary-validation` compares the
/// figures). It has nothing of the questions that come back each year, which make real votes easier to foretell, nor of the
/// series of votes on one issue, which make them harder.
///
/// ```
/// let history = plenary_testing::SimulatedHistory::new(7, 50, 3, 40);
/// assert_eq!(history.agreements().len(), 3 * 40);
/// ```
#[derive(Clone, Debug)]
pub struct SimulatedHistory {
    context: Context,
    members: Vec<Participant>,
    sittings: Vec<Sitting>,
    sessions: Vec<Vec<Vec<Choice>>>,
}

/// A session, the day on which its votes begin, and how many days they take.
#[derive(Clone, Copy, Debug)]
struct Sitting {
    session: Session,
    first: NaiveDate,
    days: u64,
}

impl SimulatedHistory {
    /// A history of the General Assembly of so many regular sessions from `first` on, each with so many votes; the same for the same
    /// seed.
    #[must_use]
    pub fn new(seed: u64, first: u16, sessions: u16, votes: usize) -> Self {
        let numbers = first..first + sessions;
        let sittings = numbers.filter_map(|number| {
            let session = Session::Regular(number);
            Some(Sitting {
                session,
                first: opening(number)?,
                days: 75,
            })
        });
        let sittings: Vec<_> = sittings.collect();
        debug_assert_eq!(
            sittings.len(),
            usize::from(sessions),
            "each session has a year"
        );
        let day = opening(first).unwrap_or(NaiveDate::MIN);
        let last = opening(first + sessions).unwrap_or(day);
        let context = Context::assembly().between(day, last);
        Self::held(seed, context, sittings, votes)
    }

    /// A history of any body: of the sessions that it has on record in the days of the context, with so many votes each, of those who
    /// are members all the time.
    ///
    /// ```
    /// use plenary_bodies::Reference;
    /// use plenary_testing::{Context, SimulatedHistory};
    ///
    /// let assembly = Context::assembly().between("1991-09-01".parse().unwrap(), "1994-09-01".parse().unwrap());
    /// let history = SimulatedHistory::with_body(&assembly, 7, 20);
    /// assert_eq!(history.agreements().len() % 20, 0);
    /// ```
    #[must_use]
    pub fn with_body(context: &Context, seed: u64, votes: usize) -> Self {
        let days = context.days();
        let sessions = context.known_body().map(Body::sessions);
        let sessions = sessions.into_iter().flat_map(|sessions| sessions.all());
        let sittings = sessions.filter_map(|session| {
            let closed = session.closed?;
            let is_inside = days.contains(&session.opened) && days.contains(&closed);
            let length = closed.signed_duration_since(session.opened).num_days();
            Some(Sitting {
                session: Session::read(&session.session).ok().filter(|_| is_inside)?,
                first: session.opened,
                days: u64::try_from(length).ok()? + 1,
            })
        });
        Self::held(seed, context.clone(), sittings.collect(), votes)
    }

    fn held(seed: u64, context: Context, sittings: Vec<Sitting>, votes: usize) -> Self {
        let members = lasting_voters(&context);
        let members = match context.known_body() {
            Some(body) => body.voters_for(members),
            None => members,
        };
        let mut world = World::new(seed, members.len());
        let sessions = sittings.iter().map(|_| {
            world.drift();
            (0..votes).map(|_| world.vote()).collect()
        });
        Self {
            sessions: sessions.collect(),
            context,
            members,
            sittings,
        }
    }

    /// The members, or the units of these that vote, in the order of their texts.
    #[must_use]
    pub fn members(&self) -> &[Participant] {
        &self.members
    }

    /// The share of the votes of a session, counted from 0, in which two members took different positions.
    #[must_use]
    pub fn difference(&self, session: usize, a: usize, b: usize) -> f64 {
        let votes = self.sessions.get(session).map_or(&[][..], Vec::as_slice);
        let differs = |vote: &&Vec<Choice>| match (vote.get(a), vote.get(b)) {
            (Some(a), Some(b)) => a != b && *a <= Choice::Abstain && *b <= Choice::Abstain,
            _ => false,
        };
        votes.iter().filter(differs).count() as f64 / votes.len().max(1) as f64
    }

    /// The share of the votes of a session, counted from 0, in which a member took a position.
    #[must_use]
    pub fn attendance(&self, session: usize, member: usize) -> f64 {
        let votes = self.sessions.get(session).map_or(&[][..], Vec::as_slice);
        let there = |vote: &&Vec<Choice>| vote.get(member).is_some_and(|c| *c <= Choice::Abstain);
        votes.iter().filter(there).count() as f64 / votes.len().max(1) as f64
    }

    /// Exchanges the votes of two members for a session, counted from 0.
    pub fn exchange(&mut self, session: usize, a: usize, b: usize) {
        for vote in self.sessions.get_mut(session).into_iter().flatten() {
            if a < vote.len() && b < vote.len() {
                vote.swap(a, b);
            }
        }
    }

    /// Gives a member the votes of another for a session, counted from 0; where either took no position, nothing changes.
    pub fn overwrite(&mut self, session: usize, member: usize, with: usize) {
        for vote in self.sessions.get_mut(session).into_iter().flatten() {
            if let Some(choice) = vote.get(with).copied().filter(|c| *c <= Choice::Abstain)
                && let Some(own) = vote.get_mut(member).filter(|c| **c <= Choice::Abstain)
            {
                *own = choice;
            }
        }
    }

    /// Loses the votes of a member in most of a session, counted from 0: all but every tenth.
    pub fn lose(&mut self, session: usize, member: usize) {
        let votes = self.sessions.get_mut(session).into_iter().flatten();
        for vote in votes
            .enumerate()
            .filter(|(at, _)| at % 10 != 0)
            .map(|(_, vote)| vote)
        {
            if let Some(choice) = vote.get_mut(member) {
                *choice = Choice::NonVoting;
            }
        }
    }

    /// The records, session by session.
    #[must_use]
    pub fn agreements(&self) -> Vec<Agreement> {
        let members = self.members.iter();
        let entries = members.map(|member| RollEntry::from_participant(*member));
        let roll = Arc::new(Roll::new(entries.collect()));
        let votes = self.sittings.iter().zip(&self.sessions);
        let votes =
            votes.flat_map(|(sitting, votes)| (1u32..).zip(votes).map(move |vote| (sitting, vote)));
        votes
            .filter_map(|(sitting, (number, choices))| {
                self.agreement(&roll, *sitting, number, choices)
            })
            .collect()
    }

    fn agreement(
        &self,
        roll: &Arc<Roll>,
        sitting: Sitting,
        number: u32,
        choices: &[Choice],
    ) -> Option<Agreement> {
        let ballots = Ballots::new(Arc::clone(roll), choices.to_vec()).ok()?;
        let after = Days::new(u64::from(number) % sitting.days);
        let day = sitting.first.checked_add_days(after)?;
        let (body, session) = (self.context.body(), Some(sitting.session));
        let year = u16::try_from(day.year()).ok()?;
        let reference = self.context.reference();
        let symbol = crate::resolution_symbol(reference, body, session, year, number);
        let decision = Decision {
            body: Some(body.clone()),
            date: Some(day.into()),
            session,
            announced: AnnouncedTally::from(ballots.tally()),
            ballots: Some(ballots),
            ..Decision::default()
        };
        Some(Agreement {
            symbols: symbol.iter().map(|symbol| Citation::new(symbol)).collect(),
            acts: vec![Act::Decision(Box::new(decision))],
            ..Agreement::default()
        })
    }
}

fn opening(session: u16) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(Session::Regular(session).opening_year()?, 10, 1)
}

/// Members in a plane, and where they go.
struct World {
    random: Random,
    places: Vec<[f64; 2]>,
    attendance: Vec<f64>,
    now: Vec<f64>,
}

/// How much nearer to each other the members of a bloc are than [`BLOCS`] says.
const COHESION: f64 = 0.7;
/// How often a member changes sides, a session.
const TURNS: f64 = 0.005;

/// The middle of each bloc, how far its members are from it, and its share of all members.
const BLOCS: [([f64; 2], f64, f64); 6] = [
    ([1.2, 0.2], 0.18, 0.22),
    ([0.2, 0.9], 0.25, 0.15),
    ([-0.9, 0.5], 0.30, 0.28),
    ([-0.7, -0.5], 0.28, 0.17),
    ([0.1, -0.8], 0.35, 0.13),
    ([1.6, -0.7], 0.20, 0.05),
];

impl World {
    fn new(seed: u64, members: usize) -> Self {
        let mut random = Random::new(seed);
        let mut places = Vec::with_capacity(members);
        let mut attendance = Vec::with_capacity(members);
        for _ in 0..members {
            let (middle, spread) = random.bloc();
            places.push(middle.map(|x| x + COHESION * spread * random.normal()));
            attendance.push(1.0 - 0.33 * random.uniform().powi(4));
        }
        Self {
            random,
            places,
            now: attendance.clone(),
            attendance,
        }
    }

    fn drift(&mut self) {
        for place in &mut self.places {
            let step = if self.random.uniform() < TURNS {
                0.6
            } else {
                0.04
            };
            for coordinate in place {
                *coordinate += step * self.random.normal();
            }
        }
        for (now, usual) in self.now.iter_mut().zip(&self.attendance) {
            *now = (usual + 0.02 * self.random.normal()).clamp(0.3, 1.0);
        }
    }

    fn vote(&mut self) -> Vec<Choice> {
        let angle = std::f64::consts::PI + self.random.normal();
        let direction = [angle.cos(), angle.sin()];
        let consensus = if self.random.uniform() < 0.15 {
            1.5
        } else {
            0.0
        };
        let line = -0.8 + 0.5 * self.random.normal() - consensus;
        let members = self.places.iter().zip(&self.now);
        let random = &mut self.random;
        members
            .map(|(place, attends)| {
                let side: f64 = place.iter().zip(direction).map(|(x, d)| x * d).sum::<f64>() - line;
                let side = side + 0.14 * random.normal();
                match random.uniform() {
                    there if there > *attends => Choice::NonVoting,
                    _ if side > 0.0 => Choice::Yes,
                    _ if side > -0.7 => Choice::Abstain,
                    _ => Choice::No,
                }
            })
            .collect()
    }
}

/// A small generator of random numbers (SplitMix64), so that a seed gives one history for ever.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn uniform(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Roughly normal: the sum of twelve uniform numbers.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }

    fn bloc(&mut self) -> ([f64; 2], f64) {
        let mut at = self.uniform();
        let found = BLOCS.iter().find(|(_, _, share)| {
            at -= share;
            at < 0.0
        });
        found.map_or(([0.0, 0.0], 0.3), |(middle, spread, _)| (*middle, *spread))
    }
}
