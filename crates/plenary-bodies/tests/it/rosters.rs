//! Random bodies, read from their files, beside a slow and obvious reading of the same rows.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use plenary_bodies::{Body, Reference, Setting, Undecidable};
use plenary_decisions::Verdict;
use plenary_testing::{CountedVote, SampleBody, SampleReference, cases, choices, references};
use plenary_types::{AnnouncedTally, Ballots, Choice, Date, Decision, Participant};
use proptest::prelude::*;
use proptest::sample::Index;

fn read(sample: &SampleReference) -> (Arc<Reference>, Arc<Body>) {
    let reference = sample.reference();
    let reference = reference.unwrap_or_else(|error| panic!("{error}\n{:#?}", sample.files()));
    let body = Arc::clone(reference.body(sample.assembly().id().as_str()).unwrap());
    (reference, body)
}

/// A day in the life of a body: one on which something changes, one of its neighbours, or any.
fn day_of(sample: &SampleBody, index: Index, step: u64) -> NaiveDate {
    let days = sample.days_of_change();
    let day = *index.get(&days);
    match step {
        0 => day.pred_opt().unwrap(),
        1 => day,
        step => day + Days::new(step - 1),
    }
}

fn days() -> impl Strategy<Value = Vec<(Index, u64)>> {
    let steps = prop_oneof![3 => 0..4u64, 1 => 4..300u64];
    prop::collection::vec((any::<Index>(), steps), 1..10)
}

fn set(all: &[Participant]) -> BTreeSet<Participant> {
    all.iter().copied().collect()
}

proptest! {
    #![proptest_config(cases(16))]

    #[test]
    fn a_roster_says_of_every_day_what_its_rows_say(sample in references(), days in days()) {
        let (_, body) = read(&sample);
        let (sample, roster) = (sample.assembly(), body.roster().unwrap());
        for (index, step) in days {
            let day = day_of(sample, index, step);
            let (members, voters) = (sample.members_on(day), sample.voters_on(day));
            let epoch = roster.epoch_on(day).unwrap();
            prop_assert!(epoch.span().contains(day));
            prop_assert_eq!(epoch.members(), &members, "members on {}", day);
            prop_assert_eq!(epoch.voters(), &voters, "voters on {}", day);
            prop_assert_eq!(epoch.vacant() as usize, sample.vacant_on(day));
            for who in sample.everybody() {
                prop_assert_eq!(epoch.is_member(who), members.contains(&who));
                prop_assert_eq!(epoch.may_vote(who), voters.contains(&who));
                prop_assert_eq!(epoch.suspended().contains(&who), sample.is_suspended(who, day));
            }
            let known = (!members.is_empty()).then_some(&*members);
            prop_assert_eq!(body.members_on(day).filter(|all| !all.is_empty()), known);
        }
    }

    #[test]
    fn groups_weights_rules_and_sessions_are_those_of_the_day(sample in references(), days in days()) {
        let (reference, body) = read(&sample);
        let sample = sample.assembly();
        let scheme = reference.scheme(body.show_groups().unwrap()).unwrap();
        for (index, step) in days {
            let day = day_of(sample, index, step);
            let (facts, expected) = (body.facts(day), sample.facts_on(day));
            for (name, group) in expected.groups() {
                let found = facts.group(name).unwrap();
                prop_assert_eq!(found.seats(), group.seats(), "seats of {} on {}", name, day);
                for who in sample.members_on(day) {
                    prop_assert_eq!(found.contains(who), group.contains(who), "{} on {}", who, day);
                }
            }
            prop_assert_eq!(facts.groups().count(), expected.groups().count());
            let tables = |facts: &plenary_decisions::Facts| -> Vec<_> {
                facts.tables().map(|(name, table)| (name.clone(), table.clone())).collect()
            };
            prop_assert_eq!(tables(facts), tables(&expected), "tables on {}", day);
            for (kind, law) in sample.laws_on(day) {
                let rule = reference.library().rule_for(sample.id().as_str(), kind, day);
                prop_assert_eq!(rule.map(|rule| &rule.rule.requirement), law, "{} on {}", kind, day);
            }
            let sessions: Vec<_> = body.sessions().on(day).map(|session| &*session.session).collect();
            prop_assert_eq!(sessions, sample.sessions_on(day));
            for who in sample.everybody() {
                prop_assert_eq!(scheme.group_on(who, day), sample.bloc_on(who, day));
            }
        }
    }

    #[test]
    fn who_can_be_on_a_list_is_who_sat_on_the_day_or_the_day_before(sample in references(), days in days()) {
        let (_, body) = read(&sample);
        let (sample, roster) = (sample.assembly(), body.roster().unwrap());
        for (index, step) in days {
            let day = day_of(sample, index, step);
            if day <= sample.from() {
                continue;
            }
            let both = [day.pred_opt().unwrap(), day];
            let electorate = body.electorate(Date::day(day)).unwrap();
            let voters = both.map(|day| set(&sample.voters_on(day)));
            let members = both.map(|day| set(&sample.members_on(day)));
            let required: BTreeSet<_> = voters[0].intersection(&voters[1]).copied().collect();
            let is_doubtful = roster.doubtful_days().any(|other| {
                (other - day).num_days().abs() <= 61
            });
            if is_doubtful {
                prop_assert!(set(&electorate.required).is_subset(&required));
            } else {
                prop_assert_eq!(set(&electorate.required), required);
                let may_list: BTreeSet<_> = sample.everybody().into_iter().filter(|who| {
                    let suspended = both.iter().any(|day| sample.is_suspended(*who, *day));
                    suspended || members.iter().any(|members| members.contains(who))
                }).collect();
                prop_assert_eq!(set(&electorate.possible), may_list);
                let fewest = voters.iter().map(BTreeSet::len).min().unwrap();
                prop_assert_eq!(electorate.seats.0 as usize, fewest);
            }
            prop_assert!(electorate.is_closed);
            for (voters, members) in voters.iter().zip(&members) {
                prop_assert!(members.iter().all(|who| electorate.may_list(*who)));
                let seats = electorate.seats.0 as usize..=electorate.seats.1 as usize;
                prop_assert!(seats.contains(&voters.len()), "{} of {:?} on {}", voters.len(), seats, day);
            }
        }
    }

    #[test]
    fn dates_between_which_nothing_changes_share_their_electorate(sample in references(), days in days()) {
        let (_, body) = read(&sample);
        let roster = body.roster().unwrap();
        let epoch = |day: NaiveDate| roster.epoch_on(day).unwrap().span();
        let is_quiet = |day: NaiveDate| epoch(day.pred_opt().unwrap()) == epoch(day);
        let of = |day: NaiveDate| body.electorate(Date::day(day)).unwrap();
        let is_sure = roster.doubtful_days().next().is_none();
        let days: Vec<_> = days.iter().map(|(index, step)| day_of(sample.assembly(), *index, *step)).collect();
        for pair in days.windows(2) {
            let [one, other] = [pair[0], pair[1]];
            let same = is_quiet(one) && is_quiet(other) && epoch(one) == epoch(other);
            if is_sure {
                prop_assert_eq!(Arc::ptr_eq(&of(one), &of(other)), same || one == other, "{} and {}", one, other);
            }
            prop_assert!(Arc::ptr_eq(&of(one), &of(one)));
        }
    }

    #[test]
    fn a_ruling_is_what_counting_by_the_rows_of_the_day_gives(
        sample in references(),
        days in days(),
        votes in prop::collection::vec(choices(), 300),
        turn in any::<Index>(),
    ) {
        let (reference, _) = read(&sample);
        let sample = sample.assembly();
        for (at, (index, step)) in days.into_iter().enumerate() {
            let day = day_of(sample, index, step);
            let (members, facts) = (sample.members_on(day), sample.facts_on(day));
            if day <= sample.from() {
                continue;
            }
            let choice = |place: usize| votes[(turn.index(300) + place + at) % 300];
            let list = members.iter().enumerate().map(|(place, who)| {
                let is_barred = sample.is_suspended(*who, day);
                (*who, if is_barred { Choice::NonVoting } else { choice(place) })
            });
            let list: Vec<_> = list.collect();
            let vote = CountedVote::new(list.iter().copied(), &facts).on(day);
            let ballots = Ballots::from_participants(list);
            for (kind, law) in sample.laws_on(day) {
                let decision = Decision {
                    body: Some(sample.id().clone()),
                    date: Some(day.into()),
                    question: plenary_types::Question {
                        kind: kind.parse().ok(),
                        ..plenary_types::Question::default()
                    },
                    announced: AnnouncedTally::from(ballots.tally()),
                    ballots: Some(ballots.clone()),
                    ..Decision::default()
                };
                let ruling = reference.library().ruling(&decision, &Setting::default());
                let Some(law) = law else {
                    prop_assert!(matches!(ruling, Err(Undecidable::Kind { .. })), "{}", kind);
                    continue;
                };
                let ruling = ruling.unwrap();
                let expected = match vote.meets(law) {
                    Some(true) => Verdict::Adopted,
                    Some(false) => Verdict::Rejected,
                    None => Verdict::Undetermined,
                };
                prop_assert_eq!(ruling.verdict(), expected, "{} on {}: {}\n{}", kind, day, law, ruling.evaluation().reasons);
                prop_assert_eq!(ruling.evaluation().verdict, expected);
                prop_assert_eq!(ruling.base().map(|base| base.members as usize), Some(members.len()));
                prop_assert!(ruling.left_out().is_empty());
            }
        }
    }
}
