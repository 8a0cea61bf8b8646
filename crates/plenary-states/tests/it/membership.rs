//! Membership over time.

use chrono::NaiveDate;
use plenary_states::{
    Membership, MembershipChange, MembershipStart, entities, entity, suspensions_in,
};
use plenary_types::{BodyId, StateCode};
use proptest::prelude::*;

/// Members at 31 December; a year left out repeats the one before it.
/// UN list of members; Yearbook rosters; press reports of 1963, 1965 and 1994.
const YEAR_ENDS: [(i32, usize); 37] = [
    (1945, 51),
    (1946, 55),
    (1947, 57),
    (1948, 58),
    (1949, 59),
    (1950, 60),
    (1955, 76),
    (1956, 80),
    (1957, 82),
    (1958, 82),
    (1960, 99),
    (1961, 104),
    (1962, 110),
    (1963, 113),
    (1964, 115),
    (1965, 117),
    (1966, 122),
    (1967, 123),
    (1968, 126),
    (1970, 127),
    (1971, 132),
    (1973, 135),
    (1974, 138),
    (1975, 144),
    (1976, 147),
    (1977, 149),
    (1978, 151),
    (1979, 152),
    (1980, 154),
    (1981, 157),
    (1983, 158),
    (1984, 159),
    (1991, 166),
    (1992, 179),
    (1993, 184),
    (1994, 185),
    (1999, 188),
];
const LATER: [(i32, usize); 4] = [(2000, 189), (2002, 191), (2006, 192), (2011, 193)];

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn code(text: &str) -> StateCode {
    text.parse().unwrap()
}

#[test]
fn year_end_counts_are_the_attested_ones() {
    let attested = YEAR_ENDS.iter().chain(&LATER);
    let mut expected = 0;
    for year in 1945..=2026 {
        if let Some((_, count)) = attested.clone().find(|(y, _)| *y == year) {
            expected = *count;
        }
        let found = Membership::UNGA.count_on(NaiveDate::from_ymd_opt(year, 12, 31).unwrap());
        println!("{year} {found}");
        assert_eq!(found, expected, "members at the end of {year}");
    }
}

#[test]
fn counts_inside_a_year_are_the_attested_ones() {
    for (on, count) in [
        ("1945-10-23", 0),
        ("1963-06-30", 111),
        ("1965-02-18", 114),
        ("1990-04-22", 159),
        ("1990-04-23", 160),
        ("1990-05-22", 159),
        ("1990-09-18", 160),
        ("1990-10-03", 159),
        ("1991-12-24", 166),
        ("1992-09-22", 179),
        ("1992-12-31", 179),
        ("1993-01-01", 178),
        ("1993-01-18", 178),
        ("1993-01-19", 180),
        ("1994-06-30", 184),
        ("2006-06-02", 191),
        ("2006-06-27", 191),
        ("2006-06-28", 192),
        ("2011-07-13", 192),
        ("2011-07-14", 193),
        ("2018-12-19", 193),
        ("2026-11-23", 193),
    ] {
        assert_eq!(Membership::UNGA.count_on(day(on)), count, "{on}");
    }
}

#[test]
fn a_day_of_admissions_has_a_range_of_counts() {
    assert_eq!(Membership::UNGA.counts_on(day("1956-11-12")), 76..=79);
    assert_eq!(Membership::UNGA.counts_on(day("1956-11-13")), 79..=79);
    assert_eq!(Membership::UNGA.counts_on(day("1991-12-24")), 166..=166);
    assert_eq!(Membership::UNGA.counts_on(day("1990-10-03")), 159..=160);
}

#[test]
fn membership_and_participation_are_two_facts() {
    let (yugoslavia, south_africa) = (code("YUG"), code("ZAF"));
    assert!(Membership::UNGA.may_participate(yugoslavia, day("1992-09-21")));
    assert!(
        Membership::UNGA.is_member(yugoslavia, day("1992-09-22"))
            && !Membership::UNGA.may_participate(yugoslavia, day("1992-09-22"))
    );
    assert!(Membership::UNGA.may_participate(yugoslavia, day("2000-11-01")));
    assert!(Membership::UNGA.may_participate(south_africa, day("1974-11-11")));
    assert!(
        Membership::UNGA.is_member(south_africa, day("1994-06-22"))
            && !Membership::UNGA.may_participate(south_africa, day("1994-06-22"))
    );
    assert!(Membership::UNGA.may_participate(south_africa, day("1994-06-23")));
    assert!(
        !Membership::UNGA.is_member(code("PSE"), day("2020-01-01"))
            && !Membership::UNGA.is_member(code("VAT"), day("2020-01-01"))
    );
}

#[test]
fn a_suspension_belongs_to_a_body_and_leaves_a_seat_empty_until_it_is_filled() {
    let empty = |body: &BodyId, on: &str| {
        let rows = suspensions_in(body);
        let codes = rows.filter(|row| row.leaves_seat_empty_on(day(on)));
        codes.map(|row| row.code.to_string()).collect::<Vec<_>>()
    };
    for (body, on, expected) in [
        (BodyId::HRC, "2011-02-28", vec![]),
        (BodyId::HRC, "2011-03-01", vec!["LBY"]),
        (BodyId::HRC, "2011-11-17", vec!["LBY"]),
        (BodyId::HRC, "2011-11-18", vec![]),
        (BodyId::HRC, "2022-04-06", vec![]),
        (BodyId::HRC, "2022-04-07", vec!["RUS"]),
        (BodyId::HRC, "2022-05-09", vec!["RUS"]),
        (BodyId::HRC, "2022-05-10", vec![]),
        (BodyId::UNGA, "2011-03-01", vec![]),
        (BodyId::UNGA, "1980-01-01", vec!["ZAF"]),
        (BodyId::UNSC, "2011-03-01", vec![]),
    ] {
        assert_eq!(empty(&body, on), expected, "{body} on {on}");
    }
    // What holds in one body says nothing of the Assembly.
    assert!(Membership::UNGA.may_participate(code("LBY"), day("2011-03-24")));
    assert!(entity(code("RUS")).unwrap().participation_gaps().is_empty());
}

proptest! {
    #[test]
    fn epochs_agree_with_the_spells_read_one_by_one(offset in 0_i64..32_000) {
        let on = day("1944-01-01") + chrono::Duration::days(offset);
        let slow: Vec<_> = entities()
            .filter(|e| e.memberships().iter().any(|s| s.span.contains(on)))
            .map(|e| e.code())
            .collect();
        prop_assert_eq!(Membership::UNGA.members_on(on), &slow[..]);
        for entity in entities() {
            prop_assert_eq!(Membership::UNGA.is_member(entity.code(), on), slow.contains(&entity.code()));
        }
    }

    #[test]
    fn the_count_changes_only_on_listed_days(offset in 0_i64..32_000) {
        let on = day("1944-01-01") + chrono::Duration::days(offset);
        let listed = entities()
            .flat_map(|e| e.memberships())
            .any(|s| s.span.from == on || s.span.to == Some(on));
        if !listed {
            prop_assert_eq!(Membership::UNGA.members_on(on), Membership::UNGA.members_on(on.pred_opt().unwrap()));
        }
    }
}

#[test]
fn epochs_follow_one_another_without_a_gap() {
    let spans: Vec<_> = Membership::UNGA
        .epochs()
        .map(|epoch| epoch.span())
        .collect();
    assert!(
        spans
            .windows(2)
            .all(|pair| pair[0].to == Some(pair[1].from))
    );
    assert!(
        Membership::UNGA
            .epochs()
            .all(|epoch| epoch.members().is_sorted())
    );
    assert_eq!(spans.last().unwrap().to, None);
}

#[test]
fn every_membership_lies_within_a_life_of_its_state() {
    for entity in entities() {
        for spell in entity.memberships() {
            assert!(
                entity.exists_on(spell.span.from),
                "{entity:?} {}",
                spell.span
            );
            if let Some(to) = spell.span.to {
                assert!(
                    entity.exists_on(to.pred_opt().unwrap()),
                    "{entity:?} {}",
                    spell.span
                );
            }
        }
    }
}

#[test]
fn an_epoch_is_the_days_between_two_changes() {
    let first = Membership::UNGA.epoch_on(day("1945-10-23"));
    assert_eq!(
        (first.id(), first.count(), first.span().from),
        (0, 0, NaiveDate::MIN)
    );
    for (place, epoch) in Membership::UNGA.epochs().enumerate() {
        assert_eq!(usize::from(epoch.id()), place);
        assert_eq!(epoch.count(), epoch.members().len());
        let span = epoch.span();
        let days = [Some(span.from), span.to.and_then(|to| to.pred_opt())];
        for on in days.into_iter().flatten() {
            assert_eq!(
                (
                    Membership::UNGA.epoch_on(on),
                    Membership::UNGA.members_on(on)
                ),
                (epoch, epoch.members()),
                "{on}"
            );
            let changed = on == span.from && place > 0;
            assert_eq!(Membership::UNGA.changes_on(on).is_empty(), !changed, "{on}");
        }
        // Yugoslavia left and was admitted again within one day.
        let once = |c: &&MembershipChange| {
            epoch.changes().iter().filter(|o| o.code == c.code).count() == 1
        };
        for change in epoch.changes().iter().filter(once) {
            let before = span.from.pred_opt().unwrap();
            assert_eq!(epoch.contains(change.code), change.joined, "{change:?}");
            assert_eq!(
                Membership::UNGA.is_member(change.code, before),
                !change.joined,
                "{change:?}"
            );
        }
    }
    assert_eq!(
        Membership::UNGA.epochs().len(),
        Membership::UNGA.epochs().count()
    );
}

#[test]
fn spells_say_how_they_began() {
    let begins = |state: &str| -> Vec<_> {
        let spells = entity(code(state)).unwrap().memberships().iter();
        spells.map(|spell| spell.begins).collect()
    };
    assert_eq!(begins("FRA"), [MembershipStart::Original]);
    assert_eq!(begins("KOR"), [MembershipStart::Admitted]);
    assert_eq!(begins("RUS"), [MembershipStart::Continued]);
    assert_eq!(
        begins("SYR"),
        [MembershipStart::Original, MembershipStart::Resumed]
    );
    let since = |state: &str| {
        let since = entity(code(state)).unwrap().member_since();
        since.map(|on| on.to_string())
    };
    // As the list of Member States dates them.
    for (state, on) in [
        ("RUS", Some("1945-10-24")),
        ("SRB", Some("2000-11-01")),
        ("DEU", Some("1973-09-18")),
        ("SYR", Some("1945-10-24")),
        ("SSD", Some("2011-07-14")),
        ("VAT", None),
    ] {
        assert_eq!(since(state).as_deref(), on, "{state}");
    }
}

#[test]
fn observers_and_gaps_are_facts_of_their_own() {
    let of = |state: &str| entity(code(state)).unwrap();
    assert_eq!(of("VAT").observer_spells().len(), 1);
    assert!(of("FRA").observer_spells().is_empty());
    assert_eq!(
        of("ZAF").participation_gaps()[0].span.to,
        Some(day("1994-06-23"))
    );
    assert!(of("FRA").participation_gaps().is_empty());
}
