//! States that jump for one session only.
//!
//! In real data that is how exchanged or miscoded ballots show: a state leaves its neighbourhood for one session and
//! comes back. The warning carries the comparison: how well the session's ballots fit the state's own place
//! between its neighbouring sessions, and whose place they fit best.

use serde::Serialize;

use super::model::{Items, ballot_log_likelihood};
use super::responses::Responses;

/// A state that jumps away for one session and comes back.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Jump {
    /// The state.
    pub state: String,
    /// The session.
    pub session: i32,
    /// Its position in the session before, in the session, and in the session after.
    pub positions: [f64; 3],
    /// How much likelier its ballots are at its estimated position than midway between its neighbouring sessions
    /// (difference of log likelihoods).
    pub gain: f64,
    /// Another state that jumps in the same session the other way, if each one's ballots fit the other's place
    /// between neighbouring sessions better than its own: the ballots may be exchanged.
    pub exchanged_with: Option<Exchange>,
}

/// A state whose ballots may have been exchanged with another's.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Exchange {
    /// The other state.
    pub state: String,
    /// How much likelier both states' ballots are with their places exchanged (difference of log likelihoods).
    pub gain: f64,
}

impl std::fmt::Display for Jump {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [before, here, after] = self.positions;
        write!(
            f,
            "`{}` jumps in session {} only: {before:.2} before, {here:.2} there, {after:.2} after; its ballots are \
             {:.0} log units likelier there than midway between its neighbours",
            self.state, self.session, self.gain
        )?;
        match &self.exchanged_with {
            Some(other) => write!(
                f,
                "; its ballots and those of `{}` are {:.0} log units likelier exchanged: check the source for both",
                other.state, other.gain
            ),
            None => write!(
                f,
                "; check the source for a coding error before reading it as a change of policy"
            ),
        }
    }
}

/// A jump has to be this many standard deviations of its own uncertainty, and as many times the usual step.
const DEVIATIONS: f64 = 4.0;
/// An ordinary jump makes ballots likelier by little; coding errors by a great deal.
const LEAST_GAIN: f64 = 10.0;

struct Candidate {
    cell: usize,
    midway: f64,
    positions: [f64; 3],
    gain: f64,
}

/// Finds the jumps, the most telling first.
pub(crate) fn find(responses: &Responses, theta: &[f64], sd: &[f64], items: &Items) -> Vec<Jump> {
    let mut bends: Vec<(usize, f64, [f64; 3], f64)> = Vec::new();
    for history in responses.histories() {
        for three in history.windows(3) {
            let [a, b, c] = [three[0], three[1], three[2]].map(|at| at as usize);
            let midway = 0.5 * (theta[a] + theta[c]);
            let spread = (sd[b].powi(2) + 0.25 * (sd[a].powi(2) + sd[c].powi(2))).sqrt();
            bends.push((b, midway, [theta[a], theta[b], theta[c]], spread));
        }
    }
    let usual = median(
        bends
            .iter()
            .map(|(_, midway, [_, here, _], _)| (here - midway).abs())
            .collect(),
    );
    let ballots = ballots_by_cell(responses);
    let mut found: Vec<Candidate> = bends
        .into_iter()
        .filter(|&(_, midway, [before, here, after], spread)| {
            let leap = (here - midway).abs();
            leap > DEVIATIONS * spread
                && leap > DEVIATIONS * usual
                && leap > 2.0 * (before - after).abs()
        })
        .map(|(cell, midway, positions, _)| Candidate {
            cell,
            midway,
            positions,
            gain: fit(&ballots[cell], items, theta[cell]) - fit(&ballots[cell], items, midway),
        })
        .filter(|candidate| candidate.gain > LEAST_GAIN)
        .collect();
    found.sort_by(|a, b| b.gain.total_cmp(&a.gain));
    found
        .iter()
        .map(|own| report(responses, items, &ballots, own, &found))
        .collect()
}

fn report(
    responses: &Responses,
    items: &Items,
    ballots: &[Vec<(u32, u8)>],
    own: &Candidate,
    all: &[Candidate],
) -> Jump {
    let name = |cell: usize| responses.states[responses.cells[cell].state as usize].clone();
    let session = responses.cells[own.cell].session;
    let at = |cell: usize, position: f64| fit(&ballots[cell], items, position);
    let exchange = all
        .iter()
        .filter(|other| other.cell != own.cell && responses.cells[other.cell].session == session)
        .map(|other| {
            let own_gain = at(own.cell, other.midway) - at(own.cell, own.midway);
            let other_gain = at(other.cell, own.midway) - at(other.cell, other.midway);
            (other.cell, own_gain, other_gain)
        })
        .filter(|&(_, own_gain, other_gain)| own_gain > 0.0 && other_gain > 0.0)
        .max_by(|a, b| (a.1 + a.2).total_cmp(&(b.1 + b.2)));
    Jump {
        state: name(own.cell),
        session: responses.sessions[session as usize],
        positions: own.positions,
        gain: own.gain,
        exchanged_with: exchange.map(|(cell, own_gain, other_gain)| Exchange {
            state: name(cell),
            gain: own_gain + other_gain,
        }),
    }
}

/// Item and choice of every ballot of each state-session.
fn ballots_by_cell(responses: &Responses) -> Vec<Vec<(u32, u8)>> {
    let mut ballots = vec![Vec::new(); responses.cells.len()];
    for roll in &responses.rolls {
        let (base, voters) = responses.ballots_of(roll);
        for (category, list) in (0u8..).zip(voters) {
            for &place in list {
                ballots[base + usize::from(place)].push((roll.item, category));
            }
        }
    }
    ballots
}

fn fit(ballots: &[(u32, u8)], items: &Items, position: f64) -> f64 {
    ballots
        .iter()
        .map(|&(item, category)| {
            ballot_log_likelihood(items, item as usize, usize::from(category), position)
        })
        .sum()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}
