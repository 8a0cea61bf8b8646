//! Numbers that follow the dates: meetings of one series, and resolutions of a series that runs on.

use chrono::NaiveDate;
use plenary_types::{Citation, Date, Decision, Series, Symbol};

/// A meeting that a decision cites: the series of its record and its number in it.
///
/// `None` for a resumed or corrected record, and for one of another session than the decision's, which is a fault of its
/// own (`meeting-session-mismatch`).
pub(crate) fn cited<'a>(
    decision: &'a Decision,
    resolution: Option<&Symbol>,
) -> Option<(&'a str, u32)> {
    let meeting = decision.meeting.as_ref().and_then(Citation::symbol)?;
    let session = decision
        .session
        .or_else(|| resolution.and_then(Symbol::session));
    let elsewhere = matches!((meeting.session(), session), (Some(a), Some(b)) if a != b);
    let whole = meeting.modifiers().is_empty() && !elsewhere;
    let of_meeting = matches!(meeting.series(), Series::Verbatim | Series::Summary);
    let number = meeting.number().filter(|_| whole && of_meeting)?;
    Some((series(meeting.normal()), number))
}

/// What precedes the number: `A/33/PV.` of `A/33/PV.84`.
pub(crate) fn series(normal: &str) -> &str {
    normal.trim_end_matches(|c: char| c.is_ascii_digit())
}

/// Whether two dates cannot be of one meeting, which may run past midnight.
pub(crate) fn apart(a: Date, b: Date) -> bool {
    let days = |from: Date, to: Date| {
        to.earliest()
            .signed_duration_since(from.latest())
            .num_days()
    };
    days(a, b).max(days(b, a)) > 1
}

/// A number with the date that so many records give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Point {
    pub(crate) number: u32,
    pub(crate) day: NaiveDate,
    pub(crate) records: u32,
}

/// A series is out of order as a whole when more than one in so many of its numbers is, and it has so many.
const ONE_IN: usize = 10;
const FEWEST: usize = 30;

/// The places of the points that are out of order: the fewest records without which the dates follow the numbers. The points
/// are sorted by number, each number once.
///
/// Where either of two points could be the one in the wrong, it is the one that lies further from where its number falls
/// between the neighbours of both. Where a series is out of order as a whole, there is no telling.
pub(crate) fn out_of_order(points: &[Point]) -> Vec<usize> {
    let mut kept = longest_in_order(points);
    let doubtful: Vec<_> = (0..points.len()).filter(|at| !kept[*at]).collect();
    if points.len() >= FEWEST && doubtful.len() * ONE_IN > points.len() {
        return Vec::new();
    }
    for at in doubtful {
        settle(points, &mut kept, at);
    }
    (0..points.len()).filter(|at| !kept[*at]).collect()
}

/// Which points belong to the sequence in order that the most records bear out.
fn longest_in_order(points: &[Point]) -> Vec<bool> {
    let mut days: Vec<_> = points.iter().map(|point| point.day).collect();
    days.sort_unstable();
    days.dedup();
    // The best sequence that ends on a day or before, as a tree of prefix maxima: its records and its last point.
    let mut best = vec![(0u32, None); days.len() + 1];
    let mut before = vec![None; points.len()];
    for (at, point) in points.iter().enumerate() {
        let rank = days.partition_point(|day| *day <= point.day);
        let (records, last) = prefix_best(&best, rank);
        before[at] = last;
        let own = (records + point.records, Some(at));
        let mut node = rank;
        while let Some(cell) = best.get_mut(node) {
            if cell.0 < own.0 {
                *cell = own;
            }
            node += node & node.wrapping_neg();
        }
    }
    let mut kept = vec![false; points.len()];
    let mut next = prefix_best(&best, days.len()).1;
    while let Some(at) = next {
        kept[at] = true;
        next = before[at];
    }
    kept
}

fn prefix_best(best: &[(u32, Option<usize>)], rank: usize) -> (u32, Option<usize>) {
    let (mut found, mut node) = ((0, None), rank);
    while node > 0 {
        let cell = best[node];
        if cell.0 > found.0 {
            found = cell;
        }
        node &= node - 1;
    }
    found
}

/// Puts a point back in place of those that it contradicts, when they are no better attested and lie further off.
fn settle(points: &[Point], kept: &mut [bool], at: usize) {
    let against = contradicting(points, kept, at);
    let records: u32 = against.iter().map(|other| points[*other].records).sum();
    if records > points[at].records {
        return;
    }
    let (Some(first), Some(last)) = (against.first(), against.last()) else {
        return;
    };
    let low = (0..*first.min(&at)).rev().find(|other| kept[*other]);
    let high = (last.max(&at) + 1..points.len()).find(|other| kept[*other]);
    let (Some(low), Some(high)) = (low, high) else {
        return;
    };
    let off = |place: usize| distance(points[low], points[high], points[place]);
    if against.iter().all(|other| off(*other) > off(at)) {
        against.iter().for_each(|other| kept[*other] = false);
        kept[at] = true;
    }
}

/// The kept points that a point is out of order with, in order.
fn contradicting(points: &[Point], kept: &[bool], at: usize) -> Vec<usize> {
    let day = points[at].day;
    let earlier = (0..at).filter(|other| kept[*other] && points[*other].day > day);
    let later = (at + 1..points.len()).filter(|other| kept[*other] && points[*other].day < day);
    earlier.chain(later).collect()
}

/// How many days a point lies from where its number falls between two others.
pub(crate) fn distance(low: Point, high: Point, point: Point) -> f64 {
    let days = |to: NaiveDate| to.signed_duration_since(low.day).num_days() as f64;
    let share = f64::from(point.number.saturating_sub(low.number))
        / f64::from(high.number.saturating_sub(low.number).max(1));
    (days(point.day) - share * days(high.day)).abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(rows: &[(u32, &str, u32)]) -> Vec<Point> {
        let point = |(number, day, records): &(u32, &str, u32)| Point {
            number: *number,
            day: day.parse().unwrap(),
            records: *records,
        };
        rows.iter().map(point).collect()
    }

    #[test]
    fn the_fewest_records_are_out_of_order() {
        let rows = [
            (2145, "1979-05-30", 1),
            (2149, "1979-06-14", 1),
            (2150, "1979-01-15", 1),
            (2159, "1979-07-20", 1),
        ];
        assert_eq!(out_of_order(&points(&rows)), [2]);
        assert_eq!(out_of_order(&points(&rows[..2])), Vec::<usize>::new());
        assert_eq!(out_of_order(&[]), Vec::<usize>::new());
    }

    #[test]
    fn ties_are_settled_by_the_neighbours() {
        let late = [
            (608, "1956-12-04", 1),
            (612, "1956-12-07", 1),
            (618, "1956-12-04", 1),
            (619, "1956-12-13", 1),
        ];
        assert_eq!(out_of_order(&points(&late)), [2]);
        let early = [
            (608, "1956-12-04", 1),
            (609, "1956-12-12", 1),
            (615, "1956-12-10", 1),
            (619, "1956-12-13", 1),
        ];
        assert_eq!(out_of_order(&points(&early)), [1]);
    }

    #[test]
    fn more_records_outweigh_fewer() {
        let rows = [
            (10, "2000-05-09", 1),
            (11, "2000-05-02", 3),
            (12, "2000-05-03", 1),
        ];
        assert_eq!(out_of_order(&points(&rows)), [0]);
        let rows = [
            (10, "2000-05-09", 3),
            (11, "2000-05-02", 1),
            (12, "2000-05-10", 1),
        ];
        assert_eq!(out_of_order(&points(&rows)), [1]);
        // The better attested one is believed although it lies further from where its number falls.
        let rows = [
            (608, "1956-12-04", 1),
            (609, "1956-12-12", 2),
            (615, "1956-12-10", 1),
            (619, "1956-12-13", 1),
        ];
        assert_eq!(out_of_order(&points(&rows)), [2]);
    }

    #[test]
    fn numbers_of_one_day_do_not_contradict_each_other() {
        let rows = [
            (1, "2000-05-10", 1),
            (2, "2000-05-12", 1),
            (3, "2000-05-10", 1),
            (4, "2000-05-11", 1),
        ];
        let points = points(&rows);
        let against = |at: usize| contradicting(&points, &[true; 4], at);
        assert_eq!([against(0), against(1)], [vec![], vec![2, 3]]);
        assert_eq!([against(2), against(3)], [vec![1], vec![1]]);
    }

    #[test]
    fn of_two_that_lie_as_far_off_the_one_that_is_met_first_is_believed() {
        let rows = [
            (600, "1956-12-01", 1),
            (610, "1956-12-21", 1),
            (620, "1956-12-11", 1),
            (630, "1956-12-31", 1),
        ];
        assert_eq!(out_of_order(&points(&rows)), [2]);
        // At the end of a series nothing settles it, and the last number is doubted.
        assert_eq!(out_of_order(&points(&rows[..3])), [2]);
    }

    /// A series with a number a day, in which every sixth number up to so many has a day of the year before.
    fn series_of(numbers: u32, wrong: u32) -> Vec<Point> {
        let first: NaiveDate = "1980-01-01".parse().unwrap();
        let late: Vec<u32> = (1..=wrong).map(|n| 6 * n).collect();
        let point = |number: u32| {
            let days = u64::from(number) + if late.contains(&number) { 0 } else { 400 };
            Point {
                number,
                day: first.checked_add_days(chrono::Days::new(days)).unwrap(),
                records: 1,
            }
        };
        (0..numbers).map(point).collect()
    }

    #[test]
    fn a_series_out_of_order_as_a_whole_is_left_alone() {
        for (numbers, wrong, found) in [(30, 3, 3), (30, 4, 0), (29, 4, 4), (40, 4, 4), (41, 5, 0)]
        {
            let series = series_of(numbers, wrong);
            assert_eq!(out_of_order(&series).len(), found, "{wrong} of {numbers}");
        }
    }

    #[test]
    fn a_meeting_may_end_on_the_next_day() {
        for (a, b, expected) in [
            ("1978-12-14", "1978-12-14", false),
            ("1978-12-14", "1978-12-15", false),
            ("1978-12-14", "1978-12-16", true),
            ("1978-12-14", "1978-12", false),
            ("1978-11-30", "1978-12", false),
            ("1978-11-29", "1978-12", true),
            ("1979", "1977", true),
        ] {
            let [a, b] = [a, b].map(|date| date.parse().unwrap());
            assert_eq!((apart(a, b), apart(b, a)), (expected, expected), "{a} {b}");
        }
    }

    #[test]
    fn a_day_is_held_against_where_its_number_falls() {
        let rows = [
            (10, "2000-01-01", 1),
            (15, "2000-03-01", 1),
            (20, "2000-04-10", 1),
            (5, "2000-01-31", 1),
        ];
        let [low, middle, high, before] = points(&rows)[..] else {
            panic!("four points");
        };
        // The numbers are ten and the days a hundred apart: number 15 falls on 20 February.
        for (point, days) in [(low, 0.0), (middle, 10.0), (high, 0.0), (before, 30.0)] {
            assert!(
                (distance(low, high, point) - days).abs() < 1e-9,
                "{point:?}"
            );
        }
        // Of numbers that do not differ, the first day counts.
        assert!((distance(low, low, middle) - 60.0).abs() < 1e-9);
    }

    fn cited_by(meeting: &str, session: Option<&str>, resolution: &str) -> Option<(String, u32)> {
        let decision = Decision {
            meeting: Some(Citation::new(meeting)),
            session: session.map(|session| session.parse().unwrap()),
            ..Decision::default()
        };
        let resolution = Citation::new(resolution);
        let (series, number) = cited(&decision, resolution.symbol())?;
        Some((series.to_owned(), number))
    }

    #[test]
    fn only_whole_records_of_meetings_of_the_session_have_a_place_in_their_series() {
        for (meeting, session, resolution, expected) in [
            ("A/33/PV.84", None, "A/RES/33/48", Some(("A/33/PV.", 84))),
            ("A/33/PV.84", None, "A/RES/34/48", None),
            ("A/33/PV.84", Some("34"), "A/RES/33/48", None),
            (
                "A/33/PV.84",
                Some("33"),
                "A/RES/34/48",
                Some(("A/33/PV.", 84)),
            ),
            ("A/33/PV.84", None, "", Some(("A/33/PV.", 84))),
            ("S/PV.2150", None, "S/RES/451(1979)", Some(("S/PV.", 2150))),
            ("S/PV.2150(Resumption1)", None, "S/RES/451(1979)", None),
            ("A/C.3/33/SR.9", None, "", Some(("A/C.3/33/SR.", 9))),
            ("A/33/L.84", None, "A/RES/33/48", None),
            ("A/33/84", None, "A/RES/33/48", None),
        ] {
            let expected = expected.map(|(series, number)| (series.to_owned(), number));
            assert_eq!(
                cited_by(meeting, session, resolution),
                expected,
                "{meeting}"
            );
        }
        assert_eq!(cited(&Decision::default(), None), None);
    }

    proptest::proptest! {
        #[test]
        fn the_sequence_kept_is_in_order_and_none_has_more_records(
            rows in proptest::collection::vec((0u64..12, 1u32..5), 0..14),
        ) {
            let first: NaiveDate = "1980-01-01".parse().unwrap();
            let point = |(at, (days, records)): (usize, &(u64, u32))| Point {
                number: at as u32,
                day: first.checked_add_days(chrono::Days::new(*days)).unwrap(),
                records: *records,
            };
            let points: Vec<_> = rows.iter().enumerate().map(point).collect();
            let kept = longest_in_order(&points);
            let kept: Vec<_> = points.iter().zip(kept).filter(|(_, kept)| *kept).map(|(p, _)| p).collect();
            proptest::prop_assert!(kept.windows(2).all(|pair| pair[0].day <= pair[1].day));
            // The most that a sequence ending with each point can have.
            let mut most: Vec<u32> = Vec::new();
            for (at, point) in points.iter().enumerate() {
                let before = (0..at).filter(|other| points[*other].day <= point.day);
                most.push(point.records + before.map(|other| most[other]).max().unwrap_or(0));
            }
            let records: u32 = kept.iter().map(|point| point.records).sum();
            proptest::prop_assert_eq!(records, most.into_iter().max().unwrap_or(0));
        }
    }

    #[test]
    fn a_series_is_what_precedes_the_number() {
        for (normal, expected) in [("A/33/PV.84", "A/33/PV."), ("S/PV.2", "S/PV."), ("", "")] {
            assert_eq!(series(normal), expected);
        }
    }
}
