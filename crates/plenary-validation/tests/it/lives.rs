//! A participant that does one thing after the other, each when it can, gives no finding.

use chrono::{Days, NaiveDate};
use plenary_types::{Act, ActionKind, Agreement, AgreementKind, NoOrigin, TreatyAction};
use plenary_validation::Validator;
use proptest::prelude::*;

/// How long it takes until a withdrawal takes effect: longer than any step.
const NOTICE: Days = Days::new(400);

/// What a participant can do after an act, if it did any.
const fn next(last: Option<ActionKind>) -> [ActionKind; 2] {
    match last {
        None => [ActionKind::Accession, ActionKind::Ratification],
        Some(ActionKind::Withdrawal) => [ActionKind::WithdrawalRevoked, ActionKind::Accession],
        Some(ActionKind::Suspension) => [ActionKind::Resumption, ActionKind::Resumption],
        Some(_) => [ActionKind::Withdrawal, ActionKind::Suspension],
    }
}

/// A treaty with one participant, whose acts are each some days after the one before.
fn life(steps: &[(usize, u64)]) -> Agreement {
    let mut day = NaiveDate::from_ymd_opt(1950, 1, 1).unwrap();
    let mut last = None;
    let act = |&(choice, days): &(usize, u64)| {
        day = day + Days::new(days);
        let kind = next(last)[choice];
        last = Some(kind);
        let mut act = TreatyAction::new("PER".parse().unwrap(), kind, day.into());
        act.effective = (kind == ActionKind::Withdrawal).then(|| (day + NOTICE).into());
        Act::Action(act)
    };
    Agreement {
        kind: AgreementKind::Treaty,
        title: "A convention".into(),
        acts: steps.iter().map(act).collect(),
        ..Agreement::default()
    }
}

proptest! {
    #[test]
    fn who_does_each_thing_when_it_can_gives_no_finding(
        steps in prop::collection::vec((0..2usize, 1..400u64), 1..20),
        list in any::<prop::sample::Index>(),
    ) {
        let mut agreement = life(&steps);
        // The order of the list tells nothing of the order of the acts.
        let turn = list.index(steps.len());
        agreement.acts.rotate_left(turn);
        let findings = Validator::default().check(&agreement, &NoOrigin);
        prop_assert!(findings.is_empty(), "{findings:#?}");
    }
}
