//! How many injected exchanges and gaps the checks of datasets find, and how many false alarms they raise.
//!
//! `PLENARY_STUDY=40 PLENARY_STUDY_FROM=1000 cargo test --release -p plenary-analysis study -- --nocapture` runs the study
//! over forty histories from seed 1000 on. The seeds below 1000 were used to choose the
//! thresholds, which stand in `src/anomalies/thresholds.rs`; the documents give figures of both.

use std::sync::Arc;

use plenary_analysis::anomalies;
use plenary_testing::SimulatedHistory;
use plenary_types::{Choice, Finding, NoOrigin, Origin};
use plenary_validation::{Catalogue, Config, DatasetChecker, Validator};

const SESSIONS: u16 = 20;
const VOTES: usize = 80;
/// As many histories as are looked at in every run.
const FEWEST: u64 = 3;
/// The shares of the session's votes in which exchanged members differ at least, and the share of such exchanges that has to
/// be found: the votes of members that vote alike can be exchanged without a change to the record.
const LEAST_DIFFERENCES: [(f64, usize); 3] = [(0.25, 95), (0.15, 90), (0.10, 80)];

/// The votes that an outlier is given differ from its own in this share of the votes at least.
const FOREIGN: f64 = 0.4;

fn findings(history: &SimulatedHistory, check: &str) -> Vec<Finding> {
    let config = Config::new(Catalogue::from_iter(anomalies::CHECKS));
    let validator = Validator::new(config.select([check]).unwrap());
    let mut dataset = DatasetChecker::new(&validator);
    let origin: Arc<dyn Origin> = Arc::new(NoOrigin);
    for agreement in history.agreements() {
        dataset.add(&agreement, &origin);
    }
    dataset.finish()
}

fn histories() -> impl Iterator<Item = (u64, SimulatedHistory)> {
    let setting = |name| std::env::var(name).ok().and_then(|n| n.parse().ok());
    let first: u64 = setting("PLENARY_STUDY_FROM").unwrap_or(0);
    let count: u64 = setting("PLENARY_STUDY").unwrap_or(FEWEST);
    (first..first + count).map(|seed| (seed, SimulatedHistory::new(seed, 50, SESSIONS, VOTES)))
}

/// Sessions in which something is injected: none beside another.
fn sessions() -> impl Iterator<Item = usize> {
    (1..usize::from(SESSIONS) - 1).step_by(3)
}

fn name(history: &SimulatedHistory, member: usize) -> String {
    plenary_states::entity(history.members()[member].code().unwrap())
        .unwrap()
        .label()
        .to_owned()
}

fn about(findings: &[Finding], session: usize, names: &[String]) -> bool {
    let session = format!("session {}", 50 + session);
    findings.iter().any(|finding| {
        let found = finding.found.as_deref().unwrap_or_default();
        found.ends_with(&session) && names.iter().all(|name| found.contains(name.as_str()))
    })
}

#[test]
fn exchanged_votes_are_found_and_clean_histories_give_no_alarm() {
    let (mut alarms, mut clean) = (0, 0);
    let mut counts = LEAST_DIFFERENCES.map(|(least, asked)| (least, asked, 0, 0));
    for (seed, history) in histories() {
        alarms += findings(&history, "votes-exchanged").len();
        clean += usize::from(SESSIONS);
        for (least, _, injected, found) in &mut counts {
            let (these, of_them, others) = exchanges(&history, seed, *least);
            *injected += these;
            *found += of_them;
            // What is reported beside the exchanges is a false alarm too.
            alarms += others;
            clean += usize::from(SESSIONS);
        }
    }
    println!("exchanges: {alarms} false alarms in {clean} sessions");
    for (least, asked, injected, found) in counts {
        println!("exchanges, differing in {least} or more: {found} of {injected} found");
        assert!(
            100 * found >= asked * injected,
            "{found} of {injected} exchanges found at {least}"
        );
    }
    assert!(
        100 * alarms <= clean,
        "{alarms} false alarms in {clean} sessions"
    );
}

/// Exchanges a pair in every third session: how many pairs there are, how many are found, and what else is reported.
fn exchanges(history: &SimulatedHistory, seed: u64, least: f64) -> (usize, usize, usize) {
    let mut broken = history.clone();
    let pairs: Vec<_> = sessions()
        .map(|session| (session, pair(history, seed, session, least)))
        .collect();
    for (session, (a, b)) in &pairs {
        broken.exchange(*session, *a, *b);
    }
    let reported = findings(&broken, "votes-exchanged");
    let known = |(session, (a, b)): &(usize, (usize, usize))| {
        about(&reported, *session, &[name(history, *a), name(history, *b)])
    };
    let found = pairs.iter().filter(|pair| known(pair)).count();
    (pairs.len(), found, reported.len() - found)
}

/// Figures that tell histories from others, each the mean over their sessions.
#[derive(Debug)]
struct Figures {
    /// Yes, no, abstaining, of all who took a position.
    choices: [f64; 3],
    attendance: f64,
    /// Votes in which more than 95 of 100 took one position.
    lopsided: f64,
    /// The share of the votes in which two members differ: the lowest tenth, the median and the highest tenth of the pairs.
    difference: [f64; 3],
    /// In how many of the votes that both took part in a member differs from the nearest one, the median.
    nearest: f64,
}

impl Figures {
    fn of(histories: &[SimulatedHistory]) -> Self {
        let agreements = histories.iter().map(SimulatedHistory::agreements);
        let agreements: Vec<_> = agreements.flatten().collect();
        let votes: Vec<Vec<Choice>> = agreements
            .iter()
            .filter_map(|a| a.decisions().next()?.1.ballots.as_ref())
            .map(|ballots| ballots.choices().to_vec())
            .collect();
        let cast = votes.iter().flatten().filter(|c| **c <= Choice::Abstain);
        let all = cast.clone().count() as f64;
        let share = |choice| cast.clone().filter(|c| **c == choice).count() as f64 / all;
        let lopsided = |vote: &&Vec<Choice>| {
            let count = |choice| vote.iter().filter(|c| **c == choice).count();
            let counts = [Choice::Yes, Choice::No, Choice::Abstain].map(count);
            let most = counts.into_iter().max().unwrap_or(0);
            20 * most > 19 * counts.iter().sum::<usize>()
        };
        let (mut difference, mut nearest) = ([0.0; 3], 0.0);
        let sessions = (histories.len() * usize::from(SESSIONS)) as f64;
        for (history, session) in histories.iter().flat_map(each_session) {
            let (from_pairs, of_nearest) = distances(history, session);
            for (sum, quantile) in difference.iter_mut().zip([0.1, 0.5, 0.9]) {
                *sum += at(&from_pairs, quantile) / sessions;
            }
            nearest += at(&of_nearest, 0.5) / sessions;
        }
        Self {
            choices: [Choice::Yes, Choice::No, Choice::Abstain].map(share),
            attendance: all / votes.iter().map(Vec::len).sum::<usize>() as f64,
            lopsided: votes.iter().filter(lopsided).count() as f64 / votes.len() as f64,
            difference,
            nearest,
        }
    }
}

fn each_session(history: &SimulatedHistory) -> impl Iterator<Item = (&SimulatedHistory, usize)> {
    (0..usize::from(SESSIONS)).map(move |session| (history, session))
}

/// The differences of all pairs of a session, and of each member from the nearest one, in order.
fn distances(history: &SimulatedHistory, session: usize) -> (Vec<f64>, Vec<f64>) {
    let members = 0..history.members().len();
    let (mut pairs, mut nearest) = (Vec::new(), Vec::new());
    for a in members.clone() {
        let others = members.clone().filter(|b| *b != a);
        let differences: Vec<f64> = others.map(|b| history.difference(session, a, b)).collect();
        nearest.push(differences.iter().copied().fold(1.0, f64::min));
        pairs.extend(differences);
    }
    pairs.sort_by(f64::total_cmp);
    nearest.sort_by(f64::total_cmp);
    (pairs, nearest)
}

fn at(sorted: &[f64], quantile: f64) -> f64 {
    sorted[(quantile * (sorted.len() - 1) as f64) as usize]
}

/// The recorded votes of the sessions 46 to 74 (United Nations General Assembly Voting Data): 81 % yes, 6.5 % no and 12 %
/// abstaining, 93 % attendance, 30 % lopsided votes; pairs of members differ in 4.8 %, 20 % and 44 % of the votes (lowest tenth,
/// median, highest tenth), and half of the members differ from the nearest one in less than 1.7 %.
/// In the Library's records of the sessions 26 to 44 it is 85, 3.6 and 11 %, 94 %, 21 %; 4.4, 14 and 50 %; 2.4 %.
///
/// The mean of three histories is held against these. Of 120 histories the lowest tenth strays by 14 % (standard deviation),
/// the median by 10 % and the nearest member by 23 %, so that seven were beyond these bounds alone, and no three in a row.
#[test]
fn simulated_histories_resemble_real_ones() {
    let some = histories().take(FEWEST as usize);
    let some: Vec<_> = some.map(|(_, history)| history).collect();
    let figures = Figures::of(&some);
    println!("{figures:?}");
    let near = |found: f64, real: f64, within: f64| {
        assert!(
            (found - real).abs() <= within,
            "{found} for {real}: {figures:?}"
        );
    };
    for (found, real) in figures.choices.into_iter().zip([0.812, 0.065, 0.123]) {
        near(found, real, 0.05);
    }
    near(figures.attendance, 0.934, 0.02);
    near(figures.lopsided, 0.305, 0.08);
    for (found, real) in figures.difference.into_iter().zip([0.048, 0.198, 0.441]) {
        near(found, real, 0.35 * real);
    }
    near(figures.nearest, 0.017, 0.01);
}

#[test]
fn lost_votes_are_found_and_clean_histories_give_no_alarm() {
    let (mut injected, mut found, mut alarms, mut clean) = (0, 0, 0, 0);
    for (seed, history) in histories() {
        alarms += findings(&history, "participation-drop").len();
        clean += usize::from(SESSIONS);
        let mut broken = history.clone();
        let members = history.members().len();
        let losers: Vec<_> = sessions()
            .map(|session| (session, (31 * session + 17 * seed as usize) % members))
            .collect();
        for (session, member) in &losers {
            broken.lose(*session, *member);
        }
        let reported = findings(&broken, "participation-drop");
        for (session, member) in losers {
            injected += 1;
            found += usize::from(about(&reported, session, &[name(&history, member)]));
        }
    }
    println!("gaps: {found} of {injected} found; {alarms} false alarms in {clean} sessions");
    assert!(
        100 * found >= 95 * injected,
        "{found} of {injected} gaps found"
    );
    assert!(
        100 * alarms <= clean,
        "{alarms} false alarms in {clean} sessions"
    );
}

#[test]
fn overwritten_votes_are_found_and_clean_histories_give_no_alarm() {
    let (mut injected, mut found, mut alarms, mut clean) = (0, 0, 0, 0);
    for (seed, history) in histories() {
        alarms += findings(&history, "session-outlier").len();
        let mut broken = history.clone();
        let pairs: Vec<_> = sessions()
            .map(|session| (session, pair(&history, seed, session, FOREIGN)))
            .collect();
        for (session, (member, with)) in &pairs {
            broken.overwrite(*session, *member, *with);
        }
        let reported = findings(&broken, "session-outlier");
        let known = |(session, (member, _)): &&(usize, (usize, usize))| {
            about(&reported, *session, &[name(&history, *member)])
        };
        let of_them = pairs.iter().filter(known).count();
        injected += pairs.len();
        found += of_them;
        alarms += reported.len() - of_them;
        clean += 2 * usize::from(SESSIONS);
    }
    println!(
        "outliers, differing in {FOREIGN} or more: {found} of {injected} found; {alarms} false alarms in {clean} sessions"
    );
    // A note, so less is asked of it than of the warnings.
    assert!(100 * found >= 85 * injected, "{found} of {injected} found");
    assert!(
        100 * alarms <= clean,
        "{alarms} false alarms in {clean} sessions"
    );
}

/// Two members that differ enough and vote often enough for an exchange to show.
fn pair(history: &SimulatedHistory, seed: u64, session: usize, least: f64) -> (usize, usize) {
    let members = history.members().len();
    let mut state = seed
        .wrapping_mul(0x9e37_79b9_7f4a_7c15)
        .wrapping_add(session as u64);
    let mut draw = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % members
    };
    loop {
        let (a, b) = (draw(), draw());
        let there = |m| history.attendance(session, m) > 0.5;
        if a != b && there(a) && there(b) && history.difference(session, a, b) >= least {
            return (a, b);
        }
    }
}
