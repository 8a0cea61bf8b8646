use plenary_types::{Field, Participant, Severity};

use super::not_a_member::of_roster;
use crate::{Check, DecisionCx, Example, Findings, Run};

pub(crate) static CHECK: Check = Check {
    name: "missing-member",
    summary: "a member of the body at the date is not on the list of a recorded vote",
    severity: Severity::Warning,
    why: "The list of a recorded vote names every member of the body: those in favour and against, those abstaining \
          and those not voting. A member that is not on it was lost, or stands under another name. A member whose right \
          to take part was suspended (Yugoslavia 1992-2000, South Africa 1974-1994) may be left out, and one admitted \
          that very day is required only after those admitted before it. Where the members of a body are on record by name they are all required. A list without one of them \
          is an error on days for which lists of votes confirm the roster (`confirmed-until` of the body), in the Security Council up to 2024.",
    sources: &[
        "UNBIS manual, field 967 (every member, with or without a vote)",
        "Charter Art. 9(1) and 23(1)",
        "Membership of the United Nations and terms in the Security Council (plenary-bodies)",
        "UN Digital Library, voting records of the Security Council, 1946-2024: 2,725 lists of members",
    ],
    example: Example::Native {
        fails: r#"{"symbols": ["S/RES/1483(2003)"], "acts": [{"act": "decision", "body": "unsc", "date": "2003-05-22",
  "ballots": {"yes": ["AGO", "BGR", "CHL", "CMR", "DEU", "ESP", "FRA", "GBR", "GIN", "MEX", "PAK", "RUS", "USA"],
              "non-voting": ["SYR"]}}]}"#,
        mended: r#"{"symbols": ["S/RES/1483(2003)"], "acts": [{"act": "decision", "body": "unsc", "date": "2003-05-22",
  "ballots": {"yes": ["AGO", "BGR", "CHL", "CHN", "CMR", "DEU", "ESP", "FRA", "GBR", "GIN", "MEX", "PAK", "RUS", "USA"],
              "non-voting": ["SYR"]}}]}"#,
    },
    waive: "Waive it for a dataset that leaves out members not voting; better, read it as one.",
    run: Run::Decision(&run),
};

fn run(cx: &DecisionCx<'_>, out: &mut Findings<'_>) {
    let Some(roll) = &cx.roll else { return };
    if cx.decision.partial {
        return;
    }
    let overtaken = overtaken(cx);
    if roll.missing.is_empty() && overtaken.is_empty() {
        return;
    }
    let mut missing = [&*roll.missing, &*overtaken].concat();
    missing.sort_unstable();
    let date = cx.decision.date.map(|d| d.to_string()).unwrap_or_default();
    let listed = cx
        .decision
        .ballots
        .as_ref()
        .map_or(0, plenary_types::Ballots::len);
    out.report(Some(cx.act), Field::Ballots, message(cx, &missing))
        .severity(of_roster(cx))
        .expected(format!("{} on the list of {date}", list(&missing)))
        .found(format!(
            "{listed} name{} without {}",
            if listed == 1 { "" } else { "s" },
            if missing.len() == 1 { "it" } else { "them" }
        ))
        .subjects(missing)
        .subjects(cx.decision.date);
}

/// Names them while they are few. What the names stand behind is the same in all, so that the causes can be told by them.
fn message(cx: &DecisionCx<'_>, missing: &[Participant]) -> String {
    let name = |who: &Participant| crate::reference::called(cx.reference, *who, None);
    let names: Vec<_> = missing.iter().take(3).map(name).collect();
    let named = match (names.as_slice(), missing.len()) {
        (_, 4..) => "several members".to_owned(),
        ([first @ .., last], 2..) => format!("{} and {last}", first.join(", ")),
        _ => names.join(", "),
    };
    format!("the list lacks {named}")
}

/// The codes, at most a line of them.
fn list(members: &[Participant]) -> String {
    const MOST: usize = 12;
    let codes = members.iter().take(MOST);
    let codes: Vec<_> = codes.map(Participant::to_string).collect();
    match members.len().saturating_sub(MOST) {
        0 => codes.join(", "),
        more => format!("{} and {more} more", codes.join(", ")),
    }
}

/// States admitted that day before one that is already on the list, and not on it themselves.
fn overtaken(cx: &DecisionCx<'_>) -> Vec<Participant> {
    let (Some(electorate), Some(ballots)) = (&cx.electorate, &cx.decision.ballots) else {
        return Vec::new();
    };
    let on_list = |who: &Participant| ballots.roll().place_of(*who).is_some();
    let last = electorate.admitted.iter().rposition(on_list).unwrap_or(0);
    let before = electorate.admitted.iter().take(last);
    before.filter(|who| !on_list(who)).copied().collect()
}
