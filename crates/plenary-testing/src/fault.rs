//! [`Fault`]: breaks a valid record so that one check fires.

use chrono::{Datelike, NaiveDate};
use plenary_bodies::library::Rule;
use plenary_bodies::{Body, Electorate, Pattern, Reference, Setting};
use plenary_decisions::requirement::GroupRef;
use plenary_states::{Name, NameKind, entities, fold};
use plenary_types::{
    Act, ActionKind, Agreement, AgreementRelation, AnnouncedTally, Assertion, Ballots, BodyId,
    Choice, Citation, Claim, Contest, Date, Decision, ElectionRecord, Field, Locus, Mode, Nature,
    Outcome, Participant, Relation, RelationKind, Roll, RollEntry, Round, Series, Session, Source,
    StateCode, Step, Symbol, Term, Total, TreatyAction,
};
use std::sync::Arc;

use crate::symbol::text_of;
use crate::vote;

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
    inject: Inject,
}

/// How a fault is put into a record.
#[derive(Clone, Copy, Debug)]
enum Inject {
    /// Whatever the bodies are.
    Record(fn(Agreement, u64) -> Option<Injected>),
    /// By what is known of the body.
    Judged(fn(&Reference, Agreement, u64) -> Option<Injected>),
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
        self.inject_by(Reference::embedded(), valid, seed)
    }

    /// The same for a record of a body of any reference.
    #[must_use]
    pub fn inject_by(
        &self,
        reference: &Reference,
        valid: &Agreement,
        seed: u64,
    ) -> Option<Injected> {
        match self.inject {
            Inject::Record(inject) => inject(valid.clone(), seed),
            Inject::Judged(inject) => inject(reference, valid.clone(), seed),
        }
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
        inject: Inject::Record(id_mismatch),
    },
    Fault {
        check: "symbol-body-mismatch",
        what: "another body",
        inject: Inject::Record(symbol_body_mismatch),
    },
    Fault {
        check: "symbol-session-mismatch",
        what: "another session, or another year",
        inject: Inject::Record(symbol_session_mismatch),
    },
    Fault {
        check: "title-names-another",
        what: "the title of another resolution",
        inject: Inject::Record(title_names_another),
    },
    Fault {
        check: "date-outside-session",
        what: "a date years away",
        inject: Inject::Judged(date_outside_session),
    },
    Fault {
        check: "unknown-state",
        what: "a name that no state has",
        inject: Inject::Record(unknown_state),
    },
    Fault {
        check: "unknown-state",
        what: "a participant of a treaty that nobody knows",
        inject: Inject::Record(unknown_participant),
    },
    Fault {
        check: "election-mismatch",
        what: "an election of one who has not the majority",
        inject: Inject::Record(election_mismatch),
    },
    Fault {
        check: "election-mismatch",
        what: "somebody elected in two rounds",
        inject: Inject::Record(elected_twice),
    },
    Fault {
        check: "election-mismatch",
        what: "more ballots than electors",
        inject: Inject::Record(too_many_ballots),
    },
    Fault {
        check: "election-mismatch",
        what: "a round dated before the one that it follows",
        inject: Inject::Record(rounds_out_of_order),
    },
    Fault {
        check: "election-mismatch",
        what: "a round restricted by one that is missing",
        inject: Inject::Record(round_missing),
    },
    Fault {
        check: "election-mismatch",
        what: "a round when all seats are filled",
        inject: Inject::Record(round_too_many),
    },
    Fault {
        check: "election-mismatch",
        what: "an election of somebody who withdrew",
        inject: Inject::Record(elected_and_withdrawn),
    },
    Fault {
        check: "unknown-state",
        what: "a candidate whom nobody knows",
        inject: Inject::Record(unknown_candidate),
    },
    Fault {
        check: "unknown-word",
        what: "an election to a body that is not on record",
        inject: Inject::Record(unknown_office),
    },
    Fault {
        check: "unknown-word",
        what: "seats of a group that is not on record",
        inject: Inject::Record(unknown_group),
    },
    Fault {
        check: "date-outside-session",
        what: "a session that the body has not held",
        inject: Inject::Judged(session_not_held),
    },
    Fault {
        check: "member-count",
        what: "more who attended than there are members",
        inject: Inject::Judged(too_many_attended),
    },
    Fault {
        check: "election-mismatch",
        what: "an election of the candidate with the fewest votes",
        inject: Inject::Record(last_elected),
    },
    Fault {
        check: "election-mismatch",
        what: "more valid ballots than electors",
        inject: Inject::Record(too_few_electors),
    },
    Fault {
        check: "election-mismatch",
        what: "a vote for somebody to whom a round was not restricted",
        inject: Inject::Record(vote_for_an_outsider),
    },
    Fault {
        check: "election-contradicts-roster",
        what: "an election by another body",
        inject: Inject::Record(elected_by_another),
    },
    Fault {
        check: "election-contradicts-roster",
        what: "an election to the body of one who does not sit there",
        inject: Inject::Judged(election_contradicts_roster),
    },
    Fault {
        check: "unresolved-reference",
        what: "a reference to an act that is not there",
        inject: Inject::Record(unresolved_reference),
    },
    Fault {
        check: "unknown-word",
        what: "an outcome that has no meaning here",
        inject: Inject::Record(unknown_word),
    },
    Fault {
        check: "duplicate-ballot",
        what: "a member listed twice",
        inject: Inject::Record(duplicate_ballot),
    },
    Fault {
        check: "duplicate-ballot",
        what: "the rows of the whole vote twice",
        inject: Inject::Record(vote_twice),
    },
    Fault {
        check: "duplicate-ballot",
        what: "a state beside the one that continues its membership, in a vote without a date",
        inject: Inject::Record(seat_twice),
    },
    Fault {
        check: "not-a-member",
        what: "a ballot of a state that is no member",
        inject: Inject::Judged(not_a_member),
    },
    Fault {
        check: "name-at-date",
        what: "a name of another time",
        inject: Inject::Record(name_at_date),
    },
    Fault {
        check: "missing-member",
        what: "a member taken off the list",
        inject: Inject::Judged(missing_member),
    },
    Fault {
        check: "tally-mismatch",
        what: "an announced total changed",
        inject: Inject::Record(tally_mismatch),
    },
    Fault {
        check: "tally-sum",
        what: "totals without ballots that do not add up",
        inject: Inject::Record(tally_sum),
    },
    Fault {
        check: "member-count",
        what: "a number of members announced that the body did not have",
        inject: Inject::Judged(member_count),
    },
    Fault {
        check: "member-count",
        what: "some of the totals, more than the members together",
        inject: Inject::Record(partial_totals),
    },
    Fault {
        check: "outcome-mismatch",
        what: "the outcome that the votes do not come to",
        inject: Inject::Judged(outcome_mismatch),
    },
    Fault {
        check: "outcome-mismatch",
        what: "an adoption that the votes do not bear out",
        inject: Inject::Judged(votes_mismatch),
    },
    Fault {
        check: "quorum",
        what: "an adoption by one member, when nobody else attended",
        inject: Inject::Judged(quorum),
    },
    Fault {
        check: "vetoed-but-adopted",
        what: "a permanent member against",
        inject: Inject::Judged(vetoed_but_adopted),
    },
    Fault {
        check: "claim-contradicts-record",
        what: "a false claim",
        inject: Inject::Record(claim_contradicts_record),
    },
    Fault {
        check: "symbol-grammar",
        what: "a misprinted symbol",
        inject: Inject::Judged(symbol_grammar),
    },
    Fault {
        check: "symbol-decision-mismatch",
        what: "the symbol of another resolution",
        inject: Inject::Judged(symbol_decision_mismatch),
    },
    Fault {
        check: "meeting-session-mismatch",
        what: "a meeting of another session",
        inject: Inject::Judged(meeting_session_mismatch),
    },
    Fault {
        check: "implausible-date",
        what: "a date that stands for none",
        inject: Inject::Record(implausible_date),
    },
    Fault {
        check: "implausible-date",
        what: "a date before the body existed",
        inject: Inject::Judged(date_before_the_body),
    },
    Fault {
        check: "implausible-date",
        what: "a date after the body ended",
        inject: Inject::Judged(date_after_the_body),
    },
    Fault {
        check: "acts-out-of-order",
        what: "a step dated after the decision, ahead of it",
        inject: Inject::Record(acts_out_of_order),
    },
    Fault {
        check: "control-characters",
        what: "a tab in the title",
        inject: Inject::Record(control_characters),
    },
    Fault {
        check: "vote-while-suspended",
        what: "a vote of a member that could not take part",
        inject: Inject::Judged(vote_while_suspended),
    },
    Fault {
        check: "truncated-roll",
        what: "all votes but two lost",
        inject: Inject::Judged(truncated_roll),
    },
    Fault {
        check: "empty-roll",
        what: "all votes lost",
        inject: Inject::Record(empty_roll),
    },
    Fault {
        check: "mode-contradicts-votes",
        what: "a mode that knows no votes",
        inject: Inject::Record(mode_contradicts_votes),
    },
    Fault {
        check: "unknown-rule",
        what: "a rule that is none",
        inject: Inject::Record(unknown_rule),
    },
    Fault {
        check: "claim-without-source",
        what: "a claim of nobody",
        inject: Inject::Record(claim_without_source),
    },
    Fault {
        check: "unresolved-relation",
        what: "a relation to an act that the document does not have",
        inject: Inject::Record(unresolved_relation),
    },
    Fault {
        check: "adoption-mismatch",
        what: "an adoption by a decision that was rejected",
        inject: Inject::Record(adoption_mismatch),
    },
    Fault {
        check: "treaty-action-order",
        what: "a ratification before the signature",
        inject: Inject::Record(treaty_action_order),
    },
    Fault {
        check: "treaty-action-order",
        what: "a withdrawal that takes effect before the consent or the notice",
        inject: Inject::Record(withdrawal_with_early_effect),
    },
    Fault {
        check: "treaty-action-order",
        what: "a withdrawal revoked before it was made",
        inject: Inject::Record(early_revocation),
    },
    Fault {
        check: "treaty-action-order",
        what: "provisional application that ends before it begins",
        inject: Inject::Record(early_provisional_end),
    },
    Fault {
        check: "treaty-action-order",
        what: "a withdrawal revoked after it took effect",
        inject: Inject::Record(late_revocation),
    },
    Fault {
        check: "treaty-action-order",
        what: "a suspension that ends before it begins",
        inject: Inject::Record(early_resumption),
    },
    Fault {
        check: "treaty-action-order",
        what: "an act without the one that it rests on",
        inject: Inject::Record(act_without_ground),
    },
    Fault {
        check: "treaty-action-order",
        what: "a withdrawal, or a revocation of one, twice in a row",
        inject: Inject::Record(act_repeated),
    },
    Fault {
        check: "effect-before-act",
        what: "a consent that takes effect before it is given",
        inject: Inject::Record(effect_before_act),
    },
    Fault {
        check: "day-month-exchanged",
        what: "signature and ratification with day and month exchanged",
        inject: Inject::Record(day_month_exchanged),
    },
    Fault {
        check: "double-consent",
        what: "a second consent",
        inject: Inject::Record(double_consent),
    },
    Fault {
        check: "double-consent",
        what: "a consent after a withdrawal that was revoked",
        inject: Inject::Record(consent_after_revocation),
    },
    Fault {
        check: "accession-after-signature",
        what: "an accession beside a signature",
        inject: Inject::Record(accession_after_signature),
    },
    Fault {
        check: "succession-without-predecessor",
        what: "a succession of a state without a predecessor",
        inject: Inject::Record(succession_without_predecessor),
    },
    Fault {
        check: "act-before-existence",
        what: "a ratification by a state that did not exist",
        inject: Inject::Record(act_before_existence),
    },
    Fault {
        check: "act-before-treaty",
        what: "a signature before the day in the title",
        inject: Inject::Record(act_before_treaty),
    },
    Fault {
        check: "in-force-before-consent",
        what: "an entry into force before any consent",
        inject: Inject::Record(in_force_before_consent),
    },
    Fault {
        check: "entry-into-force-mismatch",
        what: "an entry into force on another day than the clause gives",
        inject: Inject::Record(entry_into_force_mismatch),
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
        let (entries, choices): (Vec<_>, Vec<_>) = lines.into_iter().unzip();
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
    agreement.derived_id()?;
    let other = Citation::new(&format!("A/RES/99/{}", seed % 1000 + 1));
    agreement.id = Some(plenary_types::agreement_id(&BodyId::UNGA, &other));
    Some(Injected {
        agreement,
        locus: Locus::of_record(Field::Id),
    })
}

fn symbol_body_mismatch(agreement: Agreement, seed: u64) -> Option<Injected> {
    agreement.symbols.first()?.symbol()?.body()?;
    change(agreement, |decision| {
        let others = [BodyId::ECOSOC, BodyId::HRC, BodyId::CHR];
        let others: Vec<_> = others
            .into_iter()
            .filter(|other| decision.body.as_ref() != Some(other))
            .collect();
        decision.body = others.get(pick(seed, others.len())?).cloned();
        Some(Field::Body)
    })
}

fn symbol_session_mismatch(agreement: Agreement, seed: u64) -> Option<Injected> {
    change(agreement, |decision| {
        let symbol = decision.symbol.as_ref()?.symbol()?.clone();
        if symbol.body() != decision.body {
            return None;
        }
        if let (Some(session), Some(_)) = (&mut decision.session, symbol.session()) {
            let number = session.number()?;
            *session = match seed % 3 {
                0 => Session::Special(number + 100),
                1 => Session::Emergency(number + 100),
                _ => Session::Regular(number + 1),
            };
            return Some(Field::Session);
        }
        symbol.year().and(symbol.running_number())?;
        let day = day_of(decision)?;
        decision.date = Some(NaiveDate::from_ymd_opt(day.year() + 1, day.month(), 1)?.into());
        Some(Field::Date)
    })
}

fn title_names_another(mut agreement: Agreement, seed: u64) -> Option<Injected> {
    let symbol = agreement.symbols.first()?.symbol()?;
    let number = symbol
        .number()
        .filter(|_| symbol.series() == Series::Resolution)?;
    let other = number + u32::try_from(seed % 3).ok()? + 1;
    let series = symbol.as_str().split_once("RES/").map(|(series, _)| series);
    agreement.title = match (series?, symbol.year(), symbol.session()) {
        ("S/", Some(year), _) => format!("Security Council resolution {other} ({year}) [made up]"),
        ("A/", None, Some(Session::Regular(session @ 31..))) => {
            format!("General Assembly resolution {session}/{other}: made up")
        }
        _ => return None,
    };
    Some(Injected {
        agreement,
        locus: Locus::of_record(Field::Title),
    })
}

fn date_outside_session(
    reference: &Reference,
    agreement: Agreement,
    seed: u64,
) -> Option<Injected> {
    change(agreement, |decision| {
        let body = reference.body(decision.body.as_ref()?.as_str())?;
        let session = body.sessions().get(&decision.session?.to_string())?;
        // A meeting that runs past midnight carries the date of the next day.
        let days = chrono::Days::new(2 + seed % 2000);
        let outside = match session.closed {
            Some(closed) if seed.is_multiple_of(2) => closed.checked_add_days(days)?,
            _ => session.opened.checked_sub_days(days)?,
        };
        decision.date = Some(outside.into());
        Some(Field::Date)
    })
}

fn election_mismatch(mut agreement: Agreement, seed: u64) -> Option<Injected> {
    let (_, decision) = principal(&mut agreement)?;
    let valid = 100 + u32::try_from(seed % 90).ok()?;
    let [few, many] = ["FRA", "GBR"].map(|code| code.parse::<Participant>().ok());
    let election = ElectionRecord {
        body: Some(BodyId::UNGA),
        rule: Some("more than 1/2 of present and voting".to_owned()),
        contests: vec![Contest {
            seats: 1,
            rounds: vec![Round {
                date: decision.date,
                valid: Some(valid),
                votes: [(few?, valid / 3), (many?, valid - valid / 3)].into(),
                elected: vec![few?],
                ..Round::default()
            }],
            ..Contest::default()
        }],
        ..ElectionRecord::default()
    };
    Some(with_election(agreement, election))
}

/// Changes the first election of a record; the closure returns the field in which the fault is.
fn change_election(
    mut agreement: Agreement,
    change: impl FnOnce(&mut ElectionRecord) -> Option<Field>,
) -> Option<Injected> {
    let (act, _) = agreement.elections().next()?;
    let Some(Act::Election(election)) = agreement.acts.get_mut(act) else {
        return None;
    };
    let field = change(election)?;
    Some(Injected {
        agreement,
        locus: Locus::of_act(act, field),
    })
}

fn last_elected(agreement: Agreement, _seed: u64) -> Option<Injected> {
    change_election(agreement, |election| {
        let rounds = &mut election.contests.first_mut()?.rounds;
        rounds.truncate(1);
        let round = rounds.first_mut()?;
        let fewest = round.votes.values().min().copied()?;
        let mut last = round.votes.iter().filter(|(_, votes)| **votes == fewest);
        // Of equals one may be elected by lot.
        let (Some((last, _)), None) = (last.next(), last.next()) else {
            return None;
        };
        if round.elected.contains(last) {
            return None;
        }
        round.elected.pop();
        round.elected.push(*last);
        Some(Field::Contest(0))
    })
}

fn too_few_electors(agreement: Agreement, seed: u64) -> Option<Injected> {
    change_election(agreement, |election| {
        let rounds = &mut election.contests.first_mut()?.rounds;
        let at = pick(seed, rounds.len())?;
        let round = rounds.get_mut(at)?;
        round.electors = Some(round.valid?.checked_sub(1)?);
        Some(Field::Contest(0))
    })
}

fn vote_for_an_outsider(agreement: Agreement, _seed: u64) -> Option<Injected> {
    change_election(agreement, |election| {
        let contest = election.contests.first_mut()?;
        let at = contest
            .rounds
            .iter()
            .position(|round| !round.restricted_to.is_empty())?;
        contest.rounds.truncate(at + 1);
        let (round, earlier) = contest.rounds.split_last_mut()?;
        let mut stood = earlier.iter().flat_map(|round| round.votes.keys());
        let outsider = stood.find(|who| !round.restricted_to.contains(who))?;
        // One more vote has to fit on the ballots, and may not elect.
        let valid = round.valid.filter(|valid| *valid > 4)?;
        let filled = earlier
            .iter()
            .map(|round| round.elected.len())
            .sum::<usize>();
        let seats = u32::try_from(filled)
            .ok()
            .and_then(|filled| contest.seats.checked_sub(filled))?;
        if round.votes.values().sum::<u32>() >= valid * seats {
            let fewest = round.votes.values().min().copied()?;
            let mut last = round
                .votes
                .iter_mut()
                .filter(|(_, votes)| **votes == fewest);
            let (Some((who, votes)), None) = (last.next(), last.next()) else {
                return None;
            };
            *votes = votes.checked_sub(1)?;
            if round.elected.contains(who) {
                return None;
            }
        }
        round.votes.insert(*outsider, 1);
        Some(Field::Contest(0))
    })
}

fn elected_by_another(agreement: Agreement, _seed: u64) -> Option<Injected> {
    change_election(agreement, |election| {
        election.to.as_ref()?;
        election.rule = Some("more than 1/2 of present and voting".to_owned());
        election.body = Some("another-body".parse().ok()?);
        Some(Field::Body)
    })
}

/// An agreement with one more election, in the first contest of which the fault is.
fn with_election(mut agreement: Agreement, election: ElectionRecord) -> Injected {
    let locus = Locus::of_act(agreement.acts.len(), Field::Contest(0));
    agreement.acts.push(Act::Election(Box::new(election)));
    Injected { agreement, locus }
}

/// An agreement with one more election, of one contest.
fn with_contest(
    agreement: Agreement,
    seats: u32,
    rounds: impl IntoIterator<Item = Round>,
) -> Injected {
    let contest = Contest {
        seats,
        rounds: rounds.into_iter().collect(),
        ..Contest::default()
    };
    let election = ElectionRecord {
        contests: vec![contest],
        ..ElectionRecord::default()
    };
    with_election(agreement, election)
}

fn candidate(seed: u64) -> Option<Participant> {
    let codes = ["FRA", "GBR", "PER"];
    codes.get(pick(seed, codes.len())?)?.parse().ok()
}

fn elected_twice(agreement: Agreement, seed: u64) -> Option<Injected> {
    let who = candidate(seed)?;
    let elected = |who| Round {
        elected: vec![who],
        ..Round::default()
    };
    Some(with_contest(agreement, 2, [elected(who), elected(who)]))
}

fn too_many_ballots(agreement: Agreement, seed: u64) -> Option<Injected> {
    let electors = 20 + u32::try_from(seed % 100).ok()?;
    let invalid = u32::try_from(seed % 3).ok()?;
    let round = Round {
        electors: Some(electors),
        valid: Some(electors + 1 - invalid),
        invalid: Some(invalid),
        ..Round::default()
    };
    Some(with_contest(agreement, 1, [round]))
}

fn rounds_out_of_order(agreement: Agreement, seed: u64) -> Option<Injected> {
    let first: NaiveDate = "2020-06-17".parse().ok()?;
    let second = first.checked_sub_days(chrono::Days::new(1 + seed % 400))?;
    let round = |day: NaiveDate| Round {
        date: Some(day.into()),
        ..Round::default()
    };
    Some(with_contest(agreement, 1, [round(first), round(second)]))
}

fn round_missing(agreement: Agreement, seed: u64) -> Option<Injected> {
    let round = Round {
        restricted_to: vec![candidate(seed)?],
        ..Round::default()
    };
    Some(with_contest(agreement, 1, [round]))
}

fn round_too_many(agreement: Agreement, seed: u64) -> Option<Injected> {
    let who = candidate(seed)?;
    let first = Round {
        elected: vec![who],
        ..Round::default()
    };
    let second = Round {
        votes: [(who, 1 + u32::try_from(seed % 90).ok()?)].into(),
        ..Round::default()
    };
    Some(with_contest(agreement, 1, [first, second]))
}

fn elected_and_withdrawn(agreement: Agreement, seed: u64) -> Option<Injected> {
    let who = candidate(seed)?;
    let first = Round {
        withdrawn: vec![who],
        ..Round::default()
    };
    let second = Round {
        elected: vec![who],
        ..Round::default()
    };
    Some(with_contest(agreement, 1, [first, second]))
}

fn unknown_candidate(agreement: Agreement, seed: u64) -> Option<Injected> {
    let codes = ["QQQ", "EUR", "XXA"];
    let who: Participant = codes.get(pick(seed, codes.len())?)?.parse().ok()?;
    let round = Round {
        votes: [(who, 7)].into(),
        ..Round::default()
    };
    Some(with_contest(agreement, 1, [round]))
}

fn unknown_office(agreement: Agreement, _seed: u64) -> Option<Injected> {
    let election = ElectionRecord {
        to: Some("no-such-office".parse().ok()?),
        ..ElectionRecord::default()
    };
    let mut injected = with_election(agreement, election);
    injected.locus.field = Field::To;
    Some(injected)
}

fn unknown_group(agreement: Agreement, _seed: u64) -> Option<Injected> {
    let mut injected = with_contest(agreement, 1, []);
    let Some(Act::Election(election)) = injected.agreement.acts.last_mut() else {
        return None;
    };
    let contest = election.contests.first_mut()?;
    contest.group = Some("Friends of the Lake and Antarctic States".to_owned());
    Some(injected)
}

fn session_not_held(reference: &Reference, agreement: Agreement, seed: u64) -> Option<Injected> {
    change(agreement, |decision| {
        let body = reference.body(decision.body.as_ref()?.as_str())?;
        let sessions = body.sessions().all();
        let closed = sessions.iter().filter_map(|session| session.closed).max()?;
        let opened = sessions.iter().map(|session| session.opened).min()?;
        let day = day_of(decision)?;
        let special = Session::Special(u16::try_from(400 + seed % 100).ok()?);
        let has_special = |session: &plenary_bodies::BodySession| session.session.starts_with("S-");
        let is_known = opened <= day && day <= closed && sessions.iter().any(has_special);
        decision.session = is_known.then_some(special);
        decision.session?;
        Some(Field::Session)
    })
}

fn too_many_attended(reference: &Reference, agreement: Agreement, seed: u64) -> Option<Injected> {
    change(agreement, |decision| {
        let (_, electorate) = electorate_of(reference, decision)?;
        let (_, most) = electorate.seats;
        decision.attending = Some(most.checked_add(2 + u32::try_from(seed % 90).ok()?)?);
        Some(Field::Attending)
    })
}

fn election_contradicts_roster(
    reference: &Reference,
    agreement: Agreement,
    seed: u64,
) -> Option<Injected> {
    let (_, decision) = agreement.principal_decision()?;
    let id = decision.body.clone()?;
    let body = reference.body(id.as_str())?;
    // Somebody has to begin to sit on the day, or more would be elected than there are seats.
    let begins = body.roster()?.known_on(day_of(decision)?)?.span().from;
    let mut rows = body.roster()?.rows().iter();
    rows.find(|row| row.status.is_membership() && row.span.from == begins)?;
    let members = body.members_on(begins)?;
    let others = ["VAT", "LIE", "SMR", "MCO"].map(|code| code.parse::<Participant>());
    let others = others.into_iter().filter_map(Result::ok);
    let others: Vec<_> = others.filter(|who| !members.contains(who)).collect();
    let election = ElectionRecord {
        body: body.elected_by().cloned(),
        to: Some(id),
        term: Some(Term {
            from: begins,
            to: None,
        }),
        contests: vec![Contest {
            seats: 1,
            rounds: vec![Round {
                elected: vec![*others.get(pick(seed, others.len())?)?],
                ..Round::default()
            }],
            ..Contest::default()
        }],
        ..ElectionRecord::default()
    };
    Some(with_election(agreement, election))
}

fn unresolved_reference(agreement: Agreement, _seed: u64) -> Option<Injected> {
    change(agreement, |decision| {
        let reference = "#the-other-organ".parse().ok()?;
        decision.with.insert("council".to_owned(), reference);
        Some(Field::With)
    })
}

fn unknown_word(agreement: Agreement, seed: u64) -> Option<Injected> {
    change(agreement, |decision| {
        let words = ["adoptd", "Held Nongermane", "by acclaim"];
        decision.outcome = words.get(pick(seed, words.len())?)?.parse().ok();
        Some(Field::Outcome)
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

fn vote_twice(agreement: Agreement, _seed: u64) -> Option<Injected> {
    change_list(agreement, |lines, _| {
        // The lines of so few would be reported one by one.
        if lines.len() < 5 {
            return None;
        }
        lines.extend(lines.clone());
        Some(Field::Ballots)
    })
}

fn seat_twice(agreement: Agreement, _seed: u64) -> Option<Injected> {
    let mut injected = change_list(agreement, |lines, _| {
        let other = |(entry, _): &(RollEntry, Choice)| {
            let holder = plenary_states::entity(entry.state()?)?;
            holder.continued_by().or_else(|| holder.continues())
        };
        let other = lines.iter().find_map(other)?;
        lines.push((RollEntry::from_state(other.code()), Choice::Yes));
        Some(Field::Name(lines.len() - 1))
    })?;
    let (_, decision) = principal(&mut injected.agreement)?;
    decision.date = None;
    Some(injected)
}

fn not_a_member(reference: &Reference, agreement: Agreement, seed: u64) -> Option<Injected> {
    change_list(agreement, |lines, decision| {
        let (body, electorate) = electorate_of(reference, decision)?;
        let rosters = [Some(body), reference.parent_of(body).map(|body| &**body)];
        let rosters = rosters.into_iter().flatten().filter_map(Body::roster);
        let of_other_days =
            rosters.flat_map(|roster| roster.rows().iter().filter_map(|row| row.who));
        let of_states = entities().map(|entity| entity.code().into());
        let made_up = [
            "person:nobody",
            "party:nobody",
            "unit:QQA/nobody",
            "org:nobody",
        ];
        let made_up = made_up
            .iter()
            .filter_map(|text| text.parse::<Participant>().ok());
        let others: Vec<_> = of_other_days.chain(made_up).chain(of_states).collect();
        let is_listed = |who: Participant| lines.iter().any(|(entry, _)| entry.who == Some(who));
        let others: Vec<_> = others
            .into_iter()
            .filter(|who| !electorate.may_list(*who) && electorate.holder_of(*who).is_none())
            .filter(|who| !is_listed(*who))
            .collect();
        let stranger = others.get(pick(seed, others.len())?)?;
        lines.push((RollEntry::from_participant(*stranger), Choice::Yes));
        Some(Field::Name(lines.len() - 1))
    })
}

/// The body of a decision, and who could be on its list.
fn electorate_of<'r>(
    reference: &'r Reference,
    decision: &Decision,
) -> Option<(&'r Body, Arc<Electorate>)> {
    let body = reference.body(decision.body.as_ref()?.as_str())?;
    Some((body, body.electorate(decision.date?)?))
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
            // A renaming that no source confirms grounds no finding.
            let is_sure = |text: &str| {
                let key = fold(text);
                let mut same = names.iter().filter(|name| fold(name.text) == key);
                same.all(|name| !name.basis.contains("unverified"))
            };
            let mut short = names.iter().filter(|name| name.kind == NameKind::Short);
            short
                .find(|name| !now(name) && !is_current(name.text) && is_sure(name.text))
                .map(|name| name.text)
        };
        let renamed = |(place, line): (usize, &(RollEntry, Choice))| {
            line.0
                .state()
                .and_then(out_of_use)
                .map(|name| (place, name))
        };
        let (place, name) = lines.iter().enumerate().find_map(renamed)?;
        lines.get_mut(place)?.0.name = Some(name.into());
        Some(Field::Name(place))
    })
}

fn missing_member(reference: &Reference, agreement: Agreement, seed: u64) -> Option<Injected> {
    change_list(agreement, |lines, decision| {
        let (_, electorate) = electorate_of(reference, decision)?;
        let required = lines
            .iter()
            .enumerate()
            .filter(|(_, (entry, _))| entry.who.is_some_and(|who| electorate.must_list(who)));
        let places: Vec<_> = required.map(|(place, _)| place).collect();
        if decision.partial || lines.len() < 2 {
            return None;
        }
        lines.remove(*places.get(pick(seed, places.len())?)?);
        Some(Field::Ballots)
    })
}

fn tally_mismatch(agreement: Agreement, seed: u64) -> Option<Injected> {
    change(agreement, |decision| {
        decision.ballots.as_ref().filter(|_| !decision.partial)?;
        let more = more_than_the_chair(decision, seed)?;
        let announced = &mut decision.announced;
        let (count, total) = match seed % 4 {
            0 => (&mut announced.yes, Total::Yes),
            1 => (&mut announced.no, Total::No),
            2 => (&mut announced.abstain, Total::Abstain),
            _ => (&mut announced.non_voting, Total::NonVoting),
        };
        *count = Some((*count)? + more);
        Some(Field::Announced(total))
    })
}

/// So many votes that the one of a chair, which totals may hold, does not explain them.
fn more_than_the_chair(decision: &Decision, seed: u64) -> Option<u32> {
    let more = u32::try_from(seed % 7).ok()?;
    Some(1 + u32::from(decision.chair.is_some()) + more)
}

fn tally_sum(agreement: Agreement, seed: u64) -> Option<Injected> {
    change(agreement, |decision| {
        if let Some(ballots) = decision.ballots.take() {
            decision.announced = AnnouncedTally::from(ballots.tally());
        }
        decision.mode = Mode::NonRecorded;
        decision.partial = false;
        decision.announced.members?;
        let more = more_than_the_chair(decision, seed)?;
        let yes = &mut decision.announced.yes;
        *yes = Some((*yes)? + more);
        Some(Field::Announced(Total::Members))
    })
}

fn member_count(reference: &Reference, agreement: Agreement, seed: u64) -> Option<Injected> {
    change(agreement, |decision| {
        let (_, electorate) = electorate_of(reference, decision)?;
        let (least, most) = electorate.seats;
        let few = least.checked_sub(1 + u32::try_from(seed % 3).ok()?);
        let found = match few {
            Some(few) if seed.is_multiple_of(2) => few,
            _ => most.checked_add(more_than_the_chair(decision, seed)?)?,
        };
        decision.announced.members = Some(found);
        Some(Field::Announced(Total::Members))
    })
}

fn partial_totals(agreement: Agreement, seed: u64) -> Option<Injected> {
    change(agreement, |decision| {
        let members = decision.ballots.take()?.tally().members()?;
        if decision.partial {
            return None;
        }
        decision.mode = Mode::NonRecorded;
        decision.announced = AnnouncedTally {
            yes: Some(members),
            no: Some(60 + u32::try_from(seed % 7).ok()?),
            ..AnnouncedTally::default()
        };
        Some(Field::Announced(Total::Members))
    })
}

fn outcome_mismatch(reference: &Reference, agreement: Agreement, _seed: u64) -> Option<Injected> {
    change(agreement, |decision| {
        decision.outcome = match meant(reference, decision)? {
            Outcome::Adopted => Some(Outcome::Rejected),
            Outcome::Rejected => Some(Outcome::Adopted),
            _ => None,
        };
        is_contradicted(reference, decision).then_some(Field::Outcome)
    })
}

fn votes_mismatch(reference: &Reference, agreement: Agreement, _seed: u64) -> Option<Injected> {
    let mut injected = change_list(agreement, |lines, _| {
        for (_, choice) in lines {
            *choice = match *choice {
                Choice::Yes => Choice::No,
                Choice::No => Choice::Abstain,
                other => other,
            };
        }
        Some(Field::Outcome)
    })?;
    let (_, decision) = principal(&mut injected.agreement)?;
    is_contradicted(reference, decision).then_some(injected)
}

fn quorum(reference: &Reference, agreement: Agreement, _seed: u64) -> Option<Injected> {
    let broken = change_list(agreement, |lines, decision| {
        vote::rules_of(reference, decision).filter(|_| !decision.partial)?;
        let (body, electorate) = electorate_of(reference, decision)?;
        let must_list = |entry: &RollEntry| entry.who.is_some_and(|who| electorate.must_list(who));
        let alone = lines.iter().position(|(entry, _)| must_list(entry))?;
        for (at, (_, choice)) in lines.iter_mut().enumerate() {
            *choice = match *choice {
                Choice::NotEligible => Choice::NotEligible,
                _ if at == alone => Choice::Yes,
                _ => Choice::NonVoting,
            };
        }
        let ballots = lines
            .iter()
            .filter_map(|(entry, choice)| Some((entry.who?, *choice)));
        let ballots: Vec<_> = ballots.collect();
        let lacks_quorum = vote::lacks_quorum(reference, body, day_of(decision)?, &ballots);
        lacks_quorum.then_some(Field::Outcome)
    })?;
    change(broken.agreement, |decision| {
        decision.attending = Some(1);
        decision.outcome = Some(Outcome::Adopted);
        // A quorum may be that of one kind of question, and this one of another.
        let ruling = reference.library().ruling(decision, &Setting::default());
        let is_asked = ruling.map_or(true, |ruling| ruling.quorum().is_some());
        is_asked.then_some(Field::Outcome)
    })
}

/// Whether no rule that the decision can have been taken by comes to its outcome with these votes, and not only because of a veto.
fn is_contradicted(reference: &Reference, decision: &Decision) -> bool {
    let contradicted = || {
        let (rules, is_assumed) = vote::rules_of(reference, decision)?;
        let outcome = meant(reference, decision)?;
        let (body, day, ballots) = whole_list(reference, decision)?;
        let chair = decision.chair.map(|chair| chair.choice);
        let contradicts = |rule: &&Rule| {
            let adopted = vote::adopts(rule, body, day, &ballots, chair);
            adopted.is_some_and(|adopted| adopted != (outcome == Outcome::Adopted))
        };
        let vote = vote::counted(body, day, &ballots, body.facts(day));
        let first = &rules.first()?.requirement;
        let rest = first.without_vetoes();
        let is_a_veto_alone = is_assumed
            && outcome == Outcome::Adopted
            && !first.vetoes().is_empty()
            && rest.is_none_or(|rest| vote.meets(&rest) == Some(true));
        Some(rules.iter().all(contradicts) && !is_a_veto_alone)
    };
    contradicted().unwrap_or(false)
}

/// What an outcome on record means in its body.
fn meant(reference: &Reference, decision: &Decision) -> Option<Outcome> {
    let body = reference.body(decision.body.as_ref()?.as_str())?;
    Some(body.meaning_of(decision.outcome?))
}

/// Who voted how.
type WholeList = Vec<(Participant, Choice)>;

/// The body, the day and the ballots of a decision that has a whole list.
fn whole_list<'r>(
    reference: &'r Reference,
    decision: &Decision,
) -> Option<(&'r Body, NaiveDate, WholeList)> {
    let body = reference.body(decision.body.as_ref()?.as_str())?;
    let day = day_of(decision).filter(|_| !decision.partial)?;
    let ballots = decision.ballots.as_ref()?.iter();
    let ballots = ballots.filter_map(|ballot| Some((ballot.entry.who?, ballot.choice)));
    Some((body, day, ballots.collect()))
}

fn vetoed_but_adopted(reference: &Reference, agreement: Agreement, seed: u64) -> Option<Injected> {
    let mut injected = change_list(agreement, |lines, decision| {
        let (rules, is_assumed) = vote::rules_of(reference, decision)?;
        if !is_assumed || meant(reference, decision) != Some(Outcome::Adopted) || decision.partial {
            return None;
        }
        let body = reference.body(decision.body.as_ref()?.as_str())?;
        let facts = body.facts(day_of(decision)?);
        let vetoes = rules.first()?.requirement.vetoes();
        let is_in = |group: &&GroupRef, who: Participant| match group {
            GroupRef::Listed(members) => members.contains(&who),
            GroupRef::Named(name) => facts.group(name).is_some_and(|group| group.contains(who)),
        };
        let has_veto = |(entry, _): &(RollEntry, Choice)| {
            entry
                .who
                .is_some_and(|who| vetoes.iter().any(|group| is_in(group, who)))
        };
        let places: Vec<_> = (0..lines.len())
            .filter(|place| lines.get(*place).is_some_and(has_veto))
            .collect();
        let against = |line: &(RollEntry, Choice)| has_veto(line) && line.1 == Choice::No;
        if lines.iter().any(against) {
            return None;
        }
        let place = *places.get(pick(seed, places.len())?)?;
        lines.get_mut(place)?.1 = Choice::No;
        Some(Field::Choice(place))
    })?;
    let (_, decision) = principal(&mut injected.agreement)?;
    let body = reference.body(decision.body.as_ref()?.as_str())?;
    let substantive = Some(Nature::Substantive);
    if body.kinds().iter().any(|kind| kind.nature == substantive) {
        decision.question.nature = substantive;
    }
    Some(injected)
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
        ..Claim::default()
    });
    let locus = Locus::of_record(Field::Claim(agreement.claims.len() - 1));
    Some(Injected { agreement, locus })
}

fn symbol_grammar(reference: &Reference, mut agreement: Agreement, _seed: u64) -> Option<Injected> {
    let printed = agreement.symbols.first()?.as_str();
    let misprint = Citation::new(&printed.replacen('/', "//", 1));
    let mut bodies = reference.bodies().iter().flat_map(|body| body.symbols());
    let is_a_form = bodies.any(|form| form.matches(misprint.as_str()));
    if misprint.symbol().is_some() || is_a_form || misprint.as_str() == printed {
        return None;
    }
    *agreement.symbols.first_mut()? = misprint;
    Some(Injected {
        agreement,
        locus: Locus::of_record(Field::Symbol(0)),
    })
}

fn symbol_decision_mismatch(
    reference: &Reference,
    mut agreement: Agreement,
    seed: u64,
) -> Option<Injected> {
    let symbol = agreement.symbols.first()?.symbol()?.clone();
    let other = symbol.number()? + 1 + u32::try_from(seed % 7).ok()?;
    let (_, decision) = agreement.principal_decision()?;
    let year = u16::try_from(day_of(decision)?.year()).ok()?;
    let (body, session) = (symbol.body()?, symbol.session());
    let text = crate::resolution_symbol(reference, &body, session, year, other)?;
    *agreement.symbols.first_mut()? = Citation::new(&text);
    Some(Injected {
        agreement,
        locus: Locus::of_record(Field::Symbol(0)),
    })
}

fn meeting_session_mismatch(
    reference: &Reference,
    agreement: Agreement,
    seed: u64,
) -> Option<Injected> {
    change(agreement, |decision| {
        let body = reference.body(decision.body.as_ref()?.as_str())?;
        let Session::Regular(session) = decision.session? else {
            return None;
        };
        let other = Session::Regular((session + 1 + u16::try_from(seed % 3).ok()?).max(31));
        let number = u32::try_from(seed % 90).ok()? + 1;
        let meeting = |form: &Pattern| {
            let text = text_of(form, number, 0, Some(&other.to_string()))?;
            let symbol: Symbol = text.parse().ok()?;
            let is_of_session =
                symbol.series() == Series::Verbatim && symbol.session() == Some(other);
            is_of_session.then_some(Citation::Symbol(symbol))
        };
        decision.meeting = Some(body.symbols().iter().find_map(meeting)?);
        Some(Field::Meeting)
    })
}

fn implausible_date(agreement: Agreement, seed: u64) -> Option<Injected> {
    if agreement.decisions().next().is_none() {
        let acts = [("PER", ActionKind::Ratification, "9999-12-31")];
        return add_actions(agreement, &acts, Field::Date);
    }
    change(agreement, |decision| {
        let years = [1, 1799, 2200, 9999];
        let year = years.get(pick(seed, years.len())?)?;
        decision.date = Some(NaiveDate::from_ymd_opt(*year, 12, 31)?.into());
        Some(Field::Date)
    })
}

fn date_before_the_body(
    reference: &Reference,
    agreement: Agreement,
    seed: u64,
) -> Option<Injected> {
    change(agreement, |decision| {
        let body = reference.body(decision.body.as_ref()?.as_str())?;
        let first = NaiveDate::from_ymd_opt(body.span().from.year(), 1, 1)?;
        let before = first.checked_sub_days(chrono::Days::new(1 + seed % 4000))?;
        decision.date = Some(before.into());
        Some(Field::Date)
    })
}

fn date_after_the_body(reference: &Reference, agreement: Agreement, seed: u64) -> Option<Injected> {
    change(agreement, |decision| {
        let body = reference.body(decision.body.as_ref()?.as_str())?;
        let after = body
            .span()
            .to?
            .checked_add_days(chrono::Days::new(seed % 4000))?;
        decision.date = Some(after.into());
        Some(Field::Date)
    })
}

fn acts_out_of_order(mut agreement: Agreement, seed: u64) -> Option<Injected> {
    let (_, decision) = agreement.principal_decision()?;
    let later = day_of(decision)? + chrono::Duration::days(1 + i64::try_from(seed % 400).ok()?);
    agreement.acts.insert(
        0,
        Act::Step(Step {
            id: None,
            date: later.into(),
            what: "the text is agreed".into(),
            symbol: None,
            source: None,
            unverified: false,
        }),
    );
    Some(Injected {
        agreement,
        locus: Locus::of_act(1, Field::Date),
    })
}

fn control_characters(mut agreement: Agreement, seed: u64) -> Option<Injected> {
    let characters = [
        '\t', '\u{7f}', '\u{7}', '\u{200b}', '\u{202e}', '\u{2066}', '\u{feff}',
    ];
    let character = characters.get(pick(seed, characters.len())?)?;
    agreement.title.push(*character);
    Some(Injected {
        agreement,
        locus: Locus::of_record(Field::Title),
    })
}

fn vote_while_suspended(
    reference: &Reference,
    agreement: Agreement,
    seed: u64,
) -> Option<Injected> {
    change_list(agreement, |lines, decision| {
        let (_, electorate) = electorate_of(reference, decision)?;
        let barred = |who: Participant| electorate.is_suspended(who) && electorate.may_list(who);
        let place = lines
            .iter()
            .position(|(entry, _)| entry.who.is_some_and(barred))?;
        let cast = [Choice::Yes, Choice::No, Choice::Abstain];
        lines.get_mut(place)?.1 = *cast.get(pick(seed, 3)?)?;
        Some(Field::Choice(place))
    })
}

fn truncated_roll(reference: &Reference, agreement: Agreement, _seed: u64) -> Option<Injected> {
    change_list(agreement, |lines, decision| {
        let (_, electorate) = electorate_of(reference, decision)?;
        // Two are fewer than a quarter.
        if decision.partial || electorate.seats.0 < 12 {
            return None;
        }
        for (at, (_, choice)) in lines.iter_mut().enumerate() {
            *choice = if at < 2 {
                Choice::Yes
            } else {
                Choice::NonVoting
            };
        }
        Some(Field::Ballots)
    })
}

fn empty_roll(agreement: Agreement, _seed: u64) -> Option<Injected> {
    change_list(agreement, |lines, _| {
        for (_, choice) in lines {
            *choice = Choice::NonVoting;
        }
        Some(Field::Ballots)
    })
}

fn mode_contradicts_votes(agreement: Agreement, seed: u64) -> Option<Injected> {
    change(agreement, |decision| {
        decision.ballots.as_ref()?;
        let modes = [
            (Mode::WithoutVote, Field::Mode),
            (Mode::NonRecorded, Field::Ballots),
            (Mode::Secret, Field::Ballots),
        ];
        let (mode, field) = modes.get(pick(seed, 3)?)?;
        decision.mode = *mode;
        Some(*field)
    })
}

fn unknown_rule(agreement: Agreement, _seed: u64) -> Option<Injected> {
    change(agreement, |decision| {
        decision.rule = Some("most of those in the room".into());
        Some(Field::Rule)
    })
}

fn claim_without_source(mut agreement: Agreement, _seed: u64) -> Option<Injected> {
    agreement.claims.push(Claim {
        text: "It is not binding.".into(),
        not_checkable: Some("it has no form that can be checked".into()),
        ..Claim::default()
    });
    let locus = Locus::of_record(Field::Claim(agreement.claims.len() - 1));
    Some(Injected { agreement, locus })
}

fn unresolved_relation(mut agreement: Agreement, _seed: u64) -> Option<Injected> {
    let relation = AgreementRelation::new(RelationKind::Endorses, "#no-such-act");
    agreement.relations.push(relation);
    let locus = Locus::of_record(Field::Relation(agreement.relations.len() - 1));
    Some(Injected { agreement, locus })
}

fn adoption_mismatch(mut agreement: Agreement, _seed: u64) -> Option<Injected> {
    agreement.acts.push(Act::Decision(Box::new(Decision {
        id: Some("no-adoption".into()),
        outcome: Some(Outcome::Rejected),
        ..Decision::default()
    })));
    let relation = AgreementRelation::new(RelationKind::AdoptedBy, "#no-adoption");
    agreement.relations.push(relation);
    let locus = Locus::of_record(Field::Relation(agreement.relations.len() - 1));
    Some(Injected { agreement, locus })
}

/// Adds acts to a treaty; the fault is in the last of them.
fn add_actions(
    mut agreement: Agreement,
    actions: &[(&str, ActionKind, &str)],
    field: Field,
) -> Option<Injected> {
    agreement
        .acts
        .iter()
        .find(|act| matches!(act, Act::Action(_)))?;
    for (participant, kind, date) in actions {
        let participant: Participant = participant.parse().ok()?;
        let others =
            |act: &Act| !matches!(act, Act::Action(action) if action.participant == participant);
        let first = actions
            .iter()
            .position(|(p, ..)| *p == participant.to_string())?;
        if actions
            .get(first)
            .is_some_and(|(_, k, d)| (k, d) == (kind, date))
        {
            agreement.acts.retain(others);
        }
        agreement.acts.push(Act::Action(TreatyAction::new(
            participant,
            *kind,
            date.parse().ok()?,
        )));
    }
    let locus = Locus::of_act(agreement.acts.len() - 1, field);
    Some(Injected { agreement, locus })
}

fn unknown_participant(agreement: Agreement, seed: u64) -> Option<Injected> {
    let codes = ["QQQ", "EUR", "XXA"];
    let code = codes.get(pick(seed, codes.len())?)?;
    let acts = [(*code, ActionKind::Ratification, "2015-04-01")];
    add_actions(agreement, &acts, Field::Whole)
}

fn treaty_action_order(agreement: Agreement, seed: u64) -> Option<Injected> {
    let signatures = [
        ActionKind::Signature,
        ActionKind::SignatureAdReferendum,
        ActionKind::SuccessionToSignature,
    ];
    let signature = *signatures.get(pick(seed, signatures.len())?)?;
    let acts = [
        ("PER", signature, "1990-04-01"),
        ("PER", ActionKind::Ratification, "1990-03-05"),
    ];
    add_actions(agreement, &acts, Field::Date)
}

fn withdrawal_with_early_effect(agreement: Agreement, seed: u64) -> Option<Injected> {
    let acts = [
        ("PER", ActionKind::Ratification, "1990-03-05"),
        ("PER", ActionKind::Withdrawal, "1995-04-01"),
    ];
    let effect = format!("{}-04-01", 1985 + seed % 10);
    with_effect(add_actions(agreement, &acts, Field::Date)?, &effect)
}

fn effect_before_act(agreement: Agreement, seed: u64) -> Option<Injected> {
    let kinds = [
        ActionKind::Ratification,
        ActionKind::Accession,
        ActionKind::Acceptance,
    ];
    let kind = *kinds.get(pick(seed, kinds.len())?)?;
    let acts = [("PER", kind, "2018-04-01")];
    let effect = format!("{}-04-01", 2008 + seed % 10);
    with_effect(add_actions(agreement, &acts, Field::Date)?, &effect)
}

/// Gives the last act a day of effect.
fn with_effect(mut injected: Injected, effect: &str) -> Option<Injected> {
    if let Some(Act::Action(action)) = injected.agreement.acts.last_mut() {
        action.effective = Some(effect.parse().ok()?);
    }
    Some(injected)
}

fn early_revocation(agreement: Agreement, _seed: u64) -> Option<Injected> {
    let acts = [
        ("PER", ActionKind::Ratification, "1990-03-05"),
        ("PER", ActionKind::Withdrawal, "1995-04-01"),
        ("PER", ActionKind::WithdrawalRevoked, "1994-04-01"),
    ];
    add_actions(agreement, &acts, Field::Date)
}

fn early_provisional_end(agreement: Agreement, _seed: u64) -> Option<Injected> {
    let acts = [
        ("PER", ActionKind::ProvisionalApplication, "1995-04-01"),
        ("PER", ActionKind::EndOfProvisionalApplication, "1994-04-01"),
    ];
    add_actions(agreement, &acts, Field::Date)
}

fn late_revocation(agreement: Agreement, seed: u64) -> Option<Injected> {
    let acts = [
        ("PER", ActionKind::Ratification, "1990-03-05"),
        ("PER", ActionKind::WithdrawalRevoked, "1997-04-01"),
        ("PER", ActionKind::Withdrawal, "1995-04-01"),
    ];
    let effect = format!("1996-04-{:02}", 1 + seed % 30);
    with_effect(add_actions(agreement, &acts, Field::Date)?, &effect)
}

fn early_resumption(agreement: Agreement, _seed: u64) -> Option<Injected> {
    let acts = [
        ("PER", ActionKind::Ratification, "1990-03-05"),
        ("PER", ActionKind::Suspension, "1995-04-01"),
        ("PER", ActionKind::Resumption, "1994-04-01"),
    ];
    add_actions(agreement, &acts, Field::Date)
}

fn act_without_ground(agreement: Agreement, seed: u64) -> Option<Injected> {
    let ratification = ("PER", ActionKind::Ratification, "1990-03-05");
    let without_ground = |kind| ("PER", kind, "1995-04-01");
    let acts: &[_] = match seed % 3 {
        0 => &[without_ground(ActionKind::Withdrawal)],
        1 => &[ratification, without_ground(ActionKind::WithdrawalRevoked)],
        _ => &[ratification, without_ground(ActionKind::Resumption)],
    };
    add_actions(agreement, acts, Field::Whole)
}

fn act_repeated(agreement: Agreement, seed: u64) -> Option<Injected> {
    let ratification = ("PER", ActionKind::Ratification, "1990-03-05");
    let withdrawal = |date| ("PER", ActionKind::Withdrawal, date);
    let revocation = |date| ("PER", ActionKind::WithdrawalRevoked, date);
    let (first, again) = (withdrawal("1995-04-01"), "1995-07-01");
    let acts: &[_] = match seed % 2 {
        0 => &[ratification, first, withdrawal(again)],
        _ => &[
            ratification,
            first,
            revocation("1995-06-01"),
            revocation(again),
        ],
    };
    add_actions(agreement, acts, Field::Whole)
}

fn day_month_exchanged(agreement: Agreement, seed: u64) -> Option<Injected> {
    // Signed on 4 January, ratified on the third of a later month.
    let ratified = 4 + seed % 9;
    let acts = [
        ("PER", ActionKind::Signature, "1990-04-01"),
        (
            "PER",
            ActionKind::Ratification,
            &format!("1990-03-{ratified:02}"),
        ),
    ];
    add_actions(agreement, &acts, Field::Date)
}

fn double_consent(agreement: Agreement, _seed: u64) -> Option<Injected> {
    let acts = [
        ("PER", ActionKind::Ratification, "1990-04-01"),
        ("PER", ActionKind::Acceptance, "1992-03-05"),
    ];
    add_actions(agreement, &acts, Field::Whole)
}

fn consent_after_revocation(agreement: Agreement, _seed: u64) -> Option<Injected> {
    let acts = [
        ("PER", ActionKind::Ratification, "1990-04-01"),
        ("PER", ActionKind::Withdrawal, "1994-03-05"),
        ("PER", ActionKind::WithdrawalRevoked, "1994-06-05"),
        ("PER", ActionKind::Accession, "1996-03-05"),
    ];
    add_actions(agreement, &acts, Field::Whole)
}

fn accession_after_signature(agreement: Agreement, _seed: u64) -> Option<Injected> {
    let acts = [
        ("PER", ActionKind::Signature, "1990-04-01"),
        ("PER", ActionKind::Accession, "1992-03-05"),
    ];
    add_actions(agreement, &acts, Field::Whole)
}

fn succession_without_predecessor(agreement: Agreement, _seed: u64) -> Option<Injected> {
    add_actions(
        agreement,
        &[("PER", ActionKind::Succession, "1990-04-01")],
        Field::Whole,
    )
}

fn act_before_existence(agreement: Agreement, _seed: u64) -> Option<Injected> {
    add_actions(
        agreement,
        &[("SVK", ActionKind::Ratification, "1970-04-01")],
        Field::Date,
    )
}

fn act_before_treaty(agreement: Agreement, seed: u64) -> Option<Injected> {
    let dates = agreement.acts.iter().filter_map(|act| match act {
        Act::Action(action) => action.date,
        _ => None,
    });
    let first = dates.map(Date::earliest).min()?;
    // Nobody waits for years with the first signature.
    let years = 12 * (3 + u32::try_from(seed % 45).ok()?);
    let date = first.checked_sub_months(chrono::Months::new(years))?;
    let acts = [("PER", ActionKind::Signature, &*date.to_string())];
    add_actions(agreement, &acts, Field::Date)
}

fn in_force_before_consent(mut agreement: Agreement, _seed: u64) -> Option<Injected> {
    let consents = agreement
        .acts
        .iter()
        .enumerate()
        .filter_map(|(at, act)| match act {
            Act::Action(action) if action.kind.is_consent() => Some((action.date?, at)),
            _ => None,
        });
    let (first, _) = consents.min()?;
    agreement.in_force_since = Some(first.earliest().pred_opt()?.into());
    Some(Injected {
        agreement,
        locus: Locus::of_record(Field::InForceSince),
    })
}

fn entry_into_force_mismatch(mut agreement: Agreement, seed: u64) -> Option<Injected> {
    agreement.in_force_when.as_ref()?;
    let mut acts = agreement.acts.iter();
    acts.find(|act| matches!(act, Act::Action(_)))?;
    let days = chrono::Days::new(1 + seed % 400);
    let stated = match agreement.in_force_since.and_then(Date::as_day) {
        Some(day) if seed.is_multiple_of(2) => day.checked_sub_days(days)?,
        Some(day) => day.checked_add_days(days)?,
        None => NaiveDate::from_ymd_opt(2020, 1, 1)?,
    };
    agreement.in_force_since = Some(stated.into());
    Some(Injected {
        agreement,
        locus: Locus::of_record(Field::InForceSince),
    })
}
