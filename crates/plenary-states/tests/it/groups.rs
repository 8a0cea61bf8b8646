//! Groups that users supply.

use chrono::NaiveDate;
use plenary_states::Groups;
use plenary_tables::{TableError, read_groups};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
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
