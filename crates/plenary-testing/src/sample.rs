//! [`SampleReference`]: bodies of one's own in their files, and what these say of every day.

use std::collections::BTreeSet;
use std::fmt::{self, Write as _};
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use plenary_bodies::{MemberKind, Reference, ReferenceErrors, SuspendedCount};
use plenary_decisions::requirement::{
    Base, Comparison, GroupRef, Measure, Quantity, Relation, Requirement, Side, Unit,
};
use plenary_decisions::{Facts, Fraction, Group, Name, Table};
use plenary_types::{BodyId, Participant, StateCode};
use proptest::prelude::*;

/// Bodies in the files which a user writes, and the same facts row by row: what the reading of the files is held against.
///
/// An assembly has a roster, weights, a group, sessions and dated rules; a council, which it elects by secret ballot, has seats for
/// members of the assembly. The members of the other three are those of the assembly: of a committee; of a conference in which units
/// of each member vote; and of a chamber which has words of its own for outcomes, and a chair that decides where its members are
/// divided equally.
#[derive(Clone)]
pub struct SampleReference {
    assembly: SampleBody,
    files: Vec<(String, String)>,
}

impl fmt::Debug for SampleReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (path, text) in &self.files {
            write!(f, "\n--- {path}\n{text}")?;
        }
        Ok(())
    }
}

impl SampleReference {
    /// The files: their paths in a folder and their texts.
    #[must_use]
    pub fn files(&self) -> &[(String, String)] {
        &self.files
    }

    /// The body that has a roster.
    #[must_use]
    pub const fn assembly(&self) -> &SampleBody {
        &self.assembly
    }

    /// The identifiers of all bodies in it.
    #[must_use]
    pub fn bodies(&self) -> Vec<BodyId> {
        let names = self.files.iter().filter_map(|(path, _)| {
            let name = path.strip_prefix("bodies/")?;
            name.strip_suffix(".toml")?.parse().ok()
        });
        names.collect()
    }

    /// What the files are read as, with no other data beside them.
    ///
    /// # Errors
    ///
    /// [`ReferenceErrors`] with what is wrong with them, which is nothing.
    pub fn reference(&self) -> Result<Arc<Reference>, ReferenceErrors> {
        let files = self.files.iter();
        let files = files.map(|(path, text)| (path.as_str(), text.clone()));
        Reference::default().with_files("sample", files)
    }
}

/// What is drawn of the bodies beside the assembly.
#[derive(Clone, Debug)]
struct Beside {
    /// The seats of the council: at first, after how many steps that changes, and then.
    council: (prop::sample::Index, u64, prop::sample::Index),
    /// The years of a term in the council.
    term: u32,
    /// The majority by which the assembly elects it.
    election: Requirement,
    /// How many units of each member vote in the conference, and by which majority.
    units: usize,
    conference: Requirement,
    /// The majority in the chamber, where the chair decides if the members are divided equally.
    chamber: Requirement,
}

/// A body of a [`SampleReference`], which answers by looking at each of its rows.
#[derive(Clone, Debug)]
pub struct SampleBody {
    id: BodyId,
    from: NaiveDate,
    member_kind: MemberKind,
    suspended: SuspendedCount,
    default_kind: Option<String>,
    also_possible: Vec<String>,
    rows: Vec<Row>,
    weights: Vec<(Participant, String, Spell)>,
    blocs: Vec<(&'static str, Participant, Spell)>,
    sessions: Vec<(String, NaiveDate, NaiveDate)>,
    kinds: Vec<(&'static str, Vec<(NaiveDate, Requirement)>)>,
    form: Option<&'static str>,
    quorum: Option<Requirement>,
}

/// Days from the first on, and before the last.
#[derive(Clone, Copy, Debug)]
struct Spell {
    from: NaiveDate,
    to: Option<NaiveDate>,
}

impl Spell {
    fn contains(self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }
}

/// A row of a roster.
#[derive(Clone, Debug)]
struct Row {
    who: Option<Participant>,
    spell: Spell,
    status: &'static str,
    seat: String,
    unverified: &'static str,
}

impl Row {
    fn is_membership(&self) -> bool {
        !matches!(
            self.status,
            "suspended" | "observer" | "associate" | "vacant"
        )
    }
}

impl SampleBody {
    /// Its identifier.
    #[must_use]
    pub const fn id(&self) -> &BodyId {
        &self.id
    }

    /// The day on which it begins.
    #[must_use]
    pub const fn from(&self) -> NaiveDate {
        self.from
    }

    /// Everybody who is ever on its roster, in the order of the texts.
    #[must_use]
    pub fn everybody(&self) -> Vec<Participant> {
        let mut all: Vec<_> = self.rows.iter().filter_map(|row| row.who).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The members on a day, in the order of the texts.
    #[must_use]
    pub fn members_on(&self, day: NaiveDate) -> Vec<Participant> {
        self.seated_on(day, self.suspended == SuspendedCount::Counts)
    }

    /// Those who can vote on a day, in the order of the texts.
    #[must_use]
    pub fn voters_on(&self, day: NaiveDate) -> Vec<Participant> {
        self.seated_on(day, false)
    }

    /// Whether the right to take part of somebody is suspended on a day.
    #[must_use]
    pub fn is_suspended(&self, who: Participant, day: NaiveDate) -> bool {
        let mut rows = self.rows.iter();
        rows.any(|row| row.status == "suspended" && row.who == Some(who) && row.spell.contains(day))
    }

    fn seated_on(&self, day: NaiveDate, with_suspended: bool) -> Vec<Participant> {
        let then = self.rows.iter().filter(|row| row.spell.contains(day));
        let suspended = then.clone().filter(|row| row.status == "suspended");
        let suspended: BTreeSet<_> = suspended.filter_map(|row| row.who).collect();
        let seated = then.filter(|row| row.is_membership());
        let seated: BTreeSet<_> = seated.filter_map(|row| row.who).collect();
        let counts = |who: &Participant| with_suspended || !suspended.contains(who);
        seated.into_iter().filter(counts).collect()
    }

    /// How many seats are marked as empty on a day.
    #[must_use]
    pub fn vacant_on(&self, day: NaiveDate) -> usize {
        let rows = self.rows.iter();
        rows.filter(|row| row.status == "vacant" && row.spell.contains(day))
            .count()
    }

    /// The group and the table that its rules name, as they are on a day.
    #[must_use]
    pub fn facts_on(&self, day: NaiveDate) -> Facts {
        let mut facts = Facts::default();
        let is_out = |who: Participant| {
            self.suspended != SuspendedCount::Counts && self.is_suspended(who, day)
        };
        let founders = self.rows.iter();
        let founders = founders.filter(|row| row.status == FOUNDER && row.spell.contains(day));
        let founders = founders.filter_map(|row| row.who);
        let founders: Vec<_> = founders.filter(|who| !is_out(*who)).collect();
        if let (Ok(name), false) = (GROUP.parse::<Name>(), founders.is_empty()) {
            facts.add_group(name, Group::new(founders));
        }
        let weights = self.weights.iter();
        let weights = weights
            .filter(|(who, _, spell)| spell.contains(day) && self.stands_for_a_member(*who, day));
        let table = Table::parse(weights.map(|(who, weight, _)| (*who, weight.as_str())));
        if let (Ok(name), Ok(table)) = (TABLE.parse::<Name>(), table)
            && !table.weights().is_empty()
        {
            facts.add_table(name, table);
        }
        facts
    }

    /// Whether somebody is a member, or by its code another holder of the seat of one; anybody before there are members.
    fn stands_for_a_member(&self, who: Participant, day: NaiveDate) -> bool {
        let members = self.members_on(day);
        let then = |row: &&Row| row.spell.contains(day);
        let has_begun =
            self.rows.iter().filter(then).any(|row| {
                row.is_membership() || row.status == "suspended" || row.status == "vacant"
            });
        let seats_of = |who: Participant| {
            let rows = self.rows.iter().filter(move |row| row.who == Some(who));
            let seats = rows.filter(|row| row.is_membership() && !row.seat.is_empty());
            seats.map(|row| row.seat.as_str())
        };
        let shares_a_seat = |member: Participant| {
            let mut rows = self.rows.iter().filter(then);
            let mut seats = seats_of(who);
            seats.any(|seat| rows.any(|row| row.who == Some(member) && row.seat == seat))
        };
        !has_begun
            || members.contains(&who)
            || (who.code().is_some() && members.into_iter().any(shares_a_seat))
    }

    /// The group of its scheme in which somebody is on a day.
    #[must_use]
    pub fn bloc_on(&self, who: Participant, day: NaiveDate) -> Option<&str> {
        let mut blocs = self.blocs.iter();
        let bloc = blocs.find(|(_, member, spell)| *member == who && spell.contains(day));
        bloc.map(|(bloc, ..)| *bloc)
    }

    /// The sessions of which a day is one.
    #[must_use]
    pub fn sessions_on(&self, day: NaiveDate) -> Vec<&str> {
        let sessions = self.sessions.iter();
        let then = sessions.filter(|(_, opened, closed)| *opened <= day && day <= *closed);
        then.map(|(session, ..)| session.as_str()).collect()
    }

    /// The kinds of question, each with the requirement that is the law on a day, where there is one.
    #[must_use]
    pub fn laws_on(&self, day: NaiveDate) -> Vec<(&str, Option<&Requirement>)> {
        let laws = self.kinds.iter().map(|(kind, rules)| {
            let begun = rules.iter().rfind(|(from, _)| *from <= day);
            (*kind, begun.map(|(_, law)| law))
        });
        laws.collect()
    }

    /// The kind that a question is taken for where nothing says more.
    #[must_use]
    pub fn default_kind(&self) -> Option<&str> {
        self.default_kind.as_deref()
    }

    /// The days on which something of it changes, and a few around each.
    #[must_use]
    pub fn days_of_change(&self) -> Vec<NaiveDate> {
        let spells = self.rows.iter().map(|row| row.spell);
        let spells = spells.chain(self.weights.iter().map(|(.., spell)| *spell));
        let mut days: Vec<_> = spells
            .flat_map(|s| [Some(s.from), s.to])
            .flatten()
            .collect();
        days.extend(self.sessions.iter().flat_map(|(_, from, to)| [*from, *to]));
        let rules = self.kinds.iter().flat_map(|(_, rules)| rules);
        days.extend(rules.map(|(from, _)| *from));
        days.sort_unstable();
        days.dedup();
        days
    }
}

const CLUB: &str = "river-club";
const FOUNDER: &str = "founder";
const GROUP: &str = "Founders";
const TABLE: &str = "river-shares";
const SCHEME: &str = "banks";
const KINDS: [&str; 4] = ["ordinary", "budget", "statute", "admission"];
const BLOCS: [&str; 3] = ["left", "right", "islands"];
const FORMS: [&str; 4] = [
    "RC/<year>/<n>",
    "RC/RES/<session>/<n>",
    "RC<n>.<n>",
    "Res. <n>",
];
/// So many days lie between two of those on which members change.
const STEP: u64 = 40;
/// So many steps are drawn from.
const STEPS: u64 = 150;

/// Somebody in a body: all numbers are of steps.
#[derive(Clone, Debug)]
struct Life {
    joins: u64,
    stays: Option<u64>,
    /// After how many steps it comes back, and for how long.
    returns: Option<(u64, Option<u64>)>,
    suspended: Option<(u64, u64)>,
    status: &'static str,
    /// Whether its seat has a name, and whether the next one takes it when it is free.
    seat: bool,
    heir: bool,
    doubt: &'static str,
    weight: u32,
    bloc: usize,
}

fn lives() -> impl Strategy<Value = Life> {
    let days = (
        prop_oneof![1 => Just(0), 2 => 0..STEPS],
        prop::option::weighted(0.5, 1..STEPS),
        prop::option::weighted(0.3, (1..20u64, prop::option::of(1..STEPS))),
        prop::option::weighted(0.2, (0..20u64, 1..30u64)),
    );
    let status = prop_oneof![
        8 => Just(""),
        1 => Just("member"),
        1 => Just("permanent"),
        1 => Just("elected"),
        2 => Just(FOUNDER),
        1 => Just("observer"),
        1 => Just("associate"),
    ];
    let doubt = prop_oneof![
        20 => Just(""),
        1 => Just("from"),
        1 => Just("to"),
        1 => Just("both"),
        1 => Just("member"),
    ];
    let others = (
        any::<bool>(),
        prop::bool::weighted(0.2),
        1..400u32,
        0..BLOCS.len(),
    );
    (days, status, doubt, others).prop_map(
        |((joins, stays, returns, suspended), status, doubt, (seat, heir, weight, bloc))| Life {
            joins,
            stays,
            returns,
            suspended,
            status,
            seat,
            heir,
            doubt,
            weight,
            bloc,
        },
    )
}

/// Requirements of every form that needs no other organ: shares and numbers of votes, of a group, of weights, vetoes, and several of
/// these together.
fn requirements(few: Vec<Participant>) -> impl Strategy<Value = Requirement> {
    let fractions = prop_oneof![
        Just((1, 2)),
        Just((2, 3)),
        Just((3, 4)),
        Just((55, 100)),
        (1u32..20, 20u32..40),
    ];
    let fractions = fractions.prop_filter_map("a fraction", |(n, d)| Fraction::new(n, d).ok());
    let bases = prop::sample::select(vec![Base::Members, Base::Voting, Base::Present]);
    let shares = (fractions, bases, prop::bool::weighted(0.5));
    let shares = shares.prop_map(|(fraction, base, more)| {
        let relation = if more {
            Relation::MoreThan
        } else {
            Relation::AtLeast
        };
        (relation, Quantity::Share(fraction, base))
    });
    let numbers = prop_oneof![3 => 1..6u64, 1 => 1..200u64];
    let numbers = numbers.prop_map(|number| (Relation::AtLeast, Quantity::Count(number)));
    let quantities = prop_oneof![4 => shares, 1 => numbers];
    let founders = GROUP.parse::<Name>().ok().map(GroupRef::Named);
    let listed = Some(GroupRef::listed(few));
    let groups =
        prop_oneof![6 => Just(None), 1 => Just(founders.clone()), 1 => Just(listed.clone())];
    let table = TABLE.parse::<Name>().ok();
    let votes = (quantities, groups, prop::bool::weighted(0.25));
    let votes = votes.prop_map(move |((relation, quantity), group, is_weighed)| {
        let unit = match quantity {
            Quantity::Share(..) => Unit::Members,
            Quantity::Count(_) => Unit::Votes,
        };
        let measure = match &table {
            Some(table) if is_weighed && group.is_none() => Measure::Weight(table.clone()),
            _ => Measure::Heads(unit),
        };
        Requirement::Compare(Comparison {
            side: Side::InFavour,
            group,
            measure,
            relation,
            quantity,
        })
    });
    let vetoes = prop::sample::select(vec![founders, listed, None]);
    let vetoes = vetoes.prop_map(|group| Requirement::nobody(group, Side::Against));
    let few = (1..6u64).prop_map(|number| {
        Requirement::Compare(Comparison {
            side: Side::NotInFavour,
            group: None,
            measure: Measure::Heads(Unit::Members),
            relation: Relation::FewerThan,
            quantity: Quantity::Count(number),
        })
    });
    let leaves =
        prop_oneof![8 => votes, 2 => vetoes, 1 => few, 1 => Just(Requirement::everybody(None))];
    leaves.prop_recursive(2, 5, 3, |inner| {
        prop_oneof![
            3 => prop::collection::vec(inner.clone(), 2..4).prop_map(Requirement::All),
            2 => prop::collection::vec(inner.clone(), 2..3).prop_map(Requirement::Any),
            1 => inner.prop_map(|part| Requirement::Not(Box::new(part))),
        ]
    })
}

/// A share of those on the side in favour, of one of some bases.
fn share(fraction: (u32, u32), relation: Relation, base: Base) -> Option<Requirement> {
    let fraction = Fraction::new(fraction.0, fraction.1).ok()?;
    Some(Requirement::Compare(Comparison {
        side: Side::InFavour,
        group: None,
        measure: Measure::Heads(Unit::Members),
        relation,
        quantity: Quantity::Share(fraction, base),
    }))
}

fn beside() -> impl Strategy<Value = Beside> {
    let shares = |bases: Vec<Base>| {
        let fractions = prop::sample::select(vec![(1, 2), (2, 3), (3, 5)]);
        let relations = prop::sample::select(vec![Relation::MoreThan, Relation::AtLeast]);
        let shares = (fractions, relations, prop::sample::select(bases));
        shares.prop_filter_map("a share", |(fraction, relation, base)| {
            share(fraction, relation, base)
        })
    };
    let bases = vec![Base::Members, Base::Voting, Base::Present];
    // A half that is enough, or two thirds, leave nothing to decide to a chair.
    let half = prop::sample::select(bases.clone());
    let half = half.prop_filter_map("a half", |base| share((1, 2), Relation::MoreThan, base));
    let council = (
        any::<prop::sample::Index>(),
        0..STEPS,
        any::<prop::sample::Index>(),
    );
    let laws = (
        shares(vec![Base::Voting, Base::Members]),
        shares(bases),
        half,
    );
    (council, 1..6u32, laws, 2..5usize).prop_map(
        |(council, term, (election, conference, chamber), units)| Beside {
            council,
            term,
            election,
            units,
            conference,
            chamber,
        },
    )
}

/// References with random bodies: 2 to 300 participants of any kind, with members that join, leave, come back and are suspended,
/// seats that pass on, observers, empty seats, dated weights, a group, blocs, sessions, and kinds of question with dated rules; among
/// them a body whose chair decides ties, one in which units of the members vote, one that is elected in rounds, and words of one's own
/// for outcomes.
///
/// ```
/// use plenary_testing::references;
/// use proptest::strategy::{Strategy, ValueTree};
/// use proptest::test_runner::TestRunner;
///
/// let sample = references().new_tree(&mut TestRunner::deterministic()).unwrap().current();
/// let reference = sample.reference().unwrap();
/// let day = sample.assembly().from();
/// let body = reference.body(sample.assembly().id().as_str()).unwrap();
/// assert_eq!(body.members_on(day).unwrap(), sample.assembly().members_on(day));
/// ```
pub fn references() -> BoxedStrategy<SampleReference> {
    let sizes = prop_oneof![6 => 2..12usize, 2 => 12..60usize, 1 => 60..=300usize];
    let lives = sizes.prop_flat_map(|size| prop::collection::vec(lives(), size));
    let kinds = prop::sample::select(vec![
        MemberKind::State,
        MemberKind::Person,
        MemberKind::Party,
        MemberKind::Unit,
    ]);
    let counts = prop::sample::select(vec![
        SuspendedCount::Counts,
        SuspendedCount::KeepsSeat,
        SuspendedCount::Out,
    ]);
    let body = (kinds, counts, 0..20_000u64, 0..400usize);
    (lives, body)
        .prop_flat_map(|(lives, (kind, suspended, after, offset))| {
            let names: Vec<_> = names(kind, offset).take(lives.len()).collect();
            let few = names.iter().copied().take(3).collect();
            let rule = (0..STEPS, requirements(few));
            let rules = prop::collection::vec(rule, 1..4);
            let rules = prop::collection::vec((rules, prop::bool::weighted(0.9)), 1..=KINDS.len());
            let sessions = prop::collection::vec((150..400u64, 0..60u64), 0..12);
            let usual = (
                prop::option::weighted(0.8, any::<prop::sample::Index>()),
                any::<bool>(),
            );
            let others = (
                prop::option::weighted(0.8, prop::sample::select(FORMS.to_vec())),
                prop::option::weighted(0.3, 2..9u32),
                prop::option::weighted(0.3, (0..STEPS, 1..50u64)),
                beside(),
                any::<bool>(),
            );
            let body = (Just((kind, suspended, after)), Just(names), Just(lives));
            (body, rules, sessions, usual, others).prop_map(assemble)
        })
        .boxed()
}

/// Participants of a kind. Of states that followed each other in one seat of the United Nations only the last is among them.
fn names(kind: MemberKind, offset: usize) -> impl Iterator<Item = Participant> {
    let codes = plenary_states::entities().filter(|entity| entity.continued_by().is_none());
    let codes: Vec<StateCode> = codes.map(plenary_states::Entity::code).collect();
    let count = codes.len().max(1);
    let code = move |at: usize| codes.get((offset + at) % count).copied();
    (0..count).filter_map(move |at| match (kind, at % 9) {
        (MemberKind::Person, _) => format!("person:member-{at}").parse().ok(),
        (MemberKind::Party, _) => format!("party:list-{at}").parse().ok(),
        (MemberKind::Unit, _) => format!("unit:QA{at}/delegate").parse().ok(),
        (_, 4) => format!("org:bank-{at}").parse().ok(),
        (_, 7) => format!("state:shore-{at}").parse().ok(),
        _ => code(at).map(Participant::from),
    })
}

type Others = (
    Option<&'static str>,
    Option<u32>,
    Option<(u64, u64)>,
    Beside,
    bool,
);
type Usual = (Option<prop::sample::Index>, bool);
type Rules = Vec<(Vec<(u64, Requirement)>, bool)>;
type Body = (
    (MemberKind, SuspendedCount, u64),
    Vec<Participant>,
    Vec<Life>,
);

fn assemble(
    (body, rules, sessions, (usual, also), others): (Body, Rules, Vec<(u64, u64)>, Usual, Others),
) -> SampleReference {
    let ((member_kind, suspended, after), names, lives) = body;
    let (form, quorum, vacant, beside, is_numbered) = others;
    let from = later(
        NaiveDate::from_ymd_opt(1946, 1, 1).unwrap_or_default(),
        after,
    );
    let on = |step: u64| later(from, step * STEP);
    let (rows, weights, blocs) = roster(&names, &lives, vacant, &on);
    let kinds = KINDS
        .iter()
        .zip(rules)
        .map(|(kind, (mut rules, from_the_start))| {
            rules.sort_by_key(|(step, _)| *step);
            rules.dedup_by_key(|(step, _)| *step);
            let rules = rules.into_iter().enumerate().map(|(at, (step, law))| {
                let step = if at == 0 && from_the_start { 0 } else { step };
                (on(step), law)
            });
            (*kind, rules.collect())
        });
    let kinds: Vec<_> = kinds.collect();
    let names_of_kinds: Vec<_> = kinds.iter().map(|(kind, _)| *kind).collect();
    let usual = usual.map(|at| *at.get(&names_of_kinds));
    let also = names_of_kinds
        .iter()
        .filter(|kind| also && usual.is_some_and(|usual| usual != **kind));
    let mut opened = from;
    let mut listed = Vec::new();
    for (at, (length, gap)) in sessions.into_iter().enumerate() {
        let closed = later(opened, length);
        let name = if is_numbered {
            format!("{}", at + 1)
        } else {
            format!("RC-{}", at + 1)
        };
        listed.push((name, opened, closed));
        opened = later(closed, 1 + gap);
    }
    let quorum = quorum.and_then(|part| {
        let fraction = Fraction::new(1, part).ok()?;
        let share = Quantity::Share(fraction, Base::Members);
        Some(Requirement::Compare(Comparison {
            side: Side::Present,
            group: None,
            measure: Measure::Heads(Unit::Members),
            relation: Relation::AtLeast,
            quantity: share,
        }))
    });
    let id = CLUB.parse::<BodyId>();
    debug_assert!(id.is_ok(), "`{CLUB}` is the identifier of a body");
    let assembly = SampleBody {
        id: id.unwrap_or(BodyId::UNGA),
        from,
        member_kind,
        suspended,
        default_kind: usual.map(str::to_owned),
        also_possible: also.map(|kind| (*kind).to_owned()).collect(),
        rows,
        weights,
        blocs,
        sessions: listed,
        kinds,
        form,
        quorum,
    };
    with_files(assembly, &beside)
}

fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

type Roster = (
    Vec<Row>,
    Vec<(Participant, String, Spell)>,
    Vec<(&'static str, Participant, Spell)>,
);

/// The rows of lives. The first two are there for good, so that there are always two who can vote.
fn roster(
    names: &[Participant],
    lives: &[Life],
    vacant: Option<(u64, u64)>,
    on: &dyn Fn(u64) -> NaiveDate,
) -> Roster {
    let (mut rows, mut weights, mut blocs) = (Vec::new(), Vec::new(), Vec::new());
    // The step at which a seat is free for the next one, and its name.
    let mut free: Option<(u64, String)> = None;
    for (at, (who, life)) in names.iter().zip(lives).enumerate() {
        let for_good = at < 2;
        let status = match (for_good, life.status) {
            (true, _) if at == 0 => FOUNDER,
            (true, "observer" | "associate") => "",
            (_, status) => status,
        };
        let inherited = free.take().filter(|_| !for_good);
        let joins = match &inherited {
            _ if for_good => 0,
            Some((step, _)) => *step,
            None => life.joins,
        };
        let stays = life.stays.filter(|_| !for_good);
        let mut spells = vec![(joins, stays.map(|stays| joins + stays))];
        if let (Some((gap, length)), Some(stays)) = (life.returns, stays) {
            let again = joins + stays + gap;
            spells.push((again, length.map(|length| again + length)));
        }
        let is_member = !matches!(status, "observer" | "associate");
        let seat = match inherited {
            Some((_, seat)) if is_member => seat,
            _ if life.seat => format!("seat-{at}"),
            _ => String::new(),
        };
        if let ([(_, Some(end))], true, true) =
            (&spells[..], life.heir && is_member, !seat.is_empty())
        {
            free = Some((*end, seat.clone()));
        }
        for (first, last) in &spells {
            let spell = Spell {
                from: on(*first),
                to: last.map(on),
            };
            rows.push(Row {
                who: Some(*who),
                spell,
                status,
                seat: seat.clone(),
                unverified: if spell.to.is_none() && life.doubt == "to" {
                    ""
                } else {
                    life.doubt
                },
            });
            weigh(*who, life, spell, &mut weights);
            let bloc = |shift: usize| {
                *BLOCS
                    .get((life.bloc + shift) % BLOCS.len())
                    .unwrap_or(&BLOCS[0])
            };
            blocs.push((bloc(first.is_multiple_of(2).into()), *who, spell));
        }
        let (Some((after, steps)), Some((first, last))) = (life.suspended, spells.first()) else {
            continue;
        };
        let (from, to) = (first + after, first + after + steps);
        if is_member && !for_good && last.is_none_or(|last| to <= last) {
            rows.push(Row {
                who: Some(*who),
                spell: Spell {
                    from: on(from),
                    to: Some(on(to)),
                },
                status: "suspended",
                seat: String::new(),
                unverified: "",
            });
        }
    }
    if let Some((from, steps)) = vacant {
        rows.push(Row {
            who: None,
            spell: Spell {
                from: on(from),
                to: Some(on(from + steps)),
            },
            status: "vacant",
            seat: "seat-vacant".to_owned(),
            unverified: "",
        });
    }
    (rows, weights, blocs)
}

/// A weight for a spell, and half of it more from its middle on.
fn weigh(
    who: Participant,
    life: &Life,
    spell: Spell,
    weights: &mut Vec<(Participant, String, Spell)>,
) {
    let middle = later(spell.from, STEP / 2 + u64::from(life.weight % 7) * STEP);
    let changes = life.weight.is_multiple_of(3) && spell.to.is_none_or(|to| middle < to);
    let first = Spell {
        from: spell.from,
        to: if changes { Some(middle) } else { spell.to },
    };
    weights.push((who, life.weight.to_string(), first));
    if changes {
        let second = Spell {
            from: middle,
            to: spell.to,
        };
        weights.push((who, format!("{}.5", life.weight), second));
    }
}

/// Writes the files.
fn with_files(assembly: SampleBody, beside: &Beside) -> SampleReference {
    let (size, changed, later_size) = beside.council;
    let fewest = assembly.days_of_change().into_iter();
    let fewest = fewest.filter(|day| *day >= assembly.from);
    let fewest = fewest.map(|day| assembly.voters_on(day).len()).min();
    let fewest = fewest.unwrap_or(2);
    let count = |index: prop::sample::Index| 1 + index.index(fewest);
    let changed = later(assembly.from, changed * STEP + 1);
    let suspended = match assembly.suspended {
        SuspendedCount::Counts => "counts",
        SuspendedCount::KeepsSeat => "keeps-seat",
        _ => "out",
    };
    let from = assembly.from;
    let council = format!(
        "format = 1\nname = \"River Council\"\nfrom = {from}\nmembers-of = \"{of}\"\nelected-by = \"{of}\"\nterms = {{ years = {years} }}\n\
         seats = [{{ from = {from}, to = {changed}, count = {first}, source = \"Statute\" }}, \
         {{ from = {changed}, count = {second}, source = \"Statute\" }}]\n{kind}\
         [kinds.ordinary]\nrules = [{{ from = {from}, requirement = \"more than 1/2 of members\", source = \"Statute\" }}]\n",
        of = assembly.id,
        years = beside.term,
        first = count(size),
        second = count(later_size),
        kind = member_kind(&assembly),
    );
    let of_the_same = |name: &str, keys: &str, law: &str, tie: &str| {
        format!(
            "format = 1\nname = \"{name}\"\nfrom = {from}\nroster-of = \"{of}\"\nsuspended = \"{suspended}\"\n{kind}{keys}\
             [kinds.ordinary]\nrules = [{{ from = {from}, requirement = \"{law}\", {tie}source = \"Statute\" }}]\n",
            of = assembly.id,
            kind = member_kind(&assembly),
        )
    };
    let committee = of_the_same(
        "River Committee",
        "",
        "more than 1/2 of present and voting",
        "",
    );
    let units: Vec<_> = (1..=beside.units)
        .map(|n| format!("\"delegate-{n}\""))
        .collect();
    let conference = of_the_same(
        "River Conference",
        &format!("units = [{}]\n", units.join(", ")),
        &beside.conference.to_string(),
        "",
    );
    let chamber = of_the_same(
        "River Chamber",
        "chair = { member = false, votes = \"on-tie\" }\noutcomes = { \"Carried\" = \"adopted\", \"Lost\" = \"rejected\" }\n",
        &beside.chamber.to_string(),
        "tie = \"chair\", ",
    );
    let mut files = vec![
        (
            format!("bodies/{}.toml", assembly.id),
            toml(&assembly, suspended, &beside.election),
        ),
        (
            format!("bodies/{}.members.csv", assembly.id),
            members(&assembly),
        ),
        (format!("weights/{TABLE}.csv"), weights(&assembly)),
        (format!("groups/{SCHEME}.csv"), blocs(&assembly)),
        ("participants/river.csv".to_owned(), people(&assembly)),
        ("bodies/river-council.toml".to_owned(), council),
        ("bodies/river-committee.toml".to_owned(), committee),
        ("bodies/river-conference.toml".to_owned(), conference),
        ("bodies/river-chamber.toml".to_owned(), chamber),
    ];
    if !assembly.sessions.is_empty() {
        let path = format!("bodies/{}.sessions.csv", assembly.id);
        files.push((path, sessions(&assembly)));
    }
    SampleReference { assembly, files }
}

fn member_kind(body: &SampleBody) -> &'static str {
    match body.member_kind {
        MemberKind::Person => "member-kind = \"person\"\n",
        MemberKind::Party => "member-kind = \"party\"\n",
        MemberKind::Unit => "member-kind = \"unit\"\n",
        _ => "",
    }
}

fn toml(body: &SampleBody, suspended: &str, election: &Requirement) -> String {
    let mut text = format!(
        "format = 1\nname = \"River Club\"\nfrom = {}\nsuspended = \"{suspended}\"\nshow-groups = \"{SCHEME}\"\nweights = [\"{TABLE}\"]\n\
         groups = {{ {GROUP} = {{ status = \"{FOUNDER}\" }} }}\n{}",
        body.from,
        member_kind(body),
    );
    let quoted = |words: &[String]| {
        let quoted: Vec<_> = words.iter().map(|word| format!("\"{word}\"")).collect();
        quoted.join(", ")
    };
    let mut line = |text_of_line: String| {
        text.push_str(&text_of_line);
        text.push('\n');
    };
    match &body.default_kind {
        Some(kind) => line(format!("default-kind = \"{kind}\"")),
        None => line("default-kind = \"none\"".to_owned()),
    }
    if !body.also_possible.is_empty() {
        line(format!("also-possible = [{}]", quoted(&body.also_possible)));
    }
    if let Some(form) = body.form {
        line(format!("symbols = [\"{form}\"]"));
    }
    if let Some((session, ..)) = body.sessions.first() {
        let series = if session == "1" { "<n>" } else { "RC-<n>" };
        line(format!("sessions = {{ series = [\"{series}\"] }}"));
    }
    if let Some(quorum) = &body.quorum {
        line(format!("quorum = {{ decide = \"{quorum}\" }}"));
    }
    for (kind, rules) in &body.kinds {
        line(format!("[kinds.{kind}]\nrules = ["));
        let ends = rules
            .iter()
            .skip(1)
            .map(|(from, _)| Some(*from))
            .chain([None]);
        for ((from, law), to) in rules.iter().zip(ends) {
            let to = to.map_or_else(String::new, |to| format!(", to = {to}"));
            line(format!(
                "  {{ from = {from}{to}, requirement = \"{law}\", source = \"Statute\" }},"
            ));
        }
        line("]".to_owned());
    }
    line(format!(
        "[kinds.council-election]\nsecret = true\nrules = [{{ from = {}, requirement = \"{election}\", source = \"Statute\" }}]",
        body.from
    ));
    text
}

/// A table of rows with their days.
fn table<'r>(heading: &str, rows: impl Iterator<Item = (String, Spell, String)> + 'r) -> String {
    let mut text = format!("{heading}\n");
    for (before, spell, after) in rows {
        let to = spell.to.map(|to| to.to_string()).unwrap_or_default();
        let written = writeln!(text, "{before},{},{to}{after}", spell.from);
        debug_assert!(written.is_ok(), "a string takes any text");
    }
    text
}

fn members(body: &SampleBody) -> String {
    let rows = body.rows.iter().map(|row| {
        let who = row.who.map_or_else(String::new, |who| who.to_string());
        let after = format!(
            ",{},{},{},own example",
            row.status, row.seat, row.unverified
        );
        (who, row.spell, after)
    });
    table("member,from,to,status,seat,unverified,basis", rows)
}

fn weights(body: &SampleBody) -> String {
    let rows = body.weights.iter();
    let rows = rows.map(|(who, weight, spell)| (format!("{who},{weight}"), *spell, String::new()));
    table("member,weight,from,to", rows)
}

fn blocs(body: &SampleBody) -> String {
    let rows = body.blocs.iter();
    let rows = rows.map(|(bloc, who, spell)| (format!("{bloc},{who}"), *spell, String::new()));
    table("group,member,from,to", rows)
}

fn people(body: &SampleBody) -> String {
    let mut text = "id,name\n".to_owned();
    for who in body
        .everybody()
        .into_iter()
        .filter(|who| who.code().is_none())
    {
        let written = writeln!(text, "{who},The one called {}", who.identifier());
        debug_assert!(written.is_ok(), "a string takes any text");
    }
    text
}

fn sessions(body: &SampleBody) -> String {
    let mut text = "session,opened,closed\n".to_owned();
    for (session, opened, closed) in &body.sessions {
        let written = writeln!(text, "{session},{opened},{closed}");
        debug_assert!(written.is_ok(), "a string takes any text");
    }
    text
}
