use plenary_types::{Choice, Severity};
use rayon::prelude::*;

use crate::dataset::agreement::Agreements;
use crate::{Check, DatasetCheck, DatasetFindings, Example, History, Run, SessionVotes, reference};

pub(crate) static CHECK: Check = Check {
    name: "votes-exchanged",
    summary: "two members vote like each other for one session",
    severity: Severity::Warning,
    why: "When two columns of a table are exchanged for a session, each of the two members votes for that session as the \
          other does before and after. Nothing in a single record shows it, and it reaches every analysis: in a widely \
          used file two members next to each other in the alphabet are exchanged for a whole session. The check \
          compares how often each member agrees with all others in a session and in its neighbours, and for a pair that \
          fits better exchanged looks at each vote on which the two differ: would those who usually vote with the \
          one have voted like it, or like the other? It needs at least ten votes of both in the session and in a \
          neighbouring one, and cannot tell apart members that vote alike.",
    sources: &[
        "Bailey, Strezhnev and Voeten, Estimating Dynamic State Preferences from United Nations Voting Data, 2017 (the data)",
        "docs/findings-in-public-data.md (cases found)",
    ],
    example: Example::Text {
        fails: "session 64  MCO ⟶ with FRA, AND, SMR    MNG ⟶ with KAZ, KGZ, THA\n\
                session 65  MCO ⟶ with KAZ, KGZ, THA    MNG ⟶ with FRA, AND, SMR\n\
                session 66  MCO ⟶ with FRA, AND, SMR    MNG ⟶ with KAZ, KGZ, THA",
        mended: "the two columns of session 65 taken from the records of the meetings",
    },
    waive: "Waive it with the meeting records that show the votes to be right: a change of sides for one session happens.",
    run: Run::Dataset(|| Box::new(Exchanged)),
};

struct Exchanged;

/// Fewer votes than these of a member, in a session or beside it, tell nothing.
const FEWEST_VOTES: u16 = 10;
/// How far from its usual company a member has to be, in multiples of what is usual for members.
const FAR: f32 = 2.0;
/// How much better a pair has to fit exchanged than as it stands.
const BETTER: f32 = 1.5;
/// How many of those who usually vote with a member are asked.
const COMPANY: usize = 9;
/// The evidence that is asked for, as a logarithm of odds, in all and for each vote on which the two differ.
const EVIDENCE: f32 = 25.0;
const EVIDENCE_A_VOTE: f32 = 2.2;

impl DatasetCheck for Exchanged {
    fn finish(self: Box<Self>, history: &History, out: &mut DatasetFindings<'_>) {
        let members = history.states().len();
        let sessions: Vec<_> = history.sessions().collect();
        let counted: Vec<_> = sessions
            .par_iter()
            .map(|(_, votes)| Agreements::of(votes, members))
            .collect();
        let pairs_of = |(at, (session, votes)): (usize, &(u16, &SessionVotes))| {
            let beside = |other: Option<usize>| {
                let other = other?;
                let near = sessions.get(other)?.0.abs_diff(*session) == 1;
                counted.get(other).filter(|_| near)
            };
            let beside = match (beside(at.checked_sub(1)), beside(at.checked_add(1))) {
                (Some(before), Some(after)) => before.clone().plus(after),
                (Some(one), None) | (None, Some(one)) => one.clone(),
                (None, None) => return None,
            };
            let now = counted.get(at)?;
            Some(exchanged(votes, now, &beside, members))
        };
        let pairs: Vec<_> = sessions.par_iter().enumerate().map(pairs_of).collect();
        for ((session, votes), pairs) in sessions.iter().zip(pairs) {
            for pair in pairs.into_iter().flatten() {
                report(history, *session, votes, pair, out);
            }
        }
    }
}

fn report(
    history: &History,
    session: u16,
    votes: &SessionVotes,
    (a, b): (usize, usize),
    out: &mut DatasetFindings<'_>,
) {
    let name = |column: usize| {
        let state = history.states().get(column).copied();
        state.map_or_else(String::new, |state| reference::name_of(state, None))
    };
    let (a, b) = if name(a) <= name(b) { (a, b) } else { (b, a) };
    out.report(Some(votes.first()), "two members vote like each other for one session")
        .expected("the votes of each as in the sessions before and after")
        .found(format!("{} and {} in session {session}", name(a), name(b)))
    .help("compare a few votes on which the two differ with the meeting records, or with another source");
}

/// Pairs of columns whose votes fit better exchanged.
fn exchanged(
    votes: &SessionVotes,
    now: &Agreements,
    beside: &Agreements,
    members: usize,
) -> Vec<(usize, usize)> {
    let enough =
        |c: &usize| now.both(*c, *c) >= FEWEST_VOTES && beside.both(*c, *c) >= FEWEST_VOTES;
    let columns: Vec<usize> = (0..members).filter(enough).collect();
    if columns.len() < 2 * COMPANY {
        return Vec::new();
    }
    let company = Company::of(&columns, now, beside);
    let own: Vec<f32> = (0..columns.len()).map(|x| company.distance(x, x)).collect();
    let usual = median(own.clone()).max(f32::MIN_POSITIVE);
    let far: Vec<usize> = (0..columns.len())
        .filter(|x| own.get(*x).is_some_and(|d| *d > FAR * usual))
        .collect();
    let mut pairs = Vec::new();
    for (i, &x) in far.iter().enumerate() {
        for &y in far.iter().skip(i + 1) {
            let as_is = own.get(x).zip(own.get(y)).map_or(0.0, |(a, b)| a + b);
            let crossed = company.distance(x, y) + company.distance(y, x);
            let (Some(&a), Some(&b)) = (columns.get(x), columns.get(y)) else {
                continue;
            };
            if as_is > BETTER * crossed {
                let weight = evidence(votes, beside, &columns, a, b);
                if weight > EVIDENCE {
                    pairs.push((weight, (a, b)));
                }
            }
        }
    }
    strongest(pairs)
}

/// A member is exchanged with one other at most: of its pairs the one with the most evidence.
fn strongest(mut pairs: Vec<(f32, (usize, usize))>) -> Vec<(usize, usize)> {
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut taken: Vec<usize> = Vec::new();
    let mut chosen = Vec::new();
    for (_, (a, b)) in pairs {
        if !taken.contains(&a) && !taken.contains(&b) {
            taken.extend([a, b]);
            chosen.push((a, b));
        }
    }
    chosen
}

/// How often each member agrees with all others: in a session, and in those beside it.
struct Company {
    size: usize,
    now: Vec<f32>,
    beside: Vec<f32>,
}

impl Company {
    fn of(columns: &[usize], now: &Agreements, beside: &Agreements) -> Self {
        let rates = |of: &Agreements| -> Vec<f32> {
            columns
                .iter()
                .flat_map(|a| columns.iter().map(|b| of.rate(*a, *b)))
                .collect()
        };
        let mut company = Self {
            size: columns.len(),
            now: rates(now),
            beside: rates(beside),
        };
        company.level();
        company
    }

    /// Takes out what changed for everybody: some sessions divide the Assembly more than others.
    fn level(&mut self) {
        for reference in 0..self.size {
            let shift = |a: usize| {
                let at = a * self.size + reference;
                self.now
                    .get(at)
                    .zip(self.beside.get(at))
                    .map_or(0.0, |(now, then)| now - then)
            };
            let shift = median((0..self.size).map(shift).collect());
            for cell in self.now.iter_mut().skip(reference).step_by(self.size) {
                *cell -= shift;
            }
        }
    }

    /// How far the company of `x` in the session is from that of `y` beside it.
    fn distance(&self, x: usize, y: usize) -> f32 {
        let row = |of: &[f32], a: usize| a * self.size..(a + 1) * self.size.min(of.len());
        let now = self.now.get(row(&self.now, x)).unwrap_or_default();
        let then = self.beside.get(row(&self.beside, y)).unwrap_or_default();
        let others = now
            .iter()
            .zip(then)
            .enumerate()
            .filter(|(r, _)| *r != x && *r != y);
        others.map(|(_, (a, b))| (a - b) * (a - b)).sum::<f32>() / self.size.max(1) as f32
    }
}

/// How much the votes on which two members differ speak for an exchange, as a logarithm of odds.
fn evidence(
    votes: &SessionVotes,
    beside: &Agreements,
    columns: &[usize],
    a: usize,
    b: usize,
) -> f32 {
    let usual = |member: usize| {
        let mut others: Vec<usize> = columns
            .iter()
            .copied()
            .filter(|c| *c != a && *c != b)
            .collect();
        others.sort_by(|x, y| beside.rate(member, *y).total_cmp(&beside.rate(member, *x)));
        others.truncate(COMPANY);
        others
    };
    let (of_a, of_b) = (usual(a), usual(b));
    let (mut weight, mut differing, mut for_it, mut against) = (0.0f32, 0u16, 0u16, 0u16);
    for vote in 0..votes.len() {
        let row = votes.row(vote);
        let cast = |column: usize| {
            row.get(column)
                .copied()
                .filter(|c| *c <= Choice::Abstain as u8)
        };
        let (Some(by_a), Some(by_b)) = (cast(a), cast(b)) else {
            continue;
        };
        if by_a == by_b {
            continue;
        }
        let share = |company: &[usize], choice: u8| share(row, company, choice);
        let crossed = share(&of_a, by_b) * share(&of_b, by_a);
        let as_is = share(&of_a, by_a) * share(&of_b, by_b);
        let odds = (crossed / as_is).ln();
        weight += odds;
        differing += 1;
        for_it += u16::from(odds > 0.3);
        against += u16::from(odds < -0.3);
    }
    let convincing = weight > EVIDENCE_A_VOTE * f32::from(differing) && for_it > 3 * against;
    if convincing { weight } else { 0.0 }
}

/// The share of some members that made a choice, drawn a little towards one third.
fn share(row: &[u8], company: &[usize], choice: u8) -> f32 {
    let cast = company
        .iter()
        .filter_map(|c| row.get(*c))
        .filter(|c| **c <= Choice::Abstain as u8);
    let (mut same, mut all) = (0.5f32, 1.5f32);
    for other in cast {
        all += 1.0;
        same += f32::from(u8::from(*other == choice));
    }
    same / all
}

fn median(mut values: Vec<f32>) -> f32 {
    let middle = values.len() / 2;
    if values.is_empty() {
        return 0.0;
    }
    let (_, median, _) = values.select_nth_unstable_by(middle, f32::total_cmp);
    *median
}
