//! Two sources of the same votes, differing on purpose in one way at a time.

use std::fmt::Write;

use plenary_compare::{Comparison, Difference, DifferenceKind, Pattern, PatternKind, VoteList};
use plenary_import::{Options, read, read_bytes};
use plenary_types::Session;
use proptest::prelude::*;

use crate::compare;

/// A table of votes of session 36 that the tests then change.
#[derive(Clone, Debug)]
struct Votes(Vec<Vote>);

#[derive(Clone, Debug)]
struct Vote {
    symbol: String,
    date: String,
    meeting: String,
    yes: Option<u32>,
    members: Option<u32>,
    ballots: Vec<(String, char)>,
}

const STATES: [&str; 24] = [
    "ARGENTINA",
    "AUSTRALIA",
    "AUSTRIA",
    "BELGIUM",
    "BELIZE",
    "BHUTAN",
    "BRAZIL",
    "CANADA",
    "CHILE",
    "COLOMBIA",
    "CUBA",
    "DENMARK",
    "EGYPT",
    "FINLAND",
    "FRANCE",
    "GHANA",
    "GREECE",
    "HUNGARY",
    "INDIA",
    "IRAQ",
    "IRELAND",
    "ISRAEL",
    "ITALY",
    "JAPAN",
];

/// Votes in which no two states agree throughout and no two votes are alike.
fn votes(count: usize) -> Votes {
    let letter =
        |state: usize, vote: usize| ['Y', 'N', 'A'][(state * (vote + 3) + state / 3 + vote) % 3];
    let vote = |at: usize| Vote {
        symbol: format!("A/RES/36/{}", at + 1),
        date: format!("1981-12-{:02}", at % 28 + 1),
        meeting: format!("A/36/PV.{}", at + 80),
        yes: None,
        members: None,
        ballots: STATES
            .iter()
            .enumerate()
            .map(|(s, name)| ((*name).to_owned(), letter(s, at)))
            .collect(),
    };
    Votes((0..count).map(vote).collect())
}

impl Votes {
    fn csv(&self) -> String {
        let mut text =
            "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,meeting,total_yes,total_ms\n"
                .to_owned();
        for (id, vote) in self.0.iter().enumerate() {
            let Vote {
                symbol,
                date,
                meeting,
                yes,
                members,
                ballots,
            } = vote;
            let [yes, members] =
                [yes, members].map(|total| total.map_or_else(String::new, |t| t.to_string()));
            for (name, letter) in ballots {
                writeln!(
                    text,
                    "{id},,{name},{letter},{date},36,{symbol},{meeting},{yes},{members}"
                )
                .unwrap();
            }
        }
        text
    }

    fn list(&self, name: &str) -> VoteList {
        let import = read_bytes(name, self.csv().as_bytes(), &Options::default()).unwrap();
        assert_eq!(import.summary().rejected, 0);
        VoteList::from_import(&import)
    }

    fn change(mut self, mut how: impl FnMut(usize, &mut Vote)) -> Self {
        self.0
            .iter_mut()
            .enumerate()
            .for_each(|(at, vote)| how(at, vote));
        self
    }
}

fn compared(a: &Votes, b: &Votes) -> Comparison {
    let comparison = compare(&a.list("a.csv"), &b.list("b.csv"));
    assert_eq!(
        (comparison.a.votes, comparison.b.votes),
        (a.0.len(), b.0.len())
    );
    comparison
}

fn kinds(comparison: &Comparison) -> Vec<DifferenceKind> {
    comparison.differences.iter().map(|d| d.kind).collect()
}

fn only_pattern(comparison: &Comparison) -> &Pattern {
    let [pattern] = comparison.patterns.as_slice() else {
        panic!("{:#?}", comparison.patterns)
    };
    assert_eq!(pattern.differences, comparison.differences.len());
    pattern
}

fn swap(vote: &mut Vote, first: &str, second: &str) {
    for (name, _) in &mut vote.ballots {
        if name == first {
            *name = second.to_owned();
        } else if name == second {
            *name = first.to_owned();
        }
    }
}

#[test]
fn a_source_compared_with_itself_does_not_differ() {
    let comparison = compared(&votes(12), &votes(12));
    assert!(comparison.is_equal(), "{:#?}", comparison.differences);
    assert_eq!(comparison.matched.symbol, 12);
    assert!(comparison.patterns.is_empty());
}

#[test]
fn the_order_of_votes_and_of_rows_does_not_matter() {
    let mut other = votes(12).change(|_, vote| vote.ballots.reverse());
    other.0.reverse();
    assert!(compared(&votes(12), &other).is_equal());
}

#[test]
fn what_only_one_source_has_is_told() {
    let mut fewer = votes(9);
    fewer.0.remove(4);
    let forth = compared(&votes(9), &fewer);
    assert_eq!(kinds(&forth), [DifferenceKind::OnlyInA]);
    assert_eq!(
        forth.differences[0].a.as_ref().unwrap().record,
        "A/RES/36/5"
    );
    assert_eq!(
        kinds(&compared(&fewer, &votes(9))),
        [DifferenceKind::OnlyInB]
    );
}

#[test]
fn votes_whose_symbols_differ_are_matched_by_meeting_or_by_ballots() {
    let renumbered = votes(9).change(|at, vote| vote.symbol = format!("R/36/{}", at + 70));
    let comparison = compared(&votes(9), &renumbered);
    assert_eq!(comparison.matched.meeting, 9);
    let elsewhere = renumbered.change(|_, vote| vote.meeting.clear());
    let unmet = votes(9).change(|_, vote| vote.meeting.clear());
    let comparison = compared(&unmet, &elsewhere);
    assert_eq!(
        (comparison.matched.meeting, comparison.matched.ballots),
        (0, 9)
    );
    let pattern = only_pattern(&comparison);
    assert_eq!(
        (pattern.kind, pattern.side, pattern.votes),
        (PatternKind::SymbolStyle, Some('b'), 9)
    );
}

#[test]
fn another_vote_under_the_same_symbol_is_told_as_such() {
    let other = votes(9).change(|at, vote| {
        if at == 2 {
            vote.meeting.clear();
            vote.ballots
                .iter_mut()
                .for_each(|(_, letter)| *letter = if *letter == 'Y' { 'N' } else { 'Y' });
        }
    });
    let comparison = compared(&votes(9), &other);
    assert_eq!(kinds(&comparison), [DifferenceKind::Vote]);
}

#[test]
fn a_ballot_a_total_and_a_name_are_told_with_line_and_values() {
    let other = votes(3).change(|at, vote| match at {
        0 => vote.ballots[3].1 = 'X',
        1 => vote.yes = Some(99),
        _ => vote.ballots[3].0 = "ATLANTIS".to_owned(),
    });
    let comparison = compared(&votes(3), &other);
    let told: Vec<String> = comparison
        .differences
        .iter()
        .map(Difference::to_string)
        .collect();
    let yes = votes(3).0[1]
        .ballots
        .iter()
        .filter(|(_, letter)| *letter == 'Y')
        .count();
    assert!(
        told[0].starts_with("A/RES/36/1: BEL ") && told[0].ends_with("| non-voting"),
        "{told:?}"
    );
    assert_eq!(told[1], format!("A/RES/36/2: yes {yes} | 99"));
    assert!(
        told.contains(&"A/RES/36/3: - | ATLANTIS".to_owned()),
        "{told:?}"
    );
    let belgium = comparison.differences[0].b.as_ref().unwrap();
    assert_eq!(belgium.line, Some(5));
    assert!(comparison.patterns.is_empty());
}

#[test]
fn a_date_that_only_one_source_gives_is_told() {
    let other = votes(3).change(|at, vote| {
        if at == 1 {
            vote.date.clear();
        }
    });
    let told = |a: &Votes, b: &Votes| -> Vec<String> {
        let differences = compared(a, b).differences;
        differences.iter().map(Difference::to_string).collect()
    };
    assert_eq!(told(&votes(3), &other), ["A/RES/36/2: 1981-12-02 | -"]);
    assert_eq!(told(&other, &votes(3)), ["A/RES/36/2: - | 1981-12-02"]);
    assert_eq!(told(&other, &other), [""; 0]);
}

#[test]
fn a_total_of_members_is_told_against_the_others_total_or_list() {
    let announced = |members| votes(2).change(|_, vote| vote.members = members);
    let told = |a: &Votes, b: &Votes| -> Vec<String> {
        let differences = compared(a, b).differences;
        differences.iter().map(Difference::to_string).collect()
    };
    let (all, fewer, silent) = (announced(Some(24)), announced(Some(23)), announced(None));
    let said = ["A/RES/36/1: members 24 | 23", "A/RES/36/2: members 24 | 23"];
    assert_eq!(told(&all, &fewer), said);
    assert_eq!(told(&silent, &fewer), said);
    assert_eq!(told(&all, &silent), [""; 0]);
}

#[test]
fn votes_without_dates_are_one_pattern_also_where_days_are_lost() {
    let undated = votes(20).change(|_, vote| vote.date.clear());
    let comparison = compared(&undated, &votes(20));
    let pattern = only_pattern(&comparison);
    assert_eq!(
        (pattern.kind, pattern.side, pattern.votes),
        (PatternKind::DatesMissing, Some('a'), 20)
    );
    let early = votes(20).change(|at, vote| {
        vote.date = format!("1981-12-{:02}", at * 5 % 7 + 1);
        if at < 6 {
            vote.date.clear();
        }
    });
    let comparison = compared(&early, &votes(20));
    let seen: Vec<_> = comparison
        .patterns
        .iter()
        .map(|p| (p.kind, p.differences))
        .collect();
    assert_eq!(seen[1], (PatternKind::DatesMissing, 6));
    assert_eq!(seen[0].0, PatternKind::DaysLost);
    assert_eq!(comparison.unexplained().count(), 0);
}

#[test]
fn two_states_exchanged_for_a_session_are_one_pattern() {
    let other = votes(20).change(|_, vote| swap(vote, "BELIZE", "BHUTAN"));
    let comparison = compared(&votes(20), &other);
    let pattern = only_pattern(&comparison);
    assert_eq!(pattern.kind, PatternKind::StatesExchanged);
    assert_eq!(pattern.sessions, [Session::Regular(36)]);
    let states: Vec<String> = pattern.voters.iter().map(ToString::to_string).collect();
    assert_eq!(states, ["BLZ", "BTN"]);
    assert!(
        pattern
            .message
            .starts_with("session 36: the ballots of Belize and Bhutan are exchanged")
    );
}

#[test]
fn a_state_missing_for_a_session_is_one_pattern() {
    for blank in [false, true] {
        let other = votes(20).change(|_, vote| match blank {
            true => vote
                .ballots
                .iter_mut()
                .filter(|(n, _)| n == "GHANA")
                .for_each(|(_, l)| *l = 'X'),
            false => vote.ballots.retain(|(name, _)| name != "GHANA"),
        });
        let comparison = compared(&votes(20), &other);
        let pattern = only_pattern(&comparison);
        assert_eq!(
            (pattern.kind, pattern.side),
            (PatternKind::StateMissing, Some('b'))
        );
        assert_eq!((pattern.votes, pattern.of), (20, 20));
    }
}

#[test]
fn a_state_absent_now_and_then_is_no_pattern() {
    let other = votes(40).change(|at, vote| {
        if at % 8 == 0 {
            vote.ballots.retain(|(name, _)| name != "GHANA");
        }
    });
    let comparison = compared(&votes(40), &other);
    assert!(comparison.patterns.is_empty());
    assert_eq!(comparison.differences.len(), 5);
}

#[test]
fn one_seat_under_two_codes_is_one_pattern() {
    let other = votes(20).change(|_, vote| {
        vote.ballots
            .iter_mut()
            .filter(|(name, _)| name == "GHANA")
            .for_each(|(name, _)| *name = "TOGO".to_owned());
    });
    let comparison = compared(&votes(20), &other);
    assert_eq!(only_pattern(&comparison).kind, PatternKind::SameSeat);
}

#[test]
fn a_constant_shift_of_dates_is_one_pattern() {
    let other = votes(20).change(|at, vote| vote.date = format!("1981-12-{:02}", at % 28 + 4));
    let comparison = compared(&votes(20), &other);
    let pattern = only_pattern(&comparison);
    assert_eq!(
        (pattern.kind, pattern.days),
        (PatternKind::DateShift, Some(3))
    );
}

#[test]
fn lost_days_of_the_month_are_one_pattern() {
    for (day, month) in [(true, ""), (false, "1981-12")] {
        let other = votes(20).change(|at, vote| match day {
            true => vote.date = format!("1981-12-{:02}", at * 5 % 7 + 1),
            false => vote.date = month.to_owned(),
        });
        let comparison = compared(&other, &votes(20));
        let pattern = only_pattern(&comparison);
        assert_eq!(
            (pattern.kind, pattern.side),
            (PatternKind::DaysLost, Some('a'))
        );
    }
}

#[test]
fn a_difference_of_one_kind_does_not_hide_another() {
    let other = votes(20).change(|at, vote| {
        swap(vote, "BELIZE", "BHUTAN");
        vote.ballots.retain(|(name, _)| name != "GHANA");
        vote.date = format!("1981-12-{:02}", at * 5 % 7 + 1);
    });
    let comparison = compared(&votes(20), &other);
    let kinds: Vec<PatternKind> = comparison.patterns.iter().map(|p| p.kind).collect();
    assert_eq!(
        kinds,
        [
            PatternKind::StatesExchanged,
            PatternKind::StateMissing,
            PatternKind::DaysLost
        ]
    );
    assert_eq!(comparison.unexplained().count(), 0);
}

#[test]
fn the_result_is_json_of_a_stable_form() {
    let mut other = votes(6);
    other.0[0].ballots[0].1 = 'X';
    let json = serde_json::to_value(compared(&votes(6), &other)).unwrap();
    assert_eq!(json["a"]["path"], "a.csv");
    assert_eq!(json["matched"]["symbol"], 6);
    let difference = &json["differences"][0];
    assert_eq!(difference["kind"], "ballot");
    assert_eq!(
        (&difference["state"], &difference["b"]["value"]),
        (&"ARG".into(), &"non-voting".into())
    );
    assert!(json["patterns"].as_array().unwrap().is_empty());
}

#[test]
fn twins_of_whom_no_ballot_can_be_compared_are_told_apart_by_their_order() {
    let list = |name: &str, letter: char| {
        let twin = |_: usize, vote: &mut Vote| {
            vote.symbol = "CONGO".to_owned();
            vote.meeting = "BENIN".to_owned();
            vote.date = "Y".to_owned();
            vote.ballots = vec![(name.to_owned(), letter)];
        };
        let text = votes(3).change(twin).csv();
        let import = read_bytes("twins.csv", text.as_bytes(), &Options::default().lenient());
        VoteList::from_import(&import.unwrap())
    };
    let (unknown, silent) = (list("ATLANTIS", 'Y'), list("PERU", 'X'));
    let comparison = compare(&unknown, &unknown);
    assert_eq!(comparison.matched.symbol, 3);
    assert_eq!(kinds(&comparison), [DifferenceKind::Name; 6]);
    let comparison = compare(&silent, &silent);
    assert_eq!(comparison.matched.symbol, 3);
    assert!(comparison.is_equal(), "{:#?}", comparison.differences);
}

#[test]
fn a_vote_in_which_nobody_took_part_is_no_other_vote_than_itself() {
    let silent = votes(1).change(|_, vote| vote.ballots = vec![("PERU".to_owned(), 'X')]);
    let comparison = compared(&silent, &silent);
    assert!(comparison.is_equal(), "{:#?}", comparison.differences);
}

/// Few votes of few values, so that many have something in common.
fn confusable() -> impl Strategy<Value = Votes> {
    let text = |of: &'static [&'static str]| prop::sample::select(of).prop_map(str::to_owned);
    let voter = (
        text(&["PERU", "CHILE", "ATLANTIS", "1985-12-01"]),
        prop::sample::select(b"YNAX".to_vec()).prop_map(char::from),
    );
    let vote = (
        text(&["A/RES/36/1", "A/RES/36/1[I]", "CONGO", ""]),
        text(&["1981-12-01", "1981-12-02", "1981", ""]),
        text(&["A/36/PV.80", "BENIN", ""]),
        [prop::option::of(0u32..3), prop::option::of(1u32..3)],
        prop::collection::btree_map(voter.0, voter.1, 1..4),
    );
    let vote = vote.prop_map(|(symbol, date, meeting, [yes, members], ballots)| Vote {
        symbol,
        date,
        meeting,
        yes,
        members,
        ballots: ballots.into_iter().collect(),
    });
    prop::collection::vec(vote, 1..6).prop_map(Votes)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_table_equals_itself_and_every_vote_is_told_once(a in confusable(), b in confusable()) {
        let itself = compared(&a, &a);
        prop_assert_eq!(itself.matched.total(), a.0.len());
        prop_assert!(itself.differences.iter().all(|d| d.kind == DifferenceKind::Name));
        let other = compared(&a, &b);
        let only = |kind| other.differences.iter().filter(|d| d.kind == kind).count();
        prop_assert_eq!(other.matched.total() + only(DifferenceKind::OnlyInA), a.0.len());
        prop_assert_eq!(other.matched.total() + only(DifferenceKind::OnlyInB), b.0.len());
    }
}

#[test]
fn the_known_errors_of_the_roll_call_data_are_found_against_the_library() {
    let files = [
        "unvotes/unvotes.csv.zst",
        "undl/library_ga_1946_1989.csv.zst",
    ];
    let [Some(a), Some(b)] = files.map(plenary_testing::shared) else {
        return;
    };
    let list = |path| VoteList::from_import(&read(path, &Options::default()).unwrap());
    let comparison = compare(&list(a), &list(b));
    assert!(
        comparison.matched.total() > 2_600,
        "{:?}",
        comparison.matched
    );
    let names = comparison
        .differences
        .iter()
        .filter(|d| d.kind == DifferenceKind::Name);
    assert_eq!(names.map(ToString::to_string).collect::<Vec<_>>(), [""; 0]);
    let find = |kind: PatternKind, states: &[&str]| {
        let named = |p: &&Pattern| {
            p.voters
                .iter()
                .map(ToString::to_string)
                .eq(states.iter().copied())
        };
        let all = comparison.patterns.iter().filter(|p| p.kind == kind);
        all.filter(named).collect::<Vec<_>>()
    };
    let [exchange] = find(PatternKind::StatesExchanged, &["ATG", "BLZ"])[..] else {
        panic!("{:#?}", comparison.patterns)
    };
    assert_eq!(
        (exchange.sessions.as_slice(), exchange.votes),
        (&[Session::Regular(36)][..], 66)
    );
    let [myanmar] = find(PatternKind::StateMissing, &["MMR"])[..] else {
        panic!("{:#?}", comparison.patterns)
    };
    assert_eq!(
        (myanmar.sessions.as_slice(), myanmar.votes),
        (&[Session::Regular(44)][..], 38)
    );
    assert_eq!(myanmar.side, Some('a'));
    let [days] = find(PatternKind::DaysLost, &[])[..] else {
        panic!("{:#?}", comparison.patterns)
    };
    assert!(days.side == Some('a') && days.votes > 2_500, "{days:#?}");
}
