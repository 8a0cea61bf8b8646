use plenary_bodies::{Body, Reference};
use plenary_decisions::nearest;
use plenary_types::{
    AgreementKind, ElectionRecord, Field, Mode, Outcome, RelationKind, Severity, Word,
};

use crate::{Check, Example, Findings, RecordCx, Run};

pub(crate) static CHECK: Check = Check {
    name: "unknown-word",
    summary: "a word, or the body or group of an election, is none of those that have a meaning here",
    severity: Severity::Note,
    why: "Kinds of agreement, kinds of relation, ways to decide and outcomes are vocabularies of the bodies themselves. A word that plenary does not know is kept and written back, but nothing follows from it: a vote that was taken in an unknown way is not decided, and an unknown outcome contradicts nothing. An election to a body that is not on record is compared with no membership, and seats of a group that is not on record with no group.",
    sources: &["plenary-types, Word: a word of a vocabulary that others own"],
    example: Example::Native {
        fails: r#"{"symbols": ["A/RES/73/195"], "acts": [{"act": "decision", "body": "unga", "mode": "without-vote", "outcome": "adoptd"}]}"#,
        mended: r#"{"symbols": ["A/RES/73/195"], "acts": [{"act": "decision", "body": "unga", "mode": "without-vote", "outcome": "adopted"}]}"#,
    },
    waive: "Say in the file of the body what its own word for an outcome means (`outcomes`). Waive it where none of those that are known says the same.",
    run: Run::Record(&run),
};

fn run(cx: &RecordCx<'_, '_>, out: &mut Findings<'_>) {
    let kind = cx.agreement.kind.unknown();
    report(out, None, Field::Kind, kind, "kind of agreement", || {
        AgreementKind::KNOWN
            .iter()
            .map(|kind| kind.as_str())
            .collect()
    });
    for (at, relation) in cx.agreement.relations.iter().enumerate() {
        let kind = relation.kind.unknown();
        report(
            out,
            None,
            Field::Relation(at),
            kind,
            "kind of relation",
            || {
                RelationKind::KNOWN
                    .iter()
                    .map(|kind| kind.as_str())
                    .collect()
            },
        );
    }
    for (act, election) in cx.agreement.elections() {
        of_election(cx, act, election, out);
    }
    for decided in cx.decisions {
        let (act, decision) = (Some(decided.act), decided.decision);
        report(
            out,
            act,
            Field::Mode,
            decision.mode.unknown(),
            "way to decide",
            || Mode::KNOWN.iter().map(|mode| mode.as_str()).collect(),
        );
        let outcome = decided.outcome().and_then(Outcome::unknown);
        report(out, act, Field::Outcome, outcome, "outcome", || {
            let own = decided.known_body().map(Body::outcomes);
            let own = own.into_iter().flat_map(|words| words.keys());
            let known = Outcome::KNOWN.iter().map(|outcome| outcome.as_str());
            known.chain(own.map(String::as_str)).collect()
        });
    }
}

/// Whether the body to which an election elects is on record, and the groups to which its seats belong.
fn of_election(
    cx: &RecordCx<'_, '_>,
    act: usize,
    election: &ElectionRecord,
    out: &mut Findings<'_>,
) {
    let to = election.to.as_ref();
    if let Some(to) = to.filter(|to| cx.reference.body(to.as_str()).is_none()) {
        let bodies = cx.reference.names_of_bodies();
        let like = nearest(to.as_str(), bodies.iter().map(|body| body.as_str()));
        out.report(
            Some(act),
            Field::To,
            "the body that is elected to is not on record: its members and terms are not compared",
        )
        .expected("a body of `plenary bodies`")
        .found(to)
        .help(match like {
            Some(like) => format!("did you mean `{like}`?"),
            None => "nothing, if it is an office; a body can be described in a file of its own"
                .to_owned(),
        });
    }
    let bodies = [to, election.body.as_ref()].into_iter().flatten();
    let bodies = bodies.filter_map(|body| cx.reference.body(body.as_str()));
    let bodies: Vec<&Body> = bodies.map(|body| &**body).collect();
    for (at, contest) in election.contests.iter().enumerate() {
        let group = contest.group.as_deref();
        let Some(group) = group.filter(|group| !is_known_group(cx.reference, &bodies, group))
        else {
            continue;
        };
        let own = bodies.iter().flat_map(|body| body.seats());
        let own = own.flat_map(|seats| seats.by.keys().map(String::as_str));
        let groups = cx.reference.schemes().flat_map(|scheme| {
            let groups = scheme.groups().into_iter();
            groups.flat_map(|group| [group, scheme.title_of(group)])
        });
        let like = nearest(group, own.chain(groups));
        out.report(
            Some(act),
            Field::Contest(at),
            "the group that has the seats is not on record: its members are not compared",
        )
        .expected("a group of a scheme or of the body, or several with `and` between them")
        .found(group)
        .help(match like {
            Some(like) => format!("did you mean `{like}`?"),
            None => "nothing, if the body calls it so: the name is kept as it stands".to_owned(),
        });
    }
}

/// Whether a text names a group that is known, or several with `and` between them. Names may have that word in them too.
fn is_known_group(reference: &Reference, bodies: &[&Body], text: &str) -> bool {
    let is_one = |text: &str| {
        let mut schemes = reference.schemes();
        schemes.any(|scheme| scheme.group_called(text).is_some())
            || bodies.iter().any(|body| is_group_of(body, text))
    };
    let parts: Vec<&str> = text.split(AND).take(PARTS + 1).collect();
    if parts.len() > PARTS {
        return false;
    }
    // Whether the parts before a place are names of groups, one after the other.
    let mut is_read = vec![true];
    for end in 1..=parts.len() {
        let last_is_one = |start: usize| {
            let last = parts.get(start..end).map(|last| last.join(AND));
            is_read.get(start) == Some(&true) && last.is_some_and(|last| is_one(&last))
        };
        is_read.push((0..end).any(last_is_one));
    }
    is_read.last() == Some(&true)
}

/// Between groups that have seats together.
const AND: &str = " and ";

/// In so many parts the name of a group is taken apart.
const PARTS: usize = 12;

fn is_group_of(body: &Body, text: &str) -> bool {
    let mut seats = body.seats().iter();
    seats.any(|seats| seats.by.contains_key(text)) || !body.group_over_time(text).is_empty()
}

fn report<'w>(
    out: &mut Findings<'_>,
    act: Option<usize>,
    field: Field,
    word: Option<Word>,
    what: &str,
    known: impl Fn() -> Vec<&'w str>,
) {
    let Some(word) = word else { return };
    let known = known();
    let like = nearest(
        &word.as_str().to_lowercase().replace(' ', "-"),
        known.iter().copied(),
    );
    let help = match like {
        Some(like) => format!("did you mean `{like}`? Else leave it: it is kept as it stands"),
        None => "nothing, if the body calls it so: the word is kept as it stands".to_owned(),
    };
    out.report(
        act,
        field,
        format!("unknown {what}: nothing follows from it"),
    )
    .expected(known.join(", "))
    .found(word.as_str())
    .help(help);
}
