//! The Security Council over time, and groups that users supply.

use chrono::{Days, NaiveDate};
use plenary_states::{
    CodeSystem, Groups, changes_on, council_horizon, council_on, is_member, permanent_members_on,
    resolve_code,
};

use crate::shared;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn the_council_has_eleven_members_and_then_fifteen_and_all_are_members_of_the_united_nations() {
    let mut on = day("1946-01-17");
    while on < council_horizon() {
        let members = council_on(on);
        let expected = if on < day("1966-01-01") { 11 } else { 15 };
        assert_eq!(members.len(), expected, "{on}");
        assert_eq!(permanent_members_on(on).len(), 5, "{on}");
        assert!(
            permanent_members_on(on)
                .iter()
                .all(|code| members.contains(code))
        );
        for member in members {
            assert!(is_member(*member, on), "{member} on {on}");
        }
        on = on + Days::new(29);
    }
    assert!(council_on(day("1946-01-16")).is_empty());
}

#[test]
fn every_voter_in_the_council_sits_in_it_on_the_day() {
    let Some(bytes) = shared::file("undl/library_sc_1946_1989.csv.zst") else {
        return;
    };
    for row in shared::distinct(&bytes, &["ms_code", "date"]) {
        let on = day(&row[1]);
        let code = resolve_code(CodeSystem::Undl, &row[0], Some(on)).unwrap();
        assert!(council_on(on).contains(&code), "{code} on {on}");
    }
}

#[test]
fn admissions_inside_one_day_keep_their_order() {
    let order = |on| {
        changes_on(day(on))
            .iter()
            .map(|c| c.code.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(order("1956-11-12"), ["SDN", "MAR", "TUN"]);
    assert_eq!(order("1960-09-20").first().map(String::as_str), Some("CMR"));
    assert_eq!(order("1960-09-20").len(), 14);
    assert_eq!(order("1956-11-13"), Vec::<String>::new());
}

#[test]
fn groups_are_dated_and_their_errors_name_the_line() {
    let csv = "\u{feff}Group,Member,From,To,Note\nexample,Zaire,1971-10-27,1997-05-17,x\nexample, FRA ,,,\n";
    let groups = Groups::read(csv.as_bytes()).unwrap();
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
            "line 3: `Korea` is not one state (it may be KOR, PRK)",
        ),
        ("group,member\n,FRA\n", "line 2: the group has no name"),
        (
            "group,member,from\nx,FRA,1990\n",
            "line 2: `1990` in column `from`",
        ),
        (
            "group,member,from,to\nx,FRA,1990-01-01,1980-01-01\n",
            "line 2: the days end on 1980-01-01",
        ),
    ] {
        let error = Groups::read(csv.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
    assert!(Groups::read(&b"group,member\n\xff\xfe,FRA\n"[..]).is_err());
}
