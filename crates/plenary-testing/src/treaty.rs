//! A strategy for valid treaties.

use chrono::{Days, NaiveDate};
use plenary_types::{Act, ActionKind, Agreement, AgreementKind, BodyId, StateCode, TreatyAction};
use proptest::prelude::*;
use proptest::sample::subsequence;

use crate::roster::members_on;

const OPENED: NaiveDate = NaiveDate::from_ymd_opt(1995, 1, 1).unwrap();
const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();

/// Valid treaties: opened for signature on a day from 1995 to 2015, with ten to sixty participants that sign and ratify,
/// or accede, each once and in this order, while they exist. Most have a clause, and the date of entry into force that
/// follows from it.
pub fn treaties() -> impl Strategy<Value = Agreement> {
    // States that still are members: the acts of others could be dated after their end.
    let still = members_on(&BodyId::UNGA, TODAY);
    let mut members = members_on(&BodyId::UNGA, OPENED);
    members.retain(|code| still.binary_search(code).is_ok());
    let participants = subsequence(members, 10..60).prop_flat_map(|chosen| {
        let count = chosen.len();
        let ways = prop::collection::vec((0..4u8, 0..700u64, 1..4000u64), count);
        (Just(chosen), ways)
    });
    let clauses = prop::option::weighted(0.8, (0..60usize, 0..120u64));
    (0..7000u64, participants, clauses).prop_map(move |(after, (chosen, ways), clause)| {
        let opened = later(OPENED, after);
        let acts = chosen
            .into_iter()
            .zip(ways)
            .flat_map(|(state, way)| acts(opened, state, way));
        let mut treaty = Agreement {
            kind: AgreementKind::Treaty,
            title: format!(
                "Convention of the strategies. Geneva, {}",
                opened.format("%-d %B %Y")
            ),
            acts: acts.map(Act::Action).collect(),
            ..Agreement::default()
        };
        if let Some((instruments, delay)) = clause {
            enter_into_force(&mut treaty, instruments, delay);
        }
        treaty
    })
}

/// Gives a treaty a clause, and the date of entry into force that follows from its acts if they meet it.
fn enter_into_force(treaty: &mut Agreement, instruments: usize, delay: u64) {
    let consents = treaty.acts.iter().filter_map(|act| match act {
        Act::Action(action) if action.kind.is_consent() => action.date?.as_day(),
        _ => None,
    });
    let mut consents: Vec<NaiveDate> = consents.collect();
    consents.sort_unstable();
    let (wanted, completing) = match consents.get(instruments) {
        Some(day) => (instruments + 1, Some(*day)),
        None => (consents.len() + 1, None),
    };
    treaty.in_force_when = Some(format!("{wanted} instruments; {delay} days"));
    treaty.in_force_since = completing.map(|day| later(day, delay).into());
}

/// What one participant does: nothing but sign, accede, or sign and ratify or accept.
fn acts(
    opened: NaiveDate,
    state: StateCode,
    (way, signs, consents): (u8, u64, u64),
) -> Vec<TreatyAction> {
    let signed = later(opened, signs);
    let bound = later(signed, consents);
    let act = |kind, day: NaiveDate| TreatyAction::new(state.into(), kind, day.into());
    match way {
        0 => vec![act(ActionKind::Signature, signed)],
        1 => vec![act(ActionKind::Accession, bound)],
        2 => vec![
            act(ActionKind::Signature, signed),
            act(ActionKind::Acceptance, bound),
        ],
        _ => vec![
            act(ActionKind::Signature, signed),
            act(ActionKind::Ratification, bound),
        ],
    }
}

fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}
