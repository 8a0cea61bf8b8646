use plenary_states::entity;
use plenary_types::{Field, Severity, StateCode};

use crate::{Check, DecisionCx, Example, Findings, Run, reference};

pub(crate) static CHECK: Check = Check {
    name: "not-a-member",
    summary: "a state is on the list of a vote at a date when it was no member",
    severity: Severity::Error,
    why: "Only members vote, and a state is a member from the day of the Assembly's decision on its admission. A state \
          on the list before that day or after the end of its membership is a wrong date, a wrong state or a list of \
          another time. On the day of an admission or a succession both lists are right. A name that the source \
          itself marks as not eligible is not reported.",
    sources: &[
        "Charter Art. 4 and 18(1)",
        "Rules of procedure of the General Assembly, rule 138",
        "Membership of the United Nations (plenary-states)",
    ],
    example: Example::Native {
        fails: r#"{"symbols": ["S/RES/118(1956)"], "acts": [{"act": "decision", "body": "unsc", "date": "1956-10-13",
  "ballots": {"yes": ["AUS", "BEL", "CHN", "CUB", "FRA", "IRN", "PER", "SUN", "JPN", "GBR", "USA"]}}]}"#,
        mended: r#"{"symbols": ["S/RES/118(1956)"], "acts": [{"act": "decision", "body": "unsc", "date": "1956-10-13",
  "ballots": {"yes": ["AUS", "BEL", "CHN", "CUB", "FRA", "IRN", "PER", "SUN", "YUG", "GBR", "USA"]}}]}"#,
    },
    waive: "Waive it for the records of a source that is known to list a state early, with the first and the last of \
            them in the reason.",
    run: Run::Decision(run),
};

fn run(cx: &DecisionCx<'_>, out: &mut Findings<'_>) {
    let (Some(roll), Some(ballots)) = (&cx.roll, &cx.decision.ballots) else {
        return;
    };
    if roll.strangers.is_empty() {
        return;
    }
    let of_month = cx.electorate_of_month();
    for &place in &roll.strangers {
        let eligible = ballots
            .choices()
            .get(place)
            .is_some_and(|c| c.counts_as_member());
        let entry = ballots.roll().entries().get(place);
        if let (true, Some(state)) = (eligible, entry.and_then(|e| e.state)) {
            let date = cx.decision.date.map(|d| d.to_string()).unwrap_or_default();
            let (name, spells) = (reference::name_of(state, cx.day()), spells(state));
            let later = of_month.as_ref().is_some_and(|month| month.may_list(state));
            let message = match later {
                true => "listed on a day before its admission later in that month".to_owned(),
                false => format!("{name} was no member at the date"),
            };
            out.report(Some(cx.act), Field::Name(place), message)
                .expected(spells)
                .found(format!("{state} on the list of {date}"))
                .help("check the date of the vote, and which state the source means");
        }
    }
}

/// When a state was a member, as a reader would say it.
fn spells(state: StateCode) -> String {
    let spells = entity(state).map_or(&[][..], plenary_states::Entity::memberships);
    let words: Vec<_> = spells
        .iter()
        .map(|spell| match spell.span.to {
            Some(to) => format!("{} to {}", spell.span.from, to.pred_opt().unwrap_or(to)),
            None => format!("since {}", spell.span.from),
        })
        .collect();
    match words.is_empty() {
        true => "never a member of the United Nations".into(),
        false => format!("a member {}", words.join(" and ")),
    }
}
