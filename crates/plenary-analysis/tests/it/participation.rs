//! Members whose votes are missing: none in valid histories, and lost votes are found where they were lost.

use std::sync::Arc;

use plenary_analysis::anomalies::PARTICIPATION_DROP;
use plenary_testing::{SimulatedHistory, relist, without_absent};
use plenary_types::{Agreement, Choice, Finding, NoOrigin, Origin};
use plenary_validation::{Catalogue, Config, DatasetChecker, Validator};
use proptest::prelude::*;

const VOTES: usize = 60;

fn history(seed: u64) -> SimulatedHistory {
    SimulatedHistory::new(seed, 50, 4, VOTES)
}

fn findings(agreements: &[Agreement]) -> Vec<Finding> {
    let validator = Validator::new(Config::new(Catalogue::from_iter([&PARTICIPATION_DROP])));
    let mut dataset = DatasetChecker::new(&validator);
    let origin: Arc<dyn Origin> = Arc::new(NoOrigin);
    for agreement in agreements {
        dataset.add(agreement, &origin);
    }
    dataset.finish()
}

/// The only finding there is.
fn only(found: &[Finding]) -> &Finding {
    assert_eq!(found.len(), 1, "{found:#?}");
    &found[0]
}

fn label(history: &SimulatedHistory, member: usize) -> String {
    let entity = plenary_states::entity(history.members()[member].code().unwrap()).unwrap();
    entity.label().to_owned()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn valid_histories_give_no_finding(seed: u64, partial: bool) {
        let agreements = history(seed).agreements();
        let found = findings(&if partial { without_absent(agreements) } else { agreements });
        prop_assert!(found.is_empty(), "{found:#?}");
    }

    #[test]
    fn lost_votes_of_a_member_are_found(seed: u64, session in 1..3usize, member in 0..180usize, partial: bool) {
        let mut history = history(seed);
        prop_assume!((0..4).all(|session| history.attendance(session, member) > 0.7));
        history.lose(session, member);
        let agreements = history.agreements();
        let found = findings(&if partial { without_absent(agreements) } else { agreements });
        let finding = only(&found);
        let said = finding.found.as_deref().unwrap_or_default();
        prop_assert!(said.starts_with(&label(&history, member)) && said.ends_with(&format!("session {}", 51 + session - 1)), "{}", said);
    }

    #[test]
    fn a_gap_in_the_votes_of_a_member_that_is_always_there_is_a_cause_of_its_own(
        seed: u64, start in 0..40usize, gap in 16..20usize, member in 0..180usize,
    ) {
        let history = history(seed);
        let mut agreements = history.agreements();
        let state = history.members()[member].code().unwrap();
        let session = VOTES..2 * VOTES;
        for (vote, agreement) in agreements.iter_mut().enumerate() {
            let lost = session.contains(&vote) && (start..start + gap).contains(&(vote - VOTES));
            relist(agreement, |_, entry, choice| {
                let own = entry.state() == Some(state);
                Some((entry, match (own, lost) {
                    (true, true) => Choice::NonVoting,
                    (true, false) if choice == Choice::NonVoting => Choice::Yes,
                    _ => choice,
                }))
            });
        }
        let found = findings(&agreements);
        let finding = only(&found);
        prop_assert!(finding.message.contains("in a row"), "{}", finding.message);
        let said = finding.found.as_deref().unwrap_or_default();
        prop_assert!(said.starts_with(&label(&history, member)) && said.ends_with("session 51"), "{}", said);
    }
}

/// Sessions of forty votes each, given by their number and by how many votes Chile and Peru cast, Peru with gaps:
/// `50 40 40, 51 0 10`.
fn sessions(text: &str, partial: bool) -> Vec<String> {
    let mut votes = Vec::new();
    for session in text.split(", ") {
        let [number, chile, peru] = session.split(' ').collect::<Vec<_>>()[..] else {
            panic!("{session}");
        };
        let [chile, peru]: [usize; 2] = [chile, peru].map(|n| n.parse().unwrap());
        for vote in 0..40 {
            let peru = vote % 2 * 20 + vote / 2 < peru;
            let cast = [("CHL", vote < chile), ("FRA", true), ("PER", peru)];
            let of = |there| {
                let codes = cast.iter().filter(|(_, cast)| *cast == there);
                codes.map(|(code, _)| *code).collect::<Vec<_>>()
            };
            let absent = if partial { Vec::new() } else { of(false) };
            let ballots = format!(r#"{{"yes": {:?}, "non-voting": {absent:?}}}"#, of(true));
            votes.push(format!(
                r#"{{"acts": [{{"act": "decision", "body": "unga", "session": "{number}", "partial": {partial}, "ballots": {ballots}}}]}}"#
            ));
        }
    }
    votes
}

#[test]
fn a_fall_of_participation_is_told_with_its_session_the_widest_first() {
    let table = "
        50 40 40, 51 0 10, 52 40 40
            => note acts[0].ballots: a member votes on no question of a session, and on most before and after | 100 % and 100 % in the sessions beside it | Chile, 0 % in session 51
            => note acts[0].ballots: a member votes on few questions of a session, and on most before and after | 100 % and 100 % in the sessions beside it | Peru, 25 % in session 51
        50 40 40, 51 0 20, 52 40 40
            => note acts[0].ballots: a member votes on no question of a session, and on most before and after | 100 % and 100 % in the sessions beside it | Chile, 0 % in session 51
            => note acts[0].ballots: a member votes on few questions of a session, and on most before and after | 100 % and 100 % in the sessions beside it | Peru, 50 % in session 51
        50 40 40, 51 10 0, 52 40 38
            => note acts[0].ballots: a member votes on no question of a session, and on most before and after | 100 % and 95 % in the sessions beside it | Peru, 0 % in session 51
            => note acts[0].ballots: a member has no vote on many questions in a row, and votes on nearly all others of the session | 100 % and 100 % in the sessions beside it | Chile, 25 % in session 51
        50 40 40, 51 24 40, 52 40 38
            => note acts[0].ballots: a member has no vote on many questions in a row, and votes on nearly all others of the session | 100 % and 100 % in the sessions beside it | Chile, 60 % in session 51
        50 40 40, 51 0 40, 53 40 40
        49 40 40, 51 0 40, 52 40 40
        50 40 40, 51 0 40
        50 40 40, 51 0 40, 52 0 40
    ";
    for partial in [false, true] {
        let mut lines = table.trim().lines().map(str::trim).peekable();
        while let Some(case) = lines.next() {
            let expected = std::iter::from_fn(|| lines.next_if(|line| line.starts_with("=>")));
            let expected = expected.collect::<Vec<_>>();
            let votes = sessions(case, partial).into_iter();
            let votes: Vec<Agreement> = votes.map(|v| serde_json::from_str(&v).unwrap()).collect();
            let line = |finding: &Finding| {
                let text = |text: &Option<String>| text.clone().unwrap_or_default();
                let (field, found) = (text(&finding.place.field), text(&finding.found));
                let (severity, message) = (finding.severity, &finding.message);
                format!(
                    "=> {severity} {field}: {message} | {} | {found}",
                    text(&finding.expected)
                )
            };
            let found: Vec<_> = findings(&votes).iter().map(line).collect();
            assert_eq!(found, expected, "{case}");
        }
    }
}
