//! Who sat in the bodies of the United Nations, against attested figures.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use plenary_bodies::{Beginning, Body, Epoch, Reference, Roster, RosterRow, Status};
use plenary_states::{CodeSystem, Resolver, entity, holder_on};
use plenary_types::{Ballots, Choice, Date, Participant, Span};

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

fn who(text: &str) -> Participant {
    text.parse().unwrap()
}

fn body(id: &str) -> &'static Body {
    Reference::embedded().body(id).unwrap()
}

fn roster(id: &str) -> &'static Roster {
    body(id).roster().unwrap()
}

fn on(id: &str, day: NaiveDate) -> &'static Epoch {
    roster(id).epoch_on(day).unwrap()
}

fn count(id: &str, day: NaiveDate) -> usize {
    on(id, day).members().len()
}

fn texts(all: &[Participant]) -> Vec<&str> {
    all.iter().map(|who| who.as_str()).collect()
}

/// The first day, a middle day and the last day of a span, within the time of interest.
fn days_of(span: Span) -> [NaiveDate; 3] {
    let last = span.to.unwrap_or(day("2030-01-01")).pred_opt().unwrap();
    let half = (last - span.from).num_days() as u64 / 2;
    [span.from, span.from + Days::new(half), last]
}

fn memberships(id: &str) -> impl Iterator<Item = &'static RosterRow> {
    let rows = roster(id).rows().iter();
    rows.filter(|row| row.status.is_membership())
}

#[test]
fn year_end_counts_are_the_attested_ones() {
    let attested = YEAR_ENDS.iter().chain(&LATER);
    let mut expected = 0;
    for year in 1945..=2026 {
        if let Some((_, count)) = attested.clone().find(|(y, _)| *y == year) {
            expected = *count;
        }
        let found = count("unga", NaiveDate::from_ymd_opt(year, 12, 31).unwrap());
        println!("{year} {found}");
        assert_eq!(found, expected, "members at the end of {year}");
    }
}

#[test]
fn counts_inside_a_year_are_the_attested_ones() {
    for (on, expected) in [
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
        assert_eq!(count("unga", day(on)), expected, "{on}");
    }
}

#[test]
fn a_day_of_admissions_has_a_range_of_counts() {
    let range = |on: &str| roster("unga").count_range(Date::day(day(on))).unwrap();
    assert_eq!(range("1956-11-12"), 76..=79);
    assert_eq!(range("1956-11-13"), 79..=79);
    assert_eq!(range("1991-12-24"), 166..=166);
    assert_eq!(range("1990-10-03"), 159..=160);
}

#[test]
fn membership_and_participation_are_two_facts() {
    for (state, on_day, is_member, may_vote) in [
        ("YUG", "1992-09-21", true, true),
        ("YUG", "1992-09-22", true, false),
        ("YUG", "2000-10-31", true, false),
        ("YUG", "2000-11-01", true, true),
        ("ZAF", "1974-11-11", true, true),
        ("ZAF", "1974-11-12", true, false),
        ("ZAF", "1994-06-22", true, false),
        ("ZAF", "1994-06-23", true, true),
        // A suspension in one body does not extend to another.
        ("LBY", "2011-03-24", true, true),
        ("RUS", "2022-05-01", true, true),
        ("PSE", "2020-01-01", false, false),
        ("VAT", "2020-01-01", false, false),
    ] {
        let epoch = on("unga", day(on_day));
        let found = (epoch.is_member(who(state)), epoch.may_vote(who(state)));
        assert_eq!(found, (is_member, may_vote), "{state} on {on_day}");
    }
    let observers = texts(on("unga", day("2020-01-01")).others());
    assert!(observers.contains(&"PSE") && observers.contains(&"VAT"));
    assert!(!observers.contains(&"FRA"));
}

#[test]
fn a_suspension_belongs_to_a_body_and_leaves_a_seat_empty_until_it_is_filled() {
    for (body, on_day, expected) in [
        ("hrc", "2011-02-28", &[][..]),
        ("hrc", "2011-03-01", &["LBY"]),
        ("hrc", "2011-11-17", &["LBY"]),
        ("hrc", "2011-11-18", &[]),
        ("hrc", "2022-04-06", &[]),
        ("hrc", "2022-04-07", &["RUS"]),
        ("hrc", "2022-05-09", &["RUS"]),
        ("hrc", "2022-05-10", &[]),
        ("unga", "2011-03-01", &[]),
        ("unga", "1980-01-01", &["ZAF"]),
        ("unsc", "2011-03-01", &[]),
    ] {
        let found = on(body, day(on_day)).suspended();
        assert_eq!(texts(found), expected, "{body} on {on_day}");
    }
    // The seat is filled on the day of the election.
    for (on_day, members) in [("2022-05-09", 46), ("2022-05-10", 47)] {
        assert_eq!(count("hrc", day(on_day)), members, "{on_day}");
    }
}

#[test]
fn every_membership_lies_within_a_life_of_its_state() {
    for id in ["unga", "unsc", "hrc", "chr"] {
        for row in memberships(id) {
            let state = entity(row.who.unwrap().code().unwrap()).unwrap();
            for on in days_of(row.span) {
                assert!(state.exists_on(on), "{state:?} in {id} on {on}");
            }
        }
    }
}

#[test]
fn a_seat_is_held_by_one_state_on_every_day_of_its_membership() {
    for row in memberships("unga") {
        let member = entity(row.who.unwrap().code().unwrap()).unwrap();
        for on in days_of(row.span) {
            let heirs = [Some(member), member.continued_by(), member.continues()];
            for heir in heirs.into_iter().flatten().map(|heir| heir.code()) {
                let holder = Some(member.code());
                assert_eq!(holder_on(heir, on), holder, "{heir} on {on}");
                let of_roster = roster("unga").seat_holder_on(heir.into(), on);
                assert_eq!(of_roster, row.who, "{heir} on {on}");
            }
        }
    }
}

#[test]
fn spells_say_how_they_began() {
    let begins = |state: &str| -> Vec<_> {
        let rows = roster("unga").rows_of(who(state));
        rows.filter_map(|row| row.begins).collect()
    };
    assert_eq!(begins("FRA"), [Beginning::Original]);
    assert_eq!(begins("KOR"), [Beginning::Admitted]);
    assert_eq!(begins("RUS"), [Beginning::Continued]);
    assert_eq!(begins("SYR"), [Beginning::Original, Beginning::Resumed]);
    assert!(memberships("unga").all(|row| row.begins.is_some()));
    // What is continued is the seat of another, and that seat has no day without a holder.
    let continued = memberships("unga").filter(|row| row.begins == Some(Beginning::Continued));
    let mut seats = BTreeSet::new();
    for row in continued {
        let seat = row.seat.as_deref().unwrap();
        let before = roster("unga").holder_on(seat, row.span.from.pred_opt().unwrap());
        assert!(before.is_some() && before != row.who, "{row:?}");
        seats.insert(seat);
    }
    assert_eq!(Vec::from_iter(seats), ["ussr", "yugoslavia"]);
}

#[test]
fn the_council_has_eleven_members_and_then_fifteen_and_all_are_members_of_the_united_nations() {
    let horizon = roster("unsc").known_until().unwrap();
    let mut day_of = day("1946-01-17");
    while day_of < horizon {
        let council = on("unsc", day_of);
        let expected = if day_of < day("1966-01-01") { 11 } else { 15 };
        assert_eq!(council.members().len(), expected, "{day_of}");
        assert_eq!(council.permanent().len(), 5, "{day_of}");
        assert!(
            council
                .permanent()
                .iter()
                .all(|who| council.is_member(*who))
        );
        for member in council.members() {
            let is_member = on("unga", day_of).is_member(*member);
            assert!(is_member, "{member} on {day_of}");
        }
        day_of = day_of + Days::new(29);
    }
    // From the horizon on some are on record, and the body says that it does not know all.
    assert_eq!(count("unsc", horizon.pred_opt().unwrap()), 15);
    assert!((5..15).contains(&count("unsc", horizon)));
    assert_eq!(body("unsc").members_on(horizon), None);
    assert_eq!(body("unsc").members_on(day("1946-01-16")), None);
    assert_eq!(body("unga").count_on(horizon), Some(193));
}

#[test]
fn a_seat_in_the_council_changes_hands_on_its_day() {
    for (on_day, members, permanent) in [
        ("1946-01-16", 0, 0),
        ("1946-01-17", 11, 5),
        ("1965-12-31", 11, 5),
        ("1966-01-01", 15, 5),
    ] {
        let council = on("unsc", day(on_day));
        let found = (council.members().len(), council.permanent().len());
        assert_eq!(found, (members, permanent), "{on_day}");
    }
    for (on_day, seated, gone) in [("1991-12-23", "SUN", "RUS"), ("1991-12-24", "RUS", "SUN")] {
        let council = on("unsc", day(on_day));
        for members in [council.members(), council.permanent()] {
            let found = [seated, gone].map(|code| members.contains(&who(code)));
            assert_eq!(found, [true, false], "{on_day}");
        }
    }
}

#[test]
fn every_voter_in_the_council_sits_in_it_on_the_day() {
    let Some(path) = plenary_testing::shared("undl/library_sc_1946_1989.csv.zst") else {
        return;
    };
    let bytes = zstd::decode_all(&std::fs::read(path).unwrap()[..]).unwrap();
    let mut reader = csv::Reader::from_reader(&bytes[..]);
    let headings = reader.headers().unwrap().clone();
    let [code, date] = ["ms_code", "date"].map(|name| {
        let mut headings = headings.iter();
        headings.position(|heading| heading == name).unwrap()
    });
    let rows = reader.records().map(Result::unwrap);
    let voters: BTreeSet<_> = rows
        .map(|row| (row[code].to_owned(), row[date].to_owned()))
        .collect();
    assert!(voters.len() > 1000, "{}", voters.len());
    for (code, date) in voters {
        let codes = Resolver::new().codes(CodeSystem::Undl).on(day(&date));
        let voter = codes.resolve(&code).unwrap();
        let is_member = on("unsc", day(&date)).is_member(voter.into());
        assert!(is_member, "{code} on {date}");
    }
}

#[test]
fn admissions_inside_one_day_keep_their_order() {
    let order = |on_day: &str| {
        let rows = memberships("unga").filter(|row| row.span.from == day(on_day));
        let mut rows: Vec<_> = rows.collect();
        rows.sort_by_key(|row| row.order);
        rows.iter()
            .map(|row| row.who.unwrap().as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(order("1956-11-12"), ["SDN", "MAR", "TUN"]);
    assert_eq!(order("1960-09-20").first(), Some(&"CMR"));
    assert_eq!(order("1960-09-20").len(), 14);
    assert_eq!(order("1956-11-13"), [""; 0]);
}

#[test]
fn epochs_follow_one_another_without_a_gap_and_agree_with_the_rows_read_one_by_one() {
    for id in ["unga", "unsc", "hrc"] {
        let spans: Vec<_> = roster(id).epochs().map(Epoch::span).collect();
        assert!(spans.len() > 20, "{id}");
        let mut pairs = spans.windows(2);
        assert!(pairs.all(|pair| pair[0].to == Some(pair[1].from)), "{id}");
        assert_eq!(spans.first().unwrap().from, NaiveDate::MIN);
        assert_eq!(spans.last().unwrap().to, None);
        for span in spans {
            let last = span
                .to
                .map_or(day("2030-01-01"), |to| to.pred_opt().unwrap());
            let seated = |day| memberships(id).filter(move |row| row.span.contains(day));
            let suspended = on(id, last).suspended();
            let mut slow: Vec<_> = seated(last).map(|row| row.who.unwrap()).collect();
            slow.sort_unstable();
            slow.dedup();
            let voters: Vec<_> = slow.iter().filter(|who| !suspended.contains(who)).collect();
            assert_eq!(Vec::from_iter(on(id, last).voters()), voters, "{id} {last}");
            let of_first = on(id, span.from.max(day("1900-01-01")));
            assert!(span.from == NaiveDate::MIN || std::ptr::eq(of_first, on(id, last)));
        }
    }
}

/// As the United Nations' page on the regional groups counts them, Kiribati with Asia-Pacific and the United States
/// with the Western ones.
#[test]
fn every_member_is_in_one_regional_group() {
    let regions = Reference::embedded().scheme("un-regional").unwrap();
    let on_day = day("2018-12-19");
    let mut all = Vec::new();
    for (group, count) in [
        ("african", 54),
        ("asia-pacific", 54),
        ("eastern-european", 23),
        ("latin-american-caribbean", 33),
        ("western-european-others", 29),
    ] {
        let members = regions.members_on(group, on_day);
        assert_eq!(members.len(), count, "{group}");
        assert!(members.is_sorted());
        for who in &members {
            assert_eq!(regions.group_on(*who, on_day), Some(group), "{who}");
        }
        all.extend(members);
    }
    all.sort_unstable();
    assert_eq!(all, on("unga", on_day).members());
    assert_eq!(regions.group_on(who("VAT"), on_day), None);
    assert!(regions.members_on("Oceania", on_day).is_empty());
    // The groups begin when the Assembly first elected by them.
    assert_eq!(regions.group_on(who("FRA"), day("1963-12-31")), None);
}

#[test]
fn regional_groups_are_known_by_identifier_name_and_initials() {
    let regions = Reference::embedded().scheme("un-regional").unwrap();
    for (group, names) in [
        ("african", "African|Africa|African States|AG"),
        (
            "asia-pacific",
            "Asia-Pacific|Asian Group|Asia and the Pacific|APG",
        ),
        (
            "eastern-european",
            "Eastern European|eastern european states|Eastern Europe|EEG",
        ),
        (
            "latin-american-caribbean",
            "Latin American and Caribbean|Latin America and the Caribbean|Latin America & Caribbean|GRULAC",
        ),
        (
            "western-european-others",
            "Western European and Others|Western European and other States|Western Europe and Others|WEOG",
        ),
    ] {
        for name in names.split('|').chain([group]) {
            assert_eq!(regions.group_called(name), Some(group), "{name}");
        }
        assert_eq!(names.split('|').next(), Some(regions.title_of(group)));
    }
    for name in ["Oceania", "", "-", "States", "Europe"] {
        assert_eq!(regions.group_called(name), None, "{name}");
    }
    // A scheme without a file of names has its identifiers.
    assert_eq!(regions.title_of("nordic"), "nordic");
}

#[test]
fn the_rows_of_suspensions_lie_over_memberships() {
    let mut found = 0;
    for id in ["unga", "unsc", "hrc", "chr"] {
        let rows = roster(id).rows().iter();
        for row in rows.filter(|row| row.status == Status::Suspended) {
            let mut spells = roster(id).rows_of(row.who.unwrap());
            let lies_over = |spell: &RosterRow| {
                spell.status.is_membership()
                    && spell.span.from <= row.span.from
                    && spell
                        .span
                        .to
                        .is_none_or(|end| row.span.to.is_some_and(|to| to <= end))
            };
            assert!(spells.any(lies_over), "{row:?}");
            found += 1;
        }
    }
    assert_eq!(found, 4);
}

#[test]
fn every_other_code_of_a_seat_means_its_holder_and_has_its_vote() {
    let reference = Reference::embedded();
    let mut pairs = BTreeSet::new();
    for body in reference.bodies() {
        let Some(own) = body.roster() else { continue };
        let parent = reference.parent_of(body).and_then(|parent| parent.roster());
        let seats = [Some(own), parent].into_iter().flatten();
        for holders in seats.flat_map(|roster| roster.successions()) {
            for (one, other) in holders
                .iter()
                .flat_map(|one| holders.iter().map(move |other| (*one, *other)))
            {
                let rows = own.rows_of(one).filter(|row| row.status.is_membership());
                for row in rows.filter(|_| one != other) {
                    // Beyond the days about a doubtful one on which both are right.
                    let day = row.span.from + Days::new(70);
                    let electorate = body.electorate(day.into()).unwrap();
                    if !electorate.is_closed
                        || electorate.may_list(other)
                        || !electorate.must_list(one)
                    {
                        continue;
                    }
                    let told = format!("{other} for {one} in {} on {day}", body.id());
                    assert_eq!(electorate.holder_of(other), Some(one), "{told}");
                    assert_eq!(electorate.holder_of(one), None, "{told}");
                    let counted = |listed: &[Participant]| {
                        let list = listed.iter().map(|who| (*who, Choice::Yes));
                        body.counted_list(&Ballots::from_participants(list), day.into())
                    };
                    let read = counted(&[other]).unwrap();
                    assert_eq!(
                        (read.ballots.choice_of(one), &*read.left_out),
                        (Some(Choice::Yes), &[][..]),
                        "{told}"
                    );
                    let both = counted(&[other, one]).unwrap();
                    assert_eq!(
                        (both.ballots.tally().yes, &*both.left_out),
                        (1, &[other][..]),
                        "{told}"
                    );
                    pairs.insert((one, other));
                }
            }
        }
    }
    let pairs: Vec<_> = pairs
        .iter()
        .map(|(one, other)| format!("{one} {other}"))
        .collect();
    let expected = [
        "RUS SUN", "SCG SRB", "SCG YUG", "SRB SCG", "SRB YUG", "SUN RUS", "YUG SCG", "YUG SRB",
    ];
    assert_eq!(pairs, expected);
}

#[test]
fn two_other_codes_of_one_seat_have_one_vote() {
    let assembly = Reference::embedded().body("unga").unwrap();
    let list = ["YUG", "SRB"].map(|code| (code.parse().unwrap(), Choice::Yes));
    let counted = assembly.counted_list(
        &Ballots::from_participants(list),
        "2004-11-20".parse().unwrap(),
    );
    let counted = counted.unwrap();
    assert_eq!(counted.ballots.tally().yes, 1);
    assert_eq!(counted.left_out, ["SRB".parse().unwrap()]);
}

#[test]
fn a_code_that_the_file_of_a_body_names_means_its_member_on_its_days() {
    let council = Reference::embedded().body("unsc").unwrap();
    let holder = |day: &str| {
        let electorate = council.electorate(day.parse().unwrap()).unwrap();
        electorate.holder_of("TWN".parse::<Participant>().unwrap())
    };
    assert_eq!(holder("1960-05-05"), "CHN".parse().ok());
    assert_eq!(holder("1980-05-05"), None);
}
