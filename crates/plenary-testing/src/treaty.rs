//! A strategy for valid treaties.

use chrono::{Days, NaiveDate};
use plenary_states::EntityKind;
use plenary_types::{
    Act, ActionKind, Agreement, AgreementKind, Participant, ParticipantKind, TreatyAction,
};
use proptest::prelude::*;
use proptest::sample::subsequence;

use crate::Context;
use crate::roster::lasting_voters;

/// Valid treaties among the members of a body: opened for signature in the first two thirds of the context's days, with up to sixty
/// participants that sign and ratify, or accede, each once and in this order, while they exist and are members. Most have a clause,
/// and the date of entry into force that follows from it.
///
/// ```
/// use plenary_testing::{treaties, Context};
/// use proptest::strategy::{Strategy, ValueTree};
/// use proptest::test_runner::TestRunner;
///
/// let years = Context::assembly().between("1995-01-01".parse().unwrap(), "2026-01-01".parse().unwrap());
/// let treaty = treaties(&years).new_tree(&mut TestRunner::deterministic())?.current();
/// assert!(!treaty.acts.is_empty());
/// # Ok::<(), proptest::test_runner::Reason>(())
/// ```
pub fn treaties(context: &Context) -> BoxedStrategy<Agreement> {
    let days = context.days();
    let length = days.end.signed_duration_since(days.start).num_days();
    let length = u64::try_from(length).map_or(1, |length| length.max(1));
    // The acts of others could be dated after their end.
    let mut members = lasting_voters(context);
    members.retain(|who| can_be_a_party(*who));
    let most = members.len().min(60);
    let participants = subsequence(members, most.min(10)..=most).prop_flat_map(move |chosen| {
        let count = chosen.len();
        let days = (
            0..length.div_ceil(16).min(700),
            1..=length.div_ceil(4).min(4000),
        );
        let ways = prop::collection::vec((0..4u8, days), count);
        (Just(chosen), ways)
    });
    let clauses = prop::option::weighted(0.8, (0..60usize, 0..120u64));
    let opened = 0..(length * 2 / 3).max(1);
    let treaties =
        (opened, participants, clauses).prop_map(move |(after, (chosen, ways), clause)| {
            let opened = later(days.start, after);
            let acts = chosen
                .into_iter()
                .zip(ways)
                .flat_map(|(who, way)| acts(opened, who, way));
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
        });
    treaties.boxed()
}

/// Gives a treaty a clause, and the date of entry into force that follows from its acts if they meet it.
fn enter_into_force(treaty: &mut Agreement, instruments: usize, delay: u64) {
    let consents = treaty.acts.iter().filter_map(|act| match act {
        Act::Action(action) if action.kind.is_consent() && !is_organisation(action.participant) => {
            action.date?.as_day()
        }
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

/// Whether a member can be a party to a treaty: a State or an organisation.
fn can_be_a_party(who: Participant) -> bool {
    let others = [
        ParticipantKind::Person,
        ParticipantKind::Party,
        ParticipantKind::Unit,
    ];
    !others.contains(&who.kind())
}

/// Whether an instrument is that of an organisation, which counts for nothing where a clause does not say so.
fn is_organisation(who: Participant) -> bool {
    let entity = who.code().and_then(plenary_states::entity);
    who.kind() == ParticipantKind::Organisation
        || entity.is_some_and(|entity| entity.kind() == EntityKind::Organisation)
}

/// What one participant does: nothing but sign, accede, or sign and ratify or accept.
fn acts(
    opened: NaiveDate,
    who: Participant,
    (way, (signs, consents)): (u8, (u64, u64)),
) -> Vec<TreatyAction> {
    let signed = later(opened, signs);
    let bound = later(signed, consents);
    let act = |kind, day: NaiveDate| TreatyAction::new(who, kind, day.into());
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
