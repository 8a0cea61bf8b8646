//! The checks of whole datasets: silent on valid histories, and an injected fault is found where it was injected.

use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate};
use plenary_testing::{SimulatedHistory, relist, without_absent};
use plenary_types::{Act, Agreement, Citation, Decision, Finding, NoOrigin, Origin, RollEntry};
use plenary_validation::{Catalogue, Config, DatasetChecker, Run, Validator};
use proptest::prelude::*;

const FIRST: u16 = 50;
const SESSIONS: u16 = 4;
const VOTES: usize = 60;

fn history(seed: u64) -> SimulatedHistory {
    SimulatedHistory::new(seed, FIRST, SESSIONS, VOTES)
}

/// What the checks of datasets find.
fn findings(agreements: &[Agreement]) -> Vec<Finding> {
    let catalogue = Catalogue::default();
    let names = catalogue.checks().iter();
    let names = names.filter(|check| matches!(check.run, Run::Dataset(_)));
    let config = Config::default()
        .select(names.map(|check| check.name))
        .unwrap();
    let validator = Validator::new(config);
    let mut dataset = DatasetChecker::new(&validator);
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
    fn a_member_under_the_name_of_another_state_is_counted(seed: u64, from in 0..VOTES, votes in 1..VOTES, partial: bool) {
        let mut agreements = self::votes(seed, partial);
        let member = "BEL".parse().unwrap();
        let mut listed = 0;
        for agreement in &mut agreements[from..from + votes] {
            let on_list = decision(agreement).ballots.as_ref().unwrap().roll().position(member);
            listed += usize::from(on_list.is_some());
            relist(agreement, |_, entry, choice| {
                let name = (entry.state() == Some(member)).then(|| "Peru".into());
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

/// A decision of a meeting on a day, as a record.
fn held(symbol: &str, meeting: &str, day: NaiveDate) -> Agreement {
    let decision = Decision {
        date: Some(day.into()),
        meeting: Some(Citation::new(meeting)),
        ..Decision::default()
    };
    Agreement {
        symbols: vec![Citation::new(symbol)],
        acts: vec![Act::Decision(Box::new(decision))],
        ..Agreement::default()
    }
}

/// Meetings of the Council some days apart, with a resolution each, from January 1970 on.
fn meetings(gaps: &[u64]) -> Vec<Agreement> {
    let mut day = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
    let mut held_on = |(n, gap): (usize, &u64)| {
        day = day + Days::new(*gap);
        let symbol = format!("S/RES/{}({})", 300 + n, day.year());
        held(&symbol, &format!("S/PV.{}", 1600 + 2 * n), day)
    };
    gaps.iter().enumerate().map(&mut held_on).collect()
}

fn day_of(agreement: &mut Agreement) -> NaiveDate {
    decision(agreement).date.unwrap().as_day().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_date_out_of_the_order_of_meetings_is_found_whatever_the_order_of_the_file(
        gaps in proptest::collection::vec(0u64..20, 12..40), at in 3usize..9, days in 2u64..400, turn in 0usize..40,
    ) {
        let valid = meetings(&gaps);
        prop_assert!(findings(&valid).is_empty());
        let mut broken = valid.clone();
        let day = day_of(&mut broken[at - 3]) - Days::new(days);
        decision(&mut broken[at]).date = Some(day.into());
        broken.rotate_left(turn % gaps.len());
        let found = findings(&broken);
        let finding = only(&found);
        prop_assert_eq!(&finding.check, "meeting-order");
        prop_assert_eq!(finding.record.as_deref(), Some(valid[at].label()));
        prop_assert!(finding.message.contains("and of that of the resolutions"), "{}", finding.message);
    }

    #[test]
    fn a_wrong_meeting_is_told_from_a_wrong_date_by_the_number_of_the_resolution(
        gaps in proptest::collection::vec(3u64..20, 12..40), at in 5usize..11,
    ) {
        let mut broken = meetings(&gaps);
        // The meeting between the two of three and four before.
        decision(&mut broken[at]).meeting = Some(Citation::new(&format!("S/PV.{}", 1600 + 2 * at - 7)));
        let found = findings(&broken);
        let finding = only(&found);
        prop_assert_eq!(&*finding.message, "the date is out of the order of the meetings");
        prop_assert_eq!(finding.record.as_deref(), Some(broken[at].label()));
        prop_assert!(finding.help.as_deref().is_some_and(|help| help.contains("another meeting")));
    }

    #[test]
    fn lost_days_are_found_over_many_months_and_a_first_week_is_none(months in 30usize..60, lost: bool, votes in 1usize..4) {
        let mut agreements = Vec::new();
        for month in 0..months {
            for vote in 0..votes {
                let early = 1 + (3 * month + vote) as u32 % 7;
                let day = if lost || month > 0 && month % 20 != 0 { early } else { early + 7 };
                let (year, month) = (1950 + month as i32 / 12, month as u32 % 12 + 1);
                agreements.push(held("", "", NaiveDate::from_ymd_opt(year, month, day).unwrap()));
            }
        }
        let found = findings(&agreements);
        if lost {
            prop_assert_eq!(&only(&found).check, "days-of-month-lost");
        } else {
            prop_assert!(found.is_empty(), "{found:#?}");
        }
    }

    #[test]
    fn a_second_record_under_a_symbol_or_an_identifier_is_found(
        gaps in proptest::collection::vec(0u64..20, 4..20), at in 0usize..4, copies in 1usize..4, by_id: bool,
    ) {
        let mut agreements = meetings(&gaps);
        agreements.iter_mut().for_each(|agreement| agreement.id = agreement.derived_id());
        for _ in 0..copies {
            let mut copy = agreements[at].clone();
            if by_id {
                copy.symbols[0] = Citation::new("S/PV.9999");
            }
            agreements.push(copy);
        }
        let found = findings(&agreements);
        let finding = only(&found);
        prop_assert_eq!(&finding.check, "duplicate-record");
        let said = finding.found.as_deref().unwrap();
        let times = if copies == 1 { "twice".to_owned() } else { format!("{} times", copies + 1) };
        prop_assert!(by_id || said.ends_with(&times), "{said}");
    }
}

#[test]
fn of_two_dates_of_one_meeting_the_neighbours_tell_the_wrong_one() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let rows = [
        ("S/RES/244(1967)", "S/PV.1386", "1967-12-22"),
        ("S/RES/245(1968)", "S/PV.1387", "1968-01-25"),
        ("S/RES/246(1968)", "S/PV.1387", "1968-03-14"),
        ("S/RES/247(1968)", "S/PV.1398", "1968-03-18"),
    ];
    let records = rows.map(|(symbol, meeting, date)| held(symbol, meeting, day(date)));
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]] {
        let found = findings(&order.map(|at| records[at].clone()));
        let finding = only(&found);
        assert_eq!(finding.check, "meeting-dates");
        assert_eq!(finding.record.as_deref(), Some("S/RES/246(1968)"));
    }
    for order in [[1, 2], [2, 1]] {
        let found = findings(&order.map(|at| records[at].clone()));
        let named: Vec<_> = found.iter().map(|f| f.record.as_deref().unwrap()).collect();
        assert_eq!(named, ["S/RES/245(1968)", "S/RES/246(1968)"]);
    }
}

#[test]
fn a_meeting_of_another_session_is_no_neighbour() {
    let rows = [
        ("A/RES/36/96", "A/36/PV.97", "1981-12-14"),
        ("A/RES/35/225", "A/36/PV.99", "1980-12-17"),
        ("A/RES/36/100", "A/36/PV.100", "1981-12-16"),
    ];
    let records = rows.map(|(symbol, meeting, date)| held(symbol, meeting, date.parse().unwrap()));
    assert!(findings(&records).is_empty());
}

#[test]
fn a_motion_under_the_number_of_a_resolution_is_no_second_record_of_it() {
    let day = "2006-12-19".parse().unwrap();
    let resolution = held("A/RES/61/175", "A/61/PV.81", day);
    let mut other = resolution.clone();
    decision(&mut other).question.text = Some(
        "I shall now put to the vote the motion submitted by the representative of Belarus".into(),
    );
    assert_eq!(findings(&[resolution.clone(), other]), []);
    assert_eq!(
        only(&findings(&[resolution.clone(), resolution])).check,
        "duplicate-record"
    );
}

#[test]
fn only_records_with_ballots_have_the_same_or_others() {
    let with = |ballots: &str| -> Agreement {
        let ballots = match ballots {
            "" => String::new(),
            list => format!(r#", "ballots": {{{list}}}"#),
        };
        let text = format!(
            r#"{{"symbols": ["A/RES/57/78"], "acts": [{{"act": "decision", "partial": true{ballots}}}]}}"#
        );
        serde_json::from_str(&text).unwrap()
    };
    let (yes, no, none) = (r#""yes": ["PER"]"#, r#""no": ["PER"]"#, "");
    let (same, other, mixed) = (
        "with the same ballots",
        "with other ballots",
        "with and without ballots",
    );
    for (records, told) in [
        (&[none, none] as &[&str], &[""] as &[&str]),
        (&[none, none, none], &[""]),
        (&[r#""yes": []"#, r#""yes": []"#], &[""]),
        (&[yes, yes], &[same]),
        (&[yes, no], &[other]),
        (&[yes, none], &[mixed]),
        (&[none, yes], &[mixed]),
        (&[yes, none, none], &[mixed]),
        (&[none, yes, yes], &[mixed, same]),
    ] {
        let records: Vec<_> = records.iter().map(|ballots| with(ballots)).collect();
        let found = findings(&records);
        let said: Vec<_> = found.iter().map(|finding| &*finding.message).collect();
        let message = |how: &&str| {
            let ending = if how.is_empty() {
                String::new()
            } else {
                format!(", {how}")
            };
            format!("the resolution is recorded more than once{ending}")
        };
        let expected: Vec<_> = told.iter().map(message).collect();
        assert_eq!(said, expected);
    }
}

#[test]
fn a_run_with_checks_of_its_own_compares_records_by_these_alone() {
    let record = r#"{"symbols": ["A/RES/57/78"], "acts": [{"act": "decision", "date": "2002-11-22", "announced": {"yes": 2}}]}"#;
    let record: Agreement = serde_json::from_str(record).unwrap();
    let found = |names: &[&str]| {
        let all = Catalogue::default();
        let checks = names.iter().map(|name| all.find(name).unwrap());
        let validator = Validator::new(Config::new(checks.collect()));
        let mut dataset = DatasetChecker::new(&validator);
        let origin: Arc<dyn Origin> = Arc::new(NoOrigin);
        dataset.add(&record, &origin);
        dataset.add(&record, &origin);
        dataset.finish().len()
    };
    assert_eq!(found(&["duplicate-record", "tally-sum"]), 1);
    assert_eq!(found(&["tally-sum"]), 0);
}
