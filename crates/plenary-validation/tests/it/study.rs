//! How many injected exchanges and gaps the checks of datasets find, and how many false alarms they raise.
//!
//! `PLENARY_STUDY=50 cargo test --release -p plenary-validation study -- --nocapture` runs the study over fifty histories.

use std::sync::Arc;

use plenary_testing::SimulatedHistory;
use plenary_types::{Finding, NoOrigin, Origin};
use plenary_validation::{Config, DatasetChecker};

const SESSIONS: u16 = 20;
const VOTES: usize = 80;
/// Exchanged members have to differ in this share of the session's votes: the votes of members that vote alike can be
/// exchanged without a change to the record.
const LEAST_DIFFERENCE: f64 = 0.25;

fn findings(history: &SimulatedHistory, check: &str) -> Vec<Finding> {
    let config = Config::default().select([check]).unwrap();
    let mut dataset = DatasetChecker::new(&config);
    let origin: Arc<dyn Origin> = Arc::new(NoOrigin);
    for agreement in history.agreements() {
        dataset.add(&agreement, &origin);
    }
    dataset.finish()
}

fn histories() -> impl Iterator<Item = (u64, SimulatedHistory)> {
    let count = std::env::var("PLENARY_STUDY")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(4);
    (0..count).map(|seed| (seed, SimulatedHistory::new(seed, 50, SESSIONS, VOTES)))
}

/// Sessions in which something is injected: none beside another.
fn sessions() -> impl Iterator<Item = usize> {
    (1..usize::from(SESSIONS) - 1).step_by(3)
}

fn name(history: &SimulatedHistory, member: usize) -> String {
    plenary_states::entity(history.members()[member])
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
    let (mut injected, mut found, mut alarms, mut clean) = (0, 0, 0, 0);
    for (seed, history) in histories() {
        alarms += findings(&history, "votes-exchanged").len();
        clean += usize::from(SESSIONS);
        let mut broken = history.clone();
        let pairs: Vec<_> = sessions()
            .map(|session| (session, pair(&history, seed, session)))
            .collect();
        for (session, (a, b)) in &pairs {
            broken.exchange(*session, *a, *b);
        }
        let reported = findings(&broken, "votes-exchanged");
        for (session, (a, b)) in pairs {
            injected += 1;
            found += usize::from(about(
                &reported,
                session,
                &[name(&history, a), name(&history, b)],
            ));
        }
    }
    println!("exchanges: {found} of {injected} found; {alarms} false alarms in {clean} sessions");
    assert!(
        100 * found >= 95 * injected,
        "{found} of {injected} exchanges found"
    );
    assert!(
        100 * alarms <= clean,
        "{alarms} false alarms in {clean} sessions"
    );
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

/// Two members that differ enough and vote often enough for an exchange to show.
fn pair(history: &SimulatedHistory, seed: u64, session: usize) -> (usize, usize) {
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
        if a != b && there(a) && there(b) && history.difference(session, a, b) >= LEAST_DIFFERENCE {
            return (a, b);
        }
    }
}
