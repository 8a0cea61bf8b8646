//! Who votes in a body for all days of a context.

use chrono::NaiveDate;
use plenary_states::entity;
use plenary_types::Participant;

use crate::Context;

/// Those who are members of the body and can vote on every day of a context, and exist on the first and the last, in the order of
/// their texts.
pub(crate) fn lasting_voters(context: &Context) -> Vec<Participant> {
    let days = context.days();
    let (first, last) = (days.start, days.end.pred_opt().unwrap_or(days.start));
    let roster = context.known_body().and_then(|body| body.roster());
    let Some(roster) = roster else {
        return Vec::new();
    };
    let epochs = roster.epochs().filter(|epoch| {
        let span = epoch.span();
        span.from <= last && span.to.is_none_or(|to| first < to)
    });
    let epochs: Vec<_> = epochs.collect();
    let is_known = |who: &Participant, day: NaiveDate| {
        let entity = who.code().and_then(entity);
        who.code().is_none() || entity.is_some_and(|entity| entity.exists_on(day))
    };
    let lasts = |who: &Participant| {
        is_known(who, first)
            && is_known(who, last)
            && epochs.iter().all(|epoch| epoch.may_vote(*who))
    };
    let voters = epochs.first().map_or(&[][..], |epoch| epoch.voters());
    voters.iter().copied().filter(lasts).collect()
}
