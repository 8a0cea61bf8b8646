//! [`Spell`] and [`Participation`]: what a participant is to a treaty, stretch by stretch and on a day.

use chrono::NaiveDate;
use plenary_types::{ActionKind, Date, Participant, Span, TreatyAction};

use crate::history::Reading;
use crate::timeline::{EntryIntoForce, Status, Timeline, is_party};

/// A stretch of days on which a participant is one thing to a treaty.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Spell<'t> {
    /// What it is, never [`Status::None`].
    pub status: Status,
    /// When it began, no more precise than the acts; nothing where they do not say from when on.
    pub from: Option<Date>,
    /// The first day on which it is so no longer, no more precise than the acts; nothing where it is so for all that is known.
    pub to: Option<Date>,
    /// The act by which it is so, where there is one.
    pub act: Option<&'t TreatyAction>,
}

/// What a participant is to a treaty on a day. What cannot be told is nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Participation {
    /// What it is.
    pub status: Status,
    /// Whether it has signed, whatever it did since, and still exists.
    pub signed: Option<bool>,
    /// Whether its consent holds.
    pub consented: Option<bool>,
    /// Whether the treaty is in force for it.
    pub party: Option<bool>,
}

impl<'t> Timeline<'t> {
    /// The statuses of a participant over time: spans that follow each other without a gap, from its first act. A span from
    /// [`NaiveDate::MIN`] on has no first day that is known.
    #[must_use]
    pub fn history(&self, who: Participant) -> Vec<(Span, Status)> {
        let mut history: Vec<(Span, Status)> = Vec::new();
        let days = std::iter::once(NaiveDate::MIN).chain(self.days_of_change(who));
        for from in days {
            let status = self.status(who, from);
            match history.last_mut() {
                Some((_, last)) if *last == status => continue,
                Some((span, _)) => span.to = Some(from),
                None if status == Status::None => continue,
                None => {}
            }
            history.push((Span { from, to: None }, status));
        }
        history
    }

    /// What a participant is to the treaty over time, oldest first. Where the acts leave open on which day one thing became another,
    /// the end of the first and the beginning of the second are the days that are possible; where they leave open whether it did, the
    /// stretch is [`Status::Undetermined`].
    ///
    /// ```
    /// use plenary_treaties::{Status, Timeline, Treaty};
    /// use plenary_types::{ActionKind, TreatyAction};
    ///
    /// let act = |state: &str, day: &str| {
    ///     TreatyAction::new(state.parse().unwrap(), ActionKind::Ratification, day.parse().unwrap())
    /// };
    /// let treaty = Treaty {
    ///     clause: Some("1 instrument".parse()?),
    ///     actions: vec![act("NOR", "2000-01-01"), act("SWE", "2001-05")],
    ///     ..Treaty::default()
    /// };
    /// let timeline = Timeline::new(&treaty);
    /// let [spell] = &timeline.spells("SWE".parse()?)[..] else { panic!() };
    /// assert_eq!((spell.status, spell.to), (Status::Party, None));
    /// assert_eq!(spell.from.unwrap().to_string(), "2001-05-01/2001-05-31");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn spells(&self, who: Participant) -> Vec<Spell<'t>> {
        let stages = self.stages(who).unwrap_or_else(|| self.passages(who));
        let ends = stages.iter().skip(1).map(|(_, from)| Some(*from));
        let stages = stages.iter().zip(ends.chain([None]));
        let stages = stages.filter(|((status, _), _)| *status != Status::None);
        stages
            .map(|((status, from), to)| Spell {
                status: *status,
                from: date(*from),
                to: to.and_then(date),
                act: self.act_of(who, *status, from.1),
            })
            .collect()
    }

    /// What a participant is, one thing after the other, where the acts at their latest and at their earliest come to the same things in
    /// the same order: each begins between the days that these say.
    fn stages(&self, who: Participant) -> Option<Vec<(Status, Bounds)>> {
        if self.treaty().binds_members {
            return None;
        }
        let days = self.days_of_change(who);
        let [fewest, most] = [0, 1].map(|reading| {
            let mut steps: Vec<(NaiveDate, Status)> = Vec::new();
            for day in std::iter::once(NaiveDate::MIN).chain(days.iter().copied()) {
                let statuses = self.statuses(who, day);
                let status = statuses.get(reading).copied().unwrap_or(Status::None);
                let before = steps.last().map_or(Status::None, |(_, status)| *status);
                if status != before {
                    steps.push((day, status));
                }
            }
            steps
        });
        let both = || fewest.iter().zip(&most);
        let is_same = fewest.len() == most.len() && both().all(|(one, other)| one.1 == other.1);
        let bounds = |one: NaiveDate, other: NaiveDate| (one.min(other), one.max(other));
        let stages = both().map(|(one, other)| (one.1, bounds(one.0, other.0)));
        is_same.then(|| stages.collect())
    }

    /// The same by the status of each day: what cannot be told between two certain things is when one became the other.
    fn passages(&self, who: Participant) -> Vec<(Status, Bounds)> {
        let mut passages: Vec<(Status, Bounds)> = Vec::new();
        let mut steps = self.history(who).into_iter().peekable();
        let mut begins: Option<NaiveDate> = None;
        while let Some((Span { from: day, .. }, status)) = steps.next() {
            let before = passages.last().map_or(Status::None, |(status, _)| *status);
            let is_passage = status == Status::Undetermined
                && steps.peek().is_some_and(|(_, next)| *next != before);
            match is_passage && begins.is_none() {
                true => begins = Some(day),
                false => passages.push((status, (begins.take().unwrap_or(day), day))),
            }
        }
        passages
    }

    /// What a participant is to the treaty on a day.
    #[must_use]
    pub fn participation(&self, who: Participant, day: NaiveDate) -> Participation {
        let status = self.status(who, day);
        let histories = self.both_histories(who);
        let same = |one: bool, other: bool| (one == other).then_some(one);
        let of = |ask: &dyn Fn(&crate::history::ParticipantHistory) -> bool| match histories {
            Some((fewest, most)) => same(ask(fewest), ask(most)),
            None => Some(false),
        };
        let signed = of(&|history| {
            let signed = history.signed.is_some_and(|signed| signed <= day);
            signed && !history.signatory_is_gone_on(day)
        });
        let consented = of(&|history| history.consent_on(day).is_some());
        let party = match status {
            Status::Consented => None,
            Status::Undetermined => {
                let [fewest, most] = self.statuses(who, day).map(is_party);
                same(fewest, most)
            }
            status => Some(is_party(status)),
        };
        Participation {
            status,
            signed,
            consented,
            party,
        }
    }

    /// Whether the treaty is in force on a day; nothing where that cannot be told.
    #[must_use]
    pub fn is_in_force_on(&self, day: NaiveDate) -> Option<bool> {
        let by_then = self.in_force(Reading::Fewest);
        let by_then = by_then.is_some_and(|in_force| in_force.day <= day);
        self.is_determinate_on(day).then_some(by_then)
    }

    /// Every day on which a participant can become another thing to the treaty, in order.
    fn days_of_change(&self, who: Participant) -> Vec<NaiveDate> {
        let mut days = Vec::new();
        if let Some((fewest, most)) = self.both_histories(who) {
            for (history, reading) in [(fewest, Reading::Fewest), (most, Reading::Most)] {
                days.extend(history.turns());
                let suspended = history.suspended.iter();
                days.extend(suspended.flat_map(|s| [Some(s.from), s.to]).flatten());
                let consents = history.consents.iter();
                days.extend(consents.filter_map(|consent| self.party_from(consent, reading)));
            }
        }
        for reading in [Reading::Fewest, Reading::Most] {
            days.extend(self.in_force(reading).map(|in_force| in_force.day));
        }
        if self.treaty().binds_members {
            let roster = self.roster().into_iter();
            days.extend(roster.flat_map(plenary_bodies::Roster::days_of_change));
        }
        days.retain(|day| *day > NaiveDate::MIN && *day < NaiveDate::MAX);
        days.sort_unstable();
        days.dedup();
        days
    }

    /// The act by which a participant is something from a day on.
    fn act_of(
        &self,
        who: Participant,
        status: Status,
        from: NaiveDate,
    ) -> Option<&'t TreatyAction> {
        let own = || {
            let acts = self.treaty().actions.iter();
            acts.filter(move |act| act.participant == who && act.is_own())
        };
        let by_then = |act: &&TreatyAction| act.date.is_none_or(|date| date.earliest() <= from);
        let last = |kind: ActionKind| {
            let acts = own().filter(|act| act.kind == kind).filter(by_then);
            acts.max_by_key(|act| act.date.map(Date::earliest))
        };
        match status {
            Status::Party | Status::Contracting | Status::Consented | Status::Suspended => {
                let (fewest, _) = self.both_histories(who)?;
                let consent = fewest.consent_on(from)?;
                let is_it = |act: &&TreatyAction| {
                    act.kind == consent.kind && act.date.is_none_or(|date| date == consent.stated)
                };
                own().find(is_it)
            }
            Status::Signatory => own().find(|act| act.kind.is_signature()),
            Status::Provisional => last(ActionKind::ProvisionalApplication),
            Status::Withdrawn | Status::Undetermined => last(ActionKind::Withdrawal),
            Status::None | Status::Extinct => None,
        }
    }

    /// Those who did something to the treaty that counts, and the members of the body that it binds, sorted.
    #[must_use]
    pub fn participants(&self) -> Vec<Participant> {
        let mut all: Vec<_> = self.acting().collect();
        if self.treaty().binds_members {
            let epochs = self.roster().into_iter().flat_map(|roster| roster.epochs());
            all.extend(epochs.flat_map(|epoch| epoch.members()));
        }
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Whether anything says when the treaty enters, or entered, into force.
    pub(crate) const fn knows_entry(&self) -> bool {
        let is_open = matches!(
            self.entry_into_force(),
            EntryIntoForce::Undetermined { .. } | EntryIntoForce::NoClause
        );
        !is_open || self.treaty().in_force.is_some()
    }
}

/// The first and the last day of something.
type Bounds = (NaiveDate, NaiveDate);

/// Some day of these; nothing where both ends are open.
fn date((first, last): Bounds) -> Option<Date> {
    if first == last {
        return (first > NaiveDate::MIN).then(|| Date::day(first));
    }
    let end = |day: NaiveDate, open: NaiveDate| (day != open).then(|| Date::day(day));
    Date::between(end(first, NaiveDate::MIN), end(last, NaiveDate::MAX)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Treaty;

    fn act(who: &str, kind: ActionKind, date: &str) -> TreatyAction {
        TreatyAction::new(who.parse().unwrap(), kind, date.parse().unwrap())
    }

    fn told(treaty: &Treaty, who: &str) -> Vec<String> {
        let timeline = Timeline::new(treaty);
        let date = |date: Option<Date>| date.map_or("-".to_owned(), |date| date.to_string());
        let told = |spell: Spell<'_>| {
            let by = spell.act.map_or("nothing", |act| act.kind.as_str());
            let (from, to) = (date(spell.from), date(spell.to));
            format!("{} {from} {to} by {by}", spell.status)
        };
        let spells = timeline.spells(who.parse().unwrap());
        spells.into_iter().map(told).collect()
    }

    fn treaty(clause: Option<&str>, actions: Vec<TreatyAction>) -> Treaty {
        Treaty {
            clause: clause.map(|clause| clause.parse().unwrap()),
            actions,
            ..Treaty::default()
        }
    }

    #[test]
    fn a_day_that_is_not_known_is_a_span_and_never_invented() {
        let acts = vec![
            act("NOR", ActionKind::Ratification, "1950-01-01"),
            act("FRA", ActionKind::Signature, "1951-02"),
            act("FRA", ActionKind::Ratification, "1960"),
            act("PER", ActionKind::Accession, "/1955-06-30"),
        ];
        let treaty = treaty(Some("1 instrument"), acts);
        assert_eq!(
            told(&treaty, "FRA"),
            [
                "signatory 1951-02-01/1951-02-28 1960-01-01/1960-12-31 by signature",
                "party 1960-01-01/1960-12-31 - by ratification"
            ]
        );
        let river = super::tests::treaty(
            Some("2 instruments; 30 days"),
            vec![
                act("NOR", ActionKind::Ratification, "1951-01-01"),
                act("SWE", ActionKind::Accession, "1952-05"),
            ],
        );
        assert_eq!(
            told(&river, "SWE"),
            [
                "contracting 1952-05-01/1952-05-31 1952-05-31/1952-06-30 by accession",
                "party 1952-05-31/1952-06-30 - by accession"
            ]
        );
        assert_eq!(told(&treaty, "PER"), ["party /1955-06-30 - by accession"]);
        assert_eq!(told(&treaty, "TCD"), [""; 0]);
    }

    #[test]
    fn a_withdrawal_without_an_effect_leaves_the_rest_open() {
        let mut acts = vec![
            act("NOR", ActionKind::Ratification, "1950-01-01"),
            act("NOR", ActionKind::Withdrawal, "1960-01-01"),
        ];
        let open = treaty(Some("1 instrument"), acts.clone());
        let [party, rest] = &told(&open, "NOR")[..] else {
            panic!("{:?}", told(&open, "NOR"))
        };
        assert_eq!(party, "party 1950-01-01 1960-01-01 by ratification");
        assert_eq!(rest, "undetermined 1960-01-01 - by withdrawal");
        acts[1].effective = "1961-01-01".parse().ok();
        let closed = treaty(Some("1 instrument"), acts);
        assert_eq!(
            told(&closed, "NOR"),
            [
                "party 1950-01-01 1961-01-01 by ratification",
                "withdrawn 1961-01-01 - by withdrawal"
            ]
        );
    }

    #[test]
    fn without_a_clause_nobody_is_called_a_party_or_less() {
        let open = treaty(None, vec![act("NOR", ActionKind::Accession, "1950-01-01")]);
        assert_eq!(told(&open, "NOR"), ["consented 1950-01-01 - by accession"]);
        let timeline = Timeline::new(&open);
        let day = "1951-01-01".parse().unwrap();
        let participation = timeline.participation("NOR".parse().unwrap(), day);
        assert_eq!(
            (participation.consented, participation.party),
            (Some(true), None)
        );
        assert_eq!(timeline.is_in_force_on(day), None);
    }
}
