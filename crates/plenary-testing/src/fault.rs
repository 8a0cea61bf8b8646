//! [`Fault`]: breaks a valid record so that one check fires.

use chrono::{Datelike, NaiveDate};
use plenary_states::{Name, NameKind, entities, fold, members_on};
use plenary_types::{
    Act, Agreement, AnnouncedTally, Assertion, Ballots, BodyId, Choice, Citation, Claim, Decision,
    Field, Locus, Mode, Nature, Relation, Roll, RollEntry, Session, Source, StateCode, Total,
};
use std::sync::Arc;

/// A way to break a valid record so that one check of `plenary-validation` fires.
///
/// ```
/// use plenary_testing::{agreements, fault, Context};
/// use proptest::strategy::{Strategy, ValueTree};
/// use proptest::test_runner::TestRunner;
///
/// let mut runner = TestRunner::deterministic();
/// let valid = agreements(&Context::assembly()).new_tree(&mut runner)?.current();
/// let broken = fault("tally-mismatch").unwrap().inject(&valid, 7).unwrap();
/// assert_ne!(broken.agreement, valid);
/// # Ok::<(), proptest::test_runner::Reason>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Fault {
    /// The check that has to fire.
    pub check: &'static str,
    /// What is done to the record.
    pub what: &'static str,
    inject: fn(Agreement, u64) -> Option<Injected>,
}

/// A record with a fault in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Injected {
    /// The broken record.
    pub agreement: Agreement,
    /// Where the fault is, which is where the check has to find it.
    pub locus: Locus,
}

impl Fault {
    /// A copy of a valid record with this fault; `None` when such a record cannot have it, as a vote of the Security
    /// Council cannot have the session of another symbol. The seed chooses among the ways and the places.
    #[must_use]
    pub fn inject(&self, valid: &Agreement, seed: u64) -> Option<Injected> {
        (self.inject)(valid.clone(), seed)
    }
}

/// The fault for a check.
#[must_use]
pub fn fault(check: &str) -> Option<&'static Fault> {
    FAULTS.iter().find(|fault| fault.check == check)
}

/// Every fault; each check of single records in `plenary-validation` has one.
#[must_use]
pub const fn faults() -> &'static [Fault] {
    FAULTS
}

const FAULTS: &[Fault] = &[
    Fault {
        check: "id-mismatch",
        what: "another identifier",
        inject: id_mismatch,
    },
    Fault {
        check: "symbol-body-mismatch",
        what: "another body",
        inject: symbol_body_mismatch,
    },
    Fault {
        check: "symbol-session-mismatch",
        what: "another session, or another year",
        inject: symbol_session_mismatch,
    },
    Fault {
        check: "date-outside-session",
        what: "a date years away",
        inject: date_outside_session,
    },
    Fault {
        check: "unknown-state",
        what: "a name that no state has",
        inject: unknown_state,
    },
    Fault {
        check: "duplicate-ballot",
        what: "a member listed twice",
        inject: duplicate_ballot,
    },
    Fault {
        check: "not-a-member",
        what: "a ballot of a state that is no member",
        inject: not_a_member,
    },
    Fault {
        check: "name-at-date",
        what: "a name of another time",
        inject: name_at_date,
    },
    Fault {
        check: "missing-member",
        what: "a member taken off the list",
        inject: missing_member,
    },
    Fault {
        check: "tally-mismatch",
        what: "an announced total changed",
        inject: tally_mismatch,
    },
    Fault {
        check: "tally-sum",
        what: "totals without ballots that do not add up",
        inject: tally_sum,
    },
    Fault {
        check: "member-count",
        what: "one member too many announced",
        inject: member_count,
    },
    Fault {
        check: "outcome-mismatch",
        what: "an adoption that the votes do not bear out",
        inject: outcome_mismatch,
    },
    Fault {
        check: "vetoed-but-adopted",
        what: "a permanent member against",
        inject: vetoed_but_adopted,
    },
    Fault {
        check: "claim-contradicts-record",
        what: "a false claim",
        inject: claim_contradicts_record,
    },
];

/// The principal decision of a record, to be changed, with its place.
fn principal(agreement: &mut Agreement) -> Option<(usize, &mut Decision)> {
    let (at, _) = agreement.principal_decision()?;
    match agreement.acts.get_mut(at)? {
        Act::Decision(decision) => Some((at, decision)),
        _ => None,
    }
}

/// Changes the principal decision; the closure returns the field in which the fault is.
fn change(
    mut agreement: Agreement,
    change: impl FnOnce(&mut Decision) -> Option<Field>,
) -> Option<Injected> {
    let (act, decision) = principal(&mut agreement)?;
    let field = change(decision)?;
    Some(Injected {
        agreement,
        locus: Locus::of_act(act, field),
    })
}

/// The lines of a recorded vote, to be changed.
type Lines = Vec<(RollEntry, Choice)>;

/// Changes the list and announces the totals of the new one; the closure returns the place of the fault.
fn change_list(
    agreement: Agreement,
    edit: impl FnOnce(&mut Lines, &Decision) -> Option<Field>,
) -> Option<Injected> {
    change(agreement, |decision| {
        let mut lines: Lines = decision
            .ballots
            .as_ref()?
            .iter()
            .map(|ballot| (ballot.entry.clone(), ballot.choice))
            .collect();
        let field = edit(&mut lines, decision)?;
        let (entries, choices) = lines.into_iter().unzip();
        let ballots = Ballots::new(Arc::new(Roll::new(entries)), choices).ok()?;
        decision.announced = AnnouncedTally::from(ballots.tally());
        decision.ballots = Some(ballots);
        Some(field)
    })
}

fn pick(seed: u64, length: usize) -> Option<usize> {
    let length = u64::try_from(length).ok().filter(|n| *n > 0)?;
    usize::try_from(seed % length).ok()
}

fn day_of(decision: &Decision) -> Option<NaiveDate> {
    decision.date?.as_day()
}

fn id_mismatch(mut agreement: Agreement, seed: u64) -> Option<Injected> {
    let other = Citation::new(&format!("A/RES/99/{}", seed % 1000 + 1));
    agreement.id = Some(plenary_types::agreement_id(&BodyId::UNGA, &other));
    Some(Injected {
        agreement,
        locus: Locus::of_record(Field::Id),
    })
}

fn symbol_body_mismatch(agreement: Agreement, seed: u64) -> Option<Injected> {
    change(agreement, |decision| {
        let others = [BodyId::ECOSOC, BodyId::HRC, BodyId::CHR];
        decision.body = others.get(pick(seed, others.len())?).cloned();
        Some(Field::Body)
    })
}

fn symbol_session_mismatch(agreement: Agreement, seed: u64) -> Option<Injected> {
    change(agreement, |decision| {
        if let Some(session) = &mut decision.session {
            *session = match seed % 3 {
                0 => Session::Special(session.number()),
                1 => Session::Emergency(session.number()),
                _ => Session::Regular(session.number() + 1),
            };
            return Some(Field::Session);
        }
        let day = day_of(decision)?;
        decision.date = Some(NaiveDate::from_ymd_opt(day.year() + 1, day.month(), 1)?.into());
        Some(Field::Date)
    })
}

fn date_outside_session(agreement: Agreement, seed: u64) -> Option<Injected> {
    change(agreement, |decision| {
        decision.session?;
        let day = day_of(decision)?;
        let years = i32::try_from(seed % 5).ok()? + 2;
        let year = if seed.is_multiple_of(2) {
            day.year() + years
        } else {
            day.year() - years
        };
        decision.date = Some(NaiveDate::from_ymd_opt(year, day.month(), day.day())?.into());
        Some(Field::Date)
    })
}

fn unknown_state(agreement: Agreement, seed: u64) -> Option<Injected> {
    change_list(agreement, |lines, _| {
        let place = pick(seed, lines.len())?;
        let name = ["ATLANTIS", "FREEDONIA", "RURITANIA"].get(pick(seed, 3)?)?;
        lines.get_mut(place)?.0 = RollEntry {
            name: Some((*name).into()),
            ..RollEntry::default()
        };
        Some(Field::Name(place))
    })
}

fn duplicate_ballot(agreement: Agreement, seed: u64) -> Option<Injected> {
    change_list(agreement, |lines, _| {
        let line = lines.get(pick(seed, lines.len())?)?.clone();
        lines.push(line);
        Some(Field::Name(lines.len() - 1))
    })
}

fn not_a_member(agreement: Agreement, seed: u64) -> Option<Injected> {
    change_list(agreement, |lines, decision| {
        let day = day_of(decision)?;
        // Sixty days to either side lies the leeway around days that no source confirms.
        let near = |offset: i64| members_on(day + chrono::Duration::days(offset));
        let is_near = |code: &StateCode| {
            [-61, 0, 61]
                .iter()
                .any(|offset| near(*offset).contains(code))
        };
        let strangers: Vec<_> = entities()
            .map(plenary_states::Entity::code)
            .filter(|code| !is_near(code))
            .collect();
        let stranger = strangers.get(pick(seed, strangers.len())?)?;
        lines.push((RollEntry::of(*stranger), Choice::Yes));
        Some(Field::Name(lines.len() - 1))
    })
}

fn name_at_date(agreement: Agreement, _seed: u64) -> Option<Injected> {
    change_list(agreement, |lines, decision| {
        let day = day_of(decision)?;
        let out_of_use = |code: StateCode| {
            let names = plenary_states::entity(code)?.names();
            let now = |name: &Name| name.span.contains(day);
            let is_current = |text: &str| {
                let key = fold(text);
                names.iter().any(|name| now(name) && fold(name.text) == key)
            };
            let mut short = names.iter().filter(|name| name.kind == NameKind::Short);
            short
                .find(|name| !now(name) && !is_current(name.text))
                .map(|name| name.text)
        };
        let renamed = |(place, line): (usize, &(RollEntry, Choice))| {
            line.0.state.and_then(out_of_use).map(|name| (place, name))
        };
        let (place, name) = lines.iter().enumerate().find_map(renamed)?;
        lines.get_mut(place)?.0.name = Some(name.into());
        Some(Field::Name(place))
    })
}

fn missing_member(agreement: Agreement, _seed: u64) -> Option<Injected> {
    change_list(agreement, |lines, _| {
        // France is a member of everything since 1945, and permanent in the Security Council.
        let france = "FRA".parse().ok();
        let place = lines.iter().position(|(entry, _)| entry.state == france)?;
        lines.remove(place);
        Some(Field::Ballots)
    })
}

fn tally_mismatch(agreement: Agreement, seed: u64) -> Option<Injected> {
    change(agreement, |decision| {
        let announced = &mut decision.announced;
        let (count, total) = match seed % 4 {
            0 => (&mut announced.yes, Total::Yes),
            1 => (&mut announced.no, Total::No),
            2 => (&mut announced.abstain, Total::Abstain),
            _ => (&mut announced.non_voting, Total::NonVoting),
        };
        *count = Some(count.unwrap_or(0) + 1 + u32::try_from(seed % 7).ok()?);
        Some(Field::Announced(total))
    })
}

fn tally_sum(agreement: Agreement, seed: u64) -> Option<Injected> {
    change(agreement, |decision| {
        decision.announced = AnnouncedTally::from(decision.ballots.take()?.tally());
        decision.mode = Mode::NonRecorded;
        let yes = &mut decision.announced.yes;
        *yes = Some(yes.unwrap_or(0) + 1 + u32::try_from(seed % 7).ok()?);
        Some(Field::Announced(Total::Members))
    })
}

fn member_count(agreement: Agreement, seed: u64) -> Option<Injected> {
    change(agreement, |decision| {
        let members = &mut decision.announced.members;
        *members = Some(members.unwrap_or(193) + 60 + u32::try_from(seed % 7).ok()?);
        Some(Field::Announced(Total::Members))
    })
}

fn outcome_mismatch(agreement: Agreement, _seed: u64) -> Option<Injected> {
    change_list(agreement, |lines, _| {
        for (_, choice) in lines {
            *choice = match *choice {
                Choice::Yes => Choice::No,
                Choice::No => Choice::Abstain,
                other => other,
            };
        }
        Some(Field::Outcome)
    })
}

fn vetoed_but_adopted(agreement: Agreement, _seed: u64) -> Option<Injected> {
    change_list(agreement, |lines, decision| {
        if decision.body != Some(BodyId::UNSC) {
            return None;
        }
        let france = "FRA".parse().ok();
        let place = lines.iter().position(|(entry, _)| entry.state == france)?;
        lines.get_mut(place)?.1 = Choice::No;
        Some(Field::Choice(place))
    })
    .and_then(|mut injected| {
        let (_, decision) = principal(&mut injected.agreement)?;
        decision.question.nature = Some(Nature::Substantive);
        Some(injected)
    })
}

fn claim_contradicts_record(mut agreement: Agreement, seed: u64) -> Option<Injected> {
    let (_, decision) = agreement.principal_decision()?;
    let value = decision.announced.yes? + 1 + u32::try_from(seed % 7).ok()?;
    agreement.claims.push(Claim {
        text: format!("{value} members voted in favour."),
        source: Source {
            title: "a hasty report".into(),
            ..Source::default()
        },
        assertion: Some(Assertion::Count {
            of: None,
            choice: Choice::Yes,
            relation: Relation::Equal,
            value,
        }),
        not_checkable: None,
    });
    let locus = Locus::of_record(Field::Claim(agreement.claims.len() - 1));
    Some(Injected { agreement, locus })
}
