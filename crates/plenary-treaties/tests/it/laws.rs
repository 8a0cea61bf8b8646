//! Laws that hold for every timeline.
//!
//! | law | property |
//! |---|---|
//! | one state at a time | the spans of a history follow each other, and each day has the status of its span |
//! | no effect before its cause | a treaty never enters into force before the act that completes it |
//! | day by day | a naive evaluation of every day finds the same date |
//! | order of the source | does not change the date |
//! | the end of a state | changes no count, and a succession adds nothing to it |
//! | no gap | a predecessor and its successors are parties without a day between them |
//! | bounds | a day that is not known lies between the earliest and the latest |
//! | parties are bound | a party's consent holds on that day |

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use plenary_bodies::Reference;
use plenary_decisions::{Clause, Delay, NotBefore, Period, Requirement, Table, requirement::Unit};
use plenary_treaties::{
    Collection, EntryIntoForce, Notice, OpenReason, Source, Status, Timeline, Treaty,
};
use plenary_types::{ActionKind, Date, Participant, StateCode, TreatyAction};
use proptest::prelude::*;

fn origin() -> NaiveDate {
    NaiveDate::from_ymd_opt(2000, 1, 1).unwrap()
}

fn after(days: u64) -> NaiveDate {
    origin().checked_add_days(Days::new(days)).unwrap()
}

/// Ten states, none of which has vanished.
fn state() -> impl Strategy<Value = Participant> {
    (b'A'..=b'J').prop_map(|letter| StateCode::from_bytes([b'Q', b'M', letter]).unwrap().into())
}

fn action(kinds: Vec<ActionKind>) -> impl Strategy<Value = TreatyAction> {
    (
        state(),
        prop::sample::select(kinds),
        0u64..400,
        prop::option::of(0u64..200),
    )
        .prop_map(|(state, kind, day, later)| {
            let mut action = TreatyAction::new(state, kind, after(day).into());
            if kind == ActionKind::Withdrawal {
                action.effective = later.map(|later| after(day + later).into());
            }
            action
        })
}

fn delay() -> impl Strategy<Value = Delay> {
    prop_oneof![
        Just(Delay::None),
        (1u32..100).prop_map(|n| Delay::After(Period::Days(n))),
        (1u32..6).prop_map(|n| Delay::After(Period::Months(n))),
        (1u32..100).prop_map(|n| Delay::FirstOfMonthAfter(Period::Days(n))),
        (1u32..7).prop_map(Delay::FirstOfMonth),
    ]
}

fn clause() -> impl Strategy<Value = Clause> {
    let not_before = prop::option::of((0u64..500).prop_map(|day| NotBefore::Day(after(day))));
    (1u64..8, delay(), not_before).prop_map(|(count, delay, not_before)| Clause {
        requirement: Requirement::at_least(count, Unit::Instruments),
        delay,
        not_before,
        organisations: false,
    })
}

fn treaty_of(kinds: Vec<ActionKind>) -> impl Strategy<Value = Treaty> {
    (prop::collection::vec(action(kinds), 0..30), clause()).prop_map(|(actions, clause)| Treaty {
        clause: Some(clause),
        notice: Some(Period::Days(30).into()),
        actions,
        ..Treaty::default()
    })
}

fn treaty() -> impl Strategy<Value = Treaty> {
    treaty_of(ActionKind::ALL.to_vec())
}

/// Days from before the first act to well after the last effect.
fn days() -> impl Iterator<Item = NaiveDate> {
    (0..900).map(after)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn a_participant_is_in_one_state_at_a_time(treaty in treaty(), state in state()) {
        let timeline = Timeline::new(&treaty);
        let history = timeline.history(state);
        for pair in history.windows(2) {
            prop_assert_eq!(pair[0].0.to, Some(pair[1].0.from));
            prop_assert_ne!(pair[0].1, pair[1].1);
        }
        for day in days() {
            let spans: Vec<_> = history.iter().filter(|(span, _)| span.contains(day)).collect();
            let expected = spans.first().map_or(Status::None, |(_, status)| *status);
            prop_assert!(spans.len() <= 1);
            prop_assert_eq!(timeline.status(state, day), expected, "{}", day);
        }
    }

    #[test]
    fn spells_follow_each_other_and_have_the_status_of_each_day(treaty in treaty(), state in state(), vague in 0usize..30) {
        let mut treaty = treaty;
        if let Some(act) = treaty.actions.get_mut(vague) {
            let day = act.date.map(Date::earliest).unwrap();
            act.date = Some(format!("{}", day.format("%Y-%m")).parse().unwrap());
        }
        let timeline = Timeline::new(&treaty);
        let spells = timeline.spells(state);
        for pair in spells.windows(2) {
            let (end, begin) = (pair[0].to.unwrap(), pair[1].from.unwrap());
            prop_assert!(end.latest() <= begin.earliest() || end == begin, "{:?}", spells);
        }
        for day in days() {
            let participation = timeline.participation(state, day);
            let certain = spells.iter().find(|spell| {
                spell.from.is_none_or(|from| from.latest() <= day)
                    && spell.to.is_none_or(|to| day < to.earliest())
            });
            let possible = spells.iter().any(|spell| {
                spell.from.is_none_or(|from| from.earliest() <= day)
                    && spell.to.is_none_or(|to| day < to.latest())
            });
            match (certain, participation.status) {
                (Some(spell), status) => prop_assert_eq!(spell.status, status, "{}", day),
                (None, Status::None) => {}
                (None, status) => {
                    prop_assert_eq!(status, Status::Undetermined, "{}", day);
                    prop_assert!(possible, "{}", day);
                }
            }
            let party = timeline.parties_on(day).contains(&state);
            let perhaps = timeline.undetermined_on(day).contains(&state);
            let told = (!perhaps).then_some(party);
            prop_assert_eq!(participation.party, told, "{}", day);
            prop_assert_eq!(
                participation.signed == Some(true),
                timeline.signatories_on(day).contains(&state) && participation.signed.is_some()
            );
            let consented = timeline.contracting_on(day).contains(&state);
            let perhaps = timeline.perhaps_contracting_on(day).contains(&state);
            prop_assert_eq!(participation.consented, (!perhaps).then_some(consented), "{}", day);
        }
    }

    #[test]
    fn a_treaty_never_enters_into_force_before_the_act_that_completes_it(treaty in treaty()) {
        let timeline = Timeline::new(&treaty);
        if let Some(entry) = timeline.entry() {
            prop_assert!(entry.day >= entry.completed_by.date);
            let completing = treaty.actions.iter().any(|action| {
                action.participant == entry.completed_by.state
                    && action.kind.is_consent()
                    && action.date == Some(entry.completed_by.date.into())
            });
            prop_assert!(completing);
            let eve = entry.day.pred_opt().unwrap();
            prop_assert!(timeline.parties_on(eve).is_empty());
        }
    }

    #[test]
    fn parties_are_bound_and_bound_participants_contract(treaty in treaty(), day in 0u64..900) {
        let timeline = Timeline::new(&treaty);
        let contracting = timeline.contracting_on(after(day));
        for party in timeline.parties_on(after(day)) {
            prop_assert!(contracting.contains(&party));
        }
    }

    #[test]
    fn a_naive_count_day_by_day_gives_the_same_date(
        treaty in treaty_of(vec![
            ActionKind::Signature, ActionKind::Ratification, ActionKind::Accession, ActionKind::ProvisionalApplication,
        ])
    ) {
        let clause = treaty.clause.clone().unwrap();
        let needed = clause.requirement.to_string();
        let needed: usize = needed.split(' ').nth(2).unwrap().parse().unwrap();
        let met = days().find(|day| {
            let mut first: BTreeMap<Participant, NaiveDate> = BTreeMap::new();
            for action in treaty.actions.iter().filter(|action| action.kind.is_consent()) {
                let given = action.date.unwrap().as_day().unwrap();
                first.entry(action.participant).and_modify(|day| *day = given.min(*day)).or_insert(given);
            }
            first.values().filter(|given| *given <= day).count() >= needed
        });
        let expected = met.map(|met| {
            let effect = clause.delay.after(met).unwrap();
            clause.not_before.and_then(|limit| limit.day(None)).map_or(effect, |limit| limit.max(effect))
        });
        let timeline = Timeline::new(&treaty);
        prop_assert_eq!(timeline.entry().map(|entry| entry.day), expected);
        if let Some(entry) = timeline.entry() {
            let at_least = entry.completed_by.ordinal >= needed;
            prop_assert!(at_least && Some(entry.completed_by.date) == met);
        }
    }

    #[test]
    fn the_order_of_the_source_does_not_change_the_date(
        treaty in treaty_of(vec![ActionKind::Signature, ActionKind::Ratification, ActionKind::Accession])
    ) {
        let mut turned = treaty.clone();
        turned.actions.reverse();
        let (one, other) = (Timeline::new(&treaty), Timeline::new(&turned));
        prop_assert_eq!(one.entry().map(|e| e.day), other.entry().map(|e| e.day));
        prop_assert_eq!(one.parties_on(after(900)), other.parties_on(after(900)));
    }

    #[test]
    fn an_excluded_participant_counts_for_nothing(treaty in treaty(), state in state()) {
        let without = Treaty {
            actions: treaty.actions.iter().filter(|action| action.participant != state).cloned().collect(),
            ..treaty.clone()
        };
        let excluded = Treaty { excluded: vec![state], ..treaty };
        let (one, other) = (Timeline::new(&excluded), Timeline::new(&without));
        prop_assert_eq!(one.entry(), other.entry());
        prop_assert_eq!(one.parties_on(after(900)), other.parties_on(after(900)));
    }
}

/// Instruments of the years 1970 to 1988: of states that have ended since, and of others.
fn instruments() -> impl Strategy<Value = Vec<(usize, NaiveDate)>> {
    let first = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
    let day = (0u64..6900).prop_map(move |days| first + Days::new(days));
    prop::collection::vec((0usize..10, day), 1..12)
}

const ENDED: [&str; 10] = [
    "CSK", "YUG", "DDR", "YMD", "SUN", "NOR", "PER", "FJI", "TUR", "EGY",
];
const LASTING: [&str; 10] = [
    "SWE", "CHL", "DEU", "IRQ", "ITA", "NOR", "PER", "FJI", "TUR", "EGY",
];

fn given_by(codes: [&str; 10], instruments: &[(usize, NaiveDate)]) -> Vec<TreatyAction> {
    let instruments = instruments.iter();
    instruments
        .map(|(who, day)| {
            TreatyAction::new(
                codes[*who].parse().unwrap(),
                ActionKind::Ratification,
                (*day).into(),
            )
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_end_of_a_state_changes_no_count(instruments in instruments(), count in 1u64..8) {
        let clause = format!("{count} instruments; 30 days");
        let day_of = |codes| {
            let treaty = Treaty {
                vanished_known: true,
                ..treaty_with(&clause, given_by(codes, &instruments))
            };
            let timeline = Timeline::new(&treaty);
            timeline.entry().map(|entry| (entry.day, entry.completed_by.ordinal))
        };
        prop_assert_eq!(day_of(ENDED), day_of(LASTING));
    }

    #[test]
    fn a_succession_adds_no_instrument_to_that_of_its_predecessor(
        instruments in instruments(), count in 1u64..12, notified in 0u64..2000
    ) {
        let clause = format!("{count} instruments");
        let mut actions = given_by(ENDED, &instruments);
        for state in ["CSK", "YUG"] {
            actions.push(act(state, ActionKind::Accession, "1989-06-01"));
        }
        let without = treaty_with(&clause, actions.clone());
        let notified = NaiveDate::from_ymd_opt(1993, 1, 2).unwrap() + Days::new(notified);
        for state in ["CZE", "SVK", "SVN", "HRV", "MKD", "BIH"] {
            let state = state.parse().unwrap();
            actions.push(TreatyAction::new(state, ActionKind::Succession, notified.into()));
        }
        let with = treaty_with(&clause, actions);
        let (one, other) = (Timeline::new(&without), Timeline::new(&with));
        prop_assert_eq!(one.entry(), other.entry());
    }

    #[test]
    fn a_predecessor_and_its_successors_leave_no_day_between_them(
        before in 0u64..5000, notified in 0u64..5000, asked in 0u64..8000
    ) {
        let first = NaiveDate::from_ymd_opt(1979, 1, 1).unwrap();
        let end = NaiveDate::from_ymd_opt(1993, 1, 1).unwrap();
        let succession = |state: &str| {
            let notified = end + Days::new(notified);
            TreatyAction::new(state.parse().unwrap(), ActionKind::Succession, notified.into())
        };
        let ratified = first + Days::new(before);
        let actions = vec![
            TreatyAction::new("CSK".parse().unwrap(), ActionKind::Ratification, ratified.into()),
            succession("CZE"),
            succession("SVK"),
        ];
        let treaty = treaty_with("1 instrument", actions);
        let asked = ratified + Days::new(asked);
        let parties = Timeline::new(&treaty).parties_on(asked);
        let parties: Vec<_> = parties.iter().map(ToString::to_string).collect();
        let expected: &[&str] = if asked < end { &["CSK"] } else { &["CZE", "SVK"] };
        prop_assert_eq!(parties, expected);
    }

    #[test]
    fn the_clause_of_a_valid_treaty_gives_its_date_and_its_last_act_is_the_horizon(
        agreement in plenary_testing::treaties(&plenary_testing::Context::assembly().between("1995-01-01".parse().unwrap(), "2026-01-01".parse().unwrap()))
    ) {
        let source = Source::from_agreement(&agreement).unwrap();
        let last = source.actions.iter().filter_map(|act| act.date?.as_day()).max();
        let on = NaiveDate::from_ymd_opt(2030, 1, 1).unwrap();
        let report = source.report(Collection::embedded(), Reference::embedded(), on);
        prop_assert_eq!(report.acts_known_until, last.map(Date::day));
        prop_assert_eq!((report.earliest, report.latest), (report.entry_into_force, report.entry_into_force));
        if let Some(stated) = agreement.in_force_since {
            prop_assert_eq!(report.entry_into_force, stated.as_day());
        }
    }

    #[test]
    fn a_day_that_is_not_known_lies_between_the_bounds(
        instruments in instruments(), count in 1u64..6, known in prop::collection::vec(0u8..5, 12)
    ) {
        let clause = format!("{count} instruments; 30 days");
        let exact = treaty_with(&clause, given_by(LASTING, &instruments));
        let mut vague = exact.clone();
        for (action, known) in vague.actions.iter_mut().zip(known) {
            let date = action.date.unwrap();
            let given = date.earliest();
            let around = [given - Days::new(40), given + Days::new(9)].map(|day| Some(Date::day(day)));
            action.date = match known {
                0 => Some(Date::year(date.calendar_year()).unwrap()),
                1 => Date::between(around[0], around[1]).ok(),
                2 => Date::between(None, around[1]).ok(),
                3 => Date::between(around[0], None).ok(),
                _ => Some(date),
            };
        }
        let excluded: Vec<_> = ["DDR", "TWN"].map(|code| code.parse().unwrap()).to_vec();
        vague.excluded = excluded;
        let day_of = Timeline::new(&exact).entry().map(|entry| entry.day);
        let timeline = Timeline::new(&vague);
        match timeline.entry_into_force() {
            EntryIntoForce::On(entry) => prop_assert_eq!(Some(entry.day), day_of),
            EntryIntoForce::Depends { earliest, latest, .. } => {
                let day_of = day_of.unwrap();
                prop_assert!(earliest.as_ref().is_some_and(|entry| entry.day <= day_of));
                prop_assert!(latest.as_ref().is_none_or(|entry| entry.day >= day_of));
                let last = vague.actions.iter().filter_map(|act| act.date?.last());
                prop_assert!(latest.is_some() || last.count() < vague.actions.len());
            }
            other => prop_assert!(day_of.is_none(), "{other:?}"),
        }
    }
}

fn ratifies(state: &str, day: &str) -> TreatyAction {
    act(state, ActionKind::Ratification, day)
}

fn act(state: &str, kind: ActionKind, day: &str) -> TreatyAction {
    TreatyAction::new(state.parse().unwrap(), kind, day.parse().unwrap())
}

fn treaty_with(clause: &str, actions: Vec<TreatyAction>) -> Treaty {
    Treaty {
        clause: Some(clause.parse().unwrap()),
        actions,
        ..Treaty::default()
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The bounds of an entry into force.
fn bounds(treaty: &Treaty) -> (Option<NaiveDate>, Option<NaiveDate>) {
    match Timeline::new(treaty).entry_into_force() {
        EntryIntoForce::On(entry) => (Some(entry.day), Some(entry.day)),
        EntryIntoForce::Depends {
            earliest, latest, ..
        } => (
            earliest.as_ref().map(|entry| entry.day),
            latest.as_ref().map(|entry| entry.day),
        ),
        _ => (None, None),
    }
}

/// The instrument that completes a clause, in more and more words of a source.
#[test]
fn an_entry_into_force_is_no_more_precise_than_the_instrument_that_completed_it() {
    let some = |text: &str| Some(day(text));
    for (date, earliest, latest) in [
        ("2012-01-16", some("2012-02-15"), some("2012-02-15")),
        ("2012-01", some("2012-01-31"), some("2012-03-01")),
        ("2011", some("2011-01-31"), some("2012-01-30")),
        ("2012-01-10/2012-02", some("2012-02-09"), some("2012-03-30")),
        ("/2012-01", Some(NaiveDate::MIN), some("2012-03-01")),
        ("2012-01/", some("2012-01-31"), None),
    ] {
        let treaty = treaty_with("1 instrument; 30 days", vec![ratifies("CMR", date)]);
        assert_eq!(bounds(&treaty), (earliest, latest), "{date}");
        let report = plenary_treaties::Source {
            clause: treaty.clause.clone(),
            actions: treaty.actions.clone(),
            ..plenary_treaties::Source::default()
        };
        let report = report.report(
            Collection::embedded(),
            Reference::embedded(),
            day("2013-01-01"),
        );
        assert_eq!(
            report.earliest,
            earliest.filter(|day| *day > NaiveDate::MIN)
        );
        assert_eq!(
            (report.latest, report.entry_into_force),
            (latest, latest.filter(|_| earliest == latest))
        );
        assert_eq!(
            report.between.is_some_and(|between| between.no_first_day),
            date.starts_with('/')
        );
    }
}

/// The other way round: the earliest end of a withdrawal is the latest day of entry into force.
#[test]
fn a_withdrawal_that_is_not_dated_to_the_day_moves_the_bounds_the_other_way() {
    let with = |notice: &str| {
        let mut treaty = treaty_with(
            "2 instruments",
            vec![
                ratifies("CMR", "2010-01-01"),
                act("CMR", ActionKind::Withdrawal, notice),
                ratifies("NOR", "2010-06-01"),
                ratifies("FIN", "2011-01-01"),
            ],
        );
        treaty.notice = Some(Notice::from(Period::Days(0)));
        bounds(&treaty)
    };
    let (before, after) = (Some(day("2010-06-01")), Some(day("2011-01-01")));
    assert_eq!(with("2010-07"), (before, before));
    assert_eq!(with("2010-05"), (after, after));
    assert_eq!(with("2010-05-20/2010-06-20"), (before, after));
    assert_eq!(with("2010"), (before, after));
}

#[test]
fn an_act_for_a_territory_is_no_act_of_its_author() {
    let for_faroes = |kind, day: &str| {
        let mut act = act("DNK", kind, day);
        act.on_behalf_of = vec!["FRO".parse().unwrap()];
        act
    };
    let acts = vec![
        for_faroes(ActionKind::Accession, "2000-01-01"),
        ratifies("NOR", "2001-01-01"),
    ];
    let treaty = treaty_with("2 instruments", acts.clone());
    assert_eq!(bounds(&treaty), (None, None));
    let status =
        |treaty: &Treaty, on| Timeline::new(treaty).status("DNK".parse().unwrap(), day(on));
    assert_eq!(status(&treaty, "2002-01-01"), Status::None);
    let own = [
        acts,
        vec![
            ratifies("DNK", "2001-06-01"),
            for_faroes(ActionKind::Withdrawal, "2002-01-01"),
        ],
    ]
    .concat();
    let mut treaty = treaty_with("2 instruments", own);
    treaty.notice = Some(Notice::from(Period::Days(0)));
    assert_eq!(bounds(&treaty).0, Some(day("2001-06-01")));
    assert_eq!(status(&treaty, "2003-01-01"), Status::Party);
}

#[test]
fn an_organisation_does_not_add_to_a_count_unless_the_clause_says_so() {
    let eu: Participant = "EUE".parse().unwrap();
    let actions = vec![
        ratifies("FRA", "2000-01-01"),
        ratifies("EUE", "2000-02-01"),
        ratifies("DEU", "2000-03-01"),
    ];
    let mut treaty = treaty_with("2 instruments", actions);
    treaty.organisations = vec![eu];
    assert_eq!(
        Timeline::new(&treaty).entry().unwrap().day,
        day("2000-03-01")
    );
    assert!(
        Timeline::new(&treaty)
            .parties_on(day("2001-01-01"))
            .contains(&eu)
    );
    treaty.clause = Some("2 instruments; including organisations".parse().unwrap());
    assert_eq!(
        Timeline::new(&treaty).entry().unwrap().day,
        day("2000-02-01")
    );
}

/// F4: an organisation is one by its identifier too, and a printed name that nothing resolves counts as a State does.
#[test]
fn participants_without_a_code_are_counted_by_their_kind() {
    let treaty = |clause: &str| {
        let source = plenary_treaties::Source {
            clause: Some(clause.parse().unwrap()),
            actions: vec![
                ratifies("FRA", "2000-01-01"),
                ratifies("org:river-bank", "2000-02-01"),
                ratifies("text:Orange River Colony", "2000-03-01"),
                ratifies("state:bavaria", "2000-04-01"),
                ratifies("ZZZ", "2000-05-01"),
            ],
            ..plenary_treaties::Source::default()
        };
        source
            .assemble(Collection::embedded(), Reference::embedded())
            .treaty
    };
    let entry = |clause: &str| {
        let treaty = treaty(clause);
        let entry = Timeline::new(&treaty).entry().cloned();
        entry.map(|entry| {
            (
                entry.completed_by.state.to_string(),
                entry.completed_by.ordinal,
            )
        })
    };
    let completed = |name: &str, ordinal| Some((name.to_owned(), ordinal));
    assert_eq!(
        entry("2 instruments"),
        completed("text:Orange River Colony", 2)
    );
    assert_eq!(entry("3 instruments"), completed("state:bavaria", 3));
    let with = "2 instruments; including organisations";
    assert_eq!(entry(with), completed("org:river-bank", 2));
    // The code under which one without a code is counted is nobody's and is not one of the treaty's.
    assert_eq!(entry("4 instruments"), completed("ZZZ", 4));
    assert_eq!(entry("1 instrument; all of {FRA, ZZY}"), None);
    let treaty = treaty("2 instruments");
    let parties = Timeline::new(&treaty).parties_on(day("2001-01-01"));
    let parties: Vec<_> = parties.iter().map(|who| who.as_str()).collect();
    let expected = [
        "FRA",
        "ZZZ",
        "org:river-bank",
        "state:bavaria",
        "text:Orange River Colony",
    ];
    assert_eq!(parties, expected);
}

/// VCLT, Art. 2(1)(a) and 6: the parties of a treaty are States, unless a body of others is named or the clause names the participant.
#[test]
fn persons_parties_and_units_are_no_states_and_count_for_nothing() {
    let source = |clause: &str, body: Option<&str>| plenary_treaties::Source {
        clause: Some(clause.parse().unwrap()),
        of_body: body.map(|body| body.parse().unwrap()),
        actions: vec![
            ratifies("person:icpsr-1", "2000-01-01"),
            ratifies("party:spd", "2000-01-01"),
            ratifies("unit:CH-ZH", "2000-02-01"),
            ratifies("FRA", "2000-03-01"),
            ratifies("text:Orange River Colony", "2000-04-01"),
        ],
        ..plenary_treaties::Source::default()
    };
    let told = |clause: &str, body: Option<&str>| {
        let source = source(clause, body);
        let treaty = source.assemble(Collection::embedded(), Reference::embedded());
        let treaty = treaty.treaty;
        let timeline = Timeline::new(&treaty);
        let words = |who: Vec<Participant>| {
            let words = who.into_iter().map(|who| who.as_str());
            words.collect::<Vec<_>>().join(" ")
        };
        let met = timeline.entry().map(|entry| entry.day.to_string());
        (
            met,
            words(timeline.parties_on(day("2001-01-01"))),
            words(treaty.of_another_kind()),
        )
    };
    let of = |day: &str, parties: &str, others: &str| {
        (Some(day.to_owned()), parties.to_owned(), others.to_owned())
    };
    assert_eq!(
        told("2 instruments", None),
        of(
            "2000-04-01",
            "FRA text:Orange River Colony",
            "party:spd person:icpsr-1 unit:CH-ZH"
        )
    );
    assert_eq!(
        told("1 instrument; all of {FRA, unit:CH-ZH}", None),
        of(
            "2000-03-01",
            "FRA text:Orange River Colony unit:CH-ZH",
            "party:spd person:icpsr-1"
        )
    );
    assert_eq!(
        told("1 instrument", Some("ch-cantons")),
        of(
            "2000-02-01",
            "text:Orange River Colony unit:CH-ZH",
            "FRA party:spd person:icpsr-1"
        )
    );
}

/// VCLT, Art. 16 and 24(3): an instrument counts from its deposit, and whoever is bound from a later day is no party before.
#[test]
fn a_consent_with_a_later_effect_counts_at_once_and_makes_a_party_on_its_day() {
    let mut later = ratifies("DEU", "2000-02-01");
    later.effective = Some("2001-06-01".parse().unwrap());
    let mut sooner = ratifies("PER", "2000-01-15");
    sooner.effective = Some("2000-01-20".parse().unwrap());
    let treaty = treaty_with(
        "3 instruments; 30 days",
        vec![ratifies("FRA", "2000-01-01"), sooner, later],
    );
    let timeline = Timeline::new(&treaty);
    let status = |code: &str, on: &str| timeline.status(code.parse().unwrap(), day(on));
    assert_eq!(timeline.entry().unwrap().day, day("2000-03-02"));
    for (code, on, expected) in [
        ("FRA", "2000-03-02", Status::Party),
        ("PER", "2000-03-01", Status::Contracting),
        ("PER", "2000-03-02", Status::Party),
        ("DEU", "2000-03-02", Status::Contracting),
        ("DEU", "2001-05-31", Status::Contracting),
        ("DEU", "2001-06-01", Status::Party),
    ] {
        assert_eq!(status(code, on), expected, "{code} on {on}");
    }
    let turns = timeline.history("DEU".parse().unwrap());
    assert_eq!(
        turns.last().map(|(span, _)| span.from),
        Some(day("2001-06-01"))
    );
}

#[test]
fn a_record_names_the_body_whose_members_its_clause_counts() {
    let record = |body: &str| {
        let text = format!(
            r#"{{"kind": "treaty", "title": "t", "in-force-when": "at least 2/3 of members" {body}, "acts": [
            {{"act": "action", "participant": "FRA", "kind": "ratification", "date": "2000-01-01"}}]}}"#
        );
        let agreement: plenary_types::Agreement = serde_json::from_str(&text).unwrap();
        let source = Source::from_agreement(&agreement).unwrap();
        let assembled = source.assemble(Collection::embedded(), Reference::embedded());
        let evaluated = Timeline::new(&assembled.treaty).evaluate_on(day("2001-01-01"));
        let again = plenary_types::Agreement::from(&assembled.treaty);
        (assembled, evaluated.unwrap().reasons.to_string(), again)
    };
    let (assembled, reasons, again) = record(r#", "body": "unga""#);
    assert!(reasons.contains("1 of 189 members"), "{reasons}");
    assert_eq!(again.body, Some(plenary_types::BodyId::UNGA));
    assert_eq!(assembled.unknown_body, None);
    let (assembled, ..) = record(r#", "body": "ungaa""#);
    assert_eq!(assembled.unknown_body, "ungaa".parse().ok());
    assert!(assembled.treaty.body.is_none());
    let undetermined = Timeline::new(&assembled.treaty).entry_into_force().clone();
    assert!(matches!(undetermined, EntryIntoForce::Undetermined { .. }));
    let (assembled, ..) = record("");
    assert!(assembled.treaty.body.is_none() && assembled.unknown_body.is_none());
}

#[test]
fn what_is_missing_of_a_participant_without_a_code_is_said_of_its_name() {
    let mut treaty = treaty_with(
        "at least 55% of emissions",
        vec![
            ratifies("FRA", "2000-01-01"),
            ratifies("text:Orange River Colony", "1999-03-01"),
        ],
    );
    let table = Table::parse([("FRA".parse().unwrap(), "10")]).unwrap();
    treaty.facts.add_table("emissions".parse().unwrap(), table);
    match Timeline::new(&treaty).entry_into_force() {
        EntryIntoForce::Undetermined { missing } => {
            assert!(
                missing[0].contains("text:Orange River Colony"),
                "{missing:?}"
            );
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_withdrawal_before_the_entry_into_force_reduces_the_count() {
    let mut actions = vec![
        ratifies("FRA", "2000-01-01"),
        ratifies("DEU", "2000-06-01"),
        ratifies("ITA", "2001-06-01"),
    ];
    let mut withdrawal = act("FRA", ActionKind::Withdrawal, "2000-02-01");
    withdrawal.effective = Some("2000-05-01".parse().unwrap());
    actions.push(withdrawal);
    let treaty = treaty_with("2 instruments", actions);
    let timeline = Timeline::new(&treaty);
    assert_eq!(timeline.entry().unwrap().day, day("2001-06-01"));
    assert_eq!(
        timeline.status("FRA".parse().unwrap(), day("2000-04-30")),
        Status::Contracting
    );
    assert_eq!(
        timeline.status("FRA".parse().unwrap(), day("2000-05-01")),
        Status::Withdrawn
    );
}

#[test]
fn a_withdrawal_taken_back_in_time_has_no_effect_and_a_late_revocation_has_none() {
    let with = |revoked: &str| Treaty {
        notice: Some(Period::Months(12).into()),
        ..treaty_with(
            "1 instrument",
            vec![
                ratifies("FRA", "2000-01-01"),
                act("FRA", ActionKind::Withdrawal, "2001-01-01"),
                act("FRA", ActionKind::WithdrawalRevoked, revoked),
            ],
        )
    };
    let status =
        |treaty: &Treaty| Timeline::new(treaty).status("FRA".parse().unwrap(), day("2002-01-01"));
    assert_eq!(status(&with("2001-12-31")), Status::Party);
    assert_eq!(status(&with("2002-01-01")), Status::Withdrawn);
}

/// The status of France on a day, after a notice of 2001-01-01, and what is open about it.
fn after_notice(
    notice: Option<Notice>,
    effective: Option<&str>,
    on: &str,
) -> (Status, Vec<(String, OpenReason)>) {
    let mut withdrawal = act("FRA", ActionKind::Withdrawal, "2001-01-01");
    withdrawal.effective = effective.map(|day| day.parse().unwrap());
    let treaty = Treaty {
        notice,
        ..treaty_with(
            "1 instrument",
            vec![ratifies("FRA", "2000-01-01"), withdrawal],
        )
    };
    let timeline = Timeline::new(&treaty);
    let open = timeline.open_withdrawals().into_iter();
    let open = open.map(|open| (format!("{} {}", open.state, open.notice), open.reason));
    (
        timeline.status("FRA".parse().unwrap(), day(on)),
        open.collect(),
    )
}

#[test]
fn a_notice_runs_as_the_treaty_says_and_nothing_is_assumed_where_it_does_not() {
    let notice = "FRA 2001-01-01".to_owned();
    let half_a_year = Some(Notice::from(Period::Months(6)));
    assert_eq!(
        after_notice(half_a_year, None, "2001-06-30").0,
        Status::Party
    );
    assert_eq!(
        after_notice(half_a_year, None, "2001-07-01"),
        (Status::Withdrawn, vec![])
    );
    assert_eq!(
        after_notice(None, Some("2001-03-01"), "2001-03-01"),
        (Status::Withdrawn, vec![])
    );
    let open = vec![(notice.clone(), OpenReason::NoticeUnknown)];
    assert_eq!(after_notice(None, None, "2000-12-31").0, Status::Party);
    assert_eq!(
        after_notice(None, None, "2010-01-01"),
        (Status::Undetermined, open)
    );
    let refused = vec![(notice, OpenReason::NotAdmitted)];
    for effective in [None, Some("2001-03-01")] {
        assert_eq!(
            after_notice(Some(Notice::None), effective, "2010-01-01"),
            (Status::Party, refused.clone())
        );
    }
}

#[test]
fn a_withdrawal_that_the_depositary_recorded_takes_effect_though_the_treaty_admits_none() {
    let withdrawal = act("FRA", ActionKind::Withdrawal, "2001-01-01")
        .with_effective("2001-03-01".parse().unwrap());
    let treaty = Treaty {
        notice: Some(Notice::None),
        recorded: vec![withdrawal.clone()],
        ..treaty_with(
            "1 instrument",
            vec![ratifies("FRA", "2000-01-01"), withdrawal],
        )
    };
    let status = Timeline::new(&treaty).status("FRA".parse().unwrap(), day("2001-03-01"));
    assert_eq!(status, Status::Withdrawn);
}

#[test]
fn an_unknown_notice_before_the_entry_into_force_leaves_a_span() {
    let actions = vec![
        ratifies("FRA", "2000-01-01"),
        act("FRA", ActionKind::Withdrawal, "2000-06-01"),
        ratifies("DEU", "2001-01-01"),
        ratifies("ITA", "2002-01-01"),
    ];
    let treaty = treaty_with("2 instruments", actions);
    let timeline = Timeline::new(&treaty);
    let EntryIntoForce::Depends {
        on,
        vague,
        earliest,
        latest,
    } = timeline.entry_into_force()
    else {
        panic!("depends")
    };
    assert_eq!(
        (on.len(), vague.as_slice()),
        (0, &["FRA".parse().unwrap()][..])
    );
    assert_eq!(earliest.as_ref().unwrap().day, day("2001-01-01"));
    assert_eq!(latest.as_ref().unwrap().day, day("2002-01-01"));
}

#[test]
fn acts_known_to_the_year_give_a_span_and_undetermined_parties() {
    let actions = vec![
        ratifies("PER", "1990"),
        ratifies("CHL", "1992"),
        ratifies("URY", "1993-05"),
    ];
    let treaty = treaty_with("2 instruments; 30 days", actions);
    let timeline = Timeline::new(&treaty);
    let EntryIntoForce::Depends {
        earliest, latest, ..
    } = timeline.entry_into_force()
    else {
        panic!("depends")
    };
    assert_eq!(earliest.as_ref().unwrap().day, day("1992-01-31"));
    assert_eq!(latest.as_ref().unwrap().day, day("1993-01-30"));
    let status = |on: &str| timeline.status("PER".parse().unwrap(), day(on));
    assert_eq!(status("1992-01-30"), Status::Contracting);
    assert_eq!(status("1992-06-01"), Status::Undetermined);
    assert_eq!(status("1993-01-30"), Status::Party);
    let uruguay = |on: &str| timeline.status("URY".parse().unwrap(), day(on));
    assert_eq!(uruguay("1993-06-10"), Status::Undetermined);
    assert_eq!(uruguay("1993-06-30"), Status::Party);
}

#[test]
fn an_instrument_counts_though_its_state_has_ended_and_the_state_is_no_party() {
    for (state, gone) in [
        ("DDR", "1990-10-03"),
        ("CSK", "1993-01-01"),
        ("YMD", "1990-05-22"),
        ("SUN", "1991-12-24"),
        ("SCG", "2006-06-03"),
    ] {
        let given = day(gone) - chrono::Days::new(90);
        let actions = vec![
            TreatyAction::new(
                state.parse().unwrap(),
                ActionKind::Ratification,
                given.into(),
            ),
            ratifies("NOR", "2010-01-01"),
        ];
        let treaty = treaty_with("2 instruments", actions.clone());
        let timeline = Timeline::new(&treaty);
        assert_eq!(timeline.entry().unwrap().day, day("2010-01-01"), "{state}");
        assert_eq!(
            timeline.parties_on(day("2011-01-01")),
            ["NOR".parse().unwrap()]
        );
        let treaty = treaty_with("1 instrument", actions);
        let timeline = Timeline::new(&treaty);
        let status = |on: NaiveDate| timeline.status(state.parse().unwrap(), on);
        assert_eq!(
            status(day(gone).pred_opt().unwrap()),
            Status::Party,
            "{state}"
        );
        assert_eq!(status(day(gone)), Status::Extinct, "{state}");
    }
}

#[test]
fn a_successor_takes_the_place_of_its_predecessor_without_a_gap_and_adds_no_instrument() {
    let actions = vec![
        ratifies("CSK", "1975-01-01"),
        ratifies("NOR", "1976-01-01"),
        act("CZE", ActionKind::Succession, "1993-02-22"),
        act("SVK", ActionKind::Succession, "1993-05-28"),
    ];
    let treaty = treaty_with("2 instruments", actions.clone());
    let timeline = Timeline::new(&treaty);
    let parties = |on: &str| {
        let parties = timeline.parties_on(day(on)).into_iter();
        parties.map(|code| code.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(parties("1992-12-31"), ["CSK", "NOR"]);
    assert_eq!(parties("1993-01-01"), ["CZE", "NOR", "SVK"]);
    let both = timeline.successions();
    let dates: Vec<_> = both.iter().map(|s| (s.notified, s.effective)).collect();
    assert_eq!(
        dates,
        [("1993-02-22", "1993-01-01"), ("1993-05-28", "1993-01-01")]
            .map(|(notified, from)| (Date::day(day(notified)), Date::day(day(from))))
    );
    assert!(
        Timeline::new(&treaty_with("3 instruments", actions))
            .entry()
            .is_none()
    );
}

#[test]
fn a_succession_that_the_depositary_counted_is_an_instrument() {
    let actions = vec![
        ratifies("YUG", "1980-04-28"),
        act("SVN", ActionKind::Succession, "1992-07-06"),
    ];
    let counted = Treaty {
        id: Some("23-2".to_owned()),
        ..treaty_with("2 instruments", actions.clone())
    };
    assert_eq!(
        Timeline::new(&counted).entry().unwrap().day,
        day("1992-07-06")
    );
    assert!(
        Timeline::new(&treaty_with("2 instruments", actions))
            .entry()
            .is_none()
    );
}

#[test]
fn a_newly_independent_state_is_a_party_from_its_independence_and_suspended_until_it_notifies() {
    let actions = vec![
        ratifies("GBR", "1960-01-01"),
        act("FJI", ActionKind::Succession, "1973-01-11"),
    ];
    let treaty = treaty_with("1 instrument", actions.clone());
    let timeline = Timeline::new(&treaty);
    let status = |on: &str| timeline.status("FJI".parse().unwrap(), day(on));
    assert_eq!(status("1970-10-09"), Status::None);
    assert_eq!(status("1970-10-10"), Status::Suspended);
    assert_eq!(status("1973-01-11"), Status::Party);
    assert_eq!(
        timeline.suspended_on(day("1971-01-01")),
        ["FJI".parse().unwrap()]
    );
    // It counts beside the instrument of the state that administered it.
    let second = Timeline::new(&treaty_with("2 instruments", actions))
        .entry()
        .cloned();
    assert_eq!(second.unwrap().day, day("1973-01-11"));
}

#[test]
fn a_successor_is_a_party_no_earlier_than_the_entry_into_force() {
    let actions = vec![
        act("NOR", ActionKind::Signature, "1990-01-01"),
        ratifies("CSK", "1991-01-01"),
        act("CZE", ActionKind::Succession, "1993-02-22"),
        ratifies("NOR", "1994-01-01"),
    ];
    let treaty = treaty_with("2 instruments; 30 days", actions);
    let timeline = Timeline::new(&treaty);
    let status = |on: &str| timeline.status("CZE".parse().unwrap(), day(on));
    assert_eq!(timeline.entry().unwrap().day, day("1994-01-31"));
    assert_eq!(status("1993-01-01"), Status::Contracting);
    assert_eq!(status("1994-01-31"), Status::Party);
}

#[test]
fn an_instrument_of_an_ended_state_that_is_not_here_is_no_later_than_its_last_day() {
    let actions = vec![
        act("NOR", ActionKind::Signature, "1990-01-01"),
        ratifies("NOR", "1991-01-01"),
        act("CZE", ActionKind::Succession, "1993-02-22"),
    ];
    let treaty = treaty_with("2 instruments", actions);
    let timeline = Timeline::new(&treaty);
    let EntryIntoForce::Depends {
        on,
        earliest,
        latest,
        ..
    } = timeline.entry_into_force()
    else {
        panic!("depends")
    };
    // The German Democratic Republic leaves no trace, so it may have consented as well.
    assert_eq!(on, &["CSK", "DDR"].map(|code| code.parse().unwrap()));
    assert_eq!(earliest.as_ref().unwrap().day, day("1990-01-01"));
    assert_eq!(latest.as_ref().unwrap().day, day("1992-12-31"));
}

#[test]
fn another_state_under_the_code_of_an_ended_one_acts_for_itself() {
    let actions = vec![
        ratifies("NOR", "1980-01-01"),
        ratifies("YUG", "1981-01-01"),
        act("YUG", ActionKind::Accession, "2001-03-12"),
    ];
    let treaty = treaty_with("1 instrument", actions);
    let timeline = Timeline::new(&treaty);
    let spans = timeline.history("YUG".parse().unwrap()).into_iter();
    let spans: Vec<_> = spans.map(|(span, status)| (span.from, status)).collect();
    assert_eq!(
        spans,
        [
            (day("1981-01-01"), Status::Party),
            (day("1992-04-27"), Status::Extinct),
            (day("2001-03-12"), Status::Party),
            (day("2003-02-04"), Status::Extinct)
        ]
    );
}

#[test]
fn an_organisation_counts_where_a_group_names_it_and_nowhere_else() {
    let actions = vec![
        ratifies("EUE", "2000-01-01"),
        ratifies("MAR", "2000-02-01"),
        ratifies("TUN", "2000-03-01"),
    ];
    let day_of = |clause: &str| {
        let treaty = Treaty {
            organisations: vec!["EUE".parse().unwrap()],
            ..treaty_with(clause, actions.clone())
        };
        let timeline = Timeline::new(&treaty);
        timeline.entry().map(|entry| entry.day)
    };
    assert_eq!(day_of("all of {MAR, EUE}"), Some(day("2000-02-01")));
    assert_eq!(
        day_of("2 instruments; all of {MAR, EUE}"),
        Some(day("2000-03-01"))
    );
    assert_eq!(day_of("3 instruments; all of {MAR, EUE}"), None);
    assert_eq!(day_of("3 instruments"), None);
}

#[test]
fn a_share_of_the_members_of_an_unknown_body_is_undetermined() {
    let treaty = treaty_with(
        "at least 2/3 of members",
        vec![ratifies("FRA", "2000-01-01")],
    );
    let timeline = Timeline::new(&treaty);
    let EntryIntoForce::Undetermined { missing } = timeline.entry_into_force() else {
        panic!("undetermined")
    };
    assert!(missing[0].contains("members"), "{missing:?}");
    let files = [
        (
            "bodies/board.toml",
            "format = 1\nname = \"Board\"\nfrom = 1990-01-01\nkinds = {}\n",
        ),
        (
            "bodies/board.members.csv",
            "member,from,to,status\nFRA,1990-01-01,,\nPER,1995-01-01,,\nCHL,1990-01-01,2001-01-01,\n",
        ),
    ];
    let reference = Reference::embedded().with_files("own", files).unwrap();
    let entry = |actions: Vec<TreatyAction>| {
        let treaty = Treaty {
            actions,
            body: reference.body("board").cloned(),
            ..treaty.clone()
        };
        Timeline::new(&treaty).entry().map(|entry| entry.day)
    };
    let france = || ratifies("FRA", "2000-01-01");
    assert_eq!(entry(vec![france()]), None);
    assert_eq!(
        entry(vec![france(), ratifies("PER", "2002-01-01")]),
        Some(day("2002-01-01"))
    );
    // Chile is no longer a member by then, and Germany never was: their instruments add nothing.
    for other in ["CHL", "DEU"] {
        assert_eq!(
            entry(vec![france(), ratifies(other, "2002-01-01")]),
            None,
            "{other}"
        );
    }
}

#[test]
fn falling_below_the_number_does_not_end_a_treaty() {
    let mut withdrawal = act("FRA", ActionKind::Withdrawal, "2002-01-01");
    withdrawal.effective = Some("2002-01-01".parse().unwrap());
    let actions = vec![
        ratifies("FRA", "2000-01-01"),
        ratifies("DEU", "2000-02-01"),
        withdrawal,
    ];
    let treaty = treaty_with("2 instruments", actions);
    let parties = Timeline::new(&treaty).parties_on(day("2003-01-01"));
    assert_eq!(parties, ["DEU".parse().unwrap()]);
}

#[test]
fn provisional_application_is_neither_consent_nor_party() {
    let actions = vec![
        act("FRA", ActionKind::ProvisionalApplication, "2000-01-01"),
        ratifies("DEU", "2000-02-01"),
    ];
    let treaty = treaty_with("2 instruments", actions);
    let timeline = Timeline::new(&treaty);
    assert!(timeline.entry().is_none());
    assert_eq!(
        timeline.status("FRA".parse().unwrap(), day("2001-01-01")),
        Status::Provisional
    );
    let EntryIntoForce::NotYet { evaluation } = timeline.entry_into_force() else {
        panic!("not yet")
    };
    assert_eq!(evaluation.reasons.sentence, "1 instrument, less than 2");
}

#[test]
fn a_later_joiner_waits_for_its_own_delay_and_a_successor_does_not() {
    let mut succession = act("HRV", ActionKind::Succession, "2005-01-01");
    succession.effective = Some("2002-06-01".parse().unwrap());
    let actions = vec![
        ratifies("FRA", "2000-01-01"),
        ratifies("DEU", "2004-01-10"),
        succession,
    ];
    let treaty = treaty_with(
        "1 instrument; first day of the month after 60 days",
        actions,
    );
    let timeline = Timeline::new(&treaty);
    let status = |state: &str, on: &str| timeline.status(state.parse().unwrap(), day(on));
    assert_eq!(timeline.entry().unwrap().day, day("2000-04-01"));
    assert_eq!(status("DEU", "2004-03-31"), Status::Contracting);
    assert_eq!(status("DEU", "2004-04-01"), Status::Party);
    // A succession counts from its date, whenever it was notified.
    assert_eq!(status("HRV", "2002-05-31"), Status::None);
    assert_eq!(status("HRV", "2002-06-01"), Status::Party);
}

#[test]
fn where_a_vanished_predecessor_could_matter_no_date_is_given() {
    let mut actions = vec![ratifies("FRA", "1970-01-01"), ratifies("DEU", "1980-01-01")];
    actions.push(act("CZE", ActionKind::Succession, "1993-02-22"));
    let treaty = treaty_with("2 instruments", actions.clone());
    let timeline = Timeline::new(&treaty);
    assert!(timeline.entry().is_none());
    assert!(!timeline.is_determinate_on(day("1975-01-01")));
    assert!(
        timeline.is_determinate_on(day("1969-12-31"))
            && timeline.is_determinate_on(day("1980-01-01"))
    );
    let EntryIntoForce::Depends {
        on,
        earliest,
        latest,
        ..
    } = timeline.entry_into_force()
    else {
        panic!("depends")
    };
    assert_eq!(on.first(), Some(&"CSK".parse().unwrap()));
    assert_eq!(earliest.as_ref().unwrap().day, day("1970-01-01"));
    assert_eq!(latest.as_ref().unwrap().day, day("1980-01-01"));
    actions.push(ratifies("CSK", "1975-05-05"));
    let treaty = treaty_with("2 instruments", actions);
    let entry = Timeline::new(&treaty).entry().unwrap().clone();
    assert_eq!(
        (entry.day, entry.completed_by.ordinal),
        (day("1975-05-05"), 2)
    );
}

#[test]
fn a_successor_that_cannot_matter_leaves_the_date_certain() {
    let mut actions = vec![ratifies("FRA", "1995-01-01"), ratifies("DEU", "1996-01-01")];
    actions.push(act("CZE", ActionKind::Succession, "1993-02-22"));
    let treaty = treaty_with("3 instruments", actions);
    assert_eq!(
        Timeline::new(&treaty).entry().unwrap().day,
        day("1996-01-01")
    );
}

#[test]
fn a_withdrawal_without_a_day_counts_from_the_end_of_the_record() {
    let mut withdrawal = act("FRA", ActionKind::Withdrawal, "2000-01-01");
    withdrawal.date = None;
    let actions = vec![
        ratifies("FRA", "2000-01-01"),
        withdrawal,
        ratifies("DEU", "2005-01-01"),
    ];
    let treaty = treaty_with("1 instrument", actions);
    let timeline = Timeline::new(&treaty);
    assert_eq!(timeline.entry().unwrap().day, day("2000-01-01"));
    assert_eq!(timeline.uncertain(), ["FRA".parse().unwrap()]);
    assert_eq!(
        timeline.contracting_on(day("2010-01-01")),
        ["DEU".parse().unwrap()]
    );
}
