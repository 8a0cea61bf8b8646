//! The Security Council over time, and groups that users supply.

use chrono::{Days, NaiveDate};
use plenary_states::{
    CodeSystem, Groups, Membership, RegionalGroup, Resolver, body_members_on, group_members_on,
    regional_group_on,
};
use plenary_tables::{TableError, read_groups};
use plenary_types::BodyId;

use crate::shared;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn the_council_has_eleven_members_and_then_fifteen_and_all_are_members_of_the_united_nations() {
    let mut on = day("1946-01-17");
    while on < Membership::UNSC.horizon().unwrap() {
        let members = Membership::UNSC.members_on(on);
        let expected = if on < day("1966-01-01") { 11 } else { 15 };
        assert_eq!(members.len(), expected, "{on}");
        assert_eq!(Membership::UNSC.permanent_members_on(on).len(), 5, "{on}");
        assert!(
            Membership::UNSC
                .permanent_members_on(on)
                .iter()
                .all(|code| members.contains(code))
        );
        for member in members {
            assert!(Membership::UNGA.is_member(*member, on), "{member} on {on}");
        }
        on = on + Days::new(29);
    }
    assert!(Membership::UNSC.members_on(day("1946-01-16")).is_empty());
}

#[test]
fn every_voter_in_the_council_sits_in_it_on_the_day() {
    let Some(bytes) = shared::file("undl/library_sc_1946_1989.csv.zst") else {
        return;
    };
    for row in shared::distinct(&bytes, &["ms_code", "date"]) {
        let on = day(&row[1]);
        let code = Resolver::new()
            .codes(CodeSystem::Undl)
            .on(on)
            .resolve(&row[0])
            .unwrap();
        assert!(
            Membership::UNSC.members_on(on).contains(&code),
            "{code} on {on}"
        );
    }
}

#[test]
fn admissions_inside_one_day_keep_their_order() {
    let order = |on| {
        Membership::UNGA
            .changes_on(day(on))
            .iter()
            .map(|c| c.code.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(order("1956-11-12"), ["SDN", "MAR", "TUN"]);
    assert_eq!(order("1960-09-20").first().map(String::as_str), Some("CMR"));
    assert_eq!(order("1960-09-20").len(), 14);
    assert_eq!(order("1956-11-13"), Vec::<String>::new());
}

fn read(csv: &(impl AsRef<[u8]> + ?Sized)) -> Result<Groups, TableError> {
    read_groups(csv, Groups::participant).map(Groups::new)
}

#[test]
fn groups_are_dated_and_their_errors_name_the_line() {
    let csv = "\u{feff}Group,Member,From,To,Note\nexample,Zaire,1971-10-27,1997-05-17,x\nexample, FRA ,,,\n";
    let groups = read(csv).unwrap();
    let on = |date| {
        groups
            .members_on("example", day(date))
            .map(|c| c.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(on("1980-01-01"), ["COD", "FRA"]);
    assert_eq!(on("2000-01-01"), ["FRA"]);
    assert_eq!(groups.members_on("other", day("2000-01-01")).count(), 0);
    for (csv, words) in [
        ("group,who\nx,FRA\n", "`member`"),
        (
            "group,member\nx,FRA\nx,Korea\n",
            "line 3, member: `Korea` is not one participant (it may be KOR, PRK)",
        ),
        (
            "group,member\n,FRA\n",
            "line 2, group: the group has no name",
        ),
        (
            "group,member,from\nx,FRA,1990\n",
            "line 2, from: `1990` is not a date",
        ),
        (
            "group,member,from\nx,FRA,1990-01-01T12:00:00Z\n",
            "line 2, from: `1990-01-01T12:00:00Z` is not a date",
        ),
        (
            "group,member,from,to\nx,FRA,1990-01-01,1980-01-01\n",
            "line 2, to: the days end on 1980-01-01",
        ),
    ] {
        let error = read(csv).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
    let midnight = "group,member,from,to\nx,FRA,1990-01-01 00:00:00,1991-01-01T00:00:00Z\n";
    let midnight = read(midnight).unwrap();
    for (on, members) in [
        ("1989-12-31", 0),
        ("1990-01-01", 1),
        ("1990-12-31", 1),
        ("1991-01-01", 0),
    ] {
        assert_eq!(midnight.members_on("x", day(on)).count(), members, "{on}");
    }
    assert!(read(&b"group,member\n\xff\xfe,FRA\n"[..]).is_err());
}

#[test]
fn a_seat_in_the_council_changes_hands_on_its_day() {
    for (on, members, permanent) in [
        ("1946-01-16", 0, 0),
        ("1946-01-17", 11, 5),
        ("1965-12-31", 11, 5),
        ("1966-01-01", 15, 5),
    ] {
        assert_eq!(Membership::UNSC.members_on(day(on)).len(), members, "{on}");
        assert_eq!(
            Membership::UNSC.permanent_members_on(day(on)).len(),
            permanent,
            "{on}"
        );
    }
    for (on, seated, gone) in [("1991-12-23", "SUN", "RUS"), ("1991-12-24", "RUS", "SUN")] {
        let codes = [seated, gone].map(|code| code.parse().unwrap());
        for members in [
            Membership::UNSC.members_on(day(on)),
            Membership::UNSC.permanent_members_on(day(on)),
        ] {
            assert_eq!(
                codes.map(|code| members.contains(&code)),
                [true, false],
                "{on}"
            );
        }
    }
}

#[test]
fn bodies_are_on_record_as_long_as_somebody_wrote_them_down() {
    let horizon = Membership::UNSC.horizon().unwrap();
    let last = horizon.pred_opt().unwrap();
    assert_eq!(Membership::UNSC.members_on(last).len(), 15);
    assert!(Membership::UNSC.members_on(horizon).len() < 15);
    for on in [day("1945-10-24"), last, horizon] {
        assert_eq!(
            body_members_on(&BodyId::UNGA, on),
            Some(Membership::UNGA.members_on(on))
        );
        let council = (on < horizon).then(|| Membership::UNSC.members_on(on));
        assert_eq!(body_members_on(&BodyId::UNSC, on), council, "{on}");
        assert_eq!(body_members_on(&BodyId::HRC, on), None);
    }
}

/// As the United Nations' page on the regional groups counts them, Kiribati with Asia-Pacific and the United States
/// with the Western ones.
#[test]
fn every_member_is_in_one_regional_group() {
    let on = day("2018-12-19");
    let counts = [54, 54, 23, 33, 29];
    for (group, count) in RegionalGroup::ALL.into_iter().zip(counts) {
        // The table keeps states of the past without an end of their days in a group.
        let listed = group_members_on(group.as_str(), on)
            .filter(|code| Membership::UNGA.is_member(*code, on));
        let listed: Vec<_> = listed.collect();
        assert_eq!(listed.len(), count, "{group}");
        assert!(listed.is_sorted());
        for code in listed {
            assert_eq!(regional_group_on(code, on), Some(group), "{code}");
        }
    }
    assert_eq!(Membership::UNGA.members_on(on).len(), counts.iter().sum());
    assert_eq!(regional_group_on("VAT".parse().unwrap(), on), None);
    assert_eq!(group_members_on("Oceania", on).count(), 0);
}

#[test]
fn a_group_may_end_on_the_day_it_begins_and_names_are_read_at_their_day() {
    let csv =
        "group,member,from,to\nx,Zaire,,\nx,Russia,1980-01-01,1980-01-01\ny,Germany,1995-01-01,\n";
    let groups = read(csv).unwrap();
    assert_eq!(groups.names().collect::<Vec<_>>(), ["x", "y"]);
    let on = |group, on| -> Vec<_> {
        let members = groups.members_on(group, day(on));
        members.map(|code| code.to_string()).collect()
    };
    assert_eq!(on("x", "1980-01-01"), ["COD"]);
    assert_eq!(on("y", "1995-01-01"), ["DEU"]);
    assert_eq!(on("y", "1994-12-31"), Vec::<String>::new());
}
