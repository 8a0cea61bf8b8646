use plenary_bodies::Body;
use plenary_types::{Ballots, Field, Participant, Severity, StateCode};

use crate::{Check, DecisionCx, Example, Findings, RollFaults, Run, reference};

pub(crate) static CHECK: Check = Check {
    name: "duplicate-ballot",
    summary: "a member is on the list of a vote more than once",
    severity: Severity::Error,
    why: "Each member has one vote, so no member can stand on a list twice. Two names of one seat count as one \
          member: the China seat, which some data list under both of its holders; a state under its old and its new \
          name; a state and the one that continues its membership (the Soviet Union and the Russian Federation; \
          Yugoslavia, Serbia and Montenegro, and Serbia); two members of which one took over the seat of the other by the roster \
          of the body. Where one of two such states was no member at the date, \
          `not-a-member` reports that instead. Where most members are on the list more than once, the rows of the vote were \
          copied, and that is one finding.",
    sources: &[
        "Charter Art. 18(1) and 27(1)",
        "A/RES/2758(XXVI)",
        "Succession of states in their membership (plenary-states)",
    ],
    example: Example::Native {
        fails: r#"{"symbols": ["A/RES/2758(XXVI)"], "acts": [{"act": "decision", "ballots": {"yes": ["ALB"], "no": ["CHN"],
  "printed": [{"state": "CHN", "name": "China", "choice": "yes"}]}}]}"#,
        mended: r#"{"symbols": ["A/RES/2758(XXVI)"], "acts": [{"act": "decision", "ballots": {"yes": ["ALB"], "no": ["CHN"]}}]}"#,
    },
    waive: "There is no good reason to waive it: take the wrong line out of the copy.",
    run: Run::Decision(&run),
};

fn run(cx: &DecisionCx<'_>, out: &mut Findings<'_>) {
    let (Some(roll), Some(ballots)) = (&cx.roll, &cx.decision.ballots) else {
        return;
    };
    if is_twice_as_a_whole(roll, ballots) {
        return twice(cx, roll, ballots, out);
    }
    for (who, places) in &roll.duplicates {
        for &place in places.iter().skip(1) {
            let name = match who.code() {
                Some(state) => reference::name_of(state, cx.day()),
                None => reference::label_at(ballots, place),
            };
            out.report(
                Some(cx.act),
                Field::Name(place),
                format!("{name} is on the list more than once"),
            )
            .expected("one ballot")
            .found(found(ballots, places, place))
            .help("keep the line that the meeting record has")
            .subjects([*who]);
        }
    }
    let of_body = seats_of_body(cx, roll, ballots);
    for seat in roll.shared_seats.iter().chain(&of_body) {
        let counted = seat.iter().copied();
        let counted: Vec<_> = counted.filter(|p| is_counted(roll, ballots, *p)).collect();
        for pair in counted.windows(2) {
            seat_twice(cx, ballots, pair, out);
        }
    }
}

/// The places of those who held one seat of the body one after the other by its own roster, for each seat that is on the list so.
fn seats_of_body(cx: &DecisionCx<'_>, roll: &RollFaults, ballots: &Ballots) -> Vec<Vec<usize>> {
    let Some(roster) = cx.known_body().and_then(Body::roster) else {
        return Vec::new();
    };
    // Who gave its seat to another may have come back beside it.
    let sat_together = |a: Participant, b: Participant| {
        let mut epochs = roster.epochs();
        epochs.any(|epoch| epoch.is_member(a) && epoch.is_member(b))
    };
    let seats = roster.successions().iter().map(|holders| {
        let mut listed: Vec<(Participant, usize)> = Vec::new();
        for who in holders {
            let place = who.code().and_then(|code| ballots.roll().position(code));
            let is_alone = !listed.iter().any(|(other, _)| sat_together(*who, *other));
            listed.extend(place.filter(|_| is_alone).map(|place| (*who, place)));
        }
        listed.into_iter().map(|(_, place)| place).collect()
    });
    let is_told = |seat: &Vec<usize>| {
        let mut known = roll.shared_seats.iter();
        known.any(|known| seat.iter().all(|place| known.contains(place)))
    };
    seats
        .filter(|seat: &Vec<usize>| seat.len() > 1 && !is_told(seat))
        .collect()
}

/// Whether a line counts as a member, and is not that of a state that could not be on the list.
fn is_counted(roll: &RollFaults, ballots: &Ballots, place: usize) -> bool {
    let choice = ballots.choices().get(place);
    choice.is_some_and(|choice| choice.counts_as_member()) && !roll.strangers.contains(&place)
}

fn seat_twice(cx: &DecisionCx<'_>, ballots: &Ballots, pair: &[usize], out: &mut Findings<'_>) {
    let state = |place: &usize| ballots.roll().entries().get(*place)?.state();
    let states: Vec<_> = pair.iter().filter_map(state).collect();
    let ([before, after], Some(place)) = (&states[..], pair.iter().max()) else {
        return;
    };
    let name = |code: StateCode| reference::called(cx.reference, code.into(), None);
    let [before, after] = [before, after].map(|state| name(*state));
    let message = format!("{after} holds the seat of {before}, and both are on the list");
    out.report(Some(cx.act), Field::Name(*place), message)
        .expected("one ballot")
        .found(found(ballots, pair, *place))
        .help("keep the line of the one that held the seat at the date")
        .subjects(states);
}

/// Whether most members are on the list more than once: then it is the vote that was recorded twice.
fn is_twice_as_a_whole(roll: &RollFaults, ballots: &Ballots) -> bool {
    const FEWEST: usize = 5;
    let repeated = roll.duplicates.len();
    repeated >= FEWEST && 2 * repeated > members(roll, ballots)
}

/// The members on the list, each counted once.
fn members(roll: &RollFaults, ballots: &Ballots) -> usize {
    let again = roll.duplicates.iter().map(|(_, places)| places.len() - 1);
    ballots.len() - again.sum::<usize>()
}

fn twice(cx: &DecisionCx<'_>, roll: &RollFaults, ballots: &Ballots, out: &mut Findings<'_>) {
    let (repeated, members) = (roll.duplicates.len(), members(roll, ballots));
    let all = if repeated == members { "all" } else { "most" };
    out.report(
        Some(cx.act),
        Field::Ballots,
        format!("the vote is recorded twice: {all} members are on its list more than once"),
    )
    .expected(format!("{members} ballots, one for each member"))
    .found(format!(
        "{} ballots, {repeated} members more than once",
        ballots.len()
    ))
    .help("take the second copy of the rows out");
}

/// A list may hold one state thousands of times: then the first line and this one stand for all.
fn found(ballots: &Ballots, places: &[usize], this: usize) -> String {
    let line = |place: &usize| {
        let entry = ballots.roll().entries().get(*place)?;
        let choice = ballots.choices().get(*place)?;
        Some(format!("`{}` {choice}", entry.label()))
    };
    let join = |places: &[usize]| {
        let lines: Vec<_> = places.iter().filter_map(line).collect();
        lines.join(" and ")
    };
    match places {
        [first, rest @ ..] if rest.len() > 2 => {
            format!("{} and {} more", join(&[*first, this]), rest.len() - 1)
        }
        _ => join(places),
    }
}
