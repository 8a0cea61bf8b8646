//! Strategies for ballots and for whole valid agreements of any body.

use chrono::{Datelike, NaiveDate};
use plenary_bodies::{Body, Epoch, Pattern, Reference, SuspendedCount};
use plenary_types::{
    Act, Agreement, AnnouncedTally, Assertion, Ballots, ChairBallot, Choice, Citation, Claim,
    Decision, Mode, Outcome, Participant, QuestionKind, Relation, Series, Session, Source, Symbol,
};
use proptest::prelude::*;
use proptest::sample::{Index, subsequence};

use crate::symbol::{resolution_symbol, text_of};
use crate::{Context, choices, days, tallies, vote};

/// Lists of those who vote in a body on a day, the members or the units of each: those on its roster; where the roster does not say it, as many members of the body in
/// which everybody who sits here has to sit as it has seats; nobody where neither is on record. Members that could not take part
/// are left out now and then.
pub fn members_of(context: &Context, day: NaiveDate) -> BoxedStrategy<Vec<Participant>> {
    let Some(body) = context.known_body() else {
        return Just(Vec::new()).boxed();
    };
    let epoch = body.roster().and_then(|roster| roster.epoch_on(day));
    let suspended = epoch.map_or(&[][..], Epoch::suspended).to_vec();
    let known = body.roster().and_then(|roster| roster.known_on(day));
    // On a day of change the record has to say whom the totals count.
    let changes = epoch.is_some_and(|epoch| epoch.span().from == day);
    let suspended_listed = match (changes, body.suspended()) {
        (false, _) => 0..=suspended.len(),
        (true, SuspendedCount::Counts) => suspended.len()..=suspended.len(),
        (true, _) => 0..=0,
    };
    let listed = subsequence(suspended.clone(), suspended_listed);
    let voters = match known {
        Some(epoch) => Just(epoch.voters().to_vec()).boxed(),
        None => elected(context, body, day, &suspended),
    };
    let context = context.clone();
    let members = (voters, listed).prop_map(move |(voters, suspended)| {
        let mut members = [voters, suspended].concat();
        if let Some(body) = context.known_body() {
            members = body.voters_for(members);
        }
        members.sort_unstable();
        members.dedup();
        members
    });
    members.boxed()
}

/// Those who need no election, and as many others as there are seats.
fn elected(
    context: &Context,
    body: &Body,
    day: NaiveDate,
    suspended: &[Participant],
) -> BoxedStrategy<Vec<Participant>> {
    let parent = context.reference().parent_of(body);
    let parent = parent.and_then(|parent| parent.roster()?.known_on(day));
    let (Some(parent), Some(seats)) = (parent, body.seats_on(day)) else {
        return Just(Vec::new()).boxed();
    };
    let epoch = body.roster().and_then(|roster| roster.epoch_on(day));
    let permanent = epoch.map_or(&[][..], Epoch::permanent).to_vec();
    let others = parent.voters().iter().copied();
    let others = others.filter(|who| !permanent.contains(who) && !suspended.contains(who));
    let others: Vec<_> = others.collect();
    let seats = usize::try_from(*seats.end()).unwrap_or(others.len());
    let open = seats.saturating_sub(permanent.len() + suspended.len());
    let open = open.min(others.len());
    let elected = subsequence(others, open);
    elected
        .prop_map(move |elected| [permanent.clone(), elected].concat())
        .boxed()
}

/// The list of a vote with the choices as they fall: at least half of those who can vote take a position, and there is a quorum.
fn lists(context: &Context, day: NaiveDate) -> BoxedStrategy<Vec<(Participant, Choice)>> {
    let with_choices = members_of(context, day).prop_flat_map(|members| {
        let count = members.len();
        (Just(members), prop::collection::vec(choices(), count))
    });
    let context = context.clone();
    let lists = with_choices.prop_map(move |(members, choices)| {
        let mut list: Vec<_> = members.into_iter().zip(choices).collect();
        let Some(body) = context.known_body() else {
            return list;
        };
        let barred = barred_on(body, day);
        for (who, choice) in &mut list {
            if barred.contains(who) {
                *choice = match (*choice, body.suspended()) {
                    (_, SuspendedCount::Counts) => Choice::NonVoting,
                    (Choice::Abstain, _) => Choice::NotEligible,
                    _ => Choice::NonVoting,
                };
            }
        }
        let is_short = |list: &[(Participant, Choice)]| {
            let cast = list.iter().filter(|(_, choice)| *choice <= Choice::Abstain);
            2 * cast.count() < list.len()
                || vote::lacks_quorum(context.reference(), body, day, list)
        };
        turn(
            &mut list,
            body,
            day,
            Choice::NonVoting,
            Choice::Abstain,
            &|list| !is_short(list),
        );
        list
    });
    lists.boxed()
}

/// Those who are suspended on a day, or the units of these.
fn barred_on(body: &Body, day: NaiveDate) -> Vec<Participant> {
    let epoch = body.roster().and_then(|roster| roster.epoch_on(day));
    body.voters_for(epoch.map_or(&[][..], Epoch::suspended).to_vec())
}

/// Who voted how.
type List = [(Participant, Choice)];

/// Turns one choice of those who can vote into another, some at a time, until the list is as wanted.
fn turn(
    list: &mut List,
    body: &Body,
    day: NaiveDate,
    from: Choice,
    to: Choice,
    is_as_wanted: &dyn Fn(&List) -> bool,
) -> bool {
    let at_a_time = list.len() / 16 + 1;
    let barred = barred_on(body, day);
    while !is_as_wanted(list) {
        let others = list.iter_mut().filter(|(_, choice)| *choice == from);
        let others = others.filter(|(who, _)| !barred.contains(who));
        let mut turned = 0;
        for (_, choice) in others.take(at_a_time) {
            *choice = to;
            turned += 1;
        }
        if turned == 0 {
            return false;
        }
    }
    true
}

/// Lets the list meet a requirement, if members that vote in favour can make it so.
fn carry(
    list: &mut Vec<(Participant, Choice)>,
    context: &Context,
    day: NaiveDate,
    kind: Option<&str>,
) {
    let carried = || {
        let body = context.known_body()?;
        let kind = kind.or_else(|| body.default_kind())?;
        let law = vote::law_on(context.reference(), body, kind, day)?;
        let facts = body.facts(day);
        let is_met = |list: &[(Participant, Choice)]| {
            vote::counted(body, day, list, facts).meets(law) == Some(true)
        };
        let mut changed = list.clone();
        let others = [Choice::No, Choice::Abstain, Choice::NonVoting];
        let is_carried = others
            .iter()
            .any(|from| turn(&mut changed, body, day, *from, Choice::Yes, &is_met));
        is_carried.then_some(changed)
    };
    if let Some(carried) = carried() {
        *list = carried;
    }
}

/// Divides a list equally: of those who are more, some abstain instead.
fn divide(list: &mut List, body: &Body, day: NaiveDate) {
    let count = |list: &List, wanted: Choice| {
        let votes = list.iter().filter(|(_, choice)| *choice == wanted);
        votes.count()
    };
    let barred = barred_on(body, day);
    let [yes, no] = [Choice::Yes, Choice::No].map(|side| count(list, side));
    let (greater, surplus) = match yes > no {
        true => (Choice::Yes, yes - no),
        false => (Choice::No, no - yes),
    };
    let of_greater = list
        .iter_mut()
        .filter(|(who, choice)| *choice == greater && !barred.contains(who));
    for (_, choice) in of_greater.take(surplus) {
        *choice = Choice::Abstain;
    }
}

/// Recorded votes of a body on a day that adopt what is before it, by its usual rule: where members that vote in favour can adopt
/// it. Members that could not take part do not vote.
pub fn ballots(context: &Context, day: NaiveDate) -> BoxedStrategy<Ballots> {
    let of = context.clone();
    let ballots = lists(context, day).prop_map(move |mut list| {
        carry(&mut list, &of, day, None);
        Ballots::from_participants(list)
    });
    ballots.boxed()
}

/// Whole valid agreements: resolutions adopted by a recorded vote of the context's body.
///
/// Date, session, symbol and meeting belong together, the list is that of the members on the day, the totals are those
/// of the ballots, the outcome follows from them, the identifier follows from the symbol, and the claims are true. Every check is
/// silent about them. Where nobody is known by name, the totals stand alone.
pub fn agreements(context: &Context) -> BoxedStrategy<Agreement> {
    drawn(context, |context, drawn| {
        let mut list = drawn.list.clone();
        carry(&mut list, context, drawn.day, None);
        record(context, &drawn, list, None, Form::Whole)
    })
}

/// Valid records of any form: adopted and rejected, on every kind of question of which a public vote can be, or on one of which the
/// record says nothing, with whole lists, with lists that leave out who did not vote, and with totals alone. Every check is silent
/// about them.
///
/// ```
/// use plenary_bodies::Reference;
/// use plenary_testing::{records, Context};
/// use proptest::strategy::{Strategy, ValueTree};
/// use proptest::test_runner::TestRunner;
///
/// let council = Context::new(Reference::embedded(), &"eu-council".parse().unwrap()).unwrap();
/// let record = records(&council).new_tree(&mut TestRunner::deterministic())?.current();
/// assert_eq!(record.decisions().count(), 1);
/// # Ok::<(), proptest::test_runner::Reason>(())
/// ```
pub fn records(context: &Context) -> BoxedStrategy<Agreement> {
    drawn(context, |context, drawn| {
        let mut list = drawn.list.clone();
        let body = context.known_body();
        let kinds = body.map(|body| vote::kinds_on(context.reference(), body, drawn.day));
        let kinds = kinds.unwrap_or_default();
        let stated = drawn.kind.filter(|_| !kinds.is_empty());
        let kind = stated.map(|at| at.get(&kinds).as_str());
        if drawn.is_carried {
            carry(&mut list, context, drawn.day, kind);
        }
        if let (true, Some(body)) = (drawn.is_tied, body.filter(|body| body.chair().is_some())) {
            divide(&mut list, body, drawn.day);
        }
        record(context, &drawn, list, kind, drawn.form)
    })
}

/// How much a record says of who voted how.
#[derive(Clone, Copy, Debug)]
enum Form {
    /// Everything.
    Whole,
    /// Who took a position, beside the totals.
    Partial,
    /// The totals alone.
    Totals,
}

/// What a record is made of.
#[derive(Clone, Debug)]
struct Drawn {
    day: NaiveDate,
    list: Vec<(Participant, Choice)>,
    /// Totals for a body of which nobody is known by name.
    totals: AnnouncedTally,
    number: u32,
    meeting: u32,
    session: Index,
    kind: Option<Index>,
    form: Form,
    is_carried: bool,
    is_claimed: bool,
    /// Whether the members are divided equally, where a chair then decides.
    is_tied: bool,
    chair: ChairShown,
    /// Whether the outcome has a word of the body.
    has_own_word: bool,
}

/// What a record says of a chair who decides.
#[derive(Clone, Copy, Debug)]
struct ChairShown {
    choice: Choice,
    /// Whether the announced totals hold its vote.
    is_announced: bool,
}

fn drawn(
    context: &Context,
    make: impl Fn(&Context, Drawn) -> Agreement + 'static,
) -> BoxedStrategy<Agreement> {
    let of = context.clone();
    let forms = prop_oneof![
        4 => Just(Form::Whole),
        1 => Just(Form::Partial),
        1 => Just(Form::Totals),
    ];
    let drawn = days(context).prop_flat_map(move |day| {
        let seats = of.known_body().and_then(|body| body.seats_on(day));
        let totals = tallies(seats.map_or(100, |seats| *seats.end()));
        (Just(day), lists(&of, day), totals)
    });
    let of = context.clone();
    let others = (
        (1..999u32, 1..99u32, any::<Index>()),
        (prop::option::of(any::<Index>()), forms),
        (prop::bool::weighted(0.7), any::<bool>()),
        (
            prop::bool::weighted(0.3),
            any::<bool>(),
            any::<bool>(),
            any::<bool>(),
        ),
    );
    let all = (drawn, others).prop_map(
        move |(
            (day, list, totals),
            (
                (number, meeting, session),
                (kind, form),
                (is_carried, is_claimed),
                (is_tied, in_favour, is_announced, has_own_word),
            ),
        )| {
            let chair = ChairShown {
                choice: if in_favour { Choice::Yes } else { Choice::No },
                is_announced,
            };
            let drawn = Drawn {
                day,
                list,
                totals: totals.into(),
                number,
                meeting,
                session,
                kind,
                form,
                is_carried,
                is_claimed,
                is_tied,
                chair,
                has_own_word,
            };
            make(&of, drawn)
        },
    );
    all.boxed()
}

fn record(
    context: &Context,
    drawn: &Drawn,
    list: Vec<(Participant, Choice)>,
    kind: Option<&str>,
    form: Form,
) -> Agreement {
    let (reference, day) = (context.reference(), drawn.day);
    let mut decision = Decision {
        body: Some(context.body().clone()),
        date: Some(day.into()),
        session: session_on(context, day, drawn.session),
        ..Decision::default()
    };
    decision.question.kind = kind.and_then(|kind| kind.parse::<QuestionKind>().ok());
    if asks_the_chair(reference, &decision, &list) {
        decision.chair = Some(ChairBallot {
            participant: None,
            choice: drawn.chair.choice,
        });
    }
    let outcome = outcome(reference, &decision, &list);
    decision.outcome = outcome.map(|outcome| match drawn.has_own_word {
        true => own_word(context, outcome),
        false => outcome,
    });
    if list.is_empty() {
        decision.announced = drawn.totals;
        decision.mode = Mode::NonRecorded;
    } else {
        let ballots = Ballots::from_participants(list.iter().copied());
        decision.announced = AnnouncedTally::from(ballots.tally());
        if let Some(chair) = decision.chair.filter(|_| drawn.chair.is_announced) {
            let announced = match chair.choice {
                Choice::Yes => &mut decision.announced.yes,
                _ => &mut decision.announced.no,
            };
            *announced = announced.map(|votes| votes + 1);
        }
        match form {
            Form::Whole => decision.ballots = Some(ballots),
            Form::Partial => {
                let cast = list
                    .into_iter()
                    .filter(|(_, choice)| *choice <= Choice::Abstain);
                decision.ballots = Some(Ballots::from_participants(cast));
                decision.partial = true;
            }
            Form::Totals => decision.mode = Mode::NonRecorded,
        }
    }
    let mut agreement = Agreement {
        title: format!("Question {} : resolution", drawn.number),
        sources: vec![Source {
            title: "a strategy of plenary-testing".into(),
            ..Source::default()
        }],
        ..Agreement::default()
    };
    if let Some(body) = context.known_body() {
        let meeting = |form: &Pattern| {
            let session = decision.session.map(|session| session.to_string());
            let text = text_of(form, drawn.meeting, year(day), session.as_deref())?;
            let symbol: Symbol = text.parse().ok()?;
            (symbol.series() == Series::Verbatim).then_some(Citation::Symbol(symbol))
        };
        decision.meeting = body.symbols().iter().find_map(meeting);
    }
    // Only an adopted text has the number of a resolution.
    if outcome == Some(Outcome::Adopted) {
        let of = context.body();
        let symbol = resolution_symbol(reference, of, decision.session, year(day), drawn.number);
        decision.symbol = symbol.map(|symbol| Citation::new(&symbol));
        agreement.symbols.extend(decision.symbol.clone());
    }
    // A chair who is no member may be in the totals.
    let in_favour = decision.ballots.as_ref().filter(|_| !decision.partial);
    let in_favour = in_favour.map(|ballots| ballots.tally().yes);
    let in_favour = in_favour.or(decision.announced.yes);
    if let (true, Some(yes)) = (drawn.is_claimed, in_favour) {
        agreement.claims = vec![true_claim(yes)];
    }
    agreement.acts = vec![Act::Decision(Box::new(decision))];
    agreement.id = agreement
        .derived_id()
        .filter(|_| !agreement.symbols.is_empty());
    agreement
}

fn year(day: NaiveDate) -> u16 {
    u16::try_from(day.year()).unwrap_or_default()
}

/// One of the sessions of which a day is one.
fn session_on(context: &Context, day: NaiveDate, which: Index) -> Option<Session> {
    let sessions: Vec<_> = context.known_body()?.sessions().on(day).collect();
    let session = (!sessions.is_empty()).then(|| which.get(&sessions))?;
    Session::read(&session.session).ok()
}

/// What comes of a vote by the law of its day, counted ballot by ballot; nothing where that is not on record.
fn outcome(
    reference: &Reference,
    decision: &Decision,
    list: &[(Participant, Choice)],
) -> Option<Outcome> {
    let (rules, _) = vote::rules_of(reference, decision)?;
    let body = reference.body(decision.body.as_ref()?.as_str())?;
    let day = decision.date?.as_day()?;
    if list.is_empty() {
        return None;
    }
    let chair = decision.chair.map(|chair| chair.choice);
    Some(
        match vote::adopts(rules.first()?, body, day, list, chair)? {
            true => Outcome::Adopted,
            false => Outcome::Rejected,
        },
    )
}

/// Whether the vote of the chair decides.
fn asks_the_chair(reference: &Reference, decision: &Decision, list: &List) -> bool {
    let rules = vote::rules_of(reference, decision);
    let first = rules.and_then(|(rules, _)| rules.first().copied());
    first.is_some_and(|rule| vote::is_for_the_chair(rule, list))
}

/// A word of the body for an outcome, where it has one.
fn own_word(context: &Context, outcome: Outcome) -> Outcome {
    let body = context.known_body();
    let mut words = body.into_iter().flat_map(|body| body.outcomes());
    let own = words.find(|(_, meaning)| **meaning == outcome);
    own.and_then(|(word, _)| word.parse().ok())
        .unwrap_or(outcome)
}

fn true_claim(yes: u32) -> Claim {
    Claim {
        text: format!("{yes} members voted in favour."),
        source: Source {
            title: "report of the day".into(),
            ..Source::default()
        },
        assertion: Some(Assertion::Count {
            of: None,
            choice: Choice::Yes,
            relation: Relation::Equal,
            value: yes,
        }),
        ..Claim::default()
    }
}
