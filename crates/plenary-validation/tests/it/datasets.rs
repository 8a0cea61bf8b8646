//! The checks of whole datasets: silent on valid histories, and an injected fault is found where it was injected.

use std::sync::Arc;

use plenary_testing::SimulatedHistory;
use plenary_types::{
    Act, Agreement, Ballots, Choice, Decision, Finding, NoOrigin, Origin, Roll, RollEntry,
};
use plenary_validation::{Config, DatasetChecker, Run, catalogue};
use proptest::prelude::*;

const FIRST: u16 = 50;
const SESSIONS: u16 = 4;
const VOTES: usize = 60;

fn history(seed: u64) -> SimulatedHistory {
    SimulatedHistory::new(seed, FIRST, SESSIONS, VOTES)
}

/// Members do change sides in a simulated history, and some come to vote like another: how often these two are right,
/// the study tells. No seed of a property may depend on it.
const STATISTICAL: [&str; 2] = ["session-outlier", "votes-exchanged"];

/// What the checks of datasets find.
fn findings(agreements: &[Agreement]) -> Vec<Finding> {
    let names = catalogue()
        .iter()
        .filter(|check| matches!(check.run, Run::Dataset(_)) && !STATISTICAL.contains(&check.name));
    let config = Config::default()
        .select(names.map(|check| check.name))
        .unwrap();
    let mut dataset = DatasetChecker::new(&config);
    let origin: Arc<dyn Origin> = Arc::new(NoOrigin);
    for agreement in agreements {
        dataset.add(agreement, &origin);
    }
    dataset.finish()
}

fn decision(agreement: &mut Agreement) -> &mut Decision {
    let Some(Act::Decision(decision)) = agreement.acts.first_mut() else {
        panic!("a simulated vote is a decision");
    };
    decision
}

/// Changes the list of a vote, ballot by ballot: `None` takes it out.
fn relist(
    agreement: &mut Agreement,
    change: impl Fn(usize, RollEntry, Choice) -> Option<(RollEntry, Choice)>,
) {
    let decision = decision(agreement);
    let ballots = decision.ballots.take().unwrap();
    let kept = ballots
        .iter()
        .enumerate()
        .filter_map(|(place, ballot)| change(place, ballot.entry.clone(), ballot.choice));
    let (entries, choices) = kept.unzip();
    decision.ballots = Some(Ballots::new(Arc::new(Roll::new(entries)), choices).unwrap());
}

/// The same votes in a source that has no rows for absent members.
fn without_absent(mut agreements: Vec<Agreement>) -> Vec<Agreement> {
    for agreement in &mut agreements {
        relist(agreement, |_, entry, choice| {
            (choice != Choice::NonVoting).then_some((entry, choice))
        });
        decision(agreement).partial = true;
    }
    agreements
}

fn votes(seed: u64, partial: bool) -> Vec<Agreement> {
    let agreements = history(seed).agreements();
    match partial {
        true => without_absent(agreements),
        false => agreements,
    }
}

/// The only finding there is.
fn only(found: &[Finding]) -> &Finding {
    assert_eq!(found.len(), 1, "{found:#?}");
    &found[0]
}

fn label(history: &SimulatedHistory, member: usize) -> String {
    let entity = plenary_states::entity(history.members()[member]).unwrap();
    entity.label().to_owned()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn valid_histories_give_no_finding(seed: u64, partial: bool) {
        let found = findings(&votes(seed, partial));
        prop_assert!(found.is_empty(), "{found:#?}");
    }

    #[test]
    fn a_cut_list_is_found_among_lists_that_leave_out_absent_members(
        seed: u64, at in 0..VOTES * usize::from(SESSIONS), left in 1..9usize,
    ) {
        let mut agreements = votes(seed, true);
        relist(&mut agreements[at], |place, entry, choice| (place < left).then_some((entry, choice)));
        let found = findings(&agreements);
        let finding = only(&found);
        prop_assert_eq!(&finding.check, "short-roll");
        prop_assert_eq!(finding.record.as_deref(), Some(agreements[at].label()));
        let votes = if left == 1 { "vote" } else { "votes" };
        let expected = format!("{left} {votes} on {}", agreements[at].label());
        prop_assert_eq!(finding.found.as_deref(), Some(&*expected));
        // A list said to be complete is held against the membership, not against its neighbours.
        decision(&mut agreements[at]).partial = false;
        prop_assert!(findings(&agreements).is_empty());
    }

    #[test]
    fn lost_votes_of_a_member_are_found(seed: u64, session in 1..3usize, member in 0..180usize, partial: bool) {
        let mut history = history(seed);
        prop_assume!((0..4).all(|session| history.attendance(session, member) > 0.7));
        history.lose(session, member);
        let agreements = history.agreements();
        let found = findings(&if partial { without_absent(agreements) } else { agreements });
        let finding = only(&found);
        prop_assert_eq!(&finding.check, "participation-drop");
        let said = finding.found.as_deref().unwrap_or_default();
        prop_assert!(said.starts_with(&label(&history, member)) && said.ends_with(&format!("session {}", 51 + session - 1)), "{}", said);
    }

    #[test]
    fn a_gap_in_the_votes_of_a_member_that_is_always_there_is_a_cause_of_its_own(
        seed: u64, start in 0..40usize, gap in 16..20usize, member in 0..180usize,
    ) {
        let history = history(seed);
        let mut agreements = history.agreements();
        let state = history.members()[member];
        let session = VOTES..2 * VOTES;
        for (vote, agreement) in agreements.iter_mut().enumerate() {
            let lost = session.contains(&vote) && (start..start + gap).contains(&(vote - VOTES));
            relist(agreement, |_, entry, choice| {
                let own = entry.state == Some(state);
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

    #[test]
    fn a_member_under_the_name_of_another_state_is_counted(seed: u64, from in 0..VOTES, votes in 1..VOTES, partial: bool) {
        let mut agreements = self::votes(seed, partial);
        let member = "BEL".parse().unwrap();
        let mut listed = 0;
        for agreement in &mut agreements[from..from + votes] {
            let on_list = decision(agreement).ballots.as_ref().unwrap().roll().position(member);
            listed += usize::from(on_list.is_some());
            relist(agreement, |_, entry, choice| {
                let name = (entry.state == Some(member)).then(|| "Peru".into());
                Some((RollEntry { name: name.or(entry.name), ..entry }, choice))
            });
        }
        prop_assume!(listed > 0);
        let found = findings(&agreements);
        let finding = only(&found);
        prop_assert_eq!(&finding.check, "name-of-another-state");
        let said = finding.found.as_deref().unwrap_or_default();
        prop_assert!(said.starts_with(&format!("Belgium as `Peru`, {listed} vote")), "{}", said);
    }
}
